//! What a provision asks, as plans: the inverse of judging it.
//!
//! Only what is asked is aimed at. That a provision be deemed met by another is; that it come not to apply is not.

use crate::evaluate::{Modality, Status, StatusSet};
use crate::feel::{Expr, Truth, Val};
use crate::policy::{Kind, Provision, Rule};
use crate::quantity::Day;

use super::invert::{Inverter, Obstacle, Scope};
use super::plan::{Plan, all_of};

impl<'a> Inverter<'a> {
    /// Plans by which a provision is met.
    pub(super) fn provision(&mut self, place: usize, scope: &Scope<'a>) -> Vec<Plan> {
        let question = self.question;
        let Some(provision) = question.policy.provisions.get(place) else { return Plan::nothing() };
        if !question.binds(place) {
            return Plan::nothing();
        }
        if let Some(when) = &provision.when {
            let applies = self.truth(&when.expr, scope);
            if !applies.can_be(Truth::TRUE) && !applies.can_be(Truth::ERROR) {
                return Plan::nothing();
            }
        }
        if let Some(missed) = self.missed_target(provision, scope) {
            return self.none(Obstacle::TooLate(missed));
        }
        let plans = self.or_why_not(|me| me.met_or_deemed(provision, scope));
        match self.over(provision, scope) {
            Some(since) => self.done_by_its_day(plans, since),
            None => plans,
        }
    }

    /// The first day after the last one of a provision, where that has passed: its deadline, or the end of the time that the question is about. A due day that
    /// facts tell, such as a planned end, is none, since a plan can be overrun; nor is one that the document fixes for what is judged as things stand after it.
    fn over(&mut self, provision: &'a Provision, scope: &Scope<'a>) -> Option<Day> {
        let day = match &provision.due {
            Some(due) => Some(due).filter(|due| !due.expr.reads_facts() && self.question.reads_given(&due.expr)),
            None => provision.deadline.as_ref(),
        }?;
        self.day_after_past(&day.expr, scope)
    }

    /// The day after one that has passed.
    fn day_after_past(&mut self, day: &'a Expr, scope: &Scope<'a>) -> Option<Day> {
        match self.val(day, scope) {
            Val::Date(last) if last < self.today => last.succ_opt(),
            _ => None,
        }
    }

    /// Without what could have been done until that day: what is no record has no day of its own by which it would still count.
    fn done_by_its_day(&mut self, mut plans: Vec<Plan>, since: Day) -> Vec<Plan> {
        if plans.is_empty() {
            return plans;
        }
        plans.retain(|plan| !plan.changes_what_has_no_day());
        if plans.is_empty() { self.none(Obstacle::TooLate(since)) } else { plans }
    }

    /// The first day after that on which a target was to be reached: what was counted by then is not raised afterwards.
    fn missed_target(&mut self, provision: &'a Provision, scope: &Scope<'a>) -> Option<Day> {
        let day = provision.due.as_ref().or(provision.deadline.as_ref()).filter(|_| provision.kind == Kind::Target)?;
        self.day_after_past(&day.expr, scope)
    }

    fn met_or_deemed(&mut self, provision: &'a Provision, scope: &Scope<'a>) -> Vec<Plan> {
        let mut plans = self.rule(provision, scope);
        for other in &provision.deemed_by {
            let instead = self.provision_itself(*other, scope);
            plans = self.either(plans, instead);
        }
        plans
    }

    /// The same of a provision that counts for another: one that does not apply is of no use there.
    fn provision_itself(&mut self, place: usize, scope: &Scope<'a>) -> Vec<Plan> {
        let question = self.question;
        let Some(provision) = question.policy.provisions.get(place) else { return Vec::new() };
        let applies = provision.when.as_ref().is_none_or(|when| self.truth(&when.expr, scope).is(Truth::TRUE));
        if !applies || !question.binds(place) {
            return self.none(Obstacle::NotInPower);
        }
        self.rule(provision, scope)
    }

    fn rule(&mut self, provision: &'a Provision, scope: &Scope<'a>) -> Vec<Plan> {
        match &provision.rule {
            Rule::Nothing => Plan::nothing(),
            Rule::Require(condition) => self.achieve_or_wait(&condition.expr, scope),
            Rule::Parts(parts) => self.and_why_not(|me| {
                let mut plans = Plan::nothing();
                let aim = me.aim;
                let asked = |modality| match modality {
                    Modality::Shall | Modality::Forbidden => true,
                    Modality::Principle => aim == Status::Met,
                    Modality::May | Modality::Encouraged => false,
                };
                for part in parts.iter().filter(|part| asked(part.modality)) {
                    let applies = part.when.as_ref().map_or(Truth::TRUE, |when| me.truth(&when.expr, scope));
                    if applies.can_be(Truth::TRUE) || applies.can_be(Truth::ERROR) {
                        let of_part = me.achieve_or_wait(&part.require.expr, scope);
                        plans = all_of(&plans, &of_part);
                    }
                }
                plans
            }),
            Rule::AnyOf(places) => {
                let mut plans = Vec::new();
                for place in places {
                    let of_one = self.provision_itself(*place, scope);
                    plans = self.either(plans, of_one);
                }
                plans
            }
            Rule::AllOf(places) => self.and_why_not(|me| {
                let mut plans = Plan::nothing();
                for place in places {
                    plans = all_of(&plans, &me.provision(*place, scope));
                }
                plans
            }),
        }
    }
}

/// Whether nothing more is to be done for a result: it is met, or nothing is asked; or it is at least for the authority to waive.
pub(super) fn is_good(set: StatusSet, aim: Status) -> bool {
    let bad = |status| set.contains(status);
    !bad(Status::Unmet) && (aim == Status::Waivable || !bad(Status::Waivable))
}
