//! `cq-annual-cme` over tables: medtrain, a plain loop over the Arrow columns, and a loop over a compact layout. Each prints the seconds of its rounds.

mod answer;
mod columns;
mod compact;
mod lean;
mod plain;
mod rule;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use arrow_array::RecordBatch;
use clap::{Parser, ValueEnum};
use medtrain::evaluate::{Given, Question};
use medtrain::policy::PolicySet;
use medtrain::population::{Limits, TableFormat, Tables};
use medtrain::quantity::Day;

/// What the command line asks for.
#[derive(Parser)]
struct Arguments {
    engine: Engine,
    #[arg(long)]
    people: PathBuf,
    #[arg(long)]
    activities: PathBuf,
    /// Rows stand in any order
    #[arg(long)]
    shuffled: bool,
    /// Some cells are empty; every engine here finds that out by itself
    #[arg(long)]
    gaps: bool,
    #[arg(long, default_value_t = 1)]
    threads: usize,
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Where to write the answer
    #[arg(long)]
    answer: Option<PathBuf>,
}

/// Who answers.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Engine {
    /// `Question::evaluate_tables`, the columns taken in each time.
    Medtrain,
    /// The same over whole hundredths in 16 bits.
    Lean,
    /// The same over tables that were taken in before.
    Prepared,
    /// The rule by hand, over the same Arrow columns, empty cells and all.
    Plain,
    /// The rule by hand over seven bytes a record, sorted and without an empty cell.
    Compact,
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked = Arguments::parse();
    let people = read(&asked.people)?;
    let activities = read(&asked.activities)?;
    match asked.engine {
        Engine::Medtrain | Engine::Lean | Engine::Prepared => medtrain(&asked, &people, &activities),
        Engine::Plain => {
            let columns = columns::Columns::of(&people, &activities)?;
            measure(&asked, || Ok((plain::judge(&columns, asked.threads, asked.shuffled), 0.0)), |(rows, _)| answer::table(&columns.people, rows))
        }
        Engine::Compact => {
            let columns = columns::Columns::of(&people, &activities)?;
            let compact = compact::Compact::of(&columns).ok_or("the compact layout holds sorted rows without an empty cell")?;
            drop(activities);
            measure(&asked, || Ok((compact.judge(asked.threads), 0.0)), |(rows, _)| answer::table(&columns.people, rows))
        }
    }
}

fn medtrain(asked: &Arguments, people: &RecordBatch, activities: &RecordBatch) -> Result<(), Box<dyn Error>> {
    let set = PolicySet::builtin()?;
    let question = set.ask("cq-annual-cme", &Given::new().with("year", 2024), Day::from_ymd_opt(2024, 11, 15).ok_or("a day")?)?;
    let limits = Limits { threads: asked.threads, ..Limits::default() };
    let answer = |(batch, _): &(RecordBatch, f64)| Ok(batch.clone());
    match asked.engine {
        Engine::Lean => {
            let (people, activities) = (lean::narrowed(people)?, lean::narrowed(activities)?);
            measure(asked, || verdicts(&question, &people, &activities, limits), answer)
        }
        Engine::Prepared => {
            let tables = Tables::of(&question, people)?.threads(asked.threads).with("activities", activities)?;
            measure(asked, || Ok((question.evaluate_tables(&tables, limits)?.batch, 0.0)), answer)
        }
        _ => measure(asked, || verdicts(&question, people, activities, limits), answer),
    }
}

fn read(path: &Path) -> Result<RecordBatch, Box<dyn Error>> {
    Ok(TableFormat::Parquet.read("table", std::fs::read(path)?)?)
}

/// The table of verdicts, and how long it took to take the columns in.
fn verdicts(
    question: &Question<'_>,
    people: &RecordBatch,
    activities: &RecordBatch,
    limits: Limits<'_>,
) -> Result<(RecordBatch, f64), Box<dyn Error>> {
    let start = Instant::now();
    let tables = Tables::of(question, people)?.threads(limits.threads).with("activities", activities)?;
    let taken_in = start.elapsed().as_secs_f64();
    Ok((question.evaluate_tables(&tables, limits)?.batch, taken_in))
}

/// Warms up once, runs some rounds and prints the seconds of each; the answer of the warm-up is written if asked for.
fn measure<A>(
    asked: &Arguments,
    run: impl Fn() -> Result<(A, f64), Box<dyn Error>>,
    table: impl Fn(&(A, f64)) -> Result<RecordBatch, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let first = run()?;
    if let Some(path) = &asked.answer {
        std::fs::write(path, TableFormat::Parquet.write(&table(&first)?)?)?;
    }
    drop(first);
    let (mut seconds, mut parts) = (Vec::new(), Vec::new());
    for _ in 0..asked.rounds {
        let start = Instant::now();
        let answer = run()?;
        seconds.push(start.elapsed().as_secs_f64());
        parts.push(answer.1);
    }
    parts.sort_by(f64::total_cmp);
    let part = parts.get(parts.len() / 2).copied().unwrap_or_default();
    let notes =
        if matches!(asked.engine, Engine::Medtrain | Engine::Lean) { format!("of which {part:.3} s to take the columns in") } else { String::new() };
    println!("{}", serde_json::json!({ "seconds": seconds, "notes": notes }));
    Ok(())
}
