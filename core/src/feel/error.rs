//! What is wrong with an expression.

use super::Span;
use crate::order::order_by_key;
use crate::problem::{Problem, ProblemCode, TrainingError, nearest};
use crate::source::{Source, lines_of};

/// Everything in an expression that the subset does not take, in the order of the text; a part that hangs on a wrong one is not told.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{}", .errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct FeelErrors {
    /// What is wrong, each with its place.
    pub errors: Vec<FeelError>,
}

impl FeelErrors {
    /// The problems that these are of an expression that stands by itself, each with a caret under its place.
    #[must_use]
    pub fn in_text(&self, name: &str, text: &str) -> TrainingError {
        TrainingError { problems: self.errors.iter().map(|error| error.in_text(name, text)).collect() }
    }

    /// Something of a type that is not known, since what it comes from is wrong and told already.
    pub(super) fn told() -> Self {
        Self::default()
    }

    /// Both of two parts that were checked apart.
    pub(super) fn both<A, B>(one: Result<A, Self>, other: Result<B, Self>) -> Result<(A, B), Self> {
        match (one, other) {
            (Ok(one), Ok(other)) => Ok((one, other)),
            (Err(mut errors), Err(more)) => {
                errors.errors.extend(more.errors);
                Err(errors)
            }
            (Err(errors), _) | (_, Err(errors)) => Err(errors),
        }
    }

    /// All of some parts that were checked apart.
    pub(super) fn all<T>(parts: impl IntoIterator<Item = Result<T, Self>>) -> Result<Vec<T>, Self> {
        let (mut right, mut wrong) = (Vec::new(), None);
        for part in parts {
            match part {
                Ok(part) => right.push(part),
                Err(more) => wrong.get_or_insert_with(Self::default).errors.extend(more.errors),
            }
        }
        wrong.map_or(Ok(right), Err)
    }

    /// The same, in the order of the text.
    pub(super) fn in_order(mut self) -> Self {
        order_by_key(&mut self.errors, |error| (error.span.start, error.span.end));
        self
    }
}

impl From<FeelError> for FeelErrors {
    fn from(error: FeelError) -> Self {
        Self { errors: vec![error] }
    }
}

/// A part of an expression that the subset does not take, with the place, the reason and the cure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FeelError {
    /// What kind of problem it is.
    pub code: ProblemCode,
    /// Where it stands in the text.
    pub span: Span,
    /// What was expected and what was found.
    pub message: String,
    /// What would mend it.
    pub cure: Option<String>,
}

impl FeelError {
    /// The problem that this is of an expression that stands by itself, with a caret under the place.
    #[must_use]
    pub fn in_text(&self, name: &str, text: &str) -> Problem {
        let lines = lines_of(text);
        Problem { cure: self.cure.clone(), ..Source::new(name, text, &lines).problem(self.code, &self.span, &self.message) }
    }

    pub(crate) fn new(code: ProblemCode, span: &Span, message: impl Into<String>) -> Self {
        Self { code, span: span.clone(), message: message.into(), cure: None }
    }

    pub(crate) fn with_cure(mut self, cure: impl Into<String>) -> Self {
        self.cure = Some(cure.into());
        self
    }

    /// The same error, which asks whether the nearest of these was meant, if one is near.
    pub(crate) fn with_nearest<'a>(self, name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(name, candidates) {
            Some(near) => self.with_cure(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    pub(crate) fn outside(span: &Span, message: impl Into<String>) -> Self {
        Self::new(ProblemCode::OutsideSubset, span, message)
    }
}
