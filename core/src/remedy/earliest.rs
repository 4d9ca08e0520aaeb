//! The first day on which a question would be answered by `met`, if nothing changes but the day.
//!
//! INVARIANT: nothing is inferred. Each day is asked, from the day of the question on, and the first that gives `met` is told.

use crate::evaluate::{Asked, Given, Question, Status, StatusSet};
use crate::facts::Facts;
use crate::feel::{Compiled, Expr, Type, Value, add_months};
use crate::policy::{Provision, RecordRules, Rule};
use crate::quantity::Day;

use super::goal::is_good;
use super::{Blocked, BlockedReason, Earliest, Later, Remedies, Remedy, RemedyState};

/// How far ahead a day is looked for.
pub(super) const HORIZON_MONTHS: i64 = 60;
/// How many months later something is given to see whether that helps: a few, since each takes a search.
const LATER_MONTHS: [i64; 10] = [1, 2, 3, 6, 9, 12, 18, 24, 36, 60];

impl<'p> Question<'p> {
    /// What can still be done, with when it will be met by itself, and when at the earliest with each remedy where the decision takes a day.
    ///
    /// Asking up to 1,800 days takes some milliseconds, and so much longer than [`Question::remedies`] alone.
    #[must_use]
    pub fn remedies_with_days(&self, facts: &Facts) -> Remedies {
        let mut found = self.remedies(facts);
        let (subject, owner) = self.roots(facts);
        if self.standing(subject, owner).set != StatusSet::only(Status::Met) {
            found.earliest = self.earliest(facts);
        }
        if self.day_to_choose().is_some() {
            for remedy in &mut found.remedies {
                remedy.earliest = self.earliest_with(facts, remedy);
            }
        }
        if found.state != RemedyState::NotNeeded
            && !found.remedies.iter().any(|remedy| remedy.gives == Status::Met)
            && let Some(later) = self.later(facts)
        {
            // What a later day helps is no more than too late for the one that was given.
            let helped = |blocked: &Blocked| later.remedies.iter().flat_map(|remedy| &remedy.steps).any(|step| step.closes(&blocked.provision));
            let unexplained = |blocked: &Blocked| matches!(blocked.reason, BlockedReason::NotInPower | BlockedReason::NoWayFound);
            for blocked in found.blocked.iter_mut().filter(|blocked| unexplained(blocked) && helped(blocked)) {
                blocked.reason = BlockedReason::TooLate;
            }
            found.later = Some(later);
        }
        found
    }

    /// What would do were a later day given, and the first such day.
    fn later(&self, facts: &Facts) -> Option<Later> {
        let (name, given) = self.day_to_choose()?;
        let given_on = |day: Day| self.asked_with(self.said.clone().with(name, Value::Date(day)), self.as_of);
        let (far, remedies) = LATER_MONTHS.iter().find_map(|months| {
            let day = add_months(given, *months)?;
            let told = given_on(day)?.remedies(facts).remedies;
            told.iter().any(|remedy| remedy.gives == Status::Met).then_some((day, told))
        })?;
        let question = given_on(far)?;
        let first = |remedy: &Remedy| question.earliest_with(facts, remedy).map(|earliest| earliest.on);
        let on = remedies.iter().filter_map(first).min().filter(|on| *on > given)?;
        let of_the_first = given_on(on)?.remedies(facts).remedies;
        let (on, remedies) = if of_the_first.is_empty() { (far, remedies) } else { (on, of_the_first) };
        Some(Later { on, given: name.to_owned(), remedies })
    }

    /// The first day from the day of the question on, within five years, on which it would be answered by `met` with nothing else changed.
    ///
    /// Where the decision takes one day that is still to come, such as that of an application, the same day is given.
    #[must_use]
    pub fn earliest(&self, facts: &Facts) -> Option<Earliest> {
        self.earliest_from(self.as_of, facts)
    }

    /// The same once a remedy was carried out, and what it waits for has come.
    fn earliest_with(&self, facts: &Facts, remedy: &Remedy) -> Option<Earliest> {
        let then = self.apply(facts, remedy).ok()?;
        self.earliest_from(remedy.from.unwrap_or(self.as_of), &then)
    }

    fn earliest_from(&self, from: Day, facts: &Facts) -> Option<Earliest> {
        let (last, moved) = (add_months(self.as_of, HORIZON_MONTHS)?, self.day_given().filter(|name| self.said.get(name).is_some()));
        if !self.may_come_with_time(facts, last) {
            return None;
        }
        let met = |day: &Day| {
            let question = self.asked_on(*day, moved)?;
            let (subject, owner) = question.roots(facts);
            (question.standing(subject, owner).set == StatusSet::only(Status::Met)).then_some(*day)
        };
        let on = from.iter_days().take_while(|day| *day <= last).find_map(|day| met(&day))?;
        let year_on = add_months(on, 12)?;
        let ends = on.iter_days().skip(1).take_while(|day| *day <= year_on).find(|day| met(day).is_none());
        Some(Earliest { on, given: moved.map(str::to_owned), until: ends.and_then(|day| day.pred_opt()) })
    }

    /// The name of the one day that is given with it, if it takes one alone and that day begins no period: another day would ask about another period.
    pub(super) fn day_given(&self) -> Option<&'p str> {
        self.one_day_given().filter(|day| !self.begins_a_period(day))
    }

    fn one_day_given(&self) -> Option<&'p str> {
        let mut days: Vec<&'p str> = Vec::new();
        for question in std::iter::once(self).chain(&self.layers) {
            for declared in question.policy.given_of(question.decision) {
                if declared.ty == Type::Date && !days.contains(&declared.name.as_str()) {
                    days.push(&declared.name);
                }
            }
        }
        if let [day] = days.as_slice() { Some(day) } else { None }
    }

    /// The one day that is given, by its name, where it is still to come: another could be chosen.
    fn day_to_choose(&self) -> Option<(&'p str, Day)> {
        let name = self.day_given()?;
        match self.said.get(name) {
            Some(Value::Date(day)) if *day >= self.as_of => Some((name, *day)),
            _ => None,
        }
    }

    /// Whether something that is asked in principle, and is not met, is by the end of the time that is looked at with nothing changed but the day.
    pub(super) fn comes_by_going_on(&self, facts: &Facts, findings: &[(Asked, StatusSet)]) -> bool {
        let in_principle = |(_, set): &&(Asked, StatusSet)| set.contains(Status::Waivable) && !set.contains(Status::Unmet);
        let open: Vec<&str> = findings.iter().filter(in_principle).filter_map(|(asked, _)| Some(self.provision(*asked)?.id.as_str())).collect();
        let then = add_months(self.as_of, HORIZON_MONTHS).filter(|_| !open.is_empty()).and_then(|day| self.asked_on(day, self.day_given()));
        then.is_some_and(|then| {
            let (subject, owner) = then.roots(facts);
            let is_open = |asked: Asked| then.provision(asked).is_some_and(|provision| open.contains(&provision.id.as_str()));
            then.standing(subject, owner).findings.iter().any(|(asked, set)| is_open(*asked) && *set == StatusSet::only(Status::Met))
        })
    }

    /// The same decision on another day, under the rules of that day.
    fn asked_on(&self, day: Day, moved: Option<&str>) -> Option<Question<'p>> {
        let said = match moved {
            Some(name) => self.said.clone().with(name, Value::Date(day)),
            None => self.said.clone(),
        };
        self.asked_with(said, day)
    }

    /// The same decision on a day, with this given.
    pub(super) fn asked_with(&self, said: Given, day: Day) -> Option<Question<'p>> {
        match self.set {
            Some(set) => set.ask(&self.decision.id, &said, day).ok(),
            None => self.asked_again(said, day),
        }
    }

    /// Whether every provision that is open now could come to be met by the day alone: one that does not read it stays open.
    fn may_come_with_time(&self, facts: &Facts, last: Day) -> bool {
        let versions = self.set.map_or(1, |set| set.versions(&self.policy.id).count());
        if versions > 1 || self.not_in_force.is_some() {
            return true;
        }
        let (subject, owner) = self.roots(facts);
        let findings = self.standing(subject, owner).findings;
        let day = Reads { given: self.day_given(), admissible: false };
        let records = self.decision.records.iter().flat_map(RecordRules::places);
        let day = Reads { admissible: records.into_iter().any(|place| self.reads_day_at(place, &day, last)), ..day };
        let hopeless = |(asked, set): &&(Asked, StatusSet)| !is_good(*set, Status::Met) && !self.asking(*asked).reads_day_at(asked.place, &day, last);
        let any_of = |(asked, _): &&(Asked, StatusSet)| asked.layer.is_none() && self.decision.any_of.contains(&asked.place);
        let (one_of, all_of): (Vec<_>, Vec<_>) = findings.iter().partition(any_of);
        let any_reads = findings.iter().any(|(asked, _)| self.asking(*asked).reads_day_at(asked.place, &day, last));
        any_reads && !all_of.iter().any(hopeless) && (one_of.is_empty() || !one_of.iter().all(hopeless))
    }

    /// Whether the result of a provision may depend on the day.
    fn reads_day_at(&self, place: usize, day: &Reads<'_>, last: Day) -> bool {
        let Some(provision) = self.policy.provisions.get(place) else { return false };
        let (from, until) = self.policy.in_force(provision);
        let comes_or_goes = from > self.as_of || until.is_some_and(|until| until < last);
        let depends = || provision.depends_on().into_iter().any(|other| other != place && self.reads_day_at(other, day, last));
        comes_or_goes || provision.not_asked_until().is_some() || conditions(provision).into_iter().any(|c| self.reads_day(&c.expr, day)) || depends()
    }

    /// Whether an expression, or a part of it that was computed once, reads the day.
    pub(super) fn reads_day(&self, expr: &Expr, day: &Reads<'_>) -> bool {
        match expr {
            Expr::AsOf => true,
            Expr::Admissible(_) => day.admissible,
            Expr::Given(place) => day.given.is_some() && self.policy.given.get(usize::from(*place)).map(|given| given.name.as_str()) == day.given,
            Expr::Once(place) => self.policy.once.get(usize::from(*place)).is_some_and(|part| self.reads_day(&part.expr, day)),
            other => other.children().iter().any(|(child, _)| self.reads_day(child, day)),
        }
    }

    /// Whether an expression, or a part of it that was computed once, reads what is given with the question.
    pub(super) fn reads_given(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Given(_) => true,
            Expr::Once(place) => self.policy.once.get(usize::from(*place)).is_some_and(|part| self.reads_given(&part.expr)),
            other => other.children().iter().any(|(child, _)| self.reads_given(child)),
        }
    }
}

/// What the day is, beside `as_of`.
#[derive(Clone, Copy, Default)]
pub(super) struct Reads<'n> {
    /// The name of a day that is given.
    pub(super) given: Option<&'n str>,
    /// Whether it decides which records count.
    pub(super) admissible: bool,
}

/// The conditions on which the status of a provision rests.
fn conditions(provision: &Provision) -> Vec<&Compiled> {
    let mut all: Vec<&Compiled> = provision.when.iter().chain(provision.relaxation.as_ref().map(|relaxation| &relaxation.when)).collect();
    match &provision.rule {
        Rule::Require(condition) => all.push(condition),
        Rule::Parts(parts) => {
            for part in parts {
                all.extend(part.when.iter().chain([&part.require]).chain(part.relaxation.as_ref().map(|relaxation| &relaxation.when)));
            }
        }
        Rule::Nothing | Rule::AnyOf(_) | Rule::AllOf(_) => {}
    }
    all
}
