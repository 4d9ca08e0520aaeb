//! Versions of one policy or provision in several files: on each day one of them binds.

use super::PolicyFile;
use crate::policy::{Policy, Until};
use crate::problem::{Problem, ProblemCode};
use crate::quantity::Day;
use crate::source::{Source, lines_of};

/// The days on which something binds, the last one included.
type InForce = (Day, Option<Day>);

/// A policy or a provision in one of the files.
struct Version<'f> {
    /// What it is, for messages.
    what: String,
    /// The place of its file.
    file: usize,
    text: PolicyFile<'f>,
    in_force: InForce,
    /// Whether it has days of its own, and not only those of its policy.
    own: bool,
}

/// Warns of versions that overlap, and of days between them, each with the place of the file of the later one.
pub(super) fn warnings(files: &[(PolicyFile<'_>, Policy)]) -> Vec<(usize, Problem)> {
    let mut all: Vec<(&str, Version<'_>)> = Vec::new();
    for (place, (file, policy)) in files.iter().enumerate() {
        let in_force = (policy.from.unwrap_or(policy.issued), policy.until);
        all.push((&policy.id, Version { what: format!("policy `{}`", policy.id), file: place, text: *file, in_force, own: true }));
        for provision in &policy.provisions {
            let own = provision.from.is_some() || provision.until != Until::OfPolicy;
            let what = format!("provision `{}`", provision.id);
            all.push((&provision.id, Version { what, file: place, text: *file, in_force: policy.in_force(provision), own }));
        }
    }
    // Those of one name come together, the earliest first.
    all.sort_by(|(a, x), (b, y)| (a, &x.what, x.in_force.0, x.file).cmp(&(b, &y.what, y.in_force.0, y.file)));
    let pairs = all.iter().zip(all.iter().skip(1)).filter(|((_, a), (_, b))| a.what == b.what && a.file != b.file && (a.own || b.own));
    pairs.filter_map(|((_, a), (id, b))| between(a, b, id).map(|problem| (b.file, problem))).collect()
}

/// What is wrong between two versions of which the first begins no later.
fn between(earlier: &Version<'_>, later: &Version<'_>, id: &str) -> Option<Problem> {
    let (from, _) = later.in_force;
    let (code, message, cure) = match earlier.in_force.1 {
        Some(until) if until < from => {
            let next = until.succ_opt()?;
            let last = from.pred_opt().filter(|last| next <= *last)?;
            let days = if next == last { format!("on {next}") } else { format!("from {next} to {last}") };
            let message = format!("no version of {} is in force {days}", later.what);
            (ProblemCode::VersionGap, message, format!("let it begin on {next}, or the earlier one end on {last}"))
        }
        _ => {
            let message = format!("{} is in force from {from} on, and so is still that of `{}`", later.what, earlier.text.name);
            let cure = from.pred_opt().map_or_else(String::new, |last| format!("end the earlier one by `until = {last}`"));
            (ProblemCode::OverlappingVersions, message, cure)
        }
    };
    let PolicyFile { name, text } = later.text;
    Some(Source::new(name, text, &lines_of(text)).problem(code, &place_of(text, id), message).with_cure(cure))
}

/// Where a text names this id as its own.
fn place_of(text: &str, id: &str) -> std::ops::Range<usize> {
    let quoted = format!("\"{id}\"");
    let own = text.match_indices(&quoted).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).unwrap_or("").trim_end();
        before.strip_suffix('=').is_some_and(|before| before.trim_end().ends_with("id"))
    });
    own.map_or(0..0, |at| at..at + quoted.len())
}
