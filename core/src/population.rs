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
//!
//! Tables larger than memory are streamed: a [`TableStream`] reads batches and hands over batches. From files to a file, with a note of where the results
//! come from:
//!
//! ```
//! # use std::fs::File;
//! # use std::sync::Arc;
//! # use arrow_array::{ArrayRef, RecordBatch, StringArray};
//! # use medtrain::evaluate::Given;
//! # use medtrain::policy::PolicySet;
//! use medtrain::population::{Origin, StreamLimits, TableFile, TableFormat, TableStream, TableWriter};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let set = PolicySet::builtin()?;
//! # let given = Given::new().with("year", 2024);
//! # let question = set.ask("cq-annual-cme", &given, "2024-11-15".parse()?)?;
//! # let folder = tempfile::tempdir()?;
//! # let (people, activities, results) = (folder.path().join("people.parquet"), folder.path().join("a.parquet"), folder.path().join("r.parquet"));
//! # let ids = || ("person_id", Arc::new(StringArray::from(vec!["1001", "1002"])) as ArrayRef);
//! # std::fs::write(&people, TableFormat::Parquet.write(&RecordBatch::try_from_iter([ids()])?)?)?;
//! # let credits = ("credits", Arc::new(StringArray::from(vec!["5", "6"])) as ArrayRef);
//! # std::fs::write(&activities, TableFormat::Parquet.write(&RecordBatch::try_from_iter([ids(), credits])?)?)?;
//! let stream = TableStream::of(&question, TableFile::open(&people)?)?
//!     .with("activities", TableFile::open(&activities)?)?
//!     .sorted();
//! let mut writer = TableWriter::new("results", TableFormat::Parquet, File::create(&results)?, &*stream.results()?)?;
//! let told = stream.run(StreamLimits { memory: 256_000_000, ..StreamLimits::default() }, &mut |batch| writer.write(&batch))?;
//! writer.note(Origin::KEY, &Origin::new(&question, Vec::new()).to_json());
//! writer.finish()?;
//!
//! let results = TableFile::open(&results)?;
//! assert_eq!(results.rows(), 2);
//! assert_eq!(Origin::from_json("results", results.noted(Origin::KEY).unwrap_or_default())?.decision, "cq-annual-cme");
//! # Ok(())
//! # }
//! ```
//!
//! Every [`RecordBatchReader`](arrow_array::RecordBatchReader) can be read from, such as the answer of a database; a sink may keep nothing but what it is
//! after:
//!
//! ```
//! # use std::sync::Arc;
//! # use arrow_array::{ArrayRef, RecordBatch, StringArray};
//! # use medtrain::evaluate::Given;
//! # use medtrain::policy::PolicySet;
//! use arrow_array::RecordBatchIterator;
//! use medtrain::population::{StreamLimits, TableStream};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let set = PolicySet::builtin()?;
//! # let given = Given::new().with("year", 2024);
//! # let question = set.ask("cq-annual-cme", &given, "2024-11-15".parse()?)?;
//! # let page = |ids: Vec<&str>| RecordBatch::try_from_iter([("person_id", Arc::new(StringArray::from(ids)) as ArrayRef)]);
//! let (first, second) = (page(vec!["1001", "1002"])?, page(vec!["1003"])?);
//! let schema = first.schema();
//! let answer = RecordBatchIterator::new([first, second].into_iter().map(Ok), schema);
//!
//! let mut batches = 0;
//! let told = TableStream::of(&question, answer)?.run(StreamLimits::default(), &mut |_| {
//!     batches += 1;
//!     Ok(())
//! })?;
//! assert_eq!((told.counts.unknown, batches), (3, 1));
//! # Ok(())
//! # }
//! ```
//!
//! And of one subject of such files, everything that can be said:
//!
//! ```
//! # use std::sync::Arc;
//! # use arrow_array::{ArrayRef, RecordBatch, StringArray};
//! # use medtrain::evaluate::Given;
//! # use medtrain::policy::PolicySet;
//! use medtrain::population::{TableFile, TableFormat};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let set = PolicySet::builtin()?;
//! # let given = Given::new().with("year", 2024);
//! # let question = set.ask("cq-annual-cme", &given, "2024-11-15".parse()?)?;
//! # let table = |columns: [(&str, Vec<&str>); 2]| {
//! #     let columns = columns.map(|(name, texts)| (name, Arc::new(StringArray::from(texts)) as ArrayRef));
//! #     TableFormat::Arrow.write(&RecordBatch::try_from_iter(columns).map_err(|e| e.to_string())?).map_err(|e| e.to_string())
//! # };
//! # let people = table([("person_id", vec!["1001", "1002"]), ("title_grade", vec!["senior", "junior"])])?;
//! # let activities = table([("person_id", vec!["1002", "1001", "1002"]), ("credits", vec!["5", "6", "7"])])?;
//! let people = TableFile::of_bytes("people", TableFormat::Arrow, people)?;
//! let activities = TableFile::of_bytes("activities", TableFormat::Arrow, activities)?;
//! if let Some(found) = question.facts_from_files("1002", &people, &[("activities".to_owned(), activities)])? {
//!     let verdict = question.evaluate(&found.facts);
//!     assert_eq!(verdict.records.len(), 2);
//! }
//! # Ok(())
//! # }
//! ```

mod arrangement;
mod bytes;
mod cells;
mod convert;
mod files;
mod flaws;
mod ids;
mod join;
mod list;
mod origin;
mod output;
mod person;
mod plan;
mod reads;
mod rows;
mod run;
mod series;
mod source;
mod stream;
mod table;
mod threads;

pub use files::{TableFile, TableFormat, TableWriter};
pub use origin::{Origin, OriginPolicy, OriginTable};
pub use output::{Counts, TableVerdicts};
pub use person::{SubjectFacts, status_in_results};
pub use plan::Plan;
pub use run::Limits;
pub use source::{TablePart, TableSource};
pub use stream::{StreamLimits, StreamedVerdicts, TableStream};
pub use table::Tables;

#[cfg(test)]
mod tests;
#[cfg(all(test, feature = "workbook", feature = "render"))]
mod told;
