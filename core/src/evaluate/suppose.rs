//! Facts as they are, but for one that nobody told us of: what if it were so?

use crate::feel::{Access, Codes, Datum, Record, Records, Schema, ShapeId, Type};
use crate::quantity::{Day, LARGEST};
use rust_decimal::Decimal;

/// A record in which one fact, of its own or further inside, is supposed.
pub(super) struct Supposed<'r> {
    base: &'r dyn Record,
    at: At<'r>,
}

enum At<'r> {
    Slot(usize, Datum<'r>),
    Own(&'r str, Datum<'r>),
    Record(usize, Box<Supposed<'r>>),
    List(usize, SupposedList<'r>),
}

struct SupposedList<'r> {
    base: &'r dyn Records,
    index: usize,
    record: Box<Supposed<'r>>,
}

impl Record for Supposed<'_> {
    fn read(&self, slot: usize) -> Datum<'_> {
        match &self.at {
            At::Slot(at, datum) if *at == slot => *datum,
            At::Record(at, record) if *at == slot => Datum::Record(&**record),
            At::List(at, list) if *at == slot => Datum::Records(list),
            _ => self.base.read(slot),
        }
    }

    fn read_own(&self, name: &str) -> Datum<'_> {
        match &self.at {
            At::Own(at, datum) if *at == name => *datum,
            _ => self.base.read_own(name),
        }
    }

    fn says_unknown(&self, name: &str) -> bool {
        self.base.says_unknown(name)
    }
}

impl Records for SupposedList<'_> {
    fn len(&self) -> usize {
        self.base.len()
    }

    fn get(&self, index: usize) -> Option<&dyn Record> {
        if index == self.index { Some(&*self.record) } else { self.base.get(index) }
    }
}

struct NoRecords;

impl Records for NoRecords {
    fn len(&self) -> usize {
        0
    }

    fn get(&self, _: usize) -> Option<&dyn Record> {
        None
    }
}

impl<'r> Supposed<'r> {
    /// The record with a fact supposed that lies under this path: `activities[2].credits`, `extra.points`. `None` where nothing is known there.
    pub(super) fn new(schema: &Schema, shape: ShapeId, base: &'r dyn Record, path: &'r str, datum: Datum<'r>) -> Option<Self> {
        let Some((first, rest)) = path.split_once('.') else {
            return Some(Self { base, at: At::Slot(slot(schema, shape, path)?.0, datum) });
        };
        if first == "extra" {
            return (!rest.contains('.')).then_some(Self { base, at: At::Own(rest, datum) });
        }
        let (name, index) = match first.strip_suffix(']').and_then(|indexed| indexed.split_once('[')) {
            Some((name, index)) => (name, Some(index.parse().ok()?)),
            None => (first, None),
        };
        let (slot, ty) = slot(schema, shape, name)?;
        let at = match (base.read(slot), record_shape(ty)?, index) {
            (Datum::Record(inner), shape, None) => At::Record(slot, Box::new(Self::new(schema, shape, inner, rest, datum)?)),
            (Datum::Records(list), shape, Some(index)) => {
                let record = Box::new(Self::new(schema, shape, list.get(index)?, rest, datum)?);
                At::List(slot, SupposedList { base: list, index, record })
            }
            _ => return None,
        };
        Some(Self { base, at })
    }
}

fn slot<'s>(schema: &'s Schema, shape: ShapeId, name: &str) -> Option<(usize, &'s Type)> {
    let field = schema.shape(shape)?.fields.iter().find(|field| field.name == name)?;
    match field.access {
        Access::Slot(slot) => Some((usize::from(slot), &field.ty)),
        _ => None,
    }
}

fn record_shape(ty: &Type) -> Option<ShapeId> {
    match ty {
        Type::Record(shape) => Some(*shape),
        Type::List(item) => record_shape(item),
        _ => None,
    }
}

/// The type of the fact under a path.
pub(super) fn type_of<'s>(schema: &'s Schema, shape: ShapeId, path: &str) -> Option<&'s Type> {
    let Some((first, rest)) = path.split_once('.') else {
        return schema.shape(shape)?.fields.iter().find(|field| field.name == path).map(|field| &field.ty);
    };
    let name = first.split_once('[').map_or(first, |(name, _)| name);
    let field = schema.shape(shape)?.fields.iter().find(|field| field.name == name)?;
    type_of(schema, record_shape(&field.ty)?, rest)
}

/// A few ways in which a fact of this type may turn out, far apart: that there is none is one of them.
pub(super) fn ways(ty: &Type, own: bool, as_of: Day) -> Vec<Datum<'_>> {
    const CODES: usize = 4;
    let mut ways = match ty {
        Type::Boolean => vec![Datum::Boolean(true), Datum::Boolean(false)],
        Type::Number(_) => vec![Datum::Number(Decimal::ZERO), Datum::Number(LARGEST)],
        Type::Date => vec![Datum::Date(as_of), Datum::Date(Day::MIN), Datum::Date(Day::MAX)],
        Type::Code(codes) => {
            let last = codes.codes.len().saturating_sub(1);
            let places = (0..=last).step_by((last / (CODES - 1)).max(1));
            places.filter_map(|place| code(codes, place, own)).collect()
        }
        Type::Text => vec![Datum::Text("")],
        Type::List(item) if !own && matches!(**item, Type::Record(_)) => vec![Datum::Records(&NoRecords)],
        Type::List(item) if !own && **item == Type::Text => vec![Datum::Texts(&[])],
        _ => Vec::new(),
    };
    ways.push(Datum::None);
    ways
}

fn code(codes: &Codes, place: usize, own: bool) -> Option<Datum<'_>> {
    if own { codes.codes.get(place).map(|code| Datum::Text(code)) } else { u8::try_from(place).ok().map(Datum::Code) }
}
