//! Record-level provisions about something that a record holds, such as the project of a credit record.
//!
//! INVARIANT: such a provision reads what it is about and nothing around it, which loading sees to.

use crate::feel::{Batch, Datum, Evaluator, Item, Truths, Waiting, places};
use crate::policy::EmbeddedRule;

use super::exclusion::can_be_unmet;
use super::{Question, Status, StatusSet};

impl Question<'_> {
    /// What the provision comes to for one record. Where the record holds none, nothing is asked; where nobody told us, perhaps nothing.
    fn judge_embedded<'a>(&'a self, rule: &EmbeddedRule, record: Item<'a>, evaluator: &mut Evaluator<'a>) -> StatusSet {
        let nothing = StatusSet::only(Status::NotApplicable);
        match stand_at(rule, record, evaluator) {
            Held::None => nothing,
            Held::There => self.judge_provision(rule.provision, evaluator).set,
            Held::Unknown => self.judge_provision(rule.provision, evaluator).set.or(nothing),
        }
    }

    /// Whether the provision excludes each record of a batch, of which these certainly hold nothing that it is about.
    pub(super) fn embedded_excludes<'a>(&'a self, rule: &EmbeddedRule, batch: &Batch<'a>, nothing: u64, evaluator: &mut Evaluator<'a>) -> Truths {
        let mut excludes = Truths::of(0, nothing);
        for place in places(batch.all() & !nothing) {
            let Some(record) = batch.item(place) else { continue };
            excludes.set(place, can_be_unmet(self.judge_embedded(rule, record, evaluator)));
        }
        excludes
    }

    /// What it waits for whether the provision excludes one record; nothing where that is decided.
    pub(super) fn embedded_waits_for<'a>(&'a self, rule: &EmbeddedRule, record: Item<'a>, evaluator: &mut Evaluator<'a>) -> Vec<Waiting<'a>> {
        let (set, waiting) = evaluator.traced(|evaluator| self.judge_embedded(rule, record, evaluator));
        match stand_at(rule, record, evaluator) {
            _ if can_be_unmet(set).is_decided() => Vec::new(),
            Held::Unknown => vec![Waiting::Slot(record.trail, rule.slot)],
            _ => waiting,
        }
    }
}

/// Whether a record holds what a provision is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    There,
    Unknown,
    None,
}

/// Puts the evaluator before what a record holds, or before nothing; who owns that is not asked.
pub(super) fn stand_at<'a>(rule: &EmbeddedRule, record: Item<'a>, evaluator: &mut Evaluator<'a>) -> Held {
    let (held, root) = match record.record.read(usize::from(rule.slot)) {
        Datum::Record(inner) => (Held::There, Some(Item { record: inner, trail: record.trail.step(rule.slot, None) })),
        Datum::None => (Held::None, None),
        _ => (Held::Unknown, None),
    };
    evaluator.set_roots([root, None]);
    held
}
