//! What a workbook can be about, seen from the subject that is asked about: the vocabulary as a tree.
//!
//! In comes an entity; out go the registers that a workbook may hold for it: of the subjects themselves, and of what several of them share,
//! such as the institution of a person or the region of a base. Each has its records, which lie in lists, or alone.
//! INVARIANT: nothing here names an entity; what the vocabulary gains, workbooks can hold.

use crate::facts::{Entity, Field, FieldKind};

/// The registers of a workbook: that of the subjects first, then those of what they share.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) registers: Vec<Register>,
}

/// Those of one entity, and the records that belong to them.
#[derive(Debug)]
pub(crate) struct Register {
    pub(crate) entity: &'static Entity,
    /// The slot of the subject in which one of them stands; none for the subjects themselves.
    pub(crate) slot: Option<usize>,
    /// The field of that slot.
    pub(crate) field: Option<&'static Field>,
    /// What can have a sheet of its own; owners before what they own.
    pub(crate) nodes: Vec<Node>,
}

/// Records of one kind that belong to those of a register, or to other records of it.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) entity: &'static Entity,
    pub(crate) field: &'static Field,
    /// The node whose records own these; none where the register's own do.
    pub(crate) owner: Option<usize>,
    /// The single record of the owner in which they stand, if not in itself: the rotations of a trainee stand in the residency.
    pub(crate) through: Option<usize>,
    /// The slot of the field.
    pub(crate) slot: usize,
    /// Whether there may be many of one owner; else there is one.
    pub(crate) many: bool,
    /// For a list, the single record of the same entity beside it: of all attachments, the one that is asked about.
    pub(crate) twin: Option<usize>,
}

impl Node {
    /// The path of its list from its owner: `residency.rotations`.
    pub(crate) fn path(&self, owner: &Entity) -> String {
        let through = self.through.and_then(|slot| owner.fields.get(slot));
        through.map_or_else(|| self.field.name.to_owned(), |through| format!("{}.{}", through.name, self.field.name))
    }
}

impl Tree {
    /// The tree of this subject.
    pub(crate) fn of(subject: &'static Entity) -> Self {
        let mut registers = vec![Register::of(subject, None)];
        for (slot, field) in subject.fields.iter().enumerate() {
            if let Some(shared) = shared(field) {
                registers.push(Register { field: Some(field), ..Register::of(shared, Some(slot)) });
            }
        }
        Self { registers }
    }
}

impl Register {
    fn of(entity: &'static Entity, slot: Option<usize>) -> Self {
        let mut register = Self { entity, slot, field: None, nodes: Vec::new() };
        register.add(entity, None, None);
        let mut next = 0;
        while let Some(node) = register.nodes.get(next) {
            let (inner, through) = (node.entity, node.slot);
            if node.many {
                register.add(inner, Some(next), None);
            } else if node.through.is_none() && node.owner.is_none() {
                register.add(inner, None, Some(through));
            }
            next += 1;
        }
        register.pair();
        register
    }

    /// Adds what this entity holds.
    fn add(&mut self, entity: &'static Entity, owner: Option<usize>, through: Option<usize>) {
        for (slot, field) in entity.fields.iter().enumerate() {
            let node = |entity, many| Node { entity, field, owner, through, slot, many, twin: None };
            match field.kind {
                FieldKind::Records(inner) => self.nodes.push(node(inner(), true)),
                // What stands alone within a record of a list, or deeper, is read from the columns of its row.
                FieldKind::Record(inner) if owner.is_none() && through.is_none() && shared(field).is_none() => self.nodes.push(node(inner(), false)),
                _ => {}
            }
        }
    }

    /// Tells each list which single record beside it is of the same entity.
    fn pair(&mut self) {
        let singles: Vec<(usize, &'static str, usize)> =
            self.nodes.iter().enumerate().filter(|(_, node)| !node.many).map(|(place, node)| (place, node.entity.name, node.slot)).collect();
        for node in self.nodes.iter_mut().filter(|node| node.many && node.owner.is_none() && node.through.is_none()) {
            node.twin = singles.iter().find(|(_, name, _)| *name == node.entity.name).map(|(place, ..)| *place);
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
