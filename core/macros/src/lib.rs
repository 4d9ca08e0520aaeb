//! The attributes that make a Rust type a part of medtrain's vocabulary.
//!
//! They are the one place that knows how such a type reaches JSON, a condition, a spreadsheet or another language:
//! `#[entity]` for what facts are about, `#[codes]` for a code list, `#[crosses]` for a value that only leaves (a verdict and its parts).
//! What one of them writes refers to `crate::facts` and `crate::feel`, so they serve the crate `medtrain` alone.

mod codes;
mod crosses;
mod entity;
mod rules;
mod shape;
mod words;

use proc_macro::TokenStream;

/// Makes a struct an entity of the vocabulary: `#[entity(name = "activity", zh = "..", en = "..")]`; `many` says that a subject has dozens of its records.
///
/// Every field is an `Option` and carries `#[fact(zh = "..", en = "..", headers("..", ..), unit = "..", none, needs_column, presumed, sensitive, attainable, awarded, chosen)]`, except the three
/// that say what is absent or the policy's own: `unknown`, `none` and `extra`. `needs_column` marks what is none only where a sheet has a column for it. `presumed` marks what registers leave out because it goes without saying. `attainable` marks what the subject can bring about, of a list that
/// records can be added to it; `chosen` what is chosen when a record is added, and never afterwards; `awarded` what others award at the end of the stay that it is. From it come
/// the entry in the vocabulary, reading by slot, decoding with paths, `Serialize`, `Deserialize` and a `Debug` that masks what is sensitive.
#[proc_macro_attribute]
pub fn entity(arguments: TokenStream, item: TokenStream) -> TokenStream {
    entity::expand(arguments.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes a fieldless enum a code list: `#[codes(name = "subject_kind", zh = "..", en = "..", ordered)]`.
///
/// Variants carry `#[code(zh = "..", en = "..", also("..", ..))]`; the code is the variant's name in `snake_case`. With `ordered`, later variants rank higher.
#[proc_macro_attribute]
pub fn codes(arguments: TokenStream, item: TokenStream) -> TokenStream {
    codes::expand(arguments.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes a type cross to every language: equality, `Debug`, one JSON form (`snake_case`; an absent value is left out), and its shape.
///
/// An enum with fields becomes a union on `kind`, one without becomes its codes. `#[form(decimal)]` on a field says that its text is always a number.
#[proc_macro_attribute]
pub fn crosses(arguments: TokenStream, item: TokenStream) -> TokenStream {
    crosses::expand(&arguments.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// A policy file of `policies/` that is built in, as a pair: its text without examples, comments and blank lines, and the SHA-256 of its whole text in hexadecimal.
///
/// Whoever calls it includes the whole text too, so that a change of the file is seen.
#[proc_macro]
pub fn rules_of(name: TokenStream) -> TokenStream {
    rules::expand(name.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
