//! What is asked: a question, and behind it the facts that it is asked about.

use std::borrow::Cow;

use medtrain::Lang;
use medtrain::evaluate::{Given, Question};
use medtrain::facts::{Brought, Facts, PartlyRead};
use medtrain::policy::PolicySet;
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::quantity::{Day, parse_day};
use serde::Deserialize;

use crate::refusal::Refusal;
use crate::wire::Source;

/// A question as another language asks it.
#[derive(Deserialize)]
pub(crate) struct Asking<'a> {
    decision: &'a str,
    given: Given,
    as_of: &'a str,
    known_on: Option<&'a str>,
}

impl<'a> Asking<'a> {
    /// Reads the question that comes next.
    pub(crate) fn read(source: &mut Source<'a>) -> Result<Self, Refusal> {
        Ok(Self::deserialize(source)?)
    }

    /// The question that it is among these policies; everything that is wrong with it.
    pub(crate) fn among<'p>(&self, set: &'p PolicySet) -> Result<Asked<'p>, TrainingError> {
        let mut problems = Vec::new();
        let as_of = day(self.as_of, "as_of").map_err(|problem| problems.push(problem)).ok();
        let known_on = self.known_on.map(|known_on| day(known_on, "known_on")).transpose().map_err(|problem| problems.push(problem)).ok();
        let question = as_of.and_then(|as_of| set.ask(self.decision, &self.given, as_of).map_err(|error| problems.extend(error.problems)).ok());
        match question.zip(known_on) {
            Some((question, known_on)) if problems.is_empty() => Ok(Asked { question, known_on }),
            _ => Err(TrainingError { problems }),
        }
    }
}

/// A question that was read.
pub(crate) struct Asked<'p> {
    pub(crate) question: Question<'p>,
    /// The day as known on which the facts are to be taken.
    known_on: Option<Day>,
}

impl Asked<'_> {
    /// Facts that were read, for its question and as they were known.
    pub(crate) fn facts<'f>(&self, brought: impl Into<Brought<'f>>) -> Result<Cow<'f, Facts>, TrainingError> {
        self.question.accept_as_known(brought, self.known_on)
    }
}

/// Reads the facts that come next.
pub(crate) fn read_facts(source: &mut Source<'_>) -> PartlyRead {
    PartlyRead::read(source, |error| Problem::new(ProblemCode::Syntax, "facts", error.to_string()))
}

/// The day that this text says.
pub(crate) fn day(text: &str, place: &str) -> Result<Day, Problem> {
    parse_day(text).ok_or_else(|| {
        let problem = Problem::new(ProblemCode::BadDate, place, format!("expected a date that exists, YYYY-MM-DD, got `{text}`"));
        problem.with_cure("give a day of the years 1 to 9999")
    })
}

/// The language of this code.
pub(crate) fn lang(code: &str) -> Result<Lang, Refusal> {
    Lang::of(code).ok_or_else(|| Problem::new(ProblemCode::UnknownCode, "lang", format!("expected zh or en, got `{code}`")).into())
}
