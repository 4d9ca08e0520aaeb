//! `medtrain check`: a hospital's workbook in, cited verdicts out.

use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use medtrain::check::{Checked, check};
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::render::{self, Report, ReportRow};
use medtrain::workbook::{self, Asked};

use crate::input::{PolicyArguments, QuestionArguments, day, first, read_bytes};
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
    /// Leave out the rows that were recorded (记录日期) after this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    known_on: Option<NaiveDate>,
    /// A report to write, .html or .xlsx; may be repeated
    #[arg(short, long = "output", value_name = "REPORT.html|REPORT.xlsx")]
    outputs: Vec<PathBuf>,
    /// A page to write with a section for each department: everybody, the largest gap first, with the first thing to do
    #[arg(long, value_name = "DEPARTMENTS.html")]
    departments: Option<PathBuf>,
    /// Only this department on that page; may be repeated
    #[arg(long = "department", value_name = "NAME", requires = "departments")]
    only: Vec<String>,
    /// A folder to write everyone's statement into, a file each, named by number; pages written with them link to them
    #[arg(long, value_name = "FOLDER")]
    statements: Option<PathBuf>,
    /// Who hands the statements out, such as the hospital
    #[arg(long, value_name = "NAME", requires = "statements")]
    issuer: Option<String>,
    /// Print canonical JSON and nothing else
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    policies: PolicyArguments,
}

/// The kinds of reports, by the ending of their names.
#[derive(Clone, Copy)]
pub(crate) enum Format {
    Html,
    Xlsx,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let files = TrainingError::both(formats(&arguments.outputs), read_bytes(&arguments.workbook));
    let (set, files) = first(arguments.question.beside(arguments.policies.load()), files)?;
    let (question, (formats, bytes)) = TrainingError::both(arguments.question.ask(&set, &arguments.decision), files)?;

    let name = arguments.workbook.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let bar = bar(arguments.json);
    let asked = Asked::of(&set, &arguments.decision, question.as_of())?;
    let asked = arguments.known_on.map_or(asked.clone(), |day| asked.as_known_on(day));
    let register = workbook::read(&bytes, &name, &asked, &mut |progress| {
        show(&bar, progress.stage.code(), progress.done, progress.total);
    })?;
    drop(bytes);
    let mut checked = check(&question, register, &mut |done, total| show(&bar, "judging", done, total))?;
    if arguments.departments.is_some() {
        checked = checked.with_remedies(&mut |done, total| show(&bar, "remedies", done, total));
    }
    write(&checked, &name, arguments, &formats, &bar)?;
    bar.finish_and_clear();

    if arguments.json {
        line(&checked.to_json());
    } else {
        checked.with_report(&name, arguments.question.lang, |report| line(render::summary(report, width()).trim_end()));
        for path in arguments.outputs.iter().chain(&arguments.departments).chain(&arguments.statements) {
            line(&format!("→ {}", path.display()));
        }
    }
    Ok(())
}

pub(crate) fn formats(outputs: &[PathBuf]) -> Result<Vec<Format>, TrainingError> {
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

/// Renders everything before the first file is put in its place, so that a failure leaves no part behind.
fn write(checked: &Checked<'_>, title: &str, arguments: &Arguments, formats: &[Format], bar: &ProgressBar) -> Result<(), TrainingError> {
    let lang = arguments.question.lang;
    let names = if arguments.statements.is_some() { checked.statement_names() } else { Vec::new() };
    let links = |page: &Path| -> Vec<Option<String>> {
        let to = arguments.statements.as_deref().and_then(|folder| relative(page, folder));
        names.iter().map(|name| to.as_ref().map(|to| format!("{to}{name}"))).collect()
    };
    let mut files = Files::default();
    for (path, format) in arguments.outputs.iter().zip(formats) {
        let links = links(path);
        let content = checked.with_report(title, lang, |report| match format {
            Format::Html => render::html(&Report { rows: &linked(report.rows, &links), ..*report }).map(String::into_bytes),
            Format::Xlsx => render::xlsx(report),
        });
        files.prepare(path, &content.map_err(|error| unrenderable(path, &error))?)?;
    }
    if let Some(path) = &arguments.departments {
        let links = links(path);
        let content = checked.with_report(title, lang, |report| {
            let mut rows = linked(report.rows, &links);
            of_departments(&mut rows, &arguments.only)?;
            render::departments(&Report { rows: &rows, ..*report }).map_err(|error| unrenderable(path, &error))
        });
        files.prepare(path, content?.as_bytes())?;
    }
    if let Some(folder) = &arguments.statements {
        let paths: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
        files.folder(folder)?;
        for (done, (path, page)) in paths.iter().zip(checked.statements(arguments.issuer.as_deref(), lang)).enumerate() {
            show(bar, "writing", done, paths.len());
            files.prepare(path, page.map_err(|error| unrenderable(path, &error))?.as_bytes())?;
        }
    }
    files.finish()
}

/// The rows of a report with links to the statements.
fn linked<'r>(rows: &[ReportRow<'r>], links: &'r [Option<String>]) -> Vec<ReportRow<'r>> {
    let link = |(place, row): (usize, &ReportRow<'r>)| ReportRow { statement: links.get(place).and_then(Option::as_deref), ..*row };
    rows.iter().enumerate().map(link).collect()
}

/// Keeps the rows of these departments, or all where none is named.
fn of_departments(rows: &mut Vec<ReportRow<'_>>, only: &[String]) -> Result<(), TrainingError> {
    let department = |row: &ReportRow<'_>| row.facts.text("department").map(|name| name.trim().to_owned());
    let unknown = only.iter().filter(|name| !rows.iter().any(|row| department(row).as_deref() == Some(name.trim())));
    let problem = |name: &String| {
        Problem::new(ProblemCode::UnknownName, "department", format!("nobody works in `{name}`")).with_cure("name it as the workbook does")
    };
    let problems: Vec<Problem> = unknown.map(problem).collect();
    if !problems.is_empty() {
        return Err(TrainingError { problems });
    }
    rows.retain(|row| only.is_empty() || only.iter().any(|name| department(row).as_deref() == Some(name.trim())));
    Ok(())
}

/// How a page links into a folder: its path from where the page is, with a slash at its end; nothing where there is no way.
fn relative(page: &Path, folder: &Path) -> Option<String> {
    let (page, folder) = (std::path::absolute(page).ok()?, std::path::absolute(folder).ok()?);
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) = (page.parent()?.components().collect(), folder.components().collect());
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let steps = from.iter().skip(same).map(|_| Some("..".to_owned()));
    let down = to.iter().skip(same).map(|part| if let Component::Normal(name) = part { Some(escaped(&name.to_string_lossy())) } else { None });
    let all: Option<Vec<String>> = steps.chain(down).collect();
    all.map(|all| all.iter().fold(String::new(), |path, step| path + step + "/")).filter(|_| same > 0)
}

/// A name as it stands in a link.
fn escaped(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

pub(crate) fn unrenderable(path: &Path, error: &render::RenderError) -> TrainingError {
    Problem::new(ProblemCode::Unreadable, path.display().to_string(), error.to_string()).into()
}

/// A bar on a terminal, and nothing elsewhere.
fn bar(hidden: bool) -> ProgressBar {
    if hidden {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{msg:9}{wide_bar} {percent:>3}%") {
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
