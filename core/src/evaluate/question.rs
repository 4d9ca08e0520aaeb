//! A decision on a day, with what is given: everything about it that does not depend on the subject, computed once.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::facts::{Brought, Facts};
use crate::feel::{Val, Value};
use crate::lang::Text;
use crate::policy::{Decision, Policy, PolicySet, Provision, RecordRules, Rule, given};
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::quantity::Day;

use super::totals::TotalsPlan;
use super::{Given, NotInForce, PolicyReference};

/// A decision that is asked on a day, ready for one subject after another.
#[derive(Debug)]
pub struct Question<'p> {
    pub(crate) policy: &'p Policy,
    pub(crate) decision: &'p Decision,
    /// What was given, as it was given.
    pub(crate) said: Given,
    /// What was given, by the policy's places.
    pub(crate) given: Vec<Value>,
    pub(crate) as_of: Day,
    /// The subject that owns what is asked about, where that is a record of a list.
    pub(crate) owner: Option<&'static str>,
    /// Parts of expressions that need no facts.
    pub(super) once: Vec<OnceLock<Option<Value>>>,
    /// For each provision of the policy, whether it binds on that day; found out when it is first asked.
    binding: Vec<OnceLock<bool>>,
    /// What other policies add to the decision.
    pub(crate) layers: Vec<Question<'p>>,
    /// That no version of the policy is in force on that day, if none is.
    pub(crate) not_in_force: Option<NotInForce>,
    /// The policies among which it is asked, of which others may answer it on other days.
    pub(crate) set: Option<&'p PolicySet>,
    /// The totals that it asks for; sought when they are first taken.
    totals: OnceLock<Option<TotalsPlan>>,
}

impl Question<'_> {
    /// The totals that it asks for, where it looks at the records in no other way.
    pub(super) fn totals(&self) -> Option<&TotalsPlan> {
        self.totals.get_or_init(|| self.totals_plan(&[]).ok()).as_ref()
    }

    /// Whether a provision of the policy binds on that day. Of something whose last day, by what is given, had passed before the provision came into
    /// force, nothing was ever asked: of a year that was over, its credits (reading R10).
    pub(crate) fn binds(&self, place: usize) -> bool {
        let (Some(provision), Some(binds)) = (self.policy.provisions.get(place), self.binding.get(place)) else { return false };
        *binds.get_or_init(|| {
            let ended_before = |from: Day| {
                let mut evaluator = self.evaluator();
                let last_days = [&provision.due, &provision.deadline].into_iter().flatten();
                last_days.into_iter().any(|day| matches!(evaluator.value(day), Val::Date(day) if day < from))
            };
            let (from, _) = self.policy.in_force(provision);
            self.policy.has_come_and_not_ended(provision, self.as_of) && !ended_before(from)
        })
    }

    /// The decision asked.
    #[must_use]
    pub fn decision(&self) -> &str {
        &self.decision.id
    }

    /// What it is asked of.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.decision.subject
    }

    /// The day on which it is asked.
    #[must_use]
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// What was given with it.
    #[must_use]
    pub fn given(&self) -> &Given {
        &self.said
    }

    /// The question in words.
    #[must_use]
    pub fn text(&self) -> Text<'_> {
        Text { zh: &self.decision.question.zh, en: &self.decision.question.en }
    }

    /// The name of the document that asks it.
    #[must_use]
    pub fn document(&self) -> Text<'_> {
        Text { zh: &self.policy.title.zh, en: &self.policy.title.en }
    }

    /// Reads facts for it from JSON text, the own facts of its policy and of those that add to it included.
    ///
    /// # Errors
    /// Every problem of the facts with its path.
    pub fn facts_from_json(&self, text: &str) -> Result<Facts, TrainingError> {
        self.decision.facts_from_json(&self.policies(), text)
    }

    /// Facts that were read, as this question takes them: the own facts of its policies in their types.
    ///
    /// # Errors
    /// Every problem of what could not be read and of those own facts, with its path; facts that are all about something else.
    pub fn accept<'f>(&self, facts: impl Into<Brought<'f>>) -> Result<Cow<'f, Facts>, TrainingError> {
        self.decision.accept(&self.policies(), facts.into())
    }

    /// The same as they were known on a day, where one is given: what was recorded later is left out.
    ///
    /// # Errors
    /// As of [`Question::accept`]. Whether they are about its subject is asked first: a subject that was not known yet is unknown, and none that is
    /// another.
    pub fn accept_as_known<'f>(&self, facts: impl Into<Brought<'f>>, known_on: Option<Day>) -> Result<Cow<'f, Facts>, TrainingError> {
        let facts = self.accept(facts)?;
        Ok(match known_on {
            Some(day) => Cow::Owned(facts.into_owned().as_known_on(day)),
            None => facts,
        })
    }

    /// The policy that answers it.
    #[must_use]
    pub fn policy_reference(&self) -> PolicyReference {
        self.policy.reference()
    }
}

impl Policy {
    /// What a verdict says of the policy that was applied.
    #[must_use]
    pub fn reference(&self) -> PolicyReference {
        PolicyReference { id: self.id.clone(), number: self.number.clone(), version: self.version.clone(), hash: self.hash.clone() }
    }

    /// Asks a decision of this policy on a day, without what other policies may add to it.
    ///
    /// # Errors
    /// Something given that the decision does not take, or not given that it does.
    pub fn ask<'p>(&'p self, decision: &'p Decision, given: &Given, as_of: Day) -> Result<Question<'p>, TrainingError> {
        let given = given::checked(&decision.id, &self.given_of(decision).collect::<Vec<_>>(), given)?;
        Ok(self.question(decision, given, as_of))
    }

    /// The question itself; what is not given is null.
    pub(crate) fn question<'p>(&'p self, decision: &'p Decision, said: Given, as_of: Day) -> Question<'p> {
        let given: Vec<Value> = self.given.iter().map(|d| said.get(&d.name).map_or(Value::NULL, |value| d.held(value))).collect();
        Question {
            policy: self,
            decision,
            said,
            given,
            as_of,
            owner: Self::owner_of(&decision.subject),
            once: vec![OnceLock::new(); self.once.len()],
            binding: vec![OnceLock::new(); self.provisions.len()],
            layers: Vec::new(),
            not_in_force: Self::not_in_force(std::iter::once(self), as_of),
            set: None,
            totals: OnceLock::new(),
        }
    }

    /// Whether a day lies between the first and the last day of a provision.
    pub(super) fn has_come_and_not_ended(&self, provision: &Provision, day: Day) -> bool {
        let (from, until) = self.in_force(provision);
        from <= day && until.is_none_or(|until| day <= until)
    }

    /// A verdict about one provision alone, with the records of a decision that asks it.
    pub(crate) fn judge_provision(
        &self,
        id: &str,
        decision: Option<&str>,
        facts: &crate::facts::Facts,
        given: &Given,
        as_of: Day,
    ) -> Result<super::Verdict, TrainingError> {
        let Some(alone) = self.provisions.iter().position(|p| p.id == id).and_then(|place| self.alone(place, decision)) else {
            return Err(Problem::new(ProblemCode::UnknownName, "provision", format!("no provision is called `{id}`"))
                .with_cure("name a provision of this policy")
                .into());
        };
        Ok(self.question(&alone, given.clone(), as_of).evaluate(facts))
    }

    /// The decision that asks one provision and nothing else, with the record rules of a decision that asks it.
    pub(crate) fn alone(&self, place: usize, decision: Option<&str>) -> Option<Decision> {
        let provision = self.provisions.get(place)?;
        Some(Decision {
            id: provision.id.clone(),
            subject: provision.subject.clone(),
            question: provision.text.clone(),
            role: None,
            given: Vec::new(),
            records: self.records_of(place, decision).cloned(),
            all_of: vec![place],
            any_of: Vec::new(),
            consequences: if provision.consequence.is_some() && matches!(provision.rule, Rule::Nothing) { vec![place] } else { Vec::new() },
        })
    }

    /// The record rules under which a provision is judged alone: those of this decision, or of the first that asks it.
    pub(crate) fn records_of(&self, place: usize, decision: Option<&str>) -> Option<&RecordRules> {
        let provision = self.provisions.get(place)?;
        let asks = |d: &&Decision| d.asked().chain(d.consequences.iter().copied()).any(|p| p == place);
        let with = match decision {
            Some(id) => self.decision(id),
            None => self.decisions.iter().find(asks).or_else(|| self.decisions.iter().find(|d| d.subject == provision.subject)),
        };
        with.filter(|d| d.subject == provision.subject).and_then(|d| d.records.as_ref())
    }
}
