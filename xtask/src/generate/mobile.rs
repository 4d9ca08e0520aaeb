//! What Kotlin and Swift have in common: which types cross to a phone, and what is said of them.

use medtrain::shape::{Role, Shape, shapes};

use super::words::plain;

/// What the functions of the phones' library take and give, beside text.
const CROSSING: &[&str] = &[
    "Facts",
    "Lang",
    "Problem",
    "Verdict",
    "Portions",
    "Remedies",
    "WhatIf",
    "Why",
    "Labels",
    "Receipt",
    "Verification",
    "PolicySummary",
    "ProvisionSummary",
    "DecisionSummary",
    "CalendarEntry",
    "LintReport",
    "PolicyDifference",
];

/// The types that cross to a phone: those, and what they are made of.
pub(super) fn shapes_of_phones() -> impl Iterator<Item = &'static Shape> {
    let all = shapes();
    let mut wanted: Vec<&str> = CROSSING.to_vec();
    let mut seen = 0;
    while let Some(name) = wanted.get(seen) {
        let fields = all.iter().filter(|shape| shape.name == *name).flat_map(|shape| shape.fields());
        let inner: Vec<&str> = fields.filter_map(|field| field.form.shape()).map(|shape| shape.name).filter(|name| !wanted.contains(name)).collect();
        wanted.extend(inner);
        seen += 1;
    }
    all.into_iter().filter(move |shape| wanted.contains(&shape.name))
}

/// Whether facts are about it: it is then read by the names of its fields.
pub(super) fn is_entity(shape: &Shape) -> bool {
    matches!(shape.role, Role::Fact(_))
}

/// What a type is, with its Chinese name where the vocabulary has one.
pub(super) fn described(shape: &Shape) -> String {
    match shape.role {
        Role::Fact(entity) => format!("{} ({})", plain(shape.doc), entity.zh),
        Role::CodeList(list) => format!("{} ({})", plain(shape.doc), list.zh),
        Role::Result => plain(shape.doc),
    }
}
