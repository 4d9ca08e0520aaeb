//! What an expression is worth while it is evaluated: a value, or what is known of one.

use std::cmp::Ordering;
use std::rc::Rc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::Episode;
use super::eval::BYTES_A_STEP;
use super::syntax::Comparator;
use super::{Datum, NullReason, RangeValue, Record, Truth, Type, Value};

/// The value of a part of an expression, or the bounds of one that missing facts leave open.
#[derive(Clone)]
pub(crate) enum Val<'a> {
    Null(Option<NullReason>),
    /// Missing facts leave it open: any value of its type, or a number or date within bounds.
    Unsure(Option<Rc<Bounds>>),
    Truth(Truth),
    Number(Decimal),
    Date(NaiveDate),
    Months(i64),
    Seconds(i64),
    Text(Text<'a>),
    Code(u8),
    Record(Item<'a>),
    List(Rc<ListVal<'a>>),
    Range(Rc<RangeVal<'a>>),
}

/// A number or date that missing facts leave open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// Not below this.
    pub(crate) low: Option<Decimal>,
    /// Not above this.
    pub(crate) high: Option<Decimal>,
    /// Whether it can be null instead.
    pub(crate) null: bool,
    /// Whether it can be null through an error instead.
    pub(crate) error: bool,
    /// Of a date, the first and the last that it can be.
    pub(crate) days: Option<Episode>,
}

/// Text of a fact, or text that was computed.
#[derive(Clone)]
pub(crate) enum Text<'a> {
    Given(&'a str),
    Made(Rc<str>),
}

impl Text<'_> {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Given(text) => text,
            Self::Made(text) => text,
        }
    }
}

/// A record, and where it stands among the facts.
#[derive(Clone, Copy)]
pub(crate) struct Item<'a> {
    pub(crate) record: &'a dyn Record,
    pub(crate) trail: Trail,
}

/// The way from the subject to a record: up to two steps, each a slot and perhaps a place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub(crate) struct Trail(u64);

/// One step of a trail: a field, or the way to the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A field, and perhaps an item of the list in it.
    Slot { slot: usize, index: Option<usize> },
    /// A fact beside the vocabulary, by its place among those of its record, and perhaps an item of the list in it.
    Own { place: usize, index: Option<usize> },
    /// From a record that is judged by itself to its owner.
    Owner,
}

impl Trail {
    /// A place that no path is known of.
    const NOWHERE: u64 = u64::MAX;
    const NO_INDEX: u64 = 0x00FF_FFFF;
    /// From here on slots are places among the facts beside the vocabulary.
    const OWN: u64 = 128;
    /// In place of a slot: from the record to its owner.
    const OWNER: u64 = 253;

    /// The trail one step further; beyond two steps, or outside what can be held, no path is known.
    pub(crate) fn step(self, slot: u16, index: Option<usize>) -> Self {
        if u64::from(slot) < Self::OWN { self.further(u64::from(slot), index) } else { Self(Self::NOWHERE) }
    }

    /// The trail one step further by a fact beside the vocabulary.
    pub(crate) fn own(self, place: u16, index: Option<usize>) -> Self {
        self.further(Self::OWN + u64::from(place), index)
    }

    fn further(self, slot: u64, index: Option<usize>) -> Self {
        let index = index.map_or(Self::NO_INDEX, |i| u64::try_from(i).unwrap_or(u64::MAX));
        if self.0 == Self::NOWHERE || self.0 > u64::from(u32::MAX) || slot >= Self::OWNER || index > Self::NO_INDEX {
            return Self(Self::NOWHERE);
        }
        let step = (slot + 1) << 24 | index;
        Self(if self.0 == 0 { step } else { self.0 << 32 | step })
    }

    /// The owner of a record that is judged by itself.
    pub(crate) fn owner() -> Self {
        Self((Self::OWNER + 1) << 24 | Self::NO_INDEX)
    }

    pub(crate) fn nowhere() -> Self {
        Self(Self::NOWHERE)
    }

    /// The place in the subject's list in this slot, if that is all of the way.
    pub(crate) fn index_in(self, slot: u16) -> Option<usize> {
        let index = self.0 & Self::NO_INDEX;
        (self.0 >> 24 == u64::from(slot) + 1 && index != Self::NO_INDEX).then(|| usize::try_from(index).unwrap_or(usize::MAX))
    }

    /// The steps from the subject on; `None` where no path is known.
    pub(crate) fn steps(self) -> Option<impl Iterator<Item = Step>> {
        if self.0 == Self::NOWHERE {
            return None;
        }
        Some([self.0 >> 32, self.0 & u64::from(u32::MAX)].into_iter().filter(|step| *step != 0).map(|step| {
            let index = step & Self::NO_INDEX;
            let slot = (step >> 24) - 1;
            let index = (index != Self::NO_INDEX).then(|| usize::try_from(index).unwrap_or(0));
            let place = |place: u64| usize::try_from(place).unwrap_or(0);
            match slot {
                Self::OWNER => Step::Owner,
                slot if slot >= Self::OWN => Step::Own { place: place(slot - Self::OWN), index },
                slot => Step::Slot { slot: place(slot), index },
            }
        }))
    }
}

/// A list, of which some items may not belong to it after all.
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own about the list")]
pub(crate) struct ListVal<'a> {
    /// The items, and whether each is certainly one.
    pub(crate) items: Vec<(Val<'a>, bool)>,
    /// Whether there may be others that nobody told us of, or no list at all.
    pub(crate) open: bool,
    /// Whether those, or the list, may be null through an error.
    pub(crate) may_fail: bool,
    /// How many steps it takes to walk over it and the lists within it. Lists share their items, so it may be far more than was ever built.
    weight: u32,
    /// Whether no item may be missing, and each is certainly one.
    complete: bool,
    /// Whether it is complete, and no missing fact can change an item.
    sure: bool,
    /// Whether it, or an item, can turn out to be null through an error.
    can_fail: bool,
}

impl<'a> ListVal<'a> {
    /// A list of which some items may be open.
    ///
    /// INVARIANT: what is asked of all that it holds is known from here on, so that nobody walks into lists within lists to learn it.
    pub(crate) fn new(items: Vec<(Val<'a>, bool)>, open: bool, may_fail: bool) -> Self {
        let mut list = Self { items: Vec::new(), open, may_fail, weight: 0, complete: !open, sure: !open, can_fail: may_fail };
        for (item, certain) in &items {
            list.weight = list.weight.saturating_add(1).saturating_add(item.weight());
            list.complete &= *certain;
            list.sure &= *certain && item.is_decided();
            list.can_fail |= item.can_fail();
        }
        Self { items, ..list }
    }

    /// A complete list.
    pub(crate) fn of(items: Vec<Val<'a>>) -> Self {
        Self::new(items.into_iter().map(|item| (item, true)).collect(), false, false)
    }

    /// How many steps it takes to walk over it and the lists within it.
    pub(crate) fn weight(&self) -> usize {
        self.weight as usize
    }

    /// The items, where every one is certain and known.
    pub(crate) fn sure(&self) -> Option<impl Iterator<Item = &Val<'a>>> {
        self.sure.then(|| self.items.iter().map(|(item, _)| item))
    }
}

/// A range whose ends were computed; an end that is null is no end.
pub(crate) struct RangeVal<'a> {
    pub(crate) low: Val<'a>,
    pub(crate) low_closed: bool,
    pub(crate) high: Val<'a>,
    pub(crate) high_closed: bool,
    /// Days that certainly belong to a range of days, although its ends are open.
    pub(crate) covers: Option<Episode>,
}

impl<'a> Val<'a> {
    pub(crate) const NULL: Self = Self::Null(None);
    pub(crate) const UNKNOWN: Self = Self::Unsure(None);

    pub(crate) fn error(reason: NullReason) -> Self {
        Self::Null(Some(reason))
    }

    /// What was computed from missing facts: any value, null, or null through an error.
    pub(crate) fn anything() -> Self {
        Self::Unsure(Some(Rc::new(Bounds { null: true, error: true, ..Bounds::default() })))
    }

    /// What a part of this open value can be: null, and an error if the whole can be one.
    pub(crate) fn open(&self) -> Self {
        if matches!(self, Self::Unsure(Some(bounds)) if bounds.error) { Self::anything() } else { Self::UNKNOWN }
    }

    /// A number that missing facts leave open; one that is certain after all is just that.
    pub(crate) fn between(bounds: Bounds) -> Self {
        match (bounds.low, bounds.high) {
            (Some(low), Some(high)) if low == high && !bounds.null && !bounds.error => Self::Number(low),
            _ => Self::Unsure(Some(Rc::new(bounds))),
        }
    }

    /// A date that missing facts leave open between two.
    pub(crate) fn within(first: NaiveDate, last: NaiveDate) -> Self {
        if first == last { Self::Date(first) } else { Self::between(Bounds { days: Some(Episode { first, last }), ..Bounds::default() }) }
    }

    pub(crate) fn of_computed(result: Result<Decimal, NullReason>) -> Self {
        match result {
            Ok(number) => Self::Number(number),
            Err(reason) => Self::error(reason),
        }
    }

    pub(crate) fn of_value(value: &'a Value) -> Self {
        match value {
            Value::Null(reason) => Self::Null(*reason),
            Value::Boolean(b) => Self::Truth(Truth::of(*b)),
            Value::Number(n) => Self::Number(*n),
            Value::Text(t) => Self::Text(Text::Given(t)),
            Value::Date(d) => Self::Date(*d),
            Value::Code(c) => Self::Code(*c),
            Value::Months(m) => Self::Months(*m),
            Value::Seconds(s) => Self::Seconds(*s),
            Value::List(items) => Self::List(Rc::new(ListVal::of(items.iter().map(Self::of_value).collect()))),
            Value::Record(_) => Self::Record(Item { record: value, trail: Trail::nowhere() }),
            Value::Range(range) => {
                let end = |value: &'a Option<Value>| value.as_ref().map_or(Self::NULL, Self::of_value);
                Self::Range(Rc::new(RangeVal {
                    low: end(&range.low),
                    low_closed: range.low_closed,
                    high: end(&range.high),
                    high_closed: range.high_closed,
                    covers: None,
                }))
            }
        }
    }

    pub(crate) fn of_datum(datum: Datum<'a>, trail: Trail, slot: u16) -> Self {
        match datum {
            Datum::Unknown => Self::UNKNOWN,
            Datum::None => Self::NULL,
            Datum::Boolean(b) => Self::Truth(Truth::of(b)),
            Datum::Number(n) => Self::Number(n),
            Datum::Date(d) => Self::Date(d),
            Datum::Within(first, last) => Self::within(first, last),
            Datum::Text(t) => Self::Text(Text::Given(t)),
            Datum::Code(c) => Self::Code(c),
            Datum::Record(record) => Self::Record(Item { record, trail: trail.step(slot, None) }),
            Datum::Records(records) => {
                let items = (0..records.len()).filter_map(|i| Some(Item { record: records.get(i)?, trail: trail.step(slot, Some(i)) }));
                Self::List(Rc::new(ListVal::of(items.map(Self::Record).collect())))
            }
            Datum::Texts(texts) => Self::List(Rc::new(ListVal::of(texts.iter().map(|t| Self::Text(Text::Given(t))).collect()))),
            Datum::Value(value) => Self::of_value(value),
        }
    }

    /// The same record or records, each with where it stands: by itself, or by its place in the list.
    pub(super) fn standing(self, trail: impl Fn(Option<usize>) -> Trail) -> Self {
        match self {
            Self::Record(item) => Self::Record(Item { trail: trail(None), ..item }),
            Self::List(list) if list.items.iter().any(|(item, _)| matches!(item, Self::Record(_))) => {
                let items = list.items.iter().enumerate().map(|(index, (item, certain))| {
                    let item = if let Self::Record(item) = item { Self::Record(Item { trail: trail(Some(index)), ..*item }) } else { item.clone() };
                    (item, *certain)
                });
                Self::List(Rc::new(ListVal::new(items.collect(), list.open, list.may_fail)))
            }
            other => other,
        }
    }

    /// How many steps it takes to walk over it, beside the first: over a long text, or over the items of a list and what they hold.
    pub(super) fn weight(&self) -> u32 {
        match self {
            Self::List(list) => list.weight,
            Self::Text(text) => u32::try_from(text.as_str().len() / BYTES_A_STEP).unwrap_or(u32::MAX),
            _ => 0,
        }
    }

    /// Whether no missing fact can change it.
    pub(crate) fn is_decided(&self) -> bool {
        match self {
            Self::Unsure(_) => false,
            Self::Truth(truth) => truth.is_decided(),
            Self::List(list) => list.sure,
            Self::Range(range) => range.low.is_decided() && range.high.is_decided(),
            _ => true,
        }
    }

    /// Whether it is decided, and not by an error.
    pub(crate) fn is_settled(&self) -> bool {
        self.is_decided() && (matches!(self, Self::Null(_)) || !self.can_fail())
    }

    pub(crate) fn truth(&self) -> Truth {
        match self {
            Self::Truth(truth) => *truth,
            Self::Unsure(Some(bounds)) if bounds.error => Truth::UNKNOWN.either(Truth::ERROR),
            Self::Unsure(_) => Truth::UNKNOWN,
            Self::Null(Some(_)) => Truth::ERROR,
            _ => Truth::NULL,
        }
    }

    /// What is known of it as a number; `None` where it is not one at all.
    pub(crate) fn bounds(&self) -> Option<Bounds> {
        match self {
            Self::Number(n) => Some(Bounds { low: Some(*n), high: Some(*n), ..Bounds::default() }),
            Self::Unsure(Some(bounds)) => Some(**bounds),
            Self::Unsure(None) => Some(Bounds { null: true, ..Bounds::default() }),
            Self::Null(None) => Some(Bounds { null: true, ..Bounds::default() }),
            _ => None,
        }
    }

    /// What is known of it as a date, where it is certainly one: the first and the last that it can be.
    pub(crate) fn days(&self) -> Option<Episode> {
        match self {
            Self::Date(day) => Some(Episode { first: *day, last: *day }),
            Self::Unsure(Some(bounds)) if !bounds.null && !bounds.error => bounds.days,
            _ => None,
        }
    }

    /// Whether it is, or can turn out to be, null through an error.
    pub(crate) fn can_fail(&self) -> bool {
        match self {
            Self::Null(reason) => reason.is_some(),
            Self::Unsure(bounds) => bounds.as_ref().is_some_and(|b| b.error),
            Self::Truth(truth) => truth.can_be(Truth::ERROR),
            Self::List(list) => list.can_fail,
            Self::Range(range) => range.low.can_fail() || range.high.can_fail(),
            _ => false,
        }
    }

    /// What a value is that can be one or the other.
    #[expect(clippy::needless_pass_by_value, reason = "two values go in and one comes out")]
    pub(crate) fn either(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Truth(a), Self::Truth(b)) => Self::Truth(a.either(*b)),
            (Self::Truth(a), b @ Self::Null(_)) | (b @ Self::Null(_), Self::Truth(a)) => Self::Truth(a.either(b.truth())),
            (Self::Null(Some(_)), Self::Null(Some(_))) => self,
            (Self::Date(_) | Self::Unsure(Some(_)), Self::Date(_) | Self::Unsure(Some(_))) if let Some((a, b)) = self.days().zip(other.days()) => {
                Self::within(a.first.min(b.first), a.last.max(b.last))
            }
            (Self::Number(_) | Self::Unsure(Some(_)), Self::Number(_) | Self::Unsure(Some(_))) => match (self.bounds(), other.bounds()) {
                (Some(a), Some(b)) => Self::between(Bounds {
                    low: a.low.zip(b.low).map(|(x, y)| x.min(y)),
                    high: a.high.zip(b.high).map(|(x, y)| x.max(y)),
                    null: a.null || b.null,
                    error: a.error || b.error,
                    days: None,
                }),
                _ => Self::UNKNOWN,
            },
            // A null through an error equals null, and is still another outcome.
            _ if self.can_fail() || other.can_fail() => Self::anything(),
            _ if self.is_decided() && other.is_decided() && same(&self, &other).is(Truth::TRUE) => self,
            _ => Self::UNKNOWN,
        }
    }

    /// The value as one that stands by itself; `None` where missing facts leave it open.
    pub(crate) fn into_value(self, ty: &Type) -> Option<Value> {
        Some(match (self, ty) {
            (Self::Null(reason), _) => Value::Null(reason),
            (Self::Truth(truth), _) if truth.is_decided() => match truth {
                Truth::TRUE => Value::Boolean(true),
                Truth::FALSE => Value::Boolean(false),
                _ => Value::NULL,
            },
            (Self::Unsure(_) | Self::Truth(_), _) => return None,
            (Self::Number(n), _) => Value::Number(n.normalize()),
            (Self::Date(d), _) => Value::Date(d),
            (Self::Months(m), _) => Value::Months(m),
            (Self::Seconds(s), _) => Value::Seconds(s),
            (Self::Text(t), _) => Value::Text(t.as_str().to_owned()),
            (Self::Code(c), Type::Code(codes)) => Value::Text(codes.codes.get(usize::from(c))?.clone()),
            (Self::Code(c), _) => Value::Code(c),
            (Self::Record(item), _) => item.record.as_value()?.clone(),
            (Self::List(list), ty) => {
                let item = if let Type::List(item) = ty { item } else { &Type::Mixed };
                Value::List(list.sure()?.map(|v| v.clone().into_value(item)).collect::<Option<_>>()?)
            }
            (Self::Range(range), ty) => {
                let end = if let Type::Range(end) = ty { end } else { &Type::Mixed };
                let close = |value: &Self| value.clone().into_value(end).map(|v| if matches!(v, Value::Null(_)) { None } else { Some(v) });
                Value::Range(Box::new(RangeValue {
                    low: close(&range.low)?,
                    low_closed: range.low_closed,
                    high: close(&range.high)?,
                    high_closed: range.high_closed,
                }))
            }
        })
    }
}

/// The order of two values of one type that has an order.
#[inline]
pub(crate) fn order(a: &Val<'_>, b: &Val<'_>) -> Option<Ordering> {
    match (a, b) {
        (Val::Number(a), Val::Number(b)) => Some(a.cmp(b)),
        (Val::Date(a), Val::Date(b)) => Some(a.cmp(b)),
        (Val::Code(a), Val::Code(b)) => Some(a.cmp(b)),
        (Val::Months(a), Val::Months(b)) | (Val::Seconds(a), Val::Seconds(b)) => Some(a.cmp(b)),
        (Val::Text(a), Val::Text(b)) => Some(a.as_str().cmp(b.as_str())),
        _ => None,
    }
}

/// What a comparison of two values can be.
#[inline]
pub(crate) fn compare(comparator: Comparator, a: &Val<'_>, b: &Val<'_>) -> Truth {
    match order(a, b) {
        Some(order) => Truth::of(comparator.holds(order)),
        None => compare_unordered(comparator, a, b),
    }
}

/// The same where no order says it: of nulls, of what is open, of lists and records.
fn compare_unordered(comparator: Comparator, a: &Val<'_>, b: &Val<'_>) -> Truth {
    match comparator {
        Comparator::Equal => return same(a, b),
        Comparator::NotEqual => return same(a, b).negated(),
        _ => {}
    }
    if let (Val::Null(reason), other) | (other, Val::Null(reason)) = (a, b) {
        let error = reason.is_some() || matches!(other, Val::Null(Some(_)));
        let may_be_error = matches!(other, Val::Unsure(Some(bounds)) if bounds.error);
        return match (error, may_be_error) {
            (true, _) => Truth::ERROR,
            (false, true) => Truth::NULL.either(Truth::ERROR),
            (false, false) => Truth::NULL,
        };
    }
    if let Some((a, b)) = a.days().zip(b.days()) {
        return can_hold(comparator, (Some(a.first), Some(a.last)), (Some(b.first), Some(b.last)));
    }
    let (Some(left), Some(right)) = (a.bounds(), b.bounds()) else {
        return if a.can_fail() || b.can_fail() { Truth::UNKNOWN.either(Truth::ERROR) } else { Truth::UNKNOWN };
    };
    compare_bounds(comparator, left, right)
}

/// What a comparison of two numbers can be, of which only bounds are known.
fn compare_bounds(comparator: Comparator, a: Bounds, b: Bounds) -> Truth {
    let mut truth = can_hold(comparator, (a.low, a.high), (b.low, b.high));
    for (possible, outcome) in [(a.null || b.null, Truth::NULL), (a.error || b.error, Truth::ERROR)] {
        if possible {
            truth = truth.either(outcome);
        }
    }
    truth
}

/// Whether a comparison of two values can hold, and whether it can fail, of which only the least and the greatest are known, if those are.
fn can_hold<T: Ord>(comparator: Comparator, a: (Option<T>, Option<T>), b: (Option<T>, Option<T>)) -> Truth {
    // `a < b` can hold only if the least `a` is below the greatest `b`; it can fail only if the greatest `a` is not below the least `b`.
    let (less, least_left) = match comparator {
        Comparator::Less | Comparator::LessOrEqual => (comparator, true),
        Comparator::Greater => (Comparator::Less, false),
        _ => (Comparator::LessOrEqual, false),
    };
    let ((x_low, x_high), (y_low, y_high)) = if least_left { (a, b) } else { (b, a) };
    let holds = x_low.zip(y_high).is_none_or(|(low, high)| less.holds(low.cmp(&high)));
    let fails = x_high.zip(y_low).is_none_or(|(high, low)| !less.holds(high.cmp(&low)));
    match (holds, fails) {
        (true, true) => Truth::TRUE.either(Truth::FALSE),
        (true, false) => Truth::TRUE,
        (false, true) => Truth::FALSE,
        (false, false) => Truth::NONE,
    }
}

/// What the equality of two values can be. Null equals null alone, and an error is a null.
pub(crate) fn same(a: &Val<'_>, b: &Val<'_>) -> Truth {
    match (a, b) {
        (Val::Null(_), Val::Null(_)) => Truth::TRUE,
        (Val::Number(_) | Val::Date(_) | Val::Text(_) | Val::Code(_), Val::Null(_)) => Truth::FALSE,
        (Val::Unsure(Some(bounds)), Val::Null(_)) | (Val::Null(_), Val::Unsure(Some(bounds))) if !bounds.null && !bounds.error => Truth::FALSE,
        (Val::Unsure(Some(a)), Val::Unsure(Some(b))) if a.null || b.null || a.error || b.error => Truth::TRUE.either(Truth::FALSE),
        (Val::Unsure(_), _) | (_, Val::Unsure(_)) if are_apart(a, b) => Truth::FALSE,
        (Val::Unsure(_), _) | (_, Val::Unsure(_)) => Truth::TRUE.either(Truth::FALSE),
        (Val::Truth(a), Val::Truth(b)) => same_truths(*a, *b),
        (Val::Truth(truth), Val::Null(_)) | (Val::Null(_), Val::Truth(truth)) => same_truths(*truth, Truth::NULL),
        (Val::List(a), Val::List(b)) => same_lists(a, b),
        (Val::List(list), Val::Null(_)) | (Val::Null(_), Val::List(list)) if list.open => Truth::TRUE.either(Truth::FALSE),
        (Val::List(_), Val::Null(_)) | (Val::Null(_), Val::List(_)) => Truth::FALSE,
        (Val::Range(a), Val::Range(b)) => {
            let kind = Truth::of(a.low_closed == b.low_closed && a.high_closed == b.high_closed);
            kind.and(same(&a.low, &b.low)).and(same(&a.high, &b.high))
        }
        (Val::Record(a), Val::Record(b)) => Truth::of(std::ptr::addr_eq(a.record, b.record)),
        _ => Truth::of(order(a, b).is_some_and(Ordering::is_eq)),
    }
}

/// Whether two numbers or two dates, of which only bounds may be known, are certainly not the same.
fn are_apart(a: &Val<'_>, b: &Val<'_>) -> bool {
    if let Some((a, b)) = a.days().zip(b.days()) {
        return a.is_apart_from(b);
    }
    let below = |a: &Bounds, b: &Bounds| a.high.zip(b.low).is_some_and(|(high, low)| high < low);
    a.bounds().zip(b.bounds()).is_some_and(|(a, b)| below(&a, &b) || below(&b, &a))
}

/// Equality of two truth values of which each may be open: null is one value here.
fn same_truths(a: Truth, b: Truth) -> Truth {
    let plain = |t: Truth| if t.can_be(Truth::ERROR) { t.either(Truth::NULL) } else { t };
    let (a, b) = (plain(a), plain(b));
    let values = [Truth::TRUE, Truth::FALSE, Truth::NULL];
    let mut result = Truth::NONE;
    for x in values.into_iter().filter(|v| a.can_be(*v)) {
        for y in values.into_iter().filter(|v| b.can_be(*v)) {
            result = result.either(Truth::of(x == y));
        }
    }
    result
}

fn same_lists(a: &ListVal<'_>, b: &ListVal<'_>) -> Truth {
    if !a.complete || !b.complete {
        return Truth::TRUE.either(Truth::FALSE);
    }
    if a.items.len() != b.items.len() {
        return Truth::FALSE;
    }
    a.items.iter().zip(&b.items).fold(Truth::TRUE, |all, ((x, _), (y, _))| all.and(same(x, y)))
}
