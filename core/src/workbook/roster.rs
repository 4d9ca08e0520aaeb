//! Those of a register, such as the people of a hospital, and whose record a row is.
//!
//! INVARIANT: a number or a proven identity number joins; a name never does so silently, and no number joins people of two names. Where it stays
//! open whose a record is, it lies with each who may own it as one of which nothing is known, so that no verdict is decided without it.

mod met;
mod unidentified;

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use super::cell::Identity;
use super::duplicates;
use super::header::Table;
use super::notes::{self, At, Notes, Rule, Wording};
use super::rows::{Entry, Key, Record};
use crate::facts::{AnyEntity, Sex, StaffStatus};
use crate::feel::{Datum, Episode};
use crate::policy::OwnFact;

use self::unidentified::Numbers;

pub(crate) use self::met::{MeetBy, Named, crossed};

/// The most with each of whom a record stays undecided; where it could be anybody's, it is nobody's.
pub(super) const MOST_CANDIDATES: usize = 16;

/// All of one register that a workbook tells of.
#[derive(Debug)]
pub(crate) struct Roster {
    pub(crate) listed: Vec<Listed>,
    wording: &'static Wording,
    by_number: HashMap<String, Vec<usize>>,
    /// Without leading zeros.
    by_short: HashMap<String, Vec<usize>>,
    by_proof: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    /// Whose rows without a number are, by what they say of the person, and whether that is certain.
    settled: HashMap<At, (Vec<usize>, bool)>,
    /// The numbers and identity numbers in their order, once a damaged one is held against them.
    numbers: OnceCell<Numbers>,
    proofs: OnceCell<Numbers>,
}

/// One of a register.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) record: Record,
    pub(crate) at: At,
    pub(crate) key: Key,
    /// Whether they are no staff: students and residents in training.
    pub(crate) aside: bool,
    /// Whether they were taken from the records.
    met: bool,
    /// What their rows disagree on.
    disputed: Disputed,
}

/// The fields of a record on which its rows disagree, and of the records within it, by their slots.
type Disputed = BTreeMap<Option<usize>, Vec<usize>>;

/// Whose a record is.
#[derive(Debug)]
pub(crate) enum Belongs {
    /// This one's, perhaps with something to note.
    To(usize, Option<&'static Rule>),
    /// One of these, and nobody can tell whose.
    Perhaps(Vec<usize>, &'static Rule),
    /// Nobody's.
    Nobody(&'static Rule),
}

impl Belongs {
    fn perhaps(people: Vec<usize>, rule: &'static Rule) -> Self {
        if people.len() > MOST_CANDIDATES { Self::Nobody(&notes::OF_TOO_MANY) } else { Self::Perhaps(people, rule) }
    }
}

impl Roster {
    /// Takes those of the sheets of the register itself.
    pub(crate) fn new(wording: &'static Wording, entries: Vec<(Entry, usize)>, tables: &[&Table<'_>], own: &[&OwnFact], notes: &mut Notes) -> Self {
        let (by_number, by_short, by_proof, by_name) = Default::default();
        let mut roster = Self {
            listed: Vec::new(),
            wording,
            by_number,
            by_short,
            by_proof,
            by_name,
            settled: HashMap::new(),
            numbers: OnceCell::new(),
            proofs: OnceCell::new(),
        };
        for (entry, table) in entries {
            if let Some(table) = tables.get(table) {
                against_identity(&entry, table, notes);
                out_of_service(&entry, table, notes);
            }
            roster.add(entry, own, notes);
        }
        roster
    }

    fn add(&mut self, entry: Entry, own: &[&OwnFact], notes: &mut Notes) {
        let Entry { record, key, at, .. } = entry;
        let wording = self.wording;
        if key.is_empty() {
            return notes.set_aside(at, wording.no_key);
        }
        let aside = is_in_training(&*record.facts);
        // The specialty bases of one hospital may share its number, and each hospital has its own numbers of people.
        let others = self.by_number.get(key.number.as_deref().unwrap_or_default()).into_iter().flatten().copied();
        let is_same = |place: &usize| self.listed.get(*place).is_some_and(|other| other.key.part == key.part && !other.key.units_differ(&key));
        let others: Vec<usize> = others.filter(is_same).take(MOST_CANDIDATES + 1).collect();
        for place in others {
            let Some(other) = self.listed.get(place) else { continue };
            if other.key.name == key.name || (key.proof.is_some() && other.key.proof == key.proof) {
                let contradicts = self.listed.get_mut(place).is_some_and(|known| merge(&mut known.record, record, &mut known.disputed, own));
                return notes.set_aside(at, if contradicts { wording.contradicted } else { wording.twice });
            }
            notes.add(at, wording.same_number);
        }
        let near = key.number.as_ref().map(|number| self.near(number, &key)).unwrap_or_default();
        let again = |other: &Listed| {
            same_name(&other.key, &key)
                && other.key.part == key.part
                && other.key.number != key.number
                && (other.key.numeric || key.numeric)
                && !proofs_differ(&other.key, &key)
                && !other.key.units_differ(&key)
        };
        if near.iter().filter_map(|other| self.listed.get(*other)).any(again) {
            return notes.set_aside(at, wording.twice);
        }
        if !found(&self.by_proof, key.proof.as_ref()).is_empty() {
            notes.add(at, wording.same_proof);
        }
        if aside {
            notes.set_aside(at, &notes::IN_TRAINING);
        }
        self.list(Listed { record, at, key, aside, met: false, disputed: Disputed::new() });
    }

    /// Lists one of which nothing is known but that it is there: what nobody named.
    pub(crate) fn list_unnamed(&mut self, record: Record, at: At) {
        self.list(Listed { record, at, key: Key::default(), aside: false, met: true, disputed: Disputed::new() });
    }

    fn list(&mut self, listed: Listed) -> usize {
        let place = self.listed.len();
        let mut index = |map: fn(&mut Self) -> &mut HashMap<String, Vec<usize>>, key: Option<String>| {
            if let Some(key) = key {
                map(self).entry(key).or_default().push(place);
            }
        };
        index(|roster| &mut roster.by_number, listed.key.number.clone());
        index(|roster| &mut roster.by_short, listed.key.number.as_deref().map(short));
        index(|roster| &mut roster.by_proof, listed.key.proof.clone());
        index(|roster| &mut roster.by_name, listed.key.name.clone());
        self.listed.push(listed);
        place
    }

    /// The people whose number differs by leading zeros alone, where a numeric cell lost them or the name agrees.
    fn near(&self, number: &str, key: &Key) -> Vec<usize> {
        let mut near = found(&self.by_short, Some(&short(number)));
        near.retain(|person| key.numeric || self.listed.get(*person).is_some_and(|person| person.key.numeric || same_name(&person.key, key)));
        near
    }

    /// How a row is told of that says nothing of whose it is.
    pub(crate) fn no_key(&self) -> &'static Rule {
        self.wording.no_key
    }

    /// The person whose record has this key.
    pub(crate) fn belongs(&self, key: &Key, at: At) -> Belongs {
        if let Some((people, is_certain)) = self.settled.get(&at) {
            let is_numbered = |person: &usize| self.listed.get(*person).is_some_and(|person| person.key.number.is_some());
            return match people.as_slice() {
                [person] if *is_certain => Belongs::To(*person, is_numbered(person).then_some(self.wording.by_name)),
                _ => Belongs::perhaps(people.clone(), self.wording.several_names),
            };
        }
        if let Some(number) = &key.number {
            let exact = self.meant(self.by_number.get(number), key);
            let near = self.near(number, key);
            if !exact.is_empty() {
                return self.by_number(self.with_lost_zeros(exact, near, key), key, None);
            }
            if !near.is_empty() {
                return self.by_number(near, key, Some(self.wording.zeros_lost));
            }
        }
        match found(&self.by_proof, key.proof.as_ref()) {
            people if people.is_empty() => {}
            people => return self.by_number_and_name(people, key, None),
        }
        let named = self.of_part(found(&self.by_name, key.name.as_ref()), key);
        match (key.number.is_some(), named.as_slice()) {
            (true, []) => Belongs::Nobody(self.wording.not_listed),
            // Someone whose own number is missing can only be found by name.
            (true, [person]) if self.listed.get(*person).is_some_and(|person| person.key.number.is_none()) => {
                Belongs::To(*person, Some(self.wording.by_name))
            }
            (true, _) => Belongs::perhaps(named, self.wording.perhaps_by_name),
            // Whom the workbook knows by name alone was noted once.
            (false, [person]) if self.listed.get(*person).is_some_and(|person| person.met && person.key.number.is_none()) => {
                Belongs::To(*person, None)
            }
            (false, [person]) => Belongs::To(*person, Some(self.wording.by_name)),
            (false, []) if key.name.is_none() && key.proof.is_none() => self.unidentified(key),
            (false, []) => Belongs::Nobody(self.wording.not_listed),
            (false, _) => Belongs::perhaps(named, self.wording.several_names),
        }
    }

    /// Those with this number, and where a numeric cell may have lost leading zeros, those whose number it then is: `0101` as well as `101`. An identity
    /// number beside it settles which.
    fn with_lost_zeros(&self, exact: Vec<usize>, near: Vec<usize>, key: &Key) -> Vec<usize> {
        let is_exact_alone = !key.numeric || near.iter().all(|person| exact.contains(person));
        let proven = found(&self.by_proof, key.proof.as_ref());
        if is_exact_alone || exact.iter().any(|person| proven.contains(person)) {
            return exact;
        }
        let mut all = exact;
        let near: Vec<usize> = near.into_iter().filter(|person| !all.contains(person)).collect();
        all.extend(near);
        all.truncate(MOST_CANDIDATES + 1);
        let is_proven = |person: &usize| proven.contains(person);
        if all.iter().any(is_proven) { all.into_iter().filter(is_proven).collect() } else { all }
    }

    /// The people with this number, and whoever has the identity number that stands beside it.
    fn by_number(&self, people: Vec<usize>, key: &Key, rule: Option<&'static Rule>) -> Belongs {
        let belongs = self.by_number_and_name(people, key, rule);
        let Belongs::To(person, rule) = belongs else { return belongs };
        let own = self.listed.get(person).and_then(|person| person.key.proof.as_ref());
        match found(&self.by_proof, key.proof.as_ref()) {
            others if others.contains(&person) => Belongs::To(person, rule),
            others if others.is_empty() => {
                let differs = own.is_some() && key.proof.is_some();
                Belongs::To(person, rule.or(differs.then_some(self.wording.other_proof)))
            }
            mut others => {
                others.push(person);
                Belongs::perhaps(others, self.wording.other_owner)
            }
        }
    }

    /// This person, unless the name is that of somebody else.
    fn unless_other_name(&self, person: usize, key: &Key, rule: Option<&'static Rule>) -> Belongs {
        let Some(listed) = self.listed.get(person).filter(|person| names_differ(&person.key, key)) else { return Belongs::To(person, rule) };
        let mut others = found(&self.by_name, key.name.as_ref());
        // Two numbers of one person outweigh the name, and what is no person may have changed it.
        let is_proven = key.proof.is_some() && listed.key.proof == key.proof;
        if others.is_empty() && (is_proven || !self.wording.names_bind) {
            return Belongs::To(person, Some(self.wording.other_name));
        }
        let rule = if others.is_empty() { self.wording.other_name_open } else { self.wording.other_owner };
        others.push(person);
        Belongs::perhaps(others, rule)
    }

    /// Of the people with this number, the one whose name agrees.
    fn by_number_and_name(&self, people: Vec<usize>, key: &Key, rule: Option<&'static Rule>) -> Belongs {
        let is = |person: &usize, agrees: &dyn Fn(&Key) -> bool| self.listed.get(*person).is_some_and(|person| agrees(&person.key));
        let people = self.of_unit(self.of_part(people, key), key);
        let agreeing: Vec<usize> = people.iter().copied().filter(|person| is(person, &|other| same_name(other, key))).collect();
        let of_units = key.unit.is_none()
            && people
                .iter()
                .any(|one| people.iter().any(|other| self.listed.get(*one).is_some_and(|one| is(other, &|other| other.units_differ(&one.key)))));
        match (people.as_slice(), agreeing.as_slice()) {
            (_, [person]) => Belongs::To(*person, rule),
            (people, _) if people.iter().all(|person| is(person, &|other| other.units_differ(key))) => {
                Belongs::perhaps(people.to_vec(), self.wording.other_unit)
            }
            ([person], _) => self.unless_other_name(*person, key, rule),
            _ if of_units => Belongs::perhaps(people, self.wording.unit_missing),
            _ => Belongs::perhaps(people, self.wording.ambiguous),
        }
    }

    /// The first of the people with one number who are of the part and unit that are meant, as many as are ever told apart.
    fn meant(&self, people: Option<&Vec<usize>>, key: &Key) -> Vec<usize> {
        let mut meant = self.of_unit(self.of_part(people.cloned().unwrap_or_default(), key), key);
        meant.truncate(MOST_CANDIDATES + 1);
        meant
    }

    /// Of those with one number or name, the ones of the part that is meant: a specialty base, or the base as a whole.
    fn of_part(&self, people: Vec<usize>, key: &Key) -> Vec<usize> {
        self.preferred(people, |listed| listed.part == key.part)
    }

    /// Of those with one number, the ones of the unit that is named, or else those who are of no other.
    fn of_unit(&self, people: Vec<usize>, key: &Key) -> Vec<usize> {
        let named = self.preferred(people, |listed| key.unit.is_some() && listed.unit == key.unit);
        self.preferred(named, |listed| !listed.units_differ(key))
    }

    /// Those of whom it is so, if it is so of any.
    fn preferred(&self, people: Vec<usize>, is_meant: impl Fn(&Key) -> bool) -> Vec<usize> {
        let meant: Vec<usize> = people.iter().copied().filter(|place| self.listed.get(*place).is_some_and(|listed| is_meant(&listed.key))).collect();
        if meant.is_empty() { people } else { meant }
    }
}

/// Lets what is known of someone say what another row says of them, too; what the two contradict each other in is unknown.
fn merge(known: &mut Record, again: Record, disputed: &mut Disputed, own: &[&OwnFact]) -> bool {
    let mut contradicted = duplicates::merge(&mut *known.facts, &*again.facts, disputed.entry(None).or_default(), own);
    for (slot, inner) in again.within {
        match known.inner(slot) {
            Some(there) => contradicted |= duplicates::merge(&mut **there, &*inner, disputed.entry(Some(slot)).or_default(), own),
            None => known.within.push((slot, inner)),
        }
    }
    contradicted
}

/// The first of the people with this key, as many as are ever told apart.
fn found(map: &HashMap<String, Vec<usize>>, key: Option<&String>) -> Vec<usize> {
    key.and_then(|key| map.get(key)).into_iter().flatten().take(MOST_CANDIDATES + 1).copied().collect()
}

fn same_name(person: &Key, key: &Key) -> bool {
    person.name.is_some() && person.name == key.name
}

fn proofs_differ(person: &Key, key: &Key) -> bool {
    person.proof.is_some() && key.proof.is_some() && person.proof != key.proof
}

fn names_differ(person: &Key, key: &Key) -> bool {
    person.name.is_some() && key.name.is_some() && person.name != key.name
}

pub(crate) fn short(number: &str) -> String {
    let short = number.trim_start_matches('0');
    if short.is_empty() { "0".to_owned() } else { short.to_owned() }
}

/// Whether a record says that someone is here to learn, and no staff.
fn is_in_training(record: &dyn AnyEntity) -> bool {
    has_status(record, &[StaffStatus::InTraining])
}

fn has_status(record: &dyn AnyEntity, any_of: &[StaffStatus]) -> bool {
    let status = record.entity().field("status").filter(|(_, field)| field.kind.is_of(StaffStatus::LIST));
    let Some(Datum::Code(place)) = status.map(|(slot, _)| record.read(slot)) else { return false };
    any_of.iter().any(|status| usize::from(place) == *status as usize)
}

/// Notes who is said to have retired or left. They are judged all the same: since when, the status does not say, and the retired may work on.
fn out_of_service(entry: &Entry, table: &Table<'_>, notes: &mut Notes) {
    if has_status(&*entry.record.facts, &[StaffStatus::Retired, StaffStatus::Left]) {
        notes.add(At { column: table.column_of("status"), ..entry.at }, &notes::OUT_OF_SERVICE);
    }
}

/// Notes a birthday or a sex that the identity number contradicts. Both stay: which is right, nobody here can say.
fn against_identity(entry: &Entry, table: &Table<'_>, notes: &mut Notes) {
    let record = &*entry.record.facts;
    let read = |field| record.entity().field(field).map(|(slot, _)| record.read(slot));
    let Some(Datum::Text(number)) = read("id_no") else { return };
    let identity = Identity::parse(number);
    let at = |field| At { column: table.column_of(field), ..entry.at };
    if let (Some(born), Some(stated)) = (identity.born, read("birth_date").and_then(|stated| stated.days()))
        && stated.is_apart_from(Episode { first: born, last: born })
    {
        notes.add(at("birth_date"), &notes::BIRTH_DISAGREES);
    }
    let stated = match read("sex") {
        Some(Datum::Code(sex)) if usize::from(sex) == Sex::Male as usize => Some(true),
        Some(Datum::Code(sex)) if usize::from(sex) == Sex::Female as usize => Some(false),
        _ => None,
    };
    if let (Some(male), Some(stated)) = (identity.male, stated)
        && male != stated
    {
        notes.add(at("sex"), &notes::SEX_DISAGREES);
    }
}
