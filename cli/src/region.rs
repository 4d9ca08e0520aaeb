//! `medtrain region`: a region's workbook in, coverage and attainment against its targets out.

use std::path::PathBuf;

use clap::Args;
use medtrain::evaluate::Status;
use medtrain::policy::Role;
use medtrain::problem::TrainingError;
use medtrain::region::{GroupKind, RegionDecisions, RegionReport, RegionWork, Source};
use medtrain::render::{RegionPages, publication_html, publication_xlsx, region_html, region_xlsx};

use crate::check::{Format, formats, unrenderable};
use crate::input::{PolicyArguments, QuestionArguments, first, read_bytes};
use crate::output::{Files, line, table, tell_problems};

/// Count coverage and attainment of a region against its targets, and write its annual report
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The workbook: people with their records, their institutions, the region
    workbook: PathBuf,
    /// The decision about people [default: the one with that role in its policy]
    #[arg(long, value_name = "DECISION")]
    people: Option<String>,
    /// The decision about the region, which sets its targets [default: the one with that role in its policy]
    #[arg(long, value_name = "DECISION")]
    targets: Option<String>,
    #[command(flatten)]
    question: QuestionArguments,
    /// The annual report, .html or .xlsx; may be repeated
    #[arg(short, long = "output", value_name = "REPORT.html|REPORT.xlsx")]
    outputs: Vec<PathBuf>,
    /// The list of those who may be announced, .html or .xlsx; may be repeated
    #[arg(long, value_name = "LIST.html|LIST.xlsx")]
    publication: Vec<PathBuf>,
    /// The decision that asks for that list [default: the one with that role in its policy]
    #[arg(long, value_name = "DECISION")]
    publishes: Option<String>,
    /// Print canonical JSON and nothing else
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    policies: PolicyArguments,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let formats = TrainingError::both(formats(&arguments.outputs), formats(&arguments.publication));
    let files = TrainingError::both(formats, read_bytes(&arguments.workbook));
    let (set, files) = first(arguments.question.beside(arguments.policies.load()), files)?;
    let (asked, lang) = (&arguments.question, arguments.question.lang);
    let wants_list = !arguments.publication.is_empty();
    let decisions = || {
        let publishes = wants_list.then(|| set.named_or_usual(arguments.publishes.as_deref(), Role::Publication)).transpose()?;
        RegionDecisions::named_or_usual(&set, arguments.people.as_deref(), arguments.targets.as_deref(), publishes)
    };
    let (decisions, files) = first(asked.beside(decisions()), files)?;
    let among: Vec<&str> = [decisions.people, decisions.targets].into_iter().chain(decisions.publishes).collect();
    let (given, ((report_formats, list_formats), bytes)) = TrainingError::both(asked.given_among(&set, &among), files)?;
    let name = arguments.workbook.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let source = Source { bytes: &bytes, name: &name, given: &given, as_of: asked.day()? };
    let work = RegionWork::of(&set, source, decisions, &mut |_| {})?;

    let mut files = Files::default();
    for (path, format) in arguments.outputs.iter().zip(report_formats) {
        let content = work.with_pages(&set, lang, |pages| match format {
            Format::Html => region_html(pages).map(String::into_bytes),
            Format::Xlsx => region_xlsx(pages),
        })?;
        files.prepare(path, &content.map_err(|error| unrenderable(path, &error))?)?;
    }
    for (path, format) in arguments.publication.iter().zip(list_formats) {
        let content = work.with_list(&set, |list, says| match format {
            Format::Html => publication_html(list, says, work.report.year, lang).map(String::into_bytes),
            Format::Xlsx => publication_xlsx(list, says, work.report.year, lang),
        })?;
        if let Some(content) = content {
            files.prepare(path, &content.map_err(|error| unrenderable(path, &error))?)?;
        }
    }
    files.finish()?;

    if arguments.json {
        line(&work.to_json());
        return Ok(());
    }
    work.with_pages(&set, lang, |pages| summary(pages, &work.report))?;
    tell_problems(&work.problems, lang);
    if let Some(list) = &work.publication {
        let (announced, withheld) = (list.announced.len(), list.withheld.len());
        line(&lang.pick(format!("名单{announced}人，暂不公示{withheld}人"), format!("{announced} on the list, {withheld} withheld")));
        for one in &list.withheld {
            line(&format!("  {} {}", one.shown_id(), one.reason.words(lang)));
        }
    }
    for path in arguments.outputs.iter().chain(&arguments.publication) {
        line(&format!("→ {}", path.display()));
    }
    Ok(())
}

/// The targets on the screen, and which zones and institutions are behind.
fn summary(pages: &RegionPages<'_>, report: &RegionReport) {
    line(&format!("{} · {} · {}", pages.title, report.year, pages.lead()));
    table(&pages.standings());
    let behind = |group: &&medtrain::region::Group| group.rates.iter().any(|rate| rate.status == Some(Status::Unmet));
    let institutions = report.of_kind(GroupKind::Institution).filter(behind).count();
    if institutions > 0 {
        let all = report.of_kind(GroupKind::Institution).count();
        line(&pages.lang.pick(
            format!("{all}家机构中{institutions}家未达到其片区的目标"),
            format!("{institutions} of {all} institutions are behind the targets of their zone"),
        ));
    }
}
