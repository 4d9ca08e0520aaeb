//! Which records count: the record-level provisions, asked of each record of a list.

use smallvec::SmallVec;

use crate::feel::{Batch, Compiled, Datum, Evaluator, Item, Ledger, Record, RecordList, Trail, Truth, TruthColumn, Truths, Variable, places};
use crate::policy::{Provision, RecordRules, Rule};

use super::{Modality, Question, Status, StatusSet};

/// Which records are excluded, and by which of the decision's record-level provisions.
#[derive(Clone, Default)]
pub(super) struct Exclusions {
    pub(super) count: usize,
    /// For each record, whether any provision excludes it.
    pub(super) excluded: TruthColumn,
    /// For each provision, whether it excludes each record: first those about records, then those about something that a record holds.
    pub(super) by: SmallVec<[TruthColumn; 4]>,
}

impl Question<'_> {
    /// Judges every record, and leaves with the evaluator which of them count.
    pub(super) fn judge_records<'a>(&'a self, rules: &'a RecordRules, subject: Option<Item<'a>>, evaluator: &mut Evaluator<'a>) -> Exclusions {
        let mut exclusions = Exclusions::default();
        let mut ledger = Ledger { slot: Some(rules.slot), ..Ledger::default() };
        if let Some(subject) = subject
            && let Datum::Records(records) = subject.record.read(usize::from(rules.slot))
        {
            exclusions.count = records.len();
            exclusions.by.resize(rules.provisions.len() + rules.embedded.len(), TruthColumn::default());
            let list = RecordList { records, owner: subject.trail, slot: rules.slot, variable: Variable::Subject };
            for batch in list.batches(Truths::WIDTH) {
                evaluator.set_roots([None, Some(subject)]);
                let excluded = self.exclude(rules, &batch, &mut exclusions.by, evaluator);
                exclusions.excluded.push(excluded);
                ledger.admissible.push(excluded.negated());
            }
        }
        evaluator.set_ledger(ledger);
        exclusions
    }

    /// Which records of a batch are excluded, by any provision and by each.
    pub(super) fn exclude<'a>(
        &'a self,
        rules: &'a RecordRules,
        batch: &Batch<'a>,
        by: &mut SmallVec<[TruthColumn; 4]>,
        evaluator: &mut Evaluator<'a>,
    ) -> Truths {
        let mut excluded = Truths::all(Truth::FALSE, batch.all());
        let of_records = rules.provisions.len().min(by.len());
        let (own, embedded) = by.split_at_mut(of_records);
        for (place, by) in rules.provisions.iter().zip(own) {
            let truths = self.excludes(*place, batch, evaluator);
            excluded = excluded.or(truths);
            by.push(truths);
        }
        for (rule, by) in rules.embedded.iter().zip(embedded) {
            let nothing = evaluator.without_value(batch, rule.slot);
            let truths = self.embedded_excludes(rule, batch, nothing, evaluator);
            excluded = excluded.or(truths);
            by.push(truths);
        }
        excluded
    }

    /// Whether a provision excludes each record of a batch. What is asked by conditions alone is read for all of them at once.
    pub(super) fn excludes<'a>(&'a self, place: usize, batch: &Batch<'a>, evaluator: &mut Evaluator<'a>) -> Truths {
        let all = batch.all();
        if !self.binds(place) {
            return Truths::of(0, all);
        }
        match self.plain_rule(place) {
            Some(rule) => {
                let mut ask = |condition: Option<&'a Compiled>, of: u64| match condition {
                    Some(condition) if of != 0 => evaluator.truths(&condition.expr, batch, of),
                    _ => Truths::default(),
                };
                let applies = rule.when.map_or(Truths::all(Truth::TRUE, all), |when| ask(Some(when), all));
                let required = ask(Some(rule.require), may_apply(applies));
                let relaxed = ask(rule.relaxation, required.may_fail());
                excludes(applies, required, relaxed, all)
            }
            None => {
                let mut excludes = Truths::default();
                for record in places(all) {
                    evaluator.stand_at(batch, record);
                    excludes.set(record, can_be_unmet(self.judge_provision(place, evaluator).set));
                }
                excludes
            }
        }
    }

    /// What excludes records, where that is asked by conditions alone.
    pub(super) fn plain_rule(&self, place: usize) -> Option<PlainRule<'_>> {
        match self.policy.provisions.get(place)? {
            Provision {
                rule: Rule::Require(require),
                modality: Modality::Shall | Modality::Forbidden,
                when,
                relaxation,
                deadline: None,
                asked_after: None,
                deemed_by,
                ..
            } if deemed_by.is_empty() => {
                Some(PlainRule { when: when.as_ref(), require, relaxation: relaxation.as_ref().map(|relaxation| &relaxation.when) })
            }
            _ => None,
        }
    }
}

/// A provision that is asked by conditions alone, and binds.
pub(super) struct PlainRule<'p> {
    pub(super) when: Option<&'p Compiled>,
    pub(super) require: &'p Compiled,
    pub(super) relaxation: Option<&'p Compiled>,
}

/// The records that a provision may concern, where it is known what its applicability can be.
pub(super) fn may_apply(applies: Truths) -> u64 {
    applies.may_hold() | applies.may_err()
}

/// Whether such a provision excludes each record, where it is known what its conditions can be.
pub(super) fn excludes(applies: Truths, required: Truths, relaxed: Truths, all: u64) -> Truths {
    // An error leaves it open, any other null does not hold.
    let excluded = required.may_fail() & !relaxed.holds();
    let counts = required.may_hold() | required.may_err() | relaxed.may_hold() | relaxed.may_err();
    Truths::of(excluded, (counts | !applies.holds() | !excluded) & all)
}

/// A record of the subject's list as an item with its place.
pub(super) fn record_item<'a>(record: &'a dyn Record, rules: &RecordRules, index: usize) -> Item<'a> {
    Item { record, trail: Trail::default().step(rules.slot, Some(index)) }
}

/// Whether a status set excludes its record: certainly, possibly, or not.
pub(super) fn can_be_unmet(set: StatusSet) -> Truth {
    match (set.contains(Status::Unmet), set.is_decided()) {
        (true, true) => Truth::TRUE,
        (true, false) => Truth::TRUE.either(Truth::FALSE),
        (false, _) => Truth::FALSE,
    }
}
