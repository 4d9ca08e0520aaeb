//! Records that say the same as another one.
//!
//! One certificate is one record; one project number on the same days for the same credits, too. Anything less is only a suspicion:
//! such a record stays, but undecided, so that it is neither counted twice nor lost. Where rows of one certificate contradict each other, no
//! order of them decides.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

use super::join::{Placed, contradict, same, undecided};
use super::notes::{self, At, Notes};
use crate::facts::{Activity, AnyEntity, FieldKind, Vocabulary as _};
use crate::feel::{Datum, Record as _};
use crate::policy::OwnFact;

/// The certificates seen so far, with the person who has them.
#[derive(Debug, Default)]
pub(crate) struct Certificates(HashMap<String, usize>);

/// Sets aside or leaves undecided what repeats an earlier record of the same owner. Records that may be somebody else's (`open`) say too little
/// to be compared: they stay.
pub(crate) fn tidy_up(
    owner: usize,
    records: Vec<Placed>,
    (certificates, open): (&mut Certificates, &HashSet<At>),
    own: &[&OwnFact],
    notes: &mut Notes,
) -> Vec<Placed> {
    let (mut open, records): (Vec<Placed>, Vec<Placed>) = records.into_iter().partition(|(at, _)| open.contains(at));
    let mut kept = if records.iter().all(|(_, record)| activity(&**record).is_some()) {
        let records = of_certificates(records, &mut open, own, notes);
        of_activities(owner, records, certificates, own, notes)
    } else {
        without_equals(records, own, notes)
    };
    if !open.is_empty() {
        kept.extend(open);
        kept.sort_by_key(|(at, _)| *at);
    }
    kept
}

/// Sets aside a record of a list that is equal to an earlier one in every field. Where nothing in it has a name or number, it may as well be
/// another one, as two trainees of one mentor and term are: it stays, undecided.
pub(crate) fn without_equals(records: Vec<Placed>, own: &[&OwnFact], notes: &mut Notes) -> Vec<Placed> {
    let mut kept: Vec<Placed> = Vec::with_capacity(records.len());
    let mut seen = Seen::default();
    for (at, record) in records {
        if !seen.is_again(&kept, &*record) {
            kept.push((at, record));
        } else if is_named(&*record) {
            notes.set_aside(at, &notes::SAME_RECORD);
        } else {
            notes.set_aside(at, &notes::SAME_UNNAMED);
            kept.push((at, undecided(&*record, own)));
        }
    }
    kept
}

/// The only record where there can be one; several leave open which one holds.
pub(crate) fn only_one(records: Vec<Placed>, notes: &mut Notes) -> Vec<Placed> {
    let mut kept: Vec<Placed> = Vec::new();
    let mut seen = Seen::default();
    for (at, record) in records {
        if seen.is_again(&kept, &*record) {
            notes.set_aside(at, &notes::SAME_RECORD);
        } else {
            kept.push((at, record));
        }
    }
    if kept.len() > 1 {
        for (at, _) in &kept {
            notes.set_aside(*at, &notes::SEVERAL_FOR_ONE);
        }
        return Vec::new();
    }
    kept
}

/// Where the records stand that were kept, by what they say: a whole sheet may have been pasted twice.
#[derive(Debug, Default)]
struct Seen(HashMap<u64, Vec<usize>>);

impl Seen {
    /// Whether a record says the same as one that was kept; if not, it is taken for the next one to be kept.
    fn is_again(&mut self, kept: &[Placed], record: &dyn AnyEntity) -> bool {
        const MOST_COMPARED: usize = 64;
        let alike = self.0.entry(print_of(record)).or_default();
        let again = alike.iter().rev().take(MOST_COMPARED).any(|at| kept.get(*at).is_some_and(|(_, other)| other.equals(record)));
        if !again {
            alike.push(kept.len());
        }
        again
    }
}

/// A number that equal records have in common.
fn print_of(record: &dyn AnyEntity) -> u64 {
    let mut hasher = DefaultHasher::new();
    for slot in 0..record.entity().fields.len() {
        match record.read(slot) {
            Datum::Boolean(yes) => (slot, yes).hash(&mut hasher),
            Datum::Number(number) => (slot, number).hash(&mut hasher),
            Datum::Date(day) => (slot, day).hash(&mut hasher),
            Datum::Text(text) => (slot, text).hash(&mut hasher),
            Datum::Code(code) => (slot, code).hash(&mut hasher),
            _ => {}
        }
    }
    hasher.finish()
}

/// Whether a record has a text of its own, such as a name or a number.
fn is_named(record: &dyn AnyEntity) -> bool {
    record.entity().fields.iter().enumerate().any(|(slot, field)| matches!(field.kind, FieldKind::Text) && record.is_given(slot))
}

fn activity(record: &dyn AnyEntity) -> Option<&Activity> {
    record.as_any().downcast_ref()
}

/// Brings the rows of one certificate together: rows that agree are one record, of which nobody knows what they contradict each other in. Rows of
/// different names, numbers or days are different records, of which none can have it for certain: they go to those that are `open`.
fn of_certificates(records: Vec<Placed>, open: &mut Vec<Placed>, own: &[&OwnFact], notes: &mut Notes) -> Vec<Placed> {
    let mut by_certificate: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, (_, record)) in records.iter().enumerate() {
        if let Some(number) = activity(&**record).and_then(certificate) {
            by_certificate.entry(number).or_default().push(place);
        }
    }
    let mut shared: Vec<Vec<usize>> = by_certificate.into_values().filter(|places| places.len() > 1).collect();
    if shared.is_empty() {
        return records;
    }
    shared.sort_unstable();
    let mut all: Vec<Option<Placed>> = records.into_iter().map(Some).collect();
    for places in shared {
        let rows: Vec<Placed> = places.iter().filter_map(|place| all.get_mut(*place)?.take()).collect();
        let unlike =
            rows.iter().enumerate().any(|(place, (_, one))| rows.iter().skip(place + 1).any(|(_, other)| !is_same_session(&**one, &**other)));
        if unlike {
            for (at, record) in rows {
                notes.set_aside(at, &notes::CERTIFICATE_OF_SEVERAL);
                open.push((at, undecided(&*record, own)));
            }
            continue;
        }
        let mut rows = rows.into_iter();
        let mut disputed = Vec::new();
        let Some((first, mut record)) = rows.next() else { continue };
        for (at, again) in rows {
            let contradicts = merge(&mut *record, &*again, &mut disputed, own);
            notes.set_aside(at, if contradicts { &notes::CERTIFICATE_CONTRADICTED } else { &notes::SAME_CERTIFICATE });
        }
        if let Some(slot) = places.first().and_then(|place| all.get_mut(*place)) {
            *slot = Some((first, record));
        }
    }
    all.into_iter().flatten().collect()
}

/// Lets a record say what another row of it says, too; where the two contradict each other, nobody knows it, nor learns it from a third row: the
/// field stays `disputed`.
pub(crate) fn merge(record: &mut dyn AnyEntity, again: &dyn AnyEntity, disputed: &mut Vec<usize>, own: &[&OwnFact]) -> bool {
    let entity = record.entity();
    let mut contradicted = Vec::new();
    // By its keys the two rows were found to be of one.
    let keys = entity.keys();
    let is_key = |slot: usize| [keys.number, keys.name, keys.proof].contains(&Some(slot));
    for slot in (0..entity.fields.len()).filter(|slot| !is_key(*slot)) {
        // Names, and how numbers are written, may differ in what nobody looks at.
        let is_alike = || matches!((record.read(slot), again.read(slot)), (Datum::Text(here), Datum::Text(there)) if fold(here) == fold(there));
        if contradict(record, again, slot) && !is_alike() {
            contradicted.push(slot);
        }
    }
    let is_told = |datum: &Datum<'_>| !matches!(datum, Datum::Unknown | Datum::None);
    let own: Vec<&&OwnFact> = own
        .iter()
        .filter(|fact| fact.subject == entity.name)
        .filter(|fact| {
            let (here, there) = (record.read_own(&fact.name), again.read_own(&fact.name));
            is_told(&here) && is_told(&there) && !same(here, there)
        })
        .collect();
    for slot in &contradicted {
        record.forget(*slot);
    }
    let mut again = again.copy();
    disputed.extend(&contradicted);
    for slot in disputed.iter() {
        again.forget(*slot);
    }
    for fact in &own {
        for record in [&mut *record, &mut *again] {
            record.absences().2.remove(&fact.name);
            record.absences().0.push(format!("extra.{}", fact.name));
        }
    }
    record.complete(&*again);
    !contradicted.is_empty() || !own.is_empty()
}

fn fold(text: &str) -> String {
    super::cell::fold_name(text).to_uppercase()
}

/// Whether nothing that names an activity or dates it tells two rows apart.
fn is_same_session(one: &dyn AnyEntity, other: &dyn AnyEntity) -> bool {
    let (Some(one), Some(other)) = (activity(one), activity(other)) else { return false };
    let agree = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => fold(one) == fold(other),
        _ => true,
    };
    agree(&one.activity_name, &other.activity_name) && agree(&one.activity_no, &other.activity_no) && same_days(one, other) != Some(false)
}

/// The number of a certificate, in upper case. `0`, `待发` and the like are no number of one.
fn certificate(record: &Activity) -> Option<String> {
    let number = record.certificate_no.as_ref().filter(|number| number.chars().any(|c| matches!(c, '1'..='9')));
    number.map(|number| number.to_uppercase())
}

fn of_activities(person: usize, records: Vec<Placed>, certificates: &mut Certificates, facts: &[&OwnFact], notes: &mut Notes) -> Vec<Placed> {
    let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    let mut kept: Vec<Placed> = Vec::with_capacity(records.len());
    let mut seen = Seen::default();
    for (at, mut placed) in records {
        let Some(record) = activity(&*placed) else { continue };
        if let Some(certificate) = certificate(record) {
            let first = *certificates.0.entry(certificate).or_insert(person);
            if first != person {
                notes.add(at, &notes::CERTIFICATE_OF_TWO);
            }
        }
        let number = record.activity_no.as_ref().map(|number| number.to_uppercase());
        let name = record.activity_name.as_deref().map(super::cell::fold_name);
        let mut likeness = Likeness::Other;
        for other in latest(&by_number, number.as_ref()) {
            likeness = likeness.max(compared(&kept, *other, |other| same_number(other, record)));
        }
        for other in latest(&by_name, name.as_ref()) {
            likeness = likeness.max(compared(&kept, *other, |other| same_name(other, record)));
        }
        let named = number.is_some() || name.is_some();
        // Rows without a day are not told apart by it, and rows without a name or number by nothing: equal ones may be one record or two.
        if likeness == Likeness::Other && seen.is_again(&kept, &*placed) {
            likeness = Likeness::Perhaps;
        }
        match likeness {
            Likeness::Same => {
                notes.set_aside(at, &notes::SAME_ACTIVITY);
                continue;
            }
            Likeness::Perhaps => {
                notes.set_aside(at, if named { &notes::PERHAPS_TWICE } else { &notes::SAME_UNNAMED });
                placed = undecided(&*placed, facts);
            }
            Likeness::Other => {
                for (map, key) in [(&mut by_number, number), (&mut by_name, name)] {
                    if let Some(key) = key {
                        map.entry(key).or_default().push(kept.len());
                    }
                }
            }
        }
        kept.push((at, placed));
    }
    kept
}

fn compared(kept: &[Placed], place: usize, compare: impl Fn(&Activity) -> Likeness) -> Likeness {
    kept.get(place).and_then(|(_, record)| activity(&**record)).map_or(Likeness::Other, compare)
}

/// The latest of the records with this key: one activity may have had many sessions.
fn latest<'m>(map: &'m HashMap<String, Vec<usize>>, key: Option<&String>) -> impl Iterator<Item = &'m usize> {
    const MOST_COMPARED: usize = 32;
    key.and_then(|key| map.get(key)).into_iter().flatten().rev().take(MOST_COMPARED)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Other,
    Perhaps,
    Same,
}

/// How alike two records of one project number are.
fn same_number(one: &Activity, other: &Activity) -> Likeness {
    // Taking part and lecturing at one session have a certificate each.
    if certificate(one).is_some() && certificate(other).is_some() {
        return Likeness::Other;
    }
    match same_days(one, other) {
        Some(true) if one.credits == other.credits && one.hours == other.hours => Likeness::Same,
        // A session on another day, or a run in another year, is another one.
        Some(false) => Likeness::Other,
        _ => Likeness::Perhaps,
    }
}

/// How alike two records of one name are, of which at most one has a project number.
fn same_name(one: &Activity, other: &Activity) -> Likeness {
    let told_apart = one.activity_no.is_some() && other.activity_no.is_some() || certificate(one).is_some() && certificate(other).is_some();
    let same = same_days(one, other) == Some(true) && one.credits == other.credits && one.hours == other.hours;
    if same && !told_apart { Likeness::Perhaps } else { Likeness::Other }
}

/// Whether the days agree; `None` where none can be compared.
fn same_days(one: &Activity, other: &Activity) -> Option<bool> {
    let compare = |name| {
        let (slot, _) = Activity::ENTITY.field(name)?;
        let (one, other) = (one.read(slot).days()?, other.read(slot).days()?);
        if one.is_apart_from(other) { Some(false) } else { (one == other && one.first == one.last).then_some(true) }
    };
    let compared: Vec<bool> = ["starts_on", "awarded_on", "completed_on"].into_iter().filter_map(compare).collect();
    if compared.is_empty() { None } else { Some(compared.iter().all(|same| *same)) }
}
