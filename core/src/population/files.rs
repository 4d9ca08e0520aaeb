//! Tables in files: Parquet, and Arrow's own format (also called Feather).

use std::io::Cursor;

use arrow_array::RecordBatch;
use arrow_ipc::reader::FileReader;
use arrow_ipc::writer::FileWriter;
use arrow_select::concat::concat_batches;
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

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

    /// Reads a whole table; `name` stands for it in what is said of it.
    ///
    /// # Errors
    /// Bytes that are no such file.
    pub fn read(self, name: &str, bytes: Vec<u8>) -> Result<RecordBatch, TrainingError> {
        let unreadable =
            |error: &dyn std::fmt::Display| Problem::new(ProblemCode::Unreadable, name, format!("not a table that can be read: {error}"));
        let (schema, batches) = match self {
            Self::Parquet => {
                let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).map_err(|e| unreadable(&e))?;
                let schema = reader.schema().clone();
                let batches = reader.build().map_err(|e| unreadable(&e))?.collect::<Result<Vec<_>, _>>();
                (schema, batches)
            }
            Self::Arrow => {
                let reader = FileReader::try_new(Cursor::new(bytes), None).map_err(|e| unreadable(&e))?;
                (reader.schema(), reader.collect())
            }
        };
        let batches = batches.map_err(|e| unreadable(&e))?;
        Ok(concat_batches(&schema, &batches).map_err(|e| unreadable(&e))?)
    }

    /// The bytes of a file that holds this table.
    ///
    /// # Errors
    /// A table that the format cannot hold.
    pub fn write(self, batch: &RecordBatch) -> Result<Vec<u8>, TrainingError> {
        let failed =
            |error: &dyn std::fmt::Display| Problem::new(ProblemCode::TooLarge, "the table of results", format!("cannot be written: {error}"));
        let mut bytes = Vec::new();
        match self {
            Self::Parquet => {
                let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
                let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).map_err(|e| failed(&e))?;
                writer.write(batch).map_err(|e| failed(&e))?;
                writer.close().map_err(|e| failed(&e))?;
            }
            Self::Arrow => {
                let mut writer = FileWriter::try_new(&mut bytes, &batch.schema()).map_err(|e| failed(&e))?;
                writer.write(batch).map_err(|e| failed(&e))?;
                writer.finish().map_err(|e| failed(&e))?;
            }
        }
        Ok(bytes)
    }
}
