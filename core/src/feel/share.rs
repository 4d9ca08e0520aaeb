//! What totals and counts come to over the rows of a table, with both ends where rows are open.

use super::aggregate::Aggregate;
use super::column::{self, WIDTH};
use super::eval::Evaluator;
use super::expr::Expr;
use super::lane::{Lane, LaneNumber, LaneValues, word_of};
use super::number::of_steps;
use super::row_truths::RowTruths;
use super::segment::Segment;
use super::val::{Bounds, Val};
use super::wide::Wide;

/// The records that go into an aggregate, and those of which it is not certain whether they do or with what; a bit for each row, no word where there are none.
pub(crate) struct Share {
    pub(super) certain: Vec<u64>,
    pub(super) unsure: Vec<u64>,
}

/// What an aggregate comes to for each of up to 64 subjects.
pub(crate) struct Sums {
    /// What is certain, in ten-thousandths.
    pub(crate) certain: [i64; WIDTH],
    /// The subjects for whom it is open, with its ends, in the order of their places.
    pub(crate) between: Vec<(usize, Taken)>,
    /// The subjects for whom it is too much to be held here, or has a value of no plain form.
    pub(crate) beyond: u64,
}

impl Sums {
    /// Sets what it comes to for the subject in this place; `None` where that cannot be held here.
    fn set(&mut self, place: usize, taken: Option<Taken>) {
        match (taken.map(Taken::certain), self.certain.get_mut(place)) {
            (Some(Some(steps)), Some(certain)) => *certain = steps,
            (Some(None), _) => self.between.extend(taken.map(|taken| (place, taken))),
            _ => self.beyond |= 1 << place,
        }
    }
}

impl FromIterator<Option<Taken>> for Sums {
    fn from_iter<I: IntoIterator<Item = Option<Taken>>>(each: I) -> Self {
        let mut sums = Self { certain: [0; WIDTH], between: Vec::new(), beyond: 0 };
        each.into_iter().take(WIDTH).enumerate().for_each(|(place, taken)| sums.set(place, taken));
        sums
    }
}

impl Aggregate {
    /// What the rows of each of up to 64 spans come to, from one row to before another.
    pub(crate) fn take(&self, wide: &mut Wide<'_>, share: &Share, spans: &[(usize, usize)]) -> Sums {
        let lane = self.summed(wide);
        let (certain, beyond) = match lane {
            None => (counts(&share.certain, spans).map(|count| i64::from(count) * column::UNIT), 0),
            Some((Lane { values: LaneValues::Numbers(numbers), .. }, _)) => numbers.sums(&share.certain, spans),
            Some(_) => ([0; WIDTH], 0),
        };
        let mut sums = Sums { certain, between: Vec::new(), beyond };
        if share.unsure.is_empty() {
            return sums;
        }
        for (place, (start, end)) in spans.iter().enumerate() {
            let mut unsure = Segment { start: *start, end: *end, words: &share.unsure }.rows().peekable();
            if unsure.peek().is_some() && sums.beyond >> place & 1 == 0 {
                let certain = Taken::of(sums.certain.get(place).copied().unwrap_or_default());
                sums.set(place, unsure.try_fold(certain, |taken, row| taken.perhaps_with(lane, row)));
            }
        }
        sums
    }

    /// The field that is added up, and whether it is never below zero; `None` where rows are counted.
    pub(super) fn summed<'w, 't>(&self, wide: &'w mut Wide<'t>) -> Option<(&'w Lane<'t>, bool)> {
        self.summand.map(|(slot, nonnegative)| (wide.lane(slot), nonnegative))
    }
}

/// How many rows of each of up to 64 spans have a bit.
pub(crate) fn counts(words: &[u64], spans: &[(usize, usize)]) -> [i32; WIDTH] {
    let mut counts = [0; WIDTH];
    if !words.is_empty() {
        for (count, (start, end)) in counts.iter_mut().zip(spans) {
            // Nobody who is read with others has so many records.
            *count = i32::try_from(Segment { start: *start, end: *end, words }.count()).unwrap_or(i32::MAX);
        }
    }
    counts
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
        Val::between(Bounds { low: number(self.low), high: number(self.high), ..Bounds::default() })
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
