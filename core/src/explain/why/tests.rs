//! Why verdicts are what they are, of the examples of the built-in policies.

use super::*;
use crate::lang::Lang;
use crate::policy::PolicySet;

/// Why each example of a decision is what it is.
fn of_examples(set: &PolicySet, of: impl Fn(&str, usize) -> bool) -> Vec<(String, Why, crate::explain::Labels)> {
    let mut all = Vec::new();
    for policy in set.policies() {
        for (decision, place, question, facts) in policy.questions_of_examples() {
            if of(decision, place) {
                all.push((format!("{decision} {place}"), why(&question, facts), question.labels()));
            }
        }
    }
    all
}

fn built_in() -> PolicySet {
    PolicySet::builtin().expect("the built-in policies load")
}

/// Every part of a tree.
fn parts(why: &Why) -> Vec<&WhyPart> {
    let mut all: Vec<&WhyPart> = why.findings.iter().chain(&why.consequences).flat_map(|finding| &finding.conditions).collect();
    let mut next = 0;
    while let Some(part) = all.get(next).copied() {
        all.extend(&part.parts);
        next += 1;
    }
    all
}

#[test]
fn examples_say_why() {
    let asked = [
        ("cq-annual-cme", 1),
        ("cq-gate", 3),
        ("gx-eligibility", 1),
        ("gx-completion", 2),
        ("sc-other-training", 2),
        ("sc-promotion-certificate", 2),
        ("sd-subsidy", 1),
        ("sd-resident", 2),
        ("zj-completion", 2),
        ("zj-sending", 2),
    ];
    let told: Vec<String> = of_examples(&built_in(), |decision, place| asked.contains(&(decision, place)))
        .iter()
        .map(|(name, why, labels)| {
            let lines = |lang| why_lines(why, labels, lang).join("\n");
            format!("# {name}\n{}\n\n{}", lines(Lang::Zh), lines(Lang::En))
        })
        .collect();
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn no_internal_name_stands_in_why() {
    let mut wrong = Vec::new();
    for (name, why, labels) in of_examples(&built_in(), |_, _| true) {
        let told = why_lines(&why, &labels, Lang::Zh);
        let internal = |line: &&String| line.split(|c: char| !c.is_ascii_lowercase() && c != '_').any(|word| word.len() > 2);
        wrong.extend(told.iter().filter(internal).map(|line| format!("{name}: {line}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_part_that_could_not_change_the_result_is_marked_so() {
    for (name, why, _) in of_examples(&built_in(), |_, _| true) {
        for part in parts(&why).into_iter().filter(|part| part.kind == WhyKind::All && part.outcome == WhyOutcome::Fails && part.matters) {
            assert!(part.parts.iter().all(|below| below.matters == (below.outcome == WhyOutcome::Fails)), "{name}: {}", part.en);
        }
        for part in parts(&why).into_iter().filter(|part| !part.matters) {
            assert!(part.parts.iter().all(|below| !below.matters), "{name}: {}", part.en);
        }
    }
}

#[test]
fn a_condition_has_the_outcome_of_its_finding() {
    for (name, why, _) in of_examples(&built_in(), |_, _| true) {
        for finding in why.findings.iter().filter(|finding| finding.status == Status::Met) {
            let asked = finding.conditions.iter().filter(|part| part.role == Some(WhyRole::Requires) && part.matters && part.provision.is_none());
            assert!(asked.into_iter().all(|part| part.outcome == WhyOutcome::Holds), "{name}: {}", finding.provision);
        }
    }
}

#[test]
fn a_fact_that_no_message_may_show_stands_without_its_value() {
    for (_, why, _) in of_examples(&built_in(), |decision, _| decision.ends_with("eligibility")) {
        let sources = parts(&why).into_iter().flat_map(|part| &part.sources);
        assert!(sources.into_iter().filter(|source| source.path.ends_with("birth_date")).all(|source| source.value.is_none()));
    }
}

/// The facts with one list of the subject's cut to these records.
fn with_only(set: &PolicySet, decision: &str, facts: &Facts, path: &str, keep: Option<usize>) -> Facts {
    let mut cut = serde_json::to_value(facts).expect("JSON");
    let (list, _) = path.split_once('[').expect("a record of a list");
    let records = cut.pointer_mut(&format!("/{}", list.replace('.', "/"))).and_then(|list| list.as_array_mut()).expect("the list");
    let only = keep.map(|place| records[place].clone());
    records.clear();
    records.extend(only);
    set.facts_from_json(decision, &cut.to_string()).expect("facts")
}

#[test]
fn what_a_record_comes_to_by_itself_is_what_is_there_without_the_others() {
    let set = built_in();
    let comparison = |why: &Why, provision: &str, says: &str| {
        let finding = why.findings.iter().find(|finding| finding.provision == provision)?;
        finding.conditions.iter().find(|part| part.zh == says).and_then(|part| part.actual.clone())
    };
    let (mut told, mut nothing) = (0, 0);
    for policy in set.policies() {
        for (decision, place, question, facts) in policy.questions_of_examples() {
            let why_of = |facts: &Facts| why(&question, facts);
            let whole = why_of(facts);
            for finding in &whole.findings {
                for condition in &finding.conditions {
                    for one in condition.parts.iter().filter(|part| part.kind == WhyKind::Record) {
                        let path = one.record.as_deref().expect("a record");
                        let number = path.split_once('[').and_then(|(_, rest)| rest.strip_suffix(']')).and_then(|n| n.parse().ok()).expect("a place");
                        let of = |keep| comparison(&why_of(&with_only(&set, decision, facts, path, keep)), &finding.provision, &condition.zh);
                        let (alone, without) = (of(Some(number)), of(None));
                        match one.outcome {
                            WhyOutcome::Holds => assert_eq!(one.actual, alone, "{decision} {place}: {path}"),
                            WhyOutcome::Fails => assert_eq!(alone, without, "{decision} {place}: {path}"),
                            _ => {}
                        }
                        (told, nothing) = (told + 1, nothing + usize::from(one.outcome == WhyOutcome::Fails));
                    }
                }
            }
        }
    }
    assert!(told > 50 && nothing > 5, "{told} records are told, {nothing} of them come to nothing");
}

#[test]
fn a_record_that_comes_to_nothing_says_which_test_it_fails() {
    let set = built_in();
    let facts = r#"{"practitioner": {"profession": "doctor", "title_grade": "intermediate", "title_appointed_on": "2019-01-01", "certificates": [],
        "institution": {"level": "secondary", "grade": "a", "tier": "county", "is_grassroots": false}, "attachments": [
        {"starts_on": "2020-03-01", "ends_on": "2020-05-31", "full_time": false}, {"starts_on": "2022-03-01", "ends_on": "2022-05-31", "full_time": true}]}}"#;
    let facts = set.facts_from_json("sc-promotion-certificate", facts).expect("facts");
    let applied = Day::from_ymd_opt(2024, 1, 1).expect("a day");
    let given = crate::evaluate::Given::new().with("target_grade", "associate_senior").with("applied_on", "2024-01-01");
    let question = set.ask("sc-promotion-certificate", &given, applied).expect("a question");
    let why = why(&question, &facts);
    let records: Vec<&WhyPart> = parts(&why).into_iter().filter(|part| part.kind == WhyKind::Record).collect();
    let [first, second] = records.as_slice() else { unreachable!("{} records are told", records.len()) };
    assert_eq!((first.outcome, first.parts.len()), (WhyOutcome::Fails, 1));
    assert_eq!(first.parts.first().map(|part| part.en.as_str()), Some("“full-time”"));
    assert_eq!((second.outcome, second.actual.as_deref()), (WhyOutcome::Holds, Some("3")));
    let told = why_lines(&why, &question.labels(), Lang::En).join("\n");
    assert!(told.contains("attachment 1: nothing by itself\n") && told.contains("attachment 2: 3 months by itself\n"), "{told}");
}

#[test]
fn the_tree_is_bounded_however_many_records_there_are() {
    let set = built_in();
    let record =
        r#"{"credits": "0.1", "hours": "0.1", "awarded_on": "2024-05-10", "electronic": true, "profession_related": true, "job_related": true}"#;
    let facts = format!(r#"{{"practitioner": {{"activities": [{}]}}}}"#, vec![record; 5_000].join(","));
    let facts = set.facts_from_json("cq-annual-cme", &facts).expect("facts");
    let given = crate::evaluate::Given::new().with("year", 2024);
    let question = set.ask("cq-annual-cme", &given, Day::from_ymd_opt(2024, 11, 15).expect("a day")).expect("a question");
    let why = why(&question, &facts);
    assert!(parts(&why).len() <= LARGEST / PART);
    assert!(why.to_json().len() < 100_000, "{} bytes", why.to_json().len());
}

/// A policy whose one condition nests as deep as the loader allows.
fn deep(nests: usize) -> String {
    let condition = format!("{}licence_no != null{}", "not(not(".repeat(nests), "))".repeat(nests));
    format!(
        r#"
[policy]
id = "deep"
number = "1"
issued = 2024-01-01

[[provision]]
id = "deep-one"
article = "1"
subject = "practitioner"
modality = "shall"
require = '{condition}'

  [[provision.example]]
  facts.practitioner.licence_no = "110"
  as_of = 2024-06-30
  status = "met"

[[decision]]
id = "deep-decision"
subject = "practitioner"
all_of = ["deep-one"]
"#
    )
}

#[test]
fn the_deepest_condition_that_loads_is_taken_apart_and_told() {
    let loaded = |nests| {
        let mut set = PolicySet::empty();
        set.add("deep.toml", &deep(nests)).is_ok().then_some(set)
    };
    let deepest = (1..160).rev().find_map(loaded).expect("some depth loads");
    let facts = deepest.facts_from_json("deep-decision", r#"{"practitioner": {"licence_no": "110"}}"#).expect("facts");
    let day = Day::from_ymd_opt(2024, 11, 15).expect("a day");
    let question = deepest.ask("deep-decision", &crate::evaluate::Given::new(), day).expect("a question");
    let why = why(&question, &facts);
    assert_eq!(why.findings.len(), 1);
    assert!(why_lines(&why, &question.labels(), Lang::En).len() > 1);
}
