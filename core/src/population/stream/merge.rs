//! Tables that are sorted by id, merged: some subjects at a time with the records that belong to them.

use std::cmp::Ordering;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use arrow_select::concat::concat_batches;

use super::{Budget, Chunk, Part, one_subject_too_large};
use crate::population::flaws::Flaws;
use crate::population::ids::{Id, Ids};
use crate::population::join::set_aside;
use crate::population::source::{Piece, Reading, unreadable};
use crate::problem::{Problem, ProblemCode, TrainingError};

/// Sorted tables, read side by side.
pub(super) struct Merge<'s> {
    subjects: Cursor<'s>,
    lists: Vec<Cursor<'s>>,
    budget: Budget,
    /// The records that belong to nobody.
    pub(super) flaws: Flaws,
}

/// A sorted table and how far it was read.
struct Cursor<'s> {
    table: Reading<'s>,
    /// Whether an id may come once only.
    unique: bool,
    piece: Option<Piece>,
    at: usize,
    /// About how many bytes a row of the piece has.
    width: usize,
    /// The last id of the pieces before.
    last: Option<Ids>,
}

impl<'s> Merge<'s> {
    pub(super) fn new(tables: Vec<Reading<'s>>, budget: Budget) -> Result<Self, TrainingError> {
        let mut cursors =
            tables.into_iter().zip(0..).map(|(table, place)| Cursor { table, unique: place == 0, piece: None, at: 0, width: 0, last: None });
        let Some(mut subjects) = cursors.next() else { return Err(unreadable("the table of subjects", &"there is none").into()) };
        let mut lists: Vec<_> = cursors.collect();
        subjects.load()?;
        lists.iter_mut().try_for_each(Cursor::load)?;
        Ok(Self { subjects, lists, budget, flaws: Flaws::default() })
    }

    /// The next chunk; at the end the records of nobody that are left are set aside.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>, TrainingError> {
        let Some(piece) = self.subjects.piece.clone() else {
            for list in &mut self.lists {
                list.leave_out(None, &mut self.flaws)?;
            }
            return Ok(None);
        };
        let (first, mut bytes) = (self.subjects.at, 0);
        let most = (first + self.budget.subjects).min(piece.len());
        let mut taken: Vec<Taken> = self.lists.iter().map(|list| Taken::new(list.table.schema.clone())).collect();
        let mut next = first;
        while next < most && (next == first || bytes < self.budget.chunk) {
            // Every piece of subjects was seen to have all its ids.
            let Some(id) = piece.ids.get(next) else { break };
            let mut room = self.budget.held;
            for (list, taken) in self.lists.iter_mut().zip(&mut taken) {
                list.leave_out(Some(id), &mut self.flaws)?;
                let Some(more) = list.take(id, taken, room, &mut self.flaws)? else {
                    let row = piece.rows.get(next).copied().unwrap_or_default();
                    return Err(one_subject_too_large(&self.subjects.table.column(), row));
                };
                room = room.saturating_sub(more);
                bytes += more;
            }
            next += 1;
        }
        let subjects = Part { batch: piece.batch.slice(first, next - first), rows: piece.rows.get(first..next).unwrap_or_default().to_vec() };
        self.subjects.at = next;
        if next == piece.len() {
            self.subjects.load()?;
        }
        let lists = taken.into_iter().map(Taken::finish).collect::<Result<_, _>>()?;
        Ok(Some(Chunk { subjects, lists }))
    }
}

impl Cursor<'_> {
    /// Reads the next piece and sees that it is in order.
    fn load(&mut self) -> Result<(), TrainingError> {
        if let Some(piece) = self.piece.take() {
            self.last = piece.ids.last().or(self.last.take());
        }
        self.at = 0;
        let Some(piece) = self.table.next()? else { return Ok(()) };
        let mut before = self.last.as_ref().and_then(|last| last.get(0));
        for (row, id) in piece.ids.iter().enumerate() {
            let at = || format!("{}[{}]", self.table.column(), piece.rows.get(row).copied().unwrap_or_default());
            let Some(id) = id else {
                if self.unique {
                    let problem = Problem::new(ProblemCode::Missing, at(), "a subject without an id");
                    return Err(problem.with_cure("each subject has one row and one id").into());
                }
                continue;
            };
            match before.map(|before| before.cmp(&id)) {
                Some(Ordering::Greater) => {
                    let problem = Problem::new(ProblemCode::OutOfOrder, at(), "an id that should stand before the one above it");
                    let order =
                        if matches!(id, Id::Number(_)) { "whole numbers are sorted by size" } else { "texts are sorted by their bytes (UTF-8)" };
                    let cure = format!("sort the table by its ids ({order}), or do not promise that it is sorted");
                    return Err(problem.with_cure(cure).into());
                }
                Some(Ordering::Equal) if self.unique => {
                    let problem = Problem::new(ProblemCode::Duplicate, at(), "a subject that is there twice");
                    return Err(problem.with_cure("each subject has one row and one id").into());
                }
                _ => before = Some(id),
            }
        }
        self.width = piece.bytes() / piece.len().max(1);
        self.piece = Some(piece);
        Ok(())
    }

    /// Passes over the records of those who come before this subject: of nobody.
    fn leave_out(&mut self, before: Option<Id<'_>>, told: &mut Flaws) -> Result<(), TrainingError> {
        while let Some(piece) = &self.piece {
            if self.at == piece.len() {
                self.load()?;
            } else if let (Some(id), Some(before)) = (piece.ids.get(self.at), before)
                && id >= before
            {
                return Ok(());
            } else {
                self.set_aside(told);
            }
        }
        Ok(())
    }

    /// Takes the records of this subject, and says how many bytes they have; `None` where there is no room for them.
    fn take(&mut self, subject: Id<'_>, taken: &mut Taken, room: usize, told: &mut Flaws) -> Result<Option<usize>, TrainingError> {
        let mut bytes = 0_usize;
        while let Some(piece) = &self.piece {
            let first = self.at;
            while piece.ids.get(self.at) == Some(subject) {
                self.at += 1;
            }
            bytes = bytes.saturating_add((self.at - first).saturating_mul(self.width));
            if bytes > room {
                return Ok(None);
            }
            taken.push(piece, first, self.at - first);
            if piece.ids.get(self.at).is_some() {
                break;
            }
            if self.at < piece.len() {
                self.set_aside(told);
            } else {
                self.load()?;
            }
        }
        Ok(Some(bytes))
    }

    /// Passes over the record that comes next, which is nobody's.
    fn set_aside(&mut self, told: &mut Flaws) {
        if let Some(piece) = &self.piece {
            let row = piece.rows.get(self.at).and_then(|row| usize::try_from(*row).ok()).unwrap_or(usize::MAX);
            set_aside(told, &self.table.column(), row, piece.ids.get(self.at).is_none());
            self.at += 1;
        }
    }
}

/// Rows that were taken of one table.
struct Taken {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    rows: Vec<u64>,
    /// The rows that are taken together so far.
    open: Option<Open>,
}

struct Open {
    batch: RecordBatch,
    /// Where the piece begins in its table.
    piece: Option<u64>,
    first: usize,
    count: usize,
}

impl Taken {
    fn new(schema: SchemaRef) -> Self {
        Self { schema, batches: Vec::new(), rows: Vec::new(), open: None }
    }

    fn push(&mut self, piece: &Piece, first: usize, count: usize) {
        if count == 0 {
            return;
        }
        self.rows.extend(piece.rows.get(first..first + count).unwrap_or_default());
        let begins = piece.rows.first().copied();
        match &mut self.open {
            Some(open) if open.piece == begins && open.first + open.count == first => open.count += count,
            _ => {
                self.close();
                self.open = Some(Open { batch: piece.batch.clone(), piece: begins, first, count });
            }
        }
    }

    fn close(&mut self) {
        self.batches.extend(self.open.take().map(|open| open.batch.slice(open.first, open.count)));
    }

    fn finish(mut self) -> Result<Part, TrainingError> {
        self.close();
        let batch = match self.batches.as_slice() {
            [only] => only.clone(),
            all => concat_batches(&self.schema, all).map_err(|error| unreadable("the table", &error))?,
        };
        Ok(Part { batch, rows: self.rows })
    }
}
