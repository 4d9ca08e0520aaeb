//! The page: one HTML file that needs nothing else, to read on a screen or print on A4.
//!
//! Everything is computed here, and the template only places it; it escapes all text.

pub(super) mod data;
pub(super) mod people;

use serde::Serialize;

use data::{ProblemGroup, SheetRow, problem_count, problem_groups, sheet_row};
use people::{Group, group};

use super::bars::{self, Column, Segment};
use super::basis::{basis, given};
use super::subject::{asked, name};
use super::tally::{self, Requirement, Share, Tally, WORST_FIRST, bins};
use super::words::{self, Words, capital};
use super::{RenderError, Report, lead, templates};
use crate::evaluate::Status;
use crate::explain::{Labels, ProvisionLabel, Rounding, shown};
use crate::lang::Lang;

/// Up to so many people, those who meet everything are listed too.
const LISTED_WHOLE: usize = 500;
/// The report as one HTML file.
///
/// # Errors
/// Where the template fails, which would be a fault of this library.
pub fn html(report: &Report<'_>) -> Result<String, RenderError> {
    templates::render("report.html", &Page::of(report))
}

/// Everything that the template places.
#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    w: &'static Words,
    has_departments: bool,
    title: &'a str,
    question: &'a str,
    document: &'a str,
    number: &'a str,
    as_of: String,
    given: String,
    result: String,
    shortest: Option<String>,
    due: Option<String>,
    tiles: Vec<Tile>,
    at_best: Option<String>,
    bar: Vec<Segment>,
    bar_size: (usize, usize),
    small_bar: (usize, usize),
    plot: (usize, usize),
    gauge_width: i64,
    requirements: Vec<Card>,
    /// What verdicts open or close: its name, and for how many it is open, closed and undecided.
    effects: Vec<(String, [usize; 3])>,
    /// The statuses as the heads of columns.
    heads: Vec<String>,
    departments: Vec<DepartmentRow<'a>>,
    groups: Vec<Group<'a>>,
    left_out: Option<String>,
    sheets: Vec<SheetRow<'a>>,
    problems: Vec<ProblemGroup>,
    problem_count: usize,
    notes: Vec<Note<'a>>,
    basis: Vec<(&'static str, String)>,
}

/// A headline number.
#[derive(Serialize)]
struct Tile {
    code: &'static str,
    symbol: &'static str,
    value: String,
    word: &'static str,
    beside: String,
}

/// One requirement over everyone.
#[derive(Serialize)]
struct Card {
    name: String,
    asked: Option<String>,
    principle: bool,
    number: usize,
    counts: Vec<(&'static str, &'static str, usize)>,
    failing: usize,
    summary: Option<String>,
    unit: String,
    columns: Vec<Column>,
    described: String,
}

#[derive(Serialize)]
struct DepartmentRow<'a> {
    name: &'a str,
    people: usize,
    counts: Vec<usize>,
    fraction: String,
    percent: String,
    bar: Vec<Segment>,
}

/// An article, restated.
#[derive(Serialize)]
struct Note<'a> {
    name: String,
    document: &'a str,
    article: &'a str,
    says: &'a str,
}

impl<'a> Page<'a> {
    fn of(report: &Report<'a>) -> Self {
        let lang = report.lang;
        let tally = Tally::of(report);
        let shown = tally.counts.shown();
        let whole = report.rows.len() <= LISTED_WHOLE;
        let groups = WORST_FIRST.into_iter().filter(|status| whole || !matches!(status, Status::Met | Status::NotApplicable));
        let groups: Vec<Group<'a>> = groups.map(|status| group(status, &tally, report)).filter(|group| !group.people.is_empty()).collect();
        let listed: usize = groups.iter().map(|group| group.people.len()).sum();
        let left = report.rows.len() - listed;
        let left_out = (left > 0).then(|| {
            let left = words::subjects(left, report.subject, lang);
            lang.pick(
                format!("其余{left}达标或不适用，名单见同名 Excel 文件。"),
                format!("The other {left}, who meet it or of whom it is not asked, are listed in the Excel file of the same name."),
            )
        });
        Self {
            lang: lang.tag(),
            w: Words::about(report.subject, lang),
            has_departments: report.has_departments(),
            title: report.title,
            question: report.question.to(lang),
            document: report.document.to(lang),
            number: &report.policy.number,
            as_of: report.as_of.to_string(),
            given: given(report.given, report.labels, lang),
            result: lead::result(&tally, lang),
            shortest: lead::shortest(&tally, report),
            due: lead::due(&tally, report),
            tiles: tiles(&tally, lang),
            at_best: at_best(&tally, lang),
            bar: bars::results(&tally.counts, bars::BAR.0, lang),
            bar_size: bars::BAR,
            small_bar: bars::SMALL_BAR,
            plot: bars::PLOT,
            gauge_width: bars::GAUGE,
            requirements: tally.requirements.iter().map(|requirement| card(requirement, report.labels, lang)).collect(),
            effects: tally.effects.iter().map(|effect| (capital(report.labels.name(effect.provision, lang)), effect.counts)).collect(),
            heads: shown.iter().map(|status| format!("{} {}", words::symbol(*status), words::status(*status, lang))).collect(),
            departments: tally.departments.iter().map(|department| department_row(department, &shown, lang)).collect(),
            groups,
            left_out,
            sheets: report.sheets.iter().map(|sheet| sheet_row(sheet, lang)).collect(),
            problems: problem_groups(report.problems, lang),
            problem_count: problem_count(report.problems),
            notes: notes(&tally, report),
            basis: basis(report),
        }
    }
}

fn tiles(tally: &Tally<'_>, lang: Lang) -> Vec<Tile> {
    let counts = &tally.counts;
    let share = counts.share();
    let mut tiles = vec![Tile {
        code: "rate",
        symbol: "",
        value: share.percent(),
        word: Words::of(lang).rate,
        beside: if share.whole > 0 { share.fraction() } else { String::new() },
    }];
    for status in counts.shown() {
        let share = Share { part: counts.of(status), whole: counts.people() };
        tiles.push(Tile {
            code: status.code(),
            symbol: words::symbol(status),
            value: counts.of(status).to_string(),
            word: words::status(status, lang),
            beside: if counts.of(status) > 0 { share.percent() } else { String::new() },
        });
    }
    tiles
}

/// How far the share can still rise when missing facts come in.
fn at_best(tally: &Tally<'_>, lang: Lang) -> Option<String> {
    let (now, best) = (tally.counts.share(), tally.counts.share_at_best());
    (best.part > now.part).then(|| {
        lang.pick(
            format!("补齐资料后，达标率在 {} 至 {} 之间。", now.percent(), best.percent()),
            format!("Once the missing facts are in, the share lies between {} and {}.", now.percent(), best.percent()),
        )
    })
}

fn card(requirement: &Requirement<'_>, labels: &Labels, lang: Lang) -> Card {
    let unit = requirement.unit.map(|unit| labels.unit(unit, lang));
    let bins = bins(&requirement.gaps);
    let counts = (WORST_FIRST.into_iter().filter(|status| requirement.counts.of(*status) > 0))
        .map(|status| (words::symbol(status), words::status(status, lang), requirement.counts.of(status)))
        .collect();
    let amount = |value: &rust_decimal::Decimal| labels.with_unit(&shown(&value.to_string(), Rounding::Up), requirement.unit, lang);
    let summary = requirement.total().filter(|total| !total.is_zero()).zip(requirement.gaps.last()).map(|(total, largest)| {
        let (total, largest) = (amount(&total), amount(largest));
        match (requirement.is_over(), lang) {
            (false, Lang::Zh) => format!("合计差{total}，最多差{largest}"),
            (true, Lang::Zh) => format!("合计超{total}，最多超{largest}"),
            (false, Lang::En) => format!("{total} lacking in all, {largest} at most"),
            (true, Lang::En) => format!("{total} too many in all, {largest} at most"),
        }
    });
    let described: Vec<String> = bins.iter().map(|bin| format!("{}–{}: {}", bin.above, bin.to, bin.people)).collect();
    Card {
        name: capital(name(requirement, lang)),
        asked: asked(requirement, labels, lang),
        principle: requirement.principle,
        number: requirement.number,
        counts,
        failing: requirement.failing(),
        summary,
        unit: unit.map_or_else(String::new, |unit| lang.pick(unit.zh(), unit.en()).to_owned()),
        columns: bars::columns(&bins),
        described: described.join("; "),
    }
}

fn department_row<'a>(department: &tally::Department<'a>, shown: &[Status], lang: Lang) -> DepartmentRow<'a> {
    let share = department.counts.share();
    DepartmentRow {
        name: department.name.unwrap_or(Words::of(lang).no_department),
        people: department.counts.people(),
        counts: shown.iter().map(|status| department.counts.of(*status)).collect(),
        fraction: share.fraction(),
        percent: share.percent(),
        bar: bars::results(&department.counts, bars::SMALL_BAR.0, lang),
    }
}

/// The articles: those of the requirements in the order of their numbers, then those that exclude records.
fn notes<'a>(tally: &Tally<'a>, report: &Report<'a>) -> Vec<Note<'a>> {
    let lang = report.lang;
    let document = |label: Option<&'a ProvisionLabel>| label.and_then(|label| label.layer.as_ref()).unwrap_or(&report.policy.number).as_str();
    let mut notes: Vec<Note<'a>> = (tally.requirements.iter())
        .map(|requirement| Note {
            name: capital(name(requirement, lang)),
            document: document(requirement.label),
            article: requirement.article,
            says: requirement.label.map_or("", |label| label.says(lang)),
        })
        .collect();
    let others = report.labels.provisions.iter().filter(|label| !tally.requirements.iter().any(|r| r.provision == label.provision));
    let note = |label: &'a ProvisionLabel| Note {
        name: capital(label.name(lang)),
        document: document(Some(label)),
        article: &label.article,
        says: label.says(lang),
    };
    notes.extend(others.map(note));
    notes
}
