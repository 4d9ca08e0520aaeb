//! `medtrain quotas` and `medtrain ranking`: how far each line has come, and why it stands as it does.

use std::path::{Path, PathBuf};

use clap::Args;
use medtrain::evaluate::Question;
use medtrain::policy::{PolicySet, Role};
use medtrain::problem::TrainingError;
use medtrain::region::{Source, Standings};
use medtrain::render::StandingsTable;

use crate::check::{Format, formats, unrenderable};
use crate::input::{PolicyArguments, QuestionArguments, first, read_bytes};
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
    let (set, files) = arguments.common.begin(&arguments.workbook)?;
    let (decision, question, files) = arguments.common.ask(&set, arguments.decision.as_deref(), Role::Quotas, files)?;
    with_source(&arguments.workbook, &question, &arguments.common, &files, |source| Standings::quotas(&set, source, decision, &mut |_| {}))
}

pub(crate) fn rank(arguments: &RankingArguments) -> Result<(), TrainingError> {
    let (set, files) = arguments.common.begin(&arguments.workbook)?;
    let (decision, question, files) = arguments.common.ask(&set, arguments.decision.as_deref(), Role::Ranking, files)?;
    with_source(&arguments.workbook, &question, &arguments.common, &files, |source| Standings::ranking(&set, source, decision))
}

/// How the tables are written, and the bytes of the workbook.
type FilesRead = (Vec<Format>, Vec<u8>);

impl Common {
    /// The policies, and what came of the files.
    fn begin(&self, workbook: &Path) -> Result<(PolicySet, Result<FilesRead, TrainingError>), TrainingError> {
        let files = TrainingError::both(formats(&self.outputs), read_bytes(workbook));
        first(self.question.beside(self.policies.load()), files)
    }

    /// The decision, its question and the files; everything that is wrong with any.
    fn ask<'s>(
        &self,
        set: &'s PolicySet,
        named: Option<&'s str>,
        role: Role,
        files: Result<FilesRead, TrainingError>,
    ) -> Result<(&'s str, Question<'s>, FilesRead), TrainingError> {
        let (decision, files) = first(self.question.beside(set.named_or_usual(named, role)), files)?;
        let (question, files) = TrainingError::both(self.question.ask(set, decision), files)?;
        Ok((decision, question, files))
    }
}

/// Takes the workbook, and writes what comes of it.
fn with_source(
    workbook: &Path,
    question: &Question<'_>,
    common: &Common,
    (formats, bytes): &FilesRead,
    standings: impl FnOnce(Source<'_>) -> Result<Standings, TrainingError>,
) -> Result<(), TrainingError> {
    let name = workbook.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let made = standings(Source { bytes, name: &name, given: question.given(), as_of: question.as_of() })?;
    write(made.table(common.question.lang), common, formats, || made.to_json().to_owned())?;
    if !common.json {
        tell_problems(&made.problems, common.question.lang);
    }
    Ok(())
}

fn write(shown: &StandingsTable, common: &Common, formats: &[Format], json: impl FnOnce() -> String) -> Result<(), TrainingError> {
    let mut files = Files::default();
    for (path, format) in common.outputs.iter().zip(formats) {
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
