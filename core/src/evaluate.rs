//! From facts and a compiled decision to a verdict with its reasons.

mod status;
mod verdict;

pub use status::{Status, StatusSet};
pub use verdict::{
    Advice, Consequence, ConsequenceState, Detail, ExcludedBy, Figure, Finding, Given, Modality, PolicyReference, Reason, RecordLine, RecordState,
    Relation, Verdict,
};
