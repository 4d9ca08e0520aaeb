//! `cargo xtask fuzz`: arbitrary bytes for everything that reads bytes.
//!
//! New inputs gather in `fuzz/target/corpus`, and what crashes in `fuzz/artifacts`. The inputs that are checked in, `fuzz/corpus`, are only
//! read; add to them by hand what a crash came down to, and `core/tests/corpus.rs` replays it for ever.

use std::process::Command;
use std::{fs, io};

use clap::{Args, ValueEnum};

/// What is to be fuzzed, and for how long.
#[derive(Debug, Args)]
pub(crate) struct Fuzz {
    /// What to fuzz; everything, one after the other, if left out.
    target: Option<Target>,
    /// How many seconds to spend on each.
    #[arg(long, default_value_t = 300)]
    seconds: u32,
}

/// A reader of bytes.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Target {
    /// Expressions.
    Feel,
    /// Policy files.
    Policy,
    /// Facts as JSON.
    Facts,
    /// Spreadsheets.
    Workbook,
    /// Files of tables.
    Table,
}

impl Target {
    const fn name(self) -> &'static str {
        match self {
            Self::Feel => "feel",
            Self::Policy => "policy",
            Self::Facts => "facts",
            Self::Workbook => "workbook",
            Self::Table => "table",
        }
    }
}

impl Fuzz {
    /// Fuzzes, and stops at the first target that fails.
    pub(crate) fn run(&self) -> Result<(), String> {
        let targets = self.target.as_ref().map_or_else(|| Target::value_variants(), std::slice::from_ref);
        for target in targets {
            self.fuzz(*target).map_err(|error| format!("cargo fuzz cannot be run: {error}; `cargo install cargo-fuzz` installs it"))??;
        }
        Ok(())
    }

    fn fuzz(&self, target: Target) -> io::Result<Result<(), String>> {
        let name = target.name();
        let found = format!("fuzz/target/corpus/{name}");
        fs::create_dir_all(&found)?;
        println!("== {name}, {} seconds", self.seconds);
        let status = Command::new(env!("CARGO"))
            .args(["fuzz", "run", "--fuzz-dir", "fuzz", name, &found, &format!("fuzz/corpus/{name}"), "--"])
            .arg(format!("-max_total_time={}", self.seconds))
            .args(["-fork=0", "-rss_limit_mb=2048", "-timeout=10", "-max_len=4096", "-print_final_stats=1"])
            // Sanitizers want a nightly compiler, or a stable one that is told to act as one.
            .env("RUSTC_BOOTSTRAP", "1")
            .status()?;
        Ok(if status.success() { Ok(()) } else { Err(format!("`{name}` failed: see fuzz/artifacts/{name}")) })
    }
}
