//! What several subjects share: the region of the bases in it, the institution of its people.

use std::collections::{HashMap, HashSet};

use super::assemble::Built;
use super::cell::fold_name;
use super::notes::{self, At, Notes};
use super::roster::Listed;
use super::rows::{Key, Record};
use crate::facts::{AnyEntity, Entity, FieldKind};
use crate::feel::Datum;

/// Those of a register that subjects share.
#[derive(Debug)]
pub(crate) struct Shared {
    /// The slot of the subject in which one of them stands.
    slot: usize,
    /// The sheet that tells of them.
    sheet: At,
    built: Vec<Built>,
    by_number: HashMap<String, usize>,
    by_proof: HashMap<String, usize>,
    /// `None` for a name that several have.
    by_name: HashMap<String, Option<usize>>,
}

impl Shared {
    pub(crate) fn new(slot: usize, sheet: At, built: Vec<Built>) -> Self {
        let mut shared = Self { slot, sheet, built, by_number: HashMap::new(), by_proof: HashMap::new(), by_name: HashMap::new() };
        for (place, built) in shared.built.iter().enumerate() {
            let Key { number, proof, name, .. } = built.key.clone();
            number.map(|number| shared.by_number.insert(number, place));
            proof.map(|proof| shared.by_proof.insert(proof, place));
            if let Some(name) = name {
                shared.by_name.entry(name).and_modify(|known| *known = None).or_insert(Some(place));
            }
        }
        shared
    }

    /// The one with this key: by its number, its code, or a name that is no other's.
    fn find(&self, key: &Key) -> Option<&Built> {
        let by = |map: &HashMap<String, usize>, key: Option<&String>| key.and_then(|key| map.get(key)).copied();
        let named = || {
            let place = key.name.as_ref().and_then(|name| self.by_name.get(name)).copied().flatten()?;
            let other = self.built.get(place)?.key.number.is_some() && key.number.is_some();
            (!other).then_some(place)
        };
        let place = by(&self.by_number, key.number.as_ref()).or_else(|| by(&self.by_proof, key.proof.as_ref())).or_else(named)?;
        self.built.get(place)
    }
}

/// A register of what is shared while every subject is told of its own.
pub(crate) struct Shares<'s> {
    shared: &'s Shared,
    /// Whether there is one of them alone, and no subject speaks of another.
    only: bool,
    records: usize,
}

impl<'s> Shares<'s> {
    pub(crate) fn new(shared: &'s Shared, subjects: &[Listed]) -> Self {
        let mut named = HashSet::new();
        for listed in subjects {
            let inner = listed.record.within.iter().find(|(slot, _)| *slot == shared.slot);
            let key = inner.map(|(_, inner)| key_of(&**inner)).filter(|key| !key.is_empty());
            named.extend(key.map(|key| (key.number, key.name)));
        }
        let unnamed = shared.built.first().is_some_and(|only| only.key.is_empty());
        Self { shared, only: shared.built.len() == 1 && (named.is_empty() || unnamed && named.len() == 1), records: 0 }
    }

    /// Tells one subject what is known of its own.
    pub(crate) fn tell(&mut self, record: &mut Record, (subject, at): (&Entity, At), notes: &mut Notes) {
        const MOST_RECORDS: usize = 1_000_000;
        let Shared { slot, sheet, built, .. } = self.shared;
        let key = record.inner(*slot).map(|inner| key_of(&**inner)).filter(|key| !key.is_empty());
        let is_named = key.is_some();
        let name = key.as_ref().and_then(|key| key.name.clone());
        let found = match key.and_then(|key| self.shared.find(&key)) {
            Some(found) => {
                if name.is_some() && found.key.name.is_some() && name != found.key.name {
                    notes.add(at, &notes::THING_OTHER_NAME);
                }
                Some(found)
            }
            None if is_named && !self.only && !built.is_empty() => {
                notes.add(at, &notes::NOT_AMONG_SHARED);
                None
            }
            None if self.only => {
                notes.add(*sheet, &notes::ONLY_OWNER);
                built.first()
            }
            None => None,
        };
        let Some(found) = found else { return };
        self.records = self.records.saturating_add(found.places.iter().map(|list| list.places.len()).sum());
        if self.records > MOST_RECORDS {
            return notes.add(*sheet, &notes::TOO_MANY_SHARED);
        }
        if record.inner(*slot).is_none()
            && let Some(FieldKind::Record(entity)) = subject.fields.get(*slot).map(|field| field.kind)
        {
            record.within.push((*slot, (entity().make)()));
        }
        if let Some(inner) = record.inner(*slot) {
            inner.complete(&*found.facts);
        }
    }
}

/// By what a record is known.
fn key_of(record: &dyn AnyEntity) -> Key {
    let keys = record.entity().keys();
    let text = |slot: Option<usize>| match record.read(slot?) {
        Datum::Text(text) => Some(text),
        _ => None,
    };
    Key {
        number: text(keys.number).map(str::to_uppercase),
        proof: text(keys.proof).map(str::to_uppercase),
        name: text(keys.name).map(fold_name),
        ..Key::default()
    }
}
