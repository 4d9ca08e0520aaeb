//! A workbook in, a verdict for each of its subjects and reports out.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use medtrain::Lang;
use medtrain::check::{Checked, check};
use medtrain::evaluate::Verdict;
use medtrain::policy::PolicySet;
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::render;
use medtrain::workbook::{self, Asked as Sought, Register};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::error::{checked, refused};
use crate::question::Asked;
use crate::set::unreadable;
use crate::text;
use crate::verdict::{lang_of, verdict};
use crate::watch::{Watch, watched};
use crate::write::object;

/// A workbook as Python gave it: a file, or bytes.
pub(crate) struct Book {
    /// What it is called.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Where reports about it may be written.
    pub(crate) output: Output,
}

/// Where reports are written: everywhere but over the file that they are about.
#[derive(Clone, Default)]
pub(crate) struct Output {
    read: Option<PathBuf>,
}

impl Book {
    /// The file of a path, or the bytes themselves.
    pub(crate) fn of(workbook: &Bound<'_, PyAny>, name: Option<&str>) -> PyResult<Self> {
        let py = workbook.py();
        let named = |own: Cow<'_, str>| name.map_or_else(|| own.into_owned(), str::to_owned);
        if let Ok(bytes) = workbook.cast::<PyBytes>() {
            return Ok(Self { name: named(Cow::Borrowed("workbook")), bytes: bytes.as_bytes().to_vec(), output: Output::default() });
        }
        let path: PathBuf = workbook.extract()?;
        let bytes = py.detach(|| std::fs::read(&path)).map_err(|error| refused(py, unreadable(&path, &error)))?;
        let name = named(path.file_name().unwrap_or_default().to_string_lossy());
        Ok(Self { name, bytes, output: Output { read: path.canonicalize().ok() } })
    }
}

/// What a report is written as.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Page,
    Workbook,
}

impl Kind {
    fn called(self) -> &'static str {
        if self == Self::Page { "page" } else { "workbook" }
    }

    fn extension(self) -> &'static str {
        if self == Self::Page { "html" } else { "xlsx" }
    }

    /// The other kind, where a path ends as its files do.
    fn is_told_apart_by(self, path: &Path) -> Option<Self> {
        let other = if self == Self::Page { Self::Workbook } else { Self::Page };
        path.extension().is_some_and(|found| found.eq_ignore_ascii_case(other.extension())).then_some(other)
    }
}

impl Output {
    /// Writes a report.
    pub(crate) fn write(&self, py: Python<'_>, path: &Path, (kind, content): (Kind, &[u8])) -> PyResult<()> {
        let unwritable =
            |why: String| refused(py, Problem::new(ProblemCode::Unreadable, path.display().to_string(), format!("cannot be written: {why}")));
        if self.read.is_some() && path.canonicalize().ok() == self.read {
            return Err(unwritable("this file was read itself, and would be lost".to_owned()));
        }
        if let Some(other) = kind.is_told_apart_by(path) {
            let message = format!("a {} is not called .{}", kind.called(), other.extension());
            let problem = Problem::new(ProblemCode::WrongType, path.display().to_string(), message);
            return Err(refused(py, problem.with_cure(format!("call it .{}, or save the other of the two", kind.extension()))));
        }
        py.detach(|| std::fs::write(path, content)).map_err(|error| unwritable(error.to_string()))
    }
}

/// A workbook in which every subject was judged.
#[pyclass(module = "medtrain", frozen)]
pub(crate) struct CheckedWorkbook {
    set: Arc<PolicySet>,
    asked: Asked,
    /// The name of the file, which is the title of reports.
    name: String,
    register: Register,
    verdicts: Vec<Verdict>,
    /// What was found in it, and while judging it.
    told: Register,
    json: String,
    output: Output,
}

#[pymethods]
impl CheckedWorkbook {
    fn __len__(&self) -> usize {
        self.verdicts.len()
    }

    fn __repr__(&self) -> String {
        format!("CheckedWorkbook({:?}: {} subjects, {} problems)", self.name, self.verdicts.len(), self.told.problems.len())
    }

    /// One verdict for each subject, in the order of the register.
    #[getter]
    fn verdicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let verdicts = self.verdicts.iter().map(|one| verdict(py, &self.set, one.clone()));
        PyTuple::new(py, verdicts.collect::<PyResult<Vec<_>>>()?)
    }

    /// What was mended, doubted or set aside.
    #[getter]
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.told.problems)
    }

    /// What the workbook said: the facts of each subject, and what became of each sheet.
    #[getter]
    fn register<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.told)
    }

    /// Canonical JSON: `{"verdicts": [..], "problems": [..]}`.
    fn to_json(&self) -> &str {
        &self.json
    }

    /// Writes the report as one HTML page.
    #[pyo3(signature = (path, lang = "zh"))]
    fn save_html(&self, py: Python<'_>, path: PathBuf, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<()> {
        let page = self.html(py, lang)?;
        self.output.write(py, &path, (Kind::Page, page.as_bytes()))
    }

    /// Writes the report as a workbook.
    #[pyo3(signature = (path, lang = "zh"))]
    fn save_xlsx(&self, py: Python<'_>, path: PathBuf, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<()> {
        let lang = lang_of(py, lang)?;
        let bytes = self.workbook(py, lang)?;
        self.output.write(py, &path, (Kind::Workbook, &bytes))
    }

    /// What it came to, in a few lines.
    #[pyo3(signature = (lang = "zh", width = 100))]
    fn summary(&self, py: Python<'_>, #[pyo3(from_py_with = text::lang)] lang: &str, width: usize) -> PyResult<String> {
        let lang = lang_of(py, lang)?;
        self.with_checked(py, |checked| Ok(checked.with_report(&self.name, lang, |report| render::summary(report, width))))
    }

    /// The report as one HTML page.
    #[pyo3(signature = (lang = "zh"))]
    fn html(&self, py: Python<'_>, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<String> {
        let lang = lang_of(py, lang)?;
        self.with_checked(py, |checked| checked.with_report(&self.name, lang, render::html).map_err(unrendered))
    }

    /// The report as a workbook.
    #[pyo3(signature = (lang = "zh"))]
    fn xlsx<'py>(&self, py: Python<'py>, #[pyo3(from_py_with = text::lang)] lang: &str) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.workbook(py, lang_of(py, lang)?)?))
    }
}

impl CheckedWorkbook {
    fn workbook(&self, py: Python<'_>, lang: Lang) -> PyResult<Vec<u8>> {
        self.with_checked(py, |checked| checked.with_report(&self.name, lang, render::xlsx).map_err(unrendered))
    }

    /// Judges the register again, for those who render it.
    fn with_checked<T: Send>(&self, py: Python<'_>, then: impl FnOnce(&Checked<'_>) -> Result<T, TrainingError> + Send) -> PyResult<T> {
        let rendered = py.detach(|| {
            let question = self.set.ask(&self.asked.decision, &self.asked.given, self.asked.as_of)?;
            then(&check(&question, self.register.clone(), &mut |_, _| ())?)
        });
        checked(py, rendered)
    }
}

fn unrendered(error: render::RenderError) -> TrainingError {
    Problem::new(ProblemCode::Unreadable, "report", error.to_string()).into()
}

/// Reads and judges a workbook.
pub(crate) fn read(py: Python<'_>, set: &Arc<PolicySet>, asked: Asked, book: Book, progress: Option<Bound<'_, PyAny>>) -> PyResult<CheckedWorkbook> {
    let Book { name, bytes, output } = book;
    if bytes.is_empty() {
        return Err(refused(py, Problem::new(ProblemCode::Unreadable, name, "the file is empty")));
    }
    let set = Arc::clone(set);
    let judged = watched(py, progress, move |watch| {
        let (register, verdicts, told, json) = judged(&set, &asked, &bytes, &name, watch)?;
        Ok(CheckedWorkbook { set, asked, name, register, verdicts, told, json, output })
    })?;
    checked(py, judged)
}

type Judged = (Register, Vec<Verdict>, Register, String);

/// The register as it was read, the verdicts, the register with what judging it found, and canonical JSON.
fn judged(set: &PolicySet, asked: &Asked, bytes: &[u8], name: &str, watch: &Watch) -> Result<Judged, TrainingError> {
    let question = set.ask(&asked.decision, &asked.given, asked.as_of)?;
    let sought = Sought::of(set, &asked.decision, asked.as_of)?;
    let sought = if let Some(day) = asked.known_on { sought.as_known_on(day) } else { sought };
    let register = workbook::read(bytes, name, &sought, &mut |progress| {
        watch.at(progress.stage.code(), progress.done, progress.total);
    })?;
    let checked = check(&question, register.clone(), &mut |done, total| watch.at("judging", done, total))?;
    Ok((register, checked.verdicts().to_vec(), checked.register().clone(), checked.to_json()))
}
