//! A question that stands at a subject: for readers of the compiled rules that ask about their parts, such as those that say why.

use crate::facts::Facts;
use crate::feel::{Evaluator, Item, Waiting};

use super::waiting::Paths;
use super::{Question, StatusSet};

/// A question, or a layer of it, with the evaluator that stands at its subject and knows which records count.
pub(crate) struct Vantage<'a> {
    pub(crate) question: &'a Question<'a>,
    pub(crate) evaluator: Evaluator<'a>,
    paths: Paths<'a>,
}

impl Question<'_> {
    /// The question and its layers, standing at the subject of these facts.
    pub(crate) fn vantages<'a>(&'a self, facts: &'a Facts) -> Vec<Vantage<'a>> {
        let (subject, owner) = self.roots(facts);
        let standing = self.standing(subject, owner);
        let own = Vantage { question: self, evaluator: standing.evaluator, paths: self.paths() };
        let layers = self.layers.iter().zip(standing.of_layers);
        let added = layers.map(|(question, evaluator)| Vantage { question, evaluator, paths: question.paths() });
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

    /// The path of a field of a record.
    pub(crate) fn field(&self, item: Item<'_>, slot: u16) -> Option<String> {
        self.paths.path(Waiting::Slot(item.trail, slot))
    }

    /// The path of a fact that the policy declares itself.
    pub(crate) fn own(&self, item: Item<'_>, name: &str) -> Option<String> {
        self.paths.path(Waiting::Own(item.trail, name))
    }
}
