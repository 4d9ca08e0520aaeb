//! `[[provision.example]]` and `[[decision.example]]`.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};
use toml::de::DeValue;

use super::keys::{LISTS, outcomes};
use crate::evaluate::{Given, Status};
use crate::facts::Facts;
use crate::feel::Value;
use crate::policy::example::{Example, ExampleOf, Outcome};
use crate::policy::table::{Entry, Table};
use crate::policy::{GivenDeclaration, Policy};
use crate::problem::ProblemCode;

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
            table.report(ProblemCode::Missing, table.span(), format!("an example of `{}` needs `given.{name}`", of.id()));
        }
    }
    let as_of = table.day("as_of");
    if as_of.is_none() && table.get("as_of").is_none() {
        table.report(ProblemCode::Missing, table.span(), "an example needs `as_of`, the day on which it is asked");
    }
    let mut expected = Vec::new();
    for key in outcomes() {
        if let Some(entry) = table.get(key) {
            expected.extend(outcome(table, key, entry).map(|outcome| (key, outcome)));
        }
    }
    if outcomes().all(|key| table.get(key).is_none()) {
        table.report(ProblemCode::Missing, table.span(), "an example needs `status`, or another key of what comes out");
    }
    if let Some(id) = &decision
        && policy.decision(id).is_none()
    {
        table.report(ProblemCode::UnknownName, table.span(), format!("no decision is called `{id}`"));
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
    let json = match entry {
        Some(entry) => json(table, entry)?,
        None => Json::Object(Map::new()),
    };
    let span = table.span_of("facts");
    let mut facts = match Facts::from_value(&json) {
        Ok(facts) => facts,
        Err(error) => {
            for problem in error.problems {
                let text = format!("{}: {}", problem.place, problem.message);
                let placed = table.source().problem(problem.code, &span, text);
                table.push(match problem.cure {
                    Some(cure) => placed.with_cure(cure),
                    None => placed,
                });
            }
            return None;
        }
    };
    for problem in policy.bind(&mut facts) {
        table.report(problem.code, &span, format!("{}: {}", problem.place, problem.message));
    }
    Some(facts)
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
                values.report(ProblemCode::UnknownName, &key.span(), format!("no decision takes `{name}`"));
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
    value.map_err(|expected| values.report(ProblemCode::WrongType, &entry.span(), format!("expected {expected}"))).ok()
}

/// A value of the file in the JSON form of facts; binary floats and times of day have none.
fn json(table: &Table<'_>, entry: Entry<'_>) -> Option<Json> {
    Some(match entry.get_ref() {
        DeValue::String(text) => Json::from(text.as_ref()),
        DeValue::Integer(number) => match number.to_string().parse::<i64>() {
            Ok(number) => Json::from(number),
            Err(_) => {
                table.report(ProblemCode::OutOfRange, &entry.span(), "a whole number of at most 18 digits is expected");
                return None;
            }
        },
        DeValue::Boolean(value) => Json::from(*value),
        DeValue::Datetime(date) => Json::from(date.to_string()),
        DeValue::Float(_) => {
            let cure = "quantities are strings, such as \"12.5\", so that they stay exact";
            table.report_with_cure(ProblemCode::InexactNumber, &entry.span(), "a binary number", cure);
            return None;
        }
        DeValue::Array(items) => Json::Array(items.iter().map(|item| json(table, item)).collect::<Option<_>>()?),
        DeValue::Table(fields) => {
            Json::Object(fields.iter().map(|(key, value)| Some((key.get_ref().to_string(), json(table, value)?))).collect::<Option<_>>()?)
        }
    })
}
