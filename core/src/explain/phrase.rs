//! Expressions in words: what a condition asks and what a value is, as a reader of the field would say it.
//!
//! In come parts of the compiled form; out go phrases in Chinese and English, without full stops. INVARIANT: a phrase is made of labels of the
//! vocabulary, of the policy's own labels and words, and of values: no name of a file or of the program is in it where people gave another.

mod call;
mod condition;
#[cfg(test)]
mod tests;
mod value;

use crate::facts::{Entity, Facts};
use crate::feel::{Access, Expr, Type};
use crate::lang::Lang;
use crate::policy::Policy;

/// Says the expressions of a policy about one subject in one language.
pub(crate) struct Phraser<'p> {
    policy: &'p Policy,
    subject: &'p str,
    lang: Lang,
    /// The types of the variables of the loops around, the innermost last.
    locals: Vec<Option<Type>>,
}

impl<'p> Phraser<'p> {
    pub(crate) fn new(policy: &'p Policy, subject: &'p str, lang: Lang) -> Self {
        Self { policy, subject, lang, locals: Vec::new() }
    }

    /// Goes into loops over these lists, each of which sees the variables of those before it.
    pub(crate) fn enter(&mut self, lists: &[Expr]) {
        for list in lists {
            let item = self.type_of(list);
            self.locals.push(item);
        }
    }

    /// Goes out of so many loops.
    pub(crate) fn leave(&mut self, loops: usize) {
        self.locals.truncate(self.locals.len().saturating_sub(loops));
    }

    /// Goes into loops over these lists, which look at their items so; what each list is.
    fn told_lists(&mut self, lists: &[Expr], body: &Expr) -> Vec<String> {
        let deepest = lists.len().saturating_sub(1);
        let tell = |(place, list): (usize, &Expr)| {
            let codes = u16::try_from(deepest - place).ok().and_then(|variable| codes_met(body, variable)).filter(|_| self.type_of(list).is_none());
            let told = self.value_as(list, codes.as_ref());
            self.locals.push(self.type_of(list).or(codes));
            told
        };
        lists.iter().enumerate().map(tell).collect()
    }

    /// What people call a define, where the whole expression is one.
    pub(crate) fn named(&self, expr: &Expr) -> Option<&'p str> {
        let named = self.policy.named.iter().find(|named| named.subject == self.subject && named.meaning == *expr)?;
        Some(self.lang.pick(&named.text.zh, &named.text.en))
    }

    /// How people call a code, a text or a given name of the policy.
    fn word(&self, code: &str) -> Option<&'p str> {
        let word = self.policy.words.iter().find(|word| word.code == code)?;
        Some(self.lang.pick(&word.text.zh, &word.text.en))
    }

    /// The type of a value; of a list that of its items, however deep.
    pub(crate) fn type_of(&self, expr: &Expr) -> Option<Type> {
        match expr {
            Expr::Local(place) => self.local(*place).cloned(),
            Expr::Root(0) => self.record(self.subject),
            Expr::Root(_) => self.record(Policy::owner_of(self.subject)?),
            Expr::Slot { of, slot, .. } => {
                let Some(Type::Record(shape)) = self.type_of(of) else { return None };
                let fields = &self.policy.schema.shape(shape)?.fields;
                fields.iter().find(|field| field.access == Access::Slot(*slot)).map(|field| inner(&field.ty).clone())
            }
            Expr::Own { kind, .. } => Some(inner(kind).clone()),
            Expr::Given(place) => self.policy.given.get(usize::from(*place)).map(|given| inner(&given.ty).clone()),
            Expr::Filter(list, _) | Expr::At(list, _) | Expr::Sort(list, _) => self.type_of(list),
            Expr::For(lists, body) => {
                let mut inside = Self { locals: self.locals.clone(), ..*self };
                inside.enter(lists);
                inside.type_of(body)
            }
            Expr::If(_, yes, no) => self.type_of(yes).or_else(|| self.type_of(no)),
            Expr::List(items) | Expr::Call(_, items) => items.iter().find_map(|item| self.type_of(item)),
            _ => None,
        }
    }

    /// Whether it is a fact that no message may show.
    pub(crate) fn is_sensitive(&self, expr: &Expr) -> bool {
        let Expr::Slot { of, slot, .. } = expr else { return false };
        self.entity_of(of).and_then(|entity| entity.fields.get(usize::from(*slot))).is_some_and(|field| field.sensitive)
    }

    fn record(&self, name: &str) -> Option<Type> {
        self.policy.schema.named(name).map(|(shape, _)| Type::Record(shape))
    }

    /// The entity that a record is one of.
    fn entity_of(&self, expr: &Expr) -> Option<&'static Entity> {
        let Some(Type::Record(shape)) = self.type_of(expr) else { return None };
        Facts::entity(&self.policy.schema.shape(shape)?.name)
    }

    fn local(&self, place: u16) -> Option<&Type> {
        self.locals.iter().rev().nth(usize::from(place)).and_then(Option::as_ref)
    }

    /// The label of a code of a list, by its place in it.
    fn code(&self, ty: Option<&Type>, place: u8) -> String {
        let Some(Type::Code(codes)) = ty else { return place.to_string() };
        let code = codes.codes.get(usize::from(place)).map_or("", String::as_str);
        code_label(&codes.name, code, self.lang).or_else(|| self.word(code)).unwrap_or(code).to_owned()
    }

    /// The words that are meant for the language.
    fn pick(&self, zh: String, en: String) -> String {
        self.lang.pick(zh, en)
    }

    /// `甲、乙`; `a, b and c`.
    fn listed(&self, words: &[String], last_zh: &str, last_en: &str) -> String {
        match words {
            [first @ .., last] if !first.is_empty() => {
                let first = first.join(self.lang.pick("、", ", "));
                self.pick(format!("{first}{last_zh}{last}"), format!("{first} {last_en} {last}"))
            }
            words => words.concat(),
        }
    }
}

/// The code list of which a variable is held against a code: what is written out by itself does not say of which it is.
fn codes_met(body: &Expr, variable: u16) -> Option<Type> {
    let is_it = |side: &Expr| matches!(side, Expr::Local(place) if *place == variable);
    match body {
        Expr::Compare(_, left, right, ty) if (is_it(left) || is_it(right)) && matches!(**ty, Type::Code(_)) => Some((**ty).clone()),
        other => other.children().into_iter().find_map(|(child, deeper)| codes_met(child, variable.saturating_add(deeper))),
    }
}

/// The type of the items of a list, however deep it is a list of lists.
fn inner(ty: &Type) -> &Type {
    if let Type::List(item) = ty { inner(item) } else { ty }
}

/// The label of a vocabulary's code.
pub(crate) fn code_label(list: &str, code: &str, lang: Lang) -> Option<&'static str> {
    let known = Facts::code_list(list)?.codes.iter().find(|known| known.code == code)?;
    Some(lang.pick(known.zh, known.en))
}
