//! Targets: which provision reads a rate, and how it stands to what can still come about.
//!
//! INVARIANT: no share and no figure of a rule is known here. A rate's standing is what the decision about the region says of its counts, of every
//! pair of counts that the open people can still bring about.

use rust_decimal::prelude::ToPrimitive as _;

use super::rate::{Counts, Measure, Share};
use crate::evaluate::{Question, Status, StatusSet, Verdict};
use crate::facts::{Facts, Population, Region, RegionStat};
use crate::feel::{Comparator, Expr, Value};
use crate::policy::Rule;

/// A rate that a provision about the region reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) population: Population,
    pub(super) measure: Measure,
    /// The place of the provision among the findings of the verdict.
    pub(super) finding: usize,
    pub(super) provision: String,
    pub(super) article: String,
}

/// The measures that can be taken of a population.
pub(super) fn measures(population: Population) -> &'static [Measure] {
    match population {
        Population::Staff | Population::IntermediateAndSenior | Population::Junior => &[Measure::Participated, Measure::Met],
        Population::Institutions | Population::Level2AndAbove | Population::GrassrootsAndPrivate => &[Measure::Covered],
    }
}

/// The year whose figures the question is about.
pub(super) fn year(question: &Question<'_>) -> u32 {
    let given = question.given().get("year").and_then(|year| if let Value::Number(year) = year { year.to_u32() } else { None });
    let of_day = || {
        use chrono::Datelike as _;
        u32::try_from(question.as_of().year()).unwrap_or_default()
    };
    given.unwrap_or_else(of_day)
}

/// Which provision waits for which count: it is asked of a region that tells how many there are and no more.
pub(super) fn targets(question: &Question<'_>, year: u32) -> Vec<Target> {
    const SOME: u32 = 1_000;
    let mut targets = Vec::new();
    for population in Population::ALL.iter().copied() {
        let stat = RegionStat { eligible: Some(SOME), ..stat(year, population) };
        let verdict = question.evaluate(&facts(&Region::default(), vec![stat]));
        for measure in measures(population).iter().copied() {
            let path = format!("region.stats[0].{}", measure.code());
            let reads = |(_, finding): &(usize, &crate::evaluate::Finding)| finding.missing.contains(&path);
            targets.extend(verdict.findings.iter().enumerate().find(reads).map(|(finding, found)| Target {
                population,
                measure,
                finding,
                provision: found.provision.to_string(),
                article: found.article.to_string(),
            }));
        }
    }
    targets
}

/// A figure of which nothing is told yet.
pub(super) fn stat(year: u32, population: Population) -> RegionStat {
    RegionStat { year: Some(year), population: Some(population), ..RegionStat::default() }
}

/// The place in a figure where a measure stands.
pub(super) fn field(stat: &mut RegionStat, measure: Measure) -> &mut Option<u32> {
    match measure {
        Measure::Participated => &mut stat.participated,
        Measure::Met => &mut stat.met,
        Measure::Covered => &mut stat.covered,
    }
}

/// A region with these figures.
pub(super) fn facts(region: &Region, stats: Vec<RegionStat>) -> Facts {
    Facts::from(Region { stats: Some(stats), ..region.clone() })
}

/// How a rate stands to its target.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) possible: StatusSet,
    pub(super) target: Option<Share>,
    pub(super) needed: Option<u32>,
    pub(super) more: Option<u32>,
    pub(super) more_at_best: Option<u32>,
}

/// A target that is asked about one count after another, in a region where nobody else is counted.
pub(super) struct Trial<'s, 'q> {
    question: &'s Question<'q>,
    facts: Facts,
    measure: Measure,
    finding: usize,
}

/// Of so many, whole people attain the share itself that a target asks.
const MANY: u32 = 10_000;

impl<'s, 'q> Trial<'s, 'q> {
    pub(super) fn new(question: &'s Question<'q>, region: &Region, year: u32, target: &Target) -> Self {
        let facts = facts(region, vec![stat(year, target.population)]);
        Self { question, facts, measure: target.measure, finding: target.finding }
    }

    fn of(&mut self, share: Share) -> StatusSet {
        let stat = self.facts.region.as_mut().and_then(|region| region.stats.as_mut()).and_then(|stats| stats.first_mut());
        if let Some(stat) = stat {
            stat.eligible = Some(share.whole);
            *field(stat, self.measure) = Some(share.part);
        }
        let outcome = self.question.judge(&self.facts);
        outcome.findings.get(self.finding).map_or(StatusSet::only(Status::Unknown), |finding| finding.status)
    }

    fn of_all(&mut self, cases: impl IntoIterator<Item = Share>) -> StatusSet {
        cases.into_iter().fold(StatusSet::EMPTY, |all, case| all.or(self.of(case)))
    }

    pub(super) fn standing(&mut self, counts: Counts) -> Standing {
        let possible = match counts.cases() {
            Some(cases) => self.of_all(cases),
            // Of one denominator, a share is between its ends.
            None if self.has_one_side() => self.of_all(counts.ends()),
            None => StatusSet::only(Status::Unknown),
        };
        let (low, high) = (counts.low(), counts.high());
        let needed = self.needed(low.whole);
        let more = self.more(low, needed);
        let needed_at_best = if high.whole == low.whole { needed } else { self.needed(high.whole) };
        let target = self.needed(MANY).map(|part| Share { part, whole: MANY });
        Standing { possible, target, needed, more, more_at_best: self.more(high, needed_at_best) }
    }

    fn is_met(&mut self, part: u32, whole: u32) -> bool {
        self.of(Share { part, whole }) == StatusSet::only(Status::Met)
    }

    /// Whether one comparison with a direction is all that the target asks: then it is met from a number on, or up to one.
    fn has_one_side(&self) -> bool {
        let question = self.question;
        let place = question.decision.all_of.iter().chain(&question.decision.any_of).nth(self.finding);
        let provision = place.and_then(|place| question.policy.provisions.get(*place));
        let Some(Rule::Require(condition)) = provision.map(|provision| &provision.rule) else { return false };
        matches!(&condition.expr, Expr::Compare(comparator, ..) if !matches!(comparator, Comparator::Equal | Comparator::NotEqual))
    }

    /// The smallest numerator with which the target is met.
    fn needed(&mut self, whole: u32) -> Option<u32> {
        if whole == 0 {
            return None;
        }
        if !self.is_met(whole, whole) {
            // What is met neither by nobody nor by everybody lies beyond all of them, or between two ends.
            return match self.is_met(0, whole) {
                true => Some(0),
                false if self.has_one_side() => None,
                false => (1..whole).find(|part| self.is_met(*part, whole)),
            };
        }
        let (mut lacking, mut enough) = (None, whole);
        // Halving finds it where more are never worse; every rule of a share is so.
        while enough > lacking.map_or(0, |below: u32| below + 1) {
            let from = lacking.map_or(0, |below: u32| below + 1);
            let middle = from + (enough - from) / 2;
            if self.is_met(middle, whole) {
                enough = middle;
            } else {
                lacking = Some(middle);
            }
        }
        Some(enough)
    }

    /// How many more make it met, and one fewer does not.
    fn more(&mut self, share: Share, needed: Option<u32>) -> Option<u32> {
        let Share { part, whole } = share;
        match needed {
            Some(needed) if part < needed => Some(needed - part),
            Some(_) if self.is_met(part, whole) => Some(0),
            // With one side, more of them help no more.
            _ if whole > 0 && self.has_one_side() => None,
            _ => (part..=whole).find(|part| self.is_met(*part, whole)).map(|enough| enough - part),
        }
    }
}

/// What the findings of a verdict can be, each narrowed by every rate whose count is open, and what the whole comes to.
pub(super) fn narrowed(
    question: &Question<'_>,
    region: &Region,
    stats: &[RegionStat],
    open: &[(usize, Measure, Counts)],
    verdict: &Verdict,
) -> (Vec<StatusSet>, StatusSet) {
    let of = |possible: &[Status]| possible.iter().fold(StatusSet::EMPTY, |all, status| all.or(StatusSet::only(*status)));
    let mut findings: Vec<StatusSet> = verdict.findings.iter().map(|finding| of(&finding.possible)).collect();
    let mut facts = facts(region, stats.to_vec());
    for (place, measure, counts) in open {
        let Some(cases) = counts.cases() else { continue };
        let mut union = vec![StatusSet::EMPTY; findings.len()];
        for case in cases {
            let stat = facts.region.as_mut().and_then(|region| region.stats.as_mut()).and_then(|stats| stats.get_mut(*place));
            if let Some(stat) = stat {
                stat.eligible = Some(case.whole);
                *field(stat, *measure) = Some(case.part);
            }
            for (all, outcome) in union.iter_mut().zip(question.judge(&facts).findings) {
                *all = all.or(outcome.status);
            }
        }
        for (finding, union) in findings.iter_mut().zip(union) {
            *finding =
                finding.members().into_iter().filter(|status| union.contains(*status)).fold(StatusSet::EMPTY, |all, s| all.or(StatusSet::only(s)));
        }
        let stat = facts.region.as_mut().and_then(|region| region.stats.as_mut()).and_then(|stats| stats.get_mut(*place));
        if let Some((stat, before)) = stat.zip(stats.get(*place)) {
            *stat = before.clone();
        }
    }
    let (all, any) = (question.decision.all_of.len(), question.decision.any_of.len());
    let alternatives = findings.iter().skip(all).take(any).copied().reduce(StatusSet::any_of);
    let others = findings.iter().take(all).chain(findings.iter().skip(all + any)).copied();
    let whole = others.chain(alternatives).fold(StatusSet::only(Status::NotApplicable), StatusSet::all_of);
    (findings, whole)
}
