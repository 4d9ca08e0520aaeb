//! Policies: regulatory documents as data.
//!
//! In comes a file that reads like the document (`docs/policy-format.md`); out come compiled provisions and decisions, or every problem of
//! the file at once. INVARIANT: a policy that loaded can be evaluated on any facts.

mod bind;
mod built_in;
mod calendar;
mod difference;
mod example;
pub(crate) mod given;
mod layers;
mod lint;
mod listing;
mod load;
mod needs;
mod role;
mod schema;
mod set;
mod shapes;
mod table;
mod tables;
mod versions;

use std::sync::{Arc, OnceLock};

pub use calendar::CalendarEntry;
pub use difference::{
    DecisionDifference, Effect, EffectGroup, PolicyChange, PolicyDifference, Presence, ProvisionDifference, References, RulePlace, StatusChange,
    effect,
};
pub use example::{ExampleCase, ExampleReport};
pub use given::GivenDeclaration;
pub use lint::{LintReport, LintedFile, PolicyFile, lint};
pub use listing::{DecisionSummary, GivenSummary, PolicySummary, ProvisionSummary};
pub use load::KEYS;
pub use role::Role;
pub use set::PolicySet;
use smol_str::SmolStr;

use crate::evaluate::{ConsequenceEffect, Modality};
use crate::facts::Absent;
use crate::feel::{Codes, Compiled, Expr, Schema};
use crate::quantity::{Day, Unit};

/// One regulatory document, compiled.
#[derive(Debug)]
pub struct Policy {
    /// Its id, such as `cq-2017-25`.
    pub id: String,
    /// The document's number, such as `渝卫发〔2017〕25号`.
    pub number: String,
    /// The version of the file.
    pub version: String,
    /// Where it applies (GB/T 2260).
    pub jurisdiction: Option<String>,
    /// The day on which it was issued.
    pub issued: Day,
    /// The first day on which it binds, if not the day of issue.
    pub from: Option<Day>,
    /// The last day on which it binds.
    pub until: Option<Day>,
    /// What it is about.
    pub title: Text,
    /// SHA-256 of the file's text, in hexadecimal.
    pub hash: String,
    /// Its provisions, in the order of the file.
    pub provisions: Vec<Provision>,
    /// Its decisions, in the order of the file.
    pub decisions: Vec<Decision>,
    /// What it adds to decisions of other policies, each under the id of that decision.
    pub(crate) additions: Vec<Decision>,
    /// The facts that it declares beside the vocabulary.
    pub facts: Vec<OwnFact>,
    /// How people call codes, texts and names that it uses.
    pub(crate) words: Vec<Word>,
    /// The defines that have such words, for each subject that can use them.
    pub(crate) named: Vec<NamedExpr>,
    pub(crate) schema: Schema,
    /// What can be given with its questions, by place.
    pub(crate) given: Vec<GivenDeclaration>,
    /// Parts of its expressions that need no facts, computed once for a question.
    pub(crate) once: Vec<Compiled>,
    /// Read with the file, or from a built-in one when they are first asked for.
    pub(crate) examples: OnceLock<Vec<example::Example>>,
    /// How people call all of it, put into words when they are first asked for.
    pub(crate) labels: OnceLock<crate::explain::Labels>,
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A code, a text or a name of a policy file, and how people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) code: String,
    pub(crate) text: Text,
}

/// A define that people have a name for.
#[derive(Clone, Debug)]
pub(crate) struct NamedExpr {
    /// The subject in whose provisions it has this meaning.
    pub(crate) subject: String,
    pub(crate) meaning: Expr,
    pub(crate) text: Text,
}

/// What a provision is, in the words of the inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A yes or no test on facts.
    Requirement,
    /// A figure to compute.
    Amount,
    /// Another way in which a test counts as met.
    Deemed,
    /// What a verdict leads to.
    Consequence,
    /// A calendar date or a lead time.
    Deadline,
    /// A figure over a population against a threshold.
    Target,
    /// Something to be in place, declared as a fact.
    Duty,
    /// What a person or an institution is owed.
    Entitlement,
    /// Nothing to compute.
    Context,
}

impl Kind {
    /// Every kind with its code.
    pub const ALL: [(&'static str, Self); 9] = [
        ("requirement", Self::Requirement),
        ("amount", Self::Amount),
        ("deemed", Self::Deemed),
        ("consequence", Self::Consequence),
        ("deadline", Self::Deadline),
        ("target", Self::Target),
        ("duty", Self::Duty),
        ("entitlement", Self::Entitlement),
        ("context", Self::Context),
    ];

    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(code, _)| code)
    }
}

/// One rule of a policy.
#[derive(Debug)]
pub struct Provision {
    /// Its id, such as `cq-credits`.
    pub id: String,
    /// Its article in the document.
    pub article: String,
    /// What it is asked of: `practitioner`, `activity` ...
    pub subject: String,
    /// How strongly it binds.
    pub modality: Modality,
    /// What it is.
    pub kind: Kind,
    /// The first day on which it binds, if it names one of its own.
    pub from: Option<Day>,
    /// The last day on which it binds.
    pub until: Until,
    /// What it asks, in a few words.
    pub name: Text,
    /// What it asks, in our own words.
    pub text: Text,
    /// Of what has a day of its own, that it falls within the days on which this binds.
    pub(crate) in_force: Option<Compiled>,
    /// Whom it concerns; what is in force by a day of its own concerns nobody else.
    pub(crate) when: Option<Compiled>,
    pub(crate) rule: Rule,
    pub(crate) relaxation: Option<Relaxation>,
    /// Provisions that count in its place, by their places in the policy.
    pub(crate) deemed_by: Vec<usize>,
    /// The last day on which it can be met.
    pub(crate) due: Option<Compiled>,
    /// The day until which it is not asked at all, and by which it must be there.
    pub(crate) deadline: Option<Compiled>,
    /// The day until which it is not asked at all, where the document sets no day for what comes after.
    pub(crate) asked_after: Option<Compiled>,
    pub(crate) amount: Option<Compiled>,
    /// What people call the amount, where that is not the name of the provision.
    pub(crate) amount_name: Text,
    pub(crate) consequence: Option<ConsequenceRule>,
    pub(crate) details: Vec<DetailRule>,
    /// The days that it names for each year.
    pub(crate) dates: Vec<calendar::DateRule>,
    /// The ledger code of a record that fails it.
    pub(crate) ledger_code: String,
}

/// The last day on which a provision binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// The policy's last day, if it has one.
    OfPolicy,
    /// A day of its own.
    Day(Day),
    /// None, although the policy has one: a target binds after its day (reading R10).
    Open,
}

/// What a provision asks.
#[derive(Debug)]
pub(crate) enum Rule {
    /// Nothing that has a status.
    Nothing,
    /// A condition that must hold.
    Require(Compiled),
    /// Parts with modalities of their own, all of them.
    Parts(Vec<RulePart>),
    /// Any of these provisions.
    AnyOf(Vec<usize>),
    /// All of these provisions.
    AllOf(Vec<usize>),
}

/// A part of a provision that speaks in a modality of its own.
#[derive(Debug)]
pub(crate) struct RulePart {
    pub(crate) id: String,
    pub(crate) modality: Modality,
    /// What it asks, in our own words.
    pub(crate) text: Text,
    pub(crate) when: Option<Compiled>,
    pub(crate) require: Compiled,
    pub(crate) relaxation: Option<Relaxation>,
}

/// A named relaxation: where it holds, a failure is for the authority to waive.
#[derive(Debug)]
pub(crate) struct Relaxation {
    pub(crate) name: String,
    /// How people call it.
    pub(crate) text: Text,
    pub(crate) when: Compiled,
}

/// What a verdict opens.
#[derive(Debug)]
pub(crate) struct ConsequenceRule {
    /// Whether it is granted, imposed or noted.
    pub(crate) effect: ConsequenceEffect,
    /// Provisions that must be met.
    pub(crate) follows: Vec<usize>,
    /// A condition that must hold as well.
    pub(crate) open: Option<Compiled>,
}

/// A value shown beside a finding.
#[derive(Debug)]
pub(crate) struct DetailRule {
    pub(crate) name: SmolStr,
    /// How people call it.
    pub(crate) text: Text,
    pub(crate) value: Compiled,
}

/// A question that users ask, answered from provisions.
#[derive(Debug)]
pub struct Decision {
    /// Its id, such as `cq-annual-cme`.
    pub id: String,
    /// What it is asked of.
    pub subject: String,
    /// The question.
    pub question: Text,
    /// What it is asked for where nobody names a decision.
    pub role: Option<Role>,
    /// What must be given with it, by place in the policy.
    pub(crate) given: Vec<usize>,
    /// Record-level provisions, and the list of records that they judge.
    pub(crate) records: Option<RecordRules>,
    pub(crate) all_of: Vec<usize>,
    pub(crate) any_of: Vec<usize>,
    pub(crate) consequences: Vec<usize>,
}

impl Decision {
    /// The places of the provisions whose findings make its verdict.
    pub(crate) fn asked(&self) -> impl Iterator<Item = usize> + '_ {
        self.all_of.iter().chain(&self.any_of).copied()
    }

    /// The places of all provisions that it names, in whichever role.
    pub(crate) fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.asked().chain(self.consequences.iter().copied()).chain(self.records.iter().flat_map(RecordRules::places))
    }
}

/// The record-level provisions of a decision.
#[derive(Clone, Debug)]
pub(crate) struct RecordRules {
    /// The slot of the list in the subject.
    pub(crate) slot: u16,
    /// The list's name.
    pub(crate) list: &'static str,
    /// Provisions about the records themselves.
    pub(crate) provisions: Vec<usize>,
    /// Provisions about something that each record holds.
    pub(crate) embedded: Vec<EmbeddedRule>,
}

impl RecordRules {
    /// The places of all its provisions.
    pub(crate) fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.provisions.iter().copied().chain(self.embedded.iter().map(|rule| rule.provision))
    }
}

/// A provision about something that each record holds, such as the project of a credit record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EmbeddedRule {
    /// The provision, by its place in the policy.
    pub(crate) provision: usize,
    /// The slot of the record in which it stands.
    pub(crate) slot: u16,
}

/// A fact that a policy declares beside the vocabulary.
#[derive(Clone, Debug)]
pub struct OwnFact {
    /// The entity under whose `extra` it lies, or a kind of record of the policy's own.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// Whether it is a list.
    pub list: bool,
    /// What values it takes.
    pub kind: OwnKind,
    /// The unit of a number.
    pub unit: Option<Unit>,
    /// Whether its numbers are never negative.
    pub non_negative: bool,
    /// Whether its subject can bring it about.
    pub attainable: bool,
    /// What it means when it is left out.
    pub absent: Absent,
    /// Its label.
    pub label: Text,
    /// Headers under which it is seen.
    pub headers: Vec<String>,
    /// How people call its codes, in their order; without a text where the policy does not say it.
    pub words: Vec<Text>,
}

impl OwnFact {
    /// Its label in Chinese, or its name where it has none.
    pub(crate) fn zh(&self) -> &str {
        if self.label.zh.is_empty() { &self.name } else { &self.label.zh }
    }

    /// Its label in English, or its name where it has none.
    pub(crate) fn en(&self) -> &str {
        if self.label.en.is_empty() { &self.name } else { &self.label.en }
    }
}

/// What values a policy's own fact takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnKind {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// An exact decimal.
    Decimal,
    /// Text.
    Text,
    /// A civil date.
    Date,
    /// A code.
    Code(Arc<Codes>),
    /// A record whose fields the policy declares as well.
    Record(String),
}

impl Policy {
    /// The provision of this id.
    #[must_use]
    pub fn provision(&self, id: &str) -> Option<&Provision> {
        self.provisions.iter().find(|p| p.id == id)
    }

    /// The decision of this id.
    #[must_use]
    pub fn decision(&self, id: &str) -> Option<&Decision> {
        self.decisions.iter().find(|d| d.id == id)
    }

    /// What must be given with a decision.
    pub fn given_of<'p>(&'p self, decision: &'p Decision) -> impl Iterator<Item = &'p GivenDeclaration> + 'p {
        decision.given.iter().filter_map(|place| self.given.get(*place))
    }

    /// The subject in whose list records of this kind stand.
    pub(crate) fn owner_of(subject: &str) -> Option<&'static str> {
        shapes::owner(subject).map(|(owner, _)| owner.name)
    }

    /// Where a record of a kind that facts cannot be about by itself stands: the subject that owns it, and the slot of its list.
    pub(crate) fn list_of(subject: &str) -> Option<(&'static crate::facts::Entity, u16)> {
        let by_itself = crate::facts::Facts::SUBJECTS.iter().any(|entity| entity.name == subject);
        if by_itself { None } else { shapes::owner(subject) }
    }

    /// The first day on which it binds.
    #[must_use]
    pub fn first_day(&self) -> Day {
        self.from.unwrap_or(self.issued)
    }

    /// The days on which a provision binds.
    #[must_use]
    pub fn in_force(&self, provision: &Provision) -> (Day, Option<Day>) {
        let until = match provision.until {
            Until::OfPolicy => self.until,
            Until::Day(day) => Some(day),
            Until::Open => None,
        };
        (provision.from.unwrap_or_else(|| self.first_day()), until)
    }
}

impl RulePart {
    /// How a verdict calls it: `managers.more`.
    pub(crate) fn id_within(&self, provision: &Provision) -> String {
        if self.id.is_empty() { provision.id.clone() } else { format!("{}.{}", provision.id, self.id) }
    }
}

impl Provision {
    /// Whether it only says what follows, and asks nothing.
    pub(crate) fn only_follows(&self) -> bool {
        self.consequence.is_some() && matches!(self.rule, Rule::Nothing)
    }

    /// The day until which it is not asked at all.
    pub(crate) fn not_asked_until(&self) -> Option<&Compiled> {
        self.deadline.as_ref().or(self.asked_after.as_ref())
    }

    /// The places of the provisions that its own result depends on.
    pub(crate) fn depends_on(&self) -> Vec<usize> {
        let rule: &[usize] = match &self.rule {
            Rule::AnyOf(places) | Rule::AllOf(places) => places,
            Rule::Nothing | Rule::Require(_) | Rule::Parts(_) => &[],
        };
        let follows = self.consequence.as_ref().map_or(&[][..], |c| &c.follows);
        rule.iter().chain(&self.deemed_by).chain(follows).copied().collect()
    }
}
