//! The difference of two versions of a policy in words.

use super::with_unit;
use crate::evaluate::{ConsequenceEffect, Modality, Relation};
use crate::facts::Facts;
use crate::lang::Lang;
use crate::policy::{DecisionDifference, Effect, EffectGroup, PolicyChange, PolicyDifference, Presence, ProvisionDifference, References, RulePlace};
use crate::quantity::Day;

/// A difference in sentences, one a line and without full stops; what belongs to a line above is indented.
#[must_use]
pub fn difference_sentences(difference: &PolicyDifference, lang: Lang) -> Vec<String> {
    let (old, new) = (&difference.old, &difference.new);
    let name = |policy: &crate::evaluate::PolicyReference| {
        lang.pick(format!("{} 第{}版", policy.id, policy.version), format!("{} version {}", policy.id, policy.version))
    };
    let mut lines = vec![format!("{} → {}", name(old), name(new))];
    if difference.is_empty() {
        lines.push(lang.pick("没有变化", "nothing changed").to_owned());
    }
    lines.extend(difference.changes.iter().map(|change| format!("{}{}", lang.pick("文件：", "the document: "), change_words(change, lang))));
    for provision in &difference.provisions {
        lines.push(provision_words(provision, lang));
        lines.extend(provision.changes.iter().map(|change| format!("  {}", change_words(change, lang))));
    }
    lines.extend(difference.decisions.iter().flat_map(|decision| decision_words(decision, lang)));
    if let Some(effect) = &difference.effect {
        lines.extend(effect_words(effect, lang));
    }
    lines
}

fn provision_words(difference: &ProvisionDifference, lang: Lang) -> String {
    let word = match difference.presence {
        Presence::Added => lang.pick("新增", "added"),
        Presence::Removed => lang.pick("删除", "removed"),
        Presence::Changed => lang.pick("修改", "changed"),
    };
    let name = named(&difference.name_zh, &difference.name_en, &difference.provision, lang);
    lang.pick(
        format!("{word}：{name} [{} {}]", difference.provision, difference.article),
        format!("{word}: {name} [{} {}]", difference.provision, difference.article),
    )
}

fn named<'a>(zh: &'a str, en: &'a str, id: &'a str, lang: Lang) -> &'a str {
    let name = lang.pick(zh, en);
    if name.is_empty() { id } else { name }
}

fn decision_words(difference: &DecisionDifference, lang: Lang) -> Vec<String> {
    let (zh, en) = match (difference.addition, difference.presence) {
        (false, Presence::Added) => ("新增决定", "added decision"),
        (false, Presence::Removed) => ("删除决定", "removed decision"),
        (false, Presence::Changed) => ("修改决定", "changed decision"),
        (true, Presence::Added) => ("新增对决定的附加要求", "adds to decision"),
        (true, Presence::Removed) => ("取消对决定的附加要求", "adds no more to decision"),
        (true, Presence::Changed) => ("修改对决定的附加要求", "adds otherwise to decision"),
    };
    let head = lang.pick(format!("{zh}：{}", difference.decision), format!("{en}: {}", difference.decision));
    std::iter::once(head).chain(difference.changes.iter().map(|change| format!("  {}", change_words(change, lang)))).collect()
}

/// What came and what went: `+credits, −hours`.
fn came_and_went(added: &[String], removed: &[String], lang: Lang) -> String {
    let with = |sign: &str, all: &[String]| all.iter().map(|one| format!("{sign}{one}")).collect::<Vec<_>>();
    [with("+", added), with("−", removed)].concat().join(lang.pick("、", ", "))
}

fn referred(of: References, lang: Lang) -> &'static str {
    match of {
        References::AnyOf => lang.pick("择一的条款", "one of these"),
        References::AllOf => lang.pick("须全部达到的条款", "all of these"),
        References::DeemedBy => lang.pick("视同的条款", "counts in its place"),
        References::Follows => lang.pick("前提条款", "follows from"),
        References::Records => lang.pick("判定记录的条款", "judges records by"),
        References::Consequences => lang.pick("告知后果的条款", "tells the consequences of"),
    }
}

/// A place in a rule: `要求`, `“more”的要求`.
fn place(at: RulePlace, part: Option<&String>, lang: Lang) -> String {
    let (zh, en) = match at {
        RulePlace::When => ("适用范围", "whom it concerns"),
        RulePlace::Require => ("要求", "what is asked"),
        RulePlace::Relax => ("放宽的条件", "where it is relaxed"),
        RulePlace::Due => ("截止日", "its due day"),
        RulePlace::Deadline => ("期限", "its deadline"),
        RulePlace::AskedAfter => ("不作要求的最后一日", "the day until which it is not asked"),
        RulePlace::Amount => ("数额", "its amount"),
        RulePlace::AmountUnit => ("数额的单位", "the unit of its amount"),
        RulePlace::Consequence => ("后果的条件", "what its consequence takes"),
        RulePlace::Detail => ("附注", "its detail"),
        RulePlace::Calendar => ("日程", "its calendar"),
    };
    match part {
        Some(part) => lang.pick(format!("“{part}”的{zh}"), format!("{en} in “{part}”")),
        None => lang.pick(zh, en).to_owned(),
    }
}

fn change_words(change: &PolicyChange, lang: Lang) -> String {
    let from_to = |what: &str, old: &str, new: &str| lang.pick(format!("{what}：{old} → {new}"), format!("{what}: {old} → {new}"));
    let day = |day: &Option<Day>| day.map_or_else(|| lang.pick("无", "none").to_owned(), |day| day.to_string());
    match change {
        PolicyChange::Figure { at, part, old, new, unit } => {
            let shown = |figure: &str| with_unit(figure, unit.as_ref(), lang);
            from_to(&place(*at, part.as_ref(), lang), &shown(old), &shown(new))
        }
        PolicyChange::Relation { at, part, old, new } => {
            let (place, old, new) = (place(*at, part.as_ref(), lang), sign(*old), sign(*new));
            lang.pick(format!("{place}：比较由“{old}”改为“{new}”"), format!("{place}: compared by {new} instead of {old}"))
        }
        PolicyChange::Condition { at, part, presence, old, new } => {
            let place = place(*at, part.as_ref(), lang);
            let quoted =
                |text: &Option<String>| text.as_ref().map_or_else(String::new, |text| lang.pick(format!("：`{text}`"), format!(": `{text}`")));
            match presence {
                Presence::Added => lang.pick(format!("新设{place}{}", quoted(new)), format!("{place}, new{}", quoted(new))),
                Presence::Removed => lang.pick(format!("取消{place}{}", quoted(old)), format!("{place}, gone{}", quoted(old))),
                Presence::Changed => match (old, new) {
                    (Some(old), Some(new)) if old != new => from_to(&place, &format!("`{old}`"), &format!("`{new}`")),
                    (Some(_), Some(_)) => {
                        lang.pick(format!("{place}因所用定义或事实而变"), format!("{place}: another one through what it names (a define or a fact)"))
                    }
                    _ => lang.pick(format!("{place}改用另一种形式"), format!("{place}: asked in another form")),
                },
            }
        }
        PolicyChange::Number { old, new } => from_to(lang.pick("文号", "number"), old, new),
        PolicyChange::Jurisdiction { old, new } => {
            let place = |code: &Option<String>| code.clone().unwrap_or_else(|| lang.pick("未注明", "not said").to_owned());
            from_to(lang.pick("适用地区", "where it applies"), &place(old), &place(new))
        }
        PolicyChange::From { old, new } => from_to(lang.pick("施行日", "first day"), &old.to_string(), &new.to_string()),
        PolicyChange::Until { old, new } => from_to(lang.pick("失效日", "last day"), &day(old), &day(new)),
        PolicyChange::Modality { part, old, new } => {
            let what = match part {
                Some(part) => lang.pick(format!("“{part}”的约束力"), format!("how “{part}” binds")),
                None => lang.pick("约束力", "how it binds").to_owned(),
            };
            from_to(&what, modality(*old, lang), modality(*new, lang))
        }
        PolicyChange::Effect { old, new } => {
            let effect = |effect: &ConsequenceEffect| match effect {
                ConsequenceEffect::Granted => lang.pick("给予", "granted"),
                ConsequenceEffect::Imposed => lang.pick("处置", "imposed"),
                ConsequenceEffect::Noted => lang.pick("计入", "noted"),
            };
            from_to(lang.pick("后果的性质", "what its consequence is"), effect(old), effect(new))
        }
        PolicyChange::Subject { old, new } => {
            let called = |name: &String| Facts::entity(name).map_or(name.clone(), |entity| lang.pick(entity.zh, entity.en).to_owned());
            from_to(lang.pick("对象", "what it is asked of"), &called(old), &called(new))
        }
        PolicyChange::Kind { old, new } => from_to(lang.pick("规则种类", "kind of rule"), kind(old, lang), kind(new, lang)),
        PolicyChange::Article { old, new } => from_to(lang.pick("条文", "article"), old, new),
        PolicyChange::References { of, added, removed } => {
            let ids = came_and_went(added, removed, lang);
            format!("{}{}{ids}", referred(*of, lang), lang.pick("：", ": "))
        }
        PolicyChange::Order { of, order } => {
            let (of, order) = (referred(*of, lang), order.join(lang.pick("、", ", ")));
            lang.pick(format!("{of}的顺序改为：{order}"), format!("{of}, in another order: {order}"))
        }
        PolicyChange::Given { added, removed } => {
            let names = came_and_went(added, removed, lang);
            lang.pick(format!("须给出：{names}"), format!("takes: {names}"))
        }
        PolicyChange::Fact { subject, name, presence } => {
            let what = match presence {
                Presence::Added => lang.pick("新增自设事实", "new fact"),
                Presence::Removed => lang.pick("取消自设事实", "no more fact"),
                Presence::Changed => lang.pick("修改自设事实", "another fact"),
            };
            format!("{what} {subject}.{name}")
        }
        PolicyChange::Text => lang.pick("文字", "its words").to_owned(),
    }
}

fn kind(code: &str, lang: Lang) -> &str {
    match code {
        "requirement" => lang.pick("要求", "a requirement"),
        "amount" => lang.pick("数额", "an amount"),
        "deemed" => lang.pick("视同", "what counts as met"),
        "consequence" => lang.pick("后果", "a consequence"),
        "deadline" => lang.pick("期限", "a deadline"),
        "target" => lang.pick("目标", "a target"),
        "duty" => lang.pick("职责", "a duty"),
        "entitlement" => lang.pick("待遇", "an entitlement"),
        "context" => lang.pick("说明", "context"),
        other => other,
    }
}

fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::AtLeast => "≥",
        Relation::AtMost => "≤",
        Relation::MoreThan => ">",
        Relation::LessThan => "<",
        Relation::Equal => "=",
        Relation::NotEqual => "≠",
    }
}

fn modality(modality: Modality, lang: Lang) -> &'static str {
    match modality {
        Modality::Shall => lang.pick("应当", "shall"),
        Modality::Principle => lang.pick("原则上", "in principle"),
        Modality::May => lang.pick("可以", "may"),
        Modality::Encouraged => lang.pick("鼓励", "encouraged"),
        Modality::Forbidden => lang.pick("不得", "forbidden"),
    }
}

fn effect_words(effect: &Effect, lang: Lang) -> Vec<String> {
    let Effect { decision, as_of, old_as_of, not_in_force, subjects, changed, groups } = effect;
    let as_of = match old_as_of {
        Some(old) => lang.pick(format!("{old}（旧）与{as_of}（新）"), format!("{old} (old) and {as_of} (new)")),
        None => as_of.to_string(),
    };
    let mut lines = vec![match (lang, subjects) {
        (Lang::Zh, _) => format!("{decision}，{as_of}：{subjects}份资料中{changed}份结果不同"),
        (Lang::En, 1) => format!("{decision} on {as_of}: {changed} of 1 is judged otherwise"),
        (Lang::En, _) => format!("{decision} on {as_of}: {changed} of {subjects} are judged otherwise"),
    }];
    lines.extend(not_in_force.iter().map(|version| {
        lang.pick(
            format!("  第{version}版当日不在施行期内，对任何人均不作要求：请按其施行期内的日期判断"),
            format!("  version {version} is not in force then and asks nothing of anybody: ask it on a day on which it is"),
        )
    }));
    for EffectGroup { provision, name_zh, name_en, subjects } in groups {
        let name = match provision {
            Some(id) => named(name_zh, name_en, id, lang),
            None => lang.pick("其他", "otherwise"),
        };
        lines.push(lang.pick(format!("  因「{name}」（{}）：", subjects.len()), format!("  through {name} ({}):", subjects.len())));
        for subject in subjects {
            let who = subject.subject_id.as_ref().map_or_else(|| subject.facts.clone(), |id| format!("{id} ({})", subject.facts));
            lines.push(format!("    {who}: {} → {}", lang.pick(subject.old.zh(), subject.old.en()), lang.pick(subject.new.zh(), subject.new.en())));
        }
    }
    lines
}
