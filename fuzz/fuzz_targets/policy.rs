//! Text as a policy file; one that loads runs its examples, and answers its decisions.
#![no_main]

use libfuzzer_sys::fuzz_target;
use medtrain::evaluate::Given;
use medtrain::facts::Facts;
use medtrain::policy::PolicySet;

fuzz_target!(|text: &str| {
    let mut set = PolicySet::empty();
    if set.add("fuzz.toml", text).is_err() {
        return;
    }
    let facts = Facts::from_json(r#"{"practitioner": {"activities": [{"credits": "1", "electronic": true}, {}]}, "activity": {}}"#).unwrap_or_default();
    for policy in set.policies() {
        let _ = policy.run_examples();
        for decision in &policy.decisions {
            for year in [2024, 0] {
                let _ = policy.evaluate(&decision.id, &facts, &Given::new().with("year", year), policy.issued).map(|verdict| verdict.to_json());
            }
        }
    }
});
