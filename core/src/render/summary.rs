//! The summary for a terminal: a few lines of plain text that fit its width, Chinese characters counted as two columns.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::subject::name;
use super::tally::{self, Tally};
use super::words::{self, Words};
use super::{Report, Severity, lead};
use crate::evaluate::Status;
use crate::explain::{self, Rounding, shown};
use crate::facts::masked;
use crate::lang::Lang;

/// People who are named as the shortest.
const NAMED: usize = 5;

/// The report in a few lines of plain text, none of them wider than `width` columns (40 at least).
#[must_use]
pub fn summary(report: &Report<'_>, width: usize) -> String {
    let tally = Tally::of(report);
    let width = width.max(40);
    let mut lines = Lines { out: String::new(), width };
    let w = Words::of(report.lang);
    lines.wrapped(&format!("{} · {}", report.title, report.question.to(report.lang)), 0);
    lines.wrapped(&format!("{} · {} {}", report.policy.number, w.as_of, report.as_of), 0);
    lines.blank();
    lines.wrapped(&lead::result(&tally, report.lang), 0);
    if let Some(shortest) = lead::shortest(&tally, report) {
        lines.wrapped(&shortest, 0);
    }
    if let Some(due) = lead::due(&tally, report) {
        lines.wrapped(&due, 0);
    }
    if tally.counts.people() > 0 {
        lines.blank();
        statuses(&mut lines, &tally, report.lang);
        requirements(&mut lines, &tally, report);
        departments(&mut lines, &tally, report.lang);
        shortest(&mut lines, &tally, report);
    }
    problems(&mut lines, report);
    lines.out
}

/// One line for each status with a bar.
fn statuses(lines: &mut Lines, tally: &Tally<'_>, lang: Lang) {
    let counts = &tally.counts;
    let shown = counts.shown();
    let words = shown.iter().map(|status| words::status(*status, lang).width()).max().unwrap_or(0);
    let digits = counts.people().to_string().len();
    let room = lines.width.saturating_sub(words + digits + 5).min(40);
    for status in shown {
        let number = counts.of(status);
        let bar = (number * room).div_ceil(counts.people().max(1));
        let mark = match status {
            Status::Met => "█",
            Status::Unmet => "▓",
            Status::Waivable => "▒",
            Status::Unknown | Status::NotApplicable => "░",
        };
        let word = padded(words::status(status, lang), words);
        lines.line(&format!("{} {word}  {number:>digits$} {}", words::symbol(status), mark.repeat(bar)));
    }
}

/// A table of the requirements: people short, lacking in all, most lacking.
fn requirements(lines: &mut Lines, tally: &Tally<'_>, report: &Report<'_>) {
    let (labels, lang) = (report.labels, report.lang);
    let w = Words::about(tally.subject, lang);
    let amount = |value: Option<rust_decimal::Decimal>, requirement: &tally::Requirement<'_>| {
        let value = value.filter(|value| !value.is_zero());
        value.map_or_else(String::new, |value| labels.with_unit(&shown(&value.to_string(), Rounding::Up), requirement.unit, lang))
    };
    let mut rows = vec![[w.provision.to_owned(), w.failing.to_owned(), w.total_gap.to_owned(), w.largest_gap.to_owned()]];
    for requirement in &tally.requirements {
        rows.push([
            name(requirement, lang).to_owned(),
            requirement.failing().to_string(),
            amount(requirement.total(), requirement),
            amount(requirement.gaps.last().copied(), requirement),
        ]);
    }
    lines.table(&rows);
}

/// The departments with the lowest share, where there are several.
fn departments(lines: &mut Lines, tally: &Tally<'_>, lang: Lang) {
    let w = Words::of(lang);
    let behind: Vec<_> = tally.departments.iter().filter(|department| department.counts.of(Status::Met) < department.counts.asked()).collect();
    if tally.departments.len() < 2 || behind.is_empty() {
        return;
    }
    let mut rows = vec![[w.department.to_owned(), w.asked.to_owned(), w.rate.to_owned(), String::new()]];
    for department in behind.into_iter().take(NAMED) {
        let share = department.counts.share();
        rows.push([department.name.unwrap_or(w.no_department).to_owned(), share.whole.to_string(), share.percent(), share.fraction()]);
    }
    lines.table(&rows);
}

/// Who is shortest of what.
fn shortest(lines: &mut Lines, tally: &Tally<'_>, report: &Report<'_>) {
    let lang = report.lang;
    let short: Vec<_> = tally.roster.iter().filter(|row| row.verdict.status == Status::Unmet).collect();
    if short.is_empty() {
        return;
    }
    lines.blank();
    lines.line(lang.pick("差得最多：", "Most lacking:"));
    for row in short.iter().take(NAMED) {
        let number = tally::person_id(row).map(masked);
        let who: Vec<&str> = [row.facts.name(), number.as_deref(), tally::department(row)].into_iter().flatten().collect();
        let gist = explain::gist(row.verdict, report.labels, lang).unwrap_or_default();
        lines.wrapped(&format!("  {}{}{gist}", who.join(" "), lang.pick("：", ": ")), 4);
    }
    if short.len() > NAMED {
        let left = short.len() - NAMED;
        lines.line(&lang.pick(format!("  另有{left}{}不达标", words::measure(report.subject)), format!("  and {left} more")));
    }
}

/// How many problems of which kind.
fn problems(lines: &mut Lines, report: &Report<'_>) {
    let lang = report.lang;
    if report.problems.is_empty() {
        return;
    }
    let all: usize = report.problems.iter().map(|problem| problem.count).sum();
    lines.blank();
    lines.line(&format!("{}{}{}", Words::of(lang).problems, lang.pick("：", ": "), all));
    let mut kinds: Vec<((Severity, &str), usize)> = Vec::new();
    for problem in report.problems {
        let kind = (problem.severity, words::problem_kind(problem.code, lang));
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += problem.count,
            None => kinds.push((kind, problem.count)),
        }
    }
    kinds.sort_by_key(|((severity, _), _)| *severity);
    let digits = kinds.iter().map(|(_, count)| count.to_string().len()).max().unwrap_or(0);
    for ((severity, kind), count) in kinds {
        lines.wrapped(&format!("  {count:>digits$}  {} · {kind}", words::severity(severity, lang)), 4 + digits);
    }
}

/// Text under construction that keeps to a width.
struct Lines {
    out: String,
    width: usize,
}

impl Lines {
    fn blank(&mut self) {
        self.out.push('\n');
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(cut(text, self.width).trim_end());
        self.out.push('\n');
    }

    /// Breaks text at spaces, or between Chinese characters, and indents what follows.
    fn wrapped(&mut self, text: &str, indent: usize) {
        let text = plain(text);
        let mut rest = text.trim_end();
        let mut room = self.width;
        loop {
            if rest.width() <= room {
                self.out.push_str(rest);
                self.out.push('\n');
                return;
            }
            let at = break_at(rest, room);
            let (head, tail) = rest.split_at(at);
            self.out.push_str(head.trim_end());
            self.out.push('\n');
            rest = tail.trim_start();
            if rest.is_empty() {
                return;
            }
            self.out.push_str(&" ".repeat(indent));
            room = self.width - indent;
        }
    }

    /// A table: the first column to the left, the others to the right; its first row is the head.
    fn table(&mut self, rows: &[[String; 4]]) {
        self.blank();
        let widths: [usize; 4] =
            std::array::from_fn(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0));
        let [_, others @ ..] = widths;
        let others: usize = others.iter().map(|width| width + 2).sum();
        let first = widths[0].min(self.width.saturating_sub(others).max(8));
        for [head, cells @ ..] in rows {
            let head = plain(head);
            let mut line = padded(&cut(&head, first), first);
            for (cell, width) in cells.iter().zip(widths.iter().skip(1)) {
                line.push_str("  ");
                line.push_str(&" ".repeat(width - cell.width()));
                line.push_str(cell);
            }
            self.line(&line);
        }
    }
}

/// Text without control characters, so that no name can move the cursor or colour the terminal.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// As much of a text as fits, with an ellipsis where something is left off.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// Where to break a text that is wider than `room`: after the last space or Chinese character that fits, and never before closing punctuation.
fn break_at(text: &str, room: usize) -> usize {
    let mut used = 0;
    let mut best = 0;
    let mut fits = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        used += c.width().unwrap_or(0);
        if used > room {
            break;
        }
        fits = at + c.len_utf8();
        let next = characters.peek().map(|(_, next)| *next);
        let closing = next.is_some_and(|next| "，。；：、）」》”%".contains(next));
        let wide = |c: char| c.width() == Some(2) && !"（「《“".contains(c);
        if at > 0 && !closing && (c == ' ' || wide(c) || next.is_some_and(|next| next.width() == Some(2)) && !"（「《“".contains(c)) {
            best = fits;
        }
    }
    if best > 0 && text.split_at(best).0.trim().is_empty() {
        best = 0;
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    if best > 0 { best } else { fits.max(first) }
}
