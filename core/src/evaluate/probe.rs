//! A judgement for those who try out changes: what each provision can be, how much room its comparisons leave, and an evaluator to ask further.

use rust_decimal::Decimal;

use crate::facts::Facts;
use crate::feel::{Evaluator, Item, Trail};

use super::judge::Judged;
use super::{Question, Relation, StatusSet};

/// What one subject comes to, whose facts may be changed ones.
pub(crate) struct Probe<'a> {
    /// What the decision can be.
    pub(crate) set: StatusSet,
    /// Each provision that the decision asks, by its place in the policy, and what it can be.
    pub(crate) findings: Vec<(usize, StatusSet)>,
    /// By how much each comparison holds; below zero where it fails, nothing where it has no direction.
    pub(crate) room: Vec<Option<Decimal>>,
    pub(crate) evaluator: Evaluator<'a>,
    pub(crate) subject: Option<Item<'a>>,
    pub(crate) owner: Option<Item<'a>>,
}

impl Question<'_> {
    /// Subject and owner among the facts.
    pub(crate) fn roots<'a>(&self, facts: &'a Facts) -> (Option<Item<'a>>, Option<Item<'a>>) {
        let subject = facts.subject(&self.decision.subject).map(|record| Item { record, trail: Trail::default() });
        let owner = crate::policy::Policy::owner_of(&self.decision.subject).and_then(|name| facts.subject(name));
        (subject, owner.map(|record| Item { record, trail: Trail::owner() }))
    }

    /// Judges a subject however its facts are held.
    pub(crate) fn probe<'a>(&'a self, subject: Option<Item<'a>>, owner: Option<Item<'a>>) -> Probe<'a> {
        let judgement = self.judgement_of(subject, owner);
        let mut room = Vec::new();
        let mut findings = Vec::with_capacity(judgement.findings.len());
        for judged in &judgement.findings {
            findings.push((judged.place, judged.set));
            measure(judged, &mut room);
        }
        Probe { set: judgement.set, findings, room, evaluator: judgement.evaluator, subject, owner }
    }
}

fn measure(judged: &Judged<'_>, room: &mut Vec<Option<Decimal>>) {
    for figure in &judged.figures {
        let sides = figure.actual.bounds().zip(figure.required.bounds());
        room.push(sides.and_then(|(actual, required)| match figure.relation() {
            Relation::AtLeast | Relation::MoreThan => actual.low?.checked_sub(required.high?),
            Relation::AtMost | Relation::LessThan => required.low?.checked_sub(actual.high?),
            Relation::Equal | Relation::NotEqual => None,
        }));
    }
    for (_, part) in &judged.parts {
        measure(part, room);
    }
}
