//! What every type that crosses looks like, for those who write it down in another language.
//!
//! In come the types that say `#[crosses]`, `#[entity]` or `#[codes]`; out goes a description of each: its name, its documentation, its fields or codes.
//! INVARIANT: a shape describes the JSON form of its type, field by field in its order; nothing else of a type crosses.

use crate::facts::{CodeList, Entity, Facts};

/// What a type looks like in every language.
#[derive(Debug)]
pub struct Shape {
    /// Its name, the same in every language: `Verdict`.
    pub name: &'static str,
    /// What it is, from its documentation.
    pub doc: &'static str,
    /// What it is made of.
    pub body: Body,
    /// What it is to the vocabulary.
    pub role: Role,
}

/// What a shape is made of.
#[derive(Debug)]
pub enum Body {
    /// Named fields: a JSON object.
    Record(&'static [FieldShape]),
    /// Codes: a JSON string.
    Codes(&'static [CodeShape]),
    /// One of several records, told apart by `kind`.
    Union(&'static [VariantShape]),
}

/// What a shape is to the vocabulary.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    /// It only leaves.
    Result,
    /// Facts are about it.
    Fact(&'static Entity),
    /// A code list of facts, with its labels; its codes stand in the same order.
    CodeList(&'static CodeList),
}

/// A field of a record.
#[derive(Debug)]
pub struct FieldShape {
    /// Its name in JSON.
    pub name: &'static str,
    /// What it is, from its documentation.
    pub doc: &'static str,
    /// What it holds.
    pub form: Form,
    /// Whether an empty list is left out, as an absent value always is.
    pub left_out_empty: bool,
}

/// A code of an enum without fields.
#[derive(Debug)]
pub struct CodeShape {
    /// The name of the variant: `NotApplicable`.
    pub name: &'static str,
    /// The code: `not_applicable`.
    pub code: &'static str,
    /// What it is, from its documentation.
    pub doc: &'static str,
}

/// A variant of a union.
#[derive(Debug)]
pub struct VariantShape {
    /// Its name: `AddRecord`.
    pub name: &'static str,
    /// The value of `kind`: `add_record`.
    pub kind: &'static str,
    /// What it is, from its documentation.
    pub doc: &'static str,
    /// Its fields, beside `kind`.
    pub fields: &'static [FieldShape],
}

/// What a field holds.
#[derive(Clone, Copy)]
pub enum Form {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// Text that is always a number: exact, in plain digits.
    Decimal,
    /// A civil date, `YYYY-MM-DD`.
    Day,
    /// Text of any kind.
    Text,
    /// Values by name, whose names a policy says: text, whole numbers, truth values, lists and records of them.
    Values,
    /// It may be absent, and then is left out.
    Optional(&'static Form),
    /// A list.
    List(&'static Form),
    /// Another type.
    Shape(fn() -> &'static Shape),
}

impl Form {
    /// The type that it comes down to, where that has a shape of its own: of a list that of its items.
    #[must_use]
    pub fn shape(self) -> Option<&'static Shape> {
        match self {
            Self::Optional(inner) | Self::List(inner) => inner.shape(),
            Self::Shape(shape) => Some(shape()),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Boolean => f.write_str("Boolean"),
            Self::Integer => f.write_str("Integer"),
            Self::Decimal => f.write_str("Decimal"),
            Self::Day => f.write_str("Day"),
            Self::Text => f.write_str("Text"),
            Self::Values => f.write_str("Values"),
            Self::Optional(inner) => write!(f, "{inner:?}?"),
            Self::List(inner) => write!(f, "[{inner:?}]"),
            Self::Shape(shape) => f.write_str(shape().name),
        }
    }
}

impl Shape {
    /// The fields of a record, or of all variants of a union.
    pub fn fields(&self) -> impl Iterator<Item = &'static FieldShape> {
        let (own, variants): (&'static [FieldShape], &'static [VariantShape]) = match self.body {
            Body::Record(fields) => (fields, &[]),
            Body::Codes(_) => (&[], &[]),
            Body::Union(variants) => (&[], variants),
        };
        own.iter().chain(variants.iter().flat_map(|variant| variant.fields))
    }
}

/// A type that crosses to other languages.
pub trait Crosses {
    /// What a field of this type holds.
    const FORM: Form;
}

/// Every type that crosses: first what goes in, then what comes out, each before those that it is made of.
#[must_use]
pub fn shapes() -> Vec<&'static Shape> {
    let mut found: Vec<&'static Shape> = Vec::new();
    for root in roots() {
        add(root, &mut found);
    }
    found
}

fn roots() -> Vec<Form> {
    use crate::{evaluate, explain, lang, policy, problem, receipt, region, remedy, what_if};
    #[cfg_attr(not(feature = "workbook"), expect(unused_mut, reason = "more comes with spreadsheets"))]
    let mut roots = vec![
        Facts::FORM,
        lang::Lang::FORM,
        problem::Problem::FORM,
        problem::Severity::FORM,
        evaluate::Verdict::FORM,
        evaluate::Portions::FORM,
        remedy::Remedies::FORM,
        what_if::WhatIf::FORM,
        explain::Why::FORM,
        explain::Labels::FORM,
        region::RegionReport::FORM,
        region::Publication::FORM,
        region::Ranking::FORM,
        receipt::Receipt::FORM,
        receipt::Verification::FORM,
        policy::PolicySummary::FORM,
        policy::ProvisionSummary::FORM,
        policy::DecisionSummary::FORM,
        policy::CalendarEntry::FORM,
        policy::LintReport::FORM,
        policy::PolicyDifference::FORM,
    ];
    #[cfg(feature = "workbook")]
    roots.push(crate::workbook::Register::FORM);
    roots
}

fn add(form: Form, found: &mut Vec<&'static Shape>) {
    if let Some(shape) = form.shape()
        && !found.iter().any(|known| std::ptr::eq(*known, shape) || known.name == shape.name)
    {
        found.push(shape);
        shape.fields().for_each(|field| add(field.form, found));
    }
}

macro_rules! forms {
    ($($ty:ty => $form:ident,)*) => {
        $(impl Crosses for $ty {
            const FORM: Form = Form::$form;
        })*
    };
}

forms! {
    bool => Boolean,
    u32 => Integer,
    i64 => Integer,
    usize => Integer,
    String => Text,
    smol_str::SmolStr => Text,
    rust_decimal::Decimal => Decimal,
    crate::quantity::Credits => Decimal,
    crate::quantity::Hours => Decimal,
    crate::quantity::Yuan => Decimal,
    crate::quantity::Day => Day,
    crate::quantity::Unit => Text,
    crate::evaluate::RecordPath => Text,
    crate::evaluate::Given => Values,
    crate::facts::Extra => Values,
}

impl<T: Crosses> Crosses for Option<T> {
    const FORM: Form = Form::Optional(&T::FORM);
}

impl<T: Crosses> Crosses for Vec<T> {
    const FORM: Form = Form::List(&T::FORM);
}

impl<T: Crosses> Crosses for Box<T> {
    const FORM: Form = T::FORM;
}
