//! What else is answered beside the verdict (`tests/answers`): remedies, why, what if, receipts, the days of a year.

use std::collections::BTreeMap;

use medtrain::Lang;
use medtrain::evaluate::Question;
use medtrain::explain::{remedy_sentences, verdict_sentences, what_if_sentences, why};
use medtrain::policy::PolicySet;
use medtrain::quantity::Day;
use medtrain::receipt::Receipt;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use super::{builtin, given_of, hexadecimal};

/// A case: a question with other facts to hold it against, or a year of a policy.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    decision: Option<String>,
    facts: Option<Box<RawValue>>,
    #[serde(default)]
    given: serde_json::Map<String, serde_json::Value>,
    as_of: Option<Day>,
    others: Option<Box<RawValue>>,
    policy_id: Option<String>,
    year: Option<i32>,
    answers: BTreeMap<String, Expected>,
}

/// The text of an answer, or its hash.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Expected {
    Text(String),
    Sha256(String),
}

#[test]
fn every_other_answer_has_its_bytes() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/answers/built-in.json")).expect("the answers");
    let lines: Vec<&str> = text.lines().map(|line| line.trim_end_matches(',')).filter(|line| line.len() > 1).collect();
    let (set, mut run, mut wrong) = (builtin(), 0, Vec::new());
    for (place, line) in lines.into_iter().enumerate() {
        let case: Case = serde_json::from_str(line).expect("a case");
        let found = match (&case.decision, &case.policy_id) {
            (Some(decision), _) => {
                let question = set.ask(decision, &given_of(&case.given), case.as_of.expect("a day")).expect("a question");
                let [facts, others] = [&case.facts, &case.others].map(|facts| facts.as_deref().expect("facts").get());
                asked(&set, &question, facts, others)
            }
            (None, policy) => {
                let (policy, year) = (policy.as_deref().expect("a policy"), case.year.expect("a year"));
                vec![("calendar", json_of(&set.calendar(policy, year).expect("days")))]
            }
        };
        let expected = case.answers;
        run += found.len();
        assert_eq!(expected.len(), found.len(), "[{place}]: {:?}", expected.keys());
        for (name, found) in found {
            let holds = match expected.get(name) {
                Some(Expected::Text(text)) => *text == found,
                Some(Expected::Sha256(hash)) => *hash == hexadecimal(&Sha256::digest(&found)),
                None => false,
            };
            if !holds {
                wrong.push(format!("[{place}] {name}: {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {run} answers:\n{}", wrong.len(), wrong.join("\n"));
    assert!(run > 1000, "only {run} answers");
}

fn asked(set: &PolicySet, question: &Question<'_>, facts: &str, others: &str) -> Vec<(&'static str, String)> {
    let [facts, others] = [facts, others].map(|text| question.facts_from_json(text).expect("facts"));
    let verdict = question.evaluate(&facts);
    let (remedies, what_if) = (question.remedies_with_days(&facts), question.what_if(&facts, &others));
    let in_lines = |say: &dyn Fn(Lang) -> Vec<String>| [Lang::Zh, Lang::En].map(|lang| say(lang).join("\n")).join("\n");
    let receipt = Receipt::new(verdict.clone(), &facts).to_json();
    vec![
        ("said", in_lines(&|lang| verdict_sentences(&verdict, question, lang))),
        ("remedies", remedies.to_json()),
        ("remedies_said", in_lines(&|lang| remedy_sentences(&remedies, question, lang))),
        ("what_if", what_if.to_json()),
        ("what_if_said", in_lines(&|lang| what_if_sentences(&what_if, question, lang))),
        ("why", why(question, &facts).to_json()),
        ("portions", json_of(&question.portions(&facts, &verdict))),
        ("labels", json_of(&question.labels())),
        ("verification", json_of(&set.verify(&receipt, &json_of(&facts)).expect("a receipt"))),
        ("verification_of_others", json_of(&set.verify(&receipt, &json_of(&others)).expect("a receipt"))),
        ("receipt", receipt),
    ]
}

fn json_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("JSON")
}
