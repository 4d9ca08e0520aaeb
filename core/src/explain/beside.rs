//! What stands beside the findings: details, advice and consequences in words.

use super::amount::{value_words, with_unit};
use super::{Labels, ValueLabel, missing_words, some_of};
use crate::evaluate::{Advice, Consequence, ConsequenceState, Detail, Finding, Modality, Reason};
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

/// What is encouraged and not there: `鼓励：属于所列专科`.
#[must_use]
pub fn advice_sentence(advice: &Advice, labels: &Labels, lang: Lang) -> String {
    let name = labels.name(&advice.provision, lang);
    match advice.modality {
        Modality::May => lang.pick(format!("可以：{name}"), format!("allowed: {name}")),
        _ => lang.pick(format!("鼓励：{name}"), format!("encouraged: {name}")),
    }
}

/// What a verdict opens or closes, and what stands in its way: `结业证书：条件不具备（「考核」不符）`.
#[must_use]
pub fn consequence_sentence(consequence: &Consequence, labels: &Labels, lang: Lang) -> String {
    let name = labels.name(&consequence.provision, lang);
    format!("{name}{}{}", lang.pick("：", ": "), consequence_words(consequence, labels, lang))
}

/// The same without its name: `条件不具备（「考核」不符）`.
pub(crate) fn consequence_words(consequence: &Consequence, labels: &Labels, lang: Lang) -> String {
    let others: Vec<&String> = consequence.because.iter().filter(|id| **id != consequence.provision).collect();
    let names: Vec<String> = others.iter().map(|id| lang.pick(format!("「{}」", labels.name(id, lang)), labels.name(id, lang).to_owned())).collect();
    let because = if names.is_empty() { String::new() } else { names.join(lang.pick("", ", ")) };
    let own = others.len() < consequence.because.len();
    let brackets = |said: &str| if said.is_empty() { String::new() } else { lang.pick(format!("（{said}）"), format!(" ({said})")) };
    match consequence.state {
        ConsequenceState::Open => lang.pick("条件具备", "its conditions are fulfilled").to_owned(),
        ConsequenceState::Closed => {
            let said = match (because.is_empty(), own) {
                (true, _) => String::new(),
                (false, false) => lang.pick(format!("{because}不符"), format!("{because} not fulfilled")),
                (false, true) => lang.pick(format!("{because}及其自身条件不符"), format!("{because} and its own condition not fulfilled")),
            };
            lang.pick(format!("条件不具备{}", brackets(&said)), format!("its conditions are not fulfilled{}", brackets(&said)))
        }
        ConsequenceState::Unknown => {
            let missing = some_of(&missing_words(&consequence.missing, labels, lang), 3, lang);
            let said = match (missing.is_empty(), because.is_empty()) {
                (false, _) => lang.pick(format!("缺少{missing}"), format!("{missing} missing")),
                (true, false) => lang.pick(format!("取决于{because}"), format!("depends on {because}")),
                (true, true) => String::new(),
            };
            lang.pick(format!("未定{}", brackets(&said)), format!("not decided yet{}", brackets(&said)))
        }
    }
}
