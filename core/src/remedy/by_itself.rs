//! What comes by itself: the day on which a condition holds with nothing done but going on, where no other way to it is known.
//!
//! INVARIANT: nothing is inferred. The condition is asked on the days that are tried, and what is waited for is judged as every plan is.

use crate::feel::{Expr, Truth, Val, add_months};
use crate::quantity::Day;

use super::earliest::{HORIZON_MONTHS, Reads};
use super::invert::{Inverter, Place, Scope};
use super::months::first_day;
use super::plan::Plan;

/// How many months ahead a condition is asked, to see whether it holds by then.
const AHEAD_MONTHS: [i64; 3] = [1, 12, HORIZON_MONTHS];

impl<'a> Inverter<'a> {
    /// Plans that make a condition about the subject hold, or the day on which it does by itself.
    pub(super) fn achieve_or_wait(&mut self, condition: &'a Expr, scope: &Scope<'a>) -> Vec<Plan> {
        self.or_why_not(|me| {
            let plans = me.achieve(condition, true, scope);
            if !plans.is_empty() {
                return plans;
            }
            me.day_by_itself(condition, scope).map_or(plans, |day| vec![Plan { wait: Some(day), ..Plan::default() }])
        })
    }

    /// The first day after today on which a condition holds, where it holds by then on one of the days that are tried.
    fn day_by_itself(&self, condition: &'a Expr, scope: &Scope<'a>) -> Option<Day> {
        let is_subject = matches!(scope.roots.first(), Some(Some(Place::Record(seat))) if seat.keys.is_empty() && !seat.being.is_new());
        if !is_subject || !self.question.reads_day(condition, &Reads::default()) {
            return None;
        }
        let holds = |day: Day| self.on(day, condition, scope, |val| matches!(val, Val::Truth(Truth::TRUE)).then_some(())).is_some();
        let today = self.question.as_of();
        let by_then = AHEAD_MONTHS.iter().filter_map(|months| add_months(today, *months)).find(|day| holds(*day))?;
        Some(first_day(today, by_then, holds))
    }
}
