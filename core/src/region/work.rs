//! A region's workbook from its bytes to its reports.
//!
//! In come the bytes of a workbook and the names of decisions; out come figures, which stay, and pages and workbooks in either language, made when
//! they are asked for; the tables of standings are made at once. INVARIANT: nothing is read twice and nothing judged twice for another language or
//! form.

use serde::Serialize;

use super::register::read_region;
use super::{Publication, Ranking, RegionRegister, RegionReport, Survey, ranking};
use crate::check::{check, report_problem};
use crate::evaluate::{Given, Question, Verdict};
use crate::lang::{Lang, Text};
use crate::policy::{PolicySet, Role};
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::quantity::Day;
use crate::render::{RegionPages, RenderError, ReportProblem, StandingsTable, publication_html, publication_xlsx, region_html, region_xlsx};
use crate::workbook::{self, Asked, Note, Progress};

/// A workbook of a region, and the day and what is given with which it is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The bytes of the file.
    pub bytes: &'a [u8],
    /// What messages and reports call it.
    pub name: &'a str,
    /// What is given; each decision takes of it what it declares.
    pub given: &'a Given,
    /// The day.
    pub as_of: Day,
}

/// Which decisions are asked about a region.
#[derive(Clone, Copy, Debug)]
pub struct RegionDecisions<'a> {
    /// About its people, such as `cq-annual-cme`.
    pub people: &'a str,
    /// About itself, which sets its targets: `cq-region-targets`.
    pub targets: &'a str,
    /// Which asks for the list for publication, where that is wanted: `cq-municipal-duties`.
    pub publishes: Option<&'a str>,
}

impl<'a> RegionDecisions<'a> {
    /// The decisions that are named, and for people and targets where none is, those that have the role in their policies.
    ///
    /// # Errors
    /// A role that no decision has, or several have.
    pub fn named_or_usual(
        set: &'a PolicySet,
        people: Option<&'a str>,
        targets: Option<&'a str>,
        publishes: Option<&'a str>,
    ) -> Result<Self, TrainingError> {
        let (people, targets) = (set.named_or_usual(people, Role::RegionPeople)?, set.named_or_usual(targets, Role::RegionTargets)?);
        Ok(Self { people, targets, publishes })
    }
}

/// A region that was counted, ready for pages in either language.
#[derive(Clone, Debug)]
pub struct RegionWork {
    /// Coverage and attainment.
    pub report: RegionReport,
    /// The list for publication, where it was asked for.
    pub publication: Option<Publication>,
    /// What was mended, doubted or set aside in the workbook.
    pub problems: Vec<Note>,
    name: String,
    names: Vec<Option<String>>,
    /// The decisions about the region and for the list, with what was given.
    targets: (String, Given),
    publishes: Option<(String, Given)>,
    as_of: Day,
}

impl RegionWork {
    /// Reads, judges and counts a region's workbook.
    ///
    /// # Errors
    /// Decisions that do not fit, something given that none of them takes, or a workbook that cannot be used.
    pub fn of(set: &PolicySet, source: Source<'_>, asked: RegionDecisions<'_>, progress: &mut dyn FnMut(Progress)) -> Result<Self, TrainingError> {
        let decisions: Vec<&str> = [asked.people, asked.targets].into_iter().chain(asked.publishes).collect();
        let mut given = shared_out(set, &decisions, source)?.into_iter();
        let mut next = || given.next().unwrap_or_default();
        let (people_given, targets_given, list_given) = (next(), next(), next());
        let people = set.ask(asked.people, &people_given, source.as_of)?;
        let targets = set.ask(asked.targets, &targets_given, source.as_of)?;
        let survey = Survey::new(&people, &targets)?;
        let register = RegionRegister::read(&survey, set, source.bytes, source.name, progress)?;
        let report = register.report(&survey)?;
        let publishes = asked.publishes.map(|decision| (decision.to_owned(), list_given));
        let list = |(decision, given): &(String, Given)| register.publication(&set.ask(decision, given, source.as_of)?);
        Ok(Self {
            publication: publishes.as_ref().map(list).transpose()?,
            report,
            problems: register.problems().to_vec(),
            name: source.name.to_owned(),
            names: register.names().into_iter().map(|name| name.map(str::to_owned)).collect(),
            targets: (asked.targets.to_owned(), targets_given),
            publishes,
            as_of: source.as_of,
        })
    }

    /// The report as canonical JSON, with what was wrong with the workbook.
    #[must_use]
    pub fn to_json(&self) -> String {
        json_with(&self.report, &self.problems)
    }

    /// The annual report as a page.
    ///
    /// # Errors
    /// Where the policies are others than those that counted it, or it cannot be rendered.
    pub fn html(&self, set: &PolicySet, lang: Lang) -> Result<String, TrainingError> {
        self.with_pages(set, lang, region_html)?.map_err(|error| unrendered(&error))
    }

    /// The annual report as a workbook.
    ///
    /// # Errors
    /// As of [`RegionWork::html`].
    pub fn xlsx(&self, set: &PolicySet, lang: Lang) -> Result<Vec<u8>, TrainingError> {
        self.with_pages(set, lang, region_xlsx)?.map_err(|error| unrendered(&error))
    }

    /// The targets of the whole region in a table: name, numerator over denominator, share, what is lacking.
    ///
    /// # Errors
    /// As of [`RegionWork::html`].
    pub fn standings(&self, set: &PolicySet, lang: Lang) -> Result<Vec<Vec<String>>, TrainingError> {
        #[expect(clippy::redundant_closure_for_method_calls, reason = "the method by itself is of pages of one lifetime")]
        self.with_pages(set, lang, |pages| pages.standings())
    }

    /// The list for publication as a page; `None` where it was not asked for.
    ///
    /// # Errors
    /// As of [`RegionWork::html`].
    pub fn publication_html(&self, set: &PolicySet, lang: Lang) -> Result<Option<String>, TrainingError> {
        self.with_list(set, |list, says| publication_html(list, says, self.report.year, lang))?.transpose().map_err(|error| unrendered(&error))
    }

    /// The list for publication as a workbook; `None` where it was not asked for.
    ///
    /// # Errors
    /// As of [`RegionWork::html`].
    pub fn publication_xlsx(&self, set: &PolicySet, lang: Lang) -> Result<Option<Vec<u8>>, TrainingError> {
        self.with_list(set, |list, says| publication_xlsx(list, says, self.report.year, lang))?.transpose().map_err(|error| unrendered(&error))
    }

    /// The report as it is to be shown, for whoever shows it.
    ///
    /// # Errors
    /// Where the policies are others than those that counted it.
    pub fn with_pages<T>(&self, set: &PolicySet, lang: Lang, show: impl FnOnce(&RegionPages<'_>) -> T) -> Result<T, TrainingError> {
        let question = set.ask(&self.targets.0, &self.targets.1, self.as_of)?;
        let (labels, names) = (question.labels(), self.names.iter().map(Option::as_deref).collect::<Vec<_>>());
        let title = self.report.region.as_deref().unwrap_or(&self.name);
        let problems: Vec<ReportProblem<'_>> = self.problems.iter().map(report_problem).collect();
        let pages = RegionPages { names: &names, problems: &problems, ..RegionPages::of(&self.report, &question, &labels, title, lang) };
        Ok(show(&pages))
    }

    /// The list for publication with what its provision says, for whoever shows it; `None` where it was not asked for.
    ///
    /// # Errors
    /// Where the policies are others than those that made it.
    pub fn with_list<T>(&self, set: &PolicySet, show: impl FnOnce(&Publication, Text<'_>) -> T) -> Result<Option<T>, TrainingError> {
        let (Some(list), Some((decision, given))) = (&self.publication, &self.publishes) else { return Ok(None) };
        let question = set.ask(decision, given, self.as_of)?;
        let labels = question.labels();
        let says = labels.provision(&list.provision).map_or(Text::same(""), |label| Text { zh: &label.zh, en: &label.en });
        Ok(Some(show(list, says)))
    }
}

/// Quotas or a ranking: a line for each of them, as figures and as tables in both languages.
#[derive(Clone, Debug)]
pub struct Standings {
    /// The verdicts of quotas, in the order of the workbook; none of a ranking.
    pub verdicts: Vec<Verdict>,
    /// The ranking, where it is one.
    pub ranking: Option<Ranking>,
    /// What was mended, doubted or set aside in the workbook.
    pub problems: Vec<Note>,
    json: String,
    tables: [StandingsTable; 2],
}

impl Standings {
    /// How far each quota of a decision has come.
    ///
    /// # Errors
    /// A decision or something given that cannot be used, or a workbook without its subjects.
    pub fn quotas(set: &PolicySet, source: Source<'_>, decision: &str, progress: &mut dyn FnMut(Progress)) -> Result<Self, TrainingError> {
        let question = set.ask(decision, source.given, source.as_of)?;
        let asked = Asked::of(set, decision, source.as_of)?;
        let checked = check(&question, workbook::read(source.bytes, source.name, &asked, progress)?, &mut |_, _| {})?;
        let tables = [Lang::Zh, Lang::En]
            .map(|lang| checked.with_report(source.name, lang, |report| StandingsTable::quotas(report).with_problems(report.problems, lang)));
        let problems = checked.register().problems.clone();
        Ok(Self { verdicts: checked.verdicts().to_vec(), ranking: None, problems, json: checked.to_json(), tables })
    }

    /// The specialty bases of a region by their pass rates, and what a decision makes of each.
    ///
    /// # Errors
    /// A decision or something given that cannot be used, or a workbook that tells of no region, or of several.
    pub fn ranking(set: &PolicySet, source: Source<'_>, decision: &str) -> Result<Self, TrainingError> {
        let question: Question<'_> = set.ask(decision, source.given, source.as_of)?;
        let (region, register) = read_region(&Asked::subject("region")?, source.bytes, source.name)?;
        let Some(region) = region else {
            let problem = Problem::new(ProblemCode::NoSheet, source.name, "the workbook tells of no region");
            return Err(problem.with_cure("name the sheets 地区 and 结业考核成绩 as the template does").into());
        };
        let ranked = ranking(&question, &region)?;
        let labels = question.labels();
        let problems = register.map(|register| register.problems).unwrap_or_default();
        let told: Vec<ReportProblem<'_>> = problems.iter().map(report_problem).collect();
        let table = |lang| StandingsTable::ranking(&ranked, &question, &labels, source.name, lang).with_problems(&told, lang);
        let tables = [Lang::Zh, Lang::En].map(table);
        Ok(Self { verdicts: Vec::new(), json: json_with(&ranked, &problems), ranking: Some(ranked), problems, tables })
    }

    /// The table in this language.
    #[must_use]
    pub fn table(&self, lang: Lang) -> &StandingsTable {
        let [zh, en] = &self.tables;
        lang.pick(zh, en)
    }

    /// Canonical JSON: of quotas that of the checked workbook, of a ranking its own.
    #[must_use]
    pub fn to_json(&self) -> &str {
        &self.json
    }
}

/// Figures as canonical JSON, with what was wrong with the workbook that they are of.
fn json_with(figures: &impl Serialize, problems: &[Note]) -> String {
    #[derive(Serialize)]
    struct Told<'a, T> {
        #[serde(flatten)]
        figures: &'a T,
        problems: &'a [Note],
    }
    // Strings, whole numbers and lists of them: nothing here can fail to serialise.
    serde_json::to_string(&Told { figures, problems }).unwrap_or_default()
}

/// What is given to each of several decisions: what one of them takes is not told to another that does not take it.
fn shared_out(set: &PolicySet, decisions: &[&str], source: Source<'_>) -> Result<Vec<Given>, TrainingError> {
    let mut declared = Vec::new();
    for decision in decisions {
        let own: Vec<&str> = set.given_of(decision, source.as_of)?.into_iter().map(|given| given.name.as_str()).collect();
        declared.push(own);
    }
    let of = |own: &Vec<&str>| {
        // A name that none of them takes is told to each, which says that it does not take it.
        let taken = source.given.iter().filter(|(name, _)| own.contains(name) || !declared.iter().flatten().any(|known| known == name));
        taken.fold(Given::new(), |given, (name, value)| given.with(name, value.clone()))
    };
    Ok(declared.iter().map(of).collect())
}

fn unrendered(error: &RenderError) -> TrainingError {
    Problem::new(ProblemCode::Unreadable, "report", error.to_string()).with_cure("report this: a report can always be written").into()
}
