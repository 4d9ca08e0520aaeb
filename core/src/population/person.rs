//! One subject of tables, as typed facts: what a verdict in full is written of.

use std::fmt;

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use serde_json::{Map, Value as Json};

use super::cells::Cells;
use super::files::TableFile;
use super::ids::Id;
use super::source::{Reading, TableSource};
use super::table::{Table, Tables, key_column, subject_of};
use crate::evaluate::Question;
use crate::facts::{Entity, Facts, FieldKind};
use crate::feel::Datum;
use crate::problem::{Problem, TrainingError};

/// What tables hold of one subject.
#[derive(Debug)]
pub struct SubjectFacts {
    /// The facts.
    pub facts: Facts,
    /// What was found wrong in the subject's cells: what could be used, is.
    pub problems: Vec<Problem>,
}

impl Question<'_> {
    /// The facts that files of tables hold of one subject; `None` where the table of subjects does not have it. Every column is read, so that what can
    /// still be done about a verdict is known too.
    ///
    /// # Errors
    /// Files that cannot be read, or that are no such tables; an id that is there twice.
    pub fn facts_from_files(&self, id: &str, subjects: &TableFile, records: &[(String, TableFile)]) -> Result<Option<SubjectFacts>, TrainingError> {
        let entity = subject_of(self)?;
        let (batch, rows) = rows_of(entity, entity.name, subjects, id)?;
        let mut tables = Tables::of_rows(self, &batch, &rows)?;
        for (list, file) in records {
            let (batch, rows) = rows_of(entity, list, file, id)?;
            tables = tables.with_rows(list, &batch, &rows)?;
        }
        if tables.is_empty() {
            return Ok(None);
        }
        let facts = self.facts_from_json(&tables.json(self.subject()).to_string())?;
        Ok(Some(SubjectFacts { facts, problems: tables.problems }))
    }
}

/// The rows of one subject in a file, and where they stand in it.
fn rows_of(entity: &'static Entity, name: &str, file: &TableFile, id: &str) -> Result<(RecordBatch, Vec<u64>), TrainingError> {
    /// Rows of which the ids are decoded at a time.
    const ROWS: usize = 1 << 13;
    let (key, at) = key_column(entity, name, &file.columns())?;
    let mut reading = Reading::new(name, (key, 0), Box::new(file.clone()).read_columns(&[at], ROWS)?);
    reading.as_texts = true;
    let mut rows = Vec::new();
    while let Some(piece) = reading.next()? {
        rows.extend(piece.ids.iter().zip(&piece.rows).filter(|(found, _)| *found == Some(Id::Text(id))).map(|(_, row)| *row));
    }
    Ok((file.read_rows(&rows)?, rows))
}

impl Tables<'_> {
    /// The first subject as JSON facts.
    pub(super) fn json(&self, subject: &str) -> Json {
        let mut record = self.subjects.json(0);
        for list in &self.lists {
            let (table, spans) = list.in_order();
            let records = spans.of(0).map(|row| Json::Object(table.json(row))).collect();
            let name = self.subjects.entity.fields.get(list.slot).map_or("", |field| field.name);
            record.insert(name.to_owned(), Json::Array(records));
        }
        Json::Object(Map::from_iter([(subject.to_owned(), Json::Object(record))]))
    }
}

impl Table {
    /// A row as a JSON object, as facts have it.
    fn json(&self, row: usize) -> Map<String, Json> {
        let (mut record, mut unknown) = (Map::new(), Vec::new());
        for (field, cells) in self.cells() {
            match value(field.kind, cells, row) {
                Some(value) => _ = record.insert(field.name.to_owned(), value),
                // A cell that said something which could not be used is not one that says nothing.
                None if field.differs_when_untold() && cells.is_spoiled(row) => unknown.push(Json::from(field.name)),
                None => {}
            }
        }
        for (slot, inner) in self.inner().filter(|(_, inner)| inner.says(row)) {
            let name = self.entity.fields.get(slot).map_or("", |field| field.name);
            record.insert(name.to_owned(), Json::Object(inner.json(row)));
        }
        let own: Map<String, Json> = self.own_cells().filter_map(|(name, cells)| Some((name.to_owned(), number(cells, row)?))).collect();
        if !own.is_empty() {
            record.insert("extra".to_owned(), Json::Object(own));
        }
        if !unknown.is_empty() {
            record.insert("unknown".to_owned(), Json::Array(unknown));
        }
        record
    }
}

/// A cell as JSON facts have it; `None` where it says nothing.
fn value(kind: FieldKind, cells: &Cells, row: usize) -> Option<Json> {
    Some(match (cells.read(row), kind) {
        (Datum::Code(place), FieldKind::Code(list)) => Json::from(list.codes.get(usize::from(place))?.code),
        (_, FieldKind::Integer) => number(cells, row)?,
        _ => plain(cells, row)?,
    })
}

/// A cell of which a number that is whole is one in JSON, too.
fn number(cells: &Cells, row: usize) -> Option<Json> {
    Some(match cells.read(row) {
        Datum::Number(number) => {
            let text = number.normalize().to_string();
            text.parse::<i64>().map_or_else(|_| Json::from(text.as_str()), Json::from)
        }
        _ => plain(cells, row)?,
    })
}

fn plain(cells: &Cells, row: usize) -> Option<Json> {
    let text = |text: &dyn fmt::Display| Json::from(text.to_string());
    Some(match cells.read(row) {
        Datum::Boolean(flag) => Json::from(flag),
        Datum::Number(number) => text(&number.normalize()),
        Datum::Date(day) => text(&day),
        Datum::Text(words) => text(&words),
        Datum::Texts(texts) => texts.iter().map(String::as_str).collect(),
        _ => return None,
    })
}

/// The status that a table of results has of a subject; `None` where it does not have the subject.
///
/// # Errors
/// A file that cannot be read.
pub fn status_in_results(results: &TableFile, id: &str) -> Result<Option<String>, TrainingError> {
    const ROWS: usize = 1 << 13;
    let schema = results.columns();
    let (Ok(ids), Ok(status)) = (schema.index_of("subject_id"), schema.index_of("status")) else { return Ok(None) };
    let mut reading = Reading::new("subject", ("subject_id".to_owned(), 0), Box::new(results.clone()).read_columns(&[ids], ROWS)?);
    reading.as_texts = true;
    while let Some(piece) = reading.next()? {
        let found = piece.ids.iter().zip(&piece.rows).find(|(found, _)| *found == Some(Id::Text(id)));
        if let Some((_, row)) = found {
            let batch = results.read_rows(&[*row])?;
            let status = batch.columns().get(status).and_then(|column| arrow_cast::cast(column, &arrow_schema::DataType::Utf8).ok());
            return Ok(
                status.and_then(|status| status.as_string_opt::<i32>().filter(|texts| !texts.is_empty()).map(|texts| texts.value(0).to_owned()))
            );
        }
    }
    Ok(None)
}
