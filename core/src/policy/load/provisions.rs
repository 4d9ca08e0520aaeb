//! `[[provision]]`: the rules of a document.

use super::facts::unit;
use super::names::NamesBySubject;
use super::{dates, decisions, resolve, texts};
use crate::evaluate::{ConsequenceEffect, Modality};
use crate::feel::{Compiled, Names, Type};
use crate::policy::shapes;
use crate::policy::table::Table;
use crate::policy::{ConsequenceRule, DetailRule, Kind, Provision, Relaxation, Rule, RulePart, Text, Until};
use crate::problem::ProblemCode;

const MODALITIES: [(&str, Modality); 5] = [
    ("shall", Modality::Shall),
    ("principle", Modality::Principle),
    ("may", Modality::May),
    ("encouraged", Modality::Encouraged),
    ("forbidden", Modality::Forbidden),
];

const EFFECTS: [(&str, ConsequenceEffect); 3] =
    [("granted", ConsequenceEffect::Granted), ("imposed", ConsequenceEffect::Imposed), ("noted", ConsequenceEffect::Noted)];

/// What the ledger says of a record that fails a provision without a code of its own: why, its name and words tell.
const NOT_FULFILLED: &str = "not_fulfilled";

/// What an amount or a detail can be.
const SHOWN: &str = "a value that can be shown, and no record";

/// The ids of all provisions, so that they can refer to one another; a second use of one is reported.
pub(super) fn ids(tables: &[Table<'_>]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for table in tables {
        let id = table.need_text("id").to_owned();
        if ids.contains(&id) && !id.is_empty() {
            let span = table.span_of("id");
            table.report_with_cure(ProblemCode::Duplicate, &span, format!("another provision is called `{id}`"), "give it an id of its own");
        }
        ids.push(id);
    }
    ids
}

pub(super) fn read(tables: &[Table<'_>], names: &NamesBySubject<'_>, ids: &[String], once: &mut Vec<Compiled>) -> Vec<Provision> {
    let known: Vec<Known<'_>> = tables.iter().map(Known::of).collect();
    let readers = tables.iter().zip(&known);
    let provisions: Vec<Provision> = readers
        .map(|(table, Known { subject, .. })| {
            Reader { table, subject, known: &known, names: names.of(subject), of_the_year: names.of_the_year(), ids, once }.provision()
        })
        .collect();
    refuse_circles(tables, &provisions);
    provisions
}

/// What others ask of a provision that they name.
struct Known<'r> {
    subject: &'r str,
    /// Whether all of it only allows or encourages, so that it is never met.
    only_advises: bool,
    /// Whether it only says what follows.
    only_follows: bool,
}

impl<'r> Known<'r> {
    fn of(table: &'r Table<'_>) -> Self {
        let advises = |table: &Table<'_>| matches!(modality_of(table), Some(Modality::May | Modality::Encouraged));
        let only_advises = advises(table) && table.get("part").is_none();
        let asks = ["require", "part", "any_of", "all_of"].iter().any(|key| table.get(key).is_some());
        let only_follows = table.get("consequence").is_some() && !asks;
        Self { subject: table.text("subject").unwrap_or(""), only_advises, only_follows }
    }
}

struct Reader<'r, 's> {
    table: &'r Table<'r>,
    subject: &'r str,
    /// All provisions, in their places.
    known: &'r [Known<'r>],
    names: &'r Names<'s>,
    /// The names of what is the same for everyone, by the year.
    of_the_year: &'r Names<'s>,
    ids: &'r [String],
    once: &'r mut Vec<Compiled>,
}

impl Reader<'_, '_> {
    fn provision(mut self) -> Provision {
        let table = self.table;
        let modality = modality(table);
        let text = texts(table, "zh", "en");
        let name = texts(table, "name_zh", "name_en");
        // A sentence that has to do as a name stands within others.
        let named = |name: String, sentence: &str| if name.is_empty() { sentence.trim_end_matches(['。', '.']).to_owned() } else { name };
        let in_force = self.condition(table, "in_force");
        let when = self.condition(table, "when");
        let mut provision = Provision {
            id: table.need_text("id").to_owned(),
            article: table.need_text("article").to_owned(),
            subject: table.need_text("subject").to_owned(),
            modality,
            kind: Kind::Requirement,
            from: table.day("from"),
            until: until(table),
            name: Text { zh: named(name.zh, &text.zh), en: named(name.en, &text.en) },
            text,
            when: match (&in_force, when) {
                (Some(in_force), Some(when)) => Some(in_force.clone().and(when)),
                (in_force, when) => when.or_else(|| in_force.clone()),
            },
            in_force,
            rule: self.rule(),
            relaxation: self.relaxation(table),
            deemed_by: self.references(table, "deemed_by"),
            due: self.typed(table, "due", "a date", |ty| *ty == Type::Date),
            deadline: self.typed(table, "deadline", "a date", |ty| *ty == Type::Date),
            asked_after: self.typed(table, "asked_after", "a date", |ty| *ty == Type::Date),
            amount: self.amount(),
            amount_name: texts(table, "amount_zh", "amount_en"),
            consequence: self.consequence(),
            details: self.details(),
            dates: dates::read(table, self.of_the_year),
            ledger_code: table.text("ledger").unwrap_or(NOT_FULFILLED).to_owned(),
        };
        provision.kind = self.kind(&provision);
        if provision.deadline.is_some() && provision.asked_after.is_some() {
            let span = table.span_of("asked_after");
            table.report_with_cure(ProblemCode::Contradiction, &span, "a provision has one of `deadline` and `asked_after`", "leave one of them out");
        }
        provision
    }

    /// What the file calls it, else what its keys say it is.
    fn kind(&self, provision: &Provision) -> Kind {
        if let Some((code, entry)) = self.table.text_entry("kind") {
            if let Some((_, kind)) = Kind::ALL.iter().find(|(known, _)| *known == code) {
                return *kind;
            }
            let known: Vec<_> = Kind::ALL.iter().map(|(code, _)| *code).collect();
            self.table.report_with_cure(
                ProblemCode::UnknownCode,
                &entry.span(),
                format!("no kind of provision is called `{code}`"),
                format!("one of {}", known.join(", ")),
            );
        }
        match provision {
            Provision { consequence: Some(_), .. } => Kind::Consequence,
            Provision { amount: Some(_), rule: Rule::Nothing, .. } => Kind::Amount,
            Provision { deadline: Some(_), .. } => Kind::Deadline,
            Provision { rule: Rule::Nothing, .. } => Kind::Context,
            _ => Kind::Requirement,
        }
    }

    fn rule(&mut self) -> Rule {
        let table = self.table;
        let require = self.condition(table, "require");
        let parts = self.parts();
        let (any, all) = (self.references(table, "any_of"), self.references(table, "all_of"));
        let given = [require.is_some(), !parts.is_empty(), !any.is_empty(), !all.is_empty()];
        if given.iter().filter(|g| **g).count() > 1 {
            table.report_with_cure(
                ProblemCode::Contradiction,
                table.span(),
                "a provision has one of `require`, `part`, `any_of` and `all_of`",
                "leave the others out, or put them in provisions of their own",
            );
        }
        match require {
            Some(condition) => Rule::Require(condition),
            None if !parts.is_empty() => Rule::Parts(parts),
            None if !any.is_empty() => Rule::AnyOf(any),
            None if !all.is_empty() => Rule::AllOf(all),
            None => Rule::Nothing,
        }
    }

    /// The parts of a provision, of which each has an id of its own.
    fn parts(&mut self) -> Vec<RulePart> {
        let mut parts: Vec<RulePart> = Vec::new();
        for table in self.table.tables("part", "[[provision.part]]") {
            let Some(part) = self.part(&table) else { continue };
            if !part.id.is_empty() && parts.iter().any(|known| known.id == part.id) {
                let message = format!("another part of this provision is called `{}`", part.id);
                table.report_with_cure(ProblemCode::Duplicate, &table.span_of("id"), message, "give it an id of its own");
            }
            parts.push(part);
        }
        parts
    }

    fn part(&mut self, table: &Table<'_>) -> Option<RulePart> {
        let id = table.text("id").unwrap_or("").to_owned();
        let modality = modality(table);
        let (when, relaxation) = (self.condition(table, "when"), self.relaxation(table));
        let text = texts(table, "zh", "en");
        let require = self.needed_condition(table, "require");
        table.finish();
        Some(RulePart { id, modality, text, when, require: require?, relaxation })
    }

    fn relaxation(&mut self, table: &Table<'_>) -> Option<Relaxation> {
        let relax = table.table("relax", "relax")?;
        let name = relax.need_text("name").to_owned();
        let text = texts(&relax, "zh", "en");
        let when = self.needed_condition(&relax, "when");
        relax.finish();
        Some(Relaxation { name, text, when: when? })
    }

    fn consequence(&mut self) -> Option<ConsequenceRule> {
        let table = self.table.table("consequence", "consequence")?;
        let follows = self.references(&table, "follows");
        let effect = effect(&table);
        let rule = ConsequenceRule { effect, follows, open: self.condition(&table, "open") };
        table.finish();
        Some(rule)
    }

    fn amount(&mut self) -> Option<Compiled> {
        let amount = self.typed(self.table, "amount", SHOWN, Type::can_be_shown);
        let Some(unit) = unit(self.table, "amount_unit") else { return amount };
        let span = self.table.span_of("amount_unit");
        let Some(amount) = amount else {
            self.table.report_with_cure(
                ProblemCode::Contradiction,
                &span,
                "`amount_unit` is the unit of an `amount`, and there is none",
                "add `amount`, or leave the unit out",
            );
            return None;
        };
        let ty = amount.ty().clone();
        let amount = amount.in_unit(unit);
        if amount.is_none() {
            self.table.report_with_cure(
                ProblemCode::Contradiction,
                &span,
                format!("`amount_unit` is said of numbers alone, and the amount is {ty}"),
                "leave `amount_unit` out",
            );
        }
        amount
    }

    fn details(&mut self) -> Vec<DetailRule> {
        let mut details = Vec::new();
        for table in self.table.tables("detail", "[[provision.detail]]") {
            let name = table.need_text("name").into();
            let text = texts(&table, "zh", "en");
            if let Some(value) = self.typed(&table, "value", SHOWN, Type::can_be_shown) {
                details.push(DetailRule { name, text, value });
            }
            table.finish();
        }
        details
    }

    /// Other provisions, which are asked of the same subject: their conditions read its facts.
    fn references(&self, table: &Table<'_>, key: &'static str) -> Vec<usize> {
        let mut found = Vec::new();
        for (id, span) in table.texts(key) {
            let Some(place) = resolve(table, self.ids, id, &span, "provision") else { continue };
            match self.known.get(place) {
                // That no provision can be about its subject is told there.
                Some(other) if [other.subject, self.subject].into_iter().any(|about| !shapes::subjects().any(|known| known == about)) => {}
                Some(other) if other.subject != self.subject => {
                    let message = format!("`{id}` is about `{}`, and this provision about `{}`", other.subject, self.subject);
                    table.report_with_cure(ProblemCode::Contradiction, &span, message, "name a provision about the same subject");
                }
                Some(other) if other.only_follows => {
                    decisions::asks_nothing(table, id, &span, "name what it rests on instead, or give it a `require`");
                }
                // All of several may name one that asks nothing; what one of them must be, or must be met before, never is.
                Some(other) if other.only_advises && key != "all_of" => {
                    let message = format!("`{id}` only allows or encourages, and is never met");
                    let cure = "give it `modality = \"shall\"`: what no decision asks binds nobody";
                    table.report_with_cure(ProblemCode::Contradiction, &span, message, cure);
                }
                _ => found.push(place),
            }
        }
        found
    }

    fn condition(&mut self, table: &Table<'_>, key: &'static str) -> Option<Compiled> {
        self.typed(table, key, "a condition", |ty| matches!(ty, Type::Boolean | Type::Null))
    }

    /// A condition that must be there; one that does not compile is reported as such.
    fn needed_condition(&mut self, table: &Table<'_>, key: &'static str) -> Option<Compiled> {
        table.need(key);
        self.condition(table, key)
    }

    fn typed(&mut self, table: &Table<'_>, key: &'static str, what: &str, fits: fn(&Type) -> bool) -> Option<Compiled> {
        let (compiled, span) = table.expression(key, self.names)?;
        if !fits(compiled.ty()) && *compiled.ty() != Type::Null {
            table.report_with_cure(ProblemCode::WrongType, &span, format!("`{key}` expects {what}, got {}", compiled.ty()), typed_cure(what));
            return None;
        }
        Some(compiled.hoisted(self.once))
    }
}

/// A day, `"none"`, or the policy's own.
fn until(table: &Table<'_>) -> Until {
    match table.get("until") {
        None => Until::OfPolicy,
        Some(entry) if entry.get_ref().as_str() == Some("none") => Until::Open,
        Some(_) => table.day_or("until", ", or \"none\"").map_or(Until::OfPolicy, Until::Day),
    }
}

fn modality(table: &Table<'_>) -> Modality {
    let Some((code, entry)) = table.text_entry("modality") else {
        table.need_text("modality");
        return Modality::Shall;
    };
    match modality_of(table) {
        Some(modality) => modality,
        None => {
            let cure = "one of shall, principle, may, encouraged, forbidden";
            table.report_with_cure(ProblemCode::UnknownCode, &entry.span(), format!("no modality is called `{code}`"), cure);
            Modality::Shall
        }
    }
}

fn modality_of(table: &Table<'_>) -> Option<Modality> {
    let code = table.text("modality")?;
    MODALITIES.iter().find(|(known, _)| *known == code).map(|(_, modality)| *modality)
}

/// What a consequence is to the subject; left out, it is granted.
fn effect(table: &Table<'_>) -> ConsequenceEffect {
    let Some((code, entry)) = table.text_entry("effect") else { return ConsequenceEffect::Granted };
    EFFECTS.iter().find(|(known, _)| *known == code).map_or_else(
        || {
            let cure = "one of granted, imposed, noted";
            table.report_with_cure(ProblemCode::UnknownCode, &entry.span(), format!("no effect of a consequence is called `{code}`"), cure);
            ConsequenceEffect::Granted
        },
        |(_, effect)| *effect,
    )
}

/// How many provisions the judging of one may pass through, and how deep they may depend on one another.
const LARGEST: (usize, usize) = (5_000, 32);

/// A provision never depends on itself, however long the way, nor on so many others that judging it would take long.
fn refuse_circles(tables: &[Table<'_>], provisions: &[Provision]) {
    let depends_on: Vec<Vec<usize>> = provisions.iter().map(Provision::depends_on).collect();
    let deeper = |costs: &[usize]| -> Vec<usize> {
        let cost = |place: &usize| costs.get(*place).copied().unwrap_or(0);
        depends_on.iter().map(|places| places.iter().map(cost).fold(1, usize::saturating_add)).collect()
    };
    let mut costs = vec![1; provisions.len()];
    for _ in 0..LARGEST.1 {
        costs = deeper(&costs);
    }
    let too_deep = deeper(&costs) != costs;
    // Of a circle, its members are told; that the way is long then tells nothing more.
    let is_circle = too_deep && (0..provisions.len()).any(|start| reaches(&depends_on, start, start));
    for (start, table) in tables.iter().enumerate() {
        if too_deep && reaches(&depends_on, start, start) {
            table.report_with_cure(
                ProblemCode::Contradiction,
                table.span(),
                "a provision that depends on itself",
                "let one of the circle ask without the others",
            );
        } else if !is_circle && costs.get(start).is_some_and(|cost| *cost > LARGEST.0) {
            let message = format!("a provision that judges more than {} others, each time counted", LARGEST.0);
            table.report_with_cure(ProblemCode::TooLarge, table.span(), message, "ask for fewer provisions together");
        } else if too_deep && !is_circle && start == 0 {
            let message = format!("provisions depend on one another at most {} deep", LARGEST.1);
            table.report_with_cure(ProblemCode::TooLarge, table.span(), message, "name provisions directly, and not by way of others");
        }
    }
}

/// What to write where something of another type was expected.
fn typed_cure(what: &str) -> String {
    match what {
        "a condition" => "compare something, such as 'total(activities.credits) >= 25'".to_owned(),
        "a date" => "write a date without quotes, such as 2024-10-31, or an expression of one: 'date(year, 10, 31)'".to_owned(),
        what => format!("write an expression of {}", what.trim_start_matches("an expression of ")),
    }
}

/// Whether a provision depends on this one, however long the way.
fn reaches(depends_on: &[Vec<usize>], start: usize, end: usize) -> bool {
    let mut seen = vec![false; depends_on.len()];
    let mut next = depends_on.get(start).cloned().unwrap_or_default();
    while let Some(place) = next.pop() {
        if place == end {
            return true;
        }
        if let Some(seen) = seen.get_mut(place)
            && !std::mem::replace(seen, true)
        {
            next.extend(depends_on.get(place).into_iter().flatten());
        }
    }
    false
}
