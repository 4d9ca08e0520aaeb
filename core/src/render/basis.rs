//! What a report rests on: the policy, its version, the day, what was given.

use sha2::{Digest as _, Sha256};

use super::words::Words;
use super::{PolicyReference, Report};
use crate::hash;

/// What was given, in one line: `year 2024`.
pub(super) fn given(report: &Report<'_>) -> String {
    let colon = report.lang.pick("：", " ");
    let one = |(name, value): (&str, &crate::feel::Value)| {
        let name = report.labels.given(name, report.lang);
        let value = value.to_string();
        format!("{name}{colon}{}", report.labels.code(None, &value, report.lang))
    };
    report.given.iter().map(one).collect::<Vec<_>>().join(report.lang.pick("，", ", "))
}

/// What a reader needs to reproduce the report.
pub(super) fn basis(report: &Report<'_>) -> Vec<(&'static str, String)> {
    let w = Words::of(report.lang);
    let each = |of: fn(&PolicyReference) -> String| {
        let all = std::iter::once(report.policy).chain(report.layers);
        all.map(of).collect::<Vec<_>>().join(report.lang.pick("；", "; "))
    };
    vec![
        (w.policy, format!("{} {}", report.document.to(report.lang), each(|policy| policy.number.clone())).trim().to_owned()),
        (w.version, each(|policy| format!("{} {}", policy.id, policy.version))),
        (w.hash, each(|policy| policy.hash.clone())),
        (w.as_of, report.as_of.to_string()),
        (w.given, given(report)),
        (w.digest, digest(report)),
        (w.engine, concat!("medtrain ", env!("CARGO_PKG_VERSION")).to_owned()),
    ]
}

/// SHA-256 of all verdicts in canonical JSON, a line each: two reports with the same digest say the same of the same people.
fn digest(report: &Report<'_>) -> String {
    let mut sum = Sha256::new();
    for row in report.rows {
        // A verdict is made of texts, lists and numbers: writing it as JSON cannot fail.
        sum.update(serde_json::to_vec(row.verdict).unwrap_or_default());
        sum.update(b"\n");
    }
    hash::hexadecimal(sum)
}
