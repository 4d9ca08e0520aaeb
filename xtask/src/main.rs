//! The project's chores, as `cargo xtask CHORE`.

mod bench;
mod example;
mod fuzz;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What the command line asks for.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "The project's chores")]
struct CommandLine {
    #[command(subcommand)]
    chore: Chore,
}

/// One chore.
#[derive(Debug, Subcommand)]
enum Chore {
    /// Measure medtrain against others that judge the same records; needs Python 3.11.
    Bench(bench::Bench),
    /// Write examples/hospital-2024.xlsx, the same bytes each time.
    Example,
    /// Feed arbitrary bytes to everything that reads bytes; needs cargo-fuzz (`cargo install cargo-fuzz`).
    Fuzz(fuzz::Fuzz),
    /// Run every test: formatting, lints, the core alone, and everything together.
    Test,
}

fn main() -> ExitCode {
    let outcome = match CommandLine::parse().chore {
        Chore::Bench(bench) => bench.run(),
        Chore::Example => example::run().map_err(|problem| problem.to_string()),
        Chore::Fuzz(fuzz) => fuzz.run(),
        Chore::Test => test::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}
