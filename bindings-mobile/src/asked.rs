//! What is asked: a question, and behind it the facts that it is asked about.

use std::borrow::Cow;

use medtrain::Lang;
use medtrain::evaluate::{Given, Question};
use medtrain::facts::{Facts, ReadFacts};
use medtrain::policy::PolicySet;
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::quantity::{Day, parse_day};
use serde::Deserialize;

use crate::refusal::Refusal;
use crate::wire::Source;

/// A question as another language asks it.
#[derive(Deserialize)]
struct Written<'a> {
    decision: &'a str,
    given: Given,
    as_of: &'a str,
    known_on: Option<&'a str>,
}

/// A question that was read.
pub(crate) struct Asked<'p> {
    pub(crate) question: Question<'p>,
    /// The day as known on which the facts are to be taken.
    known_on: Option<Day>,
}

impl<'p> Asked<'p> {
    /// Reads the question that comes next.
    pub(crate) fn read(set: &'p PolicySet, source: &mut Source<'_>) -> Result<Self, Refusal> {
        let written = Written::deserialize(source)?;
        let question = set.ask(written.decision, &written.given, day(written.as_of, "as_of")?)?;
        Ok(Self { question, known_on: written.known_on.map(|known_on| day(known_on, "known_on")).transpose()? })
    }

    /// Facts that were read, for its question and as they were known.
    pub(crate) fn facts<'f>(&self, read: &'f ReadFacts) -> Result<Cow<'f, Facts>, TrainingError> {
        // Whether they are about its subject is asked first: one that was not known yet is none that is another.
        let facts = self.question.accept(read)?;
        Ok(match self.known_on {
            Some(day) => Cow::Owned(facts.into_owned().as_known_on(day)),
            None => facts,
        })
    }
}

/// Reads the facts that come next.
pub(crate) fn read_facts(source: &mut Source<'_>) -> Result<ReadFacts, Refusal> {
    Ok(ReadFacts::read(source, |error| Problem::new(ProblemCode::Syntax, "facts", error.to_string()))?)
}

/// The day that this text says.
pub(crate) fn day(text: &str, place: &str) -> Result<Day, Refusal> {
    parse_day(text).ok_or_else(|| {
        let problem = Problem::new(ProblemCode::BadDate, place, format!("expected a date that exists, YYYY-MM-DD, got `{text}`"));
        problem.with_cure("give a day of the years 1 to 9999").into()
    })
}

/// The language of this code.
pub(crate) fn lang(code: &str) -> Result<Lang, Refusal> {
    Lang::of(code).ok_or_else(|| Problem::new(ProblemCode::UnknownCode, "lang", format!("expected zh or en, got `{code}`")).into())
}
