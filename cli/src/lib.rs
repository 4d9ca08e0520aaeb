//! The `medtrain` command: a file for each subcommand. It is a library so that the Python package brings the same command.
//!
//! Exit status: 130 when it was interrupted or asked to end; 0 when it did what was asked, whatever the verdict; 2 when the input was
//! unusable or the output could not be written, with every problem on standard error.

mod calendar;
mod check;
mod diff;
mod evaluate;
mod feel;
mod input;
mod lint;
mod list;
mod output;
mod region;
mod standings;
mod statement;
mod tables;
mod template;
mod verify;
mod what_if;
mod why;

use std::ffi::OsString;

use clap::{Parser, Subcommand};
use medtrain::problem::TrainingError;

/// Does this person meet what is asked of their medical training, and if not, what is missing?
#[derive(Debug, Parser)]
#[command(name = "medtrain", version, about, arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Evaluate(evaluate::Arguments),
    EvaluateTable(tables::Arguments),
    Plan(tables::PlanArguments),
    Statement(statement::Arguments),
    /// List the policies: version, number, first and last day
    Policies(list::Arguments),
    /// List the provisions: article, subject, modality, what each says
    Provisions(list::Arguments),
    /// List the decisions: what can be asked, and what must be given
    Decisions(list::Arguments),
    Region(region::Arguments),
    Quotas(standings::QuotasArguments),
    Ranking(standings::RankingArguments),
    Calendar(calendar::Arguments),
    Schema(list::SchemaArguments),
    Feel(feel::Arguments),
    Lint(lint::Arguments),
    Template(template::Arguments),
    Diff(diff::Arguments),
    Verify(verify::Arguments),
    WhatIf(what_if::Arguments),
    Why(why::Arguments),
}

/// Ends the command with status 130 when it is interrupted or asked to end, and leaves no unfinished file behind. For a process of the command's own.
pub fn leave_nothing_unfinished() {
    // Where no handler can be set, the command does its work all the same.
    let _ = ctrlc::set_handler(|| {
        output::discard();
        std::process::exit(130);
    });
}

/// Runs the command with these arguments, of which the first is its name, and gives its exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let command = match CommandLine::try_parse_from(arguments) {
        Ok(CommandLine { command }) => command,
        Err(told) => {
            // Help and the version are told in the same way as what is wrong with the arguments.
            if told.use_stderr() {
                let _ = told.print();
            } else {
                output::note(told.print());
            }
            return match output::finish() {
                Ok(()) => u8::try_from(told.exit_code()).unwrap_or(2),
                Err(error) => report(error),
            };
        }
    };
    let outcome = match command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::EvaluateTable(arguments) => tables::run(&arguments),
        Command::Plan(arguments) => tables::plan(&arguments),
        Command::Statement(arguments) => statement::run(&arguments),
        Command::Policies(arguments) => list::policies(&arguments),
        Command::Provisions(arguments) => list::provisions(&arguments),
        Command::Decisions(arguments) => list::decisions(&arguments),
        Command::Region(arguments) => region::run(&arguments),
        Command::Quotas(arguments) => standings::quotas(&arguments),
        Command::Ranking(arguments) => standings::rank(&arguments),
        Command::Calendar(arguments) => calendar::run(&arguments),
        Command::Schema(arguments) => list::schema(&arguments),
        Command::Feel(arguments) => feel::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Template(arguments) => template::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::WhatIf(arguments) => what_if::run(&arguments),
        Command::Why(arguments) => why::run(&arguments),
    };
    let told = output::finish();
    match outcome.and(told) {
        Ok(()) => 0,
        Err(error) => report(error),
    }
}

/// Writes every problem on standard error, and gives the exit status.
fn report(error: TrainingError) -> u8 {
    for problem in &error.told().problems {
        output::error_line(&format!("error: {problem}"));
    }
    2
}
