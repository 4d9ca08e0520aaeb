//! Residency training (住培): the enrolment, its rotations and assessments.

use medtrain_macros::entity;
use rust_decimal::Decimal;

use super::{AssessmentKind, Extra, ResidencyStatus, TraineeType};
use crate::quantity::{Day, Yuan};

/// A resident's enrolment at a training base.
#[entity(name = "residency", zh = "住培学员", en = "residency")]
pub struct Residency {
    /// Number of the resident.
    #[fact(zh = "学员编号", en = "resident's number", headers("学号", "工号", "人员编号"))]
    pub trainee_id: Option<String>,
    /// Name of the base.
    #[fact(zh = "培训基地", en = "training base", headers("培训医院", "基地名称"))]
    pub base: Option<String>,
    /// The partner unit where they train, if any.
    #[fact(zh = "协同单位", en = "partner unit", headers("协同医院"), none)]
    pub partner_site: Option<String>,
    /// Speciality.
    #[fact(zh = "培训专业", en = "speciality", headers("专业方向", "报考专业"))]
    pub speciality: Option<String>,
    /// Whether the speciality is in shortage (sd-city-duties).
    #[fact(zh = "紧缺专业", en = "shortage speciality", headers("是否紧缺", "紧缺"))]
    pub shortage: Option<bool>,
    /// Year of enrolment.
    #[fact(zh = "届别", en = "year of enrolment", headers("年级", "招收年度", "培训届别"))]
    pub session: Option<u32>,
    /// Years of training.
    #[fact(zh = "培训年限", en = "years of training", headers("培养年限", "培训年限核定"), unit = "year")]
    pub years: Option<u32>,
    /// Who recruited the resident, and for whom.
    #[fact(zh = "学员类型", en = "type of resident", headers("身份类型", "送培方式"))]
    pub trainee_type: Option<TraineeType>,
    /// Whether trained under an order for general practice.
    #[fact(zh = "全科订单定向", en = "directed to general practice", headers("订单定向"))]
    pub gp_directed: Option<bool>,
    /// First day.
    #[fact(zh = "培训开始日期", en = "first day", headers("报到时间", "培训起止时间", "培训起止日期", "培训开始时间", "实际培训开始时间"))]
    pub starts_on: Option<Day>,
    /// Last day as planned.
    #[fact(zh = "计划结业日期", en = "planned last day", headers("结业时间"))]
    pub planned_end: Option<Day>,
    /// Last day; left out while it goes on.
    #[fact(zh = "培训结束日期", en = "last day", headers("培训结束时间", "实际培训结束时间", "实际结业日期"), none)]
    pub ended_on: Option<Day>,
    /// How far it has come.
    #[fact(zh = "培训状态", en = "status", headers("学员状态"))]
    pub status: Option<ResidencyStatus>,
    /// Whether the training-and-employment contract is signed (sd-contract).
    #[fact(zh = "培训暨劳动合同", en = "contract signed", headers("是否签订合同", "签订合同"), attainable)]
    pub contract_signed: Option<bool>,
    /// Day on which the contract ends.
    #[fact(zh = "合同到期日期", en = "contract ends on", headers("合同终止日期"), attainable)]
    pub contract_ends_on: Option<Day>,
    /// Whether social insurance is paid (sd-contract).
    #[fact(zh = "缴纳社会保险", en = "social insurance paid", headers("社保"), attainable)]
    pub social_insurance_paid: Option<bool>,
    /// Living subsidy a month (sd-contract).
    #[fact(zh = "月生活补助", en = "living subsidy a month", headers("生活补助"), attainable)]
    pub living_subsidy: Option<Yuan>,
    /// What a comparable resident of the base earns a month (sd-contract).
    #[fact(zh = "同等条件住院医师月收入", en = "comparable pay a month", headers("同等条件住院医师水平"))]
    pub comparable_pay: Option<Yuan>,
    /// Whether the commitment is signed (sd-commitment).
    #[fact(zh = "承诺书", en = "commitment signed", headers("签订承诺书"), attainable)]
    pub commitment_signed: Option<bool>,
    /// Whether the courses of medical ethics are completed (sd-ethics-course).
    #[fact(zh = "医德医风课程", en = "ethics course completed", headers("医德医风必修课"), attainable)]
    pub ethics_course_completed: Option<bool>,
    /// Number of the certificate; left out while there is none.
    #[fact(zh = "规培合格证编号", en = "certificate number", headers("规培证"), none)]
    pub certificate_no: Option<String>,
    /// Rotations, planned and done; a list that is given is complete.
    #[fact(zh = "轮转", en = "rotations")]
    pub rotations: Option<Vec<Rotation>>,
    /// Assessments; a list that is given is complete.
    #[fact(zh = "考核", en = "assessments")]
    pub assessments: Option<Vec<Assessment>>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}

/// One stay in a department, planned or done.
#[entity(name = "rotation", zh = "轮转", en = "rotation")]
pub struct Rotation {
    /// Department.
    #[fact(zh = "轮转科室", en = "department", headers("科室", "科室名称", "标准科室", "轮转标准科室"))]
    pub department: Option<String>,
    /// Whether the training standard requires it.
    #[fact(zh = "必轮", en = "required", headers("是否必轮"))]
    pub required: Option<bool>,
    /// Months that the plan asks for.
    #[fact(zh = "计划轮转月数", en = "months planned", headers("轮转时长", "计划月数"), unit = "month")]
    pub months_required: Option<Decimal>,
    /// First day; left out while it has not begun.
    #[fact(
        zh = "入科时间",
        en = "entered on",
        headers(
            "轮转起止时间",
            "轮转起止日期",
            "轮转时间",
            "轮转时段",
            "科室轮转时段",
            "出入科时间",
            "出入科日期",
            "起止时间",
            "起止日期",
            "入科日期",
            "轮转开始日期",
            "轮转开始时间",
            "开始日期",
            "开始时间"
        ),
        none,
        needs_column
    )]
    pub entered_on: Option<Day>,
    /// Last day, inclusive; left out while it goes on or has not begun.
    #[fact(zh = "出科时间", en = "left on", headers("出科日期", "轮转结束日期", "轮转结束时间", "结束日期", "结束时间"), none, needs_column)]
    pub left_on: Option<Day>,
    /// Score of the assessment at its end.
    #[fact(zh = "出科成绩", en = "score at its end")]
    pub exit_score: Option<Decimal>,
    /// The teaching physician.
    #[fact(zh = "带教老师", en = "teaching physician", sensitive)]
    pub teacher: Option<String>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}

/// One assessment of a resident.
#[entity(name = "assessment", zh = "考核", en = "assessment")]
pub struct Assessment {
    /// What it examines.
    #[fact(zh = "考核类型", en = "kind of assessment", headers("考核类别"))]
    pub kind: Option<AssessmentKind>,
    /// Day on which it was held.
    #[fact(zh = "考核日期", en = "held on", headers("考核时间", "考试时间"))]
    pub held_on: Option<Day>,
    /// The department, where it ends a rotation.
    #[fact(zh = "考核科室", en = "department", headers("科室"), none)]
    pub department: Option<String>,
    /// The training year that it closes, counted from 1.
    #[fact(zh = "培训年度", en = "training year", headers("第几年"), none)]
    pub training_year: Option<u32>,
    /// Score.
    #[fact(zh = "考核成绩", en = "score", headers("考试成绩", "成绩"))]
    pub score: Option<Decimal>,
    /// Whether it was passed.
    #[fact(zh = "是否合格", en = "passed", headers("是否通过"))]
    pub passed: Option<bool>,
    /// Which attempt it was, counted from 1.
    #[fact(zh = "第几次", en = "attempt", headers("考试次数"))]
    pub attempt: Option<u32>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
