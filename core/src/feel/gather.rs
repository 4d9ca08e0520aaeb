//! Totals and counts of subjects whose rows stand in any order: what a row comes to is added where its subject's sums stand side by side.

use super::aggregate::{Aggregate, Share, Taken};
use super::batch::places;
use super::column::{UNIT, WIDTH};
use super::lane::{Lane, LaneValues, masks_of, word_of};
use super::wide::Wide;

/// What the rows of many subjects come to, as far as they were gathered.
pub(crate) struct Gathered {
    /// For each subject its lines: a sum for each aggregate, and then a count for each kind of record.
    sums: Vec<Line>,
    /// How many lines a subject has.
    lines: usize,
    /// How many ten-thousandths make a step of each aggregate's sums, where it adds up a field.
    factors: Vec<Option<i64>>,
    /// What those rows add of which it is not certain that they go in, or with what: for each subject and each of its aggregates. Nothing while there
    /// are none.
    doubts: Vec<Taken>,
    /// The subjects of whom there is a value of no plain form. Nothing while there are none.
    alone: Vec<bool>,
    /// No subject that is read here has more rows.
    most: u64,
}

/// How many sums stand in a line.
const SUMS: usize = 16;

/// As much as memory hands over at once: most subjects have one.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Line([i32; SUMS]);

impl Line {
    #[inline]
    fn plus(self, other: &Self) -> Self {
        let mut sums = self;
        sums.0.iter_mut().zip(&other.0).for_each(|(sum, other)| *sum = sum.wrapping_add(*other));
        sums
    }
}

/// Rows, of which each adds its steps to a sum, or one.
struct Part<'r> {
    rows: &'r [u64],
    steps: Option<&'r [i32]>,
}

impl Gathered {
    /// Nothing yet, for so many subjects of whom none has more rows than this; of those that have, what is gathered means nothing.
    pub(crate) fn new(subjects: usize, (aggregates, kinds): (usize, usize), most: usize) -> Self {
        let lines = (aggregates + kinds).div_ceil(SUMS).max(1);
        let sums = vec![Line::default(); subjects.saturating_mul(lines)];
        Self { sums, lines, factors: vec![None; aggregates], doubts: Vec::new(), alone: Vec::new(), most: most as u64 }
    }

    /// Adds rows of which each belongs to one of the subjects, or to nobody, and goes so into the aggregates and kinds. `false` where a sum might grow
    /// beyond its room: then nothing that was gathered is of use.
    pub(crate) fn add(&mut self, shares: &[(&Aggregate<'_>, Share)], kinds: &[Vec<u64>], wide: &mut Wide<'_>, owners: &[u32]) -> bool {
        let mut parts = Vec::with_capacity(shares.len() + kinds.len());
        for (place, (aggregate, share)) in shares.iter().enumerate() {
            let mut steps = None;
            // No row goes in for certain whose field is no number.
            if let Some((Lane { values: LaneValues::Numbers(numbers), .. }, _)) = aggregate.summed(wide) {
                let Some((small, factor)) = numbers.small(self.most) else { return false };
                self.factors.get_mut(place).into_iter().for_each(|known| *known = Some(factor));
                steps = Some(small);
            }
            parts.push(Part { rows: &share.certain, steps });
        }
        parts.extend(kinds.iter().map(|rows| Part { rows, steps: None }));
        self.add_parts(&parts, owners);
        for (place, (aggregate, share)) in shares.iter().enumerate() {
            self.doubt(place, aggregate, share, wide, owners);
        }
        true
    }

    fn add_parts(&mut self, parts: &[Part<'_>], owners: &[u32]) {
        let mut rows = [Line::default(); WIDTH];
        for (line, parts) in parts.chunks(SUMS).enumerate() {
            for (word, owners) in owners.chunks(WIDTH).enumerate() {
                for (place, part) in parts.iter().enumerate() {
                    part.spread(word, &mut rows, place);
                }
                for (owner, row) in owners.iter().zip(&rows) {
                    // A row of nobody has no place.
                    let at = (*owner as usize).saturating_mul(self.lines).saturating_add(line);
                    if let Some(sums) = self.sums.get_mut(at) {
                        *sums = sums.plus(row);
                    }
                }
            }
        }
    }

    /// Adds the rows of which it is not certain that they go into an aggregate, or with what.
    fn doubt(&mut self, place: usize, aggregate: &Aggregate<'_>, share: &Share, wide: &mut Wide<'_>, owners: &[u32]) {
        let aggregates = self.factors.len();
        let subjects = self.sums.len() / self.lines;
        let lane = aggregate.summed(wide);
        for (word, unsure) in share.unsure.iter().enumerate().filter(|(_, unsure)| **unsure != 0) {
            if self.doubts.is_empty() {
                self.doubts = vec![Taken::of(0); subjects * aggregates];
            }
            for row in places(*unsure).map(|place| word * WIDTH + place) {
                let Some(owner) = owners.get(row).map(|owner| *owner as usize).filter(|owner| *owner < subjects) else { continue };
                let Some(doubt) = self.doubts.get_mut(owner * aggregates + place) else { continue };
                match doubt.perhaps_with(lane, row) {
                    Some(more) => *doubt = more,
                    None => {
                        self.alone.resize(subjects, false);
                        self.alone.get_mut(owner).into_iter().for_each(|alone| *alone = true);
                    }
                }
            }
        }
    }

    /// The same with what another gathered of the same subjects.
    pub(crate) fn merge(&mut self, other: Self) {
        for (sums, others) in self.sums.iter_mut().zip(&other.sums) {
            *sums = sums.plus(others);
        }
        for (known, factor) in self.factors.iter_mut().zip(other.factors) {
            *known = known.or(factor);
        }
        if self.alone.is_empty() {
            self.alone = other.alone;
        } else {
            self.alone.iter_mut().zip(other.alone).for_each(|(alone, other)| *alone |= other);
        }
        if self.doubts.is_empty() {
            self.doubts = other.doubts;
            return;
        }
        for (doubt, (place, other)) in self.doubts.iter_mut().zip(other.doubts.into_iter().enumerate()) {
            match doubt.plus(other) {
                Some(both) => *doubt = both,
                None => {
                    let aggregates = self.factors.len();
                    self.alone.resize(self.sums.len() / self.lines, false);
                    self.alone.get_mut(place / aggregates).into_iter().for_each(|alone| *alone = true);
                }
            }
        }
    }

    /// Whether a subject must be judged by itself.
    pub(crate) fn is_alone(&self, subject: usize) -> bool {
        self.alone.get(subject).copied().unwrap_or(false)
    }

    /// What an aggregate comes to for a subject; `None` where that cannot be held.
    pub(crate) fn taken(&self, subject: usize, aggregate: usize) -> Option<Taken> {
        let factor = self.factors.get(aggregate)?;
        let certain = Taken::of(i64::from(self.sum(subject, aggregate)).checked_mul(factor.unwrap_or(UNIT))?);
        if self.doubts.is_empty() {
            return Some(certain);
        }
        certain.plus(*self.doubts.get(subject * self.factors.len() + aggregate)?)
    }

    /// How many of a subject's records are of a kind.
    pub(crate) fn count(&self, subject: usize, kind: usize) -> i32 {
        self.sum(subject, self.factors.len() + kind)
    }

    fn sum(&self, subject: usize, place: usize) -> i32 {
        let line = self.sums.get(subject * self.lines + place / SUMS);
        line.and_then(|line| line.0.get(place % SUMS)).copied().unwrap_or_default()
    }
}

impl Part<'_> {
    /// Writes what each row of a word adds into this place of its line.
    fn spread(&self, word: usize, rows: &mut [Line; WIDTH], place: usize) {
        let masks = masks_of(word_of(self.rows, word));
        let places = rows.iter_mut().filter_map(|row| row.0.get_mut(place % SUMS));
        match self.steps {
            Some(steps) => {
                let steps = steps.chunks(WIDTH).nth(word).unwrap_or_default();
                for ((sum, mask), steps) in places.zip(masks).zip(steps) {
                    *sum = steps & mask;
                }
            }
            None => places.zip(masks).for_each(|(sum, mask)| *sum = mask & 1),
        }
    }
}
