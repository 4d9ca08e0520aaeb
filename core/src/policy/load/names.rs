//! What the expressions of a policy may name, by the subject they are about.

use toml::de::DeValue;

use crate::feel::{FeelError, Names, Schema};
use crate::policy::table::{Entry, Table};
use crate::policy::{GivenDeclaration, shapes};
use crate::problem::ProblemCode;

/// The names of each subject, with the defines that make sense for it.
pub(super) struct NamesBySubject<'s> {
    names: Vec<(String, Names<'s>)>,
    none: Names<'s>,
}

impl<'s> NamesBySubject<'s> {
    pub(super) fn new(file: &Table<'_>, schema: &'s Schema, given: &[GivenDeclaration], provisions: &[Table<'_>]) -> Self {
        let mut names: Vec<(String, Names<'s>)> = Vec::new();
        for provision in provisions {
            let Some((subject, entry)) = provision.text_entry("subject") else { continue };
            if names.iter().any(|(known, _)| known == subject) {
                continue;
            }
            match of_subject(schema, subject, given) {
                Some(known) => names.push((subject.to_owned(), known)),
                None => {
                    let message = format!("no facts can be about `{subject}`");
                    let cure = format!("one of {}", shapes::subjects().collect::<Vec<_>>().join(", "));
                    provision.report_with_cure(ProblemCode::UnknownName, &entry.span(), message, cure);
                }
            }
        }
        if let Some(defines) = file.table("define", "[define]") {
            define(&defines, &mut names);
        }
        Self { names, none: Names::new(schema) }
    }

    pub(super) fn of(&self, subject: &str) -> &Names<'s> {
        self.names.iter().find(|(known, _)| known == subject).map_or(&self.none, |(_, names)| names)
    }
}

fn of_subject<'s>(schema: &'s Schema, subject: &str, given: &[GivenDeclaration]) -> Option<Names<'s>> {
    if !shapes::subjects().any(|known| known == subject) {
        return None;
    }
    let (shape, _) = schema.named(subject)?;
    let mut names = Names::new(schema).with_root(subject, 0, shape).with_as_of().with_admissible();
    if let Some((owner, _)) = shapes::owner(subject)
        && let Some((shape, _)) = schema.named(owner.name)
    {
        names = names.with_root(owner.name, 1, shape);
    }
    for (declaration, place) in given.iter().zip(0..) {
        names = names.with_given(&declaration.name, place, declaration.ty.clone());
    }
    Some(names)
}

/// Compiles every define for every subject. A define that makes sense for none is a problem; one may use another, in any order.
fn define(defines: &Table<'_>, names: &mut [(String, Names<'_>)]) {
    let mut entries: Vec<(&str, &str, Entry<'_>)> = Vec::new();
    for (key, entry) in defines.entries() {
        match entry.get_ref() {
            DeValue::String(text) => entries.push((key.get_ref(), text.as_ref(), entry)),
            _ => defines.report(ProblemCode::WrongType, &entry.span(), "a define is an expression in quotes"),
        }
        if names.iter().any(|(_, known)| known.knows(key.get_ref())) {
            defines.report(ProblemCode::Duplicate, &key.span(), format!("`{}` already has a meaning", key.get_ref()));
        }
        if let Some((subject, _)) = names.iter().find(|(_, known)| known.is_field(key.get_ref())) {
            let message = format!("`{}` is a fact in provisions about `{subject}`, and a define would hide it", key.get_ref());
            defines.report_with_cure(ProblemCode::Duplicate, &key.span(), message, "choose another name");
        }
    }
    let mut usable = vec![false; entries.len()];
    let mut furthest: Vec<Option<FeelError>> = vec![None; entries.len()];
    for (_, known) in names.iter_mut() {
        let mut waiting: Vec<usize> = (0..entries.len()).collect();
        loop {
            let before = waiting.len();
            waiting.retain(|place| {
                let Some((name, text, _)) = entries.get(*place) else { return false };
                match known.compile(text) {
                    Ok(meaning) => {
                        *known = known.clone().with_define(name, meaning);
                        usable.iter_mut().skip(*place).take(1).for_each(|u| *u = true);
                        false
                    }
                    Err(error) => {
                        if let Some(best) = furthest.get_mut(*place)
                            && best.as_ref().is_none_or(|b| b.span.start <= error.span.start)
                        {
                            *best = Some(error);
                        }
                        true
                    }
                }
            });
            if waiting.len() == before || waiting.is_empty() {
                break;
            }
        }
    }
    for (((_, _, entry), usable), error) in entries.iter().zip(usable).zip(furthest) {
        if let (false, Some(error)) = (usable, error) {
            defines.push(defines.source().expression_problem(entry, &error));
        }
    }
}
