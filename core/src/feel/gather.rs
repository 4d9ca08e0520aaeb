//! Totals and counts of subjects whose rows stand in any order: what a row comes to is added where its subject's sums stand side by side.

use super::aggregate::Aggregate;
use super::batch::places;
use super::column::{UNIT, WIDTH};
use super::lane::{Lane, LaneValues, Steps, masks_of, word_of};
use super::share::{Share, Taken};
use super::wide::Wide;

/// What the rows of many subjects come to, as far as they were gathered.
pub(crate) struct Gathered {
    /// For each subject its lines: a sum for each aggregate, and then a count for each kind of record.
    sums: Vec<Line>,
    /// How many lines a subject has.
    lines: usize,
    /// The steps of each aggregate's sums, where it adds up a field of which there was a number.
    steps: Vec<Option<Steps>>,
    /// What those rows add of which it is not certain that they go in, or with what: for each subject and each of its aggregates. Nothing while there
    /// are none.
    doubts: Vec<Taken>,
    /// Whether there is room for them, and whether there were some for which there was none.
    may_doubt: bool,
    has_refused_doubts: bool,
    /// The subjects of whom there is a value of no plain form. Nothing while there are none.
    alone: Vec<bool>,
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
    /// Nothing yet, for so many subjects, perhaps only of rows of which all is known.
    pub(crate) fn new(subjects: usize, (aggregates, kinds): (usize, usize), may_doubt: bool) -> Self {
        let lines = (aggregates + kinds).div_ceil(SUMS).max(1);
        let sums = vec![Line::default(); subjects.saturating_mul(lines)];
        Self { sums, lines, steps: vec![None; aggregates], doubts: Vec::new(), may_doubt, has_refused_doubts: false, alone: Vec::new() }
    }

    /// How many bytes there may be of a subject.
    pub(crate) fn bytes_each(&self) -> usize {
        let doubts = if self.may_doubt { self.steps.len() * size_of::<Taken>() } else { 0 };
        self.lines * size_of::<Line>() + doubts
    }

    /// Whether rows were refused only because it is not certain that they go in, or with what.
    pub(crate) fn has_refused_doubts(&self) -> bool {
        self.has_refused_doubts
    }

    /// Adds rows of which each belongs to one of the subjects, or to nobody, and goes so into the aggregates and kinds. `false` where there are
    /// numbers that are not small, or in other steps than those before, or doubts for which there is no room: then nothing that was gathered is of use.
    pub(crate) fn add(&mut self, shares: &[(&Aggregate, Share)], kinds: &[Vec<u64>], wide: &mut Wide<'_>, owners: &[u32]) -> bool {
        if !self.may_doubt && shares.iter().any(|(_, share)| share.unsure.iter().any(|unsure| *unsure != 0)) {
            self.has_refused_doubts = true;
            return false;
        }
        let mut parts = Vec::with_capacity(shares.len() + kinds.len());
        for (place, (aggregate, share)) in shares.iter().enumerate() {
            let mut steps = None;
            // No row goes in for certain whose field is no number.
            if let Some((Lane { values: LaneValues::Numbers(numbers), .. }, _)) = aggregate.summed(wide) {
                let Some((small, of)) = numbers.small() else { return false };
                if !self.steps.get_mut(place).is_some_and(|known| agree(known, of)) {
                    return false;
                }
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
    fn doubt(&mut self, place: usize, aggregate: &Aggregate, share: &Share, wide: &mut Wide<'_>, owners: &[u32]) {
        let aggregates = self.steps.len();
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

    /// The same with what another gathered of the same subjects; `false` where it did so in other steps.
    pub(crate) fn merge(&mut self, other: Self) -> bool {
        let together = self.steps.iter_mut().zip(other.steps).all(|(known, of)| of.is_none_or(|of| agree(known, of)));
        if !together {
            return false;
        }
        for (sums, others) in self.sums.iter_mut().zip(&other.sums) {
            *sums = sums.plus(others);
        }
        if self.alone.is_empty() {
            self.alone = other.alone;
        } else {
            self.alone.iter_mut().zip(other.alone).for_each(|(alone, other)| *alone |= other);
        }
        if self.doubts.is_empty() {
            self.doubts = other.doubts;
            return true;
        }
        for (doubt, (place, other)) in self.doubts.iter_mut().zip(other.doubts.into_iter().enumerate()) {
            match doubt.plus(other) {
                Some(both) => *doubt = both,
                None => {
                    let aggregates = self.steps.len();
                    self.alone.resize(self.sums.len() / self.lines, false);
                    self.alone.get_mut(place / aggregates).into_iter().for_each(|alone| *alone = true);
                }
            }
        }
        true
    }

    /// Whether a subject must be judged by itself.
    pub(crate) fn is_alone(&self, subject: usize) -> bool {
        self.alone.get(subject).copied().unwrap_or(false)
    }

    /// What an aggregate comes to for a subject that has so many rows; `None` where that cannot be held.
    pub(crate) fn taken(&self, subject: usize, aggregate: usize, rows: u32) -> Option<Taken> {
        let steps = (*self.steps.get(aggregate)?).unwrap_or(Steps { factor: UNIT, largest: 1 });
        // Else its sum may have grown beyond its room.
        i32::try_from(steps.largest.checked_mul(rows.into())?).ok()?;
        let certain = Taken::of(i64::from(self.sum(subject, aggregate)).checked_mul(steps.factor)?);
        if self.doubts.is_empty() {
            return Some(certain);
        }
        certain.plus(*self.doubts.get(subject * self.steps.len() + aggregate)?)
    }

    /// How many of a subject's records are of a kind.
    pub(crate) fn count(&self, subject: usize, kind: usize) -> i32 {
        self.sum(subject, self.steps.len() + kind)
    }

    fn sum(&self, subject: usize, place: usize) -> i32 {
        let line = self.sums.get(subject * self.lines + place / SUMS);
        line.and_then(|line| line.0.get(place % SUMS)).copied().unwrap_or_default()
    }
}

/// Whether these steps make as much as those before them, of which it then notes the largest.
fn agree(known: &mut Option<Steps>, of: Steps) -> bool {
    let before = *known.get_or_insert(of);
    *known = Some(Steps { largest: before.largest.max(of.largest), ..before });
    before.factor == of.factor
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
