//! What else is answered beside the verdict: what can still be done, why, what if, the sealed receipt, the days of a year.
//!
//! The questions are examples of decisions, one for each status that they show; the others that a what-if holds them against are those of the next one.

use std::collections::BTreeSet;

use medtrain::Lang;
use medtrain::explain::{remedy_sentences, verdict_sentences, what_if_sentences, why};
use medtrain::facts::Facts;
use medtrain::policy::PolicySet;
use medtrain::problem::TrainingError;
use medtrain::receipt::Receipt;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{Asked, Case, builtin, day, examples, file, given, hexadecimal};

/// The years whose days are asked for.
const YEARS: [i32; 2] = [2024, 2025];

/// The cases, one a line.
pub(super) fn cases() -> Result<String, String> {
    let set = builtin()?;
    let mut lines = Vec::new();
    for policy in set.policies() {
        let asked: Vec<Case> = examples::asked(&set, policy).into_iter().filter(|(own, _)| *own).map(|(_, case)| case).collect();
        let mut seen = BTreeSet::new();
        for (place, case) in asked.iter().enumerate() {
            let (verdict, _) = case.answer(&set, |_| false).map_err(|error| error.to_string())?;
            if !seen.insert((&case.decision, verdict.status)) {
                continue;
            }
            let alike = |other: &&Case| other.decision == case.decision;
            let others = asked.iter().skip(place + 1).find(alike).or_else(|| asked.iter().find(alike)).unwrap_or(case);
            // One of each policy in full, for people to see what an answer is.
            let in_full = seen.len() == 1;
            let told = answers(&set, case, others).map_err(|error| format!("{}: {error}", case.decision))?;
            let told: Map<String, Value> = told.into_iter().map(|(name, text)| (name.to_owned(), expected(&text, in_full))).collect();
            let Asked::Facts(facts) = &others.facts else { continue };
            lines.push(case.line([("others", facts.clone()), ("answers", told.into())]));
        }
        for year in YEARS {
            let days = set.calendar(&policy.id, year).map_err(|error| error.to_string())?;
            let told = expected(&written(serde_json::to_string(&days)), year == YEARS[0]);
            lines.push(json!({ "policy_id": policy.id, "year": year, "answers": { "calendar": told } }).to_string());
        }
    }
    Ok(file(&lines))
}

/// Every answer as text: canonical JSON, or sentences in lines, Chinese first.
fn answers(set: &PolicySet, case: &Case, others: &Case) -> Result<Vec<(&'static str, String)>, TrainingError> {
    let question = set.ask(&case.decision, &given(&case.given), day(&case.as_of))?;
    let read = |facts: &Asked| -> Result<Facts, TrainingError> {
        match facts {
            Asked::Facts(facts) => question.facts_from_json(&facts.to_string()),
            Asked::Text(text) => question.facts_from_json(text),
        }
    };
    let (facts, others) = (read(&case.facts)?, read(&others.facts)?);
    let verdict = question.evaluate(&facts);
    let (remedies, what_if) = (question.remedies_with_days(&facts), question.what_if(&facts, &others));
    let in_lines = |say: &dyn Fn(Lang) -> Vec<String>| [Lang::Zh, Lang::En].map(|lang| say(lang).join("\n")).join("\n");
    let portions = question.portions(&facts, &verdict);
    let said = in_lines(&|lang| verdict_sentences(&verdict, &question, lang));
    let receipt = Receipt::new(verdict, &facts).to_json();
    Ok(vec![
        ("said", said),
        ("remedies", remedies.to_json()),
        ("remedies_said", in_lines(&|lang| remedy_sentences(&remedies, &question, lang))),
        ("what_if", what_if.to_json()),
        ("what_if_said", in_lines(&|lang| what_if_sentences(&what_if, &question, lang))),
        ("why", why(&question, &facts).to_json()),
        ("portions", written(serde_json::to_string(&portions))),
        ("labels", written(serde_json::to_string(&question.labels()))),
        ("verification", written(serde_json::to_string(&set.verify(&receipt, &written(serde_json::to_string(&facts)))?))),
        ("verification_of_others", written(serde_json::to_string(&set.verify(&receipt, &written(serde_json::to_string(&others)))?))),
        ("receipt", receipt),
    ])
}

/// Facts and answers hold nothing that cannot be written.
fn written(json: serde_json::Result<String>) -> String {
    json.unwrap_or_default()
}

/// The text itself, or its hash.
fn expected(text: &str, in_full: bool) -> Value {
    if in_full { json!({ "text": text }) } else { json!({ "sha256": hexadecimal(&Sha256::digest(text)) }) }
}
