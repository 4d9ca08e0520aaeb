//! Many subjects at once: their records in one walk, whoever they belong to, and then each subject with its totals already there.
//!
//! A total or a count over the records of a subject does not ask whose they are. So the record-level provisions and the filters are read for all rows of
//! a block, across the borders between subjects, and only what comes of them is told apart. What is left of a provision is a few comparisons, made for
//! all subjects side by side; a subject of whom a total is open is judged by itself, by what its totals are at least and at most. INVARIANT: one meaning.
//! Whatever looks at its records in another way is judged by the scalar reader.

use crate::feel::{
    Aggregate, Batch, Evaluator, Expr, Gathered, Item, Ledger, Record, RowTruths, Rows, Share, Sums, Taken, Trail, TruthColumn, Truths, Val,
    Variable, Wide, below, counts, places, some, word_of,
};
use crate::policy::{EmbeddedRule, RecordRules};

use super::Question;
use super::exclusion::{Exclusions, excludes, may_apply};
use super::of_totals::OfTotals;
use super::side_by_side::SideBySide;
use super::table::TableRow;
use super::totals::{MOST_RECORDS, TotalsPlan, judged};

/// How many subjects make a block.
pub(crate) const SUBJECTS: usize = 64;

/// Records that count, that do not, and of which that is open: so many kinds there are beside those that a provision excludes.
const KINDS: usize = 3;

/// How a decision is read for many subjects at once.
pub(crate) struct BlockPlan<'q> {
    /// The totals over the list whose records are read across subjects.
    totals: TotalsPlan,
    rules: Option<&'q RecordRules>,
    /// Whether something may follow for somebody.
    has_consequences: bool,
}

/// What came of the subjects of a block.
pub(crate) enum BlockResult {
    /// One that was judged by itself, by its place in the block.
    One(usize, TableRow),
    /// All others.
    Others { results: SideBySide, of: u64 },
}

impl BlockPlan<'_> {
    /// The slot of the list whose records are read across subjects.
    pub(crate) fn slot(&self) -> u16 {
        self.totals.slot
    }

    /// How many totals and counts are taken over the records of all subjects together.
    pub(crate) fn aggregates(&self) -> usize {
        self.totals.aggregates.len()
    }

    /// How many kinds of records are counted.
    fn kinds(&self) -> usize {
        self.rules.map_or(0, |rules| KINDS + rules.provisions.len() + rules.embedded.len())
    }

    /// Whether each subject is judged by its totals, and by nothing else.
    pub(crate) fn asks_of_totals_alone(&self) -> bool {
        self.of_totals().is_some()
    }

    fn of_totals(&self) -> Option<&OfTotals> {
        self.totals.asked.as_ref().filter(|_| !self.has_consequences)
    }

    /// Nothing yet of so many subjects, perhaps only of records of which all is known.
    pub(crate) fn nothing_gathered(&self, subjects: usize, may_doubt: bool) -> Gathered {
        Gathered::new(subjects, (self.totals.aggregates.len(), self.kinds()), may_doubt)
    }

    /// Whether each subject, of whom there are so many rows, can be judged by what was gathered.
    pub(crate) fn holds_all(&self, gathered: &Gathered, sizes: &[u32]) -> bool {
        let held = |subject: usize, rows| (0..self.totals.aggregates.len()).all(|place| gathered.taken(subject, place, rows).is_some());
        let few = |rows| rows as usize <= MOST_RECORDS;
        sizes.iter().enumerate().all(|(subject, rows)| few(*rows) && !gathered.is_alone(subject) && held(subject, *rows))
    }
}

/// What is known of the subjects of a block from their records.
pub(crate) struct Walked {
    /// For each aggregate, what it comes to for each subject, in ten-thousandths.
    known: Vec<[i64; SUBJECTS]>,
    /// Where it is open what an aggregate comes to for a subject: the aggregate, the subject, and its bounds; in this order.
    between: Vec<(usize, usize, Taken)>,
    /// The subjects there are.
    all: u64,
    /// The subjects of whom some aggregate is open.
    open: u64,
    /// The subjects who must be judged by themselves.
    alone: u64,
    /// How many of each subject's records count, how many do not, of how many that is open, and how many each provision excludes.
    counts: Vec<[i32; SUBJECTS]>,
}

/// What is known of each row of a table: which kinds of records it is one of, and which aggregates it goes into; in bits.
struct Looked<'a> {
    wide: Wide<'a>,
    kinds: Vec<Vec<u64>>,
    shares: Vec<(&'a Aggregate, Share)>,
}

impl Looked<'_> {
    /// What the rows of the subjects of a block come to: those of each from one row to before another.
    fn walked(&mut self, plan: &BlockPlan<'_>, spans: &[(usize, usize)]) -> Walked {
        let too_many = places_where(spans, |(start, end)| end - start > MOST_RECORDS);
        let mut walked = Walked::new(spans.len(), too_many, plan);
        for (aggregate, share) in &self.shares {
            walked.note(aggregate.take(&mut self.wide, share, spans));
        }
        walked.counts.extend(self.kinds.iter().map(|words| counts(words, spans)));
        walked
    }
}

impl Question<'_> {
    /// How its decision is read for many subjects at once; why not, where it cannot.
    pub(crate) fn block_plan(&self) -> Result<BlockPlan<'_>, &'static str> {
        if !self.layers.is_empty() {
            return Err("other policies add to the decision");
        }
        let consequences = self.consequences();
        let totals = self.totals_plan(&consequences)?;
        let rules = self.decision.records.as_ref();
        if let Some(rules) = rules
            && rules.provisions.iter().filter_map(|place| self.policy.provisions.get(*place)).flat_map(judged).any(reads_owner)
        {
            return Err("whether a record counts depends on whose it is");
        }
        Ok(BlockPlan { totals, rules, has_consequences: !consequences.is_empty() })
    }

    /// What the records of subjects come to, block by block. They stand one after the other, and `starts` says where those of each begin, and at last
    /// where all end.
    pub(crate) fn walk<'a>(&'a self, plan: &'a BlockPlan<'a>, rows: &'a dyn Rows, starts: &[usize]) -> Vec<Walked> {
        let mut looked = self.look(plan, rows);
        let spans: Vec<(usize, usize)> = starts.iter().copied().zip(starts.iter().skip(1).copied()).collect();
        spans.chunks(SUBJECTS).map(|spans| looked.walked(plan, spans)).collect()
    }

    /// Adds what some rows come to, of which each belongs to this subject; `false` where that is too much for sums of this kind.
    pub(crate) fn gather<'a>(&'a self, plan: &'a BlockPlan<'a>, rows: &'a dyn Rows, owners: &[u32], gathered: &mut Gathered) -> bool {
        let mut looked = self.look(plan, rows);
        gathered.add(&looked.shares, &looked.kinds, &mut looked.wide, owners)
    }

    /// Judges the subjects of a block, of whom this is known from their records.
    pub(crate) fn judge_block<'a>(
        &'a self,
        plan: &'a BlockPlan<'a>,
        walked: &Walked,
        subject: &dyn Fn(usize) -> Option<&'a dyn Record>,
        mut result: impl FnMut(BlockResult),
    ) {
        for place in places(walked.alone) {
            let Some(subject) = subject(place) else { continue };
            result(BlockResult::One(place, self.table_row(&|name| (name == self.decision.subject).then_some(subject))));
        }
        let mut of = walked.all & !walked.alone;
        if let Some(plan) = plan.of_totals() {
            let certain = of & !walked.open;
            result(BlockResult::Others { results: plan.judge(&walked.known), of: certain });
            of &= !certain;
        }
        let mut evaluator = self.evaluator();
        evaluator.set_ledger(Ledger { slot: plan.rules.map(|rules| rules.slot), ..Ledger::default() });
        for place in places(of) {
            let totals: Vec<Taken> = (0..plan.totals.aggregates.len()).map(|number| walked.taken(number, place)).collect();
            let records = walked.counts.iter().map(|counts| counts.get(place).and_then(|count| usize::try_from(*count).ok())).collect();
            if let Some((set, findings)) = plan.of_totals().and_then(|plan| plan.judge_open(&totals)) {
                result(BlockResult::One(place, TableRow { set, records, findings, consequences: Vec::new() }));
                continue;
            }
            let Some(subject) = subject(place) else { continue };
            let value = |number: usize| totals.get(number).map_or(Val::NULL, |taken| taken.val());
            evaluator.know(plan.totals.aggregates.occurrences().map(|(whole, number)| (whole, value(number))));
            let mut judgement = self.judge_findings(evaluator, Some(Item { record: subject, trail: Trail::default() }), None, Exclusions::default());
            result(BlockResult::One(place, self.table_row_of(&mut judgement, Vec::new(), records)));
            evaluator = judgement.evaluator;
            evaluator.begin_anew();
        }
    }

    fn look<'a>(&'a self, plan: &'a BlockPlan<'a>, rows: &'a dyn Rows) -> Looked<'a> {
        let mut evaluator = self.evaluator();
        let mut wide = Wide::new(rows, plan.slot());
        evaluator.set_roots([None, None]);
        evaluator.set_ledger(Ledger { slot: plan.rules.map(|rules| rules.slot), ..Ledger::default() });
        let kinds = plan.rules.map_or_else(Vec::new, |rules| self.judge_rows(rules, &mut wide, &mut evaluator));
        wide.stand_as(Variable::Innermost);
        let tests: Vec<RowTruths> = plan.totals.tests.iter().map(|test| evaluator.test_rows(test, &mut wide)).collect();
        let share = |(aggregate, tested): (&'a Aggregate, &Vec<usize>)| {
            let tests = tested.iter().filter_map(|test| tests.get(*test));
            (aggregate, evaluator.share(aggregate, tests, &mut wide))
        };
        let shares = plan.totals.aggregates.iter().zip(&plan.totals.tested).map(share).collect();
        Looked { wide, kinds, shares }
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
        if !self.binds(place) {
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
        RowTruths::combined(&all, [&applies, &required, &relaxed], |[applies, required, relaxed], all| excludes(applies, required, relaxed, all))
    }

    /// Whether a provision about what a row holds excludes each row.
    fn rows_excluded_by_embedded<'a>(&'a self, rule: &'a EmbeddedRule, wide: &mut Wide<'a>, evaluator: &mut Evaluator<'a>) -> RowTruths {
        let lane = wide.lane(rule.slot);
        if lane.is_nothing() == Some(true) {
            return RowTruths::failing(wide.all());
        }
        let nothing = lane.none.clone();
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
    /// Nothing yet, of so many subjects, of whom these are judged by themselves.
    fn new(subjects: usize, alone: u64, plan: &BlockPlan<'_>) -> Self {
        let all = below(subjects);
        Self {
            known: Vec::with_capacity(plan.totals.aggregates.len()),
            between: Vec::new(),
            all,
            open: 0,
            alone,
            counts: Vec::with_capacity(plan.kinds()),
        }
    }

    /// What was gathered of the subjects from this one on.
    pub(crate) fn of_gathered(plan: &BlockPlan<'_>, gathered: &Gathered, (first, sizes): (usize, &[u32])) -> Self {
        let subjects: Vec<(usize, u32)> = (first..).zip(sizes.iter().copied()).collect();
        let alone = places_where(&subjects, |(subject, rows)| rows as usize > MOST_RECORDS || gathered.is_alone(subject));
        let mut walked = Self::new(sizes.len(), alone, plan);
        for aggregate in 0..plan.totals.aggregates.len() {
            walked.note((first..).zip(sizes).map(|(subject, rows)| gathered.taken(subject, aggregate, *rows)).collect());
        }
        walked.counts.extend((0..plan.kinds()).map(|kind| {
            let mut counts = [0; SUBJECTS];
            counts.iter_mut().zip(first..first + sizes.len()).for_each(|(count, subject)| *count = gathered.count(subject, kind));
            counts
        }));
        walked
    }

    /// Notes what a further aggregate comes to for each subject.
    fn note(&mut self, sums: Sums) {
        let number = self.known.len();
        self.known.push(sums.certain);
        self.alone |= sums.beyond;
        for (place, taken) in sums.between {
            self.open |= 1 << place;
            self.between.push((number, place, taken));
        }
    }

    /// What an aggregate comes to for a subject.
    fn taken(&self, aggregate: usize, subject: usize) -> Taken {
        let open = self.between.binary_search_by_key(&(aggregate, subject), |(number, place, _)| (*number, *place));
        if let Some((.., taken)) = open.ok().and_then(|at| self.between.get(at)) {
            return *taken;
        }
        Taken::of(self.known.get(aggregate).and_then(|known| known.get(subject)).copied().unwrap_or_default())
    }

    /// How many records of each kind each subject has.
    pub(crate) fn counts(&self) -> &[[i32; SUBJECTS]] {
        &self.counts
    }
}

/// Whether an expression reads who owns the record that it is about.
fn reads_owner(expr: &Expr) -> bool {
    matches!(expr, Expr::Root(place) if *place > 0) || expr.children().into_iter().any(|(child, _)| reads_owner(child))
}
