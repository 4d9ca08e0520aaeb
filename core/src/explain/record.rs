//! Lines of the ledger in words: why a record does not count, and what could be done.

use super::beside::detail_words;
use super::path::missing_within;
use super::{Labels, some_of};
use crate::evaluate::{Detail, ExcludedBy, RecordLine, RecordState, Status};
use crate::lang::Lang;

/// Ledger codes with what they say to a reader; a policy may use others, which its provisions' names explain.
const LEDGER: &[(&str, &str, &str)] = &[
    ("counted", "已计入", "counted"),
    ("capped", "该类已达上限，超出部分不计", "above the most that counts of its class"),
    ("out_of_window", "不在本学分年度内", "outside the credit year"),
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

/// Why a record counts or not, without a full stop: `未计入：不在本学分年度内（学分年度2023；三(十六)）`.
#[must_use]
pub fn record_sentence(line: &RecordLine, labels: &Labels, lang: Lang) -> String {
    match line.state {
        RecordState::Counted => lang.pick("已计入", "counted").to_owned(),
        RecordState::Excluded => {
            let reasons: Vec<String> =
                (line.excluded_by.iter()).filter(|by| by.status != Status::Unknown).map(|by| reason(by, &line.details, labels, lang)).collect();
            if reasons.is_empty() {
                return lang.pick("未计入", "not counted").to_owned();
            }
            format!("{}{}", lang.pick("未计入：", "not counted: "), reasons.join(lang.pick("；", "; ")))
        }
        RecordState::Unknown => {
            let missing = missing_within(&line.path, &line.missing, labels, lang);
            let lacking = some_of(&missing, 3, lang);
            if missing.is_empty() {
                return lang.pick("待定：无法判断是否计入", "open: cannot tell whether it counts").to_owned();
            }
            lang.pick(format!("待定：缺少{lacking}，无法判断是否计入"), format!("open: {lacking} missing, so it cannot be counted yet"))
        }
    }
}

fn reason(by: &ExcludedBy, details: &[Detail], labels: &Labels, lang: Lang) -> String {
    let said = LEDGER.iter().find(|(code, ..)| *code == by.code).map_or_else(
        || {
            let name = labels.name(&by.provision, lang);
            lang.pick(format!("不符合「{name}」"), format!("{name} not fulfilled"))
        },
        |(_, zh, en)| lang.pick(*zh, *en).to_owned(),
    );
    let mut beside: Vec<String> = Vec::new();
    if by.code == "out_of_window" {
        let known = labels.provision(&by.provision).map_or(&[][..], |label| &label.details);
        let label = |detail: &Detail| known.iter().find(|label| label.name == detail.name);
        beside.extend(details.iter().filter(|detail| label(detail).is_some()).filter_map(|detail| detail_words(detail, label(detail), labels, lang)));
    }
    if !by.article.is_empty() {
        beside.push(by.article.clone());
    }
    if beside.is_empty() {
        return said;
    }
    lang.pick(format!("{said}（{}）", beside.join("；")), format!("{said} ({})", beside.join("; ")))
}
