//! Tables in any order that do not fit into memory: laid down in temporary files, parted by the ids, and judged part by part.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufReader, BufWriter, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::UInt64Type;
use arrow_array::{Array, ArrayRef, RecordBatch, UInt32Array, UInt64Array};
use arrow_cast::cast;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use arrow_select::interleave::interleave;
use arrow_select::take::take_record_batch;

use super::held::{Held, Layout};
use super::results::combined;
use super::{Run, Told, one_subject_too_large};
use crate::population::files::unwritable;
use crate::population::source::{Piece, unreadable};
use crate::problem::TrainingError;

/// What is said of a temporary file.
const PLACE: &str = "a temporary file";

/// Tables parted by their ids.
pub(super) struct Spill<'f> {
    folder: Option<&'f Path>,
    layouts: Vec<Layout>,
    /// How often these rows were parted before.
    depth: u8,
    parts: Vec<Part>,
}

/// The rows of some ids: of the table of subjects, and of each table of records.
struct Part {
    files: Vec<Laid>,
    bytes: usize,
}

impl<'f> Spill<'f> {
    /// How many parts are made of a whole.
    pub(super) const PARTS: usize = 32;
    /// How often at most: what is too large then are the records of one subject.
    const DEEPEST: u8 = 4;

    pub(super) fn new(of: &Held, folder: Option<&'f Path>, depth: u8) -> Result<Self, TrainingError> {
        let layouts: Vec<Layout> = of.layouts.iter().map(|layout| Layout { schema: plain(&layout.schema), ..layout.clone() }).collect();
        let part = || -> Result<Part, TrainingError> {
            let files = layouts.iter().map(|layout| Laid::new(&layout.schema, folder)).collect::<Result<_, _>>()?;
            Ok(Part { files, bytes: 0 })
        };
        let parts = (0..Self::PARTS).map(|_| part()).collect::<Result<_, _>>()?;
        Ok(Self { folder, layouts, depth, parts })
    }

    /// Lays down rows of a table.
    pub(super) fn push(&mut self, place: usize, piece: &Piece) -> Result<(), TrainingError> {
        let Some(layout) = self.layouts.get(place) else { return Ok(()) };
        let batch = as_plain(&piece.batch, &layout.schema)?;
        let width = piece.bytes() / piece.len().max(1);
        let mut rows: Vec<Vec<u32>> = vec![Vec::new(); Self::PARTS];
        for (id, row) in piece.ids.iter().zip(0..) {
            let mut hasher = DefaultHasher::new();
            (self.depth, id).hash(&mut hasher);
            // The remainder is below the number of parts, which is small.
            let part = usize::try_from(hasher.finish() % Self::PARTS as u64).unwrap_or(0);
            if let Some(rows) = rows.get_mut(part) {
                rows.push(row);
            }
        }
        for (part, rows) in self.parts.iter_mut().zip(rows).filter(|(_, rows)| !rows.is_empty()) {
            part.bytes = part.bytes.saturating_add(rows.len().saturating_mul(width));
            let numbers: Vec<u64> = rows.iter().filter_map(|row| piece.rows.get(*row as usize).copied()).collect();
            let batch = take_record_batch(&batch, &UInt32Array::from(rows)).map_err(|error| unreadable(PLACE, &error))?;
            if let Some(file) = part.files.get_mut(place) {
                file.push(&batch, numbers)?;
            }
        }
        Ok(())
    }
}

/// Judges what was laid down, and hands over the results in the order of the subjects.
pub(super) fn judge(
    run: &Run<'_>,
    spill: Spill<'_>,
    told: &mut Told,
    take: &mut dyn FnMut(RecordBatch) -> Result<(), TrainingError>,
) -> Result<(), TrainingError> {
    let mut judged = Vec::new();
    judge_parts(run, spill, told, &mut judged)?;
    while judged.len() > Spill::PARTS {
        merge_some(run, told, &mut judged)?;
    }
    merge(judged, run, &mut |batch, _| take(batch))
}

/// Makes one file of as many as are read together.
fn merge_some(run: &Run<'_>, told: &mut Told, judged: &mut Vec<Laid>) -> Result<(), TrainingError> {
    let mut merged = Laid::new(&run.schema, run.limits.folder)?;
    let some: Vec<Laid> = judged.drain(..Spill::PARTS.min(judged.len())).collect();
    merge(some, run, &mut |batch, rows| merged.push(&batch, rows))?;
    told.spilled += merged.bytes()?;
    judged.push(merged);
    Ok(())
}

fn judge_parts(run: &Run<'_>, spill: Spill<'_>, told: &mut Told, judged: &mut Vec<Laid>) -> Result<(), TrainingError> {
    let Spill { folder, layouts, depth, parts } = spill;
    for part in parts {
        let mut held = Held::of(layouts.clone());
        let mut deeper = None;
        if part.bytes > run.budget.held {
            deeper = Some(Spill::new(&held, folder, depth + 1)?);
        }
        let mut first = None;
        for (place, (file, layout)) in part.files.into_iter().zip(&layouts).enumerate() {
            told.spilled += file.bytes()?;
            for read in file.read()? {
                let (batch, rows) = read?;
                let Some(piece) = Piece::new(batch, (layout.key, layout.as_texts), rows) else { return Err(unreadable(PLACE, &"no ids").into()) };
                first = first.or_else(|| piece.rows.first().copied());
                match &mut deeper {
                    Some(deeper) => deeper.push(place, &piece)?,
                    None => held.push(place, piece),
                }
            }
        }
        if let Some(deeper) = deeper {
            if deeper.depth > Spill::DEEPEST {
                let column = layouts.first().map_or("", |layout| layout.column.as_str());
                return Err(one_subject_too_large(column, first.unwrap_or_default()));
            }
            judge_parts(run, deeper, told, judged)?;
            continue;
        }
        let mut results = Laid::new(&run.schema, folder)?;
        let mut chunks = held.in_order(run.budget, &mut told.flaws)?;
        run.each(&mut || chunks.next(), &mut |chunk| {
            let rows = chunk.rows.clone();
            let batch = told.of(chunk);
            // In small batches, since one of each part is read at a time.
            for first in (0..rows.len()).step_by(run.budget.results) {
                let end = (first + run.budget.results).min(rows.len());
                results.push(&batch.slice(first, end - first), rows.get(first..end).unwrap_or_default().to_vec())?;
            }
            Ok(())
        })?;
        told.spilled += results.bytes()?;
        judged.push(results);
        // No more files are open than systems allow.
        if judged.len() > 2 * Spill::PARTS {
            merge_some(run, told, judged)?;
        }
    }
    Ok(())
}

/// Results of several files, in the order of their rows.
fn merge(files: Vec<Laid>, run: &Run<'_>, take: &mut dyn FnMut(RecordBatch, Vec<u64>) -> Result<(), TrainingError>) -> Result<(), TrainingError> {
    let mut batches: Vec<RecordBatch> = Vec::new();
    let mut heads: Vec<Head> = Vec::new();
    let mut next = BinaryHeap::new();
    for file in files {
        let mut head = Head { rest: file.read()?, batch: 0, rows: Vec::new(), at: 0 };
        if head.load(&mut batches)? {
            next.push(Reverse((head.row(), heads.len())));
            heads.push(head);
        }
    }
    let (mut places, mut rows) = (Vec::new(), Vec::new());
    while let Some(Reverse((row, at))) = next.pop() {
        let Some(head) = heads.get_mut(at) else { continue };
        places.push((head.batch, head.at));
        rows.push(row);
        head.at += 1;
        if head.at < head.rows.len() || head.load(&mut batches)? {
            next.push(Reverse((head.row(), at)));
        }
        if rows.len() >= run.budget.results {
            let batch = combined(&run.schema, &batches, &|arrays| interleave(arrays, &places))?;
            take(batch, std::mem::take(&mut rows))?;
            places.clear();
            // Those that are read through are let go.
            let mut kept = Vec::new();
            for head in heads.iter_mut().filter(|head| head.at < head.rows.len()) {
                kept.extend(batches.get(head.batch).cloned());
                head.batch = kept.len().saturating_sub(1);
            }
            batches = kept;
        }
    }
    if rows.is_empty() { Ok(()) } else { take(combined(&run.schema, &batches, &|arrays| interleave(arrays, &places))?, rows) }
}

/// What was written to a temporary file: batches, and where their rows stand in the whole table.
type Written = Box<dyn Iterator<Item = Result<(RecordBatch, Vec<u64>), TrainingError>>>;

/// How far a file of results was read.
struct Head {
    rest: Written,
    /// The place of its batch among those that are read.
    batch: usize,
    rows: Vec<u64>,
    at: usize,
}

impl Head {
    fn row(&self) -> u64 {
        self.rows.get(self.at).copied().unwrap_or(u64::MAX)
    }

    /// Reads the next batch; says whether there was one.
    fn load(&mut self, batches: &mut Vec<RecordBatch>) -> Result<bool, TrainingError> {
        let Some(next) = self.rest.next() else { return Ok(false) };
        let (batch, rows) = next?;
        (self.batch, self.rows, self.at) = (batches.len(), rows, 0);
        batches.push(batch);
        Ok(true)
    }
}

/// Rows laid down in a temporary file, which is gone with the process, and their places in the whole.
struct Laid {
    schema: SchemaRef,
    writer: StreamWriter<BufWriter<File>>,
}

impl Laid {
    /// How much is written at a time: there are many of these files.
    const BUFFER: usize = 1 << 14;

    fn new(schema: &SchemaRef, folder: Option<&Path>) -> Result<Self, TrainingError> {
        let file = folder.map_or_else(tempfile::tempfile, tempfile::tempfile_in).map_err(|error| unwritable(PLACE, &error))?;
        let mut fields = schema.fields().to_vec();
        fields.push(Arc::new(Field::new("row", DataType::UInt64, false)));
        let with_row = Arc::new(Schema::new(fields));
        let writer = StreamWriter::try_new(BufWriter::with_capacity(Self::BUFFER, file), &with_row).map_err(|error| unwritable(PLACE, &error))?;
        Ok(Self { schema: schema.clone(), writer })
    }

    fn push(&mut self, batch: &RecordBatch, rows: Vec<u64>) -> Result<(), TrainingError> {
        let mut columns = batch.columns().to_vec();
        columns.push(Arc::new(UInt64Array::from(rows)) as ArrayRef);
        let mut fields = self.schema.fields().to_vec();
        fields.push(Arc::new(Field::new("row", DataType::UInt64, false)));
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns);
        let written = batch.and_then(|batch| self.writer.write(&batch));
        Ok(written.map_err(|error| unwritable(PLACE, &error))?)
    }

    /// How many bytes were written.
    fn bytes(&self) -> Result<u64, TrainingError> {
        Ok(self.writer.get_ref().get_ref().metadata().map_err(|error| unwritable(PLACE, &error))?.len())
    }

    /// Reads what was written, from the beginning.
    fn read(self) -> Result<Written, TrainingError> {
        let columns = self.schema.fields().len();
        let schema = self.schema;
        let file = self.writer.into_inner().map_err(|error| unwritable(PLACE, &error))?;
        let mut file = file.into_inner().map_err(|error| unwritable(PLACE, error.error()))?;
        file.seek(SeekFrom::Start(0)).map_err(|error| unreadable(PLACE, &error))?;
        let reader = StreamReader::try_new(BufReader::new(file), None).map_err(|error| unreadable(PLACE, &error))?;
        Ok(Box::new(reader.map(move |batch| {
            let batch = batch.map_err(|error| unreadable(PLACE, &error))?;
            let rows = batch.columns().last().and_then(|rows| rows.as_primitive_opt::<UInt64Type>()).map(|rows| rows.values().to_vec());
            let of_table = RecordBatch::try_new(schema.clone(), batch.columns().iter().take(columns).cloned().collect());
            Ok((of_table.map_err(|error| unreadable(PLACE, &error))?, rows.unwrap_or_default()))
        })))
    }
}

/// The same columns without dictionaries, which would be written again with every batch.
fn plain(schema: &SchemaRef) -> SchemaRef {
    let fields = schema.fields().iter().map(|field| match field.data_type() {
        DataType::Dictionary(_, values) => Arc::new(field.as_ref().clone().with_data_type(values.as_ref().clone())),
        _ => field.clone(),
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

fn as_plain(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, TrainingError> {
    let columns = batch
        .columns()
        .iter()
        .zip(schema.fields())
        .map(|(column, field)| if column.data_type() == field.data_type() { Ok(column.clone()) } else { cast(column, field.data_type()) });
    let batch = columns.collect::<Result<Vec<_>, _>>().and_then(|columns| RecordBatch::try_new(schema.clone(), columns));
    Ok(batch.map_err(|error| unreadable(PLACE, &error))?)
}
