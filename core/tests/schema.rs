//! The JSON Schema of facts says what the reader of facts does.

use medtrain::facts::{Facts, json_schema};
use serde_json::{Value, json};

fn accepts(facts: &Value) -> (bool, bool) {
    let validator = jsonschema::validator_for(&json_schema()).expect("a schema");
    (validator.is_valid(facts), Facts::from_value(facts).is_ok())
}

#[expect(clippy::needless_pass_by_value, reason = "it reads as the JSON that it is part of")]
fn with_activity(activity: Value) -> Value {
    json!({ "practitioner": { "person_id": "1001", "activities": [activity] } })
}

#[test]
fn what_the_reader_takes_the_schema_takes() {
    for facts in [
        json!({}),
        json!({ "practitioner": {} }),
        json!({ "practitioner": { "activities": null, "unknown": ["title"], "none": ["attachments"] } }),
        with_activity(
            json!({ "credits": "2.5", "hours": null, "awarded_on": "2024-02-29", "electronic": true, "subject_kind": "public", "year_claimed": 2024 }),
        ),
        json!({ "practitioner": { "institution": { "level": "tertiary", "zones": ["渝东北"] }, "title_grade": "senior", "extra": { "points": "3" } } }),
        json!({ "activity": { "starts_on": "2024-05-10", "unknown": ["awarded_on"] } }),
    ] {
        assert_eq!(accepts(&facts), (true, true), "{facts}");
    }
}

#[test]
fn what_the_reader_refuses_the_schema_refuses() {
    for facts in [
        json!({ "doctor": {} }),
        json!({ "practitioner": { "activitys": [] } }),
        json!({ "practitioner": { "activities": {} } }),
        json!({ "practitioner": { "unknown": ["nothing"] } }),
        json!({ "practitioner": { "title_grade": "high" } }),
        with_activity(json!({ "credits": 2.5 })),
        with_activity(json!({ "credits": 2 })),
        with_activity(json!({ "credits": "2.5分" })),
        with_activity(json!({ "electronic": "是" })),
        with_activity(json!({ "year_claimed": "2024" })),
        with_activity(json!({ "year_claimed": -1 })),
    ] {
        assert_eq!(accepts(&facts), (false, false), "{facts}");
    }
}
