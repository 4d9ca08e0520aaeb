//! A remedy carried out: its steps written into the facts, by their paths.
//!
//! This is no part of the search, and knows nothing of it: what it makes is read as any other facts are, and can be judged to check a remedy.

use serde_json::{Map, Value as Json, json};

use crate::evaluate::Question;
use crate::facts::{Entity, Facts, FieldKind};
use crate::policy::{OwnKind, Policy};
use crate::problem::{Problem, ProblemCode, TrainingError};

use super::{Remedy, Step};

impl Question<'_> {
    /// The facts as they are when a remedy was carried out, each step on its first day.
    ///
    /// # Errors
    /// A path that is none of these facts, so that the remedy is that of another question.
    pub fn apply(&self, facts: &Facts, remedy: &Remedy) -> Result<Facts, TrainingError> {
        let mut json = serde_json::to_value(facts).map_err(|error| Problem::new(ProblemCode::Syntax, "facts", error.to_string()))?;
        for step in &remedy.steps {
            let (path, done) = match step {
                Step::SetFact { path, value, .. } => (path, self.set(&mut json, path, value)),
                Step::AddRecord { list, fields, .. } => {
                    let fields: Vec<(&str, &str)> = fields.iter().map(|field| (field.field.as_str(), field.value.as_str())).collect();
                    (list, self.add(&mut json, list, &fields))
                }
                Step::Wait { .. } => continue,
            };
            if done.is_none() {
                return Err(Problem::new(ProblemCode::UnknownName, path, "no such fact").into());
            }
        }
        let mut changed = Facts { known_on: facts.known_on, ..Facts::from_value(&json)? };
        TrainingError::unless_empty(Policy::bind_all(&self.policies(), &mut changed))?;
        Ok(changed)
    }

    fn set(&self, json: &mut Json, path: &str, value: &str) -> Option<()> {
        let (entity, json, rest) = root(json, path)?;
        write(self, entity, json, rest, value)
    }

    fn add(&self, json: &mut Json, path: &str, fields: &[(&str, &str)]) -> Option<()> {
        let (mut entity, mut json, mut rest) = root(json, path)?;
        while let Some((name, after)) = rest.split_once('.') {
            (entity, json) = inside(entity, json, name)?;
            rest = after;
        }
        let FieldKind::Records(inner) = entity.field(rest)?.1.kind else { return None };
        drop_absence(json, rest);
        let list = json.as_object_mut()?.entry(rest).or_insert_with(|| json!([]));
        if list.is_null() {
            *list = json!([]);
        }
        let mut record = Json::Object(Map::new());
        for (field, value) in fields {
            write(self, inner(), &mut record, field, value)?;
        }
        list.as_array_mut()?.push(record);
        Some(())
    }
}

fn root<'j, 'p>(json: &'j mut Json, path: &'p str) -> Option<(&'static Entity, &'j mut Json, &'p str)> {
    let (name, rest) = path.split_once('.')?;
    let entity = Facts::SUBJECTS.iter().copied().find(|entity| entity.name == name)?;
    Some((entity, json.as_object_mut()?.entry(name).or_insert_with(|| json!({})), rest))
}

/// The record in a field, or an item of the list in it: `fund`, `tiers[0]`.
fn inside<'j>(entity: &'static Entity, json: &'j mut Json, name: &str) -> Option<(&'static Entity, &'j mut Json)> {
    match name.split_once('[') {
        Some((list, index)) => {
            let FieldKind::Records(inner) = entity.field(list)?.1.kind else { return None };
            let index: usize = index.strip_suffix(']')?.parse().ok()?;
            Some((inner(), json.get_mut(list)?.get_mut(index)?))
        }
        None => {
            let FieldKind::Record(inner) = entity.field(name)?.1.kind else { return None };
            drop_absence(json, name);
            let record = json.as_object_mut()?.entry(name).or_insert_with(|| json!({}));
            Some((inner(), record))
        }
    }
}

fn write(question: &Question<'_>, entity: &'static Entity, json: &mut Json, path: &str, value: &str) -> Option<()> {
    if let Some(own) = path.strip_prefix("extra.") {
        let fact = question.own_fact(entity.name, own)?;
        drop_absence(json, path);
        let extra = json.as_object_mut()?.entry("extra").or_insert_with(|| json!({}));
        let value = match fact.kind {
            OwnKind::Boolean => Json::Bool(value == "true"),
            OwnKind::Integer => Json::from(value.parse::<i64>().ok()?),
            _ => Json::from(value),
        };
        extra.as_object_mut()?.insert(own.to_owned(), value);
        return Some(());
    }
    if let Some((name, rest)) = path.split_once('.') {
        let (inner, json) = inside(entity, json, name)?;
        return write(question, inner, json, rest, value);
    }
    let (_, field) = entity.field(path)?;
    let value = match field.kind {
        FieldKind::Boolean => Json::Bool(value == "true"),
        FieldKind::Integer => Json::from(value.parse::<u32>().ok()?),
        _ if value == "null" => Json::Null,
        _ => Json::from(value),
    };
    drop_absence(json, path);
    json.as_object_mut()?.insert(path.to_owned(), value);
    Some(())
}

/// A fact that is told is neither unknown nor none.
fn drop_absence(json: &mut Json, name: &str) {
    for list in ["unknown", "none"] {
        if let Some(names) = json.get_mut(list).and_then(Json::as_array_mut) {
            names.retain(|said| said.as_str() != Some(name));
        }
    }
}
