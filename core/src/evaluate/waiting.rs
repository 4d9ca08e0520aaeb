//! The reader for missing facts: what an open result waits for, as paths.

use crate::feel::{Access, Schema, ShapeId, Step, Trail, Type, Waiting};

/// Writes the paths of what an evaluation waited for.
pub(super) struct Paths<'s> {
    pub(super) schema: &'s Schema,
    pub(super) subject: &'s str,
    pub(super) owner: Option<&'s str>,
}

impl Paths<'_> {
    /// The path of one missing fact; `None` for what is no fact.
    pub(super) fn path(&self, waiting: Waiting<'_>) -> Option<String> {
        match waiting {
            Waiting::Slot(trail, slot) => {
                let (path, shape) = self.record(trail)?;
                Some(format!("{path}.{}", self.field(shape?, usize::from(slot))?.0))
            }
            Waiting::Own(trail, name) => Some(match self.record(trail) {
                Some((path, _)) => format!("{path}.extra.{name}"),
                None => name.to_owned(),
            }),
            Waiting::Root(0) => Some(self.subject.to_owned()),
            Waiting::Root(_) => self.owner.map(str::to_owned),
            Waiting::Record(_) | Waiting::Error(_) => None,
        }
    }

    /// The path of the record at the end of a trail, and its shape.
    pub(super) fn record(&self, trail: Trail) -> Option<(String, Option<ShapeId>)> {
        let mut path = self.subject.to_owned();
        let mut shape = self.schema.named(self.subject).map(|(id, _)| id);
        for step in trail.steps()? {
            let (slot, index) = match step {
                Step::Owner => {
                    self.owner?.clone_into(&mut path);
                    shape = self.schema.named(self.owner?).map(|(id, _)| id);
                    continue;
                }
                Step::Slot { slot, index } => (slot, index),
            };
            let (name, ty) = self.field(shape?, slot)?;
            path.push('.');
            path.push_str(name);
            if let Some(index) = index {
                path.push_str(&format!("[{index}]"));
            }
            shape = match ty {
                Type::Record(id) => Some(*id),
                Type::List(item) => {
                    if let Type::Record(id) = **item {
                        Some(id)
                    } else {
                        None
                    }
                }
                _ => None,
            };
        }
        Some((path, shape))
    }

    fn field(&self, shape: ShapeId, slot: usize) -> Option<(&str, &Type)> {
        let fields = &self.schema.shape(shape)?.fields;
        fields.iter().find(|f| matches!(f.access, Access::Slot(s) if usize::from(s) == slot)).map(|f| (f.name.as_str(), &f.ty))
    }
}
