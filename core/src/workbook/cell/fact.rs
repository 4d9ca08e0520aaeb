//! A value on its way into a typed record.

use std::fmt;

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

use crate::facts::{DecodeEntity, Place};
use crate::quantity::Day;

/// A value as facts in JSON would have it: quantities, dates and codes as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    Boolean(bool),
    Whole(u32),
    Text(String),
    Texts(Vec<String>),
    Record(Vec<(&'static str, Fact)>),
}

impl Fact {
    pub(crate) fn day(day: Day) -> Self {
        Self::Text(day.to_string())
    }

    pub(crate) fn text(&self) -> Option<&str> {
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
            Self::Record(fields) => {
                for (index, (name, value)) in fields.iter().enumerate() {
                    write!(f, "{}{name} {value}", if index > 0 { ", " } else { "" })?;
                }
                Ok(())
            }
        }
    }
}

/// Gives a field its value; `false` where the field does not take it.
pub(crate) fn set<T: DecodeEntity>(record: &mut T, slot: usize, fact: &Fact) -> bool {
    let mut place = Place::default();
    let decoded = record.decode_slot(slot, &mut Only(fact), &mut place);
    decoded.is_ok() && place.into_problems().is_empty()
}

struct Only<'f>(&'f Fact);

impl<'de> MapAccess<'de> for Only<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, _: K) -> Result<Option<K::Value>, Error> {
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(Source(self.0))
    }
}

/// A fact that serde reads from.
pub(crate) struct Source<'f>(&'f Fact);

impl<'f> IntoDeserializer<'_> for &'f Fact {
    type Deserializer = Source<'f>;

    fn into_deserializer(self) -> Source<'f> {
        Source(self)
    }
}

impl<'de> Deserializer<'de> for Source<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Fact::Boolean(yes) => visitor.visit_bool(*yes),
            Fact::Whole(number) => visitor.visit_u64(u64::from(*number)),
            Fact::Text(text) => visitor.visit_str(text),
            Fact::Texts(texts) => visitor.visit_seq(SeqDeserializer::new(texts.iter().map(String::as_str))),
            Fact::Record(fields) => visitor.visit_map(MapDeserializer::new(fields.iter().map(|(name, value)| (*name, value)))),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
