//! What is told of rates: shares, targets in people, and how many more it takes.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::evaluate::Status;
use crate::lang::Lang;
use crate::region::{Group, GroupKind, InstitutionLine, Measure, Rate, RateDefinition, Share};
use crate::render::tally;

use super::RegionPages;
use super::words::RegionWords;

/// The definitions that have targets, in their order.
pub(super) fn targets<'a>(pages: &RegionPages<'a>) -> impl Iterator<Item = &'a RateDefinition> {
    pages.report.definitions.iter().filter(|definition| definition.provision.is_some())
}

/// A rate of a group by its id.
pub(super) fn rate<'g>(group: &'g Group, id: &str) -> Option<&'g Rate> {
    group.rates.iter().find(|rate| rate.id == id)
}

/// The name of a rate.
pub(super) fn name(definition: &RateDefinition, lang: Lang) -> &str {
    lang.pick(&definition.name_zh, &definition.name_en)
}

fn tallied(share: Share) -> tally::Share {
    let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    tally::Share { part: count(share.part), whole: count(share.whole) }
}

/// `158/171`
pub(super) fn fraction(share: Share) -> String {
    tallied(share).fraction()
}

/// `92.4%`
pub(super) fn percent(share: Share) -> String {
    tallied(share).percent()
}

/// The same of a rate, beside what its target asks.
pub(super) fn percent_of(share: Share, rate: &Rate) -> String {
    rate.target.map_or_else(|| percent(share), |target| tallied(share).percent_beside(tallied(target)))
}

/// `92.4%`, or `92.4%–94.2%` where some are open.
pub(super) fn range(rate: &Rate) -> String {
    let (low, high) = (percent_of(rate.low, rate), percent_of(rate.high, rate));
    if low == high { low } else { format!("{low}–{high}") }
}

/// Those that are counted, in the language's measure word: `3人`, `3个机构`; `3 people`.
pub(super) fn counted(number: u32, measure: Measure, lang: Lang) -> String {
    let institution = measure == Measure::Covered;
    match (lang, institution, number) {
        (Lang::Zh, false, _) => format!("{number}人"),
        (Lang::Zh, true, _) => format!("{number}家机构"),
        (Lang::En, false, 1) => "1 person".to_owned(),
        (Lang::En, false, _) => format!("{number} people"),
        (Lang::En, true, 1) => "1 institution".to_owned(),
        (Lang::En, true, _) => format!("{number} institutions"),
    }
}

/// So many more: `再有3人`, `3 more people`.
fn further(number: u32, measure: Measure, lang: Lang) -> String {
    let counted = counted(number, measure, lang);
    match lang {
        Lang::Zh => format!("再有{counted}"),
        Lang::En => counted.replacen(' ', " more ", 1),
    }
}

/// What they would have to do to be counted.
fn deed(definition: &RateDefinition, lang: Lang) -> &'static str {
    let (zh, en) = match (definition.measure, definition.id.as_str()) {
        (Measure::Participated, _) => ("参加", "taking part"),
        (Measure::Met, _) => ("达标", "meeting it"),
        (Measure::Covered, "institutions.covered") => ("开展", "carrying it out"),
        (Measure::Covered, _) => ("实现信息化管理", "managing it electronically"),
    };
    lang.pick(zh, en)
}

/// A share as the document asks it: `95%`, `66.67%`.
fn asked_share(share: Share) -> String {
    let percent = Decimal::from(share.part) * Decimal::ONE_HUNDRED / Decimal::from(share.whole.max(1));
    format!("{}%", percent.normalize())
}

/// `目标：不少于95%，即163人`: what the document asks, and the least number of people with which it is met.
pub(super) fn asked(rate: &Rate, definition: &RateDefinition, lang: Lang) -> Option<String> {
    let needed = rate.needed?;
    let share = asked_share(rate.target?);
    let people = counted(needed, definition.measure, lang);
    Some(lang.pick(format!("目标：不少于{share}，即{people}"), format!("target: {share} at least, {people}")))
}

/// `再有17人达标即可`: what is lacking, and what hangs on those who are open.
pub(super) fn distance(rate: &Rate, definition: &RateDefinition, lang: Lang) -> String {
    let of = |number| further(number, definition.measure, lang);
    let deed = deed(definition, lang);
    let open = rate.open.len();
    let w = RegionWords::of(lang);
    match (rate.status, rate.more, rate.more_at_best) {
        (None, ..) => w.no_target.to_owned(),
        (Some(Status::NotApplicable), ..) if rate.low.whole == 0 && rate.high.whole == 0 => {
            lang.pick("没有此类人员或机构".to_owned(), "there are none".to_owned())
        }
        (Some(Status::NotApplicable), Some(more), _) if more > 0 => {
            lang.pick(format!("尚未到期；{}{deed}即可", of(more)), format!("not due yet; {} {deed} will do", of(more)))
        }
        (Some(Status::NotApplicable), ..) => lang.pick("不适用".to_owned(), "not applicable".to_owned()),
        (Some(Status::Met), ..) => lang.pick("已达到目标".to_owned(), "the target is met".to_owned()),
        (Some(Status::Unknown), Some(0) | None, _) => lang.pick("资料不足，无法判断".to_owned(), "facts are missing that decide it".to_owned()),
        (Some(Status::Unknown), Some(more), Some(0)) => lang.pick(
            format!("取决于待定的{open}项；最多{}{deed}即可", of(more)),
            format!("it hangs on the {open} that are open; at most {} {deed} will do", of(more)),
        ),
        (_, Some(more), Some(best)) if best != more => lang.pick(
            format!("{}{deed}即可；待定者如全部计入，{}即可", of(more), of(best)),
            format!("{} {deed} will do; {best} if all that are open turn out well", of(more)),
        ),
        (_, Some(more), _) => lang.pick(format!("{}{deed}即可", of(more)), format!("{} {deed} will do", of(more))),
        (_, None, _) => lang.pick("无法达到".to_owned(), "it cannot be met".to_owned()),
    }
}

/// How many are counted, open and left out, and why these.
pub(super) fn composition(rate: &Rate, definition: &RateDefinition, lang: Lang) -> String {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let mut said = lang.pick(
        format!("计入{}", counted(number(rate.denominator.len()), definition.measure, lang)),
        format!("{} counted", counted(number(rate.denominator.len()), definition.measure, lang)),
    );
    if !rate.open.is_empty() {
        said.push_str(&lang.pick(format!("，待定{}", rate.open.len()), format!(", {} open", rate.open.len())));
    }
    let reasons: Vec<String> = crate::region::ExclusionReason::ALL
        .into_iter()
        .filter_map(|reason| {
            let times = rate.excluded.iter().filter(|exclusion| exclusion.reason == reason).count();
            (times > 0).then(|| format!("{} {times}", reason.words(lang)))
        })
        .collect();
    if !reasons.is_empty() {
        let all = rate.excluded.len();
        said.push_str(&lang.pick(format!("；未计入{all}：{}", reasons.join("、")), format!("; {all} not counted: {}", reasons.join(", "))));
    }
    said
}

/// The name of a group.
pub(super) fn group_name<'a>(group: &'a Group, pages: &RegionPages<'a>) -> Cow<'a, str> {
    let w = RegionWords::of(pages.lang);
    match (group.kind, &group.name, &group.zones) {
        (GroupKind::Whole, ..) => w.everyone.into(),
        (GroupKind::Zone, None, None) => w.no_zone.into(),
        (GroupKind::Zone, None, Some(_)) => w.outside_zones.into(),
        (GroupKind::Zone, Some(name), _) => name.into(),
        (GroupKind::Institution, Some(id), _) => institution_name(id, pages),
        (GroupKind::Institution, None, _) => w.no_institution.into(),
    }
}

/// The name of an institution, with its number where another bears the name, or its number where nobody told a name.
pub(super) fn institution_name<'a>(id: &'a str, pages: &RegionPages<'a>) -> Cow<'a, str> {
    let all = &pages.report.institutions;
    let Some(name) = all.iter().find(|line| line.id == id).and_then(|line| line.name.as_deref()) else { return id.into() };
    // Spreadsheets count by this text, and do so whatever its case.
    let is_the_same = |line: &&InstitutionLine| line.name.as_deref().is_some_and(|other| other.to_lowercase() == name.to_lowercase());
    if all.iter().filter(is_the_same).nth(1).is_some() {
        pages.lang.pick(format!("{name}（{id}）"), format!("{name} ({id})")).into()
    } else {
        name.into()
    }
}

/// `示例市2024年度6项目标：3项达到，2项未达到，1项待定。`
pub(super) fn lead(pages: &RegionPages<'_>) -> String {
    let lang = pages.lang;
    let Some(whole) = pages.report.whole() else { return String::new() };
    let standings: Vec<Status> = targets(pages).filter_map(|definition| rate(whole, &definition.id)?.status).collect();
    let all = standings.len();
    if all == 0 {
        return lang.pick("本年度没有可衡量的目标。".to_owned(), "No target can be held against the figures of this year.".to_owned());
    }
    let words = [
        (Status::Met, "达到", "met"),
        (Status::Unmet, "未达到", "not met"),
        (Status::Waivable, "待主管部门认定", "for the authority to decide"),
        (Status::Unknown, "待定", "open"),
        (Status::NotApplicable, "不适用", "not applicable"),
    ];
    let parts: Vec<String> = words
        .into_iter()
        .filter_map(|(status, zh, en)| {
            let times = standings.iter().filter(|standing| **standing == status).count();
            (times > 0).then(|| lang.pick(format!("{times}项{zh}"), format!("{times} {en}")))
        })
        .collect();
    lang.pick(format!("{all}项目标中{}。", parts.join("，")), format!("Of {all} targets: {}.", parts.join(", ")))
}

/// What each target that is not met lacks, in one line: `初级达标率再有3人达标即可。`
pub(super) fn lacking(pages: &RegionPages<'_>) -> Vec<String> {
    let lang = pages.lang;
    let Some(whole) = pages.report.whole() else { return Vec::new() };
    let told = targets(pages).filter_map(|definition| {
        let rate = rate(whole, &definition.id)?;
        matches!(rate.status, Some(Status::Unmet | Status::Unknown | Status::Waivable)).then(|| {
            let name = crate::render::words::capital(name(definition, lang));
            lang.pick(format!("{name}：{}。", distance(rate, definition, lang)), format!("{name}: {}.", distance(rate, definition, lang)))
        })
    });
    told.collect()
}

/// What a policy says a group of statuses comes to, as a code for patterns: `met`, `unmet`, `unknown` ...
pub(super) fn code(rate: &Rate) -> &'static str {
    rate.status.map_or("not_applicable", Status::code)
}
