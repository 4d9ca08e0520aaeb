//! Plans put into a world: records of one list are merged where what they must be agrees, and split where only a part must be more.

use rust_decimal::Decimal;

use super::plan::{Add, Plan};
use super::want::{Keys, Wants};
use super::world::{Draft, World};

impl World {
    /// The worlds that a plan for a provision makes of this one, the one that asks least first.
    pub(super) fn after(&self, plan: &Plan, provision: usize) -> Vec<Self> {
        let mut world = self.clone();
        if let Some(day) = plan.wait.filter(|day| *day > world.on) {
            world.on = day;
            world.waits_for.push(provision);
        }
        match world.changed(&plan.changes, provision) {
            Some(()) => {}
            None => return Vec::new(),
        }
        let mut worlds = vec![world];
        for add in &plan.adds {
            worlds = worlds.iter().flat_map(|world| world.with(add, provision)).take(3).collect();
        }
        worlds.retain(|world| world != self);
        worlds
    }

    fn changed(&mut self, changes: &Wants, provision: usize) -> Option<()> {
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

    fn with(&self, add: &Add, provision: usize) -> Vec<Self> {
        let mut worlds = Vec::new();
        if let [(keys, amount)] = add.amounts.as_slice() {
            worlds.extend(self.shared(add, keys, *amount, provision));
        }
        let draft = Draft {
            list: add.list.clone(),
            entity: add.entity,
            wants: add.wants.clone(),
            amounts: add.amounts.clone(),
            closes: vec![provision],
        };
        let mut further = self.clone();
        further.drafts.push(draft);
        worlds.push(further);
        worlds
    }

    /// The amount laid on a record that is to be added anyway.
    fn shared(&self, add: &Add, keys: &Keys, amount: Decimal, provision: usize) -> Option<Self> {
        for (place, draft) in self.drafts.iter().enumerate().filter(|(_, draft)| draft.list == add.list) {
            let Some(both) = draft.wants.meet(&add.wants) else { continue };
            let mut world = self.clone();
            let changed = world.drafts.get_mut(place)?;
            noted(&mut changed.closes, provision);
            match (draft.wants.covers(&add.wants), draft.amount(keys)) {
                // It passes already, and adds nothing of this yet.
                (true, None) => changed.set_amount(keys, amount),
                // The same kind of record: one with more.
                (true, Some(there)) if add.wants.covers(&draft.wants) => changed.set_amount(keys, there.checked_add(amount)?),
                // All of it is needed as one that passes.
                (false, Some(there)) if amount >= there => changed.wants = both,
                // A part of it is: that part becomes a record of its own.
                (false, Some(there)) => {
                    changed.set_amount(keys, there.checked_sub(amount)?);
                    let part = Draft { wants: both, amounts: vec![(keys.clone(), amount)], closes: vec![provision], ..draft.clone() };
                    world.drafts.push(part);
                }
                _ => continue,
            }
            return Some(world);
        }
        None
    }
}

fn noted(closes: &mut Vec<usize>, provision: usize) {
    if !closes.contains(&provision) {
        closes.push(provision);
    }
}
