//! What stands in rows and cells, and what is no record.

use super::*;
use crate::facts::{Title, TitleGrade};
use crate::quantity::parse_day;

#[test]
fn a_plain_workbook_is_read_without_a_note() {
    let register =
        records(&[&["工号", "项目名称", "学分", "授予日期"], &["0012", "高血压诊疗", "5", "2024-03-05"], &["0012", "急救", "2.5", "2024/4/1"]]);
    assert!(register.problems.iter().all(|note| note.problem.message == notes::GRADE_FROM_TITLE.en), "{:?}", register.problems);
    assert_eq!(credits(&register, 0), some(&["5", "2.5"]));
    assert_eq!(activities(&register, 1), []);
    let first = people(&register).first().copied().expect("a person");
    assert_eq!((first.person_id.as_deref(), first.title), (Some("0012"), Some(Title::AttendingPhysician)));
    let listed = register.subjects.first().expect("a person");
    assert_eq!((listed.place.as_str(), listed.places("activities")), ("人员!A2", ["学分记录!2".to_owned(), "学分记录!3".to_owned()].as_slice()));
}

#[test]
fn a_list_is_unknown_where_no_sheet_is_about_it() {
    let register = register(&workbook(&[("人员", ROSTER)]));
    assert_eq!(people(&register).first().map(|person| person.activities.clone()), Some(None));
    let register = records(&[&["工号", "项目名称", "学分"]]);
    assert_eq!(people(&register).first().map(|person| person.activities.clone()), Some(Some(vec![])));
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
    assert_eq!(credits(&register, 0), [None, None], "whether it is that of one row or of both together, nobody knows");
    assert_eq!(noted(&register, &notes::MERGED_AMOUNT).first().map(|note| note.count), Some(2));
    Ok(())
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
    let people = people(&register);
    let ids: Vec<_> = people.iter().map(|person| person.id_no.as_deref()).collect();
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
    assert_eq!(people(&register).first().and_then(|person| person.birth_date), parse_day("1949-12-30"));
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
fn one_certificate_number_on_unlike_activities_leaves_each_undecided() {
    let header: &[&str] = &["工号", "项目名称", "学分", "授予日期", "学分证号"];
    let register = records(&[
        header,
        &["0012", "心电图", "10", "2024-03-10", "CQ-0001"],
        &["0012", "院感", "10", "2024-05-10", "CQ-0001"],
        &["0013", "急救", "25", "2024-05-10", "C1"],
        &["0013", "急救", "25", "2023-05-10", "C1"],
    ]);
    assert_eq!((credits(&register, 0), credits(&register, 1)), (vec![None, None], vec![None, None]));
    let notes = noted(&register, &notes::CERTIFICATE_OF_SEVERAL);
    assert_eq!(notes.first().map(|note| note.count), Some(4));
    // Words that stand for a number that is still to come tell nothing of two records.
    let junk = records(&[header, &["0012", "甲", "10", "2024-03-10", "0"], &["0012", "乙", "15", "2024-05-10", "0"]]);
    assert_eq!(credits(&junk, 0), some(&["10", "15"]));
}

#[test]
fn rows_of_one_certificate_that_contradict_each_other_say_the_same_in_either_order() {
    let header: &[&str] = &["工号", "项目名称", "学分", "学时", "授予日期", "审核状态", "证书编号"];
    let (passed, failed): (&[&str], &[&str]) =
        (&["0012", "甲", "25", "80", "2024-05-10", "通过", "C1"], &["0012", "甲", "10", "80", "2024-05-10", "不通过", "C1"]);
    for rows in [[passed, failed], [failed, passed]] {
        let register = records(&[header, rows[0], rows[1]]);
        let [record] = activities(&register, 0) else { unreachable!("one certificate is one record") };
        assert_eq!((record.credits, record.review_status), (None, None));
        assert!(record.hours.is_some() && record.unknown.iter().any(|name| name == "review_status"), "{record:?}");
        assert_eq!(noted(&register, &notes::CERTIFICATE_CONTRADICTED).len(), 1);
    }
}

#[test]
fn a_row_with_a_number_and_a_day_is_a_record_whatever_it_is_called() {
    let register = records(&[
        &["工号", "项目名称", "学分", "授予日期"],
        &["0012", "院内讲座合计", "5", "2024-05-10"],
        &["0012", "示例：病案书写", "5", "2024-05-11"],
        &["0012", "模板", "5", "2024-05-12"],
        &["示例", "某项目", "5", "2024-05-12"],
        &["", "合计", "15", ""],
        &["0012", "例：心电图", "5", ""],
    ]);
    assert_eq!(credits(&register, 0), some(&["5", "5", "5"]));
    assert_eq!(noted(&register, &notes::SAMPLE_ROW).first().map(|note| note.problem.place.as_str()), Some("学分记录!7"));
    assert_eq!(noted(&register, &notes::TOTAL_DIFFERS).len(), 0);
}

#[test]
fn two_columns_of_one_meaning_that_differ_leave_what_they_say_open() {
    let header: &[&str] = &["工号", "项目名称", "学分", "授予日期", "卫生厅审核", "人社局审核"];
    let register = records(&[
        header,
        &["0012", "甲", "5", "2024-05-10", "通过", "不通过"],
        &["0012", "乙", "5", "2024-05-11", "通过", "已通过"],
        &["0012", "丙", "5", "2024-05-12", "", "不通过"],
    ]);
    let open: Vec<bool> = activities(&register, 0).iter().map(|record| record.unknown.iter().any(|name| name == "review_status")).collect();
    assert_eq!(open, [true, false, true]);
    assert_eq!(noted(&register, &notes::TWO_VALUES).first().map(|note| note.count), Some(2));
}

#[test]
fn a_year_is_read_with_its_word_and_nothing_else_is_a_year() {
    let header: &[&str] = &["工号", "项目名称", "学分", "授予日期", "年度"];
    let row = |name: &'static str, year: &'static str| ["0012", name, "5", "2024-05-10", year];
    let rows = [row("甲", "2024年度"), row("乙", "2024年"), row("丙", "20242025"), row("丁", "24")];
    let rows: Vec<&[&str]> = std::iter::once(header).chain(rows.iter().map(<[&str; 5]>::as_slice)).collect();
    let register = records(&rows);
    let years: Vec<Option<u32>> = activities(&register, 0).iter().map(|record| record.year_claimed).collect();
    assert_eq!(years, [Some(2024), Some(2024), None, None]);
    assert_eq!(noted(&register, &notes::NOT_A_YEAR).first().map(|note| note.count), Some(2));
}

#[test]
fn what_stood_in_a_row_whose_cells_have_moved_is_not_repeated() {
    let register = records(&[CREDITS, &["0012", "甲", "乙", "5", "张三的手机13800000000", "2024-05-10"]]);
    assert!(register.problems.iter().all(|note| note.before.as_ref().is_none_or(|before| !before.contains("138"))));
    assert_eq!(noted(&register, &notes::NO_HEADER).len(), 1);
}

#[test]
fn an_empty_sheet_of_records_says_nothing_beside_one_that_has_some() {
    let filled: &[&[&str]] = &[CREDITS, &["0012", "张三", "甲", "5", "2024-05-10"]];
    let register = register(&workbook(&[("人员", ROSTER), ("学分2023", &[CREDITS]), ("学分2024", filled)]));
    assert_eq!(noted(&register, &notes::NO_ROWS).len(), 0);
}

#[test]
fn tables_below_each_other_in_one_sheet_are_each_read() {
    let people: [&[&str]; 3] = [&["工号", "姓名", "科室", "职称"], &["0012", "张三", "内科", "主治医师"], &["0013", "李四", "外科", "护师"]];
    let credits_of: [&[&str]; 2] = [CREDITS, &["0012", "张三", "甲", "5", "2024-05-10"]];
    let both = [&people[..], &[&[], &["学分记录"]], &credits_of[..]].concat();
    let turned = [&credits_of[..], &[&[], &["人员名册"]], &people[..]].concat();
    for rows in [both, turned] {
        let register = register(&workbook(&[("数据", &rows)]));
        assert_eq!(people_numbers(&register), ["0012", "0013"]);
        assert_eq!((credits(&register, 0), credits(&register, 1)), (some(&["5"]), vec![]));
        let about: Vec<_> = register.sheets.iter().map(|sheet| sheet.entity.as_deref().unwrap_or_default()).collect();
        assert!(about.contains(&"practitioner") && about.contains(&"activity"), "{about:?}");
    }
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
fn equal_rows_without_a_name_or_number_are_never_counted_twice_silently() {
    let row: &[&str] = &["0012", "15", "50", "2024-03-01"];
    let other: &[&str] = &["0012", "15", "50", "2024-03-02"];
    let register = records(&[&["工号", "学分", "学时", "授予日期"], row, row, other, row]);
    assert_eq!(credits(&register, 0), [Some("15".to_owned()), None, Some("15".to_owned()), None]);
    let notes = noted(&register, &notes::SAME_UNNAMED);
    assert_eq!(notes.first().map(|note| note.places.clone()), Some(vec!["学分记录!3".to_owned(), "学分记录!5".to_owned()]));
}

#[test]
fn equal_rows_of_one_name_without_a_day_are_only_a_suspicion() {
    let row: &[&str] = &["0012", "急救", "15"];
    let register = records(&[&["工号", "项目名称", "学分"], row, row]);
    assert_eq!(credits(&register, 0), [Some("15".to_owned()), None]);
    assert_eq!(noted(&register, &notes::PERHAPS_TWICE).len(), 1);
}

#[test]
fn a_sheet_that_was_pasted_twice_does_not_count_twice() {
    let days: Vec<String> = (1..=70).map(|day| format!("2024-{:02}-{:02}", 1 + day / 28, 1 + day % 28)).collect();
    let rows: Vec<[&str; 3]> = days.iter().chain(&days).map(|day| ["0012", "1", day.as_str()]).collect();
    let rows: Vec<&[&str]> = std::iter::once(["工号", "学分", "授予日期"].as_slice()).chain(rows.iter().map(<[&str; 3]>::as_slice)).collect();
    let register = records(&rows);
    assert_eq!(credits(&register, 0).iter().filter(|credits| credits.is_some()).count(), 70);
    assert_eq!(noted(&register, &notes::SAME_UNNAMED).first().map(|note| note.count), Some(70));
}

#[test]
fn numbers_in_two_lines_of_a_cell_are_not_one() {
    let header = &["工号", "项目名称", "学分", "授予日期"];
    let register = records(&[header, &["0012", "甲", "5\n10", "2024-03-05"], &["0012", "乙", "\u{3000}25\u{a0}", "2024-03-06"]]);
    assert_eq!(credits(&register, 0), [None, Some("25".to_owned())]);
    assert_eq!(noted(&register, &notes::SEVERAL_NUMBERS).first().map(|note| note.problem.place.as_str()), Some("学分记录!C2"));
}

#[test]
fn a_time_of_day_alone_is_no_day_of_1900() -> Fallible {
    let mut book = Workbook::new();
    text_sheet(book.add_worksheet().set_name("人员")?, ROSTER);
    let sheet = book.add_worksheet().set_name("学分")?;
    text_sheet(sheet, &[&["工号", "项目名称", "学分", "学时", "授予日期"], &["0012", "甲", "1", "", ""], &["0012", "乙", "1", "", ""]]);
    let (time, date) = (Format::new().set_num_format("hh:mm"), Format::new().set_num_format("yyyy-mm-dd"));
    // Eight o'clock as a day and as hours, and 25 in a cell with the format of a date.
    for column in [3, 4] {
        sheet.write_number_with_format(1, column, 8.0 / 24.0, &time)?;
    }
    sheet.write_number_with_format(2, 4, 25.0, &date)?;
    let register = register(&book.save_to_buffer()?);
    for record in activities(&register, 0) {
        assert_eq!((record.awarded_on, record.hours, record.unknown.clone()), (None, None, vec!["awarded_on".to_owned()]));
    }
    assert_eq!(noted(&register, &notes::NOT_A_DATE).iter().map(|note| note.count).sum::<usize>(), 2);
    Ok(())
}

#[test]
fn one_day_where_first_and_last_are_asked_for_leaves_the_end_open() {
    let header: &[&str] = &["工号", "进修单位", "进修起止时间"];
    let stay = |header: &[&str], row: &[&str]| {
        let register = register(&workbook(&[("人员", ROSTER), ("进修经历", &[header, row])]));
        let stay = people(&register).first().and_then(|person| person.attachments.as_ref()?.first().cloned()).expect("a stay");
        (stay.starts_on, stay.ends_on, stay.unknown.clone(), noted(&register, &notes::LAST_DAY_OPEN).len())
    };
    let (day, open) = (parse_day, || vec!["ends_on".to_owned()]);
    assert_eq!(stay(header, &["0012", "某院", "2024.3.1"]), (day("2024-03-01"), None, open(), 1));
    for text in ["2024.3.1至今", "2024.3.1-"] {
        assert_eq!(stay(header, &["0012", "某院", text]), (day("2024-03-01"), None, vec![], 0), "{text}");
    }
    let months = vec!["starts_on within 2024-03".to_owned(), "ends_on within 2024-08".to_owned()];
    assert_eq!(stay(header, &["0012", "某院", "2024.03-2024.08"]), (None, None, months, 0));
    let month = vec!["starts_on within 2024-03".to_owned(), "ends_on".to_owned()];
    assert_eq!(stay(header, &["0012", "某院", "2024.03"]), (None, None, month, 0));
    // A last day of its own, and a header that asks for the first day alone.
    let both = &["工号", "进修单位", "进修起止时间", "进修结束日期"];
    assert_eq!(stay(both, &["0012", "某院", "2024.3.1", "2024-08-31"]), (day("2024-03-01"), day("2024-08-31"), vec![], 0));
    assert_eq!(stay(both, &["0012", "某院", "2024.3.1", ""]), (day("2024-03-01"), None, vec![], 0));
    assert_eq!(stay(&["工号", "进修单位", "进修开始日期"], &["0012", "某院", "2024.3.1"]), (day("2024-03-01"), None, open(), 0));
}

#[test]
fn a_point_in_time_is_the_day_that_it_is_in_china() {
    for (text, day) in [
        ("2024-10-31T16:00:00.000Z", "2024-11-01"),
        ("2024-10-31T15:59:59Z", "2024-10-31"),
        ("2024-10-31T23:30:00+00:00", "2024-11-01"),
        ("2024-11-01T08:00:00+0800", "2024-11-01"),
        ("2024-11-01 00:00:00 +08:00", "2024-11-01"),
    ] {
        let register = records(&[&["工号", "项目名称", "学分", "授予日期"], &["0012", "甲", "1", text]]);
        assert_eq!(activities(&register, 0).first().map(|record| record.awarded_on), Some(parse_day(day)), "{text}");
        assert_eq!(noted(&register, &notes::POINT_IN_TIME).len(), 1, "{text}");
    }
}

#[test]
fn words_in_place_of_the_number_of_a_certificate_are_none_or_unknown_and_never_a_number() {
    let number = |word: &str| {
        let register = register(&workbook(&[("人员", &[&["工号", "姓名", "规培证"], &["1", "张三", word], &["2", "李四", "SC1"]])]));
        let person = people(&register).first().copied().cloned().expect("a person");
        (person.resident_cert_no, person.none, noted(&register, &notes::NOT_TOLD).len())
    };
    for word in ["无", "没有", "否", "未取得", "未参加", "不需要", "0", "×"] {
        assert_eq!(number(word), (None, vec!["resident_cert_no".to_owned()], 0), "{word}");
    }
    for word in ["未发", "待发", "补办中", "见附件", "有", "是", "√"] {
        assert_eq!(number(word), (None, vec![], 1), "{word}");
    }
    for word in ["", "/", "未定"] {
        assert_eq!((number(word).0, number(word).1), (None, vec![]), "{word}");
    }
    assert_eq!(number("2024规培字第0001号").0.as_deref(), Some("2024规培字第0001号"));
}

#[test]
fn a_mentor_who_is_not_settled_is_unknown_and_no_name() {
    let mentor = |word: &str| {
        let register = register(&workbook(&[("人员", ROSTER), ("进修经历", &[&["工号", "进修单位", "带教老师"], &["0012", "甲院", word]])]));
        let stay = people(&register).first().and_then(|person| person.attachments.as_ref()?.first().cloned()).expect("a stay");
        (stay.mentor, stay.none)
    };
    assert_eq!(mentor("未定"), (None, vec![]));
    assert_eq!(mentor("否"), (None, vec!["mentor".to_owned()]));
    assert_eq!(mentor("张教授"), (Some("张教授".to_owned()), vec![]));
}

#[test]
fn what_is_about_somebody_is_shown_in_no_note_whatever_column_it_stands_in() -> Fallible {
    let header = &["工号", "姓名", "项目名称", "学分", "授予日期", "证书编号", "审核状态"];
    let register = register(&workbook(&[(
        "学分记录",
        &[
            header,
            &[
                "１１０１０５１９４９１２３１００２Ｘ",
                "张三丰",
                "甲",
                "11010519491231002X",
                "110105194912310021",
                "１１０１０５４９１２３１００２",
                "张三丰",
            ],
            &["0013", "李四", "乙", "李 四", "李四", "证１", "李四已审"],
        ],
    )]));
    let shown = serde_json::to_string(&register.problems)?;
    for private in ["1101054912", "110105194912", "１１０１０５", "张三丰", "李四", "李 四"] {
        assert!(!shown.contains(private), "{private}: {shown}");
    }
    assert!(shown.contains("证１"), "what is about nobody is shown: {shown}");
    Ok(())
}

#[test]
fn words_for_yes_no_and_refused_are_understood_where_they_are_usual() {
    let register = records(&[&["工号", "项目名称", "学分", "审核状态", "是否与岗位相关"], &["0012", "甲", "1", "不合格", "未完成"]]);
    let record = activities(&register, 0).first().expect("a record");
    assert_eq!((record.review_status, record.job_related), (Some(crate::facts::ReviewStatus::Rejected), Some(false)));
}

#[test]
fn cells_without_a_header_are_told_once_a_sheet() {
    let register =
        records(&[&["工号", "项目名称", "学分"], &["0012", "甲", "1", "", "多出"], &["0012", "乙", "1", "多出", "多出"], &["0012", "丙", "1"]]);
    let notes = noted(&register, &notes::NO_HEADER);
    assert_eq!(notes.iter().map(|note| note.places.clone()).collect::<Vec<_>>(), [vec!["学分记录!2".to_owned(), "学分记录!3".to_owned()]]);
}

#[test]
fn same_name_days_and_credits_are_only_a_suspicion() {
    let register =
        records(&[&["工号", "项目名称", "学分", "授予日期"], &["0012", "业务学习", "0.5", "2024-03-05"], &["0012", "业务学习", "0.5", "2024-03-05"]]);
    assert_eq!(credits(&register, 0), [Some("0.5".to_owned()), None]);
    assert_eq!(activities(&register, 0).get(1).map(|record| record.unknown.contains(&"awarded_on".to_owned())), Some(true));
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
    let people = people(&register);
    let grades: Vec<_> = people.iter().map(|person| (person.title, person.title_grade)).collect();
    assert_eq!(
        grades,
        [
            (Some(Title::NurseInCharge), Some(TitleGrade::Intermediate)),
            (None, Some(TitleGrade::Intermediate)),
            (Some(Title::ChiefPhysician), Some(TitleGrade::Intermediate)),
        ]
    );
    let institution = people.first().and_then(|person| person.institution.as_ref()).expect("an institution");
    assert_eq!(serde_json::to_value(institution).ok(), Some(serde_json::json!({ "name": "某医院", "level": "tertiary", "grade": "a" })));
    assert_eq!((noted(&register, &notes::GRADE_DISAGREES).len(), noted(&register, &notes::TITLE_IS_GRADE).len()), (1, 1));
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
        [(300, 100, Some("1分；2分；3分"), Some("1；2；3"))]
    );
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
fn hidden_rows_are_read_and_counted() -> Fallible {
    let mut book = Workbook::new();
    text_sheet(book.add_worksheet().set_name("人员")?, ROSTER);
    let sheet = book.add_worksheet().set_name("学分")?;
    text_sheet(sheet, &[&["工号", "项目名称", "学分"], &["0012", "甲", "5"], &["0012", "乙", "3"], &["0013", "丙", "2"]]);
    sheet.set_row_hidden(1)?.set_row_hidden(3)?.set_row_hidden(9)?;
    let register = register(&book.save_to_buffer()?);
    assert_eq!((credits(&register, 0), credits(&register, 1)), (some(&["5", "3"]), some(&["2"])));
    let told: Vec<_> = noted(&register, &notes::HIDDEN_ROWS).iter().map(|note| format!("{} {}", note.problem.place, note.zh)).collect();
    assert_eq!(told, ["学分 已读取隐藏或被筛选掉的行：共2行"]);
    Ok(())
}

#[test]
fn a_row_of_totals_in_a_roster_is_nobody() {
    let roster: &[&[&str]] = &[&["工号", "姓名", "科室"], &["0012", "张三", "内科"], &["合计", "2", ""], &["", "合计", "2"], &["3", "总计", ""]];
    let register = register(&workbook(&[("人员", roster)]));
    assert_eq!((people(&register).len(), noted(&register, &notes::TOTAL_ROW).len()), (1, 1));
}

#[test]
fn a_name_alone_is_said_and_samples_in_brackets_are_skipped() {
    let roster: &[&[&str]] = &[&["工号", "姓名", "科室"], &["0012", "张三", "内科"], &["", "李四", ""], &["注:以上为全院人员", "", ""]];
    let register = register(&workbook(&[("人员", roster)]));
    assert_eq!((people(&register).len(), noted(&register, &notes::NAME_ALONE).len(), noted(&register, &notes::REMARK_ROW).len()), (1, 1, 1));
    let sample = |number, name| records(&[CREDITS, &[number, name, "例课", "99", "2024-03-05"], &["0012", "张三", "急救", "5", "2024-03-05"]]);
    for (number, name) in [("0012", "张三（示例）"), ("（示例）", "张三"), ("填写示例", "张三")] {
        assert_eq!(credits(&sample(number, name), 0), some(&["5"]), "{number} {name}");
    }
}

#[test]
fn the_words_of_a_yes_or_no_column_are_known() {
    let header = &["工号", "项目名称", "是否与岗位相关", "电子学分"];
    let register = records(&[header, &["0012", "甲", "密切相关", "电子"], &["0012", "乙", "不相关", "纸质"], &["0012", "丙", "电子", "相关"]]);
    let read: Vec<_> = activities(&register, 0).iter().map(|record| (record.job_related, record.electronic)).collect();
    assert_eq!(read, [(Some(true), Some(true)), (Some(false), Some(false)), (None, None)]);
}

#[test]
fn lines_of_who_made_a_sheet_are_no_people_and_their_names_stand_nowhere() {
    let register = register(&workbook(&[(
        "学分记录",
        &[
            CREDITS,
            &["1", "甲", "急救", "5", "2024-03-05"],
            &["制表人：王五", "", "审核：赵六", "", "日期：2024.11.1"],
            &["填报人：", "王五", "", "联系电话：", "023-1"],
            &["负责人（签字）: 赵六", "", "", "", ""],
        ],
    )]));
    assert_eq!((people_numbers(&register), noted(&register, &notes::REMARK_ROW).first().map(|note| note.count)), (vec!["1"], Some(3)));
    assert!(register.problems.iter().all(|note| !format!("{note:?}").contains("王五") && !format!("{note:?}").contains("赵六")));
}

#[test]
fn what_is_so_of_a_column_for_one_reason_is_one_problem_with_its_first_values() {
    let days: Vec<String> = (1..=28).map(|day| format!("2024年3月{day}日")).collect();
    let rows: Vec<[&str; 5]> = days.iter().map(|day| ["0012", "张三", "急救", "1", day.as_str()]).collect();
    let sheet: Vec<&[&str]> = std::iter::once(CREDITS).chain(rows.iter().map(<[_; 5]>::as_slice)).collect();
    let register = register(&workbook(&[("人员", ROSTER), ("1月", &sheet), ("2月", &sheet)]));
    let [note] = noted(&register, &notes::WRITTEN_DATE)[..] else { unreachable!("one note") };
    assert_eq!((note.count, note.places.len(), note.places.first().map(String::as_str)), (56, 56, Some("1月!E2")));
    assert_eq!(note.before.as_deref(), Some("2024年3月1日；2024年3月2日；2024年3月3日"));
    assert_eq!(note.after.as_deref(), Some("2024-03-01；2024-03-02；2024-03-03"));
}

#[test]
fn columns_that_are_not_used_are_one_problem() {
    let extra: Vec<String> =
        ["甲", "乙", "丙", "丁"].iter().flat_map(|one| ["一", "二", "三", "四", "五"].iter().map(move |two| format!("其他{one}{two}栏"))).collect();
    let header: Vec<&str> = ["工号", "姓名"].into_iter().chain(extra.iter().map(String::as_str)).collect();
    let row: Vec<&str> = ["1", "张三"].into_iter().chain(extra.iter().map(|_| "x")).collect();
    let register = register(&workbook(&[("人员", &[&header, &row])]));
    let [note] = noted(&register, &notes::UNKNOWN_HEADER)[..] else { unreachable!("one note") };
    assert_eq!((note.count, note.places.len()), (20, 20));
    assert!(note.zh.contains("`其他甲一栏`、`其他甲二栏`") && note.zh.ends_with('…'), "{}", note.zh);
}

#[test]
fn a_row_called_a_total_that_has_the_sum_of_its_owner_is_no_record() {
    let row = |number: &'static str, name: &'static str, credits: &'static str, day: &'static str| [number, "", name, credits, day];
    for word in ["合计", "小 计", "本年合计", "Total", "2024年总计"] {
        let rows = [
            row("0012", "甲", "5", "2024-03-05"),
            row("0013", "乙", "1", "2024-03-05"),
            row("0012", "丙", "6", "2024-03-06"),
            row("0012", word, "11", "2024-12-31"),
            row("0013", word, "1", "2024-12-31"),
        ];
        let rows: Vec<&[&str]> = std::iter::once(CREDITS).chain(rows.iter().map(|row| &row[..])).collect();
        let register = records(&rows);
        assert_eq!((credits(&register, 0), credits(&register, 1)), (some(&["5", "6"]), some(&["1"])), "{word}");
        assert_eq!(noted(&register, &notes::TOTAL_ROW).iter().map(|note| note.count).sum::<usize>(), 2, "{word}");
    }
    // Other amounts may be those of a record.
    let register = records(&[CREDITS, &["0012", "", "甲", "5", "2024-03-05"], &["0012", "", "合计", "6", "2024-12-31"]]);
    assert_eq!(credits(&register, 0), [Some("5".to_owned()), None]);
    assert_eq!(noted(&register, &notes::PERHAPS_TOTAL).len(), 1);
    let register = records(&[CREDITS, &["0012", "", "甲", "5", "2024-03-05"], &["0012", "", "讲座合计", "5", "2024-12-31"]]);
    assert_eq!(credits(&register, 0), some(&["5", "5"]));
}

#[test]
fn a_date_that_shows_no_day_is_a_month() -> Fallible {
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 8, 1)?;
    for (format, is_day) in [
        ("yyyy\"年\"m\"月\"", false),
        ("yyyy-mm", false),
        ("mmm-yy", false),
        ("[$-804]yyyy.mm", false),
        ("yyyy-mm-dd", true),
        ("yyyy\"年\"m\"月\"d\"日\"", true),
        ("m/d/yy h:mm", true),
    ] {
        let mut book = Workbook::new();
        text_sheet(book.add_worksheet().set_name("人员")?, ROSTER);
        let sheet = book.add_worksheet().set_name("学分记录")?;
        text_sheet(sheet, &[CREDITS, &["0012", "", "急救", "5"]]);
        sheet.write_datetime_with_format(1, 4, &day, &Format::new().set_num_format(format))?;
        let register = register(&book.save_to_buffer()?);
        assert_eq!(activities(&register, 0).first().map(|record| record.awarded_on.is_some()), Some(is_day), "{format}");
        assert_eq!(noted(&register, &notes::PARTIAL_DATE).len(), usize::from(!is_day), "{format}");
    }
    Ok(())
}

#[test]
fn a_month_is_held_against_the_other_days_of_its_row_and_of_other_rows() {
    let header = &["工号", "项目编号", "项目名称", "学分", "授予日期", "学分年度"];
    let register = records(&[
        header,
        &["0012", "P1", "甲", "5", "2024年3月", "2024"],
        &["0012", "P1", "甲", "5", "2024年4月", "2026"],
        &["0012", "P2", "乙", "5", "2024年3月", ""],
        &["0012", "P2", "乙", "5", "2024年3月", ""],
    ]);
    let said: Vec<_> = activities(&register, 0).iter().map(|record| (record.credits.is_some(), record.unknown.clone())).collect();
    let of = |month: &str| (true, vec![format!("awarded_on within {month}")]);
    assert_eq!(said[..3], [of("2024-03"), of("2024-04"), of("2024-03")]);
    assert!(!said[3].0, "the same number in the same month may be the same session");
    assert_eq!(noted(&register, &notes::YEAR_DISAGREES).len(), 1);
}

#[test]
fn rows_of_one_certificate_are_of_one_day_only_where_they_can_be() {
    let header = &["工号", "项目名称", "学分", "授予日期", "学分证书编号"];
    let month = || (None, vec!["awarded_on within 2024-03".to_owned()]);
    for (other, days) in [("2024-03-05", (parse_day("2024-03-05"), vec![])), ("2024年3月", month()), ("2024年", month())] {
        let (one, other): (&[&str], &[&str]) = (&["0012", "甲", "5", "2024年3月", "C1"], &["0012", "甲", "5", other, "C1"]);
        for rows in [[one, other], [other, one]] {
            let register = records(&[header, rows[0], rows[1]]);
            let said: Vec<_> = activities(&register, 0).iter().map(|record| (record.awarded_on, record.unknown.clone())).collect();
            assert_eq!(said, std::slice::from_ref(&days), "{rows:?}");
        }
    }
}

#[test]
fn a_year_claimed_is_held_against_the_day_granted() {
    let header = &["工号", "项目名称", "学分", "授予日期", "学分年度"];
    let register = records(&[
        header,
        &["0012", "甲", "5", "2024-03-05", "2023"],
        &["0012", "乙", "6", "2024-03-06", "2024"],
        &["0012", "丙", "7", "2023-11-06", "2024"],
        &["0012", "丁", "8", "2024-03-07", "2026"],
    ]);
    let told: Vec<_> = noted(&register, &notes::YEAR_DISAGREES).iter().flat_map(|note| note.places.clone()).collect();
    assert_eq!((told, credits(&register, 0)), (vec!["学分记录!E2".to_owned(), "学分记录!E5".to_owned()], some(&["5", "6", "7", "8"])));
}

#[test]
fn what_was_granted_after_the_day_asked_is_told() {
    let rows: &[&[&str]] = &[CREDITS, &["0012", "", "甲", "5", "2024-03-05"], &["0012", "", "乙", "6", "2024-07-05"]];
    let asked = Asked { as_of: crate::quantity::parse_day("2024-05-20"), ..Asked::practitioners() };
    let register = read(&workbook(&[("人员", ROSTER), ("学分记录", rows)]), "名册.xlsx", &asked, &mut |_| {}).expect("a register");
    let told: Vec<_> = noted(&register, &notes::AFTER_ASKED).iter().flat_map(|note| note.places.clone()).collect();
    assert_eq!((told, credits(&register, 0)), (vec!["学分记录!E3".to_owned()], some(&["5", "6"])));
}
