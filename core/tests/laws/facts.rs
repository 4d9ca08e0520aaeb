//! Facts go out as JSON and come back the same.

use std::time::{Duration, Instant};

use medtrain::facts::{Entity, Facts, FieldKind};
use medtrain::problem::Problem;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use crate::entropy::{Entropy, bytes};

fn text(from: &mut Entropy) -> String {
    from.pick(&["", "a", "0012", "重庆", "\"\\\n\u{1F40E}", "500103", "x".repeat(60).as_str()]).to_string()
}

fn entity(entity: &Entity, depth: usize, from: &mut Entropy) -> Json {
    let mut fields = Map::new();
    let (mut unknown, mut none) = (Vec::new(), Vec::new());
    for field in entity.fields {
        match from.below(6) {
            0..=2 => {}
            3 if matches!(field.kind, FieldKind::Day) && from.once_in(2) => {
                unknown.push(format!("{} within {}", field.name, from.pick(&["2024", "2024-02", "2024-02-28/2024-03-01", "0001", "9999"])));
            }
            3 => unknown.push(field.name.to_owned()),
            4 => none.push(field.name),
            _ => {
                if let Some(value) = value(field.kind, depth, from) {
                    fields.insert(field.name.to_owned(), value);
                }
            }
        }
    }
    if from.once_in(2) {
        fields.insert("unknown".to_owned(), json!(unknown));
    }
    if from.once_in(2) {
        fields.insert("none".to_owned(), json!(none));
    }
    if from.once_in(3) {
        fields.insert("recorded_at".to_owned(), json!(*from.pick(&["2024-02-29", "2024-03-01"])));
    }
    if from.once_in(3) {
        fields.insert("extra".to_owned(), json!({"mark": text(from), "count": from.below(9), "so": true, "gone": null, "many": [1, {"in": "0.50"}]}));
    }
    Json::Object(fields)
}

fn value(kind: FieldKind, depth: usize, from: &mut Entropy) -> Option<Json> {
    Some(match kind {
        FieldKind::Boolean => Json::from(from.once_in(2)),
        FieldKind::Integer => Json::from(*from.pick(&[0_u32, 1, 2024, u32::MAX])),
        FieldKind::Decimal => Json::from(*from.pick(&["0", "25", "0.10", "007", "999999999999999", "0.000000000000000001"])),
        FieldKind::Day => Json::from(*from.pick(&["2024-02-29", "0001-01-01", "9999-12-31"])),
        FieldKind::Text => Json::from(text(from)),
        FieldKind::Texts => json!([text(from), text(from)]),
        FieldKind::Code(list) => Json::from(from.pick(list.codes).code),
        FieldKind::Record(inner) if depth > 0 => entity(inner(), depth - 1, from),
        FieldKind::Records(inner) if depth > 0 => (0..from.below(3)).map(|_| entity(inner(), depth - 1, from)).collect(),
        FieldKind::Record(_) | FieldKind::Records(_) => return None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn facts_come_back_from_json_as_they_went(bytes in bytes(400)) {
        let mut from = Entropy::new(&bytes);
        let roots = Facts::SUBJECTS.iter().filter(|_| from.once_in(2)).collect::<Vec<_>>();
        let json: Map<String, Json> = roots.iter().map(|root| (root.name.to_owned(), entity(root, 2, &mut from))).collect();
        // A field may be named and given; such facts are refused, and have no JSON to come back from.
        let Ok(facts) = Facts::from_json(&Json::Object(json.clone()).to_string()) else { return Ok(()) };
        let written = serde_json::to_string(&facts).expect("facts are JSON");
        let read = Facts::from_json(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
        prop_assert_eq!(&read, &facts);
        prop_assert_eq!(serde_json::to_string(&read).expect("JSON"), written);
        prop_assert_eq!(Facts::from_value(&Json::Object(json)).expect("the same facts"), facts);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[{}\\[\\]\":,a-z0-9 .-]{0,80}") {
        let _ = Facts::from_json(&text);
        let _ = Facts::from_json(&format!("{{\"practitioner\":{{\"activities\":[{text}]}}}}"));
    }
}

#[test]
fn json_that_nests_deeply_is_refused() {
    for text in ["[".repeat(100_000), "{\"practitioner\":".repeat(50_000), format!("{{\"practitioner\":{{\"extra\":{}", "{\"a\":".repeat(50_000))] {
        assert!(Facts::from_json(&text).is_err());
    }
}

/// The problems of facts about a practitioner.
fn problems(practitioner: &str) -> Vec<Problem> {
    Facts::from_json(&format!(r#"{{"practitioner": {practitioner}}}"#)).expect_err("facts with a problem").problems
}

#[test]
fn an_amount_that_is_too_large_is_told_what_the_largest_is() {
    for (credits, expected) in [("9999999999999999", "at most 1000000000000000"), ("-1", "not negative")] {
        let problems = problems(&format!(r#"{{"activities": [{{"credits": "{credits}"}}]}}"#));
        assert!(problems.first().is_some_and(|problem| problem.message.contains(expected)), "{problems:?}");
    }
}

#[test]
fn many_keys_that_nobody_knows_are_told_once_they_are_counted() {
    let start = Instant::now();
    let keys: Vec<String> = (0..100_000).map(|i| format!(r#""key{i}": 1"#)).collect();
    let told = problems(&format!("{{{}}}", keys.join(", ")));
    assert_eq!(told.len(), 101);
    assert!(told.last().is_some_and(|problem| problem.message.contains("99900 more")), "{:?}", told.last());
    // Those under `extra` are a policy's to know.
    let facts = format!(r#"{{"practitioner": {{"extra": {{{}}}}}}}"#, keys.join(", "));
    assert!(Facts::from_json(&facts).is_ok());
    let names: Vec<String> = (0..50_000).map(|i| format!(r#""extra.key{i}""#)).collect();
    let said =
        format!(r#"{{"practitioner": {{"unknown": [{}], "none": [{}], "extra": {{{}}}}}}}"#, names.join(", "), names.join(", "), keys.join(", "));
    assert!(Facts::from_json(&said).is_err());
    assert!(start.elapsed() < Duration::from_secs(20), "it took {:?}", start.elapsed());
}

#[test]
fn a_key_that_is_no_field_is_shortened_in_its_path_too() {
    let key = "k".repeat(10_000);
    for facts in [format!(r#"{{"{key}": 1}}"#), format!(r#"{{"extra": {{"{key}": 0.5}}}}"#)] {
        let places: Vec<usize> = problems(&facts).iter().map(|problem| problem.place.len()).collect();
        assert!(places.iter().all(|length| *length < 100), "{places:?}");
    }
    assert!(Facts::from_json(&format!(r#"{{"{key}": 1}}"#)).is_err_and(|error| error.problems.iter().all(|problem| problem.place.len() < 100)));
}
