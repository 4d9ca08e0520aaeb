//! The figures that a condition states: comparisons with a number, a date or a duration that is written out.
//!
//! Two readers meet here: of the compiled form, which says what is compared, and of the text, which says where the figure stands.

use super::builtin::Builtin;
use super::expr::{Compiled, Expr};
use super::parse::parse;
use super::syntax::{Domain, Kind, Node, Test};
use super::{Comparator, Span, Type, Value};

/// A comparison of which a side states a figure.
pub(crate) struct Stated<'e> {
    pub(crate) comparator: Comparator,
    /// What stands on the left.
    pub(crate) left: &'e Expr,
    /// What stands on the right, or the end of a range: where a [`Probe`](super::Probe) keeps what it saw.
    pub(crate) right: &'e Expr,
    /// The first figure of the side that states one.
    pub(crate) figure: &'e Value,
    /// Whether it is the right side.
    pub(crate) on_the_right: bool,
    /// Whether that side is nothing but the figure.
    pub(crate) alone: bool,
}

/// Every comparison of an expression that states a figure, in the order of the text.
pub(crate) fn stated<'e>(expr: &'e Expr, once: &'e [Compiled]) -> Vec<Stated<'e>> {
    let mut found = Vec::new();
    walk(expr, once, &mut found);
    found
}

fn walk<'e>(expr: &'e Expr, once: &'e [Compiled], found: &mut Vec<Stated<'e>>) {
    match expr.resolved(once) {
        Expr::Compare(comparator, left, right, ty) => {
            walk(left, once, found);
            if matches!(**ty, Type::Number(_) | Type::Date | Type::Months | Type::Seconds) {
                found.extend(of_comparison(*comparator, left, right, once));
            }
            walk(right, once, found);
        }
        Expr::Within { value, range } => {
            walk(value, once, found);
            let low = if range.low_closed { Comparator::GreaterOrEqual } else { Comparator::Greater };
            let high = if range.high_closed { Comparator::LessOrEqual } else { Comparator::Less };
            for (comparator, end) in [(low, &range.low), (high, &range.high)] {
                found.extend(of_comparison(comparator, value, end, once).filter(|stated| stated.on_the_right));
                walk(end, once, found);
            }
        }
        other => other.children().into_iter().for_each(|(child, _)| walk(child, once, found)),
    }
}

fn of_comparison<'e>(comparator: Comparator, left: &'e Expr, right: &'e Expr, once: &'e [Compiled]) -> Option<Stated<'e>> {
    let (side, on_the_right, figure) = match (figure(right, once), figure(left, once)) {
        (Some(figure), _) => (right, true, figure),
        (None, Some(figure)) => (left, false, figure),
        (None, None) => return None,
    };
    let alone = matches!(side.resolved(once), Expr::Literal(_));
    Some(Stated { comparator, left, right, figure, on_the_right, alone })
}

/// The first figure that a value is computed from; figures of conditions within it are compared there, and not here.
fn figure<'e>(expr: &'e Expr, once: &'e [Compiled]) -> Option<&'e Value> {
    let first = |parts: &'e [Expr]| parts.iter().find_map(|part| figure(part, once));
    match expr.resolved(once) {
        Expr::Literal(value @ (Value::Number(_) | Value::Date(_) | Value::Months(_) | Value::Seconds(_))) => Some(value),
        Expr::Negate(of) | Expr::Part(of, _) => figure(of, once),
        Expr::Arithmetic(_, a, b) => figure(a, once).or_else(|| figure(b, once)),
        Expr::If(_, yes, no) => figure(yes, once).or_else(|| figure(no, once)),
        Expr::List(parts) | Expr::Call(Builtin::Date | Builtin::YearsAndMonths | Builtin::Min | Builtin::Max | Builtin::Sum, parts) => first(parts),
        Expr::Call(
            Builtin::Abs
            | Builtin::Floor
            | Builtin::Ceiling
            | Builtin::RoundUp
            | Builtin::RoundDown
            | Builtin::RoundHalfUp
            | Builtin::RoundHalfDown
            | Builtin::Decimal,
            parts,
        ) => figure(parts.first()?, once),
        _ => None,
    }
}

/// A figure in the text of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Written {
    pub(crate) value: Value,
    /// Where it stands.
    pub(crate) span: Span,
    /// The side of the comparison that it stands in.
    pub(crate) side: Span,
}

/// The figures that stand in comparisons of a condition's text, in their order; none where it is no expression.
pub(crate) fn written(condition: &str) -> Vec<Written> {
    let mut found = Vec::new();
    if let Ok(node) = parse(condition) {
        read(&node, None, &mut found);
    }
    found
}

/// The same of a define, which may be a side of a comparison as a whole.
pub(crate) fn written_in_define(define: &str) -> Vec<Written> {
    let mut found = Vec::new();
    if let Ok(node) = parse(define) {
        read(&node, Some(&node.span), &mut found);
    }
    found
}

fn read(node: &Node, side: Option<&Span>, found: &mut Vec<Written>) {
    let mut of_side = |nodes: &[&Node]| nodes.iter().for_each(|node| read(node, Some(&node.span), found));
    match &node.kind {
        Kind::Compare(_, left, right) => of_side(&[left, right]),
        Kind::Between(value, low, high) => of_side(&[value, low, high]),
        Kind::Range(range) => of_side(&[&range.low, &range.high]),
        Kind::In(value, tests) => {
            of_side(&[value]);
            for test in tests {
                let (Test::Compare(_, node) | Test::Value(node)) = test;
                of_side(&[node]);
            }
        }
        Kind::Literal(value) => found.extend(side.map(|side| Written { value: value.clone(), span: node.span.clone(), side: side.clone() })),
        Kind::Negate(of) => match (&of.kind, side) {
            (Kind::Literal(Value::Number(n)), Some(side)) => {
                found.push(Written { value: Value::Number(-*n), span: node.span.clone(), side: side.clone() });
            }
            _ => read(of, side, found),
        },
        Kind::Filter(list, test) => {
            read(list, None, found);
            read(test, None, found);
        }
        Kind::For(iterators, body) | Kind::Quantified { iterators, test: body, .. } => {
            for iterator in iterators {
                match &iterator.domain {
                    Domain::List(list) => read(list, None, found),
                    Domain::Steps(from, to) => [from, to].into_iter().for_each(|end| read(end, None, found)),
                }
            }
            read(body, None, found);
        }
        other => other.parts().into_iter().for_each(|part| read(part, side, found)),
    }
}
