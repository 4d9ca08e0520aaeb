//! Counting: how many subjects have which result, what they lack, and where they work.
//!
//! INVARIANT: shares and gaps are exact decimals; every reader of a report (page, workbook, terminal) counts here and nowhere else.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Report, ReportRow};
use crate::evaluate::{Consequence, ConsequenceState, Finding, Modality, Relation, Status};
use crate::explain::{Labels, ProvisionLabel};
use crate::facts::Entity;
use crate::quantity::{Day, Unit, parse_decimal};

/// The results in the order in which reports name them: worst first, what asks nothing last.
pub(super) const WORST_FIRST: [Status; 5] = [Status::Unmet, Status::Waivable, Status::Unknown, Status::Met, Status::NotApplicable];

/// The results in the order in which counts are shown: good news first.
pub(super) const SHOWN: [Status; 5] = [Status::Met, Status::Unmet, Status::Waivable, Status::Unknown, Status::NotApplicable];

/// How many people have which result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    counts: [usize; 5],
    /// Unknown ones that may still turn out to be met.
    pub(super) may_be_met: usize,
}

impl Counts {
    fn add(&mut self, status: Status, possible: &[Status]) {
        if let Some(count) = self.counts.get_mut(status as usize) {
            *count += 1;
        }
        if status == Status::Unknown && (possible.is_empty() || possible.contains(&Status::Met)) {
            self.may_be_met += 1;
        }
    }

    pub(super) fn of(&self, status: Status) -> usize {
        self.counts.get(status as usize).copied().unwrap_or(0)
    }

    /// The results that tables and legends name: those that occur, met and not met always.
    pub(super) fn shown(&self) -> Vec<Status> {
        SHOWN.into_iter().filter(|status| self.of(*status) > 0 || matches!(status, Status::Met | Status::Unmet)).collect()
    }

    pub(super) fn people(&self) -> usize {
        self.counts.iter().sum()
    }

    /// The people of whom something is asked: everyone but those to whom it does not apply.
    pub(super) fn asked(&self) -> usize {
        self.people() - self.of(Status::NotApplicable)
    }

    /// The share of those asked who meet it.
    pub(super) fn share(&self) -> Share {
        Share { part: self.of(Status::Met), whole: self.asked() }
    }

    /// The share if everything missing turned out well.
    pub(super) fn share_at_best(&self) -> Share {
        Share { part: self.of(Status::Met) + self.may_be_met, whole: self.asked() }
    }
}

/// A fraction of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) part: usize,
    pub(super) whole: usize,
}

impl Share {
    /// With one decimal, `70.7%`; never 100% while somebody lacks, never 0% while somebody does not; a dash of nobody.
    pub(super) fn percent(self) -> String {
        let (Some(part), Some(whole)) = (decimal(self.part), decimal(self.whole)) else { return "—".to_owned() };
        let Some(exact) = (part * Decimal::ONE_HUNDRED).checked_div(whole) else { return "—".to_owned() };
        let rounded = exact.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        if self.part < self.whole && rounded >= Decimal::ONE_HUNDRED {
            ">99.9%".to_owned()
        } else if self.part > 0 && rounded.is_zero() {
            "<0.1%".to_owned()
        } else {
            format!("{rounded:.1}%")
        }
    }

    /// The same beside the share that a target asks, of which it never looks like what it is not: `<95.0%` a little below 95 %.
    pub(super) fn percent_beside(self, target: Self) -> String {
        let (own, asked) = (self.percent(), target.percent());
        match self.compare(target) {
            _ if own.starts_with(['<', '>']) => own,
            Ordering::Less if own == asked => format!("<{own}"),
            Ordering::Greater if own == asked => format!(">{own}"),
            _ => own,
        }
    }

    /// `212/300`.
    pub(super) fn fraction(self) -> String {
        format!("{}/{}", self.part, self.whole)
    }

    /// Orders by size, without rounding; a share of nobody comes last.
    pub(super) fn compare(self, other: Self) -> Ordering {
        match (self.whole, other.whole) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Greater,
            (_, 0) => Ordering::Less,
            _ => (self.part as u128 * other.whole as u128).cmp(&(other.part as u128 * self.whole as u128)),
        }
    }
}

pub(super) fn decimal(count: usize) -> Option<Decimal> {
    u64::try_from(count).ok().map(Decimal::from)
}

/// One provision over everyone.
#[derive(Debug)]
pub(super) struct Requirement<'a> {
    pub(super) provision: &'a str,
    pub(super) article: &'a str,
    pub(super) label: Option<&'a ProvisionLabel>,
    /// Its number among the footnotes, from one.
    pub(super) number: usize,
    pub(super) unit: Option<&'a Unit>,
    pub(super) relation: Option<Relation>,
    pub(super) principle: bool,
    pub(super) counts: Counts,
    /// What everyone is asked, where it is the same for all.
    pub(super) required: Option<&'a str>,
    /// What is lacking, of everyone who fails it, smallest first.
    pub(super) gaps: Vec<Decimal>,
    required_varies: bool,
}

impl Requirement<'_> {
    /// People who fail it, be it waivable or not.
    pub(super) fn failing(&self) -> usize {
        self.counts.of(Status::Unmet) + self.counts.of(Status::Waivable)
    }

    /// Everything that is lacking; `None` beyond what a decimal holds.
    pub(super) fn total(&self) -> Option<Decimal> {
        self.gaps.iter().try_fold(Decimal::ZERO, |sum, gap| sum.checked_add(*gap)).map(|sum| sum.normalize())
    }

    /// Whether failing it means too much, and not too little.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.relation, Some(Relation::AtMost | Relation::LessThan))
    }

    /// Whether it has figures at all, or only holds or fails.
    pub(super) fn measured(&self) -> bool {
        self.relation.is_some()
    }
}

/// What verdicts open or close, over everyone.
#[derive(Debug)]
pub(super) struct Effect<'a> {
    pub(super) provision: &'a str,
    /// Those for whom it is open, closed, and not decided yet.
    pub(super) counts: [usize; 3],
}

/// A department and its people.
#[derive(Debug)]
pub(super) struct Department<'a> {
    /// Its name; `None` where nobody wrote one.
    pub(super) name: Option<&'a str>,
    pub(super) counts: Counts,
}

/// Everything that a report counts.
#[derive(Debug)]
pub(super) struct Tally<'a> {
    /// What the subjects are.
    pub(super) subject: &'static Entity,
    pub(super) counts: Counts,
    pub(super) requirements: Vec<Requirement<'a>>,
    /// What the verdicts open or close, in the order of the decision.
    pub(super) effects: Vec<Effect<'a>>,
    /// Worst share first.
    pub(super) departments: Vec<Department<'a>>,
    /// Everyone, worst result first and within it the largest gap first.
    pub(super) roster: Vec<&'a ReportRow<'a>>,
    /// The last day to meet what is asked, where it is one day for all.
    pub(super) due: Option<Day>,
}

impl<'a> Tally<'a> {
    pub(super) fn of(report: &Report<'a>) -> Self {
        let mut counts = Counts::default();
        let mut requirements: Vec<Requirement<'a>> = Vec::new();
        let mut departments: BTreeMap<Option<&'a str>, Counts> = BTreeMap::new();
        let mut dues: Vec<Day> = Vec::new();
        let mut effects: Vec<Effect<'a>> = Vec::new();
        for row in report.rows {
            let verdict = row.verdict;
            counts.add(verdict.status, &verdict.possible);
            if report.has_departments() {
                departments.entry(department(row)).or_default().add(verdict.status, &verdict.possible);
            }
            for consequence in &verdict.consequences {
                weigh(consequence, &mut effects);
            }
            for finding in &verdict.findings {
                let slot = requirements.iter().position(|known| known.provision == finding.provision);
                let slot = slot.unwrap_or_else(|| {
                    requirements.push(requirement(finding, report.labels, requirements.len() + 1));
                    requirements.len() - 1
                });
                if let Some(requirement) = requirements.get_mut(slot) {
                    count(requirement, finding);
                }
                dues.extend(finding.due.filter(|due| !dues.contains(due)));
            }
        }
        for requirement in &mut requirements {
            requirement.gaps.sort_unstable();
        }
        let mut departments: Vec<_> = departments.into_iter().map(|(name, counts)| Department { name, counts }).collect();
        departments.sort_by(|a, b| {
            a.counts.share().compare(b.counts.share()).then(b.counts.of(Status::Unmet).cmp(&a.counts.of(Status::Unmet))).then(a.name.cmp(&b.name))
        });
        let mut roster: Vec<(Key<'a>, &'a ReportRow<'a>)> = report.rows.iter().map(|row| (key(row), row)).collect();
        roster.sort_by_key(|(key, _)| *key);
        let due = if let [due] = dues.as_slice() { Some(*due) } else { None };
        let subject = report.subject;
        Self { subject, counts, requirements, effects, departments, roster: roster.into_iter().map(|(_, row)| row).collect(), due }
    }

    /// The requirement that most people fail; of several, the one that lacks most in proportion comes first in the decision.
    pub(super) fn shortest(&self) -> Option<&Requirement<'a>> {
        self.requirements.iter().rev().filter(|requirement| requirement.failing() > 0).max_by_key(|requirement| requirement.failing())
    }
}

/// Result; what is missing, of what binds first and then of all; number of failing provisions; department, person.
type Key<'a> = (usize, [Reverse<Decimal>; 2], Reverse<usize>, Option<&'a str>, Option<&'a str>);

fn key<'a>(row: &ReportRow<'a>) -> Key<'a> {
    let status = WORST_FIRST.iter().position(|status| *status == row.verdict.status).unwrap_or(WORST_FIRST.len());
    let failing = row.verdict.findings.iter().filter(|finding| matches!(finding.status, Status::Unmet | Status::Waivable));
    // Of two people, the one who lacks more of all that is asked is further away. What does not apply to somebody brings them no nearer.
    let missing = |binding: bool| {
        let asked = row.verdict.findings.iter().filter(|finding| !binding || finding.modality != Modality::Principle);
        let shares: Vec<Decimal> = asked.filter(|finding| finding.status != Status::NotApplicable).filter_map(missing_share).collect();
        let all = shares.iter().fold(Decimal::ZERO, |sum, share| sum.saturating_add(*share));
        Reverse(decimal(shares.len()).and_then(|count| all.checked_div(count)).unwrap_or_default())
    };
    (status, [missing(true), missing(false)], Reverse(failing.count()), department(row), person_id(row))
}

/// The part of what a finding asks that is missing, from 0 to 1; none where it asks no amount, or its figures are not known.
fn missing_share(finding: &Finding) -> Option<Decimal> {
    let required = parse_decimal(finding.required.as_deref()?)?;
    let missing = match finding.status {
        Status::Unmet | Status::Waivable => gap(finding)?,
        Status::Met => Decimal::ZERO,
        Status::Unknown | Status::NotApplicable => return None,
    };
    Some(missing.checked_div(required)?.min(Decimal::ONE))
}

fn requirement<'a>(finding: &'a Finding, labels: &'a Labels, number: usize) -> Requirement<'a> {
    Requirement {
        provision: &finding.provision,
        article: &finding.article,
        label: labels.provisions.iter().find(|label| label.provision == finding.provision),
        number,
        unit: finding.unit.as_ref(),
        relation: finding.relation,
        principle: finding.modality == Modality::Principle,
        counts: Counts::default(),
        required: None,
        gaps: Vec::new(),
        required_varies: false,
    }
}

fn count<'a>(requirement: &mut Requirement<'a>, finding: &'a Finding) {
    requirement.counts.add(finding.status, &finding.possible);
    requirement.unit = requirement.unit.or(finding.unit.as_ref());
    requirement.relation = requirement.relation.or(finding.relation);
    if let Some(required) = finding.required.as_deref() {
        match requirement.required {
            Some(other) if other != required => requirement.required_varies = true,
            _ => requirement.required = Some(required),
        }
    } else if finding.status == Status::Unknown && finding.relation.is_some() {
        // What is asked of this one is not known, and need not be what is asked of others.
        requirement.required_varies = true;
    }
    if requirement.required_varies {
        requirement.required = None;
    }
    if matches!(finding.status, Status::Unmet | Status::Waivable) {
        requirement.gaps.extend(gap(finding).filter(|gap| !gap.is_zero()));
    }
}

fn weigh<'a>(consequence: &'a Consequence, effects: &mut Vec<Effect<'a>>) {
    let known = effects.iter().position(|effect| effect.provision == consequence.provision);
    let slot = known.unwrap_or_else(|| {
        effects.push(Effect { provision: &consequence.provision, counts: [0; 3] });
        effects.len() - 1
    });
    let state = match consequence.state {
        ConsequenceState::Open => 0,
        ConsequenceState::Closed => 1,
        ConsequenceState::Unknown => 2,
    };
    if let Some(count) = effects.get_mut(slot).and_then(|effect| effect.counts.get_mut(state)) {
        *count += 1;
    }
}

/// What a finding lacks, or has too much.
pub(super) fn gap(finding: &Finding) -> Option<Decimal> {
    parse_decimal(finding.shortfall.as_deref()?)
}

/// The finding of a provision in a person's verdict.
pub(super) fn finding<'v>(row: &ReportRow<'v>, provision: &str) -> Option<&'v Finding> {
    row.verdict.findings.iter().find(|finding| finding.provision == provision)
}

pub(super) fn department<'a>(row: &ReportRow<'a>) -> Option<&'a str> {
    row.facts.text("department").map(str::trim).filter(|name| !name.is_empty())
}

pub(super) fn person_id<'a>(row: &ReportRow<'a>) -> Option<&'a str> {
    row.facts.number().or(row.verdict.subject_id.as_deref())
}

/// A bar of the histogram of gaps: those above `above`, up to and including `to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bin {
    pub(super) above: Decimal,
    pub(super) to: Decimal,
    pub(super) people: usize,
}

/// At most six bins of a round width that hold all gaps; none where there is no gap.
pub(super) fn bins(gaps: &[Decimal]) -> Vec<Bin> {
    const MOST: u32 = 6;
    let Some(largest) = gaps.iter().max().copied().filter(|gap| *gap > Decimal::ZERO) else { return Vec::new() };
    let mut width = Decimal::new(1, 1);
    // 1, 2, 5, 10, 20, 50 ...: the first width of which six suffice.
    for factor in [Decimal::TWO, Decimal::new(25, 1), Decimal::TWO].into_iter().cycle() {
        match width.checked_mul(Decimal::from(MOST)) {
            Some(reach) if reach < largest => match width.checked_mul(factor) {
                Some(wider) => width = wider.normalize(),
                None => return Vec::new(),
            },
            Some(_) => break,
            None => return Vec::new(),
        }
    }
    let mut bins: Vec<Bin> = (0..MOST)
        .map(|step| (width * Decimal::from(step), step))
        .take_while(|(above, _)| *above < largest)
        .map(|(above, _)| Bin { above: above.normalize(), to: (above + width).normalize(), people: 0 })
        .collect();
    for gap in gaps {
        if let Some(bin) = bins.iter_mut().find(|bin| *gap > bin.above && *gap <= bin.to) {
            bin.people += 1;
        }
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::Relation;
    use crate::quantity::Unit;
    use crate::render::fixtures::{at_least, finding, labels};

    #[test]
    fn what_is_asked_of_one_is_not_said_to_be_asked_of_all() {
        let labels = labels();
        let known = at_least("cq-credits", "20", "25", Unit::Credit);
        let open = Finding { relation: Some(Relation::AtLeast), ..finding("cq-credits", Status::Unknown) };
        let asked = |findings: &[&Finding]| {
            let mut requirement = requirement(&known, &labels, 1);
            for finding in findings {
                count(&mut requirement, finding);
            }
            requirement.required.map(str::to_owned)
        };
        assert_eq!(asked(&[&known, &known]), Some("25".to_owned()));
        assert_eq!([asked(&[&known, &open]), asked(&[&open, &known])], [None, None]);
    }
}
