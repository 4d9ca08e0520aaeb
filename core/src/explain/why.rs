//! Why a verdict is what it is: the conditions taken apart, with their values, and the facts and records that these came from.
//!
//! In come a question and facts; out goes a tree for each provision, which [`why_lines`] tells in sentences. It is a reader of the compiled form
//! beside the evaluator, whom it asks about each part. INVARIANT: its size is bounded, whatever the policy and the facts.

mod alone;
mod lines;
mod sources;
#[cfg(test)]
mod tests;
mod tree;

use medtrain_macros::crosses;

pub use lines::why_lines;
use smol_str::SmolStr;

use crate::evaluate::{Question, Status, StatusSet, Vantage};
use crate::facts::Facts;
use crate::feel::{Compiled, Truth};
use crate::policy::{Provision, Relaxation, Rule};
use crate::quantity::{Day, Unit};
use tree::Tree;

/// How much may be said of all conditions of a verdict: each part costs as much as it has parts of the compiled form, and [`PART`].
const LARGEST: usize = 200_000;
/// What a part costs at least.
const PART: usize = 20;

/// Why a verdict is what it is.
#[crosses]
pub struct Why {
    /// The decision asked.
    pub decision: String,
    /// The kind of subject.
    pub subject: String,
    /// The day on which it is asked.
    pub as_of: Day,
    /// One for each provision that is asked, in the order of the findings.
    pub findings: Vec<ProvisionWhy>,
    /// One for each provision that says what the verdict opens.
    pub consequences: Vec<ProvisionWhy>,
}

/// Why a provision came to its result.
#[crosses]
pub struct ProvisionWhy {
    /// The provision.
    pub provision: String,
    /// The policy that adds it to the decision; absent for the decision's own.
    pub policy: Option<SmolStr>,
    /// Its article in the document.
    pub article: String,
    /// Its result.
    pub status: Status,
    /// Its conditions, each with what it is for.
    pub conditions: Vec<WhyPart>,
}

/// A condition, or a part of one.
#[crosses]
pub struct WhyPart {
    /// What it is for; absent for a part of a condition.
    pub role: Option<WhyRole>,
    /// The part of the provision that asks it, or the other provision that it is.
    pub provision: Option<String>,
    /// The record that it is about, where it is asked of each of several.
    pub record: Option<String>,
    /// What it is.
    pub kind: WhyKind,
    /// What it says, in Chinese.
    pub zh: String,
    /// What it says, in English.
    pub en: String,
    /// What it came to.
    pub outcome: WhyOutcome,
    /// Whether the result of its provision hangs on it.
    pub matters: bool,
    /// What is there: the left side of a comparison.
    pub actual: Option<SmolStr>,
    /// What is asked: the right side of a comparison.
    pub required: Option<SmolStr>,
    /// The unit of both.
    pub unit: Option<Unit>,
    /// The vocabulary's code list from which both are.
    pub codes: Option<String>,
    /// The facts and records that it came from.
    pub sources: Vec<WhySource>,
    /// How many more of them there are, or of its parts.
    pub more: usize,
    /// Its parts.
    pub parts: Vec<WhyPart>,
}

/// A fact, or a record of which facts were read.
#[crosses]
pub struct WhySource {
    /// Its path, such as `practitioner.activities[3].credits`.
    pub path: String,
    /// Its value; absent for a record, for what nobody told us, and for what no message may show. `false` for a record that was looked at and is not among those that count here.
    pub value: Option<SmolStr>,
    /// The vocabulary's code list from which the value is.
    pub codes: Option<String>,
    /// Its unit.
    pub unit: Option<Unit>,
}

/// What a condition is for.
#[crosses]
#[derive(Copy, Hash)]
pub enum WhyRole {
    /// Whom the provision concerns.
    Applies,
    /// What it asks.
    Requires,
    /// Where a failure is for the authority to waive.
    Relaxes,
    /// Another provision that counts in its place.
    Deems,
    /// What opens a consequence.
    Opens,
}

/// What a part of a condition is.
#[crosses]
#[derive(Copy, Hash)]
pub enum WhyKind {
    /// All of its parts.
    All,
    /// One of its parts.
    Any,
    /// The contrary of its part.
    Not,
    /// The same of every record.
    Every,
    /// The same of some record.
    Some,
    /// Two values compared.
    Comparison,
    /// A single condition.
    Condition,
    /// Another provision.
    Provision,
    /// What a record comes to by itself: it fails where that is nothing, with the tests that it does not pass.
    Record,
}

/// What a condition came to.
#[crosses]
#[derive(Copy, Hash)]
pub enum WhyOutcome {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// Facts are missing that would decide it.
    Unknown,
    /// It could not be computed.
    Error,
    /// It is a provision that does not apply: it stands in nobody's way, and fulfils nothing.
    NotApplicable,
}

impl WhyOutcome {
    pub(super) fn of(truth: Truth) -> Self {
        match truth {
            Truth::TRUE => Self::Holds,
            Truth::ERROR => Self::Error,
            truth if !truth.can_be(Truth::TRUE) && !truth.can_be(Truth::ERROR) => Self::Fails,
            _ => Self::Unknown,
        }
    }

    /// Whether nothing else is asked for on its account.
    fn suffices(self) -> bool {
        matches!(self, Self::Holds | Self::NotApplicable)
    }

    /// What a provision's result is as a condition of another one.
    fn of_status(set: StatusSet) -> Self {
        match set.status() {
            Status::Met => Self::Holds,
            Status::NotApplicable => Self::NotApplicable,
            Status::Unmet => Self::Fails,
            Status::Waivable | Status::Unknown => Self::Unknown,
        }
    }
}

/// Why the verdict of a question about these facts is what it is.
#[must_use]
pub fn why(question: &Question<'_>, facts: &Facts) -> Why {
    let mut left = LARGEST;
    let mut findings = Vec::new();
    let mut consequences = Vec::new();
    for (layer, vantage) in question.vantages(facts).into_iter().enumerate() {
        let decision = vantage.question.decision;
        let policy = (layer > 0).then(|| vantage.question.policy.id.clone());
        let mut reader = Reader { tree: Tree::new(vantage, left) };
        findings.extend(decision.asked().filter_map(|place| reader.provision(place, policy.as_ref())));
        consequences.extend(decision.consequences.iter().filter_map(|place| reader.consequence(*place, policy.as_ref())));
        left = reader.tree.left;
    }
    Why { decision: question.decision.id.clone(), subject: question.decision.subject.clone(), as_of: question.as_of, findings, consequences }
}

/// Takes provisions apart.
struct Reader<'a> {
    tree: Tree<'a>,
}

impl<'a> Reader<'a> {
    fn provision(&mut self, place: usize, policy: Option<&String>) -> Option<ProvisionWhy> {
        let question = self.tree.vantage.question;
        let provision = question.policy.provisions.get(place)?;
        let set = self.tree.vantage.status(place);
        let in_force = question.binds(place);
        let conditions = if in_force { self.conditions(provision, set.status()) } else { Vec::new() };
        Some(ProvisionWhy {
            provision: provision.id.clone(),
            policy: policy.map(SmolStr::from),
            article: provision.article.clone(),
            status: set.status(),
            conditions,
        })
    }

    fn conditions(&mut self, provision: &'a Provision, status: Status) -> Vec<WhyPart> {
        let mut all = Vec::new();
        if !self.applies(provision.when.as_ref(), None, &mut all) {
            return all;
        }
        match &provision.rule {
            Rule::Require(condition) => all.push(self.condition(condition, WhyRole::Requires)),
            Rule::Parts(parts) => {
                for part in parts {
                    let id = part.id_within(provision);
                    if self.applies(part.when.as_ref(), Some(&id), &mut all) {
                        let asked = self.condition(&part.require, WhyRole::Requires);
                        all.push(WhyPart { provision: Some(id.clone()), ..asked });
                        self.relaxed(part.relaxation.as_ref(), Some(&id), status, &mut all);
                    }
                }
            }
            Rule::AnyOf(places) | Rule::AllOf(places) => all.extend(places.iter().filter_map(|place| self.other(*place, WhyRole::Requires, true))),
            Rule::Nothing => {}
        }
        self.relaxed(provision.relaxation.as_ref(), None, status, &mut all);
        for place in &provision.deemed_by {
            let fails_without = all.iter().any(|part| part.role == Some(WhyRole::Requires) && !part.outcome.suffices());
            all.extend(self.other(*place, WhyRole::Deems, fails_without));
        }
        // What is asked made no difference where another provision stands in its place.
        if all.iter().any(|part| part.role == Some(WhyRole::Deems) && part.matters && part.outcome == WhyOutcome::Holds) {
            all.retain(|part| part.role != Some(WhyRole::Deems) || part.outcome == WhyOutcome::Holds);
            all.iter_mut().filter(|part| part.role == Some(WhyRole::Requires)).for_each(WhyPart::makes_no_difference);
        }
        all
    }

    /// Whom it concerns; says whether it can concern the subject.
    fn applies(&mut self, when: Option<&'a Compiled>, part: Option<&String>, all: &mut Vec<WhyPart>) -> bool {
        let Some(when) = when else { return true };
        let applies = self.condition(when, WhyRole::Applies);
        let outcome = applies.outcome;
        all.push(WhyPart { provision: part.cloned(), ..applies });
        outcome != WhyOutcome::Fails
    }

    /// A relaxation matters only to what would fail.
    fn relaxed(&mut self, relaxation: Option<&'a Relaxation>, part: Option<&String>, status: Status, all: &mut Vec<WhyPart>) {
        if let Some(relaxation) = relaxation.filter(|_| status != Status::Met && status != Status::NotApplicable) {
            let told = self.condition(&relaxation.when, WhyRole::Relaxes);
            all.push(WhyPart { provision: part.cloned(), ..told });
        }
    }

    fn condition(&mut self, condition: &'a Compiled, role: WhyRole) -> WhyPart {
        WhyPart { role: Some(role), ..self.tree.part(&condition.expr, true) }
    }

    /// Another provision that this one hangs on.
    fn other(&mut self, place: usize, role: WhyRole, matters: bool) -> Option<WhyPart> {
        let provision = self.tree.vantage.question.policy.provisions.get(place)?;
        let set = self.tree.vantage.status(place);
        // To be deemed met, nothing less than met will do.
        let outcome = match (role, set.status()) {
            (WhyRole::Deems, Status::NotApplicable | Status::Waivable) => WhyOutcome::Fails,
            _ => WhyOutcome::of_status(set),
        };
        Some(WhyPart {
            role: Some(role),
            provision: Some(provision.id.clone()),
            zh: provision.name.zh.clone(),
            en: provision.name.en.clone(),
            outcome,
            matters,
            ..WhyPart::empty(WhyKind::Provision)
        })
    }

    fn consequence(&mut self, place: usize, policy: Option<&String>) -> Option<ProvisionWhy> {
        let told = self.provision(place, policy)?;
        let rule = self.tree.vantage.question.policy.provisions.get(place)?.consequence.as_ref()?;
        let mut opens: Vec<WhyPart> = rule.open.iter().map(|open| self.condition(open, WhyRole::Opens)).collect();
        opens.extend(rule.follows.iter().filter_map(|place| self.other(*place, WhyRole::Opens, true)));
        if opens.iter().any(|part| part.outcome == WhyOutcome::Fails) {
            opens.iter_mut().filter(|part| part.outcome != WhyOutcome::Fails).for_each(WhyPart::makes_no_difference);
        }
        // One that does not concern the subject is not told.
        if told.conditions.iter().any(|part| part.role == Some(WhyRole::Applies) && part.outcome == WhyOutcome::Fails) {
            return None;
        }
        let applies = told.conditions.into_iter().filter(|part| part.role == Some(WhyRole::Applies));
        Some(ProvisionWhy { conditions: applies.chain(opens).collect(), ..told })
    }
}

impl WhyPart {
    /// A part of which nothing is known yet.
    pub(super) fn empty(kind: WhyKind) -> Self {
        Self {
            role: None,
            provision: None,
            record: None,
            kind,
            zh: String::new(),
            en: String::new(),
            outcome: WhyOutcome::Unknown,
            matters: true,
            actual: None,
            required: None,
            unit: None,
            codes: None,
            sources: Vec::new(),
            more: 0,
            parts: Vec::new(),
        }
    }

    /// Marks it, and all below it.
    fn makes_no_difference(&mut self) {
        self.matters = false;
        self.parts.iter_mut().for_each(Self::makes_no_difference);
    }
}

impl Why {
    /// The value as canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, whole numbers and lists of them: nothing here can fail to serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}
