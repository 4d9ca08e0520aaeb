//! A question as Python asks it: a decision, a day, and what is given by name.

use medtrain::evaluate::{Given, Question};
use medtrain::facts::{Facts, ReadFacts, binary_number};
use medtrain::feel::Value;
use medtrain::policy::{GivenDeclaration, PolicySet};
use medtrain::problem::{Problem, ProblemCode};
use medtrain::quantity::{Day, parse_day, parse_decimal};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyMapping, PyString};

use crate::classes::Classes;
use crate::error::{checked, refused};
use crate::prepared::PreparedFacts;
use crate::read::{digits, foreign, is_no_number};

/// What is asked, whoever it is asked about.
pub(crate) struct Asked {
    pub(crate) decision: String,
    pub(crate) given: Given,
    pub(crate) as_of: Day,
}

impl Asked {
    /// What Python asks; what is given is read in the types that the decision declares.
    pub(crate) fn new(set: &PolicySet, decision: &str, as_of: &Bound<'_, PyAny>, given: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let as_of = day(as_of, "as_of")?;
        Ok(Self { decision: decision.to_owned(), given: given_to(set, &[decision], as_of, given)?, as_of })
    }

    /// The question among these policies.
    pub(crate) fn question<'s>(&self, py: Python<'_>, set: &'s PolicySet) -> PyResult<Question<'s>> {
        checked(py, set.ask(&self.decision, &self.given, self.as_of))
    }
}

/// Facts that Python gave for a question: prepared ones, or such as are read now.
pub(crate) fn with_facts<T>(
    question: &Question<'_>,
    given: &Bound<'_, PyAny>,
    known_on: Option<&Bound<'_, PyAny>>,
    then: impl FnOnce(&Facts) -> T,
) -> PyResult<T> {
    let py = given.py();
    let known_on = known_on.map(|known_on| day(known_on, "known_on")).transpose()?;
    let known = |read: ReadFacts| if let Some(day) = known_on { read.as_known_on(day) } else { read };
    let read;
    let prepared = given.cast::<PreparedFacts>();
    let facts = match (&prepared, known_on) {
        (Ok(prepared), None) => &prepared.get().facts,
        (Ok(prepared), Some(_)) => {
            read = known(prepared.get().facts.clone());
            &read
        }
        (Err(_), _) => {
            read = known(crate::read::facts(given)?);
            &read
        }
    };
    Ok(then(checked(py, question.accept(facts))?.as_ref()))
}

/// What is given to decisions together, in the types that the first of them declares that takes it.
pub(crate) fn given_to(set: &PolicySet, decisions: &[&str], as_of: Day, given: Option<&Bound<'_, PyDict>>) -> PyResult<Given> {
    let mut values = Given::new();
    for (name, value) in by_name(given)? {
        let py = value.py();
        let value = if let Some(value) = plain(&value)? {
            value
        } else {
            let mut declared = Vec::new();
            for decision in decisions {
                declared.extend(checked(py, set.given_of(decision, as_of))?);
            }
            declared_value(&name, &value, &declared)?
        };
        values = values.with(name, value);
    }
    Ok(values)
}

/// What is given by name: by Python's own arguments, and those that are called as one of these in `given={...}`.
fn by_name<'py>(given: Option<&Bound<'py, PyDict>>) -> PyResult<Vec<(String, Bound<'py, PyAny>)>> {
    let mut all = Vec::new();
    for (name, value) in given.into_iter().flat_map(PyDictMethods::iter) {
        let name = name.extract::<String>()?;
        match value.cast::<PyMapping>() {
            Ok(mapping) if name == "given" => {
                for entry in mapping.items()? {
                    all.push(entry.extract::<(String, Bound<'py, PyAny>)>()?);
                }
            }
            _ => all.push((name, value)),
        }
    }
    Ok(all)
}

/// A civil date; a time of day is none.
pub(crate) fn day(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Day> {
    let py = value.py();
    let text = if Classes::get(py)?.is_date(value) { value.call_method0(intern!(py, "isoformat"))?.extract::<String>().ok() } else { None };
    text.and_then(|text| parse_day(&text)).ok_or_else(|| {
        let problem = Problem::new(ProblemCode::WrongType, name, format!("expected a date, got {}", foreign(value)));
        refused(py, problem.with_cure("give a `datetime.date`, such as `date(2024, 11, 15)`"))
    })
}

/// A value that is what it is, whatever the decision declares; `None` for text, which may stand for anything, and for what cannot be given.
fn plain(value: &Bound<'_, PyAny>) -> PyResult<Option<Value>> {
    let classes = Classes::get(value.py())?;
    Ok(if let Ok(yes) = value.cast::<PyBool>() {
        Some(Value::Boolean(yes.is_true()))
    } else if value.is_instance_of::<PyInt>() {
        value.extract::<i64>().ok().map(Value::from)
    } else if classes.is_decimal(value) {
        // One that is too large is a text, whose digits the question counts; `NaN` and infinity are nothing.
        let text = digits(value)?;
        if is_no_number(&text) { None } else { Some(parse_decimal(&text).map_or_else(|| Value::from(text.as_str()), Value::Number)) }
    } else if classes.is_date(value) {
        Some(Value::Date(day(value, "given")?))
    } else {
        None
    })
}

/// Text as it is; what cannot be given, as a problem that tells what the decision declares under this name.
fn declared_value(name: &str, value: &Bound<'_, PyAny>, declared: &[&GivenDeclaration]) -> PyResult<Value> {
    let py = value.py();
    let declaration = declared.iter().find(|declared| declared.name == name);
    let place = format!("given.{name}");
    let wrong = |found: &str| {
        let expected = declaration.map_or_else(|| "a value".to_owned(), |declared| declared.expected());
        refused(py, Problem::new(ProblemCode::WrongType, place.as_str(), format!("expected {expected}, got {found}")))
    };
    if let Ok(text) = value.cast::<PyString>() {
        // In which types the decision takes texts, the question knows, as in every language.
        return text.to_str().map(Value::from).map_err(|_| wrong("text that is no Unicode"));
    }
    Err(if let Ok(number) = value.cast::<PyFloat>() {
        refused(py, binary_number(&place, number.value()))
    } else if Classes::get(py)?.is_decimal(value) {
        refused(py, binary_number(&place, f64::NAN))
    } else if value.is_instance_of::<PyInt>() {
        refused(py, binary_number(&place, f64::MAX))
    } else {
        wrong(&foreign(value))
    })
}
