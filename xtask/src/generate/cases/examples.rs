//! What the examples of a policy ask, and what can be asked of every decision.

use medtrain::policy::{Policy, PolicySet};
use serde_json::{Map, Value, json};

use super::{Asked, Case};

/// What the examples ask, those of provisions in the decisions that name them, and what can be asked of every decision; with whether it is an example of a decision.
pub(super) fn asked(set: &PolicySet, policy: &Policy) -> Vec<(bool, Case)> {
    let mut cases: Vec<(bool, Case)> = Vec::new();
    for example in policy.example_cases() {
        let Ok(Value::Object(facts)) = serde_json::to_value(example.facts) else { continue };
        let Ok(Value::Object(given)) = serde_json::to_value(example.given) else { continue };
        for decision in &example.decisions {
            let case = Case {
                decision: (*decision).to_owned(),
                facts: Asked::Facts(Value::Object(facts.clone())),
                given: given.clone(),
                as_of: example.as_of.to_string(),
                known_on: None,
                policies: Vec::new(),
                alone: false,
            };
            cases.push((example.provision.is_none(), case));
        }
    }
    let first: Vec<Case> = cases.iter().filter(|(own, _)| *own).map(|(_, case)| case.clone()).collect();
    for (own, case) in &mut cases {
        if !*own && let Some(decision) = set.list_decisions().iter().find(|known| known.id == case.decision) {
            complete(case, &decision.subject, &first);
        }
    }
    for decision in set.list_decisions().iter().filter(|decision| decision.policy == policy.id) {
        let Some(like) = first.iter().find(|case| case.decision == decision.id) else { continue };
        let nothing = Asked::Facts(json!({ decision.subject.as_str(): {} }));
        cases.push((false, Case { facts: nothing.clone(), ..like.clone() }));
        cases.push((false, Case { as_of: "1999-12-31".to_owned(), facts: nothing, ..like.clone() }));
    }
    cases
}

/// Makes a question of a decision of what an example of a provision asks: a record stands in the list of its owner, and what the decision takes is given.
fn complete(case: &mut Case, subject: &str, like: &[Case]) {
    let Asked::Facts(Value::Object(facts)) = &mut case.facts else { return };
    let lists = [("activity", "activities"), ("attachment", "attachments"), ("certificate", "certificates"), ("teaching", "teaching")];
    for (record, list) in lists {
        if subject != record
            && let Some(alone) = facts.remove(record)
        {
            let owner = facts.entry(subject).or_insert_with(|| json!({}));
            if let Some(owner) = owner.as_object_mut() {
                owner.insert(list.to_owned(), json!([alone]));
            }
        }
    }
    // Embedded records, such as the project of a credit record.
    if subject == "practitioner"
        && let Some(project) = facts.remove("project")
    {
        facts.insert("practitioner".to_owned(), json!({ "activities": [{ "project": project }] }));
    }
    if let Some(known) = like.iter().find(|known| known.decision == case.decision) {
        let taken: Map<String, Value> =
            known.given.iter().map(|(name, value)| (name.clone(), case.given.get(name).unwrap_or(value).clone())).collect();
        case.given = taken;
    }
}
