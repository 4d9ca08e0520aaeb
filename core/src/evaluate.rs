//! From facts and a compiled decision to a verdict with its reasons.
//!
//! A [`Question`] is a decision on a day with what is given; it judges one subject after another. Judging reads the compiled rules for statuses
//! and figures alone; a [`Verdict`] adds, by reading them again, the ledger and the facts that an open result waits for.

#[cfg(feature = "population")]
mod block;
mod consequence;
mod embedded;
mod exclusion;
mod figure;
mod judge;
mod layers;
mod of_totals;
#[cfg(feature = "population")]
mod open_side;
mod portions;
mod provision;
mod question;
mod record_path;
#[cfg(feature = "population")]
mod side_by_side;
mod standing;
mod status;
mod suppose;
#[cfg(feature = "population")]
mod table;
mod totals;
mod useful;
mod vantage;
mod verdict;
mod waiting;
mod write;

#[cfg(feature = "population")]
pub(crate) use block::{BlockPlan, BlockResult, SUBJECTS, Walked};
pub(crate) use figure::shown;
#[cfg(feature = "population")]
pub(crate) use side_by_side::{FIGURE_DECIMALS, SideBySide, SideFigure, SideFinding, SideNumbers};
pub(crate) use standing::{Asked, Standing};
#[cfg(feature = "population")]
pub(crate) use table::{FigureRow, FindingRow, TableRow};
pub(crate) use vantage::Vantage;

pub use judge::{FigureOutcome, FindingOutcome, Outcome};
pub use portions::{FigurePortion, Portion, Portions};
pub use question::Question;
pub use record_path::{NoRecordPath, RecordPath};
pub use status::{Status, StatusSet};
pub use verdict::{
    Advice, Consequence, ConsequenceEffect, ConsequenceState, Detail, ExcludedBy, Figure, Finding, Given, Modality, NotInForce, PolicyReference,
    Provisional, Reason, RecordLine, RecordState, Relation, Verdict,
};

/// The code under which canonical JSON writes a value of one of the enums here.
pub(crate) fn code_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|json| json.as_str().map(str::to_owned)).unwrap_or_default()
}

impl Verdict {
    /// The verdict as canonical JSON: the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, whole numbers and lists of them: nothing here can fail to serialise.
        crate::json::to_json(self).unwrap_or_default()
    }
}
