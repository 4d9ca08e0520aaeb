//! The page: one HTML file that needs nothing else, to read on a screen or print on A4.
//!
//! Everything is computed here, and the template only places it; it escapes all text.

use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use serde::Serialize;

use super::bars::{self, Column, Gauge, Segment};
use super::basis::{basis, given};
use super::person::{activity, asked, have, name, record_place, title};
use super::tally::{self, Requirement, Share, Tally, WORST_FIRST, bins};
use super::words::{self, Words};
use super::{RenderError, Report, ReportProblem, ReportRow, SheetSummary, lead};
use crate::evaluate::{Finding, RecordLine, RecordState, Relation, Status};
use crate::explain::{self, Rounding, list, missing_words, path_words, record_sentence, shown, with_unit};
use crate::lang::Lang;
use crate::quantity::Unit;

/// Up to so many people, those who meet everything are listed too.
const LISTED_WHOLE: usize = 500;
/// Records that do not count, of one person.
const RECORDS: usize = 8;
/// Problems of one kind.
const PROBLEMS: usize = 8;

/// The results in the order in which counts are shown: good news first.
const SHOWN: [Status; 5] = [Status::Met, Status::Unmet, Status::Waivable, Status::Unknown, Status::NotApplicable];

/// The report as one HTML file.
///
/// # Errors
/// Where the template fails, which would be a fault of this library.
pub fn html(report: &Report<'_>) -> Result<String, RenderError> {
    let mut templates = Environment::new();
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    templates.add_template("report.css", include_str!("templates/report.css"))?;
    templates.add_template("marks.html", include_str!("templates/marks.html"))?;
    templates.add_template("report.html", include_str!("templates/report.html"))?;
    Ok(templates.get_template("report.html")?.render(Serde(Page::of(report)))?)
}

/// Everything that the template places.
#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    w: &'static Words,
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
    bar_width: usize,
    plot: (usize, usize),
    gauge_width: i64,
    requirements: Vec<Card<'a>>,
    /// The statuses as the heads of columns.
    heads: Vec<String>,
    departments: Vec<DepartmentRow<'a>>,
    groups: Vec<Group<'a>>,
    left_out: Option<String>,
    sheets: Vec<SheetRow<'a>>,
    problems: Vec<ProblemGroup<'a>>,
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
struct Card<'a> {
    name: &'a str,
    asked: Option<String>,
    principle: bool,
    number: usize,
    counts: Vec<(&'static str, &'static str, usize)>,
    failing: usize,
    summary: Option<String>,
    unit: &'a str,
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

/// The people of one status.
#[derive(Serialize)]
struct Group<'a> {
    code: &'static str,
    symbol: &'static str,
    word: &'static str,
    count: String,
    people: Vec<Person<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    id: &'a str,
    department: &'a str,
    title: &'static str,
    cells: Vec<Cell>,
    told: Vec<String>,
    records: Vec<LedgerLine<'a>>,
    records_left: Option<String>,
}

/// One requirement of one person.
#[derive(Serialize, Default)]
struct Cell {
    code: &'static str,
    symbol: &'static str,
    have: String,
    required: String,
    lacks: String,
    word: &'static str,
    gauge: Option<Gauge>,
}

/// A record that does not count.
#[derive(Serialize)]
struct LedgerLine<'a> {
    what: String,
    beside: String,
    why: String,
    place: &'a str,
}

#[derive(Serialize)]
struct SheetRow<'a> {
    name: &'a str,
    holds: &'a str,
    read: usize,
    used: usize,
    aside: usize,
    reasons: String,
}

/// Problems of one kind.
#[derive(Serialize)]
struct ProblemGroup<'a> {
    severity: &'static str,
    kind: &'static str,
    count: usize,
    rows: Vec<ProblemRow<'a>>,
    left: Option<String>,
}

#[derive(Serialize)]
struct ProblemRow<'a> {
    place: &'a str,
    text: &'a str,
    cure: Option<&'a str>,
}

/// An article, restated.
#[derive(Serialize)]
struct Note<'a> {
    name: &'a str,
    article: &'a str,
    says: &'a str,
}

impl<'a> Page<'a> {
    fn of(report: &Report<'a>) -> Self {
        let lang = report.lang;
        let tally = Tally::of(report);
        let whole = report.people.len() <= LISTED_WHOLE;
        let groups = WORST_FIRST.into_iter().filter(|status| whole || !matches!(status, Status::Met | Status::NotApplicable));
        let groups: Vec<Group<'a>> = groups.map(|status| group(status, &tally, report)).filter(|group| !group.people.is_empty()).collect();
        let listed: usize = groups.iter().map(|group| group.people.len()).sum();
        let left = report.people.len() - listed;
        let left_out = (left > 0).then(|| {
            let left = words::people(left, lang);
            lang.pick(
                format!("其余{left}达标或不适用，名单见同名 Excel 文件。"),
                format!("The other {left}, who meet it or of whom it is not asked, are listed in the Excel file of the same name."),
            )
        });
        Self {
            lang: lang.tag(),
            w: Words::of(lang),
            title: report.title,
            question: report.question.to(lang),
            document: report.document.to(lang),
            number: &report.policy.number,
            as_of: report.as_of.to_string(),
            given: given(report),
            result: lead::result(&tally, lang),
            shortest: lead::shortest(&tally, report),
            due: lead::due(&tally, report),
            tiles: tiles(&tally, lang),
            at_best: at_best(&tally, lang),
            bar: bars::results(&tally.counts, lang),
            bar_width: bars::BAR,
            plot: bars::PLOT,
            gauge_width: bars::GAUGE,
            requirements: tally.requirements.iter().map(|requirement| card(requirement, lang)).collect(),
            heads: SHOWN.map(|status| format!("{} {}", words::symbol(status), words::status(status, lang))).to_vec(),
            departments: tally.departments.iter().map(|department| department_row(department, lang)).collect(),
            groups,
            left_out,
            sheets: report.sheets.iter().map(|sheet| sheet_row(sheet, lang)).collect(),
            problems: problem_groups(report.problems, lang),
            problem_count: report.problems.len(),
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
    for status in SHOWN.into_iter().filter(|status| counts.of(*status) > 0 || matches!(status, Status::Met | Status::Unmet)) {
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

fn card<'a>(requirement: &Requirement<'a>, lang: Lang) -> Card<'a> {
    let unit = requirement.unit;
    let bins = bins(&requirement.gaps);
    let counts = (WORST_FIRST.into_iter().filter(|status| requirement.counts.of(*status) > 0))
        .map(|status| (words::symbol(status), words::status(status, lang), requirement.counts.of(status)))
        .collect();
    let amount = |value: &rust_decimal::Decimal| with_unit(&shown(&value.to_string(), Rounding::Up), unit, lang);
    let summary = requirement.total().filter(|total| !total.is_zero()).zip(requirement.gaps.last()).map(|(total, largest)| {
        let w = Words::of(lang);
        lang.pick(
            format!("{}{}，{}{}", w.total_gap, amount(&total), w.largest_gap, amount(largest)),
            format!("{}: {}; {}: {}", w.total_gap, amount(&total), w.largest_gap, amount(largest)),
        )
    });
    let described: Vec<String> = bins.iter().map(|bin| format!("{}–{}: {}", bin.above, bin.to, bin.people)).collect();
    Card {
        name: name(requirement, lang),
        asked: asked(requirement, lang),
        principle: requirement.principle,
        number: requirement.number,
        counts,
        failing: requirement.failing(),
        summary,
        unit: unit.map_or("", |unit| lang.pick(unit.zh(), unit.en())),
        columns: bars::columns(&bins),
        described: described.join("; "),
    }
}

fn department_row<'a>(department: &tally::Department<'a>, lang: Lang) -> DepartmentRow<'a> {
    let share = department.counts.share();
    DepartmentRow {
        name: department.name.unwrap_or(Words::of(lang).no_department),
        people: department.counts.people(),
        counts: SHOWN.map(|s| department.counts.of(s)).to_vec(),
        fraction: share.fraction(),
        percent: share.percent(),
        bar: bars::results(&department.counts, lang),
    }
}

fn group<'a>(status: Status, tally: &Tally<'a>, report: &Report<'a>) -> Group<'a> {
    let people = tally.roster.iter().filter(|row| row.verdict.status == status);
    Group {
        code: status.code(),
        symbol: words::symbol(status),
        word: words::status(status, report.lang),
        count: words::people(tally.counts.of(status), report.lang),
        people: people.map(|row| person(row, &tally.requirements, report)).collect(),
    }
}

fn person<'a>(row: &'a ReportRow<'a>, requirements: &[Requirement<'a>], report: &Report<'a>) -> Person<'a> {
    let lang = report.lang;
    let settled = matches!(row.verdict.status, Status::Met | Status::NotApplicable);
    let lines: Vec<&RecordLine> =
        if settled { Vec::new() } else { row.verdict.records.iter().filter(|line| line.state != RecordState::Counted).collect() };
    let left = lines.len().saturating_sub(RECORDS);
    Person {
        name: row.facts.name.as_deref().unwrap_or(Words::of(lang).no_name),
        id: tally::person_id(row).unwrap_or_default(),
        department: tally::department(row).unwrap_or_default(),
        title: title(row, lang),
        cells: requirements
            .iter()
            .map(|requirement| tally::finding(row, requirement.provision).map_or_else(Cell::default, |f| cell(f, lang)))
            .collect(),
        told: told(row, report),
        records: lines.into_iter().take(RECORDS).map(|line| ledger_line(line, row, report)).collect(),
        records_left: (left > 0).then(|| lang.pick(format!("另有{left}条，见 Excel 文件"), format!("and {left} more in the Excel file"))),
    }
}

/// The sentences under a person: what decides, then what else is open.
fn told(row: &ReportRow<'_>, report: &Report<'_>) -> Vec<String> {
    let lang = report.lang;
    let verdict = row.verdict;
    let mut told: Vec<String> = explain::gist(verdict, report.provisions, lang).into_iter().collect();
    if verdict.status == Status::Unmet {
        let also = verdict.findings.iter().filter(|finding| matches!(finding.status, Status::Waivable | Status::Unknown));
        told.extend(also.map(|finding| explain::sentence(finding, report.provisions, report.as_of, lang)));
    }
    if verdict.status == Status::Waivable && !verdict.missing.is_empty() {
        let missing = list(&missing_words(&verdict.missing, lang), 4, lang);
        told.push(lang.pick(format!("另缺少{missing}"), format!("also missing: {missing}")));
    }
    told
}

fn cell(finding: &Finding, lang: Lang) -> Cell {
    let (have, required) = (have(finding), finding.required.as_deref().map(|required| shown(required, Rounding::Nearest)).unwrap_or_default());
    let over = matches!(finding.relation, Some(Relation::AtMost | Relation::LessThan));
    let w = Words::of(lang);
    let lacks = match (finding.status, &finding.shortfall) {
        (Status::Unmet | Status::Waivable, Some(gap)) if gap != "0" => {
            let word = if over { w.over } else { w.gap };
            format!("{word}{}{}", lang.pick("", " "), shown(gap, Rounding::Up))
        }
        _ => String::new(),
    };
    Cell {
        code: finding.status.code(),
        symbol: words::symbol(finding.status),
        word: if have.is_empty() { words::status(finding.status, lang) } else { "" },
        have,
        required,
        lacks,
        gauge: bars::gauge(finding).filter(|_| finding.status != Status::NotApplicable),
    }
}

fn ledger_line<'a>(line: &RecordLine, row: &ReportRow<'a>, report: &Report<'a>) -> LedgerLine<'a> {
    let lang = report.lang;
    let activity = activity(line, row);
    let name = activity.and_then(|activity| activity.activity_name.as_deref()).map(|name| lang.pick(format!("《{name}》"), format!("“{name}”")));
    let mut beside: Vec<String> = Vec::new();
    if let Some(activity) = activity {
        beside.extend(activity.awarded_on.or(activity.ends_on).or(activity.completed_on).map(|day| day.to_string()));
        beside.extend(activity.credits.map(|credits| with_unit(&credits.to_string(), Some(&Unit::Credit), lang)));
        beside.extend(activity.hours.map(|hours| with_unit(&hours.to_string(), Some(&Unit::Hour), lang)));
    }
    LedgerLine {
        what: name.unwrap_or_else(|| path_words(&line.path, lang)),
        beside: beside.join(lang.pick("，", ", ")),
        why: record_sentence(line, report.provisions, lang),
        place: record_place(line, row),
    }
}

fn sheet_row<'a>(sheet: &SheetSummary<'a>, lang: Lang) -> SheetRow<'a> {
    let reasons: Vec<String> = (sheet.set_aside.iter())
        .map(|aside| lang.pick(format!("{}{}行", aside.reason.zh, aside.rows), format!("{}: {}", aside.reason.en, aside.rows)))
        .collect();
    SheetRow {
        name: sheet.name,
        holds: sheet.holds.to(lang),
        read: sheet.read,
        used: sheet.used,
        aside: sheet.set_aside.iter().map(|aside| aside.rows).sum(),
        reasons: reasons.join(lang.pick("；", "; ")),
    }
}

fn problem_groups<'a>(problems: &[ReportProblem<'a>], lang: Lang) -> Vec<ProblemGroup<'a>> {
    let mut kinds: Vec<(_, Vec<&ReportProblem<'a>>)> = Vec::new();
    for problem in problems {
        let kind = (problem.severity, problem.code);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, of)) => of.push(problem),
            None => kinds.push((kind, vec![problem])),
        }
    }
    kinds.sort_by_key(|((severity, _), _)| *severity);
    (kinds.into_iter())
        .map(|((severity, code), of)| {
            let left = of.len().saturating_sub(PROBLEMS);
            ProblemGroup {
                severity: words::severity(severity, lang),
                kind: words::problem_kind(code, lang),
                count: of.len(),
                rows: (of.iter().take(PROBLEMS))
                    .map(|problem| ProblemRow { place: problem.place, text: problem.text.to(lang), cure: problem.cure.map(|cure| cure.to(lang)) })
                    .collect(),
                left: (left > 0)
                    .then(|| lang.pick(format!("另有{left}项，全部见 Excel 文件"), format!("and {left} more; all of them are in the Excel file"))),
            }
        })
        .collect()
}

/// The articles: those of the requirements in the order of their numbers, then those that exclude records.
fn notes<'a>(tally: &Tally<'a>, report: &Report<'a>) -> Vec<Note<'a>> {
    let lang = report.lang;
    let mut notes: Vec<Note<'a>> = (tally.requirements.iter())
        .map(|requirement| Note {
            name: name(requirement, lang),
            article: requirement.article,
            says: requirement.label.map_or("", |label| label.says(lang)),
        })
        .collect();
    let others = report.provisions.iter().filter(|label| !tally.requirements.iter().any(|r| r.provision == label.provision));
    notes.extend(others.map(|label| Note { name: label.name(lang), article: &label.article, says: label.says(lang) }));
    notes
}
