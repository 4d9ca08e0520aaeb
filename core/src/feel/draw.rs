//! A draw that anyone can repeat: the same list, seed and size give the same ids, in every language.

use std::rc::Rc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use sha2::{Digest, Sha256};

use super::NullReason;
use super::val::{ListVal, Val};
use crate::order::order_by;

/// How many steps an id costs beside its bytes: a hash, and its share of the sorting.
const STEPS_AN_ID: usize = 16;

/// The first ids in the ascending order of the SHA-256 of seed, line feed and id; each id once, and all where there are fewer.
pub(super) fn draw<'a>(ids: &ListVal<'a>, seed: &str, size: Decimal) -> Val<'a> {
    if size.is_sign_negative() && !size.is_zero() || !size.fract().is_zero() {
        return Val::error(NullReason::BadArgument);
    }
    let seeded = Sha256::new().chain_update(seed).chain_update("\n");
    let mut drawn = Vec::with_capacity(ids.items.len());
    for (item, _) in &ids.items {
        match item {
            Val::Text(id) => drawn.push((seeded.clone().chain_update(id.as_str()).finalize(), id.clone())),
            Val::Null(Some(reason)) => return Val::error(*reason),
            // Nobody can be drawn who has no id.
            _ => return Val::error(NullReason::BadArgument),
        }
    }
    order_by(&mut drawn, |(a, x), (b, y)| a.as_slice().cmp(b.as_slice()).then_with(|| x.as_str().cmp(y.as_str())));
    drawn.dedup_by(|(_, x), (_, y)| x.as_str() == y.as_str());
    drawn.truncate(size.to_usize().unwrap_or(usize::MAX));
    Val::List(Rc::new(ListVal::of(drawn.into_iter().map(|(_, id)| Val::Text(id)).collect())))
}

/// How many steps a draw from this list takes, of which so many bytes are a step.
pub(super) fn cost(ids: &ListVal<'_>, bytes_a_step: usize) -> usize {
    let bytes = ids.items.iter().map(|(item, _)| if let Val::Text(id) = item { id.as_str().len() } else { 0 });
    ids.items.len().saturating_mul(STEPS_AN_ID).saturating_add(bytes.sum::<usize>() / bytes_a_step)
}
