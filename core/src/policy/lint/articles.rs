//! Articles: what a reader finds the sentence by.

use super::Tables;
use crate::problem::ProblemCode;

/// The longest article that is not a sentence of its own.
const LONGEST: usize = 40;

/// Warns of an article that is empty or of odd form.
pub(super) fn check(tables: &Tables<'_>) {
    for table in &tables.provisions {
        let Some((article, entry)) = table.text_entry("article") else { continue };
        if let Some((what, cure)) = odd(article) {
            table.report_with_cure(ProblemCode::OddArticle, &entry.span(), format!("`article` {what}"), cure);
        }
    }
}

/// What is odd about an article, and the cure.
fn odd(article: &str) -> Option<(&'static str, &'static str)> {
    if article.trim().is_empty() {
        return Some(("is empty", "write where the document says it, such as `三(十六)`"));
    }
    if article.trim() != article || article.contains("  ") || article.chars().any(|c| c.is_control() || (c.is_whitespace() && c != ' ')) {
        return Some(("has blanks that nobody sees", "write at most one blank between two words"));
    }
    if article.chars().any(|c| matches!(c, '（' | '）' | '，' | '０'..='９')) {
        return Some(("has brackets, commas or digits of full width", "write `(`, `)`, `,` and `0` to `9`, so that equal articles are equal"));
    }
    let mut open = 0_usize;
    for c in article.chars() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return Some(UNBALANCED),
            ')' => open -= 1,
            _ => {}
        }
    }
    if open > 0 || article.contains("()") {
        return Some(UNBALANCED);
    }
    if article.chars().count() > LONGEST || article.contains(['。', '；', '！', '？']) {
        return Some(("is a sentence", "cite the article, and say what it asks in `zh` and `en`"));
    }
    None
}

const UNBALANCED: (&str, &str) = ("has a bracket without its other half, or nothing within it", "write it as `三(十六)`");
