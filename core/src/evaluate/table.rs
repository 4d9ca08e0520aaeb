//! The reader for tables: what a row of results has of one subject.

use rust_decimal::Decimal;

use crate::feel::{Expr, Record, Truth, Type, Value};
use crate::policy::{Provision, Rule};

use super::figure::decisive;
use super::judge::Judgement;
use super::layers::Layer;
use super::provision::Judged;
use super::{ConsequenceState, Question, StatusSet};

/// What a question's results have columns for.
pub(crate) struct TableShape<'q> {
    /// Whether the decision looks at records one by one.
    pub(crate) has_records: bool,
    /// The provisions that can exclude a record.
    pub(crate) records: Vec<&'q str>,
    pub(crate) findings: Vec<FindingShape<'q>>,
    /// The provisions that say what follows.
    pub(crate) consequences: Vec<&'q str>,
}

/// The columns of one finding, or of a part of one.
pub(crate) struct FindingShape<'q> {
    pub(crate) name: String,
    /// The types of its comparisons.
    pub(crate) figures: Vec<&'q Type>,
    /// The type of the amount that it computes.
    pub(crate) value: Option<&'q Type>,
}

/// The results of one subject.
pub(crate) struct TableRow {
    pub(crate) set: StatusSet,
    /// How many records count, are excluded, are undecided, and are excluded by each provision; `None` where nobody told us the records.
    pub(crate) records: Vec<Option<usize>>,
    /// The findings, each followed by its parts.
    pub(crate) findings: Vec<FindingRow>,
    /// The consequences; `None` for one that does not concern the subject.
    pub(crate) consequences: Vec<Option<ConsequenceState>>,
}

/// The result of one provision, or of a part of it.
pub(crate) struct FindingRow {
    pub(crate) set: StatusSet,
    pub(crate) figures: Vec<FigureRow>,
    /// Which of the figures decides.
    pub(crate) decisive: usize,
    pub(crate) value: Option<Value>,
}

/// The figures of one comparison.
pub(crate) struct FigureRow {
    pub(crate) actual: Option<Value>,
    pub(crate) actual_low: Option<Decimal>,
    pub(crate) actual_high: Option<Decimal>,
    pub(crate) required: Option<Value>,
    pub(crate) shortfall: Option<Decimal>,
}

impl Question<'_> {
    /// What its results have columns for.
    pub(crate) fn table_shape(&self) -> TableShape<'_> {
        let name = |place: &usize| self.policy.provisions.get(*place).map(|provision| provision.id.as_str());
        let (records, has_records) = match &self.decision.records {
            Some(rules) => {
                (rules.provisions.iter().filter_map(name).chain(rules.embedded.iter().filter_map(|rule| name(&rule.provision))).collect(), true)
            }
            None => (Vec::new(), false),
        };
        let own = self.decision.asked().filter_map(|place| self.policy.provisions.get(place));
        let mut findings: Vec<FindingShape<'_>> = own.flat_map(|provision| shapes(provision, "")).collect();
        for layer in &self.layers {
            let asked = layer.decision.all_of.iter().filter_map(|place| layer.policy.provisions.get(*place));
            findings.extend(asked.flat_map(|provision| shapes(provision, &layer.policy.id)));
        }
        let consequences = self.decision.consequences.iter().filter_map(name).collect();
        TableShape { has_records, records, findings, consequences }
    }

    /// Judges the subject among these roots, for a row of results.
    pub(crate) fn table_row<'a>(&'a self, root: &dyn Fn(&str) -> Option<&'a dyn Record>) -> TableRow {
        let mut judgement = self.judgement(root);
        let layers = self.judge_layers(&mut judgement);
        let records = self.record_counts(&judgement);
        self.table_row_of(&mut judgement, layers, records)
    }

    /// The row for a subject that was judged.
    pub(super) fn table_row_of<'a>(&'a self, judgement: &mut Judgement<'a>, layers: Vec<Layer<'a>>, records: Vec<Option<usize>>) -> TableRow {
        let mut findings = Vec::with_capacity(judgement.findings.len());
        for judged in &judgement.findings {
            self.push_rows(judged, &mut judgement.evaluator, &mut findings);
        }
        for mut layer in layers {
            for judged in &layer.findings {
                layer.question.push_rows(judged, &mut layer.evaluator, &mut findings);
            }
        }
        let state = |place: &usize| self.judge_consequence(*place, &mut judgement.evaluator)?.state();
        let consequences = self.decision.consequences.iter().map(state).collect();
        TableRow { set: judgement.set, records, findings, consequences }
    }

    fn push_rows<'a>(&'a self, judged: &Judged<'a>, evaluator: &mut crate::feel::Evaluator<'a>, rows: &mut Vec<FindingRow>) {
        let Some(provision) = self.policy.provisions.get(judged.place) else { return };
        let value = provision.amount.as_ref().filter(|_| judged.concerns).and_then(|amount| evaluator.value(amount).into_value(amount.ty()));
        rows.push(FindingRow { value, ..FindingRow::of(judged) });
        if let Rule::Parts(parts) = &provision.rule {
            // One that does not apply has no parts that were judged.
            rows.extend((0..parts.len()).map(|n| judged.parts.get(n).map_or_else(FindingRow::nothing, |(_, part)| FindingRow::of(part))));
        }
    }

    fn record_counts(&self, judgement: &Judgement<'_>) -> Vec<Option<usize>> {
        let Some(rules) = &self.decision.records else { return Vec::new() };
        let exclusions = &judgement.records;
        let kinds = 3 + rules.provisions.len() + rules.embedded.len();
        if exclusions.by.is_empty() {
            return vec![None; kinds];
        }
        let count = |column: &crate::feel::TruthColumn, is: &dyn Fn(Truth) -> bool| {
            Some((0..exclusions.count).filter(|index| column.get(*index).is_some_and(is)).count())
        };
        let excluded = count(&exclusions.excluded, &|truth| truth.is(Truth::TRUE));
        let counted = count(&exclusions.excluded, &|truth| truth.is(Truth::FALSE));
        let undecided = count(&exclusions.excluded, &|truth| !truth.is_decided());
        [counted, excluded, undecided].into_iter().chain(exclusions.by.iter().map(|by| count(by, &|truth| truth.is(Truth::TRUE)))).collect()
    }
}

impl FindingRow {
    fn nothing() -> Self {
        Self { set: StatusSet::only(super::Status::NotApplicable), figures: Vec::new(), decisive: 0, value: None }
    }

    fn of(judged: &Judged<'_>) -> Self {
        let figures = judged.figures.iter().map(|figure| {
            let bounds = figure.open_bounds();
            FigureRow {
                actual: figure.actual_value(),
                actual_low: bounds.and_then(|bounds| bounds.low),
                actual_high: bounds.and_then(|bounds| bounds.high),
                required: figure.required_value(),
                shortfall: figure.shortfall(),
            }
        });
        Self { set: judged.set, figures: figures.collect(), decisive: decisive(&judged.figures), value: None }
    }
}

/// The columns of a provision and of its parts.
fn shapes<'p>(provision: &'p Provision, layer: &str) -> Vec<FindingShape<'p>> {
    let of = |id: String| if layer.is_empty() { id } else { format!("{layer}/{id}") };
    let value = provision.amount.as_ref().map(crate::feel::Compiled::ty);
    let whole = |figures| FindingShape { name: of(provision.id.clone()), figures, value };
    match &provision.rule {
        Rule::Require(require) => vec![whole(figures(&require.expr))],
        Rule::Parts(parts) => {
            let parts =
                parts.iter().map(|part| FindingShape { name: of(part.id_within(provision)), figures: figures(&part.require.expr), value: None });
            std::iter::once(whole(Vec::new())).chain(parts).collect()
        }
        Rule::Nothing | Rule::AnyOf(_) | Rule::AllOf(_) => vec![whole(Vec::new())],
    }
}

/// The types of the comparisons at the root of a condition and under its conjunctions.
fn figures(condition: &Expr) -> Vec<&Type> {
    let mut types: Vec<&Type> = Vec::new();
    condition.each_conjunct(&mut |part| {
        if let Expr::Compare(_, _, _, ty) = part
            && **ty != Type::Null
        {
            types.push(ty);
        }
    });
    types
}
