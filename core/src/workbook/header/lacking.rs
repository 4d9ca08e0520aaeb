//! What a sheet does not tell: the fields without a column whose absence would be taken for an answer.
//!
//! An empty cell says that there is none, where the vocabulary has it so. A missing column says it only of fields that are rarely asked for, and
//! not of those that `needs_column` marks; and of no field that a column with an unknown header may be.

use super::fit::{column, sample};
use super::kind::{Kind, Of, Part, Target};
use super::label::{Label, are_alike, are_kin, key};
use super::{Mapped, may_be_shown};
use crate::facts::{Absent, Field, FieldKind, OTHER_DAYS, tidy, yes_or_no};
use crate::policy::OwnFact;
use crate::workbook::cell::{self, Taken};
use crate::workbook::grid::{Book, Row, Value, ValueId};
use crate::workbook::notes::{self, At, Notes};
use crate::workbook::spec::{Into, Spec};

/// A field that a sheet has no column for, of which leaving it out would mean that there is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lack<'p> {
    pub(crate) target: Target,
    pub(crate) field: Spec<'p>,
    known: Option<&'static Field>,
    /// Whether a column with an unknown header may be it, which is noted there.
    pub(crate) is_told: bool,
}

impl Lack<'_> {
    /// Whether the rows leave the field unknown.
    pub(super) fn is_open(&self) -> bool {
        self.is_told || self.known.is_some_and(|known| known.needs_column)
    }

    fn is_called_like(&self, label: &Label) -> bool {
        self.field.headers(self.known).any(|(header, _)| label.keys.iter().any(|shown| are_alike(shown, &key(header).0)))
    }
}

/// What a sheet of this kind lacks with these columns.
pub(super) fn lacks<'p>(kind: &Kind<'p>, own: &[&'p OwnFact], columns: &[Mapped<'p>]) -> Vec<Lack<'p>> {
    let mut found = Vec::new();
    for (place, part) in kind.parts.iter().enumerate().filter(|(place, part)| is_filled(*place, part, columns)) {
        kind.fields(place, own, &mut |target, field, known| {
            let has_column = columns.iter().any(|mapped| mapped.target == target || tells_last_day(mapped, target, field.name));
            // Whose the rows are is told by their own sheet, except for what only a column of it can tell.
            let is_asked = part.of == Of::Row || known.is_some_and(|known| known.needs_column);
            if field.absent == Absent::None && is_asked && !has_column && target.part == place && target.into != Into::Recorded {
                found.push(Lack { target, field, known, is_told: false });
            }
        });
    }
    found
}

/// Whether the rows say anything of a part themselves: of a record within them only where a column is about it.
fn is_filled(place: usize, part: &Part<'_>, columns: &[Mapped<'_>]) -> bool {
    match part.of {
        Of::Row => part.within.is_none() || columns.iter().any(|mapped| mapped.target.part == place && is_day(mapped)),
        Of::Root => part.within.is_none(),
        Of::Owner => false,
    }
}

fn is_day(mapped: &Mapped<'_>) -> bool {
    matches!(mapped.column.field.kind, FieldKind::Day)
}

/// Whether a column asks for the first and the last day, of which a field is the last.
fn tells_last_day(mapped: &Mapped<'_>, target: Target, field: &str) -> bool {
    mapped.target.part == target.part && mapped.column.spans && cell::last_day_of(mapped.column.field.name) == Some(field)
}

/// Marks what may stand under a header that nobody knows, by what its cells hold, and notes it; `false` where it is nothing that the sheet lacks.
pub(super) fn tell_meant(lacks: &mut [Lack<'_>], label: &Label, at: At, book: &Book, data: &[Row], notes: &mut Notes) -> bool {
    const MOST_NAMED: usize = 3;
    let sample = sample(data, label.column);
    let mut meant: Vec<&Lack<'_>> = Vec::new();
    for lack in lacks.iter_mut().filter(|lack| may_be(lack, label, book, &sample)) {
        lack.is_told = true;
        meant.push(lack);
    }
    if meant.is_empty() {
        return false;
    }
    // Those whose own headers are like it are named alone.
    if meant.iter().any(|lack| lack.is_called_like(label)) {
        meant.retain(|lack| lack.is_called_like(label));
    }
    meant.truncate(MOST_NAMED);
    let en = meant.iter().map(|lack| lack.field.en).collect::<Vec<_>>().join("`, `");
    let zh = meant.iter().map(|lack| lack.field.zh).collect::<Vec<_>>().join("”“");
    let (it, es) = if may_be_shown(&label.text) {
        (format!("`{}`", label.text), format!("“{}”", label.text))
    } else {
        ("it".to_owned(), "该列".to_owned())
    };
    notes.tell(at, &notes::HEADER_MAY_BE, &format!("{it} may be `{en}`"), &format!("{es}可能是“{zh}”"));
    true
}

fn may_be(lack: &Lack<'_>, label: &Label, book: &Book, sample: &[ValueId]) -> bool {
    let Lack { field, known, .. } = *lack;
    let values = || sample.iter().map(|id| book.values.get(*id));
    let words: Vec<&Value> = values().filter(|value| says_something(value)).collect();
    let are_yes_or_no = !words.is_empty() && words.iter().all(|value| is_yes_or_no(value));
    let is_kin = || field.headers(known).any(|(header, _)| label.keys.iter().any(|shown| are_kin(shown, &key(header).0)));
    // Of a column of days written in full, no other rows are needed to tell the years.
    let column = column(field, label, book, &[]);
    let is_read = |value: &&&Value| matches!(cell::read(value, &column).taken, Taken::Fact(_));
    let has_codes = matches!(field.kind, FieldKind::Code(_)) || field.own_codes().is_some();
    match field.kind {
        FieldKind::Day => {
            let is_other = label.keys.iter().any(|key| OTHER_DAYS.contains(&key.as_str()));
            let days = words.iter().filter(|value| is_plain_day(value)).filter(is_read).count();
            !is_other && days > 0 && days * 2 >= words.len()
        }
        FieldKind::Boolean => are_yes_or_no && is_kin(),
        _ if has_codes => !words.is_empty() && words.iter().all(|value| is_read(&value)) && (!are_yes_or_no || is_kin()),
        _ => false,
    }
}

/// Whether a value is more than a mark for an empty cell.
fn says_something(value: &Value) -> bool {
    !matches!(value, Value::Text(text) if matches!(&*tidy(text), "" | "-" | "--" | "—" | "——" | "/" | "无"))
}

fn is_yes_or_no(value: &Value) -> bool {
    match value {
        Value::Boolean(_) => true,
        Value::Text(text) | Value::Number(text) => yes_or_no(&tidy(text)).is_some(),
        _ => false,
    }
}

/// Whether a value is written as a day, and no bare number that might count anything.
fn is_plain_day(value: &Value) -> bool {
    match value {
        Value::Day(_) => true,
        Value::Text(text) => cell::plain_year(&tidy(text)).is_some(),
        Value::Number(number) => number.len() == 8,
        _ => false,
    }
}
