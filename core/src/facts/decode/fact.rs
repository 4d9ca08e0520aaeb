//! A value on its way into a typed record.

use std::fmt;

use serde::de::value::{Error, SeqDeserializer};
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

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

/// A map of which only the next value is asked for.
pub(super) struct Only<'f>(pub(super) &'f Fact);

impl<'de> MapAccess<'de> for Only<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, _: K) -> Result<Option<K::Value>, Error> {
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(Source(self.0))
    }
}

/// A map whose next value is none.
pub(super) struct Nothing;

impl<'de> MapAccess<'de> for Nothing {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, _: K) -> Result<Option<K::Value>, Error> {
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(().into_deserializer())
    }
}

/// A fact that serde reads from.
struct Source<'f>(&'f Fact);

impl<'de> Deserializer<'de> for Source<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Fact::Boolean(yes) => visitor.visit_bool(*yes),
            Fact::Whole(number) => visitor.visit_u64(u64::from(*number)),
            Fact::Text(text) => visitor.visit_str(text),
            Fact::Texts(texts) => visitor.visit_seq(SeqDeserializer::new(texts.iter().map(String::as_str))),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
