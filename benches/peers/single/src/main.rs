//! `cq-annual-cme` about one person with 40 records: medtrain, rule engines that each say the whole rule in their own language, and the rule by hand in Rust.
//! The answers about a thousand other people are held against medtrain's before anything is measured. Prints JSON.
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
use crate::by_hand::Activity;
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
    /// The first is the one with whom all are measured.
    people: Vec<Person>,
    measured: Vec<Measured>,
}

/// One person in both forms, and what every engine must say of them.
struct Person {
    records: Vec<Activity>,
    /// JSON of day numbers and hundredths, which the engines take.
    plain: String,
    /// JSON of medtrain's facts.
    facts: String,
    expected: Answer,
}

/// So that every branch of the rule is taken by many, and each figure is met, missed and hit.
const PEOPLE: u64 = 1_000;

impl Bench {
    /// Measures what gives an answer in memory, once it has given the right one about everybody.
    fn values<V, A>(
        &mut self,
        engine: &'static str,
        notes: &'static str,
        prepare: impl Fn(&Person) -> Result<V, Box<dyn Error>>,
        mut run: impl FnMut(&V) -> Result<A, Box<dyn Error>>,
        answer: impl Fn(&Person, A) -> Result<Answer, Box<dyn Error>>,
    ) -> Result<(), Box<dyn Error>> {
        for person in &self.people {
            person.expected.check(engine, &answer(person, run(&prepare(person)?)?)?)?;
        }
        let first = prepare(self.first()?)?;
        let (median, least) = self.clock.measure(&mut || run(&first).map(drop))?;
        self.measured.push(Measured { engine, kind: Kind::Values, median, least, notes });
        Ok(())
    }

    /// Measures what gives JSON text, once it has given the right one about everybody.
    fn text(
        &mut self,
        engine: &'static str,
        notes: &'static str,
        input: impl Fn(&Person) -> &str,
        mut run: impl FnMut(&str) -> Result<String, Box<dyn Error>>,
        answer: impl Fn(&Person, &str) -> Result<Answer, Box<dyn Error>>,
    ) -> Result<(), Box<dyn Error>> {
        for person in &self.people {
            person.expected.check(engine, &answer(person, &run(input(person))?)?)?;
        }
        let first = input(self.first()?);
        let (median, least) = self.clock.measure(&mut || run(std::hint::black_box(first)).map(drop))?;
        self.measured.push(Measured { engine, kind: Kind::Text, median, least, notes });
        Ok(())
    }

    fn first(&self) -> Result<&Person, Box<dyn Error>> {
        self.people.first().ok_or_else(|| "nobody to measure with".into())
    }
}

/// The text that the engines read.
fn plain(person: &Person) -> &str {
    &person.plain
}

fn people() -> Result<Vec<Person>, Box<dyn Error>> {
    let asked = in_medtrain::Asked::new()?;
    let person = |records: Vec<Activity>| {
        let plain = serde_json::to_string(&by_hand::Records { activities: &records })?;
        let facts = records::facts(&records);
        let expected = asked.answer(&facts)?;
        Ok(Person { records, plain, facts, expected })
    };
    std::iter::once(records::records()).chain((1..=PEOPLE).map(records::drawn)).map(person).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let clock = if std::env::args().any(|argument| argument == "--quick") { Clock::quick() } else { Clock::thorough() };
    let mut bench = Bench { clock, people: people()?, measured: Vec::new() };
    answer::all_kinds_occur(bench.people.iter().map(|person| &person.expected))?;
    in_medtrain::measure(&mut bench)?;
    by_hand::measure(&mut bench)?;
    in_zen::measure(&mut bench)?;
    in_rego::measure(&mut bench)?;
    in_cel::measure(&mut bench)?;
    in_json_logic::measure(&mut bench)?;
    in_cedar::measure(&mut bench)?;
    println!("{}", serde_json::to_string_pretty(&bench.measured)?);
    Ok(())
}
