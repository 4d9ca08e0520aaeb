//! What several attributes share: their arguments, documentation comments, snake case.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta, Result, Token, parenthesized};

/// The arguments of an attribute: `key = "text"`, `key("text", ..)` and bare flags.
#[derive(Default)]
pub(crate) struct Words {
    texts: Vec<(Ident, LitStr)>,
    lists: Vec<(Ident, Vec<LitStr>)>,
    flags: Vec<Ident>,
}

impl Words {
    /// Parses what stands between the parentheses of an attribute and refuses a key that is not in `allowed`.
    pub(crate) fn parse(tokens: TokenStream, allowed: &[&str]) -> Result<Self> {
        let parser = |input: ParseStream<'_>| {
            let mut words = Self::default();
            while !input.is_empty() {
                let key: Ident = input.parse()?;
                if !allowed.iter().any(|a| key == a) {
                    return Err(syn::Error::new(key.span(), format!("expected one of {}", allowed.join(", "))));
                }
                if input.peek(Token![=]) {
                    input.parse::<Token![=]>()?;
                    words.texts.push((key, input.parse()?));
                } else if input.peek(syn::token::Paren) {
                    let inner;
                    parenthesized!(inner in input);
                    let list = Punctuated::<LitStr, Token![,]>::parse_terminated(&inner)?;
                    words.lists.push((key, list.into_iter().collect()));
                } else {
                    words.flags.push(key);
                }
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(words)
        };
        Parser::parse2(parser, tokens)
    }

    /// The text of a key that must be there.
    pub(crate) fn need(&self, key: &str, at: &impl quote::ToTokens) -> Result<LitStr> {
        self.text(key).ok_or_else(|| syn::Error::new_spanned(at, format!("`{key} = \"..\"` is missing")))
    }

    /// The text of a key, if it is there.
    pub(crate) fn text(&self, key: &str) -> Option<LitStr> {
        self.texts.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone())
    }

    /// The list of a key; empty if it is not there.
    pub(crate) fn list(&self, key: &str) -> Vec<LitStr> {
        self.lists.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone()).unwrap_or_default()
    }

    /// Whether a flag is there.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.flags.iter().any(|k| k == key)
    }
}

/// Takes the attribute of this name off the list and parses its arguments.
pub(crate) fn take(attributes: &mut Vec<Attribute>, name: &str, allowed: &[&str]) -> Result<Option<Words>> {
    let Some(index) = attributes.iter().position(|a| a.path().is_ident(name)) else { return Ok(None) };
    let attribute = attributes.remove(index);
    Words::parse(attribute.meta.require_list()?.tokens.clone(), allowed).map(Some)
}

/// The documentation comment as one text.
pub(crate) fn doc(attributes: &[Attribute]) -> String {
    let lines: Vec<String> = attributes
        .iter()
        .filter_map(|a| match &a.meta {
            Meta::NameValue(nv) if nv.path.is_ident("doc") => match &nv.value {
                Expr::Lit(ExprLit { lit: Lit::Str(s), .. }) => Some(s.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        })
        .collect();
    lines.join("\n").trim().to_owned()
}

/// `AssociateSenior` as `associate_senior`.
pub(crate) fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for (i, c) in name.char_indices() {
        if c.is_uppercase() && i > 0 {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}
