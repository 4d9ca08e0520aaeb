//! Checking a receipt: the same question again, on these facts, under the policies of today.

use medtrain_macros::crosses;
use serde_json::Value;

use super::{Content, ENGINE, Receipt, hash_of, json};
use crate::evaluate::Given;
use crate::facts::{Brought, PartlyRead};
use crate::policy::PolicySet;
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::quantity::{Day, parse_day};

/// Whether a receipt still holds, and what has changed since.
#[crosses]
pub struct Verification {
    /// Whether the same question has the same answer today: everything of the verdict but the versions and hashes of its policies.
    pub holds: bool,
    /// What is not as it was, apart from the verdict.
    pub since: Vec<Since>,
    /// What the verdict says otherwise than it did, in the order of its paths.
    pub changes: Vec<VerdictChange>,
    /// The receipt of today's answer.
    pub today: Receipt,
}

/// What is not as it was when a receipt was written.
#[crosses]
#[derive(Copy, Hash)]
pub enum Since {
    /// The receipt's content does not fit its own hash.
    ReceiptAltered,
    /// The facts are others.
    OtherFacts,
    /// The policy's file is another, or that of one that adds to the decision.
    OtherPolicy,
    /// Another version of medtrain wrote it.
    OtherEngine,
}

/// Something that a verdict says otherwise than it did.
#[crosses]
pub struct VerdictChange {
    /// Where in the verdict: `status`, `findings[0].actual`.
    pub path: String,
    /// What the receipt says; absent where it says nothing there.
    pub was: Option<String>,
    /// What today's verdict says; absent where it says nothing there.
    pub now: Option<String>,
}

impl PolicySet {
    /// Asks the question of a receipt again, on these facts, and compares.
    ///
    /// # Errors
    /// Text that is no receipt, with the path of what is wrong; a decision that this set does not have, or that takes something else today; facts
    /// that cannot be used.
    pub fn verify(&self, receipt: &str, facts: &str) -> Result<Verification, TrainingError> {
        self.verify_read(receipt, &PartlyRead::from_json(facts))
    }

    /// The same on facts that were read.
    ///
    /// # Errors
    /// As of [`PolicySet::verify`].
    pub fn verify_read<'f>(&self, receipt: &str, facts: impl Into<Brought<'f>>) -> Result<Verification, TrainingError> {
        let facts = facts.into();
        let asked = Written::read(receipt).and_then(|written| {
            let question = self.ask(&written.decision, &written.given(self)?, written.as_of()?)?;
            Ok((written.known_on()?, question, written))
        });
        let (known_on, question, written) = facts.with(asked)?;
        let facts = question.accept_as_known(facts, known_on)?;
        let verdict = question.evaluate(&facts);
        Ok(written.compare(Receipt::new(verdict, &facts)))
    }
}

/// A receipt as it was read.
struct Written {
    engine: String,
    facts: String,
    hash: String,
    decision: String,
    as_of: String,
    verdict: Value,
    /// Whether it says something that its hash does not cover.
    says_more: bool,
}

impl Written {
    fn read(text: &str) -> Result<Self, TrainingError> {
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            Problem::new(ProblemCode::Syntax, "receipt", format!("not JSON: {error}")).with_cure("give the receipt as it was written")
        })?;
        let mut problems = Vec::new();
        let mut text_at = |pointer: &str| match value.pointer(pointer).and_then(Value::as_str) {
            Some(text) => text.to_owned(),
            None => {
                let path = pointer.trim_start_matches('/').replace('/', ".");
                problems.push(Problem::new(ProblemCode::Missing, path, "expected text").with_cure("give the file that the receipt was written to"));
                String::new()
            }
        };
        let written = Self {
            engine: text_at("/engine"),
            facts: text_at("/facts"),
            hash: text_at("/hash"),
            decision: text_at("/verdict/decision"),
            as_of: text_at("/verdict/as_of"),
            verdict: value.get("verdict").cloned().unwrap_or_default(),
            says_more: value.as_object().is_some_and(|said| said.keys().any(|key| !["engine", "facts", "hash", "verdict"].contains(&key.as_str()))),
        };
        TrainingError::unless_empty(problems)?;
        Ok(written)
    }

    fn as_of(&self) -> Result<Day, TrainingError> {
        day(&self.as_of, "verdict.as_of")
    }

    /// The day as known on which it was asked, where it was so.
    fn known_on(&self) -> Result<Option<Day>, TrainingError> {
        let known_on = self.verdict.get("known_on").filter(|known_on| !known_on.is_null());
        known_on.map(|known_on| day(known_on.as_str().unwrap_or_default(), "verdict.known_on")).transpose()
    }

    /// What was given with the question, in the types that the decision declares.
    fn given(&self, set: &PolicySet) -> Result<Given, TrainingError> {
        let declared = set.given_of(&self.decision, self.as_of()?)?;
        let mut given = Given::new();
        let mut problems = Vec::new();
        for (name, value) in self.verdict.get("given").and_then(Value::as_object).into_iter().flatten() {
            let text = plain(value);
            match declared.iter().find(|declared| declared.name == *name).map(|declared| declared.parse(&text)) {
                Some(Ok(value)) => given = given.with(name.as_str(), value),
                Some(Err(expected)) => {
                    problems.push(
                        Problem::new(ProblemCode::WrongType, format!("verdict.given.{name}"), format!("expected {expected}"))
                            .with_cure(format!("give {expected}")),
                    );
                }
                // The question itself says which names it takes.
                None => given = given.with(name.as_str(), text.as_str()),
            }
        }
        TrainingError::unless_empty(problems)?;
        Ok(given)
    }

    /// Whether the receipt's own hash fits all of its content.
    fn is_unaltered(&self) -> bool {
        !self.says_more && hash_of(&Content { engine: &self.engine, facts: &self.facts, verdict: &self.verdict }) == self.hash
    }

    fn compare(&self, today: Receipt) -> Verification {
        let now = json(&today.verdict);
        let mut changes = Vec::new();
        note_changes(String::new(), Some(&self.verdict), Some(&now), &mut changes);
        changes.retain(|change| !is_of_a_file(&change.path));
        let as_it_was = [
            (self.is_unaltered(), Since::ReceiptAltered),
            (self.facts == today.facts, Since::OtherFacts),
            (["policy", "layers"].iter().all(|key| self.verdict.get(key) == now.get(key)), Since::OtherPolicy),
            (self.engine == ENGINE, Since::OtherEngine),
        ];
        let since = as_it_was.into_iter().filter(|(same, _)| !same).map(|(_, since)| since).collect();
        Verification { holds: changes.is_empty(), since, changes, today }
    }
}

fn day(text: &str, path: &str) -> Result<Day, TrainingError> {
    parse_day(text).ok_or_else(|| {
        Problem::new(ProblemCode::BadDate, path, "expected a date that exists, YYYY-MM-DD")
            .with_cure("write it in full, such as \"2024-10-31\"")
            .into()
    })
}

/// Whether a path of a verdict tells a policy's file from another of the same policy.
fn is_of_a_file(path: &str) -> bool {
    let of_policy = path.starts_with("policy.") || path.starts_with("layers[");
    of_policy && path.rsplit('.').next().is_some_and(|field| ["hash", "version"].contains(&field))
}

/// Notes every leaf that differs.
fn note_changes(path: String, was: Option<&Value>, now: Option<&Value>, changes: &mut Vec<VerdictChange>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match (was, now) {
        (Some(Value::Object(was)), Some(Value::Object(now))) => {
            for key in was.keys().chain(now.keys().filter(|key| !was.contains_key(*key))) {
                note_changes(below(key), was.get(key), now.get(key), changes);
            }
        }
        (Some(Value::Array(was)), Some(Value::Array(now))) => {
            for index in 0..was.len().max(now.len()) {
                note_changes(format!("{path}[{index}]"), was.get(index), now.get(index), changes);
            }
        }
        (was, now) if was != now => changes.push(VerdictChange { path, was: was.map(plain), now: now.map(plain) }),
        _ => {}
    }
}

/// A value as text: text by itself, everything else as JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
