//! What several subcommands take: policies, what is given, files, dates.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use medtrain::Lang;
use medtrain::evaluate::{Given, Question};
use medtrain::facts::{Facts, ReadFacts};
use medtrain::feel::Value;
use medtrain::policy::{GivenDeclaration, PolicySet};
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::quantity::parse_day;

use crate::output::reads;

/// The policies beside the built-in ones.
#[derive(Debug, Args)]
pub(crate) struct PolicyArguments {
    /// A policy file to use beside the built-in ones; may be repeated
    #[arg(long = "policy", value_name = "FILE.toml")]
    policies: Vec<PathBuf>,
    /// A built-in policy to leave out, such as one of which `--policy` has the versions; may be repeated
    #[arg(long = "without", value_name = "POLICY")]
    without: Vec<String>,
}

/// A question: the decision's givens and the day.
#[derive(Debug, Args)]
pub(crate) struct QuestionArguments {
    /// Something given with the question, such as year=2024; may be repeated
    #[arg(long = "given", value_name = "NAME=VALUE")]
    given: Vec<String>,
    /// The day on which the question is asked
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: String,
    /// The language of what people read
    #[arg(long, default_value = "zh", value_parser = lang)]
    pub(crate) lang: Lang,
}

/// The facts about one subject.
#[derive(Debug, Args)]
pub(crate) struct FactsArguments {
    /// The facts as JSON: one key for the kind of subject
    #[arg(long, value_name = "FACTS.json")]
    facts: PathBuf,
    /// Leave out what was recorded (`recorded_at`) after this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    known_on: Option<NaiveDate>,
}

impl FactsArguments {
    /// A question and the facts, as they are read for it; everything that is wrong with either.
    pub(crate) fn read<'s>(&self, question: Result<Question<'s>, TrainingError>) -> Result<(Question<'s>, Facts), TrainingError> {
        let question = self.beside(question)?;
        let facts = self.read_as(&self.facts, &question)?;
        Ok((question, facts))
    }

    /// The same with other facts, where there are any, known on the same day.
    pub(crate) fn read_with<'s>(
        &self,
        question: Result<Question<'s>, TrainingError>,
        other: Option<&Path>,
    ) -> Result<(Question<'s>, Facts, Option<Facts>), TrainingError> {
        let question = self.beside_with(question, other)?;
        let other = other.map(|path| self.read_as(path, &question)).transpose();
        let (facts, other) = TrainingError::both(self.read_as(&self.facts, &question), other)?;
        Ok((question, facts, other))
    }

    /// What the facts are read for; where that is wrong, with what is wrong with the facts whatever they are read for.
    pub(crate) fn beside<T>(&self, asked: Result<T, TrainingError>) -> Result<T, TrainingError> {
        self.beside_with(asked, None)
    }

    /// The same of other facts too, where there are any.
    pub(crate) fn beside_with<T>(&self, asked: Result<T, TrainingError>, other: Option<&Path>) -> Result<T, TrainingError> {
        let of = |path: &Path| read_text(path).and_then(|text| ReadFacts::from_json(&text).map_err(|error| of_file(error, path))).err();
        let problems = || [Some(self.facts.as_path()), other].into_iter().flatten().filter_map(of).flat_map(|error| error.problems).collect();
        or_with(asked, problems)
    }

    fn read_as(&self, path: &Path, question: &Question<'_>) -> Result<Facts, TrainingError> {
        let facts = question.facts_from_json(&read_text(path)?).map_err(|error| of_file(error, path))?;
        Ok(match self.known_on {
            Some(day) => facts.as_known_on(day),
            None => facts,
        })
    }
}

impl PolicyArguments {
    /// The same, with these where nothing was said.
    pub(crate) fn or(&self, files: &[String], without: &[String]) -> Self {
        let (said_files, said_without) = (self.policies.clone(), self.without.clone());
        Self {
            policies: if said_files.is_empty() { files.iter().map(PathBuf::from).collect() } else { said_files },
            without: if said_without.is_empty() { without.to_vec() } else { said_without },
        }
    }

    /// The policy files.
    pub(crate) fn files(&self) -> &[PathBuf] {
        &self.policies
    }

    /// The built-in policies that are left out.
    pub(crate) fn without(&self) -> &[String] {
        &self.without
    }

    /// The built-in policies and those of the files; every problem of every file.
    pub(crate) fn load(&self) -> Result<PolicySet, TrainingError> {
        let mut set = PolicySet::builtin_without(&self.without().iter().map(String::as_str).collect::<Vec<_>>())?;
        let mut problems = Vec::new();
        for path in &self.policies {
            let added = read_text(path).and_then(|text| set.add(&path.display().to_string(), &text).map(|_| ()));
            if let Err(error) = added {
                problems.extend(error.problems);
            }
        }
        if problems.is_empty() { Ok(set) } else { Err(TrainingError { problems }) }
    }
}

impl QuestionArguments {
    /// The day on which the question is asked.
    pub(crate) fn day(&self) -> Result<NaiveDate, TrainingError> {
        day(&self.as_of).map_err(|expected| wrong("as_of", expected, "such as 2024-11-15").into())
    }

    /// The question of a decision; everything that is wrong with its name, its day and what is given.
    pub(crate) fn ask<'s>(&self, set: &'s PolicySet, decision: &str) -> Result<Question<'s>, TrainingError> {
        let (texts, problems) = self.texts();
        let asked = TrainingError::both(self.day(), set.decision(decision));
        let (day, _) = or_with(asked, || problems.clone())?;
        let given = given_values(&set.given_of(decision, day)?, &texts);
        all_of(set.ask(decision, &given, day), problems)
    }

    /// What the question is asked among; where that is wrong, with what is wrong with the question whatever it is asked among.
    pub(crate) fn beside<T>(&self, among: Result<T, TrainingError>) -> Result<T, TrainingError> {
        or_with(among, || self.day().err().into_iter().flat_map(|error| error.problems).chain(self.texts().1).collect())
    }

    /// What is given to several decisions together, in the types that the first of them declares that takes it.
    pub(crate) fn given_among(&self, set: &PolicySet, decisions: &[&str]) -> Result<Given, TrainingError> {
        let (texts, problems) = self.texts();
        let as_of = or_with(self.day(), || problems.clone())?;
        let mut declared = Vec::new();
        for decision in decisions {
            declared.extend(set.given_of(decision, as_of)?);
        }
        all_of(Ok(given_values(&declared, &texts)), problems)
    }

    /// What is given, by its names; what has none, and what is given twice.
    fn texts(&self) -> (Vec<(String, String)>, Vec<Problem>) {
        let (mut texts, mut problems) = (Vec::new(), Vec::new());
        for text in &self.given {
            match name_and_value(text) {
                Ok(given) => texts.push(given),
                Err(expected) => {
                    problems.push(wrong("given", format!("{expected}, got `{text}`"), "write the name, `=` and the value, without blanks"));
                }
            }
        }
        problems.extend(given_twice(&texts));
        (texts, problems)
    }
}

fn wrong(place: &str, expected: String, cure: &str) -> Problem {
    Problem::new(ProblemCode::WrongType, place, expected).with_cure(cure)
}

/// What there is; where it is wrong, with other problems that are sought only then.
fn or_with<T>(read: Result<T, TrainingError>, others: impl FnOnce() -> Vec<Problem>) -> Result<T, TrainingError> {
    read.map_err(|mut error| {
        error.problems.extend(others());
        error
    })
}

/// What has to be known first, and what came of the other; where the first is wrong, everything that is wrong with either.
pub(crate) fn first<A, B>(one: Result<A, TrainingError>, other: Result<B, TrainingError>) -> Result<(A, Result<B, TrainingError>), TrainingError> {
    match one {
        Ok(one) => Ok((one, other)),
        one => TrainingError::both(one, other).map(|(one, other)| (one, Ok(other))),
    }
}

/// What there is, where nothing else is wrong; else everything that is, these problems first.
pub(crate) fn all_of<T>(read: Result<T, TrainingError>, problems: Vec<Problem>) -> Result<T, TrainingError> {
    let others = if problems.is_empty() { Ok(()) } else { Err(TrainingError { problems }) };
    TrainingError::both(others, read).map(|((), read)| read)
}

/// What is given, in the types that are declared. What is of another type stays a text: the question tells of it, and of names that it does not take.
pub(crate) fn given_values(declared: &[&GivenDeclaration], texts: &[(String, String)]) -> Given {
    texts.iter().fold(Given::new(), |given, (name, text)| {
        let typed = declared.iter().find(|d| d.name == *name).and_then(|declaration| declaration.parse(text).ok());
        given.with(name.as_str(), typed.unwrap_or_else(|| Value::from(text.as_str())))
    })
}

/// What is given more than once.
pub(crate) fn given_twice(texts: &[(String, String)]) -> impl Iterator<Item = Problem> {
    let again = texts.iter().enumerate().filter(|(place, (name, _))| texts.iter().take(*place).any(|(known, _)| known == name));
    again.map(|(_, (name, _))| Problem::new(ProblemCode::Duplicate, format!("given.{name}"), "given twice").with_cure("give it once"))
}

/// What is wrong with the whole of the facts, told of their file.
fn of_file(mut error: TrainingError, path: &Path) -> TrainingError {
    for problem in error.problems.iter_mut().filter(|problem| problem.place == "facts") {
        problem.place = path.display().to_string();
    }
    error
}

/// The text of a file in UTF-8.
pub(crate) fn read_text(path: &Path) -> Result<String, TrainingError> {
    reads(path);
    std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

/// The bytes of a file.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, TrainingError> {
    reads(path);
    std::fs::read(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> TrainingError {
    Problem::new(ProblemCode::Unreadable, path.display().to_string(), format!("cannot be read: {error}"))
        .with_cure("see that the file is there, is not empty and may be read")
        .into()
}

pub(crate) fn name_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE, such as year=2024".to_owned()),
    }
}

/// A list and the file of its records, such as `activities=A.parquet`.
pub(crate) fn list_and_file(text: &str) -> Result<(String, String), String> {
    name_and_value(text).map_err(|_| "expected LIST=FILE, such as activities=A.parquet".to_owned())
}

/// An amount of memory, such as `512MB`.
pub(crate) fn memory(text: &str) -> Result<usize, String> {
    const UNITS: [(&str, u64); 6] = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000)];
    const LEAST: usize = 16_000_000;
    let expected = || "expected an amount of memory of 16MB or more, such as 512MB or 2GB".to_owned();
    let (digits, unit) = UNITS.into_iter().find_map(|(unit, bytes)| Some((text.strip_suffix(unit)?, bytes))).unwrap_or((text, 1));
    let bytes = digits.trim().parse::<u64>().ok().and_then(|number| usize::try_from(number.checked_mul(unit)?).ok());
    bytes.filter(|bytes| *bytes >= LEAST).ok_or_else(expected)
}

pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    parse_day(text).ok_or_else(|| "expected a date that exists, YYYY-MM-DD".to_owned())
}

pub(crate) fn lang(text: &str) -> Result<Lang, String> {
    Lang::of(text).ok_or_else(|| "expected zh or en".to_owned())
}
