//! Comparisons: of two sides, of a value with a range or a list.

use std::cmp::Ordering;

use super::Evaluator;
use super::list::close_truth;
use crate::feel::arithmetic;
use crate::feel::batch::Yardstick;
use crate::feel::expr::{Expr, RangeExpr};
use crate::feel::limit::Limit;
use crate::feel::number::Ratio;
use crate::feel::syntax::{Comparator, Operator};
use crate::feel::trace::Waiting;
use crate::feel::val::{Val, compare, order, same};
use crate::feel::{NullReason, Truth};

impl<'a> Evaluator<'a> {
    /// Compares two values and gives them, for readers of figures.
    pub(crate) fn compared(&mut self, comparator: Comparator, left: &'a Expr, right: &'a Expr) -> (Truth, Val<'a>, Val<'a>) {
        if !self.are_multiplied_across(left, right) {
            let (actual, required) = (self.val(left), self.val(right));
            if !self.pay_for(&actual) {
                return (Truth::ERROR, actual, required);
            }
            self.note(right, || order(&actual, &required));
            return (compare(comparator, &actual, &required), actual, required);
        }
        let ((actual, above), (required, below)) = (self.quotient(left), self.quotient(right));
        let truth = match above.zip(below) {
            Some((a, b)) => {
                let order = a.compare(b).ok();
                self.note(right, || order);
                if order.is_none() {
                    self.reach(Limit::Number);
                }
                order.map_or(Truth::ERROR, |order| Truth::of(comparator.holds(order)))
            }
            None => {
                if [&actual, &required].into_iter().any(|val| matches!(val, Val::Null(Some(NullReason::OutOfRange)))) {
                    self.reach(Limit::Number);
                }
                self.note(right, || order(&actual, &required));
                compare(comparator, &actual, &required)
            }
        };
        (truth, actual, required)
    }

    /// Whether two sides are compared by multiplying across: where one is a quotient, and nothing else of either was rounded. Where something was, both
    /// are compared as they are rounded, so that the same quotient is the same whatever way it took.
    fn are_multiplied_across(&self, left: &Expr, right: &Expr) -> bool {
        let is_plain = |side: &Expr| match side {
            Expr::Arithmetic(Operator::Divide, above, below) => self.is_exact(above) && self.is_exact(below),
            side => self.is_exact(side),
        };
        (is_quotient(left) || is_quotient(right)) && is_plain(left) && is_plain(right)
    }

    /// Compares two values; quotients of exact numbers are compared by multiplying across.
    pub(super) fn comparison(&mut self, comparator: Comparator, left: &'a Expr, right: &'a Expr) -> Truth {
        if is_quotient(left) || is_quotient(right) {
            return self.compared(comparator, left, right).0;
        }
        if self.probe.is_none()
            && let Some(holds) = self.field_holds(comparator, left, right)
        {
            return Truth::of(holds);
        }
        let actual = self.val(left);
        if !self.pay_for(&actual) {
            return Truth::ERROR;
        }
        let required = self.val(right);
        self.note(right, || order(&actual, &required));
        compare(comparator, &actual, &required)
    }

    /// Tells the probe, where there is one, how the two sides of a comparison stand.
    pub(super) fn note(&mut self, required: &Expr, order: impl FnOnce() -> Option<Ordering>) {
        if let Some(probe) = &mut self.probe
            && let Some(order) = order()
        {
            probe.saw(required, order);
        }
    }

    /// How a field stands to what is the same for every record, where that is plain to see.
    pub(super) fn field_holds(&mut self, comparator: Comparator, left: &'a Expr, right: &'a Expr) -> Option<bool> {
        let Expr::Slot { of, slot, .. } = left else { return None };
        let item = self.item(of)?;
        let right = self.constant(right)?;
        Yardstick::Right(comparator, right).holds(&item.record.read(usize::from(*slot)))
    }

    /// A value, and where it is a certain number the ratio that it stands for.
    pub(super) fn quotient(&mut self, expr: &'a Expr) -> (Val<'a>, Option<Ratio>) {
        let Expr::Arithmetic(Operator::Divide, numerator, denominator) = expr else {
            let val = self.val(expr);
            let ratio = if let Val::Number(n) = val { Some(Ratio::whole(n)) } else { None };
            return (val, ratio);
        };
        let (above, below) = (self.val(numerator), self.val(denominator));
        let ratio = match (&above, &below) {
            (Val::Number(a), Val::Number(b)) => Ratio::new(*a, *b).ok(),
            _ => None,
        };
        let val = arithmetic::compute(Operator::Divide, &above, &below);
        if let Val::Null(Some(reason)) = val {
            self.wait(Waiting::Error(reason));
        }
        (val, ratio)
    }

    pub(super) fn within(&mut self, value: &'a Expr, range: &'a RangeExpr) -> Truth {
        let value = self.val(value);
        let (low, high) = (self.val(&range.low), self.val(&range.high));
        self.note(&range.low, || order(&value, &low));
        self.note(&range.high, || order(&value, &high));
        in_range(&value, &low, range.low_closed, &high, range.high_closed)
    }

    pub(super) fn member(&mut self, value: &'a Expr, list: &'a Expr) -> Truth {
        let value = self.val(value);
        let mut any = Truth::FALSE;
        let extent = self.each(list, &mut |me, item, certain| {
            let found = match &item {
                Val::Range(range) => in_range(&value, &range.low, range.low_closed, &range.high, range.high_closed),
                item if !me.pay_for(item) => Truth::ERROR,
                item => same(&value, item),
            };
            me.set_idle(found.is(Truth::FALSE));
            any = any.or(if certain { found } else { found.either(Truth::FALSE) });
            !any.is(Truth::TRUE)
        });
        close_truth(any, extent, extent.may_fail, Truth::or)
    }
}

fn is_quotient(side: &Expr) -> bool {
    matches!(side, Expr::Arithmetic(Operator::Divide, ..))
}

/// Whether a value lies between two ends, each open or closed.
pub(crate) fn in_range(value: &Val<'_>, low: &Val<'_>, low_closed: bool, high: &Val<'_>, high_closed: bool) -> Truth {
    let above = compare(if low_closed { Comparator::GreaterOrEqual } else { Comparator::Greater }, value, low);
    let below = compare(if high_closed { Comparator::LessOrEqual } else { Comparator::Less }, value, high);
    above.and(below)
}
