//! Text as facts; those that can be read are judged, and come back from their own JSON.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use medtrain::evaluate::Given;
use medtrain::facts::Facts;
use medtrain::policy::PolicySet;

static POLICIES: LazyLock<PolicySet> = LazyLock::new(|| PolicySet::builtin().unwrap_or_default());

fuzz_target!(|text: &str| {
    let Ok(facts) = Facts::from_json(text) else { return };
    // INVARIANT: what could be read once is written so that it can be read again.
    let again = serde_json::to_string(&facts).ok().map(|json| Facts::from_json(&json));
    assert_eq!(again, Some(Ok(facts.clone())));
    if let Some(day) = medtrain::quantity::parse_day("2024-11-15") {
        // INVARIANT: what was known on a day is known again as it was.
        let known = facts.clone().as_known_on(day);
        assert_eq!(known.clone().as_known_on(day), known);
        let verdict = POLICIES.evaluate("cq-annual-cme", &facts, &Given::new().with("year", 2024), day);
        let _ = verdict.map(|verdict| verdict.to_json());
    }
});

