//! The labels of a policy and of a question: how people call its provisions, facts, codes and figures.

use super::{ConsequenceLabel, FactLabel, Labels, ProvisionLabel, ValueLabel, WordLabel};
use crate::evaluate::Question;
use crate::explain::phrase::Phraser;
use crate::feel::{Builtin, Compiled, Expr, Type};
use crate::lang::Lang;
use crate::policy::{ConsequenceRule, DetailRule, GivenDeclaration, Policy, Provision, Relaxation, Rule, RulePart, Text};

/// How many letters a figure may be called with, in Chinese and in English, before its provision's name does better.
const LONGEST: (usize, usize) = (26, 72);

/// The same for a condition that is told to have failed.
const LONGEST_CONDITION: (usize, usize) = (40, 100);

impl Question<'_> {
    /// How people call what its verdicts speak of, also where other policies add to its decision.
    #[must_use]
    pub fn labels(&self) -> Labels {
        let mut labels = self.policy.labels();
        for layer in &self.layers {
            let Labels { provisions, facts, words, given } = layer.policy.labels();
            let asked: Vec<&str> = layer.policy.with_dependencies(&layer.decision.all_of).into_iter().map(|p| p.id.as_str()).collect();
            let added = provisions.into_iter().filter(|label| asked.contains(&label.provision.as_str()));
            labels.provisions.extend(added.map(|label| ProvisionLabel { layer: Some(layer.policy.number.clone()), ..label }));
            labels.facts.extend(facts);
            labels.words.extend(words);
            labels.given.extend(given);
        }
        labels
    }
}

impl Policy {
    /// How people call what its verdicts speak of.
    #[must_use]
    pub fn labels(&self) -> Labels {
        self.labels.get_or_init(|| self.worded()).clone()
    }

    fn worded(&self) -> Labels {
        let word = |code: &str, text: &Text| WordLabel { code: code.to_owned(), zh: text.zh.clone(), en: text.en.clone() };
        Labels {
            provisions: self.provisions.iter().map(|provision| self.label(provision)).collect(),
            facts: self
                .facts
                .iter()
                .map(|fact| FactLabel {
                    subject: fact.subject.clone(),
                    name: fact.name.clone(),
                    zh: fact.label.zh.clone(),
                    en: fact.label.en.clone(),
                })
                .collect(),
            words: self.words.iter().map(|known| word(&known.code, &known.text)).collect(),
            given: self.given.iter().filter(|given| !given.codes().is_empty() && given.kind != GivenDeclaration::OWN_CODES).map(given).collect(),
        }
    }

    /// How people call a provision.
    fn label(&self, provision: &Provision) -> ProvisionLabel {
        let (figures, parts) = match &provision.rule {
            Rule::Require(condition) => (self.figures(provision, condition, true), Vec::new()),
            Rule::Parts(parts) => (Vec::new(), parts.iter().map(|part| self.part(provision, part)).collect()),
            Rule::Nothing | Rule::AnyOf(_) | Rule::AllOf(_) => (Vec::new(), Vec::new()),
        };
        ProvisionLabel {
            provision: provision.id.clone(),
            article: provision.article.clone(),
            name_zh: provision.name.zh.clone(),
            name_en: provision.name.en.clone(),
            zh: provision.text.zh.clone(),
            en: provision.text.en.clone(),
            layer: None,
            figures,
            value: provision.amount.as_ref().map(|amount| value("", &provision.amount_name, amount.ty())),
            details: provision.details.iter().map(|DetailRule { name, text, value: of }| value(name, text, of.ty())).collect(),
            conditions: if let Rule::Require(condition) = &provision.rule { self.conditions(provision, condition) } else { Vec::new() },
            consequence: provision.consequence.as_ref().map(|rule| self.consequence(provision, rule)),
            relaxation: relaxation(provision.relaxation.as_ref()),
            parts,
        }
    }

    /// A part is called by its own sentence, and where it has none by the provision's name.
    fn part(&self, provision: &Provision, part: &RulePart) -> ProvisionLabel {
        let name = |sentence: &str, whole: &str| {
            let sentence = sentence.trim_end_matches(['。', '.']);
            if sentence.is_empty() { whole.to_owned() } else { sentence.to_owned() }
        };
        ProvisionLabel {
            provision: part.id_within(provision),
            article: provision.article.clone(),
            name_zh: name(&part.text.zh, &provision.name.zh),
            name_en: name(&part.text.en, &provision.name.en),
            zh: part.text.zh.clone(),
            en: part.text.en.clone(),
            figures: self.figures(provision, &part.require, false),
            conditions: self.conditions(provision, &part.require),
            relaxation: relaxation(part.relaxation.as_ref()),
            ..ProvisionLabel::default()
        }
    }

    /// What each comparison of a condition measures, in the order in which judging leaves their figures.
    ///
    /// The one amount that a provision compares is told by its name, what has no unit by what it is, where that is short; one beside other conditions only where it has a name of its own.
    fn figures(&self, provision: &Provision, condition: &Compiled, has_name: bool) -> Vec<ValueLabel> {
        let mut sides: Vec<(&Expr, &Type)> = Vec::new();
        condition.expr.each_conjunct(&mut |part| {
            if let Expr::Compare(_, left, _, ty) = part
                && part.has_figures()
            {
                sides.push((left, ty));
            }
        });
        let itself = has_name && matches!(&condition.expr, Expr::Compare(.., ty) if matches!(**ty, Type::Number(_)) && ty.unit().is_some());
        let counts = |left: &Expr| matches!(left.whole(&self.once), Expr::Call(Builtin::Count, _));
        let unitless = has_name && matches!(&condition.expr, Expr::Compare(_, left, _, ty) if ty.unit().is_none() && !counts(left));
        let several = !has_name || unitless || sides.len() > 1;
        let label = |(left, ty): &(&Expr, &Type)| {
            let words = |lang| if itself { String::new() } else { self.measure(provision, left, several, lang) };
            value("", &Text { zh: words(Lang::Zh), en: words(Lang::En) }, ty)
        };
        sides.iter().map(label).collect()
    }

    /// What is so where a condition fails that stands beside the comparisons of a provision; a lone one is the provision itself.
    fn conditions(&self, provision: &Provision, condition: &Compiled) -> Vec<ValueLabel> {
        let (mut all, mut others) = (0, Vec::new());
        condition.expr.each_conjunct(&mut |part| {
            all += 1;
            others.extend((!part.has_figures()).then(|| part.whole(&self.once)));
        });
        if all < 2 {
            return Vec::new();
        }
        others.iter().map(|part| self.failure(provision, part)).collect()
    }

    /// What is so where a condition fails; without words where that takes too many.
    fn failure(&self, provision: &Provision, condition: &Expr) -> ValueLabel {
        let words = |lang: Lang| {
            let said = Phraser::new(self, &provision.subject, lang).failure(condition);
            if said.chars().count() <= lang.pick(LONGEST_CONDITION.0, LONGEST_CONDITION.1) { said } else { String::new() }
        };
        ValueLabel { zh: words(Lang::Zh), en: words(Lang::En), ..ValueLabel::default() }
    }

    fn consequence(&self, provision: &Provision, rule: &ConsequenceRule) -> ConsequenceLabel {
        let mut conditions = Vec::new();
        if let Some(open) = &rule.open {
            open.expr.each_conjunct(&mut |part| conditions.push(self.failure(provision, &part.whole(&self.once))));
        }
        ConsequenceLabel { effect: rule.effect, modality: provision.modality, conditions }
    }

    /// What one side of a comparison is called: as a define or a detail is, or in a few words.
    fn measure(&self, provision: &Provision, side: &Expr, at_length: bool, lang: Lang) -> String {
        let whole = side.whole(&self.once);
        let detail = provision.details.iter().find(|detail| detail.value.expr.whole(&self.once) == whole);
        if let Some(detail) = detail.filter(|detail| !detail.text.zh.is_empty()) {
            return lang.pick(&detail.text.zh, &detail.text.en).clone();
        }
        let mut phraser = Phraser::new(self, &provision.subject, lang);
        if !at_length && !matches!(whole, Expr::Slot { .. } | Expr::Own { .. }) && phraser.named(&whole).is_none() {
            return String::new();
        }
        let said = phraser.measure(&whole);
        if said.chars().count() <= lang.pick(LONGEST.0, LONGEST.1) { said } else { String::new() }
    }
}

fn value(name: &str, text: &Text, ty: &Type) -> ValueLabel {
    let item = if let Type::List(item) = ty { item } else { ty };
    ValueLabel {
        name: name.to_owned(),
        zh: text.zh.clone(),
        en: text.en.clone(),
        unit: ty.unit().cloned(),
        codes: if let Type::Code(codes) = item { Some(codes.name.clone()) } else { None },
    }
}

fn relaxation(relaxation: Option<&Relaxation>) -> Option<WordLabel> {
    let sentence = |text: &str| text.trim_end_matches(['。', '.']).to_owned();
    relaxation.map(|known| WordLabel { code: known.name.clone(), zh: sentence(&known.text.zh), en: sentence(&known.text.en) })
}

/// What is given as a code of the vocabulary.
fn given(given: &GivenDeclaration) -> ValueLabel {
    ValueLabel { name: given.name.clone(), codes: Some(given.kind.clone()), ..ValueLabel::default() }
}
