//! What tests do with a policy that they write out: load it, be refused, ask it.

use medtrain::evaluate::{Given, Verdict};
use medtrain::policy::{Policy, PolicySet};
use medtrain::problem::{Problem, TrainingError};
use medtrain::quantity::{Day, parse_day};

/// A policy that loads.
#[track_caller]
pub(crate) fn policy(text: &str) -> Policy {
    Policy::from_toml("p.toml", text).unwrap_or_else(|error| unreachable!("{error}"))
}

/// Policies that are asked together, each loaded after the one before.
pub(crate) fn set(policies: &[&str]) -> Result<PolicySet, TrainingError> {
    let mut set = PolicySet::empty();
    for policy in policies {
        set.add("p.toml", policy)?;
    }
    Ok(set)
}

/// What a decision `ask` comes to on a day; the policy loads, and the facts may be refused.
#[track_caller]
pub(crate) fn asked(policy: &str, facts: &str, on: &str) -> Result<Verdict, TrainingError> {
    let set = set(&[policy]).unwrap_or_else(|error| unreachable!("{error}"));
    let facts = set.facts_from_json("ask", facts)?;
    set.evaluate("ask", &facts, &Given::new(), day(on))
}

/// A day, such as `2024-11-15`.
#[track_caller]
pub(crate) fn day(text: &str) -> Day {
    parse_day(text).expect("a date")
}

/// What is wrong with a policy, one line each; nothing where it loads.
pub(crate) fn problems(text: &str) -> Vec<String> {
    Policy::from_toml("p.toml", text).map_or_else(|error| lines(&error.problems), |_| Vec::new())
}

/// Problems, one line each: the message and the code.
pub(crate) fn lines(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{} [{}]", problem.message, problem.code.code())).collect()
}
