//! Characters: one form for full-width, compatibility and invisible ones.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

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

/// Without the spaces that set Chinese names wide: `张 三`; those between Latin words stay.
pub(crate) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let between_words = out.ends_with(|c: char| c.is_ascii()) && rest.peek().is_some_and(char::is_ascii);
        if !c.is_whitespace() || between_words {
            out.push(c);
        }
    }
    out
}

/// A name as it is compared with others: without spaces, with one kind of dot, in lower case.
pub(crate) fn fold_name(name: &str) -> String {
    tidy(name)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, '•' | '・' | '‧' | '∙' | '⋅' | '●' | '.' | '．' | '﹒' | 'ꞏ' | '˙') { '·' } else { c })
        .flat_map(char::to_lowercase)
        .nfkc()
        .collect()
}

/// Without what stands in brackets at its end: `主管护师(聘)`.
pub(crate) fn without_brackets(text: &str) -> Option<&str> {
    let inside = text.strip_suffix([')', ']', '】', '〕'])?;
    let (before, _) = inside.rsplit_once(['(', '[', '【', '〔'])?;
    Some(before.trim_end()).filter(|before| !before.is_empty())
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
    fn names_match_whatever_their_dots_and_spaces() {
        for name in ["买买提·艾力", "买买提•艾力", "买买提・艾力", "买买提.艾力", "买买提．艾力", "买买提 · 艾力"]
        {
            assert_eq!(fold_name(name), "买买提·艾力");
        }
        assert_eq!(squeezed("张 三"), "张三");
        assert_eq!(squeezed("John Smith"), "John Smith");
    }

    proptest! {
        #[test]
        fn tidying_is_idempotent(text in any::<String>()) {
            let once = tidy(&text).into_owned();
            prop_assert_eq!(tidy(&once), &*once);
            prop_assert_eq!(fold_name(&fold_name(&text)), fold_name(&text));
        }
    }
}
