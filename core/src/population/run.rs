//! Going through a table, subject by subject.

use std::cell::OnceCell;
use std::sync::atomic::{AtomicBool, Ordering};

use super::output::{Counts, Output, Share, TableVerdicts};
use super::rows::{Row, Rows};
use super::table::Tables;
use super::threads;
use crate::evaluate::{Question, SUBJECTS};
use crate::feel::Record;
use crate::problem::{Problem, ProblemCode, TrainingError};

/// What a run over tables may use, and whom it tells how far it is.
#[derive(Clone, Copy)]
pub struct Limits<'l> {
    /// How many threads work side by side; the result is the same whatever their number.
    pub threads: usize,
    /// Told now and then how many subjects more were judged; called from every thread.
    pub progress: Option<&'l (dyn Fn(usize) + Sync)>,
    /// Set by someone else where the result is wanted no more: the run ends soon, with an error.
    pub stop: Option<&'l AtomicBool>,
}

impl Limits<'_> {
    /// Whether the result is wanted no more.
    fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }
}

impl Default for Limits<'_> {
    fn default() -> Self {
        Self { threads: 1, progress: None, stop: None }
    }
}

/// After how many subjects progress is told.
const STRIDE: usize = 4_096;

impl Question<'_> {
    /// Judges every subject of a table. The tables may have been taken in for another question: they are asked again and again, for other years,
    /// days and decisions.
    ///
    /// # Errors
    /// Tables of another kind of subject; a result too large for one table; a run that was stopped.
    pub fn evaluate_tables(&self, tables: &Tables<'_>, limits: Limits<'_>) -> Result<TableVerdicts, TrainingError> {
        if tables.subject() != self.subject() {
            let message = format!("expected a table of {}, found one of {}", self.subject(), tables.subject());
            return Err(Problem::new(ProblemCode::WrongType, "the table of subjects", message).into());
        }
        let blocks = tables.len().div_ceil(SUBJECTS).div_ceil(limits.threads.max(1)).max(1);
        let mut output = Output::new(self, tables.ids.array());
        let shares: Vec<_> = (0..).step_by(blocks * SUBJECTS).zip(output.shares(blocks)).collect();
        let mut counts = Counts::default();
        for share in threads::each(limits.threads, shares, |(first, share)| self.judge_share(tables, (first, blocks), share, limits))? {
            counts.merge(share);
        }
        if limits.is_stopped() {
            return Err(Problem::new(ProblemCode::Stopped, "the table of results", "the run was stopped")
                .with_cure("ask again, and let it end")
                .into());
        }
        let batch = output.finish().map_err(|error| too_large(&error.to_string()))?;
        Ok(TableVerdicts { batch, counts })
    }

    /// Judges the subjects of so many blocks from this one on.
    fn judge_share(&self, tables: &Tables<'_>, (start, blocks): (usize, usize), mut output: Share<'_>, limits: Limits<'_>) -> Counts {
        let plan = self.block_plan().ok().and_then(|plan| Some((tables.lists.iter().find(|list| list.slot == usize::from(plan.slot))?, plan)));
        let end = (start + blocks * SUBJECTS).min(tables.len());
        let mut since = 0;
        for first in (start..end).step_by(SUBJECTS) {
            if limits.is_stopped() {
                break;
            }
            let block = first..(first + SUBJECTS).min(end);
            since += block.len();
            if let Some((list, plan)) = &plan {
                // Most subjects are judged by their totals alone, and never stand as a record.
                let subjects: OnceCell<Vec<OnceCell<Row<'_>>>> = OnceCell::new();
                let count = block.len();
                let subject = |place: usize| {
                    let rows = subjects.get_or_init(|| (0..count).map(|_| OnceCell::new()).collect());
                    rows.get(place).map(|row| row.get_or_init(|| tables.row(first + place)) as &dyn Record)
                };
                let (places, starts) = list.join.of_all(block);
                let records = Rows::new(&list.table, places);
                self.judge_block(plan, (&records, &starts), &subject, |result, walked| output.take(first - start, result, walked));
            } else {
                for subject in block {
                    let row = tables.row(subject);
                    output.set(subject - start, &self.table_row(&|name| (name == self.subject()).then_some(&row as &dyn Record)));
                }
            }
            if since >= STRIDE {
                limits.progress.inspect(|progress| progress(since));
                since = 0;
            }
        }
        limits.progress.inspect(|progress| progress(since));
        output.counts
    }
}

impl Tables<'_> {
    /// A subject as a record, with the records that belong to it.
    fn row(&self, subject: usize) -> Row<'_> {
        let lists = self.lists.iter().map(|list| (list.slot, Rows::new(&list.table, list.join.of(subject))));
        Row::new(&self.subjects, subject, lists.collect())
    }
}

fn too_large(message: &str) -> Problem {
    Problem::new(ProblemCode::TooLarge, "the table of results", message)
}
