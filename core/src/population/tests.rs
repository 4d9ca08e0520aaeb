//! Tables say what typed facts say.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int32Type, UInt8Type};
use arrow_array::{
    Array, ArrayRef, Date32Array, Date64Array, Decimal32Array, Decimal64Array, Decimal128Array, Decimal256Array, Float32Array, Float64Array,
    Int8Array, Int16Array, Int32Array, Int64Array, RecordBatch, StringArray, UInt8Array, UInt16Array, UInt32Array, UInt64Array,
};
use serde_json::{Map, Value as Json};

use super::{Limits, Tables};
use crate::evaluate::{Finding, Question, Verdict};
use crate::facts::{Entity, Facts, FieldKind};
use crate::policy::PolicySet;
use crate::problem::ProblemCode;

/// A table as it is written down: columns by name, and in each row the cells that say something.
#[derive(Default)]
struct Sheet {
    columns: Vec<String>,
    rows: Vec<Vec<(usize, Json)>>,
}

impl Sheet {
    /// Puts the fields of a record into the last row; `None` where a table cannot say them.
    fn put(&mut self, entity: &Entity, record: &Map<String, Json>, prefix: &str, lists: &mut Vec<(String, Vec<Json>)>) -> Option<()> {
        for (name, value) in record {
            let column = format!("{prefix}{name}");
            match (name.as_str(), entity.field(name).map(|(_, field)| field.kind)) {
                ("extra", _) => value.as_object()?.iter().try_for_each(|(own, value)| {
                    let plain = !value.is_array() && !value.is_object() && !value.is_null();
                    plain.then(|| self.cell(format!("{prefix}{own}"), value.clone()))
                })?,
                // A record of which nothing is said has no cells.
                (_, Some(FieldKind::Record(_))) if value.as_object()?.is_empty() => return None,
                (_, Some(FieldKind::Record(inner))) => self.put(inner(), value.as_object()?, &format!("{column}."), lists)?,
                (_, Some(FieldKind::Records(_))) if prefix.is_empty() => lists.push((name.clone(), value.as_array()?.clone())),
                (_, Some(FieldKind::Records(_)) | None) => return None,
                (_, Some(_)) => self.cell(column, value.clone()),
            }
        }
        Some(())
    }

    fn cell(&mut self, column: String, value: Json) {
        let place = self.columns.iter().position(|known| *known == column).unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        });
        self.rows.last_mut().expect("a row").push((place, value));
    }

    fn batch(&self) -> RecordBatch {
        let columns = self.columns.iter().enumerate().map(|(place, name)| {
            let cells: Vec<Option<&Json>> =
                self.rows.iter().map(|row| row.iter().find(|(column, _)| *column == place).map(|(_, value)| value)).collect();
            let array: ArrayRef = if cells.iter().flatten().any(|cell| cell.is_array()) {
                let mut lists = ListBuilder::new(StringBuilder::new());
                for cell in cells {
                    let texts = cell.and_then(Json::as_array);
                    texts.into_iter().flatten().for_each(|text| lists.values().append_value(text.as_str().expect("a text")));
                    lists.append(texts.is_some());
                }
                Arc::new(lists.finish())
            } else {
                let texts = cells.into_iter().map(|cell| cell.map(|cell| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned)));
                Arc::new(texts.collect::<StringArray>())
            };
            (name.clone(), array, true)
        });
        RecordBatch::try_from_iter_with_nullable(columns).expect("a table")
    }
}

/// The facts of these subjects as tables; `None` where a table cannot say them.
fn tables<'p>(question: &Question<'p>, facts: &[&Facts]) -> Option<Tables<'p>> {
    let entity = Facts::SUBJECTS.iter().find(|entity| entity.name == question.subject())?;
    let key = entity.fields[entity.keys().number?].name;
    let mut subjects = Sheet::default();
    let mut lists: Vec<(String, Sheet)> = Vec::new();
    let mut given: Vec<Vec<(String, Vec<Json>)>> = Vec::new();
    for (n, facts) in facts.iter().enumerate() {
        let json = serde_json::to_value(facts).expect("JSON");
        // Whoever owns a record that is asked about is beyond a table of such records.
        if json.as_object()?.len() > 1 {
            return None;
        }
        let mut record = json.get(question.subject())?.as_object()?.clone();
        record.insert(key.to_owned(), Json::from(format!("S{n}")));
        subjects.rows.push(Vec::new());
        let mut of_this = Vec::new();
        subjects.put(entity, &record, "", &mut of_this)?;
        given.push(of_this);
    }
    // A table is of a list that was told of everybody.
    for (list, _) in &given[0] {
        let FieldKind::Records(inner) = entity.field(list)?.1.kind else { return None };
        let mut sheet = Sheet { columns: vec![key.to_owned()], ..Sheet::default() };
        for (n, of_this) in given.iter().enumerate() {
            for record in &of_this.iter().find(|(name, _)| name == list)?.1 {
                sheet.rows.push(vec![(0, Json::from(format!("S{n}")))]);
                let mut lists_of_records = Vec::new();
                sheet.put(inner(), record.as_object()?, "", &mut lists_of_records)?;
                if !lists_of_records.is_empty() {
                    return None;
                }
            }
        }
        lists.push((list.clone(), sheet));
    }
    if given.iter().any(|of_this| of_this.len() != lists.len()) {
        return None;
    }
    let tables = Tables::of(question, &subjects.batch()).expect("subjects");
    Some(lists.iter().fold(tables, |tables, (list, sheet)| tables.with(list, &sheet.batch()).expect("records")))
}

/// One row of results, by column.
struct Row<'b>(&'b RecordBatch, usize);

impl Row<'_> {
    fn text(&self, column: &str) -> Option<String> {
        let array = self.0.column_by_name(column).expect("the column");
        if array.is_null(self.1) {
            return None;
        }
        Some(if let Some(status) = array.as_dictionary_opt::<UInt8Type>() {
            let values = status.values().as_string::<i32>();
            values.value(usize::from(status.keys().value(self.1))).to_owned()
        } else if let Some(numbers) = array.as_primitive_opt::<Decimal128Type>() {
            let number: rust_decimal::Decimal = numbers.value_as_string(self.1).parse().expect("a number");
            number.normalize().to_string()
        } else if let Some(days) = array.as_primitive_opt::<Date32Type>() {
            days.value_as_date(self.1).expect("a day").to_string()
        } else if let Some(counts) = array.as_primitive_opt::<Int32Type>() {
            counts.value(self.1).to_string()
        } else {
            array.as_string::<i32>().value(self.1).to_owned()
        })
    }

    fn holds(&self, verdict: &Verdict) {
        assert_eq!(self.text("status").as_deref(), Some(verdict.status.code()));
        self.is_possible("", &verdict.possible);
        for finding in &verdict.findings {
            let name = finding.policy.as_ref().map_or_else(|| finding.provision.to_string(), |policy| format!("{policy}/{}", finding.provision));
            self.holds_finding(&name, finding);
            for part in &finding.parts {
                self.holds_finding(&part.provision, part);
            }
        }
        for column in self.0.schema().fields().iter().filter_map(|column| column.name().strip_suffix(".state")) {
            let consequence = verdict.consequences.iter().find(|consequence| consequence.provision == column);
            assert_eq!(self.text(&format!("{column}.state")).as_deref(), consequence.map(|consequence| consequence.state.code()), "{column}");
        }
        for consequence in &verdict.consequences {
            assert!(self.0.column_by_name(&format!("{}.state", consequence.provision)).is_some(), "{}", consequence.provision);
        }
        if self.0.column_by_name("counted").is_some() && self.text("counted").is_some() {
            use crate::evaluate::RecordState::{Counted, Excluded, Unknown};
            for (column, state) in [("counted", Counted), ("excluded", Excluded), ("undecided", Unknown)] {
                let count = verdict.records.iter().filter(|record| record.state == state).count();
                assert_eq!(self.text(column), Some(count.to_string()), "{column}");
            }
        }
    }

    fn is_possible(&self, prefix: &str, possible: &[crate::evaluate::Status]) {
        let expected = (possible.len() != 1).then(|| possible.iter().map(|status| status.code()).collect::<Vec<_>>().join("|"));
        assert_eq!(self.text(&format!("{prefix}possible")), expected);
    }

    fn holds_finding(&self, name: &str, finding: &Finding) {
        assert_eq!(self.text(&format!("{name}.status")).as_deref(), Some(finding.status.code()), "{name}");
        self.is_possible(&format!("{name}."), &finding.possible);
        let figures = [
            ("actual", &finding.actual),
            ("actual_low", &finding.actual_low),
            ("actual_high", &finding.actual_high),
            ("required", &finding.required),
            ("shortfall", &finding.shortfall),
        ];
        for (figure, expected) in figures {
            assert_eq!(self.text(&format!("{name}.{figure}")), expected.as_deref().map(to_six_decimals), "{name}.{figure}");
        }
        if self.0.column_by_name(&format!("{name}.value")).is_some() {
            assert_eq!(self.text(&format!("{name}.value")), finding.value.as_deref().map(to_six_decimals), "{name}.value");
        }
    }
}

/// A figure as tables hold it.
fn to_six_decimals(figure: &str) -> String {
    use rust_decimal::{Decimal, RoundingStrategy};
    let Ok(number) = figure.parse::<Decimal>() else { return figure.to_owned() };
    number.round_dp_with_strategy(6, RoundingStrategy::MidpointNearestEven).normalize().to_string()
}

#[test]
fn every_example_of_every_policy_comes_out_of_tables_as_out_of_facts() {
    let set = PolicySet::builtin().expect("the policies load");
    let (mut held, mut beyond) = (0, 0);
    for policy in set.policies() {
        // Those that went before stand beside each, so that nothing of one subject is taken for another's.
        let mut before: Vec<(String, Facts)> = Vec::new();
        policy.each_example(|question, facts| {
            let of_this = |(subject, _): &&(String, Facts)| subject == question.subject();
            let mut together: Vec<&Facts> =
                before.iter().rev().filter(of_this).map(|(_, facts)| facts).filter(|facts| tables(question, &[facts]).is_some()).take(90).collect();
            together.push(facts);
            let alone = vec![facts];
            let Some((together, tables)) =
                [together, alone].into_iter().find_map(|together| Some((tables(question, &together)?, together))).map(|(t, f)| (f, t))
            else {
                beyond += 1;
                return;
            };
            assert_eq!(tables.problems, [], "{}", question.decision());
            let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts");
            for (row, facts) in together.iter().enumerate() {
                let expected = question.evaluate(facts);
                let same = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| Row(&verdicts.batch, row).holds(&expected)));
                assert!(same.is_ok(), "{} of {}", question.decision(), serde_json::to_string(facts).expect("JSON"));
                held += 1;
            }
            before.push((question.subject().to_owned(), facts.clone()));
        });
    }
    assert!(held > 1_000 && beyond < held / 4, "{held} were held against tables, {beyond} hold what a table cannot say");
}

#[test]
fn the_annual_check_is_read_for_many_subjects_at_once() {
    let set = PolicySet::builtin().expect("the policies load");
    let given = crate::evaluate::Given::new().with("year", 2024);
    let question = set.ask("cq-annual-cme", &given, "2024-11-15".parse().expect("a day")).expect("a question");
    assert_eq!(question.plan(), super::Plan::Together { totals: 5 });
}

#[test]
fn what_follows_is_told_of_each_whom_it_concerns() {
    let set = PolicySet::builtin().expect("the policies load");
    let states = |purpose: &str| {
        let given = crate::evaluate::Given::new().with("year", 2024).with("purpose", purpose);
        let question = set.ask("cq-gate", &given, "2024-11-15".parse().expect("a day")).expect("a question");
        let people = batch(vec![
            ("person_id", texts(&[Some("1"), Some("2"), Some("3")])),
            ("profession", texts(&[Some("village_doctor"), None, Some("nurse")])),
        ]);
        let records = activities(&[Some("1"), Some("2"), Some("3"), Some("3")]);
        let tables = Tables::of(&question, &people).and_then(|t| t.with("activities", &records)).expect("tables");
        let results = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
        ["cq-audited-proof", "cq-research-precondition", "cq-village-doctor-gate"]
            .map(|provision| (0..3).map(|row| Row(&results, row).text(&format!("{provision}.state")).unwrap_or_default()).collect::<Vec<_>>())
    };
    let nobody = ["", "", ""];
    assert_eq!(states("village_registration"), [nobody, nobody, ["open", "unknown", "closed"]]);
    assert_eq!(states("cme_project"), [nobody, ["closed", "closed", "open"], nobody]);
    assert_eq!(states("research"), [["closed", "closed", "unknown"], ["closed", "closed", "open"], nobody]);
}

fn texts(texts: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(texts.to_vec()))
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true))).expect("a table")
}

fn ask<T>(of: impl FnOnce(&Question<'_>) -> T) -> T {
    let set = PolicySet::builtin().expect("the policies load");
    let given = crate::evaluate::Given::new().with("year", 2024);
    of(&set.ask("cq-annual-cme", &given, "2024-11-15".parse().expect("a day")).expect("a question"))
}

fn people(ids: &[Option<&str>]) -> RecordBatch {
    batch(vec![("工号", texts(ids))])
}

/// Records of these people: each of 13 credits and 40 hours that count, professional and public in turn.
fn activities(owners: &[Option<&str>]) -> RecordBatch {
    let each = |value: &'static str| texts(&vec![Some(value); owners.len()]);
    let kinds: Vec<_> = (0..owners.len()).map(|n| Some(if n % 2 == 0 { "专业科目" } else { "public" })).collect();
    batch(vec![
        ("person_id", texts(owners)),
        ("授予日期", each("2024-05-10")),
        ("credits", each("13")),
        ("hours", each("40")),
        ("电子学分", each("是")),
        ("subject_kind", texts(&kinds)),
        ("profession_related", each("true")),
        ("job_related", each("true")),
    ])
}

fn places<'t>(tables: &'t Tables<'_>) -> Vec<(&'static str, &'t str)> {
    tables.problems.iter().map(|problem| (problem.code.code(), problem.place.as_str())).collect()
}

#[test]
fn a_record_of_nobody_known_is_set_aside_and_the_others_are_used() {
    ask(|question| {
        let activities = activities(&[Some("2"), Some("9"), Some("1"), None, Some("2"), Some("1")]);
        let tables =
            Tables::of(question, &people(&[Some("1"), Some("2"), Some("3")])).and_then(|t| t.with("activities", &activities)).expect("tables");
        assert_eq!(places(&tables), [("set_aside", "activities.person_id[1]"), ("set_aside", "activities.person_id[3]")]);
        let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
        let statuses: Vec<_> = (0..3).map(|row| Row(&verdicts, row).text("cq-credits.status")).collect();
        assert_eq!(statuses, [Some("met".to_owned()), Some("met".to_owned()), Some("unmet".to_owned())], "somebody without a row has none");
        assert_eq!(Row(&verdicts, 0).text("cq-credits.actual").as_deref(), Some("26"));
    });
}

#[test]
fn where_no_table_of_records_is_given_they_are_not_known() {
    ask(|question| {
        let tables = Tables::of(question, &people(&[Some("1")])).expect("tables");
        let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts");
        assert_eq!((Row(&verdicts.batch, 0).text("status").as_deref(), verdicts.counts.unknown), (Some("unknown"), 1));
        assert_eq!(Row(&verdicts.batch, 0).text("counted"), None);
    });
}

#[test]
fn what_cannot_be_a_table_of_subjects_is_refused_with_its_places() {
    ask(|question| {
        let code = |batch| {
            Tables::of(question, &batch).map(|_| ()).map_err(|error| error.problems.into_iter().map(|p| (p.code.code(), p.place)).collect::<Vec<_>>())
        };
        assert_eq!(
            code(people(&[Some("1"), None, Some("1")])),
            Err(vec![("missing", "practitioner.工号[1]".into()), ("duplicate", "practitioner.工号[2]".into())])
        );
        assert_eq!(code(batch(vec![("birth_date", texts(&[None]))])), Err(vec![("missing", "practitioner".into())]));
        let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1]));
        let wrong = batch(vec![("person_id", numbers.clone()), ("birth_date", numbers.clone())]);
        assert_eq!(code(wrong), Err(vec![("wrong_type", "practitioner.birth_date".into())]));
        let twice = batch(vec![("person_id", numbers.clone()), ("birth_date", texts(&[None])), ("出生日期", texts(&[None]))]);
        assert_eq!(code(twice), Err(vec![("duplicate", "practitioner.出生日期".into())]));
        assert_eq!(code(people(&[Some("1"), Some(" ")])), Err(vec![("missing", "practitioner.工号[1]".into())]));
        let binary: ArrayRef = Arc::new(Float64Array::from(vec![1.0]));
        assert_eq!(code(batch(vec![("person_id", binary)])), Err(vec![("wrong_type", "practitioner.person_id".into())]));
        let tier = (Arc::new(arrow_schema::Field::new("tier", arrow_schema::DataType::Utf8, true)), texts(&[Some("county")]));
        let held: ArrayRef = Arc::new(arrow_array::StructArray::from(vec![tier]));
        let error = Tables::of(question, &batch(vec![("person_id", numbers), ("institution", held)])).map(|_| ()).expect_err("no such column");
        assert_eq!(error.problems[0].place, "practitioner.institution");
        assert!(error.problems[0].cure.as_deref().is_some_and(|cure| cure.contains("`institution.`")), "{error}");
        let tables = Tables::of(question, &people(&[Some("1")])).expect("tables");
        let error = tables.with("activites", &activities(&[])).map(|_| ()).expect_err("no such list");
        assert_eq!(error.problems[0].cure.as_deref(), Some("did you mean `activities`?"));
    });
}

#[test]
fn a_cell_that_cannot_be_used_is_open_even_where_an_empty_one_means_none() {
    ask(|question| {
        let day = |text: &'static str| {
            let columns = vec![
                ("person_id", texts(&[Some("1")])),
                ("awarded_on", texts(&[Some(text)])),
                ("ends_on", texts(&[Some("2024-05-10")])),
                ("electronic", texts(&[Some("true")])),
            ];
            let tables = Tables::of(question, &people(&[Some("1")])).and_then(|t| t.with("activities", &batch(columns))).expect("tables");
            let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
            let counts = ["counted", "excluded", "undecided"].map(|column| Row(&verdicts, 0).text(column).expect("a count"));
            (counts.concat(), tables.problems.len())
        };
        assert_eq!(day(""), ("100".to_owned(), 0), "no day of its own: the last day decides");
        assert_eq!(day("2023-01-01"), ("010".to_owned(), 0));
        assert_eq!(day("2024-02-30"), ("001".to_owned(), 1), "which day it was, nobody knows");
    });
}

/// A policy that asks for its own codes, and for what is said of a department and of a leave.
fn own_codes() -> crate::policy::Policy {
    let text = r#"
[policy]
id = "own"
number = "1"
issued = 2020-01-01

[[fact]]
subject = "practitioner"
name = "place"
type = "code"
codes = ["ward", "lab"]
absent = "none"

[[fact]]
subject = "practitioner"
name = "rank"
type = "title_grade"

[words]
ward = { zh = "病房", en = "on the ward" }
lab = { zh = "化验室", en = "laboratory" }

[[provision]]
id = "asked"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'place != "lab" and rank > "junior" and department != "x"'

[[decision]]
id = "asked"
subject = "practitioner"
all_of = ["asked"]
"#;
    crate::policy::Policy::from_toml("own.toml", text).expect("a policy")
}

#[test]
fn own_codes_are_read_by_code_or_label_and_what_is_none_is_open_and_told() {
    let policy = own_codes();
    let decision = policy.decision("asked").expect("the decision");
    let question = policy.ask(decision, &crate::evaluate::Given::new(), "2024-11-15".parse().expect("a day")).expect("a question");
    let places = [Some("ward"), Some("病房"), Some("wrad"), Some("化验室"), Some(" Laboratory "), None, Some("ward"), Some("ward"), Some("ward")];
    let ranks =
        [Some("正高级"), Some("senior"), Some("senior"), Some("senior"), Some("senior"), Some("senior"), Some("zzz"), Some("初级"), Some("senior")];
    let departments = [Some("a"), Some("a"), Some("a"), Some("a"), Some("a"), Some("a"), Some("a"), Some("a"), Some(" ")];
    let expected = ["met", "met", "unknown", "unmet", "unmet", "met", "unknown", "unmet", "unknown"];
    let ids = ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map(Some);
    let as_dictionary = |column: &ArrayRef| {
        let kind = arrow_schema::DataType::Dictionary(Box::new(arrow_schema::DataType::Int8), Box::new(arrow_schema::DataType::Utf8));
        arrow_cast::cast(column, &kind).expect("a dictionary")
    };
    let plain = [texts(&places), texts(&ranks), texts(&departments)];
    for columns in [plain.clone(), plain.each_ref().map(as_dictionary)] {
        let [place, rank, department] = columns;
        let people = batch(vec![("person_id", texts(&ids)), ("place", place), ("rank", rank), ("department", department)]);
        let tables = Tables::of(&question, &people).expect("tables");
        let told: Vec<&str> = tables.problems.iter().map(|problem| problem.place.as_str()).collect();
        assert_eq!(told, ["practitioner.place[2]", "practitioner.rank[6]"]);
        let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
        let statuses = (0..ids.len()).map(|row| Row(&verdicts, row).text("status").expect("a status"));
        assert_eq!(statuses.collect::<Vec<_>>(), expected);
    }
}

#[test]
fn what_a_policy_calls_its_own_fact_goes_before_a_header_of_the_vocabulary() {
    let text = r#"
[policy]
id = "own"
number = "1"
issued = 2020-01-01

[[fact]]
subject = "practitioner"
name = "certificate_kind"
type = "code"
codes = ["red", "blue"]
zh = "真实姓名"
en = "certificate"

[[provision]]
id = "asked"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'certificate_kind = "red"'

[[decision]]
id = "asked"
subject = "practitioner"
all_of = ["asked"]
"#;
    let policy = crate::policy::Policy::from_toml("own.toml", text).expect("a policy");
    assert!(Facts::entity("practitioner").expect("it").field("name").is_some_and(|(_, field)| field.headers.contains(&"真实姓名")));
    let question =
        policy.ask(policy.decision("asked").expect("it"), &crate::evaluate::Given::new(), "2024-11-15".parse().expect("a day")).expect("a question");
    let people = batch(vec![("person_id", texts(&[Some("1")])), ("真实姓名", texts(&[Some("red")]))]);
    let tables = Tables::of(&question, &people).expect("tables");
    let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
    assert_eq!(Row(&verdicts, 0).text("status").expect("a status"), "met");
}

#[test]
fn words_of_tables_are_those_of_workbooks() {
    ask(|question| {
        let told = |electronic: &'static str, kind: &'static str| {
            let columns = vec![
                ("person_id", texts(&[Some("1")])),
                ("awarded_on", texts(&[Some("2024-05-10")])),
                ("credits", texts(&[Some("13")])),
                ("electronic", texts(&[Some(electronic)])),
                ("subject_kind", texts(&[Some(kind)])),
                ("job_related", texts(&[Some("true")])),
            ];
            let tables = Tables::of(question, &people(&[Some("1")])).and_then(|t| t.with("activities", &batch(columns))).expect("tables");
            let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
            (Row(&verdicts, 0).text("counted"), places(&tables).into_iter().map(|(code, place)| format!("{code} {place}")).collect::<Vec<_>>())
        };
        let known = told("true", "professional");
        assert_eq!(known.1, Vec::<String>::new());
        for (electronic, kind) in [
            ("True", "PROFESSIONAL"),
            ("TRUE", "专业科目"),
            ("yes", "ｐｒｏｆｅｓｓｉｏｎａｌ"),
            ("√", "Professional"),
            ("ＹＥＳ", " 专业科目\u{200b}"),
            ("有", "professional"),
        ] {
            assert_eq!(told(electronic, kind), known, "{electronic} {kind}");
        }
        assert_eq!(told("也许", "某种").1, ["suspect activities.electronic[0]", "suspect activities.subject_kind[0]"]);
    });
}

#[test]
fn numbers_of_every_type_are_the_same_numbers() {
    ask(|question| {
        let credits = |array: ArrayRef, scale: Option<&str>| {
            let records = with_credits(array, scale);
            let tables = Tables::of(question, &people(&[Some("1")])).and_then(|t| t.with("activities", &records)).expect("tables");
            let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
            (Row(&verdicts, 0).text("cq-credits.actual").expect("a figure"), tables.notes.len())
        };
        let decimal = |digits, scale| Arc::new(Decimal128Array::from(vec![digits]).with_precision_and_scale(20, scale).expect("a scale")) as ArrayRef;
        assert_eq!(credits(decimal(125, 1), None), ("12.5".into(), 0));
        assert_eq!(credits(decimal(12_500_001, 6), None), ("12.500001".into(), 0), "finer than columns hold");
        assert_eq!(credits(decimal(2, -1), None), ("20".into(), 0));
        let broad = |digits: &str, scale| {
            let digits = digits.parse::<i128>().expect("digits");
            Arc::new(Decimal128Array::from(vec![digits]).with_precision_and_scale(38, scale).expect("a scale")) as ArrayRef
        };
        assert_eq!(credits(broad("100000000000000000000000000000", 20), None), ("1000000000".into(), 0), "noughts that the type of the column adds");
        assert_eq!(credits(broad("1000000000000000000000000000000000", 18), None), ("1000000000000000".into(), 0));
        assert_eq!(credits(Arc::new(Int64Array::from(vec![12])), None), ("12".into(), 0));
        assert_eq!(credits(Arc::new(Int64Array::from(vec![125])), Some("1")), ("12.5".into(), 0));
        let whole: [ArrayRef; 8] = [
            Arc::new(Int8Array::from(vec![125])),
            Arc::new(Int16Array::from(vec![125])),
            Arc::new(Int32Array::from(vec![125])),
            Arc::new(UInt8Array::from(vec![125])),
            Arc::new(UInt16Array::from(vec![125])),
            Arc::new(UInt32Array::from(vec![125])),
            Arc::new(UInt64Array::from(vec![125])),
            Arc::new(Int64Array::from(vec![125])),
        ];
        for array in whole {
            assert_eq!(credits(array.clone(), Some("2")), ("1.25".into(), 0), "{}", array.data_type());
            assert_eq!(credits(array.clone(), Some("-1")), ("1250".into(), 0), "{}", array.data_type());
        }
        let short: [ArrayRef; 2] = [
            Arc::new(Decimal32Array::from(vec![125]).with_precision_and_scale(5, 2).expect("a scale")),
            Arc::new(Decimal64Array::from(vec![125]).with_precision_and_scale(5, 2).expect("a scale")),
        ];
        for array in short {
            assert_eq!(credits(array.clone(), None), ("1.25".into(), 0), "{}", array.data_type());
        }
        let large = i64::from(i32::MAX) + 1;
        assert_eq!(credits(Arc::new(Int64Array::from(vec![large])), Some("2")), ("21474836.48".into(), 0), "more than small room has");
        assert_eq!(credits(Arc::new(Float64Array::from(vec![0.1 + 0.2])), None), ("0.3".into(), 1), "0.30000000000000004 in six decimals");
        assert_eq!(credits(Arc::new(Float32Array::from(vec![0.1])), None), ("0.1".into(), 1));
        let halves = arrow_cast::cast(&Float32Array::from(vec![3.1]), &arrow_schema::DataType::Float16).expect("a half");
        assert_eq!(credits(halves, None), ("3.1".into(), 1), "not 3.0996094, which is another's shortest");
    });
}

/// A record with this column of credits, and a scale in the metadata of the column.
fn with_credits(array: ArrayRef, scale: Option<&str>) -> RecordBatch {
    let field = arrow_schema::Field::new("credits", array.data_type().clone(), true);
    let field = field.with_metadata(scale.map(|scale| ("scale".to_owned(), scale.to_owned())).into_iter().collect());
    let base = activities(&[Some("1")]);
    let at = base.schema().index_of("credits").expect("the column");
    let (mut fields, mut columns) = (base.schema().fields().to_vec(), base.columns().to_vec());
    (fields[at], columns[at]) = (Arc::new(field), array);
    RecordBatch::try_new(Arc::new(arrow_schema::Schema::new(fields)), columns).expect("a table")
}

/// What is told of a column of credits of one record, or why it is refused, and whether the credits are known.
fn credits_of(question: &Question<'_>, array: ArrayRef, scale: Option<&str>) -> (Vec<String>, bool) {
    let records = with_credits(array, scale);
    let said = |problems: &[crate::problem::Problem]| problems.iter().map(|problem| problem.message.clone()).collect();
    match Tables::of(question, &people(&[Some("1")])).and_then(|tables| tables.with("activities", &records)) {
        Ok(tables) => {
            let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
            (said(&tables.problems), Row(&verdicts, 0).text("cq-credits.actual").is_some())
        }
        Err(refused) => (said(&refused.problems), false),
    }
}

#[test]
fn a_number_of_more_digits_than_are_held_is_told_however_wide_they_are() {
    ask(|question| {
        for (digits, scale) in [("12345678901123456789012345678", 18), ("12345678901234567890123456789", 28)] {
            let digits: i128 = digits.parse().expect("29 digits, which 96 bits hold");
            let array = Decimal128Array::from(vec![digits]).with_precision_and_scale(38, scale).expect("a scale");
            let (told, known) = credits_of(question, Arc::new(array), None);
            assert!(!known && told.len() == 1, "{told:?}");
        }
    });
}

#[test]
fn a_scale_that_cannot_be_read_or_used_is_refused() {
    ask(|question| {
        for scale in ["x", "", "2.0", " 1", "200"] {
            let (refused, _) = credits_of(question, Arc::new(Int64Array::from(vec![255])), Some(scale));
            assert_eq!(refused, [format!("the `scale` of a column is a whole number from -128 to 127, found \"{scale}\"")]);
        }
        let (refused, _) = credits_of(question, Arc::new(Float64Array::from(vec![25.5])), Some("1"));
        assert_eq!(refused, ["a `scale` is for columns of whole numbers, found one of type Float64"]);
    });
}

#[test]
fn what_must_not_be_negative_is_said_to_be_so() {
    ask(|question| {
        let (told, known) = credits_of(question, Arc::new(Int64Array::from(vec![-1])), None);
        assert_eq!((told, known), (vec!["expected an exact number that is not negative, found \"-1\"".to_owned()], false));
    });
}

#[test]
fn ids_beyond_64_bits_with_a_sign_are_refused_and_not_called_missing() {
    ask(|question| {
        let ids: ArrayRef = Arc::new(UInt64Array::from(vec![1, u64::MAX]));
        let subjects = RecordBatch::try_from_iter([("person_id", ids)]).expect("a table");
        let refused = Tables::of(question, &subjects).expect_err("refused");
        assert_eq!(refused.problems[0].message, "the table of practitioner has no column of ids that can be read");
    });
}

#[test]
fn what_stands_below_zero_or_where_there_is_no_number_is_never_added() {
    ask(|question| {
        let owners = ["1", "1", "1"].map(Some);
        let empty = arrow_buffer::NullBuffer::from(vec![true, true, false]);
        let columns: [ArrayRef; 3] = [
            Arc::new(Int16Array::new(vec![900, -5, 77].into(), Some(empty.clone()))),
            Arc::new(Int32Array::new(vec![900, -5, i32::MIN].into(), Some(empty.clone()))),
            Arc::new(Int64Array::new(vec![900, -5, i64::MAX].into(), Some(empty))),
        ];
        for column in columns {
            let kind = column.data_type().clone();
            let base = activities(&owners);
            let at = base.schema().index_of("credits").expect("the column");
            let (mut fields, mut columns) = (base.schema().fields().to_vec(), base.columns().to_vec());
            (fields[at], columns[at]) = (Arc::new(arrow_schema::Field::new("credits", kind.clone(), true)), column);
            let records = RecordBatch::try_new(Arc::new(arrow_schema::Schema::new(fields)), columns).expect("a table");
            let tables = Tables::of(question, &people(&[Some("1")])).and_then(|t| t.with("activities", &records)).expect("tables");
            assert_eq!(places(&tables), [("suspect", "activities.credits[1]")], "{kind}");
            let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
            let figure = |column| Row(&verdicts, 0).text(column);
            assert_eq!((figure("cq-credits.actual_low").as_deref(), figure("cq-credits.actual_high")), (Some("900"), None), "{kind}");
        }
    });
}

#[test]
fn a_number_that_cannot_be_held_is_open_and_told_whatever_type_its_column_has() {
    let digits = "9".repeat(38).parse::<i128>().expect("38 digits");
    let wide = arrow_buffer::i256::from_parts(0, 1);
    let columns: [ArrayRef; 3] = [
        Arc::new(Decimal128Array::from(vec![5, digits]).with_precision_and_scale(38, 0).expect("a scale")),
        Arc::new(Decimal128Array::from(vec![0, 1]).with_precision_and_scale(38, 30).expect("a scale")),
        Arc::new(Decimal256Array::from(vec![arrow_buffer::i256::from(5), wide]).with_precision_and_scale(76, 0).expect("a scale")),
    ];
    ask(|question| {
        for column in columns {
            let kind = column.data_type().clone();
            let owners = ["1", "2"].map(Some);
            let records = batch(vec![("person_id", texts(&owners)), ("credits", column)]);
            let tables = Tables::of(question, &people(&owners)).and_then(|t| t.with("activities", &records)).expect("tables");
            assert_eq!(places(&tables).last(), Some(&("suspect", "activities.credits[1]")), "{kind}");
        }
    });
}

#[test]
fn what_a_cell_says_hangs_on_no_other_cell() {
    let owners = ["1", "2", "3", "4"].map(Some);
    let credits = ["1000000000000000", "0.00000000000000000001", "1000000000000001", "25"].map(Some);
    ask(|question| {
        let records = batch(vec![("person_id", texts(&owners)), ("credits", texts(&credits))]);
        let tables = Tables::of(question, &people(&owners)).and_then(|t| t.with("activities", &records)).expect("tables");
        let told: Vec<&str> = tables.problems.iter().map(|problem| problem.place.as_str()).filter(|place| place.contains("credits")).collect();
        assert_eq!(told, ["activities.credits[2]"], "beyond what an amount can be, as anywhere");
    });
}

#[test]
fn ids_are_the_same_ids_as_numbers_of_every_type() {
    let ids: [ArrayRef; 3] =
        [Arc::new(Int64Array::from(vec![9, 94, 101])), Arc::new(UInt32Array::from(vec![9, 94, 101])), Arc::new(UInt64Array::from(vec![9, 94, 101]))];
    ask(|question| {
        for column in ids {
            let kind = column.data_type().clone();
            let people = batch(vec![("person_id", column.clone())]);
            let records = batch(vec![("person_id", column), ("credits", texts(&["1", "2", "3"].map(Some)))]);
            let tables = Tables::of(question, &people).and_then(|t| t.with("activities", &records)).expect("tables");
            let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
            assert_eq!(verdicts.column_by_name("subject_id").map(|ids| ids.data_type().clone()), Some(arrow_schema::DataType::Int64), "{kind}");
        }
    });
}

#[test]
fn a_layer_reads_its_own_facts_from_tables() {
    let mut set = PolicySet::builtin().expect("the policies load");
    let layer = r#"
[policy]
id = "host"
number = "1"
issued = 2020-01-01

[[fact]]
subject = "practitioner"
name = "bonus"
type = "decimal"
zh = "加分"

[[fact]]
subject = "activity"
name = "points"
type = "decimal"

[[provision]]
id = "host-bonus"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'bonus >= 1 and total(activities.points) >= 3'

[[addition]]
decision = "cq-annual-cme"
all_of = ["host-bonus"]
"#;
    set.add("host.toml", layer).expect("a layer");
    let given = crate::evaluate::Given::new().with("year", 2024);
    let question = set.ask("cq-annual-cme", &given, "2024-11-15".parse().expect("a day")).expect("a question");
    let people = batch(vec![("person_id", texts(&["1", "2"].map(Some))), ("加分", texts(&["1", "0"].map(Some)))]);
    let records = batch(vec![("person_id", texts(&["1", "2"].map(Some))), ("points", texts(&["3", "3"].map(Some)))]);
    let tables = Tables::of(&question, &people).and_then(|t| t.with("activities", &records)).expect("tables");
    assert_eq!(tables.ignored, [""; 0]);
    let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
    let column =
        verdicts.schema().fields().iter().map(|field| field.name().clone()).find(|name| name.ends_with("host-bonus.status")).expect("its column");
    assert_eq!([0, 1].map(|row| Row(&verdicts, row).text(&column)), ["met", "unmet"].map(|status| Some(status.to_owned())));
}

#[test]
fn order_and_threads_change_nothing() {
    ask(|question| {
        let ids: Vec<String> = (0..300).map(|n| n.to_string()).collect();
        let owners: Vec<Option<&str>> = ids.iter().enumerate().flat_map(|(n, id)| std::iter::repeat_n(Some(id.as_str()), n % 5)).collect();
        let sorted = activities(&owners);
        let order: arrow_array::UInt32Array = (0..owners.len()).map(|n| u32::try_from(n * 7 % owners.len()).expect("small")).collect();
        assert_ne!(owners.len() % 7, 0, "each row once");
        let shuffled = arrow_select::take::take_record_batch(&sorted, &order).expect("rows");
        let known: Vec<Option<&str>> = ids.iter().map(|id| Some(id.as_str())).collect();
        let judge = |records: &RecordBatch, threads| {
            let tables = Tables::of(question, &people(&known)).and_then(|t| t.with("activities", records)).expect("tables");
            let seen = std::sync::atomic::AtomicUsize::new(0);
            let progress = |more| {
                seen.fetch_add(more, std::sync::atomic::Ordering::Relaxed);
            };
            let verdicts = question.evaluate_tables(&tables, Limits { threads, progress: Some(&progress), stop: None }).expect("verdicts").batch;
            assert_eq!(seen.into_inner(), 300);
            verdicts
        };
        let expected = judge(&sorted, 1);
        assert_eq!(judge(&sorted, 4), expected);
        assert_eq!(judge(&shuffled, 1).column(1), expected.column(1));
        assert_eq!(judge(&shuffled, 3), judge(&shuffled, 1));
    });
}

#[test]
fn a_run_that_is_wanted_no_more_gives_no_table() {
    ask(|question| {
        let tables = Tables::of(question, &people(&[Some("1"), Some("2")])).expect("a table");
        let stop = std::sync::atomic::AtomicBool::new(false);
        let run = || question.evaluate_tables(&tables, Limits { stop: Some(&stop), ..Limits::default() });
        assert_eq!(run().expect("verdicts").batch.num_rows(), 2);
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(run().expect_err("it was stopped").code(), Some(ProblemCode::Stopped));
    });
}

#[test]
fn a_day_outside_the_years_of_civil_dates_is_open_and_told_whatever_type_its_column_has() {
    // The last day of the year 9999, the first of 10000, the last before the year 1, and one that no calendar of ours holds.
    let days = [2_932_896, 2_932_897, -719_163, i32::MAX];
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["9999-12-31", "10000-01-01", "0000-12-31", "later"]));
    let [last, next, before, _] = days.map(|day| i64::from(day) * 86_400_000);
    let milliseconds = [last, next, before, i64::MAX];
    let columns: [ArrayRef; 3] = [Arc::new(Date32Array::from(days.to_vec())), Arc::new(Date64Array::from(milliseconds.to_vec())), texts];
    ask(|question| {
        for column in columns {
            let kind = column.data_type().clone();
            let owners = ["1", "2", "3", "4"].map(Some);
            let base = activities(&owners);
            let schema = base.schema();
            let columns = schema.fields().iter().zip(base.columns());
            let columns = columns.map(|(field, other)| (field.name().as_str(), Arc::clone(if field.name() == "授予日期" { &column } else { other })));
            let records = batch(columns.collect());
            let tables = Tables::of(question, &people(&owners)).and_then(|t| t.with("activities", &records)).expect("tables");
            let told = [1, 2, 3].map(|row| format!("activities.授予日期[{row}]"));
            assert_eq!(places(&tables), told.each_ref().map(|place| ("suspect", place.as_str())), "{kind}");
            let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts");
            let undecided = verdicts.batch.column_by_name("undecided").expect("the column");
            assert_eq!(**undecided.as_primitive::<Int32Type>().values(), [0, 1, 1, 1], "{kind}");
        }
    });
}

#[test]
fn tables_are_taken_in_once_and_asked_of_several_years_and_decisions() {
    fn take<'p>(question: &Question<'p>, people: &RecordBatch, records: &RecordBatch) -> Tables<'p> {
        Tables::of(question, people).and_then(|tables| tables.threads(3).with("activities", records)).expect("tables")
    }
    let set = PolicySet::builtin().expect("the policies load");
    let ask = |decision: &str, year: i64| {
        let given = crate::evaluate::Given::new().with("year", year);
        set.ask(decision, &given, "2024-11-15".parse().expect("a day")).expect("a question")
    };
    let (people, records) = (people(&[Some("1"), Some("2")]), activities(&[Some("2"), Some("1"), Some("2")]));
    let first = ask("cq-annual-cme", 2024);
    let taken = take(&first, &people, &records);
    for (decision, year) in [("cq-annual-cme", 2024), ("cq-annual-cme", 2023), ("cq-senior-duties", 2024)] {
        let question = ask(decision, year);
        let again = question.evaluate_tables(&taken, Limits::default()).expect("verdicts");
        let anew = question.evaluate_tables(&take(&question, &people, &records), Limits::default()).expect("verdicts");
        assert_eq!(again.batch, anew.batch, "{decision} of {year}");
    }
    let other = ask("cq-institution", 2024);
    assert_eq!(other.evaluate_tables(&taken, Limits::default()).expect_err("people are no institutions").code(), Some(ProblemCode::WrongType));
}

/// A policy of many totals: more than stand beside each other, of records some of which do not count.
fn many_totals() -> crate::policy::Policy {
    let mut text = r#"
        [policy]
        id = "many"
        number = "1"
        issued = 2020-01-01

        [[provision]]
        id = "no-paper"
        article = "1"
        subject = "activity"
        modality = "shall"
        require = 'electronic'
    "#
    .to_owned();
    let ids: Vec<String> = (0..30).map(|n| format!("t{n}")).collect();
    for (n, id) in ids.iter().enumerate() {
        let taken = match n % 3 {
            0 => format!("total(practitioner.activities[admissible and credits > {n}].credits)"),
            1 => format!("total(practitioner.activities[hours > {n}].hours)"),
            _ => format!("count(practitioner.activities[admissible and credits > {n}])"),
        };
        text += &format!("\n[[provision]]\nid = '{id}'\narticle = '2'\nsubject = 'practitioner'\nmodality = 'shall'\nrequire = '{taken} >= 20'\n");
    }
    text += &format!("\n[[decision]]\nid = 'many'\nsubject = 'practitioner'\nzh = '问'\nen = 'Asks.'\nrecords = ['no-paper']\nall_of = {ids:?}\n");
    crate::policy::Policy::from_toml("many.toml", &text).expect("a policy")
}

#[test]
fn rows_in_any_order_come_to_what_they_come_to_in_order() {
    let policy = many_totals();
    let question = policy
        .ask(policy.decision("many").expect("the decision"), &crate::evaluate::Given::new(), "2024-11-15".parse().expect("a day"))
        .expect("a question");
    assert!(matches!(question.plan(), super::Plan::Together { totals } if totals > 16), "{:?}", question.plan());
    // Plain numbers; those of which two come to more than half of the room; those that no small number holds; and one with too many decimals.
    for large in [["13", "40.5"], ["15000000.01", "14000000.25"], ["7000000000000", "1"], ["0.000001", "2"]] {
        let owners: Vec<Option<&str>> = ["2", "9", "1", "1", "3", "2", "2", "1", "2", "1"].into_iter().map(Some).collect();
        let cells = |n: usize| owners.iter().enumerate().map(|(row, _)| (row % 4 != n).then_some(large[(row + n) % 2])).collect::<Vec<_>>();
        let flags: Vec<Option<&str>> = (0..owners.len()).map(|row| [Some("true"), Some("false"), None][row % 3]).collect();
        let mixed =
            batch(vec![("person_id", texts(&owners)), ("credits", texts(&cells(1))), ("hours", texts(&cells(3))), ("electronic", texts(&flags))]);
        let judge = |records: &RecordBatch, threads| {
            let known = people(&["1", "2", "3", "4"].map(Some));
            let tables = Tables::of(&question, &known).and_then(|tables| tables.with("activities", records)).expect("tables");
            let of = || question.evaluate_tables(&tables, Limits { threads, ..Limits::default() }).expect("verdicts").batch;
            let first = of();
            assert_eq!(of(), first, "asked again");
            first
        };
        let rows_of = |id| (0_u32..).zip(&owners).filter(move |(_, owner)| **owner == Some(id)).map(|(row, _)| row);
        let in_order: arrow_array::UInt32Array = ["1", "2", "3"].into_iter().flat_map(rows_of).collect();
        let sorted = arrow_select::take::take_record_batch(&mixed, &in_order).expect("rows");
        let expected = judge(&sorted, 1);
        assert_eq!(expected.num_rows(), 4);
        for threads in [1, 2, 5] {
            assert_eq!(judge(&mixed, threads), expected, "{large:?} on {threads} threads");
        }
    }
}

#[test]
fn a_share_is_rounded_of_tables_as_of_facts() {
    let count = "count(practitioner.activities)";
    let shares = [
        format!("{count} / 3 - 1 >= 1"),
        format!("{count} / 3 + 0 = {count} / 3"),
        format!("max({count} / 7, 1) <= {count} / 7"),
        format!("{count} / 8 * 3 >= 0.375"),
        format!("{count} * 2 / 3 >= {count} / 1.5"),
    ];
    let mut text = "[policy]\nid = 'shares'\nnumber = '1'\nissued = 2020-01-01\n".to_owned();
    let ids: Vec<String> = (0..shares.len()).map(|n| format!("s{n}")).collect();
    for (id, share) in ids.iter().zip(&shares) {
        text += &format!(
            "\n[[provision]]\nid = '{id}'\narticle = '1'\nsubject = 'practitioner'\nmodality = 'shall'\nwhen = '{share}'\nrequire = '{count} >= 2'\n"
        );
    }
    for (n, id) in ids.iter().enumerate() {
        text += &format!("\n[[decision]]\nid = 'd{n}'\nsubject = 'practitioner'\nzh = '问'\nen = 'Asks.'\nall_of = ['{id}']\n");
    }
    let policy = crate::policy::Policy::from_toml("shares.toml", &text).expect("a policy");
    let people: Vec<Facts> = (1..40)
        .map(|n| format!(r#"{{"practitioner": {{"activities": [{}]}}}}"#, vec![r#"{"credits": "1"}"#; n].join(",")))
        .map(|json| Facts::from_json(&json).expect("facts"))
        .collect();
    let together: Vec<&Facts> = people.iter().collect();
    for n in 0..shares.len() {
        let decision = policy.decision(&format!("d{n}")).expect("the decision");
        let question = policy.ask(decision, &crate::evaluate::Given::new(), "2024-11-15".parse().expect("a day")).expect("a question");
        let tables = tables(&question, &together).expect("tables");
        let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts");
        for (row, facts) in together.iter().enumerate() {
            Row(&verdicts.batch, row).holds(&question.evaluate(facts));
        }
    }
}

#[test]
fn somebody_with_very_many_or_very_large_records_is_judged_like_anybody() {
    ask(|question| {
        let owners: Vec<Option<&str>> = std::iter::repeat_n(Some("1"), 10_001).chain(std::iter::repeat_n(Some("2"), 300)).collect();
        let large = |at: usize| if at < 10_001 { "0.01" } else { "7000000000000" };
        let base = activities(&owners);
        let at = base.schema().index_of("credits").expect("the column");
        let mut columns = base.columns().to_vec();
        columns[at] = Arc::new((0..owners.len()).map(|place| Some(large(place))).collect::<StringArray>());
        let records = RecordBatch::try_new(base.schema(), columns).expect("a table");
        let tables = Tables::of(question, &people(&[Some("1"), Some("2")])).and_then(|t| t.with("activities", &records)).expect("tables");
        let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts").batch;
        let actual = [0, 1].map(|row| Row(&verdicts, row).text("cq-credits.actual").expect("a figure"));
        assert_eq!(actual, ["100.01", "2100000000000000"]);
        assert_eq!(Row(&verdicts, 0).text("counted").as_deref(), Some("10001"));
    });
}

#[test]
fn outside_the_days_of_the_rules_nothing_is_asked_of_anybody() {
    let set = PolicySet::builtin().expect("the policies load");
    let given = crate::evaluate::Given::new().with("year", 2010);
    let question = set.ask("cq-annual-cme", &given, "2010-11-15".parse().expect("a day")).expect("a question");
    let tables = Tables::of(&question, &people(&[Some("1")])).and_then(|t| t.with("activities", &activities(&[Some("1")]))).expect("tables");
    let verdicts = question.evaluate_tables(&tables, Limits::default()).expect("verdicts");
    assert_eq!(verdicts.counts.not_applicable, 1);
}

#[test]
fn tables_come_back_from_files() {
    use super::TableFormat;
    let table = activities(&[Some("1"), None]);
    for format in [TableFormat::Parquet, TableFormat::Arrow] {
        let bytes = format.write(&table).expect("a file");
        assert_eq!(format.read("a.file", bytes.clone()).expect("a table"), table);
        let broken = format.read("a.file", bytes[..bytes.len() / 2].to_vec()).expect_err("half a file");
        assert_eq!((broken.problems[0].code.code(), broken.problems[0].place.as_str()), ("unreadable", "a.file"));
    }
    assert_eq!(TableFormat::of("x/y.PARQUET"), Some(TableFormat::Parquet));
    assert_eq!(TableFormat::of("x.csv"), None);
}
