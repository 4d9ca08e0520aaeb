//! `medtrain policies`, `provisions`, `decisions` and `schema`: what there is.

use clap::Args;
use medtrain::problem::TrainingError;
use serde::Serialize;

use crate::input::PolicyArguments;
use crate::output::{line, pretty, table};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Print JSON and nothing else
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    policies: PolicyArguments,
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
    let all = arguments.policies.load()?.list_policies();
    print(arguments.json, &all, |p| vec![p.id.clone(), p.number.clone(), p.from.to_string(), p.zh.clone(), p.en.clone()]);
    Ok(())
}

pub(crate) fn provisions(arguments: &Arguments) -> Result<(), TrainingError> {
    let all = arguments.policies.load()?.list_provisions();
    print(arguments.json, &all, |p| vec![p.id.clone(), p.article.clone(), p.subject.clone(), p.modality.code(), p.kind.clone(), p.zh.clone()]);
    Ok(())
}

pub(crate) fn decisions(arguments: &Arguments) -> Result<(), TrainingError> {
    let all = arguments.policies.load()?.list_decisions();
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
