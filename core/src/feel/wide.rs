//! The evaluator's way through tables: a condition is read for thousands of rows before the next one is.
//!
//! INVARIANT: one meaning. For each row the outcome is that of [`Evaluator::truth`]; what has no wide form here is asked row by row.

use super::Records;
use super::batch::{Batch, RecordList, Variable, Yardstick, places};
use super::builtin::Builtin;
use super::column::flag_truths;
use super::eval::{Evaluator, unknown as unknown_field};
use super::expr::{Expr, RangeExpr};
use super::lane::{Lane, LaneValues, NOTHING, every, without, word_of};
use super::row_truths::RowTruths;
use super::syntax::{Comparator, Operator};
use super::truths::Truths;
use super::val::{Trail, Val};

/// Rows of a table whose fields can be had side by side.
pub(crate) trait Rows: Records {
    /// One field of every row.
    fn lane(&self, slot: usize) -> Lane<'_>;
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
    admissible: Option<RowTruths>,
}

impl<'a> Wide<'a> {
    /// The rows of the list in this slot, none of which was looked at yet.
    pub(crate) fn new(rows: &'a dyn Rows, slot: u16) -> Self {
        let all = every(rows.len());
        let list = RecordList { records: rows, owner: Trail::default(), slot, variable: Variable::Subject };
        Self { rows, list, lanes: Vec::new(), all, admissible: None }
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
    pub(crate) fn admit(&mut self, admissible: RowTruths) {
        self.admissible = Some(admissible);
    }

    /// Makes the rows the values of this variable.
    pub(crate) fn stand_as(&mut self, variable: Variable) {
        self.list.variable = variable;
    }

    /// A field of every row.
    pub(crate) fn lane(&mut self, slot: u16) -> &Lane<'a> {
        let place = self.read(slot);
        self.lane_at(place)
    }

    /// Where a field stands among those that were asked for.
    fn read(&mut self, slot: u16) -> usize {
        self.lanes.iter().position(|(known, _)| *known == slot).unwrap_or_else(|| {
            self.lanes.push((slot, self.rows.lane(usize::from(slot))));
            self.lanes.len() - 1
        })
    }

    fn lane_at(&self, place: usize) -> &Lane<'a> {
        self.lanes.get(place).map_or(&NOTHING, |(_, lane)| lane)
    }

    /// The field that an expression is, of each of these rows.
    fn field(&mut self, expr: &Expr) -> Option<usize> {
        match expr {
            Expr::Slot { of, slot, .. } if self.list.variable.is(of) => Some(self.read(*slot)),
            _ => None,
        }
    }
}

/// What comes of each word of rows that are asked.
fn fill(of: &[u64], mut truths: impl FnMut(usize, u64) -> Truths) -> RowTruths {
    of.iter().enumerate().map(|(word, of)| if *of == 0 { Truths::default() } else { truths(word, *of) }).collect()
}

/// Whether no row is asked.
fn are_none(of: &[u64]) -> bool {
    of.iter().all(|of| *of == 0)
}

impl<'a> Evaluator<'a> {
    /// What a condition can be for each of these rows.
    pub(crate) fn truths_of_rows(&mut self, expr: &'a Expr, wide: &mut Wide<'a>, of: &[u64]) -> RowTruths {
        match expr {
            Expr::And(parts) => self.conjunction_of_rows(parts, wide, of, |_| {}),
            // One true part decides: the negation is true only where each part's is.
            Expr::Or(parts) => negated(self.conjunction_of_rows(parts, wide, of, RowTruths::negate)),
            Expr::Call(Builtin::Not, arguments) => match arguments.as_slice() {
                [part] => negated(self.truths_of_rows(part, wide, of)),
                _ => self.truths_of_each_row(expr, wide, of),
            },
            Expr::If(condition, yes, no) => {
                let branches = self.branches(condition, wide, of);
                let read = |me: &mut Self, part, wide: &mut Wide<'a>, of: &[u64]| me.truths_of_rows(part, wide, of);
                let mut truths = self.either_branch((yes, no), &branches, wide, read);
                if !are_none(&branches.open) {
                    truths.join(&self.truths_of_each_row(expr, wide, &branches.open));
                }
                truths
            }
            Expr::Slot { of: record, slot, .. } if wide.list.variable.is(record) => flags_of_rows(wide.lane(*slot), of),
            Expr::Admissible(record) if wide.list.variable.is(record) && wide.admissible.is_some() => {
                wide.admissible.as_ref().map_or_else(RowTruths::default, |admissible| admissible.within(of))
            }
            Expr::Compare(comparator, left, right, _) => self.comparisons_of_rows(expr, *comparator, (left, right), wide, of),
            Expr::Within { value, range } => self.rows_within(expr, value, range, wide, of),
            Expr::Call(Builtin::StartsWith, arguments) => match arguments.as_slice() {
                [text, start] => self.rows_starting_with(expr, (text, start), wide, of),
                _ => self.truths_of_each_row(expr, wide, of),
            },
            _ => self.truths_of_each_row(expr, wide, of),
        }
    }

    /// A conjunction of parts or of what is made of them, each asked only of the rows that no earlier one decides.
    fn conjunction_of_rows(&mut self, parts: &'a [Expr], wide: &mut Wide<'a>, of: &[u64], each: fn(&mut RowTruths)) -> RowTruths {
        let Some((first, further)) = parts.split_first() else { return RowTruths::holding(of) };
        let mut all = self.truths_of_rows(first, wide, of);
        each(&mut all);
        let mut open = of.to_vec();
        for part in further {
            all.drop_failing(&mut open);
            if are_none(&open) {
                break;
            }
            let mut truths = self.truths_of_rows(part, wide, &open);
            each(&mut truths);
            all.and_where(&truths, &open);
        }
        all
    }

    /// For which rows a condition holds, for which it does not, and for which that is open or it is no condition.
    fn branches(&mut self, condition: &'a Expr, wide: &mut Wide<'a>, of: &[u64]) -> Branches {
        let condition = self.truths_of_rows(condition, wide, of);
        let (mut holds, mut fails) = (of.to_vec(), of.to_vec());
        condition.pass(&mut holds, &mut fails, true);
        // What can be neither true nor an error, fails.
        fails.iter_mut().zip(of).for_each(|(fails, of)| *fails = of & !*fails);
        let open = of.iter().zip(holds.iter().zip(&fails)).map(|(of, (holds, fails))| of & !holds & !fails).collect();
        Branches { holds, fails, open }
    }

    /// What comes of the two branches, each read for its rows alone.
    fn either_branch(
        &mut self,
        (yes, no): (&'a Expr, &'a Expr),
        branches: &Branches,
        wide: &mut Wide<'a>,
        mut read: impl FnMut(&mut Self, &'a Expr, &mut Wide<'a>, &[u64]) -> RowTruths,
    ) -> RowTruths {
        if are_none(&branches.fails) {
            return read(self, yes, wide, &branches.holds);
        }
        let mut truths = read(self, no, wide, &branches.fails);
        if !are_none(&branches.holds) {
            truths.join(&read(self, yes, wide, &branches.holds));
        }
        truths
    }

    fn comparisons_of_rows(
        &mut self,
        whole: &'a Expr,
        comparator: Comparator,
        (left, right): (&'a Expr, &'a Expr),
        wide: &mut Wide<'a>,
        of: &[u64],
    ) -> RowTruths {
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
        match (wide.field(left), wide.field(right)) {
            (Some(left), Some(right)) => self.fields_of_rows(whole, comparator, (left, right), wide, of),
            _ => self.truths_of_each_row(whole, wide, of),
        }
    }

    /// How two fields of each of these rows stand to each other.
    fn fields_of_rows(&mut self, whole: &'a Expr, comparator: Comparator, fields: (usize, usize), wide: &Wide<'a>, of: &[u64]) -> RowTruths {
        let (left, right) = (wide.lane_at(fields.0), wide.lane_at(fields.1));
        let Some(passing) = left.passing_beside(comparator, right, of) else { return self.truths_of_each_row(whole, wide, of) };
        if left.is_full() && right.is_full() {
            return RowTruths::of_bits(passing, of);
        }
        let valued: Vec<u64> = of.iter().enumerate().map(|(word, of)| of & left.valued(word) & right.valued(word)).collect();
        let rest = without(of, &valued);
        let mut truths = RowTruths::of_bits(passing, &valued);
        truths.join(&self.truths_of_each_row(whole, wide, &rest));
        truths
    }

    fn rows_within(&mut self, whole: &'a Expr, value: &'a Expr, range: &'a RangeExpr, wide: &mut Wide<'a>, of: &[u64]) -> RowTruths {
        let (Some(low), Some(high)) = (self.constant(&range.low), self.constant(&range.high)) else {
            return self.truths_of_each_row(whole, wide, of);
        };
        let yardstick = Yardstick::Range { low, low_closed: range.low_closed, high, high_closed: range.high_closed };
        self.rows_against(value, &yardstick, wide, of)
    }

    /// How a value of each of these rows stands to what is the same for all of them.
    fn rows_against(&mut self, value: &'a Expr, yardstick: &Yardstick<'a>, wide: &mut Wide<'a>, of: &[u64]) -> RowTruths {
        match value {
            Expr::Slot { of: record, slot, nonnegative, .. } if wide.list.variable.is(record) => {
                let (mut truths, rest) = fields_against(wide.lane(*slot), yardstick, *nonnegative, of);
                for (word, of) in rest {
                    truths.add(word, self.row_values_against(value, yardstick, wide, (word, of)));
                }
                truths
            }
            Expr::If(condition, yes, no) => {
                let branches = self.branches(condition, wide, of);
                let read = |me: &mut Self, part, wide: &mut Wide<'a>, of: &[u64]| me.rows_against(part, yardstick, wide, of);
                let mut truths = self.either_branch((yes, no), &branches, wide, read);
                if !are_none(&branches.open) {
                    truths.join(&fill(&branches.open, |word, of| self.row_values_against(value, yardstick, wide, (word, of))));
                }
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
    fn rows_starting_with(&mut self, whole: &'a Expr, (text, start): (&'a Expr, &'a Expr), wide: &mut Wide<'a>, of: &[u64]) -> RowTruths {
        let (Some(Val::Text(start)), Some(field)) = (self.constant(start), wide.field(text)) else { return self.truths_of_each_row(whole, wide, of) };
        let lane = wide.lane_at(field);
        let Some(passing) = lane.passing_texts(|text| text.starts_with(start.as_str()), of) else { return self.truths_of_each_row(whole, wide, of) };
        if lane.is_full() {
            return RowTruths::of_bits(passing, of);
        }
        let valued: Vec<u64> = of.iter().enumerate().map(|(word, of)| of & lane.valued(word)).collect();
        let rest = without(of, &valued);
        let mut truths = RowTruths::of_bits(passing, &valued);
        truths.join(&self.truths_of_each_row(whole, wide, &rest));
        truths
    }

    /// The long way: a condition row by row.
    fn truths_of_each_row(&mut self, expr: &'a Expr, wide: &Wide<'a>, of: &[u64]) -> RowTruths {
        fill(of, |word, of| self.truth_of_each(expr, &wide.list.batch(word), of))
    }
}

/// For which rows a condition holds, fails, and is open.
struct Branches {
    holds: Vec<u64>,
    fails: Vec<u64>,
    open: Vec<u64>,
}

fn negated(mut truths: RowTruths) -> RowTruths {
    truths.negate();
    truths
}

/// What a condition can be for each of these rows that asks for a field alone.
fn flags_of_rows(lane: &Lane<'_>, of: &[u64]) -> RowTruths {
    let flags = if let LaneValues::Flags(flags) = &lane.values { Some(flags) } else { None };
    match flags {
        Some(flags) if lane.is_full() => {
            let both = |bits: fn(u64) -> u64| flags.iter().zip(of).map(|(flags, of)| bits(*flags) & of).collect();
            RowTruths::of(both(|flags| flags), both(|flags| !flags))
        }
        _ => fill(of, |word, of| flag_truths(flags.map(|flags| word_of(flags, word)), lane.valued(word), word_of(&lane.unknown, word), of)),
    }
}

/// How a field of each of these rows stands to what is the same for all of them, and the rows of a word for which that is to be asked one by one.
fn fields_against(lane: &Lane<'_>, yardstick: &Yardstick<'_>, nonnegative: bool, of: &[u64]) -> (RowTruths, Vec<(usize, u64)>) {
    let passing = match lane.passing(yardstick, of) {
        Some(passing) if lane.is_full() => return (RowTruths::of_bits(passing, of), Vec::new()),
        passing => passing,
    };
    // Whether there is a value at all is known of every row that is not unknown, whatever the value is.
    let asks_for_a_value = yardstick.asks_for_a_value();
    if let Some(there) = asks_for_a_value.filter(|_| lane.is_full()) {
        return (RowTruths::same(there, of), Vec::new());
    }
    let of_none = yardstick.truth(&Val::NULL);
    let of_unknown = yardstick.truth(&unknown_field(nonnegative));
    if let Some(is_none) = lane.is_nothing() {
        return (RowTruths::same(if is_none { of_none } else { of_unknown }, of), Vec::new());
    }
    let mut rest = Vec::new();
    let truths = fill(of, |word, of| {
        let (none, unknown) = (word_of(&lane.none, word) & of, word_of(&lane.unknown, word) & of);
        let mut truths = Truths::all(of_none, none).either(Truths::all(of_unknown, unknown));
        let valued = lane.valued(word) & of;
        if let Some(passing) = &passing {
            let passing = word_of(passing, word);
            truths = truths.either(Truths::of(passing & valued, !passing & valued));
        } else if let Some(there) = asks_for_a_value
            && !matches!(lane.values, LaneValues::Empty)
        {
            truths = truths.either(Truths::all(there, valued));
        }
        let open = of & !truths.decided();
        if open != 0 {
            rest.push((word, open));
        }
        truths
    });
    (truths, rest)
}
