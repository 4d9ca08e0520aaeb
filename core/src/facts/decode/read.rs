//! Reading a format: what it holds goes to a [`Target`], record by record and field by field.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::entity::{KeySeed, Seen, check_absences};
use super::{DecodeEntity, FactValue, Place, Scalar, Target};
use crate::facts::extra::ExtraSeed;
use crate::problem::ProblemCode;

/// Reads a value into a target, noting every problem of it.
pub struct ValueSeed<'p> {
    /// What takes the value.
    pub target: &'p mut dyn Target,
    /// Where it stands.
    pub place: &'p mut Place,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_any(self)
    }
}

impl ValueSeed<'_> {
    #[expect(clippy::unnecessary_wraps, reason = "it is what every `visit` gives back")]
    fn put<E>(self, found: Scalar<'_>) -> Result<(), E> {
        self.place.null = matches!(found, Scalar::Null);
        self.target.put(found, self.place);
        Ok(())
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, v: bool) -> Result<(), E> {
        self.put(Scalar::Boolean(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<(), E> {
        self.put(Scalar::Integer(v.into()))
    }

    fn visit_u64<E>(self, v: u64) -> Result<(), E> {
        self.put(Scalar::Integer(v.into()))
    }

    fn visit_i128<E>(self, v: i128) -> Result<(), E> {
        self.put(Scalar::Integer(v))
    }

    fn visit_f64<E>(self, v: f64) -> Result<(), E> {
        self.put(Scalar::of_binary(v))
    }

    fn visit_str<E>(self, v: &str) -> Result<(), E> {
        self.put(Scalar::Text(v))
    }

    fn visit_bytes<E>(self, v: &[u8]) -> Result<(), E> {
        self.put(Scalar::Foreign(v))
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.put(Scalar::Null)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.put(Scalar::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Some(list) = self.target.list() else {
            while items.next_element::<IgnoredAny>()?.is_some() {}
            return self.put(Scalar::List);
        };
        for index in 0.. {
            let more = self.place.at_index(index, |place| {
                let more = items.next_element_seed(ValueSeed { target: &mut *list, place })?.is_some();
                if more && std::mem::take(&mut place.null) {
                    place.problem(ProblemCode::WrongType, "a list has no null in it".to_owned(), Some("leave the item out".to_owned()));
                }
                Ok(more)
            })?;
            if !more {
                break;
            }
        }
        self.place.null = false;
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some(record) = self.target.record() else {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return self.put(Scalar::Map);
        };
        let entity = record.entity();
        let mut seen = Seen::default();
        let mut more = 0_usize;
        while let Some(key) = map.next_key_seed(KeySeed { entity })? {
            if seen.is_one_of_many(&key) {
                more += 1;
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let twice = seen.again(&key);
            self.place.inside(key.in_path(), |place| {
                if twice {
                    place.said_twice();
                }
                match key.field() {
                    Some((slot, field)) => {
                        place.begin(field);
                        match record.target(slot) {
                            Some(target) => map.next_value_seed(ValueSeed { target, place })?,
                            None => drop(map.next_value::<IgnoredAny>()?),
                        }
                        if place.end() {
                            record.absences().1.push(field.name.to_owned());
                        }
                        Ok(())
                    }
                    None => read_other(record, key.name(), &mut map, place),
                }
            })?;
        }
        if more > 0 {
            self.place.problem(
                ProblemCode::UnknownName,
                format!("and {more} more keys that are no field of {}", entity.name),
                Some("`medtrain schema` names the fields".to_owned()),
            );
        }
        check_absences(record, self.place);
        self.place.null = false;
        Ok(())
    }
}

/// Reads what stands in a record beside its fields.
fn read_other<'de, A: MapAccess<'de>>(record: &mut dyn DecodeEntity, key: &str, map: &mut A, place: &mut Place) -> Result<(), A::Error> {
    match key {
        "unknown" | "none" => {
            let mut names: Option<Vec<String>> = None;
            map.next_value_seed(ValueSeed { target: &mut names, place })?;
            let (unknown, none, _) = record.absences();
            (if key == "unknown" { unknown } else { none }).extend(names.unwrap_or_default());
        }
        "recorded_at" => {
            map.next_value_seed(ValueSeed { target: record.recorded_at(), place })?;
            place.null = false;
        }
        "extra" => {
            place.own = true;
            *record.absences().2 = map.next_value_seed(ExtraSeed { place })?;
        }
        _ => {
            let entity = record.entity();
            place.unknown_name(key, &format!("field of {}", entity.name), entity.fields.iter().map(|field| field.name));
            map.next_value::<IgnoredAny>()?;
        }
    }
    Ok(())
}

/// Serde's way in: every problem joined into one error.
///
/// # Errors
/// Malformed input, or any problem of the facts.
pub fn deserialize_whole<'de, T: FactValue, D: Deserializer<'de>>(source: D) -> Result<T, D::Error> {
    let (mut place, mut decoded) = (Place::default(), None::<T>);
    source.deserialize_any(ValueSeed { target: &mut decoded, place: &mut place })?;
    let problems: Vec<String> = place.problems.iter().map(ToString::to_string).collect();
    match decoded {
        Some(value) if problems.is_empty() => Ok(value),
        _ if problems.is_empty() => Err(serde::de::Error::custom("expected an object, got null")),
        _ => Err(serde::de::Error::custom(problems.join("; "))),
    }
}
