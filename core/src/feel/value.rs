//! Values that stand by themselves: results, literals, and what a context or a policy's own facts hold.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::{Datum, Record, duration};

/// A FEEL value, owned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// FEEL's null; where it was born of an error, with the reason.
    Null(Option<NullReason>),
    /// `true` or `false`.
    Boolean(bool),
    /// An exact number.
    Number(Decimal),
    /// Text.
    Text(String),
    /// A civil date.
    Date(NaiveDate),
    /// A code, by its place in its list.
    Code(u8),
    /// A years and months duration, in months.
    Months(i64),
    /// A days and time duration, in seconds.
    Seconds(i64),
    /// A list.
    List(Vec<Value>),
    /// A record: names and values, in the order in which they were given.
    Record(Vec<(String, Value)>),
    /// A range with its ends, open or closed.
    Range(Box<RangeValue>),
}

/// A range: `[1..5)`. An end that is `None` has no bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeValue {
    /// The lower end.
    pub low: Option<Value>,
    /// Whether the lower end belongs to the range.
    pub low_closed: bool,
    /// The upper end.
    pub high: Option<Value>,
    /// Whether the upper end belongs to the range.
    pub high_closed: bool,
}

/// Why a value is null although nobody wrote null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NullReason {
    /// A division by zero.
    #[error("division by zero")]
    DivisionByZero,
    /// A date or a duration that does not exist.
    #[error("no such date or duration")]
    NoSuchDate,
    /// A number, a duration or a date that cannot be held exactly.
    #[error("number, duration or date out of range")]
    OutOfRange,
    /// An argument that its function does not take.
    #[error("argument outside the function's domain")]
    BadArgument,
    /// More steps or list items than an evaluation may take.
    #[error("too many items to evaluate")]
    TooLarge,
}

impl NullReason {
    /// Its stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::DivisionByZero => "division_by_zero",
            Self::NoSuchDate => "no_such_date",
            Self::OutOfRange => "out_of_range",
            Self::BadArgument => "bad_argument",
            Self::TooLarge => "too_large",
        }
    }
}

impl Value {
    /// Plain null.
    pub const NULL: Self = Self::Null(None);

    /// How an expression reads this value as a field.
    #[must_use]
    pub fn datum(&self) -> Datum<'_> {
        match self {
            Self::Null(_) => Datum::None,
            Self::Boolean(b) => Datum::Boolean(*b),
            Self::Number(n) => Datum::Number(*n),
            Self::Text(t) => Datum::Text(t),
            Self::Date(d) => Datum::Date(*d),
            Self::Code(c) => Datum::Code(*c),
            other => Datum::Value(other),
        }
    }

    /// The value as JSON: numbers as FEEL writes them, dates, durations and ranges as text.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    fn write_json(&self, out: &mut String) {
        match self {
            Self::Null(_) => out.push_str("null"),
            Self::Boolean(b) => out.push_str(if *b { "true" } else { "false" }),
            Self::Number(n) => out.push_str(&n.normalize().to_string()),
            Self::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    item.write_json(out);
                }
                out.push(']');
            }
            Self::Record(fields) => {
                out.push('{');
                for (i, (name, value)) in fields.iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    out.push_str(&quoted(name));
                    out.push_str(": ");
                    value.write_json(out);
                }
                out.push('}');
            }
            other => out.push_str(&quoted(&other.to_string())),
        }
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Number(Decimal::from(value))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<NaiveDate> for Value {
    fn from(value: NaiveDate) -> Self {
        Self::Date(value)
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null(_) => f.write_str("null"),
            Self::Boolean(b) => b.fmt(f),
            Self::Number(n) => n.normalize().fmt(f),
            Self::Text(t) => f.write_str(t),
            Self::Date(d) => {
                let (sign, year) = (if d.year() < 0 { "-" } else { "" }, d.year().unsigned_abs());
                write!(f, "{sign}{year:04}-{:02}-{:02}", d.month(), d.day())
            }
            Self::Code(c) => c.fmt(f),
            Self::Months(m) => f.write_str(&duration::months_text(*m)),
            Self::Seconds(s) => f.write_str(&duration::seconds_text(*s)),
            Self::List(_) | Self::Record(_) => f.write_str(&self.to_json()),
            Self::Range(range) => {
                let end = |value: &Option<Self>| value.as_ref().map_or_else(String::new, Self::to_string);
                let open = if range.low_closed { '[' } else { '(' };
                let close = if range.high_closed { ']' } else { ')' };
                write!(f, "{open}{}..{}{close}", end(&range.low), end(&range.high))
            }
        }
    }
}

/// A record value answers by name alone: its fields have no fixed slots. Of a field that it lacks, it does not know.
impl Record for Value {
    fn read(&self, _slot: usize) -> Datum<'_> {
        Datum::Unknown
    }

    fn read_own(&self, name: &str) -> Datum<'_> {
        match self {
            Self::Record(fields) => fields.iter().find(|(n, _)| n == name).map_or(Datum::Unknown, |(_, v)| v.datum()),
            _ => Datum::Unknown,
        }
    }

    fn as_value(&self) -> Option<&Value> {
        Some(self)
    }
}
