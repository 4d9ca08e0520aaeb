//! The texts above the columns, in the forms in which they are looked up.

use super::limit::Limit;
use crate::workbook::cell::{self, tidy};
use crate::workbook::grid::{Book, Row, Value};

/// The text above a column.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) column: u16,
    pub(super) row: u32,
    pub(super) text: String,
    /// The header in the forms in which it is looked up, the best first.
    pub(super) keys: Vec<String>,
    /// Those of the keys that leave out what stands in brackets or above, with how that limits them.
    pub(super) limits: Vec<(String, Limit)>,
    /// The heading over it and others that limits them.
    pub(super) heading: Option<String>,
    pub(super) unit: Option<String>,
}

impl Label {
    /// The header as it is told, behind the heading that limits it.
    pub(super) fn shown(&self) -> String {
        self.heading.as_ref().map_or_else(|| self.text.clone(), |heading| format!("{heading}·{}", self.text))
    }
}

/// The headers of one row, or of two: the lower one, both joined, or the upper one where the lower is not known.
pub(super) fn labels(book: &Book, row: &Row, below: Option<&Row>) -> Vec<Label> {
    let text = |row: &Row, column| match book.values.get(row.cell(column)?.value) {
        Value::Text(text) => Some(tidy(text).into_owned()),
        _ => None,
    };
    let mut columns: Vec<u16> = row.cells.iter().chain(below.map(|below| &below.cells).into_iter().flatten()).map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    let headings = below.map(|below| headings(&columns, (row, below), &text)).unwrap_or_default();
    let mut labels = Vec::with_capacity(columns.len());
    for column in columns {
        let upper = text(row, column);
        let lower = below.and_then(|below| text(below, column));
        let (text, number) = match (&lower, &upper, below) {
            (Some(lower), _, Some(below)) => (lower.clone(), below.number),
            (_, Some(upper), _) => (upper.clone(), row.number),
            _ => continue,
        };
        if text.chars().count() > 40 {
            continue;
        }
        let mut keys = Vec::new();
        let mut limits = Vec::new();
        let mut unit = None;
        let mut add = |text: &str| {
            let (full, found) = key(text);
            unit = unit.take().or(found);
            let bare = cell::without_brackets(&full).map(str::to_owned);
            limits.extend(bare.clone().map(|bare| (bare, Limit::of_brackets(&full))));
            keys.extend([Some(full), bare].into_iter().flatten());
            if let Some((before, behind)) = with_unit_behind(text) {
                unit = unit.take().or(Some(behind));
                keys.push(key(&before).0);
            }
        };
        let heading = headings.iter().find(|(of, _)| *of == column).map(|(_, heading)| heading.clone());
        let heading = heading.filter(|heading| !Limit::of_heading(heading).is_none());
        if let (Some(heading), Some(lower)) = (&heading, &lower) {
            // Both together may be what a field is called: 计划 over 招收.
            add(&format!("{heading}{lower}"));
        }
        add(&text);
        if let (Some(lower), Some(upper)) = (&lower, &upper) {
            add(&format!("{upper}{lower}"));
            add(upper);
        }
        if let Some(heading) = &heading {
            let (full, _) = key(&text);
            let bare = cell::without_brackets(&full).map(str::to_owned);
            limits.splice(0..0, [Some(full), bare].into_iter().flatten().map(|key| (key, Limit::of_heading(heading))));
        }
        keys.retain(|key| !key.is_empty());
        if !keys.is_empty() {
            labels.push(Label { column, row: number, text, keys, limits, heading, unit });
        }
    }
    labels
}

/// The headings of two lines of headers, by the columns over which they stand: as far as they are merged, or to where the next one begins. What
/// stands over the first column, or alone in its row, is the title of the table.
fn headings(columns: &[u16], (row, below): (&Row, &Row), text: &dyn Fn(&Row, u16) -> Option<String>) -> Vec<(u16, String)> {
    let mut found: Vec<(u16, String)> = Vec::new();
    let mut current: Option<String> = None;
    for column in columns.iter().copied().filter(|_| row.cells.len() > 1) {
        current = match (text(row, column), text(below, column)) {
            (Some(upper), Some(lower)) if upper != lower => Some(upper),
            (None, Some(_)) => current,
            _ => None,
        };
        found.extend(current.clone().map(|heading| (column, heading)));
    }
    let title = found.first().filter(|(column, _)| columns.first() == Some(column)).map(|(_, heading)| heading.clone());
    found.retain(|(_, heading)| Some(heading) != title.as_ref());
    found
}

/// A header as it is looked up, without marks and spaces, and the unit in its brackets.
pub(super) fn key(header: &str) -> (String, Option<String>) {
    let mut key: String = tidy(header)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '_' | ':' | '★' | '☆' | '#' | '"'))
        .flat_map(char::to_lowercase)
        .collect();
    // `与岗位相关？` asks what `与岗位相关` does.
    key.truncate(key.trim_end_matches('?').len());
    let mut unit = None;
    // Hints to whoever fills it in are no part of a header; a unit is told apart.
    while let Some(bare) = cell::without_brackets(&key) {
        let inside = key.get(bare.len()..).unwrap_or_default().trim_matches(['(', ')', '[', ']', '【', '】', '〔', '〕']);
        let hint = ["必填", "选填", "可选", "非必填", "文本", "日期", "yyyy", "下拉", "数字"].iter().any(|hint| inside.contains(hint));
        let is_unit = cell::is_unit(inside);
        if !hint && !is_unit {
            break;
        }
        if is_unit {
            unit = Some(inside.to_owned());
        }
        key.truncate(bare.len());
    }
    (key, unit)
}

/// A header without the unit behind its last `_`, and that unit: `提取_万元` asks what `提取(万元)` does.
fn with_unit_behind(header: &str) -> Option<(String, String)> {
    let header = tidy(header);
    let (before, behind) = header.rsplit_once('_')?;
    let (before, behind) = (before.trim_end(), behind.trim());
    (!before.is_empty() && cell::is_unit(behind)).then(|| (before.to_owned(), behind.to_owned()))
}

/// Whether two headers, as they are looked up, have two characters in a row in common, beside what asks for yes or no.
pub(super) fn are_kin(one: &str, other: &str) -> bool {
    let (one, other) = (one.replace(WHETHER, ""), other.replace(WHETHER, ""));
    let chars: Vec<char> = one.chars().collect();
    chars.windows(2).any(|pair| other.contains(&pair.iter().collect::<String>()))
}

/// Whether two headers, as they are looked up, have a character in common that says what is asked for, and not merely that it is a day or a number.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    let telling = |header: &str| GENERAL.iter().fold(header.to_owned(), |rest, word| rest.replace(word, ""));
    let other = telling(other);
    telling(one).chars().any(|c| other.contains(c))
}

/// How a header asks for yes or no.
const WHETHER: &str = "是否";

/// What headers of any field say.
const GENERAL: [&str; 8] = [WHETHER, "日期", "时间", "编号", "编码", "号码", "号", "名称"];

/// The name of a sheet as it is compared with labels: without spaces, years and what says that it is a table.
pub(super) fn sheet_key(name: &str) -> String {
    let (key, _) = key(name);
    let bare = cell::without_brackets(&key).unwrap_or(&key);
    let bare: String = bare.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '-' | '.')).collect();
    let bare = bare.trim_start_matches(['年', '度']);
    bare.strip_suffix('表').unwrap_or(bare).to_owned()
}
