//! Random practitioners with credit records near the figures of the rules, and the same ones with facts hidden.

use medtrain::evaluate::Given;
use medtrain::facts::Facts;
use medtrain::policy::PolicySet;
use medtrain::quantity::Day;
use serde_json::{Map, Value as Json, json};

use crate::entropy::Entropy;

/// One field of a record: what it can hold, and whether leaving it out means none.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) values: &'static [&'static str],
    pub(crate) none_if_left_out: bool,
}

const DAYS: &[&str] = &["2024-05-10", "2023-10-31", "2023-11-01", "2024-10-31", "2024-11-01", "2016-11-01", "2016-12-31", "2017-01-01", "2017-10-31"];

const fn field(name: &'static str, values: &'static [&'static str]) -> Field {
    Field { name, values, none_if_left_out: false }
}

/// The fields that the annual check reads.
pub(crate) const FIELDS: &[Field] = &[
    Field { name: "awarded_on", values: DAYS, none_if_left_out: true },
    field("ends_on", DAYS),
    field("credits", &["25", "24.99", "25.01", "0", "0.01", "5", "10", "14.99", "15", "20"]),
    field("hours", &["80", "79.9", "80.1", "0", "0.1", "16", "15.9", "40"]),
    field("electronic", &["true", "false"]),
    field("subject_kind", &["professional", "public", "other"]),
    field("job_related", &["true", "false"]),
    Field { name: "profession_related", values: &["true", "false"], none_if_left_out: true },
    field("place_code", &["500103", "510104", "5", ""]),
    field("activity_level", &["national", "provincial", "institution"]),
    field("has_proof", &["true", "false"]),
    field("starts_on", DAYS),
    field("proof_starts_on", DAYS),
    field("proof_ends_on", DAYS),
];

/// What is so of one field: a value, or none.
pub(crate) type Truth = Option<&'static str>;

/// A record as it truly is.
pub(crate) type Row = Vec<Truth>;

/// A person as they truly are, and the question asked.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The list of records; `None` is none.
    pub(crate) rows: Option<Vec<Row>>,
    pub(crate) year: i64,
    pub(crate) as_of: Day,
}

/// What nobody told us of a case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hidden {
    /// The whole person.
    pub(crate) person: bool,
    /// The whole list.
    pub(crate) list: bool,
    /// Fields of records, by record and field.
    pub(crate) cells: Vec<(usize, usize)>,
    /// How much of the text of a hidden day is told: its year, or its year and month.
    pub(crate) told_of_days: Option<usize>,
}

pub(crate) fn row(from: &mut Entropy) -> Row {
    // Most records count, so that the totals decide.
    let plain = !from.once_in(3);
    FIELDS
        .iter()
        .map(|field| match field.name {
            "electronic" if plain => Some("true"),
            "awarded_on" if plain => Some("2024-05-10"),
            _ if from.once_in(8) => None,
            _ => Some(*from.pick(field.values)),
        })
        .collect()
}

pub(crate) fn case(from: &mut Entropy) -> Case {
    let count = from.below(4);
    let rows = (!from.once_in(40)).then(|| (0..count).map(|_| row(from)).collect());
    let (year, as_of) = *from.pick(&[(2024, "2024-11-15"), (2024, "2024-06-01"), (2017, "2017-11-15"), (2016, "2017-03-12")]);
    Case { rows, year, as_of: as_of.parse().expect("a date") }
}

pub(crate) fn hidden(case: &Case, from: &mut Entropy) -> Hidden {
    let mut hidden = Hidden {
        person: from.once_in(60),
        list: from.once_in(30),
        cells: Vec::new(),
        told_of_days: *from.pick(&[None, Some("2024".len()), Some("2024-05".len())]),
    };
    let chance = *from.pick(&[4, 2, 10, 20]);
    for record in 0..case.rows.as_ref().map_or(0, Vec::len) {
        for field in 0..FIELDS.len() {
            if from.once_in(chance) {
                hidden.cells.push((record, field));
            }
        }
    }
    hidden
}

/// A field's value as JSON facts write it.
pub(crate) fn written(text: &str) -> Json {
    match text {
        "true" => Json::Bool(true),
        "false" => Json::Bool(false),
        other => Json::from(other),
    }
}

fn record(row: &Row, hidden: &[usize], told_of_days: Option<usize>) -> Json {
    let mut fields = Map::new();
    let (mut unknown, mut none) = (Vec::new(), Vec::new());
    for (place, (field, truth)) in FIELDS.iter().zip(row).enumerate() {
        match truth {
            Some(day) if hidden.contains(&place) && field.values == DAYS && told_of_days.is_some() => {
                unknown.push(format!("{} within {}", field.name, &day[..told_of_days.unwrap_or(0)]));
            }
            _ if hidden.contains(&place) => {
                if field.none_if_left_out || place % 2 == 0 {
                    unknown.push(field.name.to_owned());
                }
            }
            Some(value) => {
                fields.insert(field.name.to_owned(), written(value));
            }
            None if field.none_if_left_out => {}
            None if place % 2 == 0 => {
                fields.insert(field.name.to_owned(), Json::Null);
            }
            None => none.push(field.name),
        }
    }
    fields.insert("unknown".to_owned(), json!(unknown));
    fields.insert("none".to_owned(), json!(none));
    Json::Object(fields)
}

/// The case as facts, without what is hidden.
pub(crate) fn facts(case: &Case, hidden: &Hidden) -> Facts {
    if hidden.person {
        return Facts::default();
    }
    let mut person = json!({"person_id": "1001"});
    match &case.rows {
        _ if hidden.list => {}
        None => person["none"] = json!(["activities"]),
        Some(rows) => {
            let rows = rows.iter().enumerate().map(|(i, row)| {
                let cells: Vec<usize> = hidden.cells.iter().filter(|(r, _)| *r == i).map(|(_, f)| *f).collect();
                record(row, &cells, hidden.told_of_days)
            });
            person["activities"] = rows.collect();
        }
    }
    let text = json!({ "practitioner": person }).to_string();
    Facts::from_json(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The built-in policies, loaded once.
pub(crate) fn policies() -> &'static PolicySet {
    static SET: std::sync::OnceLock<PolicySet> = std::sync::OnceLock::new();
    SET.get_or_init(|| PolicySet::builtin().unwrap_or_else(|error| panic!("{error}")))
}

pub(crate) fn given(case: &Case) -> Given {
    Given::new().with("year", case.year)
}

pub(crate) const DECISION: &str = "cq-annual-cme";
