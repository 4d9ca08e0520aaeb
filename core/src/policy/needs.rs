//! What a provision needs to be given with the question.

use super::{Policy, Provision, RecordRules, Rule};
use crate::feel::{Compiled, Expr};

impl Provision {
    /// Every expression of it.
    pub(crate) fn expressions(&self) -> Vec<&Compiled> {
        let mut all = self.judged_expressions();
        all.extend(&self.due);
        all.extend(self.consequence.as_ref().and_then(|c| c.open.as_ref()));
        all.extend(self.details.iter().map(|detail| &detail.value));
        all
    }

    /// Those that its status, its figures and its amount are made of.
    pub(crate) fn judged_expressions(&self) -> Vec<&Compiled> {
        let mut all: Vec<&Compiled> = [self.when.as_ref(), self.not_asked_until(), self.amount.as_ref()].into_iter().flatten().collect();
        match &self.rule {
            Rule::Require(condition) => all.push(condition),
            Rule::Parts(parts) => {
                for part in parts {
                    all.extend(part.when.iter().chain(part.relaxation.as_ref().map(|r| &r.when)));
                    all.push(&part.require);
                }
            }
            Rule::Nothing | Rule::AnyOf(_) | Rule::AllOf(_) => {}
        }
        all.extend(self.relaxation.as_ref().map(|r| &r.when));
        all
    }
}

/// The places of what these provisions, and those they depend on, read of what is given.
pub(super) fn given(start: &[usize], provisions: &[Provision], once: &[Compiled]) -> Vec<usize> {
    let mut needed = Vec::new();
    for provision in with_dependencies(start, provisions) {
        for expression in provision.expressions() {
            read(&expression.expr, once, &mut needed);
        }
    }
    needed
}

/// Whether a provision, or one that it depends on, reads facts of who owns its subject.
pub(super) fn reads_owner(start: usize, provisions: &[Provision]) -> bool {
    has(start, provisions, |part| matches!(part, Expr::Root(1)))
}

/// Whether a provision, or one that it depends on, reads which records count.
pub(super) fn reads_ledger(start: usize, provisions: &[Provision]) -> bool {
    has(start, provisions, |part| matches!(part, Expr::Admissible(_)))
}

/// Whether there is such a part in a provision, or in one that it depends on; not in what needs no facts, which was moved out.
fn has(start: usize, provisions: &[Provision], is: fn(&Expr) -> bool) -> bool {
    fn holds(expr: &Expr, is: fn(&Expr) -> bool) -> bool {
        is(expr) || expr.children().iter().any(|(child, _)| holds(child, is))
    }
    with_dependencies(&[start], provisions).into_iter().any(|provision| provision.expressions().iter().any(|expression| holds(&expression.expr, is)))
}

/// These provisions and all that they depend on.
fn with_dependencies<'p>(start: &[usize], provisions: &'p [Provision]) -> Vec<&'p Provision> {
    let mut reached = start.to_vec();
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(provision) = reached.get(next).and_then(|place| provisions.get(*place)) {
        found.push(provision);
        for further in provision.depends_on() {
            if !reached.contains(&further) {
                reached.push(further);
            }
        }
        next += 1;
    }
    found
}

fn read(expr: &Expr, once: &[Compiled], needed: &mut Vec<usize>) {
    match expr {
        Expr::Given(place) => {
            let place = usize::from(*place);
            if !needed.contains(&place) {
                needed.push(place);
            }
        }
        Expr::Once(place) => {
            if let Some(part) = once.get(usize::from(*place)) {
                read(&part.expr, once, needed);
            }
        }
        other => other.children().iter().for_each(|(child, _)| read(child, once, needed)),
    }
}

impl Policy {
    /// These provisions and all that they depend on.
    pub(crate) fn with_dependencies(&self, places: &[usize]) -> Vec<&Provision> {
        with_dependencies(places, &self.provisions)
    }

    /// The names of what an example of a provision must give: what the provision reads, and the rules of the records that it counts.
    pub(super) fn needed_by_provision(&self, place: usize, decision: Option<&str>) -> Vec<&str> {
        let mut start = vec![place];
        start.extend(self.records_of(place, decision).into_iter().flat_map(RecordRules::places));
        self.names_given(&given(&start, &self.provisions, &self.once))
    }

    fn names_given(&self, places: &[usize]) -> Vec<&str> {
        places.iter().filter_map(|place| self.given.get(*place)).map(|declaration| declaration.name.as_str()).collect()
    }
}
