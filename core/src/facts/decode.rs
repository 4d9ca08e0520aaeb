//! Reading facts from any self-describing format: JSON text, a policy file's examples, another language's objects.
//!
//! Decoding never stops at the first problem: a bad value is noted with its path and skipped, and the rest is read on. What another language holds and
//! JSON has no form for (a set, a time of day) comes as bytes that say what it is, and is a bad value like any other.
//!
//! What reads a format (`read.rs`) knows no type of facts, and what takes values ([`Target`]) knows no format: each is compiled once, and not for every
//! pair of them.

mod any;
mod entity;
mod fact;
mod list;
mod read;
mod scalar;
mod target;

pub use any::{AnyEntity, complete_absences, is_told};
pub use entity::{absent, absent_or_told, no_record};
pub use fact::Fact;
pub use list::visit_record;
pub use read::{ValueSeed, deserialize_whole};
pub(crate) use scalar::is_long_number;
pub use scalar::{Scalar, binary_number, code_of};
pub use target::Target;

use std::borrow::Cow;

use super::{Entity, Extra, Field, FieldKind};
use crate::feel::{Datum, Record};
use crate::problem::{Problem, ProblemCode, nearest};
use crate::quantity::{Day, Unit};

/// A type that a field can hold.
pub trait FactValue: Sized {
    /// What the vocabulary says of it.
    const KIND: FieldKind;
    /// Its unit, where the type alone decides it.
    const UNIT: Option<Unit> = None;

    /// How a condition reads it.
    fn datum(&self) -> Datum<'_>;

    /// The value that was found; `None` where it is null or wrong, which `place` is then told.
    fn of(found: Scalar<'_>, place: &mut Place) -> Option<Self>;

    /// A record of which nothing is known yet; `None` where it is no record.
    #[must_use]
    fn empty_record() -> Option<Self> {
        None
    }

    /// The record that it is.
    fn as_entity_mut(&mut self) -> Option<&mut dyn DecodeEntity> {
        None
    }

    /// A list with nothing in it; `None` where it is no list.
    #[must_use]
    fn empty_list() -> Option<Self> {
        None
    }

    /// What takes the next items of the list that it is.
    fn as_list_mut(&mut self) -> Option<&mut dyn Target> {
        None
    }

    /// Visits every record inside, so that a policy can check its own facts there.
    fn each_record_mut(&mut self, _name: &'static str, _visit: &mut RecordVisit<'_>) {}

    /// Leaves out the records inside that were recorded after a day; `false` where it was so itself.
    fn leave_out_later(&mut self, _day: Day) -> bool {
        true
    }

    /// The value that these records make: a list of them, or the only one; `None` where a field of this type holds no such records.
    #[must_use]
    fn of_records(_records: Vec<Box<dyn AnyEntity>>) -> Option<Self> {
        None
    }
}

/// A record that most of its owners lack lies apart from them: a register may hold many.
impl<T: FactValue> FactValue for Box<T> {
    const KIND: FieldKind = T::KIND;
    const UNIT: Option<Unit> = T::UNIT;

    fn datum(&self) -> Datum<'_> {
        (**self).datum()
    }

    fn of(found: Scalar<'_>, place: &mut Place) -> Option<Self> {
        T::of(found, place).map(Self::new)
    }

    fn empty_record() -> Option<Self> {
        T::empty_record().map(Self::new)
    }

    fn as_entity_mut(&mut self) -> Option<&mut dyn DecodeEntity> {
        (**self).as_entity_mut()
    }

    fn empty_list() -> Option<Self> {
        T::empty_list().map(Self::new)
    }

    fn as_list_mut(&mut self) -> Option<&mut dyn Target> {
        (**self).as_list_mut()
    }

    fn each_record_mut(&mut self, name: &'static str, visit: &mut RecordVisit<'_>) {
        (**self).each_record_mut(name, visit);
    }

    fn leave_out_later(&mut self, day: Day) -> bool {
        (**self).leave_out_later(day)
    }

    fn of_records(records: Vec<Box<dyn AnyEntity>>) -> Option<Self> {
        T::of_records(records).map(Self::new)
    }
}

/// What visits records: their place, entity, the names of what is said to be unknown, and own facts.
pub type RecordVisit<'v> = dyn FnMut(RecordPlace, &'static Entity, &[String], &mut Extra) + 'v;

/// Where a record stands: `activities[3]`, from the inside out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordPlace(pub(crate) String);

impl RecordPlace {
    fn below(self, parent: &str) -> Self {
        Self(if self.0.is_empty() { parent.to_owned() } else { format!("{parent}.{}", self.0) })
    }
}

/// An entity that can be decoded field by field, whatever its type.
pub trait DecodeEntity: Record {
    /// What it is.
    fn entity(&self) -> &'static Entity;

    /// What takes the value of the field in this slot.
    fn target(&mut self, slot: usize) -> Option<&mut dyn Target>;

    /// The lists of fields said to be unknown and none, and the policy's own facts.
    fn absences(&mut self) -> (&mut Vec<String>, &mut Vec<String>, &mut Extra);

    /// The day on which its source recorded it.
    fn recorded_at(&mut self) -> &mut Option<Day>;

    /// The same, to be read.
    fn recorded_on(&self) -> Option<Day>;

    /// Leaves out the records inside that were recorded after a day; `false` where it was so itself.
    fn leave_out_later(&mut self, day: Day) -> bool;

    /// Whether the field in this slot has a value.
    fn is_given(&self, slot: usize) -> bool;

    /// Visits every record inside.
    fn each_record_mut(&mut self, visit: &mut RecordVisit<'_>);

    /// Puts records into this slot; `false` where the field does not take them.
    fn put_records(&mut self, slot: usize, records: Vec<Box<dyn AnyEntity>>) -> bool;

    /// Takes over from another record what is not given here.
    fn complete_from(&mut self, other: &Self)
    where
        Self: Sized;
}

/// The place that decoding has reached, and what it found wrong so far.
#[derive(Debug, Default)]
pub struct Place {
    /// The way to it: of most places nobody asks for the text.
    way: Vec<Step>,
    /// The field whose value is read.
    field: Option<&'static Field>,
    null: bool,
    /// Whether anything was said of facts that a policy declares itself.
    own: bool,
    problems: Vec<Problem>,
}

/// A step of the way to a place.
#[derive(Debug)]
enum Step {
    Name(Cow<'static, str>),
    Index(usize),
}

impl Place {
    /// Whether anything was said of facts that a policy declares itself.
    pub(crate) fn has_own(&self) -> bool {
        self.own
    }

    /// The problems found.
    #[must_use]
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    pub(crate) fn inside<T>(&mut self, name: impl Into<Cow<'static, str>>, read: impl FnOnce(&mut Self) -> T) -> T {
        self.further(Step::Name(name.into()), read)
    }

    pub(crate) fn at_index<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.further(Step::Index(index), read)
    }

    fn further<T>(&mut self, step: Step, read: impl FnOnce(&mut Self) -> T) -> T {
        self.way.push(step);
        let result = read(self);
        self.way.pop();
        result
    }

    /// Its path as text; empty where it is the whole, or a name that is empty.
    fn path(&self) -> String {
        let mut path = String::new();
        for step in &self.way {
            match step {
                Step::Name(name) if path.is_empty() => path.push_str(name),
                Step::Name(name) => path.push_str(&format!(".{name}")),
                Step::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }

    pub(crate) fn problem(&mut self, code: ProblemCode, message: String, cure: Option<String>) {
        let place = Some(self.path()).filter(|path| !path.is_empty()).unwrap_or_else(|| "facts".to_owned());
        self.problems.push(Problem { code, place, message, cure, excerpt: None });
    }

    pub(crate) fn said_twice(&mut self) {
        self.problem(ProblemCode::Duplicate, "said twice".to_owned(), Some("keep one of them".to_owned()));
    }

    pub(crate) fn unknown_name<'a>(&mut self, name: &str, what: &str, known: impl IntoIterator<Item = &'a str>) {
        let cure = nearest(name, known).map_or_else(|| "`medtrain schema` names all there are".to_owned(), |near| format!("did you mean `{near}`?"));
        self.problem(ProblemCode::UnknownName, format!("no {what} is called `{}`", shortened(name)), Some(cure));
    }

    fn expected(&mut self, code: ProblemCode, expected: &str, found: &Scalar<'_>, cure: Option<&str>) {
        let cure = cure.or(found.cure()).map_or_else(|| cure_of(code, expected), str::to_owned);
        let found = if self.field.is_some_and(|field| field.sensitive) && !matches!(found, Scalar::List | Scalar::Map) {
            "another value (not shown)".to_owned()
        } else {
            found.to_string()
        };
        self.problem(code, format!("expected {expected}, got {found}"), Some(cure));
    }
}

/// What to write where something else was expected.
pub(crate) fn cure_of(code: ProblemCode, expected: &str) -> String {
    match code {
        ProblemCode::BadDate => "write a day that exists in full, such as \"2024-10-31\"; leave out what is not known".to_owned(),
        _ => format!("write {expected}, or leave out what is not known"),
    }
}

/// The text of an input, short enough for a message.
pub(crate) fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST).chain(['…']).collect() }
}
