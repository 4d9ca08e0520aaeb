//! Facts that a policy declares itself, and those of other policies beside it.

use serde_json::json;

use super::*;
use crate::check::check;
use crate::evaluate::{Given, Status};
use crate::quantity::parse_day;

const POLICY: &str = r#"
[policy]
id = "own"
number = "1"
issued = 2024-01-01

[[fact]]
subject = "base"
name = "inspected_on"
type = "date"
absent = "none"
zh = "督导日期"
headers = ["督导时间"]

[[fact]]
subject = "base"
name = "simulators"
type = "integer"
unit = "point"
zh = "模拟设备数"

[[fact]]
subject = "base"
name = "area"
type = "decimal"
zh = "技能中心面积"

[[fact]]
subject = "base"
name = "reformed"
type = "boolean"
zh = "是否整改"

[[fact]]
subject = "base"
name = "colour"
type = "code"
codes = ["red", "yellow", "none"]
ordered = true
zh = "评级"

[[fact]]
subject = "base"
name = "grade_asked"
type = "title_grade"
zh = "要求职称级别"

[[fact]]
subject = "base"
name = "visits"
type = "list of visit"
zh = "督导走访"
en = "visits"

[[fact]]
subject = "visit"
name = "visited_on"
type = "date"
zh = "走访日期"

[[fact]]
subject = "visit"
name = "outcome"
type = "code"
codes = ["good", "bad"]
zh = "走访结论"

[[fact]]
subject = "visit"
name = "remarks"
type = "list of remark"
zh = "走访意见"

[[fact]]
subject = "remark"
name = "about"
type = "text"
zh = "意见事项"

[[fact]]
subject = "remark"
name = "points"
type = "decimal"
zh = "意见扣分"

[[fact]]
subject = "base"
name = "plan"
type = "plan"
zh = "整改方案"

[[fact]]
subject = "plan"
name = "measures"
type = "list of measure"
zh = "整改事项"

[[fact]]
subject = "measure"
name = "what"
type = "text"
zh = "事项名称"

[[fact]]
subject = "measure"
name = "done_on"
type = "date"
zh = "事项完成日期"

[[fact]]
subject = "measure"
name = "measures"
type = "list of measure"
zh = "下级事项"

[[fact]]
subject = "plan"
name = "steps"
type = "integer"
zh = "整改措施数"

[[fact]]
subject = "base"
name = "outcomes"
type = "list of code"
codes = ["good", "bad"]
zh = "历年结论"

[[fact]]
subject = "recruitment"
name = "interviews"
type = "list of interview"
zh = "面试"

[[fact]]
subject = "interview"
name = "held_on"
type = "date"
zh = "面试日期"

[[fact]]
subject = "interview"
name = "panel"
type = "integer"
zh = "面试官数"

[words]
good = { zh = "良好", en = "all is well" }
bad = { zh = "较差", en = "bad" }

[[fact]]
subject = "recruitment"
name = "waiting"
type = "integer"
absent = "none"
zh = "候补人数"

[[provision]]
id = "reformed"
article = "1"
subject = "base"
modality = "shall"
require = 'reformed and simulators >= 3 and colour > "red" and (every r in recruitments satisfies r.waiting > 0)'

[[decision]]
id = "ask"
subject = "base"
all_of = ["reformed"]
"#;

const OTHER: &str = r#"
[policy]
id = "other"
number = "2"
issued = 2024-01-01

[[fact]]
subject = "base"
name = "meals"
type = "list of meal"
zh = "餐次"

[[fact]]
subject = "meal"
name = "eaten_on"
type = "date"
zh = "用餐日期"

[[fact]]
subject = "meal"
name = "guests"
type = "integer"
zh = "用餐人数"

[[fact]]
subject = "base"
name = "canteen"
type = "boolean"
zh = "有无食堂"

[[provision]]
id = "canteen"
article = "1"
subject = "base"
modality = "shall"
require = 'canteen'

[[decision]]
id = "eat"
subject = "base"
all_of = ["canteen"]
"#;

fn policies() -> PolicySet {
    let mut set = PolicySet::empty();
    for (name, text) in [("own.toml", POLICY), ("other.toml", OTHER)] {
        set.add(name, text).expect("a policy");
    }
    set
}

fn day() -> crate::quantity::Day {
    crate::quantity::parse_day("2024-11-15").expect("a day")
}

fn read_for(set: &PolicySet, sheets: &[(&str, &[&[&str]])]) -> Register {
    let asked = Asked::of(set, "ask", day()).unwrap_or_else(|error| unreachable!("{error}"));
    read(&workbook(sheets), "基地.xlsx", &asked, &mut |_| {}).unwrap_or_else(|error| unreachable!("{error}"))
}

const HEADER: &[&str] = &["基地编号", "基地名称", "督导时间", "模拟设备数", "技能中心面积", "是否整改", "评级", "要求职称级别", "有无食堂"];

#[test]
fn facts_of_the_policy_are_read_from_columns_and_those_of_others_left_alone() {
    let set = policies();
    let register = read_for(
        &set,
        &[
            (
                "培训基地",
                &[
                    HEADER,
                    &["B1", "甲医院", "2024年5月6日", "5", "600.5", "是", "Yellow", "副高", "是"],
                    &["B2", "乙医院", "不详", "", "-", "也许", "绿", "", ""],
                ],
            ),
            ("分专业招收", &[&["基地编号", "培训专业", "招收计划", "候补人数"], &["B1", "全科", "20", "2"]]),
        ],
    );
    let extra = |place: usize| serde_json::to_value(&register.subjects.get(place).expect("a base").facts).expect("JSON")["base"]["extra"].clone();
    let expected = json!({ "inspected_on": "2024-05-06", "simulators": 5, "area": "600.5", "reformed": true, "colour": "yellow", "grade_asked": "associate_senior" });
    assert_eq!(extra(0), expected);
    assert_eq!(extra(1), json!(null));
    let unknown = &serde_json::to_value(&register.subjects.get(1).expect("a base").facts).expect("JSON")["base"]["unknown"];
    assert_eq!(unknown, &json!(["extra.inspected_on"]), "不详 is not left out");
    for rule in [&notes::NOT_YES_NO, &notes::NOT_A_CODE, &notes::NOT_KNOWN, &notes::WRITTEN_DATE] {
        assert_eq!(noted(&register, rule).len(), 1, "{}", rule.en);
    }
    assert!(noted(&register, &notes::UNKNOWN_HEADER).is_empty() && noted(&register, &notes::ODD_HEADER).is_empty());
}

#[test]
fn a_decision_reads_them_in_their_types() {
    let set = policies();
    let rows: &[&[&str]] = &[HEADER, &["B1", "甲医院", "", "5", "", "是", "yellow", "", ""], &["B2", "乙医院", "", "2", "", "是", "none", "", ""]];
    let recruitments: &[&[&str]] = &[&["基地编号", "培训专业", "候补人数"], &["B1", "全科", "2"], &["B2", "全科", "2"]];
    let register = read_for(&set, &[("培训基地", rows), ("分专业招收", recruitments)]);
    let (policy, decision) = set.decision("ask").expect("a decision");
    let question = policy.ask(decision, &Given::new(), parse_day("2024-06-30").expect("a day")).expect("a question");
    let checked = check(&question, register, &mut |_, _| {}).expect("bases");
    let statuses: Vec<_> = checked.verdicts().iter().map(|verdict| (verdict.subject_id.as_deref(), verdict.status)).collect();
    assert_eq!(statuses, [(Some("B1"), Status::Met), (Some("B2"), Status::Unmet)]);
}

#[test]
fn free_text_of_a_policy_may_be_about_somebody_and_is_not_shown() {
    let mut set = PolicySet::empty();
    let policy = OTHER.replace("type = \"boolean\"", "type = \"text\"").replace("require = 'canteen'", "require = 'canteen != null'");
    set.add("other.toml", &policy).expect("a policy");
    let asked = Asked::of(&set, "eat", day()).expect("a decision");
    let bytes = workbook(&[("培训基地", &[&["基地编号", "基地名称", "有无食堂"], &["B1", "甲医院", "张\u{200b}三负责"]])]);
    let register = read(&bytes, "基地.xlsx", &asked, &mut |_| {}).expect("a register");
    assert!(register.problems.iter().all(|note| note.before.is_none() && note.after.is_none()), "{:?}", register.problems);
}

const BASES: &[&[&str]] = &[&["基地编号", "基地名称"], &["B1", "甲医院"], &["B2", "乙医院"]];

fn extra(register: &Register, place: usize) -> serde_json::Value {
    serde_json::to_value(&register.subjects.get(place).expect("a base").facts).expect("JSON")["base"]["extra"].clone()
}

#[test]
fn records_of_a_kind_of_the_policys_own_have_a_sheet() {
    let set = policies();
    let visits: &[&[&str]] = &[&["基地编号", "走访日期", "走访结论"], &["B1", "2024-03-05", "良好"], &["B1", "2024.6.7", "BAD"], &["B1", "", "一般"]];
    let register = read_for(&set, &[("培训基地", BASES), ("督导走访", visits)]);
    let expected = json!([{ "visited_on": "2024-03-05", "outcome": "good" }, { "visited_on": "2024-06-07", "outcome": "bad" }, {}]);
    assert_eq!(extra(&register, 0), json!({ "visits": expected }));
    assert_eq!(extra(&register, 1), json!({ "visits": [] }), "a base without a row has none");
    assert_eq!(register.subjects.first().expect("a base").places("extra.visits"), ["督导走访!2", "督导走访!3", "督导走访!4"]);
    assert_eq!(noted(&register, &notes::NOT_A_CODE).len(), 1);
    let about: Vec<_> = register.sheets.iter().map(|sheet| (sheet.entity.as_deref(), sheet.zh.as_deref())).collect();
    assert_eq!(about, [(Some("base"), Some("培训基地")), (Some("visit"), Some("督导走访"))]);
    assert_eq!(extra(&read_for(&set, &[("培训基地", BASES)]), 0), json!(null), "without the sheet nothing is known of them");
}

#[test]
fn an_own_record_that_may_be_anothers_decides_nothing() {
    let set = policies();
    let bases: &[&[&str]] = &[&["基地编号", "基地名称"], &["B1", "甲医院"], &["B2", "甲医院"]];
    let register = read_for(&set, &[("培训基地", bases), ("督导走访", &[&["基地名称", "走访日期", "走访结论"], &["甲医院", "2024-03-05", "良好"]])]);
    assert_eq!([extra(&register, 0), extra(&register, 1)], [json!({ "visits": [{}] }), json!({ "visits": [{}] })]);
}

#[test]
fn a_single_record_of_the_policys_own_has_a_sheet_with_a_row_for_each_subject() {
    let set = policies();
    let plans: &[&[&str]] = &[&["基地编号", "整改措施数"], &["B1", "3"]];
    let register = read_for(&set, &[("培训基地", BASES), ("整改方案", plans)]);
    assert_eq!([extra(&register, 0), extra(&register, 1)], [json!({ "plan": { "steps": 3 } }), json!(null)]);
    let twice: &[&[&str]] = &[&["基地编号", "整改措施数"], &["B1", "3"], &["B1", "4"]];
    let register = read_for(&set, &[("培训基地", BASES), ("整改方案", twice)]);
    assert_eq!(extra(&register, 0), json!(null), "which of two holds cannot be told");
    assert_eq!(noted(&register, &notes::SEVERAL_FOR_ONE).len(), 1);
}

#[test]
fn own_records_of_a_record_are_joined_by_what_their_rows_say_of_it() {
    let set = policies();
    let recruitments: &[&[&str]] = &[&["基地编号", "培训专业", "候补人数"], &["B1", "全科", "2"], &["B1", "儿科", "1"]];
    let interviews: &[&[&str]] = &[&["基地编号", "培训专业", "面试日期", "面试官数"], &["B1", "儿科", "2024-05-06", "3"]];
    let register = read_for(&set, &[("培训基地", BASES), ("分专业招收", recruitments), ("面试", interviews)]);
    let base = serde_json::to_value(&register.subjects.first().expect("a base").facts).expect("JSON")["base"].clone();
    let of = |place: usize| base["recruitments"][place]["extra"]["interviews"].clone();
    assert_eq!([of(0), of(1)], [json!([]), json!([{ "held_on": "2024-05-06", "panel": 3 }])]);
}

#[test]
fn a_cell_holds_several_codes() {
    let set = policies();
    let rows: &[&[&str]] = &[&["基地编号", "基地名称", "历年结论"], &["B1", "甲医院", "良好、bad；all is well"], &["B2", "乙医院", "良好、一般"]];
    let register = read_for(&set, &[("培训基地", rows)]);
    assert_eq!([extra(&register, 0), extra(&register, 1)], [json!({ "outcomes": ["good", "bad", "good"] }), json!(null)]);
    assert_eq!(noted(&register, &notes::NOT_A_CODE).len(), 1);
}

#[test]
fn records_of_another_policys_kind_are_left_alone() {
    let set = policies();
    let meals: &[&[&str]] = &[&["基地编号", "基地名称", "用餐日期", "用餐人数"], &["B1", "甲医院", "2024-03-05", "3"]];
    let register = read_for(&set, &[("培训基地", BASES), ("餐次", meals)]);
    assert_eq!(register.subjects.len(), 2);
    assert_eq!(register.sheets.iter().map(|sheet| sheet.entity.as_deref()).collect::<Vec<_>>(), [Some("base"), Some("meal")]);
    assert!(register.problems.is_empty(), "{:?}", register.problems);
}

#[test]
fn of_a_record_that_may_be_anothers_no_own_fact_is_none() {
    let set = policies();
    let bases: &[&[&str]] = &[&["基地编号", "基地名称"], &["B1", "甲医院"], &["B2", "甲医院"]];
    let register = read_for(&set, &[("培训基地", bases), ("分专业招收", &[&["基地名称", "培训专业", "招收计划"], &["甲医院", "全科", "3"]])]);
    let base = serde_json::to_value(&register.subjects.first().expect("a base").facts).expect("JSON")["base"].clone();
    assert!(base["recruitments"][0]["unknown"].as_array().is_some_and(|names| names.contains(&json!("extra.waiting"))), "{base}");
}

#[test]
fn a_list_inside_an_own_record_has_a_sheet_and_is_joined_by_what_its_rows_say_of_the_record() {
    let set = policies();
    let visits: &[&[&str]] =
        &[&["基地编号", "走访日期", "走访结论"], &["B1", "2024-03-05", "良好"], &["B1", "2024-06-07", "较差"], &["B2", "2024-03-05", "良好"]];
    let remarks: &[&[&str]] = &[
        &["基地编号", "走访日期", "意见事项", "意见扣分"],
        &["B1", "2024-06-07", "病历", "1.5"],
        &["B1", "2024.6.7", "带教", "2"],
        &["B2", "", "带教", "3"],
        &["B1", "2024-09-09", "带教", "4"],
    ];
    let register = read_for(&set, &[("培训基地", BASES), ("督导走访", visits), ("走访意见", remarks)]);
    let of = |base: usize, visit: usize| extra(&register, base)["visits"][visit]["remarks"].clone();
    assert_eq!(of(0, 0), json!([]));
    assert_eq!(of(0, 1), json!([{ "about": "病历", "points": "1.5" }, { "about": "带教", "points": 2 }]));
    assert_eq!(of(1, 0), json!([{ "about": "带教", "points": 3 }]), "the only visit of the base");
    assert_eq!(noted(&register, &notes::NO_OWNER_RECORD).first().map(|note| note.places.clone()), Some(vec!["走访意见!5".to_owned()]));
    let base = register.subjects.first().expect("a base");
    assert_eq!(base.places("extra.visits[1].extra.remarks"), ["走访意见!2", "走访意见!3"]);
}

#[test]
fn of_two_own_records_that_a_row_may_belong_to_each_has_it_undecided() {
    let set = policies();
    let visits: &[&[&str]] = &[&["基地编号", "走访日期", "走访结论"], &["B1", "2024-03-05", "良好"], &["B1", "2024-06-07", "较差"]];
    let remarks: &[&[&str]] = &[&["基地编号", "意见事项", "意见扣分"], &["B1", "病历", "1.5"]];
    let register = read_for(&set, &[("培训基地", BASES), ("督导走访", visits), ("走访意见", remarks)]);
    let visits = extra(&register, 0)["visits"].clone();
    assert_eq!([visits[0]["remarks"].clone(), visits[1]["remarks"].clone()], [json!([{}]), json!([{}])]);
    assert_eq!(noted(&register, &notes::OWNER_OPEN).len(), 1);
}

#[test]
fn a_list_inside_a_single_own_record_belongs_to_it() {
    let set = policies();
    let plans: &[&[&str]] = &[&["基地编号", "整改措施数"], &["B1", "2"], &["B2", "0"]];
    let measures: &[&[&str]] = &[&["基地编号", "事项名称", "事项完成日期"], &["B1", "培训", "2024-03-05"]];
    let register = read_for(&set, &[("培训基地", BASES), ("整改方案", plans), ("整改事项", measures)]);
    assert_eq!(extra(&register, 0), json!({ "plan": { "steps": 2, "measures": [{ "what": "培训", "done_on": "2024-03-05" }] } }));
    assert_eq!(extra(&register, 1), json!({ "plan": { "steps": 0, "measures": [] } }));
}

#[test]
fn a_record_says_when_it_was_recorded_and_one_recorded_later_is_set_aside() {
    let set = policies();
    let bases: &[&[&str]] = &[&["基地编号", "基地名称", "记录日期"], &["B1", "甲医院", "2024-01-02"], &["B2", "乙医院", "2024-07-01"]];
    let visits: &[&[&str]] = &[
        &["基地编号", "走访日期", "走访结论", "登记时间"],
        &["B1", "2024-03-05", "良好", "2024-03-06"],
        &["B1", "2024-06-07", "较差", "2024/7/1"],
        &["B1", "2024-06-08", "较差", "不详"],
        &["B1", "2024-06-09", "良好", ""],
    ];
    let recruitments: &[&[&str]] = &[&["基地编号", "培训专业", "招收计划", "录入日期"], &["B1", "全科", "20", "2024-07-01"]];
    let sheets: &[(&str, &[&[&str]])] = &[("培训基地", bases), ("督导走访", visits), ("分专业招收", recruitments)];
    let all = read_for(&set, sheets);
    assert_eq!(all.subjects.len(), 2);
    let base = serde_json::to_value(&all.subjects.first().expect("a base").facts).expect("JSON")["base"].clone();
    assert_eq!(base["recorded_at"], "2024-01-02");
    assert_eq!(base["recruitments"][0]["recorded_at"], "2024-07-01");
    let days: Vec<_> = base["extra"]["visits"].as_array().expect("visits").iter().map(|visit| visit["recorded_at"].clone()).collect();
    assert_eq!(days, [json!("2024-03-06"), json!("2024-07-01"), json!(null), json!(null)]);

    let asked = Asked::of(&set, "ask", day()).expect("a decision").as_known_on(parse_day("2024-06-30").expect("a day"));
    let known = read(&workbook(sheets), "基地.xlsx", &asked, &mut |_| {}).expect("a register");
    assert_eq!(known.known_on, parse_day("2024-06-30"));
    assert_eq!(known.subjects.len(), 1, "the base itself was not known");
    let visits = extra(&known, 0)["visits"].clone();
    let expected = json!([
        { "visited_on": "2024-03-05", "outcome": "good", "recorded_at": "2024-03-06" },
        // Nobody can tell whether it was known.
        {},
        { "visited_on": "2024-06-09", "outcome": "good" },
    ]);
    assert_eq!(visits, expected);
    let base = serde_json::to_value(&known.subjects.first().expect("a base").facts).expect("JSON")["base"].clone();
    assert_eq!(base["recruitments"], json!([]), "a list that is given stays complete");
    let aside = |register: &Register| {
        register
            .sheets
            .iter()
            .flat_map(|sheet| &sheet.set_aside)
            .filter(|aside| aside.reason == notes::RECORDED_LATER.en)
            .map(|aside| aside.rows)
            .sum::<usize>()
    };
    assert_eq!((aside(&all), aside(&known)), (0, 3));
    assert_eq!(known.subjects.first().expect("a base").places("extra.visits"), ["督导走访!2", "督导走访!4", "督导走访!5"]);
}

#[test]
fn a_record_that_was_entered_on_two_days_is_one_record() {
    let set = policies();
    let recruitments: &[&[&str]] =
        &[&["基地编号", "培训专业", "招收计划", "录入日期"], &["B1", "全科", "20", "2024-05-01"], &["B1", "全科", "20", "2024-07-01"]];
    let register = read_for(&set, &[("培训基地", BASES), ("分专业招收", recruitments)]);
    let base = serde_json::to_value(&register.subjects.first().expect("a base").facts).expect("JSON")["base"].clone();
    assert_eq!(base["recruitments"].as_array().map(Vec::len), Some(1));
    assert_eq!(base["recruitments"][0]["recorded_at"], "2024-05-01");
}

#[test]
fn records_of_a_policys_own_kind_that_were_recorded_later_are_left_out() {
    let set = policies();
    let facts = |visits: serde_json::Value| {
        let text =
            json!({ "base": { "base_id": "B1", "extra": { "visits": visits, "plan": { "steps": 3, "recorded_at": "2024-07-01" } } } }).to_string();
        set.facts_from_json("ask", &text)
    };
    let visits = json!([
        { "visited_on": "2024-03-05", "recorded_at": "2024-06-30", "remarks": [{ "about": "甲", "recorded_at": "2024-07-01" }, { "about": "乙" }] },
        { "visited_on": "2024-06-07", "recorded_at": "2024-07-01" },
    ]);
    let known = facts(visits).expect("facts").as_known_on(parse_day("2024-06-30").expect("a day"));
    let known = serde_json::to_value(&known).expect("JSON")["base"]["extra"].clone();
    let expected = json!({ "visits": [{ "visited_on": "2024-03-05", "recorded_at": "2024-06-30", "remarks": [{ "about": "乙" }] }] });
    assert_eq!(known, expected, "what was recorded on the day itself was known");

    let error = facts(json!([{ "recorded_at": "2024-02-30" }])).expect_err("no such day");
    assert_eq!(error.problems.first().map(|problem| problem.place.as_str()), Some("base.extra.visits[0].recorded_at"));
    let declared = POLICY.replace("name = \"outcome\"", "name = \"recorded_at\"");
    assert!(PolicySet::empty().add("own.toml", &declared).is_err(), "no policy declares it");
}

#[test]
fn a_row_that_may_belong_to_too_many_own_records_belongs_to_none() {
    let set = policies();
    let days: Vec<String> = (1..=17).map(|day| format!("2024-03-{day:02}")).collect();
    let visits: Vec<Vec<&str>> = std::iter::once(vec!["基地编号", "走访日期"]).chain(days.iter().map(|day| vec!["B1", day.as_str()])).collect();
    let visits: Vec<&[&str]> = visits.iter().map(Vec::as_slice).collect();
    let remarks: &[&[&str]] = &[&["基地编号", "意见事项", "意见扣分"], &["B1", "病历", "1.5"]];
    for (known, each) in [(17, json!([])), (16, json!([{}]))] {
        let visits = visits.get(..=known).unwrap_or_default();
        let register = read_for(&set, &[("培训基地", BASES), ("督导走访", visits), ("走访意见", remarks)]);
        let lists: Vec<_> = extra(&register, 0)["visits"].as_array().into_iter().flatten().map(|visit| visit["remarks"].clone()).collect();
        assert_eq!(lists, vec![each; known]);
        assert_eq!(noted(&register, &notes::OF_TOO_MANY).len(), known - 16);
    }
}
