//! Facts that were read once, to be asked about often.

use medtrain::facts::ReadFacts;
use medtrain::problem::TrainingError;
use pyo3::prelude::*;

use crate::error::{Findings, checked};
use crate::text;

/// Facts that were read and checked once, for any number of questions.
#[pyclass(module = "medtrain", frozen)]
pub(crate) struct PreparedFacts {
    pub(crate) facts: ReadFacts,
}

#[pymethods]
impl PreparedFacts {
    /// Reads facts: a record of a subject, a record or a dict of facts.
    #[new]
    fn new(facts: &Bound<'_, PyAny>) -> PyResult<Self> {
        let mut findings = Findings::default();
        let read = crate::read::facts(facts, &mut findings)?;
        let read = findings.take(read.whole());
        Ok(Self { facts: findings.unless_any(facts.py(), read)? })
    }

    /// Reads facts from JSON text.
    #[staticmethod]
    fn from_json(py: Python<'_>, #[pyo3(from_py_with = text::facts)] text: &str) -> PyResult<Self> {
        Ok(Self { facts: checked(py, ReadFacts::from_json(text))? })
    }

    /// What was known on a day: without what was recorded later.
    fn as_known_on(&self, py: Python<'_>, day: &Bound<'_, PyAny>) -> PyResult<Self> {
        let day = checked(py, crate::question::day(day, "day")?.map_err(TrainingError::from))?;
        Ok(Self { facts: self.facts.clone().as_known_on(day) })
    }

    /// The facts as a record.
    fn facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        crate::write::object(py, self.facts.facts())
    }
}
