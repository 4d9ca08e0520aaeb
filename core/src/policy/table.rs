//! Reading the tables of a policy file: every key once, every problem with its place, nothing ignored.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::feel::{Compiled, Names, Span};
use crate::problem::{Problem, ProblemCode};
use crate::quantity::{Day, parse_day};
use crate::source::Source;

/// A table of the file, and which of its keys were read.
pub(super) struct Table<'t> {
    entries: &'t DeTable<'t>,
    span: Span,
    /// What the table is, for messages: `[[provision]]`.
    what: &'static str,
    read: RefCell<Vec<&'static str>>,
    open: Cell<bool>,
    source: Source<'t>,
    problems: &'t RefCell<Vec<Problem>>,
}

/// A value of the file.
pub(super) type Entry<'t> = &'t Spanned<DeValue<'t>>;

impl<'t> Table<'t> {
    pub(super) fn new(entries: &'t DeTable<'t>, span: Span, what: &'static str, source: Source<'t>, problems: &'t RefCell<Vec<Problem>>) -> Self {
        Self { entries, span, what, read: RefCell::default(), open: Cell::new(false), source, problems }
    }

    pub(super) fn span(&self) -> &Span {
        &self.span
    }

    /// The place of a key's value, else of the table.
    pub(super) fn span_of(&self, key: &'static str) -> Span {
        self.get(key).map_or_else(|| self.span.clone(), Spanned::span)
    }

    pub(super) fn source(&self) -> Source<'t> {
        self.source
    }

    pub(super) fn push(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    pub(super) fn report(&self, code: ProblemCode, span: &Span, message: impl Into<String>) {
        self.push(self.source.problem(code, span, message));
    }

    pub(super) fn report_with_cure(&self, code: ProblemCode, span: &Span, message: impl Into<String>, cure: impl Into<String>) {
        self.push(self.source.problem(code, span, message).with_cure(cure));
    }

    /// The value of a key, if it is there.
    pub(super) fn get(&self, key: &'static str) -> Option<Entry<'t>> {
        self.read.borrow_mut().push(key);
        self.entries.iter().find(|(k, _)| k.get_ref() == key).map(|(_, value)| value)
    }

    /// Every key and value; then the table may have any keys.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'t Spanned<Cow<'t, str>>, Entry<'t>)> + use<'t> {
        self.open.set(true);
        self.entries.iter()
    }

    fn expected(&self, key: &str, what: &str, entry: Entry<'t>) {
        let found = match entry.get_ref() {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a binary number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.report_with_cure(
            ProblemCode::WrongType,
            &entry.span(),
            format!("`{key}` of {} expects {what}, got {found}", self.what),
            format!("write {what}"),
        );
    }

    pub(super) fn text(&self, key: &'static str) -> Option<&'t str> {
        self.text_entry(key).map(|(text, _)| text)
    }

    pub(super) fn text_entry(&self, key: &'static str) -> Option<(&'t str, Entry<'t>)> {
        let entry = self.get(key)?;
        match entry.get_ref() {
            DeValue::String(text) => Some((text.as_ref(), entry)),
            _ => {
                self.expected(key, "text", entry);
                None
            }
        }
    }

    /// A text that must be there; empty, and reported, where it is not.
    pub(super) fn need_text(&self, key: &'static str) -> &'t str {
        if self.need(key) { self.text(key).unwrap_or("") } else { "" }
    }

    /// Whether a key that must be there is there; reported, where it is not.
    pub(super) fn need(&self, key: &'static str) -> bool {
        let there = self.get(key).is_some();
        if !there {
            self.report_with_cure(ProblemCode::Missing, &self.span, format!("{} needs `{key}`", self.what), format!("add `{key} = ..`"));
        }
        there
    }

    pub(super) fn flag(&self, key: &'static str) -> bool {
        match self.get(key).map(|entry| (entry, entry.get_ref())) {
            None => false,
            Some((_, DeValue::Boolean(value))) => *value,
            Some((entry, _)) => {
                self.expected(key, "true or false", entry);
                false
            }
        }
    }

    pub(super) fn day(&self, key: &'static str) -> Option<Day> {
        self.day_or(key, "")
    }

    /// A day; `or` is what else the key takes, for messages.
    pub(super) fn day_or(&self, key: &'static str, or: &str) -> Option<Day> {
        let entry = self.get(key)?;
        let day = match entry.get_ref() {
            DeValue::Datetime(date) => parse_day(&date.to_string()),
            _ => None,
        };
        if day.is_none() {
            self.expected(key, &format!("a date such as 2024-10-31, without quotes{or}"), entry);
        }
        day
    }

    /// Whether a list is left out or empty. What is no list was reported by whoever read it.
    pub(super) fn is_empty_list(&self, key: &'static str) -> bool {
        self.get(key).is_none_or(|entry| matches!(entry.get_ref(), DeValue::Array(items) if items.is_empty()))
    }

    /// A list of texts, each with its place.
    pub(super) fn texts(&self, key: &'static str) -> Vec<(&'t str, Span)> {
        let Some(entry) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = entry.get_ref() else {
            self.expected(key, "a list of texts", entry);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.push((text.as_ref(), item.span())),
                _ => self.expected(key, "a list of texts", item),
            }
        }
        texts
    }

    pub(super) fn table(&self, key: &'static str, what: &'static str) -> Option<Table<'t>> {
        let entry = self.get(key)?;
        match entry.get_ref() {
            DeValue::Table(table) => Some(self.below(table, entry.span(), what)),
            _ => {
                self.expected(key, "a table", entry);
                None
            }
        }
    }

    pub(super) fn tables(&self, key: &'static str, what: &'static str) -> Vec<Table<'t>> {
        let Some(entry) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = entry.get_ref() else {
            self.expected(key, "tables in double brackets", entry);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(self.below(table, item.span(), what)),
                _ => self.expected(key, "tables in double brackets", item),
            }
        }
        tables
    }

    /// The tables under names of the author's own, each with the name and its place.
    pub(super) fn named_tables(&self, what: &'static str) -> Vec<(&'t str, Span, Table<'t>)> {
        let mut tables = Vec::new();
        for (key, entry) in self.entries() {
            match entry.get_ref() {
                DeValue::Table(table) => tables.push((key.get_ref().as_ref(), key.span(), self.below(table, entry.span(), what))),
                _ => self.expected(key.get_ref(), "a table", entry),
            }
        }
        tables
    }

    fn below(&self, entries: &'t DeTable<'t>, span: Span, what: &'static str) -> Table<'t> {
        Table::new(entries, span, what, self.source, self.problems)
    }

    /// The expression of a key, compiled; a problem of it is reported in its place.
    pub(super) fn expression(&self, key: &'static str, names: &Names<'_>) -> Option<(Compiled, Span)> {
        let entry = self.get(key)?;
        let text = match entry.get_ref() {
            DeValue::String(text) => Cow::from(text.as_ref()),
            // A date of the file is the same date in an expression.
            DeValue::Datetime(date) => Cow::from(format!("@\"{date}\"")),
            _ => {
                self.expected(key, "an expression in quotes", entry);
                return None;
            }
        };
        match names.compile(&text) {
            Ok(compiled) => Some((Compiled { text: text.into_owned(), ..compiled }, entry.span())),
            Err(refused) => {
                refused.errors.iter().for_each(|error| self.push(self.source.expression_problem(entry, error)));
                None
            }
        }
    }

    /// Reports every key that nothing read.
    pub(super) fn finish(&self) {
        if self.open.get() {
            return;
        }
        let read = self.read.borrow();
        let known = super::load::keys_of(self.what).unwrap_or_default();
        debug_assert!(known.iter().all(|key| read.contains(key)) && read.iter().all(|key| known.contains(key)), "{} reads {read:?}", self.what);
        for (key, _) in self.entries.iter().filter(|(k, _)| !read.iter().any(|r| k.get_ref() == r)) {
            let message = format!("{} has no key `{}`", self.what, key.get_ref());
            let problem =
                self.source.problem(ProblemCode::UnknownName, &key.span(), message).with_cure("leave it out; docs/policy-format.md names every key");
            self.push(problem.with_nearest(key.get_ref(), read.iter().copied()));
        }
    }
}
