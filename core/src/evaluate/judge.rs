//! The reader for statuses: what each provision comes to, and the figures on the way.

use smallvec::SmallVec;

use crate::facts::Facts;
use crate::feel::{
    Asked, Batch, Compiled, Datum, Evaluator, Expr, Item, Ledger, Once, Parts, Probe, Record, RecordList, Trail, Truth, TruthColumn, Truths, Val,
    Value, Variable, places,
};
use crate::policy::{Provision, RecordRules, Relaxation, Rule, RulePart};

use super::figure::JudgedFigure;
use super::{Modality, Question, Reason, Status, StatusSet};

/// Statuses and figures of one subject, without ledger and reasons: for those who judge millions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What the verdict can be.
    pub status: StatusSet,
    /// One outcome for each provision that the decision asks, in its order.
    pub findings: Vec<FindingOutcome>,
}

/// A provision's status and figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingOutcome {
    /// What it can be.
    pub status: StatusSet,
    /// Its comparisons.
    pub figures: SmallVec<[FigureOutcome; 1]>,
}

/// The two sides of a comparison; a side that missing facts leave open is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureOutcome {
    /// What is there.
    pub actual: Option<Value>,
    /// What is asked.
    pub required: Option<Value>,
}

/// A provision as it was judged.
pub(super) struct Judged<'a> {
    /// The provision's place in the policy.
    pub(super) place: usize,
    pub(super) set: StatusSet,
    pub(super) reason: Option<Reason>,
    pub(super) figures: SmallVec<[JudgedFigure<'a>; 1]>,
    pub(super) deemed_by: Option<usize>,
    pub(super) relaxation: Option<&'a str>,
    pub(super) parts: Vec<(&'a RulePart, Judged<'a>)>,
    /// Whether something allowed or encouraged is certainly not there.
    pub(super) advice: bool,
}

impl Judged<'_> {
    /// A provision that asks nothing, so far.
    fn nothing(place: usize) -> Self {
        Self {
            place,
            set: StatusSet::only(Status::NotApplicable),
            reason: None,
            figures: SmallVec::new(),
            deemed_by: None,
            relaxation: None,
            parts: Vec::new(),
            advice: false,
        }
    }

    /// It may not concern the subject, and so nothing is advised either.
    fn perhaps_out_of_scope(&mut self) {
        self.set = self.set.or(StatusSet::only(Status::NotApplicable));
        self.advice = false;
        for (_, part) in &mut self.parts {
            part.advice = false;
        }
    }
}

/// Which records are excluded, and by which of the decision's record-level provisions.
#[derive(Clone, Default)]
pub(super) struct Exclusions {
    pub(super) count: usize,
    /// For each record, whether any provision excludes it.
    pub(super) excluded: TruthColumn,
    /// For each provision, whether it excludes each record: first those about records, then those about something that a record holds.
    pub(super) by: SmallVec<[TruthColumn; 4]>,
}

/// A subject as it was judged, and the evaluator that can be asked further.
pub(super) struct Judgement<'a> {
    pub(super) set: StatusSet,
    pub(super) findings: SmallVec<[Judged<'a>; 8]>,
    pub(super) records: Exclusions,
    pub(super) evaluator: Evaluator<'a>,
    pub(super) subject: Option<Item<'a>>,
    /// Who owns the subject, where it is a record judged by itself.
    pub(super) owner: Option<Item<'a>>,
}

impl Question<'_> {
    /// Judges one subject: statuses and figures, no more.
    #[must_use]
    pub fn judge(&self, facts: &Facts) -> Outcome {
        let mut judgement = self.judgement(&|name| facts.subject(name));
        let layers = self.judge_layers(&mut judgement);
        let findings = judgement.findings.iter().chain(layers.iter().flat_map(|layer| &layer.findings)).map(|judged| FindingOutcome {
            status: judged.set,
            figures: judged.figures.iter().map(|f| FigureOutcome { actual: f.actual_value(), required: f.required_value() }).collect(),
        });
        Outcome { status: judgement.set, findings: findings.collect() }
    }

    /// Judges one subject, and says how the sides of every comparison stood that was reached.
    pub(crate) fn probe(&self, facts: &Facts) -> Probe {
        let mut evaluator = self.evaluator();
        evaluator.watch();
        let mut judgement = self.judgement_by(evaluator, &|name| facts.subject(name));
        for provision in self.decision.consequences.iter().filter_map(|place| self.policy.provisions.get(*place)) {
            let open = provision.consequence.as_ref().and_then(|consequence| consequence.open.as_ref());
            for condition in provision.when.iter().chain(open) {
                judgement.evaluator.condition(condition);
            }
        }
        judgement.evaluator.watched()
    }

    /// An evaluator that knows what was given, and stands nowhere yet.
    pub(crate) fn evaluator(&self) -> Evaluator<'_> {
        Evaluator::new(&self.given, self.as_of, Once { parts: &self.policy.once, values: &self.once })
    }

    /// Judges the subject among these roots.
    pub(super) fn judgement<'a>(&'a self, root: &dyn Fn(&str) -> Option<&'a dyn Record>) -> Judgement<'a> {
        self.judgement_by(self.evaluator(), root)
    }

    /// Judges a subject however its facts are held.
    pub(super) fn judgement_of<'a>(&'a self, subject: Option<Item<'a>>, owner: Option<Item<'a>>) -> Judgement<'a> {
        self.judge_subject(self.evaluator(), subject, owner)
    }

    fn judgement_by<'a>(&'a self, evaluator: Evaluator<'a>, root: &dyn Fn(&str) -> Option<&'a dyn Record>) -> Judgement<'a> {
        let (subject, owner) = self.roots_among(root);
        self.judge_subject(evaluator, subject, owner)
    }

    /// The subject, and who owns it where it is a record judged by itself.
    pub(super) fn roots_among<'a>(&self, root: &dyn Fn(&str) -> Option<&'a dyn Record>) -> (Option<Item<'a>>, Option<Item<'a>>) {
        let subject = root(&self.decision.subject).map(|record| Item { record, trail: Trail::default() });
        (subject, self.owner.and_then(root).map(|record| Item { record, trail: Trail::owner() }))
    }

    fn judge_subject<'a>(&'a self, mut evaluator: Evaluator<'a>, subject: Option<Item<'a>>, owner: Option<Item<'a>>) -> Judgement<'a> {
        let records = match &self.decision.records {
            Some(rules) => self.judge_records(rules, subject, &mut evaluator),
            None => Exclusions::default(),
        };
        self.judge_findings(evaluator, subject, owner, records)
    }

    /// Judges what the decision asks, once it is known which records count.
    pub(super) fn judge_findings<'a>(
        &'a self,
        mut evaluator: Evaluator<'a>,
        subject: Option<Item<'a>>,
        owner: Option<Item<'a>>,
        records: Exclusions,
    ) -> Judgement<'a> {
        evaluator.set_roots([subject, owner]);
        let mut set = StatusSet::only(Status::NotApplicable);
        let mut any = None;
        let mut findings = SmallVec::new();
        for place in &self.decision.all_of {
            let judged = self.judge_provision(*place, &mut evaluator);
            set = set.all_of(judged.set);
            findings.push(judged);
        }
        for place in &self.decision.any_of {
            let judged = self.judge_provision(*place, &mut evaluator);
            any = Some(any.map_or(judged.set, |so_far: StatusSet| so_far.any_of(judged.set)));
            findings.push(judged);
        }
        if let Some(any) = any {
            set = set.all_of(any);
        }
        Judgement { set, findings, records, evaluator, subject, owner }
    }

    /// Judges every record, and leaves with the evaluator which of them count.
    fn judge_records<'a>(&'a self, rules: &'a RecordRules, subject: Option<Item<'a>>, evaluator: &mut Evaluator<'a>) -> Exclusions {
        let mut exclusions = Exclusions::default();
        let mut ledger = Ledger { slot: Some(rules.slot), ..Ledger::default() };
        if let Some(subject) = subject
            && let Datum::Records(records) = subject.record.read(usize::from(rules.slot))
        {
            exclusions.count = records.len();
            exclusions.by.resize(rules.provisions.len() + rules.embedded.len(), TruthColumn::default());
            let list = RecordList { records, owner: subject.trail, slot: rules.slot, variable: Variable::Subject };
            for batch in list.batches(Truths::WIDTH) {
                evaluator.set_roots([None, Some(subject)]);
                let excluded = self.exclude(rules, &batch, &mut exclusions.by, evaluator);
                exclusions.excluded.push(excluded);
                ledger.admissible.push(excluded.negated());
            }
        }
        evaluator.set_ledger(ledger);
        exclusions
    }

    /// Which records of a batch are excluded, by any provision and by each.
    pub(super) fn exclude<'a>(
        &'a self,
        rules: &'a RecordRules,
        batch: &Batch<'a>,
        by: &mut SmallVec<[TruthColumn; 4]>,
        evaluator: &mut Evaluator<'a>,
    ) -> Truths {
        let mut excluded = Truths::all(Truth::FALSE, batch.all());
        let of_records = rules.provisions.len().min(by.len());
        let (own, embedded) = by.split_at_mut(of_records);
        for (place, by) in rules.provisions.iter().zip(own) {
            let truths = self.excludes(*place, batch, evaluator);
            excluded = excluded.or(truths);
            by.push(truths);
        }
        for (rule, by) in rules.embedded.iter().zip(embedded) {
            let nothing = evaluator.without_value(batch, rule.slot);
            let truths = self.embedded_excludes(rule, batch, nothing, evaluator);
            excluded = excluded.or(truths);
            by.push(truths);
        }
        excluded
    }

    /// Whether a provision excludes each record of a batch. What is asked by conditions alone is read for all of them at once.
    pub(super) fn excludes<'a>(&'a self, place: usize, batch: &Batch<'a>, evaluator: &mut Evaluator<'a>) -> Truths {
        let all = batch.all();
        if self.in_force.get(place) != Some(&true) {
            return Truths::of(0, all);
        }
        match self.plain_rule(place) {
            Some(rule) => {
                let mut ask = |condition: Option<&'a Compiled>, of: u64| match condition {
                    Some(condition) if of != 0 => evaluator.truths(&condition.expr, batch, of),
                    _ => Truths::default(),
                };
                let applies = rule.when.map_or(Truths::all(Truth::TRUE, all), |when| ask(Some(when), all));
                let required = ask(Some(rule.require), may_apply(applies));
                let relaxed = ask(rule.relaxation, required.may_fail());
                excludes(applies, required, relaxed, all)
            }
            None => {
                let mut excludes = Truths::default();
                for record in places(all) {
                    evaluator.stand_at(batch, record);
                    excludes.set(record, can_be_unmet(self.judge_provision(place, evaluator).set));
                }
                excludes
            }
        }
    }

    /// What excludes records, where that is asked by conditions alone.
    pub(super) fn plain_rule(&self, place: usize) -> Option<PlainRule<'_>> {
        match self.policy.provisions.get(place)? {
            Provision {
                rule: Rule::Require(require),
                modality: Modality::Shall | Modality::Forbidden,
                when,
                relaxation,
                deadline: None,
                deemed_by,
                ..
            } if deemed_by.is_empty() => {
                Some(PlainRule { when: when.as_ref(), require, relaxation: relaxation.as_ref().map(|relaxation| &relaxation.when) })
            }
            _ => None,
        }
    }

    /// What a provision comes to for the subject that the evaluator stands at.
    pub(super) fn judge_provision<'a>(&'a self, place: usize, evaluator: &mut Evaluator<'a>) -> Judged<'a> {
        let mut judged = Judged::nothing(place);
        let Some(provision) = self.policy.provisions.get(place) else { return judged };
        if !self.in_force.get(place).copied().unwrap_or(false) {
            judged.reason = Some(Reason::NotInForce);
            return judged;
        }
        let outset = evaluator.mark();
        let applies = provision.when.as_ref().map_or(Truth::TRUE, |when| evaluator.condition(when));
        if !applies.can_be(Truth::TRUE) && !applies.can_be(Truth::ERROR) {
            judged.reason = Some(Reason::OutOfScope);
            return judged;
        }
        let ruled = evaluator.mark();
        self.apply_rule(provision, &mut judged, evaluator);
        self.apply_deadline(provision, &mut judged, evaluator);
        self.apply_deemed(provision, &mut judged, evaluator);
        forget_decided(&judged, ruled, evaluator);
        if !applies.is(Truth::TRUE) {
            judged.perhaps_out_of_scope();
            forget_decided(&judged, outset, evaluator);
        }
        judged
    }

    fn apply_rule<'a>(&'a self, provision: &'a Provision, judged: &mut Judged<'a>, evaluator: &mut Evaluator<'a>) {
        match &provision.rule {
            Rule::Nothing => judged.reason = Some(Reason::Informative),
            Rule::Require(condition) => {
                require(provision.modality, condition, provision.relaxation.as_ref(), judged, evaluator);
            }
            Rule::Parts(parts) => {
                let mut weighed = Parts::new();
                for part in parts {
                    let mark = evaluator.mark();
                    let judged_part = judge_part(part, judged.place, evaluator);
                    weighed.add(mark, judged_part.set);
                    judged.set = judged.set.all_of(judged_part.set);
                    judged.advice |= judged_part.advice;
                    judged.parts.push((part, judged_part));
                }
                weigh(&weighed, StatusSet::all_of, evaluator);
                if let Some(relaxation) = &provision.relaxation {
                    relax(relaxation, judged, evaluator);
                }
            }
            Rule::AnyOf(places) => {
                judged.set = self.combine(places, StatusSet::any_of, evaluator);
                soften(provision, judged, evaluator);
            }
            Rule::AllOf(places) => {
                judged.set = self.combine(places, StatusSet::all_of, evaluator);
                soften(provision, judged, evaluator);
            }
        }
    }

    fn combine<'a>(&'a self, places: &[usize], how: fn(StatusSet, StatusSet) -> StatusSet, evaluator: &mut Evaluator<'a>) -> StatusSet {
        let mut set: Option<StatusSet> = None;
        let mut weighed = Parts::new();
        for place in places {
            let mark = evaluator.mark();
            let next = self.judge_provision(*place, evaluator).set;
            weighed.add(mark, next);
            set = Some(set.map_or(next, |so_far| how(so_far, next)));
        }
        weigh(&weighed, how, evaluator);
        set.unwrap_or(StatusSet::only(Status::NotApplicable))
    }

    /// Until its day has passed, a deadline is not yet missed.
    fn apply_deadline<'a>(&'a self, provision: &'a Provision, judged: &mut Judged<'a>, evaluator: &mut Evaluator<'a>) {
        let Some(deadline) = &provision.deadline else { return };
        let not_due = StatusSet::only(Status::NotApplicable);
        let waiting = judged.set.replacing(Status::Unmet, not_due).replacing(Status::Waivable, not_due);
        let mark = evaluator.mark();
        let deadline = evaluator.value(deadline);
        if waiting == judged.set {
            // The day changes nothing.
            evaluator.forget(mark);
        }
        match deadline {
            Val::Date(day) if self.as_of <= day => {
                if waiting != judged.set && waiting.is_decided() {
                    judged.reason = Some(Reason::NotDue);
                }
                judged.set = waiting;
            }
            Val::Date(_) => {}
            _ => judged.set = judged.set.or(waiting),
        }
    }

    /// A provision counts as met where one of those deemed equal to it is met.
    fn apply_deemed<'a>(&'a self, provision: &'a Provision, judged: &mut Judged<'a>, evaluator: &mut Evaluator<'a>) {
        if judged.set == StatusSet::only(Status::Met) || judged.set == StatusSet::only(Status::NotApplicable) {
            return;
        }
        for place in &provision.deemed_by {
            let mark = evaluator.mark();
            let other = self.judge_provision(*place, evaluator).set;
            let met = StatusSet::only(Status::Met);
            let instead = judged.set.replacing(Status::Unmet, met).replacing(Status::Waivable, met);
            if other == met {
                judged.set = instead;
                judged.deemed_by = Some(*place);
                judged.reason = None;
                return;
            }
            if other.contains(Status::Met) {
                judged.set = judged.set.or(instead);
            } else {
                evaluator.forget(mark);
            }
        }
    }
}

/// A provision that is asked by conditions alone, and binds.
pub(super) struct PlainRule<'p> {
    pub(super) when: Option<&'p Compiled>,
    pub(super) require: &'p Compiled,
    pub(super) relaxation: Option<&'p Compiled>,
}

/// The records that a provision may concern, where it is known what its applicability can be.
pub(super) fn may_apply(applies: Truths) -> u64 {
    applies.may_hold() | applies.may_err()
}

/// Whether such a provision excludes each record, where it is known what its conditions can be.
pub(super) fn excludes(applies: Truths, required: Truths, relaxed: Truths, all: u64) -> Truths {
    // An error leaves it open, any other null does not hold.
    let excluded = required.may_fail() & !relaxed.holds();
    let counts = required.may_hold() | required.may_err() | relaxed.may_hold() | relaxed.may_err();
    Truths::of(excluded, (counts | !applies.holds() | !excluded) & all)
}

/// A record of the subject's list as an item with its place.
pub(super) fn record_item<'a>(record: &'a dyn Record, rules: &RecordRules, index: usize) -> Item<'a> {
    Item { record, trail: Trail::default().step(rules.slot, Some(index)) }
}

/// Whether a status set excludes its record: certainly, possibly, or not.
pub(super) fn can_be_unmet(set: StatusSet) -> Truth {
    match (set.contains(Status::Unmet), set.is_decided()) {
        (true, true) => Truth::TRUE,
        (true, false) => Truth::TRUE.either(Truth::FALSE),
        (false, _) => Truth::FALSE,
    }
}

/// What a decided result waited for does not matter.
fn forget_decided(judged: &Judged<'_>, mark: usize, evaluator: &mut Evaluator<'_>) {
    if judged.set.is_decided() {
        evaluator.forget(mark);
    }
}

/// Forgets what those results wait for that cannot change their combination.
fn weigh(results: &Parts<StatusSet>, combine: fn(StatusSet, StatusSet) -> StatusSet, evaluator: &mut Evaluator<'_>) {
    results.weigh(evaluator, combine, |result, rest| rest.map_or(!result.is_decided(), |rest| result.matters(rest, combine)));
}

fn judge_part<'a>(part: &'a RulePart, place: usize, evaluator: &mut Evaluator<'a>) -> Judged<'a> {
    let mut judged = Judged::nothing(place);
    let outset = evaluator.mark();
    let applies = part.when.as_ref().map_or(Truth::TRUE, |when| evaluator.condition(when));
    if !applies.can_be(Truth::TRUE) && !applies.can_be(Truth::ERROR) {
        judged.reason = Some(Reason::OutOfScope);
        return judged;
    }
    let ruled = evaluator.mark();
    require(part.modality, &part.require, part.relaxation.as_ref(), &mut judged, evaluator);
    forget_decided(&judged, ruled, evaluator);
    if !applies.is(Truth::TRUE) {
        judged.perhaps_out_of_scope();
        forget_decided(&judged, outset, evaluator);
    }
    judged
}

/// Judges a condition under a modality: what holds is met, what does not is a failure of that modality.
fn require<'a>(
    modality: Modality,
    condition: &'a Compiled,
    relaxation: Option<&'a Relaxation>,
    judged: &mut Judged<'a>,
    evaluator: &mut Evaluator<'a>,
) {
    let truth = measured(&condition.expr, &mut judged.figures, evaluator);
    let failure = match modality {
        Modality::Shall | Modality::Forbidden => Status::Unmet,
        Modality::Principle => Status::Waivable,
        Modality::May | Modality::Encouraged => {
            judged.reason = Some(Reason::Advisory);
            judged.advice = !truth.can_be(Truth::TRUE) && !truth.can_be(Truth::ERROR);
            return;
        }
    };
    judged.set = required(truth, failure);
    if truth.is(Truth::ERROR) {
        judged.reason = Some(Reason::NotComputable);
    } else if judged.set == StatusSet::only(Status::Waivable) {
        judged.reason = Some(Reason::InPrinciple);
    }
    if let Some(relaxation) = relaxation {
        relax(relaxation, judged, evaluator);
    }
}

/// What a condition that must hold comes to: an error leaves it open, any other null does not hold.
pub(super) fn required(truth: Truth, failure: Status) -> StatusSet {
    let mut set = StatusSet::EMPTY;
    if truth.can_be(Truth::TRUE) || truth.can_be(Truth::ERROR) {
        set = set.or(StatusSet::only(Status::Met));
    }
    if !truth.is(Truth::TRUE) {
        set = set.or(StatusSet::only(failure));
    }
    set
}

/// The truth of a condition; the comparisons at its root and under its conjunctions leave their figures. Who asks what it waits for needs no figures.
fn measured<'a>(condition: &'a Expr, figures: &mut SmallVec<[JudgedFigure<'a>; 1]>, evaluator: &mut Evaluator<'a>) -> Truth {
    if evaluator.is_traced() {
        return evaluator.truth_as(condition, Asked::Holds);
    }
    let mut all = Truth::TRUE;
    condition.each_conjunct(&mut |part| {
        let Expr::Compare(comparator, left, right, ty) = part else {
            all = all.and(evaluator.truth(part));
            return;
        };
        let (truth, actual, required) = evaluator.compared(*comparator, left, right);
        all = all.and(truth);
        if **ty != crate::feel::Type::Null {
            figures.push(JudgedFigure {
                comparator: *comparator,
                actual,
                required,
                ty,
                holds: truth.is(Truth::TRUE),
                fails: truth.is_decided() && !truth.is(Truth::TRUE) && !truth.is(Truth::ERROR),
            });
        }
    });
    all
}

/// Where a relaxation holds, a failure is for the authority to waive.
fn relax<'a>(relaxation: &'a Relaxation, judged: &mut Judged<'a>, evaluator: &mut Evaluator<'a>) {
    if !judged.set.contains(Status::Unmet) && !judged.set.contains(Status::Waivable) {
        return;
    }
    let mark = evaluator.mark();
    let truth = evaluator.condition(&relaxation.when);
    let relaxed = judged.set.replacing(Status::Unmet, StatusSet::only(Status::Waivable));
    if relaxed == judged.set {
        // It names itself, and changes nothing.
        evaluator.forget(mark);
    }
    if truth.is(Truth::TRUE) {
        judged.set = relaxed;
        judged.relaxation = Some(&relaxation.name);
        judged.reason = Some(Reason::Relaxed);
    } else if truth.can_be(Truth::TRUE) || truth.can_be(Truth::ERROR) {
        judged.set = judged.set.or(relaxed);
    }
}

/// A combination in principle fails in principle; one that is allowed or encouraged asks nothing.
fn soften<'a>(provision: &'a Provision, judged: &mut Judged<'a>, evaluator: &mut Evaluator<'a>) {
    match provision.modality {
        Modality::Shall | Modality::Forbidden => {}
        Modality::Principle => {
            judged.set = judged.set.replacing(Status::Unmet, StatusSet::only(Status::Waivable));
            if judged.set == StatusSet::only(Status::Waivable) {
                judged.reason = Some(Reason::InPrinciple);
            }
        }
        Modality::May | Modality::Encouraged => {
            judged.advice = !judged.set.contains(Status::Met);
            judged.set = StatusSet::only(Status::NotApplicable);
            judged.reason = Some(Reason::Advisory);
            return;
        }
    }
    if let Some(relaxation) = &provision.relaxation {
        relax(relaxation, judged, evaluator);
    }
}
