//! Exact quantities: credits, hours, yuan, days, and the units that keep them apart.
//!
//! In comes text (`"12.5"`, `"2024-10-31"`), out goes the same text, normalised. INVARIANT: no quantity ever passes through a binary float.

mod amount;
mod unit;

pub(crate) use amount::LARGEST;
pub use amount::{Credits, Hours, Yuan, parse_decimal};
pub use unit::Unit;

/// A civil date: no time of day, no time zone.
pub type Day = chrono::NaiveDate;

/// Reads a civil date from its one text form, `YYYY-MM-DD`.
#[must_use]
pub fn parse_day(text: &str) -> Option<Day> {
    let (year, rest) = text.as_bytes().split_first_chunk::<4>()?;
    let [b'-', month @ .., b'-', _, _] = rest else { return None };
    let (_, day) = rest.split_last_chunk::<2>()?;
    let month: &[u8; 2] = month.try_into().ok()?;
    let number = |digits: &[u8]| digits.iter().try_fold(0, |number, digit| Some(number * 10 + char::from(*digit).to_digit(10)?));
    Day::from_ymd_opt(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?).and_then(civil)
}

/// The first day of the year 1 and the last of the year 9999: the days that the text form and the dates of every language can hold.
pub(crate) const CIVIL_DAYS: (Day, Day) = match (Day::from_ymd_opt(1, 1, 1), Day::from_ymd_opt(9999, 12, 31)) {
    (Some(first), Some(last)) => (first, last),
    _ => (Day::MIN, Day::MAX),
};

/// The day, where it is one of these.
pub(crate) fn civil(day: Day) -> Option<Day> {
    (CIVIL_DAYS.0..=CIVIL_DAYS.1).contains(&day).then_some(day)
}
