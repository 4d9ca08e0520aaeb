//! A text that people write, and what places in it look like to its author.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use toml::Spanned;
use toml::de::DeValue;

use crate::feel::{FeelError, Span};
use crate::problem::{Problem, ProblemCode};

/// A text under the name that messages call it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'t> {
    pub(crate) name: &'t str,
    pub(crate) text: &'t str,
}

impl<'t> Source<'t> {
    /// A problem at this place, with its line and a caret under it.
    pub(crate) fn problem(&self, code: ProblemCode, span: &Span, message: impl Into<String>) -> Problem {
        let span = self.clamped(span);
        let before = self.text.get(..span.start).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Problem { excerpt: Some(self.excerpt(&span)), ..Problem::new(code, format!("{}:{line}:{column}", self.name), message) }
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
        let start = self.text.get(..span.start).unwrap_or("").rfind('\n').map_or(0, |i| i + 1);
        let rest = self.text.get(start..).unwrap_or("");
        let line = rest.split('\n').next().unwrap_or("");
        let number = self.text.get(..start).unwrap_or("").matches('\n').count() + 1;
        let from = span.start - start;
        let to = (span.end - start).min(line.len()).max(from);
        let snippet = Snippet::source(line).line_start(number).annotation(AnnotationKind::Primary.span(from..to));
        Renderer::plain().render(&[Group::with_level(Level::ERROR).element(snippet)])
    }
}
