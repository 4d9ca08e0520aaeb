//! Remedies of every example of every built-in policy: each is carried out and judged again.

use crate::evaluate::{Given, Status};
use crate::facts::Facts;
use crate::policy::PolicySet;

use super::{Closed, Remedy, RemedyState, Step};

fn closes(step: &Step) -> &[Closed] {
    let (Step::AddRecord { closes, .. } | Step::SetFact { closes, .. } | Step::Wait { closes, .. }) = step;
    closes
}

/// The changes of facts in text that a remedy is: a fact as it is told, and a record field by field.
fn as_changes(facts: &Facts, remedy: &Remedy) -> Vec<String> {
    let json = facts.to_value().expect("JSON");
    let mut there: Vec<(&str, usize)> = Vec::new();
    let mut changes = Vec::new();
    for step in &remedy.steps {
        match step {
            Step::Wait { .. } => {}
            Step::SetFact { path, value, .. } => changes.push(format!("{path}={value}")),
            Step::AddRecord { list, fields, .. } => {
                let so_far = || json.pointer(&format!("/{}", list.replace('.', "/"))).and_then(|list| list.as_array()).map_or(0, Vec::len);
                if !there.iter().any(|(other, _)| other == list) {
                    there.push((list, so_far()));
                }
                let Some((_, number)) = there.iter_mut().find(|(other, _)| other == list) else { continue };
                for (place, field) in fields.iter().enumerate() {
                    let record = if place == 0 { "+".to_owned() } else { number.to_string() };
                    changes.push(format!("{list}[{record}].{}={}", field.field, field.value));
                }
                *number += 1;
            }
        }
    }
    changes
}

#[test]
fn what_is_told_about_any_example_of_any_built_in_policy_comes_true() {
    let set = PolicySet::builtin().expect("the built-in policies load");
    let (mut asked, mut found, mut partial, mut none, mut gave_up) = (0, 0, 0, 0, Vec::new());
    for policy in set.policies() {
        for example in policy.examples() {
            for decision in &policy.decisions {
                // What an example gives may not be all that a decision takes.
                let taken = policy.given_of(decision).map(|declared| declared.name.as_str());
                let given = taken
                    .filter_map(|name| Some((name, example.given.get(name)?)))
                    .fold(Given::new(), |given, (name, value)| given.with(name, value.clone()));
                let Ok(question) = set.ask(&decision.id, &given, example.as_of) else { continue };
                if example.facts.subject(&decision.subject).is_none() {
                    continue;
                }
                asked += 1;
                let told = question.remedies(&example.facts);
                match told.state {
                    RemedyState::Found => found += 1,
                    RemedyState::None => none += 1,
                    RemedyState::GaveUp => gave_up.push(format!("{} {}", decision.id, example.place)),
                    RemedyState::NotNeeded => {}
                }
                for remedy in &told.remedies {
                    let changed = question.apply(&example.facts, remedy).unwrap_or_else(|error| unreachable!("{error}: {remedy:?}"));
                    let in_text = as_changes(&example.facts, remedy);
                    let by_text = question.changed(&example.facts, &in_text).unwrap_or_else(|error| unreachable!("{error}: {in_text:?}"));
                    assert_eq!(by_text, changed, "{in_text:?}");
                    let day = remedy.from.unwrap_or(example.as_of);
                    let after = set.ask(&decision.id, &given, day).expect("the same question").judge(&changed).status;
                    let good = !after.contains(Status::Unmet) && (remedy.gives != Status::Met || !after.contains(Status::Waivable));
                    let said =
                        remedy.gives == Status::Met || after.status() == remedy.gives || !after.is_decided() && remedy.gives == Status::Unknown;
                    assert!(good && said, "{} {}: {after:?} after {}", decision.id, example.place, told.to_json());
                }
                assert!(told.partial.is_empty() || told.state == RemedyState::None && !told.blocked.is_empty(), "{}", told.to_json());
                for remedy in &told.partial {
                    partial += 1;
                    let changed = question.apply(&example.facts, remedy).unwrap_or_else(|error| unreachable!("{error}: {remedy:?}"));
                    let day = remedy.from.unwrap_or(example.as_of);
                    let after = set.ask(&decision.id, &given, day).expect("the same question").evaluate(&changed);
                    assert_eq!(after.status, remedy.gives, "{} {}: {}", decision.id, example.place, told.to_json());
                    for closed in remedy.steps.iter().flat_map(closes) {
                        let status = after.findings.iter().find(|finding| finding.provision == closed.provision).map(|finding| &finding.possible);
                        // Whether it is asked at all may stay open.
                        let good = status.is_some_and(|status| status.iter().all(|one| matches!(one, Status::Met | Status::NotApplicable)));
                        let blocked = told.blocked.iter().any(|blocked| blocked.provision == closed.provision);
                        assert!(good && !blocked, "{} {}: {} is {status:?} after {}", decision.id, example.place, closed.provision, told.to_json());
                    }
                }
            }
        }
    }
    assert!(found > 300 && partial > 20, "{asked} asked, {found} found, {partial} in part, {none} without, {} given up", gave_up.len());
    assert!(gave_up.is_empty(), "{gave_up:?}");
}
