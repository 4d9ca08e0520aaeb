//! Which rows of a table of records belong to which subject.

use std::ops::Range;

use super::arrangement::Arrangement;
use super::flaws::{Flaws, Kind};
use super::ids::Ids;
use crate::problem::ProblemCode;

/// The subject of a row that belongs to nobody known.
pub(super) const NOBODY: u32 = u32::MAX;

/// For each subject, where its records stand.
#[derive(Debug)]
pub(super) struct Join {
    /// Where those of each begin, and at last where all end.
    starts: Vec<usize>,
}

impl Join {
    /// Finds the subject of each row, and how the rows are to be arranged, where they do not stand in the order of the subjects already. A row whose subject
    /// nobody knows, or that names none, is set aside and told.
    pub(super) fn new(subjects: &Ids, owners: &Ids, place: &str, told: &mut Flaws) -> (Self, Option<Arrangement>) {
        if let Some(starts) = subjects.starts_in_order(owners) {
            return (Self { starts }, None);
        }
        let owner_of = subjects.subjects_of(owners);
        for (row, _) in owner_of.iter().enumerate().filter(|(_, subject)| **subject == NOBODY) {
            set_aside(told, place, row, owners.is_null(row));
        }
        let (arrangement, starts) = Arrangement::of(&owner_of, subjects.len());
        (Self { starts }, Some(arrangement))
    }

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

/// Tells of a record that belongs to nobody.
pub(super) fn set_aside(told: &mut Flaws, place: &str, row: usize, names_none: bool) {
    let kind = Kind { code: ProblemCode::SetAside, place, further: "further records of nobody known", cure: "they were set aside" };
    let message = if names_none { "a record that names no subject" } else { "a record of somebody who is not in the table of subjects" };
    told.tell(kind, row, || message.to_owned(), Some("it was set aside".to_owned()));
}
