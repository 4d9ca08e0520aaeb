//! What a provision needs to be given with the question.

use super::{Policy, Provision, Rule};
use crate::feel::{Compiled, Expr};

impl Provision {
    /// Every expression of it.
    fn expressions(&self) -> Vec<&Compiled> {
        let mut all: Vec<&Compiled> = [&self.when, &self.due, &self.deadline, &self.amount].into_iter().flatten().collect();
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
        all.extend(self.consequence.as_ref().and_then(|c| c.open.as_ref()));
        all.extend(self.details.iter().map(|detail| &detail.value));
        all
    }
}

/// The places of what these provisions, and those they depend on, read of what is given.
pub(super) fn given(start: &[usize], provisions: &[Provision], once: &[Compiled]) -> Vec<usize> {
    let mut reached = start.to_vec();
    let mut needed = Vec::new();
    let mut next = 0;
    while let Some(provision) = reached.get(next).and_then(|place| provisions.get(*place)) {
        for expression in provision.expressions() {
            read(&expression.expr, once, &mut needed);
        }
        for further in provision.depends_on() {
            if !reached.contains(&further) {
                reached.push(further);
            }
        }
        next += 1;
    }
    needed
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
    /// The names of what an example of a provision must give: what the provision reads, and the rules of the records that it counts.
    pub(super) fn needed_by_provision(&self, place: usize, decision: Option<&str>) -> Vec<&str> {
        let mut start = vec![place];
        start.extend(self.records_of(place, decision).into_iter().flat_map(|rules| rules.provisions.iter().copied()));
        self.names_given(&given(&start, &self.provisions, &self.once))
    }

    fn names_given(&self, places: &[usize]) -> Vec<&str> {
        places.iter().filter_map(|place| self.given.get(*place)).map(|declaration| declaration.name.as_str()).collect()
    }
}
