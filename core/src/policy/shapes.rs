//! The vocabulary, and a policy's own facts beside it, as the shapes that conditions are checked against.

use std::sync::Arc;

use super::OwnFact;
use crate::facts::{Absent, Entity, Facts, FieldKind};
use crate::feel::{Access, Codes, Measure, Schema, Shape, ShapeField, ShapeId, Type};
use crate::quantity::Unit;

/// The shapes of every entity of the vocabulary, with these own facts of a policy.
pub(super) fn schema(own: &[OwnFact]) -> Schema {
    let mut shapes = Shapes { schema: Schema::default(), own };
    for entity in Facts::SUBJECTS {
        shapes.entity(entity);
    }
    for fact in own {
        if shapes.schema.named(&fact.subject).is_none() {
            shapes.own_entity(&fact.subject);
        }
    }
    shapes.schema
}

struct Shapes<'o> {
    schema: Schema,
    own: &'o [OwnFact],
}

impl Shapes<'_> {
    fn entity(&mut self, entity: &'static Entity) -> ShapeId {
        if let Some((id, _)) = self.schema.named(entity.name) {
            return id;
        }
        let id = self.schema.add(Shape { name: entity.name.to_owned(), fields: Vec::new() });
        let mut fields: Vec<ShapeField> = Vec::new();
        for (field, slot) in entity.fields.iter().zip(0..) {
            let ty = self.kind(field.kind, field.unit.as_ref());
            let nonnegative = field.is_never_negative();
            let whole = matches!(field.kind, FieldKind::Integer);
            fields.push(ShapeField { name: field.name.to_owned(), ty, access: Access::Slot(slot), nonnegative, whole });
        }
        let own = self.own_fields(entity.name);
        let extra = self.schema.add(Shape { name: format!("{}.extra", entity.name), fields: own.clone() });
        fields.push(ShapeField { name: "extra".to_owned(), ty: Type::Record(extra), access: Access::Same, nonnegative: false, whole: false });
        // An own fact may be named with or without `extra`.
        fields.extend(own);
        self.complete(id, fields);
        id
    }

    /// A kind of record that only this policy knows.
    fn own_entity(&mut self, name: &str) -> ShapeId {
        if let Some((id, _)) = self.schema.named(name) {
            return id;
        }
        let id = self.schema.add(Shape { name: name.to_owned(), fields: Vec::new() });
        let fields = self.own_fields(name);
        self.complete(id, fields);
        id
    }

    fn complete(&mut self, id: ShapeId, fields: Vec<ShapeField>) {
        if let Some(shape) = self.schema.shape_mut(id) {
            shape.fields = fields;
        }
    }

    fn own_fields(&mut self, subject: &str) -> Vec<ShapeField> {
        let own = self.own;
        own.iter()
            .filter(|fact| fact.subject == subject)
            .map(|fact| ShapeField {
                name: fact.name.clone(),
                ty: self.own_type(fact),
                access: Access::Own { or_none: fact.absent == Absent::None },
                nonnegative: fact.non_negative,
                whole: matches!(fact.kind, super::OwnKind::Integer),
            })
            .collect()
    }

    fn own_type(&mut self, fact: &OwnFact) -> Type {
        let item = match &fact.kind {
            super::OwnKind::Boolean => Type::Boolean,
            super::OwnKind::Integer | super::OwnKind::Decimal => Type::Number(Measure::In(fact.unit.clone().unwrap_or(Unit::One))),
            super::OwnKind::Text => Type::Text,
            super::OwnKind::Date => Type::Date,
            super::OwnKind::Code(codes) => Type::Code(Arc::clone(codes)),
            super::OwnKind::Record(name) => Type::Record(self.own_entity(name)),
        };
        if fact.list { Type::List(Box::new(item)) } else { item }
    }

    fn kind(&mut self, kind: FieldKind, unit: Option<&Unit>) -> Type {
        match kind {
            FieldKind::Boolean => Type::Boolean,
            FieldKind::Integer | FieldKind::Decimal => Type::Number(Measure::In(unit.cloned().unwrap_or(Unit::One))),
            FieldKind::Day => Type::Date,
            FieldKind::Text => Type::Text,
            FieldKind::Texts => Type::List(Box::new(Type::Text)),
            FieldKind::Code(list) => Type::Code(codes(list)),
            FieldKind::Record(entity) => Type::Record(self.entity(entity())),
            FieldKind::Records(entity) => Type::List(Box::new(Type::Record(self.entity(entity())))),
        }
    }
}

/// A code list of the vocabulary as conditions see it.
pub(super) fn codes(list: &crate::facts::CodeList) -> Arc<Codes> {
    Arc::new(Codes { name: list.name.to_owned(), ordered: list.ordered, codes: list.codes.iter().map(|c| c.code.to_owned()).collect() })
}

/// The code list of the vocabulary with this name.
pub(super) fn vocabulary_codes(name: &str) -> Option<Arc<Codes>> {
    Facts::code_list(name).map(codes)
}

/// What a provision can be about: what facts can be about, and the records of their lists.
pub(super) fn subjects() -> impl Iterator<Item = &'static str> {
    let records = |subject: &&'static Entity| {
        subject.fields.iter().filter_map(|field| if let FieldKind::Records(inner) = field.kind { Some(inner().name) } else { None })
    };
    let records = Facts::SUBJECTS.iter().flat_map(records);
    let records: Vec<_> = records.filter(|name| Facts::SUBJECTS.iter().all(|subject| subject.name != *name)).collect();
    Facts::SUBJECTS.iter().map(|subject| subject.name).chain(records)
}

/// The subject that owns records of this entity, and the slot of their list in it.
pub(super) fn owner(entity: &str) -> Option<(&'static Entity, u16)> {
    Facts::SUBJECTS.iter().find_map(|subject| {
        subject.fields.iter().zip(0..).find_map(|(field, slot)| match field.kind {
            FieldKind::Records(inner) if inner().name == entity => Some((*subject, slot)),
            _ => None,
        })
    })
}

/// A way from a subject to what a record-level provision is about: a list, and perhaps a field of its records.
#[derive(Clone, Copy)]
pub(super) struct Way {
    /// The slot of the list in the subject.
    pub(super) slot: u16,
    /// The name of the list.
    pub(super) list: &'static str,
    /// The slot and the name of the field in each record; `None` where the provision is about the records themselves.
    pub(super) field: Option<(u16, &'static str)>,
}

/// Every way from a subject to records of this entity, or to fields of its records that hold one.
pub(super) fn ways(subject: &str, about: &str) -> Vec<Way> {
    let Some(subject) = Facts::SUBJECTS.iter().find(|known| known.name == subject) else { return Vec::new() };
    let mut found = Vec::new();
    for (list, slot) in subject.fields.iter().zip(0_u16..) {
        let FieldKind::Records(records) = list.kind else { continue };
        let way = Way { slot, list: list.name, field: None };
        if records().name == about {
            found.push(way);
        }
        for (field, inner) in records().fields.iter().zip(0_u16..) {
            if matches!(field.kind, FieldKind::Record(entity) if entity().name == about) {
                found.push(Way { field: Some((inner, field.name)), ..way });
            }
        }
    }
    found
}
