//! Whether what stands under a header is such as its field takes.

use std::collections::HashSet;

use super::label::Label;
use crate::facts::{Fact, FieldKind};
use crate::workbook::cell::{self, Taken, tidy};
use crate::workbook::grid::{Book, Row, Value, ValueId};
use crate::workbook::spec::Spec;

/// Some of the distinct values under a header.
pub(super) fn sample(rows: &[Row], column: u16) -> Vec<ValueId> {
    const ROWS: usize = 500;
    const VALUES: usize = 50;
    let mut values = Vec::new();
    for cell in rows.iter().take(ROWS).filter_map(|row| row.cell(column)) {
        if values.len() < VALUES && !values.contains(&cell.value) {
            values.push(cell.value);
        }
    }
    values
}

/// How many in a hundred of the values are such as the field takes; `None` where they do not tell.
pub(super) fn fit(book: &Book, sample: &[ValueId], column: &cell::Column<'_>) -> Option<u32> {
    let fitting: Vec<bool> = sample.iter().filter_map(|id| fits(book.values.get(*id), column)).collect();
    if fitting.is_empty() {
        return None;
    }
    u32::try_from(fitting.iter().filter(|fits| **fits).count() * 100 / fitting.len()).ok()
}

/// Whether most of the values may be of the field of a column: what is certainly no such amount, day or word speaks against it.
pub(super) fn may_hold(book: &Book, sample: &[ValueId], column: &cell::Column<'_>) -> bool {
    let most = |count: usize| count * 2 > sample.len();
    let values = || sample.iter().map(|id| book.values.get(*id));
    match column.field.kind {
        FieldKind::Text if column.field.name == "id_no" => most(values().filter(|value| is_card(value)).count()),
        FieldKind::Text | FieldKind::Texts | FieldKind::Record(_) | FieldKind::Records(_) => {
            !most(values().filter(|value| matches!(value, Value::Day(_) | Value::Boolean(_))).count())
        }
        _ => fit(book, sample, column).is_none_or(|fit| fit >= 50),
    }
}

fn is_card(value: &Value) -> bool {
    matches!(value, Value::Text(text) | Value::Number(text) if cell::Identity::parse(&tidy(text)).born.is_some())
}

fn fits(value: &Value, column: &cell::Column<'_>) -> Option<bool> {
    let text = match value {
        Value::Text(text) | Value::Number(text) => text,
        _ => "",
    };
    match column.field.name {
        "activity_no" => Some(text.len() >= 8 && text.contains('-')),
        "person_id" => Some(!text.is_empty() && text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())),
        // Its list is open: of a word that is none of the classes, nothing is told.
        "credit_class" => match cell::read(value, column).taken {
            Taken::Fact(Fact::Text(class)) => matches!(class.as_str(), "I" | "II" | "III").then_some(true),
            Taken::Unknown => Some(false),
            _ => None,
        },
        _ if matches!(column.field.kind, FieldKind::Text) => None,
        _ => cell::read(value, column).fits(),
    }
}

/// What says in a header that the first and the last day are asked for.
const SPANS: [&str; 9] = ["起止", "期间", "时段", "进修时间", "学习时间", "培训时间", "轮转时间", "带教时间", "出入科"];

/// What is known of the column under a header.
pub(super) fn column<'p>(field: Spec<'p>, label: &Label, book: &Book, data: &[Row]) -> cell::Column<'p> {
    let years = matches!(field.kind, FieldKind::Day).then(|| years(book, data, label.column)).flatten();
    let header_unit = label.unit.clone().filter(|_| matches!(field.kind, FieldKind::Decimal | FieldKind::Integer));
    let spans = cell::last_day_of(field.name).is_some() && SPANS.iter().any(|word| label.text.contains(word));
    cell::Column { field, header_unit, open_unit: None, years, from_1904: book.from_1904, spans }
}

/// The first and last year of the full dates in a column.
fn years(book: &Book, rows: &[Row], column: u16) -> Option<(i32, i32)> {
    use chrono::Datelike;
    let mut seen = HashSet::new();
    let mut span: Option<(i32, i32)> = None;
    for cell in rows.iter().filter_map(|row| row.cell(column)).filter(|cell| seen.insert(cell.value)) {
        let year = match book.values.get(cell.value) {
            Value::Day(day) => Some(day.year()),
            Value::Text(text) => cell::plain_year(&tidy(text)),
            _ => None,
        };
        if let Some(year) = year {
            span = Some(span.map_or((year, year), |(first, last)| (first.min(year), last.max(year))));
        }
    }
    span
}
