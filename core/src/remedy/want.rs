//! What a field must come to, and such wants together: the language in which conditions are inverted.
//!
//! INVARIANT: wants are closed under conjunction. Two that contradict each other meet in nothing.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::facts::FieldKind;
use crate::facts::changed::Keys;
use crate::feel::{Value, add_months};
use crate::policy::OwnKind;
use crate::quantity::Day;

/// What one fact must come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Want {
    pub(super) is: Option<Value>,
    /// Not below, and not above; both of the fact's own type, and included.
    pub(super) low: Option<Value>,
    pub(super) high: Option<Value>,
    pub(super) not: Vec<Value>,
    /// One of these, the first by choice.
    pub(super) among: Option<Vec<Value>>,
    /// There must be none.
    pub(super) null: bool,
    /// There must be one.
    pub(super) some: bool,
    /// A last day so long after this first day.
    pub(super) lasting: Option<(Keys, Length)>,
    /// The first day that would do, were it not past.
    pub(super) opens: Option<Day>,
    /// The last day on which it can be brought about.
    pub(super) until: Option<Day>,
    /// How many days it must be past when the question is asked: none where it may be the day of the question.
    pub(super) days_past: u64,
}

/// How long a stay lasts: whole months, and days where those make up what other stays leave over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) months: i64,
    pub(super) days: i64,
}

impl Length {
    pub(super) fn of_months(months: i64) -> Self {
        Self { months, days: 0 }
    }

    /// The last day, from this first day on.
    pub(super) fn last_day(self, first: Day) -> Option<Day> {
        let days = chrono::Duration::try_days(self.days.checked_sub(1)?)?;
        add_months(first, self.months)?.checked_add_signed(days)
    }

    /// The latest first day from which it ends on or before this day.
    pub(super) fn latest_start(self, last: Day) -> Option<Day> {
        let days = chrono::Duration::try_days(1_i64.checked_sub(self.days)?)?;
        let mut start = add_months(last.checked_add_signed(days)?, -self.months)?;
        while self.last_day(start)? > last {
            start = start.pred_opt()?;
        }
        // From the last days of a long month on, as from the day before: R3.
        while let Some(later) = start.succ_opt().filter(|later| self.last_day(*later).is_some_and(|end| end <= last)) {
            start = later;
        }
        Some(start)
    }
}

/// Whether dates are chosen as early or as late as they may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Earliest,
    Latest,
}

impl Want {
    pub(super) fn is(value: Value) -> Self {
        Self { is: Some(value), ..Self::default() }
    }

    pub(super) fn between(low: Option<Value>, high: Option<Value>) -> Self {
        Self { low, high, ..Self::default() }
    }

    pub(super) fn among(values: Vec<Value>) -> Self {
        Self { among: Some(values), ..Self::default() }
    }

    pub(super) fn null() -> Self {
        Self { null: true, ..Self::default() }
    }

    pub(super) fn some() -> Self {
        Self { some: true, ..Self::default() }
    }

    /// Both; `None` where they contradict each other.
    pub(super) fn meet(&self, other: &Self) -> Option<Self> {
        let mut both = self.clone();
        both.is = match (&self.is, &other.is) {
            (Some(a), Some(b)) if a != b => return None,
            (a, b) => a.clone().or_else(|| b.clone()),
        };
        both.low = tighter(self.low.as_ref(), other.low.as_ref(), Ordering::Greater);
        both.high = tighter(self.high.as_ref(), other.high.as_ref(), Ordering::Less);
        both.not.extend(other.not.iter().filter(|value| !self.not.contains(value)).cloned());
        both.among = match (&self.among, &other.among) {
            (Some(a), Some(b)) => Some(a.iter().filter(|value| b.contains(value)).cloned().collect()),
            (a, b) => a.clone().or_else(|| b.clone()),
        };
        let bounds = Self { among: None, ..both.clone() };
        if let Some(among) = &mut both.among {
            among.retain(|value| bounds.allows(value));
        }
        both.null |= other.null;
        both.some |= other.some;
        both.lasting = match (&self.lasting, &other.lasting) {
            // One stay of two lengths is two stays, of which the one that is not needed is dropped.
            (Some(a), Some(b)) if a != b => return None,
            (a, b) => a.clone().or_else(|| b.clone()),
        };
        both.opens = self.opens.max(other.opens);
        both.until = match (self.until, other.until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        both.days_past = self.days_past.max(other.days_past);
        both.is_possible().then_some(both)
    }

    fn is_possible(&self) -> bool {
        if self.among.as_ref().is_some_and(Vec::is_empty) {
            return false;
        }
        let something = self.some
            || self.among.is_some()
            || self.is.is_some()
            || self.low.is_some()
            || self.high.is_some()
            || !self.not.is_empty()
            || self.lasting.is_some();
        if self.null {
            return !something;
        }
        match &self.is {
            Some(value) => self.allows(value),
            None => self.low.as_ref().zip(self.high.as_ref()).is_none_or(|(low, high)| order(low, high) != Some(Ordering::Greater)),
        }
    }

    /// The first day on which to ask, where it must be past by then and is this day; `None` where it need not be past.
    pub(super) fn asked_from(&self, day: Day) -> Option<Day> {
        let days = Some(self.days_past).filter(|days| *days > 0)?;
        day.checked_add_days(chrono::Days::new(days))
    }

    /// Whether this value is within the bounds.
    pub(super) fn allows(&self, value: &Value) -> bool {
        let within = |bound: &Option<Value>, wrong| bound.as_ref().is_none_or(|bound| order(value, bound).is_some_and(|order| order != wrong));
        !self.null
            && self.is.as_ref().is_none_or(|is| is == value)
            && within(&self.low, Ordering::Less)
            && within(&self.high, Ordering::Greater)
            && !self.not.contains(value)
            && self.among.as_ref().is_none_or(|among| among.contains(value))
    }

    /// Whether whoever fulfils this fulfils the other too.
    pub(super) fn covers(&self, other: &Self) -> bool {
        self.meet(other).is_some_and(|both| Self { opens: None, until: None, ..both } == Self { opens: None, until: None, ..self.clone() })
    }

    /// A value that does, given the days chosen for other fields; `None` where no value can be made up.
    pub(super) fn pick(&self, kind: &Kind, choice: Choice, chosen: impl Fn(&Keys) -> Option<Day>) -> Option<Value> {
        if self.null {
            return Some(Value::NULL);
        }
        if let Some(value) = self.is.as_ref().or(self.among.as_ref().and_then(|among| among.first())) {
            return Some(value.clone());
        }
        if let Some((start, length)) = &self.lasting {
            return Some(Value::Date(length.last_day(chosen(start)?)?));
        }
        let (first, second) = match (choice, &self.low) {
            (Choice::Latest, Some(Value::Date(_))) => (&self.high, &self.low),
            _ => (&self.low, &self.high),
        };
        if let Some(value) = first.as_ref().or(second.as_ref())
            && !self.not.contains(value)
        {
            return Some(value.clone());
        }
        kind.some_value(|value| self.allows(value)).or_else(|| self.next_number())
    }

    /// The first whole step above the least number that is not ruled out.
    fn next_number(&self) -> Option<Value> {
        let Some(Value::Number(low)) = &self.low else { return None };
        let steps = 1..=i64::try_from(self.not.len()).ok()?;
        steps.filter_map(|step| low.checked_add(step.into())).map(Value::Number).find(|value| self.allows(value))
    }
}

fn tighter(a: Option<&Value>, b: Option<&Value>, wins: Ordering) -> Option<Value> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if order(b, a) == Some(wins) { b.clone() } else { a.clone() }),
        (a, b) => a.or(b).cloned(),
    }
}

/// The order of two values of one type that has one.
pub(super) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::Code(a), Value::Code(b)) => Some(a.cmp(b)),
        (Value::Months(a), Value::Months(b)) | (Value::Seconds(a), Value::Seconds(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

/// The type of a fact that is to be changed.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Vocabulary(FieldKind),
    Own(OwnKind),
}

impl Kind {
    /// The codes of its list; none of a type that has none.
    pub(super) fn codes(&self) -> Vec<Value> {
        match self {
            Self::Vocabulary(FieldKind::Code(list)) => (0..list.codes.len()).filter_map(|i| u8::try_from(i).ok()).map(Value::Code).collect(),
            Self::Own(OwnKind::Code(codes)) => codes.codes.iter().map(|code| Value::Text(code.clone())).collect(),
            _ => Vec::new(),
        }
    }

    /// The first value of this type that passes.
    fn some_value(&self, passes: impl Fn(&Value) -> bool) -> Option<Value> {
        let values: Vec<Value> = match self {
            Self::Vocabulary(FieldKind::Code(_)) | Self::Own(OwnKind::Code(_)) => self.codes(),
            Self::Vocabulary(FieldKind::Boolean) | Self::Own(OwnKind::Boolean) => vec![Value::Boolean(true), Value::Boolean(false)],
            // Which text it will be is not known yet.
            Self::Vocabulary(FieldKind::Text) | Self::Own(OwnKind::Text) => vec![Value::Text("…".to_owned())],
            Self::Vocabulary(FieldKind::Integer | FieldKind::Decimal) | Self::Own(OwnKind::Integer | OwnKind::Decimal) => {
                vec![Value::Number(Decimal::ZERO), Value::Number(Decimal::ONE)]
            }
            _ => Vec::new(),
        };
        values.into_iter().find(passes)
    }

    /// Whether it is a day.
    pub(super) fn is_day(&self) -> bool {
        matches!(self, Self::Vocabulary(FieldKind::Day) | Self::Own(OwnKind::Date))
    }

    /// Whether it is a number.
    pub(super) fn is_number(&self) -> bool {
        self.is_whole() || matches!(self, Self::Vocabulary(FieldKind::Decimal) | Self::Own(OwnKind::Decimal))
    }

    /// Whether numbers of this type are whole.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self, Self::Vocabulary(FieldKind::Integer) | Self::Own(OwnKind::Integer))
    }
}

/// What several facts must come to, each once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Wants(pub(super) Vec<(Keys, Want)>);

impl Wants {
    pub(super) fn of(keys: Keys, want: Want) -> Self {
        Self(vec![(keys, want)])
    }

    pub(super) fn get(&self, keys: &Keys) -> Option<&Want> {
        self.0.iter().find(|(k, _)| k == keys).map(|(_, want)| want)
    }

    /// All of both; `None` where a fact would have to be two things.
    pub(super) fn meet(&self, other: &Self) -> Option<Self> {
        let mut both = self.clone();
        for (keys, want) in &other.0 {
            match both.0.iter_mut().find(|(k, _)| k == keys) {
                Some((_, there)) => *there = there.meet(want)?,
                None => both.0.push((keys.clone(), want.clone())),
            }
        }
        Some(both)
    }

    /// Whether whoever fulfils these fulfils the others too.
    pub(super) fn covers(&self, other: &Self) -> bool {
        other.0.iter().all(|(keys, want)| self.get(keys).is_some_and(|there| there.covers(want)))
    }
}
