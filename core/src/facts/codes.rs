//! The code lists of the vocabulary, by what they speak of.

mod attachments;
mod credits;
mod institutions;
mod people;
mod regions;
mod residency;

pub use attachments::*;
pub use credits::*;
pub use institutions::*;
pub use people::*;
pub use regions::*;
pub use residency::*;
