//! Several policies together: the built-in ones, and what a host adds.

use std::borrow::Cow;

use super::built_in::BUILT_IN;
use super::{Decision, Policy, PolicyFile, load};
use crate::evaluate::{Given, Verdict};
use crate::facts::{Brought, Facts, PartlyRead};
use crate::problem::{Problem, ProblemCode, TrainingError, nearest};
use crate::quantity::Day;

/// Policies that are asked together.
#[derive(Debug, Default)]
pub struct PolicySet {
    policies: Vec<Policy>,
}

impl PolicySet {
    /// No policies.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The built-in policies.
    ///
    /// # Errors
    /// Never, as long as the tests pass: every built-in policy is loaded there.
    pub fn builtin() -> Result<Self, TrainingError> {
        Self::builtin_without(&[])
    }

    /// The built-in policies but for these, such as one of which an own file has the versions.
    ///
    /// # Errors
    /// No built-in policy has one of these ids; the nearest one is named.
    pub fn builtin_without(ids: &[&str]) -> Result<Self, TrainingError> {
        let mut set = Self::empty();
        for file in BUILT_IN {
            set.take(PolicyFile { name: file.name, text: file.rules }, file.load()?)?;
        }
        TrainingError::unless_empty(ids.iter().filter_map(|id| set.policy(id).err()).flat_map(|error| error.problems).collect())?;
        set.policies.retain(|policy| !ids.contains(&policy.id.as_str()));
        Ok(set)
    }

    /// Adds a policy from the text of its file, or a further version of one; `name` is what messages call the file.
    ///
    /// # Errors
    /// Every problem of the file, each with line and column; or a version of that policy which is in force on the same days, a decision of
    /// that id in another policy, or an addition to a decision that is not there or does not fit it.
    pub fn add(&mut self, name: &str, text: &str) -> Result<&Policy, TrainingError> {
        self.take(PolicyFile { name, text }, load::load(name, text)?)
    }

    /// Adds what was loaded from a file.
    fn take(&mut self, file: PolicyFile<'_>, policy: Policy) -> Result<&Policy, TrainingError> {
        let (name, others) = (file.name, self.policies.iter().collect::<Vec<_>>());
        let mut problems = policy.problems_beside(file, &others);
        problems.extend(policy.problems_of_additions(file, &others));
        problems.extend(policy.problems_of_adders(name, &others));
        TrainingError::unless_empty(problems)?;
        self.policies.push(policy);
        self.policies.last().ok_or_else(|| Problem::new(ProblemCode::Missing, name, "no policy").with_cure("add a policy").into())
    }

    /// The policies, in the order in which they were added.
    #[must_use]
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// The policy of this id; of several versions the newest.
    ///
    /// # Errors
    /// No policy has this id; the nearest one is named.
    pub fn policy(&self, id: &str) -> Result<&Policy, TrainingError> {
        let newest = self.versions(id).max_by_key(|policy| policy.first_day());
        newest.ok_or_else(|| unknown("policy", id, self.policies.iter().map(|p| p.id.as_str())).into())
    }

    /// The decision of this id, with its policy; of several versions the newest that has it.
    ///
    /// # Errors
    /// No decision has this id; the nearest one is named.
    pub fn decision(&self, id: &str) -> Result<(&Policy, &Decision), TrainingError> {
        let found = self.policies.iter().filter_map(|policy| policy.decision(id).map(|decision| (policy, decision)));
        found
            .max_by_key(|(policy, _)| policy.first_day())
            .ok_or_else(|| unknown("decision", id, self.policies.iter().flat_map(|p| &p.decisions).map(|d| d.id.as_str())).into())
    }

    /// Reads facts for a decision from JSON text, the own facts of its policy and of those that add to it included.
    ///
    /// Where versions of them declare own facts differently, it takes the day: [`Question::facts_from_json`](crate::evaluate::Question::facts_from_json).
    ///
    /// # Errors
    /// No such decision, or every problem of the facts with its path; versions that read them differently.
    pub fn facts_from_json(&self, decision: &str, text: &str) -> Result<Facts, TrainingError> {
        let (policy, asked) = self.decision(decision)?;
        let newest = self.applied(policy, &asked.id, policy.first_day());
        let others = self.policies.iter().filter(|other| newest.iter().any(|known| known.id == other.id && !known.reads_alike(other)));
        if let Some(other) = others.map(|other| &other.id).next() {
            let message = format!("versions of policy `{other}` declare facts of their own differently");
            return Err(Problem::new(ProblemCode::Contradiction, "facts", message).with_cure("read them for a question, which has a day").into());
        }
        asked.facts_from_json(&newest, text)
    }

    /// Answers a decision for one subject on one day.
    ///
    /// # Errors
    /// No such decision; something given that it does not take, or not given that it does.
    pub fn evaluate(&self, decision: &str, facts: &Facts, given: &Given, as_of: Day) -> Result<Verdict, TrainingError> {
        Ok(self.ask(decision, given, as_of)?.evaluate(facts))
    }
}

/// An id that nothing of this kind has; the nearest one is named, or all there are.
pub(super) fn unknown<'i>(what: &str, id: &str, ids: impl Iterator<Item = &'i str>) -> Problem {
    let ids: Vec<&str> = ids.collect();
    let problem = Problem::new(ProblemCode::UnknownName, what, format!("no {what} is called `{id}`"));
    match nearest(id, ids.iter().copied()) {
        Some(near) => problem.with_cure(format!("did you mean `{near}`?")),
        None if ids.is_empty() => problem.with_cure("there is none yet: add a policy"),
        None => problem.with_cure(format!("one of {}", ids.join(", "))),
    }
}

impl Decision {
    /// Reads facts for this decision, the own facts of these policies included.
    pub(crate) fn facts_from_json(&self, policies: &[&Policy], text: &str) -> Result<Facts, TrainingError> {
        self.bound(policies, PartlyRead::from_json(text))
    }

    /// Facts that were read, with the own facts of these policies in their types.
    pub(crate) fn accept<'f>(&self, policies: &[&Policy], brought: Brought<'f>) -> Result<Cow<'f, Facts>, TrainingError> {
        let Brought { read, problems } = brought;
        if !problems.is_empty() || read.says_own() {
            return self.bound(policies, PartlyRead { facts: read.clone(), problems: problems.to_vec() }).map(Cow::Owned);
        }
        TrainingError::unless_empty(self.problem_of_subject(read.facts()).into_iter().collect())?;
        Ok(Cow::Borrowed(read.facts()))
    }

    /// The facts that were read with their own facts bound; everything that is wrong with either.
    fn bound(&self, policies: &[&Policy], read: PartlyRead) -> Result<Facts, TrainingError> {
        let PartlyRead { facts: read, mut problems } = read;
        let own = read.says_own();
        let mut facts = read.into_facts();
        let more = if own { Policy::bind_all(policies, &mut facts) } else { Vec::new() };
        // What stands where something could not be read, or where it is not known what the facts are about, follows from that.
        let is_of_subjects = |problem: &Problem| !problem.place.contains(['.', '[']);
        let about = if problems.iter().any(is_of_subjects) { None } else { self.problem_of_subject(&facts) };
        let elsewhere: Vec<Problem> = more.into_iter().filter(|own| problems.iter().all(|known| known.place != own.place)).collect();
        problems.extend(elsewhere.into_iter().chain(about));
        TrainingError::unless_empty(problems)?;
        Ok(facts)
    }

    /// What is wrong with facts that are all about something else.
    pub(super) fn problem_of_subject(&self, facts: &Facts) -> Option<Problem> {
        let subject = &self.subject;
        let is_about_something = || Facts::SUBJECTS.iter().any(|entity| facts.subject(entity.name).is_some());
        (facts.subject(subject).is_none() && is_about_something()).then(|| {
            let message = format!("the subject of `{}` is {subject}, and the facts are about something else", self.id);
            Problem::new(ProblemCode::Missing, subject, message).with_cure(format!("put the facts under the key `{subject}`"))
        })
    }
}

impl Policy {
    /// What is wrong with it beside others that are loaded already: a version in force on the same days, or a decision of an id of its own.
    pub(super) fn problems_beside(&self, file: PolicyFile<'_>, others: &[&Policy]) -> Vec<Problem> {
        let mut problems = self.problems_of_versions(file, others);
        let elsewhere = |id: &str| others.iter().any(|other| other.id != self.id && other.decision(id).is_some());
        for decision in self.decisions.iter().filter(|decision| elsewhere(&decision.id)) {
            let message = format!("a decision `{}` is loaded already", decision.id);
            let problem = Problem::new(ProblemCode::Duplicate, file.name, message);
            problems.push(problem.with_cure("give it an id of its own, or leave the other policy out"));
        }
        problems
    }

    /// Answers a decision of this policy alone, without what other policies may add to it.
    ///
    /// # Errors
    /// As [`PolicySet::evaluate`].
    pub fn evaluate(&self, decision: &str, facts: &Facts, given: &Given, as_of: Day) -> Result<Verdict, TrainingError> {
        let Some(decision) = self.decision(decision) else {
            return Err(unknown("decision", decision, self.decisions.iter().map(|known| known.id.as_str())).into());
        };
        Ok(self.ask(decision, given, as_of)?.evaluate(facts))
    }

    /// Reads a policy by itself from the text of its file.
    ///
    /// # Errors
    /// Every problem of the file, each with line and column.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, TrainingError> {
        load::load(name, text)
    }
}
