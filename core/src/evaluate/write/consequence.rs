//! What a verdict opens or keeps closed.

use smol_str::SmolStr;

use crate::feel::{Comparator, Compiled, Expr, Truth, Val};
use crate::quantity::Day;

use super::super::consequence::fails;
use super::super::{Consequence, ConsequenceState};
use super::{Missing, Writer, details};

impl<'a> Writer<'a> {
    /// What a provision opens, if it concerns the subject.
    pub(super) fn consequence(&mut self, place: usize) -> Option<Consequence> {
        let question = self.question;
        let provision = question.policy.provisions.get(place)?;
        let rule = provision.consequence.as_ref()?;
        let (judged, waiting) = self.evaluator.traced(|evaluator| question.judge_consequence(place, evaluator));
        let judged = judged?;
        let state = judged.state()?;
        let mut missing = Missing::default();
        if state == ConsequenceState::Unknown {
            self.write_waiting(&waiting, &mut missing, &mut None);
        }
        let own = rule.open.as_ref().filter(|_| state == ConsequenceState::Closed);
        let (failing, opens_on) = own.map_or_else(Default::default, |open| self.keeps_closed(open));
        // What closes it: beside that, what is open makes no difference.
        let parts = judged.parts.iter().filter(|(_, truth)| !truth.is(Truth::TRUE));
        let decisive = parts.filter(|(_, truth)| state != ConsequenceState::Closed || fails(*truth));
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
