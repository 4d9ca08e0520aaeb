//! Where a sheet has its headers, what they mean, and so what the sheet is about.
//!
//! In come the first rows; out goes a table: the entity of the vocabulary that fits best, and the field of each column.

mod assign;
mod choice;
mod fit;
mod kind;
mod label;
mod lacking;
mod limit;
mod units;

use std::collections::{HashMap, HashSet};

use self::assign::{Assigned, Assigning};
use self::choice::{Choice, Elsewhere, Foreign, choose, elsewhere, knows_elsewhere, names_subjects};
use self::fit::{column, sample};
use self::label::{Label, are_alike, key, labels, sheet_key};
use self::units::{Units, leave_open_beside_others};
use super::cell;
use super::grid::{Book, Row, Sheet, Value, ValueId};
use super::notes::{self, At, Notes, Rule};
use super::spec::Spec;
use super::template::is_guide;
use super::tree::{About, Tree};
use crate::facts::{Entity, Field};
use crate::policy::OwnFact;
use crate::problem::nearest;

pub(crate) use self::kind::{KeyField, Kind, Of, Part, Target, kinds};
pub(crate) use self::lacking::Lack;
pub(crate) use self::limit::Apart;

/// A sheet that was recognised.
#[derive(Debug)]
pub(crate) struct Table<'p> {
    pub(crate) sheet: usize,
    pub(crate) entity: &'static Entity,
    pub(crate) about: About<'p>,
    /// The register of the tree that it belongs to, and the node of that register.
    pub(crate) register: usize,
    pub(crate) node: Option<usize>,
    /// The records that a row may fill: its own first.
    pub(crate) parts: Vec<Part<'p>>,
    /// The place of the first row below the headers among the rows of the sheet.
    pub(crate) first: usize,
    pub(crate) columns: Vec<Mapped<'p>>,
    /// The columns that have a header, in their order.
    pub(crate) headed: Vec<u16>,
    /// The fields that the rows leave unknown, because no column is known to be theirs.
    pub(crate) lacks: Vec<Lack<'p>>,
    /// Why its records may not count, with the word of the sheet's name or title that says so.
    pub(crate) apart: Option<(Apart, &'static str)>,
}

impl Table<'_> {
    /// The column that fills this field of the row's own record.
    pub(crate) fn column_of(&self, field: &str) -> Option<u16> {
        self.columns.iter().find(|mapped| mapped.target.part == 0 && mapped.column.field.name == field).map(|mapped| mapped.index)
    }

    /// The column of this key of whose the rows are.
    pub(crate) fn key_column(&self, wanted: KeyField) -> Option<u16> {
        let is_wanted = |mapped: &&Mapped<'_>| mapped.key.is_some_and(|(of, key)| of == Of::Root && key == wanted);
        self.columns.iter().find(is_wanted).map(|mapped| mapped.index)
    }

    /// Whether a column says whose the rows are.
    pub(crate) fn has_keys(&self) -> bool {
        self.columns.iter().any(|mapped| mapped.key.is_some_and(|(_, key)| key.says_whose()))
    }

    /// Of whom a column speaks.
    pub(crate) fn of(&self, mapped: &Mapped<'_>) -> Of {
        self.parts.get(mapped.target.part).map_or(Of::Row, |part| part.of)
    }
}

/// A column with its meaning.
#[derive(Debug)]
pub(crate) struct Mapped<'p> {
    /// Counted from 0.
    pub(crate) index: u16,
    /// The header as it stands there.
    pub(crate) header: String,
    /// Where the header stands.
    pub(crate) at: At,
    pub(crate) target: Target,
    pub(crate) column: cell::Column<'p>,
    /// Whose key it is, where it tells whose a row is.
    pub(crate) key: Option<(Of, KeyField)>,
    /// Further columns that claim the same field, which has an amount or a word of a list.
    pub(crate) rivals: Vec<(u16, cell::Column<'p>)>,
}

/// Every header that a tree knows, by what a sheet is about.
#[derive(Debug)]
pub(crate) struct Headers<'p> {
    tree: &'p Tree<'p>,
    kinds: Vec<Kind<'p>>,
    /// Headers of facts that other policies declare, which are no matter of this question.
    others: HashSet<String>,
    /// Records of kinds that policies declare themselves, which are no matter of this question.
    foreign: Vec<Foreign<'p>>,
}

/// What a sheet that is no table of the register is.
#[derive(Debug, Default)]
pub(crate) struct Unrecognised<'p> {
    /// The headers of the row that comes nearest to one.
    pub(crate) seen: Vec<String>,
    /// For each of them that is near one, the known header.
    pub(crate) near: Vec<(String, String)>,
    /// What else it is about, and whether its name says so.
    pub(crate) elsewhere: Option<(About<'p>, bool)>,
    /// Whether it is two tables side by side that cannot be told apart.
    pub(crate) is_mixed: bool,
}

impl<'p> Headers<'p> {
    pub(crate) fn new(tree: &'p Tree<'p>, own: &[&'p OwnFact], others: &[&'p OwnFact]) -> Self {
        let kinds = kind::kinds(tree, own);
        let foreign = Foreign::own(&kinds, &[own, others].concat());
        let others = others.iter().flat_map(|fact| [&fact.label.zh, &fact.label.en, &fact.name].into_iter().chain(&fact.headers));
        Self { tree, kinds, others: others.map(|header| key(header).0).collect(), foreign }
    }

    /// Parts sheets in which several tables stand one below the other: each is read like a sheet of its own.
    pub(crate) fn part(&self, book: &mut Book) {
        let sheets = std::mem::take(&mut book.sheets);
        let mut parted = Vec::with_capacity(sheets.len());
        for mut sheet in sheets.into_iter().flat_map(|sheet| self.beside(book, sheet)) {
            let mut below = Vec::new();
            for start in self.starts(book, &sheet).into_iter().rev() {
                below.push(sheet.split_below(start));
            }
            parted.push(sheet);
            parted.extend(below.into_iter().rev());
        }
        book.sheets = parted;
    }

    /// The tables that stand side by side in a sheet.
    fn beside(&self, book: &Book, mut sheet: Sheet) -> Vec<Sheet> {
        let mut tables = Vec::new();
        while let Some(Side::Parted(column)) = self.second(book, &sheet) {
            let right = sheet.split_right(column);
            tables.push(std::mem::replace(&mut sheet, right));
        }
        tables.push(sheet);
        tables
    }

    /// The table beside the first one of a sheet: where the headers that say whose a row is stand a second time, over something else.
    fn second(&self, book: &Book, sheet: &Sheet) -> Option<Side> {
        let name = sheet_key(&sheet.name);
        let found = self.find(book, sheet, &name).filter(|_| !is_guide(&sheet.name))?;
        let kind = self.kinds.get(found.choice.kind)?;
        let labels = found.labels.as_slice();
        let is_again = |label: &&Label| kind.is_key(label) && labels.iter().any(|other| other.column < label.column && other.keys == label.keys);
        let again = labels.iter().find(is_again)?;
        let first = labels.iter().find(|label| label.keys == again.keys)?;
        let data = sheet.rows.get(found.first..).unwrap_or_default();
        let value = |row: &Row, label: &Label| row.cell(label.column).map(|cell| cell.value);
        if data.iter().all(|row| value(row, first) == value(row, again)) {
            return None;
        }
        let start = starts_at(labels, again);
        let (left, right): (Vec<Label>, Vec<Label>) = labels.iter().cloned().partition(|label| label.column < start);
        let has_gap = left.iter().all(|label| label.column + 1 != start);
        let is_whole = left.iter().filter(|label| kind.is_key(label)).all(|label| right.iter().any(|other| other.keys == label.keys));
        let is_table = |labels: &[Label]| choose(&self.kinds, labels, &name).is_some();
        Some(if (has_gap || is_whole) && is_table(&left) && is_table(&right) { Side::Parted(start) } else { Side::Mixed })
    }

    /// The places of the rows in which further tables of a sheet begin.
    fn starts(&self, book: &Book, sheet: &Sheet) -> Vec<usize> {
        let mut starts = Vec::new();
        if is_guide(&sheet.name) {
            return starts;
        }
        let name = sheet_key(&sheet.name);
        let mut known: HashMap<ValueId, bool> = HashMap::new();
        // The headers of the table that the rows are in, and the last of their rows.
        let mut current: Option<(Vec<ValueId>, usize)> = None;
        for (place, row) in sheet.rows.iter().enumerate() {
            if !self.is_of_headers(book, row, &name, &mut known) {
                continue;
            }
            let values: Vec<ValueId> = row.cells.iter().map(|cell| cell.value).collect();
            match &mut current {
                Some((_, last)) if *last + 1 == place => *last = place,
                Some((headers, _)) if *headers == values => {}
                Some((_, last)) => {
                    // What stands alone above headers is their title.
                    let is_title = |row: &Row| row.cells.iter().filter(|cell| !cell.filled).count() == 1;
                    let titles = sheet.rows.get(*last + 1..place).unwrap_or_default().iter().rev().take_while(|row| is_title(row)).count();
                    starts.push(place - titles);
                    current = Some((values, place));
                }
                None => current = Some((values, place)),
            }
        }
        starts
    }

    /// Whether most of the cells of a row are headers by which a table would be recognised.
    fn is_of_headers(&self, book: &Book, row: &Row, name: &str, known: &mut HashMap<ValueId, bool>) -> bool {
        const FEWEST: usize = 3;
        let mut is_known =
            |value: ValueId| *known.entry(value).or_insert_with(|| matches!(book.values.get(value), Value::Text(text) if self.knows(text)));
        // Most rows are none, which two cells tell.
        if row.cells.len() < FEWEST || !row.cells.iter().take(2).any(|cell| is_known(cell.value)) {
            return false;
        }
        let headers = row.cells.iter().filter(|cell| is_known(cell.value)).count();
        headers >= FEWEST && headers * 2 > row.cells.len() && choose(&self.kinds, &labels(book, row, None), name).is_some()
    }

    /// Whether a sheet of the book bears the name of the subjects themselves.
    pub(crate) fn names_subjects(&self, book: &Book) -> bool {
        book.sheets.iter().any(|sheet| names_subjects(&self.kinds, &sheet_key(&sheet.name)))
    }

    /// Recognises a sheet, or says what it saw; `exclusive` where a sheet bears the name of the subjects.
    pub(crate) fn table(&self, book: &Book, sheet: usize, exclusive: bool, notes: &mut Notes) -> Result<Table<'p>, Unrecognised<'p>> {
        let Some(rows) = book.sheets.get(sheet) else { return Err(Unrecognised::default()) };
        let name = sheet_key(&rows.name);
        let Some(found) = self.find(book, rows, &name) else {
            let other = self.elsewhere(book, rows, &name);
            return Err(Unrecognised { elsewhere: other.map(|about| (about, true)), ..self.unrecognised(book, rows) });
        };
        if matches!(self.second(book, rows), Some(Side::Mixed)) {
            notes.add(At { sheet, row: None, column: None }, &notes::SIDE_BY_SIDE);
            return Err(Unrecognised { is_mixed: true, ..Unrecognised::default() });
        }
        match elsewhere(&self.kinds, &self.foreign, self.kinds.get(found.choice.kind), &found.labels, &name, exclusive) {
            Some(Elsewhere::Named(about)) => Err(Unrecognised { elsewhere: Some((about, true)), ..Unrecognised::default() }),
            Some(Elsewhere::Likely(about)) => Err(Unrecognised { elsewhere: Some((about, false)), ..Unrecognised::default() }),
            None => self.assign(book, rows, sheet, &found, notes).ok_or_else(Unrecognised::default),
        }
    }

    /// What a sheet of which no header says anything here is about by its name.
    fn elsewhere(&self, book: &Book, rows: &Sheet, name: &str) -> Option<About<'p>> {
        rows.rows.iter().take(LOOKED_AT).find_map(|row| match elsewhere(&self.kinds, &self.foreign, None, &labels(book, row, None), name, false)? {
            Elsewhere::Named(about) | Elsewhere::Likely(about) => Some(about),
        })
    }

    fn find(&self, book: &Book, sheet: &Sheet, name: &str) -> Option<Found> {
        let mut best: Option<Found> = None;
        for (index, row) in sheet.rows.iter().enumerate().take(LOOKED_AT) {
            let next = sheet.rows.get(index + 1);
            for below in [None, next] {
                if next.is_none() && below.is_none() && index > 0 && best.is_none() || below.is_some_and(|below| self.is_record(book, row, below)) {
                    continue;
                }
                let labels = labels(book, row, below);
                if let Some(choice) = choose(&self.kinds, &labels, name)
                    && best.as_ref().is_none_or(|best| choice.matched > best.choice.matched)
                {
                    best = Some(Found { choice, first: index + 1 + usize::from(below.is_some()), labels });
                }
            }
        }
        best
    }

    /// Whether a row below headers is the first of the records: something other than a header stands under a key.
    fn is_record(&self, book: &Book, row: &Row, below: &Row) -> bool {
        let labels = labels(book, row, None);
        let mut registers = self.kinds.iter().filter(|kind| kind.node.is_none());
        let Some(register) = registers.find(|kind| labels.iter().any(|label| kind.is_key(label))) else { return false };
        labels.iter().filter(|label| register.is_key(label)).any(|label| {
            below.cell(label.column).is_some_and(|cell| match book.values.get(cell.value) {
                Value::Text(text) => !cell.filled && !self.knows(text),
                _ => true,
            })
        })
    }

    /// Gives each column its field, and tells of those that are not used.
    fn assign(&self, book: &Book, rows: &Sheet, sheet: usize, found: &Found, notes: &mut Notes) -> Option<Table<'p>> {
        let kind = self.kinds.get(found.choice.kind)?;
        let units = Units::of(book, rows.rows.get(..found.first).unwrap_or_default(), rows.rows.get(found.first));
        let first = found.first + usize::from(units.has_row());
        let assigning = Assigning { kind, labels: &found.labels, book, data: rows.rows.get(first..).unwrap_or_default(), sheet };
        let Assigned { mut columns, unused } = assigning.columns(notes);
        let mut lacks = lacking::lacks(kind, &self.tree.own, &columns);
        for label in unused {
            assigning.may_differ(label, &mut columns);
            self.unused(&Unused { label, of: &assigning }, &columns, &mut lacks, notes);
        }
        for mapped in &mut columns {
            units.apply(mapped, notes);
        }
        leave_open_beside_others(&mut columns, notes);
        Some(Table {
            sheet,
            entity: kind.entity,
            about: kind.about,
            register: kind.register,
            node: kind.node,
            parts: kind.parts.clone(),
            first,
            columns,
            headed: headed(rows, found),
            lacks: lacks.into_iter().filter(Lack::is_open).collect(),
            apart: apart(kind, book, rows, found),
        })
    }

    fn unused(&self, unused: &Unused<'_, 'p>, columns: &[Mapped<'p>], lacks: &mut [Lack<'p>], notes: &mut Notes) {
        let Unused { label, of: &Assigning { kind, book, data, .. } } = *unused;
        let at = unused.of.at(label);
        let is_taken = |target: Target| columns.iter().any(|mapped| mapped.target == target);
        match kind.claims(label) {
            Some(claims) if unused.of.is_limited(label) => {
                lacks.iter_mut().filter(|lack| claims.iter().any(|claim| claim.target == lack.target)).for_each(|lack| lack.is_told = true);
                let rule = if unused.of.limits_days(label) { &notes::DAYS_QUALIFIED } else { &notes::HEADER_QUALIFIED };
                tell(notes, at, rule, label, None);
            }
            Some(claims) if claims.iter().all(|claim| is_taken(claim.target)) => tell(notes, at, &notes::HEADER_TWICE, label, None),
            Some(claims) => {
                // Whatever the values say, the column was meant to say it.
                lacks.iter_mut().filter(|lack| claims.iter().any(|claim| claim.target == lack.target)).for_each(|lack| lack.is_told = true);
                tell(notes, at, &notes::HEADER_VALUES_MISFIT, label, None);
            }
            None if label.keys.iter().any(|key| self.others.contains(key)) || knows_elsewhere(kind.entity, label) => {}
            None if lacking::tell_meant(lacks, label, at, book, data, notes) => {}
            None => {
                let ordinary = ["序号", "备注", "说明", "no", "no.", "id", "年龄", "电话", "联系电话", "手机号", "民族", "政治面貌"];
                let key = label.keys.first().filter(|key| !ordinary.contains(&key.as_str()));
                let near = key.and_then(|key| self.proposal(key, unused, columns));
                let rule = if near.is_some() { &notes::ODD_HEADER } else { &notes::UNKNOWN_HEADER };
                tell(notes, at, rule, label, near.as_deref());
            }
        }
    }

    /// The known header that an unknown one may be a spelling of: of a field without a column that takes such cells, and of the sheet's own records
    /// before those of others.
    fn proposal(&self, key: &str, unused: &Unused<'_, 'p>, columns: &[Mapped<'p>]) -> Option<String> {
        let Unused { label, of: &Assigning { kind, book, data, .. } } = *unused;
        let sample = sample(data, label.column);
        let has_none = |field: &Field| columns.iter().all(|mapped| mapped.column.field.name != field.name);
        let may_be = |field: &'static Field| has_none(field) && fit::may_hold(book, &sample, &column(Spec::of(field), label, book, data));
        near(key, std::iter::once(kind.entity), &may_be).or_else(|| near(key, self.entities(), &may_be)).map(str::to_owned)
    }

    /// The subjects and the entities of their own lists.
    fn entities(&self) -> impl Iterator<Item = &'static Entity> {
        let ours = self.tree.registers.first();
        let lists = ours.into_iter().flat_map(|ours| &ours.nodes).filter(|node| node.many && node.owner.is_none() && node.through.is_none());
        ours.map(|ours| ours.entity).into_iter().chain(lists.map(|node| node.entity))
    }

    fn unrecognised(&self, book: &Book, sheet: &Sheet) -> Unrecognised<'p> {
        const MOST_SHOWN: usize = 12;
        let fullest = sheet.rows.iter().take(10).min_by_key(|row| std::cmp::Reverse(row.cells.len()));
        let seen: Vec<String> = fullest
            .map(|row| labels(book, row, None))
            .unwrap_or_default()
            .into_iter()
            .filter(|label| may_be_shown(&label.text))
            .map(|label| label.text)
            .take(MOST_SHOWN)
            .collect();
        let near: Vec<(String, String)> = seen
            .iter()
            .filter_map(|text| Some((text.clone(), near(&key(text).0, self.entities(), &|_| true).filter(|near| near != text)?.to_owned())))
            .collect();
        // Without a single header that is known or nearly so, the row may be of people: it is not shown.
        let known = seen.iter().filter(|text| self.knows(text)).count();
        let near: Vec<_> = near.into_iter().filter(|(text, _)| known > 0 || text.chars().count() > 2).collect();
        let shown = |text: &String| known > 1 || near.len() > 1 || self.knows(text) || near.iter().any(|(near, _)| near == text);
        Unrecognised { seen: seen.into_iter().filter(shown).collect(), near, elsewhere: None, is_mixed: false }
    }

    fn knows(&self, text: &str) -> bool {
        let (key, _) = key(text);
        self.kinds.iter().any(|kind| kind.knows(&key))
    }
}

/// A column that is not used.
#[derive(Clone, Copy)]
struct Unused<'a, 'p> {
    label: &'a Label,
    of: &'a Assigning<'a, 'p>,
}

/// The known header of these entities that a header, as it is looked up, is most like, in the spelling of the vocabulary.
fn near(key: &str, entities: impl Iterator<Item = &'static Entity>, may_be: &dyn Fn(&'static Field) -> bool) -> Option<&'static str> {
    let words = entities.flat_map(|entity| entity.fields).flat_map(|field| {
        let words = std::iter::once(field.zh).chain(field.headers.iter().copied());
        words.map(move |word| (field, word))
    });
    // What another list calls so is no spelling of it.
    let words = words.filter(|(_, word)| {
        let known = self::label::key(word).0;
        known != key && are_alike(key, &known)
    });
    let fitting = words.filter(|(field, word)| nearest(key, [*word]).is_some() && may_be(field));
    nearest(key, fitting.map(|(_, word)| word))
}

/// Whether a text where headers stand may be shown: what is long or has a number in it is no header, and might be about somebody; a year and a single
/// digit are no such number.
fn may_be_shown(text: &str) -> bool {
    const LONGEST_HEADER: usize = 16;
    let numbers = text.split(|c: char| !c.is_numeric()).filter(|number| !number.is_empty());
    let is_year = |number: &str| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")) && text.contains(&format!("{number}年"));
    text.chars().count() <= LONGEST_HEADER && numbers.into_iter().all(|number| number.chars().count() == 1 || is_year(number))
}

/// Notes something about a header, with its text where that may be shown, and with the known one that is near.
fn tell(notes: &mut Notes, at: At, rule: &'static Rule, label: &Label, near: Option<&str>) {
    // Sixty columns that nobody asked for need no more than one note.
    if *rule == notes::UNKNOWN_HEADER {
        let word = format!("`{}`", label.text);
        return notes.list(at, rule, may_be_shown(&label.text).then_some(word.as_str()));
    }
    let shown = label.shown();
    match (may_be_shown(&shown), near) {
        (true, Some(near)) => {
            notes.tell(at, rule, &format!("`{shown}`; did you mean `{near}`?"), &format!("“{shown}”，是否为“{near}”？"));
        }
        (true, None) => notes.tell(at, rule, &format!("`{shown}`"), &format!("“{shown}”")),
        (false, Some(near)) => notes.tell(at, rule, &format!("did you mean `{near}`?"), &format!("是否为“{near}”？")),
        (false, None) => notes.add(at, rule),
    }
}

/// A table beside another one.
enum Side {
    /// It begins in this column.
    Parted(u16),
    /// Where it begins cannot be told.
    Mixed,
}

/// The column in which the table begins that has this header for the second time: after a gap, or where its headers begin to repeat.
fn starts_at(labels: &[Label], again: &Label) -> u16 {
    let before = |column: u16| column.checked_sub(1).and_then(|column| labels.iter().find(|label| label.column == column));
    let is_repeated = |label: &Label| labels.iter().any(|other| other.column < label.column && other.keys == label.keys);
    let mut start = again.column;
    while before(start).is_some_and(is_repeated) {
        start -= 1;
    }
    let first = labels.iter().find(|label| label.keys == again.keys).map_or(0, |label| label.column);
    let gap = (first..start).rev().find(|column| labels.iter().all(|label| label.column != *column));
    gap.map_or(start, |gap| gap + 1)
}

/// Why the records of a sheet may not count, by its name or what stands alone above its headers; a name that the vocabulary gives such sheets is none.
fn apart(kind: &Kind<'_>, book: &Book, rows: &Sheet, found: &Found) -> Option<(Apart, &'static str)> {
    let name = sheet_key(&rows.name);
    let is_label = kind.names.iter().flatten().any(|label| *label == name);
    let above = rows.rows.get(..found.first).unwrap_or_default().iter();
    let alone = above.filter(|row| row.cells.iter().filter(|cell| !cell.filled).count() == 1).filter_map(|row| row.cells.first());
    let titles = alone.filter_map(|cell| match book.values.get(cell.value) {
        Value::Text(text) => Some(&**text),
        _ => None,
    });
    let name = (!is_label).then_some(rows.name.as_str());
    name.into_iter().chain(titles).filter_map(Apart::of).find(|(apart, _)| kind.node.is_some() && apart.is_of(kind.entity))
}

/// The columns that have something above the records, whether it is known or not.
fn headed(rows: &Sheet, found: &Found) -> Vec<u16> {
    let lowest = found.first.checked_sub(1).and_then(|row| rows.rows.get(row));
    let cells = lowest.into_iter().flat_map(|row| &row.cells).map(|cell| cell.column);
    let mut columns: Vec<u16> = found.labels.iter().map(|label| label.column).chain(cells).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// How many rows are searched for headers.
const LOOKED_AT: usize = 15;

/// The row in which the headers of a sheet end.
struct Found {
    choice: Choice,
    first: usize,
    labels: Vec<Label>,
}
