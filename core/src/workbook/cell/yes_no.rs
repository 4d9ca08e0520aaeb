//! Yes and no, in the words and marks that registers use.

use super::{Fact, Reading};

/// Reads yes or no; `None` for any other word.
pub(super) fn read(text: &str) -> Option<Reading> {
    let yes = match text.to_lowercase().as_str() {
        "是" | "√" | "✓" | "✔" | "☑" | "有" | "y" | "yes" | "true" | "t" | "1" | "对" | "已" | "符合" | "v" | "●" => true,
        "否" | "×" | "✗" | "✘" | "✕" | "☒" | "x" | "无" | "n" | "no" | "false" | "f" | "0" | "不是" | "没有" | "非" | "错" | "未" | "不符合" => {
            false
        }
        _ => return None,
    };
    Some(Reading::fact(Fact::Boolean(yes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_letters_and_words_are_yes_or_no() {
        for (text, expected) in
            [("是", true), ("√", true), ("Y", true), ("有", true), ("1", true), ("否", false), ("×", false), ("无", false), ("0", false)]
        {
            assert_eq!(read(text), Some(Reading::fact(Fact::Boolean(expected))), "{text}");
        }
        for text in ["合格", "2", "-", "也许"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
