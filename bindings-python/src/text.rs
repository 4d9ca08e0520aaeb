//! Text that Python gave: what is no Unicode is a problem under the name that the caller knows it by.

use medtrain::problem::{Problem, ProblemCode};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::error::refused;
use crate::read::foreign;

/// What would mend text in which half of a character stands.
pub(crate) const CUT: &str = "text was cut in the middle of a character: cut it elsewhere";

/// How text is called in which half of a character stands.
pub(crate) const HALF: &str = "text with half a character";

/// Text under this name; anything else is a `TypeError`.
pub(crate) fn text<'a>(value: &'a Bound<'_, PyAny>, name: &str) -> PyResult<&'a str> {
    let text = value.cast::<PyString>().map_err(|_| PyTypeError::new_err(format!("{name}: expected a str, got {}", foreign(value))))?;
    text.to_str().map_err(|_| refused(value.py(), half(name)))
}

/// What is wrong with text in which half of a character stands.
pub(crate) fn half(place: &str) -> Problem {
    Problem::new(ProblemCode::WrongType, place, format!("expected text, got {HALF}")).with_cure(CUT)
}

/// The texts of arguments that are given one after the other.
pub(crate) fn texts(values: &Bound<'_, PyTuple>, name: &str) -> PyResult<Vec<String>> {
    values.iter().enumerate().map(|(place, value)| text(&value, &format!("{name}[{place}]")).map(str::to_owned)).collect()
}

/// The text of a policy file of this name: half of a character has its line and column.
pub(crate) fn of_file(value: &Bound<'_, PyString>, name: &str) -> PyResult<String> {
    match value.to_str() {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let start: usize = error.value(value.py()).getattr("start")?.extract()?;
            let lines: usize = value.call_method1("count", ("\n", 0, start))?.extract()?;
            let before: isize = value.call_method1("rfind", ("\n", 0, start))?.extract()?;
            let column = start.saturating_add_signed(-before);
            Err(refused(value.py(), half(&format!("{name}:{}:{column}", lines + 1))))
        }
    }
}

/// Arguments that are texts, by their names.
macro_rules! arguments {
    ($($name:ident,)*) => {$(
        pub(crate) fn $name<'a>(value: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
            text(value, stringify!($name))
        }
    )*};
}

/// Arguments that may be left out, by their names.
macro_rules! optional_arguments {
    ($($name:ident,)*) => {$(
        pub(crate) fn $name<'a>(value: &'a Bound<'_, PyAny>) -> PyResult<Option<&'a str>> {
            if value.is_none() { Ok(None) } else { text(value, stringify!($name)).map(Some) }
        }
    )*};
}

arguments! { decision, expression, facts, lang, name, policy, verdict, }

/// Arguments that may be `None`.
pub(crate) mod optional {
    use super::{Bound, PyAny, PyAnyMethods, PyResult, text};

    optional_arguments! { context, decision, issuer, name, people, publishes, targets, }
}
