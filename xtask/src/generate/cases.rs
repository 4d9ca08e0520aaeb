//! The conformance cases of `tests/cases`: what is asked, and what every language must answer.
//!
//! In come the built-in policies with their examples, the shapes of the vocabulary, and inputs that people wrote (`tests/inputs`); out go files of cases
//! with the answers of the core. INVARIANT: the same core writes the same bytes.

mod answers;
mod choose;
mod draw;
mod examples;
mod inputs;
mod traits;
mod wreck;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;

use medtrain::Lang;
use medtrain::evaluate::{Given, Verdict};
use medtrain::explain::verdict_sentences;
use medtrain::policy::{Policy, PolicySet};
use medtrain::problem::{Problem, TrainingError};
use medtrain::quantity::{Day, parse_day};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::Generated;

/// Two files of cases for each policy, one for each file of inputs that people wrote, and one of all other answers.
pub(super) const FILES: &[Generated] = &[
    ("tests/cases/cq-2017-25.json", || Ok(chosen("cq-2017-25")?.full)),
    ("tests/cases/gx-2024-2026.json", || Ok(chosen("gx-2024-2026")?.full)),
    ("tests/cases/sc-2017-166.json", || Ok(chosen("sc-2017-166")?.full)),
    ("tests/cases/sd-2021-1.json", || Ok(chosen("sd-2021-1")?.full)),
    ("tests/cases/zj-2024-2026.json", || Ok(chosen("zj-2024-2026")?.full)),
    ("tests/cases/drawn-cq-2017-25.json", || Ok(chosen("cq-2017-25")?.drawn)),
    ("tests/cases/drawn-gx-2024-2026.json", || Ok(chosen("gx-2024-2026")?.drawn)),
    ("tests/cases/drawn-sc-2017-166.json", || Ok(chosen("sc-2017-166")?.drawn)),
    ("tests/cases/drawn-sd-2021-1.json", || Ok(chosen("sd-2021-1")?.drawn)),
    ("tests/cases/drawn-zj-2024-2026.json", || Ok(chosen("zj-2024-2026")?.drawn)),
    ("tests/cases/dirty.json", || inputs::cases("tests/inputs/dirty.json")),
    ("tests/answers/built-in.json", answers::cases),
    ("tests/cases/errors.json", || inputs::cases("tests/inputs/errors.json")),
];

/// A question as a case asks it.
#[derive(Clone, Debug)]
struct Case {
    decision: String,
    facts: Asked,
    given: Map<String, Value>,
    as_of: String,
    known_on: Option<String>,
    /// The texts of policy files.
    policies: Vec<String>,
    /// Whether they are loaded without the built-in ones.
    alone: bool,
}

/// Facts as a case has them.
#[derive(Clone, Debug)]
enum Asked {
    /// As an object.
    Facts(Value),
    /// As the text of JSON, of which an object would not keep everything.
    Text(String),
}

/// What comes out: a verdict with its sentences in Chinese and English, or problems.
type Answer = Result<(Verdict, Option<[Vec<String>; 2]>), TrainingError>;

impl Case {
    /// What the core answers; with sentences where they are wanted of this verdict.
    fn answer(&self, set: &PolicySet, sentences: impl FnOnce(&Verdict) -> bool) -> Answer {
        let loaded;
        let set = if self.policies.is_empty() {
            set
        } else {
            let mut own = if self.alone { PolicySet::empty() } else { PolicySet::builtin()? };
            for (place, text) in self.policies.iter().enumerate() {
                own.add(&format!("policy-{place}.toml"), text)?;
            }
            loaded = own;
            &loaded
        };
        let question = set.ask(&self.decision, &given(&self.given), day(&self.as_of))?;
        let mut facts = match &self.facts {
            Asked::Facts(facts) => question.facts_from_json(&facts.to_string())?,
            Asked::Text(text) => question.facts_from_json(text)?,
        };
        if let Some(known_on) = self.known_on.as_deref().map(day) {
            facts = facts.as_known_on(known_on);
        }
        let verdict = question.evaluate(&facts);
        let said = sentences(&verdict).then(|| [Lang::Zh, Lang::En].map(|lang| verdict_sentences(&verdict, &question, lang)));
        Ok((verdict, said))
    }

    /// The case with what is expected, as a line of a file.
    fn line(&self, expected: impl IntoIterator<Item = (&'static str, Value)>) -> String {
        let mut line = Map::new();
        line.insert("decision".to_owned(), self.decision.clone().into());
        match &self.facts {
            Asked::Facts(facts) => line.insert("facts".to_owned(), facts.clone()),
            Asked::Text(text) => line.insert("facts_text".to_owned(), text.clone().into()),
        };
        line.insert("given".to_owned(), self.given.clone().into());
        line.insert("as_of".to_owned(), self.as_of.clone().into());
        line.extend(self.known_on.iter().map(|day| ("known_on".to_owned(), day.clone().into())));
        if !self.policies.is_empty() {
            line.insert("policy".to_owned(), self.policies.clone().into());
        }
        if self.alone {
            line.insert("alone".to_owned(), true.into());
        }
        line.extend(expected.into_iter().map(|(key, value)| (key.to_owned(), value)));
        Value::Object(line).to_string()
    }
}

/// What is expected in full: the verdict, and its sentences where there are some.
fn in_full(answer: &Answer) -> Result<Vec<(&'static str, Value)>, String> {
    match answer {
        Ok((verdict, said)) => {
            let expect = serde_json::from_str(&verdict.to_json()).map_err(|error| error.to_string())?;
            let says = said.as_ref().map(|[zh, en]| ("says", json!({ "zh": zh, "en": en })));
            Ok(std::iter::once(("expect", expect)).chain(says).collect())
        }
        Err(error) => Ok(vec![("error", problems(&error.problems))]),
    }
}

/// What is expected in short: of a verdict and its sentences only the hash.
fn in_short(answer: &Answer) -> (&'static str, Value) {
    match answer {
        Ok((verdict, said)) => {
            let said = said.iter().flatten().map(|lines| lines.join("\n"));
            let told: Vec<String> = std::iter::once(verdict.to_json()).chain(said).collect();
            ("sha256", hexadecimal(&Sha256::digest(told.join("\n"))).into())
        }
        Err(error) => ("error", problems(&error.problems)),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Every problem by its code and place, in the order of the places.
fn problems(problems: &[Problem]) -> Value {
    let mut told: Vec<_> = problems.iter().map(|problem| (problem.place.as_str(), problem.code.code())).collect();
    told.sort_unstable();
    told.dedup();
    told.into_iter().map(|(place, code)| json!({ "code": code, "place": place })).collect()
}

/// What is given, from its JSON.
fn given(values: &Map<String, Value>) -> Given {
    values.iter().fold(Given::new(), |given, (name, value)| match value {
        Value::Bool(truth) => given.with(name, *truth),
        Value::Number(number) => given.with(name, number.as_i64().unwrap_or_default()),
        Value::String(text) => given.with(name, text.as_str()),
        other => given.with(name, other.to_string().as_str()),
    })
}

fn day(text: &str) -> Day {
    parse_day(text).unwrap_or_default()
}

/// The two files of a policy, chosen together and once.
fn chosen(id: &'static str) -> Result<choose::Chosen, String> {
    static CHOSEN: Mutex<BTreeMap<&str, choose::Chosen>> = Mutex::new(BTreeMap::new());
    let known = |all: &BTreeMap<&str, choose::Chosen>| all.get(id).cloned();
    if let Some(chosen) = CHOSEN.lock().ok().as_deref().and_then(known) {
        return Ok(chosen);
    }
    let chosen = choose::cases(id)?;
    if let Ok(mut all) = CHOSEN.lock() {
        all.insert(id, chosen.clone());
    }
    Ok(chosen)
}

fn builtin() -> Result<PolicySet, String> {
    PolicySet::builtin().map_err(|error| error.to_string())
}

fn policy<'s>(set: &'s PolicySet, id: &str) -> Result<&'s Policy, String> {
    set.policies().iter().find(|known| known.id == id).ok_or_else(|| format!("no policy is called {id}"))
}

/// A list of cases, one a line.
fn file(lines: &[String]) -> String {
    format!("[\n{}\n]\n", lines.join(",\n"))
}
