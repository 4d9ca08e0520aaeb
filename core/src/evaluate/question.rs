//! A decision on a day, with what is given: everything about it that does not depend on the subject, computed once.

use crate::explain::ProvisionLabel;
use crate::feel::{Evaluator, Once, Type, Value};
use crate::lang::Text;
use crate::policy::{Decision, Policy, RecordRules, Rule};
use crate::problem::{Problem, ProblemCode, TrainingError, nearest};
use crate::quantity::Day;

use super::{Given, PolicyReference};

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
    /// Parts of expressions that need no facts.
    pub(crate) once: Vec<Option<Value>>,
    /// For each provision of the policy, whether it binds on that day.
    pub(crate) in_force: Vec<bool>,
}

impl Question<'_> {
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

    /// The policy that answers it.
    #[must_use]
    pub fn policy_reference(&self) -> PolicyReference {
        self.policy.reference()
    }

    /// The facts that its policy declares itself.
    #[must_use]
    pub fn own_facts(&self) -> &[crate::policy::OwnFact] {
        &self.policy.facts
    }

    /// How people call the provisions of its policy.
    #[must_use]
    pub fn labels(&self) -> Vec<ProvisionLabel> {
        self.policy.labels()
    }
}

impl Policy {
    /// What a verdict says of the policy that was applied.
    #[must_use]
    pub fn reference(&self) -> PolicyReference {
        PolicyReference { id: self.id.clone(), number: self.number.clone(), version: self.version.clone(), hash: self.hash.clone() }
    }

    /// How people call its provisions, for sentences.
    #[must_use]
    pub fn labels(&self) -> Vec<ProvisionLabel> {
        let label = |p: &crate::policy::Provision| ProvisionLabel {
            provision: p.id.clone(),
            article: p.article.clone(),
            name_zh: p.name.zh.clone(),
            name_en: p.name.en.clone(),
            zh: p.text.zh.clone(),
            en: p.text.en.clone(),
        };
        self.provisions.iter().map(label).collect()
    }

    /// Asks a decision of this policy on a day.
    ///
    /// # Errors
    /// Something given that the decision does not take, or not given that it does.
    pub fn ask<'p>(&'p self, decision: &'p Decision, given: &Given, as_of: Day) -> Result<Question<'p>, TrainingError> {
        let declared: Vec<_> = self.given_of(decision).collect();
        let mut problems = Vec::new();
        for (name, value) in given.iter() {
            match declared.iter().find(|d| d.name == name) {
                Some(declaration) if declaration.takes(value) => {}
                Some(declaration) => {
                    let message = format!("expected {}, got {value}", declaration.expected());
                    problems.push(Problem::new(ProblemCode::WrongType, format!("given.{name}"), message));
                }
                None => {
                    let problem =
                        Problem::new(ProblemCode::UnknownName, format!("given.{name}"), format!("`{}` does not take `{name}`", decision.id));
                    problems.push(match nearest(name, declared.iter().map(|d| d.name.as_str())) {
                        Some(near) => problem.with_cure(format!("did you mean `{near}`?")),
                        None => problem,
                    });
                }
            }
        }
        for declaration in declared.iter().filter(|d| given.get(&d.name).is_none()) {
            let message = format!("`{}` needs `{}`: {}", decision.id, declaration.name, declaration.expected());
            problems.push(Problem::new(ProblemCode::Missing, format!("given.{}", declaration.name), message));
        }
        TrainingError::unless_empty(problems)?;
        Ok(self.question(decision, given.clone(), as_of))
    }

    /// The question itself; what is not given is null.
    pub(crate) fn question<'p>(&'p self, decision: &'p Decision, said: Given, as_of: Day) -> Question<'p> {
        let given: Vec<Value> = self.given.iter().map(|d| said.get(&d.name).map_or(Value::NULL, |value| d.held(value))).collect();
        let once = {
            let mut evaluator = Evaluator::new(&given, as_of, Once { parts: &self.once, values: &[] });
            self.once.iter().map(|part| evaluator.value(part)).map(|val| if val.is_settled() { val.into_value(&Type::Mixed) } else { None }).collect()
        };
        let in_force = self.provisions.iter().map(|provision| {
            let (from, until) = self.in_force(provision);
            from <= as_of && until.is_none_or(|until| as_of <= until)
        });
        Question { policy: self, decision, said, given, as_of, once, in_force: in_force.collect() }
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
        let Some((place, provision)) = self.provisions.iter().enumerate().find(|(_, p)| p.id == id) else {
            return Err(Problem::new(ProblemCode::UnknownName, "provision", format!("no provision is called `{id}`")).into());
        };
        let records = self.records_of(place, decision);
        let alone = Decision {
            id: provision.id.clone(),
            subject: provision.subject.clone(),
            question: provision.text.clone(),
            given: Vec::new(),
            records: records.cloned(),
            all_of: vec![place],
            any_of: Vec::new(),
            consequences: if provision.consequence.is_some() && matches!(provision.rule, Rule::Nothing) { vec![place] } else { Vec::new() },
        };
        Ok(self.question(&alone, given.clone(), as_of).evaluate(facts))
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
