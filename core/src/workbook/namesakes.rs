//! Rows that bear one name and no number: whether they are one person's, several people's, or cannot be told apart.
//!
//! INVARIANT: a name alone makes nobody one with another whom the rows say something different of, in whatever order they stand.

use std::rc::Rc;

use super::join::contradict;
use super::rows::{Key, Record};
use crate::facts::AnyEntity;
use crate::feel::Datum;

/// What a row says of the one whose it is.
#[derive(Debug)]
pub(crate) struct Said<'r> {
    pub(crate) key: &'r Key,
    pub(crate) record: &'r Record,
    /// The department or institution after which its sheet is named.
    pub(crate) place: Option<&'r Rc<str>>,
}

/// Rows of one name, told apart as far as they can be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parted {
    /// The rows of each person. Where no row is anybody's for certain, there is one person of whom all of them speak.
    pub(crate) people: Vec<Vec<usize>>,
    /// The rows that fit several of them, or too little to be somebody's for certain, each with those whose it may be.
    pub(crate) open: Vec<(usize, Vec<usize>)>,
}

impl Said<'_> {
    /// Whether two rows cannot be about one person.
    pub(crate) fn contradicts(&self, other: &Self) -> bool {
        self.key.units_differ(other.key)
            || self.key.digits_differ(other.key)
            || matches!((self.place, other.place), (Some(one), Some(other)) if one != other)
            || differ(self.record, other.record)
    }
}

/// Whether two records say something different of what both speak of.
pub(crate) fn differ(one: &Record, other: &Record) -> bool {
    let within = one.within.iter().filter_map(|(slot, inner)| Some((inner, other.within.iter().find(|(at, _)| at == slot).map(|(_, inner)| inner)?)));
    facts_differ(&*one.facts, &*other.facts) || within.into_iter().any(|(one, other)| facts_differ(&**one, &**other))
}

fn facts_differ(one: &dyn AnyEntity, other: &dyn AnyEntity) -> bool {
    let keys = one.entity().keys();
    (0..one.entity().fields.len())
        .filter(|slot| ![keys.number, keys.name].contains(&Some(*slot)))
        .any(|slot| contradict(one, other, slot) && !alike(one.read(slot), other.read(slot)))
}

/// Whether two texts differ in how they are written alone.
fn alike(one: Datum<'_>, other: Datum<'_>) -> bool {
    let fold = super::cell::fold_name;
    matches!((one, other), (Datum::Text(one), Datum::Text(other)) if fold(one) == fold(other))
}

/// Tells apart rows of one name.
///
/// Rows that fit two others which contradict each other are open: without them, what does not contradict is one person's.
pub(crate) fn part(rows: &[Said<'_>]) -> Parted {
    let Some(kinds) = kinds(rows) else {
        return Parted { people: vec![(0..rows.len()).collect()], open: (0..rows.len()).map(|row| (row, vec![0])).collect() };
    };
    let said: Vec<&Said<'_>> = kinds.iter().filter_map(|rows_of| rows.get(*rows_of.first()?)).collect();
    let fits = |one: usize, other: usize| matches!((said.get(one), said.get(other)), (Some(one), Some(other)) if !one.contradicts(other));
    let among = |kind: usize| (0..said.len()).filter(move |other| fits(kind, *other));
    let is_open = |kind: &usize| among(*kind).any(|one| among(*kind).any(|other| !fits(one, other)));
    let (open, certain): (Vec<usize>, Vec<usize>) = (0..said.len()).partition(is_open);
    let mut people: Vec<Vec<usize>> = Vec::new();
    for kind in certain {
        match people.iter_mut().find(|kinds| kinds.iter().all(|other| fits(kind, *other))) {
            Some(kinds) => kinds.push(kind),
            None => people.push(vec![kind]),
        }
    }
    if people.is_empty() {
        people.push(open.clone());
    }
    let whose = |kind: usize| {
        let fitting: Vec<usize> =
            (0..people.len()).filter(|person| people.get(*person).is_some_and(|kinds| kinds.iter().all(|other| fits(kind, *other)))).collect();
        if fitting.is_empty() { (0..people.len()).collect() } else { fitting }
    };
    let rows_of = |kind: usize| kinds.get(kind).into_iter().flatten().copied();
    let open = open.into_iter().flat_map(|kind| rows_of(kind).map(move |row| (row, kind))).map(|(row, kind)| (row, whose(kind))).collect();
    Parted { people: people.iter().map(|kinds| kinds.iter().flat_map(|kind| rows_of(*kind)).collect()).collect(), open }
}

/// The rows that say exactly the same of the person, together: a name repeats, what is said of it hardly varies. None where it does, so much that
/// nothing is learned of it.
fn kinds(rows: &[Said<'_>]) -> Option<Vec<Vec<usize>>> {
    const MOST_TOLD_APART: usize = 64;
    let is_same = |one: &Said<'_>, other: &Said<'_>| {
        one.place == other.place
            && one.key.unit == other.key.unit
            && one.key.damaged == other.key.damaged
            && one.record.facts.equals(&*other.record.facts)
            && one.record.within.len() == other.record.within.len()
            && one.record.within.iter().zip(&other.record.within).all(|(one, other)| one.0 == other.0 && one.1.equals(&*other.1))
    };
    let mut kinds: Vec<Vec<usize>> = Vec::new();
    for (row, said) in rows.iter().enumerate() {
        let is_known = |kind: &Vec<usize>| kind.first().and_then(|first| rows.get(*first)).is_some_and(|first| is_same(first, said));
        let place = kinds.iter().position(is_known).unwrap_or(kinds.len());
        if place == MOST_TOLD_APART {
            return None;
        }
        if place == kinds.len() {
            kinds.push(Vec::new());
        }
        kinds.get_mut(place)?.push(row);
    }
    Some(kinds)
}
