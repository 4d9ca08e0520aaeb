//! Figures at which no example stands: the engine runs the examples and says what it compared.

use std::cmp::Ordering;

use toml::de::DeValue;

use super::conditions::Condition;
use super::examples::has_example;
use super::{Tables, outcomes};
use crate::feel::{Comparator, FeelError, Orders, Premises, Probe, Span, Stated, reach, stated, words, written, written_in_define};
use crate::policy::Policy;
use crate::policy::example::ExampleOf;
use crate::policy::table::{Entry, Table};
use crate::problem::ProblemCode;
use crate::source::in_one_line;

/// Warns of figures in conditions at which, below which or above which no example stands.
///
/// A figure that stands in a define is tried where one of the provisions that use it tries it.
pub(super) fn check(tables: &Tables<'_>, policy: &Policy) {
    let defines = Define::all(tables.file);
    let mut shared: Vec<Shared> = Vec::new();
    for (place, (table, provision)) in tables.with(policy).enumerate().filter(|(_, (_, provision))| has_example(policy, provision)) {
        let probe = probe(policy, place);
        let premises = Premises { once: &policy.once, as_of: policy.in_force(provision) };
        let conditions = super::conditions(table, provision).into_iter().filter(|condition| !outcomes::is_settled(condition, &premises));
        for condition in conditions {
            let mut own = written(condition.text());
            for stated in stated(&condition.compiled.expr, &policy.once) {
                let lacks = Lacks::of(&stated, &probe, &premises);
                if let Some(at) = own.iter().position(|written| written.value == *stated.figure) {
                    let written = own.remove(at);
                    let side = if stated.alone { &written.span } else { &written.side };
                    let words = condition.text().get(side.clone()).unwrap_or("");
                    if let Some(error) = lacks.problem(&written.span, words, condition.key) {
                        condition.report(table, &error);
                    }
                } else if let Some(found) = Shared::of(&stated, &condition, &defines) {
                    match shared.iter_mut().find(|known| known.span == found.span && known.define == found.define) {
                        Some(known) => known.lacks = known.lacks.both(lacks),
                        None => shared.push(Shared { lacks, ..found }),
                    }
                }
            }
        }
    }
    for figure in shared {
        let Some(define) = defines.get(figure.define) else { continue };
        let words = define.text.get(figure.side.clone()).unwrap_or("");
        if let Some(error) = figure.lacks.problem(&figure.span, words, define.name) {
            tables.file.push(tables.file.source().expression_problem(define.entry, &error));
        }
    }
}

/// How the comparisons stood that the examples of a provision reach.
fn probe(policy: &Policy, place: usize) -> Probe {
    let mut all = Probe::default();
    let Some(provision) = policy.provisions.get(place) else { return all };
    for example in policy.examples_of_file().iter().filter(|example| example.of == ExampleOf::Provision(provision.id.clone())) {
        if let Some(alone) = policy.alone(place, example.decision.as_deref()) {
            all.join(&policy.question(&alone, example.given.clone(), example.as_of).probe(&example.facts));
        }
    }
    all
}

/// Where no example stands, as seen from a figure.
#[derive(Clone, Copy, Default)]
struct Lacks {
    orders: Orders,
    /// Neither below nor above, where it does not matter which.
    apart: bool,
}

impl Lacks {
    fn of(stated: &Stated<'_>, probe: &Probe, premises: &Premises<'_>) -> Self {
        let seen = probe.orders(stated.right);
        let (seen, value, figure) =
            if stated.on_the_right { (seen, stated.left, stated.right) } else { (seen.mirrored(), stated.right, stated.left) };
        let orders = reach(value, premises).orders(&reach(figure, premises)).without(seen);
        if !matches!(stated.comparator, Comparator::Equal | Comparator::NotEqual) {
            return Self { orders, apart: false };
        }
        let beside = Orders::BESIDE;
        Self { orders: orders.without(beside), apart: !seen.meets(beside) && orders.meets(beside) }
    }

    /// What both lack.
    fn both(self, other: Self) -> Self {
        Self { orders: self.orders.both(other.orders), apart: self.apart && other.apart }
    }

    fn problem(self, place: &Span, figure: &str, key: &str) -> Option<FeelError> {
        let orders = [(Ordering::Less, "below it"), (Ordering::Equal, "exactly at it"), (Ordering::Greater, "above it")];
        let mut sides: Vec<&str> = orders.iter().filter(|(order, _)| self.orders.has(*order)).map(|(_, side)| *side).collect();
        sides.extend(self.apart.then_some("apart from it"));
        if sides.is_empty() {
            return None;
        }
        let figure = in_one_line(figure);
        let message = format!("`{key}` compares with `{figure}`, and no example stands {}", sides.join(" or "));
        let cure = "add an example there: the figure may be wrong, and nothing would tell";
        Some(FeelError::new(ProblemCode::UntestedFigure, place, message).with_cure(cure))
    }
}

/// An entry of `[define]`.
struct Define<'t> {
    name: &'t str,
    text: &'t str,
    entry: Entry<'t>,
}

impl<'t> Define<'t> {
    fn all(file: &Table<'t>) -> Vec<Self> {
        let Some(table) = file.table("define", "[define]") else { return Vec::new() };
        let entries = table.entries().filter_map(|(key, entry)| match entry.get_ref() {
            DeValue::String(text) => Some(Self { name: key.get_ref(), text: text.as_ref(), entry }),
            _ => None,
        });
        entries.collect()
    }
}

/// A figure of a define, and what its users lack together.
struct Shared {
    /// The place among the defines.
    define: usize,
    span: Span,
    side: Span,
    lacks: Lacks,
}

impl Shared {
    /// Where a figure stands that a condition does not write itself.
    fn of(stated: &Stated<'_>, condition: &Condition<'_, '_>, defines: &[Define<'_>]) -> Option<Self> {
        let mut named = words(condition.text());
        let mut next = 0;
        while let Some(name) = named.get(next) {
            if let Some((place, define)) = defines.iter().enumerate().find(|(_, define)| define.name == *name) {
                if let Some(written) = written_in_define(define.text).into_iter().find(|written| written.value == *stated.figure) {
                    let side = if stated.alone { written.span.clone() } else { written.side };
                    return Some(Self { define: place, span: written.span, side, lacks: Lacks::default() });
                }
                for further in words(define.text) {
                    if !named.contains(&further) {
                        named.push(further);
                    }
                }
            }
            next += 1;
        }
        None
    }
}
