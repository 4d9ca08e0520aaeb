//! What is wrong with an input, as an exception of Python.

use medtrain::problem::{Problem, TrainingError};
use pyo3::intern;
use pyo3::prelude::*;

use crate::write::object;

/// The exception with every problem.
pub(crate) fn raised(py: Python<'_>, error: TrainingError) -> PyErr {
    let made =
        object(py, &error.problems).and_then(|problems| py.import("medtrain.errors")?.getattr(intern!(py, "TrainingError"))?.call1((problems,)));
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
