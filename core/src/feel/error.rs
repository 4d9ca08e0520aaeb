//! What is wrong with an expression.

use std::sync::Arc;

use super::{Codes, Span};
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
        let mut wrong = Wrong::default();
        let right = parts.into_iter().filter_map(|part| wrong.take(part)).collect();
        wrong.unless_any(Some(right))
    }

    /// The same, in the order of the text.
    pub(super) fn in_order(mut self) -> Self {
        order_by_key(&mut self.errors, |error| (error.span.start, error.span.end));
        self
    }
}

/// What was found wrong so far in a whole of which the other parts are still looked at.
#[derive(Default)]
pub(super) struct Wrong {
    /// Also there where something is wrong that was told elsewhere.
    errors: Option<FeelErrors>,
}

impl Wrong {
    /// What was checked; what is wrong with it is kept.
    pub(super) fn take<T>(&mut self, checked: Result<T, impl Into<FeelErrors>>) -> Option<T> {
        checked.map_err(|error| self.errors.get_or_insert_default().errors.extend(error.into().errors)).ok()
    }

    /// Keeps one more thing that is wrong.
    pub(super) fn tell(&mut self, error: FeelError) {
        self.take::<()>(Err(error));
    }

    /// Whether anything is wrong so far.
    pub(super) fn has_any(&self) -> bool {
        self.errors.is_some()
    }

    /// The whole, where nothing is wrong: it is `None` only where something is.
    pub(super) fn unless_any<T>(self, whole: Option<T>) -> Result<T, FeelErrors> {
        match (self.errors, whole) {
            (None, Some(whole)) => Ok(whole),
            (errors, _) => Err(errors.unwrap_or_default()),
        }
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
    /// The code list that a text which is no literal was held against.
    pub(super) meets: Option<Arc<Codes>>,
}

impl FeelError {
    /// The problem that this is of an expression that stands by itself, with a caret under the place.
    #[must_use]
    pub fn in_text(&self, name: &str, text: &str) -> Problem {
        let lines = lines_of(text);
        Problem { cure: self.cure.clone(), ..Source::new(name, text, &lines).problem(self.code, &self.span, &self.message) }
    }

    pub(crate) fn new(code: ProblemCode, span: &Span, message: impl Into<String>) -> Self {
        Self { code, span: span.clone(), message: message.into(), cure: None, meets: None }
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

    /// The same error, which a text over which a loop runs would not be if it were a code of this list.
    pub(super) fn meeting(self, codes: &Arc<Codes>) -> Self {
        Self { meets: Some(codes.clone()), ..self }
    }

    pub(crate) fn outside(span: &Span, message: impl Into<String>) -> Self {
        Self::new(ProblemCode::OutsideSubset, span, message)
    }
}
