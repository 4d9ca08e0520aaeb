//! The conformance cases of the built-in policies: what the examples of their decisions ask, and the verdicts that every language must give.

use medtrain::evaluate::Question;
use medtrain::policy::{ExampleCase, PolicySet};
use serde_json::{Value, json};

use super::Generated;

/// A file of cases for each policy.
pub(super) const FILES: &[Generated] = &[
    ("tests/cases/cq-2017-25.json", || cases("cq-2017-25")),
    ("tests/cases/gx-2024-2026.json", || cases("gx-2024-2026")),
    ("tests/cases/sc-2017-166.json", || cases("sc-2017-166")),
    ("tests/cases/sd-2021-1.json", || cases("sd-2021-1")),
    ("tests/cases/zj-2024-2026.json", || cases("zj-2024-2026")),
];

/// The cases of a policy, one a line.
fn cases(policy: &str) -> Result<String, String> {
    let set = PolicySet::builtin().map_err(|error| error.to_string())?;
    let policy = set.policies().iter().find(|known| known.id == policy).ok_or_else(|| format!("no policy is called {policy}"))?;
    let cases = policy.example_cases().map(|case| Ok(case_of(&set, &case)?.to_string()));
    Ok(format!("[\n{}\n]\n", cases.collect::<Result<Vec<_>, String>>()?.join(",\n")))
}

fn case_of(set: &PolicySet, case: &ExampleCase<'_>) -> Result<Value, String> {
    let text = |error: &dyn std::fmt::Display| format!("{}: {error}", case.decision);
    let question = set.ask(case.decision, case.given, case.as_of).map_err(|error| text(&error))?;
    let facts = serde_json::to_value(case.facts).map_err(|error| text(&error))?;
    let expect = expected(&question, &facts).map_err(|error| text(&error))?;
    Ok(json!({ "decision": case.decision, "facts": facts, "given": case.given, "as_of": case.as_of.to_string(), "expect": expect }))
}

/// The verdict on facts as they come in: from JSON.
fn expected(question: &Question<'_>, facts: &Value) -> Result<Value, String> {
    let facts = question.facts_from_json(&facts.to_string()).map_err(|error| error.to_string())?;
    serde_json::from_str(&question.evaluate(&facts).to_json()).map_err(|error| error.to_string())
}
