//! The reader for statuses: what a decision comes to for one subject, and the figures on the way.

use smallvec::SmallVec;

use crate::facts::Facts;
use crate::feel::{Datum, Evaluator, Item, Once, Probe, Record, Trail, Value};
use crate::policy::Policy;

use super::exclusion::Exclusions;
use super::provision::Judged;
use super::{Question, Status, StatusSet};

/// Statuses and figures of one subject, without ledger and reasons: for those who judge millions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What the verdict can be.
    pub status: StatusSet,
    /// One outcome for each provision that the decision asks, in its order.
    pub findings: Vec<FindingOutcome>,
}

/// A provision's status and figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingOutcome {
    /// What it can be.
    pub status: StatusSet,
    /// Its comparisons.
    pub figures: SmallVec<[FigureOutcome; 1]>,
}

/// The two sides of a comparison; a side that missing facts leave open is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureOutcome {
    /// What is there.
    pub actual: Option<Value>,
    /// What is asked.
    pub required: Option<Value>,
}

/// A subject as it was judged, and the evaluator that can be asked further.
pub(super) struct Judgement<'a> {
    pub(super) set: StatusSet,
    pub(super) findings: SmallVec<[Judged<'a>; 8]>,
    pub(super) records: Exclusions,
    pub(super) evaluator: Evaluator<'a>,
    pub(super) subject: Option<Item<'a>>,
    /// Who owns the subject, where it is a record judged by itself.
    pub(super) owner: Option<Item<'a>>,
}

impl Question<'_> {
    /// Judges one subject: statuses and figures, no more.
    #[must_use]
    pub fn judge(&self, facts: &Facts) -> Outcome {
        let (subject, owner) = self.roots_among(&|name| facts.subject(name));
        let mut evaluator = self.evaluator();
        let records = self.exclusions(subject, &mut evaluator);
        if self.layers.is_empty()
            && let Some(outcome) = self.totals().and_then(|totals| totals.outcome(subject, &mut evaluator))
        {
            return outcome;
        }
        let mut judgement = self.judge_findings(evaluator, subject, owner, records);
        let layers = self.judge_layers(&mut judgement);
        let findings = judgement.findings.iter().chain(layers.iter().flat_map(|layer| &layer.findings)).map(|judged| FindingOutcome {
            status: judged.set,
            figures: judged.figures.iter().map(|f| FigureOutcome { actual: f.actual_value(), required: f.required_value() }).collect(),
        });
        Outcome { status: judgement.set, findings: findings.collect() }
    }

    /// Judges one subject, and says how the sides of every comparison stood that was reached.
    pub(crate) fn probe(&self, facts: &Facts) -> Probe {
        let mut evaluator = self.evaluator();
        evaluator.watch();
        let mut judgement = self.judgement_by(evaluator, &|name| facts.subject(name));
        for provision in self.decision.consequences.iter().filter_map(|place| self.policy.provisions.get(*place)) {
            let open = provision.consequence.as_ref().and_then(|consequence| consequence.open.as_ref());
            for condition in provision.when.iter().chain(open) {
                judgement.evaluator.condition(condition);
            }
        }
        judgement.evaluator.watched()
    }

    /// An evaluator that knows what was given, and stands nowhere yet.
    pub(crate) fn evaluator(&self) -> Evaluator<'_> {
        Evaluator::new(&self.given, self.as_of, Once { parts: &self.policy.once, values: &self.once })
    }

    /// Judges the subject among these roots.
    pub(super) fn judgement<'a>(&'a self, root: &dyn Fn(&str) -> Option<&'a dyn Record>) -> Judgement<'a> {
        self.judgement_by(self.evaluator(), root)
    }

    /// Judges a subject however its facts are held.
    pub(super) fn judgement_of<'a>(&'a self, subject: Option<Item<'a>>, owner: Option<Item<'a>>) -> Judgement<'a> {
        self.judge_subject(self.evaluator(), subject, owner)
    }

    fn judgement_by<'a>(&'a self, evaluator: Evaluator<'a>, root: &dyn Fn(&str) -> Option<&'a dyn Record>) -> Judgement<'a> {
        let (subject, owner) = self.roots_among(root);
        self.judge_subject(evaluator, subject, owner)
    }

    /// The subject, and who owns it where it is a record judged by itself.
    pub(super) fn roots_among<'a>(&self, root: &dyn Fn(&str) -> Option<&'a dyn Record>) -> (Option<Item<'a>>, Option<Item<'a>>) {
        let subject = root(&self.decision.subject).or_else(|| only_record(&self.decision.subject, root));
        let subject = subject.map(|record| Item { record, trail: Trail::default() });
        (subject, self.owner.and_then(root).map(|record| Item { record, trail: Trail::owner() }))
    }

    fn judge_subject<'a>(&'a self, mut evaluator: Evaluator<'a>, subject: Option<Item<'a>>, owner: Option<Item<'a>>) -> Judgement<'a> {
        let records = self.exclusions(subject, &mut evaluator);
        self.judge_findings(evaluator, subject, owner, records)
    }

    /// Which records do not count; the evaluator knows it then.
    pub(super) fn exclusions<'a>(&'a self, subject: Option<Item<'a>>, evaluator: &mut Evaluator<'a>) -> Exclusions {
        self.decision.records.as_ref().map_or_else(Exclusions::default, |rules| self.judge_records(rules, subject, evaluator))
    }

    /// Judges what the decision asks, once it is known which records count.
    pub(super) fn judge_findings<'a>(
        &'a self,
        mut evaluator: Evaluator<'a>,
        subject: Option<Item<'a>>,
        owner: Option<Item<'a>>,
        records: Exclusions,
    ) -> Judgement<'a> {
        evaluator.set_roots([subject, owner]);
        let mut set = StatusSet::only(Status::NotApplicable);
        let mut any = None;
        let mut findings = SmallVec::new();
        for place in &self.decision.all_of {
            let judged = self.judge_provision(*place, &mut evaluator);
            set = set.all_of(judged.set);
            findings.push(judged);
        }
        for place in &self.decision.any_of {
            let judged = self.judge_provision(*place, &mut evaluator);
            any = Some(any.map_or(judged.set, |so_far: StatusSet| so_far.any_of(judged.set)));
            findings.push(judged);
        }
        if let Some(any) = any {
            set = set.all_of(any);
        }
        Judgement { set, findings, records, evaluator, subject, owner }
    }
}

/// The one record of a kind that facts cannot be about by itself, in the list of who owns it.
fn only_record<'a>(subject: &str, root: &dyn Fn(&str) -> Option<&'a dyn Record>) -> Option<&'a dyn Record> {
    let (owner, slot) = Policy::list_of(subject)?;
    match root(owner.name)?.read(usize::from(slot)) {
        Datum::Records(records) if records.len() == 1 => records.get(0),
        _ => None,
    }
}
