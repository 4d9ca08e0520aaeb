//! A remedy carried out: its steps written into the facts, by their paths.
//!
//! This is no part of the search, and knows nothing of it: what it makes is read as any other facts are, and can be judged to check a remedy.

use serde_json::{Map, Value as Json};

use crate::evaluate::Question;
use crate::facts::{Entity, Facts, FieldKind};
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::what_if::{New, write};

use super::{Remedy, Step, StepField};

impl Question<'_> {
    /// The facts as they are when a remedy was carried out, each step on its first day.
    ///
    /// # Errors
    /// A path that is none of these facts, so that the remedy is that of another question.
    pub fn apply(&self, facts: &Facts, remedy: &Remedy) -> Result<Facts, TrainingError> {
        let mut json = facts.to_value().map_err(|error| Problem::new(ProblemCode::Syntax, "facts", error.to_string()))?;
        for step in &remedy.steps {
            let (path, done) = match step {
                Step::SetFact { path, value, .. } => (path, self.write_at(&mut json, path, written(value))),
                Step::AddRecord { list, fields, .. } => (list, self.add(&mut json, list, fields)),
                Step::Wait { .. } => continue,
            };
            done.map_err(|problem| Problem { place: path.clone(), ..problem })?;
        }
        self.read_changed(facts, &json)
    }

    fn add(&self, json: &mut Json, list: &str, fields: &[StepField]) -> Result<(), Problem> {
        let mut record = Json::Object(Map::new());
        for field in fields {
            write(self, records_of(list), &mut record, &field.field, written(&field.value))?;
        }
        self.write_at(json, &format!("{list}[+]"), New::Json(record))
    }
}

fn written(value: &str) -> New<'_> {
    if value == "null" { New::Json(Json::Null) } else { New::Text(value) }
}

/// What the records of a list are.
fn records_of(list: &str) -> Option<&'static Entity> {
    let (root, rest) = list.split_once('.')?;
    let root = Facts::SUBJECTS.iter().copied().find(|entity| entity.name == root)?;
    rest.split('.').try_fold(root, |entity, name| match entity.field(name)?.1.kind {
        FieldKind::Record(inner) | FieldKind::Records(inner) => Some(inner()),
        _ => None,
    })
}
