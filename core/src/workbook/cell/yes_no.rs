//! Yes and no, in the words and marks that registers use.

use super::{Fact, Reading};
use crate::facts::yes_or_no;
use crate::workbook::notes;
use crate::workbook::spec::Spec;

/// Reads the words that mean yes or no in the column of this field alone.
pub(super) fn of_field(text: &str, field: &Spec<'_>) -> Option<Reading> {
    if let Some(yes) = of_label(text, field.zh) {
        return Some(Reading::fact(Fact::Boolean(yes)));
    }
    let yes = match (field.name, text) {
        ("has_proof", _) => return document(text),
        ("job_related" | "profession_related", "相关" | "密切相关" | "有关") => true,
        ("job_related" | "profession_related", "不相关" | "无关") => false,
        ("full_time", "全脱产" | "脱产") => true,
        ("full_time", "半脱产" | "不脱产" | "非脱产" | "业余" | "在职") => false,
        ("electronic", "电子" | "电子学分" | "电子学分证") => true,
        ("electronic", "纸质" | "纸质学分" | "纸质学分证" | "纸质证明") => false,
        ("required", "选轮" | "选修") => false,
        ("passed", "通过" | "已通过") => true,
        ("passed", "未通过" | "不通过") => false,
        _ => return None,
    };
    Some(Reading::fact(Fact::Boolean(yes)))
}

/// Reads what repeats the label of the column: 必轮 in the column 必轮, 合格 and 不合格 in the column 是否合格.
fn of_label(text: &str, label: &str) -> Option<bool> {
    let asked = label.trim_start_matches("是否");
    if text == asked {
        return Some(true);
    }
    let denied = ["不", "非", "未"].iter().find_map(|no| text.strip_prefix(no))?;
    (denied == asked).then_some(false)
}

/// Reads what stands in a column of proofs: a document that is named is at hand, unless the text says otherwise.
fn document(text: &str) -> Option<Reading> {
    let named =
        ["证书", "证明", "扫描件", "复印件", "学分证", "通知", "照片", "截图", "发票", "签到", "附件", "原件"].iter().any(|word| text.contains(word));
    let denied = ["无", "未", "待", "缺", "没", "补", "不", "丢", "遗失"].iter().any(|word| text.contains(word));
    (named && !denied).then(|| Reading::mended(Fact::Boolean(true), &notes::PROOF_NAMED))
}

/// Reads yes or no; `None` for any other word.
pub(super) fn read(text: &str) -> Option<Reading> {
    yes_or_no(text).map(|yes| Reading::fact(Fact::Boolean(yes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_that_a_column_asks_about_is_yes_and_its_denial_is_no() {
        for (text, label, expected) in [
            ("必轮", "必轮", Some(true)),
            ("合格", "是否合格", Some(true)),
            ("不合格", "是否合格", Some(false)),
            ("未认定", "是否认定", Some(false)),
            ("优秀", "是否合格", None),
        ] {
            assert_eq!(of_label(text, label), expected, "{text}");
        }
    }

    #[test]
    fn a_named_document_is_proof_at_hand_unless_it_is_missing() {
        assert!(document("学分证书、会议通知").is_some_and(|reading| reading.fits() == Some(true)));
        for text in ["证书未发", "待补证明", "证书遗失", "某某"] {
            assert_eq!(document(text), None, "{text}");
        }
    }
}
