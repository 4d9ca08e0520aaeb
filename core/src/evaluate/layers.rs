//! Layers: what other policies add to a decision, such as a host's own conditions to a province's.
//!
//! Each layer has its own names and constants, so it is a question of its own about the same subject; the records that count are the decision's.

use smol_str::SmolStr;

use crate::feel::Evaluator;
use crate::policy::{Decision, Policy, PolicySet};

use super::judge::Judgement;
use super::provision::Judged;
use super::write::Writer;
use super::{Advice, Finding, PolicyReference, Question, RecordLine};

/// What one policy adds, as it was judged.
pub(super) struct Layer<'a> {
    pub(super) question: &'a Question<'a>,
    pub(super) findings: Vec<Judged<'a>>,
    pub(super) evaluator: Evaluator<'a>,
}

impl<'p> Question<'p> {
    /// The same question with what these policies add to its decision.
    pub(crate) fn with_layers(mut self, layers: impl IntoIterator<Item = (&'p Policy, &'p Decision)>) -> Self {
        self.layers = layers.into_iter().map(|(policy, added)| policy.question(added, self.said.clone(), self.as_of)).collect();
        self
    }

    /// The same question, of which others of these policies may answer on other days.
    pub(crate) fn among(mut self, set: &'p PolicySet) -> Self {
        let versions = set.versions(&self.policy.id).filter(|version| version.decision(&self.decision.id).is_some());
        self.not_in_force = Policy::not_in_force(versions, self.as_of);
        self.set = Some(set);
        self
    }

    /// The policies that add to its decision, in the order in which they were loaded.
    #[must_use]
    pub fn layers(&self) -> Vec<PolicyReference> {
        self.layers.iter().map(|layer| layer.policy.reference()).collect()
    }

    /// Judges what the layers add, and what the whole comes to then.
    pub(super) fn judge_layers<'a>(&'a self, judgement: &mut Judgement<'a>) -> Vec<Layer<'a>> {
        let in_force = self.is_asked();
        let judged = self.layers.iter().map(|question| {
            let mut evaluator = question.evaluator();
            evaluator.set_ledger(judgement.evaluator.ledger().clone());
            evaluator.set_roots([judgement.subject, judgement.owner]);
            let judge = |place: &usize| if in_force { question.judge_provision(*place, &mut evaluator) } else { Judged::not_in_force(*place) };
            let findings: Vec<_> = question.decision.all_of.iter().map(judge).collect();
            judgement.set = findings.iter().fold(judgement.set, |set, judged| set.all_of(judged.set));
            Layer { question, findings, evaluator }
        });
        judged.collect()
    }

    /// Whether anything of the decision's own is in force on the day: where nothing is, there is nothing that a layer could add to.
    fn is_asked(&self) -> bool {
        self.not_in_force.is_none() || self.decision.asked().any(|place| self.binds(place))
    }
}

impl<'a> Layer<'a> {
    /// Writes its findings and what it advises; what a record waits for, the decision's own ledger says.
    pub(super) fn write(self, of: &Writer<'a>, records: &[RecordLine]) -> (Vec<Finding>, Vec<Advice>) {
        let mut writer = of.beside(self.question, self.evaluator, records);
        let policy = Some(SmolStr::from(&self.question.policy.id));
        let findings = self.findings.iter().map(|judged| Finding { policy: policy.clone(), ..writer.finding(judged) }).collect();
        let advice = self.findings.iter().filter(|judged| judged.advice).flat_map(|judged| self.question.advice(judged)).collect();
        (findings, advice)
    }
}
