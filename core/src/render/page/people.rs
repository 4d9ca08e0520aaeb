//! The roster: one line for each person, and under those who lack something what and why.

use serde::Serialize;

use crate::evaluate::{Finding, RecordLine, RecordState, Relation, Status};
use crate::explain::{self, Labels, Rounding, missing_words, record_sentence, record_words, shown, some_of, with_unit};
use crate::facts::masked;
use crate::facts::{Activity, Vocabulary};
use crate::lang::Lang;
use crate::quantity::Unit;
use crate::render::bars::{self, Gauge};
use crate::render::subject::{activity, day, have, record_place, side, title};
use crate::render::tally::{self, Requirement, Tally};
use crate::render::words::{self, Words};
use crate::render::{Report, ReportRow};

/// Records that do not count, of one person.
const RECORDS: usize = 8;
/// The people of one status.
#[derive(Serialize)]
pub(super) struct Group<'a> {
    code: &'static str,
    symbol: &'static str,
    word: &'static str,
    count: String,
    /// Whether nothing is left to do: one line for each person is enough.
    settled: bool,
    pub(super) people: Vec<Person<'a>>,
}

#[derive(Serialize)]
pub(super) struct Person<'a> {
    name: &'a str,
    statement: Option<&'a str>,
    id: String,
    department: &'a str,
    title: &'static str,
    cells: Vec<Cell>,
    told: Vec<String>,
    records: Vec<LedgerLine<'a>>,
    records_left: Option<String>,
}

/// One requirement of one person.
#[derive(Serialize, Default)]
pub(in crate::render) struct Cell {
    pub(in crate::render) code: &'static str,
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

/// The people of one status with what is told of each.
pub(super) fn group<'a>(status: Status, tally: &Tally<'a>, report: &Report<'a>) -> Group<'a> {
    let people = tally.roster.iter().filter(|row| row.verdict.status == status);
    Group {
        code: status.code(),
        symbol: words::symbol(status),
        word: words::status(status, report.lang),
        count: words::subjects(tally.counts.of(status), report.subject, report.lang),
        settled: matches!(status, Status::Met | Status::NotApplicable),
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
        name: row.facts.name().unwrap_or(Words::about(report.subject, lang).no_name),
        statement: row.statement,
        id: tally::person_id(row).map(masked).unwrap_or_default(),
        department: tally::department(row).unwrap_or_default(),
        title: title(row, lang),
        cells: requirements
            .iter()
            .map(|requirement| tally::finding(row, requirement.provision).map_or_else(Cell::default, |f| cell(f, report.labels, lang)))
            .collect(),
        told: told(row, report),
        records: lines.into_iter().take(RECORDS).map(|line| ledger_line(line, row, report)).collect(),
        records_left: (left > 0).then(|| lang.pick(format!("另有{left}条，见 Excel 文件"), format!("and {left} more in the Excel file"))),
    }
}

/// The sentences under a person: what decides, what else is open, what the policy shows beside, and what follows.
fn told(row: &ReportRow<'_>, report: &Report<'_>) -> Vec<String> {
    let lang = report.lang;
    let verdict = row.verdict;
    let mut told: Vec<String> = explain::gist(verdict, report.labels, lang).into_iter().collect();
    if verdict.status == Status::Unmet {
        let also = verdict.findings.iter().filter(|finding| matches!(finding.status, Status::Waivable | Status::Unknown));
        told.extend(also.map(|finding| explain::sentence(finding, report.labels, report.as_of, lang)));
    }
    for finding in &verdict.findings {
        let details = explain::details_words(finding, report.labels, lang);
        if !details.is_empty() {
            let name = words::capital(report.labels.name(&finding.provision, lang));
            told.push(format!("{name}{}{}", lang.pick("：", ": "), details.join(lang.pick("；", "; "))));
        }
    }
    told.extend(verdict.consequences.iter().map(|one| words::capital(&explain::consequence_sentence(one, report.labels, lang))));
    if verdict.status == Status::Waivable && !verdict.missing.is_empty() {
        let missing = some_of(&missing_words(&verdict.missing, report.labels, lang), 4, lang);
        told.push(lang.pick(format!("另缺少{missing}"), format!("also missing: {missing}")));
    }
    told
}

/// The figures of a finding, or its result where it has none.
pub(in crate::render) fn cell(finding: &Finding, labels: &Labels, lang: Lang) -> Cell {
    let required = finding.required.as_deref().map(|required| side(required, labels.provision(&finding.provision), labels, lang));
    let (have, required) = (have(finding, labels, lang), required.unwrap_or_default());
    let over = matches!(finding.relation, Some(Relation::AtMost | Relation::LessThan));
    let lacks = match (finding.status, &finding.shortfall) {
        (Status::Unmet | Status::Waivable, Some(gap)) if gap != "0" => {
            let gap = shown(gap, Rounding::Up);
            match (over, lang) {
                (false, Lang::Zh) => format!("差{gap}"),
                (true, Lang::Zh) => format!("超{gap}"),
                (false, Lang::En) => format!("{gap} short"),
                (true, Lang::En) => format!("{gap} over"),
            }
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
        beside.extend(Some(day(Activity::ENTITY, activity)).filter(|day| !day.is_empty()));
        beside.extend(activity.credits.map(|credits| with_unit(&credits.to_string(), Some(&Unit::Credit), lang)));
        beside.extend(activity.hours.map(|hours| with_unit(&hours.to_string(), Some(&Unit::Hour), lang)));
    }
    LedgerLine {
        what: name.unwrap_or_else(|| record_words(&line.path, report.labels, lang)),
        beside: beside.join(lang.pick("，", ", ")),
        why: record_sentence(line, report.labels, lang),
        place: record_place(line, row),
    }
}
