//! Codes of institutions.

use medtrain_macros::codes;

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

/// The tier at which an institution works, lowest first.
#[codes(name = "institution_tier", zh = "机构层级", en = "tier of an institution", ordered)]
pub enum InstitutionTier {
    /// A village.
    #[code(zh = "村级", en = "village", also("村"))]
    Village,
    /// A township or a community.
    #[code(zh = "乡级", en = "township", also("乡镇", "乡镇级", "社区", "街道", "社区卫生服务中心", "社区卫生服务站", "乡镇卫生院"))]
    Township,
    /// A county, or a district of a city.
    #[code(zh = "县级", en = "county", also("县", "区级", "区县", "区县级", "县区级", "县(市、区)级"))]
    County,
    /// A city.
    #[code(zh = "市级", en = "city", also("市", "地市级", "市州级"))]
    City,
    /// A province.
    #[code(zh = "省级", en = "province", also("省", "省部级"))]
    Province,
    /// The nation.
    #[code(zh = "国家级", en = "nation", also("委属", "中央"))]
    Nation,
}

/// What a training base is for.
#[codes(name = "base_kind", zh = "基地类别", en = "kind of base")]
pub enum BaseKind {
    /// Attachments.
    #[code(zh = "进修基地", en = "attachment", also("进修"))]
    Attachment,
    /// Residency training.
    #[code(zh = "住培基地", en = "residency", also("住培", "规培基地", "住院医师规范化培训基地"))]
    Residency,
    /// Continuing medical education.
    #[code(zh = "继续医学教育基地", en = "continuing education", also("继教基地", "继教"))]
    Cme,
}

/// The card that an evaluation shows a base, worst first (sd-cards).
#[codes(name = "card", zh = "亮牌", en = "card", ordered)]
pub enum Card {
    /// Revoked, or recruitment suspended.
    #[code(zh = "红牌", en = "red", also("红"))]
    Red,
    /// To be put right within a time limit, or criticised.
    #[code(zh = "黄牌", en = "yellow", also("黄"))]
    Yellow,
    /// No card.
    #[code(zh = "无", en = "none", also("未亮牌", "绿牌"))]
    None,
    /// Commended.
    #[code(zh = "蓝牌", en = "blue", also("蓝"))]
    Blue,
}
