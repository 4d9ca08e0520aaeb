//! `#[codes]`: a fieldless enum as a code list.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Fields, ItemEnum, Result};

use crate::shape;
use crate::words::{self, Words};

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let words = Words::parse(arguments, &["name", "zh", "en", "ordered"])?;
    let mut item: ItemEnum = syn::parse2(item)?;
    let (name, zh, en) = (words.need("name", &item.ident)?, words.need("zh", &item.ident)?, words.need("en", &item.ident)?);
    let ordered = words.flag("ordered");
    let ident = item.ident.clone();

    let mut variants = Vec::new();
    let mut codes = Vec::new();
    let mut shapes = Vec::new();
    for variant in &mut item.variants {
        if !matches!(variant.fields, Fields::Unit) {
            return Err(syn::Error::new_spanned(&variant.ident, "a code has no fields"));
        }
        let code = words::snake_case(&variant.ident.to_string());
        let words = words::take(&mut variant.attrs, "code", &["zh", "en", "also"])?
            .ok_or_else(|| syn::Error::new_spanned(&variant.ident, "`#[code(zh = \"..\", en = \"..\")]` is missing"))?;
        let (zh, en, also) = (words.need("zh", &variant.ident)?, words.need("en", &variant.ident)?, words.list("also"));
        codes.push(quote! { crate::facts::Code { code: #code, zh: #zh, en: #en, also: &[#(#also),*] } });
        shapes.push(shape::code(variant));
        variants.push(variant.ident.clone());
    }

    let role = quote! { crate::shape::Role::CodeList(#ident::LIST) };
    let crosses = shape::implementation(&ident, &words::doc(&item.attrs), &quote! { Codes(&[#(#shapes),*]) }, &role);
    Ok(quote! {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #item

        impl #ident {
            /// Every code, in the order of the list.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];
            /// The list itself, with labels.
            pub const LIST: &'static crate::facts::CodeList =
                &crate::facts::CodeList { name: #name, zh: #zh, en: #en, ordered: #ordered, codes: &[#(#codes),*] };
        }

        impl crate::facts::FactValue for #ident {
            const KIND: crate::facts::FieldKind = crate::facts::FieldKind::Code(Self::LIST);

            fn datum(&self) -> crate::feel::Datum<'_> {
                crate::feel::Datum::Code(*self as u8)
            }

            fn of(found: crate::facts::Scalar<'_>, place: &mut crate::facts::Place) -> Option<Self> {
                crate::facts::code_of(found, Self::LIST, place).and_then(|index| Self::ALL.get(index).copied())
            }
        }

        #crosses

        impl serde::Serialize for #ident {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(Self::LIST.code(*self as usize))
            }
        }
    })
}
