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
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10 && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    if !shaped {
        return None;
    }
    Day::from_ymd_opt(text.get(..4)?.parse().ok()?, text.get(5..7)?.parse().ok()?, text.get(8..)?.parse().ok()?).and_then(civil)
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
