//! The reader that inverts: from a condition to what could be done so that it holds.
//!
//! In comes a compiled condition and the facts as they stand; out come plans, or why there are none. What no fact in the subject's power can change
//! is evaluated as it stands. INVARIANT: plans are proposals. Nothing is told that was not judged again, so a way that is missed or too strict is no error.

use crate::evaluate::{Question, Standing, Status};
use crate::facts::{Entity, Facts, Field, FieldKind, Power};
use crate::feel::{Builtin, Comparator, Datum, Evaluator, Expr, Item, OneOf, Truth, Type, Val, Value, Waiting};
use crate::quantity::{Day, Unit};

use super::earliest::Reads;
use super::plan::{Being, Plan, all_of, any_of};
use super::twice::Twice;
use super::want::{Kind, Want};
use super::world::{day_with, first_day_of_stays, kind_of, last_day_of_stays, left_out_is_none};
use crate::facts::changed::{Key, Keys};

/// Why a condition could not be made to hold.
///
/// INVARIANT: that it is in nobody's power, or too late, is said only where that was shown of every way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// Nothing is known that would turn it.
    NoWay,
    /// It takes another fact, which is as it is.
    NotInPower,
    /// It waits for facts that nobody told us.
    Missing,
    /// It could have been done before this day.
    TooLate(Day),
}

impl Obstacle {
    /// What stands in the way where either of two ways would do.
    pub(super) fn of_either(self, other: Self) -> Self {
        match (self, other) {
            (Self::Missing, _) | (_, Self::Missing) => Self::Missing,
            (Self::NoWay, _) | (_, Self::NoWay) => Self::NoWay,
            (Self::TooLate(a), Self::TooLate(b)) => Self::TooLate(a.max(b)),
            (Self::TooLate(day), Self::NotInPower) | (Self::NotInPower, Self::TooLate(day)) => Self::TooLate(day),
            (Self::NotInPower, Self::NotInPower) => Self::NotInPower,
        }
    }

    /// What stands in the way where both of two things are needed.
    pub(super) fn of_both(self, other: Self) -> Self {
        match (self, other) {
            (Self::NotInPower, _) | (_, Self::NotInPower) => Self::NotInPower,
            (Self::TooLate(a), Self::TooLate(b)) => Self::TooLate(a.min(b)),
            // Since when nothing helped, nobody knows.
            (Self::NoWay, _) | (_, Self::NoWay) => Self::NoWay,
            (Self::TooLate(day), Self::Missing) | (Self::Missing, Self::TooLate(day)) => Self::TooLate(day),
            (Self::Missing, Self::Missing) => Self::Missing,
        }
    }
}

/// Where a variable stands.
#[derive(Clone)]
pub(super) enum Place<'a> {
    Record(Seat<'a>),
    Value(Val<'a>),
}

/// A record whose facts may be changed: one that is there, or a new one.
#[derive(Clone)]
pub(super) struct Seat<'a> {
    pub(super) keys: Keys,
    pub(super) entity: &'static Entity,
    pub(super) being: Being,
    /// Whether what leads here is in the subject's power.
    pub(super) power: bool,
    /// Whether another such record may be chosen in its place, so that each of its facts may be another.
    pub(super) chosen_anew: bool,
    pub(super) val: Val<'a>,
}

impl Seat<'_> {
    /// Whether it is a stay that has not begun.
    fn is_to_come(&self, today: Day) -> bool {
        self.first_day().is_some_and(|day| day > today)
    }

    /// The first day of a stay.
    fn first_day(&self) -> Option<Day> {
        let Val::Record(item) = &self.val else { return None };
        match item.record.read(usize::from(first_day_of_stays(self.entity)?)) {
            Datum::Date(day) => Some(day),
            _ => None,
        }
    }

    /// The first day on which a fact of a stay could no longer be had otherwise: what is chosen once it has begun, its last day once that is past. Of a list,
    /// another stay can be had.
    fn settled_on(&self, power: Power, ended: Option<Day>, today: Day) -> Option<Day> {
        if !self.power || self.keys.iter().any(|key| matches!(key, Key::Index(_))) {
            return None;
        }
        match power {
            Power::Chosen => self.first_day().filter(|first| *first <= today),
            Power::Attainable => ended?.succ_opt(),
            _ => None,
        }
    }

    /// The day on which what a record of a list says was done, where that is another of its facts and no stay.
    fn day_done(&self) -> Option<Day> {
        let (Some(Key::Index(_)), Val::Record(item), None) = (self.keys.last(), &self.val, last_day_of_stays(self.entity)) else { return None };
        let day = day_with(self.entity, Power::Attainable)?;
        if let Datum::Date(done) = item.record.read(usize::from(day)) { Some(done) } else { None }
    }
}

impl<'a> Place<'a> {
    pub(super) fn val(&self) -> Val<'a> {
        match self {
            Self::Record(seat) => seat.val.clone(),
            Self::Value(val) => val.clone(),
        }
    }
}

/// The records and variables that an expression sees.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    pub(super) roots: [Option<Place<'a>>; 2],
    pub(super) locals: Vec<Place<'a>>,
    /// The day from which on something can be done.
    today: Day,
}

impl<'a> Scope<'a> {
    pub(super) fn with(&self, place: Place<'a>) -> Self {
        let mut inner = self.clone();
        inner.locals.push(place);
        inner
    }

    /// Whether one of the records that it is about is new.
    fn is_about_new(&self, root: u16) -> bool {
        matches!(self.roots.get(usize::from(root)), Some(Some(Place::Record(seat))) if seat.being.is_new())
    }
}

/// Turns conditions into plans, before facts as they stand.
pub(super) struct Inverter<'a> {
    pub(super) question: &'a Question<'a>,
    pub(super) evaluator: Evaluator<'a>,
    /// The decision's own question, where a layer is looked at: it says which records count.
    base: Option<(&'a Question<'a>, Evaluator<'a>)>,
    /// What is done is done on this day or later.
    pub(super) today: Day,
    pub(super) subject: Option<Item<'a>>,
    /// What the decision is to become: met, or at least for the authority to waive.
    pub(super) aim: Status,
    pub(super) obstacles: Vec<Obstacle>,
    /// The lists to which records are to be added already: those are mended by what is asked of them, and no records that are there.
    added: Vec<Keys>,
    /// The facts that are to be changed already.
    changed: Vec<Keys>,
    /// The stays that go on and stand in the facts twice.
    twice: Vec<Twice>,
    /// How many parts may still be looked at.
    pub(super) left: u32,
    groups: u32,
}

/// How many parts of conditions one judgement may look at.
const PARTS: u32 = 20_000;

impl<'a> Inverter<'a> {
    pub(super) fn new(question: &'a Question<'a>, standing: Standing<'a>, today: Day, aim: Status, (added, changed): (Vec<Keys>, Vec<Keys>)) -> Self {
        Self {
            question,
            evaluator: standing.evaluator,
            base: None,
            today,
            subject: standing.subject,
            aim,
            obstacles: Vec::new(),
            added,
            changed,
            twice: Vec::new(),
            left: PARTS,
            groups: 0,
        }
    }

    /// The same, to which these stays are one each.
    pub(super) fn with_stays_told_twice(self, twice: &[Twice]) -> Self {
        Self { twice: twice.to_vec(), ..self }
    }

    /// Looks at a layer, before the same facts.
    pub(super) fn at_layer<T>(&mut self, question: &'a Question<'a>, evaluator: Evaluator<'a>, look: impl FnOnce(&mut Self) -> T) -> T {
        let base = (std::mem::replace(&mut self.question, question), std::mem::replace(&mut self.evaluator, evaluator));
        self.base = Some(base);
        let result = look(self);
        if let Some((question, evaluator)) = self.base.take() {
            (self.question, self.evaluator) = (question, evaluator);
        }
        result
    }

    /// What a provision about the subject sees.
    pub(super) fn scope(&self, owner: Option<Item<'a>>) -> Scope<'a> {
        let entity = Facts::SUBJECTS.iter().copied().find(|entity| entity.name == self.question.subject());
        let subject = self.subject.zip(entity).map(|(item, entity)| {
            Place::Record(Seat { keys: Keys::new(), entity, being: Being::There, power: true, chosen_anew: false, val: Val::Record(item) })
        });
        Scope { roots: [subject, owner.map(|item| Place::Value(Val::Record(item)))], locals: Vec::new(), today: self.today }
    }

    /// How many records of a list of so many were there.
    pub(super) fn there(&self, list: &Keys, all: usize) -> usize {
        all.saturating_sub(self.added.iter().filter(|added| *added == list).count())
    }

    /// Whether a fact is to be changed already, so that it is not as it was.
    pub(super) fn is_changed(&self, keys: &Keys) -> bool {
        self.changed.contains(keys)
    }

    /// Nothing is known that would turn what an expression is worth, or nobody can.
    pub(super) fn no_way_for(&mut self, expr: &'a Expr, scope: &Scope<'a>) -> Vec<Plan> {
        if self.rests_on_power(expr, scope) {
            return self.none(Obstacle::NoWay);
        }
        self.no_way_to_change(expr, scope)
    }

    /// What an expression is worth is as it is, and nobody can change it.
    pub(super) fn no_way_to_change(&mut self, expr: &'a Expr, scope: &Scope<'a>) -> Vec<Plan> {
        // What nobody told us may be as is asked.
        let obstacle = if self.waits_for_facts(expr, scope) { Obstacle::Missing } else { Obstacle::NotInPower };
        self.none(obstacle)
    }

    /// Whether somebody could tell facts that decide what an expression is worth: what a new record lacks is none of them.
    pub(super) fn waits_for_facts(&mut self, expr: &'a Expr, scope: &Scope<'a>) -> bool {
        let (val, waiting) = self.evaluate(scope, |evaluator| evaluator.traced(|evaluator| evaluator.val(expr)));
        let of_new = |one: &Waiting<'_>| matches!(one, Waiting::Root(root) if scope.is_about_new(*root));
        !val.is_decided() && !waiting.iter().all(of_new)
    }

    pub(super) fn group(&mut self) -> u32 {
        self.groups += 1;
        self.groups
    }

    pub(super) fn none(&mut self, obstacle: Obstacle) -> Vec<Plan> {
        self.obstacles.push(obstacle);
        Vec::new()
    }

    fn evaluate<T>(&mut self, scope: &Scope<'a>, how: impl FnOnce(&mut Evaluator<'a>) -> T) -> T {
        let root = |place: &Option<Place<'a>>| match place.as_ref().map(Place::val) {
            Some(Val::Record(item)) => Some(item),
            _ => None,
        };
        self.evaluator.set_roots(scope.roots.iter().map(root));
        self.evaluator.beside(scope.locals.iter().map(Place::val), how)
    }

    pub(super) fn truth(&mut self, expr: &'a Expr, scope: &Scope<'a>) -> Truth {
        self.evaluate(scope, |evaluator| evaluator.truth(expr))
    }

    pub(super) fn val(&mut self, expr: &'a Expr, scope: &Scope<'a>) -> Val<'a> {
        self.evaluate(scope, |evaluator| evaluator.val(expr))
    }

    /// Plans that make a condition true, or false.
    pub(super) fn achieve(&mut self, expr: &'a Expr, want: bool, scope: &Scope<'a>) -> Vec<Plan> {
        self.or_why_not(|me| me.achieved(expr, want, scope))
    }

    /// Where there is a way, what stands in the way of others says nothing; where there is none, what stands in the way of all of them.
    pub(super) fn or_why_not(&mut self, find: impl FnOnce(&mut Self) -> Vec<Plan>) -> Vec<Plan> {
        let before = self.obstacles.len();
        let plans = find(self);
        self.told_as_one(before, &plans, Obstacle::of_either);
        plans
    }

    /// The same of ways that are all needed.
    pub(super) fn and_why_not(&mut self, find: impl FnOnce(&mut Self) -> Vec<Plan>) -> Vec<Plan> {
        let before = self.obstacles.len();
        let plans = find(self);
        self.told_as_one(before, &plans, Obstacle::of_both);
        plans
    }

    fn told_as_one(&mut self, before: usize, plans: &[Plan], how: fn(Obstacle, Obstacle) -> Obstacle) {
        let all = self.obstacles.split_off(before.min(self.obstacles.len()));
        if plans.is_empty() {
            self.obstacles.push(all.into_iter().reduce(how).unwrap_or(Obstacle::NoWay));
        }
    }

    /// Whether it is too late for what was looked at last, so that it matters since when for what it is needed with.
    fn is_too_late(&self) -> bool {
        matches!(self.obstacles.last(), Some(Obstacle::TooLate(_)))
    }

    fn achieved(&mut self, expr: &'a Expr, want: bool, scope: &Scope<'a>) -> Vec<Plan> {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            return self.none(Obstacle::NoWay);
        }
        // A comparison looks at its sides anyway.
        if !matches!(expr, Expr::Compare(..)) && self.truth(expr, scope).is(Truth::of(want)) {
            return Plan::nothing();
        }
        match expr {
            Expr::And(parts) => self.parts(parts, want, want, scope),
            Expr::Or(parts) => self.parts(parts, !want, want, scope),
            Expr::Call(Builtin::Not, of) => of.first().map_or_else(Vec::new, |of| self.achieve(of, !want, scope)),
            Expr::If(condition, yes, no) => self.branches(condition, scope, |me, holds| me.achieve(if holds { yes } else { no }, want, scope)),
            Expr::Compare(comparator, left, right, _) => {
                let comparator = if want { *comparator } else { comparator.opposite() };
                self.compare(comparator, left, right, scope)
            }
            Expr::Within { value, range } if want && Self::ends_a_stay(value, scope) => self.and_why_not(|me| {
                let after = if range.low_closed { Comparator::GreaterOrEqual } else { Comparator::Greater };
                let by = if range.high_closed { Comparator::LessOrEqual } else { Comparator::Less };
                let begun = me.compare(after, value, &range.low, scope);
                all_of(&begun, &me.compare(by, value, &range.high, scope))
            }),
            Expr::Within { value, range } => {
                let ends = (self.known(&range.low, scope), self.known(&range.high, scope));
                self.within(value, ends, (range.low_closed, range.high_closed), want, scope)
            }
            Expr::Member(value, list) => self.member(value, list, want, scope),
            Expr::Slot { .. } | Expr::Own { .. } => self.constrain(expr, &Want::is(Value::Boolean(want)), scope),
            Expr::Quantified { every, lists, test } => match lists.as_slice() {
                [list] => match self.plain_values(list, scope) {
                    Some(values) => self.for_values(values, *every == want, scope, |me, inner| me.achieve(test, want, inner)),
                    None if *every == want => self.every(list, test, want, scope),
                    None => self.some(list, test, want, scope),
                },
                _ => self.none(Obstacle::NoWay),
            },
            Expr::Admissible(record) if want => self.admit(record, scope),
            _ => self.no_way_for(expr, scope),
        }
    }

    /// Ways by either side of a choice; of a side that cannot be come to, nothing is asked.
    pub(super) fn branches(&mut self, condition: &'a Expr, scope: &Scope<'a>, mut side: impl FnMut(&mut Self, bool) -> Vec<Plan>) -> Vec<Plan> {
        let [first, second] = [true, false].map(|holds| self.branch(condition, holds, scope, &mut side));
        self.either(first, second)
    }

    /// Ways by one side of a choice.
    fn branch(&mut self, condition: &'a Expr, holds: bool, scope: &Scope<'a>, side: &mut impl FnMut(&mut Self, bool) -> Vec<Plan>) -> Vec<Plan> {
        self.and_why_not(|me| {
            let there = me.achieve(condition, holds, scope);
            if there.is_empty() && !me.is_too_late() {
                return there;
            }
            let on_this_side = me.or_why_not(|me| side(me, holds));
            all_of(&there, &on_this_side)
        })
    }

    /// All of the parts, or one of them.
    fn parts(&mut self, parts: &'a [Expr], all: bool, want: bool, scope: &Scope<'a>) -> Vec<Plan> {
        if let (false, true, Some(OneOf { value: fact, among, .. })) = (all, want, OneOf::of(parts).filter(OneOf::is_among_values)) {
            let values = among.into_iter().map(|value| self.known(value, scope)).collect::<Option<Vec<_>>>();
            return values.map_or_else(Vec::new, |values| self.constrain(fact, &Want::among(values), scope));
        }
        if all {
            return self.and_why_not(|me| {
                let mut plans = Plan::nothing();
                for part in parts {
                    plans = all_of(&plans, &me.achieve(part, want, scope));
                    if plans.is_empty() && !me.is_too_late() {
                        break;
                    }
                }
                plans
            });
        }
        let mut plans = Vec::new();
        for part in parts {
            let of_part = self.achieve(part, want, scope);
            plans = self.either(plans, of_part);
        }
        plans
    }

    /// The values of a short list of which none is a record or a range, such as years.
    fn plain_values(&mut self, list: &'a Expr, scope: &Scope<'a>) -> Option<Vec<Val<'a>>> {
        const MOST: usize = 12;
        let Val::List(items) = self.val(list, scope) else { return None };
        let values: Vec<Val<'a>> = items.sure()?.cloned().collect();
        let is_plain = |val: &Val<'_>| matches!(val, Val::Number(_) | Val::Date(_) | Val::Text(_) | Val::Code(_));
        ((1..=MOST).contains(&values.len()) && values.iter().all(is_plain)).then_some(values)
    }

    /// What is asked of each value of a list, or of one of them.
    fn for_values(
        &mut self,
        values: Vec<Val<'a>>,
        all: bool,
        scope: &Scope<'a>,
        mut ways: impl FnMut(&mut Self, &Scope<'a>) -> Vec<Plan>,
    ) -> Vec<Plan> {
        let mut inners = values.into_iter().map(|value| scope.with(Place::Value(value)));
        if all {
            return self.and_why_not(|me| inners.fold(Plan::nothing(), |plans, inner| all_of(&plans, &ways(me, &inner))));
        }
        let first = inners.next().map_or_else(Vec::new, |inner| ways(self, &inner));
        inners.fold(first, |plans, inner| {
            let of_value = ways(self, &inner);
            self.either(plans, of_value)
        })
    }

    /// Ways that are true alternatives, each worth telling.
    pub(super) fn either(&mut self, first: Vec<Plan>, mut second: Vec<Plan>) -> Vec<Plan> {
        let group = self.group();
        for plan in &mut second {
            plan.group.push(group);
        }
        any_of(first, second)
    }

    fn compare(&mut self, comparator: Comparator, left: &'a Expr, right: &'a Expr, scope: &Scope<'a>) -> Vec<Plan> {
        let (mut plans, before) = (Vec::new(), self.obstacles.len());
        let right_val = self.val(right, scope);
        if let Some(want) = want_of(comparator, &right_val) {
            plans = self.held_against(left, &want, right, scope);
        }
        // What is written in the rule cannot be brought about; why neither side of an operation can is said already.
        let written = matches!((left, right), (Expr::Arithmetic(..), Expr::Literal(_)));
        if plans.is_empty() && !written {
            let left_val = self.val(left, scope);
            if let Some(want) = want_of(comparator.mirrored(), &left_val) {
                plans = self.held_against(right, &want, left, scope);
            }
        }
        if let Expr::If(condition, yes, no) = right {
            plans = self.asked_otherwise(comparator, left, (condition, yes, no), plans, scope);
        }
        if plans.is_empty() {
            let thought =
                scope.locals.iter().chain(scope.roots.iter().flatten()).any(|place| matches!(place, Place::Record(seat) if seat.being.is_new()));
            if !thought && !right_val.is_decided() {
                self.obstacles.push(Obstacle::Missing);
            } else if self.obstacles.len() == before {
                self.obstacles.push(Obstacle::NoWay);
            }
        }
        plans
    }

    /// A value comes to what another asks of it. That a stay has ended by a day that moves with the question asks for no last day: the question comes later.
    fn held_against(&mut self, expr: &'a Expr, want: &Want, other: &'a Expr, scope: &Scope<'a>) -> Vec<Plan> {
        if let Some(Value::Date(by)) = want.high
            && Self::ends_a_stay(expr, scope)
            && self.question.reads_day(other, &Reads::default())
        {
            let days_past = u64::try_from((self.question.as_of() - by).num_days()).unwrap_or(0);
            let to_end = Want { high: None, some: true, days_past, ..want.clone() };
            return match self.val(expr, scope) {
                Val::Date(planned) if planned > by => self.planned_end(planned, by),
                _ => self.constrain(expr, &to_end, scope),
            };
        }
        self.constrain(expr, want, scope)
    }

    /// Waits for the planned end of a stay that is to have ended by a day that moves with the question.
    fn planned_end(&mut self, planned: Day, by: Day) -> Vec<Plan> {
        match self.question.as_of().checked_add_signed(planned - by) {
            Some(wait) => vec![Plan { wait: Some(wait), ..Plan::default() }],
            None => self.none(Obstacle::NoWay),
        }
    }

    /// Whether an expression is the last day of a record that is a stay.
    fn ends_a_stay(expr: &'a Expr, scope: &Scope<'a>) -> bool {
        let Expr::Slot { of, slot, .. } = expr else { return false };
        matches!(Self::place(of, scope), Some(Place::Record(seat)) if last_day_of_stays(seat.entity) == Some(*slot))
    }

    /// Ways by which less is asked for: what is on the other side of a choice, with what it takes to come there.
    fn asked_otherwise(
        &mut self,
        comparator: Comparator,
        left: &'a Expr,
        (condition, yes, no): (&'a Expr, &'a Expr, &'a Expr),
        plans: Vec<Plan>,
        scope: &Scope<'a>,
    ) -> Vec<Plan> {
        let now = self.truth(condition, scope);
        if !now.is(Truth::TRUE) && !now.is(Truth::FALSE) {
            return plans;
        }
        let mut side = |me: &mut Self, holds: bool| me.compare(comparator, left, if holds { yes } else { no }, scope);
        let otherwise = self.branch(condition, !now.is(Truth::TRUE), scope, &mut side);
        let plans = self.either(plans, otherwise);
        // On this side there may be a further choice.
        match if now.is(Truth::TRUE) { yes } else { no } {
            Expr::If(condition, yes, no) => self.asked_otherwise(comparator, left, (condition, yes, no), plans, scope),
            _ => plans,
        }
    }

    /// Whether some fact that an expression rests on may be changed, or a record added.
    pub(super) fn rests_on_power(&mut self, expr: &'a Expr, scope: &Scope<'a>) -> bool {
        match expr {
            Expr::Slot { of, slot, .. } => {
                if let Some(Place::Record(seat)) = Self::place(of, scope)
                    && let Some(Field { kind: FieldKind::Records(entity), power, .. }) = seat.entity.fields.get(usize::from(*slot))
                {
                    return seat.power && (*power == Power::Attainable || entity().fields.iter().any(|field| field.power == Power::Attainable));
                }
                match self.fact(expr, scope) {
                    Some(fact) => fact.changeable,
                    None => self.rests_on_power(of, scope),
                }
            }
            Expr::Own { .. } => self.fact(expr, scope).is_some_and(|fact| fact.changeable),
            Expr::If(condition, yes, no) if !self.rests_on_power(condition, scope) => match self.truth(condition, scope) {
                truth if truth.is(Truth::TRUE) => self.rests_on_power(yes, scope),
                truth if truth.is(Truth::FALSE) => self.rests_on_power(no, scope),
                _ => self.rests_on_power(yes, scope) || self.rests_on_power(no, scope),
            },
            // What is asked of each item of a list rests on the list.
            other => other.children().into_iter().any(|(child, within)| within == 0 && self.rests_on_power(child, scope)),
        }
    }

    /// A value that missing facts do not leave open.
    pub(super) fn known(&mut self, expr: &'a Expr, scope: &Scope<'a>) -> Option<Value> {
        self.val(expr, scope).into_value(&Type::Mixed)
    }

    fn within(
        &mut self,
        value: &'a Expr,
        (low, high): (Option<Value>, Option<Value>),
        (low_closed, high_closed): (bool, bool),
        want: bool,
        scope: &Scope<'a>,
    ) -> Vec<Plan> {
        let (Some(low), Some(high)) = (low, high) else { return self.none(Obstacle::Missing) };
        // An end that is null is no end.
        let end = |value: Value, by: i8, moved: bool| if matches!(value, Value::Null(_)) || !moved { Some(value) } else { next(&value, by) };
        let bound = |value: Option<Value>| value.filter(|value| !matches!(value, Value::Null(_)));
        if want {
            let (low, high) = (end(low, 1, !low_closed), end(high, -1, !high_closed));
            return self.constrain(value, &Want::between(bound(low), bound(high)), scope);
        }
        let (below, above) = (bound(end(low, -1, low_closed)), bound(end(high, 1, high_closed)));
        let below = below.map_or_else(Vec::new, |below| self.constrain(value, &Want::between(None, Some(below)), scope));
        let above = above.map_or_else(Vec::new, |above| self.constrain(value, &Want::between(Some(above), None), scope));
        self.either(below, above)
    }

    fn member(&mut self, value: &'a Expr, list: &'a Expr, want: bool, scope: &Scope<'a>) -> Vec<Plan> {
        const MOST: usize = 8;
        let Val::List(items) = self.val(list, scope) else { return self.none(Obstacle::Missing) };
        let plain = |(item, _): &(Val<'a>, bool)| item.clone().into_value(&Type::Mixed).filter(|v| !matches!(v, Value::Null(_) | Value::Range(_)));
        if want && let Some(values) = items.items.iter().map(plain).collect::<Option<Vec<_>>>() {
            return self.constrain(value, &Want::among(values), scope);
        }
        let mut plans = if want { Vec::new() } else { Plan::nothing() };
        for (item, _) in items.items.iter().take(MOST) {
            let of_item = match item {
                Val::Range(range) => {
                    let ends = (range.low.clone().into_value(&Type::Mixed), range.high.clone().into_value(&Type::Mixed));
                    self.within(value, ends, (range.low_closed, range.high_closed), want, scope)
                }
                item => match want_of(if want { Comparator::Equal } else { Comparator::NotEqual }, item) {
                    Some(wanted) => self.constrain(value, &wanted, scope),
                    None => Vec::new(),
                },
            };
            plans = if want { self.either(plans, of_item) } else { all_of(&plans, &of_item) };
        }
        plans
    }

    /// Makes a record count: all record-level provisions of the decision hold for it.
    fn admit(&mut self, record: &'a Expr, scope: &Scope<'a>) -> Vec<Plan> {
        let Some(Place::Record(seat)) = Self::place(record, scope) else { return self.none(Obstacle::NoWay) };
        let Some((question, evaluator)) = self.base.take() else { return self.counted(seat, scope) };
        let layer = (std::mem::replace(&mut self.question, question), std::mem::replace(&mut self.evaluator, evaluator));
        let plans = self.counted(seat, scope);
        let base = (std::mem::replace(&mut self.question, layer.0), std::mem::replace(&mut self.evaluator, layer.1));
        self.base = Some(base);
        plans
    }

    fn counted(&mut self, seat: Seat<'a>, scope: &Scope<'a>) -> Vec<Plan> {
        let Some(rules) = &self.question.decision.records else { return Plan::nothing() };
        let scope = Scope { roots: [Some(Place::Record(seat)), scope.roots.first().cloned().flatten()], locals: Vec::new(), today: self.today };
        self.and_why_not(|me| {
            let mut plans = Plan::nothing();
            for place in &rules.provisions {
                plans = all_of(&plans, &me.provision(*place, &scope));
            }
            plans
        })
    }

    /// The record or value that an expression is, where that is plain to see.
    pub(super) fn place(expr: &'a Expr, scope: &Scope<'a>) -> Option<Place<'a>> {
        match expr {
            Expr::Root(place) => scope.roots.get(usize::from(*place)).cloned().flatten(),
            Expr::Local(place) => scope.locals.len().checked_sub(1 + usize::from(*place)).and_then(|i| scope.locals.get(i)).cloned(),
            Expr::Slot { of, slot, .. } => {
                let Place::Record(seat) = Self::place(of, scope)? else { return None };
                let field = seat.entity.fields.get(usize::from(*slot))?;
                let FieldKind::Record(entity) = field.kind else { return None };
                let chosen_anew = !seat.being.is_new() && (seat.chosen_anew || field.power == Power::Chosen && seat.is_to_come(scope.today));
                let mut keys = seat.keys;
                keys.push(Key::Slot(*slot));
                let power = if seat.being.is_new() {
                    seat.power || field.power != Power::Given
                } else {
                    seat.power && (chosen_anew || field.power == Power::Attainable)
                };
                let val = match &seat.val {
                    Val::Record(item) => Val::of_datum(item.record.read(usize::from(*slot)), item.trail, *slot),
                    _ => Val::UNKNOWN,
                };
                Some(Place::Record(Seat { keys, entity: entity(), being: seat.being, power, chosen_anew, val }))
            }
            _ => None,
        }
    }

    /// The fact that an expression reads, its type, and whether it may be changed.
    pub(super) fn fact(&mut self, expr: &'a Expr, scope: &Scope<'a>) -> Option<Fact> {
        let (of, key) = match expr {
            Expr::Slot { of, slot, .. } => (of, Key::Slot(*slot)),
            Expr::Own { of, name, .. } => (of, Key::Own(name.clone())),
            _ => return None,
        };
        let Place::Record(seat) = Self::place(of, scope)? else { return None };
        let kind = kind_of(self.question, seat.entity, std::slice::from_ref(&key))?;
        let power = match &key {
            Key::Slot(slot) => seat.entity.fields.get(usize::from(*slot)).map_or(Power::Given, |field| field.power),
            Key::Own(name) => {
                let own = self.question.own_fact(seat.entity.name, name);
                if own.is_some_and(|fact| fact.attainable) { Power::Attainable } else { Power::Given }
            }
            Key::Index(_) => Power::Given,
        };
        // What was chosen, and has not come yet, can be chosen otherwise.
        let is_new = seat.being.is_new();
        let to_come = !is_new
            && (seat.chosen_anew
                || power == Power::Chosen && (seat.is_to_come(self.today) || matches!(self.val(expr, scope), Val::Date(day) if day > self.today)));
        let mut changeable = if is_new { seat.power || power != Power::Given } else { seat.power && (power == Power::Attainable || to_come) };
        let (mut no_earlier_than, mut earned_by) = (None, None);
        let of_its_end = !is_new && (power == Power::Awarded || power == Power::Attainable && kind.is_day());
        if let (true, Val::Record(item)) = (of_its_end, &seat.val)
            && let Some(last) = last_day_of_stays(seat.entity)
        {
            let ends = Val::of_datum(item.record.read(usize::from(last)), item.trail, last);
            if key == Key::Slot(last) {
                if let Val::Date(end) = ends {
                    (changeable, no_earlier_than) = (changeable && end >= self.today, Some(end));
                }
            } else if power == Power::Awarded && seat.power {
                let goes_on = matches!(ends, Val::Null(None));
                // What is awarded at the end of a stay may be awarded on its last day.
                changeable = goes_on || matches!(ends, Val::Date(end) if end >= self.today);
                earned_by = goes_on.then(|| {
                    (
                        self.told_once(seat.keys.iter().cloned().chain([Key::Slot(last)]).collect()),
                        seat.first_day().map_or(self.today, |first| first.max(self.today)),
                    )
                });
            }
        }
        let settled_on = if changeable || is_new { None } else { seat.settled_on(power, no_earlier_than, self.today) };
        let done_on = if kind.is_number() { seat.day_done().filter(|done| *done < self.today) } else { None };
        let mut keys = seat.keys;
        let counts = !is_new && power != Power::Chosen && kind.is_number() && self.unit(seat.entity, &key) != Some(Unit::Yuan);
        let left_out_is_none = is_new && left_out_is_none(self.question, seat.entity, &key);
        keys.push(key);
        if !is_new {
            keys = self.told_once(keys);
        }
        Some(Fact { keys, kind, changeable, being: seat.being, left_out_is_none, counts, no_earlier_than, earned_by, done_on, settled_on })
    }

    /// The way to a fact of a stay, that of the list's copy too being the one to the stay itself.
    fn told_once(&self, keys: Keys) -> Keys {
        self.twice.iter().find_map(|twice| twice.by_itself(&keys)).unwrap_or(keys)
    }

    /// The unit of a fact, where it has one.
    fn unit(&self, entity: &'static Entity, key: &Key) -> Option<Unit> {
        match key {
            Key::Slot(slot) => entity.fields.get(usize::from(*slot))?.unit.clone(),
            Key::Own(name) => self.question.own_fact(entity.name, name)?.unit.clone(),
            Key::Index(_) => None,
        }
    }

    /// The place of an item of a list: counted among those that are there, or those that are to be added.
    pub(super) fn item(list: &super::reach::List<'a>, item: Item<'a>, index: usize, being: Being) -> Place<'a> {
        let mut keys = list.keys.clone();
        keys.push(Key::Index(index));
        let power = list.power && !being.is_new();
        Place::Record(Seat { keys, entity: list.entity, being, power, chosen_anew: false, val: Val::Record(item) })
    }
}

/// A fact of a record.
pub(super) struct Fact {
    pub(super) keys: Keys,
    pub(super) kind: Kind,
    pub(super) changeable: bool,
    pub(super) being: Being,
    /// Whether a new record has none of it where nothing is said of it.
    pub(super) left_out_is_none: bool,
    /// Whether it is a number of what is there: more can be done, and money be given back, but nothing undone.
    pub(super) counts: bool,
    /// The day on which a stay is planned to end: it may last longer, and is not cut short.
    pub(super) no_earlier_than: Option<Day>,
    /// The last day of the stay that goes on, where others award this at its end, and the first day that it can be.
    pub(super) earned_by: Option<(Keys, Day)>,
    /// The past day on which it was done: what was paid then is not made more afterwards.
    pub(super) done_on: Option<Day>,
    /// The first day on which it was no longer in the subject's power, where it was before.
    pub(super) settled_on: Option<Day>,
}

/// What one side of a comparison must come to, given the other; the worst of what missing facts leave open.
fn want_of(comparator: Comparator, other: &Val<'_>) -> Option<Want> {
    if let Val::Null(None) = other {
        return match comparator {
            Comparator::Equal => Some(Want::null()),
            Comparator::NotEqual => Some(Want::some()),
            _ => None,
        };
    }
    let value = match other {
        Val::Unsure(_) => {
            let bounds = other.bounds().filter(|bounds| !bounds.error)?;
            let worst = match comparator {
                Comparator::Greater | Comparator::GreaterOrEqual => bounds.high,
                Comparator::Less | Comparator::LessOrEqual => bounds.low,
                _ => None,
            };
            Value::Number(worst?)
        }
        known => known.clone().into_value(&Type::Mixed).filter(|value| !matches!(value, Value::Null(_)))?,
    };
    Some(match comparator {
        Comparator::Equal => Want::is(value),
        Comparator::NotEqual => Want { not: vec![value], some: true, ..Want::default() },
        Comparator::GreaterOrEqual => Want::between(Some(value), None),
        Comparator::Greater => Want::between(Some(next(&value, 1)?), None),
        Comparator::LessOrEqual => Want::between(None, Some(value)),
        Comparator::Less => Want::between(None, Some(next(&value, -1)?)),
    })
}

/// The nearest value above or below: a day, a code, a hundredth.
pub(super) fn next(value: &Value, by: i8) -> Option<Value> {
    Some(match value {
        Value::Date(day) if by > 0 => Value::Date(day.succ_opt()?),
        Value::Date(day) => Value::Date(day.pred_opt()?),
        Value::Code(code) => Value::Code(code.checked_add_signed(by)?),
        Value::Number(number) => Value::Number(number.checked_add(rust_decimal::Decimal::new(i64::from(by), 2))?),
        Value::Null(_) => return Some(value.clone()),
        _ => return None,
    })
}
