//! How a decision is read over tables.

use crate::evaluate::Question;

/// How a decision is read over tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// The records of many subjects are read together, and so many totals and counts over them are taken at once; what is left is a few comparisons a
    /// subject. A subject of whom one of these totals is open goes subject by subject.
    Together {
        /// How many totals and counts.
        totals: usize,
    },
    /// Subject by subject, for this reason.
    EachAlone {
        /// Why, for those who write policies.
        reason: &'static str,
    },
}

impl Question<'_> {
    /// How it is read over tables; the results are the same either way.
    #[must_use]
    pub fn plan(&self) -> Plan {
        match self.block_plan() {
            Ok(plan) => Plan::Together { totals: plan.aggregates() },
            Err(reason) => Plan::EachAlone { reason },
        }
    }
}
