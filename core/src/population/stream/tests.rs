//! What is streamed is what is judged in memory, and broken promises are named.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_array::{Array, ArrayRef, BooleanArray, Int64Array, RecordBatch, RecordBatchIterator, StringArray, UInt32Array};
use arrow_schema::ArrowError;
use arrow_select::concat::concat_batches;
use arrow_select::filter::filter_record_batch;
use arrow_select::take::take_record_batch;

use super::{StreamLimits, StreamedVerdicts, TableStream};
use crate::evaluate::{Given, Question};
use crate::policy::PolicySet;
use crate::population::{Limits, TableFile, TableFormat, TableSource, TableWriter, Tables};
use crate::problem::TrainingError;

fn ask<T>(of: impl FnOnce(&Question<'_>) -> T) -> T {
    let set = PolicySet::builtin().expect("the policies load");
    let given = Given::new().with("year", 2024);
    of(&set.ask("cq-annual-cme", &given, "2024-11-15".parse().expect("a day")).expect("a question"))
}

fn texts(texts: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(texts.to_vec()))
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true))).expect("a table")
}

fn people(ids: &[Option<&str>]) -> RecordBatch {
    batch(vec![("鞋码", texts(&vec![Some("41"); ids.len()])), ("person_id", texts(ids)), ("birth_date", texts(&vec![Some("1980-01-01"); ids.len()]))])
}

/// Records of these people, of which some count and some cannot be read; of nobody's, the cells are not looked at.
fn activities(owners: &[Option<&str>]) -> RecordBatch {
    let each = |value: &dyn Fn(usize) -> Option<&'static str>| texts(&(0..owners.len()).map(value).collect::<Vec<_>>());
    let spoiled = |n: usize, how: &'static str| if n % 7 == 3 && owners[n].is_some_and(|id| id.len() == 6) { how } else { "40" };
    let day = |n: usize| if spoiled(n, "") == "40" { ["2024-05-10", "2023-01-01", "2024-06-30"][n % 3] } else { "2024-02-30" };
    batch(vec![
        ("授予日期", each(&|n| Some(day(n)))),
        ("credits", each(&|n| [Some("12.5"), None, Some("14"), Some("0.125"), Some("30")][n % 5])),
        ("title", each(&|_| Some("a lecture"))),
        ("hours", each(&|n| Some(spoiled(n, "x")))),
        ("person_id", texts(owners)),
        ("电子学分", each(&|_| Some("是"))),
        ("subject_kind", each(&|n| Some(["专业科目", "public"][n % 2]))),
        ("profession_related", each(&|_| Some("true"))),
        ("job_related", each(&|n| Some(["true", "false", "是"][n % 3]))),
    ])
}

fn shuffled(batch: &RecordBatch, by: usize) -> RecordBatch {
    let order: UInt32Array = (0..batch.num_rows()).map(|n| u32::try_from((n * by + 3) % batch.num_rows()).expect("small")).collect();
    take_record_batch(batch, &order).expect("rows")
}

/// A table that arrives so many rows at a time.
fn arriving(batch: &RecordBatch, rows: usize) -> impl TableSource + use<> {
    let parts: Vec<Result<RecordBatch, ArrowError>> =
        (0..batch.num_rows()).step_by(rows).map(|first| Ok(batch.slice(first, rows.min(batch.num_rows() - first)))).collect();
    RecordBatchIterator::new(parts, batch.schema())
}

fn run(stream: TableStream<'_>, memory: usize, threads: usize) -> Result<(RecordBatch, StreamedVerdicts), TrainingError> {
    let schema = stream.results()?;
    let mut results = Vec::new();
    let told = stream.run(StreamLimits { memory, threads, ..StreamLimits::default() }, &mut |batch| {
        results.push(batch);
        Ok(())
    })?;
    Ok((concat_batches(&schema, &results).expect("one schema"), told))
}

/// What is told, in whatever order.
fn told(problems: &[crate::problem::Problem]) -> Vec<String> {
    let mut told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    told.sort();
    told
}

const MANY: usize = 700;

fn population() -> (RecordBatch, RecordBatch) {
    let ids: Vec<String> = (0..MANY).map(|n| format!("p{n:05}")).collect();
    let mut owners: Vec<Option<&str>> = ids.iter().enumerate().flat_map(|(n, id)| std::iter::repeat_n(Some(id.as_str()), n % 9)).collect();
    // Of nobody: at the beginning, between, at the end, and nameless.
    owners.splice(0..0, [Some("a"), None]);
    owners.splice(1_001..1_001, [Some("p00250x"), None, Some("p00250y")]);
    owners.extend([Some("q1"), Some("q2"), None]);
    let at = owners.iter().position(|owner| *owner == Some("p00300")).expect("a record");
    owners.insert(at + 1, None);
    owners[1_001..].sort_by_key(|owner| owner.unwrap_or("p00250x").to_owned());
    (people(&ids.iter().map(|id| Some(id.as_str())).collect::<Vec<_>>()), activities(&owners))
}

#[test]
fn a_stream_gives_what_is_judged_in_memory_whatever_the_memory_the_order_and_the_batches() {
    ask(|question| {
        let (people, records) = population();
        let in_memory = |people: &RecordBatch, records: &RecordBatch| {
            let tables = Tables::of(question, people).and_then(|t| t.with("activities", records)).expect("tables");
            (question.evaluate_tables(&tables, Limits::default()).expect("verdicts"), told(&tables.problems), tables.ignored.clone())
        };
        let (sorted, problems, ignored) = in_memory(&people, &records);
        assert!(problems.iter().any(|problem| problem.contains("further records of nobody known")), "{problems:?}");
        assert!(sorted.counts.unmet > 50 && sorted.counts.unknown > 50, "{:?}", sorted.counts);
        for (memory, threads, rows) in [(1 << 30, 1, 8_192), (400_000, 1, 64), (60_000, 1, 7), (400_000, 3, 1), (40_000, 2, 100)] {
            let stream =
                || TableStream::of(question, arriving(&people, rows)).and_then(|s| s.with("activities", arriving(&records, rows))).expect("a stream");
            for stream in [stream(), stream().sorted()] {
                let is_sorted = stream.sorted;
                let (results, said) = run(stream, memory, threads).expect("results");
                assert_eq!(results, sorted.batch, "{memory} bytes, {threads} threads, {rows} rows, sorted: {is_sorted}");
                assert_eq!((said.counts, told(&said.problems)), (sorted.counts, problems.clone()), "{memory} {rows} {is_sorted}");
                assert_eq!(said.ignored, ignored);
                assert_eq!(said.spilled > 0, !is_sorted && memory < 1 << 20, "{memory}");
            }
        }
        let (people, records) = (shuffled(&people, 11), shuffled(&records, 101));
        let (expected, problems, _) = in_memory(&people, &records);
        for (memory, threads) in [(1 << 30, 2), (400_000, 1), (60_000, 3)] {
            let stream =
                TableStream::of(question, arriving(&people, 50)).and_then(|s| s.with("activities", arriving(&records, 90))).expect("a stream");
            let (results, said) = run(stream, memory, threads).expect("results");
            assert_eq!(results, expected.batch, "{memory} bytes, {threads} threads");
            assert_eq!((said.counts, told(&said.problems)), (expected.counts, problems.clone()));
        }
    });
}

/// A file in parts of so many rows.
fn file(batch: &RecordBatch, rows: usize) -> TableFile {
    let mut writer = TableWriter::new("a file", TableFormat::Arrow, Vec::new(), &batch.schema()).expect("a file");
    for first in (0..batch.num_rows()).step_by(rows) {
        writer.write(&batch.slice(first, rows.min(batch.num_rows() - first))).expect("rows");
    }
    TableFile::of_bytes("a file", TableFormat::Arrow, writer.finish().expect("a file")).expect("a table")
}

#[test]
fn the_parts_of_a_file_are_all_of_it() {
    let (_, records) = population();
    for (rows, most) in [(7, 1), (7, 2), (500, 3), (1_000, 50), (10_000, 4)] {
        let table = file(&records, rows);
        let parts = table.parts(most).expect("a file has parts");
        assert!(!parts.is_empty() && parts.len() <= most, "{} parts", parts.len());
        let (mut next, mut batches) = (0, Vec::new());
        for part in parts {
            assert_eq!(part.first_row, next);
            next += part.rows;
            let columns: Vec<usize> = (0..records.num_columns()).collect();
            batches.extend(part.table.read_columns(&columns, 100).expect("rows").collect::<Result<Vec<_>, _>>().expect("rows"));
        }
        assert_eq!(concat_batches(&records.schema(), &batches).expect("one schema"), records, "{rows} rows in {most} parts");
    }
}

#[test]
fn records_are_added_up_as_they_come_and_laid_down_only_where_somebody_needs_more() {
    ask(|question| {
        let (people, records) = population();
        let named = records.column_by_name("person_id").expect("ids").logical_nulls().expect("nameless ones").into_inner();
        let records = filter_record_batch(&records, &BooleanArray::new(named, None)).expect("rows");
        let judge = |(people, records): (&RecordBatch, &RecordBatch), rows: usize, threads: usize, sorted: bool, laid_down: bool| {
            let tables = Tables::of(question, people).and_then(|t| t.with("activities", records)).expect("tables");
            let expected = question.evaluate_tables(&tables, Limits::default()).expect("verdicts");
            let stream = TableStream::of(question, file(people, rows)).and_then(|s| s.with("activities", file(records, rows))).expect("a stream");
            let schema = stream.results().expect("columns");
            let (seen, mut results) = (AtomicUsize::new(0), Vec::new());
            let progress = |more| _ = seen.fetch_add(more, Ordering::Relaxed);
            let limits = StreamLimits { memory: 400_000, threads, progress: Some(&progress), ..StreamLimits::default() };
            let stream = if sorted { stream.sorted() } else { stream };
            let said = stream.run(limits, &mut |batch| {
                results.push(batch);
                Ok(())
            });
            let said = said.expect("results");
            assert_eq!(concat_batches(&schema, &results).expect("one schema"), expected.batch, "{rows} rows on {threads} threads, sorted: {sorted}");
            assert_eq!((said.counts, told(&said.problems), said.notes), (expected.counts, told(&tables.problems), tables.notes));
            assert_eq!(said.spilled > 0, laid_down, "{rows} rows on {threads} threads, sorted: {sorted}");
            assert_eq!(seen.into_inner(), people.num_rows());
        };
        let mixed = (shuffled(&people, 11), shuffled(&records, 101));
        for (rows, threads) in [(100, 1), (1_000, 2), (90, 3), (10_000, 2)] {
            judge((&people, &records), rows, threads, true, false);
            judge((&people, &records), rows, threads, false, false);
            judge((&mixed.0, &mixed.1), rows, threads, false, false);
        }
        // Texts of so few rows have not all the same decimals. Files that stand in order are merged then, and nothing is laid down.
        judge((&mixed.0, &mixed.1), 3, 2, false, true);
        judge((&people, &records), 3, 2, false, false);
        judge((&people, &mixed.1), 3, 2, false, true);
        judge((&mixed.0, &records), 3, 2, false, true);
        // Somebody has credits that no small number holds.
        let at = records.schema().index_of("credits").expect("the column");
        let mut columns = records.columns().to_vec();
        columns[at] = texts(&(0..records.num_rows()).map(|row| Some(if row == 2_000 { "7000000000000" } else { "1" })).collect::<Vec<_>>());
        let large = RecordBatch::try_new(records.schema(), columns).expect("a table");
        judge((&people, &large), 100, 2, false, false);
        judge((&people, &shuffled(&large, 101)), 100, 2, false, true);
    });
}

#[test]
fn records_of_which_all_is_known_are_added_up_in_less_room() {
    ask(|question| {
        let ids: Vec<String> = (0..MANY).map(|n| format!("p{n:04}")).collect();
        let people = people(&ids.iter().map(|id| Some(id.as_str())).collect::<Vec<_>>());
        let records = shuffled(&activities(&ids.iter().flat_map(|id| [Some(id.as_str()); 3]).collect::<Vec<_>>()), 101);
        let spilled = |credits: &dyn Fn(usize) -> Option<&'static str>| {
            let mut columns = records.columns().to_vec();
            let at = records.schema().index_of("credits").expect("the column");
            columns[at] = texts(&(0..records.num_rows()).map(credits).collect::<Vec<_>>());
            let records = RecordBatch::try_new(records.schema(), columns).expect("a table");
            let tables = Tables::of(question, &people).and_then(|t| t.with("activities", &records)).expect("tables");
            let expected = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
            let stream = TableStream::of(question, file(&people, 100)).and_then(|s| s.with("activities", file(&records, 500))).expect("a stream");
            let (results, said) = run(stream, 160_000, 2).expect("results");
            assert_eq!(results, expected);
            said.spilled > 0
        };
        assert!(!spilled(&|_| Some("10")));
        assert!(spilled(&|row| (row != 1_000).then_some("10")));
    });
}

#[test]
fn a_file_that_breaks_the_promise_of_order_between_its_parts_is_refused() {
    ask(|question| {
        let (people, records) = population();
        let turned = shuffled(&records, 1);
        let stream = TableStream::of(question, file(&people, 100)).and_then(|s| s.with("activities", file(&turned, 1_500))).expect("a stream");
        let error = run(stream.sorted(), 1 << 30, 2).expect_err("a fault");
        assert_eq!(error.problems[0].code.code(), "out_of_order");
    });
}

#[test]
fn whole_numbers_are_sorted_by_size() {
    ask(|question| {
        let with_ids = |of: &RecordBatch, ids: Vec<i64>| {
            let mut columns = of.columns().to_vec();
            let at = of.schema().index_of("person_id").expect("ids");
            columns[at] = Arc::new(Int64Array::from(ids));
            batch(of.schema().fields().iter().map(|field| field.name().as_str()).zip(columns).collect())
        };
        let people = with_ids(&people(&[None; 4]), vec![-10, -9, 9, 10]);
        let records = with_ids(&activities(&[None; 5]), vec![-10, -9, 8, 9, 10]);
        let stream = TableStream::of(question, arriving(&people, 3)).and_then(|s| s.with("activities", arriving(&records, 2))).expect("a stream");
        let (_, said) = run(stream.sorted(), 1 << 20, 1).expect("in order");
        assert_eq!(said.problems.iter().filter(|problem| problem.code.code() == "set_aside").count(), 1);
        let records = with_ids(&activities(&[None; 2]), vec![10, 9]);
        let stream = TableStream::of(question, arriving(&people, 3)).and_then(|s| s.with("activities", arriving(&records, 2))).expect("a stream");
        assert!(run(stream.sorted(), 1 << 20, 1).is_err());
    });
}

#[test]
fn what_breaks_the_promise_or_cannot_be_a_subject_is_named_with_its_row() {
    ask(|question| {
        let fault = |people: &RecordBatch, records: &RecordBatch, sorted: bool, rows: usize, memory: usize| {
            let stream =
                TableStream::of(question, arriving(people, rows)).and_then(|s| s.with("activities", arriving(records, rows))).expect("a stream");
            let error = run(if sorted { stream.sorted() } else { stream }, memory, 1).expect_err("a fault");
            (error.problems[0].code.code(), error.problems[0].place.clone())
        };
        let known = people(&[Some("1"), Some("2"), Some("3"), Some("4")]);
        let records = activities(&[Some("1"), Some("3"), Some("3"), None, Some("2"), Some("4")]);
        for rows in [1, 2, 4, 100] {
            for memory in [1 << 20, 40_000] {
                assert_eq!(fault(&known, &records, true, rows, memory), ("out_of_order", "activities.person_id[4]".to_owned()));
                let twice = people(&[Some("1"), Some("2"), Some("2")]);
                for sorted in [true, false] {
                    assert_eq!(fault(&twice, &activities(&[]), sorted, rows, memory), ("duplicate", "practitioner.person_id[2]".to_owned()));
                    let nobody = people(&[Some("1"), None, Some("3")]);
                    assert_eq!(fault(&nobody, &activities(&[]), sorted, rows, memory), ("missing", "practitioner.person_id[1]".to_owned()));
                }
                let back = people(&[Some("2"), Some("3"), Some("1")]);
                assert_eq!(fault(&back, &activities(&[]), true, rows, memory), ("out_of_order", "practitioner.person_id[2]".to_owned()));
            }
        }
    });
}

#[test]
fn somebody_whose_records_are_larger_than_the_memory_is_named() {
    ask(|question| {
        let records = activities(&vec![Some("2"); 2_000]);
        for sorted in [true, false] {
            let people = people(&[Some("1"), Some("2")]);
            let stream =
                TableStream::of(question, arriving(&people, 1)).and_then(|s| s.with("activities", arriving(&records, 100))).expect("a stream");
            let error = run(if sorted { stream.sorted() } else { stream }, 100_000, 1).expect_err("too large");
            assert_eq!((error.problems[0].code.code(), error.problems[0].place.as_str()), ("too_large", "practitioner.person_id[1]"));
        }
    });
}

#[test]
fn a_column_that_is_not_read_is_not_looked_at_and_one_that_is_must_fit() {
    ask(|question| {
        let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1]));
        let people = batch(vec![("person_id", texts(&[Some("1")])), ("birth_date", numbers.clone())]);
        let stream = TableStream::of(question, arriving(&people, 1)).expect("nobody asks when they were born");
        let wrong = batch(vec![("person_id", texts(&[Some("1")])), ("授予日期", numbers)]);
        let error = stream.with("activities", arriving(&wrong, 1)).expect_err("a day");
        assert_eq!((error.problems[0].code.code(), error.problems[0].place.as_str()), ("wrong_type", "activities.授予日期"));
        let nameless = batch(vec![("credits", texts(&[Some("1")]))]);
        let error = TableStream::of(question, arriving(&nameless, 1)).expect_err("no ids");
        assert_eq!((error.problems[0].code.code(), error.problems[0].place.as_str()), ("missing", "practitioner"));
    });
}

#[test]
fn files_of_both_formats_are_streamed_like_tables_in_memory() {
    ask(|question| {
        let (people, records) = population();
        let tables = Tables::of(question, &people).and_then(|t| t.with("activities", &records)).expect("tables");
        let expected = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
        for format in [TableFormat::Parquet, TableFormat::Arrow] {
            let file = |table: &RecordBatch| TableFile::of_bytes("a file", format, format.write(table).expect("a file")).expect("a table");
            assert_eq!(file(&people).rows(), MANY as u64);
            for sorted in [true, false] {
                let stream = TableStream::of(question, file(&people)).and_then(|s| s.with("activities", file(&records))).expect("a stream");
                let (results, _) = run(if sorted { stream.sorted() } else { stream }, 400_000, 2).expect("results");
                assert_eq!(results, expected);
            }
        }
    });
}

#[test]
fn a_source_that_breaks_off_is_an_error_and_so_is_a_sink_that_does() {
    ask(|question| {
        let people = people(&[Some("1")]);
        let broken = RecordBatchIterator::new(
            vec![Ok(people.clone()), Err(ArrowError::IoError("gone".into(), std::io::Error::other("gone")))],
            people.schema(),
        );
        let error = run(TableStream::of(question, broken).expect("a stream"), 1 << 20, 1).expect_err("it broke off");
        assert_eq!(error.problems[0].code.code(), "unreadable");
        let stream = TableStream::of(question, arriving(&people, 1)).expect("a stream");
        let full = || crate::problem::Problem::new(crate::problem::ProblemCode::Unreadable, "out", "the disk is full");
        let error = stream.run(StreamLimits { threads: 3, ..StreamLimits::default() }, &mut |_| Err(full().into())).expect_err("a full disk");
        assert_eq!(error.problems, [full()]);
    });
}
