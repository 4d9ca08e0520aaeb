//! `medtrain statement`: one subject's facts in, a page to hand out.

use std::path::PathBuf;

use clap::Args;
use medtrain::account::Account;
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::render::{self, Statement};

use crate::input::{FactsArguments, PolicyArguments, QuestionArguments};
use crate::output::{Files, line};

/// Write what one subject is told: a page on A4 with the verdict, each requirement, what is still to be done, the records and the articles
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The decision to ask, such as cq-annual-cme
    decision: String,
    #[command(flatten)]
    facts: FactsArguments,
    #[command(flatten)]
    question: QuestionArguments,
    /// Who hands it out, such as the hospital
    #[arg(long, value_name = "NAME")]
    issuer: Option<String>,
    /// The page to write
    #[arg(short, long, value_name = "STATEMENT.html")]
    output: PathBuf,
    #[command(flatten)]
    policies: PolicyArguments,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let set = arguments.facts.beside(arguments.question.beside(arguments.policies.load()))?;
    let (question, facts) = arguments.facts.read(arguments.question.ask(&set, &arguments.decision))?;
    let account = Account::of(&question, &facts);
    let statement = Statement { issuer: arguments.issuer.as_deref(), ..Statement::of(&account, arguments.question.lang) };
    let page = render::statement(&statement)
        .map_err(|error| Problem::new(ProblemCode::Unreadable, arguments.output.display().to_string(), error.to_string()))?;
    let mut files = Files::default();
    files.prepare(&arguments.output, page.as_bytes())?;
    files.finish()?;
    line(&format!("→ {}", arguments.output.display()));
    Ok(())
}
