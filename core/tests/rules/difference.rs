//! What changed between two versions of a policy, and who is judged otherwise for it.

use medtrain::Lang;
use medtrain::evaluate::{Given, Question};
use medtrain::explain::difference_sentences;
use medtrain::facts::Facts;
use medtrain::policy::{Policy, PolicyDifference, effect};

use crate::written::{day, policy};

const OLD: &str = r#"
[policy]
id = "p"
number = "甲1号"
issued = 2020-01-01
until = 2024-12-31
version = "1"
zh = "继续教育"
en = "continuing education"

[define]
counted = 'practitioner.activities[awarded_on >= date(given.year, 1, 1)]'

[[provision]]
id = "credits"
article = "三(一)"
subject = "practitioner"
modality = "shall"
when = 'title_grade >= "junior"'
require = 'total(counted.credits) >= 25'
due = 'date(given.year, 10, 31)'
name_zh = "学分"
name_en = "credits"

[[provision]]
id = "hours"
article = "三(二)"
subject = "practitioner"
modality = "shall"
require = 'total(counted.hours) > 80 and count(counted) >= 2'
relax = { name = "remote", when = 'department = "village"' }
name_zh = "学时"
name_en = "hours"
zh = "八十学时。"
en = "Eighty hours."

[[provision]]
id = "licence"
article = "四"
subject = "practitioner"
modality = "shall"
require = 'licence_no != null'
name_zh = "执业证书"
name_en = "licence"

[[provision]]
id = "before"
article = "五"
subject = "practitioner"
modality = "may"
when = 'as_of < @"2021-01-01"'
name_zh = "以前"
name_en = "what was before"

[[decision]]
id = "annual"
subject = "practitioner"
given.year = "integer"
all_of = ["credits", "hours", "licence"]
"#;

/// The old version with these changes.
fn newer(changes: &[(&str, &str)]) -> Policy {
    let text = changes.iter().fold(OLD.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    policy(&text)
}

fn older() -> Policy {
    policy(OLD)
}

fn difference(changes: &[(&str, &str)]) -> PolicyDifference {
    older().difference(&newer(changes))
}

fn told(changes: &[(&str, &str)]) -> Vec<String> {
    difference_sentences(&difference(changes), Lang::En).into_iter().skip(1).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn another_number_and_another_place_are_changes_of_the_document() {
    assert_eq!(told(&[("甲1号", "乙2号")]), ["the document: number: 甲1号 → 乙2号"]);
    assert_eq!(told(&[("number =", "jurisdiction = \"500000\"\nnumber =")]), ["the document: where it applies: not said → 500000"]);
    let moved = newer(&[("number =", "jurisdiction = \"500000\"\nnumber =")]);
    let back = difference_sentences(&moved.difference(&older()), Lang::Zh);
    assert_eq!(back[1..], ["文件：适用地区：500000 → 未注明"]);
}

const CREDITS: &str = "changed: credits [credits 三(一)]";
const HOURS: &str = "changed: hours [hours 三(二)]";

#[test]
fn what_is_written_otherwise_and_means_the_same_is_no_difference() {
    let same = difference(&[
        ("'total(counted.credits) >= 25'", "'total(those.credits) >= 25.0'"),
        ("[define]", "[define]\nthose = 'practitioner.activities[awarded_on >= date(year, 1, 1)]'"),
        ("'total(counted.hours) > 80 and count(counted) >= 2'", "'count(counted) >= 2 and total(counted.hours) > 80'"),
    ]);
    assert!(same.is_empty(), "{same:?}");
    assert_eq!(told(&[]), ["nothing changed"]);
}

#[test]
fn a_figure_is_told_with_its_unit_and_the_one_before() {
    assert_eq!(told(&[(">= 25", ">= 30")]), [CREDITS, "what is asked: 25 credits → 30 credits"]);
    assert_eq!(told(&[("\"junior\"", "\"senior\"")]), [CREDITS, "whom it concerns: junior → senior"]);
    assert_eq!(told(&[("> 80", ">= 90")]), [HOURS, "what is asked: compared by ≥ instead of >", "what is asked: 80 hours → 90 hours"]);
    assert_eq!(told(&[("\"village\"", "\"township\"")]), [HOURS, "where it is relaxed: village → township"]);
}

#[test]
fn a_figure_of_a_define_is_told_of_every_provision_that_uses_it() {
    let told = told(&[("given.year, 1, 1", "given.year - 1, 11, 1")]);
    let through = "what is asked: another one through what it names (a define or a fact)";
    assert_eq!(told, [CREDITS, through, HOURS, through]);
    let told = self::told(&[("given.year, 1, 1", "given.year, 2, 1")]);
    assert_eq!(told, [CREDITS, "what is asked: 01-01 → 02-01", HOURS, "what is asked: 01-01 → 02-01"]);
}

#[test]
fn days_scope_modality_article_and_words_are_told_apart() {
    assert_eq!(told(&[("10, 31", "12, 31")]), [CREDITS, "its due day: 10-31 → 12-31"]);
    assert_eq!(
        told(&[("as_of < @\"2021-01-01\"", "as_of < @\"2022-01-01\"")]),
        ["changed: what was before [before 五]", "whom it concerns: 2021-01-01 → 2022-01-01"]
    );
    assert_eq!(told(&[("when = 'title_grade >= \"junior\"'\n", "")]), [CREDITS, "whom it concerns, gone: `title_grade >= \"junior\"`"]);
    assert_eq!(
        told(&[("licence_no != null", "licence_no != null or profession = \"nurse\"")]),
        ["changed: licence [licence 四]", "what is asked: `licence_no != null` → `licence_no != null or profession = \"nurse\"`"]
    );
    let follows = "name_zh = \"学分\"\nconsequence = { follows = [\"hours\"], effect = \"granted\" }";
    let granted = newer(&[("name_zh = \"学分\"", follows)]);
    let imposed = newer(&[("name_zh = \"学分\"", &follows.replace("granted", "imposed"))]);
    let sentences = difference_sentences(&granted.difference(&imposed), Lang::En);
    assert_eq!(sentences.last().map(|line| line.trim()), Some("what its consequence is: granted → imposed"));
    assert_eq!(told(&[("modality = \"shall\"", "modality = \"principle\"")]), [CREDITS, "how it binds: shall → in principle"]);
    let (requirement, duty) = (
        newer(&[("name_zh = \"学分\"", "name_zh = \"学分\"\nkind = \"requirement\"")]),
        newer(&[("name_zh = \"学分\"", "name_zh = \"学分\"\nkind = \"duty\"")]),
    );
    let sentences = difference_sentences(&requirement.difference(&duty), Lang::En);
    assert_eq!(sentences.last().map(|line| line.trim()), Some("kind of rule: a requirement → a duty"), "and no word of it");
    assert_eq!(told(&[("三(一)", "三(三)")]), ["changed: credits [credits 三(三)]", "article: 三(一) → 三(三)"]);
    assert_eq!(told(&[("Eighty hours.", "At least eighty hours.")]), [HOURS, "its words"]);
    assert_eq!(told(&[("until = 2024-12-31\n", "")]), ["the document: last day: 2024-12-31 → none"]);
    assert_eq!(told(&[("id = \"hours\"", "id = \"hours\"\nfrom = 2021-01-01")]), [HOURS, "first day: 2020-01-01 → 2021-01-01"]);
}

#[test]
fn what_is_asked_in_another_form_is_not_said_to_change_through_a_define() {
    let parts = "[[provision.part]]\nmodality = \"shall\"\nrequire = 'licence_no != null'\n";
    assert_eq!(
        told(&[("require = 'licence_no != null'\n", ""), ("name_en = \"licence\"\n", &format!("name_en = \"licence\"\n\n{parts}"))]),
        ["changed: licence [licence 四]", "what is asked: asked in another form"]
    );
}

#[test]
fn words_of_a_part_a_relaxation_a_detail_and_a_date_are_words_of_the_provision() {
    let text = |body: &str| {
        format!(
            "{}{body}",
            OLD.replace("relax = {", "ledger = \"few\"\nrelax = {")
                .replace("name = \"remote\",", "name = \"remote\", zh = \"边远\", en = \"remote\",")
        )
    };
    let body = r#"
[[provision]]
id = "parts"
article = "六"
subject = "practitioner"
modality = "shall"
[[provision.part]]
id = "x"
modality = "shall"
require = 'is_gp'
zh = "是全科。"
en = "Is a GP."
[[provision.detail]]
name = "shown"
value = 'is_gp'
zh = "全科"
en = "a GP"
[[provision.date]]
on = 2024-01-01
zh = "上报"
en = "report"
"#;
    let old = policy(&text(body));
    for (from, to, head) in [
        ("Is a GP.", "They are a GP.", "changed: parts [parts 六]"),
        ("\"a GP\"", "\"is a GP\"", "changed: parts [parts 六]"),
        ("\"report\"", "\"send\"", "changed: parts [parts 六]"),
        ("en = \"remote\"", "en = \"far away\"", HOURS),
        ("name = \"remote\"", "name = \"far\"", HOURS),
        ("ledger = \"few\"", "ledger = \"too_few\"", HOURS),
    ] {
        let changed = text(body).replace(from, to);
        assert_ne!(changed, text(body), "{from}");
        let told = difference_sentences(&old.difference(&policy(&changed)), Lang::En);
        assert_eq!(told[1..], [head, "  its words"], "{from}");
    }
}

#[test]
fn a_declared_fact_that_came_went_or_takes_other_values_is_told_of_the_document() {
    let fact = |lines: &str| format!("[[fact]]\nsubject = \"practitioner\"\nname = \"points\"\ntype = \"decimal\"\n{lines}\n[define]");
    let load = |lines: &str| newer(&[("[define]", &fact(lines))]);
    let told = |old: &Policy, new: &Policy| difference_sentences(&old.difference(new), Lang::En)[1..].to_vec();
    assert_eq!(told(&older(), &load("")), ["the document: new fact practitioner.points"]);
    assert_eq!(told(&load(""), &older()), ["the document: no more fact practitioner.points"]);
    for lines in ["unit = \"point\"", "non_negative = true", "attainable = true"] {
        assert_eq!(told(&load(""), &load(lines)), ["the document: another fact practitioner.points"], "{lines}");
    }
    assert_eq!(told(&load(""), &load("zh = \"积分\"")), ["the document: its words"]);
}

#[test]
fn a_decision_that_asks_the_same_in_another_role_is_another_one() {
    let all = "all_of = [\"credits\", \"hours\", \"licence\"]";
    let changed = "changed decision: annual";
    assert_eq!(
        told(&[(all, "all_of = [\"credits\", \"hours\"]\nany_of = [\"licence\"]")]),
        [changed, "all of these: −licence", "one of these: +licence"]
    );
    let follows =
        "\n[[provision]]\nid = \"opens\"\narticle = \"七\"\nsubject = \"practitioner\"\nmodality = \"may\"\nconsequence.follows = [\"credits\"]\n";
    let records = "\n[[provision]]\nid = \"counts\"\narticle = \"八\"\nsubject = \"activity\"\nmodality = \"shall\"\nrequire = 'electronic'\n";
    let told = |old: &str, new: &str| {
        let load = |decision: &str| newer(&[("[[decision]]", &format!("{follows}{records}[[decision]]")), (all, decision)]);
        difference_sentences(&load(old).difference(&load(new)), Lang::En)[1..].iter().map(|line| line.trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(told(all, &format!("{all}\nconsequences = [\"opens\"]")), [changed, "tells the consequences of: +opens"]);
    assert_eq!(told(&format!("{all}\nrecords = [\"counts\"]"), all), [changed, "judges records by: −counts"]);
    assert_eq!(told(all, &format!("{all}\ngiven.level = \"text\"")), [changed, "takes: +given.level = \"text\""]);
    assert_eq!(told(all, &format!("{all}\nen = \"Enough?\"")), [changed, "its words"]);
}

#[test]
fn what_is_added_to_another_policys_decision_is_compared() {
    let adds = |ids: &str| {
        newer(&[("[[decision]]", &format!("[[addition]]\ndecision = \"theirs\"\ngiven.year = \"integer\"\nall_of = [{ids}]\n\n[[decision]]"))])
    };
    let told = |old: &Policy, new: &Policy| difference_sentences(&old.difference(new), Lang::En)[1..].join("; ");
    assert_eq!(told(&older(), &adds("\"credits\"")), "adds to decision: theirs;   all of these: +credits;   takes: +given.year = \"integer\"");
    assert_eq!(told(&adds("\"credits\""), &adds("\"credits\", \"hours\"")), "adds otherwise to decision: theirs;   all of these: +hours");
    assert_eq!(
        told(&adds("\"credits\""), &older()),
        "adds no more to decision: theirs;   all of these: −credits;   takes: −given.year = \"integer\""
    );
}

#[test]
fn a_decision_of_another_subject_is_another_one() {
    let file = |subject: &str, condition: &str| {
        let text = format!(
            "[policy]\nid = \"p\"\nnumber = \"1\"\nissued = 2024-01-01\n[[provision]]\nid = \"a\"\narticle = \"1\"\nsubject = \"{subject}\"\n\
             modality = \"shall\"\nrequire = '{condition}'\n[[decision]]\nid = \"d\"\nsubject = \"{subject}\"\nall_of = [\"a\"]\n"
        );
        policy(&text)
    };
    let told = difference_sentences(&file("practitioner", "is_gp").difference(&file("institution", "has_info_system")), Lang::En);
    assert_eq!(told.iter().filter(|line| line.ends_with("what it is asked of: practitioner → institution")).count(), 2, "{told:?}");
}

/// Everything at once.
const CHANGES: &[(&str, &str)] = &[
    ("version = \"1\"", "version = \"2\""),
    ("issued = 2020-01-01\nuntil = 2024-12-31", "issued = 2025-01-01"),
    (">= 25", ">= 30"),
    ("'total(counted.hours) > 80 and count(counted) >= 2'", "'total(counted.hours) >= 80'"),
    ("id = \"licence\"", "id = \"papers\""),
    ("\"licence\"]", "\"papers\"]"),
    ("[[decision]]", "[[decision]]\nid = \"other\"\nsubject = \"practitioner\"\nall_of = [\"papers\"]\n\n[[decision]]"),
];

#[test]
fn a_whole_difference_is_told_in_both_languages_and_as_json() {
    let difference = difference(CHANGES);
    insta::assert_snapshot!("difference_zh", difference_sentences(&difference, Lang::Zh).join("\n"));
    insta::assert_snapshot!("difference_en", difference_sentences(&difference, Lang::En).join("\n"));
    let json = difference.to_json().replace(&older().hash, "OLD").replace(&newer(CHANGES).hash, "NEW");
    insta::assert_snapshot!("difference_json", json);
}

fn facts(json: &str) -> Facts {
    Facts::from_json(json).unwrap_or_else(|error| unreachable!("{error}"))
}

/// Its decision, asked late in 2024.
fn annual(policy: &Policy) -> Question<'_> {
    policy.ask(policy.decision("annual").expect("it"), &Given::new().with("year", 2024), day("2024-11-15")).expect("a question")
}

#[test]
fn who_is_judged_otherwise_stands_under_the_provision_that_made_the_change() {
    let (old, new) = (older(), newer(&[("until = 2024-12-31\n", ""), (">= 25", ">= 30"), ("> 80", "> 60")]));
    let person = |id: &str, credits: &str, hours: &str| {
        let activity = format!(
            r#"{{"awarded_on": "2024-05-01", "credits": "{credits}", "hours": "{hours}"}}, {{"awarded_on": "2024-05-02", "credits": "0", "hours": "0"}}"#
        );
        facts(&format!(r#"{{"practitioner": {{"person_id": "{id}", "title_grade": "senior", "licence_no": "1", "activities": [{activity}]}}}}"#))
    };
    let (before, now) = (annual(&old), annual(&new));
    let people = [("1001", "25", "90"), ("1002", "30", "90"), ("1003", "30", "70"), ("1004", "10", "70"), ("1005", "26", "81")];
    let people = people.map(|(id, credits, hours)| (format!("{id}.json"), person(id, credits, hours)));
    let effect = effect(&before, &now, people.into()).expect("an effect");
    assert_eq!((effect.subjects, effect.changed), (5, 3));
    let difference = PolicyDifference { effect: Some(effect), ..old.difference(&new) };
    insta::assert_snapshot!("effect_zh", difference_sentences(&difference, Lang::Zh).join("\n"));
    insta::assert_snapshot!("effect_en", difference_sentences(&difference, Lang::En).join("\n"));
}

#[test]
fn a_fact_that_one_version_alone_declares_is_read_by_that_one() {
    let declared = "[[fact]]\nsubject = \"practitioner\"\nname = \"points\"\ntype = \"decimal\"\n\n[define]";
    let (old, new) = (older(), newer(&[("[define]", declared), ("licence_no != null", "points >= 3")]));
    let (before, now) = (annual(&old), annual(&new));
    let subjects =
        |points: &str| vec![("a.json".to_owned(), facts(&format!(r#"{{"practitioner": {{"activities": [], "extra": {{"points": "{points}"}}}}}}"#)))];
    assert_eq!(effect(&before, &now, subjects("2")).expect("an effect").subjects, 1);
    let refused = effect(&before, &now, subjects("two")).expect_err("no decimal");
    assert_eq!(refused.problems.iter().map(|p| p.place.as_str()).collect::<Vec<_>>(), ["a.json: practitioner.extra.points"]);
    let unknown = vec![("a.json".to_owned(), facts(r#"{"practitioner": {"activities": [], "extra": {"pints": "2"}}}"#))];
    assert!(effect(&before, &now, unknown).is_err(), "neither declares it");
}

#[test]
fn every_wrong_fact_is_told_once_and_facts_about_something_else_are_refused() {
    let declared = |name: &str| format!("[[fact]]\nsubject = \"practitioner\"\nname = \"{name}\"\ntype = \"decimal\"\n\n");
    let both = format!("{}{}[define]", declared("points"), declared("marks"));
    let (old, new) = (newer(&[("[define]", &both)]), newer(&[("[define]", &both)]));
    let (before, now) = (annual(&old), annual(&new));
    let told = |json: &str| -> Vec<String> {
        let refused = effect(&before, &now, vec![("a.json".to_owned(), facts(json))]).expect_err("it is wrong");
        refused.problems.iter().map(|p| format!("{} [{}]", p.place, p.code.code())).collect()
    };
    let wrong = ["a.json: practitioner.extra.marks [wrong_type]", "a.json: practitioner.extra.points [wrong_type]"];
    let mut found = told(r#"{"practitioner": {"extra": {"points": "two", "marks": "three"}}}"#);
    found.sort();
    assert_eq!(found, wrong);
    assert_eq!(told(r#"{"institution": {"has_info_system": true}}"#), ["a.json: practitioner [missing]"]);
    assert_eq!(effect(&before, &now, vec![("a.json".to_owned(), facts("{}"))]).expect("nothing is known").subjects, 1);
}

#[test]
fn what_a_finding_or_a_headline_turns_on_is_no_matter_of_words() {
    let said = |old: &Policy, new: &Policy| difference_sentences(&old.difference(new), Lang::En).split_off(2);
    let day_of = |key: &str| newer(&[("due =", key)]);
    let later = said(&day_of("deadline ="), &day_of("asked_after ="));
    assert_eq!(
        later.get(..2).expect("two changes"),
        ["  its deadline, gone: `date(given.year, 10, 31)`", "  the day until which it is not asked, new: `date(given.year, 10, 31)`"]
    );
    assert_eq!(
        told(&[(r#"["credits", "hours", "licence"]"#, r#"["licence", "credits", "hours"]"#)]),
        ["changed decision: annual", "all of these, in another order: licence, credits, hours"]
    );
    let fee = |unit: &str| newer(&[("modality = \"may\"", &format!("modality = \"may\"\namount = \"200\"{unit}"))]);
    assert_eq!(said(&fee("\namount_unit = \"yuan\""), &fee("")), ["  the unit of its amount: yuan → 1"]);
}

#[test]
fn a_version_that_asks_nothing_of_anybody_on_the_day_is_told() {
    let (old, new) = (older(), newer(&[("issued = 2020-01-01\nuntil = 2024-12-31\nversion = \"1\"", "issued = 2025-01-01\nversion = \"2\"")]));
    let given = Given::new().with("year", 2024);
    let asked = |before: &str, now: &str| {
        let before = old.ask(old.decision("annual").expect("it"), &given, day(before)).expect("a question");
        let now = new.ask(new.decision("annual").expect("it"), &given, day(now)).expect("a question");
        effect(&before, &now, vec![("a.json".to_owned(), facts(r#"{"practitioner": {"activities": []}}"#))]).expect("an effect")
    };
    let same_day = asked("2024-12-31", "2024-12-31");
    assert_eq!((same_day.old_as_of, same_day.not_in_force.as_slice()), (None, &["2".to_owned()][..]));
    let each_on_its_own = asked("2024-12-31", "2025-01-01");
    assert_eq!((each_on_its_own.old_as_of, each_on_its_own.not_in_force.len()), (Some(day("2024-12-31")), 0));
}

#[test]
fn codes_of_what_is_given_are_told_by_their_names_and_not_by_their_places() {
    let asked = |codes: &str, purpose: &str| {
        let text = format!(
            "[policy]\nid = \"p\"\nnumber = \"1\"\nissued = 2024-01-01\n\n[[provision]]\nid = \"a\"\narticle = \"1\"\nsubject = \"institution\"\n\
             modality = \"shall\"\nwhen = 'given.purpose = \"{purpose}\"'\nrequire = 'has_info_system'\n\n\
             [[decision]]\nid = \"d\"\nsubject = \"institution\"\ngiven.purpose = {codes}\nall_of = [\"a\"]\n"
        );
        Policy::from_toml("p.toml", &text).expect("a policy")
    };
    let told = |new: Policy| difference_sentences(&asked(r#"["first", "renewal"]"#, "renewal").difference(&new), Lang::En).join("; ");
    for (codes, now, other) in [
        (r#"["renewal", "first"]"#, "renewal", None),
        (r#"["renewal", "first"]"#, "first", Some("renewal → first")),
        (r#"["first", "again"]"#, "again", Some("renewal → again")),
        (r#"["trial", "first", "renewal"]"#, "renewal", None),
    ] {
        let told = told(asked(codes, now));
        match other {
            Some(other) => assert!(told.contains(other), "{codes}: {told}"),
            None => assert!(!told.contains("whom it concerns"), "{codes}: {told}"),
        }
    }
}
