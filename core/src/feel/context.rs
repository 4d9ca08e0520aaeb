//! Trying an expression out: a context as JSON, the value back.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::eval::Evaluator;
use super::number::is_held;
use super::parse::{is_name, parse};
use super::val::{Item, Trail};
use super::{Access, FeelErrors, Names, NullReason, Schema, Shape, ShapeField, ShapeId, Type, Value};
use crate::problem::{Problem, ProblemCode, TrainingError, json_cure};

/// Names and values for an expression to use.
#[derive(Clone, Debug, Default)]
pub struct Context {
    value: Option<Value>,
    schema: Schema,
    shape: Option<ShapeId>,
}

impl Context {
    /// Reads a context from a JSON object: numbers stay exact, text stays text (`date("2024-10-31")` makes a date of it).
    ///
    /// # Errors
    /// Text that is not a JSON object, lists and records that nest too deep, a field that is said twice, a number that cannot be held exactly, and each
    /// place where items of one list, or fields of their records, are of another type than those before them.
    pub fn from_json(text: &str) -> Result<Self, TrainingError> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|e| not_json(&e))?;
        let value = value_of(raw, "context", 0)?;
        if !matches!(value, Value::Record(_)) {
            return Err(Problem::new(ProblemCode::WrongType, "context", "expected an object")
                .with_cure("write the names as keys: `{\"credits\": [10, 15]}`")
                .into());
        }
        let mut reader = Reader::default();
        let shape = reader.shape_of(&[("context".to_owned(), &value)], "context", false);
        TrainingError::unless_empty(reader.problems)?;
        Ok(Self { value: Some(value), schema: reader.schema, shape: Some(shape) })
    }
}

fn not_json(error: &serde_json::Error) -> Problem {
    Problem::new(ProblemCode::Syntax, "context", format!("not JSON: {error}")).with_cure(json_cure(error))
}

/// How deep the lists and records of a context may nest, so that no reader of it runs out of stack.
const DEEPEST: usize = 64;

/// Reads a value from its own text, so that no number passes through a binary float.
fn value_of(raw: &RawValue, path: &str, depth: usize) -> Result<Value, Problem> {
    if depth > DEEPEST {
        return Err(Problem::new(ProblemCode::TooLarge, "context", format!("lists and records nest at most {DEEPEST} deep"))
            .with_cure("put what lies so deep under a name of its own"));
    }
    let text = raw.get();
    let read = |e: serde_json::Error| not_json(&e);
    Ok(match text.bytes().next() {
        Some(b'{') => {
            let Fields(fields) = serde_json::from_str(text).map_err(read)?;
            let mut said = HashSet::new();
            if let Some((name, _)) = fields.iter().find(|(name, _)| !said.insert(name.as_str())) {
                return Err(Problem::new(ProblemCode::Duplicate, format!("{path}.{name}"), "said twice").with_cure("keep one of them"));
            }
            if let Some((name, _)) = fields.iter().find(|(name, _)| reads_as_more(name)) {
                let message = "a name that reads as an expression: FEEL would prefer the name, and here nothing but letters, digits and `_` make one";
                return Err(Problem::new(ProblemCode::OutsideSubset, format!("{path}.{name}"), message).with_cure("give it another name"));
            }
            let fields = fields.into_iter().map(|(name, raw)| value_of(raw, &format!("{path}.{name}"), depth + 1).map(|value| (name, value)));
            Value::Record(fields.collect::<Result<_, _>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(read)?;
            Value::List(items.iter().enumerate().map(|(i, raw)| value_of(raw, &format!("{path}[{i}]"), depth + 1)).collect::<Result<_, _>>()?)
        }
        Some(b'"') => Value::Text(serde_json::from_str(text).map_err(read)?),
        Some(b't') => Value::Boolean(true),
        Some(b'f') => Value::Boolean(false),
        Some(b'n') => Value::NULL,
        _ => match number_of(text) {
            Some(number) => Value::Number(number),
            None => {
                return Err(Problem::new(ProblemCode::OutOfRange, path, "a number of at most 28 digits is expected").with_cure("write fewer digits"));
            }
        },
    })
}

/// Whether a name would be taken for an expression of several parts, such as `a-b`.
fn reads_as_more(name: &str) -> bool {
    name.starts_with(|first: char| first == '_' || first.is_alphabetic())
        && !is_name(name)
        && parse(name).is_ok_and(|node| !node.kind.parts().is_empty())
}

/// A number as JSON writes it, with each of its digits.
fn number_of(text: &str) -> Option<Decimal> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let digits = Decimal::from_str_exact(digits).ok()?.normalize();
    let scale = i64::from(digits.scale()).checked_sub(exponent.parse().ok()?)?;
    let number = match u32::try_from(scale) {
        _ if digits.is_zero() => digits,
        Ok(scale) => Decimal::try_from_i128_with_scale(digits.mantissa(), scale).ok()?,
        Err(_) => {
            let times = 10_i128.checked_pow(u32::try_from(scale.unsigned_abs()).ok()?)?;
            Decimal::try_from_i128_with_scale(digits.mantissa().checked_mul(times)?, 0).ok()?
        }
    };
    is_held(number).then_some(number)
}

/// The fields of an object in their order, not yet read.
struct Fields<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        source.deserialize_map(Reader)
    }
}

/// Evaluates an expression of the subset as FEEL does; an error is a null, with its reason.
///
/// # Errors
/// Every part of the expression that the subset does not take, or the limit that was reached before it had a value: FEEL knows numbers of more
/// digits, parts of a second and far years, and none of them is passed off as null.
pub fn evaluate(expression: &str, context: &Context) -> Result<Value, FeelErrors> {
    let mut names = Names::new(&context.schema);
    if let Some(shape) = context.shape {
        names = names.with_root("", 0, shape);
    }
    let compiled = names.compile(expression)?;
    let item = context.value.as_ref().map(|value| Item { record: value, trail: Trail::nowhere() });
    let mut evaluator = Evaluator::of_plain_feel(item, NaiveDate::MIN);
    let value = evaluator.value(&compiled);
    match evaluator.limit() {
        Some(limit) => Err(limit.refusal(expression).into()),
        None => Ok(value.into_value(compiled.ty()).unwrap_or(Value::Null(Some(NullReason::BadArgument)))),
    }
}

/// A value and its place.
type Placed<'v> = (String, &'v Value);

/// Finds the types of a context's values.
#[derive(Default)]
struct Reader {
    schema: Schema,
    problems: Vec<Problem>,
}

impl Reader {
    /// The shape of records that stand in the same place, so that each may lack some fields of the others; beside them, there may be nulls.
    fn shape_of(&mut self, records: &[Placed<'_>], name: &str, beside_nulls: bool) -> ShapeId {
        let id = self.schema.add(Shape { name: name.to_owned(), fields: Vec::new() });
        let mut fields: Vec<(&str, Vec<Placed<'_>>)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (place, record) in records {
            let Value::Record(entries) = record else { continue };
            for (field, value) in entries {
                let value = (format!("{place}.{field}"), value);
                let place = *places.entry(field).or_insert(fields.len());
                match fields.get_mut(place) {
                    Some((_, values)) => values.push(value),
                    None => fields.push((field, vec![value])),
                }
            }
        }
        let fields = fields.into_iter().map(|(name, values)| {
            let of_all = values.len() >= records.len() && !beside_nulls;
            let access = if of_all { Access::Own { or_none: false } } else { Access::OwnOfSome };
            ShapeField { name: name.to_owned(), ty: self.type_of(&values, name), access, nonnegative: false, whole: false }
        });
        let fields = fields.collect();
        if let Some(shape) = self.schema.shape_mut(id) {
            shape.fields = fields;
        }
        id
    }

    /// The type of values that stand in the same place.
    fn type_of(&mut self, values: &[Placed<'_>], name: &str) -> Type {
        let present: Vec<Placed<'_>> = values.iter().filter(|(_, value)| !matches!(value, Value::Null(_))).cloned().collect();
        let Some((place, first)) = present.first() else { return Type::Null };
        if let Some((other, value)) = present.iter().find(|(_, v)| std::mem::discriminant(*v) != std::mem::discriminant(*first)) {
            let message = format!("expected {} as in `{place}`, got {}: a list has one type", kind_of(first), kind_of(value));
            self.problems.push(Problem::new(ProblemCode::WrongType, other, message).with_cure("give the values of one place one type"));
            return Type::Mixed;
        }
        match first {
            Value::Boolean(_) => Type::Boolean,
            Value::Number(_) => Type::ONE,
            Value::Text(_) => Type::Text,
            Value::List(_) => {
                let items = present.iter().flat_map(|(place, value)| {
                    let items = if let Value::List(items) = value { items.as_slice() } else { &[] };
                    items.iter().enumerate().map(move |(i, item)| (format!("{place}[{i}]"), item))
                });
                let items: Vec<_> = items.collect();
                Type::List(Box::new(self.type_of(&items, name)))
            }
            Value::Record(_) => Type::Record(self.shape_of(&present, name, present.len() < values.len())),
            _ => Type::Mixed,
        }
    }
}

/// What kind of value it is that JSON holds.
fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Boolean(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::Text(_) => "text",
        Value::List(_) => "a list",
        _ => "a record",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_a_context_come_back_as_they_are() {
        let context = Context::from_json(r#"{"courses": [{"name": "a", "credits": 1}, {"name": "b", "credits": 2.50}]}"#).expect("a context");
        let value = |expression| evaluate(expression, &context).expect("in the subset").to_json();
        assert_eq!(value("courses[credits > 1]"), r#"[{"name": "b", "credits": 2.5}]"#);
        assert_eq!(value("courses[1]"), r#"{"name": "a", "credits": 1}"#);
        assert_eq!(value("courses[credits > 1].name"), r#"["b"]"#);
        assert_eq!(value("courses[5]"), "null");
    }

    #[test]
    fn what_a_context_lacks_is_null() {
        let context = Context::from_json(r#"{"courses": [{"credits": 1}, {"hours": 2}], "none": null}"#).expect("a context");
        let value = |expression| evaluate(expression, &context).expect("in the subset").to_json();
        assert_eq!(value("courses.hours"), "[null, 2]");
        assert_eq!(value("courses[credits >= 1].credits"), "[1]");
        assert_eq!(value("none = null"), "true");
    }

    #[test]
    fn what_is_said_twice_is_refused() {
        let error = Context::from_json(r#"{"a": [{"b": 1, "b": 2}]}"#).expect_err("a duplicate");
        assert_eq!((error.code(), error.problems.first().map(|p| p.place.as_str())), (Some(ProblemCode::Duplicate), Some("context.a[0].b")));
    }

    #[test]
    fn a_context_nests_as_deep_as_it_can_be_read() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let nested = |depth: usize| Context::from_json(&format!(r#"{{"a": {}1{}}}"#, open.repeat(depth), close.repeat(depth)));
            assert!(nested(DEEPEST - 1).is_ok());
            assert_eq!(nested(DEEPEST + 1).expect_err("too deep").code(), Some(ProblemCode::TooLarge));
            assert_eq!(nested(200_000).expect_err("too deep").code(), Some(ProblemCode::TooLarge));
        }
    }

    #[test]
    fn numbers_of_a_context_keep_every_digit_or_are_refused() {
        let context = |number: &str| Context::from_json(&format!(r#"{{"n": {number}}}"#));
        for (number, written) in
            [("1e5", "100000"), ("1.50E+2", "150"), ("12.5e-3", "0.0125"), ("0e999", "0"), ("1e-28", "0.0000000000000000000000000001")]
        {
            let context = context(number).expect(number);
            assert_eq!(evaluate("n", &context).expect(number).to_json(), written);
        }
        for number in ["1e29", "1e-29", "1.5e-28", "70000000000000000000000000001", "0.12345678901234567890123456789", "1e99999999999999999999"] {
            assert_eq!(context(number).expect_err(number).code(), Some(ProblemCode::OutOfRange), "{number}");
        }
    }
}
