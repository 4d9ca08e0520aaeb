//! Records of a kind that a policy declares itself.

use medtrain_macros::entity;

use crate::facts::{AnyEntity, Extra, RECORDED_AT};
use crate::feel::Value;

/// A record of a policy's own kind, on its way from a row to the facts.
///
/// The vocabulary has no field of it: all that it says are facts of the policy's own.
#[entity(name = "own_record", zh = "自定义记录", en = "record of a policy's own kind")]
pub(crate) struct OwnRecord {
    /// Nothing of the vocabulary.
    pub unknown: Vec<String>,
    /// Nothing of the vocabulary.
    pub none: Vec<String>,
    /// What it says.
    pub extra: Extra,
}

/// What such a record says, as a condition reads it.
pub(super) fn value_of(record: Box<dyn AnyEntity>) -> Option<Value> {
    let record: Box<OwnRecord> = record.into_any().downcast().ok()?;
    let mut said = record.extra;
    if let Some(day) = record.recorded_at {
        said.insert(RECORDED_AT, Value::Date(day));
    }
    Some(said.into_value())
}
