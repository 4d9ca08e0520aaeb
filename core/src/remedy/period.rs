//! Whether a day that is given begins a period, such as a cycle of credits: it then says what is asked about, and is no day that could be another.
//!
//! Seen from how the rules read it. A day of an application looks back: what was done by then counts. A period looks forward from its first day: it is
//! the low end of a range, something is added to it, or the records that count are those from it on.

use crate::evaluate::Question;
use crate::feel::{Comparator, Expr, Operator};
use crate::policy::Policy;

impl Question<'_> {
    /// Whether something that is asked reads this day as the beginning of a period.
    pub(super) fn begins_a_period(&self, given: &str) -> bool {
        std::iter::once(self).chain(&self.layers).any(|question| {
            let places: Vec<usize> = question.decision.places().collect();
            let asked = question.policy.with_dependencies(&places);
            let reader = Reader { policy: question.policy, given };
            asked.iter().flat_map(|provision| provision.expressions()).any(|asked| reader.has_a_beginning(&asked.expr, false))
        })
    }
}

/// What looks for a day that is given in the expressions of a policy.
#[derive(Clone, Copy)]
struct Reader<'p> {
    policy: &'p Policy,
    given: &'p str,
}

impl Reader<'_> {
    /// Whether the day begins a period in an expression; in one that looks at the records of a list, those from the day on are one too.
    fn has_a_beginning(&self, expr: &Expr, of_records: bool) -> bool {
        let expr = expr.resolved(&self.policy.once);
        let begins = match expr {
            Expr::Within { range, .. } | Expr::Range(range) => self.is_the_day(&range.low),
            Expr::Arithmetic(Operator::Add, left, right) => self.is_the_day(left) || self.is_the_day(right),
            Expr::Compare(Comparator::GreaterOrEqual | Comparator::Greater, fact, day, _) => {
                of_records && self.is_the_day(day) && !self.is_of_the_question(fact)
            }
            Expr::Compare(Comparator::LessOrEqual | Comparator::Less, day, fact, _) => {
                of_records && self.is_the_day(day) && !self.is_of_the_question(fact)
            }
            _ => false,
        };
        begins || expr.children().into_iter().any(|(child, variables)| self.has_a_beginning(child, of_records || variables > 0))
    }

    /// Whether an expression takes no facts: what a day that is given is held against so is no record.
    fn is_of_the_question(&self, expr: &Expr) -> bool {
        let expr = expr.resolved(&self.policy.once);
        !matches!(expr, Expr::Local(_) | Expr::Root(_)) && expr.children().into_iter().all(|(child, _)| self.is_of_the_question(child))
    }

    /// Whether it is the day itself, and not one that is reckoned back from it.
    fn is_the_day(&self, expr: &Expr) -> bool {
        match expr.resolved(&self.policy.once) {
            Expr::Given(place) => self.policy.given.get(usize::from(*place)).is_some_and(|given| given.name == self.given),
            _ => false,
        }
    }
}
