//! Which sheet is about what, and which column is which.

use super::*;
use crate::facts::{ReviewStatus, SubjectKind};

#[test]
fn headers_are_found_under_titles_and_in_two_lines() -> Fallible {
    let mut book = Workbook::new();
    text_sheet(book.add_worksheet().set_name("人员")?, ROSTER);
    let sheet = book.add_worksheet().set_name("学分记录 ")?;
    let format = Format::new();
    sheet.merge_range(0, 0, 0, 4, "某医院学分记录", &format)?;
    sheet.merge_range(1, 0, 2, 0, "工号", &format)?;
    sheet.merge_range(1, 1, 2, 1, "*姓 名", &format)?;
    sheet.merge_range(1, 2, 1, 4, "项目信息", &format)?;
    for (column, text) in [(2, "项目名称"), (3, "学分\n(必填)"), (4, "授予日期")] {
        sheet.write(2, column, text)?;
    }
    for (column, text) in (0..).zip(["0012", "张三", "急救", "5", "2024-03-05"]) {
        sheet.write(3, column, text)?;
    }
    let register = register(&book.save_to_buffer()?);
    assert_eq!(credits(&register, 0), some(&["5"]));
    let columns: Vec<_> =
        register.sheets.iter().flat_map(|sheet| &sheet.columns).map(|column| (column.cell.as_str(), column.field.as_str())).collect();
    assert!(columns.contains(&("学分记录!D3", "credits")), "{columns:?}");
    Ok(())
}

#[test]
fn two_line_headers_are_read_without_merged_regions_too() {
    let register = records(&[&["工号", "项目信息", "", "时间"], &["", "项目名称", "学分(分)", "授予日期"], &["0012", "急救", "5", "2024-03-05"]]);
    assert_eq!(credits(&register, 0), some(&["5"]));
}

#[test]
fn a_sheet_of_instructions_is_listed_and_not_an_error() {
    let register = register(&workbook(&[("使用说明", &[&["1. 请填写工号和姓名，学分只填数字。"]]), ("人员", ROSTER)]));
    assert_eq!(register.sheets.first().map(|sheet| sheet.entity.as_deref()), Some(None));
    assert_eq!(noted(&register, &notes::SHEET_NOT_READ).len(), 1);
}

#[test]
fn without_a_recognised_sheet_the_headers_seen_are_shown_but_no_people() {
    let error = read_people(&workbook(&[("表", &[&["员工代号", "员工姓名", "得分情况"], &["1", "张三", "5"]])]), "甲.xlsx", &mut |_| {})
        .expect_err("no sheet");
    assert_eq!(error.code(), Some(ProblemCode::NoSheet));
    assert!(error.to_string().contains("员工姓名"), "{error}");
    let error = read_people(&workbook(&[("表", &[&["张三", "李四", "王五"]])]), "甲.xlsx", &mut |_| {}).expect_err("no sheet");
    assert!(!error.to_string().contains("张三"), "{error}");
}

#[test]
fn a_header_that_may_be_about_somebody_is_told_by_its_cell_alone() {
    let header = ["工号", "项目名称", "学分", "填表人王小明13800138000", "填表人王小明１３８", "备忘"];
    let register = records(&[&header, &["0012", "急救", "5", "甲", "乙", "丙"]]);
    let told = noted(&register, &notes::UNKNOWN_HEADER);
    assert!(register.problems.iter().all(|note| !format!("{note:?}").contains("王小明")), "{told:?}");
    assert_eq!(told.iter().map(|note| note.count).sum::<usize>(), 3);
    assert!(told.iter().any(|note| note.problem.message.contains("备忘")), "{told:?}");
}

#[test]
fn an_unknown_header_is_noted_with_the_nearest_label() {
    let register = records(&[&["工号", "项目名称", "学分", "授于日期"], &["0012", "急救", "5", "2024-03-05"]]);
    let told = noted(&register, &notes::HEADER_MAY_BE);
    assert_eq!(
        told.iter().map(|note| note.zh.as_str()).collect::<Vec<_>>(),
        ["未识别的列可能正是本表缺少的内容，该内容按未知处理：“授于日期”可能是“授予日期”"]
    );
    let register = records(&[&["工号", "项目名秤", "学分", "授予日期"], &["0012", "急救", "5", "2024-03-05"]]);
    assert!(noted(&register, &notes::ODD_HEADER).iter().any(|note| note.problem.message.contains("项目名称")));
}

#[test]
fn a_proposal_takes_such_cells_as_stand_there_and_is_no_column_that_the_sheet_has() {
    let header = &["工号", "姓名", "项目名称", "学分", "授予日期"];
    let row = &["0012", "张三", "急救", "5", "2024-03-05"];
    for (unknown, cell, wrong) in [
        ("证件序号", "SC0001", "证件号"),
        ("课程性状", "必修", "课程名称"),
        ("获得学识", "甲", "获得学分"),
        ("是否达标", "是", "是否全科"),
        ("通知时间", "2024.3.1", "聘任时间"),
        ("进修日期", "2024.3.1", "出生日期"),
    ] {
        let register = records(&[&[&header[..], &[unknown]].concat(), &[&row[..], &[cell]].concat()]);
        let told = noted(&register, &notes::ODD_HEADER);
        assert!(told.iter().all(|note| !note.zh.contains(wrong)), "{told:?}");
    }
}

#[test]
fn an_ordinary_export_of_credits_is_recognised_by_its_headers() {
    let header = &["员工编号", "员工姓名", "培训项目", "课程性质", "获得学分", "获得学时", "培训日期", "与岗位相关？", "是否市平台学分"];
    let register = register(&workbook(&[("学分记录", &[header, &["0001", "张一", "课1", "专业", "25", "80", "2024-03-05", "是", "是"]])]));
    let record = activities(&register, 0).first().expect("a record");
    assert_eq!((credits(&register, 0), record.hours.is_some(), record.completed_on), (some(&["25"]), true, crate::quantity::parse_day("2024-03-05")));
    assert_eq!((record.job_related, record.electronic, record.subject_kind), (Some(true), Some(true), Some(crate::facts::SubjectKind::Professional)));
    assert_eq!(people_numbers(&register), ["0001"]);
}

#[test]
fn english_headers_of_other_systems_are_known() {
    let header = &["Staff ID", "Name", "Project name", "Credits", "Date granted"];
    let register = register(&workbook(&[("Records", &[header, &["0001", "A", "B", "5", "2024-03-05"]])]));
    assert_eq!(activities(&register, 0).first().map(|record| record.awarded_on), Some(crate::quantity::parse_day("2024-03-05")));
}

#[test]
fn a_header_with_two_meanings_is_read_by_its_values() {
    let register = records(&[&["工号", "编号", "学分类型", "学分"], &["0012", "2024-03-05-012(国)", "项目", "5"]]);
    let record = activities(&register, 0).first().expect("a record");
    assert_eq!((record.activity_no.as_deref(), record.credit_class.as_deref()), (Some("2024-03-05-012(国)"), None));
    assert_eq!(noted(&register, &notes::HEADER_VALUES_MISFIT).len(), 1);
    let register = records(&[&["工号", "项目名称", "学分类型", "学分", "是否通过"], &["0012", "急救", "Ⅱ类", "5", "是"]]);
    let record = activities(&register, 0).first().expect("a record");
    assert_eq!((record.credit_class.as_deref(), record.review_status), (Some("II"), Some(ReviewStatus::Approved)));
}

#[test]
fn the_first_record_is_no_second_line_of_headers() {
    let header = &["工号", "姓名", "项目名称", "学分", "授予日期", "附注"];
    let register = records(&[header, &["0012", "张三", "急救", "5", "2024-03-05", "证书编号"]]);
    assert_eq!(credits(&register, 0), some(&["5"]));
}

#[test]
fn an_amount_with_a_limited_header_is_not_the_amount() {
    for header in ["学时(分钟)", "学时(应得)"] {
        let register = records(&[&["工号", "项目名称", header, "授予日期"], &["0012", "急救", "90", "2024-03-05"]]);
        assert_eq!(activities(&register, 0).first().map(|record| record.hours), Some(None), "{header}");
        assert_eq!(noted(&register, &notes::HEADER_QUALIFIED).len(), 1, "{header}");
    }
    let register = records(&[&["工号", "项目名称", "学分（实得）", "授予日期"], &["0012", "急救", "5", "2024-03-05"]]);
    assert_eq!(credits(&register, 0), some(&["5"]));
}

#[test]
fn two_columns_of_one_amount_that_disagree_leave_it_open() {
    let header = &["工号", "项目名称", "学分", "授予学分", "授予日期"];
    let register = records(&[header, &["0012", "甲", "5", "5", "2024-03-05"], &["0012", "乙", "5", "10", "2024-03-06"]]);
    assert_eq!(credits(&register, 0), [Some("5".to_owned()), None]);
    assert_eq!(noted(&register, &notes::TWO_VALUES).len(), 1);
}

#[test]
fn a_bare_class_is_the_kind_of_subject_where_its_words_are() {
    let register = records(&[&["工号", "项目名称", "类别", "学分", "授予日期"], &["0012", "急救", "公需科目", "5", "2024-03-05"]]);
    let record = activities(&register, 0).first().expect("a record");
    assert_eq!((record.subject_kind, record.credit_class.as_deref()), (Some(crate::facts::SubjectKind::Public), None));
}

#[test]
fn people_are_not_shown_where_one_word_is_like_a_header() {
    let error = read_people("张三,内科\n李四,外科\n".as_bytes(), "甲.csv", &mut |_| {}).expect_err("no sheet");
    assert!(!error.to_string().contains("张三"), "{error}");
}

#[test]
fn two_tables_side_by_side_are_read_each_by_itself() {
    let record = |number: &'static str, credits: &'static str| [number, "甲", credits, "2024-03-05"];
    let header = ["工号", "项目名称", "学分", "授予日期"];
    let wide =
        |left: [&'static str; 4], gap: bool, right: [&'static str; 4]| left.into_iter().chain(gap.then_some("")).chain(right).collect::<Vec<&str>>();
    for gap in [true, false] {
        let rows = [wide(header, gap, header), wide(record("1", "5"), gap, record("3", "7")), wide(record("2", "6"), gap, record("4", "8"))];
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let register = register(&workbook(&[("学分记录", &rows)]));
        assert_eq!(people_numbers(&register), ["1", "2", "3", "4"], "{gap}");
        assert_eq!((credits(&register, 2), register.sheets.len()), (some(&["7"]), 2));
        let places: Vec<&str> = register.subjects.iter().map(|listed| listed.place.as_str()).collect();
        assert_eq!((places[0], places[2]), ("学分记录!A2", if gap { "学分记录!F2" } else { "学分记录!E2" }));
    }
    let roster_beside: &[&[&str]] = &[
        &["工号", "姓名", "科室", "", "工号", "姓名", "项目名称", "学分"],
        &["1", "甲", "内科", "", "2", "乙", "急救", "5"],
        &["2", "乙", "外科", "", "2", "乙", "院感", "6"],
    ];
    let register = register(&workbook(&[("汇总", roster_beside)]));
    assert_eq!((people_numbers(&register), credits(&register, 0), credits(&register, 1)), (vec!["1", "2"], vec![], some(&["5", "6"])));
}

#[test]
fn tables_side_by_side_that_cannot_be_parted_are_not_read() {
    let mixed: &[&[&str]] =
        &[&["工号", "姓名", "科室", "姓名", "项目名称", "学分"], &["1", "甲", "内科", "乙", "急救", "5"], &["2", "乙", "内科", "甲", "急救", "5"]];
    let register = register(&workbook(&[("人员", ROSTER), ("汇总", mixed)]));
    assert_eq!(
        noted(&register, &notes::SIDE_BY_SIDE).first().map(|note| (note.severity, note.problem.place.as_str())),
        Some((Severity::Blocking, "汇总"))
    );
    assert_eq!((people(&register).len(), activities(&register, 0).len()), (2, 0));
    // A column that was copied is no second table.
    let copied: &[&[&str]] = &[&["工号", "姓名", "项目名称", "学分", "姓名"], &["1", "甲", "急救", "5", "甲"]];
    assert_eq!(people_numbers(&self::register(&workbook(&[("学分记录", copied)]))), ["1"]);
}

#[test]
fn a_running_number_gives_way_to_the_number_of_the_person() {
    let register =
        records(&[&["编号", "工号", "姓名", "项目名称", "学分"], &["101", "0012", "张三", "甲", "5"], &["102", "0013", "李四", "乙", "6"]]);
    assert_eq!((credits(&register, 0), credits(&register, 1)), (some(&["5"]), some(&["6"])));
    assert_eq!(noted(&register, &notes::HEADER_VALUES_MISFIT).first().map(|note| note.problem.place.as_str()), Some("学分记录!A1"));
}

#[test]
fn a_number_that_runs_gives_way_to_one_that_does_not_whatever_they_are_called() {
    let people = |headers: [&str; 3]| {
        let [first, second, name] = headers;
        let roster: &[&[&str]] = &[&[first, second, name], &["1", "H07", "张三"], &["2", "H03", "李四"]];
        let credits: &[&[&str]] = &[CREDITS, &["H07", "张三", "急救", "5", "2024-03-05"]];
        register(&workbook(&[("人员", roster), ("学分记录", credits)]))
    };
    for headers in [["人员编号", "工号", "姓名"], ["工号", "人员编号", "姓名"]] {
        let register = people(headers);
        assert_eq!(credits(&register, 0), some(&["5"]), "{headers:?}");
        let unused: Vec<_> = noted(&register, &notes::HEADER_TWICE).iter().map(|note| note.problem.place.as_str()).collect();
        assert_eq!(unused, ["人员!A1"], "{headers:?}");
    }
}

#[test]
fn the_words_to_choose_from_are_a_header() {
    for header in ["公共科目/专业科目", "专业、公需", "公需科目 / 专业科目"] {
        let register = records(&[&["工号", "学分", header], &["0012", "5", "公需科目"]]);
        let kinds: Vec<_> =
            people(&register).iter().flat_map(|person| person.activities.iter().flatten()).map(|activity| activity.subject_kind).collect();
        assert_eq!(kinds, [Some(SubjectKind::Public)], "{header}");
    }
}

#[test]
fn a_sheet_of_yearly_totals_says_why_nothing_can_be_judged_by_it() {
    let totals: &[&[&str]] = &[&["工号", "姓名", "科室", "学分", "学时"], &["1", "甲", "内科", "30", "96"], &["2", "乙", "内科", "5", "10"]];
    let register = register(&workbook(&[("人员", totals), ("学分记录", &[CREDITS, &["1", "甲", "急救", "5", "2024-03-05"]])]));
    assert_eq!(noted(&register, &notes::ONLY_TOTALS).first().map(|note| note.problem.place.as_str()), Some("人员"));
}

#[test]
fn a_heading_that_limits_amounts_does_so_like_a_bracket() -> Fallible {
    for (heading, merged) in [("审核未通过", true), ("拟授予", true), ("申报", false), ("累计", true), ("2023年", true), ("2025年计划", false)]
    {
        let mut book = Workbook::new();
        text_sheet(book.add_worksheet().set_name("人员")?, ROSTER);
        let sheet = book.add_worksheet().set_name("学分记录")?;
        text_sheet(sheet, &[&["工号", "项目名称", "授予日期", heading], &["", "", "", "学分", "学时"], &["0012", "急救", "2024-03-05", "5", "15"]]);
        if merged {
            sheet.merge_range(0, 3, 0, 4, heading, &Format::new())?;
        }
        let register = register(&book.save_to_buffer()?);
        let record = activities(&register, 0).first().expect("a record");
        assert_eq!((record.credits.is_some(), record.hours.is_some(), record.awarded_on.is_some()), (false, false, true), "{heading}");
        let told: Vec<_> = noted(&register, &notes::HEADER_QUALIFIED).iter().map(|note| note.problem.place.as_str()).collect();
        assert_eq!(told, ["学分记录!D2", "学分记录!E2"], "{heading}");
    }
    Ok(())
}

#[test]
fn a_heading_that_limits_nothing_and_a_title_leave_amounts_alone() -> Fallible {
    let mut book = Workbook::new();
    text_sheet(book.add_worksheet().set_name("人员")?, ROSTER);
    let sheet = book.add_worksheet().set_name("学分记录")?;
    text_sheet(sheet, &[&[], &["工号", "项目名称", "学分", "授予日期"], &["0012", "急救", "5", "2024-03-05"]]);
    sheet.merge_range(0, 0, 0, 3, "2024年学分明细（累计）", &Format::new())?;
    assert_eq!(credits(&register(&book.save_to_buffer()?), 0), some(&["5"]));
    let rows: &[&[&str]] = &[&["工号", "项目名称", "授予情况", ""], &["", "", "学分", "授予日期"], &["0012", "急救", "5", "2024-03-05"]];
    assert_eq!(credits(&records(rows), 0), some(&["5"]));
    Ok(())
}

#[test]
fn a_day_with_a_limited_header_is_not_the_day() {
    for header in ["授予日期（预计）", "授予日期(申请)", "授予日期(农历)", "授予日期(UTC)"] {
        let register = records(&[&["工号", "项目名称", "学分", header], &["0012", "急救", "5", "2024-03-05"]]);
        let record = activities(&register, 0).first().expect("a record");
        assert_eq!((record.awarded_on, record.unknown.contains(&"awarded_on".to_owned())), (None, true), "{header}");
        assert_eq!(noted(&register, &notes::DAYS_QUALIFIED).len(), 1, "{header}");
    }
    let register = records(&[&["工号", "项目名称", "学分", "授予日期（年-月-日）"], &["0012", "急救", "5", "2024-03-05"]]);
    assert!(activities(&register, 0).iter().all(|record| record.awarded_on.is_some()));
}

#[test]
fn a_state_of_records_is_that_of_their_review() {
    let header = &["工号", "项目名称", "学分", "授予日期", "状态"];
    let register = records(&[header, &["0012", "甲", "5", "2024-03-05", "正常"], &["0012", "乙", "6", "2024-03-06", "作废"]]);
    assert!(activities(&register, 0).iter().all(|record| record.unknown.contains(&"review_status".to_owned())));
    assert_eq!(noted(&register, &notes::HEADER_VALUES_MISFIT).first().map(|note| note.severity), Some(Severity::Suspect));
    let register = records(&[header, &["0012", "甲", "5", "2024-03-05", "已通过"], &["0012", "乙", "6", "2024-03-06", "作废"]]);
    let states: Vec<_> = activities(&register, 0).iter().map(|record| (record.review_status, record.unknown.len())).collect();
    assert_eq!(states, [(Some(ReviewStatus::Approved), 0), (None, 1)]);
    let register = records(&[header, &["0012", "甲", "5", "2024-03-05", "在岗"], &["0012", "乙", "6", "2024-03-06", "在岗"]]);
    assert!(activities(&register, 0).iter().all(|record| record.unknown.is_empty()));
}

#[test]
fn records_on_a_sheet_that_says_that_they_do_not_count_are_left_open() {
    let rows: &[&[&str]] = &[CREDITS, &["0012", "", "急救", "5", "2024-03-05"]];
    for (name, is_void) in [
        ("审核未通过", false),
        ("作废学分", true),
        ("退回记录", false),
        ("样例", true),
        ("模拟数据", true),
        ("培训计划", false),
        ("2025年计划", false),
    ] {
        let register = register(&workbook(&[("人员", ROSTER), (name, rows)]));
        let record = activities(&register, 0).first().expect("a record");
        assert!(record.unknown.contains(&"review_status".to_owned()), "{name}");
        assert_eq!(record.credits.is_none(), is_void, "{name}");
        assert_eq!(noted(&register, &notes::SET_APART).iter().map(|note| note.count).collect::<Vec<_>>(), [1], "{name}");
    }
    let reviewed: &[&[&str]] = &[&[CREDITS, &["审核状态"]].concat(), &["0012", "", "急救", "5", "2024-03-05", "未通过"]];
    let register = register(&workbook(&[("人员", ROSTER), ("审核未通过", reviewed)]));
    assert_eq!(activities(&register, 0).first().map(|record| record.review_status), Some(Some(ReviewStatus::Rejected)));
    assert!(noted(&register, &notes::SET_APART).is_empty());
}

#[test]
fn a_title_says_of_the_records_below_it_that_they_do_not_count() {
    let open = |register: &Register| -> Vec<bool> {
        activities(register, 0).iter().map(|record| record.unknown.contains(&"review_status".to_owned())).collect()
    };
    let titled = records(&[&["审核未通过学分明细"], CREDITS, &["0012", "", "急救", "5", "2024-03-05"]]);
    assert_eq!(open(&titled), [true]);
    let sections = records(&[
        &["一、审核通过名单"],
        CREDITS,
        &["0012", "", "甲", "5", "2024-03-05"],
        &[],
        &["二、审核不通过名单"],
        CREDITS,
        &["0012", "", "乙", "6", "2024-03-06"],
        &["三、补充通过名单"],
        CREDITS,
        &["0012", "", "丙", "7", "2024-03-07"],
    ]);
    assert_eq!(open(&sections), [false, true, false]);
    assert_eq!(noted(&sections, &notes::SET_APART).first().map(|note| note.problem.place.as_str()), Some("学分记录!5"));
    let other = records(&[
        CREDITS,
        &["0012", "", "甲", "5", "2024-03-05"],
        &["二、审核不通过名单"],
        &["工号", "项目名称", "学分", "学时", "授予日期"],
        &["0012", "乙", "6", "18", "2024-03-06"],
    ]);
    assert_eq!(open(&other), [false, true]);
}

#[test]
fn a_class_of_credits_whose_words_are_kinds_of_subjects_is_one() {
    for header in ["学分类别", "学分类型"] {
        let register = records(&[&["工号", "项目名称", "学分", header], &["0012", "甲", "5", "公需科目"], &["0012", "乙", "6", "专业科目"]]);
        let kinds: Vec<_> = activities(&register, 0).iter().map(|record| (record.subject_kind, record.credit_class.is_some())).collect();
        assert_eq!(kinds, [(Some(SubjectKind::Public), false), (Some(SubjectKind::Professional), false)], "{header}");
        assert_eq!(noted(&register, &notes::HEADER_BY_VALUES).len(), 1, "{header}");
    }
    let both = records(&[&["工号", "项目名称", "学分", "学分类别", "科目类别"], &["0012", "甲", "5", "专业", "公需科目"]]);
    assert_eq!(activities(&both, 0).first().map(|record| record.subject_kind), Some(Some(SubjectKind::Public)));
}

#[test]
fn a_sheet_of_totals_by_year_says_why_nothing_can_be_judged_by_it() {
    let totals: &[&[&str]] =
        &[&["工号", "姓名", "年度", "学分", "学时"], &["0012", "张三", "2023", "25", "80"], &["0012", "张三", "2024", "28", "102"]];
    let rows: &[&[&str]] = &[CREDITS, &["0012", "", "急救", "5", "2024-03-05"]];
    let register = register(&workbook(&[("人员", ROSTER), ("学分记录", rows), ("学分统计", totals)]));
    assert_eq!(noted(&register, &notes::ONLY_TOTALS).first().map(|note| note.problem.place.as_str()), Some("学分统计"));
}

#[test]
fn an_unused_header_with_a_year_is_told_by_its_name() {
    let register = records(&[&["工号", "项目名称", "学分", "2023年完成率"], &["0012", "急救", "5", "80%"]]);
    assert!(noted(&register, &notes::UNKNOWN_HEADER).iter().any(|note| note.problem.message.contains("2023年完成率")));
}
