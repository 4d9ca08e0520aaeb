//! Which rows of a table of records belong to which subject.

use super::flaws::{Flaws, Kind};
use super::ids::Ids;
use super::rows::Places;
use crate::problem::ProblemCode;

/// For each subject, where its records stand.
#[derive(Debug)]
pub(super) struct Join {
    /// Where those of each subject begin, and at last where all end.
    starts: Vec<usize>,
    /// The rows in the order of their subjects; `None` where they stand so already.
    order: Option<Vec<u32>>,
}

impl Join {
    /// Finds the subject of each row; a row whose subject nobody knows, or that names none, is set aside and told.
    pub(super) fn new(subjects: &Ids, owners: &Ids, place: &str, told: &mut Flaws) -> Self {
        match subjects.starts_in_order(owners) {
            Some(starts) => Self { starts, order: None },
            None => Self::in_any_order(subjects, owners, place, told),
        }
    }

    fn in_any_order(subjects: &Ids, owners: &Ids, place: &str, told: &mut Flaws) -> Self {
        let owner_of = subjects.subjects_of(owners);
        for (row, _) in owner_of.iter().enumerate().filter(|(_, subject)| subject.is_none()) {
            set_aside(told, place, row, owners.is_null(row));
        }
        let mut starts = vec![0; subjects.len() + 1];
        for subject in owner_of.iter().flatten() {
            if let Some(count) = starts.get_mut(*subject as usize + 1) {
                *count += 1;
            }
        }
        let mut so_far = 0;
        for start in &mut starts {
            so_far += *start;
            *start = so_far;
        }
        let mut next = starts.clone();
        let mut order = vec![0_u32; so_far];
        for (row, subject) in owner_of.iter().enumerate() {
            if let Some(at) = subject.and_then(|subject| next.get_mut(subject as usize))
                && let (Some(place), Ok(row)) = (order.get_mut(*at), u32::try_from(row))
            {
                *place = row;
                *at += 1;
            }
        }
        Self { starts, order: Some(order) }
    }

    /// Where the records of these subjects stand, and where those of each begin among them, and at last where all end.
    pub(super) fn of_all(&self, subjects: std::ops::Range<usize>) -> (Places<'_>, Vec<usize>) {
        let starts = self.starts.get(subjects.start..=subjects.end).unwrap_or_default();
        let (Some(start), Some(end)) = (starts.first().copied(), starts.last().copied()) else { return (Places::Together(0, 0), vec![0]) };
        let places = match &self.order {
            None => Places::Together(start, end - start),
            Some(order) => Places::Apart(order.get(start..end).unwrap_or_default()),
        };
        (places, starts.iter().map(|at| at - start).collect())
    }

    /// Where the records of a subject stand in their table.
    pub(super) fn of(&self, subject: usize) -> Places<'_> {
        let bounds = self.starts.get(subject).zip(self.starts.get(subject + 1));
        let (start, end) = bounds.map_or((0, 0), |(start, end)| (*start, *end));
        match &self.order {
            None => Places::Together(start, end - start),
            Some(order) => Places::Apart(order.get(start..end).unwrap_or_default()),
        }
    }
}

/// Tells of a record that belongs to nobody.
pub(super) fn set_aside(told: &mut Flaws, place: &str, row: usize, names_none: bool) {
    let kind = Kind { code: ProblemCode::SetAside, place, further: "further records of nobody known", cure: "they were set aside" };
    let message = if names_none { "a record that names no subject" } else { "a record of somebody who is not in the table of subjects" };
    told.tell(kind, row, || message.to_owned(), Some("it was set aside".to_owned()));
}
