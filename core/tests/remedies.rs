//! Remedies checked by hand against the documents, and the page that explains them.

use medtrain::Lang;
use medtrain::evaluate::{Given, Status};
use medtrain::explain::remedy_sentences;
use medtrain::facts::Facts;
use medtrain::policy::PolicySet;
use medtrain::quantity::Day;
use medtrain::remedy::{Remedies, RemedyState, Step};
use serde_json::{Value as Json, json};

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

fn sentences(set: &PolicySet, decision: &str, facts: &Facts, given: &Given, as_of: &str) -> Vec<String> {
    let question = set.ask(decision, given, day(as_of)).expect("a question");
    let told = question.remedies(facts);
    [Lang::Zh, Lang::En].into_iter().flat_map(|lang| remedy_sentences(&told, &question, lang)).collect()
}

fn told(decision: &str, facts: &Json, given: &Given, as_of: &str) -> (Remedies, Vec<String>) {
    let set = PolicySet::builtin().expect("the built-in policies load");
    let facts = set.facts_from_json(decision, &facts.to_string()).expect("usable facts");
    let told = set.remedies(decision, &facts, given, day(as_of)).expect("a question");
    (told, sentences(&set, decision, &facts, given, as_of))
}

fn year() -> Given {
    Given::new().with("year", 2024)
}

/// A record of the year, on the platform.
fn record(credits: &str, hours: &str, kind: &str, job_related: bool) -> Json {
    json!({ "awarded_on": "2024-05-10", "credits": credits, "hours": hours, "subject_kind": kind, "job_related": job_related, "electronic": true })
}

#[test]
fn credits_of_the_post_serve_the_credits_of_the_year_too() {
    let facts = json!({ "practitioner": { "activities": [record("13", "64", "professional", true), record("8.5", "16", "public", false), record("8.5", "0", "professional", false)] } });
    let (told, words) = told("cq-annual-cme", &facts, &year(), "2024-09-23");
    assert_eq!(told.remedies.len(), 1);
    assert_eq!(words[0], "办法：还需取得学分3.5分（与专业相关，电子学分，其中与岗位相关2分），截止2024-10-31（还有38天）；如另计学时，须重新核算");
}

#[test]
fn one_record_does_where_all_that_is_short_is_of_one_kind() {
    let facts = json!({ "practitioner": { "activities": [record("11.5", "64", "professional", true), record("10", "16", "professional", false), record("0", "16", "public", false)] } });
    let (told, words) = told("cq-annual-cme", &facts, &year(), "2024-10-31");
    assert!(matches!(told.remedies[0].steps.as_slice(), [Step::AddRecord { .. }]), "{told:?}");
    assert_eq!(words[0], "办法：还需取得学分3.5分（与岗位相关，与专业相关，电子学分），截止2024-10-31（当日截止）；如另计学时，须重新核算");
}

#[test]
fn a_year_from_nothing_holds_the_ratio_of_public_subjects() {
    let (told, _) = told("cq-annual-cme", &json!({ "practitioner": { "activities": [] } }), &year(), "2024-01-10");
    let hours: Vec<&str> = told.remedies[0]
        .steps
        .iter()
        .filter_map(|step| if let Step::AddRecord { fields, .. } = step { Some(fields) } else { None })
        .filter_map(|fields| fields.iter().find(|field| field.field == "hours" && field.value != "0").map(|field| field.value.as_str()))
        .collect();
    // 80 hours in all, of which public ones are at least a fifth of the others: a sixth of all, rounded up to a tenth.
    assert_eq!(hours, ["66.6", "13.4"]);
}

#[test]
fn a_stay_that_has_to_last_longer_than_another_that_does_is_not_told() {
    // At the grassroots, stays of three months and more come to six within the term: three more will do.
    let stay = json!({ "starts_on": "2023-03-01", "ends_on": "2023-05-31", "full_time": true, "host_scope": "province", "certificate_form": "electronic", "certificate_no": "1" });
    let facts = json!({ "practitioner": {
        "profession": "doctor", "title_grade": "intermediate", "title_appointed_on": "2020-01-01",
        "institution": { "level": "primary", "tier": "township", "is_grassroots": true },
        "certificates": [], "attachments": [stay]
    } });
    let given = Given::new().with("target_grade", "associate_senior").with("applied_on", day("2025-06-30"));
    let (told, _) = told("sc-promotion-certificate", &facts, &given, "2024-11-20");
    let months = |remedy: &medtrain::remedy::Remedy| match remedy.steps.as_slice() {
        [Step::AddRecord { fields, .. }] => fields.iter().find_map(|field| field.months),
        _ => None,
    };
    assert_eq!(told.remedies.iter().map(|remedy| (months(remedy), remedy.by)).collect::<Vec<_>>(), [(Some(3), Some(day("2025-04-01")))]);
}

#[test]
fn six_months_can_be_begun_until_six_months_before_the_application() {
    let facts = json!({ "practitioner": {
        "profession": "doctor", "title_grade": "intermediate", "title_appointed_on": "2018-05-01",
        "institution": { "level": "secondary", "tier": "county", "is_grassroots": true },
        "certificates": [], "attachments": []
    } });
    let given = Given::new().with("target_grade", "associate_senior").with("applied_on", day("2024-12-15"));
    let (told, words) = told("sc-promotion-certificate", &facts, &given, "2024-03-10");
    // In the province, or as long outside it with a certificate.
    assert_eq!(told.remedies.iter().map(|remedy| remedy.by).collect::<Vec<_>>(), [Some(day("2024-06-16")); 2]);
    insta::assert_snapshot!("six_months_and_a_certificate", words.join("\n"));
}

/// Carries a remedy out with each of its days on the last that is told.
fn done_at_last(remedy: &medtrain::remedy::Remedy) -> medtrain::remedy::Remedy {
    let mut last = remedy.clone();
    for field in last.steps.iter_mut().filter_map(|step| if let Step::AddRecord { fields, .. } = step { Some(fields) } else { None }).flatten() {
        if let Some(until) = field.until {
            field.value = until.to_string();
        }
    }
    last
}

fn closes(step: &Step) -> &[medtrain::remedy::Closed] {
    let (Step::AddRecord { closes, .. } | Step::SetFact { closes, .. } | Step::Wait { closes, .. }) = step;
    closes
}

#[test]
fn days_left_over_from_another_stay_let_a_shorter_one_begin_later() {
    // 20 days are done in the village, and 30 make a month.
    let stay = json!({ "starts_on": "2024-05-01", "ends_on": "2024-05-20" });
    let mut facts = json!({ "trainee": {
        "institution": { "tier": "village" }, "attachments": [stay],
        "attachment": { "starts_on": "2024-05-01", "ends_on": "2024-05-20", "theory_score": "80", "practice_score": "70", "diseases_mastered": 20, "tcm_techniques": 4, "result": "pass" }
    } });
    for asked_on in ["2026-11-15", "2026-12-10", "2026-12-22"] {
        let (told, words) = told("zj-completion", &facts, &Given::new(), asked_on);
        let last = told.remedies.iter().filter_map(|remedy| remedy.by).max();
        assert_eq!((last, told.blocked.len()), (Some(day("2026-12-22")), 0), "{words:?}");
    }
    let (told_late, _) = told("zj-completion", &facts, &Given::new(), "2026-12-23");
    assert_eq!(told_late.blocked[0].since, Some(day("2026-12-23")), "{told_late:?}");
    // One day fewer is left over, so that one day more is needed.
    facts["trainee"]["attachments"][0]["ends_on"] = json!("2024-05-19");
    let (told, _) = told("zj-completion", &facts, &Given::new(), "2026-12-10");
    assert_eq!(told.remedies[0].by, Some(day("2026-12-21")), "{told:?}");
}

#[test]
fn what_a_remedy_closes_is_closed_on_its_last_day_whatever_else_falls_due_before() {
    let facts = json!({ "institution": {
        "ownership": "public", "has_info_system": true, "cme_admin_count": 0, "fund": { "year": 2024, "payroll_total": "100", "accrued": "1" },
        "extra": {
            "in_cme_scope": true, "applies_on_platform": false, "grants_on_platform": true, "audits_on_platform": true, "has_cme_body": true,
            "manages_cme_daily": true, "assesses_cme": true, "reports_to_the_municipality": true, "has_fund_plan": true, "costs_shared_as_provided": true,
            "cme_managers_sufficient": true, "cme_managers_trained": 0, "cme_participants": 3, "donations": "0"
        }
    } });
    let set = PolicySet::builtin().expect("the built-in policies load");
    let facts = set.facts_from_json("cq-institution", &facts.to_string()).expect("usable facts");
    let question = set.ask("cq-institution", &year(), day("2024-11-05")).expect("a question");
    let told = question.remedies(&facts);
    for remedy in &told.remedies {
        let by = remedy.by.expect("a last day");
        let changed = question.apply(&facts, &done_at_last(remedy)).expect("its own facts");
        // The audit falls due on the last day of November, and is told by the verdict itself.
        let at_once = set.evaluate("cq-institution", &changed, &year(), day("2024-11-30")).expect("the same question");
        assert_eq!((by, at_once.status), (day("2024-12-31"), remedy.gives), "{remedy:?}");
        let then = set.evaluate("cq-institution", &changed, &year(), by).expect("the same question");
        for closed in remedy.steps.iter().flat_map(closes) {
            let finding = then.findings.iter().find(|finding| finding.provision == closed.provision).expect("a finding");
            assert_eq!(finding.status, Status::Met, "{}", closed.provision);
        }
    }
    assert_eq!(told.state, RemedyState::Found);
}

#[test]
fn what_a_remedy_gives_is_unknown_where_missing_facts_still_decide_it() {
    let record = |on: &str, credits: &str, kind: &str, job: bool| json!({ "awarded_on": on, "credits": credits, "subject_kind": kind, "job_related": job, "electronic": true });
    let mut activities = [
        record("2024-02-01", "20", "professional", true),
        record("2024-04-01", "2", "professional", false),
        record("2024-04-02", "2", "public", false),
    ];
    activities[0]["hours"] = json!("60");
    activities[2]["hours"] = json!("15");
    let facts = json!({ "practitioner": { "activities": activities } });
    let set = PolicySet::builtin().expect("the built-in policies load");
    let facts = set.facts_from_json("cq-annual-cme", &facts.to_string()).expect("usable facts");
    let question = set.ask("cq-annual-cme", &year(), day("2024-09-20")).expect("a question");
    let remedy = question.remedies(&facts).remedies.remove(0);
    let changed = question.apply(&facts, &remedy).expect("its own facts");
    assert_eq!((remedy.gives, question.evaluate(&changed).status), (Status::Unknown, Status::Unknown));
}

#[test]
fn of_an_amount_only_that_is_told_which_it_takes_to_count() {
    // Hours count beside the profession too, and credits of any kind of subject.
    let short = |records: &[Json]| told("cq-annual-cme", &json!({ "practitioner": { "activities": records } }), &year(), "2024-09-20").1;
    let professional = |mut record: Json| {
        record["profession_related"] = json!(true);
        record
    };
    let hours = short(&[professional(record("22", "60", "professional", true)), record("2", "15", "public", false)]);
    assert_eq!(hours[0], "办法：还需取得学分3分（与专业相关，电子学分）、5学时（电子学分），截止2024-10-31（还有41天）");
    let public = short(&[professional(record("24.95", "66.65", "professional", true))]);
    assert_eq!(public[0], "办法：还需取得学分0.05分（与专业相关，电子学分）、13.35学时（公需科目，电子学分），截止2024-10-31（还有41天）");
}

/// A physician of a county hospital who applies for a senior grade, with these attachments.
fn applicant(attachments: &Json) -> Json {
    json!({ "practitioner": {
        "profession": "doctor", "title_grade": "intermediate", "title_appointed_on": "2019-06-01", "certificates": [], "attachments": attachments,
        "institution": { "level": "secondary", "tier": "county", "is_grassroots": false }
    } })
}

fn applied_on(text: &str) -> Given {
    Given::new().with("target_grade", "associate_senior").with("applied_on", day(text))
}

#[test]
fn nobody_is_told_to_have_passed_by_today_what_others_judge() {
    let done =
        json!([{ "starts_on": "2022-03-01", "ends_on": "2022-08-31", "full_time": true, "host_scope": "province", "none": ["certificate_no"] }]);
    let (at_once, words) = told("sc-promotion-certificate", &applicant(&done), &applied_on("2024-11-15"), "2024-11-15");
    assert_eq!((at_once.state, at_once.remedies.len(), at_once.partial.len()), (RemedyState::None, 0, 0), "{words:?}");
    // How long another stay in the province has to be for its certificate, no rule says; one elsewhere takes as long as is asked of the first.
    let (in_time, words) = told("sc-promotion-certificate", &applicant(&done), &applied_on("2025-06-30"), "2024-11-15");
    assert_eq!(in_time.remedies.iter().map(|remedy| remedy.by).collect::<Vec<_>>(), [Some(day("2025-06-29")), Some(day("2025-01-01"))], "{words:?}");
    assert!(!words[0].contains("个月") && words[1].contains("省外或国外"), "{words:?}");
}

#[test]
fn a_certificate_is_had_when_the_stay_that_earns_it_has_ended() {
    let (told, words) = told("sc-promotion-certificate", &applicant(&json!([])), &applied_on("2025-06-30"), "2024-11-15");
    let from: Vec<_> = told.remedies.iter().map(|remedy| (remedy.from, remedy.by)).collect();
    assert_eq!(from, [(Some(day("2025-05-14")), Some(day("2025-01-01"))); 2], "{words:?}");
    assert!(words[0].contains("期满后取得结业证书编号、全省统一制式或电子结业证书") && words[0].ends_with("最早自2025-05-14起达标"), "{words:?}");
    let set = PolicySet::builtin().expect("the built-in policies load");
    let facts = set.facts_from_json("sc-promotion-certificate", &applicant(&json!([])).to_string()).expect("usable facts");
    let question = set.ask("sc-promotion-certificate", &applied_on("2025-06-30"), day("2024-11-15")).expect("a question");
    let changed = question.apply(&facts, &done_at_last(&told.remedies[0])).expect("its own facts");
    let then = set.evaluate("sc-promotion-certificate", &changed, &applied_on("2025-06-30"), day("2025-06-30")).expect("the same question");
    assert_eq!(then.status, Status::Met);
}

#[test]
fn an_attachment_that_goes_on_is_waited_for() {
    let facts = json!({ "trainee": { "attachment": { "starts_on": "2024-03-01", "planned_months": 6, "extra": { "rules_kept": true, "tasks_completed": true } } } });
    let (told, words) = told("gx-completion", &facts, &Given::new(), "2024-05-01");
    assert_eq!(told.remedies[0].from, Some(day("2024-08-31")));
    assert_eq!(words[0], "办法：照此进行，到2024-08-31即可");
}

#[test]
fn no_day_that_has_passed_is_told_as_one_to_come_whoever_declared_it() {
    let inspected = ["policy", "organisation", "funding", "implementation", "coverage", "attainment", "informatisation"];
    let mut own: serde_json::Map<String, Json> = inspected.iter().map(|what| (format!("{what}_inspected"), json!(true))).collect();
    own.insert("promotion_list_published_on".to_owned(), json!("2023-06-30"));
    let facts = json!({ "region": { "extra": own } });
    let asked_on = |as_of: &str| told("cq-municipal-duties", &facts, &year(), as_of);
    let published = |words: &[String]| words.iter().any(|said| said.contains("公示日期」须"));
    let (_, in_time) = asked_on("2024-12-31");
    assert!(published(&in_time), "{in_time:?}");
    let (_, late) = asked_on("2025-01-15");
    assert!(!published(&late) && late.iter().any(|said| said.contains("2025-01-01起已来不及补救")), "{late:?}");
}

#[test]
fn a_base_hires_managers_and_an_institution_sets_money_aside() {
    let fund = json!({ "institution": {
        "ownership": "public", "cme_admin_count": 1, "fund": { "year": 2024, "payroll_total": "100000001", "accrued": "1200000" },
        "credit_audit_on": "2024-11-20", "annual_report_on": "2024-12-02",
        "extra": { "in_cme_scope": true, "applies_on_platform": true, "grants_on_platform": false, "audits_on_platform": true, "has_cme_body": true,
            "manages_cme_daily": true, "assesses_cme": true, "reports_to_the_municipality": true, "has_fund_plan": true,
            "costs_shared_as_provided": true, "cme_managers_sufficient": true, "cme_managers_trained": 1 }
    } });
    let (told, words) = told("cq-institution", &fund, &year(), "2024-12-05");
    assert_eq!(told.state, RemedyState::Found);
    insta::assert_snapshot!("a_fund_and_a_platform", words.join("\n"));
}

#[test]
fn what_was_done_can_be_added_to_and_not_undone() {
    let sample = |inspected: u32| {
        let facts = json!({ "region": { "projects_announced": 100, "projects_inspected": inspected } });
        told("cq-inspection-sample", &facts, &year().with("seed", "2024"), "2024-11-15").1
    };
    // Of a hundred, six to ten are looked at.
    assert_eq!(sample(5)[0], "办法：「抽查项目数」须为6至10，截止2024-12-31（还有46天）");
    assert_eq!(sample(11)[0], "「项目抽查」非自身所能改变");
    // Money can be given back.
    let (_, words) = told("sc-base-fees", &json!({ "base": { "fee_charged": "3000.01", "fee_cost": "3000" } }), &Given::new(), "2024-11-15");
    assert_eq!(words[0], "办法：「进修收费」须不超过3000元");
}

#[test]
fn it_is_too_late_since_the_day_on_which_the_least_could_last_be_begun() {
    // Six months before the application, and not one, although a month would do of something else.
    let (told, _) = told("sc-promotion-certificate", &applicant(&json!([])), &applied_on("2024-11-15"), "2024-11-15");
    let since = |id: &str| told.blocked.iter().find(|blocked| blocked.provision == id).and_then(|blocked| blocked.since);
    assert_eq!(since("sc-duration-other"), Some(day("2024-05-17")), "{told:?}");
}

#[test]
fn nobody_is_told_to_be_younger() {
    let facts = json!({ "practitioner": {
        "birth_date": "1970-01-01", "title_grade": "senior", "institution": { "level": "tertiary" }, "certificates": [],
        "extra": { "politically_sound": true, "ethically_sound": true, "has_solid_foundation": true, "has_research_ability": true,
            "is_frontline_backbone": true, "is_healthy": true }
    } });
    let (told, words) = told("gx-eligibility", &facts, &Given::new().with("applied_on", day("2024-05-02")), "2024-05-01");
    assert_eq!(told.state, RemedyState::None);
    assert_eq!(words[0], "「年龄与健康」非自身所能改变");
}

/// A resident a month of a rotation short, which takes a computation that is not inverted, without contract, commitment and ethics course.
fn resident() -> Json {
    json!({ "trainee": {
        "residency": { "trainee_type": "open", "contract_signed": false, "contract_ends_on": "2024-08-31", "living_subsidy": "5000",
            "comparable_pay": "5000", "social_insurance_paid": true, "commitment_signed": false, "ethics_course_completed": false,
            "rotations": [{ "department": "心内科", "required": true, "months_required": "3", "entered_on": "2021-09-01", "left_on": "2021-10-31" }] },
        "extra": { "attendance_kept_strictly": true, "breach": "none" }
    } })
}

#[test]
fn what_can_still_be_closed_is_told_where_something_else_cannot() {
    let (told, words) = told("sd-resident", &resident(), &Given::new(), "2022-06-30");
    assert_eq!((told.state, told.remedies.len(), told.partial.len()), (RemedyState::None, 0, 1), "{told:?}");
    assert_eq!(
        words[..2],
        [
            "「培训暨劳动合同」「承诺书与考勤」「医德医风课程」仍可补上：须落实「培训暨劳动合同」「承诺书」「医德医风课程」",
            "「必轮科室轮转」未找到补救办法",
        ]
    );
    assert_eq!(told.blocked.iter().map(|blocked| blocked.provision.as_str()).collect::<Vec<_>>(), ["sd-rotation-plan"]);
}

#[test]
fn a_missing_list_is_asked_for_before_anything_is_added_to_it() {
    let (told, words) = told("cq-annual-cme", &json!({ "practitioner": { "person_id": "1" } }), &year(), "2024-05-01");
    assert!(told.remedies.is_empty());
    assert_eq!(words[0], "「学时」「学分」「岗位密切相关学分」「公需科目」须先补充资料：「学分记录」");
}

#[test]
fn the_plain_verdict_says_nothing_of_remedies() {
    let set = PolicySet::builtin().expect("the built-in policies load");
    let facts = set.facts_from_json("cq-annual-cme", r#"{"practitioner": {"activities": []}}"#).expect("usable facts");
    let verdict = set.evaluate("cq-annual-cme", &facts, &year(), day("2024-05-01")).expect("a verdict");
    assert_eq!(verdict.status, Status::Unmet);
    assert!(verdict.remedies.is_none() && !verdict.to_json().contains("remedies"));
}

#[test]
fn what_another_policy_adds_is_closed_together_with_the_rest() {
    let mut set = PolicySet::builtin().expect("the built-in policies load");
    let hospital = r#"
[policy]
id = "hospital"
number = "院发1号"
issued = 2024-01-01

[[provision]]
id = "hospital-lectures"
article = "一"
subject = "practitioner"
modality = "shall"
require = 'count(practitioner.activities[admissible and form = "lecture"]) >= 1'
name_zh = "讲座"
name_en = "lectures"

[[addition]]
decision = "cq-annual-cme"
all_of = ["hospital-lectures"]
"#;
    set.add("hospital.toml", hospital).expect("it loads");
    let records = [record("25", "80", "professional", true), record("5", "16", "public", false)].map(|mut record| {
        record["form"] = json!("seminar");
        record
    });
    let facts = set.facts_from_json("cq-annual-cme", &json!({ "practitioner": { "activities": records } }).to_string()).expect("usable facts");
    let question = set.ask("cq-annual-cme", &year(), day("2024-05-01")).expect("a question");
    let told = question.remedies(&facts);
    let changed = question.apply(&facts, told.remedies.first().expect("a remedy")).expect("it can be applied");
    let verdict = question.evaluate(&changed);
    assert_eq!(verdict.status, Status::Met, "{}", told.to_json());
}

/// A physician of this institution with these attachments, of an intermediate title since then.
fn physician(institution: &Json, appointed_on: &str, attachments: &Json) -> Json {
    json!({ "practitioner": {
        "profession": "doctor", "title_grade": "intermediate", "title_appointed_on": appointed_on, "certificates": [], "attachments": attachments,
        "institution": institution
    } })
}

/// A full-time stay in the province with its certificate.
fn stay(first: &str, last: &str, special_technique: bool) -> Json {
    json!({ "starts_on": first, "ends_on": last, "full_time": true, "special_technique": special_technique, "host_scope": "province", "host_renowned": false,
        "certificate_form": "provincial_uniform", "certificate_no": "1" })
}

fn promotion(facts: &Json, applies: &str, as_of: &str) -> (Remedies, Vec<String>) {
    told("sc-promotion-certificate", facts, &applied_on(applies), as_of)
}

/// The last day of each alternative, and of each blocked provision why and since when.
type Told = (Vec<Option<Day>>, Vec<(medtrain::remedy::BlockedReason, Option<Day>)>);

fn in_short(told: &Remedies) -> Told {
    let blocked = told.blocked.iter().map(|blocked| (blocked.reason, blocked.since)).collect();
    (told.remedies.iter().map(|remedy| remedy.by).collect(), blocked)
}

fn too_late(since: &str) -> Vec<(medtrain::remedy::BlockedReason, Option<Day>)> {
    vec![(medtrain::remedy::BlockedReason::TooLate, Some(day(since)))]
}

#[test]
fn where_a_month_abroad_asks_less_it_is_told_and_only_after_its_last_day_is_it_too_late() {
    // Three months at a renowned institution, or one abroad for a special technique.
    let tertiary = json!({ "level": "tertiary", "tier": "city", "grade": "a", "is_grassroots": false });
    let facts = physician(&tertiary, "2019-03-02", &json!([]));
    for as_of in ["2025-04-02", "2025-06-01"] {
        let (told, words) = promotion(&facts, "2025-06-30", as_of);
        assert!(told.remedies.iter().any(|remedy| remedy.by == Some(day("2025-06-01"))), "{words:?}");
        assert!(words[0].contains("国外") && words[0].contains("为期1个月"), "{words:?}");
    }
    let (both, words) = promotion(&facts, "2025-06-30", "2024-10-01");
    let by = in_short(&both).0;
    assert!(by.contains(&Some(day("2025-04-01"))) && by.contains(&Some(day("2025-06-01"))), "{words:?}");
    let (late, words) = promotion(&facts, "2025-06-30", "2025-06-02");
    // Nor is there time for a stay that would earn the certificate and be of use.
    let no_way = (medtrain::remedy::BlockedReason::NoWayFound, None);
    assert_eq!(in_short(&late), (vec![], [too_late("2025-06-02"), vec![no_way]].concat()), "{words:?}");
}

#[test]
fn a_second_stay_for_a_technique_and_none_that_is_too_short_to_count() {
    let secondary = json!({ "level": "secondary", "tier": "county", "grade": "a", "is_grassroots": false });
    let technique = physician(&secondary, "2019-01-01", &json!([stay("2023-03-01", "2023-05-31", true)]));
    let township = json!({ "level": "primary", "tier": "township", "is_grassroots": true });
    // Of the first, two months lie within the term: a month is short, but a stay of one month does not count.
    let two = json!([stay("2019-01-01", "2019-03-31", false), stay("2023-03-01", "2023-05-31", false)]);
    let at_the_grassroots = physician(&township, "2019-02-01", &two);
    for (facts, last) in [(technique, "2024-07-02"), (at_the_grassroots, "2024-07-02")] {
        let (told, words) = promotion(&facts, "2024-10-01", "2024-06-01");
        assert_eq!(told.remedies.first().and_then(|remedy| remedy.by), Some(day(last)), "{words:?}");
        let (told, words) = promotion(&facts, "2024-10-01", "2024-10-01");
        assert_eq!(in_short(&told), (vec![], too_late("2024-07-03")), "{words:?}");
    }
}

#[test]
fn it_is_too_late_since_the_same_day_whenever_that_is_asked() {
    let secondary = json!({ "level": "secondary", "tier": "county", "grade": "a", "is_grassroots": false });
    // A day short of six months; with three more months it would be two stays, neither of them for a technique.
    let facts = physician(&secondary, "2019-01-01", &json!([stay("2023-08-31", "2024-02-27", false)]));
    for as_of in ["2024-04-03", "2024-07-03", "2024-10-01"] {
        let (told, words) = promotion(&facts, "2024-10-01", as_of);
        assert_eq!(in_short(&told), (vec![], too_late("2024-04-03")), "{as_of}: {words:?}");
    }
}

#[test]
fn a_stay_that_goes_on_can_last_longer_and_is_never_cut_short() {
    let trainee = |tier: &str, attachment: &Json| json!({ "trainee": { "institution": { "tier": tier }, "attachment": attachment } });
    let mut attachment =
        json!({ "starts_on": "2025-01-01", "ends_on": "2025-02-28", "result": "pass", "diseases_mastered": 40, "tcm_techniques": 6 });
    let (told, words) = told("zj-completion", &trainee("township", &attachment), &Given::new(), "2025-02-10");
    assert_eq!((told.remedies[0].by, told.remedies[0].from), (Some(day("2025-02-28")), Some(day("2025-03-31"))), "{words:?}");
    assert_eq!(words[0], "办法：「进修结束日期」须不早于2025-03-31，截止2025-02-28（还有18天）；最早自2025-03-31起达标");
    // Once it has ended, it lasts no longer: that could have been seen to until then.
    attachment["ends_on"] = json!("2025-02-09");
    let (told, words) = self::told("zj-completion", &trainee("township", &attachment), &Given::new(), "2025-02-10");
    assert_eq!((told.remedies.len(), told.blocked[0].reason), (0, medtrain::remedy::BlockedReason::TooLate), "{words:?}");
    assert_eq!(told.blocked[0].since, Some(day("2025-02-10")));
    // A certificate that an application would need is not had by ending a stay before it is long enough.
    let secondary = json!({ "level": "secondary", "tier": "county", "grade": "a", "is_grassroots": false });
    let facts = physician(&secondary, "2019-01-01", &json!([stay("2024-03-01", "2024-08-31", false)]));
    let (told, words) = promotion(&facts, "2024-08-30", "2024-05-10");
    assert!(told.remedies.is_empty(), "{words:?}");
}

#[test]
fn a_stay_that_ends_after_its_plan_is_judged_on_by_it() {
    let attachment = json!({ "starts_on": "2026-11-01", "ends_on": "2027-01-31", "diseases_mastered": 0, "tcm_techniques": 0, "none": ["result"] });
    let facts = json!({ "trainee": { "institution": { "tier": "township" }, "attachment": attachment } });
    let (told, words) = told("zj-completion", &facts, &Given::new(), "2026-11-20");
    assert_eq!(told.remedies.first().and_then(|remedy| remedy.from), Some(day("2027-01-31")), "{words:?}");
    // What is asked within the plan alone is not waited out: nobody is eligible because the plan is over.
    let nobody = json!({ "practitioner": { "birth_date": "1980-01-01", "institution": { "tier": "county" } } });
    let (told, words) = self::told("zj-eligibility", &nobody, &Given::new().with("applied_on", day("2026-12-31")), "2026-12-31");
    assert!(told.remedies.iter().all(|remedy| remedy.from.is_none()), "{words:?}");
}

#[test]
fn what_a_stay_that_is_there_still_earns_comes_before_a_new_one() {
    let tertiary = json!({ "level": "tertiary", "tier": "city", "grade": "a", "is_grassroots": false });
    let elsewhere = |starts_on: &str, ends_on: Option<&str>| {
        let mut stay = stay(starts_on, "2024-06-30", false);
        stay["host_scope"] = json!("out_of_province");
        stay["host_renowned"] = json!(false);
        let stay = stay.as_object_mut().expect("a stay");
        stay.retain(|name, _| !["ends_on", "certificate_no", "certificate_form"].contains(&name.as_str()));
        stay.extend(ends_on.map(|last| ("ends_on".to_owned(), json!(last))));
        stay.insert("none".to_owned(), json!(["certificate_no", "certificate_form"]));
        json!([stay])
    };
    let other = |facts: &Json, as_of: &str, applies: &str| told("sc-other-training", facts, &applied_on(applies), as_of);
    // Three months outside the province, of which the certificate comes at the end.
    let (told, words) = other(&physician(&tertiary, "2019-03-01", &elsewhere("2024-04-01", Some("2024-06-30"))), "2024-06-01", "2024-07-15");
    assert_eq!(told.remedies[0].from, Some(day("2024-06-30")), "{words:?}");
    assert!(matches!(&told.remedies[0].steps[..], [Step::SetFact { path, .. }] if path.ends_with("[0].certificate_no")), "{words:?}");
    // The other provision of which one is asked is not met by it.
    assert!(told.remedies.iter().flat_map(|remedy| &remedy.steps).all(|step| match step {
        Step::AddRecord { closes, .. } | Step::SetFact { closes, .. } | Step::Wait { closes, .. } =>
            closes.iter().all(|closed| closed.provision == "sc-deemed-elsewhere"),
    }));
    // Nothing done, and seven weeks: a month abroad for a technique is asked of them too.
    let (told, words) = other(&physician(&tertiary, "2019-03-01", &json!([])), "2024-05-10", "2024-07-01");
    assert_eq!(told.remedies[0].by, Some(day("2024-06-02")), "{words:?}");
    // One that goes on without an end has to end.
    let secondary = json!({ "level": "secondary", "tier": "county", "grade": "a", "is_grassroots": false });
    let (told, words) = other(&physician(&secondary, "2019-03-01", &elsewhere("2023-12-01", None)), "2024-06-01", "2024-07-15");
    assert_eq!(told.remedies[0].steps.len(), 2, "{words:?}");
    // Not before it begins.
    let village = json!({ "trainee": { "institution": { "tier": "village" }, "attachment": {
        "starts_on": "2024-06-01", "diseases_mastered": 20, "tcm_techniques": 4, "theory_score": "80", "practice_score": "80", "none": ["result"] } } });
    let (told, words) = self::told("zj-completion", &village, &Given::new(), "2024-05-20");
    assert!(words.iter().all(|words| !words.contains("2024-05-20")), "{words:?}");
    assert!(told.remedies.iter().all(|remedy| remedy.from >= Some(day("2024-06-01"))), "{words:?}");
}

#[test]
fn stays_that_touch_are_lengthened_by_what_they_lack_together() {
    let secondary = json!({ "level": "secondary", "tier": "county", "grade": "a", "is_grassroots": false });
    let both = json!([stay("2024-01-01", "2024-03-31", false), stay("2024-04-01", "2024-05-31", false)]);
    let (told, words) = promotion(&physician(&secondary, "2019-01-01", &both), "2024-12-01", "2024-05-10");
    assert!(words[0].contains("2024-06-30"), "{words:?}");
    assert!(told.remedies.iter().flat_map(|remedy| &remedy.steps).all(|step| !matches!(step, Step::SetFact { value, .. } if value == "2024-09-30")));
}

#[test]
fn a_stay_may_begin_on_the_last_days_of_a_long_month() {
    let secondary = json!({ "level": "secondary", "tier": "county", "grade": "a", "is_grassroots": false });
    let facts = physician(&secondary, "2019-01-01", &json!([]));
    // Six months from 31 August end on 27 February, as from 28 August.
    for (as_of, applies) in [("2024-08-01", "2025-02-27"), ("2024-08-29", "2025-02-27"), ("2024-08-31", "2025-02-27")] {
        let (told, words) = promotion(&facts, applies, as_of);
        assert_eq!(told.remedies.first().and_then(|remedy| remedy.by), Some(day("2024-08-31")), "{as_of}: {words:?}");
    }
    let (told, words) = promotion(&facts, "2025-02-27", "2024-09-01");
    assert_eq!(told.blocked.first().and_then(|blocked| blocked.since), Some(day("2024-09-01")), "{words:?}");
}

#[test]
fn what_a_stay_that_goes_on_earns_is_had_at_its_end() {
    let secondary = json!({ "level": "secondary", "tier": "county", "grade": "a", "is_grassroots": false });
    let goes_on = |ends_on: Option<&str>| {
        let mut attachment =
            json!({ "starts_on": "2024-03-01", "full_time": true, "special_technique": false, "host_scope": "province", "none": ["certificate_no"] });
        if let Some(last) = ends_on {
            attachment["ends_on"] = json!(last);
        }
        physician(&secondary, "2019-01-01", &json!([attachment]))
    };
    let set = PolicySet::builtin().expect("the built-in policies load");
    for (ends_on, applies) in [(Some("2024-08-31"), "2024-10-01"), (None, "2024-10-01"), (None, "2025-06-01")] {
        let json = goes_on(ends_on);
        let (told, words) = promotion(&json, applies, "2024-05-10");
        let remedy = told.remedies.first().unwrap_or_else(|| unreachable!("{words:?}"));
        assert_eq!(remedy.from, Some(day("2024-08-31")), "{words:?}");
        assert!(words[0].contains("期满后取得「进修经历第1条的证书制式」：全省统一制式或电子结业证书"), "{words:?}");
        let facts = set.facts_from_json("sc-promotion-certificate", &json.to_string()).expect("usable facts");
        let question = set.ask("sc-promotion-certificate", &applied_on(applies), day("2024-05-10")).expect("a question");
        let changed = question.apply(&facts, remedy).expect("its own facts");
        let then = set.evaluate("sc-promotion-certificate", &changed, &applied_on(applies), day("2024-08-31")).expect("the same question");
        assert_eq!(then.status, Status::Met);
        let changed = serde_json::to_value(&changed).expect("JSON");
        assert_eq!(changed["practitioner"]["attachments"][0]["ends_on"], json!("2024-08-31"));
    }
}

#[test]
fn one_more_stay_outside_the_province_with_its_certificate_counts_as_well() {
    // The stay was long enough, and its host's own certificate is not the province's.
    let mut done = stay("2023-03-01", "2023-08-31", false);
    done["certificate_form"] = json!("host");
    let secondary = json!({ "level": "secondary", "tier": "county", "grade": "a", "is_grassroots": false });
    let (told, words) = promotion(&physician(&secondary, "2019-01-01", &json!([done])), "2025-10-01", "2024-10-01");
    let short: Vec<_> = told.remedies.iter().map(|remedy| (remedy.steps.len(), remedy.by)).collect();
    assert_eq!(short, [(1, Some(day("2025-09-30"))), (1, Some(day("2025-04-02")))], "{words:?}");
    assert!(words[0].contains("全省统一制式或电子结业证书"), "{words:?}");
    assert!(words[1].contains("省外或国外") && words[1].contains("为期6个月") && words[1].contains("结业证书编号"), "{words:?}");
}

#[test]
fn what_was_counted_by_the_day_of_a_target_is_not_raised_afterwards() {
    let facts = json!({ "programme": { "persons_trained": 9999, "tiers": [
        { "tier": "county", "person_times": 5000, "zone_person_times": 900, "institutions": 200, "institutions_covered": 200 },
        { "tier": "township", "person_times": 3000, "zone_person_times": 500, "institutions": 1500, "institutions_covered": 1500 },
        { "tier": "village", "person_times": 3000, "institutions": 9000, "institutions_covered": 9000 },
    ] } });
    let (told, words) = told("zj-programme", &facts, &Given::new(), "2027-01-01");
    assert_eq!(in_short(&told), (vec![], too_late("2027-01-01")), "{words:?}");
}

#[test]
fn a_stay_that_has_not_begun_can_be_had_elsewhere() {
    let facts = |starts_on: &str| {
        json!({ "trainee": { "profession": "doctor", "institution": { "tier": "county" }, "attachment": {
            "starts_on": starts_on, "host_institution": { "tier": "county" }, "host_relation": "none", "host_renowned": false, "host_scope": "province"
        } } })
    };
    let (told_before, words) = told("sc-sending", &facts("2024-09-01"), &Given::new(), "2024-03-10");
    assert_eq!(words[0], "办法：须改到机构层级为市级或省级或国家级的接收单位进修", "{told_before:?}");
    let (told_after, _) = told("sc-sending", &facts("2024-03-01"), &Given::new(), "2024-03-10");
    assert_eq!((told_after.remedies.len(), told_after.blocked.len()), (0, 1), "{told_after:?}");
}

#[test]
fn a_termination_is_filed_and_any_of_three_hosts_is_named() {
    let facts =
        json!({ "practitioner": { "application": { "intended_host": "广西人民医院", "applied_on": "2025-05-01", "recommended_on": "2025-05-10" } } });
    let (_, words) = told("gx-application", &facts, &Given::new(), "2025-06-02");
    assert!(words[0].contains("中山大学附属第一医院广西医院或中南大学湘雅二医院桂林医院或广州市妇女儿童医疗中心柳州医院"), "{words:?}");
    let set = PolicySet::builtin().expect("the built-in policies load");
    let facts = json!({ "base": { "residents": [{ "status": "terminated", "extra": { "termination_filed": false } }] } });
    let facts = set.facts_from_json("sd-base", &facts.to_string()).expect("usable facts");
    let blocked = set.remedies("sd-base", &facts, &Given::new(), day("2022-06-01")).expect("a question").blocked;
    assert!(blocked.iter().all(|blocked| blocked.provision != "sd-termination-filing"), "{blocked:?}");
}

#[test]
fn a_remedy_says_met_only_where_the_verdict_will() {
    // Whether somebody of intermediate title has to teach at all depends on what nobody told us.
    let facts = json!({ "practitioner": { "title_grade": "intermediate", "institution": { "level": "tertiary", "tier": "county" }, "teachings": [], "activities": [] } });
    let (told, words) = told("cq-senior-duties", &facts, &year(), "2024-12-15");
    assert_eq!(told.remedies.iter().map(|remedy| remedy.gives).collect::<Vec<_>>(), [Status::Unknown], "{words:?}");
    assert!(told.blocked.is_empty() && words[0].ends_with("是否全部达标仍须补充资料"), "{words:?}");
}

#[test]
fn where_a_fact_is_missing_less_may_do() {
    let duties = |units: Json| {
        let mut own: serde_json::Map<String, Json> = [
            "has_attachment_management_body",
            "has_attachment_expert_groups",
            "expert_groups_by_level_and_speciality",
            "expert_groups_supervise_bases",
            "follows_up_employment",
            "follows_up_techniques",
            "office_staff_budgeted",
            "office_work_budgeted",
        ]
        .iter()
        .map(|what| ((*what).to_owned(), json!(true)))
        .collect();
        if !units.is_null() {
            own.insert("follows_up_disciplines".to_owned(), units);
        }
        told("sc-region-duties", &json!({ "region": { "extra": own } }), &Given::new(), "2024-12-31").1
    };
    assert_eq!(duties(Json::Null)[0], "办法：须落实「了解学科建设成效」；补齐所缺资料后或可减免");
    assert_eq!(duties(json!(false))[0], "办法：须落实「了解学科建设成效」");
}

#[test]
fn a_day_counted_from_another_that_stays_is_too_late() {
    let facts = json!({ "project": { "activity_level": "municipal", "place_code": "500105", "organiser_scope": "local", "starts_on": "2024-05-20",
        "ends_on": "2024-05-22", "fee": "0", "none": ["published_on"] } });
    let (told, words) = told("cq-project", &facts, &Given::new(), "2024-05-14");
    assert_eq!(in_short(&told), (vec![], too_late("2024-05-14")), "{words:?}");
}

#[test]
fn what_is_in_ones_power_and_not_inverted_is_not_said_to_be_in_nobodys() {
    // The residents of a shortage speciality receive less than others: more can be paid.
    let month = |speciality: &str, paid: &str| {
        json!({ "payee": "resident", "month": "2022-03", "standard": "3000", "paid": paid, "due_on": "2022-03-31", "paid_on": "2022-03-31",
            "speciality": speciality, "shortage": false })
    };
    let facts = json!({ "base": { "subsidies": [month("外科", "3500"), month("儿科", "3400")] } });
    let (told, words) = told("sd-subsidy", &facts, &Given::new(), "2022-04-30");
    assert_eq!(told.blocked[0].reason, medtrain::remedy::BlockedReason::NoWayFound, "{words:?}");
}

/// The first block of a language after some words of a page.
fn block<'t>(text: &'t str, language: &str, after: &str) -> &'t str {
    let rest = &text[text.find(after).expect("the words")..];
    let start = format!("```{language}\n");
    let begin = rest.find(&start).expect("a block") + start.len();
    &rest[begin..begin + rest[begin..].find("```").expect("its end")]
}

#[test]
fn the_page_on_remedies_says_what_is_so() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/remedies.md")).expect("the page");
    let mut set = PolicySet::empty();
    set.add("docs/remedies.md", block(&page, "toml", "## An example")).expect("the policy loads");
    let facts = set.facts_from_json("rem-annual", block(&page, "json", "Someone has")).expect("usable facts");
    for (as_of, after) in [("2024-11-01", "Asked about 2024"), ("2025-01-15", "Asked on 2025")] {
        let expected: Vec<&str> = block(&page, "text", after).lines().collect();
        assert_eq!(sentences(&set, "rem-annual", &facts, &year(), as_of), expected);
    }
}

#[test]
fn a_fact_of_the_policy_that_is_none_stays_so_when_facts_are_written_and_read() {
    let facts = Facts::from_json(r#"{"region": {"none": ["extra.promotion_list_published_on"]}}"#).expect("usable facts");
    let written = serde_json::to_string(&facts).expect("JSON");
    assert_eq!(Facts::from_json(&written).expect("the same facts"), facts);
}
