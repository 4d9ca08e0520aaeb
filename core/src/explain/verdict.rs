//! A whole verdict in sentences.

use super::beside::effect;
use super::{
    Labels, advice_sentence, consequence_details, consequence_sentence, details_words, headline, missing_words, provisional_reason, record_sentence,
    record_words, remedy_sentences, sentence,
};
use crate::evaluate::{Consequence, ConsequenceEffect, Finding, Question, Reason, RecordState, Verdict};
use crate::lang::Lang;

/// A verdict in sentences, a line each: the headline, and indented under it each finding, what follows, what is advised, the records that do not count,
/// what is missing, what can be done, and the policies that were applied.
#[must_use]
pub fn verdict_sentences(verdict: &Verdict, question: &Question<'_>, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = |told: &str| lines.push(told.to_owned());
    let (labels, as_of) = (&question.labels(), question.as_of());
    line(&headline(verdict, labels, lang));
    if let Some(day) = verdict.known_on {
        line(&lang.pick(format!("  按{day}已登记的资料"), format!("  as it was known on {day}")));
    }
    for finding in &verdict.findings {
        // Where a provision says nothing but what follows, that is told below.
        if says_what_follows(finding, verdict) {
            continue;
        }
        let name = labels.name(&finding.provision, lang);
        let said = sentence(finding, labels, as_of, lang);
        let colon = lang.pick("：", ": ");
        // Some sentences begin with the name themselves.
        let said = if said.starts_with(&format!("{name}{colon}")) { said } else { format!("{name}{colon}{said}") };
        line(&format!("  {said} [{}]", finding.article));
        for detail in details_words(finding, labels, lang) {
            line(&format!("    {detail}"));
        }
    }
    for consequence in &verdict.consequences {
        line(&format!("  {} [{}]", consequence_sentence(consequence, labels, lang), consequence.article));
        for detail in consequence_details(consequence, labels, lang) {
            line(&format!("    {detail}"));
        }
        for finding in verdict.findings.iter().filter(|finding| finding.provision == consequence.provision && says_what_follows(finding, verdict)) {
            for detail in details_words(finding, labels, lang) {
                line(&format!("    {detail}"));
            }
        }
    }
    for advice in &verdict.advice {
        line(&format!("  {} [{}]", advice_sentence(advice, labels, lang), advice.article));
    }
    for record in verdict.records.iter().filter(|r| r.state != RecordState::Counted) {
        let (record, why) = (record_words(&record.path, labels, lang), record_sentence(record, labels, lang));
        line(&format!("  {record}{}{why}", lang.pick("：", ": ")));
    }
    for provisional in &verdict.provisional {
        let (record, why) = (record_words(&provisional.path, labels, lang), provisional_reason(provisional, labels, lang));
        line(&lang.pick(format!("  {record}：先计入，{why}"), format!("  {record}: counted for now, {why}")));
    }
    let asked_for = asked_for(verdict, labels);
    if !asked_for.is_empty() {
        let missing = missing_words(&asked_for, labels, lang).join(lang.pick("、", ", "));
        line(&format!("  {}{missing}", lang.pick("需补充：", "to be told: ")));
    }
    for told in verdict.remedies.iter().flat_map(|remedies| remedy_sentences(remedies, question, lang)) {
        line(&format!("  {told}"));
    }
    for policy in std::iter::once(&verdict.policy).chain(&verdict.layers) {
        line(&format!("  {} · {} {}", policy.number, policy.version, policy.hash.get(..12).unwrap_or("")));
    }
    lines
}

/// Whether a finding has nothing to say but what its provision opens or closes.
fn says_what_follows(finding: &Finding, verdict: &Verdict) -> bool {
    let follows = verdict.consequences.iter().any(|one| one.provision == finding.provision);
    follows && finding.reason == Some(Reason::Informative) && finding.value.is_none()
}

/// The facts to ask for: those that an open result waits for, then those that what is asked about waits for, the first of its consequences or
/// anything that it opens. Nobody is asked for what may be noted or imposed besides.
pub(crate) fn asked_for(verdict: &Verdict, labels: &Labels) -> Vec<String> {
    let asked = |(place, one): &(usize, &Consequence)| match effect(one, labels) {
        ConsequenceEffect::Granted => true,
        ConsequenceEffect::Imposed => *place == 0,
        ConsequenceEffect::Noted => false,
    };
    let mut all = verdict.missing.clone();
    for path in verdict.consequences.iter().enumerate().filter(asked).flat_map(|(_, consequence)| &consequence.missing) {
        if !all.contains(path) {
            all.push(path.clone());
        }
    }
    all
}
