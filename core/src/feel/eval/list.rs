//! What becomes of a list: whether some or every item passes, one item of it, the list in order.

use rust_decimal::Decimal;

use super::walk::Extent;
use super::{Evaluator, Local};
use crate::feel::expr::Expr;
use crate::feel::function;
use crate::feel::val::{ListVal, Val};
use crate::feel::{NullReason, Truth};

impl<'a> Evaluator<'a> {
    pub(super) fn quantified(&mut self, every: bool, lists: &'a [Expr], test: &'a Expr) -> Truth {
        let (start, combine): (Truth, fn(Truth, Truth) -> Truth) = if every { (Truth::TRUE, Truth::and) } else { (Truth::FALSE, Truth::or) };
        let mut result = start;
        let extent = self.nested(lists, &mut |me, certain| {
            let truth = me.truth(test);
            me.set_idle(truth.is(start));
            result = combine(result, if certain { truth } else { truth.either(start) });
            !result.is(start.negated())
        });
        // The test of an item that nobody told us of may fail.
        close_truth(result, extent, true, combine)
    }

    pub(super) fn at(&mut self, list: &'a Expr, index: &'a Expr) -> Val<'a> {
        let list = match self.val(list) {
            Val::List(list) => list,
            Val::Null(reason) => return Val::Null(reason),
            _ => return Val::anything(),
        };
        if !self.pay(list.items.len()) {
            return Val::error(NullReason::TooLarge);
        }
        let index = match self.val(index) {
            Val::Number(index) => index,
            Val::Null(reason) => return Val::Null(reason),
            _ => return Val::anything(),
        };
        if list.open || list.items.iter().any(|(_, certain)| !certain) {
            return Val::anything();
        }
        place_in(list.items.len(), index).and_then(|i| list.items.get(i)).map_or(Val::NULL, |(item, _)| item.clone())
    }

    pub(super) fn sort(&mut self, list: &'a Expr, precedes: &'a Expr) -> Val<'a> {
        let exact = self.is_exact(list);
        let list = match self.val(list) {
            Val::List(list) => list,
            Val::Null(reason) => return Val::Null(reason),
            _ => return Val::anything(),
        };
        let Some(items) = list.sure() else { return Val::anything() };
        let mut sorted: Vec<Val<'a>> = items.cloned().collect();
        let mut width = 1;
        while width < sorted.len() {
            let mut merged = Vec::with_capacity(sorted.len());
            for run in sorted.chunks(width * 2) {
                match self.merge(run, width, (precedes, exact), &mut merged) {
                    Ok(()) => {}
                    Err(open) => return open,
                }
            }
            sorted = merged;
            width *= 2;
        }
        Val::List(std::rc::Rc::new(ListVal::of(sorted)))
    }

    /// Merges the two sorted halves of a run, and keeps what the order calls equal in place; an error where the order is open.
    pub(super) fn merge(
        &mut self,
        run: &[Val<'a>],
        width: usize,
        (precedes, exact): (&'a Expr, bool),
        merged: &mut Vec<Val<'a>>,
    ) -> Result<(), Val<'a>> {
        let (left, right) = run.split_at(width.min(run.len()));
        let mut left = left.iter().peekable();
        for later in right {
            while let Some(earlier) = left.peek() {
                if !self.pay(1) {
                    return Err(Val::error(NullReason::TooLarge));
                }
                self.locals.extend([later, *earlier].map(|item| Local { val: item.clone(), exact }));
                let truth = self.truth(precedes);
                self.locals.truncate(self.locals.len() - 2);
                if !truth.is_decided() {
                    return Err(Val::anything());
                }
                if truth.is(Truth::TRUE) {
                    break;
                }
                merged.extend(left.next().cloned());
            }
            merged.push(later.clone());
        }
        merged.extend(left.cloned());
        Ok(())
    }

    /// A list with all its items.
    pub(super) fn list(&mut self, expr: &'a Expr) -> Val<'a> {
        let mut items = Vec::new();
        let mut too_large = false;
        let extent = self.each(expr, &mut |me, item, certain| {
            // Room costs more than a step, and whoever walks over the list later sees the lists within it too.
            too_large = !me.pay(2) || !me.pay_for(&item);
            items.push((item, certain));
            !too_large
        });
        if too_large {
            return Val::error(NullReason::TooLarge);
        }
        match extent.null {
            Some(reason) => Val::Null(reason),
            None => Val::List(std::rc::Rc::new(ListVal::new(items, extent.open, extent.may_fail))),
        }
    }
}

/// The outcome of a walk that combined truths: a null list is null, an open one may hold anything more.
pub(super) fn close_truth(result: Truth, extent: Extent, may_fail: bool, combine: fn(Truth, Truth) -> Truth) -> Truth {
    match extent.null {
        Some(Some(_)) => Truth::ERROR,
        Some(None) => Truth::NULL,
        // The list may be null after all, or its further items or tests an error.
        None if extent.open => {
            let open = combine(result, Truth::UNKNOWN).either(Truth::NULL);
            if may_fail { open.either(Truth::ERROR) } else { open }
        }
        None => result,
    }
}

/// A position, counted from 1 or from the end with a minus, as a place in a list.
pub(crate) fn place_in(length: usize, position: Decimal) -> Option<usize> {
    let position = function::whole(position)?;
    let place = if position < 0 { i64::try_from(length).ok()?.checked_add(position)? } else { position - 1 };
    usize::try_from(place).ok().filter(|place| *place < length)
}
