//! What is computed from fields, for many records side by side: parts of dates, sums with a constant, the one or the other of two.
//!
//! INVARIANT: one meaning. A record whose value has no plain form here has none of the column's bits, and is asked by itself.

use super::batch::Batch;
use super::column::Column;
use super::eval::Evaluator;
use super::expr::Expr;
use super::syntax::Operator;
use super::val::Val;

impl<'a> Evaluator<'a> {
    /// A column of what an expression is worth for each of these records of a batch; `None` where it is not computed so.
    pub(super) fn derived(&mut self, expr: &'a Expr, batch: &Batch<'a>, of: u64) -> Option<Column> {
        if is_derived(expr, batch) { self.derive(expr, batch, of) } else { None }
    }

    fn derive(&mut self, expr: &'a Expr, batch: &Batch<'a>, of: u64) -> Option<Column> {
        self.spend(of.count_ones());
        match expr {
            Expr::Slot { slot, .. } => self.column(batch, *slot).within(of),
            Expr::If(condition, yes, no) => match self.truths(condition, batch, of).branches(of) {
                (holds, 0) => self.derive(yes, batch, holds),
                (0, fails) => self.derive(no, batch, fails),
                (holds, fails) => self.derive(yes, batch, holds)?.joined(&self.derive(no, batch, fails)?),
            },
            Expr::Part(inner, part) => self.derive(inner, batch, of)?.part(*part),
            Expr::Arithmetic(Operator::Add, left, right) => match self.constant(right)? {
                Val::Number(by) => self.derive(left, batch, of)?.moved(by),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Whether an expression is computed from fields of a record in these ways alone.
fn is_derived(expr: &Expr, batch: &Batch<'_>) -> bool {
    match expr {
        // What is not below zero has bounds where nobody told us of it.
        Expr::Slot { of, nonnegative, .. } => !nonnegative && batch.is_record(of),
        Expr::If(_, yes, no) => is_derived(yes, batch) && is_derived(no, batch),
        Expr::Part(inner, _) | Expr::Arithmetic(Operator::Add, inner, _) => is_derived(inner, batch),
        _ => false,
    }
}
