//! Paths of facts in the words of the vocabulary: `practitioner.activities[3].credits` is 学分记录第4条的「学分」.

use super::Labels;
use crate::evaluate::RecordPath;
use crate::facts::{Entity, Facts, FieldKind};
use crate::lang::Lang;

/// How many records are named one by one before the rest is only counted.
const NAMED: usize = 5;

/// A path as the vocabulary calls it, with records counted from one.
#[must_use]
pub fn path_words(path: &str, labels: &Labels, lang: Lang) -> String {
    Place::of(path).words(labels, lang)
}

/// A record as the vocabulary calls it: 学分记录第4条.
#[must_use]
pub fn record_words(path: &RecordPath, labels: &Labels, lang: Lang) -> String {
    path_words(&path.to_string(), labels, lang)
}

/// Paths as the vocabulary calls them, in their order; those that differ only in the record are told together.
#[must_use]
pub fn missing_words(paths: &[String], labels: &Labels, lang: Lang) -> Vec<String> {
    let mut places: Vec<Place<'_>> = Vec::new();
    for path in paths {
        let place = Place::of(path);
        match places.iter_mut().find(|other| other.list.is_some() && other.list == place.list && other.rest == place.rest) {
            Some(other) => other.records.extend(place.records),
            None => places.push(place),
        }
    }
    places.iter().map(|place| place.words(labels, lang)).collect()
}

/// The same for what a condition was computed from, of which so many more of the last kind are not named: they are counted with it.
pub(super) fn source_words(paths: &[String], more: usize, labels: &Labels, lang: Lang) -> Vec<String> {
    let mut words = missing_words(paths, labels, lang);
    let of_one_list = |path: &String| Place::of(path).list.map(str::to_owned);
    let one =
        paths.first().and_then(of_one_list).filter(|list| paths.iter().all(|path| path.ends_with(']') && of_one_list(path).as_ref() == Some(list)));
    match (one, more) {
        (_, 0) => {}
        (Some(list), more) => {
            let mut place = Place { list: Some(&list), records: Vec::new(), rest: "" };
            place.records.extend(paths.iter().flat_map(|path| Place::of(path).records));
            // Only how many there are is told of those that are not named.
            place.records.extend(std::iter::repeat_n(0, more));
            words = vec![place.words(labels, lang)];
        }
        (None, more) => words.push(lang.pick(format!("另有{more}项"), format!("{more} more"))),
    }
    words
}

/// Paths within one record, without naming that record again.
pub(super) fn missing_within(record: &str, paths: &[String], labels: &Labels, lang: Lang) -> Vec<String> {
    let entity = record.split_once('[').and_then(|(list, _)| walk(list, None, labels, lang).0).or_else(|| root(record));
    let within = |path: &String| match path.strip_prefix(record).and_then(|rest| rest.strip_prefix('.')) {
        Some(rest) if !rest.contains('[') => fact(rest, entity, labels, lang),
        _ => path_words(path, labels, lang),
    };
    paths.iter().map(within).collect()
}

/// A path taken apart at its first index.
struct Place<'p> {
    /// The path of the list, where the path goes through one.
    list: Option<&'p str>,
    /// The records of that list, counted from one.
    records: Vec<usize>,
    /// What follows within the record, or the whole path.
    rest: &'p str,
}

impl<'p> Place<'p> {
    fn of(path: &'p str) -> Self {
        let whole = Self { list: None, records: Vec::new(), rest: path };
        let Some((list, after)) = path.split_once('[') else { return whole };
        let Some((index, rest)) = after.split_once(']') else { return whole };
        let Some(record) = index.parse::<usize>().ok().and_then(|index| index.checked_add(1)) else { return whole };
        Self { list: Some(list), records: vec![record], rest: rest.trim_start_matches('.') }
    }

    fn words(&self, labels: &Labels, lang: Lang) -> String {
        let Some(list) = self.list else { return fact(self.rest, None, labels, lang) };
        let (entity, label) = walk(list, None, labels, lang);
        let record = entity.map_or_else(|| label.clone(), |entity| lang.pick(label.clone(), entity.en.to_owned()));
        let records = match lang {
            Lang::Zh => format!("{label}{}", numbered_zh(&self.records)),
            Lang::En => numbered_en(&record, &label, &self.records),
        };
        if self.rest.is_empty() {
            return records;
        }
        let fact = fact(self.rest, entity, labels, lang);
        lang.pick(format!("{records}的{fact}"), format!("{fact} of {records}"))
    }
}

fn numbered_zh(records: &[usize]) -> String {
    let named: Vec<String> = records.iter().take(NAMED).map(ToString::to_string).collect();
    if records.len() > NAMED { format!("第{}条等{}条", named.join("、"), records.len()) } else { format!("第{}条", named.join("、")) }
}

fn numbered_en(one: &str, many: &str, records: &[usize]) -> String {
    match records {
        [record] => format!("{one} {record}"),
        records if records.len() > NAMED => {
            let named: Vec<String> = records.iter().take(NAMED).map(ToString::to_string).collect();
            format!("{many} {} and {} more", named.join(", "), records.len() - NAMED)
        }
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(ToString::to_string).collect();
            format!("{many} {} and {last}", first.join(", "))
        }
        [] => many.to_owned(),
    }
}

/// A fact within an entity, or from the root of all facts: 任职机构的「医院级别」.
fn fact(path: &str, within: Option<&'static Entity>, labels: &Labels, lang: Lang) -> String {
    let (before, last) = path.rsplit_once('.').map_or((None, path), |(before, last)| (Some(before), last));
    let (entity, owner) = match before {
        Some(before) => walk(before, within, labels, lang),
        None => (within, String::new()),
    };
    let label = match (entity.and_then(|entity| entity.field(last)), within.is_none() && before.is_none()) {
        (Some((_, field)), _) => lang.pick(field.zh, field.en),
        (None, true) if root(last).is_some() => root(last).map_or(last, |entity| lang.pick(entity.zh, entity.en)),
        (None, _) if before == Some("given") => labels.given(last, lang),
        (None, _) => labels.fact(entity.map(|entity| entity.name), last, lang).unwrap_or(last),
    };
    let label = lang.pick(format!("「{label}」"), format!("“{label}”"));
    if owner.is_empty() { label } else { lang.pick(format!("{owner}的{label}"), format!("{label} of {owner}")) }
}

fn root(name: &str) -> Option<&'static Entity> {
    Facts::SUBJECTS.iter().copied().find(|entity| entity.name == name)
}

/// Follows a path to an entity and says how its last step is called; the subject itself has no name, since everything is about it.
fn walk(path: &str, within: Option<&'static Entity>, labels: &Labels, lang: Lang) -> (Option<&'static Entity>, String) {
    let mut entity = within;
    let mut label = String::new();
    for (step, name) in path.split('.').enumerate() {
        if step == 0 && within.is_none() {
            entity = root(name);
            if entity.is_none() {
                label = match name {
                    "given" => lang.pick("给定条件", "what is given").to_owned(),
                    other => other.to_owned(),
                };
            }
            continue;
        }
        let (name, number) = numbered(name);
        match entity.and_then(|entity| entity.field(name)) {
            Some((_, field)) => {
                entity = match field.kind {
                    FieldKind::Record(entity) | FieldKind::Records(entity) => Some(entity()),
                    _ => None,
                };
                label = match (number, entity) {
                    (None, _) => lang.pick(field.zh, field.en).to_owned(),
                    (Some(number), Some(entity)) => lang.pick(format!("{}第{number}条", field.zh), format!("{} {number}", entity.en)),
                    (Some(number), None) => lang.pick(format!("{}第{number}项", field.zh), format!("{} {number}", field.en)),
                };
            }
            // A policy's own facts lie under `extra`, which readers need not know.
            None if name == "extra" => {}
            None => {
                labels.fact(entity.map(|entity| entity.name), name, lang).unwrap_or(name).clone_into(&mut label);
                entity = None;
            }
        }
    }
    (entity, label)
}

/// A step of a path without its index, and the number of the record, counted from one.
fn numbered(step: &str) -> (&str, Option<usize>) {
    let found = step.split_once('[').and_then(|(name, rest)| Some((name, rest.strip_suffix(']')?.parse::<usize>().ok()?.checked_add(1)?)));
    found.map_or((step, None), |(name, number)| (name, Some(number)))
}
