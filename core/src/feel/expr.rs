//! The compiled form of an expression: closed, typed, the one thing that every reader reads.
//!
//! Names are resolved, code literals checked, defines inlined and constants folded. The verdict, the list of missing facts, the figures and the
//! remedies are readers of this form; columns will be others. INVARIANT: nothing here is a closure, so that each reader can see what a rule means.

use std::cmp::Ordering;
use std::sync::Arc;

use super::builtin::Builtin;
use super::syntax::{Comparator, Operator};
use super::{Measure, Type, Value};
use crate::quantity::Unit;

/// An expression that was checked.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// What it computes.
    pub(crate) expr: Expr,
    /// The type of its value.
    pub(crate) ty: Type,
    /// What its author wrote, where that was kept for those who are told of it.
    pub(crate) text: String,
}

impl Compiled {
    pub(crate) fn new(expr: Expr, ty: Type) -> Self {
        Self { expr, ty, text: String::new() }
    }

    /// That both conditions hold.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        let text = if self.text.is_empty() || other.text.is_empty() { String::new() } else { format!("({}) and ({})", self.text, other.text) };
        Self { expr: Expr::And(vec![self.expr, other.expr]), ty: other.ty, text }
    }

    /// Moves every part that needs no facts into `once`, so that a question computes it a single time.
    #[must_use]
    pub(crate) fn hoisted(mut self, once: &mut Vec<Compiled>) -> Self {
        if hoist(&mut self.expr, once) {
            move_out(&mut self.expr, once);
        }
        self
    }

    /// The same number, in this unit whatever it was computed from; `None` where it is no number.
    #[must_use]
    pub(crate) fn in_unit(self, unit: Unit) -> Option<Self> {
        matches!(self.ty, Type::Number(_)).then(|| Self { ty: Type::Number(Measure::In(unit)), ..self })
    }

    /// The type of its value.
    #[must_use]
    pub fn ty(&self) -> &Type {
        &self.ty
    }
}

/// Moves the largest parts below that need nothing but the question; says whether the whole is such a part.
fn hoist(expr: &mut Expr, once: &mut Vec<Compiled>) -> bool {
    let itself = !matches!(expr, Expr::Local(_) | Expr::Root(_) | Expr::Admissible(_));
    let compares = matches!(expr, Expr::Compare(..));
    let mut children = expr.children_mut();
    let of_the_question: Vec<bool> = children.iter_mut().map(|(child, _)| hoist(child, once)).collect();
    if itself && of_the_question.iter().all(|of| *of) {
        return true;
    }
    for ((child, _), of) in children.into_iter().zip(of_the_question) {
        if of && is_compared_quotient(compares, child) {
            child.children_mut().into_iter().for_each(|(part, _)| move_out(part, once));
        } else if of {
            move_out(child, once);
        }
    }
    false
}

/// Whether an expression is a side of a comparison that must stay a quotient, to be compared by multiplying across.
fn is_compared_quotient(parent_compares: bool, expr: &Expr) -> bool {
    parent_compares && matches!(expr, Expr::Arithmetic(Operator::Divide, ..))
}

fn move_out(expr: &mut Expr, once: &mut Vec<Compiled>) {
    if !expr.children().is_empty()
        && let Ok(place) = u16::try_from(once.len())
    {
        let moved = std::mem::replace(expr, Expr::Once(place));
        once.push(Compiled::new(moved, Type::Mixed));
    }
}

/// A part of a compiled expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expr {
    Literal(Value),
    Code(u8),
    /// A variable of a loop around, counted from the innermost.
    Local(u16),
    /// A record that the evaluation is about: 0 is the subject, 1 its owner.
    Root(u16),
    Given(u16),
    AsOf,
    /// A part that needs no facts: computed once for a question, by its place.
    Once(u16),
    Slot {
        of: Box<Expr>,
        slot: u16,
        nonnegative: bool,
        /// Whether a number there is always whole.
        whole: bool,
    },
    Own {
        of: Box<Expr>,
        name: Arc<str>,
        kind: Type,
        /// Its place among the own facts of its record, which tells where records stand in it.
        place: u16,
        nonnegative: bool,
        /// Whether a number there is always whole.
        whole: bool,
        or_none: bool,
    },
    /// `.year` of a date, `.months` of a duration ...
    Part(Box<Expr>, Part),
    /// Whether no record-level provision of the decision excludes this record.
    Admissible(Box<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    /// Two values of one type, which readers of figures want to know.
    Compare(Comparator, Box<Expr>, Box<Expr>, Arc<Type>),
    /// Whether a value lies in a range whose ends are known apart.
    Within {
        value: Box<Expr>,
        range: Box<RangeExpr>,
    },
    /// Whether a value is in a list, or in a range of the list.
    Member(Box<Expr>, Box<Expr>),
    Range(Box<RangeExpr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    Negate(Box<Expr>),
    Arithmetic(Operator, Box<Expr>, Box<Expr>),
    List(Vec<Expr>),
    /// `from..to` of a loop: whole numbers, or days.
    Steps(Box<Expr>, Box<Expr>),
    /// The items of a list that pass a test, which sees each as the innermost variable.
    Filter(Box<Expr>, Box<Expr>),
    At(Box<Expr>, Box<Expr>),
    /// The body for each item; several lists are loops within loops.
    For(Vec<Expr>, Box<Expr>),
    Quantified {
        every: bool,
        lists: Vec<Expr>,
        test: Box<Expr>,
    },
    /// A list in the order that a comparison of two items gives.
    Sort(Box<Expr>, Box<Expr>),
    Call(Builtin, Vec<Expr>),
}

/// The ends of a range.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RangeExpr {
    pub(crate) low: Expr,
    pub(crate) low_closed: bool,
    pub(crate) high: Expr,
    pub(crate) high_closed: bool,
}

/// A component of a date or a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Year,
    Month,
    Day,
    Weekday,
    Years,
    Months,
    Days,
    Hours,
    Minutes,
    Seconds,
}

impl Part {
    pub(crate) const OF_DATE: [(&'static str, Self); 4] =
        [("year", Self::Year), ("month", Self::Month), ("day", Self::Day), ("weekday", Self::Weekday)];
    pub(crate) const OF_MONTHS: [(&'static str, Self); 2] = [("years", Self::Years), ("months", Self::Months)];
    pub(crate) const OF_SECONDS: [(&'static str, Self); 4] =
        [("days", Self::Days), ("hours", Self::Hours), ("minutes", Self::Minutes), ("seconds", Self::Seconds)];
}

/// A value that is held against several others: `x in ("a", "b")` is compiled as one equality or another.
pub(crate) struct OneOf<'e> {
    pub(crate) value: &'e Expr,
    pub(crate) among: Vec<&'e Expr>,
    pub(crate) ty: &'e Type,
}

impl<'e> OneOf<'e> {
    /// What the parts of a disjunction come to together, if each says that the same value is another one.
    pub(crate) fn of(parts: &'e [Expr]) -> Option<Self> {
        let mut found: Option<Self> = None;
        for part in parts {
            let Expr::Compare(Comparator::Equal, left, right, ty) = part else { return None };
            match &mut found {
                Some(one) if *one.value == **left => {
                    one.among.push(right);
                    // That there is none says nothing of what it is otherwise.
                    if *one.ty == Type::Null {
                        one.ty = ty;
                    }
                }
                Some(_) => return None,
                None => found = Some(Self { value: left, among: vec![right], ty }),
            }
        }
        found
    }

    /// Whether none of the others is null, so that it must have a value.
    pub(crate) fn is_among_values(&self) -> bool {
        !self.among.iter().any(|other| matches!(other, Expr::Literal(Value::Null(_))))
    }
}

impl Expr {
    /// Visits what must all hold: the parts of conjunctions, however they nest; else the condition itself.
    pub(crate) fn each_conjunct<'e>(&'e self, visit: &mut impl FnMut(&'e Expr)) {
        match self {
            Self::And(parts) => parts.iter().for_each(|part| part.each_conjunct(visit)),
            other => visit(other),
        }
    }

    /// Whether it is a comparison of two values, which leaves figures; one with null is not.
    pub(crate) fn has_figures(&self) -> bool {
        matches!(self, Self::Compare(.., ty) if **ty != super::Type::Null)
    }

    /// Whether it takes facts, and not only what is given with the question and its day.
    pub(crate) fn reads_facts(&self) -> bool {
        matches!(self, Self::Root(_)) || self.children().into_iter().any(|(child, _)| child.reads_facts())
    }

    /// The parts directly below, and how many loop variables each sees more than this expression does.
    pub(crate) fn children(&self) -> Vec<(&Expr, u16)> {
        match self {
            Self::Literal(_) | Self::Code(_) | Self::Local(_) | Self::Root(_) | Self::Given(_) | Self::AsOf | Self::Once(_) => vec![],
            Self::Part(a, _) | Self::Admissible(a) | Self::Negate(a) => vec![(a, 0)],
            Self::Slot { of, .. } | Self::Own { of, .. } => vec![(of, 0)],
            Self::And(parts) | Self::Or(parts) | Self::List(parts) | Self::Call(_, parts) => parts.iter().map(|p| (p, 0)).collect(),
            Self::Compare(_, a, b, _) | Self::Member(a, b) | Self::Arithmetic(_, a, b) | Self::Steps(a, b) | Self::At(a, b) => vec![(a, 0), (b, 0)],
            Self::Within { value, range } => vec![(value, 0), (&range.low, 0), (&range.high, 0)],
            Self::Range(range) => vec![(&range.low, 0), (&range.high, 0)],
            Self::If(a, b, c) => vec![(a, 0), (b, 0), (c, 0)],
            Self::Filter(list, test) => vec![(list, 0), (test, 1)],
            Self::Sort(list, precedes) => vec![(list, 0), (precedes, 2)],
            Self::For(lists, body) | Self::Quantified { lists, test: body, .. } => {
                let deep = u16::try_from(lists.len()).unwrap_or(u16::MAX);
                lists.iter().zip(0..).chain([(&**body, deep)]).collect()
            }
        }
    }

    /// The same parts, to be changed.
    pub(crate) fn children_mut(&mut self) -> Vec<(&mut Expr, u16)> {
        match self {
            Self::Literal(_) | Self::Code(_) | Self::Local(_) | Self::Root(_) | Self::Given(_) | Self::AsOf | Self::Once(_) => vec![],
            Self::Part(a, _) | Self::Admissible(a) | Self::Negate(a) => vec![(a, 0)],
            Self::Slot { of, .. } | Self::Own { of, .. } => vec![(of, 0)],
            Self::And(parts) | Self::Or(parts) | Self::List(parts) | Self::Call(_, parts) => parts.iter_mut().map(|p| (p, 0)).collect(),
            Self::Compare(_, a, b, _) | Self::Member(a, b) | Self::Arithmetic(_, a, b) | Self::Steps(a, b) | Self::At(a, b) => vec![(a, 0), (b, 0)],
            Self::Within { value, range } => vec![(value, 0), (&mut range.low, 0), (&mut range.high, 0)],
            Self::Range(range) => vec![(&mut range.low, 0), (&mut range.high, 0)],
            Self::If(a, b, c) => vec![(a, 0), (b, 0), (c, 0)],
            Self::Filter(list, test) => vec![(list, 0), (test, 1)],
            Self::Sort(list, precedes) => vec![(list, 0), (precedes, 2)],
            Self::For(lists, body) | Self::Quantified { lists, test: body, .. } => {
                let deep = u16::try_from(lists.len()).unwrap_or(u16::MAX);
                lists.iter_mut().zip(0..).chain([(&mut **body, deep)]).collect()
            }
        }
    }

    /// Takes the expression out of the loop whose variable is this one, counted from the innermost; `false` if it needs that variable.
    pub(crate) fn leave_loop(&mut self, variable: u16) -> bool {
        if let Self::Local(place) = self {
            match (*place).cmp(&variable) {
                Ordering::Less => {}
                Ordering::Equal => return false,
                Ordering::Greater => *place -= 1,
            }
        }
        self.children_mut().into_iter().all(|(child, deeper)| child.leave_loop(variable.saturating_add(deeper)))
    }

    /// The same expression with every part that was moved out put back, so that it reads as it was written.
    pub(crate) fn whole(&self, once: &[Compiled]) -> Self {
        let mut whole = self.resolved(once).clone();
        for (child, _) in whole.children_mut() {
            *child = child.whole(once);
        }
        whole
    }

    /// What is computed: a part that was moved to the table of those that need no facts, wherever it is named.
    pub(crate) fn resolved<'e>(&'e self, once: &'e [Compiled]) -> &'e Self {
        match self {
            Self::Once(place) => once.get(usize::from(*place)).map_or(self, |part| &part.expr),
            other => other,
        }
    }

    /// How many parts it has in all, and how deep they nest.
    pub(crate) fn size(&self) -> (usize, usize) {
        let (mut parts, mut depth) = (1, 0);
        for (child, _) in self.children() {
            let (p, d) = child.size();
            parts += p;
            depth = depth.max(d);
        }
        (parts, depth + 1)
    }
}
