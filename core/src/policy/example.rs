//! Examples: law that tests itself.

use crate::evaluate::{Given, Status, Verdict};
use crate::facts::Facts;
use crate::problem::{Problem, ProblemCode};
use crate::quantity::Day;

use super::Policy;

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
    pub(crate) expected: Vec<(&'static str, String)>,
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

impl Policy {
    /// Runs its examples.
    #[must_use]
    pub fn run_examples(&self) -> ExampleReport {
        let mut report = ExampleReport::default();
        for example in &self.examples {
            report.run += 1;
            report.problems.extend(run(self, example));
        }
        report
    }
}

fn run(policy: &Policy, example: &Example) -> Vec<Problem> {
    let problem = |message: String| Problem::new(ProblemCode::ExampleFails, &example.place, message);
    let (findings, verdict) = match &example.of {
        ExampleOf::Provision(id) => match policy.judge_provision(id, example.decision.as_deref(), &example.facts, &example.given, example.as_of) {
            Ok(verdict) => (verdict.findings.clone(), verdict),
            Err(error) => return error.problems.into_iter().map(|p| problem(p.to_string())).collect(),
        },
        ExampleOf::Decision(id) => match policy.evaluate(id, &example.facts, &example.given, example.as_of) {
            Ok(verdict) => (Vec::new(), verdict),
            Err(error) => return error.problems.into_iter().map(|p| problem(p.to_string())).collect(),
        },
    };
    let mut problems = Vec::new();
    for (key, expected) in &example.expected {
        let actual = actual(key, &findings, &verdict);
        if actual != *expected {
            problems.push(problem(format!("`{key}` is {actual}, and the example says {expected}")));
        }
    }
    problems
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
fn actual(key: &str, findings: &[crate::evaluate::Finding], verdict: &Verdict) -> String {
    let finding = findings.first();
    let text = |value: Option<&String>| value.cloned().unwrap_or_else(|| "none".to_owned());
    let counted = |state| verdict.records.iter().filter(|r| r.state == state).count().to_string();
    match key {
        "status" => finding.map_or(verdict.status, |f| f.status).code().to_owned(),
        "actual" => text(finding.and_then(|f| f.actual.as_ref())),
        "required" => text(finding.and_then(|f| f.required.as_ref())),
        "shortfall" => text(finding.and_then(|f| f.shortfall.as_ref())),
        "value" => text(finding.and_then(|f| f.value.as_ref())),
        "unit" => finding.and_then(|f| f.unit.as_ref()).map_or("none", |u| u.code()).to_owned(),
        "deemed_by" => text(finding.and_then(|f| f.deemed_by.as_ref())),
        "relaxation" => text(finding.and_then(|f| f.relaxation.as_ref())),
        "due" => finding.and_then(|f| f.due).map_or_else(|| "none".to_owned(), |day| day.to_string()),
        "reason" => finding.and_then(|f| f.reason).map_or_else(|| "none".to_owned(), |r| crate::evaluate::code_of(&r)),
        "missing" => finding.map_or(&verdict.missing, |f| &f.missing).join(", "),
        "possible" => finding.map_or(&verdict.possible, |f| &f.possible).iter().map(|s: &Status| s.code()).collect::<Vec<_>>().join(", "),
        "details" => finding.map(|f| f.details.iter().map(|d| text(d.value.as_ref())).collect::<Vec<_>>().join(", ")).unwrap_or_default(),
        "counted" => counted(crate::evaluate::RecordState::Counted),
        "excluded" => {
            let codes = verdict.records.iter().flat_map(|r| &r.excluded_by).filter(|e| e.status == Status::Unmet).map(|e| e.code.as_str());
            codes.collect::<Vec<_>>().join(", ")
        }
        "consequence" => verdict.consequences.first().map_or_else(|| "none".to_owned(), |c| crate::evaluate::code_of(&c.state)),
        "advice" => verdict.advice.iter().map(|a| a.provision.as_str()).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}
