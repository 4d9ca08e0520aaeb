//! A value on its way into a typed record.

use std::fmt;

use super::{Place, Scalar, Target};
use crate::quantity::Day;

/// A value as facts in JSON would have it: quantities, dates and codes as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Yes or no.
    Boolean(bool),
    /// A whole number.
    Whole(u32),
    /// Text, a code, a day or an exact number.
    Text(String),
    /// A list of texts.
    Texts(Vec<String>),
}

impl Fact {
    /// A day.
    #[must_use]
    pub fn day(day: Day) -> Self {
        Self::Text(day.to_string())
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(yes) => yes.fmt(f),
            Self::Whole(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Texts(texts) => f.write_str(&texts.join(", ")),
        }
    }
}

impl Fact {
    /// Gives it to what takes it.
    pub(super) fn put(&self, target: &mut dyn Target, place: &mut Place) {
        match self {
            Self::Boolean(yes) => target.put(Scalar::Boolean(*yes), place),
            Self::Whole(number) => target.put(Scalar::Integer((*number).into()), place),
            Self::Text(text) => target.put(Scalar::Text(text), place),
            Self::Texts(texts) => match target.list() {
                Some(list) => texts.iter().for_each(|text| list.put(Scalar::Text(text), place)),
                None => target.put(Scalar::List, place),
            },
        }
    }
}
