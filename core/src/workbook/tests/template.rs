//! Templates: written, left empty, filled in, and read back.

use std::collections::HashSet;

use serde_json::Value;

use super::*;

const SUBJECTS: [&str; 8] = ["practitioner", "trainee", "mentor", "base", "institution", "region", "project", "programme"];

const OWN: &str = r#"
[policy]
id = "own"
number = "1"
issued = 2024-01-01

[[fact]]
subject = "practitioner"
name = "night_shifts"
type = "integer"
zh = "夜班次数"

[[fact]]
subject = "activity"
name = "colour"
type = "code"
codes = ["red", "yellow"]
zh = "颜色"

[words]
red = { zh = "红色", en = "red" }
yellow = { zh = "黄色", en = "yellow" }

[[provision]]
id = "asked"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'night_shifts > 0'

[[decision]]
id = "ask"
subject = "practitioner"
all_of = ["asked"]
"#;

fn policies() -> PolicySet {
    let mut set = PolicySet::builtin().expect("the built-in policies");
    set.add("own.toml", OWN).expect("a policy");
    set
}

fn asked(subject: &str) -> Asked<'static> {
    Asked::subject(subject).expect("a kind of subject")
}

fn read_back(bytes: &[u8], asked: &Asked<'_>) -> Register {
    read(bytes, "模板.xlsx", asked, &mut |_| {}).unwrap_or_else(|error| unreachable!("{error}"))
}

/// Every path of a fact in a JSON value, with lists by their first record.
fn paths(value: &Value, path: &str, found: &mut HashSet<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| paths(value, &format!("{path}.{name}"), found)),
        Value::Array(items) => items.iter().take(1).for_each(|item| paths(item, path, found)),
        _ => {
            found.insert(path.trim_start_matches('.').to_owned());
        }
    }
}

#[test]
fn an_untouched_template_is_read_without_a_problem() {
    let set = policies();
    let bytes = template(&set, &[]).expect("a template");
    for subject in SUBJECTS {
        let others = set.policies().iter().flat_map(|policy| &policy.facts).collect();
        let register = read_back(&bytes, &Asked { others, ..asked(subject) });
        assert!(register.subjects.is_empty(), "{subject}");
        assert_eq!(register.problems.iter().map(|note| note.problem.to_string()).collect::<Vec<_>>(), [""; 0], "{subject}");
        let read = register.sheets.iter().filter(|sheet| sheet.rows > 0);
        let aside: Vec<_> = read.flat_map(|sheet| &sheet.set_aside).map(|aside| (aside.reason.as_str(), aside.rows)).collect();
        assert!(!aside.is_empty() && aside.iter().all(|aside| *aside == (notes::UNTOUCHED.en, 1)), "{subject}: {aside:?}");
    }
}

#[test]
fn every_column_of_a_filled_template_comes_back_as_a_fact() {
    let set = policies();
    for subject in SUBJECTS {
        let entity = asked(subject).subject;
        let sheets = super::super::template::plan_of(&set, &[entity]);
        let bytes = super::super::template::filled(&sheets).expect("a workbook");
        let asked = Asked { own: super::super::template::own_facts(&set), ..asked(subject) };
        let register = read_back(&bytes, &asked);
        assert_eq!(register.subjects.len(), 1, "{subject}: {:?}", register.problems);
        let mut found = HashSet::new();
        paths(&serde_json::to_value(&register.subjects.first().expect("one").facts).expect("JSON"), "", &mut found);
        let read: HashSet<&str> = found.iter().filter_map(|path| path.rsplit('.').next()).collect();
        let missing: Vec<String> = sheets
            .iter()
            .flat_map(|sheet| sheet.fields().map(move |field| (sheet.name(), field)))
            .filter(|(_, field)| !read.contains(field.as_str()))
            .map(|(sheet, field)| format!("{sheet}: {field}"))
            .collect();
        assert_eq!(missing, [""; 0], "{subject}: {found:?}");
        let rows: Vec<_> = register.sheets.iter().skip(1).filter(|sheet| sheet.used != 1).map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(rows, [""; 0], "{subject}: {:?}", register.problems);
    }
}

#[test]
fn every_field_that_a_cell_can_fill_has_a_column() {
    use crate::facts::FieldKind;
    let set = policies();
    for subject in SUBJECTS {
        let tree = Tree::of(asked(subject).subject, &[]);
        let sheets = super::super::template::plan_of(&set, &[asked(subject).subject]);
        let register = tree.registers.first().expect("the subjects");
        let all =
            std::iter::once((register.entity.zh, register.entity)).chain(register.nodes.iter().map(|node| (node.holder.labels()[0], node.entity)));
        for (name, entity) in all {
            let columns: HashSet<String> = sheets.iter().find(|sheet| sheet.name() == name).expect("a sheet").columns().collect();
            let fields = entity.fields.iter().filter(|field| !matches!(field.kind, FieldKind::Record(_) | FieldKind::Records(_)));
            let missing: Vec<_> = fields.filter(|field| !columns.contains(field.name)).map(|field| field.name).collect();
            assert_eq!(missing, [""; 0], "{name} of {subject}");
        }
    }
}

#[test]
fn a_template_has_the_same_bytes_each_time_and_a_list_of_words_for_each_code() {
    let set = PolicySet::empty();
    let bytes = template(&set, &["practitioner"]).expect("a template");
    assert_eq!(template(&set, &["practitioner"]).expect("a template"), bytes);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet2.xml").expect("the people"), &mut sheet).expect("text");
    let lists = sheet.matches("type=\"list\"").count();
    let codes =
        Practitioner::ENTITY.fields.iter().filter(|field| matches!(field.kind, crate::facts::FieldKind::Code(_) | crate::facts::FieldKind::Boolean));
    assert_eq!(lists, codes.count());
    assert!(sheet.contains("type=\"date\"") && sheet.contains("填写说明"));
}

#[test]
fn a_template_is_for_the_subjects_that_are_named() {
    let set = policies();
    let sheets = |subjects: &[&str]| -> Vec<String> {
        let bytes = template(&set, subjects).expect("a template");
        read_back(&bytes, &asked("project")).sheets.iter().map(|sheet| sheet.name.clone()).collect()
    };
    assert_eq!(sheets(&["project"]), ["填写说明", "继续医学教育项目"]);
    assert!(sheets(&[]).len() > 20);
    let error = template(&set, &["projekt"]).expect_err("no such subject");
    assert!(error.to_string().contains("did you mean `project`?"), "{error}");
}

#[test]
fn an_untouched_sheet_tells_nothing_and_an_empty_one_that_there_is_none() {
    let roster: &[&[&str]] = &[&["工号", "姓名"], &["1", "张三"]];
    let header: &[&str] = &["工号", "项目名称", "学分", "授予日期"];
    let untouched = register(&workbook(&[("人员", roster), ("学分记录", &[header, &["示例", "某项目", "5", "2024-03-01"]])]));
    assert_eq!(people(&untouched).first().map(|person| person.activities.clone()), Some(None));
    let aside = untouched.sheets.last().map(|sheet| sheet.set_aside.iter().map(|aside| aside.reason.as_str()).collect::<Vec<_>>());
    assert_eq!(aside, Some(vec![notes::UNTOUCHED.en]));
    let records: &[&[&str]] = &[header, &["1", "急救", "5", "2024-03-01"]];
    let alone = register(&workbook(&[("人员", &[&["工号", "姓名"], &["示例", "张三"]]), ("学分记录", records)]));
    assert_eq!(credits(&alone, 0), some(&["5"]), "people are taken from the records");
    let nobody = register(&workbook(&[("人员", &[&["工号", "姓名"]]), ("学分记录", &[header])]));
    assert!(nobody.problems.is_empty(), "there is nobody who could have none: {:?}", nobody.problems);
    let empty = register(&workbook(&[("人员", roster), ("学分记录", &[header])]));
    assert_eq!(people(&empty).first().map(|person| person.activities.clone()), Some(Some(vec![])));
}

#[test]
fn codes_of_a_policys_own_are_offered_and_read_by_their_words() {
    let set = policies();
    let bytes = super::super::template::filled(&super::super::template::plan_of(&set, &[asked("practitioner").subject])).expect("a workbook");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.clone())).expect("an archive");
    let mut texts = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/sharedStrings.xml").expect("the texts"), &mut texts).expect("text");
    assert!(texts.contains("<t>红色、黄色</t>") && texts.contains("<t>黄色</t>"), "on the page of explanations, and in a list of words");
    let own = set.policies().iter().filter(|policy| policy.id == "own").flat_map(|policy| &policy.facts).collect();
    let register = read_back(&bytes, &Asked { own, ..asked("practitioner") });
    let facts = serde_json::to_value(&register.subjects.first().expect("one").facts).expect("JSON");
    assert_eq!(facts["practitioner"]["activities"][0]["extra"]["colour"], "red");
}
