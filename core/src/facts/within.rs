//! Days of which a source tells no more than the year, the month or two ends, as `unknown` names them: `awarded_on within 2024-03`.
//!
//! A register that says `2024年3月` does not know the day, and still says that no credit of that March was earned in April.

use chrono::{Datelike as _, Months};

use crate::quantity::{Day, parse_day};

/// What stands between the name of a field and what is known of its day.
pub(crate) const WITHIN: &str = " within ";
/// The form of what stands behind it, as a regular expression.
pub(crate) const PATTERN: &str = r"\d{4}(-\d{2})?|\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}";

/// The field that an entry of `unknown` names.
pub(crate) fn name_in(entry: &str) -> &str {
    entry.split_once(WITHIN).map_or(entry, |(name, _)| name)
}

/// What an entry of `unknown` says beside the name of its field, as it was written.
pub(crate) fn written_in(entry: &str) -> Option<&str> {
    entry.split_once(WITHIN).map(|(_, days)| days)
}

/// The first and the last that the day of this field can be, where an entry says so.
pub(crate) fn days_of(field: &str, entry: &str) -> Option<(Day, Day)> {
    parse(entry.strip_prefix(field)?.strip_prefix(WITHIN)?)
}

/// The first and the last day of `2024`, of `2024-03` or of `2024-03-05/2024-03-08`.
pub(crate) fn parse(days: &str) -> Option<(Day, Day)> {
    if let Some((first, last)) = days.split_once('/') {
        let (first, last) = (parse_day(first)?, parse_day(last)?);
        return (first <= last).then_some((first, last));
    }
    match days.len() {
        4 => last_after(parse_day(&format!("{days}-01-01"))?, 12),
        7 => last_after(parse_day(&format!("{days}-01"))?, 1),
        _ => None,
    }
}

/// The first day of a year or of a month, and the last of so many months from it on.
pub(crate) fn last_after(first: Day, months: u32) -> Option<(Day, Day)> {
    Some((first, first.checked_add_months(Months::new(months))?.pred_opt()?))
}

/// Of two entries for one field, one that says of its day what both say; the field alone where they contradict each other.
pub(crate) fn narrowed(one: &str, other: &str) -> String {
    let field = name_in(one);
    match (days_of(field, one), days_of(field, other)) {
        (Some((first, last)), Some((begins, ends))) if first.max(begins) <= last.min(ends) => said(field, first.max(begins), last.min(ends)),
        (Some(_), Some(_)) => field.to_owned(),
        (None, Some(_)) => other.to_owned(),
        (_, None) => one.to_owned(),
    }
}

/// How `unknown` names a field whose day lies between two.
pub(crate) fn said(field: &str, first: Day, last: Day) -> String {
    format!("{field}{WITHIN}{}", written(first, last))
}

/// What is known of a day that lies between two, as short as it can be: `2024-03` of one in March.
pub(crate) fn written(first: Day, last: Day) -> String {
    let (year, month) = (format!("{:04}", first.year()), format!("{:04}-{:02}", first.year(), first.month()));
    let shortest = [year, month].into_iter().find(|days| parse(days) == Some((first, last)));
    shortest.unwrap_or_else(|| format!("{first}/{last}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        parse_day(text).expect("a day")
    }

    #[test]
    fn a_year_a_month_and_two_ends_are_days() {
        for (text, first, last) in [
            ("2024", "2024-01-01", "2024-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2023-12", "2023-12-01", "2023-12-31"),
            ("2024-03-05/2024-03-08", "2024-03-05", "2024-03-08"),
            ("2024-03-05/2024-03-05", "2024-03-05", "2024-03-05"),
        ] {
            assert_eq!(parse(text), Some((day(first), day(last))), "{text}");
        }
        for text in [
            "",
            "24",
            "2024-3",
            "2024-13",
            "202-4",
            "2024-03-05",
            "2024-03-08/2024-03-05",
            "2024-03/2024-04",
            "2024年3月",
            "12-2024",
            "+024",
            "２０２４",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn two_entries_say_together_what_both_say() {
        for (one, other, both) in [
            ("born within 2024", "born within 2024-03", "born within 2024-03"),
            ("born within 2024-03-05/2024-05-01", "born within 2024-02-01/2024-04-05", "born within 2024-03-05/2024-04-05"),
            ("born within 2024-03", "born within 2024-04", "born"),
            ("born", "born within 2024-03", "born within 2024-03"),
            ("born", "born", "born"),
        ] {
            assert_eq!((narrowed(one, other).as_str(), narrowed(other, one).as_str()), (both, both), "{one}, {other}");
        }
    }

    #[test]
    fn they_are_said_as_short_as_they_can_be() {
        for days in ["2024", "2024-02", "2024-03-05/2024-03-08", "2023-01-01/2024-12-31"] {
            let (first, last) = parse(days).expect("days");
            assert_eq!(said("awarded_on", first, last), format!("awarded_on within {days}"));
            assert_eq!(days_of("awarded_on", &said("awarded_on", first, last)), Some((first, last)));
        }
        assert_eq!(days_of("awarded", "awarded_on within 2024"), None);
    }
}
