//! `medtrain verify`: whether a receipt still holds.

use std::path::PathBuf;

use clap::Args;
use medtrain::Lang;
use medtrain::problem::TrainingError;
use medtrain::receipt::{Since, Verification};

use crate::input::{PolicyArguments, lang, read_text};
use crate::output::{line, pretty};

/// Check a receipt: ask its question again, and tell what has changed
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The receipt, as `evaluate --receipt` wrote it
    receipt: PathBuf,
    /// The facts as JSON
    #[arg(long, value_name = "FACTS.json")]
    facts: PathBuf,
    #[command(flatten)]
    policies: PolicyArguments,
    /// The language of what people read
    #[arg(long, default_value = "zh", value_parser = lang)]
    lang: Lang,
    /// Print the result as JSON and nothing else
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let files = TrainingError::both(read_text(&arguments.receipt), read_text(&arguments.facts));
    let (set, (receipt, facts)) = TrainingError::both(arguments.policies.load(), files)?;
    let verification = set.verify(&receipt, &facts)?;
    if arguments.json {
        line(&pretty(&verification));
    } else {
        tell(&verification, arguments.lang);
    }
    Ok(())
}

fn tell(verification: &Verification, lang: Lang) {
    let (zh, en) = match (verification.since.contains(&Since::ReceiptAltered), verification.holds) {
        (true, true) => (
            "凭据可能被改动，不可采信；按其所列重新判断，结论相同",
            "the receipt may have been altered: do not rely on it, though what it asks has that result",
        ),
        (true, false) => (
            "凭据可能被改动，不可采信；按其所列重新判断，结论不同",
            "the receipt may have been altered: do not rely on it; what it asks has another result",
        ),
        (false, true) => ("结论仍然成立", "it still holds"),
        (false, false) => ("结论已不同", "it no longer holds"),
    };
    line(lang.pick(zh, en));
    for since in &verification.since {
        line(&format!("  {}", words(*since, lang)));
    }
    let nothing = lang.pick("（无）", "(nothing)");
    for change in &verification.changes {
        let said = |side: &Option<String>| side.clone().unwrap_or_else(|| nothing.to_owned());
        line(&format!("  {}: {} → {}", change.path, said(&change.was), said(&change.now)));
    }
    line(&format!("  {} {}", lang.pick("今日凭据", "today's receipt"), verification.today.hash));
}

fn words(since: Since, lang: Lang) -> &'static str {
    match since {
        Since::ReceiptAltered => lang.pick("凭据内容与其校验值不符：可能被改动", "the receipt does not fit its own hash: it may have been altered"),
        Since::OtherFacts => lang.pick("资料与当时不同", "the facts are not those of the receipt"),
        Since::OtherPolicy => lang.pick("规则文件与当时不同", "the policy file is not that of the receipt"),
        Since::OtherEngine => lang.pick("程序版本与当时不同", "another version of medtrain wrote it"),
    }
}
