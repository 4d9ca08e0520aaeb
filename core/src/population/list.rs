//! A table of the records of one of the subject's lists, and whose they are.

use std::sync::OnceLock;

use super::join::{Join, Owners, Spans};
use super::table::Table;
use crate::problem::Problem;

/// A table of records and whose they are.
///
/// Rows in any order are put in the order of the subjects once somebody asks for the records of one of them; to add up what all of them come to, nobody
/// has to.
#[derive(Debug)]
pub(super) struct List {
    /// The slot of the list in the subject.
    pub(super) slot: usize,
    table: Table,
    join: Join,
    arranged: OnceLock<(Table, Spans)>,
}

impl List {
    pub(super) fn new(slot: usize, table: Table, join: Join) -> Self {
        Self { slot, table, join, arranged: OnceLock::new() }
    }

    /// The rows as they came, and whose each is, where they came in any order and nobody has put them in order yet.
    pub(super) fn as_it_came(&self) -> Option<(&Table, &Owners)> {
        match &self.join {
            Join::AnyOrder(owners) if self.arranged.get().is_none() => Some((&self.table, owners)),
            _ => None,
        }
    }

    /// How many records each subject has, where they came in any order.
    pub(super) fn sizes(&self) -> &[u32] {
        if let Join::AnyOrder(owners) = &self.join { &owners.sizes } else { &[] }
    }

    /// The rows in the order of the subjects, and where those of each stand.
    pub(super) fn in_order(&self) -> (&Table, &Spans) {
        match &self.join {
            Join::InOrder(spans) => (&self.table, spans),
            Join::AnyOrder(owners) => {
                let (table, spans) = self.arranged.get_or_init(|| {
                    let (arrangement, spans) = owners.arrangement();
                    (self.table.arranged(&arrangement), spans)
                });
                (table, spans)
            }
        }
    }

    /// Puts the rows in the order of the subjects on so many threads, for those who will ask for the records of each.
    ///
    /// # Errors
    /// A thread that ended early.
    pub(super) fn arrange(&self, threads: usize) -> Result<(), Problem> {
        if let Some((table, owners)) = self.as_it_came() {
            let (arrangement, spans) = owners.arrangement();
            let table = table.arranged_by(&arrangement, threads)?;
            // Who was quicker has done the same.
            _ = self.arranged.set((table, spans));
        }
        Ok(())
    }
}
