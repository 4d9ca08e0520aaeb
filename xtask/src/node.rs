//! The Node package: its library built as the tests build everything, its types checked, its tests and the conformance cases run.

use std::path::PathBuf;
use std::process::Command;

/// The steps, each with its program and arguments; npm brings what the lock file names.
const STEPS: &[(&str, &str, &[&str])] = &[
    ("what its tests need", NPM, &["ci", "--no-audit", "--no-fund"]),
    // With the command, whose core is the one that the tests of Cargo have compiled.
    ("its library", "node", &["scripts/build.mjs", "--", "--package", "medtrain-node", "--package", "medtrain-cli", "--package", "together"]),
    ("its types", NPM, &["run", "--silent", "types"]),
    ("its tests", NPM, &["test", "--silent"]),
    ("conformance", "node", &["../tests/run_node.mjs"]),
];

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Runs every step in turn and stops at the first that fails.
pub(crate) fn test() -> Result<(), String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../bindings-node");
    for (name, program, arguments) in STEPS {
        println!("== Node, {name}: {program} {}", arguments.join(" "));
        let status = Command::new(program).args(*arguments).current_dir(&folder).env("CARGO", env!("CARGO")).status();
        let status = status.map_err(|error| format!("Node, {name}: {program} cannot be run: {error}"))?;
        if !status.success() {
            return Err(format!("Node, {name}: `{program} {}` failed", arguments.join(" ")));
        }
    }
    Ok(())
}
