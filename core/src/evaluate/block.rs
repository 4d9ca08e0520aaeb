//! Many subjects at once: their records in one walk, whoever they belong to, and then each subject with its totals already there.
//!
//! A total or a count over the records of a subject does not ask whose they are. So the record-level provisions and the filters are read for 64 rows of
//! the table at a time, across the borders between subjects, and only what comes of them is told apart. What is left of a provision is a few
//! comparisons. INVARIANT: one meaning. Whatever needs more than that, an open total or a condition that looks at its records in another way, is judged
//! by the scalar reader.

use smallvec::SmallVec;

use crate::feel::{Aggregate, Evaluator, Expr, Item, Ledger, Record, RecordList, Records, Trail, TruthColumn, Truths, Val, Variable, aggregate_of};
use crate::policy::{Provision, RecordRules, Rule};

use super::Question;
use super::judge::Exclusions;
use super::table::TableRow;

/// How many subjects make a block.
pub(crate) const SUBJECTS: usize = 64;

/// How many records a subject may have to be read with others. What somebody with more costs, the scalar reader bounds.
const MOST_RECORDS: usize = 10_000;

/// How a decision is read for many subjects at once.
pub(crate) struct BlockPlan<'q> {
    /// The slot of the list whose records are read across subjects.
    pub(crate) slot: u16,
    rules: Option<&'q RecordRules>,
    aggregates: Vec<Aggregate<'q>>,
}

impl BlockPlan<'_> {
    /// How many totals and counts are taken over the records of all subjects together.
    pub(crate) fn aggregates(&self) -> usize {
        self.aggregates.len()
    }
}

/// What the walk over the records of a block found for each subject.
struct Walked<'a> {
    /// For each aggregate, its value for each subject.
    known: Vec<SmallVec<[Val<'a>; SUBJECTS]>>,
    /// The subjects of whom some aggregate is open.
    open: u64,
    excluded: TruthColumn,
    by: SmallVec<[TruthColumn; 4]>,
}

impl Question<'_> {
    /// How its decision is read for many subjects at once; why not, where it cannot.
    pub(crate) fn block_plan(&self) -> Result<BlockPlan<'_>, &'static str> {
        if !self.layers.is_empty() {
            return Err("other policies add to the decision");
        }
        if self.owner.is_some() {
            return Err("it is asked of records, each by itself");
        }
        let asked: Vec<usize> = self.decision.asked().collect();
        let provisions = self.policy.with_dependencies(&asked);
        let expressions: Vec<&Expr> = provisions.iter().flat_map(|provision| expressions(provision)).collect();
        let rules = self.decision.records.as_ref();
        let slot = match rules {
            Some(rules) => Some(rules.slot),
            None => expressions.iter().find_map(|expr| first_aggregate(expr)).map(|aggregate| aggregate.slot),
        };
        let Some(slot) = slot else { return Err("it takes no total and no count of records") };
        if let Some(rules) = rules
            && rules.provisions.iter().filter_map(|place| self.policy.provisions.get(*place)).flat_map(self::expressions).any(reads_owner)
        {
            return Err("whether a record counts depends on whose it is");
        }
        let mut aggregates = Vec::new();
        for expr in expressions {
            if !collect(expr, slot, &mut aggregates) {
                return Err("a condition looks at the records in a way that is no total and no count");
            }
        }
        Ok(BlockPlan { slot, rules, aggregates })
    }

    /// Judges the subjects of a block. Their records stand one after the other, and `starts` says where those of each begin, and at last where all end.
    pub(crate) fn judge_block<'a>(
        &'a self,
        plan: &'a BlockPlan<'a>,
        (records, starts): (&'a dyn Records, &[usize]),
        subjects: &[&'a dyn Record],
        mut row: impl FnMut(TableRow),
    ) {
        let mut evaluator = self.evaluator();
        let walked = self.walk(plan, records, starts, &mut evaluator);
        for (place, subject) in subjects.iter().enumerate() {
            let records = starts.get(place).zip(starts.get(place + 1)).map_or(0, |(start, end)| end - start);
            if walked.open >> place & 1 == 1 || records > MOST_RECORDS {
                row(self.table_row(&|name| (name == self.decision.subject).then_some(*subject)));
                continue;
            }
            evaluator.know(
                plan.aggregates.iter().zip(&walked.known).filter_map(|(aggregate, values)| Some((aggregate.whole, values.get(place)?.clone()))),
            );
            let mut judgement = self.judge_findings(evaluator, Some(Item { record: *subject, trail: Trail::default() }), None, Exclusions::default());
            let counts = walked.counts(plan, starts, place);
            row(self.table_row_of(&mut judgement, Vec::new(), counts));
            evaluator = judgement.evaluator;
            evaluator.begin_anew();
        }
    }

    fn walk<'a>(&'a self, plan: &'a BlockPlan<'a>, records: &'a dyn Records, starts: &[usize], evaluator: &mut Evaluator<'a>) -> Walked<'a> {
        let rules = plan.rules.map_or(0, |rules| rules.provisions.len() + rules.embedded.len());
        let mut walked = Walked { known: Vec::new(), open: 0, excluded: TruthColumn::default(), by: SmallVec::new() };
        walked.by.resize(rules, TruthColumn::default());
        let mut sums = vec![[(0_i64, 0_i64); SUBJECTS]; plan.aggregates.len()];
        let list = |variable| RecordList { records, owner: Trail::default(), slot: plan.slot, variable };
        evaluator.set_ledger(Ledger { slot: plan.rules.map(|rules| rules.slot), ..Ledger::default() });
        let mut subject = 0;
        for (batch, as_item) in list(Variable::Subject).batches(Truths::WIDTH).zip(list(Variable::Innermost).batches(Truths::WIDTH)) {
            evaluator.set_roots([None, None]);
            if let Some(rules) = plan.rules {
                let excluded = self.exclude(rules, &batch, &mut walked.by, evaluator);
                walked.excluded.push(excluded);
                evaluator.count_in(excluded.negated());
            }
            let (first, end) = (batch.first(), batch.first() + batch.len());
            while starts.get(subject + 1).is_some_and(|end_of_subject| *end_of_subject <= first) {
                subject += 1;
            }
            for (aggregate, sums) in plan.aggregates.iter().zip(&mut sums) {
                let (summed, unsure) = evaluator.aggregate(aggregate, &as_item);
                for (place, sum) in sums.iter_mut().enumerate().skip(subject) {
                    let (Some(start), Some(stop)) = (starts.get(place), starts.get(place + 1)) else { break };
                    if *start >= end {
                        break;
                    }
                    let rows = rows(start.saturating_sub(first), stop.saturating_sub(first).min(batch.len()));
                    if unsure & rows != 0 || !evaluator.add_up(aggregate, &as_item, summed & rows, sum) {
                        walked.open |= 1 << place;
                    }
                }
            }
            evaluator.begin_anew();
        }
        walked.known = plan.aggregates.iter().zip(sums).map(|(aggregate, sums)| sums.into_iter().map(|sum| aggregate.value(sum)).collect()).collect();
        walked
    }
}

impl Walked<'_> {
    /// How many of a subject's records count, are excluded, are undecided, and are excluded by each provision.
    fn counts(&self, plan: &BlockPlan<'_>, starts: &[usize], subject: usize) -> Vec<Option<usize>> {
        if plan.rules.is_none() {
            return Vec::new();
        }
        let (start, end) = starts.get(subject).zip(starts.get(subject + 1)).map_or((0, 0), |(start, end)| (*start, *end));
        let count = |column: &TruthColumn, bits: fn(Truths) -> u64| {
            let batches = (start / Truths::WIDTH..end.div_ceil(Truths::WIDTH)).filter(|_| start < end);
            let each = batches.filter_map(|batch| {
                let first = batch * Truths::WIDTH;
                let rows = rows(start.saturating_sub(first), (end - first).min(Truths::WIDTH));
                column.batch(first).map(|truths| (bits(truths) & rows).count_ones() as usize)
            });
            Some(each.sum::<usize>())
        };
        let counted = count(&self.excluded, |excluded| excluded.negated().holds());
        let excluded = count(&self.excluded, Truths::holds);
        let undecided = count(&self.excluded, |excluded| excluded.decided() & !excluded.holds() & !excluded.negated().holds());
        [counted, excluded, undecided].into_iter().chain(self.by.iter().map(|by| count(by, Truths::holds))).collect()
    }
}

/// The bits of the rows from one to before another, of a batch.
fn rows(from: usize, to: usize) -> u64 {
    let below = |end: usize| if end >= Truths::WIDTH { u64::MAX } else { (1 << end) - 1 };
    below(to) & !below(from)
}

/// Every expression that judging a provision for a table reads.
fn expressions(provision: &Provision) -> impl Iterator<Item = &Expr> {
    let rule: Vec<&Expr> = match &provision.rule {
        Rule::Require(require) => vec![&require.expr],
        Rule::Parts(parts) => parts
            .iter()
            .flat_map(|part| {
                let relaxation = part.relaxation.as_ref().map(|relaxation| &relaxation.when);
                std::iter::once(&part.require).chain(&part.when).chain(relaxation).map(|condition| &condition.expr)
            })
            .collect(),
        Rule::Nothing | Rule::AnyOf(_) | Rule::AllOf(_) => Vec::new(),
    };
    let relaxation = provision.relaxation.as_ref().map(|relaxation| &relaxation.when);
    let others = provision.when.iter().chain(relaxation).chain(&provision.deadline).chain(&provision.amount).map(|part| &part.expr);
    rule.into_iter().chain(others)
}

/// Whether an expression reads who owns the record that it is about.
fn reads_owner(expr: &Expr) -> bool {
    matches!(expr, Expr::Root(place) if *place > 0) || expr.children().into_iter().any(|(child, _)| reads_owner(child))
}

fn first_aggregate(expr: &Expr) -> Option<Aggregate<'_>> {
    aggregate_of(expr).or_else(|| expr.children().into_iter().find_map(|(child, _)| first_aggregate(child)))
}

/// Collects the aggregates over a list; `false` where the list is read in another way.
fn collect<'e>(expr: &'e Expr, slot: u16, aggregates: &mut Vec<Aggregate<'e>>) -> bool {
    if let Some(aggregate) = aggregate_of(expr).filter(|aggregate| aggregate.slot == slot) {
        aggregates.push(aggregate);
        return true;
    }
    if matches!(expr, Expr::Slot { of, slot: read, .. } if *read == slot && matches!(**of, Expr::Root(0))) {
        return false;
    }
    expr.children().into_iter().all(|(child, _)| collect(child, slot, aggregates))
}
