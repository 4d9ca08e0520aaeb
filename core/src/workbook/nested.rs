//! Records of records: the rotations of the residents of a base, the pay of an attachment.

use std::collections::{HashMap, HashSet};

use super::RecordPlaces;
use super::duplicates;
use super::join::{Lists, Placed, contradict, same, undecided};
use super::notes::{self, Notes};
use super::roster::{Belongs, MOST_CANDIDATES, Roster, short};
use super::rows::{Entry, Key};
use super::tree::{Holder, Node};
use crate::facts::AnyEntity;
use crate::feel::Datum;
use crate::policy::OwnFact;

/// What records of records may belong to.
pub(crate) struct Owners<'a, 'p> {
    pub(crate) nodes: &'a [Node<'p>],
    pub(crate) roster: &'a Roster,
    pub(crate) lists: &'a Lists,
    pub(crate) own: &'a [&'p OwnFact],
}

/// A record by the one of the register that owns it, and its place in the list.
type Place = (usize, usize);

/// The records of each node by the record that owns them.
#[derive(Debug)]
pub(crate) struct Nested<'p> {
    own: Vec<&'p OwnFact>,
    nodes: Vec<NestedNode<'p>>,
}

/// The records of one node.
#[derive(Debug)]
struct NestedNode<'p> {
    /// The node whose records own them.
    owner: usize,
    holder: Holder<'p>,
    many: bool,
    records: HashMap<Place, Vec<Placed>>,
}

impl<'p> Nested<'p> {
    /// Gives every row to the record that owns it.
    pub(crate) fn give(owners: &Owners<'_, 'p>, entries: Vec<Option<Vec<(Entry, Belongs)>>>, notes: &mut Notes) -> Self {
        let mut all = Vec::new();
        for (node, entries) in owners.nodes.iter().zip(entries) {
            let (Some(owner), Some(entries)) = (node.owner, entries) else { continue };
            let mut nested = NestedNode { owner, holder: node.holder, many: node.many, records: HashMap::new() };
            let numbers = owners.numbers(owner);
            for (entry, belongs) in entries {
                owners.give(owner, &numbers, entry, belongs, &mut nested.records, notes);
            }
            all.push(nested);
        }
        Self { own: owners.own.to_vec(), nodes: all }
    }

    /// Puts into a record of a list, at this node, owner and place, what belongs to it.
    pub(crate) fn put(
        &mut self,
        (node, owner, index): (usize, usize, usize),
        record: &mut dyn AnyEntity,
        path: &str,
        places: &mut Vec<RecordPlaces>,
        notes: &mut Notes,
    ) {
        for nested in self.nodes.iter_mut().filter(|nested| nested.owner == node) {
            let records = nested.records.remove(&(owner, index)).unwrap_or_default();
            let records = if nested.many { duplicates::without_equals(records, &self.own, notes) } else { duplicates::only_one(records, notes) };
            let (ats, records): (Vec<_>, Vec<_>) = records.into_iter().unzip();
            nested.holder.put(record, records);
            if !ats.is_empty() {
                let list = format!("{path}[{index}].{}", nested.holder.path());
                places.push(RecordPlaces { list, places: ats.into_iter().map(|at| notes.place(at)).collect() });
            }
        }
    }
}

impl Owners<'_, '_> {
    /// The records of a node by their numbers, where they have any.
    fn numbers(&self, node: usize) -> HashMap<String, Vec<Place>> {
        let mut numbers: HashMap<String, Vec<Place>> = HashMap::new();
        let Some(slot) = self.nodes.get(node).and_then(|node| node.entity.keys().number) else { return numbers };
        for (place, record) in self.records(node) {
            if let Datum::Text(number) = record.read(slot) {
                numbers.entry(short(&number.to_uppercase())).or_default().push(place);
            }
        }
        numbers
    }

    fn records(&self, node: usize) -> impl Iterator<Item = (Place, &dyn AnyEntity)> {
        let lists = self.lists.get(node).into_iter().flatten();
        lists.flat_map(|lists| {
            lists.iter().enumerate().flat_map(|(owner, list)| list.iter().enumerate().map(move |(index, (_, record))| ((owner, index), &**record)))
        })
    }

    fn record(&self, node: usize, (owner, index): Place) -> Option<&dyn AnyEntity> {
        let list = self.lists.get(node)?.as_ref()?.get(owner)?;
        list.get(index).map(|(_, record)| &**record)
    }

    fn give(
        &self,
        node: usize,
        numbers: &HashMap<String, Vec<Place>>,
        entry: Entry,
        belongs: Belongs,
        records: &mut HashMap<Place, Vec<Placed>>,
        notes: &mut Notes,
    ) {
        let Entry { record, key, owner, at, .. } = entry;
        let owner = owner.as_deref();
        let roots: Option<HashSet<usize>> = match belongs {
            Belongs::To(root, rule) => {
                if let Some(rule) = rule {
                    notes.add(at, rule);
                }
                Some(HashSet::from([root]))
            }
            Belongs::Perhaps(roots, _) => Some(roots.into_iter().collect()),
            // The number of the record that owns it may say it all.
            Belongs::Nobody(_) if key.is_empty() && owner.is_some_and(|(key, _)| key.number.is_some()) => None,
            Belongs::Nobody(rule) => return notes.set_aside(at, rule),
        };
        let (mut candidates, exact) = self.candidates(node, numbers, owner.map(|(key, _)| key), roots.as_ref());
        if let Some((_, said)) = owner {
            candidates.retain(|place| self.record(node, *place).is_some_and(|record| !self.differs(node, record, &**said)));
        }
        let is_aside = |place: &Place| self.roster.listed.get(place.0).is_none_or(|listed| listed.aside);
        match candidates.as_slice() {
            [] => notes.set_aside(at, &notes::NO_OWNER_RECORD),
            [only] if is_aside(only) => notes.set_aside(at, &notes::RECORD_OF_TRAINEE),
            [only] => {
                if !exact {
                    notes.add(at, &notes::ZEROS_LOST);
                }
                records.entry(*only).or_default().push((at, record.whole()));
            }
            several if several.len() > MOST_CANDIDATES => notes.set_aside(at, &notes::OF_TOO_MANY),
            several => {
                notes.set_aside(at, &notes::OWNER_OPEN);
                for place in several {
                    records.entry(*place).or_default().push((at, undecided(&*record.facts, self.own)));
                }
            }
        }
    }

    /// The records that a row may belong to, by their number and by whose they are, and whether the number is theirs to the letter.
    fn candidates(
        &self,
        node: usize,
        numbers: &HashMap<String, Vec<Place>>,
        key: Option<&Key>,
        roots: Option<&HashSet<usize>>,
    ) -> (Vec<Place>, bool) {
        let of_root = |place: &Place| roots.is_none_or(|roots| roots.contains(&place.0));
        if let Some((number, numeric)) = key.and_then(|key| Some((key.number.as_ref()?, key.numeric))) {
            let same = numbers.get(&short(number)).into_iter().flatten().copied().filter(of_root);
            let slot = self.nodes.get(node).and_then(|node| node.entity.keys().number);
            let is_exact = |place: &Place| {
                let read = self.record(node, *place).zip(slot).map(|(record, slot)| record.read(slot));
                matches!(read, Some(Datum::Text(other)) if other.to_uppercase() == *number)
            };
            let same: Vec<Place> = same.collect();
            let exact: Vec<Place> = same.iter().copied().filter(is_exact).collect();
            // Only a numeric cell loses its leading zeros.
            return if exact.is_empty() && numeric { (same, false) } else { (exact, true) };
        }
        let Some(roots) = roots else { return (Vec::new(), true) };
        let lists = self.lists.get(node).and_then(Option::as_ref);
        let of = |root: &usize| {
            let root = *root;
            (0..lists.and_then(|lists| lists.get(root)).map_or(0, Vec::len)).map(move |index| (root, index))
        };
        let mut all: Vec<Place> = roots.iter().flat_map(of).collect();
        all.sort_unstable();
        (all, true)
    }

    /// Whether a record of a node says something else than a row says of it.
    fn differs(&self, node: usize, record: &dyn AnyEntity, said: &dyn AnyEntity) -> bool {
        let fields = (0..record.entity().fields.len()).any(|slot| {
            let number = record.entity().keys().number == Some(slot);
            !number && contradict(said, record, slot)
        });
        let kind = self.nodes.get(node).map_or("", |node| node.about.name);
        let is_told = |datum: &Datum<'_>| !matches!(datum, Datum::Unknown | Datum::None);
        let own = self.own.iter().filter(|fact| fact.subject == kind).any(|fact| {
            let (there, here) = (record.read_own(&fact.name), said.read_own(&fact.name));
            is_told(&there) && is_told(&here) && !same(there, here)
        });
        fields || own
    }
}
