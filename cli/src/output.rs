//! Writing: lines for people, and files that appear whole or not at all.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use medtrain::problem::{Problem, ProblemCode, TrainingError};
use serde::Serialize;
use tempfile::{NamedTempFile, TempPath};
use unicode_width::UnicodeWidthStr;

/// Why something could not be written on standard output. The command goes on, for what it writes elsewhere, and fails at its end.
static LOST: Mutex<Option<std::io::Error>> = Mutex::new(None);

/// Writes a line on standard output.
pub(crate) fn line(text: &str) {
    note(writeln!(std::io::stdout().lock(), "{text}"));
}

/// Writes text on standard output as it is.
pub(crate) fn text(text: &str) {
    bytes(text.as_bytes());
}

/// Writes bytes on standard output as they are.
pub(crate) fn bytes(bytes: &[u8]) {
    note(std::io::stdout().lock().write_all(bytes));
}

/// Remembers what was lost; a reader that has gone away is no problem.
pub(crate) fn note(written: std::io::Result<()>) {
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
        && let Ok(mut lost) = LOST.lock()
    {
        lost.get_or_insert(error);
    }
}

/// Writes out what is still held back; an error where anything was lost.
pub(crate) fn finish() -> Result<(), TrainingError> {
    note(std::io::stdout().lock().flush());
    match LOST.lock().ok().and_then(|mut lost| lost.take()) {
        Some(error) => Err(unwritable(Path::new("standard output"), &error)),
        None => Ok(()),
    }
}

/// A value as JSON that people can read.
pub(crate) fn pretty(value: &impl Serialize) -> String {
    // Maps with text keys, strings and numbers: nothing here can fail to serialise.
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// Writes a table with columns as wide as their widest cell, Chinese characters counted as two.
pub(crate) fn table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(|c| rows.iter().filter_map(|r| r.get(c)).map(|cell| cell.width()).max().unwrap_or(0)).collect();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width()))));
        line(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

/// Writes a line on standard error.
pub(crate) fn error_line(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Files that are written in full beside their places first, and then put there together.
#[derive(Default)]
pub(crate) struct Files {
    /// Closed already, so that there may be thousands of them.
    ready: Vec<(TempPath, PathBuf)>,
}

impl Files {
    /// Writes a file beside its place.
    pub(crate) fn prepare(&mut self, path: &Path, content: &[u8]) -> Result<(), TrainingError> {
        let mut file = Self::begin(path)?;
        file.write_all(content).map_err(|error| unwritable(path, &error))?;
        self.add(file, path)
    }

    /// Begins a file beside its place, which is gone again if nothing comes of it.
    pub(crate) fn begin(path: &Path) -> Result<NamedTempFile, TrainingError> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Held while it is made, so that no file stands there of which nobody knows.
        let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        let file = NamedTempFile::new_in(folder).map_err(|error| unwritable(path, &error))?;
        unfinished.insert(file.path().to_owned());
        Ok(file)
    }

    /// Takes a file that is written in full.
    pub(crate) fn add(&mut self, file: NamedTempFile, path: &Path) -> Result<(), TrainingError> {
        file.as_file().sync_all().map_err(|error| unwritable(path, &error))?;
        readable_by_others(&file);
        self.ready.push((file.into_temp_path(), path.to_owned()));
        Ok(())
    }

    /// Makes a folder, where there is none yet.
    pub(crate) fn folder(path: &Path) -> Result<(), TrainingError> {
        std::fs::create_dir_all(path).map_err(|error| unwritable(path, &error))
    }

    /// Puts every file in its place.
    pub(crate) fn finish(self) -> Result<(), TrainingError> {
        for (file, path) in self.ready {
            let beside = file.to_path_buf();
            file.persist(&path).map_err(|error| unwritable(&path, &error.error))?;
            UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).remove(&beside);
        }
        Ok(())
    }
}

/// The files that stand beside their places, with what may be personal data.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Removes the files that stand beside their places. Whoever calls this ends the command: what would begin another waits for that.
pub(crate) fn discard() {
    let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    for path in unfinished.iter() {
        let _ = std::fs::remove_file(path);
    }
    std::mem::forget(unfinished);
}

/// A temporary file is its owner's alone; a report is a file like any other.
#[cfg(unix)]
fn readable_by_others(file: &NamedTempFile) {
    use std::os::unix::fs::PermissionsExt;
    let _ = file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn readable_by_others(_: &NamedTempFile) {}

/// Tells why a file cannot be written, and not beside which place it was to be written first.
pub(crate) fn unwritable(path: &Path, error: &std::io::Error) -> TrainingError {
    let error = error.to_string();
    let error = error.split_once(" at path ").map_or(&*error, |(cause, _)| cause);
    Problem::new(ProblemCode::Unreadable, path.display().to_string(), format!("cannot be written: {error}")).into()
}
