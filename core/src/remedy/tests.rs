//! Remedies of every example of every built-in policy: each is carried out and judged again.

use crate::evaluate::{Given, Status};
use crate::policy::PolicySet;

use super::RemedyState;

#[test]
fn what_is_told_about_any_example_of_any_built_in_policy_comes_true() {
    let set = PolicySet::builtin().expect("the built-in policies load");
    let (mut asked, mut found, mut none, mut gave_up) = (0, 0, 0, Vec::new());
    for policy in set.policies() {
        for example in &policy.examples {
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
                    let day = remedy.from.unwrap_or(example.as_of);
                    let after = set.ask(&decision.id, &given, day).expect("the same question").judge(&changed).status;
                    let good = !after.contains(Status::Unmet) && (remedy.gives == Status::Waivable || !after.contains(Status::Waivable));
                    assert!(good, "{} {}: {after:?} after {}", decision.id, example.place, told.to_json());
                }
            }
        }
    }
    assert!(found > 300, "{asked} asked, {found} found, {none} without, {} given up", gave_up.len());
    assert!(gave_up.is_empty(), "{gave_up:?}");
}
