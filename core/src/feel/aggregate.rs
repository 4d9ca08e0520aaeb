//! Totals and counts over the records of a subject that do not ask whose they are, so that each can be taken once, or for many
//! subjects at once.

use super::batch::{Batch, Comparable};
use super::builtin::Builtin;
use super::column::UNIT;
use super::eval::{Evaluator, filtered};
use super::expr::Expr;
use super::truths::Truths;
use super::val::Val;

/// Totals and counts over the records of one list, each once however often it is asked for.
#[derive(Debug, Default)]
pub(crate) struct Aggregates {
    each: Vec<Aggregate>,
    /// Where each stands in conditions, and its place here.
    occurrences: Vec<(Site, usize)>,
}

/// Where an expression stands, as long as its policy stays where it is: two of the same words are two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Site(usize);

impl Site {
    pub(crate) fn of(expr: &Expr) -> Self {
        Self(std::ptr::from_ref(expr).addr())
    }
}

impl Aggregates {
    /// Collects those of an expression over the list in this slot; `false` where it reads the list in another way.
    pub(crate) fn collect(&mut self, expr: &Expr, slot: u16) -> bool {
        if let Some(aggregate) = aggregate_of(expr).filter(|aggregate| aggregate.slot == slot) {
            let place = self.each.iter().position(|known| known.whole == aggregate.whole).unwrap_or_else(|| {
                self.each.push(aggregate);
                self.each.len() - 1
            });
            self.occurrences.push((Site::of(expr), place));
            return true;
        }
        if matches!(expr, Expr::Slot { of, slot: read, .. } if *read == slot && matches!(**of, Expr::Root(0))) {
            return false;
        }
        expr.children().into_iter().all(|(child, _)| self.collect(child, slot))
    }

    /// Each of them.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Aggregate> {
        self.each.iter()
    }

    /// How many they are.
    #[cfg(feature = "population")]
    pub(crate) fn len(&self) -> usize {
        self.each.len()
    }

    /// The place of the one that stands here in a condition.
    pub(crate) fn place_of(&self, expr: &Expr) -> Option<usize> {
        let site = Site::of(expr);
        self.occurrences.iter().find_map(|(known, place)| (*known == site).then_some(*place))
    }

    /// Where each stands in conditions, and its place.
    pub(crate) fn occurrences(&self) -> impl Iterator<Item = (Site, usize)> {
        self.occurrences.iter().copied()
    }
}

/// A total or a count over the records of one list of the subject.
#[derive(Debug)]
pub(crate) struct Aggregate {
    whole: Expr,
    /// The slot of the list.
    pub(crate) slot: u16,
    /// What a record must pass.
    pub(crate) tests: Vec<Expr>,
    /// The field that is added up, and whether it is never below zero; `None` where records are counted.
    pub(super) summand: Option<(u16, bool)>,
}

/// The aggregate that an expression is, if it is one.
pub(crate) fn aggregate_of(expr: &Expr) -> Option<Aggregate> {
    let Expr::Call(builtin, arguments) = expr else { return None };
    let [argument] = arguments.as_slice() else { return None };
    let (list, summand) = match (builtin, argument) {
        (Builtin::Total, argument) => {
            let (list, slot, nonnegative) = field_of_each(argument)?;
            (list, Some((slot, nonnegative)))
        }
        (Builtin::Count, list) => (list, None),
        _ => return None,
    };
    let (base, tests) = filtered(list);
    let Expr::Slot { of, slot, .. } = base else { return None };
    let of_the_record = matches!(**of, Expr::Root(0)) && tests.iter().all(|test| sees_only_the_record(test, 0));
    of_the_record.then_some(Aggregate { whole: expr.clone(), slot: *slot, tests: tests.into_iter().cloned().collect(), summand })
}

/// The list of whose every item an expression is one field, that field, and whether it is never below zero.
pub(crate) fn field_of_each(expr: &Expr) -> Option<(&Expr, u16, bool)> {
    let Expr::For(lists, body) = expr else { return None };
    match (lists.as_slice(), &**body) {
        ([list], Expr::Slot { of, slot, nonnegative, .. }) if matches!(**of, Expr::Local(0)) => Some((list, *slot, *nonnegative)),
        _ => None,
    }
}

/// Whether an expression reads nothing but the record that is the variable of its loop, inside so many further loops.
fn sees_only_the_record(expr: &Expr, deeper: u16) -> bool {
    match expr {
        Expr::Root(_) => false,
        Expr::Local(place) => *place <= deeper,
        _ => expr.children().into_iter().all(|(child, loops)| sees_only_the_record(child, deeper.saturating_add(loops))),
    }
}

impl<'a> Evaluator<'a> {
    /// What a test that sees nothing but the record can be for each record of a batch.
    pub(crate) fn test_records(&mut self, test: &'a Expr, batch: &Batch<'a>) -> Truths {
        self.beside([Val::NULL], |me| me.truths(test, batch, batch.all()))
    }

    /// What an aggregate comes to of a batch whose records pass its tests so, in ten-thousandths; `None` where that is open, or no plain number.
    pub(crate) fn certain_share(&mut self, aggregate: &Aggregate, tests: impl Iterator<Item = Truths>, batch: &Batch<'a>) -> Option<i64> {
        let mut certain = batch.all();
        let mut perhaps = certain;
        for truths in tests {
            certain &= truths.holds();
            perhaps &= truths.may_hold() | truths.may_err();
        }
        let Some((slot, _)) = aggregate.summand else {
            return if certain == perhaps { i64::from(certain.count_ones()).checked_mul(UNIT) } else { None };
        };
        let column = self.column(batch, slot);
        let summed = column.summable() & certain;
        (perhaps & !summed & !column.none() == 0).then(|| column.sum(summed))
    }
}
