//! Entities of any type, for readers that learn only from what they read what a record is about.

use std::any::Any;
use std::fmt;

use super::fact::{Nothing, Only};
use super::{DecodeEntity, Fact, Place};
use crate::facts::{Absent, Entity, Extra};
use crate::feel::Record;
use crate::quantity::Day;

/// An entity whose type is known only while running.
///
/// INVARIANT: every entity of the vocabulary is one, so that no reader needs a list of types of its own.
pub trait AnyEntity: Record + Any + fmt::Debug {
    /// What it is.
    fn entity(&self) -> &'static Entity;

    /// Gives a field its value; `false` where the field does not take it.
    fn set(&mut self, slot: usize, fact: &Fact) -> bool;

    /// Puts records into the field in this slot: all of its list, or its one record; `false` where the field does not take them.
    fn put(&mut self, slot: usize, records: Vec<Box<dyn AnyEntity>>) -> bool;

    /// Takes the value of this field away again: nobody knows it.
    fn forget(&mut self, slot: usize);

    /// Whether the field in this slot has a value.
    fn is_given(&self, slot: usize) -> bool;

    /// The lists of fields said to be unknown and none, and the policy's own facts.
    fn absences(&mut self) -> (&mut Vec<String>, &mut Vec<String>, &mut Extra);

    /// The day on which its source recorded it.
    fn recorded_at(&mut self) -> &mut Option<Day>;

    /// Takes over from a record of the same entity what is not given here.
    fn complete(&mut self, other: &dyn AnyEntity);

    /// Whether another record is of the same entity and says the same, whenever it was recorded.
    fn equals(&self, other: &dyn AnyEntity) -> bool;

    /// The same record again.
    fn copy(&self) -> Box<dyn AnyEntity>;

    /// The record as a condition reads it.
    fn as_record(&self) -> &dyn Record;

    /// The record, to be known by its type.
    fn as_any(&self) -> &dyn Any;

    /// The record itself, to be known by its type.
    fn into_any(self: Box<Self>) -> Box<dyn Any>;
}

impl<T: DecodeEntity + Clone + PartialEq + fmt::Debug + 'static> AnyEntity for T {
    fn entity(&self) -> &'static Entity {
        T::ENTITY
    }

    fn set(&mut self, slot: usize, fact: &Fact) -> bool {
        let mut place = Place::default();
        let decoded = self.decode_slot(slot, &mut Only(fact), &mut place);
        decoded.is_ok() && place.into_problems().is_empty()
    }

    fn put(&mut self, slot: usize, records: Vec<Box<dyn AnyEntity>>) -> bool {
        self.put_records(slot, records)
    }

    fn forget(&mut self, slot: usize) {
        let _ = self.decode_slot(slot, &mut Nothing, &mut Place::default());
        if let Some(field) = T::ENTITY.fields.get(slot)
            && field.absent == Absent::None
        {
            DecodeEntity::absences(self).0.push(field.name.to_owned());
        }
    }

    fn is_given(&self, slot: usize) -> bool {
        DecodeEntity::is_given(self, slot)
    }

    fn absences(&mut self) -> (&mut Vec<String>, &mut Vec<String>, &mut Extra) {
        DecodeEntity::absences(self)
    }

    fn recorded_at(&mut self) -> &mut Option<Day> {
        DecodeEntity::recorded_at(self)
    }

    fn complete(&mut self, other: &dyn AnyEntity) {
        if let Some(other) = other.as_any().downcast_ref::<T>() {
            self.complete_from(other);
        }
    }

    fn equals(&self, other: &dyn AnyEntity) -> bool {
        let Some(other) = other.as_any().downcast_ref::<T>() else { return false };
        let but_for_the_day = || {
            let (mut one, mut other) = (self.clone(), other.clone());
            (*DecodeEntity::recorded_at(&mut one), *DecodeEntity::recorded_at(&mut other)) = (None, None);
            one == other
        };
        self == other || self.recorded_on() != other.recorded_on() && but_for_the_day()
    }

    fn copy(&self) -> Box<dyn AnyEntity> {
        Box::new(self.clone())
    }

    fn as_record(&self) -> &dyn Record {
        self
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

/// A field of which nobody can say any more that it is unknown or that there is none.
pub fn is_told(field: &str, unknown: &mut Vec<String>, none: &mut Vec<String>) {
    for names in [unknown, none] {
        names.retain(|name| name != field);
    }
}

/// Takes over which fields are unknown and which none, where nothing is given here.
pub fn complete_absences<T: DecodeEntity>(record: &mut T, unknown: &[String], none: &[String]) {
    let is_open = |record: &mut T, name: &String| match name.strip_prefix("extra.") {
        Some(own) => DecodeEntity::absences(record).2.names().all(|given| given != own),
        None => T::ENTITY.field(name).is_some_and(|(slot, _)| !DecodeEntity::is_given(record, slot)),
    };
    let (said, _, extra) = DecodeEntity::absences(record);
    said.retain(|name| name.strip_prefix("extra.").is_none_or(|own| extra.names().all(|given| given != own)));
    for (names, is_unknown) in [(unknown, true), (none, false)] {
        for name in names {
            let open = is_open(record, name);
            let (unknown, none, _) = DecodeEntity::absences(record);
            if open && !unknown.contains(name) && !none.contains(name) {
                (if is_unknown { unknown } else { none }).push(name.clone());
            }
        }
    }
}
