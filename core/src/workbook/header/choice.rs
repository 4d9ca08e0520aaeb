//! What a sheet is about: its headers say it, and its name where they leave it open.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::kind::{Kind, kinds, own_kinds};
use super::label::Label;
use crate::facts::{Entity, Facts, Vocabulary as _};
use crate::policy::{OwnFact, OwnKind};
use crate::workbook::own::OwnRecord;
use crate::workbook::tree::{About, Tree};

/// The kind of a sheet, by its place, and how many of its headers that kind knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) kind: usize,
    pub(super) matched: usize,
}

/// Chooses the kind of a sheet with these headers and this name.
pub(super) fn choose(kinds: &[Kind<'_>], labels: &[Label], sheet: &str) -> Option<Choice> {
    let by_headers = by_headers(kinds, labels);
    let Some(named) = named(kinds, sheet) else { return by_headers };
    let bears = |kind: usize| kinds.get(kind).zip(kinds.get(named)).is_some_and(|(kind, named)| kind.names == named.names);
    if by_headers.is_some_and(|choice| bears(choice.kind)) {
        return by_headers;
    }
    let own = |kind: usize| kinds.get(kind).map_or(0, |kind| labels.iter().filter(|label| kind.is_own(label) && !kind.is_key(label)).count());
    let kind = kinds.get(named)?;
    let keys = labels.iter().filter(|label| kind.is_key(label)).count();
    let known = labels.iter().filter(|label| kind.claims(label).is_some()).count();
    let plausible = match kind.node {
        Some(_) => own(named) > usize::from(keys == 0),
        None => keys > 0 && known > 1,
    };
    if plausible && by_headers.is_none_or(|other| own(named) >= own(other.kind)) { Some(Choice { kind: named, matched: known }) } else { by_headers }
}

/// The kind that the headers alone speak for: records, if they have enough headers of their own; else those of a register.
fn by_headers(kinds: &[Kind<'_>], labels: &[Label]) -> Option<Choice> {
    let main = kinds.first()?;
    let mut records: Option<(usize, usize, usize)> = None;
    let mut registers: Option<(usize, usize)> = None;
    for (place, kind) in kinds.iter().enumerate() {
        let Some(root) = kinds.iter().find(|root| root.register == kind.register && root.node.is_none()) else { continue };
        let known = labels.iter().filter(|label| kind.core(label).is_some()).count();
        if kind.node.is_none() {
            let keys = labels.iter().filter(|label| kind.is_key(label)).count();
            if keys > 0 && known >= 2 && registers.is_none_or(|(_, most)| known > most) {
                registers = Some((place, known));
            }
            continue;
        }
        let is_owners = |label: &&Label| main.core(label).is_some() || root.core(label).is_some();
        let keys = labels.iter().filter(|label| main.is_key(label) || kind.is_key(label)).count();
        let owners = labels.iter().filter(is_owners).count();
        let own = labels.iter().filter(|label| !is_owners(label) && kind.core(label).is_some() && !kind.is_owners_key(label)).count();
        if keys > 0 && own >= 2 && own * 2 >= owners.saturating_sub(keys) && records.is_none_or(|(_, most, matched)| (own, known) > (most, matched)) {
            records = Some((place, own, known));
        }
    }
    match (records, registers) {
        (Some((kind, _, matched)), _) | (None, Some((kind, matched))) => Some(Choice { kind, matched }),
        (None, None) => None,
    }
}

/// The kind that bears the name of the sheet.
fn named(kinds: &[Kind<'_>], sheet: &str) -> Option<usize> {
    let bears = |rank: usize| kinds.iter().position(|kind| kind.names.get(rank).is_some_and(|names| names.iter().any(|name| name == sheet)));
    bears(0).or_else(|| bears(1))
}

/// Whether the name of the sheet is that of the subjects themselves.
pub(super) fn names_subjects(kinds: &[Kind<'_>], sheet: &str) -> bool {
    named(kinds, sheet) == Some(0)
}

/// What a sheet is about that the subject which is asked about does not reach.
#[derive(Debug)]
pub(super) struct Foreign<'p> {
    about: About<'p>,
    names: [Vec<String>; 2],
    headers: HashSet<String>,
}

impl<'p> Foreign<'p> {
    fn of(kind: Kind<'p>) -> Self {
        Self { about: kind.about, headers: kind.core_keys().cloned().collect(), names: kind.names }
    }

    /// Records of kinds that policies declare themselves, whose owners no subject which is asked about reaches, or which another policy declares.
    pub(super) fn own(reached: &[Kind<'_>], own: &[&'p OwnFact]) -> Vec<Self> {
        if !own.iter().any(|fact| matches!(fact.kind, OwnKind::Record(_))) {
            return Vec::new();
        }
        let is_reached = |kind: &Kind<'_>| reached.iter().any(|known| known.entity.name == OwnRecord::ENTITY.name && known.names == kind.names);
        subjects().flat_map(|subject| own_kinds(subject, own)).filter(|kind| !is_reached(kind)).map(Self::of).collect()
    }
}

/// What workbooks can be about.
fn subjects() -> impl Iterator<Item = &'static Entity> {
    Facts::SUBJECTS.iter().copied().filter(|subject| subject.keys().number.is_some())
}

/// Everything that workbooks can hold, of every subject.
static EVERYTHING: LazyLock<Vec<Foreign<'static>>> =
    LazyLock::new(|| subjects().flat_map(|subject| kinds(&Tree::of(subject, &[]), &[]).into_iter().map(Foreign::of)).collect());

/// How sure it is that a sheet is about something else than its headers were taken for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Elsewhere<'p> {
    /// Its name says so, and its headers do not gainsay it.
    Named(About<'p>),
    /// Nothing but its headers says so.
    Likely(About<'p>),
}

/// Whether a header is one of records of this entity, whoever owns them: it matters to another question.
pub(super) fn knows_elsewhere(entity: &Entity, label: &Label) -> bool {
    let has = |foreign: &Foreign<'_>| foreign.about.name == entity.name && label.keys.iter().any(|key| foreign.headers.contains(key));
    EVERYTHING.iter().any(has)
}

/// What else a sheet is about, if it is; `exclusive` where another sheet bears the name of the subjects.
pub(super) fn elsewhere<'p>(
    kinds: &[Kind<'_>],
    own: &[Foreign<'p>],
    chosen: Option<&Kind<'_>>,
    labels: &[Label],
    sheet: &str,
    exclusive: bool,
) -> Option<Elsewhere<'p>> {
    const FEWEST: usize = 3;
    let reached: HashSet<&str> = kinds.iter().map(|kind| kind.about.name).collect();
    let not_ours = exclusive && named(kinds, sheet).is_none();
    let known = |label: &&Label| chosen.is_some_and(|kind| kind.claims(label).is_some());
    let ours = labels.iter().filter(known).count();
    let is_strange = |foreign: &Foreign<'_>| !reached.contains(foreign.about.name);
    let everything = || EVERYTHING.iter().map(|foreign: &Foreign<'p>| foreign);
    let has = |foreign: &Foreign<'_>, label: &Label| label.keys.iter().any(|key| foreign.headers.contains(key));
    let bearing = |rank: usize| {
        let all = chosen.is_none() || not_ours;
        everything().filter(|foreign| all || is_strange(foreign)).chain(own).find(|foreign| {
            let theirs = labels.iter().filter(|label| has(foreign, label)).count();
            let bears = foreign.names.get(rank).is_some_and(|names| names.iter().any(|name| name == sheet));
            bears && (theirs > ours || exclusive && theirs == ours)
        })
    };
    if let Some(foreign) = bearing(0).or_else(|| bearing(1)) {
        return Some(Elsewhere::Named(foreign.about));
    }
    // Without such a name, a sheet has to be a stranger by far.
    chosen?;
    let strangers = everything().filter(|foreign| is_strange(foreign));
    let likely = strangers.map(|foreign| (labels.iter().filter(|label| has(foreign, label) && !known(label)).count(), foreign.about));
    let likely = likely.max_by_key(|(strange, _)| *strange).filter(|(strange, _)| *strange >= FEWEST && *strange > ours);
    likely.map(|(_, about)| Elsewhere::Likely(about))
}
