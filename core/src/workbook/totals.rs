//! Rows of totals: not records, but a check of the rows above them.

use rust_decimal::Decimal;

use super::cell::{Reading, Taken};
use super::grid::{Book, Row, Value};
use super::header::Table;
use super::notes::{self, At, Notes};
use crate::facts::{Fact, FieldKind};
use crate::quantity::parse_decimal;

/// The running sums of the columns with amounts.
#[derive(Debug)]
pub(crate) struct Totals {
    /// One for each column of the table; `None` for one without amounts.
    sums: Vec<Option<Sums>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    all: Sum,
    /// Since the last subtotal.
    section: Sum,
}

/// What a spreadsheet would add up, and what was read: text such as `5分` is only in the second.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    numbers: Decimal,
    read: Decimal,
}

impl Sum {
    fn add(&mut self, number: Option<Decimal>, read: Option<Decimal>) {
        self.numbers = number.and_then(|number| self.numbers.checked_add(number)).unwrap_or(self.numbers);
        self.read = read.and_then(|read| self.read.checked_add(read)).unwrap_or(self.read);
    }

    fn is(&self, total: Decimal) -> bool {
        self.numbers == total || self.read == total
    }
}

impl Totals {
    pub(crate) fn new(table: &Table<'_>) -> Self {
        let amount = |kind| matches!(kind, FieldKind::Decimal);
        Self { sums: table.columns.iter().map(|mapped| amount(mapped.column.field.kind).then(Sums::default)).collect() }
    }

    /// Adds the cell of a record.
    pub(crate) fn add(&mut self, place: usize, value: &Value, reading: &Reading) {
        let Some(Some(sums)) = self.sums.get_mut(place) else { return };
        let read = match &reading.taken {
            Taken::Fact(Fact::Text(text)) => parse_decimal(text),
            _ => None,
        };
        let number = number(value);
        sums.all.add(number, read);
        sums.section.add(number, read);
    }

    /// Compares a row of totals with the rows above it: a subtotal with its section, a total with all.
    pub(crate) fn check(&mut self, book: &Book, table: &Table<'_>, row: &Row, subtotal: bool, notes: &mut Notes) {
        for (mapped, sums) in table.columns.iter().zip(&mut self.sums) {
            let Some(sums) = sums else { continue };
            let stated = row.cell(mapped.index).and_then(|cell| number(book.values.get(cell.value)));
            let expected = if subtotal { sums.section } else { sums.all };
            if let Some(stated) = stated
                && !expected.is(stated)
                // The total of each page or department is often called a total, too.
                && !sums.section.is(stated)
            {
                let field = mapped.column.field;
                let (sum, read) = (expected.numbers.normalize(), expected.read.normalize());
                notes.tell(
                    At::cell(table.sheet, row.number, mapped.index),
                    &notes::TOTAL_DIFFERS,
                    &format!("it says {stated} for {}, the numeric cells add up to {sum} and what was read of them to {read}", field.en),
                    &format!("“{}”合计为{stated}，数值单元格之和为{sum}，实际读取之和为{read}", field.zh),
                );
            }
            sums.section = Sum::default();
        }
    }
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(text) | Value::Text(text) => parse_decimal(text.trim()).map(|number| number.normalize()),
        _ => None,
    }
}
