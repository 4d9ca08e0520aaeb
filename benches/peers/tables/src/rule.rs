//! What the rule makes of the totals of one person, and what a person's result is. Amounts are hundredths.

/// A set of statuses that a result can still take: one bit for each.
pub type Statuses = u8;

pub const UNMET: Statuses = 1;
pub const WAIVABLE: Statuses = 2;
pub const MET: Statuses = 4;
pub const NOT_APPLICABLE: Statuses = 8;

/// The sum of amounts over records that may count.
#[derive(Clone, Copy, Default)]
pub struct Total {
    /// Of those that do.
    pub low: i32,
    /// Of those of which it is open.
    pub more: i32,
    /// How many amounts are not known of records that count or may.
    pub open: u16,
}

impl Total {
    pub fn add(&mut self, counts: Option<bool>, amount: Option<i32>) {
        match (counts, amount) {
            (Some(false), _) => {}
            (_, None) => self.open += 1,
            (Some(true), Some(amount)) => self.low += amount,
            (None, Some(amount)) => self.more += amount,
        }
    }

    fn merge(&mut self, other: Self) {
        self.low += other.low;
        self.more += other.more;
        self.open += other.open;
    }

    fn high(self) -> Option<i32> {
        (self.open == 0).then_some(self.low + self.more)
    }

    fn exact(self) -> Option<i32> {
        (self.open == 0 && self.more == 0).then_some(self.low)
    }
}

/// Everything that is summed and counted of one person.
#[derive(Clone, Copy, Default)]
pub struct Totals {
    pub counted: u16,
    pub excluded: u16,
    pub undecided: u16,
    pub by_year: u16,
    pub by_platform: u16,
    pub by_outside: u16,
    pub hours: Total,
    pub credits: Total,
    pub job: Total,
    pub public: Total,
    pub other: Total,
}

impl Totals {
    pub fn merge(&mut self, other: &Self) {
        self.counted += other.counted;
        self.excluded += other.excluded;
        self.undecided += other.undecided;
        self.by_year += other.by_year;
        self.by_platform += other.by_platform;
        self.by_outside += other.by_outside;
        self.hours.merge(other.hours);
        self.credits.merge(other.credits);
        self.job.merge(other.job);
        self.public.merge(other.public);
        self.other.merge(other.other);
    }
}

/// One requirement's result.
#[derive(Clone, Copy, Default)]
pub struct Finding {
    pub possible: Statuses,
    pub actual: Option<i32>,
    pub shortfall: Option<i32>,
    /// The bounds, where the actual figure is open.
    pub low: Option<i32>,
    pub high: Option<i32>,
}

/// One person's result.
#[derive(Clone, Copy, Default)]
pub struct Row {
    pub possible: Statuses,
    pub counted: u16,
    pub excluded: u16,
    pub undecided: u16,
    pub by_year: u16,
    pub by_platform: u16,
    pub by_outside: u16,
    pub hours: Finding,
    pub credits: Finding,
    pub job: Finding,
    /// Its shortfall is in thousandths, since it is a difference of fifths.
    pub ratio: Finding,
    /// In thousandths.
    pub ratio_required: Option<i32>,
}

impl Row {
    pub fn of(totals: &Totals) -> Self {
        let [hours, credits, job] =
            [(totals.hours, 8000), (totals.credits, 2500), (totals.job, 1500)].map(|(total, required)| at_least(total, required));
        let (ratio, ratio_required) = ratio(totals);
        let binding = [hours, credits, job];
        let mut possible = 0;
        if binding.iter().any(|finding| finding.possible & UNMET != 0) {
            possible |= UNMET;
        }
        if binding.iter().all(|finding| finding.possible & MET != 0) {
            possible |= ratio.possible & WAIVABLE;
            if ratio.possible & (MET | NOT_APPLICABLE) != 0 {
                possible |= MET;
            }
        }
        Self {
            possible,
            counted: totals.counted,
            excluded: totals.excluded,
            undecided: totals.undecided,
            by_year: totals.by_year,
            by_platform: totals.by_platform,
            by_outside: totals.by_outside,
            hours,
            credits,
            job,
            ratio,
            ratio_required,
        }
    }
}

fn at_least(total: Total, required: i32) -> Finding {
    let fails = total.low < required;
    let holds = total.high().is_none_or(|high| high >= required);
    let actual = total.exact();
    let (low, high) = if actual.is_some() { (None, None) } else { (Some(total.low), total.high()) };
    Finding {
        possible: u8::from(fails) * UNMET | u8::from(holds) * MET,
        actual,
        shortfall: if fails { actual.map(|actual| required - actual) } else { Some(0) },
        low,
        high,
    }
}

/// Hours of public subjects against a fifth of the others.
fn ratio(totals: &Totals) -> (Finding, Option<i32>) {
    let (public, other) = (totals.public, totals.other);
    let nothing = totals.hours.low == 0;
    if totals.hours.high() == Some(0) {
        return (Finding { possible: NOT_APPLICABLE, ..Finding::default() }, None);
    }
    let fails = other.high().is_none_or(|high| public.low * 5 < high);
    let holds = public.high().is_none_or(|high| high * 5 >= other.low);
    let (actual, required) = (public.exact(), other.exact().map(|other| other * 2));
    let (low, high) = if actual.is_some() { (None, None) } else { (Some(public.low), public.high()) };
    let finding = Finding {
        possible: u8::from(fails) * WAIVABLE | u8::from(holds) * MET | u8::from(nothing) * NOT_APPLICABLE,
        actual,
        shortfall: if fails { actual.zip(required).map(|(actual, required)| required - actual * 10) } else { Some(0) },
        low,
        high,
    };
    (finding, required)
}
