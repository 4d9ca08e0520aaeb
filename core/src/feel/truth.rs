//! Sets of truth values: what a condition can still be, however the missing facts turn out.

/// The outcomes that a condition can still have: true, false, null, or null through an error.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Truth(u8);

impl Truth {
    /// Certainly true.
    pub const TRUE: Self = Self(1);
    /// Certainly false.
    pub const FALSE: Self = Self(2);
    /// Certainly null.
    pub const NULL: Self = Self(4);
    /// Certainly null, through an error.
    pub const ERROR: Self = Self(8);
    /// Nobody told us: true, false or null.
    pub const UNKNOWN: Self = Self(7);
    pub(crate) const NONE: Self = Self(0);

    /// True or false.
    #[must_use]
    pub const fn of(value: bool) -> Self {
        if value { Self::TRUE } else { Self::FALSE }
    }

    /// Whether it can be any of these.
    #[must_use]
    pub const fn can_be(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it can be this alone.
    #[must_use]
    pub const fn is(self, other: Self) -> bool {
        self.0 == other.0
    }

    /// Whether one outcome is left.
    #[must_use]
    pub const fn is_decided(self) -> bool {
        self.0.is_power_of_two()
    }

    /// What either can be.
    #[must_use]
    pub const fn either(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is left without these.
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// FEEL's conjunction, outcome by outcome: false wins, then an error, then null.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        self.first_of(other, [2, 8, 4, 1])
    }

    /// FEEL's disjunction, outcome by outcome: true wins, then an error, then null.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        self.first_of(other, [1, 8, 4, 2])
    }

    /// FEEL's negation: null stays null.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self((self.0 & 1) << 1 | (self.0 & 2) >> 1 | self.0 & 0b1100)
    }

    /// Of each pair of outcomes, the one that comes first in this order.
    const fn first_of(self, other: Self, order: [u8; 4]) -> Self {
        let mut result = 0;
        let mut later = 0;
        let mut i = order.len();
        while i > 0 {
            i -= 1;
            #[expect(clippy::indexing_slicing, reason = "`i` is below the length, and a constant function has no `get`")]
            let bit = order[i];
            later |= bit;
            if (self.0 & bit != 0 && other.0 & later != 0) || (other.0 & bit != 0 && self.0 & later != 0) {
                result |= bit;
            }
        }
        Self(result)
    }
}

impl std::fmt::Debug for Truth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = [(Self::TRUE, "true"), (Self::FALSE, "false"), (Self::NULL, "null"), (Self::ERROR, "error")];
        f.debug_set().entries(names.iter().filter(|(t, _)| self.can_be(*t)).map(|(_, name)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FEEL's table for two outcomes, as the standard prints it; errors are nulls that win over plain ones.
    fn and(a: u8, b: u8) -> u8 {
        [2, 8, 4, 1].into_iter().find(|o| a == *o || b == *o).expect("an outcome")
    }

    #[test]
    fn a_conjunction_of_sets_holds_exactly_the_conjunctions_of_their_members() {
        for a in 1..16_u8 {
            for b in 1..16_u8 {
                let mut expected = 0;
                for x in [1, 2, 4, 8].into_iter().filter(|x| a & x != 0) {
                    for y in [1, 2, 4, 8].into_iter().filter(|y| b & y != 0) {
                        expected |= and(x, y);
                    }
                }
                assert_eq!(Truth(a).and(Truth(b)), Truth(expected));
                assert_eq!(Truth(a).or(Truth(b)), Truth(a).negated().and(Truth(b).negated()).negated(), "de Morgan");
            }
        }
    }
}
