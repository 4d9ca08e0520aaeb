//! Stays that go on and stand in the facts twice: by themselves, and in the list of all stays.
//!
//! Both are one stay, and what it comes to is told once, of the stay by itself. INVARIANT: only what begins on one day and has no last day in either place
//! is taken for one, so that what is told does also for whoever writes it in one place alone: the copy goes on.

use crate::facts::changed::{Key, Keys};
use crate::facts::{Entity, FieldKind};
use crate::feel::{Datum, Record};
use crate::quantity::Day;

use super::world::{first_day_of_stays, last_day_of_stays};

/// A stay that stands in the facts twice.
#[derive(Clone, Debug)]
pub(super) struct Twice {
    /// The way to the stay by itself.
    alone: Keys,
    /// The way to its copy in the list.
    copy: Keys,
}

impl Twice {
    /// All of them among what a subject has.
    pub(super) fn all(entity: &'static Entity, subject: &dyn Record) -> Vec<Self> {
        let alone = entity.fields.iter().zip(0_u16..).filter_map(|(field, slot)| match (field.kind, subject.read(usize::from(slot))) {
            (FieldKind::Record(stays), Datum::Record(stay)) => Some((slot, stays(), first_day_of_one_that_goes_on(stays(), stay)?)),
            _ => None,
        });
        alone.flat_map(|(alone, stays, first)| copies(entity, subject, (alone, stays, first))).collect()
    }

    /// The way to a fact of the stay by itself, from that to the same fact of its copy.
    pub(super) fn by_itself(&self, keys: &Keys) -> Option<Keys> {
        moved(keys, &self.copy, &self.alone)
    }

    /// The way to a fact of the copy, from that to the same fact of the stay by itself.
    pub(super) fn in_the_list(&self, keys: &Keys) -> Option<Keys> {
        moved(keys, &self.alone, &self.copy)
    }
}

/// The copies of a stay in the lists of the same subject.
fn copies(entity: &'static Entity, subject: &dyn Record, (alone, stays, first): (u16, &'static Entity, Day)) -> Vec<Twice> {
    let mut found = Vec::new();
    for (field, slot) in entity.fields.iter().zip(0_u16..) {
        let (FieldKind::Records(items), Datum::Records(list)) = (field.kind, subject.read(usize::from(slot))) else { continue };
        if items().name != stays.name {
            continue;
        }
        let is_copy = |index: &usize| list.get(*index).and_then(|stay| first_day_of_one_that_goes_on(stays, stay)) == Some(first);
        let copy = (0..list.len()).find(is_copy);
        found.extend(copy.map(|index| Twice { alone: vec![Key::Slot(alone)], copy: vec![Key::Slot(slot), Key::Index(index)] }));
    }
    found
}

/// The first day of a stay that has no last one.
fn first_day_of_one_that_goes_on(stays: &'static Entity, stay: &dyn Record) -> Option<Day> {
    let (first, last) = (first_day_of_stays(stays)?, last_day_of_stays(stays)?);
    match (stay.read(usize::from(first)), stay.read(usize::from(last))) {
        (Datum::Date(day), Datum::None) => Some(day),
        _ => None,
    }
}

/// The same way below another beginning.
fn moved(keys: &Keys, from: &Keys, to: &Keys) -> Option<Keys> {
    keys.strip_prefix(from.as_slice()).map(|rest| to.iter().chain(rest).cloned().collect())
}
