//! The built-in policies load, and their examples hold.

use medtrain::policy::PolicySet;

#[test]
fn every_example_of_every_built_in_policy_holds() {
    let set = PolicySet::builtin().expect("the built-in policies load");
    for policy in set.policies() {
        let report = policy.run_examples();
        assert!(report.run > 0, "{} has examples", policy.id);
        let failures: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }
}
