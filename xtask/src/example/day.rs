//! Days with the serial numbers that Excel gives them, and the cells that a sheet holds.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

/// A civil day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) NaiveDate);

impl Day {
    /// The day from which Excel counts, right from March 1900 on.
    const EPOCH: Self = Self::of(1899, 12, 30);

    /// The day of that year, month and day of the month, which must exist.
    pub(crate) const fn of(year: i32, month: u32, day: u32) -> Self {
        Self(NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar"))
    }

    /// Its year, month and day of the month.
    pub(crate) fn civil(self) -> (i32, u32, u32) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// Its Excel serial number (45356 is 2024-03-05).
    pub(crate) fn serial(self) -> i32 {
        self.since(Self::EPOCH)
    }

    /// How many days it is later than `other`, negative if it is earlier.
    pub(crate) fn since(self, other: Self) -> i32 {
        self.0.num_days_from_ce() - other.0.num_days_from_ce()
    }

    /// The day `days` later, or earlier if negative.
    pub(crate) fn plus(self, days: i32) -> Self {
        Self(self.0 + TimeDelta::days(days.into()))
    }

    /// The last such day of the week up to it.
    pub(crate) fn back_to(self, weekday: Weekday) -> Self {
        Self(self.0 - TimeDelta::days(self.0.weekday().days_since(weekday).into()))
    }
}

/// What one cell of the workbook holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nothing.
    Blank,
    /// Text.
    Text(String),
    /// A number, in tenths.
    Tenths(i32),
    /// A number spelled in decimal, for those that a double cannot hold.
    Number(String),
    /// A date with a date format.
    Date(Day),
    /// A date as a bare serial number, without a date format.
    Serial(Day),
}

impl Cell {
    /// A text cell, or a blank one if the text is empty.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }
}

/// A number of tenths in decimal, without a needless `.0`.
pub(crate) fn decimal(tenths: i32) -> String {
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn serial_numbers_are_those_of_excel() {
        assert_eq!(Day::of(1900, 3, 1).serial(), 61);
        assert_eq!(Day::of(2024, 3, 5).serial(), 45356);
        assert_eq!(Day::of(2024, 10, 31).serial(), 45596);
    }
}
