//! Sentences whose dates and amounts stay on one line.
//!
//! In comes the text of a sentence; out goes HTML in which no line ends within `2024-10-31`, `9.5分` or `13.4 hours`. INVARIANT: without its
//! tags it is the text, escaped.

use minijinja::{HtmlEscape, Value};

/// The sentence with its dates and amounts kept whole.
pub(super) fn whole(sentence: &Value) -> Value {
    let Some(text) = sentence.as_str() else { return sentence.clone() };
    let mut page = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let (amount, after) = from.split_at(end(from));
        // What is part of a word, such as a number in a hash, is left alone.
        let is_word = before.ends_with(|c: char| c.is_ascii_alphanumeric());
        page += &escaped(before);
        page += &if is_word || amount.len() < 2 { escaped(amount) } else { format!("<keep-whole>{}</keep-whole>", escaped(amount)) };
        rest = after;
    }
    page += &escaped(rest);
    Value::from_safe_string(page)
}

/// Where a date or an amount with its unit ends that begins here.
fn end(text: &str) -> usize {
    const LONGEST_UNIT: usize = 2;
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-');
    let number = text.find(|c| !is_number(c)).unwrap_or(text.len());
    // A stop at the end is that of the sentence.
    let number = text.get(..number).map_or(number, |digits| digits.trim_end_matches(['.', ',', '-']).len());
    let unit = text.get(number..).unwrap_or_default();
    if unit.starts_with(is_chinese) {
        return number + unit.chars().take(LONGEST_UNIT).take_while(|c| is_chinese(*c)).map(char::len_utf8).sum::<usize>();
    }
    match unit.strip_prefix(' ') {
        Some(word) if word.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            number + 1 + word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len())
        }
        _ => number,
    }
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn escaped(text: &str) -> String {
    HtmlEscape(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> String {
        whole(&Value::from(text)).to_string().replace("<keep-whole>", "[").replace("</keep-whole>", "]")
    }

    #[test]
    fn a_line_ends_in_no_date_and_between_no_number_and_its_unit() {
        assert_eq!(page("还需取得学分9.5分，截止2024-10-31（还有38天）"), "还需取得学分[9.5分]，截止[2024-10-31]（还有[38天]）");
        assert_eq!(page("Still needed: 9.5 credits by 2024-10-31."), "Still needed: [9.5 credits] by [2024-10-31].");
        assert_eq!(page("1个月，1,200元"), "[1个月]，[1,200元]");
    }

    #[test]
    fn nothing_else_is_changed_and_everything_is_escaped() {
        assert_eq!(page("cq2017 <b> & 5"), "cq2017 &lt;b&gt; &amp; 5");
        assert_eq!(page("(1) a\"2024-10-31\""), "(1) a&quot;[2024-10-31]&quot;");
        assert_eq!(whole(&Value::from(3)), Value::from(3), "what is no text stays");
        assert_eq!(page(""), "");
    }
}
