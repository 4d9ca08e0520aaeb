//! What a row says about whose it is.

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
}

impl Key {
    pub(super) fn take(&mut self, field: KeyField, taken: &Taken, value: &Value) {
        let Taken::Fact(Fact::Text(text)) = taken else { return };
        match field {
            KeyField::Number => {
                self.number = Some(text.to_uppercase());
                self.numeric = matches!(value, Value::Number(_));
            }
            KeyField::Proof => self.proof = Some(text.to_uppercase()),
            KeyField::Name => self.name = Some(fold_name(text)),
            KeyField::Part => self.part = Some(fold_name(text)),
        }
    }

    /// Whether it says anything of whose a row is.
    pub(crate) fn is_empty(&self) -> bool {
        self.number.is_none() && self.proof.is_none() && self.name.is_none()
    }
}
