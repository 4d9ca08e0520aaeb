//! Questions and facts as JavaScript gives them.

use std::borrow::Cow;

use medtrain::evaluate::{Given, Question};
use medtrain::facts::{Facts, ReadFacts, binary_number};
use medtrain::policy::PolicySet;
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::quantity::{Day, parse_day};
use medtrain::workbook::Asked as Wanted;
use napi::bindgen_prelude::{ClassInstance, ObjectFinalize};
use napi::{Either, Env};
use napi_derive::napi;
use serde_json::{Map, Value as Json};

use crate::problems::thrown;

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
#[napi(custom_finalize)]
pub struct CheckedFacts {
    read: ReadFacts,
    /// How much memory JavaScript was told that they take, in bytes.
    told: i64,
}

impl CheckedFacts {
    /// The facts as canonical JSON.
    pub(crate) fn json(&self) -> String {
        json(&self.read)
    }
}

impl ObjectFinalize for CheckedFacts {
    fn finalize(self, env: Env) -> napi::Result<()> {
        env.adjust_external_memory(-self.told).map(|_| ())
    }
}

/// Reads and checks facts once.
#[napi]
pub fn check(env: Env, text: String) -> napi::Result<CheckedFacts> {
    /// How many bytes facts take at least, and how many each byte of text adds, about: a subject and its records have room for every field, given or not.
    const LEAST: usize = 8 << 10;
    const EACH: usize = 12;
    let read = ReadFacts::from_json(&text).map_err(|error| thrown(&error))?;
    // The garbage collector sees a handle of a few bytes: what it is not told of it does not hurry to give back.
    let told = i64::try_from(LEAST + text.len() * EACH).unwrap_or(i64::MAX);
    env.adjust_external_memory(told)?;
    Ok(CheckedFacts { read, told })
}

/// Facts as canonical JSON.
#[napi]
pub fn facts_json(facts: FactsGiven<'_>) -> napi::Result<String> {
    match facts {
        Either::A(checked) => Ok(checked.json()),
        Either::B(text) => ReadFacts::from_json(&text).map(|read| json(&read)).map_err(|error| thrown(&error)),
    }
}

fn json(read: &ReadFacts) -> String {
    // Texts, whole numbers and lists of them: nothing here can fail to serialise.
    serde_json::to_string(read.facts()).unwrap_or_default()
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
        let given = given(&self.given)?;
        set.ask(&self.decision, &given, as_of)
    }

    /// What is looked for in a workbook, as it was known on the day that is asked for.
    pub(crate) fn wanted<'s>(&self, set: &'s PolicySet, as_of: Day) -> Result<Wanted<'s>, TrainingError> {
        let wanted = Wanted::of(set, &self.decision, as_of)?;
        Ok(match self.known_on.as_deref().and_then(parse_day) {
            Some(day) => wanted.as_known_on(day),
            None => wanted,
        })
    }

    /// The facts for its question.
    pub(crate) fn facts<'f>(&self, question: &Question<'_>, given: &'f FactsGiven<'_>) -> Result<Cow<'f, Facts>, TrainingError> {
        let facts = match given {
            Either::A(checked) => question.accept(&checked.read)?,
            Either::B(text) => Cow::Owned(question.facts_from_json(text)?),
        };
        Ok(match self.known_on.as_deref().and_then(parse_day) {
            Some(day) => Cow::Owned(facts.into_owned().as_known_on(day)),
            None => facts,
        })
    }
}

pub(crate) fn day(text: &str, place: &str) -> Result<Day, Problem> {
    parse_day(text).ok_or_else(|| {
        let problem = Problem::new(ProblemCode::BadDate, place, "expected a date that exists, YYYY-MM-DD");
        problem.with_cure("give the day as text, such as \"2024-11-15\"")
    })
}

/// What is given as JSON has it; in which types the decision takes it, the question knows.
pub(crate) fn given(text: &str) -> Result<Given, TrainingError> {
    let not_json = |error: serde_json::Error| Problem::new(ProblemCode::Syntax, "given", format!("not a JSON object: {error}"));
    let values: Map<String, Json> = serde_json::from_str(text).map_err(not_json)?;
    let mut given = Given::new();
    let mut problems = Vec::new();
    for (name, value) in values {
        let found = match value {
            Json::String(text) => {
                given = given.with(name, text.as_str());
                continue;
            }
            Json::Bool(truth) => {
                given = given.with(name, truth);
                continue;
            }
            Json::Number(number) => {
                if let Some(whole) = number.as_i64() {
                    given = given.with(name, whole);
                } else {
                    problems.push(binary_number(&format!("given.{name}"), number.as_f64().unwrap_or(f64::MAX)));
                }
                continue;
            }
            Json::Null => "null",
            Json::Array(_) => "a list",
            Json::Object(_) => "an object",
        };
        let message = format!("expected a text, a whole number or a truth value, got {found}");
        let problem = Problem::new(ProblemCode::WrongType, format!("given.{name}"), message);
        problems.push(problem.with_cure("decimals are text, such as \"12.5\", and so are dates"));
    }
    if problems.is_empty() { Ok(given) } else { Err(TrainingError { problems }) }
}
