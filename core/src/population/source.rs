//! Tables that arrive in batches, and their rows with ids and numbers.

use std::sync::Arc;

use arrow_array::{Array, RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};

use super::convert::ids;
use super::ids::Ids;
use crate::problem::{Problem, ProblemCode, TrainingError};

/// A table that has not been read yet, such as a file, or whatever reads batches of rows.
///
/// Every [`RecordBatchReader`] is one: batches in memory, a stream of Arrow IPC, the answer of a database.
pub trait TableSource: Send {
    /// The columns of the table.
    fn columns(&self) -> SchemaRef;

    /// Reads these columns, in batches of about so many rows.
    ///
    /// # Errors
    /// A source that cannot be read.
    fn read_columns<'s>(self: Box<Self>, columns: &[usize], rows: usize) -> Result<Box<dyn RecordBatchReader + Send + 's>, TrainingError>
    where
        Self: 's;

    /// The same table in at most so many parts that can be read side by side, in their order; `None` where it can be read but once, from its beginning
    /// to its end. Where a table has parts, they may be read and the table read again.
    fn parts(&self, most: usize) -> Option<Vec<TablePart>> {
        let _ = most;
        None
    }
}

/// A part of a table.
pub struct TablePart {
    /// The rows of the part as a table.
    pub table: Box<dyn TableSource>,
    /// How many rows stand before it.
    pub first_row: u64,
    /// How many rows it has.
    pub rows: u64,
}

impl std::fmt::Debug for TablePart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TablePart").field("first_row", &self.first_row).field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl<R: RecordBatchReader + Send> TableSource for R {
    fn columns(&self) -> SchemaRef {
        self.schema()
    }

    fn read_columns<'s>(self: Box<Self>, columns: &[usize], _: usize) -> Result<Box<dyn RecordBatchReader + Send + 's>, TrainingError>
    where
        Self: 's,
    {
        let schema = self.schema().project(columns).map_err(|error| unreadable("the table", &error))?;
        Ok(Box::new(Projected { inner: self, schema: Arc::new(schema), columns: columns.to_vec() }))
    }
}

/// Some columns of what another reader reads.
struct Projected<R> {
    inner: Box<R>,
    schema: SchemaRef,
    columns: Vec<usize>,
}

impl<R: RecordBatchReader> Iterator for Projected<R> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.inner.next()?.and_then(|batch| batch.project(&self.columns)))
    }
}

impl<R: RecordBatchReader> RecordBatchReader for Projected<R> {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

pub(super) fn unreadable(name: &str, error: &dyn std::fmt::Display) -> Problem {
    Problem::new(ProblemCode::Unreadable, name, format!("not a table that can be read: {error}")).with_cure("give a table in Parquet or Arrow")
}

/// Rows of a table that were read together.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) batch: RecordBatch,
    /// The id in each row.
    pub(super) ids: Ids,
    /// Where each row stands in the whole table.
    pub(super) rows: Vec<u64>,
}

impl Piece {
    /// Rows with their ids from this column, as they stand there or as texts.
    pub(super) fn new(batch: RecordBatch, (key, as_texts): (usize, bool), rows: Vec<u64>) -> Option<Self> {
        let ids = ids(batch.columns().get(key)?)?;
        let ids = if as_texts { Ids::Texts(ids.texts()) } else { ids };
        Some(Self { batch, ids, rows })
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// About how many bytes it holds.
    pub(super) fn bytes(&self) -> usize {
        // Of a slice only what is in it: the rest is somebody else's.
        let size = |array: &dyn Array| array.to_data().get_slice_memory_size().unwrap_or_else(|_| array.get_array_memory_size());
        let columns: usize = self.batch.columns().iter().map(|column| size(column)).sum();
        columns + size(&self.ids.array()) + self.rows.len() * size_of::<u64>()
    }
}

/// A table that is being read.
pub(super) struct Reading<'s> {
    /// What the table is called: the kind of subject, or the list.
    pub(super) name: String,
    /// The column of ids, by its name and its place among those that are read.
    pub(super) key: (String, usize),
    pub(super) schema: SchemaRef,
    /// Whether ids that are whole numbers are read as texts, since those of another table are texts.
    pub(super) as_texts: bool,
    /// Where the row that comes next stands in the whole table.
    pub(super) next_row: u64,
    reader: Box<dyn RecordBatchReader + Send + 's>,
}

impl<'s> Reading<'s> {
    pub(super) fn new(name: &str, key: (String, usize), reader: Box<dyn RecordBatchReader + Send + 's>) -> Self {
        Self { name: name.to_owned(), key, schema: reader.schema(), as_texts: false, next_row: 0, reader }
    }

    /// The column of ids, as problems name it.
    pub(super) fn column(&self) -> String {
        format!("{}.{}", self.name, self.key.0)
    }

    /// The rows that come next; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece>, TrainingError> {
        loop {
            let Some(batch) = self.reader.next() else { return Ok(None) };
            let batch = batch.map_err(|error| told(&self.name, error))?;
            if batch.num_rows() == 0 {
                continue;
            }
            if batch.schema().fields() != self.schema.fields() {
                return Err(unreadable(&self.name, &"a batch of rows has other columns than the table").into());
            }
            let end = self.next_row + batch.num_rows() as u64;
            let rows = (self.next_row..end).collect();
            self.next_row = end;
            return match Piece::new(batch, (self.key.1, self.as_texts), rows) {
                Some(piece) => Ok(Some(piece)),
                None => Err(unreadable(&self.name, &"ids that cannot be read").into()),
            };
        }
    }
}

/// What a reader says of a table; one of ours says it in its own problem.
pub(super) fn told(name: &str, error: ArrowError) -> TrainingError {
    match error {
        ArrowError::ExternalError(inner) => match inner.downcast::<TrainingError>() {
            Ok(error) => *error,
            Err(other) => unreadable(name, &other).into(),
        },
        other => unreadable(name, &other).into(),
    }
}
