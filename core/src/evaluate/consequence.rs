//! What a decision opens or keeps closed, as it was judged.

use smallvec::SmallVec;

use crate::feel::{Asked, Evaluator, Parts, Truth};

use super::{ConsequenceState, Question, Status, StatusSet};

/// A consequence as it was judged.
pub(super) struct JudgedConsequence {
    /// Whether it concerns the subject.
    applies: Truth,
    /// Whether it is open, where it does.
    open: Truth,
    /// The truth of its own condition, under its own place, and of each provision that it follows.
    pub(super) parts: SmallVec<[(usize, Truth); 6]>,
}

impl Question<'_> {
    /// The places of the consequences that may concern somebody: those in force of which it is not plain from what is given that they do not apply.
    #[cfg(feature = "population")]
    pub(crate) fn consequences(&self) -> Vec<usize> {
        let mut evaluator = self.evaluator();
        let mut concerns_nobody = |place: usize| {
            let when = self.policy.provisions.get(place).and_then(|provision| provision.when.as_ref());
            when.is_some_and(|when| evaluator.constant(&when.expr).is_some() && fails(evaluator.condition(when)))
        };
        self.decision.consequences.iter().copied().filter(|place| self.binds(*place) && !concerns_nobody(*place)).collect()
    }

    /// Judges what a provision opens; `None` where it opens nothing on that day.
    pub(super) fn judge_consequence<'a>(&'a self, place: usize, evaluator: &mut Evaluator<'a>) -> Option<JudgedConsequence> {
        let provision = self.policy.provisions.get(place)?;
        let rule = provision.consequence.as_ref()?;
        if !self.binds(place) {
            return None;
        }
        let applies = provision.when.as_ref().map_or(Truth::TRUE, |when| evaluator.condition(when));
        let (mark, mut weighed) = (evaluator.mark(), Parts::new());
        let mut open = rule.open.as_ref().map_or(Truth::TRUE, |open| evaluator.condition(open));
        let mut parts = SmallVec::from_iter([(place, open)]);
        weighed.add(mark, open);
        for place in &rule.follows {
            let next = evaluator.mark();
            let truth = opens(self.judge_provision(*place, evaluator).set);
            weighed.add(next, truth);
            parts.push((*place, truth));
            open = open.and(truth);
        }
        evaluator.weigh_truths(&weighed, Asked::Holds, Truth::and);
        if Asked::Holds.settles(open) {
            evaluator.forget(mark);
        }
        Some(JudgedConsequence { applies, open, parts })
    }
}

impl JudgedConsequence {
    /// What it is to the subject; `None` where it does not concern it.
    pub(super) fn state(&self) -> Option<ConsequenceState> {
        match (self.applies, self.open) {
            (applies, _) if fails(applies) => None,
            (Truth::TRUE, Truth::TRUE) => Some(ConsequenceState::Open),
            (Truth::TRUE, open) if fails(open) => Some(ConsequenceState::Closed),
            _ => Some(ConsequenceState::Unknown),
        }
    }
}

/// Whether a condition is certainly not fulfilled; an error leaves it open.
pub(super) fn fails(truth: Truth) -> bool {
    !truth.can_be(Truth::TRUE) && !truth.can_be(Truth::ERROR)
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
