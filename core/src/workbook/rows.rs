//! From the rows of a table to typed records, each with the key of its person.
//!
//! In comes a table; out go entries in the order of their rows. What is no record (totals, samples, remarks) is set aside with a note.

use std::collections::HashMap;
use std::rc::Rc;

use super::cell::{self, Fact, Reading, Taken, fold_name, tidy};
use super::grid::{Book, Row, Value, ValueId};
use super::header::{Mapped, Table, Target};
use super::notes::{self, At, Notes};
use super::totals::Totals;
use super::{Progress, Stage};
use crate::facts::{Absent, DecodeEntity, FieldKind, Practitioner, TitleGrade, Vocabulary};
use crate::feel::Datum;
use crate::quantity::Day;

/// One row as a record.
#[derive(Debug)]
pub(crate) struct Entry<T> {
    pub(crate) record: T,
    /// What the row says about the person, where the people are taken from the records.
    pub(crate) person: Option<Box<Practitioner>>,
    pub(crate) key: Key,
    pub(crate) at: At,
}

/// What a row says about whose it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Key {
    /// The person number, in upper case.
    pub(crate) number: Option<String>,
    /// Whether the number stands in a numeric cell, which keeps no leading zeros.
    pub(crate) numeric: bool,
    /// The identity number, where it proves itself.
    pub(crate) identity: Option<String>,
    /// The name, folded for comparison.
    pub(crate) name: Option<String>,
}

/// Reads the rows of a table; `with_people` where what they say of people is wanted too.
pub(crate) fn read<T: DecodeEntity>(
    book: &Book,
    table: &Table,
    with_people: bool,
    notes: &mut Notes,
    progress: &mut dyn FnMut(Progress),
) -> Vec<Entry<T>> {
    const TOLD_EVERY: usize = 4096;
    let rows = book.sheets.get(table.sheet).and_then(|sheet| sheet.rows.get(table.first..)).unwrap_or_default();
    let mut reader = Reader {
        book,
        table,
        with_people,
        notes,
        cache: table.columns.iter().map(|_| HashMap::new()).collect(),
        above: vec![None; table.columns.len()],
        totals: Totals::new(table),
    };
    let mut entries = Vec::with_capacity(rows.len());
    for (done, row) in rows.iter().enumerate() {
        if done % TOLD_EVERY == 0 {
            progress(Progress { stage: Stage::Reading, done, total: rows.len() });
        }
        entries.extend(reader.row(row, rows.get(done + 1..).unwrap_or_default()));
    }
    entries
}

struct Reader<'b> {
    book: &'b Book,
    table: &'b Table,
    with_people: bool,
    notes: &'b mut Notes,
    /// What the distinct values of each column come to.
    cache: Vec<HashMap<ValueId, Rc<Reading>>>,
    /// What the row above has in each column.
    above: Vec<Option<Rc<Reading>>>,
    totals: Totals,
}

/// The sibling facts of a row, each with the column whose cell says them.
type Siblings<'b> = Vec<(&'b Mapped, Rc<Reading>)>;

impl<'b> Reader<'b> {
    fn row<T: DecodeEntity>(&mut self, row: &Row, below: &[Row]) -> Option<Entry<T>> {
        let at = At::row(self.table.sheet, row.number);
        let own = row.cells.iter().filter(|cell| !cell.filled).count();
        if own == 0 {
            return None;
        }
        self.notes.count_row(at.sheet);
        if self.is_aside(row, at, own) {
            return None;
        }
        let mut entry = Entry { record: T::default(), person: None, key: Key::default(), at };
        let mut person = Practitioner::default();
        let mut within: Vec<(Target, Fact)> = Vec::new();
        let mut siblings: Siblings<'b> = Vec::new();
        let mut yearless: Vec<(&'b Mapped, Rc<Reading>)> = Vec::new();
        for (place, mapped) in self.table.columns.iter().enumerate() {
            let key = mapped.is_person(self.table.entity) && matches!(mapped.column.field.name, "person_id" | "name" | "id_no");
            let wanted = self.with_people || key || matches!(mapped.target, Target::Own(_) | Target::OwnWithin(..));
            if !wanted {
                continue;
            }
            let Some(cell) = row.cell(mapped.index) else { continue };
            let value = self.book.values.get(cell.value);
            let mut reading = self.reading(place, mapped, cell.value, value, At::cell(at.sheet, row.number, mapped.index));
            self.totals.add(place, value, &reading);
            if matches!(mapped.column.field.kind, FieldKind::Decimal) {
                let cell_at = At::cell(at.sheet, row.number, mapped.index);
                let rule = if cell.filled || self.is_shared(row, below, mapped.index) {
                    Some(&notes::MERGED_AMOUNT)
                } else {
                    self.is_disputed(row, mapped, &reading).then_some(&notes::TWO_AMOUNTS)
                };
                if let Some(rule) = rule {
                    self.notes.add(cell_at, rule);
                    reading = Rc::new(Reading { taken: Taken::Unknown, siblings: Vec::new(), remarks: Vec::new() });
                }
            }
            if key {
                entry.key.take(mapped.column.field.name, &reading.taken, value);
            }
            match (mapped.target, &reading.taken) {
                (_, Taken::Yearless(..)) => yearless.push((mapped, Rc::clone(&reading))),
                (Target::Own(slot), taken) => apply(&mut entry.record, slot, taken),
                (Target::Person(slot), taken) => apply(&mut person, slot, taken),
                (target, Taken::Fact(fact)) => within.push((target, fact.clone())),
                _ => {}
            }
            if !reading.siblings.is_empty() {
                siblings.push((mapped, reading));
            }
        }
        fill_within(&mut entry.record, &mut person, within, &siblings);
        for (mapped, reading) in siblings {
            match mapped.target {
                Target::Own(_) => self.fill_siblings(&mut entry.record, mapped, &reading, row.number),
                Target::Person(_) => self.fill_siblings(&mut person, mapped, &reading, row.number),
                _ => {}
            }
        }
        for (mapped, reading) in yearless {
            if let Target::Own(slot) = mapped.target {
                self.complete_year(&mut entry.record, slot, mapped, &reading, row.number);
            }
        }
        self.check_order(&entry.record, at);
        if self.with_people && T::ENTITY.name != Practitioner::ENTITY.name {
            entry.person = Some(Box::new(person));
        }
        Some(entry)
    }

    /// Whether the cell in this column is merged with cells of the rows below that belong to somebody else.
    fn is_shared(&self, row: &Row, below: &[Row], column: u16) -> bool {
        let is_key = |mapped: &&Mapped| mapped.is_person(self.table.entity) && matches!(mapped.column.field.name, "person_id" | "name" | "id_no");
        let keys = || self.table.columns.iter().filter(is_key);
        let merged = |other: &&Row| other.cell(column).is_some_and(|cell| cell.filled && row.cell(column).is_some_and(|own| own.value == cell.value));
        below
            .iter()
            .take_while(merged)
            .any(|other| keys().any(|mapped| row.cell(mapped.index).map(|cell| cell.value) != other.cell(mapped.index).map(|cell| cell.value)))
    }

    /// Whether another column that claims the same amount has another number in this row.
    fn is_disputed(&self, row: &Row, mapped: &Mapped, reading: &Reading) -> bool {
        mapped.rivals.iter().any(|(index, column)| {
            let rival = row.cell(*index).map(|cell| cell::read(self.book.values.get(cell.value), column).taken);
            rival.is_some_and(|rival| rival != Taken::Absent && rival != reading.taken)
        })
    }

    /// Whether the row is no record; it is noted then.
    fn is_aside(&mut self, row: &Row, at: At, own: usize) -> bool {
        let mut texts = row.cells.iter().take(4).filter_map(|cell| match self.book.values.get(cell.value) {
            Value::Text(text) => Some(tidy(text)),
            _ => None,
        });
        let total = |text: &str| {
            let word: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '：')).collect();
            word.chars().count() <= 8 && ["合计", "总计", "小计", "共计", "累计"].iter().any(|end| word.ends_with(end))
        };
        let sample = |text: &str| {
            let bare = text.trim_matches(['(', ')', '[', ']', '【', '】', '<', '>', '*']).trim_start_matches("填写");
            matches!(bare, "示例" | "样例" | "例" | "例子" | "例如" | "模板" | "范例" | "示例行" | "样例行" | "示例数据")
                || ["示例:", "样例:", "例:", "例如:"].iter().any(|start| text.starts_with(start))
                || ["(示例)", "(样例)", "(范例)", "【示例】", "[示例]"].iter().any(|end| text.ends_with(end))
        };
        let mut rule = None;
        for text in texts.by_ref() {
            if total(&text) {
                let section = text.contains("小计");
                self.totals.check(self.book, self.table, row, section, self.notes);
                rule = Some(&notes::TOTAL_ROW);
                break;
            }
            if sample(&text) {
                rule = Some(&notes::SAMPLE_ROW);
                break;
            }
        }
        if rule.is_none() && self.is_header(row) {
            rule = Some(&notes::HEADER_AGAIN);
        }
        let alone = row.cells.iter().all(|cell| row.cells.first().is_some_and(|first| first.value == cell.value));
        if rule.is_none() && own == 1 && alone && self.table.columns.len() > 2 {
            rule = Some(if self.names_someone(row) { &notes::NAME_ALONE } else { &notes::REMARK_ROW });
        }
        if let Some(rule) = rule {
            self.notes.set_aside(at, rule);
        }
        rule.is_some()
    }

    /// Whether all that a row of the roster has may be the name or number of a person.
    fn names_someone(&self, row: &Row) -> bool {
        let Some(cell) = row.cells.first().filter(|_| self.table.entity.name == Practitioner::ENTITY.name) else { return false };
        let field = self.table.columns.iter().find(|mapped| mapped.index == cell.column).map(|mapped| mapped.column.field.name);
        match (field, self.book.values.get(cell.value)) {
            (Some("name"), Value::Text(text)) => {
                let name = cell::squeezed(&tidy(text));
                (2..=4).contains(&name.chars().count()) && name.chars().all(char::is_alphabetic)
            }
            (Some("person_id" | "id_no"), Value::Number(_)) => true,
            (Some("person_id" | "id_no"), Value::Text(text)) => tidy(text).bytes().all(|byte| byte.is_ascii_alphanumeric()),
            _ => false,
        }
    }

    fn is_header(&self, row: &Row) -> bool {
        let same = |mapped: &&Mapped| {
            row.cell(mapped.index).is_some_and(|cell| matches!(self.book.values.get(cell.value), Value::Text(text) if tidy(text) == mapped.header))
        };
        let same = self.table.columns.iter().filter(same).count();
        same >= 2 && same * 2 > self.table.columns.len()
    }

    /// What a cell comes to, noted.
    fn reading(&mut self, place: usize, mapped: &Mapped, id: ValueId, value: &Value, at: At) -> Rc<Reading> {
        let known = self.cache.get(place).and_then(|cache| cache.get(&id)).map(Rc::clone);
        let reading = known.unwrap_or_else(|| {
            let reading = Rc::new(cell::read(value, &mapped.column));
            // Free text seldom repeats, and reading it is hardly more than keeping it.
            let repeats = !matches!(mapped.column.field.kind, FieldKind::Text);
            if let Some(cache) = self.cache.get_mut(place).filter(|_| repeats) {
                cache.insert(id, Rc::clone(&reading));
            }
            reading
        });
        if matches!(reading.taken, Taken::Above) {
            let above = self.above.get(place).and_then(Option::as_ref).map(Rc::clone);
            self.notes.add(at, if above.is_some() { &notes::SAME_AS_ABOVE } else { &notes::NOTHING_ABOVE });
            return above.unwrap_or_else(|| Rc::new(Reading { taken: Taken::Unknown, siblings: Vec::new(), remarks: Vec::new() }));
        }
        for remark in &reading.remarks {
            // Behind an open quotation mark, the cells of other columns may stand in this one.
            let shown = !mapped.column.field.sensitive && !self.book.open_quote;
            let before = match value {
                Value::Text(text) | Value::Number(text) if shown => Some(&**text),
                _ => None,
            };
            self.notes.cell(at, remark.rule, Some(id), before, remark.after.as_deref().filter(|_| shown));
        }
        if let Some(above) = self.above.get_mut(place) {
            *above = Some(Rc::clone(&reading));
        }
        reading
    }

    /// Gives other fields of the record what a cell says about them, where their own cells are empty.
    fn fill_siblings<T: DecodeEntity>(&mut self, record: &mut T, mapped: &Mapped, reading: &Reading, row: u32) {
        let at = At::cell(self.table.sheet, row, mapped.index);
        for (name, fact, rule) in &reading.siblings {
            let Some((slot, field)) = T::ENTITY.field(name) else { continue };
            let unreadable = record.absences().0.iter().any(|unknown| unknown == name);
            // Whoever is here to learn stays so, whatever the column of the status says.
            let overrides = *name == "status";
            if record.is_given(slot) && !overrides {
                let given = match record.read(slot) {
                    Datum::Date(day) => Some(day.to_string()),
                    Datum::Code(index) => match field.kind {
                        FieldKind::Code(list) => Some(list.code(usize::from(index)).to_owned()),
                        _ => None,
                    },
                    _ => None,
                };
                match (*name, given.as_deref()) {
                    (_, given) if given.is_none() || given == fact.text() => {}
                    // 初级 is said of both junior grades.
                    ("title_grade", Some(given))
                        if given == TitleGrade::LIST.code(TitleGrade::Junior as usize)
                            && fact.text() == Some(TitleGrade::LIST.code(TitleGrade::Assistant as usize)) => {}
                    ("title_grade", _) => self.notes.add(at, &notes::GRADE_DISAGREES),
                    _ => self.notes.add(at, &notes::RANGE_DISAGREES),
                }
            } else if !unreadable {
                cell::set(record, slot, fact);
            }
            if let Some(rule) = rule
                && (!matches!(reading.taken, Taken::Fact(_)) || !unreadable && !self.column_given(name, row))
            {
                let before = None;
                self.notes.cell(at, rule, None, before, None);
            }
        }
    }

    /// Whether a column of its own says something in this row.
    fn column_given(&self, name: &str, row: u32) -> bool {
        let Some(sheet) = self.book.sheets.get(self.table.sheet) else { return false };
        let Ok(found) = sheet.rows.binary_search_by_key(&row, |row| row.number) else { return false };
        let Some(row) = sheet.rows.get(found) else { return false };
        self.table.columns.iter().any(|mapped| mapped.column.field.name == name && row.cell(mapped.index).is_some())
    }

    /// Completes a day without a year, if the other dates of the row agree on one that makes it no later than they are.
    fn complete_year<T: DecodeEntity>(&mut self, record: &mut T, slot: usize, mapped: &Mapped, reading: &Reading, row: u32) {
        use chrono::Datelike;
        let Taken::Yearless(first, last) = reading.taken else { return };
        let at = At::cell(self.table.sheet, row, mapped.index);
        let others: Vec<Day> = ["awarded_on", "completed_on", "ends_on", "starts_on"]
            .into_iter()
            .filter_map(|name| T::ENTITY.field(name).filter(|(other, _)| *other != slot))
            .filter_map(|(other, _)| match record.read(other) {
                Datum::Date(day) => Some(day),
                _ => None,
            })
            .collect();
        let year = others.first().map(Datelike::year).filter(|year| others.iter().all(|day| day.year() == *year));
        let day = |(month, day): (u32, u32)| Day::from_ymd_opt(year?, month, day);
        let (first, last) = (day(first), last.map(day));
        let latest = others.iter().max();
        let fits = first
            .is_some_and(|first| latest.is_some_and(|latest| first <= *latest) && last.is_none_or(|last| last.is_some_and(|last| first <= last)));
        let Some(first) = first.filter(|_| fits) else {
            apply(record, slot, &Taken::Unknown);
            self.notes.add(at, &notes::NO_YEAR);
            return;
        };
        cell::set(record, slot, &Fact::day(first));
        let ends = T::ENTITY.field(if mapped.column.field.name == "proof_starts_on" { "proof_ends_on" } else { "ends_on" });
        if let (Some(Some(last)), Some((ends, _))) = (last, ends)
            && !record.is_given(ends)
        {
            cell::set(record, ends, &Fact::day(last));
        }
        self.notes.add(at, &notes::YEAR_FROM_ROW);
    }

    /// Notes a last day before the first.
    fn check_order<T: DecodeEntity>(&mut self, record: &T, at: At) {
        for (first, last) in [("starts_on", "ends_on"), ("proof_starts_on", "proof_ends_on")] {
            if let (Some((first, _)), Some((last, _))) = (T::ENTITY.field(first), T::ENTITY.field(last))
                && let (Datum::Date(first), Datum::Date(last)) = (record.read(first), record.read(last))
                && last < first
            {
                self.notes.add(at, &notes::ENDS_BEFORE_START);
            }
        }
    }
}

/// Builds the records within a row, such as the institution of a person.
fn fill_within<T: DecodeEntity>(record: &mut T, person: &mut Practitioner, within: Vec<(Target, Fact)>, siblings: &Siblings<'_>) {
    let mut own: HashMap<usize, Vec<(&'static str, Fact)>> = HashMap::new();
    let mut of_person: HashMap<usize, Vec<(&'static str, Fact)>> = HashMap::new();
    let said = siblings.iter().flat_map(|(mapped, reading)| reading.siblings.iter().map(|(name, fact, _)| (mapped.target, *name, fact.clone())));
    let said: Vec<_> = said.collect();
    for (target, fact) in within {
        match target {
            Target::OwnWithin(slot, name) => own.entry(slot).or_default().push((name, fact)),
            Target::PersonWithin(slot, name) => of_person.entry(slot).or_default().push((name, fact)),
            _ => {}
        }
    }
    for (target, name, fact) in said {
        let fields = match target {
            Target::OwnWithin(slot, _) => own.entry(slot).or_default(),
            Target::PersonWithin(slot, _) => of_person.entry(slot).or_default(),
            _ => continue,
        };
        if !fields.iter().any(|(given, _)| *given == name) {
            fields.push((name, fact));
        }
    }
    for (slot, fields) in own {
        cell::set(record, slot, &Fact::Record(fields));
    }
    for (slot, fields) in of_person {
        cell::set(person, slot, &Fact::Record(fields));
    }
}

/// Gives a field what its cell comes to.
fn apply<T: DecodeEntity>(record: &mut T, slot: usize, taken: &Taken) {
    let Some(field) = T::ENTITY.fields.get(slot) else { return };
    let unknown = |record: &mut T| {
        if field.absent == Absent::None {
            record.absences().0.push(field.name.to_owned());
        }
    };
    match taken {
        Taken::Fact(fact) => {
            if !cell::set(record, slot, fact) {
                unknown(record);
            }
        }
        Taken::Unknown => unknown(record),
        Taken::None if field.absent == Absent::Unknown => record.absences().1.push(field.name.to_owned()),
        Taken::None | Taken::Absent | Taken::Above | Taken::Yearless(..) => {}
    }
}

impl Key {
    fn take(&mut self, field: &str, taken: &Taken, value: &Value) {
        let Taken::Fact(Fact::Text(text)) = taken else { return };
        match field {
            "person_id" => {
                self.number = Some(text.to_uppercase());
                self.numeric = matches!(value, Value::Number(_));
            }
            "id_no" => self.identity = Some(text.clone()),
            _ => self.name = Some(fold_name(text)),
        }
    }
}
