//! Facts as they would be: the facts as they are, seen through the changes of a plan.
//!
//! Nothing is copied, so that many plans can be tried. INVARIANT: a changed record reads as one with the changes written into it would.

use rust_decimal::Decimal;

use crate::evaluate::{Asked, Question};
use crate::facts::changed::{Changed, Key, Keys};
use crate::facts::{Absent, Entity, FieldKind, Power};
use crate::feel::{Datum, Record, Value};
use crate::order::order_by_key;
use crate::quantity::Day;

use super::twice::Twice;
use super::want::{Choice, Kind, Want, Wants};

/// Facts as a plan would have them, on the day on which the question is asked again.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct World {
    pub(super) on: Day,
    /// What changes of the records that are there, by their way from the subject.
    pub(super) changes: Wants,
    /// Which provisions each of these changes is for.
    pub(super) for_changes: Vec<Vec<Asked>>,
    /// Provisions for which nothing is done but waiting.
    pub(super) waits_for: Vec<Asked>,
    pub(super) drafts: Vec<Draft>,
}

/// A record that is to be added to a list.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The way to its list.
    pub(super) list: Keys,
    pub(super) entity: &'static Entity,
    pub(super) wants: Wants,
    /// How much of what it adds to totals.
    pub(super) amounts: Vec<(Keys, Decimal)>,
    /// What each amount was asked with, where the record is asked to be more besides.
    pub(super) needs: Vec<(Keys, Wants)>,
    /// Whether what is asked of it comes from several sides, so that some of it may not be needed for all it adds.
    pub(super) mixed: bool,
    /// The provisions that it is for.
    pub(super) closes: Vec<Asked>,
    /// Those of them that ask for what others award at its end.
    pub(super) awarded_for: Vec<Asked>,
    /// The batches of the plan that is being put into the world that it is one of.
    pub(super) batches: Vec<u32>,
}

impl PartialEq for Draft {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list && self.wants == other.wants && self.amounts == other.amounts
    }
}

impl Draft {
    pub(super) fn amount(&self, keys: &Keys) -> Option<Decimal> {
        self.amounts.iter().find(|(k, _)| k == keys).map(|(_, amount)| *amount)
    }

    /// What is asked of all that it adds of this.
    pub(super) fn needs(&self, keys: &Keys) -> Option<&Wants> {
        self.needs.iter().find(|(k, _)| k == keys).map(|(_, wants)| wants)
    }

    pub(super) fn set_amount(&mut self, keys: &Keys, amount: Decimal) {
        match self.amounts.iter_mut().find(|(k, _)| k == keys) {
            Some(entry) => entry.1 = amount,
            None => self.amounts.push((keys.clone(), amount)),
        }
    }

    /// The last day of the stay that it is; `None` where it does not say how long it lasts.
    fn last_day(&self, question: &Question<'_>) -> Option<Day> {
        let (first, last) = (day_with(self.entity, Power::Chosen)?, last_day_of_stays(self.entity)?);
        self.wants.get(&vec![Key::Slot(first)])?;
        let fields = self.fields(question, Choice::Earliest)?;
        fields.into_iter().find_map(|(other, value)| {
            if let ([Key::Slot(slot)], Value::Date(day)) = (other.as_slice(), value) { (*slot == last).then_some(day) } else { None }
        })
    }

    /// Whether something is asked of it that others award at its end.
    fn asks_for_an_award(&self) -> bool {
        asks_for_an_award(self.entity, &self.wants)
    }

    /// A provision asks this of it, among others.
    pub(super) fn serves(&mut self, provision: Asked, wants: &Wants) {
        let asks_for_it = asks_for_an_award(self.entity, wants);
        for served in std::iter::once(&mut self.closes).chain(asks_for_it.then_some(&mut self.awarded_for)) {
            if !served.contains(&provision) {
                served.push(provision);
            }
        }
    }

    /// The same as a stay from this day on, however long it lasts; `None` where it is told how long, or may not end.
    fn as_stay_from(&self, begins: Day) -> Option<Self> {
        let (first, last) = (vec![Key::Slot(first_day_of_stays(self.entity)?)], vec![Key::Slot(last_day_of_stays(self.entity)?)]);
        if self.wants.get(&first).is_some() {
            return None;
        }
        let ending = self.wants.meet(&Wants::of(last.clone(), Want::between(Some(Value::Date(begins.succ_opt()?)), None)))?;
        let until = match ending.get(&last)?.high {
            Some(Value::Date(end)) => Some(Value::Date(end.pred_opt()?)),
            _ => None,
        };
        let wants = ending.meet(&Wants::of(first, Want::between(Some(Value::Date(begins)), until)))?;
        Some(Self { wants, ..self.clone() })
    }

    /// The value of each field, in the order of the vocabulary; `None` where one cannot be made up.
    pub(super) fn fields(&self, question: &Question<'_>, choice: Choice) -> Option<Vec<(Keys, Value)>> {
        let mut fields = Vec::with_capacity(self.wants.0.len() + self.amounts.len());
        // What is added of a field is its value, where a record that counts may have it.
        let may_be = |keys: &Keys, amount: Decimal| self.wants.get(keys).is_none_or(|want| want.allows(&Value::Number(amount)));
        for (keys, want) in self.wants.0.iter().filter(|(keys, _)| self.amount(keys).is_none_or(|amount| !may_be(keys, amount))) {
            let day_of = |other: &Keys| match self.wants.get(other)?.pick(&Kind::Vocabulary(FieldKind::Day), choice, |_| None)? {
                Value::Date(day) => Some(day),
                _ => None,
            };
            let value = want.pick(&kind_of(question, self.entity, keys)?, choice, day_of)?;
            let left_out = want.null && matches!(keys.as_slice(), [key] if left_out_is_none(question, self.entity, key));
            if !left_out {
                fields.push((keys.clone(), value));
            }
        }
        let added = self.amounts.iter().filter(|(keys, amount)| may_be(keys, *amount));
        fields.extend(added.map(|(keys, amount)| (keys.clone(), Value::Number(*amount))));
        let place = |keys: &Keys| keys.first().map_or(u16::MAX, |key| if let Key::Slot(slot) = key { *slot } else { u16::MAX });
        order_by_key(&mut fields, |(keys, _)| place(keys));
        Some(fields)
    }
}

impl World {
    pub(super) fn of(on: Day) -> Self {
        Self { on, changes: Wants::default(), for_changes: Vec::new(), waits_for: Vec::new(), drafts: Vec::new() }
    }

    /// How much is asked: facts of what is there, and of what is new, which is more.
    pub(super) fn asks(&self) -> usize {
        const OF_A_NEW_RECORD: usize = 2;
        self.changes.0.len() + self.drafts.iter().map(|draft| OF_A_NEW_RECORD + draft.wants.0.len()).sum::<usize>()
    }

    /// When the last of what others award for new records and stays that go on can be had at the earliest, or the provisions that ask for one that
    /// nothing is told to earn it by, or that a new stay would have to earn today.
    pub(super) fn awarded_on(&self, question: &Question<'_>, entity: &'static Entity, subject: &dyn Record) -> Result<Option<Day>, Vec<Asked>> {
        let mut last = None;
        for ((keys, _), closes) in self.changes.0.iter().zip(&self.for_changes) {
            let [there @ .., Key::Slot(slot)] = keys.as_slice() else { continue };
            let Some(stay) = entity_at(entity, there).filter(|stay| stay.fields.get(usize::from(*slot)).is_some_and(|f| f.power == Power::Awarded))
            else {
                continue;
            };
            let Some(end) = last_day_of_stays(stay) else { continue };
            let end: Keys = there.iter().cloned().chain([Key::Slot(end)]).collect();
            let planned = match self.changes.get(&end) {
                Some(want) => want.pick(&Kind::Vocabulary(FieldKind::Day), Choice::Earliest, |_| None),
                None => day_at(subject, &end).map(Value::Date),
            };
            let earned = if let Some(Value::Date(day)) = planned { Some(day).filter(|day| *day >= question.as_of()) } else { None };
            last = last.max(Some(earned.ok_or_else(|| closes.clone())?));
        }
        for draft in self.drafts.iter().filter(|draft| draft.asks_for_an_award()) {
            let earned = draft.last_day(question).filter(|day| *day > question.as_of());
            last = last.max(Some(earned.ok_or_else(|| draft.awarded_for.clone())?));
        }
        Ok(last)
    }

    /// Whether a stay that goes on is told a last day.
    pub(super) fn ends_what_goes_on(&self, entity: &'static Entity, subject: &dyn Record) -> bool {
        self.changes.0.iter().any(|(keys, _)| {
            let [there @ .., Key::Slot(slot)] = keys.as_slice() else { return false };
            let is_last_day = entity_at(entity, there).and_then(last_day_of_stays) == Some(*slot);
            is_last_day && day_at(subject, keys).is_none()
        })
    }

    /// When to ask at the earliest, where days that are told must be past by then.
    pub(super) fn asked_from(&self, question: &Question<'_>, choice: Choice) -> Option<Day> {
        let must_be_past = |(_, want): &&(Keys, Want)| want.days_past > 0;
        let of_changes = self.changes.0.iter().filter(must_be_past).filter_map(|(_, want)| {
            let day = want.pick(&Kind::Vocabulary(FieldKind::Day), choice, |_| None)?;
            if let Value::Date(day) = day { want.asked_from(day) } else { None }
        });
        let waits = |draft: &&Draft| draft.wants.0.iter().any(|want| must_be_past(&want));
        let of_drafts = self.drafts.iter().filter(waits).filter_map(|draft| {
            let asked_from = |(keys, value): (Keys, Value)| match value {
                Value::Date(day) => draft.wants.get(&keys)?.asked_from(day),
                _ => None,
            };
            draft.fields(question, choice)?.into_iter().filter_map(asked_from).max()
        });
        of_changes.chain(of_drafts).max()
    }

    /// The same with each new record a stay that is asked only for what others award at its end; `None` where there is no time for one, or it says
    /// already how long it lasts.
    pub(super) fn with_stays_that_earn(&self, today: Day, subject: &dyn Record) -> Option<Self> {
        let stays = self.drafts.iter().map(|draft| {
            let earned = !draft.asks_for_an_award() || draft.wants.get(&vec![Key::Slot(first_day_of_stays(draft.entity)?)]).is_some();
            if earned { Some(draft.clone()) } else { draft.as_stay_from(free_from(subject, draft, today)?) }
        });
        let drafts = stays.collect::<Option<Vec<_>>>()?;
        Some(Self { drafts, ..self.clone() }).filter(|world| world != self)
    }

    /// New stays after those that are told to last to a day: nobody is in two places at once. `None` where one would be too late by then.
    pub(super) fn one_after_the_other(mut self) -> Option<Self> {
        for draft in &mut self.drafts {
            let (Some(first), Some(ends)) = (first_day_of_stays(draft.entity), last_day_of_stays(draft.entity)) else { continue };
            let of_the_list =
                |keys: &Keys| matches!(keys.strip_prefix(draft.list.as_slice()), Some([Key::Index(_), Key::Slot(slot)]) if *slot == ends);
            let told = self.changes.0.iter().filter(|(keys, _)| of_the_list(keys)).filter_map(|(_, want)| want.low.as_ref());
            let Some(last) = told.filter_map(|end| if let Value::Date(day) = end { day.succ_opt() } else { None }).max() else { continue };
            let after = Wants::of(vec![Key::Slot(first)], Want::between(Some(Value::Date(last)), None));
            draft.wants = draft.wants.meet(&after)?;
            let ends = vec![Key::Slot(ends)];
            if draft.wants.get(&ends).is_some_and(|end| end.lasting.is_none() && !end.null) {
                draft.wants = draft.wants.meet(&Wants::of(ends, Want::between(Some(Value::Date(last)), None)))?;
            }
        }
        Some(self)
    }

    /// New full-time stays after the full-time stays of their list that go on: nobody is full-time in two places. `None` where one would be too late by
    /// then, or never could begin.
    pub(super) fn full_time_in_one_place(mut self, subject: &dyn Record) -> Option<Self> {
        for draft in &mut self.drafts {
            let (Some(first), Some(full_time)) = (first_day_of_stays(draft.entity), full_time_of(draft.entity)) else { continue };
            let is_full_time = draft.wants.get(&vec![Key::Slot(full_time)]).is_some_and(|want| want.is == Some(Value::Boolean(true)));
            let begins =
                draft.wants.get(&vec![Key::Slot(first)]).and_then(|want| if let Some(Value::Date(day)) = want.low { Some(day) } else { None });
            let (Some(begins), true) = (begins, is_full_time) else { continue };
            let free = free_of_full_time(subject, draft, (first, full_time), &self.changes, begins)?;
            draft.wants = draft.wants.meet(&Wants::of(vec![Key::Slot(first)], Want::between(Some(Value::Date(free)), None)))?;
        }
        Some(self)
    }

    /// The subject with all changes.
    pub(super) fn record<'a>(
        &self,
        question: &Question<'_>,
        entity: &'static Entity,
        subject: &'a dyn Record,
        twice: &[Twice],
        choice: Choice,
    ) -> Option<Changed<'a>> {
        let mut changed = Changed::new(Some(subject), entity);
        for (keys, want) in &self.changes.0 {
            let value = want.pick(&kind_of(question, entity, keys)?, choice, |_| None)?;
            if let Some(copy) = twice.iter().find_map(|twice| twice.in_the_list(keys)) {
                changed.set(&copy, value.clone());
            }
            changed.set(keys, value);
        }
        for draft in &self.drafts {
            let mut record = Changed::new(None, draft.entity);
            for (keys, value) in draft.fields(question, choice)? {
                record.set(&keys, value);
            }
            changed.add(&draft.list, record);
        }
        Some(changed)
    }
}

/// Whether something is asked of a record that others award at the end of the stay that it is.
fn asks_for_an_award(entity: &'static Entity, wants: &Wants) -> bool {
    let awarded = |slot: u16| entity.fields.get(usize::from(slot)).is_some_and(|field| field.power == Power::Awarded);
    wants.0.iter().any(|(keys, _)| matches!(keys.first(), Some(Key::Slot(slot)) if awarded(*slot)))
}

/// The first field of an entity that is a day and stands in one's power like this.
pub(super) fn day_with(entity: &'static Entity, power: Power) -> Option<u16> {
    let place = entity.fields.iter().position(|field| field.power == power && matches!(field.kind, FieldKind::Day))?;
    u16::try_from(place).ok()
}

/// The last day of an entity whose records are stays, at the end of which others award something: its first day is chosen at once, its last can still be
/// brought about.
pub(super) fn last_day_of_stays(entity: &'static Entity) -> Option<u16> {
    day_with(entity, Power::Chosen)?;
    entity.fields.iter().find(|field| field.power == Power::Awarded)?;
    day_with(entity, Power::Attainable)
}

/// The first day of the same.
pub(super) fn first_day_of_stays(entity: &'static Entity) -> Option<u16> {
    last_day_of_stays(entity).and_then(|_| day_with(entity, Power::Chosen))
}

/// The entity of the record at the end of a way.
fn entity_at(entity: &'static Entity, keys: &[Key]) -> Option<&'static Entity> {
    match keys {
        [] => Some(entity),
        [Key::Slot(slot), rest @ ..] => match (entity.fields.get(usize::from(*slot))?.kind, rest) {
            (FieldKind::Records(inner), [Key::Index(_), rest @ ..]) => entity_at(inner(), rest),
            (FieldKind::Record(inner), rest) => entity_at(inner(), rest),
            _ => None,
        },
        _ => None,
    }
}

/// The day at the end of a way.
fn day_at(record: &dyn Record, keys: &[Key]) -> Option<Day> {
    match keys {
        [Key::Slot(slot), rest @ ..] => match (record.read(usize::from(*slot)), rest) {
            (Datum::Date(day), []) => Some(day),
            (Datum::Record(inner), rest) => day_at(inner, rest),
            (Datum::Records(list), [Key::Index(index), rest @ ..]) => day_at(list.get(*index)?, rest),
            _ => None,
        },
        _ => None,
    }
}

/// The first day after the stays of a new one's list that go on; `None` where one has no end.
fn free_from(subject: &dyn Record, draft: &Draft, today: Day) -> Option<Day> {
    let ([Key::Slot(list)], Some(end)) = (draft.list.as_slice(), last_day_of_stays(draft.entity)) else { return Some(today) };
    let Datum::Records(stays) = subject.read(usize::from(*list)) else { return Some(today) };
    (0..stays.len()).filter_map(|place| stays.get(place)).try_fold(today, |free, stay| match stay.read(usize::from(end)) {
        Datum::Date(day) => Some(free.max(day.succ_opt()?)),
        Datum::None => None,
        _ => Some(free),
    })
}

/// The field of stays that tells whether they are full-time.
fn full_time_of(stays: &'static Entity) -> Option<u16> {
    stays.field("full_time").and_then(|(slot, _)| u16::try_from(slot).ok())
}

/// The first day from this one on after the full-time stays of a new one's list that have begun by then; `None` where one has no end, and is told none.
fn free_of_full_time(subject: &dyn Record, draft: &Draft, (first, full_time): (u16, u16), changes: &Wants, begins: Day) -> Option<Day> {
    let ([Key::Slot(list)], Some(end)) = (draft.list.as_slice(), last_day_of_stays(draft.entity)) else { return Some(begins) };
    let Datum::Records(stays) = subject.read(usize::from(*list)) else { return Some(begins) };
    let there = (0..stays.len()).filter_map(|place| Some((place, stays.get(place)?)));
    let going_on = there.filter(|(_, stay)| {
        matches!(stay.read(usize::from(full_time)), Datum::Boolean(true))
            && matches!(stay.read(usize::from(first)), Datum::Date(day) if day <= begins)
    });
    going_on.into_iter().try_fold(begins, |free, (place, stay)| {
        let told = changes.get(&vec![Key::Slot(*list), Key::Index(place), Key::Slot(end)]).and_then(|want| want.low.clone());
        match (told, stay.read(usize::from(end))) {
            (Some(Value::Date(day)), _) | (_, Datum::Date(day)) => Some(free.max(day.succ_opt()?)),
            (_, Datum::None) => None,
            _ => Some(free),
        }
    })
}

/// Whether a record of which nothing is said of a fact has none of it.
pub(super) fn left_out_is_none(question: &Question<'_>, entity: &'static Entity, key: &Key) -> bool {
    match key {
        Key::Slot(slot) => entity.fields.get(usize::from(*slot)).is_some_and(|field| field.absent == Absent::None),
        Key::Own(name) => question.own_fact(entity.name, name).is_some_and(|fact| fact.absent == Absent::None),
        Key::Index(_) => false,
    }
}

/// The type of the fact at the end of a way.
pub(super) fn kind_of(question: &Question<'_>, entity: &'static Entity, keys: &[Key]) -> Option<Kind> {
    match keys {
        [Key::Own(name)] => question.own_fact(entity.name, name).map(|fact| Kind::Own(fact.kind.clone())),
        [Key::Slot(slot), rest @ ..] => {
            let kind = entity.fields.get(usize::from(*slot))?.kind;
            match (kind, rest) {
                (_, []) => Some(Kind::Vocabulary(kind)),
                (FieldKind::Records(inner), [Key::Index(_), rest @ ..]) => kind_of(question, inner(), rest),
                (FieldKind::Record(inner), rest) => kind_of(question, inner(), rest),
                _ => None,
            }
        }
        _ => None,
    }
}
