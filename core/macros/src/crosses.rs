//! `#[crosses]`: a value that leaves the core, with one JSON form.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Result, parse_quote};

use crate::{shape, words};

pub(crate) fn expand(arguments: &TokenStream, item: TokenStream) -> Result<TokenStream> {
    if !arguments.is_empty() {
        return Err(syn::Error::new_spanned(arguments, "`#[crosses]` takes no arguments"));
    }
    let mut item: DeriveInput = syn::parse2(item)?;
    let body = match &mut item.data {
        Data::Struct(data) => {
            let fields = data.fields.iter_mut().map(shape::field).collect::<Result<Vec<_>>>()?;
            data.fields.iter_mut().for_each(leave_out_absent);
            quote! { Record(&[#(#fields),*]) }
        }
        Data::Enum(data) => {
            let union = data.variants.iter().any(|v| !matches!(v.fields, Fields::Unit));
            if union {
                let variants = data.variants.iter_mut().map(shape::variant).collect::<Result<Vec<_>>>()?;
                data.variants.iter_mut().flat_map(|v| v.fields.iter_mut()).for_each(leave_out_absent);
                item.attrs.push(parse_quote!(#[serde(tag = "kind", rename_all = "snake_case")]));
                quote! { Union(&[#(#variants),*]) }
            } else {
                let codes = data.variants.iter().map(shape::code);
                item.attrs.push(parse_quote!(#[serde(rename_all = "snake_case")]));
                quote! { Codes(&[#(#codes),*]) }
            }
        }
        Data::Union(_) => return Err(syn::Error::new_spanned(&item.ident, "a union does not cross")),
    };
    let crosses = shape::implementation(&item.ident, &words::doc(&item.attrs), &body, &shape::result());
    Ok(quote! {
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
        #item
        #crosses
    })
}

fn leave_out_absent(field: &mut syn::Field) {
    if shape::is_option(&field.ty) {
        field.attrs.push(parse_quote!(#[serde(skip_serializing_if = "Option::is_none")]));
    }
}
