//! What is written down and used by nothing.

use std::collections::HashSet;

use toml::de::DeValue;

use super::Tables;
use crate::feel::{Expr, words};
use crate::policy::table::Entry;
use crate::policy::{Decision, Kind, Policy, Provision, Rule};
use crate::problem::ProblemCode;

/// Warns of provisions that no decision asks, not even through another provision.
pub(super) fn provisions(tables: &Tables<'_>, policy: &Policy) {
    let named: Vec<usize> = policy.decisions.iter().chain(&policy.additions).flat_map(Decision::places).collect();
    let reached: HashSet<&str> = policy.with_dependencies(&named).into_iter().map(|provision| provision.id.as_str()).collect();
    let unused = tables.with(policy).filter(|(_, provision)| !reached.contains(provision.id.as_str()) && !asks_nothing(provision));
    for (count, (table, provision)) in unused.enumerate() {
        let span = table.span_of("id");
        if policy.decisions.is_empty() && policy.additions.is_empty() {
            // One word about the file says it for all of them.
            if count == 0 {
                let message = format!("no decision asks `{}` or any other provision: the file has none", provision.id);
                table.report_with_cure(ProblemCode::UnusedProvision, &span, message, "add a `[[decision]]`");
            }
            continue;
        }
        let cure = "name it in a decision, or call it `kind = \"context\"` if there is nothing to ask";
        table.report_with_cure(ProblemCode::UnusedProvision, &span, format!("no decision asks `{}`", provision.id), cure);
    }
}

/// Whether there is nothing to ask: a context, or days that a calendar tells.
fn asks_nothing(provision: &Provision) -> bool {
    let tells_days = !provision.dates.is_empty() && matches!(provision.rule, Rule::Nothing) && provision.consequence.is_none();
    provision.kind == Kind::Context || tells_days
}

/// Warns of defines that no expression of a provision names, not even through another define.
pub(super) fn defines(tables: &Tables<'_>) {
    let Some(table) = tables.file.table("define", "[define]") else { return };
    let mut texts = Vec::new();
    for provision in &tables.provisions {
        provision.entries().filter(|(key, _)| key.get_ref() != "example").for_each(|(_, entry)| texts_in(entry, &mut texts));
    }
    let mut named: HashSet<String> = texts.into_iter().flat_map(words).collect();
    let defines: Vec<_> = table.entries().collect();
    let mut left: Vec<_> = defines.iter().collect();
    loop {
        let (used, unused): (Vec<_>, Vec<_>) = left.into_iter().partition(|(key, _)| named.contains(key.get_ref().as_ref()));
        left = unused;
        if used.is_empty() {
            break;
        }
        for (_, entry) in used {
            let mut texts = Vec::new();
            texts_in(entry, &mut texts);
            named.extend(texts.into_iter().flat_map(words));
        }
    }
    for (key, _) in left {
        let message = format!("no provision uses `{}`", key.get_ref());
        table.report_with_cure(ProblemCode::UnusedDefine, &key.span(), message, "remove it, or use it");
    }
}

/// Every text below a value; one that is no expression names nothing that matters.
fn texts_in<'t>(entry: Entry<'t>, texts: &mut Vec<&'t str>) {
    match entry.get_ref() {
        DeValue::String(text) => texts.push(text),
        DeValue::Array(items) => items.iter().for_each(|item| texts_in(item, texts)),
        DeValue::Table(table) => table.iter().filter(|(key, _)| key.get_ref() != "example").for_each(|(_, item)| texts_in(item, texts)),
        _ => {}
    }
}

/// Warns of the policy's own facts that no expression reads.
pub(super) fn facts(tables: &Tables<'_>, policy: &Policy) {
    let mut read = HashSet::new();
    let expressions = policy.provisions.iter().flat_map(crate::policy::Provision::expressions);
    expressions.chain(&policy.once).for_each(|compiled| own_facts(&compiled.expr, &mut read));
    for (table, fact) in tables.facts.iter().zip(&policy.facts).filter(|(_, fact)| !read.contains(fact.name.as_str())) {
        let span = table.span_of("name");
        let message = format!("no expression reads `{}` of {}", fact.name, fact.subject);
        table.report_with_cure(ProblemCode::UnusedFact, &span, message, "remove it, or ask for it in a condition");
    }
}

fn own_facts<'e>(expr: &'e Expr, read: &mut HashSet<&'e str>) {
    if let Expr::Own { name, .. } = expr {
        read.insert(name);
    }
    expr.children().into_iter().for_each(|(child, _)| own_facts(child, read));
}
