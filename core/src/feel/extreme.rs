//! The least and the most of a list, of which missing facts may leave items open.
//!
//! INVARIANT: sound. However the open items turn out, the result lies within the bounds.

use rust_decimal::Decimal;

use super::NullReason;
use super::eval::Evaluator;
use super::expr::Expr;
use super::val::{Bounds, Val, order};

/// Which end of a list is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Least,
    Most,
}

impl End {
    /// The one of two that is nearer to this end.
    fn further(self, a: Decimal, b: Decimal) -> Decimal {
        if self == Self::Least { a.min(b) } else { a.max(b) }
    }

    fn nearer(self, a: Decimal, b: Decimal) -> Decimal {
        if self == Self::Least { a.max(b) } else { a.min(b) }
    }

    /// Of an item, what it reaches towards this end at most, and what it certainly reaches.
    fn reach(self, bounds: Bounds) -> (Option<Decimal>, Option<Decimal>) {
        if self == Self::Least { (bounds.low, bounds.high) } else { (bounds.high, bounds.low) }
    }
}

/// What a walk over the list found.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing of its own that was or was not seen")]
#[expect(clippy::option_option, reason = "nothing seen yet is another thing than no end")]
struct Seen<'a> {
    /// The best of the items that are certain and known.
    best: Option<Val<'a>>,
    open: bool,
    /// Whether an item is certainly there.
    any: bool,
    /// How far the result can go at most; the outer `None` where no item was seen yet, the inner one for no end.
    most: Option<Option<Decimal>>,
    /// How far it certainly goes, by the items that are certainly there.
    least: Option<Decimal>,
    /// How far it certainly goes if only one of those is there that may not be; as `most`.
    weakest: Option<Option<Decimal>>,
    may_null: bool,
    may_fail: bool,
}

impl<'a> Seen<'a> {
    fn add(&mut self, item: Val<'a>, sure: bool, end: End) {
        let bounds = match &item {
            Val::Null(reason) => {
                // It is null if this item is there.
                self.open = true;
                self.may_null = true;
                self.may_fail |= reason.is_some();
                return;
            }
            item => item.bounds().unwrap_or_default(),
        };
        let (most, least) = end.reach(bounds);
        let joined = |so_far: Option<Option<Decimal>>, next: Option<Decimal>, join: fn(End, Decimal, Decimal) -> Decimal| match so_far {
            None => Some(next),
            Some(so_far) => Some(so_far.zip(next).map(|(a, b)| join(end, a, b))),
        };
        self.most = joined(self.most, most, End::further);
        self.may_null |= bounds.null;
        self.may_fail |= bounds.error || item.can_fail();
        self.any |= sure;
        if sure {
            self.least = self.least.into_iter().chain(least).reduce(|a, b| end.further(a, b));
        } else {
            self.weakest = joined(self.weakest, least, End::nearer);
        }
        if !sure || !item.is_decided() {
            self.open = true;
            return;
        }
        let better = self.best.as_ref().is_none_or(|best| order(&item, best).is_some_and(|o| if end == End::Least { o.is_lt() } else { o.is_gt() }));
        if better {
            self.best = Some(item);
        }
    }
}

/// FEEL's `min` and `max`: null where an item is null or there is none.
pub(super) fn extreme<'a>(me: &mut Evaluator<'a>, list: &'a Expr, end: End) -> Val<'a> {
    let mut seen = Seen { best: None, open: false, any: false, most: None, least: None, weakest: None, may_null: false, may_fail: false };
    let mut null = None::<Option<NullReason>>;
    let extent = me.each(list, &mut |_, item, sure| {
        match (&item, sure) {
            (Val::Null(reason), true) => null = Some(null.flatten().or(*reason)),
            _ => seen.add(item, sure, end),
        }
        true
    });
    seen.may_fail |= extent.may_fail;
    if let Some(reason) = null.or(extent.null) {
        return if seen.may_fail && reason.is_none() { Val::anything() } else { Val::Null(reason) };
    }
    if !seen.open && !extent.open {
        return seen.best.unwrap_or(Val::NULL);
    }
    let mut most = seen.most.flatten();
    if extent.open {
        most = most.filter(|_| end == End::Least && extent.nonnegative).map(|most| most.min(Decimal::ZERO));
    }
    let least = if seen.any { seen.least } else { seen.weakest.flatten().filter(|_| !extent.open) };
    let (low, high) = if end == End::Least { (most, least) } else { (least, most) };
    let null = seen.may_null || !seen.any || extent.open;
    Val::between(Bounds { low, high, null, error: seen.may_fail, days: None })
}
