//! Codes of attachments and certificates.

use medtrain_macros::codes;

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

/// How a host stands to the institution that sends a trainee.
#[codes(name = "host_relation", zh = "与选送单位关系", en = "relation of host to sender")]
pub enum HostRelation {
    /// None in particular.
    #[code(zh = "无", en = "none", also("无关系", "其他"))]
    None,
    /// It gives paired support (对口支援).
    #[code(zh = "对口支援", en = "paired support", also("对口帮扶", "帮扶", "山海提升"))]
    PairedSupport,
    /// Both belong to one medical alliance (医联体, 医共体).
    #[code(zh = "医联体成员", en = "same alliance", also("医联体", "医共体", "医疗集团"))]
    Alliance,
    /// It leads the alliance to which the sender belongs.
    #[code(zh = "医联体牵头单位", en = "leads the alliance", also("牵头单位", "医共体牵头单位", "牵头医院"))]
    AllianceLead,
    /// It is the township centre above a village institution.
    #[code(zh = "上一级卫生院", en = "township centre above", also("上级卫生院", "上一级"))]
    CentreAbove,
    /// The lead of the alliance or the county authority arranged for it.
    #[code(zh = "统筹安排", en = "arranged", also("统筹", "县级统筹", "主管部门安排"))]
    Arranged,
}

/// What form the completion certificate of an attachment has.
#[codes(name = "completion_certificate_form", zh = "证书制式", en = "form of a completion certificate")]
pub enum CompletionCertificateForm {
    /// The province's uniform one on paper.
    #[code(zh = "全省统一制式", en = "uniform of the province", also("统一制式", "省统一", "省级统一"))]
    ProvincialUniform,
    /// The province's uniform one in electronic form.
    #[code(zh = "电子结业证书", en = "electronic", also("电子", "电子证书"))]
    Electronic,
    /// The host's own.
    #[code(zh = "接收单位证书", en = "of the host", also("单位证书", "医院证书"))]
    Host,
}
