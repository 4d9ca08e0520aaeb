//! Expressions tried out: a context in, a value out.

use medtrain::feel::{Context, Value, evaluate};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyList, PyString};

use crate::classes::Classes;
use crate::error::checked;
use crate::text;

/// The value of an expression, with the names of a context that is JSON text.
#[pyfunction]
#[pyo3(signature = (expression, context = None))]
pub(crate) fn feel<'py>(
    py: Python<'py>,
    #[pyo3(from_py_with = text::expression)] expression: &str,
    #[pyo3(from_py_with = text::optional::context)] context: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let context = match context {
        Some(text) => checked(py, Context::from_json(text))?,
        None => Context::default(),
    };
    let value = py.detach(|| evaluate(expression, &context)).map_err(|refused| refused.in_text("expression", expression));
    python(py, Classes::get(py)?, &checked(py, value)?)
}

/// A value as Python has it; durations and ranges are text.
fn python<'py>(py: Python<'py>, classes: &Classes, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null(_) => py.None().into_bound(py),
        Value::Boolean(yes) => PyBool::new(py, *yes).to_owned().into_any(),
        Value::Number(number) => classes.decimal(py, &number.normalize().to_string())?,
        Value::Date(day) => classes.day(py, &day.to_string())?,
        Value::List(items) => PyList::new(py, items.iter().map(|item| python(py, classes, item)).collect::<PyResult<Vec<_>>>()?)?.into_any(),
        Value::Record(fields) => {
            let dict = PyDict::new(py);
            for (name, value) in fields {
                dict.set_item(name, python(py, classes, value)?)?;
            }
            dict.into_any()
        }
        other => PyString::new(py, &other.to_string()).into_any(),
    })
}
