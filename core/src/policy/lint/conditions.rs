//! The conditions of a provision, each with its place in the file.

use toml::de::DeValue;

use crate::feel::{Compiled, FeelError};
use crate::policy::table::{Entry, Table};
use crate::policy::{Provision, Relaxation, Rule};

/// A condition of a provision, compiled and as it is written.
pub(super) struct Condition<'t, 'p> {
    /// Its key, for messages: `require`, `relax.when`.
    pub(super) key: &'static str,
    pub(super) entry: Entry<'t>,
    pub(super) compiled: &'p Compiled,
}

impl<'t> Condition<'t, '_> {
    /// Its text.
    pub(super) fn text(&self) -> &'t str {
        if let DeValue::String(text) = self.entry.get_ref() { text } else { "" }
    }

    /// Reports something about a part of it.
    pub(super) fn report(&self, table: &Table<'_>, error: &FeelError) {
        table.push(table.source().expression_problem(self.entry, error));
    }
}

/// Every condition of a provision.
pub(super) fn conditions<'t, 'p>(table: &Table<'t>, provision: &'p Provision) -> Vec<Condition<'t, 'p>> {
    let mut found = Vec::new();
    let mut add = |table: &Table<'t>, at: &'static str, key: &'static str, compiled: Option<&'p Compiled>| {
        found.extend(table.get(at).zip(compiled).map(|(entry, compiled)| Condition { key, entry, compiled }));
    };
    let relaxed = |relaxation: &'p Option<Relaxation>| relaxation.as_ref().map(|relaxation| &relaxation.when);
    add(table, "when", "when", provision.when.as_ref());
    if let Rule::Require(condition) = &provision.rule {
        add(table, "require", "require", Some(condition));
    }
    if let Rule::Parts(parts) = &provision.rule {
        for (table, part) in table.tables("part", "[[provision.part]]").iter().zip(parts) {
            add(table, "when", "when", part.when.as_ref());
            add(table, "require", "require", Some(&part.require));
            if let Some(relax) = table.table("relax", "relax") {
                add(&relax, "when", "relax.when", relaxed(&part.relaxation));
            }
        }
    }
    if let Some(relax) = table.table("relax", "relax") {
        add(&relax, "when", "relax.when", relaxed(&provision.relaxation));
    }
    if let Some(consequence) = table.table("consequence", "consequence") {
        add(&consequence, "open", "consequence.open", provision.consequence.as_ref().and_then(|c| c.open.as_ref()));
    }
    found
}
