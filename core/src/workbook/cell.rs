//! From what stands in a cell to what a field of the vocabulary takes.
//!
//! In come a value and the column in which it stands; out goes a reading: what was taken, and what had to be mended or left out.
//! INVARIANT: what cannot be read for certain is unknown, never zero, never false; nothing is guessed.

mod amount;
mod code;
mod day;
mod identity;
mod place;
mod text;
mod yes_no;

pub(crate) use crate::facts::tidy;
pub(crate) use amount::{factor, is_unit};
pub(crate) use day::plain_year;
pub(crate) use identity::Identity;
pub(crate) use identity::holds_identity_number;
pub(crate) use text::{fold_name, squeezed, without_brackets};

use super::grid::Value;
use super::notes::{self, Rule};
use super::spec::Spec;
use crate::facts::{Absent, Fact, FieldKind};
use crate::quantity::{Day, Unit};

/// What is known of a column when a cell of it is read.
#[derive(Clone, Debug)]
pub(crate) struct Column<'p> {
    /// The field that it fills.
    pub(crate) field: Spec<'p>,
    /// The unit that its header names, in the words of the header.
    pub(crate) header_unit: Option<String>,
    /// Why it is open in which unit its numbers are that name none themselves.
    pub(crate) open_unit: Option<&'static Rule>,
    /// The first and last year of the full dates in it.
    pub(crate) years: Option<(i32, i32)>,
    /// Whether days are counted from 1904.
    pub(crate) from_1904: bool,
    /// Whether its header asks for the first and the last day in one cell.
    pub(crate) spans: bool,
}

/// What a cell comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) taken: Taken,
    /// What the cell says about other fields of its record, with the note that is due where it is used.
    pub(crate) siblings: Vec<(&'static str, Fact, Option<&'static Rule>)>,
    /// What the cell says about the last day without naming it.
    pub(crate) last_day: Option<LastDay>,
    /// What was mended or left out.
    pub(crate) remarks: Vec<Remark>,
}

/// What a cell with a first day says about the last one without naming it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LastDay {
    /// There is none yet: `2024.3.1至今`.
    None,
    /// It stands there and cannot be read.
    Unknown,
    /// It is some day from the first of these to the second.
    Within(Day, Day),
}

/// What a field takes from a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The cell is empty, or as good as empty.
    Absent,
    /// The cell says that there is none.
    None,
    /// Something stands there, and what it means is not certain.
    Unknown,
    /// A value.
    Fact(Fact),
    /// Some day from the first of these to the second.
    Within(Day, Day),
    /// What the row above has.
    Above,
    /// Days of a year that the rest of the row may tell: month and day, and those of the last day.
    Yearless((u32, u32), Option<(u32, u32)>),
}

/// Something to note about a cell.
#[derive(Clone, Debug)]
pub(crate) struct Remark {
    pub(crate) rule: &'static Rule,
    /// What was taken instead.
    pub(crate) after: Option<String>,
}

impl PartialEq for Remark {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.rule, other.rule) && self.after == other.after
    }
}

impl Eq for Remark {}

impl Reading {
    pub(crate) fn plain(taken: Taken) -> Self {
        Self { taken, siblings: Vec::new(), last_day: None, remarks: Vec::new() }
    }

    fn fact(fact: Fact) -> Self {
        Self::plain(Taken::Fact(fact))
    }

    fn unknown(rule: &'static Rule) -> Self {
        Self::plain(Taken::Unknown).noting(rule)
    }

    fn mended(fact: Fact, rule: &'static Rule) -> Self {
        let after = fact.to_string();
        let mut reading = Self::fact(fact);
        reading.remarks.push(Remark { rule, after: Some(after) });
        reading
    }

    fn noting(mut self, rule: &'static Rule) -> Self {
        self.remarks.push(Remark { rule, after: None });
        self
    }

    fn with(mut self, sibling: &'static str, fact: Fact, rule: Option<&'static Rule>) -> Self {
        self.siblings.push((sibling, fact, rule));
        self
    }

    /// Whether the value is one that such a field can have: what decides between the meanings of a header.
    pub(crate) fn fits(&self) -> Option<bool> {
        match self.taken {
            Taken::Fact(_) | Taken::Yearless(..) => Some(true),
            // A year alone may as well be what a column of years has.
            Taken::Within(first, last) => Some((last - first).num_days() < 31),
            Taken::None | Taken::Above | Taken::Absent => None,
            Taken::Unknown => Some(!self.siblings.is_empty()),
        }
    }
}

/// Reads a cell.
pub(crate) fn read(value: &Value, column: &Column<'_>) -> Reading {
    let field = column.field;
    match value {
        Value::Text(text) if field.many => read_many(text, column),
        Value::Error => Reading::unknown(&notes::FORMULA_ERROR),
        Value::Uncalculated => Reading::unknown(&notes::UNCALCULATED),
        Value::Boolean(yes) => match field.kind {
            FieldKind::Boolean => Reading::fact(Fact::Boolean(*yes)),
            _ => read_text(if *yes { "是" } else { "否" }, column),
        },
        Value::Day(day) => match field.kind {
            // A small number that a date's format has made a day of.
            FieldKind::Day if *day < day::EARLIEST => Reading::unknown(&notes::NOT_A_DATE),
            FieldKind::Day => Reading::fact(Fact::day(*day)),
            FieldKind::Text => Reading::fact(Fact::Text(day.to_string())),
            // A spreadsheet made a date of `3-2`, or the column has the wrong format: what was meant is lost.
            _ => Reading::unknown(&notes::NOT_A_NUMBER),
        },
        Value::Number(number) => read_number(number, column),
        Value::Text(text) => read_text(text, column),
    }
}

/// Reads a cell that holds several values; one that cannot be read leaves all of them open.
fn read_many(raw: &str, column: &Column<'_>) -> Reading {
    let text = tidy(raw);
    let one = Column { field: Spec { many: false, ..column.field }, ..column.clone() };
    if matches!(&*text, "无" | "没有") {
        return Reading::fact(Fact::Texts(Vec::new())).noting(&notes::SAID_NONE);
    }
    let whole = read_text(&text, &one);
    if matches!(whole.taken, Taken::Absent | Taken::Above) {
        return whole;
    }
    let mut items = Vec::new();
    for part in text.split(['、', ',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let reading = read_text(part, &one);
        let Taken::Fact(fact) = &reading.taken else { return reading };
        items.push(fact.to_string());
    }
    Reading::fact(Fact::Texts(items))
}

fn read_number(number: &str, column: &Column<'_>) -> Reading {
    match column.field.kind {
        FieldKind::Day => day::from_number(number, column),
        FieldKind::Decimal | FieldKind::Integer => amount::from_number(number, column),
        FieldKind::Text if column.field.name == "id_no" => Reading::unknown(&notes::ID_NUMERIC),
        FieldKind::Text if number.bytes().filter(u8::is_ascii_digit).count() > 15 => Reading::unknown(&notes::TOO_PRECISE),
        FieldKind::Text if is_number(column.field.name) => read_text(number, column).noting(&notes::NUMBER_AS_TEXT),
        _ => read_text(number, column),
    }
}

fn read_text(raw: &str, column: &Column<'_>) -> Reading {
    let text = tidy(raw);
    let mut reading = if text.is_empty() { Reading::plain(Taken::Absent) } else { read_tidy(&text, column) };
    // Where more was mended than the characters, that note says it all.
    let known = matches!(column.field.kind, FieldKind::Code(list) if code::is_word(raw.trim(), list));
    if reading.remarks.is_empty() && text != raw.trim() && matches!(reading.taken, Taken::Fact(_)) && !known {
        reading.remarks.push(Remark { rule: &notes::TIDIED, after: Some(text.into_owned()) });
    }
    reading
}

fn read_tidy(text: &str, column: &Column<'_>) -> Reading {
    if matches!(text, "同上" | "同前" | "〃" | "″" | "\"" | "''" | "ditto") {
        return Reading::plain(Taken::Above);
    }
    // What a code list or a yes-or-no column knows as a word is no placeholder there.
    let known = match column.field.kind {
        FieldKind::Boolean => yes_no::read(text).or_else(|| yes_no::of_field(text, &column.field)),
        FieldKind::Code(list) => code::read(text, list, column.field.name),
        _ => column.field.own_codes().and_then(|codes| code::read_own(text, &codes)),
    };
    if let Some(reading) = known {
        return reading;
    }
    if let Some(taken) = said_to_be_none(text, column) {
        return Reading::plain(taken).noting(&notes::SAID_NONE);
    }
    if let Some(reading) = placeholder(text) {
        return reading;
    }
    if is_of_one_held(column.field.name) && says_only_whether(text) {
        return Reading::unknown(&notes::NOT_TOLD);
    }
    match column.field.kind {
        FieldKind::Boolean => Reading::unknown(&notes::NOT_YES_NO),
        FieldKind::Code(_) => in_training(text, column).unwrap_or_else(|| Reading::unknown(&notes::NOT_A_CODE)),
        FieldKind::Day => day::from_text(text, column),
        FieldKind::Decimal | FieldKind::Integer => amount::from_text(text, column),
        FieldKind::Texts => Reading::fact(Fact::Texts(text.split(['、', ',', ';', '/']).map(|part| part.trim().to_owned()).collect())),
        FieldKind::Text if column.field.own_codes().is_some() => Reading::unknown(&notes::NOT_A_CODE),
        FieldKind::Text => named_text(text, column),
        FieldKind::Record(_) | FieldKind::Records(_) => Reading::plain(Taken::Absent),
    }
}

/// Text with a meaning of its own.
fn named_text(text: &str, column: &Column<'_>) -> Reading {
    match column.field.name {
        "id_no" => Identity::parse(text).reading(),
        "credit_class" => code::credit_class(text),
        "place_code" | "region_code" => place::read(text),
        "name" if column.field.sensitive => {
            let name = squeezed(text);
            if name == text { Reading::fact(Fact::Text(name)) } else { Reading::mended(Fact::Text(name), &notes::TIDIED) }
        }
        name if (is_number(name) || matches!(name, "certificate_no" | "activity_no")) && is_worn(text) => Reading::unknown(&notes::TOO_PRECISE),
        name if is_number(name) => {
            // An apostrophe is how a spreadsheet is told that digits are text.
            let number: String = text.trim_start_matches('\'').split_whitespace().collect();
            Reading::fact(Fact::Text(number))
        }
        _ => Reading::fact(Fact::Text(text.to_owned())),
    }
}

/// Whether a field holds the number of someone or something, whose leading zeros are part of it.
fn is_number(field: &str) -> bool {
    matches!(field, "person_id" | "base_id" | "institution_id" | "programme_id" | "trainee_id")
}

/// Whether a text is what a numeric cell shows of a long number, `5.00103E+17`: most of its digits are gone.
fn is_worn(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else { return false };
    let Some((whole, fraction)) = digits.split_once('.') else { return false };
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    plain(whole) && plain(fraction) && power.strip_prefix('+').is_some_and(plain)
}

/// `规培生` among the professions or titles says that someone is here to learn.
fn in_training(text: &str, column: &Column<'_>) -> Option<Reading> {
    let learns =
        ["实习", "规培", "住培", "见习", "进修生", "进修医", "进修护", "进修人员", "进修学员", "规范化培训"].iter().any(|word| text.contains(word));
    let asked = matches!(column.field.name, "profession" | "title" | "status" | "title_grade");
    (learns && asked).then(|| Reading::plain(Taken::Unknown).with("status", Fact::Text("in_training".to_owned()), None))
}

/// Words for no value: some say that there is none to give, others that nobody knows.
fn placeholder(text: &str) -> Option<Reading> {
    Some(match text.to_ascii_lowercase().as_str() {
        "-" | "--" | "---" | "—" | "——" | "―" | "/" | "//" | "\\" | "无" | "暂无" | "没有" | "空" | "none" | "null" | "nil" => {
            Reading::plain(Taken::Absent).noting(&notes::PLACEHOLDER)
        }
        "#n/a" | "n/a" | "na" | "#ref!" | "#value!" | "#name?" | "#div/0!" | "#null!" | "#num!" | "?" | "??" | "???" | "未知" | "不详" | "不明"
        | "不清楚" | "未填" | "待定" | "待补" | "待补充" | "待查" | "缺" => Reading::unknown(&notes::NOT_KNOWN),
        _ => return None,
    })
}

/// What `无` says where it can say only one thing: an empty list, that nobody is the mentor, that there is no such certificate (as 否 and 未取得 do),
/// and of what a policy asks itself, that there was no such day or nothing to write; and `未报` of a day of what may not have happened. Elsewhere such words may
/// stand for what nobody knows.
fn said_to_be_none(text: &str, column: &Column<'_>) -> Option<Taken> {
    let field = &column.field;
    let undone = ["未报", "未报送", "未完成", "未公布", "未公示", "未备案", "未开展", "未发放", "未发", "尚未"].contains(&text);
    if matches!(field.kind, FieldKind::Day) && undone && (field.absent == Absent::None || field.own.is_some()) {
        return Some(Taken::None);
    }
    let denied = crate::facts::yes_or_no(text) == Some(false)
        || ["未取得", "未获得", "未考取", "未办理", "尚未取得", "未参加", "不需要", "无需", "没取得", "没参加"].contains(&text);
    if matches!(field.kind, FieldKind::Text) && is_of_one_held(field.name) && denied {
        return Some(Taken::None);
    }
    if !matches!(text, "无" | "没有") {
        return None;
    }
    match field.kind {
        FieldKind::Texts => Some(Taken::Fact(Fact::Texts(Vec::new()))),
        FieldKind::Text | FieldKind::Day if field.own.is_some() && field.own_codes().is_none() => Some(Taken::None),
        _ => None,
    }
}

/// Whether a field names, by number or name, a certificate or a mentor that somebody has or has not.
fn is_of_one_held(field: &str) -> bool {
    matches!(field, "mentor" | "mentor_id" | "teacher" | "licence_no" | "resident_cert_no" | "certificate_no" | "no")
}

/// Whether a text in place of a number or a name only says that there is one, or that there will be.
fn says_only_whether(text: &str) -> bool {
    let waiting = ["未发", "待发", "补办", "办理中", "制证中", "见附件", "附后", "未定", "已发", "已取得", "已获得", "已办理"];
    crate::facts::yes_or_no(text) == Some(true) || waiting.iter().any(|word| text.contains(word))
}

/// The field of the last day that belongs to a field of the first day, in the words of the vocabulary.
pub(crate) fn last_day_of(first: &str) -> Option<&'static str> {
    match first {
        "starts_on" => Some("ends_on"),
        "entered_on" => Some("left_on"),
        "proof_starts_on" => Some("proof_ends_on"),
        _ => None,
    }
}

fn unit_of(column: &Column<'_>) -> Unit {
    column.field.unit.cloned().unwrap_or(Unit::One)
}
