//! Decisions that are asked where nobody names one: which is which, the policy files say.

use super::PolicySet;
use crate::order::order_by_key;
use crate::problem::{Problem, ProblemCode, TrainingError};

/// What a decision is asked for where nobody names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Of the people of a region, whose attainment its report counts.
    RegionPeople,
    /// Of a region, which it sets targets.
    RegionTargets,
    /// Of a region, for the list of those who may be announced.
    Publication,
    /// Of whatever has quotas: how far each has come.
    Quotas,
    /// Of the specialty bases of a region, ranked by their pass rates.
    Ranking,
}

impl Role {
    /// Every role, by the word that policy files have for it.
    pub const ALL: [(&'static str, Self); 5] = [
        ("region_people", Self::RegionPeople),
        ("region_targets", Self::RegionTargets),
        ("publication", Self::Publication),
        ("quotas", Self::Quotas),
        ("ranking", Self::Ranking),
    ];

    /// The role of this word.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == code).map(|(_, role)| *role)
    }

    /// Its word in policy files.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(_, role)| *role == self).map_or("", |(code, _)| code)
    }
}

impl PolicySet {
    /// The decision that is named, and where none is, the one that has this role.
    ///
    /// # Errors
    /// As of [`PolicySet::decision_for`], where none is named.
    pub fn named_or_usual<'a>(&'a self, named: Option<&'a str>, role: Role) -> Result<&'a str, TrainingError> {
        named.map_or_else(|| self.decision_for(role), Ok)
    }

    /// The decision that has this role.
    ///
    /// # Errors
    /// No loaded decision has it, or several have it.
    pub fn decision_for(&self, role: Role) -> Result<&str, TrainingError> {
        let decisions = self.policies().iter().flat_map(|policy| &policy.decisions).filter(|decision| decision.role == Some(role));
        let mut ids: Vec<&str> = decisions.map(|decision| decision.id.as_str()).collect();
        // Versions of a document ask the same decisions.
        order_by_key(&mut ids, |id| *id);
        ids.dedup();
        let role = role.code();
        match ids.as_slice() {
            [id] => Ok(id),
            [] => Err(Problem::new(ProblemCode::Missing, "decision", format!("no decision has the role `{role}`")).with_cure("name one").into()),
            several => {
                let message = format!("several decisions have the role `{role}`");
                Err(Problem::new(ProblemCode::Contradiction, "decision", message).with_cure(format!("name one of {}", several.join(", "))).into())
            }
        }
    }
}
