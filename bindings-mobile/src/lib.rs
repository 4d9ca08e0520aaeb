//! medtrain for Kotlin and Swift: the border that both cross.
//!
//! Nobody calls this from Kotlin or Swift: their libraries do, and give their users types, exceptions and documentation of their own. What goes in
//! and comes out are bytes (`wire.rs`), so that no type is written down here: `cargo xtask generate` writes those of Kotlin and Swift
//! from the shapes of the core. There is no rule in it, no label and no figure.

mod asked;
mod known;
mod policies;
mod refusal;
mod wire;

pub use known::Known;
pub use policies::{File, Policies};
pub use refusal::Refusal;

uniffi::setup_scaffolding!("medtrain_border");

/// Reads facts from JSON text: what is wrong with it is told with every path.
#[uniffi::export]
fn facts_of_json(text: &str) -> Result<Vec<u8>, Refusal> {
    refusal::written(&medtrain::facts::Facts::from_json(text)?)
}

/// What is wrong with policy files, or probably not meant.
#[uniffi::export]
fn lint(files: &[File]) -> Result<Vec<u8>, Refusal> {
    let files: Vec<_> = files.iter().map(|file| medtrain::policy::PolicyFile { name: &file.name, text: &file.text }).collect();
    refusal::written(&medtrain::policy::lint(&files))
}

/// What one policy file says otherwise than another.
#[uniffi::export]
fn difference(old: &File, new: &File) -> Result<Vec<u8>, Refusal> {
    let read = |file: &File| medtrain::policy::Policy::from_toml(&file.name, &file.text);
    refusal::written(&read(old)?.difference(&read(new)?))
}
