//! What is wrong with an expression.

use super::Span;
use crate::problem::{Problem, ProblemCode, nearest};
use crate::source::{Source, lines_of};

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
