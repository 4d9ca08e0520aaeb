//! The form in which values cross the border: what JSON can say, in few bytes and without numbers to parse.
//!
//! A value is a tag and what belongs to it. What goes in says the names of its fields, so that a wrong one has its place; what comes out is
//! written field by field in the order of its shape, without names. INVARIANT: reading never goes beyond the bytes, nor deeper than [`DEEPEST`].

mod read;
mod write;

use medtrain::problem::{Problem, ProblemCode};

pub(crate) use read::{Source, read};
pub(crate) use write::write;

/// Nothing: a value that is absent, or null.
const NONE: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
/// A whole number: zigzag, seven bits a byte, the lowest first.
const INTEGER: u8 = 3;
/// Text: its length in bytes, and UTF-8.
const TEXT: u8 = 4;
/// A code, by its place in its list.
const CODE: u8 = 5;
/// A list: its length, and its items.
const LIST: u8 = 6;
/// Values with their names: before each entry [`ENTRY`], and [`END`] after the last.
const NAMED: u8 = 7;
/// A record whose fields stand in the order of its shape, each there, absent ones as [`NONE`].
const PLACED: u8 = 8;

const END: u8 = 0;
const ENTRY: u8 = 1;

/// How deep values may lie in one another.
const DEEPEST: usize = 128;

/// What cannot cross.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct WireError {
    code: ProblemCode,
    /// Where in the value it is; empty for the whole of it.
    place: String,
    message: String,
}

impl WireError {
    /// The same, where it is in a value that stands inside of another.
    fn within(mut self, step: &str) -> Self {
        let between = if self.place.is_empty() || self.place.starts_with('[') { "" } else { "." };
        self.place = format!("{step}{between}{}", self.place);
        self
    }

    /// The same about a text that was not taken: of a day it is told that it does not exist.
    fn about(self, text: &str) -> Self {
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let parts = text.strip_prefix(['+', '-']).unwrap_or(text).split('-');
        if parts.clone().count() != 3 || !parts.clone().all(is_number) {
            return self;
        }
        Self { code: ProblemCode::BadDate, message: format!("expected a date of the years 1 to 9999 that exists, got `{text}`"), ..self }
    }
}

impl From<WireError> for Problem {
    fn from(error: WireError) -> Self {
        let place = if error.place.is_empty() { "border" } else { &error.place };
        Self::new(error.code, place, error.message)
    }
}

impl serde::de::Error for WireError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self { code: ProblemCode::Syntax, place: String::new(), message: message.to_string() }
    }
}

impl serde::ser::Error for WireError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        serde::de::Error::custom(message)
    }
}

#[cfg(test)]
mod tests;
