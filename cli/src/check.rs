//! `medtrain check`: a hospital's workbook in, cited verdicts out.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use medtrain::check::{Checked, check};
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::workbook::{self, Asked, Stage};
use medtrain::{Lang, render};

use crate::input::{PolicyArguments, QuestionArguments, read_bytes};
use crate::output::{Files, line};

/// Check every subject of a workbook, and write reports
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The workbook: xlsx, xls, ods, csv, or a table of a web page
    workbook: PathBuf,
    /// The decision to ask, such as cq-annual-cme
    #[arg(long)]
    decision: String,
    #[command(flatten)]
    question: QuestionArguments,
    /// A report to write, .html or .xlsx; may be repeated
    #[arg(short, long = "output", value_name = "REPORT.html|REPORT.xlsx")]
    outputs: Vec<PathBuf>,
    /// Print canonical JSON and nothing else
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    policies: PolicyArguments,
}

/// The kinds of reports, by the ending of their names.
#[derive(Clone, Copy)]
enum Format {
    Html,
    Xlsx,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let formats = formats(&arguments.outputs)?;
    let set = arguments.policies.load()?;
    let given = arguments.question.given(&set, &arguments.decision)?;
    let question = set.ask(&arguments.decision, &given, arguments.question.as_of)?;

    let name = arguments.workbook.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let bar = bar(arguments.json);
    let bytes = read_bytes(&arguments.workbook)?;
    let asked = Asked::of(&set, &arguments.decision, arguments.question.as_of)?;
    let register = workbook::read(&bytes, &name, &asked, &mut |progress| {
        let stage = match progress.stage {
            Stage::Opening => "opening",
            Stage::Reading => "reading",
            Stage::Joining => "joining",
        };
        show(&bar, stage, progress.done, progress.total);
    })?;
    drop(bytes);
    let checked = check(&question, register, &mut |done, total| show(&bar, "judging", done, total))?;
    show(&bar, "writing", 0, arguments.outputs.len());
    write_reports(&checked, &name, arguments.question.lang, &arguments.outputs, &formats)?;
    bar.finish_and_clear();

    if arguments.json {
        line(&checked.to_json());
    } else {
        checked.with_report(&name, arguments.question.lang, |report| line(render::summary(report, width()).trim_end()));
        for path in &arguments.outputs {
            line(&format!("→ {}", path.display()));
        }
    }
    Ok(())
}

fn formats(outputs: &[PathBuf]) -> Result<Vec<Format>, TrainingError> {
    let mut formats = Vec::new();
    let mut problems = Vec::new();
    for path in outputs {
        match path.extension().map(|e| e.to_string_lossy().to_lowercase()).as_deref() {
            Some("html" | "htm") => formats.push(Format::Html),
            Some("xlsx") => formats.push(Format::Xlsx),
            _ => problems.push(
                Problem::new(ProblemCode::WrongType, path.display().to_string(), "no report has this ending").with_cure("name it .html or .xlsx"),
            ),
        }
    }
    if problems.is_empty() { Ok(formats) } else { Err(TrainingError { problems }) }
}

/// Renders every report before the first is written, so that a failure leaves no part behind.
fn write_reports(checked: &Checked<'_>, title: &str, lang: Lang, outputs: &[PathBuf], formats: &[Format]) -> Result<(), TrainingError> {
    let mut files = Files::default();
    for (path, format) in outputs.iter().zip(formats) {
        let content = checked.with_report(title, lang, |report| match format {
            Format::Html => render::html(report).map(String::into_bytes),
            Format::Xlsx => render::xlsx(report),
        });
        let content = content.map_err(|error| unrenderable(path, &error))?;
        files.prepare(path, &content)?;
    }
    files.finish()
}

fn unrenderable(path: &Path, error: &render::RenderError) -> TrainingError {
    Problem::new(ProblemCode::Unreadable, path.display().to_string(), error.to_string()).into()
}

/// A bar on a terminal, and nothing elsewhere.
fn bar(hidden: bool) -> ProgressBar {
    if hidden {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{msg:8} {wide_bar} {percent:>3}%") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn show(bar: &ProgressBar, stage: &'static str, done: usize, total: usize) {
    bar.set_message(stage);
    bar.set_length(u64::try_from(total).unwrap_or(u64::MAX));
    bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
}

/// The width of the terminal, within what reads well.
fn width() -> usize {
    const USUAL: usize = 100;
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(USUAL).clamp(60, 140)
}
