//! Plans: what could be done so that a condition holds, as a bounded list of alternatives.

use rust_decimal::Decimal;

use super::want::{Want, Wants};
use crate::facts::Entity;
use crate::facts::changed::{Key, Keys};
use crate::quantity::Day;

/// How many alternatives are carried along.
const MOST: usize = 12;

/// Whether a record is there, or how far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Being {
    /// It is one of the facts.
    There,
    /// It is to be added already, so that more can be asked of it.
    Added,
    /// It is being thought of.
    Thought,
}

impl Being {
    /// Whether it is yet to come, so that what is chosen of it is open.
    pub(super) fn is_new(self) -> bool {
        self != Self::There
    }
}

/// One way to make a condition hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// What records that are there come to.
    pub(super) changes: Wants,
    /// What records that are to be added already come to, each by its place among those of its list.
    pub(super) of_added: Wants,
    /// What the record that is being thought of comes to, and how much it adds to a total.
    pub(super) draft: Wants,
    pub(super) amounts: Vec<(Keys, Decimal)>,
    /// Records to add.
    pub(super) adds: Vec<Add>,
    /// The day on which it holds by itself.
    pub(super) wait: Option<Day>,
    /// Plans of one group are makeshifts for each other: only the first that does is told.
    pub(super) group: Vec<u32>,
}

/// A record to add to a list.
#[derive(Clone, Debug)]
pub(super) struct Add {
    pub(super) list: Keys,
    pub(super) entity: &'static Entity,
    pub(super) wants: Wants,
    pub(super) amounts: Vec<(Keys, Decimal)>,
    /// Records of one batch are asked for as several, so that none of them can be another.
    pub(super) batch: u32,
}

impl Plan {
    /// Nothing to do.
    pub(super) fn nothing() -> Vec<Self> {
        vec![Self::default()]
    }

    /// A fact of such a record comes to what is wanted.
    pub(super) fn change(keys: Keys, want: Want, being: Being) -> Vec<Self> {
        let wants = Wants::of(keys, want);
        vec![match being {
            Being::There => Self { changes: wants, ..Self::default() },
            Being::Added => Self { of_added: wants, ..Self::default() },
            Being::Thought => Self { draft: wants, ..Self::default() },
        }]
    }

    pub(super) fn is_nothing(&self) -> bool {
        let asks_nothing = [&self.changes, &self.of_added, &self.draft].iter().all(|wants| wants.0.is_empty());
        asks_nothing && self.amounts.is_empty() && self.adds.is_empty() && self.wait.is_none()
    }

    /// Whether it changes a fact that is none of a record in a list.
    pub(super) fn changes_what_has_no_day(&self) -> bool {
        self.changes.0.iter().any(|(keys, _)| !keys.iter().any(|key| matches!(key, Key::Index(_))))
    }

    fn and(&self, other: &Self) -> Option<Self> {
        let mut both = self.clone();
        both.changes = self.changes.meet(&other.changes)?;
        both.of_added = self.of_added.meet(&other.of_added)?;
        both.draft = self.draft.meet(&other.draft)?;
        both.amounts.extend(other.amounts.iter().cloned());
        both.adds.extend(other.adds.iter().cloned());
        both.wait = self.wait.max(other.wait);
        both.group.extend(&other.group);
        Some(both)
    }

    /// How much a record asks for.
    pub(super) fn cost(&self) -> usize {
        self.draft.0.len() + 8 * self.adds.len()
    }
}

/// Every way of the one with every way of the other.
pub(super) fn all_of(a: &[Plan], b: &[Plan]) -> Vec<Plan> {
    let pairs = a.iter().flat_map(|a| b.iter().filter_map(|b| a.and(b)));
    pairs.take(MOST).collect()
}

/// The ways of both; one that asks for nothing leaves no other.
pub(super) fn any_of(mut a: Vec<Plan>, b: Vec<Plan>) -> Vec<Plan> {
    if let Some(nothing) = a.iter().chain(&b).find(|plan| plan.is_nothing()) {
        return vec![nothing.clone()];
    }
    a.extend(b);
    a.truncate(MOST);
    a
}
