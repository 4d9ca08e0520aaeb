//! Verdicts in words: what a finding, a verdict or a line of the ledger says to the person it is about.
//!
//! In come canonical values and the labels of a policy's provisions; out go sentences in Chinese and English.
//! INVARIANT: a sentence never decides anything; every figure and reason in it stands in the verdict already.

mod amount;
mod ask;
mod beside;
mod difference;
mod figure;
mod labels;
mod path;
mod phrase;
mod record;
mod remedy;
#[cfg(all(test, feature = "render", feature = "workbook"))]
mod tests;
#[cfg(feature = "render")]
mod toward;
mod verdict;
mod what_if;
mod why;

#[cfg(feature = "render")]
pub(crate) use ask::question_groups;
pub use ask::questions;
#[cfg(feature = "render")]
pub(crate) use beside::consequence_state;
#[cfg(feature = "workbook")]
pub(crate) use beside::consequence_words;
pub use beside::{advice_sentence, consequence_details, consequence_sentence, details_words};
pub use difference::difference_sentences;
pub use labels::{ConsequenceLabel, FactLabel, Labels, ProvisionLabel, ValueLabel, WordLabel};
pub use path::{missing_words, path_words, record_words};
pub use record::{provisional_reason, record_fix, record_reason, record_sentence};
pub use remedy::{RemedyWords, blocked_sentences, partial_words, remedy_sentences, remedy_words};
#[cfg(feature = "render")]
pub(crate) use verdict::asked_for;
pub use verdict::verdict_sentences;
pub use what_if::what_if_sentences;
pub use why::{ProvisionWhy, Why, WhyKind, WhyOutcome, WhyPart, WhyRole, WhySource, why, why_lines};

#[cfg(any(feature = "render", feature = "workbook"))]
pub(crate) use amount::value_words;
pub(crate) use amount::{Rounding, shown, with_unit};
#[cfg(all(feature = "render", feature = "workbook"))]
pub(crate) use figure::FigureWords;
#[cfg(feature = "render")]
pub(crate) use figure::figure_words;
use figure::{Measured, measured, named_sides};
#[cfg(feature = "render")]
pub(crate) use toward::counted_in_part;

use crate::evaluate::{Consequence, ConsequenceEffect, ConsequenceState, Finding, Modality, NotInForce, Reason, RecordPath, Status, Verdict};
use crate::lang::Lang;
use crate::order::order_by_key;
use crate::quantity::Day;

/// One finding as a sentence without its full stop: `还差学分3.5分，截止2024-10-31（还有38天）`.
#[must_use]
pub fn sentence(finding: &Finding, labels: &Labels, as_of: Day, lang: Lang) -> String {
    let said = said(finding, labels, as_of, lang);
    let Some(policy) = &finding.policy else { return said };
    let added = labels.provisions.iter().find(|label| label.provision == finding.provision && label.layer.is_some());
    let document = added.and_then(|label| label.layer.as_ref()).map_or(policy.as_str(), String::as_str);
    lang.pick(format!("{said}（{document}另行要求）"), format!("{said} (asked in addition by {document})"))
}

fn said(finding: &Finding, labels: &Labels, as_of: Day, lang: Lang) -> String {
    let name = labels.name(&finding.provision, lang);
    if let Some(telling) = parts_that_tell(finding) {
        let mut sentences: Vec<String> = telling.map(|part| sentence(part, labels, as_of, lang)).collect();
        sentences.dedup();
        return format!("{}{}", sentences.join(lang.pick("；", "; ")), until(finding.due, as_of, lang));
    }
    match finding.status {
        Status::Met => met(finding, name, labels, lang),
        Status::Unmet => format!("{}{}", lacking(finding, labels, lang), until(finding.due, as_of, lang)),
        Status::Waivable => {
            format!("{}{}{}", lacking(finding, labels, lang), waivable(finding, labels, lang), until(finding.due, as_of, lang))
        }
        Status::NotApplicable => {
            let due = finding.due.filter(|_| finding.reason == Some(Reason::NotDue));
            format!("{}{}", not_applicable(finding, name, labels, lang), until(due, as_of, lang))
        }
        Status::Unknown => unknown(finding, name, labels, as_of, lang),
    }
}

fn is_lacking(finding: &Finding) -> bool {
    matches!(finding.status, Status::Unmet | Status::Waivable)
}

/// The parts that say why a finding is what it is, where its parts and not itself do.
fn parts_that_tell(finding: &Finding) -> Option<impl Iterator<Item = &Finding>> {
    let by_parts = is_lacking(finding) && finding.relation.is_none();
    // Where one binds and fails, another that fails in principle is told after it.
    let in_principle = move |part: &&Finding| finding.status == Status::Unmet && part.status == Status::Waivable;
    let same = finding.parts.iter().filter(|part| part.status == finding.status);
    let mut telling = same.chain(finding.parts.iter().filter(in_principle)).peekable();
    (by_parts && telling.peek().is_some()).then_some(telling)
}

/// A whole verdict in one line without its full stop: `不达标：还差学分3.5分、12学时，截止2024-10-31（还有38天）`. What it opens or closes comes first where the
/// status does not say as much: `结业证书：尚不具备条件，2024-08-31起具备；其余要求达标`.
#[must_use]
pub fn headline(verdict: &Verdict, labels: &Labels, lang: Lang) -> String {
    let word = lang.pick(verdict.status.zh(), verdict.status.en());
    let mut said = outcomes(verdict, labels, lang);
    match gist(verdict, labels, lang) {
        Some(gist) => said.push(format!("{word}{}{gist}", lang.pick("：", ": "))),
        None if said.is_empty() && asks_nothing(verdict) => said.push(lang.pick("不作达标判断", "nothing to attain").to_owned()),
        None if said.is_empty() => said.push(word.to_owned()),
        None if verdict.status == Status::Met => said.push(lang.pick("其余要求达标", "the rest is met").to_owned()),
        None if asks_nothing(verdict) => {}
        None => said.push(word.to_owned()),
    }
    said.extend(for_now(verdict, labels, lang));
    said.join(lang.pick("；", "; "))
}

/// Whether no finding of a verdict has a status: what it opens or closes is all that was asked.
pub(crate) fn asks_nothing(verdict: &Verdict) -> bool {
    verdict.status == Status::NotApplicable && verdict.findings.iter().all(|finding| finding.reason == Some(Reason::Informative))
}

/// What a verdict opens or closes, where its status does not say as much: met, and yet no certificate. What is imposed is always told, what is merely
/// noted never; of several things that are granted the first is what was asked for, the others where they are open.
pub(crate) fn outcomes(verdict: &Verdict, labels: &Labels, lang: Lang) -> Vec<String> {
    told_first(verdict, labels).into_iter().map(|one| outcome(one, verdict, labels, lang)).collect()
}

/// These consequences themselves.
pub(crate) fn told_first<'v>(verdict: &'v Verdict, labels: &Labels) -> Vec<&'v Consequence> {
    let effect = |one: &Consequence| beside::effect(one, labels);
    let said_already = |one: &Consequence| match verdict.status {
        Status::Met => one.state == ConsequenceState::Open,
        // What its own condition alone keeps closed has nothing to do with what is not met.
        Status::Unmet => one.state != ConsequenceState::Open && (one.because.is_empty() || one.because.iter().any(|id| *id != one.provision)),
        Status::Waivable | Status::Unknown => one.state == ConsequenceState::Unknown,
        Status::NotApplicable => verdict.not_in_force.is_some(),
    };
    let granted_first = verdict.consequences.first().filter(|one| effect(one) == ConsequenceEffect::Granted);
    let plain = granted_first.is_some_and(|first| verdict.status == Status::Met && said_already(first));
    let is_told = |(place, one): &(usize, &Consequence)| match effect(one) {
        ConsequenceEffect::Imposed => match one.state {
            ConsequenceState::Open => true,
            ConsequenceState::Unknown => *place == 0 && verdict.status != Status::Unknown,
            // Where nothing else was asked, that there is no ground for it is the answer.
            ConsequenceState::Closed => *place == 0 && asks_nothing(verdict),
        },
        ConsequenceEffect::Granted if *place == 0 => !said_already(one),
        ConsequenceEffect::Granted => one.state == ConsequenceState::Open && !plain,
        ConsequenceEffect::Noted => false,
    };
    verdict.consequences.iter().enumerate().filter(is_told).map(|(_, one)| one).collect()
}

/// A consequence with what its provision computes, such as the sanction by severity: `违规处理：延长培训（可予处理）`.
fn outcome(consequence: &Consequence, verdict: &Verdict, labels: &Labels, lang: Lang) -> String {
    let computed = verdict.findings.iter().find(|finding| finding.provision == consequence.provision).and_then(|finding| {
        let label = labels.provision(&finding.provision).and_then(|label| label.value.as_ref());
        finding.value.as_ref().map(|value| beside::told(value, label, labels, lang))
    });
    match computed.filter(|_| consequence.state == ConsequenceState::Open) {
        Some(value) => {
            let (name, words) = (labels.name(&consequence.provision, lang), beside::consequence_words(consequence, labels, lang));
            lang.pick(format!("{name}：{value}（{words}）"), format!("{name}: {value} ({words})"))
        }
        None => consequence_sentence(consequence, labels, lang),
    }
}

/// How many records a result rests on that count for now only: `其中3条记录先计入，尚待审核`.
pub(crate) fn for_now(verdict: &Verdict, labels: &Labels, lang: Lang) -> Option<String> {
    if !matches!(verdict.status, Status::Met | Status::Waivable) || verdict.provisional.is_empty() {
        return None;
    }
    let mut reasons: Vec<String> = Vec::new();
    let mut records: Vec<&RecordPath> = Vec::new();
    for one in &verdict.provisional {
        let reason = record::provisional_name(one, labels, lang).to_owned();
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
        if !records.contains(&&one.path) {
            records.push(&one.path);
        }
    }
    let (number, reasons) = (records.len(), reasons.join(lang.pick("、", ", ")));
    let counts = if number == 1 { "record counts" } else { "records count" };
    Some(lang.pick(format!("其中{number}条记录先计入，{reasons}"), format!("{number} {counts} for now, {reasons}")))
}

/// What a verdict lacks, or what of it is to come: its headline without the status.
pub(crate) fn gist(verdict: &Verdict, labels: &Labels, lang: Lang) -> Option<String> {
    let told: Vec<&Finding> = verdict.findings.iter().filter(|finding| finding.status == verdict.status).collect();
    match verdict.status {
        Status::NotApplicable => match &verdict.not_in_force {
            Some(days) => Some(not_in_force(days, lang)),
            None => not_due(verdict, labels, lang).or_else(|| nothing_asked(verdict, labels, lang)),
        },
        Status::Met => met_so_far(verdict, lang),
        Status::Unmet | Status::Waivable if told.is_empty() => None,
        Status::Unmet | Status::Waivable => {
            let due = told.first().and_then(|first| first.due).filter(|due| told.iter().all(|finding| finding.due == Some(*due)));
            // What is lacking is enumerated and the verb said once: 还差20学时、学分3.5分. Findings with days of their own are told one by one.
            let (mut said, mut together) = (Vec::new(), Vec::new());
            let mut known: Vec<Lack> = Vec::new();
            for finding in &told {
                // What two provisions ask alike is told once.
                let lacks: Vec<Lack> = lacks(finding, labels, lang).into_iter().filter(|lack| !known.contains(lack)).collect();
                if lacks.is_empty() {
                    continue;
                }
                known.extend(lacks.iter().cloned());
                if due.is_some() || finding.due.is_none() {
                    together.extend(lacks);
                } else {
                    said.extend(tell(&std::mem::take(&mut together), lang));
                    said.push(format!("{}{}", tell(&lacks, lang).join(lang.pick("；", "; ")), until(finding.due, verdict.as_of, lang)));
                }
            }
            said.extend(tell(&together, lang));
            Some(format!("{}{}", said.join(lang.pick("；", "; ")), until(due, verdict.as_of, lang)))
        }
        Status::Unknown => {
            let about: Vec<&str> = told.iter().map(|finding| labels.name(&finding.provision, lang)).collect();
            let about: Vec<String> = about.into_iter().map(str::to_owned).collect();
            Some(cannot_tell(&verdict.missing, &enumerated(&about, lang), labels, lang))
        }
    }
}

/// That what is due is met and no more, where something else is not there and not due either: `已到期的要求均达标；2项尚未到期`.
fn met_so_far(verdict: &Verdict, lang: Lang) -> Option<String> {
    let is_to_come = |finding: &&Finding| match finding.status {
        // Of what nobody told yet, that it cannot fail before its day.
        Status::Unknown => finding.due.is_some_and(|due| verdict.as_of <= due),
        _ => finding.reason == Some(Reason::NotDue),
    };
    let to_come = verdict.findings.iter().filter(is_to_come).count();
    let are = if to_come == 1 { "is" } else { "are" };
    (to_come > 0).then(|| lang.pick(format!("已到期的要求均达标；{to_come}项尚未到期"), format!("what is due is met; {to_come} {are} not due yet")))
}

/// What is to come, the first first: `尚未到期：来渝项目备案，截止2024-11-30（还有15天）`.
fn not_due(verdict: &Verdict, labels: &Labels, lang: Lang) -> Option<String> {
    let mut to_come: Vec<&Finding> =
        verdict.findings.iter().filter(|finding| finding.reason == Some(Reason::NotDue) && finding.due.is_some()).collect();
    order_by_key(&mut to_come, |finding| finding.due);
    let said = to_come.iter().map(|finding| format!("{}{}", labels.name(&finding.provision, lang), until(finding.due, verdict.as_of, lang)));
    let said = said.collect::<Vec<_>>().join(lang.pick("；", "; "));
    (!said.is_empty()).then(|| lang.pick(format!("尚未到期：{said}"), format!("not due yet: {said}")))
}

/// Why nothing is asked, where every finding says the same; nothing where there is something to tell instead.
fn nothing_asked(verdict: &Verdict, labels: &Labels, lang: Lang) -> Option<String> {
    // What a requirement that does not concern the subject computes says why: no days of leave.
    if let [finding] = verdict.findings.as_slice()
        && finding.reason == Some(Reason::OutOfScope)
        && finding.value.is_some()
    {
        let said = not_applicable(finding, labels.name(&finding.provision, lang), labels, lang);
        return Some(lang.pick(said.replacen('：', "", 1), said.clone()));
    }
    let mut reasons: Vec<Reason> = Vec::new();
    for finding in verdict.findings.iter().filter(|finding| finding.value.is_none()) {
        let reason = finding.reason.or_else(|| finding.parts.first().and_then(|part| part.reason))?;
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let (zh, en) = match reasons.as_slice() {
        [] | [Reason::Informative] => return None,
        [Reason::OutOfScope] => ("不属于适用对象", "what is asked does not concern this subject"),
        [Reason::NotInForce] if verdict.findings.iter().any(|finding| finding.due.is_some()) => {
            ("截止日在规定施行之前", "it was due before the rules came into force")
        }
        [Reason::NotInForce] => ("所涉日期不在施行期内", "the rules are not in force for the day in question"),
        [Reason::Advisory] => ("属鼓励或许可，不作要求", "encouraged or allowed, not asked"),
        _ => ("没有须达到的要求", "nothing has to be attained"),
    };
    Some(lang.pick(zh, en).to_owned())
}

/// That nothing was in force: `该日没有施行中的规定（此前施行至2023-12-31，自2025-01-01起施行）`.
fn not_in_force(days: &NotInForce, lang: Lang) -> String {
    let ended = days.ended.map(|day| lang.pick(format!("此前施行至{day}"), format!("it was until {day}")));
    let begins = days.begins.map(|day| lang.pick(format!("自{day}起施行"), format!("it is from {day} on")));
    let days: Vec<String> = ended.into_iter().chain(begins).collect();
    let days = days.join(lang.pick("，", ", "));
    lang.pick(format!("该日没有施行中的规定（{days}）"), format!("nothing of it is in force on the day ({days})"))
}

/// How far a day is from the day of asking: `，截止2024-10-31（还有38天）`; empty without a day.
pub(crate) fn until(due: Option<Day>, as_of: Day, lang: Lang) -> String {
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

/// One thing that is not there.
#[derive(Clone, PartialEq, Eq)]
enum Lack {
    /// An amount.
    Amount(String),
    /// Anything else, as a clause.
    Clause(String),
}

impl Lack {
    /// The same of what is asked in principle, beside what binds.
    fn in_principle(self, lang: Lang) -> Self {
        let told = |what: String| lang.pick(format!("{what}（原则上要求）"), format!("{what} (in principle)"));
        match self {
            Self::Amount(what) => Self::Amount(told(what)),
            Self::Clause(what) => Self::Clause(told(what)),
        }
    }
}

/// What is not there: `还差学分3.5分`, `带教人数超出上限1人`, `不符合「平台授分」`.
fn lacking(finding: &Finding, labels: &Labels, lang: Lang) -> String {
    tell(&lacks(finding, labels, lang), lang).join(lang.pick("；", "; "))
}

/// Everything that a finding lacks; of several comparisons each that fails, with what it measures, and each condition beside them.
fn lacks(finding: &Finding, labels: &Labels, lang: Lang) -> Vec<Lack> {
    if let Some(telling) = parts_that_tell(finding) {
        let mut all: Vec<Lack> = Vec::new();
        for part in telling {
            let in_principle = part.status != finding.status;
            let lacks = lacks(part, labels, lang).into_iter().map(|lack| if in_principle { lack.in_principle(lang) } else { lack });
            for lack in lacks {
                if !all.contains(&lack) {
                    all.push(lack);
                }
            }
        }
        return all;
    }
    let name = labels.name(&finding.provision, lang);
    let figures = measured(finding, name, labels, lang);
    let failing: Vec<&Measured<'_>> = figures.iter().filter(|figure| figure.holds() == Some(false)).collect();
    let fails = |what: &str| Lack::Clause(lang.pick(format!("不符合「{name}」：{what}"), format!("{name}: {what}")));
    let itself = || Lack::Clause(lang.pick(format!("不符合「{name}」"), format!("{name}: not fulfilled")));
    let mut all = Vec::new();
    let mut sides: Vec<&Measured<'_>> = Vec::new();
    for figure in failing {
        // A number of nothing named is told after what it is of: 「人员覆盖率」还差1.
        if let (Lang::Zh, Some((name, gap))) = (lang, figure.short_of_no_unit()) {
            all.push(Lack::Clause(format!("「{name}」还差{gap}")));
        } else if let Some(too_much) = figure.too_much() {
            all.push(Lack::Clause(too_much));
        } else if let Some(amount) = figure.short() {
            all.push(Lack::Amount(amount));
        } else {
            sides.push(figure);
        }
    }
    let sides = named_sides(&sides, lang);
    if !sides.is_empty() {
        all.push(fails(&sides));
    }
    let conditions = failing_conditions(finding, labels, lang);
    if !conditions.is_empty() {
        all.push(fails(&conditions));
    } else if all.is_empty() {
        all.push(itself());
    } else if !finding.failing.is_empty() {
        all.push(Lack::Clause(lang.pick(format!("不符合「{name}」的其他条件"), format!("{name}: other conditions not fulfilled"))));
    }
    all
}

/// The conditions that fail beside a finding's comparisons, in words; empty where one of them has none.
fn failing_conditions(finding: &Finding, labels: &Labels, lang: Lang) -> String {
    let known = labels.provision(&finding.provision).map_or(&[][..], |label| &label.conditions);
    let words = |place: &u32| known.get(usize::try_from(*place).ok()?)?.words(lang).map(str::to_owned);
    let said: Vec<String> = finding.failing.iter().map(words).collect::<Option<_>>().unwrap_or_default();
    // The verb is said once: 「甲」、「乙」不成立.
    let verb = lang.pick(phrase::Phraser::FAILS.0, phrase::Phraser::FAILS.1);
    let mut runs: Vec<String> = Vec::new();
    for run in said.chunk_by(|a, b| a.ends_with(verb) && b.ends_with(verb)) {
        let alike = run.len() > 1;
        let words: Vec<String> = run.iter().map(|one| one.strip_suffix(verb).filter(|_| alike).unwrap_or(one).to_owned()).collect();
        runs.push(format!("{}{}", enumerated(&words, lang), if alike { verb } else { "" }));
    }
    runs.join(lang.pick("，", ", "))
}

/// What is lacking in clauses; amounts beside one another are enumerated.
fn tell(lacks: &[Lack], lang: Lang) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for together in lacks.chunk_by(|a, b| matches!((a, b), (Lack::Amount(_), Lack::Amount(_)))) {
        let amounts: Vec<String> =
            together.iter().filter_map(|lack| if let Lack::Amount(amount) = lack { Some(amount.clone()) } else { None }).collect();
        match together.first() {
            Some(Lack::Amount(_)) => {
                let amounts = enumerated(&amounts, lang);
                said.push(lang.pick(format!("还差{amounts}"), format!("{amounts} short")));
            }
            Some(Lack::Clause(clause)) => said.push(clause.clone()),
            None => {}
        }
    }
    said
}

/// `学分3.5分、12学时`; `3.5 credits and 12 hours`.
fn enumerated(words: &[String], lang: Lang) -> String {
    match (lang, words) {
        (Lang::En, [first @ .., last]) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.join(lang.pick("、", ", ")),
    }
}

fn met(finding: &Finding, name: &str, labels: &Labels, lang: Lang) -> String {
    if let Some(other) = &finding.deemed_by {
        let other = labels.name(other, lang);
        return lang.pick(format!("已达标：以「{other}」视同「{name}」"), format!("{name} met by {other}"));
    }
    let value = finding
        .value
        .as_ref()
        .map(|value| computed(value, name, labels.provision(&finding.provision).and_then(|label| label.value.as_ref()), finding, labels, lang));
    // What is merely encouraged and does not hold is told as advice.
    let by = std::iter::once(finding).chain(finding.parts.iter().filter(|part| part.status == Status::Met));
    let there: Vec<String> = by.flat_map(|finding| figure::there(&measured(finding, name, labels, lang), lang)).collect();
    // An amount that is what is asked stands among the figures already, as what is asked.
    let asked =
        std::iter::once(&finding.required).chain(finding.figures.iter().map(|figure| &figure.required)).any(|required| *required == finding.value);
    match value {
        Some(value) if there.is_empty() => return value,
        Some(value) if !asked => return lang.pick(format!("已达标，{}；{value}", there.join("；")), format!("met: {}; {value}", there.join("; "))),
        _ => {}
    }
    if there.is_empty() {
        return lang.pick(format!("已达标：符合「{name}」"), format!("{name}: fulfilled"));
    }
    lang.pick(format!("已达标，{}", there.join("；")), format!("met: {}", there.join("; ")))
}

fn computed(value: &str, name: &str, label: Option<&ValueLabel>, finding: &Finding, labels: &Labels, lang: Lang) -> String {
    // An amount that is not what the provision is called has a name of its own: what is missing of the pay.
    let name = label.and_then(|label| label.words(lang)).unwrap_or(name);
    let words = beside::told(value, label, labels, lang);
    // Labels that know no amounts leave the unit to the finding.
    let words = match label {
        Some(_) => words,
        None => with_unit(&words, finding.unit.as_ref().filter(|_| value != "[]"), lang),
    };
    lang.pick(format!("{name}：{words}"), format!("{name}: {words}"))
}

fn waivable(finding: &Finding, labels: &Labels, lang: Lang) -> String {
    let known = labels.provision(&finding.provision).and_then(|label| label.relaxation.as_ref());
    match (&finding.relaxation, finding.reason, finding.modality) {
        (Some(code), ..) => {
            let words = known.filter(|known| known.code == *code).map(|known| lang.pick(known.zh.as_str(), known.en.as_str()));
            let name = words.filter(|words| !words.is_empty()).unwrap_or(code);
            lang.pick(format!("（适用「{name}」，由主管部门认定）"), format!(" (relaxed by “{name}”: for the authority to decide)"))
        }
        (None, Some(Reason::InPrinciple), _) | (None, _, Modality::Principle) => {
            lang.pick("（原则性要求，由主管部门认定）", " (asked in principle: for the authority to decide)").to_owned()
        }
        _ => lang.pick("（由主管部门认定）", " (for the authority to decide)").to_owned(),
    }
}

fn not_applicable(finding: &Finding, name: &str, labels: &Labels, lang: Lang) -> String {
    if let Some(value) = &finding.value {
        return computed(value, name, labels.provision(&finding.provision).and_then(|label| label.value.as_ref()), finding, labels, lang);
    }
    let reason = finding.reason.or_else(|| finding.parts.first().and_then(|part| part.reason));
    let (zh, en) = match reason {
        // Of a year that was over before the document came, its day says so.
        Some(Reason::NotInForce) if finding.due.is_some() => {
            let due = finding.due.map_or_else(String::new, |due| due.to_string());
            return lang.pick(format!("{name}：截止日{due}在规定施行之前，不作要求"), format!("{name}: due {due}, before it came into force"));
        }
        Some(Reason::NotInForce) => ("不在施行期内", "not in force then"),
        Some(Reason::NotDue) => {
            // How far it has come is told, where that is known.
            let figures = measured(finding, name, labels, lang);
            let known: Vec<&Measured<'_>> = figures.iter().filter(|figure| figure.is_known()).collect();
            let sides = named_sides(&known, lang);
            let sides = if sides.is_empty() { sides } else { lang.pick(format!("（{sides}）"), format!(" ({sides})")) };
            return lang.pick(format!("{name}：尚未到期{sides}"), format!("{name}: not due yet{sides}"));
        }
        Some(Reason::OutOfScope) => ("不作要求", "not asked here"),
        Some(Reason::Advisory) => ("属鼓励或许可，不作要求", "encouraged or allowed, not asked"),
        Some(Reason::Informative) => ("不作达标判断", "nothing to attain"),
        _ => ("不适用", "not applicable"),
    };
    lang.pick(format!("{name}：{zh}"), format!("{name}: {en}"))
}

fn unknown(finding: &Finding, name: &str, labels: &Labels, as_of: Day, lang: Lang) -> String {
    let figures = measured(finding, name, labels, lang);
    let open: Vec<&Measured<'_>> = figures.iter().filter(|figure| figure.holds() != Some(true)).collect();
    let figures = named_sides(&open, lang);
    let figures = if figures.is_empty() { figures } else { lang.pick(format!("（{figures}）"), format!(" ({figures})")) };
    if finding.reason == Some(Reason::NotComputable) && finding.missing.is_empty() {
        return lang.pick(format!("资料不足：无法计算「{name}」{figures}"), format!("unknown: {name} cannot be computed{figures}"));
    }
    // However it turns out, it is no failure: its day has not come, or it does not apply.
    let can_fail = finding.possible.iter().any(|status| matches!(status, Status::Unmet | Status::Waivable));
    if !can_fail && !finding.possible.is_empty() && !finding.missing.is_empty() {
        let missing = some_of(&missing_words(&finding.missing, labels, lang), 3, lang);
        return match finding.due.filter(|due| *due >= as_of) {
            Some(_) => {
                let due = until(finding.due, as_of, lang);
                lang.pick(format!("{name}：尚未到期，尚缺{missing}{due}"), format!("{name}: not due yet, {missing} not told{due}"))
            }
            None => lang.pick(format!("{name}：目前不算不达标，尚缺{missing}"), format!("{name}: no failure as things stand, {missing} not told")),
        };
    }
    lang.pick(
        format!("资料不足：{}{figures}", cannot_tell(&finding.missing, name, labels, lang)),
        format!("unknown: {}{figures}", cannot_tell(&finding.missing, name, labels, lang)),
    )
}

/// `缺少聘任时间，无法判断学分是否达标`.
fn cannot_tell(missing: &[String], about: &str, labels: &Labels, lang: Lang) -> String {
    let words = missing_words(missing, labels, lang);
    let lacking = some_of(&words, 3, lang);
    match (words.is_empty(), about.is_empty()) {
        (false, false) => lang.pick(format!("缺少{lacking}，无法判断{about}是否达标"), format!("{about} cannot be judged without {lacking}")),
        (false, true) => lang.pick(format!("缺少{lacking}"), format!("{lacking} missing")),
        (true, false) => lang.pick(format!("无法判断{about}是否达标"), format!("{about} cannot be judged")),
        (true, true) => lang.pick("无法判断", "cannot be judged").to_owned(),
    }
}

/// Some words as an enumeration, with the number of those left off.
pub(crate) fn some_of(words: &[String], most: usize, lang: Lang) -> String {
    let shown = words.get(..most).unwrap_or(words);
    let left = words.len() - shown.len();
    let mut out = shown.join(lang.pick("、", ", "));
    if left > 0 {
        out.push_str(&lang.pick(format!("等{}项", words.len()), format!(" and {left} more")));
    }
    out
}
