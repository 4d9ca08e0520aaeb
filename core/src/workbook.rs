//! Spreadsheets in: from the bytes of a workbook to its subjects with their records.
//!
//! In come the bytes of a file as people keep it; out go typed facts, and a note for everything that was mended, doubted or set aside.
//! INVARIANT: what cannot be read for certain is unknown: never zero, never false, never someone else's. Personal data stands in no note.
//!
//! The stages follow each other as the modules do: `open` (bytes to cells), `tree` (what there can be, from the vocabulary), `header` (what a
//! sheet is about), `cell` and `rows` (cells to facts), `roster`, `namesakes`, `join`, `nested`, `shared`, `duplicates` and `assemble` (whose a record is), `notes` and
//! `totals` beside them.

mod assemble;
mod cell;
mod doubt;
mod duplicates;
mod grid;
mod header;
mod join;
mod namesakes;
mod nested;
mod notes;
mod open;
mod own;
mod roster;
mod rows;
mod shared;
mod spec;
mod template;
#[cfg(test)]
mod tests;
mod totals;
mod tree;

use medtrain_macros::crosses;

pub use notes::{Note, SetAside, Severity};
pub use template::template;

use self::header::{Headers, Table, Unrecognised};
use self::notes::{At, Notes};
use self::tree::Tree;
use crate::facts::{Entity, Facts, Practitioner, Subject, Vocabulary};
use crate::policy::{OwnFact, PolicySet};
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::quantity::Day;

/// What a workbook is read for: the subjects of a decision, with the facts that its policy declares itself.
#[derive(Clone, Debug)]
pub struct Asked<'p> {
    subject: &'static Entity,
    own: Vec<&'p OwnFact>,
    others: Vec<&'p OwnFact>,
    known_on: Option<Day>,
    /// The day that is asked about, where a decision is.
    as_of: Option<Day>,
}

impl Asked<'static> {
    /// Subjects of this kind, with the facts of the vocabulary alone.
    ///
    /// # Errors
    /// No workbook holds such subjects: it is no subject, or one that nobody lists, such as a single credit record.
    pub fn subject(name: &str) -> Result<Self, TrainingError> {
        let listed = || Facts::SUBJECTS.iter().filter(|subject| subject.keys().number.is_some());
        let found = listed().find(|subject| subject.name == name);
        let problem = || {
            let message = format!("a workbook holds no subjects of the kind `{name}`");
            let cure = format!("ask a decision about one of {}", listed().map(|subject| subject.name).collect::<Vec<_>>().join(", "));
            Problem::new(ProblemCode::Contradiction, "decision", message).with_cure(cure)
        };
        Ok(Self { subject: found.ok_or_else(problem)?, own: Vec::new(), others: Vec::new(), known_on: None, as_of: None })
    }

    /// Health professionals, with the facts of the vocabulary alone.
    #[must_use]
    pub fn practitioners() -> Self {
        Self { subject: Practitioner::ENTITY, own: Vec::new(), others: Vec::new(), known_on: None, as_of: None }
    }
}

impl<'p> Asked<'p> {
    /// The subjects of this decision as it is asked on a day, with the facts of its policy and of those that add to it; what others declare is known, and left alone.
    ///
    /// # Errors
    /// No such decision, or one whose subjects no workbook holds.
    pub fn of(set: &'p PolicySet, decision: &str, as_of: Day) -> Result<Self, TrainingError> {
        let (policy, decision) = set.decision_on(decision, as_of)?;
        let Asked { subject, .. } = Asked::subject(&decision.subject)?;
        let applied = set.applied(policy, &decision.id, as_of);
        let mut own: Vec<&OwnFact> = Vec::new();
        for fact in applied.iter().flat_map(|policy| &policy.facts) {
            // What two of them declare, they declare alike.
            if !own.iter().any(|known| known.subject == fact.subject && known.name == fact.name) {
                own.push(fact);
            }
        }
        let others = set.policies().iter().filter(|other| applied.iter().all(|policy| policy.id != other.id)).flat_map(|other| &other.facts);
        Ok(Self { subject, own, others: others.collect(), known_on: None, as_of: Some(as_of) })
    }
}

impl Asked<'_> {
    /// What was known on a day: rows that were recorded later are set aside, as [`Facts::as_known_on`] leaves out such records.
    #[must_use]
    pub fn as_known_on(self, day: Day) -> Self {
        Self { known_on: Some(day), ..self }
    }
}

/// What a workbook says, with everything that had to be mended or set aside.
#[crosses]
pub struct Register {
    /// The day as known on which this is, where rows that were recorded later were set aside.
    pub known_on: Option<Day>,
    /// The subjects, in the order of their sheet; people who are in training are no staff, and left out.
    pub subjects: Vec<Listed>,
    /// The sheets, in their order, recognised or not.
    pub sheets: Vec<SheetSummary>,
    /// What was mended, doubted or set aside, in the order of its places.
    pub problems: Vec<Note>,
}

/// One subject of a register.
#[crosses]
pub struct Listed {
    /// What is known of it. A list of records is given where the workbook has a sheet of that kind, even if it is empty.
    pub facts: Subject,
    /// The first cell of its row: `人员!A5`.
    pub place: String,
    /// Where its records stand.
    pub records: Vec<RecordPlaces>,
}

impl Listed {
    /// The rows of the records of this list, in the order of the facts.
    #[must_use]
    pub fn places(&self, list: &str) -> &[String] {
        self.records.iter().find(|records| records.list == list).map_or(&[], |records| &records.places)
    }
}

/// The rows of the records of one list.
#[crosses]
pub struct RecordPlaces {
    /// The path of the list within the subject: `activities`, `residency.rotations`.
    pub list: String,
    /// The row of each record: `学分记录!7`.
    pub places: Vec<String>,
}

/// What became of a sheet.
#[crosses]
pub struct SheetSummary {
    /// Its name.
    pub name: String,
    /// The code of what it is about, such as `practitioner` or `activity`, or a kind of record that a policy declares itself; none for a sheet
    /// that was not recognised. A sheet that is about something else than what was asked is not read.
    pub entity: Option<String>,
    /// What it is about, in Chinese.
    pub zh: Option<String>,
    /// What it is about, in English.
    pub en: Option<String>,
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
    pub field: String,
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done: bytes, sheets, rows or subjects, as the stage has it.
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
    /// Giving the records to their owners.
    Joining,
}

impl Stage {
    /// Its word, by which those who are told of progress know it: `opening`, `reading`, `joining`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Reading => "reading",
            Self::Joining => "joining",
        }
    }
}

/// Reads a workbook: xlsx, xlsb, xls, ods, delimited text in UTF-8, UTF-16 or GB18030, or the tables of a web page.
///
/// The format is told by the bytes; `name` only stands in messages. `asked` says what is looked for, `progress` is called every few thousand
/// rows.
///
/// # Errors
/// [`ProblemCode::Unreadable`] for what is no workbook, is damaged or protected with a password, [`ProblemCode::TooLarge`] for more than is
/// read, [`ProblemCode::NoSheet`] where no sheet could be recognised, with the headers seen and the nearest known ones.
pub fn read(bytes: &[u8], name: &str, asked: &Asked<'_>, progress: &mut dyn FnMut(Progress)) -> Result<Register, TrainingError> {
    let mut book = open::open(bytes, name, progress)?;
    if book.cut_short {
        return Err(too_large(name));
    }
    let tree = Tree { known_on: asked.known_on, as_of: asked.as_of, ..Tree::of(asked.subject, &asked.own) };
    let headers = Headers::new(&tree, &asked.own, &asked.others);
    headers.part(&mut book);
    let mut notes = Notes::new(book.sheets.iter().map(|sheet| sheet.name.clone()));
    let exclusive = headers.names_subjects(&book);
    let mut tables = Vec::new();
    let mut others = Vec::new();
    for sheet in 0..book.sheets.len() {
        match headers.table(&book, sheet, exclusive, &mut notes) {
            Ok(table) => tables.push(table),
            Err(other) => others.push((sheet, other)),
        }
    }
    if tables.is_empty() {
        return Err(no_sheet(name, asked.subject, &notes, &others));
    }
    for (sheet, other) in &others {
        let rule = match other.elsewhere {
            None if other.is_mixed => continue,
            None if book.sheets.get(*sheet).is_some_and(|sheet| template::is_guide(&sheet.name)) => continue,
            None => &notes::SHEET_NOT_READ,
            Some((_, true)) => continue,
            Some((_, false)) => &notes::ABOUT_ELSE,
        };
        notes.add(At { sheet: *sheet, row: None, column: None }, rule);
    }
    let whole = At { sheet: 0, row: None, column: None };
    for (sheet, row, column) in &book.beyond {
        let sheet = book.sheets.iter().position(|other| other.name == *sheet).unwrap_or_default();
        notes.add(At::cell(sheet, *row, *column), &notes::BEYOND);
    }
    if book.open_quote {
        notes.add(whole, &notes::OPEN_QUOTE);
    }
    for (row, line) in &book.swallowed {
        notes.tell(At::row(0, *row), &notes::SWALLOWED, &format!("line {line} of the file"), &format!("文件第{line}行"));
    }
    let is_hidden = |table: &&Table<'_>| book.sheets.get(table.sheet).is_some_and(|sheet| sheet.hidden);
    for table in tables.iter().filter(is_hidden) {
        notes.add(At { sheet: table.sheet, row: None, column: None }, &notes::HIDDEN_SHEET);
    }
    for table in &tables {
        let Some(sheet) = book.sheets.get(table.sheet) else { continue };
        let hidden = sheet.rows.iter().filter(|row| sheet.hidden_rows.contains(&row.number)).count();
        if hidden > 0 {
            let at = At { sheet: table.sheet, row: None, column: None };
            notes.tell(at, &notes::HIDDEN_ROWS, &format!("{hidden} of them"), &format!("共{hidden}行"));
        }
    }
    if book.faulty_text {
        notes.add(whole, &notes::BAD_ENCODING);
    }
    let built = join::subjects(&mut book, &tables, &tree, &mut notes, progress);
    let listed = |built: assemble::Built| {
        let first = book.sheets.get(built.at.sheet).map_or(0, |sheet| sheet.first_column);
        let place = notes.place(At { column: Some(first), ..built.at });
        Subject::of(built.facts).map(|facts| Listed { facts, place, records: built.places })
    };
    let subjects = built.into_iter().filter_map(listed).collect();
    let sheets = book.sheets.iter().enumerate().map(|(place, sheet)| summary(place, &sheet.name, &tables, &others, &notes)).collect();
    Ok(Register { known_on: asked.known_on, subjects, sheets, problems: notes.finish() })
}

/// Whose lists are cut off, nobody can tell: what would be judged by the rest would be wrong.
fn too_large(name: &str) -> TrainingError {
    let message =
        format!("the workbook has more than {} rows in a sheet, or {} cells, which is more than is read", grid::MOST_ROWS, grid::MOST_CELLS);
    Problem::new(ProblemCode::TooLarge, name, message).with_cure("split the workbook so that each part has all records of the people in it").into()
}

fn summary(sheet: usize, name: &str, tables: &[Table<'_>], others: &[(usize, Unrecognised<'_>)], notes: &Notes) -> SheetSummary {
    let table = tables.iter().find(|table| table.sheet == sheet);
    let (rows, set_aside) = notes.counted(sheet);
    let columns = table.map(|table| {
        let column = |mapped: &header::Mapped<'_>| UsedColumn {
            header: mapped.header.clone(),
            cell: notes.place(mapped.at),
            field: mapped.column.field.name.to_owned(),
        };
        table.columns.iter().map(column).collect()
    });
    let used = rows.saturating_sub(set_aside.iter().map(|aside| aside.rows).sum());
    let elsewhere = others.iter().find(|(place, _)| *place == sheet).and_then(|(_, other)| other.elsewhere);
    let about = table.map(|table| table.about).or(elsewhere.map(|(about, _)| about));
    let entity = about.map(|about| about.name.to_owned());
    SheetSummary {
        name: name.to_owned(),
        entity,
        zh: about.map(|about| about.zh.to_owned()),
        en: about.map(|about| about.en.to_owned()),
        rows,
        used,
        set_aside,
        columns: columns.unwrap_or_default(),
    }
}

fn no_sheet(name: &str, subject: &Entity, notes: &Notes, sheets: &[(usize, Unrecognised<'_>)]) -> TrainingError {
    let mut problems: Vec<Problem> = sheets
        .iter()
        .map(|(sheet, other)| {
            let place = notes.place(At { sheet: *sheet, row: None, column: None });
            let message = if let Some((about, _)) = other.elsewhere {
                format!("the sheet is about another kind: {}", about.en)
            } else if other.is_mixed {
                notes::SIDE_BY_SIDE.en.to_owned()
            } else if other.seen.is_empty() {
                "no header row was recognised".to_owned()
            } else {
                format!("no header row was recognised; seen: {}", other.seen.join(", "))
            };
            let problem = Problem::new(ProblemCode::NoSheet, place, message);
            let near: Vec<String> = other.near.iter().map(|(seen, known)| format!("`{seen}` might be `{known}`")).collect();
            problem.with_cure(if near.is_empty() { cure(subject) } else { near.join("; ") })
        })
        .collect();
    if problems.is_empty() {
        problems.push(Problem::new(ProblemCode::NoSheet, name, "the workbook has no sheets").with_cure("choose the file with the register"));
    }
    TrainingError { problems }
}

/// Which columns make a sheet of these subjects.
fn cure(subject: &Entity) -> String {
    if subject.name == Practitioner::ENTITY.name {
        return "name the columns as the template does: 工号, 姓名 and, for records, 项目名称, 学分, 授予日期".to_owned();
    }
    let keys = subject.keys();
    let label = |slot: Option<usize>| slot.and_then(|slot| subject.fields.get(slot)).map(|field| field.zh);
    let labels: Vec<&str> = [label(keys.number), label(keys.name)].into_iter().flatten().collect();
    format!("name the sheet {} and its columns as the template does: {}", subject.zh, labels.join(", "))
}
