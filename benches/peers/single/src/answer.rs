//! What every engine must find out.

use std::error::Error;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The verdict with its figures: amounts in hundredths; what is compared with a fifth of the other subjects' hours in thousandths.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub status: String,
    pub ratio: String,
    pub counted: i64,
    pub by_year: i64,
    pub by_platform: i64,
    pub by_outside: i64,
    pub hours: i64,
    pub hours_short: i64,
    pub credits: i64,
    pub credits_short: i64,
    pub job: i64,
    pub job_short: i64,
    pub public: i64,
    pub fifth: i64,
    pub ratio_short: i64,
}

/// The fields in their order, for engines that answer by a list.
pub const FIELDS: [&str; 15] = [
    "status",
    "ratio",
    "counted",
    "by_year",
    "by_platform",
    "by_outside",
    "hours",
    "hours_short",
    "credits",
    "credits_short",
    "job",
    "job_short",
    "public",
    "fifth",
    "ratio_short",
];

impl Answer {
    /// An answer in JSON: an object, or a list of its fields. A number may be written as a fraction, as long as it is whole.
    pub fn of_json(json: &Value) -> Result<Self, Box<dyn Error>> {
        let whole = |value: &Value| match value.as_f64() {
            #[expect(clippy::cast_possible_truncation, reason = "a figure of one person")]
            Some(number) if number.fract() == 0.0 => Value::from(number as i64),
            _ => value.clone(),
        };
        let fields: serde_json::Map<String, Value> = match json {
            Value::Array(values) => FIELDS.iter().map(|name| (*name).to_owned()).zip(values.iter().map(whole)).collect(),
            Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), whole(value))).collect(),
            _ => return Err(format!("no answer: {json}").into()),
        };
        Ok(serde_json::from_value(fields.into())?)
    }

    pub fn of_text(text: &str) -> Result<Self, Box<dyn Error>> {
        Self::of_json(&serde_json::from_str(text)?)
    }

    /// An error that says in what two answers differ.
    pub fn check(&self, engine: &str, other: &Self) -> Result<(), Box<dyn Error>> {
        if self == other { Ok(()) } else { Err(format!("{engine} says\n{other:?}\nand medtrain says\n{self:?}").into()) }
    }
}

/// An error where a status or a kind of exclusion occurs with nobody, so that nothing would be compared.
pub fn all_kinds_occur<'a>(answers: impl Iterator<Item = &'a Answer> + Clone) -> Result<(), Box<dyn Error>> {
    let occurs = |what: &str, holds: &dyn Fn(&Answer) -> bool| {
        // Of a thousand.
        if answers.clone().filter(|answer| holds(answer)).count() >= 10 { Ok(()) } else { Err(format!("hardly anybody has {what}")) }
    };
    for status in ["met", "unmet", "waivable"] {
        occurs(&format!("the status {status}"), &|answer| answer.status == status)?;
    }
    for ratio in ["met", "waivable", "not_applicable"] {
        occurs(&format!("the ratio {ratio}"), &|answer| answer.ratio == ratio)?;
    }
    occurs("a record outside of the year", &|answer| answer.by_year > 0)?;
    occurs("a record that is not on the platform", &|answer| answer.by_platform > 0)?;
    occurs("a record from outside", &|answer| answer.by_outside > 0)?;
    occurs("exactly what is asked", &|answer| answer.credits == 2500 || answer.hours == 8000 || answer.job == 1500)?;
    Ok(())
}
