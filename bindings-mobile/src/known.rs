//! Facts that are read once and asked about often.

use medtrain::facts::ReadFacts;

use crate::asked::read_facts;
use crate::refusal::Refusal;
use crate::wire::Source;

/// Facts that were read and checked.
#[derive(uniffi::Object)]
pub struct Known {
    /// As they were read, for any question to take.
    pub(crate) facts: ReadFacts,
}

#[uniffi::export]
impl Known {
    /// Reads facts and checks them.
    #[uniffi::constructor]
    fn read(facts: &[u8]) -> Result<Self, Refusal> {
        Ok(Self { facts: read_facts(&mut Source::of(facts)).whole()? })
    }
}
