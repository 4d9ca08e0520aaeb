//! `medtrain quotas` and `medtrain ranking`: how far each line has come, and why it stands as it does.

use std::path::{Path, PathBuf};

use clap::Args;
use medtrain::policy::{PolicySet, Role};
use medtrain::problem::TrainingError;
use medtrain::region::{Source, Standings};
use medtrain::render::StandingsTable;

use crate::check::{Format, formats, unrenderable};
use crate::input::{PolicyArguments, QuestionArguments, read_bytes};
use crate::output::{Files, line, table, tell_problems};

/// Show how far each quota of a decision has come
#[derive(Debug, Args)]
pub(crate) struct QuotasArguments {
    /// The workbook: programmes, regions, institutions, whatever the decision is about
    workbook: PathBuf,
    /// The decision to ask [default: the one with that role in its policy]
    #[arg(long)]
    decision: Option<String>,
    #[command(flatten)]
    common: Common,
}

/// Rank specialty bases by their pass rates, and show whose plan is cut
#[derive(Debug, Args)]
pub(crate) struct RankingArguments {
    /// The workbook with the examination results of the region
    workbook: PathBuf,
    /// The decision about bases to ask [default: the one with that role in its policy]
    #[arg(long)]
    decision: Option<String>,
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
    let set = arguments.common.policies.load()?;
    let decision = set.named_or_usual(arguments.decision.as_deref(), Role::Quotas)?;
    with_source(&arguments.workbook, decision, &arguments.common, &set, |source| Standings::quotas(&set, source, decision, &mut |_| {}))
}

pub(crate) fn rank(arguments: &RankingArguments) -> Result<(), TrainingError> {
    let set = arguments.common.policies.load()?;
    let decision = set.named_or_usual(arguments.decision.as_deref(), Role::Ranking)?;
    with_source(&arguments.workbook, decision, &arguments.common, &set, |source| Standings::ranking(&set, source, decision))
}

/// Reads the workbook, and writes what comes of it.
fn with_source(
    workbook: &Path,
    decision: &str,
    common: &Common,
    set: &PolicySet,
    standings: impl FnOnce(Source<'_>) -> Result<Standings, TrainingError>,
) -> Result<(), TrainingError> {
    let (question, bytes) = TrainingError::both(common.question.ask(set, decision), read_bytes(workbook))?;
    let name = workbook.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let made = standings(Source { bytes: &bytes, name: &name, given: question.given(), as_of: question.as_of() })?;
    write(made.table(common.question.lang), common, || made.to_json().to_owned())?;
    if !common.json {
        tell_problems(&made.problems, common.question.lang);
    }
    Ok(())
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
