//! The facts that come first: what a provision waits for where no way can be told before they are.
//!
//! INVARIANT: a fact that nobody told us, and no other. Each part of a condition is looked at by itself, so that one that is settled beside it hides nothing.

use crate::evaluate::{Asked, Question, Standing};
use crate::feel::{Evaluator, Expr, Truth, Waiting};
use crate::policy::Rule;

use super::search::Search;

impl Search<'_> {
    /// The paths of the missing facts that a provision waits for.
    pub(super) fn missing(&self, asked: Asked) -> Vec<String> {
        let mut evaluator = self.present().evaluator;
        let asked_itself = self.missing_at(asked, of_provision, &mut evaluator);
        // What it asks may be settled, and only not what would do instead.
        if asked_itself.is_empty() { self.missing_at(asked, of_what_would_do_instead, &mut evaluator) } else { asked_itself }
    }

    /// The provisions that wait for missing facts, of all that are asked.
    pub(super) fn waiting_for_facts(&self) -> Vec<Asked> {
        let Standing { findings, mut evaluator, .. } = self.present();
        let asked = findings.into_iter().map(|(asked, _)| asked);
        asked.filter(|asked| !self.missing_at(*asked, of_provision, &mut evaluator).is_empty()).collect()
    }

    /// How the subject stands before anything is changed.
    fn present(&self) -> Standing<'_> {
        let (subject, owner) = self.roots();
        self.question.standing(subject, owner)
    }

    /// The same, read by the evaluator of the decision's own question, which knows which records count.
    fn missing_at<'a>(&'a self, asked: Asked, of: Trace<'a>, own: &mut Evaluator<'a>) -> Vec<String> {
        let question = self.question.asking(asked);
        let roots = self.roots();
        let mut of_layer = asked.layer.map(|_| question.evaluator());
        let evaluator = of_layer.as_mut().unwrap_or(own);
        evaluator.set_roots(<[_; 2]>::from(roots));
        let mut waiting = Vec::new();
        of(question, asked.place, evaluator, &mut waiting);
        // Whether a record counts is no fact, but waits for some.
        let of_record = |one| match one {
            Waiting::Record(index) => question.record_waits_for(index, roots, evaluator),
            other => vec![other],
        };
        let facts: Vec<Waiting<'_>> = waiting.into_iter().flat_map(of_record).collect();
        let mut paths: Vec<String> = Vec::new();
        for path in facts.into_iter().filter_map(|one| question.path_of(one)) {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        paths
    }
}

/// What looks up what a provision, or a part of it, waits for.
type Trace<'a> = fn(&'a Question<'a>, usize, &mut Evaluator<'a>, &mut Vec<Waiting<'a>>);

fn of_provision<'a>(question: &'a Question<'a>, place: usize, evaluator: &mut Evaluator<'a>, waiting: &mut Vec<Waiting<'a>>) {
    let Some(provision) = question.policy.provisions.get(place) else { return };
    if let Some(when) = &provision.when {
        of_part(&when.expr, evaluator, waiting);
    }
    match &provision.rule {
        Rule::Nothing => {}
        Rule::Require(condition) => of_part(&condition.expr, evaluator, waiting),
        Rule::Parts(parts) => parts.iter().for_each(|part| of_part(&part.require.expr, evaluator, waiting)),
        Rule::AnyOf(places) | Rule::AllOf(places) => places.iter().for_each(|place| of_provision(question, *place, evaluator, waiting)),
    }
}

/// What a provision waits for where what it asks is settled: to whom its parts apply, what relaxes it, and what it is deemed met by.
fn of_what_would_do_instead<'a>(question: &'a Question<'a>, place: usize, evaluator: &mut Evaluator<'a>, waiting: &mut Vec<Waiting<'a>>) {
    let Some(provision) = question.policy.provisions.get(place) else { return };
    let parts = if let Rule::Parts(parts) = &provision.rule { parts.as_slice() } else { &[] };
    let asked = parts.iter().filter(|part| part.modality.failure().is_some());
    asked.filter_map(|part| part.when.as_ref()).for_each(|when| of_part(&when.expr, evaluator, waiting));
    let relaxations = provision.relaxation.iter().chain(parts.iter().filter_map(|part| part.relaxation.as_ref()));
    relaxations.for_each(|relaxation| of_part(&relaxation.when.expr, evaluator, waiting));
    provision.deemed_by.iter().for_each(|other| of_provision(question, *other, evaluator, waiting));
}

/// What each part of an expression waits for, down to those that ask something of every item of a list.
fn of_part<'a>(expr: &'a Expr, evaluator: &mut Evaluator<'a>, waiting: &mut Vec<Waiting<'a>>) {
    match expr {
        Expr::And(parts) | Expr::Or(parts) if evaluator.truth(expr) != Truth::TRUE => parts.iter().for_each(|part| of_part(part, evaluator, waiting)),
        Expr::Compare(_, left, right, _) if evaluator.truth(expr) != Truth::TRUE => {
            of_part(left, evaluator, waiting);
            of_part(right, evaluator, waiting);
        }
        Expr::And(_) | Expr::Or(_) | Expr::Compare(..) => {}
        other => waiting.extend(evaluator.traced(|evaluator| evaluator.val(other)).1),
    }
}
