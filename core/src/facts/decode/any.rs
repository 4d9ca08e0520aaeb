//! Entities of any type, for readers that learn only from what they read what a record is about.

use std::any::Any;
use std::fmt;

use super::{DecodeEntity, Fact, Place, Scalar};
use crate::facts::within::{name_in, narrowed};
use crate::feel::Record;

/// An entity whose type is known only while running.
///
/// INVARIANT: every entity of the vocabulary is one, so that no reader needs a list of types of its own.
pub trait AnyEntity: DecodeEntity + Any + fmt::Debug {
    /// Gives a field its value; `false` where the field does not take it.
    fn set(&mut self, slot: usize, fact: &Fact) -> bool;

    /// Takes the value of this field away again: nobody knows it.
    fn forget(&mut self, slot: usize);

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
    fn set(&mut self, slot: usize, fact: &Fact) -> bool {
        let mut place = Place::default();
        if let Some(target) = self.target(slot) {
            fact.put(target, &mut place);
        }
        place.into_problems().is_empty()
    }

    fn forget(&mut self, slot: usize) {
        if let Some(target) = self.target(slot) {
            target.put(Scalar::Null, &mut Place::default());
        }
        if let Some(field) = self.entity().fields.get(slot) {
            self.absences().0.retain(|entry| name_in(entry) != field.name);
        }
        if let Some(field) = self.entity().fields.get(slot)
            && field.differs_when_untold()
        {
            self.absences().0.push(field.name.to_owned());
        }
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
        names.retain(|name| name_in(name) != field);
    }
}

/// Takes over which fields are unknown and which none, where nothing is given here.
pub fn complete_absences(record: &mut dyn DecodeEntity, unknown: &[String], none: &[String]) {
    let is_open = |record: &mut dyn DecodeEntity, name: &String| match name.strip_prefix("extra.") {
        Some(own) => record.absences().2.names().all(|given| given != own),
        None => record.entity().field(name_in(name)).is_some_and(|(slot, _)| !record.is_given(slot)),
    };
    let (said, _, extra) = record.absences();
    said.retain(|name| name.strip_prefix("extra.").is_none_or(|own| extra.names().all(|given| given != own)));
    for (names, is_unknown) in [(unknown, true), (none, false)] {
        for name in names {
            let open = is_open(record, name);
            let (unknown, none, _) = record.absences();
            let is_named = |entry: &&mut String| name_in(entry) == name_in(name);
            if !open || none.iter().any(|entry| entry == name_in(name)) {
                continue;
            }
            match unknown.iter_mut().find(is_named) {
                Some(said) if is_unknown => *said = narrowed(said, name),
                Some(_) => {}
                None => (if is_unknown { unknown } else { none }).push(name.clone()),
            }
        }
    }
}
