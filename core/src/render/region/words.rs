//! The fixed words of a region's report, in both languages.

use serde::Serialize;

use crate::lang::Lang;

macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        /// Every fixed word, in one language.
        #[derive(Debug, Serialize)]
        pub(super) struct RegionWords { $(pub(super) $name: &'static str,)* }

        static ZH: RegionWords = RegionWords { $($name: $zh,)* };
        static EN: RegionWords = RegionWords { $($name: $en,)* };
    };
}

words! {
    annual: "继续医学教育年度报告", "Annual report on continuing medical education";
    targets: "目标完成情况", "The targets";
    zones: "各片区", "Zones";
    zone: "片区", "Zone";
    no_zone: "未说明片区", "zone not told";
    outside_zones: "不属任何片区", "in no zone";
    grades: "各职称级别", "Title grades";
    grade: "职称级别", "Title grade";
    no_grade: "未说明职称", "grade not told";
    institutions: "各机构", "Institutions";
    institution: "机构", "Institution";
    no_institution: "未说明机构", "institution not told";
    people: "人数", "People";
    everyone: "全地区", "Whole region";
    participated: "参加", "Took part";
    met: "达标", "Met";
    open: "待定", "Open";
    rate: "比率", "Share";
    needed: "目标人数", "Needed";
    more: "还差", "Lacking";
    numerator: "分子", "Numerator";
    denominator: "分母", "Denominator";
    standing: "完成情况", "Standing";
    target: "目标", "Target";
    number: "编号", "No.";
    name: "姓名", "Name";
    result: "达标情况", "Result";
    lacking_list: "尚未计入分子者", "Not in the numerator";
    open_list: "待定者", "Open";
    excluded_list: "未计入者", "Not counted";
    effects: "结果的影响", "What follows";
    definitions: "指标口径", "What each rate is";
    no_target: "未设目标", "no target";
    summary: "汇总", "Summary";
    sheet_people: "人员", "People";
    sheet_basis: "口径与依据", "Definitions and basis";
    state: "计入情况", "Counted as";
    in_numerator: "分子", "numerator";
    in_denominator: "仅分母", "denominator only";
    state_open: "待定", "open";
    state_out: "未计入", "not counted";
    reason: "原因", "Reason";
    low: "最低", "At least";
    high: "最高", "At most";
    orientation: "片区和机构按其所在片区的目标衡量，机构一栏仅供督促参考，不作考核结论。", "Zones and institutions are held against the targets of their zone; for institutions this is for orientation and no appraisal.";
    key_have: "已计入", "counted";
    key_open: "待定", "open";
    key_lacking: "距目标所差", "lacking up to the target";
    key_tick: "竖线为目标", "the tick is the target";
    subject: "对象", "Subject";
    measured: "指标", "What is measured";
    why: "说明", "Why";
    base: "基地编号", "Base";
    speciality: "专业基地", "Speciality";
    pass_rate: "通过率", "pass rate";
    place: "倒数名次", "place from the last";
    nothing: "没有可列示的内容。", "There is nothing to show.";
    list_title: "高级职称晋升继续医学教育学分审验合格人员名单", "Candidates for senior titles whose continuing education credits passed the audit";
    list_number: "序号", "No.";
    list_unit: "单位（同名者）", "Institution (where names are the same)";
    list_nobody: "本年度没有可公示的人员。", "There is nobody to announce this year.";
    list_issuer: "公示单位（盖章）", "Published by (stamp)";
    list_date: "公示日期", "Date";
}

impl RegionWords {
    pub(super) fn of(lang: Lang) -> &'static Self {
        lang.pick(&ZH, &EN)
    }
}
