//! Medians of many rounds.

use std::error::Error;
use std::time::{Duration, Instant};

/// How many rounds are measured, and how long each should last.
pub struct Clock {
    rounds: usize,
    round: Duration,
}

impl Clock {
    pub fn thorough() -> Self {
        Self { rounds: 51, round: Duration::from_millis(20) }
    }

    pub fn quick() -> Self {
        Self { rounds: 5, round: Duration::from_millis(2) }
    }

    /// The nanoseconds of one run: the median of the rounds, and the least.
    pub fn measure(&self, run: &mut dyn FnMut() -> Result<(), Box<dyn Error>>) -> Result<(f64, f64), Box<dyn Error>> {
        // Warms up, and finds how often it fits in a round.
        let start = Instant::now();
        let mut fits = 0_u32;
        while start.elapsed() < self.round * 4 {
            run()?;
            fits += 1;
        }
        let times = (fits / 4).max(1);
        let mut seconds = Vec::with_capacity(self.rounds);
        for _ in 0..self.rounds {
            let start = Instant::now();
            for _ in 0..times {
                run()?;
            }
            seconds.push(start.elapsed().as_secs_f64() * 1e9 / f64::from(times));
        }
        seconds.sort_by(f64::total_cmp);
        Ok((seconds[seconds.len() / 2], seconds[0]))
    }
}
