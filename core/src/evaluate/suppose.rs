//! What a fact that nobody told us of may be: a few ways in which it may turn out.

use rust_decimal::Decimal;

use crate::feel::{Codes, Schema, ShapeId, Type, Value};
use crate::quantity::{Day, LARGEST};

/// The type of the fact under a path.
pub(super) fn type_of<'s>(schema: &'s Schema, shape: ShapeId, path: &str) -> Option<&'s Type> {
    let Some((first, rest)) = path.split_once('.') else {
        return schema.shape(shape)?.fields.iter().find(|field| field.name == path).map(|field| &field.ty);
    };
    let name = first.split_once('[').map_or(first, |(name, _)| name);
    let field = schema.shape(shape)?.fields.iter().find(|field| field.name == name)?;
    type_of(schema, record_shape(&field.ty)?, rest)
}

fn record_shape(ty: &Type) -> Option<ShapeId> {
    match ty {
        Type::Record(shape) => Some(*shape),
        Type::List(item) => record_shape(item),
        _ => None,
    }
}

/// A few ways in which a fact of this type may turn out, far apart: that there is none is one of them.
pub(super) fn ways(ty: &Type, own: bool, as_of: Day) -> Vec<Value> {
    const CODES: usize = 4;
    let mut ways = match ty {
        Type::Boolean => vec![Value::Boolean(true), Value::Boolean(false)],
        Type::Number(_) => vec![Value::Number(Decimal::ZERO), Value::Number(LARGEST)],
        Type::Date => vec![Value::Date(as_of), Value::Date(Day::MIN), Value::Date(Day::MAX)],
        Type::Code(codes) => {
            let last = codes.codes.len().saturating_sub(1);
            let places = (0..=last).step_by((last / (CODES - 1)).max(1));
            places.filter_map(|place| code(codes, place, own)).collect()
        }
        Type::Text => vec![Value::Text(String::new())],
        Type::List(item) if !own && matches!(**item, Type::Record(_) | Type::Text) => vec![Value::List(Vec::new())],
        _ => Vec::new(),
    };
    ways.push(Value::NULL);
    ways
}

fn code(codes: &Codes, place: usize, own: bool) -> Option<Value> {
    if own { codes.codes.get(place).map(|code| Value::Text(code.clone())) } else { u8::try_from(place).ok().map(Value::Code) }
}
