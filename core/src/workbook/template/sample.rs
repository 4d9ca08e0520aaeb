//! What a column takes, in words, and an example of it.

use crate::facts::{Absent, FieldKind, RECORDED};
use crate::policy::Text;
use crate::quantity::Unit;
use crate::workbook::spec::Spec;

use super::plan::ColumnPlan;

/// An example of what stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sample {
    /// Text.
    Text(String),
    /// A whole number, and how many digits of it stand behind the point.
    Number(i64, u32),
    /// A day.
    Day(&'static str),
    /// Nothing: the number of an identity card is nobody's example.
    None,
}

/// The words that a column can take: yes and no, or those of its code list.
pub(super) fn words(field: &Spec<'_>) -> Option<Vec<String>> {
    match field.kind {
        FieldKind::Boolean => Some(vec!["是".to_owned(), "否".to_owned()]),
        FieldKind::Code(list) => Some(list.codes.iter().map(|code| code.zh.to_owned()).collect()),
        _ => {
            let codes = field.own_codes()?;
            // What several codes are called is no word for any of them.
            let called = |word: &str| codes.iter().filter(|(_, words)| words.is_some_and(|words| words.zh == word)).count();
            let word = |(code, words): &(&str, Option<&Text>)| {
                words.map(|words| words.zh.as_str()).filter(|word| called(word) == 1).unwrap_or(code).to_owned()
            };
            Some(codes.iter().map(word).collect())
        }
    }
}

/// An example for this column.
pub(super) fn sample(field: &Spec<'_>) -> Sample {
    if let Some(words) = words(field) {
        let usual = match field.name {
            "title" => "主治医师",
            "title_grade" => "中级",
            _ => "",
        };
        let word = words.iter().find(|word| *word == usual).or(words.first());
        return word.map_or(Sample::None, |word| Sample::Text(word.clone()));
    }
    let late = ["end", "left", "until", "due", "awarded", "completed", "paid", "reported"].iter().any(|word| field.name.contains(word));
    match (field.kind, field.name) {
        (FieldKind::Day, _) => Sample::Day(if late { "2024-08-31" } else { "2024-03-01" }),
        (FieldKind::Integer, "year" | "year_claimed") => Sample::Number(2024, 0),
        (FieldKind::Integer, "session") => Sample::Number(2023, 0),
        (FieldKind::Integer, _) => Sample::Number(3, 0),
        (FieldKind::Decimal, name) if name.ends_with("_share") => Sample::Number(8, 2),
        (FieldKind::Decimal, _) => Sample::Number(125, 1),
        (_, "id_no" | "uscc" | "phone" | "ethnicity" | "political" | "resume") => Sample::None,
        (_, "place_code" | "region_code") => Sample::Text("500103".to_owned()),
        (_, "month") => Sample::Text("2024-05".to_owned()),
        (_, "activity_no") => Sample::Text("2024-03-05-012(国)".to_owned()),
        (_, "credit_class") => Sample::Text("I".to_owned()),
        (_, "name") if field.sensitive => Sample::Text("张三".to_owned()),
        (_, name) if name.ends_with("_id") || name.ends_with("_no") => Sample::Text("A001".to_owned()),
        (FieldKind::Texts, _) => Sample::Text("甲、乙".to_owned()),
        _ => Sample::Text(format!("某{}", field.zh)),
    }
}

/// What a column takes, for whoever fills it in.
pub(super) fn takes(field: &Spec<'_>) -> String {
    if let Some(words) = words(field) {
        let words = words.join("、");
        return if field.many { format!("可填多项，以顿号分隔：{words}") } else { words };
    }
    if field.many {
        return format!("{}，多项以顿号分隔", takes(&Spec { many: false, ..*field }));
    }
    let amount = |word: &str| match unit(field) {
        Some(unit) => format!("{word}，单位：{unit}"),
        None => word.to_owned(),
    };
    match (field.kind, field.name) {
        (FieldKind::Day, _) => "日期，如2024-03-05".to_owned(),
        (FieldKind::Integer, _) => amount("整数"),
        (FieldKind::Decimal, name) if name.ends_with("_share") => "小数，如0.08".to_owned(),
        (FieldKind::Decimal, _) => amount("数值"),
        (FieldKind::Texts, _) => "文字，多项以顿号分隔".to_owned(),
        (_, "place_code" | "region_code") => "GB/T 2260区划代码".to_owned(),
        (_, "month") => "月份，如2024-05".to_owned(),
        (_, "id_no") => "18位身份证号".to_owned(),
        (_, "uscc") => "18位统一社会信用代码".to_owned(),
        _ => "文字".to_owned(),
    }
}

/// The unit of a number, in Chinese.
pub(super) fn unit<'f>(field: &'f Spec<'_>) -> Option<&'f str> {
    field.unit.filter(|unit| **unit != Unit::One).map(Unit::zh)
}

/// What an empty cell means.
pub(super) fn empty(column: &ColumnPlan<'_>) -> &'static str {
    if column.known.is_some_and(|field| std::ptr::eq(field, &raw const RECORDED)) {
        return "一直已知";
    }
    match column.known.map(|field| field.absent).or(column.field.own.map(|own| own.absent)) {
        Some(Absent::None) => "没有或未发生",
        _ => "未知",
    }
}
