//! A record seen through changes: facts as they would be, of which nothing is copied.
//!
//! INVARIANT: a changed record reads as one with the changes written into it would.

use std::sync::Arc;

use super::{Entity, FieldKind, absent};
use crate::feel::{Column, Datum, Record, Records, Value};

/// One step of the way from a record to a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// A field of the vocabulary.
    Slot(u16),
    /// A record of a list.
    Index(usize),
    /// A policy's own fact.
    Own(Arc<str>),
}

/// The way from a record to one of its facts.
pub(crate) type Keys = Vec<Key>;

/// The way under a path, as verdicts name missing facts: `activities[2].credits`, `extra.points`.
pub(crate) fn way(entity: &'static Entity, path: &str) -> Option<Keys> {
    let slot_of = |name: &str| {
        let (slot, field) = entity.field(name)?;
        Some((Key::Slot(u16::try_from(slot).ok()?), field.kind))
    };
    let Some((first, rest)) = path.split_once('.') else { return Some(vec![slot_of(path)?.0]) };
    if first == "extra" {
        return (!rest.contains('.')).then(|| vec![Key::Own(rest.into())]);
    }
    let indexed = first.strip_suffix(']').and_then(|indexed| indexed.split_once('['));
    let (slot, kind) = slot_of(indexed.map_or(first, |(name, _)| name))?;
    let (inner, mut keys) = match (kind, indexed) {
        (FieldKind::Record(inner), None) => (inner(), vec![slot]),
        (FieldKind::Records(inner), Some((_, index))) => (inner(), vec![slot, Key::Index(index.parse().ok()?)]),
        _ => return None,
    };
    keys.extend(way(inner, rest)?);
    Some(keys)
}

/// A record with some of its fields changed, or one that is not there yet.
pub(crate) struct Changed<'a> {
    base: Option<&'a dyn Record>,
    entity: &'static Entity,
    slots: Vec<(u16, Cell<'a>)>,
    own: Vec<(Arc<str>, Value)>,
}

enum Cell<'a> {
    Value(Value),
    Record(Box<Changed<'a>>),
    Records(ChangedList<'a>),
}

#[derive(Default)]
struct ChangedList<'a> {
    base: Option<&'a dyn Records>,
    /// How many records were there.
    there: usize,
    changed: Vec<(usize, Changed<'a>)>,
    added: Vec<Changed<'a>>,
}

impl<'a> Changed<'a> {
    /// The record as it is, or where there is none yet, one of which nothing is known.
    pub(crate) fn new(base: Option<&'a dyn Record>, entity: &'static Entity) -> Self {
        Self { base, entity, slots: Vec::new(), own: Vec::new() }
    }

    /// Changes the fact at the end of a way.
    pub(crate) fn set(&mut self, keys: &[Key], value: Value) {
        match keys {
            [Key::Own(name)] => self.own.push((Arc::clone(name), value)),
            [Key::Slot(slot)] => self.slots.push((*slot, self.cell(*slot, value))),
            [Key::Slot(slot), Key::Index(index), rest @ ..] => {
                let Some((list, inner)) = self.list(*slot) else { return };
                if !list.changed.iter().any(|(i, _)| i == index) {
                    let base = list.base.and_then(|base| base.get(*index));
                    list.changed.push((*index, Changed::new(base, inner)));
                }
                if let Some((_, record)) = list.changed.iter_mut().find(|(i, _)| i == index) {
                    record.set(rest, value);
                }
            }
            [Key::Slot(slot), rest @ ..] => {
                if let Some(record) = self.inner(*slot) {
                    record.set(rest, value);
                }
            }
            _ => {}
        }
    }

    /// A value in a slot; a list without records is one to which records can be added.
    fn cell(&self, slot: u16, value: Value) -> Cell<'a> {
        let kind = self.entity.fields.get(usize::from(slot)).map(|field| field.kind);
        match (kind, value) {
            (Some(FieldKind::Records(_)), Value::List(items)) if items.is_empty() => Cell::Records(ChangedList::default()),
            (_, value) => Cell::Value(value),
        }
    }

    /// Adds a record to a list.
    pub(crate) fn add(&mut self, list: &[Key], record: Changed<'a>) {
        match list {
            [Key::Slot(slot)] => {
                if let Some((list, _)) = self.list(*slot) {
                    list.added.push(record);
                }
            }
            [Key::Slot(slot), rest @ ..] => {
                if let Some(inner) = self.inner(*slot) {
                    inner.add(rest, record);
                }
            }
            _ => {}
        }
    }

    fn inner(&mut self, slot: u16) -> Option<&mut Changed<'a>> {
        let FieldKind::Record(entity) = self.entity.fields.get(usize::from(slot))?.kind else { return None };
        if !self.slots.iter().any(|(s, _)| *s == slot) {
            let base = if let Some(Datum::Record(base)) = self.base.map(|base| base.read(usize::from(slot))) { Some(base) } else { None };
            self.slots.push((slot, Cell::Record(Box::new(Changed::new(base, entity())))));
        }
        let cell = self.slots.iter_mut().find(|(s, _)| *s == slot).map(|(_, cell)| cell);
        if let Some(Cell::Record(record)) = cell { Some(record) } else { None }
    }

    fn list(&mut self, slot: u16) -> Option<(&mut ChangedList<'a>, &'static Entity)> {
        let FieldKind::Records(entity) = self.entity.fields.get(usize::from(slot))?.kind else { return None };
        if !self.slots.iter().any(|(s, _)| *s == slot) {
            let base = if let Some(Datum::Records(base)) = self.base.map(|base| base.read(usize::from(slot))) { Some(base) } else { None };
            let there = base.map_or(0, Records::len);
            self.slots.push((slot, Cell::Records(ChangedList { base, there, changed: Vec::new(), added: Vec::new() })));
        }
        let cell = self.slots.iter_mut().find(|(s, _)| *s == slot).map(|(_, cell)| cell);
        if let Some(Cell::Records(list)) = cell { Some((list, entity())) } else { None }
    }
}

impl Record for Changed<'_> {
    fn read(&self, slot: usize) -> Datum<'_> {
        match self.slots.iter().find(|(s, _)| usize::from(*s) == slot).map(|(_, cell)| cell) {
            Some(Cell::Value(value)) => value.datum(),
            Some(Cell::Record(record)) => Datum::Record(&**record),
            Some(Cell::Records(list)) => Datum::Records(list),
            None => match self.base {
                Some(base) => base.read(slot),
                None => absent(self.entity, slot, &[], &[]),
            },
        }
    }

    fn read_own(&self, name: &str) -> Datum<'_> {
        match self.own.iter().find(|(own, _)| **own == *name) {
            Some((_, value)) => value.datum(),
            None => self.base.map_or(Datum::Unknown, |base| base.read_own(name)),
        }
    }

    fn says_unknown(&self, name: &str) -> bool {
        self.base.is_some_and(|base| base.says_unknown(name))
    }
}

impl Records for ChangedList<'_> {
    fn len(&self) -> usize {
        self.there + self.added.len()
    }

    fn get(&self, index: usize) -> Option<&dyn Record> {
        if let Some((_, record)) = self.changed.iter().find(|(i, _)| *i == index) {
            return Some(record);
        }
        match index.checked_sub(self.there) {
            Some(added) => self.added.get(added).map(|record| record as &dyn Record),
            None => self.base.and_then(|base| base.get(index)),
        }
    }

    fn read(&self, index: usize, slot: usize) -> Datum<'_> {
        match self.base {
            // The short way for the many records that stay as they are.
            Some(base) if index < self.there && self.changed.is_empty() => base.read(index, slot),
            _ => self.get(index).map_or(Datum::Unknown, |record| record.read(slot)),
        }
    }

    fn fill_column(&self, first: usize, len: usize, slot: usize, column: &mut Column) {
        match self.base {
            // Records of which none is changed are read side by side, as they lie.
            Some(base) if first.saturating_add(len) <= self.there && self.changed.is_empty() => base.fill_column(first, len, slot, column),
            _ => column.fill_with((first..first.saturating_add(len)).map(|index| self.read(index, slot))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;

    fn facts() -> Facts {
        let json =
            r#"{"practitioner": {"activities": [{"credits": "1"}, {"credits": "2", "project": {"fee_audited": true}}], "extra": {"points": "3"}}}"#;
        Facts::from_json(json).expect("facts")
    }

    /// The practitioner with the fact under a path changed.
    fn changed<'a>(record: &'a dyn Record, path: &str, value: Value) -> Changed<'a> {
        let entity = Facts::entity("practitioner").expect("an entity");
        let mut changed = Changed::new(Some(record), entity);
        changed.set(&way(entity, path).expect("a way"), value);
        changed
    }

    fn slot(entity: &str, field: &str) -> usize {
        Facts::entity(entity).and_then(|entity| entity.field(field)).expect("a field").0
    }

    #[test]
    fn a_path_leads_through_lists_records_and_own_facts_and_all_else_stays() {
        let facts = facts();
        let base = facts.subject("practitioner").expect("a subject");
        let record = changed(base, "activities[1].project.fee_audited", Value::Boolean(false));
        let Datum::Records(activities) = record.read(slot("practitioner", "activities")) else { unreachable!("a list") };
        let Datum::Record(project) = activities.read(1, slot("activity", "project")) else { unreachable!("a project") };
        assert!(matches!(project.read(slot("project", "fee_audited")), Datum::Boolean(false)));
        let credits = |index| {
            if let Datum::Number(credits) = activities.read(index, slot("activity", "credits")) { credits.to_string() } else { String::new() }
        };
        assert_eq!((activities.len(), credits(0), credits(1)), (2, "1".to_owned(), "2".to_owned()));
        assert!(matches!(changed(base, "extra.points", Value::Boolean(true)).read_own("points"), Datum::Boolean(true)));
        assert!(matches!(record.read_own("points"), Datum::Text("3") | Datum::Value(_)));
    }

    #[test]
    fn a_list_that_is_changed_to_none_is_still_a_list_of_records() {
        let facts = facts();
        let record = changed(facts.subject("practitioner").expect("a subject"), "activities", Value::List(Vec::new()));
        assert!(matches!(record.read(slot("practitioner", "activities")), Datum::Records(list) if list.is_empty()));
    }

    #[test]
    fn records_side_by_side_read_as_one_by_one_where_some_are_added() {
        let records: Vec<String> = (0..100).map(|credits| format!(r#"{{"credits": "{credits}"}}"#)).collect();
        let facts = Facts::from_json(&format!(r#"{{"practitioner": {{"activities": [{}]}}}}"#, records.join(","))).expect("facts");
        let mut record = Changed::new(facts.subject("practitioner"), Facts::entity("practitioner").expect("an entity"));
        let mut added = Changed::new(None, Facts::entity("activity").expect("an entity"));
        let credits = slot("activity", "credits");
        added.set(&[Key::Slot(u16::try_from(credits).expect("a slot"))], Value::Number(7.into()));
        record.add(&[Key::Slot(u16::try_from(slot("practitioner", "activities")).expect("a slot"))], added);
        let Datum::Records(activities) = record.read(slot("practitioner", "activities")) else { unreachable!("a list") };
        for (first, len) in [(0, 64), (64, 37)] {
            let (mut beside, mut by_one) = (Column::EMPTY, Column::EMPTY);
            activities.fill_column(first, len, credits, &mut beside);
            by_one.fill_with((first..first + len).map(|index| activities.read(index, credits)));
            assert_eq!(format!("{beside:?}"), format!("{by_one:?}"));
        }
    }

    #[test]
    fn a_path_that_no_record_has_leads_nowhere() {
        let entity = Facts::entity("practitioner").expect("an entity");
        for path in ["nothing", "activities.credits", "activities[x].credits", "title_grade.x", "extra.a.b"] {
            assert_eq!(way(entity, path), None, "{path}");
        }
    }
}
