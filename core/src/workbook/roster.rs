//! The people of a workbook, and whose record a row is.
//!
//! INVARIANT: a number or a proven identity number joins; a name never does so silently. Where it stays open whose a record is, it lies with
//! each of those people as one of which nothing is known, so that no verdict is decided without it.

use std::collections::HashMap;

use super::cell::Identity;
use super::header::Table;
use super::notes::{self, At, Notes, Rule};
use super::rows::{Entry, Key};
use crate::facts::{Practitioner, Sex, StaffStatus};

/// The most people with each of whom a record stays undecided; where it could be anybody's, it is nobody's.
const MOST_CANDIDATES: usize = 16;

/// Everyone that a workbook tells of.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    pub(crate) people: Vec<Listed>,
    by_number: HashMap<String, Vec<usize>>,
    /// Without leading zeros.
    by_short: HashMap<String, Vec<usize>>,
    by_identity: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
}

/// Someone in the roster.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) facts: Practitioner,
    pub(crate) at: At,
    key: Key,
    /// Whether they are no staff: students and residents in training.
    pub(crate) aside: bool,
    /// Whether they were taken from the records.
    met: bool,
}

/// By what people are taken from the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MeetBy {
    Number,
    Identity,
    Name,
}

impl MeetBy {
    /// Whether this is the best that a key has.
    pub(crate) fn is_of(self, key: &Key) -> bool {
        let best = match key {
            Key { number: Some(_), .. } => Self::Number,
            Key { identity: Some(_), .. } => Self::Identity,
            _ => Self::Name,
        };
        self == best
    }
}

/// Whose a record is.
#[derive(Debug)]
pub(crate) enum Belongs {
    /// This person's, perhaps with something to note.
    To(usize, Option<&'static Rule>),
    /// One of these people's, and nobody can tell whose.
    Perhaps(Vec<usize>, &'static Rule),
    /// Nobody's.
    Nobody(&'static Rule),
}

impl Belongs {
    fn perhaps(people: Vec<usize>, rule: &'static Rule) -> Self {
        if people.len() > MOST_CANDIDATES { Self::Nobody(rule) } else { Self::Perhaps(people, rule) }
    }
}

impl Roster {
    /// Takes the people of the roster sheets.
    pub(crate) fn new(entries: Vec<(Entry<Practitioner>, usize)>, tables: &[Table], notes: &mut Notes) -> Self {
        let mut roster = Self::default();
        for (entry, table) in entries {
            if let Some(table) = tables.get(table) {
                against_identity(&entry, table, notes);
            }
            roster.add(entry, notes);
        }
        roster
    }

    fn add(&mut self, entry: Entry<Practitioner>, notes: &mut Notes) {
        let Entry { record, key, at, .. } = entry;
        if key.number.is_none() && key.identity.is_none() && key.name.is_none() {
            return notes.set_aside(at, &notes::NO_KEY);
        }
        let aside = record.status == Some(StaffStatus::InTraining);
        let same = found(&self.by_number, key.number.as_ref());
        for other in same {
            let Some(other) = self.people.get(other) else { continue };
            if other.key.name == key.name || (key.identity.is_some() && other.key.identity == key.identity) {
                return notes.set_aside(at, &notes::SAME_PERSON_TWICE);
            }
            notes.add(at, &notes::SAME_NUMBER_TWICE);
        }
        let near = key.number.as_ref().map(|number| self.near(number, &key)).unwrap_or_default();
        let again = |other: &Listed| {
            same_name(&other.key, &key)
                && other.key.number != key.number
                && (other.key.numeric || key.numeric)
                && !identities_differ(&other.key, &key)
        };
        if near.iter().filter_map(|other| self.people.get(*other)).any(again) {
            return notes.set_aside(at, &notes::SAME_PERSON_TWICE);
        }
        if !found(&self.by_identity, key.identity.as_ref()).is_empty() {
            notes.add(at, &notes::SAME_IDENTITY_TWICE);
        }
        if aside {
            notes.set_aside(at, &notes::IN_TRAINING);
        }
        self.list(Listed { facts: record, at, key, aside, met: false });
    }

    fn list(&mut self, listed: Listed) -> usize {
        let place = self.people.len();
        let mut index = |map: fn(&mut Self) -> &mut HashMap<String, Vec<usize>>, key: Option<String>| {
            if let Some(key) = key {
                map(self).entry(key).or_default().push(place);
            }
        };
        index(|roster| &mut roster.by_number, listed.key.number.clone());
        index(|roster| &mut roster.by_short, listed.key.number.as_deref().map(short));
        index(|roster| &mut roster.by_identity, listed.key.identity.clone());
        index(|roster| &mut roster.by_name, listed.key.name.clone());
        self.people.push(listed);
        place
    }

    /// Lists the person of a record where there is no roster, unless the key was seen before.
    pub(crate) fn meet(&mut self, key: &Key, said: Practitioner, at: At, notes: &mut Notes) {
        let known = match (&key.number, &key.identity, &key.name) {
            (Some(number), ..) => {
                let other_name = |person: &usize| self.people.get(*person).is_some_and(|person| names_differ(&person.key, key));
                let mut near = self.near(number, key);
                near.retain(|person| !other_name(person));
                !found(&self.by_number, Some(number)).is_empty() || !near.is_empty()
            }
            (_, Some(identity), _) => !found(&self.by_identity, Some(identity)).is_empty(),
            (_, _, Some(name)) => {
                notes.add(At { row: None, ..at }, &notes::PEOPLE_BY_NAME);
                !found(&self.by_name, Some(name)).is_empty()
            }
            // It is set aside once it is asked whose it is.
            _ => true,
        };
        if !known {
            let aside = said.status == Some(StaffStatus::InTraining);
            self.list(Listed { facts: said, at, key: key.clone(), aside, met: true });
        }
    }

    /// The people whose number differs by leading zeros alone, where a numeric cell lost them or the name agrees.
    fn near(&self, number: &str, key: &Key) -> Vec<usize> {
        let mut near = found(&self.by_short, Some(&short(number)));
        near.retain(|person| key.numeric || self.people.get(*person).is_some_and(|person| person.key.numeric || same_name(&person.key, key)));
        near
    }

    /// The person whose record has this key.
    pub(crate) fn belongs(&self, key: &Key) -> Belongs {
        if let Some(number) = &key.number {
            let exact = found(&self.by_number, Some(number));
            if !exact.is_empty() {
                return self.by_number(exact, key, None);
            }
            let near = self.near(number, key);
            if !near.is_empty() {
                return self.by_number(near, key, Some(&notes::ZEROS_LOST));
            }
        }
        if let [person] = found(&self.by_identity, key.identity.as_ref()).as_slice() {
            return self.unless_other_name(*person, key, None);
        }
        let named = found(&self.by_name, key.name.as_ref());
        match (key.number.is_some(), named.as_slice()) {
            (true, []) => Belongs::Nobody(&notes::NOT_IN_ROSTER),
            // Someone whose own number is missing can only be found by name.
            (true, [person]) if self.people.get(*person).is_some_and(|person| person.key.number.is_none()) => {
                Belongs::To(*person, Some(&notes::BY_NAME_ALONE))
            }
            (true, _) => Belongs::perhaps(named, &notes::PERHAPS_BY_NAME),
            // Whom the workbook knows by name alone was noted once.
            (false, [person]) if self.people.get(*person).is_some_and(|person| person.met && person.key.number.is_none()) => {
                Belongs::To(*person, None)
            }
            (false, [person]) => Belongs::To(*person, Some(&notes::BY_NAME_ALONE)),
            (false, []) if key.name.is_none() && key.identity.is_none() => Belongs::Nobody(&notes::NO_KEY),
            (false, []) => Belongs::Nobody(&notes::NOT_IN_ROSTER),
            (false, _) => Belongs::perhaps(named, &notes::NAME_OF_SEVERAL),
        }
    }

    /// The people with this number, and whoever has the identity number that stands beside it.
    fn by_number(&self, people: Vec<usize>, key: &Key, rule: Option<&'static Rule>) -> Belongs {
        let belongs = self.by_number_and_name(people, key, rule);
        let Belongs::To(person, rule) = belongs else { return belongs };
        let own = self.people.get(person).and_then(|person| person.key.identity.as_ref());
        match found(&self.by_identity, key.identity.as_ref()) {
            others if others.contains(&person) => Belongs::To(person, rule),
            others if others.is_empty() => {
                let differs = own.is_some() && key.identity.is_some();
                Belongs::To(person, rule.or(differs.then_some(&notes::OTHER_IDENTITY)))
            }
            mut others => {
                others.push(person);
                Belongs::perhaps(others, &notes::OTHER_PERSON)
            }
        }
    }

    /// This person, unless the name is that of somebody else.
    fn unless_other_name(&self, person: usize, key: &Key, rule: Option<&'static Rule>) -> Belongs {
        if !self.people.get(person).is_some_and(|person| names_differ(&person.key, key)) {
            return Belongs::To(person, rule);
        }
        let mut others = found(&self.by_name, key.name.as_ref());
        if others.is_empty() {
            return Belongs::To(person, Some(&notes::OTHER_NAME));
        }
        others.push(person);
        Belongs::perhaps(others, &notes::OTHER_PERSON)
    }

    /// Of the people with this number, the one whose name agrees.
    fn by_number_and_name(&self, people: Vec<usize>, key: &Key, rule: Option<&'static Rule>) -> Belongs {
        let agrees = |person: &usize| self.people.get(*person).is_some_and(|person| same_name(&person.key, key));
        let agreeing: Vec<usize> = people.iter().copied().filter(agrees).collect();
        match (people.as_slice(), agreeing.as_slice()) {
            (_, [person]) => Belongs::To(*person, rule),
            ([person], _) => self.unless_other_name(*person, key, rule),
            _ => Belongs::perhaps(people, &notes::NUMBER_AMBIGUOUS),
        }
    }
}

/// The first of the people with this key, as many as are ever told apart.
fn found(map: &HashMap<String, Vec<usize>>, key: Option<&String>) -> Vec<usize> {
    key.and_then(|key| map.get(key)).into_iter().flatten().take(MOST_CANDIDATES + 1).copied().collect()
}

fn same_name(person: &Key, key: &Key) -> bool {
    person.name.is_some() && person.name == key.name
}

fn identities_differ(person: &Key, key: &Key) -> bool {
    person.identity.is_some() && key.identity.is_some() && person.identity != key.identity
}

fn names_differ(person: &Key, key: &Key) -> bool {
    person.name.is_some() && key.name.is_some() && person.name != key.name
}

fn short(number: &str) -> String {
    let short = number.trim_start_matches('0');
    if short.is_empty() { "0".to_owned() } else { short.to_owned() }
}

/// Notes a birthday or a sex that the identity number contradicts. Both stay: which is right, nobody here can say.
fn against_identity(entry: &Entry<Practitioner>, table: &Table, notes: &mut Notes) {
    let Some(identity) = entry.record.id_no.as_deref().map(Identity::parse) else { return };
    let at = |field| At { column: table.column_of_person(field), ..entry.at };
    if let (Some(born), Some(stated)) = (identity.born, entry.record.birth_date)
        && born != stated
    {
        notes.add(at("birth_date"), &notes::BIRTH_DISAGREES);
    }
    let stated = match entry.record.sex {
        Some(Sex::Male) => Some(true),
        Some(Sex::Female) => Some(false),
        _ => None,
    };
    if let (Some(male), Some(stated)) = (identity.male, stated)
        && male != stated
    {
        notes.add(at("sex"), &notes::SEX_DISAGREES);
    }
}
