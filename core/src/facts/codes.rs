//! The code lists of the vocabulary.

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
    #[code(zh = "未通过", en = "rejected", also("不通过", "驳回", "退回", "审核不通过", "否"))]
    Rejected,
}

/// The groups into which regulations divide health professionals.
#[codes(name = "profession", zh = "人员类别", en = "profession")]
pub enum Profession {
    /// A clinical physician.
    #[code(zh = "医师", en = "doctor", also("医生", "临床医师", "临床", "医疗", "执业医师", "医"))]
    Doctor,
    /// A nurse.
    #[code(zh = "护士", en = "nurse", also("护理", "护师", "注册护士", "护"))]
    Nurse,
    /// A pharmacist.
    #[code(zh = "药师", en = "pharmacist", also("药学", "药剂", "药剂师", "药"))]
    Pharmacist,
    /// A technician.
    #[code(zh = "技师", en = "technician", also("医技", "技术", "检验", "影像技师", "技"))]
    Technician,
    /// Public health staff.
    #[code(zh = "公共卫生", en = "public health", also("公卫", "公卫医师", "预防"))]
    PublicHealth,
    /// A village doctor.
    #[code(zh = "乡村医生", en = "village doctor", also("村医"))]
    VillageDoctor,
    /// A manager.
    #[code(zh = "管理", en = "manager", also("行政", "管理人员", "行政管理"))]
    Manager,
    /// Anyone else.
    #[code(zh = "其他", en = "other", also("工勤", "后勤", "其它", "其他人员"))]
    Other,
}

/// Title grades (WS 364 CV08.30.005), lowest first.
#[codes(name = "title_grade", zh = "职称级别", en = "title grade", ordered)]
pub enum TitleGrade {
    /// 9 待聘: no title yet.
    #[code(zh = "待聘", en = "none yet", also("无", "无职称", "未定级", "未评", "9"))]
    None,
    /// 5 士级.
    #[code(zh = "士级", en = "junior assistant", also("员级", "5", "初级(士)", "初级（士）"))]
    Assistant,
    /// 4 师级.
    #[code(zh = "初级", en = "junior", also("师级", "助理", "师级/助理", "4", "初级(师)", "初级（师）"))]
    Junior,
    /// 3 中级.
    #[code(zh = "中级", en = "intermediate", also("3"))]
    Intermediate,
    /// 2 副高.
    #[code(zh = "副高", en = "associate senior", also("副高级", "2"))]
    AssociateSenior,
    /// 1 正高.
    #[code(zh = "正高", en = "senior", also("正高级", "1"))]
    Senior,
}

/// Sex (GB/T 2261.1).
#[codes(name = "sex", zh = "性别", en = "sex")]
pub enum Sex {
    /// 1
    #[code(zh = "男", en = "male", also("男性", "1", "M"))]
    Male,
    /// 2
    #[code(zh = "女", en = "female", also("女性", "2", "F"))]
    Female,
    /// 0 or 9
    #[code(zh = "未说明", en = "not stated", also("未知", "0", "9"))]
    NotStated,
}

/// Whether someone is at work here.
#[codes(name = "staff_status", zh = "人员状态", en = "staff status")]
pub enum StaffStatus {
    /// At work.
    #[code(zh = "在岗", en = "in service", also("在职", "正常", "启用", "在编", "在编在岗"))]
    InService,
    /// On long leave.
    #[code(zh = "长病假", en = "on leave", also("产假", "病假", "长期病假", "请假"))]
    OnLeave,
    /// Away on a mission or for study, still on the roll.
    #[code(zh = "外派", en = "seconded", also("援外", "援藏", "脱产学习", "进修中", "支援"))]
    Seconded,
    /// Retired.
    #[code(zh = "退休", en = "retired", also("离退休", "返聘"))]
    Retired,
    /// Gone.
    #[code(zh = "离职", en = "left", also("调出", "停用", "辞职"))]
    Left,
    /// Here as a student or resident in training, not staff.
    #[code(zh = "学员", en = "in training", also("实习", "实习生", "规培", "规培生", "住培", "进修生", "见习"))]
    InTraining,
}

/// Titles (GB/T 8561, the health block).
#[codes(name = "title", zh = "职称", en = "title")]
pub enum Title {
    /// 231
    #[code(zh = "主任医师", en = "chief physician", also("主任", "主任中医师", "231"))]
    ChiefPhysician,
    /// 232
    #[code(zh = "副主任医师", en = "associate chief physician", also("副主任", "副主任中医师", "232"))]
    AssociateChiefPhysician,
    /// 233
    #[code(zh = "主治医师", en = "attending physician", also("主治", "主治医", "主管医师", "主治/主管医师", "主治中医师", "主治／主管医师", "233"))]
    AttendingPhysician,
    /// 234
    #[code(zh = "医师", en = "physician", also("住院医师", "中医师", "执业医师", "234"))]
    Physician,
    /// 235
    #[code(zh = "医士", en = "assistant physician", also("助理医师", "执业助理医师", "235"))]
    AssistantPhysician,
    /// 241
    #[code(zh = "主任药师", en = "chief pharmacist", also("主任中药师", "241"))]
    ChiefPharmacist,
    /// 242
    #[code(zh = "副主任药师", en = "associate chief pharmacist", also("副主任中药师", "242"))]
    AssociateChiefPharmacist,
    /// 243
    #[code(zh = "主管药师", en = "pharmacist in charge", also("主管中药师", "243"))]
    PharmacistInCharge,
    /// 244
    #[code(zh = "药师", en = "pharmacist", also("中药师", "244"))]
    Pharmacist,
    /// 245
    #[code(zh = "药士", en = "assistant pharmacist", also("中药士", "245"))]
    AssistantPharmacist,
    /// 251
    #[code(zh = "主任护师", en = "chief nurse", also("251"))]
    ChiefNurse,
    /// 252
    #[code(zh = "副主任护师", en = "associate chief nurse", also("252"))]
    AssociateChiefNurse,
    /// 253
    #[code(zh = "主管护师", en = "nurse in charge", also("253"))]
    NurseInCharge,
    /// 254
    #[code(zh = "护师", en = "nurse", also("254"))]
    Nurse,
    /// 255
    #[code(zh = "护士", en = "assistant nurse", also("护士(初级)", "255"))]
    AssistantNurse,
    /// 261
    #[code(zh = "主任技师", en = "chief technician", also("主任检验师", "261"))]
    ChiefTechnician,
    /// 262
    #[code(zh = "副主任技师", en = "associate chief technician", also("副主任检验师", "262"))]
    AssociateChiefTechnician,
    /// 263
    #[code(zh = "主管技师", en = "technician in charge", also("主管检验师", "263"))]
    TechnicianInCharge,
    /// 264
    #[code(zh = "技师", en = "technician", also("检验师", "检验技师", "264"))]
    Technician,
    /// 265
    #[code(zh = "技士", en = "assistant technician", also("检验士", "265"))]
    AssistantTechnician,
}

impl Title {
    /// The grade that a title belongs to.
    #[must_use]
    pub const fn grade(self) -> TitleGrade {
        use Title as T;
        match self {
            T::ChiefPhysician | T::ChiefPharmacist | T::ChiefNurse | T::ChiefTechnician => TitleGrade::Senior,
            T::AssociateChiefPhysician | T::AssociateChiefPharmacist | T::AssociateChiefNurse | T::AssociateChiefTechnician => {
                TitleGrade::AssociateSenior
            }
            T::AttendingPhysician | T::PharmacistInCharge | T::NurseInCharge | T::TechnicianInCharge => TitleGrade::Intermediate,
            T::Physician | T::Pharmacist | T::Nurse | T::Technician => TitleGrade::Junior,
            T::AssistantPhysician | T::AssistantPharmacist | T::AssistantNurse | T::AssistantTechnician => TitleGrade::Assistant,
        }
    }
}

/// The kind of an institution (WS 218).
#[codes(name = "institution_kind", zh = "机构类别", en = "kind of institution")]
pub enum InstitutionKind {
    /// A hospital.
    #[code(zh = "医院", en = "hospital", also("综合医院", "专科医院", "中医院"))]
    Hospital,
    /// A community health service centre.
    #[code(zh = "社区卫生服务中心", en = "community health centre", also("社区卫生服务站", "社区"))]
    CommunityHealthCentre,
    /// A township health centre.
    #[code(zh = "乡镇卫生院", en = "township health centre", also("卫生院", "中心卫生院"))]
    TownshipHealthCentre,
    /// A village clinic.
    #[code(zh = "村卫生室", en = "village clinic", also("卫生室", "村级"))]
    VillageClinic,
    /// Maternal and child health.
    #[code(zh = "妇幼保健机构", en = "maternal and child health", also("妇幼", "妇幼保健院"))]
    MaternalChildHealth,
    /// Disease control.
    #[code(zh = "疾病预防控制中心", en = "disease control", also("疾控", "疾控中心"))]
    DiseaseControl,
    /// Any other kind.
    #[code(zh = "其他", en = "other", also("其它"))]
    Other,
}

/// The level of an institution, lowest first.
#[codes(name = "institution_level", zh = "医院级别", en = "level of an institution", ordered)]
pub enum InstitutionLevel {
    /// Not rated.
    #[code(zh = "未定级", en = "unrated", also("未评级", "无"))]
    Unrated,
    /// Level 1.
    #[code(zh = "一级", en = "level 1", also("1", "1级"))]
    Primary,
    /// Level 2.
    #[code(zh = "二级", en = "level 2", also("2", "2级"))]
    Secondary,
    /// Level 3.
    #[code(zh = "三级", en = "level 3", also("3", "3级"))]
    Tertiary,
}

/// The class of an institution within its level, lowest first.
#[codes(name = "institution_grade", zh = "医院等次", en = "class within the level", ordered)]
pub enum InstitutionGrade {
    /// Not classed.
    #[code(zh = "未定等", en = "unclassed", also("未定", "无"))]
    Unclassed,
    /// 丙等
    #[code(zh = "丙等", en = "C", also("丙"))]
    C,
    /// 乙等
    #[code(zh = "乙等", en = "B", also("乙"))]
    B,
    /// 甲等
    #[code(zh = "甲等", en = "A", also("甲"))]
    A,
    /// 特等
    #[code(zh = "特等", en = "special", also("特"))]
    Special,
}

/// Who owns an institution.
#[codes(name = "ownership", zh = "所有制", en = "ownership")]
pub enum Ownership {
    /// Public.
    #[code(zh = "公立", en = "public", also("公办", "政府办"))]
    Public,
    /// Private.
    #[code(zh = "非公立", en = "private", also("民营", "社会办医", "私立"))]
    Private,
}

/// Where the host of an attachment lies.
#[codes(name = "host_scope", zh = "接收单位范围", en = "where the host lies")]
pub enum HostScope {
    /// The same city.
    #[code(zh = "市内", en = "same city", also("本市"))]
    City,
    /// The same province.
    #[code(zh = "省内", en = "same province", also("本省"))]
    Province,
    /// Another province.
    #[code(zh = "省外", en = "another province", also("外省"))]
    OutOfProvince,
    /// Another country.
    #[code(zh = "国外", en = "abroad", also("境外", "海外"))]
    Abroad,
}

/// The result of an assessment, worst first.
#[codes(name = "assessment_result", zh = "考核结果", en = "result of an assessment", ordered)]
pub enum AssessmentResult {
    /// 不合格
    #[code(zh = "不合格", en = "fail", also("未通过"))]
    Fail,
    /// 合格
    #[code(zh = "合格", en = "pass", also("通过", "良好"))]
    Pass,
    /// 优秀
    #[code(zh = "优秀", en = "excellent", also("优"))]
    Excellent,
}

/// What a certificate attests.
#[codes(name = "certificate_kind", zh = "证书类别", en = "kind of certificate")]
pub enum CertificateKind {
    /// Credits of one activity.
    #[code(zh = "学分证", en = "credit certificate", also("学分证书"))]
    Credit,
    /// A year's audited credits.
    #[code(zh = "学分验证证明表", en = "audited proof of credits", also("验证证明表"))]
    AnnualVerification,
    /// A completed attachment.
    #[code(zh = "进修结业证", en = "attachment certificate", also("进修证书", "结业证书"))]
    Attachment,
    /// Residency training.
    #[code(zh = "住院医师规范化培训合格证", en = "residency certificate", also("规培证", "住培合格证"))]
    Residency,
    /// Conversion to general practice.
    #[code(zh = "全科转岗培训合格证", en = "conversion to general practice", also("转岗"))]
    GpConversion,
    /// Training of backbone physicians.
    #[code(zh = "骨干医师培训合格证", en = "backbone physician", also("骨干"))]
    KeyDoctor,
    /// Specialist training.
    #[code(zh = "专科医师规范化培训合格证", en = "specialist training", also("专培"))]
    Specialist,
    /// A title.
    #[code(zh = "职称证书", en = "title")]
    Title,
    /// A licence to practise.
    #[code(zh = "执业证书", en = "licence", also("执业医师证", "护士执业证"))]
    Licence,
    /// Service in support of a lower level.
    #[code(zh = "支援证明", en = "support service")]
    Support,
}

/// Paper or electronic.
#[codes(name = "certificate_form", zh = "证书形式", en = "form of a certificate")]
pub enum CertificateForm {
    /// On paper.
    #[code(zh = "纸质", en = "paper")]
    Paper,
    /// Electronic.
    #[code(zh = "电子", en = "electronic")]
    Electronic,
}
