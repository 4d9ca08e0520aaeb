//! Records that their sheet, or a title among its rows, sets apart from those that count.

use super::{Reader, Record};
use crate::facts::{Field, ReviewStatus, tidy};
use crate::workbook::grid::{Row, Value};
use crate::workbook::header::{Apart, Table};
use crate::workbook::notes::{self, At};

/// What says that records may not count: the name or title of their sheet, or a title among its rows.
pub(super) struct SetApart {
    at: At,
    apart: Apart,
    word: &'static str,
    is_told: bool,
}

impl SetApart {
    /// What the name or title of a sheet says of its records.
    pub(super) fn of(table: &Table<'_>) -> Option<Self> {
        let at = At { sheet: table.sheet, row: None, column: None };
        table.apart.map(|(apart, word)| Self { at, apart, word, is_told: false })
    }
}

impl Reader<'_, '_> {
    /// Learns from a title among the rows whether the records below it may not count.
    pub(super) fn enter_section(&mut self, row: &Row, below: &[Row], at: At) {
        const ORDINALS: &str = "一二三四五六七八九十(第";
        let mut own = row.cells.iter().filter(|cell| !cell.filled);
        let (Some(cell), None) = (own.next(), own.next()) else { return };
        let Value::Text(text) = self.book.values.get(cell.value) else { return };
        let says = Apart::of(text).filter(|(apart, _)| self.table.node.is_some() && apart.is_of(self.table.entity));
        let is_title = || below.first().is_some_and(|next| self.is_header(next)) || tidy(text).starts_with(|c| ORDINALS.contains(c));
        match says {
            Some((apart, word)) => self.apart = Some(SetApart { at, apart, word, is_told: false }),
            None if is_title() => self.apart = SetApart::of(self.table),
            None => {}
        }
    }

    /// Leaves open whether a record counts where its sheet or section says that it may not: by how far its review has come, where it does not say that
    /// itself; all of it, where it was never meant or has no review.
    pub(super) fn set_apart(&mut self, mut record: Record) -> Record {
        let Some(set_apart) = &mut self.apart else { return record };
        let is_review = |field: &Field| field.kind.is_of(ReviewStatus::LIST);
        let review = record.facts.entity().fields.iter().position(is_review).filter(|_| set_apart.apart != Apart::Void);
        match review {
            Some(slot) if record.facts.is_given(slot) => return record,
            Some(slot) => {
                let name = record.facts.entity().fields.get(slot).map(|field| field.name.to_owned());
                let unknown = record.facts.absences().0;
                unknown.extend(name.filter(|name| !unknown.contains(name)));
            }
            None => record = record.undecided(&self.tree.own),
        }
        if !std::mem::replace(&mut set_apart.is_told, true) {
            let (at, word) = (set_apart.at, set_apart.word);
            self.notes.tell(at, &notes::SET_APART, &format!("`{word}`"), &format!("“{word}”"));
        }
        record
    }
}
