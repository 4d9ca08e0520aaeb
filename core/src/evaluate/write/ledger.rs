//! The ledger: of every record whether it counts, why not, and what is shown beside it.

use smol_str::SmolStr;

use crate::feel::{Compiled, Datum, RecordList, Truth, TruthColumn, Truths, Variable};
use crate::policy::{DetailRule, Provision, RecordRules};

use super::super::embedded::stand_at;
use super::super::exclusion::{Exclusions, record_item};
use super::super::figure::shown_as;
use super::super::{Detail, ExcludedBy, Provisional, RecordLine, RecordState, Status};
use super::{Missing, Writer, details};

/// What all lines of a ledger are written from.
struct Ledger<'a, 'e> {
    rules: &'a RecordRules,
    records: RecordList<'a>,
    exclusions: &'e Exclusions,
    /// What is shown of the records, a detail after the other.
    details: Vec<(&'a SmolStr, Vec<Option<SmolStr>>)>,
    /// How many details a record has, those of the records within it included.
    details_of_each: usize,
    /// What may leave it to the authority whether a record counts, and for which records it does.
    waivable: Vec<(usize, TruthColumn)>,
}

impl<'a> Writer<'a> {
    pub(super) fn ledger(&mut self, rules: &'a RecordRules, exclusions: &Exclusions) -> Vec<RecordLine> {
        let Some(subject) = self.subject else { return Vec::new() };
        let Datum::Records(list) = subject.record.read(usize::from(rules.slot)) else { return Vec::new() };
        let records = RecordList { records: list, owner: subject.trail, slot: rules.slot, variable: Variable::Subject };
        let of_each = rules.places().filter_map(|place| self.question.policy.provisions.get(place)).map(|provision| provision.details.len());
        let mut ledger = Ledger {
            rules,
            records,
            exclusions,
            details_of_each: of_each.sum(),
            details: self.details_of_all(rules, records),
            waivable: self.perhaps_waivable(rules, records),
        };
        let mut path = format!("{}.{}[", self.question.decision.subject, rules.list);
        let list_path = path.len();
        let mut number = itoa::Buffer::new();
        let each = (0..exclusions.count.min(list.len())).map(|index| {
            path.truncate(list_path);
            path.push_str(number.format(index));
            path.push(']');
            self.line(&mut ledger, index, path.as_str().into())
        });
        let lines = each.collect();
        self.evaluator.set_roots([self.subject, self.owner]);
        lines
    }

    fn line(&mut self, ledger: &mut Ledger<'a, '_>, index: usize, path: SmolStr) -> RecordLine {
        let Ledger { rules, exclusions, .. } = *ledger;
        let mut line = RecordLine {
            path,
            state: RecordState::Counted,
            excluded_by: Vec::new(),
            details: Vec::with_capacity(ledger.details_of_each),
            missing: Vec::new(),
        };
        let details = ledger.details.iter_mut().map(|(name, texts)| (name, texts.get_mut(index).and_then(Option::take)));
        line.details.extend(details.map(|(name, value)| Detail { name: name.clone(), value }));
        self.show_embedded(ledger, index, &mut line);
        let excluded = exclusions.excluded.get(index).unwrap_or(Truth::FALSE);
        // What is certainly not excluded is so by no provision.
        if !excluded.is(Truth::FALSE) {
            let excluding = rules.places().zip(&exclusions.by);
            line.excluded_by.extend(excluding.filter_map(|(place, by)| excluded_by(self.question.policy.provisions.get(place)?, by.get(index))));
        }
        if excluded.is(Truth::TRUE) {
            line.state = RecordState::Excluded;
            line.excluded_by.retain(|by| by.status == Status::Unmet);
        } else if !excluded.is(Truth::FALSE) {
            line.state = RecordState::Unknown;
            let waiting = self.record_waits_for(index);
            let mut missing = Missing::default();
            self.write_waiting(&waiting, &mut missing, &mut None);
            line.missing = missing.paths;
        } else {
            for (place, _) in ledger.waivable.iter().filter(|(_, records)| records.get(index).is_none_or(|truth| truth.is(Truth::TRUE))) {
                self.stand_at_record(ledger, index);
                self.note_provisional(*place, &line.path);
            }
        }
        line
    }

    /// What the provisions about the records within a record show.
    fn show_embedded(&mut self, ledger: &Ledger<'a, '_>, index: usize, line: &mut RecordLine) {
        for rule in &ledger.rules.embedded {
            let Some(provision) = self.question.policy.provisions.get(rule.provision) else { continue };
            if provision.details.is_empty() {
                continue;
            }
            self.stand_at_record(ledger, index);
            if let Some(record) = ledger.records.records.get(index) {
                stand_at(rule, record_item(record, ledger.rules, index), &mut self.evaluator);
            }
            line.details.extend(details(&provision.details, &mut self.evaluator));
        }
    }

    fn stand_at_record(&mut self, ledger: &Ledger<'a, '_>, index: usize) {
        let record = ledger.records.records.get(index).map(|record| record_item(record, ledger.rules, index));
        self.evaluator.set_roots([record, self.subject]);
    }

    /// What the record-level provisions show of each record of a list.
    fn details_of_all(&mut self, rules: &'a RecordRules, list: RecordList<'a>) -> Vec<(&'a SmolStr, Vec<Option<SmolStr>>)> {
        let provisions = rules.provisions.iter().filter_map(|place| self.question.policy.provisions.get(*place));
        let details: Vec<&DetailRule> = provisions.flat_map(|provision| &provision.details).collect();
        self.evaluator.set_roots([None, self.subject]);
        let texts_of = |rule: &'a DetailRule| {
            let mut texts = Vec::with_capacity(list.records.len());
            for batch in list.batches(Truths::WIDTH) {
                let values = self.evaluator.values(&rule.value.expr, &batch, batch.all());
                texts.extend(values.into_iter().map(|value| shown_as(value, rule.value.ty())));
            }
            (&rule.name, texts)
        };
        details.into_iter().map(texts_of).collect()
    }

    /// The provisions whose failure may leave it to the authority whether a record counts, and where a relaxation decides that, for which records it
    /// holds. What binds and is relaxed by nothing cannot be waived.
    fn perhaps_waivable(&mut self, rules: &'a RecordRules, list: RecordList<'a>) -> Vec<(usize, TruthColumn)> {
        self.evaluator.set_roots([None, self.subject]);
        let mut column = |condition: &'a Compiled| {
            let mut column = TruthColumn::default();
            for batch in list.batches(Truths::WIDTH) {
                column.push(self.evaluator.truths(&condition.expr, &batch, batch.all()));
            }
            column
        };
        let relaxed = |place: &usize| match self.question.plain_rule(*place) {
            Some(rule) => rule.relaxation.map(|when| (*place, column(when))).filter(|(_, relaxed)| relaxed.holds_anywhere()),
            None => Some((*place, TruthColumn::default())),
        };
        rules.provisions.iter().filter_map(relaxed).collect()
    }

    /// Notes the record that the evaluator stands at, where it fails a provision and counts nevertheless until the authority decides.
    fn note_provisional(&mut self, place: usize, path: &SmolStr) {
        let question = self.question;
        let Some(provision) = question.policy.provisions.get(place) else { return };
        let judged = question.judge_provision(place, &mut self.evaluator);
        if judged.set.status() == Status::Waivable {
            let (provision, article) = ((&provision.id).into(), (&provision.article).into());
            self.provisional.push(Provisional { path: path.clone(), provision, article, relaxation: judged.relaxation.map(SmolStr::new) });
        }
    }
}

/// What a ledger says of a provision that excludes its record, or could.
fn excluded_by(provision: &Provision, excludes: Option<Truth>) -> Option<ExcludedBy> {
    let excludes = excludes.filter(|truth| truth.can_be(Truth::TRUE))?;
    let status = if excludes.is(Truth::TRUE) { Status::Unmet } else { Status::Unknown };
    let (id, article) = ((&provision.id).into(), (&provision.article).into());
    Some(ExcludedBy { provision: id, article, status, code: (&provision.ledger_code).into() })
}
