//! Lint: what a policy file says that is legal and probably not meant.
//!
//! In come the texts of files, out go the problems for which one cannot be used, and warnings, each with its place. INVARIANT: a warning is
//! never wrong about the file, though the author may know better.

mod articles;
mod conditions;
mod examples;
mod figures;
mod idle;
mod outcomes;
mod texts;
mod unused;
mod versions;

use medtrain_macros::crosses;

use super::tables::{Tables, with_tables};
use super::{Policy, PolicySet, load};
use crate::order::order_by_key;
use crate::problem::{Problem, ProblemCode, TrainingError};
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
    let builtin = match builtin_for(&loaded) {
        Ok(builtin) => builtin,
        Err(error) => {
            report.errors.extend(error.problems);
            PolicySet::empty()
        }
    };
    for (file, policy) in &loaded {
        report.errors.extend(policy.problems_of_additions(*file, &asked_beside(policy, &loaded, &builtin)));
    }
    for (file, policy) in &loaded {
        let examples = policy.run(policy.examples_of_file());
        report.files.push(LintedFile {
            name: file.name.to_owned(),
            policy: policy.id.clone(),
            provisions: policy.provisions.len(),
            decisions: policy.decisions.len(),
            examples: examples.run,
        });
        report.errors.extend(examples.problems);
    }
    let lint_one = |(file, policy): &(PolicyFile<'_>, Policy)| {
        with_tables(*file, |tables| {
            let others = asked_beside(policy, &loaded, &builtin);
            lint_file(tables, policy, &others);
            idle::check(tables, policy, &others);
        })
    };
    let mut warnings: Vec<Vec<Problem>> = loaded.iter().map(lint_one).collect();
    for found in versions::check(&loaded) {
        if found.cannot_be_loaded {
            report.errors.push(found.problem);
        } else if let Some(of_file) = warnings.get_mut(found.file) {
            of_file.push(found.problem);
        }
    }
    for mut of_file in warnings {
        order_by_key(&mut of_file, |warning| load::place_of(&warning.place));
        report.warnings.extend(of_file);
    }
    report.errors.extend(problems_together(&loaded));
    report
}

/// What is wrong with files only where they are loaded together, such as two decisions of one id. Days on which two versions are in force were told already, and so
/// were additions.
fn problems_together(loaded: &[(PolicyFile<'_>, Policy)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (place, (file, policy)) in loaded.iter().enumerate() {
        let before: Vec<&Policy> = loaded.iter().take(place).map(|(_, other)| other).collect();
        problems.extend(policy.problems_beside(*file, &before).into_iter().filter(|problem| problem.code == ProblemCode::Duplicate));
    }
    problems
}

/// The built-in policies, where a file adds to decisions of others.
fn builtin_for(loaded: &[(PolicyFile<'_>, Policy)]) -> Result<PolicySet, TrainingError> {
    if loaded.iter().all(|(_, policy)| policy.adds_to().next().is_none()) { Ok(PolicySet::empty()) } else { PolicySet::builtin() }
}

/// The policies to whose decisions a file adds: those of the other files, in whichever order, else built-in ones.
fn asked_beside<'l>(policy: &Policy, loaded: &'l [(PolicyFile<'_>, Policy)], builtin: &'l PolicySet) -> Vec<&'l Policy> {
    let first = |id: &str| loaded.iter().position(|(_, policy)| policy.id == id);
    // Two that add to the same decision are held against each other once, with the later file.
    let before = |other: &&Policy| first(&other.id) < first(&policy.id) || policy.adds_to().any(|id| other.decision(id).is_some());
    let replaced = |other: &&Policy| first(&other.id).is_some();
    let of_files = loaded.iter().map(|(_, other)| other).filter(before);
    builtin.policies().iter().filter(|other| !replaced(other)).chain(of_files).collect()
}

fn lint_file(tables: &Tables<'_>, policy: &Policy, others: &[&Policy]) {
    unused::provisions(tables, policy);
    unused::defines(tables);
    unused::facts(tables, policy);
    outcomes::check(tables, policy);
    figures::check(tables, policy);
    examples::check(tables, policy);
    texts::check(tables, policy, others);
    articles::check(tables);
}

impl<'t> Tables<'t> {
    /// The conditions of every provision.
    fn conditions<'s>(&'s self, policy: &'s Policy) -> impl Iterator<Item = (usize, Condition<'t, 's>)> {
        let all = self.with(policy).enumerate();
        all.flat_map(|(place, (table, provision))| conditions(table, provision).into_iter().map(move |condition| (place, condition)))
    }
}
