//! What the figures of a verdict are made of: what counts for good, what counts for now, and what would count besides.
//!
//! In come a verdict and its facts; out go the same figures under other ledgers: without the records that count for now, with those that wait for
//! approval, with every record. INVARIANT: what a portion says is what the evaluator says of that ledger; nothing is added up here.

use medtrain_macros::crosses;
use smol_str::SmolStr;

use super::judge::Judgement;
use super::provision::Judged;
use super::{FigureOutcome, Question, RecordPath, RecordState, Verdict, shown};
use crate::facts::Facts;
use crate::feel::{Ledger, Truth, Truths};

/// The ledger code of records that do not count until they are approved.
const PENDING: &str = "pending";

/// What the figures of a verdict are made of.
#[crosses]
#[derive(Default)]
pub struct Portions {
    /// One for each finding, in the order of the verdict.
    pub findings: Vec<Portion>,
    /// The records that do not count until they are approved, by path.
    pub pending: Vec<RecordPath>,
}

/// What the figures of one finding are made of.
#[crosses]
pub struct Portion {
    /// The provision.
    pub provision: SmolStr,
    /// One for each of its comparisons.
    pub figures: Vec<FigurePortion>,
}

/// What is there, under other ledgers than the verdict's; absent where it is the same, where it is open, or where other records ask for more.
#[crosses]
#[derive(Default)]
pub struct FigurePortion {
    /// What is there of records that count for good.
    pub settled: Option<SmolStr>,
    /// What is there once every pending record is approved.
    pub hoped: Option<SmolStr>,
    /// What would be there if every record counted.
    pub all: Option<SmolStr>,
}

impl Question<'_> {
    /// What the figures of this question's verdict about these facts are made of.
    #[must_use]
    pub fn portions(&self, facts: &Facts, verdict: &Verdict) -> Portions {
        let judgement = self.judgement(&|name| facts.subject(name));
        let for_now: Vec<bool> = verdict.records.iter().map(|line| verdict.provisional.iter().any(|one| one.path == line.path)).collect();
        let is_pending = |line: &super::RecordLine| {
            line.state == RecordState::Excluded && !line.excluded_by.is_empty() && line.excluded_by.iter().all(|by| by.code == PENDING)
        };
        let waits: Vec<bool> = verdict.records.iter().map(is_pending).collect();
        let counts_now = |place: usize| for_now.get(place) == Some(&true);
        let pending = |place: usize| waits.get(place) == Some(&true);
        let excluded = verdict.records.iter().any(|line| line.state == RecordState::Excluded);
        let now = self.figures_under(&judgement, &|_, counts| counts);
        let under = |asked: bool, change: &dyn Fn(usize, Truth) -> Truth| asked.then(|| self.figures_under(&judgement, change));
        let settled = under(!verdict.provisional.is_empty(), &|place, counts| if counts_now(place) { Truth::FALSE } else { counts });
        let hoped = under(waits.contains(&true), &|place, counts| if pending(place) { Truth::TRUE } else { counts });
        let all = under(excluded, &|_, counts| if counts.is(Truth::FALSE) { Truth::TRUE } else { counts });
        let findings = verdict.findings.iter().zip(&now).enumerate().map(|(place, (finding, figures))| {
            let of = |other: &Option<Vec<Vec<FigureOutcome>>>, figure: usize| {
                let (now, other) = (figures.get(figure)?, other.as_ref()?.get(place)?.get(figure)?);
                (now.required == other.required && now.actual != other.actual).then(|| shown(other.actual.clone())).flatten()
            };
            let portion = |figure| FigurePortion { settled: of(&settled, figure), hoped: of(&hoped, figure), all: of(&all, figure) };
            Portion { provision: finding.provision.clone(), figures: (0..figures.len()).map(portion).collect() }
        });
        let paths = verdict.records.iter().zip(&waits).filter(|(_, waits)| **waits).map(|(line, _)| line.path.clone());
        Portions { findings: findings.collect(), pending: paths.collect() }
    }

    /// The figures of every finding, if each record counted as `change` says of it.
    fn figures_under(&self, judgement: &Judgement<'_>, change: &dyn Fn(usize, Truth) -> Truth) -> Vec<Vec<FigureOutcome>> {
        let was = judgement.evaluator.ledger();
        let mut ledger = Ledger { slot: was.slot, ..Ledger::default() };
        for first in (0..judgement.records.count).step_by(Truths::WIDTH) {
            let mut truths = Truths::default();
            for place in first..judgement.records.count.min(first + Truths::WIDTH) {
                truths.set(place - first, change(place, was.admissible.get(place).unwrap_or(Truth::TRUE)));
            }
            ledger.admissible.push(truths);
        }
        let mut all = Vec::new();
        for question in std::iter::once(self).chain(&self.layers) {
            let mut evaluator = question.evaluator();
            evaluator.set_ledger(ledger.clone());
            evaluator.set_roots([judgement.subject, judgement.owner]);
            all.extend(question.decision.asked().map(|place| outcomes(&question.judge_provision(place, &mut evaluator))));
        }
        all
    }
}

fn outcomes(judged: &Judged<'_>) -> Vec<FigureOutcome> {
    judged.figures.iter().map(|figure| FigureOutcome { actual: figure.actual_value(), required: figure.required_value() }).collect()
}
