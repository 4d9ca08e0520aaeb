//! `[[decision]]`: the questions that a policy answers.

use toml::Spanned;
use toml::de::DeValue;

use super::{resolve, texts};
use crate::feel::{Compiled, Span};
use crate::policy::table::Table;
use crate::policy::{Decision, GivenDeclaration, Provision, RecordRules, needs, shapes};
use crate::problem::ProblemCode;

/// Everything that the decisions of a file take, each name once.
pub(super) fn given(tables: &[Table<'_>]) -> Vec<GivenDeclaration> {
    let mut all: Vec<GivenDeclaration> = Vec::new();
    for table in tables {
        for (declaration, span) in declarations(table) {
            match all.iter().find(|known| known.name == declaration.name) {
                None => all.push(declaration),
                Some(known) if known.kind == declaration.kind && known.ty == declaration.ty => {}
                Some(known) => {
                    table.report(ProblemCode::Contradiction, &span, format!("another decision has `{}`", known.written()));
                }
            }
        }
    }
    all
}

fn declarations(table: &Table<'_>) -> Vec<(GivenDeclaration, Span)> {
    let Some(given) = table.table("given", "given") else { return Vec::new() };
    let mut found = Vec::new();
    for (key, entry) in given.entries() {
        let declaration = match entry.get_ref() {
            DeValue::String(kind) => of_kind(&given, key.get_ref(), kind, &entry.span()),
            DeValue::Array(codes) => of_codes(&given, key.get_ref(), codes, &entry.span()),
            _ => {
                given.report(ProblemCode::WrongType, &entry.span(), "expected the name of a type in quotes, or a list of codes");
                continue;
            }
        };
        found.extend(declaration.map(|declaration| (declaration, entry.span())));
    }
    found
}

/// The names of what a decision takes; what is wrong with them was reported where they were declared.
fn names_given<'t>(table: &Table<'t>) -> impl Iterator<Item = &'t str> {
    let given = table.get("given").and_then(|entry| if let DeValue::Table(given) = entry.get_ref() { Some(given) } else { None });
    given.into_iter().flat_map(|given| given.keys().map(|key| key.get_ref().as_ref()))
}

fn of_kind(given: &Table<'_>, name: &str, kind: &str, span: &Span) -> Option<GivenDeclaration> {
    let declaration = GivenDeclaration::of_kind(name, kind);
    if declaration.is_none() {
        let cure = format!("one of {}", GivenDeclaration::KINDS);
        given.report_with_cure(ProblemCode::UnknownName, span, format!("no type is called `{kind}`"), cure);
    }
    declaration
}

/// Codes that the policy lists itself, each a text and each once.
fn of_codes(given: &Table<'_>, name: &str, listed: &[Spanned<DeValue<'_>>], span: &Span) -> Option<GivenDeclaration> {
    let mut codes: Vec<String> = Vec::new();
    for code in listed {
        match code.get_ref() {
            DeValue::String(text) if codes.iter().any(|known| known == text) => {
                given.report(ProblemCode::Duplicate, &code.span(), format!("the code `{text}` stands here already"));
            }
            DeValue::String(text) => codes.push(text.to_string()),
            _ => given.report(ProblemCode::WrongType, &code.span(), "expected a code in quotes"),
        }
    }
    if codes.is_empty() || codes.len() > 255 {
        given.report(ProblemCode::Missing, span, format!("`{name}` needs from 1 to 255 codes"));
        return None;
    }
    Some(GivenDeclaration::of_codes(name, codes))
}

pub(super) fn read(tables: &[Table<'_>], provisions: &[Provision], given: &[GivenDeclaration], once: &[Compiled]) -> Vec<Decision> {
    let ids: Vec<String> = provisions.iter().map(|p| p.id.clone()).collect();
    let mut decisions: Vec<Decision> = Vec::new();
    for table in tables {
        let decision = decision(table, provisions, &ids, given);
        if decisions.iter().any(|d| d.id == decision.id) {
            table.report(ProblemCode::Duplicate, table.span(), format!("another decision is called `{}`", decision.id));
        }
        need_given(table, &decision, provisions, given, once);
        decisions.push(decision);
    }
    decisions
}

/// A decision takes everything that its provisions read of what is given.
fn need_given(table: &Table<'_>, decision: &Decision, provisions: &[Provision], given: &[GivenDeclaration], once: &[Compiled]) {
    let records = decision.records.iter().flat_map(|rules| rules.provisions.iter().copied());
    for start in decision.asked().chain(decision.consequences.iter().copied()).chain(records) {
        for place in needs::given(&[start], provisions, once) {
            if let (false, Some(declaration), Some(provision)) = (decision.given.contains(&place), given.get(place), provisions.get(start)) {
                let message = format!("`{}` reads `given.{}`, which `{}` does not take", provision.id, declaration.name, decision.id);
                let cure = format!("add `{}`", declaration.written());
                table.report_with_cure(ProblemCode::Missing, table.span(), message, cure);
            }
        }
    }
}

fn decision(table: &Table<'_>, provisions: &[Provision], ids: &[String], given: &[GivenDeclaration]) -> Decision {
    let subject = table.need_text("subject").to_owned();
    let references = |key: &'static str| -> Vec<usize> {
        let mut found = Vec::new();
        for (id, span) in table.texts(key) {
            let Some(place) = resolve(table, ids, id, &span, "provision") else { continue };
            if provisions.get(place).is_some_and(|p| p.subject != subject) {
                table.report(ProblemCode::Contradiction, &span, format!("`{id}` is not asked of a {subject}"));
            }
            found.push(place);
        }
        found
    };
    let decision = Decision {
        id: table.need_text("id").to_owned(),
        question: texts(table, "zh", "en"),
        given: names_given(table).filter_map(|name| given.iter().position(|g| g.name == name)).collect(),
        all_of: references("all_of"),
        any_of: references("any_of"),
        consequences: consequences(table, references("consequences"), provisions),
        records: records(table, provisions, ids, &subject),
        subject,
    };
    if ["all_of", "any_of", "consequences"].iter().all(|key| table.texts(key).is_empty()) {
        table.report(ProblemCode::Missing, table.span(), "a decision needs `all_of`, `any_of` or `consequences`");
    }
    decision
}

/// The provisions whose consequences a decision tells; each must have one.
fn consequences(table: &Table<'_>, places: Vec<usize>, provisions: &[Provision]) -> Vec<usize> {
    for provision in places.iter().filter_map(|place| provisions.get(*place)).filter(|p| p.consequence.is_none()) {
        let span = table.get("consequences").map_or_else(|| table.span().clone(), toml::Spanned::span);
        table.report_with_cure(ProblemCode::Missing, &span, format!("`{}` has no `consequence`", provision.id), "ask it under `all_of` or `any_of`");
    }
    places
}

/// The record-level provisions, which all judge one list of the subject.
fn records(table: &Table<'_>, provisions: &[Provision], ids: &[String], subject: &str) -> Option<RecordRules> {
    let mut rules: Option<RecordRules> = None;
    for (id, span) in table.texts("records") {
        let Some(place) = resolve(table, ids, id, &span, "provision") else { continue };
        let Some(provision) = provisions.get(place) else { continue };
        let list = shapes::owner(&provision.subject).filter(|(owner, _)| owner.name == subject);
        let Some((owner, slot)) = list else {
            table.report(ProblemCode::Contradiction, &span, format!("`{id}` is asked of a {}, of which a {subject} has no list", provision.subject));
            continue;
        };
        match &mut rules {
            Some(rules) if rules.slot == slot => rules.provisions.push(place),
            Some(_) => table.report(ProblemCode::Contradiction, &span, "the record-level provisions of a decision judge one list"),
            None => {
                let list = owner.fields.get(usize::from(slot)).map_or("", |f| f.name);
                rules = Some(RecordRules { slot, list, provisions: vec![place] });
            }
        }
    }
    rules
}
