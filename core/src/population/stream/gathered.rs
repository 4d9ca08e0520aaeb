//! Records that are added up as they come, in whatever order: no row of them is kept, and none is laid down.
//!
//! In come a table of subjects that fits into memory and a table of records in parts, each read and added up by a thread of its own; out go the results.
//! INVARIANT: what comes of it is what comes of the tables in order. Where that cannot be had in this way, nothing was handed over yet, and the tables
//! are read again in another.

use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_select::concat::concat;

use super::{Budget, Chunk, Judged, Part, Source, StreamLimits, TableStream};
use crate::evaluate::{BlockPlan, Question};
use crate::facts::Entity;
use crate::feel::Gathered;
use crate::population::convert::ids;
use crate::population::flaws::Flaws;
use crate::population::ids::{Ids, Lookup};
use crate::population::join::count;
use crate::population::rows::Rows;
use crate::population::run::{Limits, Totals, Way};
use crate::population::source::{Piece, Reading, TablePart, unreadable};
use crate::population::table::{OwnFacts, Table, Tables, list_of};
use crate::population::threads;
use crate::problem::TrainingError;

/// What the records of all subjects come to, and the subjects.
pub(super) struct Records<'q> {
    question: &'q Question<'q>,
    plan: BlockPlan<'q>,
    subjects: std::vec::IntoIter<Piece>,
    gathered: Gathered,
    sizes: Vec<u32>,
    /// What was found wrong in the records.
    pub(super) flaws: Flaws,
    /// How many subjects there are.
    pub(super) len: usize,
}

/// What a part of the records comes to.
struct Share {
    gathered: Gathered,
    sizes: Vec<u32>,
    flaws: Flaws,
    /// Its first id and its last.
    ends: Option<(Ids, Ids)>,
}

/// How the memory is used.
#[derive(Clone, Copy)]
struct Room {
    /// How many parts are added up side by side.
    threads: usize,
    /// Whether there is room for what is not certain.
    may_doubt: bool,
}

/// Why records cannot be added up as they come.
enum Unfit {
    /// There is no room for what is not certain.
    Doubts,
    /// For another reason, or out of order.
    Otherwise,
}

/// As many side by side as there is room for, beside what is read. What all is known of takes less, and so is tried first where all threads can work then.
fn rooms(plan: &BlockPlan<'_>, subjects: usize, limits: StreamLimits<'_>) -> impl Iterator<Item = Room> {
    let room = |may_doubt: bool| {
        let each = plan.nothing_gathered(0, may_doubt).bytes_each() + size_of::<u32>();
        let threads = (limits.memory - limits.memory / 8) / subjects.saturating_mul(each).max(1);
        Room { threads: threads.min(limits.threads.max(1)), may_doubt }
    };
    let (of_certain, of_all) = (room(false), room(true));
    let more = of_certain.threads > of_all.threads;
    [Some(of_certain).filter(|_| more), Some(of_all)].into_iter().flatten().filter(|room| room.threads > 0)
}

/// Rows of records that are added up at a time.
const ROWS: usize = 1 << 14;

impl<'q> Records<'q> {
    /// Adds up the records of a stream; `None` where they cannot be judged so, or where there is something to be told that another way tells.
    pub(super) fn of(
        stream: &'q TableStream<'q>,
        plan: BlockPlan<'q>,
        (budget, limits): (Budget, StreamLimits<'_>),
        told: &AtomicUsize,
    ) -> Result<Option<Self>, TrainingError> {
        let [list] = stream.lists.as_slice() else { return Ok(None) };
        if list_of(stream.subject, &list.name)?.0 != usize::from(plan.slot()) {
            return Ok(None);
        }
        let (Some(mut subjects), Some(_)) = (stream.subjects.rows.parts(1), list.rows.parts(1)) else { return Ok(None) };
        let Some(subjects) = subjects.pop() else { return Ok(None) };
        let as_texts = stream.as_texts();
        let mut reading = stream.subjects.reading(subjects, budget.rows, as_texts)?;
        let (mut pieces, mut bytes) = (Vec::new(), 0);
        while let Some(piece) = reading.next()? {
            bytes += piece.bytes();
            if bytes > budget.held {
                return Ok(None);
            }
            pieces.push(piece);
        }
        if pieces.is_empty() {
            return Ok(None);
        }
        let known = all_ids(&pieces)?;
        if !known.faults(1).is_empty() || (stream.sorted && !is_in_order(&known)) {
            return Ok(None);
        }
        let lookup = known.lookup();
        let (_, entity) = list_of(stream.subject, &list.name)?;
        let mut found = Err(Unfit::Doubts);
        for room in rooms(&plan, known.len(), limits) {
            let adding =
                Adding { question: stream.question, plan: &plan, entity, lookup: &lookup, subjects: known.len(), room, sorted: stream.sorted };
            found = adding.all_of(list, as_texts, (limits, told))?;
            if !matches!(found, Err(Unfit::Doubts)) {
                break;
            }
        }
        let Ok(Share { gathered, sizes, flaws, .. }) = found else { return Ok(None) };
        if !plan.holds_all(&gathered, &sizes) {
            return Ok(None);
        }
        drop(lookup);
        let len = known.len();
        Ok(Some(Self { question: stream.question, plan, subjects: pieces.into_iter(), gathered, sizes, flaws, len }))
    }

    /// Some subjects, without their records.
    pub(super) fn next(subjects: &mut std::vec::IntoIter<Piece>) -> Option<Chunk> {
        let piece = subjects.next()?;
        Some(Chunk { subjects: Part { batch: piece.batch, rows: piece.rows }, lists: Vec::new() })
    }

    /// The subjects, piece by piece.
    pub(super) fn subjects(&mut self) -> std::vec::IntoIter<Piece> {
        std::mem::take(&mut self.subjects)
    }

    /// Judges some subjects by what their records come to.
    pub(super) fn judge(&self, chunk: &Chunk, limits: Limits<'_>) -> Result<Judged, TrainingError> {
        let tables = Tables::of_rows(self.question, &chunk.subjects.batch, &chunk.subjects.rows)?;
        let first = chunk.subjects.rows.first().and_then(|row| usize::try_from(*row).ok()).unwrap_or(0);
        let way = Way::Totals(Totals { plan: &self.plan, gathered: &self.gathered, sizes: &self.sizes, first });
        let verdicts = self.question.judge_tables(&tables, &way, limits)?;
        Ok(Judged { results: verdicts.batch, rows: chunk.subjects.rows.clone(), counts: verdicts.counts, flaws: tables.flaws })
    }
}

/// What adds up parts of the records.
struct Adding<'a> {
    question: &'a Question<'a>,
    plan: &'a BlockPlan<'a>,
    /// What the records are.
    entity: &'static Entity,
    lookup: &'a Lookup<'a>,
    subjects: usize,
    room: Room,
    /// Whether they are promised to stand in order.
    sorted: bool,
}

impl Adding<'_> {
    /// Adds up all parts of a table.
    fn all_of(
        &self,
        list: &Source<'_>,
        as_texts: bool,
        (limits, told): (StreamLimits<'_>, &AtomicUsize),
    ) -> Result<Result<Share, Unfit>, TrainingError> {
        let Some(parts) = list.rows.parts(self.room.threads) else { return Ok(Err(Unfit::Otherwise)) };
        let rows: u64 = parts.iter().map(|part| part.rows).sum();
        // What was told of those who were not added up after all is not told again.
        let ahead = AtomicUsize::new(told.load(Ordering::Relaxed));
        let progress = |read: u64| {
            let share = u128::from(read) * self.subjects as u128 / u128::from(rows.max(1));
            let share = usize::try_from(share).unwrap_or(0);
            let known = ahead.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |ahead| Some(ahead.saturating_sub(share))).unwrap_or(0);
            let more = share.saturating_sub(known);
            told.fetch_add(more, Ordering::Relaxed);
            limits.progress.inspect(|progress| progress(more));
        };
        let read = |part| list.reading(part, ROWS, as_texts);
        let readings = parts.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let mut all: Option<Share> = None;
        for share in threads::each(readings.len(), readings, |reading| self.up(reading, &progress))? {
            let share = match share? {
                Ok(share) => share,
                Err(unfit) => return Ok(Err(unfit)),
            };
            all = match all {
                None => Some(share),
                Some(before) => match before.followed_by(share, self.sorted) {
                    Some(both) => Some(both),
                    None => return Ok(Err(Unfit::Otherwise)),
                },
            };
        }
        Ok(all.ok_or(Unfit::Otherwise))
    }

    /// Adds up a part.
    fn up(&self, mut reading: Reading<'_>, progress: &dyn Fn(u64)) -> Result<Result<Share, Unfit>, TrainingError> {
        let gathered = self.plan.nothing_gathered(self.subjects, self.room.may_doubt);
        let mut share = Share { gathered, sizes: vec![0; self.subjects], flaws: Flaws::default(), ends: None };
        while let Some(piece) = reading.next()? {
            let (mut told, mut faults) = (Flaws::in_rows(&piece.rows), Vec::new());
            let (key, found) = (Some(reading.key.0.as_str()), (&mut told, &mut faults));
            let table = Table::read(&OwnFacts::of(self.question), self.entity, &reading.name, &piece.batch, key, found, 1)?;
            TrainingError::unless_empty(faults)?;
            let owners = self.lookup.subjects_of(&piece.ids);
            count(&owners, &mut share.sizes, (&piece.ids, &reading.column()), &mut told);
            share.flaws.merge(told);
            if self.sorted && !share.goes_on_with(&piece.ids) {
                return Ok(Err(Unfit::Otherwise));
            }
            if !self.question.gather(self.plan, &Rows::new(&table, 0..piece.len()), &owners, &mut share.gathered) {
                return Ok(Err(if share.gathered.has_refused_doubts() { Unfit::Doubts } else { Unfit::Otherwise }));
            }
            progress(piece.len() as u64);
        }
        Ok(Ok(share))
    }
}

impl Source<'_> {
    /// A part of it, as it is read.
    fn reading(&self, part: TablePart, rows: usize, as_texts: bool) -> Result<Reading<'static>, TrainingError> {
        let mut reading = Reading::new(&self.name, self.key.clone(), part.table.read_columns(&self.columns, rows)?);
        (reading.as_texts, reading.next_row) = (as_texts, part.first_row);
        Ok(reading)
    }
}

impl Share {
    /// Whether these ids stand in order, behind those before them.
    fn goes_on_with(&mut self, ids: &Ids) -> bool {
        let (first, last) = (ids.slice(0, 1), ids.slice(ids.len().saturating_sub(1), 1));
        let follows = self.ends.as_ref().is_none_or(|(_, before)| before.get(0) <= first.get(0));
        let begins = self.ends.take().map_or(first, |(first, _)| first);
        self.ends = Some((begins, last));
        follows && ids.iter().all(|id| id.is_some()) && ids.iter().is_sorted()
    }

    /// The same with the part that follows it; `None` where that should not stand there.
    fn followed_by(mut self, next: Self, sorted: bool) -> Option<Self> {
        let ends = match (self.ends, next.ends) {
            (Some((first, before)), Some((after, last))) => {
                if sorted && before.get(0) > after.get(0) {
                    return None;
                }
                Some((first, last))
            }
            (ends, None) | (None, ends) => ends,
        };
        if !self.gathered.merge(next.gathered) {
            return None;
        }
        self.sizes.iter_mut().zip(&next.sizes).for_each(|(rows, more)| *rows = rows.saturating_add(*more));
        self.flaws.merge(next.flaws);
        Some(Self { ends, ..self })
    }
}

/// The ids of all pieces.
fn all_ids(pieces: &[Piece]) -> Result<Ids, TrainingError> {
    let arrays: Vec<_> = pieces.iter().map(|piece| piece.ids.array()).collect();
    let arrays: Vec<_> = arrays.iter().map(|array| &**array).collect();
    let all = concat(&arrays).map_err(|error| unreadable("the table of subjects", &error))?;
    Ok(ids(&all).ok_or_else(|| unreadable("the table of subjects", &"ids that cannot be read"))?)
}

/// Whether each id stands behind the one before it.
fn is_in_order(known: &Ids) -> bool {
    known.iter().is_sorted_by(|before, after| before < after)
}
