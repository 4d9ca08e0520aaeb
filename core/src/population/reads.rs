//! Which columns of tables a question reads.
//!
//! In come a question and the columns of a table; out go the places of those that can change a result. INVARIANT: leaving the others out changes no
//! verdict, which tests hold for every example of every policy.

use arrow_schema::Schema;

use super::table::{Meaning, OwnFacts, kind_of, list_of, slot_of};
use crate::evaluate::Question;
use crate::facts::{Entity, Facts, FieldKind};
use crate::feel::{Builtin, Expr};
use crate::policy::{Policy, Provision};
use crate::problem::TrainingError;

/// The facts that a question reads.
#[derive(Debug, Default)]
pub(super) struct Reads {
    slots: Vec<(&'static str, usize)>,
    own: Vec<(&'static str, String)>,
    /// Entities of which every field may be read.
    whole: Vec<&'static str>,
    /// Something is read of which it cannot be said whose it is.
    everything: bool,
}

impl Reads {
    /// What is read to judge a subject.
    pub(super) fn of(question: &Question<'_>) -> Self {
        let mut reads = Self::default();
        for question in std::iter::once(question).chain(&question.layers) {
            let (policy, decision) = (question.policy, question.decision);
            let mut places: Vec<usize> = decision.asked().chain(question.consequences()).collect();
            if let Some(rules) = &decision.records {
                places.extend(rules.places());
                if let Some(subject) = entity(question.subject()) {
                    reads.slot(subject, usize::from(rules.slot));
                    // A rule about what a record holds reads it there.
                    let held = || kind_of(subject, usize::from(rules.slot));
                    if let Some(FieldKind::Records(inner)) = held() {
                        rules.embedded.iter().for_each(|rule| reads.slot(inner(), usize::from(rule.slot)));
                    }
                }
            }
            for provision in policy.with_dependencies(&places) {
                reads.provision(provision);
            }
        }
        reads
    }

    fn provision(&mut self, provision: &Provision) {
        let subject = entity(&provision.subject);
        let roots = [subject, Policy::owner_of(&provision.subject).and_then(entity)];
        for expression in provision.expressions() {
            self.walk(&expression.expr, &roots, &mut Vec::new());
        }
    }

    fn slot(&mut self, entity: &'static Entity, slot: usize) {
        if !self.slots.contains(&(entity.name, slot)) {
            self.slots.push((entity.name, slot));
            // What tells a fact that is left out is read with it.
            let by = entity.fields.get(slot).and_then(|field| field.told_by);
            if let Some((other, _)) = by.and_then(|by| entity.field(by.field)) {
                self.slot(entity, other);
            }
        }
    }

    /// Notes what an expression reads; gives what its value is a record of, or its items are.
    fn walk(&mut self, expr: &Expr, roots: &[Option<&'static Entity>; 2], locals: &mut Vec<Option<&'static Entity>>) -> Option<&'static Entity> {
        match expr {
            Expr::Root(root) => roots.get(usize::from(*root)).copied().flatten(),
            Expr::Local(place) => locals.iter().rev().nth(usize::from(*place)).copied().flatten(),
            Expr::Slot { of, slot, .. } => {
                let slot = usize::from(*slot);
                let Some(of) = self.walk(of, roots, locals) else {
                    self.everything = true;
                    return None;
                };
                self.slot(of, slot);
                match kind_of(of, slot) {
                    Some(FieldKind::Record(inner) | FieldKind::Records(inner)) => Some(inner()),
                    _ => None,
                }
            }
            Expr::Own { of, name, .. } => {
                // Records of a policy's own kind have no columns, and so nothing of them is read here.
                if let Some(of) = self.walk(of, roots, locals) {
                    self.own.push((of.name, name.to_string()));
                }
                None
            }
            Expr::Filter(list, test) => {
                let of = self.walk(list, roots, locals);
                self.inside(&[of], test, roots, locals);
                of
            }
            Expr::Sort(list, precedes) => {
                let of = self.walk(list, roots, locals);
                self.inside(&[of, of], precedes, roots, locals);
                of
            }
            Expr::For(lists, body) | Expr::Quantified { lists, test: body, .. } => {
                let depth = locals.len();
                for list in lists {
                    let of = self.walk(list, roots, locals);
                    locals.push(of);
                }
                let of = self.walk(body, roots, locals);
                locals.truncate(depth);
                of
            }
            Expr::Call(builtin, parts) => {
                let of: Vec<_> = parts.iter().map(|part| self.walk(part, roots, locals)).collect();
                let of = of.into_iter().flatten().next();
                if let Some(of) = of.filter(|_| !leaves_items_alone(*builtin)) {
                    self.whole.push(of.name);
                }
                of
            }
            other => {
                let children = other.children();
                let of: Vec<_> = children.into_iter().map(|(child, _)| self.walk(child, roots, locals)).collect();
                of.into_iter().flatten().next()
            }
        }
    }

    fn inside(
        &mut self,
        variables: &[Option<&'static Entity>],
        body: &Expr,
        roots: &[Option<&'static Entity>; 2],
        locals: &mut Vec<Option<&'static Entity>>,
    ) {
        let depth = locals.len();
        locals.extend(variables);
        self.walk(body, roots, locals);
        locals.truncate(depth);
    }

    fn reads(&self, entity: &Entity, slot: usize) -> bool {
        self.everything || self.whole.contains(&entity.name) || self.slots.iter().any(|(name, read)| *name == entity.name && *read == slot)
    }

    /// The places of the columns that are read of a table of such subjects, or of the records of one of their lists.
    pub(super) fn columns(
        &self,
        own: &OwnFacts<'_>,
        subject: &'static Entity,
        list: Option<&str>,
        schema: &Schema,
        key: usize,
    ) -> Result<Vec<usize>, TrainingError> {
        let entity = match list {
            None => subject,
            Some(list) => match list_of(subject, list)? {
                (slot, inner) if self.reads(subject, slot) => inner,
                _ => return Ok(vec![key]),
            },
        };
        let columns = schema.fields().iter().enumerate();
        Ok(columns.filter(|(place, field)| *place == key || self.reads_column(own, entity, field.name())).map(|(place, _)| place).collect())
    }

    fn reads_column(&self, own: &OwnFacts<'_>, entity: &'static Entity, column: &str) -> bool {
        if let Some((head, _)) = column.split_once('.')
            && let Some(slot) = slot_of(entity, head).filter(|slot| matches!(kind_of(entity, *slot), Some(FieldKind::Record(_))))
        {
            // Whether there is such a record, all its columns say together.
            return self.reads(entity, slot);
        }
        match own.meaning(entity, column) {
            Some(Meaning::Field(slot)) => self.reads(entity, slot),
            Some(Meaning::Own(fact, _)) => self.everything || self.own.iter().any(|(of, name)| *of == entity.name && *name == fact.name),
            None => false,
        }
    }
}

fn entity(name: &str) -> Option<&'static Entity> {
    Facts::entity(name)
}

/// Whether a function looks at no field of the records that it is given.
fn leaves_items_alone(builtin: Builtin) -> bool {
    use Builtin::{Append, Concatenate, Count, Flatten, InsertBefore, Not, Remove, Reverse, Sort, Sublist};
    matches!(builtin, Append | Concatenate | Count | Flatten | InsertBefore | Not | Remove | Reverse | Sort | Sublist)
}
