//! Which cases of a policy are kept: in full every example of its decisions, and as many others as it takes to see each provision with each status that
//! it can have; of those that are drawn as many as differ, with the hash of what comes out.

use std::collections::BTreeMap;

use super::traits::Traits;
use super::{Case, builtin, draw, examples, file, in_full, in_short, policy, traits};

/// How many drawn cases a decision has, at most.
const EACH: usize = 110;
/// How many cases with the same traits are kept: more would show what these have shown.
const ALIKE: usize = 6;
/// How many of a decision may have facts with problems.
const FLAWED: usize = 9;

/// The files of a policy.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    /// Cases with their verdicts.
    pub(super) full: String,
    /// Drawn ones, with hashes.
    pub(super) drawn: String,
}

/// The cases of a policy, one a line.
pub(super) fn cases(id: &str) -> Result<Chosen, String> {
    let set = builtin()?;
    let policy = policy(&set, id)?;
    let (own, others): (Vec<_>, Vec<_>) = examples::asked(&set, policy).into_iter().partition(|(own, _)| *own);
    let examples: Vec<(bool, Case)> = own.into_iter().chain(others).collect();
    let drawn = draw::drawn(&set, policy, &examples.iter().map(|(_, case)| case.clone()).collect::<Vec<_>>())?;

    let (mut seen, mut told, mut full, mut short) = (Traits::new(), Traits::new(), Vec::new(), Vec::new());
    // The sentences of one verdict of each decision and status are told in full.
    let mut with_sentences = |case: &Case, status: &str| told.insert(format!("{} {status}", case.decision));
    for (keep, case) in &examples {
        match case.answer(&set, |_| false) {
            Ok((verdict, _)) => {
                let new = traits::of(&verdict)?;
                if *keep || !new.is_subset(&seen) {
                    let sentences = with_sentences(case, verdict.status.code());
                    full.push(case.line(in_full(&case.answer(&set, |_| sentences))?));
                    seen.extend(new);
                }
            }
            Err(error) if *keep => return Err(format!("an example of {} has problems: {error}", case.decision)),
            Err(_) => {}
        }
    }
    let mut alike: BTreeMap<(&str, Traits), usize> = BTreeMap::new();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &drawn {
        let (traits, most) = match case.answer(&set, |_| false) {
            Ok((verdict, _)) => {
                let traits = traits::of(&verdict)?;
                if !traits.is_subset(&seen) {
                    let sentences = with_sentences(case, verdict.status.code());
                    full.push(case.line(in_full(&case.answer(&set, |_| sentences))?));
                    seen.extend(traits);
                    continue;
                }
                (traits, ALIKE)
            }
            // What other languages cannot say as objects.
            Err(error) if error.problems.iter().any(|problem| problem.place == "facts") => continue,
            Err(_) => (Traits::new(), FLAWED),
        };
        let (alike, count) = (alike.entry((&case.decision, traits)).or_default(), count.entry(&case.decision).or_default());
        if *alike < most && *count < EACH {
            (*alike, *count) = (*alike + 1, *count + 1);
            short.push(case.line([in_short(&case.answer(&set, |_| true))]));
        }
    }
    Ok(Chosen { full: file(&full), drawn: file(&short) })
}
