//! Writing: lines for people, and files that appear whole or not at all.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use medtrain::Lang;
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::workbook::{Note, Severity};
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

/// The files that were read, whose places nothing may take.
static READ: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Remembers a file that is read: what is written later never takes its place.
pub(crate) fn reads(path: &Path) {
    if let Ok(whole) = path.canonicalize() {
        READ.lock().unwrap_or_else(PoisonError::into_inner).insert(whole);
    }
}

/// Tells on standard error what is doubtful in a workbook, the gravest first.
pub(crate) fn tell_problems(notes: &[Note], lang: Lang) {
    const TOLD: usize = 20;
    // A column that is not used may be the one that was meant.
    let matters = |note: &&Note| matches!(note.severity, Severity::Blocking | Severity::Suspect) || note.problem.code == ProblemCode::Header;
    let mut told: Vec<&Note> = notes.iter().filter(matters).collect();
    told.sort_by_key(|note| note.severity);
    for note in told.iter().take(TOLD) {
        let (text, cure) = lang.pick((&note.zh, note.zh_cure.as_ref()), (&note.problem.message, note.problem.cure.as_ref()));
        let more = if note.count > 1 { lang.pick(format!("（{}处）", note.count), format!(" ({} places)", note.count)) } else { String::new() };
        let cure = cure.map(|cure| lang.pick(format!("；{cure}"), format!("; {cure}"))).unwrap_or_default();
        error_line(&format!("{}: {}{more}: {text}{cure}", lang.pick("注意", "note"), note.problem.place));
    }
    if told.len() > TOLD {
        let left = told.len() - TOLD;
        error_line(&lang.pick(format!("另有{left}项"), format!("and {left} more")));
    }
}

/// Files that are written in full beside their places first, and then put there together.
#[derive(Default)]
pub(crate) struct Files {
    /// Closed already, so that there may be thousands of them.
    ready: Vec<(TempPath, PathBuf)>,
    /// Their places, of which each is taken once.
    places: BTreeSet<PathBuf>,
    /// The folders that were made for them, which go again where nothing comes of it.
    made: Vec<PathBuf>,
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
        if let Ok(whole) = path.canonicalize() {
            if READ.lock().unwrap_or_else(PoisonError::into_inner).contains(&whole) {
                return Err(taken(path, "this file is read itself, and would be lost"));
            }
            if whole.is_dir() {
                return Err(taken(path, "a folder has this name"));
            }
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Held while it is made, so that no file stands there of which nobody knows.
        let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        let file = NamedTempFile::new_in(folder).map_err(|error| unwritable(path, &error))?;
        unfinished.insert(file.path().to_owned());
        Ok(file)
    }

    /// Takes a file that is written in full.
    pub(crate) fn add(&mut self, file: NamedTempFile, path: &Path) -> Result<(), TrainingError> {
        if !self.places.insert(std::path::absolute(path).unwrap_or_else(|_| path.to_owned())) {
            return Err(taken(path, "two files were to have this name"));
        }
        file.as_file().sync_all().map_err(|error| unwritable(path, &error))?;
        readable_by_others(&file);
        self.ready.push((file.into_temp_path(), path.to_owned()));
        Ok(())
    }

    /// Makes a folder, where there is none yet.
    pub(crate) fn folder(&mut self, path: &Path) -> Result<(), TrainingError> {
        if std::path::absolute(path).is_ok_and(|whole| self.places.contains(&whole)) {
            return Err(taken(path, "a file was to have this name"));
        }
        let missing = path.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        self.made.extend(missing.map(Path::to_owned));
        std::fs::create_dir_all(path).map_err(|error| unwritable(path, &error))
    }

    /// Puts every file in its place.
    pub(crate) fn finish(mut self) -> Result<(), TrainingError> {
        for (file, path) in std::mem::take(&mut self.ready) {
            let beside = file.to_path_buf();
            file.persist(&path).map_err(|error| unwritable(&path, &error.error))?;
            UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).remove(&beside);
        }
        self.made.clear();
        Ok(())
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        self.ready.clear();
        // Only what is empty goes: the innermost first.
        for folder in &self.made {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// Tells why nothing can be written under this name.
fn taken(path: &Path, why: &str) -> TrainingError {
    let problem = Problem::new(ProblemCode::Unreadable, path.display().to_string(), format!("cannot be written: {why}"));
    problem.with_cure("choose another name").into()
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
    Problem::new(ProblemCode::Unreadable, path.display().to_string(), format!("cannot be written: {error}"))
        .with_cure("see that the folder is there and may be written to")
        .into()
}
