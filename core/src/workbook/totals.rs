//! Rows of totals: not records, but a check of the rows above them.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::cell::{Reading, Taken};
use super::grid::{Book, Row, Value, ValueId};
use super::header::Table;
use super::notes::{self, At, Notes};
use crate::facts::{Fact, FieldKind};
use crate::quantity::parse_decimal;

/// The running sums of the columns with amounts.
#[derive(Debug)]
pub(crate) struct Totals {
    /// One for each column of the table; `None` for one without amounts.
    sums: Vec<Option<Sums>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    all: Sum,
    /// Since the last subtotal.
    section: Sum,
}

/// What a spreadsheet would add up, and what was read: text such as `5分` is only in the second.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    numbers: Decimal,
    read: Decimal,
}

impl Sum {
    fn add(&mut self, number: Option<Decimal>, read: Option<Decimal>) {
        self.numbers = number.and_then(|number| self.numbers.checked_add(number)).unwrap_or(self.numbers);
        self.read = read.and_then(|read| self.read.checked_add(read)).unwrap_or(self.read);
    }

    fn is(&self, total: Decimal) -> bool {
        self.numbers == total || self.read == total
    }
}

impl Totals {
    pub(crate) fn new(table: &Table<'_>) -> Self {
        let amount = |kind| matches!(kind, FieldKind::Decimal);
        Self { sums: table.columns.iter().map(|mapped| amount(mapped.column.field.kind).then(Sums::default)).collect() }
    }

    /// Adds the cell of a record.
    pub(crate) fn add(&mut self, place: usize, value: &Value, reading: &Reading) {
        let Some(Some(sums)) = self.sums.get_mut(place) else { return };
        let read = amount(reading);
        let number = number(value);
        sums.all.add(number, read);
        sums.section.add(number, read);
    }

    /// Compares a row of totals with the rows above it: a subtotal with its section, a total with all.
    pub(crate) fn check(&mut self, book: &Book, table: &Table<'_>, row: &Row, subtotal: bool, notes: &mut Notes) {
        for (mapped, sums) in table.columns.iter().zip(&mut self.sums) {
            let Some(sums) = sums else { continue };
            let stated = row.cell(mapped.index).and_then(|cell| number(book.values.get(cell.value)));
            let expected = if subtotal { sums.section } else { sums.all };
            if let Some(stated) = stated
                && !expected.is(stated)
                // The total of each page or department is often called a total, too.
                && !sums.section.is(stated)
            {
                let field = mapped.column.field;
                let (sum, read) = (expected.numbers.normalize(), expected.read.normalize());
                notes.tell(
                    At::cell(table.sheet, row.number, mapped.index),
                    &notes::TOTAL_DIFFERS,
                    &format!("it says {stated} for {}, the numeric cells add up to {sum} and what was read of them to {read}", field.en),
                    &format!("“{}”合计为{stated}，数值单元格之和为{sum}，实际读取之和为{read}", field.zh),
                );
            }
            sums.section = Sum::default();
        }
    }
}

/// What the amounts of each owner come to so far, by the cell that says whose a row is.
#[derive(Debug, Default)]
pub(crate) struct OwnerSums(HashMap<ValueId, Vec<OwnerSum>>);

/// The amounts of one owner in one column.
#[derive(Debug)]
struct OwnerSum {
    column: u16,
    all: Decimal,
    /// Since the last total.
    section: Decimal,
}

impl OwnerSums {
    /// Adds an amount of a record.
    pub(crate) fn add(&mut self, owner: ValueId, column: u16, reading: &Reading) {
        let Some(amount) = amount(reading) else { return };
        let sums = self.0.entry(owner).or_default();
        match sums.iter_mut().find(|sum| sum.column == column) {
            Some(sum) => {
                sum.all = sum.all.checked_add(amount).unwrap_or(sum.all);
                sum.section = sum.section.checked_add(amount).unwrap_or(sum.section);
            }
            None => sums.push(OwnerSum { column, all: amount, section: amount }),
        }
    }

    /// Whether these amounts are what those above come to, all of them or those since the last total; `None` where there are none above.
    pub(crate) fn are(&self, owner: ValueId, amounts: &[(u16, Decimal)]) -> Option<bool> {
        let sums = self.0.get(&owner)?;
        let are = |of: &dyn Fn(&OwnerSum) -> Decimal| {
            let is_sum = |(column, amount): &(u16, Decimal)| sums.iter().any(|sum| sum.column == *column && of(sum) == *amount);
            !amounts.is_empty() && amounts.iter().all(is_sum)
        };
        Some(are(&|sum| sum.all) || are(&|sum| sum.section))
    }

    /// Begins a section behind a row of totals.
    pub(crate) fn close(&mut self, owner: ValueId) {
        self.0.get_mut(&owner).into_iter().flatten().for_each(|sum| sum.section = Decimal::ZERO);
    }
}

/// The amount that a cell comes to.
pub(crate) fn amount(reading: &Reading) -> Option<Decimal> {
    match &reading.taken {
        Taken::Fact(Fact::Text(text)) => parse_decimal(text),
        _ => None,
    }
}

/// The words for a total.
pub(crate) const TOTAL_WORDS: [&str; 5] = ["合计", "总计", "小计", "共计", "累计"];

/// Whether a text is nothing but the word for a total: `合计`, `本年小计`, `Total`.
pub(crate) fn is_total_word(text: &str) -> bool {
    const OF: [&str; 12] = ["本年度", "本年", "全年", "年度", "年", "个人", "本人", "学分", "学时", "本页", "本期", "以上"];
    let word: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '：')).collect::<String>().to_lowercase();
    if matches!(word.as_str(), "total" | "subtotal" | "grandtotal" | "sum") {
        return true;
    }
    let mut rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    while let Some(shorter) = OF.iter().find_map(|of| rest.strip_prefix(of)) {
        rest = shorter;
    }
    TOTAL_WORDS.contains(&rest) || rest == "总合计"
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(text) | Value::Text(text) => parse_decimal(text.trim()).map(|number| number.normalize()),
        _ => None,
    }
}
