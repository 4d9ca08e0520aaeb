//! Totals and counts over the records of a subject that do not ask whose they are, so that they can be taken for many subjects at once.

use rust_decimal::Decimal;

use super::batch::Batch;
use super::builtin::Builtin;
use super::column;
use super::eval::{Evaluator, filtered};
use super::expr::Expr;
use super::val::Val;

/// A total or a count over the records of one list of the subject.
pub(crate) struct Aggregate<'e> {
    /// The whole expression, by which the evaluator knows it again.
    pub(crate) whole: &'e Expr,
    /// The slot of the list.
    pub(crate) slot: u16,
    tests: Vec<&'e Expr>,
    /// The field that is added up; `None` where records are counted.
    summand: Option<u16>,
}

/// The aggregate that an expression is, if it is one.
pub(crate) fn aggregate_of(expr: &Expr) -> Option<Aggregate<'_>> {
    let Expr::Call(builtin, arguments) = expr else { return None };
    let [argument] = arguments.as_slice() else { return None };
    let (list, summand) = match (builtin, argument) {
        (Builtin::Total, Expr::For(lists, body)) => match (lists.as_slice(), &**body) {
            ([list], Expr::Slot { of, slot, .. }) if matches!(**of, Expr::Local(0)) => (list, Some(*slot)),
            _ => return None,
        },
        (Builtin::Count, list) => (list, None),
        _ => return None,
    };
    let (base, tests) = filtered(list);
    let Expr::Slot { of, slot, .. } = base else { return None };
    let of_the_record = matches!(**of, Expr::Root(0)) && tests.iter().all(|test| sees_only_the_record(test, 0));
    of_the_record.then_some(Aggregate { whole: expr, slot: *slot, tests: tests.to_vec(), summand })
}

/// Whether an expression reads nothing but the record that is the variable of its loop, inside so many further loops.
fn sees_only_the_record(expr: &Expr, deeper: u16) -> bool {
    match expr {
        Expr::Root(_) => false,
        Expr::Local(place) => *place <= deeper,
        _ => expr.children().into_iter().all(|(child, loops)| sees_only_the_record(child, deeper.saturating_add(loops))),
    }
}

impl Aggregate<'_> {
    /// The value for what was added up: steps of a column's numbers, and how many records.
    pub(crate) fn value<'a>(&self, (steps, count): (i64, i64)) -> Val<'a> {
        match self.summand {
            Some(_) => Val::Number(Decimal::new(steps, column::DECIMALS)),
            None => Val::Number(Decimal::from(count)),
        }
    }
}

impl<'a> Evaluator<'a> {
    /// Of a batch, the records that go into an aggregate, and those of which it is not certain whether they do or with what.
    pub(crate) fn aggregate(&mut self, aggregate: &Aggregate<'a>, batch: &Batch<'a>) -> (u64, u64) {
        let passing = self.beside([Val::NULL], |me| me.passing(&aggregate.tests, batch));
        let mut unsure = passing.perhaps & !passing.certain;
        let mut summed = passing.certain;
        if let Some(slot) = aggregate.summand {
            let column = self.column(batch, slot);
            let summable = column.summable();
            unsure |= passing.perhaps & !(summable | column.none());
            summed &= summable;
        }
        (summed, unsure)
    }

    /// Adds up these records of a batch; `false` where the sum grows beyond what is held here.
    #[must_use]
    pub(crate) fn add_up(&mut self, aggregate: &Aggregate<'a>, batch: &Batch<'a>, of: u64, (steps, count): &mut (i64, i64)) -> bool {
        *count += i64::from(of.count_ones());
        let Some(slot) = aggregate.summand.filter(|_| of != 0) else { return true };
        let sum = steps.checked_add(self.column(batch, slot).sum(of));
        *steps = sum.unwrap_or_default();
        sum.is_some()
    }
}
