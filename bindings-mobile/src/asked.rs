//! What is asked: a question, and behind it what it is asked of.

use medtrain::Lang;
use medtrain::evaluate::{Given, Question};
use medtrain::facts::ReadFacts;
use medtrain::policy::PolicySet;
use medtrain::problem::{Problem, ProblemCode};
use medtrain::quantity::{Day, parse_day};
use serde::Deserialize;

use crate::refusal::Refusal;
use crate::wire::Source;

/// A question as another language asks it.
#[derive(Deserialize)]
struct Asked<'a> {
    decision: &'a str,
    given: Given,
    as_of: &'a str,
}

/// Asks the question that comes next.
pub(crate) fn question<'p>(set: &'p PolicySet, source: &mut Source<'_>) -> Result<Question<'p>, Refusal> {
    let asked = Asked::deserialize(source)?;
    Ok(set.ask(asked.decision, &asked.given, day(asked.as_of, "as_of")?)?)
}

/// Reads the facts that come next.
pub(crate) fn read_facts(source: &mut Source<'_>) -> Result<ReadFacts, Refusal> {
    Ok(ReadFacts::read(source, |error| Problem::new(ProblemCode::Syntax, "facts", error.to_string()))?)
}

/// The day that this text says.
pub(crate) fn day(text: &str, place: &str) -> Result<Day, Refusal> {
    parse_day(text).ok_or_else(|| {
        let problem = Problem::new(ProblemCode::BadDate, place, format!("expected a date YYYY-MM-DD, got `{text}`"));
        problem.with_cure("a year of four digits").into()
    })
}

/// The language of this code.
pub(crate) fn lang(code: &str) -> Result<Lang, Refusal> {
    Lang::of(code).ok_or_else(|| Problem::new(ProblemCode::UnknownCode, "lang", format!("expected zh or en, got `{code}`")).into())
}
