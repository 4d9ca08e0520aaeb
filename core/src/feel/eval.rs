//! The reader that computes: from the compiled form and the facts to a value, or to what missing facts leave of one.
//!
//! INVARIANT: total. Every loop pays for its steps from an allowance that is fixed before it starts, nothing recurses deeper than the compiled
//! form, and nothing panics. INVARIANT: sound. What is decided here stays so however the missing facts turn out.

mod comparison;
mod field;
mod list;
mod walk;

use std::sync::OnceLock;

use chrono::NaiveDate;
use smallvec::SmallVec;

use super::aggregate::Site;
use super::arithmetic;
use super::batch::Columns;
use super::builtin::Builtin;
use super::expr::Expr;
use super::function;
use super::limit::Limit;
use super::probe::Probe;
use super::syntax::Operator;
use super::trace::{Asked, Waiting};
use super::truths::TruthColumn;
use super::val::{Item, RangeVal, Val};
use super::{Compiled, Datum, NullReason, Truth, Type, Value};

pub(crate) use comparison::in_range;
pub(super) use field::unknown;
pub(crate) use list::place_in;
pub(crate) use walk::Extent;
pub(crate) use walk::filtered;

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
    /// What each part is worth, from when it is first asked for; `None` where an error leaves it open.
    pub(crate) values: &'a [OnceLock<Option<Value>>],
}

impl<'a> Once<'a> {
    /// What a part is worth, where it has a place and no error leaves it open.
    fn value(self, place: usize, given: &'a [Value], as_of: NaiveDate) -> Option<&'a Value> {
        let (part, value) = (self.parts.get(place)?, self.values.get(place)?);
        let computed = || {
            let val = Evaluator::new(given, as_of, Once { parts: self.parts, values: &[] }).value(part);
            if val.is_settled() { val.into_value(&Type::Mixed) } else { None }
        };
        value.get_or_init(computed).as_ref()
    }
}

/// The variable of a loop.
struct Local<'a> {
    val: Val<'a>,
    /// Whether it carries no quotient that was rounded.
    exact: bool,
}

/// The state of one evaluation.
pub(crate) struct Evaluator<'a> {
    roots: SmallVec<[Option<Item<'a>>; 2]>,
    given: &'a [Value],
    as_of: NaiveDate,
    ledger: Ledger,
    locals: Vec<Local<'a>>,
    /// Totals and counts that somebody took before.
    known: SmallVec<[(Site, Val<'a>); 8]>,
    /// The fields of records that were read side by side.
    pub(super) columns: Columns<'a>,
    once: Once<'a>,
    left: u32,
    /// What FEEL computes and could not be held here, where it came to that.
    limit: Option<Limit>,
    pub(super) waiting: Option<Vec<Waiting<'a>>>,
    /// Where it is there, it learns how the sides of every comparison stood that was reached.
    probe: Option<Probe>,
    /// Whether the item of a list that was last looked at cannot change what is made of it.
    idle: bool,
    /// In FEEL an error is a null like any other; in a policy it leaves a filter open.
    errors_are_null: bool,
}

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
            limit: None,
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
    pub(crate) fn know(&mut self, known: impl Iterator<Item = (Site, Val<'a>)>) {
        self.known.clear();
        self.known.extend(known);
    }

    fn known(&self, expr: &Expr) -> Option<Val<'a>> {
        let site = Site::of(expr);
        self.known.iter().find_map(|(known, value)| (*known == site).then(|| value.clone()))
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
        // Where they come from is not known here.
        self.locals.extend(variables.into_iter().map(|val| Local { val, exact: false }));
        let result = evaluate(self);
        self.locals.truncate(outside);
        result
    }

    /// Whether records are looked at one by one: for an account of what it waits for, or of what it compares.
    pub(super) fn goes_one_by_one(&self) -> bool {
        self.waiting.is_some() || self.probe.is_some()
    }

    /// Notes that a limit was reached.
    #[cold]
    pub(super) fn reach(&mut self, limit: Limit) {
        self.limit.get_or_insert(limit);
    }

    /// The limit that was reached first.
    pub(super) fn limit(&self) -> Option<Limit> {
        self.limit
    }

    pub(super) fn once(&self) -> Once<'a> {
        self.once
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
            Expr::Once(place) => self.part_of_the_question(usize::from(*place)),
            Expr::Slot { of, slot, nonnegative, .. } => self.slot(of, *slot, *nonnegative),
            Expr::Own { of, name, kind, place, nonnegative, or_none, .. } => self.own(of, (name, kind, *place), *nonnegative, *or_none),
            Expr::Part(of, part) => arithmetic::part(&self.val(of), *part),
            Expr::If(condition, yes, no) => self.choose(condition, yes, no),
            Expr::Negate(of) => {
                let val = arithmetic::negate(&self.val(of));
                self.held(val, Limit::Duration)
            }
            Expr::Arithmetic(operator, left_side, right_side) => {
                /// How many steps a power costs: one is a dozen products, of numbers with many digits.
                const POWER: usize = 16;
                if *operator == Operator::Power && !self.pay(POWER) {
                    return Val::error(NullReason::TooLarge);
                }
                let (left, right) = (self.val(left_side), self.val(right_side));
                if let (Val::Text(a), Val::Text(b)) = (&left, &right)
                    && !self.pay_for_text(a.as_str().len() + b.as_str().len())
                {
                    return Val::error(NullReason::TooLarge);
                }
                self.computed((*operator, left_side, right_side), (&left, &right))
            }
            Expr::Range(range) => {
                let (low, high) = (self.val(&range.low), self.val(&range.high));
                Val::Range(std::rc::Rc::new(RangeVal { low, low_closed: range.low_closed, high, high_closed: range.high_closed, covers: None }))
            }
            Expr::List(_) | Expr::Steps(..) | Expr::Filter(..) | Expr::For(..) => self.list(expr),
            Expr::At(list, index) => self.at(list, index),
            Expr::Sort(list, precedes) => self.sort(list, precedes),
            Expr::Call(builtin, arguments) => match self.known(expr) {
                Some(value) => value,
                None => {
                    let val = function::call(self, *builtin, arguments);
                    let limit = match builtin {
                        Builtin::Date => Limit::Day,
                        Builtin::Substring => Limit::Text,
                        _ => Limit::Number,
                    };
                    self.held(val, limit)
                }
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

    /// What an operator makes of the values of its two sides.
    pub(super) fn computed(&mut self, (operator, left, right): (Operator, &'a Expr, &'a Expr), values: (&Val<'a>, &Val<'a>)) -> Val<'a> {
        let val = arithmetic::compute(operator, values.0, values.1);
        if !matches!(val, Val::Null(Some(NullReason::OutOfRange))) {
            return val;
        }
        if !(self.is_exact(left) && self.is_exact(right))
            && let Some(sum) = arithmetic::rounded_sum(operator, values.0, values.1)
        {
            return sum;
        }
        let limit = match values {
            (Val::Date(_), _) | (_, Val::Date(_)) => Limit::Day,
            (Val::Months(_) | Val::Seconds(_), _) | (_, Val::Months(_) | Val::Seconds(_)) => Limit::Duration,
            _ => Limit::Number,
        };
        self.held(val, limit)
    }

    /// A value, of which it is noted where it could not be held.
    fn held(&mut self, val: Val<'a>, limit: Limit) -> Val<'a> {
        if matches!(val, Val::Null(Some(NullReason::OutOfRange))) {
            self.reach(limit);
        }
        val
    }

    /// A part that needs no facts. Where an error leaves it open, where it stands decides what that means; so it does for who watches comparisons.
    fn part_of_the_question(&mut self, place: usize) -> Val<'a> {
        let known = if self.probe.is_none() { self.once.value(place, self.given, self.as_of) } else { None };
        match (known, self.once.parts.get(place)) {
            (Some(value), _) => Val::of_value(value),
            (None, Some(part)) => self.val(&part.expr),
            (None, None) => Val::UNKNOWN,
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

    /// Takes steps off the allowance; `false` when it is used up.
    pub(crate) fn pay(&mut self, steps: usize) -> bool {
        let cost = u32::try_from(steps).ok().and_then(|steps| steps.checked_mul(STEP));
        match cost.and_then(|cost| self.left.checked_sub(cost)) {
            Some(left) => {
                self.left = left;
                true
            }
            None => {
                self.reach(Limit::Steps);
                false
            }
        }
    }

    /// Pays for a text of so many bytes; `false` if it is too long.
    pub(crate) fn pay_for_text(&mut self, bytes: usize) -> bool {
        if bytes > LONGEST_TEXT {
            self.reach(Limit::Steps);
            return false;
        }
        self.pay(bytes / BYTES_A_STEP)
    }

    /// Pays for walking over a value without a loop of its own: over a long text, or a list and the lists within it.
    pub(super) fn pay_for(&mut self, val: &Val<'a>) -> bool {
        match val.weight() {
            0 => true,
            weight => self.pay(weight as usize),
        }
    }
}
