//! Remedies in cases that somebody brought: what is told of them, in words, and that it comes true.

use medtrain::Lang;
use medtrain::evaluate::{Given, Question, Status};
use medtrain::explain::remedy_sentences;
use medtrain::facts::Facts;
use medtrain::policy::PolicySet;
use medtrain::remedy::{BlockedReason, Remedies, Step};
use serde_json::{Value as Json, json};

use crate::written::{day, set};

pub(crate) struct Asked {
    pub(crate) told: Remedies,
    pub(crate) words: Vec<String>,
    english: Vec<String>,
}

/// What is told, each remedy carried out and judged again.
pub(crate) fn ask(decision: &str, facts: &Json, given: &Given, as_of: &str) -> Asked {
    let set = PolicySet::builtin().expect("the built-in policies load");
    let question = set.ask(decision, given, day(as_of)).expect("a question");
    let facts = question.facts_from_json(&facts.to_string()).expect("usable facts");
    let told = question.remedies_with_days(&facts);
    for remedy in &told.remedies {
        let then = question.apply(&facts, remedy).expect("it can be carried out");
        let status = set.evaluate(decision, &then, given, remedy.from.unwrap_or(day(as_of))).expect("a verdict").status;
        assert_eq!(status, remedy.gives, "{remedy:?}");
    }
    let [words, english] = [Lang::Zh, Lang::En].map(|lang| remedy_sentences(&told, &question, lang));
    later_comes_true(&set, &question, &facts, &told);
    Asked { told, words, english }
}

fn later_comes_true(set: &PolicySet, question: &Question<'_>, facts: &Facts, told: &Remedies) {
    let Some(later) = &told.later else { return };
    let given = question.given().clone().with(&later.given, later.on);
    let question = set.ask(question.decision(), &given, question.as_of()).expect("a question");
    for remedy in &later.remedies {
        let then = question.apply(facts, remedy).expect("it can be carried out");
        assert_eq!(set.evaluate(question.decision(), &then, &given, later.on).expect("a verdict").status, remedy.gives);
    }
}

/// Somebody of a village who passed, with these stays.
fn of_a_village(stays: &Json) -> Json {
    json!({ "trainee": {
        "institution": { "org_type": "village_clinic", "tier": "village" }, "attachments": stays,
        "attachment": { "starts_on": "2024-03-01", "ends_on": "2024-03-15", "theory_score": "80", "practice_score": "80", "diseases_mastered": 20, "tcm_techniques": 4, "result": "pass" }
    } })
}

#[test]
fn where_a_day_is_short_of_a_month_a_day_is_asked_for() {
    let two = json!([{ "starts_on": "2024-03-01", "ends_on": "2024-03-15" }, { "starts_on": "2024-05-01", "ends_on": "2024-05-14" }]);
    let asked = ask("zj-completion", &of_a_village(&two), &Given::new(), "2024-12-31");
    assert_eq!(asked.words, ["办法：还需增加进修经历：进修开始日期2024-12-31至2026-12-31之间，为期1天，截止2026-12-31（还有730天）"]);
    assert!(asked.english[0].contains("for 1 day"), "{:?}", asked.english);
    let Step::AddRecord { fields, .. } = &asked.told.remedies[0].steps[0] else { unreachable!("a record") };
    assert_eq!(
        fields.iter().map(|field| (field.until, field.months, field.days)).collect::<Vec<_>>(),
        [(Some(day("2026-12-31")), None, None), (Some(day("2026-12-31")), None, Some(1))]
    );
}

#[test]
fn of_a_stay_without_a_last_day_any_day_from_today_on_will_do() {
    let facts = json!({ "trainee": { "profession": "doctor", "attachment": { "starts_on": "2024-03-01", "host_recognised": true } } });
    let asked = ask("sc-completion-certificate", &facts, &Given::new(), "2024-06-01");
    assert!(asked.words[0].contains("「进修结束日期」须不早于2024-06-01"), "{:?}", asked.words);
    assert!(asked.english[0].contains("must not be before 2024-06-01"), "{:?}", asked.english);
    // The same near the end of a plan.
    let mut facts = of_a_village(&json!([{ "starts_on": "2024-02-01", "ends_on": "2024-02-29" }]));
    facts["trainee"]["attachment"] =
        json!({ "starts_on": "2026-12-15", "theory_score": "80", "practice_score": "80", "diseases_mastered": 20, "tcm_techniques": 4 });
    let asked = ask("zj-completion", &facts, &Given::new(), "2026-12-20");
    assert!(asked.words[0].contains("「进修结束日期」须不早于2026-12-20"), "{:?}", asked.words);
}

#[test]
fn a_stay_that_goes_on_is_not_ended_for_another_in_its_place() {
    let running =
        json!({ "starts_on": "2024-03-01", "full_time": true, "host_scope": "province", "special_technique": false, "host_renowned": true });
    let facts = json!({ "practitioner": {
        "profession": "doctor", "title_grade": "intermediate", "title_appointed_on": "2019-01-01", "certificates": [], "attachments": [running],
        "institution": { "grade": "a", "is_grassroots": false, "level": "secondary", "ownership": "public", "tier": "county" }
    } });
    let given = Given::new().with("target_grade", "associate_senior").with("applied_on", day("2024-12-01"));
    let asked = ask("sc-promotion-certificate", &facts, &given, "2024-05-01");
    let [remedy] = asked.told.remedies.as_slice() else { unreachable!("{:?}", asked.words) };
    assert!(remedy.steps.iter().all(|step| matches!(step, Step::SetFact { .. })), "{remedy:?}");
    assert!(asked.words[0].contains("2024-08-31"), "{:?}", asked.words);
}

#[test]
fn either_month_of_intake_is_offered() {
    let facts = json!({ "trainee": { "profession": "doctor", "institution": { "tier": "village" }, "attachment": {
        "host_institution": { "tier": "county" }, "host_scope": "city", "host_renowned": false, "host_relation": "none", "starts_on": "2024-04-01"
    } } });
    for (as_of, march) in [("2024-02-10", "2024-03-01至2024-03-31之间"), ("2024-03-31", "2024-03-31")] {
        let asked = ask("sc-sending", &facts, &Given::new(), as_of);
        assert!(asked.words[0].starts_with(&format!("办法：「进修开始日期」须为{march}")), "{:?}", asked.words);
        assert!(asked.words[1].starts_with("或者：「进修开始日期」须为2024-09-01至2024-09-30之间"), "{:?}", asked.words);
    }
}

#[test]
fn an_application_that_comes_too_early_is_told_the_day_that_would_do() {
    let facts = json!({ "practitioner": {
        "profession": "doctor", "title_grade": "intermediate", "title_appointed_on": "2019-01-01", "certificates": [], "attachments": [],
        "institution": { "grade": "a", "is_grassroots": false, "level": "secondary", "ownership": "public", "tier": "county" }
    } });
    let given = |on: &str| Given::new().with("target_grade", "associate_senior").with("applied_on", day(on));
    let asked = ask("sc-promotion-certificate", &facts, &given("2024-10-08"), "2024-05-01");
    let later = asked.told.later.as_ref().expect("a later day");
    assert_eq!((later.on, later.given.as_str()), (day("2024-10-31"), "applied_on"));
    let told = "若申报日期推迟，最早可为2024-10-31：还需增加进修经历";
    assert!(asked.words.iter().any(|line| line.starts_with(told) && line.contains("结业证书编号")), "{:?}", asked.words);
    // The day before is too early, and what was applied for in the past is not put off.
    let asked = ask("sc-promotion-certificate", &facts, &given("2024-10-30"), "2024-05-01");
    assert!(asked.told.remedies.is_empty(), "{:?}", asked.words);
    let asked = ask("sc-promotion-certificate", &facts, &given("2024-04-30"), "2024-05-01");
    assert_eq!(asked.told.later, None);
    // A stay outside the province before the term does not count for it, and another takes six months more than there are.
    let mut facts = facts;
    facts["practitioner"]["attachments"] = json!([{ "starts_on": "2018-03-01", "ends_on": "2018-08-31", "full_time": true, "special_technique": false,
        "host_scope": "out_of_province", "host_renowned": true, "certificate_form": "host", "certificate_no": "1", "result": "pass" }]);
    let asked = ask("sc-promotion-certificate", &facts, &given("2024-05-01"), "2024-05-01");
    assert!(asked.told.later.is_some(), "{:?}", asked.words);
    assert!(asked.told.blocked.iter().all(|blocked| blocked.reason == BlockedReason::TooLate), "{:?}", asked.words);
}

#[test]
fn a_stay_that_goes_on_is_waited_for_where_the_day_given_is_too_early_or_past() {
    let facts = |attachment: &Json| {
        let mut stay =
            json!({ "full_time": true, "host_renowned": false, "special_technique": false, "none": ["certificate_no", "certificate_form"] });
        stay.as_object_mut().expect("a stay").extend(attachment.as_object().expect("a stay").clone());
        json!({ "practitioner": {
            "profession": "doctor", "title_grade": "intermediate", "title_appointed_on": "2019-03-01", "certificates": [], "attachments": [stay],
            "institution": { "grade": "a", "is_grassroots": false, "level": "secondary", "tier": "county" }
        } })
    };
    let given = |on: &str| Given::new().with("target_grade", "associate_senior").with("applied_on", day(on));
    let later = |facts: &Json, applies: &str, as_of: &str| {
        let asked = ask("sc-promotion-certificate", facts, &given(applies), as_of);
        asked.told.later.map(|later| later.on)
    };
    // A month short: for the authority to decide on that day, and met at its end.
    let goes_on = facts(&json!({ "starts_on": "2024-01-01", "host_scope": "province" }));
    assert_eq!(later(&goes_on, "2024-06-01", "2024-06-01"), Some(day("2024-06-30")));
    // What its end brings is not there before.
    let elsewhere = facts(&json!({ "starts_on": "2024-06-29", "ends_on": "2024-12-31", "host_scope": "out_of_province" }));
    assert_eq!(later(&elsewhere, "2024-12-20", "2024-10-01"), Some(day("2024-12-31")));
    // Who applied in the past is told when another application would do, and of everything that was open.
    let ended = json!({ "starts_on": "2023-09-03", "ends_on": "2024-03-02", "certificate_no": "1", "certificate_form": "electronic", "none": [] });
    let asked = ask("sc-promotion-certificate", &facts(&ended), &given("2024-03-01"), "2024-03-20");
    assert_eq!(asked.told.earliest.map(|earliest| earliest.on), Some(day("2024-03-20")), "{:?}", asked.words);
    let blocked: Vec<_> = asked.told.blocked.iter().map(|blocked| blocked.provision.as_str()).collect();
    assert_eq!(blocked, ["sc-duration-other", "sc-promotion-certificate-2018"]);
}

/// The month of a subsidy that was due on its last day.
fn subsidy(month: &str, paid: &str, paid_on: Option<&str>) -> Json {
    let due_on = medtrain::quantity::parse_day(&format!("{month}-28")).expect("a day");
    let mut subsidy = json!({ "payee": "resident", "payee_id": "1", "speciality": "内科", "shortage": false, "month": month, "standard": "3000",
        "paid": paid, "due_on": due_on });
    match paid_on {
        Some(on) => subsidy["paid_on"] = json!(on),
        None => subsidy["none"] = json!(["paid_on"]),
    }
    subsidy
}

#[test]
fn what_was_paid_on_a_day_is_not_made_more_after_it() {
    let part = subsidy("2022-03", "2000", Some("2022-03-28"));
    for subsidies in [json!([part]), json!([part, subsidy("2022-04", "2500", Some("2022-04-28"))]), json!([subsidy("2022-03", "0", None)])] {
        let facts = json!({ "base": { "base_kind": "residency", "subsidies": subsidies } });
        let asked = ask("sd-subsidy", &facts, &Given::new(), "2022-06-01");
        assert_eq!(asked.told.blocked[0].reason, BlockedReason::TooLate, "{:?}", asked.words);
        assert_eq!(asked.told.blocked[0].since, Some(day("2022-03-29")), "{:?}", asked.words);
    }
}

#[test]
fn what_was_paid_late_could_have_been_paid_in_time() {
    let asked =
        |subsidies: Json| ask("sd-subsidy", &json!({ "base": { "base_kind": "residency", "subsidies": subsidies } }), &Given::new(), "2022-06-01");
    let late = |month: &str, on: &str| subsidy(month, "3000", Some(on));
    let of_one = asked(json!([late("2022-03", "2022-04-05")]));
    assert_eq!(of_one.words, ["「补助发放」2022-03-29起已来不及补救"]);
    let of_two = asked(json!([late("2022-04", "2022-05-05"), late("2022-03", "2022-04-05")]));
    assert_eq!(of_two.words, of_one.words, "since the first of them was late");
}

#[test]
fn a_rotation_that_goes_on_is_waited_for() {
    let facts = |rotations: Json| {
        json!({ "trainee": { "residency": { "trainee_type": "own", "starts_on": "2021-09-01", "planned_end": "2024-08-31", "status": "in_training",
            "commitment_signed": true, "ethics_course_completed": true, "rotations": rotations }, "extra": { "attendance_kept_strictly": true, "breach": "none" } } })
    };
    let rotation = |department: &str, months: &str, entered_on: &str| json!({ "department": department, "required": true, "months_required": months, "entered_on": entered_on });
    let one = facts(json!([rotation("心内科", "3", "2022-05-01")]));
    let asked = ask("sd-resident", &one, &Given::new(), "2022-06-15");
    assert_eq!(asked.words, ["办法：照此进行，到2022-07-31即可"]);
    // Of two, the one that takes longer.
    let two = facts(json!([rotation("心内科", "3", "2022-05-01"), rotation("外科", "1.5", "2022-06-20")]));
    assert_eq!(ask("sd-resident", &two, &Given::new(), "2022-06-15").words, ["办法：照此进行，到2022-08-03即可"]);
}

#[test]
fn several_months_of_pay_are_made_up_for_together() {
    let month = |month: &str, base: &str, bonus: &str| json!({ "month": month, "base_pay": "6000", "base_pay_paid": base, "bonus_paid": bonus, "average_bonus": "3000" });
    let facts = |ends_on: &str, months: &Json| {
        json!({ "trainee": { "institution": { "tier": "county" }, "attachment": { "starts_on": "2024-03-01", "ends_on": ends_on, "plan_file": true,
            "fee_charged": "0", "lodging_provided": true, "monthly_pay": months,
            "extra": { "teachers_arranged": true, "trainee_managed": true, "other_support_provided": true } } } })
    };
    let months = json!([month("2024-03", "5000", "3000"), month("2024-04", "5500", "2900")]);
    let asked = ask("zj-support", &facts("2024-04-30", &months), &Given::new(), "2024-12-01");
    assert_eq!(asked.told.remedies.iter().map(|remedy| remedy.steps.len()).collect::<Vec<_>>(), [3], "{:?}", asked.words);
    assert!(asked.words[0].contains("须不少于6000元"), "{:?}", asked.words);
    let mut months = json!([month("2024-03", "5000", "3000")]);
    months[0].as_object_mut().expect("a month").remove("average_bonus");
    let asked = ask("zj-support", &facts("2024-03-31", &months), &Given::new(), "2024-12-01");
    assert_eq!(asked.told.blocked[0].missing, ["trainee.attachment.monthly_pay[0].average_bonus"], "{:?}", asked.words);
}

#[test]
fn what_is_missing_first_of_all_is_named() {
    let base = json!({ "base": { "base_kind": "residency", "full_time_managers": 2 } });
    let asked = ask("sd-base", &base, &Given::new(), "2022-06-01");
    let staffing = asked.told.blocked.iter().find(|blocked| blocked.provision == "sd-staffing").expect("it is blocked");
    assert_eq!(staffing.missing, ["base.in_training"]);
    assert!(asked.words[0].contains("须先补充资料：") && asked.words[0].contains("在培人数"), "{:?}", asked.words);
    // Whether somebody is too old is not shown where nobody told us when they were born.
    let doctor = json!({ "practitioner": { "status": "in_service", "profession": "doctor", "institution": { "tier": "county" } } });
    let asked = ask("zj-eligibility", &doctor, &Given::new().with("applied_on", day("2024-05-01")), "2024-05-01");
    assert_eq!(asked.words, ["「县级进修对象」须先补充资料：「出生日期」"]);
    let asked = ask("sc-mentor-eligibility", &json!({ "mentor": { "title_grade": "senior" } }), &Given::new(), "2024-05-01");
    assert_eq!(asked.told.blocked[0].reason, BlockedReason::MissingFacts, "{:?}", asked.words);
}

#[test]
fn a_fact_that_only_what_counts_instead_waits_for_is_named() {
    // No stay, and none can be had in time: whether other training counts, the certificates would say.
    let doctor = json!({ "practitioner": { "profession": "doctor", "title_grade": "intermediate", "title_appointed_on": "2019-01-01",
        "institution": { "level": "secondary", "tier": "county", "is_grassroots": false }, "attachments": [] } });
    let given = Given::new().with("target_grade", "associate_senior").with("applied_on", day("2024-11-15"));
    let asked = ask("sc-promotion-certificate", &doctor, &given, "2024-11-20");
    let missing: Vec<_> = asked.told.blocked.iter().map(|blocked| (blocked.reason, blocked.missing.join(", "))).collect();
    assert!(
        !missing.is_empty() && missing.iter().all(|one| *one == (BlockedReason::MissingFacts, "practitioner.certificates".to_owned())),
        "{missing:?}"
    );
}

#[test]
fn what_has_its_last_day_yet_to_come_is_told_with_it() {
    let facts = json!({ "trainee": {
        "residency": { "trainee_type": "own", "starts_on": "2021-09-01", "planned_end": "2024-08-31", "status": "in_training", "commitment_signed": true,
            "ethics_course_completed": false, "rotations": [{ "department": "心内科", "required": true, "months_required": "3" }] },
        "extra": { "attendance_kept_strictly": true, "breach": "minor" }
    } });
    let asked = ask("sd-resident", &facts, &Given::new(), "2021-09-02");
    assert!(asked.words.contains(&"「必轮科室轮转」未找到补救办法，期限未到：2024-08-31（还有1094天）".to_owned()), "{:?}", asked.words);
    // The rules end before that day, and the finding says the same.
    assert_eq!(asked.told.partial[0].by, Some(day("2024-08-31")), "{:?}", asked.words);
}

#[test]
fn what_has_no_day_of_its_own_is_too_late_after_the_last_day_for_it() {
    let fund = json!({ "institution": { "fund": { "year": 2024, "payroll_total": "10000000", "accrued": "100000" } } });
    let of_2024 = |as_of: &str| ask("cq-fund", &fund, &Given::new().with("year", 2024), as_of).words;
    assert_eq!(of_2024("2024-12-31"), ["办法：「提取经费」须不少于150000元，截止2024-12-31（当日截止）"]);
    let too_late = "「继续医学教育经费」2025-01-01起已来不及补救";
    assert_eq!(of_2024("2025-01-10"), [format!("{too_late}，下一次机会自2025-01-01起，计入2025年度")]);
    // The year after it is over as well.
    assert_eq!(of_2024("2026-01-10"), [too_late]);
    // What an inspection left out is not inspected in a year that is over.
    let mut own: serde_json::Map<String, Json> =
        ["policy", "organisation", "implementation"].iter().map(|what| (format!("{what}_inspected"), json!(true))).collect();
    own.extend([("funding_inspected".to_owned(), json!(false)), ("promotion_list_published_on".to_owned(), json!("2024-06-30"))]);
    let duties = ask("cq-municipal-duties", &json!({ "region": { "extra": own } }), &Given::new().with("year", 2024), "2025-02-01");
    assert_eq!(duties.words, ["「检查评估」2025-01-01起已来不及补救，下一次机会自2025-01-01起，计入2025年度"]);
    // A plan can be overrun: the courses of a resident who goes on are made up for.
    let resident = json!({ "trainee": { "residency": { "planned_end": "2022-08-31", "ethics_course_completed": false } } });
    let told = ask("sd-resident", &resident, &Given::new(), "2022-09-15").told;
    assert!(!told.blocked.iter().any(|blocked| blocked.provision == "sd-ethics-course"), "{told:?}");
}

#[test]
fn an_audit_of_another_year_is_too_late_as_none_is() {
    let own = [
        "in_cme_scope",
        "applies_on_platform",
        "grants_on_platform",
        "audits_on_platform",
        "has_cme_body",
        "manages_cme_daily",
        "assesses_cme",
        "reports_to_the_municipality",
        "has_fund_plan",
        "costs_shared_as_provided",
        "cme_managers_sufficient",
    ];
    let mut own: serde_json::Map<String, Json> = own.iter().map(|what| ((*what).to_owned(), json!(true))).collect();
    own.extend([("cme_managers_trained".to_owned(), json!(1)), ("cme_participants".to_owned(), json!(3)), ("donations".to_owned(), json!("0"))]);
    let mut facts = json!({ "institution": { "ownership": "public", "cme_admin_count": 1, "annual_report_on": "2024-12-02", "has_info_system": true,
        "fund": { "year": 2024, "payroll_total": "100", "accrued": "2" }, "extra": own } });
    let mut told = Vec::new();
    for audit in ["2023-11-20", "2024-12-05"] {
        facts["institution"]["credit_audit_on"] = json!(audit);
        told.push(ask("cq-institution", &facts, &Given::new().with("year", 2024), "2024-12-20").words);
    }
    assert_eq!(told[0], ["「学分审验期限」2024-12-01起已来不及补救，下一次机会自2025-11-01起，计入2025年度"]);
    assert_eq!(told[0], told[1]);
}

#[test]
fn somebody_whose_stay_has_not_begun_is_moved_to_another_host() {
    let facts = json!({ "trainee": { "profession": "doctor", "institution": { "tier": "county" }, "attachment": {
        "starts_on": "2024-09-01", "host_institution": { "tier": "county" }, "host_relation": "none", "host_renowned": false, "host_scope": "province"
    } } });
    let asked = ask("sc-sending", &facts, &Given::new(), "2024-03-10");
    assert_eq!(asked.words[0], "办法：须改到机构层级为市级或省级或国家级的接收单位进修");
    assert!(asked.told.remedies.iter().all(|remedy| remedy.gives == Status::Met));
}

#[test]
fn what_several_things_share_is_said_once() {
    let facts = json!({ "trainee": { "institution": { "tier": "county" }, "attachment": { "starts_on": "2024-03-01", "plan_file": true, "fee_charged": "1", "lodging_provided": true,
        "monthly_pay": [], "extra": { "teachers_arranged": false, "trainee_managed": false, "other_support_provided": true } } } });
    let asked = ask("zj-support", &facts, &Given::new(), "2024-06-01");
    assert!(asked.words[0].contains("须完成「安排带教师资」「落实进修人员管理」"), "{:?}", asked.words);
    assert!(asked.words[0].contains("「进修费」须为0元"), "{:?}", asked.words);
}

/// The amounts of the records that are to be added where a policy counts some records alone; each field is told once, and it comes true.
fn credits_to_add(of: &str, there: &[&str]) -> Vec<String> {
    let policy = format!(
        "[policy]\nid = \"p\"\nnumber = \"1\"\nissued = 2024-01-01\n\
         [[provision]]\nid = \"a\"\narticle = \"1\"\nsubject = \"practitioner\"\nmodality = \"shall\"\n\
         require = 'total(activities[{of}].credits) >= 15'\n\
         [[decision]]\nid = \"ask\"\nsubject = \"practitioner\"\nall_of = [\"a\"]\n"
    );
    let set = set(&[&policy]).expect("it loads");
    let question = set.ask("ask", &Given::new(), day("2024-06-01")).expect("a question");
    let activities: Vec<Json> = there.iter().map(|credits| json!({ "credits": credits })).collect();
    let facts = question.facts_from_json(&json!({ "practitioner": { "activities": activities } }).to_string()).expect("usable facts");
    let told = question.remedies(&facts);
    let [remedy] = told.remedies.as_slice() else { unreachable!("one remedy, and not {told:?}") };
    assert_eq!(question.evaluate(&question.apply(&facts, remedy).expect("it can be carried out")).status, Status::Met);
    let credits_of = |step: &Step| match step {
        Step::AddRecord { fields, .. } => {
            let credits: Vec<_> = fields.iter().filter(|field| field.field == "credits").collect();
            assert_eq!(credits.len(), 1, "{step:?}");
            credits[0].value.clone()
        }
        other => unreachable!("a record to add, and not {other:?}"),
    };
    remedy.steps.iter().map(credits_of).collect()
}

#[test]
fn a_record_that_counts_only_with_so_much_has_one_amount_that_counts() {
    assert_eq!(credits_to_add("credits >= 5", &["12"]), ["5"], "three are lacking, and three alone would not count");
    assert_eq!(credits_to_add("credits <= 10", &["9"]), ["6"]);
    assert_eq!(credits_to_add("credits <= 4", &["4"]), ["4", "4", "3"], "one of eleven would not count");
}

/// What can still be done by a practitioner about provisions that are written out, each remedy carried out and judged again.
fn of_provisions(provisions: &str, facts: &Json, on: &str) -> Remedies {
    let policy = format!(
        "[policy]\nid = \"p\"\nnumber = \"1\"\nissued = 2023-01-01\n{provisions}\n\
         [[decision]]\nid = \"ask\"\nsubject = \"practitioner\"\nall_of = [\"a\"]\n"
    );
    let set = set(&[&policy]).expect("it loads");
    let question = set.ask("ask", &Given::new(), day(on)).expect("a question");
    let facts = question.facts_from_json(&json!({ "practitioner": facts }).to_string()).expect("usable facts");
    let told = question.remedies(&facts);
    for remedy in &told.remedies {
        assert_eq!(question.evaluate(&question.apply(&facts, remedy).expect("it can be carried out")).status, remedy.gives);
    }
    told
}

fn provision(id: &str, rest: &str) -> String {
    format!("[[provision]]\nid = \"{id}\"\narticle = \"1\"\nsubject = \"practitioner\"\nmodality = \"shall\"\n{rest}\n")
}

/// The amount of each remedy, which is one record each, and its last day.
fn amounts(told: &Remedies) -> Vec<(String, Option<String>)> {
    let amount = |remedy: &medtrain::remedy::Remedy| match remedy.steps.as_slice() {
        [Step::AddRecord { fields, .. }] => {
            let credits = fields.iter().find(|field| field.field == "credits").expect("credits");
            (credits.value.clone(), remedy.by.map(|day| day.to_string()))
        }
        other => unreachable!("a record to add, and not {other:?}"),
    };
    told.remedies.iter().map(amount).collect()
}

#[test]
fn what_would_do_tomorrow_as_well_has_no_last_day() {
    let of_a_year = "require = 'total(activities[awarded_on in [as_of - @\"P1Y\" + @\"P1D\"..as_of]].credits) >= 10'";
    let earlier = json!({ "activities": [{ "awarded_on": "2023-05-02", "credits": "4" }] });
    assert_eq!(amounts(&of_provisions(&provision("a", of_a_year), &json!({ "activities": [] }), "2024-05-01")), [("10".to_owned(), None)]);
    // Tomorrow, the four credits are a year old.
    let today = Some("2024-05-01".to_owned());
    assert_eq!(amounts(&of_provisions(&provision("a", of_a_year), &earlier, "2024-05-01")), [("6".to_owned(), today.clone())]);
    let due = format!("due = 2024-05-01\n{of_a_year}");
    assert_eq!(amounts(&of_provisions(&provision("a", &due), &json!({ "activities": [] }), "2024-05-01")), [("10".to_owned(), today)]);
}

#[test]
fn no_more_of_the_same_is_told_beside_what_does() {
    let provisions = [
        provision("a", "require = 'total(activities.credits) >= 50'\ndeemed_by = [\"b\"]"),
        provision("b", "require = 'total(activities.credits) >= 150'"),
    ];
    let told = of_provisions(&provisions.concat(), &json!({ "activities": [] }), "2024-05-01");
    assert_eq!(amounts(&told), [("50".to_owned(), None)]);
}

#[test]
fn what_is_asked_of_a_share_of_all_is_no_more_than_it_takes() {
    let half = provision("a", "require = 'total(activities[electronic].credits) >= total(activities.credits) * 0.5'");
    let there = json!({ "activities": [{ "credits": "16", "electronic": false }, { "credits": "3.5", "electronic": true }] });
    assert_eq!(amounts(&of_provisions(&half, &there, "2024-05-01")), [("12.5".to_owned(), None)]);
}

#[test]
fn it_is_not_too_late_for_what_missing_facts_may_still_decide() {
    let certificate = provision("a", "due = 2023-12-31\nrequire = 'total(activities[electronic and awarded_on <= @\"2023-12-31\"].credits) >= 10'");
    let of = |activities: Json| {
        let told = of_provisions(&certificate, &json!({ "activities": activities }), "2024-05-01");
        let [blocked] = told.blocked.as_slice() else { unreachable!("one is blocked, and not {told:?}") };
        (blocked.reason, blocked.missing.clone())
    };
    assert_eq!(of(json!([])), (BlockedReason::TooLate, Vec::new()));
    let missing = vec!["practitioner.activities[0].electronic".to_owned()];
    assert_eq!(of(json!([{ "credits": "10", "awarded_on": "2023-05-10" }])), (BlockedReason::MissingFacts, missing));
}

#[test]
fn a_contract_is_signed_with_its_last_day_and_a_commitment_beside_strict_attendance() {
    let resident = |of: &Json, attendance: bool| {
        let mut residency = json!({ "trainee_type": "open", "starts_on": "2021-09-01", "planned_end": "2024-08-31", "status": "in_training", "ethics_course_completed": true,
            "rotations": [{ "department": "心内科", "required": true, "months_required": "3", "entered_on": "2021-09-01", "left_on": "2021-11-30" }], "assessments": [],
            "social_insurance_paid": true, "living_subsidy": "3000", "comparable_pay": "3000", "commitment_signed": true, "contract_signed": true, "contract_ends_on": "2024-08-31" });
        residency.as_object_mut().expect("facts").extend(of.as_object().expect("facts").clone());
        let facts = json!({ "trainee": { "residency": residency, "extra": { "attendance_kept_strictly": attendance, "breach": "none" } } });
        ask("sd-resident", &facts, &Given::new(), "2022-06-01").words
    };
    let unsigned = json!({ "contract_signed": false, "contract_ends_on": null });
    assert_eq!(resident(&unsigned, true), ["办法：须落实「培训暨劳动合同」；「合同到期日期」须不早于2022-06-01"]);
    assert_eq!(resident(&json!({ "commitment_signed": false }), false), ["办法：须落实「承诺书」「基地严格考勤」"]);
}
