//! Verdicts in words: what a finding, a verdict or a line of the ledger says to the person it is about.
//!
//! In come canonical values and the labels of a policy's provisions; out go sentences in Chinese and English.
//! INVARIANT: a sentence never decides anything; every figure and reason in it stands in the verdict already.

mod amount;
mod difference;
mod path;
mod record;
mod remedy;
#[cfg(all(test, feature = "render", feature = "workbook"))]
mod tests;

pub use difference::difference_sentences;
pub use path::{missing_words, path_words};
pub use record::{detail_words, record_sentence};
pub use remedy::remedy_sentences;

pub(crate) use amount::{Rounding, quantity, shown, value_words, with_unit};

use medtrain_macros::crosses;

use crate::evaluate::{Finding, Modality, Reason, Relation, Status, Verdict};
use crate::lang::Lang;
use crate::quantity::Day;

/// How people call a provision, and what it says in our own words.
#[crosses]
#[derive(Default)]
pub struct ProvisionLabel {
    /// The provision, such as `cq-credits`.
    pub provision: String,
    /// Its article in the document, such as `三(十六)`.
    pub article: String,
    /// Its short Chinese name, such as 学分.
    pub name_zh: String,
    /// Its short English name, such as "credits": a noun phrase, in lower case, plural where it is counted.
    pub name_en: String,
    /// What it says, in Chinese.
    pub zh: String,
    /// What it says, in English.
    pub en: String,
    /// The number of the document that adds it to the decision; absent for the decision's own.
    pub layer: Option<String>,
}

impl ProvisionLabel {
    /// The short name in this language; the id where there is none.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        let name = lang.pick(&self.name_zh, &self.name_en);
        if name.is_empty() { &self.provision } else { name }
    }

    /// What it says in this language.
    #[must_use]
    pub fn says(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// The short name of a provision; its id where `labels` do not know it.
#[must_use]
pub fn name_of<'a>(provision: &'a str, labels: &'a [ProvisionLabel], lang: Lang) -> &'a str {
    labels.iter().find(|label| label.provision == provision).map_or(provision, |label| label.name(lang))
}

/// One finding as a sentence without its full stop: `还差学分3.5分，截止2024-10-31（还有38天）`.
#[must_use]
pub fn sentence(finding: &Finding, labels: &[ProvisionLabel], as_of: Day, lang: Lang) -> String {
    let said = said(finding, labels, as_of, lang);
    let Some(policy) = &finding.policy else { return said };
    let added = labels.iter().find(|label| label.provision == finding.provision && label.layer.is_some());
    let document = added.and_then(|label| label.layer.as_ref()).unwrap_or(policy);
    lang.pick(format!("{said}（{document}另行要求）"), format!("{said} (asked in addition by {document})"))
}

fn said(finding: &Finding, labels: &[ProvisionLabel], as_of: Day, lang: Lang) -> String {
    if finding.relation.is_none() && finding.value.is_none() && finding.deemed_by.is_none() && !finding.parts.is_empty() {
        let telling = || finding.parts.iter().filter(|part| part.status == finding.status);
        if telling().next().is_some() {
            let mut sentences: Vec<String> = telling().map(|part| sentence(part, labels, as_of, lang)).collect();
            sentences.dedup();
            return sentences.join(lang.pick("；", "; "));
        }
    }
    let name = name_of(&finding.provision, labels, lang);
    match finding.status {
        Status::Met => met(finding, name, labels, lang),
        Status::Unmet => format!("{}{}", lacking(finding, name, lang), until(finding.due, as_of, lang)),
        Status::Waivable => format!("{}{}{}", lacking(finding, name, lang), waivable(finding, lang), until(finding.due, as_of, lang)),
        Status::NotApplicable => not_applicable(finding, name, lang),
        Status::Unknown => unknown(finding, name, lang),
    }
}

/// A whole verdict in one line without its full stop: `不达标：还差学分3.5分、12学时，截止2024-10-31（还有38天）`.
#[must_use]
pub fn headline(verdict: &Verdict, labels: &[ProvisionLabel], lang: Lang) -> String {
    let word = lang.pick(verdict.status.zh(), verdict.status.en());
    match gist(verdict, labels, lang) {
        Some(gist) => format!("{word}{}{gist}", lang.pick("：", ": ")),
        None => word.to_owned(),
    }
}

/// What a verdict that is not met lacks: its headline without the status.
pub(crate) fn gist(verdict: &Verdict, labels: &[ProvisionLabel], lang: Lang) -> Option<String> {
    let told: Vec<&Finding> = verdict.findings.iter().filter(|finding| finding.status == verdict.status).collect();
    match verdict.status {
        Status::Met | Status::NotApplicable => None,
        Status::Unmet | Status::Waivable if told.is_empty() => None,
        Status::Unmet | Status::Waivable => {
            let due = told.first().and_then(|first| first.due).filter(|due| told.iter().all(|finding| finding.due == Some(*due)));
            // What is lacking is enumerated and the verb said once: 还差20学时、学分3.5分. Findings with days of their own are told one by one.
            let mut said: Vec<(Option<bool>, Vec<String>)> = Vec::new();
            for finding in &told {
                let name = name_of(&finding.provision, labels, lang);
                match (short_of(finding, name, lang), due.is_some() || finding.due.is_none(), said.last_mut()) {
                    (Some(short), true, Some((Some(over), shorts))) if *over == is_over(finding) => shorts.push(short),
                    (Some(short), true, _) => said.push((Some(is_over(finding)), vec![short])),
                    _ if due.is_some() => said.push((None, vec![lacking(finding, name, lang)])),
                    _ => said.push((None, vec![format!("{}{}", lacking(finding, name, lang), until(finding.due, verdict.as_of, lang))])),
                }
            }
            let said = said.into_iter().map(|(over, shorts)| match over {
                Some(over) => lacking_all(&enumerated(&shorts, lang), over, lang),
                None => shorts.concat(),
            });
            let said: Vec<String> = said.collect();
            Some(format!("{}{}", said.join(lang.pick("；", "; ")), until(due, verdict.as_of, lang)))
        }
        Status::Unknown => {
            let about: Vec<&str> = told.iter().map(|finding| name_of(&finding.provision, labels, lang)).collect();
            Some(cannot_tell(&verdict.missing, &about.join(lang.pick("、", ", ")), lang))
        }
    }
}

/// How far a day is from the day of asking: `，截止2024-10-31（还有38天）`; empty without a day.
fn until(due: Option<Day>, as_of: Day, lang: Lang) -> String {
    due.map_or_else(String::new, |due| format!("{}{due}{}", lang.pick("，截止", ", due "), days_left(due, as_of, lang)))
}

/// `（还有38天）`, `（当日截止）`, `（已过15天）`.
pub(crate) fn days_left(due: Day, as_of: Day, lang: Lang) -> String {
    let days = (due - as_of).num_days();
    let plural = if days.abs() == 1 { "" } else { "s" };
    match days {
        0 => lang.pick("（当日截止）", " (today)").to_owned(),
        1.. => lang.pick(format!("（还有{days}天）"), format!(" ({days} day{plural} left)")),
        _ => lang.pick(format!("（已过{}天）", -days), format!(" ({} day{plural} ago)", -days)),
    }
}

/// What is not there: `还差学分3.5分`, `超出带教人数1人`, `不符合「平台授分」`.
fn lacking(finding: &Finding, name: &str, lang: Lang) -> String {
    if let Some(short) = short_of(finding, name, lang) {
        return lacking_all(&short, is_over(finding), lang);
    }
    let figures = comparison(finding, lang);
    if figures.is_empty() {
        return lang.pick(format!("不符合「{name}」"), format!("{name}: not fulfilled"));
    }
    lang.pick(format!("{name}不符：{figures}"), format!("{name}: {figures}"))
}

/// Whether failing it means too much, and not too little.
fn is_over(finding: &Finding) -> bool {
    matches!(finding.relation, Some(Relation::AtMost | Relation::LessThan))
}

fn lacking_all(amounts: &str, over: bool, lang: Lang) -> String {
    match (over, lang) {
        (true, Lang::Zh) => format!("超出{amounts}"),
        (true, Lang::En) => format!("{amounts} too many"),
        (false, Lang::Zh) => format!("还差{amounts}"),
        (false, Lang::En) => format!("{amounts} short"),
    }
}

/// `学分3.5分、12学时`; `3.5 credits and 12 hours`.
fn enumerated(words: &[String], lang: Lang) -> String {
    match (lang, words) {
        (Lang::En, [first @ .., last]) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.join(lang.pick("、", ", ")),
    }
}

/// The amount that is missing or too much, with its name, where the finding gives one above zero.
fn short_of(finding: &Finding, name: &str, lang: Lang) -> Option<String> {
    if !matches!(finding.relation, Some(Relation::AtLeast | Relation::MoreThan | Relation::AtMost | Relation::LessThan)) {
        return None;
    }
    let shortfall = finding.shortfall.as_deref().filter(|gap| *gap != "0")?;
    Some(quantity(name, &shown(shortfall, Rounding::Up), finding.unit.as_ref(), lang))
}

/// The two sides of the deciding comparison: `现有22分，要求25分`; `22 credits at hand, 25 required`.
fn comparison(finding: &Finding, lang: Lang) -> String {
    let there = actual(finding, lang).map(|there| with_unit(&there, finding.unit.as_ref(), lang));
    let there = there.map(|there| lang.pick(format!("现有{there}"), format!("{there} at hand")));
    there.into_iter().chain(required(finding, lang)).collect::<Vec<_>>().join(lang.pick("，", ", "))
}

/// How the two sides are rounded: what fails never looks as if it held.
fn roundings(finding: &Finding) -> (Rounding, Rounding) {
    match (finding.status, is_over(finding)) {
        (Status::Unmet | Status::Waivable, false) => (Rounding::Down, Rounding::Up),
        (Status::Unmet | Status::Waivable, true) => (Rounding::Up, Rounding::Down),
        _ => (Rounding::Nearest, Rounding::Nearest),
    }
}

/// What is asked: `要求25分`, `上限3人`; in English without its unit, which stands beside what is there.
fn required(finding: &Finding, lang: Lang) -> Option<String> {
    let number = shown(finding.required.as_deref()?, roundings(finding).1);
    let (zh, en) = match finding.relation? {
        Relation::AtLeast => ("要求", format!("{number} required")),
        Relation::AtMost => ("上限", format!("at most {number} allowed")),
        Relation::MoreThan => ("须多于", format!("more than {number} required")),
        Relation::LessThan => ("须少于", format!("fewer than {number} allowed")),
        Relation::Equal => ("须等于", format!("exactly {number} required")),
        Relation::NotEqual => ("不得等于", format!("{number} not allowed")),
    };
    Some(lang.pick(format!("{zh}{}", with_unit(&number, finding.unit.as_ref(), Lang::Zh)), en))
}

/// How much is there, without its unit: `22`, `至少20`, `20至28`.
fn actual(finding: &Finding, lang: Lang) -> Option<String> {
    if let Some(actual) = &finding.actual {
        return Some(shown(actual, roundings(finding).0));
    }
    let low = finding.actual_low.as_deref().map(|low| shown(low, Rounding::Down));
    let high = finding.actual_high.as_deref().map(|high| shown(high, Rounding::Up));
    match (low, high) {
        (Some(low), Some(high)) => Some(lang.pick(format!("{low}至{high}"), format!("{low} to {high}"))),
        (Some(low), None) => Some(lang.pick(format!("至少{low}"), format!("at least {low}"))),
        (None, Some(high)) => Some(lang.pick(format!("至多{high}"), format!("at most {high}"))),
        (None, None) => None,
    }
}

fn met(finding: &Finding, name: &str, labels: &[ProvisionLabel], lang: Lang) -> String {
    if let Some(other) = &finding.deemed_by {
        let other = name_of(other, labels, lang);
        return lang.pick(format!("已达标：以「{other}」视同「{name}」"), format!("{name} met: {other} counts in its place"));
    }
    if let Some(value) = &finding.value {
        return computed(value, finding, name, lang);
    }
    let asked = required(finding, lang).map_or_else(String::new, |asked| lang.pick(format!("（{asked}）"), format!(" ({asked})")));
    let Some(there) = actual(finding, lang) else {
        return lang.pick(format!("已达标：符合「{name}」{asked}"), format!("{name}: fulfilled{asked}"));
    };
    let there = quantity(name, &there, finding.unit.as_ref(), lang);
    lang.pick(format!("已达标，{there}{asked}"), format!("met: {there}{asked}"))
}

fn computed(value: &str, finding: &Finding, name: &str, lang: Lang) -> String {
    let unit = finding.unit.as_ref().filter(|_| value != "[]");
    let value = with_unit(&value_words(value, lang), unit, lang);
    lang.pick(format!("{name}：{value}"), format!("{name}: {value}"))
}

fn waivable(finding: &Finding, lang: Lang) -> String {
    match (&finding.relaxation, finding.reason, finding.modality) {
        (Some(name), ..) => lang.pick(format!("（适用“{name}”，由主管部门认定）"), format!(" (relaxed by “{name}”: for the authority to decide)")),
        (None, Some(Reason::InPrinciple), _) | (None, _, Modality::Principle) => {
            lang.pick("（原则性要求，由主管部门认定）", " (asked in principle: for the authority to decide)").to_owned()
        }
        _ => lang.pick("（由主管部门认定）", " (for the authority to decide)").to_owned(),
    }
}

fn not_applicable(finding: &Finding, name: &str, lang: Lang) -> String {
    if let Some(value) = &finding.value {
        return computed(value, finding, name, lang);
    }
    let (zh, en) = match finding.reason {
        Some(Reason::NotInForce) => ("该日未施行", "not in force on the day"),
        Some(Reason::NotDue) => ("期限未到", "not due yet"),
        Some(Reason::OutOfScope) => ("不作要求", "not asked here"),
        Some(Reason::Advisory) => ("属鼓励或许可，不作要求", "encouraged or allowed, not asked"),
        _ => ("不适用", "not applicable"),
    };
    lang.pick(format!("{name}：{zh}"), format!("{name}: {en}"))
}

fn unknown(finding: &Finding, name: &str, lang: Lang) -> String {
    let figures = comparison(finding, lang);
    let figures = if figures.is_empty() { figures } else { lang.pick(format!("（{figures}）"), format!(" ({figures})")) };
    if finding.reason == Some(Reason::NotComputable) && finding.missing.is_empty() {
        return lang.pick(format!("资料不足：无法计算「{name}」{figures}"), format!("unknown: {name} cannot be computed{figures}"));
    }
    lang.pick(
        format!("资料不足：{}{figures}", cannot_tell(&finding.missing, name, lang)),
        format!("unknown: {}{figures}", cannot_tell(&finding.missing, name, lang)),
    )
}

/// `缺少聘任时间，无法判断学分是否达标`.
fn cannot_tell(missing: &[String], about: &str, lang: Lang) -> String {
    let words = missing_words(missing, lang);
    let lacking = list(&words, 3, lang);
    match (words.is_empty(), about.is_empty()) {
        (false, false) => lang.pick(format!("缺少{lacking}，无法判断{about}是否达标"), format!("{lacking} missing, so {about} cannot be judged")),
        (false, true) => lang.pick(format!("缺少{lacking}"), format!("{lacking} missing")),
        (true, false) => lang.pick(format!("无法判断{about}是否达标"), format!("{about} cannot be judged")),
        (true, true) => lang.pick("无法判断", "cannot be judged").to_owned(),
    }
}

/// Some words as an enumeration, with the number of those left off.
pub(crate) fn list(words: &[String], most: usize, lang: Lang) -> String {
    let shown = words.get(..most).unwrap_or(words);
    let left = words.len() - shown.len();
    let mut out = shown.join(lang.pick("、", ", "));
    if left > 0 {
        out.push_str(&lang.pick(format!("等{}项", words.len()), format!(" and {left} more")));
    }
    out
}
