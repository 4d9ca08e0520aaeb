//! Files of every kind, and what is no workbook.

use super::*;

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
        assert_eq!(people(&register).first().and_then(|person| person.person_id.as_deref()), Some("0012"));
    }
}

#[test]
fn places_in_delimited_text_are_those_that_a_spreadsheet_shows() {
    for line in ["\n", "\r\n", "\r"] {
        let text = ["", "工号,项目名称,学分", "0012,\"甲\n乙\",约5", "", "", "0012,丙,约6"].join(line);
        let register = register(text.as_bytes());
        let told: Vec<&str> = noted(&register, &notes::QUALIFIED_NUMBER).iter().flat_map(|note| &note.places).map(String::as_str).collect();
        assert_eq!(told, ["表1!C3", "表1!C6"], "{line:?}");
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
        let error = read_people(bytes, "甲.xls", &mut |_| {}).expect_err(word);
        assert_eq!(error.code(), Some(ProblemCode::Unreadable), "{error}");
        assert!(error.to_string().contains(word) && error.problems.iter().all(|problem| problem.cure.is_some()), "{error}");
    }
}

/// A part of an archive, with other bytes.
fn with_part(bytes: &[u8], part: &str, edit: impl Fn(&str) -> String) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    use std::io::{Cursor, Read, Write};
    let mut archive = ::zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut written = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut file = archive.by_index(place)?;
        let (name, mut content) = (file.name()?.into_owned(), Vec::new());
        file.read_to_end(&mut content)?;
        if name == part {
            content = edit(&String::from_utf8(content)?).into_bytes();
        }
        written.start_file(name, ::zip::write::SimpleFileOptions::default())?;
        written.write_all(&content)?;
    }
    Ok(written.finish()?.into_inner())
}

#[test]
fn a_formula_without_a_result_is_unknown_and_one_that_came_to_nothing_is_empty() -> Fallible {
    let mut book = Workbook::new();
    text_sheet(book.add_worksheet().set_name("人员")?, ROSTER);
    let sheet = book.add_worksheet().set_name("学分")?;
    let header = ["工号", "项目名称", "学分", "授予日期", "完成日期", "审核状态"];
    text_sheet(sheet, &[&header, &["0012", "甲", "5", "", "2024-05-10", ""], &["0012", "乙", "5", "2024-05-10", "", ""]]);
    sheet.write_formula(1, 3, "=E2+30")?;
    sheet.write_formula(1, 5, rust_xlsxwriter::Formula::new("=IF(A2=\"\",\"\",\"\")").set_result("nothing"))?;
    sheet.write_formula(2, 5, "=E2")?;
    let whole = book.save_to_buffer()?;
    // What openpyxl writes: the formula, and an empty result without a type.
    let bytes =
        with_part(&whole, "xl/worksheets/sheet2.xml", |xml| xml.replace("</f><v>0</v>", "</f><v></v>").replace("</f><v>nothing</v>", "</f><v></v>"))?;
    let register = register(&bytes);
    let [first, second] = activities(&register, 0) else { unreachable!("two records") };
    let says = |record: &Activity, name: &str| record.unknown.iter().any(|unknown| unknown == name);
    assert!(says(first, "awarded_on") && !says(first, "review_status"), "{first:?}");
    assert!(says(second, "review_status"), "{second:?}");
    let told: Vec<&str> = noted(&register, &notes::UNCALCULATED).iter().map(|note| note.problem.place.as_str()).collect();
    assert_eq!(told, ["学分!D2", "学分!F3"]);
    Ok(())
}

#[test]
fn progress_reaches_its_end() {
    let mut stages = Vec::new();
    let told = read_people(&workbook(&[("人员", ROSTER)]), "甲.xlsx", &mut |progress| stages.push(progress));
    assert!(told.is_ok());
    assert_eq!(stages.last(), Some(&Progress { stage: Stage::Joining, done: 2, total: 2 }));
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

#[test]
fn a_quotation_mark_that_is_never_closed_is_said() {
    let text = "工号,姓名,项目名称,学分\n0012,张三,\"急救,5\n0013,李四,急救,5\n";
    let register = register(text.replace("急救", "急 救Ａ").as_bytes());
    assert_eq!(noted(&register, &notes::OPEN_QUOTE).len(), 1);
    assert!(register.problems.iter().all(|note| note.before.is_none() && note.after.is_none()), "a cell may hold the names of others");
}

proptest::proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..2048)) {
        let _ = read_people(&bytes, "任意", &mut |_| {});
    }

    #[test]
    fn arbitrary_tables_never_panic(text in "[工号姓名学分日期项目,\t\n<>/tdrable0-9.年月\"同上合计 -]{0,400}") {
        let _ = read_people(text.as_bytes(), "任意", &mut |_| {});
        let _ = read_people(format!("工号,姓名,项目名称,学分,授予日期,举办时间\n{text}").as_bytes(), "任意", &mut |_| {});
    }

    #[test]
    fn arbitrary_tables_of_any_subject_never_panic(text in "[基地编号单位名称学员轮转科室年度区划培训招收123,\t\n.年月\"示例合计 -]{0,300}") {
        for (subject, header) in [
            ("base", "学员编号,基地编号,轮转科室,入科时间,出科时间"),
            ("base", "基地编号,专业基地,年度,参加考核人数,通过人数"),
            ("region", "地区,年度,统计对象,应参加人数,达标人数"),
            ("trainee", "工号,姓名,培训专业,届别,进修单位,进修开始日期"),
            ("institution", "单位名称,经费年度,职工工资总额(万元),提取经费"),
        ] {
            let asked = Asked::subject(subject).expect("a kind of subject");
            let _ = read(format!("{header}\n{text}").as_bytes(), "任意", &asked, &mut |_| {});
        }
    }

    #[test]
    fn damaged_workbooks_never_panic(places in proptest::collection::vec((proptest::prelude::any::<proptest::sample::Index>(), proptest::prelude::any::<u8>()), 1..8)) {
        let mut bytes = workbook(&[("人员", ROSTER)]);
        for (place, byte) in places {
            let at = place.index(bytes.len());
            bytes.get_mut(at).into_iter().for_each(|old| *old = byte);
        }
        let _ = read_people(&bytes, "任意", &mut |_| {});
    }
}

#[test]
fn stray_quotes_that_swallow_rows_are_told_with_their_line() {
    let text = "工号,项目名称,授予日期,学分\n1,甲,2024-05-10,10\n1,\"乙,2024-05-11,5\n1,丙,2024-05-12,3\n2,丁\",2024-05-12,5\n";
    let register = read_people(text.as_bytes(), "甲.csv", &mut |_| {}).expect("a register");
    let told = noted(&register, &notes::SWALLOWED);
    assert_eq!(told.first().map(|note| (note.severity, note.problem.place.as_str())), Some((Severity::Blocking, "表1!3")));
    assert!(told.iter().all(|note| note.problem.message.ends_with("line 3 of the file")), "{told:?}");
    let text = "工号,项目名称,授予日期,学分\n1,\"急救, 复苏,\n院感\",2024-05-10,10\n";
    let register = read_people(text.as_bytes(), "甲.csv", &mut |_| {}).expect("a register");
    assert!(noted(&register, &notes::SWALLOWED).is_empty());
}

#[test]
fn a_stray_cell_far_to_the_right_is_named() -> Fallible {
    let mut book = Workbook::new();
    text_sheet(book.add_worksheet().set_name("人员")?, ROSTER);
    let sheet = book.add_worksheet().set_name("学分记录")?;
    text_sheet(sheet, &[CREDITS, &["0012", "", "急救", "5", "2024-03-05"]]);
    sheet.write_string(2, 16_383, "x")?;
    let register = register(&book.save_to_buffer()?);
    let told: Vec<_> = noted(&register, &notes::BEYOND).iter().map(|note| note.problem.place.as_str()).collect();
    assert_eq!((told, credits(&register, 0)), (vec!["学分记录!XFD3"], some(&["5"])));
    Ok(())
}

#[test]
fn more_rows_than_are_read_are_no_register() {
    let text = format!("工号,学分\n{}", "1,5\n".repeat(1_048_576));
    let error = read_people(text.as_bytes(), "甲.csv", &mut |_| {}).expect_err("too many rows");
    assert_eq!(error.code(), Some(ProblemCode::TooLarge));
}
