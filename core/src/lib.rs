//! medtrain
#![cfg_attr(not(test), forbid(unsafe_code))]

pub mod evaluate;
pub mod facts;
pub mod feel;
pub mod problem;
pub mod quantity;
#[cfg(feature = "workbook")]
pub mod workbook;
