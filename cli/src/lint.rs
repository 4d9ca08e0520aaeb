//! `medtrain lint`: load policy files, run their examples, and look for what is probably not meant.

use std::path::PathBuf;

use clap::Args;
use medtrain::policy::{LintReport, PolicyFile, lint};
use medtrain::problem::TrainingError;

use crate::input::read_text;
use crate::output::{error_line, line};

/// Check policy files: every problem of each, every example that does not hold, and what is probably not meant
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The policy files; several versions of a policy are checked against each other
    #[arg(required = true, value_name = "FILE.toml")]
    files: Vec<PathBuf>,
    /// Treat warnings as errors
    #[arg(long)]
    deny_warnings: bool,
    /// Print the report as canonical JSON on standard output
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let mut texts = Vec::new();
    let mut unreadable = Vec::new();
    for path in &arguments.files {
        match read_text(path) {
            Ok(text) => texts.push((path.display().to_string(), text)),
            Err(error) => unreadable.extend(error.problems),
        }
    }
    let files: Vec<PolicyFile<'_>> = texts.iter().map(|(name, text)| PolicyFile { name, text }).collect();
    let mut report = lint(&files);
    report.errors.splice(0..0, unreadable);
    if arguments.deny_warnings {
        report.errors.append(&mut report.warnings);
    }
    if arguments.json {
        line(&report.to_json());
    } else {
        tell(&report);
    }
    if report.errors.is_empty() { Ok(()) } else { Err(TrainingError { problems: report.errors }) }
}

fn tell(report: &LintReport) {
    for file in &report.files {
        let fails = report.errors.iter().any(|error| error.place.strip_prefix(&file.name).is_some_and(|place| place.starts_with(':')));
        let hold = if fails { "" } else { " hold" };
        line(&format!("{}: {} provisions, {} decisions, {} examples{hold}", file.name, file.provisions, file.decisions, file.examples));
    }
    for warning in &report.warnings {
        error_line(&format!("warning: {warning}"));
    }
}
