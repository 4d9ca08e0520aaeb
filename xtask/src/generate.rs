//! `cargo xtask generate`: what follows from the core and is written down elsewhere, the types of other languages first.
//!
//! In come the shapes, the vocabulary and the built-in policies; out go files that say that they are generated. With `--check` nothing is written,
//! and a file that is not as it would be written is an error.

mod kotlin;
mod mobile;
mod python;
mod reference;
mod swift;
mod typescript;
mod words;

use std::fs;
use std::path::Path;

use clap::Args;

/// What is to be done with the generated files.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// Write nothing, and fail where a file is not as it would be written.
    #[arg(long)]
    check: bool,
}

/// A generated file: where it lies, and what writes it.
type Generated = (&'static str, fn() -> Result<String, String>);

/// Every generated file.
const FILES: &[Generated] = &[
    ("bindings-mobile/kotlin/src/main/kotlin/medtrain/Types.kt", kotlin::types),
    ("bindings-mobile/swift/Sources/Medtrain/Types.swift", swift::types),
    ("bindings-node/types.d.ts", typescript::types),
    ("bindings-python/python/medtrain/_types.py", python::types),
    ("docs/reference/facts.schema.json", reference::schema),
    ("docs/reference/provisions.md", reference::provisions),
    ("docs/reference/decisions.md", reference::decisions),
];

impl Generate {
    /// Writes every file, or compares it.
    pub(crate) fn run(&self) -> Result<(), String> {
        if self.check { check() } else { write() }
    }
}

/// Fails where a file is not as it would be written.
pub(crate) fn check() -> Result<(), String> {
    let mut stale = Vec::new();
    for (path, write) in FILES {
        if fs::read_to_string(root().join(path)).ok().as_deref() != Some(write()?.as_str()) {
            stale.push(*path);
        }
    }
    if stale.is_empty() { Ok(()) } else { Err(format!("not as it would be written: {}; run `cargo xtask generate`", stale.join(", "))) }
}

fn write() -> Result<(), String> {
    for (path, write) in FILES {
        let (place, text) = (root().join(path), write()?);
        if fs::read_to_string(&place).ok().as_deref() != Some(text.as_str()) {
            let folder = place.parent().map_or(Ok(()), fs::create_dir_all);
            folder.and_then(|()| fs::write(&place, text)).map_err(|error| format!("{path} cannot be written: {error}"))?;
            println!("wrote {path}");
        }
    }
    Ok(())
}

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}
