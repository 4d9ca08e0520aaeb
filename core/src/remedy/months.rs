//! Months of attachments: a new one is begun, one that goes on is lengthened or waited for.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::feel::{Builtin, Episode, Expr, RangeExpr, Val, Value, add_months, whole_months};
use crate::quantity::Day;

use super::invert::{Inverter, Obstacle, Place, Scope};
use super::plan::{Plan, any_of};
use super::want::Want;
use crate::facts::changed::Keys;

/// How far ahead a day is looked for.
const HORIZON_MONTHS: i64 = 60;

/// Episodes as policies write them: a window or several around what each record of a list gives.
struct Episodes<'a> {
    list: &'a Expr,
    range: &'a RangeExpr,
    windows: Vec<&'a Expr>,
}

impl<'a> Inverter<'a> {
    /// Plans by which episodes come to so many whole months.
    pub(super) fn months(&mut self, episodes: &'a Expr, least: Decimal, val: &Val<'a>, scope: &Scope<'a>) -> Vec<Plan> {
        let Some(least) = least.ceil().to_i64().filter(|least| (1..=HORIZON_MONTHS).contains(least)) else { return self.none(Obstacle::NoWay) };
        let waited = match self.day_of_months(episodes, least, scope) {
            Some(day) => vec![Plan { wait: Some(day), ..Plan::default() }],
            None => Vec::new(),
        };
        let Some(found) = unwrapped(episodes) else {
            return if waited.is_empty() { self.none(Obstacle::NoWay) } else { waited };
        };
        let lengthened = self.lengthened(&found, least, scope);
        // What is left over first; where one stay must be long enough by itself, all of it.
        let have = if let Val::Number(have) = val { have.to_i64().unwrap_or(0) } else { 0 };
        let mut begun = if have > 0 { self.begun(&found, least - have, scope) } else { Vec::new() };
        let whole = self.begun(&found, least, scope);
        let group = begun.first().map(|plan| plan.group.clone());
        begun.extend(whole.into_iter().map(|plan| Plan { group: group.clone().unwrap_or(plan.group.clone()), ..plan }));
        let plans = any_of(waited, lengthened);
        let plans = self.either(plans, begun);
        if plans.is_empty() { self.none(Obstacle::NoWay) } else { plans }
    }

    /// One more stay, as long as the filters on the way ask of each.
    pub(super) fn further_stay(&mut self, episodes: &'a Expr, scope: &Scope<'a>) -> Vec<Plan> {
        let Some(found) = unwrapped(episodes) else { return self.none(Obstacle::NoWay) };
        let mut least = 1;
        let mut rest = episodes;
        while let Expr::Filter(inner, test) = rest {
            if let Expr::Compare(_, months, number, _) = &**test
                && matches!(**months, Expr::Call(Builtin::WholeMonths, _))
                && let Val::Number(number) = self.val(number, scope)
            {
                least = number.ceil().to_i64().unwrap_or(least);
            }
            rest = inner;
        }
        self.begun(&found, least, scope)
    }

    /// A new record that lasts so many months, begun today or later.
    fn begun(&mut self, episodes: &Episodes<'a>, months: i64, scope: &Scope<'a>) -> Vec<Plan> {
        let mut first = self.today;
        let mut until: Option<Day> = None;
        for window in &episodes.windows {
            // A window that grows with the day of the question is taken as it will be.
            let day = if reads_day(window, self.question) { add_months(self.today, 2 * HORIZON_MONTHS) } else { Some(self.question.as_of()) };
            let Some((low, high)) = day.and_then(|day| self.window_on(window, day, scope)) else { return self.none(Obstacle::Missing) };
            first = low.map_or(first, |low| first.max(low));
            until = match (until, high) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        let latest = match until {
            Some(until) => match latest_start(until, months) {
                Some(latest) => Some(latest),
                None => return self.none(Obstacle::NoWay),
            },
            None => None,
        };
        if let Some(latest) = latest.filter(|latest| *latest < first) {
            return self.none(latest.succ_opt().map_or(Obstacle::NoWay, Obstacle::TooLate));
        }
        let Some(list) = Self::list(episodes.list, scope) else { return self.none(Obstacle::NotInPower) };
        let start = Want::between(Some(Value::Date(first)), latest.map(Value::Date));
        let (low, high) = (&episodes.range.low, &episodes.range.high);
        let more = |me: &mut Self, scope: &Scope<'a>| {
            let (Some(start_fact), Some(end_fact)) = (me.fact(low, scope), me.fact(high, scope)) else { return Vec::new() };
            let keys: Keys = start_fact.keys.clone();
            let starts = me.set(start_fact, &start);
            let ends = Plan::change(end_fact.keys, Want { lasting: Some((keys, months)), ..Want::default() }, end_fact.draft);
            super::plan::all_of(&starts, &ends)
        };
        self.add(&list, 1, scope, more, false)
    }

    /// A record that goes on, or ends in days to come, lasts longer.
    fn lengthened(&mut self, episodes: &Episodes<'a>, months: i64, scope: &Scope<'a>) -> Vec<Plan> {
        let Some(list) = Self::list(episodes.list, scope) else { return Vec::new() };
        let mut plans = Vec::new();
        for (item, index) in self.items(&list, scope).into_iter().take(4) {
            let inner = scope.with(Self::item(&list, item, index));
            let (Val::Date(start), Val::Date(end)) = (self.val(&episodes.range.low, &inner), self.val(&episodes.range.high, &inner)) else {
                continue;
            };
            let Some(needed) = add_months(start, months).and_then(|day| day.pred_opt()) else { continue };
            let Some(fact) = self.fact(&episodes.range.high, &inner).filter(|_| end >= self.today && needed > end) else { continue };
            plans.extend(self.set(fact, &Want::between(Some(Value::Date(needed)), None)));
        }
        plans
    }

    /// The day on which episodes that go on come to so many months by themselves.
    fn day_of_months(&mut self, episodes: &'a Expr, least: i64, scope: &Scope<'a>) -> Option<Day> {
        if !reads_day(episodes, self.question) || scope.locals.iter().any(|place| matches!(place, Place::Record(seat) if seat.draft)) {
            return None;
        }
        let from = self.question.as_of();
        let months = |me: &Self, day: Day| me.months_on(episodes, day, scope);
        let (mut before, mut after) = (from, add_months(from, least + 2)?);
        if months(self, after)? < least {
            // What is planned may begin later than today.
            after = add_months(from, HORIZON_MONTHS)?;
            if months(self, after)? < least {
                return None;
            }
        }
        while (after - before).num_days() > 1 {
            let middle = before.checked_add_days(chrono::Days::new((after - before).num_days().unsigned_abs() / 2))?;
            if months(self, middle)? >= least {
                after = middle;
            } else {
                before = middle;
            }
        }
        Some(after)
    }

    fn months_on(&self, episodes: &'a Expr, day: Day, scope: &Scope<'a>) -> Option<i64> {
        self.on(day, episodes, scope, |val| {
            let Val::List(list) = val else { return None };
            let range = |val: &Val<'_>| match val {
                Val::Range(range) => match (&range.low, &range.high) {
                    (Val::Date(from), Val::Date(to)) => Some(Episode { first: *from, last: *to }),
                    _ => None,
                },
                _ => None,
            };
            list.items.iter().map(|(item, _)| range(item)).collect::<Option<Vec<_>>>().map(whole_months)
        })
    }

    /// The ends of a window as it is on a day.
    fn window_on(&self, window: &'a Expr, day: Day, scope: &Scope<'a>) -> Option<(Option<Day>, Option<Day>)> {
        self.on(day, window, scope, |val| {
            let Val::Range(range) = val else { return None };
            let end = |val: &Val<'_>| match val {
                Val::Date(day) => Some(Some(*day)),
                Val::Null(None) => Some(None),
                _ => None,
            };
            Some((end(&range.low)?, end(&range.high)?))
        })
    }

    /// What an expression is worth on another day.
    fn on<T>(&self, day: Day, expr: &'a Expr, scope: &Scope<'a>, read: impl FnOnce(Val<'_>) -> Option<T>) -> Option<T> {
        let question = self.question.policy.question(self.question.decision, self.question.said.clone(), day);
        let mut evaluator = question.evaluator();
        evaluator.set_roots(scope.roots.iter().map(|place| match place.as_ref().map(Place::val) {
            Some(Val::Record(item)) => Some(item),
            _ => None,
        }));
        read(evaluator.beside(scope.locals.iter().map(Place::val), |evaluator| evaluator.val(expr)))
    }
}

/// The latest first day of so many months that end on or before a day.
fn latest_start(last: Day, months: i64) -> Option<Day> {
    let mut start = add_months(last.succ_opt()?, -months)?;
    while add_months(start, months)?.pred_opt()? > last {
        start = start.pred_opt()?;
    }
    Some(start)
}

/// Whether an expression, or a part of it that was computed once, reads the day of the question.
fn reads_day(expr: &Expr, question: &crate::evaluate::Question<'_>) -> bool {
    match expr {
        Expr::AsOf => true,
        Expr::Once(place) => question.policy.once.get(usize::from(*place)).is_some_and(|part| reads_day(&part.expr, question)),
        other => other.children().iter().any(|(child, _)| reads_day(child, question)),
    }
}

/// Takes windows and merging off, down to what each record of a list gives.
fn unwrapped(episodes: &Expr) -> Option<Episodes<'_>> {
    let mut windows = Vec::new();
    let mut rest = episodes;
    loop {
        match rest {
            Expr::Call(Builtin::MergedEpisodes, arguments) => rest = arguments.first()?,
            Expr::Call(Builtin::ClippedEpisodes, arguments) => {
                windows.push(arguments.get(1)?);
                rest = arguments.first()?;
            }
            Expr::Filter(inner, _) => rest = inner,
            Expr::For(lists, body) => {
                return match (lists.as_slice(), &**body) {
                    ([list], Expr::Range(range)) => Some(Episodes { list, range, windows }),
                    _ => None,
                };
            }
            _ => return None,
        }
    }
}
