//! Lines of the ledger in words: why a record does not count, and what could be done.

use super::beside::detail_words;
use super::path::missing_within;
use super::{Labels, ProvisionLabel, some_of};
use crate::evaluate::{Detail, ExcludedBy, Provisional, RecordLine, RecordState, Status};
use crate::lang::Lang;

/// Ledger codes with what they say to a reader; a policy may use others, which its provisions' names explain.
const LEDGER: &[(&str, &str, &str)] = &[
    ("counted", "已计入", "counted"),
    ("capped", "该类已达上限，超出部分不计", "above the most that counts of its class"),
    ("out_of_window", "不在计入时间内", "outside the time that counts"),
    ("pending", "尚未审核通过", "not approved yet"),
    ("rejected", "审核未通过", "refused in review"),
    ("duplicate", "与另一条记录重复", "the same as another record"),
    ("superseded", "已由更正的记录代替", "replaced by a corrected record"),
    ("class_not_accepted", "该类学分不予认可", "its class of credits is not accepted"),
    ("wrong_holder", "不属于本人", "belongs to somebody else"),
    ("no_evidence", "缺少证明材料，或证明与项目不符", "proof is missing or does not match"),
    ("not_electronic", "不是平台授予的电子学分", "not granted on the platform"),
    ("before_employment", "在任职之前取得", "earned before the employment"),
    ("date_unresolved", "日期无法确定", "its date cannot be determined"),
    ("used_elsewhere", "已计入其他年度", "already counted in another year"),
];

/// What helps against the reason for which a record does not count, where something does.
const FIXES: &[(&str, &str, &str)] = &[
    ("pending", "审核通过后即可计入，请向审核单位查询进度", "it counts once it is approved: ask those who review it"),
    ("rejected", "按审核意见补正后重新申报", "mend what the review objected to, and apply again"),
    ("class_not_accepted", "请授分单位以认可的方式授予", "ask the awarding body to grant it in a form that is accepted"),
    (
        "no_evidence",
        "只缺证明的，补交与项目日期相符的证明材料；其他条件不符的，补交也不能计入",
        "where nothing but the proof is lacking, hand in proof that matches the project's days; what fails another condition does not count with it either",
    ),
    ("not_electronic", "请授分单位在平台上补授电子学分", "ask the awarding body to grant it on the platform"),
    ("wrong_holder", "请登记单位更正归属人", "ask the register to correct whose it is"),
    ("date_unresolved", "补填授予日期或起止日期", "fill in the day granted, or the first and last day"),
];

/// Why a record counts or not, without a full stop: `未计入：不在本学分年度内（学分年度2023；三(十六)）`.
#[must_use]
pub fn record_sentence(line: &RecordLine, labels: &Labels, lang: Lang) -> String {
    let word = match line.state {
        RecordState::Counted => lang.pick("已计入", "counted"),
        RecordState::Excluded => lang.pick("未计入", "not counted"),
        RecordState::Unknown => lang.pick("待定", "open"),
    };
    match record_reason(line, labels, lang) {
        Some(reason) => format!("{word}{}{reason}", lang.pick("：", ": ")),
        None => word.to_owned(),
    }
}

/// Why a record does not count, or cannot be told: what follows the colon of its sentence.
#[must_use]
pub fn record_reason(line: &RecordLine, labels: &Labels, lang: Lang) -> Option<String> {
    match line.state {
        RecordState::Counted => None,
        RecordState::Excluded => {
            let reasons: Vec<String> =
                (line.excluded_by.iter()).filter(|by| by.status != Status::Unknown).map(|by| reason(by, &line.details, labels, lang)).collect();
            (!reasons.is_empty()).then(|| reasons.join(lang.pick("；", "; ")))
        }
        RecordState::Unknown => {
            let missing = missing_within(&line.path.to_string(), &line.missing, labels, lang);
            let lacking = some_of(&missing, 3, lang);
            Some(if missing.is_empty() {
                lang.pick("无法判断是否计入", "cannot tell whether it counts").to_owned()
            } else {
                lang.pick(format!("缺少{lacking}，无法判断是否计入"), format!("{lacking} missing, so it cannot be counted yet"))
            })
        }
    }
}

/// What could still be done about a record that does not count, without a full stop; nothing where nothing helps.
#[must_use]
pub fn record_fix(line: &RecordLine, lang: Lang) -> Option<String> {
    if line.state != RecordState::Excluded {
        return None;
    }
    let mut fixes: Vec<&str> = Vec::new();
    for by in line.excluded_by.iter().filter(|by| by.status != Status::Unknown) {
        // One reason that nothing helps against is enough.
        let (_, zh, en) = FIXES.iter().find(|(code, ..)| *code == by.code)?;
        if !fixes.contains(&lang.pick(*zh, *en)) {
            fixes.push(lang.pick(*zh, *en));
        }
    }
    (!fixes.is_empty()).then(|| fixes.join(lang.pick("；", "; ")))
}

/// Why a record counts for now only: `尚待审核（三(十六)）`.
#[must_use]
pub fn provisional_reason(provisional: &Provisional, labels: &Labels, lang: Lang) -> String {
    let (name, article) = (provisional_name(provisional, labels, lang), &provisional.article);
    lang.pick(format!("{name}（{article}）"), format!("{name} ({article})"))
}

/// The same without its article: `尚待审核`.
pub(super) fn provisional_name<'l>(provisional: &'l Provisional, labels: &'l Labels, lang: Lang) -> &'l str {
    let named = provisional.relaxation.as_ref().and_then(|code| {
        let relaxation = labels.provision(&provisional.provision)?.relaxation.as_ref().filter(|known| known.code == *code)?;
        Some(lang.pick(relaxation.zh.as_str(), relaxation.en.as_str())).filter(|words| !words.is_empty())
    });
    named.unwrap_or_else(|| labels.name(&provisional.provision, lang))
}

/// What a code says, in the provision's own words where it has them: which time counts, and which class.
fn by_code(code: &str, said: &str, provision: Option<&ProvisionLabel>, lang: Lang) -> String {
    let own = |words: fn(&ProvisionLabel, Lang) -> &str| provision.map(|label| words(label, lang)).filter(|words| !words.is_empty());
    let name = || own(|label, lang| lang.pick(label.name_zh.as_str(), label.name_en.as_str()));
    match code {
        "out_of_window" => name().map(|name| lang.pick(format!("不在「{name}」内"), format!("outside the {name}"))),
        // Which of several conditions fails, the whole of it tells: proof of a project that does not count at all is of no use.
        "no_evidence" => own(ProvisionLabel::says).map(|says| {
            let says = says.trim_end_matches(['。', '.']);
            lang.pick(format!("不符合规定：{says}"), format!("not as the rule asks. {says}"))
        }),
        "class_not_accepted" => {
            let sentence = own(ProvisionLabel::says).map(|says| says.trim_end_matches(['。', '.']));
            sentence.map(|sentence| format!("{said}{}{sentence}", lang.pick("：", ". ")))
        }
        _ => None,
    }
    .unwrap_or_else(|| said.to_owned())
}

fn reason(by: &ExcludedBy, details: &[Detail], labels: &Labels, lang: Lang) -> String {
    let said = LEDGER.iter().find(|(code, ..)| *code == by.code).map_or_else(
        || {
            let name = labels.name(&by.provision, lang);
            let says = labels.provision(&by.provision).map_or("", |label| label.says(lang)).trim_end_matches(['。', '.']);
            let says = if says.is_empty() { String::new() } else { format!("{}{says}", lang.pick("：", ". ")) };
            lang.pick(format!("不符合「{name}」{says}"), format!("{name} not fulfilled{says}"))
        },
        |(code, zh, en)| by_code(code, lang.pick(zh, en), labels.provision(&by.provision), lang),
    );
    let mut beside: Vec<String> = Vec::new();
    if by.code == "out_of_window" {
        let known = labels.provision(&by.provision).map_or(&[][..], |label| &label.details);
        let label = |detail: &Detail| known.iter().find(|label| label.name == detail.name);
        beside.extend(details.iter().filter(|detail| label(detail).is_some()).filter_map(|detail| detail_words(detail, label(detail), labels, lang)));
    }
    if !by.article.is_empty() {
        beside.push(by.article.to_string());
    }
    if beside.is_empty() {
        return said;
    }
    lang.pick(format!("{said}（{}）", beside.join("；")), format!("{said} ({})", beside.join("; ")))
}
