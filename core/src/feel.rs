//! Conditions: a statically typed subset of FEEL, the expression language of the DMN standard.
//!
//! In comes text; out goes a compiled form that several readers share. It knows records, codes and units, and no medicine.
//! On complete facts an expression has the value that FEEL gives it; with unknown facts it is decided only if it is the same however they
//! turn out. `docs/feel.md` lists what is in the subset.
//!
//! ```
//! use medtrain::feel::{Context, evaluate};
//!
//! let context = Context::from_json(r#"{"credits": [10, 14.9, 0.1]}"#)?;
//! assert_eq!(evaluate("total(credits) >= 25", &context)?.to_json(), "true");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod aggregate;
mod arithmetic;
mod batch;
mod bounds;
mod builtin;
mod calendar;
mod call;
mod check;
mod column;
mod context;
mod datum;
mod derived;
mod distinct;
mod draw;
pub(crate) mod duration;
mod episodes;
mod error;
mod eval;
mod exact;
mod expr;
mod extreme;
mod function;
#[cfg(feature = "population")]
mod gather;
#[cfg(feature = "population")]
mod lane;
mod limit;
mod number;
mod outcomes;
mod parallel;
mod parse;
mod probe;
#[cfg(feature = "population")]
mod row_truths;
#[cfg(feature = "population")]
mod segment;
#[cfg(feature = "population")]
mod share;
mod stated;
mod syntax;
mod token;
mod trace;
mod truth;
mod truths;
mod types;
mod val;
mod value;
mod values;
#[cfg(feature = "population")]
mod wide;

pub use check::Names;
pub use column::{Column, ColumnKind};
pub use context::{Context, evaluate};
pub use datum::{Datum, Record, Records};
pub use error::{FeelError, FeelErrors};
pub use expr::Compiled;
pub use syntax::{Comparator, Span};
pub use truth::Truth;
pub use types::{Access, Codes, Measure, Schema, Shape, ShapeField, ShapeId, Type};
pub use value::{NullReason, RangeValue, Value};

/// The names of all built-in functions, in the order of `docs/feel.md`.
pub fn functions() -> impl Iterator<Item = &'static str> {
    builtin::SIGNATURES.iter().map(|signature| signature.name)
}

#[cfg(feature = "population")]
pub(crate) use aggregate::Aggregate;
#[cfg(feature = "render")]
pub(crate) use aggregate::field_of_each;
pub(crate) use aggregate::{Aggregates, aggregate_of};
pub(crate) use batch::{Batch, RecordList, Variable, places};
pub(crate) use bounds::{Premises, reach};
pub(crate) use builtin::Builtin;
pub(crate) use calendar::{Episode, add_months, merged, whole_months};
#[cfg(feature = "population")]
pub(crate) use column::{DAYS_BEFORE_1970, Known, LARGEST, WIDTH};
pub(crate) use column::{DECIMALS, UNIT, fixed};
pub(crate) use eval::{Evaluator, Ledger, Once, filtered};
pub(crate) use expr::{Expr, OneOf, Part, RangeExpr};
#[cfg(feature = "population")]
pub(crate) use gather::Gathered;
#[cfg(feature = "population")]
pub(crate) use lane::{Lane, LaneKeys, LaneValues, NumberLane, Words, below, every, some, without, word_of};
pub(crate) use number::of_steps;
pub(crate) use outcomes::outcomes;
pub(crate) use parallel::{Spot, Surroundings, spots};
pub(crate) use parse::{is_name, parse, words};
pub(crate) use probe::{Orders, Probe};
#[cfg(feature = "population")]
pub(crate) use row_truths::RowTruths;
#[cfg(feature = "population")]
pub(crate) use share::{Share, Sums, Taken, counts};
pub(crate) use stated::{Stated, stated, written, written_in_define};
pub(crate) use syntax::Operator;
pub(crate) use trace::{Asked, Parts, Waiting};
pub(crate) use truths::{TruthColumn, Truths};
pub(crate) use val::{Bounds, Item, Step, Trail, Val};
#[cfg(feature = "population")]
pub(crate) use wide::{Rows, Wide};
