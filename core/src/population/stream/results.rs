//! Batches of results put together: of one size, and with the same codes for statuses.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::UInt8Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, RecordBatch};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use arrow_select::concat::concat;

use crate::population::source::unreadable;
use crate::problem::{Problem, TrainingError};

/// Results on their way, handed over in batches of one size whatever sizes they came in.
pub(super) struct Results<'r> {
    schema: SchemaRef,
    sink: &'r mut dyn FnMut(RecordBatch) -> Result<(), TrainingError>,
    waiting: Vec<RecordBatch>,
    rows: usize,
}

impl<'r> Results<'r> {
    /// Rows of a batch of results.
    const ROWS: usize = 8_192;

    pub(super) fn new(schema: SchemaRef, sink: &'r mut dyn FnMut(RecordBatch) -> Result<(), TrainingError>) -> Self {
        Self { schema, sink, waiting: Vec::new(), rows: 0 }
    }

    /// Adds results.
    pub(super) fn push(&mut self, mut batch: RecordBatch) -> Result<(), TrainingError> {
        while self.rows + batch.num_rows() >= Self::ROWS {
            let room = Self::ROWS - self.rows;
            self.waiting.push(batch.slice(0, room));
            batch = batch.slice(room, batch.num_rows() - room);
            self.hand_over()?;
        }
        self.rows += batch.num_rows();
        if batch.num_rows() > 0 {
            self.waiting.push(batch);
        }
        Ok(())
    }

    /// Hands over what is left.
    pub(super) fn finish(mut self) -> Result<(), TrainingError> {
        if self.rows > 0 { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> Result<(), TrainingError> {
        let waiting = std::mem::take(&mut self.waiting);
        self.rows = 0;
        (self.sink)(combined(&self.schema, &waiting, &concat)?)
    }
}

/// What makes one array of several.
type Combine<'c> = dyn Fn(&[&dyn Array]) -> Result<ArrayRef, ArrowError> + 'c;

/// The columns of several batches of results made one by one; those of codes keep their codes.
pub(super) fn combined(schema: &SchemaRef, batches: &[RecordBatch], combine: &Combine<'_>) -> Result<RecordBatch, Problem> {
    let columns = schema.fields().iter().enumerate().map(|(place, field)| {
        let arrays: Vec<&ArrayRef> = batches.iter().filter_map(|batch| batch.columns().get(place)).collect();
        if !matches!(field.data_type(), DataType::Dictionary(..)) {
            return combine(&arrays.iter().map(|array| &***array).collect::<Vec<_>>());
        }
        let codes: Vec<&DictionaryArray<UInt8Type>> = arrays.iter().filter_map(|array| array.as_dictionary_opt()).collect();
        let keys = combine(&codes.iter().map(|codes| codes.keys() as &dyn Array).collect::<Vec<_>>())?;
        let Some(first) = codes.first() else { return Ok(arrow_array::new_empty_array(field.data_type())) };
        let codes = DictionaryArray::try_new(keys.as_primitive::<UInt8Type>().clone(), first.values().clone())?;
        Ok(Arc::new(codes) as ArrayRef)
    });
    let batch = columns.collect::<Result<Vec<_>, ArrowError>>().and_then(|columns| RecordBatch::try_new(schema.clone(), columns));
    batch.map_err(|error| unreadable("the table of results", &error))
}
