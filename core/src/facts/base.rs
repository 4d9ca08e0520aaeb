//! Training bases: for attachments, residency training, or continuing education.

use medtrain_macros::entity;
use rust_decimal::Decimal;

use super::{BaseKind, Card, Extra, Institution, Payee, Region, Residency};
use crate::quantity::{Day, Yuan};

/// A training base, or one of its specialty bases.
#[entity(name = "base", zh = "培训基地", en = "base")]
pub struct Base {
    /// Its number.
    #[fact(zh = "基地编号", en = "base number", headers("基地代码", "专业基地编号"))]
    pub base_id: Option<String>,
    /// Its name.
    #[fact(zh = "基地名称", en = "base name", headers("培训基地", "培训医院", "接收单位"))]
    pub name: Option<String>,
    /// What it is for.
    #[fact(zh = "基地类别", en = "kind of base")]
    pub base_kind: Option<BaseKind>,
    /// The speciality, of a specialty base; left out where it is the whole base.
    #[fact(zh = "专业基地", en = "speciality", headers("基地专业"), none)]
    pub speciality: Option<String>,
    /// The institution that it belongs to.
    #[fact(zh = "基地所在机构", en = "institution")]
    pub institution: Option<Institution>,
    /// Whether the competent authority recognised it.
    #[fact(zh = "是否认定", en = "recognised", headers("认定", "已认定"))]
    pub recognised: Option<bool>,
    /// How many can be trained at once.
    #[fact(zh = "培训容量", en = "capacity", headers("容量", "容量测算"), unit = "person")]
    pub capacity: Option<u32>,
    /// How many are in training.
    #[fact(zh = "在培人数", en = "in training", headers("在培学员数", "住培学员数"), unit = "person")]
    pub in_training: Option<u32>,
    /// How many the plan has this year.
    #[fact(zh = "招收计划", en = "planned", headers("招收计划数"), unit = "person")]
    pub planned: Option<u32>,
    /// How many were recruited this year.
    #[fact(zh = "实际招收", en = "recruited", headers("招收人数", "报到人数"), unit = "person")]
    pub recruited: Option<u32>,
    /// What was recruited in each speciality; a list that is given is complete.
    #[fact(zh = "分专业招收", en = "recruitment by speciality")]
    pub recruitments: Option<Vec<Recruitment>>,
    /// Full-time managers of residency training (sd-staffing).
    #[fact(zh = "专职管理人员", en = "full-time managers", headers("管理人员数", "专职管理人员数"), unit = "person", attainable)]
    pub full_time_managers: Option<u32>,
    /// Whether it has a general-practice department of its own.
    #[fact(zh = "独立设置全科医学科", en = "independent GP department", headers("全科医学科独立设置"), attainable)]
    pub gp_department_independent: Option<bool>,
    /// Supervisions by the hospital in the year.
    #[fact(zh = "院级督导次数", en = "supervisions", attainable)]
    pub supervisions: Option<u32>,
    /// Visits to partner units in the year.
    #[fact(zh = "协同单位指导次数", en = "visits to partner units", attainable)]
    pub partner_visits: Option<u32>,
    /// Meetings of its leaders about training in the year.
    #[fact(zh = "专题会议次数", en = "meetings of leaders", attainable)]
    pub leader_meetings: Option<u32>,
    /// The share of performance pay that depends on teaching, as a fraction.
    #[fact(zh = "教学绩效占比", en = "share of teaching in performance pay", headers("绩效考核占比"))]
    pub teaching_performance_share: Option<Decimal>,
    /// The card that the evaluation gave (sd-cards).
    #[fact(zh = "亮牌", en = "card", headers("评估亮牌"))]
    pub card: Option<Card>,
    /// Whether a serious liability arose from breaking the rules (sd-veto).
    #[fact(zh = "严重责任问题", en = "serious liability", headers("造成严重责任问题"))]
    pub serious_liability: Option<bool>,
    /// Whether the general-practice specialty base is below standard; left out where there is none (sd-veto).
    #[fact(zh = "全科专业基地不达标", en = "GP base below standard", headers("全科基地不达标"), none)]
    pub gp_base_below_standard: Option<bool>,
    /// What it charges for an attachment.
    #[fact(zh = "进修收费", en = "fee charged", headers("进修费", "收费"), attainable)]
    pub fee_charged: Option<Yuan>,
    /// What an attachment costs it, as documented.
    #[fact(zh = "进修成本", en = "documented cost", headers("成本"))]
    pub fee_cost: Option<Yuan>,
    /// Residents; a list that is given is complete.
    #[fact(zh = "住培学员名单", en = "residents")]
    pub residents: Option<Vec<Residency>>,
    /// Subsidies due and paid; a list that is given is complete.
    #[fact(zh = "补助发放", en = "subsidies")]
    pub subsidies: Option<Vec<Subsidy>>,
    /// The region that ranks it.
    #[fact(zh = "所在地区", en = "region")]
    pub region: Option<Region>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}

/// What a base recruited in one speciality in a year.
#[entity(name = "recruitment", zh = "分专业招收", en = "recruitment")]
pub struct Recruitment {
    /// Speciality.
    #[fact(zh = "培训专业", en = "speciality", headers("专业", "招收专业"))]
    pub speciality: Option<String>,
    /// Whether the speciality is in shortage (sd-city-duties).
    #[fact(zh = "紧缺专业", en = "shortage speciality", headers("是否紧缺", "紧缺"))]
    pub shortage: Option<bool>,
    /// How many the plan has.
    #[fact(zh = "招收计划", en = "planned", headers("计划招收", "招收计划数"), unit = "person")]
    pub planned: Option<u32>,
    /// How many were recruited.
    #[fact(zh = "实际招收", en = "recruited", headers("招收人数", "报到人数"), unit = "person")]
    pub recruited: Option<u32>,
    /// Whether a partner unit recruited by itself (sd-recruitment-plan).
    #[fact(zh = "协同单位单独招生", en = "recruited by a partner unit", headers("协同单独招收"))]
    pub by_partner: Option<bool>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}

/// A month's subsidy for a resident or a teaching physician.
#[entity(name = "subsidy", zh = "补助发放", en = "subsidy")]
pub struct Subsidy {
    /// Whom it is for.
    #[fact(zh = "发放对象", en = "payee", headers("人员类型"))]
    pub payee: Option<Payee>,
    /// Number of the person.
    #[fact(zh = "领取人编号", en = "payee's number", headers("学员编号", "工号", "人员编号"))]
    pub payee_id: Option<String>,
    /// Speciality.
    #[fact(zh = "培训专业", en = "speciality", headers("专业"))]
    pub speciality: Option<String>,
    /// Whether the speciality is in shortage.
    #[fact(zh = "紧缺专业", en = "shortage speciality", headers("是否紧缺", "紧缺"))]
    pub shortage: Option<bool>,
    /// The month, as `2024-05`.
    #[fact(zh = "月份", en = "month", headers("补助月份", "发放月份"))]
    pub month: Option<String>,
    /// The standard for the month.
    #[fact(zh = "补助标准", en = "standard", headers("应发金额", "应发"))]
    pub standard: Option<Yuan>,
    /// What was paid.
    #[fact(zh = "实发金额", en = "paid", headers("已发金额", "实发"), attainable)]
    pub paid: Option<Yuan>,
    /// Day on which it was due.
    #[fact(zh = "应发日期", en = "due on", headers("发放期限", "应发时间"))]
    pub due_on: Option<Day>,
    /// Day on which it was paid; left out while it was not.
    #[fact(
        zh = "发放日期",
        en = "paid on",
        headers("实发日期", "实发时间", "发放时间", "实际发放日期", "实际发放时间", "到账日期", "到账时间", "支付日期", "支付时间"),
        none,
        needs_column,
        attainable
    )]
    pub paid_on: Option<Day>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
