//! Reading values that another language wrote.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};

use super::{DEEPEST, END, ENTRY, FALSE, INTEGER, LIST, NAMED, NONE, TEXT, TRUE, WireError};

/// Reads one value, which takes all the bytes.
pub(crate) fn read<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, WireError> {
    let mut source = Source::of(bytes);
    T::deserialize(&mut source)
}

/// Bytes that are read one value after another.
pub(crate) struct Source<'de> {
    rest: &'de [u8],
    depth: usize,
}

impl<'de> Source<'de> {
    /// The source of these bytes.
    pub(crate) fn of(bytes: &'de [u8]) -> Self {
        Self { rest: bytes, depth: 0 }
    }

    fn take(&mut self, length: usize) -> Result<&'de [u8], WireError> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(|| WireError::custom("it ends too early"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, WireError> {
        self.take(1).map(|taken| taken.first().copied().unwrap_or_default())
    }

    fn number(&mut self) -> Result<u64, WireError> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(WireError::custom("a number is too long"))
    }

    fn length(&mut self) -> Result<usize, WireError> {
        usize::try_from(self.number()?).map_err(WireError::custom)
    }

    fn text(&mut self) -> Result<&'de str, WireError> {
        let length = self.length()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| WireError::custom("a text is not UTF-8"))
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, WireError>) -> Result<T, WireError> {
        if self.depth == DEEPEST {
            return Err(WireError::custom("values lie too deep in one another"));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }
}

impl<'de> Deserializer<'de> for &mut Source<'de> {
    type Error = WireError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        match self.byte()? {
            NONE => visitor.visit_unit(),
            FALSE => visitor.visit_bool(false),
            TRUE => visitor.visit_bool(true),
            INTEGER => {
                let number = self.number()?;
                visitor.visit_i64((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
            }
            TEXT => {
                let text = self.text()?;
                visitor.visit_borrowed_str(text).map_err(|error: WireError| error.about(text))
            }
            LIST => {
                let left = self.length()?;
                self.deeper(|source| {
                    let mut items = Items { source, left, next: 0 };
                    let list = visitor.visit_seq(&mut items)?;
                    if items.left == 0 { Ok(list) } else { Err(WireError::custom("a list is longer than expected")) }
                })
            }
            NAMED => self.deeper(|source| visitor.visit_map(Entries { source, name: "" })),
            tag => Err(WireError::custom(format!("no value has the tag {tag}"))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        if self.rest.first() == Some(&NONE) {
            self.byte()?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, WireError> {
        match self.byte()? {
            TEXT => visitor.visit_enum(self.text()?.into_deserializer()),
            _ => Err(WireError::custom("expected a code")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// The items of a list that are still to be read.
struct Items<'s, 'de> {
    source: &'s mut Source<'de>,
    left: usize,
    /// The place of the one that comes next.
    next: usize,
}

impl<'de> SeqAccess<'de> for &mut Items<'_, 'de> {
    type Error = WireError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, WireError> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        let place = self.next;
        self.next += 1;
        seed.deserialize(&mut *self.source).map(Some).map_err(|error| error.within(&format!("[{place}]")))
    }
}

/// The entries of a record that are still to be read.
struct Entries<'s, 'de> {
    source: &'s mut Source<'de>,
    /// The name of the one that was begun.
    name: &'de str,
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = WireError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, WireError> {
        match self.source.byte()? {
            END => Ok(None),
            ENTRY => {
                self.name = self.source.text()?;
                seed.deserialize(BorrowedStrDeserializer::new(self.name)).map(Some)
            }
            _ => Err(WireError::custom("expected an entry")),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, WireError> {
        seed.deserialize(&mut *self.source).map_err(|error| error.within(self.name))
    }
}
