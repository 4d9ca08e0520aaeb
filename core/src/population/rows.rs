//! Rows of tables as the records that conditions read.

use std::ops::Range;
use std::sync::OnceLock;

use crate::feel::{self, Column, Datum, Lane, Record, Records};

use super::cells::absent;
use super::list::List;
use super::table::{Held, Table};
use crate::facts::Absent;

/// One row of a table.
pub(super) struct Row<'t> {
    table: &'t Table,
    at: usize,
    /// The lists of records that belong to it.
    lists: Vec<OwnedRows<'t>>,
    /// The records that stand in further columns of the same row, by slot; made when asked for.
    inner: OnceLock<Vec<(usize, Row<'t>)>>,
}

/// A list, and its records that belong to one subject; sought when asked for.
struct OwnedRows<'t> {
    list: &'t List,
    rows: OnceLock<Rows<'t>>,
}

impl<'t> Row<'t> {
    /// A row of a table of subjects, to which records of these lists belong.
    pub(super) fn of_subject(table: &'t Table, at: usize, lists: &'t [List]) -> Self {
        let lists = lists.iter().map(|list| OwnedRows { list, rows: OnceLock::new() }).collect();
        Self { lists, ..Self::new(table, at) }
    }

    fn new(table: &'t Table, at: usize) -> Self {
        Self { table, at, lists: Vec::new(), inner: OnceLock::new() }
    }

    fn inner(&self) -> &[(usize, Row<'t>)] {
        let inner = || self.table.inner().filter(|(_, table)| table.says(self.at));
        self.inner.get_or_init(|| inner().map(|(slot, table)| (slot, Row::new(table, self.at))).collect())
    }
}

impl Record for Row<'_> {
    fn read(&self, slot: usize) -> Datum<'_> {
        match self.table.held(slot) {
            Held::Cells(cells) => cells.read(self.at),
            // Where the columns of a record are all empty, there is none.
            Held::Inner(absent) => self.inner().iter().find(|(inner, _)| *inner == slot).map_or(absent.into(), |(_, row)| Datum::Record(row)),
            Held::Nothing(absent) => match self.lists.iter().find(|owned| owned.list.slot == slot) {
                Some(owned) => Datum::Records(owned.rows.get_or_init(|| {
                    let (table, spans) = owned.list.in_order();
                    Rows::new(table, spans.of(self.at))
                })),
                None => absent.into(),
            },
        }
    }

    fn read_own(&self, name: &str) -> Datum<'_> {
        self.table.own(name).map_or(Datum::Unknown, |cells| cells.read(self.at))
    }

    fn says_unknown(&self, name: &str) -> bool {
        self.table.own(name).is_some_and(|cells| cells.is_spoiled(self.at))
    }
}

/// Some rows of a table that stand together, as a list.
pub(super) struct Rows<'t> {
    table: &'t Table,
    at: Range<usize>,
    /// The rows as records, a few together; made when one is asked for.
    records: OnceLock<Vec<OnceLock<Vec<Row<'t>>>>>,
}

/// How many rows become records together: of many, conditions ask for few.
const FEW: usize = 16;

impl<'t> Rows<'t> {
    pub(super) fn new(table: &'t Table, at: Range<usize>) -> Self {
        Self { table, at, records: OnceLock::new() }
    }

    fn row(&self, index: usize) -> Option<usize> {
        self.at.clone().nth(index)
    }

    fn record(&self, index: usize) -> Option<&dyn Record> {
        let chunks = self.records.get_or_init(|| (0..self.at.len().div_ceil(FEW)).map(|_| OnceLock::new()).collect());
        let first = index - index % FEW;
        let chunk = chunks.get(index / FEW)?.get_or_init(|| {
            let rows = (first..first + FEW).filter_map(|index| self.row(index));
            rows.map(|row| Row::new(self.table, row)).collect()
        });
        chunk.get(index - first).map(|row| row as &dyn Record)
    }
}

impl Records for Rows<'_> {
    fn len(&self) -> usize {
        self.at.len()
    }

    fn get(&self, index: usize) -> Option<&dyn Record> {
        self.record(index)
    }

    fn read(&self, index: usize, slot: usize) -> Datum<'_> {
        match (self.table.held(slot), self.row(index)) {
            (Held::Cells(cells), Some(row)) => cells.read(row),
            (Held::Nothing(absent), Some(_)) => absent.into(),
            _ => self.get(index).map_or(Datum::Unknown, |record| record.read(slot)),
        }
    }

    fn fill_column(&self, first: usize, len: usize, slot: usize, column: &mut Column) {
        let end = self.at.start.saturating_add(first).saturating_add(len).min(self.at.end);
        let rows = self.at.start.saturating_add(first).min(end)..end;
        match self.table.held(slot) {
            Held::Cells(cells) => cells.fill(rows, column),
            Held::Nothing(nothing) => column.fill_absent(absent(nothing, rows.len())),
            Held::Inner(_) => column.fill_with((first..first.saturating_add(len)).map(|index| self.read(index, slot))),
        }
    }
}

impl feel::Rows for Rows<'_> {
    fn lane(&self, slot: usize) -> Lane<'_> {
        let len = self.at.len();
        match self.table.held(slot) {
            Held::Cells(cells) => cells.lane(self.at.clone()),
            Held::Nothing(absent) => Lane::nothing(len, absent == Absent::None),
            // Where the columns of a record are all empty, there is none.
            Held::Inner(absent) => {
                let inner = self.table.inner().find_map(|(inner, table)| (inner == slot).then_some(table));
                let is_there = |place| inner.zip(self.row(place)).is_some_and(|(table, row)| table.says(row));
                Lane::without_values(len, |place| (!is_there(place)).then_some(absent == Absent::None))
            }
        }
    }
}
