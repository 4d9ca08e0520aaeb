//! The terms of a condition, and the cells of their values on which every comparison comes to the same.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::feel::bounds::{Premises, order, reach};
use crate::feel::expr::Expr;
use crate::feel::{Comparator, Truth, Value};
use crate::order::order_by;

/// Something that a condition speaks of, wherever it does.
pub(super) enum Term<'e> {
    /// A value that is compared with constants, in their order.
    Value { of: &'e Expr, constants: Vec<Value>, codes: usize },
    /// Two values that are compared with each other.
    Pair(&'e Expr, &'e Expr),
    /// A condition of which nothing is known but what it can come to.
    Condition(&'e Expr, Truth),
}

/// A part of what a term can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    /// There is none.
    Null,
    /// Of a pair, neither is there.
    BothNull,
    /// An error made it null.
    Error,
    /// The constant of this rank.
    At(usize),
    /// Below the constant of this rank, and above the one before it.
    Below(usize),
    /// How the first of a pair stands to the second.
    Stands(Ordering),
    /// What a condition comes to.
    Comes(Truth),
}

impl<'e> Term<'e> {
    pub(super) fn value(of: &'e Expr) -> Self {
        Self::Value { of, constants: Vec::new(), codes: 0 }
    }

    /// Whether two terms speak of the same.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value { of: a, .. }, Self::Value { of: b, .. }) | (Self::Condition(a, _), Self::Condition(b, _)) => a == b,
            (Self::Pair(a, b), Self::Pair(c, d)) => a == c && b == d,
            _ => false,
        }
    }

    /// Adds a constant that it is compared with, of a list of so many codes, and says under which number it is known.
    pub(super) fn learn(&mut self, constant: Value, of_codes: usize) -> usize {
        let Self::Value { constants, codes, .. } = self else { return 0 };
        *codes = (*codes).max(of_codes);
        constants.iter().position(|known| *known == constant).unwrap_or_else(|| {
            constants.push(constant);
            constants.len() - 1
        })
    }

    /// All that it can be, and the rank of each constant that it is compared with.
    pub(super) fn cut(&self, premises: &Premises<'_>) -> (Vec<Cell>, Vec<usize>) {
        match self {
            Self::Condition(_, possible) => {
                let possible = super::OUTCOMES.into_iter().filter(|outcome| possible.can_be(*outcome));
                (possible.map(Cell::Comes).collect(), Vec::new())
            }
            Self::Pair(a, b) => {
                let mut cells = vec![Cell::Stands(Ordering::Equal), Cell::BothNull, Cell::Error];
                if a != b {
                    cells.extend([Cell::Stands(Ordering::Less), Cell::Stands(Ordering::Greater), Cell::Null]);
                }
                (cells, Vec::new())
            }
            Self::Value { of, constants, codes } => {
                let mut sorted: Vec<&Value> = constants.iter().collect();
                order_by(&mut sorted, |a, b| order(a, b).unwrap_or(Ordering::Equal));
                let rank = |constant| sorted.iter().position(|known| *known == constant).unwrap_or(0);
                (values(of, &sorted, *codes, premises), constants.iter().map(rank).collect())
            }
        }
    }
}

impl Cell {
    /// What a comparison with the constant of this rank comes to.
    pub(super) fn against(self, comparator: Comparator, constant: usize) -> Truth {
        match self {
            Self::At(rank) => Truth::of(comparator.holds(rank.cmp(&constant))),
            Self::Below(rank) => Truth::of(comparator.holds(if rank <= constant { Ordering::Less } else { Ordering::Greater })),
            _ => self.none(comparator, Truth::FALSE),
        }
    }

    /// What a comparison with null comes to.
    pub(super) fn against_null(self, comparator: Comparator) -> Truth {
        match self {
            Self::At(_) | Self::Below(_) if comparator.needs_order() => Truth::NULL,
            Self::At(_) | Self::Below(_) => Truth::of(comparator == Comparator::NotEqual),
            _ => self.none(comparator, Truth::TRUE),
        }
    }

    /// What the comparison of a pair comes to.
    pub(super) fn of_pair(self, comparator: Comparator) -> Truth {
        match self {
            Self::Stands(order) => Truth::of(comparator.holds(order)),
            Self::BothNull => self.none(comparator, Truth::TRUE),
            Self::Error => self.none(comparator, Truth::TRUE.either(Truth::FALSE)),
            _ => self.none(comparator, Truth::FALSE),
        }
    }

    /// What a condition comes to.
    pub(super) fn truth(self) -> Truth {
        if let Self::Comes(truth) = self { truth } else { Truth::NONE }
    }

    /// What a comparison comes to of which a side is null, where the two are equal as much as this.
    fn none(self, comparator: Comparator, equal: Truth) -> Truth {
        match comparator {
            Comparator::Equal => equal,
            Comparator::NotEqual => equal.negated(),
            _ if self == Self::Error => Truth::ERROR,
            _ => Truth::NULL,
        }
    }
}

/// The cells of a value, by the constants that it is compared with, in their order.
fn values(of: &Expr, constants: &[&Value], codes: usize, premises: &Premises<'_>) -> Vec<Cell> {
    let mut cells = Vec::new();
    // What is given with a question and the day of asking are always there.
    if !matches!(of, Expr::AsOf | Expr::Given(_)) {
        cells.push(Cell::Null);
        if can_fail(of) {
            cells.push(Cell::Error);
        }
    }
    let reach = reach(of, premises);
    for (rank, constant) in constants.iter().enumerate() {
        if reach.holds(constant) {
            cells.push(Cell::At(rank));
        }
    }
    for rank in 0..=constants.len() {
        let before = rank.checked_sub(1).and_then(|before| constants.get(before));
        let low = tighter(before.map(|v| (*v, false)), reach.low.as_ref().map(|v| (v, true)), Ordering::Greater);
        let high = tighter(constants.get(rank).map(|v| (*v, false)), reach.high.as_ref().map(|v| (v, true)), Ordering::Less);
        if has_room(low, high, reach.whole, codes) {
            cells.push(Cell::Below(rank));
        }
    }
    cells
}

/// An end and whether it belongs to what lies within.
type End<'v> = Option<(&'v Value, bool)>;

/// The tighter of two ends: of two lower ones the greater, of two upper ones the less.
fn tighter<'v>(one: End<'v>, other: End<'v>, wanted: Ordering) -> End<'v> {
    match (one, other) {
        (Some(a), Some(b)) => match order(a.0, b.0) {
            Some(Ordering::Equal) => Some((a.0, a.1 && b.1)),
            Some(found) if found == wanted => Some(a),
            _ => Some(b),
        },
        (one, other) => one.or(other),
    }
}

/// Whether some value lies between two ends; where that is not certain, it may.
fn has_room(low: End<'_>, high: End<'_>, whole: bool, codes: usize) -> bool {
    if codes > 0 {
        // The codes of a list are its places from 0 on.
        let code = |end: End<'_>| if let Some((Value::Code(code), _)) = end { Some(usize::from(*code)) } else { None };
        let (first, beyond) = (code(low).map_or(0, |code| code + 1), code(high).unwrap_or(codes));
        return first < beyond;
    }
    let (Some((low, low_in)), Some((high, high_in))) = (low, high) else { return true };
    match order(low, high) {
        Some(Ordering::Greater) => return false,
        Some(Ordering::Equal) => return low_in && high_in,
        _ => {}
    }
    match (low, high) {
        (Value::Date(low), Value::Date(high)) => {
            let days = (*high - *low).num_days() - i64::from(!low_in) - i64::from(!high_in);
            days >= 0
        }
        (Value::Number(low), Value::Number(high)) if whole => {
            let first = if low_in && low.fract().is_zero() { Some(*low) } else { low.floor().checked_add(Decimal::ONE) };
            let last = if high_in && high.fract().is_zero() { Some(*high) } else { high.ceil().checked_sub(Decimal::ONE) };
            first.zip(last).is_none_or(|(first, last)| first <= last)
        }
        _ => true,
    }
}

/// Whether a value can be null through an error: a field of the vocabulary cannot.
fn can_fail(expr: &Expr) -> bool {
    match expr {
        Expr::Slot { of, .. } => can_fail(of),
        Expr::Root(_) | Expr::Local(_) | Expr::Given(_) | Expr::AsOf => false,
        _ => true,
    }
}
