//! What is given back instead of an answer.

use medtrain::problem::{Problem, TrainingError};
use serde::Serialize;

use crate::wire::{WireError, write};

/// An input that cannot be used.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum Refusal {
    /// Every problem of it, as a list.
    #[error("the input cannot be used")]
    Refused {
        /// The list, written.
        problems: Vec<u8>,
    },
}

impl From<TrainingError> for Refusal {
    fn from(error: TrainingError) -> Self {
        Self::Refused { problems: write(&error.told().problems).unwrap_or_default() }
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        TrainingError::from(problem).into()
    }
}

impl From<WireError> for Refusal {
    fn from(error: WireError) -> Self {
        Problem::from(error).into()
    }
}

/// An answer, written.
pub(crate) fn written(answer: &impl Serialize) -> Result<Vec<u8>, Refusal> {
    Ok(write(answer)?)
}
