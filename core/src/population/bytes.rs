//! The bytes of files of tables, which may be broken or hostile: in come bytes, out go batches of rows or an error.
//!
//! The readers of Parquet and Arrow trust much of what a file says of itself. INVARIANT: no more is read at once than the file has and the memory
//! allows, and where a reader panics nevertheless, that is an error like any other.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_buffer::{Buffer, MutableBuffer};
use arrow_ipc::convert::fb_to_schema;
use arrow_ipc::reader::{FileDecoder, read_footer_length};
use arrow_ipc::{Block, MetadataVersion, root_as_footer, root_as_message};
use arrow_schema::{ArrowError, SchemaRef};
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};
use sha2::{Digest as _, Sha256};

use super::TableFormat;
use super::source::{told, unreadable};
use crate::hash;
use crate::problem::{Problem, ProblemCode, TrainingError};

/// Where the bytes come from.
#[derive(Clone)]
pub(super) enum Input {
    File(Arc<File>, u64),
    Bytes(Bytes),
}

trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

impl Input {
    pub(super) fn file(file: File) -> std::io::Result<Self> {
        let len = file.metadata()?.len();
        Ok(Self::File(Arc::new(file), len))
    }

    pub(super) fn bytes(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }

    fn open(&self) -> Box<dyn ReadSeek> {
        match self {
            Self::File(file, len) => Box::new(BufReader::new(Positioned { file: file.clone(), len: *len, at: 0 })),
            Self::Bytes(bytes) => Box::new(Cursor::new(bytes.clone())),
        }
    }

    /// SHA-256 of all bytes, in hexadecimal.
    pub(super) fn sha256(&self) -> std::io::Result<String> {
        const STEP: usize = 1 << 16;
        let (mut from, mut sum, mut bytes) = (self.open(), Sha256::new(), vec![0; STEP]);
        from.seek(SeekFrom::Start(0))?;
        loop {
            match from.read(&mut bytes)? {
                0 => return Ok(hash::hexadecimal(sum)),
                read => sum.update(bytes.get(..read).unwrap_or_default()),
            }
        }
    }

    fn within(&self, start: u64, length: u64) -> Result<(), ParquetError> {
        match start.checked_add(length) {
            Some(end) if end <= self.len() => Ok(()),
            _ => Err(ParquetError::EOF("it names bytes behind its end".to_owned())),
        }
    }
}

/// A place in a file of its own: others may read the same file meanwhile, on other threads too.
struct Positioned {
    file: Arc<File>,
    len: u64,
    at: u64,
}

impl Read for Positioned {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let read = read_from(&self.file, to, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Positioned {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

#[cfg(unix)]
fn read_from(file: &File, to: &mut [u8], at: u64) -> std::io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, to, at)
}

#[cfg(windows)]
fn read_from(file: &File, to: &mut [u8], at: u64) -> std::io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, to, at)
}

#[cfg(not(any(unix, windows)))]
fn read_from(mut file: &File, to: &mut [u8], at: u64) -> std::io::Result<usize> {
    file.seek(SeekFrom::Start(at))?;
    file.read(to)
}

impl Length for Input {
    fn len(&self) -> u64 {
        match self {
            Self::File(_, len) => *len,
            Self::Bytes(bytes) => bytes.len() as u64,
        }
    }
}

impl ChunkReader for Input {
    type T = Box<dyn Read + Send>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        self.within(start, 0)?;
        Ok(match self {
            Self::File(file, len) => Box::new(BufReader::new(Positioned { file: file.clone(), len: *len, at: start })),
            Self::Bytes(bytes) => Box::new(bytes.get_read(start)?),
        })
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        self.within(start, length as u64)?;
        match self {
            Self::File(file, len) => {
                let mut read = vec![0; length];
                Positioned { file: file.clone(), len: *len, at: start }.read_exact(&mut read)?;
                Ok(read.into())
            }
            Self::Bytes(bytes) => bytes.get_bytes(start, length),
        }
    }
}

/// What a file says of itself.
#[derive(Clone)]
pub(super) struct Opened {
    pub(super) schema: SchemaRef,
    pub(super) rows: u64,
    pub(super) notes: Vec<(String, String)>,
    kind: Kind,
}

#[derive(Clone)]
enum Kind {
    /// With the pieces of which it has rows, where these are not all.
    Parquet(ArrowReaderMetadata, Option<Vec<usize>>),
    Arrow(Blocks),
}

/// Where the parts of an Arrow file stand.
#[derive(Clone)]
struct Blocks {
    version: MetadataVersion,
    dictionaries: Vec<Block>,
    /// Each with how many rows it has.
    batches: Vec<(Block, u64)>,
}

/// Runs a reader that may panic on bytes that contradict each other.
fn contained<T, E: Into<ArrowError>>(name: &str, read: impl FnOnce() -> Result<T, E>) -> Result<T, TrainingError> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|error| told(name, error.into())),
        Err(_) => Err(unreadable(name, &"its bytes contradict each other").into()),
    }
}

impl Opened {
    pub(super) fn new(name: &str, format: TableFormat, input: &Input) -> Result<Self, TrainingError> {
        Ok(match format {
            TableFormat::Parquet => contained(name, || Self::parquet(input))?,
            TableFormat::Arrow => contained(name, || Self::arrow(input))?,
        })
    }

    fn parquet(input: &Input) -> Result<Self, ParquetError> {
        let metadata = ArrowReaderMetadata::load(input, ArrowReaderOptions::new())?;
        // Each part says how many rows it has, and these are read.
        let mut rows = metadata.metadata().row_groups().iter().map(|part| u64::try_from(part.num_rows()).ok());
        let rows = rows.try_fold(0_u64, |sum, rows| sum.checked_add(rows?));
        let rows = rows.ok_or_else(|| ParquetError::General("a part with a number of rows that cannot be".to_owned()))?;
        let notes = metadata.metadata().file_metadata().key_value_metadata().into_iter().flatten();
        let notes = notes.filter_map(|note| Some((note.key.clone(), note.value.clone()?))).collect();
        Ok(Self { schema: metadata.schema().clone(), rows, notes, kind: Kind::Parquet(metadata, None) })
    }

    fn arrow(input: &Input) -> Result<Self, ArrowError> {
        const END: usize = 10;
        let wrong = |message: &str| ArrowError::IpcError(message.to_owned());
        let mut from = input.open();
        let len = input.len();
        let mut end = [0; END];
        from.seek(SeekFrom::Start(len.checked_sub(END as u64).ok_or_else(|| wrong("too short"))?))?;
        from.read_exact(&mut end)?;
        let footer_len = read_footer_length(end)?;
        let start = len.checked_sub((END + footer_len) as u64).ok_or_else(|| wrong("a footer longer than the file"))?;
        from.seek(SeekFrom::Start(start))?;
        let mut footer = vec![0; footer_len];
        from.read_exact(&mut footer)?;
        let footer = root_as_footer(&footer).map_err(|error| wrong(&format!("a footer that cannot be read: {error}")))?;
        let schema = footer.schema().ok_or_else(|| wrong("no schema"))?;
        if !schema.endianness().equals_to_target_endianness() {
            return Err(wrong("written on a machine of the other byte order"));
        }
        let schema = Arc::new(fb_to_schema(schema));
        let dictionaries: Vec<Block> = footer.dictionaries().into_iter().flatten().copied().collect();
        let batches: Vec<Block> = footer.recordBatches().into_iter().flatten().copied().collect();
        let mut all = 0_u64;
        for block in dictionaries.iter().chain(&batches) {
            let size =
                size_of_block(block).filter(|size| u64::try_from(block.offset()).is_ok_and(|at| at.checked_add(*size).is_some_and(|end| end <= len)));
            all = all.saturating_add(size.ok_or_else(|| wrong("a part that lies outside of the file"))?);
        }
        // Parts that overlap would make much of little.
        if all > len {
            return Err(wrong("parts that overlap"));
        }
        let notes = footer.custom_metadata().into_iter().flatten().filter_map(|note| Some((note.key()?.to_owned(), note.value()?.to_owned())));
        let notes = notes.collect();
        let mut blocks = Blocks { version: footer.version(), dictionaries, batches: Vec::with_capacity(batches.len()) };
        for block in batches {
            let message = read_at(&mut from, &block, usize::try_from(block.metaDataLength()).unwrap_or(0))?;
            let batch = message_of(&message)?.header_as_record_batch();
            blocks.batches.push((block, batch.and_then(|batch| u64::try_from(batch.length()).ok()).unwrap_or(0)));
        }
        let rows = blocks.batches.iter().fold(0, |rows: u64, (_, more)| rows.saturating_add(*more));
        Ok(Self { schema, rows, notes, kind: Kind::Arrow(blocks) })
    }

    /// The same in at most so many parts of about as many rows, each with how many rows stand before it.
    pub(super) fn parts(&self, most: usize) -> Vec<(Self, u64)> {
        let pieces: Vec<u64> = match &self.kind {
            Kind::Parquet(metadata, _) => metadata.metadata().row_groups().iter().map(|group| u64::try_from(group.num_rows()).unwrap_or(0)).collect(),
            Kind::Arrow(blocks) => blocks.batches.iter().map(|(_, rows)| *rows).collect(),
        };
        let most = most.max(1) as u64;
        let (mut parts, mut first_row) = (Vec::new(), 0_u64);
        // Each part has the pieces that begin before its share of the rows ends.
        let mut pieces = pieces.into_iter().enumerate().peekable();
        for share in 1..=most {
            let end = self.rows / most * share + if share == most { self.rows % most } else { 0 };
            let (before, mut of) = (first_row, Vec::new());
            while let Some((piece, rows)) = pieces.next_if(|_| first_row < end || share == most) {
                of.push(piece);
                first_row = first_row.saturating_add(rows);
            }
            if !of.is_empty() {
                parts.push((self.part(&of, first_row - before), before));
            }
        }
        parts
    }

    /// Some of its pieces.
    fn part(&self, of: &[usize], rows: u64) -> Self {
        let kind = match &self.kind {
            Kind::Parquet(metadata, _) => Kind::Parquet(metadata.clone(), Some(of.to_vec())),
            Kind::Arrow(blocks) => {
                let batches = of.iter().filter_map(|piece| blocks.batches.get(*piece).copied()).collect();
                Kind::Arrow(Blocks { version: blocks.version, dictionaries: blocks.dictionaries.clone(), batches })
            }
        };
        Self { schema: self.schema.clone(), rows, notes: Vec::new(), kind }
    }

    /// Reads some of its columns.
    pub(super) fn read(self, name: &str, input: Input, columns: &[usize], rows: usize, memory: usize) -> Result<Batches, TrainingError> {
        let schema = Arc::new(self.schema.project(columns).map_err(|error| unreadable(name, &error))?);
        let batches: AnyBatches = match self.kind {
            Kind::Parquet(metadata, pieces) => contained(name, || {
                let columns = ProjectionMask::roots(metadata.parquet_schema(), columns.iter().copied());
                let mut builder = ParquetRecordBatchReaderBuilder::new_with_metadata(input, metadata);
                if let Some(pieces) = pieces {
                    builder = builder.with_row_groups(pieces);
                }
                builder.with_projection(columns).with_batch_size(rows.max(1)).build().map(Box::new)
            })?,
            Kind::Arrow(blocks) => contained(name, || blocks.parts(self.schema, &input, columns, memory).map(Box::new))?,
        };
        Ok(Batches { name: name.to_owned(), schema, inner: Some(batches) })
    }

    /// Reads some of its rows, in order, with all columns.
    pub(super) fn read_rows(self, name: &str, input: Input, rows: &[u64], memory: usize) -> Result<Vec<RecordBatch>, TrainingError> {
        const ROWS: usize = 1 << 10;
        let number = |row: &u64| usize::try_from(*row).unwrap_or(usize::MAX);
        match self.kind {
            Kind::Parquet(metadata, _) => contained(name, || {
                let ranges = rows.iter().map(|row| number(row)..number(row).saturating_add(1));
                let selection = RowSelection::from_consecutive_ranges(ranges, usize::try_from(self.rows).unwrap_or(usize::MAX));
                let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(input, metadata);
                builder.with_row_selection(selection).with_batch_size(ROWS).build()?.collect::<Result<Vec<_>, ArrowError>>()
            }),
            Kind::Arrow(blocks) => {
                let columns: Vec<usize> = (0..self.schema.fields().len()).collect();
                let mut parts = contained(name, || blocks.parts(self.schema, &input, &columns, memory))?;
                let (mut found, mut first) = (Vec::new(), 0);
                while let Some(batch) = contained(name, || parts.next().transpose())? {
                    let (start, end) = (first, first + batch.num_rows() as u64);
                    let of_batch = rows.iter().filter(|row| (start..end).contains(row));
                    found.extend(of_batch.map(|row| batch.slice(usize::try_from(row - start).unwrap_or(0), 1)));
                    first = end;
                }
                Ok(found)
            }
        }
    }
}

impl Blocks {
    fn parts(self, schema: SchemaRef, input: &Input, columns: &[usize], memory: usize) -> Result<Parts, ArrowError> {
        let decoder = FileDecoder::new(schema, self.version).with_projection(columns.to_vec());
        let batches: Vec<Block> = self.batches.into_iter().map(|(block, _)| block).collect();
        let mut parts = Parts { from: input.open(), decoder, batches: batches.into_iter(), memory };
        parts.dictionaries(&self.dictionaries)?;
        Ok(parts)
    }
}

type AnyBatches = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>;

/// The batches of a file.
pub(super) struct Batches {
    name: String,
    schema: SchemaRef,
    /// Gone after an error.
    inner: Option<AnyBatches>,
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut inner = self.inner.take()?;
        let next = contained(&self.name, || inner.next().transpose()).transpose()?;
        if next.is_ok() {
            self.inner = Some(inner);
        }
        Some(next.map_err(|error| ArrowError::ExternalError(Box::new(error))))
    }
}

impl RecordBatchReader for Batches {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// The parts of an Arrow file, one after the other.
struct Parts {
    from: Box<dyn ReadSeek>,
    decoder: FileDecoder,
    batches: std::vec::IntoIter<Block>,
    memory: usize,
}

impl Parts {
    fn dictionaries(&mut self, blocks: &[Block]) -> Result<(), ArrowError> {
        for block in blocks {
            let part = self.part(block)?;
            self.decoder.read_dictionary(block, &part)?;
        }
        Ok(())
    }

    /// The bytes of a part, where they and what they come to fit.
    fn part(&mut self, block: &Block) -> Result<Buffer, ArrowError> {
        let size = size_of_block(block).and_then(|size| usize::try_from(size).ok()).unwrap_or(usize::MAX);
        if size > self.memory {
            return Err(too_large(size as u64));
        }
        let part = read_at(&mut self.from, block, size)?;
        let message = message_of(&part)?;
        let batch = message.header_as_record_batch().or_else(|| message.header_as_dictionary_batch().and_then(|batch| batch.data()));
        let Some(batch) = batch else { return Err(ArrowError::IpcError("a part that holds no rows".to_owned())) };
        if batch.compression().is_some() {
            let body = part.get(usize::try_from(block.metaDataLength()).unwrap_or(usize::MAX)..).unwrap_or_default();
            let mut all = 0_u64;
            for buffer in batch.buffers().into_iter().flatten() {
                // A compressed buffer begins with how long it will be, or -1 where it is not compressed after all.
                let start = usize::try_from(buffer.offset()).unwrap_or(usize::MAX);
                let prefix = body.get(start..).and_then(|rest| rest.first_chunk::<8>()).map_or(0, |bytes| i64::from_le_bytes(*bytes));
                all = all.saturating_add(u64::try_from(prefix).unwrap_or(0));
            }
            if all > self.memory as u64 {
                return Err(too_large(all));
            }
        }
        Ok(part)
    }
}

impl Iterator for Parts {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let block = self.batches.next()?;
        self.part(&block).and_then(|part| self.decoder.read_record_batch(&block, &part)).transpose()
    }
}

/// How long a part is; `None` where it says what cannot be.
fn size_of_block(block: &Block) -> Option<u64> {
    const LEAST: i32 = 16;
    let (metadata, body) = (block.metaDataLength(), block.bodyLength());
    (metadata >= LEAST).then_some(())?;
    u64::try_from(metadata).ok()?.checked_add(u64::try_from(body).ok()?)
}

fn read_at(from: &mut dyn ReadSeek, block: &Block, size: usize) -> Result<Buffer, ArrowError> {
    from.seek(SeekFrom::Start(u64::try_from(block.offset()).unwrap_or(u64::MAX)))?;
    let mut part = MutableBuffer::from_len_zeroed(size);
    from.read_exact(&mut part)?;
    Ok(part.into())
}

/// The message with which a part begins.
fn message_of(part: &[u8]) -> Result<arrow_ipc::Message<'_>, ArrowError> {
    const CONTINUED: [u8; 4] = [0xff; 4];
    let skipped = if part.starts_with(&CONTINUED) { 8 } else { 4 };
    root_as_message(part.get(skipped..).unwrap_or_default()).map_err(|error| ArrowError::IpcError(format!("a part that cannot be read: {error}")))
}

fn too_large(bytes: u64) -> ArrowError {
    let problem = Problem::new(ProblemCode::TooLarge, "the table", format!("a batch of rows of {bytes} bytes, which is more than the memory allows"));
    let problem = problem.with_cure("write the table in smaller batches, or as Parquet, or allow more memory");
    ArrowError::ExternalError(Box::new(TrainingError::from(problem)))
}
