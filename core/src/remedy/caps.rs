//! Figures that are not to grow: what is to be added stays out of them.
//!
//! What is there stays as it is. Of a new record all is free that nobody asked for yet, and what a cap counts may be among it: so each is told to be
//! otherwise, in the way that its rules leave.

use crate::feel::{Expr, Truth, Val, Value};

use super::invert::{Inverter, Obstacle, Place, Scope};
use super::plan::{Being, Plan, all_of};
use super::reach::List;
use super::want::Want;

impl<'a> Inverter<'a> {
    /// Plans by which a total or a count is raised by nothing more than it certainly is: `body` is what each record adds to a total.
    pub(super) fn no_more(&mut self, list: &List<'a>, body: Option<&'a Expr>, scope: &Scope<'a>) -> Vec<Plan> {
        let plans = self.and_why_not(|me| {
            let mut plans = Plan::nothing();
            for record in me.added(list, scope) {
                let of_record = me.adding_nothing(list, body, &scope.with(record));
                plans = all_of(&plans, &of_record);
            }
            plans
        });
        // What is open is so by what is there, and nobody told us.
        if plans.iter().any(Plan::is_nothing) { self.none(Obstacle::Missing) } else { plans }
    }

    /// Each record that is to be added either passes a test, or is none of the list.
    pub(super) fn each_added(&mut self, list: &List<'a>, test: &'a Expr, want: bool, scope: &Scope<'a>) -> Vec<Plan> {
        self.and_why_not(|me| {
            let mut plans = Plan::nothing();
            for record in me.added(list, scope) {
                let inner = scope.with(record);
                let passes = me.achieve(test, want, &inner);
                let stays_out = me.left_outside(list, &inner);
                plans = all_of(&plans, &me.either(passes, stays_out));
            }
            plans
        })
    }

    /// The records that are to be added to a list already.
    fn added(&mut self, list: &List<'a>, scope: &Scope<'a>) -> Vec<Place<'a>> {
        let Val::List(items) = self.val(list.base, scope) else { return Vec::new() };
        let there = self.there(&list.keys, items.items.len());
        let records = items.items.iter().skip(there).enumerate();
        let place = |(number, (item, _)): (usize, &(Val<'a>, bool))| match item {
            Val::Record(item) => Some(Self::item(list, *item, number, Being::Added)),
            _ => None,
        };
        records.filter_map(place).collect()
    }

    /// Plans by which a record adds nothing to a figure, where that is still open: none of the list, or one of nothing.
    fn adding_nothing(&mut self, list: &List<'a>, body: Option<&'a Expr>, inner: &Scope<'a>) -> Vec<Plan> {
        let passes = self.truth_of_all(&list.tests, inner);
        let body = body.filter(|body| !self.val(body, inner).is_decided());
        if !passes.can_be(Truth::TRUE) || passes.is(Truth::TRUE) && body.is_none() {
            return Plan::nothing();
        }
        self.or_why_not(|me| {
            let outside = me.left_outside(list, inner);
            let nothing = body.map_or_else(Vec::new, |body| me.constrain(body, &Want::between(None, Some(Value::Number(0.into()))), inner));
            me.either(outside, nothing)
        })
    }

    /// Plans by which a record does not pass the tests of a list.
    pub(super) fn left_outside(&mut self, list: &List<'a>, inner: &Scope<'a>) -> Vec<Plan> {
        self.or_why_not(|me| {
            let mut plans = Vec::new();
            for test in &list.tests {
                let fails = me.achieve(test, false, inner);
                plans = me.either(plans, fails);
            }
            plans
        })
    }
}
