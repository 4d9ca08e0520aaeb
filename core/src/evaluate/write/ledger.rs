//! The ledger: of every record whether it counts, why not, and what is shown beside it.

use smol_str::{SmolStr, format_smolstr};

use crate::feel::{Compiled, Datum, RecordList, Truth, TruthColumn, Truths, Variable};
use crate::policy::{DetailRule, Provision, RecordRules};

use super::super::embedded::stand_at;
use super::super::exclusion::{Exclusions, record_item};
use super::super::figure::shown_as;
use super::super::{Detail, ExcludedBy, Provisional, RecordLine, RecordPath, RecordState, Status};
use super::{Missing, Writer, details};

/// What all lines of a ledger are written from.
struct Ledger<'a, 'e> {
    rules: &'a RecordRules,
    records: RecordList<'a>,
    exclusions: &'e Exclusions,
    /// What may leave it to the authority whether a record counts, and for which records it does.
    waivable: Vec<(usize, TruthColumn)>,
}

impl<'a> Writer<'a> {
    pub(super) fn ledger(&mut self, rules: &'a RecordRules, exclusions: &Exclusions) -> Vec<RecordLine> {
        let Some(subject) = self.subject else { return Vec::new() };
        let Datum::Records(list) = subject.record.read(usize::from(rules.slot)) else { return Vec::new() };
        let records = RecordList { records: list, owner: subject.trail, slot: rules.slot, variable: Variable::Subject };
        let mut lines = self.lines(rules, exclusions.count.min(list.len()));
        self.show_details(rules, records, &mut lines);
        let ledger = Ledger { rules, records, exclusions, waivable: self.perhaps_waivable(rules, records) };
        for (index, line) in lines.iter_mut().enumerate() {
            self.judge_line(&ledger, index, line);
        }
        self.evaluator.set_roots([self.subject, self.owner]);
        lines
    }

    /// A line for each record, with room for what is shown of it; so far each of them counts.
    fn lines(&self, rules: &RecordRules, records: usize) -> Vec<RecordLine> {
        let provisions = rules.places().filter_map(|place| self.question.policy.provisions.get(place));
        let details = provisions.map(|provision| provision.details.len()).sum();
        let list = format_smolstr!("{}.{}", self.question.decision.subject, rules.list);
        let line = |index: usize| RecordLine {
            path: RecordPath::new(list.clone(), index),
            state: RecordState::Counted,
            excluded_by: Vec::new(),
            details: Vec::with_capacity(details),
            missing: Vec::new(),
        };
        (0..records).map(line).collect()
    }

    /// Whether a record counts, by what not, and what that waits for.
    fn judge_line(&mut self, ledger: &Ledger<'a, '_>, index: usize, line: &mut RecordLine) {
        let Ledger { rules, exclusions, .. } = *ledger;
        self.show_embedded(ledger, index, line);
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
    fn show_details(&mut self, rules: &'a RecordRules, list: RecordList<'a>, lines: &mut [RecordLine]) {
        self.evaluator.set_roots([None, self.subject]);
        let provisions = rules.provisions.iter().filter_map(|place| self.question.policy.provisions.get(*place));
        for DetailRule { name, value, .. } in provisions.flat_map(|provision| &provision.details) {
            for (batch, lines) in list.batches(Truths::WIDTH).zip(lines.chunks_mut(Truths::WIDTH)) {
                let values = self.evaluator.values(&value.expr, &batch, batch.all());
                for (line, shown) in lines.iter_mut().zip(values) {
                    line.details.push(Detail { name: name.clone(), value: shown_as(shown, value.ty()) });
                }
            }
        }
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
    fn note_provisional(&mut self, place: usize, path: &RecordPath) {
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
