//! The cells of one column, in the few forms that conditions read.

use std::borrow::Cow;
use std::ops::{BitOr, Range};

use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Decimal32Type, Decimal64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type};
use arrow_array::{Array, BooleanArray, Date32Array, Decimal128Array, StringArray};
use arrow_buffer::{BooleanBuffer, NullBuffer, ScalarBuffer};
use arrow_schema::DataType;
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::arrangement::Arrangement;
use crate::facts::{Absent, ToldBy};
use crate::feel::{
    Column, ColumnKind, DAYS_BEFORE_1970, DECIMALS, Datum, Known, LARGEST, Lane, LaneKeys, LaneValues, NumberLane, WIDTH, Words, below, every, some,
    without,
};

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
    Numbers(Numbers),
    /// The place of each code in its list.
    Codes(Vec<u8>, Option<NullBuffer>),
    Texts(StringArray),
    /// Texts that repeat: for each row its place among them.
    Words {
        keys: Keys,
        words: StringArray,
        nulls: Option<NullBuffer>,
    },
    /// Lists of texts, which few fields hold.
    Lists(Vec<Option<Vec<String>>>),
}

/// Which text each row has.
#[derive(Debug)]
pub(super) enum Keys {
    /// Of so few that a byte tells them apart.
    Narrow(Vec<u8>),
    Broad(Vec<u32>),
}

impl Keys {
    fn len(&self) -> usize {
        match self {
            Self::Narrow(keys) => keys.len(),
            Self::Broad(keys) => keys.len(),
        }
    }

    fn get(&self, row: usize) -> Option<usize> {
        match self {
            Self::Narrow(keys) => keys.get(row).copied().map(usize::from),
            Self::Broad(keys) => keys.get(row).map(|key| *key as usize),
        }
    }
}

/// Numbers of one scale; small ones stand in a quarter of the room.
#[derive(Debug)]
pub(super) struct Numbers {
    digits: Digits,
    scale: i8,
    nulls: Option<NullBuffer>,
}

#[derive(Debug)]
enum Digits {
    /// None of which is further from zero than this.
    Narrow(ScalarBuffer<i32>, u32),
    Broad(ScalarBuffer<i128>),
}

impl Digits {
    fn narrow(digits: ScalarBuffer<i32>) -> Self {
        let largest = digits.iter().fold(0, |largest: u32, digits| largest.max(digits.unsigned_abs()));
        Self::Narrow(digits, largest)
    }
}

impl Numbers {
    /// The numbers of an array.
    pub(super) fn of(numbers: &Decimal128Array) -> Self {
        let digits = narrowed(numbers.values()).unwrap_or_else(|| Digits::Broad(numbers.values().clone()));
        Self { digits, scale: numbers.scale(), nulls: numbers.nulls().cloned() }
    }

    /// The numbers of an array of whole numbers or short decimals, of which so many digits stand behind the point; `None` where one is not small.
    pub(super) fn small(array: &dyn Array, scale: i8) -> Option<Self> {
        fn widened<T: ArrowPrimitiveType>(array: &dyn Array) -> Option<Digits>
        where
            i32: From<T::Native>,
        {
            let digits: Vec<i32> = array.as_primitive_opt::<T>()?.values().iter().map(|digits| i32::from(*digits)).collect();
            Some(Digits::narrow(digits.into()))
        }
        let digits = match array.data_type() {
            DataType::Int8 => widened::<Int8Type>(array),
            DataType::Int16 => widened::<Int16Type>(array),
            DataType::UInt8 => widened::<UInt8Type>(array),
            DataType::UInt16 => widened::<UInt16Type>(array),
            DataType::Int32 => Some(Digits::narrow(array.as_primitive_opt::<Int32Type>()?.values().clone())),
            DataType::Decimal32(..) => Some(Digits::narrow(array.as_primitive_opt::<Decimal32Type>()?.values().clone())),
            DataType::Int64 => narrowed(array.as_primitive_opt::<Int64Type>()?.values()),
            DataType::Decimal64(..) => narrowed(array.as_primitive_opt::<Decimal64Type>()?.values()),
            _ => None,
        };
        Some(Self { digits: digits?, scale, nulls: array.nulls().cloned() })
    }

    /// How many digits stand behind the point.
    pub(super) fn scale(&self) -> i8 {
        self.scale
    }

    /// Whether it is plain to see that none is below zero.
    pub(super) fn are_never_negative(&self) -> bool {
        match &self.digits {
            Digits::Narrow(digits, _) => digits.iter().fold(0, |all, digits| all | digits) >= 0,
            Digits::Broad(digits) => digits.iter().all(|digits| *digits >= 0),
        }
    }

    /// Whether it is plain to see that each is held exactly.
    pub(super) fn are_all_held(&self) -> bool {
        matches!(self.digits, Digits::Narrow(..)) && (0..=FINEST).contains(&self.scale)
    }

    fn len(&self) -> usize {
        match &self.digits {
            Digits::Narrow(digits, _) => digits.len(),
            Digits::Broad(digits) => digits.len(),
        }
    }

    fn read(&self, row: usize) -> Option<Decimal> {
        if self.nulls.as_ref().is_some_and(|nulls| row >= nulls.len() || nulls.is_null(row)) {
            return None;
        }
        let digits = match &self.digits {
            Digits::Narrow(digits, _) => i128::from(*digits.get(row)?),
            Digits::Broad(digits) => *digits.get(row)?,
        };
        number(digits, self.scale)
    }

    /// The same numbers in another order.
    fn arranged(&self, arrangement: &Arrangement) -> Self {
        let digits = match &self.digits {
            Digits::Narrow(digits, largest) => Digits::Narrow(arrangement.values(digits).into(), *largest),
            Digits::Broad(digits) => Digits::Broad(arrangement.values(digits).into()),
        };
        Self { digits, scale: self.scale, nulls: arrangement.nulls(self.nulls.as_ref()) }
    }

    /// Up to 64 that stand together, in ten-thousandths, and the bits of those that are so many and not too large to be added.
    fn ten_thousandths(&self, rows: Range<usize>) -> ([i64; WIDTH], u64) {
        match &self.digits {
            Digits::Narrow(digits, _) => ten_thousandths(digits.get(rows).unwrap_or_default().iter().copied().map(i128::from), self.scale),
            Digits::Broad(digits) => ten_thousandths(digits.get(rows).unwrap_or_default().iter().copied(), self.scale),
        }
    }

    /// These rows side by side, and the bits of those that are no whole number of ten-thousandths, or too large to be added; no word where there are
    /// none.
    fn lane(&self, rows: Range<usize>) -> (NumberLane<'_>, Vec<u64>) {
        let factor = u32::try_from(self.scale).ok().and_then(|scale| 10_i64.checked_pow(DECIMALS.checked_sub(scale)?));
        let broad: Cow<'_, [i128]> = match (&self.digits, factor) {
            (Digits::Narrow(digits, largest), Some(factor)) => return (NumberLane::narrow(part(digits, rows), *largest, factor), Vec::new()),
            (Digits::Narrow(digits, _), None) => part(digits, rows).iter().copied().map(i128::from).collect(),
            (Digits::Broad(digits), _) => part(digits, rows).into(),
        };
        let (mut steps, mut unfit) = (Vec::with_capacity(broad.len()), Vec::with_capacity(broad.len().div_ceil(WIDTH)));
        for chunk in broad.chunks(WIDTH) {
            let (lanes, fits) = ten_thousandths(chunk.iter().copied(), self.scale);
            steps.extend(lanes.iter().take(chunk.len()));
            unfit.push(below(chunk.len()) & !fits);
        }
        (NumberLane::broad(steps), some(unfit))
    }
}

impl Cells {
    /// The cell in this row, as a condition reads it.
    pub(super) fn read(&self, row: usize) -> Datum<'_> {
        let value = match &self.values {
            Values::Flags(flags) => flags.is_valid(row).then(|| Datum::Boolean(flags.value(row))),
            Values::Dates(dates) => dates.is_valid(row).then(|| day(dates.value(row))).flatten().map(Datum::Date),
            Values::Numbers(numbers) => numbers.read(row).map(Datum::Number),
            Values::Codes(codes, nulls) => {
                let valid = nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row));
                codes.get(row).filter(|_| valid).map(|code| Datum::Code(*code))
            }
            Values::Texts(texts) => texts.is_valid(row).then(|| Datum::Text(texts.value(row))),
            Values::Words { keys, words, nulls } => {
                let key = keys.get(row).filter(|_| nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row)));
                key.filter(|key| *key < Array::len(words)).map(|key| Datum::Text(words.value(key)))
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
            _ if own.is_some_and(|own| own.is_spoiled(row)) => None,
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
            Values::Texts(values) => Array::len(values),
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
    pub(super) fn fill(&self, rows: Range<usize>, column: &mut Column) {
        let known = |nulls: Option<&NullBuffer>| self.known(nulls, &rows);
        match &self.values {
            Values::Flags(flags) => column.fill_flags(bits(flags.values(), &rows), known(flags.nulls())),
            Values::Codes(codes, nulls) => column.fill_codes(codes.get(rows.clone()).unwrap_or_default(), known(nulls.as_ref())),
            Values::Dates(dates) => column.fill_days(dates.values().get(rows.clone()).unwrap_or_default(), known(dates.nulls())),
            Values::Numbers(numbers) => {
                let (lanes, fits) = numbers.ten_thousandths(rows.clone());
                let known = known(numbers.nulls.as_ref());
                column.fill_numbers(&lanes, Known { valued: known.valued & fits, ..known });
            }
            Values::Texts(_) | Values::Words { .. } | Values::Lists(_) => column.fill(ColumnKind::Others, rows.map(|row| self.read(row))),
        }
    }

    /// The cells of any number of rows, side by side.
    pub(super) fn lane(&self, rows: Range<usize>) -> Lane<'_> {
        let flags = |flags: &BooleanBuffer| words(flags, rows.clone());
        let lane = |values, nulls: Option<&NullBuffer>| {
            let mut lane = Lane { values, none: Vec::new(), unknown: Vec::new(), other: Vec::new() };
            if let Some(nulls) = nulls {
                let empty = without(&every(rows.len()), &flags(nulls.inner()));
                *(if self.absent == Absent::None { &mut lane.none } else { &mut lane.unknown }) = some(empty);
            }
            // Of what was spoiled nothing is known, whatever an empty cell means.
            for place in self.spoiled_in(&rows) {
                lane.unknown.resize(rows.len().div_ceil(WIDTH), 0);
                let bit = 1 << (place % WIDTH);
                lane.unknown.get_mut(place / WIDTH).into_iter().for_each(|unknown| *unknown |= bit);
                lane.none.get_mut(place / WIDTH).into_iter().for_each(|none| *none &= !bit);
            }
            lane
        };
        let without_form = |nulls: Option<&NullBuffer>| {
            let mut lane = lane(LaneValues::Empty, nulls);
            lane.other = without(&without(&every(rows.len()), &lane.none), &lane.unknown);
            lane
        };
        match &self.values {
            Values::Flags(values) => lane(LaneValues::Flags(flags(values.values())), values.nulls()),
            Values::Codes(codes, nulls) => lane(LaneValues::Codes(part(codes, rows.clone())), nulls.as_ref()),
            Values::Dates(dates) => lane(LaneValues::Days(part(dates.values(), rows.clone())), dates.nulls()),
            Values::Numbers(numbers) => {
                let (values, unfit) = numbers.lane(rows.clone());
                let mut lane = lane(LaneValues::Numbers(values), numbers.nulls.as_ref());
                lane.other = some(without(&without(&unfit, &lane.none), &lane.unknown));
                lane
            }
            Values::Words { keys, words, nulls } => {
                let keys = match keys {
                    Keys::Narrow(keys) => LaneKeys::Narrow(part(keys, rows.clone())),
                    Keys::Broad(keys) => LaneKeys::Broad(part(keys, rows.clone())),
                };
                lane(LaneValues::Words(keys, words), nulls.as_ref())
            }
            Values::Texts(texts) => without_form(texts.nulls()),
            Values::Lists(lists) => {
                let has = |row: usize| lists.get(row).is_some_and(Option::is_some);
                let given: BooleanBuffer = (0..lists.len()).map(has).collect();
                without_form(Some(&NullBuffer::new(given)))
            }
        }
    }

    /// The places among these rows of those that were spoiled.
    fn spoiled_in(&self, rows: &Range<usize>) -> impl Iterator<Item = usize> {
        let first = self.spoiled.partition_point(|row| *row < rows.start);
        let (start, end) = (rows.start, rows.end);
        self.spoiled.iter().skip(first).take_while(move |row| **row < end).map(move |row| row - start)
    }

    /// The same cells in another order.
    pub(super) fn arranged(&self, arrangement: &Arrangement) -> Self {
        let values = match &self.values {
            Values::Flags(flags) => Values::Flags(BooleanArray::new(arrangement.bits(flags.values()), arrangement.nulls(flags.nulls()))),
            Values::Dates(dates) => Values::Dates(arrangement.array(dates)),
            Values::Numbers(numbers) => Values::Numbers(numbers.arranged(arrangement)),
            Values::Codes(codes, nulls) => Values::Codes(arrangement.values(codes), arrangement.nulls(nulls.as_ref())),
            Values::Texts(texts) => {
                let text_of = |row: &u32| texts.is_valid(*row as usize).then(|| texts.value(*row as usize));
                Values::Texts(arrangement.origins().iter().map(text_of).collect())
            }
            Values::Words { keys, words, nulls } => {
                let keys = match keys {
                    Keys::Narrow(keys) => Keys::Narrow(arrangement.values(keys)),
                    Keys::Broad(keys) => Keys::Broad(arrangement.values(keys)),
                };
                Values::Words { keys, words: words.clone(), nulls: arrangement.nulls(nulls.as_ref()) }
            }
            Values::Lists(lists) => Values::Lists(arrangement.origins().iter().map(|row| lists.get(*row as usize).cloned().flatten()).collect()),
        };
        let mut spoiled = Vec::new();
        if !self.spoiled.is_empty() {
            spoiled = arrangement.origins().iter().enumerate().filter(|(_, row)| self.is_spoiled(**row as usize)).map(|(place, _)| place).collect();
        }
        Self { values, absent: self.absent, spoiled }
    }

    /// What is known of these rows, of which some are null.
    fn known(&self, nulls: Option<&NullBuffer>, rows: &Range<usize>) -> Known {
        let all = below(rows.len());
        let valued = nulls.map_or(all, |nulls| bits(nulls.inner(), rows));
        let empty = all & !valued;
        let Absent::None = self.absent else { return Known { valued, none: 0, unknown: empty } };
        let unknown = self.spoiled_in(rows).fold(0, |bits, place| bits | 1 << place);
        Known { valued, none: empty & !unknown, unknown: empty & unknown }
    }
}

/// What is known where no row has a value.
pub(super) fn absent(absent: Absent, len: usize) -> Known {
    match absent {
        Absent::None => Known { valued: 0, none: below(len), unknown: 0 },
        Absent::Unknown => Known { valued: 0, none: 0, unknown: below(len) },
    }
}

/// At most 64 bits of a buffer.
fn bits(buffer: &BooleanBuffer, rows: &Range<usize>) -> u64 {
    word(buffer, rows.start) & below(rows.len())
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

/// The values of rows that stand together.
fn part<T>(values: &[T], rows: Range<usize>) -> &[T] {
    values.get(rows).unwrap_or_default()
}

/// Whole numbers of much room.
trait Roomy: Copy + Default + BitOr<Output = Self> + TryInto<i32> {
    /// The number, where it is small.
    fn lowest_bits(self) -> i32;
}

impl Roomy for i64 {
    #[expect(clippy::cast_possible_truncation, reason = "what is cut off is empty")]
    fn lowest_bits(self) -> i32 {
        self as i32
    }
}

impl Roomy for i128 {
    #[expect(clippy::cast_possible_truncation, reason = "what is cut off is empty")]
    fn lowest_bits(self) -> i32 {
        self as i32
    }
}

/// Numbers in less room, where each has a place there.
fn narrowed<T: Roomy>(digits: &[T]) -> Option<Digits> {
    /// So many are looked at while they are at hand.
    const AT_HAND: usize = 1_024;
    let mut all = Vec::with_capacity(digits.len());
    let mut largest = 0;
    for chunk in digits.chunks(AT_HAND) {
        // Of numbers that are not below zero, no bit is beyond the largest's.
        let bits = chunk.iter().fold(T::default(), |bits, digits| bits | *digits);
        let most = match bits.try_into() {
            Ok(most) if most >= 0 => most.unsigned_abs(),
            _ => chunk.iter().try_fold(0, |most: u32, digits| Some(most.max((*digits).try_into().ok()?.unsigned_abs())))?,
        };
        largest = largest.max(most);
        all.extend(chunk.iter().map(|digits| digits.lowest_bits()));
    }
    Some(Digits::Narrow(all.into(), largest))
}

impl Words for StringArray {
    fn len(&self) -> usize {
        Array::len(self)
    }

    fn get(&self, place: usize) -> Option<&str> {
        (place < Array::len(self) && self.is_valid(place)).then(|| self.value(place))
    }
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

/// So many digits stand behind the point of an exact number at most.
const FINEST: i8 = 28;

/// A number that Arrow holds as digits and a scale, which may be below zero; `None` where it has more digits than are held exactly.
pub(super) fn number(digits: i128, scale: i8) -> Option<Decimal> {
    const BEYOND: u128 = 10_u128.pow(FINEST.unsigned_abs() as u32);
    let (mut digits, mut scale) = match u32::try_from(scale) {
        Ok(scale) => (digits, scale),
        Err(_) => (digits.checked_mul(10_i128.checked_pow(u32::from(scale.unsigned_abs()))?)?, 0),
    };
    // Noughts behind the point come from the type of the column, or from finer numbers in other rows.
    while digits.unsigned_abs() >= BEYOND && scale > 0 && digits % 10 == 0 {
        (digits, scale) = (digits / 10, scale - 1);
    }
    if digits.unsigned_abs() < BEYOND { Decimal::try_from_i128_with_scale(digits, scale).ok() } else { None }
}
