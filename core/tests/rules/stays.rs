//! Remedies by stays: those that go on, those that touch, and those that stand in the facts twice.

use medtrain::evaluate::Given;
use medtrain::remedy::{BlockedReason, RemedyState, Step};
use serde_json::{Value as Json, json};

use crate::remedy::ask;
use crate::written::day;

/// A physician who applies for the next grade with this stay.
fn applicant(institution: &Json, stay: &Json) -> Json {
    json!({ "practitioner": {
        "profession": "doctor", "title_grade": "intermediate", "title_appointed_on": "2020-01-01", "institution": institution, "attachments": [stay],
        "certificates": []
    } })
}

fn applying_on(applied_on: &str) -> Given {
    Given::new().with("target_grade", "associate_senior").with("applied_on", day(applied_on))
}

fn full_time(starts_on: &str, ends_on: &str) -> Json {
    json!({ "host_scope": "province", "host_renowned": false, "special_technique": false, "full_time": true, "starts_on": starts_on, "ends_on": ends_on,
        "none": ["certificate_no", "certificate_form"] })
}

#[test]
fn a_stay_that_stands_in_the_facts_twice_is_one() {
    let stay = json!({ "starts_on": "2026-05-01", "none": ["ends_on", "result"], "diseases_mastered": 20, "tcm_techniques": 4, "theory_score": "80", "practice_score": "70" });
    let facts = |stay: &Json| json!({ "trainee": { "institution": { "tier": "village" }, "attachment": stay, "attachments": [stay] } });
    let asked = ask("zj-completion", &facts(&stay), &Given::new(), "2026-05-10");
    let to_do = "办法：期满后取得「考核结果」：合格或优秀；「进修结束日期」须为2026-05-31至2026-12-31之间，截止2026-12-31（还有235天）；最早自2026-05-31起达标";
    assert_eq!(asked.words, [to_do]);
    // Whoever writes it in both places is judged no otherwise.
    let done = json!({ "starts_on": "2026-05-01", "ends_on": "2026-05-31", "result": "pass", "diseases_mastered": 20, "tcm_techniques": 4, "theory_score": "80", "practice_score": "70" });
    assert_eq!(ask("zj-completion", &facts(&done), &Given::new(), "2026-05-31").told.state, RemedyState::NotNeeded);
}

#[test]
fn what_is_left_over_is_told_with_its_certificate_however_much_time_there_is() {
    let township = json!({ "level": "primary", "tier": "township", "is_grassroots": true });
    let facts = applicant(&township, &full_time("2022-03-01", "2022-05-31"));
    for (applied_on, last) in [("2024-08-30", "2024-05-31"), ("2024-08-31", "2024-06-01"), ("2025-03-01", "2024-12-02")] {
        let asked = ask("sc-promotion-certificate", &facts, &applying_on(applied_on), "2024-03-01");
        // Six months elsewhere serve by another rule.
        let here: Vec<&String> = asked.words.iter().filter(|words| words.contains("全省统一制式")).collect();
        let [told] = here.as_slice() else { unreachable!("one, and not {:?}", asked.words) };
        assert!(told.contains(&format!("{last}之间，为期3个月")) && told.contains("届时最早2024-05-31"), "{applied_on}: {told}");
    }
}

#[test]
fn a_stay_that_begins_the_day_after_another_makes_one_with_it() {
    let county = json!({ "level": "secondary", "tier": "county", "is_grassroots": false });
    let facts = applicant(&county, &full_time("2023-12-01", "2024-04-30"));
    let asked = ask("sc-promotion-certificate", &facts, &applying_on("2025-05-01"), "2024-05-01");
    assert!(asked.words[0].contains("进修开始日期2024-05-01，为期1个月"), "{:?}", asked.words);
    assert!(asked.words[0].contains("届时最早2024-05-31"), "{:?}", asked.words);
}

#[test]
fn what_was_in_ones_power_until_a_day_is_too_late_from_then_on() {
    let stay = json!({ "starts_on": "2024-06-01", "ends_on": "2024-08-30", "result": "pass", "diseases_mastered": 40, "tcm_techniques": 6 });
    let township = json!({ "trainee": { "institution": { "tier": "township" }, "attachment": stay, "attachments": [stay] } });
    let asked = ask("zj-completion", &township, &Given::new(), "2024-09-10");
    assert_eq!(asked.words, ["「乡镇进修时长」2024-08-31起已来不及补救"]);
    let april = json!({ "trainee": { "profession": "doctor", "institution": { "tier": "county" }, "attachment": {
        "starts_on": "2024-04-01", "sending_institution": { "tier": "county" }, "host_institution": { "tier": "city" }, "host_relation": "none",
        "host_renowned": false, "host_scope": "province"
    } } });
    let asked = ask("sc-sending", &april, &Given::new(), "2024-05-01");
    assert_eq!(asked.words, ["「入学月份」2024-04-01起已来不及补救"]);
}

#[test]
fn nobody_begins_a_second_full_time_stay_while_the_first_goes_on() {
    let county = json!({ "level": "secondary", "tier": "county", "is_grassroots": false });
    let facts = applicant(&county, &full_time("2024-02-01", "2024-07-31"));
    let asked = ask("sc-promotion-certificate", &facts, &applying_on("2024-09-01"), "2024-03-01");
    let [told] = asked.words.as_slice() else { unreachable!("one, and not {:?}", asked.words) };
    assert!(told.contains("届时最早2024-07-31"), "{told}");
}

#[test]
fn what_nobody_told_of_a_stay_is_asked_for_and_not_too_late() {
    let county = json!({ "level": "secondary", "tier": "county", "is_grassroots": false });
    let mut uncertified = full_time("2022-03-01", "2022-08-31");
    uncertified["none"] = json!([]);
    let mut certified = uncertified.clone();
    (certified["certificate_no"], certified["certificate_form"]) = (json!("U"), json!("provincial_uniform"));
    certified.as_object_mut().expect("a stay").remove("full_time");
    let of = |stay: &Json| {
        let asked = ask("sc-promotion-certificate", &applicant(&county, stay), &applying_on("2024-05-01"), "2024-05-01");
        let [blocked] = asked.told.blocked.as_slice() else { unreachable!("one is blocked, and not {:?}", asked.words) };
        assert_eq!(blocked.reason, BlockedReason::MissingFacts, "{:?}", asked.words);
        blocked.missing.clone()
    };
    let facts = |names: &[&str]| names.iter().map(|name| format!("practitioner.attachments[0].{name}")).collect::<Vec<_>>();
    assert_eq!(of(&uncertified), facts(&["certificate_form", "certificate_no"]));
    assert_eq!(of(&certified), facts(&["full_time"]));
}

#[test]
fn a_planned_part_time_stay_hides_no_full_time_one() {
    let city = json!({ "level": "tertiary", "tier": "city", "is_grassroots": false });
    let planned = json!({ "host_scope": "province", "host_renowned": true, "special_technique": false, "full_time": false, "starts_on": "2024-10-27",
        "none": ["ends_on", "certificate_no", "certificate_form"] });
    let asked = ask("sc-promotion-certificate", &applicant(&city, &planned), &applying_on("2025-02-14"), "2024-08-13");
    let begun = asked.told.remedies.iter().any(|remedy| matches!(remedy.steps.as_slice(), [Step::AddRecord { .. }]));
    assert!(begun, "{:#?}", asked.words);
}

#[test]
fn a_stay_without_a_last_day_is_not_ended_short_of_its_months_to_be_certified() {
    let county = json!({ "level": "secondary", "tier": "county", "is_grassroots": false });
    let mut stay = full_time("2024-02-01", "");
    stay.as_object_mut().expect("a stay").remove("ends_on");
    stay["none"] = json!(["ends_on", "certificate_no", "certificate_form"]);
    let asked = ask("sc-promotion-certificate", &applicant(&county, &stay), &applying_on("2024-03-01"), "2024-03-01");
    assert!(asked.told.remedies.is_empty() && asked.told.partial.is_empty(), "{:#?}", asked.words);
    let later = asked.told.later.as_ref().expect("a later day");
    assert_eq!(later.on, day("2024-07-31"), "{:#?}", asked.words);
    // Where it is long enough by then, it may end on the day of the application.
    let asked = ask("sc-promotion-certificate", &applicant(&county, &stay), &applying_on("2024-08-01"), "2024-03-01");
    assert!(asked.words[0].contains("「进修经历第1条的进修结束日期」须为2024-07-31至2024-08-01之间"), "{:#?}", asked.words);
}

#[test]
fn what_is_examined_at_the_end_of_a_stay_that_goes_on_is_still_to_come() {
    let stay = json!({ "starts_on": "2024-06-01", "ends_on": "2024-06-30", "diseases_mastered": 8, "tcm_techniques": 1, "none": ["result", "theory_score", "practice_score"] });
    let facts = |stay: &Json| json!({ "trainee": { "institution": { "tier": "village" }, "attachment": stay, "attachments": [stay] } });
    let to_do = "期满后取得「理论成绩」；期满后取得「操作成绩」；「掌握病种数」须不少于20；「中医药适宜技术类数」须不少于4；期满后取得「考核结果」：合格或优秀；最早自2024-06-30起达标";
    let asked = ask("zj-completion", &facts(&stay), &Given::new(), "2024-06-10");
    assert_eq!(asked.words, [format!("办法：{to_do}")]);
    let untold = json!({ "starts_on": "2024-06-01", "ends_on": "2024-06-30", "diseases_mastered": 8, "tcm_techniques": 1, "none": ["result"] });
    let asked = ask("zj-completion", &facts(&untold), &Given::new(), "2024-06-10");
    assert_eq!(asked.words, [format!("办法：{to_do}；补齐所缺资料后或可减免")]);
    // Once it has ended, nobody awards anything any more.
    let asked = ask("zj-completion", &facts(&stay), &Given::new(), "2024-07-10");
    assert_eq!(asked.told.blocked[0].reason, BlockedReason::NotInPower, "{:?}", asked.words);
}

#[test]
fn a_plan_of_what_has_not_begun_may_be_for_less() {
    let plan = json!({ "trainee": { "attachment": { "starts_on": "2026-04-26", "ends_on": "2026-10-25", "planned_months": 9, "none": ["result"],
        "extra": { "summary_written": false, "assessment_form_filled": false, "host_opinion_stamped": false, "commission_opinion_stamped": false,
            "tasks_completed": false, "rules_kept": true, "has_passive_attitude": false, "was_disciplined": false } } } });
    let asked = ask("gx-completion", &plan, &Given::new(), "2026-03-22");
    assert_eq!(asked.words, ["办法：「计划进修月数」须为6个月；最早自2026-10-25起达标"]);
}
