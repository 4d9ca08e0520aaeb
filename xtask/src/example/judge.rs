//! A check of the design: what the policy says of each person, which must be what the person was made for.

use std::collections::BTreeMap;

use medtrain::evaluate::{Given, Question, Status};
use medtrain::facts::{Activity, ActivityLevel, Facts, Practitioner, SubjectKind};
use medtrain::policy::PolicySet;
use medtrain::problem::TrainingError;
use medtrain::quantity::{Credits, Hours, parse_decimal};

use super::ExampleError;
use super::day::{Day, decimal};
use super::person::Person;
use super::record::{NATIONAL, PUBLIC, Record, Reliance};

/// The question that the example is made for.
pub(crate) fn question(policies: &PolicySet) -> Result<Question<'_>, TrainingError> {
    let (policy, decision) = policies.decision("cq-annual-cme")?;
    policy.ask(decision, &Given::new().with("year", 2024), Day::of(2024, 11, 15).0)
}

/// Whether a record belongs to the credit year of the question, counted or not.
pub(crate) fn in_credit_year(question: &Question<'_>, record: &Record) -> bool {
    let verdict = question.evaluate(&someone_with(std::iter::once(record)));
    !verdict.records.iter().flat_map(|line| &line.excluded_by).any(|by| by.provision == "cq-credit-year")
}

/// How many of the 300 have which status; an error if one is not as intended.
pub(crate) fn statuses(question: &Question<'_>, people: &[Person], records: &[Record]) -> Result<BTreeMap<Status, usize>, ExampleError> {
    let mut counts = BTreeMap::new();
    for (index, person) in people.iter().enumerate() {
        let Some(intent) = person.intent() else {
            continue;
        };
        let theirs = || records.iter().filter(|record| record.person == Some(index) && record.reliance != Reliance::Duplicate);
        let undisputed = theirs().filter(|record| record.reliance != Reliance::Disputed);
        for facts in [someone_with(theirs()), someone_with(undisputed)] {
            let found = question.evaluate(&facts).status;
            if found != intent.status() {
                return Err(ExampleError::Design(format!("staff number `{}` is made for {intent:?} and comes to {found:?}", person.staff_number)));
            }
        }
        *counts.entry(intent.status()).or_insert(0) += 1;
    }
    Ok(counts)
}

/// Someone with these records and no others.
fn someone_with<'r>(records: impl Iterator<Item = &'r Record>) -> Facts {
    Facts::from(Practitioner { activities: Some(records.map(activity).collect()), ..Practitioner::default() })
}

/// What a careful reader knows of a record; a fact that cannot be told is left unknown.
fn activity(record: &Record) -> Activity {
    let exact = |tenths: i32| parse_decimal(&decimal(tenths));
    let mut activity = Activity {
        activity_level: Some(match record.level {
            NATIONAL => ActivityLevel::National,
            "省级" => ActivityLevel::Provincial,
            "市级" => ActivityLevel::Municipal,
            "区级" => ActivityLevel::County,
            _ => ActivityLevel::Institution,
        }),
        subject_kind: Some(if record.subject == PUBLIC { SubjectKind::Public } else { SubjectKind::Professional }),
        job_related: Some(record.job),
        profession_related: Some(record.profession),
        credits: exact(record.credits).and_then(Credits::new),
        hours: exact(record.hours).and_then(Hours::new),
        awarded_on: Some(record.awarded.0),
        starts_on: Some(record.starts.0),
        ends_on: Some(record.ends.0),
        place_code: (!record.place.is_empty()).then(|| record.place.to_owned()),
        electronic: Some(record.electronic),
        has_proof: Some(record.proof_dates.is_some()),
        proof_starts_on: record.proof_dates.map(|(starts, _)| starts.0),
        proof_ends_on: record.proof_dates.map(|(_, ends)| ends.0),
        ..Activity::default()
    };
    match record.reliance {
        Reliance::Plain | Reliance::Duplicate | Reliance::Disputed => {}
        Reliance::DoubtfulDay => {
            (activity.awarded_on, activity.starts_on, activity.ends_on) = (None, None, None);
            // Left out alone, it would mean that the credits were never granted.
            activity.unknown.push("awarded_on".to_owned());
        }
        Reliance::DoubtfulElectronic => activity.electronic = None,
        Reliance::DoubtfulCredits => activity.credits = None,
    }
    activity
}
