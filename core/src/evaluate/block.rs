//! Many subjects at once: their records in one walk, whoever they belong to, and then each subject with its totals already there.
//!
//! A total or a count over the records of a subject does not ask whose they are. So the record-level provisions and the filters are read for all rows of
//! a block, across the borders between subjects, and only what comes of them is told apart. What is left of a provision is a few comparisons, made for
//! all subjects side by side; a subject of whom a total is open is judged by itself, by what its totals are at least and at most. INVARIANT: one meaning.
//! Whatever looks at its records in another way is judged by the scalar reader.

use crate::feel::{
    Aggregates, Batch, Evaluator, Expr, Item, Ledger, Record, RowTruths, Rows, Segment, Taken, Trail, TruthColumn, Truths, Val, Variable, Wide,
    aggregate_of, places, some, word_of,
};
use crate::policy::{EmbeddedRule, Provision, RecordRules};

use super::Question;
use super::exclusion::{Exclusions, excludes, may_apply};
use super::side_by_side::{SideBySide, SidePlan};
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
    aggregates: Aggregates<'q>,
    /// The tests of all aggregates, each once.
    tests: Vec<&'q Expr>,
    /// For each aggregate, its tests among them.
    tested: Vec<Vec<usize>>,
    /// What is asked of the totals, where that is all that is asked.
    beside: Option<SidePlan>,
}

/// What came of the subjects of a block.
pub(crate) enum BlockResult {
    /// One that was judged by itself, by its place in the block.
    One(usize, TableRow),
    /// All others.
    Others { results: SideBySide, of: u64 },
}

impl BlockPlan<'_> {
    /// How many totals and counts are taken over the records of all subjects together.
    pub(crate) fn aggregates(&self) -> usize {
        self.aggregates.len()
    }
}

/// What the walk over the records of a block found for each subject.
pub(crate) struct Walked {
    /// Where the records of each subject begin, and where they end.
    spans: Vec<(usize, usize)>,
    /// For each aggregate, what it comes to for each subject, in ten-thousandths.
    known: Vec<[i64; SUBJECTS]>,
    /// Where it is open what an aggregate comes to for a subject: the aggregate, the subject, and its bounds; in this order.
    between: Vec<(usize, usize, Taken)>,
    /// The subjects of whom some aggregate is open.
    open: u64,
    /// The subjects who must be judged by themselves.
    alone: u64,
    /// The records that count, that do not, of which that is open, and that each provision excludes; a bit for each.
    records: Vec<Vec<u64>>,
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
        let expressions: Vec<&Expr> = provisions.iter().flat_map(|provision| judged(provision)).collect();
        let rules = self.decision.records.as_ref();
        let slot = match rules {
            Some(rules) => Some(rules.slot),
            None => expressions.iter().find_map(|expr| first_list(expr)),
        };
        let Some(slot) = slot else { return Err("it takes no total and no count of records") };
        if let Some(rules) = rules
            && rules.provisions.iter().filter_map(|place| self.policy.provisions.get(*place)).flat_map(judged).any(reads_owner)
        {
            return Err("whether a record counts depends on whose it is");
        }
        let mut aggregates = Aggregates::default();
        for expr in expressions {
            if !aggregates.collect(expr, slot) {
                return Err("a condition looks at the records in a way that is no total and no count");
            }
        }
        let mut tests: Vec<&Expr> = Vec::new();
        let mut place_of = |test| {
            tests.iter().position(|known| *known == test).unwrap_or_else(|| {
                tests.push(test);
                tests.len() - 1
            })
        };
        let tested = aggregates.iter().map(|aggregate| aggregate.tests.iter().copied().map(&mut place_of).collect()).collect();
        let beside = self.side_plan(&aggregates, &mut self.evaluator());
        Ok(BlockPlan { slot, rules, aggregates, tests, tested, beside })
    }

    /// Judges the subjects of a block. Their records stand one after the other, and `starts` says where those of each begin, and at last where all end.
    pub(crate) fn judge_block<'a>(
        &'a self,
        plan: &'a BlockPlan<'a>,
        (rows, starts): (&'a dyn Rows, &[usize]),
        subject: &dyn Fn(usize) -> Option<&'a dyn Record>,
        mut result: impl FnMut(BlockResult, &Walked),
    ) {
        let mut evaluator = self.evaluator();
        let walked = self.walk(plan, rows, starts, &mut evaluator);
        for place in places(walked.alone) {
            let Some(subject) = subject(place) else { continue };
            result(BlockResult::One(place, self.table_row(&|name| (name == self.decision.subject).then_some(subject))), &walked);
        }
        let mut of = places_where(&walked.spans, |_| true) & !walked.alone;
        if let Some(plan) = &plan.beside {
            let certain = of & !walked.open;
            result(BlockResult::Others { results: plan.judge(&walked.known), of: certain }, &walked);
            of &= !certain;
        }
        for place in places(of) {
            let totals: Vec<Taken> = (0..plan.aggregates.len()).map(|number| walked.taken(number, place)).collect();
            if let Some((set, findings)) = plan.beside.as_ref().and_then(|plan| plan.judge_open(&totals)) {
                let records = walked.counts_of(place).map(Some).collect();
                result(BlockResult::One(place, TableRow { set, records, findings }), &walked);
                continue;
            }
            let Some(subject) = subject(place) else { continue };
            let value = |number: usize| totals.get(number).map_or(Val::NULL, |taken| taken.val());
            evaluator.know(plan.aggregates.occurrences().map(|(whole, number)| (whole, value(number))));
            let mut judgement = self.judge_findings(evaluator, Some(Item { record: subject, trail: Trail::default() }), None, Exclusions::default());
            let counts = walked.counts_of(place).map(Some).collect();
            result(BlockResult::One(place, self.table_row_of(&mut judgement, Vec::new(), counts)), &walked);
            evaluator = judgement.evaluator;
            evaluator.begin_anew();
        }
    }

    fn walk<'a>(&'a self, plan: &'a BlockPlan<'a>, rows: &'a dyn Rows, starts: &[usize], evaluator: &mut Evaluator<'a>) -> Walked {
        let mut wide = Wide::new(rows, plan.slot);
        evaluator.set_roots([None, None]);
        evaluator.set_ledger(Ledger { slot: plan.rules.map(|rules| rules.slot), ..Ledger::default() });
        let records = plan.rules.map_or_else(Vec::new, |rules| self.judge_rows(rules, &mut wide, evaluator));
        wide.stand_as(Variable::Innermost);
        let tests: Vec<RowTruths> = plan.tests.iter().map(|test| evaluator.test_rows(test, &mut wide)).collect();
        let spans: Vec<(usize, usize)> = starts.iter().copied().zip(starts.iter().skip(1).copied()).collect();
        let too_many = places_where(&spans, |(start, end)| end - start > MOST_RECORDS);
        let mut walked =
            Walked { spans: Vec::new(), known: Vec::with_capacity(plan.aggregates.len()), between: Vec::new(), open: 0, alone: too_many, records };
        for (number, (aggregate, tested)) in plan.aggregates.iter().zip(&plan.tested).enumerate() {
            let tests = tested.iter().filter_map(|test| tests.get(*test));
            let share = evaluator.share(aggregate, tests, &mut wide);
            let mut known = [0; SUBJECTS];
            for (place, (known, span)) in known.iter_mut().zip(&spans).enumerate() {
                match aggregate.take(&mut wide, &share, *span) {
                    Some(taken) => match taken.certain() {
                        Some(steps) => *known = steps,
                        None => {
                            walked.open |= 1 << place;
                            walked.between.push((number, place, taken));
                        }
                    },
                    None => walked.alone |= 1 << place,
                }
            }
            walked.known.push(known);
        }
        walked.spans = spans;
        evaluator.begin_anew();
        walked
    }

    /// Judges every row, leaves with the evaluator which of them count, and tells for each kind of answer which rows have it; no word where none has.
    fn judge_rows<'a>(&'a self, rules: &'a RecordRules, wide: &mut Wide<'a>, evaluator: &mut Evaluator<'a>) -> Vec<Vec<u64>> {
        let mut excluded = RowTruths::failing(wide.all());
        let mut by = Vec::with_capacity(rules.provisions.len() + rules.embedded.len());
        let mut note = |truths: RowTruths| {
            by.push(some(truths.holds()));
            excluded.or(&truths);
        };
        for place in &rules.provisions {
            note(self.excluded_rows(*place, wide, evaluator));
        }
        for rule in &rules.embedded {
            note(self.rows_excluded_by_embedded(rule, wide, evaluator));
        }
        let certainly = excluded.holds();
        let mut admissible = excluded;
        admissible.negate();
        let mut ledger = Ledger { slot: Some(rules.slot), admissible: TruthColumn::default() };
        for truths in admissible.words() {
            ledger.admissible.push(truths);
        }
        evaluator.set_ledger(ledger);
        let counted = admissible.holds();
        let open =
            admissible.words().zip(counted.iter().zip(&certainly)).map(|(truths, (counted, out))| truths.decided() & !counted & !out).collect();
        wide.admit(admissible);
        [some(counted), some(certainly), some(open)].into_iter().chain(by).collect()
    }

    /// Whether a provision excludes each row.
    fn excluded_rows<'a>(&'a self, place: usize, wide: &mut Wide<'a>, evaluator: &mut Evaluator<'a>) -> RowTruths {
        let all = wide.all().to_vec();
        if self.in_force.get(place) != Some(&true) {
            return RowTruths::failing(&all);
        }
        let Some(rule) = self.plain_rule(place) else {
            return wide.words().map(|batch| self.excludes(place, &batch, evaluator)).collect();
        };
        let applies = match rule.when {
            Some(when) => evaluator.truths_of_rows(&when.expr, wide, &all),
            None => RowTruths::holding(&all),
        };
        let concerned: Vec<u64> = applies.words().map(may_apply).collect();
        let required = evaluator.truths_of_rows(&rule.require.expr, wide, &concerned);
        let relaxed = rule.relaxation.map_or_else(RowTruths::default, |relaxation| {
            let failing: Vec<u64> = required.words().map(Truths::may_fail).collect();
            evaluator.truths_of_rows(&relaxation.expr, wide, &failing)
        });
        let conditions = applies.words().zip(required.words()).zip(&all).enumerate();
        conditions.map(|(word, ((applies, required), all))| excludes(applies, required, relaxed.word(word), *all)).collect()
    }

    /// Whether a provision about what a row holds excludes each row.
    fn rows_excluded_by_embedded<'a>(&'a self, rule: &'a EmbeddedRule, wide: &mut Wide<'a>, evaluator: &mut Evaluator<'a>) -> RowTruths {
        let nothing = wide.lane(rule.slot).none.clone();
        let of_word = |(word, batch): (usize, Batch<'a>)| {
            let nothing = word_of(&nothing, word);
            self.embedded_excludes(rule, &batch, nothing, evaluator)
        };
        wide.words().enumerate().map(of_word).collect()
    }
}

/// The places, as bits, of which something is so.
fn places_where<T: Copy>(items: &[T], is: impl Fn(T) -> bool) -> u64 {
    items.iter().enumerate().filter(|(_, item)| is(**item)).fold(0, |bits, (place, _)| bits | 1 << place)
}

impl Walked {
    /// What an aggregate comes to for a subject.
    fn taken(&self, aggregate: usize, subject: usize) -> Taken {
        let open = self.between.binary_search_by_key(&(aggregate, subject), |(number, place, _)| (*number, *place));
        if let Some((.., taken)) = open.ok().and_then(|at| self.between.get(at)) {
            return *taken;
        }
        Taken::of(self.known.get(aggregate).and_then(|known| known.get(subject)).copied().unwrap_or_default())
    }

    /// How many of a subject's records count, are excluded, are undecided, and are excluded by each provision.
    fn counts_of(&self, subject: usize) -> impl Iterator<Item = usize> {
        let (start, end) = self.spans.get(subject).copied().unwrap_or_default();
        self.records.iter().map(move |words| Segment { start, end, words }.count())
    }

    /// The same numbers, each for all subjects.
    pub(crate) fn counts(&self) -> impl Iterator<Item = [i32; SUBJECTS]> {
        self.records.iter().map(|words| {
            let mut counts = [0; SUBJECTS];
            if !words.is_empty() {
                for (count, (start, end)) in counts.iter_mut().zip(self.spans.iter().copied()) {
                    // Nobody who is read with others has so many records.
                    *count = i32::try_from(Segment { start, end, words }.count()).unwrap_or(i32::MAX);
                }
            }
            counts
        })
    }
}

fn judged(provision: &Provision) -> impl Iterator<Item = &Expr> {
    provision.judged_expressions().into_iter().map(|part| &part.expr)
}

/// Whether an expression reads who owns the record that it is about.
fn reads_owner(expr: &Expr) -> bool {
    matches!(expr, Expr::Root(place) if *place > 0) || expr.children().into_iter().any(|(child, _)| reads_owner(child))
}

/// The list of the first total or count in an expression, by its slot.
fn first_list(expr: &Expr) -> Option<u16> {
    aggregate_of(expr).map(|aggregate| aggregate.slot).or_else(|| expr.children().into_iter().find_map(|(child, _)| first_list(child)))
}
