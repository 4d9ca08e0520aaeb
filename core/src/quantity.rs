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

/// The day, where it lies in the years 1 to 9999: those that the text form and the dates of every language can hold.
pub(crate) fn civil(day: Day) -> Option<Day> {
    (1..=9999).contains(&chrono::Datelike::year(&day)).then_some(day)
}
