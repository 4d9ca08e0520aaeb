//! The description of a type for other languages: what `#[crosses]`, `#[entity]` and `#[codes]` have in common.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Field, Ident, Result, Type, Variant};

use crate::words;

/// `impl Crosses`: the shape of a type with this body, in this role.
pub(crate) fn implementation(ident: &Ident, doc: &str, body: &TokenStream, role: &TokenStream) -> TokenStream {
    let name = ident.to_string();
    quote! {
        impl crate::shape::Crosses for #ident {
            const FORM: crate::shape::Form = {
                const SHAPE: &crate::shape::Shape = &crate::shape::Shape { name: #name, doc: #doc, body: crate::shape::Body::#body, role: #role };
                crate::shape::Form::Shape(|| SHAPE)
            };
        }
    }
}

/// The role of what only leaves.
pub(crate) fn result() -> TokenStream {
    quote! { crate::shape::Role::Result }
}

/// A field under its JSON name. `#[form(decimal)]`, which is taken off, says of a text that it is always a number.
pub(crate) fn field(field: &mut Field) -> Result<TokenStream> {
    let left_out_empty = is_left_out_empty(field);
    described(field, left_out_empty)
}

/// The same, where it is known whether an empty list of it is left out.
pub(crate) fn described(field: &mut Field, left_out_empty: bool) -> Result<TokenStream> {
    let Some(ident) = field.ident.clone() else { return Err(syn::Error::new_spanned(field, "what crosses has named fields")) };
    let decimal = words::take(&mut field.attrs, "form", &["decimal"])?.is_some_and(|words| words.flag("decimal"));
    let (name, doc, ty) = (ident.to_string(), words::doc(&field.attrs), &field.ty);
    let form = match (decimal, is_option(ty)) {
        (false, _) => quote! { <#ty as crate::shape::Crosses>::FORM },
        (true, false) => quote! { crate::shape::Form::Decimal },
        (true, true) => quote! { crate::shape::Form::Optional(&crate::shape::Form::Decimal) },
    };
    Ok(quote! { crate::shape::FieldShape { name: #name, doc: #doc, form: #form, left_out_empty: #left_out_empty } })
}

/// Whether serde is told so; the words of an attribute are compared without the blanks between them.
fn is_left_out_empty(field: &Field) -> bool {
    let mut said = field.attrs.iter().map(|attribute| quote! { #attribute }.to_string().replace(' ', ""));
    said.any(|said| said.contains("skip_serializing_if=\"Vec::is_empty\""))
}

/// A code, by the name of its variant.
pub(crate) fn code(variant: &Variant) -> TokenStream {
    let name = variant.ident.to_string();
    let (code, doc) = (words::snake_case(&name), words::doc(&variant.attrs));
    quote! { crate::shape::CodeShape { name: #name, code: #code, doc: #doc } }
}

/// A variant of a union with its fields.
pub(crate) fn variant(variant: &mut Variant) -> Result<TokenStream> {
    let name = variant.ident.to_string();
    let (kind, doc) = (words::snake_case(&name), words::doc(&variant.attrs));
    let fields = variant.fields.iter_mut().map(field).collect::<Result<Vec<_>>>()?;
    Ok(quote! { crate::shape::VariantShape { name: #name, kind: #kind, doc: #doc, fields: &[#(#fields),*] } })
}

/// Whether a value of this type may be absent.
pub(crate) fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}
