//! What a workbook can be about, seen from the subject that is asked about: the vocabulary as a tree.
//!
//! In comes an entity; out go the registers that a workbook may hold for it: of the subjects themselves, and of what several of them share,
//! such as the institution of a person or the region of a base. Each has its records, which lie in lists, or alone; those of a policy's own
//! kinds are among them.
//! INVARIANT: nothing here names an entity; what the vocabulary gains, workbooks can hold.

use super::own::{OwnRecord, value_of};
use crate::facts::{AnyEntity, Entity, Field, FieldKind, Vocabulary as _};
use crate::feel::Value;
use crate::policy::{OwnFact, OwnKind};
use crate::quantity::Day;

/// The registers of a workbook: that of the subjects first, then those of what they share.
#[derive(Debug)]
pub(crate) struct Tree<'p> {
    pub(crate) registers: Vec<Register<'p>>,
    /// The facts that policies declare themselves.
    pub(crate) own: Vec<&'p OwnFact>,
    /// The day as known on which the rows are read, where it is asked for.
    pub(crate) known_on: Option<Day>,
    /// The day that is asked about, after which nothing can have been granted yet.
    pub(crate) as_of: Option<Day>,
}

/// Those of one entity, and the records that belong to them.
#[derive(Debug)]
pub(crate) struct Register<'p> {
    pub(crate) entity: &'static Entity,
    /// The slot of the subject in which one of them stands; none for the subjects themselves.
    pub(crate) slot: Option<usize>,
    /// What can have a sheet of its own; owners before what they own.
    pub(crate) nodes: Vec<Node<'p>>,
}

/// Records of one kind that belong to those of a register, or to other records of it.
#[derive(Debug)]
pub(crate) struct Node<'p> {
    pub(crate) entity: &'static Entity,
    pub(crate) about: About<'p>,
    /// The node whose records own these; none where the register's own do.
    pub(crate) owner: Option<usize>,
    /// The single record of the owner in which they stand, if not in itself: the rotations of a trainee stand in the residency.
    pub(crate) through: Option<usize>,
    pub(crate) holder: Holder<'p>,
    /// Whether there may be many of one owner; else there is one.
    pub(crate) many: bool,
    /// For a list, the single record of the same entity beside it: of all attachments, the one that is asked about.
    pub(crate) twin: Option<usize>,
}

/// What a sheet is about, and how people call that.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About<'p> {
    /// The code of the entity, or of the policy's own kind of record.
    pub(crate) name: &'p str,
    pub(crate) zh: &'p str,
    pub(crate) en: &'p str,
}

impl About<'static> {
    pub(crate) fn of(entity: &'static Entity) -> Self {
        Self { name: entity.name, zh: entity.zh, en: entity.en }
    }
}

/// What holds the records of a node.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holder<'p> {
    /// The field of the vocabulary in this slot.
    Field(usize, &'static Field),
    /// A fact that a policy declares itself.
    Own(&'p OwnFact),
}

impl<'p> Holder<'p> {
    /// Its labels in Chinese and English, and its name.
    pub(crate) fn labels(self) -> [&'p str; 3] {
        match self {
            Self::Field(_, field) => [field.zh, field.en, field.name],
            Self::Own(fact) => [fact.zh(), fact.en(), &fact.name],
        }
    }

    /// Its path within its record: `rotations`, `extra.visits`.
    pub(crate) fn path(self) -> String {
        match self {
            Self::Field(_, field) => field.name.to_owned(),
            Self::Own(fact) => format!("extra.{}", fact.name),
        }
    }

    /// The slot, where it is a field of the vocabulary.
    pub(crate) fn slot(self) -> Option<usize> {
        match self {
            Self::Field(slot, _) => Some(slot),
            Self::Own(_) => None,
        }
    }

    /// Puts the records where it holds them.
    pub(crate) fn put(self, record: &mut dyn AnyEntity, records: Vec<Box<dyn AnyEntity>>) {
        match self {
            Self::Field(slot, _) => {
                record.put_records(slot, records);
            }
            Self::Own(fact) => {
                let mut values = records.into_iter().filter_map(value_of);
                let value = if fact.list { Some(Value::List(values.collect())) } else { values.next() };
                if let Some(value) = value {
                    record.absences().2.insert(fact.name.clone(), value);
                }
            }
        }
    }
}

impl Node<'_> {
    /// Whether its records are of a kind that a policy declares itself.
    pub(crate) fn is_own(&self) -> bool {
        matches!(self.holder, Holder::Own(_))
    }

    /// The path of its list from its owner: `residency.rotations`.
    pub(crate) fn path(&self, owner: &Entity) -> String {
        let path = self.holder.path();
        let through = self.through.and_then(|slot| owner.fields.get(slot));
        through.map_or_else(|| path.clone(), |through| format!("{}.{path}", through.name))
    }
}

impl<'p> Tree<'p> {
    /// The tree of this subject, with the records of a policy's own kinds.
    pub(crate) fn of(subject: &'static Entity, own: &[&'p OwnFact]) -> Self {
        let mut registers = vec![Register::of(subject, None, own)];
        for (slot, field) in subject.fields.iter().enumerate() {
            if let Some(shared) = shared(field) {
                registers.push(Register::of(shared, Some(slot), own));
            }
        }
        Self { registers, own: own.to_vec(), known_on: None, as_of: None }
    }
}

impl<'p> Register<'p> {
    fn of(entity: &'static Entity, slot: Option<usize>, own: &[&'p OwnFact]) -> Self {
        let mut register = Self { entity, slot, nodes: Vec::new() };
        register.add(entity, None, None, own);
        let mut next = 0;
        while let Some(node) = register.nodes.get(next) {
            let (inner, holder) = (node.entity, node.holder);
            if node.is_own() {
                let (kind, is_outermost) = (node.about.name, node.owner.is_none());
                // A kind of record may hold itself: what is read ends with the records of its records.
                if is_outermost {
                    register.add_own(kind, Some(next), None, own);
                }
            } else if node.many {
                register.add(inner, Some(next), None, own);
            } else if node.through.is_none() && node.owner.is_none() {
                register.add(inner, None, holder.slot(), own);
            }
            next += 1;
        }
        register.pair();
        register
    }

    /// Adds what this entity holds.
    fn add(&mut self, entity: &'static Entity, owner: Option<usize>, through: Option<usize>, own: &[&'p OwnFact]) {
        for (slot, field) in entity.fields.iter().enumerate() {
            let holder = Holder::Field(slot, field);
            let node = |entity: &'static Entity, many| Node { entity, about: About::of(entity), owner, through, holder, many, twin: None };
            match field.kind {
                FieldKind::Records(inner) => self.nodes.push(node(inner(), true)),
                // What stands alone within a record of a list, or deeper, is read from the columns of its row.
                FieldKind::Record(inner) if owner.is_none() && through.is_none() && shared(field).is_none() => self.nodes.push(node(inner(), false)),
                _ => {}
            }
        }
        self.add_own(entity.name, owner, through, own);
    }

    /// Adds the records of policies' own kinds that this subject or kind of record holds.
    fn add_own(&mut self, subject: &str, owner: Option<usize>, through: Option<usize>, own: &[&'p OwnFact]) {
        for fact in own.iter().filter(|fact| fact.subject == subject) {
            if let OwnKind::Record(name) = &fact.kind {
                let about = About { name, zh: fact.zh(), en: fact.en() };
                self.nodes.push(Node { entity: OwnRecord::ENTITY, about, owner, through, holder: Holder::Own(fact), many: fact.list, twin: None });
            }
        }
    }

    /// Tells each list which single record beside it is of the same entity.
    fn pair(&mut self) {
        let singles = self.nodes.iter().enumerate().filter(|(_, node)| !node.many && !node.is_own());
        let singles: Vec<(usize, &'static str)> = singles.map(|(place, node)| (place, node.entity.name)).collect();
        let is_list = |node: &Node<'_>| node.many && node.owner.is_none() && node.through.is_none() && !node.is_own();
        for node in self.nodes.iter_mut().filter(|node| is_list(node)) {
            node.twin = singles.iter().find(|(_, name)| *name == node.entity.name).map(|(place, _)| *place);
        }
    }
}

/// The entity of a record that several share, because it has a name of its own: an institution, a region.
pub(crate) fn shared(field: &Field) -> Option<&'static Entity> {
    match field.kind {
        FieldKind::Record(inner) if inner().field("name").is_some() => Some(inner()),
        _ => None,
    }
}
