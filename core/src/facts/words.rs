//! Words and marks as people enter them: one form for characters, yes and no, the codes of a list.
//!
//! In comes the text of a cell, of a workbook or a table; out goes what it certainly means. Both know the same words.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::CodeList;

/// The text with compatibility characters folded (NFKC), invisible ones removed and white space made single.
///
/// It is idempotent. Dots in names and the sign × stay as they are: what they mean depends on the column.
pub(crate) fn tidy(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let folded = text.chars().filter(|c| !is_invisible(*c)).nfkc().filter(|c| !is_invisible(*c));
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in folded {
        if c.is_whitespace() || c.is_control() {
            space = true;
        } else {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    // Removing a character may have brought a base and its mark together.
    if unicode_normalization::is_nfkc(&out) { Cow::Owned(out) } else { Cow::Owned(tidy(&out.nfkc().collect::<String>()).into_owned()) }
}

/// Whether nothing needs folding: single spaces, visible ASCII and common Chinese characters.
fn is_plain(text: &str) -> bool {
    let mut before = ' ';
    text.chars().all(|c| {
        let plain = matches!(c, '!'..='~' | '\u{4e00}'..='\u{9fff}' | '、' | '。' | '·' | '《' | '》' | '“' | '”') || (c == ' ' && before != ' ');
        before = c;
        plain
    })
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{180e}' | '\u{fe00}'..='\u{fe0f}')
}

/// Whether a tidy text means yes or no; `None` for any other word.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "是" | "√" | "✓" | "✔" | "☑" | "有" | "y" | "yes" | "true" | "t" | "1" | "对" | "已" | "符合" | "已完成" | "v" | "●" => {
            Some(true)
        }
        "否" | "×" | "✗" | "✘" | "✕" | "☒" | "x" | "无" | "n" | "no" | "false" | "f" | "0" | "不是" | "没有" | "非" | "错" | "未" | "不符合"
        | "未完成" => Some(false),
        _ => None,
    }
}

impl CodeList {
    /// The place of the code that a tidy text is, as code, label or another of its words.
    pub(crate) fn called(&self, text: &str) -> Option<usize> {
        let same = |word: &str| is_called(word, text);
        self.codes.iter().position(|code| same(code.code) || same(code.zh) || code.also.iter().any(|also| same(also)) || same(code.en))
    }
}

/// Whether a word is this tidy text.
pub(crate) fn is_called(word: &str, text: &str) -> bool {
    word.eq_ignore_ascii_case(text) || tidy(word).eq_ignore_ascii_case(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn full_width_invisible_and_compatibility_characters_are_folded() {
        for (raw, expected) in [
            ("Ⅰ类", "I类"),
            ("２.５", "2.5"),
            ("（国）", "(国)"),
            ("\u{2f2d}城", "山城"),
            ("张\u{200b}三\u{feff}", "张三"),
            ("1001\u{a0}", "1001"),
            ("a \u{3000} b", "a b"),
            ("学分\n(必填)", "学分 (必填)"),
            ("买买提·艾力", "买买提·艾力"),
        ] {
            assert_eq!(tidy(raw), expected);
        }
    }

    #[test]
    fn marks_letters_and_words_are_yes_or_no() {
        for (text, expected) in
            [("是", true), ("√", true), ("Y", true), ("有", true), ("1", true), ("否", false), ("×", false), ("无", false), ("0", false)]
        {
            assert_eq!(yes_or_no(text), Some(expected), "{text}");
        }
        for text in ["合格", "2", "-", "也许"] {
            assert_eq!(yes_or_no(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn tidying_is_idempotent(text in any::<String>()) {
            let once = tidy(&text).into_owned();
            prop_assert_eq!(tidy(&once), &*once);
        }
    }
}
