//! Trying an expression out: a context as JSON, the value back.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::eval::Evaluator;
use super::val::{Item, Trail};
use super::{Access, FeelError, Names, NullReason, Schema, Shape, ShapeField, ShapeId, Type, Value};
use crate::problem::{Problem, ProblemCode, TrainingError};

/// Names and values for an expression to use.
#[derive(Clone, Debug, Default)]
pub struct Context {
    value: Option<Value>,
}

impl Context {
    /// Reads a context from a JSON object: numbers stay exact, text stays text (`date("2024-10-31")` makes a date of it).
    ///
    /// # Errors
    /// Text that is not a JSON object, or a number that cannot be held exactly.
    pub fn from_json(text: &str) -> Result<Self, TrainingError> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|e| not_json(&e))?;
        match value_of(raw, "context")? {
            value @ Value::Record(_) => Ok(Self { value: Some(value) }),
            _ => Err(Problem::new(ProblemCode::WrongType, "context", "expected an object").into()),
        }
    }
}

fn not_json(error: &serde_json::Error) -> Problem {
    Problem::new(ProblemCode::Syntax, "context", format!("not JSON: {error}"))
}

/// Reads a value from its own text, so that no number passes through a binary float.
fn value_of(raw: &RawValue, path: &str) -> Result<Value, Problem> {
    let text = raw.get();
    let read = |e: serde_json::Error| not_json(&e);
    Ok(match text.bytes().next() {
        Some(b'{') => {
            let Fields(fields) = serde_json::from_str(text).map_err(read)?;
            let fields = fields.into_iter().map(|(name, raw)| value_of(raw, &format!("{path}.{name}")).map(|value| (name, value)));
            Value::Record(fields.collect::<Result<_, _>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(read)?;
            Value::List(items.iter().enumerate().map(|(i, raw)| value_of(raw, &format!("{path}[{i}]"))).collect::<Result<_, _>>()?)
        }
        Some(b'"') => Value::Text(serde_json::from_str(text).map_err(read)?),
        Some(b't') => Value::Boolean(true),
        Some(b'f') => Value::Boolean(false),
        Some(b'n') => Value::NULL,
        _ => match Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)) {
            Ok(number) => Value::Number(number.normalize()),
            Err(_) => return Err(Problem::new(ProblemCode::OutOfRange, path, "a number of at most 28 digits is expected")),
        },
    })
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
/// The first part of the expression that the subset does not take.
pub fn evaluate(expression: &str, context: &Context) -> Result<Value, FeelError> {
    let mut schema = Schema::default();
    let shape = context.value.as_ref().map(|value| shape_of(&[value], "context", &mut schema));
    let mut names = Names::new(&schema);
    if let Some(shape) = shape {
        names = names.with_root("", 0, shape);
    }
    let compiled = names.compile(expression)?;
    let item = context.value.as_ref().map(|value| Item { record: value, trail: Trail::nowhere() });
    let mut evaluator = Evaluator::of_plain_feel(item, NaiveDate::MIN);
    let value = evaluator.value(&compiled);
    Ok(value.into_value(compiled.ty()).unwrap_or(Value::Null(Some(NullReason::BadArgument))))
}

/// The shape of records that stand in the same place, so that each may lack some fields of the others.
fn shape_of(records: &[&Value], name: &str, schema: &mut Schema) -> ShapeId {
    let id = schema.add(Shape { name: name.to_owned(), fields: Vec::new() });
    let mut fields: Vec<(String, Vec<&Value>)> = Vec::new();
    for record in records {
        let Value::Record(entries) = record else { continue };
        for (field, value) in entries {
            match fields.iter_mut().find(|(known, _)| known == field) {
                Some((_, values)) => values.push(value),
                None => fields.push((field.clone(), vec![value])),
            }
        }
    }
    let fields: Vec<_> = fields
        .into_iter()
        .map(|(name, values)| ShapeField { ty: type_of(&values, &name, schema), name, access: Access::Own { or_none: false }, nonnegative: false })
        .collect();
    if let Some(shape) = schema.shape_mut(id) {
        shape.fields = fields;
    }
    id
}

fn type_of(values: &[&Value], name: &str, schema: &mut Schema) -> Type {
    let present: Vec<&Value> = values.iter().copied().filter(|v| !matches!(v, Value::Null(_))).collect();
    let Some(first) = present.first() else { return Type::Null };
    if !present.iter().all(|v| std::mem::discriminant(*v) == std::mem::discriminant(*first)) {
        return Type::Mixed;
    }
    match first {
        Value::Boolean(_) => Type::Boolean,
        Value::Number(_) => Type::ONE,
        Value::Text(_) => Type::Text,
        Value::List(_) => {
            let items: Vec<&Value> =
                present.iter().flat_map(|v| if let Value::List(items) = v { items.iter().collect() } else { Vec::new() }).collect();
            Type::List(Box::new(type_of(&items, name, schema)))
        }
        Value::Record(_) => Type::Record(shape_of(&present, name, schema)),
        _ => Type::Mixed,
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
}
