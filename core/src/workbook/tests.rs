//! Whole workbooks, made in memory: one test for each way in which real ones go wrong.

mod decisions;
mod formats;
mod headers;
mod lacking;
mod own;
mod people;
mod rows;
mod subjects;
mod template;

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::*;
use crate::facts::Activity;

type Fallible = Result<(), Box<dyn std::error::Error>>;

const ROSTER: &[&[&str]] = &[&["工号", "姓名", "身份证号", "职称"], &["0012", "张三", "", "主治医师"], &["0013", "李四", "", "护师"]];

/// Someone with a number, credits and a date.
const CREDITS: &[&str] = &["工号", "姓名", "项目名称", "学分", "授予日期"];

/// A workbook of sheets of text.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        text_sheet(book.add_worksheet().set_name(*name).expect("a name"), rows);
    }
    book.save_to_buffer().expect("a workbook")
}

fn text_sheet(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, *text).expect("a cell");
        }
    }
}

fn read_people(bytes: &[u8], name: &str, progress: &mut dyn FnMut(Progress)) -> Result<Register, TrainingError> {
    read(bytes, name, &Asked::practitioners(), progress)
}

fn register(bytes: &[u8]) -> Register {
    read_people(bytes, "名册.xlsx", &mut |_| {}).unwrap_or_else(|error| unreachable!("{error}"))
}

/// The roster above, and these records.
fn records(rows: &[&[&str]]) -> Register {
    register(&workbook(&[("人员", ROSTER), ("学分记录", rows)]))
}

fn noted<'r>(register: &'r Register, rule: &notes::Rule) -> Vec<&'r Note> {
    register.problems.iter().filter(|note| note.problem.message.starts_with(rule.en)).collect()
}

fn people(register: &Register) -> Vec<&Practitioner> {
    fn person(listed: &Listed) -> &Practitioner {
        match &listed.facts {
            Subject::Practitioner(person) => person,
            _ => unreachable!("a practitioner"),
        }
    }
    register.subjects.iter().map(person).collect()
}

fn activities(register: &Register, person: usize) -> &[Activity] {
    people(register).get(person).and_then(|person| person.activities.as_deref()).unwrap_or_default()
}

fn credits(register: &Register, person: usize) -> Vec<Option<String>> {
    activities(register, person).iter().map(|record| record.credits.map(|credits| credits.to_string())).collect()
}

fn people_numbers(register: &Register) -> Vec<&str> {
    people(register).iter().filter_map(|person| person.person_id.as_deref()).collect()
}

fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_owned())).collect()
}
