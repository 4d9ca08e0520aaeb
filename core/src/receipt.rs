//! Receipts: a verdict with what it rests on, so that it can be checked again years later.
//!
//! In come a verdict and its facts; out goes canonical JSON (RFC 8785) with hashes of facts, policy and the receipt itself.
//! INVARIANT: the same verdict on the same facts has the same receipt, byte by byte, on every machine and in every language.

mod verify;

use medtrain_macros::crosses;
use serde::Serialize;

pub use verify::{Since, VerdictChange, Verification};

use crate::evaluate::Verdict;
use crate::facts::Facts;
use crate::hash;

/// A verdict with what it rests on.
#[crosses]
pub struct Receipt {
    /// The version of medtrain that judged.
    pub engine: String,
    /// SHA-256 of the canonical JSON of the facts, in hexadecimal; the facts themselves, which are personal, are not in a receipt. Of facts as known
    /// on a day it is the hash of what was known: what is recorded later does not change it.
    pub facts: String,
    /// The verdict, which names the policy with the hash of its file, and those that add to the decision.
    pub verdict: Verdict,
    /// SHA-256 of the canonical JSON of all of the above, in hexadecimal: what a stamped sheet prints.
    pub hash: String,
}

impl Receipt {
    /// The receipt of a verdict about these facts.
    #[must_use]
    pub fn new(verdict: Verdict, facts: &Facts) -> Self {
        let (engine, facts) = (ENGINE, hash_of(facts));
        let hash = hash_of(&Content { engine, facts: &facts, verdict: &verdict });
        Self { engine: engine.to_owned(), facts, verdict, hash }
    }

    /// The receipt as canonical JSON (RFC 8785): one line, keys in order.
    #[must_use]
    pub fn to_json(&self) -> String {
        canonical(self)
    }
}

/// What the hash of a receipt covers.
#[derive(Serialize)]
struct Content<'r, V> {
    engine: &'r str,
    facts: &'r str,
    verdict: &'r V,
}

/// The version of medtrain, as receipts name it.
const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// A value as JSON, by way of its text: all types are written anew for each form, which a library for phones has no room for.
fn json(value: &impl Serialize) -> serde_json::Value {
    serde_json::to_string(value).and_then(|text| serde_json::from_str(&text)).unwrap_or_default()
}

fn canonical(value: &impl Serialize) -> String {
    // Texts, truth values, whole numbers and lists of them: nothing here can fail to serialise.
    serde_json_canonicalizer::to_string(&json(value)).unwrap_or_default()
}

fn hash_of(value: &impl Serialize) -> String {
    hash::of(canonical(value).as_bytes())
}
