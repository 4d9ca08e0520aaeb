//! Distinct values: plain ones by their hash, the others each by comparing.

use std::collections::HashSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Truth;
use super::val::{Val, same};

/// A plain value; two are the same exactly if [`same`] says so.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Null,
    Truth(bool),
    Number(Decimal),
    Date(NaiveDate),
    Months(i64),
    Seconds(i64),
    Text(Box<str>),
    Code(u8),
}

fn key(val: &Val<'_>) -> Option<Key> {
    Some(match val {
        Val::Null(_) => Key::Null,
        Val::Truth(truth) if truth.is(Truth::TRUE) || truth.is(Truth::FALSE) => Key::Truth(truth.is(Truth::TRUE)),
        // A truth that is null equals null.
        Val::Truth(truth) if truth.is_decided() => Key::Null,
        Val::Number(number) => Key::Number(*number),
        Val::Date(date) => Key::Date(*date),
        Val::Months(months) => Key::Months(*months),
        Val::Seconds(seconds) => Key::Seconds(*seconds),
        Val::Text(text) => Key::Text(text.as_str().into()),
        Val::Code(code) => Key::Code(*code),
        _ => return None,
    })
}

/// The first of each value, with whether it is certainly one of its own. What is open may be the same as another, and is not certain.
pub(super) fn distinct(items: Vec<(Val<'_>, bool)>) -> Vec<(Val<'_>, bool)> {
    let mut plain = HashSet::new();
    let mut others: Vec<Val<'_>> = Vec::new();
    let mut kept = Vec::with_capacity(items.len());
    for (item, certain) in items {
        if !item.is_decided() {
            kept.push((item, false));
            continue;
        }
        let known = match key(&item) {
            Some(key) if certain => !plain.insert(key),
            Some(key) => plain.contains(&key),
            None => {
                let known = others.iter().any(|other| same(other, &item).is(Truth::TRUE));
                if certain && !known {
                    others.push(item.clone());
                }
                known
            }
        };
        if !known {
            kept.push((item, certain));
        }
    }
    kept
}

/// How many steps that takes, of which so many bytes of text are one.
pub(super) fn cost<'v, 'a: 'v>(items: impl Iterator<Item = &'v Val<'a>>, bytes_a_step: usize) -> usize {
    /// A hash, and the room for it.
    const PLAIN: usize = 4;
    let (mut plain, mut bytes, mut others, mut largest) = (0_usize, 0_usize, 0_usize, 1_usize);
    for item in items {
        match item {
            Val::List(list) => {
                others += 1;
                largest = largest.max(list.weight());
            }
            Val::Range(_) | Val::Record(_) => others += 1,
            Val::Text(text) => {
                plain += 1;
                bytes = bytes.saturating_add(text.as_str().len());
            }
            _ => plain += 1,
        }
    }
    // Those without a hash are compared with each other.
    let compared = others.saturating_mul(others).saturating_mul(largest);
    compared.saturating_add(plain.saturating_mul(PLAIN)).saturating_add(bytes / bytes_a_step)
}
