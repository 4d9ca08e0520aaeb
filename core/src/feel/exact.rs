//! Whether a value is exact, or may carry a quotient that was rounded.
//!
//! INVARIANT: sound. What is called exact here has no quotient in it, but for those that have an end and those that decide only what is counted, chosen or
//! cut to so many places.

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::Value;
use super::builtin::Builtin;
use super::eval::Evaluator;
use super::expr::{Compiled, Expr};
use super::number::has_end;
use super::syntax::Operator;

/// Whether the variables of the loops within an expression are exact, the innermost last.
type Within = SmallVec<[bool; 4]>;

impl Evaluator<'_> {
    /// Whether a value carries no quotient that was rounded.
    pub(super) fn is_exact(&self, expr: &Expr) -> bool {
        is_exact(expr, self.once().parts, &|place| self.is_exact_variable(place))
    }
}

/// Whether a value carries no quotient that was rounded; `variable` says it of the loops around, the innermost first.
pub(super) fn is_exact(expr: &Expr, once: &[Compiled], variable: &dyn Fn(usize) -> bool) -> bool {
    Reader { once, variable }.exact(expr, &mut Within::new())
}

struct Reader<'r> {
    once: &'r [Compiled],
    variable: &'r dyn Fn(usize) -> bool,
}

impl Reader<'_> {
    fn exact(&self, expr: &Expr, within: &mut Within) -> bool {
        match expr.resolved(self.once) {
            Expr::Local(place) => {
                let place = usize::from(*place);
                match within.len().checked_sub(1 + place) {
                    Some(inner) => within.get(inner).copied().unwrap_or(false),
                    None => (self.variable)(place - within.len()),
                }
            }
            Expr::Negate(of) | Expr::Filter(of, _) | Expr::At(of, _) | Expr::Sort(of, _) => self.exact(of, within),
            Expr::If(_, yes, no) => self.exact(yes, within) && self.exact(no, within),
            Expr::List(parts) => parts.iter().all(|part| self.exact(part, within)),
            Expr::For(lists, body) => {
                let outside = within.len();
                for list in lists {
                    let exact = self.exact(list, within);
                    within.push(exact);
                }
                let exact = self.exact(body, within);
                within.truncate(outside);
                exact
            }
            Expr::Arithmetic(Operator::Divide, above, below) => ends(above, below) && self.exact(above, within) && self.exact(below, within),
            Expr::Arithmetic(Operator::Power, base, exponent) => !is_negative(exponent) && self.exact(base, within),
            Expr::Arithmetic(_, left, right) => self.exact(left, within) && self.exact(right, within),
            Expr::Call(builtin, arguments) => match builtin {
                Builtin::Mean => false,
                Builtin::Count | Builtin::IndexOf | Builtin::StringLength | Builtin::WholeMonths | Builtin::LargestOverlap => true,
                _ if builtin.cuts() => true,
                _ => arguments.iter().all(|argument| self.exact(argument, within)),
            },
            // Part of the question that is asked somewhere else.
            Expr::Once(_) => false,
            Expr::Range(range) => self.exact(&range.low, within) && self.exact(&range.high, within),
            Expr::Literal(_)
            | Expr::Code(_)
            | Expr::Root(_)
            | Expr::Given(_)
            | Expr::AsOf
            | Expr::Slot { .. }
            | Expr::Own { .. }
            | Expr::Part(..)
            | Expr::Steps(..)
            | Expr::Admissible(_)
            | Expr::And(_)
            | Expr::Or(_)
            | Expr::Compare(..)
            | Expr::Within { .. }
            | Expr::Member(..)
            | Expr::Quantified { .. } => true,
        }
    }
}

/// Whether a quotient has an end, whatever is divided; one that has too many digits is an error then.
fn ends(above: &Expr, below: &Expr) -> bool {
    let number = |expr: &Expr| match expr {
        Expr::Literal(Value::Number(number)) => Some(*number),
        Expr::Literal(Value::Months(size) | Value::Seconds(size)) => Some(Decimal::from(*size)),
        _ => None,
    };
    number(below).is_some_and(|below| below.is_zero() || has_end(number(above).unwrap_or(Decimal::ONE), below))
}

fn is_negative(exponent: &Expr) -> bool {
    matches!(exponent, Expr::Literal(Value::Number(n)) if n.is_sign_negative())
}
