//! What people taught.

use medtrain_macros::entity;

use super::{ActivityForm, Extra, InstitutionTier, TeachingKind};
use crate::quantity::Day;

/// A piece of teaching or guidance (cq-teaching-duty, cq-mentoring-duty).
#[entity(name = "teaching", zh = "教学带教记录", en = "teaching record")]
pub struct Teaching {
    /// Teaching, or guidance at a lower level.
    #[fact(zh = "教学类别", en = "kind of teaching", headers("带教类别"), chosen)]
    pub kind: Option<TeachingKind>,
    /// Day on which it took place.
    #[fact(zh = "教学日期", en = "taught on", headers("授课日期", "带教日期"), chosen)]
    pub taught_on: Option<Day>,
    /// Whether it was related to the profession.
    #[fact(zh = "是否与专业相关", en = "related to the profession", headers("相关专业"), chosen)]
    pub profession_related: Option<bool>,
    /// The form of the activity.
    #[fact(zh = "活动形式", en = "form", chosen)]
    pub form: Option<ActivityForm>,
    /// The tier of the institution that was guided.
    #[fact(zh = "指导机构层级", en = "tier guided", headers("带教机构层级"), chosen)]
    pub guided_tier: Option<InstitutionTier>,
    /// What was taught.
    #[fact(zh = "教学内容", en = "topic", headers("授课题目"), none, chosen)]
    pub topic: Option<String>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
