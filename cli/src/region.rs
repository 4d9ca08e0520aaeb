//! `medtrain region`: a region's workbook in, coverage and attainment against its targets out.

use std::path::PathBuf;

use clap::Args;
use medtrain::problem::TrainingError;
use medtrain::region::{RegionRegister, Survey};

use crate::input::{PolicyArguments, QuestionArguments, read_bytes};
use crate::output::line;

/// Count coverage and attainment of a region, and write its annual report
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The workbook: people with their records, institutions, the region
    workbook: PathBuf,
    /// The decision about people
    #[arg(long, value_name = "DECISION", default_value = "cq-annual-cme")]
    people: String,
    /// The decision about the region, which sets its targets
    #[arg(long, value_name = "DECISION", default_value = "cq-region-targets")]
    targets: String,
    #[command(flatten)]
    question: QuestionArguments,
    /// Print canonical JSON and nothing else
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    policies: PolicyArguments,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let set = arguments.policies.load()?;
    let asked = &arguments.question;
    let people = set.ask(&arguments.people, &asked.given(&set, &arguments.people)?, asked.as_of)?;
    let targets = set.ask(&arguments.targets, &asked.given(&set, &arguments.targets)?, asked.as_of)?;
    let survey = Survey::new(&people, &targets)?;
    let name = arguments.workbook.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let register = RegionRegister::read(&survey, &set, &read_bytes(&arguments.workbook)?, &name, &mut |_| {})?;
    let report = register.report(&survey)?;
    line(&report.to_json());
    Ok(())
}
