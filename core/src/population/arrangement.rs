//! Putting the rows of a table in the order of the subjects that they belong to.

use arrow_array::types::ArrowPrimitiveType;
use arrow_array::{Array, PrimitiveArray};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer};

use super::join::NOBODY;
use crate::feel::WIDTH;

/// Where each row of a table goes.
///
/// Rows of many subjects go there in two steps, first to the neighbourhood and then to the place: each step writes to few regions of memory at a time, which is
/// several times quicker than one leap for each row.
#[derive(Debug)]
pub(super) struct Arrangement {
    steps: Vec<Vec<u32>>,
    /// How many rows belong to somebody; the others go behind them, and are left out.
    kept: usize,
}

/// So many rows are near enough to each other for one step.
const NEAR: usize = 1 << 18;
/// So many neighbourhoods there are at most.
const NEIGHBOURHOODS: usize = 1 << 9;

impl Arrangement {
    /// The arrangement of rows of which each belongs to this subject, and where the rows of each subject begin, and at last where all end.
    pub(super) fn of(owners: &[u32], subjects: usize) -> (Self, Vec<usize>) {
        let mut starts = vec![0_usize; subjects + 1];
        for owner in owners {
            // A row of nobody is counted nowhere.
            if let Some(count) = starts.get_mut((*owner as usize).saturating_add(1)) {
                *count += 1;
            }
        }
        let mut so_far = 0;
        for start in &mut starts {
            so_far += *start;
            *start = so_far;
        }
        let mut steps = Vec::new();
        let mut moved = None;
        if owners.len() > NEAR {
            let together = subjects.div_ceil(NEIGHBOURHOODS).max(1);
            let bounds = starts.iter().copied().step_by(together).chain([so_far]).collect();
            let step = places(owners, bounds, so_far, |owner| owner / together);
            moved = Some(after(&step, owners, NOBODY));
            steps.push(step);
        }
        let owners = moved.as_deref().unwrap_or(owners);
        steps.push(places(owners, starts.clone(), so_far, |owner| owner));
        (Self { steps, kept: so_far }, starts)
    }

    /// Values of all rows, in their new order.
    pub(super) fn values<T: Copy + Default>(&self, values: &[T]) -> Vec<T> {
        let mut steps = self.steps.iter();
        let mut values = steps.next().map_or_else(|| values.to_vec(), |step| after(step, values, T::default()));
        for step in steps {
            values = after(step, &values, T::default());
        }
        values.truncate(self.kept);
        values
    }

    /// The same of bits.
    pub(super) fn bits(&self, bits: &BooleanBuffer) -> BooleanBuffer {
        let mut bits = bits.clone();
        for step in &self.steps {
            let mut words = vec![0_u64; step.len().div_ceil(WIDTH)];
            for (bit, place) in bits.iter().zip(step) {
                if let Some(word) = words.get_mut(*place as usize / WIDTH) {
                    *word |= u64::from(bit) << (*place as usize % WIDTH);
                }
            }
            bits = BooleanBuffer::new(Buffer::from_vec(words), 0, step.len());
        }
        bits.slice(0, self.kept)
    }

    /// The same of which rows have a value.
    pub(super) fn nulls(&self, nulls: Option<&NullBuffer>) -> Option<NullBuffer> {
        nulls.map(|nulls| NullBuffer::new(self.bits(nulls.inner())))
    }

    /// The same of an array.
    pub(super) fn array<T: ArrowPrimitiveType>(&self, array: &PrimitiveArray<T>) -> PrimitiveArray<T>
    where
        T::Native: Default,
    {
        PrimitiveArray::new(self.values(array.values()).into(), self.nulls(array.nulls()))
    }

    /// For each new place, the row that comes there.
    pub(super) fn origins(&self) -> Vec<u32> {
        let rows = self.steps.first().map_or(0, Vec::len);
        self.values(&(0..).take(rows).collect::<Vec<u32>>())
    }
}

/// Where each row goes: behind the rows before it of the same region. Regions begin at these bounds, and behind the last is room for rows of nobody.
fn places(owners: &[u32], bounds: Vec<usize>, end: usize, region: impl Fn(usize) -> usize) -> Vec<u32> {
    let mut next = bounds;
    let mut behind = end;
    let place = |owner: &u32| {
        let next = if *owner == NOBODY { &mut behind } else { next.get_mut(region(*owner as usize)).unwrap_or(&mut behind) };
        let place = *next;
        *next += 1;
        // Tables of more rows are refused.
        u32::try_from(place).unwrap_or(u32::MAX)
    };
    owners.iter().map(place).collect()
}

/// Values after a step.
fn after<T: Copy>(step: &[u32], values: &[T], nothing: T) -> Vec<T> {
    let mut moved = vec![nothing; step.len()];
    for (value, place) in values.iter().zip(step) {
        if let Some(slot) = moved.get_mut(*place as usize) {
            *slot = *value;
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of so many subjects in a wild order, of which one in eleven belongs to nobody.
    fn owners(rows: u32, subjects: u32) -> Vec<u32> {
        (0..rows).map(|row| if row % 11 == 3 { NOBODY } else { row.wrapping_mul(2_654_435_761) % subjects }).collect()
    }

    #[test]
    fn rows_stand_by_subject_and_keep_their_order_among_themselves() {
        for (rows, subjects) in [(0, 3), (100, 7), (100, 1_000), (300_000, 5), (300_000, 2_000), (600_000, 100_003)] {
            let owners = owners(rows, subjects);
            let (arrangement, starts) = Arrangement::of(&owners, subjects as usize);
            let mut expected: Vec<u32> = (0..rows).filter(|row| owners[*row as usize] != NOBODY).collect();
            expected.sort_by_key(|row| owners[*row as usize]);
            assert_eq!(arrangement.origins(), expected, "{rows} rows of {subjects}");
            assert_eq!((starts.len(), starts.last()), (subjects as usize + 1, Some(&expected.len())));
            for (subject, bounds) in (0..).zip(starts.windows(2)) {
                assert!(expected[bounds[0]..bounds[1]].iter().all(|row| owners[*row as usize] == subject));
            }
            let odd: BooleanBuffer = (0..rows).map(|row| row % 3 == 1).collect();
            assert_eq!(arrangement.bits(&odd), expected.iter().map(|row| row % 3 == 1).collect::<BooleanBuffer>());
        }
    }
}
