//! What a policy set holds, for those who look around in it.

use medtrain_macros::crosses;

use super::{Decision, GivenDeclaration, Policy, PolicySet};
use crate::evaluate::{Modality, code_of};
use crate::quantity::Day;

/// A policy in a list.
#[crosses]
pub struct PolicySummary {
    /// Its id.
    pub id: String,
    /// The document's number.
    pub number: String,
    /// The version of the file.
    pub version: String,
    /// Where it applies (GB/T 2260).
    pub jurisdiction: Option<String>,
    /// The first day on which it binds.
    pub from: Day,
    /// The last day on which it binds.
    pub until: Option<Day>,
    /// What it is about, in Chinese.
    pub zh: String,
    /// What it is about, in English.
    pub en: String,
    /// SHA-256 of the file's text, in hexadecimal.
    pub hash: String,
}

/// A provision in a list.
#[crosses]
pub struct ProvisionSummary {
    /// Its id.
    pub id: String,
    /// The policy it belongs to.
    pub policy: String,
    /// Its article.
    pub article: String,
    /// What it is asked of.
    pub subject: String,
    /// How strongly it binds.
    pub modality: Modality,
    /// What it is: `requirement`, `amount` ...
    pub kind: String,
    /// The first day on which it binds.
    pub from: Day,
    /// The last day on which it binds.
    pub until: Option<Day>,
    /// What it says, in Chinese.
    pub zh: String,
    /// What it says, in English.
    pub en: String,
}

/// A decision in a list.
#[crosses]
pub struct DecisionSummary {
    /// Its id.
    pub id: String,
    /// The policy that answers it.
    pub policy: String,
    /// What it is asked of.
    pub subject: String,
    /// What must be given with it, and with what other policies add to it.
    pub given: Vec<GivenSummary>,
    /// The provisions that it asks, and those that other policies add.
    pub provisions: Vec<String>,
    /// The policies that add to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<String>,
    /// The question, in Chinese.
    pub zh: String,
    /// The question, in English.
    pub en: String,
}

/// Something that must be given with a decision.
#[crosses]
pub struct GivenSummary {
    /// Its name.
    pub name: String,
    /// Its type: `integer`, `date`, a code list of the vocabulary, or `code` for codes of the policy's own.
    pub kind: String,
    /// The codes that it takes, where it takes codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
}

fn summary_of(given: &GivenDeclaration) -> GivenSummary {
    GivenSummary { name: given.name.clone(), kind: given.kind.clone(), codes: given.codes().to_vec() }
}

impl PolicySet {
    /// Every policy.
    #[must_use]
    pub fn list_policies(&self) -> Vec<PolicySummary> {
        let summary = |p: &Policy| PolicySummary {
            id: p.id.clone(),
            number: p.number.clone(),
            version: p.version.clone(),
            jurisdiction: p.jurisdiction.clone(),
            from: p.first_day(),
            until: p.until,
            zh: p.title.zh.clone(),
            en: p.title.en.clone(),
            hash: p.hash.clone(),
        };
        self.policies().iter().map(summary).collect()
    }

    /// Every provision of every policy, in the order of the documents.
    #[must_use]
    pub fn list_provisions(&self) -> Vec<ProvisionSummary> {
        let all = self.policies().iter().flat_map(|policy| policy.provisions.iter().map(move |provision| (policy, provision)));
        all.map(|(policy, p)| {
            let (from, until) = policy.in_force(p);
            ProvisionSummary {
                id: p.id.clone(),
                policy: policy.id.clone(),
                article: p.article.clone(),
                subject: p.subject.clone(),
                modality: p.modality,
                kind: p.kind.code().to_owned(),
                from,
                until,
                zh: p.text.zh.clone(),
                en: p.text.en.clone(),
            }
        })
        .collect()
    }

    /// Every decision of every policy.
    #[must_use]
    pub fn list_decisions(&self) -> Vec<DecisionSummary> {
        let all = self.policies().iter().flat_map(|policy| policy.decisions.iter().map(move |decision| (policy, decision)));
        let asked = |(policy, d): (&Policy, &Decision)| -> Vec<String> {
            d.asked().filter_map(|place| policy.provisions.get(place)).map(|p| p.id.clone()).collect()
        };
        all.map(|(policy, d)| DecisionSummary {
            id: d.id.clone(),
            policy: policy.id.clone(),
            subject: d.subject.clone(),
            given: self.taken(policy, d).into_iter().map(summary_of).collect(),
            provisions: std::iter::once((policy, d)).chain(self.layers_of(&d.id)).flat_map(asked).collect(),
            layers: self.layers_of(&d.id).map(|(policy, _)| policy.id.clone()).collect(),
            zh: d.question.zh.clone(),
            en: d.question.en.clone(),
        })
        .collect()
    }
}

impl Modality {
    /// Its code: `shall`, `principle`, `may`, `encouraged`, `forbidden`.
    #[must_use]
    pub fn code(self) -> String {
        code_of(&self)
    }
}
