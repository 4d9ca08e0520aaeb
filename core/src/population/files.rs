//! Tables in files: Parquet, and Arrow's own format (also called Feather).

use std::fs::File;
use std::io::Write;
use std::path::Path;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{Schema, SchemaRef};
use arrow_select::concat::concat_batches;
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::bytes::{Input, Opened};
use super::source::{TablePart, TableSource, unreadable};
use crate::problem::{Problem, ProblemCode, TrainingError};

/// The formats in which tables are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Apache Parquet.
    Parquet,
    /// Arrow IPC, also called Feather.
    Arrow,
}

impl TableFormat {
    /// The format that a file's name ends with: `.parquet`, `.arrow`, `.feather` or `.ipc`.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "parquet" => Some(Self::Parquet),
            "arrow" | "feather" | "ipc" => Some(Self::Arrow),
            _ => None,
        }
    }

    /// The format that the name of a file to be read or written ends with.
    ///
    /// # Errors
    /// A name that ends otherwise.
    pub fn of_path(path: &Path) -> Result<Self, TrainingError> {
        let name = path.display().to_string();
        Self::of(&name).ok_or_else(|| {
            let problem = Problem::new(ProblemCode::Unreadable, name, "not the name of a table");
            problem.with_cure("tables end with .parquet, .arrow, .feather or .ipc").into()
        })
    }

    /// Reads a whole table; `name` stands for it in what is said of it.
    ///
    /// # Errors
    /// Bytes that are no such file.
    pub fn read(self, name: &str, bytes: Vec<u8>) -> Result<RecordBatch, TrainingError> {
        /// Rows that are decoded at a time.
        const ROWS: usize = 1 << 16;
        let file = TableFile::of_bytes(name, self, bytes)?;
        let schema = file.columns();
        let columns: Vec<usize> = (0..schema.fields().len()).collect();
        let batches = Box::new(file).read_columns(&columns, ROWS)?.collect::<Result<Vec<_>, _>>();
        let batches = batches.map_err(|error| super::source::told(name, error))?;
        Ok(concat_batches(&schema, &batches).map_err(|error| unreadable(name, &error))?)
    }

    /// The bytes of a file that holds this table.
    ///
    /// # Errors
    /// A table that the format cannot hold.
    pub fn write(self, batch: &RecordBatch) -> Result<Vec<u8>, TrainingError> {
        let mut writer = TableWriter::new("the table of results", self, Vec::new(), &batch.schema())?;
        writer.write(batch)?;
        writer.finish()
    }
}

/// A table in a file, of which nothing but the columns was read yet.
#[derive(Clone)]
pub struct TableFile {
    name: String,
    opened: Opened,
    input: Input,
    /// How many bytes may be decoded at a time.
    memory: usize,
}

impl TableFile {
    /// How much is decoded at a time, where nothing else was said.
    const MEMORY: usize = 1 << 30;

    /// Opens a file; its name tells the format.
    ///
    /// # Errors
    /// A file that cannot be opened or is no such table.
    pub fn open(path: &Path) -> Result<Self, TrainingError> {
        let (name, format) = (path.display().to_string(), TableFormat::of_path(path)?);
        let cannot = |error: std::io::Error| {
            Problem::new(ProblemCode::Unreadable, name.as_str(), format!("cannot be read: {error}"))
                .with_cure("see that it is there, and a table in Parquet or Arrow")
        };
        let input = File::open(path).and_then(Input::file).map_err(cannot)?;
        Self::new(&name, format, input)
    }

    /// The same of a file's bytes; `name` stands for it in what is said of it.
    ///
    /// # Errors
    /// Bytes that are no such table.
    pub fn of_bytes(name: &str, format: TableFormat, bytes: Vec<u8>) -> Result<Self, TrainingError> {
        Self::new(name, format, Input::bytes(Bytes::from(bytes)))
    }

    fn new(name: &str, format: TableFormat, input: Input) -> Result<Self, TrainingError> {
        Ok(Self { name: name.to_owned(), opened: Opened::new(name, format, &input)?, input, memory: Self::MEMORY })
    }

    /// The same file, of which no more than so many bytes are decoded at a time: what cannot be read in smaller parts is refused.
    #[must_use]
    pub fn within(self, memory: usize) -> Self {
        Self { memory, ..self }
    }

    /// SHA-256 of its bytes, in hexadecimal.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn sha256(&self) -> Result<String, TrainingError> {
        let hash = self.input.sha256();
        Ok(hash.map_err(|error| {
            Problem::new(ProblemCode::Unreadable, self.name.as_str(), format!("cannot be read: {error}"))
                .with_cure("see that it is there, and a table in Parquet or Arrow")
        })?)
    }

    /// These rows, of which none comes before the one before it, with all columns.
    pub(super) fn read_rows(&self, rows: &[u64]) -> Result<RecordBatch, TrainingError> {
        let schema = self.columns();
        let batches = self.opened.clone().read_rows(&self.name, self.input.clone(), rows, self.memory)?;
        Ok(concat_batches(&schema, &batches).map_err(|error| unreadable(&self.name, &error))?)
    }

    /// How many rows it has, as it says itself.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.opened.rows
    }

    /// What was noted in it under this name, such as by [`TableWriter::note`].
    #[must_use]
    pub fn noted(&self, key: &str) -> Option<&str> {
        self.opened.notes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

impl std::fmt::Debug for TableFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableFile").field("name", &self.name).field("rows", &self.opened.rows).finish_non_exhaustive()
    }
}

impl TableSource for TableFile {
    fn columns(&self) -> SchemaRef {
        self.opened.schema.clone()
    }

    fn read_columns<'s>(self: Box<Self>, columns: &[usize], rows: usize) -> Result<Box<dyn RecordBatchReader + Send + 's>, TrainingError>
    where
        Self: 's,
    {
        Ok(Box::new(self.opened.read(&self.name, self.input, columns, rows, self.memory)?))
    }

    fn parts(&self, most: usize) -> Option<Vec<TablePart>> {
        let part = |(opened, first_row): (Opened, u64)| {
            let rows = opened.rows;
            let (name, input, memory) = (self.name.clone(), self.input.clone(), self.memory);
            TablePart { table: Box::new(Self { name, opened, input, memory }), first_row, rows }
        };
        Some(self.opened.parts(most).into_iter().map(part).collect())
    }
}

/// A table that is being written, batch by batch.
pub struct TableWriter<W: Write + Send> {
    name: String,
    to: To<W>,
}

enum To<W: Write + Send> {
    Parquet(Box<ArrowWriter<W>>),
    Arrow(Box<FileWriter<W>>),
}

impl<W: Write + Send> TableWriter<W> {
    /// Rows after which a part of a Parquet file ends.
    const GROUP: usize = 1 << 16;

    /// Begins a file with these columns; `name` stands for it in what is said of it. What is written is the same bytes for the same batches.
    ///
    /// # Errors
    /// Columns that the format cannot hold, or a file that cannot be written.
    pub fn new(name: &str, format: TableFormat, to: W, schema: &Schema) -> Result<Self, TrainingError> {
        let failed = |error: &dyn std::fmt::Display| unwritable(name, error);
        let to = match format {
            TableFormat::Parquet => {
                let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default()));
                let properties = properties.set_max_row_group_row_count(Some(Self::GROUP)).build();
                let writer = ArrowWriter::try_new(to, schema.clone().into(), Some(properties)).map_err(|error| failed(&error))?;
                To::Parquet(Box::new(writer))
            }
            TableFormat::Arrow => To::Arrow(Box::new(FileWriter::try_new(to, schema).map_err(|error| failed(&error))?)),
        };
        Ok(Self { name: name.to_owned(), to })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// Rows with other columns, or a file that cannot be written.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), TrainingError> {
        match &mut self.to {
            To::Parquet(writer) => writer.write(batch).map_err(|error| unwritable(&self.name, &error)),
            To::Arrow(writer) => writer.write(batch).map_err(|error| unwritable(&self.name, &error)),
        }
        .map_err(Into::into)
    }

    /// Notes something about the table, under a name by which [`TableFile::noted`] finds it.
    pub fn note(&mut self, key: &str, value: &str) {
        match &mut self.to {
            To::Parquet(writer) => writer.append_key_value_metadata(KeyValue::new(key.to_owned(), value.to_owned())),
            To::Arrow(writer) => writer.write_metadata(key, value),
        }
    }

    /// Ends the file and gives back where it was written.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn finish(self) -> Result<W, TrainingError> {
        let done = match self.to {
            To::Parquet(writer) => writer.into_inner().map_err(|error| unwritable(&self.name, &error)),
            To::Arrow(writer) => writer.into_inner().map_err(|error| unwritable(&self.name, &error)),
        };
        Ok(done?)
    }
}

impl<W: Write + Send> std::fmt::Debug for TableWriter<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableWriter").field("name", &self.name).finish_non_exhaustive()
    }
}

pub(super) fn unwritable(name: &str, error: &dyn std::fmt::Display) -> Problem {
    Problem::new(ProblemCode::Unreadable, name, format!("cannot be written: {error}")).with_cure("see that the folder is there and has room")
}
