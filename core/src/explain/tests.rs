//! Sentences as people read them: the patterns that users know, and every case beside them.

use super::*;
use crate::evaluate::{RecordState, Relation, Verdict};
use crate::quantity::Unit;
use crate::render::fixtures::{annual, at_least, day, excluded, finding, label, labels, open, verdict};

fn zh(finding: &Finding) -> String {
    sentence(finding, &labels(), day("2024-09-23"), Lang::Zh)
}

fn headline_zh(verdict: &Verdict) -> String {
    headline(verdict, &labels(), Lang::Zh)
}

#[test]
fn what_is_lacking_is_told_with_its_day() {
    assert_eq!(zh(&at_least("cq-credits", "21.5", "25", Unit::Credit)), "还差学分3.5分，截止2024-10-31（还有38天）");
}

#[test]
fn what_is_there_is_told_with_what_is_asked() {
    assert_eq!(zh(&at_least("cq-credits", "32", "25", Unit::Credit)), "已达标，学分32分（要求25分）");
    assert_eq!(zh(&at_least("cq-credits", "25", "25", Unit::Credit)), "已达标，学分25分（要求25分）");
}

#[test]
fn a_missing_fact_is_named_in_the_words_of_the_vocabulary() {
    let open = open("cq-credits", "20", Some("28"), "25", Unit::Credit, &["practitioner.activities[3].credits"]);
    assert_eq!(zh(&open), "资料不足：缺少学分记录第4条的「学分」，无法判断学分是否达标（现有20至28分，要求25分）");
}

#[test]
fn records_that_lack_the_same_fact_are_told_together() {
    let paths: Vec<String> = [0, 2, 4].map(|index| format!("practitioner.activities[{index}].credits")).to_vec();
    assert_eq!(missing_words(&paths, &labels(), Lang::Zh), ["学分记录第1、3、5条的「学分」"]);
    assert_eq!(missing_words(&paths, &labels(), Lang::En), ["“credits” of credit records 1, 3 and 5"]);
    let many: Vec<String> = (0..12).map(|index| format!("practitioner.activities[{index}].awarded_on")).collect();
    assert_eq!(missing_words(&many, &labels(), Lang::Zh), ["学分记录第1、2、3、4、5条等12条的「授予日期」"]);
    assert_eq!(missing_words(&many, &labels(), Lang::En), ["“granted on” of credit records 1, 2, 3, 4, 5 and 7 more"]);
}

#[test]
fn paths_are_told_in_words() {
    let paths = [
        "practitioner.activities[3].credits",
        "practitioner.activities[3]",
        "practitioner.activities",
        "practitioner.title_grade",
        "practitioner.institution.level",
        "practitioner.attachments[0].host_institution.level",
        "practitioner.extra.teaching_count",
        "practitioner.activities[1].extra.fee",
        "practitioner",
        "given.year",
        "no_such.path",
        "broken[path",
        "practitioner.activities[18446744073709551615].credits",
        "",
    ];
    let told = paths.map(|path| format!("{path}\n  {}\n  {}", path_words(path, &labels(), Lang::Zh), path_words(path, &labels(), Lang::En)));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_gap_with_many_digits_is_rounded_so_that_closing_it_suffices() {
    let third = at_least("cq-subject-ratio", "10.001", "13.3333333333333333333333333", Unit::Hour);
    assert_eq!(zh(&third), "还差公需科目学时3.34个，截止2024-10-31（还有38天）");
}

#[test]
fn a_name_that_ends_in_a_figure_stays_apart_from_the_number() {
    let labels = Labels { provisions: vec![label("ratio", "", ("公需与其他1:5", "ratio 1:5"), "", "")], ..Labels::default() };
    let told = sentence(&at_least("ratio", "3", "4", Unit::Hour), &labels, day("2024-09-23"), Lang::Zh);
    assert_eq!(told, "还差公需与其他1:5 1学时，截止2024-10-31（还有38天）");
}

#[test]
fn one_of_what_a_name_begins_with_is_told_in_the_singular() {
    let name = ("可计入的月数", "months counted in each department");
    let labels = Labels { provisions: vec![label("plan", "", name, "", "")], ..Labels::default() };
    let told = |actual| sentence(&at_least("plan", actual, "3", Unit::Month), &labels, day("2024-09-23"), Lang::En);
    assert_eq!(told("2"), "1 month counted in each department short, due 2024-10-31 (38 days left)");
    assert_eq!(told("1"), "2 months counted in each department short, due 2024-10-31 (38 days left)");
}

#[test]
fn days_are_counted_to_the_day_itself_and_beyond() {
    let due = day("2024-10-31");
    assert_eq!(days_left(due, day("2024-10-30"), Lang::En), " (1 day left)");
    assert_eq!(days_left(due, due, Lang::Zh), "（当日截止）");
    assert_eq!(days_left(due, day("2024-11-15"), Lang::Zh), "（已过15天）");
}

/// Every status, relation and reason, in both languages.
#[test]
fn findings_of_every_kind() {
    let over = |actual: &str| Finding {
        status: Status::Unmet,
        relation: Some(Relation::AtMost),
        shortfall: Some("2".into()),
        unit: Some(Unit::Person),
        due: None,
        ..at_least("mentor-load", actual, "3", Unit::Person)
    };
    let reasoned = |reason| Finding { reason: Some(reason), ..finding("cq-credits", Status::NotApplicable) };
    let mut principle = at_least("cq-subject-ratio", "10", "17.2", Unit::Hour);
    (principle.status, principle.modality, principle.reason) = (Status::Waivable, Modality::Principle, Some(Reason::InPrinciple));
    let mut relaxed = at_least("cq-credits", "20", "25", Unit::Credit);
    (relaxed.status, relaxed.reason, relaxed.relaxation) = (Status::Waivable, Some(Reason::Relaxed), Some("产假".into()));
    let mut strict = at_least("cq-credits", "25", "25", Unit::Credit);
    (strict.status, strict.relation) = (Status::Unmet, Some(Relation::MoreThan));
    let mut equal = at_least("plans", "1", "2", Unit::One);
    equal.relation = Some(Relation::Equal);
    let mut at_best = open("cq-credits", "20", Some("22"), "25", Unit::Credit, &[]);
    at_best.status = Status::Unmet;
    let mut at_least_met = open("cq-credits", "26", None, "25", Unit::Credit, &[]);
    at_least_met.status = Status::Met;
    let in_principle = Finding { due: None, ..principle.clone() };
    let parts = |name: &str| Finding { due: None, ..at_least(name, "1", "3", Unit::Month) };
    let cases = [
        at_least("cq-hours", "68", "80", Unit::Hour),
        at_least("cq-hours", "79", "80", Unit::Hour),
        at_least("cq-hours", "80", "80", Unit::Hour),
        at_least("cq-job-related-credits", "14", "15", Unit::Credit),
        at_least("unlabelled-rule", "1", "2", Unit::Yuan),
        at_least("unlabelled-rule", "1", "2", Unit::Named("分值".into())),
        finding("cq-electronic-credits", Status::Unmet),
        finding("cq-electronic-credits", Status::Met),
        finding("cq-electronic-credits", Status::Unknown),
        over("5"),
        Finding { status: Status::Met, shortfall: Some("0".into()), ..over("3") },
        strict,
        equal,
        at_best,
        at_least_met,
        principle,
        relaxed,
        Finding { deemed_by: Some("cq-hours".into()), ..finding("cq-credits", Status::Met) },
        Finding { value: Some("1200.555".into()), unit: Some(Unit::Yuan), ..finding("cq-fund", Status::NotApplicable) },
        Finding { reason: Some(Reason::NotComputable), ..finding("cq-credits", Status::Unknown) },
        open(
            "cq-credits",
            "20",
            None,
            "25",
            Unit::Credit,
            &["practitioner.activities", "practitioner.title", "practitioner.profession", "practitioner.sex"],
        ),
        Finding { parts: vec![parts("cq-hours"), finding("cq-credits", Status::Met)], ..finding("whole", Status::Unmet) },
        Finding { parts: vec![in_principle, parts("cq-hours")], ..finding("whole", Status::Unmet) },
        reasoned(Reason::NotInForce),
        reasoned(Reason::NotDue),
        reasoned(Reason::OutOfScope),
        reasoned(Reason::Advisory),
        finding("cq-credits", Status::NotApplicable),
    ];
    let mut labels = labels();
    labels.provisions.push(label("mentor-load", "", ("带教人数", "trainees of a mentor"), "", ""));
    let told = cases.map(|case| {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| sentence(&case, &labels, day("2024-09-23"), lang));
        format!("{zh}\n{en}")
    });
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn a_headline_enumerates_what_is_lacking_and_says_the_day_once() {
    let short = verdict(annual("68", "21.5", "15", "20", "16"), vec![]);
    assert_eq!(headline_zh(&short), "不达标：还差12学时、学分3.5分，截止2024-10-31（还有38天）");
    assert_eq!(headline(&short, &labels(), Lang::En), "not met: 12 hours and 3.5 credits short, due 2024-10-31 (38 days left)");
}

#[test]
fn a_headline_tells_days_apart_where_they_differ() {
    let mut findings = annual("68", "21.5", "15", "20", "16");
    findings[1].due = Some(day("2024-09-30"));
    let told = headline_zh(&verdict(findings, vec![]));
    assert_eq!(told, "不达标：还差12学时，截止2024-10-31（还有38天）；还差学分3.5分，截止2024-09-30（还有7天）");
}

#[test]
fn headlines_of_every_status() {
    let mut open_year = annual("96", "25", "16", "16", "16");
    open_year[1] = open("cq-credits", "20", Some("28"), "25", Unit::Credit, &["practitioner.activities[0].credits"]);
    let mut mixed = annual("68", "25", "16", "16", "16");
    mixed.insert(0, finding("cq-electronic-credits", Status::Unmet));
    mixed[0].due = mixed[1].due;
    let verdicts = [
        verdict(annual("96", "25", "15", "16", "16"), vec![]),
        verdict(annual("96", "25", "15", "10", "16"), vec![]),
        verdict(open_year, vec![]),
        verdict(mixed, vec![]),
        verdict(vec![], vec![]),
        Verdict { status: Status::Unmet, ..verdict(vec![], vec![]) },
    ];
    let told = verdicts.map(|v| format!("{}\n{}", headline_zh(&v), headline(&v, &labels(), Lang::En)));
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn records_that_do_not_count_say_why() {
    let mut open = excluded(4, "cq-electronic-credits", "not_electronic", &[]);
    open.state = RecordState::Unknown;
    open.missing = vec!["practitioner.activities[4].electronic".into(), "practitioner.activities[4].place_code".into()];
    let mut twice = excluded(1, "cq-credit-year", "out_of_window", &[("credit_year", "2023"), ("dated_by", "awarded_on"), ("internal", "x")]);
    twice.excluded_by.extend(excluded(1, "cq-electronic-credits", "", &[]).excluded_by);
    let lines = [
        excluded(0, "cq-credit-year", "counted", &[]),
        twice,
        excluded(2, "cq-outside-national", "no_evidence", &[]),
        excluded(3, "hospital-rule", "own_code", &[]),
        open,
    ];
    let mut told: Vec<String> =
        lines.iter().map(|l| format!("{}\n{}", record_sentence(l, &labels(), Lang::Zh), record_sentence(l, &labels(), Lang::En))).collect();
    let counted = crate::evaluate::RecordLine { state: RecordState::Counted, ..excluded(5, "cq-credit-year", "counted", &[]) };
    told.push(record_sentence(&counted, &labels(), Lang::Zh));
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn a_value_of_any_type_is_told_in_words() {
    let words = |value: &str, lang| amount::value_words(value, None, &labels(), lang);
    assert_eq!([words("true", Lang::Zh), words("false", Lang::En)], ["是", "no"]);
    assert_eq!(words(r#"["甲", "乙"]"#, Lang::Zh), "甲、乙");
    assert_eq!(words("[3, 0.3333]", Lang::En), "3, 0.33");
    assert_eq!(words("[]", Lang::Zh), "无");
    assert_eq!(words("[2024-03-01..2024-08-31]", Lang::Zh), "[2024-03-01..2024-08-31]");
    assert_eq!(words("senior", Lang::En), "senior");
    let exact = |value: &str| amount::exact_words(value, None, &labels(), Lang::En);
    assert_eq!([exact("149999.985"), exact("[3, 0.3333]"), exact("true")], ["149999.985", "3, 0.3333", "yes"]);
    assert_eq!(exact("0.3333333333333333333333333333"), "0.33", "which has no end");
}

/// Everything that people are told of a verdict.
fn everything(verdict: &Verdict, labels: &Labels, lang: Lang) -> Vec<String> {
    let mut told = vec![headline(verdict, labels, lang)];
    for finding in &verdict.findings {
        told.push(sentence(finding, labels, verdict.as_of, lang));
        told.extend(details_words(finding, labels, lang));
    }
    told.extend(verdict.consequences.iter().map(|consequence| consequence_sentence(consequence, labels, lang)));
    told.extend(verdict.advice.iter().map(|advice| advice_sentence(advice, labels, lang)));
    told.extend(verdict.records.iter().map(|line| record_sentence(line, labels, lang)));
    told.extend(missing_words(&verdict.missing, labels, lang));
    told
}

/// Whether a name of a file or of the program stands in a Chinese text.
fn has_internal_name(told: &str) -> bool {
    told.split(|c: char| !c.is_ascii_lowercase() && c != '_').any(|word| word.len() > 2)
}

#[test]
fn no_example_of_a_built_in_policy_is_told_with_an_internal_name() {
    let set = crate::policy::PolicySet::builtin().expect("the built-in policies load");
    let mut wrong: Vec<String> = Vec::new();
    for policy in set.policies() {
        let labels = policy.labels();
        for verdict in policy.verdicts_of_examples() {
            let told = everything(&verdict, &labels, Lang::Zh);
            wrong.extend(told.into_iter().filter(|told| has_internal_name(told)).map(|told| format!("{}: {told}", verdict.decision)));
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_figure_that_is_still_open_is_not_what_fails() {
    let fails = |low: &str, high: Option<&str>| {
        let open = open("cq-credits", low, high, "25", Unit::Credit, &[]);
        zh(&Finding { status: Status::Unmet, possible: vec![Status::Unmet], due: None, ..open })
    };
    assert_eq!(fails("0", None), "不符合「学分」", "something else fails");
    assert_eq!(fails("0", Some("24")), "不符合「学分」：现有0至24分，要求25分", "however it turns out, it is not enough");
}

#[test]
fn missing_facts_are_asked_for_by_what_they_are() {
    let set = crate::policy::PolicySet::builtin().expect("the built-in policies");
    let given = crate::evaluate::Given::new().with("year", 2024);
    let question = set.ask("cq-annual-cme", &given, day("2024-09-23")).expect("a question");
    let paths = [
        "practitioner.activities[1].credits",
        "practitioner.activities[4].credits",
        "practitioner.activities[1].electronic",
        "practitioner.activities[1].awarded_on",
        "practitioner.title_grade",
        "practitioner.activities",
        "practitioner.extra.cme_leave_days",
        "no_such.path",
    ];
    let paths = paths.map(str::to_owned);
    assert_eq!(
        questions(&paths, &question, Lang::Zh),
        [
            "学分记录第2、5条的「学分」各是多少？",
            "学分记录第2条的「电子学分」：是还是否？",
            "学分记录第2条的「授予日期」是哪一天？",
            "「职称级别」是什么？",
            "「学分记录」有哪些？（没有也请说明）",
            "「继续医学教育假天数」是多少？",
            "no_such的「path」是什么？",
        ]
    );
    assert_eq!(questions(&paths[..3], &question, Lang::En)[0], "“credits” of credit records 2 and 5: how much?");
    assert_eq!(question_groups(&paths[..3]).len(), 2);
}

#[test]
fn a_record_that_does_not_count_is_told_with_what_helps_where_something_does() {
    let fix = |code: &str| record_fix(&excluded(1, "cq-credit-year", code, &[]), Lang::Zh);
    assert_eq!(fix("rejected").as_deref(), Some("按审核意见补正后重新申报"));
    assert_eq!(fix("out_of_window"), None);
    let mut both = excluded(1, "cq-credit-year", "rejected", &[]);
    both.excluded_by.extend(excluded(1, "cq-credit-year", "out_of_window", &[]).excluded_by);
    assert_eq!(record_fix(&both, Lang::Zh), None, "one reason that nothing helps against is enough");
    both.state = RecordState::Counted;
    assert_eq!(record_fix(&both, Lang::Zh), None);
}

#[test]
fn english_says_the_day_of_what_happened_on_it_and_what_has_no_unit_by_its_name() {
    let set = crate::policy::PolicySet::builtin().expect("the built-in policies");
    let told = |decision: &str, facts: &str, given: &[(&str, &str)]| -> Vec<String> {
        let facts = set.facts_from_json(decision, facts).expect("facts");
        let given = given.iter().fold(crate::evaluate::Given::new(), |given, (name, value)| match value.parse::<i64>() {
            Ok(whole) => given.with(*name, whole),
            Err(_) => given.with(*name, day(value)),
        });
        let question = set.ask(decision, &given, day("2024-11-20")).expect("a question");
        let verdict = question.evaluate(&facts);
        verdict.findings.iter().map(|finding| sentence(finding, &question.labels(), day("2024-11-20"), Lang::En)).collect()
    };
    let project = |day: &str| {
        format!(r#"{{"project": {{"activity_level": "national", "place_code": "500103", "starts_on": "2024-05-20", "published_on": "{day}"}}}}"#)
    };
    assert_eq!(told("cq-project", &project("2024-05-13"), &[])[0], "met: published on 2024-05-13 (no later than 2024-05-13 required)");
    let late = &told("cq-project", &project("2024-05-14"), &[])[0];
    assert!(late.starts_with("announcement of a project: published on 2024-05-14, no later than 2024-05-13 required"), "{late}");
    let old = r#"{"practitioner": {"birth_date": "1973-06-10", "status": "in_service", "institution": {"tier": "county"}}}"#;
    let age = &told("zj-eligibility", old, &[("applied_on", "2024-11-20")])[0];
    assert!(age.contains("age at the application: 51, at most 50 allowed"), "{age}");
    let fund = r#"{"institution": {"fund": {"year": 2024, "payroll_total": "1000000", "accrued": "14000"}}}"#;
    let short = &told("cq-fund", fund, &[("year", "2024")])[0];
    assert!(short.starts_with("CME fund: 1000 yuan short"), "{short}");
}

#[test]
fn everything_that_fails_in_a_provision_is_told() {
    let set = crate::policy::PolicySet::builtin().expect("the built-in policies");
    let told = |facts: &str, lang: Lang| {
        let facts = set.facts_from_json("sd-resident", facts).expect("facts");
        let question = set.ask("sd-resident", &crate::evaluate::Given::new(), day("2022-06-30")).expect("a question");
        let verdict = question.evaluate(&facts);
        let contract = verdict.findings.iter().find(|finding| finding.provision == "sd-contract").expect("the contract");
        sentence(contract, &question.labels(), day("2022-06-30"), lang)
    };
    let paid_too_little = |rest: &str| {
        format!(r#"{{"trainee": {{"residency": {{"trainee_type": "open", "living_subsidy": "4000", "comparable_pay": "5000", {rest}}}}}}}"#)
    };
    let all = paid_too_little(r#""contract_signed": false, "contract_ends_on": null, "social_insurance_paid": false"#);
    assert_eq!(
        told(&all, Lang::Zh),
        "还差月生活补助1000元；不符合「培训暨劳动合同」：「培训暨劳动合同」不成立，没有合同到期日期，「缴纳社会保险」不成立"
    );
    assert_eq!(
        told(&all, Lang::En),
        "living subsidy a month: 1000 yuan short; contract: “contract signed” not fulfilled, no “contract ends on”, “social insurance paid” not fulfilled"
    );
    let two = paid_too_little(r#""contract_signed": false, "contract_ends_on": "2024-08-31", "social_insurance_paid": false"#);
    assert!(told(&two, Lang::Zh).ends_with("：「培训暨劳动合同」、「缴纳社会保险」不成立"), "the verb once: {}", told(&two, Lang::Zh));
    let one = paid_too_little(r#""contract_signed": true, "contract_ends_on": "2024-08-31", "social_insurance_paid": true"#);
    assert_eq!(told(&one, Lang::Zh), "还差月生活补助1000元", "and nothing else");
    // What nobody told is not said to fail.
    let open = paid_too_little(r#""contract_signed": true, "contract_ends_on": "2024-08-31""#);
    assert_eq!(told(&open, Lang::Zh), "还差月生活补助1000元");
}

#[test]
fn what_is_asked_of_one_day_twice_is_told_once() {
    let set = crate::policy::PolicySet::builtin().expect("the built-in policies");
    let facts = r#"{"institution": {"annual_report_on": null, "extra": {"reports_to_the_municipality": true}}}"#;
    let facts = set.facts_from_json("cq-institution", facts).expect("facts");
    let question = set.ask("cq-institution", &crate::evaluate::Given::new().with("year", 2024), day("2024-12-11")).expect("a question");
    let verdict = question.evaluate(&facts);
    let report = verdict.findings.iter().find(|finding| finding.provision == "cq-annual-report").expect("the report");
    assert_eq!(
        sentence(report, &question.labels(), day("2024-12-11"), Lang::Zh),
        "不符合「年度报告」：年度报告报送日期现无，须不晚于2024-12-10，须不早于2024-12-01，截止2024-12-10（已过1天）"
    );
}

#[test]
fn what_is_counted_in_no_unit_is_named_before_its_number() {
    let set = crate::policy::PolicySet::builtin().expect("the built-in policies");
    let facts =
        r#"{"practitioner": {"title_grade": "senior", "institution": {"level": "tertiary", "tier": "city"}, "activities": [], "teachings": []}}"#;
    let facts = set.facts_from_json("cq-senior-duties", facts).expect("facts");
    let question = set.ask("cq-senior-duties", &crate::evaluate::Given::new().with("year", 2024), day("2024-12-31")).expect("a question");
    let verdict = question.evaluate(&facts);
    assert!(
        headline(&verdict, &question.labels(), Lang::Zh).contains("「授课」还差1；「基层指导带教」还差1，截止2024-12-31（当日截止）"),
        "{verdict:?}"
    );
}

#[test]
fn a_ledger_line_speaks_the_words_of_the_provision_that_excludes_the_record() {
    let paper = excluded(1, "cq-electronic-credits", "class_not_accepted", &[]);
    let says = labels().provision("cq-electronic-credits").expect("a label").zh.trim_end_matches('。').to_owned();
    assert_eq!(record_sentence(&paper, &labels(), Lang::Zh), format!("未计入：该类学分不予认可：{says}（三(十六)）"));
    assert!(record_fix(&paper, Lang::Zh).is_some());
    let window = |provision: &str, lang| record_sentence(&excluded(1, provision, "out_of_window", &[]), &labels(), lang);
    assert_eq!(window("cq-credit-year", Lang::En), "not counted: outside the credit year (三(十六))");
    // Not everybody's window is a credit year.
    assert_eq!(window("of-another-policy", Lang::Zh), "未计入：不在计入时间内（三(十六)）");
}

#[test]
fn what_is_met_is_told_by_what_met_it() {
    let set = crate::policy::PolicySet::builtin().expect("the built-in policies");
    let facts = r#"{"institution": {"fund": {"year": 2024, "payroll_total": "100", "accrued": "1"}, "extra": {"in_cme_scope": true, "donations": "0",
        "has_fund_plan": true, "costs_shared_as_provided": true}}}"#;
    let facts = set.facts_from_json("cq-institution", facts).expect("facts");
    let question = set.ask("cq-institution", &crate::evaluate::Given::new().with("year", 2024), day("2024-11-05")).expect("a question");
    let verdict = question.evaluate(&facts);
    let funding = verdict.findings.iter().find(|finding| finding.provision == "cq-shared-funding").expect("the funding");
    assert_eq!(
        (funding.status, sentence(funding, &question.labels(), day("2024-11-05"), Lang::Zh).as_str()),
        (Status::Met, "已达标：符合「多方投入」")
    );
}

#[test]
fn a_headline_says_what_comes_of_it_where_the_status_does_not() {
    let set = crate::policy::PolicySet::builtin().expect("the built-in policies");
    let told = |decision: &str, facts: &str, as_of: &str| {
        let facts = set.facts_from_json(decision, facts).expect("facts");
        let question = set.ask(decision, &crate::evaluate::Given::new(), day(as_of)).expect("a question");
        headline(&question.evaluate(&facts), &question.labels(), Lang::Zh)
    };
    let assessed = |result: &str| {
        format!(
            r#"{{"trainee": {{"attachment": {{"planned_months": 6, "starts_on": "2024-03-01", "ends_on": "2024-08-31", "result": "{result}", "extra":
            {{"rules_kept": true, "tasks_completed": true, "summary_written": true, "assessment_form_filled": true, "host_opinion_stamped": true,
            "commission_opinion_stamped": true}}}}}}}}"#
        )
    };
    assert_eq!(told("gx-completion", &assessed("fail"), "2024-10-01"), "合格证书与职称计时：条件不具备（考核结果须不低于合格）；其余要求达标");
    assert_eq!(told("gx-completion", &assessed("pass"), "2024-10-01"), "达标");
}

#[test]
fn what_is_not_due_yet_is_told_with_its_last_day() {
    let set = crate::policy::PolicySet::builtin().expect("the built-in policies");
    let facts = r#"{"project": {"activity_level": "national", "place_code": "500103", "organiser_scope": "national_society", "starts_on": "2024-12-31",
        "ends_on": "2025-01-02", "fee": "0", "number_filed": true, "notice_filed": true, "timetable_filed": true, "fees_filed": true, "sponsors_filed": false}}"#;
    let facts = set.facts_from_json("cq-project", facts).expect("facts");
    let question = set.ask("cq-project", &crate::evaluate::Given::new(), day("2024-11-15")).expect("a question");
    let (verdict, labels) = (question.evaluate(&facts), question.labels());
    let said = "尚未到期：来渝项目备案，截止2024-11-30（还有15天）；举办前公布，截止2024-12-24（还有39天）";
    assert_eq!(headline(&verdict, &labels, Lang::Zh), format!("不适用：{said}"));
    let filing = verdict.findings.iter().find(|finding| finding.provision == "cq-outside-organiser-filing").expect("the filing");
    assert_eq!(sentence(filing, &labels, day("2024-11-15"), Lang::Zh), "来渝项目备案：尚未到期，截止2024-11-30（还有15天）");
}
