//! What stands beside the findings: details, advice and consequences in words.

use super::amount::value_words;
use super::{ConsequenceLabel, Labels, ValueLabel, missing_words, some_of};
use crate::evaluate::{Advice, Consequence, ConsequenceEffect, ConsequenceState, Detail, Finding, Modality, Reason, Status};
use crate::lang::Lang;

/// The details of a finding, each with its name: `满期日：2024-08-31`; one without a value is not told, nor any of what is not asked.
#[must_use]
pub fn details_words(finding: &Finding, labels: &Labels, lang: Lang) -> Vec<String> {
    if matches!(finding.reason, Some(Reason::OutOfScope | Reason::NotInForce)) {
        return Vec::new();
    }
    let label = labels.provision(&finding.provision);
    let known = label.map_or(&[][..], |label| &label.details);
    // Where the sentence tells what fails, what the provision computes beside that is told here: the list to be published, the arrears.
    let figures = [&finding.actual, &finding.required, &finding.shortfall];
    let is_beside = matches!(finding.status, Status::Unmet | Status::Waivable | Status::Unknown) && !figures.contains(&&finding.value);
    let value = finding.value.as_ref().filter(|_| is_beside).map(|value| {
        let of = label.and_then(|label| label.value.as_ref());
        let name = of.and_then(|of| of.words(lang)).unwrap_or_else(|| labels.name(&finding.provision, lang));
        let value = told(value, of, labels, lang);
        format!("{name}{}{value}", lang.pick("：", ": "))
    });
    let details = finding.details.iter().enumerate().filter_map(|(place, detail)| detail_words(detail, known.get(place), labels, lang));
    value.into_iter().chain(details).collect()
}

/// The details of a consequence that no finding shows, each with its name: `可计入的月数：6个月`.
#[must_use]
pub fn consequence_details(consequence: &Consequence, labels: &Labels, lang: Lang) -> Vec<String> {
    let known = labels.provision(&consequence.provision).map_or(&[][..], |label| &label.details);
    consequence.details.iter().enumerate().filter_map(|(place, detail)| detail_words(detail, known.get(place), labels, lang)).collect()
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
    labels.with_unit(&words, label.and_then(|label| label.unit.as_ref()).filter(|_| value != "[]"), lang)
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
    let state = consequence_state(consequence, labels, lang);
    let label = consequence_label(consequence, labels);
    let is_imposed = label.is_some_and(ConsequenceLabel::is_imposed);
    match consequence.state {
        ConsequenceState::Closed if !is_imposed => match consequence.opens_on {
            Some(day) => lang.pick(format!("{state}，{day}起具备"), format!("{state}, they are from {day} on")),
            None => format!("{state}{}", in_brackets(&closed_by(consequence, label, labels, lang), lang)),
        },
        ConsequenceState::Unknown => {
            let missing = some_of(&missing_words(&consequence.missing, labels, lang), 3, lang);
            let others = others(consequence, labels, lang);
            let said = match (missing.is_empty(), others.is_empty()) {
                (false, _) => lang.pick(format!("缺少{missing}"), format!("{missing} missing")),
                (true, false) => lang.pick(format!("取决于{others}"), format!("depends on {others}")),
                (true, true) => String::new(),
            };
            format!("{state}{}", in_brackets(&said, lang))
        }
        ConsequenceState::Open | ConsequenceState::Closed => state,
    }
}

/// Its state alone: `条件不具备`, `应予处理`.
pub(crate) fn consequence_state(consequence: &Consequence, labels: &Labels, lang: Lang) -> String {
    let imposed = consequence_label(consequence, labels).filter(|label| label.is_imposed());
    let (zh, en) = match (consequence.state, imposed) {
        (ConsequenceState::Open, None) => ("条件具备", "its conditions are fulfilled"),
        (ConsequenceState::Open, Some(label)) if label.modality == Modality::May => ("可予处理", "may be imposed"),
        (ConsequenceState::Open, Some(_)) => ("应予处理", "to be imposed"),
        (ConsequenceState::Closed, Some(_)) => ("无此情形", "no ground for it"),
        (ConsequenceState::Closed, None) if consequence.opens_on.is_some() => ("尚不具备条件", "its conditions are not fulfilled yet"),
        (ConsequenceState::Closed, None) => ("条件不具备", "its conditions are not fulfilled"),
        (ConsequenceState::Unknown, _) => ("未定", "not decided yet"),
    };
    lang.pick(zh, en).to_owned()
}

/// How people are told of a consequence.
pub(super) fn consequence_label<'l>(consequence: &Consequence, labels: &'l Labels) -> Option<&'l ConsequenceLabel> {
    labels.provision(&consequence.provision).and_then(|label| label.consequence.as_ref())
}

/// What it is to the subject.
pub(super) fn effect(consequence: &Consequence, labels: &Labels) -> ConsequenceEffect {
    consequence_label(consequence, labels).map_or(ConsequenceEffect::Granted, |label| label.effect)
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
