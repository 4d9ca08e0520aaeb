//! The departments' page: everybody of each department on a section of its own, the largest gap first.
//!
//! In comes a report; out goes one HTML file. Each section begins on a new sheet of A4, so that it can be handed to its department.
//! INVARIANT: everybody of the report stands on the page once.

use std::collections::BTreeMap;

use serde::Serialize;

use super::bars::{self, Segment};
use super::page::people::{Cell, cell};
use super::subject::{asked, name, title};
use super::tally::{self, Requirement, Share, Tally};
use super::words::{self, Words, capital};
use super::{RenderError, Report, ReportRow, basis, lead, subject, templates};
use crate::evaluate::Status;
use crate::explain;
use crate::facts::masked;
use crate::lang::Lang;

/// Requirements that have a column each.
const COLUMNS: usize = 4;

/// The departments' page as one HTML file.
///
/// # Errors
/// Where the template fails, which would be a fault of this library.
pub fn departments(report: &Report<'_>) -> Result<String, RenderError> {
    templates::render("departments.html", &Page::of(report))
}

/// Everything that the template places.
#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    w: &'static Words,
    title: &'a str,
    question: &'a str,
    number: &'a str,
    given: String,
    as_of: String,
    result: String,
    due: Option<String>,
    bar: Vec<Segment>,
    bar_size: (usize, usize),
    small_bar: (usize, usize),
    gauge_width: i64,
    sections: Vec<Section>,
    notes: Vec<(String, String, String)>,
    basis: Vec<(&'static str, String)>,
}

/// A department.
#[derive(Serialize)]
struct Section {
    name: String,
    people: usize,
    fraction: String,
    percent: String,
    result: String,
    shortest: Option<String>,
    bar: Vec<Segment>,
    heads: Vec<Head>,
    lines: Vec<Line>,
}

/// A requirement at the head of a column.
#[derive(Serialize)]
struct Head {
    name: String,
    asked: Option<String>,
}

/// One of its people.
#[derive(Serialize)]
struct Line {
    code: &'static str,
    word: &'static str,
    name: String,
    number: String,
    title: &'static str,
    statement: Option<String>,
    cells: Vec<Cell>,
    days: Option<(i64, String)>,
    first: String,
}

impl<'a> Page<'a> {
    fn of(report: &Report<'a>) -> Self {
        let lang = report.lang;
        let tally = Tally::of(report);
        let mut by_name: BTreeMap<Option<&str>, Vec<ReportRow<'_>>> = BTreeMap::new();
        for row in &tally.roster {
            let department = if report.has_departments() { tally::department(row) } else { None };
            by_name.entry(department).or_default().push(**row);
        }
        let mut sections: Vec<(Share, Section)> = Vec::new();
        for (department, rows) in by_name {
            let own = Report { rows: &rows, ..*report };
            let own_tally = Tally::of(&own);
            sections.push((own_tally.counts.share(), section(department, &own_tally, &own)));
        }
        sections.sort_by(|(a, of_a), (b, of_b)| a.compare(*b).then_with(|| of_a.name.cmp(&of_b.name)));
        let notes = tally.requirements.iter().map(|requirement| {
            let label = requirement.label;
            let document = label.and_then(|label| label.layer.as_ref()).unwrap_or(&report.policy.number);
            let says = label.map_or("", |label| label.says(lang));
            (capital(name(requirement, lang)), format!("{document} {}", requirement.article), says.to_owned())
        });
        Self {
            lang: lang.tag(),
            w: Words::about(report.subject, lang),
            title: report.title,
            question: report.question.to(lang),
            number: &report.policy.number,
            given: basis::given(report.given, report.labels, lang),
            as_of: report.as_of.to_string(),
            result: lead::result(&tally, lang),
            due: lead::due(&tally, report),
            bar: bars::results(&tally.counts, bars::BAR.0, lang),
            bar_size: (bars::BAR.0, 18),
            small_bar: bars::SMALL_BAR,
            gauge_width: bars::GAUGE,
            sections: sections.into_iter().map(|(_, section)| section).collect(),
            notes: notes.collect(),
            basis: basis::basis(report),
        }
    }
}

fn section(department: Option<&str>, tally: &Tally<'_>, report: &Report<'_>) -> Section {
    let lang = report.lang;
    let share = tally.counts.share();
    // Those with figures first, and of them those that most people fail; then back into the order of the decision.
    let mut columns: Vec<&Requirement<'_>> = tally.requirements.iter().collect();
    columns.sort_by_key(|requirement| (!requirement.measured(), usize::MAX - requirement.failing(), requirement.number));
    columns.truncate(COLUMNS);
    columns.sort_by_key(|requirement| requirement.number);
    let w = Words::about(report.subject, lang);
    let unnamed = if report.has_departments() { w.no_department } else { w.everyone };
    Section {
        name: department.unwrap_or(unnamed).to_owned(),
        people: tally.counts.people(),
        fraction: share.fraction(),
        percent: share.percent(),
        result: lead::result(tally, lang),
        shortest: lead::shortest(tally, report),
        bar: bars::results(&tally.counts, bars::BAR.0, lang),
        heads: columns
            .iter()
            .map(|requirement| Head { name: capital(name(requirement, lang)), asked: asked(requirement, report.labels, lang) })
            .collect(),
        lines: tally.roster.iter().map(|row| line(row, &columns, report)).collect(),
    }
}

fn line(row: &ReportRow<'_>, columns: &[&Requirement<'_>], report: &Report<'_>) -> Line {
    let lang = report.lang;
    let verdict = row.verdict;
    let cells =
        columns.iter().map(|column| tally::finding(row, column.provision).map_or_else(Cell::default, |finding| cell(finding, report.labels, lang)));
    let first = row.first.map(str::to_owned).or_else(|| explain::gist(verdict, report.labels, lang));
    Line {
        code: verdict.status.code(),
        word: words::status(verdict.status, lang),
        name: row.facts.name().unwrap_or(Words::about(report.subject, lang).no_name).to_owned(),
        number: tally::person_id(row).map(masked).unwrap_or_default(),
        title: title(row, lang),
        statement: row.statement.map(str::to_owned),
        cells: cells.collect(),
        days: subject::last_day(verdict).map(|day| ((day - verdict.as_of).num_days(), days(day, verdict.as_of, lang))),
        first: first.filter(|_| verdict.status != Status::Met).map(|first| capital(&first)).unwrap_or_default(),
    }
}

/// `38天`, `今日`, `已过15天`.
fn days(day: crate::quantity::Day, as_of: crate::quantity::Day, lang: Lang) -> String {
    match (day - as_of).num_days() {
        0 => lang.pick("今日", "today").to_owned(),
        left @ 1.. => lang.pick(format!("{left}天"), format!("{left}")),
        left => lang.pick(format!("已过{}天", -left), format!("{} ago", -left)),
    }
}
