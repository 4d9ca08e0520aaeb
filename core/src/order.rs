//! Putting lists in order where it is done now and then.
//!
//! The standard library's sort is compiled anew for each type of item, into some five kilobytes, which a library for phones has no room for: here it
//! is compiled once, for the places of items.

use std::cmp::Ordering;

/// Puts items in this order; what is equal stays as it stood.
pub(crate) fn order_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let places = places(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut taken: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| taken.get_mut(place)?.take()));
}

/// Puts items in the order of their keys; what has the same stays as it stood.
pub(crate) fn order_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    order_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The places of so many items, in order.
fn places(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use super::{order_by, order_by_key};

    #[test]
    fn what_is_equal_stays_as_it_stood() {
        let mut items = vec![(2, "a"), (1, "b"), (2, "c"), (0, "d"), (1, "e")];
        order_by_key(&mut items, |(number, _)| *number);
        assert_eq!(items, [(0, "d"), (1, "b"), (1, "e"), (2, "a"), (2, "c")]);
        order_by(&mut items, |(a, _), (b, _)| b.cmp(a));
        assert_eq!(items, [(2, "a"), (2, "c"), (1, "b"), (1, "e"), (0, "d")]);
    }
}
