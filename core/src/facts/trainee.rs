//! Trainees: people on an attachment or in residency training.

use medtrain_macros::entity;

use super::{Attachment, Extra, Institution, Profession, Residency, Sex, Title, TitleGrade};
use crate::quantity::Day;

/// Someone in training: on an attachment (进修), or in residency training (住培).
#[entity(name = "trainee", zh = "学员", en = "trainee")]
pub struct Trainee {
    /// Number of the person within the unit.
    #[fact(
        zh = "人员编号",
        en = "person number",
        headers("学员编号", "工号", "编号", "学号", "人员编码", "人员工号", "员工编号", "职工编号", "员工工号", "职工号", "Staff ID")
    )]
    pub person_id: Option<String>,
    /// Name.
    #[fact(zh = "姓名", en = "name", headers("学员姓名", "医师姓名", "真实姓名", "人员姓名", "员工姓名", "职工姓名"), sensitive)]
    pub name: Option<String>,
    /// Identity card number (GB 11643).
    #[fact(zh = "身份证号", en = "identity number", headers("身份证", "身份证号码", "证件号", "证件号码"), sensitive)]
    pub id_no: Option<String>,
    /// Sex (GB/T 2261.1).
    #[fact(zh = "性别", en = "sex", headers("xb"))]
    pub sex: Option<Sex>,
    /// Date of birth.
    #[fact(zh = "出生日期", en = "date of birth", headers("出生年月", "出生年月日"), sensitive)]
    pub birth_date: Option<Day>,
    /// Doctor, nurse, pharmacist and so on.
    #[fact(zh = "人员类别", en = "profession", headers("岗位类别", "从事专业类别"))]
    pub profession: Option<Profession>,
    /// Title (GB/T 8561).
    #[fact(zh = "职称", en = "title", headers("技术职称", "专业技术职务"))]
    pub title: Option<Title>,
    /// Grade of the title (WS 364); left out where the title tells it.
    #[fact(zh = "职称级别", en = "title grade", headers("职称等级"), told_by = "title")]
    pub title_grade: Option<TitleGrade>,
    /// Department at home.
    #[fact(zh = "科室", en = "department", headers("所在科室", "部门"))]
    pub department: Option<String>,
    /// Whether a general practitioner.
    #[fact(zh = "全科", en = "general practitioner", headers("是否全科"))]
    pub is_gp: Option<bool>,
    /// The employer, which sends them.
    #[fact(zh = "任职机构", en = "employer")]
    pub institution: Option<Institution>,
    /// The attachment that is asked about.
    #[fact(zh = "进修", en = "attachment", attainable)]
    pub attachment: Option<Attachment>,
    /// All attachments; a list that is given is complete.
    #[fact(zh = "进修经历", en = "attachments", attainable)]
    pub attachments: Option<Vec<Attachment>>,
    /// The residency training.
    #[fact(zh = "住院医师规范化培训", en = "residency training", attainable)]
    pub residency: Option<Residency>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
