//! `[words]`: how people call the codes, texts and names that a policy uses.

use super::names::NamesBySubject;
use super::texts;
use crate::feel::{Compiled, Expr, Value};
use crate::policy::table::Table;
use crate::policy::{GivenDeclaration, NamedExpr, OwnFact, OwnKind, Provision, Word};
use crate::problem::ProblemCode;
use crate::quantity::Unit;

/// What a file uses, of which its words may speak.
pub(super) struct Known<'k> {
    pub(super) facts: &'k [OwnFact],
    pub(super) given: &'k [GivenDeclaration],
    pub(super) provisions: &'k [Provision],
    pub(super) once: &'k [Compiled],
}

/// The words of a file, and the defines that they name.
#[derive(Default)]
pub(super) struct Words {
    pub(super) words: Vec<Word>,
    pub(super) named: Vec<NamedExpr>,
}

pub(super) fn read(file: &Table<'_>, names: &NamesBySubject<'_>, known: &Known<'_>) -> Words {
    let mut read = Words::default();
    let Some(table) = file.table("words", "[words]") else { return read };
    let used = known.names();
    for (code, span, word) in table.named_tables("[words]") {
        word.need("zh");
        word.need("en");
        let text = texts(&word, "zh", "en");
        word.finish();
        let before = read.named.len();
        let meanings = names.meanings(code);
        read.named.extend(meanings.map(|(subject, meaning)| NamedExpr { subject: subject.to_owned(), meaning: meaning.clone(), text: text.clone() }));
        if before == read.named.len() && !used.iter().any(|name| name == code) {
            let message = format!("nothing in this file is called `{code}`: no code, unit, text, define or given name");
            let problem = table.source().problem(ProblemCode::UnknownName, &span, message);
            table.push(problem.with_nearest(code, used.iter().map(String::as_str)));
        }
        read.words.push(Word { code: code.to_owned(), text });
    }
    read
}

/// Tells each fact how people call its codes.
pub(super) fn tell(words: &[Word], facts: &mut [OwnFact]) {
    for fact in facts {
        if let OwnKind::Code(codes) = &fact.kind {
            let text = |code: &String| words.iter().find(|word| word.code == *code).map(|word| word.text.clone()).unwrap_or_default();
            fact.words = codes.codes.iter().map(text).collect();
        }
    }
}

impl Known<'_> {
    /// Every code, unit, given name, and text that an expression gives or compares with.
    fn names(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for fact in self.facts {
            if let OwnKind::Code(codes) = &fact.kind {
                found.extend(codes.codes.iter().cloned());
            }
            found.extend(own_unit(fact.unit.as_ref()));
        }
        for provision in self.provisions {
            found.extend(own_unit(provision.amount.as_ref().and_then(|amount| amount.ty().unit())));
        }
        for given in self.given {
            found.push(given.name.clone());
            found.extend(given.codes().iter().cloned());
        }
        let of_provisions = self.provisions.iter().flat_map(Provision::expressions);
        for expression in of_provisions.chain(self.once) {
            literals(&expression.expr, &mut found);
        }
        found
    }
}

/// The code of a unit that a policy names itself.
fn own_unit(unit: Option<&Unit>) -> Option<String> {
    unit.filter(|unit| matches!(unit, Unit::Named(_))).map(|unit| unit.code().to_owned())
}

/// The texts that an expression writes out.
fn literals(expr: &Expr, found: &mut Vec<String>) {
    if let Expr::Literal(value) = expr {
        texts_of(value, found);
    }
    expr.children().iter().for_each(|(child, _)| literals(child, found));
}

fn texts_of(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Text(text) => found.push(text.clone()),
        Value::List(items) => items.iter().for_each(|item| texts_of(item, found)),
        _ => {}
    }
}
