//! `cq-annual-cme` about one person with 40 records: medtrain, rule engines that each say the whole rule in their own language, and the rule by hand in Rust.
//! The answers are held against medtrain's before anything is measured. Prints JSON.
//!
//! The engines take days as day numbers and amounts as whole hundredths, since not all of them have dates or exact fractions, and numbers are what they are
//! quickest with; medtrain takes its own facts, with dates and decimals.

mod answer;
mod by_hand;
mod clock;
mod in_cedar;
mod in_cel;
mod in_json_logic;
mod in_medtrain;
mod in_rego;
mod in_zen;
mod records;

use std::error::Error;

use serde::Serialize;

use crate::answer::Answer;
use crate::clock::Clock;

/// Whether values in memory become a result in memory, or JSON text becomes JSON text.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Values,
    Text,
}

/// How long one engine took.
#[derive(Serialize)]
struct Measured {
    engine: &'static str,
    kind: Kind,
    /// Nanoseconds of one decision.
    median: f64,
    least: f64,
    notes: &'static str,
}

/// What an engine is measured with, and what its answers must be.
struct Bench {
    clock: Clock,
    expected: Answer,
    measured: Vec<Measured>,
}

impl Bench {
    /// Measures what gives an answer in memory.
    fn values<A>(
        &mut self,
        engine: &'static str,
        notes: &'static str,
        mut run: impl FnMut() -> Result<A, Box<dyn Error>>,
        answer: impl Fn(A) -> Result<Answer, Box<dyn Error>>,
    ) -> Result<(), Box<dyn Error>> {
        self.expected.check(engine, &answer(run()?)?)?;
        self.record(engine, Kind::Values, notes, &mut || run().map(drop))
    }

    /// Measures what gives JSON text.
    fn text(
        &mut self,
        engine: &'static str,
        notes: &'static str,
        mut run: impl FnMut() -> Result<String, Box<dyn Error>>,
        answer: impl Fn(&str) -> Result<Answer, Box<dyn Error>>,
    ) -> Result<(), Box<dyn Error>> {
        self.expected.check(engine, &answer(&run()?)?)?;
        self.record(engine, Kind::Text, notes, &mut || run().map(drop))
    }

    fn record(
        &mut self,
        engine: &'static str,
        kind: Kind,
        notes: &'static str,
        run: &mut dyn FnMut() -> Result<(), Box<dyn Error>>,
    ) -> Result<(), Box<dyn Error>> {
        let (median, least) = self.clock.measure(run)?;
        self.measured.push(Measured { engine, kind, median, least, notes });
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let clock = if std::env::args().any(|argument| argument == "--quick") { Clock::quick() } else { Clock::thorough() };
    let records = records::records();
    let plain = serde_json::to_string(&by_hand::Person { activities: records.clone() })?;
    let facts = records::facts(&records);

    let mut bench = Bench { clock, expected: in_in_in_in_in_in_medtrain::answer(&facts)?, measured: Vec::new() };
    in_medtrain::measure(&mut bench, &facts)?;
    by_hand::measure(&mut bench, &records, &facts)?;
    in_zen::measure(&mut bench, &plain)?;
    in_rego::measure(&mut bench, &plain)?;
    in_cel::measure(&mut bench, &plain)?;
    in_json_logic::measure(&mut bench, &plain)?;
    in_cedar::measure(&mut bench)?;
    println!("{}", serde_json::to_string_pretty(&bench.measured)?);
    Ok(())
}
