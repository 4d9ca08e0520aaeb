//! Words in Chinese and in English, which everything has that people read.

use std::cell::RefCell;

use toml::de::DeValue;

use super::Tables;
use crate::feel::Span;
use crate::policy::Policy;
use crate::policy::table::Table;
use crate::problem::ProblemCode;
use crate::quantity::Unit;

/// Warns of what has no words in one of the languages.
///
/// What a policy adds to takes the words of the policy that asks it.
pub(super) fn check(tables: &Tables<'_>, policy: &Policy, others: &[&Policy]) {
    if let Some(head) = tables.file.table("policy", "[policy]") {
        need_words(&head, "the policy");
    }
    let above = others.iter().filter(|other| policy.adds_to().any(|id| other.decision(id).is_some()));
    let words = Words::of(tables.file, above.flat_map(|other| &other.words).map(|word| word.code.as_str()));
    for fact in &tables.facts {
        need_words(fact, &named(fact, "name", "fact"));
        fact.texts("codes").into_iter().for_each(|(code, span)| words.need(fact, "code", code, &span));
        words.need_unit(fact, "unit");
    }
    for provision in &tables.provisions {
        need_words(provision, &named(provision, "id", "provision"));
        words.need_unit(provision, "amount_unit");
        let relaxations = |table: &Table<'_>| {
            if let Some(relax) = table.table("relax", "relax") {
                need_words(&relax, &named(&relax, "name", "relaxation"));
            }
        };
        relaxations(provision);
        for part in provision.tables("part", "[[provision.part]]") {
            need_words(&part, &named(&part, "id", "part"));
            relaxations(&part);
        }
        for detail in provision.tables("detail", "[[provision.detail]]") {
            need_words(&detail, &named(&detail, "name", "detail"));
        }
    }
    for decision in &tables.decisions {
        need_words(decision, &named(decision, "id", "decision"));
        words.need_given(decision);
    }
    tables.additions.iter().for_each(|addition| words.need_given(addition));
}

/// The names to which `[words]` gives words, and those that were told to have none.
struct Words<'t> {
    known: Vec<&'t str>,
    told: RefCell<Vec<String>>,
}

impl<'t> Words<'t> {
    fn of(file: &Table<'t>, above: impl Iterator<Item = &'t str>) -> Self {
        let words = file.table("words", "[words]");
        let known = words.iter().flat_map(Table::entries).map(|(name, _)| name.get_ref().as_ref()).chain(above).collect();
        Self { known, told: RefCell::default() }
    }

    /// Warns of a name of the file's own that people are told as it is, once.
    fn need(&self, table: &Table<'_>, what: &str, name: &str, span: &Span) {
        let mut told = self.told.borrow_mut();
        if self.known.contains(&name) || told.iter().any(|told| told == name) {
            return;
        }
        told.push(name.to_owned());
        let cure = format!("add `{name} = {{ zh = \"..\", en = \"..\" }}` to `[words]`");
        table.report_with_cure(ProblemCode::Untranslated, span, format!("{what} `{name}` has no words"), cure);
    }

    fn need_unit(&self, table: &Table<'_>, key: &'static str) {
        if let Some((unit, entry)) = table.text_entry(key).filter(|(unit, _)| matches!(Unit::of(unit), Unit::Named(_))) {
            self.need(table, "unit", unit, &entry.span());
        }
    }

    fn need_given(&self, decision: &Table<'_>) {
        let Some(given) = decision.table("given", "given") else { return };
        for (name, entry) in given.entries() {
            // The year has words already.
            if name.get_ref() != "year" {
                self.need(&given, "what is given as", name.get_ref(), &name.span());
            }
            let DeValue::Array(codes) = entry.get_ref() else { continue };
            for code in codes {
                if let DeValue::String(text) = code.get_ref() {
                    self.need(&given, "code", text, &code.span());
                }
            }
        }
    }
}

fn named(table: &Table<'_>, key: &'static str, what: &str) -> String {
    match table.text(key) {
        Some(name) if !name.is_empty() => format!("{what} `{name}`"),
        _ => format!("this {what}"),
    }
}

fn need_words(table: &Table<'_>, what: &str) {
    let lacks = |key| table.text(key).is_none_or(|text| text.trim().is_empty());
    let (keys, cure) = match (lacks("zh"), lacks("en")) {
        (true, true) => ("neither `zh` nor `en`", "add `zh` and `en`"),
        (true, false) => ("no `zh`", "add `zh`"),
        (false, true) => ("no `en`", "add `en`"),
        (false, false) => return,
    };
    let span = table.span_of(if table.get("id").is_some() { "id" } else { "name" });
    table.report_with_cure(ProblemCode::Untranslated, &span, format!("{what} has {keys}"), format!("{cure}, in your own words"));
}
