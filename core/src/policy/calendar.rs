//! The days of a year that a policy names: what has to be done, by when, under which provision.

use std::collections::HashSet;

use medtrain_macros::crosses;

use super::{Policy, PolicySet, Provision, Text};
use crate::feel::{Compiled, Evaluator, Once, Val, Value};
use crate::order::order_by_key;
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::quantity::Day;

/// A day, or a span of days, on which something has to be done.
#[crosses]
pub struct CalendarEntry {
    /// Provision, place and year, `cq-hours.1.2024`: it stays when the day moves within the year.
    pub id: String,
    /// The provision, such as `cq-hours`.
    pub provision: String,
    /// Its article in the document.
    pub article: String,
    /// The first day.
    pub from: Day,
    /// The last day, inclusive; the first day again where it is one alone.
    pub until: Day,
    /// What has to be done, in Chinese.
    pub zh: String,
    /// What has to be done, in English.
    pub en: String,
}

/// A day, or a span of days, that a provision names for each year.
#[derive(Debug)]
pub(crate) struct DateRule {
    /// The day, or the first of a span.
    pub(crate) from: Compiled,
    /// The last day of a span.
    pub(crate) until: Option<Compiled>,
    pub(crate) text: Text,
}

impl DateRule {
    /// The days of a year's entry; `None` where there is no such day that year, or the span ends before it begins.
    pub(crate) fn days(&self, year: i32) -> Option<(Day, Day)> {
        let given = [Value::from(i64::from(year))];
        let day = |compiled: &Compiled| match Evaluator::new(&given, Day::default(), Once::default()).value(compiled) {
            Val::Date(day) => Some(day),
            _ => None,
        };
        let from = day(&self.from)?;
        let until = self.until.as_ref().map_or(Some(from), day)?;
        (from <= until).then_some((from, until))
    }
}

impl Policy {
    /// What the policy asks for in a calendar year, by its days.
    ///
    /// Each of its dates is taken for this year, and listed where it touches the year while its provision binds. A span over New Year stands in the
    /// calendar of the year that its expressions name, and in no other.
    ///
    /// ```
    /// use medtrain::policy::Policy;
    ///
    /// let policy = Policy::from_toml("fees.toml", r#"
    ///     [policy]
    ///     id = "fees"
    ///     number = "1"
    ///     issued = 2024-01-01
    ///
    ///     [[provision]]
    ///     id = "report"
    ///     article = "2"
    ///     subject = "institution"
    ///     modality = "shall"
    ///
    ///       [[provision.date]]
    ///       on = 'date(year, 11, 30)'
    ///       zh = "上报经费使用情况。"
    ///       en = "Report how the fees were spent."
    /// "#)?;
    /// let days: Vec<String> = policy.calendar(2024).iter().map(|entry| entry.from.to_string()).collect();
    /// assert_eq!(days, ["2024-11-30"]);
    /// assert!(policy.calendar(2023).is_empty(), "it did not bind yet");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn calendar(&self, year: i32) -> Vec<CalendarEntry> {
        let (Some(first), Some(last)) = (Day::from_ymd_opt(year, 1, 1), Day::from_ymd_opt(year, 12, 31)) else { return Vec::new() };
        let mut entries: Vec<CalendarEntry> = Vec::new();
        for provision in &self.provisions {
            let (binds_from, binds_until) = self.in_force(provision);
            let (first, last) = (first.max(binds_from), binds_until.map_or(last, |until| last.min(until)));
            let touching = |(from, until): &(Day, Day)| first.max(*from) <= last.min(*until);
            for (rule, number) in provision.dates.iter().zip(1_usize..) {
                entries.extend(rule.days(year).filter(touching).map(|days| entry(provision, rule, number, days)));
            }
        }
        order_by_key(&mut entries, |entry| (entry.from, entry.until));
        entries
    }
}

impl PolicySet {
    /// What a policy asks for in a calendar year, by its days, each day by the version in force on it.
    ///
    /// # Errors
    /// No policy has this id; the nearest one is named. A year beyond 1 to 9999.
    pub fn calendar(&self, policy: &str, year: i32) -> Result<Vec<CalendarEntry>, TrainingError> {
        self.policy(policy)?;
        if !(1..=9999).contains(&year) {
            return Err(Problem::new(ProblemCode::OutOfRange, "year", "expected a year from 1 to 9999")
                .with_cure("give the year in four digits, such as 2024")
                .into());
        }
        let mut entries: Vec<CalendarEntry> = self.versions(policy).flat_map(|version| version.calendar(year)).collect();
        order_by_key(&mut entries, |entry| (entry.from, entry.until));
        // What two versions ask for on the same days, such as a span over the day of change, is asked once.
        let mut seen = HashSet::new();
        entries.retain(|entry| seen.insert((entry.id.clone(), entry.from, entry.until)));
        Ok(entries)
    }
}

fn entry(provision: &Provision, rule: &DateRule, number: usize, (from, until): (Day, Day)) -> CalendarEntry {
    use chrono::Datelike;
    CalendarEntry {
        id: format!("{}.{number}.{}", provision.id, from.year()),
        provision: provision.id.clone(),
        article: provision.article.clone(),
        from,
        until,
        zh: rule.text.zh.clone(),
        en: rule.text.en.clone(),
    }
}
