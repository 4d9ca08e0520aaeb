//! Tables of a web page, which old systems save with the ending .xls.

use super::super::grid::{Book, MOST_COLUMNS, MOST_ROWS, Region, Sheet};
use super::{Refusal, SAVE_AS_XLSX};

/// Reads every table of a page as a sheet; a table inside another one is read as part of its text.
pub(super) fn read(text: &str) -> Result<Book, Refusal> {
    let mut book = Book::default();
    let mut table: Option<Table> = None;
    let mut depth = 0_usize;
    for piece in Pieces(text) {
        match (piece, &mut table) {
            (Piece::Open("table", _), None) => table = Some(Table::default()),
            (Piece::Open("table", _), Some(_)) => depth += 1,
            (Piece::Close("table"), Some(_)) if depth > 0 => depth -= 1,
            (Piece::Close("table"), Some(_)) => finish(&mut book, table.take()),
            (Piece::Open("tr", _), Some(table)) if depth == 0 => table.next_row(&mut book),
            (Piece::Open("td" | "th", attributes), Some(table)) if depth == 0 => table.open_cell(&mut book, attributes),
            (Piece::Close("td" | "th" | "tr"), Some(table)) if depth == 0 => table.close_cell(&mut book),
            (Piece::Open("br" | "p" | "div", _), Some(table)) => table.push(" "),
            (Piece::Text(text), Some(table)) => table.push(&unescaped(text)),
            _ => {}
        }
    }
    finish(&mut book, table);
    if book.sheets.is_empty() {
        return Err(Refusal::new("a web page or XML file without a table", SAVE_AS_XLSX));
    }
    Ok(book)
}

fn finish(book: &mut Book, table: Option<Table>) {
    if let Some(mut table) = table {
        table.close_cell(book);
        table.sheet.finish(&table.merged);
        table.sheet.name = format!("表{}", book.sheets.len() + 1);
        book.sheets.push(table.sheet);
    }
}

#[derive(Default)]
struct Table {
    sheet: Sheet,
    merged: Vec<Region>,
    /// Columns taken by cells that reach down from rows above, with the last row that they reach.
    taken: Vec<u32>,
    row: Option<u32>,
    column: u32,
    cell: Option<(String, u32, u32)>,
}

impl Table {
    fn next_row(&mut self, book: &mut Book) {
        self.close_cell(book);
        self.row = Some(self.row.map_or(0, |row| row + 1));
        self.column = 0;
    }

    fn open_cell(&mut self, book: &mut Book, attributes: &str) {
        self.close_cell(book);
        let span = |name, most| attribute(attributes, name).unwrap_or(1).clamp(1, most);
        self.cell = Some((String::new(), span("colspan", MOST_COLUMNS), span("rowspan", MOST_ROWS)));
    }

    fn push(&mut self, text: &str) {
        const MOST: usize = 100_000;
        if let Some((cell, ..)) = &mut self.cell
            && cell.len() < MOST
        {
            cell.push_str(text);
        }
    }

    fn close_cell(&mut self, book: &mut Book) {
        let Some((text, columns, rows)) = self.cell.take() else { return };
        let row = *self.row.get_or_insert(0);
        let reaches = |taken: &[u32], column: u32| taken.get(column as usize).is_some_and(|last| *last > row);
        while reaches(&self.taken, self.column) {
            self.column += 1;
        }
        let (first, end) = (self.column, self.column.saturating_add(columns));
        self.column = end;
        if row >= MOST_ROWS {
            book.cut_short = true;
            return;
        }
        if end > MOST_COLUMNS {
            book.leave_out(&self.sheet, row, first);
            return;
        }
        if rows > 1 {
            if self.taken.len() < end as usize {
                self.taken.resize(end as usize, 0);
            }
            let until = row.saturating_add(rows);
            self.taken.iter_mut().take(end as usize).skip(first as usize).for_each(|last| *last = until);
        }
        if let Some(value) = book.values.text(&text)
            && book.room()
        {
            self.sheet.put(row, first, value);
            if rows > 1 || columns > 1 {
                self.merged.push(Region { rows: (row, row.saturating_add(rows - 1)), columns: (first, end - 1) });
            }
        }
    }
}

/// The number that an attribute of this name gives.
fn attribute(attributes: &str, name: &str) -> Option<u32> {
    let lower = attributes.to_ascii_lowercase();
    let after = lower.get(lower.find(name)? + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let digits = after.trim_start_matches(['"', '\'']);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}

enum Piece<'t> {
    Open(&'static str, &'t str),
    Close(&'static str),
    Text(&'t str),
    Other,
}

/// The tags and texts of a page, one after the other.
struct Pieces<'t>(&'t str);

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let text = self.0;
        if text.is_empty() {
            return None;
        }
        let Some(tag) = text.strip_prefix('<') else {
            let (before, rest) = text.split_at(text.find('<').unwrap_or(text.len()));
            self.0 = rest;
            return Some(Piece::Text(before));
        };
        if let Some(comment) = tag.strip_prefix("!--") {
            self.0 = comment.split_once("-->").map_or("", |(_, rest)| rest);
            return Some(Piece::Other);
        }
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            self.0 = tag;
            return Some(Piece::Text("<"));
        }
        let (inside, rest) = tag.split_once('>').unwrap_or((tag, ""));
        self.0 = rest;
        let (close, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(end);
        if !close && (name.eq_ignore_ascii_case("style") || name.eq_ignore_ascii_case("script")) {
            let until = self.0.find("</").unwrap_or(self.0.len());
            self.0 = self.0.get(until..).unwrap_or_default();
        }
        let known = ["table", "tr", "td", "th", "br", "p", "div"].into_iter().find(|known| name.eq_ignore_ascii_case(known));
        Some(match known {
            Some(name) if close => Piece::Close(name),
            Some(name) => Piece::Open(name, attributes),
            None => Piece::Other,
        })
    }
}

/// Replaces the entities that tables contain.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.bytes().take(10).position(|byte| byte == b';').unwrap_or(0);
        let entity = after.get(..end).unwrap_or_default();
        if let Some(found) = character(entity) {
            out.push(found);
            rest = after.get(entity.len() + 1..).unwrap_or_default();
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn character(entity: &str) -> Option<char> {
    Some(match entity {
        "nbsp" => ' ',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "times" => '×',
        "middot" => '·',
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}
