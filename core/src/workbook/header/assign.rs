//! Which field each column fills: the best fitting first, each field once.

use std::collections::HashSet;

use super::Mapped;
use super::fit::{column, fit, sample};
use super::kind::{Claim, KeyField, Kind, Of};
use super::label::Label;
use crate::facts::{FieldKind, ReviewStatus, StaffStatus, tidy};
use crate::workbook::cell;
use crate::workbook::grid::{Book, Row, Value, ValueId};
use crate::workbook::notes::{self, At, Notes};

/// The headers of a sheet of some kind, and the rows below them.
pub(super) struct Assigning<'a, 'p> {
    pub(super) kind: &'a Kind<'p>,
    pub(super) labels: &'a [Label],
    pub(super) book: &'a Book,
    pub(super) data: &'a [Row],
    pub(super) sheet: usize,
}

/// The columns with their fields, and the headers that have none.
pub(super) struct Assigned<'a, 'p> {
    pub(super) columns: Vec<Mapped<'p>>,
    pub(super) unused: Vec<&'a Label>,
}

/// A field that a column may fill.
struct Proposal<'a, 'p> {
    score: u32,
    label: &'a Label,
    claim: Claim<'p>,
    column: cell::Column<'p>,
}

impl<'a, 'p> Assigning<'a, 'p> {
    pub(super) fn columns(&self, notes: &mut Notes) -> Assigned<'a, 'p> {
        let mut proposals: Vec<Proposal<'a, 'p>> = self.labels.iter().flat_map(|label| self.proposals(label)).collect();
        proposals.sort_by_key(|proposal| std::cmp::Reverse(proposal.score));
        let (mut taken, mut used) = (HashSet::new(), HashSet::new());
        let mut columns = Vec::new();
        for Proposal { label, claim, column, .. } in proposals {
            if used.contains(&label.column) || !taken.insert(claim.target) {
                continue;
            }
            used.insert(label.column);
            let at = self.at(label);
            if self.claims(label).len() > 1 || self.claims(label).iter().all(|other| other.target != claim.target) {
                notes.tell(
                    at,
                    &notes::HEADER_BY_VALUES,
                    &format!("`{}` is taken as {}", label.text, claim.field.en),
                    &format!("“{}”按“{}”处理", label.text, claim.field.zh),
                );
            }
            let key = self.kind.key(claim.target, &claim.field);
            columns.push(Mapped { index: label.column, header: label.text.clone(), at, target: claim.target, column, key, rivals: Vec::new() });
        }
        columns.sort_by_key(|mapped| mapped.index);
        Assigned { columns, unused: self.labels.iter().filter(|label| !used.contains(&label.column)).collect() }
    }

    /// Adds a column that is not used to the one whose field it claims too: a second amount or word of a list that says something else leaves both open.
    pub(super) fn may_differ(&self, label: &Label, columns: &mut [Mapped<'p>]) {
        let [claim] = self.claims(label) else { return };
        let is_amount_or_word = matches!(claim.field.kind, FieldKind::Decimal | FieldKind::Code(_) | FieldKind::Boolean);
        if is_amount_or_word
            && !self.is_limited(label)
            && let Some(mapped) = columns.iter_mut().find(|mapped| mapped.target == claim.target)
        {
            mapped.rivals.push((label.column, column(claim.field, label, self.book, self.data)));
        }
    }

    /// Minutes, or the credits due, are not the amount of the bare header; nor is a day that is expected the day.
    pub(super) fn is_limited(&self, label: &Label) -> bool {
        self.claims(label).iter().any(|claim| self.kind.is_limited(label, claim.field.kind))
    }

    /// Whether what a header limits are days.
    pub(super) fn limits_days(&self, label: &Label) -> bool {
        self.claims(label).iter().any(|claim| matches!(claim.field.kind, FieldKind::Day)) && self.is_limited(label)
    }

    pub(super) fn at(&self, label: &Label) -> At {
        At::cell(self.sheet, label.row, label.column)
    }

    fn claims(&self, label: &Label) -> &'a [Claim<'p>] {
        self.kind.claims(label).unwrap_or_default()
    }

    fn proposals(&self, label: &'a Label) -> Vec<Proposal<'a, 'p>> {
        if self.numbers_rows(label) {
            return Vec::new();
        }
        let sample = sample(self.data, label.column);
        // What a policy calls a fact of its own goes before a further header that the vocabulary happens to know.
        let is_label = |claim: &&Claim<'_>| claim.strength == 3;
        let is_called_by_policy = self.claims(label).iter().filter(is_label).any(|claim| claim.field.own.is_some());
        let proposed = self.claims(label).iter().filter(|claim| !is_called_by_policy || is_label(claim)).filter_map(|claim| {
            if self.is_of_review(label, claim, &sample) {
                return None;
            }
            let column = column(claim.field, label, self.book, self.data);
            let fit = fit(self.book, &sample, &column);
            if self.kind.is_limited(label, claim.field.kind) || fit == Some(0) && self.needs_fit(label, claim) {
                return None;
            }
            let key = self.kind.key(claim.target, &claim.field);
            let score = (claim.strength * 15 + fit.unwrap_or(60)).saturating_sub(vagueness(label, key));
            Some(Proposal { score, label, claim: *claim, column })
        });
        proposed.chain(self.of_subjects(label, &sample)).collect()
    }

    /// Whether a header that claims the state of a person is about the review of a record: 状态 is, unless every word below it is one that only a person's
    /// state is called by, such as 在岗. 正常 is said of both.
    fn is_of_review(&self, label: &Label, claim: &Claim<'p>, sample: &[ValueId]) -> bool {
        const SAID_OF_BOTH: [&str; 3] = ["正常", "启用", "停用"];
        let is_of_person = |id: &ValueId| match self.book.values.get(*id) {
            Value::Text(text) => StaffStatus::LIST.called(&tidy(text)).is_some() && !SAID_OF_BOTH.contains(&&*tidy(text)),
            _ => false,
        };
        claim.field.kind.is_of(StaffStatus::LIST)
            && self.claims(label).iter().any(|other| other.field.kind.is_of(ReviewStatus::LIST))
            && (sample.is_empty() || !sample.iter().all(is_of_person))
    }

    /// 学分类别 is the kind of subject where every word below it is one, as 公需科目 and 专业科目 are: the classes of credits are an open list, and take any
    /// word. A column that is called so goes before.
    fn of_subjects(&self, label: &'a Label, sample: &[ValueId]) -> Option<Proposal<'a, 'p>> {
        const STRENGTH: u32 = 2;
        self.claims(label).iter().find(|claim| claim.field.name == "credit_class")?;
        let claim = self.kind.claim_of("subject_kind")?;
        let column = column(claim.field, label, self.book, self.data);
        let fit = fit(self.book, sample, &column).filter(|fit| *fit == 100)?;
        Some(Proposal { score: STRENGTH * 15 + fit, label, claim: Claim { strength: STRENGTH, ..claim }, column })
    }

    /// Whether a header claims a field only where some of its values are such as the field takes.
    fn needs_fit(&self, label: &Label, claim: &Claim<'p>) -> bool {
        claim.strength < 3
            && (self.claims(label).len() > 1
                || matches!(claim.field.kind, FieldKind::Code(_) | FieldKind::Boolean)
                || claim.field.name == "credit_class")
    }

    /// Whether a column numbers the rows, and so says nothing about anybody: it runs from row to row, and another column has the numbers.
    fn numbers_rows(&self, label: &Label) -> bool {
        let is_other = |other: &&Label| other.column != label.column;
        let others = || self.labels.iter().filter(is_other);
        let is_of_records = self.kind.node.is_some() && is_vague(label) && others().any(|other| self.kind.is_key(other));
        let has_rival = || others().any(|other| self.number(other) && !self.is_running(other));
        (is_of_records || self.number(label) && has_rival()) && self.is_running(label)
    }

    /// Whether a header claims to be the number of the one whose the row is, and nothing else.
    fn number(&self, label: &Label) -> bool {
        matches!(self.claims(label), [claim] if self.kind.key(claim.target, &claim.field) == Some((Of::Root, KeyField::Number)))
    }

    /// Whether the numbers of a column go up by one from row to row.
    fn is_running(&self, label: &Label) -> bool {
        const LOOKED_AT: usize = 50;
        let number = |row: &Row| match self.book.values.get(row.cell(label.column)?.value) {
            Value::Number(text) | Value::Text(text) => text.trim().parse::<u64>().ok(),
            _ => None,
        };
        let numbers: Vec<u64> = self.data.iter().take(LOOKED_AT).filter_map(number).collect();
        numbers.len() > 1 && numbers.is_sorted_by(|one, next| one.checked_add(1) == Some(*next))
    }
}

/// How much less a header such as 编号 counts, beside one that says whose number it is: it may number the rows.
fn vagueness(label: &Label, key: Option<(Of, KeyField)>) -> u32 {
    if is_vague(label) && matches!(key, Some((_, KeyField::Number))) { 30 } else { 0 }
}

/// Whether a header does not say what it numbers.
fn is_vague(label: &Label) -> bool {
    label.keys.first().is_some_and(|key| ["编号", "no", "no.", "number"].contains(&key.as_str()))
}
