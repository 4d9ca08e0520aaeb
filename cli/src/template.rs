//! `medtrain template`: an empty register to fill in.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::Args;
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::workbook;

use crate::input::PolicyArguments;
use crate::output::{self, Files, line};

/// Write an empty register with every column that can be read, and a page that explains it
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The workbook to write, .xlsx; left out, it goes to standard output
    #[arg(short, long, value_name = "REGISTER.xlsx")]
    output: Option<PathBuf>,
    /// A kind of subject that it is for, such as practitioner or base; may be repeated; left out, it is for all
    #[arg(long = "subject", value_name = "SUBJECT")]
    subjects: Vec<String>,
    #[command(flatten)]
    policies: PolicyArguments,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let subjects: Vec<&str> = arguments.subjects.iter().map(String::as_str).collect();
    let bytes = arguments.policies.load().and_then(|set| workbook::template(&set, &subjects));
    let (bytes, ()) = TrainingError::both(bytes, need_its_ending(arguments.output.as_deref()))?;
    if let Some(path) = &arguments.output {
        let mut files = Files::default();
        files.prepare(path, &bytes)?;
        files.finish()?;
        line(&format!("→ {}", path.display()));
        return Ok(());
    }
    if std::io::stdout().is_terminal() {
        let problem = Problem::new(ProblemCode::Unreadable, "template", "a workbook is nothing for a terminal");
        return Err(problem.with_cure("name a file: medtrain template -o register.xlsx").into());
    }
    output::bytes(&bytes);
    Ok(())
}

fn need_its_ending(output: Option<&Path>) -> Result<(), TrainingError> {
    match output {
        Some(path) if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("xlsx")) => {
            let problem = Problem::new(ProblemCode::WrongType, path.display().to_string(), "no register has this ending");
            Err(problem.with_cure("name it .xlsx").into())
        }
        _ => Ok(()),
    }
}
