//! What is no TOML: told once for each statement, without what follows from it.
//!
//! In comes the text of a file, out go its problems in the order of the text. A bracket or a quote that is not closed takes the rest of the file for its
//! own, and every line of it would be told. INVARIANT: a statement is blamed only where the file before it is right, and what is told of the lines behind
//! it is what is wrong with them without it.

use toml::de::DeTable;

use crate::feel::Span;
use crate::problem::{Problem, ProblemCode};
use crate::source::Source;

/// How many statements are told: each takes reading the whole file again, and who mends so many reads it again as well.
const MOST: usize = 20;

/// How far back the statement to blame is sought. Beyond that, it is the one in which the first error lies.
const FURTHEST: usize = 50;

/// Everything in a text that is no TOML; empty where it is.
pub(super) fn problems(source: &Source<'_>, text: &str) -> Vec<Problem> {
    let begins = statements(text);
    let mut left = text.to_owned();
    let mut problems = Vec::new();
    while problems.len() < MOST
        && let Some(first) = first_fault(&left)
    {
        let blamed = blamed(&left, &begins, first.at.start);
        let told = blamed.told(&left, first);
        let problem = source.problem(ProblemCode::Syntax, &told.at, &told.message);
        problems.push(problem.with_cure(cure(&told.message)));
        left = without(&left, &blamed.taken_out(&left, &begins, &told));
    }
    problems
}

/// Something that a reader of TOML stumbles on.
struct Fault {
    at: Span,
    message: String,
}

fn first_fault(text: &str) -> Option<Fault> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let faults = errors.iter().map(|error| Fault { at: error.span().unwrap_or(0..0), message: error.message().to_owned() });
    faults.min_by_key(|fault| fault.at.start)
}

fn is_toml(text: &str) -> bool {
    DeTable::parse_recoverable(text).1.is_empty()
}

/// Where lines begin that read as the begin of a statement: a table in brackets, or a key with `=`.
fn statements(text: &str) -> Vec<usize> {
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        let begin = *at;
        *at += line.len();
        Some((begin, line))
    });
    lines.filter(|(_, line)| is_header(line) || is_pair(line)).map(|(begin, _)| begin).collect()
}

/// Whether a line reads as `[name]` or `[[name]]`, or as one that was not closed.
fn is_header(line: &str) -> bool {
    let Some(name) = line.trim_start().strip_prefix('[') else { return false };
    let name = name.strip_prefix('[').unwrap_or(name).split('#').next().unwrap_or("");
    let name = name.trim_end().trim_end_matches(']').trim();
    name.starts_with(|first: char| first.is_ascii_alphabetic()) && is_key(name)
}

fn is_pair(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| is_key(key.trim()))
}

/// Whether a text reads as a key: words with points between them, perhaps in quotes.
fn is_key(text: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '"' | '\'' | ' ');
    !text.is_empty() && text.chars().all(is_part)
}

/// The statement in which something is wrong: where it begins, and where the next one would.
struct Blamed {
    begin: usize,
    end: usize,
}

/// The statement to blame for an error at this place: the last one before it up to which the file is right.
fn blamed(text: &str, begins: &[usize], at: usize) -> Blamed {
    let until = begins.partition_point(|begin| *begin <= at);
    let before = begins.get(..until).unwrap_or_default();
    let is_right = |begin: &&usize| text.get(..**begin).is_some_and(is_toml);
    let begin = before.iter().rev().take(FURTHEST).find(is_right).or(before.last()).copied().unwrap_or(0);
    Blamed { begin, end: next(begins, begin, text.len()) }
}

/// Where the first statement begins behind a place.
fn next(begins: &[usize], behind: usize, end: usize) -> usize {
    begins.get(begins.partition_point(|begin| *begin <= behind)).copied().unwrap_or(end)
}

impl Blamed {
    /// What to tell of it. Where the next statement is the first thing wrong, this one was not closed before it.
    fn told(&self, text: &str, first: Fault) -> Fault {
        let line_end = text.get(self.end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| self.end + length);
        let is_of_next = (self.end..line_end).contains(&first.at.start);
        let by_itself = if is_of_next { text.get(..self.end).and_then(unclosed) } else { None };
        by_itself.unwrap_or(first)
    }

    /// What is left out to see what else is wrong: itself, as far as it goes, and what stands under it where it is a table.
    fn taken_out(&self, text: &str, begins: &[usize], told: &Fault) -> Span {
        let is_table = |begin: usize| text.get(begin..).and_then(|rest| rest.lines().next()).is_some_and(is_header);
        let mut end = if told.at.start < self.end { self.end } else { next(begins, told.at.start, text.len()) };
        while is_table(self.begin) && end < text.len() && !is_table(end) {
            end = next(begins, end, text.len());
        }
        self.begin..end
    }
}

/// What is wrong at the end of a text that goes on too long: told at the last letter of it, and not on the line behind.
fn unclosed(text: &str) -> Option<Fault> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let last = errors.iter().rev().find(|error| error.message().starts_with("unclosed"))?;
    let end = text.trim_end().len();
    let at = text.get(..end)?.char_indices().next_back()?.0;
    Some(Fault { at: at..end, message: last.message().to_owned() })
}

/// A text with blanks in the place of some of it, so that all places stay.
fn without(text: &str, taken_out: &Span) -> String {
    let (before, rest) = text.split_at_checked(taken_out.start).unwrap_or((text, ""));
    let (taken_out, behind) = rest.split_at_checked(taken_out.len()).unwrap_or((rest, ""));
    let blanks: String = taken_out.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    [before, &blanks, behind].concat()
}

/// What to write instead of what a reader of TOML stumbled on.
fn cure(message: &str) -> &'static str {
    const CURES: [(&[&str], &str); 10] = [
        (&["unclosed array table"], "end it with `]]`"),
        (&["unclosed table"], "end it with `]`"),
        (&["unclosed array"], "close the list with `]`"),
        (&["unclosed inline table"], "close it with `}`"),
        (&["missing comma"], "put a `,` between two items, or close what they stand in"),
        (&["duplicate key", "cannot extend"], "say each key once; a list of tables has double brackets: `[[provision]]`"),
        (&["invalid date", "invalid datetime", "invalid time"], "write a date that exists, such as 2024-10-31"),
        (
            &["invalid basic", "invalid literal", "invalid multi-line"],
            "close a text with the quote that it began with; over several lines it stands between `'''`",
        ),
        (
            &["unexpected key or value", "unexpected content"],
            "begin a new line for each key; a comment begins with `#`, and a text over several lines with `'''`",
        ),
        (&["key with no value", "missing value", "missing assignment"], "write `key = value`"),
    ];
    let of_message = CURES.iter().find(|(begins, _)| begins.iter().any(|begin| message.starts_with(begin)));
    of_message.map_or("write `key = value`, with texts in quotes, numbers and dates without, and lists as `[1, 2]`", |(_, cure)| cure)
}
