//! Whole workbooks, made in memory: one test for each way in which real ones go wrong.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::*;
use crate::facts::{Activity, ReviewStatus, Title, TitleGrade};
use crate::quantity::parse_day;

type Fallible = Result<(), Box<dyn std::error::Error>>;

const ROSTER: &[&[&str]] = &[&["工号", "姓名", "身份证号", "职称"], &["0012", "张三", "", "主治医师"], &["0013", "李四", "", "护师"]];

/// A workbook of sheets of text.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        text_sheet(book.add_worksheet().set_name(*name).expect("a name"), rows);
    }
    book.save_to_buffer().expect("a workbook")
}

fn text_sheet(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, *text).expect("a cell");
        }
    }
}

fn register(bytes: &[u8]) -> Register {
    read(bytes, "名册.xlsx", &mut |_| {}).unwrap_or_else(|error| unreachable!("{error}"))
}

/// The roster above, and these records.
fn records(rows: &[&[&str]]) -> Register {
    register(&workbook(&[("人员", ROSTER), ("学分记录", rows)]))
}

fn noted<'r>(register: &'r Register, rule: &notes::Rule) -> Vec<&'r Note> {
    register.problems.iter().filter(|note| note.problem.message.starts_with(rule.en)).collect()
}

fn activities(register: &Register, person: usize) -> &[Activity] {
    register.people.get(person).and_then(|person| person.facts.activities.as_deref()).unwrap_or_default()
}

fn credits(register: &Register, person: usize) -> Vec<Option<String>> {
    activities(register, person).iter().map(|record| record.credits.map(|credits| credits.to_string())).collect()
}

fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_owned())).collect()
}

#[test]
fn a_plain_workbook_is_read_without_a_note() {
    let register =
        records(&[&["工号", "项目名称", "学分", "授予日期"], &["0012", "高血压诊疗", "5", "2024-03-05"], &["0012", "急救", "2.5", "2024/4/1"]]);
    assert!(register.problems.iter().all(|note| note.problem.message == notes::GRADE_FROM_TITLE.en), "{:?}", register.problems);
    assert_eq!(credits(&register, 0), some(&["5", "2.5"]));
    assert_eq!(activities(&register, 1), []);
    let first = register.people.first().expect("a person");
    assert_eq!((first.facts.person_id.as_deref(), first.facts.title), (Some("0012"), Some(Title::AttendingPhysician)));
    assert_eq!((first.place.as_str(), first.activity_places.as_slice()), ("人员!A2", ["学分记录!2".to_owned(), "学分记录!3".to_owned()].as_slice()));
}

#[test]
fn a_list_is_unknown_where_no_sheet_is_about_it() {
    let register = register(&workbook(&[("人员", ROSTER)]));
    assert_eq!(register.people.first().map(|person| person.facts.activities.clone()), Some(None));
    let register = records(&[&["工号", "项目名称", "学分"]]);
    assert_eq!(register.people.first().map(|person| person.facts.activities.clone()), Some(Some(vec![])));
}

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
    let columns: Vec<_> = register.sheets.iter().flat_map(|sheet| &sheet.columns).map(|column| (column.cell.as_str(), column.field)).collect();
    assert!(columns.contains(&("学分记录!D3", "credits")), "{columns:?}");
    Ok(())
}

#[test]
fn two_line_headers_are_read_without_merged_regions_too() {
    let register = records(&[&["工号", "项目信息", "", "时间"], &["", "项目名称", "学分(分)", "授予日期"], &["0012", "急救", "5", "2024-03-05"]]);
    assert_eq!(credits(&register, 0), some(&["5"]));
}

#[test]
fn merged_cells_fill_their_rows_but_never_multiply_an_amount() -> Fallible {
    let mut book = Workbook::new();
    text_sheet(book.add_worksheet().set_name("人员")?, ROSTER);
    let sheet = book.add_worksheet().set_name("学分")?;
    text_sheet(sheet, &[&["工号", "项目名称", "学分"], &["", "甲", "5"], &["", "乙", ""]]);
    sheet.merge_range(1, 0, 2, 0, "0012", &Format::new())?;
    sheet.merge_range(1, 2, 2, 2, "5", &Format::new())?;
    let register = register(&book.save_to_buffer()?);
    assert_eq!(credits(&register, 0), [Some("5".to_owned()), None]);
    assert_eq!(noted(&register, &notes::MERGED_AMOUNT).len(), 1);
    Ok(())
}

#[test]
fn a_sheet_of_instructions_is_listed_and_not_an_error() {
    let register = register(&workbook(&[("填写说明", &[&["1. 请填写工号和姓名，学分只填数字。"]]), ("人员", ROSTER)]));
    assert_eq!(register.sheets.first().map(|sheet| sheet.entity), Some(None));
    assert_eq!(noted(&register, &notes::SHEET_NOT_READ).len(), 1);
}

#[test]
fn without_a_recognised_sheet_the_headers_seen_are_shown_but_no_people() {
    let error =
        read(&workbook(&[("表", &[&["员工工号", "员工姓名", "得分情况"], &["1", "张三", "5"]])]), "甲.xlsx", &mut |_| {}).expect_err("no sheet");
    assert_eq!(error.code(), Some(ProblemCode::NoSheet));
    assert!(error.to_string().contains("员工姓名"), "{error}");
    let error = read(&workbook(&[("表", &[&["张三", "李四", "王五"]])]), "甲.xlsx", &mut |_| {}).expect_err("no sheet");
    assert!(!error.to_string().contains("张三"), "{error}");
}

#[test]
fn an_unknown_header_is_noted_with_the_nearest_label() {
    let register = records(&[&["工号", "项目名称", "学分", "授于日期"], &["0012", "急救", "5", "2024-03-05"]]);
    assert!(noted(&register, &notes::ODD_HEADER).iter().any(|note| note.problem.message.contains("授予日期")));
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
fn a_number_keeps_its_zeros_and_a_numeric_cell_finds_them_again() -> Fallible {
    let mut book = Workbook::new();
    text_sheet(book.add_worksheet().set_name("人员")?, ROSTER);
    let sheet = book.add_worksheet().set_name("学分")?;
    text_sheet(sheet, &[&["工号", "项目名称", "学分"], &["", "甲", ""], &["", "乙", ""]]);
    sheet.write_number(1, 0, 12)?.write_number(1, 2, 2.5)?.write_number(2, 0, 99)?.write_number(2, 2, 1)?;
    let register = register(&book.save_to_buffer()?);
    assert_eq!(credits(&register, 0), some(&["2.5"]));
    assert_eq!(noted(&register, &notes::ZEROS_LOST).len(), 1);
    assert_eq!(noted(&register, &notes::NOT_IN_ROSTER).first().map(|note| note.places.clone()), Some(vec!["学分!3".to_owned()]));
    Ok(())
}

#[test]
fn a_number_without_zeros_that_fits_two_people_is_undecided_with_both() {
    let roster: &[&[&str]] = &[&["工号", "姓名"], &["012", "张三"], &["0012", "李四"]];
    let mut book = Workbook::new();
    text_sheet(book.add_worksheet(), roster);
    let sheet = book.add_worksheet();
    text_sheet(sheet, &[&["工号", "项目名称", "学分"], &["", "甲", "3"]]);
    sheet.write_number(1, 0, 12).expect("a cell");
    let register = register(&book.save_to_buffer().expect("a workbook"));
    assert_eq!((credits(&register, 0), credits(&register, 1)), (vec![None], vec![None]));
    assert_eq!(noted(&register, &notes::NUMBER_AMBIGUOUS).len(), 1);
}

#[test]
fn a_record_is_joined_by_name_only_if_it_has_no_number_and_the_name_is_unique() {
    let register = records(&[
        &["工号", "姓名", "项目名称", "学分"],
        &["", "张三", "甲", "1"],
        &["10O2", "李四", "乙", "2"],
        &["7777", "王五", "丙", "3"],
        &["", "", "丁", "4"],
    ]);
    assert_eq!((credits(&register, 0), credits(&register, 1)), (some(&["1"]), vec![None]));
    for rule in [&notes::BY_NAME_ALONE, &notes::PERHAPS_BY_NAME, &notes::NOT_IN_ROSTER, &notes::NO_KEY] {
        assert_eq!(noted(&register, rule).len(), 1, "{}", rule.en);
    }
    let sheet = register.sheets.get(1).expect("a sheet");
    assert_eq!((sheet.rows, sheet.used), (4, 1));
}

#[test]
fn two_people_of_one_name_are_never_merged() {
    let register = register(&workbook(&[
        ("人员", &[&["工号", "姓名"], &["1", "张三"], &["2", "张三"]]),
        ("学分", &[&["工号", "姓名", "项目名称", "学分"], &["1", "张三", "甲", "1"], &["", "张 三", "乙", "2"]]),
    ]));
    assert_eq!((credits(&register, 0), credits(&register, 1)), (vec![Some("1".to_owned()), None], vec![None]));
    assert_eq!(noted(&register, &notes::NAME_OF_SEVERAL).len(), 1);
}

#[test]
fn a_number_and_the_name_of_somebody_else_leave_the_record_undecided_with_both() {
    let register = records(&[&["工号", "姓名", "项目名称", "学分"], &["0012", "李四", "甲", "1"], &["0012", "张山", "乙", "2"]]);
    assert_eq!((credits(&register, 0), credits(&register, 1)), (vec![None, Some("2".to_owned())], vec![None]));
    assert_eq!((noted(&register, &notes::OTHER_PERSON).len(), noted(&register, &notes::OTHER_NAME).len()), (1, 1));
}

#[test]
fn ethnic_names_match_whatever_their_dots() {
    let register = register(&workbook(&[
        ("人员", &[&["工号", "姓名"], &["1", "买买提·艾力"]]),
        ("学分", &[&["工号", "姓名", "项目名称", "学分"], &["1", "买买提•艾力", "甲", "1"]]),
    ]));
    assert_eq!(noted(&register, &notes::OTHER_NAME).len(), 0);
}

#[test]
fn people_are_made_from_the_records_where_there_is_no_roster() {
    let register = register(&workbook(&[(
        "学分",
        &[
            &["工号", "姓名", "职称", "项目名称", "学分", "授予日期"],
            &["1", "张三", "护师", "甲", "1", ""],
            &["2", "李四", "", "乙", "2", ""],
            &["1", "张三", "", "丙", "3", ""],
        ],
    )]));
    assert_eq!((credits(&register, 0), credits(&register, 1)), (some(&["1", "3"]), some(&["2"])));
    assert_eq!(register.people.first().and_then(|person| person.facts.title_grade), Some(TitleGrade::Junior));
    assert_eq!(noted(&register, &notes::PEOPLE_FROM_RECORDS).len(), 1);
}

#[test]
fn an_identity_number_from_a_numeric_cell_is_left_out_and_never_shown() -> Fallible {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("人员")?;
    text_sheet(
        sheet,
        &[&["工号", "姓名", "身份证号"], &["1", "张三", ""], &["2", "李四", "11010519491231002x"], &["3", "王五", "110105194912310021"]],
    );
    sheet.write_number(1, 2, 110_105_194_912_310_020_f64)?;
    let register = register(&book.save_to_buffer()?);
    let ids: Vec<_> = register.people.iter().map(|person| person.facts.id_no.as_deref()).collect();
    assert_eq!(ids, [None, Some("11010519491231002X"), None]);
    let shown = serde_json::to_string(&register.problems)?;
    assert!(!shown.contains("110105") && !shown.contains("张三"), "{shown}");
    for rule in [&notes::ID_NUMERIC, &notes::ID_SPELLING, &notes::ID_CHECK] {
        assert_eq!(noted(&register, rule).len(), 1, "{}", rule.en);
    }
    Ok(())
}

#[test]
fn a_birthday_or_sex_that_the_identity_number_contradicts_is_reported() {
    let register = register(&workbook(&[(
        "人员",
        &[&["工号", "姓名", "身份证号", "性别", "出生日期"], &["1", "张三", "11010519491231002X", "男", "1949-12-30"]],
    )]));
    assert_eq!(noted(&register, &notes::BIRTH_DISAGREES).first().map(|note| note.problem.place.as_str()), Some("人员!E2"));
    assert_eq!(noted(&register, &notes::SEX_DISAGREES).first().map(|note| note.problem.place.as_str()), Some("人员!D2"));
    assert_eq!(register.people.first().and_then(|person| person.facts.birth_date), parse_day("1949-12-30"));
}

#[test]
fn an_unreadable_cell_is_unknown_and_never_none_or_zero() {
    let register = records(&[
        &["工号", "项目名称", "学分", "授予日期"],
        &["0012", "甲", "√", "三月"],
        &["0012", "乙", "", ""],
        &["0012", "丙", "-", "2024.2.30"],
    ]);
    let records = activities(&register, 0);
    assert!(records.iter().all(|record| record.credits.is_none()));
    let unknown: Vec<_> = records.iter().map(|record| record.unknown.clone()).collect();
    assert_eq!(unknown, [vec!["awarded_on".to_owned()], vec![], vec!["awarded_on".to_owned()]]);
    assert_eq!(noted(&register, &notes::IMPOSSIBLE_DATE).first().map(|note| note.severity), Some(Severity::Blocking));
}

#[test]
fn same_as_above_is_filled_and_noted() {
    let register = records(&[&["工号", "项目名称", "学分", "授予日期"], &["0012", "甲", "5", "2024-03-05"], &["0013", "同上", "〃", "同上"]]);
    let record = activities(&register, 1).first().expect("a record");
    assert_eq!((record.activity_name.as_deref(), record.awarded_on), (Some("甲"), parse_day("2024-03-05")));
    assert_eq!(credits(&register, 1), some(&["5"]));
    assert_eq!(noted(&register, &notes::SAME_AS_ABOVE).len(), 3);
}

#[test]
fn a_range_in_the_first_day_gives_the_last_day_too() {
    let register = records(&[
        &["工号", "项目名称", "学分", "举办时间", "结束日期", "授予日期"],
        &["0012", "甲", "1", "2024.03.05-08", "", "2024-03-20"],
        &["0012", "乙", "1", "3月5日—8日", "", "2024-03-20"],
        &["0012", "丙", "1", "12月5日—8日", "", "2024-03-20"],
        &["0012", "丁", "1", "2024.03.05-08", "2024-03-09", "2024-03-21"],
    ]);
    let day = parse_day;
    let days: Vec<_> = activities(&register, 0).iter().map(|record| (record.starts_on, record.ends_on)).collect();
    assert_eq!(
        days,
        [(day("2024-03-05"), day("2024-03-08")), (day("2024-03-05"), day("2024-03-08")), (None, None), (day("2024-03-05"), day("2024-03-09")),]
    );
    assert_eq!((noted(&register, &notes::NO_YEAR).len(), noted(&register, &notes::RANGE_DISAGREES).len()), (1, 1));
}

#[test]
fn dates_as_numbers_follow_the_epoch_and_a_decimal_one_is_asked_about() -> Fallible {
    let mut book = Workbook::new();
    text_sheet(book.add_worksheet().set_name("人员")?, ROSTER);
    let sheet = book.add_worksheet().set_name("学分")?;
    text_sheet(sheet, &[&["工号", "项目名称", "授予日期"], &["0012", "甲"], &["0012", "乙"], &["0012", "丙"]]);
    sheet
        .write_number(1, 2, 45356)?
        .write_number_with_format(2, 2, 45356, &Format::new().set_num_format("yyyy-mm-dd"))?
        .write_number(3, 2, 2024.1)?;
    let register = register(&book.save_to_buffer()?);
    let days: Vec<_> = activities(&register, 0).iter().map(|record| record.awarded_on).collect();
    assert_eq!(days, [parse_day("2024-03-05"), parse_day("2024-03-05"), None]);
    assert_eq!((noted(&register, &notes::SERIAL_DATE).len(), noted(&register, &notes::MONTH_OR_FRACTION).len()), (1, 1));
    Ok(())
}

#[test]
fn totals_are_dropped_and_checked_samples_and_remarks_skipped() {
    let register = records(&[
        &["工号", "项目名称", "学分", "学时"],
        &["示例", "示例：高血压", "5", "15"],
        &["0012", "甲", "2", "6"],
        &["0012", "乙", "3", "9"],
        &["小计", "", "5", "15"],
        &["工号", "项目名称", "学分", "学时"],
        &["0013", "丙", "1", "3"],
        &["合 计", "", "6.5", "18"],
        &["制表：科教科"],
    ]);
    assert_eq!((credits(&register, 0), credits(&register, 1)), (some(&["2", "3"]), some(&["1"])));
    let differs = noted(&register, &notes::TOTAL_DIFFERS);
    assert_eq!(differs.iter().map(|note| note.problem.place.as_str()).collect::<Vec<_>>(), ["学分记录!C8"]);
    let sheet = register.sheets.get(1).expect("a sheet");
    assert_eq!((sheet.rows, sheet.used), (8, 3));
}

#[test]
fn the_same_certificate_counts_once() {
    let register = records(&[
        &["工号", "项目名称", "学分", "授予日期", "证书编号"],
        &["0012", "甲", "2", "2024-03-05", "A1"],
        &["0012", "甲 ", "2", "2024-03-05", "a1"],
        &["0013", "甲", "2", "2024-03-05", "A1"],
    ]);
    assert_eq!((credits(&register, 0), credits(&register, 1)), (some(&["2"]), some(&["2"])));
    assert_eq!((noted(&register, &notes::SAME_CERTIFICATE).len(), noted(&register, &notes::CERTIFICATE_OF_TWO).len()), (1, 1));
}

#[test]
fn the_same_activity_counts_once_and_a_new_session_again() {
    let register = records(&[
        &["工号", "项目编号", "项目名称", "学分", "授予日期", "证书编号"],
        &["0012", "2024-03-05-012(国)", "甲", "2", "2024-03-05", "A1"],
        &["0012", "2024-03-05-012（国）", "【补录】甲", "2", "2024-03-05", ""],
        &["0012", "2024-03-05-012(国)", "甲", "2", "2024-04-05", ""],
        &["0012", "2024-03-05-012(国)", "甲", "3", "2024-04-05", ""],
    ]);
    assert_eq!(credits(&register, 0), [Some("2".to_owned()), Some("2".to_owned()), None]);
    assert_eq!((noted(&register, &notes::SAME_ACTIVITY).len(), noted(&register, &notes::PERHAPS_TWICE).len()), (1, 1));
}

#[test]
fn same_name_days_and_credits_are_only_a_suspicion() {
    let register =
        records(&[&["工号", "项目名称", "学分", "授予日期"], &["0012", "业务学习", "0.5", "2024-03-05"], &["0012", "业务学习", "0.5", "2024-03-05"]]);
    assert_eq!(credits(&register, 0), [Some("0.5".to_owned()), None]);
    assert_eq!(activities(&register, 0).get(1).map(|record| record.unknown.contains(&"awarded_on".to_owned())), Some(true));
}

#[test]
fn students_and_residents_in_training_are_set_aside_with_their_records() {
    let register = register(&workbook(&[
        (
            "人员",
            &[&["工号", "姓名", "人员类别", "人员状态"], &["1", "甲", "医师", "在岗"], &["2", "乙", "医师", "实习"], &["3", "丙", "规培生", "在岗"]],
        ),
        ("学分", &[&["工号", "项目名称", "学分"], &["2", "急救", "1"], &["1", "急救", "1"]]),
    ]));
    assert_eq!(register.people.len(), 1);
    assert_eq!(noted(&register, &notes::IN_TRAINING).first().map(|note| note.count), Some(2));
    assert_eq!(noted(&register, &notes::RECORD_OF_TRAINEE).len(), 1);
}

#[test]
fn a_person_twice_in_the_roster_counts_once_and_two_people_of_one_number_block() {
    let register = register(&workbook(&[("人员", &[&["工号", "姓名"], &["1", "甲"], &["1", "甲"], &["1", "乙"]])]));
    assert_eq!(register.people.len(), 2);
    assert_eq!((noted(&register, &notes::SAME_PERSON_TWICE).len(), noted(&register, &notes::SAME_NUMBER_TWICE).len()), (1, 1));
}

#[test]
fn grade_follows_from_title_and_institution_from_its_columns() {
    let register = register(&workbook(&[(
        "人员",
        &[
            &["工号", "姓名", "职称", "职称级别", "工作单位", "医院级别"],
            &["1", "甲", "主管护师(聘)", "", "某医院", "三甲"],
            &["2", "乙", "中级", "", "某医院", "二级"],
            &["3", "丙", "主任医师", "中级", "", ""],
        ],
    )]));
    let grades: Vec<_> = register.people.iter().map(|person| (person.facts.title, person.facts.title_grade)).collect();
    assert_eq!(
        grades,
        [
            (Some(Title::NurseInCharge), Some(TitleGrade::Intermediate)),
            (None, Some(TitleGrade::Intermediate)),
            (Some(Title::ChiefPhysician), Some(TitleGrade::Intermediate)),
        ]
    );
    let institution = register.people.first().and_then(|person| person.facts.institution.as_ref()).expect("an institution");
    assert_eq!(serde_json::to_value(institution).ok(), Some(serde_json::json!({ "name": "某医院", "level": "tertiary", "grade": "a" })));
    assert_eq!((noted(&register, &notes::GRADE_DISAGREES).len(), noted(&register, &notes::TITLE_IS_GRADE).len()), (1, 1));
}

#[test]
fn attachments_and_certificates_hang_under_their_person() {
    let register = register(&workbook(&[
        ("人员", ROSTER),
        (
            "进修",
            &[
                &["工号", "姓名", "进修单位", "进修科室", "进修起止时间", "进修期限(月)", "考核结果"],
                &["0012", "张三", "某大学附院", "心内科", "2024.1.1-2024.6.30", "6个月", "合格"],
            ],
        ),
        ("证书", &[&["工号", "证书名称", "证书编号", "发证单位", "发证日期"], &["0013", "护士执业证", "Z1", "卫健委", "2020-01-02"]]),
    ]));
    let entities: Vec<_> = register.sheets.iter().map(|sheet| sheet.entity).collect();
    assert_eq!(entities, [Some("practitioner"), Some("attachment"), Some("certificate")]);
    let attachment =
        register.people.first().and_then(|person| person.facts.attachments.as_ref()).and_then(|list| list.first()).expect("an attachment");
    assert_eq!((attachment.starts_on, attachment.ends_on), (parse_day("2024-01-01"), parse_day("2024-06-30")));
    assert_eq!(attachment.host_institution.as_ref().and_then(|host| host.name.as_deref()), Some("某大学附院"));
    let certificate =
        register.people.get(1).and_then(|person| person.facts.certificates.as_ref()).and_then(|list| list.first()).expect("a certificate");
    assert_eq!((certificate.no.as_deref(), certificate.issued_on), (Some("Z1"), parse_day("2020-01-02")));
}

#[test]
fn equal_notes_of_a_column_are_one_note_with_all_places() {
    let rows: Vec<[String; 3]> = (0..300).map(|row| [format!("{row:04}"), "甲".to_owned(), format!("{}分", row % 3 + 1)]).collect();
    let rows: Vec<Vec<&str>> =
        std::iter::once(vec!["工号", "项目名称", "学分"]).chain(rows.iter().map(|row| row.iter().map(String::as_str).collect())).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let register = register(&workbook(&[("学分", &rows)]));
    let units = noted(&register, &notes::WITH_UNIT);
    assert_eq!(
        units.iter().map(|note| (note.count, note.places.len(), note.before.as_deref(), note.after.as_deref())).collect::<Vec<_>>(),
        [(100, 100, Some("1分"), Some("1")), (100, 100, Some("2分"), Some("2")), (100, 100, Some("3分"), Some("3")),]
    );
}

const CSV: &str = "工号,姓名,项目名称,学分\n0012,张三,\"急救,心肺复苏\",5\n";

#[test]
fn delimited_text_is_read_in_every_usual_encoding() {
    let mut with_mark = vec![0xEF, 0xBB, 0xBF];
    with_mark.extend(CSV.as_bytes());
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(CSV.replace(',', "\t").replace("急救\t", "急救,").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let chinese = encoding_rs::GB18030.encode(CSV).0.into_owned();
    for bytes in [CSV.as_bytes().to_vec(), with_mark, wide, chinese, CSV.replace(',', ";").replace("急救;", "急救,").into_bytes()] {
        let register = register(&bytes);
        assert_eq!(credits(&register, 0), some(&["5"]));
        assert_eq!(activities(&register, 0).first().and_then(|record| record.activity_name.as_deref()), Some("急救,心肺复苏"));
        assert_eq!(register.people.first().and_then(|person| person.facts.person_id.as_deref()), Some("0012"));
    }
}

#[test]
fn tables_of_a_web_page_are_read_with_their_spans() {
    let page = "<html><meta charset=gbk><table border=1><tr><td colspan=3>学分&nbsp;记录</td></tr><tr><th>工号</th><th>项目名称</th><th>学分</th></tr>\
        <tr><td rowspan=2>0012</td><td>甲&amp;乙</td><td>2.5</td></tr><tr><td>丙</td><td>1</td></tr></table></html>";
    let register = register(&encoding_rs::GB18030.encode(page).0);
    assert_eq!(credits(&register, 0), some(&["2.5", "1"]));
    assert_eq!(activities(&register, 0).first().and_then(|record| record.activity_name.as_deref()), Some("甲&乙"));
}

#[test]
fn what_cannot_be_read_is_refused_with_a_cure() {
    let whole = workbook(&[("人员", ROSTER)]);
    let cut = whole.get(..whole.len() / 2).unwrap_or_default().to_vec();
    let protected: Vec<u8> = [0xD0, 0xCF, 0x11, 0xE0].into_iter().chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let other = [0xD0, 0xCF, 0x11, 0xE0, 1, 2, 3];
    let xml = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"></Workbook>";
    for (bytes, word) in [
        (&b""[..], "empty"),
        (b"  \n", "empty"),
        (&cut, "damaged"),
        (&protected, "password"),
        (&other, ".et"),
        (xml.as_bytes(), "SpreadsheetML"),
        (b"%PDF-1.4", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither"),
        (b"<html><p>no table</p></html>", "without a table"),
    ] {
        let error = read(bytes, "甲.xls", &mut |_| {}).expect_err(word);
        assert_eq!(error.code(), Some(ProblemCode::Unreadable), "{error}");
        assert!(error.to_string().contains(word) && error.problems.iter().all(|problem| problem.cure.is_some()), "{error}");
    }
}

#[test]
fn progress_reaches_its_end() {
    let mut stages = Vec::new();
    let told = read(&workbook(&[("人员", ROSTER)]), "甲.xlsx", &mut |progress| stages.push(progress));
    assert!(told.is_ok());
    assert_eq!(stages.last(), Some(&Progress { stage: Stage::Joining, done: 2, total: 2 }));
}

proptest::proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..2048)) {
        let _ = read(&bytes, "任意", &mut |_| {});
    }

    #[test]
    fn arbitrary_tables_never_panic(text in "[工号姓名学分日期项目,\t\n<>/tdrable0-9.年月\"同上合计 -]{0,400}") {
        let _ = read(text.as_bytes(), "任意", &mut |_| {});
        let _ = read(format!("工号,姓名,项目名称,学分,授予日期,举办时间\n{text}").as_bytes(), "任意", &mut |_| {});
    }

    #[test]
    fn damaged_workbooks_never_panic(places in proptest::collection::vec((proptest::prelude::any::<proptest::sample::Index>(), proptest::prelude::any::<u8>()), 1..8)) {
        let mut bytes = workbook(&[("人员", ROSTER)]);
        for (place, byte) in places {
            let at = place.index(bytes.len());
            bytes.get_mut(at).into_iter().for_each(|old| *old = byte);
        }
        let _ = read(&bytes, "任意", &mut |_| {});
    }
}

#[test]
fn someone_without_a_number_of_their_own_is_found_by_name() {
    let register = register(&workbook(&[
        ("人员", &[&["姓名", "职称"], &["张三", "护师"]]),
        ("学分", &[&["工号", "姓名", "项目名称", "学分"], &["1", "张三", "甲", "1"]]),
    ]));
    assert_eq!(credits(&register, 0), some(&["1"]));
    assert_eq!(noted(&register, &notes::BY_NAME_ALONE).len(), 1);
}

#[test]
fn a_record_that_could_be_anybodys_is_nobodys() {
    let people: Vec<[String; 2]> = (0..40).map(|number| [number.to_string(), "张三".to_owned()]).collect();
    let rows: Vec<Vec<&str>> =
        std::iter::once(vec!["工号", "姓名"]).chain(people.iter().map(|row| row.iter().map(String::as_str).collect())).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let register = register(&workbook(&[("人员", &rows), ("学分", &[&["姓名", "项目名称", "学分"], &["张三", "甲", "1"]])]));
    assert!((0..40).all(|person| activities(&register, person).is_empty()));
    assert_eq!(noted(&register, &notes::NAME_OF_SEVERAL).len(), 1);
}

#[test]
fn an_open_document_is_read() -> Fallible {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let cell = |text: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>");
    let row = |texts: &[&str]| format!("<table:table-row>{}</table:table-row>", texts.iter().map(|text| cell(text)).collect::<String>());
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"学分\">{}{}</table:table></office:spreadsheet></office:body></office:document-content>",
        row(&["工号", "项目名称", "学分"]),
        row(&["0012", "甲", "2.5"])
    );
    for (name, text) in
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("META-INF/manifest.xml", "<manifest:manifest/>"), ("content.xml", &content)]
    {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    let register = register(&archive.finish()?.into_inner());
    assert_eq!(credits(&register, 0), some(&["2.5"]));
    Ok(())
}

/// Someone with a number, credits and a date, three times.
const CREDITS: &[&str] = &["工号", "姓名", "项目名称", "学分", "授予日期"];

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
    assert_eq!(noted(&register, &notes::TWO_AMOUNTS).len(), 1);
}

#[test]
fn an_amount_merged_over_two_people_is_nobodys() -> Fallible {
    let mut book = Workbook::new();
    text_sheet(book.add_worksheet().set_name("人员")?, ROSTER);
    let sheet = book.add_worksheet().set_name("学分")?;
    text_sheet(sheet, &[&["工号", "项目名称", "学分"], &["0012", "甲", "5"], &["0013", "乙", ""]]);
    sheet.merge_range(1, 2, 2, 2, "5", &Format::new())?;
    let register = register(&book.save_to_buffer()?);
    assert_eq!((credits(&register, 0), credits(&register, 1)), (vec![None], vec![None]));
    Ok(())
}

#[test]
fn number_and_identity_number_of_two_people_leave_the_record_open() {
    let (one, other) = ("11010519491231002X", "440308199901101512");
    let roster: &[&[&str]] = &[&["工号", "姓名", "身份证号"], &["0012", "张三", one], &["0013", "李四", other]];
    let header = &["工号", "姓名", "身份证号", "项目名称", "学分", "授予日期"];
    for row in [["0012", "", other], ["0012", "张三", other], ["9999", "张三", other]] {
        let row: Vec<&str> = row.into_iter().chain(["急救", "5", "2024-03-05"]).collect();
        let register = register(&workbook(&[("人员", roster), ("学分", &[header, &row])]));
        assert_eq!((credits(&register, 0), credits(&register, 1)), (vec![None], vec![None]), "{row:?}");
        assert_eq!(noted(&register, &notes::OTHER_PERSON).len(), 1, "{row:?}");
    }
    let twice: &[&[&str]] = &[&["工号", "姓名", "身份证号"], &["0012", "张三", one], &["0013", "张三", one]];
    assert_eq!(noted(&register(&workbook(&[("人员", twice)])), &notes::SAME_IDENTITY_TWICE).len(), 1);
}

#[test]
fn without_a_roster_the_order_of_the_records_does_not_matter() {
    let rows: [&[&str]; 4] = [
        &["", "李四", "甲", "1", "2024-03-05"],
        &["0013", "李四", "乙", "2", "2024-03-06"],
        &["0012", "李四", "丙", "3", "2024-03-07"],
        &["0012", "张三", "丁", "4", "2024-03-08"],
    ];
    for order in [[0, 1, 3, 2], [3, 2, 1, 0]] {
        let sheet: Vec<&[&str]> = std::iter::once(CREDITS).chain(order.into_iter().filter_map(|row| rows.get(row).copied())).collect();
        let register = register(&workbook(&[("学分", &sheet)]));
        assert_eq!(register.people.len(), 2);
        let person = |number: &str| register.people.iter().position(|person| person.facts.person_id.as_deref() == Some(number)).expect("a person");
        let sorted = |person| {
            let mut credits = credits(&register, person);
            credits.sort();
            credits
        };
        assert_eq!(sorted(person("0012")), [None, Some("4".to_owned())]);
        assert_eq!(sorted(person("0013")), [None, Some("1".to_owned()), Some("2".to_owned())]);
    }
}

#[test]
fn without_a_roster_a_number_that_lost_its_zeros_is_still_the_same_person() -> Fallible {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    text_sheet(sheet, &[CREDITS, &["0012", "张三", "甲", "5", "2024-03-05"], &["", "张三", "乙", "3", "2024-03-06"]]);
    sheet.write_number(2, 0, 12)?;
    let register = register(&book.save_to_buffer()?);
    assert_eq!((register.people.len(), credits(&register, 0)), (1, some(&["5", "3"])));
    Ok(())
}

#[test]
fn a_person_whose_number_lost_its_zeros_does_not_stand_in_the_roster_twice() -> Fallible {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    text_sheet(sheet, &[&["工号", "姓名", "科室"], &["0012", "张三", "内科"], &["", "张三", "内科"]]);
    sheet.write_number(2, 0, 12)?;
    let register = register(&book.save_to_buffer()?);
    assert_eq!((register.people.len(), noted(&register, &notes::SAME_PERSON_TWICE).len()), (1, 1));
    Ok(())
}

#[test]
fn a_hidden_sheet_and_a_sheet_without_records_are_said() -> Fallible {
    let mut book = Workbook::new();
    text_sheet(book.add_worksheet().set_name("人员")?, ROSTER);
    let sheet = book.add_worksheet().set_name("学分")?.set_hidden(true);
    text_sheet(sheet, &[CREDITS]);
    let register = register(&book.save_to_buffer()?);
    assert_eq!((noted(&register, &notes::HIDDEN_SHEET).len(), noted(&register, &notes::NO_ROWS).len()), (1, 1));
    Ok(())
}

#[test]
fn a_name_alone_is_said_and_samples_in_brackets_are_skipped() {
    let roster: &[&[&str]] = &[&["工号", "姓名", "科室"], &["0012", "张三", "内科"], &["", "李四", ""], &["注:以上为全院人员", "", ""]];
    let register = register(&workbook(&[("人员", roster)]));
    assert_eq!((register.people.len(), noted(&register, &notes::NAME_ALONE).len(), noted(&register, &notes::REMARK_ROW).len()), (1, 1, 1));
    let sample = |number, name| records(&[CREDITS, &[number, name, "例课", "99", "2024-03-05"], &["0012", "张三", "急救", "5", "2024-03-05"]]);
    for (number, name) in [("0012", "张三（示例）"), ("（示例）", "张三"), ("填写示例", "张三")] {
        assert_eq!(credits(&sample(number, name), 0), some(&["5"]), "{number} {name}");
    }
}

#[test]
fn a_bare_class_is_the_kind_of_subject_where_its_words_are() {
    let register = records(&[&["工号", "项目名称", "类别", "学分", "授予日期"], &["0012", "急救", "公需科目", "5", "2024-03-05"]]);
    let record = activities(&register, 0).first().expect("a record");
    assert_eq!((record.subject_kind, record.credit_class.as_deref()), (Some(crate::facts::SubjectKind::Public), None));
}

#[test]
fn people_are_not_shown_where_one_word_is_like_a_header() {
    let error = read("张三,内科\n李四,外科\n".as_bytes(), "甲.csv", &mut |_| {}).expect_err("no sheet");
    assert!(!error.to_string().contains("张三"), "{error}");
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_said() {
    let text = "工号,姓名,项目名称,学分\n0012,张三,\"急救,5\n0013,李四,急救,5\n";
    let register = register(text.replace("急救", "急 救Ａ").as_bytes());
    assert_eq!(noted(&register, &notes::OPEN_QUOTE).len(), 1);
    assert!(register.problems.iter().all(|note| note.before.is_none() && note.after.is_none()), "a cell may hold the names of others");
}

#[test]
fn the_words_of_a_yes_or_no_column_are_known() {
    let header = &["工号", "项目名称", "是否与岗位相关", "电子学分"];
    let register = records(&[header, &["0012", "甲", "密切相关", "电子"], &["0012", "乙", "不相关", "纸质"], &["0012", "丙", "电子", "相关"]]);
    let read: Vec<_> = activities(&register, 0).iter().map(|record| (record.job_related, record.electronic)).collect();
    assert_eq!(read, [(Some(true), Some(true)), (Some(false), Some(false)), (None, None)]);
}
