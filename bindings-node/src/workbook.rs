//! A hospital's workbook, judged on a thread of Node's pool.

use std::sync::Arc;

use medtrain::check::check;
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::render;
use medtrain::workbook::{Note, SheetSummary, read};
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde::Serialize;

use crate::asked::Asked;
use crate::names::camel_json;
use crate::policies::{Policies, lang};
use crate::work::{Course, Made, Stop, Told, Work};

/// Which reports are to be made of a workbook, and in whose words.
#[napi(object, object_to_js = false)]
#[derive(Clone)]
pub struct Reports {
    /// What the workbook is called.
    pub name: String,
    /// The language.
    pub lang: String,
    /// Whether a page is wanted.
    pub html: bool,
    /// Whether a workbook is wanted.
    pub xlsx: bool,
}

/// What a workbook came to.
#[derive(Serialize)]
struct Judged<'a> {
    verdicts: &'a [medtrain::evaluate::Verdict],
    places: Vec<&'a str>,
    sheets: &'a [SheetSummary],
    problems: &'a [Note],
}

#[napi]
impl Policies {
    /// Judges every subject of a workbook.
    #[napi]
    pub fn check_workbook(&self, bytes: &[u8], asked: Asked, reports: Reports, stop: &Stop, told: Option<Told>) -> AsyncTask<Work> {
        let (set, bytes) = (Arc::clone(&self.set), bytes.to_vec());
        AsyncTask::new(Work::new(reports.name.clone(), told, stop, move |course| judged(&set, &bytes, &asked, &reports, course)))
    }
}

fn judged(set: &medtrain::policy::PolicySet, bytes: &[u8], asked: &Asked, reports: &Reports, course: &Course) -> Result<Made, TrainingError> {
    let language = lang(&reports.lang)?;
    let question = asked.question(set)?;
    let register = read(bytes, &reports.name, &asked.wanted(set, question.as_of())?, &mut |progress| {
        course.tell(progress.stage.code(), progress.done, progress.total);
    })?;
    course.go_on()?;
    let checked = check(&question, register, &mut |done, total| course.tell("judging", done, total))?;
    course.go_on()?;
    let failed = |error: render::RenderError| Problem::new(ProblemCode::Unreadable, reports.name.as_str(), error.to_string());
    let html = reports.html.then(|| checked.with_report(&reports.name, language, render::html)).transpose().map_err(failed)?;
    let xlsx = reports.xlsx.then(|| checked.with_report(&reports.name, language, render::xlsx)).transpose().map_err(failed)?;
    course.go_on()?;
    let register = checked.register();
    let json = camel_json(&Judged {
        verdicts: checked.verdicts(),
        places: register.subjects.iter().map(|listed| listed.place.as_str()).collect(),
        sheets: &register.sheets,
        problems: &register.problems,
    });
    Ok(Made { json, html, bytes: xlsx, ..Made::default() })
}
