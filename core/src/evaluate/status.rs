//! The five statuses, and sets of them: what a finding can still become.

use medtrain_macros::crosses;
use serde::Deserialize;

/// The result of a provision, and of a decision.
#[crosses]
#[derive(Copy, PartialOrd, Ord, Hash, Deserialize)]
pub enum Status {
    /// A binding provision fails.
    Unmet,
    /// Only provisions in principle, or under a named relaxation, fail: the authority decides.
    Waivable,
    /// What is asked is there.
    Met,
    /// Nothing is asked of this subject on this day.
    NotApplicable,
    /// Facts are missing that would decide it.
    Unknown,
}

impl Status {
    /// Every status, in the order of the type.
    pub const ALL: [Self; 5] = [Self::Unmet, Self::Waivable, Self::Met, Self::NotApplicable, Self::Unknown];

    /// The stable code: `unmet`, `waivable`, `met`, `not_applicable`, `unknown`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unmet => "unmet",
            Self::Waivable => "waivable",
            Self::Met => "met",
            Self::NotApplicable => "not_applicable",
            Self::Unknown => "unknown",
        }
    }

    /// The status of this code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The word that a Chinese reader expects.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Unmet => "不达标",
            Self::Waivable => "待主管部门认定",
            Self::Met => "达标",
            Self::NotApplicable => "不适用",
            Self::Unknown => "资料不足",
        }
    }

    /// The word that an English reader expects.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::Unmet => "not met",
            Self::Waivable => "for the authority to decide",
            Self::Met => "met",
            Self::NotApplicable => "not applicable",
            Self::Unknown => "unknown",
        }
    }
}

/// The statuses that a finding can still take, however the missing facts turn out.
///
/// INVARIANT: [`Status::Unknown`] is never a member: it is the name of a set with several.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatusSet(u8);

/// The order in which `all of` takes the first that occurs.
const ALL_OF: [Status; 4] = [Status::Unmet, Status::Waivable, Status::Met, Status::NotApplicable];
/// The order in which `any of` takes the first that occurs.
const ANY_OF: [Status; 4] = [Status::Met, Status::Waivable, Status::Unmet, Status::NotApplicable];

impl StatusSet {
    /// No status: the start of a union.
    pub const EMPTY: Self = Self(0);

    /// The set of this status alone; of any status for `unknown`.
    #[must_use]
    pub const fn only(status: Status) -> Self {
        match status {
            Status::Unknown => Self(0b1111),
            other => Self(1 << other as u8),
        }
    }

    /// Whether this status is possible.
    #[must_use]
    pub const fn contains(self, status: Status) -> bool {
        self.0 & Self::only(status).0 != 0
    }

    /// What either set holds.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The same set with one status replaced by another.
    #[must_use]
    pub const fn replacing(self, status: Status, by: Self) -> Self {
        if self.contains(status) { Self(self.0 & !Self::only(status).0 | by.0) } else { self }
    }

    /// The single status, or `unknown` where several are possible.
    #[must_use]
    pub fn status(self) -> Status {
        match self.0.count_ones() {
            1 => ALL_OF.into_iter().find(|s| self.contains(*s)).unwrap_or(Status::Unknown),
            _ => Status::Unknown,
        }
    }

    /// Whether one status is left.
    #[must_use]
    pub const fn is_decided(self) -> bool {
        self.0.is_power_of_two()
    }

    /// The possible statuses, worst first.
    #[must_use]
    pub fn members(self) -> Vec<Status> {
        ALL_OF.into_iter().filter(|s| self.contains(*s)).collect()
    }

    /// Its statuses as bits, by which [`every`](Self::every) has it.
    #[cfg(feature = "population")]
    pub(crate) const fn bits(self) -> u8 {
        self.0
    }

    /// Every set there is, by its bits.
    #[cfg(feature = "population")]
    pub(crate) fn every() -> impl Iterator<Item = Self> {
        (0..=Self::only(Status::Unknown).0).map(Self)
    }

    /// What `all of` two results can be.
    #[must_use]
    pub fn all_of(self, other: Self) -> Self {
        self.combine(other, ALL_OF)
    }

    /// What `any of` two results can be.
    #[must_use]
    pub fn any_of(self, other: Self) -> Self {
        self.combine(other, ANY_OF)
    }

    /// Whether what this comes to can change its combination with the rest.
    pub(super) fn matters(self, rest: Self, combine: impl Fn(Self, Self) -> Self) -> bool {
        rest.members().into_iter().any(|rest| {
            let mut results = self.members().into_iter().map(|one| combine(Self::only(one), Self::only(rest)));
            let first = results.next();
            results.any(|result| Some(result) != first)
        })
    }

    /// The first in `order` of each pair: status `s` is possible if one side can be `s` while the other can be `s` or something later.
    fn combine(self, other: Self, order: [Status; 4]) -> Self {
        let mut result = 0;
        let mut later = 0;
        for status in order.into_iter().rev() {
            let bit = Self::only(status).0;
            later |= bit;
            if (self.0 & bit != 0 && other.0 & later != 0) || (other.0 & bit != 0 && self.0 & later != 0) {
                result |= bit;
            }
        }
        Self(result)
    }
}

impl std::fmt::Debug for StatusSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.members()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets() -> impl Iterator<Item = StatusSet> {
        (1..16).map(StatusSet)
    }

    fn first(order: [Status; 4], a: Status, b: Status) -> Status {
        order.into_iter().find(|s| *s == a || *s == b).expect("a status")
    }

    #[test]
    fn a_combination_holds_exactly_what_its_members_can_give() {
        for (order, combine) in [(ALL_OF, StatusSet::all_of as fn(StatusSet, StatusSet) -> StatusSet), (ANY_OF, StatusSet::any_of)] {
            for a in sets() {
                for b in sets() {
                    let mut expected = StatusSet::EMPTY;
                    for x in a.members() {
                        for y in b.members() {
                            expected = expected.or(StatusSet::only(first(order, x, y)));
                        }
                    }
                    assert_eq!(combine(a, b), expected, "{a:?} with {b:?}");
                }
            }
        }
    }

    #[test]
    fn a_failed_principle_beside_an_unknown_one_is_waivable() {
        let unknown_principle = StatusSet::only(Status::Met).or(StatusSet::only(Status::Waivable));
        assert_eq!(StatusSet::only(Status::Waivable).all_of(unknown_principle).status(), Status::Waivable);
        assert_eq!(StatusSet::only(Status::Met).all_of(unknown_principle).status(), Status::Unknown);
    }
}
