//! The verdict and its parts: values with reasons, never a bare yes or no.

use std::collections::BTreeMap;

use medtrain_macros::crosses;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

use super::{RecordPath, Status};
use crate::feel::Value;
use crate::quantity::{Day, Unit};
use crate::remedy::Remedies;

/// A decision's result for one subject on one day.
#[crosses]
#[derive(Deserialize)]
pub struct Verdict {
    /// The decision asked, such as `cq-annual-cme`.
    pub decision: SmolStr,
    /// The kind of subject, such as `practitioner`.
    pub subject: SmolStr,
    /// The subject's own number, where the facts give one.
    pub subject_id: Option<SmolStr>,
    /// The day on which the question is asked; it decides which rules are in force.
    pub as_of: Day,
    /// The day as known on which the facts were, where that was asked; what was recorded later is left out.
    pub known_on: Option<Day>,
    /// What was given with the question, such as the year.
    pub given: Given,
    /// The result.
    pub status: Status,
    /// What the result can still be; more than one where it is unknown.
    pub possible: Vec<Status>,
    /// One finding for each provision that the decision asks, and then for each that other policies add.
    pub findings: Vec<Finding>,
    /// The ledger: every record judged, counted or not, and why.
    pub records: Vec<RecordLine>,
    /// Which of them count for now: the authority may still decide otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisional: Vec<Provisional>,
    /// The facts that can still change an unknown result, by path: those that can decide it alone come first.
    pub missing: Vec<String>,
    /// What is encouraged and not there; it changes no result.
    pub advice: Vec<Advice>,
    /// What the result opens or closes.
    pub consequences: Vec<Consequence>,
    /// What can still be done about it, where that was asked for.
    pub remedies: Option<Remedies>,
    /// The policy that was applied.
    pub policy: PolicyReference,
    /// That no version of the policy was in force on the day, and when one is; absent where one was.
    pub not_in_force: Option<NotInForce>,
    /// The policies that add to its decision, and were applied with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<PolicyReference>,
}

/// That a day lies outside of every version of a policy: nothing of it is asked, and the nearest version does not answer instead.
#[crosses]
#[derive(Deserialize)]
pub struct NotInForce {
    /// The last day on which the version before was in force; absent where there was none yet.
    pub ended: Option<Day>,
    /// The first day of the next version; absent where there is none.
    pub begins: Option<Day>,
}

/// One provision's result within a verdict.
#[crosses]
#[derive(Deserialize)]
pub struct Finding {
    /// The provision, such as `cq-credits`.
    pub provision: SmolStr,
    /// The policy that adds it to the decision; absent for the decision's own.
    pub policy: Option<SmolStr>,
    /// Its article in the document, such as `三(十六)`.
    pub article: SmolStr,
    /// How strongly it binds.
    pub modality: Modality,
    /// Its result.
    pub status: Status,
    /// What the result can still be; more than one where it is unknown.
    pub possible: Vec<Status>,
    /// Why it does not apply, or why its failure can be waived.
    pub reason: Option<Reason>,
    /// What is there: the left side of the comparison that decides.
    pub actual: Option<SmolStr>,
    /// At least and at most what is there, where missing facts leave it open.
    #[form(decimal)]
    pub actual_low: Option<SmolStr>,
    /// See `actual_low`; absent where there is no bound.
    #[form(decimal)]
    pub actual_high: Option<SmolStr>,
    /// What is asked: the right side of that comparison.
    pub required: Option<SmolStr>,
    /// How much is missing, or how much is too much; `0` where it is met.
    #[form(decimal)]
    pub shortfall: Option<SmolStr>,
    /// How the two are compared.
    pub relation: Option<Relation>,
    /// The unit of the figures.
    pub unit: Option<Unit>,
    /// Every comparison, where the provision makes several.
    pub figures: Vec<Figure>,
    /// The conditions beside these comparisons that fail as well, by their places among the conditions that have no figures; what is so then stands
    /// under `conditions` of the provision's label.
    pub failing: Vec<u32>,
    /// The amount that the provision computes, as text; a list as JSON: `["a", "b"]`, `[3, 0.5]`.
    pub value: Option<SmolStr>,
    /// The last day on which it can be met.
    pub due: Option<Day>,
    /// The provision that counts in its place.
    pub deemed_by: Option<SmolStr>,
    /// The name of the relaxation under which its failure can be waived.
    pub relaxation: Option<SmolStr>,
    /// Further values that the policy shows with it.
    pub details: Vec<Detail>,
    /// The error that left it open, such as `division_by_zero`.
    pub error: Option<SmolStr>,
    /// The facts that can still change it, by path.
    pub missing: Vec<String>,
    /// The results of its parts, where it has parts with modalities of their own.
    pub parts: Vec<Finding>,
}

/// One comparison: two figures and what lies between them.
#[crosses]
#[derive(Deserialize)]
pub struct Figure {
    /// What is there.
    pub actual: Option<SmolStr>,
    /// At least what is there, where it is not certain.
    #[form(decimal)]
    pub actual_low: Option<SmolStr>,
    /// At most what is there, where it is not certain.
    #[form(decimal)]
    pub actual_high: Option<SmolStr>,
    /// What is asked.
    pub required: Option<SmolStr>,
    /// How much is missing, or too much.
    #[form(decimal)]
    pub shortfall: Option<SmolStr>,
    /// How the two are compared.
    pub relation: Relation,
    /// The unit of both.
    pub unit: Option<Unit>,
    /// Whether it holds; absent where missing facts leave it open.
    pub holds: Option<bool>,
}

/// How what is there must stand to what is asked.
#[crosses]
#[derive(Copy, Hash, Deserialize)]
pub enum Relation {
    /// Not less.
    AtLeast,
    /// Not more.
    AtMost,
    /// More.
    MoreThan,
    /// Less.
    LessThan,
    /// The same.
    Equal,
    /// Another.
    NotEqual,
}

/// How strongly a provision binds.
#[crosses]
#[derive(Copy, Hash, Deserialize)]
pub enum Modality {
    /// It binds.
    Shall,
    /// It binds in principle (原则上): the authority may waive a failure.
    Principle,
    /// It is allowed.
    May,
    /// It is encouraged.
    Encouraged,
    /// It is forbidden: what it requires must hold.
    Forbidden,
}

impl Modality {
    /// What a provision comes to that is not kept; `None` where nothing is asked.
    #[must_use]
    pub const fn failure(self) -> Option<Status> {
        match self {
            Self::Shall | Self::Forbidden => Some(Status::Unmet),
            Self::Principle => Some(Status::Waivable),
            Self::May | Self::Encouraged => None,
        }
    }
}

/// Why a provision does not apply, or does not bind fully.
#[crosses]
#[derive(Copy, Hash, Deserialize)]
pub enum Reason {
    /// It was not in force on the day.
    NotInForce,
    /// Its day has not come.
    NotDue,
    /// It is not asked of this subject.
    OutOfScope,
    /// It asks nothing: it allows or encourages.
    Advisory,
    /// It fails, but only in principle.
    InPrinciple,
    /// It fails, but a relaxation covers it.
    Relaxed,
    /// An error in computing it left it open.
    NotComputable,
    /// It states a value or a text, and asks nothing.
    Informative,
}

/// A value that a policy shows beside a finding, such as the credit year that a record belongs to.
#[crosses]
#[derive(Deserialize)]
pub struct Detail {
    /// Its name in the policy file.
    pub name: SmolStr,
    /// The value as text, a list as JSON; absent where there is none, or where a missing fact leaves it open.
    pub value: Option<SmolStr>,
}

/// A line of the ledger: one record, whether it counts, and why not.
#[crosses]
#[derive(Deserialize)]
pub struct RecordLine {
    /// The record, such as `practitioner.activities[3]`.
    pub path: RecordPath,
    /// Whether it counts.
    pub state: RecordState,
    /// The provisions that exclude it, or could.
    pub excluded_by: Vec<ExcludedBy>,
    /// Values that the policy shows with every record.
    pub details: Vec<Detail>,
    /// The facts that can still change it, by path.
    pub missing: Vec<String>,
}

/// A record that counts for now.
#[crosses]
#[derive(Deserialize)]
pub struct Provisional {
    /// The record, such as `practitioner.activities[3]`.
    pub path: RecordPath,
    /// The provision of which a failure is waivable.
    pub provision: SmolStr,
    /// Its article.
    pub article: SmolStr,
    /// The name of the relaxation, where it is one.
    pub relaxation: Option<SmolStr>,
}

/// Whether a record counts.
#[crosses]
#[derive(Copy, Hash, Deserialize)]
pub enum RecordState {
    /// It counts.
    Counted,
    /// It does not.
    Excluded,
    /// Facts are missing that would decide it.
    Unknown,
}

/// A provision that a record fails, or may fail.
#[crosses]
#[derive(Deserialize)]
pub struct ExcludedBy {
    /// The provision.
    pub provision: SmolStr,
    /// Its article.
    pub article: SmolStr,
    /// Its result for the record.
    pub status: Status,
    /// The ledger code that the policy gives it, such as `out_of_window`.
    pub code: SmolStr,
}

/// Something encouraged or allowed that is not there.
#[crosses]
#[derive(Deserialize)]
pub struct Advice {
    /// The provision.
    pub provision: SmolStr,
    /// Its article.
    pub article: SmolStr,
    /// How it speaks.
    pub modality: Modality,
}

/// What a verdict opens or closes.
#[crosses]
#[derive(Deserialize)]
pub struct Consequence {
    /// The provision that says so.
    pub provision: SmolStr,
    /// Its article.
    pub article: SmolStr,
    /// Whether it is open.
    pub state: ConsequenceState,
    /// The provisions that close it, or leave it open; its own id where its own condition does.
    pub because: Vec<SmolStr>,
    /// Which conditions of its own keep it closed, by their places; what is asked there stands under `consequence` of the provision's label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failing: Vec<u32>,
    /// The day on which it opens by itself, where nothing but the day keeps it closed.
    pub opens_on: Option<Day>,
    /// Further values that the policy shows with it, where it is open and no finding shows them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
    /// The facts that can still change it, by path.
    pub missing: Vec<String>,
}

/// What a consequence is to the subject.
#[crosses]
#[derive(Copy, Hash, Deserialize)]
pub enum ConsequenceEffect {
    /// Something that is opened: a certificate, a title, a licence.
    Granted,
    /// Something that is imposed: a sanction, a cut.
    Imposed,
    /// Something that is taken into account elsewhere: an entry, an appraisal, a preference.
    Noted,
}

/// Whether a consequence takes effect.
#[crosses]
#[derive(Copy, Hash, Deserialize)]
pub enum ConsequenceState {
    /// It does.
    Open,
    /// It does not.
    Closed,
    /// Facts are missing, or the authority decides.
    Unknown,
}

impl ConsequenceState {
    /// Every state, in the order of their codes.
    pub const ALL: [Self; 3] = [Self::Open, Self::Closed, Self::Unknown];

    /// The code, as verdicts write it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Unknown => "unknown",
        }
    }
}

/// The policy that was applied, so that a result can be reproduced.
#[crosses]
#[derive(Deserialize)]
pub struct PolicyReference {
    /// Its id, such as `cq-2017-25`.
    pub id: String,
    /// The document's number, such as `渝卫发〔2017〕25号`.
    pub number: String,
    /// The version of its file.
    pub version: String,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
}

/// What is given with a question, by name: in the order of the names, so that a question has one text however it was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given(BTreeMap<String, Value>);

impl Given {
    /// Nothing given.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with one more value, in place of an earlier one of that name.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }

    /// The value of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Every name and value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v))
    }
}

impl Serialize for Given {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(name, value)| (name, crate::facts::plain(value))))
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(crate::facts::read_plain(from)?.into_iter().collect()))
    }
}
