//! Receipts: what they cover, and what checking them again finds.

use medtrain::Lang;
use medtrain::evaluate::{Given, Verdict};
use medtrain::explain::verdict_sentences;
use medtrain::feel::Value;
use medtrain::policy::PolicySet;
use medtrain::problem::ProblemCode;
use medtrain::quantity::parse_day;
use medtrain::receipt::{Receipt, Since, Verification};

const FACTS: &str = r#"{"practitioner": {"person_id": "1001", "activities": [{"awarded_on": "2024-05-10", "credits": "24.5", "hours": "80", "subject_kind": "professional", "job_related": true, "electronic": true}]}}"#;

fn receipt_of(facts: &str) -> Receipt {
    let set = PolicySet::builtin().expect("the built-in policies load");
    let facts = set.facts_from_json("cq-annual-cme", facts).expect("usable facts");
    let as_of = parse_day("2024-11-15").expect("a day");
    Receipt::new(set.evaluate("cq-annual-cme", &facts, &Given::new().with("year", 2024_i64), as_of).expect("a verdict"), &facts)
}

fn verify(receipt: &str, facts: &str) -> Verification {
    PolicySet::builtin().expect("the built-in policies load").verify(receipt, facts).expect("a receipt")
}

fn changed(verification: &Verification) -> Vec<(&str, Option<&str>, Option<&str>)> {
    verification.changes.iter().map(|c| (c.path.as_str(), c.was.as_deref(), c.now.as_deref())).collect()
}

#[test]
fn a_verdict_that_was_kept_as_json_reads_back_as_it_was() {
    let set = PolicySet::builtin().expect("the built-in policies load");
    let question = set.ask("cq-annual-cme", &Given::new().with("year", 2024), parse_day("2024-09-15").expect("a day")).expect("a question");
    let facts = question.facts_from_json(FACTS).expect("usable facts");
    let mut verdict = question.evaluate(&facts);
    verdict.remedies = Some(question.remedies_with_days(&facts));
    assert!(verdict.remedies.as_ref().is_some_and(|remedies| !remedies.remedies.is_empty()));
    let kept: Verdict = serde_json::from_str(&verdict.to_json()).expect("a verdict");
    assert_eq!(kept, verdict);
    assert_eq!(verdict_sentences(&kept, &question, Lang::En), verdict_sentences(&verdict, &question, Lang::En));
}

#[test]
fn what_is_given_as_text_is_a_date_where_one_is_declared() {
    let set = PolicySet::builtin().expect("the built-in policies load");
    let as_of = parse_day("2024-06-10").expect("a day");
    let ask = |given: &str| set.ask("gx-eligibility", &serde_json::from_str::<Given>(given).expect("values by name"), as_of);
    let day = Value::Date(parse_day("2024-06-01").expect("a day"));
    assert_eq!(ask(r#"{"applied_on": "2024-06-01"}"#).expect("a question").given().get("applied_on"), Some(&day));
    let error = ask(r#"{"applied_on": "2024-06-31"}"#).expect_err("no such day");
    assert_eq!((error.code(), error.problems[0].place.as_str()), (Some(ProblemCode::WrongType), "given.applied_on"));
}

#[test]
fn a_receipt_of_the_same_facts_holds() {
    let verification = verify(&receipt_of(FACTS).to_json(), FACTS);
    assert!(verification.holds);
    assert_eq!((verification.since.as_slice(), changed(&verification).as_slice()), (&[][..], &[][..]));
}

#[test]
fn the_order_and_spelling_of_facts_is_no_change_of_them() {
    let other = r#"{"practitioner": {"activities": [{"hours": "80.0", "credits": "24.50", "awarded_on": "2024-05-10", "electronic": true, "job_related": true, "subject_kind": "professional"}], "person_id": "1001"}}"#;
    assert_eq!(receipt_of(FACTS).to_json(), receipt_of(other).to_json());
}

#[test]
fn a_record_corrected_since_shows_what_it_changed() {
    let verification = verify(&receipt_of(FACTS).to_json(), &FACTS.replace("24.5", "25"));
    assert!(!verification.holds);
    assert_eq!(verification.since, [Since::OtherFacts]);
    assert!(changed(&verification).contains(&("findings[1].status", Some("unmet"), Some("met"))), "{:?}", changed(&verification));
    assert!(changed(&verification).contains(&("findings[1].actual", Some("24.5"), Some("25"))));
}

#[test]
fn a_fact_that_decides_nothing_leaves_the_answer_as_it_was() {
    let verification = verify(&receipt_of(FACTS).to_json(), &FACTS.replace("\"hours\"", "\"sponsor\": \"x\", \"hours\""));
    assert!(verification.holds);
    assert_eq!(verification.since, [Since::OtherFacts]);
}

#[test]
fn an_altered_receipt_is_found_out() {
    let altered = receipt_of(FACTS).to_json().replace(r#""actual":"24.5""#, r#""actual":"25""#);
    let verification = verify(&altered, FACTS);
    assert!(!verification.holds);
    assert_eq!(verification.since, [Since::ReceiptAltered]);
}

#[test]
fn what_was_added_beside_what_the_hash_covers_is_found_out() {
    let receipt = receipt_of(FACTS).to_json();
    let more = receipt.replacen('{', r#"{"approved":"yes","#, 1);
    let verification = verify(&more, FACTS);
    assert!(verification.holds, "the answer is the same");
    assert_eq!(verification.since, [Since::ReceiptAltered]);
    assert_eq!(verify(&receipt, FACTS).since, []);
}

#[test]
fn a_receipt_names_no_fact_of_the_person() {
    let receipt = receipt_of(&FACTS.replace("\"person_id\"", "\"name\": \"Zhang\", \"id_no\": \"999999199001011234\", \"person_id\"")).to_json();
    assert!(!receipt.contains("Zhang") && !receipt.contains("9999991990"));
}

#[test]
fn what_is_no_receipt_is_refused_with_every_path() {
    let set = PolicySet::builtin().expect("the built-in policies load");
    let error = set.verify(r#"{"engine": "1", "facts": 3}"#, FACTS).expect_err("no receipt");
    let places: Vec<_> = error.problems.iter().map(|p| p.place.as_str()).collect();
    assert_eq!(places, ["facts", "hash", "verdict.decision", "verdict.as_of"]);
    assert_eq!(set.verify("[", FACTS).expect_err("no JSON").code(), Some(ProblemCode::Syntax));
    let bad_day = receipt_of(FACTS).to_json().replace("2024-11-15", "2024-02-30");
    assert_eq!(set.verify(&bad_day, FACTS).expect_err("no such day").code(), Some(ProblemCode::BadDate));
    let bad_year = receipt_of(FACTS).to_json().replace(r#""year":2024"#, r#""year":"soon""#);
    assert_eq!(set.verify(&bad_year, FACTS).expect_err("no year").code(), Some(ProblemCode::WrongType));
}
