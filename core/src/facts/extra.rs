//! A policy's own facts, which lie under `extra` of their entity.

use std::collections::HashSet;
use std::fmt;

use rust_decimal::Decimal;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserializer, Serialize, Serializer};

use super::{Place, binary_number, shortened};
use crate::feel::{Datum, Value};
use crate::problem::{Problem, ProblemCode};
use crate::quantity::{Day, parse_day};

/// What every record says beside its fields, those of a policy's own kinds too: the day on which its source recorded it.
pub(crate) const RECORDED_AT: &str = "recorded_at";

/// Facts that a policy declares beside the vocabulary, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extra(Vec<(String, Value)>);

impl Extra {
    /// The value of this name, as a condition reads it.
    #[must_use]
    pub fn read(&self, name: &str) -> Datum<'_> {
        self.0.iter().find(|(n, _)| n == name).map_or(Datum::Unknown, |(_, v)| v.datum())
    }

    /// Gives a fact, in place of an earlier one of the same name.
    pub fn insert(&mut self, name: impl Into<String>, value: Value) {
        let name = name.into();
        match self.0.iter_mut().find(|(n, _)| *n == name) {
            Some(entry) => entry.1 = value,
            None => self.0.push((name, value)),
        }
    }

    /// Gives facts whose names are not given yet.
    pub(crate) fn extend(&mut self, facts: impl Iterator<Item = (String, Value)>) {
        self.0.extend(facts);
    }

    /// Takes a fact away again.
    #[cfg(feature = "workbook")]
    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    /// Whether no fact is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names given.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Takes over the facts of another record that are not given here.
    pub(crate) fn complete_from(&mut self, other: &Self) {
        for (name, value) in &other.0 {
            if !self.0.iter().any(|(known, _)| known == name) {
                self.0.push((name.clone(), value.clone()));
            }
        }
    }

    /// The facts as one record.
    #[cfg(feature = "workbook")]
    pub(crate) fn into_value(self) -> Value {
        Value::Record(self.0)
    }

    /// Leaves out the records of the policy's own kinds that were recorded after a day.
    pub fn leave_out_later(&mut self, day: Day) {
        self.0.retain_mut(|(_, value)| was_known(value, day));
    }

    pub(crate) fn entries_mut(&mut self) -> impl Iterator<Item = (&str, &mut Value)> {
        self.0.iter_mut().map(|(name, value)| (name.as_str(), value))
    }
}

/// Whether a value was known on a day; the records inside that were not are left out.
fn was_known(value: &mut Value, day: Day) -> bool {
    match value {
        Value::Record(fields) => {
            let recorded = fields.iter().find(|(name, _)| name == RECORDED_AT).and_then(|(_, recorded)| match recorded {
                Value::Date(recorded) => Some(*recorded),
                Value::Text(text) => parse_day(text),
                _ => None,
            });
            let known = recorded.is_none_or(|recorded| recorded <= day);
            if known {
                fields.retain_mut(|(_, value)| was_known(value, day));
            }
            known
        }
        Value::List(items) => {
            items.retain_mut(|item| was_known(item, day));
            true
        }
        _ => true,
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, &Plain(value))?;
        }
        map.end()
    }
}

/// A value in the JSON form of facts: quantities and dates as text, whole numbers as numbers.
pub(crate) fn plain(value: &Value) -> impl Serialize + '_ {
    Plain(value)
}

struct Plain<'a>(&'a Value);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null(_) => to.serialize_unit(),
            Value::Boolean(b) => to.serialize_bool(*b),
            // A whole number is one wherever facts and givens declare an integer.
            Value::Number(n) if n.scale() == 0 => match i64::try_from(*n) {
                Ok(whole) => to.serialize_i64(whole),
                Err(_) => to.collect_str(n),
            },
            Value::List(items) => to.collect_seq(items.iter().map(Plain)),
            Value::Record(fields) => to.collect_map(fields.iter().map(|(name, value)| (name, Plain(value)))),
            other => to.collect_str(other),
        }
    }
}

/// Values by name as JSON has them: decimals, dates and codes are still text.
pub(crate) fn read_plain<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<(String, Value)>, D::Error> {
    let mut place = Place::default();
    let values = ExtraSeed { place: &mut place }.deserialize(source)?;
    match place.into_problems().first() {
        Some(problem) => Err(serde::de::Error::custom(problem)),
        None => Ok(values.0),
    }
}

/// Reads `extra` before it is known what the policy declared: numbers and texts stay what they are.
pub(crate) struct ExtraSeed<'p> {
    pub(crate) place: &'p mut Place,
}

impl<'de> DeserializeSeed<'de> for ExtraSeed<'_> {
    type Value = Extra;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Extra, D::Error> {
        match (ValueSeed { place: self.place }).deserialize(source)? {
            Value::Record(fields) => Ok(Extra(fields)),
            _ => {
                self.place.problem(
                    ProblemCode::WrongType,
                    "expected an object with the policy's own facts".to_owned(),
                    Some("write them by name: {\"points\": \"2\"}".to_owned()),
                );
                Ok(Extra::default())
            }
        }
    }
}

struct ValueSeed<'p> {
    place: &'p mut Place,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
        Ok(Value::Boolean(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
        Ok(Value::Number(Decimal::from(v)))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
        Ok(Value::Number(Decimal::from(v)))
    }

    fn visit_f64<E>(self, v: f64) -> Result<Value, E> {
        let Problem { code, message, cure, .. } = binary_number("", v);
        self.place.problem(code, message, cure);
        Ok(Value::NULL)
    }

    fn visit_str<E>(self, v: &str) -> Result<Value, E> {
        Ok(Value::Text(v.to_owned()))
    }

    fn visit_bytes<E>(self, v: &[u8]) -> Result<Value, E> {
        let found = shortened(&String::from_utf8_lossy(v));
        self.place.problem(
            ProblemCode::WrongType,
            format!("expected a value that JSON has a form for, got {found}"),
            Some("write a text, a whole number, true or false, or a list or object of them".to_owned()),
        );
        Ok(Value::NULL)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::NULL)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let index = list.len();
            match self.place.at_index(index, |place| items.next_element_seed(ValueSeed { place }))? {
                Some(item) => list.push(item),
                None => return Ok(Value::List(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields: Vec<(String, Value)> = Vec::new();
        let mut seen = HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            let twice = !seen.insert(name.clone());
            let value = self.place.inside(shortened(&name), |place| {
                if twice {
                    place.said_twice();
                }
                map.next_value_seed(ValueSeed { place })
            })?;
            fields.push((name, value));
        }
        Ok(Value::Record(fields))
    }
}
