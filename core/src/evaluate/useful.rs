//! Which missing facts matter to a verdict.

use super::StatusSet;
use super::judge::Judged;

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
