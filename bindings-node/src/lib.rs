//! medtrain for Node: what its functions are called with, and what they give; no rules.
//!
//! In come texts that the JavaScript beside this crate wrote from objects (`lib/border.js`), and handles; out go texts that `JSON.parse` makes objects of. Text
//! crosses in one piece, so that a verdict costs one call and not one for each of its fields.
//! INVARIANT: no function here can end the process: what goes wrong is an error with code, place and cure.

pub mod asked;
mod names;
pub mod policies;
pub mod problems;
pub mod region;
pub mod shapes;
mod shared;
pub mod tables;
pub mod texts;
pub mod work;
pub mod workbook;
