//! What an open result waits for: facts that can still change it, and no others.
//!
//! A part that is settled for what is asked of it is forgotten, and so is a part that its neighbours have made irrelevant. INVARIANT: what is
//! forgotten cannot change the result, however it and everything else turns out; so nothing is forgotten of a part that might.

use std::collections::HashSet;

use smallvec::SmallVec;

use super::builtin::Builtin;
use super::eval::Evaluator;
use super::expr::Expr;
use super::val::Trail;
use super::{NullReason, Truth};

/// What an evaluation waits for, or stumbled over.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Waiting<'a> {
    /// A field of the vocabulary: the record's place and the slot.
    Slot(Trail, u16),
    /// A policy's own fact.
    Own(Trail, &'a str),
    /// A whole subject or owner that is not there.
    Root(u16),
    /// Whether this record of the ledger counts.
    Record(usize),
    /// An error made it null.
    Error(NullReason),
}

/// What is asked of a condition.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Which of its outcomes it has.
    Outcome,
    /// Whether it is true: false and null are one.
    Holds,
    /// Whether it is false: true and null are one.
    Fails,
}

impl Asked {
    /// The outcome of which one asks, and what every other but an error is as good as.
    fn sides(self) -> Option<(Truth, Truth)> {
        match self {
            Self::Outcome => None,
            Self::Holds => Some((Truth::TRUE, Truth::FALSE)),
            Self::Fails => Some((Truth::FALSE, Truth::TRUE)),
        }
    }

    /// The same truth with outcomes that are one for who asks.
    fn seen(self, truth: Truth) -> Truth {
        match self.sides() {
            Some((_, other)) if truth.can_be(Truth::NULL) => truth.without(Truth::NULL).either(other),
            _ => truth,
        }
    }

    /// Whether nothing that is still open matters.
    pub(crate) fn settles(self, truth: Truth) -> bool {
        let seen = self.seen(truth);
        seen.is_decided() && !seen.is(Truth::ERROR)
    }

    /// Of a negation, what is asked of what it negates.
    fn negated(self) -> Self {
        match self {
            Self::Outcome => Self::Outcome,
            Self::Holds => Self::Fails,
            Self::Fails => Self::Holds,
        }
    }

    /// Whether a part can change the outcome of its combination with the rest.
    fn matters(self, part: Truth, rest: Truth, combine: fn(Truth, Truth) -> Truth) -> bool {
        const OUTCOMES: [Truth; 4] = [Truth::TRUE, Truth::FALSE, Truth::NULL, Truth::ERROR];
        let of = |truth: Truth| OUTCOMES.into_iter().filter(move |outcome| truth.can_be(*outcome));
        of(rest).any(|rest| {
            let mut results = of(part).map(|part| self.seen(combine(part, rest)));
            let first = results.next();
            results.any(|result| Some(result) != first)
        }) || part.is(Truth::ERROR)
    }
}

/// The parts of a combination: where what each waits for begins, and what each came to.
pub(crate) struct Parts<T> {
    parts: SmallVec<[(usize, T); 4]>,
}

impl<T: Copy> Parts<T> {
    pub(crate) fn new() -> Self {
        Self { parts: SmallVec::new() }
    }

    /// Adds a part that was just evaluated, and what it waits for from this mark on.
    pub(crate) fn add(&mut self, mark: usize, result: T) {
        self.parts.push((mark, result));
    }

    /// Forgets what those parts wait for that cannot change the combination, given what all others can come to together.
    pub(crate) fn weigh(&self, evaluator: &mut Evaluator<'_>, combine: impl Fn(T, T) -> T, matters: impl Fn(T, Option<T>) -> bool) {
        if !evaluator.is_traced() {
            return;
        }
        let mut end = evaluator.mark();
        for (place, (start, part)) in self.parts.iter().enumerate().rev() {
            let others = self.parts.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, (_, part))| *part);
            if !matters(*part, others.reduce(&combine)) {
                evaluator.forget_between(*start, end);
            }
            end = *start;
        }
    }
}

impl<'a> Evaluator<'a> {
    /// Evaluates with an account of what it waits for.
    pub(crate) fn traced<T>(&mut self, evaluate: impl FnOnce(&mut Self) -> T) -> (T, Vec<Waiting<'a>>) {
        let outer = self.waiting.replace(Vec::new());
        let result = evaluate(self);
        let mut waiting = std::mem::replace(&mut self.waiting, outer).unwrap_or_default();
        let mut seen = HashSet::with_capacity(waiting.len());
        waiting.retain(|next| seen.insert(*next));
        (result, waiting)
    }

    /// Whether it gives an account of what it waits for.
    pub(crate) fn is_traced(&self) -> bool {
        self.waiting.is_some()
    }

    /// How far the account has come.
    pub(crate) fn mark(&self) -> usize {
        self.waiting.as_ref().map_or(0, Vec::len)
    }

    /// Forgets what was waited for since then.
    pub(crate) fn forget(&mut self, mark: usize) {
        if let Some(waiting) = &mut self.waiting {
            waiting.truncate(mark);
        }
    }

    fn forget_between(&mut self, start: usize, end: usize) {
        if let Some(waiting) = &mut self.waiting {
            waiting.drain(start.min(end)..end.min(waiting.len()));
        }
    }

    pub(super) fn wait(&mut self, waiting: Waiting<'a>) {
        if let Some(list) = &mut self.waiting {
            list.push(waiting);
        }
    }

    /// What a condition can be; of the facts that it waits for, those that matter for what is asked.
    pub(crate) fn truth_as(&mut self, expr: &'a Expr, asked: Asked) -> Truth {
        if !self.is_traced() {
            return self.truth_of(expr);
        }
        let mark = self.mark();
        let truth = match expr {
            Expr::And(parts) => self.weighed(parts, asked, Truth::TRUE, Truth::and),
            Expr::Or(parts) => self.weighed(parts, asked, Truth::FALSE, Truth::or),
            Expr::Call(Builtin::Not, arguments) => match arguments.first() {
                Some(of) => self.truth_as(of, asked.negated()).negated(),
                None => Truth::NULL,
            },
            other => self.truth_of(other),
        };
        if asked.settles(truth) {
            self.forget(mark);
        }
        truth
    }

    fn weighed(&mut self, expressions: &'a [Expr], asked: Asked, start: Truth, combine: fn(Truth, Truth) -> Truth) -> Truth {
        let mut parts = Parts::new();
        let mut result = start;
        for expr in expressions {
            let mark = self.mark();
            let truth = self.truth_as(expr, asked);
            parts.add(mark, truth);
            result = combine(result, truth);
            if result.is(start.negated()) {
                break;
            }
        }
        self.weigh_truths(&parts, asked, combine);
        result
    }

    /// Forgets what those parts wait for that cannot change the combination.
    pub(crate) fn weigh_truths(&mut self, parts: &Parts<Truth>, asked: Asked, combine: fn(Truth, Truth) -> Truth) {
        parts.weigh(self, combine, |part, rest| rest.is_none_or(|rest| asked.matters(part, rest, combine)));
    }
}
