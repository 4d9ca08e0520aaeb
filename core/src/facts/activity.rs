//! Credit records.

use medtrain_macros::entity;

use super::{ActivityForm, ActivityLevel, Extra, Project, ReviewStatus, SubjectKind};
use crate::quantity::{Credits, Day, Hours};

/// A credit record: one person's part in one activity of continuing medical education.
#[entity(name = "activity", zh = "学分记录", en = "credit record", many)]
pub struct Activity {
    /// Number of the project.
    #[fact(zh = "项目编号", en = "project number", headers("审批编号", "项目审批号", "编号", "xmbh"))]
    pub activity_no: Option<String>,
    /// Name of the project or course.
    #[fact(
        zh = "项目名称",
        en = "project name",
        headers("学习项目内容", "学习内容", "内容", "活动名称", "课题", "课程名称", "课程名", "培训项目", "培训名称", "培训内容", "xmmc")
    )]
    pub activity_name: Option<String>,
    /// The level at which the project was approved.
    #[fact(zh = "项目级别", en = "project level", headers("级别", "类别", "子类别", "学分子类别"), chosen)]
    pub activity_level: Option<ActivityLevel>,
    /// Who held it.
    #[fact(zh = "主办单位", en = "organiser", headers("举办单位", "申办单位", "承办单位"))]
    pub sponsor: Option<String>,
    /// Who granted the credits.
    #[fact(zh = "授分单位", en = "awarding body", headers("发证单位", "授予单位"))]
    pub awarding_body: Option<String>,
    /// The form it took.
    #[fact(zh = "活动形式", en = "form", headers("举办方式", "学习形式", "形式", "hdxs"), chosen)]
    pub form: Option<ActivityForm>,
    /// First day of the activity.
    #[fact(
        zh = "开始日期",
        en = "first day",
        headers("起始日期", "开始时间", "举办日期", "举办时间", "举办期限", "起止日期", "起止时间", "学习时间", "培训时间", "活动时间", "jbsj"),
        chosen
    )]
    pub starts_on: Option<Day>,
    /// Last day of the activity, inclusive.
    #[fact(zh = "结束日期", en = "last day", headers("截止日期", "结束时间", "终止日期"), chosen)]
    pub ends_on: Option<Day>,
    /// Where it was held: a code of GB/T 2260, of which the first two digits are the province.
    #[fact(zh = "举办地区划代码", en = "place code (GB/T 2260)", headers("举办地代码", "举办地区划", "行政区划代码", "区划代码", "举办地"), chosen)]
    pub place_code: Option<String>,
    /// The class of its credits, an open list: I, II and what a region adds.
    #[fact(zh = "学分类别", en = "credit class", headers("学分类型", "类别", "xflb", "Ⅰ/Ⅱ类"), chosen)]
    pub credit_class: Option<String>,
    /// Credits granted.
    #[fact(
        zh = "学分",
        en = "credits",
        headers("授予学分", "获得学分", "所得学分", "实得学分", "取得学分", "学分数", "学分值", "分值", "得分", "xf"),
        chosen
    )]
    pub credits: Option<Credits>,
    /// Hours of instruction.
    #[fact(zh = "学时", en = "hours", headers("课时", "学时数", "授予学时", "获得学时", "所得学时", "实得学时", "xs"), chosen)]
    pub hours: Option<Hours>,
    /// Public, professional or other subjects (cq-subject-ratio).
    #[fact(zh = "科目类别", en = "kind of subject", headers("科目", "类别", "课程类别", "课程分类", "课程性质", "科目类型", "科目性质"), chosen)]
    pub subject_kind: Option<SubjectKind>,
    /// Whether it is closely related to the post (cq-job-related-credits).
    #[fact(
        zh = "是否与岗位相关",
        en = "related to the post",
        headers(
            "与岗位相关",
            "岗位相关",
            "岗位密切相关",
            "与岗位密切相关",
            "是否与岗位密切相关",
            "是否岗位相关",
            "岗位相关性",
            "与岗位是否相关",
            "与本岗位相关",
            "是否与本岗位相关"
        ),
        chosen
    )]
    pub job_related: Option<bool>,
    /// Whether it is related to the profession; where nobody marked it, the kind of subject decides (cq-credits).
    #[fact(
        zh = "是否与专业相关",
        en = "related to the profession",
        headers("与专业相关", "专业相关", "是否专业相关", "与本专业相关", "是否与本专业相关", "本专业相关", "专业相关性", "与专业是否相关"),
        none,
        chosen
    )]
    pub profession_related: Option<bool>,
    /// Whether the credits stand on the municipal platform (cq-electronic-credits).
    #[fact(zh = "电子学分", en = "on the platform", headers("是否电子学分", "是否平台学分", "是否市平台学分", "平台授分", "是否平台授予"), chosen)]
    pub electronic: Option<bool>,
    /// Day on which the course was completed.
    #[fact(zh = "完成日期", en = "completed on", headers("学习日期", "培训日期", "完成时间"), none, chosen)]
    pub completed_on: Option<Day>,
    /// Day on which the credits were granted; it decides the credit year where it is given (cq-credit-year).
    #[fact(
        zh = "授予日期",
        en = "granted on",
        headers(
            "授分日期",
            "授分时间",
            "授予时间",
            "学分授予日期",
            "学分授予时间",
            "发证日期",
            "发证时间",
            "证书发放日期",
            "证书发放时间",
            "发放日期",
            "取得时间",
            "取得日期",
            "获得时间",
            "获得日期",
            "得分日期",
            "申请时间",
            "日期",
            "Date granted",
            "Award date"
        ),
        none,
        chosen
    )]
    pub awarded_on: Option<Day>,
    /// The year as the source states it: a cross-check, never the truth.
    #[fact(zh = "年度", en = "year claimed", headers("学分年度", "统计年度", "所属年度", "nf"), none)]
    pub year_claimed: Option<u32>,
    /// How far its review has come; left out where no review is recorded (cq-credit-audit).
    #[fact(
        zh = "审核状态",
        en = "review status",
        headers(
            "审验状态",
            "审验结果",
            "审核",
            "审核结果",
            "审核意见",
            "审核情况",
            "审批状态",
            "审批结果",
            "审批意见",
            "学分状态",
            "学分审核",
            "单位审核",
            "市级审核",
            "市级审核意见",
            "省级审核",
            "省级审核意见",
            "卫生厅审核",
            "人社局审核",
            "是否通过",
            "是否有效",
            "状态",
            "shzt"
        ),
        none,
        chosen
    )]
    pub review_status: Option<ReviewStatus>,
    /// Number of the certificate.
    #[fact(zh = "证书编号", en = "certificate number", headers("学分证书编号", "学分证号"))]
    pub certificate_no: Option<String>,
    /// Whether proof of taking part is at hand (cq-outside-national).
    #[fact(zh = "证明材料", en = "proof at hand", headers("有无证明", "证明", "是否有证明"), chosen)]
    pub has_proof: Option<bool>,
    /// First day that the proof attests.
    #[fact(zh = "证明开始日期", en = "proof from", headers("证明起始日期", "证明日期"), chosen)]
    pub proof_starts_on: Option<Day>,
    /// Last day that the proof attests.
    #[fact(zh = "证明结束日期", en = "proof until", headers("证明截止日期"), chosen)]
    pub proof_ends_on: Option<Day>,
    /// The project that it was part of; left out where nothing about it is asked (cq-outside-organiser-filing).
    #[fact(zh = "继续医学教育项目", en = "project", none)]
    pub project: Option<Box<Project>>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
