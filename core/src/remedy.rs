//! Remedies: the least that can still be done so that a verdict becomes `met`, and by when.
//!
//! In come a question and the facts; out go a few sets of steps, each of which was judged again. The search is a reader of the compiled form: it
//! inverts conditions, and knows nothing of what they are about. What is in the subject's power, the vocabulary says.
//! INVARIANT: sound. Applying a remedy to the facts gives what it says that it gives. INVARIANT: bounded. The search says when it gave up.

mod apply;
mod by_itself;
mod caps;
mod earliest;
mod goal;
mod integrate;
mod invert;
mod missing;
mod months;
mod period;
mod plan;
mod reach;
mod search;
mod shrink;
#[cfg(test)]
mod tests;
mod today;
mod twice;
mod want;
mod world;
mod write;

use medtrain_macros::crosses;
use serde::Deserialize;

use crate::evaluate::{Given, Status};
use crate::facts::Facts;
use crate::policy::PolicySet;
use crate::problem::TrainingError;
use crate::quantity::{Day, Unit};

/// What can still be done about a verdict.
#[crosses]
#[derive(Deserialize)]
pub struct Remedies {
    /// Whether anything is to be done, and whether something was found.
    pub state: RemedyState,
    /// Alternatives, the least first.
    pub remedies: Vec<Remedy>,
    /// Where nothing gives `met`, what can still be closed beside what is blocked: alternatives, the least first.
    pub partial: Vec<Remedy>,
    /// What nothing helps any more.
    pub blocked: Vec<Blocked>,
    /// When it will be met by itself, with nothing changed but the day; absent where it will not within five years, or that was not asked for.
    pub earliest: Option<Earliest>,
    /// Where nothing gives `met` on the day that is given, such as that of an application: the first day that could be given instead, and what then
    /// does; absent where no later day helps, or that was not asked for.
    pub later: Option<Later>,
}

/// A later day that could be given, and what is to be done for it.
#[crosses]
#[derive(Deserialize)]
pub struct Later {
    /// The day.
    pub on: Day,
    /// The name of what is given that is this day.
    pub given: String,
    /// Alternatives, the least first.
    pub remedies: Vec<Remedy>,
}

/// The first day on which a question is answered by `met`.
#[crosses]
#[derive(Deserialize)]
pub struct Earliest {
    /// The day on which to ask.
    pub on: Day,
    /// What is given that must be this day too, such as the day of an application.
    pub given: Option<String>,
    /// The last day on which it is so without a break, where that ends within a year.
    pub until: Option<Day>,
}

/// Whether a remedy is needed, and was found.
#[crosses]
#[derive(Copy, Hash, Deserialize)]
pub enum RemedyState {
    /// What is asked is there, or nothing is asked.
    NotNeeded,
    /// There are remedies.
    Found,
    /// There is none.
    None,
    /// None was found within the bounds of the search.
    GaveUp,
}

/// One set of steps that together suffice, of which none can be left out.
#[crosses]
#[derive(Deserialize)]
pub struct Remedy {
    /// What is to be done.
    pub steps: Vec<Step>,
    /// What the verdict becomes: `met`, or where that cannot be had, nothing worse than `waivable`; of a partial one what it then is.
    pub gives: Status,
    /// Whether less may do, or nothing, once the facts are told that are missing.
    pub at_most: bool,
    /// The last day for the first of the steps that has one.
    pub by: Option<Day>,
    /// The first day on which the verdict is so; absent where it is as soon as the steps are done.
    pub from: Option<Day>,
    /// The first day that could be given instead, with the steps done, where the decision takes one, such as that of
    /// an application, and it was asked for.
    pub earliest: Option<Earliest>,
}

/// One thing to do.
#[crosses]
#[derive(Deserialize)]
pub enum Step {
    /// Add a record to a list, such as a credit record.
    AddRecord {
        /// The list, such as `practitioner.activities`.
        list: String,
        /// What matters of the record; all else is free.
        fields: Vec<StepField>,
        /// The last day for it.
        until: Option<Day>,
        /// The provisions that it serves.
        closes: Vec<Closed>,
    },
    /// Bring a fact about, such as a duty put in place.
    SetFact {
        /// The fact, such as `institution.fund.accrued`.
        path: String,
        /// What it must come to.
        value: String,
        /// Other values that would do as well.
        or: Vec<String>,
        /// Whether it may as well be more, or less, or a later day; absent where it must be this value.
        bound: Option<StepBound>,
        /// The unit of a number.
        unit: Option<Unit>,
        /// The last day for it.
        until: Option<Day>,
        /// The provisions that it serves.
        closes: Vec<Closed>,
    },
    /// Go on, and ask again on a day.
    Wait {
        /// The first day on which it will do.
        until: Day,
        /// The provisions that it serves.
        closes: Vec<Closed>,
    },
}

/// On which side of a value others do as well.
#[crosses]
#[derive(Copy, Hash, Deserialize)]
pub enum StepBound {
    /// It may be more, or a later day.
    AtLeast,
    /// It may be less.
    AtMost,
}

/// What a field of a new record must be.
#[crosses]
#[derive(Deserialize)]
pub struct StepField {
    /// The field, such as `credits`.
    pub field: String,
    /// Its value: the least amount, the earliest day.
    pub value: String,
    /// Other values that would do as well.
    pub or: Vec<String>,
    /// The latest day, where there is one.
    pub until: Option<Day>,
    /// How many whole months a stay lasts, of its last day.
    pub months: Option<i64>,
    /// How many days it lasts beside them, where days are what other stays leave over.
    pub days: Option<i64>,
    /// Other fields of the record that an amount would do without: it may as well come with another record, which need not be so in them.
    pub without: Vec<String>,
    /// The unit of a number.
    pub unit: Option<Unit>,
}

/// A provision that a step serves.
#[crosses]
#[derive(Deserialize)]
pub struct Closed {
    /// The provision.
    pub provision: String,
    /// Its article.
    pub article: String,
}

/// A provision that nothing helps any more.
#[crosses]
#[derive(Deserialize)]
pub struct Blocked {
    /// The provision.
    pub provision: String,
    /// Its article.
    pub article: String,
    /// Why nothing helps.
    pub reason: BlockedReason,
    /// The first day on which it was too late.
    pub since: Option<Day>,
    /// The first day of the next chance.
    pub next: Option<Day>,
    /// The last day on which it can be met, where that is still to come.
    pub due: Option<Day>,
    /// The facts that are missing first of all, by path.
    pub missing: Vec<String>,
}

/// Why nothing helps.
#[crosses]
#[derive(Copy, Hash, Deserialize)]
pub enum BlockedReason {
    /// It could have been done, until a day.
    TooLate,
    /// It takes facts that are not in the subject's power.
    NotInPower,
    /// It waits for facts that nobody told us.
    MissingFacts,
    /// No way was found.
    NoWayFound,
}

impl Remedies {
    /// The remedies as canonical JSON: the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, whole numbers and lists of them: nothing here can fail to serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl PolicySet {
    /// What can still be done about the verdict of a decision for one subject on one day.
    ///
    /// # Errors
    /// No such decision; something given that it does not take, or not given that it does.
    pub fn remedies(&self, decision: &str, facts: &Facts, given: &Given, as_of: Day) -> Result<Remedies, TrainingError> {
        Ok(self.ask(decision, given, as_of)?.remedies(facts))
    }
}
