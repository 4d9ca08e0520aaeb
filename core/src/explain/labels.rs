//! How people call what a verdict speaks of: provisions and their parts, own facts, codes, details.

mod read;

use std::borrow::Cow;

use medtrain_macros::crosses;

use super::phrase::code_label;
use super::with_unit;
use crate::evaluate::{ConsequenceEffect, Modality};
use crate::lang::Lang;
use crate::quantity::Unit;

/// How people call what verdicts of a question speak of.
#[crosses]
#[derive(Default)]
pub struct Labels {
    /// The provisions of its policy, and those that other policies add.
    pub provisions: Vec<ProvisionLabel>,
    /// The facts that these policies declare themselves.
    pub facts: Vec<FactLabel>,
    /// Their codes, texts and names of what is given.
    pub words: Vec<WordLabel>,
    /// What is given with a question as a code of the vocabulary, by name, with its code list.
    pub given: Vec<ValueLabel>,
}

/// How people call a provision, and what it says in our own words.
#[crosses]
#[derive(Default)]
pub struct ProvisionLabel {
    /// The provision, such as `cq-credits`; a part under the name that verdicts give it, such as `gx-procedure.select`.
    pub provision: String,
    /// Its article in the document, such as `三(十六)`.
    pub article: String,
    /// Its short Chinese name, such as 学分.
    pub name_zh: String,
    /// Its short English name, such as "credits": a noun phrase, in lower case, plural where it is counted.
    pub name_en: String,
    /// What it says, in Chinese.
    pub zh: String,
    /// What it says, in English.
    pub en: String,
    /// The number of the document that adds it to the decision; absent for the decision's own.
    pub layer: Option<String>,
    /// What each of its comparisons measures, in the order of a finding's figures; without words where that is the provision itself.
    pub figures: Vec<ValueLabel>,
    /// What is so where one of its conditions fails that is no such comparison, by the places of a finding's `failing`; without words where that
    /// takes too many.
    pub conditions: Vec<ValueLabel>,
    /// The amount that it computes.
    pub value: Option<ValueLabel>,
    /// The values that it shows beside.
    pub details: Vec<ValueLabel>,
    /// Its consequence.
    pub consequence: Option<ConsequenceLabel>,
    /// Its relaxation.
    pub relaxation: Option<WordLabel>,
    /// Its parts.
    pub parts: Vec<ProvisionLabel>,
}

/// How people are told of a consequence.
#[crosses]
pub struct ConsequenceLabel {
    /// Whether it is granted, imposed or noted.
    pub effect: ConsequenceEffect,
    /// How strongly its provision speaks: what may be imposed is for somebody to decide.
    pub modality: Modality,
    /// What each condition of its own asks, told where it fails, by the places of a consequence's `failing`; without words where that takes too many.
    pub conditions: Vec<ValueLabel>,
}

/// How people call a value, and how it is told.
#[crosses]
#[derive(Default)]
pub struct ValueLabel {
    /// The name under which a verdict shows it; empty where it has none.
    pub name: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The unit of its numbers.
    pub unit: Option<Unit>,
    /// The vocabulary's code list from which its codes are.
    pub codes: Option<String>,
}

/// How people call a fact that a policy declares itself.
#[crosses]
pub struct FactLabel {
    /// Whose fact it is, such as `practitioner`.
    pub subject: String,
    /// Its name in the policy file.
    pub name: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// How people call a code, a text or a name.
#[crosses]
pub struct WordLabel {
    /// The code itself.
    pub code: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl ProvisionLabel {
    /// The short name in this language; the id where there is none.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        let name = lang.pick(&self.name_zh, &self.name_en);
        if name.is_empty() { &self.provision } else { name }
    }

    /// What it says in this language.
    #[must_use]
    pub fn says(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

impl ConsequenceLabel {
    /// Whether it is a sanction, a suspension or a cut.
    #[must_use]
    pub fn is_imposed(&self) -> bool {
        self.effect == ConsequenceEffect::Imposed
    }
}

impl Labels {
    /// The label of a provision, or of a part of one.
    #[must_use]
    pub fn provision(&self, id: &str) -> Option<&ProvisionLabel> {
        let own = self.provisions.iter().find(|label| label.provision == id);
        own.or_else(|| self.provisions.iter().flat_map(|label| &label.parts).find(|part| part.provision == id))
    }

    /// The short name of a provision; its id where it is not known.
    #[must_use]
    pub fn name<'a>(&'a self, provision: &'a str, lang: Lang) -> &'a str {
        self.provision(provision).map_or(provision, |label| label.name(lang))
    }

    /// The label of a fact that a policy declares itself: that of its subject, or else of any that has the name.
    pub(crate) fn fact(&self, subject: Option<&str>, name: &str, lang: Lang) -> Option<&str> {
        let named = || self.facts.iter().filter(|fact| fact.name == name);
        let fact = named().find(|fact| Some(fact.subject.as_str()) == subject).or_else(|| named().next())?;
        Some(lang.pick(fact.zh.as_str(), fact.en.as_str())).filter(|label| !label.is_empty())
    }

    /// How people call a code, a text or a name.
    pub(crate) fn word(&self, code: &str, lang: Lang) -> Option<&str> {
        let word = self.words.iter().find(|word| word.code == code)?;
        Some(lang.pick(word.zh.as_str(), word.en.as_str()))
    }

    /// A unit as people call it after a number: one of a policy's own by its words.
    pub(crate) fn unit<'a>(&self, unit: &'a Unit, lang: Lang) -> Cow<'a, Unit> {
        match unit {
            Unit::Named(code) => self.word(code, lang).map_or(Cow::Borrowed(unit), |word| Cow::Owned(Unit::Named(word.to_owned().into()))),
            known => Cow::Borrowed(known),
        }
    }

    /// A number with its unit as people call it.
    pub(crate) fn with_unit(&self, number: &str, unit: Option<&Unit>, lang: Lang) -> String {
        with_unit(number, unit.map(|unit| self.unit(unit, lang)).as_deref(), lang)
    }

    /// The name under which something is given with a question.
    pub(crate) fn given<'a>(&'a self, name: &'a str, lang: Lang) -> &'a str {
        match name {
            "year" => lang.pick("年度", "year"),
            name => self.word(name, lang).unwrap_or(name),
        }
    }

    /// A value that is given with a question, as people call it.
    #[cfg(any(feature = "render", feature = "workbook"))]
    pub(crate) fn given_value<'a>(&'a self, name: &str, value: &'a str, lang: Lang) -> &'a str {
        let list = self.given.iter().find(|given| given.name == name).and_then(|given| given.codes.as_deref());
        self.code(list, value, lang)
    }

    /// A code as people call it: by its list of the vocabulary, or by a policy's own words.
    pub(crate) fn code<'a>(&'a self, list: Option<&str>, code: &'a str, lang: Lang) -> &'a str {
        list.and_then(|list| code_label(list, code, lang)).or_else(|| self.word(code, lang)).unwrap_or(code)
    }
}

impl ValueLabel {
    /// How people call it; nothing where it has no words.
    pub(crate) fn words(&self, lang: Lang) -> Option<&str> {
        Some(lang.pick(self.zh.as_str(), self.en.as_str())).filter(|words| !words.is_empty())
    }
}
