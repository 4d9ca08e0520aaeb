//! `medtrain lint`: load policy files and run their examples.

use std::path::{Path, PathBuf};

use clap::Args;
use medtrain::policy::{Policy, PolicySet};
use medtrain::problem::TrainingError;

use crate::input::read_text;
use crate::output::line;

/// Check policy files: every problem of each, and every example that does not hold
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The policy files
    #[arg(required = true, value_name = "FILE.toml")]
    files: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let mut problems = Vec::new();
    // What a file adds to must be there: a built-in decision, or one of a file before it.
    let mut bases = PolicySet::builtin()?;
    for path in &arguments.files {
        match lint(path, &mut bases) {
            Ok(summary) => line(&format!("{}: {summary}", path.display())),
            Err(error) => problems.extend(error.problems),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(TrainingError { problems }) }
}

fn lint(path: &Path, bases: &mut PolicySet) -> Result<String, TrainingError> {
    let (name, text) = (path.display().to_string(), read_text(path)?);
    let policy = Policy::from_toml(&name, &text)?;
    let report = policy.run_examples();
    if !report.problems.is_empty() {
        return Err(TrainingError { problems: report.problems });
    }
    // A file that adds to nothing stands by itself, also where its ids are taken.
    if let (Err(error), Some(_)) = (bases.add(&name, &text), policy.adds_to().next()) {
        return Err(error);
    }
    Ok(format!("{} provisions, {} decisions, {} examples hold", policy.provisions.len(), policy.decisions.len(), report.run))
}
