//! What examples try: how the two sides of each comparison stood that an evaluation reached.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::Expr;

/// How the sides of comparisons stood, by the side that says what is required.
#[derive(Clone, Debug, Default)]
pub(crate) struct Probe {
    /// By the place of that side in memory: the compiled form stands still while it is evaluated.
    seen: HashMap<usize, Orders>,
}

impl Probe {
    /// Notes how what is there stood to what is required.
    pub(crate) fn saw(&mut self, required: &Expr, order: Ordering) {
        self.seen.entry(std::ptr::from_ref(required).addr()).or_default().add(order);
    }

    /// How what is there stood to what is required, each time that they met.
    pub(crate) fn orders(&self, required: &Expr) -> Orders {
        self.seen.get(&std::ptr::from_ref(required).addr()).copied().unwrap_or_default()
    }

    /// Learns what another one saw.
    pub(crate) fn join(&mut self, other: &Self) {
        for (place, orders) in &other.seen {
            let entry = self.seen.entry(*place).or_default();
            *entry = entry.either(*orders);
        }
    }
}

/// A set of orders: below, equal, above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Orders(u8);

impl Orders {
    /// Below or above.
    pub(crate) const BESIDE: Self = Self(5);

    const fn bit(order: Ordering) -> u8 {
        match order {
            Ordering::Less => 1,
            Ordering::Equal => 2,
            Ordering::Greater => 4,
        }
    }

    /// Adds an order.
    pub(crate) fn add(&mut self, order: Ordering) {
        self.0 |= Self::bit(order);
    }

    /// Whether this order is in it.
    pub(crate) const fn has(self, order: Ordering) -> bool {
        self.0 & Self::bit(order) != 0
    }

    /// What either holds.
    pub(crate) const fn either(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What both hold.
    pub(crate) const fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What the other does not hold.
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether they hold some order both.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The same, seen from the other side of the comparison.
    pub(crate) const fn mirrored(self) -> Self {
        Self(self.0 & 2 | (self.0 & 1) << 2 | self.0 >> 2)
    }
}
