//! Toward what a record counts: one that counts may add its hours to a total, and its credits to none.
//!
//! In come a question and facts; out go, for each record of which some amounts count and others do not, both in words. It is a reader of the compiled
//! form, and asks the evaluator which records each total holds. INVARIANT: nothing is said of an amount of which any total could not be looked at.

use super::enumerated;
use crate::evaluate::{Question, RecordPath, RecordState, Status, Vantage, Verdict};
use crate::facts::{Entity, Facts, Field, FieldKind};
use crate::feel::{Builtin, Datum, Expr, Record, Val, field_of_each};
use crate::lang::Lang;
use crate::policy::{Provision, Rule};

/// The totals of one amount over records.
struct Totals {
    slot: u16,
    /// The records in them, by path.
    records: Vec<String>,
    /// Whether each could be looked at.
    whole: bool,
}

/// Each record that counts with an amount that counts toward nothing, by path: `计学时，不计学分`.
pub(crate) fn counted_in_part(question: &Question<'_>, facts: &Facts, verdict: &Verdict, lang: Lang) -> Vec<(RecordPath, String)> {
    let Some(list) = question.decision.records.as_ref().map(|rules| rules.list) else { return Vec::new() };
    let subject = crate::facts::Facts::SUBJECTS.iter().find(|entity| entity.name == verdict.subject);
    let Some((slot, FieldKind::Records(entity))) = subject.and_then(|subject| subject.field(list)).map(|(slot, field)| (slot, field.kind)) else {
        return Vec::new();
    };
    let Some(Datum::Records(records)) = facts.subject(&verdict.subject).map(|subject| subject.read(slot)) else { return Vec::new() };
    let totals = totals(question, facts);
    let counted = verdict.records.iter().enumerate().filter(|(_, line)| line.state == RecordState::Counted);
    let said =
        counted.filter_map(|(place, line)| Some((line.path.clone(), toward(entity(), records.get(place)?, &line.path.to_string(), &totals, lang)?)));
    said.collect()
}

/// What of a record counts and what does not; nothing where all does.
fn toward(entity: &'static Entity, record: &dyn Record, path: &str, totals: &[Totals], lang: Lang) -> Option<String> {
    let (mut counts, mut does_not) = (Vec::new(), Vec::new());
    for totals in totals.iter().filter(|totals| totals.whole) {
        let Datum::Number(amount) = record.read(usize::from(totals.slot)) else { continue };
        let Some(Field { zh, en, .. }) = entity.fields.get(usize::from(totals.slot)).filter(|_| !amount.is_zero()) else { continue };
        let side = if totals.records.iter().any(|one| one == path) { &mut counts } else { &mut does_not };
        side.push(lang.pick(*zh, *en).to_owned());
    }
    let told = |words: &[String]| enumerated(words, lang);
    match (counts.is_empty(), does_not.is_empty()) {
        (_, true) => None,
        (true, false) => Some(lang.pick(format!("不计{}", told(&does_not)), format!("counts toward no {}", told(&does_not)))),
        (false, false) => Some(lang.pick(
            format!("计{}，不计{}", told(&counts), told(&does_not)),
            format!("counts toward {}, not toward {}", told(&counts), told(&does_not)),
        )),
    }
}

/// Every total that what is asked is held against.
fn totals(question: &Question<'_>, facts: &Facts) -> Vec<Totals> {
    let mut all: Vec<Totals> = Vec::new();
    for mut vantage in question.vantages(facts) {
        let question = vantage.question;
        let mut places: Vec<usize> = question.decision.asked().collect();
        let mut next = 0;
        while let Some(place) = places.get(next).copied() {
            next += 1;
            let Some(provision) = question.policy.provisions.get(place) else { continue };
            let further = provision.depends_on().into_iter().filter(|further| !places.contains(further)).collect::<Vec<_>>();
            places.extend(further);
            if vantage.status(place).status() == Status::NotApplicable {
                continue;
            }
            for condition in asked_by(provision) {
                read(condition, false, &mut vantage, &mut all);
            }
        }
    }
    all
}

/// What a provision asks for.
fn asked_by(provision: &Provision) -> Vec<&Expr> {
    match &provision.rule {
        Rule::Require(condition) => vec![&condition.expr],
        Rule::Parts(parts) => parts.iter().map(|part| &part.require.expr).collect(),
        Rule::Nothing | Rule::AnyOf(_) | Rule::AllOf(_) => Vec::new(),
    }
}

/// Notes the totals in an expression; what stands within a loop cannot be looked at from outside of it.
fn read<'a>(expr: &'a Expr, within: bool, vantage: &mut Vantage<'a>, all: &mut Vec<Totals>) {
    let total = match expr {
        Expr::Call(Builtin::Total | Builtin::Sum, arguments) => match arguments.as_slice() {
            [argument] => field_of_each(argument).map(|(list, slot, _)| (list, slot)),
            _ => None,
        },
        _ => None,
    };
    if let Some((list, slot)) = total {
        let found = if within { None } else { records_in(list, vantage) };
        let whole = found.is_some();
        match all.iter_mut().find(|totals| totals.slot == slot) {
            Some(totals) => {
                totals.whole &= whole;
                totals.records.extend(found.into_iter().flatten());
            }
            None => all.push(Totals { slot, records: found.unwrap_or_default(), whole }),
        }
        return;
    }
    let within = within || matches!(expr, Expr::For(..) | Expr::Filter(..) | Expr::Quantified { .. } | Expr::Sort(..));
    expr.children().into_iter().for_each(|(child, _)| read(child, within, vantage, all));
}

/// The records that a list holds, or may hold.
fn records_in<'a>(list: &'a Expr, vantage: &mut Vantage<'a>) -> Option<Vec<String>> {
    let Val::List(list) = vantage.evaluator.val(list) else { return None };
    let path = |val: &Val<'_>| if let Val::Record(item) = val { vantage.record(*item) } else { None };
    Some(list.items.iter().filter_map(|(item, _)| path(item)).collect())
}
