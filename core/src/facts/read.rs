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
        PartlyRead::from_json(text).whole()
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

/// Facts as far as they could be read, and what is wrong with the rest.
///
/// A question that is asked about them tells what is wrong with facts that its policies declare themselves in the same go, and is not answered.
///
/// ```
/// use medtrain::{evaluate::Given, facts::PartlyRead, policy::PolicySet, quantity::parse_day};
///
/// let set = PolicySet::builtin()?;
/// let question = set.ask("cq-annual-cme", &Given::new().with("year", 2024), parse_day("2024-11-15").ok_or("no such day")?)?;
/// let read = PartlyRead::from_json(r#"{"practitioner": {"titel": "physician", "extra": {"points": 1}}}"#);
/// let refused = question.accept(&read).expect_err("two problems");
/// let places: Vec<&str> = refused.problems.iter().map(|problem| problem.place.as_str()).collect();
/// assert_eq!(places, ["practitioner.titel", "practitioner.extra.points"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartlyRead {
    pub(crate) facts: ReadFacts,
    pub(crate) problems: Vec<Problem>,
}

impl PartlyRead {
    /// Reads facts from JSON text.
    #[must_use]
    pub fn from_json(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut source = serde_json::Deserializer::from_str(text);
        let mut place = Place::default();
        let mut facts = Facts::default();
        let read = serde::Deserializer::deserialize_any(&mut source, FactsVisitor { facts: &mut facts, place: &mut place });
        let is_json = || serde_json::from_str::<IgnoredAny>(text).is_ok();
        Self::finish(
            read.and_then(|()| source.end()),
            facts,
            place,
            |error| if error.is_data() && is_json() { no_object(&error) } else { not_json(&error) },
        )
    }

    /// Reads facts from any format that says itself what it holds, such as the objects of another language; what that cannot read on from is told by `fault`.
    pub fn read<'de, D: Deserializer<'de>>(source: D, fault: impl FnOnce(D::Error) -> Problem) -> Self {
        let mut place = Place::default();
        let mut facts = Facts::default();
        let read = source.deserialize_any(FactsVisitor { facts: &mut facts, place: &mut place });
        Self::finish(read, facts, place, fault)
    }

    fn finish<E>(read: Result<(), E>, facts: Facts, place: Place, fault: impl FnOnce(E) -> Problem) -> Self {
        let own = place.has_own();
        let mut problems = place.into_problems();
        problems.extend(read.err().map(fault));
        Self { facts: ReadFacts { facts, own }, problems }
    }

    /// What is wrong, for whoever reads a format to tell more of it.
    pub fn problems_mut(&mut self) -> impl Iterator<Item = &mut Problem> {
        self.problems.iter_mut()
    }

    /// The facts.
    ///
    /// # Errors
    /// Every problem, each with its path.
    pub fn whole(self) -> Result<ReadFacts, TrainingError> {
        TrainingError::unless_empty(self.problems)?;
        Ok(self.facts)
    }
}

/// Nothing, where facts could not be had at all.
impl From<TrainingError> for PartlyRead {
    fn from(error: TrainingError) -> Self {
        Self { facts: ReadFacts { facts: Facts::default(), own: false }, problems: error.problems }
    }
}

/// Facts that a question is to be asked about: such as were read without a problem, or as far as they could be.
#[derive(Clone, Copy, Debug)]
pub struct Brought<'f> {
    pub(crate) read: &'f ReadFacts,
    pub(crate) problems: &'f [Problem],
}

impl Brought<'_> {
    /// What is wrong with them, whatever is asked.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        self.problems
    }

    /// The question that is asked about them, which was read apart from them.
    ///
    /// # Errors
    /// The question cannot be asked: everything that is wrong with it, and with them.
    pub fn with<Q>(self, question: Result<Q, TrainingError>) -> Result<Q, TrainingError> {
        question.map_err(|mut error| {
            error.problems.extend_from_slice(self.problems);
            error
        })
    }
}

impl<'f> From<&'f ReadFacts> for Brought<'f> {
    fn from(read: &'f ReadFacts) -> Self {
        Self { read, problems: &[] }
    }
}

impl<'f> From<&'f PartlyRead> for Brought<'f> {
    fn from(partly: &'f PartlyRead) -> Self {
        Self { read: &partly.facts, problems: &partly.problems }
    }
}

fn no_object(error: &serde_json::Error) -> Problem {
    Problem::new(ProblemCode::WrongType, "facts", error.to_string()).with_cure("write `{\"practitioner\": {..}}`")
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
