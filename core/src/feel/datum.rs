//! The border between facts and conditions: how an expression reads a record.

use chrono::NaiveDate;
use rust_decimal::Decimal;

#[cfg(feature = "workbook")]
use super::Episode;
use super::{Column, Value};

/// One field of a record, as an expression reads it.
#[derive(Clone, Copy)]
pub enum Datum<'a> {
    /// Nobody told us.
    Unknown,
    /// It did not happen, or there is none: FEEL's null.
    None,
    /// Yes or no.
    Boolean(bool),
    /// An exact number; its unit is known to the type checker.
    Number(Decimal),
    /// A civil date.
    Date(NaiveDate),
    /// A civil date of which it is only known that it is none before the first, and none after the second of these.
    Within(NaiveDate, NaiveDate),
    /// Text.
    Text(&'a str),
    /// A code, by its place in its list.
    Code(u8),
    /// Another record.
    Record(&'a dyn Record),
    /// A complete list of records.
    Records(&'a dyn Records),
    /// A complete list of texts.
    Texts(&'a [String]),
    /// A value that a policy declared itself.
    Value(&'a Value),
}

impl Datum<'_> {
    /// The first and the last day that it can be, where it is a date.
    #[cfg(feature = "workbook")]
    pub(crate) fn days(&self) -> Option<Episode> {
        let (first, last) = match self {
            Self::Date(day) => (*day, *day),
            Self::Within(first, last) => (*first, *last),
            _ => return None,
        };
        Some(Episode { first, last })
    }
}

/// What facts are about, as an expression sees it: fields by slot, and a policy's own facts by name.
///
/// Slots are those of the [`Shape`](super::Shape) that the expression was checked against.
pub trait Record: Send + Sync {
    /// The field in this slot.
    fn read(&self, slot: usize) -> Datum<'_>;
    /// A fact that a policy declared beside the vocabulary.
    fn read_own(&self, name: &str) -> Datum<'_>;
    /// Whether it is said of such a fact that nobody told us, where leaving it out would mean that there is none.
    fn says_unknown(&self, _name: &str) -> bool {
        false
    }
    /// The record as a value, if it is one; facts of the vocabulary are not.
    fn as_value(&self) -> Option<&Value> {
        None
    }
    /// One field of each of these records, side by side.
    fn fill_column(records: &[Self], slot: usize, column: &mut Column)
    where
        Self: Sized,
    {
        column.fill_with(records.iter().map(|record| record.read(slot)));
    }
}

/// A list of records of one shape.
pub trait Records: Send + Sync {
    /// How many there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The record at this place, counted from 0.
    fn get(&self, index: usize) -> Option<&dyn Record>;
    /// One field of the record at this place.
    fn read(&self, index: usize, slot: usize) -> Datum<'_> {
        self.get(index).map_or(Datum::Unknown, |record| record.read(slot))
    }
    /// One field of so many records from this place on, side by side; no more than a column has room for.
    fn fill_column(&self, first: usize, len: usize, slot: usize, column: &mut Column) {
        column.fill_with((first..first.saturating_add(len)).map(|index| self.read(index, slot)));
    }
}

impl<T: Record> Records for Vec<T> {
    fn len(&self) -> usize {
        self.as_slice().len()
    }

    fn get(&self, index: usize) -> Option<&dyn Record> {
        self.as_slice().get(index).map(|record| record as &dyn Record)
    }

    fn read(&self, index: usize, slot: usize) -> Datum<'_> {
        self.as_slice().get(index).map_or(Datum::Unknown, |record| record.read(slot))
    }
    fn fill_column(&self, first: usize, len: usize, slot: usize, column: &mut Column) {
        T::fill_column(self.as_slice().get(first..first.saturating_add(len)).unwrap_or_default(), slot, column);
    }
}
