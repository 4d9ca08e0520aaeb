//! Questions and facts as JavaScript gives them.

use std::borrow::Cow;

use medtrain::evaluate::{Given, Question};
use medtrain::facts::{Brought, Facts, PartlyRead, ReadFacts, binary_number};
use medtrain::feel::Value;
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
    /// What was read, until it is closed.
    read: Option<ReadFacts>,
    /// How much memory JavaScript was told that they take, in bytes.
    told: i64,
}

#[napi]
impl CheckedFacts {
    /// Frees what was read at once: Node frees handles that nobody holds only when it comes back to its event loop.
    #[napi]
    pub fn close(&mut self, env: Env) -> napi::Result<()> {
        self.read = None;
        env.adjust_external_memory(-std::mem::take(&mut self.told)).map(|_| ())
    }

    fn read(&self) -> Result<&ReadFacts, TrainingError> {
        let closed =
            || Problem::new(ProblemCode::Missing, "facts", "these checked facts were closed").with_cure("check them again, or close them later");
        self.read.as_ref().ok_or_else(|| closed().into())
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
    let read = ReadFacts::from_json(&text).map_err(thrown)?;
    // The garbage collector sees a handle of a few bytes: what it is not told of it does not hurry to give back.
    let told = i64::try_from(LEAST + text.len() * EACH).unwrap_or(i64::MAX);
    env.adjust_external_memory(told)?;
    Ok(CheckedFacts { read: Some(read), told })
}

/// Facts as canonical JSON.
#[napi]
pub fn facts_json(facts: FactsGiven<'_>) -> napi::Result<String> {
    let read = match &facts {
        Either::A(checked) => checked.read().map(Cow::Borrowed),
        Either::B(text) => ReadFacts::from_json(text).map(Cow::Owned),
    };
    // Texts, whole numbers and lists of them: nothing here can fail to serialise.
    read.map(|read| serde_json::to_string(read.facts()).unwrap_or_default()).map_err(thrown)
}

impl Asked {
    /// The question; everything that is wrong with it.
    pub(crate) fn question<'s>(&self, set: &'s PolicySet) -> Result<Question<'s>, TrainingError> {
        let (as_of, given, mut problems) = self.read();
        let Some(as_of) = as_of else { return Err(TrainingError { problems }) };
        match set.ask(&self.decision, &given, as_of) {
            Ok(question) if problems.is_empty() => Ok(question),
            Ok(_) => Err(TrainingError { problems }),
            Err(error) => {
                // What could not be read is not told to be missing as well.
                let elsewhere = |problem: &Problem| problems.iter().all(|known| known.place != problem.place);
                let others: Vec<Problem> = error.problems.into_iter().filter(elsewhere).collect();
                problems.extend(others);
                Err(TrainingError { problems })
            }
        }
    }

    /// The day and what is given; everything that is wrong with them.
    pub(crate) fn day_and_given(&self) -> Result<(Day, Given), TrainingError> {
        match self.read() {
            (Some(as_of), given, problems) if problems.is_empty() => Ok((as_of, given)),
            (_, _, problems) => Err(TrainingError { problems }),
        }
    }

    fn read(&self) -> (Option<Day>, Given, Vec<Problem>) {
        let mut problems = Vec::new();
        let as_of = day(&self.as_of, "as_of").map_err(|problem| problems.push(problem)).ok();
        if let Some(known_on) = &self.known_on {
            problems.extend(day(known_on, "known_on").err());
        }
        let given = given(&self.given, &mut problems);
        (as_of, given, problems)
    }

    /// What is looked for in a workbook, as it was known on the day that is asked for.
    pub(crate) fn wanted<'s>(&self, set: &'s PolicySet, as_of: Day) -> Result<Wanted<'s>, TrainingError> {
        let wanted = Wanted::of(set, &self.decision, as_of)?;
        Ok(match self.known_on.as_deref().and_then(parse_day) {
            Some(day) => wanted.as_known_on(day),
            None => wanted,
        })
    }

    /// Facts as its question takes them, and as they were known.
    pub(crate) fn accepted<'f>(&self, question: &Question<'_>, facts: Brought<'f>) -> Result<Cow<'f, Facts>, TrainingError> {
        question.accept_as_known(facts, self.known_on.as_deref().and_then(parse_day))
    }
}

/// Facts that were checked before, or are read now.
pub(crate) enum Read<'f> {
    Checked(&'f ReadFacts),
    Now(Box<PartlyRead>),
}

impl Read<'_> {
    /// The same for a question to take.
    pub(crate) fn brought(&self) -> Brought<'_> {
        match self {
            Self::Checked(read) => (*read).into(),
            Self::Now(read) => (&**read).into(),
        }
    }
}

pub(crate) fn facts_of<'f>(given: &'f FactsGiven<'_>) -> Read<'f> {
    match given {
        Either::A(checked) => checked.read().map_or_else(|closed| Read::Now(Box::new(closed.into())), Read::Checked),
        Either::B(text) => Read::Now(Box::new(PartlyRead::from_json(text))),
    }
}

pub(crate) fn day(text: &str, place: &str) -> Result<Day, Problem> {
    parse_day(text).ok_or_else(|| {
        let problem = Problem::new(ProblemCode::BadDate, place, "expected a date that exists, YYYY-MM-DD");
        problem.with_cure("give the day as text, such as \"2024-11-15\"")
    })
}

/// What is given as JSON has it; in which types the decision takes it, the question knows.
fn given(text: &str, problems: &mut Vec<Problem>) -> Given {
    let values: Map<String, Json> = match serde_json::from_str(text) {
        Ok(values) => values,
        Err(error) => {
            problems.push(Problem::new(ProblemCode::Syntax, "given", format!("not a JSON object: {error}")));
            return Given::new();
        }
    };
    values.into_iter().fold(Given::new(), |given, (name, value)| match given_value(&name, value) {
        Ok(value) => given.with(name, value),
        Err(problem) => {
            problems.push(problem);
            given
        }
    })
}

fn given_value(name: &str, value: Json) -> Result<Value, Problem> {
    let found = match value {
        Json::String(text) => return Ok(Value::from(text.as_str())),
        Json::Bool(truth) => return Ok(Value::Boolean(truth)),
        Json::Number(number) => {
            let binary = || binary_number(&format!("given.{name}"), number.as_f64().unwrap_or(f64::MAX));
            return number.as_i64().map(Value::from).ok_or_else(binary);
        }
        Json::Null => "null",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    };
    let message = format!("expected a text, a whole number or a truth value, got {found}");
    let problem = Problem::new(ProblemCode::WrongType, format!("given.{name}"), message);
    Err(problem.with_cure("decimals are text, such as \"12.5\", and so are dates"))
}
