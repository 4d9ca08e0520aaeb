//! `cargo xtask test`: everything that must hold, from formatting to the example workbook.

use std::process::Command;

/// A step of the tests: what it is, and the arguments of cargo.
const STEPS: &[(&str, &[&str])] = &[
    ("formatting", &["fmt", "--all", "--check"]),
    ("lints", &["clippy", "--workspace", "--all-targets", "--all-features", "--quiet", "--", "--deny", "warnings"]),
    ("the core without spreadsheets and pages", &["test", "--package", "medtrain", "--no-default-features", "--quiet"]),
    ("tests", &["test", "--workspace", "--all-features"]),
];

/// The seed of the random cases, so that a run says of the code alone whether it is right; `cargo test` by itself tries others each time.
const SEED: (&str, &str) = ("PROPTEST_RNG_SEED", "20240229");

/// Runs every step in turn and stops at the first that fails.
pub(crate) fn run() -> Result<(), String> {
    println!("== generated files: cargo xtask generate --check");
    crate::generate::check()?;
    for (name, arguments) in STEPS {
        println!("== {name}: cargo {}", arguments.join(" "));
        let status = Command::new(env!("CARGO"))
            .args(*arguments)
            .env(SEED.0, SEED.1)
            .status()
            .map_err(|error| format!("{name}: cargo cannot be run: {error}"))?;
        if !status.success() {
            return Err(format!("{name}: `cargo {}` failed", arguments.join(" ")));
        }
    }
    // Python last: what builds it builds much of what it stands on in a way of its own.
    crate::node::test()?;
    crate::mobile::test()?;
    println!("== the Python package: maturin, pytest, mypy, stubtest");
    crate::python::test()
}
