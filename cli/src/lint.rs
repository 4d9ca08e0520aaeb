//! `medtrain lint`: load policy files and run their examples.

use std::path::PathBuf;

use clap::Args;
use medtrain::policy::PolicySet;
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
    for path in &arguments.files {
        match lint(path) {
            Ok(summary) => line(&format!("{}: {summary}", path.display())),
            Err(error) => problems.extend(error.problems),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(TrainingError { problems }) }
}

fn lint(path: &std::path::Path) -> Result<String, TrainingError> {
    let text = read_text(path)?;
    let mut set = PolicySet::empty();
    set.add(&path.display().to_string(), &text)?;
    let mut summary = String::new();
    for policy in set.policies() {
        let report = policy.run_examples();
        if !report.problems.is_empty() {
            return Err(TrainingError { problems: report.problems });
        }
        summary = format!("{} provisions, {} decisions, {} examples hold", policy.provisions.len(), policy.decisions.len(), report.run);
    }
    Ok(summary)
}
