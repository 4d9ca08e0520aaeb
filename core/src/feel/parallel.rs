//! Two compiled forms side by side: where they differ in a figure or in how two values are compared, and where they are two conditions.

use super::builtin::Builtin;
use super::expr::Expr;
use super::{Comparator, Compiled, Type, Value};
use crate::order::order_by_key;
use crate::quantity::Unit;

/// What stands around an expression: the parts that were moved out of it, and the names of what is given.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'e> {
    pub(crate) once: &'e [Compiled],
    pub(crate) given: &'e [&'e str],
}

/// Where two expressions differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// A figure, a date, a code or a text that is written out.
    Figure { old: String, new: String, unit: Option<Unit> },
    /// How two values are compared.
    Comparator { old: Comparator, new: Comparator },
    /// A part that is there on one side alone, or is another one than before.
    Shape,
}

/// Where two expressions differ; nothing where they mean the same.
pub(crate) fn spots(old: (&Compiled, Surroundings<'_>), new: (&Compiled, Surroundings<'_>)) -> Vec<Spot> {
    let pair = Pair { old: old.1, new: new.1 };
    let mut found = pair.meet(&old.0.expr, &new.0.expr, None).unwrap_or_else(|| vec![Spot::Shape]);
    order_by_key(&mut found, |spot| *spot == Spot::Shape);
    found.dedup();
    found
}

/// The surroundings of both expressions.
struct Pair<'e> {
    old: Surroundings<'e>,
    new: Surroundings<'e>,
}

impl Pair<'_> {
    /// Where two expressions of one shape differ; `None` where they have not one shape. `types` are those of what the two stand for, where
    /// comparisons tell them.
    fn meet(&self, old: &Expr, new: &Expr, types: Option<(&Type, &Type)>) -> Option<Vec<Spot>> {
        match (old.resolved(self.old.once), new.resolved(self.new.once)) {
            (Expr::Literal(a), Expr::Literal(b)) if a == b => Some(Vec::new()),
            (Expr::Literal(a), Expr::Literal(b)) => figure(a, b, types.map(|(ty, _)| ty)),
            (Expr::Code(a), Expr::Code(b)) => codes(*a, *b, types),
            (Expr::Given(a), Expr::Given(b)) => {
                let name = |names: &[&str], place: u16| names.get(usize::from(place)).map(|name| (*name).to_owned());
                (name(self.old.given, *a) == name(self.new.given, *b)).then(Vec::new)
            }
            (Expr::Compare(was, a, b, type_before), Expr::Compare(is, c, d, type_now)) => {
                let types = Some((&**type_before, &**type_now));
                let mut found = self.meet(a, c, types)?;
                if was != is {
                    found.push(Spot::Comparator { old: *was, new: *is });
                }
                found.extend(self.meet(b, d, types)?);
                Some(found)
            }
            (Expr::Call(Builtin::Date, a), Expr::Call(Builtin::Date, b)) => self.dates(a, b),
            (a @ Expr::And(_), b) | (a, b @ Expr::And(_)) => self.parts(all_of(a), all_of(b)),
            (a @ Expr::Or(_), b) | (a, b @ Expr::Or(_)) => self.parts(any_of(a), any_of(b)),
            (a, b) => {
                let (below_a, below_b) = (a.children(), b.children());
                let alike = same_node(a, b) && below_a.len() == below_b.len();
                if !alike {
                    return None;
                }
                self.all(below_a.into_iter().zip(below_b).map(|((x, _), (y, _))| (x, y)), true)
            }
        }
    }

    /// Where two dates differ that are put together: month and day are told as one.
    fn dates(&self, old: &[Expr], new: &[Expr]) -> Option<Vec<Spot>> {
        match (old, new, day_of_year(old), day_of_year(new)) {
            ([year_before, ..], [year_now, ..], Some(before), Some(now)) => {
                let mut found = self.meet(year_before, year_now, None)?;
                if before != now {
                    found.push(Spot::Figure { old: before, new: now, unit: None });
                }
                Some(found)
            }
            _ => self.all(old.iter().zip(new), old.len() == new.len()),
        }
    }

    /// Where expressions differ that stand in the same places.
    fn all<'p>(&self, pairs: impl Iterator<Item = (&'p Expr, &'p Expr)>, complete: bool) -> Option<Vec<Spot>> {
        let mut found = Vec::new();
        for (x, y) in pairs {
            found.extend(self.meet(x, y, None)?);
        }
        complete.then_some(found)
    }

    /// Pairs the parts of two conjunctions or disjunctions: equal ones first, then those of one shape; what is left over is another condition.
    fn parts(&self, old: &[Expr], new: &[Expr]) -> Option<Vec<Spot>> {
        let (mut old, mut new): (Vec<&Expr>, Vec<&Expr>) = (old.iter().collect(), new.iter().collect());
        let mut found = Vec::new();
        let mut paired = false;
        for exactly in [true, false] {
            let mut left = Vec::new();
            for part in old {
                let met = new.iter().enumerate().find_map(|(place, other)| {
                    let spots = self.meet(part, other, None)?;
                    (spots.is_empty() || !exactly).then_some((place, spots))
                });
                match met {
                    Some((place, spots)) => {
                        new.remove(place);
                        found.extend(spots);
                        paired = true;
                    }
                    None => left.push(part),
                }
            }
            old = left;
        }
        if !old.is_empty() || !new.is_empty() {
            found.push(Spot::Shape);
        }
        paired.then_some(found)
    }
}

/// Month and day of a date whose year may be anything: `10-31`.
fn day_of_year(arguments: &[Expr]) -> Option<String> {
    match arguments {
        [_, Expr::Literal(Value::Number(month)), Expr::Literal(Value::Number(day))] => Some(format!("{month:0>2}-{day:0>2}")),
        _ => None,
    }
}

/// The parts of a conjunction; any other condition is its own only part.
fn all_of(expr: &Expr) -> &[Expr] {
    if let Expr::And(parts) = expr { parts } else { std::slice::from_ref(expr) }
}

/// The parts of a disjunction; any other condition is its own only part.
fn any_of(expr: &Expr) -> &[Expr] {
    if let Expr::Or(parts) = expr { parts } else { std::slice::from_ref(expr) }
}

/// Two codes, where one took the place of the other: each by its place in the list as its own version has it.
fn codes(old: u8, new: u8, types: Option<(&Type, &Type)>) -> Option<Vec<Spot>> {
    let Some((Type::Code(before), Type::Code(now))) = types else { return (old == new).then(Vec::new) };
    let (old, new) = (before.codes.get(usize::from(old))?.clone(), now.codes.get(usize::from(new))?.clone());
    Some(if old == new { Vec::new() } else { vec![Spot::Figure { old, new, unit: None }] })
}

/// Two values that are written out, where one took the place of the other.
fn figure(old: &Value, new: &Value, ty: Option<&Type>) -> Option<Vec<Spot>> {
    let is_figure = matches!(old, Value::Number(_) | Value::Date(_) | Value::Months(_) | Value::Seconds(_) | Value::Text(_));
    if !is_figure || std::mem::discriminant(old) != std::mem::discriminant(new) {
        return None;
    }
    let unit = ty.and_then(Type::unit).cloned();
    Some(vec![Spot::Figure { old: old.to_string(), new: new.to_string(), unit }])
}

/// Whether two parts are the same but for what stands below them.
fn same_node(old: &Expr, new: &Expr) -> bool {
    match (old, new) {
        (Expr::Local(a), Expr::Local(b)) | (Expr::Root(a), Expr::Root(b)) => a == b,
        (Expr::Slot { slot: a, .. }, Expr::Slot { slot: b, .. }) => a == b,
        (Expr::Own { name: a, kind: x, or_none: one, .. }, Expr::Own { name: b, kind: y, or_none: other, .. }) => a == b && x == y && one == other,
        (Expr::Part(_, a), Expr::Part(_, b)) => a == b,
        (Expr::Arithmetic(a, ..), Expr::Arithmetic(b, ..)) => a == b,
        (Expr::Within { range: a, .. }, Expr::Within { range: b, .. }) | (Expr::Range(a), Expr::Range(b)) => {
            a.low_closed == b.low_closed && a.high_closed == b.high_closed
        }
        (Expr::Quantified { every: a, lists: x, .. }, Expr::Quantified { every: b, lists: y, .. }) => a == b && x.len() == y.len(),
        (Expr::For(x, _), Expr::For(y, _)) => x.len() == y.len(),
        (Expr::Call(a, _), Expr::Call(b, _)) => a == b,
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}
