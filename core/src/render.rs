//! Reports for people: a department's or hospital's results as a page, a workbook and a few lines for the terminal.
//!
//! In come verdicts with the facts they were made from; out go a self-contained HTML file, the bytes of an `.xlsx`, or plain text. A policy's
//! calendar goes out as iCalendar.
//! INVARIANT: nothing is judged here, and no identity number, date of birth or licence number is ever written.

#[cfg(feature = "render")]
mod bars;
mod basis;
#[cfg(feature = "render")]
mod departments;
#[cfg(all(test, feature = "render", feature = "workbook"))]
pub(crate) mod fixtures;
#[cfg(feature = "render")]
mod icalendar;
mod lead;
#[cfg(feature = "render")]
mod page;
#[cfg(all(feature = "render", feature = "workbook"))]
mod region;
#[cfg(feature = "render")]
mod statement;
#[cfg_attr(not(all(feature = "render", feature = "workbook")), allow(dead_code, reason = "each form of a report shows its own part of it"))]
mod subject;
#[cfg(feature = "render")]
mod summary;
#[cfg_attr(not(all(feature = "render", feature = "workbook")), allow(dead_code, reason = "each form of a report shows its own part of it"))]
mod tally;
#[cfg(feature = "render")]
mod templates;
#[cfg(feature = "render")]
mod whole;

#[cfg(all(test, feature = "render", feature = "workbook"))]
mod tests;
#[cfg_attr(not(all(feature = "render", feature = "workbook")), allow(dead_code, reason = "each form of a report shows its own part of it"))]
mod words;
#[cfg(feature = "workbook")]
mod xlsx;

#[cfg(feature = "render")]
pub use departments::departments;
#[cfg(feature = "render")]
pub use icalendar::icalendar;
#[cfg(feature = "render")]
pub use page::html;
#[cfg(all(feature = "render", feature = "workbook"))]
pub use region::{RegionPages, StandingsTable, publication_html, publication_xlsx, region_html, region_xlsx};
#[cfg(feature = "render")]
pub use statement::{Statement, statement};
#[cfg(feature = "render")]
pub use summary::summary;
#[cfg(feature = "workbook")]
pub use xlsx::xlsx;

use crate::evaluate::{Given, PolicyReference, Verdict};
use crate::explain::Labels;
use crate::facts::{Entity, Subject};
use crate::lang::{Lang, Text};
use crate::problem::ProblemCode;
pub use crate::problem::Severity;
use crate::quantity::Day;

/// A department's or hospital's result, ready to be rendered.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// What it is about: the hospital, or the file that was read.
    pub title: &'a str,
    /// What the subjects are.
    pub subject: &'static Entity,
    /// The question that was asked of every subject.
    pub question: Text<'a>,
    /// The name of the document that asks it.
    pub document: Text<'a>,
    /// The policy that was applied.
    pub policy: &'a PolicyReference,
    /// The policies that add to it.
    pub layers: &'a [PolicyReference],
    /// The day on which the question is asked.
    pub as_of: Day,
    /// What was given with the question, such as the year.
    pub given: &'a Given,
    /// How people call what verdicts speak of.
    pub labels: &'a Labels,
    /// Every subject that was judged.
    pub rows: &'a [ReportRow<'a>],
    /// What was found wrong, normalised or doubtful in the data.
    pub problems: &'a [ReportProblem<'a>],
    /// What was read.
    pub sheets: &'a [SheetSummary<'a>],
    /// The language of the report.
    pub lang: Lang,
}

impl Report<'_> {
    /// Whether the subjects work in departments.
    fn has_departments(&self) -> bool {
        self.subject.field("department").is_some()
    }

    /// Whether the subjects bear titles.
    #[cfg(feature = "workbook")]
    fn has_titles(&self) -> bool {
        self.subject.field("title").is_some()
    }
}

/// One subject with its verdict.
#[derive(Clone, Copy, Debug)]
pub struct ReportRow<'a> {
    /// The subject.
    pub facts: &'a Subject,
    /// Its verdict.
    pub verdict: &'a Verdict,
    /// Where it stands in the source, such as `人员!5`.
    pub place: Option<&'a str>,
    /// Where each record of the ledger stands, in the order of the facts; empty where it is not known.
    pub record_places: &'a [String],
    /// The first thing to do about it, in the report's language, where that was asked for.
    pub first: Option<&'a str>,
    /// Where its statement is, as a page links to it.
    pub statement: Option<&'a str>,
}

/// Something about the data that a reader should know.
#[derive(Clone, Copy, Debug)]
pub struct ReportProblem<'a> {
    /// How much it matters.
    pub severity: Severity,
    /// What kind it is.
    pub code: ProblemCode,
    /// Where it is, the first places where it is so in many: `学分记录!F7`.
    pub places: &'a [String],
    /// In how many places it is so.
    pub count: usize,
    /// What stood in the cells, and what was taken instead, where that is told.
    pub change: (Option<&'a str>, Option<&'a str>),
    /// What it is, as a sentence.
    pub text: Text<'a>,
    /// What would mend it.
    pub cure: Option<Text<'a>>,
}

/// What became of a sheet's rows.
#[derive(Clone, Copy, Debug)]
pub struct SheetSummary<'a> {
    /// The name of the sheet.
    pub name: &'a str,
    /// What it holds, such as credit records.
    pub holds: Text<'a>,
    /// Rows read.
    pub read: usize,
    /// Rows used.
    pub used: usize,
    /// Rows set aside, by reason.
    pub set_aside: &'a [SetAside<'a>],
}

/// Rows that were set aside for one reason.
#[derive(Clone, Copy, Debug)]
pub struct SetAside<'a> {
    /// Why.
    pub reason: Text<'a>,
    /// How many.
    pub rows: usize,
}

/// A report that could not be made: a fault of this library or of what it writes with, never of the data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the report could not be written: {reason}")]
pub struct RenderError {
    /// What the writer said.
    pub reason: String,
}

#[cfg(feature = "render")]
impl From<minijinja::Error> for RenderError {
    fn from(error: minijinja::Error) -> Self {
        Self { reason: format!("{error:#}") }
    }
}

#[cfg(feature = "workbook")]
impl From<rust_xlsxwriter::XlsxError> for RenderError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        Self { reason: error.to_string() }
    }
}
