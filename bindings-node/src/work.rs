//! Work that takes long: on a thread of Node's pool, with progress, and given up where nobody waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use medtrain::problem::{Problem, ProblemCode, TrainingError};
use napi::bindgen_prelude::Buffer;
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Result, Status, Task};
use napi_derive::napi;

use crate::problems::{contained, thrown};

/// Tells work that nobody waits for it any more.
#[napi]
#[derive(Default)]
pub struct Stop(Arc<AtomicBool>);

#[napi]
impl Stop {
    /// Something that was not stopped yet.
    #[napi(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the work.
    #[napi]
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// How far work has come.
#[napi(object, object_from_js = false)]
pub struct Progress {
    /// What is being done.
    pub stage: &'static str,
    /// How much of it.
    pub done: u32,
    /// Out of how much.
    pub total: u32,
}

/// What progress is told to.
pub(crate) type Told = ThreadsafeFunction<Progress, (), Progress, Status, false>;

/// What work came to.
#[napi(object, object_from_js = false)]
pub struct Done {
    /// The result as JSON.
    pub json: String,
    /// A page.
    pub html: Option<String>,
    /// A file.
    pub bytes: Option<Buffer>,
    /// A page of a list beside it.
    pub list_html: Option<String>,
    /// A file of that list.
    pub list_bytes: Option<Buffer>,
}

/// The bytes and texts of a result, on the thread where they were made.
#[derive(Default)]
pub struct Made {
    pub(crate) json: String,
    pub(crate) html: Option<String>,
    pub(crate) bytes: Option<Vec<u8>>,
    pub(crate) list_html: Option<String>,
    pub(crate) list_bytes: Option<Vec<u8>>,
}

/// Tells progress, and whether to go on.
pub(crate) struct Course {
    told: Option<Told>,
    stop: Arc<AtomicBool>,
}

impl Course {
    /// Tells how far a stage has come.
    pub(crate) fn tell(&self, stage: &'static str, done: usize, total: usize) {
        if let Some(told) = &self.told {
            let short = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
            told.call(Progress { stage, done: short(done), total: short(total) }, ThreadsafeFunctionCallMode::NonBlocking);
        }
    }

    /// What is set where nobody waits any more.
    pub(crate) fn stop(&self) -> &AtomicBool {
        &self.stop
    }

    /// An error where nobody waits any more.
    pub(crate) fn go_on(&self) -> std::result::Result<(), TrainingError> {
        if self.stop.load(Ordering::Relaxed) {
            Err(Problem::new(ProblemCode::Missing, "signal", "nobody waits for it any more").into())
        } else {
            Ok(())
        }
    }
}

/// What is to be done with a course.
type Job = Box<dyn FnOnce(&Course) -> std::result::Result<Made, TrainingError> + Send>;

/// Work for a thread of Node's pool.
pub struct Work {
    place: String,
    course: Course,
    job: Option<Job>,
}

impl Work {
    /// Work on an input of this name.
    pub(crate) fn new(
        place: String,
        told: Option<Told>,
        stop: &Stop,
        job: impl FnOnce(&Course) -> std::result::Result<Made, TrainingError> + Send + 'static,
    ) -> Self {
        Self { place, course: Course { told, stop: Arc::clone(&stop.0) }, job: Some(Box::new(job)) }
    }
}

impl Task for Work {
    type Output = Made;
    type JsValue = Done;

    fn compute(&mut self) -> Result<Made> {
        let Some(job) = self.job.take() else { return Ok(Made::default()) };
        contained(&self.place, || {
            self.course.go_on()?;
            job(&self.course)
        })
        .map_err(thrown)
    }

    fn resolve(&mut self, _: Env, made: Made) -> Result<Done> {
        Ok(Done {
            json: made.json,
            html: made.html,
            bytes: made.bytes.map(Buffer::from),
            list_html: made.list_html,
            list_bytes: made.list_bytes.map(Buffer::from),
        })
    }
}
