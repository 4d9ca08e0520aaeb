//! Exact arithmetic: of 28 digits, 28 of them behind the point at most, and an error where a result cannot be held.
//!
//! INVARIANT: sums, differences, products and powers lose no digit, and neither does a quotient that has an end. One that has none is rounded, a tie to the
//! even digit, and nothing more is computed from it than its sum with an exact number.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{NullReason, column};

type Computed = Result<Decimal, NullReason>;

/// The largest mantissa of 28 digits.
const LARGEST: i128 = 9_999_999_999_999_999_999_999_999_999;

/// A whole number, and how many of its digits stand behind the point.
type Scaled = (i128, u32);

/// Whether a number has no more digits than may be held.
pub(crate) fn is_held(value: Decimal) -> bool {
    value.mantissa().abs() <= LARGEST
}

/// A result that may have lost digits, where it would have been exactly this; `None` where that has more than 38 digits.
#[cold]
fn settle(value: Decimal, exact: Option<Scaled>) -> Computed {
    let rounded = shortened(value)?;
    match exact {
        Some(exact) if compare_scaled(exact, (rounded.mantissa(), rounded.scale())) == Some(Ordering::Equal) => Ok(rounded),
        _ => Err(NullReason::OutOfRange),
    }
}

/// A number of 28 digits at most.
fn shortened(value: Decimal) -> Computed {
    if is_held(value) {
        return Ok(value);
    }
    value.round_sf_with_strategy(28, RoundingStrategy::MidpointNearestEven).ok_or(NullReason::OutOfRange)
}

pub(crate) fn add(a: Decimal, b: Decimal) -> Computed {
    let sum = a.checked_add(b).ok_or(NullReason::OutOfRange)?;
    if sum.scale() == a.scale().max(b.scale()) && is_held(sum) {
        return Ok(sum);
    }
    let exact = || {
        let (a, b) = (a.normalize(), b.normalize());
        let scale = a.scale().max(b.scale());
        Some((widened(a.mantissa(), scale - a.scale())?.checked_add(widened(b.mantissa(), scale - b.scale())?)?, scale))
    };
    settle(sum, exact())
}

/// The sum of an exact number and a quotient that was rounded.
pub(crate) fn add_rounded(a: Decimal, b: Decimal) -> Computed {
    shortened(a.checked_add(b).ok_or(NullReason::OutOfRange)?)
}

pub(crate) fn subtract(a: Decimal, b: Decimal) -> Computed {
    add(a, -b)
}

pub(crate) fn multiply(a: Decimal, b: Decimal) -> Computed {
    if a.is_zero() || b.is_zero() {
        return Ok(Decimal::ZERO);
    }
    let value = a.checked_mul(b).ok_or(NullReason::OutOfRange)?;
    if value.scale() == a.scale() + b.scale() && is_held(value) {
        return Ok(value);
    }
    let value = settle(value, product(a.normalize(), b.normalize()))?;
    if value.is_zero() { Err(NullReason::OutOfRange) } else { Ok(value) }
}

/// A quotient: one that has an end is exact or an error, one that has none is rounded to as many of 28 digits as stand within 28 behind the point.
pub(crate) fn divide(a: Decimal, b: Decimal) -> Computed {
    /// What is rounded to fewer than 16 digits stands too far behind the point.
    const FEW: u128 = 1_000_000_000_000_000;
    let quotient = quotient(a, b)?;
    let is_exact = || b.checked_mul(quotient).is_some_and(|back| back == a);
    if is_exact() || !has_end(a, b) && quotient.mantissa().unsigned_abs() >= FEW { Ok(quotient) } else { Err(NullReason::OutOfRange) }
}

/// Whether a quotient has an end: reduced, its divisor has no other factors than 2 and 5.
pub(crate) fn has_end(a: Decimal, b: Decimal) -> bool {
    let mut divisor = b.mantissa().unsigned_abs();
    divisor /= greatest_common_divisor(a.mantissa().unsigned_abs(), divisor).max(1);
    for factor in [2, 5] {
        while divisor > 0 && divisor.is_multiple_of(factor) {
            divisor /= factor;
        }
    }
    divisor == 1
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The quotient, however much of it is lost.
fn quotient(a: Decimal, b: Decimal) -> Computed {
    if b.is_zero() {
        return Err(NullReason::DivisionByZero);
    }
    let quotient = shortened(a.checked_div(b).ok_or(NullReason::OutOfRange)?)?;
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
            multiply(quotient(value, step)?.round_dp_with_strategy(0, strategy), step)
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
        let across = product(self.numerator, other.denominator).zip(product(other.numerator, self.denominator));
        match across.and_then(|(left, right)| compare_scaled(left, right)) {
            Some(order) => Ok(order),
            None => Ok(quotient(self.numerator, self.denominator)?.cmp(&quotient(other.numerator, other.denominator)?)),
        }
    }
}

/// An exact product.
fn product(a: Decimal, b: Decimal) -> Option<Scaled> {
    Some((a.mantissa().checked_mul(b.mantissa())?, a.scale() + b.scale()))
}

/// The same number with so many more digits behind the point.
fn widened(digits: i128, by: u32) -> Option<i128> {
    digits.checked_mul(10_i128.checked_pow(by)?)
}

fn compare_scaled((a, a_scale): Scaled, (b, b_scale): Scaled) -> Option<Ordering> {
    let scale = a_scale.max(b_scale);
    Some(widened(a, scale - a_scale)?.cmp(&widened(b, scale - b_scale)?))
}

/// Whether a whole number is odd; `None` where a number is not whole.
pub(crate) fn is_odd(number: Decimal) -> Option<bool> {
    number.fract().is_zero().then(|| number.trunc().mantissa() % 2 != 0)
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
            self.add_long(value);
        }
    }

    fn add_long(&mut self, value: Decimal) {
        match add(self.long, value) {
            Ok(sum) => self.long = sum,
            Err(_) => self.beyond = true,
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
        let one = 10_i128.pow(scale);
        let part = |digits, scale| Decimal::try_from_i128_with_scale(digits, scale).map_err(|_| NullReason::OutOfRange);
        add(part(digits / one, 0)?, part(digits % one, scale)?)
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
    fn a_digit_that_is_lost_is_an_error_unless_a_quotient_was_rounded_before() {
        let (large, small) = (d("9999999999999999999999999999"), d("0.00000000000000000001"));
        for compute in [add, subtract, multiply] {
            assert_eq!(compute(large, d("1.5")), Err(NullReason::OutOfRange));
        }
        assert_eq!(multiply(large, small), Ok(d("99999999.99999999999999999999")));
        assert_eq!(add(d("0.5"), d("9.50")), Ok(d("10")));
        assert_eq!(add(large, d("1")), Ok(d("10000000000000000000000000000")));
        assert_eq!(multiply(d("5000000000000000.00000000000"), d("2000000000000.0000000000000000")), Ok(d("10000000000000000000000000000")));
        assert_eq!(multiply(small, small), Err(NullReason::OutOfRange));
    }

    #[test]
    fn a_sum_knows_whether_digits_were_lost_on_the_way() {
        let mut sum = Sum::default();
        for part in ["9999999999999999999999999999", "0.5", "-9999999999999999999999999999"] {
            sum.add(d(part));
        }
        assert_eq!(sum.value().map(|sum| sum.normalize()), Ok(d("0.5")));
        for part in ["9999999999999999999999999999", "0.12345678"] {
            sum.add(d(part));
        }
        assert_eq!(sum.value(), Err(NullReason::OutOfRange));
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
