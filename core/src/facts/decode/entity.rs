//! Entities: every key once, unknown ones named with the nearest, absences checked.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Visitor};

use super::{DecodeEntity, Place, Scalar, shortened};
use crate::facts::{Absent, Entity, Field, FieldKind, RECORDED_AT, Vocabulary, within};
use crate::feel::{Datum, Record, Value};
use crate::problem::ProblemCode;

/// What was found where a record of this entity is taken, and is none: told, unless it is null.
pub fn no_record(entity: &Entity, found: &Scalar<'_>, place: &mut Place) {
    if !matches!(found, Scalar::Null) {
        place.expected(ProblemCode::WrongType, &format!("an object ({})", entity.en), found, None);
    }
}

/// A key of an entity: a field of the vocabulary, or anything else.
pub(super) enum Key {
    Field(usize, &'static Field),
    Other(String),
}

impl Key {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Field(_, field) => field.name,
            Self::Other(name) => name,
        }
    }

    /// What it is called in a path. A key that is no field may be anything, of any length.
    pub(super) fn in_path(&self) -> Cow<'static, str> {
        match self {
            Self::Field(_, field) => Cow::Borrowed(field.name),
            Self::Other(name) => Cow::Owned(shortened(name)),
        }
    }

    pub(super) fn field(&self) -> Option<(usize, &'static Field)> {
        match self {
            Self::Field(slot, field) => Some((*slot, field)),
            Self::Other(_) => None,
        }
    }
}

/// Reads a key without keeping its text where it is a field.
pub(super) struct KeySeed {
    pub(super) entity: &'static Entity,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Key, D::Error> {
        source.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        Ok(self.entity.field(name).map_or_else(|| Key::Other(name.to_owned()), |(slot, field)| Key::Field(slot, field)))
    }
}

/// The keys that were there.
#[derive(Default)]
pub(super) struct Seen {
    slots: u128,
    others: HashSet<String>,
    unknown: usize,
}

impl Seen {
    /// Whether a key was there before.
    pub(super) fn again(&mut self, key: &Key) -> bool {
        match key {
            Key::Field(slot, _) => {
                let bit = u32::try_from(*slot).ok().and_then(|slot| 1_u128.checked_shl(slot)).unwrap_or(0);
                let twice = self.slots & bit != 0;
                self.slots |= bit;
                twice
            }
            Key::Other(name) => !self.others.insert(name.clone()),
        }
    }

    /// Whether a key is one more that nobody knows, after as many as one reads about.
    pub(super) fn is_one_of_many(&mut self, key: &Key) -> bool {
        const MOST_TOLD: usize = 100;
        if matches!(key, Key::Other(name) if !matches!(name.as_str(), "unknown" | "none" | "extra" | RECORDED_AT)) {
            self.unknown += 1;
            return self.unknown > MOST_TOLD;
        }
        false
    }
}

impl Place {
    /// Goes on to the value of a field.
    pub(super) fn begin(&mut self, field: &'static Field) {
        self.field = Some(field);
        self.null = false;
    }

    /// Leaves the value of a field; whether it was null.
    pub(super) fn end(&mut self) -> bool {
        self.field = None;
        std::mem::take(&mut self.null)
    }
}

/// `unknown` and `none` name fields that exist, have no value, and are not both.
pub(super) fn check_absences(record: &mut dyn DecodeEntity, place: &mut Place) {
    let entity = record.entity();
    let (unknown, none, extra) = record.absences();
    if unknown.is_empty() && none.is_empty() {
        return;
    }
    place.own |= unknown.iter().chain(none.iter()).any(|name| name.starts_with("extra."));
    let (unknown, none) = (unknown.clone(), none.clone());
    let own: HashSet<String> = extra.names().map(str::to_owned).collect();
    for entry in &unknown {
        place.inside("unknown", |place| check_within(entry, entity, place));
    }
    let unknown: Vec<String> = unknown.iter().map(|entry| within::name_in(entry).to_owned()).collect();
    for (list, names) in [("unknown", &unknown), ("none", &none)] {
        for name in names {
            place.inside(list, |place| match entity.field(name) {
                Some((slot, _)) if record.is_given(slot) => {
                    place.problem(ProblemCode::Contradiction, format!("`{name}` has a value"), Some("name it here or give it, not both".to_owned()));
                }
                Some(_) => {}
                None if own.contains(name) => {
                    place.problem(
                        ProblemCode::Contradiction,
                        format!("`{name}` has a value under `extra`"),
                        Some("name it here or give it, not both".to_owned()),
                    );
                }
                // A policy's own fact may be said to be unknown or none.
                None if name.starts_with("extra.") => {}
                None => place.unknown_name(name, &format!("field of {}", entity.name), entity.fields.iter().map(|f| f.name)),
            });
        }
    }
    // A policy's own fact that has no value is null under `extra`: whether it exists is for the policy to check.
    let mut named = HashSet::new();
    let named_none: Vec<&str> = none.iter().filter_map(|name| name.strip_prefix("extra.")).filter(|name| named.insert(*name)).collect();
    for name in &named_none {
        if own.contains(*name) {
            place.problem(
                ProblemCode::Contradiction,
                format!("`{name}` has a value under `extra` and is said to be none"),
                Some("name it here or give it, not both".to_owned()),
            );
        }
    }
    let without_value = named_none.into_iter().filter(|name| !own.contains(*name));
    record.absences().2.extend(without_value.map(|name| (name.to_owned(), Value::NULL)));
    // Said once, so that facts that were written are read again as they were.
    record.absences().1.retain(|name| !name.starts_with("extra."));
    let said_none: HashSet<&String> = none.iter().collect();
    if let Some(both) = unknown.iter().find(|name| said_none.contains(name)) {
        place.problem(
            ProblemCode::Contradiction,
            format!("`{both}` is said to be both unknown and none"),
            Some("name it in one of the two".to_owned()),
        );
    }
}

/// What is known of a day stands behind the name of a day, and is some days.
fn check_within(entry: &str, entity: &Entity, place: &mut Place) {
    let Some(days) = within::written_in(entry) else { return };
    let name = within::name_in(entry);
    match entity.field(name) {
        Some((_, field)) if !matches!(field.kind, FieldKind::Day) => {
            place.problem(ProblemCode::WrongType, format!("`{name}` is no day"), Some(format!("write `{name}` alone")));
        }
        None if name.starts_with("extra.") => {
            place.problem(
                ProblemCode::WrongType,
                format!("of `{name}`, it can only be said that it is unknown"),
                Some(format!("write `{name}` alone")),
            );
        }
        _ if within::parse(days).is_none() => place.problem(
            ProblemCode::BadDate,
            format!("`{}` says no days", shortened(days)),
            Some(format!("write a year, a month or two days: `{name} within 2024`, `{name} within 2024-03`, `{name} within 2024-03-05/2024-03-08`")),
        ),
        _ => {}
    }
}

/// How a field without a value reads: as the record says, else as the vocabulary says.
#[inline]
#[must_use]
pub fn absent<'a>(entity: &'static Entity, slot: usize, unknown: &[String], none: &[String]) -> Datum<'a> {
    let Some(field) = entity.fields.get(slot) else { return Datum::Unknown };
    let said = if unknown.is_empty() && none.is_empty() { None } else { said_of(field, unknown, none) };
    said.unwrap_or(if field.absent == Absent::None { Datum::None } else { Datum::Unknown })
}

/// What a record says of a field without a value. Most say nothing, so that this stays out of the loops that read them.
#[cold]
fn said_of<'a>(field: &Field, unknown: &[String], none: &[String]) -> Option<Datum<'a>> {
    let within = |entry: &String| if let FieldKind::Day = field.kind { within::days_of(field.name, entry) } else { None };
    if let Some((first, last)) = unknown.iter().find_map(within) {
        return Some(Datum::Within(first, last));
    }
    let is_named = |names: &[String]| names.iter().any(|name| name == field.name);
    if is_named(none) {
        return Some(Datum::None);
    }
    is_named(unknown).then_some(Datum::Unknown)
}

/// The same for a field that another one may tell. What was said to be unknown or none stays so, whatever the other says.
#[must_use]
pub fn absent_or_told<'a, T: Vocabulary + Record>(record: &T, slot: usize, unknown: &[String], none: &[String]) -> Datum<'a> {
    let open = absent(T::ENTITY, slot, unknown, none);
    let told = || {
        let field = T::ENTITY.fields.get(slot).filter(|field| !unknown.iter().any(|name| name == field.name))?;
        let by = field.told_by?;
        let (other, _) = T::ENTITY.field(by.field)?;
        by.tells(&record.read(other))
    };
    if let Datum::Unknown = open { told().map_or(open, Datum::Code) } else { open }
}
