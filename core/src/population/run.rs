//! Going through a table, subject by subject.

use std::sync::atomic::{AtomicBool, Ordering};

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use arrow_select::concat::concat_batches;

use super::output::{Counts, Output, TableVerdicts};
use super::rows::{Row, Rows};
use super::table::Tables;
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

impl Default for Limits<'_> {
    fn default() -> Self {
        Self { threads: 1, progress: None, stop: None }
    }
}

/// After how many subjects progress is told.
const STRIDE: usize = 4_096;

impl Question<'_> {
    /// Judges every subject of a table.
    ///
    /// # Errors
    /// A result too large for one table; a run that was stopped.
    pub fn evaluate_tables(&self, tables: &Tables<'_>, limits: Limits<'_>) -> Result<TableVerdicts, TrainingError> {
        let share = tables.len().div_ceil(limits.threads.max(1)).max(1);
        let shares: Vec<_> = (0..tables.len()).step_by(share).map(|first| first..(first + share).min(tables.len())).collect();
        let judged = std::thread::scope(|scope| {
            let workers: Vec<_> = shares.into_iter().map(|share| scope.spawn(move || self.judge_share(tables, share, limits))).collect();
            workers
                .into_iter()
                .map(|worker| worker.join().map_err(|_| "a thread ended early".to_owned())?.map_err(|e| e.to_string()))
                .collect::<Result<Vec<_>, _>>()
        });
        let mut judged = judged.map_err(|message| too_large(&message))?;
        if judged.is_empty() {
            judged.push(Output::new(self).finish().map_err(|e| too_large(&e.to_string()))?);
        }
        let mut counts = Counts::default();
        for (_, more) in &judged {
            counts.merge(*more);
        }
        let batches: Vec<RecordBatch> = judged.into_iter().map(|(batch, _)| batch).collect();
        let batch = match batches.as_slice() {
            [only] => only.clone(),
            [first, ..] => concat_batches(&first.schema(), &batches).map_err(|e| too_large(&e.to_string()))?,
            [] => return Err(too_large("nothing was judged").into()),
        };
        Ok(TableVerdicts { batch, counts })
    }

    fn judge_share(&self, tables: &Tables<'_>, share: std::ops::Range<usize>, limits: Limits<'_>) -> Result<(RecordBatch, Counts), ArrowError> {
        let mut output = Output::new(self);
        let plan = self.block_plan().ok().and_then(|plan| Some((tables.lists.iter().find(|list| list.slot == usize::from(plan.slot))?, plan)));
        let mut since = 0;
        for first in share.clone().step_by(SUBJECTS) {
            if limits.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
                return Err(ArrowError::ComputeError("stopped".to_owned()));
            }
            let block = first..(first + SUBJECTS).min(share.end);
            since += block.len();
            let rows: Vec<Row<'_>> = block.clone().map(|subject| tables.row(subject)).collect();
            let subjects: Vec<&dyn Record> = rows.iter().map(|row| row as &dyn Record).collect();
            let mut ids = block.clone();
            let mut push = |row| {
                if let Some(subject) = ids.next() {
                    output.push(tables.ids.value(subject), &row);
                }
            };
            if let Some((list, plan)) = &plan {
                let (places, starts) = list.join.of_all(block);
                let records = Rows::new(&list.table, places);
                self.judge_block(plan, (&records, &starts), &subjects, push);
            } else {
                for subject in subjects {
                    push(self.table_row(&|name| (name == self.subject()).then_some(subject)));
                }
            }
            if since >= STRIDE {
                limits.progress.inspect(|progress| progress(since));
                since = 0;
            }
        }
        limits.progress.inspect(|progress| progress(since));
        output.finish()
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
