//! A ranking of specialty bases by their pass rates, and what a decision makes of each of them.
//!
//! In come a region's examination results; out goes a line for each specialty base that has any. Ranks are only told here: what a rank leads to is the
//! answer of the decision, which ranks by its own rule.

use std::collections::{BTreeMap, BTreeSet};

use medtrain_macros::crosses;

use super::target;
use crate::evaluate::{Given, PolicyReference, Question, Verdict};
use crate::facts::{Base, ExamResult, Facts, Region, Vocabulary};
use crate::order::order_by;
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::quantity::Day;

/// Specialty bases by their pass rates, the lowest of the year first.
#[crosses]
pub struct Ranking {
    /// The name of the region, where it is known.
    pub region: Option<String>,
    /// The year.
    pub year: u32,
    /// The decision that is asked of each, such as `sd-plan-cut`.
    pub decision: String,
    /// The day on which it is asked.
    pub as_of: Day,
    /// What was given with it.
    pub given: Given,
    /// The policy.
    pub policy: PolicyReference,
    /// A line for each specialty base.
    pub lines: Vec<RankingLine>,
}

/// A specialty base, its ranks, and the verdict on it.
#[crosses]
pub struct RankingLine {
    /// The number of the base.
    pub base_id: String,
    /// Its speciality.
    pub speciality: Option<String>,
    /// Its rank of the year before; absent where it has none.
    pub before: Option<Rank>,
    /// Its rank of the year; absent where it has none.
    pub now: Option<Rank>,
    /// What the decision says of it.
    pub verdict: Verdict,
}

/// A pass rate among others.
#[crosses]
#[derive(Copy)]
pub struct Rank {
    /// How many took the examination.
    pub taken: u32,
    /// How many passed.
    pub passed: u32,
    /// Its place from the lowest rate on, from one; those of one rate share it.
    pub from_last: u32,
    /// How many have this rate.
    pub tied: u32,
    /// How many are ranked.
    pub of: u32,
    /// How many results may be of further ones, or of this year, whose rates nobody knows: each may be the lower one.
    pub open: u32,
}

/// Ranks the specialty bases of a region, and asks a decision about bases of each.
///
/// # Errors
/// A decision that is asked of something else, or a region whose results nobody told.
pub fn ranking(question: &Question<'_>, region: &Region) -> Result<Ranking, TrainingError> {
    if question.subject() != Base::ENTITY.name {
        let message = format!("`{}` is asked of a {}, and not of a base", question.decision(), question.subject());
        return Err(Problem::new(ProblemCode::Contradiction, "decision", message).with_cure("name a decision about a base").into());
    }
    let Some(results) = &region.exam_results else {
        let problem = Problem::new(ProblemCode::Contradiction, "region.exam_results", "nobody told the examination results");
        return Err(problem.with_cure("add a sheet 结业考核成绩 with the base, the speciality, the year, and how many took and passed it").into());
    };
    let year = target::year(question);
    let mut bases: BTreeSet<Key> = BTreeSet::new();
    for result in results {
        if let Some(base) = &result.base_id {
            bases.insert((base.clone(), result.speciality.clone()));
        }
    }
    let ranks = [ranks(results, year.saturating_sub(1)), ranks(results, year)];
    // Every base has the whole region's results beside it: they are copied once.
    let mut facts = Facts::from(Base { region: Some(region.clone()), ..Base::default() });
    let line = |key: Key| {
        let rank = |of: &BTreeMap<Key, Rank>| of.get(&key).copied();
        if let Some(base) = &mut facts.base {
            (base.base_id, base.speciality) = (Some(key.0.clone()), key.1.clone());
        }
        let [before, now] = &ranks;
        RankingLine { before: rank(before), now: rank(now), verdict: question.evaluate(&facts), base_id: key.0.clone(), speciality: key.1.clone() }
    };
    let mut lines: Vec<RankingLine> = bases.into_iter().map(line).collect();
    let place = |rank: &Option<Rank>| rank.map_or(u32::MAX, |rank| rank.from_last);
    lines.sort_by_key(|line| (place(&line.now), place(&line.before)));
    Ok(Ranking {
        region: region.name.clone(),
        year,
        decision: question.decision().to_owned(),
        as_of: question.as_of(),
        given: question.given().clone(),
        policy: question.policy_reference(),
        lines,
    })
}

/// A specialty base: its number and its speciality.
type Key = (String, Option<String>);

/// What is known of the results of a specialty base.
#[derive(PartialEq)]
enum Told {
    /// Nobody took it.
    NobodyTook,
    /// So many took it, and so many passed.
    Rate(u32, u32),
    /// Nobody knows it, or two results say different things of it.
    Open,
}

fn told(result: &ExamResult) -> Told {
    match (result.taken, result.passed) {
        (Some(0), _) => Told::NobodyTook,
        (Some(taken), Some(passed)) => Told::Rate(taken, passed),
        _ => Told::Open,
    }
}

/// The ranks of a year; one where nobody took it has no rate.
fn ranks(results: &[ExamResult], year: u32) -> BTreeMap<Key, Rank> {
    let mut open = 0_usize;
    let mut of_each: BTreeMap<Key, Told> = BTreeMap::new();
    for result in results.iter().filter(|result| result.year.is_none_or(|told| told == year)) {
        let Some(base) = result.base_id.clone().filter(|_| result.year.is_some()) else {
            open += 1;
            continue;
        };
        let known = of_each.entry((base, result.speciality.clone())).or_insert_with(|| told(result));
        if *known != told(result) {
            *known = Told::Open;
        }
    }
    open += of_each.values().filter(|rate| matches!(rate, Told::Open)).count();
    let known = of_each.iter().filter_map(|(key, rate)| if let Told::Rate(taken, passed) = rate { Some((key, *taken, *passed)) } else { None });
    let mut rates: Vec<(&Key, u32, u32)> = known.collect();
    // Of two rates, the one with the greater product across is the higher: no quotient is rounded.
    let across = |passed: u32, taken: u32| u64::from(passed) * u64::from(taken);
    order_by(&mut rates, |(_, taken, passed), (_, others, of_them)| across(*passed, *others).cmp(&across(*of_them, *taken)));
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let (of, open) = (count(rates.len()), count(open));
    let mut ranks = BTreeMap::new();
    let mut lower = 0;
    for tied in rates.chunk_by(|(_, taken, passed), (_, others, of_them)| across(*passed, *others) == across(*of_them, *taken)) {
        for (key, taken, passed) in tied {
            let rank = Rank { taken: *taken, passed: *passed, from_last: count(lower + 1), tied: count(tied.len()), of, open };
            ranks.insert((*key).clone(), rank);
        }
        lower += tied.len();
    }
    ranks
}

impl Ranking {
    /// The ranking as canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, whole numbers and lists of them: nothing here can fail to serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}
