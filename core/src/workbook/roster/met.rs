//! Those of a register that are taken from the records, where no sheet lists them.
//!
//! INVARIANT: who is met does not hang on the order of the rows: numbers come before names, and what rows disagree on stays unknown.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::{Disputed, Listed, Roster, found, is_in_training, merge, names_differ};
use crate::policy::OwnFact;
use crate::workbook::namesakes::{self, Parted, Said};
use crate::workbook::notes::{At, Notes};
use crate::workbook::rows::{Key, Record};

/// By what those of a register are taken from the records, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MeetBy {
    NumberInUnit,
    NumberAndName,
    Number,
    Proof,
    Name,
}

impl MeetBy {
    /// Whether this is the best that a key has.
    pub(crate) fn is_of(self, key: &Key) -> bool {
        let best = match key {
            Key { number: Some(_), name: Some(_), unit: Some(_), .. } => Self::NumberInUnit,
            Key { number: Some(_), name: Some(_), .. } => Self::NumberAndName,
            Key { number: Some(_), .. } => Self::Number,
            Key { proof: Some(_), .. } => Self::Proof,
            _ => Self::Name,
        };
        self == best
    }
}

/// A row that bears a name and no number, with what it says of the person.
#[derive(Debug)]
pub(crate) struct Named<'e> {
    pub(crate) key: &'e Key,
    pub(crate) said: Record,
    /// The cell of the name.
    pub(crate) cell: At,
    pub(crate) at: At,
    pub(crate) place: Option<Rc<str>>,
}

impl Named<'_> {
    fn said(&self) -> Said<'_> {
        Said { key: self.key, record: &self.said, place: self.place.as_ref() }
    }
}

/// Pairs of a number and a name that each have a better owner: one of the two is wrong, and the pair is nobody.
pub(crate) type Crossed = HashSet<(String, String)>;

/// The crossed pairs among the keys of records. `0012` is 张三's, 李四 is `0013`: then `0012` with 李四 is no third person.
pub(crate) fn crossed<'k>(keys: impl Iterator<Item = &'k Key>) -> Crossed {
    let mut names: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut numbers: HashMap<&str, HashSet<&str>> = HashMap::new();
    for key in keys {
        if let (Some(number), Some(name)) = (&key.number, &key.name) {
            names.entry(number).or_default().insert(name);
            numbers.entry(name).or_default().insert(number);
        }
    }
    let has_one = |of: &HashMap<&str, HashSet<&str>>, key: &str| of.get(key).is_some_and(|found| found.len() == 1);
    let several = names.iter().filter(|(_, named)| named.len() > 1);
    let pairs = several.flat_map(|(number, named)| named.iter().map(move |name| (*number, *name, named)));
    let is_crossed = |(number, name, named): &(&str, &str, &HashSet<&str>)| {
        named.iter().any(|other| other != name && has_one(&numbers, other))
            && numbers.get(name).is_some_and(|others| others.iter().any(|other| other != number && has_one(&names, other)))
    };
    pairs.filter(is_crossed).map(|(number, name, _)| (number.to_owned(), name.to_owned())).collect()
}

impl Roster {
    /// Lists whose a record is where there is no roster; whom another record has told of is known by what both say.
    pub(crate) fn meet(&mut self, key: &Key, said: Record, at: At, (crossed, own): (&Crossed, &[&OwnFact]), notes: &mut Notes) {
        let known = self.met_before(key);
        if let [person] = known.as_slice() {
            let Some(person) = self.listed.get_mut(*person) else { return };
            if merge(&mut person.record, said, &mut person.disputed, own) {
                notes.add(at, self.wording.rows_differ);
            }
            return;
        }
        let pair = key.number.clone().zip(key.name.clone());
        if !known.is_empty() || pair.is_some_and(|pair| crossed.contains(&pair)) {
            return;
        }
        if self.by_number.get(key.number.as_deref().unwrap_or_default()).into_iter().flatten().any(|other| self.is_near_unit(*other, key)) {
            notes.add(at, self.wording.number_of_several);
        }
        self.list_met(key, said, at);
    }

    /// Those who are listed already and of whom a row may speak.
    fn met_before(&self, key: &Key) -> Vec<usize> {
        let Some(number) = &key.number else { return found(&self.by_proof, key.proof.as_ref()) };
        let is_other = |person: &usize| {
            let person = self.listed.get(*person).map(|person| &person.key);
            person.is_none_or(|person| person.units_differ(key) || self.wording.names_bind && names_differ(person, key))
        };
        let mut known: Vec<usize> = self.by_number.get(number).into_iter().flatten().copied().filter(|person| !is_other(person)).collect();
        if known.is_empty() {
            known = self.near(number, key);
            known.retain(|person| !is_other(person) && !self.listed.get(*person).is_some_and(|person| names_differ(&person.key, key)));
        }
        let exact: Vec<usize> =
            known.iter().copied().filter(|person| self.listed.get(*person).is_some_and(|person| person.key.unit == key.unit)).collect();
        if exact.is_empty() { known } else { exact }
    }

    fn is_near_unit(&self, person: usize, key: &Key) -> bool {
        self.listed.get(person).is_some_and(|person| !person.key.units_differ(key))
    }

    fn list_met(&mut self, key: &Key, said: Record, at: At) -> usize {
        let aside = is_in_training(&*said.facts);
        self.list(Listed { record: said, at, key: key.clone(), aside, met: true, disputed: Disputed::new() })
    }

    /// Lists those who are known by name alone. Rows of one name are one person's where nothing that they say of the person tells them apart.
    pub(crate) fn meet_named(&mut self, rows: Vec<Named<'_>>, own: &[&OwnFact], notes: &mut Notes) {
        let mut by_name: HashMap<&str, usize> = HashMap::new();
        let mut all: Vec<Vec<Named<'_>>> = Vec::new();
        for row in rows {
            let Some(name) = row.key.name.as_deref() else { continue };
            let place = *by_name.entry(name).or_insert_with(|| {
                all.push(Vec::new());
                all.len() - 1
            });
            if let Some(rows) = all.get_mut(place) {
                rows.push(row);
            }
        }
        for rows in all {
            self.meet_namesakes(rows, own, notes);
        }
    }

    /// Lists those of one name.
    fn meet_namesakes(&mut self, rows: Vec<Named<'_>>, own: &[&OwnFact], notes: &mut Notes) {
        let known = found(&self.by_name, rows.first().and_then(|row| row.key.name.as_ref()));
        let mut new = Vec::new();
        for row in rows {
            let fitting: Vec<usize> = known.iter().copied().filter(|person| self.fits(*person, &row)).collect();
            if fitting.is_empty() {
                new.push(row);
            } else {
                self.settled.insert(row.at, (fitting, true));
            }
        }
        let parted = if self.wording.names_bind {
            namesakes::part(&new.iter().map(Named::said).collect::<Vec<_>>())
        } else {
            Parted { people: vec![(0..new.len()).collect()], open: Vec::new() }
        };
        let is_one = parted.people.len() == 1 && known.is_empty();
        let (heads, mut said): (Vec<_>, Vec<_>) = new.into_iter().map(|row| ((row.key, row.at, row.cell), Some(row.said))).unzip();
        let mut people = Vec::with_capacity(parted.people.len());
        for rows in &parted.people {
            let mut all = rows.iter().filter_map(|row| said.get_mut(*row)?.take());
            let (Some((key, at, cell)), Some(mut record)) = (rows.first().and_then(|row| heads.get(*row)), all.next()) else { continue };
            let others: Vec<Record> = all.collect();
            match (is_one, others.is_empty()) {
                (true, true) => {}
                (true, false) => notes.add(*cell, self.wording.met_by_name),
                (false, _) => notes.add(*cell, self.wording.namesakes),
            }
            merge_all(&mut record, others, own);
            let person = self.list_met(key, record, *at);
            people.push(person);
            if !is_one {
                self.settled.extend(rows.iter().filter_map(|row| heads.get(*row)).map(|(_, at, _)| (*at, (vec![person], true))));
            }
        }
        for (row, fitting) in parted.open {
            let fitting = fitting.into_iter().filter_map(|person| people.get(person).copied()).collect();
            self.settled.extend(heads.get(row).map(|(_, at, _)| (*at, (fitting, false))));
        }
    }

    /// Whether nothing that a row says of the person tells them apart from one who is listed.
    fn fits(&self, person: usize, row: &Named<'_>) -> bool {
        let Some(listed) = self.listed.get(person) else { return false };
        !self.wording.names_bind || !Said { key: &listed.key, record: &listed.record, place: None }.contradicts(&row.said())
    }
}

/// Lets what is known of someone say what all these rows say: what any two of them contradict each other in, nobody knows.
fn merge_all(known: &mut Record, others: Vec<Record>, own: &[&OwnFact]) {
    let mut disputed = Disputed::new();
    for other in others {
        merge(known, other, &mut disputed, own);
    }
}
