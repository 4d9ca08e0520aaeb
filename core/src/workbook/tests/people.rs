//! Whose a record is, where it is about people.

use super::*;
use crate::facts::TitleGrade;
use crate::quantity::parse_day;

#[test]
fn rows_of_one_person_that_contradict_each_other_say_the_same_in_either_order() {
    let header: &[&str] = &["工号", "姓名", "职称", "科室"];
    let (early, late): (&[&str], &[&str]) = (&["0012", "张三", "主治医师", "内科"], &["0012", "张三", "副主任医师", ""]);
    for rows in [[early, late], [late, early]] {
        let register = register(&workbook(&[("人员2023", &[header, rows[0]]), ("人员2024", &[header, rows[1]])]));
        let [person] = people(&register)[..] else { unreachable!("one person") };
        assert_eq!((person.title, person.title_grade, person.department.as_deref()), (None, None, Some("内科")));
        assert_eq!(noted(&register, &notes::PERSON_CONTRADICTED).len(), 1);
    }
    let register = register(&workbook(&[("人员", &[header, early, early])]));
    assert_eq!((noted(&register, &notes::SAME_PERSON_TWICE).len(), people(&register).len()), (1, 1));
    assert!(people(&register)[0].title.is_some());
}

#[test]
fn a_status_that_cannot_be_read_is_unknown_and_an_empty_one_is_not() {
    let register = register(&workbook(&[("人员", &[&["工号", "姓名", "人员状态"], &["0012", "张三", "不明代码"], &["0013", "李四", ""]])]));
    let unknown: Vec<bool> = people(&register).iter().map(|person| person.unknown.iter().any(|name| name == "status")).collect();
    assert_eq!(unknown, [true, false]);
}

#[test]
fn a_status_on_which_two_rows_disagree_is_unknown() {
    let header: &[&str] = &["工号", "姓名", "人员状态"];
    let register = register(&workbook(&[("人员", &[header, &["0012", "张三", "在岗"], &["0012", "张三", "退休"]])]));
    let [person] = people(&register)[..] else { unreachable!("one person") };
    assert_eq!((person.status, person.unknown.as_slice()), (None, &["status".to_owned()][..]));
}

#[test]
fn an_institution_whose_number_has_another_name_is_noted() {
    let register = register(&workbook(&[
        ("人员", &[&["工号", "姓名", "单位编号", "单位名称"], &["0012", "张三", "A3", "甲医院"]]),
        ("机构", &[&["单位编号", "单位名称", "医院级别"], &["A1", "甲医院", "三级"], &["A3", "丙医院", "二级"]]),
    ]));
    assert_eq!(noted(&register, &notes::THING_OTHER_NAME).first().map(|note| note.problem.place.as_str()), Some("人员!2"));
}

#[test]
fn a_record_with_an_identity_number_of_two_lies_undecided_with_each() {
    let number = "11010519491231002X";
    let register = register(&workbook(&[
        ("人员", &[&["工号", "姓名", "身份证号"], &["0012", "张三", number], &["0013", "李四", number]]),
        ("学分记录", &[&["身份证号", "项目名称", "学分", "授予日期"], &[number, "甲", "5", "2024-03-05"], &[number, "甲", "5", "2024-03-05"]]),
    ]));
    assert_eq!((credits(&register, 0), credits(&register, 1)), (vec![None, None], vec![None, None]));
    assert_eq!(noted(&register, &notes::NUMBER_AMBIGUOUS).first().map(|note| note.count), Some(2));
    assert_eq!(noted(&register, &notes::NOT_IN_ROSTER).len(), 0);
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
    assert_eq!((credits(&register, 0), credits(&register, 1)), (vec![Some("1".to_owned()), None], vec![None, None]));
    for rule in [&notes::BY_NAME_ALONE, &notes::PERHAPS_BY_NAME, &notes::NOT_IN_ROSTER, &notes::ANYBODYS] {
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
    assert_eq!((credits(&register, 0), credits(&register, 1)), (vec![None, None], vec![None]));
    assert_eq!((noted(&register, &notes::OTHER_PERSON).len(), noted(&register, &notes::OTHER_NAME_OPEN).len()), (1, 1));
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
    assert_eq!(people(&register).first().and_then(|person| person.title_grade), Some(TitleGrade::Junior));
    assert_eq!(noted(&register, &notes::PEOPLE_FROM_RECORDS).len(), 1);
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
    assert_eq!(people(&register).len(), 1);
    assert_eq!(noted(&register, &notes::IN_TRAINING).first().map(|note| note.count), Some(2));
    assert_eq!(noted(&register, &notes::RECORD_OF_TRAINEE).len(), 1);
}

#[test]
fn who_has_retired_or_left_is_judged_and_named() {
    let header: &[&str] = &["工号", "姓名", "人员状态"];
    let rows: &[&[&str]] = &[header, &["0012", "张三", "在岗"], &["0013", "李四", "退休"], &["0014", "王五", "离职"], &["0015", "赵六", "产假"]];
    let register = register(&workbook(&[("人员", rows)]));
    assert_eq!(people(&register).len(), 4);
    let [noted] = noted(&register, &notes::OUT_OF_SERVICE)[..] else { unreachable!("one note") };
    assert_eq!((noted.count, noted.problem.place.as_str()), (2, "人员!C3"));
}

#[test]
fn a_person_twice_in_the_roster_counts_once_and_two_people_of_one_number_block() {
    let register = register(&workbook(&[("人员", &[&["工号", "姓名"], &["1", "甲"], &["1", "甲"], &["1", "乙"]])]));
    assert_eq!(people(&register).len(), 2);
    assert_eq!((noted(&register, &notes::SAME_PERSON_TWICE).len(), noted(&register, &notes::SAME_NUMBER_TWICE).len()), (1, 1));
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
    let entities: Vec<_> = register.sheets.iter().map(|sheet| sheet.entity.as_deref()).collect();
    assert_eq!(entities, [Some("practitioner"), Some("attachment"), Some("certificate")]);
    let attachment = people(&register).first().and_then(|person| person.attachments.as_ref()).and_then(|list| list.first()).expect("an attachment");
    assert_eq!((attachment.starts_on, attachment.ends_on), (parse_day("2024-01-01"), parse_day("2024-06-30")));
    assert_eq!(attachment.host_institution.as_ref().and_then(|host| host.name.as_deref()), Some("某大学附院"));
    let certificate = people(&register).get(1).and_then(|person| person.certificates.as_ref()).and_then(|list| list.first()).expect("a certificate");
    assert_eq!((certificate.no.as_deref(), certificate.issued_on), (Some("Z1"), parse_day("2020-01-02")));
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
    assert_eq!(noted(&register, &notes::OF_TOO_MANY).len(), 1);
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
        assert_eq!(people(&register).len(), 2);
        let person = |number: &str| people(&register).iter().position(|person| person.person_id.as_deref() == Some(number)).expect("a person");
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
    assert_eq!((people(&register).len(), credits(&register, 0)), (1, some(&["5", "3"])));
    Ok(())
}

#[test]
fn a_person_whose_number_lost_its_zeros_does_not_stand_in_the_roster_twice() -> Fallible {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    text_sheet(sheet, &[&["工号", "姓名", "科室"], &["0012", "张三", "内科"], &["", "张三", "内科"]]);
    sheet.write_number(2, 0, 12)?;
    let register = register(&book.save_to_buffer()?);
    assert_eq!((people(&register).len(), noted(&register, &notes::SAME_PERSON_TWICE).len()), (1, 1));
    Ok(())
}

#[test]
fn the_name_of_an_institution_is_nobodys_name() {
    let roster: &[&[&str]] = &[&["工号", "姓名", "工作单位"], &["1", "张三", "某医院"], &["2", "李四", "某医院"]];
    let register = register(&workbook(&[("人员", roster), ("学分", &[CREDITS, &["", "李四", "急救", "5", "2024-03-05"]])]));
    assert_eq!((credits(&register, 0), credits(&register, 1)), (vec![], some(&["5"])));
    assert_eq!((noted(&register, &notes::OTHER_NAME).len(), noted(&register, &notes::BY_NAME_ALONE).len()), (0, 1));
}

/// Everyone with what is known of their credits, in the order of the register.
fn everyone(register: &Register) -> Vec<(String, Vec<Option<String>>)> {
    let name = |person: &Practitioner| format!("{}{}", person.person_id.as_deref().unwrap_or_default(), person.name.as_deref().unwrap_or_default());
    people(register).iter().enumerate().map(|(place, person)| (name(person), credits(register, place))).collect()
}

fn of(name: &str, credits: &[Option<&str>]) -> (String, Vec<Option<String>>) {
    (name.to_owned(), credits.iter().map(|credits| credits.map(str::to_owned)).collect())
}

#[test]
fn rows_of_one_name_that_say_different_things_of_the_person_are_of_several() {
    let header: &[&str] = &["姓名", "科室", "职称", "项目名称", "学分"];
    let [one, other]: [&[&str]; 2] = [&["张伟", "内科", "主治医师", "甲", "10"], &["张伟", "外科", "护士", "乙", "15"]];
    let sheet: &[&[&str]] = &[header, one, other, &["李娜", "儿科", "", "甲", "3"], &["李娜", "", "医师", "乙", "4"]];
    let parted = register(&workbook(&[("学分记录", sheet)]));
    assert_eq!(everyone(&parted), [of("张伟", &[Some("10")]), of("张伟", &[Some("15")]), of("李娜", &[Some("3"), Some("4")])]);
    let departments: Vec<_> = people(&parted).iter().map(|person| person.department.as_deref()).collect();
    assert_eq!(departments, [Some("内科"), Some("外科"), Some("儿科")]);
    // Each person of whom it is so is named by the cell of the name, once.
    let places = |rule| noted(&parted, rule).iter().flat_map(|note| note.places.clone()).collect::<Vec<_>>();
    assert_eq!(
        (places(&notes::NAMESAKES), places(&notes::PEOPLE_BY_NAME)),
        (vec!["学分记录!A2".to_owned(), "学分记录!A3".to_owned()], vec!["学分记录!A4".to_owned()])
    );
}

#[test]
fn months_of_birth_that_lie_apart_tell_people_of_one_name_apart_and_others_do_not() {
    let header: &[&str] = &["姓名", "出生年月", "项目名称", "学分"];
    for (other, people) in [("1981年3月", 2), ("1980-06-01", 2), ("1980-05-17", 1), ("1980年", 1)] {
        let register = register(&workbook(&[("学分记录", &[header, &["张伟", "1980年5月", "甲", "10"], &["张伟", other, "乙", "15"]])]));
        assert_eq!(everyone(&register).len(), people, "{other}");
    }
}

#[test]
fn a_row_that_may_be_of_either_of_two_people_of_its_name_lies_with_both() {
    let header: &[&str] = &["姓名", "科室", "项目名称", "学分"];
    let rows: [&[&str]; 3] = [&["张伟", "内科", "甲", "10"], &["张伟", "外科", "乙", "15"], &["张伟", "", "丙", "7"]];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let sheet: Vec<&[&str]> = std::iter::once(header).chain(order.map(|row| rows[row])).collect();
        let register = register(&workbook(&[("学分记录", &sheet)]));
        let mut found: Vec<_> = everyone(&register)
            .into_iter()
            .map(|(_, mut credits)| {
                credits.sort();
                credits
            })
            .collect();
        found.sort();
        assert_eq!(found, [vec![None, Some("10".to_owned())], vec![None, Some("15".to_owned())]], "{order:?}");
    }
}

#[test]
fn sheets_of_departments_tell_people_of_one_name_apart_and_sheets_of_months_do_not() {
    let header: &[&str] = &["姓名", "项目名称", "学分"];
    let (one, other): (&[&[&str]], &[&[&str]]) = (&[header, &["张伟", "甲", "10"]], &[header, &["张伟", "乙", "15"]]);
    assert_eq!(everyone(&register(&workbook(&[("内科", one), ("外科", other)]))).len(), 2);
    assert_eq!(everyone(&register(&workbook(&[("1月", one), ("2月", other)]))).len(), 1);
}

#[test]
fn what_is_left_of_damaged_identity_numbers_tells_two_people_of_one_name_apart() -> Fallible {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    text_sheet(sheet, &[&["身份证号", "姓名", "项目名称", "学分"], &["", "张伟", "甲", "25"], &["", "张伟", "乙", "5"], &["", "张伟", "丙", "6"]]);
    for (row, number) in [(1, 500_103_198_001_011_231_f64), (2, 510_103_199_502_022_341_f64), (3, 500_103_198_001_011_231_f64)] {
        sheet.write_number(row, 0, number)?;
    }
    let register = register(&book.save_to_buffer()?);
    assert_eq!(everyone(&register), [of("张伟", &[Some("25"), Some("6")]), of("张伟", &[Some("5")])]);
    Ok(())
}

#[test]
fn one_number_with_two_names_is_two_people_where_no_roster_tells_whose_it_is() {
    let header: &[&str] = &["工号", "姓名", "科室", "项目名称", "学分"];
    let [one, other]: [&[&str]; 2] = [&["7", "张伟", "内科", "甲", "10"], &["7", "王芳", "外科", "乙", "15"]];
    for (rows, expected) in [([one, other], ["7张伟", "7王芳"]), ([other, one], ["7王芳", "7张伟"])] {
        let register = register(&workbook(&[("学分记录", &[header, rows[0], rows[1], &["7", "", "", "丙", "3"]])]));
        let names: Vec<_> = everyone(&register).into_iter().map(|(name, credits)| (name, credits.len(), credits.contains(&None))).collect();
        // A row with the number alone may be of either.
        assert_eq!(names, expected.map(|name| (name.to_owned(), 2, true)));
        assert_eq!(noted(&register, &notes::NUMBER_OF_SEVERAL).len(), 1);
    }
}

#[test]
fn a_number_that_a_numeric_cell_damaged_joins_nobody_even_where_it_was_saved_as_text() {
    let register = register(&workbook(&[(
        "学分记录",
        &[
            &["工号", "姓名", "项目名称", "学分", "证书编号"],
            &["5.00103E+17", "张一", "甲", "5", "6.1E+16"],
            &["5.00103E+17", "张二", "乙", "6", "Z1"],
        ],
    )]));
    assert_eq!(everyone(&register), [of("张一", &[Some("5")]), of("张二", &[Some("6")])]);
    assert_eq!(activities(&register, 0).first().and_then(|record| record.certificate_no.clone()), None);
}

#[test]
fn numbers_of_people_are_told_apart_by_their_institution() {
    let roster: &[&[&str]] = &[&["工作单位", "工号", "姓名"], &["甲医院", "001", "甲一"], &["乙医院", "001", "乙一"], &["乙医院", "002", "乙二"]];
    let records =
        |header: &[&'static str], rows: [&[&'static str]; 2]| register(&workbook(&[("人员", roster), ("学分记录", &[header, rows[0], rows[1]])]));
    let with_unit = records(&["工作单位", "工号", "项目名称", "学分"], [&["甲医院", "001", "甲", "25"], &["乙医院", "001", "乙", "5"]]);
    assert_eq!(everyone(&with_unit), [of("001甲一", &[Some("25")]), of("001乙一", &[Some("5")]), of("002乙二", &[])]);
    assert_eq!(with_unit.problems.iter().filter(|note| note.severity == Severity::Blocking).count(), 0);
    let without = records(&["工号", "项目名称", "学分"], [&["001", "甲", "25"], &["001", "乙", "5"]]);
    assert_eq!(everyone(&without)[..2], [of("001甲一", &[None, None]), of("001乙一", &[None, None])]);
    let cure = noted(&without, &notes::UNIT_MISSING).first().and_then(|note| note.problem.cure.clone());
    assert!(cure.is_some_and(|cure| cure.contains("工作单位")));
    let wrong = records(&["工作单位", "工号", "项目名称", "学分"], [&["丙医院", "002", "甲", "25"], &["乙医院", "002", "乙", "5"]]);
    assert_eq!(everyone(&wrong)[2], of("002乙二", &[None, Some("5")]));
}

#[test]
fn without_a_roster_numbers_belong_to_the_institution_of_the_row_or_of_its_sheet() {
    let header: &[&str] = &["工作单位", "工号", "姓名", "项目名称", "学分"];
    let sheet: &[&[&str]] =
        &[header, &["甲医院", "001", "王伟", "甲", "25"], &["乙医院", "001", "王伟", "乙", "5"], &["甲医院", "001", "王伟", "丙", "1"]];
    assert_eq!(everyone(&register(&workbook(&[("学分记录", sheet)]))), [of("001王伟", &[Some("25"), Some("1")]), of("001王伟", &[Some("5")])]);
    let [one, other] = [("甲医院", "25"), ("乙医院", "5")].map(|(name, credits)| (name, [["工号", "项目名称", "学分"], ["001", "甲", credits]]));
    let rows = |rows: &[[&'static str; 3]; 2]| rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>();
    let (first, second) = (rows(&one.1), rows(&other.1));
    let (first, second): (Vec<&[&str]>, Vec<&[&str]>) = (first.iter().map(Vec::as_slice).collect(), second.iter().map(Vec::as_slice).collect());
    assert_eq!(everyone(&register(&workbook(&[(one.0, &first), (other.0, &second)]))), [of("001", &[Some("25")]), of("001", &[Some("5")])]);
}

#[test]
fn what_three_rows_of_one_person_disagree_on_is_unknown_in_any_order() {
    let header: &[&str] = &["工号", "姓名", "科室", "项目名称", "学分"];
    let row = |department: &'static str, name: &'static str| ["1", "张三", department, name, "1"];
    let rows = [row("内科", "甲"), row("外科", "乙"), row("内科", "丙")];
    let register = register(&workbook(&[("学分记录", &[header, &rows[0], &rows[1], &rows[2]])]));
    assert_eq!(people(&register).first().map(|person| person.department.clone()), Some(None));
    assert_eq!(noted(&register, &notes::ROWS_DIFFER).len(), 1);
}

#[test]
fn a_number_in_a_numeric_cell_may_be_that_with_leading_zeros_too() -> Fallible {
    let mut book = Workbook::new();
    text_sheet(book.add_worksheet().set_name("人员")?, &[&["工号", "姓名", "职称"], &["0101", "张三", "医师"], &["101", "李四", "医师"]]);
    let sheet = book.add_worksheet().set_name("学分记录")?;
    text_sheet(sheet, &[CREDITS, &["", "", "甲", "5", "2024-03-05"], &["", "李四", "乙", "6", "2024-03-06"], &["101", "", "丙", "7", "2024-03-07"]]);
    sheet.write_number(1, 0, 101)?.write_number(2, 0, 101)?;
    let register = register(&book.save_to_buffer()?);
    assert_eq!(credits(&register, 0), [None]);
    assert_eq!(credits(&register, 1), [None, Some("6".to_owned()), Some("7".to_owned())]);
    assert_eq!(noted(&register, &notes::NUMBER_AMBIGUOUS).iter().map(|note| note.count).sum::<usize>(), 1);
    Ok(())
}

#[test]
fn a_record_of_nobody_who_can_be_told_is_open_with_everybody() {
    for unreadable in ["#N/A", "", "不详"] {
        let register = records(&[CREDITS, &[unreadable, "", "甲", "5", "2024-03-05"], &["0012", "", "乙", "6", "2024-03-06"]]);
        assert_eq!((credits(&register, 0), credits(&register, 1)), (vec![None, Some("6".to_owned())], vec![None]), "{unreadable}");
        assert_eq!(noted(&register, &notes::ANYBODYS).len(), 1, "{unreadable}");
    }
    // A remark is no record of anybody.
    let register = records(&[CREDITS, &["", "", "以下各项待补", "", ""], &["0012", "", "乙", "6", "2024-03-06"]]);
    assert_eq!((credits(&register, 0), credits(&register, 1)), (some(&["6"]), vec![]));
}

#[test]
fn a_record_that_may_be_of_too_many_is_missing_from_somebody() {
    let numbers: Vec<String> = (100..120).map(|number| number.to_string()).collect();
    let people: Vec<[&str; 3]> = numbers.iter().map(|number| [number.as_str(), "甲", "医师"]).collect();
    let roster: Vec<&[&str]> = std::iter::once(&["工号", "姓名", "职称"][..]).chain(people.iter().map(|row| &row[..])).collect();
    let register = register(&workbook(&[("人员", &roster), ("学分记录", &[CREDITS, &["#N/A", "", "甲", "5", "2024-03-05"]])]));
    assert_eq!(noted(&register, &notes::MISSING_FROM_SOMEBODY).first().map(|note| note.severity), Some(Severity::Blocking));
    assert!(activities(&register, 0).is_empty());
}

#[test]
fn a_damaged_identity_number_lies_with_those_whom_its_digits_fit() -> Fallible {
    let mut book = Workbook::new();
    let roster: &[&[&str]] = &[&["姓名", "身份证号", "科室"], &["张三", "11010519491231002X", "内科"], &["李四", "999999199001011238", "外科"]];
    text_sheet(book.add_worksheet().set_name("人员")?, roster);
    let sheet = book.add_worksheet().set_name("学分记录")?;
    text_sheet(sheet, &[&["身份证号", "项目名称", "学分"], &["", "甲", "5"], &["", "乙", "6"], &["", "丙", "7"]]);
    for (row, number) in [(1, 110_105_194_912_310_000.0), (2, 999_999_199_001_011_000.0), (3, 220_105_194_912_310_000.0)] {
        sheet.write_number(row, 0, number)?;
    }
    let register = register(&book.save_to_buffer()?);
    let names = |person| activities(&register, person).iter().map(|record| record.activity_name.as_deref()).collect::<Vec<_>>();
    assert_eq!((names(0), names(1)), (vec![Some("甲")], vec![Some("乙")]));
    assert_eq!((credits(&register, 0), credits(&register, 1)), (vec![None], vec![None]));
    assert_eq!(noted(&register, &notes::NUMBER_DAMAGED).iter().map(|note| note.count).sum::<usize>(), 2);
    assert_eq!(noted(&register, &notes::NOT_IN_ROSTER).len(), 1);
    Ok(())
}
