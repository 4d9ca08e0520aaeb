//! Where a record of a ledger stands, so that nobody has to take a text apart for it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

/// A record's place among the facts: a list of the subject, and which record of that list it is, from 0 on. As text, `practitioner.activities[3]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RecordPath {
    list: SmolStr,
    index: usize,
}

impl RecordPath {
    /// The record in this place of a list, such as `practitioner.activities`.
    #[must_use]
    pub fn new(list: impl Into<SmolStr>, index: usize) -> Self {
        Self { list: list.into(), index }
    }

    /// The list, with the subject whose it is: `practitioner.activities`.
    #[must_use]
    pub fn list(&self) -> &str {
        &self.list
    }

    /// Which record of the list, from 0 on.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.index
    }
}

impl fmt::Display for RecordPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.list, self.index)
    }
}

/// A text that is no path of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected the path of a record, such as practitioner.activities[3]")]
pub struct NoRecordPath;

impl FromStr for RecordPath {
    type Err = NoRecordPath;

    fn from_str(text: &str) -> Result<Self, NoRecordPath> {
        let (list, index) = text.strip_suffix(']').and_then(|path| path.rsplit_once('[')).ok_or(NoRecordPath)?;
        let path = Self::new(list, index.parse().map_err(|_| NoRecordPath)?);
        // A path has one text: neither `[+3]` nor `[03]`.
        if path.to_string() == text { Ok(path) } else { Err(NoRecordPath) }
    }
}

impl Serialize for RecordPath {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecordPath {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        SmolStr::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_text() {
        for text in ["practitioner.activities[0]", "practitioner.activities[12]", "application.attachments[3].stays[40]"] {
            let path: RecordPath = text.parse().expect("a path");
            assert_eq!(path.to_string(), text);
        }
        for text in [
            "",
            "[]",
            "activities",
            "activities[]",
            "activities[x]",
            "activities[-1]",
            "activities[+1]",
            "activities[01]",
            "activities[1",
            "activities[1] ",
        ] {
            assert_eq!(text.parse::<RecordPath>(), Err(NoRecordPath), "{text}");
        }
    }

    #[test]
    fn the_last_brackets_are_the_records() {
        let path: RecordPath = "residency.rotations[2].assessments[7]".parse().expect("a path");
        assert_eq!((path.list(), path.index()), ("residency.rotations[2].assessments", 7));
    }
}
