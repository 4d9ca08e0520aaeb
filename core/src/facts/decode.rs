//! Reading facts from any self-describing format: JSON text, a policy file's examples, another language's objects.
//!
//! Decoding never stops at the first problem: a bad value is noted with its path and skipped, and the rest is read on.

use std::fmt;
use std::marker::PhantomData;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Absent, CodeList, Entity, Extra, FieldKind, Vocabulary};
use crate::feel::{Datum, Record, Records, Value};
use crate::problem::{Problem, ProblemCode, nearest};
use crate::quantity::{Credits, Hours, Unit, Yuan, parse_day, parse_decimal};

/// A type that a field can hold.
pub trait FactValue: Sized {
    /// What the vocabulary says of it.
    const KIND: FieldKind;
    /// Its unit, where the type alone decides it.
    const UNIT: Option<Unit> = None;

    /// How a condition reads it.
    fn datum(&self) -> Datum<'_>;

    /// Reads it; `None` where it is null or wrong, which `place` then knows.
    ///
    /// # Errors
    /// Only what the format itself cannot read on from, such as malformed JSON.
    fn decode<'de, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Option<Self>, D::Error>;

    /// Visits every record inside, so that a policy can check its own facts there.
    fn each_record_mut(&mut self, _name: &'static str, _visit: &mut RecordVisit<'_>) {}
}

/// What visits records: their place, entity and own facts.
pub type RecordVisit<'v> = dyn FnMut(RecordPlace, &'static Entity, &mut Extra) + 'v;

/// Where a record stands: `activities[3]`, from the inside out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordPlace(pub(crate) String);

impl RecordPlace {
    fn below(self, parent: &str) -> Self {
        Self(if self.0.is_empty() { parent.to_owned() } else { format!("{parent}.{}", self.0) })
    }
}

/// An entity that can be decoded field by field.
pub trait DecodeEntity: Default + Vocabulary + Record {
    /// Decodes the next value of the map into this slot.
    ///
    /// # Errors
    /// Only what the format cannot read on from.
    fn decode_slot<'de, A: MapAccess<'de>>(&mut self, slot: usize, map: &mut A, place: &mut Place) -> Result<(), A::Error>;

    /// The lists of fields said to be unknown and none, and the policy's own facts.
    fn absences(&mut self) -> (&mut Vec<String>, &mut Vec<String>, &mut Extra);

    /// Whether the field in this slot has a value.
    fn is_given(&self, slot: usize) -> bool;

    /// Visits every record inside.
    fn each_record_mut(&mut self, visit: &mut RecordVisit<'_>);
}

/// The place that decoding has reached, and what it found wrong so far.
#[derive(Debug, Default)]
pub struct Place {
    path: String,
    sensitive: bool,
    null: bool,
    problems: Vec<Problem>,
}

impl Place {
    /// The problems found.
    #[must_use]
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    pub(crate) fn inside<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
        let result = read(self);
        self.path.truncate(length);
        result
    }

    fn at_index<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        self.path.push_str(&format!("[{index}]"));
        let result = read(self);
        self.path.truncate(length);
        result
    }

    pub(crate) fn problem(&mut self, code: ProblemCode, message: String, cure: Option<String>) {
        let place = if self.path.is_empty() { "facts".to_owned() } else { self.path.clone() };
        self.problems.push(Problem { code, place, message, cure, excerpt: None });
    }

    pub(crate) fn unknown_name<'a>(&mut self, name: &str, what: &str, known: impl IntoIterator<Item = &'a str>) {
        let cure = nearest(name, known).map(|near| format!("did you mean `{near}`?"));
        self.problem(ProblemCode::UnknownName, format!("no {what} is called `{}`", shortened(name)), cure);
    }

    fn expected(&mut self, code: ProblemCode, expected: &str, found: &Scalar, cure: Option<&str>) {
        let found =
            if self.sensitive && !matches!(found, Scalar::List | Scalar::Map) { "another value (not shown)".to_owned() } else { found.to_string() };
        self.problem(code, format!("expected {expected}, got {found}"), cure.map(str::to_owned));
    }
}

/// The text of an input, short enough for a message.
pub(crate) fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST).chain(['…']).collect() }
}

/// Decodes an `Option` of a fact at the current place.
pub struct Seed<'p, T> {
    place: &'p mut Place,
    value: PhantomData<T>,
}

impl<'p, T> Seed<'p, T> {
    /// A seed for the place where decoding stands.
    pub fn new(place: &'p mut Place) -> Self {
        Self { place, value: PhantomData }
    }
}

impl<'de, T: FactValue> DeserializeSeed<'de> for Seed<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Self::Value, D::Error> {
        T::decode(source, self.place)
    }
}

/// What a value looks like before it is known what it should be.
enum Scalar {
    Null,
    Boolean(bool),
    Integer(i128),
    Float,
    Text(String),
    List,
    Map,
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(b) => b.fmt(f),
            Self::Integer(i) => i.fmt(f),
            Self::Float => f.write_str("a binary number"),
            Self::Text(t) => write!(f, "\"{}\"", shortened(t)),
            Self::List => f.write_str("a list"),
            Self::Map => f.write_str("an object"),
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

    fn visit_f64<E>(self, _: f64) -> Result<Scalar, E> {
        Ok(Scalar::Float)
    }

    fn visit_str<E>(self, v: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(v.to_owned()))
    }

    fn visit_string<E>(self, v: String) -> Result<Scalar, E> {
        Ok(Scalar::Text(v))
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
            if value.is_none() {
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
        found @ (Scalar::Integer(_) | Scalar::Float) => {
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
                    place.expected(ProblemCode::OutOfRange, "a decimal that is not negative", &Scalar::Text(value.to_string()), None);
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
        decode_decimal(source, place)
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

impl FactValue for Vec<String> {
    const KIND: FieldKind = FieldKind::Texts;

    fn datum(&self) -> Datum<'_> {
        Datum::Texts(self)
    }

    fn decode<'de, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Option<Self>, D::Error> {
        source.deserialize_any(ListVisitor { place, items: PhantomData::<String> })
    }
}

impl<T: FactValue + DecodeEntity + 'static> FactValue for Vec<T> {
    const KIND: FieldKind = FieldKind::Records(|| T::ENTITY);

    fn datum(&self) -> Datum<'_> {
        Datum::Records(self as &dyn Records)
    }

    fn decode<'de, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Option<Self>, D::Error> {
        source.deserialize_any(ListVisitor { place, items: PhantomData::<T> })
    }

    fn each_record_mut(&mut self, name: &'static str, visit: &mut RecordVisit<'_>) {
        for (index, record) in self.iter_mut().enumerate() {
            DecodeEntity::each_record_mut(record, &mut |place, entity, extra| visit(place.below(&format!("{name}[{index}]")), entity, extra));
            let (_, _, extra) = record.absences();
            visit(RecordPlace(format!("{name}[{index}]")), T::ENTITY, extra);
        }
    }
}

/// Visits a single record and those inside it.
pub fn visit_record<T: DecodeEntity>(record: &mut T, name: &str, visit: &mut RecordVisit<'_>) {
    DecodeEntity::each_record_mut(record, &mut |place, entity, extra| visit(place.below(name), entity, extra));
    let (_, _, extra) = record.absences();
    visit(RecordPlace(name.to_owned()), T::ENTITY, extra);
}

struct ListVisitor<'p, T> {
    place: &'p mut Place,
    items: PhantomData<T>,
}

impl<'de, T: FactValue> Visitor<'de> for ListVisitor<'_, T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        for index in 0.. {
            let next = self.place.at_index(index, |place| {
                let item = items.next_element_seed(Seed::<T>::new(place))?;
                if matches!(item, Some(None)) && std::mem::take(&mut place.null) {
                    place.problem(ProblemCode::WrongType, "a list has no null in it".to_owned(), Some("leave the item out".to_owned()));
                }
                Ok(item)
            })?;
            match next {
                Some(item) => list.extend(item),
                None => break,
            }
        }
        Ok(Some(list))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        self.place.null = true;
        Ok(None)
    }

    fn visit_bool<E>(self, v: bool) -> Result<Self::Value, E> {
        self.not_a_list(&Scalar::Boolean(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Self::Value, E> {
        self.not_a_list(&Scalar::Integer(v.into()))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Self::Value, E> {
        self.not_a_list(&Scalar::Integer(v.into()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        self.not_a_list(&Scalar::Float)
    }

    fn visit_str<E>(self, v: &str) -> Result<Self::Value, E> {
        self.not_a_list(&Scalar::Text(v.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.not_a_list(&Scalar::Map)
    }
}

impl<T> ListVisitor<'_, T> {
    #[expect(clippy::unnecessary_wraps, reason = "it is what every `visit` gives back")]
    fn not_a_list<E>(self, found: &Scalar) -> Result<Option<Vec<T>>, E> {
        self.place.expected(ProblemCode::WrongType, "a list", found, None);
        Ok(None)
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

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut record = T::default();
        let mut seen = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            self.place.inside(&key, |place| {
                if seen.contains(&key) {
                    place.problem(ProblemCode::Duplicate, "said twice".to_owned(), Some("keep one of them".to_owned()));
                }
                decode_key(&mut record, &key, &mut map, place)
            })?;
            seen.push(key);
        }
        check_absences(&mut record, self.place);
        self.place.null = false;
        Ok(Some(record))
    }
}

fn decode_key<'de, T: DecodeEntity, A: MapAccess<'de>>(record: &mut T, key: &str, map: &mut A, place: &mut Place) -> Result<(), A::Error> {
    let (unknown, none, extra) = record.absences();
    match key {
        "unknown" => unknown.extend(map.next_value_seed(Seed::<Vec<String>>::new(place))?.unwrap_or_default()),
        "none" => none.extend(map.next_value_seed(Seed::<Vec<String>>::new(place))?.unwrap_or_default()),
        "extra" => *extra = map.next_value_seed(super::extra::ExtraSeed { place })?,
        _ => match T::ENTITY.field(key) {
            Some((slot, field)) => {
                place.sensitive = field.sensitive;
                place.null = false;
                record.decode_slot(slot, map, place)?;
                place.sensitive = false;
                if std::mem::take(&mut place.null) {
                    record.absences().1.push(key.to_owned());
                }
            }
            None => {
                place.unknown_name(key, &format!("field of {}", T::ENTITY.name), T::ENTITY.fields.iter().map(|f| f.name));
                map.next_value::<IgnoredAny>()?;
            }
        },
    }
    Ok(())
}

/// `unknown` and `none` name fields that exist, have no value, and are not both.
fn check_absences<T: DecodeEntity>(record: &mut T, place: &mut Place) {
    let (unknown, none, extra) = record.absences();
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
