//! Days of which only the month, the year or two ends are known.

use medtrain::evaluate::{Given, Status, Verdict};
use medtrain::facts::Facts;
use medtrain::policy::PolicySet;
use serde_json::{Value as Json, json};

fn judged(require: &str, facts: &Json) -> Verdict {
    let policy = format!(
        "[policy]\nid = \"p\"\nnumber = \"1\"\nissued = 2020-01-01\n\n[[provision]]\nid = \"p\"\narticle = \"1\"\nsubject = \"practitioner\"\n\
         modality = \"shall\"\nrequire = '''{require}'''\n\n[[decision]]\nid = \"d\"\nsubject = \"practitioner\"\nall_of = [\"p\"]\n"
    );
    let mut set = PolicySet::empty();
    set.add("p.toml", &policy).expect("a policy");
    let facts = set.facts_from_json("d", &json!({ "practitioner": facts }).to_string()).expect("facts");
    set.evaluate("d", &facts, &Given::new(), "2024-11-15".parse().expect("a day")).expect("a verdict")
}

#[test]
fn a_month_decides_what_every_day_of_it_decides_and_nothing_else() {
    for (within, require, status) in [
        ("2024-10", "birth_date <= @\"2024-10-31\"", Status::Met),
        ("2024-10", "birth_date < @\"2024-10-31\"", Status::Unknown),
        ("2024-10", "birth_date >= @\"2024-11-01\"", Status::Unmet),
        ("2024-10", "birth_date in [@\"2024-10-01\"..@\"2024-10-31\"]", Status::Met),
        ("2024-10", "birth_date in (@\"2024-10-01\"..@\"2024-10-31\"]", Status::Unknown),
        ("2024-10", "birth_date = @\"2024-11-01\"", Status::Unmet),
        ("2024-10", "birth_date = @\"2024-10-15\"", Status::Unknown),
        ("2024-10", "birth_date != null", Status::Met),
        ("2024-10", "birth_date.month = 10 and birth_date.year = 2024", Status::Met),
        ("2024-10", "birth_date.day <= 31", Status::Met),
        ("2024-10", "birth_date.day <= 30", Status::Unknown),
        ("2024", "birth_date.month = 10", Status::Unknown),
        ("2024", "birth_date.year = 2024", Status::Met),
        ("2024-02", "birth_date + @\"P1M\" <= @\"2024-03-29\"", Status::Met),
        ("2024-02", "birth_date + @\"P1M\" <= @\"2024-03-28\"", Status::Unknown),
        ("2024-02", "birth_date - @\"P1D\" >= @\"2024-01-31\"", Status::Met),
        ("2024-03-05/2024-03-08", "birth_date > @\"2024-03-04\" and birth_date < @\"2024-03-09\"", Status::Met),
        ("2024-03-05/2024-03-08", "(if birth_date > @\"2024-03-06\" then birth_date else @\"2024-03-01\") < @\"2024-03-09\"", Status::Met),
    ] {
        let verdict = judged(require, &json!({ "unknown": [format!("birth_date within {within}")] }));
        assert_eq!(verdict.status, status, "{within}: {require}");
        let asks = if status == Status::Unknown { vec!["practitioner.birth_date".to_owned()] } else { Vec::new() };
        assert_eq!(verdict.missing, asks, "{within}: {require}");
    }
}

#[test]
fn a_stay_lasts_at_least_from_the_last_first_day_to_the_first_last_day() {
    let stay = json!({ "attachments": [{ "unknown": ["starts_on within 2024-03", "ends_on within 2024-09"] }] });
    for (months, status) in [("5", Status::Met), ("6", Status::Unknown)] {
        let require = format!("whole months(for a in attachments return [a.starts_on..a.ends_on]) >= {months}");
        assert_eq!(judged(&require, &stay).status, status, "{months}");
    }
}

#[test]
fn what_is_no_day_or_says_none_is_refused_with_its_cure() {
    let refused = |facts: &Json| Facts::from_json(&json!({ "practitioner": facts }).to_string()).err().map(|error| error.to_string());
    for (facts, says) in [
        (json!({ "unknown": ["birth_date within 2024-13"] }), "`2024-13` says no days"),
        (json!({ "unknown": ["birth_date within 2024-03-08/2024-03-05"] }), "says no days"),
        (json!({ "unknown": ["department within 2024-03"] }), "`department` is no day"),
        (json!({ "unknown": ["birth within 2024-03"] }), "no field of practitioner is called `birth`"),
        (json!({ "unknown": ["birth_date within 2024-03"], "birth_date": "2024-03-05" }), "`birth_date` has a value"),
        (json!({ "unknown": ["birth_date"], "none": ["birth_date"] }), "both unknown and none"),
        (json!({ "unknown": ["birth_date within 2024-03"], "none": ["birth_date"] }), "both unknown and none"),
    ] {
        let error = refused(&facts).unwrap_or_default();
        assert!(error.contains(says), "{facts}: {error}");
    }
}
