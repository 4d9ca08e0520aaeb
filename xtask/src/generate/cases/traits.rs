//! What is remarkable about a verdict: the provisions in it with the statuses that they have, and how records and consequences came out.

use std::collections::BTreeSet;

use medtrain::evaluate::Verdict;
use serde_json::Value;

/// What cases are chosen by: one more of these is worth a case.
pub(super) type Traits = BTreeSet<String>;

/// The traits of a verdict.
pub(super) fn of(verdict: &Verdict) -> Result<Traits, String> {
    let verdict: Value = serde_json::from_str(&verdict.to_json()).map_err(|error| error.to_string())?;
    let mut traits = Traits::new();
    for finding in items(&verdict, "findings") {
        add(finding, text(finding, "provision"), &mut traits);
    }
    for record in items(&verdict, "records") {
        traits.insert(format!("a record is {}", text(record, "state")));
        traits.extend(items(record, "excluded_by").iter().map(|by| format!("{} excludes: {}", text(by, "provision"), text(by, "status"))));
    }
    for consequence in items(&verdict, "consequences") {
        traits.insert(format!("{} is {}", text(consequence, "provision"), text(consequence, "state")));
    }
    traits.extend(items(&verdict, "advice").iter().map(|advice| format!("{} is advised", text(advice, "provision"))));
    Ok(traits)
}

fn add(finding: &Value, provision: &str, traits: &mut Traits) {
    traits.insert(format!("{provision}: {} {}", text(finding, "status"), text(finding, "reason")));
    for how in ["deemed_by", "relaxation", "error"] {
        traits.insert(format!("{provision} {how} {}", text(finding, how)));
    }
    for (place, part) in items(finding, "parts").iter().enumerate() {
        add(part, &format!("{provision}, part {place}"), traits);
    }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn items<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
