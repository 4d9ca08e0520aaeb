//! Columns of results whose length is known before they are filled, so that several threads can fill their parts.

use std::sync::Arc;

use arrow_array::types::UInt8Type;
use arrow_array::{ArrayRef, Date32Array, Decimal128Array, DictionaryArray, Int32Array, StringArray, UInt8Array};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer};
use arrow_schema::ArrowError;
use chrono::Datelike;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::evaluate::{FIGURE_DECIMALS, SUBJECTS, SideNumbers};
use crate::feel::{DAYS_BEFORE_1970, Type, Value, places};

/// A column of results.
pub(super) struct Series {
    values: Values,
    /// A bit for each row that has a value.
    valid: Vec<u64>,
}

/// Values of one kind, one a row.
enum Values {
    /// Words of a list, by their places in it.
    Codes(Vec<u8>),
    Counts(Vec<i32>),
    /// Numbers with six decimals.
    Numbers(Vec<i128>),
    Days(Vec<i32>),
    Texts(Vec<Option<Box<str>>>),
}

/// Some rows of a column, which stand together.
pub(super) struct Part<'s> {
    values: PartValues<'s>,
    valid: &'s mut [u64],
}

enum PartValues<'s> {
    Codes(&'s mut [u8]),
    Counts(&'s mut [i32]),
    Numbers(&'s mut [i128]),
    Days(&'s mut [i32]),
    Texts(&'s mut [Option<Box<str>>]),
}

/// How many rows a part has, and how many words of bits for them.
#[derive(Clone, Copy)]
pub(super) struct Lengths {
    pub(super) rows: usize,
    pub(super) words: usize,
}

impl Series {
    fn new(values: Values, len: usize) -> Self {
        Self { values, valid: vec![0; len.div_ceil(SUBJECTS)] }
    }

    /// A column of words.
    pub(super) fn codes(len: usize) -> Self {
        Self::new(Values::Codes(vec![0; len]), len)
    }

    /// A column of counts.
    pub(super) fn counts(len: usize) -> Self {
        Self::new(Values::Counts(vec![0; len]), len)
    }

    /// A column of exact numbers.
    pub(super) fn numbers(len: usize) -> Self {
        Self::new(Values::Numbers(vec![0; len]), len)
    }

    /// A column for values of this type; texts where it is not known.
    pub(super) fn of(ty: Option<&Type>, len: usize) -> Self {
        match ty {
            Some(Type::Number(_)) => Self::numbers(len),
            Some(Type::Date) => Self::new(Values::Days(vec![0; len]), len),
            _ => Self::new(Values::Texts(vec![None; len]), len),
        }
    }

    /// Whether values of two types stand in columns of one kind.
    pub(super) fn is_alike(a: &Type, b: &Type) -> bool {
        let is_text = |ty: &Type| !matches!(ty, Type::Number(_) | Type::Date);
        is_text(a) && is_text(b) || std::mem::discriminant(a) == std::mem::discriminant(b)
    }

    /// The column in parts of so many rows.
    pub(super) fn parts(&mut self, lengths: Lengths) -> impl Iterator<Item = Part<'_>> {
        let rows = lengths.rows.max(1);
        let values: Vec<PartValues<'_>> = match &mut self.values {
            Values::Codes(values) => values.chunks_mut(rows).map(PartValues::Codes).collect(),
            Values::Counts(values) => values.chunks_mut(rows).map(PartValues::Counts).collect(),
            Values::Numbers(values) => values.chunks_mut(rows).map(PartValues::Numbers).collect(),
            Values::Days(values) => values.chunks_mut(rows).map(PartValues::Days).collect(),
            Values::Texts(values) => values.chunks_mut(rows).map(PartValues::Texts).collect(),
        };
        values.into_iter().zip(self.valid.chunks_mut(lengths.words.max(1))).map(|(values, valid)| Part { values, valid })
    }

    /// The column as an array; the words of codes are asked for where it has codes.
    pub(super) fn finish(self, words: impl FnOnce() -> Vec<String>) -> Result<ArrayRef, ArrowError> {
        let nulls = |len: usize| Some(NullBuffer::new(BooleanBuffer::new(Buffer::from_vec(self.valid), 0, len))).filter(|n| n.null_count() > 0);
        Ok(match self.values {
            Values::Codes(codes) => {
                let nulls = nulls(codes.len());
                let keys = UInt8Array::new(codes.into(), nulls);
                Arc::new(DictionaryArray::<UInt8Type>::try_new(keys, Arc::new(StringArray::from_iter_values(words())))?)
            }
            Values::Counts(counts) => {
                let nulls = nulls(counts.len());
                Arc::new(Int32Array::new(counts.into(), nulls))
            }
            Values::Numbers(numbers) => {
                // 38 digits hold every number of ours with six of them behind the point.
                let nulls = nulls(numbers.len());
                let scale = i8::try_from(FIGURE_DECIMALS).unwrap_or_default();
                Arc::new(Decimal128Array::new(numbers.into(), nulls).with_precision_and_scale(38, scale)?)
            }
            Values::Days(days) => {
                let nulls = nulls(days.len());
                Arc::new(Date32Array::new(days.into(), nulls))
            }
            Values::Texts(texts) => Arc::new(StringArray::from_iter(texts)),
        })
    }
}

impl Part<'_> {
    fn say(&mut self, at: usize) {
        if let Some(word) = self.valid.get_mut(at / SUBJECTS) {
            *word |= 1 << (at % SUBJECTS);
        }
    }

    /// Sets a word, by its place in the list.
    pub(super) fn set_code(&mut self, at: usize, code: u8) {
        if let PartValues::Codes(codes) = &mut self.values
            && let Some(slot) = codes.get_mut(at)
        {
            *slot = code;
            self.say(at);
        }
    }

    /// Sets the words of these rows of a block that begins here.
    pub(super) fn set_codes(&mut self, first: usize, of: u64, code: impl Fn(usize) -> u8) {
        if let PartValues::Codes(codes) = &mut self.values {
            each(codes, first, of, |slot, place| *slot = code(place));
            self.say_all(first, of);
        }
    }

    /// Sets a count; one that is not known is left out.
    pub(super) fn set_count(&mut self, at: usize, count: Option<usize>) {
        if let PartValues::Counts(counts) = &mut self.values
            && let Some((slot, count)) = counts.get_mut(at).zip(count.and_then(|count| i32::try_from(count).ok()))
        {
            *slot = count;
            self.say(at);
        }
    }

    /// Sets the counts of these rows of a block that begins here.
    pub(super) fn set_counts(&mut self, first: usize, of: u64, counts: &[i32; SUBJECTS]) {
        if let PartValues::Counts(values) = &mut self.values {
            each(values, first, of, |slot, place| *slot = counts.get(place).copied().unwrap_or_default());
            self.say_all(first, of);
        }
    }

    /// Sets the numbers of these rows of a block that begins here.
    pub(super) fn set_numbers(&mut self, first: usize, of: u64, numbers: &SideNumbers) {
        if of == 0 {
            return;
        }
        if let PartValues::Numbers(values) = &mut self.values {
            each(values, first, of, |slot, place| *slot = numbers.get(place));
            self.say_all(first, of);
        }
    }

    /// Sets a value as it is shown in such a column.
    pub(super) fn set_value(&mut self, at: usize, value: &Value) {
        match (&mut self.values, value) {
            (PartValues::Numbers(_), Value::Number(number)) => self.set_number(at, *number, FIGURE_DECIMALS),
            (PartValues::Days(days), Value::Date(day)) => {
                if let Some(slot) = days.get_mut(at) {
                    *slot = day.num_days_from_ce() - DAYS_BEFORE_1970;
                    self.say(at);
                }
            }
            (PartValues::Texts(texts), value) => {
                if let Some(slot) = texts.get_mut(at) {
                    *slot = crate::evaluate::shown(Some(value.clone())).map(|text| text.as_str().into());
                }
            }
            _ => {}
        }
    }

    /// Sets a number, rounded to so many decimals, a tie to even; one too large for the column is left out.
    pub(super) fn set_number(&mut self, at: usize, number: Decimal, decimals: u32) {
        let number = number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointNearestEven);
        let steps = number.mantissa().checked_mul(10_i128.pow(decimals.saturating_sub(number.scale())));
        if let PartValues::Numbers(values) = &mut self.values
            && let Some((slot, steps)) = values.get_mut(at).zip(steps)
        {
            *slot = steps;
            self.say(at);
        }
    }

    fn say_all(&mut self, first: usize, of: u64) {
        // A block begins where a word does.
        if let Some(word) = self.valid.get_mut(first / SUBJECTS) {
            *word |= of;
        }
    }
}

/// Each of these rows of a block that begins here.
fn each<T>(values: &mut [T], first: usize, of: u64, mut set: impl FnMut(&mut T, usize)) {
    let block = values.get_mut(first..).unwrap_or_default();
    if of == u64::MAX && block.len() >= SUBJECTS {
        block.iter_mut().take(SUBJECTS).enumerate().for_each(|(place, slot)| set(slot, place));
        return;
    }
    for place in places(of) {
        if let Some(slot) = block.get_mut(place) {
            set(slot, place);
        }
    }
}
