//! Units that stand in a line of their own: above the table, or in a row below the headers.

use rust_decimal::Decimal;

use super::Mapped;
use crate::facts::{FieldKind, TrainingFund, Vocabulary as _, tidy};
use crate::quantity::Unit;
use crate::workbook::cell;
use crate::workbook::grid::{Book, Row, Value};
use crate::workbook::notes::{self, Notes};

/// The units of a table that its headers do not name.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// Those of a line above the table, such as `单位：万元`, for every amount that takes them.
    above: Vec<String>,
    /// Those of a row below the headers, by column.
    below: Vec<(u16, String)>,
}

impl Units {
    /// The units that the rows up to the last of the headers name, and the row behind them.
    pub(super) fn of(book: &Book, headers: &[Row], behind: Option<&Row>) -> Self {
        let above = headers.iter().flat_map(|row| &row.cells).filter(|cell| !cell.filled).flat_map(|cell| match book.values.get(cell.value) {
            Value::Text(text) => named(&tidy(text)),
            _ => Vec::new(),
        });
        Self { above: above.collect(), below: behind.and_then(|row| of_row(book, row)).unwrap_or_default() }
    }

    /// Whether the row behind the headers is one of units, and no record.
    pub(super) fn has_row(&self) -> bool {
        !self.below.is_empty()
    }

    /// Gives a column its unit, or leaves its amounts open where its header names another one.
    pub(super) fn apply(&self, mapped: &mut Mapped<'_>, notes: &mut Notes) {
        let rivals = mapped.rivals.iter_mut().map(|(index, column)| (*index, column));
        let differs = rivals.chain([(mapped.index, &mut mapped.column)]).map(|(index, column)| self.apply_to(index, column)).last().flatten();
        let (header, unit) = (&mapped.header, mapped.column.header_unit.as_deref().unwrap_or_default());
        match differs {
            Some(true) => notes.tell(mapped.at, &notes::TWO_UNITS, &format!("`{header}`"), &format!("“{header}”")),
            Some(false) => notes.tell(mapped.at, &notes::UNIT_ABOVE, &format!("`{header}` in `{unit}`"), &format!("“{header}”以“{unit}”计")),
            None => {}
        }
    }

    /// Whether the unit that is due contradicts the header; `None` where it changes nothing.
    fn apply_to(&self, index: u16, column: &mut cell::Column<'_>) -> Option<bool> {
        if !matches!(column.field.kind, FieldKind::Decimal | FieldKind::Integer) {
            return None;
        }
        let unit = column.field.unit.cloned().unwrap_or(Unit::One);
        let worth = |word: &str| cell::factor(word, &unit);
        let below =
            self.below.iter().find(|(column, _)| *column == index).map(|(_, word)| word).filter(|word| unit != Unit::One || worth(word).is_some());
        let due = below.or_else(|| self.above.iter().find(|word| worth(word).is_some()))?;
        match &column.header_unit {
            Some(own) if worth(own) == worth(due) => None,
            Some(_) => {
                column.open_unit = Some(&notes::TWO_UNITS);
                Some(true)
            }
            None => {
                column.header_unit = Some(due.clone());
                (worth(due) != Some(Decimal::ONE)).then_some(false)
            }
        }
    }
}

/// Leaves open the money of a fund that names no unit beside some that is not kept in yuan: one of the two would be ten thousand times too small.
pub(super) fn leave_open_beside_others(columns: &mut [Mapped<'_>], notes: &mut Notes) {
    let is_scaled = |mapped: &Mapped<'_>| {
        let unit = mapped.column.header_unit.as_deref().and_then(|unit| cell::factor(unit, &Unit::Yuan));
        is_of_a_fund(&mapped.column) && unit.is_some_and(|unit| unit != Decimal::ONE)
    };
    if !columns.iter().any(is_scaled) {
        return;
    }
    for mapped in columns.iter_mut().filter(|mapped| is_of_a_fund(&mapped.column) && mapped.column.header_unit.is_none()) {
        mapped.column.open_unit = Some(&notes::NO_UNIT);
        let header = &mapped.header;
        notes.tell(mapped.at, &notes::NO_UNIT, &format!("`{header}`"), &format!("“{header}”"));
    }
}

/// Whether a column has money of a training fund, which books keep in yuan and in ten thousands of them.
fn is_of_a_fund(column: &cell::Column<'_>) -> bool {
    column.field.own.is_none() && column.field.unit == Some(&Unit::Yuan) && TrainingFund::ENTITY.field(column.field.name).is_some()
}

/// The units behind `单位：` in a tidy line: `填报单位:某院 金额单位:万元` names one.
fn named(line: &str) -> Vec<String> {
    let behind = line.match_indices("单位").filter_map(|(at, word)| line.get(at + word.len()..)?.trim_start().strip_prefix(':'));
    let words = behind.flat_map(|rest| rest.trim_start().split(|c: char| !c.is_alphabetic()).take_while(|word| cell::is_unit(bare(word))));
    words.map(|word| bare(word).to_owned()).collect()
}

fn bare(word: &str) -> &str {
    word.trim_start_matches("人民币")
}

/// The units of a row that holds nothing else.
fn of_row(book: &Book, row: &Row) -> Option<Vec<(u16, String)>> {
    let mut units = Vec::new();
    for cell in &row.cells {
        let Value::Text(text) = book.values.get(cell.value) else { return None };
        let text = tidy(text);
        let word = text.trim_matches(['(', ')', '[', ']']);
        match word {
            "单位" | "计量单位" | "-" | "—" | "/" | "%" => {}
            word if cell::is_unit(word) => units.push((cell.column, word.to_owned())),
            _ => return None,
        }
    }
    Some(units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_unit_where_it_says_so_and_an_institution_is_none() {
        for (line, expected) in [
            ("单位:万元", &["万元"][..]),
            ("填报单位:区卫健委 金额单位:万元", &["万元"]),
            ("经费表(单位:人民币千元)", &["千元"]),
            ("单位:万元、人", &["万元", "人"]),
            ("单位:某医院", &[]),
            ("单位名称", &[]),
        ] {
            assert_eq!(named(line), expected, "{line}");
        }
    }
}
