//! Values that stand by themselves: whatever shape a value has, it becomes a fact, or what is wrong with it is noted.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{FactValue, Place, shortened};
use crate::facts::{CodeList, Field, FieldKind};
use crate::feel::Datum;
use crate::problem::{Problem, ProblemCode, nearest};
use crate::quantity::{Credits, Hours, LARGEST, Unit, Yuan, parse_day, parse_decimal};

/// What a value looks like before it is known what it should be.
#[derive(Clone, Copy, Debug)]
pub enum Scalar<'a> {
    /// Null.
    Null,
    /// Yes or no.
    Boolean(bool),
    /// A whole number.
    Integer(i128),
    /// A binary number.
    Float,
    /// A whole number that has no place in 64 bits.
    Huge,
    /// NaN or infinity, which other languages count among the numbers.
    NoNumber,
    /// Text.
    Text(&'a str),
    /// A list, where none is taken.
    List,
    /// An object, where none is taken.
    Map,
    /// What another language holds and JSON has no form for, in the words of its binding.
    Foreign(&'a [u8]),
}

impl Scalar<'_> {
    /// What a reader took for a binary number.
    pub(crate) fn of_binary(number: f64) -> Self {
        // Readers of JSON make binary numbers of whole ones that are too large for them.
        const MOST: f64 = 9_223_372_036_854_775_808.0;
        match number.abs() {
            size if size < MOST => Self::Float,
            size if size.is_finite() => Self::Huge,
            _ => Self::NoNumber,
        }
    }

    /// What would mend it, whatever is asked for.
    pub(crate) const fn cure(&self) -> Option<&'static str> {
        match self {
            Self::NoNumber => Some("leave out what is not known"),
            _ => None,
        }
    }
}

/// What is wrong with a binary number whose type is not known: wherever a policy says what a value is.
#[must_use]
pub fn binary_number(place: &str, number: f64) -> Problem {
    let found = Scalar::of_binary(number);
    let (code, expected) = match found {
        Scalar::Float => (ProblemCode::InexactNumber, "an exact number"),
        Scalar::Huge => (ProblemCode::OutOfRange, "a whole number of at most 64 bits"),
        _ => (ProblemCode::WrongType, "a value"),
    };
    let cure = found.cure().unwrap_or("give a whole number without a point, and any other as text, such as \"12.5\", so that it stays exact");
    Problem::new(code, place, format!("expected {expected}, got {found}")).with_cure(cure)
}

impl fmt::Display for Scalar<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(b) => b.fmt(f),
            Self::Integer(i) => i.fmt(f),
            Self::Float => f.write_str("a binary number"),
            Self::Huge => f.write_str("a number of more than 64 bits"),
            Self::NoNumber => f.write_str("NaN or infinity, which is no number"),
            Self::Text(t) => write!(f, "\"{}\"", shortened(t)),
            Self::List => f.write_str("a list"),
            Self::Map => f.write_str("an object"),
            Self::Foreign(words) => f.write_str(&shortened(&String::from_utf8_lossy(words))),
        }
    }
}

impl FactValue for bool {
    const KIND: FieldKind = FieldKind::Boolean;

    fn datum(&self) -> Datum<'_> {
        Datum::Boolean(*self)
    }

    fn of(found: Scalar<'_>, place: &mut Place) -> Option<Self> {
        match found {
            Scalar::Boolean(value) => Some(value),
            Scalar::Null => None,
            other => {
                place.expected(ProblemCode::WrongType, "true or false", &other, None);
                None
            }
        }
    }
}

impl FactValue for u32 {
    const KIND: FieldKind = FieldKind::Integer;
    const UNIT: Option<Unit> = Some(Unit::One);

    fn datum(&self) -> Datum<'_> {
        Datum::Number(Decimal::from(*self))
    }

    fn of(found: Scalar<'_>, place: &mut Place) -> Option<Self> {
        match found {
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
        }
    }
}

fn decimal_of(found: Scalar<'_>, place: &mut Place) -> Option<Decimal> {
    match found {
        Scalar::Text(text) => {
            let value = parse_decimal(text);
            if value.is_none() && is_long_number(text) {
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
    }
}

/// Whether a text is a number, though of more digits than can be held.
pub(crate) fn is_long_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(whole) && are_digits(fraction) && digits.len() > 28
}

fn out_of_range(value: Decimal, place: &mut Place) {
    let expected = if value.is_sign_negative() { "a decimal that is not negative".to_owned() } else { format!("a decimal of at most {LARGEST}") };
    place.expected(ProblemCode::OutOfRange, &expected, &Scalar::Text(&value.to_string()), None);
}

macro_rules! amount_fact {
    ($($amount:ident),*) => {$(
        impl FactValue for $amount {
            const KIND: FieldKind = FieldKind::Decimal;
            const UNIT: Option<Unit> = Some($amount::UNIT);

            fn datum(&self) -> Datum<'_> {
                Datum::Number(self.value())
            }

            fn of(found: Scalar<'_>, place: &mut Place) -> Option<Self> {
                let value = decimal_of(found, place)?;
                let amount = Self::new(value);
                if amount.is_none() {
                    out_of_range(value, place);
                }
                amount
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

    fn of(found: Scalar<'_>, place: &mut Place) -> Option<Self> {
        let value = decimal_of(found, place)?;
        if value.is_sign_negative() && !value.is_zero() && place.field.is_some_and(Field::is_never_negative) {
            out_of_range(value, place);
            return None;
        }
        Some(value)
    }
}

impl FactValue for NaiveDate {
    const KIND: FieldKind = FieldKind::Day;

    fn datum(&self) -> Datum<'_> {
        Datum::Date(*self)
    }

    fn of(found: Scalar<'_>, place: &mut Place) -> Option<Self> {
        match found {
            Scalar::Text(text) => {
                let day = parse_day(text);
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
        }
    }
}

impl FactValue for String {
    const KIND: FieldKind = FieldKind::Text;

    fn datum(&self) -> Datum<'_> {
        Datum::Text(self)
    }

    fn of(found: Scalar<'_>, place: &mut Place) -> Option<Self> {
        match found {
            Scalar::Text(text) => Some(text.to_owned()),
            Scalar::Null => None,
            other => {
                place.expected(ProblemCode::WrongType, "text", &other, None);
                None
            }
        }
    }
}

/// The place of the code that was found in this list.
pub fn code_of(found: Scalar<'_>, list: &CodeList, place: &mut Place) -> Option<usize> {
    match found {
        Scalar::Text(text) => {
            let index = list.index(text);
            if index.is_none() {
                let known: Vec<_> = list.codes.iter().map(|c| c.code).collect();
                let cure = match nearest(text, known.iter().copied()) {
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
    }
}
