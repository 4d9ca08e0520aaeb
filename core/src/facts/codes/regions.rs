//! Codes of regions and what is counted in them.

use medtrain_macros::codes;

/// Whom or what a figure of a region counts.
#[codes(name = "population", zh = "统计对象", en = "population")]
pub enum Population {
    /// All health professionals in service.
    #[code(zh = "全体卫技人员", en = "all staff", also("全体", "卫技人员", "全部"))]
    Staff,
    /// Those with an intermediate or senior title.
    #[code(zh = "中高级", en = "intermediate and senior", also("中高级职称", "中高级专业技术人员"))]
    IntermediateAndSenior,
    /// Those with a junior title.
    #[code(zh = "初级", en = "junior", also("初级职称", "初级专业技术人员"))]
    Junior,
    /// Institutions of every kind.
    #[code(zh = "医疗卫生机构", en = "institutions", also("机构", "全部机构"))]
    Institutions,
    /// Institutions of level 2 and above.
    #[code(zh = "二级以上机构", en = "institutions of level 2 and above", also("二级及以上", "二级以上"))]
    Level2AndAbove,
    /// Township, community and private institutions.
    #[code(zh = "乡镇社区民营机构", en = "township, community and private institutions", also("乡镇社区及民营", "基层及民营"))]
    GrassrootsAndPrivate,
}
