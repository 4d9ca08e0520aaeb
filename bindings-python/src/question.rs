//! A question as Python asks it: a decision, a day, and what is given by name.

use std::borrow::Cow;

use medtrain::evaluate::{Given, Question};
use medtrain::facts::{Brought, Facts, PartlyRead, ReadFacts, binary_number};
use medtrain::feel::Value;
use medtrain::policy::{GivenDeclaration, PolicySet};
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::quantity::{Day, parse_day, parse_decimal};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyMapping, PyString};

use crate::classes::Classes;
use crate::error::Findings;
use crate::prepared::PreparedFacts;
use crate::read::{digits, foreign, is_no_number};
use crate::text::{CUT, HALF};

/// A question in what Python gave for it.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a, 'py> {
    pub(crate) decision: &'a str,
    pub(crate) as_of: &'a Bound<'py, PyAny>,
    pub(crate) known_on: Option<&'a Bound<'py, PyAny>>,
    pub(crate) given: Option<&'a Bound<'py, PyDict>>,
}

/// A question that was read, among the policies that it is asked of.
pub(crate) struct AskedNow<'s> {
    pub(crate) question: Question<'s>,
    /// The day as known on which facts are taken.
    known_on: Option<Day>,
}

/// The same, to be asked of them by another thread.
pub(crate) struct Asked {
    pub(crate) decision: String,
    pub(crate) given: Given,
    pub(crate) as_of: Day,
    /// The day as known on which facts are taken.
    pub(crate) known_on: Option<Day>,
}

impl<'py> Asking<'_, 'py> {
    /// The question that is asked of these policies, by itself.
    pub(crate) fn read(self, set: &PolicySet) -> PyResult<Asked> {
        let mut findings = Findings::default();
        let asked = self.read_with(set, &mut findings)?;
        findings.unless_any(self.as_of.py(), asked.map(|asked| asked.kept(self.decision)))
    }

    /// What is answered about facts; what is wrong with the question and with the facts is told at once.
    pub(crate) fn about<T>(self, set: &PolicySet, facts: &Bound<'py, PyAny>, answer: impl FnOnce(&Question<'_>, &Facts) -> T) -> PyResult<T> {
        let py = facts.py();
        let mut findings = Findings::default();
        let asked = self.read_with(set, &mut findings)?;
        let read = facts_of(facts, &mut findings)?;
        let facts = findings.accepted(asked.as_ref(), &read);
        let (asked, facts) = findings.unless_any(py, asked.as_ref().zip(facts))?;
        Ok(answer(&asked.question, &facts))
    }

    /// The question, unless something is wrong with it.
    pub(crate) fn read_with<'s>(self, set: &'s PolicySet, findings: &mut Findings) -> PyResult<Option<AskedNow<'s>>> {
        let as_of = findings.take(day(self.as_of, "as_of")?);
        let known_on = match self.known_on {
            Some(known_on) => findings.take(day(known_on, "known_on")?),
            None => None,
        };
        let given = given_to(set, &[self.decision], as_of, self.given, findings)?;
        let Some(as_of) = as_of else { return Ok(None) };
        let question = findings.take_elsewhere(set.ask(self.decision, &given, as_of));
        Ok(question.map(|question| AskedNow { question, known_on }))
    }
}

impl AskedNow<'_> {
    /// Facts as the question takes them, and as they were known.
    fn accept<'f>(&self, facts: Brought<'f>) -> Result<Cow<'f, Facts>, TrainingError> {
        self.question.accept_as_known(facts, self.known_on)
    }

    fn kept(self, decision: &str) -> Asked {
        Asked { decision: decision.to_owned(), given: self.question.given().clone(), as_of: self.question.as_of(), known_on: self.known_on }
    }
}

/// Facts that Python gave: prepared ones, or such as are read now.
pub(crate) enum Read<'f> {
    Prepared(&'f ReadFacts),
    Now(Box<PartlyRead>),
}

impl Read<'_> {
    /// The same for a question to take.
    pub(crate) fn brought(&self) -> Brought<'_> {
        match self {
            Self::Prepared(facts) => (*facts).into(),
            Self::Now(facts) => (&**facts).into(),
        }
    }
}

impl Findings {
    /// Facts as a question takes them; what is wrong with them is kept, also where there is no question to take them.
    pub(crate) fn accepted<'f>(&mut self, asked: Option<&AskedNow<'_>>, read: &'f Read<'_>) -> Option<Cow<'f, Facts>> {
        let facts = read.brought();
        match asked {
            Some(asked) => self.take(asked.accept(facts)),
            None => {
                self.keep(facts.problems());
                None
            }
        }
    }
}

/// Facts from what Python gave, as far as they can be read.
pub(crate) fn facts_of<'f>(given: &'f Bound<'_, PyAny>, findings: &mut Findings) -> PyResult<Read<'f>> {
    match given.cast::<PreparedFacts>() {
        Ok(prepared) => Ok(Read::Prepared(&prepared.get().facts)),
        Err(_) => Ok(Read::Now(crate::read::facts(given, findings)?)),
    }
}

/// What is given to decisions together, in the types that the first of them declares that takes it.
pub(crate) fn given_to(
    set: &PolicySet,
    decisions: &[&str],
    as_of: Option<Day>,
    given: Option<&Bound<'_, PyDict>>,
    findings: &mut Findings,
) -> PyResult<Given> {
    let mut values = Given::new();
    for (name, value) in by_name(given)? {
        if values.get(&name).is_some() {
            let problem = Problem::new(ProblemCode::Duplicate, format!("given.{name}"), "given twice");
            findings.keep(&[problem.with_cure("give it once: as an argument of its own, or in `given`")]);
        }
        let read = match plain(&value)? {
            Some(value) => Ok(value),
            None => declared_value(&name, &value, declared(set, decisions, as_of, &name))?,
        };
        if let Some(value) = findings.take(read) {
            values = values.with(name, value);
        }
    }
    Ok(values)
}

/// What the first of these decisions declares under this name that takes it. That there is no such decision is told where it is asked.
fn declared<'s>(set: &'s PolicySet, decisions: &[&str], as_of: Option<Day>, name: &str) -> Option<&'s GivenDeclaration> {
    let taken = decisions.iter().filter_map(|decision| set.given_of(decision, as_of?).ok());
    taken.flatten().find(|declared| declared.name == name)
}

/// What is given by name: by Python's own arguments, and those that are called as one of these in `given={...}`.
fn by_name<'py>(given: Option<&Bound<'py, PyDict>>) -> PyResult<Vec<(String, Bound<'py, PyAny>)>> {
    let mut all = Vec::new();
    for (name, value) in given.into_iter().flat_map(PyDictMethods::iter) {
        let name = named(&name);
        match value.cast::<PyMapping>() {
            Ok(mapping) if name == "given" => {
                for entry in mapping.items()? {
                    let (name, value) = entry.extract::<(Bound<'py, PyAny>, Bound<'py, PyAny>)>()?;
                    all.push((named(&name), value));
                }
            }
            _ => all.push((name, value)),
        }
    }
    Ok(all)
}

/// A name as messages tell it: what is none is no name that a decision takes.
fn named(name: &Bound<'_, PyAny>) -> String {
    name.cast::<PyString>().map_or_else(|_| foreign(name), |name| name.to_string_lossy().into_owned())
}

/// A civil date; a time of day is none.
pub(crate) fn day(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Result<Day, Problem>> {
    let py = value.py();
    let text = if Classes::get(py)?.is_date(value) { value.call_method0(intern!(py, "isoformat"))?.extract::<String>().ok() } else { None };
    Ok(text.and_then(|text| parse_day(&text)).ok_or_else(|| {
        let problem = Problem::new(ProblemCode::WrongType, name, format!("expected a date, got {}", foreign(value)));
        problem.with_cure("give a `datetime.date`, such as `date(2024, 11, 15)`")
    }))
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
        day(value, "given")?.ok().map(Value::Date)
    } else {
        None
    })
}

/// Text as it is; what cannot be given, as a problem that tells what the decision declares under this name.
fn declared_value(name: &str, value: &Bound<'_, PyAny>, declared: Option<&GivenDeclaration>) -> PyResult<Result<Value, Problem>> {
    let place = format!("given.{name}");
    let wrong = |found: &str| {
        let expected = declared.map_or_else(|| "a value".to_owned(), GivenDeclaration::expected);
        Problem::new(ProblemCode::WrongType, place.as_str(), format!("expected {expected}, got {found}"))
    };
    if let Ok(text) = value.cast::<PyString>() {
        // In which types the decision takes texts, the question knows, as in every language.
        return Ok(text.to_str().map(Value::from).map_err(|_| wrong(HALF).with_cure(CUT)));
    }
    Ok(Err(if let Ok(number) = value.cast::<PyFloat>() {
        binary_number(&place, number.value())
    } else if Classes::get(value.py())?.is_decimal(value) {
        binary_number(&place, f64::NAN)
    } else if value.is_instance_of::<PyInt>() {
        binary_number(&place, f64::MAX)
    } else {
        wrong(&foreign(value))
    }))
}
