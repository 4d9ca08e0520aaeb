//! `#[crosses]`: a value that leaves the core, with one JSON form.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Result, Type, parse_quote};

pub(crate) fn expand(arguments: &TokenStream, item: TokenStream) -> Result<TokenStream> {
    if !arguments.is_empty() {
        return Err(syn::Error::new_spanned(arguments, "`#[crosses]` takes no arguments"));
    }
    let mut item: DeriveInput = syn::parse2(item)?;
    match &mut item.data {
        Data::Struct(data) => data.fields.iter_mut().for_each(leave_out_absent),
        Data::Enum(data) => {
            let union = data.variants.iter().any(|v| !matches!(v.fields, Fields::Unit));
            data.variants.iter_mut().flat_map(|v| v.fields.iter_mut()).for_each(leave_out_absent);
            item.attrs.push(if union {
                parse_quote!(#[serde(tag = "kind", rename_all = "snake_case")])
            } else {
                parse_quote!(#[serde(rename_all = "snake_case")])
            });
        }
        Data::Union(_) => return Err(syn::Error::new_spanned(&item.ident, "a union does not cross")),
    }
    Ok(quote! {
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
        #item
    })
}

fn leave_out_absent(field: &mut syn::Field) {
    if let Type::Path(path) = &field.ty
        && path.path.segments.last().is_some_and(|s| s.ident == "Option")
    {
        field.attrs.push(parse_quote!(#[serde(skip_serializing_if = "Option::is_none")]));
    }
}
