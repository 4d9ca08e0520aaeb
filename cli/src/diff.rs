//! `medtrain diff`: what changed from one version of a policy to another, and who is judged otherwise.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use medtrain::Lang;
use medtrain::evaluate::Question;
use medtrain::explain::difference_sentences;
use medtrain::facts::Facts;
use medtrain::policy::{Policy, effect};
use medtrain::problem::{Problem, ProblemCode, TrainingError, json_cure};
use serde_json::value::RawValue;

use crate::input::{all_of, day, given_twice, given_values, lang, name_and_value, read_text};
use crate::output::line;

/// Tell what changed from one version of a policy to another
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The version before
    old: PathBuf,
    /// The version after
    new: PathBuf,
    /// Facts to judge under both: a folder of JSON files, or one file with an object or a list of them
    #[arg(long, value_name = "FOLDER|FACTS.json", requires_all = ["decision", "as_of"])]
    facts: Option<PathBuf>,
    /// The decision to ask about the facts
    #[arg(long, requires = "facts")]
    decision: Option<String>,
    /// Something given with the question, such as year=2024; may be repeated
    #[arg(long = "given", value_name = "NAME=VALUE", value_parser = name_and_value, requires = "facts")]
    given: Vec<(String, String)>,
    /// The day on which the question is asked
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, requires = "facts")]
    as_of: Option<NaiveDate>,
    /// The day on which the old version is asked, where it has ended before the new one begins [default: that of --as-of]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, requires = "as_of")]
    old_as_of: Option<NaiveDate>,
    /// The language of what people read
    #[arg(long, default_value = "zh", value_parser = lang)]
    lang: Lang,
    /// Print the difference as canonical JSON and nothing else
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let (old, new) = TrainingError::both(load(&arguments.old), load(&arguments.new))?;
    let mut difference = old.difference(&new);
    if let (Some(facts), Some(decision), Some(as_of)) = (&arguments.facts, &arguments.decision, arguments.as_of) {
        let taken = |name: &str| [&old, &new].iter().any(|policy| takes(policy, decision, name));
        let untaken = arguments.given.iter().filter(|(name, _)| !taken(name)).map(|(name, _)| {
            let message = format!("neither version of `{decision}` takes `{name}`");
            Problem::new(ProblemCode::UnknownName, format!("given.{name}"), message).with_cure("leave it out, or ask another decision")
        });
        let problems = untaken.chain(given_twice(&arguments.given)).collect();
        let before = ask(&old, decision, &arguments.given, arguments.old_as_of.unwrap_or(as_of));
        let asked = TrainingError::both(before, ask(&new, decision, &arguments.given, as_of));
        let ((before, now), subjects) = TrainingError::both(all_of(asked, problems), subjects(facts))?;
        difference.effect = Some(effect(&before, &now, subjects)?);
    }
    if arguments.json {
        line(&difference.to_json());
    } else {
        for sentence in difference_sentences(&difference, arguments.lang) {
            line(&sentence);
        }
    }
    Ok(())
}

fn load(path: &Path) -> Result<Policy, TrainingError> {
    Policy::from_toml(&path.display().to_string(), &read_text(path)?)
}

fn takes(policy: &Policy, decision: &str, name: &str) -> bool {
    policy.decision(decision).is_some_and(|decision| policy.given_of(decision).any(|given| given.name == name))
}

/// The question of one version, with what it takes of what is given.
fn ask<'p>(policy: &'p Policy, id: &str, given: &[(String, String)], as_of: NaiveDate) -> Result<Question<'p>, TrainingError> {
    let Some(decision) = policy.decision(id) else {
        let message = format!("version {} of `{}` has no decision `{id}`", policy.version, policy.id);
        return Err(Problem::new(ProblemCode::UnknownName, "decision", message).with_cure("ask a decision that both versions have").into());
    };
    let declared: Vec<_> = policy.given_of(decision).collect();
    let given: Vec<_> = given.iter().filter(|(name, _)| declared.iter().any(|declaration| declaration.name == *name)).cloned().collect();
    policy.ask(decision, &given_values(&declared, &given), as_of)
}

/// Everyone's facts, each with the name of where they came from.
fn subjects(path: &Path) -> Result<Vec<(String, Facts)>, TrainingError> {
    let files = if path.is_dir() { json_files(path)? } else { vec![path.to_owned()] };
    let mut subjects = Vec::new();
    let mut problems = Vec::new();
    for file in files {
        let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let text = match read_text(&file) {
            Ok(text) => text,
            Err(error) => {
                problems.extend(error.problems);
                continue;
            }
        };
        let found = each(&name, &text).unwrap_or_else(|error| {
            problems.extend(error.problems);
            Vec::new()
        });
        for (name, text) in found {
            match Facts::from_json(text) {
                Ok(facts) => subjects.push((name, facts)),
                Err(error) => problems.extend(error.problems.into_iter().map(|p| Problem { place: format!("{name}: {}", p.place), ..p })),
            }
        }
    }
    if problems.is_empty() { Ok(subjects) } else { Err(TrainingError { problems }) }
}

/// The JSON files of a folder, by name.
fn json_files(folder: &Path) -> Result<Vec<PathBuf>, TrainingError> {
    let unreadable = |error: std::io::Error| {
        Problem::new(ProblemCode::Unreadable, folder.display().to_string(), format!("cannot be read: {error}"))
            .with_cure("name a folder or a file of facts")
    };
    let entries = std::fs::read_dir(folder).map_err(unreadable)?;
    let mut files = Vec::new();
    for entry in entries {
        files.push(entry.map_err(unreadable)?.path());
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")));
    files.sort();
    Ok(files)
}

/// The subjects of a file: the items of a list, else the whole.
fn each<'t>(name: &str, text: &'t str) -> Result<Vec<(String, &'t str)>, TrainingError> {
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('[') {
        return Ok(vec![(name.to_owned(), text)]);
    }
    let items: Vec<&'t RawValue> = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| Problem::new(ProblemCode::Syntax, name, format!("not JSON: {error}")).with_cure(json_cure(&error)))?;
    Ok(items.iter().enumerate().map(|(index, item)| (format!("{name}[{index}]"), item.get())).collect())
}
