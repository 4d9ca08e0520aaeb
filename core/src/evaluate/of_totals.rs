//! What a decision asks of the totals of its subject and of nothing else: provisions as comparisons of fractions of totals.
//!
//! INVARIANT: one meaning. A provision that asks for more has no such form, and the evaluator judges it.

use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::feel::{Aggregates, Comparator, DECIMALS, Evaluator, Expr, Measure, Operator, Type, UNIT, Val, Value, fixed, of_steps};
use crate::policy::{Provision, Rule};
use crate::quantity::Unit;

use super::judge::{FigureOutcome, FindingOutcome, Outcome};
use super::{Question, Status, StatusSet};

/// What is asked of a subject, as comparisons of its totals.
#[derive(Debug)]
pub(crate) struct OfTotals {
    pub(super) provisions: Vec<ProvisionOfTotals>,
}

#[derive(Debug)]
pub(super) struct ProvisionOfTotals {
    /// Whether it is in force on the day.
    pub(super) in_force: bool,
    pub(super) when: Option<Condition>,
    pub(super) require: Vec<Comparison>,
    /// What a failure comes to.
    pub(super) failure: Status,
}

/// A condition about totals.
#[derive(Debug)]
pub(super) enum Condition {
    Compare(Comparison),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

#[derive(Debug)]
pub(super) struct Comparison {
    pub(super) comparator: Comparator,
    pub(super) left: Side,
    pub(super) right: Side,
}

/// A side of a comparison: a total or one, times a whole number, over another; in ten-thousandths.
#[derive(Debug)]
pub(super) struct Side {
    /// The total's place among the aggregates.
    pub(super) total: Option<usize>,
    pub(super) times: i64,
    pub(super) over: i64,
}

/// Beyond these, products might not be held, nor quotients be as they are once they are rounded to 28 digits.
const MOST_TIMES: i64 = 1_000_000_000;
pub(super) const MOST_OVER: i64 = 10_000;

impl Question<'_> {
    /// What is asked as comparisons of totals; `None` where more is asked.
    pub(super) fn asked_of_totals<'a>(&'a self, aggregates: &Aggregates, evaluator: &mut Evaluator<'a>) -> Option<OfTotals> {
        if !self.decision.any_of.is_empty() {
            return None;
        }
        let provisions = self
            .decision
            .all_of
            .iter()
            .map(|place| ProvisionOfTotals::of(self.policy.provisions.get(*place)?, self.binds(*place), aggregates, evaluator));
        Some(OfTotals { provisions: provisions.collect::<Option<_>>()? })
    }
}

impl OfTotals {
    /// What comes of a subject whose totals are these, in ten-thousandths; `None` where a figure has no end behind the point.
    pub(super) fn outcome(&self, totals: &[i64]) -> Option<Outcome> {
        let findings = self.provisions.iter().map(|provision| provision.outcome(totals)).collect::<Option<Vec<_>>>()?;
        let nothing = StatusSet::only(Status::NotApplicable);
        Some(Outcome { status: findings.iter().fold(nothing, |set, finding| set.all_of(finding.status)), findings })
    }
}

impl ProvisionOfTotals {
    fn of<'a>(provision: &'a Provision, in_force: bool, aggregates: &Aggregates, evaluator: &mut Evaluator<'a>) -> Option<Self> {
        let Rule::Require(require) = &provision.rule else { return None };
        let plain =
            provision.relaxation.is_none() && provision.not_asked_until().is_none() && provision.deemed_by.is_empty() && provision.amount.is_none();
        let failure = provision.modality.failure()?;
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

    fn outcome(&self, totals: &[i64]) -> Option<FindingOutcome> {
        let mut finding = FindingOutcome { status: StatusSet::only(Status::NotApplicable), figures: SmallVec::new() };
        if !self.in_force || self.when.as_ref().is_some_and(|when| !when.is_met(totals)) {
            return Some(finding);
        }
        let mut holds = true;
        for comparison in &self.require {
            holds &= comparison.is_met(totals);
            let (actual, required) = (comparison.left.value(totals)?, comparison.right.value(totals)?);
            finding.figures.push(FigureOutcome { actual: Some(actual), required: Some(required) });
        }
        finding.status = StatusSet::only(if holds { Status::Met } else { self.failure });
        Some(finding)
    }
}

impl Condition {
    fn of<'a>(expr: &'a Expr, aggregates: &Aggregates, evaluator: &mut Evaluator<'a>) -> Option<Self> {
        let mut each = |parts: &'a [Expr]| parts.iter().map(|part| Self::of(part, aggregates, &mut *evaluator)).collect::<Option<Vec<_>>>();
        Some(match expr {
            Expr::And(parts) => Self::All(each(parts)?),
            Expr::Or(parts) => Self::Any(each(parts)?),
            Expr::Call(crate::feel::Builtin::Not, arguments) => Self::Not(Box::new(each(arguments)?.pop()?)),
            _ => Self::Compare(Comparison::of(expr, aggregates, evaluator)?),
        })
    }

    /// Whether it holds for a subject whose totals are these.
    fn is_met(&self, totals: &[i64]) -> bool {
        match self {
            Self::Compare(comparison) => comparison.is_met(totals),
            Self::All(parts) => parts.iter().all(|part| part.is_met(totals)),
            Self::Any(parts) => parts.iter().any(|part| part.is_met(totals)),
            Self::Not(part) => !part.is_met(totals),
        }
    }
}

impl Comparison {
    fn of<'a>(expr: &'a Expr, aggregates: &Aggregates, evaluator: &mut Evaluator<'a>) -> Option<Self> {
        let Expr::Compare(comparator, left, right, ty) = expr else { return None };
        // Money is reported in whole fen, which is the verdict's business.
        let Type::Number(measure) = &**ty else { return None };
        if matches!(measure, Measure::In(unit) if *unit == Unit::Yuan) {
            return None;
        }
        Some(Self { comparator: *comparator, left: Side::of(left, aggregates, evaluator)?, right: Side::of(right, aggregates, evaluator)? })
    }

    /// Whether it holds for a subject whose totals are these.
    fn is_met(&self, totals: &[i64]) -> bool {
        let (left, right) = (self.left.parts_of(totals), self.right.parts_of(totals));
        // Neither has more than 94 bits, and 14 more are left.
        self.comparator.holds((left * i128::from(self.right.over)).cmp(&(right * i128::from(self.left.over))))
    }
}

impl Side {
    fn of<'a>(expr: &'a Expr, aggregates: &Aggregates, evaluator: &mut Evaluator<'a>) -> Option<Self> {
        if let Some(total) = aggregates.place_of(expr) {
            return Some(Self { total: Some(total), times: 1, over: 1 });
        }
        if let Expr::Arithmetic(operator @ (Operator::Divide | Operator::Multiply), left, right) = expr {
            // A quotient that has no end is rounded, and what is computed from it goes by that.
            let side = Self::of(left, aggregates, evaluator).filter(Self::has_an_end)?;
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

    /// Whether its value has an end behind the point, whatever its total.
    fn has_an_end(&self) -> bool {
        let mut odd = self.over;
        for prime in [2, 5] {
            while odd % prime == 0 {
                odd /= prime;
            }
        }
        odd == 1
    }

    /// Its value, in parts of a ten-thousandth: so many make one as it says itself.
    fn parts_of(&self, totals: &[i64]) -> i128 {
        let total = self.total.and_then(|total| totals.get(total)).copied().unwrap_or(1);
        i128::from(total) * i128::from(self.times)
    }

    /// Its value as a number; `None` where that would have to be rounded.
    fn value(&self, totals: &[i64]) -> Option<Value> {
        let parts = self.parts_of(totals);
        if self.over == 1
            && let Ok(steps) = i64::try_from(parts)
        {
            return Some(Value::Number(of_steps(steps)));
        }
        let digits = Decimal::try_from_i128_with_scale(parts, DECIMALS).ok().filter(|_| self.has_an_end())?;
        Some(Value::Number(digits.checked_div(self.over.into())?.normalize()))
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a).unwrap_or(1).max(1)
}
