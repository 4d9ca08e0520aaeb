//! The ids of subjects, as a table has them.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, Int64Array, StringArray};
use arrow_cast::cast;
use arrow_schema::DataType;

use super::join::NOBODY;

/// A column of ids.
#[derive(Clone, Debug)]
pub(super) enum Ids {
    Texts(StringArray),
    Numbers(Int64Array),
}

/// One id. Whole numbers stand in the order of their size, texts in that of their bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Id<'t> {
    Number(i64),
    Text(&'t str),
}

/// The id in a row of texts; one that is blank is none.
fn text(texts: &StringArray, row: usize) -> Option<&str> {
    let found = texts.is_valid(row).then(|| texts.value(row))?;
    (!found.bytes().all(|byte| byte.is_ascii_whitespace())).then_some(found)
}

impl Ids {
    /// The id in this row, if there is one.
    #[inline]
    pub(super) fn get(&self, row: usize) -> Option<Id<'_>> {
        match self {
            Self::Texts(texts) => (row < texts.len()).then(|| text(texts, row)).flatten().map(Id::Text),
            Self::Numbers(numbers) => (row < numbers.len() && numbers.is_valid(row)).then(|| Id::Number(numbers.value(row))),
        }
    }

    /// The id in each row.
    pub(super) fn iter(&self) -> impl Iterator<Item = Option<Id<'_>>> {
        (0..self.len()).map(|row| self.get(row))
    }

    /// So many of them from this row on.
    pub(super) fn slice(&self, first: usize, len: usize) -> Self {
        match self {
            Self::Texts(texts) => Self::Texts(texts.slice(first, len)),
            Self::Numbers(numbers) => Self::Numbers(numbers.slice(first, len)),
        }
    }

    /// The last of them, if there is one.
    pub(super) fn last(&self) -> Option<Self> {
        (0..self.len()).rev().find(|row| self.get(*row).is_some()).map(|row| self.slice(row, 1))
    }

    pub(super) fn array(&self) -> ArrayRef {
        match self {
            Self::Texts(texts) => Arc::new(texts.clone()),
            Self::Numbers(numbers) => Arc::new(numbers.clone()),
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Texts(texts) => texts.len(),
            Self::Numbers(numbers) => numbers.len(),
        }
    }

    /// The first rows without an id, and those whose id an earlier row has; at most so many.
    pub(super) fn faults(&self, most: usize) -> Vec<(usize, Fault)> {
        match self {
            Self::Texts(texts) => faults(|row| text(texts, row), texts.len(), most),
            Self::Numbers(numbers) => faults(|row| numbers.is_valid(row).then(|| numbers.value(row)), numbers.len(), most),
        }
    }

    /// The same ids as texts.
    pub(super) fn texts(&self) -> StringArray {
        match self {
            Self::Texts(texts) => texts.clone(),
            // Every whole number has a text.
            Self::Numbers(numbers) => {
                cast(numbers, &DataType::Utf8).map_or_else(|_| StringArray::new_null(numbers.len()), |t| t.as_string::<i32>().clone())
            }
        }
    }

    /// Where the rows of each of these subjects begin, and at last where all end, where they stand in order and there is no row of anybody else.
    pub(super) fn starts_in_order(&self, owners: &Self) -> Option<Vec<usize>> {
        match (self, owners) {
            (_, owners) if owners.has_nulls() => None,
            (Self::Numbers(subjects), Self::Numbers(owners)) => {
                let owners = owners.values();
                starts_in_order(subjects.values().iter(), owners.len(), |subject, row| {
                    owners.get(row..).unwrap_or_default().iter().take_while(|owner| owner == subject).count()
                })
            }
            _ => {
                let (subjects, owners) = (self.texts(), owners.texts());
                starts_in_order((0..subjects.len()).map(|subject| subjects.value(subject)), owners.len(), |subject, row| {
                    (row..owners.len()).take_while(|row| owners.value(*row) == *subject).count()
                })
            }
        }
    }

    /// Where the subject of each id stands, for who asks again and again. Other tables say their ids as texts where this one does.
    pub(super) fn lookup(&self) -> Lookup<'_> {
        match self {
            Self::Texts(texts) => Lookup::Texts(numbered(texts.iter())),
            Self::Numbers(numbers) => match places(numbers) {
                Some((least, places)) => Lookup::Places { least, places },
                None => Lookup::Numbers(numbered(numbers.iter())),
            },
        }
    }

    /// For each row the subject that it belongs to, or nobody.
    pub(super) fn subjects_of(&self, owners: &Self) -> Vec<u32> {
        match (self, owners) {
            (Self::Numbers(_), Self::Texts(_)) => Self::Texts(self.texts()).lookup().subjects_of(owners),
            _ => self.lookup().subjects_of(owners),
        }
    }

    pub(super) fn is_null(&self, row: usize) -> bool {
        match self {
            Self::Texts(texts) => texts.is_null(row),
            Self::Numbers(numbers) => numbers.is_null(row),
        }
    }

    fn has_nulls(&self) -> bool {
        match self {
            Self::Texts(texts) => texts.null_count() > 0,
            Self::Numbers(numbers) => numbers.null_count() > 0,
        }
    }
}

/// What is wrong with an id.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Missing,
    Twice,
}

fn faults<T: Ord + std::hash::Hash + Copy>(id: impl Fn(usize) -> Option<T>, len: usize, most: usize) -> Vec<(usize, Fault)> {
    // Ids that only grow are all there, and none is there twice.
    if (0..len).all(|row| id(row).is_some_and(|this| row == 0 || id(row - 1).is_some_and(|before| before < this))) {
        return Vec::new();
    }
    let mut seen = std::collections::HashSet::with_capacity(len);
    let fault = |row| match id(row) {
        None => Some((row, Fault::Missing)),
        Some(id) => (!seen.insert(id)).then_some((row, Fault::Twice)),
    };
    (0..len).filter_map(fault).take(most).collect()
}

fn starts_in_order<T>(subjects: impl ExactSizeIterator<Item = T>, rows: usize, run: impl Fn(&T, usize) -> usize) -> Option<Vec<usize>> {
    let mut starts = Vec::with_capacity(subjects.len() + 1);
    let mut row = 0;
    for subject in subjects {
        starts.push(row);
        row += run(&subject, row);
    }
    starts.push(row);
    (row == rows).then_some(starts)
}

/// The subject of each id.
pub(super) enum Lookup<'i> {
    Texts(HashMap<&'i str, u32>),
    Numbers(HashMap<i64, u32>),
    /// Of numbers that lie close together, each in a place of its own, from the least on.
    Places {
        least: i64,
        places: Vec<u32>,
    },
}

impl Lookup<'_> {
    /// For each row the subject that it belongs to, or nobody.
    pub(super) fn subjects_of(&self, owners: &Ids) -> Vec<u32> {
        match (self, owners) {
            (Self::Texts(known), owners) => found(owners.texts().iter(), |id| known.get(id).copied()),
            // Numbers are sought among texts above; here each is of the same kind.
            (_, Ids::Texts(texts)) => vec![NOBODY; texts.len()],
            (Self::Numbers(known), Ids::Numbers(owners)) => found(owners.iter(), |id| known.get(&id).copied()),
            (Self::Places { least, places }, Ids::Numbers(owners)) => {
                let subject_of = |id: i64| place(*least, id).and_then(|place| places.get(place)).copied().unwrap_or(NOBODY);
                match owners.nulls() {
                    None => owners.values().iter().map(|id| subject_of(*id)).collect(),
                    Some(_) => owners.iter().map(|id| id.map_or(NOBODY, subject_of)).collect(),
                }
            }
        }
    }
}

/// The subject of each id; those of one subject often stand together.
fn found<T: Eq + Copy>(ids: impl Iterator<Item = Option<T>>, find: impl Fn(T) -> Option<u32>) -> Vec<u32> {
    let mut before = None;
    let subject_of = |id: Option<T>| match (id, before) {
        (None, _) => NOBODY,
        (Some(id), Some((last, subject))) if id == last => subject,
        (Some(id), _) => {
            let subject = find(id).unwrap_or(NOBODY);
            before = Some((id, subject));
            subject
        }
    };
    ids.map(subject_of).collect()
}

fn numbered<T: Eq + std::hash::Hash>(ids: impl Iterator<Item = Option<T>>) -> HashMap<T, u32> {
    (0..).zip(ids).filter_map(|(subject, id)| Some((id?, subject))).collect()
}

fn place(least: i64, id: i64) -> Option<usize> {
    id.checked_sub(least).and_then(|place| usize::try_from(place).ok())
}

/// The least number and for each from it on its subject, where they lie so close together that each can have a place of its own.
fn places(subjects: &Int64Array) -> Option<(i64, Vec<u32>)> {
    /// For each subject there is at most so much room.
    const ROOM: usize = 8;
    let (least, most) = (subjects.iter().flatten().min()?, subjects.iter().flatten().max()?);
    let room = place(least, most)?.checked_add(1)?;
    if room / ROOM > subjects.len() {
        return None;
    }
    let mut places = vec![NOBODY; room];
    for (subject, id) in (0..).zip(subjects) {
        if let Some(slot) = id.and_then(|id| place(least, id)).and_then(|place| places.get_mut(place)) {
            *slot = subject;
        }
    }
    Some((least, places))
}
