//! The laws that every verdict obeys, whatever the facts: tried on random cases near the figures of the rules.

mod cases;
mod entropy;
mod exact;
mod expressions;
mod facts;

mod totality;
mod verdicts;
