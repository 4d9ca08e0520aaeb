//! `medtrain quotas` and `medtrain ranking`: how far each line has come, and why it stands as it does.

use std::path::PathBuf;

use clap::Args;
use medtrain::check::check;
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::region::{RegionRegister, ranking};
use medtrain::render::StandingsTable;
use medtrain::workbook::{self, Asked};

use crate::check::{Format, formats, unrenderable};
use crate::input::{PolicyArguments, QuestionArguments, read_bytes};
use crate::output::{Files, line, table};

/// Show how far each quota of a decision has come
#[derive(Debug, Args)]
pub(crate) struct QuotasArguments {
    /// The workbook: programmes, regions, institutions, whatever the decision is about
    workbook: PathBuf,
    /// The decision to ask
    #[arg(long, default_value = "zj-programme")]
    decision: String,
    #[command(flatten)]
    common: Common,
}

/// Rank specialty bases by their pass rates, and show whose plan is cut
#[derive(Debug, Args)]
pub(crate) struct RankingArguments {
    /// The workbook with the examination results of the region
    workbook: PathBuf,
    /// The decision about bases to ask
    #[arg(long, default_value = "sd-plan-cut")]
    decision: String,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct Common {
    #[command(flatten)]
    question: QuestionArguments,
    /// A table to write, .html or .xlsx; may be repeated
    #[arg(short, long = "output", value_name = "TABLE.html|TABLE.xlsx")]
    outputs: Vec<PathBuf>,
    /// Print canonical JSON and nothing else
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    policies: PolicyArguments,
}

pub(crate) fn quotas(arguments: &QuotasArguments) -> Result<(), TrainingError> {
    let common = &arguments.common;
    let set = common.policies.load()?;
    let given = common.question.given(&set, &arguments.decision)?;
    let question = set.ask(&arguments.decision, &given, common.question.as_of)?;
    let name = arguments.workbook.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let asked = Asked::of(&set, &arguments.decision, common.question.as_of)?;
    let register = workbook::read(&read_bytes(&arguments.workbook)?, &name, &asked, &mut |_| {})?;
    let checked = check(&question, register, &mut |_, _| {})?;
    let shown = checked.with_report(&name, common.question.lang, StandingsTable::quotas);
    write(&shown, common, || checked.to_json())
}

pub(crate) fn rank(arguments: &RankingArguments) -> Result<(), TrainingError> {
    let common = &arguments.common;
    let set = common.policies.load()?;
    let given = common.question.given(&set, &arguments.decision)?;
    let question = set.ask(&arguments.decision, &given, common.question.as_of)?;
    let name = arguments.workbook.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let Some(region) = RegionRegister::region_of(&Asked::subject("region")?, &read_bytes(&arguments.workbook)?, &name)? else {
        let problem = Problem::new(ProblemCode::NoSheet, name, "the workbook tells of no region");
        return Err(problem.with_cure("name the sheets 地区 and 结业考核成绩 as the template does").into());
    };
    let ranked = ranking(&question, &region)?;
    let labels = question.labels();
    let shown = StandingsTable::ranking(&ranked, &question, &labels, &name, common.question.lang);
    write(&shown, common, || ranked.to_json())
}

fn write(shown: &StandingsTable, common: &Common, json: impl FnOnce() -> String) -> Result<(), TrainingError> {
    let mut files = Files::default();
    for (path, format) in common.outputs.iter().zip(formats(&common.outputs)?) {
        let content = match format {
            Format::Html => shown.html().map(String::into_bytes),
            Format::Xlsx => shown.xlsx(),
        };
        files.prepare(path, &content.map_err(|error| unrenderable(path, &error))?)?;
    }
    files.finish()?;
    if common.json {
        line(&json());
        return Ok(());
    }
    // The last column explains at length, for pages.
    table(
        &shown
            .texts()
            .into_iter()
            .map(|mut row| {
                row.pop();
                row
            })
            .collect::<Vec<_>>(),
    );
    for path in &common.outputs {
        line(&format!("→ {}", path.display()));
    }
    Ok(())
}
