//! Kotlin and Swift: the border written from the built library, and their tests, conformance cases among them.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::process::Command;

/// The library as phones have it, in the debug profile.
const LIBRARY: &[&str] = &["build", "--package", "medtrain-mobile", "--package", "together"];

const MAVEN: &str = if cfg!(windows) { "mvn.cmd" } else { "mvn" };

/// What is built lies with everything else that is.
const SWIFT: &[&str] = &["test", "--package-path", "bindings-mobile/swift", "--scratch-path", "target/swift"];

/// Maven brings what the file names, and compiles and tests.
const KOTLIN: &[&str] = &["--batch-mode", "--quiet", "--file", "bindings-mobile/kotlin/pom.xml", "test"];

/// Builds the library and runs what is tested of it on a JVM.
pub(crate) fn test() -> Result<(), String> {
    run(env!("CARGO"), LIBRARY)?;
    run(MAVEN, KOTLIN)?;
    if !has_swift() {
        println!("== Swift is not tested here: there is no Swift toolchain");
        return Ok(());
    }
    run("swift", SWIFT)
}

/// Other programs are called `swift` too.
fn has_swift() -> bool {
    Command::new("swift").arg("--version").output().is_ok_and(|told| String::from_utf8_lossy(&told.stdout).contains("Swift version"))
}

/// Writes the Kotlin, Swift and C of the border.
pub(crate) fn border() -> Result<(), String> {
    run(env!("CARGO"), &[LIBRARY, &["--features", "border"]].concat())?;
    let library = format!("target/debug/{DLL_PREFIX}medtrain_mobile{DLL_SUFFIX}");
    let tool = format!("target/debug/border{}", std::env::consts::EXE_SUFFIX);
    run(&crate::generate::root().join(tool).display().to_string(), &[&library, "bindings-mobile"])
}

fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    println!("== Kotlin and Swift: {program} {}", arguments.join(" "));
    let status = Command::new(program).args(arguments).current_dir(crate::generate::root()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("`{program} {}` failed", arguments.join(" "))),
        Err(error) => Err(format!("{program} cannot be run: {error}")),
    }
}
