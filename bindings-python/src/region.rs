//! A region's workbook in; its report, quotas or a ranking out.

use std::path::PathBuf;
use std::sync::Arc;

use medtrain::evaluate::Given;
use medtrain::policy::PolicySet;
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::quantity::Day;
use medtrain::region::{RegionDecisions, RegionWork, Source, Standings as Core};
use medtrain::render::RenderError;
use medtrain::workbook::Progress;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use crate::error::{Findings, checked};
use crate::question::{day, given_to};
use crate::text;
use crate::verdict::{lang_of, verdict};
use crate::watch::{Watch, watched};
use crate::workbook::{Book, Kind, Output};
use crate::write::object;

/// A workbook and what is asked with it.
pub(crate) struct Input {
    book: Book,
    given: Given,
    as_of: Day,
}

impl Input {
    /// What Python gave.
    pub(crate) fn new(
        set: &PolicySet,
        workbook: &Bound<'_, PyAny>,
        decisions: &[&str],
        as_of: &Bound<'_, PyAny>,
        name: Option<&str>,
        given: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let mut findings = Findings::default();
        let as_of = findings.take(day(as_of, "as_of")?);
        let given = given_to(set, decisions, as_of, given, &mut findings)?;
        let as_of = findings.unless_any(workbook.py(), as_of)?;
        Ok(Self { book: Book::of(workbook, name)?, given, as_of })
    }

    fn source(&self) -> Source<'_> {
        Source { bytes: &self.book.bytes, name: &self.book.name, given: &self.given, as_of: self.as_of }
    }
}

/// A region that was counted: its figures, and pages of them.
#[pyclass(module = "medtrain", frozen)]
pub(crate) struct RegionPages {
    set: Arc<PolicySet>,
    work: RegionWork,
    output: Output,
}

#[pymethods]
impl RegionPages {
    fn __repr__(&self) -> String {
        format!("RegionPages({}, {} people)", self.work.report.year, self.work.report.people.len())
    }

    /// Coverage and attainment.
    #[getter]
    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.work.report)
    }

    /// The list for publication, where it was asked for.
    #[getter]
    fn publication<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.work.publication.as_ref().map(|list| object(py, list)).transpose()
    }

    /// What was mended, doubted or set aside in the workbook.
    #[getter]
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.work.problems)
    }

    /// Canonical JSON: the report with its `problems`.
    fn to_json(&self) -> String {
        self.work.to_json()
    }

    /// The targets in a table: name, numerator over denominator, share, what is lacking.
    #[pyo3(signature = (lang = "zh"))]
    fn standings(&self, py: Python<'_>, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<Vec<Vec<String>>> {
        let lang = lang_of(py, lang)?;
        checked(py, py.detach(|| self.work.standings(&self.set, lang)))
    }

    /// The report as one HTML page.
    #[pyo3(signature = (lang = "zh"))]
    fn html(&self, py: Python<'_>, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<String> {
        let lang = lang_of(py, lang)?;
        checked(py, py.detach(|| self.work.html(&self.set, lang)))
    }

    /// The report as a workbook.
    #[pyo3(signature = (lang = "zh"))]
    fn xlsx<'py>(&self, py: Python<'py>, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<Bound<'py, PyBytes>> {
        let lang = lang_of(py, lang)?;
        Ok(PyBytes::new(py, &checked(py, py.detach(|| self.work.xlsx(&self.set, lang)))?))
    }

    /// Writes the report as one HTML page.
    #[pyo3(signature = (path, lang = "zh"))]
    fn save_html(&self, py: Python<'_>, path: PathBuf, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<()> {
        self.output.write(py, &path, (Kind::Page, self.html(py, lang)?.as_bytes()))
    }

    /// Writes the report as a workbook.
    #[pyo3(signature = (path, lang = "zh"))]
    fn save_xlsx(&self, py: Python<'_>, path: PathBuf, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<()> {
        self.output.write(py, &path, (Kind::Workbook, self.xlsx(py, lang)?.as_bytes()))
    }

    /// The list for publication as one HTML page; nothing where it was not asked for.
    #[pyo3(signature = (lang = "zh"))]
    fn publication_html(&self, py: Python<'_>, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<Option<String>> {
        let lang = lang_of(py, lang)?;
        checked(py, py.detach(|| self.work.publication_html(&self.set, lang)))
    }

    /// The list for publication as a workbook; nothing where it was not asked for.
    #[pyo3(signature = (lang = "zh"))]
    fn publication_xlsx<'py>(&self, py: Python<'py>, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let lang = lang_of(py, lang)?;
        let bytes = checked(py, py.detach(|| self.work.publication_xlsx(&self.set, lang)))?;
        Ok(bytes.map(|bytes| PyBytes::new(py, &bytes)))
    }
}

/// Quotas or a ranking: a line for each of them.
#[pyclass(module = "medtrain", frozen)]
pub(crate) struct Standings {
    set: Arc<PolicySet>,
    made: Core,
}

#[pymethods]
impl Standings {
    fn __repr__(&self) -> String {
        format!("Standings({} lines)", self.made.table(medtrain::Lang::Zh).texts().len().saturating_sub(1))
    }

    /// The verdicts of quotas, in the order of the workbook; none of a ranking.
    #[getter]
    fn verdicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let verdicts = self.made.verdicts.iter().map(|one| verdict(py, &self.set, one.clone()));
        PyTuple::new(py, verdicts.collect::<PyResult<Vec<_>>>()?)
    }

    /// The ranking, where it is one.
    #[getter]
    fn ranking<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.made.ranking.as_ref().map(|ranking| object(py, ranking)).transpose()
    }

    /// What was mended, doubted or set aside in the workbook.
    #[getter]
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.made.problems)
    }

    /// Canonical JSON, with the `problems`.
    fn to_json(&self) -> &str {
        self.made.to_json()
    }

    /// What stands in the table, the heads first.
    #[pyo3(signature = (lang = "zh"))]
    fn rows(&self, py: Python<'_>, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<Vec<Vec<String>>> {
        Ok(self.made.table(lang_of(py, lang)?).texts())
    }

    /// The table as one HTML page.
    #[pyo3(signature = (lang = "zh"))]
    fn html(&self, py: Python<'_>, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<String> {
        let table = self.made.table(lang_of(py, lang)?);
        checked(py, py.detach(|| table.html()).map_err(|error| unrendered(&error)))
    }

    /// The table as a workbook.
    #[pyo3(signature = (lang = "zh"))]
    fn xlsx<'py>(&self, py: Python<'py>, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<Bound<'py, PyBytes>> {
        let table = self.made.table(lang_of(py, lang)?);
        Ok(PyBytes::new(py, &checked(py, py.detach(|| table.xlsx()).map_err(|error| unrendered(&error)))?))
    }
}

fn unrendered(error: &RenderError) -> TrainingError {
    Problem::new(ProblemCode::Unreadable, "table", error.to_string()).into()
}

fn tell(watch: &Watch, progress: Progress) {
    watch.at(progress.stage.code(), progress.done, progress.total);
}

/// Reads and counts a region's workbook; the decisions are that about people, that about the region, and perhaps that for the list.
pub(crate) fn counted(
    py: Python<'_>,
    set: &Arc<PolicySet>,
    input: Input,
    decisions: Vec<String>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<RegionPages> {
    let set = Arc::clone(set);
    let counted = watched(py, progress, move |watch| {
        let mut names = decisions.iter().map(String::as_str);
        let (people, targets) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        let asked = RegionDecisions { people, targets, publishes: names.next() };
        let work = RegionWork::of(&set, input.source(), asked, &mut |progress| tell(watch, progress))?;
        Ok(RegionPages { set, work, output: input.book.output.clone() })
    })?;
    checked(py, counted)
}

/// Reads and judges the quotas of a workbook.
pub(crate) fn quotas(
    py: Python<'_>,
    set: &Arc<PolicySet>,
    input: Input,
    decision: String,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Standings> {
    let set = Arc::clone(set);
    let judged = watched(py, progress, move |watch| {
        let made = Core::quotas(&set, input.source(), &decision, &mut |progress| tell(watch, progress))?;
        Ok(Standings { set, made })
    })?;
    checked(py, judged)
}

/// Ranks the specialty bases of a workbook.
pub(crate) fn ranking(py: Python<'_>, set: &Arc<PolicySet>, input: Input, decision: String) -> PyResult<Standings> {
    let set = Arc::clone(set);
    let ranked = watched(py, None, move |_| {
        let made = Core::ranking(&set, input.source(), &decision)?;
        Ok(Standings { set, made })
    })?;
    checked(py, ranked)
}
