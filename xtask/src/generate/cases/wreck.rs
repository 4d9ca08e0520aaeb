//! Changes of facts at random: what is said is left out, doubled, moved by a day or by a hair, or said as another code, and the other way round.
//!
//! INVARIANT: what is written fits the vocabulary, but for amounts that may fall below zero and marks that may contradict a value; these have problems.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Months, NaiveDate, TimeDelta};
use medtrain::facts::Facts;
use medtrain::shape::{Body, Crosses as _, FieldShape, Form, Shape};
use serde_json::{Map, Value, json};

use crate::example::random::SplitMix64;

/// The values that the examples have for each field of each type.
#[derive(Debug, Default)]
pub(super) struct Pool(BTreeMap<(&'static str, String), Vec<Value>>);

impl Pool {
    /// The values of these facts.
    pub(super) fn of<'f>(facts: impl Iterator<Item = &'f Value>) -> Self {
        let mut pool = Self::default();
        for value in facts {
            pool.add(value, root());
        }
        pool
    }

    fn add(&mut self, value: &Value, shape: &'static Shape) {
        let Value::Object(fields) = value else { return };
        for (name, value) in fields {
            let known = self.0.entry((shape.name, name.clone())).or_default();
            if !known.contains(value) {
                known.push(value.clone());
            }
            if let Some(inner) = field(shape, name).and_then(|field| field.form.shape()) {
                match value {
                    Value::Array(items) => items.iter().for_each(|item| self.add(item, inner)),
                    one => self.add(one, inner),
                }
            }
        }
    }

    fn value(&self, shape: &'static Shape, field: &str, draw: &mut SplitMix64) -> Option<Value> {
        let known = self.0.get(&(shape.name, field.to_owned()))?;
        known.get(draw.below(known.len())).cloned()
    }
}

/// Texts that a language may spoil: accents of two forms, signs beyond 16 bits, from right to left, controls, quotes, separators of lines.
const TEXTS: [&str; 9] = ["é", "e\u{301}", "𠮷野家", "👩‍⚕️", "\u{202e}abc", "\u{1}\t\u{7f}", "\"\\/'", "\u{2028}\u{feff}", ""];

/// Changes facts in one to five places.
pub(super) fn change(facts: &mut Value, pool: &Pool, draw: &mut SplitMix64) {
    for _ in 0..=draw.below(5) {
        let records = count(facts, root());
        let mut place = draw.below(records);
        change_record(facts, root(), &mut place, pool, draw);
    }
}

fn root() -> &'static Shape {
    match Facts::FORM {
        Form::Shape(shape) => shape(),
        _ => unreachable!("facts have a shape"),
    }
}

fn field(shape: &'static Shape, name: &str) -> Option<&'static FieldShape> {
    shape.fields().find(|field| field.name == name)
}

/// How many records these facts hold, that of all of them not counted.
fn count(value: &Value, shape: &'static Shape) -> usize {
    let Value::Object(fields) = value else { return 0 };
    let inner = fields.iter().filter_map(|(name, value)| Some((value, field(shape, name)?.form.shape()?)));
    inner
        .map(|(value, shape)| match value {
            Value::Array(items) => items.iter().map(|item| 1 + count(item, shape)).sum(),
            Value::Object(_) => 1 + count(value, shape),
            _ => 0,
        })
        .sum()
}

/// Changes the record in this place, counted from the root.
fn change_record(value: &mut Value, shape: &'static Shape, place: &mut usize, pool: &Pool, draw: &mut SplitMix64) -> bool {
    let Value::Object(fields) = value else { return false };
    for (name, value) in fields {
        let Some(inner) = field(shape, name).and_then(|field| field.form.shape()) else { continue };
        let records: &mut [Value] = match value {
            Value::Array(items) => items,
            one @ Value::Object(_) => std::slice::from_mut(one),
            _ => &mut [],
        };
        for record in records.iter_mut().filter(|record| record.is_object()) {
            if *place == 0 {
                if let Value::Object(fields) = record {
                    change_field(fields, inner, pool, draw);
                }
                return true;
            }
            *place -= 1;
            if change_record(record, inner, place, pool, draw) {
                return true;
            }
        }
    }
    false
}

fn change_field(fields: &mut Map<String, Value>, shape: &'static Shape, pool: &Pool, draw: &mut SplitMix64) {
    let names: Vec<String> = fields.keys().cloned().collect();
    if names.is_empty() || draw.chance(25) {
        return add_field(fields, shape, pool, draw);
    }
    let name = names[draw.below(names.len())].clone();
    let known = field(shape, &name);
    match draw.below(10) {
        0..=2 => drop(fields.shift_remove(&name)),
        3 if known.is_some_and(|field| matches!(field.form, Form::Optional(_))) => {
            let mark = draw.pick(&["unknown", "none"]);
            // Now and then with its value, which is a contradiction.
            if !draw.chance(5) {
                fields.shift_remove(&name);
            }
            fields.insert(mark.to_owned(), json!([name]));
        }
        4 if known.is_some() => drop(pool.value(shape, &name, draw).and_then(|value| fields.insert(name, value))),
        _ => {
            if let (Some(value), Some(known)) = (fields.get_mut(&name), known) {
                change_value(value, known, draw);
            }
        }
    }
}

/// Adds a field that the examples say, or one of a type that is plain to make.
fn add_field(fields: &mut Map<String, Value>, shape: &'static Shape, pool: &Pool, draw: &mut SplitMix64) {
    let all: Vec<&'static FieldShape> = shape.fields().filter(|field| !["unknown", "none", "extra"].contains(&field.name)).collect();
    if all.is_empty() {
        return;
    }
    let wanted = draw.pick(&all);
    let value = pool.value(shape, wanted.name, draw).or_else(|| match wanted.form {
        Form::Optional(Form::Boolean) => Some(json!(draw.chance(50))),
        Form::Optional(Form::Integer) => Some(json!(draw.below(40))),
        Form::Optional(Form::Decimal) => Some(json!(draw.below(40).to_string())),
        Form::Optional(Form::Day) if wanted.name == "recorded_at" => Some(json!(day_near("2024-06-30", draw))),
        Form::Optional(Form::Text) => Some(json!(draw.pick(&TEXTS))),
        _ => None,
    });
    if let Some(value) = value {
        fields.insert(wanted.name.to_owned(), value);
    }
}

fn change_value(value: &mut Value, field: &'static FieldShape, draw: &mut SplitMix64) {
    let form = if let Form::Optional(inner) = field.form { *inner } else { field.form };
    match (value, form) {
        (Value::Bool(truth), _) => *truth = !*truth,
        (Value::Array(items), _) => change_list(items, draw),
        (value @ Value::Number(_), _) => *value = json!(whole_near(value.as_i64().unwrap_or_default(), draw)),
        (Value::String(text), Form::Day) => *text = day_near(text, draw),
        (Value::String(text), Form::Decimal) => *text = decimal_near(text, draw),
        (Value::String(text), Form::Text) => draw.pick(&TEXTS).clone_into(text),
        (Value::String(text), Form::Shape(shape)) => {
            if let Body::Codes(codes) = shape().body {
                let codes: Vec<&str> = codes.iter().map(|code| code.code).collect();
                draw.pick(&codes).clone_into(text);
            }
        }
        _ => {}
    }
}

fn change_list(items: &mut Vec<Value>, draw: &mut SplitMix64) {
    let place = draw.below(items.len());
    match (items.get(place).cloned(), draw.below(8)) {
        (_, 0) => items.clear(),
        (Some(_), 1 | 2) => drop(items.remove(place)),
        (Some(item), 3) => items.extend(std::iter::repeat_n(item, 5)),
        (Some(item), _) => items.push(item),
        (None, _) => {}
    }
}

fn whole_near(whole: i64, draw: &mut SplitMix64) -> i64 {
    match draw.below(8) {
        0 => 0,
        1 => i64::from(u32::MAX),
        2 => (whole * 2).min(i64::from(u32::MAX)),
        _ => (whole + i64::from(draw.between(-1, 1))).max(0),
    }
}

/// The same number written otherwise, or one a little above or below.
fn decimal_near(text: &str, draw: &mut SplitMix64) -> String {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    match draw.below(9) {
        0 => "0".to_owned(),
        1 => format!("{whole}.{fraction}000"),
        2 => format!("00{text}"),
        3 => format!("{whole}.{fraction}0000000001"),
        4 => format!("{}.99", whole.parse::<i64>().unwrap_or_default() - 1),
        5 => (whole.parse::<i64>().unwrap_or_default() + 1).to_string(),
        6 => format!("{whole}.{fraction}5"),
        7 => (whole.parse::<i64>().unwrap_or_default() * 2).to_string(),
        _ => (whole.parse::<i64>().unwrap_or_default() - 1).to_string(),
    }
}

/// A day next to this one, a month or a year from it, or at the end of its year.
pub(super) fn day_near(text: &str, draw: &mut SplitMix64) -> String {
    let Ok(day) = text.parse::<NaiveDate>() else { return text.to_owned() };
    let near = match draw.below(10) {
        0 => day.checked_add_months(Months::new(1)),
        1 => day.checked_sub_months(Months::new(1)),
        2 => day.checked_add_months(Months::new(12)),
        3 => day.checked_sub_months(Months::new(12)),
        4 => NaiveDate::from_ymd_opt(day.year(), 12, 31),
        5 => NaiveDate::from_ymd_opt(day.year(), 10, 31),
        6 => NaiveDate::from_ymd_opt(day.year() - day.year().rem_euclid(4), 2, 29),
        7 => day.checked_add_signed(TimeDelta::days(i64::from(draw.between(-40, 40)))),
        8 => day.pred_opt(),
        _ => day.succ_opt(),
    };
    near.filter(|near| (1..=9999).contains(&near.year())).unwrap_or(day).to_string()
}
