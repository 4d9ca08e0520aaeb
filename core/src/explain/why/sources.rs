//! The facts and records that a condition was computed from.

use super::{Vantage, WhySource};
use crate::explain::phrase::Phraser;
use crate::feel::{Expr, Type, Val};

/// How many facts or records are named.
const NAMED: usize = 12;

/// Collects what an expression reads.
pub(super) struct Sources<'s, 'a> {
    vantage: &'s mut Vantage<'a>,
    phraser: &'s Phraser<'a>,
    variables: Vec<Val<'a>>,
    found: Vec<WhySource>,
}

impl<'s, 'a> Sources<'s, 'a> {
    pub(super) fn new(vantage: &'s mut Vantage<'a>, phraser: &'s Phraser<'a>, variables: Vec<Val<'a>>) -> Self {
        Self { vantage, phraser, variables, found: Vec::new() }
    }

    /// What was found, and how much more there is.
    pub(super) fn finish(mut self) -> (Vec<WhySource>, usize) {
        let more = self.found.len().saturating_sub(NAMED);
        self.found.truncate(NAMED);
        (self.found, more)
    }

    pub(super) fn read(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Slot { of, slot, .. } => {
                if let Val::Record(item) = self.value(of) {
                    let path = self.vantage.field(item, *slot);
                    self.fact(expr, path);
                } else {
                    self.read(of);
                }
            }
            Expr::Own { of, name, .. } => {
                if let Val::Record(item) = self.value(of) {
                    let path = self.vantage.own(item, name);
                    self.fact(expr, path);
                } else {
                    self.read(of);
                }
            }
            // Of a list its records are told, and not what is read of each.
            Expr::Filter(list, _) => self.records(expr, list),
            Expr::For(lists, _) | Expr::Quantified { lists, .. } => {
                if let Some(list) = lists.first() {
                    self.records(list, list);
                }
            }
            Expr::Sort(list, _) => self.read(list),
            Expr::Admissible(of) => self.read(of),
            other => other.children().into_iter().for_each(|(child, _)| self.read(child)),
        }
    }

    fn value(&mut self, expr: &'a Expr) -> Val<'a> {
        let variables = self.variables.clone();
        self.vantage.evaluator.beside(variables, |evaluator| evaluator.val(expr))
    }

    fn fact(&mut self, expr: &'a Expr, path: Option<String>) {
        let Some(path) = path else { return };
        let ty = self.phraser.type_of(expr);
        let value = match (self.value(expr), &ty) {
            (Val::Record(_), _) => None,
            (Val::List(_), Some(Type::Record(_))) => {
                self.records(expr, expr);
                return;
            }
            (Val::List(list), Some(ty)) => crate::evaluate::shown(Val::List(list).into_value(&Type::List(Box::new(ty.clone())))),
            (value, ty) => crate::evaluate::shown(value.into_value(ty.as_ref().unwrap_or(&Type::Mixed))),
        };
        let codes = if let Some(Type::Code(codes)) = &ty { Some(codes.name.clone()) } else { None };
        let unit = ty.as_ref().and_then(Type::unit).cloned();
        let value = value.filter(|_| !self.phraser.is_sensitive(expr));
        self.add(WhySource { path, value, codes, unit });
    }

    /// The records of a list; where it holds none that stand among the facts, what it is made of.
    fn records(&mut self, list: &'a Expr, base: &'a Expr) {
        let mut paths = Vec::new();
        let mut none = true;
        if let Val::List(found) = self.value(list) {
            for (item, _) in &found.items {
                none = false;
                if let Val::Record(record) = item {
                    paths.extend(self.vantage.record(*record));
                }
            }
        }
        // Of a list none of whose records fits, each was looked at.
        if none && let Val::List(looked_at) = self.value(base) {
            for (item, _) in &looked_at.items {
                if let Val::Record(record) = item
                    && let Some(path) = self.vantage.record(*record)
                {
                    self.add(WhySource { path, value: Some("false".into()), codes: None, unit: None });
                    none = false;
                }
            }
            if !none {
                return;
            }
        }
        if paths.is_empty() {
            match base {
                Expr::Slot { of, slot, .. } => {
                    // A list that is given and empty, or not given at all.
                    if let Val::Record(item) = self.value(of)
                        && let Some(path) = self.vantage.field(item, *slot)
                    {
                        let value = (none && matches!(self.value(base), Val::List(_))).then(|| "[]".into());
                        self.add(WhySource { path, value, codes: None, unit: None });
                    }
                }
                // Records of a policy's own stand nowhere by themselves.
                Expr::Own { of, name, .. } => {
                    if let Val::Record(item) = self.value(of)
                        && let Some(path) = self.vantage.own(item, name)
                    {
                        let value = (none && matches!(self.value(base), Val::List(_))).then(|| "[]".into());
                        self.add(WhySource { path, value, codes: None, unit: None });
                    }
                }
                other => self.read(other),
            }
        }
        for path in paths {
            self.add(WhySource { path, value: None, codes: None, unit: None });
        }
    }

    fn add(&mut self, source: WhySource) {
        // A record that is among those of one list, and not of another, is told as one that was read.
        let left_out = |source: &WhySource| source.path.ends_with(']') && source.value.is_some();
        if source.path.ends_with(']') && self.found.iter().any(|known| known.path == source.path && !left_out(known)) {
            return;
        }
        if !left_out(&source) {
            self.found.retain(|known| known.path != source.path || !left_out(known));
        }
        if !self.found.contains(&source) {
            self.found.push(source);
        }
    }
}
