//! Projects of continuing medical education, before they become anyone's record.

use medtrain_macros::entity;

use super::{ActivityForm, ActivityLevel, Extra, OrganiserScope};
use crate::quantity::{Day, Yuan};

/// A project of continuing medical education.
#[entity(name = "project", zh = "继续医学教育项目", en = "project")]
pub struct Project {
    /// Number of the project.
    #[fact(zh = "项目编号", en = "project number", headers("审批编号", "项目审批号"))]
    pub activity_no: Option<String>,
    /// Name of the project.
    #[fact(zh = "项目名称", en = "project name", headers("活动名称", "课程名称"))]
    pub activity_name: Option<String>,
    /// The level at which it was approved.
    #[fact(zh = "项目级别", en = "project level", headers("级别"))]
    pub activity_level: Option<ActivityLevel>,
    /// Who holds it.
    #[fact(zh = "主办单位", en = "organiser", headers("举办单位", "申办单位", "承办单位"))]
    pub sponsor: Option<String>,
    /// Where the organiser comes from.
    #[fact(zh = "主办单位来源", en = "where the organiser comes from", headers("主办单位类别"))]
    pub organiser_scope: Option<OrganiserScope>,
    /// The form it takes.
    #[fact(zh = "活动形式", en = "form", headers("举办方式"))]
    pub form: Option<ActivityForm>,
    /// First day.
    #[fact(zh = "开始日期", en = "first day", headers("举办日期", "举办时间", "起止日期", "起止时间"))]
    pub starts_on: Option<Day>,
    /// Last day, inclusive.
    #[fact(zh = "结束日期", en = "last day", headers("结束时间"))]
    pub ends_on: Option<Day>,
    /// Where it is held: a code of GB/T 2260.
    #[fact(zh = "举办地区划代码", en = "place code (GB/T 2260)", headers("举办地", "举办地代码"))]
    pub place_code: Option<String>,
    /// Day on which date and place were published on the platform; left out where they were not.
    #[fact(
        zh = "公布日期",
        en = "published on",
        headers(
            "网上公布日期",
            "网上公布时间",
            "公布时间",
            "平台公布日期",
            "平台公布时间",
            "平台发布日期",
            "平台发布时间",
            "发布日期",
            "发布时间",
            "公示日期",
            "公示时间"
        ),
        none,
        attainable
    )]
    pub published_on: Option<Day>,
    /// Day on which it was filed; left out where it was not.
    #[fact(zh = "备案日期", en = "filed on", headers("备案时间", "报备日期", "报备时间"), none, attainable)]
    pub filed_on: Option<Day>,
    /// Whether its number was filed (cq-outside-organiser-filing).
    #[fact(zh = "备案项目编号", en = "number filed", headers("已报项目编号"), attainable)]
    pub number_filed: Option<bool>,
    /// Whether its notice was filed.
    #[fact(zh = "备案办班通知", en = "notice filed", headers("办班通知"), attainable)]
    pub notice_filed: Option<bool>,
    /// Whether its timetable was filed.
    #[fact(zh = "备案培训日程", en = "timetable filed", headers("培训日程"), attainable)]
    pub timetable_filed: Option<bool>,
    /// Whether its fees were filed.
    #[fact(zh = "备案收费标准", en = "fees filed", headers("收费标准"), attainable)]
    pub fees_filed: Option<bool>,
    /// Whether its sponsors were filed.
    #[fact(zh = "备案赞助企业", en = "sponsors filed", headers("赞助企业情况"), attainable)]
    pub sponsors_filed: Option<bool>,
    /// What a participant pays.
    #[fact(zh = "收费", en = "fee", headers("项目收费", "收费金额"))]
    pub fee: Option<Yuan>,
    /// Whether the price was filed with the committee when it was applied for (cq-fee-filing).
    #[fact(zh = "定价备案", en = "price filed", headers("收费备案"), attainable)]
    pub fee_price_filed: Option<bool>,
    /// Whether the price was published online.
    #[fact(zh = "收费公示", en = "price published", headers("网上公示"), attainable)]
    pub fee_published: Option<bool>,
    /// Whether income and expense were audited.
    #[fact(zh = "专项审计", en = "audited", headers("收支审计"), attainable)]
    pub fee_audited: Option<bool>,
    /// Income.
    #[fact(zh = "项目收入", en = "income", headers("收入"))]
    pub income: Option<Yuan>,
    /// Expense.
    #[fact(zh = "项目支出", en = "expense", headers("支出"))]
    pub expense: Option<Yuan>,
    /// Whether it comes from a finished research project.
    #[fact(zh = "科研结题项目", en = "from finished research", headers("科研项目推广"))]
    pub from_research: Option<bool>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
