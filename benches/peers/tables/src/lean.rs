//! The columns as other engines take them: whole hundredths in 16 bits, ids in 32.

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

use arrow_array::{ArrayRef, Decimal128Array, Int16Array, Int32Array, Int64Array, RecordBatch};
use arrow_schema::{DataType, Field, Schema};

/// The same rows in narrower columns.
pub(crate) fn narrowed(batch: &RecordBatch) -> Result<RecordBatch, Box<dyn Error>> {
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        let (field, column) = narrow(field, column)?;
        fields.push(field);
        columns.push(column);
    }
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?)
}

fn narrow(field: &Arc<Field>, column: &ArrayRef) -> Result<(Arc<Field>, ArrayRef), Box<dyn Error>> {
    let any = column.as_any();
    if let (DataType::Decimal128(_, scale), Some(numbers)) = (column.data_type(), any.downcast_ref::<Decimal128Array>()) {
        let hundredths = numbers.iter().map(|digits| digits.map(i16::try_from).transpose()).collect::<Result<Int16Array, _>>()?;
        let metadata = HashMap::from([("scale".to_owned(), scale.to_string())]);
        return Ok((Arc::new(Field::new(field.name(), DataType::Int16, true).with_metadata(metadata)), Arc::new(hundredths)));
    }
    if let Some(ids) = any.downcast_ref::<Int64Array>() {
        let ids = ids.iter().map(|id| id.map(i32::try_from).transpose()).collect::<Result<Int32Array, _>>()?;
        return Ok((Arc::new(Field::new(field.name(), DataType::Int32, true)), Arc::new(ids)));
    }
    Ok((field.clone(), column.clone()))
}
