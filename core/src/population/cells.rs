//! The cells of one column, in the few forms that conditions read.

use std::ops::Range;

use arrow_array::{Array, BooleanArray, Date32Array, Decimal128Array, StringArray};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::rows::Places;
use crate::facts::{Absent, ToldBy};
use crate::feel::{Column, ColumnKind, DAYS_BEFORE_1970, DECIMALS, Datum, Known, LARGEST, Lane, LaneValues, NumberLane, WIDTH, every};

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
    /// Texts that repeat: for each row its place among them.
    Words {
        keys: Vec<u32>,
        words: StringArray,
        nulls: Option<NullBuffer>,
    },
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
            Values::Words { keys, words, nulls } => {
                let key = keys.get(row).filter(|_| nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row)));
                key.map(|key| *key as usize).filter(|key| *key < words.len()).map(|key| Datum::Text(words.value(key)))
            }
            Values::Lists(lists) => lists.get(row).and_then(Option::as_ref).map(|list| Datum::Texts(list)),
        };
        value.unwrap_or_else(|| self.empty(row))
    }

    /// The cells of a column of codes, where another column tells those that say nothing. A cell that said what could not be used stays open.
    pub(super) fn told(own: Option<&Self>, by: &ToldBy, other: &Self) -> Self {
        let spoiled = own.map_or_else(Vec::new, |own| own.spoiled.clone());
        let code = |row: usize| match own.map(|own| own.read(row)) {
            Some(Datum::Code(code)) => Some(code),
            _ if spoiled.binary_search(&row).is_ok() => None,
            _ => by.tells(&other.read(row)),
        };
        let codes: Vec<Option<u8>> = (0..other.len()).map(code).collect();
        let nulls: NullBuffer = codes.iter().map(Option::is_some).collect();
        let codes = codes.into_iter().map(Option::unwrap_or_default).collect();
        Self { values: Values::Codes(codes, Some(nulls).filter(|nulls| nulls.null_count() > 0)), absent: Absent::Unknown, spoiled }
    }

    /// How many rows there are.
    fn len(&self) -> usize {
        match &self.values {
            Values::Flags(values) => values.len(),
            Values::Dates(values) => values.len(),
            Values::Numbers(values) => values.len(),
            Values::Codes(values, _) => values.len(),
            Values::Texts(values) => values.len(),
            Values::Words { keys, .. } => keys.len(),
            Values::Lists(values) => values.len(),
        }
    }

    /// Whether the cell in this row said something that could not be used.
    pub(super) fn is_spoiled(&self, row: usize) -> bool {
        self.spoiled.binary_search(&row).is_ok()
    }

    /// Whether the cell in this row says something.
    pub(super) fn has_value(&self, row: usize) -> bool {
        !matches!(self.read(row), Datum::Unknown | Datum::None) || self.is_spoiled(row)
    }

    /// What a cell without a value means.
    fn empty(&self, row: usize) -> Datum<'static> {
        match self.absent {
            Absent::None if !self.is_spoiled(row) => Datum::None,
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
            Values::Texts(_) | Values::Words { .. } | Values::Lists(_) => column.fill(ColumnKind::Others, rows.map(|row| self.read(row))),
        }
    }

    /// The cells of any number of rows, side by side.
    pub(super) fn lane(&self, rows: Places<'_>) -> Lane<'_> {
        let flags = |flags: &BooleanBuffer| match rows {
            Places::Together(first, len) => words(flags, first..first + len),
            Places::Apart(rows) => words_of(rows.iter().map(|row| flags.value(*row as usize))),
        };
        let lane = |values, nulls: Option<&NullBuffer>| {
            let all = every(rows.len());
            let valued = nulls.map_or_else(|| all.clone(), |nulls| flags(nulls.inner()));
            let empty: Vec<u64> = all.iter().zip(&valued).map(|(all, valued)| all & !valued).collect();
            let nothing = vec![0; all.len()];
            let (mut none, mut unknown) = if self.absent == Absent::None { (empty, nothing) } else { (nothing, empty) };
            // Of what was spoiled nothing is known, whatever an empty cell means.
            for place in rows.places_of(&self.spoiled) {
                if let (Some(none), Some(unknown)) = (none.get_mut(place / WIDTH), unknown.get_mut(place / WIDTH)) {
                    let bit = 1 << (place % WIDTH);
                    *unknown |= bit;
                    *none &= !bit;
                }
            }
            Lane { values, valued, none, unknown }
        };
        match &self.values {
            Values::Flags(values) => lane(LaneValues::Flags(flags(values.values())), values.nulls()),
            Values::Codes(codes, nulls) => lane(LaneValues::Codes(rows.pick(codes)), nulls.as_ref()),
            Values::Dates(dates) => lane(LaneValues::Days(rows.pick(dates.values())), dates.nulls()),
            Values::Numbers(numbers) => {
                let (steps, fits) = steps(&rows.pick(numbers.values()), numbers.scale());
                let mut lane = lane(LaneValues::Empty, numbers.nulls());
                lane.valued.iter_mut().zip(fits).for_each(|(valued, fits)| *valued &= fits);
                lane.values = LaneValues::Numbers(NumberLane::of(steps, &lane.valued));
                lane
            }
            Values::Texts(texts) => Lane { valued: Vec::new(), ..lane(LaneValues::Empty, texts.nulls()) },
            Values::Words { nulls, .. } => Lane { valued: Vec::new(), ..lane(LaneValues::Empty, nulls.as_ref()) },
            Values::Lists(lists) => {
                let has = |row: usize| lists.get(row).is_some_and(Option::is_some);
                let given: BooleanBuffer = (0..lists.len()).map(has).collect();
                Lane { valued: Vec::new(), ..lane(LaneValues::Empty, Some(&NullBuffer::new(given))) }
            }
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
            Values::Texts(_) | Values::Words { .. } | Values::Lists(_) => ColumnKind::Others,
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
    word(buffer, rows.start) & all(rows.len())
}

/// The bits of a buffer from this one on, as many as a word has.
#[inline]
fn word(buffer: &BooleanBuffer, first: usize) -> u64 {
    let (byte, shift) = ((buffer.offset() + first) / 8, (buffer.offset() + first) % 8);
    let bytes = buffer.values().get(byte..).unwrap_or_default();
    let (low, next) = match bytes.first_chunk::<9>() {
        Some([low @ .., next]) => (u64::from_le_bytes(*low), *next),
        None => {
            let mut low = [0; 8];
            low.iter_mut().zip(bytes).for_each(|(low, byte)| *low = *byte);
            (u64::from_le_bytes(low), bytes.get(8).copied().unwrap_or_default())
        }
    };
    if shift == 0 { low } else { low >> shift | u64::from(next) << (64 - shift) }
}

/// The bits of rows that stand together, 64 a word.
fn words(buffer: &BooleanBuffer, rows: Range<usize>) -> Vec<u64> {
    rows.clone().step_by(WIDTH).map(|first| bits(buffer, &(first..rows.end))).collect()
}

/// Bits one by one, 64 a word.
fn words_of(flags: impl ExactSizeIterator<Item = bool>) -> Vec<u64> {
    let mut words = vec![0; flags.len().div_ceil(WIDTH)];
    for (place, flag) in flags.enumerate() {
        if let Some(word) = words.get_mut(place / WIDTH) {
            *word |= u64::from(flag) << (place % WIDTH);
        }
    }
    words
}

/// Numbers of one scale in ten-thousandths, and the bits of those that are so many and not too large to be added; 0 stands for the others.
fn steps(digits: &[i128], scale: i8) -> (Vec<i64>, Vec<u64>) {
    let mut fits = Vec::with_capacity(digits.len().div_ceil(WIDTH));
    let mut steps = Vec::with_capacity(digits.len());
    let coarser = u32::try_from(scale).ok().and_then(|scale| 10_i64.checked_pow(DECIMALS.checked_sub(scale)?));
    for chunk in digits.chunks(WIDTH) {
        let Some(factor) = coarser else {
            let (lanes, fit) = ten_thousandths(chunk.iter().copied(), scale);
            steps.extend(lanes.iter().take(chunk.len()));
            fits.push(fit);
            continue;
        };
        let largest = LARGEST / factor;
        let low = |digits: &i128| i64::try_from(*digits).ok().filter(|low| (-largest..=largest).contains(low));
        let fit = chunk.iter().enumerate().fold(0, |fit, (place, digits)| fit | u64::from(low(digits).is_some()) << place);
        steps.extend(chunk.iter().map(|digits| low(digits).unwrap_or_default() * factor));
        fits.push(fit);
    }
    (steps, fits)
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
