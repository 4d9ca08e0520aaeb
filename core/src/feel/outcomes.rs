//! Whether a condition can hold, or fail, at all: a search over what its comparisons leave of each value.
//!
//! A condition is read as a formula over terms: what is compared with constants, pairs that are compared with each other, and conditions of which
//! nothing is known. Each term is cut into cells on which every comparison comes to the same. INVARIANT: sound. An outcome that is left out cannot
//! come about on any complete facts; where a search would take long, nothing is left out.

mod term;
#[cfg(test)]
mod tests;

use super::bounds::Premises;
use super::builtin::Builtin;
use super::expr::Expr;
use super::syntax::Operator;
use super::{Comparator, Evaluator, Once, Truth, Type, Value};
use term::{Cell, Term};

/// How many readings of a comparison one search may take.
const ALLOWANCE: usize = 50_000;
/// The four outcomes of a condition.
const OUTCOMES: [Truth; 4] = [Truth::TRUE, Truth::FALSE, Truth::NULL, Truth::ERROR];

/// The outcomes that a condition can have on complete facts, as far as they can be told apart.
pub(crate) fn outcomes(condition: &Expr, premises: &Premises<'_>) -> Truth {
    let mut reader = Reader { premises, terms: Vec::new() };
    let formula = reader.formula(condition);
    let cuts: Vec<Cut> = reader.terms.iter().map(|term| term.cut(premises)).collect();
    let mut found = Truth::NONE;
    for outcome in OUTCOMES {
        let mut search = Search { cuts: &cuts, chosen: vec![None; cuts.len()], left: ALLOWANCE };
        if search.finds(&formula, outcome, 0) {
            found = found.either(outcome);
        }
    }
    found
}

/// The cells of a term, and the ranks of the constants that it is compared with.
type Cut = (Vec<Cell>, Vec<usize>);

/// A condition over terms.
enum Formula {
    Known(Truth),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
    /// Whether a condition is this truth value.
    Is(Box<Formula>, bool),
    If(Box<[Formula; 3]>),
    /// A term against the constant of this place among its own.
    Constant(usize, Comparator, usize),
    /// A term against null.
    Null(usize, Comparator),
    /// A pair against each other, perhaps the other way round.
    Pair(usize, Comparator, bool),
    /// A term that is a condition itself.
    Free(usize),
}

struct Reader<'e> {
    premises: &'e Premises<'e>,
    terms: Vec<Term<'e>>,
}

impl<'e> Reader<'e> {
    fn formula(&mut self, expr: &'e Expr) -> Formula {
        match expr.resolved(self.premises.once) {
            Expr::Literal(Value::Boolean(value)) => Formula::Known(Truth::of(*value)),
            Expr::Literal(Value::Null(None)) => Formula::Known(Truth::NULL),
            Expr::And(parts) => Formula::All(parts.iter().map(|part| self.formula(part)).collect()),
            Expr::Or(parts) => Formula::Any(parts.iter().map(|part| self.formula(part)).collect()),
            Expr::Call(Builtin::Not, arguments) => match arguments.as_slice() {
                [of] => Formula::Not(Box::new(self.formula(of))),
                _ => self.free(expr, OUTCOMES.into_iter().fold(Truth::NONE, Truth::either)),
            },
            Expr::If(condition, yes, no) => Formula::If(Box::new([self.formula(condition), self.formula(yes), self.formula(no)])),
            Expr::Compare(comparator, left, right, ty) => self.comparison(*comparator, left, right, ty),
            // A quotient in a range is divided, and one beside a comparator is not: the two are not the same term.
            Expr::Within { value, range } if !is_quotient(value.resolved(self.premises.once)) => {
                let low = if range.low_closed { Comparator::GreaterOrEqual } else { Comparator::Greater };
                let high = if range.high_closed { Comparator::LessOrEqual } else { Comparator::Less };
                let low = self.comparison(low, value, &range.low, &Type::Mixed);
                Formula::All(vec![low, self.comparison(high, value, &range.high, &Type::Mixed)])
            }
            Expr::Member(value, list) if !is_quotient(value.resolved(self.premises.once)) => self.member(expr, value, list),
            Expr::Quantified { every, test, .. } => {
                // Of no item it is true or false at once, and of a null list null; else it is what the test is of some item.
                let base = Truth::of(*every).either(Truth::NULL).either(Truth::ERROR);
                let possible = base.either(outcomes(test, self.premises));
                self.free(expr, possible)
            }
            _ => self.free(expr, OUTCOMES.into_iter().fold(Truth::NONE, Truth::either)),
        }
    }

    fn free(&mut self, expr: &'e Expr, possible: Truth) -> Formula {
        let expr = expr.resolved(self.premises.once);
        Formula::Free(self.place_of(Term::Condition(expr, possible)))
    }

    fn member(&mut self, whole: &'e Expr, value: &'e Expr, list: &'e Expr) -> Formula {
        let items = match list.resolved(self.premises.once) {
            Expr::List(items)
                if !items.iter().any(|item| matches!(item.resolved(self.premises.once), Expr::Range(_) | Expr::Literal(Value::Range(_)))) =>
            {
                items
            }
            _ => return self.free(whole, OUTCOMES.into_iter().fold(Truth::NONE, Truth::either)),
        };
        Formula::Any(items.iter().map(|item| self.comparison(Comparator::Equal, value, item, &Type::Mixed)).collect())
    }

    fn comparison(&mut self, comparator: Comparator, left: &'e Expr, right: &'e Expr, ty: &'e Type) -> Formula {
        let once = self.premises.once;
        let (left, right) = (left.resolved(once), right.resolved(once));
        match (constant(left), constant(right)) {
            (Some(a), Some(b)) => known(comparator, &a, &b),
            (None, Some(b)) => self.with_constant(comparator, left, b, ty),
            (Some(a), None) => self.with_constant(comparator.mirrored(), right, a, ty),
            (None, None) => self.pair(comparator, left, right),
        }
    }

    fn with_constant(&mut self, comparator: Comparator, of: &'e Expr, constant: Value, ty: &'e Type) -> Formula {
        if let (Value::Boolean(value), false) = (&constant, comparator.needs_order()) {
            let is = Formula::Is(Box::new(self.formula(of)), *value);
            return if comparator == Comparator::NotEqual { Formula::Not(Box::new(is)) } else { is };
        }
        let term = self.place_of(Term::value(of));
        if matches!(constant, Value::Null(_)) {
            return Formula::Null(term, comparator);
        }
        let codes = if let Type::Code(codes) = ty { codes.codes.len() } else { 0 };
        let constant = self.terms.get_mut(term).map_or(0, |term| term.learn(constant, codes));
        Formula::Constant(term, comparator, constant)
    }

    fn pair(&mut self, comparator: Comparator, left: &'e Expr, right: &'e Expr) -> Formula {
        let turned = self.terms.iter().position(|term| matches!(term, Term::Pair(a, b) if *a == right && *b == left && left != right));
        match turned {
            Some(place) => Formula::Pair(place, comparator, true),
            None => Formula::Pair(self.place_of(Term::Pair(left, right)), comparator, false),
        }
    }

    fn place_of(&mut self, term: Term<'e>) -> usize {
        self.terms.iter().position(|known| known.is(&term)).unwrap_or_else(|| {
            self.terms.push(term);
            self.terms.len() - 1
        })
    }
}

fn is_quotient(expr: &Expr) -> bool {
    matches!(expr, Expr::Arithmetic(Operator::Divide, ..))
}

/// What an expression is that reads nothing at all.
fn constant(expr: &Expr) -> Option<Value> {
    fn is_closed(expr: &Expr) -> bool {
        match expr {
            Expr::Literal(_) | Expr::Code(_) => true,
            Expr::Arithmetic(..) | Expr::Negate(_) | Expr::Call(Builtin::Date, _) => expr.children().iter().all(|(child, _)| is_closed(child)),
            _ => false,
        }
    }
    if !is_closed(expr) {
        return None;
    }
    Evaluator::new(&[], chrono::NaiveDate::MIN, Once::default())
        .val(expr)
        .into_value(&Type::Mixed)
        .filter(|value| !matches!(value, Value::Null(Some(_))))
}

/// What a comparison of two constants is.
fn known(comparator: Comparator, a: &Value, b: &Value) -> Formula {
    Formula::Known(super::val::compare(comparator, &super::Val::of_value(a), &super::Val::of_value(b)))
}

/// Tries one cell of one term after the other, until the formula can come to nothing else than what is sought.
struct Search<'s> {
    cuts: &'s [Cut],
    chosen: Vec<Option<Cell>>,
    left: usize,
}

impl Search<'_> {
    /// Whether some choice of the further terms brings about this outcome, or the search gave up.
    fn finds(&mut self, formula: &Formula, wanted: Truth, next: usize) -> bool {
        let now = self.truth(formula);
        if !now.can_be(wanted) {
            return false;
        }
        if now.is(wanted) || self.left == 0 {
            return true;
        }
        let Some((cells, _)) = self.cuts.get(next) else { return true };
        for cell in cells {
            self.choose(next, Some(*cell));
            if self.finds(formula, wanted, next + 1) {
                return true;
            }
        }
        self.choose(next, None);
        false
    }

    fn choose(&mut self, term: usize, cell: Option<Cell>) {
        if let Some(place) = self.chosen.get_mut(term) {
            *place = cell;
        }
    }

    fn truth(&mut self, formula: &Formula) -> Truth {
        match formula {
            Formula::Known(truth) => *truth,
            Formula::All(parts) => parts.iter().fold(Truth::TRUE, |all, part| all.and(self.truth(part))),
            Formula::Any(parts) => parts.iter().fold(Truth::FALSE, |any, part| any.or(self.truth(part))),
            Formula::Not(of) => self.truth(of).negated(),
            Formula::Is(of, value) => {
                let of = self.truth(of);
                let same = of.can_be(Truth::of(*value));
                let other = of.can_be(Truth::of(!*value)) || of.can_be(Truth::NULL) || of.can_be(Truth::ERROR);
                either(same, Truth::TRUE).either(either(other, Truth::FALSE))
            }
            Formula::If(parts) => {
                let [condition, yes, no] = &**parts;
                let condition = self.truth(condition);
                let (yes, no) = (self.truth(yes), self.truth(no));
                let holds = condition.can_be(Truth::TRUE) || condition.can_be(Truth::ERROR);
                let fails = !condition.is(Truth::TRUE);
                either(holds, yes).either(either(fails, no))
            }
            Formula::Constant(term, comparator, constant) => {
                let rank = self.cuts.get(*term).and_then(|(_, ranks)| ranks.get(*constant)).copied().unwrap_or(0);
                self.over(*term, |cell| cell.against(*comparator, rank))
            }
            Formula::Null(term, comparator) => self.over(*term, |cell| cell.against_null(*comparator)),
            Formula::Pair(term, comparator, turned) => {
                let comparator = if *turned { comparator.mirrored() } else { *comparator };
                self.over(*term, |cell| cell.of_pair(comparator))
            }
            Formula::Free(term) => self.over(*term, Cell::truth),
        }
    }

    /// What a reading of a term comes to: on the cell that was chosen, or on any.
    fn over(&mut self, term: usize, read: impl Fn(Cell) -> Truth) -> Truth {
        self.left = self.left.saturating_sub(1);
        if let Some(Some(cell)) = self.chosen.get(term) {
            return read(*cell);
        }
        let Some((cells, _)) = self.cuts.get(term) else { return Truth::NONE };
        self.left = self.left.saturating_sub(cells.len());
        cells.iter().fold(Truth::NONE, |all, cell| all.either(read(*cell)))
    }
}

/// A truth where something is so, else none.
fn either(is: bool, truth: Truth) -> Truth {
    if is { truth } else { Truth::NONE }
}
