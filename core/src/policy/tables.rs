//! The tables of a file that loaded, read once more for their places.

use std::cell::RefCell;

use toml::de::DeTable;

use super::table::Table;
use super::{Policy, PolicyFile, Provision};
use crate::problem::Problem;
use crate::source::{Source, lines_of};

/// The tables of a file that loaded, beside what was compiled from them.
pub(super) struct Tables<'t> {
    pub(super) file: &'t Table<'t>,
    pub(super) provisions: Vec<Table<'t>>,
    pub(super) decisions: Vec<Table<'t>>,
    pub(super) additions: Vec<Table<'t>>,
    pub(super) facts: Vec<Table<'t>>,
}

impl<'t> Tables<'t> {
    /// Each provision of the file with its table.
    pub(super) fn with<'s>(&'s self, policy: &'s Policy) -> impl Iterator<Item = (&'s Table<'t>, &'s Provision)> {
        self.provisions.iter().zip(&policy.provisions)
    }
}

/// Looks at the tables of a file that loaded; what is reported there is given back.
pub(super) fn with_tables(file: PolicyFile<'_>, look: impl FnOnce(&Tables<'_>)) -> Vec<Problem> {
    let problems = RefCell::new(Vec::new());
    let (root, _) = DeTable::parse_recoverable(file.text);
    let lines = lines_of(file.text);
    let source = Source::new(file.name, file.text, &lines);
    let table = Table::new(root.get_ref(), root.span(), "a policy file", source, &problems);
    look(&Tables {
        file: &table,
        provisions: table.tables("provision", "[[provision]]"),
        decisions: table.tables("decision", "[[decision]]"),
        additions: table.tables("addition", "[[addition]]"),
        facts: table.tables("fact", "[[fact]]"),
    });
    problems.take()
}
