//! Cases of which people wrote the questions (`tests/inputs`), with what the core answers.
//!
//! Such a question has the keys of a case but what is expected, and may say the code of a problem in `error`: then one of its problems must have it.

use serde_json::{Map, Value};

use super::{Asked, Case, builtin, file, in_full};

/// The cases of a file of questions, one a line.
pub(super) fn cases(path: &str) -> Result<String, String> {
    let text = std::fs::read_to_string(super::super::root().join(path)).map_err(|error| format!("{path}: {error}"))?;
    let questions: Vec<Value> = serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
    let set = builtin()?;
    let mut lines = Vec::new();
    for (place, question) in questions.into_iter().enumerate() {
        let Value::Object(question) = question else { return Err(format!("{path}[{place}] is no object")) };
        let expected = question.get("error").cloned();
        let case = read(question).ok_or_else(|| format!("{path}[{place}] is no question"))?;
        let answer = case.answer(&set, |_| true);
        let codes: Vec<&str> =
            answer.as_ref().err().map(|error| error.problems.iter().map(|problem| problem.code.code()).collect()).unwrap_or_default();
        if expected.as_ref().map_or(!codes.is_empty(), |code| code.as_str().is_none_or(|code| !codes.contains(&code))) {
            return Err(format!("{path}[{place}] expects {expected:?}, and its problems are {codes:?}"));
        }
        lines.push(case.line(in_full(&answer)?));
    }
    Ok(file(&lines))
}

fn read(mut question: Map<String, Value>) -> Option<Case> {
    let text = |value: Value| value.as_str().map(str::to_owned);
    let facts = match question.remove("facts_text") {
        Some(told) => Asked::Text(text(told)?),
        None => Asked::Facts(question.remove("facts")?),
    };
    let policies = match question.remove("policy") {
        None => Vec::new(),
        Some(Value::Array(texts)) => texts.into_iter().map(text).collect::<Option<_>>()?,
        Some(one) => vec![text(one)?],
    };
    let Some(Value::Object(given)) = question.remove("given").or_else(|| Some(Map::new().into())) else { return None };
    Some(Case {
        decision: text(question.remove("decision")?)?,
        facts,
        given,
        as_of: text(question.remove("as_of")?)?,
        known_on: question.remove("known_on").and_then(text),
        policies,
        alone: question.remove("alone").is_some_and(|alone| alone == true),
    })
}
