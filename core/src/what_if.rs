//! What if: some facts against the present ones, and what a decision then says otherwise.
//!
//! In come two sets of facts about one subject; out goes what flips: findings, consequences, records that count or no longer do. Both are judged
//! by the same question. The other facts are made however a caller likes, as a changed copy, as a remedy carried out
//! ([`Question::apply`]) or by changes in text ([`Question::changed`]).
//! INVARIANT: nothing is told here that the two verdicts do not say.

mod change;

use medtrain_macros::crosses;
use serde_json::Value as Json;

pub(crate) use change::{New, write};
use smol_str::SmolStr;

use crate::evaluate::{Consequence, Finding, Provisional, Question, RecordLine, Status};
use crate::facts::Facts;
use crate::quantity::Day;

/// What a decision says otherwise about other facts.
#[crosses]
pub struct WhatIf {
    /// The decision asked.
    pub decision: SmolStr,
    /// The day on which it is asked.
    pub as_of: Day,
    /// The result as facts are.
    pub before: Status,
    /// The result as they would be.
    pub after: Status,
    /// The findings that are not as they were, in their order.
    pub findings: Vec<FindingChange>,
    /// The consequences that are not as they were.
    pub consequences: Vec<ConsequenceChange>,
    /// The records that come, go, or count otherwise.
    pub records: Vec<RecordChange>,
    /// The facts that the result would wait for, by path.
    pub missing: Vec<String>,
}

/// A finding that is not as it was.
#[crosses]
pub struct FindingChange {
    /// As facts are.
    pub before: Finding,
    /// As they would be.
    pub after: Finding,
}

/// A consequence that is not as it was; it may concern the subject in one of the two alone.
#[crosses]
pub struct ConsequenceChange {
    /// As facts are.
    pub before: Option<Consequence>,
    /// As they would be.
    pub after: Option<Consequence>,
}

/// A record that comes, goes, or counts otherwise; its path may be another, where others came or went.
#[crosses]
pub struct RecordChange {
    /// As facts are; absent of a record that comes.
    pub before: Option<RecordLine>,
    /// As they would be; absent of a record that goes.
    pub after: Option<RecordLine>,
    /// Why it counts for now only, as facts are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub provisional_before: Vec<Provisional>,
    /// Why it would count for now only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub provisional_after: Vec<Provisional>,
}

impl WhatIf {
    /// What it says as canonical JSON: the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, whole numbers and lists of them: nothing here can fail to serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Question<'_> {
    /// What it would answer otherwise if the facts were others.
    ///
    /// ```
    /// use medtrain::{evaluate::Given, policy::PolicySet, quantity::parse_day};
    ///
    /// let set = PolicySet::builtin()?;
    /// let as_of = parse_day("2024-06-10").ok_or("no such day")?;
    /// let question = set.ask("gx-application", &Given::new(), as_of)?;
    /// let facts = question.facts_from_json(r#"{"practitioner": {"application": {"applied_on": "2024-06-01"}}}"#)?;
    /// let changed = question.changed(&facts, &["practitioner.application.selected_on=2024-06-05"])?;
    /// let what_if = question.what_if(&facts, &changed);
    /// assert_eq!((what_if.before.code(), what_if.after.code()), ("met", "unmet"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn what_if(&self, facts: &Facts, others: &Facts) -> WhatIf {
        let (before, after) = (self.evaluate(facts), self.evaluate(others));
        let provisional = (before.provisional, after.provisional);
        // One question asks the same provisions in the same order, whatever the facts.
        let findings = before.findings.into_iter().zip(after.findings).filter(|(before, after)| before != after);
        let records = paired(&self.records_of(facts), &self.records_of(others)).into_iter().filter_map(|(was, is)| {
            let before = was.and_then(|place| before.records.get(place));
            let after = is.and_then(|place| after.records.get(place));
            let provisional_before = for_now(before, &provisional.0);
            let provisional_after = for_now(after, &provisional.1);
            let reasons = |all: &[Provisional]| all.iter().map(|one| (one.provision.clone(), one.relaxation.clone())).collect::<Vec<_>>();
            let same = before.zip(after).is_some_and(|(before, after)| *before == RecordLine { path: before.path.clone(), ..after.clone() })
                && reasons(&provisional_before) == reasons(&provisional_after);
            let change = || RecordChange { before: before.cloned(), after: after.cloned(), provisional_before, provisional_after };
            (!same && (before.is_some() || after.is_some())).then(change)
        });
        WhatIf {
            decision: before.decision,
            as_of: before.as_of,
            before: before.status,
            after: after.status,
            findings: findings.map(|(before, after)| FindingChange { before, after }).collect(),
            consequences: consequences(before.consequences, after.consequences),
            records: records.collect(),
            missing: after.missing,
        }
    }

    /// The records that its ledger judges, as JSON facts.
    fn records_of(&self, facts: &Facts) -> Vec<Json> {
        let Some(rules) = &self.decision.records else { return Vec::new() };
        let facts = facts.to_value().unwrap_or_default();
        let list = facts.get(&self.decision.subject).and_then(|subject| subject.get(rules.list));
        list.and_then(Json::as_array).cloned().unwrap_or_default()
    }
}

/// Why a record counts for now only.
fn for_now(line: Option<&RecordLine>, all: &[Provisional]) -> Vec<Provisional> {
    all.iter().filter(|one| line.is_some_and(|line| line.path == one.path)).cloned().collect()
}

/// Consequences by their provisions: those that do not concern the subject are not told at all.
fn consequences(before: Vec<Consequence>, mut after: Vec<Consequence>) -> Vec<ConsequenceChange> {
    let mut changes = Vec::new();
    for was in before {
        let is = after.iter().position(|is| is.provision == was.provision).map(|place| after.remove(place));
        if is.as_ref() != Some(&was) {
            changes.push(ConsequenceChange { before: Some(was), after: is });
        }
    }
    changes.extend(after.into_iter().map(|is| ConsequenceChange { before: None, after: Some(is) }));
    changes
}

/// Which record of a list is which of another: equal ones first, and of the others those that stand between the same ones.
fn paired(before: &[Json], after: &[Json]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut of_before: Vec<Option<usize>> = vec![None; before.len()];
    let mut of_after: Vec<Option<usize>> = vec![None; after.len()];
    for (is, record) in after.iter().enumerate() {
        let free = |was: &usize| of_before.get(*was) == Some(&None) && before.get(*was) == Some(record);
        let was = Some(is).filter(free).or_else(|| (0..before.len()).find(free));
        if let Some((was, slot)) = was.and_then(|was| Some((was, of_before.get_mut(was)?))) {
            *slot = Some(is);
            of_after.get_mut(is).into_iter().for_each(|slot| *slot = Some(was));
        }
    }
    let settled = |of: &[Option<usize>], until: usize| of.iter().take(until).flatten().count();
    for was in 0..before.len() {
        if of_before.get(was) == Some(&None) {
            let between = settled(&of_before, was);
            let is = (0..after.len()).find(|is| of_after.get(*is) == Some(&None) && settled(&of_after, *is) == between);
            if let Some(is) = is {
                of_before.get_mut(was).into_iter().for_each(|slot| *slot = Some(is));
                of_after.get_mut(is).into_iter().for_each(|slot| *slot = Some(was));
            }
        }
    }
    let there = of_before.iter().enumerate().map(|(was, is)| (Some(was), *is));
    let come = of_after.iter().enumerate().filter(|(_, was)| was.is_none()).map(|(is, _)| (None, Some(is)));
    there.chain(come).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pairs(before: &Json, after: &Json) -> Vec<(Option<usize>, Option<usize>)> {
        paired(before.as_array().expect("a list"), after.as_array().expect("a list"))
    }

    #[test]
    fn a_record_is_found_again_wherever_others_come_and_go() {
        assert_eq!(pairs(&json!([1, 2, 3]), &json!([1, 3])), [(Some(0), Some(0)), (Some(1), None), (Some(2), Some(1))]);
        assert_eq!(pairs(&json!([1, 2]), &json!([9, 1, 2])), [(Some(0), Some(1)), (Some(1), Some(2)), (None, Some(0))]);
        assert_eq!(pairs(&json!([1, 2, 3]), &json!([1, 9, 3])), [(Some(0), Some(0)), (Some(1), Some(1)), (Some(2), Some(2))], "a changed one");
        let both = pairs(&json!([1, 2, 3, 4]), &json!([1, 3, 9]));
        assert_eq!(both, [(Some(0), Some(0)), (Some(1), None), (Some(2), Some(1)), (Some(3), Some(2))], "one goes, the last is changed");
        assert_eq!(pairs(&json!([1, 1]), &json!([1, 1, 1])), [(Some(0), Some(0)), (Some(1), Some(1)), (None, Some(2))], "twins");
    }
}
