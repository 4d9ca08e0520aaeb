//! Conditions that cannot hold, or cannot fail, whatever the facts are.

use super::Tables;
use super::conditions::Condition;
use crate::feel::{Expr, FeelError, Premises, Truth, outcomes};
use crate::policy::Policy;
use crate::policy::table::Table;
use crate::problem::ProblemCode;

/// How many parts a condition may have for each of them to be looked at by itself.
const LARGEST: usize = 1_000;

/// Warns of conditions that are true of no facts, or false of none; of parts of them, and in filters and loops too.
pub(super) fn check(tables: &Tables<'_>, policy: &Policy) {
    // What stands in a define is told once, however many use it.
    let mut told: Vec<&Expr> = Vec::new();
    for (place, condition) in tables.conditions(policy) {
        let (Some(table), Some(provision)) = (tables.provisions.get(place), policy.provisions.get(place)) else { continue };
        let premises = Premises { once: &policy.once, as_of: policy.in_force(provision) };
        if warn(table, &condition, None, Matters::Both, outcomes(&condition.compiled.expr, &premises)) {
            continue;
        }
        if condition.compiled.expr.size().0 > LARGEST {
            continue;
        }
        let mut within = Vec::new();
        parts(&condition.compiled.expr, &premises, &mut within);
        for part in within {
            if !told.contains(&part.condition) && warn(table, &condition, Some(part.what), part.matters, outcomes(part.condition, &premises)) {
                told.push(part.condition);
            }
        }
    }
}

/// Whether a condition is one that can be told right away to come to the same always.
pub(super) fn is_settled(condition: &Condition<'_, '_>, premises: &Premises<'_>) -> bool {
    let outcomes = outcomes(&condition.compiled.expr, premises);
    !outcomes.can_be(Truth::TRUE) || !outcomes.can_be(Truth::FALSE)
}

/// Which of the two would be odd.
#[derive(Clone, Copy, PartialEq)]
enum Matters {
    NeverHolding,
    NeverFailing,
    Both,
}

/// Warns where a condition, or this part of it, always comes to the same; says whether it did.
fn warn(table: &Table<'_>, condition: &Condition<'_, '_>, part: Option<&str>, matters: Matters, outcomes: Truth) -> bool {
    let what = part.map_or_else(|| format!("`{}`", condition.key), |part| format!("{part} in `{}`", condition.key));
    let (code, message, cure) = if !outcomes.can_be(Truth::TRUE) && matters != Matters::NeverFailing {
        (ProblemCode::NeverHolds, format!("{what} can never be true, whatever the facts are"), "correct its figures, or remove it")
    } else if !outcomes.can_be(Truth::FALSE) && matters != Matters::NeverHolding {
        let cure = "correct its figures, or remove it; whether a fact is there is asked by `!= null`";
        (ProblemCode::NeverFails, format!("{what} can never be false, whatever the facts are"), cure)
    } else {
        return false;
    };
    condition.report(table, &FeelError::new(code, &(0..condition.text().len()), message).with_cure(cure));
    true
}

/// A condition within another one.
struct Part<'e> {
    what: &'static str,
    condition: &'e Expr,
    matters: Matters,
}

/// The conditions within an expression that choose items or results, and those that are combined.
fn parts<'e>(expr: &'e Expr, premises: &Premises<'e>, found: &mut Vec<Part<'e>>) {
    let expr = expr.resolved(premises.once);
    match expr {
        Expr::Filter(_, test) => found.push(Part { what: "a filter", condition: test, matters: Matters::Both }),
        Expr::Quantified { test, .. } => found.push(Part { what: "the test of a loop", condition: test, matters: Matters::Both }),
        Expr::If(condition, ..) => found.push(Part { what: "the condition of an `if`", condition, matters: Matters::Both }),
        // One that cannot hold makes the whole so, and one that cannot fail decides it.
        Expr::And(all) => found.extend(all.iter().map(|condition| Part { what: "a part of an `and`", condition, matters: Matters::NeverFailing })),
        Expr::Or(any) => found.extend(any.iter().map(|condition| Part { what: "a part of an `or`", condition, matters: Matters::NeverHolding })),
        _ => {}
    }
    expr.children().into_iter().for_each(|(child, _)| parts(child, premises, found));
}
