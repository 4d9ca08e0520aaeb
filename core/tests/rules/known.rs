//! What was known on a day: records that were recorded later are left out, and the old answer comes back.

use medtrain::evaluate::Given;
use medtrain::facts::Facts;
use medtrain::receipt::{Receipt, Since};

use crate::written::{day, set};

const POLICY: &str = r#"
[policy]
id = "p"
number = "1"
issued = 2020-01-01

[[provision]]
id = "credits"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'total(activities.credits) >= 10'

[[decision]]
id = "annual"
subject = "practitioner"
all_of = ["credits"]
"#;

const LATER: &str = r#"{"practitioner": {"activities": [
    {"credits": "5", "recorded_at": "2024-07-01"}, {"credits": "4"}, {"credits": "2", "recorded_at": "2024-06-30"}, {"credits": "9", "recorded_at": "2024-08-01"}]}}"#;

const EARLIER: &str = r#"{"practitioner": {"activities": [{"credits": "4"}, {"credits": "2", "recorded_at": "2024-06-30"}]}}"#;

fn read(json: &str) -> Facts {
    Facts::from_json(json).unwrap_or_else(|error| unreachable!("{error}"))
}

#[test]
fn what_was_recorded_later_is_left_out_and_what_does_not_say_when_was_known() {
    let set = set(&[POLICY]).expect("it loads");
    let asked = |facts: Facts| set.evaluate("annual", &facts, &Given::new(), day("2024-11-15")).expect("a verdict");
    let actual = |known: &str| asked(read(LATER).as_known_on(day(known))).findings[0].actual.clone();
    assert_eq!(actual("2024-06-29").as_deref(), Some("4"));
    assert_eq!(actual("2024-06-30").as_deref(), Some("6"), "what was recorded on the day was known");
    assert_eq!(actual("2024-07-01").as_deref(), Some("11"));
    let now = asked(read(LATER));
    assert_eq!((now.findings[0].actual.as_deref(), now.known_on), (Some("20"), None));
    assert!(!now.to_json().contains("known_on"));
    let then = asked(read(LATER).as_known_on(day("2024-06-30")));
    assert!(then.to_json().contains(r#""as_of":"2024-11-15","known_on":"2024-06-30""#), "{}", then.to_json());
    assert_eq!(then.to_json(), asked(read(EARLIER).as_known_on(day("2024-06-30"))).to_json(), "the old answer, byte for byte");
}

#[test]
fn a_record_that_stands_alone_is_then_as_if_nobody_had_told_us() {
    let person = r#"{"trainee": {"residency": {"recorded_at": "2024-07-01", "rotations": [{}]}, "person_id": "1"}}"#;
    let known = |json: &str, on: &str| serde_json::to_string(&read(json).as_known_on(day(on))).expect("JSON");
    assert_eq!(known(person, "2024-06-30"), r#"{"trainee":{"person_id":"1"}}"#);
    assert_eq!(known(person, "2024-07-01"), r#"{"trainee":{"person_id":"1","residency":{"rotations":[{}],"recorded_at":"2024-07-01"}}}"#);
    let inside = r#"{"trainee": {"residency": {"rotations": [{"recorded_at": "2024-07-01"}, {}]}}}"#;
    assert_eq!(known(inside, "2024-06-30"), r#"{"trainee":{"residency":{"rotations":[{}]}}}"#, "what remains of a list is complete");
    let whole = r#"{"practitioner": {"recorded_at": "2024-07-01"}}"#;
    assert_eq!(known(whole, "2024-06-30"), "{}");
    let project = r#"{"activity": {"project": {"recorded_at": "2024-07-01"}}}"#;
    assert_eq!(known(project, "2024-06-30"), r#"{"activity":{}}"#);
}

#[test]
fn what_was_known_is_not_known_again_by_asking_of_a_later_day() {
    let twice = read(LATER).as_known_on(day("2024-06-30")).as_known_on(day("2024-12-31"));
    assert_eq!(twice, read(EARLIER).as_known_on(day("2024-06-30")));
}

#[test]
fn the_day_is_a_day_and_no_condition_reads_it() {
    let error = Facts::from_json(r#"{"practitioner": {"activities": [{"recorded_at": "2024-02-30"}]}}"#).expect_err("no such day");
    assert!(error.to_string().starts_with("practitioner.activities[0].recorded_at: expected a date that exists"), "{error}");
    assert!(Facts::from_json(r#"{"practitioner": {"recorded_at": null}}"#).is_ok_and(|facts| facts == read(r#"{"practitioner": {}}"#)));
    let reads = POLICY.replace("total(activities.credits) >= 10", "recorded_at != null");
    assert_eq!(crate::written::problems(&reads), ["no name `recorded_at` is known here [unknown_name]"]);
}

#[test]
fn a_receipt_of_what_was_known_holds_whatever_is_recorded_later() {
    let set = set(&[POLICY]).expect("it loads");
    let receipt = |facts: &Facts| Receipt::new(set.evaluate("annual", facts, &Given::new(), day("2024-11-15")).expect("a verdict"), facts).to_json();
    let verified = |receipt: &str, facts: &str| set.verify(receipt, facts).expect("a receipt");
    let known = receipt(&read(EARLIER).as_known_on(day("2024-06-30")));
    let later = verified(&known, LATER);
    assert!(later.holds && later.since.is_empty(), "{later:?}");
    let without = verified(&receipt(&read(EARLIER)), LATER);
    assert_eq!((without.holds, without.since), (false, vec![Since::OtherFacts]));
    let other = verified(&known, &LATER.replace("\"4\"", "\"3\""));
    assert_eq!((other.holds, other.since), (false, vec![Since::OtherFacts]), "what was known already is another");
}
