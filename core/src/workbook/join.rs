//! From the tables of a workbook to those of a register, with their records.
//!
//! INVARIANT: a list is given where the workbook has a sheet of it, even if it is empty; what no sheet tells of stays unknown.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::Progress;
use super::assemble::{Assembly, Built};
use super::cell::fold_name;
use super::duplicates::{self, Certificates};
use super::grid::Book;
use super::header::{KeyField, Of, Table};
use super::nested::{Nested, Owners};
use super::notes::{self, At, Notes, Wording};
use super::roster::{Belongs, MeetBy, Named, Roster, crossed};
use super::rows::{self, Entry, Record, YEAR_CLAIMED};
use super::shared::Shared;
use super::tree::{Node, Register, Tree};
use crate::facts::{Absent, AnyEntity, Fact, Field, FieldKind};
use crate::feel::Datum;
use crate::policy::OwnFact;

/// A record with its row.
pub(crate) type Placed = (At, Box<dyn AnyEntity>);

/// Reads every table and joins records to their owners.
pub(crate) fn subjects(book: &mut Book, tables: &[Table<'_>], tree: &Tree<'_>, notes: &mut Notes, progress: &mut dyn FnMut(Progress)) -> Vec<Built> {
    let mut registers = tree.registers.iter().enumerate();
    let Some((_, main)) = registers.next() else { return Vec::new() };
    let of = |place: usize| tables.iter().filter(|table| table.register == place).collect::<Vec<_>>();
    let mut shared = Vec::new();
    for (place, register) in registers {
        let tables = of(place);
        if let (Some(slot), Some(first)) = (register.slot, tables.first()) {
            let built = Joiner { book: &mut *book, register, shared: &[], tree }.join(&tables, notes, progress);
            shared.push(Shared::new(slot, At { sheet: first.sheet, row: None, column: None }, built));
        }
    }
    Joiner { book, register: main, shared: &shared, tree }.join(&of(0), notes, progress)
}

struct Joiner<'b> {
    book: &'b mut Book,
    register: &'b Register<'b>,
    /// What its subjects share.
    shared: &'b [Shared],
    tree: &'b Tree<'b>,
}

/// What sheets tell of the people in them by where they stand.
struct Places {
    /// The departments or institutions after which sheets are named.
    named: HashMap<usize, Rc<str>>,
    /// Those of them that are institutions, each of which has its own numbers of people.
    units: HashMap<usize, Rc<str>>,
    /// The columns of the names.
    names: HashMap<usize, u16>,
}

impl Places {
    /// A name tells something only beside others: of one sheet 内科学分 or 某医院 alone, nobody knows whether it is all.
    fn of(book: &Book, tables: &[&Table<'_>]) -> Self {
        let mut by_node: HashMap<Option<usize>, Vec<(usize, &str)>> = HashMap::new();
        for table in tables.iter().filter(|table| table.has_keys()) {
            let name = book.sheets.get(table.sheet).map_or("", |sheet| sheet.name.trim());
            by_node.entry(table.node).or_default().push((table.sheet, name));
        }
        let ending = |ends: &[&str]| {
            let mut found: HashMap<usize, Rc<str>> = HashMap::new();
            for sheets in by_node.values() {
                let alike: Vec<_> = sheets.iter().filter(|(_, name)| ends.iter().any(|end| name.ends_with(end))).collect();
                let is_alone = alike.iter().all(|(_, name)| alike.first().is_some_and(|(_, first)| first == name));
                found.extend(alike.into_iter().filter(|_| !is_alone).map(|(sheet, name)| (*sheet, Rc::from(fold_name(name)))));
            }
            found
        };
        Self {
            named: ending(&["科", "科室", "病区", "病房", "手术室", "门诊", "部", "中心", "院", "所", "站", "卫生室"]),
            units: ending(&["医院", "卫生院", "卫生室", "保健院", "服务中心", "服务站", "卫生所"]),
            names: tables.iter().filter_map(|table| Some((table.sheet, table.key_column(KeyField::Name)?))).collect(),
        }
    }

    /// The row with the institution of its sheet, where it names none itself.
    fn told(&self, mut entry: Entry) -> Entry {
        if entry.key.unit.is_none() {
            entry.key.unit = self.units.get(&entry.at.sheet).map(Rc::clone);
        }
        entry
    }
}

/// The records of each node by owner; `None` where no sheet is about them.
pub(crate) type Lists = Vec<Option<Vec<Vec<Placed>>>>;

impl Joiner<'_> {
    fn join(&mut self, tables: &[&Table<'_>], notes: &mut Notes, progress: &mut dyn FnMut(Progress)) -> Vec<Built> {
        let wording = Wording::of(self.register.entity);
        let whole = |table: &Table<'_>| At { sheet: table.sheet, row: None, column: None };
        let places = Places::of(self.book, tables);
        let mut has_roster = false;
        let mut listed = Vec::new();
        for (place, table) in tables.iter().enumerate().filter(|(_, table)| table.node.is_none()) {
            listed.extend(self.read(table, true, notes, progress).into_iter().map(|entry| (places.told(entry), place)));
            has_roster |= !notes.is_untouched(table.sheet);
        }
        let mut records: Vec<Option<Vec<Entry>>> = self.register.nodes.iter().map(|_| None).collect();
        let mut read: Vec<(usize, Vec<Entry>)> = Vec::new();
        let mut keyless = HashSet::new();
        let mut empty: Vec<(usize, At)> = Vec::new();
        for table in tables {
            let Some(node) = table.node else { continue };
            let whole = whole(table);
            let before = notes.counted(table.sheet).0;
            let entries = self.read(table, !has_roster, notes, progress);
            let entries: Vec<Entry> = entries.into_iter().map(|entry| places.told(entry)).collect();
            if notes.is_untouched(table.sheet) {
                continue;
            }
            let many = self.register.nodes.get(node).is_some_and(|node| node.many);
            if !listed.is_empty() && many && notes.counted(table.sheet).0 == before {
                empty.push((node, whole));
            }
            if !has_roster && (table.has_keys() || self.register.slot.is_none()) {
                notes.add(whole, wording.from_records);
            }
            if !table.has_keys() {
                keyless.insert(table.sheet);
            }
            if many && is_of_totals(table, &entries) {
                notes.add(whole, &notes::ONLY_TOTALS);
            }
            read.push((node, entries));
        }
        for (node, at) in empty {
            // Where another sheet has records of the kind, an empty one takes nothing from anybody.
            if read.iter().all(|(of, entries)| *of != node || entries.is_empty()) {
                notes.add(at, wording.no_rows);
            }
        }
        let filled: HashSet<usize> = read.iter().map(|(node, _)| *node).collect();
        for (node, entries) in read {
            match records.get_mut(self.redirected(node, &filled)) {
                Some(Some(all)) => all.extend(entries),
                Some(all) => *all = Some(entries),
                None => {}
            }
        }
        let mut roster = Roster::new(wording, listed, tables, &self.tree.own, notes);
        if !has_roster {
            self.meet(&mut roster, &mut records, (&keyless, &places), notes);
        }
        self.build(roster, records, &keyless, notes, progress)
    }

    /// Reads a table, whose cells are not needed any more then: what was made of them takes more room than they did.
    fn read(&mut self, table: &Table<'_>, with_roots: bool, notes: &mut Notes, progress: &mut dyn FnMut(Progress)) -> Vec<Entry> {
        let entries = rows::read(self.book, table, self.tree, with_roots, notes, progress);
        if let Some(sheet) = self.book.sheets.get_mut(table.sheet) {
            sheet.rows = Vec::new();
        }
        entries
    }

    /// The node that takes the rows of a table: the pay of attachments is that of the list where the list is filled in, and else that of the one
    /// that is asked about.
    fn redirected(&self, node: usize, filled: &HashSet<usize>) -> usize {
        let kinds = &self.register.nodes;
        let Some(read) = kinds.get(node) else { return node };
        let single = |list: usize| kinds.get(list).and_then(|list| list.twin).and_then(|twin| kinds.get(twin)).and_then(|twin| twin.holder.slot());
        let same = |wanted: &dyn Fn(&Node<'_>) -> bool| {
            kinds.iter().position(|other| wanted(other) && other.holder.labels() == read.holder.labels()).unwrap_or(node)
        };
        match (read.through, read.owner) {
            (Some(through), _) => match (0..kinds.len()).find(|list| filled.contains(list) && single(*list) == Some(through)) {
                Some(list) => same(&|other| other.owner == Some(list)),
                None => node,
            },
            (None, Some(list)) if !filled.contains(&list) => match single(list) {
                Some(slot) => same(&|other| other.through == Some(slot)),
                None => node,
            },
            _ => node,
        }
    }

    /// Takes whose the records are from the records: who has a number first, so that the order of the rows does not matter.
    fn meet(&self, roster: &mut Roster, records: &mut [Option<Vec<Entry>>], (keyless, places): (&HashSet<usize>, &Places), notes: &mut Notes) {
        let own = self.tree.own.as_slice();
        let crossed = crossed(records.iter().flatten().flatten().map(|entry| &entry.key));
        for by in [MeetBy::NumberInUnit, MeetBy::NumberAndName, MeetBy::Number, MeetBy::Proof] {
            for entry in records.iter_mut().flatten().flatten() {
                if let Some(said) = entry.root.take_if(|_| by.is_of(&entry.key)) {
                    roster.meet(&entry.key, said, entry.at, (&crossed, own), notes);
                }
            }
        }
        let mut named = Vec::new();
        for Entry { root, key, at, .. } in records.iter_mut().flatten().flatten().filter(|entry| MeetBy::Name.is_of(&entry.key)) {
            let cell = At { column: places.names.get(&at.sheet).copied(), ..*at };
            named.extend(root.take().map(|said| Named { key, said, cell, at: *at, place: places.named.get(&at.sheet).map(Rc::clone) }));
        }
        roster.meet_named(named, own, notes);
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
        let mut opens: Vec<HashSet<usize>> = Vec::with_capacity(kinds.len());
        let mut lists: Lists = Vec::with_capacity(kinds.len());
        let mut nested: Vec<Option<Vec<(Entry, Belongs)>>> = Vec::with_capacity(kinds.len());
        // The rows that may be somebody else's.
        let mut unsettled = HashSet::new();
        for (node, entries) in kinds.iter().zip(records) {
            let Some(entries) = entries else {
                lists.push(None);
                nested.push(None);
                opens.push(HashSet::new());
                continue;
            };
            let (mut list, mut rows, mut open) = (Vec::new(), Vec::new(), HashSet::new());
            for entry in entries {
                let belongs = belongs(&roster, &entry, keyless, notes);
                match node.owner {
                    Some(_) => rows.push((entry, belongs)),
                    None => {
                        if matches!(belongs, Belongs::Perhaps(..)) {
                            unsettled.insert(entry.at);
                        }
                        give(entry, belongs, (&roster, &self.tree.own), &mut list, &mut open, notes);
                    }
                }
            }
            nested.push(node.owner.is_some().then_some(rows));
            // What may be somebody else's is no single record of theirs.
            for owner in open.iter().filter(|_| !node.many) {
                list.get_mut(*owner).into_iter().for_each(Vec::clear);
            }
            lists.push(node.owner.is_none().then_some(list));
            opens.push(open);
        }
        let mut seen = Certificates::default();
        for (place, lists) in lists.iter_mut().enumerate() {
            let many = kinds.get(place).is_some_and(|node| node.many);
            for (owner, records) in lists.iter_mut().flatten().enumerate().filter(|(_, records)| !records.is_empty()) {
                let all = std::mem::take(records);
                *records = if many {
                    duplicates::tidy_up(owner, all, (&mut seen, &unsettled), &self.tree.own, notes)
                } else {
                    duplicates::only_one(all, notes)
                };
            }
        }
        let nested = Nested::give(&Owners { nodes: kinds, roster: &roster, lists: &lists, own: &self.tree.own }, nested, notes);
        Assembly { register: self.register, lists, opens, nested }.assemble(roster, self.shared, notes, progress)
    }
}

/// Whether a sheet tells of nothing but amounts, once of each or once a year: totals, and no records.
fn is_of_totals(table: &Table<'_>, entries: &[Entry]) -> bool {
    let own = || table.columns.iter().filter(|mapped| mapped.key.is_none() && table.of(mapped) == Of::Row).map(|mapped| &mapped.column.field);
    let mut seen = HashSet::new();
    let year = |entry: &Entry| match entry.record.facts.entity().field(YEAR_CLAIMED).map(|(slot, _)| entry.record.facts.read(slot)) {
        Some(Datum::Number(year)) => Some(year),
        _ => None,
    };
    own().any(|field| matches!(field.kind, FieldKind::Decimal))
        && own().all(|field| matches!(field.kind, FieldKind::Decimal) || field.name == YEAR_CLAIMED)
        && table.has_keys()
        && entries.iter().all(|entry| seen.insert((&entry.key.number, &entry.key.proof, &entry.key.name, year(entry))))
}

/// Whose a row is; where no column says it, that of the only one there is.
fn belongs(roster: &Roster, entry: &Entry, keyless: &HashSet<usize>, notes: &mut Notes) -> Belongs {
    if keyless.contains(&entry.at.sheet) && roster.listed.len() == 1 {
        notes.add(At { row: None, column: None, ..entry.at }, &notes::ONLY_OWNER);
        return Belongs::To(0, None);
    }
    if entry.key.is_empty() && !says_anything(&entry.record) {
        return Belongs::Nobody(roster.no_key());
    }
    roster.belongs(&entry.key, entry.at)
}

/// Whether a record has more than texts: what stands in a row of nobody may be a remark.
fn says_anything(record: &Record) -> bool {
    let is_told = |(slot, field): (usize, &Field)| !matches!(field.kind, FieldKind::Text | FieldKind::Texts) && record.facts.is_given(slot);
    record.facts.entity().fields.iter().enumerate().any(is_told)
}

/// Gives a record to its owner, or to each who may be, of whom it is then open what they have; sets it aside if it is nobody's.
fn give(
    entry: Entry,
    belongs: Belongs,
    (roster, own): (&Roster, &[&OwnFact]),
    lists: &mut Vec<Vec<Placed>>,
    open: &mut HashSet<usize>,
    notes: &mut Notes,
) {
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
                open.insert(owner);
                push(lists, owner, (at, undecided(&*record.facts, own)));
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
pub(crate) fn undecided(record: &dyn AnyEntity, own: &[&OwnFact]) -> Box<dyn AnyEntity> {
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
    let own = own.iter().filter(|fact| fact.subject == entity.name && fact.absent == Absent::None);
    left.absences().0.extend(own.map(|fact| format!("extra.{}", fact.name)));
    left
}

/// Whether two records say of a field what cannot both be so: two values, or days of which none is of both. What one of them does not say contradicts nothing.
pub(crate) fn contradict(one: &dyn AnyEntity, other: &dyn AnyEntity, slot: usize) -> bool {
    let (here, there) = (one.read(slot), other.read(slot));
    if let Some((here, there)) = here.days().zip(there.days()) {
        return here.is_apart_from(there);
    }
    let is_record = matches!(here, Datum::Record(_) | Datum::Records(_));
    one.is_given(slot) && other.is_given(slot) && !is_record && !same(here, there)
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
