//! What needs no policy set: texts in, texts out.

use medtrain::evaluate::Given;
use medtrain::explain::difference_sentences;
use medtrain::feel::{Context, evaluate};
use medtrain::policy::{Policy, PolicyFile};
use medtrain::problem::TrainingError;
use napi::Result;
use napi_derive::napi;

use crate::names::camel_json;
use crate::policies::{PolicyText, lang};
use crate::problems::thrown;

/// Checks policy files.
#[napi]
#[must_use]
pub fn lint(files: Vec<PolicyText>) -> String {
    let files: Vec<PolicyFile<'_>> = files.iter().map(|file| PolicyFile { name: &file.name, text: &file.text }).collect();
    camel_json(&medtrain::policy::lint(&files))
}

/// The difference of two versions of a policy, as an object or in sentences.
#[napi]
pub fn diff(old: PolicyText, new: PolicyText, language: Option<String>) -> Result<String> {
    let read = |file: &PolicyText| Policy::from_toml(&file.name, &file.text);
    let made = || -> std::result::Result<String, TrainingError> {
        let (old, new) = match (read(&old), read(&new)) {
            (Ok(old), Ok(new)) => (old, new),
            (Err(mut one), Err(other)) => {
                one.problems.extend(other.problems);
                return Err(one);
            }
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        let difference = old.difference(&new);
        Ok(match language {
            Some(code) => camel_json(&difference_sentences(&difference, lang(&code)?)),
            None => camel_json(&difference),
        })
    };
    made().map_err(thrown)
}

/// The value of an expression as `{"value": ..}`: whole numbers as numbers, other quantities, dates and durations as text.
#[napi]
pub fn feel(expression: String, context: String) -> Result<String> {
    let made = || -> std::result::Result<String, TrainingError> {
        let value = evaluate(&expression, &Context::from_json(&context)?).map_err(|refused| refused.in_text("expression", &expression))?;
        // What is given with a question has the plain form that JavaScript is to see.
        Ok(camel_json(&Given::new().with("value", value)))
    };
    made().map_err(thrown)
}
