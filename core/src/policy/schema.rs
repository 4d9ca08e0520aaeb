//! The JSON Schema of facts, with those that the policies of a set declare themselves.

use serde_json::{Map, Value, json};

use super::{OwnFact, OwnKind, PolicySet};
use crate::facts::{Absent, Facts, RECORDED_AT, SIGNED, UNSIGNED, entities, json_schema, recorded_at};

/// The ways in which policies declare one fact, each with the ids of these policies.
type Ways<'p> = Vec<(Value, Vec<&'p str>)>;

impl PolicySet {
    /// The JSON Schema (2020-12) of the facts that its decisions are asked with: the vocabulary's, and under `extra` what the policies declare.
    #[must_use]
    pub fn json_schema(&self) -> Value {
        let mut schema = json_schema();
        for entity in entities() {
            let own = self.own_properties(entity.name);
            if let Some(extra) = schema.pointer_mut(&format!("/$defs/{}/properties/extra", entity.name)).and_then(Value::as_object_mut)
                && !own.is_empty()
            {
                extra.insert("properties".to_owned(), Value::Object(own));
            }
        }
        let kinds = self
            .policies()
            .iter()
            .flat_map(|policy| &policy.facts)
            .map(|fact| fact.subject.as_str())
            .filter(|subject| Facts::entity(subject).is_none());
        for kind in kinds {
            let mut properties = self.own_properties(kind);
            properties.insert(RECORDED_AT.to_owned(), recorded_at());
            let own = json!({ "type": "object", "additionalProperties": false, "properties": properties });
            if let Some(definitions) = schema.get_mut("$defs").and_then(Value::as_object_mut) {
                definitions.insert(own_name(kind), own);
            }
        }
        schema
    }

    /// What its policies declare of a subject; a name that they declare in different ways takes each of them.
    fn own_properties(&self, subject: &str) -> Map<String, Value> {
        let mut found: Vec<(&str, Ways<'_>)> = Vec::new();
        for policy in self.policies() {
            for fact in policy.facts.iter().filter(|fact| fact.subject == subject) {
                let (schema, id) = (described(fact), policy.id.as_str());
                let place = found.iter().position(|(name, _)| *name == fact.name).unwrap_or_else(|| {
                    found.push((&fact.name, Vec::new()));
                    found.len() - 1
                });
                let Some((_, ways)) = found.get_mut(place) else { continue };
                match ways.iter_mut().find(|(known, _)| *known == schema) {
                    Some((_, ids)) if ids.contains(&id) => {}
                    Some((_, ids)) => ids.push(id),
                    None => ways.push((schema, vec![id])),
                }
            }
        }
        let with_policies = |(mut schema, ids): (Value, Vec<&str>)| {
            if let Some(object) = schema.as_object_mut() {
                object.insert("x-policies".to_owned(), json!(ids));
            }
            schema
        };
        let all = found.into_iter().map(|(name, ways)| {
            let mut ways: Vec<Value> = ways.into_iter().map(with_policies).collect();
            (name.to_owned(), if ways.len() == 1 { ways.swap_remove(0) } else { json!({ "anyOf": ways }) })
        });
        all.collect()
    }
}

/// Where a policy's own kind of record is defined.
fn own_name(kind: &str) -> String {
    format!("own.{kind}")
}

fn described(fact: &OwnFact) -> Value {
    let item = match &fact.kind {
        OwnKind::Boolean => json!({ "type": "boolean" }),
        OwnKind::Integer if fact.non_negative => json!({ "type": "integer", "minimum": 0 }),
        OwnKind::Integer => json!({ "type": "integer" }),
        OwnKind::Decimal if fact.non_negative => json!({ "type": ["string", "integer"], "pattern": UNSIGNED, "minimum": 0 }),
        OwnKind::Decimal => json!({ "type": ["string", "integer"], "pattern": SIGNED }),
        OwnKind::Text => json!({ "type": "string" }),
        OwnKind::Date => json!({ "type": "string", "format": "date" }),
        OwnKind::Code(codes) => {
            let words = fact.words.iter().map(Some).chain(std::iter::repeat(None));
            let code = |(code, words): (&String, Option<&super::Text>)| match words.filter(|words| !words.zh.is_empty()) {
                Some(words) => json!({ "const": code, "title": words.en, "x-zh": words.zh }),
                None => json!({ "const": code }),
            };
            json!({ "oneOf": codes.codes.iter().zip(words).map(code).collect::<Vec<_>>(), "x-ordered": codes.ordered })
        }
        OwnKind::Record(kind) => {
            let name = if Facts::entity(kind).is_some() { kind.clone() } else { own_name(kind) };
            json!({ "$ref": format!("#/$defs/{name}") })
        }
    };
    let value = if fact.list { json!({ "type": "array", "items": item, "x-complete": true }) } else { item };
    let mut schema = json!({ "anyOf": [value, { "type": "null" }] });
    let absent = if fact.absent == Absent::None { "none" } else { "unknown" };
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".to_owned(), json!(fact.en()));
        object.insert("x-zh".to_owned(), json!(fact.zh()));
        object.insert("x-headers".to_owned(), json!(fact.headers));
        object.insert("x-absent".to_owned(), json!(absent));
        if let Some(unit) = &fact.unit {
            object.insert("x-unit".to_owned(), json!(unit));
        }
        if fact.attainable {
            object.insert("x-power".to_owned(), json!("attainable"));
        }
    }
    schema
}
