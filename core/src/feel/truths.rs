//! Sets of truth values for many records at once: for each outcome a word, with a bit for each record.

use smallvec::SmallVec;

use super::Truth;

/// What a condition can still be, for each of up to [`WIDTH`](Truths::WIDTH) records.
///
/// INVARIANT: a record of which nothing was asked has no outcome, and combining leaves it without.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Truths {
    yes: u64,
    no: u64,
    null: u64,
    error: u64,
}

impl Truths {
    /// How many records there is room for.
    pub(crate) const WIDTH: usize = 64;

    /// The same truth for each of these records.
    pub(crate) fn all(truth: Truth, of: u64) -> Self {
        let word = |outcome| if truth.can_be(outcome) { of } else { 0 };
        Self { yes: word(Truth::TRUE), no: word(Truth::FALSE), null: word(Truth::NULL), error: word(Truth::ERROR) }
    }

    /// A word of bits for each outcome.
    #[cfg(feature = "population")]
    pub(super) fn of_words(yes: u64, no: u64, null: u64, error: u64) -> Self {
        Self { yes, no, null, error }
    }

    /// The words of bits: true, false, null, and null through an error.
    #[cfg(feature = "population")]
    pub(super) fn into_words(self) -> (u64, u64, u64, u64) {
        (self.yes, self.no, self.null, self.error)
    }

    /// True or false for certain.
    pub(crate) fn of(yes: u64, no: u64) -> Self {
        Self { yes, no, null: 0, error: 0 }
    }

    /// The truth for the record in this place.
    pub(crate) fn get(self, place: usize) -> Truth {
        let words = [(self.yes, Truth::TRUE), (self.no, Truth::FALSE), (self.null, Truth::NULL), (self.error, Truth::ERROR)];
        let possible = words.into_iter().filter(|(word, _)| word >> place & 1 == 1);
        possible.fold(Truth::NONE, |truth, (_, outcome)| truth.either(outcome))
    }

    /// Sets the truth for the record in this place, of which nothing was said before.
    pub(crate) fn set(&mut self, place: usize, truth: Truth) {
        let bit = |outcome| u64::from(truth.can_be(outcome)) << place;
        self.yes |= bit(Truth::TRUE);
        self.no |= bit(Truth::FALSE);
        self.null |= bit(Truth::NULL);
        self.error |= bit(Truth::ERROR);
    }

    /// The records for which it can be true.
    pub(crate) fn may_hold(self) -> u64 {
        self.yes
    }

    /// The records for which it can be anything but true.
    pub(crate) fn may_fail(self) -> u64 {
        self.no | self.null | self.error
    }

    /// The records for which it can be null through an error.
    pub(crate) fn may_err(self) -> u64 {
        self.error
    }

    /// The records for which it is certainly true.
    pub(crate) fn holds(self) -> u64 {
        self.yes & !self.may_fail()
    }

    /// The records for which it is certainly false.
    pub(super) fn is_false(self) -> u64 {
        self.no & !(self.yes | self.null | self.error)
    }

    /// Of these records, those for which a condition certainly holds, and those for which it can neither be true nor an error: which branch is theirs.
    pub(crate) fn branches(self, of: u64) -> (u64, u64) {
        (self.holds(), of & !self.may_hold() & !self.may_err())
    }

    /// The records of which something is known here.
    pub(crate) fn decided(self) -> u64 {
        self.yes | self.no | self.null | self.error
    }

    /// The same for these records alone.
    pub(crate) fn within(self, of: u64) -> Self {
        Self { yes: self.yes & of, no: self.no & of, null: self.null & of, error: self.error & of }
    }

    /// What either can be, record by record.
    pub(crate) fn either(self, other: Self) -> Self {
        Self { yes: self.yes | other.yes, no: self.no | other.no, null: self.null | other.null, error: self.error | other.error }
    }

    /// FEEL's conjunction, record by record: false wins, then an error, then null.
    pub(crate) fn and(self, other: Self) -> Self {
        let (null, other_null) = (self.null | self.yes, other.null | other.yes);
        let (error, other_error) = (self.error | null, other.error | other_null);
        let (any, other_any) = (self.no | error, other.no | other_error);
        Self {
            yes: self.yes & other.yes,
            null: self.null & other_null | other.null & null,
            error: self.error & other_error | other.error & error,
            no: self.no & other_any | other.no & any,
        }
    }

    /// FEEL's disjunction, record by record: true wins, then an error, then null.
    pub(crate) fn or(self, other: Self) -> Self {
        self.negated().and(other.negated()).negated()
    }

    /// FEEL's negation, record by record: null stays null.
    pub(crate) fn negated(self) -> Self {
        Self { yes: self.no, no: self.yes, ..self }
    }

    /// A conjunction whose parts are asked one after the other, each only of the records that no earlier one decides.
    pub(crate) fn conjunction<T>(of: u64, parts: impl IntoIterator<Item = T>, mut ask: impl FnMut(T, u64) -> Self) -> Self {
        let mut all = Self::all(Truth::TRUE, of);
        for part in parts {
            let decided = all.is_false();
            let open = of & !decided;
            if open == 0 {
                break;
            }
            all = all.and(ask(part, open)).either(all.within(decided));
        }
        all
    }
}

/// A truth for each record of a list of any length.
#[derive(Clone, Debug, Default)]
pub(crate) struct TruthColumn(SmallVec<[Truths; 2]>);

impl TruthColumn {
    /// Adds those of the next records; only the last may be fewer than there is room for.
    pub(crate) fn push(&mut self, truths: Truths) {
        self.0.push(truths);
    }

    /// The truth for the record at this place of the list.
    pub(crate) fn get(&self, index: usize) -> Option<Truth> {
        self.batch(index).map(|truths| truths.get(index % Truths::WIDTH)).filter(|truth| !truth.is(Truth::NONE))
    }

    /// Whether it is certainly true for any record.
    pub(crate) fn holds_anywhere(&self) -> bool {
        self.0.iter().any(|truths| truths.holds() != 0)
    }

    /// Those of the records from this one on, where a batch begins with it.
    pub(crate) fn batch(&self, first: usize) -> Option<Truths> {
        self.0.get(first / Truths::WIDTH).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_truth() -> impl Iterator<Item = Truth> {
        (0..16_u8).map(|bits| {
            let outcomes = [Truth::TRUE, Truth::FALSE, Truth::NULL, Truth::ERROR].into_iter().enumerate();
            outcomes.filter(|(i, _)| bits >> i & 1 == 1).fold(Truth::NONE, |truth, (_, outcome)| truth.either(outcome))
        })
    }

    #[test]
    fn what_many_records_can_be_is_what_each_can_be() {
        for (place, a) in every_truth().enumerate() {
            for b in every_truth() {
                let at = |truth| {
                    let mut truths = Truths::default();
                    truths.set(place * 4, truth);
                    truths
                };
                assert_eq!(at(a).and(at(b)), at(a.and(b)), "{a:?} and {b:?}");
                assert_eq!(at(a).or(at(b)), at(a.or(b)), "{a:?} or {b:?}");
                assert_eq!(at(a).negated(), at(a.negated()));
                assert_eq!(at(a).either(at(b)), at(a.either(b)));
                assert_eq!(at(a).get(place * 4), a);
                assert_eq!(at(a).holds() != 0, a.is(Truth::TRUE));
                assert_eq!(at(a).is_false() != 0, a.is(Truth::FALSE));
            }
        }
    }

    #[test]
    fn a_conjunction_asks_no_further_where_a_part_is_false() {
        let mut asked = Vec::new();
        let parts = [Truths::of(0b011, 0b100), Truths::of(0b001, 0b110), Truths::of(0, 0b111)];
        let all = Truths::conjunction(0b111, parts, |part, of| {
            asked.push(of);
            part.within(of)
        });
        assert_eq!(asked, [0b111, 0b011, 0b001]);
        assert_eq!(all, Truths::of(0, 0b111));
    }
}
