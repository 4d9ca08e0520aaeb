//! Institutions.

use medtrain_macros::entity;

use super::{Extra, InstitutionGrade, InstitutionKind, InstitutionLevel, InstitutionTier, Ownership, TrainingFund};
use crate::quantity::Day;

/// An institution of health care.
#[entity(name = "institution", zh = "医疗卫生机构", en = "institution")]
pub struct Institution {
    /// Its number.
    #[fact(zh = "单位编号", en = "institution number", headers("机构编号"))]
    pub institution_id: Option<String>,
    /// Its name, as on its seal.
    #[fact(zh = "单位名称", en = "institution name", headers("单位", "工作单位", "医院名称", "机构名称", "所在单位", "培训医院"))]
    pub name: Option<String>,
    /// Unified social credit code (GB 32100).
    #[fact(zh = "统一社会信用代码", en = "social credit code", headers("信用代码"))]
    pub uscc: Option<String>,
    /// Kind of institution (WS 218).
    #[fact(zh = "机构类别", en = "kind of institution", headers("机构类型"))]
    pub org_type: Option<InstitutionKind>,
    /// Level: 1 to 3.
    #[fact(zh = "医院级别", en = "level", headers("机构级别", "医院等级"))]
    pub level: Option<InstitutionLevel>,
    /// Class within the level.
    #[fact(zh = "医院等次", en = "class within the level", headers("等次"))]
    pub grade: Option<InstitutionGrade>,
    /// The tier at which it works: village to nation.
    #[fact(zh = "机构层级", en = "tier", headers("层级", "隶属关系"))]
    pub tier: Option<InstitutionTier>,
    /// Who owns it.
    #[fact(zh = "所有制", en = "ownership", headers("公立/非公立", "办医性质"))]
    pub ownership: Option<Ownership>,
    /// Whether it is a grassroots institution.
    #[fact(zh = "是否基层", en = "grassroots", headers("基层", "基层机构"))]
    pub is_grassroots: Option<bool>,
    /// Where it lies (GB/T 2260).
    #[fact(zh = "机构行政区划", en = "region code", headers("机构区划代码"))]
    pub region_code: Option<String>,
    /// Policy zones that it lies in.
    #[fact(zh = "政策片区", en = "policy zones", headers("片区"))]
    pub zones: Option<Vec<String>>,
    /// Health professionals in service.
    #[fact(zh = "卫技人员数", en = "staff", headers("在岗人数", "在岗职工数"), unit = "person")]
    pub staff_count: Option<u32>,
    /// Whether continuing education is managed electronically.
    #[fact(zh = "信息化管理", en = "information system", headers("是否信息化管理"), attainable)]
    pub has_info_system: Option<bool>,
    /// Staff who manage continuing education.
    #[fact(zh = "继教管理人员数", en = "CME managers", headers("继教专兼职管理人员"), unit = "person", attainable)]
    pub cme_admin_count: Option<u32>,
    /// Day on which the annual report was sent; left out where it was not.
    #[fact(zh = "年度报告报送日期", en = "annual report sent on", headers("年度报告日期"), none, attainable)]
    pub annual_report_on: Option<Day>,
    /// Day on which the year's credit audit was finished; left out where it was not.
    #[fact(zh = "学分审验完成日期", en = "credit audit finished on", headers("学分审验日期"), none, attainable)]
    pub credit_audit_on: Option<Day>,
    /// The fund for continuing education.
    #[fact(zh = "继续医学教育经费", en = "training fund", attainable)]
    pub fund: Option<TrainingFund>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
