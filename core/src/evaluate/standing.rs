//! A judgement for those who try out changes: what each provision can be, how much room its comparisons leave, and an evaluator to ask further.

use rust_decimal::Decimal;

use crate::facts::Facts;
use crate::feel::{Evaluator, Item};

use crate::policy::{OwnFact, Policy, Provision};
use crate::quantity::Day;

use super::provision::Judged;
use super::{Given, Question, Relation, StatusSet};

/// What one subject comes to, whose facts may be changed ones.
pub(crate) struct Standing<'a> {
    /// What the decision can be.
    pub(crate) set: StatusSet,
    /// Each provision that is asked, and what it can be.
    pub(crate) findings: Vec<(Asked, StatusSet)>,
    /// By how much each comparison holds; below zero where it fails, nothing where it has no direction.
    pub(crate) room: Vec<Option<Decimal>>,
    pub(crate) evaluator: Evaluator<'a>,
    /// The same for each layer.
    pub(crate) of_layers: Vec<Evaluator<'a>>,
    pub(crate) subject: Option<Item<'a>>,
    pub(crate) owner: Option<Item<'a>>,
}

/// A provision that is asked: of which layer, and its place in that policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// `None` where the decision's own policy asks it.
    pub(crate) layer: Option<usize>,
    pub(crate) place: usize,
}

impl<'p> Question<'p> {
    /// The same decision with other givens, on another day; `None` on one on which another version of a policy answers it, or none of which all that is
    /// asked now still binds.
    pub(crate) fn asked_again(&self, said: Given, day: Day) -> Option<Question<'p>> {
        let layers = || self.layers.iter().map(|layer| (layer.policy, layer.decision));
        let question = self.policy.question(self.decision, said, day).with_layers(layers());
        let answers = |question: &Self| day == self.as_of || question.not_in_force.is_none() || question.binds_as(self);
        let Some(set) = self.set else { return answers(&question).then_some(question) };
        let question = question.among(set);
        if day != self.as_of {
            let (policy, _) = set.decision_on(&self.decision.id, day).ok()?;
            let then = set.layers_on(policy, &self.decision.id, day);
            let same = std::ptr::eq(policy, self.policy) && then.len() == self.layers.len();
            if !same || !answers(&question) || then.iter().zip(layers()).any(|((then, _), (now, _))| !std::ptr::eq(*then, now)) {
                return None;
            }
        }
        Some(question)
    }

    /// Whether all that the decision asks, and what that rests on, binds on its day as it does on that of another question about it.
    fn binds_as(&self, other: &Self) -> bool {
        let records = self.decision.records.iter().flat_map(crate::policy::RecordRules::places);
        let places: Vec<usize> = self.decision.asked().chain(records).collect();
        let asked = self.policy.with_dependencies(&places);
        let is_asked = |provision: &Provision| asked.iter().any(|asked| std::ptr::eq(*asked, provision));
        let mut provisions = self.policy.provisions.iter().enumerate();
        provisions.all(|(place, provision)| !is_asked(provision) || self.binds(place) == other.binds(place))
    }

    /// The question that asks a provision.
    pub(crate) fn asking(&self, asked: Asked) -> &Question<'p> {
        asked.layer.and_then(|layer| self.layers.get(layer)).unwrap_or(self)
    }

    /// The provision that is asked.
    pub(crate) fn provision(&self, asked: Asked) -> Option<&'p Provision> {
        self.asking(asked).policy.provisions.get(asked.place)
    }

    /// A fact that its policy, or one that adds to it, declares of an entity.
    pub(crate) fn own_fact(&self, entity: &str, name: &str) -> Option<&'p OwnFact> {
        let policies = std::iter::once(self.policy).chain(self.layers.iter().map(|layer| layer.policy));
        policies.flat_map(|policy| &policy.facts).find(|fact| fact.subject == entity && fact.name == name)
    }

    /// Every policy that is applied.
    pub(crate) fn policies(&self) -> Vec<&'p Policy> {
        std::iter::once(self.policy).chain(self.layers.iter().map(|layer| layer.policy)).collect()
    }
}

impl Question<'_> {
    /// Subject and owner among the facts.
    pub(crate) fn roots<'a>(&self, facts: &'a Facts) -> (Option<Item<'a>>, Option<Item<'a>>) {
        self.roots_among(&|name| facts.subject(name))
    }

    /// Judges a subject however its facts are held.
    pub(crate) fn standing<'a>(&'a self, subject: Option<Item<'a>>, owner: Option<Item<'a>>) -> Standing<'a> {
        let mut judgement = self.judgement_of(subject, owner);
        let layers = self.judge_layers(&mut judgement);
        let mut room = Vec::new();
        let mut findings = Vec::with_capacity(judgement.findings.len());
        for judged in &judgement.findings {
            findings.push((Asked { layer: None, place: judged.place }, judged.set));
            measure(judged, &mut room);
        }
        let mut of_layers = Vec::with_capacity(layers.len());
        for (number, layer) in layers.into_iter().enumerate() {
            for judged in &layer.findings {
                findings.push((Asked { layer: Some(number), place: judged.place }, judged.set));
                measure(judged, &mut room);
            }
            of_layers.push(layer.evaluator);
        }
        Standing { set: judgement.set, findings, room, evaluator: judgement.evaluator, of_layers, subject, owner }
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
