//! The difference of two versions of a policy: which provisions came, went and changed, and who is judged otherwise.
//!
//! In come two policies, out goes a value that sentences are made of. INVARIANT: both compiled forms are read, and no text of an expression: what
//! means the same is no difference, however it is written.

mod effect;
mod provision;

use medtrain_macros::crosses;

pub use effect::{Effect, EffectGroup, StatusChange, effect};

use super::{Decision, Policy};
use crate::evaluate::{Modality, PolicyReference, Relation};
use crate::quantity::{Day, Unit};

/// What changed from one version of a policy to another.
#[crosses]
pub struct PolicyDifference {
    /// The version before.
    pub old: PolicyReference,
    /// The version after.
    pub new: PolicyReference,
    /// Changes of the document itself: its days, its name.
    pub changes: Vec<Change>,
    /// The provisions that came, went or changed, in the order of the new version; those that went stand at the end.
    pub provisions: Vec<ProvisionDifference>,
    /// The decisions that came, went or ask something else.
    pub decisions: Vec<DecisionDifference>,
    /// Who is judged otherwise, where that was asked.
    pub effect: Option<Effect>,
}

/// A provision that came, went or changed.
#[crosses]
pub struct ProvisionDifference {
    /// Its id.
    pub provision: String,
    /// Its article, in the new version where it is there.
    pub article: String,
    /// Its short Chinese name.
    pub name_zh: String,
    /// Its short English name.
    pub name_en: String,
    /// Whether it came, went or changed.
    pub presence: Presence,
    /// How it changed.
    pub changes: Vec<Change>,
}

/// A decision that came, went or asks something else.
#[crosses]
pub struct DecisionDifference {
    /// Its id.
    pub decision: String,
    /// Whether it came, went or changed.
    pub presence: Presence,
    /// The provisions that it asks since.
    pub added: Vec<String>,
    /// The provisions that it asks no more.
    pub removed: Vec<String>,
}

/// Whether something is there in one version alone, or in both and another.
#[crosses]
#[derive(Copy, Hash)]
pub enum Presence {
    /// It came.
    Added,
    /// It went.
    Removed,
    /// It is another one.
    Changed,
}

/// A place in a rule.
#[crosses]
#[derive(Copy, Hash)]
pub enum RulePlace {
    /// Whom it concerns.
    When,
    /// What must hold.
    Require,
    /// Where a failure can be waived.
    Relax,
    /// The last day on which it can be met.
    Due,
    /// The day until which it is not asked.
    Deadline,
    /// What it computes.
    Amount,
    /// What opens a consequence.
    Consequence,
    /// A value that is shown with it.
    Detail,
    /// A day of the calendar.
    Calendar,
}

/// What a provision refers to others for.
#[crosses]
#[derive(Copy, Hash)]
pub enum References {
    /// One of these is asked.
    AnyOf,
    /// All of these are asked.
    AllOf,
    /// These count in its place.
    DeemedBy,
    /// Its consequence follows from these.
    Follows,
}

/// One change.
#[crosses]
pub enum Change {
    /// A figure, a date, a code or a text that is written out in a rule.
    Figure {
        /// Where in the rule.
        at: RulePlace,
        /// The part, detail or relaxation, where it has a name.
        part: Option<String>,
        /// What stood there.
        old: String,
        /// What stands there now.
        new: String,
        /// Its unit.
        unit: Option<Unit>,
    },
    /// How two values are compared.
    Relation {
        /// Where in the rule.
        at: RulePlace,
        /// The part, detail or relaxation, where it has a name.
        part: Option<String>,
        /// How they were compared.
        old: Relation,
        /// How they are now.
        new: Relation,
    },
    /// A condition or value that came, went, or is another one.
    Condition {
        /// Where in the rule.
        at: RulePlace,
        /// The part, detail or relaxation, where it has a name.
        part: Option<String>,
        /// Whether it came, went or changed.
        presence: Presence,
        /// What was written there.
        old: Option<String>,
        /// What is written there now; the same where a define changed that it names.
        new: Option<String>,
    },
    /// The first day on which it binds.
    From {
        /// The day before.
        old: Day,
        /// The day now.
        new: Day,
    },
    /// The last day on which it binds.
    Until {
        /// The day before; absent where there was none.
        old: Option<Day>,
        /// The day now.
        new: Option<Day>,
    },
    /// How strongly it binds.
    Modality {
        /// The part, where it has parts.
        part: Option<String>,
        /// How it did.
        old: Modality,
        /// How it does now.
        new: Modality,
    },
    /// What it is asked of.
    Subject {
        /// What it was.
        old: String,
        /// What it is now.
        new: String,
    },
    /// Its article in the document.
    Article {
        /// What it was.
        old: String,
        /// What it is now.
        new: String,
    },
    /// The provisions that it refers to.
    References {
        /// What for.
        of: References,
        /// Those that came.
        added: Vec<String>,
        /// Those that went.
        removed: Vec<String>,
    },
    /// Its words alone.
    Text,
}

impl PolicyDifference {
    /// The difference as canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, whole numbers and lists of them: nothing here can fail to serialise.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.provisions.is_empty() && self.decisions.is_empty()
    }
}

impl Policy {
    /// What changed from this version to a newer one.
    #[must_use]
    pub fn difference(&self, new: &Policy) -> PolicyDifference {
        PolicyDifference {
            old: self.reference(),
            new: new.reference(),
            changes: document(self, new),
            provisions: provision::differences(self, new),
            decisions: decisions(self, new),
            effect: None,
        }
    }
}

fn document(old: &Policy, new: &Policy) -> Vec<Change> {
    let mut changes = Vec::new();
    let first = |policy: &Policy| policy.from.unwrap_or(policy.issued);
    if first(old) != first(new) {
        changes.push(Change::From { old: first(old), new: first(new) });
    }
    if old.until != new.until {
        changes.push(Change::Until { old: old.until, new: new.until });
    }
    if old.title != new.title {
        changes.push(Change::Text);
    }
    changes
}

fn decisions(old: &Policy, new: &Policy) -> Vec<DecisionDifference> {
    let ids = |policy: &Policy, decision: &Decision| -> Vec<String> {
        let records = decision.records.iter().flat_map(super::RecordRules::places);
        let places = decision.asked().chain(decision.consequences.iter().copied()).chain(records);
        places.filter_map(|place| policy.provisions.get(place)).map(|provision| provision.id.clone()).collect()
    };
    let mut found = Vec::new();
    for decision in &new.decisions {
        let asked = ids(new, decision);
        match old.decision(&decision.id) {
            None => found.push(DecisionDifference { decision: decision.id.clone(), presence: Presence::Added, added: asked, removed: Vec::new() }),
            Some(before) => {
                let (added, removed) = came_and_went(&ids(old, before), &asked);
                if !added.is_empty() || !removed.is_empty() {
                    found.push(DecisionDifference { decision: decision.id.clone(), presence: Presence::Changed, added, removed });
                }
            }
        }
    }
    for decision in old.decisions.iter().filter(|decision| new.decision(&decision.id).is_none()) {
        let removed = ids(old, decision);
        found.push(DecisionDifference { decision: decision.id.clone(), presence: Presence::Removed, added: Vec::new(), removed });
    }
    found
}

/// What is in the second list alone, and what in the first alone.
fn came_and_went(old: &[String], new: &[String]) -> (Vec<String>, Vec<String>) {
    let without = |all: &[String], others: &[String]| all.iter().filter(|one| !others.contains(one)).cloned().collect();
    (without(new, old), without(old, new))
}
