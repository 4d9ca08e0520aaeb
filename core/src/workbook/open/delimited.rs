//! CSV and its relatives: commas, tabs, semicolons.

use super::super::grid::{Book, MOST_COLUMNS, MOST_ROWS, Sheet};

/// The most places at which rows became one cell that are told.
const MOST_TOLD: usize = 100;

/// Reads delimited text as one sheet.
pub(super) fn read(text: &str) -> Book {
    // A closed quotation has two marks, and so has one within it.
    let mut book = Book { open_quote: text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1, ..Book::default() };
    let mut sheet = Sheet { name: "表1".to_owned(), ..Sheet::default() };
    let separator = delimiter(text);
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut next = 0;
    while rows.read_record(&mut record).unwrap_or(false) {
        // The row that a spreadsheet shows: an empty line is one, and a quoted line break makes none.
        let begins = record.position().and_then(|position| usize::try_from(position.byte()).ok());
        let row = begins.map_or(0, |begins| empty_lines(text.as_bytes(), begins)).saturating_add(next);
        next = row.saturating_add(1);
        if row >= MOST_ROWS {
            book.cut_short = true;
            break;
        }
        if record.iter().any(|field| holds_rows(field, char::from(separator))) && book.swallowed.len() < MOST_TOLD {
            book.swallowed.push((row, record.position().map_or(0, csv::Position::line)));
        }
        for (column, field) in (0..).zip(&record) {
            let field = unwrapped(field);
            if column >= MOST_COLUMNS {
                if !field.trim().is_empty() {
                    book.leave_out(&sheet, row, column);
                }
                continue;
            }
            if let Some(value) = book.values.text(field) {
                if !book.room() {
                    break;
                }
                sheet.put(row, column, value);
            }
        }
    }
    sheet.finish(&[]);
    book.sheets.push(sheet);
    book
}

/// Whether a cell holds other rows: lines of which one has several separators, as no text has them between its words.
fn holds_rows(field: &str, separator: char) -> bool {
    const SEVERAL: usize = 2;
    let separators = |line: &str| line.split(separator).skip(1).filter(|behind| !behind.starts_with(' ')).count();
    field.contains('\n') && field.lines().any(|line| separators(line) >= SEVERAL)
}

/// How many empty lines there are from here on, where a record begins that was read past them.
fn empty_lines(text: &[u8], from: usize) -> u32 {
    let (before, rest) = text.split_at(from.min(text.len()));
    let breaks = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let mut previous = before.last().copied().unwrap_or_default();
    let mut lines = 0;
    for byte in breaks {
        // A return and a line feed are one break.
        if (previous, *byte) != (b'\r', b'\n') {
            lines += 1;
        }
        previous = *byte;
    }
    lines
}

/// `="0012"` is how some exports keep a spreadsheet from reading a number.
fn unwrapped(field: &str) -> &str {
    field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(field)
}

/// The separator that occurs most often, outside quotes, in the first lines.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b'\t', 0), (b';', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in text.bytes().take(16_384) {
        if byte == b'"' {
            quoted = !quoted;
        } else if !quoted {
            counts.iter_mut().filter(|(separator, _)| *separator == byte).for_each(|(_, count)| *count += 1);
        }
    }
    // The first wins a tie.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}
