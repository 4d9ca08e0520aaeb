//! How reports call a person's title, figures and records, and what a requirement asks.

use super::ReportRow;
use super::tally::Requirement;
use crate::evaluate::{Finding, RecordLine, Relation};
use crate::explain::{Rounding, shown};
use crate::facts::{Activity, CodeList, Title, TitleGrade};
use crate::lang::Lang;
use crate::quantity::Unit;

/// The short name of a requirement.
pub(super) fn name<'a>(requirement: &Requirement<'a>, lang: Lang) -> &'a str {
    requirement.label.map_or(requirement.provision, |label| label.name(lang))
}

/// What is asked of everyone: `≥25学分`.
pub(super) fn asked(requirement: &Requirement<'_>, lang: Lang) -> Option<String> {
    let sign = sign(requirement.relation?);
    let unit = requirement.unit.unwrap_or(&Unit::One);
    let gap = lang.pick("", if unit.en().is_empty() { "" } else { " " });
    requirement.required.map(|required| format!("{sign} {}{gap}{}", shown(required, Rounding::Nearest), lang.pick(unit.zh(), unit.en())))
}

const fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::AtLeast => "≥",
        Relation::AtMost => "≤",
        Relation::MoreThan => ">",
        Relation::LessThan => "<",
        Relation::Equal => "=",
        Relation::NotEqual => "≠",
    }
}

/// The title, or where it is not known its grade.
pub(super) fn title(row: &ReportRow<'_>, lang: Lang) -> &'static str {
    match (row.facts.title, row.facts.title_grade) {
        (Some(title), _) => label(Title::LIST, title as usize, lang),
        (None, Some(grade)) => label(TitleGrade::LIST, grade as usize, lang),
        (None, None) => "",
    }
}

/// The grade of the title: as given, or the one that the title belongs to.
pub(super) fn title_grade(row: &ReportRow<'_>, lang: Lang) -> &'static str {
    let grade = row.facts.title_grade.or(row.facts.title.map(Title::grade));
    grade.map_or("", |grade| label(TitleGrade::LIST, grade as usize, lang))
}

fn label(list: &'static CodeList, index: usize, lang: Lang) -> &'static str {
    list.codes.get(index).map_or("", |code| lang.pick(code.zh, code.en))
}

/// What is there: `21.5`, `20–28`, `≥20`.
pub(super) fn have(finding: &Finding) -> String {
    let nearest = |text: &str| shown(text, Rounding::Nearest);
    match (&finding.actual, &finding.actual_low, &finding.actual_high) {
        (Some(actual), ..) => nearest(actual),
        (None, Some(low), Some(high)) => format!("{}–{}", nearest(low), nearest(high)),
        (None, Some(low), None) => format!("≥{}", nearest(low)),
        (None, None, Some(high)) => format!("≤{}", nearest(high)),
        (None, None, None) => String::new(),
    }
}

/// The place of a record among the person's credit records.
fn activity_index(path: &str) -> Option<usize> {
    path.strip_prefix("practitioner.activities[")?.strip_suffix(']')?.parse().ok()
}

/// The credit record that a line of the ledger is about.
pub(super) fn activity<'a>(line: &RecordLine, row: &ReportRow<'a>) -> Option<&'a Activity> {
    row.facts.activities.as_ref()?.get(activity_index(&line.path)?)
}

/// Where a record stands in the source.
pub(super) fn record_place<'a>(line: &RecordLine, row: &ReportRow<'a>) -> &'a str {
    activity_index(&line.path).and_then(|index| row.record_places.get(index)).map_or("", String::as_str)
}
