//! A decision over tables: anything with the Arrow C interface in, a table with it out.

use std::sync::Arc;

use arrow_array::{Array as _, ArrayRef, RecordBatch};
use arrow_schema::Field;
use arrow_select::concat::concat_batches;
use medtrain::policy::PolicySet;
use medtrain::population::{Counts, Limits, Tables};
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use pyo3::exceptions::{PyException, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt};
use pyo3_arrow::PyTable;
use pyo3_arrow::input::AnyRecordBatch;

use crate::error::{checked, refused};
use crate::question::Asked;
use crate::read::foreign;
use crate::text::text;
use crate::watch::watched;
use crate::write::object;

/// The results of a decision over a table: a row for each subject.
///
/// It has the Arrow C interface: `pyarrow.table(x)` and `polars.DataFrame(x)` take it as it is.
#[pyclass(module = "medtrain", frozen)]
pub(crate) struct TableVerdicts {
    batch: RecordBatch,
    counts: Counts,
    problems: Vec<Problem>,
    notes: Vec<Problem>,
    ignored: Vec<String>,
}

#[pymethods]
impl TableVerdicts {
    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __repr__(&self) -> String {
        let Counts { met, unmet, waivable, not_applicable, unknown } = self.counts;
        let all = self.batch.num_rows();
        format!("TableVerdicts({all}: {met} met, {unmet} unmet, {waivable} waivable, {not_applicable} not applicable, {unknown} unknown)")
    }

    /// How many subjects have each status.
    #[getter]
    fn counts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let counts = PyDict::new(py);
        let Counts { met, unmet, waivable, not_applicable, unknown } = self.counts;
        for (status, count) in [("met", met), ("unmet", unmet), ("waivable", waivable), ("not_applicable", not_applicable), ("unknown", unknown)] {
            counts.set_item(status, count)?;
        }
        Ok(counts)
    }

    /// What was wrong in cells and rows; what could be used, is.
    #[getter]
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.problems)
    }

    /// What was read in another form than it had.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.notes)
    }

    /// Columns that mean nothing to the vocabulary, and were passed over.
    #[getter]
    fn ignored<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.ignored)
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The table as a stream of the Arrow C interface.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        self.table(py)?.call_method1(intern!(py, "__arrow_c_stream__"), (requested_schema,))
    }

    /// Its schema in the Arrow C interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.table(py)?.call_method0(intern!(py, "__arrow_c_schema__"))
    }
}

impl TableVerdicts {
    fn table<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(Bound::new(py, PyTable::try_new(vec![self.batch.clone()], self.batch.schema())?)?.into_any())
    }
}

/// How many threads work side by side.
pub(crate) fn threads(value: &Bound<'_, PyAny>) -> PyResult<usize> {
    const MOST: usize = 256;
    let whole = value.cast::<PyInt>().map_err(|_| PyTypeError::new_err(format!("threads: expected an int, got {}", foreign(value))))?;
    let fits = whole.extract().ok().filter(|threads| (1..=MOST).contains(threads));
    fits.ok_or_else(|| refused(value.py(), Problem::new(ProblemCode::OutOfRange, "threads", format!("expected a whole number from 1 to {MOST}"))))
}

/// Judges every subject of a table.
pub(crate) fn evaluate(
    set: &Arc<PolicySet>,
    asked: Asked,
    (subjects, records): (&Bound<'_, PyAny>, Option<&Bound<'_, PyDict>>),
    threads: usize,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<TableVerdicts> {
    let py = subjects.py();
    let subjects = batch(subjects, "subjects")?;
    let mut lists = Vec::new();
    for (name, table) in records.into_iter().flat_map(pyo3::types::PyDictMethods::iter) {
        let name = text(&name, "records")?;
        lists.push((batch(&table, name)?, name.to_owned()));
    }
    let set = Arc::clone(set);
    let judged = watched(py, progress, move |watch| {
        let question = set.ask(&asked.decision, &asked.given, asked.as_of)?;
        let mut tables = Tables::of(&question, &subjects)?.threads(threads);
        for (records, list) in &lists {
            tables = tables.with(list, records)?;
        }
        let all = tables.len();
        watch.at("judging", 0, all);
        let limits = Limits { threads, progress: Some(&|more| watch.more(more)), stop: Some(&watch.stop) };
        let verdicts = question.evaluate_tables(&tables, limits)?;
        Ok(TableVerdicts { batch: verdicts.batch, counts: verdicts.counts, problems: tables.problems, notes: tables.notes, ignored: tables.ignored })
    })?;
    checked(py, judged)
}

/// A table as one batch.
fn batch(table: &Bound<'_, PyAny>, name: &str) -> PyResult<RecordBatch> {
    let py = table.py();
    let any = table.extract::<AnyRecordBatch>().map_err(|error| untaken(table, name, error))?;
    let (batches, schema) = any.into_table().map_err(|error| untaken(table, name, error.into()))?.into_inner();
    let whole = py.detach(|| {
        let whole = match batches.as_slice() {
            [only] => Ok(only.clone()),
            several => concat_batches(&schema, several),
        };
        let whole = whole.map_err(|error| TrainingError::from(Problem::new(ProblemCode::Unreadable, name, error.to_string())))?;
        sound(&whole, name)?;
        Ok(whole)
    });
    checked(py, whole)
}

/// Why a table could not be taken: it is none, or it failed while it was asked for. What stops the program, stops it.
fn untaken(table: &Bound<'_, PyAny>, name: &str, error: PyErr) -> PyErr {
    let py = table.py();
    if !error.is_instance_of::<PyException>(py) {
        return error;
    }
    let is_table = ["__arrow_c_stream__", "__arrow_c_array__"].iter().any(|method| table.hasattr(*method).unwrap_or(false));
    if !is_table {
        let message = format!("expected a table with the Arrow C interface, got {}", foreign(table));
        let problem = Problem::new(ProblemCode::WrongType, name, message);
        return refused(py, problem.with_cure("give a table of pyarrow, polars, pandas 2.2 or later, or DuckDB"));
    }
    // What the other library says may quote cells: it stays the cause, and is no part of the message.
    let message = format!("this {} could not be handed over as an Arrow table", table.get_type());
    let cure = "see the cause of this error (`__cause__`); each column needs one type, and a column without values (`Null`) one as well";
    let told = refused(py, Problem::new(ProblemCode::Unreadable, name, message).with_cure(cure));
    told.set_cause(py, Some(error));
    told
}

/// Other programs promise that their columns are what they say they are, and some hold bytes for text that are none.
fn sound(whole: &RecordBatch, name: &str) -> Result<(), TrainingError> {
    let of_column = |(field, column): (&Arc<Field>, &ArrayRef)| {
        let error = column.to_data().validate_full().err()?;
        let problem = Problem::new(ProblemCode::Unreadable, format!("{name}.{}", field.name()), format!("the column is damaged: {error}"));
        Some(problem.with_cure("text is UTF-8: read the file with the encoding that it has, such as GB18030"))
    };
    let problems: Vec<Problem> = whole.schema().fields().iter().zip(whole.columns()).filter_map(of_column).collect();
    if problems.is_empty() { Ok(()) } else { Err(TrainingError { problems }) }
}
