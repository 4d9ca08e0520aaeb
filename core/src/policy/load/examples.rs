//! `[[provision.example]]` and `[[decision.example]]`.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};
use toml::de::DeValue;

use super::keys::{LISTS, outcomes};
use crate::evaluate::{Given, Status};
use crate::facts::Facts;
use crate::feel::{Span, Value};
use crate::policy::example::{Example, ExampleOf, Outcome};
use crate::policy::table::{Entry, Table};
use crate::policy::{GivenDeclaration, Policy};
use crate::problem::{Problem, ProblemCode};

pub(super) fn read(provisions: &[Table<'_>], decisions: &[Table<'_>], policy: &Policy) -> Vec<Example> {
    let mut examples = Vec::new();
    for ((place, provision), table) in policy.provisions.iter().enumerate().zip(provisions) {
        let mut needed = Needed::new();
        for example in table.tables("example", "[[provision.example]]") {
            let needs = |decision: Option<&str>| policy.needed_by_provision(place, decision);
            examples.extend(read_one(&example, ExampleOf::Provision(provision.id.clone()), policy, &mut needed, needs));
        }
    }
    for (table, decision) in decisions.iter().zip(&policy.decisions) {
        let mut needed = Needed::new();
        for example in table.tables("example", "[[decision.example]]") {
            let needs = |_: Option<&str>| policy.given_of(decision).map(|given| given.name.as_str()).collect();
            examples.extend(read_one(&example, ExampleOf::Decision(decision.id.clone()), policy, &mut needed, needs));
        }
    }
    examples
}

/// What examples must give, by the decision that they ask: found once, since it takes a walk through the rules.
type Needed<'p> = HashMap<Option<String>, Vec<&'p str>>;

fn read_one<'p>(
    table: &Table<'_>,
    of: ExampleOf,
    policy: &'p Policy,
    needed: &mut Needed<'p>,
    needs: impl Fn(Option<&str>) -> Vec<&'p str>,
) -> Option<Example> {
    let facts = facts(table, policy);
    let given = given(table, policy);
    let decision = table.text("decision").map(str::to_owned);
    if let Some(given) = &given {
        let needed = needed.entry(decision.clone()).or_insert_with(|| needs(decision.as_deref()));
        // Null in its place would make a failure of what nobody asked.
        for name in needed.iter().filter(|name| given.get(name).is_none()) {
            table.report_with_cure(
                ProblemCode::Missing,
                table.span(),
                format!("an example of `{}` needs `given.{name}`", of.id()),
                format!("add `given.{name} = ..`"),
            );
        }
    }
    let as_of = table.day("as_of");
    if as_of.is_none() && table.get("as_of").is_none() {
        table.report_with_cure(
            ProblemCode::Missing,
            table.span(),
            "an example needs `as_of`, the day on which it is asked",
            "add `as_of = 2024-06-30`",
        );
    }
    let mut expected = Vec::new();
    for key in outcomes() {
        if let Some(entry) = table.get(key) {
            expected.extend(outcome(table, key, entry).map(|outcome| (key, outcome)));
        }
    }
    if outcomes().all(|key| table.get(key).is_none()) {
        table.report_with_cure(
            ProblemCode::Missing,
            table.span(),
            "an example needs `status`, or another key of what comes out",
            "add what is expected: `status = \"met\"`",
        );
    }
    if let Some(id) = &decision
        && policy.decision(id).is_none()
    {
        table.report_with_cure(ProblemCode::UnknownName, table.span(), format!("no decision is called `{id}`"), "name a decision of this file");
    }
    table.text("says");
    table.finish();
    let place = table.source().place(table.span());
    Some(Example { place, of, decision, facts: facts?, given: given?, as_of: as_of?, expected })
}

/// What an example says must come out under a key.
fn outcome(table: &Table<'_>, key: &str, entry: Entry<'_>) -> Option<Outcome> {
    let items = match entry.get_ref() {
        DeValue::Array(items) if LISTS.contains(&key) => items.iter().map(text_of).collect(),
        _ if LISTS.contains(&key) => text_of(entry).map(|text| vec![text]),
        _ => match text_of(entry) {
            Some(text) if key == "status" && Status::of(&text).is_none() => {
                let cure = "one of met, unmet, waivable, not_applicable, unknown";
                table.report_with_cure(ProblemCode::UnknownCode, &entry.span(), format!("no status is called `{text}`"), cure);
                return None;
            }
            Some(text) => return Some(Outcome::One(text)),
            None => None,
        },
    };
    if items.is_none() {
        let message =
            format!("`{key}` expects {}", if LISTS.contains(&key) { "a list of texts" } else { "text, a date, a whole number, true or false" });
        let problem = table.source().problem(ProblemCode::WrongType, &entry.span(), message);
        let is_list = matches!(entry.get_ref(), DeValue::Array(_));
        table.push(if is_list { problem.with_cure("write a list as the verdict shows it: '[\"a\", \"b\"]'") } else { problem });
    }
    items.map(Outcome::Many)
}

/// A single value as text.
fn text_of(entry: Entry<'_>) -> Option<String> {
    Some(match entry.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Boolean(value) => value.to_string(),
        _ => return None,
    })
}

fn facts(table: &Table<'_>, policy: &Policy) -> Option<Facts> {
    let entry = table.get("facts");
    let mut sound = true;
    let mut json = match entry {
        Some(entry) => json(table, entry, &mut sound),
        None => Json::Object(Map::new()),
    };
    let put = put_in_lists(&mut json);
    let as_written = |path: &str| put.iter().fold(path.to_owned(), |path, (place, name)| path.replace(place.as_str(), name));
    let whole = table.span_of("facts");
    let span = |path: &str| entry.and_then(|entry| place_of(entry, path)).unwrap_or_else(|| whole.clone());
    let mut facts = match Facts::from_value(&json) {
        Ok(facts) => facts,
        Err(error) => {
            for mut problem in error.problems {
                problem.place = as_written(&problem.place);
                let text = format!("{}: {}", problem.place, problem.message);
                let placed = table.source().problem(problem.code, &span(&problem.place), text);
                table.push(match problem.cure {
                    Some(cure) => placed.with_cure(cure),
                    None => placed,
                });
            }
            return None;
        }
    };
    for mut problem in policy.bind(&mut facts) {
        problem.place = as_written(&problem.place);
        let placed = table.source().problem(problem.code, &span(&problem.place), format!("{}: {}", problem.place, problem.message));
        table.push(Problem { cure: problem.cure, ..placed });
    }
    sound.then_some(facts)
}

/// Puts records that facts cannot be about by themselves, such as a certificate, into the lists of those who own them. What then is where, and how it is written.
fn put_in_lists(json: &mut Json) -> Vec<(String, String)> {
    let Json::Object(roots) = json else { return Vec::new() };
    let mut put = Vec::new();
    let names: Vec<String> = roots.keys().filter(|name| roots.get(*name).is_some_and(Json::is_object)).cloned().collect();
    for name in names {
        let Some((owner, slot)) = Policy::list_of(&name) else { continue };
        let Some(list) = owner.fields.get(usize::from(slot)).map(|field| field.name) else { continue };
        let is_free = roots.get(owner.name).is_none_or(|owner| owner.is_object() && owner.get(list).is_none());
        if is_free && let Some(record) = roots.remove(&name) {
            if let Json::Object(owner) = roots.entry(owner.name).or_insert_with(|| Json::Object(Map::new())) {
                owner.insert(list.to_owned(), Json::Array(vec![record]));
            }
            put.push((format!("{}.{list}[0]", owner.name), name));
        }
    }
    put
}

/// What an example gives; `None` where something of it is wrong, which is then reported.
fn given(table: &Table<'_>, policy: &Policy) -> Option<Given> {
    let Some(values) = table.table("given", "given") else { return Some(Given::new()) };
    let mut given = Some(Given::new());
    for (key, entry) in values.entries() {
        let name = key.get_ref().as_ref();
        let value = match policy.given.iter().find(|d| d.name == name) {
            Some(declaration) => given_value(&values, declaration, entry),
            None => {
                values.report_with_cure(
                    ProblemCode::UnknownName,
                    &key.span(),
                    format!("no decision takes `{name}`"),
                    "take it by `given` of the decision, or leave it out",
                );
                None
            }
        };
        given = given.zip(value).map(|(given, value)| given.with(name, value));
    }
    given
}

fn given_value(values: &Table<'_>, declaration: &GivenDeclaration, entry: Entry<'_>) -> Option<Value> {
    let value = match text_of(entry) {
        Some(text) => declaration.parse(&text),
        None => Err(format!("{} for `{}`", declaration.expected(), declaration.name)),
    };
    value
        .map_err(|expected| {
            values.report_with_cure(ProblemCode::WrongType, &entry.span(), format!("expected {expected}"), format!("write {expected}"));
        })
        .ok()
}

/// A value of the file in the JSON form of facts. Binary floats and numbers that are too large have none: they are reported, and null stands in
/// their place, so that what else is wrong is found too.
fn json(table: &Table<'_>, entry: Entry<'_>, sound: &mut bool) -> Json {
    let mut unsound = |code, message, cure| {
        *sound = false;
        let problem = table.source().problem(code, &entry.span(), message);
        table.push(match cure {
            Some(cure) => problem.with_cure(cure),
            None => problem,
        });
        Json::Null
    };
    match entry.get_ref() {
        DeValue::String(text) => Json::from(text.as_ref()),
        DeValue::Integer(number) => match number.to_string().parse::<i64>() {
            Ok(number) => Json::from(number),
            Err(_) => unsound(ProblemCode::OutOfRange, "a whole number of at most 18 digits is expected", None),
        },
        DeValue::Boolean(value) => Json::from(*value),
        DeValue::Datetime(date) => Json::from(date.to_string()),
        DeValue::Float(_) => {
            let cure = "quantities are strings, such as \"12.5\", so that they stay exact";
            unsound(ProblemCode::InexactNumber, "a binary number", Some(cure))
        }
        DeValue::Array(items) => Json::Array(items.iter().map(|item| json(table, item, sound)).collect()),
        DeValue::Table(fields) => Json::Object(fields.iter().map(|(key, value)| (key.get_ref().to_string(), json(table, value, sound))).collect()),
    }
}

/// Where in the file the fact stands that a path such as `practitioner.activities[0].credits` names; of what is not there, what would hold it.
fn place_of(facts: Entry<'_>, path: &str) -> Option<Span> {
    let (mut entry, mut found) = (facts, None);
    for name in path.split(['.', '[']) {
        let next = match (entry.get_ref(), name.strip_suffix(']')) {
            (DeValue::Array(items), Some(index)) => index.parse::<usize>().ok().and_then(|index| items.get(index)),
            (DeValue::Table(fields), None) => fields.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value),
            _ => None,
        };
        let Some(next) = next else { break };
        // What dotted keys make has no place of its own.
        found = Some(next.span()).filter(|span| !span.is_empty()).or(found);
        entry = next;
    }
    found
}
