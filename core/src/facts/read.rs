//! Facts as they were read, before a question gives the facts that policies declare themselves their types.

use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, Visitor};

use super::{Facts, Place, ValueSeed, shortened};
use crate::problem::{Problem, ProblemCode, TrainingError, json_cure};

/// Facts that were read and checked against the vocabulary, for any question to take.
///
/// ```
/// use medtrain::{evaluate::Given, facts::ReadFacts, policy::PolicySet, quantity::parse_day};
///
/// let set = PolicySet::builtin()?;
/// let as_of = parse_day("2024-11-15").ok_or("no such day")?;
/// let facts = ReadFacts::from_json(r#"{"practitioner": {"person_id": "1001", "activities": []}}"#)?;
/// for year in [2023, 2024] {
///     let question = set.ask("cq-annual-cme", &Given::new().with("year", year), as_of)?;
///     let taken = question.accept(&facts)?;
///     assert_eq!(question.evaluate(&taken).status.code(), "unmet");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFacts {
    facts: Facts,
    /// Whether anything was said of facts that a policy declares itself.
    own: bool,
}

impl ReadFacts {
    /// Reads facts from JSON text.
    ///
    /// # Errors
    /// Every problem of the text, each with its path.
    pub fn from_json(text: &str) -> Result<Self, TrainingError> {
        Self::as_far_as_read(text).whole()
    }

    /// Reads facts from JSON text as far as they can be read.
    pub(crate) fn as_far_as_read(text: &str) -> PartlyRead {
        let mut source = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
        let mut place = Place::default();
        let mut facts = Facts::default();
        let read = serde::Deserializer::deserialize_any(&mut source, FactsVisitor { facts: &mut facts, place: &mut place });
        Self::finish(read.and_then(|()| source.end()), facts, place, |error| not_json(&error))
    }

    /// Reads facts from any format that says itself what it holds, such as the objects of another language; what that cannot read on from is told by `fault`.
    ///
    /// # Errors
    /// Every problem, each with its path.
    pub fn read<'de, D: Deserializer<'de>>(source: D, fault: impl FnOnce(D::Error) -> Problem) -> Result<Self, TrainingError> {
        let mut place = Place::default();
        let mut facts = Facts::default();
        let read = source.deserialize_any(FactsVisitor { facts: &mut facts, place: &mut place });
        Self::finish(read, facts, place, fault).whole()
    }

    fn finish<E>(read: Result<(), E>, facts: Facts, place: Place, fault: impl FnOnce(E) -> Problem) -> PartlyRead {
        let own = place.has_own();
        let mut problems = place.into_problems();
        problems.extend(read.err().map(fault));
        PartlyRead { facts: Self { facts, own }, problems }
    }

    /// What was known on a day: see [`Facts::as_known_on`].
    #[must_use]
    pub fn as_known_on(self, day: crate::quantity::Day) -> Self {
        Self { facts: self.facts.as_known_on(day), ..self }
    }

    /// The facts as they were read.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The facts as they were read.
    #[must_use]
    pub fn into_facts(self) -> Facts {
        self.facts
    }

    /// Whether anything was said of facts that a policy declares itself.
    pub(crate) fn says_own(&self) -> bool {
        self.own
    }
}

/// Facts as far as they could be read, and what is wrong with the rest: a question tells what is wrong with policies' own facts in the same go.
pub(crate) struct PartlyRead {
    pub(crate) facts: ReadFacts,
    pub(crate) problems: Vec<Problem>,
}

impl PartlyRead {
    /// The facts, where nothing is wrong with them.
    pub(crate) fn whole(self) -> Result<ReadFacts, TrainingError> {
        TrainingError::unless_empty(self.problems)?;
        Ok(self.facts)
    }
}

pub(super) fn not_json(error: &serde_json::Error) -> Problem {
    Problem::new(ProblemCode::Syntax, "facts", format!("not JSON: {error}")).with_cure(json_cure(error))
}

struct FactsVisitor<'p> {
    facts: &'p mut Facts,
    place: &'p mut Place,
}

impl<'de> Visitor<'de> for FactsVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object with one key for each subject")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            self.place.inside(shortened(&key), |place| {
                if self.facts.subject(&key).is_some() {
                    place.said_twice();
                }
                match self.facts.target(&key) {
                    Some(target) => map.next_value_seed(ValueSeed { target, place }),
                    None => {
                        place.unknown_name(&key, "subject", Facts::SUBJECTS.iter().map(|entity| entity.name));
                        map.next_value::<IgnoredAny>().map(drop)
                    }
                }
            })?;
        }
        Ok(())
    }
}
