//! The cases of `tests/cases`, which every language runs: the same bytes come out, or the same problem.

use std::path::Path;

use medtrain::evaluate::Given;
use medtrain::policy::PolicySet;
use medtrain::problem::TrainingError;
use medtrain::quantity::Day;
use serde::Deserialize;
use serde_json::value::RawValue;

/// A case: a question and what comes out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    decision: String,
    facts: Box<RawValue>,
    #[serde(default)]
    given: serde_json::Map<String, serde_json::Value>,
    as_of: Day,
    expect: Option<Box<RawValue>>,
    error: Option<Expected>,
}

/// The problem that a case has: its code, and perhaps its place.
#[derive(Deserialize)]
#[serde(untagged)]
enum Expected {
    Code(String),
    Problem { code: String, place: String },
}

#[test]
fn every_case_gives_its_bytes() {
    let set = PolicySet::builtin().expect("the built-in policies load");
    let mut run = 0;
    for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases")).expect("the cases") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("text");
        let cases: Vec<Case> = serde_json::from_str(&text).expect("cases");
        for (place, case) in cases.into_iter().enumerate() {
            run += 1;
            let at = format!("{}[{place}] {}", path.display(), case.decision);
            assert!(case.expect.is_some() != case.error.is_some(), "{at} expects a verdict or an error");
            match (judged(&set, &case), &case.expect, &case.error) {
                (Ok(verdict), Some(expect), _) => assert_eq!(verdict, expect.get(), "{at}"),
                (Err(error), _, Some(expected)) => assert!(is_expected(&error, expected), "{at}: {error}"),
                (found, ..) => assert!(found.is_ok() == case.expect.is_some(), "{at}: found {found:?}"),
            }
        }
    }
    assert!(run > 250, "only {run} cases");
}

fn judged(set: &PolicySet, case: &Case) -> Result<String, TrainingError> {
    let given = case.given.iter().fold(Given::new(), |given, (name, value)| match value {
        serde_json::Value::Number(number) => given.with(name, number.as_i64().expect("a whole number")),
        serde_json::Value::Bool(flag) => given.with(name, *flag),
        serde_json::Value::String(text) => given.with(name, text.as_str()),
        other => given.with(name, other.to_string().as_str()),
    });
    let question = set.ask(&case.decision, &given, case.as_of)?;
    Ok(question.evaluate(&question.facts_from_json(case.facts.get())?).to_json())
}

fn is_expected(error: &TrainingError, expected: &Expected) -> bool {
    error.problems.iter().any(|problem| match expected {
        Expected::Code(code) => problem.code.code() == code,
        Expected::Problem { code, place } => problem.code.code() == code && problem.place == *place,
    })
}
