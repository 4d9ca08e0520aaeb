//! Long work beside Python: it runs in a thread of its own, while the calling one tells how far it is and listens for signals.
//!
//! INVARIANT: whatever the caller's callback raises, and a signal such as Ctrl-C, ends the wait at once; the work is told to stop.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;

use crate::read::foreign;

/// How often the calling thread looks up.
const TICK: Duration = Duration::from_millis(50);

/// How far work is, as it says itself, and whether it is still wanted.
#[derive(Default)]
pub(crate) struct Watch {
    stage: Mutex<&'static str>,
    done: AtomicUsize,
    total: AtomicUsize,
    pub(crate) stop: AtomicBool,
}

impl Watch {
    /// So much more is done.
    pub(crate) fn more(&self, count: usize) {
        self.done.fetch_add(count, Ordering::Relaxed);
    }

    /// So much is done of this stage.
    pub(crate) fn at(&self, stage: &'static str, done: usize, total: usize) {
        if let Ok(mut current) = self.stage.lock() {
            *current = stage;
        }
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    fn told(&self) -> (&'static str, usize, usize) {
        let stage = self.stage.lock().map_or("", |stage| *stage);
        (stage, self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

/// What is told progress, where somebody wants to know.
pub(crate) fn progress<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    if value.is_none() {
        return Ok(None);
    }
    if !value.is_callable() {
        return Err(PyTypeError::new_err(format!("progress: expected a function, got {}", foreign(value))));
    }
    Ok(Some(value.clone()))
}

/// Runs work beside Python, and tells a callback the stage, how much is done, and of how much.
pub(crate) fn watched<T: Send + 'static>(
    py: Python<'_>,
    progress: Option<Bound<'_, PyAny>>,
    work: impl FnOnce(&Watch) -> T + Send + 'static,
) -> PyResult<T> {
    let watch = Arc::new(Watch::default());
    let (send, receive) = channel();
    let theirs = Arc::clone(&watch);
    // Nobody may be there any more to take the result.
    std::thread::spawn(move || drop(send.send(work(&theirs))));
    let mut last = ("", 0, 0);
    let mut tell = || {
        py.check_signals()?;
        let told = watch.told();
        if let Some(progress) = progress.as_ref().filter(|_| told != last) {
            last = told;
            progress.call1(told)?;
        }
        PyResult::Ok(())
    };
    let receive = Mutex::new(receive);
    loop {
        let received = py.detach(|| receive.lock().map_or(Err(RecvTimeoutError::Disconnected), |receive| receive.recv_timeout(TICK)));
        let told = tell().inspect_err(|_| watch.stop.store(true, Ordering::Relaxed));
        match received {
            Ok(result) => return told.map(|()| result),
            Err(RecvTimeoutError::Timeout) => told?,
            Err(RecvTimeoutError::Disconnected) => return Err(PyRuntimeError::new_err("the work ended early")),
        }
    }
}
