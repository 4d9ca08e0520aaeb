//! Text as a policy file; one that loads is linted, runs its examples, lists its days, differs from itself in nothing, and answers its decisions.
#![no_main]

use libfuzzer_sys::fuzz_target;
use medtrain::evaluate::Given;
use medtrain::facts::Facts;
use medtrain::policy::{Policy, PolicyFile, lint};

fuzz_target!(|text: &str| {
    let name = "fuzz.toml";
    let report = lint(&[PolicyFile { name, text }]);
    let Ok(policy) = Policy::from_toml(name, text) else {
        assert!(report.files.is_empty());
        return;
    };
    assert_eq!(report.files.len(), 1);
    let facts =
        Facts::from_json(r#"{"practitioner": {"activities": [{"credits": "1", "electronic": true}, {}]}, "activity": {}}"#).unwrap_or_default();
    let _ = policy.run_examples();
    assert!(policy.difference(&policy).is_empty());
    for year in [2024, 0] {
        let _ = policy.calendar(year);
        for decision in &policy.decisions {
            let _ =
                policy.evaluate(&decision.id, &facts, &Given::new().with("year", i64::from(year)), policy.issued).map(|verdict| verdict.to_json());
        }
    }
});
