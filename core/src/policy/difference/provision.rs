//! The differences of provisions, read from their compiled forms.

use super::{PolicyChange, Presence, ProvisionDifference, References, RulePlace, referred_otherwise};
use crate::feel::{Compiled, Spot, Surroundings, spots};
use crate::policy::{Policy, Provision, Relaxation, Rule, RulePart, Until};
use crate::quantity::Unit;
use crate::source::in_one_line;

/// Every provision that came, changed or went.
pub(super) fn differences(old: &Policy, new: &Policy) -> Vec<ProvisionDifference> {
    let (given_before, given_now) = (given(old), given(new));
    let mut found = Vec::new();
    for provision in &new.provisions {
        match old.provision(&provision.id) {
            None => found.push(difference(provision, Presence::Added, Vec::new())),
            Some(before) => {
                let mut reader = Reader {
                    old,
                    new,
                    around_old: Surroundings { once: &old.once, given: &given_before },
                    around_new: Surroundings { once: &new.once, given: &given_now },
                    changes: Vec::new(),
                    reworded: false,
                };
                reader.provision(before, provision);
                if !reader.changes.is_empty() {
                    found.push(difference(provision, Presence::Changed, reader.changes));
                }
            }
        }
    }
    let gone = old.provisions.iter().filter(|provision| new.provision(&provision.id).is_none());
    found.extend(gone.map(|provision| difference(provision, Presence::Removed, Vec::new())));
    found
}

fn given(policy: &Policy) -> Vec<&str> {
    policy.given.iter().map(|given| given.name.as_str()).collect()
}

fn difference(provision: &Provision, presence: Presence, changes: Vec<PolicyChange>) -> ProvisionDifference {
    ProvisionDifference {
        provision: provision.id.clone(),
        article: provision.article.clone(),
        name_zh: provision.name.zh.clone(),
        name_en: provision.name.en.clone(),
        presence,
        changes,
    }
}

struct Reader<'p> {
    old: &'p Policy,
    new: &'p Policy,
    around_old: Surroundings<'p>,
    around_new: Surroundings<'p>,
    changes: Vec<PolicyChange>,
    /// Whether words changed.
    reworded: bool,
}

impl<'p> Reader<'p> {
    fn provision(&mut self, old: &'p Provision, new: &'p Provision) {
        if old.subject != new.subject {
            self.changes.push(PolicyChange::Subject { old: old.subject.clone(), new: new.subject.clone() });
        }
        if old.modality != new.modality {
            self.changes.push(PolicyChange::Modality { part: None, old: old.modality, new: new.modality });
        }
        // Days that are those of the document are told of the document.
        let (before, now) = (self.old.in_force(old), self.new.in_force(new));
        if (old.from.is_some() || new.from.is_some()) && before.0 != now.0 {
            self.changes.push(PolicyChange::From { old: before.0, new: now.0 });
        }
        if (old.until, new.until) != (Until::OfPolicy, Until::OfPolicy) && before.1 != now.1 {
            self.changes.push(PolicyChange::Until { old: before.1, new: now.1 });
        }
        self.expression(RulePlace::When, None, old.when.as_ref(), new.when.as_ref());
        self.rule(&old.rule, &new.rule);
        self.relaxation(None, old.relaxation.as_ref(), new.relaxation.as_ref());
        self.references(References::DeemedBy, &old.deemed_by, &new.deemed_by);
        self.expression(RulePlace::Due, None, old.due.as_ref(), new.due.as_ref());
        self.expression(RulePlace::Deadline, None, old.deadline.as_ref(), new.deadline.as_ref());
        self.expression(RulePlace::AskedAfter, None, old.asked_after.as_ref(), new.asked_after.as_ref());
        self.expression(RulePlace::Amount, None, old.amount.as_ref(), new.amount.as_ref());
        let unit = |provision: &'p Provision| provision.amount.as_ref().and_then(|amount| amount.ty().unit());
        if old.amount.is_some() && new.amount.is_some() && unit(old) != unit(new) {
            let code = |provision: &'p Provision| unit(provision).map_or("1", Unit::code).to_owned();
            self.changes.push(PolicyChange::Figure { at: RulePlace::AmountUnit, part: None, old: code(old), new: code(new), unit: None });
        }
        let open = |provision: &'p Provision| provision.consequence.as_ref().and_then(|consequence| consequence.open.as_ref());
        self.expression(RulePlace::Consequence, None, open(old), open(new));
        let follows = |provision: &'p Provision| provision.consequence.as_ref().map_or(&[][..], |consequence| &consequence.follows);
        self.references(References::Follows, follows(old), follows(new));
        if old.kind != new.kind {
            self.changes.push(PolicyChange::Kind { old: old.kind.code().to_owned(), new: new.kind.code().to_owned() });
        }
        let effect = |provision: &'p Provision| provision.consequence.as_ref().map(|consequence| consequence.effect);
        if let Some((old, new)) = effect(old).zip(effect(new)).filter(|(old, new)| old != new) {
            self.changes.push(PolicyChange::Effect { old, new });
        }
        let details = |provision: &'p Provision| provision.details.iter().map(|detail| (detail.name.as_str(), &detail.value)).collect::<Vec<_>>();
        self.named(RulePlace::Detail, &details(old), &details(new));
        let days = |provision: &'p Provision| provision.dates.iter().flat_map(|date| [Some(&date.from), date.until.as_ref()]).collect::<Vec<_>>();
        let (before, now) = (days(old), days(new));
        for place in 0..before.len().max(now.len()) {
            let at = |days: &[Option<&'p Compiled>]| days.get(place).copied().flatten();
            self.expression(RulePlace::Calendar, None, at(&before), at(&now));
        }
        if old.article != new.article {
            self.changes.push(PolicyChange::Article { old: old.article.clone(), new: new.article.clone() });
        }
        let words = |provision: &Provision| {
            let details: Vec<_> = provision.details.iter().map(|detail| detail.text.clone()).collect();
            let dates: Vec<_> = provision.dates.iter().map(|date| date.text.clone()).collect();
            (provision.name.clone(), provision.text.clone(), provision.amount_name.clone(), provision.ledger_code.clone(), details, dates)
        };
        self.reworded |= words(old) != words(new);
        if self.reworded {
            self.changes.push(PolicyChange::Text);
        }
    }

    fn rule(&mut self, old: &'p Rule, new: &'p Rule) {
        match (old, new) {
            (Rule::Parts(old), Rule::Parts(new)) => self.parts(old, new),
            (Rule::AnyOf(old), Rule::AnyOf(new)) => self.references(References::AnyOf, old, new),
            (Rule::AllOf(old), Rule::AllOf(new)) => self.references(References::AllOf, old, new),
            (Rule::Require(old), Rule::Require(new)) => self.expression(RulePlace::Require, None, Some(old), Some(new)),
            (Rule::Nothing, Rule::Nothing) => {}
            (old, new) => {
                let presence = match (old, new) {
                    (Rule::Nothing, _) => Presence::Added,
                    (_, Rule::Nothing) => Presence::Removed,
                    _ => Presence::Changed,
                };
                let require = |rule: &Rule| if let Rule::Require(condition) = rule { written(condition) } else { None };
                self.changes.push(PolicyChange::Condition { at: RulePlace::Require, part: None, presence, old: require(old), new: require(new) });
            }
        }
    }

    fn parts(&mut self, old: &'p [RulePart], new: &'p [RulePart]) {
        for part in new {
            let Some(before) = old.iter().find(|before| before.id == part.id) else {
                self.expression(RulePlace::Require, Some(&part.id), None, Some(&part.require));
                continue;
            };
            if before.modality != part.modality {
                self.changes.push(PolicyChange::Modality { part: Some(part.id.clone()), old: before.modality, new: part.modality });
            }
            self.reworded |= before.text != part.text;
            self.expression(RulePlace::When, Some(&part.id), before.when.as_ref(), part.when.as_ref());
            self.expression(RulePlace::Require, Some(&part.id), Some(&before.require), Some(&part.require));
            self.relaxation(Some(&part.id), before.relaxation.as_ref(), part.relaxation.as_ref());
        }
        for part in old.iter().filter(|before| !new.iter().any(|part| part.id == before.id)) {
            self.expression(RulePlace::Require, Some(&part.id), Some(&part.require), None);
        }
    }

    fn relaxation(&mut self, part: Option<&str>, old: Option<&'p Relaxation>, new: Option<&'p Relaxation>) {
        self.reworded |= old.zip(new).is_some_and(|(old, new)| (&old.name, &old.text) != (&new.name, &new.text));
        self.expression(RulePlace::Relax, part, old.map(|relaxation| &relaxation.when), new.map(|relaxation| &relaxation.when));
    }

    fn named(&mut self, at: RulePlace, old: &[(&'p str, &'p Compiled)], new: &[(&'p str, &'p Compiled)]) {
        let of = |all: &[(&'p str, &'p Compiled)], name: &str| all.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        for (name, value) in new {
            self.expression(at, Some(name), of(old, name), Some(value));
        }
        for (name, value) in old.iter().filter(|(name, _)| of(new, name).is_none()) {
            self.expression(at, Some(name), Some(value), None);
        }
    }

    fn references(&mut self, of: References, old: &[usize], new: &[usize]) {
        self.changes.extend(referred_otherwise(of, &self.old.ids_of(old), self.new.ids_of(new)));
    }

    fn expression(&mut self, at: RulePlace, part: Option<&str>, old: Option<&Compiled>, new: Option<&Compiled>) {
        let part = || part.filter(|part| !part.is_empty()).map(str::to_owned);
        let condition = |presence| PolicyChange::Condition { at, part: part(), presence, old: old.and_then(written), new: new.and_then(written) };
        match (old, new) {
            (None, None) => {}
            (None, Some(_)) => self.changes.push(condition(Presence::Added)),
            (Some(_), None) => self.changes.push(condition(Presence::Removed)),
            (Some(before), Some(now)) => {
                let spots = spots((before, self.around_old), (now, self.around_new));
                self.changes.extend(spots.into_iter().map(|spot| match spot {
                    Spot::Figure { old, new, unit } => PolicyChange::Figure { at, part: part(), old, new, unit },
                    Spot::Comparator { old, new } => PolicyChange::Relation { at, part: part(), old: old.into(), new: new.into() },
                    Spot::Shape => condition(Presence::Changed),
                }));
            }
        }
    }
}

/// What its author wrote, in one line.
fn written(compiled: &Compiled) -> Option<String> {
    let text = in_one_line(&compiled.text);
    (!text.is_empty()).then_some(text)
}
