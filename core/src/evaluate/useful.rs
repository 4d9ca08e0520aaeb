//! Which missing facts matter to a verdict, and which of them to ask for first.

use std::cmp::Reverse;

use crate::facts::Facts;
use crate::facts::changed::{Changed, way};
use crate::feel::Item;
use crate::order::order_by_key;

use super::provision::Judged;
use super::suppose::{type_of, ways};
use super::{Question, StatusSet};

/// The subject, and who owns it where it is a record judged by itself.
type Roots<'a> = (Option<Item<'a>>, Option<Item<'a>>);

/// What the findings of a verdict come to, and how they come together.
pub(super) struct Whole {
    all: Vec<StatusSet>,
    any: Vec<StatusSet>,
}

impl Whole {
    /// The findings of which all are asked, those of which any one is, and those that other policies add.
    pub(super) fn new<'j, 'a: 'j>(all: usize, findings: &[Judged<'_>], added: impl Iterator<Item = &'j Judged<'a>>) -> Self {
        let (all, any) = findings.split_at(all.min(findings.len()));
        Self { all: all.iter().map(|judged| judged.set).chain(added.map(|judged| judged.set)).collect(), any: any.iter().map(|j| j.set).collect() }
    }

    /// Whether one of the findings can change the verdict; those that other policies add come last.
    pub(super) fn matters(&self, all: usize, place: usize) -> bool {
        let outcome = |set: Option<StatusSet>, with: Option<StatusSet>, how: fn(StatusSet, StatusSet) -> StatusSet| match (set, with) {
            (Some(a), Some(b)) => Some(how(a, b)),
            (a, b) => a.or(b),
        };
        let joined = |sets: &[StatusSet], but: Option<usize>, how: fn(StatusSet, StatusSet) -> StatusSet| {
            sets.iter().enumerate().filter(|(i, _)| Some(*i) != but).map(|(_, set)| *set).reduce(how)
        };
        let alternatives = self.any.len();
        if (all..all + alternatives).contains(&place) {
            let Some(set) = self.any.get(place - all) else { return false };
            let others = joined(&self.any, Some(place - all), StatusSet::any_of);
            let rest = joined(&self.all, None, StatusSet::all_of);
            let either = |with: Option<StatusSet>| {
                let matters = |rest: StatusSet| {
                    set.matters(rest, |one, rest| outcome(outcome(Some(one), with, StatusSet::any_of), Some(rest), StatusSet::all_of).unwrap_or(one))
                };
                rest.map_or(!set.is_decided(), matters)
            };
            return match others {
                None => either(None),
                Some(others) => others.members().into_iter().any(|other| either(Some(StatusSet::only(other)))),
            };
        }
        let place = if place < all { place } else { place - alternatives };
        let Some(set) = self.all.get(place) else { return false };
        let any = joined(&self.any, None, StatusSet::any_of);
        match outcome(joined(&self.all, Some(place), StatusSet::all_of), any, StatusSet::all_of) {
            Some(rest) => set.matters(rest, StatusSet::all_of),
            None => !set.is_decided(),
        }
    }
}

impl Question<'_> {
    /// Puts those missing facts first that decide the verdict by themselves, in the more of the ways in which they may turn out the earlier.
    pub(super) fn most_useful_first(&self, roots: Roots<'_>, spent: u32, missing: &mut Vec<String>) {
        /// How many evaluated parts the search for the most useful question may cost.
        const BUDGET: u32 = 100_000;
        if missing.len() < 2 {
            return;
        }
        let mut left = BUDGET;
        let mut ranked: Vec<(u32, String)> = Vec::with_capacity(missing.len());
        for path in missing.drain(..) {
            let mut use_of_it = 0;
            if spent <= left {
                use_of_it = self.usefulness(roots, &path, &mut left);
            }
            ranked.push((use_of_it, path));
        }
        order_by_key(&mut ranked, |(use_of_it, _)| Reverse(*use_of_it));
        missing.extend(ranked.into_iter().map(|(_, path)| path));
    }

    /// In how many of a thousand ways a fact decides the verdict by itself, as far as a few of them show.
    fn usefulness(&self, (subject, owner): Roots<'_>, path: &str, left: &mut u32) -> u32 {
        let Some((root, rest)) = path.split_once('.') else { return 0 };
        let of_subject = root == self.decision.subject;
        let schema = &self.policy.schema;
        let (Some(item), Some((shape, _))) = (if of_subject { subject } else { owner }, schema.named(root)) else { return 0 };
        let Some(ty) = type_of(schema, shape, rest) else { return 0 };
        let own = rest.starts_with("extra.") || rest.contains(".extra.");
        let (mut tried, mut decided) = (0, 0);
        let Some((entity, keys)) = Facts::entity(root).and_then(|entity| Some((entity, way(entity, rest)?))) else { return 0 };
        for value in ways(ty, own, self.as_of) {
            let mut record = Changed::new(Some(item.record), entity);
            record.set(&keys, value);
            let supposed = Some(Item { record: &record, ..item });
            let mut judgement = if of_subject { self.judgement_of(supposed, owner) } else { self.judgement_of(subject, supposed) };
            self.judge_layers(&mut judgement);
            tried += 1;
            decided += u32::from(judgement.set.is_decided());
            *left = left.saturating_sub(judgement.evaluator.spent());
        }
        decided * 1_000 / tried.max(1)
    }
}
