//! The evaluator's short way for lists of records: a condition is read once for up to 64 records, not once for each.
//!
//! INVARIANT: one meaning. For each record the outcome is that of [`Evaluator::truth`], and so are the records of which a part is asked; what has
//! no short way here is asked record by record. Evaluations that account for what they wait for, or for what they compare, go one record at a time, in
//! the order of the list.

use std::cmp::Ordering;

use super::builtin::Builtin;
use super::column::{Column, Mark};
use super::eval::{Evaluator, in_range, unknown as unknown_field};
use super::expr::{Expr, RangeExpr};
use super::syntax::{Comparator, Operator};
use super::trace::Asked;
use super::truths::Truths;
use super::val::{Item, Trail, Val, compare};
use super::{Datum, Records, Truth};

/// Up to 64 records of a list side by side, each in turn the value of one variable.
#[derive(Clone, Copy)]
pub(crate) struct Batch<'a> {
    list: RecordList<'a>,
    first: usize,
    /// How many.
    len: usize,
}

/// A list of records, where it stands, and the variable under which conditions know its records.
#[derive(Clone, Copy)]
pub(crate) struct RecordList<'a> {
    pub(crate) records: &'a dyn Records,
    /// Where the record stands whose list it is.
    pub(crate) owner: Trail,
    pub(crate) slot: u16,
    pub(crate) variable: Variable,
}

/// The variable that stands for a record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variable {
    /// The subject of a question about one record.
    Subject,
    /// The variable of the innermost loop.
    Innermost,
}

#[cfg(feature = "population")]
impl<'a> RecordList<'a> {
    /// The records of one word of bits, each a record.
    pub(super) fn batch(self, word: usize) -> Batch<'a> {
        let first = word * Truths::WIDTH;
        Batch { list: self, first, len: self.records.len().saturating_sub(first).min(Truths::WIDTH) }
    }
}

impl Variable {
    /// Whether an expression is this variable.
    pub(super) fn is(self, expr: &Expr) -> bool {
        match self {
            Self::Subject => matches!(expr, Expr::Root(0)),
            Self::Innermost => matches!(expr, Expr::Local(0)),
        }
    }
}

impl<'a> RecordList<'a> {
    /// The list in batches of so many records.
    pub(crate) fn batches(self, width: usize) -> impl Iterator<Item = Batch<'a>> {
        let total = self.records.len();
        (0..total).step_by(width).map(move |first| Batch { list: self, first, len: width.min(total - first) })
    }
}

/// The records of a batch that pass tests.
#[derive(Clone, Copy)]
pub(crate) struct Passing {
    /// Those that may.
    pub(crate) perhaps: u64,
    /// Those that certainly do.
    pub(crate) certain: u64,
    /// Where the account of what is waited for stood before the tests.
    pub(super) outset: usize,
}

impl Passing {
    pub(super) fn is_certain(self, place: usize) -> bool {
        self.certain >> place & 1 == 1
    }
}

/// The columns that conditions have asked for, so that no field of a record is read twice.
#[derive(Default)]
pub(super) struct Columns<'a> {
    read: Vec<ReadColumn<'a>>,
    /// Where the next one stands when there is room for no more.
    next: usize,
}

struct ReadColumn<'a> {
    records: &'a dyn Records,
    first: usize,
    slot: u16,
    column: Column,
}

impl<'a> Columns<'a> {
    /// How many are kept.
    const ROOM: usize = 64;
    /// How many conditions about one list usually ask for.
    const USUAL: usize = 12;

    fn get(&mut self, batch: &Batch<'a>, slot: u16) -> &Column {
        let records = batch.list.records;
        let is_it = |read: &ReadColumn<'a>| read.slot == slot && read.first == batch.first && std::ptr::addr_eq(read.records, records);
        let place = match self.read.iter().position(is_it) {
            Some(place) => place,
            None => self.read(batch, slot),
        };
        self.read.get(place).map_or(&Column::EMPTY, |read| &read.column)
    }

    /// Forgets what was read.
    #[cfg(feature = "population")]
    pub(super) fn forget(&mut self) {
        self.read.clear();
    }

    fn read(&mut self, batch: &Batch<'a>, slot: u16) -> usize {
        let (records, first) = (batch.list.records, batch.first);
        if self.read.capacity() == 0 {
            self.read.reserve(Self::USUAL);
        }
        let place = if self.read.len() < Self::ROOM { self.read.len() } else { self.next % Self::ROOM };
        if place == self.read.len() {
            self.read.push(ReadColumn { records, first, slot, column: Column::EMPTY });
        } else if let Some(kept) = self.read.get_mut(place) {
            *kept = ReadColumn { records, first, slot, column: Column::EMPTY };
            self.next = place + 1;
        }
        if let Some(read) = self.read.get_mut(place) {
            records.fill_column(first, batch.len, usize::from(slot), &mut read.column);
        }
        place
    }
}

impl<'a> Batch<'a> {
    /// Each of its records, as a bit.
    pub(crate) fn all(&self) -> u64 {
        u64::MAX >> (Truths::WIDTH - self.len.clamp(1, Truths::WIDTH))
    }

    /// How many records it has.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The record in this place.
    pub(crate) fn item(&self, place: usize) -> Option<Item<'a>> {
        let index = self.first + place;
        Some(Item { record: self.list.records.get(index)?, trail: self.trail(place) })
    }

    /// A field of the record in this place, as the record knows it.
    #[inline]
    pub(crate) fn datum(&self, place: usize, slot: u16) -> Datum<'a> {
        self.list.records.read(self.first + place, usize::from(slot))
    }

    /// What such a field is worth.
    pub(crate) fn val(&self, place: usize, slot: u16, nonnegative: bool, datum: Datum<'a>) -> Val<'a> {
        match datum {
            Datum::Unknown => unknown_field(nonnegative),
            datum => Val::of_datum(datum, self.trail(place), slot),
        }
    }

    fn trail(&self, place: usize) -> Trail {
        self.list.owner.step(self.list.slot, Some(self.first + place))
    }

    /// Whether an expression is the record itself.
    pub(super) fn is_record(&self, expr: &Expr) -> bool {
        self.list.variable.is(expr)
    }
}

/// The places of these bits, in order.
pub(crate) fn places(mut of: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = of.trailing_zeros();
        of &= of.checked_sub(1)?;
        Some(place as usize)
    })
}

/// A field of up to 64 records, of which each value can be held against something.
pub(super) trait Comparable {
    /// The records whose field is certainly none.
    fn none(&self) -> u64;
    /// The records of whose field nobody told us.
    fn unknown(&self) -> u64;
    /// The records whose field has a value of a plain form.
    fn valued(&self) -> u64;
    /// The records whose value stands so to a mark; `None` where the two are not of one kind.
    fn compared(&self, comparator: Comparator, mark: Mark) -> Option<u64>;
}

/// What the values of all records are held against: a side of a comparison, or a range.
pub(super) enum Yardstick<'a> {
    Right(Comparator, Val<'a>),
    Left(Comparator, Val<'a>),
    Range { low: Val<'a>, low_closed: bool, high: Val<'a>, high_closed: bool },
}

impl<'a> Yardstick<'a> {
    pub(super) fn truth(&self, value: &Val<'a>) -> Truth {
        match self {
            Self::Right(comparator, right) => compare(*comparator, value, right),
            Self::Left(comparator, left) => compare(*comparator, left, value),
            Self::Range { low, low_closed, high, high_closed } => in_range(value, low, *low_closed, high, *high_closed),
        }
    }

    /// Where it asks only whether there is a value: what that is for any that there is.
    #[cfg(feature = "population")]
    pub(super) fn asks_for_a_value(&self) -> Option<Truth> {
        match self {
            Self::Right(Comparator::Equal, Val::Null(_)) | Self::Left(Comparator::Equal, Val::Null(_)) => Some(Truth::FALSE),
            Self::Right(Comparator::NotEqual, Val::Null(_)) | Self::Left(Comparator::NotEqual, Val::Null(_)) => Some(Truth::TRUE),
            _ => None,
        }
    }

    /// The same for each value of a column: for those that it certainly holds or fails for. `None` where the two have no common form.
    fn held_against(&self, column: &impl Comparable) -> Option<Truths> {
        let (holds, of) = match self {
            Self::Right(comparator @ (Comparator::Equal | Comparator::NotEqual), Val::Null(_))
            | Self::Left(comparator @ (Comparator::Equal | Comparator::NotEqual), Val::Null(_)) => {
                let holds = if *comparator == Comparator::Equal { column.none() } else { column.valued() };
                (holds, column.none() | column.valued())
            }
            Self::Right(comparator, right) => (column.compared(*comparator, mark(right)?)?, column.valued()),
            Self::Left(comparator, left) => (column.compared(comparator.mirrored(), mark(left)?)?, column.valued()),
            Self::Range { low, low_closed, high, high_closed } => {
                let above = if *low_closed { Comparator::GreaterOrEqual } else { Comparator::Greater };
                let below = if *high_closed { Comparator::LessOrEqual } else { Comparator::Less };
                (column.compared(above, mark(low)?)? & column.compared(below, mark(high)?)?, column.valued())
            }
        };
        Some(Truths::of(holds & of, !holds & of))
    }

    /// The same for these records: what it is for each, and of which the value has no plain form.
    #[inline]
    pub(super) fn truths(&self, column: &impl Comparable, nonnegative: bool, of: u64) -> (Truths, u64) {
        let (none, unknown) = (column.none() & of, column.unknown() & of);
        let mut truths = self.held_against(column).unwrap_or_default().within(of);
        let rest = of & !truths.decided();
        for (absent, value) in [(none & rest, Val::NULL), (unknown & rest, unknown_field(nonnegative))] {
            if absent != 0 {
                truths = truths.either(Truths::all(self.truth(&value), absent));
            }
        }
        (truths, rest & !(none | unknown))
    }

    /// The same for a field, where how it stands is plain to see.
    #[expect(clippy::inline_always, reason = "the loops that ask it do little else")]
    #[inline(always)]
    pub(super) fn holds(&self, field: &Datum<'_>) -> Option<bool> {
        match self {
            Self::Right(comparator, Val::Null(_)) | Self::Left(comparator, Val::Null(_)) => match comparator {
                Comparator::Equal => is_null(field),
                Comparator::NotEqual => is_null(field).map(|null| !null),
                _ => None,
            },
            Self::Right(comparator, right) => Some(comparator.holds(order_of_field(field, right)?)),
            Self::Left(comparator, left) => Some(comparator.holds(order_of_field(field, left)?.reverse())),
            Self::Range { low, low_closed, high, high_closed } => {
                let (low, high) = (order_of_field(field, low)?, order_of_field(field, high)?);
                Some((low.is_gt() || (*low_closed && low.is_eq())) && (high.is_lt() || (*high_closed && high.is_eq())))
            }
        }
    }
}

/// A value as what the values of a column are held against.
fn mark(value: &Val<'_>) -> Option<Mark> {
    match value {
        Val::Number(number) => Mark::number(*number),
        Val::Date(date) => Some(Mark::Date(*date)),
        Val::Code(code) => Some(Mark::Code(*code)),
        _ => None,
    }
}

fn is_null(field: &Datum<'_>) -> Option<bool> {
    match field {
        Datum::None => Some(true),
        Datum::Boolean(_) | Datum::Number(_) | Datum::Date(_) | Datum::Within(..) | Datum::Code(_) | Datum::Text(_) => Some(false),
        _ => None,
    }
}

/// The order of a field and a value, as [`order`](super::val::order) has it, without making a value of the field first.
#[inline]
fn order_of_field(field: &Datum<'_>, value: &Val<'_>) -> Option<Ordering> {
    match (field, value) {
        (Datum::Number(a), Val::Number(b)) => Some(a.cmp(b)),
        (Datum::Date(a), Val::Date(b)) => Some(a.cmp(b)),
        (Datum::Code(a), Val::Code(b)) => Some(a.cmp(b)),
        (Datum::Text(a), Val::Text(b)) => Some((*a).cmp(b.as_str())),
        _ => None,
    }
}

impl<'a> Evaluator<'a> {
    /// What a condition can be for each of these records of a batch.
    pub(crate) fn truths(&mut self, expr: &'a Expr, batch: &Batch<'a>, of: u64) -> Truths {
        if self.goes_one_by_one() {
            return self.truth_of_each(expr, batch, of);
        }
        self.spend(of.count_ones());
        match expr {
            Expr::And(parts) => Truths::conjunction(of, parts, |part, of| self.truths(part, batch, of)),
            // One true part decides: the negation is true only where each part's is.
            Expr::Or(parts) => Truths::conjunction(of, parts, |part, of| self.truths(part, batch, of).negated()).negated(),
            Expr::Call(Builtin::Not, arguments) => match arguments.as_slice() {
                [negated] => self.truths(negated, batch, of).negated(),
                _ => self.truth_of_each(expr, batch, of),
            },
            Expr::If(condition, yes, no) => {
                let (holds, fails) = self.truths(condition, batch, of).branches(of);
                let mut truths = self.truths_of_some(yes, batch, holds).either(self.truths_of_some(no, batch, fails));
                let open = of & !holds & !fails;
                if open != 0 {
                    truths = truths.either(self.truth_of_each(expr, batch, open));
                }
                truths
            }
            Expr::Slot { of: record, slot, .. } if batch.is_record(record) => self.column(batch, *slot).truths(of),
            Expr::Admissible(record) if batch.is_record(record) => self.admissible_of(batch).within(of),
            Expr::Compare(comparator, left, right, _) => self.comparisons(expr, *comparator, (left, right), batch, of),
            Expr::Within { value, range } => self.within_each(expr, value, range, batch, of),
            Expr::Call(Builtin::StartsWith, arguments) => self.starting_with(expr, arguments, batch, of),
            _ => self.truth_of_each(expr, batch, of),
        }
    }

    /// The same, where it may be of none.
    fn truths_of_some(&mut self, expr: &'a Expr, batch: &Batch<'a>, of: u64) -> Truths {
        if of == 0 { Truths::default() } else { self.truths(expr, batch, of) }
    }

    /// The long way: a condition record by record.
    pub(super) fn truth_of_each(&mut self, expr: &'a Expr, batch: &Batch<'a>, of: u64) -> Truths {
        let mut truths = Truths::default();
        for place in places(of) {
            self.stand_at(batch, place);
            // Of a test, one asks whether it holds.
            truths.set(place, self.truth_as(expr, Asked::Holds));
        }
        truths
    }

    /// Makes a record the value of its variable.
    pub(crate) fn stand_at(&mut self, batch: &Batch<'a>, place: usize) {
        let item = batch.item(place);
        match batch.list.variable {
            Variable::Subject => self.set_subject(item),
            Variable::Innermost => self.set_innermost(item.map_or(Val::NULL, Val::Record)),
        }
    }

    /// A side that is the same for each record, if that is plain to see and no list.
    pub(crate) fn constant(&mut self, expr: &'a Expr) -> Option<Val<'a>> {
        if !matches!(expr, Expr::Literal(_) | Expr::Code(_) | Expr::Given(_) | Expr::AsOf | Expr::Once(_)) {
            return None;
        }
        let val = self.val(expr);
        if matches!(val, Val::List(_)) { None } else { Some(val) }
    }

    fn comparisons(&mut self, whole: &'a Expr, comparator: Comparator, sides: (&'a Expr, &'a Expr), batch: &Batch<'a>, of: u64) -> Truths {
        let is_quotient = |side: &Expr| matches!(side, Expr::Arithmetic(Operator::Divide, ..));
        let (left, right) = sides;
        if is_quotient(left) || is_quotient(right) {
            return self.truth_of_each(whole, batch, of);
        }
        if let Some(right) = self.constant(right) {
            return self.held_against(left, &Yardstick::Right(comparator, right), batch, of);
        }
        if let Some(left) = self.constant(left) {
            return self.held_against(right, &Yardstick::Left(comparator, left), batch, of);
        }
        self.truth_of_each(whole, batch, of)
    }

    fn within_each(&mut self, whole: &'a Expr, value: &'a Expr, range: &'a RangeExpr, batch: &Batch<'a>, of: u64) -> Truths {
        let (Some(low), Some(high)) = (self.constant(&range.low), self.constant(&range.high)) else { return self.truth_of_each(whole, batch, of) };
        let yardstick = Yardstick::Range { low, low_closed: range.low_closed, high, high_closed: range.high_closed };
        self.held_against(value, &yardstick, batch, of)
    }

    /// Whether a text of each of these records begins with what is the same for all of them.
    fn starting_with(&mut self, whole: &'a Expr, arguments: &'a [Expr], batch: &Batch<'a>, of: u64) -> Truths {
        let [Expr::Slot { of: record, slot, .. }, start] = arguments else { return self.truth_of_each(whole, batch, of) };
        let Some(Val::Text(start)) = self.constant(start).filter(|_| batch.is_record(record)) else { return self.truth_of_each(whole, batch, of) };
        let (mut yes, mut no) = (0, 0);
        for place in places(of) {
            match batch.datum(place, *slot) {
                Datum::Text(text) if text.starts_with(start.as_str()) => yes |= 1 << place,
                Datum::Text(_) => no |= 1 << place,
                _ => {}
            }
        }
        Truths::of(yes, no).either(self.truth_of_each(whole, batch, of & !yes & !no))
    }

    /// How a value of each of these records stands to what is the same for all of them.
    fn held_against(&mut self, value: &'a Expr, yardstick: &Yardstick<'a>, batch: &Batch<'a>, of: u64) -> Truths {
        if of == 0 {
            return Truths::default();
        }
        self.spend(of.count_ones());
        match value {
            Expr::Slot { of: record, slot, nonnegative, .. } if batch.is_record(record) => {
                self.field_held_against((*slot, *nonnegative), yardstick, batch, of)
            }
            Expr::If(condition, yes, no) => {
                let (holds, fails) = self.truths(condition, batch, of).branches(of);
                let mut truths = self.held_against(yes, yardstick, batch, holds).either(self.held_against(no, yardstick, batch, fails));
                for place in places(of & !holds & !fails) {
                    self.stand_at(batch, place);
                    truths.set(place, yardstick.truth(&self.val(value)));
                }
                truths
            }
            _ => {
                let derived = self.derived(value, batch, of);
                let (mut truths, rest) = derived.map_or((Truths::default(), of), |column| yardstick.truths(&column, false, of));
                if rest != 0 {
                    let values = self.values(value, batch, rest);
                    for (place, value) in places(rest).filter_map(|place| Some((place, values.get(place)?))) {
                        truths.set(place, yardstick.truth(value));
                    }
                }
                truths
            }
        }
    }

    /// The same for a field: at once for what stands in its column, one by one for what has no place there.
    fn field_held_against(&mut self, (slot, nonnegative): (u16, bool), yardstick: &Yardstick<'a>, batch: &Batch<'a>, of: u64) -> Truths {
        let (mut truths, rest) = yardstick.truths(self.column(batch, slot), nonnegative, of);
        for place in places(rest) {
            let value = Val::of_datum(batch.datum(place, slot), batch.trail(place), slot);
            truths.set(place, yardstick.truth(&value));
        }
        truths
    }

    /// A field of the records of a batch, side by side.
    pub(super) fn column(&mut self, batch: &Batch<'a>, slot: u16) -> &Column {
        self.columns.get(batch, slot)
    }

    /// Which records of a batch pass every test.
    pub(crate) fn passing(&mut self, tests: &[&'a Expr], batch: &Batch<'a>) -> Passing {
        let mut passing = Passing { perhaps: batch.all(), certain: batch.all(), outset: self.mark() };
        for test in tests {
            if passing.perhaps == 0 {
                break;
            }
            let truths = self.truths(test, batch, passing.perhaps);
            passing.perhaps = truths.may_hold() | if self.errors_are_null() { 0 } else { truths.may_err() };
            passing.certain &= truths.holds();
        }
        passing
    }

    /// The records of a batch that certainly have no value in this field.
    pub(crate) fn without_value(&mut self, batch: &Batch<'a>, slot: u16) -> u64 {
        self.column(batch, slot).none()
    }

    fn admissible_of(&self, batch: &Batch<'a>) -> Truths {
        let is_ledger = batch.list.owner == Trail::default() && self.ledger().slot == Some(batch.list.slot);
        let truths = if is_ledger { self.ledger().admissible.batch(batch.first) } else { None };
        truths.unwrap_or(Truths::all(Truth::TRUE, batch.all()))
    }
}
