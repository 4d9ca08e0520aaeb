//! What is legal in a policy file and probably not meant is told, and nothing else is.

use medtrain::policy::{LintReport, PolicyFile, lint};

use medtrain::problem::ProblemCode;

use crate::written::lines;

const HEAD: &str = r#"
[policy]
id = "p"
number = "n"
issued = 2020-01-01
zh = "甲"
en = "a"

[[decision]]
id = "d"
subject = "practitioner"
all_of = ["a"]
zh = "甲？"
en = "a?"
"#;

fn report(body: &str) -> LintReport {
    lint(&[PolicyFile { name: "p.toml", text: &format!("{HEAD}{body}") }])
}

/// A provision `a` with these lines.
fn provision(lines: &str) -> String {
    format!("\n[[provision]]\nid = \"a\"\narticle = \"一\"\nsubject = \"practitioner\"\nmodality = \"shall\"\nzh = \"甲\"\nen = \"a\"\n{lines}")
}

/// An example whose activities have these credits, and the status that comes out.
fn example(credits: &str, status: &str) -> String {
    format!("\n[[provision.example]]\nfacts.practitioner.activities = [{{ credits = \"{credits}\" }}]\nas_of = 2024-06-30\nstatus = \"{status}\"\n")
}

/// The warnings, one line each, without their place.
fn warnings(body: &str) -> Vec<String> {
    let report = report(body);
    assert_eq!(report.errors, [], "{body}");
    lines(&report.warnings)
}

#[test]
fn what_is_said_of_the_conditions_of_built_in_policies_would_be_an_error_of_theirs() {
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/policies")).expect("the policies") {
        let path = entry.expect("a policy").path();
        let text = std::fs::read_to_string(&path).expect("a policy");
        let report = lint(&[PolicyFile { name: &path.display().to_string(), text: &text }]);
        assert_eq!(report.errors, []);
        let told: Vec<String> = report.warnings.iter().filter(|w| w.code.code().starts_with("never")).map(ToString::to_string).collect();
        assert!(told.is_empty(), "{}", told.join("\n"));
    }
}

#[test]
fn a_code_or_unit_of_ones_own_without_words_is_told_once() {
    let facts = "[[fact]]\nsubject = \"practitioner\"\nname = \"kind\"\ntype = \"code\"\ncodes = [\"in\", \"out\"]\nzh = \"类别\"\nen = \"kind\"\n\
                 [[fact]]\nsubject = \"practitioner\"\nname = \"marks\"\ntype = \"decimal\"\nunit = \"point\"\nzh = \"积点\"\nen = \"marks\"\n";
    let told = |words: &str| {
        let body = format!("\n{words}{facts}{}", provision("require = 'kind = \"in\" and marks >= 1'\n"));
        warnings(&body).into_iter().filter(|told| told.ends_with("[untranslated]")).collect::<Vec<_>>()
    };
    let none = ["code `in` has no words [untranslated]", "code `out` has no words [untranslated]", "unit `point` has no words [untranslated]"];
    assert_eq!(told(""), none);
    let all = ["in", "out", "point"].map(|name| format!("{name} = {{ zh = \"甲\", en = \"a\" }}\n")).concat();
    assert_eq!(told(&format!("[words]\n{all}")), [""; 0]);
}

#[test]
fn warnings_are_told_with_their_places_in_the_order_of_the_file() {
    let text = r#"[policy]
id = "p"
number = "n"
issued = 2020-01-01
zh = "甲"
en = "a"

[define]
nowhere = 'practitioner.activities[credits > 3]'
counted = 'practitioner.activities[awarded_on >= @"2024-02-01" and awarded_on < @"2024-02-01"]'

[[fact]]
subject = "practitioner"
name = "points"
type = "decimal"
zh = "积分"

[[provision]]
id = "credits"
article = "三（二）"
subject = "practitioner"
modality = "shall"
when = 'title_grade > "senior" or title_grade in ("junior", "senior")'
require = '''
total(counted.credits) >= 25
  and count(counted) >= 0
'''
zh = "甲"
en = "a"

  [[provision.example]]
  facts.practitioner = { title_grade = "junior", activities = [] }
  as_of = 2024-06-30
  status = "unmet"

[[provision]]
id = "hours"
article = "四"
subject = "practitioner"
modality = "shall"
require = 'total(activities.hours) >= 80'
zh = "乙"
en = "b"

[[decision]]
id = "d"
subject = "practitioner"
all_of = ["credits"]
"#;
    let report = lint(&[PolicyFile { name: "policy.toml", text }]);
    assert_eq!(report.errors, []);
    insta::assert_snapshot!(report.warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_report_is_canonical_json() {
    let report = report(&provision("require = 'credits_of_nobody > 1'"));
    insta::assert_snapshot!(report.to_json());
    let report = self::report(&provision("").replace("\"一\"", "\"\""));
    insta::assert_snapshot!(report.to_json());
}

#[test]
fn a_figure_is_tried_exactly_from_below_and_from_above() {
    let rule = provision("require = 'total(activities.credits) >= 25'");
    let at = |credits: &[&str]| {
        let examples: String = credits.iter().map(|c| example(c, if c.parse::<u8>().expect("a figure") < 25 { "unmet" } else { "met" })).collect();
        warnings(&format!("{rule}{examples}"))
    };
    assert_eq!(at(&["24", "25", "26"]), [""; 0]);
    assert_eq!(at(&["24", "26"]), ["`require` compares with `25`, and no example stands exactly at it [untested_figure]"]);
    assert_eq!(at(&["25"]), ["`require` compares with `25`, and no example stands below it or above it [untested_figure]"]);
}

#[test]
fn what_cannot_be_below_a_figure_need_not_be_tried_there() {
    let rule = provision("require = 'total(activities.credits) > 0'");
    assert_eq!(warnings(&format!("{rule}{}{}", example("0", "unmet"), example("1", "met"))), [""; 0]);
}

#[test]
fn a_figure_that_is_computed_or_stands_on_the_left_is_tried_like_any_other() {
    let rule = provision("require = '2 * 3 <= total(activities.credits) and total(activities.credits) / 4 <= 2.5'");
    let tried =
        format!("{rule}{}{}{}{}{}", example("5", "unmet"), example("6", "met"), example("7", "met"), example("10", "met"), example("11", "unmet"));
    assert_eq!(warnings(&tried), [""; 0]);
    assert_eq!(
        warnings(&format!("{rule}{}", example("7", "met"))),
        [
            "`require` compares with `2 * 3`, and no example stands below it or exactly at it [untested_figure]",
            "`require` compares with `2.5`, and no example stands exactly at it or above it [untested_figure]",
        ]
    );
}

#[test]
fn a_figure_that_chooses_records_is_tried_by_each_of_them() {
    let rule = provision("require = 'every a in activities[credits > 2] satisfies a.hours in [3..4]'");
    let records =
        |records: &str| format!("\n[[provision.example]]\nfacts.practitioner.activities = [{records}]\nas_of = 2024-06-30\nstatus = \"unmet\"\n");
    let chosen =
        r#"{ credits = "1" }, { credits = "2" }, { credits = "3", hours = "3" }, { credits = "3", hours = "4" }, { credits = "3", hours = "5" }"#;
    let below = r#"{ credits = "3", hours = "2" }"#;
    assert_eq!(warnings(&format!("{rule}{}{}", records(chosen), records(below))), [""; 0]);
    assert_eq!(
        warnings(&format!("{rule}{}", records(below))),
        [
            "`require` compares with `2`, and no example stands below it or exactly at it [untested_figure]",
            "`require` compares with `3`, and no example stands exactly at it or above it [untested_figure]",
            "`require` compares with `4`, and no example stands exactly at it or above it [untested_figure]",
        ]
    );
}

#[test]
fn a_figure_of_what_is_given_or_of_the_day_of_asking_is_tried_although_it_needs_no_facts() {
    let rule = provision("when = 'as_of >= @\"2024-06-30\"'\nrequire = 'licence_no != null'");
    let on =
        |day: &str, status: &str| format!("\n[[provision.example]]\nfacts.practitioner.licence_no = \"1\"\nas_of = {day}\nstatus = \"{status}\"\n");
    let (before, at, after) = (on("2024-06-29", "not_applicable"), on("2024-06-30", "met"), on("2024-07-01", "met"));
    assert_eq!(warnings(&format!("{rule}{before}{at}{after}")), [""; 0]);
    assert_eq!(
        warnings(&format!("{rule}{before}{after}")),
        ["`when` compares with `@\"2024-06-30\"`, and no example stands exactly at it [untested_figure]"]
    );
}

#[test]
fn a_figure_of_a_define_is_tried_by_one_of_its_users() {
    let define = "[define]\nmany = 'total(practitioner.activities.credits) >= 25'\n";
    let first = provision("require = 'many'") + &example("24", "unmet") + &example("25", "met") + &example("26", "met");
    let second = provision("require = 'many and licence_no != null'").replace("\"a\"", "\"b\"") + &example("24", "unmet");
    let text = format!("{HEAD}{define}{first}{second}").replace("all_of = [\"a\"]", "all_of = [\"a\", \"b\"]");
    let report = lint(&[PolicyFile { name: "p.toml", text: &text }]);
    assert_eq!((report.errors, report.warnings), (vec![], vec![]));
}

#[test]
fn a_provision_that_another_one_asks_is_used() {
    let body = provision("any_of = [\"b\"]") + &example("1", "met") + &provision("require = 'count(activities) > 0'").replace("\"a\"", "\"b\"");
    let told = warnings(&body);
    assert_eq!(told, ["`b` has a condition, and no example tries it [no_example]"]);
}

#[test]
fn versions_follow_one_another_day_by_day() {
    let version = |from: &str, until: &str| {
        format!("{}{}", HEAD.replace("issued = 2020-01-01", &format!("version = \"{from}\"\nissued = {from}\nuntil = {until}")), provision(""))
    };
    let told = |later: &str| {
        let (first, second) = (version("2020-01-01", "2020-12-31"), version(later, "2022-12-31"));
        // The order in which the files are given does not matter.
        let report = lint(&[PolicyFile { name: "second.toml", text: &second }, PolicyFile { name: "first.toml", text: &first }]);
        report.errors.iter().chain(&report.warnings).map(|w| format!("{}: {} [{}]", w.place, w.message, w.code.code())).collect::<Vec<_>>()
    };
    assert_eq!(told("2021-01-01"), [""; 0]);
    assert_eq!(told("2021-01-02"), ["second.toml:3:6: no version of policy `p` is in force on 2021-01-01 [version_gap]"]);
    assert_eq!(
        told("2020-12-31"),
        ["second.toml:3:6: policy `p` is in force from 2020-12-31 on, and so is still that of `first.toml` [overlapping_versions]"]
    );
}

#[test]
fn a_version_that_outlasts_later_ones_is_held_against_each_of_them() {
    let version = |from: &str, until: &str| {
        format!("{}{}", HEAD.replace("issued = 2020-01-01", &format!("version = \"{from}\"\nissued = {from}\nuntil = {until}")), provision(""))
    };
    let (long, second, third) = (version("2020-01-01", "2024-12-31"), version("2021-01-01", "2021-12-31"), version("2023-01-01", "2023-12-31"));
    let last = version("2025-01-02", "2025-12-31");
    let files = [("long", &long), ("second", &second), ("third", &third), ("last", &last)];
    let report = lint(&files.map(|(name, text)| PolicyFile { name, text }));
    let told: Vec<String> = report.errors.into_iter().chain(report.warnings).map(|w| format!("{}: {}", w.place, w.message)).collect();
    assert_eq!(
        told,
        [
            "second:3:6: policy `p` is in force from 2021-01-01 on, and so is still that of `long`",
            "third:3:6: policy `p` is in force from 2023-01-01 on, and so is still that of `long`",
            "last:3:6: no version of policy `p` is in force on 2025-01-01",
        ]
    );
}

/// A policy that adds to this decision a provision of this id with this condition.
fn adding(policy: &str, id: &str, decision: &str, from: &str) -> String {
    format!(
        "[policy]\nid = \"{policy}\"\nnumber = \"1\"\nversion = \"{}\"\nissued = {from}\n[[provision]]\nid = \"{id}\"\narticle = \"1\"\nsubject = \"practitioner\"\n\
         modality = \"shall\"\nrequire = 'licence_no != null'\n[[addition]]\ndecision = \"{decision}\"\nall_of = [\"{id}\"]\n",
        &from[..10]
    )
}

/// The errors of these files, each under the name of its place in the list.
fn errors(files: &[&str]) -> Vec<String> {
    let names: Vec<String> = (1..=files.len()).map(|place| place.to_string()).collect();
    let files: Vec<PolicyFile<'_>> = names.iter().zip(files).map(|(name, text)| PolicyFile { name, text }).collect();
    lint(&files).errors.iter().map(|e| format!("{} {}", e.place, e.message)).collect()
}

#[test]
fn an_addition_may_stand_before_the_file_that_it_adds_to() {
    let base = format!("{HEAD}{}", provision(""));
    let host = adding("host", "x", "d", "2020-01-01");
    assert_eq!(errors(&[&base, &host]), [""; 0]);
    assert_eq!(errors(&[&host, &base]), [""; 0]);
    assert_eq!(errors(&[&host])[0].split(':').next(), Some("1"), "alone it adds to nothing");
    let wrong = adding("host", "a", "d", "2020-01-01");
    for files in [[&base, &wrong], [&wrong, &base]] {
        assert_eq!(errors(&files.map(String::as_str)).len(), 1, "whichever comes first, it is told once");
    }
}

#[test]
fn several_versions_of_an_addition_are_no_contradiction() {
    let (old, new) = (adding("host", "x", "cq-annual-cme", "2020-01-01"), adding("host", "x", "cq-annual-cme", "2024-01-01"));
    let together = "2:2:6 policy `host` is in force from 2024-01-01 on, and so is still that of `1`";
    assert_eq!(errors(&[&old, &new]), [together], "which alone keeps them apart");
    let other = adding("ward", "x", "cq-annual-cme", "2024-01-01");
    assert_eq!(
        errors(&[&old, &new, &other]),
        ["3:7:6 policy `host` has a provision `x` too, and both would be asked together", together],
        "another policy is not asked with a provision of that id, and that is told once"
    );
    let (ended, moved) = (adding("host", "x", "cq-annual-cme", "2020-01-01\nuntil = 2023-12-31"), adding("host", "y", "cq-annual-cme", "2024-01-01"));
    assert_eq!(errors(&[&ended, &moved, &other]), [""; 0], "it fits the version that it is asked with");
}

#[test]
fn files_that_cannot_be_loaded_together_are_no_good() {
    let base = format!("{HEAD}{}", provision(""));
    let other = base.replace("id = \"p\"", "id = \"q\"");
    assert_eq!(errors(&[&base, &other]), ["2 a decision `d` is loaded already"]);
    assert_eq!(errors(&[&base, &other.replace("id = \"d\"", "id = \"e\"")]), [""; 0]);
    assert!(errors(&[&base, &base]).contains(&"2:3:6 a policy `p` is loaded already".to_owned()));
}

#[test]
fn what_is_given_has_words_of_the_policy_or_of_the_one_that_it_adds_to() {
    let takes = |given: &str| HEAD.replace("all_of", &format!("given.purpose = [\"title\"]\n{given}all_of"));
    let untranslated = |files: &[&str]| {
        let files: Vec<PolicyFile<'_>> = files.iter().map(|text| PolicyFile { name: "p.toml", text }).collect();
        let report = lint(&files);
        let told = report.warnings.into_iter().filter(|warning| warning.code == ProblemCode::Untranslated);
        told.map(|warning| warning.message).filter(|message| message.contains("has no words")).collect::<Vec<_>>()
    };
    let words = "\n[words]\ntitle = { zh = \"职称\", en = \"title\" }\n";
    let base = format!("{}{}{words}", takes("given.applied_on = \"date\"\ngiven.year = \"integer\"\n"), provision(""));
    assert_eq!(untranslated(&[&base]), ["what is given as `purpose` has no words", "what is given as `applied_on` has no words"]);
    let worded = format!(
        "{}{}{words}purpose = {{ zh = \"用途\", en = \"purpose\" }}\napplied_on = {{ zh = \"申报日期\", en = \"day\" }}\n",
        takes("given.applied_on = \"date\"\n"),
        provision("")
    );
    assert_eq!(untranslated(&[&worded]), [""; 0]);
    let host = adding("host", "x", "d", "2020-01-01").replace("all_of", "given.purpose = [\"title\"]\nall_of");
    assert_eq!(untranslated(&[&worded, &host]), [""; 0], "the words above do");
}

/// The warnings of a host that adds this to a decision which asks this, by code.
fn idle(above: &str, added: &str) -> Vec<String> {
    let policy = |id: &str, provision: &str, rest: &str| {
        format!(
            "[policy]\nid = \"{id}\"\nnumber = \"1\"\nissued = 2020-01-01\n[[provision]]\nid = \"{id}-p\"\narticle = \"1\"\nsubject = \"practitioner\"\n{provision}\n{rest}"
        )
    };
    let above = policy("above", above, "[[decision]]\nid = \"d\"\nsubject = \"practitioner\"\nall_of = [\"above-p\"]");
    let host = policy("host", added, "[[addition]]\ndecision = \"d\"\nall_of = [\"host-p\"]");
    let told = |files: [(&str, &str); 2]| {
        let report = lint(&files.map(|(name, text)| PolicyFile { name, text }));
        assert_eq!(lines(&report.errors), [""; 0]);
        report.warnings.iter().filter(|w| w.code.code() == "idle_addition").map(|w| format!("{} {}", w.place, w.message)).collect::<Vec<_>>()
    };
    let found = told([("above.toml", &above), ("host.toml", &host)]);
    assert_eq!(found, told([("host.toml", &host), ("above.toml", &above)]), "in whichever order");
    found
}

#[test]
fn what_is_added_and_asks_no_more_than_what_binds_above_is_idle() {
    let asks = |condition: &str| format!("modality = \"shall\"\nrequire = '{condition}'");
    let above = asks("total(activities.credits) >= 25");
    let warning = ["host.toml:10:11 `host-p` asks no more than `above-p` of policy `above` does, which binds on"];
    assert_eq!(idle(&above, &asks("total(activities.credits) >= 20")), warning);
    assert_eq!(idle(&above, &asks("total(practitioner.activities.credits) >= 25")), warning, "the same, written otherwise");
    assert_eq!(idle(&above, "modality = \"principle\"\nrequire = 'total(activities.credits) >= 20'"), warning, "more weakly still");
    assert_eq!(idle(&above, &format!("{}\nwhen = 'is_gp'", asks("total(activities.credits) >= 20"))).len(), 1, "of some alone");
    assert_eq!(idle(&above, &asks("total(activities.credits) > 24.9")), warning, "more than what is less");
    assert_eq!(idle(&asks("total(activities.credits) > 25"), &asks("total(activities.credits) >= 25")), warning, "itself, of what is more");
    assert_eq!(idle(&asks("count(activities) = 3"), &asks("count(activities) > 2")), warning, "more than what is less than just so many");
    assert_eq!(idle(&asks("title_grade <= \"senior\""), &asks("title_grade <= \"none\"")), [""; 0]);
    assert_eq!(idle(&asks("title_grade <= \"none\""), &asks("title_grade <= \"senior\"")).len(), 1);
    // What asks more, or something else, or is asked where nothing above binds.
    for (above, added) in [
        (above.clone(), asks("total(activities.credits) >= 25.1")),
        (above.clone(), asks("total(activities.credits) > 25")),
        (above.clone(), asks("total(activities.credits) <= 30")),
        (above.clone(), asks("total(activities.credits) = 25")),
        (above.clone(), asks("total(activities.hours) >= 20")),
        (above.clone(), asks("total(activities[electronic].credits) >= 20")),
        (format!("{above}\nwhen = 'is_gp'"), asks("total(activities.credits) >= 20")),
        (format!("{above}\nuntil = 2024-12-31"), asks("total(activities.credits) >= 20")),
        (format!("{above}\nrelax = {{ name = \"r\", when = 'is_gp' }}"), asks("total(activities.credits) >= 20")),
        (above.replace("shall", "principle"), asks("total(activities.credits) >= 20")),
    ] {
        assert_eq!(idle(&above, &added), [""; 0], "{above} and {added}");
    }
}

#[test]
fn a_new_version_of_a_built_in_policy_takes_its_place() {
    let new = format!("{HEAD}{}", provision("")).replace("\"p\"", "\"cq-2017-25\"").replace("\"d\"", "\"cq-other\"");
    assert_eq!(errors(&[&adding("host", "x", "cq-other", "2020-01-01"), &new]), [""; 0]);
    assert_eq!(errors(&[&adding("host", "a", "cq-other", "2020-01-01"), &new]).len(), 1);
    assert_eq!(errors(&[&adding("host", "x", "cq-annual-cme", "2020-01-01"), &new]).len(), 1, "which the new version no longer asks");
}

#[test]
fn a_provision_with_days_of_its_own_is_checked_by_itself() {
    let file = |policy: &str, from: &str| format!("{}{}", HEAD.replace("\"p\"", policy), provision(&format!("from = {from}")));
    let (first, second) = (file("\"p\"", "2020-01-01"), file("\"q\"", "2021-01-01"));
    let report = lint(&[PolicyFile { name: "p.toml", text: &first }, PolicyFile { name: "q.toml", text: &second }]);
    let told: Vec<String> = report.warnings.iter().map(|w| w.message.clone()).collect();
    assert_eq!(told, ["provision `a` is in force from 2021-01-01 on, and so is still that of `p.toml`"]);
}
