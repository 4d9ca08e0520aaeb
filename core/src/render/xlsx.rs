//! The workbook: everyone and everything that the page only counts, with exact figures, filters and bars.
//!
//! INVARIANT: the same report gives the same bytes; figures turn into binary floats only where a cell is written, as the format asks.

mod looks;
mod sheet;

use rust_xlsxwriter::{Color, ConditionalFormatDataBar, ConditionalFormatType, DocProperties, ExcelDateTime, Format, FormatBorder, Note, Workbook};

pub(super) use looks::Looks;
pub(super) use sheet::{Sheet, shortened};

use super::basis::basis;
use super::subject::{Column, activity, asked, columns, day, have, name, record_place, side, title, title_grade};
use super::tally::{self, Counts, Requirement, SHOWN, Tally};
use super::words::{self, Words};
use super::{RenderError, Report, ReportProblem, ReportRow, lead};
use crate::evaluate::{Consequence, Finding, RecordState, Status};
use crate::explain::{self, missing_words, record_sentence, record_words};
use crate::facts::{Activity, Vocabulary};
use crate::lang::Lang;
use crate::quantity::{Day, parse_decimal};

/// The report as the bytes of an `.xlsx` workbook: summary, people, records that do not count, problems, basis.
///
/// # Errors
/// Where the workbook cannot be written, which would be a fault of this library.
pub fn xlsx(report: &Report<'_>) -> Result<Vec<u8>, RenderError> {
    let tally = Tally::of(report);
    let looks = Looks::new();
    let w = Words::about(report.subject, report.lang);
    let mut book = Workbook::new();
    book.set_properties(&properties(report));
    for (title, fill) in [
        (w.summary, summary as fn(&mut Sheet<'_>, &Tally<'_>, &Report<'_>) -> Result<(), RenderError>),
        (w.sheet_people, people),
        (w.ledger, ledger),
        (w.problems, problems),
        (w.sheet_basis, rests_on),
    ] {
        let page = book.add_worksheet();
        page.set_name(title)?;
        let mut sheet = Sheet { page, looks: &looks, row: 0, lines: 1 };
        sheet.set_up(report);
        fill(&mut sheet, &tally, report)?;
    }
    Ok(book.save_to_buffer()?)
}

/// The day of asking stands for the time of writing, so that the bytes depend on the report alone.
fn properties(report: &Report<'_>) -> DocProperties {
    let properties = DocProperties::new().set_title(report.question.to(report.lang)).set_subject(report.title).set_author("medtrain");
    properties.set_creation_datetime(&written(report.as_of))
}

/// A day as the format tells the time of writing.
pub(super) fn written(day: Day) -> ExcelDateTime {
    use chrono::Datelike as _;
    let written = u16::try_from(day.year()).ok().zip(u8::try_from(day.month()).ok().zip(u8::try_from(day.day()).ok()));
    written.and_then(|(year, (month, day))| ExcelDateTime::from_ymd(year, month, day).ok()).unwrap_or_default()
}

/// How wide a column of what follows is, in the units of the format and in letters.
const EFFECT: f64 = 28.0;
const WIDE: usize = 28;

fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn summary(sheet: &mut Sheet<'_>, tally: &Tally<'_>, report: &Report<'_>) -> Result<(), RenderError> {
    let lang = report.lang;
    let w = Words::about(report.subject, lang);
    let looks = sheet.looks;
    for (index, width) in [26.0, 12.0, 12.0, 12.0, 16.0, 12.0, 12.0, 14.0, 14.0].into_iter().enumerate() {
        sheet.page.set_column_width(column(index), width)?;
    }
    let line = |sheet: &mut Sheet<'_>, text: &str, look: &Format, height: u32| -> Result<(), RenderError> {
        sheet.page.set_row_height(sheet.row, height)?;
        sheet.text(0, text, look)?;
        sheet.next();
        Ok(())
    };
    line(sheet, report.question.to(lang), &looks.title, 28)?;
    line(sheet, &format!("{} · {} · {} {}", report.title, report.policy.number, w.as_of, report.as_of), &looks.soft, 18)?;
    sheet.next();
    line(sheet, &lead::result(tally, lang), &looks.lead, 22)?;
    for said in [lead::shortest(tally, report), lead::due(tally, report)].into_iter().flatten() {
        line(sheet, &said, &looks.plain.clone().set_border_bottom(FormatBorder::None).set_indent(0), 18)?;
    }
    if tally.counts.people() == 0 {
        return Ok(());
    }
    sheet.next();
    status_table(sheet, &[(w.everyone.to_owned(), &tally.counts)], w.result, tally, lang)?;
    sheet.next();
    requirement_table(sheet, tally, report)?;
    sheet.next();
    if !report.has_departments() {
        return sheet.text(0, w.rate_definition, &looks.soft);
    }
    let first = sheet.row + 1;
    let departments: Vec<(String, &Counts)> = tally.departments.iter().map(|d| (d.name.unwrap_or(w.no_department).to_owned(), &d.counts)).collect();
    status_table(sheet, &departments, w.department, tally, lang)?;
    let bar = ConditionalFormatDataBar::new()
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1)
        .set_fill_color(Color::RGB(0x009D_BDD4))
        .set_border_color(Color::RGB(0x001F_5F8B))
        .set_solid_fill(true);
    sheet.page.add_conditional_format(first, 8, sheet.row.saturating_sub(1).max(first), 8, &bar)?;
    sheet.next();
    sheet.text(0, w.rate_definition, &looks.soft)
}

/// One row for each group of people: how many have which result, and the share who meet it, exact and as a percentage.
fn status_table(sheet: &mut Sheet<'_>, rows: &[(String, &Counts)], of: &str, tally: &Tally<'_>, lang: Lang) -> Result<(), RenderError> {
    let w = Words::about(tally.subject, lang);
    let looks = sheet.looks;
    let mut heads = vec![of.to_owned(), w.people.to_owned()];
    heads.extend(SHOWN.map(|status| format!("{} {}", words::symbol(status), words::status(status, lang))));
    heads.extend([format!("{}/{}", words::status(Status::Met, lang), w.asked), w.rate.to_owned()]);
    for (index, head) in heads.iter().enumerate() {
        sheet.text(column(index), head, if index > 0 { &looks.head_right } else { &looks.head })?;
    }
    sheet.page.set_row_height(sheet.row, 32)?;
    sheet.next();
    for (name, counts) in rows {
        sheet.text(0, name, &looks.plain)?;
        sheet.count(1, counts.people())?;
        for (index, status) in SHOWN.into_iter().enumerate() {
            sheet.count(column(index + 2), counts.of(status))?;
        }
        let share = counts.share();
        let exact = tally::decimal(share.part).zip(tally::decimal(share.whole)).and_then(|(part, whole)| part.checked_div(whole));
        sheet.text(7, &share.fraction(), &looks.number)?;
        sheet.number(8, exact, &looks.percent)?;
        sheet.next();
    }
    Ok(())
}

fn requirement_table(sheet: &mut Sheet<'_>, tally: &Tally<'_>, report: &Report<'_>) -> Result<(), RenderError> {
    let lang = report.lang;
    let w = Words::about(tally.subject, lang);
    let looks = sheet.looks;
    for (index, head) in [w.provision, w.required, w.failing, w.total_gap, w.largest_gap, w.article].into_iter().enumerate() {
        sheet.text(column(index), head, if (2..5).contains(&index) { &looks.head_right } else { &looks.head })?;
    }
    sheet.next();
    for requirement in &tally.requirements {
        sheet.text(0, name(requirement, lang), &looks.plain)?;
        sheet.text(1, &asked(requirement, report.labels, lang).unwrap_or_default(), &looks.plain)?;
        sheet.count(2, requirement.failing())?;
        let total = if requirement.measured() { requirement.total() } else { None };
        let in_unit = match report.labels.with_unit("2", requirement.unit, lang).strip_prefix('2') {
            Some(unit) if !unit.is_empty() => looks.number.clone().set_num_format(format!("General\"{}\"", unit.replace('"', ""))),
            _ => looks.number.clone(),
        };
        sheet.number(3, total, &in_unit)?;
        sheet.number(4, requirement.gaps.last().copied(), &in_unit)?;
        sheet.text(5, requirement.article, &looks.plain)?;
        sheet.next();
    }
    Ok(())
}

fn people(sheet: &mut Sheet<'_>, tally: &Tally<'_>, report: &Report<'_>) -> Result<(), RenderError> {
    let lang = report.lang;
    let w = Words::of(lang);
    let columns = columns(report);
    let mut heads: Vec<(String, f64)> = columns.iter().map(|column| (column.head.to_owned(), column.widths.0)).collect();
    if report.has_titles() {
        heads.extend([(w.title, 12.0), (w.title_grade, 7.0)].map(|(word, width)| (word.to_owned(), width)));
    }
    heads.push((w.status.to_owned(), 12.0));
    let leading = column(heads.len());
    let gap = lang.pick("", " ");
    for requirement in &tally.requirements {
        let name = name(requirement, lang);
        if requirement.measured() {
            heads.extend([w.have, w.required, lacks(requirement, lang)].map(|word| (format!("{name}{gap}{}", lowered(word, lang)), 7.5)));
        } else {
            heads.push((name.to_owned(), 11.0));
        }
    }
    let following = column(heads.len());
    heads.extend(tally.effects.iter().map(|effect| (words::capital(report.labels.name(effect.provision, lang)), EFFECT)));
    heads.extend([(w.not_counted_number, 7.5), (w.missing, 20.0), (w.explanation, 62.0)].map(|(word, width)| (word.to_owned(), width)));
    if report.rows.iter().any(|row| row.place.is_some()) {
        heads.push((w.place.to_owned(), 12.0));
    }
    sheet.head(&heads)?;
    for row in &tally.roster {
        if !sheet.has_room(lang)? {
            break;
        }
        let width = subject(sheet, row, &columns, tally, report)?;
        if let Some(place) = row.place {
            let looks = sheet.looks;
            sheet.text(width, place, &looks.plain)?;
        }
        sheet.next();
    }
    let mut at = leading;
    for requirement in &tally.requirements {
        if requirement.measured() {
            let bar = ConditionalFormatDataBar::new()
                .set_minimum(ConditionalFormatType::Number, 0)
                .set_fill_color(Color::RGB(0x00F0_A884))
                .set_border_color(Color::RGB(0x00A3_360A))
                .set_solid_fill(true);
            if sheet.row > 1 {
                sheet.page.add_conditional_format(1, at + 2, sheet.row - 1, at + 2, &bar)?;
            }
            if let Some(label) = requirement.label.filter(|label| !label.says(lang).is_empty()) {
                let document = label.layer.as_ref().unwrap_or(&report.policy.number);
                let note = format!("{document} {}\n{}", requirement.article, label.says(lang));
                sheet.page.insert_note(0, at, &Note::new(shortened(&note, 4000)).set_author("medtrain"))?;
            }
        }
        at += if requirement.measured() { 3 } else { 1 };
    }
    for (place, effect) in tally.effects.iter().enumerate() {
        if let Some(label) = report.labels.provision(effect.provision) {
            let document = label.layer.as_ref().unwrap_or(&report.policy.number);
            let note = format!("{document} {}\n{}", label.article, label.says(lang));
            sheet.page.insert_note(0, following + column(place), &Note::new(shortened(&note, 4000)).set_author("medtrain"))?;
        }
    }
    sheet.settle(heads.len(), column(columns.len()))
}

/// `差`, or for a most that is exceeded `超`.
fn lacks(requirement: &Requirement<'_>, lang: Lang) -> &'static str {
    let w = Words::of(lang);
    if requirement.is_over() { w.over } else { w.gap }
}

/// An English word within a head that began before it.
fn lowered(word: &str, lang: Lang) -> String {
    lang.pick(word.to_owned(), word.to_lowercase())
}

/// One subject's row; the column after it.
fn subject(sheet: &mut Sheet<'_>, row: &ReportRow<'_>, columns: &[Column], tally: &Tally<'_>, report: &Report<'_>) -> Result<u16, RenderError> {
    let lang = report.lang;
    let looks = sheet.looks;
    let verdict = row.verdict;
    let mut at = who(sheet, row, columns)?;
    if report.has_titles() {
        sheet.text(at, title(row, lang), &looks.plain)?;
        sheet.text(at + 1, title_grade(row, lang), &looks.plain)?;
        at += 2;
    }
    sheet.text(at, &format!("{} {}", words::symbol(verdict.status), words::status(verdict.status, lang)), looks.of(verdict.status))?;
    at += 1;
    for requirement in &tally.requirements {
        let finding = tally::finding(row, requirement.provision);
        if requirement.measured() {
            figures(sheet, at, finding, report)?;
            at += 3;
        } else {
            let status = finding.map_or(Status::NotApplicable, |finding| finding.status);
            sheet.text(at, &format!("{} {}", words::symbol(status), words::status(status, lang)), looks.of(status))?;
            at += 1;
        }
    }
    for effect in &tally.effects {
        let consequence = verdict.consequences.iter().find(|one| one.provision == effect.provision);
        let said = |one: &Consequence| format!("{} {}", words::effect_symbol(one.state), explain::consequence_words(one, report.labels, lang));
        sheet.wrapped(at, &consequence.map_or_else(String::new, said), WIDE)?;
        at += 1;
    }
    sheet.count(at, verdict.records.iter().filter(|line| line.state == RecordState::Excluded).count())?;
    sheet.wrapped(at + 1, &missing_words(&verdict.missing, report.labels, lang).join(lang.pick("、", ", ")), 20)?;
    sheet.wrapped(at + 2, &explain::headline(verdict, report.labels, lang), 62)?;
    Ok(at + 3)
}

/// What is there, what is asked, what is lacking: numbers where they are certain, words where they are not.
fn figures(sheet: &mut Sheet<'_>, at: u16, finding: Option<&Finding>, report: &Report<'_>) -> Result<(), RenderError> {
    let looks = sheet.looks;
    let Some(finding) = finding else {
        for offset in 0..3 {
            sheet.text(at + offset, "", &looks.plain)?;
        }
        return Ok(());
    };
    // A code or a day is told in words.
    let said = |value: &str| side(value, report.labels.provision(&finding.provision), report.labels, report.lang);
    match &finding.actual {
        Some(actual) if parse_decimal(actual).is_some() => sheet.number(at, parse_decimal(actual), &looks.number)?,
        Some(actual) => sheet.text(at, &said(actual), &looks.plain)?,
        None => sheet.text(at, &have(finding, report.labels, report.lang), &looks.unknown)?,
    }
    match finding.required.as_deref() {
        Some(required) if parse_decimal(required).is_none() => sheet.text(at + 1, &said(required), &looks.plain)?,
        required => sheet.number(at + 1, required.and_then(parse_decimal), &looks.number)?,
    }
    sheet.number(at + 2, tally::gap(finding).filter(|_| matches!(finding.status, Status::Unmet | Status::Waivable | Status::Met)), &looks.gap)
}

fn ledger(sheet: &mut Sheet<'_>, tally: &Tally<'_>, report: &Report<'_>) -> Result<(), RenderError> {
    let lang = report.lang;
    let w = Words::of(lang);
    let columns = columns(report);
    let first = column(columns.len());
    let records = [
        (w.record, 16.0),
        (w.project, 38.0),
        (w.granted, 12.0),
        (w.credits, 8.0),
        (w.hours, 8.0),
        (w.counts, 10.0),
        (w.explanation, 56.0),
        (w.code, 16.0),
        (w.place, 14.0),
    ];
    let heads: Vec<(String, f64)> =
        columns.iter().map(|column| (column.head, column.widths.1)).chain(records).map(|(word, width)| (word.to_owned(), width)).collect();
    sheet.head(&heads)?;
    let looks = sheet.looks;
    'everyone: for row in &tally.roster {
        for line in row.verdict.records.iter().filter(|line| line.state != RecordState::Counted) {
            if !sheet.has_room(lang)? {
                break 'everyone;
            }
            let activity = activity(line, row);
            who(sheet, row, &columns)?;
            sheet.text(first, &record_words(&line.path, report.labels, lang), &looks.plain)?;
            sheet.wrapped(first + 1, activity.and_then(|a| a.activity_name.as_deref()).unwrap_or_default(), 38)?;
            sheet.text(first + 2, &activity.map_or_else(String::new, |activity| day(Activity::ENTITY, activity)), &looks.date)?;
            sheet.number(first + 3, activity.and_then(|a| a.credits).map(crate::quantity::Credits::value), &looks.number)?;
            sheet.number(first + 4, activity.and_then(|a| a.hours).map(crate::quantity::Hours::value), &looks.number)?;
            sheet.text(first + 5, words::record_state(line.state, lang), &looks.plain)?;
            sheet.wrapped(first + 6, &record_sentence(line, report.labels, lang), 56)?;
            let codes: Vec<&str> = line.excluded_by.iter().map(|by| by.code.as_str()).collect();
            sheet.text(first + 7, &codes.join(" "), &looks.plain)?;
            sheet.text(first + 8, record_place(line, row), &looks.plain)?;
            sheet.next();
        }
    }
    sheet.settle(heads.len(), 0)
}

/// Says which subject a row is about; the column after it.
fn who(sheet: &mut Sheet<'_>, row: &ReportRow<'_>, columns: &[Column]) -> Result<u16, RenderError> {
    let looks = sheet.looks;
    for (index, who) in columns.iter().enumerate() {
        sheet.text(column(index), &(who.said)(row), &looks.plain)?;
    }
    Ok(column(columns.len()))
}

fn problems(sheet: &mut Sheet<'_>, _: &Tally<'_>, report: &Report<'_>) -> Result<(), RenderError> {
    list_problems(sheet, report.problems, report.lang)
}

/// What was wrong with the data, the gravest first: a line for each problem, in however many cells it is.
pub(super) fn list_problems(sheet: &mut Sheet<'_>, problems: &[ReportProblem<'_>], lang: Lang) -> Result<(), RenderError> {
    let w = Words::of(lang);
    let heads = [
        (w.severity, 12.0),
        (w.kind, 20.0),
        (w.cells, 9.0),
        (w.place, 34.0),
        (w.problem, 60.0),
        (w.before, 24.0),
        (w.after, 24.0),
        (w.cure, 48.0),
        (w.code, 18.0),
    ]
    .map(|(word, width)| (word.to_owned(), width));
    sheet.head(&heads)?;
    let looks = sheet.looks;
    let mut problems: Vec<_> = problems.iter().collect();
    problems.sort_by_key(|problem| problem.severity);
    for problem in problems {
        if !sheet.has_room(lang)? {
            break;
        }
        sheet.text(0, words::severity(problem.severity, lang), &looks.plain)?;
        sheet.text(1, words::problem_kind(problem.code, lang), &looks.plain)?;
        sheet.count(2, problem.count)?;
        sheet.wrapped(3, &first_places(problem, lang), 34)?;
        sheet.wrapped(4, problem.text.to(lang), 60)?;
        sheet.wrapped(5, problem.change.0.unwrap_or_default(), 24)?;
        sheet.wrapped(6, problem.change.1.unwrap_or_default(), 24)?;
        sheet.wrapped(7, problem.cure.map_or("", |cure| cure.to(lang)), 48)?;
        sheet.text(8, problem.code.code(), &looks.plain)?;
        sheet.next();
    }
    sheet.settle(heads.len(), 0)
}

/// The first places of a problem, and whether there are more.
fn first_places(problem: &ReportProblem<'_>, lang: Lang) -> String {
    const SHOWN: usize = 10;
    let shown = problem.places.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(lang.pick("、", ", "));
    if problem.count > problem.places.len().min(SHOWN) { format!("{shown}…") } else { shown }
}

fn rests_on(sheet: &mut Sheet<'_>, _: &Tally<'_>, report: &Report<'_>) -> Result<(), RenderError> {
    let lang = report.lang;
    let w = Words::of(lang);
    let looks = sheet.looks;
    for (index, width) in [24.0, 16.0, 80.0, 12.0, 12.0, 40.0].into_iter().enumerate() {
        sheet.page.set_column_width(column(index), width)?;
    }
    sheet.text(0, w.basis, &looks.heading)?;
    sheet.next();
    for (key, value) in basis(report).into_iter().chain([(w.reckoning, w.rate_definition.to_owned())]) {
        sheet.text(0, key, &looks.soft)?;
        sheet.text(1, &value, &looks.plain.clone().set_border_bottom(FormatBorder::None).set_indent(0))?;
        sheet.next();
    }
    sheet.next();
    sheet.text(0, w.notes, &looks.heading)?;
    sheet.next();
    for (index, head) in [w.provision, w.article, w.says].into_iter().enumerate() {
        sheet.text(column(index), head, &looks.head)?;
    }
    sheet.next();
    for label in &report.labels.provisions {
        sheet.text(0, label.name(lang), &looks.plain)?;
        sheet.text(1, &label.article, &looks.plain)?;
        sheet.wrapped(2, label.says(lang), 80)?;
        sheet.next();
    }
    if report.sheets.is_empty() {
        return Ok(());
    }
    sheet.next();
    sheet.text(0, w.sheets, &looks.heading)?;
    sheet.next();
    for (index, head) in [w.sheet, w.holds, w.explanation, w.rows_read, w.rows_used].into_iter().enumerate() {
        sheet.text(column(index), head, if index > 2 { &looks.head_right } else { &looks.head })?;
    }
    sheet.next();
    for read in report.sheets {
        sheet.text(0, read.name, &looks.plain)?;
        sheet.text(1, read.holds.to(lang), &looks.plain)?;
        let aside: Vec<String> =
            read.set_aside.iter().map(|aside| format!("{}{}{}", aside.reason.to(lang), lang.pick("：", ": "), aside.rows)).collect();
        sheet.wrapped(2, &aside.join(lang.pick("；", "; ")), 80)?;
        sheet.count(3, read.read)?;
        sheet.count(4, read.used)?;
        sheet.next();
    }
    Ok(())
}
