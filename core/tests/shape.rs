//! The shapes say of every type that crosses what its JSON has, and no more.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use medtrain::evaluate::Given;
use medtrain::explain::why;
use medtrain::facts::Facts;
use medtrain::policy::{Policy, PolicySet};
use medtrain::quantity::{parse_day, parse_decimal};
use medtrain::receipt::Receipt;
use medtrain::region::{Survey, Surveyed, Withheld, publication, ranking};
use medtrain::shape::{Body, Crosses, FieldShape, Form, shapes};
use serde_json::{Map, Value, json};

/// What of a value does not fit its form, by path.
fn misfits(path: &str, value: &Value, form: Form, found: &mut Vec<String>) {
    let fits = match (form, value) {
        (Form::Boolean, Value::Bool(_)) | (Form::Text, Value::String(_)) | (Form::Values, Value::Object(_)) => true,
        (Form::Integer, Value::Number(n)) => n.is_i64(),
        (Form::Decimal, Value::String(text)) => parse_decimal(text).is_some(),
        (Form::Day, Value::String(text)) => parse_day(text).is_some(),
        (Form::Optional(inner), value) => return misfits(path, value, *inner, found),
        (Form::List(inner), Value::Array(items)) => {
            return items.iter().enumerate().for_each(|(n, item)| misfits(&format!("{path}[{n}]"), item, *inner, found));
        }
        (Form::Shape(shape), value) => match (&shape().body, value) {
            (Body::Record(fields), Value::Object(object)) => return record(path, object, fields, found),
            (Body::Codes(codes), Value::String(text)) => codes.iter().any(|code| code.code == text),
            (Body::Union(variants), Value::Object(object)) => match variants.iter().find(|v| object.get("kind") == Some(&json!(v.kind))) {
                Some(variant) => {
                    let mut rest = object.clone();
                    rest.remove("kind");
                    return record(path, &rest, variant.fields, found);
                }
                None => false,
            },
            _ => false,
        },
        _ => false,
    };
    if !fits {
        found.push(format!("{path}: {value} is no {form:?}"));
    }
}

fn record(path: &str, object: &Map<String, Value>, fields: &[FieldShape], found: &mut Vec<String>) {
    for (name, value) in object {
        match fields.iter().find(|field| field.name == name) {
            Some(field) => misfits(&format!("{path}.{name}"), value, field.form, found),
            None => found.push(format!("{path}.{name}: not in the shape")),
        }
    }
    for field in fields.iter().filter(|field| !matches!(field.form, Form::Optional(_)) && !field.left_out_empty) {
        if !object.contains_key(field.name) {
            found.push(format!("{path}.{}: left out", field.name));
        }
    }
}

fn fits<T: Crosses + serde::Serialize>(name: &str, value: &T) {
    let mut found = Vec::new();
    misfits(name, &serde_json::to_value(value).expect("JSON"), T::FORM, &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_is_said_of_a_person_fits_its_shape() {
    let set = PolicySet::builtin().expect("the built-in policies");
    let as_of = parse_day("2024-09-15").expect("a day");
    let question = set.ask("cq-annual-cme", &Given::new().with("year", 2024), as_of).expect("a question");
    let text = r#"{"practitioner": {"person_id": "1001", "title_grade": "intermediate", "unknown": ["ends_on"], "extra": {}, "activities": [
        {"awarded_on": "2024-05-10", "credits": "12.5", "hours": "16", "subject_kind": "professional", "electronic": true, "recorded_at": "2024-05-11"},
        {"awarded_on": "2022-05-10", "credits": "5", "hours": "16", "subject_kind": "public", "job_related": true, "none": ["form"]},
        {"credits": "5", "project": {"activity_no": "1"}}]}}"#;
    let facts = question.facts_from_json(&text.replace(r#""unknown": ["ends_on"], "#, "")).expect("facts");
    let verdict = question.evaluate(&facts);
    fits("facts", &facts);
    fits("remedies", &question.remedies(&facts));
    fits("why", &why(&question, &facts));
    fits("portions", &question.portions(&facts, &verdict));
    fits("labels", &question.labels());
    let changed = question.changed(&facts, &[r#"practitioner.activities[+]={"credits": "15", "awarded_on": "2024-06-01"}"#]).expect("facts");
    fits("what_if", &question.what_if(&facts, &changed));
    let receipt = Receipt::new(verdict, &facts);
    fits("receipt", &receipt);
    fits("verification", &set.verify(&receipt.to_json(), &serde_json::to_string(&facts).expect("JSON")).expect("it is a receipt"));
}

#[test]
fn what_is_said_of_a_region_fits_its_shape() {
    let set = PolicySet::builtin().expect("the built-in policies");
    let as_of = parse_day("2024-12-05").expect("a day");
    let ask = |decision| set.ask(decision, &Given::new().with("year", 2024), as_of).expect("a question");
    let (people, targets, duties, cut) = (ask("cq-annual-cme"), ask("cq-region-targets"), ask("cq-municipal-duties"), ask("sd-plan-cut"));
    let facts = r#"{"practitioner": {"person_id": "1001", "name": "王某", "institution": {"institution_id": "H1"}, "activities": []}}"#;
    let facts = Facts::from_json(facts).expect("facts");
    let (verdict, person) = (people.evaluate(&facts), facts.practitioner.expect("a person"));
    let region = r#"{"region": {"zones": ["渝东北"], "exam_results": [{"base_id": "B1", "year": 2024, "taken": 10, "passed": 9}],
        "extra": {"promotion_candidates": [{"candidate_id": "1001", "target_grade": "senior", "audit_passed": true}]}}}"#;
    let region = duties.facts_from_json(region).expect("facts").region.expect("a region");
    let survey = Survey::new(&people, &targets).expect("a survey");
    let report = survey.count(&region, &[], &[Surveyed { facts: &person, verdict: &verdict, place: None }]).expect("counted");
    fits("region", &report);
    let list = publication(&duties, &region, &[(&person, None), (&person, None)]).expect("a list");
    assert_eq!(list.withheld.len(), 1, "two of one number");
    let withheld = list.withheld.first().map(|one| Withheld { id: "999999198505052228".to_owned(), ..one.clone() });
    assert_eq!(withheld.map(|one| one.shown_id()).as_deref(), Some("999999********2228"));
    fits("publication", &list);
    let named_twice = r#"{"region": {"extra": {"promotion_candidates": [{"candidate_id": "1001", "target_grade": "senior", "audit_passed": true},
        {"candidate_id": "1001", "target_grade": "associate_senior", "audit_passed": true}]}}}"#;
    let named_twice = duties.facts_from_json(named_twice).expect("facts").region.expect("a region");
    let list = publication(&duties, &named_twice, &[(&person, None)]).expect("a list");
    assert_eq!(list.announced.len(), 1, "who is a candidate twice is announced once");
    fits("ranking", &ranking(&cut, &region).expect("ranked"));
}

#[test]
fn what_is_said_of_policies_fits_its_shape() {
    let set = PolicySet::builtin().expect("the built-in policies");
    fits("policies", &set.list_policies());
    fits("provisions", &set.list_provisions());
    fits("decisions", &set.list_decisions());
    fits("calendar", &set.calendar("cq-2017-25", 2024).expect("a calendar"));
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/cq-2017-25.toml")).expect("a policy");
    let old = Policy::from_toml("old.toml", &text).expect("a policy");
    let new =
        Policy::from_toml("new.toml", &text.replace(">= 25", ">= 30").replace("modality = \"shall\"", "modality = \"principle\"")).expect("a policy");
    let difference = old.difference(&new);
    assert!(!difference.is_empty());
    fits("difference", &difference);
    fits("problem", &Policy::from_toml("broken.toml", "x = ").expect_err("no policy").problems);
}

/// The names of the types that say so in the sources.
fn said_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            said_in(&entry, found);
        } else if entry.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&entry).expect("a source");
            let after = text.split("\n#[crosses]").skip(1).chain(text.split("\n#[entity(").skip(1)).chain(text.split("\n#[codes(").skip(1));
            let declared = after.filter_map(|item| item.lines().find(|line| line.contains("struct ") || line.contains("enum ")));
            // What is for the crate alone does not leave it.
            let public = declared.filter(|line| line.starts_with("pub struct") || line.starts_with("pub enum"));
            found.extend(public.filter_map(|line| line.split(' ').nth(2).map(str::to_owned)));
        }
    }
}

#[test]
fn every_type_that_crosses_has_a_shape_of_its_own_name() {
    let shapes = shapes();
    let mut names: Vec<&str> = shapes.iter().map(|shape| shape.name).collect();
    let mut said = BTreeSet::new();
    said_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut said);
    if cfg!(feature = "workbook") {
        let missing: Vec<&String> = said.iter().filter(|name| !names.contains(&name.as_str())).collect();
        assert!(missing.is_empty(), "not to be found from the roots: {missing:?}");
    }
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "two types of one name");
}

#[test]
fn every_type_field_and_code_says_what_it_is() {
    for shape in shapes() {
        assert!(!shape.doc.is_empty(), "{}", shape.name);
        assert!(shape.fields().all(|field| !field.doc.is_empty()), "{}", shape.name);
        match shape.body {
            Body::Codes(codes) => assert!(codes.iter().all(|code| !code.doc.is_empty()), "{}", shape.name),
            Body::Union(variants) => assert!(variants.iter().all(|variant| !variant.doc.is_empty()), "{}", shape.name),
            Body::Record(_) => {}
        }
    }
}
