//! Values that stand by themselves: whatever shape a value has, it is read on, and what is wrong with it is noted.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{FactValue, Place, shortened};
use crate::facts::{CodeList, FieldKind};
use crate::feel::Datum;
use crate::problem::{ProblemCode, nearest};
use crate::quantity::{Credits, Hours, Unit, Yuan, parse_day, parse_decimal};

/// What a value looks like before it is known what it should be.
pub(super) enum Scalar {
    Null,
    Boolean(bool),
    Integer(i128),
    Float,
    /// A whole number that has no place in 64 bits.
    Huge,
    Text(String),
    List,
    Map,
    /// What JSON has no form for, in words.
    Foreign(String),
}

impl Scalar {
    /// What another language holds, in the words of its binding.
    pub(super) fn foreign(words: &[u8]) -> Self {
        Self::Foreign(shortened(&String::from_utf8_lossy(words)))
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(b) => b.fmt(f),
            Self::Integer(i) => i.fmt(f),
            Self::Float => f.write_str("a binary number"),
            Self::Huge => f.write_str("a number of more than 64 bits"),
            Self::Text(t) => write!(f, "\"{}\"", shortened(t)),
            Self::List => f.write_str("a list"),
            Self::Map => f.write_str("an object"),
            Self::Foreign(words) => f.write_str(words),
        }
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, v: bool) -> Result<Scalar, E> {
        Ok(Scalar::Boolean(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Scalar, E> {
        Ok(Scalar::Integer(v.into()))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Scalar, E> {
        Ok(Scalar::Integer(v.into()))
    }

    fn visit_i128<E>(self, v: i128) -> Result<Scalar, E> {
        Ok(Scalar::Integer(v))
    }

    fn visit_f64<E>(self, v: f64) -> Result<Scalar, E> {
        // Readers of JSON make binary numbers of whole ones that are too large for them.
        const MOST: f64 = 9_223_372_036_854_775_808.0;
        Ok(if v.abs() >= MOST { Scalar::Huge } else { Scalar::Float })
    }

    fn visit_str<E>(self, v: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(v.to_owned()))
    }

    fn visit_string<E>(self, v: String) -> Result<Scalar, E> {
        Ok(Scalar::Text(v))
    }

    fn visit_bytes<E>(self, v: &[u8]) -> Result<Scalar, E> {
        Ok(Scalar::foreign(v))
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Null)
    }

    fn visit_none<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Scalar, D::Error> {
        source.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Scalar, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Map)
    }
}

fn scalar<'de, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Scalar, D::Error> {
    let found = source.deserialize_any(ScalarVisitor)?;
    place.null = matches!(found, Scalar::Null);
    Ok(found)
}

impl FactValue for bool {
    const KIND: FieldKind = FieldKind::Boolean;

    fn datum(&self) -> Datum<'_> {
        Datum::Boolean(*self)
    }

    fn decode<'de, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Option<Self>, D::Error> {
        Ok(match scalar(source, place)? {
            Scalar::Boolean(value) => Some(value),
            Scalar::Null => None,
            other => {
                place.expected(ProblemCode::WrongType, "true or false", &other, None);
                None
            }
        })
    }
}

impl FactValue for u32 {
    const KIND: FieldKind = FieldKind::Integer;
    const UNIT: Option<Unit> = Some(Unit::One);

    fn datum(&self) -> Datum<'_> {
        Datum::Number(Decimal::from(*self))
    }

    fn decode<'de, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Option<Self>, D::Error> {
        Ok(match scalar(source, place)? {
            Scalar::Integer(value) => {
                let fits = Self::try_from(value).ok();
                if fits.is_none() {
                    place.expected(ProblemCode::OutOfRange, "a whole number from 0 to 4294967295", &Scalar::Integer(value), None);
                }
                fits
            }
            Scalar::Huge => {
                place.expected(ProblemCode::OutOfRange, "a whole number from 0 to 4294967295", &Scalar::Huge, None);
                None
            }
            Scalar::Null => None,
            other => {
                place.expected(ProblemCode::WrongType, "a whole number", &other, None);
                None
            }
        })
    }
}

fn decode_decimal<'de, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Option<Decimal>, D::Error> {
    Ok(match scalar(source, place)? {
        Scalar::Text(text) => {
            let value = parse_decimal(&text);
            if value.is_none() && is_long_number(&text) {
                place.expected(ProblemCode::OutOfRange, "a decimal of at most 28 digits", &Scalar::Text(text), None);
            } else if value.is_none() {
                place.expected(
                    ProblemCode::WrongType,
                    "a decimal",
                    &Scalar::Text(text),
                    Some("write digits with at most one point, such as \"12.5\""),
                );
            }
            value
        }
        Scalar::Null => None,
        found @ (Scalar::Integer(_) | Scalar::Float | Scalar::Huge) => {
            place.expected(
                ProblemCode::InexactNumber,
                "a decimal in quotes",
                &found,
                Some("quantities are strings, such as \"12.5\", so that they stay exact"),
            );
            None
        }
        other => {
            place.expected(ProblemCode::WrongType, "a decimal", &other, None);
            None
        }
    })
}

/// Whether a text is a number, though of more digits than can be held.
fn is_long_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(whole) && are_digits(fraction) && digits.len() > 28
}

fn not_negative(value: Decimal, place: &mut Place) {
    place.expected(ProblemCode::OutOfRange, "a decimal that is not negative", &Scalar::Text(value.to_string()), None);
}

macro_rules! amount_fact {
    ($($amount:ident),*) => {$(
        impl FactValue for $amount {
            const KIND: FieldKind = FieldKind::Decimal;
            const UNIT: Option<Unit> = Some($amount::UNIT);

            fn datum(&self) -> Datum<'_> {
                Datum::Number(self.value())
            }

            fn decode<'de, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Option<Self>, D::Error> {
                let Some(value) = decode_decimal(source, place)? else { return Ok(None) };
                let amount = Self::new(value);
                if amount.is_none() {
                    not_negative(value, place);
                }
                Ok(amount)
            }
        }
    )*};
}

amount_fact!(Credits, Hours, Yuan);

impl FactValue for Decimal {
    const KIND: FieldKind = FieldKind::Decimal;
    const UNIT: Option<Unit> = Some(Unit::One);

    fn datum(&self) -> Datum<'_> {
        Datum::Number(*self)
    }

    fn decode<'de, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Option<Self>, D::Error> {
        let Some(value) = decode_decimal(source, place)? else { return Ok(None) };
        if place.never_negative && value.is_sign_negative() && !value.is_zero() {
            not_negative(value, place);
            return Ok(None);
        }
        Ok(Some(value))
    }
}

impl FactValue for NaiveDate {
    const KIND: FieldKind = FieldKind::Day;

    fn datum(&self) -> Datum<'_> {
        Datum::Date(*self)
    }

    fn decode<'de, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Option<Self>, D::Error> {
        Ok(match scalar(source, place)? {
            Scalar::Text(text) => {
                let day = parse_day(&text);
                if day.is_none() {
                    place.expected(ProblemCode::BadDate, "a date that exists, YYYY-MM-DD", &Scalar::Text(text), None);
                }
                day
            }
            Scalar::Null => None,
            other => {
                place.expected(ProblemCode::WrongType, "a date, \"YYYY-MM-DD\"", &other, None);
                None
            }
        })
    }
}

impl FactValue for String {
    const KIND: FieldKind = FieldKind::Text;

    fn datum(&self) -> Datum<'_> {
        Datum::Text(self)
    }

    fn decode<'de, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Option<Self>, D::Error> {
        Ok(match scalar(source, place)? {
            Scalar::Text(text) => Some(text),
            Scalar::Null => None,
            other => {
                place.expected(ProblemCode::WrongType, "text", &other, None);
                None
            }
        })
    }
}

/// Reads a code of this list and gives its place.
///
/// # Errors
/// Only what the format cannot read on from.
pub fn decode_code<'de, D: Deserializer<'de>>(source: D, list: &CodeList, place: &mut Place) -> Result<Option<usize>, D::Error> {
    Ok(match scalar(source, place)? {
        Scalar::Text(text) => {
            let index = list.index(&text);
            if index.is_none() {
                let known: Vec<_> = list.codes.iter().map(|c| c.code).collect();
                let cure = match nearest(&text, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("one of {}", known.join(", ")),
                };
                place.expected(ProblemCode::UnknownCode, &format!("a code of {}", list.name), &Scalar::Text(text), Some(&cure));
            }
            index
        }
        Scalar::Null => None,
        other => {
            place.expected(ProblemCode::WrongType, &format!("a code of {}", list.name), &other, None);
            None
        }
    })
}
