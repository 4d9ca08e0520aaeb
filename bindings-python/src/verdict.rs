//! A verdict as it came from the core, behind the record that Python sees: its fields are made when they are first asked for.

use std::sync::Arc;

use medtrain::Lang;
use medtrain::evaluate::{Question, Verdict};
use medtrain::explain::{headline, verdict_sentences};
use medtrain::policy::PolicySet;
use medtrain::problem::{Problem, ProblemCode};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::classes::Classes;
use crate::error::{checked, refused};
use crate::text;
use crate::write::{empty, fill};

/// What a verdict came from.
#[pyclass(module = "medtrain._medtrain", frozen)]
pub(crate) struct HeldVerdict {
    set: Arc<PolicySet>,
    verdict: Verdict,
}

impl HeldVerdict {
    /// A verdict that was kept as JSON, among these policies.
    pub(crate) fn read(py: Python<'_>, set: &Arc<PolicySet>, json: &str) -> PyResult<Self> {
        let not_one = |error: serde_json::Error| refused(py, Problem::new(ProblemCode::Syntax, "verdict", format!("not a verdict: {error}")));
        Ok(Self { set: Arc::clone(set), verdict: serde_json::from_str(json).map_err(not_one)? })
    }

    fn question(&self, py: Python<'_>) -> PyResult<Question<'_>> {
        checked(py, self.set.ask(&self.verdict.decision, &self.verdict.given, self.verdict.as_of))
    }
}

#[pymethods]
impl HeldVerdict {
    /// Fills the fields of a verdict.
    fn fill(&self, verdict: &Bound<'_, PyAny>) -> PyResult<()> {
        fill(verdict, &self.verdict)
    }

    /// Another verdict that was kept as JSON, among the same policies.
    fn hold(&self, py: Python<'_>, #[pyo3(from_py_with = text::verdict)] verdict: &str) -> PyResult<Self> {
        Self::read(py, &self.set, verdict)
    }

    /// The result, without the rest.
    fn status(&self) -> &'static str {
        self.verdict.status.code()
    }

    /// Canonical JSON.
    fn to_json(&self) -> String {
        self.verdict.to_json()
    }

    /// The whole verdict in one line.
    fn headline(&self, py: Python<'_>, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<String> {
        Ok(headline(&self.verdict, &self.question(py)?.labels(), lang_of(py, lang)?))
    }

    /// The verdict in sentences.
    fn sentences(&self, py: Python<'_>, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<Vec<String>> {
        Ok(verdict_sentences(&self.verdict, &self.question(py)?, lang_of(py, lang)?))
    }
}

/// A verdict whose fields are not made yet.
pub(crate) fn verdict<'py>(py: Python<'py>, set: &Arc<PolicySet>, verdict: Verdict) -> PyResult<Bound<'py, PyAny>> {
    let classes = Classes::get(py)?;
    let class = classes.verdict().ok_or_else(|| PyRuntimeError::new_err("a verdict has no class"))?;
    let object = empty(py, classes, class)?;
    let held = Bound::new(py, HeldVerdict { set: Arc::clone(set), verdict })?;
    classes.set_held.bind(py).call1((&object, held))?;
    Ok(object)
}

/// The language of this code.
pub(crate) fn lang_of(py: Python<'_>, code: &str) -> PyResult<Lang> {
    Lang::of(code).ok_or_else(|| {
        let problem = Problem::new(ProblemCode::UnknownCode, "lang", format!("expected a language, got \"{code}\""));
        refused(py, problem.with_cure("give `zh` or `en`"))
    })
}
