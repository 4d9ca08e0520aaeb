//! Whether a value is exact, or may carry a quotient that was rounded.
//!
//! INVARIANT: sound. What is called exact here has no quotient in it, but for quotients that decide only what is counted, chosen or cut to a whole number.

use smallvec::SmallVec;

use super::builtin::Builtin;
use super::eval::Evaluator;
use super::expr::Expr;
use super::number::Excess;
use super::syntax::Operator;

/// Whether the variables of the loops within an expression are exact, the innermost last.
type Within = SmallVec<[bool; 4]>;

impl Evaluator<'_> {
    /// What becomes of a result that has too many digits, where it is computed from these: none may be lost of exact numbers.
    #[cold]
    pub(super) fn excess<'e>(&self, parts: impl IntoIterator<Item = &'e Expr>) -> Excess {
        if parts.into_iter().all(|part| self.is_exact(part)) { Excess::Refused } else { Excess::Rounded }
    }

    /// Whether a value carries no quotient that was rounded.
    pub(super) fn is_exact(&self, expr: &Expr) -> bool {
        self.exact(expr, &mut Within::new())
    }

    fn exact(&self, expr: &Expr, within: &mut Within) -> bool {
        match expr.resolved(self.once().parts) {
            Expr::Local(place) => {
                let place = usize::from(*place);
                match within.len().checked_sub(1 + place) {
                    Some(inner) => within.get(inner).copied().unwrap_or(false),
                    None => self.is_exact_variable(place - within.len()),
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
            Expr::Arithmetic(Operator::Divide, ..) => false,
            Expr::Arithmetic(Operator::Power, base, exponent) => !is_negative(exponent) && self.exact(base, within),
            Expr::Arithmetic(_, left, right) => self.exact(left, within) && self.exact(right, within),
            Expr::Call(builtin, arguments) => match builtin {
                Builtin::Mean => false,
                Builtin::Count | Builtin::IndexOf | Builtin::StringLength | Builtin::WholeMonths | Builtin::LargestOverlap => true,
                Builtin::Floor | Builtin::Ceiling if arguments.len() == 1 => true,
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

fn is_negative(exponent: &Expr) -> bool {
    matches!(exponent, Expr::Literal(super::Value::Number(n)) if n.is_sign_negative())
}
