//! Entities: every key once, unknown ones named with the nearest, absences checked.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::scalar::Scalar;
use super::{DecodeEntity, Place, Seed};
use crate::facts::extra::ExtraSeed;
use crate::facts::{Absent, Entity, Field, Vocabulary};
use crate::feel::{Datum, Record, Value};
use crate::problem::ProblemCode;

/// Reads an entity, noting every problem of its fields.
///
/// # Errors
/// Only what the format cannot read on from.
pub fn decode_entity<'de, T: DecodeEntity, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Option<T>, D::Error> {
    source.deserialize_any(EntityVisitor { place, entity: PhantomData })
}

struct EntityVisitor<'p, T> {
    place: &'p mut Place,
    entity: PhantomData<T>,
}

impl<T: Vocabulary> EntityVisitor<'_, T> {
    #[expect(clippy::unnecessary_wraps, reason = "it is what every `visit` gives back")]
    fn not_an_object<E>(self, found: &Scalar) -> Result<Option<T>, E> {
        self.place.expected(ProblemCode::WrongType, &format!("an object ({})", T::ENTITY.en), found, None);
        Ok(None)
    }
}

impl<'de, T: DecodeEntity> Visitor<'de> for EntityVisitor<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        self.place.null = true;
        Ok(None)
    }

    fn visit_bool<E>(self, v: bool) -> Result<Self::Value, E> {
        self.not_an_object(&Scalar::Boolean(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Self::Value, E> {
        self.not_an_object(&Scalar::Integer(v.into()))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Self::Value, E> {
        self.not_an_object(&Scalar::Integer(v.into()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        self.not_an_object(&Scalar::Float)
    }

    fn visit_str<E>(self, v: &str) -> Result<Self::Value, E> {
        self.not_an_object(&Scalar::Text(v.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        self.not_an_object(&Scalar::List)
    }

    fn visit_bytes<E>(self, v: &[u8]) -> Result<Self::Value, E> {
        self.not_an_object(&Scalar::foreign(v))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut record = T::default();
        let mut seen = Seen::default();
        while let Some(key) = map.next_key_seed(KeySeed { entity: T::ENTITY, after: seen.last })? {
            let twice = seen.again(&key);
            match key {
                Key::Field(slot, field) => self.place.inside(field.name, |place| {
                    if twice {
                        place.said_twice();
                    }
                    decode_field(&mut record, slot, field, &mut map, place)
                })?,
                Key::Other(name) => self.place.inside(&name, |place| {
                    if twice {
                        place.said_twice();
                    }
                    decode_other(&mut record, &name, &mut map, place)
                })?,
            }
        }
        check_absences(&mut record, self.place);
        self.place.null = false;
        Ok(Some(record))
    }
}

/// A key of an entity: a field of the vocabulary, or anything else.
enum Key {
    Field(usize, &'static Field),
    Other(String),
}

/// Reads a key without keeping its text where it is a field. The fields of a record mostly come in the order of the vocabulary.
struct KeySeed {
    entity: &'static Entity,
    after: usize,
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
        let fields = || self.entity.fields.iter().enumerate();
        let found = fields().skip(self.after).chain(fields().take(self.after)).find(|(_, field)| field.name == name);
        Ok(found.map_or_else(|| Key::Other(name.to_owned()), |(slot, field)| Key::Field(slot, field)))
    }
}

/// The keys that were there.
#[derive(Default)]
struct Seen {
    slots: u128,
    others: Vec<String>,
    last: usize,
}

impl Seen {
    /// Whether a key was there before.
    fn again(&mut self, key: &Key) -> bool {
        match key {
            Key::Field(slot, _) => {
                self.last = *slot;
                let bit = u32::try_from(*slot).ok().and_then(|slot| 1_u128.checked_shl(slot)).unwrap_or(0);
                let twice = self.slots & bit != 0;
                self.slots |= bit;
                twice
            }
            Key::Other(name) => {
                let twice = self.others.contains(name);
                self.others.push(name.clone());
                twice
            }
        }
    }
}

fn decode_field<'de, T: DecodeEntity, A: MapAccess<'de>>(
    record: &mut T,
    slot: usize,
    field: &'static Field,
    map: &mut A,
    place: &mut Place,
) -> Result<(), A::Error> {
    place.sensitive = field.sensitive;
    place.never_negative = field.is_never_negative();
    place.null = false;
    record.decode_slot(slot, map, place)?;
    place.sensitive = false;
    if std::mem::take(&mut place.null) {
        record.absences().1.push(field.name.to_owned());
    }
    Ok(())
}

fn decode_other<'de, T: DecodeEntity, A: MapAccess<'de>>(record: &mut T, key: &str, map: &mut A, place: &mut Place) -> Result<(), A::Error> {
    let (unknown, none, extra) = record.absences();
    match key {
        "unknown" => unknown.extend(map.next_value_seed(Seed::<Vec<String>>::new(place))?.unwrap_or_default()),
        "none" => none.extend(map.next_value_seed(Seed::<Vec<String>>::new(place))?.unwrap_or_default()),
        "recorded_at" => {
            *record.recorded_at() = map.next_value_seed(Seed::new(place))?;
            place.null = false;
        }
        "extra" => {
            place.own = true;
            *extra = map.next_value_seed(ExtraSeed { place })?;
        }
        _ => {
            place.unknown_name(key, &format!("field of {}", T::ENTITY.name), T::ENTITY.fields.iter().map(|f| f.name));
            map.next_value::<IgnoredAny>()?;
        }
    }
    Ok(())
}

/// `unknown` and `none` name fields that exist, have no value, and are not both.
fn check_absences<T: DecodeEntity>(record: &mut T, place: &mut Place) {
    let (unknown, none, extra) = record.absences();
    if unknown.is_empty() && none.is_empty() {
        return;
    }
    place.own |= unknown.iter().chain(none.iter()).any(|name| name.starts_with("extra."));
    let (unknown, none) = (unknown.clone(), none.clone());
    let own: Vec<String> = extra.names().map(str::to_owned).collect();
    for (list, names) in [("unknown", &unknown), ("none", &none)] {
        for name in names {
            place.inside(list, |place| match T::ENTITY.field(name) {
                Some((slot, _)) if record.is_given(slot) => {
                    place.problem(ProblemCode::Contradiction, format!("`{name}` has a value"), Some("name it here or give it, not both".to_owned()));
                }
                Some(_) => {}
                None if own.contains(name) => {
                    place.problem(ProblemCode::Contradiction, format!("`{name}` has a value under `extra`"), None);
                }
                // A policy's own fact may be said to be unknown or none.
                None if name.starts_with("extra.") => {}
                None => place.unknown_name(name, &format!("field of {}", T::ENTITY.name), T::ENTITY.fields.iter().map(|f| f.name)),
            });
        }
    }
    // A policy's own fact that has no value is null under `extra`: whether it exists is for the policy to check.
    for name in none.iter().filter_map(|name| name.strip_prefix("extra.")) {
        let (_, _, extra) = record.absences();
        if own.iter().any(|given| given == name) {
            place.problem(ProblemCode::Contradiction, format!("`{name}` has a value under `extra` and is said to be none"), None);
        } else {
            extra.insert(name, Value::NULL);
        }
    }
    // Said once, so that facts that were written are read again as they were.
    record.absences().1.retain(|name| !name.starts_with("extra."));
    if let Some(both) = unknown.iter().find(|name| none.contains(name)) {
        place.problem(ProblemCode::Contradiction, format!("`{both}` is said to be both unknown and none"), None);
    }
}

/// How a field without a value reads: as the record says, else as the vocabulary says.
#[must_use]
pub fn absent<'a>(entity: &'static Entity, slot: usize, unknown: &[String], none: &[String]) -> Datum<'a> {
    let Some(field) = entity.fields.get(slot) else { return Datum::Unknown };
    let said = |names: &[String]| !names.is_empty() && names.iter().any(|name| name == field.name);
    if said(none) || (field.absent == Absent::None && !said(unknown)) { Datum::None } else { Datum::Unknown }
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

/// Serde's way in: every problem joined into one error.
///
/// # Errors
/// Malformed input, or any problem of the facts.
pub fn deserialize_whole<'de, T: DecodeEntity, D: Deserializer<'de>>(source: D) -> Result<T, D::Error> {
    let mut place = Place::default();
    let decoded = decode_entity(source, &mut place)?;
    let problems: Vec<String> = place.problems.iter().map(ToString::to_string).collect();
    match decoded {
        Some(value) if problems.is_empty() => Ok(value),
        _ if problems.is_empty() => Err(serde::de::Error::custom("expected an object, got null")),
        _ => Err(serde::de::Error::custom(problems.join("; "))),
    }
}
