//! A question that stands at a subject: for readers of the compiled rules that ask about their parts, such as those that say why.

use crate::facts::changed::{Changed, Key};
use crate::facts::{Facts, FieldKind};
use crate::feel::{Datum, Evaluator, Expr, Item, Type, Value, Waiting};

use super::waiting::Paths;
use super::{Question, StatusSet};

/// A question, or a layer of it, with the evaluator that stands at its subject and knows which records count.
pub(crate) struct Vantage<'a> {
    pub(crate) question: &'a Question<'a>,
    pub(crate) evaluator: Evaluator<'a>,
    /// The subject, and who owns it where it is a record judged by itself.
    roots: (Option<Item<'a>>, Option<Item<'a>>),
    paths: Paths<'a>,
}

impl Question<'_> {
    /// The question and its layers, standing at the subject of these facts.
    pub(crate) fn vantages<'a>(&'a self, facts: &'a Facts) -> Vec<Vantage<'a>> {
        let (subject, owner) = self.roots(facts);
        let standing = self.standing(subject, owner);
        let roots = (subject, owner);
        let own = Vantage { question: self, evaluator: standing.evaluator, roots, paths: self.paths() };
        let layers = self.layers.iter().zip(standing.of_layers);
        let added = layers.map(|(question, evaluator)| Vantage { question, evaluator, roots, paths: question.paths() });
        std::iter::once(own).chain(added).collect()
    }
}

impl Vantage<'_> {
    /// What a provision comes to.
    pub(crate) fn status(&mut self, place: usize) -> StatusSet {
        self.question.judge_provision(place, &mut self.evaluator).set
    }

    /// The path of a record.
    pub(crate) fn record(&self, item: Item<'_>) -> Option<String> {
        self.paths.record(item.trail)
    }

    /// The path of a record of a list of the subject's.
    pub(crate) fn record_in(&self, slot: u16, place: usize) -> Option<String> {
        self.paths.record(self.roots.0?.trail.step(slot, Some(place)))
    }

    /// How many records a list of the subject's has.
    pub(crate) fn records(&self, slot: u16) -> usize {
        match self.roots.0.map(|subject| subject.record.read(usize::from(slot))) {
            Some(Datum::Records(records)) => records.len(),
            _ => 0,
        }
    }

    /// What a value would be if a list of the subject's had one of its records alone, or none; `None` where that is open.
    pub(crate) fn with_only(&self, (slot, place): (u16, Option<usize>), value: &Expr, ty: &Type) -> Option<Value> {
        let subject = self.roots.0?;
        let entity = Facts::entity(&self.question.decision.subject)?;
        let Datum::Records(records) = subject.record.read(usize::from(slot)) else { return None };
        let FieldKind::Records(of_records) = entity.fields.get(usize::from(slot))?.kind else { return None };
        let mut only = Changed::new(Some(subject.record), entity);
        only.set(&[Key::Slot(slot)], Value::List(Vec::new()));
        if let Some(place) = place {
            only.add(&[Key::Slot(slot)], Changed::new(records.get(place), of_records()));
        }
        let mut evaluator = self.question.evaluator();
        evaluator.set_ledger(self.evaluator.ledger().clone());
        evaluator.set_roots([Some(Item { record: &only, ..subject }), self.roots.1]);
        evaluator.val(value).into_value(ty)
    }

    /// The path of a field of a record.
    pub(crate) fn field(&self, item: Item<'_>, slot: u16) -> Option<String> {
        self.paths.path(Waiting::Slot(item.trail, slot))
    }

    /// The path of a fact that the policy declares itself.
    pub(crate) fn own(&self, item: Item<'_>, name: &str) -> Option<String> {
        self.paths.path(Waiting::Own(item.trail, name))
    }
}
