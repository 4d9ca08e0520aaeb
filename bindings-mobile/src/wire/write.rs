//! Writing what other languages read.

use serde::ser::{Error as _, Impossible, Serializer};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct};

use super::{CODE, END, ENTRY, FALSE, INTEGER, LIST, NAMED, NONE, PLACED, TEXT, TRUE, WireError};

/// Writes a value.
pub(crate) fn write(value: &impl Serialize) -> Result<Vec<u8>, WireError> {
    let mut out = Target(Vec::with_capacity(1024));
    value.serialize(&mut out)?;
    Ok(out.0)
}

/// Bytes that grow by one value after another.
struct Target(Vec<u8>);

impl Target {
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            let [low, ..] = number.to_le_bytes();
            self.0.push(low | 0x80);
            number >>= 7;
        }
        let [low, ..] = number.to_le_bytes();
        self.0.push(low);
    }

    fn length(&mut self, length: usize) {
        self.number(length as u64);
    }

    #[expect(clippy::unnecessary_wraps, reason = "it is what every `serialize` gives")]
    fn tag(&mut self, tag: u8) -> Result<(), WireError> {
        self.0.push(tag);
        Ok(())
    }

    fn bytes(&mut self, text: &str) {
        self.length(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }
}

/// A number that is not exact, or a kind of value that no type which crosses has.
fn impossible<T>() -> Result<T, WireError> {
    Err(WireError::custom("no such value crosses"))
}

impl<'t> Serializer for &'t mut Target {
    type Ok = ();
    type Error = WireError;
    type SerializeSeq = &'t mut Target;
    type SerializeTuple = Impossible<(), WireError>;
    type SerializeTupleStruct = Impossible<(), WireError>;
    type SerializeTupleVariant = Impossible<(), WireError>;
    type SerializeMap = &'t mut Target;
    type SerializeStruct = &'t mut Target;
    type SerializeStructVariant = Impossible<(), WireError>;

    fn serialize_bool(self, v: bool) -> Result<(), WireError> {
        self.tag(if v { TRUE } else { FALSE })
    }

    fn serialize_i8(self, v: i8) -> Result<(), WireError> {
        self.serialize_i64(v.into())
    }

    fn serialize_i16(self, v: i16) -> Result<(), WireError> {
        self.serialize_i64(v.into())
    }

    fn serialize_i32(self, v: i32) -> Result<(), WireError> {
        self.serialize_i64(v.into())
    }

    fn serialize_i64(self, v: i64) -> Result<(), WireError> {
        self.tag(INTEGER)?;
        self.number(((v << 1) ^ (v >> 63)).cast_unsigned());
        Ok(())
    }

    fn serialize_u8(self, v: u8) -> Result<(), WireError> {
        self.serialize_i64(v.into())
    }

    fn serialize_u16(self, v: u16) -> Result<(), WireError> {
        self.serialize_i64(v.into())
    }

    fn serialize_u32(self, v: u32) -> Result<(), WireError> {
        self.serialize_i64(v.into())
    }

    fn serialize_u64(self, v: u64) -> Result<(), WireError> {
        self.serialize_i64(i64::try_from(v).map_err(WireError::custom)?)
    }

    fn serialize_f32(self, _: f32) -> Result<(), WireError> {
        impossible()
    }

    fn serialize_f64(self, _: f64) -> Result<(), WireError> {
        impossible()
    }

    fn serialize_char(self, v: char) -> Result<(), WireError> {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, v: &str) -> Result<(), WireError> {
        self.tag(TEXT)?;
        self.bytes(v);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), WireError> {
        impossible()
    }

    fn serialize_none(self) -> Result<(), WireError> {
        self.tag(NONE)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), WireError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), WireError> {
        self.tag(NONE)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), WireError> {
        impossible()
    }

    fn serialize_unit_variant(self, _: &'static str, index: u32, _: &'static str) -> Result<(), WireError> {
        self.tag(CODE)?;
        self.number(index.into());
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), WireError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, _: &'static str, _: &T) -> Result<(), WireError> {
        impossible()
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self, WireError> {
        self.tag(LIST)?;
        self.length(length.ok_or_else(|| WireError::custom("a list without a length"))?);
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, WireError> {
        impossible()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, WireError> {
        impossible()
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self::SerializeTupleVariant, WireError> {
        impossible()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, WireError> {
        self.tag(NAMED)?;
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, WireError> {
        self.tag(PLACED)?;
        Ok(self)
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self::SerializeStructVariant, WireError> {
        impossible()
    }

    fn is_human_readable(&self) -> bool {
        true
    }
}

impl SerializeSeq for &mut Target {
    type Ok = ();
    type Error = WireError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WireError> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), WireError> {
        Ok(())
    }
}

impl SerializeMap for &mut Target {
    type Ok = ();
    type Error = WireError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), WireError> {
        self.0.push(ENTRY);
        // Names are written as texts; the tag says nothing there.
        let tag = self.0.len();
        key.serialize(&mut **self)?;
        if self.0.get(tag) != Some(&TEXT) {
            return impossible();
        }
        self.0.remove(tag);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WireError> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), WireError> {
        self.tag(END)
    }
}

impl SerializeStruct for &mut Target {
    type Ok = ();
    type Error = WireError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Result<(), WireError> {
        value.serialize(&mut **self)
    }

    fn skip_field(&mut self, _: &'static str) -> Result<(), WireError> {
        self.0.push(NONE);
        Ok(())
    }

    fn end(self) -> Result<(), WireError> {
        Ok(())
    }
}
