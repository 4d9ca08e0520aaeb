//! Versions of one document in a set: on each day one of them answers, or none.
//!
//! INVARIANT: versions of a document do not overlap, which adding them sees to. INVARIANT: a day outside all of them is never answered by the nearest.

use super::tables::with_tables;
use super::{Decision, Policy, PolicyFile, PolicySet};
use crate::evaluate::NotInForce;
use crate::order::order_by_key;
use crate::problem::{Problem, ProblemCode};
use crate::quantity::Day;

impl Policy {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn is_in_force(&self, day: Day) -> bool {
        self.first_day() <= day && self.until.is_none_or(|until| day <= until)
    }

    /// The days on which anything of it can bind: some provisions outlive their document, or begin before it.
    fn span(&self) -> (Day, Option<Day>) {
        let own = (self.first_day(), self.until);
        self.provisions.iter().map(|provision| self.in_force(provision)).fold(own, |(from, until), (first, last)| {
            let until = until.zip(last).map(|(until, last)| until.max(last));
            (from.min(first), until)
        })
    }

    /// Whether there is a day on which something of both can bind.
    pub(super) fn meets(&self, other: &Self) -> bool {
        overlap(self.span(), other.span())
    }

    /// That the day is outside of these versions of it, if it is.
    pub(crate) fn not_in_force<'p>(versions: impl Iterator<Item = &'p Self> + Clone, day: Day) -> Option<NotInForce> {
        if versions.clone().any(|policy| policy.is_in_force(day)) {
            return None;
        }
        Some(NotInForce {
            ended: versions.clone().filter_map(|policy| policy.until).filter(|until| *until < day).max(),
            begins: versions.map(Self::first_day).filter(|first| day < *first).min(),
        })
    }
}

impl PolicySet {
    /// Every version of a policy, in the order in which they were added.
    pub fn versions<'s, 'i>(&'s self, id: &'i str) -> impl Iterator<Item = &'s Policy> + Clone + use<'s, 'i> {
        self.policies().iter().filter(move |policy| policy.id == id)
    }

    /// The decision of this id in the version of its policy that answers on a day.
    ///
    /// Where none is in force, it is one that says so: the last of those that have been, of which something may still bind, else the first to come.
    ///
    /// # Errors
    /// No decision has this id; the nearest one is named.
    pub(crate) fn decision_on(&self, id: &str, day: Day) -> Result<(&Policy, &Decision), crate::problem::TrainingError> {
        let (newest, _) = self.decision(id)?;
        let versions = self.versions(&newest.id).filter_map(|policy| policy.decision(id).map(|decision| (policy, decision)));
        answering(versions, day).map_or_else(|| self.decision(id), Ok)
    }

    /// What other policies add to a decision of this version of its policy, each in the version that answers on a day.
    pub(crate) fn layers_on<'s>(&'s self, policy: &Policy, decision: &str, day: Day) -> Vec<(&'s Policy, &'s Decision)> {
        let mut layers: Vec<(&Policy, &Decision)> = Vec::new();
        for (adding, _) in self.layers_of(policy, decision) {
            if !layers.iter().any(|(known, _)| known.id == adding.id) {
                let versions = self.layers_of(policy, decision).filter(|(other, _)| other.id == adding.id);
                layers.extend(answering(versions, day));
            }
        }
        layers
    }
}

impl Policy {
    /// What is wrong with a further version beside those that are there.
    pub(super) fn problems_of_versions(&self, file: PolicyFile<'_>, others: &[&Policy]) -> Vec<Problem> {
        let (policy, versions) = (self, || others.iter().copied().filter(|other| other.id == self.id));
        if versions().next().is_none() {
            return Vec::new();
        }
        with_tables(file, |tables| {
            let Some(head) = tables.file.table("policy", "[policy]") else { return };
            for known in versions() {
                if known.hash == policy.hash {
                    head.report_with_cure(
                        ProblemCode::Duplicate,
                        &head.span_of("id"),
                        format!("a policy `{}` is loaded already", policy.id),
                        "load it once",
                    );
                    continue;
                }
                if overlap((known.first_day(), known.until), (policy.first_day(), policy.until)) {
                    let (earlier, later) = if known.first_day() <= policy.first_day() { (known, policy) } else { (policy, known) };
                    let message = format!(
                        "version {} of policy `{}` is in force from {} on, and so is still version {}",
                        later.version,
                        policy.id,
                        later.first_day(),
                        earlier.version
                    );
                    let cure = match later.first_day().pred_opt().filter(|last| earlier.first_day() <= *last) {
                        Some(last) => format!("end the earlier one by `until = {last}`"),
                        None => "load one of them".to_owned(),
                    };
                    head.report_with_cure(ProblemCode::OverlappingVersions, &head.span_of("id"), message, &cure);
                } else if known.version == policy.version {
                    let message = format!("another file is version {} of policy `{}`", known.version, policy.id);
                    head.report_with_cure(ProblemCode::Duplicate, &head.span_of("version"), message, "give it another `version`");
                }
            }
        })
    }
}

/// Of several versions the one in force on a day, else the last that has been, else the first to come.
fn answering<'s>(versions: impl Iterator<Item = (&'s Policy, &'s Decision)>, day: Day) -> Option<(&'s Policy, &'s Decision)> {
    let (mut been, mut to_come): (Vec<_>, Vec<_>) = versions.partition(|(policy, _)| policy.first_day() <= day);
    order_by_key(&mut been, |(policy, _)| policy.first_day());
    order_by_key(&mut to_come, |(policy, _)| policy.first_day());
    been.pop().or_else(|| to_come.into_iter().next())
}

/// Whether two intervals have a day in common; one without a last day goes on.
fn overlap(a: (Day, Option<Day>), b: (Day, Option<Day>)) -> bool {
    let begins_within = |from: Day, until: Option<Day>| until.is_none_or(|until| from <= until);
    begins_within(a.0, b.1) && begins_within(b.0, a.1)
}
