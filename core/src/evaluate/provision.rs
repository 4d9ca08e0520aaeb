//! What one provision comes to: whether it applies, what is required, until when, and what is deemed equal.

use smallvec::SmallVec;

use crate::feel::{Asked, Compiled, Evaluator, Expr, Parts, Truth, Val};
use crate::policy::{Provision, Relaxation, Rule, RulePart};

use super::figure::JudgedFigure;
use super::{Modality, Question, Reason, Status, StatusSet};

/// A provision as it was judged.
pub(super) struct Judged<'a> {
    /// The provision's place in the policy.
    pub(super) place: usize,
    pub(super) set: StatusSet,
    /// Whether it certainly concerns the subject on the day; what it computes is nobody's amount where it does not.
    pub(super) concerns: bool,
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
            concerns: false,
            reason: None,
            figures: SmallVec::new(),
            deemed_by: None,
            relaxation: None,
            parts: Vec::new(),
            advice: false,
        }
    }

    /// A provision of what is not in force on the day.
    pub(super) fn not_in_force(place: usize) -> Self {
        Self { reason: Some(Reason::NotInForce), ..Self::nothing(place) }
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

impl Question<'_> {
    /// What a provision comes to for the subject that the evaluator stands at.
    pub(super) fn judge_provision<'a>(&'a self, place: usize, evaluator: &mut Evaluator<'a>) -> Judged<'a> {
        let mut judged = Judged::nothing(place);
        let Some(provision) = self.policy.provisions.get(place) else { return judged };
        if !self.binds(place) {
            return Judged::not_in_force(place);
        }
        let outset = evaluator.mark();
        let applies = provision.when.as_ref().map_or(Truth::TRUE, |when| evaluator.condition(when));
        if !applies.can_be(Truth::TRUE) && !applies.can_be(Truth::ERROR) {
            judged.reason = Some(not_concerned(provision, evaluator));
            return judged;
        }
        judged.concerns = applies.is(Truth::TRUE);
        let ruled = evaluator.mark();
        self.apply_rule(provision, &mut judged, evaluator);
        self.apply_deadline(provision, &mut judged, evaluator);
        self.apply_deemed(provision, &mut judged, evaluator);
        forget_decided(&judged, ruled, evaluator);
        if !judged.concerns {
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
        let Some(deadline) = provision.not_asked_until() else { return };
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
            none => {
                // Without a day, nobody can say whether it has come; where nothing else is open, no fact that is missing would tell.
                if matches!(none, Val::Null(_)) && judged.set.is_decided() && waiting != judged.set {
                    judged.reason = Some(Reason::NotComputable);
                }
                judged.set = judged.set.or(waiting);
            }
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

/// Why a provision concerns nobody here: what it is about has a day on which it is not in force, or it is about others.
fn not_concerned<'a>(provision: &'a Provision, evaluator: &mut Evaluator<'a>) -> Reason {
    let Some(in_force) = &provision.in_force else { return Reason::OutOfScope };
    let mark = evaluator.mark();
    let truth = evaluator.condition(in_force);
    evaluator.forget(mark);
    if truth.can_be(Truth::TRUE) || truth.can_be(Truth::ERROR) { Reason::OutOfScope } else { Reason::NotInForce }
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
    let Some(failure) = modality.failure() else {
        judged.reason = Some(Reason::Advisory);
        judged.advice = !truth.can_be(Truth::TRUE) && !truth.can_be(Truth::ERROR);
        return;
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
        if part.has_figures() {
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
            // Nobody is advised to do what is none of theirs.
            judged.advice = !judged.set.contains(Status::Met) && !judged.set.contains(Status::NotApplicable);
            judged.set = StatusSet::only(Status::NotApplicable);
            judged.reason = Some(Reason::Advisory);
            return;
        }
    }
    if let Some(relaxation) = &provision.relaxation {
        relax(relaxation, judged, evaluator);
    }
}
