//! Verdicts of 64 subjects side by side, once their totals are known: a bit for each subject, a figure for each.
//!
//! The results of a provision are a few words of bits and a few rows of numbers.

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Rem, Sub};

use crate::feel::{Comparator, DECIMALS};

use super::Status;
use super::block::SUBJECTS;
use super::of_totals::{Comparison, Condition, MOST_OVER, OfTotals, ProvisionOfTotals, Side};

/// The results of a block of subjects.
pub(crate) struct SideBySide {
    pub(crate) sets: Sets,
    pub(crate) findings: Vec<SideFinding>,
}

/// A status for each of 64 subjects: each has one of these bits.
#[derive(Clone, Copy)]
pub(crate) struct Sets {
    unmet: u64,
    waivable: u64,
    met: u64,
}

/// The results of a provision.
pub(crate) struct SideFinding {
    pub(crate) sets: Sets,
    /// The subjects that have figures.
    pub(crate) concerned: u64,
    pub(crate) figures: Vec<SideFigure>,
}

/// The figures of a comparison, with six decimals.
pub(crate) struct SideFigure {
    /// The subjects for whom it holds.
    pub(crate) holds: u64,
    pub(crate) actual: SideNumbers,
    pub(crate) required: SideNumbers,
    /// How much is missing, or too much; nothing for a comparison that has no such measure.
    pub(crate) shortfall: Option<SideNumbers>,
}

/// A number for each of 64 subjects; most are small.
#[expect(clippy::large_enum_variant, reason = "the large one is the usual one")]
pub(crate) enum SideNumbers {
    Narrow([i64; SUBJECTS]),
    Broad(Box<[i128; SUBJECTS]>),
}

impl SideNumbers {
    /// That of the subject in this place.
    #[inline]
    pub(crate) fn get(&self, place: usize) -> i128 {
        match self {
            Self::Narrow(numbers) => numbers.get(place).copied().unwrap_or_default().into(),
            Self::Broad(numbers) => numbers.get(place).copied().unwrap_or_default(),
        }
    }
}

/// How many decimals the figures of tables have.
pub(crate) const FIGURE_DECIMALS: u32 = 6;
/// How many of their steps a ten-thousandth has.
const STEPS: i64 = 10_i64.pow(FIGURE_DECIMALS - DECIMALS);

impl OfTotals {
    /// The results for subjects whose totals are these, in ten-thousandths.
    pub(crate) fn judge(&self, known: &[[i64; SUBJECTS]]) -> SideBySide {
        let findings: Vec<SideFinding> = self.provisions.iter().map(|provision| provision.judge(known)).collect();
        let mut sets = Sets { unmet: 0, waivable: 0, met: 0 };
        for finding in &findings {
            sets = sets.all_of(finding.sets);
        }
        SideBySide { sets, findings }
    }
}

impl Sets {
    fn all_of(self, other: Self) -> Self {
        let unmet = self.unmet | other.unmet;
        let waivable = (self.waivable | other.waivable) & !unmet;
        Self { unmet, waivable, met: (self.met | other.met) & !unmet & !waivable }
    }

    /// The status of the subject in this place.
    #[inline]
    pub(crate) fn status(self, place: usize) -> Status {
        let has = |bits: u64| bits >> place & 1 == 1;
        match () {
            () if has(self.unmet) => Status::Unmet,
            () if has(self.waivable) => Status::Waivable,
            () if has(self.met) => Status::Met,
            () => Status::NotApplicable,
        }
    }
}

impl ProvisionOfTotals {
    fn judge(&self, known: &[[i64; SUBJECTS]]) -> SideFinding {
        let concerned = match &self.when {
            _ if !self.in_force => 0,
            Some(when) => when.holds(known),
            None => u64::MAX,
        };
        let figures: Vec<SideFigure> = self.require.iter().map(|comparison| comparison.figure(known)).collect();
        let holds = figures.iter().fold(u64::MAX, |holds, figure| holds & figure.holds);
        let failing = |status| if self.failure == status { concerned & !holds } else { 0 };
        let sets = Sets { unmet: failing(Status::Unmet), waivable: failing(Status::Waivable), met: concerned & holds };
        SideFinding { sets, concerned, figures }
    }
}

impl Condition {
    /// The subjects for whom it holds.
    fn holds(&self, known: &[[i64; SUBJECTS]]) -> u64 {
        match self {
            Self::Compare(comparison) => comparison.holds(known),
            Self::All(parts) => parts.iter().fold(u64::MAX, |holds, part| holds & part.holds(known)),
            Self::Any(parts) => parts.iter().fold(0, |holds, part| holds | part.holds(known)),
            Self::Not(part) => !part.holds(known),
        }
    }
}

impl Comparison {
    /// The subjects for whom it holds.
    fn holds(&self, known: &[[i64; SUBJECTS]]) -> u64 {
        if self.is_small(known) { self.holding(&self.differences::<i64>(known).0) } else { self.holding(&self.differences::<i128>(known).0) }
    }

    fn figure(&self, known: &[[i64; SUBJECTS]]) -> SideFigure {
        if self.is_small(known) { self.figure_in::<i64>(known) } else { self.figure_in::<i128>(known) }
    }

    /// Whether half the room is enough for all that is computed, which is much quicker.
    fn is_small(&self, known: &[[i64; SUBJECTS]]) -> bool {
        let most = |side: &Side| {
            let total =
                side.total.and_then(|total| known.get(total)).map_or(1, |known| known.iter().fold(0, |most, steps| most.max(steps.unsigned_abs())));
            total.checked_mul(side.times.unsigned_abs())?.checked_mul(MOST_OVER.unsigned_abs() * 2 * STEPS.unsigned_abs())
        };
        [&self.left, &self.right].into_iter().all(|side| most(side).is_some_and(|most| i64::try_from(most).is_ok()))
    }

    /// How much more the right side is than the left, for each subject, and of what that is so many parts of a ten-thousandth.
    fn differences<T: Whole>(&self, known: &[[i64; SUBJECTS]]) -> ([T; SUBJECTS], T) {
        let (left, right): ([T; SUBJECTS], [T; SUBJECTS]) = (self.left.parts(known), self.right.parts(known));
        let (left_over, right_over) = (T::from(self.left.over), T::from(self.right.over));
        let mut differences = right;
        for (difference, left) in differences.iter_mut().zip(left) {
            *difference = *difference * left_over - left * right_over;
        }
        (differences, left_over * right_over)
    }

    fn holding<T: Whole>(&self, differences: &[T; SUBJECTS]) -> u64 {
        let holds = |difference: &T| self.comparator.holds(T::from(0).cmp(difference));
        differences.iter().enumerate().fold(0, |bits, (place, difference)| bits | u64::from(holds(difference)) << place)
    }

    fn figure_in<T: Whole>(&self, known: &[[i64; SUBJECTS]]) -> SideFigure {
        let (differences, over) = self.differences::<T>(known);
        let holds = self.holding(&differences);
        let side = |side: &Side| six_decimals(side.parts::<T>(known), T::from(side.over));
        let nothing = T::from(0);
        let missing: Option<fn(T, T) -> T> = match self.comparator {
            Comparator::GreaterOrEqual | Comparator::Greater => Some(Ord::max),
            Comparator::LessOrEqual | Comparator::Less => Some(|difference, nothing| (nothing - difference).max(nothing)),
            Comparator::Equal => Some(|difference, nothing| difference.max(nothing - difference)),
            Comparator::NotEqual => None,
        };
        let shortfall = missing.map(|missing| six_decimals(differences.map(|difference| missing(difference, nothing)), over));
        SideFigure { holds, actual: side(&self.left), required: side(&self.right), shortfall }
    }
}

/// Whole numbers with enough room for what is computed here.
pub(super) trait Whole:
    Copy + Ord + From<i64> + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Rem<Output = Self>
{
    /// One for each subject.
    fn side_by_side(numbers: [Self; SUBJECTS]) -> SideNumbers;
}

impl Whole for i64 {
    fn side_by_side(numbers: [Self; SUBJECTS]) -> SideNumbers {
        SideNumbers::Narrow(numbers)
    }
}

impl Whole for i128 {
    fn side_by_side(numbers: [Self; SUBJECTS]) -> SideNumbers {
        SideNumbers::Broad(Box::new(numbers))
    }
}

impl Side {
    /// Its value for each subject, in parts of a ten-thousandth: so many make one as it says itself.
    fn parts<T: Whole>(&self, known: &[[i64; SUBJECTS]]) -> [T; SUBJECTS] {
        let times = T::from(self.times);
        match self.total.and_then(|total| known.get(total)) {
            Some(total) => total.map(|steps| T::from(steps) * times),
            None => [times; SUBJECTS],
        }
    }
}

/// So many parts of a ten-thousandth with six decimals, a tie to even.
fn six_decimals<T: Whole>(parts: [T; SUBJECTS], over: T) -> SideNumbers {
    let steps = T::from(STEPS);
    if over == T::from(1) {
        return T::side_by_side(parts.map(|parts| parts * steps));
    }
    T::side_by_side(parts.map(|parts| rounded(parts * steps, over)))
}

/// A quotient as a whole number, a tie to even.
pub(super) fn rounded<T: Whole>(steps: T, over: T) -> T {
    let (none, one, two) = (T::from(0), T::from(1), T::from(2));
    let (mut whole, mut rest) = (steps / over, steps % over);
    if rest < none {
        (whole, rest) = (whole - one, rest + over);
    }
    match (rest * two).cmp(&over) {
        Ordering::Less => whole,
        Ordering::Equal if whole % two == none => whole,
        Ordering::Equal | Ordering::Greater => whole + one,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotient_is_rounded_to_the_even_neighbour() {
        // 0.0001 in four, eight: 25 and 12.5 of the finest steps.
        let parts: [(i64, i64, i64); 8] = [(1, 4, 25), (1, 8, 12), (3, 8, 38), (-1, 8, -12), (-3, 8, -38), (1, 3, 33), (2, 3, 67), (7, 1, 700)];
        for (parts, over, steps) in parts {
            for numbers in [six_decimals([parts; SUBJECTS], over), six_decimals::<i128>([parts.into(); SUBJECTS], over.into())] {
                assert!((0..SUBJECTS).all(|place| numbers.get(place) == steps.into()), "{parts} over {over}");
            }
        }
    }
}
