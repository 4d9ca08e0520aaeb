//! Problems on their way to JavaScript, where they become a `TrainingError`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use medtrain::problem::{Problem, ProblemCode, TrainingError};
use napi::{Error, Status};
use napi_derive::napi;

use crate::names::camel_json;

/// By what `lib/error.js` knows an error that carries problems.
const MARK: &str = "medtrain:";

/// Everything that is wrong with an input, as an error of Node's.
pub(crate) fn thrown(error: TrainingError) -> Error {
    Error::new(Status::InvalidArg, format!("{MARK}{}", camel_json(&error.told().problems)))
}

/// Runs what may meet bytes of any kind: a fault of a reader is an error, and does not end the process.
pub(crate) fn contained<T>(place: &str, run: impl FnOnce() -> Result<T, TrainingError>) -> Result<T, TrainingError> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        let problem = Problem::new(ProblemCode::Unreadable, place, "cannot be read: it is damaged, or in a form that was not foreseen");
        Err(problem.with_cure("write the file again with the program that it came from").into())
    })
}

/// The one of `known` that `name` most likely means, if any is near.
#[napi]
#[must_use]
pub fn nearest(name: String, known: Vec<String>) -> Option<String> {
    medtrain::problem::nearest(&name, known.iter().map(String::as_str)).map(str::to_owned)
}
