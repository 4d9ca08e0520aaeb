//! From the text of a policy file to a compiled policy, or to every problem in it.

mod additions;
mod dates;
mod decisions;
mod examples;
mod facts;
mod keys;
mod names;
mod provisions;
mod syntax;
mod words;

pub use keys::KEYS;

pub(super) use keys::of as keys_of;

use std::cell::RefCell;
use std::sync::OnceLock;

use toml::de::DeTable;

use super::table::Table;
use super::{Policy, Provision, Text, shapes};
use crate::hash;
use crate::order::order_by_key;
use crate::problem::{ProblemCode, TrainingError};
use crate::source::{Source, lines_of};

/// Reads a policy file; `name` is what messages call it.
pub(super) fn load(name: &str, text: &str) -> Result<Policy, TrainingError> {
    let lines = lines_of(text);
    let source = Source::new(name, text, &lines);
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(TrainingError { problems: syntax::problems(&source, text) });
    }
    let problems = RefCell::new(Vec::new());
    let span = root.span();
    let table = Table::new(root.get_ref(), span, "a policy file", source, &problems);
    let policy = read(&table, text);
    if policy.is_some() {
        table.finish();
    }
    let mut problems = problems.take();
    order_by_key(&mut problems, |p| place_of(&p.place));
    match policy {
        Some(policy) if problems.is_empty() => Ok(policy),
        _ => Err(TrainingError { problems }),
    }
}

/// Reads the rules of a built-in file, whose examples are read when they are asked for; `hash` is that of the whole file.
pub(super) fn load_rules(name: &str, rules: &str, hash: &str) -> Result<Policy, TrainingError> {
    Ok(Policy { hash: hash.to_owned(), examples: OnceLock::new(), ..load(name, rules)? })
}

/// Line and column of a place, so that problems come in the order of the file.
pub(super) fn place_of(place: &str) -> (usize, usize) {
    let mut parts = place.rsplit(':').map(|part| part.parse().unwrap_or(0));
    let column = parts.next().unwrap_or(0);
    (parts.next().unwrap_or(0), column)
}

fn read(file: &Table<'_>, text: &str) -> Option<Policy> {
    let Some(head) = file.table("policy", "[policy]") else {
        file.report_with_cure(
            ProblemCode::Missing,
            &(0..0),
            "a policy file needs a table `[policy]`",
            "begin it with `[policy]`, `id`, `number` and `issued`",
        );
        return None;
    };
    let (mut own, wrong_facts) = facts::own_facts(file);
    let schema = shapes::schema(&own);
    let decision_tables = file.tables("decision", "[[decision]]");
    let provision_tables = file.tables("provision", "[[provision]]");
    let addition_tables = file.tables("addition", "[[addition]]");
    let given = decisions::given(decision_tables.iter().chain(&addition_tables));
    let ids = provisions::ids(&provision_tables);
    let mut once = Vec::new();
    let (read, words) = {
        let wrongly_given = decisions::wrongly_given(decision_tables.iter().chain(&addition_tables), &given);
        let wrong: Vec<String> = wrong_facts.into_iter().chain(wrongly_given).collect();
        let names = names::NamesBySubject::new(file, &schema, &given, &provision_tables, &wrong);
        let read = provisions::read(&provision_tables, &names, &ids, &mut once);
        let words = words::read(file, &names, &words::Known { facts: &own, given: &given, provisions: &read, once: &once });
        (read, words)
    };
    words::tell(&words.words, &mut own);
    let decisions = decisions::read(&decision_tables, &read, &given, &once);
    let additions = additions::read(&addition_tables, &decisions, &read, &given, &once);

    let issued = head.day("issued");
    let from = head.day("from");
    if issued.is_none() && from.is_none() {
        head.report_with_cure(
            ProblemCode::Missing,
            head.span(),
            "[policy] needs `issued` or `from`",
            "add the day on which it was issued: `issued = 2024-01-31`",
        );
    }
    let mut policy = Policy {
        id: head.need_text("id").to_owned(),
        number: head.need_text("number").to_owned(),
        version: head.text("version").unwrap_or("1").to_owned(),
        jurisdiction: head.text("jurisdiction").map(str::to_owned),
        issued: issued.or(from).unwrap_or_default(),
        from,
        until: head.day("until"),
        title: texts(&head, "zh", "en"),
        hash: hash::of(text.as_bytes()),
        provisions: read,
        decisions,
        additions,
        facts: own,
        words: words.words,
        named: words.named,
        schema,
        given,
        once,
        examples: OnceLock::new(),
        labels: OnceLock::new(),
    };
    if policy.until.is_some_and(|until| until < policy.first_day()) {
        let span = head.span_of("until");
        head.report_with_cure(
            ProblemCode::Contradiction,
            &span,
            "`until` is before the first day on which the policy binds",
            "correct `until`, `from` or `issued`",
        );
    }
    for (table, provision) in provision_tables.iter().zip(&policy.provisions) {
        need_a_day(table, provision, &policy);
    }
    // Known, and of no weight for evaluation.
    head.text("issuer");
    head.finish();
    policy.examples = OnceLock::from(examples::read(&provision_tables, &decision_tables, &policy));
    for table in provision_tables.iter().chain(&decision_tables) {
        table.finish();
    }
    Some(policy)
}

/// Reports a provision with a first or last day of its own that is in force on no day.
fn need_a_day(table: &Table<'_>, provision: &Provision, policy: &Policy) {
    let key = ["until", "from"].into_iter().find(|key| table.get(key).is_some());
    if let (Some(key), (first, Some(last))) = (key, policy.in_force(provision))
        && last < first
    {
        let message = format!("it is in force on no day: its last day would be {last}, and its first {first}");
        table.report_with_cure(ProblemCode::Contradiction, &table.span_of(key), message, "correct `from` or `until`, here or of `[policy]`");
    }
}

fn texts(table: &Table<'_>, zh: &'static str, en: &'static str) -> Text {
    Text { zh: table.text(zh).unwrap_or("").to_owned(), en: table.text(en).unwrap_or("").to_owned() }
}

/// The place of an id among the ids of the file; an unknown one is reported.
fn resolve(table: &Table<'_>, ids: &[String], id: &str, span: &crate::feel::Span, what: &str) -> Option<usize> {
    let found = ids.iter().position(|known| known == id);
    if found.is_none() {
        let problem = table.source().problem(ProblemCode::UnknownName, span, format!("no {what} is called `{id}`"));
        let problem = problem.with_cure(format!("name a {what} of this file"));
        table.push(problem.with_nearest(id, ids.iter().map(String::as_str)));
    }
    found
}
