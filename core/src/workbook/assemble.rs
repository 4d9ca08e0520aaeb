//! From records by owner to those of a register with everything in its place.

use std::collections::{HashMap, HashSet};

use super::join::{Lists, Placed, contradict};
use super::nested::Nested;
use super::notes::{self, At, Notes};
use super::roster::Roster;
use super::rows::{Key, Record};
use super::shared::{Shared, Shares};
use super::tree::Register;
use super::{Progress, RecordPlaces, Stage};
use crate::facts::{AnyEntity, FieldKind};

/// One of a register, with its records.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) facts: Box<dyn AnyEntity>,
    pub(crate) at: At,
    pub(crate) places: Vec<RecordPlaces>,
    pub(crate) key: Key,
}

/// The records of a register, ready to be put into their places.
pub(crate) struct Assembly<'b> {
    pub(crate) register: &'b Register<'b>,
    /// The records of each node by owner.
    pub(crate) lists: Lists,
    /// For each node, the owners who may have more or less than their list says.
    pub(crate) opens: Vec<HashSet<usize>>,
    pub(crate) nested: Nested<'b>,
}

impl Assembly<'_> {
    /// Puts every record into its place.
    pub(crate) fn assemble(mut self, roster: Roster, shared: &[Shared], notes: &mut Notes, progress: &mut dyn FnMut(Progress)) -> Vec<Built> {
        let total = roster.listed.len();
        let mut built = Vec::with_capacity(total);
        let mut told: Vec<Shares<'_>> = shared.iter().map(|shared| Shares::new(shared, &roster.listed)).collect();
        for (owner, listed) in roster.listed.into_iter().enumerate() {
            if owner % 1024 == 0 {
                progress(Progress { stage: Stage::Joining, done: owner, total });
            }
            if listed.aside {
                continue;
            }
            let mut record = listed.record;
            let mut places = Vec::new();
            let mut taken = self.take(owner);
            // Single records first, since lists may stand in them.
            for (place, node) in self.register.nodes.iter().enumerate().filter(|(_, node)| !node.many) {
                let Some(slot) = node.holder.slot() else { continue };
                for (at, sheet) in taken.remove(&place).into_iter().flatten() {
                    complete(&mut record, slot, at, sheet, notes);
                }
            }
            for shares in &mut told {
                shares.tell(&mut record, (self.register.entity, listed.at), notes);
            }
            for place in 0..self.register.nodes.len() {
                if let Some(records) = taken.remove(&place) {
                    places.extend(self.put(&mut record, (place, owner), records, notes));
                }
            }
            let at = At { column: Some(0), ..listed.at };
            built.push(Built { facts: record.whole(), at, places, key: listed.key });
        }
        progress(Progress { stage: Stage::Joining, done: total, total });
        built
    }

    /// The records of one owner, by their nodes.
    fn take(&mut self, owner: usize) -> HashMap<usize, Vec<Placed>> {
        let lists = self.lists.iter_mut().enumerate();
        let of = |lists: &mut Vec<Vec<Placed>>| lists.get_mut(owner).map(std::mem::take).unwrap_or_default();
        lists.filter_map(|(place, lists)| Some((place, of(lists.as_mut()?)))).collect()
    }

    /// Puts the list of a node where it belongs, and says where its records stand.
    fn put(&mut self, record: &mut Record, (place, owner): (usize, usize), records: Vec<Placed>, notes: &mut Notes) -> Vec<RecordPlaces> {
        let Some(node) = self.register.nodes.get(place) else { return Vec::new() };
        let mut places = Vec::new();
        let mut ats = Vec::with_capacity(records.len());
        let mut list = Vec::with_capacity(records.len());
        let path = node.path(self.register.entity);
        for (index, (at, mut facts)) in records.into_iter().enumerate() {
            self.nested.put((place, owner, index), &mut *facts, &path, &mut places, notes);
            ats.push(at);
            list.push(facts);
        }
        let is_open = self.opens.get(place).is_some_and(|open| open.contains(&owner));
        self.pair(record, place, is_open, &ats, &list, notes);
        match node.through {
            None => node.holder.put(&mut *record.facts, list),
            Some(through) => {
                // Of someone who is in no residency training, no list of it is told; nor does a record that may be another's put them into one.
                if record.inner(through).is_none()
                    && !list.is_empty()
                    && !is_open
                    && let Some(FieldKind::Record(entity)) = self.register.entity.fields.get(through).map(|field| field.kind)
                {
                    record.within.push((through, (entity().make)()));
                }
                if let Some(inner) = record.inner(through) {
                    node.holder.put(&mut **inner, list);
                }
            }
        }
        places.push(RecordPlaces { list: path, places: ats.into_iter().map(|at| notes.place(at)).collect() });
        places
    }

    /// The only record of a list is the one that is asked about, where nothing else says which one that is.
    fn pair(&self, record: &mut Record, place: usize, is_open: bool, ats: &[At], list: &[Box<dyn AnyEntity>], notes: &mut Notes) {
        let all = &self.register.nodes;
        let Some(twin) = all.get(place).and_then(|node| node.twin).and_then(|twin| all.get(twin)) else { return };
        let Some(slot) = twin.holder.slot() else { return };
        match (list, ats) {
            _ if record.inner(slot).is_some() => {}
            ([only], _) if !is_open => record.within.push((slot, only.copy())),
            (_, [first, ..]) => notes.add(At { row: None, column: None, ..*first }, &notes::SEVERAL_TWINS),
            _ => {}
        }
    }
}

/// Brings together what a row of its own and the row of its owner say of a single record.
fn complete(record: &mut Record, slot: usize, at: At, mut sheet: Box<dyn AnyEntity>, notes: &mut Notes) {
    let Some(inline) = record.inner(slot) else { return record.within.push((slot, sheet)) };
    for place in 0..sheet.entity().fields.len() {
        if contradict(&*sheet, &**inline, place) {
            notes.add(at, &notes::ROW_AND_SHEET);
            sheet.forget(place);
            inline.forget(place);
        }
    }
    sheet.complete(&**inline);
    *inline = sheet;
}
