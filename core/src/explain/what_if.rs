//! What if, in words: the result, and under it each finding, consequence and record that is not as it was.

use super::{Labels, consequence_sentence, missing_words, provisional_reason, record_sentence, record_words, sentence};
use crate::evaluate::{Consequence, Finding, Provisional, Question, RecordLine};
use crate::lang::Lang;
use crate::what_if::{ConsequenceChange, FindingChange, RecordChange, WhatIf};

/// What would be otherwise, a line each and without full stops; the result comes first, and what belongs to it is indented.
#[must_use]
pub fn what_if_sentences(what_if: &WhatIf, question: &Question<'_>, lang: Lang) -> Vec<String> {
    let labels = &question.labels();
    let (before, after) = (lang.pick(what_if.before.zh(), what_if.before.en()), lang.pick(what_if.after.zh(), what_if.after.en()));
    let mut lines = vec![if what_if.before == what_if.after {
        lang.pick(format!("结论不变：{after}"), format!("the result stays: {after}"))
    } else {
        format!("{before} → {after}")
    }];
    let mut tell = |told: String| lines.push(format!("  {told}"));
    for FindingChange { before, after } in &what_if.findings {
        let said = |finding: &Finding| without_name(&sentence(finding, labels, what_if.as_of, lang), labels.name(&finding.provision, lang), lang);
        let (was, is) = (said(before), said(after));
        // What differs in what it waits for alone, the last line tells.
        if was != is {
            tell(format!("{}{}{was} → {is} [{}]", labels.name(&after.provision, lang), lang.pick("：", ": "), after.article));
        }
    }
    for change in &what_if.consequences {
        tell(consequence(change, labels, lang));
    }
    for change in &what_if.records {
        tell(record(change, labels, lang));
    }
    if !what_if.missing.is_empty() {
        let missing = missing_words(&what_if.missing, labels, lang).join(lang.pick("、", ", "));
        tell(format!("{}{missing}", lang.pick("需补充：", "to be told: ")));
    }
    if lines.len() == 1 {
        lines.push(format!("  {}", lang.pick("没有任何不同", "nothing is otherwise")));
    }
    lines
}

/// A sentence that begins with a name, without it.
fn without_name(said: &str, name: &str, lang: Lang) -> String {
    said.strip_prefix(name).and_then(|rest| rest.strip_prefix(lang.pick("：", ": "))).unwrap_or(said).to_owned()
}

fn consequence(change: &ConsequenceChange, labels: &Labels, lang: Lang) -> String {
    let said = |consequence: &Consequence| {
        let name = labels.name(&consequence.provision, lang);
        without_name(&consequence_sentence(consequence, labels, lang), name, lang)
    };
    let (provision, article) = match (&change.before, &change.after) {
        (_, Some(either)) | (Some(either), None) => (either.provision.as_str(), either.article.as_str()),
        (None, None) => ("", ""),
    };
    let none = lang.pick("不涉及", "does not concern this subject");
    let side = |consequence: &Option<Consequence>| consequence.as_ref().map_or_else(|| none.to_owned(), said);
    let name = labels.name(provision, lang);
    format!("{name}{}{} → {} [{article}]", lang.pick("：", ": "), side(&change.before), side(&change.after))
}

fn record(change: &RecordChange, labels: &Labels, lang: Lang) -> String {
    let said = |line: &RecordLine, provisional: &[Provisional]| match provisional {
        [] => record_sentence(line, labels, lang),
        some => {
            let reasons: Vec<String> = some.iter().map(|one| provisional_reason(one, labels, lang)).collect();
            let reasons = reasons.join(lang.pick("、", ", "));
            lang.pick(format!("先计入，{reasons}"), format!("counted for now, {reasons}"))
        }
    };
    let was = |line: &RecordLine| said(line, &change.provisional_before);
    let is = |line: &RecordLine| said(line, &change.provisional_after);
    let colon = lang.pick("：", ": ");
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{}{colon}{} → {}", record_words(&after.path, labels, lang), was(before), is(after)),
        (None, Some(after)) => format!("{}{}{colon}{}", lang.pick("新增", "new: "), record_words(&after.path, labels, lang), is(after)),
        (Some(before), None) => {
            let (path, said) = (record_words(&before.path, labels, lang), was(before));
            lang.pick(format!("去掉{path}：原{said}"), format!("gone: {path}, which was {said}"))
        }
        (None, None) => String::new(),
    }
}
