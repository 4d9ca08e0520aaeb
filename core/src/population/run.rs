//! Going through a table, subject by subject.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::list::List;
use super::output::{Counts, Output, Share, TableVerdicts};
use super::rows::{Row, Rows};
use super::table::Tables;
use super::threads;
use crate::evaluate::{BlockPlan, Question, SUBJECTS, Walked};
use crate::feel::{Gathered, Record};
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

/// The records of so many subjects are looked at together: some blocks of them, whose fields are still at hand when they are added up.
const TOGETHER: usize = 4 * SUBJECTS;

impl Question<'_> {
    /// Judges every subject of a table. The tables may have been taken in for another question: they are asked again and again, for other years,
    /// days and decisions.
    ///
    /// # Errors
    /// Tables of another kind of subject; a result too large for one table; a run that was stopped.
    pub fn evaluate_tables(&self, tables: &Tables<'_>, limits: Limits<'_>) -> Result<TableVerdicts, TrainingError> {
        if tables.subject() != self.subject() {
            let message = format!("expected a table of {}, found one of {}", self.subject(), tables.subject());
            return Err(Problem::new(ProblemCode::WrongType, "the table of subjects", message)
                .with_cure("give the table of the subjects that the decision is about")
                .into());
        }
        let plan = self.block_plan().ok();
        let list = |plan: &BlockPlan<'_>| tables.lists.iter().find(|list| list.slot == usize::from(plan.slot()));
        let together = plan.as_ref().and_then(|plan| Some((plan, list(plan)?)));
        let gathered = together.map_or(Ok(None), |(plan, list)| self.gather_rows(plan, list, limits))?;
        let way = match (together, &gathered) {
            (Some((plan, list)), Some(gathered)) => Way::Totals(Totals { plan, gathered, sizes: list.sizes(), first: 0 }),
            (Some((plan, list)), None) if !limits.is_stopped() => {
                list.arrange(limits.threads)?;
                Way::Together(plan, list)
            }
            _ => Way::EachAlone,
        };
        // Totals may be all that is asked; else each subject stands as a record, with the records of all lists that are not read together.
        if !limits.is_stopped() && together.is_none_or(|(plan, _)| !plan.asks_of_totals_alone()) {
            for list in tables.lists.iter().filter(|list| together.is_none_or(|(_, together)| together.slot != list.slot)) {
                list.arrange(limits.threads)?;
            }
        }
        self.judge_tables(tables, &way, limits)
    }

    /// Judges every subject of a table in this way.
    pub(super) fn judge_tables(&self, tables: &Tables<'_>, way: &Way<'_>, limits: Limits<'_>) -> Result<TableVerdicts, TrainingError> {
        let blocks = tables.len().div_ceil(SUBJECTS).div_ceil(limits.threads.max(1)).max(1);
        let mut output = Output::new(self, tables.ids.array());
        let shares: Vec<_> = (0..).step_by(blocks * SUBJECTS).zip(output.shares(blocks)).collect();
        let mut counts = Counts::default();
        for share in threads::each(limits.threads, shares, |(first, share)| self.judge_share(tables, way, (first, blocks), share, limits))? {
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

    /// Adds up what the rows of a list come to that came in any order; `None` where they stand in order, or cannot be added up so.
    fn gather_rows(&self, plan: &BlockPlan<'_>, list: &List, limits: Limits<'_>) -> Result<Option<Gathered>, Problem> {
        /// So many rows are looked at together: their fields are still at hand when they are added up.
        const ROWS: usize = 1 << 13;
        let Some((table, owners)) = list.as_it_came() else { return Ok(None) };
        let rows = owners.of_rows.len();
        let share = rows.div_ceil(limits.threads.max(1)).next_multiple_of(ROWS).max(ROWS);
        let gather = |start: usize| {
            let mut gathered = plan.nothing_gathered(owners.sizes.len(), true);
            let end = (start + share).min(rows);
            for first in (start..end).step_by(ROWS) {
                let at = first..(first + ROWS).min(end);
                let owners = owners.of_rows.get(at.clone()).unwrap_or_default();
                if limits.is_stopped() || !self.gather(plan, &Rows::new(table, at), owners, &mut gathered) {
                    return None;
                }
            }
            Some(gathered)
        };
        let shares = threads::each(limits.threads, (0..rows).step_by(share).collect(), gather)?;
        let all = shares.into_iter().reduce(|all, share| {
            let (mut all, share) = (all?, share?);
            all.merge(share).then_some(all)
        });
        Ok(all.flatten())
    }

    /// Judges the subjects of so many blocks from this one on.
    fn judge_share(&self, tables: &Tables<'_>, way: &Way<'_>, (start, blocks): (usize, usize), mut output: Share<'_>, limits: Limits<'_>) -> Counts {
        let end = (start + blocks * SUBJECTS).min(tables.len());
        let mut since = 0;
        for first in (start..end).step_by(TOGETHER) {
            if limits.is_stopped() {
                break;
            }
            let some = first..(first + TOGETHER).min(end);
            since += some.len();
            if let Some((plan, blocks)) = self.known_of(way, some.clone()) {
                for (first, walked) in some.step_by(SUBJECTS).zip(blocks) {
                    // Most subjects are judged by their totals alone, and never stand as a record.
                    let subjects: OnceCell<Vec<OnceCell<Row<'_>>>> = OnceCell::new();
                    let subject = |place: usize| {
                        let rows = subjects.get_or_init(|| (0..SUBJECTS).map(|_| OnceCell::new()).collect());
                        rows.get(place).map(|row| row.get_or_init(|| tables.row(first + place)) as &dyn Record)
                    };
                    self.judge_block(plan, &walked, &subject, |result| output.take(first - start, result, &walked));
                }
            } else {
                for subject in some {
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

    /// What is known of some subjects from their records, block by block; `None` where each is judged alone.
    fn known_of<'w>(&self, way: &'w Way<'w>, subjects: Range<usize>) -> Option<(&'w BlockPlan<'w>, Vec<Walked>)> {
        match way {
            Way::Together(plan, list) => {
                let (table, spans) = list.in_order();
                let (places, starts) = spans.of_all(subjects);
                Some((plan, self.walk(plan, &Rows::new(table, places), &starts)))
            }
            Way::Totals(totals) => {
                let end = subjects.end;
                let block = |first: usize| totals.of(first..(first + SUBJECTS).min(end));
                Some((totals.plan, subjects.step_by(SUBJECTS).map(block).collect()))
            }
            Way::EachAlone => None,
        }
    }
}

/// How the records of the subjects are read.
pub(super) enum Way<'w> {
    /// Those of a block of subjects together: they stand beside each other.
    Together(&'w BlockPlan<'w>, &'w List),
    /// All of them were, in the order in which they came.
    Totals(Totals<'w>),
    /// Subject by subject.
    EachAlone,
}

/// What the records of subjects come to.
pub(super) struct Totals<'w> {
    pub(super) plan: &'w BlockPlan<'w>,
    pub(super) gathered: &'w Gathered,
    /// How many records each has.
    pub(super) sizes: &'w [u32],
    /// The place of the first subject of the table among those that were gathered.
    pub(super) first: usize,
}

impl Totals<'_> {
    /// What is known of these subjects of the table.
    fn of(&self, block: Range<usize>) -> Walked {
        let (start, end) = (self.first + block.start, self.first + block.end);
        Walked::of_gathered(self.plan, self.gathered, (start, self.sizes.get(start..end).unwrap_or_default()))
    }
}

impl Tables<'_> {
    /// A subject as a record, with the records that belong to it.
    fn row(&self, subject: usize) -> Row<'_> {
        Row::of_subject(&self.subjects, subject, &self.lists)
    }
}

fn too_large(message: &str) -> Problem {
    Problem::new(ProblemCode::TooLarge, "the table of results", message).with_cure("ask for the subjects in several runs")
}
