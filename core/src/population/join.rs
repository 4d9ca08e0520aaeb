//! Which rows of a table of records belong to which subject.

use std::ops::Range;

use super::arrangement::Arrangement;
use super::flaws::{Flaws, Kind};
use super::ids::Ids;
use crate::problem::ProblemCode;

/// The subject of a row that belongs to nobody known.
pub(super) const NOBODY: u32 = u32::MAX;

/// Whose each row of a table of records is.
#[derive(Debug)]
pub(super) enum Join {
    /// The rows stand in the order of the subjects.
    InOrder(Spans),
    /// They stand in any order.
    AnyOrder(Owners),
}

/// For each subject, where its records stand.
#[derive(Debug)]
pub(super) struct Spans {
    /// Where those of each begin, and at last where all end.
    starts: Vec<usize>,
}

/// For each row, whose it is.
#[derive(Debug)]
pub(super) struct Owners {
    /// The subject of each row, or nobody.
    pub(super) of_rows: Vec<u32>,
    /// How many rows each subject has.
    pub(super) sizes: Vec<u32>,
}

impl Join {
    /// Finds the subject of each row. A row whose subject nobody knows, or that names none, is set aside and told.
    pub(super) fn new(subjects: &Ids, owners: &Ids, place: &str, told: &mut Flaws) -> Self {
        if let Some(starts) = subjects.starts_in_order(owners) {
            return Self::InOrder(Spans { starts });
        }
        let of_rows = subjects.subjects_of(owners);
        let mut sizes = vec![0; subjects.len()];
        count(&of_rows, &mut sizes, (owners, place), told);
        Self::AnyOrder(Owners { of_rows, sizes })
    }
}

/// Counts the rows of each subject. One of nobody is set aside and told.
pub(super) fn count(of_rows: &[u32], sizes: &mut [u32], (owners, place): (&Ids, &str), told: &mut Flaws) {
    for (row, subject) in of_rows.iter().enumerate() {
        match sizes.get_mut(*subject as usize) {
            Some(size) => *size = size.saturating_add(1),
            None => set_aside(told, place, row, owners.is_null(row)),
        }
    }
}

impl Spans {
    /// Where the records of these subjects stand, and where those of each begin among them, and at last where all end.
    pub(super) fn of_all(&self, subjects: Range<usize>) -> (Range<usize>, Vec<usize>) {
        let starts = self.starts.get(subjects.start..=subjects.end).unwrap_or_default();
        let (Some(start), Some(end)) = (starts.first().copied(), starts.last().copied()) else { return (0..0, vec![0]) };
        (start..end, starts.iter().map(|at| at - start).collect())
    }

    /// Where the records of a subject stand in their table.
    pub(super) fn of(&self, subject: usize) -> Range<usize> {
        self.starts.get(subject).zip(self.starts.get(subject + 1)).map_or(0..0, |(start, end)| *start..*end)
    }
}

impl Owners {
    /// How the rows come into the order of the subjects, and where those of each stand then.
    pub(super) fn arrangement(&self) -> (Arrangement, Spans) {
        let (arrangement, starts) = Arrangement::of(&self.of_rows, self.sizes.len());
        (arrangement, Spans { starts })
    }
}

/// Tells of a record that belongs to nobody.
pub(super) fn set_aside(told: &mut Flaws, place: &str, row: usize, names_none: bool) {
    let kind = Kind { code: ProblemCode::SetAside, place, further: "further records of nobody known", cure: "they were set aside" };
    let message = if names_none { "a record that names no subject" } else { "a record of somebody who is not in the table of subjects" };
    let cure = if names_none { "it was set aside" } else { "it was set aside; ids are compared as they are written: `001` is not 1" };
    told.tell(kind, row, || message.to_owned(), Some(cure.to_owned()));
}
