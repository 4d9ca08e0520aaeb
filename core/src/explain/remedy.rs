//! Remedies in words: what is still to be done, of what kind, and by when.

use rust_decimal::Decimal;

use super::amount::quantity;
use super::{Labels, Rounding, days_left, enumerated, path_words, shown, with_unit};
use crate::evaluate::{Question, Status};
use crate::facts::{Entity, Facts, Field, FieldKind, Power};
use crate::feel::Value;
use crate::lang::Lang;
use crate::policy::OwnKind;
use crate::quantity::{Day, Unit, parse_day, parse_decimal};
use crate::remedy::{Blocked, BlockedReason, Closed, Earliest, Remedies, Remedy, RemedyState, Step, StepBound, StepField};

/// The value of a field of which there must be none.
const NONE: &str = "null";

/// One remedy in words, ready to be set out: what is to be done, by when, and what is to be known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemedyWords {
    /// What is to be done, one thing after the other: `还需取得学分3.5分（其中与岗位相关2分）`.
    pub steps: Vec<String>,
    /// The last day for the first of them that has one.
    pub by: Option<Day>,
    /// What is to be known beside: from when it will do, and what is then still open.
    pub notes: Vec<String>,
    /// The provisions that it serves, each with its article.
    pub closes: Vec<Closed>,
}

/// What can still be done, a line for each alternative and for each provision that nothing helps any more, without full stops:
/// `还需取得学分3.5分（其中与岗位相关2分），截止2024-10-31（还有38天）`.
#[must_use]
pub fn remedy_sentences(remedies: &Remedies, question: &Question<'_>, lang: Lang) -> Vec<String> {
    let (mut lines, labels) = (Vec::new(), question.labels());
    for (place, remedy) in remedy_words(remedies, question, lang).iter().enumerate() {
        let head = if place == 0 { lang.pick("办法：", "remedy: ") } else { lang.pick("或者：", "or: ") };
        lines.push(format!("{head}{}", remedy.sentence(question.as_of(), lang)));
    }
    for (place, partial) in partial_words(remedies, question, lang).iter().enumerate() {
        let sentence = partial.sentence(question.as_of(), lang);
        let closes: Vec<&str> = partial.closes.iter().map(|closed| labels.name(&closed.provision, lang)).collect();
        lines.push(match (place, lang) {
            (0, Lang::Zh) => format!("「{}」仍可补上：{sentence}", closes.join("」「")),
            (0, Lang::En) => format!("{} can still be closed: {sentence}", closes.join(", ")),
            (_, Lang::Zh) => format!("或者：{sentence}"),
            (_, Lang::En) => format!("or: {sentence}"),
        });
    }
    lines.extend(blocked_sentences(remedies, question, lang));
    for (place, words) in later_words(remedies, question, lang).iter().enumerate() {
        let sentence = words.sentence(question.as_of(), lang);
        let Some(later) = remedies.later.as_ref().filter(|_| place == 0) else {
            lines.push(lang.pick(format!("或者：{sentence}"), format!("or: {sentence}")));
            continue;
        };
        let (on, given) = (later.on, labels.given(&later.given, lang));
        lines.push(lang.pick(format!("若{given}推迟，最早可为{on}：{sentence}"), format!("with {given} put off, {on} at the earliest: {sentence}")));
    }
    lines
}

/// What would do were a later day given, the least first.
fn later_words(remedies: &Remedies, question: &Question<'_>, lang: Lang) -> Vec<RemedyWords> {
    let labels = question.labels();
    let words = Words { question, labels: &labels, lang };
    remedies.later.iter().flat_map(|later| &later.remedies).map(|remedy| words.remedy(remedy)).collect()
}

/// Every alternative, the least first.
#[must_use]
pub fn remedy_words(remedies: &Remedies, question: &Question<'_>, lang: Lang) -> Vec<RemedyWords> {
    let labels = question.labels();
    let words = Words { question, labels: &labels, lang };
    remedies.remedies.iter().map(|remedy| words.remedy(remedy)).collect()
}

/// What can still be closed beside what is blocked, the least first.
#[must_use]
pub fn partial_words(remedies: &Remedies, question: &Question<'_>, lang: Lang) -> Vec<RemedyWords> {
    let labels = question.labels();
    let words = Words { question, labels: &labels, lang };
    remedies.partial.iter().map(|remedy| words.remedy(remedy)).collect()
}

/// What nothing helps any more, and where the search gave up, without full stops.
#[must_use]
pub fn blocked_sentences(remedies: &Remedies, question: &Question<'_>, lang: Lang) -> Vec<String> {
    let labels = question.labels();
    let words = Words { question, labels: &labels, lang };
    let mut lines = Vec::new();
    if remedies.state == RemedyState::GaveUp {
        lines.push(lang.pick("在限度内未找到补救办法", "no remedy was found within the bounds of the search").to_owned());
    }
    let mut blocked: Vec<(Vec<&str>, Blocked)> = Vec::new();
    for one in &remedies.blocked {
        let name = labels.name(&one.provision, lang);
        match blocked.iter_mut().find(|(_, other)| (other.reason, other.since, other.due) == (one.reason, one.since, one.due)) {
            Some((names, others)) => {
                names.push(name);
                let new: Vec<String> = one.missing.iter().filter(|path| !others.missing.contains(path)).cloned().collect();
                others.missing.extend(new);
            }
            None => blocked.push((vec![name], one.clone())),
        }
    }
    lines.extend(blocked.iter().map(|(names, blocked)| words.blocked(blocked, names)));
    let waits = |remedy: &Remedy| matches!(remedy.steps.as_slice(), [Step::Wait { .. }]);
    if let Some(earliest) = &remedies.earliest
        && !remedies.remedies.iter().any(waits)
    {
        let day = words.on(earliest);
        lines.push(match earliest.until {
            // A time that ends is no earliest day.
            Some(until) if until > earliest.on => {
                lang.pick(format!("若其他不变，{day}达标"), format!("with nothing else changed, it will do from {day}"))
            }
            _ => lang.pick(format!("若其他不变，最早{day}达标"), format!("with nothing else changed, it will do on {day} at the earliest")),
        });
    }
    lines
}

impl RemedyWords {
    /// All of it in one line, without a full stop.
    #[must_use]
    pub fn sentence(&self, as_of: Day, lang: Lang) -> String {
        let semicolon = lang.pick("；", "; ");
        // What several things share is said once: 须落实「甲」「乙」.
        let (heads, between) = lang.pick((&["须落实", "须完成", "须有"][..], ""), (&["to be put in place: "][..], semicolon));
        let mut told = String::new();
        let mut before = "";
        for step in &self.steps {
            match heads.iter().find(|head| before.starts_with(**head)).and_then(|head| step.strip_prefix(head)) {
                Some(rest) => told.extend([between, rest]),
                None if told.is_empty() => told.push_str(step),
                None => told.extend([semicolon, step]),
            }
            before = step;
        }
        if let Some(by) = self.by {
            told.push_str(&format!("{}{by}{}", lang.pick("，截止", ", by "), days_left(by, as_of, lang)));
        }
        for note in &self.notes {
            told.push_str(&format!("{semicolon}{note}"));
        }
        told
    }
}

struct Words<'q> {
    /// Which policies declare what.
    question: &'q Question<'q>,
    labels: &'q Labels,
    lang: Lang,
}

/// How much of something is to be added in all, and of what kinds.
struct Sum<'r> {
    field: &'static Field,
    total: Decimal,
    /// What is asked of all of it.
    common: Vec<String>,
    /// Amounts of which more is asked.
    of_which: Vec<(Decimal, Vec<String>)>,
    steps: Vec<(&'r [StepField], Decimal)>,
}

impl Words<'_> {
    fn remedy(&self, remedy: &Remedy) -> RemedyWords {
        let lang = self.lang;
        let mut parts: Vec<String> = Vec::new();
        let mut lists: Vec<&str> = Vec::new();
        for step in &remedy.steps {
            match step {
                Step::AddRecord { list, .. } if lists.contains(&list.as_str()) => {}
                Step::AddRecord { list, .. } => {
                    lists.push(list);
                    parts.extend(self.records(list, remedy));
                }
                Step::SetFact { path, value, or, bound, unit, until, .. } => parts.push(self.fact(path, (value, or, *bound), unit.as_ref(), *until)),
                Step::Wait { until, .. } => {
                    parts.push(lang.pick(format!("照此进行，到{until}即可"), format!("go on as it is: it will do on {until}")));
                }
            }
        }
        let mut notes = Vec::new();
        let told_later = |from: &Day| remedy.earliest.as_ref().is_some_and(|earliest| earliest.on >= *from && !self.is_given(earliest));
        if let (Some(from), false) = (remedy.from.filter(|from| !told_later(from)), matches!(remedy.steps.as_slice(), [Step::Wait { .. }])) {
            let zh = if matches!(remedy.gives, Status::Met | Status::Waivable) { "达标" } else { "有效" };
            notes.push(lang.pick(format!("最早自{from}起{zh}"), format!("it will do on {from} at the earliest")));
        }
        if let Some(earliest) = remedy.earliest.as_ref().filter(|earliest| !self.is_given(earliest)) {
            let day = self.on(earliest);
            notes.push(match earliest.until {
                Some(until) if until > earliest.on => lang.pick(format!("届时{day}达标"), format!("with that, it would do from {day}")),
                _ => lang.pick(format!("届时最早{day}达标"), format!("with that, it would do on {day} at the earliest")),
            });
        }
        notes.extend(self.reckoned_without(remedy));
        if remedy.at_most {
            notes.push(lang.pick("补齐所缺资料后或可减免", "less may do, or nothing, once the missing facts are told").to_owned());
        }
        match remedy.gives {
            Status::Waivable => notes.push(lang.pick("此后仍待主管部门认定", "it is then for the authority to decide").to_owned()),
            Status::Unknown => {
                notes.push(lang.pick("是否全部达标仍须补充资料", "whether all is then met waits for facts that are missing").to_owned());
            }
            _ => {}
        }
        let mut closes: Vec<Closed> = Vec::new();
        for step in &remedy.steps {
            let (Step::AddRecord { closes: serves, .. } | Step::SetFact { closes: serves, .. } | Step::Wait { closes: serves, .. }) = step;
            let new = serves.iter().filter(|one| !closes.contains(one)).cloned().collect::<Vec<_>>();
            closes.extend(new);
        }
        RemedyWords { steps: parts, by: remedy.by, notes, closes }
    }

    /// That what is told holds for records that bring nothing of some amounts, such as hours: more of those can ask for more.
    fn reckoned_without(&self, remedy: &Remedy) -> Option<String> {
        let mut nothing: Vec<&str> = Vec::new();
        for step in &remedy.steps {
            let Step::AddRecord { list, fields, .. } = step else { continue };
            let Some((entity, _)) = records_of(list) else { continue };
            for field in fields.iter().filter(|field| added(entity, field).is_some_and(|amount| amount.is_zero())) {
                let Some((_, field)) = entity.field(&field.field) else { continue };
                let name = self.lang.pick(field.zh, field.en);
                if !nothing.contains(&name) {
                    nothing.push(name);
                }
            }
        }
        if nothing.is_empty() {
            return None;
        }
        let names = enumerated(&nothing.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), self.lang);
        Some(self.lang.pick(format!("如另计{names}，须重新核算"), format!("where {names} come with it, ask again")))
    }

    /// Whether it is the day that was given with the question.
    fn is_given(&self, earliest: &Earliest) -> bool {
        earliest.given.as_ref().and_then(|name| self.question.given().get(name)) == Some(&Value::Date(earliest.on))
    }

    /// A day, and what is given that must be the same: `2027-03-01（申请日期同）`.
    fn on(&self, earliest: &Earliest) -> String {
        let Earliest { on, given, until } = earliest;
        // A time that ends soon is told with its end.
        let days = match until {
            Some(until) if until == on => self.lang.pick(format!("{on}且仅此一日"), format!("{on} and on that day alone")),
            Some(until) => self.lang.pick(format!("{on}至{until}"), format!("{on} to {until}")),
            None => on.to_string(),
        };
        match given.as_ref().map(|given| self.labels.given(given, self.lang)) {
            Some(given) => self.lang.pick(format!("{days}（{given}为当日）"), format!("{days} (with {given} on that day)")),
            None => days,
        }
    }

    /// The records to add to one list: amounts as sums, other records one by one.
    fn records(&self, list: &str, remedy: &Remedy) -> Vec<String> {
        let lang = self.lang;
        let Some((entity, label)) = records_of(list) else { return Vec::new() };
        let steps = remedy.steps.iter().filter_map(|step| match step {
            Step::AddRecord { list: other, fields, .. } if other == list => Some(fields.as_slice()),
            _ => None,
        });
        let steps: Vec<&[StepField]> = steps.collect();
        let mut told = Vec::new();
        let mut amounts = Vec::new();
        for field in entity.fields {
            if let Some(sum) = self.sum(field, entity, &steps) {
                amounts.push(self.summed(&sum));
            }
        }
        if !amounts.is_empty() {
            let amounts = enumerated(&amounts, lang);
            told.push(lang.pick(format!("还需取得{amounts}"), format!("still needed: {amounts}")));
        }
        let mut others: Vec<(String, usize)> = Vec::new();
        for fields in steps.iter().filter(|fields| !fields.iter().any(|field| amount(entity, field).is_some())) {
            let (awarded, chosen): (Vec<&StepField>, Vec<&StepField>) = fields.iter().partition(|field| is_awarded(entity, field));
            // That one day is today at the earliest, and when at the latest, is said of the whole already.
            let is_day = |field: &StepField| matches!(entity.field(&field.field), Some((_, Field { kind: FieldKind::Day, .. })));
            let one_day = fields.iter().filter(|field| is_day(field)).count() == 1;
            let today = self.question.as_of().to_string();
            let said = |field: &StepField| {
                one_day && is_day(field) && field.value == today && (field.until == remedy.by || remedy.by == Some(self.question.as_of()))
            };
            let mut kinds: Vec<String> = chosen.iter().filter(|field| !said(field)).filter_map(|field| self.kind(entity, field)).collect();
            let awarded: Vec<String> = awarded.iter().filter_map(|field| self.kind(entity, field)).collect();
            if !awarded.is_empty() {
                let awarded = enumerated(&awarded, lang);
                kinds.push(lang.pick(format!("期满后取得{awarded}"), format!("and after it, as others award it: {awarded}")));
            }
            match others.iter_mut().find(|(kinds_there, _)| *kinds_there == kinds.join("\n")) {
                Some((_, times)) => *times += 1,
                None => others.push((kinds.join("\n"), 1)),
            }
        }
        for (kinds, times) in others {
            let kinds = kinds.replace('\n', lang.pick("，", ", "));
            let records = if times > 1 { format!("{}s", entity.en) } else { entity.en.to_owned() };
            let times = if times > 1 { lang.pick(format!("{times}条"), format!("{times} ")) } else { lang.pick("", "a further ").to_owned() };
            let colon = if kinds.is_empty() { "" } else { lang.pick("：", ": ") };
            told.push(lang.pick(format!("还需增加{label}{times}{colon}{kinds}"), format!("still needed: {times}{records}{colon}{kinds}")));
        }
        told
    }

    /// What a field adds up to over the records to add.
    fn sum<'r>(&self, field: &'static Field, entity: &'static Entity, records: &[&'r [StepField]]) -> Option<Sum<'r>> {
        let mut steps: Vec<(&'r [StepField], Decimal)> = Vec::new();
        for fields in records {
            let adds = fields.iter().find(|other| other.field == field.name).and_then(|other| amount(entity, other));
            steps.extend(adds.map(|adds| (*fields, adds)));
        }
        let total = steps.iter().map(|(_, adds)| *adds).sum();
        // What is asked of a record is told with the amount that it is asked for.
        let kinds: Vec<Vec<String>> = steps.iter().map(|(fields, _)| self.kinds(entity, fields, field.name)).collect();
        let common: Vec<String> = kinds.first()?.iter().filter(|kind| kinds.iter().all(|kinds| kinds.contains(kind))).cloned().collect();
        let more = |kinds: &Vec<String>| kinds.iter().filter(|kind| !common.contains(kind)).cloned().collect::<Vec<_>>();
        let of_which = steps.iter().zip(&kinds).map(|((_, adds), kinds)| (*adds, more(kinds))).filter(|(_, more)| !more.is_empty());
        Some(Sum { field, total, of_which: of_which.collect(), common, steps })
    }

    /// `学分3.5分（其中与岗位相关2分）`.
    fn summed(&self, sum: &Sum<'_>) -> String {
        let lang = self.lang;
        let unit = sum.field.unit.as_ref();
        let name = lang.pick(sum.field.zh, sum.field.en);
        let number = |n: Decimal| shown(&n.normalize().to_string(), Rounding::Up);
        let mut beside: Vec<String> = Vec::new();
        if sum.steps.len() == 1 || sum.of_which.is_empty() {
            beside.extend(sum.common.iter().cloned());
        } else {
            beside.extend(sum.common.iter().cloned());
            for (adds, kinds) in &sum.of_which {
                let kinds = kinds.join(lang.pick("、", ", "));
                let adds = with_unit(&number(*adds), unit, lang);
                beside.push(lang.pick(format!("其中{kinds}{adds}"), format!("{adds} of it {kinds}")));
            }
        }
        let told = quantity(name, &number(sum.total), unit, lang);
        if beside.is_empty() {
            return told;
        }
        lang.pick(format!("{told}（{}）", beside.join("，")), format!("{told} ({})", beside.join(", ")))
    }

    /// What is asked of a record for one of its amounts, beside amounts and days.
    fn kinds(&self, entity: &'static Entity, fields: &[StepField], amount: &str) -> Vec<String> {
        let is_day = |field: &StepField| matches!(entity.field(&field.field), Some((_, Field { kind: FieldKind::Day, .. })));
        let days = |field: &&StepField| field.value == NONE || !is_day(field);
        let free = fields.iter().find(|field| field.field == amount).map_or(&[][..], |field| &field.without);
        fields.iter().filter(days).filter(|field| !free.contains(&field.field)).filter_map(|field| self.kind(entity, field)).collect()
    }

    /// What is asked of one field of a record; nothing of an amount.
    fn kind(&self, entity: &'static Entity, field: &StepField) -> Option<String> {
        let lang = self.lang;
        let (kind, label) = self.described(entity, &field.field)?;
        if matches!(kind, Described::Vocabulary(FieldKind::Decimal)) {
            return is_awarded(entity, field).then(|| if field.value == "0" { label } else { format!("{label}{}", field.value) });
        }
        let mut values: Vec<String> = std::iter::once(&field.value).chain(&field.or).map(|value| self.value(&kind, value)).collect();
        values.dedup();
        Some(match (&kind, field.value.as_str()) {
            (_, NONE) => lang.pick(format!("无{label}"), format!("no {label}")),
            (Described::Vocabulary(FieldKind::Boolean) | Described::Own(OwnKind::Boolean), "true") => said_plainly(&label, lang),
            (Described::Vocabulary(FieldKind::Boolean) | Described::Own(OwnKind::Boolean), _) => {
                lang.pick(format!("{label}：否"), format!("not {label}"))
            }
            (_, "…") if is_awarded(entity, field) => label,
            (_, "…") => lang.pick(format!("有{label}"), format!("with a {label}")),
            (Described::Vocabulary(FieldKind::Code(_)), _) => match self.codes_left_out(&kind, field) {
                Some(others) => lang.pick(format!("{label}不为{others}"), format!("{label} other than {others}")),
                None => values.join(lang.pick("或", " or ")),
            },
            (_, _) if let Some(length) = self.length(field) => lang.pick(format!("为期{length}"), format!("for {length}")),
            (_, value) => match field.until {
                // `issued on` a day, and `issued` between two.
                Some(until) => {
                    let en = label.strip_suffix(" on").unwrap_or(&label);
                    lang.pick(format!("{label}{value}至{until}之间"), format!("{en} from {value} to {until}"))
                }
                None => lang.pick(format!("{label}{}", values.join("或")), format!("{label} {}", values.join(" or "))),
            },
        })
    }

    /// The few codes of a list that would not do, where most would, as people read them.
    fn codes_left_out(&self, kind: &Described, field: &StepField) -> Option<String> {
        const FEW: usize = 2;
        let Described::Vocabulary(FieldKind::Code(list)) = kind else { return None };
        let would_do = |code: &str| field.value == code || field.or.iter().any(|or| or == code);
        let left_out: Vec<String> = list.codes.iter().filter(|code| !would_do(code.code)).map(|code| self.value(kind, code.code)).collect();
        let are_few = (1..=FEW).contains(&left_out.len()) && field.or.len() > 2 * FEW;
        are_few.then(|| left_out.join(self.lang.pick("或", " or ")))
    }

    /// How long a stay lasts: `3个月零1天`.
    fn length(&self, field: &StepField) -> Option<String> {
        let lang = self.lang;
        let of = |number: Option<i64>, unit: &Unit| number.map(|number| with_unit(&number.to_string(), Some(unit), lang));
        match (of(field.months, &Unit::Month), of(field.days, &Unit::Day)) {
            (Some(months), Some(days)) => Some(lang.pick(format!("{months}零{days}"), format!("{months} and {days}"))),
            (months, days) => months.or(days),
        }
    }

    /// A fact to bring about: `须落实「全脱产」`, `「提取经费」须不少于15000元`.
    fn fact(&self, path: &str, (value, or, bound): (&str, &[String], Option<StepBound>), unit: Option<&Unit>, until: Option<Day>) -> String {
        let lang = self.lang;
        let label = self.label(path, false);
        if is_earned(path) {
            // Whatever is awarded will do: a number, or a score from nothing up.
            let any = value == "…" || bound == Some(StepBound::AtLeast) && parse_decimal(value).is_some_and(|least| least.is_zero());
            let values = if any { String::new() } else { lang.pick("：", ": ").to_owned() + &self.values(path, value, or) };
            return lang.pick(format!("期满后取得「{label}」{values}"), format!("at its end, as others award it: {label}{values}"));
        }
        if let Some(host) = host(path) {
            return self.moved(&host, &self.values(path, value, or));
        }
        let until = until.filter(|until| parse_day(value).is_some_and(|day| day < *until));
        match value {
            "true" => self.put_in_place(&label),
            "false" => lang.pick(format!("须纠正「{label}」"), format!("to be put right: {label}")),
            "…" => lang.pick(format!("须有「{label}」"), format!("to be there: {label}")),
            value => {
                let values = match (parse_decimal(value), until) {
                    (Some(_), _) => self.labels.with_unit(&self.numbers(value, or), unit, lang),
                    (None, Some(until)) => lang.pick(format!("{value}至{until}之间"), format!("{value} to {until}")),
                    (None, None) => self.values(path, value, or),
                };
                let must = match (bound.filter(|_| until.is_none()), parse_day(value)) {
                    (Some(StepBound::AtLeast), Some(_)) => lang.pick("须不早于", " must not be before "),
                    (Some(StepBound::AtLeast), None) => lang.pick("须不少于", " must be at least "),
                    (Some(StepBound::AtMost), _) => lang.pick("须不超过", " must be at most "),
                    (None, _) => lang.pick("须为", " must be "),
                };
                lang.pick(format!("「{label}」{must}{values}"), format!("{}{must}{values}", self.label(path, true)))
            }
        }
    }

    /// A number and the others that would do: a run of them by its ends.
    fn numbers(&self, value: &str, or: &[String]) -> String {
        let lang = self.lang;
        let all: Vec<&str> = std::iter::once(value).chain(or.iter().map(String::as_str)).collect();
        let follows = |pair: &[&str]| match pair {
            [one, next] => parse_decimal(one).and_then(|one| one.checked_add(Decimal::ONE)) == parse_decimal(next),
            _ => false,
        };
        let shown = |value: &str| shown(value, Rounding::Up);
        match or.last().filter(|_| all.len() > 2 && all.windows(2).all(follows)) {
            Some(last) => lang.pick(format!("{}至{}", shown(value), shown(last)), format!("{} to {}", shown(value), shown(last))),
            None => all.into_iter().map(shown).collect::<Vec<_>>().join(lang.pick("或", " or ")),
        }
    }

    /// Something to be put in place; what is there or done by its label already is said as such: 须有「进修规划」, 须完成「总结」.
    fn put_in_place(&self, label: &str) -> String {
        let zh = match (label.strip_prefix('有'), label.strip_prefix("已作").or_else(|| label.strip_prefix('已'))) {
            (Some(thing), _) => format!("须有「{thing}」"),
            (_, Some(deed)) => format!("须完成「{deed}」"),
            _ => format!("须落实「{label}」"),
        };
        self.lang.pick(zh, format!("to be put in place: {label}"))
    }

    /// `须改到机构层级为市级或省级的接收单位进修`.
    fn moved(&self, (host, field): &(&'static Field, Option<&'static Field>), values: &str) -> String {
        match field {
            Some(field) => self.lang.pick(
                format!("须改到{}为{values}的{}进修", field.zh, host.zh),
                format!("to be moved to a {} whose {} is {values}", host.en, field.en),
            ),
            None => self.lang.pick(format!("须改到{values}进修"), format!("to be moved to {values}")),
        }
    }

    /// A value and the others that would do, as people read them.
    fn values(&self, path: &str, value: &str, or: &[String]) -> String {
        let (root, rest) = path.split_once('.').unwrap_or((path, ""));
        let entity = Facts::SUBJECTS.iter().copied().find(|entity| entity.name == root);
        let kind = entity.and_then(|entity| self.described(entity, rest)).map(|(kind, _)| kind);
        let shown = |value: &str| kind.as_ref().map_or_else(|| value.to_owned(), |kind| self.value(kind, value));
        let all: Vec<String> = std::iter::once(value).chain(or.iter().map(String::as_str)).map(shown).collect();
        all.join(self.lang.pick("或", " or "))
    }

    /// The label of the fact at the end of a path; in English between quotation marks where it stands within a sentence.
    fn label(&self, path: &str, quoted: bool) -> String {
        let (root, rest) = path.split_once('.').unwrap_or((path, ""));
        let entity = Facts::SUBJECTS.iter().copied().find(|entity| entity.name == root);
        let label = entity.and_then(|entity| self.described(entity, rest)).map_or_else(|| path.to_owned(), |(_, label)| label);
        let label = if quoted { self.lang.pick(label.clone(), format!("“{label}”")) } else { label };
        match path.rsplit_once(']') {
            Some((record, _)) => {
                let record = path_words(&format!("{record}]"), self.labels, self.lang);
                self.lang.pick(format!("{record}的{label}"), format!("{label} of {record}"))
            }
            None => label,
        }
    }

    /// The type and the label of a fact below an entity.
    fn described(&self, mut entity: &'static Entity, path: &str) -> Option<(Described, String)> {
        let mut rest = path;
        let mut chosen: Option<&Field> = None;
        while let Some((step, after)) = rest.split_once('.').filter(|(step, _)| *step != "extra") {
            let (name, _) = step.split_once('[').unwrap_or((step, ""));
            let (_, field) = entity.field(name)?;
            // Of another who is chosen, such as the host, it is said whose fact it is.
            chosen = Some(field).filter(|field| field.power == Power::Chosen);
            match field.kind {
                FieldKind::Record(inner) | FieldKind::Records(inner) => entity = inner(),
                _ => return None,
            }
            rest = after;
        }
        if let Some(own) = rest.strip_prefix("extra.") {
            let fact = self.question.own_fact(entity.name, own)?;
            let label = self.lang.pick(&fact.label.zh, &fact.label.en);
            return Some((Described::Own(fact.kind.clone()), if label.is_empty() { own.to_owned() } else { label.clone() }));
        }
        let (_, field) = entity.field(rest)?;
        let label = self.lang.pick(field.zh, field.en).to_owned();
        let label = match chosen {
            Some(whose) => self.lang.pick(format!("{}的{label}", whose.zh), format!("{label} of the {}", whose.en)),
            None => label,
        };
        Some((Described::Vocabulary(field.kind), label))
    }

    fn value(&self, kind: &Described, value: &str) -> String {
        match kind {
            Described::Vocabulary(FieldKind::Code(list)) => {
                list.codes.iter().find(|code| code.code == value).map_or(value, |code| self.lang.pick(code.zh, code.en)).to_owned()
            }
            Described::Own(OwnKind::Code(codes)) => self.labels.code(Some(&codes.name), value, self.lang).to_owned(),
            _ => value.to_owned(),
        }
    }

    fn blocked(&self, blocked: &Blocked, names: &[&str]) -> String {
        let lang = self.lang;
        let name = names.join(lang.pick("」「", ", "));
        let mut told = match blocked.reason {
            BlockedReason::TooLate => {
                let since = blocked.since.map_or_else(String::new, |since| lang.pick(format!("{since}起"), format!(" since {since}")));
                lang.pick(format!("「{name}」{since}已来不及补救"), format!("{name}: too late{since}"))
            }
            BlockedReason::NotInPower => lang.pick(format!("「{name}」非自身所能改变"), format!("{name}: not within one's power")),
            BlockedReason::MissingFacts => {
                let missing = self.missing(&blocked.missing);
                lang.pick(format!("「{name}」须先补充资料{missing}"), format!("{name}: facts are missing first of all{missing}"))
            }
            BlockedReason::NoWayFound => {
                let left = blocked.due.map_or_else(String::new, |due| {
                    let days = days_left(due, self.question.as_of(), lang);
                    lang.pick(format!("，期限未到：{due}{days}"), format!("; its last day is yet to come: {due}{days}"))
                });
                lang.pick(format!("「{name}」未找到补救办法{left}"), format!("{name}: no remedy was found{left}"))
            }
        };
        if let Some(next) = blocked.next {
            // What is done then counts for the year after the one that was asked about.
            let year =
                self.question.given().get("year").and_then(|year| if let Value::Number(year) = year { year.checked_add(Decimal::ONE) } else { None });
            let counts = year.map_or_else(String::new, |year| lang.pick(format!("，计入{year}年度"), format!(" and counts for {year}")));
            told.push_str(&lang.pick(format!("，下一次机会自{next}起{counts}"), format!("; the next chance begins on {next}{counts}")));
        }
        told
    }
}

impl Words<'_> {
    /// The first of the facts that are missing, and how many more there are.
    fn missing(&self, paths: &[String]) -> String {
        const NAMED: usize = 4;
        if paths.is_empty() {
            return String::new();
        }
        let named: Vec<String> = paths.iter().take(NAMED).map(|path| path_words(path, self.labels, self.lang)).collect();
        let more = paths.len().saturating_sub(NAMED);
        let more = if more > 0 { self.lang.pick(format!("等{}项", paths.len()), format!(" and {more} more")) } else { String::new() };
        self.lang.pick(format!("：{}{more}", named.join("、")), format!(": {}{more}", named.join(", ")))
    }
}

enum Described {
    Vocabulary(FieldKind),
    Own(OwnKind),
}

/// What a field adds to a total, above nothing.
fn amount(entity: &'static Entity, field: &StepField) -> Option<Decimal> {
    added(entity, field).filter(|amount| *amount > Decimal::ZERO)
}

/// The same, where it may be nothing.
fn added(entity: &'static Entity, field: &StepField) -> Option<Decimal> {
    let (_, described) = entity.field(&field.field)?;
    let adds_up = matches!(described.kind, FieldKind::Decimal) && described.unit.is_some();
    parse_decimal(&field.value).filter(|_| adds_up)
}

/// Whether others award it at the end of a new record.
fn is_awarded(entity: &'static Entity, field: &StepField) -> bool {
    entity.field(&field.field).is_some_and(|(_, field)| field.power == Power::Awarded)
}

/// Whether it is what others award at the end of a stay that goes on.
fn is_earned(path: &str) -> bool {
    let (record, field) = path.rsplit_once('.').unwrap_or(("", path));
    let (root, rest) = record.split_once('.').unwrap_or((record, ""));
    let root = Facts::SUBJECTS.iter().copied().find(|entity| entity.name == root);
    let inner = |entity: &'static Entity, step: &str| match entity.field(step.split('[').next().unwrap_or(step))?.1.kind {
        FieldKind::Record(inner) | FieldKind::Records(inner) => Some(inner()),
        _ => None,
    };
    let entity = rest.split('.').filter(|step| !step.is_empty()).try_fold(root, |entity, step| Some(inner(entity?, step)));
    entity.flatten().and_then(|entity| entity.field(field)).is_some_and(|(_, field)| field.power == Power::Awarded)
}

/// Of a fact of another who was chosen, such as the host of a stay that has not begun: who that is, and the fact's own label; none of its name.
fn host(path: &str) -> Option<(&'static Field, Option<&'static Field>)> {
    let (root, rest) = path.split_once('.')?;
    let mut entity = Facts::SUBJECTS.iter().copied().find(|entity| entity.name == root)?;
    let mut chosen = None;
    for step in rest.split('.') {
        let (_, field) = entity.field(step.split('[').next().unwrap_or(step))?;
        match field.kind {
            FieldKind::Record(inner) | FieldKind::Records(inner) => {
                chosen = Some(field).filter(|field| field.power == Power::Chosen);
                entity = inner();
            }
            _ => return chosen.map(|chosen| (chosen, Some(field).filter(|field| field.name != "name"))),
        }
    }
    None
}

/// The entity of the records of a list, and the label of the list.
fn records_of(list: &str) -> Option<(&'static Entity, &'static str)> {
    let mut steps = list.split('.');
    let root = steps.next()?;
    let mut entity = Facts::SUBJECTS.iter().copied().find(|entity| entity.name == root)?;
    let mut label = "";
    for step in steps {
        let (_, field) = entity.field(step)?;
        label = field.zh;
        match field.kind {
            FieldKind::Record(inner) | FieldKind::Records(inner) => entity = inner(),
            _ => return None,
        }
    }
    Some((entity, label))
}

/// A label that asks, as a statement: 是否与岗位相关 is 与岗位相关.
fn said_plainly(label: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => label.strip_prefix("是否").unwrap_or(label).to_owned(),
        Lang::En => label.to_owned(),
    }
}
