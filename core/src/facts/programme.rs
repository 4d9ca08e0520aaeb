//! Programmes of training with quotas.

use medtrain_macros::entity;

use super::{Extra, InstitutionTier};

/// A programme that trains so many people of so many tiers within its years.
#[entity(name = "programme", zh = "培训项目", en = "programme")]
pub struct Programme {
    /// Its number.
    #[fact(zh = "项目编号", en = "programme number")]
    pub programme_id: Option<String>,
    /// Its name.
    #[fact(zh = "项目名称", en = "programme name")]
    pub name: Option<String>,
    /// How many different people were trained.
    #[fact(zh = "已培训人数", en = "people trained", headers("累计培训人数", "培训人数"), unit = "person", attainable)]
    pub persons_trained: Option<u32>,
    /// How far each tier has come; a list that is given is complete.
    #[fact(zh = "分层级完成情况", en = "tiers")]
    pub tiers: Option<Vec<ProgrammeTier>>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}

/// How far a programme has come in one tier.
#[entity(name = "programme_tier", zh = "项目分层级", en = "programme tier")]
pub struct ProgrammeTier {
    /// The tier of the institutions that send.
    #[fact(zh = "层级", en = "tier", headers("机构层级"))]
    pub tier: Option<InstitutionTier>,
    /// Person-times done.
    #[fact(zh = "完成人次", en = "person-times", headers("累计进修人次"), unit = "person_time", attainable)]
    pub person_times: Option<u32>,
    /// Person-times done from mountain and island counties.
    #[fact(
        zh = "山区海岛县完成人次",
        en = "person-times from mountain and island counties",
        headers("山区海岛县人次"),
        unit = "person_time",
        attainable
    )]
    pub zone_person_times: Option<u32>,
    /// Institutions there are.
    #[fact(zh = "机构数", en = "institutions", headers("应覆盖机构数"))]
    pub institutions: Option<u32>,
    /// Institutions that sent somebody.
    #[fact(zh = "已覆盖机构数", en = "institutions covered", headers("覆盖机构数"), attainable)]
    pub institutions_covered: Option<u32>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
