//! Words that take back what they stand beside, or say that it does not hold yet: beside the word of a code, in a header, in a heading.

/// Whatever they stand beside.
const DOUBTS: [&str; 10] = ["作废", "取消", "无效", "未", "不", "拟", "预计", "计划", "退回", "驳回"];

/// Words with those in them, and with others of the kind, that take nothing back: who applies is no applying.
const NO_DOUBTS: [&str; 2] = ["申请人", "申报人"];

/// Whether a text has a word in it that takes back what it stands beside, or one of these, which do so here alone; `unless` it is within one of those.
pub(crate) fn holds_doubt(text: &str, here: &[&str], unless: &[&str]) -> bool {
    let text = without(without(text.to_owned(), &NO_DOUBTS), unless);
    DOUBTS.iter().chain(here).any(|word| text.contains(word))
}

/// A text without these words.
pub(crate) fn without(text: String, words: &[&str]) -> String {
    words.iter().fold(text, |rest, word| rest.replace(word, ""))
}
