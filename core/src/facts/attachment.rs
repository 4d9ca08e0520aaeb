//! Attachments (进修).

use medtrain_macros::entity;
use rust_decimal::Decimal;

use super::{AssessmentResult, CompletionCertificateForm, Extra, HostRelation, HostScope, Institution, Pay};
use crate::quantity::{Day, Yuan};

/// An attachment: advanced training at another institution.
#[entity(name = "attachment", zh = "进修", en = "attachment")]
pub struct Attachment {
    /// Who sent the trainee.
    #[fact(zh = "选送单位", en = "sending institution", headers("派出单位", "原单位名称", "送出单位", "所属医疗机构"))]
    pub sending_institution: Option<Institution>,
    /// Who received the trainee.
    #[fact(zh = "接收单位", en = "host institution", headers("进修单位", "进修基地", "研修单位", "目的地单位"), chosen)]
    pub host_institution: Option<Institution>,
    /// Where the host lies.
    #[fact(zh = "接收单位范围", en = "where the host lies", chosen)]
    pub host_scope: Option<HostScope>,
    /// Whether the host is renowned at home or abroad.
    #[fact(zh = "国内外知名", en = "renowned host", headers("知名医院", "国内外知名机构", "是否知名"), chosen)]
    pub host_renowned: Option<bool>,
    /// How the host stands to the sender.
    #[fact(zh = "与选送单位关系", en = "relation of host to sender", headers("接收单位关系"), chosen)]
    pub host_relation: Option<HostRelation>,
    /// Whether the host is a base that the authority recognised (sc-certificate).
    #[fact(zh = "进修基地认定", en = "recognised base", headers("是否认定基地"), chosen)]
    pub host_recognised: Option<bool>,
    /// The programme that it belongs to.
    #[fact(zh = "进修项目", en = "programme", headers("所属项目"))]
    pub programme: Option<String>,
    /// Department of the attachment.
    #[fact(zh = "进修科室", en = "department", headers("进修专业", "进修科目", "申请进修科室"), chosen)]
    pub department: Option<String>,
    /// Whether it was for one special technique.
    #[fact(zh = "专项技术", en = "special technique", headers("是否专项技术"), chosen)]
    pub special_technique: Option<bool>,
    /// First day.
    #[fact(
        zh = "进修开始日期",
        en = "first day",
        headers(
            "进修时间",
            "进修起止时间",
            "进修起止日期",
            "起止时间",
            "起止日期",
            "进修开始时间",
            "进修起始日期",
            "进修起始时间",
            "进修起始",
            "开始日期",
            "开始时间",
            "起始日期",
            "开始"
        ),
        chosen
    )]
    pub starts_on: Option<Day>,
    /// Last day, inclusive; left out while it goes on.
    #[fact(
        zh = "进修结束日期",
        en = "last day",
        headers(
            "进修结束时间",
            "进修截止日期",
            "进修截止时间",
            "进修终止日期",
            "进修截止",
            "返院日期",
            "返院时间",
            "返岗日期",
            "返岗时间",
            "实际结束日期",
            "实际结束时间",
            "实际结束",
            "结束日期",
            "结束时间",
            "截止日期",
            "结束"
        ),
        none,
        needs_column,
        attainable
    )]
    pub ends_on: Option<Day>,
    /// Months as planned.
    #[fact(zh = "计划进修月数", en = "planned months", headers("计划期限"), unit = "month", chosen)]
    pub planned_months: Option<u32>,
    /// Months as the source states them: a cross-check, never the truth.
    #[fact(
        zh = "进修期限",
        en = "months claimed",
        headers("进修期限(月)", "进修时长", "进修月数", "实际进修时长", "时长", "期限"),
        unit = "month",
        none
    )]
    pub months_claimed: Option<Decimal>,
    /// Whether it was full-time.
    #[fact(zh = "全脱产", en = "full-time", headers("脱产", "是否脱产", "是否全脱产"), chosen)]
    pub full_time: Option<bool>,
    /// Number of the mentor.
    #[fact(zh = "导师编号", en = "mentor's number", headers("带教老师编号"), attainable)]
    pub mentor_id: Option<String>,
    /// The mentor.
    #[fact(zh = "带教老师", en = "mentor", headers("导师", "指导老师"), sensitive, attainable)]
    pub mentor: Option<String>,
    /// The result of the routine assessment.
    #[fact(zh = "日常考核结果", en = "result of the routine assessment", headers("日常考核"), awarded)]
    pub routine_result: Option<AssessmentResult>,
    /// The result of its assessment.
    #[fact(zh = "考核结果", en = "result", headers("鉴定", "考核等次", "结业考核"), awarded)]
    pub result: Option<AssessmentResult>,
    /// Number of the completion certificate.
    #[fact(
        zh = "结业证书编号",
        en = "certificate number",
        headers("进修证书编号", "结业证号", "结业证书号", "进修证号", "合格证书", "合格证书编号", "合格证编号", "证书号", "证书编号"),
        awarded
    )]
    pub certificate_no: Option<String>,
    /// What form the certificate has.
    #[fact(zh = "证书制式", en = "form of the certificate", headers("结业证书制式"), awarded)]
    pub certificate_form: Option<CompletionCertificateForm>,
    /// Score in theory, of 100.
    #[fact(zh = "理论成绩", en = "score in theory", headers("理论考核成绩"), awarded)]
    pub theory_score: Option<Decimal>,
    /// Score in practice, of 100.
    #[fact(zh = "操作成绩", en = "score in practice", headers("实践成绩", "操作考核成绩"), awarded)]
    pub practice_score: Option<Decimal>,
    /// Common diseases whose norms are mastered (zj-township-completion).
    #[fact(zh = "掌握病种数", en = "diseases mastered", headers("病种数", "常见病种"), attainable)]
    pub diseases_mastered: Option<u32>,
    /// Kinds of Chinese-medicine techniques applied to standard (zj-township-completion).
    #[fact(zh = "中医药适宜技术类数", en = "Chinese-medicine techniques", headers("适宜技术类数", "中医药适宜技术"), attainable)]
    pub tcm_techniques: Option<u32>,
    /// What the host charged (zj-fee-waiver).
    #[fact(zh = "进修费", en = "fee charged", headers("收取进修费", "进修收费"), attainable)]
    pub fee_charged: Option<Yuan>,
    /// Whether the host provides lodging (zj-fee-waiver).
    #[fact(zh = "提供住宿", en = "lodging provided", headers("是否提供住宿"), attainable)]
    pub lodging_provided: Option<bool>,
    /// Whether there is a plan and a file for the trainee (zj-personal-file).
    #[fact(zh = "一人一策一档", en = "plan and file", headers("一人一档"), attainable)]
    pub plan_file: Option<bool>,
    /// Pay month by month; a list that is given is complete (zj-pay-guarantee).
    #[fact(zh = "进修期间工资", en = "pay")]
    pub monthly_pay: Option<Vec<Pay>>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
