//! What a verdict opens, closes or imposes, as its headline tells it.

use medtrain::evaluate::{Given, Status, Verdict};
use medtrain::explain::{headline, record_fix, verdict_sentences, what_if_sentences};
use medtrain::feel::Value;
use medtrain::lang::Lang;
use medtrain::policy::PolicySet;

/// The verdict, its headline in Chinese and in English, and its sentences in Chinese.
fn told(decision: &str, facts: &str, given: &[(&str, Value)], as_of: &str) -> (Verdict, String, String, Vec<String>) {
    let set = PolicySet::builtin().expect("the built-in policies load");
    let given = given.iter().fold(Given::new(), |given, (name, value)| given.with(*name, value.clone()));
    let question = set.ask(decision, &given, as_of.parse().expect("a day")).expect("a question");
    let verdict = question.evaluate(&question.facts_from_json(facts).expect("facts"));
    let labels = question.labels();
    let (zh, en) = (headline(&verdict, &labels, Lang::Zh), headline(&verdict, &labels, Lang::En));
    let sentences = verdict_sentences(&verdict, &question, Lang::Zh);
    (verdict, zh, en, sentences)
}

fn zh(decision: &str, facts: &str, given: &[(&str, Value)], as_of: &str) -> String {
    told(decision, facts, given, as_of).1
}

/// A trainee who passed, with an attachment until the end of August.
fn trainee(recognised: bool) -> String {
    format!(
        r#"{{"trainee": {{"profession": "doctor", "attachment": {{"routine_result": "pass", "result": "pass", "starts_on": "2024-03-01",
            "ends_on": "2024-08-31", "host_recognised": {recognised}}}}}}}"#
    )
}

#[test]
fn a_certificate_that_is_not_open_yet_is_told_with_its_day() {
    let (verdict, zh, en, _) = told("sc-completion-certificate", &trainee(true), &[], "2024-08-30");
    assert_eq!(verdict.consequences[0].opens_on.map(|day| day.to_string()).as_deref(), Some("2024-08-31"));
    assert_eq!(zh, "结业证书：尚不具备条件，2024-08-31起具备；其余要求达标");
    assert_eq!(en, "completion certificate: its conditions are not fulfilled yet, they are from 2024-08-31 on; the rest is met");
    assert_eq!(self::zh("sc-completion-certificate", &trainee(true), &[], "2024-08-31"), "达标");
}

#[test]
fn a_certificate_that_stays_closed_is_told_with_the_condition_that_fails() {
    let (verdict, zh, en, _) = told("sc-completion-certificate", &trainee(false), &[], "2024-08-30");
    assert_eq!((verdict.consequences[0].opens_on, verdict.consequences[0].failing.as_slice()), (None, [0, 1].as_slice()));
    assert!(zh.contains("「进修基地认定」不成立"), "{zh}");
    assert!(en.contains("not fulfilled"), "{en}");
    let after = self::zh("sc-completion-certificate", &trainee(false), &[], "2024-09-30");
    assert_eq!(after, "结业证书：条件不具备（「进修基地认定」不成立）；其余要求达标");
}

#[test]
fn a_fail_does_not_read_as_a_certificate() {
    let facts = r#"{"trainee": {"attachment": {"planned_months": 6, "starts_on": "2025-02-01", "ends_on": "2025-07-31", "result": "fail",
        "extra": {"rules_kept": true, "tasks_completed": true, "has_passive_attitude": false, "was_disciplined": false, "summary_written": true,
        "assessment_form_filled": true, "host_opinion_stamped": true, "commission_opinion_stamped": true}}}}"#;
    assert_eq!(zh("gx-completion", facts, &[], "2025-09-01"), "合格证书与职称计时：条件不具备（考核结果须不低于合格）；其余要求达标");
}

#[test]
fn an_assessment_is_due_after_the_end_and_on_no_day() {
    let facts = r#"{"trainee": {"attachment": {"planned_months": 6, "starts_on": "2025-02-01", "ends_on": "2025-07-31", "result": "pass",
        "extra": {"rules_kept": true, "tasks_completed": true, "has_passive_attitude": false, "was_disciplined": false, "summary_written": true,
        "assessment_form_filled": true, "host_opinion_stamped": true, "commission_opinion_stamped": false}}}}"#;
    let finding = |as_of| told("gx-completion", facts, &[], as_of).0.findings.pop().expect("the assessment");
    assert_eq!((finding("2025-07-31").status, finding("2025-07-31").due), (Status::NotApplicable, None));
    assert_eq!((finding("2025-08-01").status, finding("2025-08-01").due), (Status::Unmet, None));
}

#[test]
fn a_sanction_is_told_wherever_it_applies_and_never_as_an_opportunity() {
    let card = |card: &str| {
        zh("sd-card", &format!(r#"{{"base": {{"serious_liability": false, "gp_base_below_standard": false, "card": "{card}"}}}}"#), &[], "2022-05-01")
    };
    assert!(card("red").starts_with("红牌（撤销或暂停招生）：应予处理"), "{}", card("red"));
    assert!(card("yellow").starts_with("黄牌（限期整改或通报批评）：应予处理"), "{}", card("yellow"));
    assert!(card("blue").starts_with("蓝牌（通报表扬）：条件具备"), "{}", card("blue"));
    assert!(!card("none").contains('牌'), "{}", card("none"));
}

#[test]
fn a_plan_that_is_cut_is_the_headline() {
    let results = (0..40).map(|n| {
        let (base, year, passed) = (n % 20, 2021 + n / 20, if n % 20 == 0 { 10 } else { 18 });
        format!(r#"{{"base_id": "B{base}", "speciality": "外科", "year": {year}, "taken": 20, "passed": {passed}}}"#)
    });
    let results = results.collect::<Vec<_>>().join(", ");
    let cut = |base: &str| {
        let facts = format!(r#"{{"base": {{"base_id": "{base}", "speciality": "外科", "region": {{"exam_results": [{results}]}}}}}}"#);
        zh("sd-plan-cut", &facts, &[("year", Value::from(2022))], "2023-02-01")
    };
    assert_eq!(cut("B0"), "减少培训计划（通过率连续两年后5%）：应予处理");
    assert!(!cut("B1").contains("应予处理"), "{}", cut("B1"));
}

#[test]
fn a_gate_says_what_it_waits_for() {
    let facts = |certificates: &str| {
        format!(
            r#"{{"practitioner": {{"activities": [
                {{"awarded_on": "2024-03-01", "credits": "25", "hours": "70", "subject_kind": "professional", "job_related": true, "electronic": true}},
                {{"awarded_on": "2024-04-02", "credits": "0", "hours": "14", "subject_kind": "public", "job_related": false, "electronic": true}}]
                {certificates}}}}}"#
        )
    };
    let given = [("year", Value::from(2024)), ("purpose", Value::from("title"))];
    let none = zh("cq-gate", &facts(r#", "certificates": []"#), &given, "2024-11-20");
    assert_eq!(none, "学分验证证明：条件不具备（没有当年已盖章的学分验证证明表）；其余要求达标");
    let (_, unknown, _, sentences) = told("cq-gate", &facts(""), &given, "2024-11-20");
    assert_eq!(unknown, "学分验证证明：未定（缺少「证书」）；其余要求达标");
    assert!(sentences.iter().any(|line| line.trim() == "需补充：「证书」"), "{sentences:#?}");
}

#[test]
fn what_rests_on_records_under_review_says_so() {
    let facts = r#"{"practitioner": {"activities": [
        {"awarded_on": "2024-03-01", "credits": "25", "hours": "70", "subject_kind": "professional", "job_related": true, "electronic": true, "review_status": "pending"},
        {"awarded_on": "2024-04-02", "credits": "0", "hours": "14", "subject_kind": "public", "job_related": false, "electronic": true}]}}"#;
    let (_, zh, en, _) = told("cq-annual-cme", facts, &[("year", Value::from(2024))], "2024-09-20");
    assert_eq!(zh, "达标；其中1条记录先计入，尚待审核");
    assert_eq!(en, "met; 1 record counts for now, still under review");
}

#[test]
fn a_year_that_was_over_before_the_document_came_is_not_asked() {
    let facts = r#"{"practitioner": {"activities": []}}"#;
    let status = |year: i64| told("cq-annual-cme", facts, &[("year", Value::from(year))], "2024-03-13").0.status;
    assert_eq!((status(2015), status(2016), status(2017)), (Status::NotApplicable, Status::NotApplicable, Status::Unmet));
}

#[test]
fn somebody_who_is_no_village_doctor_is_told_so() {
    let facts = r#"{"practitioner": {"profession": "doctor", "activities": []}}"#;
    let given = [("year", Value::from(2024)), ("purpose", Value::from("village_registration"))];
    assert!(zh("cq-gate", facts, &given, "2024-11-20").starts_with("乡村医生注册：条件不具备（人员类别须为乡村医生"));
}

#[test]
fn what_does_not_concern_somebody_says_why() {
    let facts = r#"{"practitioner": {"title_grade": "junior", "on_expert_committee": false, "institution": {"tier": "county"}}}"#;
    let facts = facts.replace(r#""on_expert_committee": false"#, r#""extra": {"on_expert_committee": false}"#);
    assert_eq!(zh("cq-senior-duties", &facts, &[("year", Value::from(2024))], "2024-12-15"), "不适用：不属于适用对象");
}

#[test]
fn a_certificate_shows_what_it_is_worth() {
    let done = r#""summary_written": true, "assessment_form_filled": true, "host_opinion_stamped": true, "commission_opinion_stamped": true"#;
    let stay = r#""planned_months": 6, "starts_on": "2025-02-01", "ends_on": "2025-07-31", "result": "excellent""#;
    let facts = format!(r#"{{"trainee": {{"attachment": {{{stay}, "extra": {{{done}}}}}}}}}"#);
    let (.., sentences) = told("gx-completion", &facts, &[], "2025-09-01");
    let told: Vec<&str> = sentences.iter().map(|line| line.trim()).collect();
    assert!(told.contains(&"可计入的月数：6个月") && told.contains(&"同等条件下优先：是"), "{told:#?}");
}

#[test]
fn an_amount_that_is_asked_stands_beside_what_is_there() {
    let (.., sentences) = told("sd-base", r#"{"base": {"in_training": 400, "full_time_managers": 10}}"#, &[], "2022-06-01");
    assert!(sentences.iter().any(|line| line.contains("专职管理人员10人（要求4人）")), "{sentences:#?}");
}

#[test]
fn what_two_provisions_lack_alike_is_told_once() {
    let facts = r#"{"institution": {"ownership": "private", "cme_admin_count": 0, "extra": {"in_cme_scope": true}}}"#;
    let (_, zh, ..) = told("cq-institution", facts, &[("year", Value::from(2024))], "2024-12-31");
    assert_eq!(zh.matches("继教管理人员数1人").count(), 1, "{zh}");
}

#[test]
fn an_approval_is_a_change_although_the_record_counted_already() {
    let facts = |review: &str| {
        format!(
            r#"{{"practitioner": {{"activities": [{{"awarded_on": "2024-03-01", "credits": "25", "hours": "70", "subject_kind": "professional",
                "job_related": true, "electronic": true, "review_status": "{review}"}}]}}}}"#
        )
    };
    let set = PolicySet::builtin().expect("the built-in policies load");
    let question = set.ask("cq-annual-cme", &Given::new().with("year", 2024), "2024-09-20".parse().expect("a day")).expect("a question");
    let read = |review| question.facts_from_json(&facts(review)).expect("facts");
    let told = what_if_sentences(&question.what_if(&read("pending"), &read("approved")), &question, Lang::Zh);
    assert!(told.iter().any(|line| line.contains("先计入，尚待审核（三(十六)） → 已计入")), "{told:#?}");
}

#[test]
fn proof_is_not_asked_for_where_the_level_excludes_a_record() {
    let facts = r#"{"practitioner": {"activities": [{"awarded_on": "2024-04-19", "starts_on": "2024-04-18", "ends_on": "2024-04-19", "credits": "4",
        "hours": "12", "subject_kind": "professional", "job_related": true, "electronic": false, "place_code": "610113", "activity_level": "provincial",
        "has_proof": true, "proof_starts_on": "2024-04-18", "proof_ends_on": "2024-04-19"}]}}"#;
    let (verdict, .., sentences) = told("cq-annual-cme", facts, &[("year", Value::from(2024))], "2024-06-30");
    assert!(sentences.iter().any(|line| line.contains("须为国家级")), "{sentences:#?}");
    assert!(record_fix(&verdict.records[0], Lang::Zh).is_some_and(|fix| fix.contains("其他条件不符的，补交也不能计入")));
}
