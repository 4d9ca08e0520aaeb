//! The person that every engine judges: 40 records of which some lie outside the year, some are on paper, some were held elsewhere, and some leave a field out.

use serde_json::{Map, Value, json};

use crate::by_hand::Activity;

/// Days since 1970.
pub const FIRST: i32 = 19_662;
pub const LAST: i32 = 20_027;
pub const PLATFORM_SINCE: i32 = 17_167;

pub fn records() -> Vec<Activity> {
    let records = (0..40_i32).map(|n| {
        let ends_on = FIRST - 12 + 10 * n % 390;
        let starts_on = ends_on - n % 3;
        let elsewhere = n % 9 == 4;
        Activity {
            awarded_on: (n % 13 != 5).then_some(ends_on + n % 5),
            ends_on,
            starts_on,
            credits: i64::from(5 + n % 7) * 10,
            hours: i64::from(15 + n % 11) * 10,
            subject_kind: (if n % 6 == 0 { "public" } else { "professional" }).to_owned(),
            job_related: n % 3 != 0,
            profession_related: (n % 4 != 1).then_some(n % 6 != 0),
            electronic: n % 8 != 1 && !elsewhere,
            place_code: (if elsewhere { "510104" } else { "500103" }).to_owned(),
            activity_level: (if n % 2 == 0 { "national" } else { "provincial" }).to_owned(),
            has_proof: n % 10 != 2,
            proof_starts_on: starts_on,
            proof_ends_on: ends_on + i32::from(n == 22),
        }
    });
    records.collect()
}

/// The records of another person: none to some seventy, their fields drawn, so that sums stand on all sides of what is asked.
pub fn drawn(person: u64) -> Vec<Activity> {
    let mut state = person;
    // SplitMix64.
    let mut below = |bound: i32| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        i32::try_from((mixed ^ (mixed >> 31)) % u64::try_from(bound).unwrap_or(1)).unwrap_or(0)
    };
    // One in eight has hardly anything.
    let count = if below(8) == 0 { below(3) } else { 10 + below(60) };
    let (public, elsewhere) = (1 + below(60), 1 + below(30));
    let records = (0..count).map(|_| {
        // One in ten lies outside of the year, some of them by a day.
        let ends_on = match below(20) {
            0 => FIRST - 1 - below(40),
            1 => LAST + 1 + below(40),
            _ => FIRST + below(LAST - FIRST + 1),
        };
        let starts_on = ends_on - below(4);
        Activity {
            awarded_on: (below(3) > 0).then(|| ends_on + below(4)),
            ends_on,
            starts_on,
            credits: i64::from(1 + below(4)) * 50,
            hours: i64::from(1 + below(8)) * 50,
            subject_kind: (if below(100) < public { "public" } else { "professional" }).to_owned(),
            job_related: below(4) > 0,
            profession_related: (below(3) > 0).then(|| below(5) > 0),
            electronic: below(10) > 0,
            place_code: (if below(100) < elsewhere { "510104" } else { "500103" }).to_owned(),
            activity_level: (if below(2) == 0 { "national" } else { "provincial" }).to_owned(),
            has_proof: below(5) > 0,
            proof_starts_on: starts_on - i32::from(below(9) == 0),
            proof_ends_on: ends_on + i32::from(below(9) == 0),
        }
    });
    records.collect()
}

/// The same as medtrain's facts.
pub fn facts(records: &[Activity]) -> String {
    let activities: Vec<Value> = records.iter().map(fact).collect();
    json!({ "practitioner": { "person_id": "1001", "activities": activities } }).to_string()
}

fn fact(record: &Activity) -> Value {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    if let Some(awarded_on) = record.awarded_on {
        put("awarded_on", day(awarded_on));
    }
    put("ends_on", day(record.ends_on));
    put("starts_on", day(record.starts_on));
    put("credits", amount(record.credits));
    put("hours", amount(record.hours));
    put("subject_kind", record.subject_kind.clone().into());
    put("job_related", record.job_related.into());
    if let Some(profession_related) = record.profession_related {
        put("profession_related", profession_related.into());
    }
    put("electronic", record.electronic.into());
    put("place_code", record.place_code.clone().into());
    put("activity_level", record.activity_level.clone().into());
    put("has_proof", record.has_proof.into());
    put("proof_starts_on", day(record.proof_starts_on));
    put("proof_ends_on", day(record.proof_ends_on));
    fields.into()
}

fn day(number: i32) -> Value {
    medtrain::quantity::Day::from_epoch_days(number).map_or(Value::Null, |day| day.to_string().into())
}

fn amount(hundredths: i64) -> Value {
    format!("{}.{:02}", hundredths / 100, hundredths % 100).into()
}
