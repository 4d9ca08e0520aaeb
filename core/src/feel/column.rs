//! One field of many records side by side, so that a condition reads it once and not record by record.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::batch::{Comparable, places};
use super::expr::Part;
use super::number::of_steps;
use super::syntax::Comparator;
use super::truths::Truths;
use super::val::Val;
use super::{Datum, Truth};

/// How many records a column has room for.
pub(crate) const WIDTH: usize = 64;

/// One field of up to 64 records of a list, as conditions read it: for each kind of answer a word with a bit for each record, and the values beside each other.
///
/// INVARIANT: a record has at most one of the bits `valued`, `none` and `unknown`. One that has none of them has a value of which there is no plain
/// form here, such as a text or a number with many decimals; who wants it asks the record.
#[derive(Clone, Debug)]
pub struct Column {
    lanes: Lanes,
    valued: u64,
    none: u64,
    unknown: u64,
}

/// The values of a column, each in the place of its record; what stands where there is no value means nothing.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "columns live in one buffer, for which each has the same size")]
enum Lanes {
    /// None, or none that has a plain form.
    Empty,
    /// A bit for each that is true.
    Flags(u64),
    Codes([u8; WIDTH]),
    Dates([NaiveDate; WIDTH]),
    /// Dates as tables hold them, in days since 1970.
    #[cfg(feature = "population")]
    Days([i32; WIDTH]),
    /// Numbers of at most four decimals, in ten-thousandths.
    Numbers([i64; WIDTH]),
}

/// What kind of values a column has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Yes or no.
    Flags,
    /// Codes of one list.
    Codes,
    /// Civil dates.
    Dates,
    /// Numbers.
    Numbers,
    /// What has no plain form in a column, such as texts: it is only known which records have none, or are not known.
    Others,
}

impl ColumnKind {
    fn of(value: &Datum<'_>) -> Option<Self> {
        match value {
            Datum::Unknown | Datum::None => None,
            Datum::Boolean(_) => Some(Self::Flags),
            Datum::Code(_) => Some(Self::Codes),
            Datum::Date(_) | Datum::Within(..) => Some(Self::Dates),
            Datum::Number(_) => Some(Self::Numbers),
            Datum::Text(_) | Datum::Record(_) | Datum::Records(_) | Datum::Texts(_) | Datum::Value(_) => Some(Self::Others),
        }
    }
}

/// What the values of a column are held against.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    Code(u8),
    Date(NaiveDate),
    Number(i64),
}

impl Column {
    /// A column of no records.
    pub(crate) const EMPTY: Self = Self { lanes: Lanes::Empty, valued: 0, none: 0, unknown: 0 };

    /// The field of up to 64 records, each as it is read. A value of another kind than this has no place in the column.
    #[expect(clippy::inline_always, reason = "where the kind of a field is known, one loop is left of it")]
    #[inline(always)]
    pub fn fill<'d>(&mut self, kind: ColumnKind, fields: impl Iterator<Item = Datum<'d>>) {
        match kind {
            ColumnKind::Flags => {
                let mut lanes = [false; WIDTH];
                self.known(read(&mut lanes, fields, |field| if let Datum::Boolean(flag) = field { Some(*flag) } else { None }));
                self.lanes = Lanes::Flags(bits(&lanes, |flag| flag));
            }
            // Each is filled where it stands: it is large beside what is written to it.
            ColumnKind::Codes => {
                self.lanes = Lanes::Codes([0; WIDTH]);
                if let Lanes::Codes(lanes) = &mut self.lanes {
                    let known = read(lanes, fields, |field| if let Datum::Code(code) = field { Some(*code) } else { None });
                    self.known(known);
                }
            }
            ColumnKind::Dates => {
                self.lanes = Lanes::Dates([NaiveDate::MIN; WIDTH]);
                if let Lanes::Dates(lanes) = &mut self.lanes {
                    let known = read(lanes, fields, |field| if let Datum::Date(date) = field { Some(*date) } else { None });
                    self.known(known);
                }
            }
            ColumnKind::Numbers => {
                self.lanes = Lanes::Numbers([0; WIDTH]);
                if let Lanes::Numbers(lanes) = &mut self.lanes {
                    let known = read(lanes, fields, |field| if let Datum::Number(number) = field { fixed(*number) } else { None });
                    self.known(known);
                }
            }
            ColumnKind::Others => {
                self.lanes = Lanes::Empty;
                self.known(read(&mut [(); WIDTH], fields, |_| None));
            }
        }
    }

    /// The same for a field of which nobody says what kind of values it has: that of the first decides.
    pub fn fill_with<'d>(&mut self, fields: impl Iterator<Item = Datum<'d>>) {
        self.fill_collected(fields.take(WIDTH).collect());
    }

    fn fill_collected(&mut self, fields: SmallVec<[Datum<'_>; WIDTH]>) {
        let kind = fields.iter().find_map(ColumnKind::of).unwrap_or(ColumnKind::Others);
        self.fill(kind, fields.into_iter());
    }

    fn known(&mut self, (valued, none, unknown): (u64, u64, u64)) {
        (self.valued, self.none, self.unknown) = (valued, none, unknown);
    }

    /// What a condition can be for each of these records that asks for the field alone.
    pub(super) fn truths(&self, of: u64) -> Truths {
        let flags = if let Lanes::Flags(flags) = self.lanes { Some(flags) } else { None };
        flag_truths(flags, self.valued, self.unknown, of)
    }

    /// The records whose field is a number in the column.
    pub(super) fn summable(&self) -> u64 {
        if matches!(self.lanes, Lanes::Numbers(_)) { self.valued } else { 0 }
    }

    /// The sum of these records' numbers, in ten-thousandths.
    pub(super) fn sum(&self, of: u64) -> i64 {
        let Lanes::Numbers(lanes) = &self.lanes else { return 0 };
        // The bounds of `fixed` leave room for 64 of them.
        places(of).filter_map(|place| lanes.get(place)).sum()
    }
}

/// Columns of what is computed from other columns.
impl Column {
    /// The same for these records alone; `None` where one of them has a value without a plain form, or where dates lie as tables hold them.
    pub(super) fn within(&self, of: u64) -> Option<Self> {
        #[cfg(feature = "population")]
        if matches!(self.lanes, Lanes::Days(_)) {
            return None;
        }
        let known = self.valued | self.none | self.unknown;
        (of & !known == 0).then(|| Self { lanes: self.lanes.clone(), valued: self.valued & of, none: self.none & of, unknown: self.unknown & of })
    }

    /// A column of other records beside this one; `None` where the two have values of two kinds.
    pub(super) fn joined(mut self, other: &Self) -> Option<Self> {
        match (&mut self.lanes, &other.lanes) {
            (_, Lanes::Empty) => {}
            (lanes @ Lanes::Empty, others) => *lanes = others.clone(),
            (Lanes::Flags(flags), Lanes::Flags(others)) => *flags = *flags & self.valued | others & other.valued,
            (Lanes::Codes(lanes), Lanes::Codes(others)) => take_over(lanes, others, other.valued),
            (Lanes::Dates(lanes), Lanes::Dates(others)) => take_over(lanes, others, other.valued),
            (Lanes::Numbers(lanes), Lanes::Numbers(others)) => take_over(lanes, others, other.valued),
            _ => return None,
        }
        Some(Self { valued: self.valued | other.valued, none: self.none | other.none, unknown: self.unknown | other.unknown, ..self })
    }

    /// A part of each date; `None` where there are others than dates.
    pub(super) fn part(&self, part: Part) -> Option<Self> {
        let mut numbers = [0; WIDTH];
        match &self.lanes {
            Lanes::Empty if self.valued == 0 => {}
            Lanes::Dates(dates) => {
                for place in places(self.valued) {
                    *numbers.get_mut(place)? = part.of_date(*dates.get(place)?)? * UNIT;
                }
            }
            _ => return None,
        }
        Some(Self { lanes: Lanes::Numbers(numbers), ..*self })
    }

    /// Each number and this one together, where there is a number; `None` where there are others than numbers.
    pub(super) fn moved(mut self, by: Decimal) -> Option<Self> {
        let by = fixed(by)?;
        let Lanes::Numbers(numbers) = &mut self.lanes else { return None };
        for place in places(self.valued) {
            let number = numbers.get_mut(place)?;
            *number += by;
            if !(-LARGEST..=LARGEST).contains(number) {
                self.valued &= !(1 << place);
            }
        }
        // A sum with what nobody told us may be an error too.
        Some(Self { unknown: 0, ..self })
    }

    /// What the record in this place is worth; `None` where there is no plain form of it.
    pub(super) fn val<'a>(&self, place: usize) -> Option<Val<'a>> {
        let is = |word: u64| word >> place & 1 == 1;
        if !is(self.valued) {
            return if is(self.none) { Some(Val::NULL) } else { is(self.unknown).then_some(Val::UNKNOWN) };
        }
        match &self.lanes {
            Lanes::Flags(flags) => Some(Val::Truth(Truth::of(is(*flags)))),
            Lanes::Codes(codes) => codes.get(place).map(|code| Val::Code(*code)),
            Lanes::Dates(dates) => dates.get(place).map(|date| Val::Date(*date)),
            Lanes::Numbers(numbers) => numbers.get(place).map(|number| Val::Number(of_steps(*number))),
            Lanes::Empty => None,
            #[cfg(feature = "population")]
            Lanes::Days(_) => None,
        }
    }
}

/// Takes over the lanes of those records that have a value there.
fn take_over<T: Copy>(lanes: &mut [T; WIDTH], others: &[T; WIDTH], valued: u64) {
    for (place, (lane, other)) in lanes.iter_mut().zip(others).enumerate() {
        if valued >> place & 1 == 1 {
            *lane = *other;
        }
    }
}

/// Reads fields into lanes: bits of the records with a value, of those without one, and of those of which nobody told us.
#[expect(clippy::inline_always, reason = "see `Column::fill`")]
#[inline(always)]
fn read<'d, T>(lanes: &mut [T; WIDTH], fields: impl Iterator<Item = Datum<'d>>, value: impl Fn(&Datum<'d>) -> Option<T>) -> (u64, u64, u64) {
    let (mut valued, mut none, mut unknown) = (0, 0, 0);
    let mut bit = 1_u64;
    for (lane, field) in lanes.iter_mut().zip(fields) {
        match field {
            Datum::Unknown => unknown |= bit,
            Datum::None => none |= bit,
            field => {
                if let Some(value) = value(&field) {
                    *lane = value;
                    valued |= bit;
                }
            }
        }
        bit <<= 1;
    }
    (valued, none, unknown)
}

/// What a condition can be that asks for a field alone, of which these are the flags, where it has flags.
pub(super) fn flag_truths(flags: Option<u64>, valued: u64, unknown: u64, of: u64) -> Truths {
    let is_flag = if flags.is_some() { valued & of } else { 0 };
    let flags = flags.unwrap_or_default();
    let unknown = unknown & of;
    let neither = Truths::all(Truth::UNKNOWN, unknown).either(Truths::all(Truth::NULL, of & !is_flag & !unknown));
    Truths::of(flags & is_flag, !flags & is_flag).either(neither)
}

impl Comparable for Column {
    fn none(&self) -> u64 {
        self.none
    }

    fn unknown(&self) -> u64 {
        self.unknown
    }

    fn valued(&self) -> u64 {
        self.valued
    }

    fn compared(&self, comparator: Comparator, mark: Mark) -> Option<u64> {
        Some(match (&self.lanes, mark) {
            (Lanes::Codes(lanes), Mark::Code(mark)) => compared(lanes, comparator, mark),
            (Lanes::Dates(lanes), Mark::Date(mark)) => compared(lanes, comparator, mark),
            #[cfg(feature = "population")]
            (Lanes::Days(lanes), Mark::Date(mark)) => compared(lanes, comparator, days_since_1970(mark)),
            (Lanes::Numbers(lanes), Mark::Number(mark)) => compared(lanes, comparator, mark),
            _ => return None,
        })
    }
}

impl Mark {
    /// A number as a mark, if it has a place among a column's numbers.
    pub(super) fn number(number: Decimal) -> Option<Self> {
        fixed(number).map(Self::Number)
    }
}

/// What is known of each record's field, as bits.
#[cfg(feature = "population")]
#[derive(Clone, Copy)]
pub(crate) struct Known {
    /// Those with a value.
    pub(crate) valued: u64,
    /// Those that have none.
    pub(crate) none: u64,
    /// Those of which nobody told us.
    pub(crate) unknown: u64,
}

/// Columns as tables fill them: the values as they lie there, 64 at once.
#[cfg(feature = "population")]
impl Column {
    /// A field without values.
    pub(crate) fn fill_absent(&mut self, known: Known) {
        self.set(Lanes::Empty, Known { valued: 0, ..known });
    }

    /// Yes or no, a bit for each.
    pub(crate) fn fill_flags(&mut self, flags: u64, known: Known) {
        self.set(Lanes::Flags(flags), known);
    }

    /// Codes.
    pub(crate) fn fill_codes(&mut self, codes: &[u8], known: Known) {
        self.set(Lanes::Codes(lanes(codes)), known);
    }

    /// Days since 1970.
    pub(crate) fn fill_days(&mut self, days: &[i32], known: Known) {
        self.set(Lanes::Days(lanes(days)), known);
    }

    /// Numbers in ten-thousandths.
    pub(crate) fn fill_numbers(&mut self, numbers: &[i64; WIDTH], known: Known) {
        self.set(Lanes::Numbers(*numbers), known);
    }

    fn set(&mut self, lanes: Lanes, Known { valued, none, unknown }: Known) {
        *self = Self { lanes, valued, none, unknown };
    }
}

#[cfg(feature = "population")]
fn lanes<T: Copy + Default>(values: &[T]) -> [T; WIDTH] {
    let mut lanes = [T::default(); WIDTH];
    for (lane, value) in lanes.iter_mut().zip(values) {
        *lane = *value;
    }
    lanes
}

/// How many days before 1970 the calendar of dates begins.
#[cfg(feature = "population")]
pub(crate) const DAYS_BEFORE_1970: i32 = 719_163;

#[cfg(feature = "population")]
pub(super) fn days_since_1970(date: NaiveDate) -> i32 {
    chrono::Datelike::num_days_from_ce(&date) - DAYS_BEFORE_1970
}

/// The largest number of ten-thousandths of which 64 can be added.
pub(crate) const LARGEST: i64 = i64::MAX / 128;

/// How many decimals a column's numbers have.
pub(crate) const DECIMALS: u32 = 4;

/// How many of a column's steps make one.
pub(crate) const UNIT: i64 = 10_i64.pow(DECIMALS);

/// A number in ten-thousandths, where it is one and 64 of them can be added.
pub(crate) fn fixed(number: Decimal) -> Option<i64> {
    let steps = *[10_000, 1_000, 100, 10, 1].get(number.scale() as usize)?;
    let fixed = i64::try_from(number.mantissa()).ok()?.checked_mul(steps)?;
    (-LARGEST..=LARGEST).contains(&fixed).then_some(fixed)
}

pub(super) fn compared<T: Copy + Ord>(lanes: &[T; WIDTH], comparator: Comparator, mark: T) -> u64 {
    match comparator {
        Comparator::Equal => bits(lanes, |lane| lane == mark),
        Comparator::NotEqual => !bits(lanes, |lane| lane == mark),
        Comparator::Less => bits(lanes, |lane| lane < mark),
        Comparator::LessOrEqual => !bits(lanes, |lane| lane > mark),
        Comparator::Greater => bits(lanes, |lane| lane > mark),
        Comparator::GreaterOrEqual => !bits(lanes, |lane| lane < mark),
    }
}

/// A bit for each lane that passes a test; the loops are plain enough for a compiler to do several lanes at once.
#[inline]
pub(super) fn bits<T: Copy>(lanes: &[T; WIDTH], passes: impl Fn(T) -> bool) -> u64 {
    let mut bytes = [0_u8; WIDTH];
    for (byte, lane) in bytes.iter_mut().zip(lanes) {
        *byte = u8::from(passes(*lane));
    }
    let (eights, _) = bytes.as_chunks::<8>();
    // The product moves the lowest bit of each of eight bytes beside each other, into the highest byte.
    eights.iter().rev().fold(0, |word, eight| word << 8 | u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(texts: &[&str]) -> Column {
        let mut column = Column::EMPTY;
        column.fill_with(texts.iter().map(|text| match *text {
            "none" => Datum::None,
            "unknown" => Datum::Unknown,
            text => Datum::Number(text.parse().expect("a decimal")),
        }));
        column
    }

    #[test]
    fn each_record_answers_in_its_own_place() {
        let column = numbers(&["24.9999", "none", "25", "unknown", "25.0000", "25.0001", "-3"]);
        assert_eq!((column.valued(), column.none(), column.unknown()), (0b111_0101, 0b10, 0b1000));
        let mark = Mark::number(Decimal::from(25)).expect("it has a place");
        let compared = |comparator| column.compared(comparator, mark).expect("numbers with numbers") & column.valued();
        assert_eq!(compared(Comparator::Less), 0b100_0001);
        assert_eq!(compared(Comparator::LessOrEqual), 0b101_0101);
        assert_eq!(compared(Comparator::Equal), 0b001_0100);
        assert_eq!(compared(Comparator::NotEqual), 0b110_0001);
        assert_eq!(compared(Comparator::Greater), 0b010_0000);
        assert_eq!(compared(Comparator::GreaterOrEqual), 0b011_0100);
    }

    #[test]
    fn what_is_too_fine_or_too_large_has_no_place_and_is_not_rounded() {
        let column = numbers(&["1.00001", "0.0001", "9999999999999999", "1"]);
        assert_eq!(column.valued(), 0b1010);
        assert_eq!(column.sum(0b1010), 10_001);
        assert!(Mark::number("0.00001".parse().expect("a decimal")).is_none());
    }

    #[test]
    fn a_full_column_of_the_largest_numbers_can_be_added() {
        let largest = Decimal::new(LARGEST, DECIMALS);
        let mut column = Column::EMPTY;
        column.fill(ColumnKind::Numbers, std::iter::repeat_n(Datum::Number(largest), 100));
        assert_eq!(column.valued(), u64::MAX, "there is room for 64");
        assert_eq!(column.sum(u64::MAX), LARGEST * 64);
    }

    #[test]
    fn the_bit_of_each_lane_is_its_own() {
        for place in 0..WIDTH {
            let mut lanes = [0_u8; WIDTH];
            lanes[place] = 1;
            assert_eq!(bits(&lanes, |lane| lane == 1), 1 << place);
            assert_eq!(bits(&lanes, |lane| lane == 0), !(1 << place));
        }
    }

    #[test]
    fn what_is_no_flag_is_null_as_a_condition_and_unknown_stays_open() {
        let mut column = Column::EMPTY;
        column.fill_with([Datum::Boolean(true), Datum::Boolean(false), Datum::None, Datum::Unknown, Datum::Text("yes")].into_iter());
        let truths = column.truths(0b1_1111);
        let each: Vec<Truth> = (0..5).map(|place| truths.get(place)).collect();
        assert_eq!(each, [Truth::TRUE, Truth::FALSE, Truth::NULL, Truth::UNKNOWN, Truth::NULL]);
        assert_eq!(numbers(&["1"]).truths(1).get(0), Truth::NULL);
    }
}
