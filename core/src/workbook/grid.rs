//! Sheets as sparse rows of cells, each a number into the table of the workbook's distinct values.
//!
//! A register repeats itself: 300,000 rows know few dates, levels and course names. So every distinct value is kept, and later read, once.
//! INVARIANT: a number is kept as its shortest decimal text; no binary float gets past [`Values::number`].

use std::collections::HashMap;
use std::rc::Rc;

use crate::quantity::Day;

/// The most cells that are read of one workbook: 20 columns of 1,000,000 rows.
pub(crate) const MOST_CELLS: usize = 20_000_000;
/// The most columns that are looked at.
pub(crate) const MOST_COLUMNS: u32 = 1024;
/// The most rows of a sheet.
pub(crate) const MOST_ROWS: u32 = 1_048_576;

/// Everything that stands in the cells of a workbook.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four things that may each be so of a workbook")]
pub(crate) struct Book {
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) values: Values,
    /// Whether days are counted from 1904 and not from 1900.
    pub(crate) from_1904: bool,
    pub(crate) cells: usize,
    /// Whether some of the text could not be decoded.
    pub(crate) faulty_text: bool,
    /// Whether a quotation mark is never closed.
    pub(crate) open_quote: bool,
    /// Whether rows were left out because there are too many of them.
    pub(crate) cut_short: bool,
    /// The first cells that stand further right than is read: of which sheet, in which row and column.
    pub(crate) beyond: Vec<(String, u32, u16)>,
    /// The rows of which stray quotation marks have made one cell: the row, and the line of the file in which it begins.
    pub(crate) swallowed: Vec<(u32, u64)>,
}

impl Book {
    /// Whether stray quotation marks may have put cells into others.
    pub(crate) fn is_misquoted(&self) -> bool {
        self.open_quote || !self.swallowed.is_empty()
    }

    /// Remembers a cell that is not read.
    pub(crate) fn leave_out(&mut self, sheet: &Sheet, row: u32, column: u32) {
        const MOST: usize = 100;
        if let Ok(column) = u16::try_from(column)
            && self.beyond.len() < MOST
        {
            self.beyond.push((sheet.name.clone(), row, column));
        }
    }

    /// Counts one more cell; `false` once there are too many.
    pub(crate) fn room(&mut self) -> bool {
        self.cells += 1;
        self.cut_short |= self.cells > MOST_CELLS;
        self.cells <= MOST_CELLS
    }
}

/// One sheet, or one table of a page.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// Whether the workbook does not show it.
    pub(crate) hidden: bool,
    /// The numbers of the rows that the workbook does not show, as far as its format tells them.
    pub(crate) hidden_rows: Vec<u32>,
    /// The first column: of a table that stands beside another one, where it begins.
    pub(crate) first_column: u16,
    /// The rows that have cells, by number.
    pub(crate) rows: Vec<Row>,
}

/// One row that has cells.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// Counted from 0.
    pub(crate) number: u32,
    /// Its cells that are not empty, by column.
    pub(crate) cells: Vec<Cell>,
}

/// One cell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    /// Counted from 0.
    pub(crate) column: u16,
    /// Whether the value is that of the merged region and stands in its first cell.
    pub(crate) filled: bool,
    pub(crate) value: ValueId,
}

impl Row {
    /// The cell in this column.
    pub(crate) fn cell(&self, column: u16) -> Option<Cell> {
        let found = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        self.cells.get(found).copied()
    }
}

/// A rectangle of cells merged to one; ends inclusive, counted from 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region {
    pub(crate) rows: (u32, u32),
    pub(crate) columns: (u32, u32),
}

impl Sheet {
    /// Puts a cell at its place; cells may come in any order, and [`Sheet::finish`] brings them into theirs.
    pub(crate) fn put(&mut self, row: u32, column: u32, value: ValueId) {
        let Ok(column) = u16::try_from(column) else { return };
        if self.rows.last().is_none_or(|last| last.number != row) {
            let cells = Vec::with_capacity(self.rows.last().map_or(8, |row| row.cells.len()));
            self.rows.push(Row { number: row, cells });
        }
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(Cell { column, filled: false, value });
        }
    }

    /// Brings rows and cells into their order and fills merged regions.
    pub(crate) fn finish(&mut self, merged: &[Region]) {
        if !self.rows.is_sorted_by(|one, next| one.number < next.number) {
            self.rows.sort_by_key(|row| row.number);
            let mut rows: Vec<Row> = Vec::with_capacity(self.rows.len());
            for row in self.rows.drain(..) {
                match rows.last_mut() {
                    Some(last) if last.number == row.number => last.cells.extend(row.cells),
                    _ => rows.push(row),
                }
            }
            self.rows = rows;
        }
        for row in &mut self.rows {
            if !row.cells.is_sorted_by(|one, next| one.column < next.column) {
                row.cells.sort_by_key(|cell| cell.column);
                // Of two cells of one place, the later holds.
                row.cells.reverse();
                row.cells.dedup_by_key(|cell| cell.column);
                row.cells.reverse();
            }
        }
        self.fill(merged);
    }

    /// Lets every cell of a merged region that lies in a row with other cells have the value of its first.
    fn fill(&mut self, regions: &[Region]) {
        const MOST_VISITED: usize = 10_000_000;
        let mut visited = 0;
        for region in regions {
            let Some(value) = self.row(region.rows.0).and_then(|row| row.cell(u16::try_from(region.columns.0).ok()?)).map(|cell| cell.value) else {
                continue;
            };
            let first = self.rows.partition_point(|row| row.number < region.rows.0);
            for row in self.rows.iter_mut().skip(first).take_while(|row| row.number <= region.rows.1) {
                for column in region.columns.0..=region.columns.1.min(MOST_COLUMNS) {
                    let Ok(column) = u16::try_from(column) else { break };
                    visited += 1;
                    if visited > MOST_VISITED {
                        return;
                    }
                    if let Err(at) = row.cells.binary_search_by_key(&column, |c| c.column) {
                        row.cells.insert(at, Cell { column, filled: true, value });
                    }
                }
            }
        }
    }

    /// A sheet of the same name, with these rows from this column on.
    fn same(&self, first_column: u16, rows: Vec<Row>) -> Self {
        Self { name: self.name.clone(), hidden: self.hidden, hidden_rows: self.hidden_rows.clone(), first_column, rows }
    }

    /// Takes away the rows from this place on: a sheet of the same name.
    pub(crate) fn split_below(&mut self, start: usize) -> Self {
        let below = self.rows.split_off(start);
        self.same(self.first_column, below)
    }

    /// Takes away what stands in this column and to its right: a sheet of the same name.
    pub(crate) fn split_right(&mut self, column: u16) -> Self {
        let mut right = self.same(column, Vec::with_capacity(self.rows.len()));
        for row in &mut self.rows {
            let at = row.cells.partition_point(|cell| cell.column < column);
            let cells = row.cells.split_off(at);
            if !cells.is_empty() {
                right.rows.push(Row { number: row.number, cells });
            }
        }
        self.rows.retain(|row| !row.cells.is_empty());
        right
    }

    fn row(&self, number: u32) -> Option<&Row> {
        self.rows.get(self.rows.binary_search_by_key(&number, |row| row.number).ok()?)
    }
}

/// A value's place in the table of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ValueId(u32);

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Value {
    /// Text, as written.
    Text(Rc<str>),
    /// A number, in its shortest decimal form.
    Number(Rc<str>),
    /// A number with the format of a date: the day.
    Day(Day),
    /// `TRUE` or `FALSE`.
    Boolean(bool),
    /// `#N/A`, `#REF!` ...
    Error,
    /// A formula of which nobody has kept what it comes to.
    Uncalculated,
}

/// The distinct values of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Values {
    all: Vec<Value>,
    known: HashMap<Value, u32>,
    numbers: HashMap<u64, u32>,
    shared: HashMap<(usize, usize), u32>,
}

impl Values {
    /// The value at this place.
    pub(crate) fn get(&self, id: ValueId) -> &Value {
        self.all.get(id.0 as usize).unwrap_or(&Value::Error)
    }

    /// The place of this value.
    pub(crate) fn insert(&mut self, value: Value) -> ValueId {
        if let Some(id) = self.known.get(&value) {
            return ValueId(*id);
        }
        let id = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(value.clone());
        self.known.insert(value, id);
        ValueId(id)
    }

    /// The place of this text; `None` if it is blank.
    pub(crate) fn text(&mut self, text: &str) -> Option<ValueId> {
        const MOST: usize = 32_767;
        if text.trim().is_empty() {
            return None;
        }
        let cut = text.char_indices().nth(MOST).map_or(text, |(end, _)| text.get(..end).unwrap_or(text));
        Some(self.insert(Value::Text(Rc::from(cut))))
    }

    /// The place of this text, which stays at its address while the workbook is read.
    pub(crate) fn shared(&mut self, text: &str) -> Option<ValueId> {
        let address = (text.as_ptr() as usize, text.len());
        if let Some(id) = self.shared.get(&address) {
            return Some(ValueId(*id));
        }
        let id = self.text(text)?;
        self.shared.insert(address, id.0);
        Some(id)
    }

    /// The place of this number.
    pub(crate) fn number(&mut self, number: f64) -> ValueId {
        if let Some(id) = self.numbers.get(&number.to_bits()) {
            return ValueId(*id);
        }
        let value = if number.is_finite() { Value::Number(Rc::from(number.to_string())) } else { Value::Error };
        let id = self.insert(value);
        self.numbers.insert(number.to_bits(), id.0);
        id
    }

    /// Forgets what is only needed while cells are read.
    pub(crate) fn settle(&mut self) {
        self.known = HashMap::new();
        self.numbers = HashMap::new();
        self.shared = HashMap::new();
    }
}

/// A column's letters: 0 is `A`.
pub(crate) fn letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut left = u32::from(column) + 1;
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        for (column, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(letters(column), expected);
        }
    }

    #[test]
    fn cells_may_come_in_any_order() {
        let mut values = Values::default();
        let mut sheet = Sheet::default();
        for (row, column) in [(5, 2), (1, 0), (5, 0), (1, 3), (3, 1), (5, 2)] {
            let value = values.number(f64::from(row * 10 + column));
            sheet.put(row, column, value);
        }
        sheet.finish(&[]);
        let rows: Vec<_> = sheet.rows.iter().map(|r| (r.number, r.cells.iter().map(|c| c.column).collect::<Vec<_>>())).collect();
        assert_eq!(rows, [(1, vec![0, 3]), (3, vec![1]), (5, vec![0, 2])]);
    }

    #[test]
    fn a_merged_region_fills_only_rows_that_have_cells() {
        let mut values = Values::default();
        let mut sheet = Sheet::default();
        let ward = values.text("心内科").expect("not blank");
        let name = values.text("甲").expect("not blank");
        for (row, column, value) in [(0, 0, ward), (0, 1, name), (2, 1, name)] {
            sheet.put(row, column, value);
        }
        sheet.finish(&[Region { rows: (0, 3), columns: (0, 0) }]);
        assert_eq!(sheet.rows.len(), 2);
        assert!(sheet.row(2).and_then(|row| row.cell(0)).is_some_and(|cell| cell.filled && cell.value == ward));
    }

    #[test]
    fn a_number_keeps_its_shortest_decimal_form() {
        let mut values = Values::default();
        for (number, text) in [(2.5, "2.5"), (12.0, "12"), (0.1, "0.1"), (1e15, "1000000000000000")] {
            let id = values.number(number);
            assert_eq!(values.get(id), &Value::Number(Rc::from(text)));
        }
    }
}
