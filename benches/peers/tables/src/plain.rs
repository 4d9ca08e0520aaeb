//! The rule by hand: one loop over the rows, which leaves open what an empty cell leaves open, and counts what is excluded by each provision.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::columns::{Cell, Columns};
use crate::rule::{Row, Totals};

/// Days since 1970: 2023-11-01, 2024-10-31, 2017-01-01.
pub const FIRST: i32 = 19_662;
pub const LAST: i32 = 20_027;
pub const PLATFORM_SINCE: i32 = 17_167;

/// A row for each person, in the order of the people.
pub fn judge(columns: &Columns, threads: usize, shuffled: bool) -> Vec<Row> {
    if shuffled { in_any_order(columns, threads) } else { in_order(columns, threads) }
}

/// Each thread takes some of the people, whose rows stand together.
fn in_order(columns: &Columns, threads: usize) -> Vec<Row> {
    let (people, owners) = (columns.people.values(), columns.person.values());
    let mut rows = vec![Row::default(); people.len()];
    let share = people.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        for (people, rows) in people.chunks(share).zip(rows.chunks_mut(share)) {
            scope.spawn(move || {
                let mut at = people.first().map_or(0, |first| owners.partition_point(|owner| owner < first));
                for (person, row) in people.iter().zip(rows) {
                    let mut totals = Totals::default();
                    while owners.get(at) == Some(person) {
                        add(columns, at, &mut totals);
                        at += 1;
                    }
                    *row = Row::of(&totals);
                }
            });
        }
    });
    rows
}

/// Each thread takes some of the rows, whoever they belong to; the totals are added up at the end.
fn in_any_order(columns: &Columns, threads: usize) -> Vec<Row> {
    let places: HashMap<i64, usize, BuildHasherDefault<Spread>> =
        columns.people.values().iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let places = &places;
    let share = columns.person.len().div_ceil(threads).max(1);
    let work = |rows: Range<usize>| {
        let mut totals = vec![Totals::default(); places.len()];
        for row in rows {
            if let Some(place) = places.get(&columns.person.value(row)) {
                add(columns, row, &mut totals[*place]);
            }
        }
        totals
    };
    let mut parts = std::thread::scope(|scope| {
        let starts = (0..columns.person.len()).step_by(share);
        let workers: Vec<_> = starts.map(|first| scope.spawn(move || work(first..(first + share).min(columns.person.len())))).collect();
        workers.into_iter().map(|worker| worker.join().expect("no thread panics")).collect::<Vec<_>>()
    });
    let mut totals = parts.pop().unwrap_or_default();
    for part in &parts {
        totals.iter_mut().zip(part).for_each(|(totals, more)| totals.merge(more));
    }
    totals.iter().map(Row::of).collect()
}

/// A hash of whole numbers that costs one multiplication.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64((*byte).into()));
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(number.unsigned_abs());
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Adds one record to its owner's totals.
#[inline]
fn add(columns: &Columns, row: usize, totals: &mut Totals) {
    let day = columns.awarded_on.at(row).or_else(|| columns.ends_on.at(row));
    let electronic = columns.electronic.at(row);
    let inside = columns.inside.at(row);
    let in_year = day.map(|day| (FIRST..=LAST).contains(&day));
    let on_platform = or(or(electronic, inside.map(|inside| !inside)), day.map(|day| day < PLATFORM_SINCE));
    let from_outside = or(or(electronic, inside), of_national_level(columns, row, or(electronic, inside)));
    let admissible = and(and(in_year, on_platform), from_outside);

    totals.by_year += u16::from(in_year == Some(false));
    totals.by_platform += u16::from(on_platform == Some(false));
    totals.by_outside += u16::from(from_outside == Some(false));
    match admissible {
        Some(false) => {
            totals.excluded += 1;
            return;
        }
        Some(true) => totals.counted += 1,
        None => totals.undecided += 1,
    }

    let public = columns.public.at(row);
    let of_profession = columns.profession_related.at(row).or(public.map(|public| !public));
    let professional = and(admissible, of_profession);
    // What is below two thousand has room in 32 bits.
    let [hours, credits] = [&columns.hours, &columns.credits].map(|amounts| amounts.at(row).map(|amount| amount as i32));
    totals.hours.add(admissible, hours);
    totals.credits.add(professional, credits);
    totals.job.add(and(professional, columns.job_related.at(row)), credits);
    totals.public.add(and(admissible, public), hours);
    totals.other.add(and(admissible, public.map(|public| !public)), hours);
}

/// Whether it is a national project with proof whose days lie within its own; not looked at where it makes no difference.
fn of_national_level(columns: &Columns, row: usize, anyway: Option<bool>) -> Option<bool> {
    if anyway == Some(true) {
        return Some(false);
    }
    let not_before = columns.proof_starts_on.at(row).zip(columns.starts_on.at(row)).map(|(proof, project)| proof >= project);
    let not_after = columns.proof_ends_on.at(row).zip(columns.ends_on.at(row)).map(|(proof, project)| proof <= project);
    and(and(columns.national.at(row), columns.has_proof.at(row)), and(not_before, not_after))
}

fn and(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn or(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}
