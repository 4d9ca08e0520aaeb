//! The tree in sentences: a line for each part, indented below what it belongs to.

use super::{ProvisionWhy, Why, WhyKind, WhyOutcome, WhyPart, WhyRole, WhySource};
use crate::evaluate::Status;
use crate::explain::amount::exact_words;
use crate::explain::path::source_words;
use crate::explain::{Labels, path_words};
use crate::lang::Lang;

/// Why a verdict is what it is, a line for each part and without full stops.
#[must_use]
pub fn why_lines(why: &Why, labels: &Labels, lang: Lang) -> Vec<String> {
    let mut lines = Lines { labels, lang, said: Vec::new() };
    for finding in &why.findings {
        lines.provision(finding, Some(finding.status));
    }
    for consequence in &why.consequences {
        lines.provision(consequence, None);
    }
    lines.said
}

struct Lines<'l> {
    labels: &'l Labels,
    lang: Lang,
    said: Vec<String>,
}

impl Lines<'_> {
    fn say(&mut self, depth: usize, text: &str) {
        self.said.push(format!("{}{text}", "  ".repeat(depth)));
    }

    fn provision(&mut self, why: &ProvisionWhy, status: Option<Status>) {
        let name = self.labels.name(&why.provision, self.lang);
        let status = status.map_or_else(String::new, |status| format!("{}{}", self.lang.pick("：", ": "), self.lang.pick(status.zh(), status.en())));
        let head = self.lang.pick(format!("{name}（{}）{status}", why.article), format!("{name} ({}){status}", why.article));
        self.say(0, &head);
        for condition in &why.conditions {
            self.part(condition, 1);
        }
    }

    fn part(&mut self, part: &WhyPart, depth: usize) {
        let lang = self.lang;
        if part.kind == WhyKind::Record {
            self.record(part, depth);
            return;
        }
        let mut told = part.role.map_or_else(String::new, |role| role_words(role, lang).to_owned());
        if part.kind != WhyKind::Provision
            && let Some(of) = &part.provision
        {
            told = lang.pick(format!("「{}」{told}", self.labels.name(of, lang)), format!("{}: {told}", self.labels.name(of, lang)));
        }
        if let Some(record) = &part.record {
            told.push_str(&format!("{}{}", path_words(record, self.labels, lang), lang.pick("：", ": ")));
        }
        let said = lang.pick(part.zh.as_str(), part.en.as_str());
        told.push_str(&if part.kind == WhyKind::Provision { lang.pick(format!("「{said}」"), said.to_owned()) } else { said.to_owned() });
        let outcome = outcome_words(part.outcome, part.kind == WhyKind::Provision, lang);
        let sides = self.sides(part);
        told.push_str(&lang.pick(format!(" —— {outcome}"), format!(" — {outcome}")));
        if !sides.is_empty() {
            told.push_str(&lang.pick(format!("（{sides}）"), format!(" ({sides})")));
        }
        if !part.matters {
            told.push_str(lang.pick("；不影响结果", "; it makes no difference"));
        }
        self.say(depth, &told);
        for below in &part.parts {
            self.part(below, depth + 1);
        }
        self.sources(part, depth + 1);
    }

    /// What a record comes to by itself.
    fn record(&mut self, part: &WhyPart, depth: usize) {
        let lang = self.lang;
        let record = path_words(part.record.as_deref().unwrap_or_default(), self.labels, lang);
        let told = match (part.outcome, &part.actual) {
            (WhyOutcome::Holds, Some(there)) => {
                let words = exact_words(there, part.codes.as_deref(), self.labels, lang);
                let there = self.labels.with_unit(&words, part.unit.as_ref(), lang);
                lang.pick(format!("单独计为{there}"), format!("{there} by itself"))
            }
            (WhyOutcome::Fails, _) => lang.pick("单独不计", "nothing by itself").to_owned(),
            _ => lang.pick("单独计多少未定", "what it comes to by itself is open").to_owned(),
        };
        self.say(depth, &lang.pick(format!("{record}：{told}"), format!("{record}: {told}")));
        for below in &part.parts {
            self.part(below, depth + 1);
        }
    }

    /// The two sides of a comparison.
    fn sides(&self, part: &WhyPart) -> String {
        let value = |value: &str| {
            let words = exact_words(value, part.codes.as_deref(), self.labels, self.lang);
            self.labels.with_unit(&words, part.unit.as_ref(), self.lang)
        };
        let there = part.actual.as_ref().map(|there| self.lang.pick(format!("现为{}", value(there)), format!("it is {}", value(there))));
        let asked = part.required.as_ref().map(|asked| self.lang.pick(format!("对照{}", value(asked)), format!("against {}", value(asked))));
        there.into_iter().chain(asked).collect::<Vec<_>>().join(self.lang.pick("，", ", "))
    }

    /// Facts with their values, then records and facts without, told together.
    fn sources(&mut self, part: &WhyPart, depth: usize) {
        let lang = self.lang;
        // A fact that is a condition by itself was told with its outcome.
        if let ([only], WhyKind::Condition) = (part.sources.as_slice(), part.kind)
            && matches!(only.value.as_deref(), Some("true" | "false"))
            && !only.path.contains('[')
        {
            return;
        }
        let mut told: Vec<String> = Vec::new();
        let plain: Vec<String> = part.sources.iter().filter(|source| source.value.is_none()).map(|source| source.path.clone()).collect();
        for source in part.sources.iter().filter(|source| source.value.is_some()) {
            told.push(self.source(source));
        }
        told.extend(source_words(&plain, part.more, self.labels, lang));
        if !told.is_empty() {
            let told = told.join(lang.pick("、", ", "));
            self.say(depth, &lang.pick(format!("依据：{told}"), format!("from: {told}")));
        }
    }

    fn source(&self, source: &WhySource) -> String {
        let words = path_words(&source.path, self.labels, self.lang);
        if source.path.ends_with(']') && source.value.as_deref() == Some("false") {
            return self.lang.pick(format!("{words}（不在其列）"), format!("{words} (not among them)"));
        }
        let value = source.value.as_deref().unwrap_or_default();
        let unit = source.unit.as_ref().filter(|_| value != "[]");
        let value = self.labels.with_unit(&exact_words(value, source.codes.as_deref(), self.labels, self.lang), unit, self.lang);
        self.lang.pick(format!("{words}为{value}"), format!("{words} is {value}"))
    }
}

fn role_words(role: WhyRole, lang: Lang) -> &'static str {
    match role {
        WhyRole::Applies => lang.pick("适用：", "concerns: "),
        WhyRole::Requires => lang.pick("要求：", "asks: "),
        WhyRole::Relaxes => lang.pick("可放宽：", "relaxed where: "),
        WhyRole::Deems => lang.pick("视同：", "in its place: "),
        WhyRole::Opens => lang.pick("条件：", "on condition: "),
    }
}

fn outcome_words(outcome: WhyOutcome, is_provision: bool, lang: Lang) -> &'static str {
    match (outcome, is_provision) {
        (WhyOutcome::Holds, true) => lang.pick("符合", "fulfilled"),
        (WhyOutcome::Fails, true) => lang.pick("不符合", "not fulfilled"),
        (WhyOutcome::Holds, false) => lang.pick("成立", "it holds"),
        (WhyOutcome::Fails, false) => lang.pick("不成立", "it does not hold"),
        (WhyOutcome::NotApplicable, _) => lang.pick("不适用", "does not apply"),
        (WhyOutcome::Unknown, _) => lang.pick("未定", "open"),
        (WhyOutcome::Error, _) => lang.pick("无法计算", "it cannot be computed"),
    }
}
