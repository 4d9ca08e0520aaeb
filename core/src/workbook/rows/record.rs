//! The records that a row fills.

use smallvec::SmallVec;

use crate::facts::{AnyEntity, Entity};
use crate::policy::OwnFact;
use crate::workbook::header::{Of, Part};
use crate::workbook::join::undecided;

/// A record, with the single records that stand in its slots beside it until it is known whether they have more to say.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) facts: Box<dyn AnyEntity>,
    pub(crate) within: Vec<(usize, Box<dyn AnyEntity>)>,
}

impl Record {
    pub(crate) fn of(entity: &Entity) -> Self {
        Self { facts: (entity.make)(), within: Vec::new() }
    }

    /// The record with nothing that decides anything.
    pub(super) fn undecided(self, own: &[&OwnFact]) -> Self {
        Self { facts: undecided(&*self.facts, own), within: Vec::new() }
    }

    /// The record with what stands in it.
    pub(crate) fn whole(mut self) -> Box<dyn AnyEntity> {
        for (slot, inner) in self.within {
            self.facts.put_records(slot, vec![inner]);
        }
        self.facts
    }

    /// The single record in this slot.
    pub(crate) fn inner(&mut self, slot: usize) -> Option<&mut Box<dyn AnyEntity>> {
        self.within.iter_mut().find(|(at, _)| *at == slot).map(|(_, inner)| inner)
    }
}

/// The records that a row fills, each made once something is said of it.
pub(super) struct Parts<'b> {
    kinds: &'b [Part<'b>],
    pub(super) records: SmallVec<[Option<Box<dyn AnyEntity>>; 8]>,
    with_roots: bool,
}

impl<'b> Parts<'b> {
    pub(super) fn new(parts: &'b [Part<'b>], with_roots: bool) -> Self {
        Self { kinds: parts, records: parts.iter().map(|_| None).collect(), with_roots }
    }

    /// The record of this part, made now if it was not there; none where whose a row is is not asked.
    pub(super) fn get(&mut self, place: usize) -> Option<&mut dyn AnyEntity> {
        let part = self.kinds.get(place)?;
        if part.of == Of::Root && !self.with_roots {
            return None;
        }
        let record = self.records.get_mut(place)?;
        Some(&mut **record.get_or_insert_with(|| (part.entity.make)()))
    }

    /// The record of this part, if something was said of it.
    pub(super) fn given(&mut self, place: usize) -> Option<&mut dyn AnyEntity> {
        if self.kinds.get(place)?.within.is_none() {
            return self.get(place);
        }
        match self.records.get_mut(place)? {
            Some(record) => Some(&mut **record),
            None => None,
        }
    }

    fn take(&mut self, place: usize) -> Option<Box<dyn AnyEntity>> {
        self.records.get_mut(place).and_then(Option::take)
    }

    /// The record of this part with those within it.
    pub(super) fn record(&mut self, place: usize) -> Option<Record> {
        let entity = self.kinds.get(place)?.entity;
        let facts = self.take(place).unwrap_or_else(|| (entity.make)());
        let mut record = Record { facts, within: Vec::new() };
        for inner in 0..self.kinds.len() {
            if let Some((_, slot)) = self.kinds.get(inner).and_then(|part| part.within).filter(|(outer, _)| *outer == place)
                && let Some(inner) = self.whole(inner)
            {
                record.within.push((slot, inner));
            }
        }
        Some(record)
    }

    /// The record of this part, if anything was said of it or of what stands in it.
    fn whole(&mut self, place: usize) -> Option<Box<dyn AnyEntity>> {
        let said = self.records.get(place).is_some_and(Option::is_some);
        let record = self.record(place)?;
        (said || !record.within.is_empty()).then(|| record.whole())
    }
}
