//! Codes of people.

use medtrain_macros::codes;

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
    /// On leave: for long illness, maternity or the like.
    #[code(zh = "休假", en = "on leave", also("长病假", "产假", "病假", "长期病假", "请假"))]
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

impl TitleGrade {
    /// The grade that a title tells, both by their places in their lists; who has no title has no grade yet.
    pub(crate) fn told(title: Option<u8>) -> Option<u8> {
        let grade = match title {
            Some(title) => Title::ALL.get(usize::from(title))?.grade(),
            None => Self::None,
        };
        u8::try_from(grade as usize).ok()
    }
}

/// Education completed (GB/T 4658), lowest first.
#[codes(name = "education", zh = "学历", en = "education", ordered)]
pub enum Education {
    /// Below the others.
    #[code(zh = "其他", en = "other", also("初中", "高中", "无"))]
    Other,
    /// 中专
    #[code(zh = "中专", en = "secondary vocational", also("中等专科", "中技"))]
    SecondaryVocational,
    /// 大专
    #[code(zh = "大专", en = "college", also("专科", "大学专科", "高职"))]
    College,
    /// 本科
    #[code(zh = "本科", en = "bachelor", also("大学本科", "大学", "学士"))]
    Bachelor,
    /// 硕士研究生
    #[code(zh = "硕士", en = "master", also("硕士研究生", "研究生"))]
    Master,
    /// 博士研究生
    #[code(zh = "博士", en = "doctor", also("博士研究生"))]
    Doctor,
}

/// What someone taught, and to whom.
#[codes(name = "teaching_kind", zh = "教学类别", en = "kind of teaching")]
pub enum TeachingKind {
    /// Teaching in an activity of continuing education (cq-teaching-duty).
    #[code(zh = "继续教育授课", en = "teaching in CME", also("授课", "讲课", "讲座", "主讲"))]
    Lecture,
    /// Guidance at an institution of a lower level (cq-mentoring-duty).
    #[code(zh = "基层指导带教", en = "guidance at a lower level", also("带教", "下级带教", "指导带教", "基层指导"))]
    Guidance,
}
