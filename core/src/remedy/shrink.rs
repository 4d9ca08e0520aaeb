//! Made as small as they can be: steps that are not needed are dropped, amounts lowered by the room that the comparisons leave.

use rust_decimal::Decimal;

use crate::feel::Value;

use super::integrate::tidy;
use super::search::Search;
use super::want::Choice;
use super::world::{Draft, World};
use crate::facts::changed::Keys;

impl Search<'_> {
    /// The same with nothing in it that could be left out.
    pub(super) fn shrunk(&mut self, mut world: World) -> World {
        let mut place = 0;
        while let Some(draft) = world.drafts.get(place) {
            // What adds to totals is lowered below, to nothing where it can be.
            if !draft.amounts.is_empty() {
                place += 1;
                continue;
            }
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
            if self.is_earned(&without) && self.reaches(&without) {
                world = without;
            } else {
                place += 1;
            }
        }
        let awarded_on = world.awarded_on(self.question, self.entity, self.subject).ok().flatten();
        let comes = awarded_on.max(world.asked_from(self.question, Choice::Earliest));
        let at_once = comes.map_or(self.question.as_of(), |day| day.max(self.question.as_of()));
        if world.on > at_once {
            let at_once = World { on: at_once, waits_for: Vec::new(), ..world.clone() };
            if self.reaches(&at_once) {
                world = at_once;
            }
        }
        let world = self.lowered(world);
        self.freed(world)
    }

    /// Whether what others award is there on the day of a world.
    fn is_earned(&self, world: &World) -> bool {
        world.awarded_on(self.question, self.entity, self.subject).is_ok_and(|day| day.is_none_or(|day| day <= world.on))
    }

    fn reaches(&mut self, world: &World) -> bool {
        self.judged(world, Choice::Earliest, |me, question, standing| me.reached(question, &standing)).unwrap_or(false)
    }

    /// Whether the days may also be the latest ones that are told.
    pub(super) fn holds_to_the_last(&mut self, world: &World) -> bool {
        let days = world.drafts.iter().filter_map(|draft| draft.fields(self.question, Choice::Latest)).flatten();
        let last = days.filter_map(|(_, value)| if let Value::Date(day) = value { Some(day) } else { None }).max();
        let last = last.max(world.asked_from(self.question, Choice::Latest));
        // What is waited for comes as much later as what is done, and so may what is done at once.
        let later = last.filter(|last| *last > world.on).map(|last| World { on: last, ..world.clone() });
        let waits = world.on > self.question.as_of();
        let mut holds = |world: &World| self.judged(world, Choice::Latest, |me, question, standing| me.reached(question, &standing)).unwrap_or(false);
        if waits {
            return holds(later.as_ref().unwrap_or(world));
        }
        holds(world) || later.is_some_and(|later| holds(&later))
    }

    fn room(&mut self, world: &World) -> Vec<Option<Decimal>> {
        self.judged(world, Choice::Earliest, |_, _, standing| standing.room).unwrap_or_default()
    }

    /// Each amount as low as the comparisons allow.
    fn lowered(&mut self, mut world: World) -> World {
        let alone =
            world.drafts.len() == 1 && world.drafts.first().is_some_and(|draft| draft.amounts.iter().filter(|(_, n)| !n.is_zero()).count() <= 1);
        let mut room = Some(self.room(&world));
        // Where a comparison holds just so, one amount alone can be no lower.
        if alone && room.iter().flatten().flatten().any(Decimal::is_zero) {
            return world;
        }
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
        self.shifted(world)
    }

    /// Nothing is asked of a record that is not needed: neither that it be so, nor that it add nothing.
    fn freed(&mut self, mut world: World) -> World {
        // A record whose amounts were all lowered to nothing is none.
        let adds = |draft: &Draft| draft.amounts.iter().any(|(_, amount)| !amount.is_zero());
        let mut fewer = world.clone();
        fewer.drafts.retain(|draft| draft.amounts.is_empty() || adds(draft));
        if fewer != world && self.reaches(&fewer) {
            world = fewer;
        }
        let mut zeros: Vec<Keys> = Vec::new();
        for (keys, _) in world.drafts.iter().flat_map(|draft| &draft.amounts).filter(|(_, amount)| amount.is_zero()) {
            if !zeros.contains(keys) {
                zeros.push(keys.clone());
            }
        }
        for keys in zeros {
            let mut without = world.clone();
            without.drafts.iter_mut().for_each(|draft| draft.amounts.retain(|(other, amount)| *other != keys || !amount.is_zero()));
            if self.reaches(&without) {
                world = without;
            }
        }
        if world.drafts.len() < 2 {
            return world;
        }
        for draft in 0..world.drafts.len() {
            if !world.drafts.get(draft).is_some_and(|draft| draft.mixed) {
                continue;
            }
            let mut want = 0;
            while let Some((_, wanted)) = world.drafts.get(draft).and_then(|draft| draft.wants.0.get(want)) {
                let day = matches!(wanted.low.as_ref().or(wanted.high.as_ref()), Some(Value::Date(_))) || wanted.lasting.is_some();
                let mut without = world.clone();
                if let Some(draft) = without.drafts.get_mut(draft) {
                    draft.wants.0.remove(want);
                }
                if !day && self.reaches(&without) {
                    world = without;
                } else {
                    want += 1;
                }
            }
        }
        world
    }

    fn lower(&mut self, world: &World, draft: usize, amount: usize, room: &[Option<Decimal>]) -> Option<World> {
        let there = amount_of(world, draft, amount).filter(|amount| !amount.is_zero())?;
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
                let mut adding = strict.amounts.iter().filter(|(_, amount)| !amount.is_zero());
                let (Some((keys, amount)), None) = (adding.next(), adding.next()) else { continue };
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
    Some(tidy(least).min(most))
}

fn amount_of(world: &World, draft: usize, amount: usize) -> Option<Decimal> {
    Some(world.drafts.get(draft)?.amounts.get(amount)?.1)
}

fn with_amount(world: &World, draft: usize, amount: usize, value: Decimal) -> Option<World> {
    let mut world = world.clone();
    world.drafts.get_mut(draft)?.amounts.get_mut(amount)?.1 = value;
    Some(world)
}
