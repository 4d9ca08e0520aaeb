//! Work on several threads.

use crate::problem::{Problem, ProblemCode};

/// Does something to each item, on so many threads; what comes of them is in the order of the items.
///
/// # Errors
/// A thread that ended early.
pub(super) fn each<T: Send, R: Send>(threads: usize, items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Result<Vec<R>, Problem> {
    let threads = threads.clamp(1, items.len().max(1));
    let mut shares: Vec<Vec<(usize, T)>> = (0..threads).map(|_| Vec::new()).collect();
    for (place, item) in items.into_iter().enumerate() {
        if let Some(share) = shares.get_mut(place % threads) {
            share.push((place, item));
        }
    }
    let work = &work;
    let mut results = std::thread::scope(|scope| {
        let workers: Vec<_> = shares
            .into_iter()
            .map(|share| scope.spawn(move || share.into_iter().map(|(place, item)| (place, work(item))).collect::<Vec<_>>()))
            .collect();
        let mut results = Vec::new();
        for worker in workers {
            results.extend(worker.join().map_err(|_| ended_early())?);
        }
        Ok(results)
    })?;
    results.sort_by_key(|(place, _)| *place);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

/// A thread that ended before its work was done.
pub(super) fn ended_early() -> Problem {
    Problem::new(ProblemCode::TooLarge, "the tables", "a thread ended early").with_cure("ask again with fewer threads, or of fewer rows at a time")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items_whatever_the_threads() {
        for threads in [0, 1, 2, 3, 20] {
            assert_eq!(each(threads, (0..7).collect(), |item: i32| item * item), Ok(vec![0, 1, 4, 9, 16, 25, 36]));
        }
        assert_eq!(each(4, Vec::<i32>::new(), |item| item), Ok(Vec::new()));
    }
}
