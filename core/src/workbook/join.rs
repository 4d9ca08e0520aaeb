//! From the tables of a workbook to those of a register, with their records.
//!
//! INVARIANT: a list is given where the workbook has a sheet of it, even if it is empty; what no sheet tells of stays unknown.

use std::collections::{HashMap, HashSet};

use super::duplicates::{self, Certificates};
use super::grid::Book;
use super::header::Table;
use super::nested::{Nested, Owners};
use super::notes::{self, At, Notes, Wording};
use super::roster::{Belongs, MeetBy, Roster};
use super::rows::{self, Entry, Key, Record};
use super::shared::{Shared, Shares};
use super::tree::{Register, Tree};
use super::{Progress, RecordPlaces, Stage};
use crate::facts::{Absent, AnyEntity, Fact, FieldKind};
use crate::feel::Datum;

/// A record with its row.
pub(crate) type Placed = (At, Box<dyn AnyEntity>);

/// One of a register, with its records.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) facts: Box<dyn AnyEntity>,
    pub(crate) at: At,
    pub(crate) places: Vec<RecordPlaces>,
    pub(crate) key: Key,
}

/// Reads every table and joins records to their owners.
pub(crate) fn subjects(book: &Book, tables: &[Table<'_>], tree: &Tree, notes: &mut Notes, progress: &mut dyn FnMut(Progress)) -> Vec<Built> {
    let mut registers = tree.registers.iter().enumerate();
    let Some((_, main)) = registers.next() else { return Vec::new() };
    let of = |place: usize| tables.iter().filter(|table| table.register == place).collect::<Vec<_>>();
    let mut shared = Vec::new();
    for (place, register) in registers {
        let tables = of(place);
        if let (Some(slot), Some(first)) = (register.slot, tables.first()) {
            let built = Joiner { book, register, shared: &[] }.join(&tables, notes, progress);
            shared.push(Shared::new(slot, At { sheet: first.sheet, row: None, column: None }, built));
        }
    }
    Joiner { book, register: main, shared: &shared }.join(&of(0), notes, progress)
}

struct Joiner<'b> {
    book: &'b Book,
    register: &'b Register,
    /// What its subjects share.
    shared: &'b [Shared],
}

/// The records of each node by owner; `None` where no sheet is about them.
pub(crate) type Lists = Vec<Option<Vec<Vec<Placed>>>>;

impl Joiner<'_> {
    fn join(&self, tables: &[&Table<'_>], notes: &mut Notes, progress: &mut dyn FnMut(Progress)) -> Vec<Built> {
        let wording = Wording::of(self.register.entity);
        let has_roster = tables.iter().any(|table| table.node.is_none());
        let mut listed = Vec::new();
        let mut records: Vec<Option<Vec<Entry>>> = self.register.nodes.iter().map(|_| None).collect();
        let mut keyless = HashSet::new();
        for (place, table) in tables.iter().enumerate() {
            let Some(node) = table.node else {
                listed.extend(rows::read(self.book, table, true, notes, progress).into_iter().map(|entry| (entry, place)));
                continue;
            };
            let node = self.redirected(node, tables);
            let whole = At { sheet: table.sheet, row: None, column: None };
            let before = notes.counted(table.sheet).0;
            let entries = rows::read(self.book, table, !has_roster, notes, progress);
            if notes.is_untouched(table.sheet) {
                notes.add(whole, &notes::UNTOUCHED);
                continue;
            }
            let many = self.register.nodes.get(node).is_some_and(|node| node.many);
            if has_roster && many && notes.counted(table.sheet).0 == before {
                notes.add(whole, wording.no_rows);
            }
            if !has_roster && table.has_keys() {
                notes.add(whole, wording.from_records);
            }
            if !table.has_keys() {
                keyless.insert(table.sheet);
            }
            if let Some(all) = records.get_mut(node) {
                all.get_or_insert_default().extend(entries);
            }
        }
        let mut roster = Roster::new(wording, listed, tables, notes);
        if !has_roster {
            self.meet(&mut roster, &mut records, &keyless, notes);
        }
        self.build(roster, records, &keyless, notes, progress)
    }

    /// The node that takes the rows of a table: the pay of attachments is that of the list, where there is a sheet of the list.
    fn redirected(&self, node: usize, tables: &[&Table<'_>]) -> usize {
        let kinds = &self.register.nodes;
        let has_sheet = |place: usize| tables.iter().any(|table| table.node == Some(place));
        let Some(through) = kinds.get(node).and_then(|node| node.through) else { return node };
        let list = kinds.iter().position(|list| list.twin.and_then(|twin| kinds.get(twin)).is_some_and(|twin| twin.slot == through));
        let Some(list) = list.filter(|list| has_sheet(*list)) else { return node };
        kinds.iter().position(|other| other.owner == Some(list) && kinds.get(node).is_some_and(|node| node.slot == other.slot)).unwrap_or(node)
    }

    /// Takes whose the records are from the records: who has a number first, so that the order of the rows does not matter.
    fn meet(&self, roster: &mut Roster, records: &mut [Option<Vec<Entry>>], keyless: &HashSet<usize>, notes: &mut Notes) {
        for by in [MeetBy::Number, MeetBy::Proof, MeetBy::Name] {
            for entry in records.iter_mut().flatten().flatten() {
                if let Some(said) = entry.root.take_if(|_| by.is_of(&entry.key)) {
                    roster.meet(&entry.key, said, entry.at, notes);
                }
            }
        }
        let unnamed = records.iter().flatten().flatten().find(|entry| keyless.contains(&entry.at.sheet)).map(|entry| entry.at);
        if let Some(at) = unnamed.filter(|_| self.register.slot.is_some() && roster.listed.is_empty()) {
            roster.list_unnamed(Record::of(self.register.entity), at);
        }
    }

    /// Gives every record to its owner.
    fn build(
        &self,
        roster: Roster,
        records: Vec<Option<Vec<Entry>>>,
        keyless: &HashSet<usize>,
        notes: &mut Notes,
        progress: &mut dyn FnMut(Progress),
    ) -> Vec<Built> {
        let kinds = &self.register.nodes;
        let mut lists: Lists = Vec::with_capacity(kinds.len());
        let mut nested: Vec<Option<Vec<(Entry, Belongs)>>> = Vec::with_capacity(kinds.len());
        for (node, entries) in kinds.iter().zip(records) {
            let Some(entries) = entries else {
                lists.push(None);
                nested.push(None);
                continue;
            };
            let (mut list, mut rows) = (Vec::new(), Vec::new());
            for entry in entries {
                let belongs = belongs(&roster, &entry, keyless, notes);
                match node.owner {
                    Some(_) => rows.push((entry, belongs)),
                    None => give(entry, belongs, &roster, &mut list, notes),
                }
            }
            nested.push(node.owner.is_some().then_some(rows));
            lists.push(node.owner.is_none().then_some(list));
        }
        let mut seen = Certificates::default();
        for (place, lists) in lists.iter_mut().enumerate() {
            let many = kinds.get(place).is_some_and(|node| node.many);
            for (owner, records) in lists.iter_mut().flatten().enumerate().filter(|(_, records)| !records.is_empty()) {
                let all = std::mem::take(records);
                *records = if many { duplicates::tidy_up(owner, all, &mut seen, notes) } else { only_one(all, notes) };
            }
        }
        let nested = Nested::give(&Owners { nodes: kinds, roster: &roster, lists: &lists }, nested, notes);
        self.assemble(roster, lists, nested, notes, progress)
    }

    /// Puts every record into its place.
    fn assemble(&self, roster: Roster, mut lists: Lists, mut nested: Nested, notes: &mut Notes, progress: &mut dyn FnMut(Progress)) -> Vec<Built> {
        let total = roster.listed.len();
        let mut built = Vec::with_capacity(total);
        let mut shares: Vec<Shares<'_>> = self.shared.iter().map(|shared| Shares::new(shared, &roster.listed)).collect();
        for (place, listed) in roster.listed.into_iter().enumerate() {
            if place % 1024 == 0 {
                progress(Progress { stage: Stage::Joining, done: place, total });
            }
            if listed.aside {
                continue;
            }
            let mut record = listed.record;
            let mut places = Vec::new();
            let mut taken: HashMap<usize, Vec<Placed>> = HashMap::new();
            for (node, lists) in lists.iter_mut().enumerate() {
                if let Some(lists) = lists {
                    taken.insert(node, lists.get_mut(place).map(std::mem::take).unwrap_or_default());
                }
            }
            // Single records first, since lists may stand in them.
            for (node, records) in singles(self.register, &mut taken) {
                for (at, sheet) in records {
                    complete(&mut record, node, at, sheet, notes);
                }
            }
            for shares in &mut shares {
                shares.tell(&mut record, self.register.entity, notes);
            }
            for node in 0..self.register.nodes.len() {
                if let Some(records) = taken.remove(&node) {
                    self.put(&mut record, node, place, records, &mut nested, &mut places, notes);
                }
            }
            let at = At { column: Some(0), ..listed.at };
            built.push(Built { facts: record.whole(), at, places, key: listed.key });
        }
        progress(Progress { stage: Stage::Joining, done: total, total });
        built
    }

    /// Puts the list of a node where it belongs.
    #[expect(clippy::too_many_arguments, reason = "a list, where it goes, and what is noted on the way")]
    fn put(
        &self,
        record: &mut Record,
        place: usize,
        owner: usize,
        records: Vec<Placed>,
        nested: &mut Nested,
        places: &mut Vec<RecordPlaces>,
        notes: &mut Notes,
    ) {
        let Some(node) = self.register.nodes.get(place) else { return };
        let mut ats = Vec::with_capacity(records.len());
        let mut list = Vec::with_capacity(records.len());
        let path = node.path(self.register.entity);
        for (index, (at, mut facts)) in records.into_iter().enumerate() {
            nested.put((place, owner, index), &mut *facts, &path, places, notes);
            ats.push(at);
            list.push(facts);
        }
        self.pair(record, place, &ats, &list, notes);
        match node.through {
            None => {
                record.facts.put(node.slot, list);
            }
            Some(through) => {
                // Of someone who is in no residency training, no list of it is told.
                if record.inner(through).is_none() && !list.is_empty() {
                    let single = self.register.entity.fields.get(through).map(|field| field.kind);
                    if let Some(FieldKind::Record(entity)) = single {
                        record.within.push((through, (entity().make)()));
                    }
                }
                if let Some(inner) = record.inner(through) {
                    inner.put(node.slot, list);
                }
            }
        }
        places.push(RecordPlaces { list: path, places: ats.into_iter().map(|at| notes.place(at)).collect() });
    }

    /// The only record of a list is the one that is asked about, where nothing else says which one that is.
    fn pair(&self, record: &mut Record, place: usize, ats: &[At], list: &[Box<dyn AnyEntity>], notes: &mut Notes) {
        let kinds = &self.register.nodes;
        let Some(twin) = kinds.get(place).and_then(|node| node.twin).and_then(|twin| kinds.get(twin)) else { return };
        if record.inner(twin.slot).is_some() {
            return;
        }
        match (list, ats) {
            ([only], _) => record.within.push((twin.slot, only.copy())),
            (_, [first, ..]) => notes.add(At { row: None, column: None, ..*first }, &notes::SEVERAL_TWINS),
            _ => {}
        }
    }
}

/// Whose a row is; where no column says it, that of the only one there is.
fn belongs(roster: &Roster, entry: &Entry, keyless: &HashSet<usize>, notes: &mut Notes) -> Belongs {
    if keyless.contains(&entry.at.sheet) && roster.listed.len() == 1 {
        notes.add(At { row: None, column: None, ..entry.at }, &notes::ONLY_OWNER);
        return Belongs::To(0, None);
    }
    roster.belongs(&entry.key)
}

/// Brings together what a row of its own and the row of its owner say of a single record.
fn complete(record: &mut Record, slot: usize, at: At, mut sheet: Box<dyn AnyEntity>, notes: &mut Notes) {
    let Some(inline) = record.inner(slot) else { return record.within.push((slot, sheet)) };
    for place in 0..sheet.entity().fields.len() {
        if sheet.is_given(place) && inline.is_given(place) && !same(sheet.read(place), inline.read(place)) {
            notes.add(at, &notes::ROW_AND_SHEET);
            sheet.forget(place);
            inline.forget(place);
        }
    }
    sheet.complete(&**inline);
    *inline = sheet;
}

/// The single records of one owner, by their slots.
fn singles(register: &Register, taken: &mut HashMap<usize, Vec<Placed>>) -> Vec<(usize, Vec<Placed>)> {
    let single = register.nodes.iter().enumerate().filter(|(_, node)| !node.many);
    single.filter_map(|(place, node)| Some((node.slot, taken.remove(&place)?))).collect()
}

/// The only record where there can be one; several leave open which one holds.
fn only_one(records: Vec<Placed>, notes: &mut Notes) -> Vec<Placed> {
    let records = duplicates::without_equals(records, notes);
    if records.len() > 1 {
        for (at, _) in &records {
            notes.set_aside(*at, &notes::SEVERAL_FOR_ONE);
        }
        return Vec::new();
    }
    records
}

/// Gives a record to its owner, or to each who may be; sets it aside if it is nobody's.
fn give(entry: Entry, belongs: Belongs, roster: &Roster, lists: &mut Vec<Vec<Placed>>, notes: &mut Notes) {
    let Entry { record, at, .. } = entry;
    let is_aside = |owner: &usize| roster.listed.get(*owner).is_none_or(|listed| listed.aside);
    match belongs {
        Belongs::To(owner, _) if is_aside(&owner) => notes.set_aside(at, &notes::RECORD_OF_TRAINEE),
        Belongs::To(owner, rule) => {
            if let Some(rule) = rule {
                notes.add(at, rule);
            }
            push(lists, owner, (at, record.whole()));
        }
        Belongs::Perhaps(mut owners, rule) => {
            owners.retain(|owner| !is_aside(owner));
            owners.sort_unstable();
            owners.dedup();
            notes.set_aside(at, rule);
            for owner in owners {
                push(lists, owner, (at, undecided(&*record.facts)));
            }
        }
        Belongs::Nobody(rule) => notes.set_aside(at, rule),
    }
}

pub(crate) fn push<T>(lists: &mut Vec<Vec<T>>, owner: usize, record: T) {
    if lists.len() <= owner {
        lists.resize_with(owner + 1, Vec::new);
    }
    if let Some(list) = lists.get_mut(owner) {
        list.push(record);
    }
}

/// The record with its texts alone: all that could decide something is unknown.
pub(crate) fn undecided(record: &dyn AnyEntity) -> Box<dyn AnyEntity> {
    let entity = record.entity();
    let mut left = (entity.make)();
    for (slot, field) in entity.fields.iter().enumerate() {
        match record.read(slot) {
            Datum::Text(text) if matches!(field.kind, FieldKind::Text) => {
                left.set(slot, &Fact::Text(text.to_owned()));
            }
            _ if field.absent == Absent::None => left.absences().0.push(field.name.to_owned()),
            _ => {}
        }
    }
    left
}

/// Whether two fields say the same.
pub(crate) fn same(one: Datum<'_>, other: Datum<'_>) -> bool {
    match (one, other) {
        (Datum::Boolean(one), Datum::Boolean(other)) => one == other,
        (Datum::Number(one), Datum::Number(other)) => one == other,
        (Datum::Date(one), Datum::Date(other)) => one == other,
        (Datum::Text(one), Datum::Text(other)) => one == other,
        (Datum::Code(one), Datum::Code(other)) => one == other,
        (Datum::Texts(one), Datum::Texts(other)) => one == other,
        _ => false,
    }
}
