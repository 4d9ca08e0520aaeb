//! `medtrain policies`, `provisions`, `decisions` and `schema`: what there is.

use clap::Args;
use medtrain::facts::json_schema;
use medtrain::problem::TrainingError;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::input::PolicyArguments;
use crate::output::line;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Print JSON and nothing else
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    policies: PolicyArguments,
}

/// Print the JSON Schema of facts
#[derive(Debug, Args)]
pub(crate) struct SchemaArguments {
    /// Print JSON, which a schema always is
    #[arg(long)]
    json: bool,
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

pub(crate) fn schema() {
    line(&pretty(&json_schema()));
}

fn pretty(value: &impl Serialize) -> String {
    // Maps with text keys, strings and numbers: nothing here can fail to serialise.
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// A table with columns as wide as their widest cell, Chinese characters counted as two.
fn print<T: Serialize>(json: bool, all: &[T], row: impl Fn(&T) -> Vec<String>) {
    if json {
        line(&pretty(&all));
        return;
    }
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(|c| rows.iter().filter_map(|r| r.get(c)).map(|cell| cell.width()).max().unwrap_or(0)).collect();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width()))));
        line(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}
