//! The reader for missing facts: what an open result waits for, as paths.

use crate::feel::{Access, Schema, ShapeId, Step, Trail, Type, Waiting};

/// Writes the paths of what an evaluation waited for.
pub(super) struct Paths<'s> {
    pub(super) schema: &'s Schema,
    pub(super) subject: &'s str,
    pub(super) owner: Option<&'s str>,
}

impl<'s> Paths<'s> {
    /// The path of one missing fact; `None` for what is no fact.
    pub(super) fn path(&self, waiting: Waiting<'_>) -> Option<String> {
        match waiting {
            Waiting::Slot(trail, slot) => {
                let place = self.place(trail)?;
                Some(format!("{}.{}", place.path, self.field(place.shape?, usize::from(slot))?.0))
            }
            Waiting::Own(trail, name) => Some(self.place(trail).map_or_else(|| name.to_owned(), |place| place.own(name))),
            Waiting::Root(0) => Some(self.subject.to_owned()),
            Waiting::Root(_) => self.owner.map(str::to_owned),
            Waiting::Record(_) | Waiting::Error(_) => None,
        }
    }

    /// The path of the record at the end of a trail.
    pub(super) fn record(&self, trail: Trail) -> Option<String> {
        self.place(trail).map(|place| place.path)
    }

    fn place(&self, trail: Trail) -> Option<Place> {
        let mut place = self.root(self.subject);
        for step in trail.steps()? {
            let (field, index) = match step {
                Step::Owner => {
                    place = self.root(self.owner?);
                    continue;
                }
                Step::Slot { slot, index } => {
                    let field = self.field(place.shape?, slot)?;
                    place.path = format!("{}.{}", place.path, field.0);
                    (field, index)
                }
                Step::Own { place: of_own, index } => {
                    let field = self.schema.shape(place.shape?)?.own().nth(of_own)?;
                    place = Place { path: place.own(&field.name), is_own: true, ..place };
                    ((field.name.as_str(), &field.ty), index)
                }
            };
            if let Some(index) = index {
                place.path.push_str(&format!("[{index}]"));
            }
            place.shape = match field.1 {
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
        Some(place)
    }

    fn root(&self, name: &str) -> Place {
        Place { path: name.to_owned(), shape: self.schema.named(name).map(|(id, _)| id), is_own: false }
    }

    fn field(&self, shape: ShapeId, slot: usize) -> Option<(&'s str, &'s Type)> {
        let fields = &self.schema.shape(shape)?.fields;
        fields.iter().find(|f| matches!(f.access, Access::Slot(s) if usize::from(s) == slot)).map(|f| (f.name.as_str(), &f.ty))
    }
}

/// Where a record stands among the facts.
struct Place {
    path: String,
    shape: Option<ShapeId>,
    /// Whether it is of a kind that the policy declares itself.
    is_own: bool,
}

impl Place {
    /// The path of a fact beside the vocabulary; records of a policy's own have no others.
    fn own(&self, name: &str) -> String {
        if self.is_own { format!("{}.{name}", self.path) } else { format!("{}.extra.{name}", self.path) }
    }
}
