//! What totals and counts come to over the rows of a table, with both ends where rows are open.

use super::aggregate::Aggregate;
use super::column;
use super::eval::Evaluator;
use super::expr::Expr;
use super::lane::{Lane, LaneNumber, LaneValues, Segment, word_of};
use super::number::of_steps;
use super::row_truths::RowTruths;
use super::val::{Bounds, Val};
use super::wide::Wide;

/// The records that go into an aggregate, and those of which it is not certain whether they do or with what; a bit for each row, no word where there are none.
pub(crate) struct Share {
    pub(super) certain: Vec<u64>,
    pub(super) unsure: Vec<u64>,
}

impl Aggregate {
    /// What the rows of each span come to, from one row to before another; `None` where that is too much to be held here, or there is a value of no
    /// plain form.
    pub(crate) fn take(&self, wide: &mut Wide<'_>, share: &Share, spans: &[(usize, usize)]) -> Vec<Option<Taken>> {
        let segment = |(start, end): (usize, usize), words| Segment { start, end, words };
        let lane = self.summed(wide);
        let sums: Vec<Option<i64>> = match lane {
            None => {
                let count = |span| i64::try_from(segment(span, &share.certain).count()).ok()?.checked_mul(column::UNIT);
                spans.iter().map(|span| count(*span)).collect()
            }
            Some((Lane { values: LaneValues::Numbers(numbers), .. }, _)) => numbers.sums(&share.certain, spans),
            Some(_) => vec![Some(0); spans.len()],
        };
        let certain = sums.into_iter().map(|sum| sum.map(Taken::of));
        if share.unsure.is_empty() {
            return certain.collect();
        }
        let with_unsure = |(taken, span): (Option<Taken>, &(usize, usize))| {
            segment(*span, &share.unsure).rows().try_fold(taken?, |taken, row| taken.perhaps_with(lane, row))
        };
        certain.zip(spans).map(with_unsure).collect()
    }

    /// The field that is added up, and whether it is never below zero; `None` where rows are counted.
    pub(super) fn summed<'w, 't>(&self, wide: &'w mut Wide<'t>) -> Option<(&'w Lane<'t>, bool)> {
        self.summand.map(|(slot, nonnegative)| (wide.lane(slot), nonnegative))
    }
}

/// An end that so much is added to; an open one stays open. `None` where it is too much.
#[expect(clippy::option_option, reason = "an end that is open, and one that cannot be held")]
fn further(end: Option<i64>, steps: i64) -> Option<Option<i64>> {
    end.map_or(Some(None), |end| end.checked_add(steps).map(Some))
}

/// What an aggregate comes to at least and at most, in ten-thousandths; an end that is `None` is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken {
    low: Option<i64>,
    high: Option<i64>,
}

impl Taken {
    /// What is certain.
    pub(crate) fn of(steps: i64) -> Self {
        Self { low: Some(steps), high: Some(steps) }
    }

    /// The same with a further row of which it is not certain whether it goes in, or with what; `None` where that is too much to be held, or a value
    /// of no plain form.
    pub(super) fn perhaps_with(self, lane: Option<(&Lane<'_>, bool)>, row: usize) -> Option<Self> {
        let Some((lane, nonnegative)) = lane else { return Some(Self { low: self.low, high: further(self.high, column::UNIT)? }) };
        Some(match lane.number(row) {
            LaneNumber::Steps(steps) => Self { low: further(self.low, steps.min(0))?, high: further(self.high, steps.max(0))? },
            LaneNumber::Unknown => Self { low: self.low.filter(|_| nonnegative), high: None },
            LaneNumber::None => self,
            LaneNumber::Other => return None,
        })
    }

    /// What two such come to together.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let end = |one: Option<i64>, other: Option<i64>| other.map_or(Some(None), |other| further(one, other));
        Some(Self { low: end(self.low, other.low)?, high: end(self.high, other.high)? })
    }

    /// Its two ends.
    pub(crate) fn ends(self) -> (Option<i64>, Option<i64>) {
        (self.low, self.high)
    }

    /// What it comes to, where that is certain.
    pub(crate) fn certain(self) -> Option<i64> {
        self.low.filter(|_| self.low == self.high)
    }

    /// As the value that an evaluator would come to.
    pub(crate) fn val<'a>(self) -> Val<'a> {
        let number = |steps: Option<i64>| steps.map(of_steps);
        Val::between(Bounds { low: number(self.low), high: number(self.high), null: false, error: false })
    }
}

impl<'a> Evaluator<'a> {
    /// Which rows pass a test that sees nothing but the row: what it can be for each.
    pub(crate) fn test_rows(&mut self, test: &'a Expr, wide: &mut Wide<'a>) -> RowTruths {
        let all = wide.all().to_vec();
        self.beside([Val::NULL], |me| me.truths_of_rows(test, wide, &all))
    }

    /// Which rows go into an aggregate, where it is known what its tests can be for each.
    pub(crate) fn share<'t>(&mut self, aggregate: &Aggregate, tests: impl Iterator<Item = &'t RowTruths>, wide: &mut Wide<'a>) -> Share {
        let mut certain = wide.all().to_vec();
        let mut perhaps = certain.clone();
        let errors_are_null = self.errors_are_null();
        for test in tests {
            test.pass(&mut certain, &mut perhaps, !errors_are_null);
        }
        let mut unsure: Vec<u64> = perhaps.iter().zip(&certain).map(|(perhaps, certain)| perhaps & !certain).collect();
        if let Some((slot, _)) = aggregate.summand {
            let lane = wide.lane(slot);
            let numbers = matches!(lane.values, LaneValues::Numbers(_));
            if !numbers || !lane.is_full() {
                for (word, (certain, unsure)) in certain.iter_mut().zip(&mut unsure).enumerate() {
                    let summable = if numbers { lane.valued(word) } else { 0 };
                    *unsure |= word_of(&perhaps, word) & !(summable | word_of(&lane.none, word));
                    *certain &= summable;
                }
            }
        }
        if unsure.iter().all(|unsure| *unsure == 0) {
            unsure.clear();
        }
        Share { certain, unsure }
    }
}
