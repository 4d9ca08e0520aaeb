//! The policies that are built in: rules that a set compiles when it is made, and examples that are read when somebody asks for them.
//!
//! Three quarters of a policy file are its examples. Only its tests ask for them, so nobody else pays for reading them; and a library in which nothing
//! asks for them, such as that of phones, is linked without them.

use medtrain_macros::rules_of;

use super::example::Example;
use super::{Policy, load};
use crate::problem::TrainingError;

/// A policy file that is built in.
pub(super) struct BuiltIn {
    /// What messages call the file.
    pub(super) name: &'static str,
    /// Its text without examples and comments.
    pub(super) rules: &'static str,
    /// The SHA-256 of its whole text.
    hash: &'static str,
}

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        /// The policies that are built in, in the order in which sets have them.
        pub(super) const BUILT_IN: &[BuiltIn] = &[$({
            let (rules, hash) = rules_of!($name);
            BuiltIn { name: $name, rules, hash }
        }),*];

        /// The whole texts, in the same order.
        const TEXTS: &[&str] = &[$(include_str!(concat!("../../policies/", $name))),*];
    };
}

built_in!("sc-2017-166.toml", "cq-2017-25.toml", "sd-2021-1.toml", "zj-2024-2026.toml", "gx-2024-2026.toml");

impl BuiltIn {
    /// Compiles its rules.
    pub(super) fn load(&self) -> Result<Policy, TrainingError> {
        load::load_rules(self.name, self.rules, self.hash)
    }
}

/// The examples of the built-in policy of this hash; none where there is no such policy.
pub(super) fn examples(hash: &str) -> Vec<Example> {
    let found = BUILT_IN.iter().zip(TEXTS).find(|(file, _)| file.hash == hash);
    // INVARIANT: a built-in file loads as a whole, which the tests see to.
    found.and_then(|(file, text)| load::load(file.name, text).ok()).and_then(|policy| policy.examples.into_inner()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use super::*;

    #[test]
    fn the_rules_of_a_built_in_policy_are_those_of_its_file() {
        for (file, text) in BUILT_IN.iter().zip(TEXTS) {
            let without_examples = |policy: Policy| format!("{:#?}", Policy { examples: OnceLock::new(), ..policy });
            let whole = load::load(file.name, text).expect("it loads");
            let rules = file.load().expect("it loads");
            assert!(file.rules.len() * 2 < text.len(), "{}: the examples are left out", file.name);
            assert!(without_examples(whole) == without_examples(rules), "{}: its rules are others than those of its file", file.name);
        }
    }

    #[test]
    fn the_examples_of_a_built_in_policy_are_those_of_its_file() {
        for (file, text) in BUILT_IN.iter().zip(TEXTS) {
            let written = text.lines().filter(|line| ["[[provision.example]]", "[[decision.example]]"].contains(&line.trim())).count();
            let policy = file.load().expect("it loads");
            assert_eq!(policy.examples().len(), written, "{}", file.name);
            assert!(written > 50, "{}", file.name);
        }
    }
}
