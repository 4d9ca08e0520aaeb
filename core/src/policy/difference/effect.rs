//! Who is judged otherwise under the new version of a policy, and by which provision.

use medtrain_macros::crosses;

use crate::evaluate::{Finding, Question, Status, Verdict};
use crate::facts::Facts;
use crate::policy::Policy;
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::quantity::Day;

/// Who is judged otherwise.
#[crosses]
pub struct Effect {
    /// The decision asked.
    pub decision: String,
    /// The day on which it was asked.
    pub as_of: Day,
    /// The day on which the old version was asked, where that is another.
    pub old_as_of: Option<Day>,
    /// The versions that are not in force on the day on which they were asked, so that they ask nothing of anybody.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_in_force: Vec<String>,
    /// How many subjects were judged.
    pub subjects: usize,
    /// How many of them have another status.
    pub changed: usize,
    /// Those with another status, by the provision that made the change; one whom several changed stands under each.
    pub groups: Vec<EffectGroup>,
}

/// The subjects of whom one provision changed the status.
#[crosses]
pub struct EffectGroup {
    /// The provision; absent where no single finding tells the change.
    pub provision: Option<String>,
    /// Its short Chinese name.
    pub name_zh: String,
    /// Its short English name.
    pub name_en: String,
    /// The subjects, in the order in which they were given.
    pub subjects: Vec<StatusChange>,
}

/// A subject with another status.
#[crosses]
pub struct StatusChange {
    /// Where the facts came from, such as `1001.json` or `staff.json[3]`.
    pub facts: String,
    /// The subject's own number, where the facts give one.
    pub subject_id: Option<String>,
    /// The status under the old version.
    pub old: Status,
    /// The status under the new one.
    pub new: Status,
}

/// Judges subjects under both versions of a policy; each of them comes with the name of where its facts came from.
///
/// # Errors
/// Facts that are all about something else, and every problem with the facts that a policy declares itself. A fact that only one of the two declares
/// is read by that one.
pub fn effect(old: &Question<'_>, new: &Question<'_>, subjects: Vec<(String, Facts)>) -> Result<Effect, TrainingError> {
    let outside = [old, new].into_iter().filter(|question| question.not_in_force.is_some());
    let mut effect = Effect {
        decision: new.decision().to_owned(),
        as_of: new.as_of(),
        old_as_of: Some(old.as_of()).filter(|day| *day != new.as_of()),
        not_in_force: outside.map(|question| question.policy.version.clone()).collect(),
        subjects: subjects.len(),
        changed: 0,
        groups: Vec::new(),
    };
    let mut problems = Vec::new();
    for (name, facts) in subjects {
        match bound(old, new, facts) {
            Err(found) => problems.extend(found.into_iter().map(|problem| Problem { place: format!("{name}: {}", problem.place), ..problem })),
            Ok((before, now)) => {
                let (before, now) = (old.evaluate(&before), new.evaluate(&now));
                if before.status != now.status {
                    effect.changed += 1;
                    effect.add(&name, (old.policy, &before), (new.policy, &now));
                }
            }
        }
    }
    TrainingError::unless_empty(problems)?;
    Ok(effect)
}

/// The facts as the policies of two questions read them.
fn bound(old: &Question<'_>, new: &Question<'_>, facts: Facts) -> Result<(Facts, Facts), Vec<Problem>> {
    let subject = [new, old].into_iter().find_map(|question| question.decision.problem_of_subject(&facts));
    let (mut before, mut now) = (facts.clone(), facts);
    let (of_old, of_new) = (old.policy.bind(&mut before), new.policy.bind(&mut now));
    let unknown = |problem: &Problem| problem.code == ProblemCode::UnknownName;
    let both = |problem: &Problem| !unknown(problem) || of_old.iter().any(|other| unknown(other) && other.place == problem.place);
    let mut problems: Vec<Problem> = subject.into_iter().chain(of_new.into_iter().filter(both)).collect();
    // What both say is told once.
    let of_old_alone: Vec<Problem> = of_old.into_iter().filter(|problem| !unknown(problem) && !problems.contains(problem)).collect();
    problems.extend(of_old_alone);
    if problems.is_empty() { Ok((before, now)) } else { Err(problems) }
}

impl Effect {
    fn add(&mut self, facts: &str, (before, old): (&Policy, &Verdict), (policy, new): (&Policy, &Verdict)) {
        let change =
            StatusChange { facts: facts.to_owned(), subject_id: new.subject_id.as_deref().map(str::to_owned), old: old.status, new: new.status };
        let makers = makers(old, new);
        let makers: Vec<Option<String>> = if makers.is_empty() { vec![None] } else { makers.into_iter().map(Some).collect() };
        for provision in makers {
            match self.groups.iter_mut().find(|group| group.provision == provision) {
                Some(group) => group.subjects.push(change.clone()),
                None => {
                    let known = provision.as_deref().and_then(|id| policy.provision(id).or_else(|| before.provision(id)));
                    let (name_zh, name_en) = known.map(|known| (known.name.zh.clone(), known.name.en.clone())).unwrap_or_default();
                    self.groups.push(EffectGroup { provision, name_zh, name_en, subjects: vec![change.clone()] });
                }
            }
        }
    }
}

/// The provisions that brought the new status about, or no longer bring about the old one; else all whose result is another.
fn makers(old: &Verdict, new: &Verdict) -> Vec<String> {
    // What is not asked is as if it did not apply.
    let of = |findings: &[Finding], id: &str| findings.iter().find(|f| f.provision == id).map_or(Status::NotApplicable, |f| f.status);
    let mut ids: Vec<&str> = Vec::new();
    for finding in new.findings.iter().chain(&old.findings) {
        if of(&old.findings, &finding.provision) != of(&new.findings, &finding.provision) && !ids.contains(&finding.provision.as_str()) {
            ids.push(&finding.provision);
        }
    }
    let decides = |id: &&&str| of(&new.findings, id) == new.status || of(&old.findings, id) == old.status;
    let deciding: Vec<String> = ids.iter().filter(decides).map(|id| (*id).to_owned()).collect();
    if deciding.is_empty() { ids.into_iter().map(str::to_owned).collect() } else { deciding }
}
