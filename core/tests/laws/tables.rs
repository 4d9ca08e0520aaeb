//! Tables say what typed facts say, whatever is missing in them and however many subjects stand beside each other.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, UInt8Type};
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use medtrain::evaluate::Given;
use medtrain::facts::Facts;
use medtrain::feel::Value;
use medtrain::population::{Limits, Tables};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use crate::cases::{DECISION, FIELDS, Row, policies, row, written};
use crate::entropy::{Entropy, bytes};

/// One subject's records, of which cells that are empty or blank say nothing.
fn facts(rows: &[Row]) -> Facts {
    let record = |row: &Row| {
        let said = FIELDS
            .iter()
            .zip(row)
            .filter_map(|(field, value)| value.filter(|value| !value.is_empty()).map(|value| (field.name.to_owned(), written(value))));
        Json::Object(said.collect::<Map<_, _>>())
    };
    let activities: Vec<Json> = rows.iter().map(record).collect();
    Facts::from_value(&json!({"practitioner": {"activities": activities}})).expect("facts")
}

/// Everybody's records as one table, in the order of the subjects or turned by so many rows.
fn table(people: &[Vec<Row>], turned: usize) -> RecordBatch {
    let mut rows: Vec<(String, &Row)> = people.iter().enumerate().flat_map(|(n, rows)| rows.iter().map(move |row| (n.to_string(), row))).collect();
    let by = turned % rows.len().max(1);
    rows.rotate_left(by);
    let owners: ArrayRef = Arc::new(StringArray::from_iter_values(rows.iter().map(|(owner, _)| owner)));
    let fields = FIELDS.iter().enumerate().map(|(place, field)| {
        let cells = rows.iter().map(|(_, row)| row[place]);
        (field.name, Arc::new(cells.collect::<StringArray>()) as ArrayRef, true)
    });
    RecordBatch::try_from_iter_with_nullable([("person_id", owners, false)].into_iter().chain(fields)).expect("a table")
}

fn code(batch: &RecordBatch, column: &str, row: usize) -> String {
    let status = batch.column_by_name(column).expect("a column").as_dictionary::<UInt8Type>().clone();
    status.values().as_string::<i32>().value(usize::from(status.keys().value(row))).to_owned()
}

fn number(batch: &RecordBatch, column: &str, row: usize) -> Option<Value> {
    let numbers = batch.column_by_name(column).expect("a column").as_primitive::<Decimal128Type>();
    let number: rust_decimal::Decimal = numbers.is_valid(row).then(|| numbers.value_as_string(row).parse().expect("a number"))?;
    Some(Value::Number(number.normalize()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(80) })]

    #[test]
    fn a_table_is_judged_as_each_of_its_subjects(bytes in bytes(3_000), turned in 0_usize..400, threads in 1_usize..4) {
        let mut from = Entropy::new(&bytes);
        let drawn: Vec<Vec<Row>> = (0..140).map(|_| (0..from.below(5)).map(|_| row(&mut from)).collect()).collect();
        // More than are looked at together, and nobody beside the same others twice.
        let people: Vec<Vec<Row>> = drawn.iter().chain(drawn.iter().rev()).cloned().collect();
        let given = Given::new().with("year", 2024);
        let question = policies().ask(DECISION, &given, "2024-11-15".parse().expect("a day")).expect("a question");
        let ids: ArrayRef = Arc::new(StringArray::from_iter_values((0..people.len()).map(|n| n.to_string())));
        let subjects = RecordBatch::try_from_iter([("person_id", ids)]).expect("a table");
        let tables = Tables::of(&question, &subjects).and_then(|tables| tables.with("activities", &table(&people, turned))).expect("tables");
        let batch = question.evaluate_tables(&tables, Limits { threads, ..Limits::default() }).expect("verdicts").batch;
        for (place, rows) in people.iter().enumerate() {
            let (facts, at) = (facts(rows), |name: &str, column: &str| format!("{name}.{column}"));
            let verdict = question.evaluate(&facts);
            let outcome = question.judge(&facts);
            prop_assert_eq!(code(&batch, "status", place), verdict.status.code(), "{:?}", rows);
            for (finding, outcome) in verdict.findings.iter().zip(&outcome.findings) {
                prop_assert_eq!(code(&batch, &at(&finding.provision, "status"), place), finding.status.code(), "{}: {:?}", finding.provision, rows);
                if let Some(figure) = outcome.figures.first() {
                    prop_assert_eq!(number(&batch, &at(&finding.provision, "actual"), place), figure.actual.clone(), "{}: {:?}", finding.provision, rows);
                    prop_assert_eq!(number(&batch, &at(&finding.provision, "required"), place), figure.required.clone(), "{}: {:?}", finding.provision, rows);
                }
                let bound = |text: &Option<smol_str::SmolStr>| text.as_deref().map(|text| Value::Number(text.parse().expect("a number")));
                for (column, text) in [("shortfall", &finding.shortfall), ("actual_low", &finding.actual_low), ("actual_high", &finding.actual_high)] {
                    prop_assert_eq!(number(&batch, &at(&finding.provision, column), place), bound(text), "{} {}: {:?}", finding.provision, column, rows);
                }
            }
        }
    }
}
