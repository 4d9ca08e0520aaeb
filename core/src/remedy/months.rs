//! Months of attachments: a new one is begun, one that goes on is lengthened or waited for.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::feel::{Builtin, Comparator, Episode, Expr, RangeExpr, Val, Value, add_months, merged, whole_months};
use crate::quantity::Day;

use super::earliest::{HORIZON_MONTHS, Reads};
use super::invert::{Inverter, Obstacle, Place, Scope};
use super::plan::{Being, Plan, any_of};
use super::reach::{LOOKED_AT, is_months_of_itself};
use super::want::{Length, Want};
use crate::facts::changed::Keys;

/// How many days that are left over among several stays make a month.
const DAYS_OF_A_MONTH: i64 = 30;

/// Episodes as policies write them: a window or several around what each record of a list gives, or around the one stay that there is.
struct Episodes<'a> {
    /// The list to which stays can be added; `None` of one stay that is there alone.
    list: Option<&'a Expr>,
    range: &'a RangeExpr,
    windows: Vec<&'a Expr>,
    /// Whether stays that touch are one.
    merged: bool,
    /// How many months each must last by itself to count.
    shortest: Vec<&'a Expr>,
}

impl<'a> Inverter<'a> {
    /// Plans by which episodes come to so many whole months.
    pub(super) fn months(&mut self, episodes: &'a Expr, least: Decimal, val: &Val<'a>, scope: &Scope<'a>) -> Vec<Plan> {
        let Some(least) = least.ceil().to_i64().filter(|least| (1..=HORIZON_MONTHS).contains(least)) else { return self.none(Obstacle::NoWay) };
        if !val.is_decided() {
            self.obstacles.push(Obstacle::Missing);
        }
        let before = self.obstacles.len();
        let waited = match self.day_of_months(episodes, least, scope) {
            Some(day) => vec![Plan { wait: Some(day), ..Plan::default() }],
            None => Vec::new(),
        };
        let Some(found) = unwrapped(episodes) else {
            return if waited.is_empty() { self.none(Obstacle::NoWay) } else { waited };
        };
        // Days of stays that are judged one by one make no month together.
        let together = matches!(val, Val::Number(_));
        let known = self.episodes_on(self.day_ahead(episodes), episodes, scope).unwrap_or_default();
        let beside = |stay: Episode| {
            let all = known.iter().copied().chain([stay]).collect();
            if together { all } else { merged(all).into_iter().filter(|episode| episode.first <= stay.first && stay.first <= episode.last).collect() }
        };
        let alone = !together && !found.merged;
        let of_stay = |stay: Episode| whole_months(if alone { vec![stay] } else { beside(stay) });
        let lengthened = self.lengthened(&found, least, &of_stay, scope);
        let admitted = self.admitted(&found, least, &of_stay, scope);
        let joined = if together { Vec::new() } else { self.joined(&found, least, (&of_stay, &known), scope) };
        let with = if together { known.clone() } else { Vec::new() };
        let lengths = self.lengths(&found, least, val, &with, scope);
        let mut begun: Vec<Plan> = Vec::new();
        for length in &lengths {
            let group = begun.first().map(|plan| plan.group.clone());
            let as_long = self.begun(&found, *length, scope).into_iter();
            begun.extend(as_long.map(|plan| Plan { group: group.clone().unwrap_or(plan.group.clone()), ..plan }));
        }
        let plans = any_of(waited, lengthened);
        let plans = self.either(plans, admitted);
        let plans = self.either(plans, joined);
        let plans = self.either(plans, begun);
        let to_the_end = if together { self.until_the_end(&found, episodes, (least, &lengths), scope) } else { Vec::new() };
        let plans = self.either(plans, to_the_end);
        if plans.is_empty() && self.obstacles.len() == before { self.none(Obstacle::NoWay) } else { plans }
    }

    /// How long a new stay may be, the shortest first: what is left over, in days where days of other stays are left over too; no less than a stay must
    /// last to count; and all that is asked.
    fn lengths(&mut self, found: &Episodes<'a>, least: i64, val: &Val<'a>, with: &[Episode], scope: &Scope<'a>) -> Vec<Length> {
        let have = if let Val::Number(have) = val { have.to_i64().unwrap_or(0) } else { 0 };
        let mut lengths = Vec::new();
        let (known, left_over) = months_and_days(with);
        if left_over > 0 && known < least && found.shortest.is_empty() {
            let months = least - known - 1;
            // A stay of no day is none.
            lengths.push(Length { months, days: (DAYS_OF_A_MONTH - left_over).max(i64::from(months == 0)) });
        }
        // No stay that is too short to count; where one must be long enough by itself, all of it.
        let rest = (least - have).max(self.shortest(found, scope));
        if have > 0 && rest < least {
            lengths.push(Length::of_months(rest));
        }
        lengths.push(Length::of_months(least));
        lengths
    }

    /// One more stay, as long as the filters on the way ask of each.
    pub(super) fn further_stay(&mut self, episodes: &'a Expr, scope: &Scope<'a>) -> Vec<Plan> {
        let Some(found) = unwrapped(episodes) else { return self.none(Obstacle::NoWay) };
        let least = self.shortest(&found, scope);
        self.begun(&found, Length::of_months(least), scope)
    }

    /// What stands in the way of several more stays: no two share a day, so that together they take as long as one of all their months at least.
    pub(super) fn further_stays(&mut self, episodes: &'a Expr, times: usize, scope: &Scope<'a>) -> Vec<Plan> {
        let months = unwrapped(episodes).and_then(|found| {
            let months = self.shortest(&found, scope).checked_mul(i64::try_from(times).ok()?)?;
            Some((found, months))
        });
        let Some((found, months)) = months else { return self.none(Obstacle::NoWay) };
        if self.begun(&found, Length::of_months(months), scope).is_empty() { Vec::new() } else { self.none(Obstacle::NoWay) }
    }

    /// How many months one stay must last to count.
    fn shortest(&mut self, found: &Episodes<'a>, scope: &Scope<'a>) -> i64 {
        let months = found.shortest.iter().filter_map(|number| if let Val::Number(n) = self.val(number, scope) { n.ceil().to_i64() } else { None });
        months.max().unwrap_or(1).max(1)
    }

    /// A new record that lasts so long, begun today or later.
    fn begun(&mut self, episodes: &Episodes<'a>, length: Length, scope: &Scope<'a>) -> Vec<Plan> {
        if episodes.list.is_none() {
            return self.none(Obstacle::NotInPower);
        }
        let Some((first, until)) = self.span(episodes, scope) else { return self.none(Obstacle::Missing) };
        let latest = match until {
            Some(until) => match length.latest_start(until) {
                Some(latest) => Some(latest),
                None => return self.none(Obstacle::NoWay),
            },
            None => None,
        };
        if let Some(latest) = latest.filter(|latest| *latest < first) {
            return self.none(latest.succ_opt().map_or(Obstacle::NoWay, Obstacle::TooLate));
        }
        let start = Want::between(Some(Value::Date(first)), latest.map(Value::Date));
        self.stay(episodes, &start, |keys| Want { lasting: Some((keys, length)), ..Want::default() }, scope)
    }

    /// A new record from today on that makes one stay with another that ended yesterday, as long as they lack together (R4).
    fn joined(
        &mut self,
        episodes: &Episodes<'a>,
        months: i64,
        (of_stay, known): (&dyn Fn(Episode) -> i64, &[Episode]),
        scope: &Scope<'a>,
    ) -> Vec<Plan> {
        let Some((first, until)) = self.span(episodes, scope).filter(|_| episodes.merged) else { return Vec::new() };
        let ended = known.iter().find(|episode| episode.last.succ_opt() == Some(first));
        let Some((ended, enough)) = ended.and_then(|ended| Some((ended.last, add_months(ended.first, months)?.pred_opt()?))) else {
            return Vec::new();
        };
        if enough < first {
            return Vec::new();
        }
        let last = first_day(ended, enough, |last| of_stay(Episode { first, last }) >= months);
        if until.is_some_and(|until| until < last) {
            return Vec::new();
        }
        let (months, days) = Episode { first, last }.months_and_days();
        let length = Length { months, days };
        let start = Want::between(Some(Value::Date(first)), Some(Value::Date(first)));
        self.stay(episodes, &start, |keys| Want { lasting: Some((keys, length)), ..Want::default() }, scope)
    }

    /// A new record that lasts to the end of the window, where days left over from other stays let one do that begins later than any of these lengths.
    fn until_the_end(&mut self, found: &Episodes<'a>, episodes: &'a Expr, (least, lengths): (i64, &[Length]), scope: &Scope<'a>) -> Vec<Plan> {
        let Some((first, Some(until))) = self.span(found, scope).filter(|_| found.list.is_some()) else { return Vec::new() };
        let shortest = self.shortest(found, scope);
        let Some(known) = self.episodes_on(self.day_ahead(episodes), episodes, scope).filter(|known| !known.is_empty()) else { return Vec::new() };
        let have = whole_months(known.clone());
        let do_from = |start: Day| {
            let stay = Episode { first: start, last: until };
            (shortest == 1 || whole_months(vec![stay]) >= shortest) && whole_months(known.iter().copied().chain([stay]).collect()) >= least
        };
        // What the lengths alone allow, and the last day from which days left over do too.
        let by_length = lengths.iter().filter_map(|length| length.latest_start(until)).filter(|start| do_from(*start)).max();
        let Some(by_length) = by_length.filter(|_| have < least) else { return Vec::new() };
        let (mut latest, mut late) = (by_length, until.succ_opt().unwrap_or(until));
        while let Some(middle) = Some((late - latest).num_days())
            .filter(|days| *days > 1)
            .and_then(|days| latest.checked_add_days(chrono::Days::new(days.unsigned_abs() / 2)))
        {
            if do_from(middle) {
                latest = middle;
            } else {
                late = middle;
            }
        }
        if latest < first {
            return self.none(Obstacle::TooLate(late));
        }
        if latest == by_length {
            return Vec::new();
        }
        let start = Want::between(Some(Value::Date(first)), Some(Value::Date(latest)));
        self.stay(found, &start, |_| Want::between(Some(Value::Date(until)), None), scope)
    }

    /// The first and the last day that a new stay can have.
    fn span(&self, episodes: &Episodes<'a>, scope: &Scope<'a>) -> Option<(Day, Option<Day>)> {
        let mut first = self.today;
        let mut until: Option<Day> = None;
        for window in &episodes.windows {
            let (low, high) = self.window_on(window, self.day_ahead(window), scope)?;
            first = low.map_or(first, |low| first.max(low));
            until = match (until, high) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        Some((first, until))
    }

    /// The day on which to look at what grows with the day of the question: as it will be.
    fn day_ahead(&self, expr: &'a Expr) -> Day {
        let ahead = if self.question.reads_day(expr, &Reads::default()) { add_months(self.today, 2 * HORIZON_MONTHS) } else { None };
        ahead.unwrap_or_else(|| self.question.as_of())
    }

    /// A new record with this first day, and this last day that may hang on it.
    fn stay(&mut self, episodes: &Episodes<'a>, start: &Want, end: impl Fn(Keys) -> Want, scope: &Scope<'a>) -> Vec<Plan> {
        let Some(list) = episodes.list.and_then(|list| Self::list(list, scope)) else { return self.none(Obstacle::NotInPower) };
        let (low, high) = (&episodes.range.low, &episodes.range.high);
        let more = |me: &mut Self, scope: &Scope<'a>| {
            let (Some(start_fact), Some(end_fact)) = (me.fact(low, scope), me.fact(high, scope)) else { return Vec::new() };
            let keys: Keys = start_fact.keys.clone();
            let starts = me.set(start_fact, start);
            let ends = Plan::change(end_fact.keys, end(keys), end_fact.being);
            super::plan::all_of(&starts, &ends)
        };
        self.add(&list, 1, scope, more, false)
    }

    /// A record that goes on, or ends in days to come, lasts longer: until it comes to so many months with those that it counts together with.
    fn lengthened(&mut self, episodes: &Episodes<'a>, months: i64, of_stay: &dyn Fn(Episode) -> i64, scope: &Scope<'a>) -> Vec<Plan> {
        let scopes = match episodes.list {
            None => vec![scope.clone()],
            Some(list) => {
                let Some(list) = Self::list(list, scope) else { return Vec::new() };
                let items = self.items(&list, scope).into_iter().take(LOOKED_AT);
                items.map(|(item, index)| scope.with(Self::item(&list, item, index, Being::There))).collect()
            }
        };
        let mut plans = Vec::new();
        for inner in scopes {
            let (Val::Date(start), Val::Date(end)) = (self.val(&episodes.range.low, &inner), self.val(&episodes.range.high, &inner)) else {
                continue;
            };
            let Some(needed) = add_months(start, months).and_then(|day| day.pred_opt()).filter(|needed| *needed > end) else { continue };
            if end < self.today {
                // Of several, a further one may do as well, and says itself since when it is too late.
                if let (None, Some(since)) = (episodes.list, end.succ_opt()) {
                    self.obstacles.push(Obstacle::TooLate(since));
                }
                continue;
            }
            let needed = first_day(end, needed, |last| of_stay(Episode { first: start, last }) >= months);
            let Some(fact) = self.fact(&episodes.range.high, &inner) else { continue };
            let until = Some(end).filter(|_| !self.is_changed(&fact.keys));
            plans.extend(self.set(fact, &Want { until, ..Want::between(Some(Value::Date(needed)), None) }));
        }
        plans
    }

    /// A record that is there, and long enough, comes to be one that counts, such as by the certificate that its end brings.
    fn admitted(&mut self, episodes: &Episodes<'a>, months: i64, of_stay: &dyn Fn(Episode) -> i64, scope: &Scope<'a>) -> Vec<Plan> {
        let Some(list) = episodes.list.and_then(|list| Self::list(list, scope)) else { return Vec::new() };
        let until = self.span(episodes, scope).and_then(|(_, until)| until);
        let mut plans = Vec::new();
        for (item, index) in self.left_out(&list, scope).into_iter().take(LOOKED_AT) {
            let inner = scope.with(Self::item(&list, item, index, Being::There));
            let Val::Date(first) = self.val(&episodes.range.low, &inner) else { continue };
            // What lies beyond the window does not count.
            let ends = match self.val(&episodes.range.high, &inner) {
                Val::Date(day) => Some(until.map_or(day, |until| until.min(day))),
                Val::Null(None) => until,
                _ => None,
            };
            if ends.is_some_and(|last| of_stay(Episode { first, last }) >= months) {
                plans.extend(self.passing(&list, &inner));
            }
        }
        plans
    }

    /// The day on which episodes that go on come to so many months by themselves.
    fn day_of_months(&mut self, episodes: &'a Expr, least: i64, scope: &Scope<'a>) -> Option<Day> {
        if !self.question.reads_day(episodes, &Reads::default())
            || scope.locals.iter().any(|place| matches!(place, Place::Record(seat) if seat.being.is_new()))
        {
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
        self.episodes_on(day, episodes, scope).map(whole_months)
    }

    /// The episodes as they are on a day; `None` where some are open.
    fn episodes_on(&self, day: Day, episodes: &'a Expr, scope: &Scope<'a>) -> Option<Vec<Episode>> {
        self.on(day, episodes, scope, |val| {
            let Val::List(list) = val else { return None };
            let range = |val: &Val<'_>| match val {
                Val::Range(range) => match (&range.low, &range.high) {
                    (Val::Date(from), Val::Date(to)) => Some(Episode { first: *from, last: *to }),
                    _ => None,
                },
                _ => None,
            };
            list.items.iter().map(|(item, _)| range(item)).collect::<Option<Vec<_>>>()
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
    pub(super) fn on<T>(&self, day: Day, expr: &'a Expr, scope: &Scope<'a>, read: impl FnOnce(Val<'_>) -> Option<T>) -> Option<T> {
        let question = self.question.policy.question(self.question.decision, self.question.said.clone(), day);
        let mut evaluator = question.evaluator();
        evaluator.set_roots(scope.roots.iter().map(|place| match place.as_ref().map(Place::val) {
            Some(Val::Record(item)) => Some(item),
            _ => None,
        }));
        read(evaluator.beside(scope.locals.iter().map(Place::val), |evaluator| evaluator.val(expr)))
    }
}

/// The whole months of episodes, and the days that are left over beside them.
fn months_and_days(episodes: &[Episode]) -> (i64, i64) {
    let parts: Vec<(i64, i64)> = merged(episodes.to_vec()).iter().map(|episode| episode.months_and_days()).collect();
    let (months, days) = parts.iter().fold((0, 0), |(months, days), part| (months + part.0, days + part.1));
    // Of one stay alone, days beside its months make none.
    let of_days = if parts.len() > 1 { days / DAYS_OF_A_MONTH } else { 0 };
    (months + of_days, days - of_days * DAYS_OF_A_MONTH)
}

/// The first day after one that does not do on which it does, where the other does.
pub(super) fn first_day(mut bad: Day, mut good: Day, does: impl Fn(Day) -> bool) -> Day {
    while let Some(middle) =
        Some((good - bad).num_days()).filter(|days| *days > 1).and_then(|days| bad.checked_add_days(chrono::Days::new(days.unsigned_abs() / 2)))
    {
        if does(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    good
}

/// Takes windows and merging off, down to what each record of a list gives, or the one stay that there is.
fn unwrapped(episodes: &Expr) -> Option<Episodes<'_>> {
    let (mut windows, mut shortest, mut merged) = (Vec::new(), Vec::new(), false);
    let mut rest = episodes;
    loop {
        match rest {
            Expr::Call(Builtin::MergedEpisodes, arguments) => (merged, rest) = (true, arguments.first()?),
            Expr::Call(Builtin::ClippedEpisodes, arguments) => {
                windows.push(arguments.get(1)?);
                rest = arguments.first()?;
            }
            Expr::Filter(inner, test) => {
                if let Expr::Compare(Comparator::GreaterOrEqual, months, number, _) = &**test
                    && is_months_of_itself(months)
                {
                    shortest.push(&**number);
                }
                rest = inner;
            }
            Expr::For(lists, body) => {
                return match (lists.as_slice(), &**body) {
                    ([list], Expr::Range(range)) => Some(Episodes { list: Some(list), range, windows, merged, shortest }),
                    _ => None,
                };
            }
            Expr::List(items) => {
                return match items.as_slice() {
                    [Expr::Range(range)] => Some(Episodes { list: None, range, windows, merged, shortest }),
                    _ => None,
                };
            }
            _ => return None,
        }
    }
}
