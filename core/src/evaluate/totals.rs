//! The totals and counts that a decision asks for over the records of its subject: each is taken once, however often it is asked for.

use smallvec::SmallVec;

use crate::feel::{Aggregates, Datum, Evaluator, Expr, Item, RecordList, Truths, Val, Variable, aggregate_of, of_steps};
use crate::policy::Provision;

use super::Question;
use super::judge::Outcome;
use super::of_totals::OfTotals;

/// How many records a subject may have whose totals are taken so. What somebody with more costs, the evaluator bounds.
pub(super) const MOST_RECORDS: usize = 10_000;

/// The totals and counts that a decision asks for.
#[derive(Debug)]
pub(crate) struct TotalsPlan {
    /// The slot of the list over whose records they go.
    pub(super) slot: u16,
    pub(super) aggregates: Aggregates,
    /// The tests of all aggregates, each once.
    pub(super) tests: Vec<Expr>,
    /// For each aggregate, its tests among them.
    pub(super) tested: Vec<Vec<usize>>,
    /// What is asked of them, where that is all that is asked.
    pub(super) asked: Option<OfTotals>,
}

impl Question<'_> {
    /// The totals and counts that its decision asks for, and these consequences of it, where they look at the records in no other way; why not, where
    /// they do.
    pub(super) fn totals_plan(&self, consequences: &[usize]) -> Result<TotalsPlan, &'static str> {
        if self.owner.is_some() {
            return Err("it is asked of records, each by itself");
        }
        let asked: Vec<usize> = self.decision.asked().chain(consequences.iter().copied()).collect();
        let provisions = self.policy.with_dependencies(&asked);
        let opening = provisions.iter().filter_map(|provision| provision.consequence.as_ref()?.open.as_ref()).map(|open| &open.expr);
        let expressions: Vec<&Expr> = provisions.iter().flat_map(|provision| judged(provision)).chain(opening).collect();
        let slot = match &self.decision.records {
            Some(rules) => Some(rules.slot),
            None => expressions.iter().find_map(|expr| first_list(expr)),
        };
        let Some(slot) = slot else { return Err("it takes no total and no count of records") };
        let mut aggregates = Aggregates::default();
        for expr in expressions {
            if !aggregates.collect(expr, slot) {
                return Err("a condition looks at the records in a way that is no total and no count");
            }
        }
        let mut tests: Vec<Expr> = Vec::new();
        let mut place_of = |test: &Expr| {
            tests.iter().position(|known| known == test).unwrap_or_else(|| {
                tests.push(test.clone());
                tests.len() - 1
            })
        };
        let tested = aggregates.iter().map(|aggregate| aggregate.tests.iter().map(&mut place_of).collect()).collect();
        let asked = self.asked_of_totals(&aggregates, &mut self.evaluator());
        Ok(TotalsPlan { slot, aggregates, tests, tested, asked })
    }
}

impl TotalsPlan {
    /// What comes of one subject, once the evaluator knows which of its records count; `None` where that is to be asked in another way.
    pub(super) fn outcome<'a>(&'a self, subject: Option<Item<'a>>, evaluator: &mut Evaluator<'a>) -> Option<Outcome> {
        self.asked.as_ref()?.outcome(&self.certain(subject?, evaluator)?)
    }

    /// Leaves with the evaluator what each comes to, where all of that is certain.
    pub(super) fn take<'a>(&'a self, subject: Item<'a>, evaluator: &mut Evaluator<'a>) {
        let Some(totals) = self.certain(subject, evaluator) else { return };
        let value = |place: usize| totals.get(place).map_or(Val::NULL, |steps| Val::Number(of_steps(*steps)));
        evaluator.know(self.aggregates.occurrences().map(|(site, place)| (site, value(place))));
    }

    /// What each comes to, in ten-thousandths, where all of that is certain.
    fn certain<'a>(&'a self, subject: Item<'a>, evaluator: &mut Evaluator<'a>) -> Option<SmallVec<[i64; 8]>> {
        let Datum::Records(records) = subject.record.read(usize::from(self.slot)) else { return None };
        if records.len() > MOST_RECORDS {
            return None;
        }
        let list = RecordList { records, owner: subject.trail, slot: self.slot, variable: Variable::Innermost };
        let mut totals: SmallVec<[i64; 8]> = self.tested.iter().map(|_| 0).collect();
        for batch in list.batches(Truths::WIDTH) {
            let truths: SmallVec<[Truths; 8]> = self.tests.iter().map(|test| evaluator.test_records(test, &batch)).collect();
            for (total, (aggregate, tested)) in totals.iter_mut().zip(self.aggregates.iter().zip(&self.tested)) {
                let tests = tested.iter().filter_map(|test| truths.get(*test)).copied();
                *total = total.checked_add(evaluator.certain_share(aggregate, tests, &batch)?)?;
            }
        }
        Some(totals)
    }
}

/// The expressions that a provision is judged by.
pub(super) fn judged(provision: &Provision) -> impl Iterator<Item = &Expr> {
    provision.judged_expressions().into_iter().map(|part| &part.expr)
}

/// The list of the first total or count in an expression, by its slot.
fn first_list(expr: &Expr) -> Option<u16> {
    aggregate_of(expr).map(|aggregate| aggregate.slot).or_else(|| expr.children().into_iter().find_map(|(child, _)| first_list(child)))
}
