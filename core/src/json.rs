//! JSON as text, without spaces: what `serde_json` writes, byte for byte, in half the time.
//!
//! In comes whatever describes itself to Serde with texts for keys; out goes its text. The names of fields and variants are those of our own types, which
//! need no escapes, and a text that needs one goes the way of `serde_json`.

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::Error;

type Result<T> = std::result::Result<T, Error>;

/// The JSON of a value.
pub(crate) fn to_json(value: &impl Serialize) -> Result<String> {
    let mut writer = Writer { text: String::new() };
    value.serialize(&mut writer)?;
    Ok(writer.text)
}

struct Writer {
    text: String,
}

impl Writer {
    /// A value that is seldom written.
    fn the_long_way(&mut self, value: &impl Serialize) -> Result<()> {
        self.text.push_str(&serde_json::to_string(value)?);
        Ok(())
    }

    /// A text that needs no escapes.
    #[inline]
    fn plain(&mut self, text: &str) {
        self.text.push('"');
        self.text.push_str(text);
        self.text.push('"');
    }

    /// A name of our own, before what it is the name of.
    #[inline]
    fn named(&mut self, name: &'static str) -> &mut Self {
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str("\":");
        self
    }
}

/// Whether a text stands in JSON as it is, eight bytes at once.
fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    eights.iter().all(|eight| eight.iter().fold(true, |plain, byte| plain & is_plain(*byte))) && rest.iter().all(|byte| is_plain(*byte))
}

/// The items of a list, or the entries of an object.
struct Items<'w> {
    writer: &'w mut Writer,
    any: bool,
    end: &'static str,
}

impl<'w> Items<'w> {
    #[expect(clippy::unnecessary_wraps, reason = "it is what every serializer gives back")]
    fn begin(writer: &'w mut Writer, begin: char, end: &'static str) -> Result<Self> {
        writer.text.push(begin);
        Ok(Self { writer, any: false, end })
    }

    fn next(&mut self) -> &mut Writer {
        if std::mem::replace(&mut self.any, true) {
            self.writer.text.push(',');
        }
        self.writer
    }

    #[expect(clippy::unnecessary_wraps, reason = "it is what every serializer gives back")]
    fn end(self) -> Result<()> {
        self.writer.text.push_str(self.end);
        Ok(())
    }
}

macro_rules! plain_numbers {
    ($($serialize:ident: $number:ty,)*) => {
        $(fn $serialize(self, number: $number) -> Result<()> {
            self.text.push_str(itoa::Buffer::new().format(number));
            Ok(())
        })*
    };
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Items<'w>;
    type SerializeTuple = Items<'w>;
    type SerializeTupleStruct = Items<'w>;
    type SerializeTupleVariant = Items<'w>;
    type SerializeMap = Items<'w>;
    type SerializeStruct = Items<'w>;
    type SerializeStructVariant = Items<'w>;

    plain_numbers! {
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
    }

    fn serialize_bool(self, value: bool) -> Result<()> {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<()> {
        if !is_plain(text) {
            return self.the_long_way(&text);
        }
        self.plain(text);
        Ok(())
    }

    fn serialize_unit(self) -> Result<()> {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.plain(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, variant: &'static str, value: &T) -> Result<()> {
        self.text.push('{');
        value.serialize(self.named(variant))?;
        self.text.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'w>> {
        Items::begin(self, '[', "]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'w>> {
        Items::begin(self, '[', "]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'w>> {
        Items::begin(self, '[', "]")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items<'w>> {
        Items::begin(self, '{', "}")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Items<'w>> {
        Items::begin(self, '{', "}")
    }

    fn serialize_f32(self, number: f32) -> Result<()> {
        self.the_long_way(&number)
    }

    fn serialize_f64(self, number: f64) -> Result<()> {
        self.the_long_way(&number)
    }

    fn serialize_char(self, character: char) -> Result<()> {
        self.the_long_way(&character)
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<()> {
        self.the_long_way(&bytes)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Self::SerializeTupleVariant> {
        self.text.push('{');
        Items::begin(self.named(variant), '[', "]}")
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Self::SerializeStructVariant> {
        self.text.push('{');
        Items::begin(self.named(variant), '{', "}}")
    }
}

macro_rules! lists {
    ($($list:ident: $serialize:ident,)*) => {
        $(impl $list for Items<'_> {
            type Ok = ();
            type Error = Error;

            fn $serialize<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<()> {
                item.serialize(self.next())
            }

            fn end(self) -> Result<()> {
                Items::end(self)
            }
        })*
    };
}

lists! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

macro_rules! structs {
    ($($struct:ident,)*) => {
        $(impl $struct for Items<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
                value.serialize(self.next().named(name))
            }

            fn end(self) -> Result<()> {
                Items::end(self)
            }
        })*
    };
}

structs! {
    SerializeStruct,
    SerializeStructVariant,
}

impl SerializeMap for Items<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        key.serialize(self.next())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.writer.text.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<()> {
        Items::end(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    enum Shape {
        Unit,
        One(u8),
        Two(i64, Option<bool>),
        Fields { text: String, none: Option<()> },
    }

    #[derive(Serialize)]
    struct Whole {
        shapes: Vec<Shape>,
        texts: std::collections::BTreeMap<String, &'static str>,
        number: f64,
        character: char,
        unit: (),
        pair: (u64, i8),
    }

    #[test]
    fn what_is_written_is_what_serde_json_writes() {
        let texts = ["", "三(十六)", "a \"quoted\" \\ text", "line\nline", "\u{1}\u{7f}\u{2028}", "practitioner.activities[12]"];
        let whole = Whole {
            shapes: vec![Shape::Unit, Shape::One(3), Shape::Two(i64::MIN, Some(true)), Shape::Fields { text: "\t".to_owned(), none: None }],
            texts: texts.iter().map(|text| ((*text).to_owned(), *text)).collect(),
            number: 0.25,
            character: '"',
            unit: (),
            pair: (u64::MAX, -1),
        };
        assert_eq!(to_json(&whole).ok(), serde_json::to_string(&whole).ok());
    }
}
