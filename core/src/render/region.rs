//! The annual report of a region, and its list for publication: pages to print, and workbooks whose numbers lead to their people.
//!
//! In come a [`RegionReport`](crate::region::RegionReport) and what people are called; out go a self-contained HTML file or the bytes of an `.xlsx`.
//! INVARIANT: nothing is counted or judged here; a list for publication shows names and no more than the list itself holds.

mod book;
mod list;
mod page;
mod standings;
#[cfg(test)]
mod tests;
mod told;
mod words;

pub use book::region_xlsx;
pub use list::publication_html;
pub use list::publication_xlsx;
pub use page::region_html;
pub use standings::StandingsTable;

use crate::evaluate::Question;
use crate::explain::Labels;
use crate::lang::{Lang, Text};
use crate::region::RegionReport;
use crate::render::ReportProblem;

/// A region's report, ready to be rendered.
#[derive(Clone, Copy, Debug)]
pub struct RegionPages<'a> {
    /// What it is about: the region, or the file that was read.
    pub title: &'a str,
    /// What was counted.
    pub report: &'a RegionReport,
    /// What everyone is called, in the order of the report's people; the ids alone where this is empty.
    pub names: &'a [Option<&'a str>],
    /// The decision about the region in words.
    pub question: Text<'a>,
    /// The name of the document that sets the targets.
    pub document: Text<'a>,
    /// How people call what verdicts about the region speak of.
    pub labels: &'a Labels,
    /// What was wrong with the workbook that was counted.
    pub problems: &'a [ReportProblem<'a>],
    /// The language.
    pub lang: Lang,
}

impl<'a> RegionPages<'a> {
    /// A report with the words of the decision about the region.
    #[must_use]
    pub fn of(report: &'a RegionReport, question: &'a Question<'_>, labels: &'a Labels, title: &'a str, lang: Lang) -> Self {
        Self { title, report, names: &[], question: question.text(), document: question.document(), labels, problems: &[], lang }
    }

    /// How many targets are met, in one sentence.
    #[must_use]
    pub fn lead(&self) -> String {
        told::lead(self)
    }

    /// The targets of the whole region as a table: name, numerator over denominator, share, standing, and what is lacking.
    #[must_use]
    pub fn standings(&self) -> Vec<Vec<String>> {
        let Some(whole) = self.report.whole() else { return Vec::new() };
        let row = |definition: &crate::region::RateDefinition| {
            let rate = told::rate(whole, &definition.id)?;
            let status = rate.status?;
            Some(vec![
                format!("{} {}", super::words::symbol(status), super::words::capital(told::name(definition, self.lang))),
                told::fraction(rate.low),
                told::range(rate),
                told::distance(rate, definition, self.lang),
            ])
        };
        told::targets(self).filter_map(row).collect()
    }
}

/// What a reader needs to reproduce the report.
fn basis_lines(pages: &RegionPages<'_>) -> Vec<(&'static str, String)> {
    let RegionPages { report, lang, .. } = *pages;
    let w = super::words::Words::of(lang);
    let each = |of: fn(&crate::evaluate::PolicyReference) -> String| super::basis::each(&report.policy, &report.layers, lang, of);
    vec![
        (w.policy, format!("{} {}", pages.document.to(lang), each(|policy| policy.number.clone())).trim().to_owned()),
        (w.version, each(|policy| format!("{} {}", policy.id, policy.version))),
        (w.hash, each(|policy| policy.hash.clone())),
        (w.as_of, report.as_of.to_string()),
        (w.given, super::basis::given(&report.given, pages.labels, lang)),
        (w.digest, crate::hash::of(report.to_json().as_bytes())),
        (w.engine, concat!("medtrain ", env!("CARGO_PKG_VERSION")).to_owned()),
    ]
}
