//! The list for publication: who applied for a senior title and passed the audit of credits, and nothing else about them.
//!
//! The document asks for names. An institution is added only where two on the list bear one name, since the list could not be read without it.
//! Which candidates belong on the list is the policy's to say: it is the amount that its provision computes.

use std::collections::{HashMap, HashSet};

use medtrain_macros::crosses;

use crate::evaluate::{PolicyReference, Question, Status, Verdict};
use crate::facts::{Facts, Practitioner, Region, masked};
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::quantity::Day;

/// A list that the authority publishes each year.
#[crosses]
pub struct Publication {
    /// The decision about the region that asks for it.
    pub decision: String,
    /// The provision that asks for it.
    pub provision: String,
    /// Its article.
    pub article: String,
    /// The name of the region, where it is known.
    pub region: Option<String>,
    /// The day on which the question is asked.
    pub as_of: Day,
    /// The last day on which it can be published in time.
    pub due: Option<Day>,
    /// The policy.
    pub policy: PolicyReference,
    /// Who may be announced, in the order of the candidates.
    pub announced: Vec<Announced>,
    /// Candidates whom the policy puts on the list and who cannot be announced yet, and why; not to be published.
    pub withheld: Vec<Withheld>,
}

/// Someone on the list: a name, and no more than is needed to know who is meant.
#[crosses]
pub struct Announced {
    /// The name.
    pub name: String,
    /// The institution, where two on the list bear this name.
    pub institution: Option<String>,
}

/// Someone who is not announced yet.
#[crosses]
pub struct Withheld {
    /// The number under which they are a candidate.
    pub id: String,
    /// Why.
    pub reason: WithheldReason,
}

impl Withheld {
    /// The number as a screen or a log may show it: one that has the form of an identity number keeps only its ends.
    #[must_use]
    pub fn shown_id(&self) -> String {
        masked(&self.id)
    }
}

/// Why a candidate is not announced yet.
#[crosses]
#[derive(Copy, Hash)]
pub enum WithheldReason {
    /// Nobody on the register has this number, or several have.
    NotOnRegister,
    /// The register does not tell the name.
    NoName,
    /// The register's credits do not meet what is asked, though the audit is said to be passed.
    ContradictsRegister,
}

/// The list that a decision about a region asks for: the amount of its first provision that computes a list of numbers of candidates.
///
/// `people` are those of the register with their verdicts; a candidate of whom the register says `unmet` is withheld.
///
/// # Errors
/// A decision that computes no such list, or a list that is open because facts about candidates are missing.
pub fn publication(question: &Question<'_>, region: &Region, people: &[(&Practitioner, Option<&Verdict>)]) -> Result<Publication, TrainingError> {
    let verdict = question.evaluate(&Facts::from(region.clone()));
    let listed = verdict.findings.iter().find_map(|finding| {
        let list: Vec<String> = serde_json::from_str(finding.value.as_deref()?).ok()?;
        Some((finding, list))
    });
    let Some((finding, candidates)) = listed else {
        const MOST: usize = 5;
        let missing: Vec<&str> = verdict.missing.iter().map(|path| &**path).collect();
        let told = missing.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
        let further = missing.len().saturating_sub(MOST);
        let message = match (missing.len(), further) {
            (0, _) => format!("`{}` gives no list of candidates", question.decision()),
            (_, 0) => format!("`{}` gives no list of candidates before it is told: {told}", question.decision()),
            _ => format!("`{}` gives no list of candidates before it is told: {told} and {further} more", question.decision()),
        };
        let cure = "tell every candidate's number, the grade applied for and whether the audit was passed, on a sheet of the workbook";
        return Err(Problem::new(ProblemCode::Contradiction, "region.extra", message).with_cure(cure).into());
    };
    let mut by_number: HashMap<&str, Vec<(&Practitioner, Option<&Verdict>)>> = HashMap::new();
    for (person, verdict) in people {
        if let Some(number) = person.person_id.as_deref() {
            by_number.entry(number.trim()).or_default().push((person, *verdict));
        }
    }
    let (mut announced, mut withheld) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for id in candidates.into_iter().filter(|id| seen.insert(id.trim().to_owned())) {
        let reason = match by_number.get(id.trim()).map(Vec::as_slice) {
            Some([(_, Some(verdict))]) if verdict.status == Status::Unmet => WithheldReason::ContradictsRegister,
            Some([(person, _)]) => match person.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
                Some(name) => {
                    let institution = person.institution.as_ref().and_then(|institution| institution.name.clone());
                    announced.push(Announced { name: name.to_owned(), institution });
                    continue;
                }
                None => WithheldReason::NoName,
            },
            _ => WithheldReason::NotOnRegister,
        };
        withheld.push(Withheld { id, reason });
    }
    tell_apart(&mut announced);
    Ok(Publication {
        decision: question.decision().to_owned(),
        provision: finding.provision.to_string(),
        article: finding.article.to_string(),
        region: region.name.clone(),
        as_of: question.as_of(),
        due: finding.due,
        policy: question.policy_reference(),
        announced,
        withheld,
    })
}

/// Leaves the institution away where the name alone says who is meant.
fn tell_apart(announced: &mut [Announced]) {
    let mut times: HashMap<String, usize> = HashMap::new();
    for one in announced.iter() {
        *times.entry(one.name.clone()).or_default() += 1;
    }
    for one in announced.iter_mut().filter(|one| times.get(&one.name) == Some(&1)) {
        one.institution = None;
    }
}

impl Publication {
    /// The list as canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings and lists of them: nothing here can fail to serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}
