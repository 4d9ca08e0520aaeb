//! The verdict of a subject of whom totals are open, by what they are at least and at most.
//!
//! INVARIANT: one meaning. What comes of the bounds is what the evaluator comes to; where a number is too large for the reckoning here, it is asked.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::feel::{Comparator, Taken, Truth, Value};

use super::of_totals::{Comparison, Condition, OfTotals, ProvisionOfTotals, Side};
use super::provision::required;
use super::side_by_side::{FIGURE_DECIMALS, rounded};
use super::table::{FigureRow, FindingRow};
use super::{Status, StatusSet};

/// What a side of a comparison is at least and at most, in parts of a ten-thousandth; an end that is `None` is open.
#[derive(Clone, Copy)]
struct Ends {
    low: Option<i128>,
    high: Option<i128>,
}

impl OfTotals {
    /// The result for a subject whose totals are these.
    pub(super) fn judge_open(&self, totals: &[Taken]) -> Option<(StatusSet, Vec<FindingRow>)> {
        let findings = self.provisions.iter().map(|provision| provision.judge_open(totals)).collect::<Option<Vec<_>>>()?;
        let mut sets = findings.iter().map(|finding| finding.set);
        let first = sets.next().unwrap_or(StatusSet::only(Status::NotApplicable));
        Some((sets.fold(first, StatusSet::all_of), findings))
    }
}

impl ProvisionOfTotals {
    fn judge_open(&self, totals: &[Taken]) -> Option<FindingRow> {
        let applies = match &self.when {
            _ if !self.in_force => Truth::FALSE,
            Some(when) => when.truth(totals)?,
            None => Truth::TRUE,
        };
        let nothing = StatusSet::only(Status::NotApplicable);
        if !applies.can_be(Truth::TRUE) {
            return Some(FindingRow { set: nothing, figures: Vec::new(), decisive: 0, value: None });
        }
        let (mut all, mut figures, mut decisive) = (Truth::TRUE, Vec::with_capacity(self.require.len()), None);
        for (place, comparison) in self.require.iter().enumerate() {
            let (left, right) = (comparison.left.ends(totals)?, comparison.right.ends(totals)?);
            let truth = comparison.truth_of(left, right)?;
            if !truth.is(Truth::TRUE) {
                decisive = decisive.or(Some(place));
            }
            all = all.and(truth);
            figures.push(comparison.row(left, right, truth.is(Truth::TRUE))?);
        }
        let set = required(all, self.failure);
        let set = if applies.is(Truth::TRUE) { set } else { set.or(nothing) };
        Some(FindingRow { set, figures, decisive: decisive.unwrap_or(0), value: None })
    }
}

impl Condition {
    /// What it can be; `None` where a number is too large.
    fn truth(&self, totals: &[Taken]) -> Option<Truth> {
        Some(match self {
            Self::Compare(comparison) => comparison.truth_of(comparison.left.ends(totals)?, comparison.right.ends(totals)?)?,
            Self::All(parts) => parts.iter().try_fold(Truth::TRUE, |all, part| Some(all.and(part.truth(totals)?)))?,
            Self::Any(parts) => parts.iter().try_fold(Truth::FALSE, |any, part| Some(any.or(part.truth(totals)?)))?,
            Self::Not(part) => part.truth(totals)?.negated(),
        })
    }
}

impl Comparison {
    /// What it can be: for each order in which the sides can stand, whether it holds.
    fn truth_of(&self, left: Ends, right: Ends) -> Option<Truth> {
        let (left, right) = (left.times(self.right.over)?, right.times(self.left.over)?);
        let below = |low: Option<i128>, high: Option<i128>| low.zip(high).is_none_or(|(low, high)| low < high);
        let apart = |high: Option<i128>, low: Option<i128>| high.zip(low).is_some_and(|(high, low)| high < low);
        let orders = [
            (Ordering::Less, below(left.low, right.high)),
            (Ordering::Greater, below(right.low, left.high)),
            (Ordering::Equal, !apart(left.high, right.low) && !apart(right.high, left.low)),
        ];
        let possible = orders.into_iter().filter(|(_, possible)| *possible);
        Some(possible.fold(Truth::NONE, |truth, (order, _)| truth.either(Truth::of(self.comparator.holds(order)))))
    }

    /// Its figures. What is certainly met lacks nothing; else what is missing is known where both sides are.
    fn row(&self, left: Ends, right: Ends, holds: bool) -> Option<FigureRow> {
        let (actual, required) = (left.exact(), right.exact());
        let shortfall = match (self.comparator, left.times(self.right.over)?.exact().zip(right.times(self.left.over)?.exact())) {
            (Comparator::NotEqual, _) => None,
            _ if holds => Some(Decimal::ZERO),
            (_, None) => None,
            (comparator, Some((left, right))) => {
                let missing = match comparator {
                    Comparator::GreaterOrEqual | Comparator::Greater => right.checked_sub(left)?.max(0),
                    Comparator::LessOrEqual | Comparator::Less => left.checked_sub(right)?.max(0),
                    Comparator::Equal | Comparator::NotEqual => right.checked_sub(left)?.checked_abs()?,
                };
                Some(decimal(missing, i128::from(self.left.over) * i128::from(self.right.over))?)
            }
        };
        let of_side =
            |parts: Option<i128>, side: &Side| parts.map(|parts| decimal(parts, side.over.into())).map_or(Some(None), |parts| parts.map(Some));
        let (low, high) = if actual.is_some() { (None, None) } else { (left.low, left.high) };
        Some(FigureRow {
            actual: of_side(actual, &self.left)?.map(Value::Number),
            actual_low: of_side(low, &self.left)?,
            actual_high: of_side(high, &self.left)?,
            required: of_side(required, &self.right)?.map(Value::Number),
            shortfall,
        })
    }
}

impl Side {
    fn ends(&self, totals: &[Taken]) -> Option<Ends> {
        let Some(total) = self.total else {
            let times = Some(i128::from(self.times));
            return Some(Ends { low: times, high: times });
        };
        let (low, high) = totals.get(total)?.ends();
        Ends { low: low.map(i128::from), high: high.map(i128::from) }.times(self.times)
    }
}

impl Ends {
    /// So many times as much; `None` where that is too much.
    fn times(self, times: i64) -> Option<Self> {
        let end = |end: Option<i128>| -> Option<Option<i128>> { end.map_or(Some(None), |end| end.checked_mul(times.into()).map(Some)) };
        let (low, high) = (end(self.low)?, end(self.high)?);
        Some(match times.cmp(&0) {
            Ordering::Greater => Self { low, high },
            Ordering::Equal => Self { low: Some(0), high: Some(0) },
            Ordering::Less => Self { low: high, high: low },
        })
    }

    /// Its one value, where there is one.
    fn exact(self) -> Option<i128> {
        self.low.filter(|_| self.low == self.high)
    }
}

/// So many parts of a ten-thousandth as a number of six decimals.
fn decimal(parts: i128, over: i128) -> Option<Decimal> {
    const STEPS: i128 = 10_i128.pow(FIGURE_DECIMALS - crate::feel::DECIMALS);
    Decimal::try_from_i128_with_scale(rounded(parts.checked_mul(STEPS)?, over), FIGURE_DECIMALS).ok()
}
