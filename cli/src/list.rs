//! `medtrain policies`, `provisions`, `decisions` and `schema`: what there is.

use chrono::NaiveDate;
use clap::Args;
use medtrain::problem::TrainingError;
use serde::Serialize;

use crate::input::{PolicyArguments, day};
use crate::output::{line, pretty, table};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Print JSON and nothing else
    #[arg(long)]
    json: bool,
    /// Only what is in force on this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    as_of: Option<NaiveDate>,
    #[command(flatten)]
    policies: PolicyArguments,
}

impl Arguments {
    /// Whether what is in force on these days is to be listed.
    fn lists(&self, from: NaiveDate, until: Option<NaiveDate>) -> bool {
        self.as_of.is_none_or(|day| from <= day && until.is_none_or(|until| day <= until))
    }
}

/// Print the JSON Schema of facts, those that policies declare themselves included
#[derive(Debug, Args)]
pub(crate) struct SchemaArguments {
    /// Print JSON, which a schema always is
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    policies: PolicyArguments,
}

pub(crate) fn policies(arguments: &Arguments) -> Result<(), TrainingError> {
    let mut all = arguments.policies.load()?.list_policies();
    all.retain(|policy| arguments.lists(policy.from, policy.until));
    print(arguments.json, &all, |p| {
        let until = p.until.map_or_else(String::new, |until| until.to_string());
        vec![p.id.clone(), p.version.clone(), p.number.clone(), p.from.to_string(), until, p.zh.clone(), p.en.clone()]
    });
    Ok(())
}

pub(crate) fn provisions(arguments: &Arguments) -> Result<(), TrainingError> {
    let mut all = arguments.policies.load()?.list_provisions();
    all.retain(|provision| arguments.lists(provision.from, provision.until));
    print(arguments.json, &all, |p| vec![p.id.clone(), p.article.clone(), p.subject.clone(), p.modality.code(), p.kind.clone(), p.zh.clone()]);
    Ok(())
}

pub(crate) fn decisions(arguments: &Arguments) -> Result<(), TrainingError> {
    let mut all = arguments.policies.load()?.list_decisions();
    all.retain(|decision| arguments.lists(decision.from, decision.until));
    print(arguments.json, &all, |d| {
        let given = d.given.iter().map(|g| format!("{}: {}", g.name, if g.kind == "code" { g.codes.join("|") } else { g.kind.clone() }));
        let given = given.collect::<Vec<_>>().join(", ");
        vec![d.id.clone(), d.policy.clone(), d.subject.clone(), given, d.zh.clone()]
    });
    Ok(())
}

pub(crate) fn schema(arguments: &SchemaArguments) -> Result<(), TrainingError> {
    line(&pretty(&arguments.policies.load()?.json_schema()));
    Ok(())
}

fn print<T: Serialize>(json: bool, all: &[T], row: impl Fn(&T) -> Vec<String>) {
    if json {
        line(&pretty(&all));
    } else {
        table(&all.iter().map(row).collect::<Vec<_>>());
    }
}
