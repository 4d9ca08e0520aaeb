//! The laws that every verdict obeys, whatever the facts: tried on random cases near the figures of the rules.

#![expect(clippy::panic, reason = "a helper of a test fails it by panicking")]

mod batches;
mod cases;
mod earliest;
mod entropy;
mod exact;
mod expressions;
mod facts;
mod remedies;
#[cfg(feature = "render")]
mod statements;
#[cfg(feature = "population")]
mod tables;
mod totality;
mod verdicts;
