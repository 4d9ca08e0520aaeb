//! Provisions that no example tries.

use super::Tables;
use crate::policy::example::ExampleOf;
use crate::policy::{Policy, Provision, Rule};
use crate::problem::ProblemCode;

/// Warns of a provision that has a condition and no example.
pub(super) fn check(tables: &Tables<'_>, policy: &Policy) {
    for (table, provision) in tables.with(policy).filter(|(_, provision)| has_condition(provision) && !has_example(policy, provision)) {
        let span = table.span_of("id");
        let cure = "add `[[provision.example]]` at, just below and just above each figure, and with each fact missing";
        table.report_with_cure(ProblemCode::NoExample, &span, format!("`{}` has a condition, and no example tries it", provision.id), cure);
    }
}

/// Whether any example is one of this provision.
pub(super) fn has_example(policy: &Policy, provision: &Provision) -> bool {
    policy.examples_of_file().iter().any(|example| example.of == ExampleOf::Provision(provision.id.clone()))
}

fn has_condition(provision: &Provision) -> bool {
    let open = provision.consequence.as_ref().is_some_and(|consequence| consequence.open.is_some());
    !matches!(provision.rule, Rule::Nothing) || provision.when.is_some() || open
}
