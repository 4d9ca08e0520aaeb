//! Fields of records, of the vocabulary and of policies' own, and what is not known of them.

use std::rc::Rc;

use rust_decimal::Decimal;

use super::Evaluator;
use crate::feel::expr::Expr;
use crate::feel::trace::Waiting;
use crate::feel::val::{Bounds, Item, ListVal, Trail, Val};
use crate::feel::{Codes, Datum, NullReason, Type, Value};

impl<'a> Evaluator<'a> {
    pub(super) fn local(&self, place: u16) -> Option<&Val<'a>> {
        self.locals.len().checked_sub(1 + usize::from(place)).and_then(|i| self.locals.get(i)).map(|local| &local.val)
    }

    /// Whether a variable of the loops around carries no quotient that was rounded, counted from the innermost.
    pub(in crate::feel) fn is_exact_variable(&self, place: usize) -> bool {
        self.locals.iter().rev().nth(place).is_some_and(|local| local.exact)
    }

    /// The record that an expression is, where that is plain to see.
    pub(super) fn item(&mut self, expr: &'a Expr) -> Option<Item<'a>> {
        let val = match expr {
            Expr::Local(place) => self.local(*place)?,
            Expr::Root(place) => return self.roots.get(usize::from(*place)).copied().flatten(),
            Expr::Slot { of, slot, .. } => {
                let owner = self.item(of)?;
                let Datum::Record(record) = owner.record.read(usize::from(*slot)) else { return None };
                return Some(Item { record, trail: owner.trail.step(*slot, None) });
            }
            _ => return None,
        };
        if let Val::Record(item) = val { Some(*item) } else { None }
    }

    pub(super) fn slot(&mut self, of: &'a Expr, slot: u16, nonnegative: bool) -> Val<'a> {
        let item = match self.item(of) {
            Some(item) => item,
            None => match self.val(of) {
                Val::Record(item) => item,
                Val::Null(reason) => return Val::Null(reason),
                other => return field_of_open(&other, nonnegative),
            },
        };
        match item.record.read(usize::from(slot)) {
            Datum::Unknown => {
                self.wait(Waiting::Slot(item.trail, slot));
                unknown(nonnegative)
            }
            Datum::Within(first, last) => {
                self.wait(Waiting::Slot(item.trail, slot));
                Val::within(first, last)
            }
            datum => Val::of_datum(datum, item.trail, slot),
        }
    }

    pub(super) fn own(&mut self, of: &'a Expr, (name, kind, place): (&'a str, &'a Type, u16), nonnegative: bool, or_none: bool) -> Val<'a> {
        let item = match self.val(of) {
            Val::Record(item) => item,
            Val::Null(reason) => return Val::Null(reason),
            other => return field_of_open(&other, nonnegative && matches!(kind, Type::Number(_))),
        };
        match (item.record.read_own(name), kind) {
            // A context is all there is: what it lacks is null. A policy's own record is like any other: what it lacks, nobody told us.
            (Datum::Unknown, _) if self.errors_are_null => Val::NULL,
            (Datum::Unknown, _) if or_none && !item.record.says_unknown(name) => Val::NULL,
            (Datum::Unknown, _) => {
                self.wait(Waiting::Own(item.trail, name));
                unknown(nonnegative && matches!(kind, Type::Number(_)))
            }
            (Datum::Text(text), Type::Code(codes)) => coded(codes, text),
            (Datum::Value(Value::List(texts)), Type::List(item)) if let Type::Code(codes) = &**item => {
                let items = texts.iter().map(|text| if let Value::Text(text) = text { coded(codes, text) } else { Val::of_value(text) });
                Val::List(Rc::new(ListVal::of(items.collect())))
            }
            (datum, kind) => {
                let val = Val::of_datum(datum, Trail::nowhere(), 0);
                if fits(&val, kind) { val.standing(|index| item.trail.own(place, index)) } else { Val::error(NullReason::BadArgument) }
            }
        }
    }
}

pub(in crate::feel) fn unknown<'a>(nonnegative: bool) -> Val<'a> {
    if nonnegative { Val::between(Bounds { low: Some(0.into()), null: true, ..Bounds::default() }) } else { Val::UNKNOWN }
}

/// A field of a record that nobody told us of.
pub(super) fn field_of_open<'a>(record: &Val<'a>, nonnegative: bool) -> Val<'a> {
    if !nonnegative {
        return record.open();
    }
    Val::between(Bounds { low: Some(Decimal::ZERO), null: true, error: record.can_fail(), ..Bounds::default() })
}

/// A code of this list, by its word.
pub(super) fn coded<'a>(codes: &Codes, text: &str) -> Val<'a> {
    codes.index(text).map_or(Val::error(NullReason::BadArgument), Val::Code)
}

/// Whether a policy's own fact has the type that was declared.
pub(super) fn fits(val: &Val<'_>, kind: &Type) -> bool {
    match (val, kind) {
        (Val::Null(_), _)
        | (Val::Truth(_), Type::Boolean)
        | (Val::Number(_), Type::Number(_))
        | (Val::Text(_), Type::Text)
        | (Val::Date(_), Type::Date)
        | (Val::Months(_), Type::Months)
        | (Val::Seconds(_), Type::Seconds)
        | (Val::Code(_), Type::Code(_))
        | (Val::Record(_), Type::Record(_)) => true,
        (Val::List(list), Type::List(item)) => list.items.iter().all(|(val, _)| fits(val, item)),
        _ => false,
    }
}
