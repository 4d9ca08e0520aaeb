//! What rules come to in corners that policies of other authors reached.

use medtrain::evaluate::{ConsequenceState, Given, Reason, Verdict};
use medtrain::explain::{WhyOutcome, why};
use medtrain::policy::PolicySet;
use medtrain::problem::{ProblemCode, TrainingError};

use crate::written::{asked, day, problems, set};

fn judge(provision: &str, facts: &str) -> Result<Verdict, TrainingError> {
    let policy = format!(
        r#"
[policy]
id = "corner"
number = "1"
issued = 2024-01-01

[[fact]]
subject = "institution"
name = "set_aside"
type = "decimal"
unit = "yuan"

[[fact]]
subject = "institution"
name = "payroll"
type = "decimal"
unit = "yuan"

[[provision]]
id = "p"
article = "1"
{provision}

[[decision]]
id = "ask"
subject = "{}"
all_of = ["p"]
"#,
        ["institution", "base", "region"]
            .into_iter()
            .find(|subject| provision.contains(&format!("subject = \"{subject}\"")))
            .unwrap_or("practitioner")
    );
    asked(&policy, facts, "2024-06-01")
}

/// A provision about `subject` that binds.
fn shall(subject: &str, condition: &str) -> String {
    format!("subject = \"{subject}\"\nmodality = \"shall\"\nrequire = '{condition}'")
}

fn status(provision: &str, facts: &str) -> &'static str {
    judge(provision, facts).expect("usable facts").status.code()
}

#[test]
fn a_written_quotient_is_not_rounded_before_it_is_compared() {
    let one = r#"{"practitioner": {"activities": [{}]}}"#;
    assert_eq!(status(&shall("practitioner", "count(activities) / 6 >= 1/6"), one), "met");
    assert_eq!(status(&shall("practitioner", "count(activities) / 3 <= 1/3"), one), "met");
    assert_eq!(status(&shall("practitioner", "count(activities) / 3 > 1/3"), one), "unmet");
    assert_eq!(status(&shall("practitioner", "not(count(activities) / 6 < 1/6) or false"), one), "met");
}

#[test]
fn a_loop_may_stand_in_parentheses() {
    let one = r#"{"practitioner": {"activities": [{}]}}"#;
    let condition = "count((for y in 1..3 return y)) = 3 and (some y in 1..3 satisfies y > 2) and 2 in (for y in 1..3 return y)";
    assert_eq!(status(&shall("practitioner", condition), one), "met");
}

#[test]
fn a_bare_figure_for_each_of_so_many_takes_the_unit_of_what_it_meets() {
    let two = r#"{"practitioner": {"activities": [{"credits": "24"}, {"credits": "26"}]}}"#;
    let condition = "total(activities.credits) >= 25 * count(activities)";
    assert_eq!(status(&shall("practitioner", condition), two), "met");
}

fn fund() -> String {
    shall("institution", "set_aside >= payroll * 0.015")
}

#[test]
fn what_is_met_lacks_nothing_although_the_reported_minimum_is_rounded_up() {
    let verdict = judge(&fund(), r#"{"institution": {"extra": {"set_aside": "0.00015", "payroll": "0.01"}}}"#).expect("usable facts");
    let finding = verdict.findings.first().expect("a finding");
    assert_eq!((verdict.status.code(), finding.required.as_deref(), finding.shortfall.as_deref()), ("met", Some("0.01"), Some("0")));
}

#[test]
fn a_reported_minimum_is_the_next_fen_and_a_maximum_the_last_and_other_bounds_are_told_as_they_are() {
    let figures = |comparator: &str, fund: &str| {
        let provision = shall("institution", &format!("set_aside {comparator} payroll * 0.015"));
        let verdict =
            judge(&provision, &format!(r#"{{"institution": {{"extra": {{"set_aside": "{fund}", "payroll": "1000.1"}}}}}}"#)).expect("usable facts");
        let finding = verdict.findings.into_iter().next().expect("a finding");
        (verdict.status.code(), finding.required.unwrap_or_default(), finding.shortfall.unwrap_or_default())
    };
    let told = |status, required: &str, shortfall: &str| (status, required.into(), shortfall.into());
    assert_eq!(figures(">=", "15"), told("unmet", "15.01", "0.01"));
    assert_eq!(figures(">=", "15.0015"), told("met", "15.01", "0"));
    assert_eq!(figures(">=", "15.0014"), told("unmet", "15.01", "0.0086"));
    assert_eq!(figures("<=", "15.01"), told("unmet", "15", "0.01"));
    assert_eq!(figures("<=", "15.0015"), told("met", "15", "0"));
    assert_eq!(figures(">", "15"), told("unmet", "15.0015", "0.0015"));
    assert_eq!(figures("<", "15.01"), told("unmet", "15.0015", "0.0085"));
    assert_eq!(figures("=", "15"), told("unmet", "15.0015", "0.0015"));
}

#[test]
fn what_there_is_none_of_makes_null_and_null_does_not_hold() {
    let verdict = judge(&fund(), r#"{"institution": {"extra": {"set_aside": "15", "payroll": null}}}"#).expect("usable facts");
    assert_eq!(verdict.status.code(), "unmet");
    assert_eq!(status(&fund(), r#"{"institution": {"extra": {"set_aside": "15"}}}"#), "unknown");
}

#[test]
fn the_known_part_of_a_largest_value_decides_where_it_can() {
    let condition = "cme_admin_count >= max(3, ceiling(staff_count / 100))";
    let provision = shall("institution", condition);
    assert_eq!(status(&provision, r#"{"institution": {"cme_admin_count": 2}}"#), "unmet");
    assert_eq!(status(&provision, r#"{"institution": {"cme_admin_count": 3}}"#), "unknown");
}

#[test]
fn a_key_said_twice_is_refused_wherever_it_stands() {
    for facts in [
        r#"{"institution": {"extra": {"set_aside": "1", "set_aside": "2"}}}"#,
        r#"{"institution": {}, "institution": {"extra": {"set_aside": "2"}}}"#,
        r#"{"institution": {"level": "tertiary", "level": "primary"}}"#,
    ] {
        let error = judge(&fund(), facts).expect_err("a duplicate");
        assert_eq!(error.code().map(ProblemCode::code), Some("duplicate"), "{error}");
    }
}

#[test]
fn facts_about_something_else_are_no_answer() {
    let error = judge(&fund(), r#"{"practitioner": {}}"#).expect_err("another subject");
    assert!(error.to_string().contains("put the facts under the key `institution`"), "{error}");
}

#[test]
fn a_part_that_is_encouraged_advises_in_its_own_name() {
    let provision = r#"subject = "institution"
modality = "shall"

[[provision.part]]
id = "enough"
modality = "shall"
require = 'cme_admin_count >= 1'

[[provision.part]]
id = "more"
modality = "encouraged"
require = 'cme_admin_count >= 3'"#;
    let verdict = judge(provision, r#"{"institution": {"cme_admin_count": 2}}"#).expect("usable facts");
    let advice: Vec<_> = verdict.advice.iter().map(|a| (a.provision.as_str(), a.modality.code())).collect();
    assert_eq!((verdict.status.code(), advice), ("met", vec![("p.more", "encouraged".to_owned())]));
}

#[test]
fn what_nobody_told_us_of_is_not_advised_as_if_it_were_missing() {
    let provision = "subject = \"institution\"\nmodality = \"encouraged\"\nrequire = 'has_info_system'";
    let advised = |facts: &str| judge(provision, facts).expect("usable facts").advice.len();
    assert_eq!(advised(r#"{"institution": {"has_info_system": false}}"#), 1);
    assert_eq!(advised(r#"{"institution": {"has_info_system": true}}"#), 0);
    assert_eq!(advised(r#"{"institution": {}}"#), 0);
}

fn status_and_reason(provision: &str, facts: &str) -> (&'static str, Option<Reason>) {
    let verdict = judge(provision, facts).expect("usable facts");
    (verdict.status.code(), verdict.findings.first().and_then(|f| f.reason))
}

#[test]
fn a_deadline_ahead_is_the_reason_only_where_nothing_else_is_open() {
    let provision = shall("institution", "has_info_system") + "\ndeadline = '@\"2024-12-01\"'";
    let told = |facts: &str| status_and_reason(&provision, facts);
    assert_eq!(told(r#"{"institution": {"has_info_system": false}}"#), ("not_applicable", Some(Reason::NotDue)));
    assert_eq!(told(r#"{"institution": {"has_info_system": true}}"#), ("met", None));
    assert_eq!(told(r#"{"institution": {}}"#), ("unknown", None));
}

#[test]
fn a_deadline_without_a_day_is_the_reason_why_nobody_can_tell() {
    let provision = shall("institution", "has_info_system") + "\ndeadline = 'if has_info_system then @\"2024-12-01\" else null'";
    let told = |facts: &str| status_and_reason(&provision, facts);
    assert_eq!(told(r#"{"institution": {"has_info_system": false}}"#), ("unknown", Some(Reason::NotComputable)));
    assert_eq!(told(r#"{"institution": {"has_info_system": true}}"#), ("met", None));
    let never = shall("institution", "has_info_system") + "\ndeadline = 'if staff_count < 0 then @\"2024-12-01\" else null'";
    let told = status_and_reason(&never, r#"{"institution": {"staff_count": 5}}"#);
    assert_eq!(told, ("unknown", None), "whether there is one is open first");
}

#[test]
fn a_combination_that_fails_in_principle_says_so() {
    let provision = r#"subject = "institution"
modality = "principle"
any_of = ["q"]

[[provision]]
id = "q"
article = "2"
subject = "institution"
modality = "shall"
require = 'has_info_system'"#;
    let verdict = judge(provision, r#"{"institution": {"has_info_system": false}}"#).expect("usable facts");
    assert_eq!((verdict.status.code(), verdict.findings.first().and_then(|f| f.reason)), ("waivable", Some(Reason::InPrinciple)));
}

#[test]
fn a_draw_from_what_nobody_told_us_is_open_and_one_of_no_size_is_an_error() {
    let provision = |list: &str, seed: &str, size: &str| {
        format!(
            r#"subject = "practitioner"
modality = "shall"
require = 'person_id in draw({list}, {seed}, {size})'"#
        )
    };
    let facts = r#"{"practitioner": {"person_id": "a", "activities": [{"activity_no": "a"}, {"activity_name": "b"}]}}"#;
    let told = |list, seed, size| {
        let verdict = judge(&provision(list, seed, size), facts).expect("usable facts");
        let finding = verdict.findings.into_iter().next().expect("a finding");
        (finding.status.code(), finding.error, finding.missing)
    };
    let missing = |path: &str| ("unknown", None, vec![path.to_owned()]);
    assert_eq!(told(r#"["a", "b"]"#, r#""s""#, "2"), ("met", None, Vec::new()));
    assert_eq!(told(r#"["b"]"#, r#""s""#, "2"), ("unmet", None, Vec::new()));
    assert_eq!(told("activities.activity_no", r#""s""#, "1"), missing("practitioner.activities[1].activity_no"));
    assert_eq!(told(r#"["a", "b"]"#, "department", "1"), missing("practitioner.department"));
    assert_eq!(told(r#"["a", "b"]"#, r#""s""#, "floor(activities[1].hours / @\"P1D\".days)"), missing("practitioner.activities[0].hours"));
    assert_eq!(told(r#"["a", "b"]"#, r#""s""#, "0.5"), ("unknown", Some("bad_argument".into()), Vec::new()));
}

#[test]
fn the_comparison_that_fails_stands_for_all_although_it_compares_codes() {
    let rule = shall("practitioner", r#"attachments[1].routine_result >= "pass" and attachments[1].result >= "pass""#);
    let verdict = judge(&rule, r#"{"practitioner": {"attachments": [{"routine_result": "excellent", "result": "fail"}]}}"#).expect("usable facts");
    let finding = verdict.findings.first().expect("a finding");
    assert_eq!((finding.status.code(), finding.actual.as_deref()), ("unmet", Some("fail")));
}

#[test]
fn what_certainly_does_not_hold_closes_although_something_else_is_open() {
    let rule = format!(
        "{}\n[[provision]]\nid = \"opens\"\narticle = \"2\"\nsubject = \"practitioner\"\nmodality = \"may\"\nconsequence.follows = [\"p\"]\n\
         consequence.open = 'attachments[1].ends_on <= as_of'",
        shall("practitioner", "is_gp")
    );
    let policy = format!(
        "[policy]\nid = \"c\"\nnumber = \"1\"\nissued = 2024-01-01\n[[provision]]\nid = \"p\"\narticle = \"1\"\n{rule}\n[[decision]]\nid = \"ask\"\nsubject = \"practitioner\"\nall_of = [\"p\"]\nconsequences = [\"opens\"]\n"
    );
    let verdict = asked(&policy, r#"{"practitioner": {"attachments": [{"starts_on": "2024-03-01"}]}}"#, "2024-06-01").expect("usable facts");
    assert_eq!(verdict.status.code(), "unknown");
    assert_eq!(verdict.consequences.first().map(|c| c.state), Some(ConsequenceState::Closed));
}

/// A policy with a list of codes of its own, and a target that binds after everything else of it has ended.
const LISTS_AND_ENDS: &str = r#"
[policy]
id = "l"
number = "1"
issued = 2024-01-01
until = 2024-12-31

[[fact]]
subject = "practitioner"
name = "areas"
type = "list of code"
codes = ["first_aid", "imaging"]

[[provision]]
id = "areas"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'list contains(areas, "imaging")'
until = "none"

[[provision]]
id = "count"
article = "2"
subject = "practitioner"
modality = "shall"
require = 'count(areas) >= 1'

[[decision]]
id = "ask"
subject = "practitioner"
all_of = ["areas", "count"]
"#;

#[test]
fn a_list_of_a_policys_own_codes_is_read() {
    let status = |areas: &str| {
        let facts = format!(r#"{{"practitioner": {{"extra": {{"areas": {areas}}}}}}}"#);
        asked(LISTS_AND_ENDS, &facts, "2024-06-01").expect("usable facts").status.code()
    };
    assert_eq!((status(r#"["first_aid", "imaging"]"#), status(r#"["first_aid"]"#), status("[]")), ("met", "unmet", "unmet"));
}

#[test]
fn a_provision_without_an_end_outlives_its_document() {
    let verdict = asked(LISTS_AND_ENDS, r#"{"practitioner": {"extra": {"areas": ["imaging"]}}}"#, "2030-01-01").expect("usable facts");
    let findings: Vec<_> = verdict.findings.iter().map(|f| (f.status.code(), f.reason)).collect();
    assert_eq!(findings, [("met", None), ("not_applicable", Some(Reason::NotInForce))]);
}

#[test]
fn the_most_and_the_least_of_open_numbers_keep_their_bounds() {
    let facts = r#"{"practitioner": {"activities": [{"credits": "9", "hours": "7"}, {}]}}"#;
    for condition in [
        "max(0, total(activities.credits) - 3) >= 2",
        "max(total(activities.credits), total(activities[electronic].credits)) >= 9",
        "min(total(activities.credits), total(activities[electronic].credits) + 7) >= 7",
        "max(0, count(activities[electronic]) - 3) <= 0",
        "min(count(activities[electronic]), count(activities[job_related]) + 1) <= 2",
        "max(append(for a in activities[electronic] return count(activities), 0)) <= 2",
    ] {
        assert_eq!(status(&shall("practitioner", condition), facts), "met", "{condition}");
    }
    for condition in ["max(0, total(activities.credits)) < 9", "min(total(activities.credits), 8) < 8"] {
        assert_eq!(status(&shall("practitioner", condition), facts), "unmet", "{condition}");
    }
    assert_eq!(status(&shall("practitioner", "min(total(activities.credits), total(activities[electronic].credits) + 7) >= 8"), facts), "unknown");
}

#[test]
fn the_most_of_open_numbers_is_no_error_unless_one_of_them_can_be() {
    let facts = r#"{"practitioner": {"activities": [{}, {}]}}"#;
    let errors = |condition: &str| judge(&shall("practitioner", condition), facts).expect("usable facts").findings.remove(0);
    // What is null is not fulfilled: only an error leaves it open.
    assert_eq!(errors("max(activities.credits) < 0").status.code(), "unmet");
    assert_eq!(errors("max(for a in activities return a.credits / total(activities.credits)) < 0").status.code(), "unknown");
}

#[test]
fn a_total_keeps_what_is_certain_where_the_rest_goes_through_a_list_that_nobody_told_us_of() {
    let facts = r#"{"base": {"residents": [{"rotations": [{"department": "a"}, {"department": "b"}], "assessments": []}, {}]}}"#;
    let lacking = "total(for t in base.residents return max(0, total(for d in distinct values(t.rotations.department) return \
                   count(t.rotations[department = d]) - count(t.assessments[department = d]))))";
    assert_eq!(status(&shall("base", &format!("{lacking} <= 1")), facts), "unmet");
    assert_eq!(status(&shall("base", &format!("{lacking} <= 2")), facts), "unknown");
}

#[test]
fn nothing_of_a_list_that_is_null_counts() {
    let rows = |first: &str, second: &str| format!(r#"{{"base": {{"residents": [{first}, {second}]}}}}"#);
    let (known, none, untold) = (r#"{"rotations": [{"months_required": "5"}]}"#, r#"{"none": ["rotations"]}"#, "{}");
    let total = |comparison: &str| shall("base", &format!("total(for t in base.residents, r in t.rotations return r.months_required) {comparison}"));
    for facts in [rows(known, none), rows(none, known)] {
        assert_eq!(status(&total("= 0"), &facts), "met");
    }
    for facts in [rows(known, untold), rows(untold, known)] {
        assert_eq!((status(&total(">= 0"), &facts), status(&total(">= 5"), &facts)), ("met", "unknown"));
    }
}

#[test]
fn a_stay_that_is_long_enough_decides_although_others_are_open() {
    let facts = |second: &str| {
        format!(r#"{{"practitioner": {{"attachments": [{{"starts_on": "2023-01-01", "ends_on": "2023-06-30", "full_time": true}}, {{{second}}}]}}}}"#)
    };
    let untold = facts(r#""unknown": ["ends_on"]"#);
    let perhaps = facts(r#""starts_on": "2023-02-01", "ends_on": "2023-12-31""#);
    let stays = "for a in attachments[full_time] return [a.starts_on..a.ends_on]";
    let clipped = format!("clipped episodes({stays}, [@\"2000-01-01\"..as_of])");
    for (facts, list) in [(&untold, &clipped), (&perhaps, &clipped), (&perhaps, &stays.to_owned())] {
        for months in [
            format!("whole months({list})"),
            format!("whole months(merged episodes({list}))"),
            format!("max(append(for s in merged episodes({list}) return whole months([s]), 0))"),
        ] {
            assert_eq!(status(&shall("practitioner", &format!("{months} >= 6")), facts), "met", "{months}");
            assert_eq!(status(&shall("practitioner", &format!("{months} >= 7")), facts), "unknown", "{months}");
        }
        let some = format!("some s in merged episodes({list}) satisfies whole months([s]) >= 6");
        assert_eq!(status(&shall("practitioner", &some), facts), "met");
    }
    // One that nobody told us the end of may go on, which is an error.
    assert_eq!(status(&shall("practitioner", &format!("whole months({stays}) >= 6")), &untold), "unknown");
    let overlap = |comparison: &str| shall("practitioner", &format!("largest overlap({stays}) {comparison}"));
    assert_eq!(
        (status(&overlap(">= 1"), &perhaps), status(&overlap("<= 2"), &perhaps), status(&overlap("<= 1"), &perhaps)),
        ("met", "met", "unknown")
    );
}

#[test]
fn distinct_values_of_what_is_partly_open_are_counted_within_bounds() {
    let facts = r#"{"practitioner": {"activities": [{"activity_no": "a"}, {"activity_no": "b"}, {"activity_no": "a"}, {}]}}"#;
    let count = |comparison: &str| shall("practitioner", &format!("count(distinct values(activities.activity_no)) {comparison}"));
    assert_eq!((status(&count(">= 2"), facts), status(&count("<= 3"), facts), status(&count(">= 3"), facts)), ("met", "met", "unknown"));
    let union = |comparison: &str| shall("practitioner", &format!("count(union(activities.activity_no, [\"a\", \"c\"])) {comparison}"));
    assert_eq!((status(&union(">= 3"), facts), status(&union("<= 4"), facts), status(&union("<= 3"), facts)), ("met", "met", "unknown"));
}

#[test]
fn published_projects_that_were_not_counted_are_those_listed() {
    let provision = "subject = \"region\"\nmodality = \"shall\"\n\
                     require = '(if projects_announced != null then projects_announced else count(projects)) >= 1'";
    assert_eq!(status(provision, r#"{"region": {"projects": [{}]}}"#), "met");
    assert_eq!(status(provision, r#"{"region": {"projects": [], "projects_announced": 3}}"#), "met");
    assert_eq!(status(provision, r#"{"region": {"projects": [], "unknown": ["projects_announced"]}}"#), "unknown");
}

#[test]
fn a_number_of_months_below_zero_is_refused_like_a_number_of_credits() {
    let provision = shall("practitioner", "count(attachments) >= 1");
    for facts in [r#"{"practitioner": {"attachments": [{"months_claimed": "-1"}]}}"#, r#"{"practitioner": {"activities": [{"credits": "-1"}]}}"#] {
        let error = judge(&provision, facts).expect_err("a number below zero");
        assert_eq!(error.code().map(ProblemCode::code), Some("out_of_range"), "{error}");
    }
    assert_eq!(status(&provision, r#"{"practitioner": {"attachments": [{"months_claimed": "0", "theory_score": "-1"}]}}"#), "met");
}

#[test]
fn nothing_is_advised_where_nobody_said_whether_it_concerns_the_subject() {
    let encouraged = "subject = \"institution\"\nmodality = \"encouraged\"\nwhen = 'is_grassroots'\nrequire = 'has_info_system'";
    let part = "subject = \"institution\"\nmodality = \"shall\"\n[[provision.part]]\nid = \"more\"\nmodality = \"encouraged\"\nwhen = 'is_grassroots'\nrequire = 'has_info_system'";
    let advised = |rule: &str, facts: &str| judge(rule, facts).expect("usable facts").advice.len();
    for rule in [encouraged, part] {
        assert_eq!(advised(rule, r#"{"institution": {"has_info_system": false}}"#), 0, "{rule}");
        assert_eq!(advised(rule, r#"{"institution": {"has_info_system": false, "is_grassroots": true}}"#), 1, "{rule}");
    }
}

#[test]
fn an_encouraged_combination_of_which_a_member_is_out_of_scope_advises_nothing() {
    let provision = "subject = \"institution\"\nmodality = \"encouraged\"\nany_of = [\"a\", \"b\"]\n\
        [[provision]]\nid = \"a\"\narticle = \"2\"\nsubject = \"institution\"\nmodality = \"shall\"\nwhen = 'is_grassroots'\nrequire = 'has_info_system'\n\
        [[provision]]\nid = \"b\"\narticle = \"3\"\nsubject = \"institution\"\nmodality = \"shall\"\nwhen = 'is_grassroots'\nrequire = 'cme_admin_count >= 1'";
    let advised = |grassroots: bool| {
        let facts = format!(r#"{{"institution": {{"is_grassroots": {grassroots}, "has_info_system": false, "cme_admin_count": 0}}}}"#);
        judge(provision, &facts).expect("usable facts").advice.len()
    };
    assert_eq!((advised(true), advised(false)), (1, 0));
}

#[test]
fn a_set_without_policies_is_cured_by_one_and_not_by_a_name() {
    let error = set(&[]).expect("an empty set").ask("ask", &Given::new(), day("2024-11-15")).map(|_| ()).expect_err("no decision");
    assert_eq!(error.problems.first().and_then(|problem| problem.cure.as_deref()), Some("there is none yet: add a policy"));
}

#[test]
fn a_question_has_one_text_in_whatever_order_its_values_are_given() -> Result<(), TrainingError> {
    let gate = |given: Given| {
        let policies = PolicySet::builtin()?;
        let question = policies.ask("cq-gate", &given, day("2024-11-15"))?;
        Ok::<_, TrainingError>(question.evaluate(&question.facts_from_json(r#"{"practitioner": {"activities": []}}"#)?).to_json())
    };
    let one = gate(Given::new().with("year", 2024_i64).with("purpose", "title"))?;
    assert_eq!(one, gate(Given::new().with("purpose", "title").with("year", 2024_i64))?);
    assert!(one.contains(r#""given":{"purpose":"title","year":2024}"#), "{one}");
    Ok(())
}

/// A payment and a choice of two provisions, one of which asks nobody but general practitioners.
const OF_PRACTITIONERS: &str = r#"
[policy]
id = "corner"
number = "1"
issued = 2024-01-01

[[fact]]
subject = "practitioner"
name = "complaints"
type = "integer"

[[provision]]
id = "fee"
article = "1"
subject = "practitioner"
modality = "may"
when = "is_gp"
amount = "300 - 50 * complaints"
amount_unit = "yuan"

[[provision]]
id = "load"
article = "2"
subject = "practitioner"
modality = "shall"
when = "is_gp"
require = "complaints >= 0"

[[provision]]
id = "comp"
article = "3"
subject = "practitioner"
modality = "shall"
require = "complaints <= 3"

[[provision]]
id = "quality"
article = "4"
subject = "practitioner"
modality = "shall"
any_of = ["load", "comp"]

[[decision]]
id = "ask"
subject = "practitioner"
all_of = ["fee", "quality"]
"#;

#[test]
fn an_amount_is_told_to_those_alone_whom_it_certainly_concerns() -> Result<(), TrainingError> {
    let amount = |is_gp: &str| {
        let facts = format!(r#"{{"practitioner": {{{is_gp}"extra": {{"complaints": 2}}}}}}"#);
        Ok::<_, TrainingError>(asked(OF_PRACTITIONERS, &facts, "2024-06-01")?.findings.swap_remove(0).value)
    };
    assert_eq!(amount(r#""is_gp": true, "#)?.as_deref(), Some("200"));
    assert_eq!(amount(r#""is_gp": false, "#)?, None);
    assert_eq!(amount("")?, None, "nobody knows whether it is theirs");
    Ok(())
}

#[test]
fn a_provision_that_does_not_apply_is_not_called_fulfilled() -> Result<(), TrainingError> {
    let set = set(&[OF_PRACTITIONERS])?;
    let facts = set.facts_from_json("ask", r#"{"practitioner": {"is_gp": false, "extra": {"complaints": 5}}}"#)?;
    let question = set.ask("ask", &Given::new(), day("2024-06-01"))?;
    let why = why(&question, &facts);
    let outcomes: Vec<_> = why.findings.iter().filter(|finding| finding.provision == "quality").flat_map(|finding| &finding.conditions).collect();
    assert_eq!(outcomes.iter().map(|part| part.outcome).collect::<Vec<_>>(), [WhyOutcome::NotApplicable, WhyOutcome::Fails]);
    Ok(())
}

#[test]
fn a_loop_over_words_that_are_codes_runs_over_codes() {
    let facts = r#"{"practitioner": {"activities": [{"subject_kind": "public", "credits": "5"}, {"subject_kind": "professional", "credits": "2"}]}}"#;
    let of = |condition: &str| status(&shall("practitioner", condition), facts);
    assert_eq!(of("every k in [\"public\", \"professional\"] satisfies some a in activities satisfies a.subject_kind = k"), "met");
    assert_eq!(of("every k in [\"public\", \"other\"] satisfies some a in activities satisfies a.subject_kind = k"), "unmet");
    assert_eq!(of("max(for k in [\"public\", \"other\"] return total(activities[subject_kind = k].credits)) >= 5"), "met");
    assert_eq!(of("every k in [\"public\"], j in [5, 6] satisfies total(activities[subject_kind = k].credits) <= j"), "met");
    assert_eq!(of("every k in [\"public\", \"other\"] satisfies k in activities.subject_kind"), "unmet");
    assert_eq!(of("\"public\" in activities.subject_kind"), "met");
    let missing = r#"{"practitioner": {"activities": [{"credits": "5"}]}}"#;
    let every = "every k in [\"public\", \"professional\"] satisfies some a in activities satisfies a.subject_kind != k";
    assert_eq!(status(&shall("practitioner", every), missing), "unknown");
}

#[test]
fn a_word_of_a_loop_that_is_no_code_is_told_by_itself() {
    let refused = |condition: &str| {
        let text = format!(
            "[policy]\nid = \"p\"\nnumber = \"1\"\nissued = 2024-01-01\n[[provision]]\nid = \"a\"\narticle = \"1\"\n{}\n[[decision]]\nid = \"d\"\nsubject = \"practitioner\"\nall_of = [\"a\"]\n",
            shall("practitioner", condition)
        );
        problems(&text)
    };
    assert_eq!(
        refused("every k in [\"public\", \"profesional\"] satisfies some a in activities satisfies a.subject_kind = k"),
        ["`profesional` is no code of subject_kind [unknown_code]"]
    );
    // A text is no code because it stands in a loop.
    assert_eq!(
        refused("every k in [\"public\"] satisfies some a in activities satisfies a.subject_kind = a.sponsor"),
        ["text that is no literal does not meet a code of subject_kind [wrong_type]"]
    );
    let deep = (0..40).fold("a.subject_kind = a.sponsor".to_owned(), |body, n| format!("every k{n} in [\"public\"] satisfies {body}"));
    assert_eq!(refused(&format!("some a in activities satisfies {deep}")).len(), 1, "each loop is looked at a few times");
}

#[test]
fn years_times_a_year_are_a_duration() {
    let policy = |condition: &str| {
        format!(
            "[policy]\nid = \"p\"\nnumber = \"1\"\nissued = 2024-01-01\n[[provision]]\nid = \"a\"\narticle = \"1\"\n{}\n[[decision]]\nid = \"ask\"\nsubject = \"trainee\"\nall_of = [\"a\"]\n",
            shall("trainee", condition)
        )
    };
    let years = r#"{"trainee": {"residency": {"starts_on": "2021-06-01", "years": 3}}}"#;
    let of = |condition: &str, on: &str| asked(&policy(condition), years, on).expect("usable facts").status.code();
    let over = "residency.starts_on + residency.years * @\"P1Y\" <= as_of";
    assert_eq!([of(over, "2024-05-31"), of(over, "2024-06-01")], ["unmet", "met"]);
    let each = "every y in 1..residency.years satisfies residency.starts_on + @\"P1Y\" * y <= as_of";
    assert_eq!([of(each, "2024-05-31"), of(each, "2024-06-01")], ["unmet", "met"]);
    // Years are not counted in months.
    let told = problems(&policy("residency.starts_on + residency.years * @\"P1M\" <= as_of"));
    assert_eq!(told.len(), 1, "{told:?}");
}
