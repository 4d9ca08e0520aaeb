//! Facts as they would be: the facts as they are, seen through the changes of a plan.
//!
//! Nothing is copied, so that many plans can be tried. INVARIANT: a changed record reads as one with the changes written into it would.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::evaluate::{Asked, Question};
use crate::facts::{Entity, FieldKind, absent};
use crate::feel::{Datum, Record, Records, Value};
use crate::quantity::Day;

use super::want::{Choice, Key, Keys, Kind, Wants};

/// Facts as a plan would have them, on the day on which the question is asked again.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct World {
    pub(super) on: Day,
    /// What changes of the records that are there, by their way from the subject.
    pub(super) changes: Wants,
    /// Which provisions each of these changes is for.
    pub(super) for_changes: Vec<Vec<Asked>>,
    /// Provisions for which nothing is done but waiting.
    pub(super) waits_for: Vec<Asked>,
    pub(super) drafts: Vec<Draft>,
}

/// A record that is to be added to a list.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The way to its list.
    pub(super) list: Keys,
    pub(super) entity: &'static Entity,
    pub(super) wants: Wants,
    /// How much of what it adds to totals.
    pub(super) amounts: Vec<(Keys, Decimal)>,
    /// Whether what is asked of it comes from several sides, so that some of it may not be needed for all it adds.
    pub(super) mixed: bool,
    /// The provisions that it is for.
    pub(super) closes: Vec<Asked>,
}

impl PartialEq for Draft {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list && self.wants == other.wants && self.amounts == other.amounts
    }
}

impl Draft {
    pub(super) fn amount(&self, keys: &Keys) -> Option<Decimal> {
        self.amounts.iter().find(|(k, _)| k == keys).map(|(_, amount)| *amount)
    }

    pub(super) fn set_amount(&mut self, keys: &Keys, amount: Decimal) {
        match self.amounts.iter_mut().find(|(k, _)| k == keys) {
            Some(entry) => entry.1 = amount,
            None => self.amounts.push((keys.clone(), amount)),
        }
    }

    /// The value of each field, in the order of the vocabulary; `None` where one cannot be made up.
    pub(super) fn fields(&self, question: &Question<'_>, choice: Choice) -> Option<Vec<(Keys, Value)>> {
        let mut fields = Vec::with_capacity(self.wants.0.len() + self.amounts.len());
        for (keys, want) in &self.wants.0 {
            let day_of = |other: &Keys| match self.wants.get(other)?.pick(&Kind::Vocabulary(FieldKind::Day), choice, |_| None)? {
                Value::Date(day) => Some(day),
                _ => None,
            };
            let value = want.pick(&kind_of(question, self.entity, keys)?, choice, day_of)?;
            if !(want.null && matches!(keys.as_slice(), [Key::Slot(_)])) {
                fields.push((keys.clone(), value));
            }
        }
        fields.extend(self.amounts.iter().map(|(keys, amount)| (keys.clone(), Value::Number(*amount))));
        let place = |keys: &Keys| keys.first().map_or(u16::MAX, |key| if let Key::Slot(slot) = key { *slot } else { u16::MAX });
        fields.sort_by_key(|(keys, _)| place(keys));
        Some(fields)
    }
}

impl World {
    pub(super) fn of(on: Day) -> Self {
        Self { on, changes: Wants::default(), for_changes: Vec::new(), waits_for: Vec::new(), drafts: Vec::new() }
    }

    /// The subject with all changes.
    pub(super) fn record<'a>(
        &self,
        question: &Question<'_>,
        entity: &'static Entity,
        subject: &'a dyn Record,
        choice: Choice,
    ) -> Option<Changed<'a>> {
        let mut changed = Changed::new(Some(subject), entity);
        for (keys, want) in &self.changes.0 {
            changed.set(keys, want.pick(&kind_of(question, entity, keys)?, choice, |_| None)?);
        }
        for draft in &self.drafts {
            let mut record = Changed::new(None, draft.entity);
            for (keys, value) in draft.fields(question, choice)? {
                record.set(&keys, value);
            }
            changed.add(&draft.list, record);
        }
        Some(changed)
    }
}

/// The type of the fact at the end of a way.
pub(super) fn kind_of(question: &Question<'_>, entity: &'static Entity, keys: &[Key]) -> Option<Kind> {
    match keys {
        [Key::Own(name)] => question.own_fact(entity.name, name).map(|fact| Kind::Own(fact.kind.clone())),
        [Key::Slot(slot), rest @ ..] => {
            let kind = entity.fields.get(usize::from(*slot))?.kind;
            match (kind, rest) {
                (_, []) => Some(Kind::Vocabulary(kind)),
                (FieldKind::Records(inner), [Key::Index(_), rest @ ..]) => kind_of(question, inner(), rest),
                (FieldKind::Record(inner), rest) => kind_of(question, inner(), rest),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A record with some of its fields changed, or one that is not there yet.
pub(super) struct Changed<'a> {
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

struct ChangedList<'a> {
    base: Option<&'a dyn Records>,
    /// How many records were there.
    there: usize,
    changed: Vec<(usize, Changed<'a>)>,
    added: Vec<Changed<'a>>,
}

impl<'a> Changed<'a> {
    fn new(base: Option<&'a dyn Record>, entity: &'static Entity) -> Self {
        Self { base, entity, slots: Vec::new(), own: Vec::new() }
    }

    fn set(&mut self, keys: &[Key], value: Value) {
        match keys {
            [Key::Own(name)] => self.own.push((Arc::clone(name), value)),
            [Key::Slot(slot)] => self.slots.push((*slot, Cell::Value(value))),
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

    /// Adds a record to a list.
    fn add(&mut self, list: &[Key], record: Changed<'a>) {
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
}
