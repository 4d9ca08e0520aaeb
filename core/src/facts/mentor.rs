//! Mentors and teaching physicians.

use medtrain_macros::entity;

use super::{Extra, Institution, MentorTrainingLevel, Title, TitleGrade};
use crate::quantity::Day;

/// A mentor of attachments, or a teaching physician of residents.
#[entity(name = "mentor", zh = "导师", en = "mentor")]
pub struct Mentor {
    /// Number of the person within the unit.
    #[fact(
        zh = "人员编号",
        en = "person number",
        headers("工号", "编号", "学号", "人员编码", "人员工号", "员工编号", "职工编号", "员工工号", "职工号", "Staff ID")
    )]
    pub person_id: Option<String>,
    /// Name.
    #[fact(zh = "姓名", en = "name", headers("学员姓名", "医师姓名", "真实姓名", "人员姓名", "员工姓名", "职工姓名"), sensitive)]
    pub name: Option<String>,
    /// Title (GB/T 8561).
    #[fact(zh = "职称", en = "title", headers("技术职称", "专业技术职务"))]
    pub title: Option<Title>,
    /// Grade of the title (WS 364); left out where the title tells it.
    #[fact(zh = "职称级别", en = "title grade", headers("职称等级"), told_by = "title")]
    pub title_grade: Option<TitleGrade>,
    /// Department.
    #[fact(zh = "科室", en = "department", headers("所在科室", "部门"))]
    pub department: Option<String>,
    /// The institution of the base where they teach.
    #[fact(zh = "所在基地", en = "institution")]
    pub institution: Option<Institution>,
    /// Whether experienced in the grade (高年资): declared, for no number of years is set (sc-mentor-title).
    #[fact(zh = "高年资", en = "experienced", headers("是否高年资"))]
    pub experienced: Option<bool>,
    /// Years in the title.
    #[fact(zh = "任现职年限", en = "years in the title", headers("任职年限"), unit = "year")]
    pub years_in_title: Option<u32>,
    /// Whether they lead a medical team (sc-mentor-title).
    #[fact(zh = "医疗组长", en = "leads a medical team", headers("是否医疗组长"))]
    pub leads_group: Option<bool>,
    /// Whether selected for teaching (sd-teacher-certified).
    #[fact(zh = "遴选", en = "selected", headers("是否遴选", "遴选合格"))]
    pub selected: Option<bool>,
    /// Whether trained for teaching (sd-teacher-certified).
    #[fact(zh = "师资培训", en = "trained", headers("是否培训", "培训合格"), attainable)]
    pub trained: Option<bool>,
    /// At what level they were trained.
    #[fact(zh = "师资培训级别", en = "level of training")]
    pub training_level: Option<MentorTrainingLevel>,
    /// Day of the teaching certificate; left out where there is none.
    #[fact(
        zh = "师资证书日期",
        en = "certified on",
        headers(
            "师资合格证日期",
            "师资合格证时间",
            "师资证书时间",
            "师资证取得日期",
            "师资证取得时间",
            "师资资格取得日期",
            "取得师资资格日期",
            "取得师资资格时间",
            "带教资格证日期",
            "带教资格证时间",
            "带教资格取得日期",
            "聘任日期"
        ),
        none,
        needs_column
    )]
    pub certified_on: Option<Day>,
    /// First day of teaching; left out where it has not begun.
    #[fact(zh = "首次带教日期", en = "first taught on", headers("开始带教日期", "开始带教时间", "首次带教时间", "带教开始时间"), none)]
    pub first_teaching_on: Option<Day>,
    /// Trainees assigned; a list that is given is complete.
    #[fact(zh = "带教安排", en = "assignments")]
    pub assignments: Option<Vec<Assignment>>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}

/// A trainee assigned to a mentor for a time.
#[entity(name = "assignment", zh = "带教安排", en = "assignment")]
pub struct Assignment {
    /// Number of the trainee.
    #[fact(zh = "学员编号", en = "trainee's number", headers("学员", "被带教人员编号"))]
    pub trainee_id: Option<String>,
    /// First day.
    #[fact(
        zh = "带教开始日期",
        en = "first day",
        headers("带教起止时间", "带教起止日期", "带教时间", "起止时间", "起止日期", "带教起始日期", "带教开始", "开始日期", "开始时间")
    )]
    pub starts_on: Option<Day>,
    /// Last day, inclusive; left out while it goes on.
    #[fact(
        zh = "带教结束日期",
        en = "last day",
        headers("带教结束时间", "带教结束", "带教截止日期", "带教终止日期", "结束日期", "结束时间"),
        none,
        needs_column
    )]
    pub ends_on: Option<Day>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
