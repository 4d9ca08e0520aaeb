//! The Python package: built as a wheel, installed into an environment of its own under `target/`, and tested there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds, installs and tests the package.
pub(crate) fn test() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let (package, environment) = (root.join("bindings-python"), root.join("target").join("python"));
    let python = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    run(Command::new(&python).args(pip).arg("--requirement").arg(package.join("tests/requirements.txt")))?;
    let wheels = environment.join("wheels");
    if wheels.exists() {
        fs::remove_dir_all(&wheels).map_err(|error| format!("{}: {error}", wheels.display()))?;
    }
    let maturin = ["-m", "maturin", "build", "--quiet", "--profile", "dev", "--features", "together", "--manifest-path"];
    run(Command::new(&python).args(maturin).arg(package.join("Cargo.toml")).arg("--out").arg(&wheels))?;
    run(Command::new(&python).args(pip).args(["--no-deps", "--force-reinstall"]).arg(only_file(&wheels)?))?;
    run(Command::new(&python).args(["-m", "pytest", "--quiet"]).current_dir(&package))?;
    run(Command::new(&python).arg(root.join("tests/run_python.py")))
}

fn only_file(folder: &Path) -> Result<PathBuf, String> {
    let told = |error| format!("{}: {error}", folder.display());
    let file = fs::read_dir(folder).map_err(told)?.next().ok_or_else(|| format!("{}: no wheel was built", folder.display()))?;
    Ok(file.map_err(told)?.path())
}

fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed")) }
}
