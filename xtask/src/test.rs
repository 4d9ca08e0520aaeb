//! `cargo xtask test`: everything that must hold, from formatting to the example workbook.

use std::process::Command;

/// A step of the tests: what it is, and the arguments of cargo.
const STEPS: &[(&str, &[&str])] = &[
    ("formatting", &["fmt", "--all", "--check"]),
    ("lints", &["clippy", "--workspace", "--all-targets", "--all-features", "--quiet", "--", "--deny", "warnings"]),
    ("the core without spreadsheets and pages", &["test", "--package", "medtrain", "--package", "together", "--no-default-features", "--quiet"]),
    (
        "the core with spreadsheets alone",
        &["clippy", "--package", "medtrain", "--no-default-features", "--features", "workbook", "--quiet", "--", "--deny", "warnings"],
    ),
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

#[cfg(test)]
mod tests {
    /// What is built for the machine that builds, with features that do not reach what is built with it.
    const OF_BUILDS: &[&str] = &["medtrain", "medtrain-macros", "napi-build", "proc-macro2", "quote"];

    #[test]
    fn together_names_every_library_of_the_workspace() {
        let root = include_str!("../../Cargo.toml");
        let together = include_str!("../together/Cargo.toml");
        let libraries = root.split("[workspace.dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).expect("the dependencies");
        let names = libraries.lines().filter_map(|line| line.split_once(" =")).map(|(name, _)| name);
        let is_together = |name: &&str| together.lines().any(|line| line.starts_with(&format!("{name}.")) || line.starts_with(&format!("{name} =")));
        let missing: Vec<&str> = names.filter(|name| !OF_BUILDS.contains(name) && !is_together(name)).collect();
        assert!(missing.is_empty(), "without them each language compiles the core once more: {missing:?}");
    }
}
