//! A text that people write, and what places in it look like to its author.

mod excerpt;

use toml::Spanned;
use toml::de::DeValue;

use crate::feel::{FeelError, Span};
use crate::problem::{Problem, ProblemCode};

/// A text under the name that messages call it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'t> {
    name: &'t str,
    text: &'t str,
    /// Where each line begins.
    lines: &'t [usize],
}

/// Where each line of a text begins.
pub(crate) fn lines_of(text: &str) -> Vec<usize> {
    let after_each_end = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(after_each_end).collect()
}

/// A text without its line breaks and runs of blanks.
pub(crate) fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl<'t> Source<'t> {
    /// A text under this name; `lines` are its [`lines_of`].
    pub(crate) fn new(name: &'t str, text: &'t str, lines: &'t [usize]) -> Self {
        Self { name, text, lines }
    }

    /// A problem at this place, with its line and a caret under it.
    pub(crate) fn problem(&self, code: ProblemCode, span: &Span, message: impl Into<String>) -> Problem {
        Problem { excerpt: Some(self.excerpt(&self.clamped(span))), ..Problem::new(code, self.place(span), message) }
    }

    /// What messages call a place: `policy.toml:12:5`.
    pub(crate) fn place(&self, span: &Span) -> String {
        let at = self.clamped(span).start;
        let (line, start) = self.line_at(at);
        let column = self.text.get(start..at).unwrap_or("").chars().count() + 1;
        format!("{}:{line}:{column}", self.name)
    }

    /// The number of the line at this offset, counted from 1, and where it begins.
    fn line_at(&self, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= at);
        (line, line.checked_sub(1).and_then(|place| self.lines.get(place)).copied().unwrap_or(0))
    }

    /// The problem of an expression that stands in this value.
    pub(crate) fn expression_problem(&self, value: &Spanned<DeValue<'_>>, error: &FeelError) -> Problem {
        let problem = match self.content_start(value) {
            Some(start) => self.problem(error.code, &(start + error.span.start..start + error.span.end.max(error.span.start + 1)), &error.message),
            None => self.problem(error.code, &value.span(), &error.message),
        };
        Problem { cure: error.cure.clone(), ..problem }
    }

    /// Where the content of a string begins, if it stands in the file letter by letter.
    fn content_start(&self, value: &Spanned<DeValue<'_>>) -> Option<usize> {
        let DeValue::String(content) = value.get_ref() else { return None };
        let raw: &'t str = self.text.get(value.span())?;
        raw.find(content.as_ref()).map(|offset| value.span().start + offset)
    }

    fn clamped(&self, span: &Span) -> Span {
        let floor = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        floor(span.start)..floor(span.end.max(span.start))
    }

    /// The first line of the place, with carets.
    fn excerpt(&self, span: &Span) -> String {
        let (number, start) = self.line_at(span.start);
        let line = self.text.get(start..).unwrap_or("").split('\n').next().unwrap_or("");
        let from = span.start - start;
        let to = (span.end - start).min(line.len()).max(from);
        excerpt::excerpt(number, line, &(from..to))
    }
}
