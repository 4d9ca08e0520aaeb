//! Results as a table, to be held against the others'. Not measured.

use std::error::Error;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int32Array, Int64Array, RecordBatch};

use crate::rule::{Finding, Row};

pub fn table(people: &Int64Array, rows: &[Row]) -> Result<RecordBatch, Box<dyn Error>> {
    let mut columns: Vec<(String, ArrayRef)> = vec![("person_id".to_owned(), Arc::new(people.clone()))];
    let mut add = |name: String, values: Int32Array| columns.push((name, Arc::new(values)));
    let counts: [(&str, fn(&Row) -> u16); 7] = [
        ("possible", |row| row.possible.into()),
        ("counted", |row| row.counted),
        ("excluded", |row| row.excluded),
        ("undecided", |row| row.undecided),
        ("by_year", |row| row.by_year),
        ("by_platform", |row| row.by_platform),
        ("by_outside", |row| row.by_outside),
    ];
    for (name, of) in counts {
        add(name.to_owned(), rows.iter().map(|row| Some(i32::from(of(row)))).collect());
    }
    let findings: [(&str, fn(&Row) -> &Finding); 4] =
        [("hours", |row| &row.hours), ("credits", |row| &row.credits), ("job", |row| &row.job), ("ratio", |row| &row.ratio)];
    let figures: [(&str, fn(&Finding) -> Option<i32>); 5] = [
        ("possible", |finding| Some(finding.possible.into())),
        ("actual", |finding| finding.actual),
        ("shortfall", |finding| finding.shortfall),
        ("low", |finding| finding.low),
        ("high", |finding| finding.high),
    ];
    for (name, finding) in findings {
        for (figure, of) in figures {
            add(format!("{name}_{figure}"), rows.iter().map(|row| of(finding(row))).collect());
        }
    }
    add("ratio_required".to_owned(), rows.iter().map(|row| row.ratio_required).collect());
    Ok(RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))?)
}
