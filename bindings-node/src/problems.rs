//! Problems on their way to JavaScript, where they become a `TrainingError`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use medtrain::problem::{Problem, ProblemCode, TrainingError};
use napi::{Error, Status};
use napi_derive::napi;

use crate::names::camel_json;

/// By what `lib/error.js` knows an error that carries problems.
const MARK: &str = "medtrain:";

/// How many problems are told of one input: nobody mends more of them one by one.
const MOST: usize = 1000;

/// Everything that is wrong with an input, as an error of Node's; of what is too much to be told, how much it is.
pub(crate) fn thrown(error: &TrainingError) -> Error {
    let (told, others) = error.problems.split_at(error.problems.len().min(MOST));
    let more = others.first().map(|next| Problem { message: format!("and {} more problems from here on", others.len()), cure: None, ..next.clone() });
    Error::new(Status::InvalidArg, format!("{MARK}{}", camel_json(&told.iter().chain(&more).collect::<Vec<_>>())))
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
