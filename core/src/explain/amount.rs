//! Amounts in words: a number, its unit, and the name of what is counted.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Labels;
use crate::feel::duration::{self, Duration};
use crate::lang::Lang;
use crate::quantity::{Unit, parse_decimal};

/// Which way a number with many digits is rounded to be read.
///
/// INVARIANT: only what is shown is rounded. What is missing goes up and what is there goes down, so that doing what a sentence says suffices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rounding {
    Up,
    Down,
    Nearest,
}

/// A canonical number as it is read: two digits after the point, or the first three that tell something of a number below one.
pub(crate) fn shown(number: &str, rounding: Rounding) -> String {
    let Some(value) = parse_decimal(number).filter(|value| value.scale() > 2) else { return number.to_owned() };
    let strategy = match rounding {
        Rounding::Up => RoundingStrategy::ToPositiveInfinity,
        Rounding::Down => RoundingStrategy::ToNegativeInfinity,
        Rounding::Nearest => RoundingStrategy::MidpointAwayFromZero,
    };
    let leading_zeros = if value.abs() < Decimal::ONE { value.scale() - digits(value.mantissa()) } else { 0 };
    let places = if leading_zeros > 0 { leading_zeros + 3 } else { 2 };
    value.round_dp_with_strategy(places, strategy).normalize().to_string()
}

/// A canonical value of any type as it is read: `是`, `甲、乙`, `25`; codes are those of this list of the vocabulary, or have words.
pub(crate) fn value_words(value: &str, codes: Option<&str>, labels: &Labels, lang: Lang) -> String {
    words_of(value, codes, labels, lang, |number| shown(number, Rounding::Nearest))
}

/// The same with every digit of a number, so that what was compared can be checked.
pub(crate) fn exact_words(value: &str, codes: Option<&str>, labels: &Labels, lang: Lang) -> String {
    words_of(value, codes, labels, lang, in_full)
}

/// A number with all of its digits; one with more than anybody tells is a quotient without an end, which is cut short anyway.
fn in_full(number: &str) -> String {
    const MOST: u32 = 12;
    match parse_decimal(number) {
        Some(value) if value.scale() > MOST => shown(number, Rounding::Nearest),
        _ => number.to_owned(),
    }
}

fn words_of(value: &str, codes: Option<&str>, labels: &Labels, lang: Lang, number: fn(&str) -> String) -> String {
    match value {
        "true" => lang.pick("是", "yes").to_owned(),
        "false" => lang.pick("否", "no").to_owned(),
        "[]" => lang.pick("无", "none").to_owned(),
        // A range begins as a list does, and is no JSON.
        list if list.starts_with('[') => match items(list) {
            Some(items) => items.iter().map(|item| words_of(item, codes, labels, lang, number)).collect::<Vec<_>>().join(lang.pick("、", ", ")),
            None => list.to_owned(),
        },
        other => match duration::parse(other).filter(|_| codes.is_none()) {
            Some(length) => duration_words(length, lang).unwrap_or_else(|| other.to_owned()),
            None => number(labels.code(codes, other, lang)),
        },
    }
}

/// A duration as it is read: `3年1个月`, `18 months`, `30 days`; `None` of one with parts of a day.
pub(crate) fn duration_words(length: Duration, lang: Lang) -> Option<String> {
    const MOST_IN_MONTHS: i64 = 24;
    let counted = |number: i64, (zh, en): (&str, &str)| {
        let plural = if number.abs() == 1 { "" } else { "s" };
        lang.pick(format!("{number}{zh}"), format!("{number} {en}{plural}"))
    };
    let (years, months, days) = (("年", "year"), ("个月", "month"), ("天", "day"));
    match length {
        Duration::Months(length) if length != 0 && length % 12 == 0 => Some(counted(length / 12, years)),
        Duration::Months(length) if length.abs() < MOST_IN_MONTHS => Some(counted(length, months)),
        Duration::Months(length) => {
            let parts = [counted(length / 12, years), counted((length % 12).abs(), months)];
            Some(parts.join(lang.pick("", " ")))
        }
        Duration::Seconds(length) => (length % 86_400 == 0).then(|| counted(length / 86_400, days)),
    }
}

/// The items of a list that a verdict shows as JSON.
fn items(list: &str) -> Option<Vec<String>> {
    let items: Vec<&serde_json::value::RawValue> = serde_json::from_str(list).ok()?;
    items
        .into_iter()
        .map(|item| if item.get().starts_with('"') { serde_json::from_str(item.get()).ok() } else { Some(item.get().to_owned()) })
        .collect()
}

fn digits(mantissa: i128) -> u32 {
    mantissa.unsigned_abs().checked_ilog10().map_or(0, |power| power + 1)
}

/// A number with its unit, as after a name: `25分`, `80学时`, `25 credits`.
pub(crate) fn with_unit(number: &str, unit: Option<&Unit>, lang: Lang) -> String {
    let Some(unit) = unit else { return number.to_owned() };
    match lang {
        Lang::Zh => format!("{number}{}", counter(unit)),
        Lang::En => match english(unit, number) {
            "" => number.to_owned(),
            word => format!("{number} {word}"),
        },
    }
}

/// A named amount: `学分3.5分`, `12学时`, `岗位相关学分2分`; `3.5 credits`, `2 job-related credits`, `4 hours of public subjects`,
/// `coverage: 20`, `length: 2 months`.
pub(crate) fn quantity(name: &str, number: &str, unit: Option<&Unit>, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            let unit = unit.map_or("", |unit| match unit {
                Unit::Hour if name.ends_with("学时") => "个",
                Unit::Credit if !name.ends_with("学分") => "学分",
                unit => counter(unit),
            });
            if name == "学时" && unit == "个" {
                return format!("{number}学时");
            }
            // A name that ends in a figure must not run into the number.
            let space = if name.ends_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" };
            format!("{name}{space}{number}{unit}")
        }
        Lang::En => {
            let Some((unit, word)) = unit.map(|unit| (unit, english(unit, number))).filter(|(_, word)| !word.is_empty()) else {
                return format!("{name}: {number}");
            };
            match name.strip_suffix(unit.en()) {
                Some(before) => format!("{number} {before}{word}"),
                // A name that counts people says who they are, and one may begin with what it counts.
                None if *unit == Unit::Person && number != "1" => format!("{number} {name}"),
                None if let Some(of) = name.strip_prefix(unit.en()) => format!("{number} {word}{of}"),
                None => format!("{name}: {number} {word}"),
            }
        }
    }
}

/// The word after a number where the name before it says what is counted.
fn counter(unit: &Unit) -> &str {
    match unit {
        Unit::Credit => "分",
        other => other.zh(),
    }
}

/// The English unit, in the singular after `1`.
fn english<'u>(unit: &'u Unit, number: &str) -> &'u str {
    if number.trim_start_matches("at least ").trim_start_matches("at most ") != "1" {
        return unit.en();
    }
    match unit {
        Unit::Credit => "credit",
        Unit::Hour => "hour",
        Unit::Person => "person",
        Unit::Month => "month",
        Unit::Day => "day",
        Unit::Year => "year",
        Unit::PersonTime => "person-time",
        other => other.en(),
    }
}
