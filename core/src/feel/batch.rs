//! The evaluator's short way for lists of records: a condition is read once for up to 64 records, not once for each.
//!
//! INVARIANT: one meaning. For each record the outcome is that of [`Evaluator::truth`], and so are the records of which a part is asked; what has
//! no short way here is asked record by record. Evaluations that account for what they wait for, or for what they compare, go one record at a time, in
//! the order of the list.

use std::cmp::Ordering;

use super::builtin::Builtin;
use super::eval::{Evaluator, in_range, unknown};
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

impl<'a> RecordList<'a> {
    /// The list in batches of so many records.
    pub(crate) fn batches(self, width: usize) -> impl Iterator<Item = Batch<'a>> {
        let total = self.records.len();
        (0..total).step_by(width).map(move |first| Batch { list: self, first, len: width.min(total - first) })
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
            Datum::Unknown => unknown(nonnegative),
            datum => Val::of_datum(datum, self.trail(place), slot),
        }
    }

    fn trail(&self, place: usize) -> Trail {
        self.list.owner.step(self.list.slot, Some(self.first + place))
    }

    /// Whether an expression is the record itself.
    fn is_record(&self, expr: &Expr) -> bool {
        match self.list.variable {
            Variable::Subject => matches!(expr, Expr::Root(0)),
            Variable::Innermost => matches!(expr, Expr::Local(0)),
        }
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

/// What the values of all records are held against: a side of a comparison, or a range.
pub(super) enum Yardstick<'a> {
    Right(Comparator, Val<'a>),
    Left(Comparator, Val<'a>),
    Range { low: Val<'a>, low_closed: bool, high: Val<'a>, high_closed: bool },
}

impl<'a> Yardstick<'a> {
    fn truth(&self, value: &Val<'a>) -> Truth {
        match self {
            Self::Right(comparator, right) => compare(*comparator, value, right),
            Self::Left(comparator, left) => compare(*comparator, left, value),
            Self::Range { low, low_closed, high, high_closed } => in_range(value, low, *low_closed, high, *high_closed),
        }
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

fn is_null(field: &Datum<'_>) -> Option<bool> {
    match field {
        Datum::None => Some(true),
        Datum::Boolean(_) | Datum::Number(_) | Datum::Date(_) | Datum::Code(_) | Datum::Text(_) => Some(false),
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
                let condition = self.truths(condition, batch, of);
                let (holds, fails) = (condition.holds(), of & !condition.may_hold() & !condition.may_err());
                let mut truths = self.truths_of_some(yes, batch, holds).either(self.truths_of_some(no, batch, fails));
                let open = of & !holds & !fails;
                if open != 0 {
                    truths = truths.either(self.truth_of_each(expr, batch, open));
                }
                truths
            }
            Expr::Slot { of: record, slot, .. } if batch.is_record(record) => {
                let (mut yes, mut no, mut other) = (0, 0, Truths::default());
                for place in places(of) {
                    match batch.datum(place, *slot) {
                        Datum::Boolean(true) => yes |= 1 << place,
                        Datum::Boolean(false) => no |= 1 << place,
                        Datum::Unknown => other.set(place, Truth::UNKNOWN),
                        _ => other.set(place, Truth::NULL),
                    }
                }
                other.either(Truths::of(yes, no))
            }
            Expr::Admissible(record) if batch.is_record(record) => self.admissible_of(batch).within(of),
            Expr::Compare(comparator, left, right, _) => self.comparisons(expr, *comparator, (left, right), batch, of),
            Expr::Within { value, range } => self.within_each(expr, value, range, batch, of),
            _ => self.truth_of_each(expr, batch, of),
        }
    }

    /// The same, where it may be of none.
    fn truths_of_some(&mut self, expr: &'a Expr, batch: &Batch<'a>, of: u64) -> Truths {
        if of == 0 { Truths::default() } else { self.truths(expr, batch, of) }
    }

    /// The long way: a condition record by record.
    fn truth_of_each(&mut self, expr: &'a Expr, batch: &Batch<'a>, of: u64) -> Truths {
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
    pub(super) fn constant(&mut self, expr: &'a Expr) -> Option<Val<'a>> {
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

    /// How a value of each of these records stands to what is the same for all of them.
    fn held_against(&mut self, value: &'a Expr, yardstick: &Yardstick<'a>, batch: &Batch<'a>, of: u64) -> Truths {
        let mut truths = Truths::default();
        if of == 0 {
            return truths;
        }
        self.spend(of.count_ones());
        let mut open = of;
        match value {
            Expr::Slot { of: record, slot, nonnegative } if batch.is_record(record) => {
                let (mut yes, mut no) = (0, 0);
                for place in places(of) {
                    let datum = batch.datum(place, *slot);
                    match yardstick.holds(&datum) {
                        Some(true) => yes |= 1 << place,
                        Some(false) => no |= 1 << place,
                        None => truths.set(place, yardstick.truth(&batch.val(place, *slot, *nonnegative, datum))),
                    }
                }
                return truths.either(Truths::of(yes, no));
            }
            Expr::If(condition, yes, no) => {
                let condition = self.truths(condition, batch, of);
                let (holds, fails) = (condition.holds(), of & !condition.may_hold() & !condition.may_err());
                truths = self.held_against(yes, yardstick, batch, holds).either(self.held_against(no, yardstick, batch, fails));
                open = of & !holds & !fails;
            }
            _ => {}
        }
        for place in places(open) {
            self.stand_at(batch, place);
            truths.set(place, yardstick.truth(&self.val(value)));
        }
        truths
    }

    /// Of the records of a batch, those that may pass every test, and those that certainly do.
    pub(crate) fn passing(&mut self, tests: &[&'a Expr], batch: &Batch<'a>) -> (u64, u64) {
        let (mut perhaps, mut certain) = (batch.all(), batch.all());
        for test in tests {
            if perhaps == 0 {
                break;
            }
            let truths = self.truths(test, batch, perhaps);
            perhaps = truths.may_hold() | if self.errors_are_null() { 0 } else { truths.may_err() };
            certain &= truths.holds();
        }
        (perhaps, certain)
    }

    fn admissible_of(&self, batch: &Batch<'a>) -> Truths {
        let is_ledger = batch.list.owner == Trail::default() && self.ledger().slot == Some(batch.list.slot);
        let truths = if is_ledger { self.ledger().admissible.batch(batch.first) } else { None };
        truths.unwrap_or(Truths::all(Truth::TRUE, batch.all()))
    }
}
