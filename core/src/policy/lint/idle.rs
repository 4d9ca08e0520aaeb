//! Provisions that a file adds to a decision of another policy, and that ask no more than it does: what is above binds on, and nothing is loosened.

use std::cmp::Ordering;

use crate::evaluate::Modality;
use crate::feel::{Comparator, Compiled, Expr, Spot, Surroundings, Value, spots};
use crate::policy::tables::Tables;
use crate::policy::{Policy, Provision, Rule};
use crate::problem::ProblemCode;

/// Warns of provisions that are never unmet unless one of the decision above is.
pub(super) fn check(tables: &Tables<'_>, policy: &Policy, others: &[&Policy]) {
    for added in &policy.additions {
        for place in &added.all_of {
            let (Some(table), Some(provision)) = (tables.provisions.get(*place), policy.provisions.get(*place)) else { continue };
            let above = others.iter().filter_map(|other| Some((*other, other.decision(&added.id)?)));
            let above =
                above.flat_map(|(other, decision)| decision.all_of.iter().filter_map(move |place| Some((other, other.provisions.get(*place)?))));
            let Some((other, stricter)) = above.into_iter().find(|(other, above)| asks_no_more((policy, provision), (other, above))) else {
                continue;
            };
            let message = format!("`{}` asks no more than `{}` of policy `{}` does, which binds on", provision.id, stricter.id, other.id);
            let cure = "ask more, or remove it: what is added to a decision cannot loosen it";
            table.report_with_cure(ProblemCode::IdleAddition, &table.span_of("require"), message, cure);
        }
    }
}

/// Whether a provision holds wherever one that binds does.
fn asks_no_more((policy, provision): (&Policy, &Provision), (other, above): (&Policy, &Provision)) -> bool {
    let (Rule::Require(asked), Rule::Require(bound)) = (&provision.rule, &above.rule) else { return false };
    let binds = matches!(above.modality, Modality::Shall | Modality::Forbidden) && above.relaxation.is_none() && above.not_asked_until().is_none();
    let ((from, until), (above_from, above_until)) = (policy.in_force(provision), other.in_force(above));
    let as_long = above_from <= from && above_until.is_none_or(|last| until.is_some_and(|until| until <= last));
    if !(binds && above.deemed_by.is_empty() && as_long && provision.subject == above.subject) {
        return false;
    }
    let sides = Sides { above: other, added: policy };
    let as_many = match (&above.when, &provision.when) {
        (None, _) => true,
        (Some(above), Some(added)) => sides.differences(above, added).is_empty(),
        (Some(_), None) => false,
    };
    as_many && (sides.differences(bound, asked).is_empty() || sides.is_lower(bound, asked))
}

/// Two policies whose conditions are read side by side.
struct Sides<'p> {
    above: &'p Policy,
    added: &'p Policy,
}

impl Sides<'_> {
    fn differences(&self, above: &Compiled, added: &Compiled) -> Vec<Spot> {
        let (given_above, given_added) = (given(self.above), given(self.added));
        let around = |once, given| Surroundings { once, given };
        spots((above, around(&self.above.once, &given_above)), (added, around(&self.added.once, &given_added)))
    }

    /// Whether both compare the same with a figure that is written out, and the one that is added is easier to reach.
    fn is_lower(&self, above: &Compiled, added: &Compiled) -> bool {
        let (Expr::Compare(was, left, bound, _), Expr::Compare(is, other_left, figure, _)) = (&above.expr, &added.expr) else { return false };
        let side = |expr: &Expr| Compiled::new(expr.clone(), above.ty().clone());
        if !self.differences(&side(left), &side(other_left)).is_empty() {
            return false;
        }
        let (bound, figure) = (bound.resolved(&self.above.once), figure.resolved(&self.added.once));
        let order = match (bound, figure) {
            (Expr::Literal(Value::Number(bound)), Expr::Literal(Value::Number(figure))) => bound.cmp(figure),
            (Expr::Literal(Value::Date(bound)), Expr::Literal(Value::Date(figure))) => bound.cmp(figure),
            (Expr::Code(bound), Expr::Code(figure)) => bound.cmp(figure),
            _ => return false,
        };
        reaches(*was, *is, order)
    }
}

/// Whether all that stands so to a bound stands so to a figure as well, to which the bound itself stands in this order.
fn reaches(bound: Comparator, figure: Comparator, order: Ordering) -> bool {
    let further = |beyond: Ordering, strictly: Comparator| order == beyond || order == Ordering::Equal && (figure != strictly || bound == strictly);
    match (bound, figure) {
        (Comparator::GreaterOrEqual | Comparator::Greater, Comparator::GreaterOrEqual | Comparator::Greater) => {
            further(Ordering::Greater, Comparator::Greater)
        }
        (Comparator::LessOrEqual | Comparator::Less, Comparator::LessOrEqual | Comparator::Less) => further(Ordering::Less, Comparator::Less),
        (Comparator::Equal, figure) => figure.holds(order),
        _ => false,
    }
}

fn given(policy: &Policy) -> Vec<&str> {
    policy.given.iter().map(|given| given.name.as_str()).collect()
}
