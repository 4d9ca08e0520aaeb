//! Made as small as they can be: steps that are not needed are dropped, amounts lowered by the room that the comparisons leave.

use rust_decimal::{Decimal, RoundingStrategy};

use super::goal::is_good;
use super::search::Search;
use super::want::Choice;
use super::world::World;

impl Search<'_> {
    /// The same with nothing in it that could be left out.
    pub(super) fn shrunk(&mut self, mut world: World) -> World {
        let mut place = 0;
        while place < world.drafts.len() {
            let mut without = world.clone();
            without.drafts.remove(place);
            if self.reaches(&without) {
                world = without;
            } else {
                place += 1;
            }
        }
        let mut place = 0;
        while place < world.changes.0.len() {
            let mut without = world.clone();
            without.changes.0.remove(place);
            without.for_changes.remove(place);
            if self.reaches(&without) {
                world = without;
            } else {
                place += 1;
            }
        }
        if world.on > self.question.as_of() {
            let mut at_once = world.clone();
            at_once.on = self.question.as_of();
            at_once.waits_for.clear();
            if self.reaches(&at_once) {
                world = at_once;
            }
        }
        self.lowered(world)
    }

    fn reaches(&mut self, world: &World) -> bool {
        let aim = self.aim;
        self.judged(world, Choice::Earliest, |_, _, probe| is_good(probe.set, aim)).unwrap_or(false)
    }

    /// Whether the days may also be the latest ones that are told.
    pub(super) fn holds_to_the_last(&mut self, world: &World) -> bool {
        let aim = self.aim;
        self.judged(world, Choice::Latest, |_, _, probe| is_good(probe.set, aim)).unwrap_or(false)
    }

    fn room(&mut self, world: &World) -> Vec<Option<Decimal>> {
        self.judged(world, Choice::Earliest, |_, _, probe| probe.room).unwrap_or_default()
    }

    /// Each amount as low as the comparisons allow.
    fn lowered(&mut self, mut world: World) -> World {
        let alone = world.drafts.len() == 1 && world.drafts.first().is_some_and(|draft| draft.amounts.len() <= 1);
        if alone {
            return world;
        }
        let mut room = None;
        for draft in 0..world.drafts.len() {
            let amounts = world.drafts.get(draft).map_or(0, |draft| draft.amounts.len());
            for amount in 0..amounts {
                let there = room.get_or_insert_with(|| self.room(&world));
                if let Some(lower) = self.lower(&world, draft, amount, &there.clone()) {
                    world = lower;
                    room = None;
                }
            }
        }
        world.drafts.iter_mut().for_each(|draft| draft.amounts.retain(|(_, amount)| !amount.is_zero()));
        self.shifted(world)
    }

    fn lower(&mut self, world: &World, draft: usize, amount: usize, room: &[Option<Decimal>]) -> Option<World> {
        let there = amount_of(world, draft, amount)?;
        let without = with_amount(world, draft, amount, Decimal::ZERO)?;
        let empty = self.room(&without);
        let least = least(there, room, &empty, there)?;
        if least >= there {
            return None;
        }
        let lower = with_amount(world, draft, amount, least)?;
        self.reaches(&lower).then_some(lower)
    }

    /// Of what records of the same list share, as much as can be is moved to the one that asks less.
    fn shifted(&mut self, mut world: World) -> World {
        for from in 0..world.drafts.len() {
            for to in 0..world.drafts.len() {
                let (Some(strict), Some(free)) = (world.drafts.get(from), world.drafts.get(to)) else { continue };
                let [(keys, amount)] = strict.amounts.as_slice() else { continue };
                let (keys, amount) = (keys.clone(), *amount);
                let (Some(other), true) = (free.amount(&keys), from != to && strict.list == free.list && strict.wants.covers(&free.wants)) else {
                    continue;
                };
                let moved = |by: Decimal| {
                    let mut moved = world.clone();
                    moved.drafts.get_mut(from)?.set_amount(&keys, amount.checked_sub(by)?);
                    moved.drafts.get_mut(to)?.set_amount(&keys, other.checked_add(by)?);
                    Some(moved)
                };
                let Some(all) = moved(amount) else { continue };
                let (now, then) = (self.room(&world), self.room(&all));
                let Some(kept) = least(amount, &now, &then, amount) else { continue };
                let Some(smaller) = amount.checked_sub(kept).filter(|by| *by > Decimal::ZERO).and_then(moved) else { continue };
                if self.reaches(&smaller) {
                    world = smaller;
                }
            }
        }
        world
    }
}

/// The least of an amount at which every comparison that holds with all of it still does, if each changes evenly with it.
fn least(all: Decimal, with: &[Option<Decimal>], without: &[Option<Decimal>], most: Decimal) -> Option<Decimal> {
    let mut least = Decimal::ZERO;
    for (with, without) in with.iter().zip(without) {
        let (Some(with), Some(without)) = (with, without) else { continue };
        if *without >= Decimal::ZERO || *with < Decimal::ZERO {
            continue;
        }
        // It falls from what there is with all of it to what there is with none: it is nothing at this share.
        let falls = with.checked_sub(*without)?;
        least = least.max(all.checked_mul(-*without)?.checked_div(falls)?);
    }
    let exact = least.normalize();
    let shown = if exact.scale() <= 2 { exact } else { exact.round_dp_with_strategy(1, RoundingStrategy::ToPositiveInfinity) };
    Some(shown.min(most))
}

fn amount_of(world: &World, draft: usize, amount: usize) -> Option<Decimal> {
    Some(world.drafts.get(draft)?.amounts.get(amount)?.1)
}

fn with_amount(world: &World, draft: usize, amount: usize, value: Decimal) -> Option<World> {
    let mut world = world.clone();
    world.drafts.get_mut(draft)?.amounts.get_mut(amount)?.1 = value;
    Some(world)
}
