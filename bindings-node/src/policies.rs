//! A policy set as JavaScript holds it, and everything that is asked of it at once.

use std::borrow::Cow;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use medtrain::Lang;
use medtrain::account::Account;
use medtrain::evaluate::Verdict;
use medtrain::explain::{headline, remedy_sentences, verdict_sentences, what_if_sentences, why};
use medtrain::policy::{PolicySet, Role};
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::receipt::Receipt;
use medtrain::render::{Statement, icalendar, statement};
use medtrain::workbook::template;
use napi::Result;
use napi::bindgen_prelude::Buffer;
use napi_derive::napi;

use crate::asked::{Asked, FactsGiven, facts_of};
use crate::names::camel_json;
use crate::problems::thrown;
use crate::shared;

/// A policy file: what messages call it, and its text.
#[napi(object, object_to_js = false)]
pub struct PolicyText {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// Policies that are asked together; they never change.
#[napi]
pub struct Policies {
    pub(crate) set: Arc<PolicySet>,
}

/// The language of this code.
pub(crate) fn lang(code: &str) -> std::result::Result<Lang, TrainingError> {
    Lang::of(code).ok_or_else(|| Problem::new(ProblemCode::UnknownCode, "lang", format!("expected zh or en, got `{code}`")).into())
}

#[napi]
impl Policies {
    /// The built-in policies.
    #[napi(factory)]
    pub fn builtin() -> Result<Self> {
        shared::builtin().map(|set| Self { set }).map_err(thrown)
    }

    /// Policies from files, beside the built-in ones but for those left out, or by themselves; every problem of every file.
    #[napi(factory)]
    pub fn of(builtin: bool, without: Vec<String>, files: Vec<PolicyText>) -> Result<Self> {
        let made = || {
            let without: Vec<&str> = without.iter().map(String::as_str).collect();
            let mut set = if builtin { PolicySet::builtin_without(&without)? } else { PolicySet::empty() };
            let problems: Vec<Problem> =
                files.iter().filter_map(|file| set.add(&file.name, &file.text).err()).flat_map(|error| error.problems).collect();
            if problems.is_empty() { Ok(Self { set: Arc::new(set) }) } else { Err(TrainingError { problems }) }
        };
        made().map_err(thrown)
    }

    /// The set that another thread has shared under this number.
    #[napi(factory)]
    pub fn shared(number: u32) -> Result<Self> {
        shared::handed_on(number).map(|set| Self { set }).map_err(thrown)
    }

    /// Shares the set with other threads: the number by which they find it.
    #[napi]
    pub fn share(&self) -> u32 {
        shared::hand_on(&self.set)
    }

    /// Its policies.
    #[napi]
    pub fn policies(&self) -> String {
        camel_json(&self.set.list_policies())
    }

    /// Its provisions.
    #[napi]
    pub fn provisions(&self) -> String {
        camel_json(&self.set.list_provisions())
    }

    /// Its decisions.
    #[napi]
    pub fn decisions(&self) -> String {
        camel_json(&self.set.list_decisions())
    }

    /// The decision that has this role.
    #[napi]
    pub fn decision_for(&self, role: String) -> Result<String> {
        let unknown = || Problem::new(ProblemCode::UnknownCode, "role", format!("no role of a decision is called `{role}`"));
        let found = || self.set.decision_for(Role::of(&role).ok_or_else(unknown)?).map(str::to_owned);
        found().map_err(thrown)
    }

    /// The JSON Schema of facts as JSON has them, those that its policies declare themselves included.
    #[napi]
    pub fn json_schema(&self) -> String {
        self.set.json_schema().to_string()
    }

    /// An empty register as a workbook.
    #[napi]
    pub fn template(&self, subjects: Vec<String>) -> Result<Buffer> {
        let subjects: Vec<&str> = subjects.iter().map(String::as_str).collect();
        template(&self.set, &subjects).map(Buffer::from).map_err(thrown)
    }

    /// The days that a policy names in a year.
    #[napi]
    pub fn calendar(&self, policy: String, year: i32) -> Result<String> {
        self.set.calendar(&policy, year).map(|entries| camel_json(&entries)).map_err(thrown)
    }

    /// The same as iCalendar.
    #[napi]
    pub fn calendar_ics(&self, policy: String, year: i32, language: String) -> Result<String> {
        let made = || Ok(icalendar(self.set.policy(&policy)?, &self.set.calendar(&policy, year)?, lang(&language)?));
        made().map_err(thrown)
    }

    /// The verdict.
    #[napi]
    pub fn evaluate(&self, asked: Asked, facts: FactsGiven<'_>) -> Result<String> {
        self.answered(&asked, &facts, |question, facts| Ok(camel_json(&question.evaluate(facts))))
    }

    /// The verdict as canonical JSON.
    #[napi]
    pub fn evaluate_json(&self, asked: Asked, facts: FactsGiven<'_>) -> Result<String> {
        self.answered(&asked, &facts, |question, facts| Ok(question.evaluate(facts).to_json()))
    }

    /// The status of the verdict alone.
    #[napi]
    pub fn status(&self, asked: Asked, facts: FactsGiven<'_>) -> Result<String> {
        self.answered(&asked, &facts, |question, facts| Ok(question.judge(facts).status.status().code().to_owned()))
    }

    /// How many seconds the core alone takes for so many verdicts, or statuses, with nothing crossing: for `npm run bench`.
    #[napi]
    pub fn seconds_alone(&self, asked: Asked, facts: FactsGiven<'_>, rounds: u32, verdicts: bool) -> Result<f64> {
        let timed = || {
            let read = facts_of(&facts);
            let question = read.brought().with(asked.question(&self.set))?;
            let facts = asked.accepted(&question, read.brought())?;
            let begun = Instant::now();
            for _ in 0..rounds {
                let question = self.set.ask(&asked.decision, question.given(), question.as_of())?;
                if verdicts {
                    black_box(question.evaluate(&facts));
                } else {
                    black_box(question.judge(&facts));
                }
            }
            Ok(begun.elapsed().as_secs_f64())
        };
        timed().map_err(thrown)
    }

    /// What can still be done, and when at the earliest.
    #[napi]
    pub fn remedies(&self, asked: Asked, facts: FactsGiven<'_>) -> Result<String> {
        self.answered(&asked, &facts, |question, facts| Ok(camel_json(&question.remedies_with_days(facts))))
    }

    /// The same in sentences.
    #[napi]
    pub fn remedy_sentences(&self, asked: Asked, facts: FactsGiven<'_>, language: String) -> Result<String> {
        self.answered(&asked, &facts, |question, facts| {
            Ok(camel_json(&remedy_sentences(&question.remedies_with_days(facts), question, lang(&language)?)))
        })
    }

    /// How people call what the question speaks of.
    #[napi]
    pub fn labels(&self, asked: Asked) -> Result<String> {
        asked.question(&self.set).map(|question| camel_json(&question.labels())).map_err(thrown)
    }

    /// Why the verdict is what it is.
    #[napi]
    pub fn why(&self, asked: Asked, facts: FactsGiven<'_>) -> Result<String> {
        self.answered(&asked, &facts, |question, facts| Ok(camel_json(&why(question, facts))))
    }

    /// What its figures are made of.
    #[napi]
    pub fn portions(&self, asked: Asked, facts: FactsGiven<'_>) -> Result<String> {
        self.answered(&asked, &facts, |question, facts| Ok(camel_json(&question.portions(facts, &question.evaluate(facts)))))
    }

    /// What would be otherwise with these changes, or if the facts were others, as an object or in sentences.
    #[napi]
    pub fn what_if(
        &self,
        asked: Asked,
        facts: FactsGiven<'_>,
        changes: Vec<String>,
        others: Option<FactsGiven<'_>>,
        language: Option<String>,
    ) -> Result<String> {
        let answered = || {
            let (read, others) = (facts_of(&facts), others.as_ref().map(facts_of));
            let question = read.brought().with(asked.question(&self.set));
            let question = match &others {
                Some(others) => others.brought().with(question)?,
                None => question?,
            };
            let others = others.as_ref().map(|others| asked.accepted(&question, others.brought())).transpose();
            let (facts, others) = TrainingError::both(asked.accepted(&question, read.brought()), others)?;
            let others = others.unwrap_or(Cow::Borrowed(facts.as_ref()));
            let what_if = question.what_if(&facts, &question.changed(&others, &changes)?);
            Ok(match language {
                Some(code) => camel_json(&what_if_sentences(&what_if, &question, lang(&code)?)),
                None => camel_json(&what_if),
            })
        };
        answered().map_err(thrown)
    }

    /// The verdict, sealed.
    #[napi]
    pub fn receipt(&self, asked: Asked, facts: FactsGiven<'_>) -> Result<String> {
        self.answered(&asked, &facts, |question, facts| Ok(camel_json(&Receipt::new(question.evaluate(facts), facts))))
    }

    /// Whether a receipt still holds.
    #[napi]
    pub fn verify(&self, receipt: String, facts: FactsGiven<'_>) -> Result<String> {
        self.set.verify_read(&receipt, facts_of(&facts).brought()).map(|verification| camel_json(&verification)).map_err(thrown)
    }

    /// A verdict, as canonical JSON, in sentences.
    #[napi]
    pub fn explain(&self, verdict: String, language: String) -> Result<String> {
        self.told(&verdict, |verdict, question| Ok(camel_json(&verdict_sentences(verdict, question, lang(&language)?))))
    }

    /// The same in one line.
    #[napi]
    pub fn headline(&self, verdict: String, language: String) -> Result<String> {
        self.told(&verdict, |verdict, question| Ok(headline(verdict, &question.labels(), lang(&language)?)))
    }

    /// The page that is handed to a subject.
    #[napi]
    pub fn statement_html(&self, asked: Asked, facts: FactsGiven<'_>, language: String, issuer: Option<String>) -> Result<String> {
        self.answered(&asked, &facts, |question, facts| {
            let account = Account::of(question, facts);
            let page = statement(&Statement { issuer: issuer.as_deref(), ..Statement::of(&account, lang(&language)?) });
            page.map_err(|error| Problem::new(ProblemCode::Unreadable, "statement", error.to_string()).into())
        })
    }
}

impl Policies {
    /// What is said of a verdict that comes back as canonical JSON.
    fn told(
        &self,
        verdict: &str,
        say: impl FnOnce(&Verdict, &medtrain::evaluate::Question<'_>) -> std::result::Result<String, TrainingError>,
    ) -> Result<String> {
        let told = || {
            let no_verdict = |error: serde_json::Error| {
                let problem = Problem::new(ProblemCode::WrongType, "verdict", format!("not a verdict: {error}"));
                problem.with_cure("give a verdict as `evaluate` gives it")
            };
            let verdict: Verdict = serde_json::from_str(verdict).map_err(no_verdict)?;
            let question = self.set.ask(&verdict.decision, &verdict.given, verdict.as_of)?;
            say(&verdict, &question)
        };
        told().map_err(thrown)
    }

    fn answered(
        &self,
        asked: &Asked,
        facts: &FactsGiven<'_>,
        answer: impl FnOnce(&medtrain::evaluate::Question<'_>, &medtrain::facts::Facts) -> std::result::Result<String, TrainingError>,
    ) -> Result<String> {
        let answered = || {
            let read = facts_of(facts);
            let question = read.brought().with(asked.question(&self.set))?;
            answer(&question, asked.accepted(&question, read.brought())?.as_ref())
        };
        answered().map_err(thrown)
    }
}
