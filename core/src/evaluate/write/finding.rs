//! The finding of a provision: its result, its figures and what it waits for.

use smol_str::SmolStr;

use crate::feel::{Compiled, Value};
use crate::policy::{Provision, Rule, RulePart};

use super::super::consequence::fails;
use super::super::figure::{JudgedFigure, decisive, shown_as};
use super::super::provision::Judged;
use super::super::{Figure, Finding, Modality, Reason, Status, StatusSet};
use super::{Missing, Writer, details};

impl<'a> Writer<'a> {
    pub(in crate::evaluate) fn finding(&mut self, judged: &Judged<'a>) -> Finding {
        let question = self.question;
        let Some(provision) = question.policy.provisions.get(judged.place) else { return Finding::empty() };
        let (missing, error) = if judged.set.is_decided() { (Vec::new(), None) } else { self.waits_for(judged.place) };
        let value =
            provision.amount.as_ref().filter(|_| judged.concerns).map(|amount| (shown_as(self.evaluator.value(amount), amount.ty()), amount.ty()));
        // Nothing is due of what does not bind on the day.
        let binds = question.policy.has_come_and_not_ended(provision, question.as_of);
        let due = [&provision.due, &provision.deadline]
            .into_iter()
            .flatten()
            .filter(|_| binds)
            .find_map(|day| if let Some(Value::Date(day)) = self.evaluator.value(day).into_value(day.ty()) { Some(day) } else { None });
        let mut finding = Finding {
            provision: (&provision.id).into(),
            article: (&provision.article).into(),
            modality: provision.modality,
            reason: judged.reason,
            due,
            deemed_by: judged.deemed_by.and_then(|place| question.policy.provisions.get(place)).map(|p| (&p.id).into()),
            relaxation: judged.relaxation.map(SmolStr::new),
            details: details(&provision.details, &mut self.evaluator).collect(),
            error,
            missing,
            parts: judged.parts.iter().map(|(part, judged)| self.part_finding(provision, part, judged)).collect(),
            ..Finding::empty()
        };
        if let Some((value, ty)) = value {
            finding.value = value;
            finding.unit = ty.unit().cloned();
        }
        finding.set_result(judged.set, &judged.figures);
        if let Rule::Require(condition) = &provision.rule {
            finding.failing = self.failing(condition, finding.status);
        }
        finding
    }

    fn part_finding(&mut self, provision: &Provision, part: &'a RulePart, judged: &Judged<'_>) -> Finding {
        let mut finding = Finding {
            provision: part.id_within(provision).into(),
            article: (&provision.article).into(),
            modality: part.modality,
            reason: judged.reason,
            relaxation: judged.relaxation.map(SmolStr::new),
            ..Finding::empty()
        };
        finding.set_result(judged.set, &judged.figures);
        finding.failing = self.failing(&part.require, finding.status);
        finding
    }

    /// Which conditions of a failure fail beside its comparisons; of a lone condition that is plain.
    fn failing(&mut self, condition: &'a Compiled, status: Status) -> Vec<u32> {
        let (mut all, mut others) = (0, Vec::new());
        condition.expr.each_conjunct(&mut |part| {
            all += 1;
            others.extend((!part.has_figures()).then_some(part));
        });
        if all < 2 || !matches!(status, Status::Unmet | Status::Waivable) {
            return Vec::new();
        }
        others.into_iter().zip(0..).filter(|(part, _)| fails(self.evaluator.truth(part))).map(|(_, place)| place).collect()
    }

    /// The facts that an open provision waits for, and the error that left it open.
    fn waits_for(&mut self, place: usize) -> (Vec<String>, Option<SmolStr>) {
        let question = self.question;
        let (_, waiting) = self.evaluator.traced(|evaluator| question.judge_provision(place, evaluator));
        let mut missing = Missing::default();
        let mut error = None;
        self.write_waiting(&waiting, &mut missing, &mut error);
        (missing.paths, error)
    }
}

impl Finding {
    /// A finding of which nothing is known yet.
    pub(crate) fn empty() -> Self {
        Self {
            provision: SmolStr::default(),
            policy: None,
            article: SmolStr::default(),
            modality: Modality::Shall,
            status: Status::NotApplicable,
            possible: Vec::new(),
            reason: None,
            actual: None,
            actual_low: None,
            actual_high: None,
            required: None,
            shortfall: None,
            relation: None,
            unit: None,
            figures: Vec::new(),
            failing: Vec::new(),
            value: None,
            due: None,
            deemed_by: None,
            relaxation: None,
            details: Vec::new(),
            error: None,
            missing: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Sets status and figures; of several comparisons the first that falls short stands for all.
    fn set_result(&mut self, set: StatusSet, figures: &[JudgedFigure<'_>]) {
        self.status = set.status();
        self.possible = set.members();
        let decisive = decisive(figures);
        let figures: Vec<Figure> = figures.iter().map(JudgedFigure::write).collect();
        if let Some(figure) = figures.get(decisive).cloned() {
            self.actual = figure.actual;
            self.actual_low = figure.actual_low;
            self.actual_high = figure.actual_high;
            self.required = figure.required;
            self.shortfall = figure.shortfall;
            self.relation = Some(figure.relation);
            self.unit = figure.unit.or(self.unit.take());
        }
        // Where the one comparison holds and something else fails, that is plain to see.
        let fails_elsewhere = matches!(self.status, Status::Unmet | Status::Waivable) && figures.iter().all(|figure| figure.holds == Some(true));
        if figures.len() > 1 || fails_elsewhere {
            self.figures = figures;
        }
        if self.reason == Some(Reason::NotComputable) && set.is_decided() {
            self.reason = None;
        }
    }
}
