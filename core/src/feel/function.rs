//! What the built-in functions compute.

use std::rc::Rc;

use chrono::{Datelike, NaiveDate};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use smallvec::SmallVec;

use super::builtin::Builtin;
use super::calendar::is_known_to_feel_alone;
use super::distinct::{self, distinct};
use super::episodes;
use super::eval::{BYTES_A_STEP, Evaluator, Extent, place_in};
use super::expr::Expr;
use super::extreme::{End, extreme};
use super::number::{self, Sum};
use super::val::{Bounds, ListVal, Text, Val, same};
use super::{NullReason, Truth, draw, duration};
use crate::quantity::parse_day;

/// A whole number that fits the machine.
pub(crate) fn whole(number: Decimal) -> Option<i64> {
    if number.fract().is_zero() { number.to_i64() } else { None }
}

/// Calls a function. Those that walk over a list do so without building it and give bounds where it is open; the others need certain arguments.
pub(crate) fn call<'a>(me: &mut Evaluator<'a>, builtin: Builtin, arguments: &'a [Expr]) -> Val<'a> {
    match (builtin, arguments) {
        (Builtin::Not, [of]) => match me.truth(of).negated() {
            Truth::NULL => Val::NULL,
            truth => Val::Truth(truth),
        },
        (Builtin::Total, [list]) => total(me, list),
        (Builtin::Sum, [list]) => sum(me, list),
        (Builtin::Count, [list]) => count(me, list),
        (Builtin::Min, [list]) => extreme(me, list, End::Least),
        (Builtin::Max, [list]) => extreme(me, list, End::Most),
        (Builtin::All, [list]) => truths(me, list, Truth::TRUE, Truth::and),
        (Builtin::Any, [list]) => truths(me, list, Truth::FALSE, Truth::or),
        (Builtin::ListContains, [list, element]) => list_contains(me, list, element),
        (Builtin::Floor, [of]) => stepped(&me.val(of), Decimal::floor),
        (Builtin::Ceiling, [of]) => stepped(&me.val(of), Decimal::ceil),
        _ => {
            let values: SmallVec<[Val<'a>; 3]> = arguments.iter().map(|argument| me.val(argument)).collect();
            // Null as an item of a list, or as what is looked for, is a value like any other; any other argument makes the result null.
            let operands = match builtin {
                Builtin::Append | Builtin::IndexOf => 1,
                Builtin::InsertBefore => 2,
                _ => values.len(),
            };
            let nulls = || values.iter().take(operands).filter_map(|v| if let Val::Null(reason) = v { Some(*reason) } else { None });
            if let Some(reason) = nulls().flatten().next() {
                return Val::error(reason);
            }
            let decided = values.iter().all(Val::is_decided);
            if nulls().next().is_some() {
                return if decided { Val::NULL } else { Val::anything() };
            }
            if !me.pay(cost(builtin, &values))
                || !values.iter().all(|v| if let Val::Text(text) = v { me.pay_for_text(text.as_str().len()) } else { true })
            {
                return Val::error(NullReason::TooLarge);
            }
            if !decided {
                return open(me, builtin, arguments, &values);
            }
            certain(builtin, &values)
        }
    }
}

/// What is known of the result where arguments are open: of lists, which items are certainly there.
fn open<'a>(me: &mut Evaluator<'a>, builtin: Builtin, arguments: &'a [Expr], values: &[Val<'a>]) -> Val<'a> {
    use Builtin as B;
    match (builtin, values) {
        (B::Append, [list, rest @ ..]) => {
            let further = |items: Vec<_>| items.into_iter().chain(rest.iter().map(|item| (item.clone(), true))).collect();
            Val::List(Rc::new(list_of_open(std::slice::from_ref(list), further)))
        }
        (B::Concatenate, lists) => Val::List(Rc::new(list_of_open(lists, |items| items))),
        (B::Union | B::DistinctValues, lists) => Val::List(Rc::new(list_of_open(lists, distinct))),
        (B::Reverse, lists) => Val::List(Rc::new(list_of_open(lists, |items| items.into_iter().rev().collect()))),
        (B::MergedEpisodes | B::ClippedEpisodes | B::WholeMonths | B::LargestOverlap, [list, rest @ ..]) => {
            let ended = episodes::end_with_a_window(me, arguments);
            episodes::of_open(builtin, &list_of_open(std::slice::from_ref(list), |items| items), rest.first(), ended)
        }
        _ => Val::anything(),
    }
}

/// What is made of the items of all these lists, of which some are open.
fn list_of_open<'a>(lists: &[Val<'a>], make: impl FnOnce(Vec<(Val<'a>, bool)>) -> Vec<(Val<'a>, bool)>) -> ListVal<'a> {
    let (mut all, mut open, mut may_fail) = (Vec::new(), false, false);
    for list in lists {
        match list {
            Val::List(list) => {
                all.extend(list.items.iter().cloned());
                open |= list.open;
                may_fail |= list.may_fail;
            }
            other => {
                open = true;
                may_fail |= other.can_fail();
            }
        }
    }
    ListVal::new(make(all), open, may_fail)
}

/// Rounds a number, or both ends of one that is open: rounding keeps their order.
fn stepped<'a>(of: &Val<'a>, round: fn(&Decimal) -> Decimal) -> Val<'a> {
    match of {
        Val::Number(n) => Val::Number(round(n)),
        Val::Null(reason) => Val::Null(*reason),
        Val::Unsure(Some(bounds)) => Val::between(Bounds { low: bounds.low.map(|l| round(&l)), high: bounds.high.map(|h| round(&h)), ..**bounds }),
        Val::Unsure(None) => Val::UNKNOWN,
        _ => bad(),
    }
}

/// How many steps a function takes of these values.
fn cost(builtin: Builtin, values: &[Val<'_>]) -> usize {
    let lists = || values.iter().filter_map(|value| if let Val::List(list) = value { Some(list) } else { None });
    let items = || lists().flat_map(|list| &list.items).map(|(item, _)| item);
    let count = lists().map(|list| list.items.len()).sum::<usize>();
    let weight = lists().fold(0_usize, |all, list| all.saturating_add(list.weight()));
    match builtin {
        // Whoever walks over the result sees the lists within it too.
        Builtin::DistinctValues | Builtin::Union => distinct::cost(items(), BYTES_A_STEP).saturating_add(weight - count),
        Builtin::Flatten | Builtin::IndexOf => weight,
        Builtin::Draw => values.first().map_or(0, |list| if let Val::List(list) = list { draw::cost(list, BYTES_A_STEP) } else { 0 }),
        // Room costs more than a step.
        _ => count.saturating_add(weight),
    }
}

fn closed(extent: Extent, val: Val<'_>) -> Val<'_> {
    match extent.null {
        Some(reason) => Val::Null(reason),
        None => val,
    }
}

/// A sum of which missing facts may leave both ends open.
#[derive(Clone, Copy)]
struct Reach {
    low: Option<Sum>,
    high: Option<Sum>,
}

impl Reach {
    fn new() -> Self {
        Self { low: Some(Sum::default()), high: Some(Sum::default()) }
    }

    fn add_certain(&mut self, value: Decimal) {
        for end in [&mut self.low, &mut self.high].into_iter().flatten() {
            end.add(value);
        }
    }

    /// Adds something between these ends, where `None` is no end.
    fn add_between(&mut self, low: Option<Decimal>, high: Option<Decimal>) {
        for (end, value) in [(&mut self.low, low), (&mut self.high, high)] {
            match (end.as_mut(), value) {
                (Some(sum), Some(value)) => sum.add(value),
                _ => *end = None,
            }
        }
    }

    /// The value of such a sum over this list.
    fn into_val<'a>(self, null: bool, error: bool) -> Val<'a> {
        let value = |end: Option<Sum>| end.map(Sum::value).transpose();
        match (value(self.low), value(self.high)) {
            (Ok(low), Ok(high)) => Val::between(Bounds { low, high, null, error, days: None }),
            (Err(reason), _) | (_, Err(reason)) => Val::error(reason),
        }
    }
}

/// Our `total`: what is none adds nothing, an empty list is 0.
fn total<'a>(me: &mut Evaluator<'a>, list: &'a Expr) -> Val<'a> {
    let mut certain = Sum::default();
    let mut open: Option<Reach> = None;
    let (mut error, mut may_fail) = (None, false);
    let extent = me.each_summand(list, &mut certain, &mut |me, item, sure| {
        me.set_idle(matches!(&item, Val::Null(None)) || matches!(&item, Val::Number(n) if n.is_zero()));
        match (&item, sure) {
            (Val::Number(n), false) => {
                open.get_or_insert_with(Reach::new).add_between(Some((*n).min(Decimal::ZERO)), Some((*n).max(Decimal::ZERO)));
            }
            (Val::Null(None), _) => {}
            (Val::Null(Some(reason)), true) => error = Some(*reason),
            (Val::Null(Some(_)), false) => may_fail = true,
            (other, sure) => {
                let bounds = other.bounds().unwrap_or_default();
                may_fail |= bounds.error;
                let zero = bounds.null || bounds.error || !sure;
                let low = bounds.low.map(|l| if zero { l.min(Decimal::ZERO) } else { l });
                let high = bounds.high.map(|h| if zero { h.max(Decimal::ZERO) } else { h });
                open.get_or_insert_with(Reach::new).add_between(low, high);
            }
        }
        error.is_none()
    });
    if let Some(reason) = error.or(extent.null.flatten()) {
        return Val::error(reason);
    }
    if extent.null.is_some() {
        // Nothing of a list that is null counts, although loops within it came to some items first.
        return Val::Number(Decimal::ZERO);
    }
    if open.is_none() && !extent.open && !may_fail {
        return Val::of_computed(certain.value());
    }
    let mut reach = open.unwrap_or_else(Reach::new);
    match certain.value() {
        Ok(value) => reach.add_certain(value),
        Err(reason) => return Val::error(reason),
    }
    if !extent.open {
        return reach.into_val(false, may_fail);
    }
    reach.add_between(extent.nonnegative.then_some(Decimal::ZERO), None);
    match reach.into_val(false, may_fail || extent.may_fail) {
        // The list may be null after all, and nothing of it count.
        Val::Unsure(Some(bounds)) => Val::between(Bounds { low: bounds.low.map(|low| low.min(Decimal::ZERO)), ..*bounds }),
        other => other,
    }
}

/// FEEL's `sum`: null where an item is null or there is none.
fn sum<'a>(me: &mut Evaluator<'a>, list: &'a Expr) -> Val<'a> {
    let mut reach = Reach::new();
    let (mut any, mut null, mut may_null, mut may_fail) = (false, None::<Option<NullReason>>, false, false);
    let mut unsure = false;
    let extent = me.each(list, &mut |_, item, sure| {
        any |= sure;
        unsure |= !sure;
        match (&item, sure) {
            (Val::Number(n), true) => reach.add_certain(*n),
            (Val::Number(n), false) => reach.add_between(Some((*n).min(Decimal::ZERO)), Some((*n).max(Decimal::ZERO))),
            (Val::Null(reason), true) => null = Some(null.flatten().or(*reason)),
            (Val::Null(reason), false) => {
                may_null = true;
                may_fail |= reason.is_some();
            }
            (other, sure) => {
                let bounds = other.bounds().unwrap_or_default();
                may_null |= bounds.null;
                may_fail |= bounds.error;
                let low = bounds.low.map(|l| if sure { l } else { l.min(Decimal::ZERO) });
                let high = bounds.high.map(|h| if sure { h } else { h.max(Decimal::ZERO) });
                reach.add_between(low, high);
            }
        }
        true
    });
    may_fail |= extent.may_fail;
    if let Some(reason) = null.or(extent.null) {
        return if may_fail && reason.is_none() { Val::anything() } else { Val::Null(reason) };
    }
    if !any && !unsure && !extent.open {
        return Val::NULL;
    }
    if extent.open {
        reach.add_between(None, None);
    }
    reach.into_val(extent.open || may_null || !any, may_fail)
}

fn count<'a>(me: &mut Evaluator<'a>, list: &'a Expr) -> Val<'a> {
    let (extent, least, most) = me.each_counted(list);
    let high = if extent.open { None } else { Some(Decimal::from(most)) };
    closed(extent, Val::between(Bounds { low: Some(Decimal::from(least)), high, null: extent.open, error: extent.may_fail, days: None }))
}

fn truths<'a>(me: &mut Evaluator<'a>, list: &'a Expr, start: Truth, combine: fn(Truth, Truth) -> Truth) -> Val<'a> {
    let mut result = start;
    let extent = me.each(list, &mut |me, item, sure| {
        let truth = item.truth();
        me.set_idle(truth.is(start));
        result = combine(result, if sure { truth } else { truth.either(start) });
        !result.is(start.negated())
    });
    if extent.open {
        let error = if extent.may_fail { Truth::ERROR } else { Truth::NULL };
        result = combine(result, Truth::UNKNOWN.either(error)).either(Truth::NULL).either(error);
    }
    closed(extent, if result.is(Truth::NULL) { Val::NULL } else { Val::Truth(result) })
}

fn list_contains<'a>(me: &mut Evaluator<'a>, list: &'a Expr, element: &'a Expr) -> Val<'a> {
    let element = me.val(element);
    let mut found = Truth::FALSE;
    let mut too_large = false;
    let extent = me.each(list, &mut |me, item, sure| {
        too_large = !me.pay_for(&item);
        if too_large {
            return false;
        }
        let here = same(&item, &element);
        me.set_idle(here.is(Truth::FALSE));
        found = found.or(if sure { here } else { here.either(Truth::FALSE) });
        !found.is(Truth::TRUE)
    });
    if too_large {
        return Val::error(NullReason::TooLarge);
    }
    if extent.open {
        found = found.or(Truth::TRUE.either(Truth::FALSE)).either(Truth::NULL);
        if extent.may_fail {
            found = found.either(Truth::ERROR);
        }
    }
    closed(extent, Val::Truth(found))
}

pub(super) fn bad<'a>() -> Val<'a> {
    Val::error(NullReason::BadArgument)
}

pub(super) fn list_of(items: Vec<Val<'_>>) -> Val<'_> {
    Val::List(Rc::new(ListVal::of(items)))
}

/// Functions of arguments that are certain.
fn certain<'a>(builtin: Builtin, values: &[Val<'a>]) -> Val<'a> {
    use Builtin as B;
    match (builtin, values) {
        (B::Append, [Val::List(list), rest @ ..]) => list_of(items(list).chain(rest.iter().cloned()).collect()),
        (B::Concatenate | B::Union, lists) => {
            let mut all = Vec::new();
            for list in lists {
                let Val::List(list) = list else { return bad() };
                all.extend(items(list));
            }
            if builtin == B::Union {
                return of_distinct(all.into_iter().map(|item| (item, true)).collect());
            }
            list_of(all)
        }
        (B::DistinctValues, [Val::List(list)]) => of_distinct(list.items.clone()),
        (B::Flatten, [Val::List(list)]) => {
            let mut flat = Vec::new();
            flatten(list, &mut flat);
            list_of(flat)
        }
        (B::Reverse, [Val::List(list)]) => list_of(items(list).collect::<Vec<_>>().into_iter().rev().collect()),
        (B::IndexOf, [Val::List(list), wanted]) => {
            let found = list.items.iter().zip(1_i64..).filter(|((item, _), _)| same(item, wanted).is(Truth::TRUE));
            list_of(found.map(|(_, place)| Val::Number(place.into())).collect())
        }
        (B::Sublist, [Val::List(list), Val::Number(start), rest @ ..]) => sublist(list, *start, rest.first()),
        (B::Remove, [Val::List(list), Val::Number(position)]) => match place_in(list.items.len(), *position) {
            Some(place) => list_of(items(list).enumerate().filter(|(i, _)| *i != place).map(|(_, item)| item).collect()),
            None => bad(),
        },
        (B::InsertBefore, [Val::List(list), Val::Number(position), item]) => match place_in(list.items.len(), *position) {
            Some(place) => {
                let mut all: Vec<_> = items(list).collect();
                all.insert(place, item.clone());
                list_of(all)
            }
            None => bad(),
        },
        (B::Mean, [Val::List(list)]) => mean(list),
        (B::Product, [Val::List(list)]) => product(list),
        (B::Abs, [Val::Number(n)]) => Val::Number(n.abs()),
        (B::Abs, [Val::Months(m)]) => m.checked_abs().map_or(Val::error(NullReason::OutOfRange), Val::Months),
        (B::Abs, [Val::Seconds(s)]) => s.checked_abs().map_or(Val::error(NullReason::OutOfRange), Val::Seconds),
        (_, [Val::Number(n), Val::Number(scale)]) if strategy(builtin).is_some() => rounded(builtin, *n, *scale),
        (B::Modulo, [Val::Number(a), Val::Number(b)]) => Val::of_computed(number::modulo(*a, *b)),
        (B::Odd, [Val::Number(n)]) => number::is_odd(*n).map_or(bad(), |odd| Val::Truth(Truth::of(odd))),
        (B::Even, [Val::Number(n)]) => number::is_odd(*n).map_or(bad(), |odd| Val::Truth(Truth::of(!odd))),
        (B::Date, [Val::Date(d)]) => Val::Date(*d),
        (B::Date, [Val::Text(text)]) => match parse_day(text.as_str()) {
            Some(day) => Val::Date(day),
            None if is_known_to_feel_alone(text.as_str()) => Val::error(NullReason::OutOfRange),
            None => Val::error(NullReason::NoSuchDate),
        },
        (B::Date, [Val::Number(year), Val::Number(month), Val::Number(day)]) => civil(*year, *month, *day),
        (B::Duration, [Val::Text(text)]) => match duration::parse(text.as_str()) {
            Some(duration::Duration::Months(m)) => Val::Months(m),
            Some(duration::Duration::Seconds(s)) => Val::Seconds(s),
            None => Val::error(NullReason::NoSuchDate),
        },
        (B::YearsAndMonths, [Val::Date(from), Val::Date(to)]) => Val::Months(months_between(*from, *to)),
        (B::DayOfYear, [Val::Date(d)]) => Val::Number(d.ordinal().into()),
        (B::WeekOfYear, [Val::Date(d)]) => Val::Number(d.iso_week().week().into()),
        (B::DayOfWeek, [Val::Date(d)]) => made(match d.weekday() {
            chrono::Weekday::Mon => "Monday",
            chrono::Weekday::Tue => "Tuesday",
            chrono::Weekday::Wed => "Wednesday",
            chrono::Weekday::Thu => "Thursday",
            chrono::Weekday::Fri => "Friday",
            chrono::Weekday::Sat => "Saturday",
            chrono::Weekday::Sun => "Sunday",
        }),
        (B::MonthOfYear, [Val::Date(d)]) => {
            const MONTHS: [&str; 12] =
                ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
            MONTHS.get(d.month0() as usize).map_or(bad(), |name| made(name))
        }
        (B::MergedEpisodes | B::ClippedEpisodes | B::WholeMonths | B::LargestOverlap, [Val::List(list), rest @ ..]) => {
            episodes::of_certain(builtin, list, rest.first())
        }
        (B::Draw, [Val::List(ids), Val::Text(seed), Val::Number(size)]) => draw::draw(ids, seed.as_str(), *size),
        _ => text(builtin, values),
    }
}

fn of_distinct(items: Vec<(Val<'_>, bool)>) -> Val<'_> {
    Val::List(Rc::new(ListVal::new(distinct(items), false, false)))
}

fn items<'l, 'a>(list: &'l ListVal<'a>) -> impl Iterator<Item = Val<'a>> + 'l {
    list.items.iter().map(|(item, _)| item.clone())
}

fn flatten<'a>(list: &ListVal<'a>, out: &mut Vec<Val<'a>>) {
    for (item, _) in &list.items {
        match item {
            Val::List(inner) => flatten(inner, out),
            other => out.push(other.clone()),
        }
    }
}

fn sublist<'a>(list: &ListVal<'a>, start: Decimal, length: Option<&Val<'a>>) -> Val<'a> {
    let Some(first) = place_in(list.items.len(), start) else { return bad() };
    let rest = list.items.len() - first;
    let length = match length {
        None => rest,
        Some(Val::Number(n)) => match whole(*n).and_then(|n| usize::try_from(n).ok()) {
            Some(length) if (1..=rest).contains(&length) => length,
            _ => return bad(),
        },
        Some(_) => return bad(),
    };
    list_of(items(list).skip(first).take(length).collect())
}

fn numbers(list: &ListVal<'_>) -> Option<Vec<Decimal>> {
    list.items.iter().map(|(item, _)| if let Val::Number(n) = item { Some(*n) } else { None }).collect()
}

fn mean<'a>(list: &ListVal<'a>) -> Val<'a> {
    match numbers(list) {
        Some(numbers) if !numbers.is_empty() => {
            let mut sum = Sum::default();
            for number in &numbers {
                sum.add(*number);
            }
            Val::of_computed(sum.value().and_then(|sum| number::divide(sum, Decimal::from(numbers.len()))))
        }
        _ => bad(),
    }
}

fn product<'a>(list: &ListVal<'a>) -> Val<'a> {
    match numbers(list) {
        Some(numbers) if !numbers.is_empty() => Val::of_computed(numbers.iter().try_fold(Decimal::ONE, |product, n| number::multiply(product, *n))),
        _ => bad(),
    }
}

fn strategy(builtin: Builtin) -> Option<RoundingStrategy> {
    Some(match builtin {
        Builtin::Floor => RoundingStrategy::ToNegativeInfinity,
        Builtin::Ceiling => RoundingStrategy::ToPositiveInfinity,
        Builtin::RoundUp => RoundingStrategy::AwayFromZero,
        Builtin::RoundDown => RoundingStrategy::ToZero,
        Builtin::RoundHalfUp => RoundingStrategy::MidpointAwayFromZero,
        Builtin::RoundHalfDown => RoundingStrategy::MidpointTowardZero,
        Builtin::Decimal => RoundingStrategy::MidpointNearestEven,
        _ => return None,
    })
}

fn rounded<'a>(builtin: Builtin, number: Decimal, scale: Decimal) -> Val<'a> {
    match (strategy(builtin), scale.trunc().to_i64()) {
        (Some(strategy), Some(scale)) => Val::of_computed(number::round(number, scale, strategy)),
        _ => bad(),
    }
}

/// The years that a date of FEEL can have.
const YEARS_OF_FEEL: std::ops::RangeInclusive<i64> = -999_999_999..=999_999_999;

fn civil<'a>(year: Decimal, month: Decimal, day: Decimal) -> Val<'a> {
    let fields = || Some((whole(year)?, u32::try_from(whole(month)?).ok()?, u32::try_from(whole(day)?).ok()?));
    // The calendar begins again every 400 years.
    let of_the_same = |(year, month, day): (i64, u32, u32)| NaiveDate::from_ymd_opt(i32::try_from(2000 + year.rem_euclid(400)).ok()?, month, day);
    match fields().filter(|fields| YEARS_OF_FEEL.contains(&fields.0) && of_the_same(*fields).is_some()) {
        Some((year, month, day)) => {
            let date = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day)).and_then(crate::quantity::civil);
            date.map_or(Val::error(NullReason::OutOfRange), Val::Date)
        }
        None => Val::error(NullReason::NoSuchDate),
    }
}

/// FEEL's whole months between two dates, cut towards zero by the day of the month.
fn months_between(from: NaiveDate, to: NaiveDate) -> i64 {
    if to < from {
        return -months_between(to, from);
    }
    let months = (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month()) - i64::from(from.month());
    months - i64::from(to.day() < from.day())
}

fn made<'a>(text: &str) -> Val<'a> {
    Val::Text(Text::Made(text.into()))
}

fn text<'a>(builtin: Builtin, values: &[Val<'a>]) -> Val<'a> {
    use Builtin as B;
    let (Some(Val::Text(text)), rest) = (values.first(), values.get(1..).unwrap_or_default()) else { return bad() };
    let text = text.as_str();
    match (builtin, rest) {
        (B::StartsWith, [Val::Text(part)]) => Val::Truth(Truth::of(text.starts_with(part.as_str()))),
        (B::EndsWith, [Val::Text(part)]) => Val::Truth(Truth::of(text.ends_with(part.as_str()))),
        (B::Contains, [Val::Text(part)]) => Val::Truth(Truth::of(text.contains(part.as_str()))),
        (B::SubstringBefore, [Val::Text(part)]) => made(text.split_once(part.as_str()).map_or("", |(before, _)| before)),
        (B::SubstringAfter, [Val::Text(part)]) if part.as_str().is_empty() => made(text),
        (B::SubstringAfter, [Val::Text(part)]) => made(text.split_once(part.as_str()).map_or("", |(_, after)| after)),
        (B::StringLength, []) => Val::Number(Decimal::from(text.chars().count())),
        (B::UpperCase, []) => made(&text.to_uppercase()),
        (B::LowerCase, []) => made(&text.to_lowercase()),
        (B::Substring, [Val::Number(start), length @ ..]) => substring(text, *start, length.first()),
        _ => bad(),
    }
}

fn substring<'a>(text: &str, start: Decimal, length: Option<&Val<'a>>) -> Val<'a> {
    let characters: Vec<char> = text.chars().collect();
    let Some(first) = place_in(characters.len(), start) else { return bad() };
    let rest = characters.len() - first;
    let length = match length {
        None => rest,
        Some(Val::Number(n)) if *n >= Decimal::ONE => match n.trunc().to_usize().filter(|length| *length <= rest) {
            Some(length) => length,
            None => return Val::error(NullReason::OutOfRange),
        },
        Some(_) => return bad(),
    };
    made(&characters.iter().skip(first).take(length).collect::<String>())
}
