//! What a report rests on: the policy, its version, the day, what was given.

use super::Report;
use super::words::Words;

/// What was given, in one line: `year 2024`.
pub(super) fn given(report: &Report<'_>) -> String {
    let colon = report.lang.pick("：", " ");
    let one = |(name, value): (&str, &crate::feel::Value)| {
        let name = match name {
            "year" => report.lang.pick("年度", "year"),
            "purpose" => report.lang.pick("用途", "purpose"),
            other => other,
        };
        format!("{name}{colon}{value}")
    };
    report.given.iter().map(one).collect::<Vec<_>>().join(report.lang.pick("，", ", "))
}

/// What a reader needs to reproduce the report.
pub(super) fn basis(report: &Report<'_>) -> Vec<(&'static str, String)> {
    let w = Words::of(report.lang);
    let policy = report.policy;
    vec![
        (w.policy, format!("{} {}", report.document.to(report.lang), policy.number).trim().to_owned()),
        (w.version, format!("{} {}", policy.id, policy.version)),
        (w.hash, policy.hash.clone()),
        (w.as_of, report.as_of.to_string()),
        (w.given, given(report)),
        (w.engine, concat!("medtrain ", env!("CARGO_PKG_VERSION")).to_owned()),
    ]
}
