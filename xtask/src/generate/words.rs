//! Words that several languages need in another form.

/// `actual_low` as `actualLow`.
pub(super) fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |all, word| all + &capitalised(word))
}

/// `not_applicable` as `NOT_APPLICABLE`.
pub(super) fn upper_case(name: &str) -> String {
    name.to_uppercase()
}

/// `word` as `Word`.
fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// A documentation comment without what only Rust's documentation understands: links in brackets lose theirs.
pub(super) fn plain(doc: &str) -> String {
    doc.replace("[`", "`").replace("`]", "`")
}

/// Text as lines of at most this many characters, broken between words; its own line breaks stay.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut current = String::new();
        for word in line.split_whitespace() {
            if !current.is_empty() && current.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut current));
            }
            if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(word);
        }
        lines.push(current);
    }
    lines
}
