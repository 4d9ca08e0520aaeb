//! Exact arithmetic: 28 significant digits, ties to even, and an error where a result cannot be held.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{NullReason, column};

type Computed = Result<Decimal, NullReason>;

/// The largest mantissa of 28 digits.
const LARGEST: i128 = 9_999_999_999_999_999_999_999_999_999;

fn settle(result: Option<Decimal>) -> Computed {
    let value = result.ok_or(NullReason::OutOfRange)?;
    if value.mantissa().abs() <= LARGEST {
        return Ok(value);
    }
    value.round_sf_with_strategy(28, RoundingStrategy::MidpointNearestEven).ok_or(NullReason::OutOfRange)
}

pub(crate) fn add(a: Decimal, b: Decimal) -> Computed {
    settle(a.checked_add(b))
}

pub(crate) fn subtract(a: Decimal, b: Decimal) -> Computed {
    settle(a.checked_sub(b))
}

pub(crate) fn multiply(a: Decimal, b: Decimal) -> Computed {
    let product = settle(a.checked_mul(b))?;
    if product.is_zero() && !a.is_zero() && !b.is_zero() { Err(NullReason::OutOfRange) } else { Ok(product) }
}

pub(crate) fn divide(a: Decimal, b: Decimal) -> Computed {
    if b.is_zero() {
        return Err(NullReason::DivisionByZero);
    }
    let quotient = settle(a.checked_div(b))?;
    if quotient.is_zero() && !a.is_zero() { Err(NullReason::OutOfRange) } else { Ok(quotient) }
}

/// A whole power; a negative one of the reciprocal.
pub(crate) fn power(base: Decimal, exponent: i64) -> Computed {
    let mut result = Decimal::ONE;
    let mut square = base;
    let mut rest = exponent.unsigned_abs();
    while rest > 0 {
        if rest & 1 == 1 {
            result = multiply(result, square)?;
        }
        rest >>= 1;
        if rest > 0 {
            square = multiply(square, square)?;
        }
    }
    if exponent < 0 { divide(Decimal::ONE, result) } else { Ok(result) }
}

/// The floored remainder, with the sign of the divisor.
pub(crate) fn modulo(a: Decimal, b: Decimal) -> Computed {
    if b.is_zero() {
        return Err(NullReason::DivisionByZero);
    }
    let rest = a.checked_rem(b).ok_or(NullReason::OutOfRange)?;
    if rest.is_zero() || rest.is_sign_negative() == b.is_sign_negative() { Ok(rest) } else { add(rest, b) }
}

/// Rounds to so many decimal places; a negative scale rounds to tens, hundreds and so on.
pub(crate) fn round(value: Decimal, scale: i64, strategy: RoundingStrategy) -> Computed {
    if !(-6111..=6176).contains(&scale) {
        return Err(NullReason::BadArgument);
    }
    match u32::try_from(scale) {
        Ok(places) => Ok(value.round_dp_with_strategy(places.min(28), strategy)),
        Err(_) if scale < -28 => {
            // The step is beyond every number that can be held: only zero, or a step away from it, is left.
            let away = Decimal::new(if value.is_sign_negative() { -1 } else { 1 }, 1);
            let up = !value.is_zero() && !away.round_dp_with_strategy(0, strategy).is_zero();
            if up { Err(NullReason::OutOfRange) } else { Ok(Decimal::ZERO) }
        }
        Err(_) => {
            let step = power(Decimal::TEN, -scale)?;
            multiply(divide(value, step)?.round_dp_with_strategy(0, strategy), step)
        }
    }
}

/// A quotient that was not divided: how ratios are compared without rounding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ratio {
    pub(crate) numerator: Decimal,
    pub(crate) denominator: Decimal,
}

impl Ratio {
    pub(crate) fn whole(value: Decimal) -> Self {
        Self { numerator: value, denominator: Decimal::ONE }
    }

    /// The quotient of two numbers, with its sign above the line.
    pub(crate) fn new(numerator: Decimal, denominator: Decimal) -> Result<Self, NullReason> {
        match denominator.cmp(&Decimal::ZERO) {
            Ordering::Equal => Err(NullReason::DivisionByZero),
            Ordering::Less => Ok(Self { numerator: -numerator, denominator: -denominator }),
            Ordering::Greater => Ok(Self { numerator, denominator }),
        }
    }

    /// The order of two quotients, by multiplying across; exact as long as the products have 38 digits.
    pub(crate) fn compare(self, other: Self) -> Result<Ordering, NullReason> {
        if self.denominator == other.denominator {
            return Ok(self.numerator.cmp(&other.numerator));
        }
        match (product(self.numerator, other.denominator), product(other.numerator, self.denominator)) {
            (Some(left), Some(right)) => {
                if let Some(order) = compare_scaled(left, right) {
                    return Ok(order);
                }
            }
            _ => return Ok(divide(self.numerator, self.denominator)?.cmp(&divide(other.numerator, other.denominator)?)),
        }
        Ok(divide(self.numerator, self.denominator)?.cmp(&divide(other.numerator, other.denominator)?))
    }
}

/// An exact product, as a whole number and how many of its digits stand behind the point.
fn product(a: Decimal, b: Decimal) -> Option<(i128, u32)> {
    Some((a.mantissa().checked_mul(b.mantissa())?, a.scale() + b.scale()))
}

fn compare_scaled((a, a_scale): (i128, u32), (b, b_scale): (i128, u32)) -> Option<Ordering> {
    let scale = a_scale.max(b_scale);
    let widen = |n: i128, from: u32| n.checked_mul(10_i128.checked_pow(scale - from)?);
    Some(widen(a, a_scale)?.cmp(&widen(b, b_scale)?))
}

/// So many steps of a column's numbers, as a number.
pub(crate) fn of_steps(steps: i64) -> Decimal {
    shortest(steps, column::DECIMALS)
}

/// A number without zeros at the end.
fn shortest(mut digits: i64, mut scale: u32) -> Decimal {
    while scale > 0 && digits % 10 == 0 {
        digits /= 10;
        scale -= 1;
    }
    Decimal::new(digits, scale)
}

/// An exact sum, kept short as long as it can be.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sum {
    /// What was added that has few decimals, in [`STEPS`](Sum::STEPS).
    short: i128,
    /// What was added besides.
    long: Decimal,
    /// It grew beyond what can be held, and stays so.
    beyond: bool,
}

impl Sum {
    /// How many decimals the short part has.
    const DECIMALS: u32 = 6;
    /// How many steps of the short part one is, by the number of decimals that a number has.
    const STEPS: [i128; 7] = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

    pub(crate) fn add(&mut self, value: Decimal) {
        let steps = Self::STEPS.get(value.scale() as usize);
        if let Some(sum) = steps.and_then(|steps| self.short.checked_add(value.mantissa().checked_mul(*steps)?)) {
            self.short = sum;
        } else {
            match add(self.long, value) {
                Ok(sum) => self.long = sum,
                Err(_) => self.beyond = true,
            }
        }
    }

    /// Adds so many steps of a column's numbers.
    pub(crate) fn add_steps(&mut self, steps: i64) {
        const STEPS: i128 = 10_i128.pow(Sum::DECIMALS - column::DECIMALS);
        match self.short.checked_add(i128::from(steps) * STEPS) {
            Some(sum) => self.short = sum,
            None => self.beyond = true,
        }
    }

    pub(crate) fn value(self) -> Computed {
        if self.beyond {
            return Err(NullReason::OutOfRange);
        }
        let short = self.short_value()?;
        if self.long.is_zero() { Ok(short) } else { add(short, self.long) }
    }

    fn short_value(&self) -> Computed {
        let (mut digits, mut scale) = (self.short, Self::DECIMALS);
        // The figures of this field have few decimals, and most sums fit the machine, which divides faster than any longer number.
        if let Ok(short) = i64::try_from(digits) {
            return Ok(shortest(short, scale));
        }
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        settle(Decimal::try_from_i128_with_scale(digits, scale).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn a_quotient_keeps_28_digits() {
        assert_eq!(divide(d("1"), d("3")), Ok(d("0.3333333333333333333333333333")));
        assert_eq!(divide(d("2"), d("3")), Ok(d("0.6666666666666666666666666667")));
        assert_eq!(divide(d("1"), d("0")), Err(NullReason::DivisionByZero));
    }

    #[test]
    fn ratios_are_compared_without_dividing() {
        let third = Ratio::new(d("1"), d("3")).expect("a ratio");
        let written = Ratio::whole(d("0.3333333333333333333333333333"));
        assert_eq!(third.compare(written), Ok(Ordering::Greater));
        assert_eq!(Ratio::new(d("-95"), d("-100")).expect("a ratio").compare(Ratio::whole(d("0.95"))), Ok(Ordering::Equal));
    }

    #[test]
    fn rounding_to_tens_and_beyond_what_can_be_held() {
        assert_eq!(round(d("1250"), -2, RoundingStrategy::MidpointNearestEven), Ok(d("1200")));
        assert_eq!(round(d("5.5"), -6111, RoundingStrategy::ToZero), Ok(d("0")));
        assert_eq!(round(d("5.5"), 6177, RoundingStrategy::ToZero), Err(NullReason::BadArgument));
    }
}
