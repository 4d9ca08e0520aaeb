//! Applications for an attachment (gx-procedure).

use medtrain_macros::entity;

use super::Extra;
use crate::quantity::Day;

/// An application for an attachment, with the steps it has taken.
#[entity(name = "application", zh = "进修申请", en = "application")]
pub struct Application {
    /// The host that is asked for; left out where the form names none.
    #[fact(zh = "拟申请研修单位", en = "intended host", headers("意向进修培养单位", "拟进修单位"), none, attainable)]
    pub intended_host: Option<String>,
    /// The department that is asked for; left out where the form names none.
    #[fact(zh = "申请进修科室", en = "intended department", headers("申请进修专业"), none, attainable)]
    pub intended_department: Option<String>,
    /// The months that are asked for; left out where the form names none.
    #[fact(zh = "申请进修时长", en = "intended months", headers("申请进修时间"), none, unit = "month", attainable)]
    pub intended_months: Option<u32>,
    /// The reason given; left out where the form gives none.
    #[fact(zh = "申请进修原因", en = "reason", none, attainable)]
    pub reason: Option<String>,
    /// The plan of study; left out where the form has none.
    #[fact(zh = "研修内容", en = "plan of study", headers("研修计划"), none, attainable)]
    pub study_plan: Option<String>,
    /// The curriculum vitae; left out where the form has none.
    #[fact(zh = "个人简历", en = "curriculum vitae", none, sensitive, attainable)]
    pub resume: Option<String>,
    /// Day of the application; left out where there is none yet.
    #[fact(zh = "申请日期", en = "applied on", headers("申请时间"), none, attainable)]
    pub applied_on: Option<Day>,
    /// Day on which the employer recommended it.
    #[fact(zh = "推荐日期", en = "recommended on", headers("单位推荐日期"), none)]
    pub recommended_on: Option<Day>,
    /// Day on which it was submitted with the others.
    #[fact(zh = "上报日期", en = "submitted on", headers("统一上报日期"), none)]
    pub submitted_on: Option<Day>,
    /// Day on which the host selected it.
    #[fact(zh = "遴选日期", en = "selected on", headers("入选日期"), none)]
    pub selected_on: Option<Day>,
    /// Day on which the host gave notice.
    #[fact(zh = "通知日期", en = "notified on", headers("通知报到日期"), none)]
    pub notified_on: Option<Day>,
    /// Day on which the trainee reported for duty.
    #[fact(zh = "报到日期", en = "reported on", headers("报到时间"), none)]
    pub reported_on: Option<Day>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
