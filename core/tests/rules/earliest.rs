//! When at the earliest: the first day on which nothing but the day has to change.

use medtrain::Lang;
use medtrain::evaluate::{Given, Question, Status};
use medtrain::explain::remedy_sentences;
use medtrain::facts::Facts;
use medtrain::feel::Value;
use medtrain::policy::PolicySet;
use medtrain::quantity::Day;
use medtrain::remedy::Earliest;

use crate::written::{day, set};

/// The days on which the built-in decisions are asked, with what is given beside the day of the application.
fn applied(name: Option<&str>, on: Day, further: &Given) -> Given {
    name.map_or_else(|| further.clone(), |name| further.clone().with(name, Value::Date(on)))
}

/// That a day is the first: it gives `met`, and so does no day before it from the day of the question on.
#[track_caller]
fn is_first(set: &PolicySet, question: &Question<'_>, facts: &Facts, earliest: &Earliest) {
    let status = |on: Day| {
        let given = applied(earliest.given.as_deref(), on, question.given());
        set.evaluate(question.decision(), facts, &given, on).expect("a verdict").status
    };
    assert_eq!(status(earliest.on), Status::Met);
    for on in question.as_of().iter_days().take_while(|on| *on < earliest.on) {
        assert_ne!(status(on), Status::Met, "{on} is earlier");
    }
}

fn builtin() -> PolicySet {
    PolicySet::builtin().expect("they load")
}

fn promotion(applied_on: &str) -> Given {
    Given::new().with("target_grade", "associate_senior").with("applied_on", Value::Date(day(applied_on)))
}

fn doctor(attachments: &str) -> String {
    format!(
        r#"{{"practitioner": {{"profession": "doctor", "title_grade": "intermediate", "title_appointed_on": "2015-01-01", "certificates": [],
            "institution": {{"level": "secondary", "tier": "county", "is_grassroots": false}}, "attachments": [{attachments}]}}}}"#
    )
}

#[test]
fn an_attachment_that_goes_on_reaches_its_months_and_the_application_may_follow() {
    let set = builtin();
    let question = set.ask("sc-promotion-certificate", &promotion("2024-09-01"), day("2024-09-01")).expect("a question");
    let goes_on = r#"{"starts_on": "2024-06-01", "full_time": true, "special_technique": false, "host_scope": "province",
        "certificate_form": "provincial_uniform", "certificate_no": "1"}"#;
    let facts = question.facts_from_json(&doctor(goes_on)).expect("facts");
    let earliest = question.earliest(&facts).expect("a day");
    assert_eq!((earliest.on, earliest.given.as_deref()), (day("2024-11-30"), Some("applied_on")));
    is_first(&set, &question, &facts, &earliest);
    let told = remedy_sentences(&question.remedies_with_days(&facts), &question, Lang::Zh);
    assert_eq!(told.last().map(String::as_str), Some("若其他不变，最早2024-11-30（申报日期为当日）达标"));

    let ended = question.facts_from_json(&doctor(&goes_on.replace("\"full_time\"", "\"ends_on\": \"2024-08-20\", \"full_time\""))).expect("facts");
    assert_eq!(question.earliest(&ended), None, "what has ended lasts no longer by waiting");
}

#[test]
fn with_a_remedy_the_application_may_come_earlier_than_was_planned() {
    let set = builtin();
    let question = set.ask("sc-promotion-certificate", &promotion("2025-09-01"), day("2024-09-01")).expect("a question");
    let facts = question.facts_from_json(&doctor("")).expect("facts");
    let remedies = question.remedies_with_days(&facts);
    assert_eq!(remedies.earliest, None, "by waiting alone no attachment is begun");
    let days: Vec<_> = remedies.remedies.iter().map(|remedy| remedy.earliest.as_ref().map(|earliest| earliest.on)).collect();
    assert_eq!(days, [Some(day("2025-02-28")); 2], "six months from 1 September, in the province or outside it, and no certificate at once");
    for remedy in &remedies.remedies {
        let then = question.apply(&facts, remedy).expect("it can be carried out");
        is_first(&set, &question, &then, remedy.earliest.as_ref().expect("a day"));
    }
    let told = remedy_sentences(&remedies, &question, Lang::En);
    assert!(told[0].ends_with("; with that, it would do on 2025-02-28 (with the day of the application on that day) at the earliest"), "{}", told[0]);
}

#[test]
fn a_plan_that_has_not_begun_takes_applications_from_its_first_day_on() {
    let set = builtin();
    let given = applied(Some("applied_on"), day("2023-11-20"), &Given::new());
    let question = set.ask("zj-eligibility", &given, day("2023-11-20")).expect("a question");
    let doctor = |born: &str| {
        let text = format!(
            r#"{{"practitioner": {{"institution": {{"tier": "county"}}, "status": "in_service", "birth_date": "{born}", "profession": "doctor"}}}}"#
        );
        question.facts_from_json(&text).expect("facts")
    };
    let facts = doctor("1985-03-01");
    let earliest = question.earliest(&facts).expect("a day");
    assert_eq!(earliest.on, day("2024-01-01"));
    is_first(&set, &question, &facts, &earliest);
    assert_eq!(question.earliest(&doctor("1970-03-01")), None, "nobody grows younger");

    let question = set.ask("gx-application", &Given::new(), day("2023-12-20")).expect("a question");
    let facts = question.facts_from_json(r#"{"practitioner": {"application": {"applied_on": "2024-02-01"}}}"#).expect("facts");
    let earliest = question.earliest(&facts).expect("a day");
    assert_eq!((earliest.on, &earliest.given), (day("2024-01-01"), &None), "it takes no day but that of the question");
    is_first(&set, &question, &facts, &earliest);
}

/// A decision about a practitioner that asks this.
fn asking(require: &str) -> String {
    format!(
        "[policy]\nid = \"p\"\nnumber = \"1\"\nversion = \"1\"\nissued = 2020-01-01\n[[provision]]\nid = \"a\"\narticle = \"1\"\nsubject = \"practitioner\"\n\
         modality = \"shall\"\nrequire = '{require}'\n[[decision]]\nid = \"d\"\nsubject = \"practitioner\"\nall_of = [\"a\"]\n"
    )
}

fn earliest(policies: &[&str], person: &str, on: &str) -> Option<String> {
    let set = set(policies).unwrap_or_else(|error| unreachable!("{error}"));
    let question = set.ask("d", &Given::new(), day(on)).expect("a question");
    let facts = question.facts_from_json(&format!(r#"{{"practitioner": {person}}}"#)).expect("facts");
    let earliest = question.earliest(&facts)?;
    is_first(&set, &question, &facts, &earliest);
    assert_eq!(question.remedies_with_days(&facts).earliest, (earliest.on > day(on)).then(|| earliest.clone()));
    Some(earliest.on.to_string())
}

#[test]
fn age_and_years_in_post_come_with_time() {
    let old_enough = asking("years and months duration(birth_date, as_of).years >= 30");
    assert_eq!(earliest(&[&old_enough], r#"{"birth_date": "1996-02-29"}"#, "2024-06-01").as_deref(), Some("2026-03-01"));
    assert_eq!(earliest(&[&old_enough], r#"{"birth_date": "1990-01-01"}"#, "2024-06-01").as_deref(), Some("2024-06-01"), "at once");
    assert_eq!(earliest(&[&old_enough], r#"{"birth_date": "1999-06-02"}"#, "2024-06-01"), None, "not within five years");
    assert_eq!(earliest(&[&old_enough], r#"{"birth_date": "1999-06-01"}"#, "2024-06-01").as_deref(), Some("2029-06-01"), "the last day looked at");
    assert_eq!(earliest(&[&old_enough], "{}", "2024-06-01"), None, "nobody told us when they were born");
    let in_post = asking("title_appointed_on + @\"P5Y\" <= as_of and as_of.month = 3");
    let appointed = r#"{"title_appointed_on": "2020-04-10"}"#;
    assert_eq!(earliest(&[&in_post], appointed, "2024-06-01").as_deref(), Some("2026-03-01"), "applications are taken in March");
}

#[test]
fn what_the_day_cannot_change_is_not_waited_for() {
    let both = asking("years and months duration(birth_date, as_of).years >= 30 and total(activities.credits) >= 10");
    assert_eq!(earliest(&[&both], r#"{"birth_date": "1996-03-01", "activities": []}"#, "2024-06-01"), None);
    assert_eq!(earliest(&[&both], r#"{"birth_date": "1996-03-01", "activities": [{"credits": "10"}]}"#, "2024-06-01").as_deref(), Some("2026-03-01"));
}

#[test]
fn a_later_version_may_ask_less() {
    let old = asking("total(activities.credits) >= 10").replace("issued = 2020-01-01", "issued = 2020-01-01\nuntil = 2024-12-31");
    let new = asking("total(activities.credits) >= 5").replace("2020-01-01", "2025-01-01").replace("version = \"1\"", "version = \"2\"");
    let person = r#"{"activities": [{"credits": "7"}]}"#;
    assert_eq!(earliest(&[&old, &new], person, "2024-06-01").as_deref(), Some("2025-01-01"));
    assert_eq!(earliest(&[&old], person, "2024-06-01"), None, "where nothing is asked any more, nothing is met");
    let repealed = asking("total(activities.credits) >= 10").replace("modality", "until = 2024-12-31\nmodality");
    let beside = format!(
        "{}\n[[provision]]\nid = \"b\"\narticle = \"2\"\nsubject = \"practitioner\"\nmodality = \"shall\"\nrequire = 'is_gp'\n",
        repealed.replace("all_of = [\"a\"]", "all_of = [\"a\", \"b\"]")
    );
    let person = r#"{"is_gp": true, "activities": [{"credits": "7"}]}"#;
    assert_eq!(earliest(&[&beside], person, "2024-06-01").as_deref(), Some("2025-01-01"), "a provision that ends asks no more");
}

#[test]
fn which_records_count_may_depend_on_the_day() {
    let policy = asking("total(activities[admissible].credits) >= 5").replace(
        "[[decision]]",
        "[[provision]]\nid = \"released\"\narticle = \"2\"\nsubject = \"activity\"\nmodality = \"shall\"\nrequire = 'awarded_on + @\"P1M\" <= as_of'\n[[decision]]\nrecords = [\"released\"]",
    );
    let person = r#"{"activities": [{"credits": "5", "awarded_on": "2024-05-20"}]}"#;
    assert_eq!(earliest(&[&policy], person, "2024-06-01").as_deref(), Some("2024-06-20"));
}

#[test]
fn a_time_that_ends_soon_is_told_with_its_end() {
    let set = builtin();
    let given = applied(Some("applied_on"), day("2025-05-01"), &Given::new());
    let question = set.ask("zj-eligibility", &given, day("2024-05-01")).expect("a question");
    let person = r#"{"practitioner": {"institution": {"tier": "county"}, "status": "in_service", "birth_date": "1973-05-02"}}"#;
    let facts = question.facts_from_json(person).expect("facts");
    let earliest = question.earliest(&facts).expect("a day");
    assert_eq!((earliest.on, earliest.until), (day("2024-05-01"), Some(day("2024-05-01"))), "tomorrow they will be 51");
    let told = remedy_sentences(&question.remedies_with_days(&facts), &question, Lang::Zh);
    assert_eq!(told.last().map(String::as_str), Some("若其他不变，最早2024-05-01且仅此一日（申请日期为当日）达标"));
    let facts = question.facts_from_json(&person.replace("1973", "1985")).expect("facts");
    assert_eq!(question.earliest(&facts).and_then(|earliest| earliest.until), None, "it does not end within a year");
}

/// The question whether somebody has ten credits of a cycle, or meets something else about the day that is given.
fn asking_of_a_cycle(require: &str) -> String {
    asking(require).replace("[[decision]]", "[[decision]]\ngiven.cycle_start = \"date\"")
}

/// When at the earliest something is met that is asked of a cycle, and the name of the day that is moved for it; then the day that a remedy may be put off to.
fn of_a_cycle(require: &str, start: &str) -> (Option<(String, Option<String>)>, Option<Day>) {
    let set = set(&[&asking_of_a_cycle(require)]).unwrap_or_else(|error| unreachable!("{error}"));
    let given = Given::new().with("cycle_start", Value::Date(day(start)));
    let question = set.ask("d", &given, day("2024-06-01")).expect("a question");
    let facts = r#"{"practitioner": {"birth_date": "1994-08-01", "activities": [{"credits": "12", "awarded_on": "2024-09-01"}]}}"#;
    let facts = question.facts_from_json(facts).expect("facts");
    let told = question.remedies_with_days(&facts);
    (told.earliest.map(|earliest| (earliest.on.to_string(), earliest.given)), told.later.map(|later| later.on))
}

#[test]
fn a_day_that_begins_a_period_stays_as_it_was_given() {
    let old_enough = "years and months duration(birth_date, as_of).years >= 30";
    for credits in [
        "total(activities[awarded_on in [given.cycle_start..given.cycle_start + @\"P2Y\"]].credits) >= 10",
        "total(activities[awarded_on >= given.cycle_start].credits) >= 10",
        "total(activities[awarded_on > given.cycle_start - @\"P1D\" and awarded_on < @\"P2Y\" + given.cycle_start].credits) >= 10",
        "total(for a in activities return if given.cycle_start <= a.awarded_on then a.credits else 0) >= 10",
    ] {
        // Another cycle would hold the credits, and is not the one that is asked about.
        assert_eq!(of_a_cycle(credits, if credits.contains("P2Y") { "2021-01-01" } else { "2025-01-01" }), (None, None), "{credits}");
        let asked = format!("{old_enough} and {credits}");
        assert_eq!(of_a_cycle(&asked, "2024-01-01").0, Some(("2024-08-01".to_owned(), None)), "{credits}");
        assert_eq!(of_a_cycle(&asked, "2026-01-01"), (None, None), "{credits}");
    }
    // What was done by the day that is given counts on a later one too, and that day can be put off.
    let by_then = format!("{old_enough} and total(activities[awarded_on <= given.cycle_start].credits) >= 10");
    assert_eq!(of_a_cycle(&by_then, "2024-06-01").0, Some(("2024-09-01".to_owned(), Some("cycle_start".to_owned()))));
    let lately = "total(activities[awarded_on in [given.cycle_start - @\"P1Y\"..given.cycle_start]].credits) >= 10";
    assert_eq!(of_a_cycle(lately, "2024-06-01").0, Some(("2024-09-01".to_owned(), Some("cycle_start".to_owned()))));
}
