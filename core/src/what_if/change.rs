//! Changes of facts in text, and facts changed by them: `practitioner.title_grade=senior`, `practitioner.activities[+]={"credits": "5"}`.

use serde_json::{Map, Value as Json, json};

use crate::evaluate::Question;
use crate::facts::within::name_in;
use crate::facts::{Entity, Facts, FieldKind};
use crate::policy::{OwnKind, Policy};
use crate::problem::{Problem, ProblemCode, TrainingError};

/// What comes to stand at the end of a path.
pub(crate) enum New<'v> {
    /// A value as people write it: what it is, its fact says.
    Text(&'v str),
    /// A value of JSON.
    Json(Json),
    /// Nothing: it is left out.
    Nothing,
}

impl Question<'_> {
    /// The facts with these changes, one after another.
    ///
    /// A change is the path of a fact, as verdicts write it, and its new value: `practitioner.title_grade=senior`. Records and lists are JSON;
    /// `[+]` adds a record to a list, `=null` says that there is none and takes a record out of its list, and `=` alone leaves a fact out.
    ///
    /// # Errors
    /// Every change that cannot be made, under its path; every problem of the facts as they then are.
    pub fn changed(&self, facts: &Facts, changes: &[impl AsRef<str>]) -> Result<Facts, TrainingError> {
        let mut json = facts.to_value().map_err(|error| Problem::new(ProblemCode::Syntax, "facts", error.to_string()))?;
        let mut problems = Vec::new();
        for change in changes.iter().map(AsRef::as_ref) {
            let (path, value) = change.split_once('=').unwrap_or((change, ""));
            let made = if change.contains('=') { new(value).and_then(|new| self.write_at(&mut json, path, new)) } else { Err(expected_change()) };
            problems.extend(made.err().map(|problem| Problem { place: path.to_owned(), ..problem }));
        }
        TrainingError::unless_empty(problems)?;
        self.read_changed(facts, &json)
    }

    /// Facts as JSON, read again with everything that is no part of the JSON.
    pub(crate) fn read_changed(&self, facts: &Facts, json: &Json) -> Result<Facts, TrainingError> {
        let mut changed = Facts { known_on: facts.known_on, ..Facts::from_value(json)? };
        TrainingError::unless_empty(Policy::bind_all(&self.policies(), &mut changed))?;
        Ok(changed)
    }

    /// Writes what is at the end of a path into the JSON of facts.
    pub(crate) fn write_at(&self, json: &mut Json, path: &str, new: New<'_>) -> Result<(), Problem> {
        const DEEP: usize = 32;
        let (root, rest) = path.split_once('.').filter(|_| path.matches('.').count() < DEEP).ok_or_else(expected_change)?;
        let entity = Facts::SUBJECTS.iter().copied().find(|entity| entity.name == root);
        let Some(roots) = json.as_object_mut() else { return Err(expected_change()) };
        write(self, entity, roots.entry(root).or_insert_with(|| json!({})), rest, new)
    }
}

fn expected_change() -> Problem {
    let message = "expected PATH=VALUE, the path beginning with the subject";
    Problem::new(ProblemCode::Syntax, "", message)
        .with_cure("such as `practitioner.title_grade=senior`, or `practitioner.activities[+]={\"credits\": \"5\"}`")
}

fn new(value: &str) -> Result<New<'_>, Problem> {
    match value.trim() {
        "" => Ok(New::Nothing),
        "null" => Ok(New::Json(Json::Null)),
        json if json.starts_with(['{', '[', '"']) => serde_json::from_str(json).map(New::Json).map_err(|error| {
            Problem::new(ProblemCode::Syntax, "", format!("not JSON: {error}"))
                .with_cure("write the value as JSON, such as {\"credits\": \"5\"}, or a plain value without quotes")
        }),
        text => Ok(New::Text(text)),
    }
}

/// The place in a list of which a step speaks.
enum Index {
    At(usize),
    Further,
}

/// Writes what is at the end of a path below a record. Names that there are not are for reading the facts again to tell.
pub(crate) fn write(question: &Question<'_>, entity: Option<&'static Entity>, json: &mut Json, path: &str, new: New<'_>) -> Result<(), Problem> {
    let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
    let (name, index) = indexed(step)?;
    let no_record = || Problem::new(ProblemCode::UnknownName, "", format!("`{name}` is no record")).with_cure("end the path here, or name a record");
    if json.is_null() {
        *json = json!({});
    }
    drop_absence(json, if name == "extra" { path } else { name });
    let object = json.as_object_mut().ok_or_else(no_record)?;
    if let (Some(rest), "extra") = (rest, name) {
        let own = entity.and_then(|entity| question.own_fact(entity.name, rest));
        let new = match (new, own.map(|own| &own.kind)) {
            (New::Text(text), Some(OwnKind::Boolean)) => New::Json(truth(text)),
            (New::Text(text), Some(OwnKind::Integer)) => New::Json(whole(text)),
            (new, _) => new,
        };
        return write(question, None, object.entry(name).or_insert_with(|| json!({})), rest, new);
    }
    let kind = entity.and_then(|entity| entity.field(name)).map(|(_, field)| field.kind);
    let inner = match kind {
        Some(FieldKind::Record(inner) | FieldKind::Records(inner)) => Some(inner()),
        _ => None,
    };
    let Some(index) = index else {
        match (rest, new) {
            (Some(rest), new) => return write(question, inner, object.entry(name).or_insert_with(|| json!({})), rest, new),
            (None, New::Nothing) => drop(object.remove(name)),
            (None, New::Json(value)) => drop(object.insert(name.to_owned(), value)),
            (None, New::Text(text)) => drop(object.insert(name.to_owned(), as_kind(kind, text))),
        }
        return Ok(());
    };
    let list = object.entry(name).or_insert_with(|| json!([]));
    if list.is_null() {
        *list = json!([]);
    }
    let list = list
        .as_array_mut()
        .ok_or_else(|| Problem::new(ProblemCode::UnknownName, "", format!("`{name}` is no list")).with_cure("leave the number in brackets out"))?;
    let there = list.len();
    match (index, rest) {
        (Index::Further, None) => match new {
            New::Json(Json::Null) | New::Nothing => Err(expected_change()),
            New::Json(record) => {
                list.push(record);
                Ok(())
            }
            New::Text(text) => {
                list.push(Json::from(text));
                Ok(())
            }
        },
        (Index::Further, Some(rest)) => {
            let mut record = Json::Object(Map::new());
            write(question, inner, &mut record, rest, new)?;
            list.push(record);
            Ok(())
        }
        (Index::At(index), rest) => {
            let Some(item) = list.get_mut(index) else {
                let message = format!("there is no `{name}[{index}]`: the list has {there}");
                return Err(Problem::new(ProblemCode::UnknownName, "", message).with_cure("add a record by `[+]`"));
            };
            match (rest, new) {
                (Some(rest), new) => return write(question, inner, item, rest, new),
                (None, New::Nothing | New::Json(Json::Null)) => drop(list.remove(index)),
                (None, New::Json(value)) => *item = value,
                (None, New::Text(text)) => *item = Json::from(text),
            }
            Ok(())
        }
    }
}

/// `activities[2]`, `activities[+]`, or a name alone.
fn indexed(step: &str) -> Result<(&str, Option<Index>), Problem> {
    let Some((name, index)) = step.strip_suffix(']').and_then(|step| step.split_once('[')) else { return Ok((step, None)) };
    match index {
        "+" => Ok((name, Some(Index::Further))),
        index => index.parse().map(|index| (name, Some(Index::At(index)))).map_err(|_| expected_change()),
    }
}

/// A value as its fact takes it; what it does not take, reading the facts again tells.
fn as_kind(kind: Option<FieldKind>, text: &str) -> Json {
    match kind {
        Some(FieldKind::Boolean) => truth(text),
        Some(FieldKind::Integer) => whole(text),
        _ => Json::from(text),
    }
}

fn truth(text: &str) -> Json {
    text.parse::<bool>().map_or_else(|_| Json::from(text), Json::from)
}

fn whole(text: &str) -> Json {
    text.parse::<i64>().map_or_else(|_| Json::from(text), Json::from)
}

/// A fact that is told is neither unknown nor none.
fn drop_absence(json: &mut Json, name: &str) {
    for list in ["unknown", "none"] {
        if let Some(names) = json.get_mut(list).and_then(Json::as_array_mut) {
            names.retain(|said| said.as_str().map(name_in) != Some(name));
        }
    }
}
