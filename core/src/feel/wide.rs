//! The evaluator's way through tables: a condition is read for thousands of rows before the next one is.
//!
//! INVARIANT: one meaning. For each row the outcome is that of [`Evaluator::truth`]; what has no wide form here is asked row by row.

use std::borrow::Cow;

use super::batch::{Batch, Comparable, RecordList, Variable, Yardstick, places};
use super::builtin::Builtin;
use super::column::{Mark, WIDTH, compared, days_since_1970, flag_truths};
use super::eval::Evaluator;
use super::expr::{Expr, RangeExpr};
use super::syntax::{Comparator, Operator};
use super::truths::Truths;
use super::val::{Trail, Val};
use super::{Datum, Records, Truth};

/// Rows of a table whose fields can be had side by side.
pub(crate) trait Rows: Records {
    /// One field of every row.
    fn lane(&self, slot: usize) -> Lane<'_>;
}

/// A field of many rows side by side: for each kind of answer 64 rows a word, and the values as the table holds them.
///
/// INVARIANT: as with a [`Column`](super::Column), a row has at most one of the bits; one with none of them has a value of no plain form.
pub(crate) struct Lane<'t> {
    pub(crate) values: LaneValues<'t>,
    pub(crate) valued: Vec<u64>,
    pub(crate) none: Vec<u64>,
    pub(crate) unknown: Vec<u64>,
}

/// What a lane of numbers has of one row.
pub(crate) enum LaneNumber {
    /// So many ten-thousandths.
    Steps(i64),
    None,
    Unknown,
    /// A value of no plain form.
    Other,
}

impl Lane<'_> {
    /// The number of this row.
    pub(crate) fn number(&self, row: usize) -> LaneNumber {
        let has = |bits: &[u64]| bits.get(row / WIDTH).is_some_and(|word| word >> (row % WIDTH) & 1 == 1);
        match &self.values {
            LaneValues::Numbers(numbers) if has(&self.valued) => numbers.steps.get(row).copied().map_or(LaneNumber::Other, LaneNumber::Steps),
            _ if has(&self.none) => LaneNumber::None,
            _ if has(&self.unknown) => LaneNumber::Unknown,
            _ => LaneNumber::Other,
        }
    }

    /// A lane of a field of which nothing is told: all of it certainly none, or not known.
    pub(crate) fn nothing(len: usize, is_none: bool) -> Self {
        let all = every(len);
        let no = vec![0; all.len()];
        let (none, unknown) = if is_none { (all, no.clone()) } else { (no.clone(), all) };
        Lane { values: LaneValues::Empty, valued: no, none, unknown }
    }

    /// A lane without a value of plain form: for each row whether it certainly has none, or that is not known; or neither.
    pub(crate) fn without_values(len: usize, is_none: impl Fn(usize) -> Option<bool>) -> Self {
        let nothing = vec![0; len.div_ceil(WIDTH)];
        let mut lane = Lane { values: LaneValues::Empty, valued: nothing.clone(), none: nothing.clone(), unknown: nothing };
        for place in 0..len {
            let bits = match is_none(place) {
                Some(true) => &mut lane.none,
                Some(false) => &mut lane.unknown,
                None => continue,
            };
            if let Some(word) = bits.get_mut(place / WIDTH) {
                *word |= 1 << (place % WIDTH);
            }
        }
        lane
    }
}

/// A lane of which nothing was asked.
static NOTHING: Lane<'static> = Lane { values: LaneValues::Empty, valued: Vec::new(), none: Vec::new(), unknown: Vec::new() };

/// The values of a lane; what stands where there is no value means nothing.
pub(crate) enum LaneValues<'t> {
    /// None that has a plain form.
    Empty,
    /// A bit for each that is true.
    Flags(Vec<u64>),
    Codes(Cow<'t, [u8]>),
    /// Days since 1970.
    Days(Cow<'t, [i32]>),
    /// Ten-thousandths, with 0 where there is no value.
    Numbers(NumberLane),
}

/// Numbers side by side, so that those of neighbours are quickly added.
pub(crate) struct NumberLane {
    steps: Vec<i64>,
    /// What those before each row come to, and at last all.
    before: Vec<i64>,
    /// None is further from zero.
    largest: u64,
}

impl NumberLane {
    /// A lane of these ten-thousandths, of which those without a value are taken as 0.
    pub(crate) fn of(mut steps: Vec<i64>, valued: &[u64]) -> Self {
        for (word, chunk) in valued.iter().zip(steps.chunks_mut(WIDTH)) {
            if *word != rows(0, chunk.len()) {
                for (place, step) in chunk.iter_mut().enumerate() {
                    *step *= i64::from(word >> place & 1 == 1);
                }
            }
        }
        let mut before = Vec::with_capacity(steps.len() + 1);
        let (mut sum, mut largest) = (0_i64, 0);
        before.push(sum);
        for step in &steps {
            sum = sum.wrapping_add(*step);
            largest = largest.max(step.unsigned_abs());
            before.push(sum);
        }
        Self { steps, before, largest }
    }

    /// What these rows from one to before another come to; `None` where that could grow beyond what is held.
    pub(crate) fn sum(&self, rows: &Segment<'_>) -> Option<i64> {
        let (start, end) = (rows.start, rows.end);
        let len = u64::try_from(end.saturating_sub(start)).ok()?;
        i64::try_from(self.largest.checked_mul(len)?).ok()?;
        let steps = self.steps.get(start..end)?;
        // Whichever are fewer are looked at: those that belong to it, or those that do not.
        let count = rows.count();
        if count * 2 <= steps.len() {
            return Some(rows.each(false).filter_map(|row| steps.get(row)).sum());
        }
        let all = self.before.get(end)?.wrapping_sub(*self.before.get(start)?);
        if count == steps.len() {
            return Some(all);
        }
        Some(all.wrapping_sub(rows.each(true).filter_map(|row| steps.get(row)).sum()))
    }
}

/// Some rows among those of one subject, which stand together.
pub(crate) struct Segment<'w> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The rows of the table, a bit for each.
    pub(crate) words: &'w [u64],
}

impl Segment<'_> {
    /// The bits of a word that lie in it, of those that are set or of those that are not.
    fn word(&self, word: usize, others: bool) -> u64 {
        let first = word * WIDTH;
        let inside = rows(self.start.saturating_sub(first), self.end.saturating_sub(first));
        let bits = self.words.get(word).copied().unwrap_or_default();
        (if others { !bits } else { bits }) & inside
    }

    fn span(&self) -> std::ops::Range<usize> {
        if self.start < self.end { self.start / WIDTH..self.end.div_ceil(WIDTH) } else { 0..0 }
    }

    /// How many they are.
    pub(crate) fn count(&self) -> usize {
        self.span().map(|word| self.word(word, false).count_ones() as usize).sum()
    }

    /// Each of them, by its place in the table.
    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.each(false).map(|place| self.start + place)
    }

    /// The place of each among the subject's, or of each of the others.
    fn each(&self, others: bool) -> impl Iterator<Item = usize> + '_ {
        self.span().flat_map(move |word| places(self.word(word, others)).map(move |place| word * WIDTH + place - self.start))
    }
}

/// So many rows, each as a bit.
pub(crate) fn every(len: usize) -> Vec<u64> {
    (0..len.div_ceil(WIDTH)).map(|word| rows(0, len - word * WIDTH)).collect()
}

/// The bits of the rows from one to before another, of a word.
fn rows(from: usize, to: usize) -> u64 {
    let below = |end: usize| if end >= WIDTH { u64::MAX } else { (1 << end) - 1 };
    below(to) & !below(from)
}

/// A word of a lane.
struct LaneWord<'l> {
    lane: &'l Lane<'l>,
    word: usize,
}

impl LaneWord<'_> {
    fn of(&self, bits: &[u64]) -> u64 {
        bits.get(self.word).copied().unwrap_or_default()
    }

    fn lanes<T: Copy + Default + Ord>(&self, values: &[T], comparator: Comparator, mark: T) -> u64 {
        let values = values.get(self.word * WIDTH..).unwrap_or_default();
        match values.first_chunk() {
            Some(full) => compared(full, comparator, mark),
            None => {
                let mut lanes = [T::default(); WIDTH];
                for (lane, value) in lanes.iter_mut().zip(values) {
                    *lane = *value;
                }
                compared(&lanes, comparator, mark)
            }
        }
    }
}

impl Comparable for LaneWord<'_> {
    fn none(&self) -> u64 {
        self.of(&self.lane.none)
    }

    fn unknown(&self) -> u64 {
        self.of(&self.lane.unknown)
    }

    fn valued(&self) -> u64 {
        self.of(&self.lane.valued)
    }

    fn compared(&self, comparator: Comparator, mark: Mark) -> Option<u64> {
        Some(match (&self.lane.values, mark) {
            (LaneValues::Codes(codes), Mark::Code(mark)) => self.lanes(codes, comparator, mark),
            (LaneValues::Days(days), Mark::Date(mark)) => self.lanes(days, comparator, days_since_1970(mark)),
            (LaneValues::Numbers(numbers), Mark::Number(mark)) => self.lanes(&numbers.steps, comparator, mark),
            _ => return None,
        })
    }
}

/// The rows of a list, and what is known of them so far.
pub(crate) struct Wide<'a> {
    rows: &'a dyn Rows,
    list: RecordList<'a>,
    /// The fields that were asked for.
    lanes: Vec<(u16, Lane<'a>)>,
    /// Each row as a bit.
    all: Vec<u64>,
    /// Whether each row is admissible, once that is known.
    admissible: Vec<Truths>,
}

impl<'a> Wide<'a> {
    /// The rows of the list in this slot, none of which was looked at yet.
    pub(crate) fn new(rows: &'a dyn Rows, slot: u16) -> Self {
        let all = every(rows.len());
        let list = RecordList { records: rows, owner: Trail::default(), slot, variable: Variable::Subject };
        Self { rows, list, lanes: Vec::new(), all, admissible: Vec::new() }
    }

    /// Each row as a bit.
    pub(crate) fn all(&self) -> &[u64] {
        &self.all
    }

    /// The rows a word at a time.
    pub(crate) fn words(&self) -> impl Iterator<Item = Batch<'a>> + use<'a> {
        let list = self.list;
        (0..self.all.len()).map(move |word| list.batch(word))
    }

    /// Says which rows are admissible.
    pub(crate) fn admit(&mut self, admissible: Vec<Truths>) {
        self.admissible = admissible;
    }

    /// Makes the rows the values of this variable.
    pub(crate) fn stand_as(&mut self, variable: Variable) {
        self.list.variable = variable;
    }

    /// A field of every row.
    pub(crate) fn lane(&mut self, slot: u16) -> &Lane<'a> {
        let place = self.lanes.iter().position(|(known, _)| *known == slot).unwrap_or_else(|| {
            self.lanes.push((slot, self.rows.lane(usize::from(slot))));
            self.lanes.len() - 1
        });
        self.lanes.get(place).map_or(&NOTHING, |(_, lane)| lane)
    }

    /// A text of the row at this place.
    fn text(&self, row: usize, slot: u16) -> Option<&'a str> {
        if let Datum::Text(text) = Records::read(self.rows, row, usize::from(slot)) { Some(text) } else { None }
    }
}

/// How many words a list of truths has.
fn fill(of: &[u64], mut truths: impl FnMut(usize, u64) -> Truths) -> Vec<Truths> {
    of.iter().enumerate().map(|(word, of)| if *of == 0 { Truths::default() } else { truths(word, *of) }).collect()
}

impl<'a> Evaluator<'a> {
    /// What a condition can be for each of these rows.
    pub(crate) fn truths_of_rows(&mut self, expr: &'a Expr, wide: &mut Wide<'a>, of: &[u64]) -> Vec<Truths> {
        match expr {
            Expr::And(parts) => self.conjunction_of_rows(parts, wide, of, |truths| truths),
            // One true part decides: the negation is true only where each part's is.
            Expr::Or(parts) => negated(self.conjunction_of_rows(parts, wide, of, Truths::negated)),
            Expr::Call(Builtin::Not, arguments) => match arguments.as_slice() {
                [part] => negated(self.truths_of_rows(part, wide, of)),
                _ => self.truths_of_each_row(expr, wide, of),
            },
            Expr::If(condition, yes, no) => {
                let branches = self.branches(condition, wide, of);
                let mut truths = self.truths_of_rows(yes, wide, &branches.holds);
                join(&mut truths, self.truths_of_rows(no, wide, &branches.fails));
                join(&mut truths, self.truths_of_each_row(expr, wide, &branches.open));
                truths
            }
            Expr::Slot { of: record, slot, .. } if wide.list.variable.is(record) => {
                let lane = wide.lane(*slot);
                let flags = if let LaneValues::Flags(flags) = &lane.values { Some(flags) } else { None };
                fill(of, |word, of| {
                    let known = LaneWord { lane, word };
                    flag_truths(flags.map(|flags| known.of(flags)), known.valued(), known.unknown(), of)
                })
            }
            Expr::Admissible(record) if wide.list.variable.is(record) && !wide.admissible.is_empty() => {
                fill(of, |word, of| wide.admissible.get(word).copied().unwrap_or_default().within(of))
            }
            Expr::Compare(comparator, left, right, _) => self.comparisons_of_rows(expr, *comparator, (left, right), wide, of),
            Expr::Within { value, range } => self.rows_within(expr, value, range, wide, of),
            Expr::Call(Builtin::StartsWith, arguments) => match arguments.as_slice() {
                [Expr::Slot { of: record, slot, .. }, start] if wide.list.variable.is(record) => {
                    self.rows_starting_with(expr, *slot, start, wide, of)
                }
                _ => self.truths_of_each_row(expr, wide, of),
            },
            _ => self.truths_of_each_row(expr, wide, of),
        }
    }

    /// A conjunction of parts or of what is made of them, each asked only of the rows that no earlier one decides.
    fn conjunction_of_rows(&mut self, parts: &'a [Expr], wide: &mut Wide<'a>, of: &[u64], each: fn(Truths) -> Truths) -> Vec<Truths> {
        let mut all = fill(of, |_, of| Truths::all(Truth::TRUE, of));
        let mut open = of.to_vec();
        for part in parts {
            if open.iter().all(|open| *open == 0) {
                break;
            }
            let truths = self.truths_of_rows(part, wide, &open);
            for ((all, open), truths) in all.iter_mut().zip(&mut open).zip(truths) {
                *all = all.and(each(truths)).either(all.within(!*open));
                *open &= !all.is_false();
            }
        }
        all
    }

    /// For which rows a condition holds, for which it does not, and for which that is open or it is no condition.
    fn branches(&mut self, condition: &'a Expr, wide: &mut Wide<'a>, of: &[u64]) -> Branches {
        let condition = self.truths_of_rows(condition, wide, of);
        let mut branches = Branches { holds: Vec::with_capacity(of.len()), fails: Vec::with_capacity(of.len()), open: Vec::with_capacity(of.len()) };
        for (truths, of) in condition.iter().zip(of) {
            let (holds, fails) = (truths.holds(), of & !truths.may_hold() & !truths.may_err());
            branches.holds.push(holds);
            branches.fails.push(fails);
            branches.open.push(of & !holds & !fails);
        }
        branches
    }

    fn comparisons_of_rows(
        &mut self,
        whole: &'a Expr,
        comparator: Comparator,
        (left, right): (&'a Expr, &'a Expr),
        wide: &mut Wide<'a>,
        of: &[u64],
    ) -> Vec<Truths> {
        let is_quotient = |side: &Expr| matches!(side, Expr::Arithmetic(Operator::Divide, ..));
        if is_quotient(left) || is_quotient(right) {
            return self.truths_of_each_row(whole, wide, of);
        }
        if let Some(right) = self.constant(right) {
            return self.rows_against(left, &Yardstick::Right(comparator, right), wide, of);
        }
        if let Some(left) = self.constant(left) {
            return self.rows_against(right, &Yardstick::Left(comparator, left), wide, of);
        }
        self.truths_of_each_row(whole, wide, of)
    }

    fn rows_within(&mut self, whole: &'a Expr, value: &'a Expr, range: &'a RangeExpr, wide: &mut Wide<'a>, of: &[u64]) -> Vec<Truths> {
        let (Some(low), Some(high)) = (self.constant(&range.low), self.constant(&range.high)) else {
            return self.truths_of_each_row(whole, wide, of);
        };
        let yardstick = Yardstick::Range { low, low_closed: range.low_closed, high, high_closed: range.high_closed };
        self.rows_against(value, &yardstick, wide, of)
    }

    /// How a value of each of these rows stands to what is the same for all of them.
    fn rows_against(&mut self, value: &'a Expr, yardstick: &Yardstick<'a>, wide: &mut Wide<'a>, of: &[u64]) -> Vec<Truths> {
        match value {
            Expr::Slot { of: record, slot, nonnegative } if wide.list.variable.is(record) => {
                let lane = wide.lane(*slot);
                let mut rest = Vec::new();
                let mut truths = fill(of, |word, of| {
                    let (truths, open) = yardstick.truths(&LaneWord { lane, word }, *nonnegative, of);
                    if open != 0 {
                        rest.push((word, open));
                    }
                    truths
                });
                for (word, open) in rest {
                    if let Some(truths) = truths.get_mut(word) {
                        *truths = truths.either(self.row_values_against(value, yardstick, wide, (word, open)));
                    }
                }
                truths
            }
            Expr::If(condition, yes, no) => {
                let branches = self.branches(condition, wide, of);
                let mut truths = self.rows_against(yes, yardstick, wide, &branches.holds);
                join(&mut truths, self.rows_against(no, yardstick, wide, &branches.fails));
                join(&mut truths, fill(&branches.open, |word, of| self.row_values_against(value, yardstick, wide, (word, of))));
                truths
            }
            _ => fill(of, |word, of| self.row_values_against(value, yardstick, wide, (word, of))),
        }
    }

    /// The same, one row of a word after the other.
    fn row_values_against(&mut self, value: &'a Expr, yardstick: &Yardstick<'a>, wide: &Wide<'a>, (word, of): (usize, u64)) -> Truths {
        let mut truths = Truths::default();
        let batch = wide.list.batch(word);
        for place in places(of) {
            self.stand_at(&batch, place);
            let value = self.val(value);
            truths.set(place, yardstick.truth(&value));
        }
        truths
    }

    /// Whether a text of each of these rows begins with what is the same for all of them.
    fn rows_starting_with(&mut self, whole: &'a Expr, slot: u16, start: &'a Expr, wide: &mut Wide<'a>, of: &[u64]) -> Vec<Truths> {
        let Some(Val::Text(start)) = self.constant(start) else { return self.truths_of_each_row(whole, wide, of) };
        let mut open = Vec::with_capacity(of.len());
        let mut truths: Vec<Truths> = Vec::with_capacity(of.len());
        for (word, of) in of.iter().enumerate() {
            let (mut starts, mut known) = (0, 0);
            for place in places(*of) {
                if let Some(text) = wide.text(word * WIDTH + place, slot) {
                    known |= 1 << place;
                    starts |= u64::from(text.starts_with(start.as_str())) << place;
                }
            }
            truths.push(Truths::of(starts, known & !starts));
            open.push(of & !known);
        }
        join(&mut truths, self.truths_of_each_row(whole, wide, &open));
        truths
    }

    /// The long way: a condition row by row.
    fn truths_of_each_row(&mut self, expr: &'a Expr, wide: &Wide<'a>, of: &[u64]) -> Vec<Truths> {
        fill(of, |word, of| self.truth_of_each(expr, &wide.list.batch(word), of))
    }
}

/// For which rows a condition holds, fails, and is open.
struct Branches {
    holds: Vec<u64>,
    fails: Vec<u64>,
    open: Vec<u64>,
}

/// What either can be, row by row.
fn join(truths: &mut [Truths], others: Vec<Truths>) {
    for (truths, other) in truths.iter_mut().zip(others) {
        *truths = truths.either(other);
    }
}

fn negated(mut truths: Vec<Truths>) -> Vec<Truths> {
    for truths in &mut truths {
        *truths = truths.negated();
    }
    truths
}
