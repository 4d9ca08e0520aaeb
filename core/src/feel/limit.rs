//! What FEEL computes and is not held here: where it is reached, an expression that is tried out has no value, and is refused.

use super::FeelError;
use crate::problem::ProblemCode;

/// A limit of what is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Number,
    Duration,
    Day,
    /// FEEL's readers do not agree on it, and its standard says null.
    Text,
    Steps,
}

impl Limit {
    /// The refusal of an expression that reached it.
    pub(super) fn refusal(self, expression: &str) -> FeelError {
        let cure = match self {
            Self::Number => "compute with smaller figures, or with fewer digits: round what goes in, such as `round half up(a, 10) * b`",
            Self::Duration => "write whole seconds, and durations of some thousand years at most",
            Self::Day => "write days of the years 1 to 9999, as `2024-01-31`",
            Self::Text => "ask for no more characters than the text has: `substring(t, 4)` takes the rest",
            Self::Steps => "let loops run over shorter lists",
        };
        let (code, message) = match self {
            Self::Number => (ProblemCode::OutOfRange, "on the way to its value, a number has more than 28 digits, or more than 28 behind the point"),
            Self::Duration => (ProblemCode::OutOfRange, "on the way to its value, a duration has a part of a second, or is too long to be held"),
            Self::Day => {
                (ProblemCode::OutOfRange, "on the way to its value, a date lies outside the years 1 to 9999, or has a time of day or a zone")
            }
            Self::Text => (ProblemCode::OutOfRange, "on the way to its value, a text ends before as many characters as are asked of it"),
            Self::Steps => (ProblemCode::TooLarge, "it takes more steps, or a longer text, than an evaluation may"),
        };
        FeelError::new(code, &(0..expression.len()), message).with_cure(cure)
    }
}
