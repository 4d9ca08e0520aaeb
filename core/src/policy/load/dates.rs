//! `[[provision.date]]`: the days of the calendar.

use super::texts;
use crate::feel::{Compiled, Names, Type};
use crate::policy::calendar::DateRule;
use crate::policy::table::Table;
use crate::problem::ProblemCode;

/// A leap year, in which every day of a year exists that may.
const PROBE: i32 = 2024;

/// The days that a provision names; their expressions know the year alone.
pub(super) fn read(provision: &Table<'_>, names: &Names<'_>) -> Vec<DateRule> {
    let mut rules = Vec::new();
    for table in provision.tables("date", "[[provision.date]]") {
        table.need("zh");
        table.need("en");
        let text = texts(&table, "zh", "en");
        let (on, from, until) = (day(&table, "on", names), day(&table, "from", names), day(&table, "until", names));
        let there = ["on", "from", "until"].map(|key| table.get(key).is_some());
        if !matches!(there, [true, false, false] | [false, true, true]) {
            let cure = "write `on` for a day, or `from` and `until` for a span";
            table.report_with_cure(ProblemCode::Contradiction, table.span(), "a date is a day or a span of days", cure);
        }
        let rule = match (on, from, until) {
            (Some(on), None, None) => Some(DateRule { from: on, until: None, text }),
            (None, Some(from), Some(until)) => Some(DateRule { from, until: Some(until), text }),
            _ => None,
        };
        if let Some(rule) = rule {
            refuse_never(&table, &rule);
            rules.push(rule);
        }
        table.finish();
    }
    rules
}

fn day(table: &Table<'_>, key: &'static str, names: &Names<'_>) -> Option<Compiled> {
    let (compiled, span) = table.expression(key, names)?;
    if *compiled.ty() == Type::Date {
        return Some(compiled);
    }
    table.report_with_cure(
        ProblemCode::WrongType,
        &span,
        format!("`{key}` expects a date, got {}", compiled.ty()),
        "write a date without quotes, such as 2024-10-31, or an expression of one: 'date(year, 10, 31)'",
    );
    None
}

/// Reports a day that does not even exist in a leap year, and a span that ends before it begins.
fn refuse_never(table: &Table<'_>, rule: &DateRule) {
    if rule.days(PROBE).is_some() {
        return;
    }
    let span = table.span_of(if rule.until.is_some() { "until" } else { "on" });
    let message = match rule.until {
        Some(_) => format!("in {PROBE} there is no such span, or it ends before it begins"),
        None => format!("in {PROBE} there is no such day"),
    };
    table.report_with_cure(ProblemCode::Contradiction, &span, message, "name days that each year has, the first one first");
}
