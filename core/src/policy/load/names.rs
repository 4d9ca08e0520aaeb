//! What the expressions of a policy may name, by the subject they are about.

use std::collections::HashMap;

use toml::de::DeValue;

use crate::feel::{Expr, FeelError, FeelErrors, Names, Schema, Type, is_name, parse, words};
use crate::order::order_by_key;
use crate::policy::table::{Entry, Table};
use crate::policy::{GivenDeclaration, shapes};
use crate::problem::ProblemCode;

/// The names of each subject, with the defines that make sense for it.
pub(super) struct NamesBySubject<'s> {
    names: Vec<(String, Names<'s>)>,
    none: Names<'s>,
    of_the_year: Names<'s>,
}

impl<'s> NamesBySubject<'s> {
    pub(super) fn new(file: &Table<'_>, schema: &'s Schema, given: &[GivenDeclaration], provisions: &[Table<'_>], wrong: &[String]) -> Self {
        let none = Names::new(schema).of_nobody();
        let mut names: Vec<(String, Names<'s>)> = Vec::new();
        for provision in provisions {
            let Some((subject, entry)) = provision.text_entry("subject") else { continue };
            if names.iter().any(|(known, _)| known == subject) {
                continue;
            }
            match of_subject(&none, schema, subject, given) {
                Some(known) => names.push((subject.to_owned(), known)),
                None => {
                    let message = format!("no facts can be about `{subject}`");
                    let cure = format!("one of {}", shapes::subjects().collect::<Vec<_>>().join(", "));
                    provision.report_with_cure(ProblemCode::UnknownName, &entry.span(), message, cure);
                }
            }
        }
        for name in wrong {
            define_wrong(&mut names, name);
        }
        if let Some(defines) = file.table("define", "[define]") {
            define(&defines, &mut names);
        }
        let of_the_year = none.beside().with_given("year", 0, Type::BARE);
        Self { names, none, of_the_year }
    }

    /// The one name of a day that a provision names for each year.
    pub(super) fn of_the_year(&self) -> &Names<'s> {
        &self.of_the_year
    }

    /// What a define means in provisions about each subject that can use it.
    pub(super) fn meanings(&self, define: &str) -> impl Iterator<Item = (&str, &Expr)> {
        self.names.iter().filter_map(move |(subject, names)| Some((subject.as_str(), names.meaning(define)?)))
    }

    pub(super) fn of(&self, subject: &str) -> &Names<'s> {
        self.names.iter().find(|(known, _)| known == subject).map_or(&self.none, |(_, names)| names)
    }
}

fn of_subject<'s>(beside: &Names<'s>, schema: &'s Schema, subject: &str, given: &[GivenDeclaration]) -> Option<Names<'s>> {
    if !shapes::subjects().any(|known| known == subject) {
        return None;
    }
    let (shape, _) = schema.named(subject)?;
    let mut names = beside.beside().with_root(subject, 0, shape).with_as_of().with_admissible();
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

/// One entry of `[define]`.
struct Define<'t> {
    name: &'t str,
    text: &'t str,
    entry: Entry<'t>,
}

/// Compiles every define for every subject. A define that makes sense for none is a problem; one may use another, in any order.
fn define(table: &Table<'_>, names: &mut [(String, Names<'_>)]) {
    let mut defines: Vec<Define<'_>> = Vec::new();
    for (key, entry) in table.entries() {
        match entry.get_ref() {
            DeValue::String(text) => defines.push(Define { name: key.get_ref(), text: text.as_ref(), entry }),
            _ => {
                table.report_with_cure(
                    ProblemCode::WrongType,
                    &entry.span(),
                    "a define is an expression in quotes",
                    "write it in single quotes: 'total(activities.credits)'",
                );
                define_wrong(names, key.get_ref());
            }
        }
        if !is_name(key.get_ref()) {
            let message = format!("`{}` cannot be the name of a define", key.get_ref());
            table.report_with_cure(
                ProblemCode::Syntax,
                &key.span(),
                message,
                "a letter first, then letters, digits and `_`; no word of the language",
            );
            // In an expression it reads as several names.
            for word in words(key.get_ref()) {
                define_wrong(names, &word);
            }
        }
        if names.iter().any(|(_, known)| known.knows(key.get_ref())) {
            table.report_with_cure(ProblemCode::Duplicate, &key.span(), format!("`{}` already has a meaning", key.get_ref()), "choose another name");
        }
        if let Some((subject, _)) = names.iter().find(|(_, known)| known.is_field(key.get_ref())) {
            let message = format!("`{}` is a fact in provisions about `{subject}`, and a define would hide it", key.get_ref());
            table.report_with_cure(ProblemCode::Duplicate, &key.span(), message, "choose another name");
        }
    }
    let (order, in_circles) = in_order_of_use(&defines);
    for define in order.iter().filter_map(|place| defines.get(*place)) {
        if is_usable(define, names) {
            define_elsewhere(define, names);
        } else {
            let refused = furthest_understood(define, names);
            let in_circle = refused.errors.iter().find_map(|error| missing_in_circle(define, error, &in_circles));
            match in_circle {
                Some(missing) => tell_circle(define, missing, table),
                None => {
                    refused.errors.iter().for_each(|error| table.push(table.source().expression_problem(define.entry, error)));
                    // Each of a circle is told, and by name.
                    define_wrong(names, define.name);
                }
            }
        }
    }
    for name in in_circles {
        define_wrong(names, name);
    }
}

/// Names that use a define which is wrong are not told to be wrong as well.
fn define_wrong(names: &mut [(String, Names<'_>)], name: &str) {
    for (_, known) in names {
        known.define_wrong(name);
    }
}

/// Compiles a define for every subject, and says whether it makes sense for one.
fn is_usable(define: &Define<'_>, names: &mut [(String, Names<'_>)]) -> bool {
    let mut usable = false;
    if let Ok(parsed) = parse(define.text) {
        for (_, known) in names {
            if let Some(meaning) = known.try_compile(&parsed) {
                known.define(define.name, meaning);
                usable = true;
            }
        }
    }
    usable
}

/// Says of a define that makes sense for some subjects what is wrong with it for the others: only where it is named there, it is told.
fn define_elsewhere(define: &Define<'_>, names: &mut [(String, Names<'_>)]) {
    for (_, known) in names.iter_mut().filter(|(_, known)| known.meaning(define.name).is_none()) {
        if let Err(refused) = known.compile(define.text) {
            match refused.errors.first() {
                Some(why) => known.define_elsewhere(define.name, why.message.clone()),
                None => known.define_wrong(define.name),
            }
        }
    }
}

/// What is wrong with a define for the subject for which its author was understood longest: what begins furthest in the text, and of that the least.
fn furthest_understood(define: &Define<'_>, names: &[(String, Names<'_>)]) -> FeelErrors {
    let refused = names.iter().filter_map(|(_, known)| known.compile(define.text).err());
    let understood = |refused: &FeelErrors| {
        let first = refused.errors.first().map_or(usize::MAX, |error| error.span.start);
        (first, std::cmp::Reverse(refused.errors.len()))
    };
    refused.max_by_key(understood).unwrap_or_default()
}

/// The name that an error misses, where it and the define name one another.
fn missing_in_circle<'t>(define: &Define<'t>, error: &FeelError, in_circles: &[&str]) -> Option<&'t str> {
    let missing = define.text.get(error.span.clone())?;
    (error.code == ProblemCode::UnknownName && in_circles.contains(&missing)).then_some(missing)
}

fn tell_circle(define: &Define<'_>, missing: &str, table: &Table<'_>) {
    let message = if missing == define.name {
        format!("`{missing}` is defined by itself")
    } else {
        format!("`{}` and `{missing}` are defined by one another", define.name)
    };
    table.report_with_cure(ProblemCode::Contradiction, &define.entry.span(), message, "say what one of them is without the other");
}

/// The places of the defines, each after those that it names; those that name one another in a circle come last, and are told by name.
fn in_order_of_use<'t>(defines: &[Define<'t>]) -> (Vec<usize>, Vec<&'t str>) {
    let places: HashMap<&str, usize> = defines.iter().zip(0..).map(|(define, place)| (define.name, place)).collect();
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); defines.len()];
    let mut waits_for: Vec<usize> = vec![0; defines.len()];
    for (place, define) in defines.iter().enumerate() {
        let mut named: Vec<usize> = words(define.text).iter().filter_map(|word| places.get(word.as_str()).copied()).collect();
        order_by_key(&mut named, |place| *place);
        named.dedup();
        for used in named {
            if let (Some(users), Some(count)) = (users.get_mut(used), waits_for.get_mut(place)) {
                users.push(place);
                *count += 1;
            }
        }
    }
    let mut order: Vec<usize> = waits_for.iter().enumerate().filter(|(_, count)| **count == 0).map(|(place, _)| place).collect();
    let mut next = 0;
    while let Some(done) = order.get(next).copied() {
        for user in users.get(done).into_iter().flatten() {
            if let Some(count) = waits_for.get_mut(*user) {
                *count -= 1;
                if *count == 0 {
                    order.push(*user);
                }
            }
        }
        next += 1;
    }
    let left: Vec<usize> = waits_for.iter().enumerate().filter(|(_, count)| **count > 0).map(|(place, _)| place).collect();
    let names = left.iter().filter_map(|place| defines.get(*place)).map(|define| define.name).collect();
    order.extend(left);
    (order, names)
}
