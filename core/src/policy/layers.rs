//! Layers: a host's, hospital's or province's own file adds conditions to a decision of another policy.
//!
//! INVARIANT: what is added can only ask more. It fits its decision when it is loaded, so that the two can be asked together ever after.

use std::collections::HashSet;

use super::set::unknown;
use super::tables::{Tables, with_tables};
use super::{Decision, GivenDeclaration, OwnFact, Policy, PolicyFile, PolicySet, given};
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
    pub(super) fn layers_of<'s, 'd>(&'s self, decision: &'d str) -> impl Iterator<Item = (&'s Policy, &'s Decision)> + use<'s, 'd> {
        let all = self.policies().iter().flat_map(|policy| policy.additions.iter().map(move |added| (policy, added)));
        all.filter(move |(_, added)| added.id == decision)
    }

    /// A policy and those that add to this decision of it.
    pub(crate) fn applied<'s>(&'s self, policy: &'s Policy, decision: &str) -> Vec<&'s Policy> {
        std::iter::once(policy).chain(self.layers_of(decision).map(|(policy, _)| policy)).collect()
    }
}

impl Policy {
    /// What does not fit between this policy and those that its additions are asked with. Of several versions of one, it must fit any.
    pub(super) fn problems_of_additions(&self, file: PolicyFile<'_>, others: &[&Policy]) -> Vec<Problem> {
        if self.additions.is_empty() {
            return Vec::new();
        }
        with_tables(file, |tables| {
            for (table, added) in tables.additions.iter().zip(&self.additions) {
                let known = || others.iter().flat_map(|other| &other.decisions).map(|decision| decision.id.as_str());
                if !known().any(|id| id == added.id) {
                    let Problem { code, message, cure, .. } = unknown("decision", &added.id, known());
                    let problem = tables.file.source().problem(code, &table.span_of("decision"), message);
                    tables.file.push(Problem { cure, ..problem });
                }
            }
            let mut ids: Vec<&str> = others.iter().map(|other| other.id.as_str()).filter(|id| *id != self.id).collect();
            let mut seen = HashSet::new();
            ids.retain(|id| seen.insert(*id));
            let mut problems: Vec<Problem> = Vec::new();
            for id in ids {
                let versions = others.iter().filter(|other| other.id == id && self.is_asked_with(other));
                let fewest = versions.map(|other| misfits(tables, self, other)).min_by_key(Vec::len).unwrap_or_default();
                // What a decision takes may be told of several who ask it.
                let new: Vec<Problem> = fewest.into_iter().filter(|problem| !problems.contains(problem)).collect();
                problems.extend(new);
            }
            for problem in problems {
                tables.file.push(problem);
            }
        })
    }

    /// Whether this policy adds to a decision of the other one, or to one that the other one adds to.
    fn is_asked_with(&self, other: &Policy) -> bool {
        self.additions.iter().any(|added| asked_as(other, added).is_some())
    }
}

/// What another policy asks in the decision that is added to.
fn asked_as<'p>(other: &'p Policy, added: &Decision) -> Option<&'p Decision> {
    other.decision(&added.id).or_else(|| other.additions.iter().find(|known| known.id == added.id))
}

/// What two policies that are asked together say differently of the same thing.
fn misfits(tables: &Tables<'_>, policy: &Policy, other: &Policy) -> Vec<Problem> {
    let source = tables.file.source();
    let mut problems = Vec::new();
    let mut added_here: Vec<usize> = Vec::new();
    for (table, added) in tables.additions.iter().zip(&policy.additions) {
        let Some(asked) = asked_as(other, added) else { continue };
        let span = table.span_of("decision");
        if other.decision(&added.id).is_some() && asked.subject != added.subject {
            let message = format!("`{}` is asked of `{}`, and what is added to it of `{}`", added.id, asked.subject, added.subject);
            let cure = format!("add provisions about `{}` only", asked.subject);
            problems.push(source.problem(ProblemCode::Contradiction, &span, message).with_cure(cure));
        }
        for known in other.given_of(asked) {
            let otherwise = |d: &GivenDeclaration| d.name == known.name && (d.kind != known.kind || d.ty != known.ty);
            if policy.given_of(added).any(otherwise) {
                let message = format!("`{}` takes `{}`", added.id, known.written());
                problems.push(
                    source.problem(ProblemCode::Contradiction, &span, message).with_cure("declare it in the same way, or give it another name"),
                );
            }
        }
        added_here.extend(&added.all_of);
    }
    let added_here: Vec<&str> = policy.with_dependencies(&added_here).into_iter().map(|provision| provision.id.as_str()).collect();
    for (table, provision) in tables.with(policy).filter(|(_, p)| added_here.contains(&p.id.as_str()) && other.provision(&p.id).is_some()) {
        let message = format!("policy `{}` has a provision `{}` too, and both would be asked together", other.id, provision.id);
        problems.push(source.problem(ProblemCode::Duplicate, &table.span_of("id"), message).with_cure("give it another id"));
    }
    for (table, fact) in tables.facts.iter().zip(&policy.facts) {
        if let Some(known) = other.facts.iter().find(|known| known.subject == fact.subject && known.name == fact.name && !alike(known, fact)) {
            let message = format!("policy `{}` declares `{}` of {} otherwise", other.id, known.name, known.subject);
            let cure = "declare it as it is there, or give it another name";
            problems.push(source.problem(ProblemCode::Contradiction, &table.span_of("name"), message).with_cure(cure));
        }
    }
    problems
}

/// Whether two facts of the same name take the same values.
pub(super) fn alike(a: &OwnFact, b: &OwnFact) -> bool {
    a.list == b.list && a.kind == b.kind && a.unit == b.unit && a.non_negative == b.non_negative
}
