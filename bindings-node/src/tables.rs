//! A decision over tables, judged on a thread of Node's pool.

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_array::RecordBatch;
use arrow_ipc::reader::StreamReader;
use arrow_select::concat::concat_batches;
use medtrain::policy::PolicySet;
use medtrain::population::{Counts, Limits, TableFormat, Tables};
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde::Serialize;

use crate::asked::Asked;
use crate::names::camel_json;
use crate::policies::Policies;
use crate::work::{Course, Made, Stop, Told, Work};

/// What a run over tables may use, and what it gives.
#[napi(object, object_to_js = false)]
pub struct Run {
    /// How many threads work side by side.
    pub threads: u32,
    /// Whether the results are wanted as Parquet; else they come as Arrow.
    pub parquet: bool,
}

/// What is told beside the table of results.
#[derive(Serialize)]
struct Judged<'a> {
    counts: Counts,
    problems: &'a [Problem],
    notes: &'a [Problem],
    ignored: &'a [String],
}

#[napi]
impl Policies {
    /// Judges every subject of a table; `names` are the lists to which the tables of records belong, in their order.
    #[napi]
    #[allow(clippy::too_many_arguments, reason = "they come from one function of JavaScript's, which names them")]
    pub fn evaluate_table(
        &self,
        asked: Asked,
        subjects: &[u8],
        names: Vec<String>,
        records: Vec<&[u8]>,
        run: Run,
        stop: &Stop,
        told: Option<Told>,
    ) -> AsyncTask<Work> {
        let set = Arc::clone(&self.set);
        let subjects = subjects.to_vec();
        let records: Vec<(String, Vec<u8>)> = names.into_iter().zip(records.into_iter().map(<[u8]>::to_vec)).collect();
        AsyncTask::new(Work::new("tables".to_owned(), told, stop, move |course| judged(&set, &asked, subjects, records, &run, course)))
    }
}

fn judged(
    set: &PolicySet,
    asked: &Asked,
    subjects: Vec<u8>,
    records: Vec<(String, Vec<u8>)>,
    run: &Run,
    course: &Course,
) -> Result<Made, TrainingError> {
    let question = asked.question(set)?;
    course.tell("reading", 0, records.len() + 1);
    let threads = usize::try_from(run.threads).unwrap_or(1).max(1);
    let mut tables = Tables::of(&question, &table("subjects", subjects)?)?.threads(threads);
    for (done, (list, bytes)) in records.into_iter().enumerate() {
        course.go_on()?;
        tables = tables.with(&list, &table(&list, bytes)?)?;
        course.tell("reading", done + 1, done + 2);
    }
    course.go_on()?;
    let (judged, total) = (AtomicUsize::new(0), tables.len());
    let progress = |more: usize| course.tell("judging", judged.fetch_add(more, Ordering::Relaxed) + more, total);
    let verdicts = question.evaluate_tables(&tables, Limits { threads, progress: Some(&progress), stop: Some(course.stop()) })?;
    course.go_on()?;
    let format = if run.parquet { TableFormat::Parquet } else { TableFormat::Arrow };
    let json = camel_json(&Judged { counts: verdicts.counts, problems: &tables.problems, notes: &tables.notes, ignored: &tables.ignored });
    Ok(Made { json, bytes: Some(format.write(&verdicts.batch)?), ..Made::default() })
}

/// A table in any of its forms, told by the first bytes: Parquet, an Arrow file, or an Arrow stream.
fn table(name: &str, bytes: Vec<u8>) -> Result<RecordBatch, TrainingError> {
    if bytes.starts_with(b"PAR1") {
        return TableFormat::Parquet.read(name, bytes);
    }
    if bytes.starts_with(b"ARROW1") {
        return TableFormat::Arrow.read(name, bytes);
    }
    let unreadable = |error: &dyn std::fmt::Display| {
        let problem = Problem::new(ProblemCode::Unreadable, name, format!("not a table that can be read: {error}"));
        problem.with_cure("give the bytes of Parquet, or of Arrow as `tableToIPC` writes them")
    };
    let reader = StreamReader::try_new(Cursor::new(bytes), None).map_err(|error| unreadable(&error))?;
    let schema = reader.schema();
    let batches = reader.collect::<Result<Vec<_>, _>>().map_err(|error| unreadable(&error))?;
    Ok(concat_batches(&schema, &batches).map_err(|error| unreadable(&error))?)
}
