//! One person's records, drawn so that they add up to the goal to the tenth.

use super::activity::{self, Register, Subject};
use super::day::{Cell, Day};
use super::intent::{self, Goal, Intent};
use super::person::{Person, Standing};
use super::random::SplitMix64;
use super::record::{Column, Record, Reliance};

/// All records of `person`, the `index`-th of the roster, by date of award.
pub(crate) fn records(index: usize, person: &Person, register: &mut Register, random: &mut SplitMix64) -> Vec<Record> {
    let who = (index, person);
    let mut records = match person.standing {
        Standing::Intern | Standing::Staff { intent: Intent::NoRecords, .. } => Vec::new(),
        Standing::Staff { intent, ordinal } => {
            let mut goal = intent.goal(ordinal, random);
            let mut records = Vec::new();
            if intent.hangs_on_one_course() {
                let course = deciding_course(who, intent, ordinal, register, random);
                if intent == Intent::CountedTwice {
                    // Once it does count, so the other records add up to less.
                    goal.credits -= course.credits;
                    goal.other -= course.hours;
                    let again = Record { reliance: Reliance::Duplicate, ..course.clone() };
                    records.push(again);
                }
                records.push(course);
            }
            records.extend(counted(who, goal, register, random));
            neighbours(&mut records, who, register, random);
            records
        }
        Standing::Resident => {
            let mut records = Vec::new();
            neighbours(&mut records, who, register, random);
            records
        }
    };
    records.sort_by_key(|record| record.awarded);
    records
}

/// The one course of 3 to 6 credits that decides.
fn deciding_course(who: (usize, &Person), intent: Intent, ordinal: usize, register: &mut Register, random: &mut SplitMix64) -> Record {
    let credits = 5 * random.between(6, 12);
    let day = day_inside(random);
    let mut course = activity::attend(who, Subject::Profession, (credits, credits * 3), day, register, random);
    activity::bring_home(&mut course, random);
    match intent {
        Intent::OutOfWindow => course.move_to(intent::day_outside(ordinal)),
        Intent::PaperInside => activity::prove(&mut course, random),
        Intent::NoProof => {
            activity::send_elsewhere(&mut course, random);
            course.proof = "无";
            course.proof_dates = None;
        }
        Intent::ProofDayOff => {
            activity::send_elsewhere(&mut course, random);
            course.proof_dates = Some(if ordinal == 0 { (course.starts.plus(-1), course.ends) } else { (course.starts, course.ends.plus(1)) });
        }
        Intent::CreditsBlank | Intent::CreditsUnreadable => {
            course.reliance = Reliance::DoubtfulCredits;
            let cell = if intent == Intent::CreditsBlank { Cell::Blank } else { intent::unreadable_credits(ordinal) };
            course.overrides.insert(Column::Credits, cell);
        }
        Intent::DateUnresolved => {
            course.reliance = Reliance::DoubtfulDay;
            course.overrides.insert(Column::Awarded, intent::unresolvable_date(ordinal));
            // Nothing else may tell the year: neither the last day nor the numbers.
            course.overrides.insert(Column::Starts, Cell::Blank);
            course.overrides.insert(Column::Ends, Cell::Blank);
            course.overrides.insert(Column::Certificate, Cell::Blank);
            course.overrides.insert(Column::ActivityNumber, Cell::Blank);
        }
        Intent::ElectronicBlank => {
            course.reliance = Reliance::DoubtfulElectronic;
            course.overrides.insert(Column::Electronic, Cell::Blank);
        }
        _ => {}
    }
    activity::renumber(&mut course, register);
    course
}

/// The records that count in 2024.
fn counted(who: (usize, &Person), goal: Goal, register: &mut Register, random: &mut SplitMix64) -> Vec<Record> {
    let pieces_of_job = random.between(10, 15);
    let pieces_beside = random.between(6, 9);
    let mut pieces: Vec<(Subject, i32)> = Vec::new();
    let job = split(goal.job, pieces_of_job, random);
    let job = roughen(job, random);
    pieces.extend(job.into_iter().map(|credits| (Subject::Job, credits)));
    let beside = split(goal.credits - goal.job, pieces_beside, random);
    let beside = roughen(beside, random);
    pieces.extend(beside.into_iter().map(|credits| (Subject::Profession, credits)));
    for _ in 0..random.below(3) {
        pieces.push((Subject::Loose, random.pick(&[5, 10, 15])));
    }
    let hours = hours_of(&pieces, goal.other, random);
    let mut records = Vec::new();
    for ((subject, credits), hours) in pieces.into_iter().zip(hours) {
        let record = anew(&records, || {
            let day = day_inside(random);
            activity::attend(who, subject, (credits, hours), day, register, random)
        });
        records.push(record);
    }
    let pieces_of_public = random.between(3, 5);
    for hours in split(goal.public, pieces_of_public, random) {
        let amounts = ((hours / 30 * 5).max(5), hours);
        let record = anew(&records, || {
            let day = day_inside(random);
            activity::attend(who, Subject::Public, amounts, day, register, random)
        });
        records.push(record);
    }
    records
}

/// A few records of the credit years before and after.
fn neighbours(records: &mut Vec<Record>, who: (usize, &Person), register: &mut Register, random: &mut SplitMix64) {
    for _ in 0..random.between(3, 7) {
        let credits = random.pick(&[5, 5, 10, 10, 15, 20]);
        let subject = random.pick(&[Subject::Job, Subject::Profession]);
        let record = anew(records, || {
            let day = if random.chance(75) {
                random.day(Day::of(2023, 6, 1), Day::of(2023, 10, 29))
            } else {
                random.day(Day::of(2024, 11, 2), Day::of(2024, 11, 12))
            };
            activity::attend(who, subject, (credits, credits * 3), day, register, random)
        });
        records.push(record);
    }
}

/// A record of an activity that `records` do not hold yet: nobody attends one twice.
fn anew(records: &[Record], mut attend: impl FnMut() -> Record) -> Record {
    loop {
        let record = attend();
        let held = records.iter().any(|other| (&other.activity_name, other.starts) == (&record.activity_name, record.starts));
        if !held {
            return record;
        }
    }
}

/// A day well inside the credit year 2024: its edges and 29 February are placed on purpose.
fn day_inside(random: &mut SplitMix64) -> Day {
    let leap_day = Day::of(2024, 2, 29);
    let day = random.day(Day::of(2023, 11, 3), Day::of(2024, 10, 30));
    if day == leap_day { day.plus(1) } else { day }
}

/// Divides `total` tenths into `count` pieces: many seminars and a few courses.
fn split(total: i32, count: i32, random: &mut SplitMix64) -> Vec<i32> {
    let count = usize::try_from(count.min(total / 5).max(1)).unwrap_or(1);
    let mut pieces = vec![5; count];
    let mut rest = total - 5 * i32::try_from(count).unwrap_or(0);
    for piece in pieces.iter_mut().take(count / 5) {
        let more = (5 * random.between(5, 10)).min(rest / 5 * 5);
        *piece += more;
        rest -= more;
    }
    while rest >= 5 {
        let place = random.below(count);
        if pieces[place] < 20 || random.chance(10) {
            pieces[place] += 5;
            rest -= 5;
        }
    }
    pieces[0] += rest;
    random.shuffle(&mut pieces);
    pieces
}

/// Moves tenths between some pieces: halves alone would look made up.
fn roughen(mut pieces: Vec<i32>, random: &mut SplitMix64) -> Vec<i32> {
    for _ in 0..pieces.len() / 3 {
        let (from, to) = (random.below(pieces.len()), random.below(pieces.len()));
        if from != to && pieces[from] >= 10 && pieces[to] < 30 {
            let moved = random.between(1, 4);
            pieces[from] -= moved;
            pieces[to] += moved;
        }
    }
    pieces
}

/// Hours for each piece, about three a credit, that add up to `total` tenths.
fn hours_of(pieces: &[(Subject, i32)], total: i32, random: &mut SplitMix64) -> Vec<i32> {
    let mut hours: Vec<i32> = pieces.iter().map(|(_, credits)| (credits * 3 / 5 * 5).max(5)).collect();
    let mut rest = total - hours.iter().sum::<i32>();
    while rest != 0 && !hours.is_empty() {
        let place = random.below(hours.len());
        let step = rest.clamp(-5, 5);
        if hours[place] + step >= 5 {
            hours[place] += step;
            rest -= step;
        }
    }
    hours
}
