//! Examples: law that tests itself.

use smol_str::SmolStr;
use std::fmt;

use crate::evaluate::{Finding, Given, RecordState, Status, Verdict, code_of};
use crate::facts::Facts;
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::quantity::Day;

use super::{Decision, Policy, built_in};

/// An example of a provision or a decision, as the policy file gives it.
#[derive(Debug)]
pub(crate) struct Example {
    /// The place in the file.
    pub(crate) place: String,
    /// What it is an example of.
    pub(crate) of: ExampleOf,
    /// The decision that is asked.
    pub(crate) decision: Option<String>,
    pub(crate) facts: Facts,
    pub(crate) given: Given,
    pub(crate) as_of: Day,
    /// What must come out, by the name of the key.
    pub(crate) expected: Vec<(&'static str, Outcome)>,
}

/// What an example expects under a key, or what came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A single text; `none` where there is nothing.
    One(String),
    /// A list of texts.
    Many(Vec<String>),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(text) => f.write_str(text),
            Self::Many(texts) => write!(f, "{texts:?}"),
        }
    }
}

/// What an example belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ExampleOf {
    Provision(String),
    Decision(String),
}

/// What running the examples of a policy came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExampleReport {
    /// How many were run.
    pub run: usize,
    /// Those whose verdict is another one.
    pub problems: Vec<Problem>,
}

/// What an example asks, for those who ask it in another way.
#[derive(Debug)]
pub struct ExampleCase<'p> {
    /// The decisions that can be asked of it: its own, or those that name its provision.
    pub decisions: Vec<&'p str>,
    /// The provision, where it is an example of one.
    pub provision: Option<&'p str>,
    /// The facts.
    pub facts: &'p Facts,
    /// What is given with the question.
    pub given: &'p Given,
    /// The day.
    pub as_of: Day,
}

impl Policy {
    /// Its examples.
    pub(crate) fn examples(&self) -> &[Example] {
        self.examples.get_or_init(|| built_in::examples(&self.hash))
    }

    /// The examples that were read with its file; those of a built-in policy may not be.
    pub(crate) fn examples_of_file(&self) -> &[Example] {
        self.examples.get().map_or(&[], Vec::as_slice)
    }

    /// What its examples ask, in the order of the file.
    pub fn example_cases(&self) -> impl Iterator<Item = ExampleCase<'_>> {
        self.examples().iter().map(|Example { of, decision, facts, given, as_of, .. }| {
            let (decisions, provision) = match of {
                ExampleOf::Decision(id) => (vec![id.as_str()], None),
                ExampleOf::Provision(id) => (decision.as_deref().map_or_else(|| self.naming(id), |decision| vec![decision]), Some(id.as_str())),
            };
            ExampleCase { decisions, provision, facts, given, as_of: *as_of }
        })
    }

    /// The decisions that name this provision, in whichever role.
    fn naming(&self, provision: &str) -> Vec<&str> {
        let names = |decision: &&Decision| decision.places().any(|place| self.provisions.get(place).is_some_and(|known| known.id == provision));
        self.decisions.iter().filter(names).map(|decision| decision.id.as_str()).collect()
    }

    /// Runs its examples.
    #[must_use]
    pub fn run_examples(&self) -> ExampleReport {
        self.run(self.examples())
    }

    /// Runs these of its examples.
    pub(crate) fn run(&self, examples: &[Example]) -> ExampleReport {
        let mut report = ExampleReport::default();
        for example in examples {
            report.run += 1;
            report.problems.extend(run(self, example));
        }
        report
    }
}

#[cfg(test)]
impl Policy {
    /// The examples of its decisions: the decision, the number among its examples, the question, and the facts.
    pub(crate) fn questions_of_examples(&self) -> Vec<(&str, usize, crate::evaluate::Question<'_>, &Facts)> {
        let mut found: Vec<(&str, usize, crate::evaluate::Question<'_>, &Facts)> = Vec::new();
        for example in self.examples() {
            let ExampleOf::Decision(id) = &example.of else { continue };
            let place = found.iter().filter(|(known, ..)| known == id).count();
            let question = self.decision(id).and_then(|decision| self.ask(decision, &example.given, example.as_of).ok());
            found.extend(question.map(|question| (id.as_str(), place, question, &example.facts)));
        }
        found
    }

    /// Shows the question of each example, those of provisions too, and the facts that it is asked of.
    #[cfg(feature = "population")]
    pub(crate) fn each_example(&self, mut see: impl FnMut(&crate::evaluate::Question<'_>, &Facts)) {
        for Example { of, decision, facts, given, as_of, .. } in self.examples() {
            let alone = match of {
                ExampleOf::Provision(id) => {
                    let place = self.provisions.iter().position(|provision| provision.id == *id);
                    place.and_then(|place| self.alone(place, decision.as_deref()))
                }
                ExampleOf::Decision(_) => None,
            };
            let asked = match of {
                ExampleOf::Provision(_) => alone.as_ref(),
                ExampleOf::Decision(id) => self.decision(id),
            };
            if let Some(asked) = asked {
                see(&self.question(asked, given.clone(), *as_of), facts);
            }
        }
    }

    /// The verdicts of its examples, those of provisions too.
    #[cfg(all(feature = "render", feature = "workbook"))]
    pub(crate) fn verdicts_of_examples(&self) -> Vec<Verdict> {
        self.examples().iter().filter_map(|example| judged(self, example).ok()).collect()
    }
}

/// The verdict that an example asks for.
fn judged(policy: &Policy, example: &Example) -> Result<Verdict, TrainingError> {
    let Example { facts, given, as_of, .. } = example;
    match &example.of {
        ExampleOf::Provision(id) => policy.judge_provision(id, example.decision.as_deref(), facts, given, *as_of),
        ExampleOf::Decision(id) => policy.evaluate(id, facts, given, *as_of),
    }
}

fn run(policy: &Policy, example: &Example) -> Vec<Problem> {
    let problem = |message: String| {
        Problem::new(ProblemCode::ExampleFails, &example.place, message).with_cure("correct the example, or the rule that it tries")
    };
    let verdict = match judged(policy, example) {
        Ok(verdict) => verdict,
        Err(error) => return error.problems.into_iter().map(|p| problem(p.to_string())).collect(),
    };
    // An example of a provision speaks of its finding, one of a decision of the verdict.
    let finding = verdict.findings.first().filter(|_| matches!(example.of, ExampleOf::Provision(_)));
    let not_in_force = not_in_force(policy, example);
    let mut problems = Vec::new();
    for (key, expected) in &example.expected {
        let actual = actual(key, finding, &verdict);
        if actual != *expected {
            let message = format!("`{key}` is {actual}, and the example says {expected}");
            problems.push(match &not_in_force {
                Some(why) => problem(format!("{message}: {why}")).with_cure("give it an `as_of` on which the rule is in force"),
                None => problem(message),
            });
        }
    }
    problems
}

/// That the rule is not in force on the day of its example, where that is so.
fn not_in_force(policy: &Policy, example: &Example) -> Option<String> {
    let id = example.of.id();
    let (from, until) = match &example.of {
        ExampleOf::Provision(_) => policy.in_force(policy.provisions.iter().find(|provision| provision.id == id)?),
        ExampleOf::Decision(_) => (policy.first_day(), policy.until),
    };
    let as_of = example.as_of;
    match until {
        _ if as_of < from => Some(format!("`{id}` is in force from {from} on, and the example is asked on {as_of}")),
        Some(until) if as_of > until => Some(format!("`{id}` is in force until {until}, and the example is asked on {as_of}")),
        _ => None,
    }
}

impl ExampleOf {
    /// The id of what it belongs to.
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Provision(id) | Self::Decision(id) => id,
        }
    }
}

/// What came out under a key of an example: of the provision's own finding, or of the verdict.
fn actual(key: &str, finding: Option<&Finding>, verdict: &Verdict) -> Outcome {
    let text = |value: Option<&SmolStr>| value.map_or("none", SmolStr::as_str).to_owned();
    let code = |code: Option<String>| code.unwrap_or_else(|| "none".to_owned());
    let statuses = |all: &[Status]| all.iter().map(|status| status.code().to_owned()).collect();
    let single = match key {
        "status" => finding.map_or(verdict.status, |f| f.status).code().to_owned(),
        "actual" => text(finding.and_then(|f| f.actual.as_ref())),
        "required" => text(finding.and_then(|f| f.required.as_ref())),
        "shortfall" => text(finding.and_then(|f| f.shortfall.as_ref())),
        "value" => text(finding.and_then(|f| f.value.as_ref())),
        "unit" => finding.and_then(|f| f.unit.as_ref()).map_or("none", |u| u.code()).to_owned(),
        "deemed_by" => text(finding.and_then(|f| f.deemed_by.as_ref())),
        "relaxation" => text(finding.and_then(|f| f.relaxation.as_ref())),
        "due" => code(finding.and_then(|f| f.due).map(|day| day.to_string())),
        "reason" => code(finding.and_then(|f| f.reason).map(|reason| code_of(&reason))),
        "counted" => verdict.records.iter().filter(|r| r.state == RecordState::Counted).count().to_string(),
        "consequence" => code(verdict.consequences.first().map(|c| code_of(&c.state))),
        "missing" => return Outcome::Many(finding.map_or(&verdict.missing, |f| &f.missing).clone()),
        "possible" => return Outcome::Many(statuses(finding.map_or(&verdict.possible, |f| &f.possible))),
        "details" => return Outcome::Many(finding.into_iter().flat_map(|f| &f.details).map(|d| text(d.value.as_ref())).collect()),
        "excluded" => {
            let unmet = verdict.records.iter().flat_map(|r| &r.excluded_by).filter(|by| by.status == Status::Unmet);
            return Outcome::Many(unmet.map(|by| by.code.to_string()).collect());
        }
        "advice" => return Outcome::Many(verdict.advice.iter().map(|a| a.provision.to_string()).collect()),
        _ => String::new(),
    };
    Outcome::One(single)
}
