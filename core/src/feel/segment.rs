//! The rows of one subject among those of a table, as words of bits see them.

use super::batch::places;
use super::column::WIDTH;
use super::lane::{below, word_of};

/// Some rows among those of one subject, which stand together.
#[derive(Clone, Copy)]
pub(super) struct Segment<'w> {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The rows of the table, a bit for each; none where words are left out.
    pub(super) words: &'w [u64],
}

impl<'w> Segment<'w> {
    /// How many rows the subject has.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// The rows of the subject in pieces of at most 64, which most subjects need one of.
    #[inline]
    pub(super) fn pieces(self) -> impl Iterator<Item = Self> + use<'w> {
        let mut rest = if self.words.is_empty() { Self { end: self.start, ..self } } else { self };
        std::iter::from_fn(move || {
            let piece = Self { end: rest.end.min(rest.start + WIDTH), ..rest };
            rest.start = piece.end;
            (piece.start < piece.end).then_some(piece)
        })
    }

    /// Those of a piece, each as a bit, from the first row of the piece on.
    #[inline]
    pub(super) fn bits(&self) -> u64 {
        let (word, shift) = (self.start / WIDTH, self.start % WIDTH);
        let low = word_of(self.words, word) >> shift;
        let high = word_of(self.words, word + 1) << 1 << (WIDTH - 1 - shift);
        (low | high) & below(self.len())
    }

    /// How many they are.
    #[inline]
    pub(super) fn count(self) -> usize {
        self.pieces().map(|piece| piece.bits().count_ones() as usize).sum()
    }

    /// Each of them, by its place in the table.
    pub(super) fn rows(self) -> impl Iterator<Item = usize> + use<'w> {
        self.pieces().flat_map(|piece| places(piece.bits()).map(move |place| piece.start + place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_with_a_bit_is_found_in_any_segment() {
        let words: Vec<u64> = (0..5_u32).map(|word| 0x9E37_79B9_7F4A_7C15_u64.rotate_left(word * 13)).collect();
        for start in 0..130 {
            for end in start..=320 {
                let rows: Vec<usize> = (start..end).filter(|row| words[row / WIDTH] >> (row % WIDTH) & 1 == 1).collect();
                let segment = Segment { start, end, words: &words };
                assert_eq!(segment.count(), rows.len(), "from {start} to {end}");
                assert_eq!(segment.rows().collect::<Vec<_>>(), rows);
            }
        }
    }

    #[test]
    fn no_word_stands_for_rows_of_which_there_are_none() {
        let segment = Segment { start: 3, end: 90, words: &[] };
        assert_eq!((segment.count(), segment.rows().count()), (0, 0));
    }
}
