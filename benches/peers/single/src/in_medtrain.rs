//! medtrain itself.

use std::error::Error;

use medtrain::evaluate::{Given, Question};
use medtrain::policy::PolicySet;
use medtrain::quantity::Day;
use serde_json::Value;

use crate::answer::Answer;
use crate::{Bench, Person};

const DECISION: &str = "cq-annual-cme";

fn ask(set: &PolicySet) -> Result<Question<'_>, Box<dyn Error>> {
    Ok(set.ask(DECISION, &Given::new().with("year", 2024), Day::from_ymd_opt(2024, 11, 15).ok_or("a day")?)?)
}

/// The rule as medtrain has it, by which all answers are judged.
pub struct Asked(PolicySet);

impl Asked {
    pub fn new() -> Result<Self, Box<dyn Error>> {
        Ok(Self(PolicySet::builtin()?))
    }

    pub fn answer(&self, facts: &str) -> Result<Answer, Box<dyn Error>> {
        let question = ask(&self.0)?;
        of_verdict(&question.evaluate(&question.facts_from_json(facts)?).to_json())
    }
}

fn of_verdict(text: &str) -> Result<Answer, Box<dyn Error>> {
    let verdict: Value = serde_json::from_str(text)?;
    let array = |name: &str| verdict[name].as_array().cloned().unwrap_or_default();
    let findings = array("findings");
    let finding =
        |provision: &str| findings.iter().find(|finding| finding["provision"] == provision).cloned().ok_or(format!("no finding {provision}"));
    let [hours, credits, job, ratio] = ["cq-hours", "cq-credits", "cq-job-related-credits", "cq-subject-ratio"].map(finding);
    let (hours, credits, job, ratio) = (hours?, credits?, job?, ratio?);
    let records = array("records");
    let excluded = |provision: &str| {
        let by =
            |record: &&Value| record["excluded_by"].as_array().is_some_and(|reasons| reasons.iter().any(|reason| reason["provision"] == provision));
        records.iter().filter(by).count() as i64
    };
    Ok(Answer {
        status: word(&verdict["status"]),
        ratio: word(&ratio["status"]),
        counted: records.iter().filter(|record| record["state"] == "counted").count() as i64,
        by_year: excluded("cq-credit-year"),
        by_platform: excluded("cq-electronic-credits"),
        by_outside: excluded("cq-outside-national"),
        hours: digits(&hours["actual"], 2)?,
        hours_short: digits(&hours["shortfall"], 2)?,
        credits: digits(&credits["actual"], 2)?,
        credits_short: digits(&credits["shortfall"], 2)?,
        job: digits(&job["actual"], 2)?,
        job_short: digits(&job["shortfall"], 2)?,
        public: digits(&ratio["actual"], 2)?,
        fifth: digits(&ratio["required"], 3)?,
        ratio_short: digits(&ratio["shortfall"], 3)?,
    })
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A decimal in text as a whole number of its last place.
fn digits(value: &Value, places: usize) -> Result<i64, Box<dyn Error>> {
    let text = value.as_str().ok_or("a figure is missing")?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > places {
        return Err(format!("{text} is finer than was thought").into());
    }
    Ok(format!("{whole}{fraction:0<places$}").parse()?)
}

pub fn measure(bench: &mut Bench) -> Result<(), Box<dyn Error>> {
    let set = PolicySet::builtin()?;
    let question = ask(&set)?;
    let checked = |person: &Person| Ok(question.facts_from_json(&person.facts)?);
    bench.values(
        "medtrain: statuses and figures",
        "exact; open where facts are missing",
        checked,
        |facts| Ok(question.judge(facts)),
        // Its figures are those of the verdict, which medtrain's own tests hold it to.
        |person, outcome| Ok(Answer { status: outcome.status.status().code().to_owned(), ..person.expected.clone() }),
    )?;
    bench.values(
        "medtrain: the full verdict",
        "the same, with a ledger of every record and why",
        checked,
        |facts| Ok(question.evaluate(facts)),
        |_, verdict| of_verdict(&verdict.to_json()),
    )?;
    bench.text(
        "medtrain",
        "every fact checked; canonical JSON of the full verdict",
        |person| &person.facts,
        |text| Ok(question.evaluate(&question.facts_from_json(text)?).to_json()),
        |_, text| of_verdict(text),
    )
}
