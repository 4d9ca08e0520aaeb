//! The Arrow columns that the rule reads, each in its own type.

use std::error::Error;

use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Date32Type, Decimal128Type, Int8Type, Int64Type};
use arrow_array::{
    Array, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Int8Array, Int64Array, PrimitiveArray, RecordBatch, StringArray,
};

pub struct Columns {
    pub people: Int64Array,
    pub person: Int64Array,
    pub awarded_on: Date32Array,
    pub ends_on: Date32Array,
    pub starts_on: Date32Array,
    pub credits: Decimal128Array,
    pub hours: Decimal128Array,
    pub public: Coded,
    pub job_related: BooleanArray,
    pub profession_related: BooleanArray,
    pub electronic: BooleanArray,
    pub inside: Coded,
    pub national: Coded,
    pub has_proof: BooleanArray,
    pub proof_starts_on: Date32Array,
    pub proof_ends_on: Date32Array,
}

impl Columns {
    pub fn of(people: &RecordBatch, activities: &RecordBatch) -> Result<Self, Box<dyn Error>> {
        let days = |name| primitive::<Date32Type>(activities, name);
        let amounts = |name| primitive::<Decimal128Type>(activities, name);
        let flags =
            |name: &str| activities.column_by_name(name).and_then(|column| column.as_boolean_opt()).cloned().ok_or(format!("no flags `{name}`"));
        let coded = |name, holds: fn(&str) -> bool| Coded::of(activities, name, holds);
        Ok(Self {
            people: primitive::<Int64Type>(people, "person_id")?,
            person: primitive::<Int64Type>(activities, "person_id")?,
            awarded_on: days("awarded_on")?,
            ends_on: days("ends_on")?,
            starts_on: days("starts_on")?,
            credits: amounts("credits")?,
            hours: amounts("hours")?,
            public: coded("subject_kind", |kind| kind == "public")?,
            job_related: flags("job_related")?,
            profession_related: flags("profession_related")?,
            electronic: flags("electronic")?,
            inside: coded("place_code", |place| place.starts_with("50"))?,
            national: coded("activity_level", |level| level == "national")?,
            has_proof: flags("has_proof")?,
            proof_starts_on: days("proof_starts_on")?,
            proof_ends_on: days("proof_ends_on")?,
        })
    }
}

fn primitive<T: ArrowPrimitiveType>(batch: &RecordBatch, name: &str) -> Result<PrimitiveArray<T>, String> {
    batch.column_by_name(name).and_then(|column| column.as_primitive_opt::<T>()).cloned().ok_or_else(|| format!("no column `{name}` of its type"))
}

/// A column of words, of each of which it was asked once whether a condition holds.
pub struct Coded {
    pub keys: Int8Array,
    pub holds: Vec<bool>,
}

impl Coded {
    fn of(batch: &RecordBatch, name: &str, holds: fn(&str) -> bool) -> Result<Self, String> {
        let column = batch.column_by_name(name).ok_or_else(|| format!("no column `{name}`"))?;
        let words: &DictionaryArray<Int8Type> = column.as_dictionary_opt().ok_or_else(|| format!("`{name}` has no dictionary"))?;
        let values: &StringArray = words.values().as_string_opt().ok_or_else(|| format!("`{name}` has no words"))?;
        Ok(Self { keys: words.keys().clone(), holds: values.iter().map(|word| word.is_some_and(holds)).collect() })
    }

    /// Whether the condition holds of a row, if its cell says anything.
    pub fn at(&self, row: usize) -> Option<bool> {
        self.keys.is_valid(row).then(|| self.holds[usize::from(self.keys.value(row).unsigned_abs())])
    }
}

/// A cell, if it says anything.
pub trait Cell {
    type Value;
    fn at(&self, row: usize) -> Option<Self::Value>;
}

impl Cell for BooleanArray {
    type Value = bool;
    fn at(&self, row: usize) -> Option<bool> {
        self.is_valid(row).then(|| self.value(row))
    }
}

impl<T: ArrowPrimitiveType> Cell for PrimitiveArray<T> {
    type Value = T::Native;
    fn at(&self, row: usize) -> Option<T::Native> {
        self.is_valid(row).then(|| self.value(row))
    }
}
