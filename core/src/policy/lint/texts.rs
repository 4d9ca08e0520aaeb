//! Words in Chinese and in English, which everything has that people read.

use super::Tables;
use crate::policy::table::Table;
use crate::problem::ProblemCode;

/// Warns of what has no words in one of the languages.
pub(super) fn check(tables: &Tables<'_>) {
    if let Some(head) = tables.file.table("policy", "[policy]") {
        need_words(&head, "the policy");
    }
    for fact in &tables.facts {
        need_words(fact, &named(fact, "name", "fact"));
    }
    for provision in &tables.provisions {
        need_words(provision, &named(provision, "id", "provision"));
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
