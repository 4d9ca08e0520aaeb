//! Types of expressions, and the shapes of the records that they read.

use std::fmt;
use std::sync::Arc;

use crate::quantity::Unit;

/// The type of an expression. Every type also holds null.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Nothing but null: it fits wherever any type is asked for.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number with its unit.
    Number(Measure),
    /// Text.
    Text,
    /// A civil date.
    Date,
    /// A years and months duration.
    Months,
    /// A days and time duration.
    Seconds,
    /// A code of a list.
    Code(Arc<Codes>),
    /// A list of one type.
    List(Box<Type>),
    /// A range of one type.
    Range(Box<Type>),
    /// A record of one shape.
    Record(ShapeId),
    /// Values of several types, as a context may hold them: nothing can be done with it.
    Mixed,
}

/// The unit of a number as the type checker sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A bare figure written in the expression: it takes the unit of what it meets.
    Bare,
    /// A number of this unit.
    In(Unit),
}

impl Measure {
    /// A number without a unit that is not a bare figure, such as a count.
    pub const ONE: Self = Self::In(Unit::One);

    /// The unit of two numbers that are added or compared; `None` where they do not meet.
    pub(crate) fn meet(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Bare, measure) | (measure, Self::Bare) => Some(measure.clone()),
            (a, b) => (a == b).then(|| a.clone()),
        }
    }

    /// The unit, where it has one.
    #[must_use]
    pub fn unit(&self) -> Option<&Unit> {
        match self {
            Self::Bare | Self::In(Unit::One) => None,
            Self::In(unit) => Some(unit),
        }
    }
}

impl Type {
    /// A number without a unit.
    pub const ONE: Self = Self::Number(Measure::ONE);
    /// A bare figure.
    pub const BARE: Self = Self::Number(Measure::Bare);

    /// Whether a value of it can be written: records have no text of their own.
    pub(crate) fn can_be_shown(&self) -> bool {
        match self {
            Self::Record(_) | Self::Mixed => false,
            Self::List(item) | Self::Range(item) => item.can_be_shown(),
            _ => true,
        }
    }

    /// The unit of a number, or of the numbers of a list.
    pub(crate) fn unit(&self) -> Option<&Unit> {
        match self {
            Self::Number(measure) => measure.unit(),
            Self::List(item) => item.unit(),
            _ => None,
        }
    }

    /// The type of a value that is one or the other.
    pub(crate) fn join(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Null, t) | (t, Self::Null) => Some(t.clone()),
            (Self::Number(a), Self::Number(b)) => a.meet(b).map(Self::Number),
            (Self::List(a), Self::List(b)) => a.join(b).map(|t| Self::List(Box::new(t))),
            (Self::Range(a), Self::Range(b)) => a.join(b).map(|t| Self::Range(Box::new(t))),
            (a, b) => (a == b).then(|| a.clone()),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean => f.write_str("a boolean"),
            Self::Number(measure) => match measure.unit() {
                Some(unit) => write!(f, "a number of {}s", unit.code()),
                None => f.write_str("a number"),
            },
            Self::Text => f.write_str("text"),
            Self::Date => f.write_str("a date"),
            Self::Months => f.write_str("a years and months duration"),
            Self::Seconds => f.write_str("a days and time duration"),
            Self::Code(codes) => write!(f, "a code of {}", codes.name),
            Self::List(item) => write!(f, "a list of which each is {item}"),
            Self::Range(end) => write!(f, "a range whose ends are {end}"),
            Self::Record(_) => f.write_str("a record"),
            Self::Mixed => f.write_str("a mixture of types"),
        }
    }
}

/// A code list as conditions see it.
#[derive(Debug, PartialEq, Eq)]
pub struct Codes {
    /// Its name.
    pub name: String,
    /// Whether later codes rank higher.
    pub ordered: bool,
    /// The codes, lowest first where ordered; at most 255.
    pub codes: Vec<String>,
}

impl Codes {
    /// The place of this code.
    #[must_use]
    pub fn index(&self, code: &str) -> Option<u8> {
        self.codes.iter().position(|c| c == code).and_then(|i| u8::try_from(i).ok())
    }
}

/// Which shape of a [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShapeId(pub(crate) u16);

/// The shapes of all records that an expression can reach.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    shapes: Vec<Shape>,
}

impl Schema {
    /// Adds a shape and says where it is.
    pub fn add(&mut self, shape: Shape) -> ShapeId {
        self.shapes.push(shape);
        ShapeId(u16::try_from(self.shapes.len() - 1).unwrap_or(u16::MAX))
    }

    /// The shape of this id.
    #[must_use]
    pub fn shape(&self, id: ShapeId) -> Option<&Shape> {
        self.shapes.get(usize::from(id.0))
    }

    /// The shape of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<(ShapeId, &Shape)> {
        self.shapes.iter().zip(0..).find(|(shape, _)| shape.name == name).map(|(shape, id)| (ShapeId(id), shape))
    }

    /// The shape of this id, to be completed.
    pub fn shape_mut(&mut self, id: ShapeId) -> Option<&mut Shape> {
        self.shapes.get_mut(usize::from(id.0))
    }
}

/// The fields of a kind of record.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// Its name, for messages.
    pub name: String,
    /// Its fields.
    pub fields: Vec<ShapeField>,
}

impl Shape {
    /// The field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&ShapeField> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The facts beside the vocabulary, in their places.
    pub(crate) fn own(&self) -> impl Iterator<Item = &ShapeField> {
        self.fields.iter().filter(|field| matches!(field.access, Access::Own { .. } | Access::OwnOfSome))
    }
}

/// One field of a shape.
#[derive(Clone, Debug)]
pub struct ShapeField {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// How a record is asked for it.
    pub access: Access,
    /// Whether a number there, or each of a list, is never negative, which bounds it while it is unknown.
    pub nonnegative: bool,
    /// Whether a number there, or each of a list, is always whole.
    pub whole: bool,
}

/// How a record is asked for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// By its slot in the vocabulary.
    Slot(u16),
    /// By its name, as a context's or a policy's own fact.
    Own {
        /// Whether there is none where it is left out, and not one that nobody told us.
        or_none: bool,
    },
    /// By its name, as a field of a context that some records of its place lack.
    OwnOfSome,
    /// The record itself again: `extra` of an entity, whose facts are asked for by name.
    Same,
}
