//! The project's chores, as `cargo xtask CHORE`.

mod bench;
mod example;
mod fuzz;
mod generate;
mod mobile;
mod node;
mod python;
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
    /// Write the Kotlin, Swift and C of the border to phones, after a change of its functions.
    Border,
    /// Write examples/hospital-2024.xlsx and examples/city-2024.xlsx, the same bytes each time.
    Example,
    /// Feed arbitrary bytes to everything that reads bytes; needs cargo-fuzz (`cargo install cargo-fuzz`).
    Fuzz(fuzz::Fuzz),
    /// Write what follows from the core: the types of other languages, and the reference.
    Generate(generate::Generate),
    /// Run every test: formatting, lints, the core alone, and everything together.
    Test,
}

fn main() -> ExitCode {
    let outcome = match CommandLine::parse().chore {
        Chore::Bench(bench) => bench.run(),
        Chore::Border => mobile::border(),
        Chore::Example => example::run().map_err(|problem| problem.to_string()),
        Chore::Fuzz(fuzz) => fuzz.run(),
        Chore::Generate(generate) => generate.run(),
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
