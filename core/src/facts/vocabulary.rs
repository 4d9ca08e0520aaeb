//! The shape of the vocabulary: entities, their fields, code lists.
//!
//! INVARIANT: everything that JSON, conditions, spreadsheets and bindings know of a fact is derived from these constants.

use std::sync::OnceLock;

#[cfg(feature = "workbook")]
use super::AnyEntity;
use super::Facts;
use crate::feel::{ColumnKind, Datum};
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
    /// The slot of the field of this name.
    pub slot: fn(&str) -> Option<usize>,
    /// Makes a record of it of which nothing is known yet.
    #[cfg(feature = "workbook")]
    pub make: fn() -> Box<dyn AnyEntity>,
}

/// The fields by which people tell the records of an entity apart, by slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Its number.
    pub number: Option<usize>,
    /// Its name, which others may bear as well.
    pub name: Option<usize>,
    /// A number that proves itself: of an identity card, or a social credit code.
    pub proof: Option<usize>,
    /// What tells apart those of one number: the speciality of a specialty base.
    pub part: Option<usize>,
}

impl Entity {
    /// The field of this name, with its slot.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<(usize, &'static Field)> {
        let slot = (self.slot)(name)?;
        Some((slot, self.fields.get(slot)?))
    }

    /// The fields by which its records are told apart; none for records that are known only by whose they are.
    #[must_use]
    pub fn keys(&self) -> Keys {
        let slot = |name: &str| self.field(name).map(|(slot, _)| slot);
        let (number, name, proof, part) = match self.name {
            "practitioner" | "trainee" | "mentor" => ("person_id", "name", "id_no", ""),
            "base" => ("base_id", "name", "", "speciality"),
            "institution" => ("institution_id", "name", "uscc", ""),
            "region" => ("region_code", "name", "", ""),
            "programme" => ("programme_id", "name", "", ""),
            "project" => ("activity_no", "activity_name", "", ""),
            "residency" => ("trainee_id", "", "", ""),
            _ => return Keys::default(),
        };
        Keys { number: slot(number), name: slot(name), proof: slot(proof), part: slot(part) }
    }

    /// Whether it is someone, and not something.
    #[must_use]
    pub fn is_person(&self) -> bool {
        self.field("person_id").is_some()
    }
}

/// Every entity of the vocabulary: the subjects, and those that only stand inside others.
#[must_use]
pub fn entities() -> Vec<&'static Entity> {
    let mut found: Vec<&'static Entity> = Facts::SUBJECTS.to_vec();
    let mut next = 0;
    while let Some(entity) = found.get(next).copied() {
        for field in entity.fields {
            if let FieldKind::Record(inner) | FieldKind::Records(inner) = field.kind
                && !found.iter().any(|e| e.name == inner().name)
            {
                found.push(inner());
            }
        }
        next += 1;
    }
    found
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
    /// Whether a sheet has to have a column for it before leaving it out means that there is none: that a stay goes on, or that nothing was paid,
    /// is no more than nobody asked where nobody could answer.
    pub needs_column: bool,
    /// Whether registers leave it out because it goes without saying: that somebody on the roll is in service, is a health professional, or has no
    /// title. No condition presumes it, but whoever counts staff does, and so must know of a cell that could not be read.
    pub presumed: bool,
    /// Whether it is personal data that no message may show.
    pub sensitive: bool,
    /// Whether the subject can change it.
    pub power: Power,
    /// What tells it where it is left out.
    pub told_by: Option<ToldBy>,
}

impl Field {
    /// Whether it makes a difference that something stands there which nobody can tell, as against nothing at all: a cell that cannot be read, or rows
    /// that contradict each other.
    #[must_use]
    pub(crate) fn differs_when_untold(&self) -> bool {
        self.absent == Absent::None || self.told_by.is_some() || self.presumed
    }
}

/// Another fact of the same record, which tells a code that is left out: a title tells its grade.
#[derive(Clone, Copy, Debug)]
pub struct ToldBy {
    /// The field of that fact, which holds a code too.
    pub field: &'static str,
    /// The code that one of its codes tells; `None` is that there is none of it.
    pub code: fn(Option<u8>) -> Option<u8>,
}

impl ToldBy {
    /// What the other fact, as it is read, tells; nothing where it is open itself.
    #[must_use]
    pub fn tells(&self, other: &Datum<'_>) -> Option<u8> {
        match other {
            Datum::Code(code) => (self.code)(Some(*code)),
            Datum::None => (self.code)(None),
            _ => None,
        }
    }
}

/// What every record says beside its fields: no condition reads it, and so it has no slot.
pub(crate) static RECORDED: Field = Field {
    name: super::RECORDED_AT,
    zh: "记录日期",
    en: "recorded on",
    doc: "The day on which the source recorded it; left out where it was known from the beginning.",
    headers: &["录入日期", "录入时间", "登记日期", "登记时间", "记录时间"],
    kind: FieldKind::Day,
    unit: None,
    absent: Absent::None,
    needs_column: false,
    presumed: false,
    sensitive: false,
    power: Power::Given,
    told_by: None,
};

/// Headers, as they are looked up, of days that registers keep beside the facts: a column of them is none of the facts.
#[cfg(feature = "workbook")]
pub(crate) const OTHER_DAYS: &[&str] = &[
    "参加工作时间",
    "参加工作日期",
    "参加工作年月",
    "工作时间",
    "入职时间",
    "入职日期",
    "进院时间",
    "来院时间",
    "来院日期",
    "调入时间",
    "调出时间",
    "毕业时间",
    "毕业日期",
    "入党时间",
    "退休时间",
    "填表日期",
    "填表时间",
    "填报日期",
    "填报时间",
    "制表日期",
    "打印日期",
    "打印时间",
    "更新时间",
    "修改时间",
    "创建时间",
    "导出时间",
];

/// Whether a fact is within the power of whom it is about; remedies change nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// It is as it is: born on a day, decided by others, done already.
    Given,
    /// It is chosen when a record is added, and stays.
    Chosen,
    /// Others award it at the end of the stay that a record is, such as a result and a certificate; never for itself.
    Awarded,
    /// It can be brought about: a duty put in place, an amount set aside; of a list, a record added.
    Attainable,
}

impl Field {
    /// Whether no value below zero is taken: counts, amounts and lengths of time have none; scores and shares, which have no unit, may.
    #[must_use]
    pub fn is_never_negative(&self) -> bool {
        match self.kind {
            FieldKind::Integer => true,
            FieldKind::Decimal => self.unit.as_ref().is_some_and(|unit| *unit != Unit::One),
            _ => false,
        }
    }
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

impl FieldKind {
    /// Whether its values are codes of this list.
    #[cfg(feature = "workbook")]
    pub(crate) fn is_of(self, list: &CodeList) -> bool {
        matches!(self, Self::Code(own) if own.name == list.name)
    }

    /// What a column of such values is read as.
    #[must_use]
    pub const fn column(self) -> ColumnKind {
        match self {
            Self::Boolean => ColumnKind::Flags,
            Self::Integer | Self::Decimal => ColumnKind::Numbers,
            Self::Day => ColumnKind::Dates,
            Self::Code(_) => ColumnKind::Codes,
            Self::Text | Self::Texts | Self::Record(_) | Self::Records(_) => ColumnKind::Others,
        }
    }
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

/// The same, found once.
fn known() -> &'static [&'static Entity] {
    static ENTITIES: OnceLock<Vec<&'static Entity>> = OnceLock::new();
    ENTITIES.get_or_init(entities)
}

impl Facts {
    /// The entity of this name.
    pub(crate) fn entity(name: &str) -> Option<&'static Entity> {
        known().iter().copied().find(|entity| entity.name == name)
    }

    /// The code list of this name.
    pub(crate) fn code_list(name: &str) -> Option<&'static CodeList> {
        let fields = known().iter().flat_map(|entity| entity.fields);
        let lists = fields.filter_map(|field| if let FieldKind::Code(list) = field.kind { Some(list) } else { None });
        lists.into_iter().find(|list| list.name == name)
    }
}

/// A Rust type that is an entity of the vocabulary.
pub trait Vocabulary {
    /// Its description.
    const ENTITY: &'static Entity;
}
