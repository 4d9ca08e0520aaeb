//! Where a sheet has its headers, what they mean, and so what the sheet is about.
//!
//! In come the first rows; out goes a table: the entity of the vocabulary that fits best, and the field of each column.

use std::collections::{HashMap, HashSet};

use super::cell::{self, tidy};
use super::grid::{Book, Row, Sheet, Value, ValueId};
use super::notes::{self, At, Notes};
use crate::facts::{Entity, Field, FieldKind, Institution, Practitioner, Vocabulary};
use crate::problem::nearest;

/// A sheet that was recognised.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) sheet: usize,
    pub(crate) entity: &'static Entity,
    /// The place of the first row below the headers among the rows of the sheet.
    pub(crate) first: usize,
    pub(crate) columns: Vec<Mapped>,
}

impl Table {
    /// The column that fills this field of a person.
    pub(crate) fn column_of_person(&self, field: &str) -> Option<u16> {
        self.columns.iter().find(|mapped| mapped.is_person(self.entity) && mapped.column.field.name == field).map(|mapped| mapped.index)
    }
}

/// A column with its meaning.
#[derive(Debug)]
pub(crate) struct Mapped {
    /// Counted from 0.
    pub(crate) index: u16,
    /// The header as it stands there.
    pub(crate) header: String,
    /// Where the header stands.
    pub(crate) at: At,
    pub(crate) target: Target,
    pub(crate) column: cell::Column,
    /// Further columns that claim the same amount.
    pub(crate) rivals: Vec<(u16, cell::Column)>,
}

impl Mapped {
    /// Whether it is about the person, in a sheet about this entity.
    pub(crate) fn is_person(&self, entity: &Entity) -> bool {
        match self.target {
            Target::Person(_) | Target::PersonWithin(..) => true,
            Target::Own(_) | Target::OwnWithin(..) => entity.name == Practitioner::ENTITY.name,
        }
    }
}

/// Which field a column fills: one of the row's entity or of the person whose row it is, or one of a record within those.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    Own(usize),
    OwnWithin(usize, &'static str),
    Person(usize),
    PersonWithin(usize, &'static str),
}

#[derive(Clone, Copy, Debug)]
struct Claim {
    target: Target,
    field: &'static Field,
    /// 3 for the label of the vocabulary, 2 for another header, less for a record within.
    strength: u32,
}

/// Every header that the vocabulary knows, by the entity of the sheet.
#[derive(Debug)]
pub(crate) struct Headers {
    entities: Vec<(&'static Entity, HashMap<String, Vec<Claim>>)>,
}

/// What is wrong with a sheet that was not recognised.
#[derive(Debug, Default)]
pub(crate) struct Unrecognised {
    /// The headers of the row that comes nearest to one.
    pub(crate) seen: Vec<String>,
    /// For each of them that is near one, the known header.
    pub(crate) near: Vec<(String, &'static str)>,
}

impl Headers {
    /// The headers of practitioners and of everything that a practitioner has a list of.
    pub(crate) fn new() -> Self {
        let person = claims(Practitioner::ENTITY, Target::Own, Target::OwnWithin);
        let mut entities = vec![(Practitioner::ENTITY, person)];
        for field in Practitioner::ENTITY.fields {
            if let FieldKind::Records(entity) = field.kind {
                let mut all = claims(entity(), Target::Own, Target::OwnWithin);
                for (header, claims) in claims(Practitioner::ENTITY, Target::Person, Target::PersonWithin) {
                    all.entry(header).or_default().extend(claims);
                }
                entities.push((entity(), all));
            }
        }
        Self { entities }
    }

    /// Recognises a sheet, or says what it saw.
    pub(crate) fn table(&self, book: &Book, sheet: usize, notes: &mut Notes) -> Result<Table, Unrecognised> {
        let Some(rows) = book.sheets.get(sheet) else { return Err(Unrecognised::default()) };
        let Some(found) = self.find(book, rows) else { return Err(self.unrecognised(book, rows)) };
        Ok(self.assign(book, rows, sheet, &found, notes))
    }

    fn find(&self, book: &Book, sheet: &Sheet) -> Option<Found> {
        const LOOKED_AT: usize = 15;
        let mut best: Option<Found> = None;
        for (index, row) in sheet.rows.iter().enumerate().take(LOOKED_AT) {
            let next = sheet.rows.get(index + 1);
            for below in [None, next] {
                if next.is_none() && below.is_none() && index > 0 && best.is_none() || below.is_some_and(|below| self.is_record(book, row, below)) {
                    continue;
                }
                let labels = labels(book, row, below);
                if let Some((entity, matched)) = self.best_entity(&labels)
                    && best.as_ref().is_none_or(|best| matched > best.matched)
                {
                    best = Some(Found { entity, matched, first: index + 1 + usize::from(below.is_some()), labels });
                }
            }
        }
        best
    }

    /// Whether a row below headers is the first of the records: something other than a header stands under a key.
    fn is_record(&self, book: &Book, row: &Row, below: &Row) -> bool {
        let Some((_, person)) = self.entities.first() else { return false };
        labels(book, row, None).iter().filter(|label| label.is_key(person)).any(|label| {
            below.cell(label.column).is_some_and(|cell| match book.values.get(cell.value) {
                Value::Text(text) => !cell.filled && !self.knows(text),
                _ => true,
            })
        })
    }

    /// The entity that the labels are about, by its place, and how many of them it knows.
    fn best_entity(&self, labels: &[Label]) -> Option<(usize, usize)> {
        let (_, person) = self.entities.first()?;
        let of_person: Vec<bool> = labels.iter().map(|label| label.claims(person).is_some()).collect();
        let keys = labels.iter().filter(|label| label.is_key(person)).count();
        let people = of_person.iter().filter(|known| **known).count();
        let own = |index: usize| {
            let (_, all) = self.entities.get(index)?;
            let own = labels.iter().zip(&of_person).filter(|(label, person)| !**person && label.claims(all).is_some()).count();
            let known = labels.iter().filter(|label| label.claims(all).is_some()).count();
            Some((own, known))
        };
        let record = (1..self.entities.len()).rev().filter_map(|index| Some((index, own(index)?))).max_by_key(|(_, (own, _))| *own);
        match record {
            Some((index, (own, known))) if keys > 0 && own >= 2 && own * 2 >= people.saturating_sub(keys) => Some((index, known)),
            _ if keys > 0 && people >= 2 => Some((0, people)),
            _ => None,
        }
    }

    /// Gives each column its field: the best fitting first, each field once.
    fn assign(&self, book: &Book, rows: &Sheet, sheet: usize, found: &Found, notes: &mut Notes) -> Table {
        let mut table = Table { sheet, entity: Practitioner::ENTITY, first: found.first, columns: Vec::new() };
        let Some((entity, known)) = self.entities.get(found.entity) else { return table };
        table.entity = entity;
        let data = rows.rows.get(found.first..).unwrap_or_default();
        let mut proposals = Vec::new();
        for (place, label) in found.labels.iter().enumerate() {
            let claims = label.claims(known).unwrap_or_default();
            let sample = sample(data, label.column);
            for claim in claims {
                let column = self::column(claim.field, label, book, data);
                let fit = fit(book, &sample, &column);
                // Minutes, or the credits due, are not the amount of the bare header.
                if matches!(claim.field.kind, FieldKind::Decimal) && label.is_qualified(known) {
                    continue;
                }
                let misfit = claim.strength < 3
                    && fit == Some(0)
                    && (claims.len() > 1
                        || matches!(claim.field.kind, FieldKind::Code(_) | FieldKind::Boolean)
                        || claim.field.name == "credit_class");
                proposals.push((claim.strength * 15 + fit.unwrap_or(60), place, *claim, column, misfit));
            }
        }
        proposals.sort_by_key(|(score, place, ..)| (std::cmp::Reverse(*score), *place));
        let (mut taken, mut done) = (HashSet::new(), HashSet::new());
        for (_, place, claim, column, misfit) in proposals {
            let Some(label) = found.labels.get(place) else { continue };
            if misfit || done.contains(&place) || !taken.insert(claim.target) {
                continue;
            }
            done.insert(place);
            let at = At::cell(sheet, label.row, label.column);
            if label.claims(known).is_some_and(|claims| claims.len() > 1) {
                notes.tell(
                    at,
                    &notes::HEADER_BY_VALUES,
                    &format!("`{}` is taken as {}", label.text, claim.field.en),
                    &format!("“{}”按“{}”处理", label.text, claim.field.zh),
                );
            }
            table.columns.push(Mapped { index: label.column, header: label.text.clone(), at, target: claim.target, column, rivals: Vec::new() });
        }
        table.columns.sort_by_key(|mapped| mapped.index);
        for (_, label) in found.labels.iter().enumerate().filter(|(place, _)| !done.contains(place)) {
            let claims = label.claims(known).unwrap_or_default();
            let amount = |claim: &&Claim| matches!(claim.field.kind, FieldKind::Decimal);
            if let [claim] = claims
                && label.is_qualified(known)
                && amount(&claim)
            {
                let (en, zh) = (format!("`{}`", label.text), format!("“{}”", label.text));
                notes.tell(At::cell(sheet, label.row, label.column), &notes::HEADER_QUALIFIED, &en, &zh);
                continue;
            }
            // A second amount that says something else leaves both open.
            if let [claim] = claims
                && amount(&claim)
                && let Some(mapped) = table.columns.iter_mut().find(|mapped| mapped.target == claim.target)
            {
                mapped.rivals.push((label.column, self::column(claim.field, label, book, data)));
            }
            self.unused(label, known, &taken, At::cell(sheet, label.row, label.column), notes);
        }
        table
    }

    fn unused(&self, label: &Label, known: &HashMap<String, Vec<Claim>>, taken: &HashSet<Target>, at: At, notes: &mut Notes) {
        let (en, zh) = (format!("`{}`", label.text), format!("“{}”", label.text));
        match label.claims(known) {
            Some(claims) if claims.iter().all(|claim| taken.contains(&claim.target)) => notes.tell(at, &notes::HEADER_TWICE, &en, &zh),
            Some(_) => notes.tell(at, &notes::HEADER_VALUES_MISFIT, &en, &zh),
            None => {
                let ordinary = ["序号", "备注", "说明", "no", "no.", "id", "年龄", "电话", "联系电话", "手机号", "民族", "政治面貌"];
                let near = label.keys.first().filter(|key| !ordinary.contains(&key.as_str())).and_then(|key| self.near(key));
                match near {
                    Some(near) => notes.tell(at, &notes::ODD_HEADER, &format!("{en}; did you mean `{near}`?"), &format!("{zh}，是否为“{near}”？")),
                    None => notes.tell(at, &notes::UNKNOWN_HEADER, &en, &zh),
                }
            }
        }
    }

    /// The known header that this one is most like, in the spelling of the vocabulary.
    fn near(&self, key: &str) -> Option<&'static str> {
        let words = self
            .entities
            .iter()
            .flat_map(|(entity, _)| entity.fields)
            .flat_map(|field| std::iter::once(field.zh).chain(field.headers.iter().copied()));
        nearest(key, words)
    }

    fn unrecognised(&self, book: &Book, sheet: &Sheet) -> Unrecognised {
        const MOST_SHOWN: usize = 12;
        const LONGEST_HEADER: usize = 16;
        let fullest = sheet.rows.iter().take(10).min_by_key(|row| std::cmp::Reverse(row.cells.len()));
        let seen: Vec<String> = fullest
            .map(|row| labels(book, row, None))
            .unwrap_or_default()
            .into_iter()
            // What is long or a number is no header, and might be about somebody.
            .filter(|label| label.text.chars().count() <= LONGEST_HEADER && !label.text.contains(|c: char| c.is_ascii_digit()))
            .map(|label| label.text)
            .take(MOST_SHOWN)
            .collect();
        let near: Vec<(String, &'static str)> =
            seen.iter().filter_map(|text| Some((text.clone(), self.near(&key(text).0).filter(|near| near != text)?))).collect();
        // Without a single header that is known or nearly so, the row may be of people: it is not shown.
        let known = seen.iter().filter(|text| self.knows(text)).count();
        let near: Vec<_> = near.into_iter().filter(|(text, _)| known > 0 || text.chars().count() > 2).collect();
        let shown = |text: &String| known > 1 || near.len() > 1 || self.knows(text) || near.iter().any(|(near, _)| near == text);
        Unrecognised { seen: seen.into_iter().filter(shown).collect(), near }
    }

    fn knows(&self, text: &str) -> bool {
        let (key, _) = key(text);
        self.entities.iter().any(|(_, known)| known.contains_key(&key))
    }
}

/// The row in which the headers of a sheet end.
struct Found {
    entity: usize,
    matched: usize,
    first: usize,
    labels: Vec<Label>,
}

/// The text above a column.
#[derive(Clone, Debug)]
struct Label {
    column: u16,
    row: u32,
    text: String,
    /// The header in the forms in which it is looked up, the best first.
    keys: Vec<String>,
    /// Those of the keys that leave out what stands in brackets.
    bare: Vec<String>,
    unit: Option<String>,
}

impl Label {
    fn claims<'k>(&self, known: &'k HashMap<String, Vec<Claim>>) -> Option<&'k [Claim]> {
        self.keys.iter().find_map(|key| known.get(key)).map(Vec::as_slice)
    }

    /// Whether it tells whose a row is.
    fn is_key(&self, person: &HashMap<String, Vec<Claim>>) -> bool {
        self.claims(person).is_some_and(|claims| claims.iter().any(|claim| matches!(claim.field.name, "person_id" | "name" | "id_no")))
    }

    /// Whether it is known only without what stands in its brackets.
    fn is_qualified(&self, known: &HashMap<String, Vec<Claim>>) -> bool {
        self.keys.iter().find(|key| known.contains_key(*key)).is_some_and(|key| self.bare.contains(key))
    }
}

/// What in the brackets of an amount says that it is the one granted.
const GRANTED: [&str; 6] = ["(授予)", "(实得)", "(获得)", "(所得)", "(实际)", "(已得)"];

/// The headers of one row, or of two: the lower one, both joined, or the upper one where the lower is not known.
fn labels(book: &Book, row: &Row, below: Option<&Row>) -> Vec<Label> {
    let text = |row: &Row, column| match book.values.get(row.cell(column)?.value) {
        Value::Text(text) => Some(tidy(text).into_owned()),
        _ => None,
    };
    let mut columns: Vec<u16> = row.cells.iter().chain(below.map(|below| &below.cells).into_iter().flatten()).map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    let mut labels = Vec::with_capacity(columns.len());
    for column in columns {
        let upper = text(row, column);
        let lower = below.and_then(|below| text(below, column));
        let (text, number) = match (&lower, &upper, below) {
            (Some(lower), _, Some(below)) => (lower.clone(), below.number),
            (_, Some(upper), _) => (upper.clone(), row.number),
            _ => continue,
        };
        if text.chars().count() > 40 {
            continue;
        }
        let mut keys = Vec::new();
        let mut bares = Vec::new();
        let mut unit = None;
        let mut add = |text: &str| {
            let (full, found) = key(text);
            unit = unit.take().or(found);
            let bare = cell::without_brackets(&full).map(str::to_owned);
            let granted = full.ends_with(')') && GRANTED.iter().any(|word| full.contains(word));
            bares.extend(bare.clone().filter(|_| !granted));
            keys.extend([Some(full), bare].into_iter().flatten());
        };
        add(&text);
        if let (Some(lower), Some(upper)) = (&lower, &upper) {
            add(&format!("{upper}{lower}"));
            add(upper);
        }
        keys.retain(|key| !key.is_empty());
        if !keys.is_empty() {
            labels.push(Label { column, row: number, text, keys, bare: bares, unit });
        }
    }
    labels
}

/// A header as it is looked up, without marks and spaces, and the unit in its brackets.
fn key(header: &str) -> (String, Option<String>) {
    let mut key: String = tidy(header)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '_' | ':' | '★' | '☆' | '#' | '"'))
        .flat_map(char::to_lowercase)
        .collect();
    let mut unit = None;
    // Hints to whoever fills it in are no part of a header; a unit is told apart.
    while let Some(bare) = cell::without_brackets(&key) {
        let inside = key.get(bare.len()..).unwrap_or_default().trim_matches(['(', ')', '[', ']', '【', '】', '〔', '〕']);
        let hint = ["必填", "选填", "可选", "非必填", "文本", "日期", "yyyy", "下拉", "数字"].iter().any(|hint| inside.contains(hint));
        let is_unit = cell::is_unit(inside);
        if !hint && !is_unit {
            break;
        }
        if is_unit {
            unit = Some(inside.to_owned());
        }
        key.truncate(bare.len());
    }
    (key, unit)
}

fn claims(entity: &'static Entity, own: fn(usize) -> Target, within: fn(usize, &'static str) -> Target) -> HashMap<String, Vec<Claim>> {
    let mut all: HashMap<String, Vec<Claim>> = HashMap::new();
    let mut add = |field: &'static Field, target: Target, less: u32| {
        let labels = [field.zh, field.en, field.name].into_iter().map(|label| (label, 3));
        for (header, strength) in labels.chain(field.headers.iter().map(|header| (*header, 2))) {
            let claims = all.entry(key(header).0).or_default();
            if !claims.iter().any(|claim| claim.target == target) {
                claims.push(Claim { target, field, strength: strength - less });
            }
        }
    };
    for (slot, field) in entity.fields.iter().enumerate() {
        if is_institution(field) || !matches!(field.kind, FieldKind::Record(_) | FieldKind::Records(_)) {
            add(field, own(slot), 0);
        }
    }
    let records = |field: &&Field| is_institution(field);
    // Of two institutions of one row, a column `医院级别` does not say which it means.
    if entity.fields.iter().filter(records).count() == 1
        && let Some((slot, field)) = entity.fields.iter().enumerate().find(|(_, field)| records(field))
        && let FieldKind::Record(inner) = field.kind
    {
        for field in inner().fields.iter().filter(|field| !matches!(field.kind, FieldKind::Record(_) | FieldKind::Records(_))) {
            add(field, within(slot, field.name), 1);
        }
    }
    all
}

/// Whether a field holds an institution, which a column names and others describe.
fn is_institution(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Record(inner) if inner().name == Institution::ENTITY.name)
}

/// Some of the distinct values under a header.
fn sample(rows: &[Row], column: u16) -> Vec<ValueId> {
    const ROWS: usize = 500;
    const VALUES: usize = 50;
    let mut values = Vec::new();
    for cell in rows.iter().take(ROWS).filter_map(|row| row.cell(column)) {
        if values.len() < VALUES && !values.contains(&cell.value) {
            values.push(cell.value);
        }
    }
    values
}

/// How many in a hundred of the values are such as the field takes; `None` where they do not tell.
fn fit(book: &Book, sample: &[ValueId], column: &cell::Column) -> Option<u32> {
    let fitting: Vec<bool> = sample.iter().filter_map(|id| fits(book.values.get(*id), column)).collect();
    if fitting.is_empty() {
        return None;
    }
    u32::try_from(fitting.iter().filter(|fits| **fits).count() * 100 / fitting.len()).ok()
}

fn fits(value: &Value, column: &cell::Column) -> Option<bool> {
    let text = match value {
        Value::Text(text) | Value::Number(text) => text,
        _ => "",
    };
    match column.field.name {
        "activity_no" => Some(text.len() >= 8 && text.contains('-')),
        "person_id" => Some(!text.is_empty() && text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())),
        // Its list is open: of a word that is none of the classes, nothing is told.
        "credit_class" => match cell::read(value, column).taken {
            cell::Taken::Fact(cell::Fact::Text(class)) => matches!(class.as_str(), "I" | "II" | "III").then_some(true),
            cell::Taken::Unknown => Some(false),
            _ => None,
        },
        _ if matches!(column.field.kind, FieldKind::Text) => None,
        _ => cell::read(value, column).fits(),
    }
}

fn column(field: &'static Field, label: &Label, book: &Book, data: &[Row]) -> cell::Column {
    let years = matches!(field.kind, FieldKind::Day).then(|| years(book, data, label.column)).flatten();
    let header_unit = label.unit.clone().filter(|_| matches!(field.kind, FieldKind::Decimal | FieldKind::Integer));
    cell::Column { field, header_unit, years, from_1904: book.from_1904 }
}

/// The first and last year of the full dates in a column.
fn years(book: &Book, rows: &[Row], column: u16) -> Option<(i32, i32)> {
    use chrono::Datelike;
    let mut seen = HashSet::new();
    let mut span: Option<(i32, i32)> = None;
    for cell in rows.iter().filter_map(|row| row.cell(column)).filter(|cell| seen.insert(cell.value)) {
        let year = match book.values.get(cell.value) {
            Value::Day(day) => Some(day.year()),
            Value::Text(text) => cell::plain_year(&tidy(text)),
            _ => None,
        };
        if let Some(year) = year {
            span = Some(span.map_or((year, year), |(first, last)| (first.min(year), last.max(year))));
        }
    }
    span
}
