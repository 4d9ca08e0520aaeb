#![doc = include_str!("../../README.md")]
#![cfg_attr(not(test), forbid(unsafe_code))]

pub mod account;
#[cfg(all(feature = "workbook", feature = "render"))]
pub mod check;
pub mod evaluate;
pub mod explain;
pub mod facts;
pub mod feel;
mod hash;
mod json;
pub mod lang;
mod order;
pub mod policy;
#[cfg(feature = "population")]
pub mod population;
pub mod problem;
pub mod quantity;
pub mod receipt;
pub mod region;
pub mod remedy;
#[cfg(any(feature = "render", feature = "workbook"))]
pub mod render;
pub mod shape;
mod source;
pub mod what_if;
#[cfg(feature = "workbook")]
pub mod workbook;

pub use lang::{Lang, Text};
/// What a verdict keeps its short texts in: up to 23 bytes stand in place.
pub use smol_str::SmolStr;

/// The guide in Chinese, whose Rust runs with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide.zh.md")]
struct GuideZh;

/// The guide in English, whose Rust runs with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide.en.md")]
struct GuideEn;

/// The page on reports, whose Rust runs with the tests.
#[cfg(all(doctest, feature = "render"))]
#[doc = include_str!("../../docs/reports.md")]
struct Reports;
