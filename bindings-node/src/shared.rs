//! Policy sets that several threads use: the built-in one, and those that were handed on.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use medtrain::policy::PolicySet;
use medtrain::problem::{Problem, ProblemCode, TrainingError};

/// The built-in policies, compiled once for all threads.
pub(crate) fn builtin() -> Result<Arc<PolicySet>, TrainingError> {
    static SET: OnceLock<Arc<PolicySet>> = OnceLock::new();
    if let Some(set) = SET.get() {
        return Ok(Arc::clone(set));
    }
    let set = Arc::new(PolicySet::builtin()?);
    Ok(Arc::clone(SET.get_or_init(|| set)))
}

/// The sets that were handed on, as long as somebody holds them.
static HANDED_ON: Mutex<Vec<(u32, Weak<PolicySet>)>> = Mutex::new(Vec::new());

/// Hands a set on: the number by which other threads find it.
pub(crate) fn hand_on(set: &Arc<PolicySet>) -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let mut sets = HANDED_ON.lock().unwrap_or_else(PoisonError::into_inner);
    sets.retain(|(_, known)| known.strong_count() > 0);
    if let Some((number, _)) = sets.iter().find(|(_, known)| Weak::as_ptr(known) == Arc::as_ptr(set)) {
        return *number;
    }
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    sets.push((number, Arc::downgrade(set)));
    number
}

/// The set that was handed on under this number.
pub(crate) fn handed_on(number: u32) -> Result<Arc<PolicySet>, TrainingError> {
    let sets = HANDED_ON.lock().unwrap_or_else(PoisonError::into_inner);
    let found = sets.iter().find(|(known, _)| *known == number).and_then(|(_, set)| set.upgrade());
    found.ok_or_else(|| {
        let problem = Problem::new(ProblemCode::Missing, "shared", "this policy set is not there any more");
        problem.with_cure("keep the set that was shared for as long as other threads take it over").into()
    })
}
