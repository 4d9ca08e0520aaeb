//! `rules_of!`: a policy file that is built in, without its examples.

use std::fmt::Write as _;
use std::path::Path;

use proc_macro2::TokenStream;
use quote::quote;
use sha2::{Digest as _, Sha256};
use syn::{LitStr, Result};

/// What an example of a policy file is headed by; anything below one belongs to it.
const EXAMPLES: [&str; 4] = ["[[provision.example]]", "[[decision.example]]", "[provision.example.", "[decision.example."];

/// The rules of the file, and the SHA-256 of all of it.
pub(crate) fn expand(input: TokenStream) -> Result<TokenStream> {
    let name: LitStr = syn::parse2(input)?;
    let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let path = Path::new(&folder).join("policies").join(name.value());
    let text = std::fs::read_to_string(&path).map_err(|error| syn::Error::new(name.span(), format!("{}: {error}", path.display())))?;
    let (rules, hash) = (rules_of(&text), hash_of(&text));
    Ok(quote! { (#rules, #hash) })
}

fn hash_of(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hash, byte| {
        // Writing to a text does not fail.
        let _ = write!(hash, "{byte:02x}");
        hash
    })
}

/// The text without the lines of its examples, without blank lines and without lines that are comments.
fn rules_of(text: &str) -> String {
    let (mut rules, mut in_example, mut in_text) = (String::new(), false, None);
    for line in text.lines() {
        let trimmed = line.trim();
        if in_text.is_none() && is_heading(trimmed) {
            in_example = EXAMPLES.iter().any(|heading| trimmed.starts_with(heading));
        }
        let says_nothing = in_text.is_none() && (trimmed.is_empty() || trimmed.starts_with('#'));
        in_text = text_open_after(line, in_text);
        if !in_example && !says_nothing {
            rules.push_str(line);
            rules.push('\n');
        }
    }
    rules
}

/// Whether a line heads a table: names in brackets, and nothing else but a comment.
fn is_heading(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or(line).trim_end();
    let names =
        line.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")).or_else(|| line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')));
    names.is_some_and(|names| !names.is_empty() && names.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')))
}

/// The quotes of a text of several lines that is still open after a line.
fn text_open_after(line: &str, mut open: Option<&'static str>) -> Option<&'static str> {
    let mut rest = line;
    loop {
        match open {
            Some(quotes) => match rest.split_once(quotes) {
                Some((_, after)) => (open, rest) = (None, after),
                None => return open,
            },
            None => {
                let first = ["'''", "\"\"\""].into_iter().filter_map(|quotes| rest.find(quotes).map(|at| (at, quotes))).min();
                match first.and_then(|(_, quotes)| rest.split_once(quotes).map(|(_, after)| (quotes, after))) {
                    Some((quotes, after)) => (open, rest) = (Some(quotes), after),
                    None => return None,
                }
            }
        }
    }
}
