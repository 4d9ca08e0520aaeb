//! The ways that remedies find, in policies of a few lines: what is told of them, and that it comes true.

use medtrain::Lang;
use medtrain::evaluate::{Given, Question};
use medtrain::explain::remedy_sentences;
use medtrain::facts::Facts;
use medtrain::policy::PolicySet;
use medtrain::remedy::{BlockedReason, Remedies, Step, StepBound};
use serde_json::{Value as Json, json};

use crate::written::{day, set};

const TODAY: &str = "2024-06-01";

/// A policy whose decision asks all of some conditions of a subject.
#[derive(Clone, Copy)]
struct Rules<'t> {
    subject: &'t str,
    /// Facts of its own, as a policy declares them.
    own: &'t [&'t str],
    /// What is asked of each record.
    records: &'t [&'t str],
    all_of: &'t [&'t str],
}

/// A policy about practitioners without facts of its own.
const PRACTITIONER: Rules<'static> = Rules { subject: "practitioner", own: &[], records: &[], all_of: &[] };

impl Rules<'_> {
    fn written(&self) -> String {
        let provision = |id: &str, subject: &str, require: &str| {
            format!("[[provision]]\nid = \"{id}\"\narticle = \"1\"\nsubject = \"{subject}\"\nmodality = \"shall\"\nrequire = '{require}'\n")
        };
        let names = |kind: char, all: &[&str]| -> Vec<String> { (1..=all.len()).map(|place| format!("{kind}{place}")).collect() };
        let (records, asked) = (names('r', self.records), names('a', self.all_of));
        let facts = self.own.iter().map(|fact| format!("[[fact]]\n{fact}\nzh = \"事\"\nen = \"fact\"\n"));
        let of_records = records.iter().zip(self.records).map(|(id, require)| provision(id, "activity", require));
        let of_subject = asked.iter().zip(self.all_of).map(|(id, require)| provision(id, self.subject, require));
        format!(
            "[policy]\nid = \"p\"\nnumber = \"1\"\nissued = 2020-01-01\n{}[[decision]]\nid = \"ask\"\nsubject = \"{}\"\nrecords = {records:?}\nall_of = {asked:?}\n",
            facts.chain(of_records).chain(of_subject).collect::<String>(),
            self.subject
        )
    }

    /// Asks about these facts.
    fn asking<T>(&self, facts: &Json, ask: impl FnOnce(&PolicySet, &Question<'_>, &Facts) -> T) -> T {
        let set = set(&[&self.written()]).expect("it loads");
        let question = set.ask("ask", &Given::new(), day(TODAY)).expect("a question");
        let facts = question.facts_from_json(&json!({ self.subject: facts }).to_string()).expect("usable facts");
        ask(&set, &question, &facts)
    }

    /// What can still be done, each remedy carried out and judged again.
    fn told(&self, facts: &Json) -> Remedies {
        self.asking(facts, |set, question, facts| {
            let told = question.remedies(facts);
            for remedy in told.remedies.iter().chain(&told.partial) {
                let then = question.apply(facts, remedy).expect("it can be carried out");
                let verdict = set.evaluate("ask", &then, &Given::new(), remedy.from.unwrap_or(day(TODAY))).expect("a verdict");
                assert_eq!(verdict.status, remedy.gives, "{remedy:?}");
            }
            told
        })
    }

    /// The same in English.
    fn words(&self, facts: &Json) -> Vec<String> {
        self.asking(facts, |_, question, facts| remedy_sentences(&question.remedies(facts), question, Lang::En))
    }
}

/// Each remedy, of one new record: the values of its fields, without those that add nothing.
fn records(told: &Remedies) -> Vec<Vec<(&str, &str)>> {
    let mut all = Vec::new();
    for remedy in &told.remedies {
        let [Step::AddRecord { fields, .. }] = remedy.steps.as_slice() else { unreachable!("one record, and not {remedy:?}") };
        all.push(fields.iter().map(|field| (field.field.as_str(), field.value.as_str())).filter(|(_, value)| *value != "0").collect());
    }
    all
}

/// Each remedy, of one fact: its value, and on which side others do.
fn values(told: &Remedies) -> Vec<(&str, Option<StepBound>)> {
    let mut all = Vec::new();
    for remedy in &told.remedies {
        let [Step::SetFact { value, bound, .. }] = remedy.steps.as_slice() else { unreachable!("one fact, and not {remedy:?}") };
        all.push((value.as_str(), *bound));
    }
    all
}

/// Why each provision is blocked, and what it waits for.
fn blocked(told: &Remedies) -> Vec<(BlockedReason, Vec<&str>)> {
    told.blocked.iter().map(|blocked| (blocked.reason, blocked.missing.iter().map(String::as_str).collect())).collect()
}

#[test]
fn what_a_cap_counts_is_kept_out_of_new_records() {
    let capped = |cap: &str, own: &[&str], there: &Json| {
        let of = ["total(activities.credits) >= 20", cap];
        Rules { own, all_of: &of, ..PRACTITIONER }.told(&json!({ "activities": [there] }))
    };
    let self_study = json!({ "credits": "4", "form": "self_study" });
    for cap in [
        "total(activities[form = \"self_study\"].credits) <= 5",
        "total(for a in activities return if a.form = \"self_study\" then a.credits else 0) <= 5",
        "total(activities[form = \"self_study\"].credits) <= total(activities.credits) * 0.2",
        "count(activities[form = \"self_study\"]) <= 1",
    ] {
        let told = capped(cap, &[], &self_study);
        assert_eq!(records(&told), [[("form", "face_to_face"), ("credits", "16")]], "{cap}: {told:?}");
    }
    let lecture = json!({ "credits": "4", "form": "lecture" });
    for none in ["every a in activities satisfies a.form != \"self_study\"", "not(some a in activities satisfies a.form = \"self_study\")"] {
        let told = capped(none, &[], &lecture);
        assert_eq!(records(&told), [[("form", "face_to_face"), ("credits", "16")]], "{none}: {told:?}");
    }
    // Every form but that one would do, and each is told.
    let told = capped("total(activities[form = \"self_study\"].credits) <= 5", &[], &self_study);
    let [Step::AddRecord { fields, .. }] = told.remedies[0].steps.as_slice() else { unreachable!("one record, and not {told:?}") };
    let others = ["remote", "blended", "lecture", "seminar", "case_teaching", "attachment", "technical_visit", "consultation"];
    assert!(fields[0].or.len() >= others.len() && others.iter().all(|form| fields[0].or.iter().any(|or| or == form)), "{:?}", fields[0]);
    let words = Rules { all_of: &["total(activities.credits) >= 20", "count(activities[form = \"self_study\"]) <= 1"], ..PRACTITIONER }
        .words(&json!({ "activities": [self_study] }));
    assert_eq!(words, ["remedy: still needed: 16 credits (form other than self-study)"]);
    let graded = ["subject = \"activity\"\nname = \"grade\"\ntype = \"code\"\ncodes = [\"a\", \"b\", \"c\"]\nordered = true\nattainable = true"];
    let told = capped("total(activities[grade = \"a\"].credits) <= 5", &graded, &json!({ "credits": "5", "extra": { "grade": "a" } }));
    assert_eq!(records(&told), [[("credits", "15"), ("extra.grade", "b")]], "{told:?}");
}

#[test]
fn several_records_are_told_in_the_plural() {
    let rules = Rules { all_of: &["count(teachings[kind = \"lecture\"]) >= 2"], ..PRACTITIONER };
    let words = rules.words(&json!({ "teachings": [] }));
    assert!(words[0].starts_with("remedy: still needed: 2 teaching records: "), "{words:?}");
    let words = rules.words(&json!({ "teachings": [{ "kind": "lecture" }] }));
    assert!(words[0].starts_with("remedy: still needed: a further teaching record: "), "{words:?}");
}

#[test]
fn of_a_new_record_nothing_is_missing() {
    let short = |records: &[&str], own: &[&str]| {
        let facts = json!({ "activities": [{ "credits": "5", "sponsor": "A" }] });
        Rules { own, records, all_of: &["total(activities[admissible].credits) >= 20"], ..PRACTITIONER }.told(&facts)
    };
    // What is none where it is left out is left out.
    let claimed = short(&["year_claimed = null or year_claimed = 2024"], &[]);
    assert_eq!(records(&claimed), [[("credits", "15")]], "{claimed:?}");
    let withdrawn = short(&["withdrawn_on = null"], &["subject = \"activity\"\nname = \"withdrawn_on\"\ntype = \"date\"\nabsent = \"none\""]);
    assert_eq!(records(&withdrawn), [[("credits", "15")]], "{withdrawn:?}");
    // Who holds a course is for others to say.
    let sponsored = short(&["sponsor != \"B\""], &[]);
    assert_eq!(blocked(&sponsored), [(BlockedReason::NotInPower, vec![])]);
    let named = short(&["starts with(sponsor, \"A\")"], &[]);
    assert_eq!(blocked(&named), [(BlockedReason::NotInPower, vec![])]);
}

/// What is told of a training base that a condition is asked of.
fn of_a_base(require: &str, facts: &Json) -> Remedies {
    Rules { subject: "base", all_of: &[require], ..PRACTITIONER }.told(facts)
}

#[test]
fn more_managers_are_found_however_their_share_is_written() {
    let facts = json!({ "in_training": 301, "full_time_managers": 3 });
    for share in [
        "in_training / full_time_managers <= 100",
        "full_time_managers >= in_training / 100",
        "in_training - 100 * full_time_managers <= 0",
        "100 >= in_training / full_time_managers",
    ] {
        let told = of_a_base(share, &facts);
        assert_eq!(values(&told), [("4", Some(StepBound::AtLeast))], "{share}: {told:?}");
    }
    // Which way turns it is not known here, and that it is in nobody's power not shown.
    let told = of_a_base("in_training / full_time_managers <= 0", &facts);
    assert_eq!(blocked(&told), [(BlockedReason::NoWayFound, vec![])]);
    // With a fact missing there is nothing to compute with.
    let told = of_a_base("full_time_managers / in_training >= 0.01", &json!({ "full_time_managers": 3 }));
    assert_eq!(blocked(&told), [(BlockedReason::MissingFacts, vec!["base.in_training"])]);
}

#[test]
fn more_is_said_to_do_only_where_any_more_does() {
    let others = |require: &str| {
        let told = of_a_base(require, &json!({ "supervisions": 1 }));
        let [Step::SetFact { value, or, bound, .. }] = told.remedies[0].steps.as_slice() else { unreachable!("one fact, and not {told:?}") };
        (value.clone(), or.clone(), *bound)
    };
    let of = |or: &[&str], bound| ("2".to_owned(), or.iter().map(|&value| value.to_owned()).collect::<Vec<_>>(), bound);
    assert_eq!(others("supervisions >= 2"), of(&[], Some(StepBound::AtLeast)));
    assert_eq!(others("supervisions >= 2 and supervisions <= 4"), of(&["3", "4"], None));
    assert_eq!(others("supervisions between 2 and 4"), of(&["3", "4"], None));
    // So many are not told one by one.
    assert_eq!(others("supervisions >= 2 and supervisions <= 20"), of(&[], None));
}

#[test]
fn what_was_counted_is_never_lowered_to_be_another_number() {
    let facts = json!({ "supervisions": 9 });
    assert_eq!(values(&of_a_base("supervisions != 9", &facts)), [("10", Some(StepBound::AtLeast))]);
    assert_eq!(values(&of_a_base("supervisions != 9 and supervisions != 10", &facts)), [("11", Some(StepBound::AtLeast))]);
    assert_eq!(blocked(&of_a_base("supervisions in (1, 2)", &facts)), [(BlockedReason::NotInPower, vec![])]);
}

#[test]
fn a_score_that_one_way_asks_is_not_told_beside_a_lower_one() {
    let own = [
        "subject = \"practitioner\"\nname = \"exam\"\ntype = \"code\"\ncodes = [\"online\", \"onsite\"]\nattainable = true",
        "subject = \"practitioner\"\nname = \"score\"\ntype = \"decimal\"\nunit = \"point\"\nattainable = true",
    ];
    let rules = Rules { own: &own, all_of: &["score >= (if exam = \"online\" then 70 else 60)"], ..PRACTITIONER };
    let told = rules.told(&json!({ "extra": { "exam": "onsite", "score": "59" } }));
    assert_eq!(values(&told), [("60", Some(StepBound::AtLeast))]);
}

const NIGHT_SHIFTS: &str =
    "subject = \"attachment\"\nname = \"night_shifts\"\ntype = \"integer\"\nunit = \"shift\"\nnon_negative = true\nattainable = true";
const PASSED: &str = "some a in attachments satisfies a.result = \"pass\" and a.ends_on <= as_of";

/// What is told of somebody with these attachments, of whom all of this is asked.
fn of_attachments(all_of: &[&str], attachments: &Json) -> Remedies {
    Rules { own: &[NIGHT_SHIFTS], all_of, ..PRACTITIONER }.told(&json!({ "attachments": attachments }))
}

#[test]
fn a_stay_that_is_to_have_ended_by_the_day_of_the_question_may_end_later() {
    // A new one is passed at its end, and asked about then.
    for passed in [PASSED, "some a in attachments satisfies a.result = \"pass\" and a.ends_on in [@\"2024-01-01\"..as_of]"] {
        let told = of_attachments(&[passed], &json!([]));
        assert_eq!(records(&told), [[("starts_on", "2024-06-01"), ("ends_on", "2024-06-02"), ("result", "pass")]], "{passed}");
        assert_eq!(told.remedies[0].from, Some(day("2024-06-02")));
    }
    let shifts = "total(attachments.night_shifts) >= 12";
    let told = of_attachments(&[shifts, PASSED], &json!([]));
    let of_both = [("starts_on", "2024-06-01"), ("ends_on", "2024-06-02"), ("result", "pass"), ("extra.night_shifts", "12")];
    assert_eq!(records(&told), [of_both]);
    // One that goes on may end on any day from now on.
    let told = of_attachments(&[PASSED], &json!([{ "starts_on": "2024-05-01", "none": ["ends_on", "result"] }]));
    let [Step::SetFact { .. }, Step::SetFact { path, value, bound, until, .. }] = told.remedies[0].steps.as_slice() else {
        unreachable!("a result and a last day, and not {told:?}")
    };
    let last_day = (path.as_str(), value.as_str(), *bound, *until);
    assert_eq!(last_day, ("practitioner.attachments[0].ends_on", TODAY, Some(StepBound::AtLeast), None));
    // One that is planned is waited for.
    let told = of_attachments(&[PASSED], &json!([{ "starts_on": "2024-05-01", "ends_on": "2024-07-31", "none": ["result"] }]));
    let [Step::SetFact { path, .. }] = told.remedies[0].steps.as_slice() else { unreachable!("a result, and not {told:?}") };
    assert_eq!((path.as_str(), told.remedies[0].from), ("practitioner.attachments[0].result", Some(day("2024-07-31"))));
}

#[test]
fn a_stay_that_is_to_have_ended_before_the_day_of_the_question_is_asked_about_after_it() {
    let passed = "some a in attachments satisfies a.result = \"pass\" and a.ends_on < as_of";
    // A new one is passed at its end, and asked about on the day after it.
    for passed in [passed, "some a in attachments satisfies a.result = \"pass\" and a.ends_on in [@\"2024-01-01\"..as_of)"] {
        let told = of_attachments(&[passed], &json!([]));
        assert_eq!(records(&told), [[("starts_on", "2024-06-01"), ("ends_on", "2024-06-02"), ("result", "pass")]], "{passed}");
        assert_eq!(told.remedies[0].from, Some(day("2024-06-03")));
    }
    // A week after it, where that is asked.
    let told = of_attachments(&["some a in attachments satisfies a.result = \"pass\" and a.ends_on <= as_of - @\"P7D\""], &json!([]));
    assert_eq!(told.remedies[0].from, Some(day("2024-06-09")));
    // Nothing is awarded where only an end is asked.
    let told = of_attachments(&["some a in attachments satisfies a.ends_on < as_of"], &json!([]));
    assert_eq!((records(&told), told.remedies[0].from), (vec![vec![("ends_on", TODAY)]], Some(day("2024-06-02"))));
    // One that goes on may end on any day from now on, and is asked about after it.
    let told = of_attachments(&[passed], &json!([{ "starts_on": "2024-05-01", "none": ["ends_on", "result"] }]));
    let [Step::SetFact { .. }, Step::SetFact { path, value, bound, .. }] = told.remedies[0].steps.as_slice() else {
        unreachable!("a result and a last day, and not {told:?}")
    };
    assert_eq!((path.as_str(), value.as_str(), *bound), ("practitioner.attachments[0].ends_on", TODAY, Some(StepBound::AtLeast)));
    assert_eq!(told.remedies[0].from, Some(day("2024-06-02")));
}

#[test]
fn what_takes_time_alone_is_waited_for_beside_what_is_to_be_done() {
    let (credits, years) = ("total(activities.credits) >= 5", "title_appointed_on + @\"P3Y\" <= as_of");
    let facts = json!({ "activities": [], "title_appointed_on": "2021-07-01" });
    let told = Rules { all_of: &[credits, years], ..PRACTITIONER }.told(&facts);
    assert_eq!((records(&told), told.remedies[0].from), (vec![vec![("credits", "5")]], Some(day("2024-07-01"))));
    let told = Rules { all_of: &[years], ..PRACTITIONER }.told(&facts);
    assert!(matches!(told.remedies[0].steps.as_slice(), [Step::Wait { until, .. }] if *until == day("2024-07-01")), "{told:?}");
    // What no time brings is in nobody's power.
    let told = Rules { all_of: &["title_appointed_on + @\"P3Y\" >= as_of"], ..PRACTITIONER }.told(&json!({ "title_appointed_on": "2021-03-01" }));
    assert_eq!(blocked(&told), [(BlockedReason::NotInPower, vec![])]);
}

#[test]
fn what_a_new_record_is_to_have_none_of_is_said_so() {
    let require = "total(activities[proof_ends_on = null and activity_level = null].credits) >= 5";
    let words = Rules { all_of: &[require], ..PRACTITIONER }.words(&json!({ "activities": [] }));
    assert_eq!(words, ["remedy: still needed: 5 credits (no project level, no proof until)"]);
}

#[test]
fn what_no_stay_can_earn_any_more_blocks_nothing_else() {
    let shifts = "total(attachments.night_shifts) >= 12";
    let too_soon = "some a in attachments satisfies a.result = \"pass\" and a.ends_on <= @\"2024-06-01\"";
    let told = of_attachments(&[shifts, too_soon], &json!([]));
    assert_eq!(told.blocked.iter().map(|blocked| blocked.provision.as_str()).collect::<Vec<_>>(), ["a2"]);
    let closed: Vec<_> = told.partial.iter().flat_map(|remedy| &remedy.steps).collect();
    assert!(matches!(closed.as_slice(), [Step::AddRecord { closes, .. }] if closes[0].provision == "a1"), "{told:?}");
}

#[test]
fn less_may_do_where_a_record_may_count_as_missing_facts_turn_out() {
    let rules = Rules { records: &["electronic"], all_of: &["total(activities[admissible].credits) >= 20"], ..PRACTITIONER };
    let asked = |activities: &Json| {
        let told = rules.told(&json!({ "activities": activities }));
        (records(&told)[0][0].1.to_owned(), told.remedies[0].at_most)
    };
    // Whether the five count, nobody told us: fifteen may do.
    assert_eq!(asked(&json!([{ "credits": "5" }])), ("20".to_owned(), true));
    assert_eq!(asked(&json!([{ "credits": "5", "electronic": true }])), ("15".to_owned(), false));
    assert_eq!(asked(&json!([{ "credits": "5", "electronic": false }])), ("20".to_owned(), false));
}

#[test]
fn what_is_asked_of_each_of_several_years_is_made_up_for_in_those_that_go_on() {
    let credits = |years: &str| format!("every y in {years} satisfies total(activities[awarded_on.year = y].credits) >= 10");
    let of_years = |require: &str, awarded_on: &str| {
        Rules { all_of: &[require], ..PRACTITIONER }.told(&json!({ "activities": [{ "credits": "10", "awarded_on": awarded_on }] }))
    };
    for years in ["2023..2024", "[2023, 2024]"] {
        let told = of_years(&credits(years), "2023-03-01");
        assert_eq!(records(&told), [[("credits", "10"), ("awarded_on", TODAY)]], "{told:?}");
        assert_eq!(told.remedies[0].by, Some(day("2024-12-31")));
        // What was short in a year that is over stays so.
        let told = of_years(&credits(years), "2024-03-01");
        let late: Vec<_> = told.blocked.iter().map(|blocked| (blocked.reason, blocked.since)).collect();
        assert_eq!(late, [(BlockedReason::TooLate, Some(day("2024-01-01")))]);
    }
    // Two years take two records.
    let told = of_years("every y in 2024..2025 satisfies some a in activities satisfies a.awarded_on.year = y", "2023-03-01");
    assert_eq!(told.remedies.iter().map(|remedy| remedy.steps.len()).collect::<Vec<_>>(), [2], "{told:?}");
    // Of one year, whichever, it is enough.
    let told = of_years("some y in 2024..2025 satisfies count(activities[awarded_on.year = y]) >= 1", "2023-03-01");
    assert_eq!(records(&told), [[("awarded_on", TODAY)], [("awarded_on", "2025-01-01")]], "{told:?}");
    // A quarter is computed in a way that is not undone: no way is known, and none is said to be in nobody's power.
    let told = of_years("every q in 1..4 satisfies some a in activities satisfies ceiling(a.awarded_on.month / 3) = q", "2023-03-01");
    assert_eq!(blocked(&told), [(BlockedReason::NoWayFound, vec![])]);
}

#[test]
fn what_is_counted_in_a_stay_that_goes_on_is_raised_there_or_in_another() {
    let told = |ends_on: &Json| {
        let stay = json!({ "starts_on": "2024-05-01", "ends_on": ends_on, "extra": { "night_shifts": 3 } });
        of_attachments(&["total(attachments.night_shifts) >= 12"], &json!([stay]))
    };
    let asked = |told: &Remedies| -> Vec<(String, String)> {
        let steps = told.remedies.iter().flat_map(|remedy| &remedy.steps);
        let of_step = |step: &Step| match step {
            Step::SetFact { path, value, .. } => (path.clone(), value.clone()),
            Step::AddRecord { list, fields, .. } => (list.clone(), fields[0].value.clone()),
            Step::Wait { .. } => unreachable!("nothing comes by itself"),
        };
        steps.map(of_step).collect()
    };
    let here = ("practitioner.attachments[0].extra.night_shifts".to_owned(), "12".to_owned());
    let elsewhere = ("practitioner.attachments".to_owned(), "9".to_owned());
    for goes_on in [Json::Null, json!("2024-06-30")] {
        assert_eq!(asked(&told(&goes_on)), [here.clone(), elsewhere.clone()]);
    }
    // What was done in a stay that has ended stays so.
    assert_eq!(asked(&told(&json!("2024-05-31"))), [elsewhere]);
}
