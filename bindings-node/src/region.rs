//! A region's workbook, counted, or judged as quotas or a ranking, on a thread of Node's pool.

use std::sync::Arc;

use medtrain::evaluate::Verdict;
use medtrain::policy::PolicySet;
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::region::{Publication, Ranking, RegionDecisions, RegionReport, RegionWork, Source, Standings};
use medtrain::render::RenderError;
use medtrain::workbook::{Note, Progress};
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde::Serialize;

use crate::asked::Asked;
use crate::names::camel_json;
use crate::policies::{Policies, lang};
use crate::work::{Course, Made, Stop, Told, Work};
use crate::workbook::Reports;

/// What is wanted of a region's workbook.
#[napi(string_enum = "snake_case")]
#[derive(PartialEq, Eq)]
pub enum Wanted {
    /// Coverage and attainment.
    Region,
    /// How far quotas have come.
    Quotas,
    /// Specialty bases by their pass rates.
    Ranking,
}

#[derive(Serialize)]
struct Counted<'a> {
    report: &'a RegionReport,
    #[serde(skip_serializing_if = "Option::is_none")]
    publication: Option<&'a Publication>,
    rows: Vec<Vec<String>>,
    problems: &'a [Note],
}

#[derive(Serialize)]
struct Judged<'a> {
    verdicts: &'a [Verdict],
    #[serde(skip_serializing_if = "Option::is_none")]
    ranking: Option<&'a Ranking>,
    rows: Vec<Vec<String>>,
    problems: &'a [Note],
}

#[napi]
impl Policies {
    /// Counts or judges a region's workbook. Of a region, the decision is that about its people, and `others` are that about itself, and perhaps
    /// that which asks for the list for publication.
    #[napi]
    #[allow(clippy::too_many_arguments, reason = "they come from one function of JavaScript's, which names them")]
    pub fn region(
        &self,
        wanted: Wanted,
        bytes: &[u8],
        asked: Asked,
        others: Vec<String>,
        reports: Reports,
        stop: &Stop,
        told: Option<Told>,
    ) -> AsyncTask<Work> {
        let (set, bytes) = (Arc::clone(&self.set), bytes.to_vec());
        AsyncTask::new(Work::new(reports.name.clone(), told, stop, move |course| {
            let (as_of, given) = asked.day_and_given()?;
            let source = Source { bytes: &bytes, name: &reports.name, given: &given, as_of };
            if wanted == Wanted::Region {
                counted(&set, source, &asked.decision, &others, &reports, course)
            } else {
                judged(&set, source, wanted, &asked.decision, &reports, course)
            }
        }))
    }
}

fn counted(set: &PolicySet, source: Source<'_>, people: &str, others: &[String], reports: &Reports, course: &Course) -> Result<Made, TrainingError> {
    let language = lang(&reports.lang)?;
    let mut others = others.iter().map(String::as_str);
    let decisions = RegionDecisions { people, targets: others.next().unwrap_or_default(), publishes: others.next() };
    let work = RegionWork::of(set, source, decisions, &mut |progress| tell(course, progress))?;
    course.go_on()?;
    let list = |wanted: bool| wanted && work.publication.is_some();
    Ok(Made {
        json: camel_json(&Counted {
            report: &work.report,
            publication: work.publication.as_ref(),
            rows: work.standings(set, language)?,
            problems: &work.problems,
        }),
        html: reports.html.then(|| work.html(set, language)).transpose()?,
        bytes: reports.xlsx.then(|| work.xlsx(set, language)).transpose()?,
        list_html: if list(reports.html) { work.publication_html(set, language)? } else { None },
        list_bytes: if list(reports.xlsx) { work.publication_xlsx(set, language)? } else { None },
    })
}

fn judged(set: &PolicySet, source: Source<'_>, wanted: Wanted, decision: &str, reports: &Reports, course: &Course) -> Result<Made, TrainingError> {
    let language = lang(&reports.lang)?;
    let made = match wanted {
        Wanted::Ranking => Standings::ranking(set, source, decision)?,
        Wanted::Region | Wanted::Quotas => Standings::quotas(set, source, decision, &mut |progress| tell(course, progress))?,
    };
    course.go_on()?;
    let table = made.table(language);
    let failed = |error: RenderError| Problem::new(ProblemCode::Unreadable, reports.name.as_str(), error.to_string());
    Ok(Made {
        json: camel_json(&Judged { verdicts: &made.verdicts, ranking: made.ranking.as_ref(), rows: table.texts(), problems: &made.problems }),
        html: reports.html.then(|| table.html()).transpose().map_err(failed)?,
        bytes: reports.xlsx.then(|| table.xlsx()).transpose().map_err(failed)?,
        ..Made::default()
    })
}

fn tell(course: &Course, progress: Progress) {
    course.tell(progress.stage.code(), progress.done, progress.total);
}
