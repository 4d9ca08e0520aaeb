//! The flaws of the credit records: which there are and how often each is there.

use super::{Column, Day};

/// What is wrong with a record.
#[derive(Debug, Clone, Copy)]
pub(super) enum Flaw {
    /// 授予日期 as a serial number without a date format.
    SerialDate,
    /// 授予日期 as text: `Y` `M` `D` are plain, `MM` `DD` have two digits, `YY` is a short year.
    TextDate(&'static str),
    /// 授予日期 as text that is no single day.
    VagueDate(&'static str),
    /// 授予日期 as the number 20240305.
    NumberDate,
    /// 开始日期 holds the whole range, 结束日期 is empty.
    Range(&'static str),
    /// 授予日期 as the number 2024.1.
    DecimalDate,
    /// 学分 in full-width digits.
    FullWidthCredits,
    /// 工号 in full-width digits.
    FullWidthStaffNumber,
    /// A no-break space after the 工号.
    NoBreakSpace,
    /// A zero-width space in the 姓名.
    ZeroWidth,
    /// Full-width brackets in the 项目编号.
    FullWidthBrackets,
    /// 学分 with text around its number.
    DressedCredits(&'static str, &'static str),
    /// 学分 that is not a number.
    UnreadableCredits(&'static str),
    /// 同上 in that column.
    SameAsAbove(Column),
    /// A yes or no in other words.
    YesNo(&'static str, &'static str),
    /// The same certificate number in two rows.
    CertificateTwice,
    /// The same course once more, entered by the unit.
    EnteredByUnit,
    /// Awarded on a day at the edge of the credit year or on 29 February.
    EdgeDay(Day),
    /// Another 审核状态.
    Review(&'static str),
    /// The letter O for the digit 0 in the 工号.
    LetterForDigit,
    /// A paper certificate of a course inside Chongqing.
    PaperInside,
}

/// Which flaws there are, each with its code, its name in the summary and how often.
pub(super) const FLAWS: &[(&str, &str, Flaw, usize)] = &[
    ("D04", "award date as a bare serial number", Flaw::SerialDate, 24),
    ("D05", "text date 2024.3.5", Flaw::TextDate("Y.M.D"), 6),
    ("D05", "text date 2024/3/5", Flaw::TextDate("Y/M/D"), 5),
    ("D05", "text date 20240305", Flaw::TextDate("YMMDD"), 4),
    ("D05", "number 20240305", Flaw::NumberDate, 3),
    ("D05", "text date 2024年3月5日", Flaw::TextDate("Y年M月D日"), 5),
    ("D05", "text date 24.3.5", Flaw::TextDate("YY.M.D"), 4),
    ("D05", "text date 2024-3", Flaw::TextDate("Y-M"), 3),
    ("D05", "text date 三月", Flaw::VagueDate("三月"), 2),
    ("D05", "text date 2024.2.30", Flaw::VagueDate("2024.2.30"), 2),
    ("D05", "range 2024.03.05-08 in one cell", Flaw::Range("Y.MM.DD-EE"), 3),
    ("D05", "range 3月5日—8日 in one cell", Flaw::Range("M月D日—E日"), 2),
    ("D06", "number 2024.1 as a date", Flaw::DecimalDate, 3),
    ("D07", "credits in full-width digits", Flaw::FullWidthCredits, 4),
    ("D07", "staff number in full-width digits", Flaw::FullWidthStaffNumber, 2),
    ("D07", "no-break space after the staff number", Flaw::NoBreakSpace, 3),
    ("D07", "zero-width space in the name", Flaw::ZeroWidth, 3),
    ("D07", "full-width brackets in the project number", Flaw::FullWidthBrackets, 6),
    ("D08", "credits 5分", Flaw::DressedCredits("", "分"), 5),
    ("D08", "credits 2.5 学分", Flaw::DressedCredits("", " 学分"), 4),
    ("D08", "credits ≥1", Flaw::DressedCredits("≥", ""), 1),
    ("D08", "credits 约1", Flaw::DressedCredits("约", ""), 1),
    ("D08", "credits 3+2", Flaw::UnreadableCredits("3+2"), 2),
    ("D08", "credits 5/10", Flaw::UnreadableCredits("5/10"), 1),
    ("D08", "credits 二", Flaw::UnreadableCredits("二"), 1),
    ("D08", "credits √", Flaw::UnreadableCredits("√"), 2),
    ("D08", "credits -", Flaw::UnreadableCredits("-"), 3),
    ("D08", "credits 无", Flaw::UnreadableCredits("无"), 2),
    ("D08", "credits #N/A as text", Flaw::UnreadableCredits("#N/A"), 2),
    ("D08", "credits 同上", Flaw::SameAsAbove(Column::Credits), 2),
    ("D08", "activity name 同上", Flaw::SameAsAbove(Column::ActivityName), 3),
    ("D08", "yes and no as Y/N", Flaw::YesNo("Y", "N"), 4),
    ("D08", "yes and no as √/×", Flaw::YesNo("√", "×"), 4),
    ("D16", "certificate number twice", Flaw::CertificateTwice, 4),
    ("D16", "same course by person and by unit", Flaw::EnteredByUnit, 4),
    ("D17", "awarded 2023-11-01", Flaw::EdgeDay(Day::of(2023, 11, 1)), 3),
    ("D17", "awarded 2024-10-31", Flaw::EdgeDay(Day::of(2024, 10, 31)), 4),
    ("D17", "awarded 2024-02-29", Flaw::EdgeDay(Day::of(2024, 2, 29)), 4),
    ("D17", "awarded 2023-10-31", Flaw::EdgeDay(Day::of(2023, 10, 31)), 3),
    ("D17", "awarded 2024-11-01", Flaw::EdgeDay(Day::of(2024, 11, 1)), 4),
    ("D18", "review pending", Flaw::Review("待审核"), 12),
    ("D18", "review rejected", Flaw::Review("审核不通过"), 6),
    ("D28", "letter O for 0 in the staff number", Flaw::LetterForDigit, 2),
    ("rule", "paper of a course inside Chongqing, person met", Flaw::PaperInside, 10),
];
