//! Tables with columns of the vocabulary: of subjects, and of the records that belong to them.

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field as ArrowField, Schema, SchemaRef};

use super::arrangement::Arrangement;
use super::cells::Cells;
use super::convert::{Coded, Reader, Wanted, can_be_ids, ids};
use super::flaws::Flaws;
use super::ids::{Fault, Ids};
use super::join::Join;
use super::list::List;
use super::threads;
use crate::evaluate::Question;
use crate::facts::{Absent, Entity, Facts, Field, FieldKind};
use crate::feel::Datum;
use crate::policy::{OwnFact, OwnKind};
use crate::problem::{Problem, ProblemCode, TrainingError};

/// Subjects and their records as tables: checked and joined once, to be asked as often as one likes
/// ([`Question::evaluate_tables`]). Where they are asked by another policy, its own facts are known by the names that the first policies gave them.
#[derive(Debug)]
pub struct Tables<'p> {
    own: OwnFacts<'p>,
    pub(super) subjects: Table,
    pub(super) ids: Ids,
    /// The lists of records that tables were given for, by their slot in the subject.
    pub(super) lists: Vec<List>,
    /// What was found wrong in cells and rows, in the order of the tables: what could be used, is.
    pub problems: Vec<Problem>,
    /// What was read in another form than it had.
    pub notes: Vec<Problem>,
    /// Columns that mean nothing to the vocabulary, and were passed over.
    pub ignored: Vec<String>,
    /// The problems and notes by their columns and rows.
    pub(super) flaws: Flaws,
    threads: usize,
}

impl<'p> Tables<'p> {
    /// A table of what a question is asked of, one row for each subject. Columns carry a name, a label or a header of the vocabulary; those of a
    /// single record inside, such as the institution of a practitioner, are written `institution.tier`.
    ///
    /// # Errors
    /// No column of ids, an id that is empty or there twice, a column of a type that cannot hold what its field takes, two columns for one field.
    pub fn of(question: &Question<'p>, subjects: &RecordBatch) -> Result<Self, TrainingError> {
        Self::of_rows(question, subjects, &[])
    }

    /// The same of a part of a table; its rows stand here in the whole.
    pub(super) fn of_rows(question: &Question<'p>, subjects: &RecordBatch, rows: &[u64]) -> Result<Self, TrainingError> {
        let (own, subject) = (OwnFacts::of(question), question.subject());
        let entity = subject_of(question)?;
        let (key, at) = key_column(entity, subject, &subjects.schema())?;
        let Some(ids) = ids(subjects.column(at)) else { return Err(no_key(entity, subject).into()) };
        let mut told = Flaws::in_rows(rows);
        let mut faults = Vec::new();
        let table = Table::read(&own, entity, subject, subjects, None, (&mut told, &mut faults), 1)?;
        for (row, fault) in ids.faults(Self::FAULTS) {
            let (code, message) = match fault {
                Fault::Missing => (ProblemCode::Missing, "a subject without an id"),
                Fault::Twice => (ProblemCode::Duplicate, "a subject that is there twice"),
            };
            let place = told.place(&format!("{subject}.{key}"), row);
            faults.push(Problem::new(code, place, message).with_cure("each subject has one row and one id"));
        }
        TrainingError::unless_empty(faults)?;
        let ignored = table.ignored.clone();
        let (problems, notes) = (told.problems(), told.notes.clone());
        Ok(Self { own, subjects: table, ids, lists: Vec::new(), problems, notes, flaws: told, ignored, threads: 1 })
    }

    /// Sets how many threads take in the tables that are added from now on; what comes of it is the same whatever their number.
    #[must_use]
    pub fn threads(self, threads: usize) -> Self {
        Self { threads, ..self }
    }

    /// How many faults of rows are told before the rest is left.
    pub(super) const FAULTS: usize = 20;

    /// Adds a table of the records of one of the subject's lists, such as `activities`: one row a record, with a column of the ids of their subjects.
    /// Rows may stand in any order; those of one subject together, in the order of the subjects, are the quickest. A subject of which there is no row
    /// has none of these records.
    ///
    /// # Errors
    /// A list that the subject does not have or that has a table already, no column of ids, a column of a wrong type.
    pub fn with(self, list: &str, records: &RecordBatch) -> Result<Self, TrainingError> {
        self.with_rows(list, records, &[])
    }

    /// The same with a part of a table; its rows stand here in the whole.
    pub(super) fn with_rows(mut self, list: &str, records: &RecordBatch, rows: &[u64]) -> Result<Self, TrainingError> {
        let subject = self.subjects.entity;
        let (slot, inner) = list_of(subject, list)?;
        if self.lists.iter().any(|list| list.slot == slot) {
            return Err(Problem::new(ProblemCode::Duplicate, list, "a list has one table").with_cure("put its rows into one table").into());
        }
        let (key, at) = key_column(subject, list, &records.schema())?;
        let Some(owners) = ids(records.column(at)) else { return Err(no_key(subject, list).into()) };
        if u32::try_from(records.num_rows()).is_err() {
            return Err(Problem::new(ProblemCode::TooLarge, list, "more than four billion rows").with_cure("judge the table in streams").into());
        }
        let (mut told, mut faults) = (Flaws::in_rows(rows), Vec::new());
        let table = Table::read(&self.own, inner, list, records, Some(&key), (&mut told, &mut faults), self.threads)?;
        TrainingError::unless_empty(faults)?;
        let join = Join::new(&self.ids, &owners, &format!("{list}.{key}"), &mut told);
        self.problems.append(&mut told.problems());
        self.notes.append(&mut told.notes.clone());
        self.flaws.merge(told);
        self.ignored.extend(table.ignored.iter().map(|column| format!("{list}.{column}")));
        self.lists.push(List::new(slot, table, join));
        Ok(self)
    }

    /// What kind of subject they are about.
    pub(super) fn subject(&self) -> &'static str {
        self.subjects.entity.name
    }

    /// How many subjects there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What a column is about.
pub(super) enum Meaning<'p> {
    /// A field of the vocabulary, by its slot.
    Field(usize),
    /// A fact of a policy's own, and what it takes.
    Own(&'p OwnFact, Wanted<'p>),
}

/// The facts beside the vocabulary that a question knows: those of its policy, and of the policies that add to it.
#[derive(Debug)]
pub(super) struct OwnFacts<'p>(Vec<&'p OwnFact>);

impl<'p> OwnFacts<'p> {
    pub(super) fn of(question: &Question<'p>) -> Self {
        let policies = std::iter::once(question.policy).chain(question.layers.iter().map(|layer| layer.policy));
        Self(policies.flat_map(|policy| &policy.facts).collect())
    }

    /// What a column is about. What a policy calls a fact of its own goes before a further header that the vocabulary happens to know.
    pub(super) fn meaning(&self, entity: &Entity, column: &str) -> Option<Meaning<'p>> {
        let column = column.trim();
        let own = |found: Option<(&'p OwnFact, Wanted<'p>)>| found.map(|(fact, wanted)| Meaning::Own(fact, wanted));
        slot_named(entity, column)
            .map(Meaning::Field)
            .or_else(|| own(self.named(entity, column)))
            .or_else(|| slot_headed(entity, column).map(Meaning::Field))
            .or_else(|| own(self.headed(entity, column)))
    }

    /// The fact that a column names by its name or labels, and what it takes; own records and lists have no columns.
    fn named(&self, entity: &Entity, column: &str) -> Option<(&'p OwnFact, Wanted<'p>)> {
        self.called(entity, &|fact| fact.name == column || fact.label.zh == column || fact.label.en == column)
    }

    /// The fact that a column names by another header.
    fn headed(&self, entity: &Entity, column: &str) -> Option<(&'p OwnFact, Wanted<'p>)> {
        self.called(entity, &|fact| fact.headers.iter().any(|header| header == column))
    }

    fn called(&self, entity: &Entity, is_called: &dyn Fn(&OwnFact) -> bool) -> Option<(&'p OwnFact, Wanted<'p>)> {
        let fact = self.0.iter().copied().find(|fact| fact.subject == entity.name && !fact.list && is_called(fact))?;
        let wanted = match &fact.kind {
            OwnKind::Boolean => Wanted::Flag,
            OwnKind::Integer => Wanted::Number { whole: true, negative: !fact.non_negative, most: None },
            OwnKind::Decimal => Wanted::Number { whole: false, negative: !fact.non_negative, most: None },
            OwnKind::Text => Wanted::Text,
            OwnKind::Code(codes) => Wanted::Code(Coded::own(fact, codes)),
            OwnKind::Date => Wanted::Day,
            OwnKind::Record(_) => return None,
        };
        Some((fact, wanted))
    }
}

/// What a question is asked of, where tables can be of it.
pub(super) fn subject_of(question: &Question<'_>) -> Result<&'static Entity, TrainingError> {
    let subject = question.subject();
    Facts::SUBJECTS.iter().copied().find(|entity| entity.name == subject).ok_or_else(|| {
        Problem::new(ProblemCode::WrongType, subject, "tables are of subjects, not of records by themselves")
            .with_cure("ask a decision about those who have the records")
            .into()
    })
}

/// The slot of a list of the subject, and what its records are.
pub(super) fn list_of(subject: &'static Entity, list: &str) -> Result<(usize, &'static Entity), TrainingError> {
    let lists = || subject.fields.iter().enumerate().filter(|(_, field)| matches!(field.kind, FieldKind::Records(_)));
    let found = lists().find_map(|(slot, field)| match field.kind {
        FieldKind::Records(inner) if field.name == list => Some((slot, inner())),
        _ => None,
    });
    found.ok_or_else(|| {
        let problem = Problem::new(ProblemCode::UnknownName, list, format!("no list of {} is called `{list}`", subject.name));
        problem.with_nearest(list, lists().map(|(_, field)| field.name)).into()
    })
}

/// The columns of a table that mean nothing to the vocabulary.
///
/// # Errors
/// Two columns for one field, also where nobody reads it.
pub(super) fn ignored_columns(
    question: &Question<'_>,
    subject: &'static Entity,
    list: Option<&str>,
    schema: &SchemaRef,
) -> Result<Vec<String>, TrainingError> {
    let (entity, place) = match list {
        Some(list) => (list_of(subject, list)?.1, list),
        None => (subject, subject.name),
    };
    let key = list.map(|list| key_column(subject, list, schema)).transpose()?;
    let key = key.as_ref().map(|(key, _)| key.as_str());
    let mut faults = Vec::new();
    let found = (&mut Flaws::default(), &mut faults);
    let ignored = Table::read(&OwnFacts::of(question), entity, place, &RecordBatch::new_empty(schema.clone()), key, found, 1)?.ignored;
    faults.retain(|fault| fault.code == ProblemCode::Duplicate);
    TrainingError::unless_empty(faults)?;
    Ok(if list.is_some() { ignored.into_iter().map(|column| format!("{place}.{column}")).collect() } else { ignored })
}

fn no_key(entity: &Entity, table: &str) -> Problem {
    let key = entity.keys().number.and_then(|slot| entity.fields.get(slot));
    let message = format!("the table of {table} has no column of ids that can be read");
    let problem = Problem::new(ProblemCode::Missing, table, message);
    match key {
        Some(field) => {
            problem.with_cure(format!("add a column `{}` ({}) of texts, or of whole numbers that fit 64 bits with a sign", field.name, field.zh))
        }
        None => problem,
    }
}

/// The column that says which subject a row is about: its name and its place.
pub(super) fn key_column(entity: &Entity, table: &str, schema: &Schema) -> Result<(String, usize), TrainingError> {
    let field = entity.keys().number.and_then(|slot| entity.fields.get(slot));
    let position = |is_key: &dyn Fn(&str) -> bool| schema.fields().iter().position(|column| is_key(column.name()));
    field
        .and_then(|field| position(&|column| names(field, column)).or_else(|| position(&|column| has_header(field, column))))
        .and_then(|at| Some((at, schema.fields().get(at)?)))
        .ok_or_else(|| no_key(entity, table))
        .and_then(|(at, column)| {
            if can_be_ids(column.data_type()) {
                return Ok((column.name().clone(), at));
            }
            let message = format!("ids are texts or whole numbers, found a column of type {}", column.data_type());
            let problem = Problem::new(ProblemCode::WrongType, format!("{table}.{}", column.name()), message);
            Err(problem.with_cure("store the ids as texts: a number with a fraction keeps neither leading zeros nor long numbers"))
        })
        .map_err(TrainingError::from)
}

/// Whether a column is called as a field is called by its code or its labels.
fn names(field: &Field, column: &str) -> bool {
    let column = column.trim();
    column.eq_ignore_ascii_case(field.name) || column == field.zh || column.eq_ignore_ascii_case(field.en)
}

/// Whether it is called by another header of the field.
fn has_header(field: &Field, column: &str) -> bool {
    field.headers.iter().any(|header| header.eq_ignore_ascii_case(column.trim()))
}

/// A column, and what of its name is left once it is known inside which record it stands.
type ColumnOf<'b> = (&'b ArrowField, &'b ArrayRef, &'b str);

/// A table whose columns are fields of one entity.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) entity: &'static Entity,
    /// The cells of each field that has a column, by slot.
    fields: Vec<Option<Cells>>,
    own: Vec<(String, Cells)>,
    inner: Vec<(usize, Table)>,
    ignored: Vec<String>,
}

/// What a table has of a field.
pub(super) enum Held<'t> {
    Cells(&'t Cells),
    /// A record in columns of its own, and what it means where they are empty.
    Inner(Absent),
    /// No column: what that means, as where a field is left out.
    Nothing(Absent),
}

impl From<Absent> for Datum<'_> {
    fn from(absent: Absent) -> Self {
        match absent {
            Absent::Unknown => Self::Unknown,
            Absent::None => Self::None,
        }
    }
}

impl Table {
    pub(super) fn held(&self, slot: usize) -> Held<'_> {
        if let Some(Some(cells)) = self.fields.get(slot) {
            return Held::Cells(cells);
        }
        let absent = self.entity.fields.get(slot).map_or(Absent::Unknown, |field| field.absent);
        if self.inner.iter().any(|(inner, _)| *inner == slot) { Held::Inner(absent) } else { Held::Nothing(absent) }
    }

    pub(super) fn own(&self, name: &str) -> Option<&Cells> {
        self.own.iter().find(|(own, _)| own == name).map(|(_, cells)| cells)
    }

    /// The fields that have a column.
    pub(super) fn cells(&self) -> impl Iterator<Item = (&'static Field, &Cells)> {
        self.entity.fields.iter().zip(&self.fields).filter_map(|(field, cells)| Some((field, cells.as_ref()?)))
    }

    /// The policy's own facts that have a column.
    pub(super) fn own_cells(&self) -> impl Iterator<Item = (&str, &Cells)> {
        self.own.iter().map(|(name, cells)| (name.as_str(), cells))
    }

    /// The records that stand in further columns of the same rows, by slot.
    pub(super) fn inner(&self) -> impl Iterator<Item = (usize, &Table)> {
        self.inner.iter().map(|(slot, table)| (*slot, table))
    }

    /// Whether a row says anything at all.
    pub(super) fn says(&self, row: usize) -> bool {
        let mut cells = self.fields.iter().flatten().chain(self.own.iter().map(|(_, cells)| cells));
        cells.any(|cells| cells.has_value(row)) || self.inner.iter().any(|(_, inner)| inner.says(row))
    }

    /// The same rows in another order.
    pub(super) fn arranged(&self, arrangement: &Arrangement) -> Self {
        self.made_of(self.every_cells().map(|cells| cells.arranged(arrangement)).collect(), &|inner| inner.arranged(arrangement))
    }

    /// The same on so many threads.
    ///
    /// # Errors
    /// A thread that ended early.
    pub(super) fn arranged_by(&self, arrangement: &Arrangement, threads: usize) -> Result<Self, Problem> {
        let cells = threads::each(threads, self.every_cells().collect(), |cells| cells.arranged(arrangement))?;
        Ok(self.made_of(cells, &|inner| inner.arranged(arrangement)))
    }

    fn every_cells(&self) -> impl Iterator<Item = &Cells> {
        self.fields.iter().flatten().chain(self.own.iter().map(|(_, cells)| cells))
    }

    /// A table of the same columns, made of these cells: those of the fields that have a column, and then those of own facts.
    fn made_of(&self, cells: Vec<Cells>, inner: &dyn Fn(&Self) -> Self) -> Self {
        let mut cells = cells.into_iter();
        let fields = self.fields.iter().map(|field| if field.is_some() { cells.next() } else { None }).collect();
        let own = self.own.iter().zip(cells).map(|((name, _), cells)| (name.clone(), cells)).collect();
        let inner = self.inner.iter().map(|(slot, table)| (*slot, inner(table))).collect();
        Self { entity: self.entity, fields, own, inner, ignored: self.ignored.clone() }
    }

    /// Reads the columns of a table; `place` is what it is called, `key` the column that only says whose a record is.
    pub(super) fn read(
        own: &OwnFacts<'_>,
        entity: &'static Entity,
        place: &str,
        batch: &RecordBatch,
        key: Option<&str>,
        found: (&mut Flaws, &mut Vec<Problem>),
        threads: usize,
    ) -> Result<Self, Problem> {
        let schema = batch.schema();
        let columns: Vec<ColumnOf<'_>> =
            schema.fields().iter().zip(batch.columns()).map(|(field, column)| (&**field, column, field.name().as_str())).collect();
        let columns: Vec<_> = columns.into_iter().filter(|(_, _, name)| key.is_none_or(|key| key != *name)).collect();
        Self::of_columns(own, entity, place, &columns, found, threads)
    }

    fn of_columns(
        own: &OwnFacts<'_>,
        entity: &'static Entity,
        place: &str,
        columns: &[ColumnOf<'_>],
        (told, faults): (&mut Flaws, &mut Vec<Problem>),
        threads: usize,
    ) -> Result<Self, Problem> {
        let mut table = Self { entity, fields: Vec::new(), own: Vec::new(), inner: Vec::new(), ignored: Vec::new() };
        table.fields.resize_with(entity.fields.len(), || None);
        let mut nested: Vec<(usize, Vec<ColumnOf<'_>>)> = Vec::new();
        let mut meant = Vec::new();
        for (field, array, name) in columns {
            if let Some((head, rest)) = name.split_once('.')
                && let Some(slot) = slot_of(entity, head).filter(|slot| matches!(kind_of(entity, *slot), Some(FieldKind::Record(_))))
            {
                match nested.iter_mut().find(|(nested, _)| *nested == slot) {
                    Some((_, columns)) => columns.push((field, array, rest)),
                    None => nested.push((slot, vec![(field, array, rest)])),
                }
            } else if let Some(column) = MeantColumn::of(own, entity, place, (field, array, name)) {
                meant.push(column);
            } else if let (Some(slot), true) = (slot_of(entity, name), matches!(array.data_type(), DataType::Struct(_)))
                && matches!(kind_of(entity, slot), Some(FieldKind::Record(_)))
            {
                let message = format!("`{name}` has its fields in one column of type struct");
                let cure = format!("give each field a column of its own, named `{name}.` and the field");
                return Err(Problem::new(ProblemCode::WrongType, format!("{place}.{name}"), message).with_cure(cure));
            } else {
                table.ignored.push((*name).to_owned());
            }
        }
        let apart = &*told;
        let read = threads::each(threads, meant, |column| {
            let mut told = apart.beside();
            (column.read(&mut told), told, column)
        })?;
        for (cells, flaws, column) in read {
            told.merge(flaws);
            match cells {
                Ok(cells) => table.take(cells, column, faults),
                Err(fault) => faults.push(fault),
            }
        }
        table.tell();
        for (slot, columns) in nested {
            if let Some(FieldKind::Record(inner)) = kind_of(entity, slot) {
                let at = format!("{place}.{}", entity.fields.get(slot).map_or("", |field| field.name));
                let inner = Self::of_columns(own, inner(), &at, &columns, (&mut *told, &mut *faults), threads)?;
                table.ignored.extend(inner.ignored.iter().map(|column| format!("{at}.{column}")));
                table.inner.push((slot, inner));
            }
        }
        Ok(table)
    }

    /// Fills cells that say nothing by what another column tells: the grade of a title.
    fn tell(&mut self) {
        for (slot, field) in self.entity.fields.iter().enumerate() {
            let Some(by) = &field.told_by else { continue };
            let Some((other, _)) = self.entity.field(by.field) else { continue };
            let told = match (self.fields.get(slot), self.fields.get(other)) {
                (Some(own), Some(Some(other))) => Cells::told(own.as_ref(), by, other),
                _ => continue,
            };
            if let Some(held) = self.fields.get_mut(slot) {
                *held = Some(told);
            }
        }
    }

    /// Takes the cells of a column, if no other column is about the same.
    fn take(&mut self, cells: Cells, column: MeantColumn<'_, '_>, faults: &mut Vec<Problem>) {
        match column.target {
            Target::Own(name) => self.own.push((name, cells)),
            Target::Field(slot) => match self.fields.get_mut(slot) {
                Some(Some(_)) => {
                    let name = self.entity.fields.get(slot).map_or("", |field| field.name);
                    let message = format!("a second column for `{name}`");
                    faults.push(Problem::new(ProblemCode::Duplicate, column.place, message).with_cure("leave one of them out"));
                }
                Some(held) => *held = Some(cells),
                None => {}
            },
        }
    }
}

/// A column that means something, not read yet.
struct MeantColumn<'b, 'p> {
    target: Target,
    place: String,
    sensitive: bool,
    wanted: Wanted<'p>,
    absent: Absent,
    scale: Option<&'b str>,
    array: &'b ArrayRef,
}

/// What a column is about.
enum Target {
    /// A field of the vocabulary, by its slot.
    Field(usize),
    /// A fact of the policy's own, by its name.
    Own(String),
}

impl<'b, 'p> MeantColumn<'b, 'p> {
    fn of(own: &OwnFacts<'p>, entity: &Entity, place: &str, (field, array, name): ColumnOf<'b>) -> Option<Self> {
        let place = format!("{place}.{name}");
        let scale = field.metadata().get("scale").map(String::as_str);
        Some(match own.meaning(entity, name)? {
            Meaning::Field(slot) => {
                let of = entity.fields.get(slot)?;
                Self { target: Target::Field(slot), place, sensitive: of.sensitive, wanted: Wanted::of(of)?, absent: of.absent, scale, array }
            }
            Meaning::Own(fact, wanted) => Self {
                target: Target::Own(fact.name.clone()),
                place,
                sensitive: matches!(fact.kind, OwnKind::Text),
                wanted,
                absent: Absent::Unknown,
                scale,
                array,
            },
        })
    }

    fn read(&self, told: &mut Flaws) -> Result<Cells, Problem> {
        let reader = Reader { place: &self.place, sensitive: self.sensitive, wanted: self.wanted, absent: self.absent, scale: self.scale };
        reader.read(self.array, told)
    }
}

pub(super) fn kind_of(entity: &Entity, slot: usize) -> Option<FieldKind> {
    entity.fields.get(slot).map(|field| field.kind)
}

/// The field that a column names: by its code or labels, else by a header that no other field has.
pub(super) fn slot_of(entity: &Entity, column: &str) -> Option<usize> {
    slot_named(entity, column).or_else(|| slot_headed(entity, column))
}

/// The field that a column names by a header that no other field has.
fn slot_headed(entity: &Entity, column: &str) -> Option<usize> {
    let mut by_header = entity.fields.iter().enumerate().filter(|(_, field)| has_header(field, column));
    let (slot, _) = by_header.next()?;
    by_header.next().is_none().then_some(slot)
}

/// The field that a column names by its code or labels.
fn slot_named(entity: &Entity, column: &str) -> Option<usize> {
    entity.fields.iter().position(|field| names(field, column))
}
