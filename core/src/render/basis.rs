//! What a report rests on: the policy, its version, the day, what was given.

use sha2::{Digest as _, Sha256};

use super::words::Words;
use super::{PolicyReference, Report};
use crate::evaluate::Given;
use crate::explain::Labels;
use crate::hash;
use crate::lang::Lang;

/// What was given, in one line: `year: 2024`.
pub(super) fn given(given: &Given, labels: &Labels, lang: Lang) -> String {
    let colon = lang.pick("：", ": ");
    let one = |(name, value): (&str, &crate::feel::Value)| {
        let value = value.to_string();
        format!("{}{colon}{}", labels.given(name, lang), labels.given_value(name, &value, lang))
    };
    given.iter().map(one).collect::<Vec<_>>().join(lang.pick("，", ", "))
}

/// Something of every policy that was applied, in one line.
pub(super) fn each(policy: &PolicyReference, layers: &[PolicyReference], lang: Lang, of: fn(&PolicyReference) -> String) -> String {
    std::iter::once(policy).chain(layers).map(of).collect::<Vec<_>>().join(lang.pick("；", "; "))
}

/// What a reader needs to reproduce the report.
pub(super) fn basis(report: &Report<'_>) -> Vec<(&'static str, String)> {
    let w = Words::of(report.lang);
    let each = |of: fn(&PolicyReference) -> String| each(report.policy, report.layers, report.lang, of);
    let known_on = report.rows.first().and_then(|row| row.verdict.known_on).map(|day| (w.known_on, day.to_string()));
    let mut basis = vec![
        (w.policy, format!("{} {}", report.document.to(report.lang), each(|policy| policy.number.clone())).trim().to_owned()),
        (w.version, each(|policy| format!("{} {}", policy.id, policy.version))),
        (w.hash, each(|policy| policy.hash.clone())),
        (w.as_of, report.as_of.to_string()),
    ];
    basis.extend(known_on);
    basis.extend([
        (w.given, given(report.given, report.labels, report.lang)),
        (w.digest, digest(report)),
        (w.engine, concat!("medtrain ", env!("CARGO_PKG_VERSION")).to_owned()),
    ]);
    basis
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
