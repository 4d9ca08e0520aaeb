//! The shape of the vocabulary: entities, their fields, code lists.
//!
//! INVARIANT: everything that JSON, conditions, spreadsheets and bindings know of a fact is derived from these constants.

use std::sync::OnceLock;

use super::Facts;
use crate::quantity::Unit;

/// A kind of thing that facts are about, such as a practitioner or a credit record.
#[derive(Debug)]
pub struct Entity {
    /// Its code in JSON, conditions and policy files.
    pub name: &'static str,
    /// Its Chinese label.
    pub zh: &'static str,
    /// Its English label.
    pub en: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its fields, by slot.
    pub fields: &'static [Field],
}

impl Entity {
    /// The field of this name, with its slot.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<(usize, &'static Field)> {
        self.fields.iter().enumerate().find(|(_, field)| field.name == name)
    }
}

/// One fact about an entity.
#[derive(Debug)]
pub struct Field {
    /// Its code.
    pub name: &'static str,
    /// Its Chinese label, the first header that a spreadsheet is searched for.
    pub zh: &'static str,
    /// Its English label.
    pub en: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Other headers under which it is seen.
    pub headers: &'static [&'static str],
    /// What values it takes.
    pub kind: FieldKind,
    /// The unit of a number.
    pub unit: Option<Unit>,
    /// What it means when it is left out.
    pub absent: Absent,
    /// Whether it is personal data that no message may show.
    pub sensitive: bool,
}

/// What values a field takes.
#[derive(Clone, Copy)]
pub enum FieldKind {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// An exact decimal, written as a string.
    Decimal,
    /// A civil date, `YYYY-MM-DD`.
    Day,
    /// Text.
    Text,
    /// A list of texts.
    Texts,
    /// A code of this list.
    Code(&'static CodeList),
    /// A record of this entity.
    Record(fn() -> &'static Entity),
    /// A list of records of this entity; complete where it is given.
    Records(fn() -> &'static Entity),
}

impl std::fmt::Debug for FieldKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Boolean => "Boolean",
            Self::Integer => "Integer",
            Self::Decimal => "Decimal",
            Self::Day => "Day",
            Self::Text => "Text",
            Self::Texts => "Texts",
            Self::Code(list) => list.name,
            Self::Record(entity) | Self::Records(entity) => entity().name,
        })
    }
}

/// What a field that is left out means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// Nobody told us.
    Unknown,
    /// It did not happen, or there is none.
    None,
}

/// A list of codes with their labels.
#[derive(Debug)]
pub struct CodeList {
    /// Its name, which policy files use for the type of a fact or a given.
    pub name: &'static str,
    /// Its Chinese label.
    pub zh: &'static str,
    /// Its English label.
    pub en: &'static str,
    /// Whether later codes rank higher.
    pub ordered: bool,
    /// The codes, lowest rank first where ordered.
    pub codes: &'static [Code],
}

impl CodeList {
    /// The code in this place; empty where there is none.
    #[must_use]
    pub fn code(&self, index: usize) -> &'static str {
        self.codes.get(index).map_or("", |c| c.code)
    }

    /// The place of this code.
    #[must_use]
    pub fn index(&self, code: &str) -> Option<usize> {
        self.codes.iter().position(|c| c.code == code)
    }
}

/// One code of a list.
#[derive(Debug)]
pub struct Code {
    /// The code itself.
    pub code: &'static str,
    /// Its Chinese label.
    pub zh: &'static str,
    /// Its English label.
    pub en: &'static str,
    /// Other words that spreadsheets use for it.
    pub also: &'static [&'static str],
}

impl Facts {
    /// Every entity of the vocabulary, also those that only stand inside others.
    pub(crate) fn entities() -> &'static [&'static Entity] {
        static ENTITIES: OnceLock<Vec<&'static Entity>> = OnceLock::new();
        ENTITIES.get_or_init(|| {
            let mut found: Vec<&'static Entity> = Self::SUBJECTS.to_vec();
            let mut next = 0;
            while let Some(entity) = found.get(next).copied() {
                for field in entity.fields {
                    if let FieldKind::Record(inner) | FieldKind::Records(inner) = field.kind
                        && !found.iter().any(|known| known.name == inner().name)
                    {
                        found.push(inner());
                    }
                }
                next += 1;
            }
            found
        })
    }

    /// The entity of this name.
    pub(crate) fn entity(name: &str) -> Option<&'static Entity> {
        Self::entities().iter().copied().find(|entity| entity.name == name)
    }

    /// The code list of this name.
    pub(crate) fn code_list(name: &str) -> Option<&'static CodeList> {
        let fields = Self::entities().iter().flat_map(|entity| entity.fields);
        let lists = fields.filter_map(|field| if let FieldKind::Code(list) = field.kind { Some(list) } else { None });
        lists.into_iter().find(|list| list.name == name)
    }
}

/// A Rust type that is an entity of the vocabulary.
pub trait Vocabulary {
    /// Its description.
    const ENTITY: &'static Entity;
}
