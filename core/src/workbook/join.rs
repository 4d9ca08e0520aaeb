//! From the tables of a workbook to people with their records.

use super::cell::{self, Fact};
use super::duplicates::{self, Certificates};
use super::grid::Book;
use super::header::Table;
use super::notes::{self, At, Notes};
use super::roster::{Belongs, MeetBy, Roster};
use super::rows::{self, Entry};
use super::{Person, Progress, Stage};
use crate::facts::{Absent, Activity, Attachment, Certificate, DecodeEntity, FieldKind, Practitioner, Vocabulary};
use crate::feel::Datum;

macro_rules! record_kinds {
    ($($list:ident: $entity:ident at $places:ident;)*) => {
        /// The records of every kind that people have lists of; `None` where no sheet is about them.
        #[derive(Default)]
        struct Records { $($list: Option<Vec<Entry<$entity>>>,)* }

        impl Records {
            fn read(&mut self, book: &Book, table: &Table, with_people: bool, notes: &mut Notes, progress: &mut dyn FnMut(Progress)) {
                $(if table.entity.name == $entity::ENTITY.name {
                    self.$list.get_or_insert_default().extend(rows::read::<$entity>(book, table, with_people, notes, progress));
                })*
            }

            /// Takes the people from the records: who has a number first, so that the order of the rows does not matter.
            fn meet(&mut self, roster: &mut Roster, notes: &mut Notes) {
                for by in [MeetBy::Number, MeetBy::Identity, MeetBy::Name] {
                    $(for entry in self.$list.iter_mut().flatten() {
                        if let Some(said) = entry.person.take_if(|_| by.is_of(&entry.key)) {
                            roster.meet(&entry.key, *said, entry.at, notes);
                        }
                    })*
                }
            }

            /// Gives each record to its person.
            fn join(self, roster: &Roster, notes: &mut Notes) -> Lists {
                let mut lists = Lists::default();
                $(if let Some(entries) = self.$list {
                    lists.$list = Some(Vec::new());
                    for entry in entries {
                        give(entry, roster, lists.$list.get_or_insert_default(), notes);
                    }
                })*
                lists
            }
        }

        /// The records of every kind by person.
        #[derive(Default)]
        struct Lists { $($list: Option<Vec<Vec<(At, $entity)>>>,)* }

        impl Lists {
            /// Takes the lists of one person; a list that the workbook has for nobody stays unknown.
            fn take(&mut self, place: usize, person: &mut Person, seen: &mut Certificates, notes: &mut Notes) {
                $(if let Some(lists) = &mut self.$list {
                    let mut records = lists.get_mut(place).map(std::mem::take).unwrap_or_default();
                    TidyUp::tidy_up(place, &mut records, seen, notes);
                    let (places, records) = records.into_iter().map(|(at, record)| (notes.place(at), record)).unzip();
                    person.$places = places;
                    person.facts.$list = Some(records);
                })*
            }
        }
    };
}

record_kinds! {
    activities: Activity at activity_places;
    attachments: Attachment at attachment_places;
    certificates: Certificate at certificate_places;
}

/// What is done with all records of one person together.
trait TidyUp: Sized {
    /// Sets aside or marks as undecided what repeats another record.
    fn tidy_up(person: usize, records: &mut Vec<(At, Self)>, seen: &mut Certificates, notes: &mut Notes);
}

impl TidyUp for Activity {
    fn tidy_up(person: usize, records: &mut Vec<(At, Self)>, seen: &mut Certificates, notes: &mut Notes) {
        duplicates::of_activities(person, records, seen, notes);
    }
}

impl TidyUp for Attachment {
    fn tidy_up(_: usize, records: &mut Vec<(At, Self)>, _: &mut Certificates, notes: &mut Notes) {
        without_equals(records, notes);
    }
}

impl TidyUp for Certificate {
    fn tidy_up(_: usize, records: &mut Vec<(At, Self)>, _: &mut Certificates, notes: &mut Notes) {
        without_equals(records, notes);
    }
}

/// Sets aside a record that is equal to an earlier one in every field.
fn without_equals<T: PartialEq>(records: &mut Vec<(At, T)>, notes: &mut Notes) {
    const MOST_COMPARED: usize = 64;
    let mut kept: Vec<(At, T)> = Vec::with_capacity(records.len());
    for (at, record) in records.drain(..) {
        if kept.iter().rev().take(MOST_COMPARED).any(|(_, other)| *other == record) {
            notes.set_aside(at, &notes::SAME_RECORD);
        } else {
            kept.push((at, record));
        }
    }
    *records = kept;
}

/// Gives a record to its person, or to each who may be; sets it aside if it is nobody's.
fn give<T: DecodeEntity>(entry: Entry<T>, roster: &Roster, lists: &mut Vec<Vec<(At, T)>>, notes: &mut Notes) {
    let Entry { record, key, at, .. } = entry;
    let belongs = roster.belongs(&key);
    let is_aside = |person: &usize| roster.people.get(*person).is_none_or(|person| person.aside);
    match belongs {
        Belongs::To(person, _) if is_aside(&person) => notes.set_aside(at, &notes::RECORD_OF_TRAINEE),
        Belongs::To(person, rule) => {
            if let Some(rule) = rule {
                notes.add(at, rule);
            }
            push(lists, person, at, record);
        }
        Belongs::Perhaps(mut people, rule) => {
            people.retain(|person| !is_aside(person));
            people.sort_unstable();
            people.dedup();
            notes.set_aside(at, rule);
            for person in people {
                push(lists, person, at, undecided(&record));
            }
        }
        Belongs::Nobody(rule) => notes.set_aside(at, rule),
    }
}

fn push<T>(lists: &mut Vec<Vec<(At, T)>>, person: usize, at: At, record: T) {
    if lists.len() <= person {
        lists.resize_with(person + 1, Vec::new);
    }
    if let Some(list) = lists.get_mut(person) {
        list.push((at, record));
    }
}

/// The record with its texts alone: all that could decide something is unknown.
pub(crate) fn undecided<T: DecodeEntity>(record: &T) -> T {
    let mut left = T::default();
    for (slot, field) in T::ENTITY.fields.iter().enumerate() {
        match record.read(slot) {
            Datum::Text(text) if matches!(field.kind, FieldKind::Text) => {
                cell::set(&mut left, slot, &Fact::Text(text.to_owned()));
            }
            _ if field.absent == Absent::None => left.absences().0.push(field.name.to_owned()),
            _ => {}
        }
    }
    left
}

/// Reads every table and joins records to people.
pub(crate) fn people(book: &Book, tables: &[Table], notes: &mut Notes, progress: &mut dyn FnMut(Progress)) -> Vec<Person> {
    let is_roster = |table: &Table| table.entity.name == Practitioner::ENTITY.name;
    let has_roster = tables.iter().any(is_roster);
    let mut listed = Vec::new();
    let mut records = Records::default();
    for (place, table) in tables.iter().enumerate() {
        if is_roster(table) {
            listed.extend(rows::read::<Practitioner>(book, table, true, notes, progress).into_iter().map(|entry| (entry, place)));
        } else {
            let before = notes.counted(table.sheet).0;
            records.read(book, table, !has_roster, notes, progress);
            if has_roster && notes.counted(table.sheet).0 == before {
                notes.add(At { sheet: table.sheet, row: None, column: None }, &notes::NO_ROWS);
            }
            if !has_roster {
                notes.add(At { sheet: table.sheet, row: None, column: None }, &notes::PEOPLE_FROM_RECORDS);
            }
        }
    }
    let mut roster = Roster::new(listed, tables, notes);
    if !has_roster {
        records.meet(&mut roster, notes);
    }
    let mut lists = records.join(&roster, notes);
    let total = roster.people.len();
    let mut seen = Certificates::default();
    let mut people = Vec::with_capacity(total);
    for (place, listed) in roster.people.into_iter().enumerate() {
        if place % 1024 == 0 {
            progress(Progress { stage: Stage::Joining, done: place, total });
        }
        if listed.aside {
            continue;
        }
        let mut person = Person {
            facts: listed.facts,
            place: notes.place(At { column: Some(0), ..listed.at }),
            activity_places: Vec::new(),
            attachment_places: Vec::new(),
            certificate_places: Vec::new(),
        };
        lists.take(place, &mut person, &mut seen, notes);
        people.push(person);
    }
    progress(Progress { stage: Stage::Joining, done: total, total });
    people
}
