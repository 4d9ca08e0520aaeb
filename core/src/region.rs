//! Regions: coverage and attainment of a register's people and institutions, held against a policy's targets.
//!
//! In come people with their verdicts, institutions and what is known of the region itself; out comes a [`RegionReport`]: rates with the people
//! who make them up, those left out and why, and those of whom it is open. The counts become the region's figures, and the decision about the
//! region is asked about them as about any others: which share is enough stands in the policy and nowhere here.
//! INVARIANT: of every rate, whoever is in its denominator, open or left out, is in it once, and together they are everyone of the group.

mod census;
mod publication;
mod ranking;
mod rate;
#[cfg(all(feature = "workbook", feature = "render"))]
mod register;
mod report;
mod target;
mod words;
#[cfg(all(feature = "workbook", feature = "render"))]
mod work;

#[cfg(test)]
mod tests;

#[cfg(all(feature = "render", feature = "workbook"))]
pub(crate) use census::NOBODY;
pub use publication::{Announced, Publication, Withheld, WithheldReason, publication};
pub use ranking::{Rank, Ranking, RankingLine, ranking};
pub use rate::{Exclusion, ExclusionReason, Measure, OpenMember, OpenReason, Rate, Share};
#[cfg(all(feature = "workbook", feature = "render"))]
pub use register::RegionRegister;
pub use report::{GradeLine, Group, GroupKind, InstitutionLine, Involvement, PersonLine, RateDefinition, RegionReport};

#[cfg(all(feature = "workbook", feature = "render"))]
pub use work::{RegionDecisions, RegionWork, Source, Standings};

use crate::evaluate::{Question, Verdict};
use crate::facts::{Institution, Practitioner, Region, Vocabulary};
use crate::problem::{Problem, ProblemCode, TrainingError};

use target::Target;

/// A decision about people and one about their region, ready to count a register.
#[derive(Debug)]
pub struct Survey<'q, 'p> {
    people: &'q Question<'p>,
    region: &'q Question<'p>,
    year: u32,
    targets: Vec<Target>,
}

/// A person who is counted, with the verdict on them.
#[derive(Clone, Copy, Debug)]
pub struct Surveyed<'a> {
    /// What is known of them.
    pub facts: &'a Practitioner,
    /// The verdict of the decision about people.
    pub verdict: &'a Verdict,
    /// Where they stand in the source, such as `人员!A5`.
    pub place: Option<&'a str>,
}

impl<'q, 'p> Survey<'q, 'p> {
    /// A survey of what these two decisions ask; its year is the one given with the question about the region, else that of its day.
    ///
    /// # Errors
    /// A decision that is asked of something else than people, or than a region.
    pub fn new(people: &'q Question<'p>, region: &'q Question<'p>) -> Result<Self, TrainingError> {
        let wanted = [(people, Practitioner::ENTITY), (region, Region::ENTITY)];
        let others = wanted.into_iter().filter(|(question, entity)| question.subject() != entity.name);
        let problem = |(question, entity): (&Question<'_>, &crate::facts::Entity)| {
            let message = format!("`{}` is asked of a {}, and not of a {}", question.decision(), question.subject(), entity.name);
            Problem::new(ProblemCode::Contradiction, "decision", message).with_cure(format!("name a decision about a {}", entity.name))
        };
        TrainingError::unless_empty(others.map(problem).collect())?;
        let year = target::year(region);
        Ok(Self { people, region, year, targets: target::targets(region, year) })
    }

    /// Counts the people and institutions of a region, and asks whether the region meets its targets.
    ///
    /// `institutions` are those that are known apart from their people; those that people name are added to them.
    ///
    /// # Errors
    /// The region has a figure of the year already that is counted here.
    pub fn count(&self, region: &Region, institutions: &[Institution], people: &[Surveyed<'_>]) -> Result<RegionReport, TrainingError> {
        report::report(self, region, institutions, people)
    }

    /// The decision about people.
    #[must_use]
    pub fn people(&self) -> &'q Question<'p> {
        self.people
    }

    /// The decision about the region.
    #[must_use]
    pub fn region(&self) -> &'q Question<'p> {
        self.region
    }
}
