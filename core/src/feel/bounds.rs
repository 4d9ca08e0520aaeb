//! What is known of an expression's value before any facts are: its least, its greatest, and whether it is whole.
//!
//! INVARIANT: sound. Whatever the facts are, a value that is there lies within its bounds.

use std::cmp::Ordering;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::builtin::Builtin;
use super::expr::{Expr, Part};
use super::syntax::Operator;
use super::{Compiled, Orders, Value};

/// What is known of the question, whatever the facts are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Premises<'p> {
    /// The parts that were moved out of expressions.
    pub(crate) once: &'p [Compiled],
    /// The first and the last day on which it can be asked.
    pub(crate) as_of: (NaiveDate, Option<NaiveDate>),
}

/// The least and the greatest value that an expression can have, where there are such.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    pub(crate) low: Option<Value>,
    pub(crate) high: Option<Value>,
    /// Whether the values lie apart from one another: whole numbers, days.
    pub(crate) whole: bool,
}

impl Reach {
    fn exactly(value: &Value) -> Self {
        let whole = matches!(value, Value::Date(_)) || matches!(value, Value::Number(n) if n.fract().is_zero());
        Self { low: Some(value.clone()), high: Some(value.clone()), whole }
    }

    fn between(low: i64, high: Option<i64>, whole: bool) -> Self {
        Self { low: Some(low.into()), high: high.map(Value::from), whole }
    }

    /// What a value can be that is one or the other.
    fn either(self, other: Self) -> Self {
        let pick = |a: Option<Value>, b: Option<Value>, wanted: Ordering| {
            a.zip(b).and_then(|(a, b)| match order(&a, &b)? {
                found if found == wanted => Some(a),
                _ => Some(b),
            })
        };
        Self {
            low: pick(self.low, other.low, Ordering::Less),
            high: pick(self.high, other.high, Ordering::Greater),
            whole: self.whole && other.whole,
        }
    }

    /// Whether this value can be in it.
    pub(crate) fn holds(&self, value: &Value) -> bool {
        let above = self.low.as_ref().is_none_or(|low| order(low, value) != Some(Ordering::Greater));
        let below = self.high.as_ref().is_none_or(|high| order(high, value) != Some(Ordering::Less));
        above && below && (!self.whole || !matches!(value, Value::Number(n) if !n.fract().is_zero()))
    }

    /// How a value within it can stand to one within another.
    pub(crate) fn orders(&self, other: &Self) -> Orders {
        // The order of two ends, where both are there.
        let ends = |a: &Option<Value>, b: &Option<Value>| a.as_ref().zip(b.as_ref()).and_then(|(a, b)| order(a, b));
        let (lowest, highest) = (ends(&self.low, &other.high), ends(&self.high, &other.low));
        let mut possible = Orders::default();
        if !matches!(lowest, Some(Ordering::Equal | Ordering::Greater)) {
            possible.add(Ordering::Less);
        }
        if lowest != Some(Ordering::Greater) && highest != Some(Ordering::Less) {
            possible.add(Ordering::Equal);
        }
        if !matches!(highest, Some(Ordering::Equal | Ordering::Less)) {
            possible.add(Ordering::Greater);
        }
        possible
    }

    /// Whether nothing in it is below zero.
    fn is_nonnegative(&self) -> bool {
        matches!(self.low, Some(Value::Number(low)) if low >= Decimal::ZERO)
    }
}

/// The order of two values of one type.
pub(crate) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    super::val::order(&super::Val::of_value(a), &super::Val::of_value(b))
}

/// The range of an expression; without ends where nothing is known.
pub(crate) fn reach<'e>(expr: &'e Expr, premises: &Premises<'e>) -> Reach {
    let of = |expr: &'e Expr| reach(expr, premises);
    match expr.resolved(premises.once) {
        Expr::Literal(value @ (Value::Number(_) | Value::Date(_) | Value::Months(_) | Value::Seconds(_))) => Reach::exactly(value),
        Expr::AsOf => {
            let (low, high) = premises.as_of;
            Reach { low: Some(low.into()), high: high.map(Value::from), whole: true }
        }
        Expr::Slot { nonnegative: true, whole, .. } | Expr::Own { nonnegative: true, whole, .. } => Reach::between(0, None, *whole),
        Expr::Slot { whole: true, .. } | Expr::Own { whole: true, .. } => Reach { whole: true, ..Reach::default() },
        Expr::Part(_, Part::Month) => Reach::between(1, Some(12), true),
        Expr::Part(_, Part::Day) => Reach::between(1, Some(31), true),
        Expr::Part(_, Part::Weekday) => Reach::between(1, Some(7), true),
        Expr::Part(..) => Reach { whole: true, ..Reach::default() },
        Expr::If(_, yes, no) => of(yes).either(of(no)),
        Expr::Arithmetic(Operator::Add | Operator::Multiply, a, b) => {
            let (a, b) = (of(a), of(b));
            let whole = a.whole && b.whole;
            if a.is_nonnegative() && b.is_nonnegative() { Reach::between(0, None, whole) } else { Reach { whole, ..Reach::default() } }
        }
        Expr::Arithmetic(Operator::Subtract, a, b) => Reach { whole: of(a).whole && of(b).whole, ..Reach::default() },
        Expr::Arithmetic(Operator::Divide, a, b) if of(a).is_nonnegative() && of(b).is_nonnegative() => Reach::between(0, None, false),
        Expr::Call(builtin, arguments) => call(*builtin, arguments, premises),
        _ => Reach::default(),
    }
}

fn call<'e>(builtin: Builtin, arguments: &'e [Expr], premises: &Premises<'e>) -> Reach {
    let all_nonnegative = || match arguments {
        [list] => items(list, premises).is_some_and(|item| item.is_nonnegative()),
        several => several.iter().all(|one| reach(one, premises).is_nonnegative()),
    };
    let all_whole = || match arguments {
        [list] => items(list, premises).is_some_and(|item| item.whole),
        several => several.iter().all(|one| reach(one, premises).whole),
    };
    match builtin {
        Builtin::Count | Builtin::StringLength | Builtin::WholeMonths | Builtin::LargestOverlap => Reach::between(0, None, true),
        Builtin::DayOfYear => Reach::between(1, Some(366), true),
        Builtin::WeekOfYear => Reach::between(1, Some(53), true),
        Builtin::Max if parts(arguments, premises).iter().any(|part| reach(part, premises).is_nonnegative()) => Reach::between(0, None, all_whole()),
        Builtin::Mean if all_nonnegative() => Reach::between(0, None, false),
        Builtin::Total | Builtin::Sum | Builtin::Min | Builtin::Max if all_nonnegative() => Reach::between(0, None, all_whole()),
        Builtin::Total | Builtin::Sum | Builtin::Min | Builtin::Max => Reach { whole: all_whole(), ..Reach::default() },
        Builtin::Floor | Builtin::Ceiling | Builtin::RoundUp | Builtin::RoundDown | Builtin::RoundHalfUp | Builtin::RoundHalfDown
            if arguments.first().is_some_and(|n| reach(n, premises).is_nonnegative()) =>
        {
            Reach::between(0, None, arguments.len() == 1)
        }
        // With places after the point they leave parts.
        Builtin::Floor | Builtin::Ceiling | Builtin::RoundUp | Builtin::RoundDown | Builtin::RoundHalfUp | Builtin::RoundHalfDown => {
            Reach { whole: arguments.len() == 1, ..Reach::default() }
        }
        _ => Reach::default(),
    }
}

/// The items of a list that is written out, whether it is one argument or several.
fn parts<'e>(arguments: &'e [Expr], premises: &Premises<'e>) -> &'e [Expr] {
    match arguments {
        [list] => match list.resolved(premises.once) {
            Expr::List(parts) => parts,
            _ => &[],
        },
        several => several,
    }
}

/// The range of the items of a list, as far as its form tells it.
fn items<'e>(list: &'e Expr, premises: &Premises<'e>) -> Option<Reach> {
    match list.resolved(premises.once) {
        Expr::For(_, body) => Some(reach(body, premises)),
        Expr::Filter(list, _) | Expr::Sort(list, _) => items(list, premises),
        Expr::List(parts) => parts.iter().map(|part| reach(part, premises)).reduce(Reach::either),
        Expr::Call(Builtin::DistinctValues | Builtin::Reverse | Builtin::Sublist | Builtin::Remove, arguments) => items(arguments.first()?, premises),
        _ => None,
    }
}
