//! What a row says about whose it is.

use std::collections::HashSet;
use std::rc::Rc;

use crate::facts::Fact;
use crate::workbook::cell::{Taken, fold_name};
use crate::workbook::grid::Value;
use crate::workbook::header::KeyField;

/// What a row says about whose it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Key {
    /// The number, in upper case.
    pub(crate) number: Option<String>,
    /// Whether the number stands in a numeric cell, which keeps no leading zeros.
    pub(crate) numeric: bool,
    /// The identity number or credit code, where it proves itself.
    pub(crate) proof: Option<String>,
    /// The name, folded for comparison.
    pub(crate) name: Option<String>,
    /// What tells apart those of one number, folded.
    pub(crate) part: Option<String>,
    /// The institution within which a person's number is theirs, folded.
    pub(crate) unit: Option<Rc<str>>,
    /// The number that a numeric cell has damaged: it joins nothing, and may still tell two people apart.
    pub(crate) damaged: Option<Damaged>,
}

/// What is left of a number that a numeric cell has damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Damaged {
    pub(crate) field: KeyField,
    /// Its first digits, which are certain.
    pub(crate) digits: Box<str>,
}

/// The institutions that rows name, each kept once.
#[derive(Debug, Default)]
pub(crate) struct Units(HashSet<Rc<str>>);

impl Units {
    pub(crate) fn keep(&mut self, name: &str) -> Rc<str> {
        let folded = fold_name(name);
        if let Some(known) = self.0.get(folded.as_str()) {
            return Rc::clone(known);
        }
        let kept: Rc<str> = Rc::from(folded);
        self.0.insert(Rc::clone(&kept));
        kept
    }
}

impl Key {
    pub(super) fn take(&mut self, field: KeyField, taken: &Taken, value: &Value, units: &mut Units) {
        let Taken::Fact(Fact::Text(text)) = taken else {
            if matches!(field, KeyField::Number | KeyField::Proof) && *taken == Taken::Unknown {
                self.damaged = first_digits(value).map(|digits| Damaged { field, digits });
            }
            return;
        };
        match field {
            KeyField::Number => {
                self.number = Some(text.to_uppercase());
                self.numeric = matches!(value, Value::Number(_));
            }
            KeyField::Proof => self.proof = Some(text.to_uppercase()),
            KeyField::Name => self.name = Some(fold_name(text)),
            KeyField::Part => self.part = Some(fold_name(text)),
            KeyField::Unit => self.unit = Some(units.keep(text)),
        }
    }

    /// Whether it says anything of whose a row is.
    pub(crate) fn is_empty(&self) -> bool {
        self.number.is_none() && self.proof.is_none() && self.name.is_none()
    }

    /// Whether two rows name different institutions.
    pub(crate) fn units_differ(&self, other: &Self) -> bool {
        matches!((&self.unit, &other.unit), (Some(one), Some(other)) if one != other)
    }

    /// Whether what is left of two damaged numbers shows that they are two.
    pub(crate) fn digits_differ(&self, other: &Self) -> bool {
        let (Some(Damaged { digits: one, .. }), Some(Damaged { digits: other, .. })) = (&self.damaged, &other.damaged) else { return false };
        !one.starts_with(&**other) && !other.starts_with(&**one)
    }
}

/// The digits of a damaged number that are certain: not its zeros at the end, and not the last one, which may be rounded. Of a number that was
/// typed as text any digit may be wrong.
fn first_digits(value: &Value) -> Option<Box<str>> {
    const KEPT: usize = 15;
    let (Value::Number(text) | Value::Text(text)) = value else { return None };
    if matches!(value, Value::Text(_)) && !text.contains("E+") {
        return None;
    }
    let mantissa = text.split(['E', 'e']).next()?;
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).take(KEPT).collect();
    let digits = digits.trim_end_matches('0');
    digits.get(..digits.len().checked_sub(1)?).filter(|digits| !digits.is_empty()).map(Box::from)
}
