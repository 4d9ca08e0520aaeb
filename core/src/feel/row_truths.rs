//! Sets of truth values for any number of rows: for each outcome a bit for each row, 64 rows a word.

use super::Truth;
use super::lane::word_of;
use super::truths::Truths;

/// What a condition can still be, for each of many rows.
///
/// INVARIANT: as with [`Truths`], a row of which nothing was asked has no outcome. An outcome that no row has takes no room.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowTruths {
    yes: Vec<u64>,
    no: Vec<u64>,
    null: Vec<u64>,
    error: Vec<u64>,
}

impl RowTruths {
    /// True or false for certain.
    pub(crate) fn of(yes: Vec<u64>, no: Vec<u64>) -> Self {
        Self { yes, no, ..Self::default() }
    }

    /// True for certain, for each of these rows.
    pub(crate) fn holding(of: &[u64]) -> Self {
        Self::of(of.to_vec(), vec![0; of.len()])
    }

    /// False for certain, for each of these rows.
    pub(crate) fn failing(of: &[u64]) -> Self {
        Self::of(vec![0; of.len()], of.to_vec())
    }

    /// The same for each of these rows.
    pub(super) fn same(truth: Truth, of: &[u64]) -> Self {
        let bits = |outcome| if truth.can_be(outcome) { of.to_vec() } else { Vec::new() };
        let mut same = Self { yes: bits(Truth::TRUE), no: bits(Truth::FALSE), null: bits(Truth::NULL), error: bits(Truth::ERROR) };
        for certain in [&mut same.yes, &mut same.no] {
            certain.resize(of.len(), 0);
        }
        same
    }

    /// True for certain where these bits are set, else false, for the rows that are asked.
    pub(crate) fn of_bits(mut bits: Vec<u64>, of: &[u64]) -> Self {
        let no = bits.iter().zip(of).map(|(bits, of)| !bits & of).collect();
        bits.iter_mut().zip(of).for_each(|(bits, of)| *bits &= of);
        Self::of(bits, no)
    }

    /// Whether each row is true or false, or one of the two.
    fn is_plain(&self) -> bool {
        self.null.is_empty() && self.error.is_empty()
    }

    /// How many words of rows there are.
    pub(crate) fn len(&self) -> usize {
        self.yes.len()
    }

    /// Those of 64 rows.
    #[inline]
    pub(crate) fn word(&self, word: usize) -> Truths {
        let of = |bits: &[u64]| bits.get(word).copied().unwrap_or_default();
        Truths::of_words(of(&self.yes), of(&self.no), of(&self.null), of(&self.error))
    }

    /// Those of 64 rows after the other.
    pub(crate) fn words(&self) -> impl Iterator<Item = Truths> + '_ {
        (0..self.len()).map(|word| self.word(word))
    }

    /// Sets those of 64 rows.
    fn set(&mut self, word: usize, truths: Truths) {
        let len = self.len();
        let (yes, no, null, error) = truths.into_words();
        for (bits, outcome) in [(&mut self.yes, yes), (&mut self.no, no), (&mut self.null, null), (&mut self.error, error)] {
            if outcome != 0 && bits.is_empty() {
                bits.resize(len, 0);
            }
            if let Some(bits) = bits.get_mut(word) {
                *bits = outcome;
            }
        }
    }

    /// Adds what further rows of a word can be.
    pub(crate) fn add(&mut self, word: usize, truths: Truths) {
        self.set(word, self.word(word).either(truths));
    }

    /// What either can be, row by row.
    pub(crate) fn join(&mut self, other: &Self) {
        let pairs = [(&mut self.yes, &other.yes), (&mut self.no, &other.no), (&mut self.null, &other.null), (&mut self.error, &other.error)];
        for (bits, others) in pairs {
            if bits.is_empty() {
                bits.clone_from(others);
            } else {
                bits.iter_mut().zip(others).for_each(|(bits, other)| *bits |= other);
            }
        }
    }

    /// FEEL's negation, row by row: null stays null.
    pub(crate) fn negate(&mut self) {
        std::mem::swap(&mut self.yes, &mut self.no);
    }

    /// FEEL's conjunction with a further part, which was asked of these rows alone; the others stay as they are.
    pub(crate) fn and_where(&mut self, other: &Self, asked: &[u64]) {
        if self.is_plain() && other.is_plain() {
            // Of a row that the part was not asked of, an earlier one has said that it fails.
            for (((yes, no), other), also) in self.yes.iter_mut().zip(&mut self.no).zip(&other.yes).zip(&other.no) {
                *yes &= other;
                *no |= also;
            }
            return;
        }
        for (word, asked) in asked.iter().enumerate() {
            let before = self.word(word);
            self.set(word, before.within(*asked).and(other.word(word)).either(before.within(!*asked)));
        }
    }

    /// FEEL's disjunction, row by row.
    pub(crate) fn or(&mut self, other: &Self) {
        if self.is_plain() && other.is_plain() {
            for (((yes, no), other), also) in self.yes.iter_mut().zip(&mut self.no).zip(&other.yes).zip(&other.no) {
                *yes |= other;
                *no &= also;
            }
            return;
        }
        for word in 0..self.len() {
            self.set(word, self.word(word).or(other.word(word)));
        }
    }

    /// The rows for which it is certainly true.
    pub(crate) fn holds(&self) -> Vec<u64> {
        if self.is_plain() {
            return self.yes.iter().zip(&self.no).map(|(yes, no)| yes & !no).collect();
        }
        self.words().map(Truths::holds).collect()
    }

    /// Takes the rows for which it is certainly false out of these.
    pub(crate) fn drop_failing(&self, of: &mut [u64]) {
        if self.is_plain() {
            of.iter_mut().zip(self.yes.iter().zip(&self.no)).for_each(|(of, (yes, no))| *of &= yes | !no);
            return;
        }
        of.iter_mut().zip(self.words()).for_each(|(of, truths)| *of &= !truths.is_false());
    }

    /// Takes the rows for which it is not certainly true out of the first, and out of the others those for which it cannot be; an error may be true
    /// where this says so.
    pub(crate) fn pass(&self, certain: &mut [u64], perhaps: &mut [u64], error_may_hold: bool) {
        let rows = certain.iter_mut().zip(perhaps);
        if self.is_plain() {
            for ((certain, perhaps), (yes, no)) in rows.zip(self.yes.iter().zip(&self.no)) {
                *certain &= yes & !no;
                *perhaps &= yes;
            }
            return;
        }
        for ((certain, perhaps), truths) in rows.zip(self.words()) {
            *certain &= truths.holds();
            *perhaps &= truths.may_hold() | if error_may_hold { truths.may_err() } else { 0 };
        }
    }

    /// The same for these rows alone.
    pub(crate) fn within(&self, of: &[u64]) -> Self {
        let within = |bits: &[u64]| bits.iter().zip(of).map(|(bits, of)| bits & of).collect();
        Self { yes: within(&self.yes), no: within(&self.no), null: within(&self.null), error: within(&self.error) }
    }

    /// What is made of three conditions, word by word, for these rows. What is made of certain ones and those that may be true or false is no null.
    pub(crate) fn combined(of: &[u64], parts: [&Self; 3], combine: impl Fn([Truths; 3], u64) -> Truths) -> Self {
        if !parts.iter().all(|part| part.is_plain()) {
            return of.iter().enumerate().map(|(word, of)| combine(parts.map(|part| part.word(word)), *of)).collect();
        }
        let mut all = Self::of(Vec::with_capacity(of.len()), Vec::with_capacity(of.len()));
        for (word, of) in of.iter().enumerate() {
            let plain = |part: &Self| Truths::of(word_of(&part.yes, word), word_of(&part.no, word));
            let (yes, no, ..) = combine(parts.map(plain), *of).into_words();
            all.yes.push(yes);
            all.no.push(no);
        }
        all
    }
}

impl FromIterator<Truths> for RowTruths {
    fn from_iter<I: IntoIterator<Item = Truths>>(words: I) -> Self {
        let words = words.into_iter();
        let room = words.size_hint().0;
        let mut all = Self::of(Vec::with_capacity(room), Vec::with_capacity(room));
        for (word, truths) in words.enumerate() {
            let (yes, no, null, error) = truths.into_words();
            all.yes.push(yes);
            all.no.push(no);
            for (bits, outcome) in [(&mut all.null, null), (&mut all.error, error)] {
                if outcome != 0 || !bits.is_empty() {
                    bits.resize(word, 0);
                    bits.push(outcome);
                }
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feel::Truth;

    fn every_truth() -> Vec<Truth> {
        let outcomes = [Truth::TRUE, Truth::FALSE, Truth::NULL, Truth::ERROR];
        (1..16_u8)
            .map(|bits| outcomes.into_iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).fold(Truth::NONE, |truth, (_, o)| truth.either(o)))
            .collect()
    }

    /// Two conditions side by side: every truth of the one with every truth of the other.
    fn pairs(of: &[Truth]) -> (RowTruths, RowTruths, Vec<(Truth, Truth)>) {
        let pairs: Vec<(Truth, Truth)> = of.iter().flat_map(|a| of.iter().map(|b| (*a, *b))).collect();
        let rows = |side: fn(&(Truth, Truth)) -> Truth| {
            let word = |chunk: &[(Truth, Truth)]| {
                let mut truths = Truths::default();
                chunk.iter().enumerate().for_each(|(place, pair)| truths.set(place, side(pair)));
                truths
            };
            pairs.chunks(Truths::WIDTH).map(word).collect::<RowTruths>()
        };
        (rows(|pair| pair.0), rows(|pair| pair.1), pairs)
    }

    fn at(truths: &RowTruths, row: usize) -> Truth {
        truths.word(row / Truths::WIDTH).get(row % Truths::WIDTH)
    }

    #[test]
    fn what_many_rows_can_be_is_what_each_can_be() {
        let either = Truth::TRUE.either(Truth::FALSE);
        for of in [every_truth(), vec![Truth::TRUE, Truth::FALSE, either]] {
            let (a, b, pairs) = pairs(&of);
            let all: Vec<u64> = a.words().map(Truths::decided).collect();
            let (mut and, mut or, mut not, mut join) = (a.clone(), a.clone(), a.clone(), a.clone());
            and.and_where(&b, &all);
            or.or(&b);
            not.negate();
            join.join(&b);
            for (row, (x, y)) in pairs.into_iter().enumerate() {
                assert_eq!(at(&and, row), x.and(y), "{x:?} and {y:?}");
                assert_eq!(at(&or, row), x.or(y), "{x:?} or {y:?}");
                assert_eq!(at(&join, row), x.either(y));
                assert_eq!(at(&not, row), x.negated());
                assert_eq!(a.holds()[row / 64] >> (row % 64) & 1 == 1, x.is(Truth::TRUE));
            }
        }
    }

    #[test]
    fn a_row_that_a_part_was_not_asked_of_stays_as_it_was() {
        let mut all = RowTruths::of(vec![0b011], vec![0b100]);
        let mut open = vec![0b111];
        all.drop_failing(&mut open);
        assert_eq!(open, [0b011]);
        let mut part = RowTruths::of(vec![0b001], vec![0]);
        part.add(0, Truths::all(Truth::NULL, 0b010));
        all.and_where(&part, &open);
        assert_eq!((at(&all, 0), at(&all, 1), at(&all, 2)), (Truth::TRUE, Truth::NULL, Truth::FALSE));
    }
}
