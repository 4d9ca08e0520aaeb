//! Several versions of one document in a set: each day is answered by the one in force on it, or by none.

use medtrain::Lang;
use medtrain::evaluate::{Given, NotInForce, Verdict};
use medtrain::explain::headline;
use medtrain::policy::PolicySet;
use medtrain::receipt::Receipt;

use crate::written::{day, lines, set};

/// A version with this head, that asks for so many credits.
fn version(version: &str, days: &str, credits: u32) -> String {
    format!(
        r#"
[policy]
id = "province"
number = "省〔2020〕1号"
issued = 2020-01-01
version = "{version}"
{days}

[[fact]]
subject = "practitioner"
name = "points"
type = "decimal"

[[provision]]
id = "credits"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'total(activities.credits) >= {credits}'

  [[provision.date]]
  on = 'date(year, 10, 31)'
  zh = "上报第{version}版学分。"
  en = "Report the credits of version {version}."

[[decision]]
id = "annual"
subject = "practitioner"
all_of = ["credits"]
"#
    )
}

/// Until 2023 ten credits are asked, from July 2024 on twenty; between the two, nothing is in force.
fn both() -> PolicySet {
    let (old, new) = (version("1", "until = 2023-12-31", 10), version("2", "from = 2024-07-01\nuntil = 2025-12-31", 20));
    // The order in which they are loaded makes no difference.
    set(&[&new, &old]).expect("they do not overlap")
}

const FIFTEEN: &str = r#"{"practitioner": {"activities": [{"credits": "15"}]}}"#;

fn judged(set: &PolicySet, on: &str) -> Verdict {
    let facts = set.facts_from_json("annual", FIFTEEN).expect("facts");
    set.evaluate("annual", &facts, &Given::new(), day(on)).expect("a verdict")
}

#[test]
fn each_day_is_answered_by_the_version_in_force_on_it() {
    let set = both();
    let on = |date: &str| {
        let verdict = judged(&set, date);
        (verdict.status.code(), verdict.policy.version.clone(), verdict.not_in_force.is_some())
    };
    assert_eq!(on("2020-01-01"), ("met", "1".to_owned(), false));
    assert_eq!(on("2023-12-31"), ("met", "1".to_owned(), false));
    assert_eq!(on("2024-07-01"), ("unmet", "2".to_owned(), false));
    assert_eq!(on("2025-12-31"), ("unmet", "2".to_owned(), false));
}

#[test]
fn a_day_outside_of_every_version_is_not_answered_by_the_nearest() {
    let set = both();
    let on = |date: &str| {
        let verdict = judged(&set, date);
        let labels = set.ask("annual", &Given::new(), day(date)).expect("a question").labels();
        (verdict.status.code(), verdict.not_in_force.clone().expect("it says so"), [Lang::Zh, Lang::En].map(|lang| headline(&verdict, &labels, lang)))
    };
    let days = |ended: Option<&str>, begins: Option<&str>| NotInForce { ended: ended.map(day), begins: begins.map(day) };
    let (status, outside, told) = on("2024-01-01");
    assert_eq!((status, outside), ("not_applicable", days(Some("2023-12-31"), Some("2024-07-01"))));
    assert_eq!(
        told,
        [
            "不适用：该日没有施行中的规定（此前施行至2023-12-31，自2024-07-01起施行）",
            "not applicable: nothing of it is in force on the day (it was until 2023-12-31, it is from 2024-07-01 on)"
        ]
    );
    let (status, outside, _) = on("2024-06-30");
    assert_eq!((status, outside), ("not_applicable", days(Some("2023-12-31"), Some("2024-07-01"))));
    let (status, outside, _) = on("2019-12-31");
    assert_eq!((status, outside), ("not_applicable", days(None, Some("2020-01-01"))));
    let (status, outside, _) = on("2026-01-01");
    assert_eq!((status, outside), ("not_applicable", days(Some("2025-12-31"), None)));
}

#[test]
fn what_outlives_its_document_binds_on_unless_a_later_version_decides() {
    let target = "require = 'total(activities.credits) >= 10'\nuntil = \"none\"";
    let old = version("1", "until = 2023-12-31", 10).replace("require = 'total(activities.credits) >= 10'", target);
    let set = set(&[&old, &version("2", "from = 2024-07-01", 20)]).expect("they do not overlap");
    let verdict = judged(&set, "2024-01-01");
    assert_eq!((verdict.status.code(), verdict.not_in_force.is_some()), ("met", true));
    assert_eq!(judged(&set, "2024-07-01").status.code(), "unmet");
}

#[test]
fn versions_that_overlap_are_refused() {
    let problems = |first: &str, second: &str| {
        let mut set = set(&[first]).expect("the first loads");
        set.add("p.toml", second).map_or_else(|error| lines(&error.problems), |_| Vec::new())
    };
    let (open, new) = (version("1", "", 10), version("2", "from = 2024-07-01", 20));
    let overlaps = "version 2 of policy `province` is in force from 2024-07-01 on, and so is still version 1 [overlapping_versions]";
    assert_eq!(problems(&open, &new), [overlaps]);
    assert_eq!(problems(&new, &open), [overlaps], "in whichever order they are loaded");
    let ended = |until: &str| version("1", &format!("until = {until}"), 10);
    assert_eq!(problems(&ended("2024-07-01"), &new), [overlaps]);
    assert_eq!(problems(&ended("2024-06-30"), &new), [""; 0]);
    let same = version("1", "from = 2024-07-01", 20);
    assert_eq!(problems(&ended("2024-06-30"), &same), ["another file is version 1 of policy `province` [duplicate]"]);
    assert_eq!(problems(&open, &open), ["a policy `province` is loaded already [duplicate]"]);
    let elsewhere = new.replace("\"province\"", "\"other\"");
    assert_eq!(problems(&ended("2024-06-30"), &elsewhere), ["a decision `annual` is loaded already [duplicate]"], "of another document");
}

#[test]
fn what_versions_declare_differently_is_read_by_the_one_that_answers() {
    let new = version("2", "from = 2024-01-01", 20).replace("type = \"decimal\"", "type = \"date\"");
    let set = set(&[&version("1", "until = 2023-12-31", 10), &new]).expect("they do not overlap");
    let text = r#"{"practitioner": {"extra": {"points": "2.5"}, "activities": []}}"#;
    let question = |on: &str| set.ask("annual", &Given::new(), day(on)).expect("a question");
    assert!(question("2023-06-30").facts_from_json(text).is_ok());
    let error = question("2024-06-30").facts_from_json(text).expect_err("it is no date there");
    assert!(error.to_string().starts_with("practitioner.extra.points: expected a date"), "{error}");
    let error = set.facts_from_json("annual", text).expect_err("it takes the day");
    assert_eq!(lines(&error.problems), ["versions of policy `province` declare facts of their own differently [contradiction]"]);
}

#[test]
fn a_calendar_and_lists_know_every_version() {
    let set = both();
    let days = |year| set.calendar("province", year).expect("a policy").into_iter().map(|entry| entry.en).collect::<Vec<_>>();
    assert_eq!(days(2023), ["Report the credits of version 1."]);
    assert_eq!(days(2024), ["Report the credits of version 2."]);
    assert_eq!(days(2026), [""; 0]);
    let listed: Vec<_> = set.list_provisions().iter().map(|p| (p.version.clone(), p.from.to_string())).collect();
    assert_eq!(listed, [("2".to_owned(), "2024-07-01".to_owned()), ("1".to_owned(), "2020-01-01".to_owned())]);
}

fn host(version: &str, days: &str, talks: u32) -> String {
    format!(
        r#"
[policy]
id = "host"
number = "院〔2020〕3号"
issued = 2020-01-01
version = "{version}"
{days}

[[provision]]
id = "host-talks"
article = "一"
subject = "practitioner"
modality = "shall"
require = 'count(activities) >= {talks}'

[[addition]]
decision = "annual"
all_of = ["host-talks"]
"#
    )
}

#[test]
fn a_host_adds_by_its_own_version_of_the_day() {
    let (old, new) = (version("1", "until = 2023-12-31", 10), version("2", "from = 2024-01-01", 15));
    let set = set(&[&old, &new, &host("a", "until = 2022-12-31", 1), &host("b", "from = 2023-01-01", 2)]).expect("they fit");
    let on = |date: &str| {
        let verdict = judged(&set, date);
        let layers: Vec<String> = verdict.layers.iter().map(|layer| layer.version.clone()).collect();
        (verdict.policy.version.clone(), layers, verdict.status.code())
    };
    assert_eq!(on("2022-12-31"), ("1".to_owned(), vec!["a".to_owned()], "met"));
    assert_eq!(on("2023-01-01"), ("1".to_owned(), vec!["b".to_owned()], "unmet"));
    assert_eq!(on("2024-01-01"), ("2".to_owned(), vec!["b".to_owned()], "unmet"));
}

#[test]
fn a_version_that_comes_later_fits_those_that_add_to_it() {
    let base = version("1", "until = 2023-12-31", 10);
    let later = version("2", "from = 2024-01-01", 15).replace("\"credits\"", "\"host-talks\"");
    let problems = |host: &str| {
        let mut set = set(&[&base, host]).expect("they fit");
        set.add("p.toml", &later).map_or_else(|error| lines(&error.problems), |_| Vec::new())
    };
    let both = "policy `host` adds to it: policy `province` has a provision `host-talks` too, and both would be asked together [duplicate]";
    assert_eq!(problems(&host("1", "", 1)), [both]);
    assert_eq!(problems(&host("1", "until = 2023-12-31", 1)), [""; 0], "the two are never in force together");
}

#[test]
fn no_remedy_waits_for_what_another_version_decides() {
    let months = "whole months(clipped episodes(for a in practitioner.attachments return [a.starts_on..a.ends_on], [date(2000, 1, 1)..as_of])) >= 6";
    let text = |number, days| version(number, days, 10).replace("total(activities.credits) >= 10", months);
    let facts = r#"{"practitioner": {"attachments": [{"starts_on": "2023-09-01"}]}}"#;
    let waits = |policies: &[&str]| {
        let set = set(policies).expect("they load");
        let question = set.ask("annual", &Given::new(), day("2023-11-15")).expect("a question");
        let facts = question.facts_from_json(facts).expect("facts");
        question.remedies(&facts).remedies.iter().filter_map(|remedy| remedy.from).map(|from| from.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(waits(&[&text("1", "")]), ["2024-02-29"]);
    assert_eq!(waits(&[&text("1", "until = 2023-12-31")]), [""; 0], "nothing is asked any more");
    assert_eq!(waits(&[&text("1", "until = 2023-12-31"), &version("2", "from = 2024-01-01", 20)]), [""; 0]);
}

#[test]
fn a_receipt_is_asked_again_of_the_version_of_its_day() {
    let set = both();
    let facts = set.facts_from_json("annual", FIFTEEN).expect("facts");
    let receipt = Receipt::new(judged(&set, "2023-06-30"), &facts);
    let verified = set.verify(&receipt.to_json(), FIFTEEN).expect("a receipt");
    assert!(verified.holds && verified.since.is_empty(), "{verified:?}");
}

#[test]
fn a_built_in_policy_makes_room_for_versions_of_ones_own() {
    let set = PolicySet::builtin_without(&["cq-2017-25"]).expect("it is built in");
    assert!(set.policy("cq-2017-25").is_err() && set.policy("sc-2017-166").is_ok());
    let error = PolicySet::builtin_without(&["cq-2017-26"]).expect_err("it is not");
    assert!(error.to_string().contains("did you mean `cq-2017-25`?"), "{error}");
}
