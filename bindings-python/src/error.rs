//! What is wrong with an input, as an exception of Python.

use medtrain::problem::{Problem, TrainingError};
use pyo3::exceptions::PyException;
use pyo3::intern;
use pyo3::prelude::*;

use crate::write::object;

/// What is wrong with an input that is read piece by piece, to be raised at once.
#[derive(Default)]
pub(crate) struct Findings {
    problems: Vec<Problem>,
    /// The first exception of Python code that was asked for a part of the input.
    cause: Option<PyErr>,
}

impl Findings {
    /// What was read; what is wrong with it is kept.
    pub(crate) fn take<T>(&mut self, read: Result<T, impl Into<TrainingError>>) -> Option<T> {
        read.map_err(|error| self.problems.extend(error.into().problems)).ok()
    }

    /// Keeps what is wrong with something of which no more is read.
    pub(crate) fn keep(&mut self, problems: &[Problem]) {
        self.problems.extend_from_slice(problems);
    }

    /// What is wrong beside what was found already: of one place, the first who looked at it tells.
    pub(crate) fn take_elsewhere<T>(&mut self, read: Result<T, TrainingError>) -> Option<T> {
        let known = std::mem::take(&mut self.problems);
        let elsewhere = |problem: &Problem| known.iter().all(|other| other.place != problem.place);
        let read = read.map_err(|error| self.problems.extend(error.problems.into_iter().filter(elsewhere))).ok();
        self.problems.splice(0..0, known);
        read
    }

    /// What Python code raised while it was asked for a part of the input.
    pub(crate) fn caused_by(&mut self, cause: Option<PyErr>) {
        self.cause = self.cause.take().or(cause);
    }

    /// What was read, if nothing is wrong: it is `None` only where something is.
    pub(crate) fn unless_any<T>(self, py: Python<'_>, read: Option<T>) -> PyResult<T> {
        match read {
            Some(read) if self.problems.is_empty() => Ok(read),
            _ => Err(self.raised(py)),
        }
    }

    /// The exception; one of Python's own that asks to end everything goes before it.
    fn raised(self, py: Python<'_>) -> PyErr {
        match self.cause {
            Some(cause) if !cause.is_instance_of::<PyException>(py) => cause,
            cause => {
                let error = raised(py, TrainingError { problems: self.problems });
                error.set_cause(py, cause);
                error
            }
        }
    }
}

/// The exception with every problem.
pub(crate) fn raised(py: Python<'_>, error: TrainingError) -> PyErr {
    let made = object(py, &error.told().problems)
        .and_then(|problems| py.import("medtrain.errors")?.getattr(intern!(py, "TrainingError"))?.call1((problems,)));
    made.map_or_else(|fault| fault, PyErr::from_value)
}

/// The exception with this one problem.
pub(crate) fn refused(py: Python<'_>, problem: Problem) -> PyErr {
    raised(py, problem.into())
}

/// What the core gave, or the exception with every problem.
pub(crate) fn checked<T>(py: Python<'_>, result: Result<T, TrainingError>) -> PyResult<T> {
    result.map_err(|error| raised(py, error))
}
