//! Cases by the thousand: the facts of the examples, changed at random where something hangs on it, and asked on days around those on which rules change.
//!
//! What is drawn is decided by the ids of decisions alone, so that the same cases come out until a policy changes.

use medtrain::policy::{Policy, PolicySet};
use serde_json::{Map, Value, json};

use super::{Asked, Case, wreck};
use crate::example::random::SplitMix64;

/// How many cases are drawn for a decision.
const DRAWS: usize = 160;

/// What is drawn for the decisions of a policy.
pub(super) fn drawn(set: &PolicySet, policy: &Policy, examples: &[Case]) -> Result<Vec<Case>, String> {
    let pool = wreck::Pool::of(examples.iter().filter_map(|case| if let Asked::Facts(facts) = &case.facts { Some(facts) } else { None }));
    let mut days: Vec<String> = examples.iter().map(|case| case.as_of.clone()).collect();
    days.extend([policy.first_day().to_string(), policy.first_day().pred_opt().unwrap_or_default().to_string()]);
    days.sort_unstable();
    days.dedup();
    let mut cases = Vec::new();
    for decision in set.list_decisions().iter().filter(|decision| decision.policy == policy.id) {
        let mut draw = SplitMix64::new(decision.id.bytes().fold(2024, |seed, byte| seed.wrapping_mul(131).wrapping_add(byte.into())));
        let like: Vec<&Case> = examples.iter().filter(|case| case.decision == decision.id).collect();
        if like.is_empty() {
            return Err(format!("{} has no example", decision.id));
        }
        for _ in 0..DRAWS {
            let mut case = draw.pick(&like).clone();
            if let Asked::Facts(facts) = &mut case.facts {
                wreck::change(facts, &pool, &mut draw);
            }
            ask_otherwise(&mut case, decision.given.iter().map(|given| (given.name.as_str(), given.codes.as_slice())), &days, &like, &mut draw);
            cases.push(case);
        }
    }
    Ok(cases)
}

/// Asks on another day, with other things given, or of what was known on a day, now and then.
fn ask_otherwise<'g>(case: &mut Case, takes: impl Iterator<Item = (&'g str, &'g [String])>, days: &[String], like: &[&Case], draw: &mut SplitMix64) {
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    if draw.chance(40) {
        draw.pick(&days).clone_into(&mut case.as_of);
    }
    if draw.chance(15) {
        case.as_of = wreck::day_near(&case.as_of, draw);
    }
    let mut given = Map::new();
    for (name, codes) in takes {
        let known = || case.given.get(name).or_else(|| like.iter().find_map(|like| like.given.get(name))).cloned();
        let value = match known() {
            _ if !codes.is_empty() && draw.chance(30) => {
                let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
                Some(Value::from(draw.pick(&codes)))
            }
            Some(Value::Number(year)) if draw.chance(15) => year.as_i64().map(|year| json!(year + i64::from(draw.between(-1, 1)))),
            known => known,
        };
        given.extend(value.map(|value| (name.to_owned(), value)));
    }
    case.given = given;
    if draw.chance(5) {
        case.known_on = Some(wreck::day_near(&case.as_of, draw));
    }
}
