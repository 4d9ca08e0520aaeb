//! What the operators compute, on values and on bounds.

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::calendar::Episode;
use super::expr::Part;
use super::syntax::Operator;
use super::val::{Bounds, Text, Val};
use super::{NullReason, calendar, number};
use crate::quantity::civil;

const SECONDS_A_DAY: i64 = 86_400;

/// What an operator makes of two numbers.
type Compute = fn(Decimal, Decimal) -> Result<Decimal, NullReason>;

pub(crate) fn negate<'a>(val: &Val<'a>) -> Val<'a> {
    match val {
        Val::Number(n) => Val::Number(-*n),
        Val::Months(m) => months(m.checked_neg()),
        Val::Seconds(s) => seconds(s.checked_neg()),
        Val::Unsure(Some(bounds)) => {
            let (low, high) = (bounds.high.map(|h| -h), bounds.low.map(|l| -l));
            Val::between(Bounds { low, high, ..**bounds })
        }
        Val::Null(reason) => Val::Null(*reason),
        _ => Val::anything(),
    }
}

/// A sum or difference with a quotient that was rounded, rounded as that was.
pub(crate) fn rounded_sum<'a>(operator: Operator, left: &Val<'a>, right: &Val<'a>) -> Option<Val<'a>> {
    let (Val::Number(left), Val::Number(right)) = (left, right) else { return None };
    match operator {
        Operator::Add => number::add_rounded(*left, *right).ok().map(Val::Number),
        Operator::Subtract => number::add_rounded(*left, -*right).ok().map(Val::Number),
        _ => None,
    }
}

pub(crate) fn compute<'a>(operator: Operator, left: &Val<'a>, right: &Val<'a>) -> Val<'a> {
    use Operator::{Add, Divide, Multiply, Power, Subtract};
    match (operator, left, right) {
        (Add, Val::Number(a), Val::Number(b)) => Val::of_computed(number::add(*a, *b)),
        (Subtract, Val::Number(a), Val::Number(b)) => Val::of_computed(number::subtract(*a, *b)),
        (Multiply, Val::Number(a), Val::Number(b)) => Val::of_computed(number::multiply(*a, *b)),
        (Divide, Val::Number(a), Val::Number(b)) => Val::of_computed(number::divide(*a, *b)),
        (Power, Val::Number(a), Val::Number(b)) => match b.to_i64() {
            Some(exponent) => Val::of_computed(number::power(*a, exponent)),
            None => Val::error(NullReason::OutOfRange),
        },
        (_, Val::Null(a), Val::Null(b)) => Val::Null(a.or(*b)),
        (_, Val::Null(Some(reason)), _) | (_, _, Val::Null(Some(reason))) => Val::error(*reason),
        (_, Val::Null(None), other) | (_, other, Val::Null(None)) => null_or_error(other),
        (_, Val::Unsure(_), _) | (_, _, Val::Unsure(_)) => open(operator, left, right),
        (Add, Val::Text(a), Val::Text(b)) => Val::Text(Text::Made(format!("{}{}", a.as_str(), b.as_str()).into())),
        (Subtract, Val::Date(a), Val::Date(b)) => seconds((*a - *b).num_days().checked_mul(SECONDS_A_DAY)),
        (Add, Val::Date(d), Val::Months(m)) | (Add, Val::Months(m), Val::Date(d)) => date(calendar::add_months(*d, *m)),
        (Subtract, Val::Date(d), Val::Months(m)) => date(m.checked_neg().and_then(|m| calendar::add_months(*d, m))),
        (Add, Val::Date(d), Val::Seconds(s)) | (Add, Val::Seconds(s), Val::Date(d)) => date(add_seconds(*d, *s)),
        (Subtract, Val::Date(d), Val::Seconds(s)) => date(s.checked_neg().and_then(|s| add_seconds(*d, s))),
        (Add, Val::Months(a), Val::Months(b)) => months(a.checked_add(*b)),
        (Subtract, Val::Months(a), Val::Months(b)) => months(a.checked_sub(*b)),
        (Add, Val::Seconds(a), Val::Seconds(b)) => seconds(a.checked_add(*b)),
        (Subtract, Val::Seconds(a), Val::Seconds(b)) => seconds(a.checked_sub(*b)),
        (Multiply, Val::Months(m), Val::Number(n)) | (Multiply, Val::Number(n), Val::Months(m)) => scaled(number::multiply((*m).into(), *n)),
        (Divide, Val::Months(m), Val::Number(n)) => scaled(number::divide((*m).into(), *n)),
        (Multiply, Val::Seconds(s), Val::Number(n)) | (Multiply, Val::Number(n), Val::Seconds(s)) => exact_seconds(number::multiply((*s).into(), *n)),
        (Divide, Val::Seconds(s), Val::Number(n)) => exact_seconds(number::divide((*s).into(), *n)),
        (Divide, Val::Months(a), Val::Months(b)) | (Divide, Val::Seconds(a), Val::Seconds(b)) => {
            Val::of_computed(number::divide(Decimal::from(*a), Decimal::from(*b)))
        }
        _ => Val::error(NullReason::BadArgument),
    }
}

/// A months duration times or by a number: whole months, cut towards zero.
fn scaled<'a>(size: Result<Decimal, NullReason>) -> Val<'a> {
    match size {
        Ok(size) => months(size.trunc().to_i64()),
        Err(reason) => Val::error(reason),
    }
}

/// A seconds duration times or by a number; a part of a second cannot be held.
fn exact_seconds<'a>(size: Result<Decimal, NullReason>) -> Val<'a> {
    match size {
        Ok(size) => seconds(if size.fract().is_zero() { size.to_i64() } else { None }),
        Err(reason) => Val::error(reason),
    }
}

/// A date that was moved; every day has one before and one after it, so that only the calendar's ends are in the way.
fn date<'a>(date: Option<NaiveDate>) -> Val<'a> {
    date.and_then(civil).map_or(Val::error(NullReason::OutOfRange), Val::Date)
}

fn months<'a>(months: Option<i64>) -> Val<'a> {
    months.map_or(Val::error(NullReason::OutOfRange), Val::Months)
}

fn seconds<'a>(seconds: Option<i64>) -> Val<'a> {
    seconds.map_or(Val::error(NullReason::OutOfRange), Val::Seconds)
}

/// A date is its midnight: what falls within a day is that day.
fn add_seconds(date: NaiveDate, seconds: i64) -> Option<NaiveDate> {
    let days = seconds.div_euclid(SECONDS_A_DAY);
    let size = Days::new(days.unsigned_abs());
    if days < 0 { date.checked_sub_days(size) } else { date.checked_add_days(size) }
}

pub(crate) fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce())
}

pub(crate) fn day_of_number(number: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)
}

impl Part {
    /// This part of a date; `None` for what only durations have.
    pub(super) fn of_date(self, date: NaiveDate) -> Option<i64> {
        match self {
            Self::Year => Some(i64::from(date.year())),
            Self::Month => Some(i64::from(date.month())),
            Self::Day => Some(i64::from(date.day())),
            Self::Weekday => Some(i64::from(date.weekday().number_from_monday())),
            _ => None,
        }
    }
}

pub(crate) fn part<'a>(val: &Val<'a>, part: Part) -> Val<'a> {
    let of_duration = |size: i64| match part {
        Part::Years => size / 12,
        Part::Months => size % 12,
        Part::Days => size / SECONDS_A_DAY,
        Part::Hours => size % SECONDS_A_DAY / 3_600,
        Part::Minutes => size % 3_600 / 60,
        _ => size % 60,
    };
    match val {
        Val::Date(date) => part.of_date(*date).map_or(Val::NULL, |n| Val::Number(n.into())),
        Val::Months(size) | Val::Seconds(size) => Val::Number(of_duration(*size).into()),
        Val::Null(reason) => Val::Null(*reason),
        other => other.days().and_then(|days| part_within(days, part)).unwrap_or_else(|| other.open()),
    }
}

/// What is known of a part of a date that lies between two.
fn part_within<'a>(days: Episode, part: Part) -> Option<Val<'a>> {
    let is_ordered = match part {
        Part::Year => true,
        Part::Month => days.first.year() == days.last.year(),
        Part::Day => days.first.year() == days.last.year() && days.first.month() == days.last.month(),
        _ => false,
    };
    let (low, high) = (part.of_date(days.first)?, part.of_date(days.last)?);
    is_ordered.then(|| Val::between(Bounds { low: Some(low.into()), high: Some(high.into()), ..Bounds::default() }))
}

/// A date between two, so much later or earlier.
fn moved<'a>(operator: Operator, left: &Val<'a>, right: &Val<'a>) -> Option<Val<'a>> {
    let (date, by) = if matches!(right, Val::Months(_) | Val::Seconds(_)) { (left, right) } else { (right, left) };
    let is_moved =
        matches!(by, Val::Months(_) | Val::Seconds(_)) && (operator == Operator::Add || operator == Operator::Subtract && std::ptr::eq(by, right));
    let end = |day: NaiveDate| if let Val::Date(day) = compute(operator, &Val::Date(day), by) { Some(day) } else { None };
    let days = date.days().filter(|_| is_moved)?;
    Some(Val::within(end(days.first)?, end(days.last)?))
}

/// Arithmetic where a side is open: bounds where they follow, else anything.
fn open<'a>(operator: Operator, left: &Val<'a>, right: &Val<'a>) -> Val<'a> {
    if let Some(moved) = moved(operator, left, right) {
        return moved;
    }
    let both = match (operator, left, right) {
        (_, Val::Number(_) | Val::Unsure(Some(_)), Val::Number(_) | Val::Unsure(Some(_))) => left.bounds().zip(right.bounds()),
        _ => None,
    };
    let Some((a, b)) = both else { return Val::anything() };
    let (null, error) = (a.null || b.null, a.error || b.error);
    let pair = |f: Compute, x: Option<Decimal>, y: Option<Decimal>| x.zip(y).and_then(|(x, y)| f(x, y).ok());
    let (low, high) = match operator {
        Operator::Add => (pair(number::add, a.low, b.low), pair(number::add, a.high, b.high)),
        Operator::Subtract => (pair(number::subtract, a.low, b.high), pair(number::subtract, a.high, b.low)),
        Operator::Multiply | Operator::Divide => match (left, right) {
            (_, Val::Number(by)) if operator == Operator::Multiply || !by.is_zero() => {
                let compute = if operator == Operator::Multiply { number::multiply } else { number::divide };
                stretched(a, *by, compute)
            }
            (Val::Number(by), _) if operator == Operator::Multiply => stretched(b, *by, number::multiply),
            _ => return Val::anything(),
        },
        Operator::Power => return Val::anything(),
    };
    Val::Unsure(Some(std::rc::Rc::new(Bounds { low, high, null, error, days: None })))
}

/// What an operation on null and something else comes to: null, or the error that the other may be.
fn null_or_error<'a>(other: &Val<'a>) -> Val<'a> {
    match other {
        Val::Unsure(Some(bounds)) if bounds.error => Val::anything(),
        _ => Val::NULL,
    }
}

fn stretched(bounds: Bounds, by: Decimal, compute: Compute) -> (Option<Decimal>, Option<Decimal>) {
    let ends = (bounds.low.and_then(|l| compute(l, by).ok()), bounds.high.and_then(|h| compute(h, by).ok()));
    if by.is_sign_negative() && !by.is_zero() { (ends.1, ends.0) } else { ends }
}
