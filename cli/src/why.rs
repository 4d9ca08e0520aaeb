//! `medtrain why`: one subject of a table of results, explained from the tables that it was judged from.

use std::path::{Path, PathBuf};

use clap::Args;
use medtrain::Lang;
use medtrain::population::{Origin, OriginTable, TableFile, status_in_results};
use medtrain::problem::{Problem, ProblemCode, TrainingError};

use crate::evaluate::{tell, tell_why};
use crate::input::{PolicyArguments, lang, list_and_file};
use crate::output::{error_line, line};
use crate::tables::Input;

/// Explain one subject of a table of results
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The table of results, as `evaluate-table` wrote it
    results: PathBuf,
    /// The id of the subject
    #[arg(long, value_name = "ID")]
    subject: String,
    /// The table of subjects, if it is no longer where it was
    #[arg(long, value_name = "FILE")]
    subjects: Option<PathBuf>,
    /// A table of their records, if it is no longer where it was; may be repeated
    #[arg(long = "records", value_name = "LIST=FILE", value_parser = list_and_file)]
    records: Vec<(String, String)>,
    #[command(flatten)]
    policies: PolicyArguments,
    /// The language of what people read
    #[arg(long, default_value = "zh", value_parser = lang)]
    lang: Lang,
    /// Print the verdict as canonical JSON and nothing else
    #[arg(long)]
    json: bool,
    /// With --json: also say what can still be done about it
    #[arg(long, requires = "json")]
    remedies: bool,
    /// Take every condition apart, with its values and the facts they came from; with --json as JSON
    #[arg(long, conflicts_with = "remedies")]
    why: bool,
}

/// How much is decoded of a table at a time.
const MEMORY: usize = 1 << 30;

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let name = arguments.results.display().to_string();
    let results = TableFile::open(&arguments.results)?;
    let Some(noted) = results.noted(Origin::KEY) else {
        let problem = Problem::new(ProblemCode::Missing, name, "no note of the question that was asked");
        return Err(problem.with_cure("give a table that `medtrain evaluate-table` wrote").into());
    };
    let origin = Origin::from_json(&name, noted)?;
    let set = arguments.policies.or(&origin.files, &origin.without).load()?;
    let given = origin.given(&set.given_of(&origin.decision, origin.as_of)?)?;
    let question = set.ask(&origin.decision, &given, origin.as_of)?;

    if let Some((list, _)) = arguments.records.iter().find(|(list, _)| !origin.tables.iter().skip(1).any(|table| table.name == *list)) {
        let problem = Problem::new(ProblemCode::UnknownName, "--records", format!("no table of `{list}` was read for these results"))
            .with_cure("name a list whose table was read for them, or leave it out");
        return Err(problem.into());
    }
    let mut changes = Vec::new();
    let mut tables = Vec::new();
    for (place, table) in origin.tables.iter().enumerate() {
        let input = Input::open(&table.name, &arguments.place_of(place == 0, table), MEMORY)?;
        if input.origin()?.sha256 != table.sha256 {
            let was = (table.rows, input.file.rows());
            changes.push(arguments.lang.pick(
                format!("表{}与当时不同（当时{}行，现在{}行）", table.name, was.0, was.1),
                format!("the table of {} is not as it was ({} rows then, {} now)", table.name, was.0, was.1),
            ));
        }
        tables.push((table.name.clone(), input.file));
    }
    if Origin::policies_of(&question) != origin.policies {
        changes.push(arguments.lang.pick("规则与当时不同", "the policy is not as it was").to_owned());
    }
    if Origin::new(&question, Vec::new()).engine != origin.engine {
        changes.push(arguments.lang.pick("程序版本与当时不同", "another version of medtrain judged it").to_owned());
    }

    let was = status_in_results(&results, &arguments.subject)?;
    let Some((subjects, records)) = tables.split_first() else { return Err(unknown(arguments, &changes)) };
    let Some(found) = question.facts_from_files(&arguments.subject, &subjects.1, records)? else { return Err(unknown(arguments, &changes)) };
    let mut verdict = question.evaluate(&found.facts);
    let now = verdict.status.code();
    if let Some(was) = was.as_deref().filter(|was| *was != now) {
        changes.push(arguments.lang.pick(format!("结果表中为{was}，现在为{now}"), format!("the table of results says {was}, and today it is {now}")));
    } else if was.is_none() {
        changes.push(arguments.lang.pick("结果表中没有此人", "the table of results does not have this subject").to_owned());
    }
    for told in &changes {
        error_line(&format!("{}: {told}", arguments.lang.pick("注意", "note")));
    }
    for problem in &found.problems {
        error_line(&format!("{}: {problem}", arguments.lang.pick("注意", "note")));
    }
    if arguments.why {
        tell_why(&verdict, &question, &found.facts, arguments.lang, arguments.json);
        return Ok(());
    }
    if arguments.remedies || !arguments.json {
        verdict.remedies = Some(question.remedies_with_days(&found.facts));
    }
    if arguments.json {
        line(&verdict.to_json());
    } else {
        tell(&verdict, &question, arguments.lang);
    }
    Ok(())
}

impl Arguments {
    /// Where a table is: where it was, unless another place is given.
    fn place_of(&self, is_of_subjects: bool, table: &OriginTable) -> PathBuf {
        let given = match &self.subjects {
            Some(path) if is_of_subjects => Some(path.as_path()),
            _ => self.records.iter().find(|(list, _)| !is_of_subjects && *list == table.name).map(|(_, path)| Path::new(path)),
        };
        given.unwrap_or(Path::new(&table.path)).to_owned()
    }
}

fn unknown(arguments: &Arguments, changes: &[String]) -> TrainingError {
    let message = match changes {
        [] => "no such subject in the table of subjects".to_owned(),
        changes => format!("no such subject in the table of subjects; {}", changes.join("; ")),
    };
    Problem::new(ProblemCode::Missing, arguments.results.display().to_string(), message)
        .with_cure("give the id as it stands in the table of subjects")
        .into()
}
