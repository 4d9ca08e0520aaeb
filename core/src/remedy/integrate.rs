//! Plans put into a world: records of one list are merged where what they must be agrees, and split where only a part must be more.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::evaluate::Asked;
use crate::facts::{FieldKind, Power};

use super::plan::{Add, Plan};
use super::want::Wants;
use super::world::{Draft, World};
use crate::facts::changed::{Key, Keys};

/// How many worlds one plan makes.
const MOST_WORLDS: usize = 4;

impl World {
    /// The worlds that a plan for a provision makes of this one, the one that asks least first.
    pub(super) fn after(&self, plan: &Plan, provision: Asked) -> Vec<Self> {
        let mut world = self.clone();
        if let Some(day) = plan.wait.filter(|day| *day > world.on) {
            world.on = day;
            world.waits_for.push(provision);
        }
        if world.changed(&plan.changes, provision).and_then(|()| world.told_of_added(&plan.of_added)).is_none() {
            return Vec::new();
        }
        let mut worlds = vec![world];
        for add in &plan.adds {
            worlds = worlds.iter().flat_map(|world| world.with(add, provision, self.drafts.len())).take(MOST_WORLDS).collect();
        }
        worlds = worlds.into_iter().filter_map(Self::one_after_the_other).filter(|world| world != self).collect();
        worlds.iter_mut().flat_map(|world| &mut world.drafts).for_each(|draft| draft.batches.clear());
        worlds
    }

    fn changed(&mut self, changes: &Wants, provision: Asked) -> Option<()> {
        for (keys, want) in &changes.0 {
            let place = self.changes.0.iter().position(|(k, _)| k == keys);
            if let Some((at, (_, there))) = place.and_then(|at| Some((at, self.changes.0.get_mut(at)?))) {
                *there = there.meet(want)?;
                if let Some(closes) = self.for_changes.get_mut(at) {
                    noted(closes, provision);
                }
            } else {
                self.changes.0.push((keys.clone(), want.clone()));
                self.for_changes.push(vec![provision]);
            }
        }
        Some(())
    }

    /// More is asked of the records that are to be added.
    fn told_of_added(&mut self, wants: &Wants) -> Option<()> {
        for (keys, want) in &wants.0 {
            let (draft, fact) = self.added_at(keys)?;
            draft.wants = draft.wants.meet(&Wants::of(fact.to_vec(), want.clone()))?;
            draft.mixed = true;
        }
        Some(())
    }

    /// The record that is to be added at the beginning of a way, and the rest of the way.
    fn added_at<'k>(&mut self, keys: &'k [Key]) -> Option<(&mut Draft, &'k [Key])> {
        let of_list = |draft: &Draft| match keys.strip_prefix(draft.list.as_slice()) {
            Some([Key::Index(number), fact @ ..]) => Some((*number, fact)),
            _ => None,
        };
        let (number, fact) = self.drafts.iter().find_map(of_list)?;
        Some((self.drafts.iter_mut().filter(|draft| of_list(draft).is_some()).nth(number)?, fact))
    }

    /// With one more record, or one of those to be added taking it up, unless the plan asks for both as several; the first so many were there before it.
    fn with(&self, add: &Add, provision: Asked, known: usize) -> Vec<Self> {
        let mut worlds = Vec::new();
        match add.amounts.as_slice() {
            [(keys, amount)] => worlds.extend(self.shared(add, keys, *amount, provision)),
            // One as is asked is to be added already, and did not do.
            [] if self.drafts.iter().take(known).any(|draft| draft.list == add.list && draft.wants.covers(&add.wants)) => return worlds,
            [] => worlds.extend(self.merged(add, provision)),
            _ => {}
        }
        let mut draft = Draft {
            list: add.list.clone(),
            entity: add.entity,
            wants: add.wants.clone(),
            amounts: nothing_else(add, &add.amounts),
            needs: add.amounts.iter().map(|(keys, _)| (keys.clone(), add.wants.clone())).collect(),
            mixed: false,
            closes: Vec::new(),
            awarded_for: Vec::new(),
            batches: vec![add.batch],
        };
        draft.serves(provision, &add.wants);
        let mut further = self.clone();
        further.drafts.push(draft);
        worlds.push(further);
        worlds
    }

    /// One record for both, where it can be.
    fn merged(&self, add: &Add, provision: Asked) -> Option<Self> {
        let mut world = self.clone();
        let free = |draft: &&mut Draft| draft.list == add.list && !draft.batches.contains(&add.batch);
        let draft = world.drafts.iter_mut().filter(free).find_map(|draft| {
            let both = draft.wants.meet(&add.wants)?;
            Some((draft, both))
        });
        let (draft, both) = draft?;
        draft.wants = both;
        draft.mixed = true;
        draft.batches.push(add.batch);
        draft.serves(provision, &add.wants);
        Some(world)
    }

    /// The amount laid on a record that is to be added anyway.
    fn shared(&self, add: &Add, keys: &Keys, amount: Decimal, provision: Asked) -> Option<Self> {
        for (place, draft) in self.drafts.iter().enumerate().filter(|(_, draft)| draft.list == add.list) {
            let Some(both) = draft.wants.meet(&add.wants) else { continue };
            let mut world = self.clone();
            let changed = world.drafts.get_mut(place)?;
            changed.serves(provision, &add.wants);
            match (draft.wants.covers(&add.wants), draft.amount(keys).filter(|amount| !amount.is_zero())) {
                // It passes already, and adds nothing of this yet.
                (true, None) => {
                    changed.set_amount(keys, amount);
                    changed.needs.push((keys.clone(), add.wants.clone()));
                    changed.mixed = true;
                }
                // The same kind of record: one with more.
                (true, Some(there)) if add.wants.covers(&draft.wants) => changed.set_amount(keys, raised(there, amount)?),
                // All of it is needed as one that passes.
                (false, Some(there)) if amount >= there => {
                    if let Some((_, needs)) = changed.needs.iter_mut().find(|(k, _)| k == keys) {
                        *needs = needs.meet(&add.wants)?;
                    }
                    (changed.wants, changed.mixed) = (both, true);
                }
                // A part of it is: that part becomes a record of its own.
                (false, Some(there)) => {
                    changed.set_amount(keys, there.checked_sub(amount)?);
                    let needs = draft.needs(keys).and_then(|needs| needs.meet(&add.wants)).unwrap_or_else(|| both.clone());
                    let mut part = Draft {
                        needs: vec![(keys.clone(), needs)],
                        wants: both,
                        mixed: true,
                        amounts: nothing_else(add, &[(keys.clone(), amount)]),
                        closes: Vec::new(),
                        ..draft.clone()
                    };
                    part.serves(provision, &add.wants);
                    world.drafts.push(part);
                }
                _ => continue,
            }
            return Some(world);
        }
        None
    }
}

fn noted(closes: &mut Vec<Asked>, provision: Asked) {
    if !closes.contains(&provision) {
        closes.push(provision);
    }
}

/// So much that nothing is short, where an amount left some short although it was all that was short before it.
///
/// A share of a whole grows with the whole: what falls short of it falls evenly, and meets nothing at this amount.
fn raised(there: Decimal, short: Decimal) -> Option<Decimal> {
    if short >= there {
        return there.checked_add(short);
    }
    let even = there.checked_mul(there)?.checked_div(there.checked_sub(short)?)?;
    Some(tidy(even.max(there.checked_add(short)?)))
}

/// An amount that people can act on: two digits after the point, or else rounded up to one.
pub(super) fn tidy(amount: Decimal) -> Decimal {
    let exact = amount.normalize();
    if exact.scale() <= 2 { exact } else { exact.round_dp_with_strategy(1, RoundingStrategy::ToPositiveInfinity).normalize() }
}

/// Of what a record can add to totals, nothing but these: what nobody told us might be too much.
fn nothing_else(add: &Add, amounts: &[(Keys, Decimal)]) -> Vec<(Keys, Decimal)> {
    let mut all = amounts.to_vec();
    for (field, slot) in add.entity.fields.iter().zip(0_u16..) {
        let keys = vec![Key::Slot(slot)];
        let adds_up = matches!(field.kind, FieldKind::Decimal) && field.unit.is_some() && field.power == Power::Chosen;
        if adds_up && add.wants.get(&keys).is_none() && !all.iter().any(|(k, _)| *k == keys) {
            all.push((keys, Decimal::ZERO));
        }
    }
    all
}
