//! The ledger of a statement: every record, what it is, whether it counts, and why not.
//!
//! In come the records and the verdict's lines about them; out go groups of records that stand alike, so that a reason is told once and a record takes one line.

use serde::Serialize;

use super::Statement;
use crate::evaluate::{Provisional, RecordLine, RecordPath, RecordState};
use crate::explain::{Rounding, counted_in_part, provisional_reason, record_fix, record_reason, shown};
use crate::facts::{Entity, Field, FieldKind};
use crate::feel::{Datum, Record, Records};
use crate::lang::Lang;
use crate::render::{subject, words};

/// So many records have their place on the first page; a longer ledger follows the signatures.
const ON_THE_FIRST_PAGE: usize = 64;

/// So few need no second column.
const FEW: usize = 6;

/// Every record, those that do not count first.
#[derive(Serialize)]
pub(super) struct Ledger<'a> {
    /// What the records are.
    title: String,
    /// How many there are in which state.
    counts: Vec<(&'static str, &'static str, usize)>,
    /// The heads of the columns of amounts.
    heads: Vec<String>,
    groups: Vec<Group<'a>>,
    /// What is said where there are none.
    none: Option<String>,
    /// Whether the records stand in two columns side by side.
    columns: bool,
    /// Whether there are too many for the first page.
    long: bool,
}

/// Records that stand alike for the same reason.
#[derive(Serialize)]
struct Group<'a> {
    code: &'static str,
    symbol: &'static str,
    word: &'static str,
    why: Option<String>,
    fix: Option<String>,
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    number: usize,
    what: Option<&'a str>,
    day: String,
    amounts: Vec<String>,
    place: &'a str,
}

/// How a record stands, in the order in which the ledger tells them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Excluded,
    Open,
    ForNow,
    Counted,
}

impl Standing {
    const ALL: [Self; 4] = [Self::Counted, Self::ForNow, Self::Open, Self::Excluded];

    fn of(line: &RecordLine, for_now: bool) -> Self {
        match line.state {
            RecordState::Excluded => Self::Excluded,
            RecordState::Unknown => Self::Open,
            RecordState::Counted if for_now => Self::ForNow,
            RecordState::Counted => Self::Counted,
        }
    }

    fn words(self, lang: Lang) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Excluded => ("out", "✗", words::record_state(RecordState::Excluded, lang)),
            Self::Open => ("open", "?", words::record_state(RecordState::Unknown, lang)),
            Self::ForNow => ("now", "◐", lang.pick("暂计入", "counts for now")),
            Self::Counted => ("in", "✓", words::record_state(RecordState::Counted, lang)),
        }
    }
}

/// The ledger; nothing where no records are judged.
pub(super) fn ledger<'a>(statement: &Statement<'a>, subject: Option<&'a dyn Record>) -> Option<Ledger<'a>> {
    let (account, lang) = (statement.account, statement.lang);
    let verdict = account.verdict();
    let list = account.question.decision.records.as_ref()?.list;
    let (slot, field) = super::entity(&verdict.subject)?.field(list)?;
    let (FieldKind::Records(entity), Datum::Records(records)) = (field.kind, subject?.read(slot)) else { return None };
    let entity = entity();
    let amounts: Vec<(usize, &Field)> = (entity.fields.iter().enumerate())
        .filter(|(_, field)| matches!(field.kind, FieldKind::Decimal) && field.unit.is_some())
        .filter(|(slot, _)| (0..records.len()).any(|place| matches!(records.read(place, *slot), Datum::Number(_))))
        .collect();
    let mut standing: Vec<(Standing, usize, &RecordLine)> = Vec::new();
    for (place, line) in verdict.records.iter().enumerate() {
        standing.push((Standing::of(line, for_now(statement, line).next().is_some()), place, line));
    }
    let counts = Standing::ALL.into_iter().map(|one| (one.words(lang), standing.iter().filter(|(other, ..)| *other == one).count()));
    let counts = counts.filter(|(_, count)| *count > 0).map(|((_, symbol, word), count)| (symbol, word, count)).collect();
    standing.sort_by_key(|(standing, place, _)| (*standing, *place));
    let in_part = counted_in_part(account.question, account.facts, verdict, lang);
    let mut groups: Vec<Group<'a>> = Vec::new();
    for (standing, place, line) in standing {
        let (code, symbol, word) = standing.words(lang);
        let (why, fix) = (reason(statement, line, &in_part), record_fix(line, lang));
        let record = records.get(place);
        let line = Line {
            number: place + 1,
            what: record.and_then(|record| name(entity, record)),
            day: record.map_or_else(String::new, |record| subject::day(entity, record)),
            amounts: amounts.iter().map(|(slot, _)| amount(records, place, *slot)).collect(),
            place: statement.record_places.get(place).map_or("", String::as_str),
        };
        match groups.iter_mut().find(|group| group.code == code && group.why == why && group.fix == fix) {
            Some(group) => group.lines.push(line),
            None => groups.push(Group { code, symbol, word, why, fix, lines: vec![line] }),
        }
    }
    let title = lang.pick(entity.zh.to_owned(), words::capital(&format!("{}s", entity.en)));
    let none = records.is_empty().then(|| lang.pick(format!("没有{}。", entity.zh), format!("There are no {}s.", entity.en)));
    let heads = amounts.iter().map(|(_, field)| head(field, lang)).collect();
    // A first and a last day need the room of the second column.
    let spans = groups.iter().flat_map(|group| &group.lines).any(|line| line.day.contains(subject::SPAN));
    let many = verdict.records.len();
    Some(Ledger { title, counts, heads, groups, none, columns: many > FEW && !spans, long: many > ON_THE_FIRST_PAGE })
}

/// The provisions under which a record counts for now.
fn for_now<'a>(statement: &Statement<'a>, line: &RecordLine) -> impl Iterator<Item = &'a Provisional> {
    statement.account.verdict().provisional.iter().filter(move |one| one.path == line.path)
}

fn reason(statement: &Statement<'_>, line: &RecordLine, in_part: &[(RecordPath, String)]) -> Option<String> {
    let (labels, lang) = (&statement.account.labels, statement.lang);
    let for_now = for_now(statement, line).map(|one| provisional_reason(one, labels, lang));
    let in_part = in_part.iter().filter(|(path, _)| *path == line.path).map(|(_, said)| said.clone());
    let counts: Vec<String> = for_now.chain(in_part).collect();
    record_reason(line, labels, lang).or_else(|| (!counts.is_empty()).then(|| counts.join(lang.pick("；", "; "))))
}

/// What a record is called.
fn name<'r>(entity: &'static Entity, record: &'r dyn Record) -> Option<&'r str> {
    let names = entity.fields.iter().filter(|field| !field.sensitive && field.name.ends_with("name"));
    names.into_iter().find_map(|field| subject::text_of(entity, record, field.name))
}

/// The head of a column of amounts, with the unit where the label does not say it.
fn head(field: &Field, lang: Lang) -> String {
    let (label, unit) = (lang.pick(field.zh, field.en), field.unit.as_ref().map_or("", |unit| lang.pick(unit.zh(), unit.en())));
    let label = words::capital(label);
    if unit.is_empty() || label.to_lowercase().contains(&unit.to_lowercase()) {
        label
    } else {
        lang.pick(format!("{label}（{unit}）"), format!("{label} ({unit})"))
    }
}

fn amount(records: &dyn Records, place: usize, slot: usize) -> String {
    match records.read(place, slot) {
        Datum::Number(number) => shown(&number.normalize().to_string(), Rounding::Nearest),
        Datum::Unknown => "?".to_owned(),
        _ => String::new(),
    }
}
