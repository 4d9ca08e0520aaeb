//! `#[entity]`: a struct of facts as a part of the vocabulary.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Field, GenericArgument, Ident, ItemStruct, PathArguments, Result, Type};

use crate::shape;
use crate::words::{self, Words};

/// One fact of the struct: its field, the type inside the `Option`, and its words.
struct Fact {
    ident: Ident,
    value: Type,
    words: Words,
    doc: String,
}

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let words = Words::parse(arguments, &["name", "zh", "en", "many"])?;
    let mut item: ItemStruct = syn::parse2(item)?;
    let facts = take_facts(&mut item)?;
    add_recorded_at(&mut item)?;

    let vocabulary = vocabulary(&words, &item, &facts)?;
    let record = record(&item.ident, &facts, words.flag("many"));
    let decode = decode(&item.ident, &facts);
    let serialize = serialize(&item.ident, &facts);
    let debug = debug(&item.ident, &facts);
    let crosses = crosses(&mut item)?;
    Ok(quote! {
        #[derive(Clone, PartialEq, Eq, Default)]
        #item
        #vocabulary
        #record
        #decode
        #serialize
        #debug
        #crosses
    })
}

/// Facts have in every language what they have in JSON: what is not given is left out, lists of names and own facts too.
fn crosses(item: &mut ItemStruct) -> Result<TokenStream> {
    let ident = item.ident.clone();
    let described = |field: &mut Field| {
        let always_there = !shape::is_option(&field.ty);
        shape::described(field, always_there)
    };
    let fields = item.fields.iter_mut().map(described).collect::<Result<Vec<_>>>()?;
    let role = quote! { crate::shape::Role::Fact(<#ident as crate::facts::Vocabulary>::ENTITY) };
    Ok(shape::implementation(&ident, &words::doc(&item.attrs), &quote! { Record(&[#(#fields),*]) }, &role))
}

fn take_facts(item: &mut ItemStruct) -> Result<Vec<Fact>> {
    let mut facts = Vec::new();
    for field in &mut item.fields {
        let Some(ident) = field.ident.clone() else { return Err(syn::Error::new_spanned(field, "an entity has named fields")) };
        if ["unknown", "none", "extra"].iter().any(|own| ident == own) {
            continue;
        }
        let words = words::take(
            &mut field.attrs,
            "fact",
            &["zh", "en", "headers", "unit", "none", "needs_column", "presumed", "sensitive", "attainable", "awarded", "chosen", "told_by"],
        )?
        .ok_or_else(|| syn::Error::new_spanned(&ident, "`#[fact(zh = \"..\", en = \"..\")]` is missing"))?;
        facts.push(Fact { value: inside_option(field)?, doc: words::doc(&field.attrs), ident, words });
    }
    Ok(facts)
}

/// When it was recorded is no fact of the world, and none that a condition could read: every entity has it, and none declares it.
fn add_recorded_at(item: &mut ItemStruct) -> Result<()> {
    let syn::Fields::Named(fields) = &mut item.fields else { return Err(syn::Error::new_spanned(item, "an entity has named fields")) };
    fields.named.push(syn::parse_quote! {
        /// The day on which its source recorded it; left out where it was known from the beginning.
        pub recorded_at: Option<crate::quantity::Day>
    });
    Ok(())
}

fn inside_option(field: &Field) -> Result<Type> {
    if let Type::Path(path) = &field.ty
        && let Some(last) = path.path.segments.last()
        && last.ident == "Option"
        && let PathArguments::AngleBracketed(arguments) = &last.arguments
        && let Some(GenericArgument::Type(inner)) = arguments.args.first()
    {
        return Ok(inner.clone());
    }
    Err(syn::Error::new_spanned(&field.ty, "a fact may be missing, so its type is an `Option`"))
}

fn vocabulary(words: &Words, item: &ItemStruct, facts: &[Fact]) -> Result<TokenStream> {
    let ident = &item.ident;
    let (name, zh, en) = (words.need("name", ident)?, words.need("zh", ident)?, words.need("en", ident)?);
    let doc = words::doc(&item.attrs);
    let fields = facts
        .iter()
        .map(|fact| {
            let (field, value, doc) = (fact.ident.to_string(), &fact.value, &fact.doc);
            let (zh, en) = (fact.words.need("zh", &fact.ident)?, fact.words.need("en", &fact.ident)?);
            let headers = fact.words.list("headers");
            let unit = match fact.words.text("unit") {
                Some(unit) => quote! { Some(crate::quantity::Unit::known(#unit)) },
                None => quote! { <#value as crate::facts::FactValue>::UNIT },
            };
            let absent = if fact.words.flag("none") {
                quote! { None }
            } else {
                quote! { Unknown }
            };
            let needs_column = fact.words.flag("needs_column");
            let presumed = fact.words.flag("presumed");
            let sensitive = fact.words.flag("sensitive");
            let power = match ["attainable", "awarded", "chosen"].map(|power| fact.words.flag(power)) {
                [true, ..] => quote! { Attainable },
                [_, true, _] => quote! { Awarded },
                [_, _, true] => quote! { Chosen },
                _ => quote! { Given },
            };
            let told_by = match fact.words.text("told_by") {
                Some(other) => quote! { Some(crate::facts::ToldBy { field: #other, code: #value::told }) },
                None => quote! { None },
            };
            Ok(quote! {
                crate::facts::Field {
                    name: #field, zh: #zh, en: #en, doc: #doc, headers: &[#(#headers),*],
                    kind: <#value as crate::facts::FactValue>::KIND, unit: #unit,
                    absent: crate::facts::Absent::#absent, needs_column: #needs_column, presumed: #presumed, sensitive: #sensitive,
                    power: crate::facts::Power::#power, told_by: #told_by,
                }
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let (names, slots) = (facts.iter().map(|fact| fact.ident.to_string()), 0..facts.len());
    Ok(quote! {
        impl crate::facts::Vocabulary for #ident {
            const ENTITY: &'static crate::facts::Entity = &crate::facts::Entity {
                name: #name, zh: #zh, en: #en, doc: #doc, fields: &[#(#fields),*],
                slot: |name| match name { #(#names => Some(#slots),)* _ => None },
                #[cfg(feature = "workbook")] make: || Box::new(Self::default()),
            };
        }
    })
}

fn record(ident: &Ident, facts: &[Fact], many: bool) -> TokenStream {
    let slots = 0..facts.len();
    let again = 0..facts.len();
    let fields: Vec<_> = facts.iter().map(|f| &f.ident).collect();
    let values = facts.iter().map(|f| &f.value);
    let absent: Vec<_> = facts
        .iter()
        .enumerate()
        .map(|(slot, fact)| match fact.words.text("told_by") {
            Some(_) => quote! { crate::facts::absent_or_told(record, #slot, &record.unknown, &record.none) },
            None => quote! { crate::facts::absent(<Self as crate::facts::Vocabulary>::ENTITY, #slot, &record.unknown, &record.none) },
        })
        .collect();
    // One loop for each field, of what a subject has dozens or hundreds of; other lists are short.
    let columns = many.then(|| {
        quote! {
            fn fill_column(records: &[Self], slot: usize, column: &mut crate::feel::Column) {
                match slot {
                    #(#again => {
                        let fields = records.iter().map(|record| match &record.#fields {
                            Some(value) => crate::facts::FactValue::datum(value),
                            None => #absent,
                        });
                        column.fill(const { <#values as crate::facts::FactValue>::KIND.column() }, fields);
                    })*
                    _ => column.fill_with(records.iter().map(|_| crate::feel::Datum::Unknown)),
                }
            }
        }
    });
    quote! {
        impl crate::feel::Record for #ident {
            #[inline]
            fn read(&self, slot: usize) -> crate::feel::Datum<'_> {
                let record = self;
                match slot {
                    #(#slots => match &record.#fields {
                        Some(value) => crate::facts::FactValue::datum(value),
                        None => #absent,
                    },)*
                    _ => crate::feel::Datum::Unknown,
                }
            }

            fn read_own(&self, name: &str) -> crate::feel::Datum<'_> {
                self.extra.read(name)
            }

            fn says_unknown(&self, name: &str) -> bool {
                self.unknown.iter().any(|unknown| unknown.strip_prefix("extra.") == Some(name))
            }

            #columns
        }
    }
}

fn decode(ident: &Ident, facts: &[Fact]) -> TokenStream {
    let slots = 0..facts.len();
    let again = 0..facts.len();
    let fields: Vec<_> = facts.iter().map(|f| &f.ident).collect();
    quote! {
        impl crate::facts::DecodeEntity for #ident {
            fn entity(&self) -> &'static crate::facts::Entity {
                <Self as crate::facts::Vocabulary>::ENTITY
            }

            fn target(&mut self, slot: usize) -> Option<&mut dyn crate::facts::Target> {
                match slot {
                    #(#slots => Some(&mut self.#fields),)*
                    _ => None,
                }
            }

            fn absences(&mut self) -> (&mut Vec<String>, &mut Vec<String>, &mut crate::facts::Extra) {
                (&mut self.unknown, &mut self.none, &mut self.extra)
            }

            fn recorded_at(&mut self) -> &mut Option<crate::quantity::Day> {
                &mut self.recorded_at
            }

            fn recorded_on(&self) -> Option<crate::quantity::Day> {
                self.recorded_at
            }

            fn leave_out_later(&mut self, day: crate::quantity::Day) -> bool {
                if self.recorded_at.is_some_and(|recorded| recorded > day) {
                    return false;
                }
                self.extra.leave_out_later(day);
                #(if self.#fields.as_mut().is_some_and(|value| !crate::facts::FactValue::leave_out_later(value, day)) {
                    self.#fields = None;
                })*
                true
            }

            fn is_given(&self, slot: usize) -> bool {
                let given = [#(self.#fields.is_some()),*];
                given.get(slot).copied().unwrap_or(false)
            }

            fn each_record_mut(&mut self, visit: &mut crate::facts::RecordVisit<'_>) {
                #(if let Some(value) = &mut self.#fields {
                    crate::facts::FactValue::each_record_mut(value, stringify!(#fields), visit);
                })*
            }

            fn put_records(&mut self, slot: usize, records: Vec<Box<dyn crate::facts::AnyEntity>>) -> bool {
                match slot {
                    #(#again => {
                        let value = crate::facts::FactValue::of_records(records);
                        let taken = value.is_some();
                        if taken {
                            self.#fields = value;
                        }
                        taken
                    })*
                    _ => false,
                }
            }

            fn complete_from(&mut self, other: &Self) {
                #(if self.#fields.is_none() && other.#fields.is_some() {
                    self.#fields.clone_from(&other.#fields);
                    crate::facts::is_told(stringify!(#fields), &mut self.unknown, &mut self.none);
                })*
                // Known from the beginning, or since the earlier of two days.
                self.recorded_at = self.recorded_at.zip(other.recorded_at).map(|(here, there)| here.min(there));
                self.extra.complete_from(&other.extra);
                crate::facts::complete_absences(self, &other.unknown, &other.none);
            }
        }

        impl crate::facts::FactValue for #ident {
            const KIND: crate::facts::FieldKind = crate::facts::FieldKind::Record(|| <#ident as crate::facts::Vocabulary>::ENTITY);

            fn datum(&self) -> crate::feel::Datum<'_> {
                crate::feel::Datum::Record(self)
            }

            fn of(found: crate::facts::Scalar<'_>, place: &mut crate::facts::Place) -> Option<Self> {
                crate::facts::no_record(<Self as crate::facts::Vocabulary>::ENTITY, &found, place);
                None
            }

            fn empty_record() -> Option<Self> {
                Some(Self::default())
            }

            fn as_entity_mut(&mut self) -> Option<&mut dyn crate::facts::DecodeEntity> {
                Some(self)
            }

            fn each_record_mut(&mut self, name: &'static str, visit: &mut crate::facts::RecordVisit<'_>) {
                crate::facts::visit_record(self, name, visit);
            }

            fn leave_out_later(&mut self, day: crate::quantity::Day) -> bool {
                crate::facts::DecodeEntity::leave_out_later(self, day)
            }

            fn of_records(records: Vec<Box<dyn crate::facts::AnyEntity>>) -> Option<Self> {
                let [record] = <[_; 1]>::try_from(records).ok()?;
                record.into_any().downcast().ok().map(|record: Box<Self>| *record)
            }
        }

        impl<'de> serde::Deserialize<'de> for #ident {
            fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                crate::facts::deserialize_whole(source)
            }
        }
    }
}

fn serialize(ident: &Ident, facts: &[Fact]) -> TokenStream {
    let fields: Vec<_> = facts.iter().map(|f| &f.ident).collect();
    quote! {
        impl serde::Serialize for #ident {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let mut map = to.serialize_map(None)?;
                #(if let Some(value) = &self.#fields { map.serialize_entry(stringify!(#fields), value)?; })*
                if !self.unknown.is_empty() { map.serialize_entry("unknown", &self.unknown)?; }
                if !self.none.is_empty() { map.serialize_entry("none", &self.none)?; }
                if !self.extra.is_empty() { map.serialize_entry("extra", &self.extra)?; }
                if let Some(day) = &self.recorded_at { map.serialize_entry("recorded_at", day)?; }
                map.end()
            }
        }
    }
}

fn debug(ident: &Ident, facts: &[Fact]) -> TokenStream {
    let shown = facts.iter().map(|fact| {
        let (field, sensitive) = (&fact.ident, fact.words.flag("sensitive"));
        let value = if sensitive {
            quote! { &"(masked)" }
        } else {
            quote! { value }
        };
        let binding = if sensitive {
            quote! { _ }
        } else {
            quote! { value }
        };
        quote! { if let Some(#binding) = &self.#field { shown.field(stringify!(#field), #value); } }
    });
    quote! {
        impl std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut shown = f.debug_struct(stringify!(#ident));
                #(#shown)*
                shown.finish_non_exhaustive()
            }
        }
    }
}
