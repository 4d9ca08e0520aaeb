//! From the worlds of a search to remedies: paths, values as facts write them, days and articles.

use rust_decimal::Decimal;

use crate::evaluate::{Asked, Question, Standing, Status};
use crate::facts::{Entity, FieldKind};
use crate::feel::{Item, Value, add_months};
use crate::policy::OwnKind;
use crate::quantity::{Day, Unit, parse_day, parse_decimal};

use super::goal::is_good;
use super::invert::Obstacle;
use super::search::Search;
use super::want::{Choice, Kind, Want};
use super::world::{World, kind_of};
use super::{Blocked, BlockedReason, Closed, Remedies, Remedy, RemedyState, Step, StepBound, StepField};
use crate::facts::changed::{Key, Keys};
use crate::order::order_by_key;

/// How many alternatives are told.
const TOLD: usize = 4;
/// How many other values of a fact are told.
const OTHERS: usize = 12;
/// So much more that it is beyond what any rule asks for.
const FAR_MORE: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

impl Search<'_> {
    /// Everything told of the worlds found.
    pub(super) fn told(&mut self, found: Vec<World>) -> Remedies {
        let least = self.least(found);
        let state = match (least.is_empty(), self.gave_up) {
            (false, _) => RemedyState::Found,
            (true, true) => RemedyState::GaveUp,
            (true, false) => RemedyState::None,
        };
        let mut blocked = if self.aim == Status::Met && !least.is_empty() { Vec::new() } else { self.blocked() };
        // What is closed so that the authority can decide is not blocked, though it was not closed on the way to more.
        blocked.retain(|blocked| !least.iter().flat_map(|remedy| &remedy.steps).any(|step| step.closes(&blocked.provision)));
        Remedies { state, remedies: least, partial: Vec::new(), blocked, earliest: None, later: None }
    }

    /// The remedies that the worlds found are, the least first, none of which contains another.
    pub(super) fn least(&mut self, found: Vec<World>) -> Vec<Remedy> {
        let mut remedies: Vec<Remedy> = Vec::new();
        for world in found {
            let lasts = self.holds_to_the_last(&world);
            if let Some(remedy) = self.remedy(&world, lasts)
                && !remedies.contains(&remedy)
            {
                remedies.push(remedy);
            }
        }
        // What goes on already, or is there, is less than something new.
        let new = |remedy: &Remedy| remedy.steps.iter().filter(|step| matches!(step, Step::AddRecord { .. })).count();
        order_by_key(&mut remedies, |remedy| (new(remedy), remedy.steps.len()));
        let is_least = |remedy: &&Remedy| {
            !remedies.iter().any(|smaller| smaller != *remedy && (contains(remedy, smaller) || ends_one_for_another(remedy, smaller)))
        };
        remedies.iter().filter(is_least).take(TOLD).cloned().collect()
    }

    fn remedy(&mut self, world: &World, lasts: bool) -> Option<Remedy> {
        let question = self.question;
        let mut steps = Vec::new();
        for ((keys, want), closes) in world.changes.0.iter().zip(&world.for_changes) {
            let kind = kind_of(question, self.entity, keys)?;
            let value = want.pick(&kind, Choice::Earliest, |_| None)?;
            let (path, unit) = path(question, self.entity, keys);
            let last = if let (Some(Value::Date(last)), true) = (&want.high, lasts) { Some(*last) } else { want.until.or_else(|| self.due(closes)) };
            let path = format!("{}.{path}", self.question.subject());
            let or = self.other_values(&kind, want, &value, |want| {
                let mut other = world.clone();
                other.changes.0.iter_mut().filter(|(k, _)| k == keys).for_each(|(_, there)| *there = want.clone());
                other
            });
            let bound = self.bound(world, keys, want, &value);
            let following = if bound.is_none() { self.following_numbers(world, (keys, want), &kind, &value) } else { Vec::new() };
            let or = or.iter().chain(&following).map(|value| written(&kind, value)).collect();
            let last = last.or_else(|| if bound.is_none() { self.last_that_does(world, keys, want, &value) } else { None });
            steps.push(Step::SetFact { path, value: written(&kind, &value), or, bound, unit, until: last, closes: self.closed(closes) });
        }
        for (place, draft) in world.drafts.iter().enumerate() {
            let latest = if lasts { draft.fields(question, Choice::Latest)? } else { Vec::new() };
            let mut until: Option<Day> = None;
            let mut fields = Vec::new();
            for (keys, value) in draft.fields(question, Choice::Earliest)? {
                let kind = kind_of(question, draft.entity, &keys)?;
                let (field, unit) = path(question, draft.entity, &keys);
                let bounded = draft.wants.get(&keys).is_some_and(|want| want.high.is_some());
                let last =
                    latest.iter().find(|(other, _)| *other == keys).and_then(|(_, last)| if let Value::Date(day) = last { Some(*day) } else { None });
                if let Some(last) = last.filter(|_| bounded) {
                    until = Some(until.map_or(last, |until| until.min(last)));
                }
                let last = last.filter(|last| *last > self.question.as_of() && Value::Date(*last) != value);
                let or = self.others(world, place, &keys).iter().map(|value| written(&kind, value)).collect();
                let length = draft.wants.get(&keys).and_then(|want| want.lasting.as_ref()).map(|(_, length)| *length);
                let without = self.without(world, place, &keys);
                let some = |number: i64| Some(number).filter(|number| *number > 0);
                let (months, days) = (length.and_then(|length| some(length.months)), length.and_then(|length| some(length.days)));
                fields.push(StepField { field, value: written(&kind, &value), or, until: last, months, days, without, unit });
            }
            let list = format!("{}.{}", self.question.subject(), path(question, self.entity, &draft.list).0);
            steps.push(Step::AddRecord { list, fields, until: until.or_else(|| self.due(&draft.closes)), closes: self.closed(&draft.closes) });
        }
        let from = (world.on > self.question.as_of()).then_some(world.on);
        if let (Some(until), true) = (from, steps.is_empty()) {
            steps.push(Step::Wait { until, closes: self.closed(&world.waits_for) });
        }
        if let [Step::AddRecord { closes, .. } | Step::SetFact { closes, .. } | Step::Wait { closes, .. }] = steps.as_mut_slice() {
            // One step alone serves all that was open, and is not.
            let left_open = self.judged(world, Choice::Earliest, |me, _, standing| me.not_closed(&standing)).unwrap_or_default();
            let closed: Vec<Asked> = self.open.iter().copied().filter(|asked| !left_open.contains(asked)).collect();
            *closes = self.closed(&closed);
        }
        if let Some(last) = steps.iter().filter_map(Step::until).max()
            && let Some(holds) = self.holds_until(world, last, lasts)
        {
            for step in &mut steps {
                step.be_done_by(holds);
            }
        }
        let by = steps.iter().filter_map(Step::until).min();
        let mut serves = world.drafts.iter().flat_map(|draft| &draft.closes).chain(world.for_changes.iter().flatten()).chain(&world.waits_for);
        let at_most = serves.any(|asked| self.undecided.contains(asked) || self.waits_for_facts_about(*asked));
        Some(Remedy { steps, gives: self.gives(world)?, at_most, by, from, earliest: None })
    }

    /// The last day on which all that was open stays closed, where something of it falls due before the last of the remedy's own days.
    ///
    /// What else falls due by then, whatever is done, is not asked yet: a verdict tells it with its own day.
    fn holds_until(&mut self, world: &World, last: Day, lasts: bool) -> Option<Day> {
        // What is waited for was judged on the last of its days.
        let first = Some(world.on).filter(|on| *on == self.question.as_of())?;
        let choice = if lasts { Choice::Latest } else { Choice::Earliest };
        // What comes after the last day of the rules is asked by none.
        let rules_end = self.question.policy.until.unwrap_or(last).max(first);
        let last = last.min(rules_end);
        let holds = |me: &mut Self, on: Day| {
            let world = World { on, ..world.clone() };
            let bad = me.judged(&world, choice, |me, question, standing| me.left_open(question, &standing));
            let Some(bad) = bad else { return false };
            // What is open by then, and was not, must be so without the remedy as well.
            bad.is_empty()
                || !bad.iter().any(|asked| me.open.contains(asked))
                    && me
                        .judged(&World::of(on), choice, |me, question, standing| me.left_open(question, &standing))
                        .is_some_and(|idle| bad.iter().all(|asked| idle.contains(asked)))
        };
        if last <= first || holds(self, last) {
            return None;
        }
        let (mut good, mut bad) = (first, last);
        while let Some(days) = Some((bad - good).num_days()).filter(|days| *days > 1) {
            let middle = good.checked_add_days(chrono::Days::new(days.unsigned_abs() / 2))?;
            if holds(self, middle) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        Some(good)
    }

    /// The provisions that are left open: none where the aim is reached.
    fn left_open(&self, question: &Question<'_>, standing: &Standing<'_>) -> Vec<Asked> {
        if self.reached(question, standing) {
            return Vec::new();
        }
        self.not_closed(standing)
    }

    /// The provisions that are not as they are to be, also those of which one is asked.
    fn not_closed(&self, standing: &Standing<'_>) -> Vec<Asked> {
        let open = standing.findings.iter().filter(|(asked, set)| !self.aside.contains(asked) && !is_good(*set, self.aim));
        open.map(|(asked, _)| *asked).collect()
    }

    /// What the verdict becomes; where it need not be met, or may come not to apply, whatever it then is.
    fn gives(&mut self, world: &World) -> Option<Status> {
        if !self.is_partial() && self.aim == Status::Met && !self.may_not_apply {
            return Some(self.aim);
        }
        self.judged(world, Choice::Earliest, |_, _, standing| standing.set.status())
    }

    /// The other values of a field that would do, each judged.
    fn others(&mut self, world: &World, draft: usize, keys: &Keys) -> Vec<Value> {
        let Some(draft_there) = world.drafts.get(draft) else { return Vec::new() };
        let (Some(want), Some(kind)) = (draft_there.wants.get(keys), kind_of(self.question, draft_there.entity, keys)) else { return Vec::new() };
        let Some(chosen) = want.pick(&kind, Choice::Earliest, |_| None) else { return Vec::new() };
        self.other_values(&kind, want, &chosen, |want| {
            let mut other = world.clone();
            if let Some((_, there)) = other.drafts.get_mut(draft).and_then(|draft| draft.wants.0.iter_mut().find(|(k, _)| k == keys)) {
                *there = want;
            }
            other
        })
    }

    /// Whether a fact may as well be more than its value, or less: judged with one more and with far more, with one less and with nothing, or up to a
    /// year later.
    fn bound(&mut self, world: &World, keys: &Keys, want: &Want, value: &Value) -> Option<StepBound> {
        let (bound, further) = match (value, &want.low, &want.high) {
            (Value::Number(number), Some(_), None) => {
                (StepBound::AtLeast, vec![Value::Number(number.checked_add(Decimal::ONE)?), Value::Number(number.checked_add(FAR_MORE)?)])
            }
            // Of what there must be some of, any amount may do.
            (Value::Number(number), None, None) if want.some && want.not.is_empty() && number.is_zero() => {
                (StepBound::AtLeast, vec![Value::Number(Decimal::ONE), Value::Number(FAR_MORE)])
            }
            // Less than nothing is no amount.
            (Value::Number(number), None, Some(high)) if high == value && *number > Decimal::ZERO => {
                let less = number.checked_sub(Decimal::ONE)?.max(Decimal::ZERO);
                (StepBound::AtMost, vec![Value::Number(less), Value::Number(Decimal::ZERO)])
            }
            (Value::Date(day), Some(low), None) if low == value => {
                let later = self.up_to_a_year_after(*day)?;
                (StepBound::AtLeast, vec![Value::Date(Some(later).filter(|later| later > day)?)])
            }
            _ => return None,
        };
        further.iter().all(|value| self.does_with(world, keys, value)).then_some(bound)
    }

    /// The whole numbers after the first that do as well, where they are few and no further one does.
    fn following_numbers(&mut self, world: &World, (keys, want): (&Keys, &Want), kind: &Kind, value: &Value) -> Vec<Value> {
        let is_free = kind.is_whole() && want.is.is_none() && want.among.is_none();
        let Some(Value::Number(first)) = Some(value).filter(|_| is_free) else { return Vec::new() };
        let mut good = Vec::new();
        for number in (1..=OTHERS + 1).filter_map(|step| first.checked_add(step.into())).map(Value::Number) {
            if !self.does_with(world, keys, &number) {
                return good;
            }
            good.push(number);
        }
        Vec::new()
    }

    /// The last day that would do as well as the first, of a day that may be later and not any day later; `None` where the first alone does.
    fn last_that_does(&mut self, world: &World, keys: &Keys, want: &Want, value: &Value) -> Option<Day> {
        let (Value::Date(first), Some(_), None) = (value, &want.low, &want.high) else { return None };
        let (mut good, mut bad) = (*first, self.up_to_a_year_after(*first)?);
        while let Some(days) = Some((bad - good).num_days()).filter(|days| *days > 1) {
            let middle = good.checked_add_days(chrono::Days::new(days.unsigned_abs() / 2))?;
            if self.does_with(world, keys, &Value::Date(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        Some(good).filter(|last| last > first)
    }

    /// A year after a day, and on the last day of the rules at the latest.
    fn up_to_a_year_after(&self, day: Day) -> Option<Day> {
        let year_on = add_months(day, 12)?;
        Some(self.question.policy.until.map_or(year_on, |until| until.min(year_on)))
    }

    /// Whether a fact may be this instead, judged on that day where it is one.
    fn does_with(&mut self, world: &World, keys: &Keys, value: &Value) -> bool {
        let mut other = world.clone();
        for (_, there) in other.changes.0.iter_mut().filter(|(k, _)| k == keys) {
            if let Value::Date(day) = value {
                other.on = other.on.max(there.asked_from(*day).unwrap_or(*day));
            }
            *there = Want::is(value.clone());
        }
        self.judged(&other, Choice::Earliest, |me, question, standing| me.reached(question, &standing)).unwrap_or(false)
    }

    /// The values but the chosen one that a fact may have, each judged in the world with it.
    fn other_values(&mut self, kind: &Kind, want: &Want, chosen: &Value, with: impl Fn(Want) -> World) -> Vec<Value> {
        let others: Vec<Value> = match (&want.among, kind) {
            (Some(among), _) => among.clone(),
            (None, kind) if want.is.is_none() => kind.codes().into_iter().filter(|code| want.allows(code)).collect(),
            _ => Vec::new(),
        };
        let mut good = Vec::new();
        for value in others.iter().filter(|value| *value != chosen).take(OTHERS) {
            if self.holds_to_the_last(&with(Want::is(value.clone()))) {
                good.push(value.clone());
            }
        }
        good
    }

    /// The fields of a new record that one of its amounts would do without: judged with that amount in a record of its own.
    fn without(&mut self, world: &World, place: usize, keys: &Keys) -> Vec<String> {
        let Some(draft) = world.drafts.get(place) else { return Vec::new() };
        let Some((amount, needs)) = draft.amount(keys).filter(|amount| !amount.is_zero()).zip(draft.needs(keys)) else { return Vec::new() };
        let is_needed = |other: &Keys| needs.get(other).is_some() || kind_of(self.question, draft.entity, other).is_some_and(|kind| kind.is_day());
        let free: Vec<Keys> = draft.wants.0.iter().map(|(other, _)| other).filter(|other| !is_needed(other)).cloned().collect();
        if free.is_empty() {
            return Vec::new();
        }
        let mut alone = draft.clone();
        alone.wants.0.retain(|(other, _)| !free.contains(other));
        alone.amounts.iter_mut().filter(|(other, _)| other != keys).for_each(|(_, amount)| *amount = rust_decimal::Decimal::ZERO);
        alone.set_amount(keys, amount);
        let mut apart = world.clone();
        if let Some(draft) = apart.drafts.get_mut(place) {
            draft.set_amount(keys, rust_decimal::Decimal::ZERO);
        }
        apart.drafts.push(alone);
        if !self.holds_to_the_last(&apart) {
            return Vec::new();
        }
        free.iter().map(|other| path(self.question, draft.entity, other).0).collect()
    }

    fn closed(&self, places: &[Asked]) -> Vec<Closed> {
        let provision = |place: &Asked| self.question.provision(*place);
        places.iter().filter_map(provision).map(|p| Closed { provision: p.id.clone(), article: p.article.clone() }).collect()
    }

    /// The first of the days on which these provisions are due that is still to come.
    fn due(&self, places: &[Asked]) -> Option<Day> {
        let question = self.question;
        places.iter().filter_map(|place| question.due(*place, self.roots())).filter(|day| *day >= question.as_of()).min()
    }

    fn blocked(&mut self) -> Vec<Blocked> {
        let obstacles = self.obstacles.clone();
        let mut blocked = Vec::new();
        let all_have_ways = obstacles.iter().all(|(.., ways)| *ways);
        // Where each way ends in what could have been done before, it is too late for that, and there are ways to all else.
        let late = all_have_ways && !self.dead_ends.is_empty() && self.dead_ends.iter().all(|(_, obstacle)| matches!(obstacle, Obstacle::TooLate(_)));
        for (place, obstacle, ways) in obstacles {
            let ended = self.dead_ends.iter().filter(|(asked, _)| *asked == place).map(|(_, obstacle)| *obstacle).reduce(Obstacle::of_either);
            let obstacle = match ended {
                _ if !ways => obstacle,
                Some(ended) if late => ended,
                _ if all_have_ways && !late => Obstacle::NoWay,
                _ => continue,
            };
            let Some(provision) = self.question.provision(place) else { continue };
            // Where facts that nobody told us may close it still, they come first, whatever else stands in the way.
            let missing = if obstacle == Obstacle::Missing || self.undecided.contains(&place) { self.missing(place) } else { Vec::new() };
            let (reason, since) = match obstacle {
                _ if !missing.is_empty() => (BlockedReason::MissingFacts, None),
                Obstacle::TooLate(day) => (BlockedReason::TooLate, Some(day)),
                Obstacle::NotInPower => (BlockedReason::NotInPower, None),
                // Where no fact is missing, it is not shown that it waits for one.
                Obstacle::Missing | Obstacle::NoWay => (BlockedReason::NoWayFound, None),
            };
            let next = since.and_then(|_| self.next_chance(place));
            let due = if since.is_none() { self.due(&[place]) } else { None };
            blocked.push(Blocked { provision: provision.id.clone(), article: provision.article.clone(), reason, since, next, due, missing });
        }
        blocked
    }
}

impl Question<'_> {
    /// The day on which a provision is due for a subject, and who owns it.
    pub(super) fn due(&self, asked: Asked, (subject, owner): (Option<Item<'_>>, Option<Item<'_>>)) -> Option<Day> {
        let provision = self.provision(asked)?;
        let day = provision.due.as_ref().or(provision.deadline.as_ref())?;
        let mut evaluator = self.asking(asked).evaluator();
        evaluator.set_roots([subject, owner]);
        match evaluator.value(day).into_value(day.ty()) {
            Some(Value::Date(day)) => Some(day),
            _ => None,
        }
    }
}

impl Step {
    /// No later than this day.
    fn be_done_by(&mut self, last: Day) {
        self.each_last_day(|until| *until = until.map(|until| until.min(last)));
    }

    /// Whether it serves a provision.
    pub(super) fn closes(&self, provision: &str) -> bool {
        let (Self::AddRecord { closes, .. } | Self::SetFact { closes, .. } | Self::Wait { closes, .. }) = self;
        closes.iter().any(|closed| closed.provision == provision)
    }

    /// Changes its last day, and those of its fields.
    pub(super) fn each_last_day(&mut self, mut change: impl FnMut(&mut Option<Day>)) {
        match self {
            Self::AddRecord { until, fields, .. } => {
                change(until);
                for field in fields {
                    change(&mut field.until);
                }
            }
            Self::SetFact { until, .. } => change(until),
            Self::Wait { .. } => {}
        }
    }

    /// The last day for it.
    #[must_use]
    pub fn until(&self) -> Option<Day> {
        match self {
            Self::AddRecord { until, .. } | Self::SetFact { until, .. } => *until,
            Self::Wait { .. } => None,
        }
    }
}

/// Whether a remedy has every step of another, or one that asks at least as much.
fn contains(larger: &Remedy, smaller: &Remedy) -> bool {
    let more = larger.steps.len() > smaller.steps.len();
    let has = |step: &Step| {
        let more_than = |other: &Step| {
            lasts_longer(other, step) || is_of_more(other, step) || is_further(other, step) || more && changes_the_same_day(other, step)
        };
        larger.steps.iter().any(|other| asks_the_same(other, step) || more_than(other))
    };
    // One that ends a stay sooner only to begin another may do sooner, and is no better.
    let no_sooner = larger.from >= smaller.from || smaller.steps.iter().any(|step| more && larger.steps.iter().any(|other| ends_sooner(other, step)));
    larger.gives == smaller.gives && no_sooner && smaller.steps.iter().all(has)
}

/// Whether a remedy ends a stay sooner to begin another, where going on with it does as well.
fn ends_one_for_another(remedy: &Remedy, other: &Remedy) -> bool {
    let begins = |remedy: &Remedy| remedy.steps.iter().any(|step| matches!(step, Step::AddRecord { .. }));
    let sooner = |step: &Step| other.steps.iter().any(|later| ends_sooner(step, later));
    remedy.gives == other.gives && begins(remedy) && !begins(other) && remedy.steps.iter().any(sooner)
}

/// Whether a step moves a day to an earlier one than another does.
fn ends_sooner(one: &Step, other: &Step) -> bool {
    let (Step::SetFact { value, .. }, Step::SetFact { value: later, .. }) = (one, other) else { return false };
    changes_the_same_day(one, other) && parse_day(value) < parse_day(later)
}

/// Whether two steps ask for the same, whatever they serve.
fn asks_the_same(one: &Step, other: &Step) -> bool {
    match (one, other) {
        (Step::SetFact { path, value, or, .. }, Step::SetFact { path: same, value: too, or: others, .. }) => (path, value, or) == (same, too, others),
        (Step::AddRecord { list, fields, .. }, Step::AddRecord { list: same, fields: too, .. }) => (list, fields) == (same, too),
        (one, other) => one == other,
    }
}

/// Whether two steps add the same record, but that one has to be of more.
fn is_of_more(more: &Step, less: &Step) -> bool {
    let (Step::AddRecord { list, fields, .. }, Step::AddRecord { list: same, fields: others, .. }) = (more, less) else { return false };
    let amount = |field: &StepField| field.unit.as_ref().and_then(|_| parse_decimal(&field.value));
    let no_less = |(field, other): (&StepField, &StepField)| {
        let alike = StepField { value: String::new(), ..field.clone() } == StepField { value: String::new(), ..other.clone() };
        alike && (field.value == other.value || amount(field).zip(amount(other)).is_some_and(|(more, less)| more >= less))
    };
    list == same && fields != others && fields.len() == others.len() && fields.iter().zip(others).all(no_less)
}

/// Whether two steps bring the same number about, of which the one would do as well further on the side where the other lies.
fn is_further(further: &Step, nearer: &Step) -> bool {
    let (Step::SetFact { path, value, .. }, Step::SetFact { path: same, value: near, bound, .. }) = (further, nearer) else { return false };
    let further = parse_decimal(value).zip(parse_decimal(near)).is_some_and(|(value, near)| match bound {
        Some(StepBound::AtLeast) => value > near,
        Some(StepBound::AtMost) => value < near,
        None => false,
    });
    path == same && further
}

/// Whether two steps move the same day.
fn changes_the_same_day(one: &Step, other: &Step) -> bool {
    let (Step::SetFact { path, value, .. }, Step::SetFact { path: same, value: moved, .. }) = (one, other) else { return false };
    path == same && parse_day(value).is_some() && parse_day(moved).is_some()
}

/// Whether two steps add the same record, but that one has to last longer, and so to begin no later, or to be more besides.
fn lasts_longer(longer: &Step, shorter: &Step) -> bool {
    let (Step::AddRecord { list, fields, .. }, Step::AddRecord { list: other, fields: others, .. }) = (longer, shorter) else { return false };
    let no_later = |a: Option<Day>, b: Option<Day>| b.is_none_or(|b| a.is_some_and(|a| a <= b));
    let asks = |(field, other): (&StepField, &StepField)| match (length(field), length(other)) {
        (Some(length), Some(shorter)) => field.field == other.field && length >= shorter,
        // So long a stay may come to the last day that is told, or later.
        (Some(_), None) => field.field == other.field && parse_day(&field.value) >= parse_day(&other.value),
        (None, None) => {
            let free = StepField { until: None, ..field.clone() };
            let last = |field: &StepField| field.until.or_else(|| parse_day(&field.value));
            free == StepField { until: None, ..other.clone() } && no_later(last(field), last(other))
        }
        _ => false,
    };
    let longest = |fields: &[StepField]| fields.iter().filter_map(length).max();
    let (longest, shorter) = (longest(fields), longest(others));
    list == other
        && longest >= shorter
        && fields.len() >= others.len()
        && (longest > shorter || fields.len() > others.len())
        && others.iter().all(|other| fields.iter().any(|field| asks((field, other))))
}

/// How long a stay lasts, of its last day: months and days.
fn length(field: &StepField) -> Option<(i64, i64)> {
    (field.months.is_some() || field.days.is_some()).then(|| (field.months.unwrap_or(0), field.days.unwrap_or(0)))
}

/// The path of a fact below a record, and its unit.
fn path(question: &Question<'_>, entity: &'static Entity, keys: &[Key]) -> (String, Option<Unit>) {
    let mut path = String::new();
    let mut unit = None;
    let mut entity = Some(entity);
    for key in keys {
        match key {
            Key::Slot(slot) => {
                let Some(field) = entity.and_then(|entity| entity.fields.get(usize::from(*slot))) else { break };
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(field.name);
                unit = field.unit.clone().filter(|unit| *unit != Unit::One);
                entity = match field.kind {
                    FieldKind::Record(inner) | FieldKind::Records(inner) => Some(inner()),
                    _ => None,
                };
            }
            Key::Index(index) => path.push_str(&format!("[{index}]")),
            Key::Own(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&format!("extra.{name}"));
                let own = entity.and_then(|entity| question.own_fact(entity.name, name));
                unit = own.and_then(|fact| fact.unit.clone());
            }
        }
    }
    (path, unit)
}

/// A value as facts write it: a code by its name.
fn written(kind: &Kind, value: &Value) -> String {
    match (kind, value) {
        (Kind::Vocabulary(FieldKind::Code(list)), Value::Code(code)) => list.code(usize::from(*code)).to_owned(),
        (Kind::Own(OwnKind::Code(codes)), Value::Code(code)) => codes.codes.get(usize::from(*code)).cloned().unwrap_or_default(),
        (_, value) => value.to_string(),
    }
}
