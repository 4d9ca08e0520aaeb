//! Conditions: a statically typed subset of FEEL, the expression language of the DMN standard.

mod datum;
mod duration;
mod value;

pub use datum::{Datum, Record, Records};
pub use value::{NullReason, RangeValue, Value};
