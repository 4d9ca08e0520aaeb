//! Notes: what was mended, doubted or set aside, and where.
//!
//! Equal notes of one column are one note with all its places, so that 300,000 rows do not say the same thing 300,000 times.

mod rules;

use std::collections::HashMap;

use medtrain_macros::crosses;

pub(crate) use rules::*;

use super::grid::{ValueId, letters};
use crate::facts::{Entity, shortened};
use crate::lang::Text;
pub use crate::problem::Severity;
use crate::problem::{Problem, ProblemCode};

/// A problem of a workbook with its severity and, for something mended, what stood there and what was taken.
///
/// Personal data never stands in it: a name, an identity number or a date of birth is shown by its cell alone.
#[crosses]
pub struct Note {
    /// How much it matters.
    pub severity: Severity,
    /// What it is, with the first place and the message in English.
    pub problem: Problem,
    /// The message in Chinese.
    pub zh: String,
    /// The cure in Chinese.
    pub zh_cure: Option<String>,
    /// What stood in the cell.
    pub before: Option<String>,
    /// What was taken instead.
    pub after: Option<String>,
    /// In how many places it is so.
    pub count: usize,
    /// These places, the first hundred of them.
    pub places: Vec<String>,
}

/// Rows of a sheet that were not used, with the reason.
#[crosses]
pub struct SetAside {
    /// The reason in English.
    pub reason: String,
    /// The reason in Chinese.
    pub zh: String,
    /// How many rows.
    pub rows: usize,
}

/// What one kind of note says.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) severity: Severity,
    pub(crate) code: ProblemCode,
    pub(crate) en: &'static str,
    pub(crate) zh: &'static str,
    pub(crate) cure: Option<Text<'static>>,
}

/// What notes say about whose a record is: about people, or about things such as bases.
#[derive(Debug)]
pub(crate) struct Wording {
    pub(crate) name_alone: &'static Rule,
    pub(crate) no_rows: &'static Rule,
    pub(crate) no_key: &'static Rule,
    pub(crate) twice: &'static Rule,
    pub(crate) contradicted: &'static Rule,
    pub(crate) same_number: &'static Rule,
    pub(crate) same_proof: &'static Rule,
    pub(crate) not_listed: &'static Rule,
    pub(crate) zeros_lost: &'static Rule,
    pub(crate) ambiguous: &'static Rule,
    pub(crate) by_name: &'static Rule,
    pub(crate) several_names: &'static Rule,
    pub(crate) perhaps_by_name: &'static Rule,
    pub(crate) other_name: &'static Rule,
    pub(crate) other_proof: &'static Rule,
    pub(crate) other_owner: &'static Rule,
    pub(crate) from_records: &'static Rule,
    pub(crate) met_by_name: &'static Rule,
}

static PEOPLE: Wording = Wording {
    name_alone: &NAME_ALONE,
    no_rows: &NO_ROWS,
    no_key: &NO_KEY,
    twice: &SAME_PERSON_TWICE,
    contradicted: &PERSON_CONTRADICTED,
    same_number: &SAME_NUMBER_TWICE,
    same_proof: &SAME_IDENTITY_TWICE,
    not_listed: &NOT_IN_ROSTER,
    zeros_lost: &ZEROS_LOST,
    ambiguous: &NUMBER_AMBIGUOUS,
    by_name: &BY_NAME_ALONE,
    several_names: &NAME_OF_SEVERAL,
    perhaps_by_name: &PERHAPS_BY_NAME,
    other_name: &OTHER_NAME,
    other_proof: &OTHER_IDENTITY,
    other_owner: &OTHER_PERSON,
    from_records: &PEOPLE_FROM_RECORDS,
    met_by_name: &PEOPLE_BY_NAME,
};

static THINGS: Wording = Wording {
    name_alone: &THING_NAME_ALONE,
    no_rows: &THING_NO_ROWS,
    no_key: &THING_NO_KEY,
    twice: &SAME_THING_TWICE,
    contradicted: &THING_CONTRADICTED,
    same_number: &THING_SAME_NUMBER,
    same_proof: &THING_SAME_CODE,
    not_listed: &THING_NOT_LISTED,
    zeros_lost: &THING_ZEROS_LOST,
    ambiguous: &THING_AMBIGUOUS,
    by_name: &THING_BY_NAME,
    several_names: &THING_NAME_OF_SEVERAL,
    perhaps_by_name: &THING_PERHAPS_BY_NAME,
    other_name: &THING_OTHER_NAME,
    other_proof: &THING_OTHER_CODE,
    other_owner: &THING_OTHER_OWNER,
    from_records: &THINGS_FROM_RECORDS,
    met_by_name: &THINGS_BY_NAME,
};

impl Wording {
    /// The wording for those of this entity.
    pub(crate) fn of(entity: &Entity) -> &'static Self {
        if entity.is_person() || entity.name == "residency" { &PEOPLE } else { &THINGS }
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Rule {}

/// A cell, a row or a whole sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct At {
    pub(crate) sheet: usize,
    /// Counted from 0; none for the sheet as a whole.
    pub(crate) row: Option<u32>,
    /// Counted from 0; none for the row as a whole.
    pub(crate) column: Option<u16>,
}

impl At {
    pub(crate) fn row(sheet: usize, row: u32) -> Self {
        Self { sheet, row: Some(row), column: None }
    }

    pub(crate) fn cell(sheet: usize, row: u32, column: u16) -> Self {
        Self { sheet, row: Some(row), column: Some(column) }
    }
}

/// Whose places are told apart only by what stands there.
type Kind = (usize, Option<u16>, *const Rule);

/// The notes of a workbook while it is read.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    sheets: Vec<String>,
    list: Vec<(At, Note)>,
    known: HashMap<(Kind, Option<ValueId>), usize>,
    distinct: HashMap<Kind, usize>,
    rows: HashMap<usize, usize>,
    aside: Vec<(usize, &'static Rule, usize)>,
}

impl Notes {
    const MOST_PLACES: usize = 100;
    /// The most notes of one kind that tell what stood in the cell; further ones are counted together.
    const MOST_DISTINCT: usize = 200;

    pub(crate) fn new(sheets: impl Iterator<Item = String>) -> Self {
        Self { sheets: sheets.collect(), ..Self::default() }
    }

    /// The text of a place: `人员!A5`, or the row `人员!5`.
    pub(crate) fn place(&self, at: At) -> String {
        let name = self.sheets.get(at.sheet).map_or("", |name| name.trim());
        let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_');
        let name = if plain { name.to_owned() } else { format!("'{}'", name.replace('\'', "''")) };
        match (at.row, at.column) {
            (Some(row), Some(column)) => format!("{name}!{}{}", letters(column), u64::from(row) + 1),
            (Some(row), None) => format!("{name}!{}", u64::from(row) + 1),
            _ => name,
        }
    }

    /// Notes something about a cell, with what stood there and what was taken where that may be shown.
    pub(crate) fn cell(&mut self, at: At, rule: &'static Rule, value: Option<ValueId>, before: Option<&str>, after: Option<&str>) {
        let kind = (at.sheet, at.column, std::ptr::from_ref(rule));
        let mut value = value.filter(|_| before.is_some() || after.is_some());
        if let Some(index) = self.known.get(&(kind, value)) {
            return self.again(*index, at);
        }
        if value.is_some() {
            let distinct = self.distinct.entry(kind).or_default();
            *distinct += 1;
            if *distinct > Self::MOST_DISTINCT {
                value = None;
                if let Some(index) = self.known.get(&(kind, None)) {
                    return self.again(*index, at);
                }
            }
        }
        let shown = value.is_some();
        self.known.insert((kind, value), self.list.len());
        self.push(at, rule, rule.en.to_owned(), rule.zh.to_owned());
        if let Some((_, note)) = self.list.last_mut()
            && shown
        {
            note.before = before.map(shortened);
            note.after = after.map(shortened);
        }
    }

    /// Notes something about a place, together with others of its kind in this sheet and column.
    pub(crate) fn add(&mut self, at: At, rule: &'static Rule) {
        self.cell(at, rule, None, None, None);
    }

    /// Notes something about one place alone, with more to say than the rule does.
    pub(crate) fn tell(&mut self, at: At, rule: &'static Rule, en: &str, zh: &str) {
        let told = self.distinct.entry((at.sheet, None, std::ptr::from_ref(rule))).or_default();
        *told += 1;
        if *told > Self::MOST_DISTINCT {
            return self.add(At { column: None, ..at }, rule);
        }
        self.push(at, rule, format!("{}: {en}", rule.en), format!("{}：{zh}", rule.zh));
    }

    /// Counts a row below the headers.
    pub(crate) fn count_row(&mut self, sheet: usize) {
        *self.rows.entry(sheet).or_default() += 1;
    }

    /// Notes a row that is not used, and counts it.
    pub(crate) fn set_aside(&mut self, at: At, rule: &'static Rule) {
        self.add(at, rule);
        self.skip(at, rule);
    }

    /// Counts a row that is not used and that nobody has to look at.
    pub(crate) fn skip(&mut self, at: At, rule: &'static Rule) {
        match self.aside.iter_mut().find(|(sheet, of, _)| *sheet == at.sheet && std::ptr::eq(*of, rule)) {
            Some((.., count)) => *count += 1,
            None => self.aside.push((at.sheet, rule, 1)),
        }
    }

    /// Whether the only row of a sheet is the sample of a template: nobody has filled it in, as its count then says.
    pub(crate) fn is_untouched(&mut self, sheet: usize) -> bool {
        let samples = self.aside.iter_mut().find(|(of, rule, _)| *of == sheet && (**rule == SAMPLE_ROW || **rule == UNTOUCHED));
        let Some((_, rule, _)) = samples.filter(|(.., samples)| self.rows.get(&sheet) == Some(samples)) else { return false };
        *rule = &UNTOUCHED;
        true
    }

    /// How many rows a sheet has, and how many of them were set aside for which reason.
    pub(crate) fn counted(&self, sheet: usize) -> (usize, Vec<SetAside>) {
        let aside = self.aside.iter().filter(|(of, ..)| *of == sheet);
        let aside = aside.map(|(_, rule, rows)| SetAside { reason: rule.en.to_owned(), zh: rule.zh.to_owned(), rows: *rows }).collect();
        (self.rows.get(&sheet).copied().unwrap_or(0), aside)
    }

    fn push(&mut self, at: At, rule: &'static Rule, message: String, zh: String) {
        let place = self.place(at);
        let mut problem = Problem::new(rule.code, place.clone(), message);
        problem.cure = rule.cure.map(|cure| cure.en.to_owned());
        let zh_cure = rule.cure.map(|cure| cure.zh.to_owned());
        self.list.push((at, Note { severity: rule.severity, problem, zh, zh_cure, before: None, after: None, count: 1, places: vec![place] }));
    }

    fn again(&mut self, index: usize, at: At) {
        let place = self.list.get(index).filter(|(_, note)| note.places.len() < Self::MOST_PLACES).map(|_| self.place(at));
        if let Some((_, note)) = self.list.get_mut(index) {
            note.count += 1;
            note.places.extend(place);
        }
    }

    /// The notes in the order of their places.
    pub(crate) fn finish(mut self) -> Vec<Note> {
        self.list.sort_by_key(|(at, _)| *at);
        self.list.into_iter().map(|(_, note)| note).collect()
    }
}
