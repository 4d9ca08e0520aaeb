//! Walks over lists: records, filters, loops within loops, and what a total or a count makes of them.

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::field::unknown;
use super::{Evaluator, Local};
use crate::feel::aggregate::field_of_each;
use crate::feel::arithmetic;
use crate::feel::batch::{Batch, Comparable, Passing, RecordList, Variable, places};
use crate::feel::expr::Expr;
use crate::feel::function;
use crate::feel::limit::Limit;
use crate::feel::number::Sum;
use crate::feel::trace::Asked;
use crate::feel::truths::Truths;
use crate::feel::val::Val;
use crate::feel::{Datum, NullReason, Truth};

/// What a walk over a list found besides its items.
#[derive(Clone, Copy, Default)]
pub(crate) struct Extent {
    /// The list is null, perhaps through an error.
    #[expect(clippy::option_option, reason = "whether it is null, and whether null has a reason, are two questions")]
    pub(crate) null: Option<Option<NullReason>>,
    /// There may be items that nobody told us of, or no list at all.
    pub(crate) open: bool,
    /// Those items, or the list itself, may be null through an error.
    pub(crate) may_fail: bool,
    /// Those items are certainly not below zero.
    pub(crate) nonnegative: bool,
}

impl Extent {
    /// No list, but null.
    pub(super) fn null(reason: Option<NullReason>) -> Self {
        Self { null: Some(reason), ..Self::default() }
    }

    pub(super) fn too_large() -> Self {
        Self::null(Some(NullReason::TooLarge))
    }
}

/// What sees each item of a list, and whether it certainly belongs to it; `false` ends the walk.
///
/// INVARIANT: variables of the list's own loops may still stand above those around it, so one that evaluates goes on
/// [`without`](Evaluator::without) them.
pub(super) type Visit<'v, 'a> = dyn FnMut(&mut Evaluator<'a>, Val<'a>, bool) -> bool + 'v;
/// The same, with the item as the innermost variable.
pub(super) type Walk<'v, 'a> = dyn FnMut(&mut Evaluator<'a>, bool) -> bool + 'v;

impl<'a> Evaluator<'a> {
    /// Walks over the items of a list without building it.
    pub(crate) fn each(&mut self, list: &'a Expr, visit: &mut Visit<'_, 'a>) -> Extent {
        match list {
            Expr::For(lists, body) => self.bodies(lists, body, visit),
            Expr::List(items) => {
                for item in items {
                    let item = self.val(item);
                    if !self.pay(1) {
                        return Extent::too_large();
                    }
                    if !visit(self, item, true) {
                        break;
                    }
                }
                Extent::default()
            }
            Expr::Slot { .. } | Expr::Filter(..) => self.walk(list, &mut |me, certain| {
                let Some(item) = me.locals.last().map(|local| local.val.clone()) else { return false };
                visit(me, item, certain)
            }),
            Expr::Steps(from, to) => self.steps(from, to, visit),
            _ => self.each_of_val(list, visit),
        }
    }

    /// The body of a loop for each item.
    pub(super) fn bodies(&mut self, lists: &'a [Expr], body: &'a Expr, visit: &mut Visit<'_, 'a>) -> Extent {
        if let ([list], Expr::Slot { of, slot, nonnegative, .. }) = (lists, body)
            && matches!(**of, Expr::Local(0))
            && !self.goes_one_by_one()
        {
            let (base, tests) = filtered(list);
            if let Some(list) = self.records(base) {
                return self.walk_records(list, &tests, |me, batch, place, certain| {
                    let item = batch.val(place, *slot, *nonnegative, batch.datum(place, *slot));
                    visit(me, item, certain)
                });
            }
        }
        let mut extent = self.nested(lists, &mut |me, certain| {
            let item = me.val(body);
            me.set_idle(false);
            visit(me, item, certain)
        });
        if extent.open && extent.null.is_none() {
            let further = self.further(lists, body, extent.nonnegative);
            extent.may_fail |= further.can_fail();
            extent.nonnegative = match &further {
                Val::Null(_) => true,
                further => further.bounds().and_then(|bounds| bounds.low).is_some_and(|low| low >= Decimal::ZERO),
            };
        }
        extent
    }

    /// The body of a loop for an item that nobody told us of.
    pub(super) fn further(&mut self, lists: &'a [Expr], body: &'a Expr, nonnegative: bool) -> Val<'a> {
        let outside = self.locals.len();
        let single = lists.len() == 1;
        self.locals.extend(lists.iter().map(|_| Local { val: unknown(single && nonnegative), exact: false }));
        let further = self.val(body);
        self.locals.truncate(outside);
        further
    }

    /// Walks over a list of numbers. Those that certainly belong to it go into a sum where that is plain to do, and what adds nothing is left out.
    pub(crate) fn each_summand(&mut self, list: &'a Expr, sum: &mut Sum, visit: &mut Visit<'_, 'a>) -> Extent {
        if let Some((list, slot, nonnegative)) = field_of_each(list)
            && !self.goes_one_by_one()
        {
            let (base, tests) = filtered(list);
            if let Some(list) = self.records(base) {
                return self.walk_batches(list, &tests, Truths::WIDTH, |me, batch, passing| {
                    let column = me.column(batch, slot);
                    let (summed, none) = (column.summable() & passing.certain, column.none());
                    sum.add_steps(column.sum(summed));
                    places(passing.perhaps & !summed & !none).all(|place| match batch.datum(place, slot) {
                        Datum::Number(n) if passing.is_certain(place) => {
                            sum.add(n);
                            true
                        }
                        datum => visit(me, batch.val(place, slot, nonnegative, datum), passing.is_certain(place)),
                    })
                });
            }
        }
        self.each(list, &mut |me, item, certain| match item {
            Val::Number(n) if certain => {
                sum.add(n);
                true
            }
            item => visit(me, item, certain),
        })
    }

    /// How many items of a list there are for certain, and how many there may be.
    pub(crate) fn each_counted(&mut self, list: &'a Expr) -> (Extent, u64, u64) {
        let (mut least, mut most) = (0, 0);
        let (base, tests) = filtered(list);
        if !self.goes_one_by_one()
            && let Some(list) = self.records(base)
        {
            let extent = self.walk_batches(list, &tests, Truths::WIDTH, |_, _, passing| {
                least += u64::from(passing.certain.count_ones());
                most += u64::from(passing.perhaps.count_ones());
                true
            });
            return (extent, least, most);
        }
        let extent = self.each(list, &mut |_, _, certain| {
            least += u64::from(certain);
            most += 1;
            true
        });
        (extent, least, most)
    }

    /// Goes on as from outside the loops whose variables stand above this mark: who walks over a list sees the variables around it alone.
    pub(super) fn without<T>(&mut self, mark: usize, go_on: impl FnOnce(&mut Self) -> T) -> T {
        if self.locals.len() <= mark {
            return go_on(self);
        }
        let inside: SmallVec<[Local<'a>; 2]> = self.locals.drain(mark..).collect();
        let result = go_on(self);
        self.locals.extend(inside);
        result
    }

    /// Walks over a list with each item in turn as the innermost variable; filters upon filters share one walk.
    pub(super) fn walk(&mut self, list: &'a Expr, visit: &mut Walk<'_, 'a>) -> Extent {
        let (base, tests) = filtered(list);
        if let Some(list) = self.records(base) {
            return self.walk_records(list, &tests, |me, batch, place, certain| {
                me.stand_at(batch, place);
                visit(me, certain)
            });
        }
        let (outside, exact) = (self.locals.len(), self.is_exact(base));
        self.each_of_base(base, &mut |me, item, certain| {
            me.without(outside, |me| {
                me.locals.push(Local { val: item, exact });
                let mark = me.mark();
                let going = match me.passes(&tests) {
                    Some(passes) => me.looked_at(mark, |me| visit(me, certain && passes)),
                    None => {
                        me.forget(mark);
                        true
                    }
                };
                me.locals.pop();
                going
            })
        })
    }

    /// The list of records in a field, where that is plain to see.
    pub(super) fn records(&mut self, expr: &'a Expr) -> Option<RecordList<'a>> {
        let Expr::Slot { of, slot, .. } = expr else { return None };
        let owner = self.item(of)?;
        let Datum::Records(records) = owner.record.read(usize::from(*slot)) else { return None };
        Some(RecordList { records, owner: owner.trail, slot: *slot, variable: Variable::Innermost })
    }

    /// Walks over the records that pass every test, each as a place in a batch.
    pub(super) fn walk_records(
        &mut self,
        list: RecordList<'a>,
        tests: &[&'a Expr],
        mut visit: impl FnMut(&mut Self, &Batch<'a>, usize, bool) -> bool,
    ) -> Extent {
        // What it waits for is told record by record.
        let width = if self.goes_one_by_one() { 1 } else { Truths::WIDTH };
        self.walk_batches(list, tests, width, |me, batch, passing| {
            places(passing.perhaps).all(|place| me.looked_at(passing.outset, |me| visit(me, batch, place, passing.is_certain(place))))
        })
    }

    /// Walks over the batches of a list, with those records of each that may pass every test and those that certainly do.
    pub(super) fn walk_batches(
        &mut self,
        list: RecordList<'a>,
        tests: &[&'a Expr],
        width: usize,
        mut visit: impl FnMut(&mut Self, &Batch<'a>, Passing) -> bool,
    ) -> Extent {
        self.locals.push(Local { val: Val::NULL, exact: true });
        let mut extent = Extent::default();
        for batch in list.batches(width) {
            if !self.pay(batch.len()) {
                extent = Extent::too_large();
                break;
            }
            let passing = self.passing(tests, &batch);
            if passing.perhaps == 0 {
                self.forget(passing.outset);
            } else if !visit(self, &batch, passing) {
                break;
            }
        }
        self.locals.pop();
        extent
    }

    /// Looks at an item of a list; what it waits for since this mark is forgotten where the item cannot change anything.
    pub(super) fn looked_at(&mut self, mark: usize, look: impl FnOnce(&mut Self) -> bool) -> bool {
        self.idle = false;
        let going = look(self);
        if std::mem::take(&mut self.idle) {
            self.forget(mark);
        }
        going
    }

    /// Says of the item that is looked at whether it cannot change what is made of the list.
    pub(in crate::feel) fn set_idle(&mut self, idle: bool) {
        self.idle = idle;
    }

    pub(in crate::feel) fn set_innermost(&mut self, item: Val<'a>) {
        if let Some(innermost) = self.locals.last_mut() {
            innermost.val = item;
        }
    }

    /// Whether the innermost variable passes every test: certainly, perhaps, or (`None`) not.
    pub(super) fn passes(&mut self, tests: &[&'a Expr]) -> Option<bool> {
        let mut certain = true;
        for test in tests {
            let truth = self.truth_as(test, Asked::Holds);
            if truth.is(Truth::TRUE) {
                continue;
            }
            let open = truth.can_be(Truth::ERROR) && !self.errors_are_null;
            if !truth.can_be(Truth::TRUE) && !open {
                return None;
            }
            certain = false;
        }
        Some(certain)
    }

    /// A list that is not a filter, and not plainly a field.
    pub(super) fn each_of_base(&mut self, base: &'a Expr, visit: &mut Visit<'_, 'a>) -> Extent {
        match base {
            Expr::Slot { .. } => self.each_of_val(base, visit),
            other => self.each(other, visit),
        }
    }

    pub(super) fn each_of_val(&mut self, list: &'a Expr, visit: &mut Visit<'_, 'a>) -> Extent {
        match self.val(list) {
            Val::List(list) => {
                for (item, certain) in &list.items {
                    if !self.pay(1) {
                        return Extent::too_large();
                    }
                    if !visit(self, item.clone(), *certain) {
                        break;
                    }
                }
                Extent { open: list.open, may_fail: list.may_fail, ..Extent::default() }
            }
            Val::Null(reason) => Extent::null(reason),
            open => {
                let nonnegative = matches!(list, Expr::Own { nonnegative: true, .. });
                Extent { null: None, open: true, may_fail: open.can_fail(), nonnegative }
            }
        }
    }

    /// Loops within loops: each list may use the variables of those before it.
    pub(super) fn nested(&mut self, lists: &'a [Expr], visit: &mut Walk<'_, 'a>) -> Extent {
        match lists {
            [list @ (Expr::Slot { .. } | Expr::Filter(..))] => self.walk(list, visit),
            _ => self.nested_from(lists, true, visit),
        }
    }

    pub(super) fn nested_from(&mut self, lists: &'a [Expr], so_far: bool, visit: &mut Walk<'_, 'a>) -> Extent {
        let Some((first, rest)) = lists.split_first() else {
            visit(self, so_far);
            return Extent::default();
        };
        let mut inner = Extent::default();
        let mut going = true;
        // One null list makes the whole null, also after the one that walks has seen enough.
        let dependent = rest.iter().any(|list| !matches!(list, Expr::List(_)));
        let (outside, exact) = (self.locals.len(), self.is_exact(first));
        let mut outer = self.each(first, &mut |me, item, certain| {
            me.without(outside, |me| {
                me.locals.push(Local { val: item, exact });
                let certain = certain && so_far;
                if rest.is_empty() {
                    going = visit(me, certain);
                } else {
                    let extent = me.nested_from(rest, certain, &mut |me, certain| {
                        going = going && visit(me, certain);
                        going
                    });
                    // A null list within an item that may not be there leaves all open.
                    inner.open |= extent.open || (extent.null.is_some() && !certain);
                    inner.may_fail |= extent.may_fail || (matches!(extent.null, Some(Some(_))) && !certain);
                    inner.null = inner.null.or(extent.null.filter(|_| certain));
                }
                me.locals.pop();
                if !rest.is_empty() {
                    me.set_idle(false);
                }
                (going || dependent) && inner.null.is_none()
            })
        });
        outer.null = outer.null.or(inner.null);
        outer.open |= inner.open;
        outer.may_fail |= inner.may_fail;
        outer
    }

    pub(super) fn steps(&mut self, from: &'a Expr, to: &'a Expr, visit: &mut Visit<'_, 'a>) -> Extent {
        let bad = Extent::null(Some(NullReason::BadArgument));
        let (from, to) = (self.val(from), self.val(to));
        let (first, last, day) = match (&from, &to) {
            (Val::Number(a), Val::Number(b)) => match (function::whole(*a), function::whole(*b)) {
                (Some(a), Some(b)) => (a, b, false),
                _ if !a.fract().is_zero() || !b.fract().is_zero() => return bad,
                _ => {
                    self.reach(Limit::Number);
                    return Extent::null(Some(NullReason::OutOfRange));
                }
            },
            (Val::Date(a), Val::Date(b)) => (arithmetic::day_number(*a), arithmetic::day_number(*b), true),
            (Val::Null(a), Val::Null(b)) => return Extent::null(a.or(*b)),
            (Val::Null(reason), sure) | (sure, Val::Null(reason)) if sure.is_decided() => return Extent::null(*reason),
            _ => return Extent { open: true, may_fail: true, ..Extent::default() },
        };
        let mut now = first;
        loop {
            let item =
                if day { arithmetic::day_of_number(now).map_or(Val::error(NullReason::NoSuchDate), Val::Date) } else { Val::Number(now.into()) };
            if !self.pay(1) {
                return Extent::too_large();
            }
            if !visit(self, item, true) || now == last {
                return Extent::default();
            }
            now += if last > first { 1 } else { -1 };
        }
    }
}

/// The list below filters upon filters, and their tests from the first on.
pub(crate) fn filtered(list: &Expr) -> (&Expr, SmallVec<[&Expr; 4]>) {
    let mut tests = SmallVec::new();
    let mut base = list;
    while let Expr::Filter(inner, test) = base {
        tests.push(&**test);
        base = inner;
    }
    tests.reverse();
    (base, tests)
}
