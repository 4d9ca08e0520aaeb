//! The reader that computes: from the compiled form and the facts to a value, or to what missing facts leave of one.
//!
//! INVARIANT: total. Every loop pays for its steps from an allowance that is fixed before it starts, nothing recurses deeper than the compiled
//! form, and nothing panics. INVARIANT: sound. What is decided here stays so however the missing facts turn out.

use std::cmp::Ordering;
use std::rc::Rc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::arithmetic;
use super::batch::{Batch, Columns, Comparable, Passing, RecordList, Variable, Yardstick, places};
use super::builtin::Builtin;
use super::expr::{Expr, RangeExpr};
use super::function;
use super::number::{Ratio, Sum};
use super::probe::Probe;
use super::syntax::{Comparator, Operator};
use super::trace::{Asked, Waiting};
use super::truths::{TruthColumn, Truths};
use super::val::{Item, ListVal, RangeVal, Trail, Val, compare, compare_ratios, order, same};
use super::{Codes, Compiled, Datum, NullReason, Truth, Type, Value};

/// How much one question may cost: a part that is evaluated costs one, a step of a loop [`STEP`].
const ALLOWANCE: u32 = 32_000_000;
/// What a step of a loop costs, or an item of a list that is built.
const STEP: u32 = 8;
/// How many bytes of text cost as much as a step.
pub(crate) const BYTES_A_STEP: usize = 16;
/// How many bytes a text may have.
const LONGEST_TEXT: usize = 1 << 20;

/// Whether records are admissible, for the list whose ledger the decision keeps.
#[derive(Clone, Default)]
pub(crate) struct Ledger {
    /// The slot of that list in the subject.
    pub(crate) slot: Option<u16>,
    /// For each record of the list.
    pub(crate) admissible: TruthColumn,
}

/// Parts of expressions that need no facts, and their values where they have one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Once<'a> {
    pub(crate) parts: &'a [Compiled],
    pub(crate) values: &'a [Option<Value>],
}

/// The state of one evaluation.
pub(crate) struct Evaluator<'a> {
    roots: SmallVec<[Option<Item<'a>>; 2]>,
    given: &'a [Value],
    as_of: NaiveDate,
    ledger: Ledger,
    locals: Vec<Val<'a>>,
    /// Totals and counts that somebody took before.
    known: SmallVec<[(&'a Expr, Val<'a>); 8]>,
    /// The fields of records that were read side by side.
    pub(super) columns: Columns<'a>,
    once: Once<'a>,
    left: u32,
    pub(super) waiting: Option<Vec<Waiting<'a>>>,
    /// Where it is there, it learns how the sides of every comparison stood that was reached.
    probe: Option<Probe>,
    /// Whether the item of a list that was last looked at cannot change what is made of it.
    idle: bool,
    /// In FEEL an error is a null like any other; in a policy it leaves a filter open.
    errors_are_null: bool,
}

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
    fn null(reason: Option<NullReason>) -> Self {
        Self { null: Some(reason), ..Self::default() }
    }

    fn too_large() -> Self {
        Self::null(Some(NullReason::TooLarge))
    }
}

/// What sees each item of a list, and whether it certainly belongs to it; `false` ends the walk.
///
/// INVARIANT: variables of the list's own loops may still stand above those around it, so one that evaluates goes on
/// [`without`](Evaluator::without) them.
type Visit<'v, 'a> = dyn FnMut(&mut Evaluator<'a>, Val<'a>, bool) -> bool + 'v;
/// The same, with the item as the innermost variable.
type Walk<'v, 'a> = dyn FnMut(&mut Evaluator<'a>, bool) -> bool + 'v;

impl<'a> Evaluator<'a> {
    pub(crate) fn new(given: &'a [Value], as_of: NaiveDate, once: Once<'a>) -> Self {
        Self {
            roots: SmallVec::new(),
            given,
            as_of,
            ledger: Ledger::default(),
            locals: Vec::new(),
            known: SmallVec::new(),
            columns: Columns::default(),
            once,
            left: ALLOWANCE,
            waiting: None,
            probe: None,
            idle: false,
            errors_are_null: false,
        }
    }

    /// An evaluation that treats errors as FEEL does.
    pub(crate) fn of_plain_feel(context: Option<Item<'a>>, as_of: NaiveDate) -> Self {
        let mut evaluator = Self::new(&[], as_of, Once::default());
        evaluator.roots.push(context);
        evaluator.errors_are_null = true;
        evaluator
    }

    pub(crate) fn set_roots(&mut self, roots: impl IntoIterator<Item = Option<Item<'a>>>) {
        self.roots.clear();
        self.roots.extend(roots);
    }

    /// Makes a record the subject, and leaves its owner.
    pub(crate) fn set_subject(&mut self, subject: Option<Item<'a>>) {
        if let Some(root) = self.roots.first_mut() {
            *root = subject;
        }
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    pub(crate) fn set_ledger(&mut self, ledger: Ledger) {
        self.ledger = ledger;
    }

    /// Takes these values for what those expressions are worth, from now on.
    #[cfg(feature = "population")]
    pub(crate) fn know(&mut self, known: impl Iterator<Item = (&'a Expr, Val<'a>)>) {
        self.known.clear();
        self.known.extend(known);
    }

    /// Goes on to other records as if it had just begun: without the columns that it read, and with its whole allowance.
    #[cfg(feature = "population")]
    pub(crate) fn begin_anew(&mut self) {
        self.columns.forget();
        self.left = ALLOWANCE;
    }

    /// Evaluates as inside loops whose variables are these, the innermost last.
    pub(crate) fn beside<T>(&mut self, variables: impl IntoIterator<Item = Val<'a>>, evaluate: impl FnOnce(&mut Self) -> T) -> T {
        let outside = self.locals.len();
        self.locals.extend(variables);
        let result = evaluate(self);
        self.locals.truncate(outside);
        result
    }

    /// Whether records are looked at one by one: for an account of what it waits for, or of what it compares.
    pub(super) fn goes_one_by_one(&self) -> bool {
        self.waiting.is_some() || self.probe.is_some()
    }

    pub(super) fn errors_are_null(&self) -> bool {
        self.errors_are_null
    }

    /// How much it cost so far.
    pub(crate) fn spent(&self) -> u32 {
        ALLOWANCE - self.left
    }

    /// Takes the cost of so many parts off the allowance.
    pub(super) fn spend(&mut self, parts: u32) {
        self.left = self.left.saturating_sub(parts);
    }

    /// From here on, notes how the sides of comparisons stand.
    pub(crate) fn watch(&mut self) {
        self.probe = Some(Probe::default());
    }

    /// What was noted since.
    pub(crate) fn watched(&mut self) -> Probe {
        self.probe.take().unwrap_or_default()
    }

    pub(crate) fn value(&mut self, compiled: &'a Compiled) -> Val<'a> {
        self.val(&compiled.expr)
    }

    /// What a condition can be, of which one asks whether it holds.
    pub(crate) fn condition(&mut self, compiled: &'a Compiled) -> Truth {
        self.truth_as(&compiled.expr, Asked::Holds)
    }

    /// What a condition can be.
    pub(crate) fn truth(&mut self, expr: &'a Expr) -> Truth {
        self.truth_as(expr, Asked::Outcome)
    }

    /// What an expression is worth.
    pub(crate) fn val(&mut self, expr: &'a Expr) -> Val<'a> {
        let Some(mark) = self.waiting.as_ref().map(Vec::len) else { return self.val_of(expr) };
        let val = self.val_of(expr);
        if let Val::Null(Some(reason)) = val {
            self.wait(Waiting::Error(reason));
        } else if val.is_settled() {
            self.forget(mark);
        }
        val
    }

    pub(super) fn truth_of(&mut self, expr: &'a Expr) -> Truth {
        self.left = self.left.saturating_sub(1);
        match expr {
            Expr::Slot { of, slot, .. } => match self.item(of) {
                Some(item) => match item.record.read(usize::from(*slot)) {
                    Datum::Boolean(b) => Truth::of(b),
                    Datum::Unknown => {
                        self.wait(Waiting::Slot(item.trail, *slot));
                        Truth::UNKNOWN
                    }
                    _ => Truth::NULL,
                },
                None => self.val_of(expr).truth(),
            },
            Expr::Call(Builtin::Not, arguments) => match arguments.first() {
                Some(of) => self.truth(of).negated(),
                None => Truth::NULL,
            },
            Expr::And(parts) => {
                let mut all = Truth::TRUE;
                for part in parts {
                    all = all.and(self.truth(part));
                    if all.is(Truth::FALSE) {
                        break;
                    }
                }
                all
            }
            Expr::Or(parts) => {
                let mut any = Truth::FALSE;
                for part in parts {
                    any = any.or(self.truth(part));
                    if any.is(Truth::TRUE) {
                        break;
                    }
                }
                any
            }
            Expr::Compare(comparator, left, right, _) => self.comparison(*comparator, left, right),
            Expr::Within { value, range } => self.within(value, range),
            Expr::Member(value, list) => self.member(value, list),
            Expr::Quantified { every, lists, test } => self.quantified(*every, lists, test),
            Expr::Admissible(of) => self.admissible(of),
            other => {
                let val = self.val_of(other);
                if let Val::Null(Some(reason)) = val {
                    self.wait(Waiting::Error(reason));
                }
                val.truth()
            }
        }
    }

    fn val_of(&mut self, expr: &'a Expr) -> Val<'a> {
        self.left = self.left.saturating_sub(1);
        match expr {
            Expr::Literal(value) => Val::of_value(value),
            Expr::Code(code) => Val::Code(*code),
            Expr::Local(place) => self.local(*place).cloned().unwrap_or(Val::UNKNOWN),
            Expr::Root(place) => match self.roots.get(usize::from(*place)).copied().flatten() {
                Some(item) => Val::Record(item),
                None => {
                    self.wait(Waiting::Root(*place));
                    Val::UNKNOWN
                }
            },
            Expr::Given(place) => self.given.get(usize::from(*place)).map_or(Val::UNKNOWN, Val::of_value),
            Expr::AsOf => Val::Date(self.as_of),
            Expr::Once(place) => match (self.once.values.get(usize::from(*place)), self.once.parts.get(usize::from(*place))) {
                (Some(Some(value)), _) if self.probe.is_none() => Val::of_value(value),
                // An error left it open: where it stands decides what that means.
                (_, Some(part)) => self.val(&part.expr),
                _ => Val::UNKNOWN,
            },
            Expr::Slot { of, slot, nonnegative } => self.slot(of, *slot, *nonnegative),
            Expr::Own { of, name, kind, nonnegative, or_none } => self.own(of, name, kind, *nonnegative, *or_none),
            Expr::Part(of, part) => arithmetic::part(&self.val(of), *part),
            Expr::If(condition, yes, no) => self.choose(condition, yes, no),
            Expr::Negate(of) => arithmetic::negate(&self.val(of)),
            Expr::Arithmetic(operator, left, right) => {
                let (left, right) = (self.val(left), self.val(right));
                if let (Val::Text(a), Val::Text(b)) = (&left, &right)
                    && !self.pay_for_text(a.as_str().len() + b.as_str().len())
                {
                    return Val::error(NullReason::TooLarge);
                }
                arithmetic::compute(*operator, &left, &right)
            }
            Expr::Range(range) => {
                let (low, high) = (self.val(&range.low), self.val(&range.high));
                Val::Range(std::rc::Rc::new(RangeVal { low, low_closed: range.low_closed, high, high_closed: range.high_closed, covers: None }))
            }
            Expr::List(_) | Expr::Steps(..) | Expr::Filter(..) | Expr::For(..) => self.list(expr),
            Expr::At(list, index) => self.at(list, index),
            Expr::Sort(list, precedes) => self.sort(list, precedes),
            Expr::Call(builtin, arguments) => match self.known.iter().find(|(known, _)| std::ptr::eq(*known, expr)) {
                Some((_, value)) => value.clone(),
                None => function::call(self, *builtin, arguments),
            },
            Expr::And(_)
            | Expr::Or(_)
            | Expr::Compare(..)
            | Expr::Within { .. }
            | Expr::Member(..)
            | Expr::Quantified { .. }
            | Expr::Admissible(_) => match self.truth(expr) {
                Truth::NULL => Val::NULL,
                truth => Val::Truth(truth),
            },
        }
    }

    fn local(&self, place: u16) -> Option<&Val<'a>> {
        self.locals.len().checked_sub(1 + usize::from(place)).and_then(|i| self.locals.get(i))
    }

    /// The record that an expression is, where that is plain to see.
    fn item(&mut self, expr: &'a Expr) -> Option<Item<'a>> {
        let val = match expr {
            Expr::Local(place) => self.local(*place)?,
            Expr::Root(place) => return self.roots.get(usize::from(*place)).copied().flatten(),
            _ => return None,
        };
        if let Val::Record(item) = val { Some(*item) } else { None }
    }

    fn slot(&mut self, of: &'a Expr, slot: u16, nonnegative: bool) -> Val<'a> {
        let item = match self.item(of) {
            Some(item) => item,
            None => match self.val(of) {
                Val::Record(item) => item,
                Val::Null(reason) => return Val::Null(reason),
                other => return field_of_open(&other, nonnegative),
            },
        };
        match item.record.read(usize::from(slot)) {
            Datum::Unknown => {
                self.wait(Waiting::Slot(item.trail, slot));
                unknown(nonnegative)
            }
            datum => Val::of_datum(datum, item.trail, slot),
        }
    }

    fn own(&mut self, of: &'a Expr, name: &'a str, kind: &'a Type, nonnegative: bool, or_none: bool) -> Val<'a> {
        let item = match self.val(of) {
            Val::Record(item) => item,
            Val::Null(reason) => return Val::Null(reason),
            other => return field_of_open(&other, nonnegative && matches!(kind, Type::Number(_))),
        };
        match (item.record.read_own(name), kind) {
            // A context is all there is: what it lacks is null. A policy's own record is like any other: what it lacks, nobody told us.
            (Datum::Unknown, _) if self.errors_are_null => Val::NULL,
            (Datum::Unknown, _) if or_none && !item.record.says_unknown(name) => Val::NULL,
            (Datum::Unknown, _) => {
                self.wait(Waiting::Own(item.trail, name));
                unknown(nonnegative && matches!(kind, Type::Number(_)))
            }
            (Datum::Text(text), Type::Code(codes)) => coded(codes, text),
            (Datum::Value(Value::List(texts)), Type::List(item)) if let Type::Code(codes) = &**item => {
                let items = texts.iter().map(|text| if let Value::Text(text) = text { coded(codes, text) } else { Val::of_value(text) });
                Val::List(Rc::new(ListVal::of(items.collect())))
            }
            (datum, kind) => {
                let val = Val::of_datum(datum, Trail::nowhere(), 0);
                if fits(&val, kind) { val } else { Val::error(NullReason::BadArgument) }
            }
        }
    }

    fn choose(&mut self, condition: &'a Expr, yes: &'a Expr, no: &'a Expr) -> Val<'a> {
        let truth = self.truth(condition);
        let error = truth.can_be(Truth::ERROR) && !self.errors_are_null;
        let may_hold = truth.can_be(Truth::TRUE) || error;
        let may_fail = truth.can_be(Truth::FALSE) || truth.can_be(Truth::NULL) || truth.can_be(Truth::ERROR);
        match (may_hold, may_fail) {
            (true, false) => self.val(yes),
            (false, _) => self.val(no),
            (true, true) => {
                let yes = self.val(yes);
                if self.pay_for(&yes) { yes.either(self.val(no)) } else { Val::error(NullReason::TooLarge) }
            }
        }
    }

    /// Compares two values and gives them, for readers of figures.
    pub(crate) fn compared(&mut self, comparator: Comparator, left: &'a Expr, right: &'a Expr) -> (Truth, Val<'a>, Val<'a>) {
        let (actual, required) = (self.quotient(left), self.quotient(right));
        let truth = match (&actual, &required) {
            ((_, Some(a)), (_, Some(b))) => {
                self.note(right, || a.compare(*b).ok());
                compare_ratios(comparator, *a, *b)
            }
            ((actual, _), (required, _)) => {
                self.note(right, || order(actual, required));
                compare(comparator, actual, required)
            }
        };
        (truth, actual.0, required.0)
    }

    /// Compares two values; quotients are compared by multiplying across.
    fn comparison(&mut self, comparator: Comparator, left: &'a Expr, right: &'a Expr) -> Truth {
        let is_quotient = |e: &Expr| matches!(e, Expr::Arithmetic(Operator::Divide, ..));
        if is_quotient(left) || is_quotient(right) {
            return self.compared(comparator, left, right).0;
        }
        if self.probe.is_none()
            && let Some(holds) = self.field_holds(comparator, left, right)
        {
            return Truth::of(holds);
        }
        let actual = self.val(left);
        if !self.pay_for(&actual) {
            return Truth::ERROR;
        }
        let required = self.val(right);
        self.note(right, || order(&actual, &required));
        compare(comparator, &actual, &required)
    }

    /// Tells the probe, where there is one, how the two sides of a comparison stand.
    fn note(&mut self, required: &Expr, order: impl FnOnce() -> Option<Ordering>) {
        if let Some(probe) = &mut self.probe
            && let Some(order) = order()
        {
            probe.saw(required, order);
        }
    }

    /// How a field stands to what is the same for every record, where that is plain to see.
    fn field_holds(&mut self, comparator: Comparator, left: &'a Expr, right: &'a Expr) -> Option<bool> {
        let Expr::Slot { of, slot, .. } = left else { return None };
        let item = self.item(of)?;
        let right = self.constant(right)?;
        Yardstick::Right(comparator, right).holds(&item.record.read(usize::from(*slot)))
    }

    /// A value, and where it is a certain number the ratio that it stands for.
    fn quotient(&mut self, expr: &'a Expr) -> (Val<'a>, Option<Ratio>) {
        let Expr::Arithmetic(Operator::Divide, numerator, denominator) = expr else {
            let val = self.val(expr);
            let ratio = if let Val::Number(n) = val { Some(Ratio::whole(n)) } else { None };
            return (val, ratio);
        };
        let (above, below) = (self.val(numerator), self.val(denominator));
        let ratio = match (&above, &below) {
            (Val::Number(a), Val::Number(b)) => Ratio::new(*a, *b).ok(),
            _ => None,
        };
        let val = arithmetic::compute(Operator::Divide, &above, &below);
        if let Val::Null(Some(reason)) = val {
            self.wait(Waiting::Error(reason));
        }
        (val, ratio)
    }

    fn within(&mut self, value: &'a Expr, range: &'a RangeExpr) -> Truth {
        let value = self.val(value);
        let (low, high) = (self.val(&range.low), self.val(&range.high));
        self.note(&range.low, || order(&value, &low));
        self.note(&range.high, || order(&value, &high));
        in_range(&value, &low, range.low_closed, &high, range.high_closed)
    }

    fn member(&mut self, value: &'a Expr, list: &'a Expr) -> Truth {
        let value = self.val(value);
        let mut any = Truth::FALSE;
        let extent = self.each(list, &mut |me, item, certain| {
            let found = match &item {
                Val::Range(range) => in_range(&value, &range.low, range.low_closed, &range.high, range.high_closed),
                item => same(&value, item),
            };
            me.set_idle(found.is(Truth::FALSE));
            any = any.or(if certain { found } else { found.either(Truth::FALSE) });
            !any.is(Truth::TRUE)
        });
        close_truth(any, extent, extent.may_fail, Truth::or)
    }

    fn quantified(&mut self, every: bool, lists: &'a [Expr], test: &'a Expr) -> Truth {
        let (start, combine): (Truth, fn(Truth, Truth) -> Truth) = if every { (Truth::TRUE, Truth::and) } else { (Truth::FALSE, Truth::or) };
        let mut result = start;
        let extent = self.nested(lists, &mut |me, certain| {
            let truth = me.truth(test);
            me.set_idle(truth.is(start));
            result = combine(result, if certain { truth } else { truth.either(start) });
            !result.is(start.negated())
        });
        // The test of an item that nobody told us of may fail.
        close_truth(result, extent, true, combine)
    }

    fn admissible(&mut self, of: &'a Expr) -> Truth {
        let item = match self.item(of) {
            Some(item) => item,
            None => match self.val(of) {
                Val::Record(item) => item,
                other => return other.truth(),
            },
        };
        let Some(slot) = self.ledger.slot else { return Truth::TRUE };
        let Some(index) = item.trail.index_in(slot) else { return Truth::TRUE };
        let truth = self.ledger.admissible.get(index).unwrap_or(Truth::TRUE);
        if !truth.is_decided() {
            self.wait(Waiting::Record(index));
        }
        truth
    }

    fn at(&mut self, list: &'a Expr, index: &'a Expr) -> Val<'a> {
        let list = match self.val(list) {
            Val::List(list) => list,
            Val::Null(reason) => return Val::Null(reason),
            _ => return Val::anything(),
        };
        if !self.pay(list.items.len()) {
            return Val::error(NullReason::TooLarge);
        }
        let index = match self.val(index) {
            Val::Number(index) => index,
            Val::Null(reason) => return Val::Null(reason),
            _ => return Val::anything(),
        };
        if list.open || list.items.iter().any(|(_, certain)| !certain) {
            return Val::anything();
        }
        place_in(list.items.len(), index).and_then(|i| list.items.get(i)).map_or(Val::NULL, |(item, _)| item.clone())
    }

    fn sort(&mut self, list: &'a Expr, precedes: &'a Expr) -> Val<'a> {
        let list = match self.val(list) {
            Val::List(list) => list,
            Val::Null(reason) => return Val::Null(reason),
            _ => return Val::anything(),
        };
        let Some(items) = list.sure() else { return Val::anything() };
        let mut sorted: Vec<Val<'a>> = items.cloned().collect();
        let mut width = 1;
        while width < sorted.len() {
            let mut merged = Vec::with_capacity(sorted.len());
            for run in sorted.chunks(width * 2) {
                match self.merge(run, width, precedes, &mut merged) {
                    Ok(()) => {}
                    Err(open) => return open,
                }
            }
            sorted = merged;
            width *= 2;
        }
        Val::List(std::rc::Rc::new(ListVal::of(sorted)))
    }

    /// Merges the two sorted halves of a run, and keeps what the order calls equal in place; an error where the order is open.
    fn merge(&mut self, run: &[Val<'a>], width: usize, precedes: &'a Expr, merged: &mut Vec<Val<'a>>) -> Result<(), Val<'a>> {
        let (left, right) = run.split_at(width.min(run.len()));
        let mut left = left.iter().peekable();
        for later in right {
            while let Some(earlier) = left.peek() {
                if !self.pay(1) {
                    return Err(Val::error(NullReason::TooLarge));
                }
                self.locals.push(later.clone());
                self.locals.push((*earlier).clone());
                let truth = self.truth(precedes);
                self.locals.truncate(self.locals.len() - 2);
                if !truth.is_decided() {
                    return Err(Val::anything());
                }
                if truth.is(Truth::TRUE) {
                    break;
                }
                merged.extend(left.next().cloned());
            }
            merged.push(later.clone());
        }
        merged.extend(left.cloned());
        Ok(())
    }

    /// A list with all its items.
    fn list(&mut self, expr: &'a Expr) -> Val<'a> {
        let mut items = Vec::new();
        let mut too_large = false;
        let extent = self.each(expr, &mut |me, item, certain| {
            // Room costs more than a step.
            too_large = !me.pay(2);
            items.push((item, certain));
            !too_large
        });
        if too_large {
            return Val::error(NullReason::TooLarge);
        }
        match extent.null {
            Some(reason) => Val::Null(reason),
            None => Val::List(std::rc::Rc::new(ListVal { items, open: extent.open, may_fail: extent.may_fail })),
        }
    }

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
                let Some(item) = me.locals.last().cloned() else { return false };
                visit(me, item, certain)
            }),
            Expr::Steps(from, to) => self.steps(from, to, visit),
            _ => self.each_of_val(list, visit),
        }
    }

    /// The body of a loop for each item.
    fn bodies(&mut self, lists: &'a [Expr], body: &'a Expr, visit: &mut Visit<'_, 'a>) -> Extent {
        if let ([list], Expr::Slot { of, slot, nonnegative }) = (lists, body)
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
    fn further(&mut self, lists: &'a [Expr], body: &'a Expr, nonnegative: bool) -> Val<'a> {
        let outside = self.locals.len();
        let single = lists.len() == 1;
        self.locals.extend(lists.iter().map(|_| unknown(single && nonnegative)));
        let further = self.val(body);
        self.locals.truncate(outside);
        further
    }

    /// Walks over a list of numbers. Those that certainly belong to it go into a sum where that is plain to do, and what adds nothing is left out.
    pub(crate) fn each_summand(&mut self, list: &'a Expr, sum: &mut Sum, visit: &mut Visit<'_, 'a>) -> Extent {
        if let Expr::For(lists, body) = list
            && let ([list], Expr::Slot { of, slot, nonnegative }) = (lists.as_slice(), &**body)
            && matches!(**of, Expr::Local(0))
            && !self.goes_one_by_one()
        {
            let (base, tests) = filtered(list);
            if let Some(list) = self.records(base) {
                return self.walk_batches(list, &tests, Truths::WIDTH, |me, batch, passing| {
                    let column = me.column(batch, *slot);
                    let (summed, none) = (column.summable() & passing.certain, column.none());
                    sum.add_steps(column.sum(summed));
                    places(passing.perhaps & !summed & !none).all(|place| match batch.datum(place, *slot) {
                        Datum::Number(n) if passing.is_certain(place) => {
                            sum.add(n);
                            true
                        }
                        datum => visit(me, batch.val(place, *slot, *nonnegative, datum), passing.is_certain(place)),
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
    fn without<T>(&mut self, mark: usize, go_on: impl FnOnce(&mut Self) -> T) -> T {
        if self.locals.len() <= mark {
            return go_on(self);
        }
        let inside: SmallVec<[Val<'a>; 2]> = self.locals.drain(mark..).collect();
        let result = go_on(self);
        self.locals.extend(inside);
        result
    }

    /// Walks over a list with each item in turn as the innermost variable; filters upon filters share one walk.
    fn walk(&mut self, list: &'a Expr, visit: &mut Walk<'_, 'a>) -> Extent {
        let (base, tests) = filtered(list);
        if let Some(list) = self.records(base) {
            return self.walk_records(list, &tests, |me, batch, place, certain| {
                me.stand_at(batch, place);
                visit(me, certain)
            });
        }
        let outside = self.locals.len();
        self.each_of_base(base, &mut |me, item, certain| {
            me.without(outside, |me| {
                me.locals.push(item);
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
    fn records(&mut self, expr: &'a Expr) -> Option<RecordList<'a>> {
        let Expr::Slot { of, slot, .. } = expr else { return None };
        let owner = self.item(of)?;
        let Datum::Records(records) = owner.record.read(usize::from(*slot)) else { return None };
        Some(RecordList { records, owner: owner.trail, slot: *slot, variable: Variable::Innermost })
    }

    /// Walks over the records that pass every test, each as a place in a batch.
    fn walk_records(
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
    fn walk_batches(
        &mut self,
        list: RecordList<'a>,
        tests: &[&'a Expr],
        width: usize,
        mut visit: impl FnMut(&mut Self, &Batch<'a>, Passing) -> bool,
    ) -> Extent {
        self.locals.push(Val::NULL);
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
    fn looked_at(&mut self, mark: usize, look: impl FnOnce(&mut Self) -> bool) -> bool {
        self.idle = false;
        let going = look(self);
        if std::mem::take(&mut self.idle) {
            self.forget(mark);
        }
        going
    }

    /// Says of the item that is looked at whether it cannot change what is made of the list.
    pub(super) fn set_idle(&mut self, idle: bool) {
        self.idle = idle;
    }

    pub(super) fn set_innermost(&mut self, item: Val<'a>) {
        if let Some(innermost) = self.locals.last_mut() {
            *innermost = item;
        }
    }

    /// Whether the innermost variable passes every test: certainly, perhaps, or (`None`) not.
    fn passes(&mut self, tests: &[&'a Expr]) -> Option<bool> {
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
    fn each_of_base(&mut self, base: &'a Expr, visit: &mut Visit<'_, 'a>) -> Extent {
        match base {
            Expr::Slot { .. } => self.each_of_val(base, visit),
            other => self.each(other, visit),
        }
    }

    fn each_of_val(&mut self, list: &'a Expr, visit: &mut Visit<'_, 'a>) -> Extent {
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
    fn nested(&mut self, lists: &'a [Expr], visit: &mut Walk<'_, 'a>) -> Extent {
        match lists {
            [list @ (Expr::Slot { .. } | Expr::Filter(..))] => self.walk(list, visit),
            _ => self.nested_from(lists, true, visit),
        }
    }

    fn nested_from(&mut self, lists: &'a [Expr], so_far: bool, visit: &mut Walk<'_, 'a>) -> Extent {
        let Some((first, rest)) = lists.split_first() else {
            visit(self, so_far);
            return Extent::default();
        };
        let mut inner = Extent::default();
        let mut going = true;
        // One null list makes the whole null, also after the one that walks has seen enough.
        let dependent = rest.iter().any(|list| !matches!(list, Expr::List(_)));
        let outside = self.locals.len();
        let mut outer = self.each(first, &mut |me, item, certain| {
            me.without(outside, |me| {
                me.locals.push(item);
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

    fn steps(&mut self, from: &'a Expr, to: &'a Expr, visit: &mut Visit<'_, 'a>) -> Extent {
        let bad = Extent::null(Some(NullReason::BadArgument));
        let (from, to) = (self.val(from), self.val(to));
        let (first, last, day) = match (&from, &to) {
            (Val::Number(a), Val::Number(b)) => match (function::whole(*a), function::whole(*b)) {
                (Some(a), Some(b)) => (a, b, false),
                _ => return bad,
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

    /// Takes steps off the allowance; `false` when it is used up.
    pub(crate) fn pay(&mut self, steps: usize) -> bool {
        let cost = u32::try_from(steps).ok().and_then(|steps| steps.checked_mul(STEP));
        match cost.and_then(|cost| self.left.checked_sub(cost)) {
            Some(left) => {
                self.left = left;
                true
            }
            None => false,
        }
    }

    /// Pays for a text of so many bytes; `false` if it is too long.
    pub(crate) fn pay_for_text(&mut self, bytes: usize) -> bool {
        bytes <= LONGEST_TEXT && self.pay(bytes / BYTES_A_STEP)
    }

    /// Pays for walking over a value without a loop of its own.
    fn pay_for(&mut self, val: &Val<'a>) -> bool {
        if let Val::List(list) = val { self.pay(list.items.len()) } else { true }
    }
}

/// The list below filters upon filters, and their tests from the first on.
pub(super) fn filtered(list: &Expr) -> (&Expr, SmallVec<[&Expr; 4]>) {
    let mut tests = SmallVec::new();
    let mut base = list;
    while let Expr::Filter(inner, test) = base {
        tests.push(&**test);
        base = inner;
    }
    tests.reverse();
    (base, tests)
}

pub(super) fn unknown<'a>(nonnegative: bool) -> Val<'a> {
    if nonnegative { Val::between(super::val::Bounds { low: Some(0.into()), high: None, null: true, error: false }) } else { Val::UNKNOWN }
}

/// A field of a record that nobody told us of.
fn field_of_open<'a>(record: &Val<'a>, nonnegative: bool) -> Val<'a> {
    if !nonnegative {
        return record.open();
    }
    Val::between(super::val::Bounds { low: Some(Decimal::ZERO), high: None, null: true, error: record.can_fail() })
}

/// A code of this list, by its word.
fn coded<'a>(codes: &Codes, text: &str) -> Val<'a> {
    codes.index(text).map_or(Val::error(NullReason::BadArgument), Val::Code)
}

/// Whether a policy's own fact has the type that was declared.
fn fits(val: &Val<'_>, kind: &Type) -> bool {
    match (val, kind) {
        (Val::Null(_), _)
        | (Val::Truth(_), Type::Boolean)
        | (Val::Number(_), Type::Number(_))
        | (Val::Text(_), Type::Text)
        | (Val::Date(_), Type::Date)
        | (Val::Months(_), Type::Months)
        | (Val::Seconds(_), Type::Seconds)
        | (Val::Code(_), Type::Code(_))
        | (Val::Record(_), Type::Record(_)) => true,
        (Val::List(list), Type::List(item)) => list.items.iter().all(|(val, _)| fits(val, item)),
        _ => false,
    }
}

/// Whether a value lies between two ends, each open or closed.
pub(crate) fn in_range(value: &Val<'_>, low: &Val<'_>, low_closed: bool, high: &Val<'_>, high_closed: bool) -> Truth {
    let above = compare(if low_closed { Comparator::GreaterOrEqual } else { Comparator::Greater }, value, low);
    let below = compare(if high_closed { Comparator::LessOrEqual } else { Comparator::Less }, value, high);
    above.and(below)
}

/// The outcome of a walk that combined truths: a null list is null, an open one may hold anything more.
fn close_truth(result: Truth, extent: Extent, may_fail: bool, combine: fn(Truth, Truth) -> Truth) -> Truth {
    match extent.null {
        Some(Some(_)) => Truth::ERROR,
        Some(None) => Truth::NULL,
        // The list may be null after all, or its further items or tests an error.
        None if extent.open => {
            let open = combine(result, Truth::UNKNOWN).either(Truth::NULL);
            if may_fail { open.either(Truth::ERROR) } else { open }
        }
        None => result,
    }
}

/// A position, counted from 1 or from the end with a minus, as a place in a list.
pub(crate) fn place_in(length: usize, position: Decimal) -> Option<usize> {
    let position = function::whole(position)?;
    let place = if position < 0 { i64::try_from(length).ok()?.checked_add(position)? } else { position - 1 };
    usize::try_from(place).ok().filter(|place| *place < length)
}
