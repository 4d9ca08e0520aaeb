//! What if: changed facts against the present ones.

use medtrain::Lang;
use medtrain::evaluate::{Given, Question, RecordPath};
use medtrain::explain::what_if_sentences;
use medtrain::policy::PolicySet;
use medtrain::what_if::WhatIf;

use crate::written::{day, lines, set};

const POLICY: &str = r#"
[policy]
id = "p"
number = "1"
issued = 2020-01-01

[[fact]]
subject = "practitioner"
name = "talks"
type = "integer"
zh = "讲座"
en = "talks"

[[provision]]
id = "counts"
article = "1"
subject = "activity"
modality = "shall"
require = 'electronic'
ledger = "not_electronic"
name_zh = "平台"
name_en = "on the platform"

[[provision]]
id = "credits"
article = "2"
subject = "practitioner"
modality = "shall"
require = 'total(activities[admissible].credits) >= 10'
name_zh = "学分"
name_en = "credits"

[[provision]]
id = "talks-held"
article = "3"
subject = "practitioner"
modality = "encouraged"
require = 'talks >= 1'

[[provision]]
id = "certificate"
article = "4"
subject = "practitioner"
modality = "may"
when = 'title_grade != "junior"'
consequence.follows = ["credits"]
name_zh = "证书"
name_en = "certificate"

[[decision]]
id = "annual"
subject = "practitioner"
records = ["counts"]
all_of = ["credits"]
consequences = ["certificate"]
"#;

const FACTS: &str = r#"{"practitioner": {"title_grade": "intermediate", "extra": {"talks": 2},
    "activities": [{"credits": "6", "electronic": true}, {"credits": "5", "electronic": false}]}}"#;

fn question(set: &PolicySet) -> Question<'_> {
    set.ask("annual", &Given::new(), day("2024-11-15")).expect("a question")
}

fn with(changes: &[&str], then: impl FnOnce(&WhatIf, Vec<String>)) {
    let set = set(&[POLICY]).expect("it loads");
    let question = question(&set);
    let facts = question.facts_from_json(FACTS).expect("facts");
    let others = question.changed(&facts, changes).unwrap_or_else(|error| unreachable!("{error}"));
    let what_if = question.what_if(&facts, &others);
    then(&what_if, what_if_sentences(&what_if, &question, Lang::En));
}

#[test]
fn a_record_that_then_counts_flips_what_rests_on_it() {
    with(&["practitioner.activities[1].electronic=true"], |what_if, told| {
        assert_eq!((what_if.before.code(), what_if.after.code()), ("unmet", "met"));
        assert_eq!(
            told,
            [
                "not met → met",
                "  credits: 4 credits short → met: 11 credits (10 required) [2]",
                "  certificate: its conditions are not fulfilled (credits not fulfilled) → its conditions are fulfilled [4]",
                "  credit record 2: not counted: not granted on the platform (1) → counted",
            ]
        );
    });
}

#[test]
fn records_come_and_go_and_the_others_stay_what_they_were() {
    with(&["practitioner.activities[0]=null", r#"practitioner.activities[+]={"credits": "3", "electronic": true}"#], |what_if, told| {
        let moved: Vec<_> = what_if.records.iter().map(|r| [&r.before, &r.after].map(|line| line.as_ref().map(|line| line.path.clone()))).collect();
        let path = |index: usize| Some(RecordPath::new("practitioner.activities", index));
        assert_eq!(moved, [[path(0), None], [None, path(1)]], "the second is the first now, and says the same");
        assert_eq!(told[0], "the result stays: not met");
        assert_eq!(told[2..], ["  gone: credit record 1, which was counted", "  new: credit record 2: counted"]);
    });
}

#[test]
fn what_does_not_concern_the_subject_any_more_and_what_is_not_known_is_told() {
    with(&["practitioner.title_grade=junior"], |_, told| {
        let gone = "  certificate: its conditions are not fulfilled (credits not fulfilled) → does not concern this subject [4]";
        assert_eq!(told, ["the result stays: not met", gone]);
    });
    with(&["practitioner.activities[1].credits=", "practitioner.activities[1].electronic=true"], |what_if, told| {
        assert_eq!((what_if.after.code(), what_if.missing.as_slice()), ("unknown", &["practitioner.activities[1].credits".to_owned()][..]));
        assert_eq!(told.last().map(String::as_str), Some("  to be told: “credits” of credit record 2"));
    });
}

#[test]
fn nothing_is_otherwise_where_nothing_is() {
    with(&["practitioner.extra.talks=3", "practitioner.name=x"], |what_if, told| {
        assert!(what_if.findings.is_empty() && what_if.records.is_empty() && what_if.consequences.is_empty());
        assert_eq!(told, ["the result stays: not met", "  nothing is otherwise"]);
    });
}

#[test]
fn each_value_is_written_as_its_fact_takes_it() {
    let set = set(&[POLICY]).expect("it loads");
    let question = question(&set);
    let facts = question.facts_from_json(FACTS).expect("facts");
    let written = |changes: &[&str]| {
        let others = question.changed(&facts, changes).unwrap_or_else(|error| unreachable!("{error}"));
        serde_json::to_value(&others).expect("JSON")["practitioner"].clone()
    };
    let changed = written(&["practitioner.person_id=1001", "practitioner.is_gp=true", "practitioner.extra.talks=5", "practitioner.licence_no=null"]);
    assert_eq!(changed["person_id"], "1001", "a number that is a text stays one");
    assert_eq!(
        (changed["is_gp"].clone(), changed["extra"]["talks"].clone(), changed["none"].clone()),
        (true.into(), 5.into(), serde_json::json!(["licence_no"]))
    );
    let inside = written(&["practitioner.activities[+].project.fee_audited=true", "practitioner.activities[0].credits=2.5"]);
    assert_eq!(inside["activities"][2], serde_json::json!({"project": {"fee_audited": true}}));
    assert_eq!(inside["activities"][0]["credits"], "2.5");
    assert!(written(&["practitioner.activities="]).get("activities").is_none());
}

#[test]
fn a_change_that_cannot_be_made_is_told_under_its_path() {
    let set = set(&[POLICY]).expect("it loads");
    let question = question(&set);
    let facts = question.facts_from_json(FACTS).expect("facts");
    let problems = |change: &str| {
        let error = question.changed(&facts, &[change]).expect_err("it cannot be made");
        error.problems.iter().map(|problem| problem.place.clone()).chain(lines(&error.problems)).collect::<Vec<_>>()
    };
    let path = "expected PATH=VALUE, the path beginning with the subject [syntax]";
    assert_eq!(problems("credits"), ["credits", path]);
    assert_eq!(problems("title_grade=senior"), ["title_grade", path]);
    assert_eq!(problems("practitioner.activities[x].credits=5"), ["practitioner.activities[x].credits", path]);
    assert_eq!(problems("practitioner.activities[+]="), ["practitioner.activities[+]", path]);
    assert_eq!(
        problems("practitioner.activities[2].credits=5"),
        ["practitioner.activities[2].credits", "there is no `activities[2]`: the list has 2 [unknown_name]"]
    );
    assert_eq!(problems("practitioner.title_grade.x=5"), ["practitioner.title_grade.x", "`x` is no record [unknown_name]"]);
    assert_eq!(problems("practitioner.title_grade[0]=5"), ["practitioner.title_grade[0]", "`title_grade` is no list [unknown_name]"]);
    assert_eq!(problems("practitioner.title_grad=senior")[0], "practitioner.title_grad");
    assert_eq!(problems("practitioner.extra.talk=5")[0], "practitioner.extra.talk");
    assert_eq!(problems("practitioner.activities[+]={credits}")[0], "practitioner.activities[+]");
    let deep = format!("practitioner{}=1", ".x".repeat(100_000));
    assert!(problems(&deep)[1].ends_with("[syntax]"));
}
