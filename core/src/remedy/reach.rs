//! Values that must come to something: fields are set, arithmetic is undone, totals and counts are raised by records.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::facts::{Entity, FieldKind, Power};
use crate::feel::{Builtin, Datum, Expr, Item, Operator, Part, Truth, Val, Value};
use crate::quantity::Day;

use super::earliest::Reads;
use super::integrate::tidy;
use super::invert::{Fact, Inverter, Obstacle, Place, Scope, Seat};
use super::plan::{Add, Being, Plan, all_of, any_of};
use super::want::{Kind, Want};
use super::world::last_day_of_stays;
use crate::facts::changed::{Key, Keys};
use crate::order::order_by_key;

/// How many records that are there are looked at one by one.
pub(super) const LOOKED_AT: usize = 4;
/// How many records a plan may add at once to make up a count.
const ADDED: usize = 12;

/// A list of the facts, and the tests that its items must pass.
pub(super) struct List<'a> {
    pub(super) keys: Keys,
    pub(super) entity: &'static Entity,
    /// Whether the records in it stand in the subject's power.
    pub(super) power: bool,
    /// Whether records can be added.
    addable: bool,
    pub(super) base: &'a Expr,
    pub(super) tests: Vec<&'a Expr>,
}

impl<'a> Inverter<'a> {
    /// Plans by which a value comes to what is wanted.
    pub(super) fn constrain(&mut self, expr: &'a Expr, want: &Want, scope: &Scope<'a>) -> Vec<Plan> {
        self.or_why_not(|me| me.constrained(expr, want, scope))
    }

    fn constrained(&mut self, expr: &'a Expr, want: &Want, scope: &Scope<'a>) -> Vec<Plan> {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            return self.none(Obstacle::NoWay);
        }
        let val = self.val(expr, scope);
        if holds(&val, want) {
            return Plan::nothing();
        }
        match expr {
            Expr::Slot { .. } | Expr::Own { .. } => match self.fact(expr, scope) {
                Some(fact) if want.null && fact.left_out_is_none => Plan::change(fact.keys, want.clone(), fact.being),
                // What others decide may be decided already, and only not be told.
                Some(fact) if !fact.changeable && !fact.being.is_new() && !val.is_decided() => self.none(Obstacle::Missing),
                Some(fact) if fact.counts => match want.meet(&no_less_than(&val)).filter(|_| !is_above(&val, want)) {
                    Some(more) => self.set(fact, &more),
                    None => self.none(Obstacle::NotInPower),
                },
                Some(fact) => self.set(fact, want),
                None => self.no_way_to_change(expr, scope),
            },
            Expr::If(condition, yes, no) => self.branches(condition, scope, |me, holds| me.constrain(if holds { yes } else { no }, want, scope)),
            Expr::Part(of, part) => self.part(of, *part, want, scope),
            Expr::Arithmetic(operator, left, right) => self.arithmetic(*operator, left, right, want, scope),
            Expr::Negate(of) => match negated(want) {
                Some(want) => self.constrain(of, &want, scope),
                None => self.none(Obstacle::NoWay),
            },
            Expr::Call(Builtin::Total | Builtin::Sum, arguments) => match arguments.first() {
                Some(list) => self.total(list, &val, want, scope),
                None => Vec::new(),
            },
            Expr::Call(Builtin::Count, arguments) => match arguments.first() {
                Some(list) => self.count(list, &val, want, scope),
                None => Vec::new(),
            },
            Expr::Call(Builtin::WholeMonths, arguments) => match (arguments.first(), &want.low) {
                (Some(episodes), Some(Value::Number(least))) => self.months(episodes, *least, &val, scope),
                _ => self.none(Obstacle::NoWay),
            },
            Expr::Call(Builtin::Max, arguments) if want.high.is_none() => self.elements(arguments, want, true, scope),
            Expr::Call(Builtin::Min, arguments) if want.low.is_none() => self.elements(arguments, want, true, scope),
            Expr::Call(Builtin::Max | Builtin::Min, arguments) => self.elements(arguments, want, false, scope),
            // What is computed in a way that is not inverted may well be in one's power.
            _ => self.no_way_for(expr, scope),
        }
    }

    /// Sets a fact, if that is in the subject's power and not too late.
    pub(super) fn set(&mut self, fact: Fact, want: &Want) -> Vec<Plan> {
        if !fact.changeable {
            // What lies before its last day never was: a stay is not cut short.
            let lengthens = fact.no_earlier_than.is_none_or(|ended| matches!(want.low, Some(Value::Date(low)) if low > ended));
            let late = fact.settled_on.filter(|_| lengthens).map(Obstacle::TooLate);
            return self.none(late.unwrap_or(Obstacle::NotInPower));
        }
        if let Some(since) = fact.done_on.and_then(|done| done.succ_opt()) {
            return self.none(Obstacle::TooLate(since));
        }
        let mut want = want.clone();
        if let Some(planned) = fact.no_earlier_than {
            // A stay is made longer, and never cut short.
            match want.meet(&Want::between(Some(Value::Date(planned)), None)) {
                Some(both) => want = both,
                None => return self.none(Obstacle::NotInPower),
            }
        }
        if want.null && !fact.being.is_new() {
            return self.none(Obstacle::NotInPower);
        }
        if let (Some(Value::Number(low)), false) = (&want.low, fact.being.is_new())
            && *low > Decimal::ONE
        {
            // Nobody sets aside a part of a fen.
            want.low = Some(Value::Number(low.round_dp_with_strategy(2, RoundingStrategy::ToPositiveInfinity)));
        }
        if fact.kind.is_whole() {
            want.low = want.low.map(|low| rounded(low, Decimal::ceil));
            want.high = want.high.map(|high| rounded(high, Decimal::floor));
        }
        if fact.kind.is_day() && !want.null {
            if let Some(Value::Date(high)) = want.high.as_ref().or(want.is.as_ref()).or(want.among.as_ref().and_then(|among| among.last()))
                && *high < self.today
            {
                return self.none(high.succ_opt().map_or(Obstacle::NoWay, Obstacle::TooLate));
            }
            if let Some(Value::Date(low)) = want.low {
                want.opens = Some(low);
            }
            match want.meet(&Want::between(Some(Value::Date(self.today)), None)) {
                Some(both) => want = both,
                None => return self.none(Obstacle::NoWay),
            }
        }
        if let Kind::Own(crate::policy::OwnKind::Code(codes)) = &fact.kind {
            let text = |value: Value| match value {
                Value::Code(code) => codes.codes.get(usize::from(code)).map_or(Value::NULL, |code| Value::Text(code.clone())),
                other => other,
            };
            want = Want {
                is: want.is.or(want.low).or(want.high).map(text),
                among: want.among.map(|among| among.into_iter().map(text).collect()),
                low: None,
                high: None,
                not: want.not.into_iter().map(text).collect(),
                ..want
            };
        }
        let plans = Plan::change(fact.keys, want, fact.being);
        match fact.earned_by {
            // What others award at the end of a stay that goes on takes that it ends.
            Some((end, earliest)) => {
                let ended = Want::between(Some(Value::Date(earliest)), None);
                all_of(&plans, &Plan::change(end, ended, Being::There))
            }
            None => plans,
        }
    }

    /// A part of a date: its year, or its month from today on.
    fn part(&mut self, of: &'a Expr, part: Part, want: &Want, scope: &Scope<'a>) -> Vec<Plan> {
        let whole = |value: &Option<Value>| if let Some(Value::Number(n)) = value { i32::try_from(n.trunc().mantissa()).ok() } else { None };
        let (low, high) = (whole(&want.is).or(whole(&want.low)), whole(&want.is).or(whole(&want.high)));
        if let Some(among) = &want.among {
            let ways: Vec<Vec<Plan>> = among.iter().map(|value| self.part(of, part, &Want::is(value.clone()), scope)).collect();
            let mut ways: Vec<Vec<Plan>> = ways.into_iter().filter(|plans| !plans.is_empty()).collect();
            // The earlier the better.
            let day = |plan: &Plan| plan.draft.0.iter().chain(&plan.changes.0).find_map(|(_, want)| want.opens);
            order_by_key(&mut ways, |plans| plans.first().and_then(day));
            let mut ways = ways.into_iter();
            let first = ways.next().unwrap_or_default();
            return ways.fold(first, |plans, others| self.either(plans, others));
        }
        let days = match part {
            Part::Year => {
                let first = low.map(|year| Day::from_ymd_opt(year, 1, 1));
                let last = high.map(|year| Day::from_ymd_opt(year, 12, 31));
                Some((first.flatten(), last.flatten()))
            }
            Part::Month => low.filter(|_| low == high).and_then(|month| self.next_month(month)).map(|(first, last)| (Some(first), Some(last))),
            _ => None,
        };
        match days {
            Some((first, last)) if first.is_some() || last.is_some() => {
                self.constrain(of, &Want::between(first.map(Value::Date), last.map(Value::Date)), scope)
            }
            _ => self.no_way_for(of, scope),
        }
    }

    /// The days of the next such month that are still to come.
    fn next_month(&self, month: i32) -> Option<(Day, Day)> {
        use chrono::Datelike;
        let month = u32::try_from(month).ok()?;
        let year = if self.today.month() > month { self.today.year() + 1 } else { self.today.year() };
        let first = Day::from_ymd_opt(year, month, 1)?;
        let last = crate::feel::add_months(first, 1)?.pred_opt()?;
        Some((first, last))
    }

    /// Undoes an operation, one side of which is taken as it stands.
    fn arithmetic(&mut self, operator: Operator, left: &'a Expr, right: &'a Expr, want: &Want, scope: &Scope<'a>) -> Vec<Plan> {
        let (a, b) = (self.val(left, scope), self.val(right, scope));
        let number = |val: &Val<'_>| if let Val::Number(n) = val { Some(*n) } else { None };
        let of_left = number(&b).and_then(|b| match operator {
            Operator::Add => mapped(want, |n| n.checked_sub(b)),
            Operator::Subtract => mapped(want, |n| n.checked_add(b)),
            Operator::Multiply if b > Decimal::ZERO => mapped(want, |n| n.checked_div(b)),
            Operator::Divide if b > Decimal::ZERO => mapped(want, |n| n.checked_mul(b)),
            _ => None,
        });
        let of_right = number(&a).and_then(|a| match operator {
            Operator::Add => mapped(want, |n| n.checked_sub(a)),
            Operator::Subtract => negated(want).and_then(|want| mapped(&want, |n| n.checked_add(a))),
            Operator::Multiply if a > Decimal::ZERO => mapped(want, |n| n.checked_div(a)),
            Operator::Divide if a > Decimal::ZERO => divided_by(a, want),
            _ => None,
        });
        let by_left = self.side(left, of_left, right, scope);
        let by_right = self.side(right, of_right, left, scope);
        self.either(by_left, by_right)
    }

    /// One side of an operation comes to what undoing the operation asks of it, where that is known.
    fn side(&mut self, side: &'a Expr, wanted: Option<Want>, other: &'a Expr, scope: &Scope<'a>) -> Vec<Plan> {
        match wanted {
            Some(wanted) => self.constrain(side, &wanted, scope),
            None if self.waits_for_facts(other, scope) => self.none(Obstacle::Missing),
            None if self.rests_on_power(side, scope) => self.none(Obstacle::NoWay),
            None => self.none(Obstacle::NotInPower),
        }
    }

    /// Some of the arguments come to what is wanted, or all of them do.
    fn elements(&mut self, arguments: &'a [Expr], want: &Want, any: bool, scope: &Scope<'a>) -> Vec<Plan> {
        if any {
            return self.or_why_not(|me| me.each_element(arguments, want, any, scope));
        }
        self.and_why_not(|me| me.each_element(arguments, want, any, scope))
    }

    fn each_element(&mut self, arguments: &'a [Expr], want: &Want, any: bool, scope: &Scope<'a>) -> Vec<Plan> {
        let mut plans = if any { Vec::new() } else { Plan::nothing() };
        for argument in arguments {
            let of_argument = match argument {
                Expr::Call(Builtin::Append | Builtin::Concatenate, parts) => self.elements(parts, want, any, scope),
                Expr::List(parts) => self.elements(parts, want, any, scope),
                Expr::For(lists, body) if any => match lists.as_slice() {
                    [list] if is_months_of_itself(body) => match &want.low {
                        Some(Value::Number(least)) => self.months(list, *least, &Val::NULL, scope),
                        _ => Vec::new(),
                    },
                    [list] => match Self::list(list, scope) {
                        Some(list) => self.add(&list, 1, scope, |me, scope| me.constrain(body, want, scope), false),
                        None => Vec::new(),
                    },
                    _ => Vec::new(),
                },
                other => self.constrain(other, want, scope),
            };
            plans = if any { any_of(plans, of_argument) } else { all_of(&plans, &of_argument) };
        }
        plans
    }

    /// The list of the facts that an expression filters.
    pub(super) fn list(expr: &'a Expr, scope: &Scope<'a>) -> Option<List<'a>> {
        let mut tests = Vec::new();
        let mut base = expr;
        while let Expr::Filter(inner, test) = base {
            tests.push(&**test);
            base = inner;
        }
        tests.reverse();
        let Expr::Slot { of, slot, .. } = base else { return None };
        let Place::Record(seat) = Self::place(of, scope)? else { return None };
        let field = seat.entity.fields.get(usize::from(*slot))?;
        let FieldKind::Records(entity) = field.kind else { return None };
        let mut keys = seat.keys;
        keys.push(Key::Slot(*slot));
        let addable = field.power == Power::Attainable && seat.power && !seat.being.is_new();
        Some(List { keys, entity: entity(), power: seat.power, addable, base, tests })
    }

    /// Every record of a list that may pass the tests, with its place.
    pub(super) fn items(&mut self, list: &List<'a>, scope: &Scope<'a>) -> Vec<(Item<'a>, usize)> {
        let Val::List(items) = self.val(list.base, scope) else { return Vec::new() };
        let mut found = Vec::new();
        let there = self.there(&list.keys, items.items.len());
        for (index, (item, _)) in items.items.iter().enumerate().take(there) {
            let Val::Record(item) = item else { continue };
            let inner = scope.with(Self::item(list, *item, index, Being::There));
            if self.truth_of_all(&list.tests, &inner).can_be(Truth::TRUE) {
                found.push((*item, index));
            }
        }
        found
    }

    /// Whether a record passes all of these tests.
    pub(super) fn truth_of_all(&mut self, tests: &[&'a Expr], inner: &Scope<'a>) -> Truth {
        let mut all = Truth::TRUE;
        for test in tests {
            all = all.and(self.truth(test, inner));
            if !all.can_be(Truth::TRUE) {
                break;
            }
        }
        all
    }

    /// Every record that is there and certainly does not pass the tests of a list, with its place.
    pub(super) fn left_out(&mut self, list: &List<'a>, scope: &Scope<'a>) -> Vec<(Item<'a>, usize)> {
        let passing: Vec<usize> = self.items(list, scope).into_iter().map(|(_, index)| index).collect();
        let all = List { keys: list.keys.clone(), tests: Vec::new(), ..*list };
        let others = self.items(&all, scope).into_iter().filter(|(_, index)| !passing.contains(index));
        others.collect()
    }

    /// One more of the records that are there comes to pass the tests of a list.
    fn mended(&mut self, list: &List<'a>, scope: &Scope<'a>) -> Vec<Plan> {
        let mut plans = Vec::new();
        for (item, index) in self.left_out(list, scope).into_iter().take(LOOKED_AT) {
            let of_item = self.passing(list, &scope.with(Self::item(list, item, index, Being::There)));
            plans = any_of(plans, of_item);
        }
        plans
    }

    /// Plans by which a record passes the tests of a list.
    pub(super) fn passing(&mut self, list: &List<'a>, inner: &Scope<'a>) -> Vec<Plan> {
        self.and_why_not(|me| {
            let mut plans = Plan::nothing();
            for test in &list.tests {
                plans = all_of(&plans, &me.achieve(test, true, inner));
            }
            plans
        })
    }

    /// Adds records that pass the tests of a list, and whatever `more` asks of each.
    pub(super) fn add(
        &mut self,
        list: &List<'a>,
        times: usize,
        scope: &Scope<'a>,
        more: impl FnOnce(&mut Self, &Scope<'a>) -> Vec<Plan>,
        adds_up: bool,
    ) -> Vec<Plan> {
        if !list.addable || times > ADDED {
            return self.none(if list.addable { Obstacle::NoWay } else { Obstacle::NotInPower });
        }
        if !matches!(self.val(list.base, scope), Val::List(_) | Val::Null(None)) {
            return self.none(Obstacle::Missing);
        }
        let draft = Seat { keys: Keys::new(), entity: list.entity, being: Being::Thought, power: false, chosen_anew: false, val: Val::UNKNOWN };
        let inner = scope.with(Place::Record(draft));
        let mut plans = self.and_why_not(|me| {
            let mut plans = me.or_why_not(|me| more(me, &inner));
            if adds_up {
                plans.iter_mut().for_each(take_amounts);
            }
            all_of(&plans, &me.passing(list, &inner))
        });
        order_by_key(&mut plans, Plan::cost);
        plans.truncate(2);
        let group = self.group();
        for plan in &mut plans {
            let add = Add {
                list: list.keys.clone(),
                entity: list.entity,
                wants: std::mem::take(&mut plan.draft),
                amounts: std::mem::take(&mut plan.amounts),
                batch: group,
            };
            plan.adds.extend(std::iter::repeat_n(add, times));
            plan.group = vec![group];
        }
        plans
    }

    /// Raises a total by one more record, or by what the records that are there can still come to; or keeps it from being more.
    fn total(&mut self, list: &'a Expr, val: &Val<'a>, want: &Want, scope: &Scope<'a>) -> Vec<Plan> {
        let Some(low) = least_of(val).filter(|_| !is_above(val, want)) else { return self.none(Obstacle::NotInPower) };
        let Expr::For(lists, body) = list else { return self.none(Obstacle::NoWay) };
        let [items] = lists.as_slice() else { return self.none(Obstacle::NoWay) };
        let Some(list) = Self::list(items, scope) else { return self.none(Obstacle::NoWay) };
        if is_enough(low, want) {
            return self.no_more(&list, Some(body), scope);
        }
        let Some(Value::Number(least)) = &want.low else { return self.none(Obstacle::NotInPower) };
        let Some(short) = least.checked_sub(low) else { return self.none(Obstacle::NoWay) };
        if list.addable {
            let wanted = Want::between(Some(Value::Number(short)), None);
            let raised = self.raised_alone(&list, body, short, scope);
            let added = self.add(&list, 1, scope, |me, scope| me.constrain(body, &wanted, scope), true);
            return self.either(raised, added);
        }
        let mut plans = self.raised_alone(&list, body, short, scope);
        if plans.is_empty() {
            plans = self.raised_together(&list, body, short, scope);
        }
        if plans.is_empty() { self.none(Obstacle::NotInPower) } else { plans }
    }

    /// Raises a total by one of the records that are there; of a list to which records can be added, by a stay that goes on.
    fn raised_alone(&mut self, list: &List<'a>, body: &'a Expr, short: Decimal, scope: &Scope<'a>) -> Vec<Plan> {
        // Of records that are no stays, none goes on.
        if list.addable && last_day_of_stays(list.entity).is_none() {
            return Vec::new();
        }
        let mut items = self.items(list, scope);
        items.retain(|(item, _)| !list.addable || self.goes_on(list.entity, *item));
        let mut plans = Vec::new();
        for (item, index) in items.into_iter().take(LOOKED_AT) {
            let inner = scope.with(Self::item(list, item, index, Being::There));
            let there = self.val(body, &inner).bounds().and_then(|bounds| bounds.low).unwrap_or_default();
            let Some(more) = there.checked_add(short) else { continue };
            let of_item = self.constrain(body, &Want::between(Some(Value::Number(more)), None), &inner);
            plans = any_of(plans, of_item);
        }
        plans
    }

    /// Whether a record is a stay that has not ended.
    fn goes_on(&self, entity: &'static Entity, item: Item<'a>) -> bool {
        last_day_of_stays(entity).is_some_and(|last| match item.record.read(usize::from(last)) {
            Datum::Date(end) => end >= self.today,
            Datum::None => true,
            _ => false,
        })
    }

    /// Raises a total by several of the records that are there, each as far as it can be, where none alone makes up for what is short.
    fn raised_together(&mut self, list: &List<'a>, body: &'a Expr, short: Decimal, scope: &Scope<'a>) -> Vec<Plan> {
        let (mut plans, mut rest) = (Plan::nothing(), short);
        for (item, index) in self.items(list, scope).into_iter().take(ADDED) {
            let inner = scope.with(Self::item(list, item, index, Being::There));
            let there = self.val(body, &inner).bounds().and_then(|bounds| bounds.low).unwrap_or_default();
            let Some(most) = self.most(body, &inner) else { continue };
            let Some(by) = most.checked_sub(there).map(|room| room.min(rest)).filter(|by| *by > Decimal::ZERO) else { continue };
            let Some(raised) = there.checked_add(by) else { continue };
            let of_item = self.constrain(body, &Want::between(Some(Value::Number(raised)), None), &inner);
            if of_item.is_empty() {
                continue;
            }
            plans = all_of(&plans, &of_item);
            match rest.checked_sub(by).filter(|rest| *rest > Decimal::ZERO) {
                Some(left) => rest = left,
                None => return plans,
            }
        }
        Vec::new()
    }

    /// The most that an item of a total can add, where a part of it that stays bounds it.
    fn most(&mut self, body: &'a Expr, scope: &Scope<'a>) -> Option<Decimal> {
        match body {
            Expr::If(condition, yes, no) => match self.truth(condition, scope) {
                truth if truth.is(Truth::TRUE) => self.most(yes, scope),
                truth if truth.is(Truth::FALSE) => self.most(no, scope),
                _ => None,
            },
            Expr::Call(Builtin::Min, arguments) => {
                let arguments = if let [Expr::List(parts)] = arguments.as_slice() { parts } else { arguments };
                let fixed = arguments.iter().filter_map(|argument| {
                    if self.rests_on_power(argument, scope) {
                        return None;
                    }
                    if let Val::Number(most) = self.val(argument, scope) { Some(most) } else { None }
                });
                fixed.min()
            }
            _ => None,
        }
    }

    /// Raises a count by further records, or one that is there and comes to pass; or keeps it from being more.
    fn count(&mut self, list: &'a Expr, val: &Val<'a>, want: &Want, scope: &Scope<'a>) -> Vec<Plan> {
        if least_of(val).is_some_and(|low| is_enough(low, want) && !is_above(val, want))
            && let Some(list) = Self::list(list, scope)
        {
            return self.no_more(&list, None, scope);
        }
        // Anything but none is one at least.
        let some = if want.not.as_slice() == [Value::Number(Decimal::ZERO)] { Some(Value::Number(Decimal::ONE)) } else { None };
        let (Some(Value::Number(least)), Some(low)) = (want.low.as_ref().or(want.is.as_ref()).or(some.as_ref()), least_of(val)) else {
            let obstacle = self.too_many(list, want, scope);
            return self.none(obstacle);
        };
        let short = least.checked_sub(low).map(|short| short.ceil()).and_then(|short| short.to_usize());
        match (short, Self::list(list, scope)) {
            (Some(short), Some(list)) => {
                let mended = if short == 1 { self.mended(&list, scope) } else { Vec::new() };
                let added = self.add(&list, short, scope, |_, _| Plan::nothing(), false);
                self.either(mended, added)
            }
            (Some(1), None) => self.further_stay(list, scope),
            (Some(several), None) => self.further_stays(list, several, scope),
            // What is there already is more, and is not undone.
            (None, _) => {
                let obstacle = self.too_many(list, want, scope);
                self.none(obstacle)
            }
        }
    }

    /// What stands in the way of fewer records: since when they were too many, where of each that is there it is known until when it need not have been one.
    fn too_many(&mut self, list: &'a Expr, want: &Want, scope: &Scope<'a>) -> Obstacle {
        let most = if let Some(Value::Number(most)) = want.is.as_ref().or(want.high.as_ref()) { most.to_usize() } else { None };
        let (Some(most), Some(mut list)) = (most, Self::list(list, scope)) else { return Obstacle::NotInPower };
        let items = self.items(&list, scope);
        // That it was done later still is no way out for what was done.
        let mut tests = Vec::new();
        list.tests.iter().for_each(|test| test.each_conjunct(&mut |part| tests.push(part)));
        tests.retain(|test| !self.question.reads_day(test, &Reads::default()));
        list.tests = tests;
        let mut days = Vec::new();
        for (item, index) in items.into_iter().take(ADDED) {
            let before = self.obstacles.len();
            let inner = scope.with(Self::item(&list, item, index, Being::There));
            let ways = self.left_outside(&list, &inner);
            match self.obstacles.split_off(before).as_slice() {
                [Obstacle::TooLate(day)] if ways.is_empty() => days.push(*day),
                _ => return Obstacle::NotInPower,
            }
        }
        order_by_key(&mut days, |day| *day);
        days.get(most).map_or(Obstacle::NotInPower, |day| Obstacle::TooLate(*day))
    }

    /// One item passes the test: one that is there, or a new one.
    pub(super) fn some(&mut self, list: &'a Expr, test: &'a Expr, want: bool, scope: &Scope<'a>) -> Vec<Plan> {
        if let Expr::Compare(crate::feel::Comparator::GreaterOrEqual, months, least, _) = test
            && is_months_of_itself(months)
            && let Val::Number(least) = self.val(least, scope)
        {
            return self.months(list, least, &Val::NULL, scope);
        }
        let Some(list) = Self::list(list, scope) else { return self.none(Obstacle::NoWay) };
        let mut plans = Vec::new();
        for (item, index) in self.items(&list, scope).into_iter().take(LOOKED_AT) {
            let inner = scope.with(Self::item(&list, item, index, Being::There));
            let of_item = self.achieve(test, want, &inner);
            plans = self.either(plans, of_item);
        }
        let added = self.add(&list, 1, scope, |me, scope| me.achieve(test, want, scope), false);
        self.either(plans, added)
    }

    /// Every item passes the test.
    pub(super) fn every(&mut self, list: &'a Expr, test: &'a Expr, want: bool, scope: &Scope<'a>) -> Vec<Plan> {
        let Some(list) = Self::list(list, scope) else { return self.none(Obstacle::NoWay) };
        self.and_why_not(|me| {
            let mut plans = Plan::nothing();
            for (item, index) in me.items(&list, scope) {
                let inner = scope.with(Self::item(&list, item, index, Being::There));
                plans = all_of(&plans, &me.achieve(test, want, &inner));
                if plans.is_empty() {
                    return plans;
                }
            }
            let of_added = me.each_added(&list, test, want, scope);
            all_of(&plans, &of_added)
        })
    }
}

/// Whether a value certainly is what is wanted already.
fn holds(val: &Val<'_>, want: &Want) -> bool {
    match val {
        Val::Null(None) => want.null,
        Val::Null(Some(_)) => false,
        Val::Unsure(_) => {
            let Some(bounds) = val.bounds().filter(|bounds| !bounds.null && !bounds.error) else { return false };
            let within = |bound: Option<Decimal>| bound.is_some_and(|bound| want.allows(&Value::Number(bound)));
            want.is.is_none()
                && want.not.is_empty()
                && want.among.is_none()
                && (want.low.is_none() || within(bounds.low))
                && (want.high.is_none() || within(bounds.high))
                && !want.null
        }
        known => known.clone().into_value(&crate::feel::Type::Mixed).is_some_and(|value| want.lasting.is_none() && want.allows(&value)),
    }
}

/// What was counted is not undone: no less than a number is.
fn no_less_than(val: &Val<'_>) -> Want {
    let there = if let Val::Number(there) = val { Some(Value::Number(*there)) } else { None };
    Want::between(there, None)
}

/// Whether a number certainly is more than is wanted.
fn is_above(val: &Val<'_>, want: &Want) -> bool {
    let least = val.bounds().and_then(|bounds| bounds.low);
    matches!((least, want.is.as_ref().or(want.high.as_ref())), (Some(least), Some(Value::Number(most))) if least > *most)
}

/// Whether this is as much as is wanted, so that nothing but more would be wrong.
fn is_enough(least: Decimal, want: &Want) -> bool {
    let enough = match &want.low {
        Some(Value::Number(low)) => least >= *low,
        low => low.is_none(),
    };
    enough && want.high.is_some()
}

/// The least that a total can be; of no list at all it is nothing.
fn least_of(val: &Val<'_>) -> Option<Decimal> {
    if let Val::Null(None) = val { Some(Decimal::ZERO) } else { val.bounds().and_then(|bounds| bounds.low) }
}

/// Moves what a record adds to a total from what it must be to how much it adds.
fn take_amounts(plan: &mut Plan) {
    let wants = std::mem::take(&mut plan.draft.0);
    for (keys, want) in wants {
        match want.low {
            Some(Value::Number(amount)) if want.high.is_none() => plan.amounts.push((keys, tidy(amount))),
            _ => plan.draft.0.push((keys, want)),
        }
    }
}

/// `whole months([item])` of the innermost variable.
pub(super) fn is_months_of_itself(expr: &Expr) -> bool {
    let Expr::Call(Builtin::WholeMonths, arguments) = expr else { return false };
    matches!(arguments.as_slice(), [Expr::List(items)] if matches!(items.as_slice(), [Expr::Local(0)]))
}

fn rounded(value: Value, how: fn(&Decimal) -> Decimal) -> Value {
    if let Value::Number(number) = value { Value::Number(how(&number)) } else { value }
}

/// The want with each of its numbers changed.
fn mapped(want: &Want, change: impl Fn(Decimal) -> Option<Decimal>) -> Option<Want> {
    let change = |value: &Option<Value>| match value {
        Some(Value::Number(number)) => change(*number).map(|n| Some(Value::Number(n))),
        Some(_) => None,
        None => Some(None),
    };
    if want.among.is_some() {
        return None;
    }
    Some(Want { is: change(&want.is)?, low: change(&want.low)?, high: change(&want.high)?, ..want.clone() })
}

/// What a divisor must come to, so that this divided by it is what is wanted; `None` of what is wanted to be nothing, or less.
fn divided_by(dividend: Decimal, want: &Want) -> Option<Want> {
    let share = |number: Decimal| if number > Decimal::ZERO { dividend.checked_div(number) } else { None };
    let turned = mapped(want, share)?;
    Some(Want { low: turned.high, high: turned.low, ..turned })
}

fn negated(want: &Want) -> Option<Want> {
    let minus = mapped(want, |number| Some(-number))?;
    Some(Want { low: minus.high, high: minus.low, ..minus })
}
