//! Where a table of results comes from: what is needed to ask the same question again.

use serde::{Deserialize, Serialize};

use crate::evaluate::{Given, PolicyReference, Question};
use crate::policy::GivenDeclaration;
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::quantity::Day;

/// What a table of results says of where it comes from; nothing in it is about a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The version of medtrain that judged.
    pub engine: String,
    /// The decision that was asked.
    pub decision: String,
    /// The day on which it was asked.
    pub as_of: Day,
    /// What was given with it, as text by name.
    pub given: Vec<(String, String)>,
    /// The policy that was applied, and those that add to its decision.
    pub policies: Vec<OriginPolicy>,
    /// Policy files that were used beside the built-in ones.
    pub files: Vec<String>,
    /// Built-in policies that were left out.
    pub without: Vec<String>,
    /// The table of subjects, and then those of records.
    pub tables: Vec<OriginTable>,
}

/// A policy, as the table of results knows it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginPolicy {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its file, in hexadecimal.
    pub hash: String,
}

/// A table that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginTable {
    /// The list of which it holds the records; the kind of subject for that of the subjects.
    pub name: String,
    /// Where it was.
    pub path: String,
    /// How many rows it had.
    pub rows: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl From<PolicyReference> for OriginPolicy {
    fn from(policy: PolicyReference) -> Self {
        Self { id: policy.id, version: policy.version, hash: policy.hash }
    }
}

impl Origin {
    /// The name under which a file of results notes it.
    pub const KEY: &'static str = "medtrain";

    /// What is to be noted of a question about these tables.
    #[must_use]
    pub fn new(question: &Question<'_>, tables: Vec<OriginTable>) -> Self {
        Self {
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            decision: question.decision().to_owned(),
            as_of: question.as_of(),
            given: question.given().iter().map(|(name, value)| (name.to_owned(), value.to_string())).collect(),
            policies: Self::policies_of(question),
            files: Vec::new(),
            without: Vec::new(),
            tables,
        }
    }

    /// The policy that answers a question, and those that add to its decision.
    #[must_use]
    pub fn policies_of(question: &Question<'_>) -> Vec<OriginPolicy> {
        std::iter::once(question.policy_reference()).chain(question.layers()).map(OriginPolicy::from).collect()
    }

    /// What was given, in the types that the decision declares today.
    ///
    /// # Errors
    /// A value that is none of its type.
    pub fn given(&self, declared: &[&GivenDeclaration]) -> Result<Given, TrainingError> {
        let mut given = Given::new();
        let mut problems = Vec::new();
        for (name, text) in &self.given {
            match declared.iter().find(|declared| declared.name == *name).map(|declared| declared.parse(text)) {
                Some(Ok(value)) => given = given.with(name.as_str(), value),
                Some(Err(expected)) => problems.push(
                    Problem::new(ProblemCode::WrongType, format!("given.{name}"), format!("expected {expected}"))
                        .with_cure(format!("give {expected}")),
                ),
                // The question itself says which names it takes.
                None => given = given.with(name.as_str(), text.as_str()),
            }
        }
        TrainingError::unless_empty(problems)?;
        Ok(given)
    }

    /// As text, for a file's notes.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Texts, numbers and lists of them: nothing here can fail to serialise.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what was noted; `name` stands for the file in what is said of it.
    ///
    /// # Errors
    /// Text that was not noted by medtrain.
    pub fn from_json(name: &str, text: &str) -> Result<Self, TrainingError> {
        serde_json::from_str(text).map_err(|error| {
            Problem::new(ProblemCode::Syntax, name, format!("its note of where it comes from cannot be read: {error}"))
                .with_cure("give a table that `medtrain evaluate-table` wrote, as it was written")
                .into()
        })
    }
}
