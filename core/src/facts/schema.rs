//! The vocabulary as JSON Schema.

use serde_json::{Map, Value, json};

use super::vocabulary::RECORDED;
use super::{Absent, CodeList, Entity, Facts, Field, FieldKind, Power, RECORDED_AT, within};

/// A decimal as text.
pub(crate) const SIGNED: &str = r"^-?[0-9]+(\.[0-9]+)?$";
/// One that is never below zero.
pub(crate) const UNSIGNED: &str = r"^[0-9]+(\.[0-9]+)?$";

/// The JSON Schema (2020-12) of the facts that [`Facts::from_json`] reads.
#[must_use]
pub fn json_schema() -> Value {
    let mut definitions = Definitions::default();
    let subjects: Map<String, Value> = Facts::SUBJECTS.iter().map(|entity| (entity.name.to_owned(), definitions.entity(entity))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Facts",
        "description": "What is known about one subject: one key for each kind of subject.",
        "type": "object",
        "additionalProperties": false,
        "properties": subjects,
        "$defs": definitions.found,
    })
}

/// What every record says beside its fields.
pub(crate) fn recorded_at() -> Value {
    let field = &RECORDED;
    json!({ "type": ["string", "null"], "format": "date", "title": field.en, "description": field.doc, "x-zh": field.zh, "x-headers": field.headers })
}

#[derive(Default)]
struct Definitions {
    found: Map<String, Value>,
}

impl Definitions {
    fn entity(&mut self, entity: &'static Entity) -> Value {
        if !self.found.contains_key(entity.name) {
            self.found.insert(entity.name.to_owned(), Value::Null);
            let mut properties: Map<String, Value> = entity.fields.iter().map(|field| (field.name.to_owned(), self.field(field))).collect();
            let names: Vec<_> = entity.fields.iter().map(|f| f.name).collect();
            let days: Vec<_> = entity.fields.iter().filter(|field| matches!(field.kind, FieldKind::Day)).map(|field| field.name).collect();
            let of_days = (!days.is_empty())
                .then(|| json!({ "type": "string", "pattern": format!("^({}){}({})$", days.join("|"), within::WITHIN, within::PATTERN) }));
            for (list, meaning, of_days) in [
                ("unknown", "Fields of which nobody told us; behind that of a day, what is known of it: `NAME within 2024-03`.", of_days),
                ("none", "Fields that have no value.", None),
            ] {
                let items: Vec<Value> =
                    [json!({ "enum": names }), json!({ "type": "string", "pattern": r"^extra\." })].into_iter().chain(of_days).collect();
                properties.insert(list.to_owned(), json!({ "type": "array", "items": { "anyOf": items }, "description": meaning }));
            }
            properties.insert(RECORDED_AT.to_owned(), recorded_at());
            properties.insert("extra".to_owned(), json!({ "type": "object", "description": "Facts that a policy declares itself." }));
            let definition = json!({
                "type": "object", "title": entity.en, "description": entity.doc, "x-zh": entity.zh,
                "additionalProperties": false, "properties": properties,
            });
            self.found.insert(entity.name.to_owned(), definition);
        }
        json!({ "$ref": format!("#/$defs/{}", entity.name) })
    }

    fn field(&mut self, field: &'static Field) -> Value {
        let mut schema = match field.kind {
            FieldKind::Boolean => json!({ "type": ["boolean", "null"] }),
            FieldKind::Integer => json!({ "type": ["integer", "null"], "minimum": 0 }),
            FieldKind::Decimal if field.is_never_negative() => json!({ "type": ["string", "null"], "pattern": UNSIGNED }),
            FieldKind::Decimal => json!({ "type": ["string", "null"], "pattern": SIGNED }),
            FieldKind::Day => json!({ "type": ["string", "null"], "format": "date" }),
            FieldKind::Text => json!({ "type": ["string", "null"] }),
            FieldKind::Texts => json!({ "type": ["array", "null"], "items": { "type": "string" } }),
            FieldKind::Code(list) => self.codes(list),
            FieldKind::Record(entity) => self.entity(entity()),
            FieldKind::Records(entity) => {
                let items = self.entity(entity());
                json!({ "type": ["array", "null"], "items": items, "x-complete": true })
            }
        };
        if let Some(object) = schema.as_object_mut() {
            object.insert("title".to_owned(), json!(field.en));
            object.insert("description".to_owned(), json!(field.doc));
            object.insert("x-zh".to_owned(), json!(field.zh));
            object.insert("x-headers".to_owned(), json!(field.headers));
            object.insert("x-absent".to_owned(), json!(if field.absent == Absent::None { "none" } else { "unknown" }));
            if field.needs_column {
                object.insert("x-needs-column".to_owned(), json!(true));
            }
            if let Some(unit) = &field.unit {
                object.insert("x-unit".to_owned(), json!(unit));
            }
            match field.power {
                Power::Given => {}
                Power::Chosen => drop(object.insert("x-power".to_owned(), json!("chosen"))),
                Power::Awarded => drop(object.insert("x-power".to_owned(), json!("awarded"))),
                Power::Attainable => drop(object.insert("x-power".to_owned(), json!("attainable"))),
            }
            if let Some(by) = &field.told_by {
                object.insert("x-told-by".to_owned(), json!(by.field));
            }
            if field.sensitive {
                object.insert("x-sensitive".to_owned(), json!(true));
            }
        }
        schema
    }

    fn codes(&mut self, list: &'static CodeList) -> Value {
        self.found.entry(list.name).or_insert_with(|| {
            let codes: Vec<_> = list.codes.iter().map(|c| json!({ "const": c.code, "title": c.en, "x-zh": c.zh, "x-also": c.also })).collect();
            json!({ "title": list.en, "x-zh": list.zh, "x-ordered": list.ordered, "oneOf": codes })
        });
        json!({ "$ref": format!("#/$defs/{}", list.name) })
    }
}
