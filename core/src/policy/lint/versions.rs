//! Versions of one policy or provision in several files: on each day one of them binds.

use std::cell::RefCell;

use super::PolicyFile;
use crate::feel::Span;
use crate::order::order_by;
use crate::policy::tables::with_tables;
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
    /// Where the file gives it its id.
    span: Span,
    in_force: InForce,
    /// Whether it has days of its own, and not only those of its policy.
    own: bool,
    /// Whether it is the whole policy.
    is_policy: bool,
}

/// What is wrong between two versions.
pub(super) struct Found {
    /// The place of the file of the later one.
    pub(super) file: usize,
    pub(super) problem: Problem,
    /// Whether their files cannot be loaded together: two policies of one id that are in force on one day. Two provisions of one id can.
    pub(super) cannot_be_loaded: bool,
}

/// Finds versions that overlap, and days between them.
pub(super) fn check(files: &[(PolicyFile<'_>, Policy)]) -> Vec<Found> {
    let mut all: Vec<Version<'_>> = files.iter().enumerate().flat_map(|(place, (file, policy))| versions(place, *file, policy)).collect();
    // Those of one name come together, the earliest first.
    order_by(&mut all, |a, b| (&a.what, a.in_force.0, a.file).cmp(&(&b.what, b.in_force.0, b.file)));
    let mut found = Vec::new();
    for of_one in all.chunk_by(|a, b| a.what == b.what) {
        let mut versions = of_one.iter();
        // A long version may still bind when several later ones have come and gone.
        let Some(mut last) = versions.next() else { continue };
        for version in versions {
            if last.own || version.own {
                found.extend(between(last, version).map(|problem| {
                    let cannot_be_loaded = version.is_policy && problem.code == ProblemCode::OverlappingVersions;
                    Found { file: version.file, problem, cannot_be_loaded }
                }));
            }
            if ends_later(version.in_force.1, last.in_force.1) {
                last = version;
            }
        }
    }
    found
}

/// The policy of a file and its provisions.
fn versions<'f>(place: usize, file: PolicyFile<'f>, policy: &Policy) -> Vec<Version<'f>> {
    let found = RefCell::new(Vec::new());
    with_tables(file, |tables| {
        let version = |what: String, span, in_force, own| Version { what, file: place, text: file, span, in_force, own, is_policy: false };
        let mut found = found.borrow_mut();
        if let Some(head) = tables.file.table("policy", "[policy]") {
            let whole = version(format!("policy `{}`", policy.id), head.span_of("id"), (policy.first_day(), policy.until), true);
            found.push(Version { is_policy: true, ..whole });
        }
        for (table, provision) in tables.with(policy) {
            let own = provision.from.is_some() || provision.until != Until::OfPolicy;
            found.push(version(format!("provision `{}`", provision.id), table.span_of("id"), policy.in_force(provision), own));
        }
    });
    found.into_inner()
}

/// Whether a last day comes after another; none at all comes last.
fn ends_later(day: Option<Day>, other: Option<Day>) -> bool {
    other.is_some_and(|other| day.is_none_or(|day| day > other))
}

/// What is wrong between the version that ends last of those that begin no later, and a later one.
fn between(earlier: &Version<'_>, later: &Version<'_>) -> Option<Problem> {
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
    Some(Source::new(name, text, &lines_of(text)).problem(code, &later.span, message).with_cure(cure))
}
