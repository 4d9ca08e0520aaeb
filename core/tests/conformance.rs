//! The cases of `tests/cases`, which every language runs: the same bytes come out, the same sentences, or the same problems.

#[path = "conformance/answers.rs"]
mod answers;
#[path = "conformance/coverage.rs"]
mod coverage;

use std::fmt::Write as _;
use std::path::Path;

use medtrain::Lang;
use medtrain::evaluate::{Given, Verdict};
use medtrain::explain::verdict_sentences;
use medtrain::policy::PolicySet;
use medtrain::problem::{ProblemCode, TrainingError};
use medtrain::quantity::Day;
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

/// A case: a question and what comes out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    decision: String,
    facts: Option<Box<RawValue>>,
    facts_text: Option<String>,
    #[serde(default)]
    given: serde_json::Map<String, serde_json::Value>,
    as_of: Day,
    known_on: Option<Day>,
    #[serde(default)]
    policy: Vec<String>,
    #[serde(default)]
    alone: bool,
    expect: Option<Box<RawValue>>,
    says: Option<Said>,
    sha256: Option<String>,
    error: Option<Vec<Expected>>,
}

/// The sentences of a verdict.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Said {
    zh: Vec<String>,
    en: Vec<String>,
}

/// A problem that a case has.
#[derive(Clone, Debug, Deserialize, PartialEq, PartialOrd, Eq, Ord)]
#[serde(deny_unknown_fields)]
struct Expected {
    place: String,
    code: String,
}

/// What a case came to.
type Answer = Result<(Verdict, Said), TrainingError>;

#[test]
fn every_case_gives_its_bytes_its_sentences_or_its_problems() {
    let (set, mut run, mut wrong) = (builtin(), 0, Vec::new());
    for (at, case) in cases() {
        run += 1;
        let Err(told) = compare(&case, &answer(&set, &case)) else { continue };
        wrong.push(format!("{at} {}: {told}", case.decision));
    }
    assert!(wrong.is_empty(), "{} of {run} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(run > 3000, "only {run} cases");
}

fn compare(case: &Case, answer: &Answer) -> Result<(), String> {
    let same = |what: &str, found: &str, expected: &str| {
        if found == expected { Ok(()) } else { Err(format!("{what}: expected\n  {expected}\nand got\n  {found}")) }
    };
    match answer {
        Ok((verdict, said)) => {
            let json = verdict.to_json();
            match (&case.expect, &case.sha256) {
                (Some(expect), None) => same("the verdict", &json, expect.get())?,
                (None, Some(hash)) => {
                    let told = format!("{json}\n{}\n{}", said.zh.join("\n"), said.en.join("\n"));
                    same("the hash", &hexadecimal(&Sha256::digest(&told)), hash).map_err(|wrong| format!("{wrong}\nof\n{told}"))?;
                }
                _ => return Err(format!("no error, but {json}")),
            }
            match &case.says {
                Some(expected) if expected != said => Err(format!("expected {expected:?} and it says {said:?}")),
                _ => Ok(()),
            }
        }
        Err(error) => {
            let mut found: Vec<_> =
                error.problems.iter().map(|problem| Expected { place: problem.place.clone(), code: problem.code.code().to_owned() }).collect();
            found.sort_unstable();
            found.dedup();
            let expected = case.error.as_ref().ok_or_else(|| format!("problems: {error}"))?;
            if found == *expected { Ok(()) } else { Err(format!("expected {expected:?} and got {found:?}")) }
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a text takes everything");
        text
    })
}

#[test]
fn every_code_of_a_problem_that_a_question_can_have_is_in_a_case() {
    let seen: Vec<String> = cases().into_iter().filter_map(|(_, case)| case.error).flatten().map(|problem| problem.code).collect();
    for code in ProblemCode::ALL {
        let elsewhere = coverage::never_of_a_question(*code);
        let is_seen = seen.iter().any(|seen| seen == code.code());
        assert!(is_seen != elsewhere.is_some(), "{}: in a case: {is_seen}; said to be none of a question's: {elsewhere:?}", code.code());
    }
}

fn builtin() -> PolicySet {
    PolicySet::builtin().expect("the built-in policies load")
}

/// Every case, with its file and its place there.
fn cases() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("the cases").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let mut all = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).expect("text");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let cases: Vec<Case> = serde_json::from_str(&text).map_err(|error| format!("{name}: {error}")).expect("cases");
        all.extend(cases.into_iter().enumerate().map(|(place, case)| (format!("{name}[{place}]"), case)));
    }
    all
}

fn answer(builtin: &PolicySet, case: &Case) -> Answer {
    let mut own = None;
    if !case.policy.is_empty() {
        let set = own.insert(if case.alone { PolicySet::empty() } else { self::builtin() });
        for (place, text) in case.policy.iter().enumerate() {
            set.add(&format!("policy-{place}.toml"), text)?;
        }
    }
    let given = given_of(&case.given);
    let question = own.as_ref().unwrap_or(builtin).ask(&case.decision, &given, case.as_of)?;
    let text = case.facts_text.as_deref().or(case.facts.as_deref().map(RawValue::get)).expect("facts, or their text");
    let facts = question.facts_from_json(text)?;
    let verdict = question.evaluate(&case.known_on.map_or(facts.clone(), |day| facts.as_known_on(day)));
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| verdict_sentences(&verdict, &question, lang));
    Ok((verdict, Said { zh, en }))
}

/// What is given, from its JSON.
fn given_of(values: &serde_json::Map<String, serde_json::Value>) -> Given {
    values.iter().fold(Given::new(), |given, (name, value)| match value {
        serde_json::Value::Number(number) => given.with(name, number.as_i64().expect("a whole number")),
        serde_json::Value::Bool(flag) => given.with(name, *flag),
        serde_json::Value::String(text) => given.with(name, text.as_str()),
        other => given.with(name, other.to_string().as_str()),
    })
}
