//! Rows of totals that bear the number of an owner.

use super::Reader;
use crate::facts::{FieldKind, tidy};
use crate::workbook::cell;
use crate::workbook::grid::{Row, Value, ValueId};
use crate::workbook::header::{Mapped, Of, Table};
use crate::workbook::notes::{self, At};
use crate::workbook::totals::{amount, is_total_word};

/// Whether a column has amounts of the records themselves.
pub(super) fn is_own_amount(table: &Table<'_>, mapped: &Mapped<'_>) -> bool {
    matches!(mapped.column.field.kind, FieldKind::Decimal) && table.of(mapped) == Of::Row
}

impl Reader<'_, '_> {
    /// The cell that says whose a row of records is.
    pub(super) fn owner_cell(&self, row: &Row) -> Option<ValueId> {
        let is_key = |mapped: &&Mapped<'_>| mapped.key.is_some_and(|(_, key)| key.says_whose());
        let mut keys = self.table.columns.iter().filter(|_| self.table.node.is_some()).filter(is_key);
        keys.find_map(|mapped| row.cell(mapped.index)).map(|cell| cell.value)
    }

    /// Whether a row whose activity is called 合计, and nothing else, has the amounts of its owner's rows above; `None` for any other row.
    pub(super) fn total_of_owner(&self, row: &Row) -> Option<bool> {
        let table = self.table;
        let is_total = |mapped: &&Mapped<'_>| {
            let value = row.cell(mapped.index).map(|cell| self.book.values.get(cell.value));
            mapped.key.is_none() && table.of(mapped) == Of::Row && matches!(value, Some(Value::Text(text)) if is_total_word(&tidy(text)))
        };
        table.columns.iter().filter(|mapped| matches!(mapped.column.field.kind, FieldKind::Text)).find(is_total)?;
        let amounts = table.columns.iter().filter(|mapped| is_own_amount(table, mapped));
        let amounts = amounts.filter_map(|mapped| {
            let cell = row.cell(mapped.index)?;
            Some((mapped.index, amount(&cell::read(self.book.values.get(cell.value), &mapped.column))?))
        });
        self.sums.are(self.owner_cell(row)?, &amounts.collect::<Vec<_>>())
    }

    /// Sets aside a row of totals of one owner.
    pub(super) fn close_total(&mut self, owner: Option<ValueId>, at: At) {
        if let Some(owner) = owner {
            self.sums.close(owner);
        }
        self.notes.set_aside(at, &notes::TOTAL_ROW);
    }
}
