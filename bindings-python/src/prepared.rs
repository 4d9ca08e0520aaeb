//! Facts that were read once, to be asked about often.

use medtrain::facts::ReadFacts;
use pyo3::prelude::*;

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
        Ok(Self { facts: crate::read::facts(facts)? })
    }

    /// Reads facts from JSON text.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Self> {
        Ok(Self { facts: crate::error::checked(py, ReadFacts::from_json(text))? })
    }

    /// What was known on a day: without what was recorded later.
    fn as_known_on(&self, day: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self { facts: self.facts.clone().as_known_on(crate::question::day(day, "day")?) })
    }

    /// The facts as a record.
    fn facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        crate::write::object(py, self.facts.facts())
    }
}
