//! `medtrain what-if`: what a decision would say otherwise about other facts.

use std::path::PathBuf;

use clap::Args;
use medtrain::explain::what_if_sentences;
use medtrain::problem::TrainingError;

use crate::input::{FactsArguments, PolicyArguments, QuestionArguments};
use crate::output::line;

/// Tell what would be otherwise if some facts were
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The decision to ask, such as cq-annual-cme
    decision: String,
    #[command(flatten)]
    facts: FactsArguments,
    /// A fact and what it would be; may be repeated. `practitioner.title_grade=senior` sets one, `practitioner.activities[+]={"credits": "5"}` adds a
    /// record, `practitioner.activities[2]=null` takes one away, and `practitioner.title_grade=` alone leaves a fact out
    #[arg(long = "change", value_name = "PATH=VALUE", required_unless_present = "with")]
    changes: Vec<String>,
    /// The facts as they would be, as another file
    #[arg(long, value_name = "OTHER.json")]
    with: Option<PathBuf>,
    #[command(flatten)]
    question: QuestionArguments,
    #[command(flatten)]
    policies: PolicyArguments,
    /// Print what would be otherwise as canonical JSON and nothing else
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let with = arguments.with.as_deref();
    let set = arguments.facts.beside_with(arguments.question.beside(arguments.policies.load()), with)?;
    let (question, facts, others) = arguments.facts.read_with(arguments.question.ask(&set, &arguments.decision), with)?;
    let others = others.unwrap_or_else(|| facts.clone());
    let what_if = question.what_if(&facts, &question.changed(&others, &arguments.changes)?);
    if arguments.json {
        line(&what_if.to_json());
    } else {
        for told in what_if_sentences(&what_if, &question, arguments.question.lang) {
            line(&told);
        }
    }
    Ok(())
}
