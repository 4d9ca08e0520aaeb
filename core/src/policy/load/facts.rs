//! `[[fact]]`: what a policy declares beside the vocabulary.

use std::sync::Arc;

use crate::facts::{Absent, Facts, RECORDED_AT};
use crate::feel::{Codes, Span};
use crate::policy::table::Table;
use crate::policy::{OwnFact, OwnKind, shapes};
use crate::problem::{ProblemCode, nearest};
use crate::quantity::Unit;

use super::texts;

const KINDS: &str = "boolean, integer, decimal, date, text, code, a code list of the vocabulary, or `list of` one of them";

/// What a file declares, and the names of what nobody knows what it is: its type or its subject is wrong, which is told here.
pub(super) fn own_facts(file: &Table<'_>) -> (Vec<OwnFact>, Vec<String>) {
    let tables = file.tables("fact", "[[fact]]");
    // A kind of record that the policy declares itself is known by the facts declared for it.
    let subjects: Vec<&str> = tables.iter().filter_map(|t| t.text("subject")).collect();
    let (mut facts, mut wrong): (Vec<OwnFact>, Vec<String>) = Default::default();
    for table in &tables {
        let fact = own_fact(table, &subjects);
        if facts.iter().any(|f| f.subject == fact.subject && f.name == fact.name) {
            table.report_with_cure(
                ProblemCode::Duplicate,
                table.span(),
                format!("`{}` of {} is declared twice", fact.name, fact.subject),
                "declare it once",
            );
        }
        let (subject, of_kind) = (&fact.subject, |kind: &str| kind.strip_prefix("list of ").unwrap_or(kind) == fact.subject);
        if Facts::entity(subject).is_none()
            && !tables.iter().filter_map(|t| t.text("type")).any(of_kind)
            && let Some(near) = nearest(subject, shapes::subjects())
        {
            let message = format!("no facts can be about `{subject}`, and no fact holds records of such a kind");
            table.report_with_cure(ProblemCode::UnknownName, &table.span_of("subject"), message, format!("did you mean `{near}`?"));
            wrong.push(fact.name.clone());
        }
        if fact.name == RECORDED_AT {
            table.report_with_cure(
                ProblemCode::Duplicate,
                table.span(),
                "every record says `recorded_at` already, and no condition reads it",
                "give it another name",
            );
        }
        if let Some(entity) = Facts::entity(&fact.subject)
            && (entity.field(&fact.name).is_some() || ["extra", "unknown", "none"].contains(&fact.name.as_str()))
        {
            table.report_with_cure(
                ProblemCode::Duplicate,
                table.span(),
                format!("the vocabulary already has `{}` of {}", fact.name, fact.subject),
                "leave the declaration out, or give it another name",
            );
        }
        if table.text("type").is_none_or(|text| !is_kind(item_of(text).1, &subjects)) {
            wrong.push(fact.name.clone());
        }
        facts.push(fact);
        table.finish();
    }
    (facts, wrong)
}

/// Whether a type is that of a list, and the type of one item.
fn item_of(text: &str) -> (bool, &str) {
    text.strip_prefix("list of ").map_or((false, text), |item| (true, item))
}

/// Whether there is a type of this name.
fn is_kind(item: &str, subjects: &[&str]) -> bool {
    let is_plain = ["boolean", "integer", "decimal", "number", "date", "text", "string", "code"].contains(&item);
    is_plain || shapes::vocabulary_codes(item).is_some() || subjects.contains(&item) || Facts::entity(item).is_some()
}

fn own_fact(table: &Table<'_>, subjects: &[&str]) -> OwnFact {
    let text = table.need_text("type");
    let (list, item) = item_of(text);
    let span = table.span_of("type");
    let name = table.need_text("name").to_owned();
    let mut fact = OwnFact {
        subject: table.need_text("subject").to_owned(),
        list,
        kind: kind(table, item, &name, &span, subjects),
        name,
        unit: unit(table, "unit"),
        non_negative: table.flag("non_negative"),
        attainable: false,
        absent: Absent::Unknown,
        label: texts(table, "zh", "en"),
        headers: table.texts("headers").into_iter().map(|(header, _)| header.to_owned()).collect(),
        words: Vec::new(),
    };
    if !fact.name.starts_with(|c: char| c.is_ascii_lowercase())
        || !fact.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    {
        table.report_with_cure(ProblemCode::Syntax, table.span(), "a fact's name is of small letters, digits and `_`", "such as `ethics_credits`");
    }
    let (is_number, is_code) = (matches!(fact.kind, OwnKind::Integer | OwnKind::Decimal), item == "code");
    let of_others =
        [("non_negative", is_number, "numbers"), ("unit", is_number, "numbers"), ("codes", is_code, "codes"), ("ordered", is_code, "codes")];
    for (key, _, of) in of_others.into_iter().filter(|(key, fits, _)| !fits && table.get(key).is_some()) {
        table.report_with_cure(
            ProblemCode::Contradiction,
            &table.span_of(key),
            format!("`{key}` is said of {of} alone"),
            format!("leave `{key}` out"),
        );
    }
    fact.absent = absent(table, &fact);
    let power = table.get("attainable").map(|_| table.flag("attainable"));
    fact.attainable =
        power.unwrap_or_else(|| acts(&fact.subject) && matches!(fact.kind, OwnKind::Boolean | OwnKind::Integer | OwnKind::Decimal | OwnKind::Date));
    fact
}

/// What leaving a fact out means. A list that is left out is always unknown, and a record of a policy's own cannot say that it does not know.
fn absent(table: &Table<'_>, fact: &OwnFact) -> Absent {
    let Some((word, entry)) = table.text_entry("absent") else { return Absent::Unknown };
    match word {
        "unknown" => {}
        "none" if fact.list || matches!(fact.kind, OwnKind::Record(_)) => {
            table.report_with_cure(ProblemCode::Contradiction, &entry.span(), "a list or record that is left out is unknown", "leave `absent` out");
        }
        "none" if Facts::entity(&fact.subject).is_none() => {
            let message =
                format!("`absent` is said of facts of the vocabulary's subjects and records, and `{}` is a kind of record of your own", fact.subject);
            table.report_with_cure(ProblemCode::Contradiction, &entry.span(), message, "leave `absent` out");
        }
        "none" => return Absent::None,
        other => table.report_with_cure(ProblemCode::UnknownCode, &entry.span(), format!("no absence is called `{other}`"), "one of unknown, none"),
    }
    Absent::Unknown
}

/// Whether a subject is one that acts: what a policy asks of it beside the vocabulary are duties, amounts and days, which it can bring about.
/// What it asks of people says how they are.
fn acts(subject: &str) -> bool {
    ["institution", "base", "region", "project", "programme"].contains(&subject)
}

/// A unit of the vocabulary, or one of the policy's own; the plural of a known one would silently be another.
pub(super) fn unit(table: &Table<'_>, key: &'static str) -> Option<Unit> {
    let (code, entry) = table.text_entry(key)?;
    let singular = code.strip_suffix('s').map(Unit::of).or((code == "people").then_some(Unit::Person));
    if let Some(known) = singular.filter(|unit| !matches!(unit, Unit::Named(_))) {
        let cure = format!("write `{}`", known.code());
        table.report_with_cure(ProblemCode::UnknownCode, &entry.span(), format!("no unit is called `{code}`"), cure);
    }
    Some(Unit::of(code))
}

fn kind(table: &Table<'_>, item: &str, name: &str, span: &Span, subjects: &[&str]) -> OwnKind {
    let codes: Vec<String> = table.texts("codes").into_iter().map(|(code, _)| code.to_owned()).collect();
    let ordered = table.flag("ordered");
    match item {
        "boolean" => OwnKind::Boolean,
        "integer" => OwnKind::Integer,
        "decimal" | "number" => OwnKind::Decimal,
        "date" => OwnKind::Date,
        "text" | "string" => OwnKind::Text,
        "code" => {
            if codes.is_empty() || codes.len() > 255 {
                table.report_with_cure(
                    ProblemCode::Missing,
                    span,
                    "a code needs `codes`, from 1 to 255 of them",
                    "add them: `codes = [\"title\", \"post\"]`",
                );
            }
            for (code, span) in table
                .texts("codes")
                .iter()
                .zip(1..)
                .filter(|((code, _), place)| codes.iter().take(place - 1).any(|other| other == code))
                .map(|(entry, _)| entry)
            {
                table.report_with_cure(ProblemCode::Duplicate, span, format!("the code `{code}` stands here already"), "leave it out");
            }
            OwnKind::Code(Arc::new(Codes { name: name.to_owned(), ordered, codes }))
        }
        other => match shapes::vocabulary_codes(other) {
            Some(codes) => OwnKind::Code(codes),
            None if subjects.contains(&other) || Facts::entity(other).is_some() => OwnKind::Record(other.to_owned()),
            None => {
                if !other.is_empty() {
                    table.report_with_cure(ProblemCode::UnknownName, span, format!("no type is called `{other}`"), format!("one of {KINDS}"));
                }
                OwnKind::Text
            }
        },
    }
}
