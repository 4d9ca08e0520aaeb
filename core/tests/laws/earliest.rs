//! The law of the earliest day: it is the first that gives `met`, and none is told only where none does.

use medtrain::evaluate::{Given, Status};
use medtrain::feel::Value;
use medtrain::policy::PolicySet;
use medtrain::quantity::Day;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::cases::policies;
use crate::entropy::{Entropy, bytes};

const DAYS: &[&str] = &["2023-10-01", "2024-01-31", "2024-05-01", "2024-06-01", "2023-06-01", "2018-03-01"];

/// A doctor near the figures of the three provinces.
fn doctor(from: &mut Entropy) -> Json {
    let attachments: Vec<Json> = (0..from.below(3))
        .map(|_| {
            let mut record = json!({
                "starts_on": from.pick(DAYS), "full_time": !from.once_in(6), "special_technique": false, "host_renowned": from.once_in(2),
                "host_scope": "province", "certificate_form": "provincial_uniform", "certificate_no": "1",
            });
            if from.once_in(2) {
                record["ends_on"] = json!(from.pick(&["2024-07-31", "2024-09-30", "2024-06-15"]));
            }
            record
        })
        .collect();
    let extra = ["politically_sound", "ethically_sound", "has_solid_foundation", "has_research_ability", "is_frontline_backbone", "is_healthy"];
    json!({ "practitioner": {
        "profession": "doctor", "status": "in_service", "title_grade": from.pick(&["intermediate", "junior"]), "title_appointed_on": "2015-01-01",
        "birth_date": from.pick(&["1985-06-01", "1978-12-01", "1974-02-01"]), "certificates": [], "attachments": attachments,
        "institution": { "level": from.pick(&["secondary", "tertiary", "primary"]), "tier": from.pick(&["county", "city", "township"]), "is_grassroots": from.once_in(3) },
        "application": { "applied_on": from.pick(DAYS) },
        "extra": extra.iter().map(|name| ((*name).to_owned(), Json::from(true))).collect::<serde_json::Map<_, _>>(),
    }})
}

const DECISIONS: &[&str] = &["sc-promotion-certificate", "zj-eligibility", "gx-eligibility", "gx-application"];

fn given(set: &PolicySet, decision: &str, on: Day) -> Given {
    set.given_of(decision, on).expect("a decision").iter().fold(Given::new(), |given, declared| match declared.name.as_str() {
        "applied_on" => given.with("applied_on", Value::Date(on)),
        name => given.with(name, "associate_senior"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn the_earliest_day_is_the_first_that_gives_met(bytes in bytes(60)) {
        let mut from = Entropy::new(&bytes);
        let decision = *from.pick(DECISIONS);
        let as_of: Day = from.pick(&["2024-06-01", "2023-10-01", "2026-12-01"]).parse().expect("a date");
        let mut facts = doctor(&mut from);
        if decision != "gx-eligibility" {
            facts["practitioner"]["extra"] = json!({});
        }
        let set = policies();
        let question = set.ask(decision, &given(set, decision, as_of), as_of).expect("a question");
        let facts = question.facts_from_json(&facts.to_string()).unwrap_or_else(|error| panic!("{error}"));
        let met = |on: &Day| set.ask(decision, &given(set, decision, *on), *on).expect("a question").judge(&facts).status.members() == [Status::Met];
        // Beyond three years nothing of these facts and rules moves any more.
        let first = as_of.iter_days().take(3 * 366).find(met);
        prop_assert_eq!(question.earliest(&facts).map(|earliest| earliest.on), first, "{} on {}", decision, as_of);
    }
}
