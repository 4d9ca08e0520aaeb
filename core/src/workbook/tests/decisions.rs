//! Every decision of the built-in policies through a workbook: the examples of the policy files, written into sheets laid out like the
//! template, and read back.

use std::collections::HashSet;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;

use super::super::header::{Kind, Of, Target, kinds};
use super::super::spec::{Into, Spec};
use super::super::template::{Sheets as SheetPlan, own_facts, plan_of};
use super::super::tree::{Holder, Tree};
use super::*;
use crate::check::check;
use crate::facts::FieldKind;

/// The record that a row is, with those that own it.
#[derive(Clone, Copy)]
struct Line<'v> {
    row: &'v Value,
    owner: &'v Value,
    root: &'v Value,
}

/// What a subject is told of, as it stands on the sheets of a template.
struct Layout<'p> {
    own: Vec<&'p OwnFact>,
    sheets: Vec<SheetPlan<'p>>,
}

impl Layout<'_> {
    /// A workbook with these facts of one subject.
    fn write(&self, subject: &'static Entity, facts: &Value) -> Vec<u8> {
        let tree = Tree::of(subject, &self.own);
        let mut book = Workbook::new();
        for kind in kinds(&tree, &self.own) {
            let Some(register) = tree.registers.get(kind.register) else { continue };
            let root = match register.slot.and_then(|slot| subject.fields.get(slot)) {
                Some(field) => &facts[field.name],
                None => facts,
            };
            if root.is_null() {
                continue;
            }
            let Some(node) = kind.node.and_then(|node| register.nodes.get(node)) else {
                // What is shared has a sheet only where it says more than the row of the subject can.
                self.sheet(&mut book, register.entity.zh, &kind, &[Line { row: root, owner: &Value::Null, root }]);
                continue;
            };
            let holds = |record: &'_ Value| -> Value {
                match node.holder {
                    Holder::Field(_, field) => record[field.name].clone(),
                    Holder::Own(fact) => record["extra"][&fact.name].clone(),
                }
            };
            let through = node.through.and_then(|slot| register.entity.fields.get(slot)).map(|field| field.name);
            let within = |record: &Value| through.map_or_else(|| record.clone(), |through| record[through].clone());
            let owners: Vec<Value> = match node.owner.and_then(|owner| register.nodes.get(owner)) {
                None => vec![within(root)],
                Some(owner) => {
                    let through = owner.through.and_then(|slot| register.entity.fields.get(slot)).map(|field| field.name);
                    let record = through.map_or(root, |through| &root[through]);
                    let Holder::Field(_, field) = owner.holder else { continue };
                    record[field.name].as_array().cloned().unwrap_or_default()
                }
            };
            let lists: Vec<(&Value, Value)> = owners.iter().map(|owner| (owner, holds(owner))).filter(|(_, held)| !held.is_null()).collect();
            if lists.is_empty() {
                continue;
            }
            let mut lines = Vec::new();
            for (owner, held) in &lists {
                let records: Vec<&Value> =
                    if node.many { held.as_array().map(Vec::as_slice).unwrap_or_default().iter().collect() } else { vec![held] };
                lines.extend(records.into_iter().map(|row| Line { row, owner, root }));
            }
            self.sheet(&mut book, node.holder.labels()[0], &kind, &lines);
        }
        book.save_to_buffer().expect("a workbook")
    }

    fn sheet(&self, book: &mut Workbook, name: &str, kind: &Kind<'_>, lines: &[Line<'_>]) {
        let plan = self.sheets.iter().find(|plan| plan.name() == name).unwrap_or_else(|| unreachable!("the template has no sheet {name}"));
        if book.worksheet_from_name(name).is_ok() {
            return;
        }
        let page = book.add_worksheet();
        page.set_name(name).expect("a name");
        for (column, (header, field)) in (0_u16..).zip(plan.headers()) {
            page.write_string(0, column, &header).expect("a header");
            let Some(target) = kind.means(header.trim_start_matches('*')) else { continue };
            for (row, line) in (1_u32..).zip(lines) {
                self.cell(page, (row, column), kind, target, &field, line);
            }
        }
    }

    /// Writes what a line says of a field.
    fn cell(&self, page: &mut Worksheet, (row, column): (u32, u16), kind: &Kind<'_>, target: Target, spec: &Spec<'_>, line: &Line<'_>) {
        let Some(record) = part(kind, target.part, line) else { return };
        let (name, value) = match target.into {
            Into::Slot(slot) => {
                let name = kind.parts.get(target.part).and_then(|part| part.entity.fields.get(slot)).map_or("", |field| field.name);
                (name.to_owned(), &record[name])
            }
            Into::Own(place) => {
                let name = self.own.get(place).map_or("", |fact| fact.name.as_str());
                let own = if record.get("extra").is_some() { &record["extra"][name] } else { &record[name] };
                (format!("extra.{name}"), own)
            }
            Into::Recorded => ("recorded_at".to_owned(), &record["recorded_at"]),
        };
        let says = |list: &str| record[list].as_array().is_some_and(|names| names.iter().any(|said| said.as_str() == Some(&name)));
        let none = says("none") || value.is_null() && record["extra"].as_object().is_some_and(|extra| extra.contains_key(spec.name));
        let text = if none {
            "无".to_owned()
        } else if says("unknown") {
            "不详".to_owned()
        } else {
            match value {
                Value::Null => return,
                Value::Array(items) if items.is_empty() => "无".to_owned(),
                Value::Array(items) => items.iter().map(|item| word(spec, item)).collect::<Vec<_>>().join("、"),
                value => word(spec, value),
            }
        };
        let date = Format::new().set_num_format("yyyy-mm-dd");
        match spec.kind {
            FieldKind::Day if !spec.many && text.is_ascii() => {
                page.write_datetime_with_format(row, column, ExcelDateTime::parse_from_str(&text).expect("a day"), &date).expect("a cell")
            }
            FieldKind::Integer | FieldKind::Decimal if !spec.many && text.is_ascii() => {
                page.write_number(row, column, text.parse::<f64>().expect("a number")).expect("a cell")
            }
            _ => page.write_string(row, column, text).expect("a cell"),
        };
    }
}

/// The record that a part of a row is.
fn part<'v>(kind: &Kind<'_>, place: usize, line: &Line<'v>) -> Option<&'v Value> {
    let part = kind.parts.get(place)?;
    match part.within {
        Some((outer, slot)) => {
            let outer_entity = kind.parts.get(outer)?.entity;
            Some(&self::part(kind, outer, line)?[outer_entity.fields.get(slot)?.name])
        }
        None => Some(match part.of {
            Of::Row => line.row,
            Of::Owner => line.owner,
            Of::Root => line.root,
        }),
    }
}

/// A value in the words of the template's lists.
fn word(spec: &Spec<'_>, value: &Value) -> String {
    let text = match value {
        Value::Bool(yes) => return if *yes { "是" } else { "否" }.to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match (spec.kind, spec.own_codes()) {
        (FieldKind::Code(list), _) => list.index(&text).and_then(|index| list.codes.get(index)).map_or(text, |code| code.zh.to_owned()),
        (_, Some(codes)) => codes.iter().find(|(code, _)| *code == text).and_then(|(_, words)| *words).map_or(text.clone(), |words| words.zh.clone()),
        _ => text,
    }
}

/// The facts with the number of their subject, and those of the records that own others.
fn numbered(subject: &'static Entity, facts: &mut Value) {
    fn number(entity: &'static Entity, value: &mut Value, count: &mut usize) {
        let Some(object) = value.as_object_mut() else { return };
        *count += 1;
        if let Some(field) = entity.keys().number.and_then(|slot| entity.fields.get(slot)) {
            let number = match field.name {
                "region_code" => "500000".to_owned(),
                // The number of a residency is that of whose it is.
                "trainee_id" => "N1".to_owned(),
                _ => format!("N{count}"),
            };
            object.entry(field.name).or_insert(Value::String(number));
        }
        // A row with nothing but a number is no record.
        if let Some(field) = entity.keys().name.and_then(|slot| entity.fields.get(slot)) {
            object.entry(field.name).or_insert_with(|| Value::String("某某".to_owned()));
        }
        // Rows that say the same would be taken for one: a mentor's trainees have numbers.
        if entity.name == "assignment" {
            object.entry("trainee_id").or_insert_with(|| Value::String(format!("N{count}")));
        }
        for field in entity.fields {
            match (field.kind, object.get_mut(field.name)) {
                (FieldKind::Record(inner), Some(value)) => number(inner(), value, count),
                (FieldKind::Records(inner), Some(Value::Array(items))) => items.iter_mut().for_each(|item| number(inner(), item, count)),
                _ => {}
            }
        }
    }
    number(subject, facts, &mut 0);
}

#[test]
fn every_decision_is_answered_from_a_workbook_as_from_json() {
    let set = PolicySet::builtin().expect("the built-in policies");
    let subjects: Vec<&'static Entity> = Facts::SUBJECTS.iter().copied().filter(|subject| subject.keys().number.is_some()).collect();
    let own = own_facts(&set);
    let mut asked = 0;
    let mut decisions: HashSet<&str> = HashSet::new();
    let mut wrong: Vec<String> = Vec::new();
    for policy in set.policies() {
        let others = own.iter().copied().filter(|fact| policy.facts.iter().all(|known| (&known.subject, &known.name) != (&fact.subject, &fact.name)));
        let own: Vec<&OwnFact> = policy.facts.iter().chain(others).collect();
        let layout = Layout { sheets: plan_of(&set, &subjects), own };
        for (id, place, question, facts) in policy.questions_of_examples() {
            asked += 1;
            decisions.insert(id);
            let decision = Asked::of(&set, id, question.as_of()).expect("a decision");
            let subject = decision.subject;
            // The numbers are there in both, since a row is nobody's without one.
            let mut facts = serde_json::to_value(facts).expect("JSON")[subject.name].clone();
            numbered(subject, &mut facts);
            let bytes = layout.write(subject, &facts);
            let mut json =
                Facts::from_value(&serde_json::json!({ subject.name: facts })).unwrap_or_else(|error| unreachable!("{id} {place}: {error}"));
            assert!(policy.bind(&mut json).is_empty());
            let expected = serde_json::to_value(question.evaluate(&json)).expect("JSON");
            let register = match read(&bytes, "登记表.xlsx", &decision, &mut |_| {}) {
                Ok(register) => register,
                Err(error) => {
                    wrong.push(format!("{id} {place}: {error}"));
                    continue;
                }
            };
            let notes: Vec<String> = register.problems.iter().map(|note| note.problem.to_string()).collect();
            let read_facts = register.subjects.first().map(|listed| serde_json::to_value(&listed.facts).expect("JSON")[subject.name].clone());
            let checked = check(&question, register, &mut |_, _| {}).expect("subjects");
            let found: Vec<Value> = checked.verdicts().iter().map(|verdict| serde_json::to_value(verdict).expect("JSON")).collect();
            if found != [expected.clone()] {
                let status = |verdict: &Value| (verdict["status"].clone(), verdict["missing"].clone());
                wrong.push(format!(
                    "{id} {place}: {:?} and not {:?}\n  notes {notes:?}\n  facts {facts}\n  read  {}",
                    found.iter().map(status).collect::<Vec<_>>(),
                    status(&expected),
                    read_facts.unwrap_or_default(),
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
    let without: Vec<&str> = set
        .policies()
        .iter()
        .flat_map(|policy| &policy.decisions)
        .map(|decision| decision.id.as_str())
        .filter(|id| !decisions.contains(*id))
        .collect();
    assert_eq!(without, [""; 0], "every decision has an example");
}
