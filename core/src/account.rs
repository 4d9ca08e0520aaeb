//! Everything that can be said of one subject: the verdict, what its figures are made of, why, what can still be done, and the receipt.
//!
//! In come a question and facts; out goes what a statement shows. INVARIANT: all parts speak of the same question about the same facts.

use crate::evaluate::{Portions, Question, Verdict};
use crate::explain::{Labels, Why, why};
use crate::facts::Facts;
use crate::receipt::Receipt;
use crate::remedy::Remedies;

/// Everything that can be said of one subject and its verdict.
#[derive(Clone, Debug)]
pub struct Account<'a> {
    /// The question that was asked.
    pub question: &'a Question<'a>,
    /// What is known of the subject.
    pub facts: &'a Facts,
    /// The verdict, with the hashes of what it rests on.
    pub receipt: Receipt,
    /// What the figures of the verdict are made of.
    pub portions: Portions,
    /// What can still be done about it.
    pub remedies: Remedies,
    /// Why it is what it is.
    pub why: Why,
    /// How people call what it speaks of.
    pub labels: Labels,
}

impl<'a> Account<'a> {
    /// Judges a subject, and says all that there is to say.
    #[must_use]
    pub fn of(question: &'a Question<'a>, facts: &'a Facts) -> Self {
        let verdict = question.evaluate(facts);
        let portions = question.portions(facts, &verdict);
        let (remedies, why) = (question.remedies(facts), why(question, facts));
        Self { question, facts, receipt: Receipt::new(verdict, facts), portions, remedies, why, labels: question.labels() }
    }

    /// The verdict.
    #[must_use]
    pub fn verdict(&self) -> &Verdict {
        &self.receipt.verdict
    }
}
