//! What a verdict opens or keeps closed.

use smol_str::SmolStr;

use crate::feel::{Asked, Comparator, Compiled, Expr, Parts, Truth, Val};
use crate::quantity::Day;

use super::super::{Consequence, ConsequenceState, Status, StatusSet};
use super::{Missing, Writer, details, fails};

impl<'a> Writer<'a> {
    /// What a provision opens, if it concerns the subject.
    pub(super) fn consequence(&mut self, place: usize) -> Option<Consequence> {
        let question = self.question;
        let provision = question.policy.provisions.get(place)?;
        let rule = provision.consequence.as_ref()?;
        if !question.in_force.get(place).copied().unwrap_or(false) {
            return None;
        }
        let ((applies, open, because), waiting) = self.evaluator.traced(|evaluator| {
            let applies = provision.when.as_ref().map_or(Truth::TRUE, |when| evaluator.condition(when));
            let (mark, mut weighed) = (evaluator.mark(), Parts::new());
            let mut all = rule.open.as_ref().map_or(Truth::TRUE, |open| evaluator.condition(open));
            let mut because = vec![(place, all)];
            weighed.add(mark, all);
            for place in &rule.follows {
                let next = evaluator.mark();
                let truth = opens(question.judge_provision(*place, evaluator).set);
                weighed.add(next, truth);
                because.push((*place, truth));
                all = all.and(truth);
            }
            evaluator.weigh_truths(&weighed, Asked::Holds, Truth::and);
            if Asked::Holds.settles(all) {
                evaluator.forget(mark);
            }
            because.retain(|(_, truth)| !truth.is(Truth::TRUE));
            (applies, all, because)
        });
        if fails(applies) {
            return None;
        }
        let state = match (applies, open) {
            (Truth::TRUE, Truth::TRUE) => ConsequenceState::Open,
            (Truth::TRUE, open) if fails(open) => ConsequenceState::Closed,
            _ => ConsequenceState::Unknown,
        };
        let mut missing = Missing::default();
        if state == ConsequenceState::Unknown {
            self.write_waiting(&waiting, &mut missing, &mut None);
        }
        let own = rule.open.as_ref().filter(|_| state == ConsequenceState::Closed);
        let (failing, opens_on) = own.map_or_else(Default::default, |open| self.keeps_closed(open));
        // What closes it: beside that, what is open makes no difference.
        let decisive = because.iter().filter(|(_, truth)| state != ConsequenceState::Closed || fails(*truth));
        let because: Vec<SmolStr> = decisive.filter_map(|(place, _)| question.policy.provisions.get(*place)).map(|p| (&p.id).into()).collect();
        let alone = because.iter().all(|id| *id == provision.id);
        let shown = state == ConsequenceState::Open && !question.decision.asked().any(|asked| asked == place);
        let details = if shown { details(&provision.details, &mut self.evaluator).collect() } else { Vec::new() };
        Some(Consequence {
            provision: (&provision.id).into(),
            article: (&provision.article).into(),
            state,
            because,
            failing,
            opens_on: opens_on.filter(|_| alone),
            details,
            missing: missing.paths,
        })
    }

    /// Which conditions of its own keep a consequence closed, and the day on which it opens where each of them only waits for a day to come.
    fn keeps_closed(&mut self, open: &'a Compiled) -> (Vec<u32>, Option<Day>) {
        let mut parts = Vec::new();
        open.expr.each_conjunct(&mut |part| parts.push(part));
        let failing: Vec<(u32, &'a Expr)> = (0..).zip(parts).filter(|(_, part)| fails(self.evaluator.truth(part))).collect();
        let days: Option<Vec<Day>> = failing.iter().map(|(_, part)| self.waits_until(part)).collect();
        (failing.into_iter().map(|(place, _)| place).collect(), days.and_then(|days| days.into_iter().max()))
    }

    /// The day on which a condition comes to hold that compares the day of the question with a day to come.
    fn waits_until(&mut self, condition: &'a Expr) -> Option<Day> {
        let Expr::Compare(comparator, left, right, _) = condition else { return None };
        let once = &self.question.policy.once;
        let (day, after) = match (comparator, left.resolved(once), right.resolved(once)) {
            (Comparator::LessOrEqual, day, Expr::AsOf) | (Comparator::GreaterOrEqual, Expr::AsOf, day) => (day, 0),
            (Comparator::Less, day, Expr::AsOf) | (Comparator::Greater, Expr::AsOf, day) => (day, 1),
            _ => return None,
        };
        match self.evaluator.val(day) {
            Val::Date(day) => day.checked_add_days(chrono::Days::new(after)),
            _ => None,
        }
    }
}

/// Whether a result opens what follows from it; what the authority may waive leaves it open.
fn opens(set: StatusSet) -> Truth {
    let mut truth: Option<Truth> = None;
    for status in set.members() {
        let one = match status {
            Status::Met | Status::NotApplicable => Truth::TRUE,
            Status::Unmet => Truth::FALSE,
            Status::Waivable | Status::Unknown => Truth::TRUE.either(Truth::FALSE),
        };
        truth = Some(truth.map_or(one, |so_far| so_far.either(one)));
    }
    truth.unwrap_or(Truth::TRUE)
}
