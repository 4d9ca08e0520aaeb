//! Months and episodes: what FEEL lacks for this field (readings R3 and R4).

use chrono::{Days, Months, NaiveDate};

use crate::quantity::parse_day;

/// A stretch of whole days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Episode {
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
}

/// Whether a text that is no day here is, or may be, a date that FEEL knows: of a far year, with a zone or with a time of day.
pub(crate) fn is_known_to_feel_alone(text: &str) -> bool {
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    let zoned = text.split_at_checked(10).is_some_and(|(day, zone)| parse_day(day).is_some() && zone.starts_with(['Z', 'z', '+', '-', '@']));
    is_of_far_year(day) || zoned || day.len() < text.len() && parse_day(day).is_some()
}

/// Whether a text has the form of a date outside the years 1 to 9999.
fn is_of_far_year(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.split_once('-').is_some_and(|(year, _)| {
        let is_long = year.len() > 4 && !year.starts_with('0');
        (text.starts_with('-') || is_long || year == "0000") && !year.is_empty() && year.bytes().all(|b| b.is_ascii_digit())
    })
}

/// A date so many months later, clamped to the last day of its month.
pub(crate) fn add_months(date: NaiveDate, months: i64) -> Option<NaiveDate> {
    let size = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months < 0 { date.checked_sub_months(size) } else { date.checked_add_months(size) }
}

impl Episode {
    /// Whether no day is of both.
    pub(crate) fn is_apart_from(self, other: Self) -> bool {
        self.last < other.first || other.last < self.first
    }

    /// The day after its last.
    fn end(self) -> NaiveDate {
        self.last.checked_add_days(Days::new(1)).unwrap_or(self.last)
    }

    /// Whole months, and the days left over: N months have passed when first day + N months is not after the day after the last.
    pub(crate) fn months_and_days(self) -> (i64, i64) {
        let end = self.end();
        let mut months = (i64::from(chrono::Datelike::year(&end)) - i64::from(chrono::Datelike::year(&self.first))) * 12
            + i64::from(chrono::Datelike::month(&end))
            - i64::from(chrono::Datelike::month(&self.first));
        while months > 0 && add_months(self.first, months).is_none_or(|reached| reached > end) {
            months -= 1;
        }
        let reached = add_months(self.first, months).unwrap_or(self.first);
        (months, (end - reached).num_days())
    }
}

/// Merges episodes that overlap or touch, in the order of time.
pub(crate) fn merged(mut episodes: Vec<Episode>) -> Vec<Episode> {
    episodes.sort_unstable();
    let mut merged: Vec<Episode> = Vec::with_capacity(episodes.len());
    for episode in episodes {
        match merged.last_mut() {
            Some(last) if episode.first <= last.end() => last.last = last.last.max(episode.last),
            _ => merged.push(episode),
        }
    }
    merged
}

/// Whole months of several episodes: of each by itself, and one more for every 30 days left over among them.
pub(crate) fn whole_months(episodes: Vec<Episode>) -> i64 {
    let merged = merged(episodes);
    let parts: Vec<_> = merged.iter().map(|episode| episode.months_and_days()).collect();
    match parts.as_slice() {
        [(months, _)] => *months,
        several => several.iter().map(|(months, _)| months).sum::<i64>() + several.iter().map(|(_, days)| days).sum::<i64>() / 30,
    }
}

/// The largest number of episodes that share a day.
pub(crate) fn largest_overlap(episodes: &[Episode]) -> usize {
    let mut changes: Vec<(NaiveDate, bool)> = episodes.iter().flat_map(|e| [(e.first, true), (e.end(), false)]).collect();
    // On one day, those that ended the day before leave before others begin.
    changes.sort_unstable();
    let (mut now, mut most) = (0_usize, 0);
    for (_, begins) in changes {
        now = if begins { now + 1 } else { now.saturating_sub(1) };
        most = most.max(now);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn episode(first: &str, last: &str) -> Episode {
        let day = |text| crate::quantity::parse_day(text).expect("a date");
        Episode { first: day(first), last: day(last) }
    }

    #[test]
    fn six_months_end_on_the_day_before_the_same_day() {
        assert_eq!(whole_months(vec![episode("2024-03-01", "2024-08-31")]), 6);
        assert_eq!(whole_months(vec![episode("2024-03-01", "2024-08-30")]), 5);
    }

    #[test]
    fn months_clamp_to_the_last_day_of_the_month() {
        assert_eq!(whole_months(vec![episode("2024-01-31", "2024-02-28")]), 1);
        assert_eq!(whole_months(vec![episode("2024-01-31", "2024-02-27")]), 0);
        assert_eq!(whole_months(vec![episode("2023-11-30", "2024-05-29")]), 6);
    }

    #[test]
    fn touching_episodes_are_one_and_others_share_their_days() {
        assert_eq!(whole_months(vec![episode("2024-01-01", "2024-01-31"), episode("2024-02-01", "2024-02-29")]), 2);
        assert_eq!(whole_months(vec![episode("2024-01-01", "2024-02-15"), episode("2024-04-01", "2024-05-15")]), 3, "15 and 15 days are a month");
        assert_eq!(whole_months(vec![episode("2024-01-01", "2024-02-14"), episode("2024-04-01", "2024-05-15")]), 2, "14 and 15 are not");
    }

    #[test]
    fn an_overlap_counts_days_shared_not_rows() {
        let (a, b, c) = (episode("2024-01-01", "2024-01-31"), episode("2024-01-31", "2024-02-10"), episode("2024-02-01", "2024-02-05"));
        assert_eq!(largest_overlap(&[a, b, c]), 2);
        assert_eq!(largest_overlap(&[a, c]), 1);
        assert_eq!(largest_overlap(&[]), 0);
    }
}
