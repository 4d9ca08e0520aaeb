//! A check of the design: what the records of each person come to, counted afresh.

use std::collections::BTreeMap;

use super::ExampleError;
use super::intent::Outcome;
use super::person::Person;
use super::record::{PUBLIC, Record, Reliance};

/// The least and the most that a total can be, in tenths.
#[derive(Debug, Default, Clone, Copy)]
struct Bounds {
    least: i32,
    most: i32,
}

impl Bounds {
    fn add(&mut self, amount: i32, certain: bool) {
        self.most += amount;
        if certain {
            self.least += amount;
        }
    }

    /// Whether it reaches `figure`, if that is decided.
    fn reaches(self, figure: i32) -> Option<bool> {
        match (self.least >= figure, self.most >= figure) {
            (true, _) => Some(true),
            (_, false) => Some(false),
            _ => None,
        }
    }
}

/// The status that the records of `person` come to.
fn outcome(index: usize, records: &[Record]) -> Outcome {
    let mut credits = Bounds::default();
    let mut job = Bounds::default();
    let mut public = Bounds::default();
    let mut other = Bounds::default();
    for record in records {
        let counts = record.person == Some(index) && record.reliance != Reliance::Duplicate && record.in_credit_year() && record.is_accepted();
        if !counts {
            continue;
        }
        let certain = record.reliance != Reliance::Doubtful;
        let readable = record.reliance == Reliance::Plain;
        let hours = if record.subject == PUBLIC { &mut public } else { &mut other };
        hours.add(record.hours, certain);
        if record.profession {
            credits.add(record.credits, readable);
        }
        if record.job {
            job.add(record.credits, readable);
        }
    }
    let hours = Bounds { least: public.least + other.least, most: public.most + other.most };
    let binding = [credits.reaches(250), job.reaches(150), hours.reaches(800)];
    if binding.contains(&Some(false)) {
        Outcome::Unmet
    } else if binding.contains(&None) {
        Outcome::Unknown
    } else if public.most * 5 < other.least {
        Outcome::Waivable
    } else if public.least * 5 >= other.most {
        Outcome::Met
    } else {
        Outcome::Unknown
    }
}

/// How many of the 300 have which status; an error if one is not as intended.
pub(crate) fn outcomes(people: &[Person], records: &[Record]) -> Result<BTreeMap<Outcome, usize>, ExampleError> {
    let mut counts = BTreeMap::new();
    for (index, person) in people.iter().enumerate() {
        let Some(intent) = person.intent() else {
            continue;
        };
        let found = outcome(index, records);
        if found != intent.outcome() {
            return Err(ExampleError::Design(format!("staff number `{}` is made for {intent:?} and comes to {found:?}", person.staff_number)));
        }
        *counts.entry(found).or_insert(0) += 1;
    }
    Ok(counts)
}
