//! Tables in any order that fit into memory, put in order.

use std::collections::HashMap;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use arrow_select::interleave::interleave_record_batch;

use super::{Budget, Chunk, Part};
use crate::population::flaws::Flaws;
use crate::population::ids::Id;
use crate::population::join::set_aside;
use crate::population::source::{Piece, Reading, unreadable};
use crate::population::table::Tables;
use crate::problem::{Problem, ProblemCode, TrainingError};

/// Pieces of the table of subjects, and after it of each table of records.
pub(super) struct Held {
    pub(super) layouts: Vec<Layout>,
    tables: Vec<Vec<Piece>>,
}

/// What is the same of every piece of a table.
#[derive(Clone)]
pub(super) struct Layout {
    pub(super) schema: SchemaRef,
    /// The place of the ids, and how problems name them.
    pub(super) key: usize,
    pub(super) as_texts: bool,
    pub(super) column: String,
}

impl Held {
    pub(super) fn new(tables: &[Reading<'_>]) -> Self {
        let layout =
            |table: &Reading<'_>| Layout { schema: table.schema.clone(), key: table.key.1, as_texts: table.as_texts, column: table.column() };
        Self::of(tables.iter().map(layout).collect())
    }

    pub(super) fn of(layouts: Vec<Layout>) -> Self {
        let tables = layouts.iter().map(|_| Vec::new()).collect();
        Self { layouts, tables }
    }

    pub(super) fn push(&mut self, place: usize, piece: Piece) {
        if let Some(table) = self.tables.get_mut(place) {
            table.push(piece);
        }
    }

    /// Gives everything away, table by table.
    pub(super) fn drain(&mut self, to: &mut dyn FnMut(usize, Piece) -> Result<(), TrainingError>) -> Result<(), TrainingError> {
        for (place, table) in self.tables.iter_mut().enumerate() {
            for piece in table.drain(..) {
                to(place, piece)?;
            }
        }
        Ok(())
    }

    /// The subjects in the order of their table, with the records that belong to them; a record of nobody is set aside and told.
    pub(super) fn in_order(self, budget: Budget, told: &mut Flaws) -> Result<InOrder, TrainingError> {
        let mut tables = self.tables.into_iter().zip(self.layouts);
        let (subjects, layout) = tables.next().unwrap_or_else(|| {
            (Vec::new(), Layout { schema: SchemaRef::new(arrow_schema::Schema::empty()), key: 0, as_texts: false, column: String::new() })
        });
        let mut known: HashMap<Id<'_>, usize> = HashMap::with_capacity(subjects.iter().map(Piece::len).sum());
        let mut faults = Vec::new();
        for piece in &subjects {
            for (id, row) in piece.ids.iter().zip(&piece.rows) {
                let next = known.len();
                let fault = match id {
                    None => Some((ProblemCode::Missing, "a subject without an id")),
                    Some(id) if known.insert(id, next).is_some() => Some((ProblemCode::Duplicate, "a subject that is there twice")),
                    Some(_) => None,
                };
                if let Some((code, message)) = fault
                    && faults.len() < Tables::FAULTS
                {
                    let problem = Problem::new(code, format!("{}[{row}]", layout.column), message);
                    faults.push(problem.with_cure("each subject has one row and one id"));
                }
            }
        }
        TrainingError::unless_empty(faults)?;
        let lists = tables.map(|(pieces, layout)| Ordered::new(pieces, &layout, &known, told)).collect();
        drop(known);
        Ok(InOrder { subjects: Ordered::as_they_are(subjects, &layout), lists, budget, next: 0 })
    }
}

/// The rows of a table in the order of the subjects.
struct Ordered {
    pieces: Vec<RecordBatch>,
    rows: Vec<Vec<u64>>,
    schema: SchemaRef,
    /// Where each row lies, as its piece and the row in it, by the number of its subject.
    places: Vec<(u32, u32)>,
    /// Where those of each subject begin, and at last where all end.
    starts: Vec<usize>,
    /// About how many bytes a row has.
    width: usize,
}

impl Ordered {
    fn as_they_are(pieces: Vec<Piece>, layout: &Layout) -> Self {
        let places: Vec<(u32, u32)> = places(&pieces).collect();
        let starts = (0..=places.len()).collect();
        Self::of(pieces, layout, places, starts)
    }

    fn new(pieces: Vec<Piece>, layout: &Layout, known: &HashMap<Id<'_>, usize>, told: &mut Flaws) -> Self {
        let mut starts = vec![0; known.len() + 1];
        let mut owners = Vec::new();
        for piece in &pieces {
            for (id, row) in piece.ids.iter().zip(&piece.rows) {
                let owner = id.and_then(|id| known.get(&id).copied());
                match owner.and_then(|owner| starts.get_mut(owner + 1)) {
                    Some(count) => *count += 1,
                    None => set_aside(told, &layout.column, usize::try_from(*row).unwrap_or(usize::MAX), id.is_none()),
                }
                owners.push(owner);
            }
        }
        let mut so_far = 0;
        for start in &mut starts {
            so_far += *start;
            *start = so_far;
        }
        let mut next = starts.clone();
        let mut ordered = vec![(0, 0); so_far];
        for (owner, place) in owners.into_iter().zip(places(&pieces)) {
            if let Some(at) = owner.and_then(|owner| next.get_mut(owner))
                && let Some(ordered) = ordered.get_mut(*at)
            {
                *ordered = place;
                *at += 1;
            }
        }
        Self::of(pieces, layout, ordered, starts)
    }

    fn of(pieces: Vec<Piece>, layout: &Layout, places: Vec<(u32, u32)>, starts: Vec<usize>) -> Self {
        let width = pieces.iter().map(Piece::bytes).sum::<usize>() / places.len().max(1);
        let (pieces, rows) = pieces.into_iter().map(|piece| (piece.batch, piece.rows)).unzip();
        Self { pieces, rows, schema: layout.schema.clone(), places, starts, width }
    }

    /// The rows of these subjects.
    fn part(&self, subjects: std::ops::Range<usize>) -> Result<Part, TrainingError> {
        let start = |subject: usize| self.starts.get(subject).copied().unwrap_or(self.places.len());
        let places = self.places.get(start(subjects.start)..start(subjects.end)).unwrap_or_default();
        let at = |(piece, row): &(u32, u32)| (*piece as usize, *row as usize);
        let rows = places.iter().map(at).filter_map(|(piece, row)| self.rows.get(piece)?.get(row).copied()).collect();
        if places.is_empty() {
            return Ok(Part { batch: RecordBatch::new_empty(self.schema.clone()), rows });
        }
        // Only the pieces that are used, since each is looked at for every column.
        let mut used: Vec<u32> = places.iter().map(|(piece, _)| *piece).collect();
        used.sort_unstable();
        used.dedup();
        let pieces: Vec<&RecordBatch> = used.iter().filter_map(|piece| self.pieces.get(*piece as usize)).collect();
        let places: Vec<(usize, usize)> = places.iter().filter_map(|(piece, row)| Some((used.binary_search(piece).ok()?, *row as usize))).collect();
        let batch = interleave_record_batch(&pieces, &places).map_err(|error| unreadable("the table", &error))?;
        Ok(Part { batch, rows })
    }
}

/// Where every row of some pieces lies.
fn places(pieces: &[Piece]) -> impl Iterator<Item = (u32, u32)> + '_ {
    pieces.iter().zip(0..).flat_map(|(piece, at)| (0..piece.len()).zip(0..).map(move |(_, row)| (at, row)))
}

/// Subjects with their records, chunk by chunk.
pub(super) struct InOrder {
    subjects: Ordered,
    lists: Vec<Ordered>,
    budget: Budget,
    next: usize,
}

impl InOrder {
    /// The next chunk.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>, TrainingError> {
        let (first, all) = (self.next, self.subjects.places.len());
        if first >= all {
            return Ok(None);
        }
        let most = (first + self.budget.subjects).min(all);
        let bytes = |end: usize| -> usize {
            let of = |list: &Ordered| (list.starts.get(end).unwrap_or(&0) - list.starts.get(first).unwrap_or(&0)) * list.width;
            self.lists.iter().map(of).sum()
        };
        // What subjects have grows with their number: as many as fit, and at least one.
        let (mut fits, mut too_many) = (first + 1, most + 1);
        while fits + 1 < too_many {
            let middle = fits.midpoint(too_many);
            if bytes(middle) <= self.budget.chunk { fits = middle } else { too_many = middle }
        }
        self.next = fits;
        let lists = self.lists.iter().map(|list| list.part(first..fits)).collect::<Result<_, _>>()?;
        Ok(Some(Chunk { subjects: self.subjects.part(first..fits)?, lists }))
    }
}
