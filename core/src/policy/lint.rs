//! Lint: what a policy file says that is legal and probably not meant.
//!
//! In come the texts of files, out go the problems for which one cannot be used, and warnings, each with its place. INVARIANT: a warning is
//! never wrong about the file, though the author may know better.

mod articles;
mod conditions;
mod examples;
mod figures;
mod outcomes;
mod texts;
mod unused;
mod versions;

use std::cell::RefCell;

use medtrain_macros::crosses;
use toml::de::DeTable;

use super::table::Table;
use super::{Policy, PolicySet, load};
use crate::problem::Problem;
use crate::source::{Source, lines_of};
use conditions::{Condition, conditions};

/// The text of a policy file, and what messages call it.
#[derive(Clone, Copy, Debug)]
pub struct PolicyFile<'t> {
    /// Its name.
    pub name: &'t str,
    /// What stands in it.
    pub text: &'t str,
}

/// What linting some files came to.
#[crosses]
#[derive(Default)]
pub struct LintReport {
    /// The files that can be used.
    pub files: Vec<LintedFile>,
    /// Problems for which a file cannot be used, and examples that do not hold.
    pub errors: Vec<Problem>,
    /// What is legal and probably not meant, file by file in the order of each.
    pub warnings: Vec<Problem>,
}

/// A file that can be used.
#[crosses]
pub struct LintedFile {
    /// Its name.
    pub name: String,
    /// The policy in it.
    pub policy: String,
    /// How many provisions it has.
    pub provisions: usize,
    /// How many decisions.
    pub decisions: usize,
    /// How many examples were run.
    pub examples: usize,
}

impl LintReport {
    /// The report as canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, whole numbers and lists of them: nothing here can fail to serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Loads files, each by itself, runs their examples, and looks for what is probably not meant: in each, and between them.
#[must_use]
pub fn lint(files: &[PolicyFile<'_>]) -> LintReport {
    let mut report = LintReport::default();
    let mut loaded: Vec<(PolicyFile<'_>, Policy)> = Vec::new();
    for file in files {
        match load::load(file.name, file.text) {
            Ok(policy) => loaded.push((*file, policy)),
            Err(error) => report.errors.extend(error.problems),
        }
    }
    report.errors.extend(additions(&loaded));
    for (file, policy) in &loaded {
        let examples = policy.run_examples();
        report.files.push(LintedFile {
            name: file.name.to_owned(),
            policy: policy.id.clone(),
            provisions: policy.provisions.len(),
            decisions: policy.decisions.len(),
            examples: examples.run,
        });
        report.errors.extend(examples.problems);
    }
    let mut warnings: Vec<Vec<Problem>> = loaded.iter().map(|(file, policy)| with_tables(*file, |tables| lint_file(tables, policy))).collect();
    for (place, warning) in versions::warnings(&loaded) {
        if let Some(of_file) = warnings.get_mut(place) {
            of_file.push(warning);
        }
    }
    for mut of_file in warnings {
        of_file.sort_by_key(|warning| load::place_of(&warning.place));
        report.warnings.extend(of_file);
    }
    report
}

/// What does not fit between files and the decisions that they add to: built-in ones, or those of a file before.
fn additions(loaded: &[(PolicyFile<'_>, Policy)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if loaded.iter().all(|(_, policy)| policy.adds_to().next().is_none()) {
        return problems;
    }
    match PolicySet::builtin() {
        Ok(mut bases) => {
            for (file, policy) in loaded {
                // A file that adds to nothing stands by itself, also where its ids are taken.
                if let (Err(error), Some(_)) = (bases.add(file.name, file.text), policy.adds_to().next()) {
                    problems.extend(error.problems);
                }
            }
        }
        Err(error) => problems.extend(error.problems),
    }
    problems
}

fn lint_file(tables: &Tables<'_>, policy: &Policy) {
    unused::provisions(tables, policy);
    unused::defines(tables);
    unused::facts(tables, policy);
    outcomes::check(tables, policy);
    figures::check(tables, policy);
    examples::check(tables, policy);
    texts::check(tables);
    articles::check(tables);
}

/// The tables of a file that loaded, beside what was compiled from them.
struct Tables<'t> {
    file: &'t Table<'t>,
    provisions: Vec<Table<'t>>,
    decisions: Vec<Table<'t>>,
    facts: Vec<Table<'t>>,
}

impl<'t> Tables<'t> {
    /// Each provision of the file with its table.
    fn with<'s>(&'s self, policy: &'s Policy) -> impl Iterator<Item = (&'s Table<'t>, &'s super::Provision)> {
        self.provisions.iter().zip(&policy.provisions)
    }

    /// The conditions of every provision.
    fn conditions<'s>(&'s self, policy: &'s Policy) -> impl Iterator<Item = (usize, Condition<'t, 's>)> {
        let all = self.with(policy).enumerate();
        all.flat_map(|(place, (table, provision))| conditions(table, provision).into_iter().map(move |condition| (place, condition)))
    }
}

/// Reads the tables of a file that loaded once more, for their places; what is reported there is given back.
fn with_tables(file: PolicyFile<'_>, look: impl FnOnce(&Tables<'_>)) -> Vec<Problem> {
    let problems = RefCell::new(Vec::new());
    let (root, _) = DeTable::parse_recoverable(file.text);
    let lines = lines_of(file.text);
    let source = Source::new(file.name, file.text, &lines);
    let table = Table::new(root.get_ref(), root.span(), "a policy file", source, &problems);
    look(&Tables {
        file: &table,
        provisions: table.tables("provision", "[[provision]]"),
        decisions: table.tables("decision", "[[decision]]"),
        facts: table.tables("fact", "[[fact]]"),
    });
    problems.take()
}
