//! Layers: a host's, hospital's or province's own file adds conditions to a decision of another policy.
//!
//! INVARIANT: what is added can only ask more. It fits its decision when it is loaded, so that the two can be asked together ever after.

use super::set::unknown;
use super::tables::with_tables;
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
        let (policy, decision) = self.decision_on(decision, as_of)?;
        let layers = self.layers_on(policy, &decision.id, as_of);
        let given = given::checked(&decision.id, &taken((policy, decision), &layers), given)?;
        Ok(policy.question(decision, given, as_of).with_layers(layers).among(self))
    }

    /// What must be given with a decision on a day, and with what other policies add to it.
    ///
    /// # Errors
    /// No such decision.
    pub fn given_of(&self, decision: &str, as_of: Day) -> Result<Vec<&GivenDeclaration>, TrainingError> {
        let (policy, decision) = self.decision_on(decision, as_of)?;
        Ok(taken((policy, decision), &self.layers_on(policy, &decision.id, as_of)))
    }

    /// What other policies add to a decision of this version of its policy, in the order in which they were loaded; any version of them that can
    /// be asked with it.
    pub(super) fn layers_of<'s, 'd>(
        &'s self,
        policy: &'d Policy,
        decision: &'d str,
    ) -> impl Iterator<Item = (&'s Policy, &'s Decision)> + use<'s, 'd> {
        let adding = self.policies().iter().filter(move |other| other.id != policy.id && other.meets(policy));
        adding.flat_map(|other| other.additions.iter().map(move |added| (other, added))).filter(move |(_, added)| added.id == decision)
    }

    /// A policy and those that add to this decision of it on a day.
    pub(crate) fn applied<'s>(&'s self, policy: &'s Policy, decision: &str, day: Day) -> Vec<&'s Policy> {
        std::iter::once(policy).chain(self.layers_on(policy, decision, day).into_iter().map(|(policy, _)| policy)).collect()
    }
}

/// What must be given with a decision and what is added to it, each name once.
pub(super) fn taken<'s>(asked: (&'s Policy, &'s Decision), layers: &[(&'s Policy, &'s Decision)]) -> Vec<&'s GivenDeclaration> {
    let mut taken: Vec<&GivenDeclaration> = Vec::new();
    for (policy, asked) in std::iter::once(asked).chain(layers.iter().copied()) {
        for declaration in policy.given_of(asked) {
            if !taken.iter().any(|known| known.name == declaration.name) {
                taken.push(declaration);
            }
        }
    }
    taken
}

impl Policy {
    /// What does not fit between this policy and those that its additions are asked with. Of several versions of one, it must fit those that can be asked with it.
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
            let mut told: Vec<Misfit> = Vec::new();
            for other in others.iter().filter(|other| self.is_asked_with(other)) {
                // What a decision takes may be told of several who ask it.
                for misfit in misfits(self, other) {
                    if !told.contains(&misfit) {
                        told.push(misfit);
                    }
                }
            }
            for misfit in told {
                let table = match misfit.at {
                    At::Addition(place) => tables.additions.get(place),
                    At::Provision(place) => tables.provisions.get(place),
                    At::Fact(place) => tables.facts.get(place),
                };
                let Some(table) = table else { continue };
                table.report_with_cure(misfit.code, &table.span_of(misfit.at.key()), misfit.message, misfit.cure);
            }
        })
    }

    /// What does not fit between this policy, which is loaded later, and those that add to its decisions.
    pub(super) fn problems_of_adders(&self, name: &str, adders: &[&Policy]) -> Vec<Problem> {
        let mut problems: Vec<Problem> = Vec::new();
        for adder in adders.iter().filter(|adder| adder.additions.iter().any(|added| self.decision(&added.id).is_some()) && adder.is_asked_with(self))
        {
            for Misfit { code, message, cure, .. } in misfits(adder, self) {
                let problem = Problem::new(code, name, format!("policy `{}` adds to it: {message}", adder.id)).with_cure(cure);
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            }
        }
        problems
    }

    /// Whether there is a day on which this policy adds to a decision of the other one, or to one that the other one adds to.
    fn is_asked_with(&self, other: &Policy) -> bool {
        self.id != other.id && self.meets(other) && self.additions.iter().any(|added| asked_as(other, added).is_some())
    }
}

/// Something that two policies which are asked together say differently.
#[derive(PartialEq, Eq)]
struct Misfit {
    at: At,
    code: ProblemCode,
    message: String,
    cure: String,
}

/// Where the policy that adds says it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Addition(usize),
    Provision(usize),
    Fact(usize),
}

impl At {
    fn key(self) -> &'static str {
        match self {
            Self::Addition(_) => "decision",
            Self::Provision(_) => "id",
            Self::Fact(_) => "name",
        }
    }
}

/// What another policy asks in the decision that is added to.
fn asked_as<'p>(other: &'p Policy, added: &Decision) -> Option<&'p Decision> {
    other.decision(&added.id).or_else(|| other.additions.iter().find(|known| known.id == added.id))
}

/// What two policies that are asked together say differently of the same thing.
fn misfits(policy: &Policy, other: &Policy) -> Vec<Misfit> {
    let mut found = Vec::new();
    let mut note = |at, code, message: String, cure: String| found.push(Misfit { at, code, message, cure });
    let mut added_here: Vec<usize> = Vec::new();
    for (place, added) in policy.additions.iter().enumerate() {
        let Some(asked) = asked_as(other, added) else { continue };
        if other.decision(&added.id).is_some() && asked.subject != added.subject {
            let message = format!("`{}` is asked of `{}`, and what is added to it of `{}`", added.id, asked.subject, added.subject);
            note(At::Addition(place), ProblemCode::Contradiction, message, format!("add provisions about `{}` only", asked.subject));
        }
        for known in other.given_of(asked) {
            let otherwise = |d: &GivenDeclaration| d.name == known.name && (d.kind != known.kind || d.ty != known.ty);
            if policy.given_of(added).any(otherwise) {
                let message = format!("`{}` takes `{}`", added.id, known.written());
                note(At::Addition(place), ProblemCode::Contradiction, message, "declare it in the same way, or give it another name".to_owned());
            }
        }
        added_here.extend(&added.all_of);
    }
    let added_here: Vec<&str> = policy.with_dependencies(&added_here).into_iter().map(|provision| provision.id.as_str()).collect();
    let provisions = policy.provisions.iter().enumerate();
    for (place, provision) in provisions.filter(|(_, p)| added_here.contains(&p.id.as_str()) && other.provision(&p.id).is_some()) {
        let message = format!("policy `{}` has a provision `{}` too, and both would be asked together", other.id, provision.id);
        note(At::Provision(place), ProblemCode::Duplicate, message, "give it another id".to_owned());
    }
    for (place, fact) in policy.facts.iter().enumerate() {
        if let Some(known) = other.facts.iter().find(|known| known.subject == fact.subject && known.name == fact.name && !alike(known, fact)) {
            let message = format!("policy `{}` declares `{}` of {} otherwise", other.id, known.name, known.subject);
            note(At::Fact(place), ProblemCode::Contradiction, message, "declare it as it is there, or give it another name".to_owned());
        }
    }
    found
}

impl Policy {
    /// Whether another version of it takes the same facts of its own.
    pub(super) fn reads_alike(&self, other: &Self) -> bool {
        let declared =
            |fact: &OwnFact| other.facts.iter().any(|known| known.subject == fact.subject && known.name == fact.name && alike(known, fact));
        self.facts.len() == other.facts.len() && self.facts.iter().all(declared)
    }
}

/// Whether two facts of the same name take the same values.
pub(super) fn alike(a: &OwnFact, b: &OwnFact) -> bool {
    a.list == b.list && a.kind == b.kind && a.unit == b.unit && a.non_negative == b.non_negative && a.absent == b.absent
}
