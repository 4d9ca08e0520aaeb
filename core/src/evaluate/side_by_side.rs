//! Verdicts of 64 subjects side by side, once their totals are known: a bit for each subject, a figure for each.
//!
//! What a provision asks of totals alone are comparisons of fractions of them, so that its results are a few words of bits and a few rows of numbers.
//! INVARIANT: one meaning. A provision that asks for more has no such form, and the subject is judged by itself.

use crate::feel::{Aggregate, Comparator, DECIMALS, Evaluator, Expr, Measure, Operator, Type, UNIT, Val, fixed};
use crate::policy::{Provision, Rule};
use crate::quantity::Unit;

use super::block::SUBJECTS;
use super::{Modality, Question, Status};

/// What is asked of each of 64 subjects, as comparisons of their totals.
pub(crate) struct SidePlan {
    provisions: Vec<SideProvision>,
}

struct SideProvision {
    /// Whether it is in force on the day.
    in_force: bool,
    when: Option<Condition>,
    require: Vec<Comparison>,
    /// What a failure comes to.
    failure: Status,
}

/// A condition about totals.
enum Condition {
    Compare(Comparison),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

struct Comparison {
    comparator: Comparator,
    left: Side,
    right: Side,
}

/// A side of a comparison: a total or one, times a whole number, over another; in ten-thousandths.
struct Side {
    /// The total's place among the aggregates.
    total: Option<usize>,
    times: i64,
    over: i64,
}

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
    pub(crate) actual: [i128; SUBJECTS],
    pub(crate) required: [i128; SUBJECTS],
    /// How much is missing, or too much; nothing for a comparison that has no such measure.
    pub(crate) shortfall: Option<[i128; SUBJECTS]>,
}

/// How many decimals the figures of tables have.
pub(crate) const FIGURE_DECIMALS: u32 = 6;
/// How many of their steps a ten-thousandth has.
const STEPS: i128 = 10_i128.pow(FIGURE_DECIMALS - DECIMALS);
/// Beyond these, products might not be held, nor quotients be as they are once they are rounded to 28 digits.
const MOST_TIMES: i64 = 1_000_000_000;
const MOST_OVER: i64 = 10_000;

impl Question<'_> {
    /// What is asked as comparisons of totals; `None` where more is asked.
    pub(crate) fn side_plan<'a>(&'a self, aggregates: &[Aggregate<'a>], evaluator: &mut Evaluator<'a>) -> Option<SidePlan> {
        if !self.decision.any_of.is_empty() {
            return None;
        }
        let provisions = self.decision.all_of.iter().map(|place| {
            let in_force = self.in_force.get(*place).copied().unwrap_or(false);
            SideProvision::of(self.policy.provisions.get(*place)?, in_force, aggregates, evaluator)
        });
        Some(SidePlan { provisions: provisions.collect::<Option<_>>()? })
    }
}

impl SidePlan {
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

impl SideProvision {
    fn of<'a>(provision: &'a Provision, in_force: bool, aggregates: &[Aggregate<'a>], evaluator: &mut Evaluator<'a>) -> Option<Self> {
        let Rule::Require(require) = &provision.rule else { return None };
        let plain = provision.relaxation.is_none() && provision.deadline.is_none() && provision.deemed_by.is_empty() && provision.amount.is_none();
        let failure = match provision.modality {
            Modality::Shall | Modality::Forbidden => Status::Unmet,
            Modality::Principle => Status::Waivable,
            Modality::May | Modality::Encouraged => return None,
        };
        let mut figures = Some(Vec::new());
        require.expr.each_conjunct(&mut |part| {
            let comparison = Comparison::of(part, aggregates, evaluator);
            figures = figures.take().zip(comparison).map(|(mut figures, comparison)| {
                figures.push(comparison);
                figures
            });
        });
        let when = match &provision.when {
            Some(when) => Some(Condition::of(&when.expr, aggregates, evaluator)?),
            None => None,
        };
        Some(Self { in_force, when, require: figures.filter(|_| plain)?, failure })
    }

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
    fn of<'a>(expr: &'a Expr, aggregates: &[Aggregate<'a>], evaluator: &mut Evaluator<'a>) -> Option<Self> {
        let mut each = |parts: &'a [Expr]| parts.iter().map(|part| Self::of(part, aggregates, &mut *evaluator)).collect::<Option<Vec<_>>>();
        Some(match expr {
            Expr::And(parts) => Self::All(each(parts)?),
            Expr::Or(parts) => Self::Any(each(parts)?),
            Expr::Call(crate::feel::Builtin::Not, arguments) => Self::Not(Box::new(each(arguments)?.pop()?)),
            _ => Self::Compare(Comparison::of(expr, aggregates, evaluator)?),
        })
    }

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
    fn of<'a>(expr: &'a Expr, aggregates: &[Aggregate<'a>], evaluator: &mut Evaluator<'a>) -> Option<Self> {
        let Expr::Compare(comparator, left, right, ty) = expr else { return None };
        // Money is reported in whole fen, which is the verdict's business.
        let Type::Number(measure) = &**ty else { return None };
        if matches!(measure, Measure::In(unit) if *unit == Unit::Yuan) {
            return None;
        }
        Some(Self { comparator: *comparator, left: Side::of(left, aggregates, evaluator)?, right: Side::of(right, aggregates, evaluator)? })
    }

    /// How much more the right side is than the left, for each subject, and of what that is so many parts of a ten-thousandth.
    fn differences(&self, known: &[[i64; SUBJECTS]]) -> ([i128; SUBJECTS], i128) {
        let (left, right) = (self.left.parts(known), self.right.parts(known));
        let (left_over, right_over) = (i128::from(self.left.over), i128::from(self.right.over));
        let mut differences = [0; SUBJECTS];
        for ((difference, left), right) in differences.iter_mut().zip(left).zip(right) {
            *difference = right * left_over - left * right_over;
        }
        (differences, left_over * right_over)
    }

    fn holds(&self, known: &[[i64; SUBJECTS]]) -> u64 {
        self.holding(&self.differences(known).0)
    }

    fn holding(&self, differences: &[i128; SUBJECTS]) -> u64 {
        let holds = |difference: &i128| self.comparator.holds(0.cmp(difference));
        differences.iter().enumerate().fold(0, |bits, (place, difference)| bits | u64::from(holds(difference)) << place)
    }

    fn figure(&self, known: &[[i64; SUBJECTS]]) -> SideFigure {
        let (differences, over) = self.differences(known);
        let holds = self.holding(&differences);
        let side = |side: &Side| side.parts(known).map(|parts| six_decimals(parts, i128::from(side.over)));
        let missing: Option<fn(i128) -> i128> = match self.comparator {
            Comparator::GreaterOrEqual | Comparator::Greater => Some(|difference| difference.max(0)),
            Comparator::LessOrEqual | Comparator::Less => Some(|difference| (-difference).max(0)),
            Comparator::Equal => Some(i128::abs),
            Comparator::NotEqual => None,
        };
        let shortfall = missing.map(|missing| differences.map(|difference| six_decimals(missing(difference), over)));
        SideFigure { holds, actual: side(&self.left), required: side(&self.right), shortfall }
    }
}

impl Side {
    fn of<'a>(expr: &'a Expr, aggregates: &[Aggregate<'a>], evaluator: &mut Evaluator<'a>) -> Option<Self> {
        if let Some(total) = aggregates.iter().position(|aggregate| std::ptr::eq(aggregate.whole, expr)) {
            return Some(Self { total: Some(total), times: 1, over: 1 });
        }
        if let Expr::Arithmetic(operator @ (Operator::Divide | Operator::Multiply), left, right) = expr {
            let side = Self::of(left, aggregates, evaluator)?;
            let factor = Self::constant(right, evaluator)?;
            return match operator {
                Operator::Divide if factor > 0 => side.scaled(UNIT, factor),
                Operator::Multiply => side.scaled(factor, UNIT),
                _ => None,
            };
        }
        Some(Self { total: None, times: Self::constant(expr, evaluator)?, over: 1 }).filter(Self::is_small)
    }

    /// A number that is the same for everybody, in ten-thousandths.
    fn constant<'a>(expr: &'a Expr, evaluator: &mut Evaluator<'a>) -> Option<i64> {
        if let Some(Val::Number(number)) = evaluator.constant(expr) { fixed(number) } else { None }
    }

    fn scaled(self, times: i64, over: i64) -> Option<Self> {
        let (times, over) = (self.times.checked_mul(times)?, self.over.checked_mul(over)?);
        let common = greatest_common_divisor(times, over);
        Some(Self { total: self.total, times: times / common, over: over / common }).filter(Self::is_small)
    }

    fn is_small(&self) -> bool {
        (-MOST_TIMES..=MOST_TIMES).contains(&self.times) && self.over <= MOST_OVER
    }

    /// Its value for each subject, in parts of a ten-thousandth: so many make one as it says itself.
    fn parts(&self, known: &[[i64; SUBJECTS]]) -> [i128; SUBJECTS] {
        match self.total.and_then(|total| known.get(total)) {
            Some(total) => total.map(|steps| i128::from(steps) * i128::from(self.times)),
            None => [i128::from(self.times); SUBJECTS],
        }
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a).unwrap_or(1).max(1)
}

/// So many parts of a ten-thousandth with six decimals, a tie to even.
fn six_decimals(parts: i128, over: i128) -> i128 {
    let steps = parts * STEPS;
    if over == 1 {
        return steps;
    }
    let (whole, rest) = match (i64::try_from(steps), i64::try_from(over)) {
        // Nearly all of them are small, and then much quicker divided.
        (Ok(steps), Ok(over)) => (i128::from(steps.div_euclid(over)), i128::from(steps.rem_euclid(over))),
        _ => (steps.div_euclid(over), steps.rem_euclid(over)),
    };
    let up = match (rest * 2).cmp(&over) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => whole % 2 != 0,
        std::cmp::Ordering::Greater => true,
    };
    whole + i128::from(up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotient_is_rounded_to_the_even_neighbour() {
        // 0.0001 in four, eight: 25 and 12.5 of the finest steps.
        assert_eq!(six_decimals(1, 4), 25);
        assert_eq!(six_decimals(1, 8), 12);
        assert_eq!(six_decimals(3, 8), 38);
        assert_eq!(six_decimals(-1, 8), -12);
        assert_eq!(six_decimals(1, 3), 33);
        assert_eq!(six_decimals(2, 3), 67);
    }
}
