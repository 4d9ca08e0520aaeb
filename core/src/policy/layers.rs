//! Layers: a host's, hospital's or province's own file adds conditions to a decision of another policy.
//!
//! INVARIANT: what is added can only ask more. It fits its decision when it is loaded, so that the two can be asked together ever after.

use super::{Decision, GivenDeclaration, OwnFact, Policy, PolicySet, given};
use crate::evaluate::{Given, Question};
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::quantity::Day;

impl Policy {
    /// The decisions of other policies that it adds to.
    pub fn adds_to(&self) -> impl Iterator<Item = &str> {
        self.additions.iter().map(|added| added.id.as_str())
    }
}

impl PolicySet {
    /// Asks a decision on a day, with what other policies of the set add to it.
    ///
    /// # Errors
    /// No such decision; something given that it does not take, or not given that it or an addition does.
    pub fn ask(&self, decision: &str, given: &Given, as_of: Day) -> Result<Question<'_>, TrainingError> {
        let (policy, decision) = self.decision(decision)?;
        given::check(&decision.id, &self.taken(policy, decision), given)?;
        Ok(policy.question(decision, given.clone(), as_of).with_layers(self.layers_of(&decision.id)))
    }

    /// What must be given with a decision, and with what other policies add to it.
    ///
    /// # Errors
    /// No such decision.
    pub fn given_of(&self, decision: &str) -> Result<Vec<&GivenDeclaration>, TrainingError> {
        let (policy, decision) = self.decision(decision)?;
        Ok(self.taken(policy, decision))
    }

    /// What must be given, each name once.
    pub(super) fn taken<'s>(&'s self, policy: &'s Policy, decision: &'s Decision) -> Vec<&'s GivenDeclaration> {
        let mut taken: Vec<&GivenDeclaration> = Vec::new();
        for (policy, asked) in std::iter::once((policy, decision)).chain(self.layers_of(&decision.id)) {
            for declaration in policy.given_of(asked) {
                if !taken.iter().any(|known| known.name == declaration.name) {
                    taken.push(declaration);
                }
            }
        }
        taken
    }

    /// What other policies add to a decision, in the order in which they were loaded.
    pub(super) fn layers_of<'s>(&'s self, decision: &str) -> impl Iterator<Item = (&'s Policy, &'s Decision)> + use<'s> {
        let decision = decision.to_owned();
        let all = self.policies().iter().flat_map(|policy| policy.additions.iter().map(move |added| (policy, added)));
        all.filter(move |(_, added)| added.id == decision)
    }

    /// A policy and those that add to this decision of it.
    pub(crate) fn applied<'s>(&'s self, policy: &'s Policy, decision: &str) -> Vec<&'s Policy> {
        std::iter::once(policy).chain(self.layers_of(decision).map(|(policy, _)| policy)).collect()
    }

    /// What does not fit between a policy that is to be loaded and the decisions that it adds to.
    pub(super) fn problems_of_additions(&self, name: &str, policy: &Policy) -> Vec<Problem> {
        let mut problems = Vec::new();
        for added in &policy.additions {
            match self.decision(&added.id) {
                Ok((base, decision)) => {
                    if decision.subject != added.subject {
                        let message = format!("`{}` is asked of `{}`, and what is added to it of `{}`", added.id, decision.subject, added.subject);
                        problems.push(Problem::new(ProblemCode::Contradiction, name, message));
                    }
                    for known in self.taken(base, decision) {
                        let otherwise = |d: &&GivenDeclaration| d.name == known.name && (d.kind != known.kind || d.ty != known.ty);
                        if policy.given_of(added).any(|declaration| otherwise(&declaration)) {
                            let message = format!("`{}` takes `{}`", added.id, known.written());
                            problems.push(Problem::new(ProblemCode::Contradiction, name, message));
                        }
                    }
                    for other in self.applied(base, &added.id) {
                        problems.extend(conflicts(name, policy, added, other));
                    }
                }
                Err(error) => problems.extend(error.problems.into_iter().map(|problem| Problem { place: name.to_owned(), ..problem })),
            }
        }
        problems
    }
}

/// What two policies that are applied together say differently of the same name.
fn conflicts(name: &str, policy: &Policy, added: &Decision, other: &Policy) -> Vec<Problem> {
    let mut problems = Vec::new();
    for provision in policy.with_dependencies(&added.all_of).into_iter().filter(|p| other.provision(&p.id).is_some()) {
        let message = format!("policy `{}` has a provision `{}` too, and `{}` would ask both", other.id, provision.id, added.id);
        problems.push(Problem::new(ProblemCode::Duplicate, name, message));
    }
    for fact in &policy.facts {
        if other.facts.iter().any(|known| known.subject == fact.subject && known.name == fact.name && !alike(known, fact)) {
            let message = format!("policy `{}` declares `{}` of {} otherwise", other.id, fact.name, fact.subject);
            problems.push(Problem::new(ProblemCode::Contradiction, name, message));
        }
    }
    problems
}

/// Whether two facts of the same name take the same values.
fn alike(a: &OwnFact, b: &OwnFact) -> bool {
    a.list == b.list && a.kind == b.kind && a.unit == b.unit && a.non_negative == b.non_negative && a.absent == b.absent
}
