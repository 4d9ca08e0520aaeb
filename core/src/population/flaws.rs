//! What is wrong with cells and rows: a few of each column told one by one, the others counted.

use std::sync::Arc;

use crate::problem::{Problem, ProblemCode};

/// What was found wrong in a table, or in a part of one.
#[derive(Debug, Default)]
pub(super) struct Flaws {
    told: Vec<Flaw>,
    /// What was read in another form, such as binary numbers by their shortest decimal form.
    pub(super) notes: Vec<Problem>,
    /// Where the rows of a part stand in the whole table; empty where it is the whole.
    rows: Arc<[u64]>,
}

/// One kind of flaw in one column.
#[derive(Clone, Copy)]
pub(super) struct Kind<'k> {
    pub(super) code: ProblemCode,
    /// The column, such as `activities.awarded_on`.
    pub(super) place: &'k str,
    /// What the others are, such as `further cells that are not a date`.
    pub(super) further: &'k str,
    /// What became of them.
    pub(super) cure: &'k str,
}

#[derive(Debug)]
struct Flaw {
    code: ProblemCode,
    place: String,
    further: String,
    cure: String,
    /// Those that stand first, by row.
    first: Vec<(u64, Problem)>,
    count: usize,
}

impl Flaws {
    /// How many of one kind are told one by one.
    const EACH: usize = 5;

    /// For a part of a table whose rows stand here in the whole.
    pub(super) fn in_rows(rows: &[u64]) -> Self {
        Self { rows: rows.into(), ..Self::default() }
    }

    /// For another part of the same rows, in which nothing was found yet.
    pub(super) fn beside(&self) -> Self {
        Self { rows: Arc::clone(&self.rows), ..Self::default() }
    }

    /// The row in the whole table.
    fn row(&self, row: usize) -> u64 {
        self.rows.get(row).copied().unwrap_or(row as u64)
    }

    /// A place in a column, as it is told.
    pub(super) fn place(&self, column: &str, row: usize) -> String {
        format!("{column}[{}]", self.row(row))
    }

    /// Tells of a row, unless enough of its kind stand before it.
    pub(super) fn tell(&mut self, kind: Kind<'_>, row: usize, message: impl FnOnce() -> String, cure: Option<String>) {
        let row = self.row(row);
        self.change(kind, |flaw| {
            flaw.count += 1;
            if flaw.first.len() < Self::EACH || flaw.first.last().is_some_and(|(last, _)| row < *last) {
                let problem = Problem::new(kind.code, format!("{}[{row}]", kind.place), message());
                let at = flaw.first.partition_point(|(before, _)| *before <= row);
                flaw.first.insert(at, (row, problem.with_cure(cure.unwrap_or_else(|| kind.cure.to_owned()))));
                flaw.first.truncate(Self::EACH);
            }
        });
    }

    fn change(&mut self, kind: Kind<'_>, change: impl FnOnce(&mut Flaw)) {
        let is_of = |flaw: &&mut Flaw| flaw.code == kind.code && flaw.place == kind.place && flaw.further == kind.further;
        if let Some(flaw) = self.told.iter_mut().find(is_of) {
            return change(flaw);
        }
        let (place, further, cure) = (kind.place.to_owned(), kind.further.to_owned(), kind.cure.to_owned());
        let mut flaw = Flaw { code: kind.code, place, further, cure, first: Vec::new(), count: 0 };
        change(&mut flaw);
        self.told.push(flaw);
    }

    /// Adds what was found in another part.
    pub(super) fn merge(&mut self, other: Self) {
        for flaw in other.told {
            let kind = Kind { code: flaw.code, place: &flaw.place, further: &flaw.further, cure: &flaw.cure };
            self.change(kind, |mine| {
                mine.count += flaw.count;
                mine.first.extend(flaw.first);
                mine.first.sort_by_key(|(row, _)| *row);
                mine.first.truncate(Self::EACH);
            });
        }
        for note in other.notes {
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }

    /// What is told, column by column.
    pub(super) fn problems(&self) -> Vec<Problem> {
        self.told
            .iter()
            .flat_map(|flaw| {
                let more = flaw.count - flaw.first.len();
                let further = || Problem::new(flaw.code, flaw.place.as_str(), format!("{more} {}", flaw.further)).with_cure(flaw.cure.as_str());
                flaw.first.iter().map(|(_, problem)| problem.clone()).chain((more > 0).then(further))
            })
            .collect()
    }
}
