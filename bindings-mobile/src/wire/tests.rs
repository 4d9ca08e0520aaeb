//! What crosses reads as its JSON, and no bytes do harm.

use medtrain::evaluate::{Given, Verdict};
use medtrain::explain::why;
use medtrain::facts::{Facts, ReadFacts};
use medtrain::policy::PolicySet;
use medtrain::problem::{Problem, ProblemCode};
use medtrain::quantity::parse_day;
use medtrain::receipt::Receipt;
use medtrain::shape::{Body, Crosses, FieldShape, Form, Role};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::asked::read_facts;

use super::{CODE, END, ENTRY, FALSE, INTEGER, LIST, NAMED, NONE, PLACED, Source, TEXT, TRUE, read, write};

/// Reads what was written as another language does: by the shape alone.
struct Reader<'b>(&'b [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().expect("a byte");
        self.0 = rest;
        *first
    }

    fn number(&mut self) -> u64 {
        let byte = self.byte();
        u64::from(byte & 0x7f) | if byte < 0x80 { 0 } else { self.number() << 7 }
    }

    fn text(&mut self) -> String {
        let length = usize::try_from(self.number()).expect("a length");
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        std::str::from_utf8(text).expect("UTF-8").to_owned()
    }

    fn entries(&mut self, mut read: impl FnMut(&mut Self, &str) -> Json) -> Json {
        assert_eq!(self.byte(), NAMED);
        let mut entries = Map::new();
        while self.byte() == ENTRY {
            let name = self.text();
            let value = read(self, &name);
            entries.insert(name, value);
        }
        Json::Object(entries)
    }

    fn value(&mut self, form: Form) -> Json {
        match form {
            Form::Shape(shape) => match (&shape().body, shape().role) {
                (Body::Record(fields), Role::Fact(_)) => self.entries(|reader, name| {
                    let field = fields.iter().find(|field| field.name == name).expect("a field");
                    reader.value(field.form)
                }),
                (Body::Record(fields), _) => {
                    assert_eq!(self.byte(), PLACED, "{}", shape().name);
                    self.placed(Map::new(), fields)
                }
                (Body::Codes(codes), _) => match self.byte() {
                    CODE => {
                        let place = usize::try_from(self.number()).expect("a place");
                        json!(codes[place].code)
                    }
                    tag => {
                        assert_eq!(tag, TEXT);
                        json!(self.text())
                    }
                },
                (Body::Union(variants), _) => {
                    assert_eq!((self.byte(), self.byte()), (PLACED, TEXT));
                    let kind = self.text();
                    let variant = variants.iter().find(|variant| variant.kind == kind).expect("a variant");
                    self.placed(Map::from_iter([("kind".to_owned(), json!(kind))]), variant.fields)
                }
            },
            Form::Optional(inner) => self.value(*inner),
            Form::List(inner) => {
                assert_eq!(self.byte(), LIST);
                (0..self.number()).map(|_| self.value(*inner)).collect()
            }
            Form::Values => self.entries(|reader, _| reader.plain()),
            _ => self.plain(),
        }
    }

    fn placed(&mut self, mut record: Map<String, Json>, fields: &[FieldShape]) -> Json {
        for field in fields {
            if self.0.first() == Some(&NONE) {
                assert!(field.left_out_empty || matches!(field.form, Form::Optional(_)), "{}", field.name);
                self.byte();
            } else {
                record.insert(field.name.to_owned(), self.value(field.form));
            }
        }
        Json::Object(record)
    }

    fn plain(&mut self) -> Json {
        match self.byte() {
            NONE => Json::Null,
            FALSE => json!(false),
            TRUE => json!(true),
            INTEGER => {
                let number = self.number();
                json!((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
            }
            TEXT => json!(self.text()),
            tag => unreachable!("{tag} of a plain value"),
        }
    }
}

fn crosses<T: Crosses + Serialize>(value: &T) {
    let written = write(value).expect("it is written");
    let mut reader = Reader(&written);
    let found = reader.value(T::FORM);
    assert!(reader.0.is_empty(), "bytes are left");
    // Written out, so that the order of fields counts.
    assert_eq!(found.to_string(), serde_json::to_string(value).expect("JSON"));
}

const FACTS: &str = r#"{"practitioner": {"person_id": "1001", "title_grade": "intermediate", "unknown": ["title"], "none": ["post"], "activities": [
    {"awarded_on": "2024-05-10", "credits": "12.5", "hours": "16", "subject_kind": "professional", "electronic": true, "recorded_at": "2024-05-11"},
    {"awarded_on": "2022-05-10", "credits": "5", "hours": "16", "subject_kind": "public", "job_related": true, "project": {"activity_no": "1"}}]}}"#;

fn asked(ask: impl FnOnce(&medtrain::evaluate::Question<'_>, &Facts)) {
    let set = PolicySet::builtin().expect("the built-in policies");
    let given = Given::new().with("year", 2024);
    let question = set.ask("cq-annual-cme", &given, parse_day("2024-09-15").expect("a day")).expect("a question");
    ask(&question, &question.facts_from_json(FACTS).expect("facts"));
}

#[test]
fn what_leaves_reads_by_its_shape_as_its_json() {
    asked(|question, facts| {
        let verdict = question.evaluate(facts);
        let other = question.changed(facts, &[r#"practitioner.activities[+]={"credits": "15", "awarded_on": "2024-06-01"}"#]).expect("facts");
        crosses(facts);
        crosses(&question.remedies_with_days(facts));
        crosses(&question.portions(facts, &verdict));
        crosses(&question.labels());
        crosses(&question.what_if(facts, &other));
        crosses(&why(question, facts));
        crosses(&Receipt::new(verdict, facts));
    });
    let set = PolicySet::builtin().expect("the built-in policies");
    crosses(&set.list_policies());
    crosses(&set.list_provisions());
    crosses(&set.list_decisions());
    crosses(&set.calendar("cq-2017-25", 2024).expect("a calendar"));
}

/// Writes JSON as another language writes its objects.
fn with_names(json: &Json, out: &mut Vec<u8>) {
    let number = |mut number: u64, out: &mut Vec<u8>| {
        while number >= 0x80 {
            out.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        out.push(number.to_le_bytes()[0]);
    };
    match json {
        Json::Null => out.push(NONE),
        Json::Bool(truth) => out.push(if *truth { TRUE } else { FALSE }),
        Json::Number(whole) => {
            let whole = whole.as_i64().expect("a whole number");
            out.push(INTEGER);
            number(((whole << 1) ^ (whole >> 63)).cast_unsigned(), out);
        }
        Json::String(text) => {
            out.push(TEXT);
            number(text.len() as u64, out);
            out.extend_from_slice(text.as_bytes());
        }
        Json::Array(items) => {
            out.push(LIST);
            number(items.len() as u64, out);
            for item in items {
                with_names(item, out);
            }
        }
        Json::Object(entries) => {
            out.push(NAMED);
            for (name, value) in entries {
                out.push(ENTRY);
                number(name.len() as u64, out);
                out.extend_from_slice(name.as_bytes());
                with_names(value, out);
            }
            out.push(END);
        }
    }
}

fn written(json: &Json) -> Vec<u8> {
    let mut out = Vec::new();
    with_names(json, &mut out);
    out
}

fn facts_of(bytes: &[u8]) -> Result<Facts, medtrain::problem::TrainingError> {
    read_facts(&mut Source::of(bytes)).whole().map(ReadFacts::into_facts)
}

#[test]
fn what_comes_reads_as_its_json() {
    let facts: Json = serde_json::from_str(FACTS).expect("JSON");
    assert_eq!(facts_of(&written(&facts)).expect("facts"), Facts::from_json(FACTS).expect("facts"));
    asked(|question, facts| {
        let mut verdict = question.evaluate(facts);
        verdict.remedies = Some(question.remedies_with_days(facts));
        let json: Json = serde_json::from_str(&verdict.to_json()).expect("JSON");
        let read: Verdict = read(&written(&json)).expect("a verdict");
        assert_eq!(read, verdict);
    });
    let wrong = json!({"practitioner": {"persn_id": "1", "activities": [{"credits": 5}]}});
    let (here, there) = (facts_of(&written(&wrong)), Facts::from_json(&wrong.to_string()));
    assert_eq!(here.expect_err("two problems"), there.expect_err("two problems"));
}

#[test]
fn facts_that_a_policy_declares_itself_are_told_with_the_others() {
    let wrong = json!({"practitioner": {"persn_id": "1", "activities": [{"credits": 5}], "extra": {"points": 1}}});
    asked(|question, _| {
        let read = read_facts(&mut Source::of(&written(&wrong)));
        let here = question.accept(&read).expect_err("three problems").problems;
        assert_eq!(here, question.facts_from_json(&wrong.to_string()).expect_err("three problems").problems);
        let places: Vec<&str> = here.iter().map(|problem| problem.place.as_str()).collect();
        assert_eq!(places, ["practitioner.persn_id", "practitioner.activities[0].credits", "practitioner.extra.points"]);
    });
}

#[test]
fn no_bytes_do_harm() {
    let whole = written(&serde_json::from_str(FACTS).expect("JSON"));
    for end in 0..whole.len() {
        assert!(facts_of(&whole[..end]).is_err(), "cut at {end}");
    }
    for place in 0..whole.len() {
        for byte in [0, 1, 4, 6, 7, 9, 0x7f, 0xff] {
            let mut other = whole.clone();
            other[place] = byte;
            let _ = facts_of(&other);
            let _ = read::<Verdict>(&other);
        }
    }
    // A list that says that it is longer than memory.
    assert!(facts_of(&[LIST, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]).is_err());
    assert!(facts_of(&[INTEGER; 20]).is_err());
}

#[test]
fn what_cannot_be_read_has_its_place() {
    asked(|question, facts| {
        let json: Json = serde_json::from_str(&question.evaluate(facts).to_json()).expect("JSON");
        let problem = |pointer: &str, value: Json| {
            let mut other = json.clone();
            *other.pointer_mut(pointer).expect("a value") = value;
            let problem = Problem::from(read::<Verdict>(&written(&other)).expect_err("a wrong value"));
            (problem.code, problem.place)
        };
        for day in ["+999999999-12-31", "-999999999-01-01", "2024-02-30"] {
            assert_eq!(problem("/as_of", json!(day)), (ProblemCode::BadDate, "as_of".to_owned()), "{day}");
        }
        assert_eq!(problem("/findings/1/due", json!("+12345678-01-01")), (ProblemCode::BadDate, "findings[1].due".to_owned()));
        assert_eq!(problem("/status", json!("fine")), (ProblemCode::Syntax, "status".to_owned()));
    });
    assert_eq!(Problem::from(read::<Verdict>(&[9]).expect_err("no value")).place, "border");
}

#[test]
fn values_too_deep_in_one_another_are_refused() {
    let mut bytes = vec![LIST; 200_000];
    bytes.iter_mut().skip(1).step_by(2).for_each(|length| *length = 1);
    let error = read::<serde_json::Value>(&bytes).expect_err("too deep");
    assert!(error.to_string().contains("too deep"), "{error}");
}
