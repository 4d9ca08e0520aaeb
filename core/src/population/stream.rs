//! A question asked of tables larger than memory.
//!
//! In come sources of batches, out go batches of results in the order of the table of subjects, the same for every memory and number of threads.
//! Only the columns that the question reads are decoded. Where totals and counts are all that is asked of records in files, they are added up as they
//! come. Else tables that are sorted by id, as was promised or as is seen of files, are merged: some subjects at a time with the records that belong to
//! them; and of others, what does not fit into the memory is laid down in temporary files, parted by the ids.

mod gathered;
mod held;
mod merge;
mod order;
mod pipeline;
mod results;
mod spill;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_array::RecordBatch;
use arrow_schema::{Schema, SchemaRef};

use super::convert::{are_numbers, ids};
use super::flaws::Flaws;
use super::output::{Counts, Output};
use super::reads::Reads;
use super::run::Limits;
use super::source::{Reading, TableSource, unreadable};
use super::table::{OwnFacts, Tables, ignored_columns, key_column, list_of, subject_of};
use crate::evaluate::Question;
use crate::facts::Entity;
use crate::problem::{Problem, ProblemCode, TrainingError};

use gathered::Records;
use held::Held;
use merge::Merge;
use results::Results;
use spill::Spill;

/// A question about every subject of a table, whose tables are read as they are needed.
pub struct TableStream<'s> {
    question: &'s Question<'s>,
    subject: &'static Entity,
    reads: Reads,
    subjects: Source<'s>,
    lists: Vec<Source<'s>>,
    sorted: bool,
    ignored: Vec<String>,
}

/// A table, and what is read of it.
struct Source<'s> {
    name: String,
    key: (String, usize),
    columns: Vec<usize>,
    rows: Box<dyn TableSource + 's>,
}

/// What a stream may use, and whom it tells how far it is.
#[derive(Clone, Copy)]
pub struct StreamLimits<'l> {
    /// About how many bytes of memory may be used.
    pub memory: usize,
    /// How many threads judge side by side, while one more reads and writes.
    pub threads: usize,
    /// Where temporary files are laid down; the system's own place, if left out.
    pub folder: Option<&'l Path>,
    /// Told now and then how many subjects more were judged; called from every thread.
    pub progress: Option<&'l (dyn Fn(usize) + Sync)>,
}

impl Default for StreamLimits<'_> {
    fn default() -> Self {
        Self { memory: 512_000_000, threads: 1, folder: None, progress: None }
    }
}

/// What is to be told of a stream when all its subjects were judged.
#[derive(Debug)]
pub struct StreamedVerdicts {
    /// How many subjects have each status.
    pub counts: Counts,
    /// What was found wrong in cells and rows: what could be used, is.
    pub problems: Vec<Problem>,
    /// What was read in another form than it had.
    pub notes: Vec<Problem>,
    /// Columns that mean nothing to the vocabulary, and were passed over.
    pub ignored: Vec<String>,
    /// How many bytes were laid down in temporary files.
    pub spilled: u64,
}

impl<'s> TableStream<'s> {
    /// A table of what a question is asked of; see [`Tables::of`].
    ///
    /// # Errors
    /// Columns that cannot be of such a table.
    pub fn of(question: &'s Question<'s>, subjects: impl TableSource + 's) -> Result<Self, TrainingError> {
        let (subject, reads) = (subject_of(question)?, Reads::of(question));
        let subjects = Source::new(question, subject, None, &reads, Box::new(subjects))?;
        Tables::of(question, &subjects.empty()?)?;
        let ignored = ignored_columns(question, subject, None, &subjects.rows.columns())?;
        Ok(Self { question, subject, reads, subjects, lists: Vec::new(), sorted: false, ignored })
    }

    /// Adds a table of the records of one of the subject's lists; see [`Tables::with`].
    ///
    /// # Errors
    /// A list that the subject does not have or that has a table already, columns that cannot be of such a table.
    pub fn with(mut self, list: &str, records: impl TableSource + 's) -> Result<Self, TrainingError> {
        let records = Source::new(self.question, self.subject, Some(list), &self.reads, Box::new(records))?;
        let mut tables = Tables::of(self.question, &self.subjects.empty()?)?;
        for other in &self.lists {
            tables = tables.with(&other.name, &other.empty()?)?;
        }
        tables.with(list, &records.empty()?)?;
        self.ignored.extend(ignored_columns(self.question, self.subject, Some(list), &records.rows.columns())?);
        self.lists.push(records);
        Ok(self)
    }

    /// Promises that every table is sorted by its ids: those of texts by their bytes (UTF-8), whole numbers by size. Nothing is laid down in files
    /// then, and the first row that breaks the promise is an error.
    #[must_use]
    pub fn sorted(self) -> Self {
        Self { sorted: true, ..self }
    }

    /// The columns of the results.
    ///
    /// # Errors
    /// Columns that no table can hold.
    pub fn results(&self) -> Result<SchemaRef, TrainingError> {
        let nobody = self.subjects.empty()?;
        let ids = nobody.columns().get(self.subjects.key.1).and_then(ids).map(|ids| ids.array());
        let ids = ids.ok_or_else(|| unreadable(&self.subjects.name, &"ids that cannot be read"))?;
        let empty = Output::new(self.question, ids).finish().map_err(|error| unreadable("the table of results", &error))?;
        Ok(empty.schema())
    }

    /// Judges every subject, and hands over the results batch by batch, in the order of the subjects.
    ///
    /// # Errors
    /// Tables that cannot be read, an id that is empty or there twice among the subjects, tables that are not in the promised order, one subject's
    /// records larger than the memory allows, and whatever the sink says.
    pub fn run(
        self,
        limits: StreamLimits<'_>,
        sink: &mut dyn FnMut(RecordBatch) -> Result<(), TrainingError>,
    ) -> Result<StreamedVerdicts, TrainingError> {
        let schema = self.results()?;
        let budget = Budget::new(limits, &schema);
        let told = AtomicUsize::new(0);
        if let Ok(plan) = self.question.block_plan()
            && let Some(records) = Records::of(&self, plan, (budget, limits), &told)?
        {
            let left = records.len.saturating_sub(told.into_inner());
            let said = self.judge_by_totals(records, (schema, budget, limits), sink)?;
            limits.progress.inspect(|progress| progress(left));
            return Ok(said);
        }
        let in_order = self.sorted || self.stands_in_order()?;
        // What was told of those who were not judged after all is not told again.
        let ahead = told;
        let progress = |more: usize| {
            let known = ahead.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |ahead| Some(ahead.saturating_sub(more))).unwrap_or(0);
            limits.progress.inspect(|progress| progress(more.saturating_sub(known)));
        };
        let limits = StreamLimits { progress: Some(&progress), ..limits };
        let names: Vec<String> = self.lists.iter().map(|list| list.name.clone()).collect();
        let (question, as_texts) = (self.question, self.as_texts());
        let ignored = self.ignored;
        let mut tables = vec![self.subjects.read(budget.rows)?];
        for list in self.lists {
            tables.push(list.read(budget.rows)?);
        }
        for table in &mut tables {
            table.as_texts = as_texts;
        }
        let judge = move |chunk: &Chunk| chunk.judge(question, &names, limits);
        let run = Run { schema, budget, limits, judge: &judge };
        let mut told = Told::default();
        if in_order {
            let mut results = Results::new(run.schema.clone(), sink);
            let mut merge = Merge::new(tables, run.budget)?;
            run.each(&mut || merge.next(), &mut |judged| results.push(told.of(judged)))?;
            told.flaws.merge(merge.flaws);
            results.finish()?;
        } else {
            run.in_any_order(tables, &mut told, sink)?;
        }
        let Told { counts, flaws, spilled } = told;
        Ok(StreamedVerdicts { counts, problems: flaws.problems(), notes: flaws.notes, ignored, spilled })
    }
}

impl TableStream<'_> {
    /// Whether ids are read as texts, since those of some table are texts.
    fn as_texts(&self) -> bool {
        !std::iter::once(&self.subjects).chain(&self.lists).all(Source::has_numbers)
    }

    /// Judges the subjects of whom it is known what their records come to.
    fn judge_by_totals(
        &self,
        mut records: Records<'_>,
        (schema, budget, limits): (SchemaRef, Budget, StreamLimits<'_>),
        sink: &mut dyn FnMut(RecordBatch) -> Result<(), TrainingError>,
    ) -> Result<StreamedVerdicts, TrainingError> {
        let mut subjects = records.subjects();
        let judge = |chunk: &Chunk| records.judge(chunk, Limits::default());
        let run = Run { schema, budget, limits, judge: &judge };
        let (mut results, mut told) = (Results::new(run.schema.clone(), sink), Told::default());
        run.each(&mut || Ok(Records::next(&mut subjects)), &mut |judged| results.push(told.of(judged)))?;
        results.finish()?;
        let Told { counts, mut flaws, spilled } = told;
        flaws.merge(records.flaws);
        Ok(StreamedVerdicts { counts, problems: flaws.problems(), notes: flaws.notes, ignored: self.ignored.clone(), spilled })
    }
}

impl std::fmt::Debug for TableStream<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lists: Vec<_> = self.lists.iter().map(|list| &list.name).collect();
        f.debug_struct("TableStream").field("decision", &self.question.decision()).field("lists", &lists).finish_non_exhaustive()
    }
}

impl<'s> Source<'s> {
    fn new(
        question: &Question<'_>,
        subject: &'static Entity,
        list: Option<&str>,
        reads: &Reads,
        rows: Box<dyn TableSource + 's>,
    ) -> Result<Self, TrainingError> {
        if let Some(list) = list {
            list_of(subject, list)?;
        }
        let name = list.unwrap_or(subject.name);
        let schema = rows.columns();
        let (key, at) = key_column(subject, name, &schema)?;
        let columns = reads.columns(&OwnFacts::of(question), subject, list, &schema, at)?;
        let at = columns.iter().position(|column| *column == at).unwrap_or(0);
        Ok(Self { name: name.to_owned(), key: (key, at), columns, rows })
    }

    /// The columns that are read, without rows.
    fn empty(&self) -> Result<RecordBatch, TrainingError> {
        let schema = self.rows.columns().project(&self.columns).map_err(|error| unreadable(&self.name, &error))?;
        Ok(RecordBatch::new_empty(schema.into()))
    }

    /// Whether its ids are whole numbers.
    fn has_numbers(&self) -> bool {
        let key = self.columns.get(self.key.1).copied().unwrap_or(0);
        self.rows.columns().fields().get(key).is_some_and(|key| are_numbers(key.data_type()))
    }

    fn read(self, rows: usize) -> Result<Reading<'s>, TrainingError> {
        Ok(Reading::new(&self.name, self.key, self.rows.read_columns(&self.columns, rows)?))
    }
}

/// How the memory is shared out.
#[derive(Clone, Copy, Debug)]
struct Budget {
    /// Rows that are decoded at a time.
    rows: usize,
    /// Bytes of the tables that are held to be put in order, and of one subject's records at most.
    held: usize,
    /// Bytes of records that are judged together, by one thread.
    chunk: usize,
    /// Subjects that are judged together.
    subjects: usize,
    /// Rows of results that are read together of each temporary file.
    results: usize,
}

impl Budget {
    fn new(limits: StreamLimits<'_>, results: &Schema) -> Self {
        const CHUNK: usize = 64 << 20;
        let (memory, at_once) = (limits.memory, limits.threads.max(1) + 1);
        let row_of_results: usize = results.fields().iter().map(|field| field.data_type().primitive_width().unwrap_or(16)).sum::<usize>().max(1);
        Self {
            // A row of a record is some hundred bytes.
            rows: (memory >> 14).clamp(16, 8_192),
            held: memory / 4,
            // What is read is there a second time put together, and a third time as cells.
            chunk: (memory / 16 / at_once).clamp(1, CHUNK),
            subjects: (memory / 8 / at_once / row_of_results).clamp(16, 16_384),
            results: (memory / 8 / Spill::PARTS / row_of_results).clamp(16, 1_024),
        }
    }
}

/// Subjects and the records that belong to them, in order.
struct Chunk {
    subjects: Part,
    lists: Vec<Part>,
}

/// Rows of a table, and where each stands in the whole.
struct Part {
    batch: RecordBatch,
    rows: Vec<u64>,
}

/// The results of a chunk.
struct Judged {
    results: RecordBatch,
    /// Where the subjects stand in their table.
    rows: Vec<u64>,
    counts: Counts,
    flaws: Flaws,
}

impl Chunk {
    fn judge(&self, question: &Question<'_>, names: &[String], limits: StreamLimits<'_>) -> Result<Judged, TrainingError> {
        let mut tables = Tables::of_rows(question, &self.subjects.batch, &self.subjects.rows)?;
        for (name, part) in names.iter().zip(&self.lists) {
            tables = tables.with_rows(name, &part.batch, &part.rows)?;
        }
        let verdicts = question.evaluate_tables(&tables, Limits { progress: limits.progress, ..Limits::default() })?;
        Ok(Judged { results: verdicts.batch, rows: self.subjects.rows.clone(), counts: verdicts.counts, flaws: tables.flaws })
    }
}

/// What was told while the chunks were judged.
#[derive(Default)]
struct Told {
    counts: Counts,
    flaws: Flaws,
    spilled: u64,
}

impl Told {
    /// Keeps what is told of a chunk, and gives its results.
    fn of(&mut self, judged: Judged) -> RecordBatch {
        self.counts.merge(judged.counts);
        self.flaws.merge(judged.flaws);
        judged.results
    }
}

/// What every way through the tables needs.
struct Run<'r> {
    schema: SchemaRef,
    budget: Budget,
    limits: StreamLimits<'r>,
    judge: &'r (dyn Fn(&Chunk) -> Result<Judged, TrainingError> + Sync),
}

impl Run<'_> {
    fn each(
        &self,
        chunks: &mut dyn FnMut() -> Result<Option<Chunk>, TrainingError>,
        take: &mut dyn FnMut(Judged) -> Result<(), TrainingError>,
    ) -> Result<(), TrainingError> {
        pipeline::each(self.limits.threads, chunks, self.judge, take)
    }

    fn in_any_order(
        &self,
        mut tables: Vec<Reading<'_>>,
        told: &mut Told,
        sink: &mut dyn FnMut(RecordBatch) -> Result<(), TrainingError>,
    ) -> Result<(), TrainingError> {
        let mut held = Held::new(&tables);
        let (mut bytes, mut spill) = (0_usize, None);
        for (place, table) in tables.iter_mut().enumerate() {
            while let Some(piece) = table.next()? {
                if let Some(spill) = &mut spill {
                    Spill::push(spill, place, &piece)?;
                    continue;
                }
                bytes = bytes.saturating_add(piece.bytes());
                held.push(place, piece);
                if bytes > self.budget.held {
                    let mut parts = Spill::new(&held, self.limits.folder, 0)?;
                    held.drain(&mut |place, piece| parts.push(place, &piece))?;
                    spill = Some(parts);
                }
            }
        }
        let mut results = Results::new(self.schema.clone(), sink);
        match spill {
            None => {
                let mut chunks = held.in_order(self.budget, &mut told.flaws)?;
                self.each(&mut || chunks.next(), &mut |judged| results.push(told.of(judged)))?;
            }
            Some(parts) => spill::judge(self, parts, told, &mut |batch| results.push(batch))?,
        }
        results.finish()
    }
}

fn one_subject_too_large(place: &str, row: u64) -> TrainingError {
    let problem = Problem::new(ProblemCode::TooLarge, format!("{place}[{row}]"), "the records of this subject are more than the memory allows");
    problem.with_cure("allow more memory").into()
}
