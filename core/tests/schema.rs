//! The JSON Schema of facts says what the reader of facts does.

use medtrain::facts::{Facts, entities, json_schema};
use medtrain::policy::PolicySet;
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
        json!({ "activity": { "unknown": ["awarded_on within 2024", "starts_on within 2024-05", "ends_on within 2024-05-10/2024-06-01"] } }),
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
        json!({ "practitioner": { "unknown": ["birth_date within May"] } }),
        json!({ "practitioner": { "unknown": ["title within 2024-05"] } }),
        json!({ "practitioner": { "none": ["birth_date within 2024-05"] } }),
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

#[test]
fn the_schema_of_a_set_has_the_facts_that_its_policies_declare() {
    let mut set = PolicySet::builtin().expect("the built-in policies");
    let own = r#"
        [policy]
        id = "own"
        number = "1"
        issued = 2024-01-01

        [[fact]]
        subject = "practitioner"
        name = "retired_on"
        type = "date"
        absent = "none"
        zh = "退休日期"
        en = "retired on"

        [[fact]]
        subject = "practitioner"
        name = "visits"
        type = "list of visit"

        [[fact]]
        subject = "visit"
        name = "outcome"
        type = "code"
        codes = ["good", "bad"]

        [[fact]]
        subject = "practitioner"
        name = "donations"
        type = "decimal"
        unit = "yuan"
        non_negative = true
        zh = "捐款"
        en = "donations"

        [words]
        good = { zh = "良好", en = "all is well" }

        [[provision]]
        id = "a"
        article = "1"
        subject = "practitioner"
        modality = "shall"
        require = 'retired_on = null and (every v in visits satisfies v.outcome = "good")'
    "#;
    set.add("own.toml", own).expect("a policy");
    let schema = set.json_schema();
    let extra = &schema["$defs"]["practitioner"]["properties"]["extra"]["properties"];
    assert_eq!((&extra["retired_on"]["x-absent"], &extra["retired_on"]["x-zh"]), (&json!("none"), &json!("退休日期")));
    assert_eq!(extra["retired_on"]["x-policies"], json!(["own"]));
    assert_eq!(schema["$defs"]["own.visit"]["properties"]["outcome"]["anyOf"][0]["oneOf"][0]["x-zh"], "良好");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let takes = |extra: Value| validator.is_valid(&json!({ "practitioner": { "extra": extra } }));
    assert!(takes(json!({ "retired_on": "2024-01-01", "visits": [{ "outcome": "bad" }, {}] })) && takes(json!({ "retired_on": null })));
    assert!(
        !takes(json!({ "retired_on": true }))
            && !takes(json!({ "visits": [{ "outcome": "fair" }] }))
            && !takes(json!({ "visits": [{ "place": "here" }] }))
    );
    assert!(takes(json!({ "donations": "0.5" })) && !takes(json!({ "donations": "-0.5" })) && !takes(json!({ "donations": -1 })));
    assert!(validator.is_valid(&json!({ "practitioner": { "unknown": ["extra.retired_on"] } })));
}

#[test]
fn no_entity_has_more_fields_than_reading_keeps_track_of() {
    assert!(entities().iter().all(|entity| entity.fields.len() <= 128));
}
