//! What stands beside the findings: details, advice and consequences in words.

use super::amount::{value_words, with_unit};
use super::{ConsequenceLabel, Labels, ValueLabel, missing_words, some_of};
use crate::evaluate::{Advice, Consequence, ConsequenceEffect, ConsequenceState, Detail, Finding, Modality, Reason};
use crate::lang::Lang;

/// The details of a finding, each with its name: `满期日：2024-08-31`; one without a value is not told, nor any of what is not asked.
#[must_use]
pub fn details_words(finding: &Finding, labels: &Labels, lang: Lang) -> Vec<String> {
    if matches!(finding.reason, Some(Reason::OutOfScope | Reason::NotInForce)) {
        return Vec::new();
    }
    let known = labels.provision(&finding.provision).map_or(&[][..], |label| &label.details);
    finding.details.iter().enumerate().filter_map(|(place, detail)| detail_words(detail, known.get(place), labels, lang)).collect()
}

/// One detail with its name.
pub(super) fn detail_words(detail: &Detail, label: Option<&ValueLabel>, labels: &Labels, lang: Lang) -> Option<String> {
    let value = detail.value.as_deref()?;
    let name = label.and_then(|label| label.words(lang)).unwrap_or(&detail.name);
    let value = told(value, label, labels, lang);
    Some(format!("{name}{}{value}", lang.pick("：", ": ")))
}

/// A value as it is read: with its unit, codes by their labels.
pub(super) fn told(value: &str, label: Option<&ValueLabel>, labels: &Labels, lang: Lang) -> String {
    let words = value_words(value, label.and_then(|label| label.codes.as_deref()), labels, lang);
    with_unit(&words, label.and_then(|label| label.unit.as_ref()).filter(|_| value != "[]"), lang)
}

/// What is encouraged and not there: `鼓励（尚未做到）：属于所列专科`.
#[must_use]
pub fn advice_sentence(advice: &Advice, labels: &Labels, lang: Lang) -> String {
    let name = labels.name(&advice.provision, lang);
    match advice.modality {
        Modality::May => lang.pick(format!("许可（未采用）：{name}"), format!("allowed, not made use of: {name}")),
        _ => lang.pick(format!("鼓励（尚未做到）：{name}"), format!("encouraged, not there yet: {name}")),
    }
}

/// What a verdict opens or closes, and what stands in its way: `结业证书：条件不具备（「考核」不符）`.
#[must_use]
pub fn consequence_sentence(consequence: &Consequence, labels: &Labels, lang: Lang) -> String {
    let name = labels.name(&consequence.provision, lang);
    format!("{name}{}{}", lang.pick("：", ": "), consequence_words(consequence, labels, lang))
}

/// The same without its name: `条件不具备（「考核」不符）`, `尚不具备条件，2024-08-31起具备`; of what is imposed `应予处理`, `无此情形`.
pub(crate) fn consequence_words(consequence: &Consequence, labels: &Labels, lang: Lang) -> String {
    let label = consequence_label(consequence, labels);
    let imposed = label.filter(|label| label.effect == ConsequenceEffect::Imposed);
    match (consequence.state, imposed) {
        (ConsequenceState::Open, None) => lang.pick("条件具备", "its conditions are fulfilled").to_owned(),
        (ConsequenceState::Open, Some(label)) if label.modality == Modality::May => lang.pick("可予处理", "may be imposed").to_owned(),
        (ConsequenceState::Open, Some(_)) => lang.pick("应予处理", "to be imposed").to_owned(),
        (ConsequenceState::Closed, Some(_)) => lang.pick("无此情形", "no ground for it").to_owned(),
        (ConsequenceState::Closed, None) => match consequence.opens_on {
            Some(day) => lang.pick(format!("尚不具备条件，{day}起具备"), format!("not yet, its conditions are fulfilled from {day} on")),
            None => {
                let why = in_brackets(&closed_by(consequence, label, labels, lang), lang);
                lang.pick(format!("条件不具备{why}"), format!("its conditions are not fulfilled{why}"))
            }
        },
        (ConsequenceState::Unknown, _) => {
            let missing = some_of(&missing_words(&consequence.missing, labels, lang), 3, lang);
            let others = others(consequence, labels, lang);
            let said = match (missing.is_empty(), others.is_empty()) {
                (false, _) => lang.pick(format!("缺少{missing}"), format!("{missing} missing")),
                (true, false) => lang.pick(format!("取决于{others}"), format!("depends on {others}")),
                (true, true) => String::new(),
            };
            lang.pick(format!("未定{}", in_brackets(&said, lang)), format!("not decided yet{}", in_brackets(&said, lang)))
        }
    }
}

/// How people are told of a consequence.
pub(super) fn consequence_label<'l>(consequence: &Consequence, labels: &'l Labels) -> Option<&'l ConsequenceLabel> {
    labels.provision(&consequence.provision).and_then(|label| label.consequence.as_ref())
}

fn in_brackets(said: &str, lang: Lang) -> String {
    if said.is_empty() { String::new() } else { lang.pick(format!("（{said}）"), format!(" ({said})")) }
}

/// The other provisions on which a consequence hangs.
fn others(consequence: &Consequence, labels: &Labels, lang: Lang) -> String {
    let others = consequence.because.iter().filter(|id| **id != consequence.provision);
    let names: Vec<String> = others.map(|id| lang.pick(format!("「{}」", labels.name(id, lang)), labels.name(id, lang).to_owned())).collect();
    names.join(lang.pick("", ", "))
}

/// What keeps a consequence closed: the provisions that it follows, and conditions of its own.
fn closed_by(consequence: &Consequence, label: Option<&ConsequenceLabel>, labels: &Labels, lang: Lang) -> String {
    let others = others(consequence, labels, lang);
    let conditions = label.map_or(&[][..], |label| &label.conditions);
    let words = |place: &u32| conditions.get(usize::try_from(*place).ok()?)?.words(lang).map(str::to_owned);
    let own: Option<Vec<String>> = consequence.failing.iter().map(words).collect();
    let own = own.map(|words| words.join(lang.pick("，", ", "))).filter(|words| !words.is_empty());
    let is_own = consequence.because.contains(&consequence.provision);
    match (others.is_empty(), is_own, own) {
        (true, _, own) => own.unwrap_or_default(),
        (false, false, _) => lang.pick(format!("{others}不符"), format!("{others} not fulfilled")),
        (false, true, Some(own)) => lang.pick(format!("{others}不符，{own}"), format!("{others} not fulfilled, {own}")),
        (false, true, None) => lang.pick(format!("{others}及其自身条件不符"), format!("{others} and its own condition not fulfilled")),
    }
}
