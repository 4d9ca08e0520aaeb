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
    /// What stood in the cell; where different values did, the first three, with `；` between them.
    pub before: Option<String>,
    /// What was taken instead, in the same order.
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
    pub(crate) namesakes: &'static Rule,
    pub(crate) rows_differ: &'static Rule,
    pub(crate) number_of_several: &'static Rule,
    pub(crate) other_name_open: &'static Rule,
    pub(crate) other_unit: &'static Rule,
    pub(crate) unit_missing: &'static Rule,
    /// Whether another name is another one: an institution may have changed its name, a person has not.
    pub(crate) names_bind: bool,
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
    namesakes: &NAMESAKES,
    rows_differ: &ROWS_DIFFER,
    number_of_several: &NUMBER_OF_SEVERAL,
    other_name_open: &OTHER_NAME_OPEN,
    other_unit: &UNIT_OF_OTHERS,
    unit_missing: &UNIT_MISSING,
    names_bind: true,
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
    namesakes: &THINGS_BY_NAME,
    rows_differ: &THING_ROWS_DIFFER,
    number_of_several: &THING_SAME_NUMBER,
    other_name_open: &THING_OTHER_NAME,
    other_unit: &THING_AMBIGUOUS,
    unit_missing: &THING_AMBIGUOUS,
    names_bind: false,
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

/// What is noted together: a sheet, a column and what is so of its cells.
type Kind = (usize, Option<u16>, *const Rule);

/// A note with its first place, and the values that it shows.
#[derive(Debug)]
struct Noted {
    at: At,
    note: Note,
    examples: Vec<ValueId>,
}

/// The values that a note shows, of those that differ.
const MOST_EXAMPLES: usize = 3;
/// What stands between them.
const BETWEEN: char = '；';
/// The words that a note lists, such as headers.
const MOST_WORDS: usize = 12;

/// The notes of a workbook while it is read.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    sheets: Vec<String>,
    list: Vec<Noted>,
    known: HashMap<Kind, usize>,
    /// How many notes of a rule tell more than it in a sheet.
    told: HashMap<(usize, *const Rule), usize>,
    /// The notes that list words, with how many they list.
    lists: HashMap<(usize, *const Rule), (usize, usize)>,
    rows: HashMap<usize, usize>,
    aside: Vec<(usize, &'static Rule, usize)>,
}

impl Notes {
    const MOST_PLACES: usize = 100;
    /// The most notes of one rule that tell more than it; further ones are counted together.
    const MOST_TOLD: usize = 200;

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

    /// Notes something about a cell, with what stood there and what was taken where that may be shown. What is so of many cells of a column for one
    /// reason is one note, with the first few of its values.
    pub(crate) fn cell(&mut self, at: At, rule: &'static Rule, value: Option<ValueId>, before: Option<&str>, after: Option<&str>) {
        let kind = (at.sheet, at.column, std::ptr::from_ref(rule));
        let index = match self.known.get(&kind).copied() {
            Some(index) => {
                self.again(index, at);
                index
            }
            None => {
                self.known.insert(kind, self.list.len());
                self.push(at, rule, rule.en.to_owned(), rule.zh.to_owned());
                self.list.len() - 1
            }
        };
        if let Some(value) = value.filter(|_| before.is_some() || after.is_some()) {
            self.show(index, value, before, after);
        }
    }

    /// Adds a value to those that a note shows, what was taken in the place of what stood there.
    fn show(&mut self, index: usize, value: ValueId, before: Option<&str>, after: Option<&str>) {
        let Some(Noted { note, examples, .. }) = self.list.get_mut(index) else { return };
        if examples.len() == MOST_EXAMPLES || examples.contains(&value) {
            return;
        }
        let is_first = examples.is_empty();
        // A value that was taken stands at the place of the one that stood there.
        if !is_first && (before.is_some(), after.is_some()) != (note.before.is_some(), note.after.is_some()) {
            return;
        }
        examples.push(value);
        for (shown, text) in [(&mut note.before, before), (&mut note.after, after)] {
            let Some(text) = text.map(shortened) else { continue };
            *shown = Some(shown.take().map_or_else(|| text.clone(), |earlier| format!("{earlier}{BETWEEN}{text}")));
        }
    }

    /// Notes something about a place, together with others of its kind in this sheet and column.
    pub(crate) fn add(&mut self, at: At, rule: &'static Rule) {
        self.cell(at, rule, None, None, None);
    }

    /// Notes something about one place alone, with more to say than the rule does.
    pub(crate) fn tell(&mut self, at: At, rule: &'static Rule, en: &str, zh: &str) {
        let told = self.told.entry((at.sheet, std::ptr::from_ref(rule))).or_default();
        *told += 1;
        if *told > Self::MOST_TOLD {
            return self.add(At { column: None, ..at }, rule);
        }
        self.push(at, rule, format!("{}: {en}", rule.en), format!("{}：{zh}", rule.zh));
    }

    /// Notes something about a place together with others of its sheet, with the first few of the words that tell them apart.
    pub(crate) fn list(&mut self, at: At, rule: &'static Rule, word: Option<&str>) {
        let kind = (at.sheet, std::ptr::from_ref(rule));
        let Some((index, words)) = self.lists.get_mut(&kind) else {
            self.lists.insert(kind, (self.list.len(), usize::from(word.is_some())));
            let with = |text: &str, colon: &str| word.map_or_else(|| text.to_owned(), |word| format!("{text}{colon}{word}"));
            return self.push(at, rule, with(rule.en, ": "), with(rule.zh, "："));
        };
        let (index, is_first) = (*index, *words == 0);
        let word = word.filter(|_| *words <= MOST_WORDS);
        *words += usize::from(word.is_some());
        let word = word.map(|word| if *words > MOST_WORDS { "…" } else { word });
        if let (Some(word), Some(Noted { note, .. })) = (word, self.list.get_mut(index)) {
            let (en, zh) = if is_first { (": ", "：") } else { (", ", "、") };
            note.problem.message.push_str(&format!("{en}{word}"));
            note.zh.push_str(&format!("{zh}{word}"));
        }
        self.again(index, at);
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
        let note = Note { severity: rule.severity, problem, zh, zh_cure, before: None, after: None, count: 1, places: vec![place] };
        self.list.push(Noted { at, note, examples: Vec::new() });
    }

    fn again(&mut self, index: usize, at: At) {
        let place = self.list.get(index).filter(|noted| noted.note.places.len() < Self::MOST_PLACES).map(|_| self.place(at));
        if let Some(Noted { note, .. }) = self.list.get_mut(index) {
            note.count += 1;
            note.places.extend(place);
        }
    }

    /// The notes in the order of their places. What is so of the same column of several sheets, such as those of twelve months, is one note.
    pub(crate) fn finish(mut self) -> Vec<Note> {
        self.list.sort_by_key(|noted| noted.at);
        let mut all: Vec<Note> = Vec::with_capacity(self.list.len());
        let mut known: HashMap<(Option<u16>, String), (usize, usize)> = HashMap::new();
        for Noted { at, note, .. } in self.list {
            let kind = (at.column, note.problem.message.clone());
            match known.get(&kind) {
                Some((sheet, earlier)) if *sheet != at.sheet => {
                    if let Some(earlier) = all.get_mut(*earlier) {
                        earlier.count += note.count;
                        let room = Self::MOST_PLACES.saturating_sub(earlier.places.len());
                        earlier.places.extend(note.places.into_iter().take(room));
                    }
                }
                _ => {
                    known.insert(kind, (at.sheet, all.len()));
                    all.push(note);
                }
            }
        }
        all
    }
}
