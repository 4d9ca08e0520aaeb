//! Money: training funds, and pay during an attachment.

use medtrain_macros::entity;

use super::Extra;
use crate::quantity::Yuan;

/// An institution's fund for continuing education in one year.
#[entity(name = "training_fund", zh = "继续医学教育经费", en = "training fund")]
pub struct TrainingFund {
    /// The year.
    #[fact(zh = "经费年度", en = "year", headers("年度", "会计年度"))]
    pub year: Option<u32>,
    /// Total payroll of the year.
    #[fact(zh = "职工工资总额", en = "total payroll", headers("工资总额", "应发工资合计", "应付职工薪酬"))]
    pub payroll_total: Option<Yuan>,
    /// What was set aside.
    #[fact(zh = "提取经费", en = "set aside", headers("提取", "计提", "职工教育经费"), attainable)]
    pub accrued: Option<Yuan>,
    /// What was spent.
    #[fact(zh = "使用经费", en = "spent", headers("使用", "培训费支出"), attainable)]
    pub spent: Option<Yuan>,
    /// What was left from before.
    #[fact(zh = "上年结余", en = "carried over", headers("结余"))]
    pub carried_over: Option<Yuan>,
    /// What the government gave.
    #[fact(zh = "财政补助", en = "government subsidy", headers("专项补助"))]
    pub government_subsidy: Option<Yuan>,
    /// What was earned by fees.
    #[fact(zh = "收费收入", en = "fee income", headers("进修成本费"))]
    pub fee_income: Option<Yuan>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}

/// A month's pay of someone on an attachment (zj-pay-guarantee).
#[entity(name = "pay", zh = "进修期间工资", en = "pay during an attachment")]
pub struct Pay {
    /// The month, as `2024-05`.
    #[fact(zh = "月份", en = "month", headers("工资月份"))]
    pub month: Option<String>,
    /// Base pay that is due.
    #[fact(zh = "应发基础工资", en = "base pay due", headers("基础工资"))]
    pub base_pay: Option<Yuan>,
    /// Base pay that was paid.
    #[fact(zh = "实发基础工资", en = "base pay paid", attainable)]
    pub base_pay_paid: Option<Yuan>,
    /// Performance bonus that was paid.
    #[fact(zh = "实发奖励性绩效", en = "bonus paid", headers("奖励性绩效工资"), attainable)]
    pub bonus_paid: Option<Yuan>,
    /// Average performance bonus of the department or unit.
    #[fact(zh = "科室平均奖励性绩效", en = "average bonus", headers("单位平均奖励性绩效", "平均绩效"))]
    pub average_bonus: Option<Yuan>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
