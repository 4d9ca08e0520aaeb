//! Results as columns: one row for each subject.

use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Decimal128Builder, Int32Builder, StringBuilder, UInt8Builder};
use arrow_array::types::UInt8Type;
use arrow_array::{ArrayRef, DictionaryArray, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use chrono::Datelike;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::evaluate::{FigureRow, FindingRow, Question, Status, StatusSet, TableRow};
use crate::feel::{DAYS_BEFORE_1970, Type, Value};

/// The results of a question about every subject of a table.
#[derive(Debug)]
pub struct TableVerdicts {
    /// One row for each subject, in the order of the table: its id and status, how many of its records count, and for each finding its status and
    /// figures. The columns are described in `docs/tables.md`.
    pub batch: RecordBatch,
    /// How many subjects have each status.
    pub counts: Counts,
}

/// How many subjects have each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// What is asked is there.
    pub met: usize,
    /// A binding provision fails.
    pub unmet: usize,
    /// The authority decides.
    pub waivable: usize,
    /// Nothing is asked.
    pub not_applicable: usize,
    /// Facts are missing that would decide it.
    pub unknown: usize,
}

impl Counts {
    pub(super) fn add(&mut self, status: Status) {
        *match status {
            Status::Met => &mut self.met,
            Status::Unmet => &mut self.unmet,
            Status::Waivable => &mut self.waivable,
            Status::NotApplicable => &mut self.not_applicable,
            Status::Unknown => &mut self.unknown,
        } += 1;
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.met += other.met;
        self.unmet += other.unmet;
        self.waivable += other.waivable;
        self.not_applicable += other.not_applicable;
        self.unknown += other.unknown;
    }
}

/// The columns of results, as they grow.
pub(super) struct Output {
    pub(super) counts: Counts,
    ids: StringBuilder,
    result: Statuses,
    records: Vec<(String, Int32Builder)>,
    findings: Vec<FindingColumns>,
}

/// A status, and what it can still be.
struct Statuses {
    name: String,
    status: UInt8Builder,
    possible: StringBuilder,
}

struct FindingColumns {
    result: Statuses,
    figures: FigureColumns,
    /// Every comparison apart, where there are several.
    each: Vec<FigureColumns>,
    value: Option<(String, Series)>,
}

struct FigureColumns {
    name: String,
    actual: Series,
    actual_low: Series,
    actual_high: Series,
    required: Series,
    shortfall: Series,
}

/// Values of one kind.
enum Series {
    Numbers(Decimal128Builder),
    Days(Date32Builder),
    Texts(StringBuilder),
}

impl Output {
    /// The columns for what a question asks.
    pub(super) fn new(question: &Question<'_>) -> Self {
        let shape = question.table_shape();
        let counted = ["counted", "excluded", "undecided"].map(str::to_owned).into_iter();
        let by_provision = shape.records.iter().map(|provision| format!("excluded_by.{provision}"));
        let records = if shape.has_records { counted.chain(by_provision).map(|name| (name, Int32Builder::new())).collect() } else { Vec::new() };
        let findings = shape.findings.iter().map(|finding| {
            let types = &finding.figures;
            let common = types.first().filter(|first| types.iter().all(|ty| Series::kind(ty) == Series::kind(first)));
            let each = if types.len() > 1 { &**types } else { &[] };
            FindingColumns {
                result: Statuses::new(format!("{}.", finding.name)),
                figures: FigureColumns::new(format!("{}.", finding.name), common.copied()),
                each: each.iter().enumerate().map(|(n, ty)| FigureColumns::new(format!("{}[{n}].", finding.name), Some(ty))).collect(),
                value: finding.value.map(|ty| (format!("{}.value", finding.name), Series::new(Some(ty)))),
            }
        });
        Self { counts: Counts::default(), ids: StringBuilder::new(), result: Statuses::new(String::new()), records, findings: findings.collect() }
    }

    /// Adds the result of one subject.
    pub(super) fn push(&mut self, id: &str, row: &TableRow) {
        self.counts.add(row.set.status());
        self.ids.append_value(id);
        self.result.push(row.set);
        for ((_, column), count) in self.records.iter_mut().zip(&row.records) {
            column.append_option(count.and_then(|count| i32::try_from(count).ok()));
        }
        for (columns, finding) in self.findings.iter_mut().zip(&row.findings) {
            columns.push(finding);
        }
    }

    pub(super) fn finish(mut self) -> Result<(RecordBatch, Counts), ArrowError> {
        let mut columns: Vec<(String, ArrayRef)> = vec![("subject_id".to_owned(), Arc::new(self.ids.finish()))];
        self.result.finish(&mut columns)?;
        columns.extend(self.records.into_iter().map(|(name, mut column)| (name, Arc::new(column.finish()) as ArrayRef)));
        for finding in self.findings {
            finding.result.finish(&mut columns)?;
            finding.figures.finish(&mut columns);
            for each in finding.each {
                each.finish(&mut columns);
            }
            columns.extend(finding.value.map(|(name, series)| (name, series.finish())));
        }
        Ok((RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))?, self.counts))
    }
}

impl Statuses {
    fn new(name: String) -> Self {
        Self { name, status: UInt8Builder::new(), possible: StringBuilder::new() }
    }

    fn push(&mut self, set: StatusSet) {
        let status = set.status();
        self.status.append_option(Status::ALL.iter().position(|known| *known == status).and_then(|code| u8::try_from(code).ok()));
        if set.is_decided() {
            self.possible.append_null();
        } else {
            let possible: Vec<&str> = set.members().into_iter().map(Status::code).collect();
            self.possible.append_value(possible.join("|"));
        }
    }

    fn finish(mut self, columns: &mut Vec<(String, ArrayRef)>) -> Result<(), ArrowError> {
        let codes = StringArray::from_iter_values(Status::ALL.iter().map(|status| status.code()));
        let status = DictionaryArray::<UInt8Type>::try_new(self.status.finish(), Arc::new(codes))?;
        columns.push((format!("{}status", self.name), Arc::new(status)));
        columns.push((format!("{}possible", self.name), Arc::new(self.possible.finish())));
        Ok(())
    }
}

impl FindingColumns {
    fn push(&mut self, finding: &FindingRow) {
        self.result.push(finding.set);
        self.figures.push(finding.figures.get(finding.decisive));
        for (n, columns) in self.each.iter_mut().enumerate() {
            columns.push(finding.figures.get(n));
        }
        if let Some((_, series)) = &mut self.value {
            series.push(finding.value.as_ref());
        }
    }
}

impl FigureColumns {
    fn new(name: String, ty: Option<&Type>) -> Self {
        let series = || Series::new(ty);
        Self {
            name,
            actual: series(),
            actual_low: Series::numbers(),
            actual_high: Series::numbers(),
            required: series(),
            shortfall: Series::numbers(),
        }
    }

    fn push(&mut self, figure: Option<&FigureRow>) {
        self.actual.push(figure.and_then(|figure| figure.actual.as_ref()));
        self.actual_low.push_number(figure.and_then(|figure| figure.actual_low));
        self.actual_high.push_number(figure.and_then(|figure| figure.actual_high));
        self.required.push(figure.and_then(|figure| figure.required.as_ref()));
        self.shortfall.push_number(figure.and_then(|figure| figure.shortfall));
    }

    fn finish(self, columns: &mut Vec<(String, ArrayRef)>) {
        let series = [
            ("actual", self.actual),
            ("actual_low", self.actual_low),
            ("actual_high", self.actual_high),
            ("required", self.required),
            ("shortfall", self.shortfall),
        ];
        columns.extend(series.into_iter().map(|(name, series)| (format!("{}{name}", self.name), series.finish())));
    }
}

#[derive(PartialEq)]
enum SeriesKind {
    Numbers,
    Days,
    Texts,
}

impl Series {
    /// How many digits behind the point the numbers of results have.
    const SCALE: u32 = 6;

    fn kind(ty: &Type) -> SeriesKind {
        match ty {
            Type::Number(_) => SeriesKind::Numbers,
            Type::Date => SeriesKind::Days,
            _ => SeriesKind::Texts,
        }
    }

    fn new(ty: Option<&Type>) -> Self {
        match ty.map_or(SeriesKind::Texts, Self::kind) {
            SeriesKind::Numbers => Self::numbers(),
            SeriesKind::Days => Self::Days(Date32Builder::new()),
            SeriesKind::Texts => Self::Texts(StringBuilder::new()),
        }
    }

    fn numbers() -> Self {
        // 38 digits hold every number of ours with six of them behind the point.
        let ty = arrow_schema::DataType::Decimal128(38, 6);
        Self::Numbers(Decimal128Builder::new().with_data_type(ty))
    }

    fn push(&mut self, value: Option<&Value>) {
        match (self, value) {
            (series @ Self::Numbers(_), Some(Value::Number(number))) => series.push_number(Some(*number)),
            (Self::Days(days), Some(Value::Date(day))) => days.append_value(day.num_days_from_ce() - DAYS_BEFORE_1970),
            (Self::Texts(texts), value) => texts.append_option(crate::evaluate::shown(value.cloned())),
            (Self::Numbers(numbers), _) => numbers.append_null(),
            (Self::Days(days), _) => days.append_null(),
        }
    }

    fn push_number(&mut self, number: Option<Decimal>) {
        if let Self::Numbers(numbers) = self {
            numbers.append_option(number.and_then(|number| {
                let number = number.round_dp_with_strategy(Self::SCALE, RoundingStrategy::MidpointNearestEven);
                number.mantissa().checked_mul(10_i128.pow(Self::SCALE.saturating_sub(number.scale())))
            }));
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Numbers(mut numbers) => Arc::new(numbers.finish()),
            Self::Days(mut days) => Arc::new(days.finish()),
            Self::Texts(mut texts) => Arc::new(texts.finish()),
        }
    }
}
