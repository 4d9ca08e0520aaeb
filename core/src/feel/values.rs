//! What an expression is worth for many records of a list, read part by part and not record by record.
//!
//! INVARIANT: one meaning. For each record it is the value of [`Evaluator::val`]; what has no short way here is asked record by record.

use super::arithmetic;
use super::batch::{Batch, places};
use super::eval::Evaluator;
use super::expr::Expr;
use super::val::Val;

impl<'a> Evaluator<'a> {
    /// What an expression is worth for each of these records of a batch, in the places of all its records.
    pub(crate) fn values(&mut self, expr: &'a Expr, batch: &Batch<'a>, of: u64) -> Vec<Val<'a>> {
        if self.goes_one_by_one() {
            return self.value_of_each(expr, batch, of);
        }
        if let Some(same) = self.constant(expr) {
            return vec![same; batch.len()];
        }
        self.spend(of.count_ones());
        match expr {
            Expr::Slot { of: record, slot, nonnegative, .. } if batch.is_record(record) => {
                filled(batch, of, |place| batch.val(place, *slot, *nonnegative, batch.datum(place, *slot)))
            }
            _ if let Some(column) = self.derived(expr, batch, of) => {
                filled(batch, of, |place| column.val(place).unwrap_or_else(|| self.value_at(expr, batch, place)))
            }
            Expr::If(condition, yes, no) => self.either_value(expr, (condition, yes, no), batch, of),
            Expr::Part(inner, part) => {
                let mut values = self.values(inner, batch, of);
                for value in &mut values {
                    *value = arithmetic::part(value, *part);
                }
                values
            }
            // Texts are paid for, and of such there are none.
            Expr::Arithmetic(operator, left, right) => match self.constant(right) {
                Some(constant) if !matches!(constant, Val::Text(_)) => {
                    let mut values = self.values(left, batch, of);
                    for value in &mut values {
                        *value = self.computed((*operator, left, right), (value, &constant));
                    }
                    values
                }
                _ => self.value_of_each(expr, batch, of),
            },
            _ => self.value_of_each(expr, batch, of),
        }
    }

    /// The value of one of two branches for each record, each branch read for its records alone.
    fn either_value(&mut self, whole: &'a Expr, (condition, yes, no): (&'a Expr, &'a Expr, &'a Expr), batch: &Batch<'a>, of: u64) -> Vec<Val<'a>> {
        let (holds, fails) = self.truths(condition, batch, of).branches(of);
        let mut values = if holds == 0 { vec![Val::NULL; batch.len()] } else { self.values(yes, batch, holds) };
        if fails != 0 {
            for (place, (value, other)) in values.iter_mut().zip(self.values(no, batch, fails)).enumerate() {
                if fails >> place & 1 == 1 {
                    *value = other;
                }
            }
        }
        for place in places(of & !holds & !fails) {
            let value = self.value_at(whole, batch, place);
            values.get_mut(place).into_iter().for_each(|open| *open = value.clone());
        }
        values
    }

    /// The long way: an expression record by record.
    fn value_of_each(&mut self, expr: &'a Expr, batch: &Batch<'a>, of: u64) -> Vec<Val<'a>> {
        filled(batch, of, |place| self.value_at(expr, batch, place))
    }

    fn value_at(&mut self, expr: &'a Expr, batch: &Batch<'a>, place: usize) -> Val<'a> {
        self.stand_at(batch, place);
        self.val(expr)
    }
}

/// Values in the places of a batch; what stands where none is asked for means nothing.
fn filled<'a>(batch: &Batch<'a>, of: u64, mut value: impl FnMut(usize) -> Val<'a>) -> Vec<Val<'a>> {
    (0..batch.len()).map(|place| if of >> place & 1 == 1 { value(place) } else { Val::NULL }).collect()
}
