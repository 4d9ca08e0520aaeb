//! Civil days as Excel counts them, and the cells that a sheet holds.

/// A civil day as its Excel serial number (45356 is 2024-03-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) i32);

/// The serial number of 1970-01-01.
const UNIX_EPOCH: i32 = 25569;

impl Day {
    /// The day of that year, month and day of the month, which must exist.
    pub(crate) const fn of(year: i32, month: i32, day: i32) -> Self {
        // Years begin in March here, so that a leap day is the last of its year.
        let shifted = if month <= 2 { year - 1 } else { year };
        let era = shifted.div_euclid(400);
        let year_of_era = shifted.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * 146_097 + day_of_era - 719_468 + UNIX_EPOCH)
    }

    /// Its year, month and day of the month.
    pub(crate) fn civil(self) -> (i32, i32, i32) {
        let days = self.0 - UNIX_EPOCH + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = (shifted_month + 2) % 12 + 1;
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month, day)
    }

    /// The day `days` later, or earlier if negative.
    pub(crate) fn plus(self, days: i32) -> Self {
        Self(self.0 + days)
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
        assert_eq!(Day::of(2024, 3, 5), Day(45356));
        assert_eq!(Day::of(2024, 10, 31), Day(45596));
        assert_eq!(Day::of(2023, 11, 1), Day(45231));
    }

    #[test]
    fn each_day_of_a_century_comes_back() {
        for serial in 20000..60000 {
            let (year, month, day) = Day(serial).civil();
            assert_eq!(Day::of(year, month, day), Day(serial));
        }
    }
}
