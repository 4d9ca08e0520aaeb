//! Codes of residency training.

use medtrain_macros::codes;

/// Who recruited a resident, and for whom.
#[codes(name = "trainee_type", zh = "学员类型", en = "type of resident")]
pub enum TraineeType {
    /// Employed by the base.
    #[code(zh = "本单位", en = "employed by the base", also("本单位人", "本院"))]
    Own,
    /// Sent by another employer.
    #[code(zh = "外单位委派", en = "sent by an employer", also("单位人", "委派", "外单位"))]
    Commissioned,
    /// Recruited from society.
    #[code(zh = "社会招收", en = "recruited from society", also("社会人", "社会学员", "面向社会招收"))]
    Open,
    /// A student of a master's programme.
    #[code(zh = "在读专硕", en = "master's student", also("专硕", "专硕研究生", "专业学位研究生"))]
    Master,
}

/// How far a residency has come.
#[codes(name = "residency_status", zh = "培训状态", en = "status of a residency")]
pub enum ResidencyStatus {
    /// Going on.
    #[code(zh = "在培", en = "in training", also("正常", "在训"))]
    InTraining,
    /// Extended beyond its years.
    #[code(zh = "延期", en = "extended", also("顺延", "延长培训"))]
    Extended,
    /// Interrupted.
    #[code(zh = "暂停", en = "suspended", also("休学", "中止"))]
    Suspended,
    /// Given up.
    #[code(zh = "退培", en = "withdrawn", also("退出"))]
    Withdrawn,
    /// Ended by the base.
    #[code(zh = "终止", en = "terminated", also("终止培训", "取消资格"))]
    Terminated,
    /// Completed.
    #[code(zh = "结业", en = "completed", also("已结业", "合格结业"))]
    Completed,
}

/// What an assessment of a resident examines.
#[codes(name = "assessment_kind", zh = "考核类型", en = "kind of assessment")]
pub enum AssessmentKind {
    /// The daily one.
    #[code(zh = "日常考核", en = "routine", also("日常", "平时"))]
    Routine,
    /// At the end of a rotation.
    #[code(zh = "出科考核", en = "end of rotation", also("出科"))]
    RotationExit,
    /// At the end of a training year.
    #[code(zh = "年度考核", en = "annual", also("年度"))]
    Annual,
    /// The annual test of professional level.
    #[code(zh = "年度业务水平测试", en = "annual test", also("业务水平测试"))]
    AnnualTest,
    /// Theory, at completion.
    #[code(zh = "结业理论考核", en = "final theory", also("结业理论"))]
    FinalTheory,
    /// Skills, at completion.
    #[code(zh = "结业技能考核", en = "final skills", also("结业技能", "临床实践能力考核"))]
    FinalSkill,
    /// The examination for the licence.
    #[code(zh = "执业医师资格考试", en = "licence examination", also("执医考试", "医师资格考试"))]
    LicenceExam,
}

/// At what level a teaching physician was trained, lowest first.
#[codes(name = "mentor_training_level", zh = "师资培训级别", en = "level of faculty training", ordered)]
pub enum MentorTrainingLevel {
    /// By the institution.
    #[code(zh = "院级", en = "institution", also("院内"))]
    Institution,
    /// By the province.
    #[code(zh = "省级", en = "province", also("省"))]
    Province,
    /// By the nation.
    #[code(zh = "国家级", en = "nation", also("国家"))]
    Nation,
}

/// Who is owed a subsidy.
#[codes(name = "payee", zh = "发放对象", en = "payee")]
pub enum Payee {
    /// A resident.
    #[code(zh = "学员", en = "resident", also("住培学员", "住院医师", "规培学员"))]
    Resident,
    /// A teaching physician.
    #[code(zh = "带教医师", en = "teaching physician", also("带教老师", "师资", "带教"))]
    Teacher,
}
