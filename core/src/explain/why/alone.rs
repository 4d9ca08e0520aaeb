//! What each record of a list comes to by itself, so that one sees what a figure is made of.

use super::tree::Tree;
use super::{PART, WhyKind, WhyOutcome, WhyPart};
use crate::feel::{Expr, Type, Val, filtered};

/// Lists of more records are not taken apart.
const FEW: usize = 12;

impl<'a> Tree<'a> {
    /// Tells of each record what a value would be if its list had no other, for the lists of the subject from which it is computed. Records of
    /// which the verdict says whether they count are left to that.
    pub(super) fn each_alone(&mut self, value: &'a Expr, ty: &Type, into: &mut WhyPart) {
        if !into.matters || !self.stands_outside_loops() {
            return;
        }
        let mut lists = Vec::new();
        self.lists_of(value, &mut lists);
        for slot in lists {
            let without = self.vantage.with_only((slot, None), value, ty);
            let records = self.vantage.records(slot);
            for place in 0..records {
                self.left = self.left.saturating_sub(PART + value.size().0);
                if self.left == 0 {
                    into.more += 1;
                    continue;
                }
                let alone = self.vantage.with_only((slot, Some(place)), value, ty);
                let outcome = match &alone {
                    None => WhyOutcome::Unknown,
                    Some(_) if alone == without => WhyOutcome::Fails,
                    Some(_) => WhyOutcome::Holds,
                };
                // The only one comes to what the whole does.
                if records == 1 && outcome == WhyOutcome::Holds {
                    continue;
                }
                let mut part = WhyPart {
                    record: self.vantage.record_in(slot, place),
                    zh: "单独计".to_owned(),
                    en: "by itself".to_owned(),
                    outcome,
                    actual: if outcome == WhyOutcome::Holds { crate::evaluate::shown(alone) } else { None },
                    unit: into.unit.clone(),
                    codes: into.codes.clone(),
                    ..WhyPart::empty(WhyKind::Record)
                };
                if outcome == WhyOutcome::Fails {
                    self.tests_failed(value, (slot, place), &mut part.parts);
                }
                into.parts.push(part);
            }
        }
    }

    /// The lists of the subject's that a value reads, which have few records and no ledger.
    fn lists_of(&self, expr: &'a Expr, lists: &mut Vec<u16>) {
        match self.resolved(expr) {
            Expr::Slot { of, slot, .. } if matches!(**of, Expr::Root(0)) => {
                let few = (1..=FEW).contains(&self.vantage.records(*slot));
                if few && self.vantage.evaluator.ledger().slot != Some(*slot) && !lists.contains(slot) {
                    lists.push(*slot);
                }
            }
            resolved => resolved.children().into_iter().for_each(|(child, _)| self.lists_of(child, lists)),
        }
    }

    /// The first test of each filter over a list that a record of it does not pass.
    fn tests_failed(&mut self, expr: &'a Expr, (slot, place): (u16, usize), failed: &mut Vec<WhyPart>) {
        let resolved = self.resolved(expr);
        if let Expr::Filter(..) = resolved {
            let (base, tests) = filtered(resolved);
            let base = self.resolved(base);
            let is_the_list = matches!(base, Expr::Slot { of, slot: read, .. } if matches!(**of, Expr::Root(0)) && *read == slot);
            if let Some(record) = is_the_list.then(|| self.items(base).into_iter().nth(place)).flatten() {
                if let Some(part) = tests.into_iter().find_map(|test| self.test_failed(test, base, record.clone()))
                    && !failed.iter().any(|known| known.zh == part.zh)
                {
                    failed.push(part);
                }
                return;
            }
        }
        for (child, _) in resolved.children() {
            self.tests_failed(child, (slot, place), failed);
        }
    }

    /// A test of the records of a list, where this one does not pass it.
    fn test_failed(&mut self, test: &'a Expr, list: &'a Expr, record: Val<'a>) -> Option<WhyPart> {
        self.inside(std::slice::from_ref(list), record, |tree| {
            let part = tree.part(test, true);
            (part.outcome != WhyOutcome::Holds).then_some(part)
        })
    }
}
