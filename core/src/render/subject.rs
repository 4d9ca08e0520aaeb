//! How reports call a subject, its figures and records, and what a requirement asks.

use std::borrow::Cow;

use super::tally::{self, Requirement};
use super::words::Words;
use super::{Report, ReportRow};
use crate::evaluate::{Finding, RecordLine, Relation, Status, Verdict};
use crate::explain::{Labels, ProvisionLabel, value_words};
use crate::facts::{Activity, CodeList, Entity, Field, FieldKind, Subject, Title, TitleGrade, masked, within};
use crate::feel::{Datum, Record};
use crate::lang::Lang;
use crate::quantity::{Day, Unit};

/// The short name of a requirement.
pub(super) fn name<'a>(requirement: &Requirement<'a>, lang: Lang) -> &'a str {
    requirement.label.map_or(requirement.provision, |label| label.name(lang))
}

/// What is asked of everyone: `≥ 25学分`, `≥ 合格`.
pub(super) fn asked(requirement: &Requirement<'_>, labels: &Labels, lang: Lang) -> Option<String> {
    let sign = sign(requirement.relation?);
    let unit = labels.unit(requirement.unit.unwrap_or(&Unit::One), lang);
    let gap = lang.pick("", if unit.en().is_empty() { "" } else { " " });
    let said = |required| side(required, requirement.label, labels, lang);
    requirement.required.map(|required| format!("{sign} {}{gap}{}", said(required), lang.pick(unit.zh(), unit.en())))
}

/// One side of the comparison of a provision as it is read: a number rounded, a code by its label.
pub(super) fn side(value: &str, label: Option<&ProvisionLabel>, labels: &Labels, lang: Lang) -> String {
    let codes = label.and_then(|label| label.figures.first()).and_then(|figure| figure.codes.as_deref());
    value_words(value, codes, labels, lang)
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

/// The text of a field of a record.
pub(super) fn text_of<'r>(entity: &Entity, record: &'r dyn Record, field: &str) -> Option<&'r str> {
    match record.read(entity.field(field)?.0) {
        Datum::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// The label of the code in a field of a record.
pub(super) fn code_of(entity: &Entity, record: &dyn Record, field: &str, lang: Lang) -> Option<&'static str> {
    match (entity.field(field)?, record.read(entity.field(field)?.0)) {
        ((_, Field { kind: FieldKind::Code(list), .. }), Datum::Code(place)) => Some(label(list, usize::from(place), lang)),
        _ => None,
    }
}

/// The name of what a record holds in a field.
pub(super) fn inner_name<'r>(entity: &Entity, record: &'r dyn Record, field: &str) -> Option<&'r str> {
    match (entity.field(field)?, record.read(entity.field(field)?.0)) {
        ((_, Field { kind: FieldKind::Record(inner), .. }), Datum::Record(held)) => text_of(inner(), held, "name"),
        _ => None,
    }
}

/// The title, or where it is not known its grade.
pub(super) fn title(row: &ReportRow<'_>, lang: Lang) -> &'static str {
    match (code(row.facts, "title"), code(row.facts, "title_grade")) {
        (Some(title), _) => label(Title::LIST, title, lang),
        (None, Some(grade)) => label(TitleGrade::LIST, grade, lang),
        (None, None) => "",
    }
}

/// The place of this field's code in its list.
fn code(subject: &Subject, field: &str) -> Option<usize> {
    match subject.datum(field)? {
        Datum::Code(place) => Some(usize::from(place)),
        _ => None,
    }
}

/// The grade of the title: as given, or the one that the title belongs to.
pub(super) fn title_grade(row: &ReportRow<'_>, lang: Lang) -> &'static str {
    code(row.facts, "title_grade").map_or("", |grade| label(TitleGrade::LIST, grade, lang))
}

fn label(list: &'static CodeList, index: usize, lang: Lang) -> &'static str {
    list.codes.get(index).map_or("", |code| lang.pick(code.zh, code.en))
}

/// What is there: `21.5`, `20–28`, `≥20`, `合格`.
pub(super) fn have(finding: &Finding, labels: &Labels, lang: Lang) -> String {
    let nearest = |text: &str| side(text, labels.provision(&finding.provision), labels, lang);
    match (&finding.actual, &finding.actual_low, &finding.actual_high) {
        (Some(actual), ..) => nearest(actual),
        (None, Some(low), Some(high)) => format!("{}–{}", nearest(low), nearest(high)),
        (None, Some(low), None) => format!("≥{}", nearest(low)),
        (None, None, Some(high)) => format!("≤{}", nearest(high)),
        (None, None, None) => String::new(),
    }
}

/// The first day by which something is still to be reached, or else the last that has passed; nothing where everything is settled.
pub(super) fn last_day(verdict: &Verdict) -> Option<Day> {
    let open = |finding: &&Finding| matches!(finding.status, Status::Unmet | Status::Waivable | Status::Unknown);
    let days: Vec<Day> = verdict.findings.iter().filter(open).filter_map(|finding| finding.due).collect();
    days.iter().filter(|day| **day >= verdict.as_of).min().or(days.iter().max()).copied()
}

/// The credit record that a line of the ledger is about.
pub(super) fn activity<'a>(line: &RecordLine, row: &ReportRow<'a>) -> Option<&'a Activity> {
    let Subject::Practitioner(practitioner) = row.facts else { return None };
    let activities = practitioner.activities.as_ref().filter(|_| line.path.list() == "practitioner.activities")?;
    activities.get(line.path.index())
}

/// What stands between the first and the last day of a record.
pub(super) const SPAN: &str = " – ";

/// When a record was, or within which month or year it was: the day on which it was granted, else its first and last day, else the first day that is known.
pub(super) fn day(entity: &'static Entity, record: &dyn Record) -> String {
    let of = |name: &str| match entity.field(name).map(|(slot, _)| record.read(slot)) {
        Some(Datum::Date(day)) => Some(day.to_string()),
        Some(Datum::Within(first, last)) => Some(within::written(first, last)),
        _ => None,
    };
    if let Some(day) = of("awarded_on") {
        return day;
    }
    if let (Some(from), Some(until)) = (of("starts_on"), of("ends_on")) {
        return format!("{from}{SPAN}{until}");
    }
    entity.fields.iter().filter(|field| matches!(field.kind, FieldKind::Day) && !field.sensitive).find_map(|field| of(field.name)).unwrap_or_default()
}

/// Where a record stands in the source.
pub(super) fn record_place<'a>(line: &RecordLine, row: &ReportRow<'a>) -> &'a str {
    row.record_places.get(line.path.index()).map_or("", String::as_str)
}

/// A column that says which subject a row is about.
pub(super) struct Column {
    pub(super) head: &'static str,
    /// Its width among many columns, and among few.
    pub(super) widths: (f64, f64),
    /// What stands in it.
    pub(super) said: for<'r> fn(&'r ReportRow<'r>) -> Cow<'r, str>,
}

/// The columns that say which subject a row is about.
pub(super) fn columns(report: &Report<'_>) -> Vec<Column> {
    let w = Words::about(report.subject, report.lang);
    let mut columns = Vec::new();
    if report.has_departments() {
        columns.push(Column { head: w.department, widths: (13.0, 16.0), said: |row| tally::department(row).unwrap_or_default().into() });
    }
    let [number, name] = if report.subject.is_person() { [(8.0, 10.0), (9.0, 12.0)] } else { [(14.0, 14.0), (28.0, 28.0)] };
    columns.push(Column { head: w.person_id, widths: number, said: |row| tally::person_id(row).map(masked).unwrap_or_default().into() });
    columns.push(Column { head: w.name, widths: name, said: |row| row.facts.name().unwrap_or_default().into() });
    columns
}
