//! Conditions taken apart: each part with its words, its outcome and whether the whole hangs on it.

use super::sources::Sources;
use super::{PART, Vantage, WhyKind, WhyOutcome, WhyPart};
use crate::explain::phrase::Phraser;
use crate::feel::{Builtin, Comparator, Expr, OneOf, Type, Val, Value};
use crate::lang::Lang;

/// How many records of a list are told one by one.
const RECORDS: usize = 5;
/// How many records of a list are asked.
const ASKED: usize = 2_000;

/// Takes conditions apart at one subject.
pub(super) struct Tree<'a> {
    pub(super) vantage: Vantage<'a>,
    /// How much may still be said.
    pub(super) left: usize,
    zh: Phraser<'a>,
    en: Phraser<'a>,
    /// The values of the variables of the loops around, the innermost last.
    variables: Vec<Val<'a>>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(vantage: Vantage<'a>, left: usize) -> Self {
        let (policy, subject) = (vantage.question.policy, vantage.question.decision.subject.as_str());
        Self { vantage, left, zh: Phraser::new(policy, subject, Lang::Zh), en: Phraser::new(policy, subject, Lang::En), variables: Vec::new() }
    }

    /// A condition with its parts; `matters` says whether the result hangs on the whole.
    pub(super) fn part(&mut self, condition: &'a Expr, matters: bool) -> WhyPart {
        let once = &self.vantage.question.policy.once;
        let whole = condition.whole(once);
        self.left = self.left.saturating_sub(PART + whole.size().0);
        let resolved = condition.resolved(once);
        let mut part = WhyPart {
            zh: self.zh.condition(&whole),
            en: self.en.condition(&whole),
            outcome: self.outcome(condition),
            matters,
            ..WhyPart::empty(WhyKind::Condition)
        };
        match resolved {
            Expr::And(parts) => {
                part.kind = WhyKind::All;
                self.members(parts, WhyOutcome::Holds, &mut part);
            }
            // Whether it is one of several codes is one question.
            Expr::Or(parts) if let Some(OneOf { value, ty, .. }) = OneOf::of(parts) => {
                self.valued(value, ty, &mut part);
                self.sources(value, &mut part);
            }
            Expr::Or(parts) => {
                part.kind = WhyKind::Any;
                self.members(parts, WhyOutcome::Fails, &mut part);
            }
            Expr::Call(Builtin::Not, arguments) if arguments.first().is_some_and(|of| has_parts(of.resolved(once))) => {
                part.kind = WhyKind::Not;
                if let Some(of) = arguments.first().filter(|_| self.left > 0) {
                    part.parts.push(self.part(of, matters));
                }
            }
            Expr::Quantified { every, lists, test } if lists.len() == 1 => {
                part.kind = if *every { WhyKind::Every } else { WhyKind::Some };
                self.quantified(lists, test, *every, &mut part);
            }
            Expr::Compare(comparator, left, right, ty) => {
                part.kind = WhyKind::Comparison;
                self.compared(*comparator, (left, right), ty, &mut part);
                self.sources(resolved, &mut part);
            }
            _ => self.sources(resolved, &mut part),
        }
        part
    }

    fn outcome(&mut self, condition: &'a Expr) -> WhyOutcome {
        let variables = self.variables.clone();
        WhyOutcome::of(self.vantage.evaluator.beside(variables, |evaluator| evaluator.truth(condition)))
    }

    /// The parts of a conjunction or disjunction: `all` is the outcome that needs every one of them, and else the others decide.
    fn members(&mut self, parts: &'a [Expr], all: WhyOutcome, into: &mut WhyPart) {
        let decides = |whole: WhyOutcome, one: WhyOutcome| match whole {
            whole if whole == all => true,
            WhyOutcome::Holds | WhyOutcome::Fails | WhyOutcome::NotApplicable => one == whole,
            WhyOutcome::Unknown | WhyOutcome::Error => one != all,
        };
        for part in parts {
            if self.left == 0 {
                into.more += 1;
                continue;
            }
            let matters = into.matters && decides(into.outcome, self.outcome(part));
            let told = self.part(part, matters);
            into.parts.push(told);
        }
    }

    /// The records on which a quantified condition hangs.
    fn quantified(&mut self, lists: &'a [Expr], test: &'a Expr, every: bool, into: &mut WhyPart) {
        let Some(list) = lists.first() else { return };
        let items = self.items(list);
        // Every one counts for the outcome that needs all of them; otherwise those that decide it.
        let needs_all = if every { WhyOutcome::Holds } else { WhyOutcome::Fails };
        for item in items {
            self.inside(lists, item.clone(), |me| {
                let outcome = me.outcome(test);
                let decides = into.outcome != needs_all && outcome != needs_all;
                if decides && into.parts.len() < RECORDS && me.left > 0 {
                    let record = if let Val::Record(record) = &item { me.vantage.record(*record) } else { None };
                    let told = me.part(test, into.matters);
                    into.parts.push(WhyPart { record, ..told });
                } else if decides {
                    into.more += 1;
                }
            });
        }
        if into.parts.is_empty() {
            self.sources(list, into);
        }
    }

    /// Stands at an item of a loop over a list.
    pub(super) fn inside<T>(&mut self, list: &'a [Expr], item: Val<'a>, read: impl FnOnce(&mut Self) -> T) -> T {
        let whole = whole_lists(list, &self.vantage);
        self.zh.enter(&whole);
        self.en.enter(&whole);
        self.variables.push(item);
        let result = read(self);
        self.variables.pop();
        self.zh.leave(1);
        self.en.leave(1);
        result
    }

    /// Whether it stands at the subject itself, and at no item of a loop.
    pub(super) fn stands_outside_loops(&self) -> bool {
        self.variables.is_empty()
    }

    /// An expression, where a part that was moved out of it stands in its place.
    pub(super) fn resolved(&self, expr: &'a Expr) -> &'a Expr {
        expr.resolved(&self.vantage.question.policy.once)
    }

    /// The items of a list, as far as they are asked.
    pub(super) fn items(&mut self, list: &'a Expr) -> Vec<Val<'a>> {
        let variables = self.variables.clone();
        let mut items = Vec::new();
        self.vantage.evaluator.beside(variables, |evaluator| {
            evaluator.each(list, &mut |_, item, _| {
                items.push(item);
                items.len() < ASKED
            })
        });
        items
    }

    fn compared(&mut self, comparator: Comparator, (left, right): (&'a Expr, &'a Expr), ty: &Type, into: &mut WhyPart) {
        if matches!(ty, Type::Null) || matches!(right, Expr::Literal(Value::Null(_))) || self.is_sensitive(left) || self.is_sensitive(right) {
            return;
        }
        let variables = self.variables.clone();
        let (_, actual, required) = self.vantage.evaluator.beside(variables, |evaluator| evaluator.compared(comparator, left, right));
        into.actual = crate::evaluate::shown(actual.into_value(ty));
        into.required = crate::evaluate::shown(required.into_value(ty));
        into.unit = ty.unit().cloned();
        if let Type::Code(codes) = ty {
            into.codes = Some(codes.name.clone());
        }
        self.each_alone(left, ty, into);
    }

    /// What is there, of a condition that asks whether it is one of several.
    fn valued(&mut self, value: &'a Expr, ty: &Type, into: &mut WhyPart) {
        if self.is_sensitive(value) {
            return;
        }
        let variables = self.variables.clone();
        let there = self.vantage.evaluator.beside(variables, |evaluator| evaluator.val(value));
        into.actual = crate::evaluate::shown(there.into_value(ty));
        into.unit = ty.unit().cloned();
        if let Type::Code(codes) = ty {
            into.codes = Some(codes.name.clone());
        }
    }

    fn sources(&mut self, expr: &'a Expr, into: &mut WhyPart) {
        let variables = self.variables.clone();
        let mut sources = Sources::new(&mut self.vantage, &self.zh, variables);
        sources.read(expr);
        (into.sources, into.more) = sources.finish();
    }

    /// Whether it is a fact that no message may show.
    fn is_sensitive(&self, expr: &Expr) -> bool {
        self.zh.is_sensitive(expr)
    }
}

/// The lists of a loop as they were written, for their words.
fn whole_lists(lists: &[Expr], vantage: &Vantage<'_>) -> Vec<Expr> {
    lists.iter().map(|list| list.whole(&vantage.question.policy.once)).collect()
}

/// Whether a condition is made of others.
fn has_parts(expr: &Expr) -> bool {
    matches!(expr, Expr::And(_) | Expr::Or(_) | Expr::Quantified { .. })
}
