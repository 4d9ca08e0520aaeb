//! From the rows of a table to typed records, each with the key of whose it is.
//!
//! In comes a table; out go entries in the order of their rows. What is no record (totals, samples, remarks) is set aside with a note.

mod apart;
mod key;
mod record;
mod total;

use std::collections::HashMap;
use std::rc::Rc;

use smallvec::SmallVec;

use self::apart::SetApart;
use self::record::Parts;
use self::total::is_own_amount;
use super::cell::{self, LastDay, Reading, Taken, tidy};
use super::grid::{Book, Row, Value, ValueId};
use super::header::{KeyField, Lack, Mapped, Of, Table, Target};
use super::notes::{self, At, Notes};
use super::spec::{self, Into, Spec};
use super::totals::{OwnerSums, TOTAL_WORDS, Totals};
use super::tree::Tree;
use super::{Progress, Stage};
use crate::facts::within::name_in;
use crate::facts::{Absent, AnyEntity, Fact, Field, FieldKind, TitleGrade};
use crate::feel::{Datum, Episode};
use crate::quantity::Day;

use self::key::Units;

pub(crate) use self::key::{Damaged, Key};
pub(crate) use self::record::Record;

/// The field of the year as the source states it.
pub(crate) const YEAR_CLAIMED: &str = "year_claimed";

/// One row as a record.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) record: Record,
    /// What the row says of whose it is, where those are taken from the records.
    pub(crate) root: Option<Record>,
    pub(crate) key: Key,
    /// What the row says of the record of a list that owns it.
    pub(crate) owner: Option<Box<(Key, Box<dyn AnyEntity>)>>,
    pub(crate) at: At,
}

/// Reads the rows of a table; `with_roots` where what they say of whose they are is wanted too.
pub(crate) fn read(
    book: &Book,
    table: &Table<'_>,
    tree: &Tree<'_>,
    with_roots: bool,
    notes: &mut Notes,
    progress: &mut dyn FnMut(Progress),
) -> Vec<Entry> {
    const TOLD_EVERY: usize = 4096;
    let rows = book.sheets.get(table.sheet).and_then(|sheet| sheet.rows.get(table.first..)).unwrap_or_default();
    let mut reader = Reader {
        book,
        table,
        tree,
        with_roots,
        notes,
        cache: table.columns.iter().map(|_| HashMap::new()).collect(),
        above: vec![None; table.columns.len()],
        totals: Totals::new(table),
        sums: OwnerSums::default(),
        apart: SetApart::of(table),
        shifted: false,
        units: Units::default(),
    };
    let mut entries = Vec::with_capacity(rows.len());
    for (done, row) in rows.iter().enumerate() {
        if done % TOLD_EVERY == 0 {
            progress(Progress { stage: Stage::Reading, done, total: rows.len() });
        }
        entries.extend(reader.row(row, rows.get(done + 1..).unwrap_or_default()));
    }
    if !entries.is_empty() {
        reader.tell_lacks();
    }
    entries
}

/// Whether a cell says nothing but that its row is a sample.
fn is_sample_word(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '[', ']', '【', '】', '<', '>', '*']).trim_start_matches("填写");
    matches!(bare, "示例" | "样例" | "例" | "例子" | "例如" | "模板" | "范例" | "示例行" | "样例行" | "示例数据")
}

struct Reader<'b, 'p> {
    book: &'b Book,
    table: &'b Table<'p>,
    tree: &'b Tree<'b>,
    with_roots: bool,
    notes: &'b mut Notes,
    /// What the distinct values of each column come to.
    cache: Vec<HashMap<ValueId, Rc<Reading>>>,
    /// What the row above has in each column.
    above: Vec<Option<Rc<Reading>>>,
    totals: Totals,
    /// What the amounts of each owner come to.
    sums: OwnerSums,
    /// Why the records may not count.
    apart: Option<SetApart>,
    /// Whether the row has cells outside the columns with headers.
    shifted: bool,
    units: Units,
}

/// Columns of a row with what their cells come to.
type Read<'b, 'p> = Vec<(&'b Mapped<'p>, Rc<Reading>)>;

impl<'b, 'p> Reader<'b, 'p> {
    fn row(&mut self, row: &Row, below: &[Row]) -> Option<Entry> {
        let at = At::row(self.table.sheet, row.number);
        let own = row.cells.iter().filter(|cell| !cell.filled).count();
        if own == 0 {
            return None;
        }
        self.notes.count_row(at.sheet);
        if self.is_aside(row, at, own) {
            self.enter_section(row, below, at);
            return None;
        }
        let (owner, total) = (self.owner_cell(row), self.total_of_owner(row));
        if total == Some(true) {
            self.close_total(owner, at);
            return None;
        }
        self.look_for_shift(row, at);
        let mut parts = Parts::new(&self.table.parts, self.with_roots);
        let (mut key, mut owner_key) = (Key::default(), Key::default());
        let mut siblings: Read<'b, 'p> = Vec::new();
        let mut yearless: Read<'b, 'p> = Vec::new();
        let mut spans: Read<'b, 'p> = Vec::new();
        let mut unknown: SmallVec<[&'b Mapped<'p>; 8]> = SmallVec::new();
        for (place, mapped) in self.table.columns.iter().enumerate() {
            let wanted = self.with_roots || mapped.key.is_some() || self.table.of(mapped) != Of::Root;
            if !wanted {
                continue;
            }
            let Some(cell) = row.cell(mapped.index) else {
                // An empty cell beside a full one of the same meaning.
                if let Some(rule) = self.doubt(row, below, mapped, &Taken::Absent) {
                    self.notes.add(At::cell(at.sheet, row.number, mapped.index), rule);
                    unknown.push(mapped);
                }
                continue;
            };
            let value = self.book.values.get(cell.value);
            let mut reading = self.reading(place, mapped, cell.value, row);
            self.totals.add(place, value, &reading);
            if let Some(owner) = owner.filter(|_| total.is_none() && is_own_amount(self.table, mapped)) {
                self.sums.add(owner, mapped.index, &reading);
            }
            if let Some(rule) = self.doubt(row, below, mapped, &reading.taken) {
                self.notes.add(At::cell(at.sheet, row.number, mapped.index), rule);
                reading = Rc::new(Reading::plain(Taken::Unknown));
            }
            match mapped.key {
                Some((Of::Owner, field)) => owner_key.take(field, &reading.taken, value, &mut self.units),
                Some((_, field)) => key.take(field, &reading.taken, value, &mut self.units),
                None => {}
            }
            if let Taken::Yearless(..) = reading.taken {
                yearless.push((mapped, Rc::clone(&reading)));
            } else if !take(&mut parts, mapped, &reading.taken) {
                unknown.push(mapped);
            }
            if mapped.column.spans || reading.last_day.is_some() {
                spans.push((mapped, Rc::clone(&reading)));
            }
            if !reading.siblings.is_empty() {
                siblings.push((mapped, reading));
            }
        }
        let recorded = parts.get(0).and_then(|record| *record.recorded_at());
        if self.tree.known_on.is_some_and(|known| recorded.is_some_and(|recorded| recorded > known)) {
            self.notes.set_aside(at, &notes::RECORDED_LATER);
            return None;
        }
        // Of a row of which nobody can tell whether it was known, nothing is known.
        let mut is_open = self.tree.known_on.is_some() && unknown.iter().any(|mapped| mapped.target.into == Into::Recorded);
        for mapped in unknown {
            // What is not there at all is unknown anyway.
            if let Some(record) = parts.given(mapped.target.part) {
                spec::leave_unknown(record, mapped.target.into, &mapped.column.field);
            }
        }
        for (mapped, reading) in siblings {
            self.fill_siblings(&mut parts, mapped, &reading, row.number);
        }
        for (mapped, reading) in yearless {
            self.complete_year(&mut parts, mapped, &reading, row.number);
        }
        self.settle_last_days(&mut parts, &spans, row.number);
        self.check(&mut parts, at);
        if total == Some(false) {
            self.notes.set_aside(at, &notes::PERHAPS_TOTAL);
            is_open = true;
        }
        self.entry(parts, (key, owner_key), is_open, at)
    }

    /// Learns whether a row has cells outside the columns with headers, and notes it.
    fn look_for_shift(&mut self, row: &Row, at: At) {
        self.shifted = row.cells.iter().any(|cell| !cell.filled && self.table.headed.binary_search(&cell.column).is_err());
        if self.shifted {
            self.notes.add(at, &notes::NO_HEADER);
        }
    }

    /// Holds what the records of a row say against each other.
    fn check(&mut self, parts: &mut Parts<'_>, at: At) {
        for record in parts.records.iter_mut().flatten() {
            self.check_order(&**record, at);
            self.check_days(&**record, at);
            self.check_parts(&mut **record, at);
        }
    }

    /// The record of a row with what the row says of whose it is; of one that is open, nothing is known.
    fn entry(&mut self, mut parts: Parts<'_>, (key, owner_key): (Key, Key), is_open: bool, at: At) -> Option<Entry> {
        let whole = |of: Of| self.table.parts.iter().position(|part| part.of == of && part.within.is_none());
        let owner = whole(Of::Owner).and_then(|place| Some(Box::new((owner_key, parts.record(place)?.whole()))));
        let root = whole(Of::Root).filter(|_| self.with_roots).and_then(|place| parts.record(place));
        let mut record = parts.record(0)?;
        if is_open && self.table.node.is_some() {
            record = record.undecided(&self.tree.own);
        }
        Some(Entry { record: self.set_apart(record), root, key, owner, at })
    }

    /// Says of last days, and of what the sheet has no column for, whether there is none or nobody knows.
    fn settle_last_days(&mut self, parts: &mut Parts<'_>, spans: &Read<'b, 'p>, row: u32) {
        let goes_on = |(mapped, reading): &(&Mapped<'_>, Rc<Reading>)| {
            let ends = cell::last_day_of(mapped.column.field.name).filter(|_| reading.last_day == Some(LastDay::None));
            ends.map(|ends| (mapped.target.part, ends))
        };
        let goes_on: SmallVec<[(usize, &str); 2]> = spans.iter().filter_map(goes_on).collect();
        for (mapped, reading) in spans {
            self.settle_last_day(parts, mapped, reading, row);
        }
        self.leave_lacks_open(parts, &goes_on);
    }

    /// Notes the fields that the sheet has no column for, once for all rows.
    fn tell_lacks(&mut self) {
        let at = At { sheet: self.table.sheet, row: None, column: None };
        let table = self.table;
        let is_of_root = |lack: &Lack<'_>| table.parts.get(lack.target.part).is_some_and(|part| part.of == Of::Root);
        let untold = table.lacks.iter().filter(|lack| !lack.is_told && (self.with_roots || !is_of_root(lack)));
        let (en, zh): (Vec<&str>, Vec<&str>) = untold.map(|lack| (lack.field.en, lack.field.zh)).unzip();
        if !en.is_empty() {
            self.notes.tell(at, &notes::NO_COLUMN, &format!("`{}`", en.join("`, `")), &format!("“{}”", zh.join("”“")));
        }
    }

    /// Leaves unknown what the sheet has no column for, unless the row tells it otherwise: by a range of days, or by `至今` behind the first.
    fn leave_lacks_open(&self, parts: &mut Parts<'_>, goes_on: &[(usize, &str)]) {
        for Lack { target, field, .. } in &self.table.lacks {
            let Some(record) = parts.given(target.part) else { continue };
            let is_given = matches!(target.into, Into::Slot(slot) if record.is_given(slot));
            let is_open = record.absences().0.iter().any(|open| name_in(open) == field.name);
            if !is_given && !is_open && !goes_on.contains(&(target.part, field.name)) {
                spec::leave_unknown(record, target.into, field);
            }
        }
    }

    /// Whether the cell in this column is merged with one of a row below that has something of its own: another record, whoever has it.
    fn is_shared(&self, row: &Row, below: &[Row], column: u16) -> bool {
        let merged = |other: &&Row| other.cell(column).is_some_and(|cell| cell.filled && row.cell(column).is_some_and(|own| own.value == cell.value));
        let is_read = |column: u16| self.table.columns.iter().any(|mapped| mapped.index == column);
        below.iter().take_while(merged).any(|other| other.cells.iter().any(|cell| !cell.filled && is_read(cell.column)))
    }

    /// Why what a cell says may not be what its record has.
    fn doubt(&self, row: &Row, below: &[Row], mapped: &Mapped<'_>, taken: &Taken) -> Option<&'static notes::Rule> {
        let filled = row.cell(mapped.index).is_some_and(|cell| cell.filled);
        if matches!(mapped.column.field.kind, FieldKind::Decimal) && (filled || self.is_shared(row, below, mapped.index)) {
            return Some(&notes::MERGED_AMOUNT);
        }
        self.is_disputed(row, mapped, taken).then_some(&notes::TWO_VALUES)
    }

    /// Whether another column of the same meaning says something else in this row.
    fn is_disputed(&self, row: &Row, mapped: &Mapped<'_>, taken: &Taken) -> bool {
        mapped.rivals.iter().any(|(index, column)| {
            let rival = row.cell(*index).map(|cell| cell::read(self.book.values.get(cell.value), column).taken);
            rival.is_some_and(|rival| rival != Taken::Absent && rival != *taken)
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
            word.chars().count() <= 8 && TOTAL_WORDS.iter().any(|end| word.ends_with(end))
        };
        let sample = |text: &str| {
            is_sample_word(text)
                || ["示例:", "样例:", "例:", "例如:"].iter().any(|start| text.starts_with(start))
                || ["(示例)", "(样例)", "(范例)", "【示例】", "[示例]"].iter().any(|end| text.ends_with(end))
        };
        // Nobody has to look at the sample row of a template, which begins with that word.
        let first = row.cells.first().map(|cell| self.book.values.get(cell.value));
        if matches!(first, Some(Value::Text(text)) if is_sample_word(&tidy(text))) {
            self.notes.skip(at, &notes::SAMPLE_ROW);
            return true;
        }
        let mut rule = None;
        // An activity may be called `院内讲座合计`, or `示例:病案书写`.
        let aside = |text: &str| total(text) || sample(text);
        if let Some(text) = texts.find(|text| aside(text)).filter(|_| !self.is_record(row, &aside)) {
            rule = Some(&notes::SAMPLE_ROW);
            if total(&text) {
                let section = text.contains("小计");
                self.totals.check(self.book, self.table, row, section, self.notes);
                rule = Some(&notes::TOTAL_ROW);
            }
        }
        if rule.is_none() && self.is_header(row) {
            rule = Some(&notes::HEADER_AGAIN);
        }
        if rule.is_none() && self.is_signed(row) {
            rule = Some(&notes::REMARK_ROW);
        }
        let alone = row.cells.iter().all(|cell| row.cells.first().is_some_and(|first| first.value == cell.value));
        if rule.is_none() && own == 1 && alone && self.table.columns.len() > 2 {
            rule = Some(if self.names_someone(row) { notes::Wording::of(self.table.entity).name_alone } else { &notes::REMARK_ROW });
        }
        if let Some(rule) = rule {
            self.notes.set_aside(at, rule);
        }
        rule.is_some()
    }

    /// Whether a row begins with who made or checked the sheet, or when: `制表人：王五`.
    fn is_signed(&self, row: &Row) -> bool {
        const SIGNED: [&str; 32] = [
            "制表",
            "制表人",
            "制表日期",
            "制表时间",
            "制表单位",
            "填表",
            "填表人",
            "填表日期",
            "填表时间",
            "填报",
            "填报人",
            "填报日期",
            "填报时间",
            "填报单位",
            "审核",
            "审核人",
            "复核",
            "复核人",
            "审批人",
            "负责人",
            "部门负责人",
            "科室负责人",
            "单位负责人",
            "科主任",
            "经办人",
            "联系人",
            "联系电话",
            "日期",
            "签字",
            "签名",
            "盖章",
            "单位盖章",
        ];
        let Some(Value::Text(text)) = row.cells.first().map(|cell| self.book.values.get(cell.value)) else { return false };
        let text = tidy(text);
        let Some((word, _)) = text.split_once([':', '：']) else { return false };
        let word: String = word.chars().filter(|c| !c.is_whitespace()).collect();
        SIGNED.contains(&cell::without_brackets(&word).unwrap_or(&word))
    }

    /// Whether a row of records says whose it is, in words that are not to be left out (`aside`), and on which day it was.
    fn is_record(&self, row: &Row, aside: &dyn Fn(&str) -> bool) -> bool {
        let value = |mapped: &Mapped<'_>| row.cell(mapped.index).map(|cell| (cell, self.book.values.get(cell.value)));
        let is_aside = |mapped: &Mapped<'_>| matches!(value(mapped), Some((_, Value::Text(text))) if aside(&tidy(text)));
        let says = |mapped: &Mapped<'_>, own: bool| {
            let found = value(mapped).filter(|(cell, _)| !own || !cell.filled);
            found.is_some_and(|(_, value)| matches!(cell::read(value, &mapped.column).taken, Taken::Fact(_)))
        };
        let is_key = |mapped: &&Mapped<'_>| mapped.key.is_some_and(|(_, key)| key.says_whose());
        let is_day = |mapped: &&Mapped<'_>| matches!(mapped.column.field.kind, FieldKind::Day) && self.table.of(mapped) == Of::Row;
        let columns = &self.table.columns;
        self.table.node.is_some()
            && !columns.iter().filter(is_key).any(is_aside)
            && columns.iter().filter(is_key).any(|mapped| says(mapped, false))
            && columns.iter().filter(is_day).any(|mapped| says(mapped, true))
    }

    /// Whether all that a row of a register has may be a name or number of its own.
    fn names_someone(&self, row: &Row) -> bool {
        let Some(cell) = row.cells.first().filter(|_| self.table.node.is_none()) else { return false };
        let key = self.table.columns.iter().find(|mapped| mapped.index == cell.column).and_then(|mapped| mapped.key);
        match (key.map(|(_, key)| key), self.book.values.get(cell.value)) {
            (Some(KeyField::Name), Value::Text(text)) if self.table.entity.is_person() => {
                let name = cell::squeezed(&tidy(text));
                (2..=4).contains(&name.chars().count()) && name.chars().all(char::is_alphabetic)
            }
            (Some(KeyField::Name), Value::Text(text)) => tidy(text).chars().all(char::is_alphanumeric),
            (Some(KeyField::Number | KeyField::Proof), Value::Number(_)) => true,
            (Some(KeyField::Number | KeyField::Proof), Value::Text(text)) => tidy(text).bytes().all(|byte| byte.is_ascii_alphanumeric()),
            _ => false,
        }
    }

    fn is_header(&self, row: &Row) -> bool {
        let same = |mapped: &&Mapped<'_>| {
            row.cell(mapped.index).is_some_and(|cell| matches!(self.book.values.get(cell.value), Value::Text(text) if tidy(text) == mapped.header))
        };
        let same = self.table.columns.iter().filter(same).count();
        same >= 2 && same * 2 > self.table.columns.len()
    }

    /// What a cell comes to, noted.
    fn reading(&mut self, place: usize, mapped: &Mapped<'_>, id: ValueId, row: &Row) -> Rc<Reading> {
        let (value, at) = (self.book.values.get(id), At::cell(self.table.sheet, row.number, mapped.index));
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
            return above.unwrap_or_else(|| Rc::new(Reading::plain(Taken::Unknown)));
        }
        for remark in &reading.remarks {
            // Behind an open quotation mark or a comma too many, the cells of other columns may stand in this one.
            let shown = !mapped.column.field.sensitive && !self.book.is_misquoted() && !self.shifted;
            let before = match value {
                Value::Text(text) | Value::Number(text) if shown => Some(&**text),
                _ => None,
            };
            let shown = shown && !before.is_some_and(|text| cell::holds_identity_number(text) || self.holds_name(row, text));
            let before = before.filter(|_| shown);
            self.notes.cell(at, remark.rule, Some(id), before, remark.after.as_deref().filter(|_| shown));
        }
        if let Some(above) = self.above.get_mut(place) {
            *above = Some(Rc::clone(&reading));
        }
        reading
    }

    /// Whether a text holds what the row has in a column of personal data, such as the name of whose it is.
    fn holds_name(&self, row: &Row, text: &str) -> bool {
        const SHORTEST: usize = 2;
        // Amounts and plain dates are no names, and most of what is noted.
        if !text.chars().any(char::is_alphabetic) {
            return false;
        }
        let text = cell::squeezed(&tidy(text));
        let mut personal = self.table.columns.iter().filter(|mapped| mapped.column.field.sensitive).filter_map(|mapped| row.cell(mapped.index));
        personal.any(|cell| match self.book.values.get(cell.value) {
            Value::Text(name) => {
                let name = cell::squeezed(&tidy(name));
                name.chars().count() >= SHORTEST && text.contains(&name)
            }
            _ => false,
        })
    }

    /// Gives other fields of the record what a cell says about them, where their own cells are empty.
    fn fill_siblings(&mut self, parts: &mut Parts<'_>, mapped: &Mapped<'_>, reading: &Reading, row: u32) {
        let at = At::cell(self.table.sheet, row, mapped.index);
        let part = mapped.target.part;
        // What a column says of an institution is not compared with what others do.
        let silent = self.table.parts.get(part).is_some_and(|part| part.within.is_some());
        for (name, fact, rule) in &reading.siblings {
            let Some(record) = parts.get(part) else { continue };
            let Some((slot, field)) = record.entity().field(name) else { continue };
            let unreadable = record.absences().0.iter().any(|unknown| name_in(unknown) == *name);
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
                    _ if silent && !matches!(field.kind, FieldKind::Day) => {}
                    _ => self.notes.add(at, &notes::RANGE_DISAGREES),
                }
            } else if !unreadable {
                record.set(slot, fact);
            }
            if let Some(rule) = rule
                && (!matches!(reading.taken, Taken::Fact(_)) || !unreadable && !self.column_given(name, row))
            {
                self.notes.cell(at, rule, None, None, None);
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
    fn complete_year(&mut self, parts: &mut Parts<'_>, mapped: &Mapped<'_>, reading: &Reading, row: u32) {
        use chrono::Datelike;
        let Taken::Yearless(first, last) = reading.taken else { return };
        let at = At::cell(self.table.sheet, row, mapped.index);
        let (Target { part, into }, spec) = (mapped.target, &mapped.column.field);
        let Some(record) = parts.get(part) else { return };
        let is_other = |(slot, field): &(usize, &Field)| into != Into::Slot(*slot) && matches!(field.kind, FieldKind::Day);
        let known = ["awarded_on", "completed_on", "ends_on", "starts_on"];
        let others: Vec<Day> = known
            .into_iter()
            .filter_map(|name| record.entity().field(name).filter(is_other))
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
            spec::leave_unknown(record, into, spec);
            self.notes.add(at, &notes::NO_YEAR);
            return;
        };
        spec::give(record, into, spec, &Fact::day(first));
        let ends = cell::last_day_of(spec.name).and_then(|name| record.entity().field(name));
        if let (Some(Some(last)), Some((ends, _))) = (last, ends)
            && !record.is_given(ends)
        {
            record.set(ends, &Fact::day(last));
        }
        self.notes.add(at, &notes::YEAR_FROM_ROW);
    }

    /// Says of a last day that a cell of first and last day does not name whether there is none yet or nobody knows it.
    fn settle_last_day(&mut self, parts: &mut Parts<'_>, mapped: &Mapped<'_>, reading: &Reading, row: u32) {
        let at = At::cell(self.table.sheet, row, mapped.index);
        let Some(record) = parts.given(mapped.target.part) else { return };
        let Some((slot, field)) = cell::last_day_of(mapped.column.field.name).and_then(|name| record.entity().field(name)) else { return };
        let is_told = self.column_given(field.name, row);
        match reading.last_day {
            Some(LastDay::None) if record.is_given(slot) => self.notes.add(at, &notes::RANGE_DISAGREES),
            Some(LastDay::None) if !is_told => spec::leave_none(record, Into::Slot(slot), &Spec::of(field)),
            Some(LastDay::Within(first, last)) => match record.read(slot).days().filter(|_| is_told || record.is_given(slot)) {
                Some(told) if told.is_apart_from(Episode { first, last }) => self.notes.add(at, &notes::RANGE_DISAGREES),
                None if !is_told => spec::leave_within(record, slot, first, last),
                _ => {}
            },
            _ if is_told || record.is_given(slot) || field.absent != Absent::None => {}
            Some(LastDay::Unknown) => spec::leave_unknown(record, Into::Slot(slot), &Spec::of(field)),
            // Where the last day has a column of its own, what is left empty there says that there is none.
            None if self.table.columns.iter().any(|other| other.target.part == mapped.target.part && other.column.field.name == field.name) => {}
            None if matches!(reading.taken, Taken::Fact(_) | Taken::Yearless(..)) => {
                spec::leave_unknown(record, Into::Slot(slot), &Spec::of(field));
                self.notes.add(at, &notes::LAST_DAY_OPEN);
            }
            None if matches!(reading.taken, Taken::Unknown | Taken::Within(..)) => spec::leave_unknown(record, Into::Slot(slot), &Spec::of(field)),
            _ => {}
        }
    }

    /// Leaves open a number of those who passed that is larger than that of those who took part.
    fn check_parts(&mut self, record: &mut dyn AnyEntity, at: At) {
        let (Some((whole, _)), Some((part, _))) = (record.entity().field("taken"), record.entity().field("passed")) else { return };
        if let (Datum::Number(took), Datum::Number(passed)) = (record.read(whole), record.read(part))
            && passed > took
        {
            self.notes.add(at, &notes::MORE_THAN_WHOLE);
            record.forget(whole);
            record.forget(part);
        }
    }

    /// Notes a year that is claimed and is not that of the day granted, and a day after the one that is asked about. Both are cross-checks alone.
    fn check_days(&mut self, record: &dyn AnyEntity, at: At) {
        use chrono::Datelike;
        let read = |name| record.entity().field(name).map(|(slot, _)| record.read(slot));
        let cell = |name| At { column: self.table.column_of(name), ..at };
        let days = ["awarded_on", "completed_on"].map(|name| Some((name, read(name)?.days()?)));
        let mut days = days.into_iter().flatten();
        let Some((name, day)) = days.next() else { return };
        // With which month of the year before a year of credits begins, policies say.
        let may_be = |claimed: rust_decimal::Decimal| (day.first.year()..=day.last.year() + 1).any(|year| claimed == year.into());
        if matches!(read(YEAR_CLAIMED), Some(Datum::Number(claimed)) if !may_be(claimed)) {
            self.notes.add(cell(YEAR_CLAIMED), &notes::YEAR_DISAGREES);
        }
        let is_after = |day: Day| self.tree.as_of.is_some_and(|asked| day > asked);
        if let Some((name, _)) = std::iter::once((name, day)).chain(days).find(|(_, day)| is_after(day.first)) {
            self.notes.add(cell(name), &notes::AFTER_ASKED);
        }
    }

    /// Notes a last day before the first.
    fn check_order(&mut self, record: &dyn AnyEntity, at: At) {
        for (first, last) in [("starts_on", "ends_on"), ("proof_starts_on", "proof_ends_on"), ("entered_on", "left_on")] {
            if let (Some((first, _)), Some((last, _))) = (record.entity().field(first), record.entity().field(last))
                && let (Some(first), Some(last)) = (record.read(first).days(), record.read(last).days())
                && last.last < first.first
            {
                self.notes.add(at, &notes::ENDS_BEFORE_START);
            }
        }
    }
}

/// Gives a record what a cell comes to; `false` where what the cell says leaves the field open.
fn take(parts: &mut Parts<'_>, mapped: &Mapped<'_>, taken: &Taken) -> bool {
    let (Target { part, into }, spec) = (mapped.target, &mapped.column.field);
    match taken {
        Taken::Absent | Taken::Above | Taken::Yearless(..) => true,
        Taken::Unknown => false,
        Taken::Fact(fact) => parts.get(part).is_some_and(|record| spec::give(record, into, spec, fact)),
        Taken::Within(first, last) => {
            let Into::Slot(slot) = into else { return false };
            parts.get(part).map(|record| spec::leave_within(record, slot, *first, *last)).is_some()
        }
        Taken::None => {
            if let Some(record) = parts.get(part) {
                spec::leave_none(record, into, spec);
            }
            true
        }
    }
}
