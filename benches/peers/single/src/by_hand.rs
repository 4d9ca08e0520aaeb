//! The rule by hand in Rust, on structs made for it.

use std::error::Error;

use serde::{Deserialize, Serialize};

use crate::Bench;
use crate::answer::Answer;
use crate::records::{FIRST, LAST, PLATFORM_SINCE};

/// A person's records, to be written.
#[derive(Serialize)]
pub struct Records<'a> {
    pub activities: &'a [Activity],
}

#[derive(Deserialize)]
struct Person {
    activities: Vec<Activity>,
}

/// A record: days since 1970, amounts in hundredths.
#[derive(Clone, Serialize, Deserialize)]
pub struct Activity {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded_on: Option<i32>,
    pub ends_on: i32,
    pub starts_on: i32,
    pub credits: i64,
    pub hours: i64,
    pub subject_kind: String,
    pub job_related: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profession_related: Option<bool>,
    pub electronic: bool,
    pub place_code: String,
    pub activity_level: String,
    pub has_proof: bool,
    pub proof_starts_on: i32,
    pub proof_ends_on: i32,
}

/// The figures, without the words.
pub struct Figures {
    pub counted: i64,
    pub by_year: i64,
    pub by_platform: i64,
    pub by_outside: i64,
    pub hours: i64,
    pub credits: i64,
    pub job: i64,
    pub public: i64,
}

impl Figures {
    pub fn of(records: &[Activity]) -> Self {
        let mut figures = Self { counted: 0, by_year: 0, by_platform: 0, by_outside: 0, hours: 0, credits: 0, job: 0, public: 0 };
        for record in records {
            let day = record.awarded_on.unwrap_or(record.ends_on);
            let inside = record.place_code.starts_with("50");
            let in_year = (FIRST..=LAST).contains(&day);
            let on_platform = record.electronic || !inside || day < PLATFORM_SINCE;
            let from_outside = record.electronic
                || inside
                || record.activity_level == "national"
                    && record.has_proof
                    && record.proof_starts_on >= record.starts_on
                    && record.proof_ends_on <= record.ends_on;
            figures.by_year += i64::from(!in_year);
            figures.by_platform += i64::from(!on_platform);
            figures.by_outside += i64::from(!from_outside);
            if !(in_year && on_platform && from_outside) {
                continue;
            }
            figures.counted += 1;
            figures.hours += record.hours;
            let public = record.subject_kind == "public";
            if public {
                figures.public += record.hours;
            }
            if record.profession_related.unwrap_or(!public) {
                figures.credits += record.credits;
                if record.job_related {
                    figures.job += record.credits;
                }
            }
        }
        figures
    }

    pub fn answer(&self) -> Answer {
        let Self { counted, by_year, by_platform, by_outside, hours, credits, job, public } = *self;
        let short = |required: i64, actual: i64| (required - actual).max(0);
        let [hours_short, credits_short, job_short] = [short(8000, hours), short(2500, credits), short(1500, job)];
        let fifth = (hours - public) * 2;
        let ratio_short = short(fifth, public * 10);
        let ratio = if hours == 0 {
            "not_applicable"
        } else if ratio_short > 0 {
            "waivable"
        } else {
            "met"
        };
        let status = if hours_short + credits_short + job_short > 0 {
            "unmet"
        } else if ratio == "waivable" {
            "waivable"
        } else {
            "met"
        };
        Answer {
            status: status.to_owned(),
            ratio: ratio.to_owned(),
            counted,
            by_year,
            by_platform,
            by_outside,
            hours,
            hours_short,
            credits,
            credits_short,
            job,
            job_short,
            public,
            fifth,
            ratio_short,
        }
    }
}

/// medtrain's facts as plain structs, nothing understood: how long JSON alone takes.
#[derive(Deserialize)]
#[expect(dead_code, reason = "read from JSON and nothing else")]
struct PlainFacts {
    practitioner: PlainPerson,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read from JSON and nothing else")]
struct PlainPerson {
    person_id: String,
    activities: Vec<PlainActivity>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read from JSON and nothing else")]
struct PlainActivity {
    awarded_on: Option<String>,
    ends_on: Option<String>,
    starts_on: Option<String>,
    credits: Option<String>,
    hours: Option<String>,
    subject_kind: Option<String>,
    job_related: Option<bool>,
    profession_related: Option<bool>,
    electronic: Option<bool>,
    place_code: Option<String>,
    activity_level: Option<String>,
    has_proof: Option<bool>,
    proof_starts_on: Option<String>,
    proof_ends_on: Option<String>,
}

pub fn measure(bench: &mut Bench) -> Result<(), Box<dyn Error>> {
    bench.values(
        "Rust by hand",
        "on structs made for it",
        |person| Ok(person.records.clone()),
        |records| Ok(Figures::of(std::hint::black_box(records)).answer()),
        |_, answer| Ok(answer),
    )?;
    bench.text(
        "Rust by hand",
        "serde_json, the rule, serde_json",
        crate::plain,
        |text| {
            let person: Person = serde_json::from_str(text)?;
            Ok(serde_json::to_string(&Figures::of(&person.activities).answer())?)
        },
        |_, text| Answer::of_text(text),
    )?;
    bench.text(
        "serde_json alone",
        "medtrain's facts into plain structs of texts: no rule, no checks, nothing written",
        |person| &person.facts,
        |text| {
            std::hint::black_box(serde_json::from_str::<PlainFacts>(text)?);
            Ok(String::new())
        },
        |person, _| Ok(person.expected.clone()),
    )
}
