//! `cargo xtask bench`: medtrain against others that judge the same records. Everything that is needed is set up under `target/peers`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

/// What to run; everything said here goes to `benches/peers/python/run.py`.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// Such as `--million`, `--gaps`, `--quick`, `--only tables`, `--only single`; docs/performance.md has all of them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

impl Bench {
    /// Sets up Python's engines and builds those in Rust, then runs all of them.
    pub(crate) fn run(&self) -> Result<(), String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the workspace has no folder")?;
        let peers = root.join("benches").join("peers");
        let folder = root.join("target").join("peers");
        let python = python(&peers.join("python").join("requirements.txt"), &folder.join("venv"))?;
        let build = folder.join("build");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--release", "--manifest-path"]).arg(peers.join("Cargo.toml")).env("CARGO_TARGET_DIR", &build);
        // The rule engines bring two hundred crates, which populations do without.
        if let Some(part) = self.part() {
            cargo.arg("--package").arg(format!("peers-{}", part.to_string_lossy()));
        }
        succeed(&mut cargo)?;
        succeed(
            Command::new(python)
                .arg(peers.join("python").join("run.py"))
                .arg("--folder")
                .arg(&folder)
                .arg("--build")
                .arg(build.join("release"))
                .args(&self.arguments),
        )
    }

    /// The one part that is asked for, by `--only tables` or `--only single`.
    fn part(&self) -> Option<&OsString> {
        self.arguments.windows(2).find_map(|pair| match pair {
            [option, part] if option == "--only" => Some(part),
            _ => None,
        })
    }
}

/// An environment of Python with the engines at the versions that are asked for; made again only where these have changed.
fn python(requirements: &Path, environment: &Path) -> Result<PathBuf, String> {
    let python = if cfg!(windows) { environment.join("Scripts").join("python.exe") } else { environment.join("bin").join("python") };
    let asked = std::fs::read_to_string(requirements).map_err(|error| format!("{}: {error}", requirements.display()))?;
    let installed = environment.join("installed.txt");
    if std::fs::read_to_string(&installed).is_ok_and(|installed| installed == asked) {
        return Ok(python);
    }
    succeed(Command::new(if cfg!(windows) { "python" } else { "python3" }).args(["-m", "venv", "--clear"]).arg(environment))?;
    succeed(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(requirements))?;
    std::fs::write(&installed, asked).map_err(|error| format!("{}: {error}", installed.display()))?;
    Ok(python)
}

fn succeed(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| format!("`{name}` cannot be run: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{name}` failed")) }
}
