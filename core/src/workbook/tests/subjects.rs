//! Subjects of every kind, and their records.

use serde_json::{Value, json};

use super::*;

/// What a workbook of these sheets says of subjects of this kind.
fn read_about(subject: &str, sheets: &[(&str, &[&[&str]])]) -> Register {
    let asked = Asked::subject(subject).unwrap_or_else(|error| unreachable!("{error}"));
    read(&workbook(sheets), "名册.xlsx", &asked, &mut |_| {}).unwrap_or_else(|error| unreachable!("{error}"))
}

/// The facts of each subject, as JSON.
fn facts(register: &Register) -> Vec<Value> {
    let root = |listed: &Listed| match serde_json::to_value(&listed.facts).expect("JSON") {
        Value::Object(root) => root.into_iter().next().map_or(Value::Null, |(_, facts)| facts),
        other => other,
    };
    register.subjects.iter().map(root).collect()
}

/// What is noted beyond what is only good to know.
fn doubts(register: &Register) -> Vec<&str> {
    register.problems.iter().filter(|note| note.severity != Severity::Info).map(|note| note.problem.message.as_str()).collect()
}

const BASES: &[&[&str]] = &[
    &["基地编号", "基地名称", "培训容量(人)", "专职管理人员", "区划代码"],
    &["B1", "甲医院", "120", "3", "370100"],
    &["B2", "乙医院", "60人", "1", "370100"],
];

#[test]
fn an_institution_has_its_fund_on_its_row_or_on_a_sheet_of_its_own() {
    let header: &[&str] = &["单位编号", "单位名称", "医院级别", "经费年度", "职工工资总额(万元)", "提取经费(万元)"];
    let inline = read_about("institution", &[("机构", &[header, &["H1", "某医院", "三级", "2024", "1000", "15"]])]);
    let own = read_about(
        "institution",
        &[
            ("机构", &[&["单位编号", "单位名称", "医院级别"], &["H1", "某医院", "三级"]]),
            ("经费", &[&["单位名称", "经费年度", "职工工资总额(万元)", "提取经费(万元)"], &["某医院", "2024年", "1000", "15"]]),
        ],
    );
    let expected = json!([{ "institution_id": "H1", "name": "某医院", "level": "tertiary",
        "fund": { "year": 2024, "payroll_total": "10000000", "accrued": "150000" } }]);
    assert_eq!((json!(facts(&inline)), json!(facts(&own))), (expected.clone(), expected));
    assert_eq!(noted(&own, &notes::THING_BY_NAME).len(), 1);
}

#[test]
fn a_line_of_units_applies_to_the_amounts_that_have_none_of_their_own() {
    let fund = |rows: &[&[&str]]| {
        let register = read_about("institution", &[("继续医学教育经费", rows)]);
        let fund = facts(&register).first().map_or(Value::Null, |facts| facts["fund"].clone());
        (fund["payroll_total"].clone(), fund["accrued"].clone(), noted(&register, &notes::TWO_UNITS).len())
    };
    let header: &[&str] = &["单位名称", "年度", "工资总额", "提取"];
    let row: &[&str] = &["甲院", "2024", "1000", "100000元"];
    let expected = (json!("10000000"), json!("100000"), 0);
    assert_eq!(fund(&[&["单位：万元"], header, row]), expected);
    assert_eq!(fund(&[&["某区2024年经费表"], &["填报单位：区卫健委", "", "", "金额单位：万元"], header, row]), expected);
    assert_eq!(fund(&[header, &["", "", "万元", "元"], &["甲院", "2024", "1000", "100000"]]), expected);
    assert_eq!(fund(&[header, row]), (json!("1000"), json!("100000"), 0));
    let behind: &[&str] = &["单位名称", "年度", "工资总额_万元", "提取_元"];
    assert_eq!(fund(&[behind, &["甲院", "2024", "1000", "100000"]]), expected);
    // Beside an amount in ten thousands, one without a unit may be either.
    let half: &[&str] = &["单位名称", "年度", "工资总额(万元)", "提取"];
    assert_eq!(fund(&[half, &["甲院", "2024", "1000", "15"]]), (json!("10000000"), Value::Null, 0));
    assert_eq!(fund(&[half, row]), expected);
    let other: &[&str] = &["单位名称", "年度", "工资总额(元)", "提取(万元)"];
    assert_eq!(fund(&[&["单位：万元"], other, &["甲院", "2024", "1000", "15"]]), (Value::Null, json!("150000"), 2));
}

#[test]
fn several_rows_of_a_fund_leave_open_which_one_holds() {
    let register = read_about(
        "institution",
        &[
            ("机构", &[&["单位编号", "单位名称"], &["H1", "某医院"]]),
            ("经费", &[&["单位编号", "经费年度", "职工工资总额"], &["H1", "2023", "1000"], &["H1", "2024", "2000"]]),
        ],
    );
    assert_eq!(facts(&register), [json!({ "institution_id": "H1", "name": "某医院" })]);
    assert_eq!(noted(&register, &notes::SEVERAL_FOR_ONE).first().map(|note| note.count), Some(2));
}

#[test]
fn a_row_and_a_sheet_that_disagree_leave_the_value_unknown() {
    let register = read_about(
        "institution",
        &[
            ("医疗卫生机构", &[&["单位编号", "单位名称", "经费年度", "提取经费"], &["H1", "某医院", "2024", "15"]]),
            ("继续医学教育经费", &[&["单位编号", "经费年度", "提取经费", "使用经费"], &["H1", "2024", "16", "9"]]),
        ],
    );
    assert_eq!(facts(&register).first().map(|facts| facts["fund"].clone()), Some(json!({ "year": 2024, "spent": "9" })));
    assert_eq!(noted(&register, &notes::ROW_AND_SHEET).len(), 1);
}

#[test]
fn a_row_and_a_sheet_of_other_months_leave_the_day_unknown_and_of_overlapping_ones_the_narrower() {
    // What is left out of a residency's first day is unknown without a word.
    let (nothing, march) = (json!({ "trainee_id": "T1" }), json!({ "trainee_id": "T1", "unknown": ["starts_on within 2024-03"] }));
    for (of_row, of_sheet, contradictions, residency) in [
        ("2024年3月", "2024-04-05", 1, nothing.clone()),
        ("2024-04-05", "2024年3月", 1, nothing.clone()),
        ("2024年3月", "2024年4月", 1, nothing),
        ("2024年", "2024年3月", 0, march.clone()),
        ("2024年3月", "2024年", 0, march),
        ("2024年3月", "2024-03-05", 0, json!({ "trainee_id": "T1", "starts_on": "2024-03-05" })),
    ] {
        let register = read_about(
            "trainee",
            &[
                ("学员", &[&["学员编号", "姓名", "培训开始日期"], &["T1", "甲", of_row]]),
                ("住院医师规范化培训", &[&["学员编号", "培训开始日期"], &["T1", of_sheet]]),
            ],
        );
        let read = facts(&register).first().map(|facts| facts["residency"].clone());
        assert_eq!((read, noted(&register, &notes::ROW_AND_SHEET).len()), (Some(residency), contradictions), "{of_row} and {of_sheet}");
    }
}

#[test]
fn a_base_has_lists_of_its_own_and_the_examinations_of_its_region() {
    let register = read_about(
        "base",
        &[
            ("培训基地", BASES),
            ("分专业招收", &[&["基地编号", "专业", "招收计划", "实际招收"], &["B1", "全科", "20", "18"], &["B1", "儿科", "10", "10"]]),
            ("补助发放", &[&["基地名称", "发放对象", "月份", "补助标准", "实发金额"], &["乙医院", "住培学员", "2024-05", "2000", "2000"]]),
            (
                "结业考核成绩",
                &[
                    &["基地编号", "专业基地", "年度", "参加考核人数", "通过人数"],
                    &["B1", "全科", "2023", "20", "19"],
                    &["B9", "儿科", "2023", "8", "2"],
                ],
            ),
        ],
    );
    let [one, other] = <[Value; 2]>::try_from(facts(&register)).expect("two bases");
    assert_eq!((&one["capacity"], &other["capacity"]), (&json!(120), &json!(60)));
    assert_eq!(one["recruitments"].as_array().map(Vec::len), Some(2));
    assert_eq!((&one["recruitments"][0]["planned"], &other["recruitments"]), (&json!(20), &json!([])));
    assert_eq!(other["subsidies"][0]["paid"], json!("2000"));
    let results = json!([
        { "base_id": "B1", "speciality": "全科", "year": 2023, "taken": 20, "passed": 19 },
        { "base_id": "B9", "speciality": "儿科", "year": 2023, "taken": 8, "passed": 2 },
    ]);
    assert_eq!((&one["region"]["exam_results"], &other["region"]["exam_results"]), (&results, &results));
    assert_eq!(one["region"]["region_code"], json!("370100"));
    assert_eq!(
        register.subjects.first().map(|base| base.places("recruitments").to_vec()),
        Some(vec!["分专业招收!2".to_owned(), "分专业招收!3".to_owned()])
    );
}

#[test]
fn rotations_of_the_residents_of_a_base_are_found_by_the_number_of_the_resident() {
    let register = read_about(
        "base",
        &[
            ("培训基地", BASES),
            (
                "住培学员名单",
                &[
                    &["学员编号", "培训基地", "培训专业", "届别", "紧缺专业"],
                    &["R1", "甲医院", "全科", "2023级", "是"],
                    &["R2", "乙医院", "儿科", "2023", "否"],
                ],
            ),
            (
                "轮转",
                &[
                    &["学员编号", "轮转科室", "计划轮转月数", "入科时间", "出科时间"],
                    &["R1", "心内科", "3", "2023-09-01", "2023-11-30"],
                    &["R2", "儿科", "2", "2023-09-01", ""],
                    &["R7", "儿科", "2", "2023-09-01", ""],
                ],
            ),
        ],
    );
    let [one, other] = <[Value; 2]>::try_from(facts(&register)).expect("two bases");
    assert_eq!(one["residents"][0]["session"], json!(2023));
    assert_eq!(one["residents"][0]["rotations"][0]["department"], json!("心内科"));
    assert_eq!(other["residents"][0]["rotations"].as_array().map(Vec::len), Some(1));
    assert_eq!(noted(&register, &notes::NO_OWNER_RECORD).first().map(|note| note.places.clone()), Some(vec!["轮转!4".to_owned()]));
}

#[test]
fn a_single_record_that_may_be_anothers_is_nobodys() {
    let roster: &[&[&str]] = &[&["工号", "姓名"], &["1", "张三"], &["2", "张三"]];
    let residency: &[&[&str]] = &[&["姓名", "培训专业", "培训开始日期"], &["张三", "全科", "2023-09-01"]];
    let rotations: &[&[&str]] = &[&["姓名", "轮转科室", "入科时间"], &["张三", "心内科", "2023-09-01"]];
    let register = read_about("trainee", &[("学员", roster), ("住院医师规范化培训", residency), ("轮转", rotations)]);
    assert!(facts(&register).iter().all(|trainee| trainee.get("residency").is_none()), "{:?}", facts(&register));
    assert_eq!(noted(&register, &notes::NAME_OF_SEVERAL).iter().map(|note| note.count).sum::<usize>(), 2);
}

#[test]
fn specialty_bases_of_one_hospital_share_its_number() {
    let register = read_about(
        "base",
        &[
            (
                "基地",
                &[
                    &["基地编号", "基地名称", "专业基地", "在培人数"],
                    &["B1", "甲医院", "", "90"],
                    &["B1", "甲医院", "全科", "30"],
                    &["B1", "甲医院", "全科", "30"],
                ],
            ),
            ("分专业招收", &[&["基地编号", "培训专业", "招收计划", "实际招收"], &["B1", "全科", "20", "18"]]),
        ],
    );
    let facts = facts(&register);
    assert_eq!(facts.len(), 2);
    assert_eq!(facts.iter().map(|base| base["recruitments"].as_array().map_or(0, Vec::len)).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(noted(&register, &notes::SAME_THING_TWICE).len(), 1);
}

#[test]
fn figures_of_a_region_are_joined_by_its_name_or_make_the_list() {
    let stats: &[&[&str]] = &[
        &["地区", "年度", "统计对象", "应参加人数", "达标人数"],
        &["渝中区", "2024", "高级职称", "100", "95"],
        &["城口县", "2024年度", "高级职称", "50", "45"],
    ];
    let register = read_about("region", &[("统计", stats)]);
    assert_eq!(facts(&register).iter().map(|region| region["name"].clone()).collect::<Vec<_>>(), [json!("渝中区"), json!("城口县")]);
    assert_eq!(noted(&register, &notes::THINGS_FROM_RECORDS).len(), 1);
    let register = read_about("region", &[("地区", &[&["区划代码", "地区名称"], &["500103", "渝中区"]]), ("统计", stats)]);
    assert_eq!(facts(&register).first().map(|region| region["stats"][0]["met"].clone()), Some(json!(95)));
    assert_eq!(noted(&register, &notes::THING_NOT_LISTED).len(), 1);
}

#[test]
fn a_sheet_that_names_no_owner_is_that_of_the_only_one() {
    let tiers: &[&[&str]] = &[&["层级", "完成人次", "机构数"], &["县级", "120人次", "30"]];
    let one = read_about("programme", &[("培训项目", &[&["项目编号", "项目名称"], &["P1", "万名进修"]]), ("分层级完成情况", tiers)]);
    assert_eq!(facts(&one).first().map(|programme| programme["tiers"][0]["person_times"].clone()), Some(json!(120)));
    assert_eq!(noted(&one, &notes::ONLY_OWNER).len(), 1);
    let two: &[&[&str]] = &[&["项目编号", "项目名称"], &["P1", "万名进修"], &["P2", "骨干培训"]];
    let two = read_about("programme", &[("培训项目", two), ("分层级完成情况", tiers)]);
    // What may be either's decides nothing about either.
    assert_eq!(facts(&two).iter().map(|programme| programme["tiers"].clone()).collect::<Vec<_>>(), [json!([{}]), json!([{}])]);
    assert_eq!(noted(&two, &notes::ANYBODYS).len(), 1);
}

#[test]
fn a_trainee_has_a_residency_with_rotations_and_assessments() {
    let register = read_about(
        "trainee",
        &[
            ("学员", &[&["工号", "姓名", "职称"], &["0012", "张三", "医师"], &["0013", "李四", "护师"]]),
            ("住院医师规范化培训", &[&["学员编号", "姓名", "培训专业", "培训开始日期", "培训状态"], &["0012", "张三", "全科", "2023-09-01", "在培"]]),
            ("轮转", &[&["工号", "姓名", "轮转科室", "必轮", "入科时间"], &["0012", "张三", "心内科", "是", "2023-09-01"]]),
            ("考核", &[&["工号", "考核类型", "考核日期", "考核成绩", "是否合格"], &["0012", "出科考核", "2023-11-30", "85分", "是"]]),
        ],
    );
    let [one, other] = <[Value; 2]>::try_from(facts(&register)).expect("two trainees");
    let residency = &one["residency"];
    assert_eq!((&residency["speciality"], &residency["rotations"][0]["required"]), (&json!("全科"), &json!(true)));
    assert_eq!((&residency["assessments"][0]["score"], &residency["assessments"][0]["passed"]), (&json!("85"), &json!(true)));
    assert_eq!(other.get("residency"), None, "someone without a residency is not in one without rotations");
    let places = register.subjects.first().map(|trainee| trainee.places("residency.rotations").to_vec());
    assert_eq!(places, Some(vec!["轮转!2".to_owned()]));
}

#[test]
fn the_only_attachment_of_a_list_is_the_one_asked_about() {
    let roster: &[&[&str]] = &[&["工号", "姓名", "科室"], &["1", "张三", "内科"], &["2", "李四", "外科"]];
    let header: &[&str] = &["工号", "进修单位", "进修开始日期", "进修结束日期", "全脱产"];
    let rows: &[&[&str]] = &[
        header,
        &["1", "某大学附院", "2024-01-01", "2024-06-30", "是"],
        &["2", "甲医院", "2023-01-01", "2023-03-31", "是"],
        &["2", "乙医院", "2024-01-01", "2024-03-31", "是"],
    ];
    let list = read_about("trainee", &[("学员", roster), ("进修经历", rows)]);
    let [one, other] = <[Value; 2]>::try_from(facts(&list)).expect("two trainees");
    assert_eq!((&one["attachment"], other.get("attachment")), (&one["attachments"][0], None));
    assert_eq!(noted(&list, &notes::SEVERAL_TWINS).len(), 1);
    // A sheet of what is asked about is no list of all that there ever was.
    let single = read_about("trainee", &[("学员", roster), ("进修", rows.get(..2).unwrap_or_default())]);
    let one = facts(&single).into_iter().next().unwrap_or_default();
    assert_eq!((one["attachment"]["host_institution"]["name"].clone(), one.get("attachments")), (json!("某大学附院"), None));
}

#[test]
fn pay_belongs_to_the_attachment_that_its_columns_tell() {
    let attachments: &[&[&str]] = &[
        &["工号", "进修单位", "进修开始日期", "进修结束日期"],
        &["1", "甲医院", "2023-01-01", "2023-03-31"],
        &["1", "乙医院", "2024-01-01", "2024-03-31"],
    ];
    let pay: &[&[&str]] = &[
        &["工号", "进修开始日期", "工资月份", "应发基础工资", "实发基础工资"],
        &["1", "2024-01-01", "2024-01", "5000", "5000"],
        &["1", "", "2024-02", "5000", "5000"],
    ];
    let register = read_about("practitioner", &[("人员", &[&["工号", "姓名"], &["1", "张三"]]), ("进修", attachments), ("工资", pay)]);
    let attachments = facts(&register).first().map(|person| person["attachments"].clone()).unwrap_or_default();
    assert_eq!(attachments[0]["monthly_pay"], json!([{ "month": "2024-02" }]));
    assert_eq!(attachments[1]["monthly_pay"].as_array().map(Vec::len), Some(2));
    assert_eq!(noted(&register, &notes::OWNER_OPEN).len(), 1);
}

#[test]
fn teaching_and_applications_reach_the_practitioner() {
    let register = read_about(
        "practitioner",
        &[
            ("人员", &[&["工号", "姓名", "职称"], &["1", "张三", "主任医师"]]),
            ("教学带教记录", &[&["工号", "教学类别", "教学日期", "教学内容"], &["1", "授课", "2024-05-06", "心电图"]]),
            ("进修申请", &[&["工号", "姓名", "拟申请研修单位", "申请进修科室", "申请日期"], &["1", "张三", "甲医院", "心内科", "2024-03-01"]]),
        ],
    );
    let person = facts(&register).into_iter().next().unwrap_or_default();
    assert_eq!((&person["teachings"][0]["taught_on"], &person["application"]["intended_host"]), (&json!("2024-05-06"), &json!("甲医院")));
}

#[test]
fn mentors_and_projects_are_read_as_what_they_are() {
    let mentors = read_about(
        "mentor",
        &[
            ("导师", &[&["工号", "姓名", "职称", "高年资", "医疗组长"], &["1", "张三", "主任医师", "是", "否"]]),
            (
                "带教安排",
                &[&["工号", "学员编号", "带教开始日期", "带教结束日期"], &["1", "R1", "2024-01-01", ""], &["1", "R2", "2024-01-01", "2024-06-30"]],
            ),
        ],
    );
    let mentor = facts(&mentors).into_iter().next().unwrap_or_default();
    assert_eq!((&mentor["experienced"], mentor["assignments"].as_array().map(Vec::len)), (&json!(true), Some(2)));
    let projects: &[&[&str]] = &[
        &["项目编号", "项目名称", "开始日期", "公布日期", "项目收入(元)"],
        &["2024-03-05-012(国)", "心血管进展", "2024-05-06", "2024-04-20", "12,000"],
    ];
    let project = facts(&read_about("project", &[("项目", projects)])).into_iter().next().unwrap_or_default();
    assert_eq!((&project["published_on"], &project["income"]), (&json!("2024-04-20"), &json!("12000")));
}

#[test]
fn a_sheet_about_another_subject_is_not_read() {
    let staff: &[&[&str]] = &[&["工号", "姓名", "职称", "执业证书编号", "学历"], &["1", "张三", "护师", "", "本科"]];
    let mentors: &[&[&str]] = &[&["工号", "姓名", "职称", "高年资", "医疗组长"], &["2", "李四", "主任医师", "是", "是"]];
    let credits: &[&[&str]] = &[&["工号", "姓名", "项目名称", "学分", "学时", "授予日期"], &["1", "张三", "急救", "5", "15", "2024-05-06"]];
    let trainees: &[&[&str]] = &[&["工号", "姓名", "职称"], &["3", "王五", "医师"]];
    let register = read_about("trainee", &[("卫生专业技术人员", staff), ("导师", mentors), ("学分", credits), ("学员", trainees)]);
    assert_eq!(facts(&register).iter().map(|trainee| trainee["person_id"].clone()).collect::<Vec<_>>(), [json!("3")]);
    let about: Vec<_> = register.sheets.iter().map(|sheet| (sheet.entity.as_deref(), sheet.used)).collect();
    assert_eq!(about, [(Some("practitioner"), 0), (Some("mentor"), 0), (Some("activity"), 0), (Some("trainee"), 1)]);
    // Nothing but its headers says what the sheet of credits is about.
    assert_eq!(noted(&register, &notes::ABOUT_ELSE).iter().map(|note| note.problem.place.as_str()).collect::<Vec<_>>(), ["学分"]);
}

#[test]
fn a_subject_that_nobody_lists_has_no_workbook() {
    let error = Asked::subject("activity").expect_err("no subject of a register");
    assert!(error.to_string().contains("practitioner"), "{error}");
}

#[test]
fn a_plain_workbook_about_things_is_read_without_a_doubt() {
    let register = read_about("base", &[("培训基地", BASES), ("分专业招收", &[&["基地编号", "培训专业", "招收计划"], &["B1", "全科", "20"]])]);
    assert_eq!(doubts(&register), ["a number was read without the words around it"]);
}

#[test]
fn equal_rows_without_a_name_or_number_may_be_several_records() {
    let mentors: &[&[&str]] = &[&["工号", "姓名"], &["1", "张三"]];
    let read = |rows: &[&[&str]]| read_about("mentor", &[("导师", mentors), ("带教安排", rows)]);
    let unnamed = read(&[&["工号", "带教开始日期", "带教结束日期"], &["1", "2024-03-01", "2024-08-31"], &["1", "2024-03-01", "2024-08-31"]]);
    let first = json!({ "starts_on": "2024-03-01", "ends_on": "2024-08-31" });
    assert_eq!(facts(&unnamed)[0]["assignments"], json!([first, { "unknown": ["ends_on"] }]), "of a second trainee nothing is known");
    assert_eq!(noted(&unnamed, &notes::SAME_UNNAMED).len(), 1);
    let named = read(&[&["工号", "学员编号", "带教开始日期"], &["1", "S1", "2024-03-01"], &["1", "S1", "2024-03-01"]]);
    assert_eq!(facts(&named)[0]["assignments"].as_array().map(Vec::len), Some(1));
    assert_eq!(noted(&named, &notes::SAME_RECORD).len(), 1);
}

#[test]
fn pay_lies_with_the_attachment_that_has_a_sheet() {
    let trainees: &[&[&str]] = &[&["工号", "姓名"], &["1", "张三"]];
    let attachment: &[&[&str]] = &[&["工号", "开始日期"], &["1", "2024-03-01"]];
    let pay: &[&[&str]] = &[&["工号", "月份", "应发基础工资"], &["1", "2024-05", "4000"]];
    let untouched: &[&[&str]] = &[&["工号", "开始日期"], &["示例", "2024-03-01"]];
    for history in [None, Some(("进修经历", untouched))] {
        let sheets: Vec<(&str, &[&[&str]])> = [("学员", trainees), ("进修", attachment), ("进修期间工资", pay)].into_iter().chain(history).collect();
        let register = read_about("trainee", &sheets);
        assert_eq!(facts(&register)[0]["attachment"]["monthly_pay"], json!([{ "month": "2024-05", "base_pay": "4000" }]), "{:?}", register.problems);
    }
}

#[test]
fn a_day_of_what_was_not_done_is_none_and_of_what_nobody_knows_unknown() {
    let header: &[&str] = &["单位编号", "单位名称", "年度报告报送日期", "学分审验完成日期"];
    let register = read_about("institution", &[("机构", &[header, &["H1", "某医院", "未报", "未知"]])]);
    assert_eq!(facts(&register)[0]["unknown"], json!(["credit_audit_on"]), "{:?}", register.problems);
    assert_eq!((noted(&register, &notes::SAID_NONE).len(), noted(&register, &notes::NOT_A_DATE).len()), (1, 0));
}

#[test]
fn none_is_said_of_what_can_only_be_missing() {
    let bases: &[&[&str]] = &[&["区划代码", "地区名称", "政策片区"], &["500000", "某市", "无"]];
    let register = read_about("region", &[("地区", bases)]);
    assert_eq!(facts(&register)[0], json!({ "region_code": "500000", "name": "某市", "zones": [] }));
    assert_eq!(noted(&register, &notes::SAID_NONE).len(), 1);
}

#[test]
fn an_institution_that_is_not_on_its_sheet_is_noted() {
    let institutions: &[&[&str]] = &[&["单位编号", "单位名称", "机构层级"], &["H1", "甲医院", "县级"], &["H2", "乙医院", "乡镇"]];
    let trainees: &[&[&str]] = &[&["人员编号", "姓名", "任职机构"], &["1", "张三", "甲医院"], &["2", "李四", "丙医院"]];
    let register = read_about("trainee", &[("学员", trainees), ("医疗卫生机构", institutions)]);
    assert_eq!(facts(&register)[0]["institution"]["tier"], "county");
    assert_eq!(facts(&register)[1]["institution"], json!({ "name": "丙医院" }));
    assert_eq!(noted(&register, &notes::NOT_AMONG_SHARED).iter().flat_map(|note| &note.places).collect::<Vec<_>>(), ["学员!3"]);
}
