//! Episodes: ranges of days, merged, clipped and counted in whole months (readings R3 and R4).
//!
//! Where some are open, the certain ones still say something: a stay within a list is within the merged one that it became part of.

use std::rc::Rc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::builtin::Builtin;
use super::calendar::{self, Episode};
use super::eval::Evaluator;
use super::expr::Expr;
use super::function::{bad, list_of};
use super::val::{Bounds, ListVal, RangeVal, Val};

/// An episode without an end goes on; one without a beginning, or that ends before it begins, is none.
pub(super) fn of_certain<'a>(builtin: Builtin, list: &ListVal<'a>, window: Option<&Val<'a>>) -> Val<'a> {
    let window = match window {
        Some(Val::Range(range)) => episode(range),
        Some(_) => return bad(),
        None => Some(ALWAYS),
    };
    let Some(window) = window else { return list_of(Vec::new()) };
    let mut found = Vec::new();
    for (item, _) in &list.items {
        let Val::Range(range) = item else { return bad() };
        found.extend(episode(range));
    }
    match builtin {
        Builtin::WholeMonths if found.iter().any(|e| e.last == NaiveDate::MAX) => bad(),
        Builtin::WholeMonths => Val::Number(calendar::whole_months(found).into()),
        Builtin::LargestOverlap => Val::Number(Decimal::from(calendar::largest_overlap(&found))),
        Builtin::MergedEpisodes => list_of(calendar::merged(found).into_iter().map(range_of).collect()),
        _ => list_of(found.iter().filter_map(|e| clip(*e, window)).map(range_of).collect()),
    }
}

const ALWAYS: Episode = Episode { first: NaiveDate::MIN, last: NaiveDate::MAX };

fn clip(episode: Episode, window: Episode) -> Option<Episode> {
    let clipped = Episode { first: episode.first.max(window.first), last: episode.last.min(window.last) };
    (clipped.first <= clipped.last).then_some(clipped)
}

/// The days from the last that its beginning can be to the first that its end can be.
fn certainly_covered(range: &RangeVal<'_>) -> Option<Episode> {
    let (begins, ends) = (range.low.days()?, range.high.days()?);
    episode(&RangeVal { low: Val::Date(begins.last), high: Val::Date(ends.first), ..*range })
}

/// What is known of one episode of a list.
struct Member {
    /// Days that belong to it, if it is one.
    days: Option<Episode>,
    /// Whether these are all its days.
    exact: bool,
    /// Whether it is certainly in the list; one of which no day is known may be empty.
    sure: bool,
    /// Whether it may go on.
    goes_on: bool,
}

impl Member {
    /// `None` for an episode that is none.
    fn of(range: &RangeVal<'_>, sure: bool) -> Option<Self> {
        if range.low.is_decided() && (range.high.is_decided() || matches!(range.low, Val::Null(_))) {
            let days = episode(range)?;
            return Some(Self { days: Some(days), exact: true, sure, goes_on: days.last == NaiveDate::MAX });
        }
        let goes_on = match &range.high {
            Val::Date(_) => false,
            Val::Unsure(Some(bounds)) => bounds.null || bounds.error,
            _ => true,
        };
        let days = range.covers.or_else(|| certainly_covered(range));
        Some(Self { days, exact: false, sure: sure && days.is_some(), goes_on })
    }

    /// Its days within a window; `None` where it is known that there are none.
    fn within(self, window: Episode) -> Option<Self> {
        let days = self.days.and_then(|days| clip(days, window));
        if self.exact && days.is_none() {
            return None;
        }
        Some(Self { days, sure: self.sure && days.is_some(), goes_on: self.goes_on && window.last == NaiveDate::MAX, ..self })
    }

    fn into_val<'a>(self) -> Val<'a> {
        match self.days {
            Some(days) if self.exact => range_of(days),
            covers => {
                let day = || Val::between(Bounds::default());
                let high = if self.goes_on { Val::UNKNOWN } else { day() };
                Val::Range(Rc::new(RangeVal { low: day(), low_closed: true, high, high_closed: true, covers }))
            }
        }
    }
}

/// The same where some of the episodes, or whether they are in the list, is open; `ended` if those nobody told us of have an end.
pub(super) fn of_open<'a>(builtin: Builtin, list: &ListVal<'a>, window: Option<&Val<'a>>, ended: bool) -> Val<'a> {
    let failed = || if list.open { Val::anything() } else { bad() };
    let mut members = Vec::with_capacity(list.items.len());
    let mut may_fail = list.may_fail;
    for (item, sure) in &list.items {
        match item {
            Val::Range(range) => {
                may_fail |= item.can_fail();
                members.extend(Member::of(range, *sure));
            }
            Val::Unsure(_) => {
                may_fail = true;
                members.push(Member { days: None, exact: false, sure: false, goes_on: true });
            }
            _ if *sure => return failed(),
            _ => may_fail = true,
        }
    }
    let null = list.open;
    let goes_on = (list.open && !ended) || members.iter().any(|member| member.goes_on);
    match builtin {
        Builtin::ClippedEpisodes => {
            let Some(Val::Range(window)) = window.filter(|window| window.is_decided()) else { return Val::anything() };
            let clipped = episode(window).map(|window| members.into_iter().filter_map(|member| member.within(window)).collect());
            of_members(clipped.unwrap_or_default(), list.open, may_fail)
        }
        Builtin::MergedEpisodes => of_members(merged(&members, goes_on), list.open, may_fail),
        Builtin::WholeMonths => {
            let certain = certain_days(&members);
            if members.iter().any(|member| member.sure && member.exact && member.goes_on) {
                return failed();
            }
            let longest = certain.iter().map(|days| days.months_and_days().0).max().unwrap_or(0);
            Val::between(Bounds { low: Some(longest.into()), high: None, null, error: may_fail || goes_on, days: None })
        }
        _ => {
            let certain: Vec<Episode> = members.iter().filter(|member| member.sure).filter_map(|member| member.days).collect();
            let exact: Vec<Episode> = members.iter().filter(|member| member.sure && member.exact).filter_map(|member| member.days).collect();
            let low = Decimal::from(calendar::largest_overlap(&certain));
            let most = calendar::largest_overlap(&exact) + (members.len() - exact.len());
            let high = (!list.open).then(|| Decimal::from(most));
            Val::between(Bounds { low: Some(low), high, null, error: may_fail, days: None })
        }
    }
}

/// Days that certainly belong to the list, merged.
fn certain_days(members: &[Member]) -> Vec<Episode> {
    calendar::merged(members.iter().filter(|member| member.sure && !(member.exact && member.goes_on)).filter_map(|member| member.days).collect())
}

/// Certain days that open ones may join, of which the longest is certainly part of some episode; and the open ones, each perhaps for itself.
fn merged(members: &[Member], goes_on: bool) -> Vec<Member> {
    let certain = calendar::merged(members.iter().filter(|member| member.sure).filter_map(|member| member.days).collect());
    let longest = certain.iter().enumerate().max_by_key(|(_, days)| days.last - days.first).map(|(place, _)| place);
    let known = certain.iter().enumerate().map(|(place, days)| Member {
        days: Some(*days),
        exact: false,
        sure: Some(place) == longest,
        goes_on: goes_on || days.last == NaiveDate::MAX,
    });
    let open = members.iter().filter(|member| !member.sure).map(|_| Member { days: None, exact: false, sure: false, goes_on });
    known.chain(open).collect()
}

fn of_members<'a>(members: Vec<Member>, open: bool, may_fail: bool) -> Val<'a> {
    let items = members.into_iter().map(|member| {
        let sure = member.sure;
        (member.into_val(), sure)
    });
    Val::List(Rc::new(ListVal::new(items.collect(), open, may_fail)))
}

/// Whether a list was clipped to a window with an end, so that none of its episodes goes on.
pub(super) fn end_with_a_window<'a>(me: &mut Evaluator<'a>, arguments: &'a [Expr]) -> bool {
    match arguments {
        [Expr::Call(Builtin::MergedEpisodes, inner)] => end_with_a_window(me, inner),
        [Expr::Call(Builtin::ClippedEpisodes, inner)] => match inner.as_slice() {
            [_, window] => matches!(me.val(window), Val::Range(range) if matches!(range.high, Val::Date(_))),
            _ => false,
        },
        _ => false,
    }
}

fn episode(range: &RangeVal<'_>) -> Option<Episode> {
    let Val::Date(first) = range.low else { return None };
    let first = if range.low_closed { first } else { first.succ_opt()? };
    let last = match range.high {
        Val::Date(last) if range.high_closed => last,
        Val::Date(last) => last.pred_opt()?,
        _ => NaiveDate::MAX,
    };
    (first <= last).then_some(Episode { first, last })
}

fn range_of<'a>(episode: Episode) -> Val<'a> {
    let high = if episode.last == NaiveDate::MAX { Val::NULL } else { Val::Date(episode.last) };
    Val::Range(Rc::new(RangeVal { low: Val::Date(episode.first), low_closed: true, high, high_closed: true, covers: None }))
}
