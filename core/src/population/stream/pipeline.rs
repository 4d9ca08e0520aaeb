//! Chunks judged side by side, their results taken in order.

use std::collections::BTreeMap;
use std::sync::{Mutex, mpsc};

use super::{Chunk, Judged};
use crate::population::threads::ended_early;
use crate::problem::TrainingError;

/// Judges each chunk and takes the results in the order of the chunks. There are never more than one for each thread and one besides.
pub(super) fn each(
    threads: usize,
    chunks: &mut dyn FnMut() -> Result<Option<Chunk>, TrainingError>,
    judge: &(dyn Fn(&Chunk) -> Result<Judged, TrainingError> + Sync),
    take: &mut dyn FnMut(Judged) -> Result<(), TrainingError>,
) -> Result<(), TrainingError> {
    if threads <= 1 {
        while let Some(chunk) = chunks()? {
            take(judge(&chunk)?)?;
        }
        return Ok(());
    }
    let (to_workers, work) = mpsc::sync_channel::<(usize, Chunk)>(threads + 1);
    let work = Mutex::new(work);
    let (done, judged) = mpsc::channel();
    std::thread::scope(|scope| {
        // Dropped at the end of this block, whichever way it ends: then the workers end too.
        let to_workers = to_workers;
        for _ in 0..threads {
            let (done, work) = (done.clone(), &work);
            scope.spawn(move || {
                loop {
                    let next = work.lock().map(|work| work.recv());
                    let Ok(Ok((number, chunk))) = next else { break };
                    if done.send((number, judge(&chunk))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        let mut waiting = BTreeMap::new();
        let (mut sent, mut taken, mut is_over) = (0, 0, false);
        loop {
            while !is_over && sent - taken <= threads {
                match chunks()? {
                    Some(chunk) => to_workers.send((sent, chunk)).map_err(|_| ended_early())?,
                    None => is_over = true,
                }
                sent += usize::from(!is_over);
            }
            if sent == taken {
                return Ok(());
            }
            let (number, result) = judged.recv().map_err(|_| ended_early())?;
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&taken) {
                take(result?)?;
                taken += 1;
            }
        }
    })
}
