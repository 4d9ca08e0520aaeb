//! Results as columns: one row for each subject.

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::ArrowError;
use serde::Serialize;

use super::series::{Lengths, Part, Series};
use crate::evaluate::{
    BlockResult, ConsequenceState, FIGURE_DECIMALS, FigureRow, FindingRow, Question, SUBJECTS, SideBySide, SideFigure, SideFinding, Status,
    StatusSet, TableRow, Walked,
};
use crate::feel::{Type, places};

/// The results of a question about every subject of a table.
#[derive(Debug)]
pub struct TableVerdicts {
    /// One row for each subject, in the order of the table: its id and status, how many of its records count, and for each finding its status and
    /// figures. The columns are described in `docs/tables.md`.
    pub batch: RecordBatch,
    /// How many subjects have each status.
    pub counts: Counts,
}

/// How many subjects have each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// What is asked is there.
    pub met: usize,
    /// A binding provision fails.
    pub unmet: usize,
    /// The authority decides.
    pub waivable: usize,
    /// Nothing is asked.
    pub not_applicable: usize,
    /// Facts are missing that would decide it.
    pub unknown: usize,
}

impl Counts {
    pub(super) fn add(&mut self, status: Status) {
        *match status {
            Status::Met => &mut self.met,
            Status::Unmet => &mut self.unmet,
            Status::Waivable => &mut self.waivable,
            Status::NotApplicable => &mut self.not_applicable,
            Status::Unknown => &mut self.unknown,
        } += 1;
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.met += other.met;
        self.unmet += other.unmet;
        self.waivable += other.waivable;
        self.not_applicable += other.not_applicable;
        self.unknown += other.unknown;
    }
}

/// The columns of results, each with room for every subject.
pub(super) struct Output {
    ids: ArrayRef,
    columns: Vec<Column>,
    layout: Layout,
}

struct Column {
    name: String,
    series: Series,
    /// What its codes stand for, in words.
    words: fn() -> Vec<String>,
}

/// Which of the columns is what.
#[derive(Default)]
struct Layout {
    result: Result,
    /// The first of the columns of counts, and how many they are.
    records: (usize, usize),
    findings: Vec<FindingLayout>,
    consequences: Vec<usize>,
}

/// The columns of a status, and of what it can still be.
#[derive(Clone, Copy, Default)]
struct Result {
    status: usize,
    possible: usize,
}

struct FindingLayout {
    result: Result,
    figures: FigureLayout,
    /// Every comparison apart, where there are several.
    each: Vec<FigureLayout>,
    value: Option<usize>,
}

#[derive(Clone, Copy)]
struct FigureLayout {
    actual: usize,
    actual_low: usize,
    actual_high: usize,
    required: usize,
    shortfall: usize,
}

impl Output {
    /// The columns for what a question asks of these subjects.
    pub(super) fn new(question: &Question<'_>, ids: ArrayRef) -> Self {
        let mut output = Self { ids, columns: Vec::new(), layout: Layout::default() };
        let shape = question.table_shape();
        output.layout.result = output.result("");
        if shape.has_records {
            let first = output.columns.len();
            for kind in ["counted", "excluded", "undecided"] {
                output.add(kind.to_owned(), Series::counts);
            }
            for provision in &shape.records {
                output.add(format!("excluded_by.{provision}"), Series::counts);
            }
            output.layout.records = (first, output.columns.len() - first);
        }
        for finding in &shape.findings {
            let types = &finding.figures;
            let common = types.first().filter(|first| types.iter().all(|ty| Series::is_alike(ty, first)));
            let result = output.result(&format!("{}.", finding.name));
            let figures = output.figures(&format!("{}.", finding.name), common.copied());
            let each = if types.len() > 1 { &**types } else { &[] };
            let each = each.iter().enumerate().map(|(n, ty)| output.figures(&format!("{}[{n}].", finding.name), Some(ty))).collect();
            let value = finding.value.map(|ty| output.add(format!("{}.value", finding.name), |len| Series::of(Some(ty), len)));
            output.layout.findings.push(FindingLayout { result, figures, each, value });
        }
        for provision in &shape.consequences {
            let column = output.add_codes(format!("{provision}.state"), every_state);
            output.layout.consequences.push(column);
        }
        output
    }

    fn add(&mut self, name: String, series: impl FnOnce(usize) -> Series) -> usize {
        self.columns.push(Column { name, series: series(self.ids.len()), words: Vec::new });
        self.columns.len() - 1
    }

    fn add_codes(&mut self, name: String, words: fn() -> Vec<String>) -> usize {
        self.columns.push(Column { name, series: Series::codes(self.ids.len()), words });
        self.columns.len() - 1
    }

    fn result(&mut self, before: &str) -> Result {
        let status = self.add_codes(format!("{before}status"), every_status);
        Result { status, possible: self.add_codes(format!("{before}possible"), every_set) }
    }

    fn figures(&mut self, before: &str, ty: Option<&Type>) -> FigureLayout {
        FigureLayout {
            actual: self.add(format!("{before}actual"), |len| Series::of(ty, len)),
            actual_low: self.add(format!("{before}actual_low"), Series::numbers),
            actual_high: self.add(format!("{before}actual_high"), Series::numbers),
            required: self.add(format!("{before}required"), |len| Series::of(ty, len)),
            shortfall: self.add(format!("{before}shortfall"), Series::numbers),
        }
    }

    /// The columns cut into parts of so many subjects, of which each can be filled by itself.
    pub(super) fn shares(&mut self, blocks: usize) -> Vec<Share<'_>> {
        let lengths = Lengths { rows: blocks * SUBJECTS, words: blocks };
        let shares = self.ids.len().div_ceil(lengths.rows.max(1));
        let mut shares: Vec<Share<'_>> =
            (0..shares).map(|_| Share { columns: Vec::with_capacity(self.columns.len()), layout: &self.layout, counts: Counts::default() }).collect();
        for column in &mut self.columns {
            for (share, part) in shares.iter_mut().zip(column.series.parts(lengths)) {
                share.columns.push(part);
            }
        }
        shares
    }

    /// The columns as a table.
    pub(super) fn finish(self) -> std::result::Result<RecordBatch, ArrowError> {
        let mut columns: Vec<(String, ArrayRef)> = vec![("subject_id".to_owned(), self.ids)];
        for Column { name, series, words } in self.columns {
            columns.push((name, series.finish(words)?));
        }
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))
    }
}

fn every_status() -> Vec<String> {
    Status::ALL.iter().map(|status| status.code().to_owned()).collect()
}

fn every_state() -> Vec<String> {
    ConsequenceState::ALL.iter().map(|state| state.code().to_owned()).collect()
}

/// What can still be, in words, by the bits of its statuses.
fn every_set() -> Vec<String> {
    let in_words = |set: StatusSet| set.members().into_iter().map(Status::code).collect::<Vec<_>>().join("|");
    StatusSet::every().map(in_words).collect()
}

/// The columns of some subjects, which stand together.
pub(super) struct Share<'o> {
    columns: Vec<Part<'o>>,
    layout: &'o Layout,
    pub(super) counts: Counts,
}

impl Share<'_> {
    /// Takes what came of the subjects of a block, of which the first has this place.
    pub(super) fn take(&mut self, first: usize, result: BlockResult, walked: &Walked) {
        match result {
            BlockResult::One(place, row) => self.set(first + place, &row),
            BlockResult::Others { results, of } => self.set_others(first, &results, of, walked),
        }
    }

    /// Sets the result of one subject.
    pub(super) fn set(&mut self, at: usize, row: &TableRow) {
        let layout = self.layout;
        self.counts.add(row.set.status());
        self.set_result(at, layout.result, row.set);
        for (column, count) in (layout.records.0..).zip(&row.records) {
            self.part(column, |part| part.set_count(at, *count));
        }
        for (columns, finding) in layout.findings.iter().zip(&row.findings) {
            self.set_finding(at, columns, finding);
        }
        for (column, state) in layout.consequences.iter().zip(&row.consequences) {
            if let Some(state) = state {
                self.part(*column, |part| part.set_code(at, *state as u8));
            }
        }
    }

    fn part(&mut self, column: usize, set: impl FnOnce(&mut Part<'_>)) {
        if let Some(part) = self.columns.get_mut(column) {
            set(part);
        }
    }

    fn set_result(&mut self, at: usize, columns: Result, set: StatusSet) {
        let status = set.status();
        self.part(columns.status, |part| part.set_code(at, status as u8));
        if !set.is_decided() {
            self.part(columns.possible, |part| part.set_code(at, set.bits()));
        }
    }

    fn set_finding(&mut self, at: usize, columns: &FindingLayout, finding: &FindingRow) {
        self.set_result(at, columns.result, finding.set);
        self.set_figures(at, columns.figures, finding.figures.get(finding.decisive));
        for (n, each) in columns.each.iter().enumerate() {
            self.set_figures(at, *each, finding.figures.get(n));
        }
        if let Some((column, value)) = columns.value.zip(finding.value.as_ref()) {
            self.part(column, |part| part.set_value(at, value));
        }
    }

    fn set_figures(&mut self, at: usize, columns: FigureLayout, figure: Option<&FigureRow>) {
        let Some(figure) = figure else { return };
        for (column, value) in [(columns.actual, &figure.actual), (columns.required, &figure.required)] {
            if let Some(value) = value {
                self.part(column, |part| part.set_value(at, value));
            }
        }
        let numbers = [(columns.actual_low, figure.actual_low), (columns.actual_high, figure.actual_high), (columns.shortfall, figure.shortfall)];
        for (column, number) in numbers {
            if let Some(number) = number {
                self.part(column, |part| part.set_number(at, number, FIGURE_DECIMALS));
            }
        }
    }

    /// Sets the results of these subjects of a block.
    fn set_others(&mut self, first: usize, results: &SideBySide, of: u64, walked: &Walked) {
        let layout = self.layout;
        for place in places(of) {
            self.counts.add(results.sets.status(place));
        }
        for (column, counts) in (layout.records.0..layout.records.0 + layout.records.1).zip(walked.counts()) {
            self.part(column, |part| part.set_counts(first, of, counts));
        }
        self.part(layout.result.status, |part| part.set_codes(first, of, |place| results.sets.status(place) as u8));
        for (columns, finding) in layout.findings.iter().zip(&results.findings) {
            self.part(columns.result.status, |part| part.set_codes(first, of, |place| finding.sets.status(place) as u8));
            self.set_all_figures(first, columns, finding, of & finding.concerned);
        }
    }

    fn set_all_figures(&mut self, first: usize, columns: &FindingLayout, finding: &SideFinding, of: u64) {
        // The first that does not hold decides, and where all hold the first.
        let mut rest = of;
        for figure in &finding.figures {
            let decisive = rest & !figure.holds;
            self.set_side_figure(first, columns.figures, figure, decisive);
            rest &= !decisive;
        }
        if let Some(figure) = finding.figures.first() {
            self.set_side_figure(first, columns.figures, figure, rest);
        }
        for (columns, figure) in columns.each.iter().zip(&finding.figures) {
            self.set_side_figure(first, *columns, figure, of);
        }
    }

    fn set_side_figure(&mut self, first: usize, columns: FigureLayout, figure: &SideFigure, of: u64) {
        self.part(columns.actual, |part| part.set_numbers(first, of, &figure.actual));
        self.part(columns.required, |part| part.set_numbers(first, of, &figure.required));
        if let Some(shortfall) = &figure.shortfall {
            self.part(columns.shortfall, |part| part.set_numbers(first, of, shortfall));
        }
    }
}
