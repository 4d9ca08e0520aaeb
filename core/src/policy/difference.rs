//! The difference of two versions of a policy: which provisions came, went and changed, and who is judged otherwise.
//!
//! In come two policies, out goes a value that sentences are made of. INVARIANT: both compiled forms are read, and no text of an expression: what
//! means the same is no difference, however it is written.

mod effect;
mod provision;

use medtrain_macros::crosses;

pub use effect::{Effect, EffectGroup, StatusChange, effect};

use super::layers::alike;
use super::{Decision, GivenDeclaration, OwnFact, Policy, RecordRules};
use crate::evaluate::{ConsequenceEffect, Modality, PolicyReference, Relation};
use crate::quantity::{Day, Unit};

/// What changed from one version of a policy to another.
#[crosses]
pub struct PolicyDifference {
    /// The version before.
    pub old: PolicyReference,
    /// The version after.
    pub new: PolicyReference,
    /// Changes of the document itself: its number, where it applies, its days, its name.
    pub changes: Vec<PolicyChange>,
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
    pub changes: Vec<PolicyChange>,
}

/// A decision that came, went or asks something else.
#[crosses]
pub struct DecisionDifference {
    /// Its id.
    pub decision: String,
    /// Whether it is a decision of another policy, to which this one adds.
    pub addition: bool,
    /// Whether it came, went or changed.
    pub presence: Presence,
    /// How it changed; of one that came or went, what it asks or asked.
    pub changes: Vec<PolicyChange>,
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
    /// The day by which it must be there.
    Deadline,
    /// The day until which it is not asked.
    AskedAfter,
    /// What it computes.
    Amount,
    /// The unit of what it computes; `1` is a plain number.
    AmountUnit,
    /// What opens a consequence.
    Consequence,
    /// A value that is shown with it.
    Detail,
    /// A day of the calendar.
    Calendar,
}

/// What a provision or a decision refers to provisions for.
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
    /// These judge the records of a decision.
    Records,
    /// A decision tells the consequences of these.
    Consequences,
}

/// One change.
#[crosses]
pub enum PolicyChange {
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
        /// What was written there, where that is one condition.
        old: Option<String>,
        /// What is written there now; the same where something changed that it names.
        new: Option<String>,
    },
    /// The first day on which it binds.
    From {
        /// The day before.
        old: Day,
        /// The day now.
        new: Day,
    },
    /// The number of the document.
    Number {
        /// What it was.
        old: String,
        /// What it is now.
        new: String,
    },
    /// Where it applies (GB/T 2260).
    Jurisdiction {
        /// Where it did; absent where it did not say.
        old: Option<String>,
        /// Where it does now.
        new: Option<String>,
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
    /// What sort of rule it is, as a policy file writes it, such as `target`.
    Kind {
        /// What it was.
        old: String,
        /// What it is now.
        new: String,
    },
    /// What its consequence is to the subject.
    Effect {
        /// What it was.
        old: ConsequenceEffect,
        /// What it is now.
        new: ConsequenceEffect,
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
    /// The order of the provisions that it refers to, where these are the same: the first of the consequences is what the headline answers about.
    Order {
        /// What for.
        of: References,
        /// Their order now.
        order: Vec<String>,
    },
    /// What must be given with a decision, as a policy file writes it.
    Given {
        /// What is taken since.
        added: Vec<String>,
        /// What is taken no more.
        removed: Vec<String>,
    },
    /// A fact that the policy declares itself.
    Fact {
        /// Whose fact it is.
        subject: String,
        /// Its name.
        name: String,
        /// Whether it came, went or takes other values.
        presence: Presence,
    },
    /// Its words: texts, labels and names that no condition reads.
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

fn document(old: &Policy, new: &Policy) -> Vec<PolicyChange> {
    let mut changes = Vec::new();
    if old.number != new.number {
        changes.push(PolicyChange::Number { old: old.number.clone(), new: new.number.clone() });
    }
    if old.jurisdiction != new.jurisdiction {
        changes.push(PolicyChange::Jurisdiction { old: old.jurisdiction.clone(), new: new.jurisdiction.clone() });
    }
    if old.first_day() != new.first_day() {
        changes.push(PolicyChange::From { old: old.first_day(), new: new.first_day() });
    }
    if old.until != new.until {
        changes.push(PolicyChange::Until { old: old.until, new: new.until });
    }
    let mut reworded = old.title != new.title || old.words != new.words;
    let fact = |fact: &OwnFact, presence| PolicyChange::Fact { subject: fact.subject.clone(), name: fact.name.clone(), presence };
    for now in &new.facts {
        match declared(old, now) {
            None => changes.push(fact(now, Presence::Added)),
            Some(before) if !alike(before, now) || before.attainable != now.attainable => changes.push(fact(now, Presence::Changed)),
            Some(before) => reworded |= before.label != now.label || before.headers != now.headers,
        }
    }
    changes.extend(old.facts.iter().filter(|before| declared(new, before).is_none()).map(|before| fact(before, Presence::Removed)));
    if reworded {
        changes.push(PolicyChange::Text);
    }
    changes
}

/// The fact that a policy declares under the name of this one.
fn declared<'p>(policy: &'p Policy, fact: &OwnFact) -> Option<&'p OwnFact> {
    policy.facts.iter().find(|known| known.subject == fact.subject && known.name == fact.name)
}

fn decisions(old: &Policy, new: &Policy) -> Vec<DecisionDifference> {
    let mut found = Vec::new();
    for (addition, before, now) in [(false, &old.decisions, &new.decisions), (true, &old.additions, &new.additions)] {
        for decision in now {
            let was = before.iter().find(|was| was.id == decision.id);
            let changes = asked_otherwise((old, was), (new, Some(decision)));
            if was.is_none() || !changes.is_empty() {
                let presence = if was.is_some() { Presence::Changed } else { Presence::Added };
                found.push(DecisionDifference { decision: decision.id.clone(), addition, presence, changes });
            }
        }
        for decision in before.iter().filter(|was| now.iter().all(|decision| decision.id != was.id)) {
            let changes = asked_otherwise((old, Some(decision)), (new, None));
            found.push(DecisionDifference { decision: decision.id.clone(), addition, presence: Presence::Removed, changes });
        }
    }
    found
}

/// How a decision changed: of whom it is asked, which provisions have which role in it, what it takes.
fn asked_otherwise((old_policy, old): (&Policy, Option<&Decision>), (new_policy, new): (&Policy, Option<&Decision>)) -> Vec<PolicyChange> {
    let mut changes = Vec::new();
    let both = old.zip(new);
    if let Some((old, new)) = both.filter(|(old, new)| old.subject != new.subject) {
        changes.push(PolicyChange::Subject { old: old.subject.clone(), new: new.subject.clone() });
    }
    for of in [References::Records, References::AllOf, References::AnyOf, References::Consequences] {
        let ids = |policy: &Policy, decision: Option<&Decision>| policy.ids_of(&decision.map(|decision| in_role(decision, of)).unwrap_or_default());
        changes.extend(referred_otherwise(of, &ids(old_policy, old), ids(new_policy, new)));
    }
    let taken = |policy: &Policy, decision: Option<&Decision>| -> Vec<String> {
        decision.into_iter().flat_map(|decision| policy.given_of(decision)).map(GivenDeclaration::written).collect()
    };
    let (added, removed) = came_and_went(&taken(old_policy, old), &taken(new_policy, new));
    if !added.is_empty() || !removed.is_empty() {
        changes.push(PolicyChange::Given { added, removed });
    }
    if both.is_some_and(|(old, new)| old.question != new.question) {
        changes.push(PolicyChange::Text);
    }
    changes
}

/// The places of the provisions that a decision refers to for this.
fn in_role(decision: &Decision, role: References) -> Vec<usize> {
    match role {
        References::Records => decision.records.iter().flat_map(RecordRules::places).collect(),
        References::AllOf => decision.all_of.clone(),
        References::AnyOf => decision.any_of.clone(),
        References::Consequences => decision.consequences.clone(),
        References::DeemedBy | References::Follows => Vec::new(),
    }
}

impl Policy {
    /// The ids of the provisions at these places.
    fn ids_of(&self, places: &[usize]) -> Vec<String> {
        places.iter().filter_map(|place| self.provisions.get(*place)).map(|provision| provision.id.clone()).collect()
    }
}

/// Which provisions came and went, or that they stand in another order.
fn referred_otherwise(of: References, old: &[String], new: Vec<String>) -> Option<PolicyChange> {
    let (added, removed) = came_and_went(old, &new);
    if !added.is_empty() || !removed.is_empty() {
        return Some(PolicyChange::References { of, added, removed });
    }
    (old != new).then_some(PolicyChange::Order { of, order: new })
}

/// What is in the second list alone, and what in the first alone.
fn came_and_went(old: &[String], new: &[String]) -> (Vec<String>, Vec<String>) {
    let without = |all: &[String], others: &[String]| all.iter().filter(|one| !others.contains(one)).cloned().collect();
    (without(new, old), without(old, new))
}
