//! Codes of what credit records say.

use medtrain_macros::codes;

/// What a course is about: for everyone, for the profession, or neither.
#[codes(name = "subject_kind", zh = "科目类别", en = "kind of subject")]
pub enum SubjectKind {
    /// Law, ethics and the like, for everyone.
    #[code(zh = "公需科目", en = "public", also("公需", "公共科目", "公共", "公需课"))]
    Public,
    /// Subjects of the profession.
    #[code(zh = "专业科目", en = "professional", also("专业", "专业课", "业务科目"))]
    Professional,
    /// Neither of the two.
    #[code(zh = "其他", en = "other", also("其他科目", "其它"))]
    Other,
}

/// The level at which a project was approved, highest last.
#[codes(name = "activity_level", zh = "项目级别", en = "level of a project", ordered)]
pub enum ActivityLevel {
    /// The institution's own.
    #[code(zh = "单位级", en = "institution", also("院内", "院级", "单位", "本院", "单位自管"))]
    Institution,
    /// A district or county.
    #[code(zh = "区县级", en = "county", also("县级", "区级", "区县"))]
    County,
    /// A city.
    #[code(zh = "市级", en = "municipal", also("市", "地市级"))]
    Municipal,
    /// A province.
    #[code(zh = "省级", en = "provincial", also("省", "省部级"))]
    Provincial,
    /// The nation.
    #[code(zh = "国家级", en = "national", also("国", "国家", "部级"))]
    National,
}

/// The form an activity takes (cq-activity-forms).
#[codes(name = "activity_form", zh = "活动形式", en = "form of an activity")]
pub enum ActivityForm {
    /// In a classroom.
    #[code(zh = "面授", en = "face to face", also("集中培训", "现场", "培训班", "线下"))]
    FaceToFace,
    /// Over the network.
    #[code(zh = "远程", en = "remote", also("网络", "在线", "线上", "远程教育", "网授", "互联网远程教育"))]
    Remote,
    /// Partly each.
    #[code(zh = "混合", en = "blended", also("线上线下结合"))]
    Blended,
    /// A lecture.
    #[code(zh = "学术讲座", en = "lecture", also("讲座"))]
    Lecture,
    /// A seminar.
    #[code(zh = "研讨", en = "seminar", also("研讨会", "学术会议", "会议", "病例讨论"))]
    Seminar,
    /// Teaching by cases.
    #[code(zh = "案例教学", en = "case teaching", also("案例"))]
    CaseTeaching,
    /// Study by oneself.
    #[code(zh = "自学", en = "self-study", also("自修"))]
    SelfStudy,
    /// An attachment elsewhere.
    #[code(zh = "进修", en = "attachment", also("外出进修"))]
    Attachment,
    /// A visit to learn a technique.
    #[code(zh = "技术考察", en = "technical visit", also("考察"))]
    TechnicalVisit,
    /// Advice given to others.
    #[code(zh = "咨询服务", en = "consultation", also("咨询"))]
    Consultation,
    /// Training between paired units.
    #[code(zh = "对口培训", en = "paired training")]
    PairedTraining,
    /// Training of few for a special purpose.
    #[code(zh = "特殊培养", en = "special training")]
    SpecialTraining,
    /// Press, radio, television.
    #[code(zh = "公众传媒", en = "mass media")]
    MassMedia,
}

/// How far the review of a record has come.
#[codes(name = "review_status", zh = "审核状态", en = "review status")]
pub enum ReviewStatus {
    /// Not yet decided.
    #[code(zh = "待审核", en = "pending", also("审核中", "未审核", "待审", "申请中"))]
    Pending,
    /// Accepted.
    #[code(zh = "已通过", en = "approved", also("通过", "审核通过", "已审核", "合格", "是"))]
    Approved,
    /// Refused.
    #[code(zh = "未通过", en = "rejected", also("不通过", "驳回", "退回", "审核不通过", "审核未通过", "不合格", "否"))]
    Rejected,
}

/// Where the organiser of a project comes from (cq-outside-organiser-filing).
#[codes(name = "organiser_scope", zh = "主办单位来源", en = "where the organiser comes from")]
pub enum OrganiserScope {
    /// The region itself.
    #[code(zh = "本地", en = "local", also("本市", "市内", "本地单位"))]
    Local,
    /// A society of the nation.
    #[code(zh = "国家级社会团体", en = "national society", also("国家级学会", "全国学会", "社会团体"))]
    NationalSociety,
    /// Another province.
    #[code(zh = "外省市", en = "another province", also("外省", "市外"))]
    OtherProvince,
}
