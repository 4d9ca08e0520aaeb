//! Health professionals.

use medtrain_macros::entity;

use super::{
    Activity, Application, Attachment, Certificate, Education, Extra, Institution, Profession, Sex, StaffStatus, Teaching, Title, TitleGrade,
};
use crate::quantity::Day;

/// A health professional, with the records of their training.
#[entity(name = "practitioner", zh = "卫生专业技术人员", en = "practitioner")]
pub struct Practitioner {
    /// Number of the person within the unit; leading zeros and letters are part of it.
    #[fact(
        zh = "人员编号",
        en = "person number",
        headers(
            "工号",
            "编号",
            "人员编码",
            "人员工号",
            "员工编号",
            "职工编号",
            "员工工号",
            "职工号",
            "Staff ID",
            "卡号",
            "IC卡号",
            "学员编号",
            "内部编号",
            "rybh"
        )
    )]
    pub person_id: Option<String>,
    /// Name.
    #[fact(zh = "姓名", en = "name", headers("学员姓名", "医师姓名", "真实姓名", "人员姓名", "员工姓名", "职工姓名", "xm"), sensitive)]
    pub name: Option<String>,
    /// Identity card number (GB 11643).
    #[fact(zh = "身份证号", en = "identity number", headers("身份证", "身份证号码", "证件号", "证件号码", "身份证件号码", "sfzh"), sensitive)]
    pub id_no: Option<String>,
    /// Sex (GB/T 2261.1).
    #[fact(zh = "性别", en = "sex", headers("xb"))]
    pub sex: Option<Sex>,
    /// Date of birth.
    #[fact(zh = "出生日期", en = "date of birth", headers("出生年月", "出生年月日", "生日", "csrq"), sensitive)]
    pub birth_date: Option<Day>,
    /// Doctor, nurse, pharmacist and so on.
    #[fact(zh = "人员类别", en = "profession", headers("类别", "人员类型", "岗位类别", "从事专业类别"), presumed)]
    pub profession: Option<Profession>,
    /// Title (GB/T 8561).
    #[fact(zh = "职称", en = "title", headers("技术职称", "专业技术职务", "专业技术职称", "现任专业技术职务", "职称名称", "zc"), presumed)]
    pub title: Option<Title>,
    /// Grade of the title (WS 364); left out where the title tells it.
    #[fact(zh = "职称级别", en = "title grade", headers("职称等级", "级别"), told_by = "title")]
    pub title_grade: Option<TitleGrade>,
    /// Day on which the qualification for the title was obtained (评).
    #[fact(zh = "任职资格取得时间", en = "qualified for the title on", headers("资格评定时间", "获得任职资格日期", "任职资格取得时间(评)"))]
    pub title_qualified_on: Option<Day>,
    /// Day of appointment to the title (聘).
    #[fact(zh = "聘任时间", en = "appointed to the title on", headers("聘任日期", "任现职时间", "聘任时间(聘)"))]
    pub title_appointed_on: Option<Day>,
    /// First day of the appointment term; left out where it began with the appointment.
    #[fact(zh = "聘期开始日期", en = "appointment term from", headers("聘期起始日期", "聘任周期开始"), none)]
    pub appointment_term_starts_on: Option<Day>,
    /// Last day of the appointment term; left out where it goes on.
    #[fact(zh = "聘期结束日期", en = "appointment term until", headers("聘期截止日期", "聘任周期结束"), none)]
    pub appointment_term_ends_on: Option<Day>,
    /// Department.
    #[fact(zh = "科室", en = "department", headers("所在科室", "部门"))]
    pub department: Option<String>,
    /// Post held.
    #[fact(zh = "职务", en = "post", headers("岗位", "行政职务"))]
    pub post: Option<String>,
    /// Whether at work here.
    #[fact(zh = "人员状态", en = "staff status", headers("状态", "在职状态", "在岗状态"), presumed)]
    pub status: Option<StaffStatus>,
    /// Education completed (GB/T 4658).
    #[fact(zh = "学历", en = "education", headers("最高学历", "文化程度"))]
    pub education: Option<Education>,
    /// Ethnic group (GB/T 3304); carried, never judged.
    #[fact(zh = "民族", en = "ethnic group", sensitive)]
    pub ethnicity: Option<String>,
    /// Political affiliation; carried, never judged.
    #[fact(zh = "政治面貌", en = "political affiliation", sensitive)]
    pub political: Option<String>,
    /// Telephone number; carried, never judged.
    #[fact(zh = "联系电话", en = "telephone", headers("手机号", "联系方式"), sensitive)]
    pub phone: Option<String>,
    /// Number of the licence to practise.
    #[fact(zh = "执业证书编号", en = "licence number", headers("医师执业证书编码", "护士执业证书编码"), sensitive)]
    pub licence_no: Option<String>,
    /// Number of the residency certificate.
    #[fact(zh = "规培合格证编号", en = "residency certificate number", headers("住院医师规范化培训合格证书编码", "规培证"))]
    pub resident_cert_no: Option<String>,
    /// Whether a general practitioner.
    #[fact(zh = "全科", en = "general practitioner", headers("是否全科"))]
    pub is_gp: Option<bool>,
    /// The institution where they work.
    #[fact(zh = "任职机构", en = "institution")]
    pub institution: Option<Institution>,
    /// Credit records; a list that is given is complete.
    #[fact(zh = "学分记录", en = "credit records", attainable)]
    pub activities: Option<Vec<Activity>>,
    /// Attachments; a list that is given is complete.
    #[fact(zh = "进修经历", en = "attachments", attainable)]
    pub attachments: Option<Vec<Attachment>>,
    /// Certificates; a list that is given is complete.
    #[fact(zh = "证书", en = "certificates")]
    pub certificates: Option<Vec<Certificate>>,
    /// Teaching and guidance; a list that is given is complete.
    #[fact(zh = "教学带教记录", en = "teaching records", attainable)]
    pub teachings: Option<Vec<Teaching>>,
    /// An application for an attachment.
    #[fact(zh = "进修申请", en = "application", attainable)]
    pub application: Option<Application>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}

/// Whether a number has the form of an identity number.
pub(crate) fn is_identity_number(number: &str) -> bool {
    let digits = number.strip_suffix(['X', 'x']).unwrap_or(number);
    matches!(number.len(), 15 | 18) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number under which somebody is known; one that has the form of an identity number keeps only its ends.
pub(crate) fn masked(number: &str) -> String {
    const SHOWN: (usize, usize) = (6, 4);
    let (Some(head), Some(tail)) = (number.get(..SHOWN.0), number.len().checked_sub(SHOWN.1).and_then(|from| number.get(from..))) else {
        return number.to_owned();
    };
    if is_identity_number(number) { format!("{head}{}{tail}", "*".repeat(number.len() - SHOWN.0 - SHOWN.1)) } else { number.to_owned() }
}
