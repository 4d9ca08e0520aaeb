//! `medtrain evaluate`: one subject's facts in, one verdict out.

use std::path::PathBuf;

use clap::Args;
use medtrain::Lang;
use medtrain::evaluate::{Question, Verdict};
use medtrain::explain::{headline, verdict_sentences, why, why_lines};
use medtrain::facts::Facts;
use medtrain::problem::TrainingError;
use medtrain::receipt::Receipt;

use crate::input::{FactsArguments, PolicyArguments, QuestionArguments};
use crate::output::{Files, line};

/// Judge one subject
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The decision to ask, such as cq-annual-cme
    decision: String,
    #[command(flatten)]
    facts: FactsArguments,
    #[command(flatten)]
    question: QuestionArguments,
    #[command(flatten)]
    policies: PolicyArguments,
    /// Print the verdict as canonical JSON and nothing else
    #[arg(long)]
    json: bool,
    /// With --json: also say what can still be done about it
    #[arg(long, requires = "json")]
    remedies: bool,
    /// Say why: every condition taken apart, with its values and the facts they came from; with --json as JSON
    #[arg(long, conflicts_with = "remedies")]
    why: bool,
    /// Write a receipt: the verdict with hashes of what it rests on, for `verify`
    #[arg(long, value_name = "RECEIPT.json")]
    receipt: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let set = arguments.facts.beside(arguments.question.beside(arguments.policies.load()))?;
    let (question, facts) = arguments.facts.read(arguments.question.ask(&set, &arguments.decision))?;
    let mut verdict = question.evaluate(&facts);
    if let Some(path) = &arguments.receipt {
        let mut files = Files::default();
        files.prepare(path, Receipt::new(verdict.clone(), &facts).to_json().as_bytes())?;
        files.finish()?;
    }
    let (lang, json) = (arguments.question.lang, arguments.json);
    if arguments.why {
        tell_why(&verdict, &question, &facts, lang, json);
        return Ok(());
    }
    // What a receipt seals is the verdict alone.
    if arguments.remedies || !arguments.json {
        verdict.remedies = Some(question.remedies_with_days(&facts));
    }
    if json {
        line(&verdict.to_json());
    } else {
        tell(&verdict, &question, lang);
    }
    Ok(())
}

/// Tells a verdict in sentences.
pub(crate) fn tell(verdict: &Verdict, question: &Question<'_>, lang: Lang) {
    for told in verdict_sentences(verdict, question, lang) {
        line(&told);
    }
}

/// Tells why a verdict is what it is.
pub(crate) fn tell_why(verdict: &Verdict, question: &Question<'_>, facts: &Facts, lang: Lang, json: bool) {
    let (why, labels) = (why(question, facts), question.labels());
    if json {
        line(&why.to_json());
        return;
    }
    line(&headline(verdict, &labels, lang));
    for told in why_lines(&why, &labels, lang) {
        line(&format!("  {told}"));
    }
}
