//! A fact that another one tells is told alike in JSON, in tables and in workbooks.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use rust_xlsxwriter::Workbook;
use serde_json::{Value as Json, json};

use super::{Limits, Tables};
use crate::check::check;
use crate::evaluate::{Given, Question, Verdict};
use crate::facts::Facts;
use crate::policy::PolicySet;
use crate::workbook::{Asked, read};

const POLICY: &str = r#"
[policy]
id = "grades"
number = "1"
issued = 2024-01-01

[[provision]]
id = "grade"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'title_grade >= "intermediate"'

[[decision]]
id = "graded"
subject = "practitioner"
all_of = ["grade"]
"#;

/// What the cells of title and grade say, the same as JSON facts, and what comes of it.
type Case = (&'static str, &'static str, Json, &'static str);

fn cases() -> Vec<Case> {
    vec![
        ("主治医师", "", json!({ "title": "attending_physician" }), "met"),
        ("nurse", "", json!({ "title": "nurse" }), "unmet"),
        // What is given counts, whatever the title says.
        ("主治医师", "初级", json!({ "title": "attending_physician", "title_grade": "junior" }), "unmet"),
        ("", "中级", json!({ "title_grade": "intermediate" }), "met"),
        ("", "", json!({}), "unknown"),
        // An unknown title tells nothing, and a grade that cannot be read stays open beside a title.
        ("专家", "", json!({ "unknown": ["title"] }), "unknown"),
        ("主治医师", "高级", json!({ "title": "attending_physician", "unknown": ["title_grade"] }), "unknown"),
    ]
}

fn holds(of: impl Fn(&PolicySet, &Question<'_>) -> Vec<Verdict>) {
    let mut set = PolicySet::empty();
    set.add("grades.toml", POLICY).expect("a policy");
    let question = set.ask("graded", &Given::new(), "2024-11-15".parse().expect("a day")).expect("a question");
    let verdicts = of(&set, &question);
    assert_eq!(verdicts.len(), cases().len());
    for ((title, grade, _, status), verdict) in cases().iter().zip(verdicts) {
        assert_eq!(verdict.status.code(), *status, "{title} {grade}");
        let missing: &[&str] = if *status == "unknown" { &["practitioner.title_grade"] } else { &[] };
        assert_eq!(verdict.missing, missing, "{title} {grade}");
    }
}

#[test]
fn json_without_a_grade_has_that_of_the_title() {
    holds(|_, question| {
        let facts = |person: Json| Facts::from_value(&json!({ "practitioner": person })).expect("facts");
        cases().into_iter().map(|(_, _, person, _)| question.evaluate(&facts(person))).collect()
    });
}

#[test]
fn tables_without_a_grade_have_that_of_the_title() {
    holds(|_, question| {
        let column = |cell: &dyn Fn(&Case) -> Option<String>| -> ArrayRef { Arc::new(cases().iter().map(cell).collect::<StringArray>()) };
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let columns = [
            ("工号", Arc::new((0..cases().len()).map(|n| Some(n.to_string())).collect::<StringArray>()) as ArrayRef),
            ("职称", column(&|case| given(case.0))),
            ("职称级别", column(&|case| given(case.1))),
        ];
        let batch = RecordBatch::try_from_iter_with_nullable(columns.map(|(name, column)| (name, column, true))).expect("a table");
        let verdicts = question.evaluate_tables(&Tables::of(question, &batch).expect("subjects"), Limits::default()).expect("verdicts");
        let status = verdicts.batch.column_by_name("status").expect("the column");
        let status = arrow_cast::cast(status, &arrow_schema::DataType::Utf8).expect("texts");
        let told: Vec<_> = arrow_array::cast::AsArray::as_string::<i32>(&status).iter().map(|status| status.expect("a status").to_owned()).collect();
        assert_eq!(told, cases().iter().map(|case| case.3.to_owned()).collect::<Vec<_>>());
        // The same subject, as it is told in full.
        (0..cases().len()).map(|row| question.evaluate(&question.facts_from_json(&tables_json(question, &batch, row)).expect("facts"))).collect()
    });
}

/// One row of a table as JSON facts.
fn tables_json(question: &Question<'_>, batch: &RecordBatch, row: usize) -> String {
    let rows = [u64::try_from(row).expect("a row")];
    Tables::of_rows(question, &batch.slice(row, 1), &rows).expect("subjects").json(question.subject()).to_string()
}

#[test]
fn workbooks_without_a_grade_have_that_of_the_title() {
    holds(|set, question| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("人员").expect("a name");
        for (column, header) in (0..).zip(["工号", "姓名", "职称", "职称级别"]) {
            sheet.write_string(0, column, header).expect("a cell");
        }
        for (row, (title, grade, ..)) in (1..).zip(cases()) {
            for (column, text) in (0..).zip([row.to_string().as_str(), &format!("甲{row}"), title, grade]).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(row, column, text).expect("a cell");
            }
        }
        let bytes = book.save_to_buffer().expect("a workbook");
        let asked = Asked::of(set, "graded", question.as_of()).expect("a decision");
        let register = read(&bytes, "名册.xlsx", &asked, &mut |_| {}).expect("a register");
        check(question, register, &mut |_, _| {}).expect("people").verdicts().to_vec()
    });
}
