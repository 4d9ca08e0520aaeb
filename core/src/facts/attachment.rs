//! Attachments (进修).

use medtrain_macros::entity;
use rust_decimal::Decimal;

use super::{AssessmentResult, Extra, HostScope, Institution};
use crate::quantity::Day;

/// An attachment: advanced training at another institution.
#[entity(name = "attachment", zh = "进修", en = "attachment")]
pub struct Attachment {
    /// Who sent the trainee.
    #[fact(zh = "选送单位", en = "sending institution", headers("派出单位", "原单位名称", "送出单位", "所属医疗机构"))]
    pub sending_institution: Option<Institution>,
    /// Who received the trainee.
    #[fact(zh = "接收单位", en = "host institution", headers("进修单位", "进修基地", "研修单位", "目的地单位"))]
    pub host_institution: Option<Institution>,
    /// Where the host lies.
    #[fact(zh = "接收单位范围", en = "where the host lies")]
    pub host_scope: Option<HostScope>,
    /// Whether the host is renowned at home or abroad.
    #[fact(zh = "国内外知名", en = "renowned host", headers("知名医院"))]
    pub host_renowned: Option<bool>,
    /// Department of the attachment.
    #[fact(zh = "进修科室", en = "department", headers("进修专业", "进修科目", "申请进修科室"))]
    pub department: Option<String>,
    /// Whether it was for one special technique.
    #[fact(zh = "专项技术", en = "special technique", headers("是否专项技术"))]
    pub special_technique: Option<bool>,
    /// First day.
    #[fact(zh = "进修开始日期", en = "first day", headers("进修时间", "进修起止时间", "进修开始时间"))]
    pub starts_on: Option<Day>,
    /// Last day, inclusive; left out while it goes on.
    #[fact(zh = "进修结束日期", en = "last day", headers("进修结束时间"), none)]
    pub ends_on: Option<Day>,
    /// Months as the source states them: a cross-check, never the truth.
    #[fact(zh = "进修期限", en = "months claimed", headers("进修期限(月)", "进修时长", "时长"), unit = "month", none)]
    pub months_claimed: Option<Decimal>,
    /// Whether it was full-time.
    #[fact(zh = "全脱产", en = "full-time", headers("脱产", "是否全脱产"))]
    pub full_time: Option<bool>,
    /// The mentor.
    #[fact(zh = "带教老师", en = "mentor", headers("导师", "指导老师"), sensitive)]
    pub mentor: Option<String>,
    /// The result of its assessment.
    #[fact(zh = "考核结果", en = "result", headers("鉴定", "考核等次", "结业考核"))]
    pub result: Option<AssessmentResult>,
    /// Number of the completion certificate.
    #[fact(zh = "结业证书编号", en = "certificate number", headers("进修证书编号"))]
    pub certificate_no: Option<String>,
    /// Names of fields of which nobody told us, where leaving them out would mean none.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
