//! The cells of one column, in the few forms that conditions read.

use std::ops::Range;

use arrow_array::{Array, BooleanArray, Date32Array, Decimal128Array, StringArray};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::facts::Absent;
use crate::feel::{Column, ColumnKind, DAYS_BEFORE_1970, DECIMALS, Datum, Known, LARGEST, WIDTH};

/// A column of a table, one cell a row.
#[derive(Debug)]
pub(super) struct Cells {
    pub(super) values: Values,
    /// What an empty cell means.
    pub(super) absent: Absent,
    /// Rows, in order, whose cell said something that could not be used: whatever an empty one means, of these nothing is known.
    pub(super) spoiled: Vec<usize>,
}

#[derive(Debug)]
pub(super) enum Values {
    Flags(BooleanArray),
    Dates(Date32Array),
    Numbers(Decimal128Array),
    /// The place of each code in its list.
    Codes(Vec<u8>, Option<NullBuffer>),
    Texts(StringArray),
    /// Lists of texts, which few fields hold.
    Lists(Vec<Option<Vec<String>>>),
}

impl Cells {
    /// The cell in this row, as a condition reads it.
    pub(super) fn read(&self, row: usize) -> Datum<'_> {
        let value = match &self.values {
            Values::Flags(flags) => flags.is_valid(row).then(|| Datum::Boolean(flags.value(row))),
            Values::Dates(dates) => dates.is_valid(row).then(|| day(dates.value(row))).flatten().map(Datum::Date),
            Values::Numbers(numbers) => numbers.is_valid(row).then(|| number(numbers.value(row), numbers.scale())).flatten().map(Datum::Number),
            Values::Codes(codes, nulls) => {
                let valid = nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row));
                codes.get(row).filter(|_| valid).map(|code| Datum::Code(*code))
            }
            Values::Texts(texts) => texts.is_valid(row).then(|| Datum::Text(texts.value(row))),
            Values::Lists(lists) => lists.get(row).and_then(Option::as_ref).map(|list| Datum::Texts(list)),
        };
        value.unwrap_or_else(|| self.empty(row))
    }

    /// Whether the cell in this row says something.
    pub(super) fn has_value(&self, row: usize) -> bool {
        !matches!(self.read(row), Datum::Unknown | Datum::None) || self.spoiled.binary_search(&row).is_ok()
    }

    /// What a cell without a value means.
    fn empty(&self, row: usize) -> Datum<'static> {
        match self.absent {
            Absent::None if self.spoiled.is_empty() || self.spoiled.binary_search(&row).is_err() => Datum::None,
            _ => Datum::Unknown,
        }
    }

    /// The cells of rows that stand together, at most as many as a column has room for, side by side.
    pub(super) fn fill_together(&self, rows: Range<usize>, column: &mut Column) {
        let known = |nulls: Option<&NullBuffer>| self.known(nulls, &rows);
        match &self.values {
            Values::Flags(flags) => column.fill_flags(bits(flags.values(), &rows), known(flags.nulls())),
            Values::Codes(codes, nulls) => column.fill_codes(codes.get(rows.clone()).unwrap_or_default(), known(nulls.as_ref())),
            Values::Dates(dates) => column.fill_days(dates.values().get(rows.clone()).unwrap_or_default(), known(dates.nulls())),
            Values::Numbers(numbers) => {
                let (lanes, fits) = ten_thousandths(numbers.values().get(rows.clone()).unwrap_or_default().iter().copied(), numbers.scale());
                let known = known(numbers.nulls());
                column.fill_numbers(&lanes, Known { valued: known.valued & fits, ..known });
            }
            Values::Texts(_) | Values::Lists(_) => column.fill(ColumnKind::Others, rows.map(|row| self.read(row))),
        }
    }

    /// The same for rows anywhere in the table.
    pub(super) fn fill_apart(&self, rows: &[u32], column: &mut Column) {
        let rows = rows.iter().map(|row| *row as usize);
        let kind = match &self.values {
            Values::Flags(_) => ColumnKind::Flags,
            Values::Codes(..) => ColumnKind::Codes,
            Values::Dates(_) => ColumnKind::Dates,
            Values::Numbers(_) => ColumnKind::Numbers,
            Values::Texts(_) | Values::Lists(_) => ColumnKind::Others,
        };
        column.fill(kind, rows.map(|row| self.read(row)));
    }

    /// What is known of these rows, of which some are null.
    fn known(&self, nulls: Option<&NullBuffer>, rows: &Range<usize>) -> Known {
        let all = all(rows.len());
        let valued = nulls.map_or(all, |nulls| bits(nulls.inner(), rows));
        let empty = all & !valued;
        let Absent::None = self.absent else { return Known { valued, none: 0, unknown: empty } };
        let spoiled = self.spoiled.iter().skip_while(|row| **row < rows.start).take_while(|row| **row < rows.end);
        let unknown = spoiled.fold(0, |bits, row| bits | 1 << (row - rows.start));
        Known { valued, none: empty & !unknown, unknown: empty & unknown }
    }
}

/// So many bits.
fn all(len: usize) -> u64 {
    u64::MAX.checked_shr(u32::try_from(WIDTH.saturating_sub(len)).unwrap_or(0)).unwrap_or(0)
}

/// What is known where no row has a value.
pub(super) fn absent(absent: Absent, len: usize) -> Known {
    match absent {
        Absent::None => Known { valued: 0, none: all(len), unknown: 0 },
        Absent::Unknown => Known { valued: 0, none: 0, unknown: all(len) },
    }
}

/// At most 64 bits of a buffer.
fn bits(buffer: &BooleanBuffer, rows: &Range<usize>) -> u64 {
    let slice = buffer.slice(rows.start, rows.len().min(WIDTH));
    let chunks = slice.bit_chunks();
    chunks.iter().next().unwrap_or_else(|| chunks.remainder_bits())
}

/// Numbers of one scale in ten-thousandths, and the bits of those that are so many and not too large to be added.
fn ten_thousandths(digits: impl Iterator<Item = i128>, scale: i8) -> ([i64; WIDTH], u64) {
    let finer = i32::from(scale) - i32::try_from(DECIMALS).unwrap_or(0);
    let power = 10_i128.checked_pow(finer.unsigned_abs());
    let steps = |digits: i128| {
        let steps = match (finer > 0, power) {
            (false, Some(power)) => digits.checked_mul(power)?,
            (true, Some(power)) if digits % power == 0 => digits / power,
            _ => return None,
        };
        i64::try_from(steps).ok().filter(|steps| (-LARGEST..=LARGEST).contains(steps))
    };
    let (mut lanes, mut fits) = ([0; WIDTH], 0);
    for (place, (lane, digits)) in lanes.iter_mut().zip(digits).enumerate() {
        if let Some(steps) = steps(digits) {
            *lane = steps;
            fits |= 1 << place;
        }
    }
    (lanes, fits)
}

/// A day that Arrow counts from 1970.
pub(super) fn day(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(days.checked_add(DAYS_BEFORE_1970)?)
}

/// A number that Arrow holds as digits and a scale, which may be below zero.
fn number(digits: i128, scale: i8) -> Option<Decimal> {
    match u32::try_from(scale) {
        Ok(scale) => Decimal::try_from_i128_with_scale(digits, scale).ok(),
        Err(_) => Decimal::try_from_i128_with_scale(digits.checked_mul(10_i128.checked_pow(u32::from(scale.unsigned_abs()))?)?, 0).ok(),
    }
}
