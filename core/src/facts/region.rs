//! Regions: what is counted over their people, institutions and projects.

use medtrain_macros::entity;

use super::{Extra, Population, Project};

/// A region, with the figures of its people, institutions and projects.
#[entity(name = "region", zh = "地区", en = "region")]
pub struct Region {
    /// Its code (GB/T 2260).
    #[fact(zh = "区划代码", en = "region code", headers("行政区划", "区划"))]
    pub region_code: Option<String>,
    /// Its name.
    #[fact(zh = "地区名称", en = "region name", headers("地区", "区县", "市州"))]
    pub name: Option<String>,
    /// Policy zones that it lies in.
    #[fact(zh = "政策片区", en = "policy zones", headers("片区"))]
    pub zones: Option<Vec<String>>,
    /// Figures by year and population; a list that is given is complete.
    #[fact(zh = "统计", en = "figures")]
    pub stats: Option<Vec<RegionStat>>,
    /// Completion examinations of every specialty base; a list that is given is complete (sd-bottom-five-percent).
    #[fact(zh = "结业考核成绩", en = "completion examinations")]
    pub exam_results: Option<Vec<ExamResult>>,
    /// Projects of continuing education published; a list that is given is complete.
    #[fact(zh = "公布项目", en = "published projects")]
    pub projects: Option<Vec<Project>>,
    /// How many projects were published in the year, where they were counted; a list of them says it too (cq-inspection-sample).
    #[fact(zh = "公布项目数", en = "projects published", headers("公布数"), none)]
    pub projects_announced: Option<u32>,
    /// How many projects were held in the year.
    #[fact(zh = "举办项目数", en = "projects held", headers("举办数", "场次"), attainable)]
    pub projects_held: Option<u32>,
    /// How many projects were inspected in the year (cq-inspection-sample).
    #[fact(zh = "抽查项目数", en = "projects inspected", headers("抽查数"), attainable)]
    pub projects_inspected: Option<u32>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}

/// A figure of a region: one population in one year.
#[entity(name = "region_stat", zh = "地区统计", en = "regional figure")]
pub struct RegionStat {
    /// The year.
    #[fact(zh = "年度", en = "year", headers("统计年度"))]
    pub year: Option<u32>,
    /// Whom or what it counts.
    #[fact(zh = "统计对象", en = "population", headers("对象"))]
    pub population: Option<Population>,
    /// How many there are.
    #[fact(zh = "应参加数", en = "number eligible", headers("应参加人数", "总人数", "在岗人数", "机构总数"))]
    pub eligible: Option<u32>,
    /// How many took part.
    #[fact(zh = "参加数", en = "number taking part", headers("参加人数", "覆盖人数"), attainable)]
    pub participated: Option<u32>,
    /// How many attained what is asked.
    #[fact(zh = "达标数", en = "number attained", headers("达标人数", "完成25学分人数"), attainable)]
    pub met: Option<u32>,
    /// How many are covered, of institutions: managed electronically, or carrying it out.
    #[fact(zh = "覆盖数", en = "number covered", headers("覆盖机构数", "信息化机构数"), attainable)]
    pub covered: Option<u32>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}

/// The completion examinations of one specialty base in one year.
#[entity(name = "exam_result", zh = "结业考核成绩", en = "examination result")]
pub struct ExamResult {
    /// Number of the base.
    #[fact(zh = "基地编号", en = "base number", headers("专业基地编号", "基地代码"))]
    pub base_id: Option<String>,
    /// Speciality.
    #[fact(zh = "专业基地", en = "speciality", headers("培训专业", "专业"))]
    pub speciality: Option<String>,
    /// The calendar year.
    #[fact(zh = "年度", en = "year", headers("考核年度"))]
    pub year: Option<u32>,
    /// How many took it.
    #[fact(zh = "参加考核人数", en = "took it", headers("参考人数", "应考人数"), unit = "person")]
    pub taken: Option<u32>,
    /// How many passed.
    #[fact(zh = "通过人数", en = "passed", headers("合格人数"), unit = "person")]
    pub passed: Option<u32>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
