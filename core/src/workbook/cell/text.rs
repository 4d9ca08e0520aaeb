//! Names and brackets, as they are compared with others.

use unicode_normalization::UnicodeNormalization;

use crate::facts::tidy;

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
        fn folding_is_idempotent(text in any::<String>()) {
            prop_assert_eq!(fold_name(&fold_name(&text)), fold_name(&text));
        }
    }
}
