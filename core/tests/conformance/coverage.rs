//! What the cases show of the built-in policies: each provision with each status that it can have.

use std::collections::{BTreeMap, BTreeSet};

use medtrain::policy::ProvisionSummary;
use medtrain::problem::ProblemCode;
use serde_json::Value;

use super::{builtin, cases};

/// Why no question can have a problem of this code; `None` where one can.
pub(super) fn never_of_a_question(code: ProblemCode) -> Option<&'static str> {
    use ProblemCode as C;
    match code {
        _ if code.is_warning() => Some("a warning of `lint`, which judges nobody"),
        C::ExampleFails => Some("told by `lint`: loading does not run examples"),
        C::NoSheet | C::Header | C::Normalised | C::Suspect | C::SetAside | C::DuplicateRecord | C::TotalDiffers => {
            Some("a note on a workbook, which does not cross as facts")
        }
        C::OutOfOrder => Some("of tables that are promised to be sorted"),
        C::Stopped => Some("of long work that somebody ends"),
        C::Unreadable => Some("of files; of objects whose reading throws, which no file of cases can hold"),
        _ => None,
    }
}

/// Provisions that show nothing but that they do not apply, beside those of which [`possible`] says so, and why.
const TEXTS: &[(&str, &str)] = &[("sd-base-targets", "its figures are a text: it says how many bases there shall be, and asks nobody")];

/// What is shown of each provision: its statuses as a finding, `excludes ...` of records, `is ...` of consequences, `advised`.
fn shown() -> BTreeMap<String, BTreeSet<String>> {
    let mut shown: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for verdict in cases().into_iter().filter_map(|(_, case)| case.expect) {
        let verdict: Value = serde_json::from_str(verdict.get()).expect("a verdict");
        let mut add = |of: &Value, what: String| shown.entry(of["provision"].as_str().expect("a provision").to_owned()).or_default().insert(what);
        let items = |of: &Value, key: &str| of[key].as_array().cloned().unwrap_or_default();
        let text = |of: &Value, key: &str| of[key].as_str().unwrap_or_default().to_owned();
        for finding in items(&verdict, "findings") {
            add(&finding, text(&finding, "status"));
        }
        for by in items(&verdict, "records").iter().flat_map(|record| items(record, "excluded_by")) {
            add(&by, format!("excludes {}", text(&by, "status")));
        }
        for consequence in items(&verdict, "consequences") {
            add(&consequence, format!("is {}", text(&consequence, "state")));
        }
        for advice in items(&verdict, "advice") {
            add(&advice, "advised".to_owned());
        }
    }
    shown
}

#[test]
fn every_provision_is_seen_with_every_status_that_it_can_have() {
    let (set, shown, mut wrong) = (builtin(), shown(), Vec::new());
    let decisions = set.list_decisions();
    for provision in set.list_provisions() {
        let is_asked = decisions.iter().any(|decision| decision.provisions.contains(&provision.id));
        let seen = shown.get(&provision.id).cloned().unwrap_or_default();
        let lacking: Vec<&str> = possible(&provision, is_asked).into_iter().filter(|what| !seen.contains(*what)).collect();
        if !lacking.is_empty() {
            wrong.push(format!("{} lacks {lacking:?} and shows {seen:?}", provision.id));
        }
        if TEXTS.iter().any(|(id, _)| *id == provision.id) && seen.iter().any(|what| what != "not_applicable") {
            wrong.push(format!("{} is said to be a text and shows {seen:?}", provision.id));
        }
    }
    assert!(wrong.is_empty(), "{} provisions:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_decision_is_told_in_both_languages_and_not_applicable_before_its_policy_is_in_force() {
    let cases = cases();
    for decision in builtin().list_decisions() {
        let mut own = cases.iter().filter(|(_, case)| case.decision == decision.id);
        let told = own.clone().any(|(_, case)| case.says.as_ref().is_some_and(|said| !said.zh.is_empty() && !said.en.is_empty()));
        assert!(told, "{} says nothing", decision.id);
        assert!(own.any(|(_, case)| case.as_of < decision.from), "{} is never asked before it is in force", decision.id);
    }
}

/// What a provision in its role can show.
fn possible(provision: &ProvisionSummary, is_asked: bool) -> Vec<&'static str> {
    use medtrain::evaluate::Modality::{Encouraged, May, Principle};
    match (provision.kind.as_str(), provision.modality) {
        _ if TEXTS.iter().any(|(id, _)| *id == provision.id) => vec!["not_applicable"],
        // A context is there to be read: it has a finding where a decision names it, and never another status.
        ("context", _) => {
            if is_asked {
                vec!["not_applicable"]
            } else {
                Vec::new()
            }
        }
        ("consequence", _) => vec!["is open", "is closed", "is unknown"],
        // A record that fails is left out, and one that does not shows nothing of the provision.
        _ if !is_asked => vec!["excludes unmet", "excludes unknown"],
        // What is allowed or encouraged is asked of nobody.
        (_, May | Encouraged) => vec!["not_applicable"],
        (_, Principle) => vec!["met", "waivable", "not_applicable", "unknown"],
        _ => vec!["met", "unmet", "not_applicable", "unknown"],
    }
}
