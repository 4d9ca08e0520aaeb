//! Policies that are asked together.

use medtrain::evaluate::{Question, Verdict};
use medtrain::explain::{remedy_sentences, verdict_sentences, what_if_sentences, why};
use medtrain::facts::{Brought, Facts};
use medtrain::policy::PolicySet;
use medtrain::problem::TrainingError;
use medtrain::receipt::Receipt;
use medtrain::remedy::Remedies;
use medtrain::what_if::WhatIf;
use serde::{Deserialize, Serialize};

use crate::asked::{Asked, Asking, day, lang, read_facts};
use crate::known::Known;
use crate::refusal::{Refusal, written};
use crate::wire::{Source, read};

/// The text of a policy file, and what messages call it.
#[derive(uniffi::Record)]
pub struct File {
    /// What messages call it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Policies that are asked together; it does not change, and any number of threads can ask it.
#[derive(uniffi::Object)]
pub struct Policies {
    set: PolicySet,
}

impl Policies {
    /// The answer to a question about the facts that come behind it.
    fn answer<A: Serialize>(&self, asked: &[u8], answer: impl FnOnce(&Question<'_>, &Facts) -> A) -> Result<Vec<u8>, Refusal> {
        let mut source = Source::of(asked);
        let asking = Asking::read(&mut source)?;
        let read = read_facts(&mut source);
        let asked = Brought::from(&read).with(asking.among(&self.set))?;
        let facts = asked.facts(&read)?;
        written(&answer(&asked.question, &facts))
    }

    /// What is otherwise about the second facts that come behind a question.
    fn what_is_otherwise<A>(&self, asked: &[u8], answer: impl FnOnce(&WhatIf, &Question<'_>) -> A) -> Result<A, Refusal> {
        let mut source = Source::of(asked);
        let asking = Asking::read(&mut source)?;
        let (before, after) = (read_facts(&mut source), read_facts(&mut source));
        let asked = Brought::from(&before).with(asking.among(&self.set));
        let asked = Brought::from(&after).with(asked)?;
        let (before, after) = TrainingError::both(asked.facts(&before), asked.facts(&after))?;
        Ok(answer(&asked.question.what_if(&before, &after), &asked.question))
    }

    /// The question alone.
    fn asked(&self, asked: &[u8]) -> Result<Asked<'_>, Refusal> {
        Ok(Asking::read(&mut Source::of(asked))?.among(&self.set)?)
    }
}

#[uniffi::export]
impl Policies {
    /// The built-in policies but for these, or none of them, and then those of these files.
    #[uniffi::constructor]
    fn load(built_in: bool, without: &[String], files: &[File]) -> Result<Self, Refusal> {
        let without: Vec<&str> = without.iter().map(String::as_str).collect();
        let mut set = if built_in { PolicySet::builtin_without(&without)? } else { PolicySet::empty() };
        for file in files {
            set.add(&file.name, &file.text)?;
        }
        Ok(Self { set })
    }

    /// Every policy.
    fn policies(&self) -> Result<Vec<u8>, Refusal> {
        written(&self.set.list_policies())
    }

    /// Every provision.
    fn provisions(&self) -> Result<Vec<u8>, Refusal> {
        written(&self.set.list_provisions())
    }

    /// Every decision.
    fn decisions(&self) -> Result<Vec<u8>, Refusal> {
        written(&self.set.list_decisions())
    }

    /// The days that a policy names for a year.
    fn calendar(&self, policy: &str, year: i32) -> Result<Vec<u8>, Refusal> {
        written(&self.set.calendar(policy, year)?)
    }

    /// The verdict.
    fn evaluate(&self, asked: &[u8]) -> Result<Vec<u8>, Refusal> {
        self.answer(asked, |question, facts| question.evaluate(facts))
    }

    /// The verdict about facts that were read before.
    fn evaluate_known(&self, asked: &[u8], known: &Known) -> Result<Vec<u8>, Refusal> {
        let asked = self.asked(asked)?;
        let facts = asked.facts(&known.facts)?;
        written(&asked.question.evaluate(&facts))
    }

    /// What can still be done, with the first days on which it will be met.
    fn remedies(&self, asked: &[u8]) -> Result<Vec<u8>, Refusal> {
        self.answer(asked, |question, facts| question.remedies_with_days(facts))
    }

    /// What would be otherwise if the facts were the second ones.
    fn what_if(&self, asked: &[u8]) -> Result<Vec<u8>, Refusal> {
        self.what_is_otherwise(asked, |what_if, _| written(what_if))?
    }

    /// What would be otherwise, in sentences.
    fn explain_what_if(&self, asked: &[u8], language: &str) -> Result<Vec<String>, Refusal> {
        self.what_is_otherwise(asked, |what_if, question| Ok(what_if_sentences(what_if, question, lang(language)?)))?
    }

    /// Why the verdict is what it is.
    fn why(&self, asked: &[u8]) -> Result<Vec<u8>, Refusal> {
        self.answer(asked, why)
    }

    /// What the figures of the verdict are made of.
    fn portions(&self, asked: &[u8]) -> Result<Vec<u8>, Refusal> {
        self.answer(asked, |question, facts| question.portions(facts, &question.evaluate(facts)))
    }

    /// How people call what the question speaks of.
    fn labels(&self, asked: &[u8]) -> Result<Vec<u8>, Refusal> {
        written(&self.asked(asked)?.question.labels())
    }

    /// The verdict, sealed.
    fn receipt(&self, asked: &[u8]) -> Result<Vec<u8>, Refusal> {
        self.answer(asked, |question, facts| Receipt::new(question.evaluate(facts), facts))
    }

    /// Whether a receipt, as JSON, still holds on these facts.
    fn verify(&self, receipt: &str, facts: &[u8]) -> Result<Vec<u8>, Refusal> {
        written(&self.set.verify_read(receipt, &read_facts(&mut Source::of(facts)))?)
    }

    /// A verdict in sentences, by the policies of this set.
    fn explain(&self, verdict: &[u8], language: &str) -> Result<Vec<String>, Refusal> {
        let verdict: Verdict = read(verdict)?;
        // A verdict that another language put together can say days that no question takes.
        let question = self.set.ask(&verdict.decision, &verdict.given, day(&verdict.as_of.to_string(), "as_of")?)?;
        Ok(verdict_sentences(&verdict, &question, lang(language)?))
    }

    /// What can still be done in sentences: a question, and behind it the remedies.
    fn explain_remedies(&self, asked: &[u8], language: &str) -> Result<Vec<String>, Refusal> {
        let mut source = Source::of(asked);
        let asked = Asking::read(&mut source)?.among(&self.set)?;
        Ok(remedy_sentences(&Remedies::deserialize(&mut source)?, &asked.question, lang(language)?))
    }
}
