//! Words that limit what stands under them: in the brackets of a header, in a heading over several of them, in a title or the name of a sheet.
//!
//! INVARIANT: what is limited is never taken for what it would be without the limit: it is unknown, and a note says so.

use crate::facts::{Entity, Field, FieldKind, ReviewStatus, Vocabulary as _, tidy};
use crate::workbook::cell;
use crate::workbook::doubt::{holds_doubt, without};
use crate::workbook::own::OwnRecord;

/// What of the columns under a header it leaves open which they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Limit {
    /// Whether amounts are not those of the bare header: minutes, the credits due, those of one year.
    amounts: bool,
    /// Whether days are not those of the bare header: expected ones, those of another calendar.
    days: bool,
}

impl Limit {
    /// The limit that lies in the brackets at the end of a header, as it is looked up.
    pub(super) fn of_brackets(header: &str) -> Self {
        let Some(bare) = cell::without_brackets(header) else { return Self::default() };
        let inside = header.get(bare.len()..).unwrap_or_default();
        let is_granted = header.ends_with(')') && GRANTED.iter().any(|word| header.contains(word));
        Self { amounts: !is_granted, days: !is_plain_of_days(inside) }
    }

    /// The limit that lies in a heading over several columns: `审核未通过` over 学分 and 学时.
    pub(super) fn of_heading(heading: &str) -> Self {
        let text = heading.to_lowercase();
        let holds = |of: &[&str]| holds_doubt(&text, &[&STILL_OPEN, of].concat(), &NO_LIMITS);
        Self { amounts: holds(&OF_AMOUNTS) || holds_year(&text), days: holds(&OF_DAYS) }
    }

    /// Whether it leaves open what a column of this kind has.
    pub(super) fn is_of(self, kind: FieldKind) -> bool {
        match kind {
            FieldKind::Decimal => self.amounts,
            FieldKind::Day => self.days,
            _ => false,
        }
    }

    pub(super) fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// Why records on a sheet, or below a title, that says so may not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Apart {
    /// They did not come through their review, or not yet.
    Review,
    /// They are void, or were never meant.
    Void,
    /// They are to come.
    Planned,
}

impl Apart {
    /// Whether records of this kind may be so: only what is reviewed comes through no review, and of records that tell what is planned themselves, a
    /// plan says nothing new.
    pub(crate) fn is_of(self, entity: &Entity) -> bool {
        let has = |is: &dyn Fn(&Field) -> bool| entity.fields.iter().any(is);
        entity.name != OwnRecord::ENTITY.name
            && match self {
                Self::Void => true,
                Self::Review => has(&|field| field.kind.is_of(ReviewStatus::LIST)),
                Self::Planned => !has(&|field| field.zh.contains("计划")),
            }
    }

    /// What the name of a sheet or a title says of the records, with its word. A remark says nothing of them.
    pub(crate) fn of(text: &str) -> Option<(Self, &'static str)> {
        const LONGEST: usize = 40;
        let text: String = tidy(text).chars().filter(|c| !c.is_whitespace()).collect();
        let is_remark = ["注", "备注", "说明", "填表", "填写"].iter().any(|word| text.starts_with(word)) || text.contains(['。', ';', '!']);
        if is_remark || text.chars().count() > LONGEST {
            return None;
        }
        let text = without(text, NOT_APART);
        let found = |words: &'static [&'static str]| words.iter().copied().find(|word| text.contains(word));
        let kinds = [(Self::Void, VOID), (Self::Review, UNDER_REVIEW), (Self::Planned, PLANNED)];
        kinds.into_iter().find_map(|(apart, words)| Some((apart, found(words)?)))
    }
}

/// What a sheet or title calls records that came through no review.
const UNDER_REVIEW: &[&str] =
    &["审核未通过", "未通过", "不通过", "不合格", "退回", "驳回", "未审核", "待审核", "待审", "未认定", "不予认定", "未授予", "拟授予", "拟认定"];

/// What a sheet or title calls records that are void or were never meant.
const VOID: &[&str] = &["作废", "撤销", "无效", "样例", "示例", "范例", "样表", "模拟数据", "测试数据", "草稿", "回收站"];

/// What a sheet or title calls records that are to come.
const PLANNED: &[&str] = &["计划", "预计"];

/// Words with those above in them that say nothing of the kind.
const NOT_APART: &[&str] = &["计划生育", "计划免疫", "计划外", "计划完成", "计划执行", "计划落实", "计划实施", "不合格率", "无效果"];

/// What in the brackets of an amount says that it is the one granted.
const GRANTED: [&str; 6] = ["(授予)", "(实得)", "(获得)", "(所得)", "(实际)", "(已得)"];

/// What in the brackets of a day says how to write it, or which day it is anyway.
const PLAIN_OF_DAYS: [&str; 36] = [
    "年",
    "月",
    "日",
    "时间",
    "起",
    "止",
    "至",
    "到",
    "第一天",
    "最后一天",
    "首",
    "末",
    "精确",
    "格式",
    "如",
    "例",
    "公历",
    "阳历",
    "北京时间",
    "实际",
    "证书",
    "学分",
    "授予",
    "发证",
    "以",
    "为准",
    "身份证",
    "公章",
    "评",
    "聘",
    "y",
    "m",
    "d",
    "h",
    "s",
    "填写",
];

/// What limits amounts and days alike, besides what takes anything back.
const STILL_OPEN: [&str; 6] = ["撤销", "待审", "待定", "待核", "待认", "待批"];

/// What limits amounts alone.
const OF_AMOUNTS: [&str; 19] = [
    "申报",
    "申请",
    "累计",
    "合计",
    "总计",
    "应修",
    "应得",
    "应完成",
    "应达",
    "要求",
    "目标",
    "结转",
    "上年",
    "去年",
    "历年",
    "往年",
    "剩余",
    "上限",
    "折算",
];

/// What limits days alone.
const OF_DAYS: [&str; 4] = ["农历", "阴历", "utc", "gmt"];

/// Words with those above in them that limit nothing.
const NO_LIMITS: [&str; 2] = ["模拟", "申请表"];

fn is_plain_of_days(inside: &str) -> bool {
    !without(inside.to_lowercase(), &PLAIN_OF_DAYS).contains(char::is_alphabetic)
}

/// Whether a text names a year: `2023年`.
fn holds_year(text: &str) -> bool {
    text.match_indices('年').any(|(at, _)| {
        let digits = text.get(..at).unwrap_or_default().bytes().rev().take_while(u8::is_ascii_digit).count();
        digits == 4
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_to_write_a_day_limits_no_day_and_another_day_does() {
        for header in ["授予日期(年月日)", "授予日期(yyyy-mm-dd)", "开始日期(如2024-03-05)", "授予日期(实际)", "授予日期"] {
            assert!(!Limit::of_brackets(header).is_of(FieldKind::Day), "{header}");
        }
        for header in ["授予日期(预计)", "授予日期(申请)", "出生日期(农历)", "授予日期(utc)", "授予日期(待定)"] {
            assert!(Limit::of_brackets(header).is_of(FieldKind::Day), "{header}");
        }
    }

    #[test]
    fn a_name_sets_records_apart_and_that_of_a_department_does_not() {
        for (text, expected) in [
            ("审核未通过", Apart::Review),
            ("作废学分", Apart::Void),
            ("退回记录", Apart::Review),
            ("样例", Apart::Void),
            ("模拟数据", Apart::Void),
            ("2025年计划", Apart::Planned),
            ("二、审核不通过名单", Apart::Review),
        ] {
            assert_eq!(Apart::of(text).map(|(apart, _)| apart), Some(expected), "{text}");
        }
        for text in ["学分记录", "计划免疫科", "审核通过", "模拟医学中心", "说明：未审核的学分请勿填写", "2024年计划完成情况"]
        {
            assert_eq!(Apart::of(text), None, "{text}");
        }
    }

    #[test]
    fn a_heading_limits_by_its_words_and_a_plain_one_does_not() {
        for heading in ["审核未通过", "拟授予", "未审核", "申报", "累计", "2023年", "2025年计划"] {
            assert!(Limit::of_heading(heading).is_of(FieldKind::Decimal), "{heading}");
        }
        for heading in ["项目信息", "时间", "授予", "学分情况", "申请人信息", "继续医学教育"] {
            assert!(Limit::of_heading(heading).is_none(), "{heading}");
        }
    }
}
