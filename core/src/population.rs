//! A decision over tables: a row for each subject in, a row with the result for each subject out.
//!
//! Subjects and their records come as Arrow tables whose columns carry the names, labels or headers of the vocabulary. The rows are read by the same
//! evaluator as typed facts, without a record being built of them.
//!
//! ```
//! # use std::sync::Arc;
//! # use arrow_array::{ArrayRef, BooleanArray, Date32Array, RecordBatch, StringArray};
//! # use medtrain::evaluate::Given;
//! # use medtrain::policy::PolicySet;
//! # use medtrain::population::{Limits, Tables};
//! # use medtrain::quantity::Day;
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let set = PolicySet::builtin()?;
//! let given = Given::new().with("year", 2024);
//! let question = set.ask("cq-annual-cme", &given, Day::from_ymd_opt(2024, 11, 15).ok_or("a day")?)?;
//!
//! let text = |texts: Vec<&str>| Arc::new(StringArray::from(texts)) as ArrayRef;
//! let people = RecordBatch::try_from_iter([("person_id", text(vec!["1001", "1002"]))])?;
//! let activities = RecordBatch::try_from_iter([
//!     ("person_id", text(vec!["1001", "1001"])),
//!     ("学分", text(vec!["12.5", "13"])),
//!     ("hours", text(vec!["40", "41"])),
//!     ("awarded_on", text(vec!["2024-03-01", "2024-05-01"])),
//!     ("subject_kind", text(vec!["professional", "public"])),
//!     ("job_related", Arc::new(BooleanArray::from(vec![true, true])) as ArrayRef),
//!     ("electronic", Arc::new(BooleanArray::from(vec![true, true])) as ArrayRef),
//! ])?;
//!
//! let tables = Tables::of(&question, &people)?.with("activities", &activities)?;
//! let verdicts = question.evaluate_tables(&tables, Limits::default())?;
//! assert_eq!(verdicts.batch.num_rows(), 2);
//! assert_eq!(verdicts.counts.unmet, 2);
//! # Ok(())
//! # }
//! ```

mod bytes;
mod cells;
mod convert;
mod files;
mod flaws;
mod join;
mod origin;
mod output;
mod person;
mod plan;
mod reads;
mod rows;
mod run;
mod source;
mod stream;
mod table;

pub use files::{TableFile, TableFormat, TableWriter};
pub use origin::{Origin, OriginPolicy, OriginTable};
pub use output::{Counts, TableVerdicts};
pub use person::{SubjectFacts, status_in_results};
pub use plan::Plan;
pub use run::Limits;
pub use source::TableSource;
pub use stream::{StreamLimits, StreamedVerdicts, TableStream};
pub use table::Tables;

#[cfg(test)]
mod tests;
