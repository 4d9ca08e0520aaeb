//! Questions and facts as JavaScript gives them.

use std::borrow::Cow;
use std::sync::Arc;

use medtrain::evaluate::{Given, Question};
use medtrain::facts::Facts;
use medtrain::feel::Value;
use medtrain::policy::{GivenDeclaration, PolicySet};
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::quantity::{Day, parse_day};
use napi::Either;
use napi::bindgen_prelude::ClassInstance;
use napi_derive::napi;
use serde_json::{Map, Value as Json};

/// What is asked: a decision, what is given as JSON text, and the day.
#[napi(object, object_to_js = false)]
pub struct Asked {
    /// The decision.
    pub decision: String,
    /// What is given with it: a JSON object.
    pub given: String,
    /// The day on which it is asked.
    pub as_of: String,
    /// The day as known on which the facts are taken.
    pub known_on: Option<String>,
}

/// Facts: as JSON text, or checked before.
pub(crate) type FactsGiven<'a> = Either<ClassInstance<'a, CheckedFacts>, String>;

/// Facts that were read and checked once, to be asked about often.
#[napi]
pub struct CheckedFacts {
    pub(crate) facts: Facts,
    pub(crate) decision: String,
    pub(crate) set: Arc<PolicySet>,
}

impl Asked {
    /// The question; everything that is wrong with it.
    pub(crate) fn question<'s>(&self, set: &'s PolicySet) -> Result<Question<'s>, TrainingError> {
        let mut problems = Vec::new();
        let as_of = day(&self.as_of, "as_of").map_err(|problem| problems.push(problem)).ok();
        if let Some(known_on) = &self.known_on {
            problems.extend(day(known_on, "known_on").err());
        }
        let Some(as_of) = as_of.filter(|_| problems.is_empty()) else { return Err(TrainingError { problems }) };
        let given = given(&set.given_of(&self.decision, as_of)?, &self.given)?;
        set.ask(&self.decision, &given, as_of)
    }

    /// The facts for its question.
    pub(crate) fn facts<'f>(&self, set: &Arc<PolicySet>, question: &Question<'_>, given: &'f FactsGiven<'_>) -> Result<Cow<'f, Facts>, TrainingError> {
        let facts = match given {
            Either::A(checked) if Arc::ptr_eq(&checked.set, set) && checked.decision == self.decision => Cow::Borrowed(&checked.facts),
            Either::A(checked) => {
                let message = format!("these facts were checked for `{}` and another policy set or decision is asked", checked.decision);
                return Err(Problem::new(ProblemCode::Contradiction, "facts", message).with_cure("check them for what is asked").into());
            }
            Either::B(text) => Cow::Owned(question.facts_from_json(text)?),
        };
        Ok(match self.known_on.as_deref().and_then(parse_day) {
            Some(day) => Cow::Owned(facts.into_owned().as_known_on(day)),
            None => facts,
        })
    }
}

fn day(text: &str, place: &str) -> Result<Day, Problem> {
    parse_day(text).ok_or_else(|| {
        let problem = Problem::new(ProblemCode::BadDate, place, "expected a date that exists, YYYY-MM-DD");
        problem.with_cure("give the day as text, such as \"2024-11-15\"")
    })
}

/// What is given, in the types that the decision declares; whether it takes them, the question says itself.
fn given(declared: &[&GivenDeclaration], text: &str) -> Result<Given, TrainingError> {
    let not_json = |error: serde_json::Error| Problem::new(ProblemCode::Syntax, "given", format!("not a JSON object: {error}"));
    let values: Map<String, Json> = serde_json::from_str(text).map_err(not_json)?;
    let mut given = Given::new();
    let mut problems = Vec::new();
    for (name, value) in values {
        let declaration = declared.iter().find(|declared| declared.name == name);
        let typed = match value {
            Json::String(text) => match declaration.filter(|declared| ["date", "decimal", "number"].contains(&declared.kind.as_str())) {
                Some(declared) => declared.parse(&text).unwrap_or_else(|_| Value::from(text.as_str())),
                None => Value::from(text.as_str()),
            },
            Json::Bool(truth) => Value::from(truth),
            Json::Number(ref number) if number.is_i64() => Value::from(number.as_i64().unwrap_or_default()),
            other => {
                let (code, found) = if other.is_number() { (ProblemCode::InexactNumber, "a binary number") } else { (ProblemCode::WrongType, "another") };
                let expected = declaration.map_or_else(|| "a text, a whole number or a truth value".to_owned(), |declared| declared.expected());
                let problem = Problem::new(code, format!("given.{name}"), format!("expected {expected}, got {found}"));
                problems.push(problem.with_cure("decimals are text, such as \"12.5\""));
                continue;
            }
        };
        given = given.with(name, typed);
    }
    if problems.is_empty() { Ok(given) } else { Err(TrainingError { problems }) }
}
