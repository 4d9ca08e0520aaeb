//! A rate: who is in its numerator and denominator, who is left out, and of whom that is open.

use medtrain_macros::crosses;

use crate::evaluate::Status;

/// A share of people or institutions, with everyone who makes it up.
#[crosses]
pub struct Rate {
    /// Its id, such as `junior.met`; its definition is the report's.
    pub id: String,
    /// Those who certainly have what is counted; each is in the denominator, too.
    pub numerator: Vec<String>,
    /// Those who are certainly counted.
    pub denominator: Vec<String>,
    /// Those of whom one or both are open.
    pub open: Vec<OpenMember>,
    /// Those of the group who are not counted, and why.
    pub excluded: Vec<Exclusion>,
    /// The share if everything open turns out badly.
    pub low: Share,
    /// The share if everything open turns out well; the same as `low` where nothing is open.
    pub high: Share,
    /// How it stands to its target, judged by itself; absent where there is no target.
    pub status: Option<Status>,
    /// What that can still become; empty where there is no target.
    pub possible: Vec<Status>,
    /// The share that the target asks, whatever the denominator: 8500 of 10000; absent where there is no target, or no share meets it.
    pub target: Option<Share>,
    /// The smallest numerator with which the target is met, of the denominator of `low`; absent where none does.
    pub needed: Option<u32>,
    /// How many more meet the target even if everything open turns out badly; absent where no number does.
    pub more: Option<u32>,
    /// How many more meet it if everything open turns out well.
    pub more_at_best: Option<u32>,
}

/// What is counted of a population.
#[crosses]
#[derive(Copy, Hash)]
pub enum Measure {
    /// They took part: at least one of their records counts.
    Participated,
    /// They meet what the decision about people asks.
    Met,
    /// An institution carries it out, or manages it electronically.
    Covered,
}

impl Measure {
    /// The stable code: `participated`, `met`, `covered`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Participated => "participated",
            Self::Met => "met",
            Self::Covered => "covered",
        }
    }
}

/// A fraction of people or institutions.
#[crosses]
#[derive(Copy)]
pub struct Share {
    /// The numerator.
    pub part: u32,
    /// The denominator.
    pub whole: u32,
}

/// Someone of whom it is open whether they are counted, or whether they have what is counted.
#[crosses]
pub struct OpenMember {
    /// Who.
    pub id: String,
    /// Whether they are in the denominator for certain.
    pub counted: bool,
    /// Why it is open.
    pub because: OpenReason,
    /// The facts that can decide it, by path.
    pub missing: Vec<String>,
}

/// Why it is open whether somebody counts.
#[crosses]
#[derive(Copy, Hash)]
pub enum OpenReason {
    /// Facts are missing.
    MissingFacts,
    /// Only a requirement in principle fails: the authority decides.
    ForTheAuthority,
}

/// Someone who is not counted.
#[crosses]
pub struct Exclusion {
    /// Who.
    pub id: String,
    /// Why not.
    pub reason: ExclusionReason,
}

/// Why somebody is not counted.
#[crosses]
#[derive(Copy, PartialOrd, Ord, Hash)]
pub enum ExclusionReason {
    /// Retired.
    Retired,
    /// Left the institution.
    Left,
    /// Here to learn, and no staff.
    InTraining,
    /// A manager or other employee without a title of a health profession.
    NotHealthProfessional,
    /// No title of a health profession yet.
    NoTitle,
    /// The title belongs to another population.
    OtherTitle,
    /// The decision about people does not apply to them.
    NotAsked,
    /// The institution is of another kind or level.
    OtherInstitution,
}

impl ExclusionReason {
    /// Every reason, in the order of the type.
    pub const ALL: [Self; 8] = [
        Self::Retired,
        Self::Left,
        Self::InTraining,
        Self::NotHealthProfessional,
        Self::NoTitle,
        Self::OtherTitle,
        Self::NotAsked,
        Self::OtherInstitution,
    ];
}

/// Whether somebody belongs to a population.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    In,
    Out(ExclusionReason),
    Open(Doubt),
}

/// Whether they have what is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Has {
    Yes,
    No,
    Open(Doubt),
    /// It may even be that nothing is asked of them.
    OpenOrUnasked(Doubt),
    Unasked,
}

/// Why something is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Doubt {
    pub(super) because: OpenReason,
    pub(super) missing: Vec<String>,
}

impl Doubt {
    /// What facts are missing for.
    pub(super) fn of(paths: &[&str]) -> Self {
        Self { because: OpenReason::MissingFacts, missing: paths.iter().map(|path| (*path).to_owned()).collect() }
    }

    fn and(mut self, other: &Self) -> Self {
        self.missing.extend(other.missing.iter().filter(|path| !self.missing.contains(path)).cloned().collect::<Vec<_>>());
        if other.because == OpenReason::MissingFacts { Self { because: OpenReason::MissingFacts, ..self } } else { self }
    }
}

/// Everyone of a rate, and how many of each sort they are.
#[derive(Debug, Default)]
pub(super) struct Members {
    pub(super) numerator: Vec<String>,
    pub(super) denominator: Vec<String>,
    pub(super) open: Vec<OpenMember>,
    pub(super) excluded: Vec<Exclusion>,
    pub(super) counts: Counts,
}

/// How many are certain, and how many may turn out which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Certainly in the denominator.
    pub(super) counted: u32,
    /// Of those, certainly in the numerator.
    pub(super) have: u32,
    /// Of those, perhaps in the numerator.
    pub(super) may_have: u32,
    /// Perhaps in the denominator, and if so in the numerator.
    pub(super) perhaps_having: u32,
    /// Perhaps in the denominator, and if so not in the numerator.
    pub(super) perhaps_lacking: u32,
    /// Perhaps in the denominator, and if so perhaps in the numerator.
    pub(super) perhaps_either: u32,
}

impl Members {
    /// Adds one of a group.
    pub(super) fn add(&mut self, id: &str, part: &Part, has: &Has) {
        let doubt = match (part, has) {
            (Part::Out(reason), _) => return self.excluded.push(Exclusion { id: id.to_owned(), reason: *reason }),
            (_, Has::Unasked) => return self.excluded.push(Exclusion { id: id.to_owned(), reason: ExclusionReason::NotAsked }),
            (Part::In, Has::Yes | Has::No) => None,
            (Part::In, Has::Open(doubt) | Has::OpenOrUnasked(doubt)) | (Part::Open(doubt), Has::Yes | Has::No) => Some(doubt.clone()),
            (Part::Open(doubt), Has::Open(other) | Has::OpenOrUnasked(other)) => Some(doubt.clone().and(other)),
        };
        let counted = matches!((part, has), (Part::In, Has::Yes | Has::No | Has::Open(_)));
        let counts = &mut self.counts;
        let slot = match (counted, has) {
            (true, Has::Yes) => &mut counts.have,
            (true, Has::Open(_)) => &mut counts.may_have,
            (true, _) => &mut 0,
            (false, Has::Yes) => &mut counts.perhaps_having,
            (false, Has::No) => &mut counts.perhaps_lacking,
            (false, _) => &mut counts.perhaps_either,
        };
        *slot += 1;
        if counted {
            counts.counted += 1;
            self.denominator.push(id.to_owned());
            if *has == Has::Yes {
                self.numerator.push(id.to_owned());
            }
        }
        if let Some(Doubt { because, missing }) = doubt {
            self.open.push(OpenMember { id: id.to_owned(), counted, because, missing });
        }
    }
}

impl Counts {
    /// Whether nothing is open.
    pub(super) fn is_certain(self) -> bool {
        self.may_have + self.perhaps() == 0
    }

    /// Whether it is certain how many are in the denominator.
    pub(super) fn is_settled(self) -> bool {
        self.perhaps() == 0
    }

    fn perhaps(self) -> u32 {
        self.perhaps_having + self.perhaps_lacking + self.perhaps_either
    }

    /// The share if everything open turns out badly.
    pub(super) fn low(self) -> Share {
        Share { part: self.have, whole: self.counted + self.perhaps_lacking + self.perhaps_either }
    }

    /// The share if everything open turns out well.
    pub(super) fn high(self) -> Share {
        let joining = self.perhaps_having + self.perhaps_either;
        Share { part: self.have + self.may_have + joining, whole: self.counted + joining }
    }

    /// Every pair of denominator and numerator that can still come about; nothing where there are too many to try.
    pub(super) fn cases(self) -> Option<Vec<Share>> {
        const MOST: u64 = 20_000;
        let span = u64::from(self.may_have + self.perhaps_having + self.perhaps_either) + 1;
        if span.checked_mul(u64::from(self.perhaps()) + 1).is_none_or(|cases| cases > MOST) {
            return None;
        }
        let of_joining = |joining: u32| {
            let (least, most) = self.more_of(joining);
            (least..=most).map(move |more| Share { part: self.have + more, whole: self.counted + joining })
        };
        Some((0..=self.perhaps()).flat_map(of_joining).collect())
    }

    /// For every denominator that can still come about, the least and the largest numerator.
    pub(super) fn ends(self) -> impl Iterator<Item = Share> {
        (0..=self.perhaps()).flat_map(move |joining| {
            let (least, most) = self.more_of(joining);
            [least, most].map(|more| Share { part: self.have + more, whole: self.counted + joining })
        })
    }

    /// How many more there are, at least and at most, where so many of the open people are counted.
    fn more_of(self, joining: u32) -> (u32, u32) {
        let least = joining.saturating_sub(self.perhaps_lacking + self.perhaps_either);
        (least, self.may_have + joining.min(self.perhaps_having + self.perhaps_either))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_cases_are_exactly_those_that_single_people_can_bring_about() {
        let counts = Counts { counted: 5, have: 2, may_have: 2, perhaps_having: 1, perhaps_lacking: 2, perhaps_either: 1 };
        let mut expected = BTreeSet::new();
        for may in 0..=2 {
            for having in 0..=1 {
                for lacking in 0..=2 {
                    for (either, of_them) in [(0, 0), (1, 0), (1, 1)] {
                        expected.insert((2 + may + having + of_them, 5 + having + lacking + either));
                    }
                }
            }
        }
        for share in counts.ends() {
            let of_whole = || expected.iter().filter(|(_, whole)| *whole == share.whole).map(|(part, _)| *part);
            assert!([of_whole().min(), of_whole().max()].contains(&Some(share.part)), "{share:?}");
        }
        assert_eq!(counts.ends().count(), 10);
        let cases: BTreeSet<(u32, u32)> = counts.cases().expect("few").into_iter().map(|share| (share.part, share.whole)).collect();
        assert_eq!(cases, expected);
        let share = |share: Share| f64::from(share.part) / f64::from(share.whole);
        let all = counts.cases().expect("few");
        assert!(all.iter().all(|case| share(counts.low()) <= share(*case) && share(*case) <= share(counts.high())));
    }

    #[test]
    fn of_someone_whose_title_nobody_knows_it_is_open_whether_they_are_counted() {
        let mut members = Members::default();
        members.add("1", &Part::Open(Doubt::of(&["practitioner.title_grade"])), &Has::Yes);
        members.add("2", &Part::In, &Has::Yes);
        assert_eq!((members.denominator.len(), members.numerator.len(), members.open.len()), (1, 1, 1));
        assert_eq!((members.counts.low(), members.counts.high()), (Share { part: 1, whole: 1 }, Share { part: 2, whole: 2 }));
    }
}
