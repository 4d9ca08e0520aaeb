//! What a sheet does not tell is unknown, and never taken for an answer.

use super::*;
use crate::facts::{Attachment, ReviewStatus};

fn attachments(header: &[&str], row: &[&str]) -> Register {
    register(&workbook(&[("人员", ROSTER), ("进修经历", &[header, row])]))
}

fn attachment(register: &Register) -> &Attachment {
    let first = people(register).first().and_then(|person| person.attachments.as_deref()?.first());
    first.unwrap_or_else(|| unreachable!("an attachment"))
}

/// The fields that the first credit record leaves unknown where leaving them out would mean none.
fn open(register: &Register) -> Vec<&str> {
    activities(register, 0).first().map(|record| record.unknown.iter().map(String::as_str).collect()).unwrap_or_default()
}

#[test]
fn without_a_column_of_its_last_day_nobody_knows_whether_an_attachment_goes_on() {
    let register = attachments(&["工号", "进修单位", "进修开始时间", "进修时长"], &["0012", "华西", "2023.3.1", "3个月"]);
    assert_eq!(attachment(&register).unknown, ["ends_on"]);
    let told = noted(&register, &notes::NO_COLUMN);
    assert_eq!(told.iter().map(|note| note.zh.as_str()).collect::<Vec<_>>(), ["本表没有该列，不能视为没有，按未知处理：“进修结束日期”"]);
}

#[test]
fn an_empty_cell_below_the_last_day_says_that_an_attachment_goes_on_and_so_does_the_word_for_it() {
    let header = &["工号", "进修单位", "进修开始时间", "进修结束时间"];
    for row in [&["0012", "华西", "2023.3.1", ""][..], &["0012", "华西", "2023.3.1", "至今"]] {
        assert_eq!(attachment(&attachments(header, row)).unknown, [""; 0]);
    }
    let register = attachments(&header[..3], &["0012", "华西", "2023.3.1至今"]);
    assert_eq!(attachment(&register).unknown, [""; 0]);
    let register = attachments(&header[..3], &["0012", "华西", "2023.3.1-5.31"]);
    assert_eq!((attachment(&register).ends_on, attachment(&register).unknown.len()), (crate::quantity::parse_day("2023-05-31"), 0));
}

#[test]
fn the_last_day_of_an_attachment_is_known_by_its_usual_headers() {
    for last in ["返院时间", "返岗日期", "实际结束", "结束日期"] {
        let register = attachments(&["工号", "进修单位", "进修开始时间", last], &["0012", "华西", "2023.3.1", "2023.5.31"]);
        assert_eq!(attachment(&register).ends_on, crate::quantity::parse_day("2023-05-31"), "{last}");
    }
}

#[test]
fn an_unknown_column_of_days_may_be_the_day_that_a_sheet_lacks() {
    let rows: &[&[&str]] = &[&["工号", "项目名称", "学分", "结束日期", "落款"], &["0012", "急救", "5", "2023-10-30", "2023.11.20"]];
    let register = records(rows);
    assert_eq!(open(&register), ["completed_on", "awarded_on"]);
    let told = noted(&register, &notes::HEADER_MAY_BE);
    assert_eq!(told.iter().map(|note| note.problem.place.as_str()).collect::<Vec<_>>(), ["学分记录!E1"]);
    assert!(told.iter().all(|note| note.zh.contains("“落款”可能是“完成日期”“授予日期”")), "{told:?}");
}

#[test]
fn what_the_sheet_has_a_column_for_is_not_doubted_and_other_columns_doubt_nothing() {
    for (header, cell) in [("落款", "2023.11.20"), ("录入时间", "2023.11.20"), ("打印日期", "2023.11.20"), ("联系人", "甲"), ("分数线", "60")]
    {
        let register = records(&[&["工号", "项目名称", "学分", "完成日期", "授予日期", header], &["0012", "急救", "5", "", "2023-11-20", cell]]);
        assert_eq!(open(&register), [""; 0], "{header}");
    }
    for (header, cell) in [("录入时间", "2023.11.20"), ("打印日期", "2023.11.20"), ("分数线", "3.5"), ("分数线", "20240")] {
        let register = records(&[&["工号", "项目名称", "学分", header], &["0012", "急救", "5", cell]]);
        assert_eq!(open(&register), [""; 0], "{header}");
    }
}

#[test]
fn a_review_is_known_by_its_usual_headers_and_doubted_under_any_other() {
    for header in ["审核结果", "审批结果", "市级审核意见", "审核", "学分状态", "是否有效", "状态"] {
        let register = records(&[&["工号", "项目名称", "学分", header], &["0012", "急救", "5", "未通过"], &["0012", "护理", "5", "通过"]]);
        let reviews: Vec<_> = activities(&register, 0).iter().map(|record| record.review_status).collect();
        assert_eq!(reviews, [Some(ReviewStatus::Rejected), Some(ReviewStatus::Approved)], "{header}");
    }
    let register = records(&[&["工号", "项目名称", "学分", "备注"], &["0012", "急救", "5", "未通过"], &["0012", "护理", "5", ""]]);
    assert_eq!(open(&register), ["review_status"]);
    let register = records(&[&["工号", "项目名称", "学分", "备注"], &["0012", "急救", "5", "未通过"], &["0012", "护理", "5", "补录"]]);
    assert_eq!(open(&register), [""; 0], "a remark is no review");
}

#[test]
fn a_known_header_over_words_that_nobody_understands_leaves_its_field_unknown() {
    let register = records(&[&["工号", "项目名称", "学分", "审核结果"], &["0012", "急救", "5", "甲等"]]);
    assert_eq!(open(&register), ["review_status"]);
    assert_eq!(noted(&register, &notes::HEADER_VALUES_MISFIT).len(), 1);
}

#[test]
fn yes_and_no_are_doubtful_only_below_a_header_that_is_akin() {
    let rows = |header| records(&[&["工号", "项目名称", "学分", header], &["0012", "急救", "5", "否"]]);
    assert_eq!(open(&rows("是否本专业课程")), ["profession_related"]);
    assert_eq!(open(&rows("是否签到")), [""; 0]);
}
