//! `medtrain evaluate-table` and `medtrain plan`: whole populations from tables, and how a decision is read over them.

use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use medtrain::population::{Counts, Limits, Plan, TableFormat, Tables};
use medtrain::problem::{Problem, ProblemCode, TrainingError};

use crate::input::{PolicyArguments, QuestionArguments, name_and_value, read_bytes};
use crate::output::{Files, error_line, line};

/// Judge every subject of a table
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The decision to ask, such as cq-annual-cme
    decision: String,
    /// The table of subjects, .parquet or .arrow: a row for each, with a column of ids
    #[arg(long, value_name = "FILE")]
    subjects: PathBuf,
    /// A table of their records, such as activities=A.parquet, with a column of the ids of their subjects; may be repeated
    #[arg(long = "records", value_name = "LIST=FILE", value_parser = name_and_value)]
    records: Vec<(String, String)>,
    #[command(flatten)]
    question: QuestionArguments,
    /// Where to write the results, .parquet or .arrow
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// How many threads work side by side
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: u16,
    #[command(flatten)]
    policies: PolicyArguments,
}

/// Say how a decision is read over tables
#[derive(Debug, Args)]
pub(crate) struct PlanArguments {
    /// The decision, such as cq-annual-cme
    decision: String,
    #[command(flatten)]
    question: QuestionArguments,
    #[command(flatten)]
    policies: PolicyArguments,
}

pub(crate) fn plan(arguments: &PlanArguments) -> Result<(), TrainingError> {
    let set = arguments.policies.load()?;
    let given = arguments.question.given(&set, &arguments.decision)?;
    let question = set.ask(&arguments.decision, &given, arguments.question.as_of)?;
    let zh = arguments.question.lang == medtrain::Lang::Zh;
    line(&match (question.plan(), zh) {
        (Plan::Together { totals }, true) => format!("合并读取：所有人员的记录一起读，一次求出{totals}项合计"),
        (Plan::Together { totals }, false) => format!("together: the records of all subjects are read at once for {totals} totals and counts"),
        (Plan::EachAlone { reason }, true) => format!("逐个读取（{reason}）"),
        (Plan::EachAlone { reason }, false) => format!("subject by subject: {reason}"),
    });
    Ok(())
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let output = format_of(&arguments.output)?;
    let set = arguments.policies.load()?;
    let given = arguments.question.given(&set, &arguments.decision)?;
    let question = set.ask(&arguments.decision, &given, arguments.question.as_of)?;

    let table = |path: &PathBuf| format_of(path)?.read(&path.display().to_string(), read_bytes(path)?);
    let mut tables = Tables::of(&question, &table(&arguments.subjects)?)?;
    for (list, path) in &arguments.records {
        tables = tables.with(list, &table(&PathBuf::from(path))?)?;
    }
    let bar = ProgressBar::new(tables.len() as u64).with_style(style());
    let limits = Limits { threads: usize::from(arguments.threads), progress: Some(&|more| bar.inc(more as u64)), ..Limits::default() };
    let verdicts = question.evaluate_tables(&tables, limits)?;
    bar.finish_and_clear();

    let mut files = Files::default();
    files.prepare(&arguments.output, &output.write(&verdicts.batch)?)?;
    files.finish()?;
    let zh = arguments.question.lang == medtrain::Lang::Zh;
    for problem in tables.problems.iter().chain(&tables.notes) {
        error_line(&format!("{}: {problem}", if zh { "注意" } else { "note" }));
    }
    if !tables.ignored.is_empty() {
        let columns = tables.ignored.join(", ");
        error_line(&if zh { format!("未使用的列：{columns}") } else { format!("columns passed over: {columns}") });
    }
    line(&summary(verdicts.counts, tables.len(), zh));
    Ok(())
}

fn summary(counts: Counts, all: usize, zh: bool) -> String {
    let Counts { met, unmet, waivable, not_applicable, unknown } = counts;
    if zh {
        format!("共{all}：达标{met}，不达标{unmet}，待主管部门认定{waivable}，不适用{not_applicable}，资料不足{unknown}")
    } else {
        format!(
            "{all} in all: {met} met, {unmet} not met, {waivable} for the authority to decide, {not_applicable} not applicable, {unknown} unknown"
        )
    }
}

fn format_of(path: &std::path::Path) -> Result<TableFormat, TrainingError> {
    let name = path.display().to_string();
    TableFormat::of(&name).ok_or_else(|| {
        let problem = Problem::new(ProblemCode::Unreadable, name, "not the name of a table");
        problem.with_cure("tables end with .parquet, .arrow, .feather or .ipc").into()
    })
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed}").unwrap_or_else(|_| ProgressStyle::default_bar())
}
