//! Spellings: days in other shapes, full-width characters.

use std::collections::BTreeMap;

use super::day::Day;

/// Full-width forms of the ASCII characters.
pub(crate) fn full_width(text: &str) -> String {
    text.chars()
        .map(|character| match u32::from(character) {
            code @ 0x21..=0x7e => char::from_u32(code + 0xfee0).unwrap_or(character),
            _ => character,
        })
        .collect()
}

/// A day, or a range with its last day as `E`, in the given shape.
pub(crate) fn spell(shape: &str, first: Day, last: Day) -> String {
    let (year, month, day) = first.civil();
    let values = BTreeMap::from([
        ("YY", format!("{:02}", year % 100)),
        ("Y", year.to_string()),
        ("MM", format!("{month:02}")),
        ("M", month.to_string()),
        ("DD", format!("{day:02}")),
        ("D", day.to_string()),
        ("EE", format!("{:02}", last.civil().2)),
        ("E", last.civil().2.to_string()),
    ]);
    // A doubled letter comes before a single one.
    let mut text = shape.to_owned();
    for mark in ["YY", "Y", "MM", "M", "DD", "D", "EE", "E"] {
        if let Some(value) = values.get(mark) {
            text = text.replace(mark, value);
        }
    }
    text
}
