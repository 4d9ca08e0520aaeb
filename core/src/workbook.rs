//! Spreadsheets in: from the bytes of a hospital's workbook to people with their records.
//!
//! In come the bytes of a file as people keep it; out go typed facts, and a note for everything that was mended, doubted or set aside.
//! INVARIANT: what cannot be read for certain is unknown: never zero, never false, never someone else's. Personal data stands in no note.
//!
//! The stages follow each other as the modules do: `open` (bytes to cells), `header` (what a sheet is about), `cell` and `rows` (cells to
//! facts), `roster`, `join` and `duplicates` (whose a record is), `notes` and `totals` beside them.

mod cell;
mod duplicates;
mod grid;
mod header;
mod join;
mod notes;
mod open;
mod roster;
mod rows;
#[cfg(test)]
mod tests;
mod totals;

use medtrain_macros::crosses;

pub use notes::{Note, SetAside, Severity};

use self::header::{Headers, Table, Unrecognised};
use self::notes::{At, Notes};
use crate::facts::Practitioner;
use crate::problem::{Problem, ProblemCode, TrainingError};

/// What a workbook says, with everything that had to be mended or set aside.
#[crosses]
pub struct Register {
    /// The people, in the order of the roster; those in training are left out.
    pub people: Vec<Person>,
    /// The sheets, in their order, recognised or not.
    pub sheets: Vec<SheetSummary>,
    /// What was mended, doubted or set aside, in the order of its places.
    pub problems: Vec<Note>,
}

/// Someone of a register.
#[crosses]
pub struct Person {
    /// What is known of them. A list of records is given where the workbook has a sheet of that kind, even if it is empty.
    pub facts: Practitioner,
    /// The first cell of their row: `人员!A5`.
    pub place: String,
    /// The row of each of `facts.activities`: `学分记录!7`.
    pub activity_places: Vec<String>,
    /// The row of each of `facts.attachments`.
    pub attachment_places: Vec<String>,
    /// The row of each of `facts.certificates`.
    pub certificate_places: Vec<String>,
}

/// What became of a sheet.
#[crosses]
pub struct SheetSummary {
    /// Its name.
    pub name: String,
    /// The code of what it is about, such as `practitioner` or `activity`; none for a sheet that was not recognised.
    pub entity: Option<&'static str>,
    /// Rows with something in them, below the headers.
    pub rows: usize,
    /// Rows that were used.
    pub used: usize,
    /// The others, by reason.
    pub set_aside: Vec<SetAside>,
    /// Its columns, as far as they are used.
    pub columns: Vec<UsedColumn>,
}

/// A column and the field that was read from it.
#[crosses]
pub struct UsedColumn {
    /// The header as it stands there.
    pub header: String,
    /// The cell of the header.
    pub cell: String,
    /// The field's name in the vocabulary.
    pub field: &'static str,
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done: bytes, sheets, rows or people, as the stage has it.
    pub done: usize,
    /// Out of how much.
    pub total: usize,
}

/// What reading a workbook is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Opening the file.
    Opening,
    /// Reading sheets, then rows.
    Reading,
    /// Giving the records to their people.
    Joining,
}

/// Reads a workbook: xlsx, xlsb, xls, ods, delimited text in UTF-8, UTF-16 or GB18030, or the tables of a web page.
///
/// The format is told by the bytes; `name` only stands in messages. `progress` is called every few thousand rows.
///
/// # Errors
/// [`ProblemCode::Unreadable`] for what is no workbook, is damaged or protected with a password, [`ProblemCode::TooLarge`] for more than is
/// read, [`ProblemCode::NoSheet`] where no sheet could be recognised, with the headers seen and the nearest known ones.
pub fn read(bytes: &[u8], name: &str, progress: &mut dyn FnMut(Progress)) -> Result<Register, TrainingError> {
    let book = open::open(bytes, name, progress)?;
    let mut notes = Notes::new(book.sheets.iter().map(|sheet| sheet.name.clone()));
    let headers = Headers::new();
    let mut tables = Vec::new();
    let mut others = Vec::new();
    for sheet in 0..book.sheets.len() {
        match headers.table(&book, sheet, &mut notes) {
            Ok(table) => tables.push(table),
            Err(other) => others.push((sheet, other)),
        }
    }
    if tables.is_empty() {
        return Err(no_sheet(name, &notes, &others));
    }
    for (sheet, _) in &others {
        notes.add(At { sheet: *sheet, row: None, column: None }, &notes::SHEET_NOT_READ);
    }
    let whole = At { sheet: 0, row: None, column: None };
    if book.cut_short {
        notes.add(whole, &notes::CUT_SHORT);
    }
    if book.open_quote {
        notes.add(whole, &notes::OPEN_QUOTE);
    }
    let is_hidden = |table: &&Table| book.sheets.get(table.sheet).is_some_and(|sheet| sheet.hidden);
    for table in tables.iter().filter(is_hidden) {
        notes.add(At { sheet: table.sheet, row: None, column: None }, &notes::HIDDEN_SHEET);
    }
    if book.faulty_text {
        notes.add(whole, &notes::BAD_ENCODING);
    }
    let people = join::people(&book, &tables, &mut notes, progress);
    let sheets = book.sheets.iter().enumerate().map(|(place, sheet)| summary(place, &sheet.name, &tables, &notes)).collect();
    Ok(Register { people, sheets, problems: notes.finish() })
}

fn summary(sheet: usize, name: &str, tables: &[Table], notes: &Notes) -> SheetSummary {
    let table = tables.iter().find(|table| table.sheet == sheet);
    let (rows, set_aside) = notes.counted(sheet);
    let columns = table.map(|table| {
        let column =
            |mapped: &header::Mapped| UsedColumn { header: mapped.header.clone(), cell: notes.place(mapped.at), field: mapped.column.field.name };
        table.columns.iter().map(column).collect()
    });
    let used = rows.saturating_sub(set_aside.iter().map(|aside| aside.rows).sum());
    SheetSummary { name: name.to_owned(), entity: table.map(|table| table.entity.name), rows, used, set_aside, columns: columns.unwrap_or_default() }
}

fn no_sheet(name: &str, notes: &Notes, sheets: &[(usize, Unrecognised)]) -> TrainingError {
    let mut problems: Vec<Problem> = sheets
        .iter()
        .map(|(sheet, other)| {
            let place = notes.place(At { sheet: *sheet, row: None, column: None });
            let message = if other.seen.is_empty() {
                "no header row was recognised".to_owned()
            } else {
                format!("no header row was recognised; seen: {}", other.seen.join(", "))
            };
            let problem = Problem::new(ProblemCode::NoSheet, place, message);
            let near: Vec<String> = other.near.iter().map(|(seen, known)| format!("`{seen}` might be `{known}`")).collect();
            let cure = "name the columns as the template does: 工号, 姓名 and, for records, 项目名称, 学分, 授予日期";
            problem.with_cure(if near.is_empty() { cure.to_owned() } else { near.join("; ") })
        })
        .collect();
    if problems.is_empty() {
        problems.push(Problem::new(ProblemCode::NoSheet, name, "the workbook has no sheets").with_cure("choose the file with the register"));
    }
    TrainingError { problems }
}
