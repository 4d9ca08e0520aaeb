//! The shapes of the types that cross, from which `lib/border.js` knows the names of their fields.

use medtrain::shape::{Body, FieldShape, Form, Role, shapes as all};
use napi_derive::napi;
use serde::Serialize;

use crate::names::camel;

/// Every type that crosses: names, fields and what they hold.
#[napi]
#[must_use]
pub fn shapes() -> String {
    let told: Vec<Told> = all().into_iter().filter_map(|shape| Told::of(shape.name, &shape.body, shape.role)).collect();
    serde_json::to_string(&told).unwrap_or_default()
}

/// A type with fields.
#[derive(Serialize)]
struct Told {
    name: &'static str,
    /// What messages call it.
    called: &'static str,
    /// Its fields, or those of all its variants.
    fields: Vec<ToldField>,
}

/// A field: its name in JSON and in JavaScript, and what it comes down to.
#[derive(Serialize)]
struct ToldField {
    json: &'static str,
    js: String,
    /// The type of it or of its items, where that has fields of its own.
    of: Option<&'static str>,
    /// Whether a policy says what is in it.
    values: bool,
}

impl Told {
    fn of(name: &'static str, body: &Body, role: Role) -> Option<Self> {
        let fields: Vec<ToldField> = match body {
            Body::Codes(_) => return None,
            Body::Record(fields) => fields.iter().map(ToldField::of).collect(),
            // A field that several variants have is the same in each: a union is read by its names alone.
            Body::Union(variants) => {
                let mut fields = Vec::new();
                for variant in *variants {
                    // A new field stands before the one that follows it in its variant, so that the fields of each variant are in its own order.
                    let mut place = fields.len();
                    for field in variant.fields.iter().rev() {
                        match fields.iter().position(|known: &ToldField| known.json == field.name) {
                            Some(known) => place = known,
                            None => fields.insert(place, ToldField::of(field)),
                        }
                    }
                }
                fields.insert(0, ToldField { json: "kind", js: "kind".to_owned(), of: None, values: false });
                fields
            }
        };
        let called = if let Role::Fact(entity) = role { entity.name } else { name };
        Some(Self { name, called, fields })
    }
}

impl ToldField {
    fn of(field: &FieldShape) -> Self {
        let of = field.form.shape().filter(|shape| !matches!(shape.body, Body::Codes(_))).map(|shape| shape.name);
        Self { json: field.name, js: camel(field.name), of, values: matches!(field.form, Form::Values) }
    }
}
