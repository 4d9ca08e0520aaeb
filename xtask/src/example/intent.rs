//! What each of the 300 is made for: the answer that the 2024 credit year should give.

use medtrain::evaluate::Status;

use super::day::{Cell, Day};
use super::random::SplitMix64;

/// Why a person has that status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Intent {
    /// Met, and still so without any one dirty record.
    Comfortable,
    /// Met with exactly 25 credits.
    ExactCredits,
    /// Met with exactly 80 hours.
    ExactHours,
    /// Met with exactly 15 job-related credits.
    ExactJob,
    /// Met with public hours exactly a fifth of the others.
    ExactRatio,
    /// Met with 25 credits, 15 job-related ones and exactly a fifth at once.
    ExactAll,
    /// 0.1 to 3 credits short.
    ShortCredits,
    /// 0.5 to 8 hours short.
    ShortHours,
    /// Short of job-related credits alone.
    ShortJob,
    /// Short of credits, hours and job-related credits.
    ShortAll,
    /// Short because one course is outside the credit year.
    OutOfWindow,
    /// Short because one certificate from inside Chongqing is on paper.
    PaperInside,
    /// Short because a national course elsewhere has no proof.
    NoProof,
    /// Short because the proof of a national course elsewhere is a day off.
    ProofDayOff,
    /// Short because one certificate stands there twice.
    CountedTwice,
    /// Short because there is no record at all.
    NoRecords,
    /// Short of public hours alone.
    RatioOnly,
    /// Undecided: the credits of one course are blank.
    CreditsBlank,
    /// Undecided: the credits of one course cannot be read.
    CreditsUnreadable,
    /// Undecided: the date of one course cannot be resolved.
    DateUnresolved,
    /// Undecided: whether one course is on the platform is blank.
    ElectronicBlank,
}

/// How many people each intent has; 300 together.
pub(crate) const POPULATION: &[(Intent, usize)] = &[
    (Intent::Comfortable, 190),
    (Intent::ExactCredits, 4),
    (Intent::ExactHours, 4),
    (Intent::ExactJob, 4),
    (Intent::ExactRatio, 4),
    (Intent::ExactAll, 4),
    (Intent::ShortCredits, 14),
    (Intent::ShortHours, 12),
    (Intent::ShortJob, 10),
    (Intent::ShortAll, 6),
    (Intent::OutOfWindow, 6),
    (Intent::PaperInside, 5),
    (Intent::NoProof, 3),
    (Intent::ProofDayOff, 3),
    (Intent::CountedTwice, 2),
    (Intent::NoRecords, 5),
    (Intent::RatioOnly, 12),
    (Intent::CreditsBlank, 3),
    (Intent::CreditsUnreadable, 3),
    (Intent::DateUnresolved, 4),
    (Intent::ElectronicBlank, 2),
];

/// What a person's counted records add up to, in tenths.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Goal {
    /// Profession-related credits.
    pub(crate) credits: i32,
    /// Job-related credits, part of them.
    pub(crate) job: i32,
    /// Hours of public subjects.
    pub(crate) public: i32,
    /// Hours of other subjects.
    pub(crate) other: i32,
}

impl Intent {
    /// The status that it should come to.
    pub(crate) fn status(self) -> Status {
        match self {
            Self::Comfortable | Self::ExactCredits | Self::ExactHours | Self::ExactJob | Self::ExactRatio | Self::ExactAll => Status::Met,
            Self::RatioOnly => Status::Waivable,
            Self::CreditsBlank | Self::CreditsUnreadable | Self::DateUnresolved | Self::ElectronicBlank => Status::Unknown,
            _ => Status::Unmet,
        }
    }

    /// Whether one course of 3 to 6 credits is what decides.
    pub(crate) fn hangs_on_one_course(self) -> bool {
        self.status() == Status::Unknown
            || matches!(self, Self::OutOfWindow | Self::PaperInside | Self::NoProof | Self::ProofDayOff | Self::CountedTwice)
    }

    /// The totals of the `ordinal`-th person of this intent, without that one course.
    pub(crate) fn goal(self, ordinal: usize, random: &mut SplitMix64) -> Goal {
        let mut goal = comfortable(random);
        match self {
            Self::ExactCredits => {
                goal.job = random.between(160, 190);
                goal.credits = 250;
            }
            Self::ExactHours => {
                goal.public = 140;
                goal.other = 660;
            }
            Self::ExactJob => {
                goal.job = 150;
                goal.credits = random.between(270, 300);
            }
            Self::ExactRatio => {
                goal.public = 5 * random.between(28, 34);
                goal.other = goal.public * 5;
            }
            Self::ExactAll => goal = Goal { credits: 250, job: 150, public: 140, other: 700 },
            Self::ShortCredits => {
                goal.job = random.between(155, 180);
                goal.credits = 250 - nth(&[15, 5, 10, 20, 1, 30, 25], ordinal);
            }
            Self::ShortHours => {
                goal.public = 140;
                goal.other = 660 - nth(&[60, 20, 30, 40, 5, 80, 10], ordinal);
            }
            Self::ShortJob => {
                goal.job = 150 - nth(&[5, 10, 25, 40, 1, 15], ordinal);
                goal.credits = random.between(265, 300);
            }
            Self::ShortAll => {
                goal.job = random.between(70, 110);
                goal.credits = goal.job + random.between(50, 80);
                goal.public = 5 * random.between(16, 20);
                goal.other = 5 * random.between(64, 80);
            }
            Self::RatioOnly => {
                goal.public = 5 * random.between(8, 22);
                goal.other = 5 * random.between(164, 180);
            }
            _ if self.hangs_on_one_course() => {
                goal.job = random.between(160, 180);
                goal.credits = random.between(222, 246);
                goal.other = goal.other.min(goal.public * 5 - 200);
                goal.public = goal.public.max(820 - goal.other);
            }
            _ => {}
        }
        goal
    }
}

/// Totals that stay above every figure if one record of 2 credits is lost.
fn comfortable(random: &mut SplitMix64) -> Goal {
    let job = random.between(175, 240);
    let public = 5 * random.between(34, 48);
    Goal { credits: job + random.between(115, 150), job, public, other: 5 * random.between(145, (public - 16).min(200)) }
}

fn nth(values: &[i32], ordinal: usize) -> i32 {
    values[ordinal % values.len()]
}

/// The day that puts the `ordinal`-th course outside the credit year 2024.
pub(crate) fn day_outside(ordinal: usize) -> Day {
    let days =
        [Day::of(2024, 11, 1), Day::of(2023, 10, 31), Day::of(2024, 11, 1), Day::of(2023, 10, 31), Day::of(2024, 11, 5), Day::of(2023, 10, 20)];
    days[ordinal % days.len()]
}

/// What the `ordinal`-th unreadable credit cell holds.
pub(crate) fn unreadable_credits(ordinal: usize) -> Cell {
    let cells = ["√", "合格", "见证书"];
    Cell::text(cells[ordinal % cells.len()])
}

/// What the `ordinal`-th unresolvable date cell holds.
pub(crate) fn unresolvable_date(ordinal: usize) -> Cell {
    let cells = ["2024.2.30", "三月", "2024年", ""];
    Cell::text(cells[ordinal % cells.len()])
}
